//! How each side does: what it was asked for, what runs, and whether it gets there.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    endpoints::Reached,
    spec::{LackingSince, Memo},
};
use crate::bridge::split::{Health, Seen, Side};

/// In seconds: the Deployment's own deadline, where it says none.
const DEADLINE: i64 = 600;

/// A pod without a node for so long, in seconds, stays without one.
const UNSCHEDULABLE: i64 = 60;

/// The condition of this type.
pub fn condition<'a>(object: &'a Value, type_: &str) -> Option<&'a Value> {
    object["status"]["conditions"].as_array().into_iter().flatten().find(|condition| condition["type"] == type_)
}

fn is(object: &Value, type_: &str, status: &str) -> bool {
    condition(object, type_).is_some_and(|condition| condition["status"] == status)
}

fn count(value: &Value, default: i32) -> i32 {
    value.as_i64().and_then(|count| i32::try_from(count).ok()).unwrap_or(default)
}

/// Whether whoever runs the object has seen its spec.
pub fn is_observed(object: &Value) -> bool {
    object["status"]["observedGeneration"].as_i64().unwrap_or(-1)
        >= object["metadata"]["generation"].as_i64().unwrap_or(0)
}

/// Whether an EcsService is what it is to be, and runs as such.
pub fn is_settled(service: &Value) -> bool {
    is_observed(service) && is(service, "Ready", "True") && is(service, "Synced", "True")
}

/// How long a side may lack replicas before it fails, in seconds.
fn deadline(deployment: &Value) -> i64 {
    deployment["spec"]["progressDeadlineSeconds"].as_i64().unwrap_or(DEADLINE)
}

fn is_overdue(since: Option<i64>, deployment: &Value, now: Timestamp) -> bool {
    since.is_some_and(|since| now.as_second().saturating_sub(since) >= deadline(deployment))
}

/// How many replicas the object says that it runs.
pub fn running(side: Side, object: &Value) -> i32 {
    let member = if side == Side::Cluster { "availableReplicas" } else { "runningCount" };
    count(&object["status"][member], 0)
}

/// What nobody can reach does not run.
fn runs(side: Side, object: &Value, reached: Reached) -> i32 {
    running(side, object).min(reached.of(side).unwrap_or(i32::MAX))
}

/// The cluster's side; with the pods that wait for a node, where they matter.
pub fn cluster(deployment: &Value, reached: Reached, pending: &[Value], memo: &Memo, now: Timestamp) -> Seen {
    let asked = count(&deployment["spec"]["replicas"], 1);
    let runs = runs(Side::Cluster, deployment, reached);
    let health = if is_observed(deployment) && runs >= asked {
        Health::Ready
    } else if pending.iter().any(|pod| is_unschedulable(pod, now)) {
        Health::Unschedulable
    } else if is(deployment, "Progressing", "False") || is_overdue(memo.lacking_since.cluster, deployment, now) {
        Health::Failing
    } else {
        Health::Starting
    };
    Seen { asked, runs, health }
}

fn is_unschedulable(pod: &Value, now: Timestamp) -> bool {
    let Some(scheduled) = condition(pod, "PodScheduled") else { return false };
    let since = scheduled["lastTransitionTime"].as_str().and_then(|time| time.parse::<Timestamp>().ok());
    scheduled["status"] == "False"
        && scheduled["reason"] == "Unschedulable"
        && since.is_some_and(|since| now.as_second().saturating_sub(since.as_second()) >= UNSCHEDULABLE)
}

/// The side of ECS, by its EcsService.
pub fn ecs(service: Option<&Value>, deployment: &Value, reached: Reached, memo: &Memo, now: Timestamp) -> Seen {
    let Some(service) = service else { return Seen { asked: 0, runs: 0, health: Health::Ready } };
    let asked = count(&service["spec"]["desiredCount"], 1);
    let runs = runs(Side::Ecs, service, reached);
    let health = if is_observed(service) && is(service, "Ready", "True") && runs >= asked {
        Health::Ready
    } else if is_observed(service) && is(service, "Stalled", "True")
        || is_overdue(memo.lacking_since.ecs, deployment, now)
    {
        Health::Failing
    } else {
        Health::Starting
    };
    Seen { asked, runs, health }
}

/// Since when each side lacks replicas, as of now.
pub fn lacking_since(before: LackingSince, cluster: Seen, ecs: Seen, now: Timestamp) -> LackingSince {
    let since = |side: Seen, before: Option<i64>| {
        let is_ready = side.health == Health::Ready;
        if is_ready { None } else { Some(before.unwrap_or(now.as_second())) }
    };
    LackingSince { cluster: since(cluster, before.cluster), ecs: since(ecs, before.ecs) }
}

/// Why a side does not get there, in its object's own words.
pub fn said(side: Side, object: &Value) -> Option<String> {
    let type_ = if side == Side::Cluster { "Progressing" } else { "Ready" };
    let condition = condition(object, type_)?;
    let text = |member: &str| condition[member].as_str().unwrap_or_default();
    let (reason, message) = (text("reason"), text("message").trim_end_matches('.'));
    Some(format!("{reason}: {message}")).filter(|said| said.len() > 2)
}
