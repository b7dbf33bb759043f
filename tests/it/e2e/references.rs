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

/// Failure 2 of aws-semantics.md: a new task definition does not roll the service until the next resync.
#[tokio::test]
async fn a_change_of_a_shared_definition_rolls_every_service_that_names_it_at_once() {
    let lab = Lab::new("shared").await;
    let shared = |image: &str| {
        let mut spec = definition(image);
        spec["revisionHistoryLimit"] = json!(0);
        object("EcsTaskDefinition", "app", spec)
    };
    for name in ["shop", "office"] {
        let members = json!({ "taskDefinition": null, "taskDefinitionRef": { "name": "app" } });
        lab.apply(&service(name, members)).await;
        lab.reason("EcsService", name, "Ready", "False", "ReferenceNotFound").await;
    }
    lab.apply(&shared("nginx:1")).await;
    for name in ["shop", "office"] {
        lab.ready("EcsService", name).await;
    }
    let family = lab.aws_name("app");
    assert_eq!(lab.count(0, "RegisterTaskDefinition", &family), 1, "one revision for both");

    lab.apply(&shared("nginx:2")).await;
    for name in ["shop", "office"] {
        let runs = |object: &kube::core::DynamicObject| {
            object.data["status"]["taskDefinition"].as_str().is_some_and(|arn| arn.ends_with(&format!("{family}:2")))
        };
        lab.until("EcsService", name, "on the second revision", runs).await;
        lab.ready("EcsService", name).await;
    }
    lab.called(0, "DeregisterTaskDefinition", &format!("{family}:1"), 1).await;
    let writes: Vec<String> = lab.writes_since(0).into_iter().map(|entry| entry.operation).collect();
    let rolled = writes.iter().rposition(|operation| operation == "UpdateService");
    let tidied = writes.iter().position(|operation| operation == "DeregisterTaskDefinition");
    assert!(rolled < tidied, "a revision was deregistered while a service ran it: {writes:?}");

    lab.delete("EcsTaskDefinition", "app").await;
    let waits = lab.reason("EcsTaskDefinition", "app", "Reconciling", "True", "WaitingForChildren").await;
    assert!(waits.message.contains("EcsService/shop"), "it does not name whom it waits for: {}", waits.message);
    for name in ["shop", "office"] {
        lab.delete("EcsService", name).await;
        lab.gone("EcsService", name).await;
    }
    lab.gone("EcsTaskDefinition", "app").await;
    let left = lab.ecs("ListTaskDefinitions", json!({ "familyPrefix": family }));
    assert_eq!(left["taskDefinitionArns"], json!([]), "its revisions go with it");
}
