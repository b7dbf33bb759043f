//! The comparison of what the spec says with what AWS describes: both in canonical form, under a reviewed table for each kind.
//!
//! The canonical form drops what means nothing: nulls, empty lists and objects, and values that equal AWS's default (an unset field
//! means the default). It orders what AWS does not order, and spells in one way what can be spelt in several.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::hash::canonical_text;

/// One line of a kind's table: what the comparison knows of the fields at a path, as `containerDefinitions[].environment`.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub path: &'static str,
    pub treatment: Treatment,
}

#[derive(Clone, Copy, Debug)]
pub enum Treatment {
    /// A list that AWS does not order.
    Set,
    /// Unset means this text.
    Text(&'static str),
    /// Unset means this number.
    Number(i64),
    /// Unset means this truth value.
    Flag(bool),
    /// A text that can be spelt in several ways.
    Spelling(fn(&str) -> String),
    /// Not compared here: the kind treats it itself, or it belongs to others.
    Apart,
}

pub const fn set(path: &'static str) -> Rule {
    Rule { path, treatment: Treatment::Set }
}
pub const fn text(path: &'static str, default: &'static str) -> Rule {
    Rule { path, treatment: Treatment::Text(default) }
}
pub const fn number(path: &'static str, default: i64) -> Rule {
    Rule { path, treatment: Treatment::Number(default) }
}
pub const fn flag(path: &'static str, default: bool) -> Rule {
    Rule { path, treatment: Treatment::Flag(default) }
}
pub const fn spelling(path: &'static str, spell: fn(&str) -> String) -> Rule {
    Rule { path, treatment: Treatment::Spelling(spell) }
}
pub const fn apart(path: &'static str) -> Rule {
    Rule { path, treatment: Treatment::Apart }
}

/// The canonical form of a value under a table.
pub fn canonical(value: &Value, rules: &[Rule]) -> Value {
    without_defaults(value, rules, &|_| false)
}

/// The same with members that may not be left out of what they are in, whatever they mean: what is not empty can be sent to AWS.
pub fn without_defaults(value: &Value, rules: &[Rule], is_required: IsRequired<'_>) -> Value {
    walk(value, "", rules, is_required).unwrap_or_else(|| Value::Object(Map::new()))
}

/// Whether the member at a path may not be left out.
type IsRequired<'a> = &'a dyn Fn(&str) -> bool;

fn member(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// What is left of a value that means nothing where it may not be left out.
fn least(value: &Value, path: &str, is_required: IsRequired<'_>) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter_map(|(name, value)| {
                let path = member(path, name);
                (is_required(&path) && !value.is_null()).then(|| (name.clone(), least(value, &path, is_required)))
            });
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.iter().map(|item| least(item, &format!("{path}[]"), is_required)).collect(),
        scalar => scalar.clone(),
    }
}

fn walk(value: &Value, path: &str, rules: &[Rule], is_required: IsRequired<'_>) -> Option<Value> {
    let mut value = match value {
        Value::Null => return None,
        Value::Object(members) => {
            let of = |(name, value): (&String, &Value)| {
                Some((name.clone(), walk(value, &member(path, name), rules, is_required)?))
            };
            let mut kept: Map<String, Value> = members.iter().filter_map(of).collect();
            if kept.is_empty() {
                return None;
            }
            for (name, value) in members {
                let path = member(path, name);
                if !kept.contains_key(name) && !value.is_null() && is_required(&path) {
                    kept.insert(name.clone(), least(value, &path, is_required));
                }
            }
            Value::Object(kept)
        }
        Value::Array(items) => {
            let path = format!("{path}[]");
            // An item whose members all mean nothing still counts: it is there.
            let nothing = |item: &Value| match item {
                Value::Object(_) => least(item, &path, is_required),
                _ => Value::Object(Map::new()),
            };
            let items: Vec<Value> = items
                .iter()
                .map(|item| walk(item, &path, rules, is_required).unwrap_or_else(|| nothing(item)))
                .collect();
            if items.is_empty() {
                return None;
            }
            Value::Array(items)
        }
        Value::Number(number) => match number.as_f64() {
            // Some JSON writers make 1.0 of 1.
            #[allow(clippy::cast_possible_truncation)]
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => Value::from(float as i64),
            _ => value.clone(),
        },
        scalar => scalar.clone(),
    };
    for rule in rules.iter().filter(|rule| rule.path == path) {
        match (rule.treatment, &mut value) {
            (Treatment::Apart, _) => return None,
            (Treatment::Set, Value::Array(items)) => items.sort_by_cached_key(canonical_text),
            (Treatment::Text(default), Value::String(text)) if text == default => return None,
            (Treatment::Number(default), Value::Number(number)) if number.as_i64() == Some(default) => return None,
            (Treatment::Flag(default), Value::Bool(flag)) if *flag == default => return None,
            (Treatment::Spelling(spell), Value::String(text)) => *text = spell(text),
            _ => {}
        }
    }
    Some(value)
}

/// A place where two canonical values differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// As `containerDefinitions[0].image`.
    pub path: String,
    pub desired: Option<Value>,
    pub observed: Option<Value>,
}

impl Difference {
    /// The top-level member that the difference lies under.
    pub fn member(&self) -> &str {
        self.path.split(['.', '[']).next().unwrap_or_default()
    }
}

