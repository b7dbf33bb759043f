//! What AWS was asked, by aws-sim's journal, and for which object.

use std::collections::{BTreeMap, BTreeSet};

use ecs_bridge_harness::{Error, Result, Sim};
use serde::Deserialize;
use serde_json::Value;

/// A request that reached AWS.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Call {
    pub sequence: u64,
    /// Milliseconds since the epoch: aws-sim's clock goes at the speed of the wall's.
    pub time: u64,
    pub operation: String,
    pub request: Value,
    pub status: u16,
    pub error_code: Option<String>,
    pub access_key: String,
}

/// The access key of the operator; whoever else calls has another.
const OPERATOR: &str = "test";

impl Call {
    pub(super) fn is_operators(&self) -> bool {
        self.access_key == OPERATOR
    }

    pub(super) fn succeeded(&self) -> bool {
        self.status == 200
    }

    pub(super) fn is_throttled(&self) -> bool {
        self.error_code.as_deref() == Some("ThrottlingException")
    }

    pub(super) fn is_write(&self) -> bool {
        !self.is_of_events() && !["Describe", "List", "Get"].iter().any(|verb| self.operation.starts_with(verb))
    }

    /// Whether it reads the queue of events, or tidies up there.
    pub(super) fn is_of_events(&self) -> bool {
        ["ReceiveMessage", "DeleteMessageBatch"].contains(&self.operation.as_str())
    }

    /// Whether it draws on the quota of CreateService, UpdateService and DeleteService.
    pub(super) fn changes_services(&self) -> bool {
        ["CreateService", "UpdateService", "DeleteService"].contains(&self.operation.as_str())
    }

    pub(super) fn changes_definitions(&self) -> bool {
        ["RegisterTaskDefinition", "DeregisterTaskDefinition"].contains(&self.operation.as_str())
    }

    /// The objects of a namespace that it is about, by their names.
    pub(super) fn about(&self, namespace: &str) -> BTreeSet<String> {
        let mut objects = BTreeSet::new();
        names(&self.request, &format!("{namespace}_"), &mut objects);
        objects
    }
}

/// The operator names things in AWS `<namespace>_<name>`: alone, in ARNs and as families.
fn names(value: &Value, prefix: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            for rest in text.split(prefix).skip(1) {
                let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
                found.insert(rest.chars().take_while(|c| is_of_name(*c)).collect());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, prefix, found)),
        Value::Object(members) => members.values().for_each(|member| names(member, prefix, found)),
        _ => {}
    }
}

/// Follows the journal from its beginning. A run has one, handed on from part to part: who began anew would read all of it.
#[derive(Default)]
pub(super) struct Follower {
    seen: u64,
}

impl Follower {
    /// Only what is asked from now on is taken next.
    pub(super) async fn skip(&mut self, sim: &Sim) -> Result<()> {
        self.take(sim).await.map(drop)
    }

    /// What was asked since the last time.
    pub(super) async fn take(&mut self, sim: &Sim) -> Result<Vec<Call>> {
        #[derive(Deserialize)]
        struct Journal {
            entries: Vec<Call>,
        }
        let text = sim.control(&format!("journal?after={}", self.seen)).await?;
        let journal: Journal = serde_json::from_str(&text)
            .map_err(|why| Error::Malformed { what: "aws-sim's journal".to_owned(), why: why.to_string() })?;
        self.seen = journal.entries.last().map_or(self.seen, |last| last.sequence);
        Ok(journal.entries)
    }
}

/// How many calls each object cost between two moments of its own; a call for several counts in parts.
pub(super) fn cost(calls: &[Call], namespace: &str, spans: &BTreeMap<String, (u64, u64)>) -> BTreeMap<String, f64> {
    let mut cost = BTreeMap::new();
    for call in calls.iter().filter(|call| call.is_operators()) {
        let mut about = call.about(namespace);
        about.retain(|object| spans.contains_key(object));
        #[allow(clippy::cast_precision_loss)]
        let part = 1.0 / about.len().max(1) as f64;
        for object in about {
            if spans.get(&object).is_some_and(|(from, to)| (*from..=*to).contains(&call.time)) {
                *cost.entry(object).or_default() += part;
            }
        }
    }
    cost
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn call(operation: &str, time: u64, request: Value) -> Call {
        let (status, error_code, access_key) = (200, None, OPERATOR.to_owned());
        Call { sequence: time, time, operation: operation.to_owned(), request, status, error_code, access_key }
    }

    #[test]
    fn a_call_is_about_the_objects_whose_names_stand_in_it() {
        let many =
            json!({"cluster": "arn:aws:ecs:us-east-1:1:cluster/storm_main", "services": ["storm_s1", "storm_s2"]});
        for (what, request, expected) in [
            ("a batch", many, vec!["main", "s1", "s2"]),
            ("an ARN", json!({"taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/storm_s-1:7"}), vec!["s-1"]),
            ("another namespace", json!({"services": ["running_s1"]}), vec![]),
        ] {
            let about: Vec<String> = call("DescribeServices", 1, request).about("storm").into_iter().collect();
            assert_eq!(about, expected, "{what}");
        }
    }

    #[test]
    fn calls_are_counted_in_parts_and_within_the_objects_time() {
        let calls = [
            call("DescribeServices", 10, json!({"cluster": "storm_main", "services": ["storm_a", "storm_b"]})),
            call("CreateService", 20, json!({"serviceName": "storm_a"})),
            call("DescribeServices", 30, json!({"services": ["storm_a", "storm_b"]})),
        ];
        let spans = BTreeMap::from([("a".to_owned(), (5, 20)), ("b".to_owned(), (15, 40))]);
        let cost = cost(&calls, "storm", &spans);
        assert_eq!(cost, BTreeMap::from([("a".to_owned(), 1.5), ("b".to_owned(), 0.5)]));
    }
}
