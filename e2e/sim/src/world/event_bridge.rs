//! Amazon EventBridge, as far as the default bus and rules with queues as their targets. How an event gets to them stands in
//! [`delivery`], what a rule asks of it in [`pattern`].

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::agenda::Due;
use super::params::Params;
use super::tags::{self, Tags};
use super::{Answer, Env, Region, dispatch, paging};

mod delivery;
mod pattern;
mod queue_policy;
mod schedule;

pub use delivery::EventFaults;
pub(super) use delivery::{Event, arrive};
use pattern::Pattern;
pub(super) use schedule::ring;

const BUS: &str = "default";
/// "Targets per rule: 5."
const MAX_TARGETS: usize = 5;

#[derive(Clone)]
pub(crate) struct Rule {
    arn: String,
    when: When,
    state: String,
    description: Option<String>,
    targets: BTreeMap<String, Value>,
    tags: Tags,
}

/// What a rule sends events at.
#[derive(Clone)]
enum When {
    Matching { text: String, pattern: Pattern },
    Every { text: String, period: Duration, next: Time },
}

impl Rule {
    fn is_enabled(&self) -> bool {
        self.state != "DISABLED"
    }

    /// Whether it waits for events.
    pub(super) fn listens(&self) -> bool {
        self.is_enabled() && matches!(self.when, When::Matching { .. })
    }
}

pub(super) fn call(env: &mut Env<'_>, region: &mut Region, operation: &str, request: Params<'_>) -> Answer {
    if let Some(bus) = request.text("EventBusName") {
        check_bus(&region.scope, bus)?;
    }
    match operation {
        "DeleteRule" => delete(region, request.required("Name")),
        "DescribeRule" => {
            let name = request.required("Name");
            let mut described = rule(region, name)?.describe(name);
            described["CreatedBy"] = json!(region.scope.account);
            Ok(described)
        }
        "DisableRule" | "EnableRule" => {
            let state = if operation == "EnableRule" { "ENABLED" } else { "DISABLED" };
            state.clone_into(&mut rule_mut(region, request.required("Name"))?.state);
            Ok(json!({}))
        }
        "ListRules" => list(region, request),
        "ListTagsForResource" => {
            let present = tags_mut(region, request.required("ResourceARN"))?;
            Ok(json!({ "Tags": tags::to_json(Api::Events, present) }))
        }
        "ListTargetsByRule" => list_targets(region, request),
        "PutEvents" => Ok(delivery::put_events(env, region, request)),
        "PutRule" => put(env, region, request),
        "PutTargets" => put_targets(region, request),
        "RemoveTargets" => {
            let found = rule_mut(region, request.required("Rule"))?;
            for id in request.texts("Ids") {
                found.targets.remove(id);
            }
            Ok(json!({"FailedEntryCount": 0, "FailedEntries": []}))
        }
        "TagResource" => {
            let present = tags_mut(region, request.required("ResourceARN"))?;
            tags::add(Api::Events, present, request.list("Tags"))?;
            Ok(json!({}))
        }
        "TestEventPattern" => test_pattern(request),
        "UntagResource" => {
            let present = tags_mut(region, request.required("ResourceARN"))?;
            tags::remove(present, &request.texts("TagKeys"));
            Ok(json!({}))
        }
        _ => Err(dispatch::unimplemented(Api::Events, operation)),
    }
}

fn put(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    if request.get("RoleArn").is_some() {
        return Err(Error::unimplemented("RoleArn of PutRule"));
    }
    let name = request.required("Name");
    let given = |member: &str| request.text(member).filter(|text| !text.is_empty()).map(str::to_owned);
    let when = match (given("EventPattern"), given("ScheduleExpression")) {
        (Some(text), None) => When::Matching { pattern: Pattern::parse(&text)?, text },
        (None, Some(text)) => {
            let period = schedule::parse(&text)?;
            let next = env.now + period;
            env.agenda.add(next, &region.scope, Due::Rule { name: name.to_owned() });
            When::Every { text, period, next }
        }
        (Some(_), Some(_)) => return Err(Error::unimplemented("EventPattern beside ScheduleExpression")),
        (None, None) => {
            return Err(validation("Parameter(s) EventPattern or ScheduleExpression must be specified."));
        }
    };
    let arn = rule_arn(&region.scope, name);
    let given = tags::parse(Api::Events, request.list("Tags"))?;
    let before = region.rules.remove(name);
    // "If you are updating an existing rule, the rule is replaced with what you specify": its targets and tags stay.
    let (targets, tags) = match before {
        Some(before) => (before.targets, before.tags),
        None => (BTreeMap::new(), given),
    };
    let rule = Rule {
        arn: arn.clone(),
        when,
        state: request.text("State").unwrap_or("ENABLED").to_owned(),
        description: request.text("Description").map(str::to_owned),
        targets,
        tags,
    };
    region.rules.insert(name.to_owned(), rule);
    Ok(json!({ "RuleArn": arn }))
}