/// Where the desired value and the observed one differ, both compared in canonical form. Empty: in sync.
pub fn differences(desired: &Value, observed: &Value, rules: &[Rule]) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(Some(&canonical(desired, rules)), Some(&canonical(observed, rules)), String::new(), &mut found);
    found
}

fn compare(desired: Option<&Value>, observed: Option<&Value>, path: String, found: &mut Vec<Difference>) {
    match (desired, observed) {
        (Some(Value::Object(desired)), Some(Value::Object(observed))) => {
            let names: BTreeSet<&String> = desired.keys().chain(observed.keys()).collect();
            for name in names {
                compare(desired.get(name), observed.get(name), member(&path, name), found);
            }
        }
        (Some(Value::Array(desired)), Some(Value::Array(observed))) if desired.len() == observed.len() => {
            for (i, (desired, observed)) in desired.iter().zip(observed).enumerate() {
                compare(Some(desired), Some(observed), format!("{path}[{i}]"), found);
            }
        }
        (desired, observed) if desired != observed => {
            found.push(Difference { path, desired: desired.cloned(), observed: observed.cloned() });
        }
        _ => {}
    }
}

/// The names of the top-level members that differ, each once.
pub fn members(differences: &[Difference]) -> BTreeSet<String> {
    differences.iter().map(|difference| difference.member().to_owned()).collect()
}

/// The differing paths as a text for people: paths only, since values may be secret.
pub fn describe(differences: &[Difference]) -> String {
    const SHOWN: usize = 5;
    let paths: Vec<&str> = differences.iter().take(SHOWN).map(|difference| difference.path.as_str()).collect();
    match differences.len().saturating_sub(SHOWN) {
        0 => paths.join(", "),
        more => format!("{} and {more} more", paths.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const RULES: &[Rule] = &[
        set("environment"),
        text("protocol", "tcp"),
        number("ports[].hostPort", 0),
        flag("essential", true),
        spelling("memory", str::to_uppercase),
        apart("status"),
    ];

    #[test]
    fn what_means_the_same_is_the_same() {
        for (why, desired, observed) in [
            ("null is unset", json!({"a": null}), json!({})),
            ("an empty list is unset", json!({"a": []}), json!({})),
            ("an object of nothing is unset", json!({"a": {"b": {"c": []}}}), json!({})),
            ("a text default is unset", json!({}), json!({"protocol": "tcp"})),
            (
                "a nested number default is unset",
                json!({"ports": [{"containerPort": 80}]}),
                json!({"ports": [{"containerPort": 80, "hostPort": 0}]}),
            ),
            ("a flag default is unset", json!({"essential": true}), json!({})),
            (
                "a set has no order",
                json!({"environment": [{"name": "a"}, {"name": "b"}]}),
                json!({"environment": [{"name": "b"}, {"name": "a"}]}),
            ),
            ("a spelling", json!({"memory": "2gb"}), json!({"memory": "2GB"})),
            ("what is apart is not compared", json!({"status": 1}), json!({"status": 2})),
            ("1.0 is 1", json!({"n": 1.0}), json!({"n": 1})),
        ] {
            assert_eq!(differences(&desired, &observed, RULES), vec![], "{why}");
        }
    }

    #[test]
    fn what_may_not_be_left_out_stays_where_anything_does() {
        const RULES: &[Rule] =
            &[flag("breaker.enable", false), flag("breaker.rollback", false), text("items[].type", "a")];
        let is_required = |path: &str| ["breaker.enable", "breaker.names", "items[].type"].contains(&path);
        for (why, value, expected) in [
            (
                "nothing stays of nothing",
                json!({"breaker": {"enable": false, "rollback": false, "names": []}}),
                json!({}),
            ),
            (
                "beside what means something",
                json!({"breaker": {"enable": false, "rollback": true, "names": []}}),
                json!({"breaker": {"enable": false, "rollback": true, "names": []}}),
            ),
            (
                "an item is there",
                json!({"items": [{"type": "a"}, {"type": "b"}]}),
                json!({"items": [{"type": "a"}, {"type": "b"}]}),
            ),
            (
                "null is nothing",
                json!({"breaker": {"enable": null, "rollback": true}}),
                json!({"breaker": {"rollback": true}}),
            ),
        ] {
            assert_eq!(without_defaults(&value, RULES, &is_required), expected, "{why}");
        }
    }

    #[test]
    fn what_differs_is_found_at_its_path() {
        for (desired, observed, path) in [
            (json!({"a": {"b": 1}}), json!({"a": {"b": 2}}), "a.b"),
            (json!({"a": [{"b": 1}]}), json!({"a": [{"b": 2}]}), "a[0].b"),
            (json!({"a": [1]}), json!({"a": [1, 2]}), "a"),
            (json!({}), json!({"protocol": "udp"}), "protocol"),
            (json!({"essential": false}), json!({}), "essential"),
            (json!({"command": ["a", "b"]}), json!({"command": ["b", "a"]}), "command[0]"),
            (json!({"a": ""}), json!({}), "a"),
            (json!({"a": [{}]}), json!({}), "a"),
        ] {
            let found = differences(&desired, &observed, RULES);
            assert!(
                found.iter().any(|difference| difference.path == path),
                "{desired} against {observed}: {path} is not among {found:?}"
            );
        }
    }

    #[test]
    fn the_description_has_paths_and_no_values() {
        let found = differences(&json!({"environment": [{"name": "PASSWORD", "value": "hunter2"}]}), &json!({}), RULES);
        assert_eq!(describe(&found), "environment");
    }
}
