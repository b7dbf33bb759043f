//! What the status says of both sides, and of the translation.

use k8s_openapi::api::discovery::v1::EndpointSlice;
use serde_json::Value;

use super::{
    copies, endpoints,
    facts::Facts,
    manifest, roles,
    scene::Scene,
    spec::{EndpointsReport, Memo, Report, SideReport, WorkloadBridgeSpec},
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
    let endpoints = match facts.list(&endpoints::slices_asked(&scene)) {
        Some(_) if spec.service.is_some() => Some(behind(&endpoints::slices(&scene))),
        None if spec.service.is_some() => previous.endpoints.clone(),
        _ => None,
    };
    // Where the pass did not come so far, what was read before stands.
    let has_read_all = deployment.is_some_and(|deployment| {
        let needs = manifest::needs(deployment, env, facts);
        needs.iter().all(|named| !facts.object(named).is_unread())
            && [manifest::services(env), manifest::names(env)].iter().all(|asked| facts.list(asked).is_some())
    });
    let translated = deployment.filter(|_| has_read_all).and_then(|deployment| {
        let (held, roles) = (copies::held(&scene, deployment), roles::known(&scene, deployment));
        manifest::translated(&scene, deployment, &held, &roles).report.filter(|_| roles.is_read())
    });
    Report {
        replicas: cluster.running_count.saturating_add(ecs.running_count),
        selector,
        cluster,
        ecs,
        endpoints,
        translation: translated.or_else(|| previous.translation.clone()),
    }
}

fn behind(slices: &[EndpointSlice]) -> EndpointsReport {
    let (ready, all) = endpoints::counts(slices);
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let names = slices.iter().filter_map(|slice| slice.metadata.name.clone());
    EndpointsReport { ready_count: count(ready), count: count(all), slices: names.collect() }
}
