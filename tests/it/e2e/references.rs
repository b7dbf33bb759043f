//! What an object refers to: its cluster, and revisions that are registered elsewhere.

use serde_json::{Value, json};

use super::{
    lab::{Lab, PLAIN},
    manifests::{definition, object, service},
};

#[tokio::test]
async fn a_service_waits_for_its_cluster_and_goes_on_at_once() {
    let lab = Lab::new("parent").await;
    lab.apply(&service("web", json!({ "cluster": null, "clusterRef": { "name": "main" } }))).await;
    let why = lab.reason("EcsService", "web", "Ready", "False", "ReferenceNotFound").await;
    assert!(why.message.contains("EcsCluster/main"), "it does not name what is missing: {}", why.message);
    lab.no_write_since(0, "before there was a cluster");
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab.ready("EcsService", "web").await;
    let parents = lab.get("EcsService", "web").await.data["status"]["clusterArn"].clone();
    assert_eq!(parents, lab.get("EcsCluster", "main").await.data["status"]["clusterArn"], "the service's cluster");
}

fn register(lab: &Lab, image: &str) -> Value {
    let mut shared = definition(image);
    shared["family"] = json!("shared");
    lab.ecs("RegisterTaskDefinition", shared)["taskDefinition"]["taskDefinitionArn"].clone()
}

#[tokio::test]
async fn a_family_alone_means_its_newest_revision_also_later() {
    let lab = Lab::new("newest").await;
    register(&lab, "nginx:1");
    lab.apply(&service("follows", json!({ "taskDefinition": null, "taskDefinitionArn": "shared" }))).await;
    lab.apply(&service("stays", json!({ "taskDefinition": null, "taskDefinitionArn": "shared:1" }))).await;
    lab.ready("EcsService", "follows").await;
    lab.ready("EcsService", "stays").await;
    let mark = lab.mark();
    let newest = register(&lab, "nginx:2");
    let runs = |object: &kube::core::DynamicObject| object.data["status"]["taskDefinition"] == newest;
    lab.until("EcsService", "follows", "on the newest revision", runs).await;
    lab.ready("EcsService", "follows").await;
    assert_eq!(lab.count(mark, "UpdateService", &lab.aws_name("stays")), 0, "a named revision is that revision");
}

#[tokio::test]
async fn a_reference_to_no_revision_says_so_and_heals() {
    let lab = Lab::new("dangling").await;
    lab.apply(&service("web", json!({ "taskDefinition": null, "taskDefinitionArn": "shared" }))).await;
    let why = lab.stalled("EcsService", "web", "ReferenceNotFound").await;
    assert!(why.message.contains("shared"), "it does not name what is missing: {}", why.message);
    register(&lab, "nginx:1");
    lab.annotate("EcsService", "web", "ecs-bridge.dev/retry", "now").await;
    lab.ready("EcsService", "web").await;
}

/// Scripts that clean up deregister what they think nobody runs.
#[tokio::test]
async fn a_revision_deregistered_behind_our_back_rolls_nothing_and_is_registered_again_when_it_is_needed() {
    let lab = Lab::new("cleaned").await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    let (name, running) = (lab.aws_name("web"), lab.service("web")["taskDefinition"].clone());
    let mark = lab.mark();
    lab.ecs("DeregisterTaskDefinition", json!({ "taskDefinition": running }));
    lab.annotate("EcsService", "web", "ecs-bridge.dev/reconcile-at", "now").await;
    lab.looked(mark, &["DescribeServices"], 3).await;
    lab.no_write_since(mark, "while the revision that runs is INACTIVE");

    lab.ecs("DeleteService", json!({ "cluster": PLAIN, "service": name, "force": true }));
    let made = |seen: Value| if seen["status"] == "ACTIVE" { Ok(seen) } else { Err(seen) };
    lab.called(mark, "CreateService", &name, 1).await;
    let service = lab.aws_has("the service to be there again", || made(lab.service("web"))).await;
    assert_ne!(service["taskDefinition"], running, "it runs the revision that is INACTIVE");
    lab.ready("EcsService", "web").await;
}
