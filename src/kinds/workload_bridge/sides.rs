//! How each side does: what it was asked for, what runs, and whether it gets there.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    endpoints::Reached,
    spec::{LackingSince, Memo},
};
use crate::{
    bridge::split::{Health, Seen, Side},
    engine::kubernetes::is_deleting,
};

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
    } else if is_given_up(deployment, memo, now) {
        Health::Failing
    } else {
        Health::Starting
    };
    Seen { asked, runs, health }
}

/// Whether the cluster has lacked replicas for as long as a Deployment is given.
pub fn is_given_up(deployment: &Value, memo: &Memo, now: Timestamp) -> bool {
    is(deployment, "Progressing", "False") || is_overdue(memo.lacking_since.cluster, deployment, now)
}

/// A pod on its way out waits for nothing.
fn is_unschedulable(pod: &Value, now: Timestamp) -> bool {
    let Some(scheduled) = condition(pod, "PodScheduled").filter(|_| !is_deleting(pod)) else { return false };
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

/// How many of those that a side is asked for run there, and how many more are on their way out.
pub fn told(side: Seen) -> String {
    let leaving = side.runs.saturating_sub(side.asked);
    match side.asked {
        asked if leaving <= 0 => format!("{} of {asked}", side.runs),
        0 => format!("none ({leaving} leaving)"),
        asked => format!("{asked} of {asked} ({leaving} more leaving)"),
    }
}

/// Why a side does not get there, in its object's own words.
pub fn said(side: Side, object: &Value) -> Option<String> {
    let type_ = if side == Side::Cluster { "Progressing" } else { "Ready" };
    let condition = condition(object, type_)?;
    let text = |member: &str| condition[member].as_str().unwrap_or_default();
    let (reason, message) = (text("reason"), text("message").trim_end_matches('.'));
    Some(format!("{reason}: {message}")).filter(|said| said.len() > 2)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// 2027-01-15T08:00:00Z.
    const NOW: i64 = 1_800_000_000;

    fn now() -> Timestamp {
        Timestamp::from_second(NOW).expect("a time")
    }

    /// A pod that was said to be scheduled or not, and why, so many seconds ago.
    fn pod(status: &str, reason: &str, ago: i64) -> Value {
        let since = Timestamp::from_second(NOW - ago).expect("a time").to_string();
        let scheduled =
            json!({"type": "PodScheduled", "status": status, "reason": reason, "lastTransitionTime": since});
        json!({"metadata": {"name": "web-1"}, "status": {"phase": "Pending", "conditions": [scheduled]}})
    }

    fn deleted(mut pod: Value) -> Value {
        pod["metadata"]["deletionTimestamp"] = json!("2027-01-15T07:59:59Z");
        pod
    }

    fn without_time(mut pod: Value) -> Value {
        pod["status"]["conditions"][0]["lastTransitionTime"] = json!("yesterday");
        pod
    }

    #[test]
    fn a_pod_without_a_node_for_a_minute_is_unschedulable() {
        for (what, pod, expected) in [
            ("nobody has looked at it", json!({"status": {"phase": "Pending"}}), false),
            ("for less than a minute", pod("False", "Unschedulable", 59), false),
            ("for a minute", pod("False", "Unschedulable", 60), true),
            ("for an hour", pod("False", "Unschedulable", 3600), true),
            ("the scheduler's clock is ahead", pod("False", "Unschedulable", -3600), false),
            ("since nobody knows when", without_time(pod("False", "Unschedulable", 3600)), false),
            ("its scheduling is gated", pod("False", "SchedulingGated", 3600), false),
            ("the scheduler fails", pod("False", "SchedulerError", 3600), false),
            ("it has a node by now, and starts", pod("True", "", 0), false),
            ("it had none, and is deleted", deleted(pod("False", "Unschedulable", 3600)), false),
        ] {
            assert_eq!(is_unschedulable(&pod, now()), expected, "{what}");
        }
    }

    #[test]
    fn what_leaves_is_not_counted_with_what_stays() {
        for (asked, runs, expected) in [
            (4, 3, "3 of 4"),
            (4, 4, "4 of 4"),
            (0, 0, "0 of 0"),
            (0, 1, "none (1 leaving)"),
            (2, 5, "2 of 2 (3 more leaving)"),
        ] {
            assert_eq!(told(Seen { asked, runs, health: Health::Ready }), expected);
        }
    }

    #[test]
    fn the_cluster_is_as_its_deployment_and_its_pods_say() {
        use Health::{Failing, Ready, Starting, Unschedulable};
        let deployment = |replicas: i32, available: i32, progresses: &str| {
            let progressing = json!({"type": "Progressing", "status": progresses});
            json!({
                "metadata": {"generation": 2},
                "spec": {"replicas": replicas},
                "status": {"observedGeneration": 2, "availableReplicas": available, "conditions": [progressing]},
            })
        };
        let waits = || vec![pod("False", "Unschedulable", 60)];
        let lacks = |seconds: i64| LackingSince { cluster: Some(NOW - seconds), ecs: None };
        for (what, deployment, pending, lacking_since, expected) in [
            ("all run", deployment(4, 4, "True"), vec![], LackingSince::default(), Ready),
            ("all run, and one more of a rollout waits", deployment(4, 4, "True"), waits(), lacks(0), Ready),
            ("some start", deployment(4, 2, "True"), vec![], lacks(5), Starting),
            (
                "some wait, not for long",
                deployment(4, 2, "True"),
                vec![pod("False", "Unschedulable", 9)],
                lacks(9),
                Starting,
            ),
            ("one waits for a minute", deployment(4, 2, "True"), waits(), lacks(60), Unschedulable),
            ("and beyond the deadline", deployment(4, 2, "False"), waits(), lacks(601), Unschedulable),
            ("none waits, and it is beyond the deadline", deployment(4, 2, "True"), vec![], lacks(600), Failing),
            ("none waits, and the Deployment gives up", deployment(4, 2, "False"), vec![], lacks(5), Failing),
        ] {
            let memo = Memo { lacking_since, ..Memo::default() };
            let seen = cluster(&deployment, Reached::default(), &pending, &memo, now());
            assert_eq!(seen.health, expected, "{what}: {seen:?}");
        }
    }
}
