//! Who else has a say in the replicas of a bridge: people, tools and autoscalers.

use ecs_bridge::engine::reason;
use serde_json::{Value, json};

use super::{
    Aws,
    workload_bridge::{Case, happen, on_ecs},
};

#[test]
fn what_others_set_once_is_put_back_and_again_and_again_is_theirs() {
    let cases: &[Case<'_>] = &[
        (
            "somebody scales the Deployment once",
            on_ecs(50),
            |aws, _| aws.pods(|cluster| cluster.objects.scale_as("kubectl", "web", 4)),
            reason::AVAILABLE,
            (json!(2), json!(2)),
        ),
        (
            "a tool puts the Deployment's replicas back again and again",
            on_ecs(50),
            |aws, object| {
                aws.pods(|cluster| cluster.objects.scale_as("argocd-controller", "web", 4));
                object.ready(aws);
                aws.pods(|cluster| cluster.objects.scale_as("argocd-controller", "web", 4));
            },
            reason::REPLICAS_OWNED_ELSEWHERE,
            (json!(4), json!(2)),
        ),
        (
            "somebody whom managed fields don't name scales the Deployment once",
            on_ecs(50),
            |aws, _| aws.pods(|cluster| cluster.objects.scale_unnamed("web", 4)),
            reason::AVAILABLE,
            (json!(2), json!(2)),
        ),
        (
            "somebody whom managed fields don't name does it again and again",
            on_ecs(50),
            |aws, object| {
                aws.pods(|cluster| cluster.objects.scale_unnamed("web", 4));
                object.ready(aws);
                aws.pods(|cluster| cluster.objects.scale_unnamed("web", 3));
            },
            reason::REPLICAS_OWNED_ELSEWHERE,
            (json!(3), json!(2)),
        ),
        (
            "somebody scales a Deployment once that never had another number",
            json!({}),
            |aws, _| aws.pods(|cluster| cluster.objects.scale_unnamed("web", 7)),
            reason::AVAILABLE,
            (json!(4), json!(0)),
        ),
        (
            "somebody does it again and again to a Deployment that never had another number",
            json!({}),
            |aws, object| {
                aws.pods(|cluster| cluster.objects.scale_unnamed("web", 7));
                object.ready(aws);
                aws.pods(|cluster| cluster.objects.scale_unnamed("web", 7));
            },
            reason::REPLICAS_OWNED_ELSEWHERE,
            (json!(7), json!(0)),
        ),
        (
            "an autoscaler of the Deployment",
            on_ecs(50),
            |aws, _| autoscaler(aws, "Deployment", json!([])),
            reason::REPLICAS_OWNED_ELSEWHERE,
            (json!(2), json!(2)),
        ),
        (
            "an autoscaler of the bridge that counts pods",
            on_ecs(50),
            |aws, _| autoscaler(aws, "WorkloadBridge", json!([{"type": "Pods", "pods": {}}])),
            reason::UNSUPPORTED_METRIC,
            (json!(2), json!(2)),
        ),
        (
            "an autoscaler of the bridge that compares with pods",
            on_ecs(50),
            |aws, _| {
                let target = json!({"type": "Value", "value": "1"});
                autoscaler(aws, "WorkloadBridge", json!([{"type": "External", "external": {"target": target}}]));
            },
            reason::UNSUPPORTED_METRIC,
            (json!(2), json!(2)),
        ),
        (
            "an autoscaler of the bridge that counts no pods",
            on_ecs(50),
            |aws, _| {
                let target = json!({"type": "AverageValue", "averageValue": "1"});
                autoscaler(aws, "WorkloadBridge", json!([{"type": "External", "external": {"target": target}}]));
            },
            reason::AVAILABLE,
            (json!(2), json!(2)),
        ),
    ];
    happen(cases);
}

fn autoscaler(aws: &Aws, kind: &str, metrics: Value) {
    let spec = json!({"scaleTargetRef": {"kind": kind, "name": "web"}, "metrics": metrics});
    aws.pods(|cluster| cluster.objects.make("HorizontalPodAutoscaler", "scaler", json!({"spec": spec})));
}
