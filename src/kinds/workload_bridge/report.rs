//! What the status says of both sides, and of the translation.

use serde_json::Value;

use super::{
    facts::Facts,
    manifest,
    scene::Scene,
    spec::{Memo, Report, SideReport, WorkloadBridgeSpec},
};
use crate::{
    bridge::split::{self, Side},
    engine::{Env, Goal},
};

pub fn report(goal: Goal<'_, WorkloadBridgeSpec>, env: &Env, facts: &Facts, memo: &Memo, previous: &Report) -> Report {
    let spec = goal.spec();
    // Not all replicas are pods: it selects none, and it is never empty, which some autoscalers take for all.
    let selector = format!("ecs-bridge.dev/uid={}", env.identity.uid);
    let scene = Scene { spec, env, facts, memo, now: jiff::Timestamp::UNIX_EPOCH };
    let (workload, service) = (scene.workload(), scene.service());
    if facts.object(&workload).is_unread() {
        return Report { selector, ..previous.clone() };
    }
    let deployment = facts.object(&workload).known();
    let shares = split::shares(&spec.split, spec.replicas);
    let count = |object: Option<&Value>, pointer: &str| {
        let count = object.and_then(|object| object.pointer(pointer)).and_then(Value::as_i64);
        count.and_then(|count| i32::try_from(count).ok()).unwrap_or(0)
    };
    let side = |side: Side, object: Option<&Value>, name: String, asked: &str, runs: &str| SideReport {
        object: name,
        share_count: shares.of(side),
        desired_count: count(object, asked),
        running_count: count(object, runs),
    };
    let cluster = side(Side::Cluster, deployment, workload.to_string(), "/spec/replicas", "/status/availableReplicas");
    let made = facts.object(&service).known();
    let ecs = side(Side::Ecs, made, service.to_string(), "/spec/desiredCount", "/status/runningCount");
    // Where the pass did not come so far, what was read before stands.
    let has_read_all = deployment.is_some_and(|deployment| {
        let needs = manifest::needs(deployment, env, facts);
        needs.iter().all(|named| !facts.object(named).is_unread()) && facts.list(&manifest::services(env)).is_some()
    });
    let translated = deployment.filter(|_| has_read_all).and_then(|deployment| {
        manifest::translated(spec, deployment, env, facts).ok().map(|translated| translated.report)
    });
    Report {
        replicas: cluster.running_count.saturating_add(ecs.running_count),
        selector,
        cluster,
        ecs,
        translation: translated.or_else(|| previous.translation.clone()),
    }
}
