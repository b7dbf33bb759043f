//! The real HorizontalPodAutoscaler controller scales a bridge, fed by metrics that a test sets.

use ecs_bridge_harness::{Cluster, ClusterOptions};
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::{Value, json};

use super::{
    bridge::{bridge, deploy, divided, node},
    lab::{Lab, Setup, ok},
};

const KIND: &str = "WorkloadBridge";

/// As many replicas as make ten for each, from one to twenty, without hesitation.
fn autoscaler(target: Value) -> Value {
    let metric = json!({ "type": "External", "external": { "metric": { "name": "queue-length" }, "target": target } });
    json!({
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": { "name": "web" },
        "spec": {
            "scaleTargetRef": { "apiVersion": "ecs-bridge.dev/v1alpha1", "kind": KIND, "name": "web" },
            "minReplicas": 1,
            "maxReplicas": 20,
            "metrics": [metric],
            "behavior": { "scaleDown": { "stabilizationWindowSeconds": 0 } },
        },
    })
}

async fn apply(lab: &Lab, autoscaler: &Value) {
    let autoscalers: Api<HorizontalPodAutoscaler> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let applied = autoscalers.patch("web", &PatchParams::apply("user"), &Patch::Apply(autoscaler)).await;
    applied.expect("an autoscaler");
}

#[tokio::test]
async fn an_autoscaler_scales_a_bridge_up_and_down_across_the_split() {
    // An API that is served by the test would be missing for others after it.
    let cluster = ok(Cluster::start(ClusterOptions { controller_manager: true, ..ClusterOptions::default() }).await);
    let metrics = ok(cluster.external_metrics().await);
    let lab = Setup::named("autoscaling").on(&cluster).start().await;
    deploy(&lab).await;
    let _node = node(&lab).await;
    lab.apply(&bridge(json!({}))).await;
    lab.ready(KIND, "web").await;

    // A metric that counts pods is seen at once.
    metrics.set("queue-length", 80);
    apply(&lab, &autoscaler(json!({ "type": "Value", "value": "10" }))).await;
    let why = lab.stalled(KIND, "web", "UnsupportedMetric").await;
    assert!(why.message.contains("target type AverageValue"), "{}", why.message);
    apply(&lab, &autoscaler(json!({ "type": "AverageValue", "averageValue": "10" }))).await;

    divided(&lab, 4, 4).await;
    lab.ready(KIND, "web").await;
    metrics.set("queue-length", 20);
    divided(&lab, 1, 1).await;
    lab.ready(KIND, "web").await;
    metrics.set("queue-length", 60);
    divided(&lab, 3, 3).await;
    lab.ready(KIND, "web").await;
}