fn delete(region: &mut Region, name: &str) -> Answer {
    if region.rules.get(name).is_some_and(|rule| !rule.targets.is_empty()) {
        return Err(validation("Rule can't be deleted since it has targets."));
    }
    // Whether it was there or not.
    region.rules.remove(name);
    Ok(json!({}))
}

fn put_targets(region: &mut Region, request: Params<'_>) -> Answer {
    let scope = region.scope.clone();
    let found = rule_mut(region, request.required("Rule"))?;
    let mut all = found.targets.clone();
    for target in request.list("Targets") {
        let params = Params::new(target);
        let known = ["Id", "Arn", "RetryPolicy"];
        if let Some((member, _)) = params.members().find(|(member, _)| !known.contains(&member.as_str())) {
            return Err(Error::unimplemented(&format!("{member} of a target")));
        }
        if scope.resource("sqs", params.required("Arn")).is_none() {
            return Err(Error::unimplemented("targets other than SQS queues of the same account and region"));
        }
        all.insert(params.required("Id").to_owned(), target.clone());
    }
    if all.len() > MAX_TARGETS {
        let message = "The requested resource exceeds the maximum number allowed.";
        return Err(Error::new("LimitExceededException", message));
    }
    found.targets = all;
    Ok(json!({"FailedEntryCount": 0, "FailedEntries": []}))
}

fn list(region: &Region, request: Params<'_>) -> Answer {
    let prefix = request.text("NamePrefix").unwrap_or_default();
    let names: Vec<String> = region.rules.keys().filter(|name| name.starts_with(prefix)).cloned().collect();
    let (page, next) = page(request, &names)?;
    let described: Vec<Value> =
        page.iter().filter_map(|name| region.rules.get(name).map(|rule| rule.describe(name))).collect();
    let mut answer = json!({ "Rules": described });
    if let Some(next) = next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}

fn list_targets(region: &Region, request: Params<'_>) -> Answer {
    let found = rule(region, request.required("Rule"))?;
    let ids: Vec<String> = found.targets.keys().cloned().collect();
    let (page, next) = page(request, &ids)?;
    let mut answer = json!({ "Targets": page.iter().map(|id| &found.targets[id]).collect::<Vec<_>>() });
    if let Some(next) = next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}

fn page(request: Params<'_>, names: &[String]) -> Result<(Vec<String>, Option<String>), Error> {
    let asked: Map<String, Value> = [("maxResults", "Limit"), ("nextToken", "NextToken")]
        .into_iter()
        .filter_map(|(of, name)| Some((of.to_owned(), request.get(name)?.clone())))
        .collect();
    paging::page(Params::of(&asked), names, 100, 100)
}

fn test_pattern(request: Params<'_>) -> Answer {
    let pattern = Pattern::parse(request.required("EventPattern"))?;
    let event: Value = serde_json::from_str(request.required("Event"))
        .map_err(|error| validation(&format!("Parameter Event is not valid. Reason: {error}")))?;
    Ok(json!({ "Result": pattern.matches(&event) }))
}

impl Rule {
    fn describe(&self, name: &str) -> Value {
        let mut described = json!({
            "Name": name,
            "Arn": self.arn,
            "State": self.state,
            "EventBusName": BUS,
        });
        match &self.when {
            When::Matching { text, .. } => described["EventPattern"] = json!(text),
            When::Every { text, .. } => described["ScheduleExpression"] = json!(text),
        }
        if let Some(description) = &self.description {
            described["Description"] = json!(description);
        }
        described
    }
}

fn check_bus(scope: &Scope, bus: &str) -> Result<(), Error> {
    if bus == BUS || scope.resource("events", bus) == Some("event-bus/default") {
        return Ok(());
    }
    Err(not_found(&format!("Event bus {bus} does not exist.")))
}

pub(super) fn rule_arn(scope: &Scope, name: &str) -> String {
    scope.arn("events", &format!("rule/{name}"))
}

fn rule<'a>(region: &'a Region, name: &str) -> Result<&'a Rule, Error> {
    region.rules.get(name).ok_or_else(|| no_rule(name))
}

fn rule_mut<'a>(region: &'a mut Region, name: &str) -> Result<&'a mut Rule, Error> {
    region.rules.get_mut(name).ok_or_else(|| no_rule(name))
}

fn no_rule(name: &str) -> Error {
    not_found(&format!("Rule {name} does not exist on EventBus {BUS}."))
}

fn tags_mut<'a>(region: &'a mut Region, arn: &str) -> Result<&'a mut Tags, Error> {
    let name = region.scope.resource("events", arn).and_then(|resource| resource.strip_prefix("rule/"));
    let name = name.ok_or_else(|| Error::unimplemented("tags of anything but a rule of the default bus"))?.to_owned();
    rule_mut(region, &name).map(|rule| &mut rule.tags)
}

pub(super) fn tags_of(region: &Region, arn: &str) -> Option<Tags> {
    let name = region.scope.resource("events", arn)?.strip_prefix("rule/")?;
    region.rules.get(name).map(|rule| rule.tags.clone())
}

fn not_found(message: &str) -> Error {
    Error::new("ResourceNotFoundException", message)
}

fn validation(message: &str) -> Error {
    Error::new("ValidationException", message)
}
