//! Which container instance a task is placed on.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::Error;

use super::blueprint::Blueprint;
use super::instances::Instance;
use super::params::Params;
use super::random::Random;

/// What a service wants of the instances for its tasks.
pub(super) struct Wish<'a> {
    pub(super) blueprint: &'a Blueprint,
    /// The service's constraints; the task definition's come on top.
    pub(super) constraints: &'a [Value],
    pub(super) strategy: &'a [Value],
    /// Only instances of this capacity provider.
    pub(super) provider: Option<&'a str>,
    /// How many tasks of the service each instance has.
    pub(super) placed: BTreeMap<String, usize>,
}

impl Wish<'_> {
    /// The instance, or why there is none, as the service event says it.
    pub(super) fn place(&self, instances: &BTreeMap<String, Instance>, random: &mut Random) -> Result<String, String> {
        let mut closest = None;
        let mut fitting = Vec::new();
        let of_provider =
            |instance: &&Instance| self.provider.is_none_or(|name| instance.provider.as_deref() == Some(name));
        for instance in instances.values().filter(of_provider) {
            match self.obstacle(instance) {
                None => fitting.push(instance),
                // An instance that only lacks room is closer than one that is ruled out.
                Some(obstacle) if closest.is_none() || self.allows(instance) => closest = Some((instance, obstacle)),
                Some(_) => {}
            }
        }
        self.prefer(fitting, random).map(|instance| instance.id.clone()).ok_or_else(|| match closest {
            Some((instance, obstacle)) => {
                format!("The closest matching (container-instance {}) {obstacle}.", instance.id)
            }
            None => "No Container Instances were found in your cluster.".to_owned(),
        })
    }

    /// Whether a DAEMON service has a task there.
    pub(super) fn allows(&self, instance: &Instance) -> bool {
        self.expressions().all(|expression| matches(expression, instance))
    }

    fn obstacle(&self, instance: &Instance) -> Option<String> {
        let distinct = self.constraints.iter().any(|constraint| constraint["type"] == "distinctInstance");
        if distinct && self.placed.get(&instance.id).is_some_and(|count| *count > 0) {
            return Some("encountered error \"DistinctInstance placement constraint unsatisfied\"".to_owned());
        }
        if !self.allows(instance) {
            return Some("encountered error \"MemberOf placement constraint unsatisfied\"".to_owned());
        }
        instance.lacks(&self.blueprint.takes).map(|lack| match lack.strip_prefix("insufficient") {
            Some(_) => format!("has {lack}"),
            None => lack.to_owned(),
        })
    }

    fn expressions(&self) -> impl Iterator<Item = &str> {
        let all = self.constraints.iter().chain(&self.blueprint.constraints);
        all.filter_map(|constraint| constraint["expression"].as_str())
    }

    /// The strategies in their order, each deciding between those that the ones before left equal.
    fn prefer<'a>(&self, mut fitting: Vec<&'a Instance>, random: &mut Random) -> Option<&'a Instance> {
        for strategy in self.strategy.iter().map(Params::new) {
            let field = strategy.text("field").unwrap_or_default();
            match strategy.text("type") {
                Some("spread") => keep_least(&mut fitting, |instance, all| self.spread(instance, field, all)),
                Some("binpack") if field.eq_ignore_ascii_case("cpu") => {
                    keep_least(&mut fitting, |instance, _| instance.remaining.cpu);
                }
                Some("binpack") => keep_least(&mut fitting, |instance, _| instance.remaining.memory),
                _ => {}
            }
        }
        if self.strategy.is_empty() {
            // AWS's default: spread over zones, then over instances.
            keep_least(&mut fitting, |instance, all| self.spread(instance, "ecs.availability-zone", all));
            keep_least(&mut fitting, |instance, all| self.spread(instance, "instanceId", all));
        }
        let length = u64::try_from(fitting.len()).unwrap_or(u64::MAX);
        let chosen = usize::try_from(random.below(length)).unwrap_or(0);
        fitting.get(chosen).copied()
    }

    /// How many of the service's tasks share the instance's value of the field.
    fn spread(&self, instance: &Instance, field: &str, all: &[&Instance]) -> u64 {
        let name = field.strip_prefix("attribute:").unwrap_or(field);
        let count = |instance: &Instance| self.placed.get(&instance.id).copied().unwrap_or(0);
        let total = match instance.attribute(name) {
            Some(value) => {
                all.iter().filter(|other| other.attribute(name) == Some(value)).map(|other| count(other)).sum()
            }
            None => count(instance),
        };
        u64::try_from(total).unwrap_or(u64::MAX)
    }
}

