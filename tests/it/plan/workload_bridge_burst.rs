//! Pods of a bridge's workload that find no node, and run on ECS meanwhile.

use ecs_bridge::engine::reason;
use serde_json::{Value, json};

use super::{
    Aws,
    service::with,
    workload_bridge::{Case, bridge, happen, on_ecs},
};

fn bursts(more: &Value) -> Value {
    with(json!({"split": {"burst": "Unschedulable"}}), more)
}

/// The cluster has room for so many pods. Another one has waited for longer than a minute.
fn room_for(aws: &Aws, pods: i64) {
    let scheduled = json!({"type": "PodScheduled", "status": "False", "reason": "Unschedulable",
        "lastTransitionTime": "2020-01-01T00:00:00Z"});
    let waits = json!({"status": {"phase": "Pending", "conditions": [scheduled]}});
    aws.pods(|cluster| {
        cluster.objects.nodes = pods;
        cluster.objects.put("Pod", "web-waits", waits);
    });
}

#[test]
fn what_finds_no_node_runs_on_ecs() {
    let cases: &[Case<'_>] = &[
        ("no node for two", bursts(&json!({})), |aws, _| room_for(aws, 2), reason::AVAILABLE, (json!(4), json!(2))),
        (
            "no node for any, in the middle of a move to the cluster",
            on_ecs(100),
            |aws, object| {
                room_for(aws, 0);
                object.apply(bridge(bursts(&json!({}))));
            },
            reason::AVAILABLE,
            (json!(4), json!(4)),
        ),
        (
            "there is a node again",
            bursts(&json!({})),
            |aws, object| {
                room_for(aws, 2);
                object.ready(aws);
                aws.pods(|cluster| {
                    cluster.objects.nodes = i64::MAX;
                    cluster.objects.delete("Pod", "web-waits");
                });
            },
            reason::AVAILABLE,
            (json!(4), json!(0)),
        ),
        (
            "ECS may have less than finds no node",
            bursts(&json!({"split": {"ecs": {"max": 1}}})),
            |aws, _| room_for(aws, 2),
            reason::CLUSTER_FAILS,
            (json!(4), json!(1)),
        ),
        (
            "ECS may have none of it",
            bursts(&json!({"split": {"ecs": {"max": 0}}})),
            |aws, _| room_for(aws, 2),
            reason::CLUSTER_FAILS,
            (json!(4), json!(0)),
        ),
        (
            "ECS fails to run what finds no node",
            bursts(&json!({})),
            |aws, _| {
                room_for(aws, 2);
                aws.pods(|cluster| cluster.objects.tasks = 1);
            },
            reason::ECS_FAILS,
            (json!(4), json!(2)),
        ),
        ("no node, and no burst", json!({}), |aws, _| room_for(aws, 2), reason::CLUSTER_FAILS, (json!(4), json!(2))),
    ];
    happen(cases);
}
