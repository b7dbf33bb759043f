//! What an event is about, and what a call is about: hashes of names, which are compared and nothing more. Where two names are alike, AWS
//! is asked once more than it had to be.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use serde_json::Value;

use crate::{aws::batch::Part, engine::Call};

/// What an event may name at most: no event of AWS comes near.
const MOST: usize = 100;

/// The names of what a message tells of; none, where it tells of nothing that is known here.
///
/// - "Amazon ECS events" (Amazon ECS Developer Guide): `resources` are ARNs, and the `group` of a service's task is `service:NAME`.
/// - "AWS API Call via CloudTrail" (Amazon EventBridge User Guide): what was changed stands in the `requestParameters` of the call.
pub fn names(body: &str) -> HashSet<u64> {
    let event: Value = serde_json::from_str(body).unwrap_or_default();
    let mut names = HashSet::new();
    texts(&event["resources"], &mut names);
    if let Some(service) = event["detail"]["group"].as_str().and_then(|group| group.strip_prefix("service:")) {
        add(service, &mut names);
    }
    for parameter in event["detail"]["requestParameters"].as_object().into_iter().flat_map(|object| object.values()) {
        texts(parameter, &mut names);
    }
    names
}

/// The names of what a call asks about: of a batch, what it lists; else whatever it says.
pub fn subjects(call: &Call) -> HashSet<u64> {
    let mut subjects = HashSet::new();
    match Part::of(call) {
        Some(part) => part.names().iter().for_each(|name| add(name, &mut subjects)),
        None => call.input.as_object().into_iter().flat_map(|input| input.values()).for_each(|value| {
            texts(value, &mut subjects);
        }),
    }
    subjects
}

/// A text, or each of a list.
fn texts(value: &Value, to: &mut HashSet<u64>) {
    match value {
        Value::String(text) => add(text, to),
        Value::Array(items) => items.iter().filter_map(Value::as_str).for_each(|text| add(text, to)),
        _ => {}
    }
}

/// A thing is named by its ARN here and by its name there: the last part of an ARN is its name.
fn add(name: &str, to: &mut HashSet<u64>) {
    let own = if name.starts_with("arn:") { name.rsplit(['/', ':']).next().unwrap_or(name) } else { name };
    // A revision goes by its family and number.
    let revision = name.starts_with("arn:").then(|| name.rsplit_once(":task-definition/")).flatten();
    for name in [own, revision.map_or(name, |(_, revision)| revision)] {
        if to.len() < MOST && !name.is_empty() {
            let mut hasher = DefaultHasher::new();
            name.hash(&mut hasher);
            to.insert(hasher.finish());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{ecr::Operation as Ecr, ecs::Operation as Ecs};

    fn describe(services: &[&str]) -> Call {
        Call::new(Ecs::DescribeServices, &json!({"cluster": "prod", "services": services, "include": ["TAGS"]}))
    }

    #[test]
    fn an_event_is_about_the_calls_that_name_what_it_names() {
        const SERVICE: &str = "arn:aws:ecs:eu-west-1:123456789012:service/prod/web";
        let (web, by_arn, other) = (describe(&["web"]), describe(&[SERVICE]), describe(&["web-2"]));
        let revision = Call::new(Ecs::DescribeTaskDefinition, &json!({"taskDefinition": "web:7"}));
        let repository = Call::new(Ecr::DescribeRepositories, &json!({"repositoryNames": ["team/web"]}));
        let clusters = Call::new(Ecs::DescribeClusters, &json!({"clusters": ["prod"], "include": ["TAGS"]}));
        let calls = [&web, &by_arn, &other, &revision, &repository, &clusters];
        for (event, expected) in [
            (
                json!({"detail-type": "ECS Task State Change",
                       "resources": ["arn:aws:ecs:eu-west-1:123456789012:task/prod/0123456789abcdef"],
                       "detail": {"clusterArn": "arn:aws:ecs:eu-west-1:123456789012:cluster/prod", "group": "service:web"}}),
                [true, true, false, false, false, false],
            ),
            (
                json!({"detail-type": "ECS Deployment State Change", "resources": [SERVICE],
                       "detail": {"eventName": "SERVICE_DEPLOYMENT_COMPLETED"}}),
                [true, true, false, false, false, false],
            ),
            (
                json!({"detail-type": "AWS API Call via CloudTrail",
                       "detail": {"eventName": "UpdateService", "requestParameters": {"cluster": "prod", "service": "web", "desiredCount": 0}}}),
                [true, true, false, false, false, true],
            ),
            (
                json!({"detail-type": "AWS API Call via CloudTrail",
                       "detail": {"eventName": "DeregisterTaskDefinition", "requestParameters":
                                  {"taskDefinition": "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7"}}}),
                [false, false, false, true, false, false],
            ),
            (
                json!({"detail-type": "AWS API Call via CloudTrail",
                       "detail": {"eventName": "DeleteRepository", "requestParameters": {"repositoryName": "team/web"}}}),
                [false, false, false, false, true, false],
            ),
            (
                json!({"detail-type": "Scheduled Event", "resources": ["arn:aws:events:eu-west-1:123456789012:rule/x"], "detail": {}}),
                [false; 6],
            ),
        ] {
            let names = names(&event.to_string());
            let about: Vec<bool> = calls.iter().map(|call| !subjects(call).is_disjoint(&names)).collect();
            assert_eq!(about, expected, "{event}");
        }
    }

    #[test]
    fn whatever_else_lies_in_the_queue_is_about_nothing() {
        for body in [
            "",
            "no JSON",
            "[]",
            "7",
            "{\"resources\": 7, \"detail\": []}",
            "{\"detail\": {\"group\": \"family:web\"}}",
        ] {
            assert_eq!(names(body), HashSet::new(), "{body}");
        }
    }
}