fn keep_least(fitting: &mut Vec<&Instance>, rank: impl Fn(&Instance, &[&Instance]) -> u64) {
    let ranks: Vec<u64> = fitting.iter().map(|instance| rank(instance, fitting)).collect();
    let Some(least) = ranks.iter().min().copied() else {
        return;
    };
    let mut ranks = ranks.into_iter();
    fitting.retain(|_| ranks.next() == Some(least));
}

/// Refuses what this part of the cluster query language does not cover.
pub(super) fn check_constraints(constraints: &[Value]) -> Result<(), Error> {
    for constraint in constraints.iter().map(Params::new) {
        match (constraint.text("type"), constraint.text("expression")) {
            (Some("distinctInstance"), None) => {}
            (Some("distinctInstance"), Some(_)) => {
                return Err(Error::invalid(
                    "An expression is not allowed with the distinctInstance placement constraint.",
                ));
            }
            (Some("memberOf"), Some(expression)) => {
                if parse(expression).is_none() {
                    return Err(Error::unimplemented(&format!(
                        "the placement expression '{expression}' (it knows attribute:NAME == VALUE, !=, =~ with *, in [..] and exists)"
                    )));
                }
            }
            _ => {
                return Err(Error::invalid(
                    "A placement constraint is distinctInstance, or memberOf with an expression.",
                ));
            }
        }
    }
    Ok(())
}

pub(super) fn check_strategy(strategy: &[Value]) -> Result<(), Error> {
    if strategy.len() > 5 {
        return Err(Error::invalid("A service can have at most 5 placement strategies."));
    }
    for item in strategy.iter().map(Params::new) {
        let field = item.text("field");
        let valid = match item.text("type") {
            Some("random") => field.is_none(),
            Some("binpack") => field.is_some_and(|field| ["cpu", "memory"].contains(&field.to_lowercase().as_str())),
            Some("spread") => field.is_some_and(|field| !field.is_empty()),
            _ => false,
        };
        if !valid {
            return Err(Error::invalid(
                "Placement strategies are random, binpack with cpu or memory, and spread with a field.",
            ));
        }
    }
    Ok(())
}

enum Test<'a> {
    Equals(&'a str),
    Differs(&'a str),
    Like(&'a str),
    In(Vec<&'a str>),
    Exists,
}

/// `attribute:ecs.instance-type == m5.xlarge` and its like, joined by `and`.
fn parse(expression: &str) -> Option<Vec<(&str, Test<'_>)>> {
    expression.split(" and ").map(|term| parse_term(term.trim())).collect()
}

fn parse_term(term: &str) -> Option<(&str, Test<'_>)> {
    let rest = term.strip_prefix("attribute:")?;
    if let Some(name) = rest.strip_prefix("exists ") {
        return Some((name, Test::Exists));
    }
    let (name, rest) = rest.split_once(' ')?;
    let (operator, value) = rest.trim().split_once(' ')?;
    let value = value.trim();
    let test = match operator {
        "==" | "equals" => Test::Equals(value),
        "!=" | "not_equals" => Test::Differs(value),
        "=~" => Test::Like(value.strip_suffix('*')?),
        "in" => Test::In(value.strip_prefix('[')?.strip_suffix(']')?.split(',').map(str::trim).collect()),
        "exists" => Test::Exists,
        _ => return None,
    };
    let simple = match &test {
        Test::Equals(value) | Test::Differs(value) | Test::Like(value) => !value.contains([' ', '(', ')', '*']),
        Test::In(_) | Test::Exists => true,
    };
    simple.then_some((name, test))
}

fn matches(expression: &str, instance: &Instance) -> bool {
    parse(expression).is_some_and(|terms| {
        terms.iter().all(|(name, test)| {
            let value = instance.attribute(name);
            match test {
                Test::Equals(wanted) => value == Some(wanted),
                Test::Differs(other) => value != Some(other),
                Test::Like(prefix) => value.is_some_and(|value| value.starts_with(prefix)),
                Test::In(wanted) => value.is_some_and(|value| wanted.contains(&value)),
                Test::Exists => value.is_some(),
            }
        })
    })
}
