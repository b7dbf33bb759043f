//! How objects end, and what becomes of AWS then.

use std::time::Duration;

use ecs_bridge_harness::{Cluster, ClusterOptions};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::{Api, api::DeleteParams};
use serde_json::{Value, json};

use super::{
    lab::{Lab, PLAIN, Setup, ok},
    manifests::{object, service},
};

fn cluster(lab: &Lab, aws_name: &str) -> Value {
    lab.ecs("DescribeClusters", json!({ "clusters": [aws_name], "include": ["TAGS"] }))["clusters"][0].clone()
}

#[tokio::test]
async fn a_cluster_waits_for_its_services_and_names_them_and_then_all_goes() {
    let lab = Lab::new("end").await;
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    let spec = json!({ "cluster": null, "clusterRef": { "name": "main" } });
    lab.apply(&service("web", spec)).await;
    lab.ready("EcsService", "web").await;
    lab.ready("EcrRepository", "app").await;
    let mark = lab.mark();
    lab.delete("EcsCluster", "main").await;
    let why = lab.reason("EcsCluster", "main", "Ready", "False", "WaitingForChildren").await;
    assert!(why.message.contains("EcsService/web"), "it does not name what it waits for: {}", why.message);
    lab.no_write_since(mark, "while a cluster waits for its service");
    assert_eq!(lab.get("EcsService", "web").await.metadata.deletion_timestamp, None, "the service was deleted with it");

    lab.delete("EcrRepository", "app").await;
    lab.delete("EcsService", "web").await;
    for (kind, name) in [("EcsService", "web"), ("EcsCluster", "main"), ("EcrRepository", "app")] {
        lab.gone(kind, name).await;
    }
    assert_eq!(cluster(&lab, &lab.aws_name("main"))["status"], "INACTIVE", "the cluster is left in AWS");
    let repositories = lab.ecr("DescribeRepositories", json!({}))["repositories"].clone();
    assert_eq!(repositories, json!([]), "repositories are left in AWS");
    let tasks = lab.ecs("ListTasks", json!({ "cluster": PLAIN }))["taskArns"].clone();
    assert_eq!(tasks, json!([]), "tasks are left in AWS");
    let revisions = lab.ecs("ListTaskDefinitions", json!({}))["taskDefinitionArns"].clone();
    assert_eq!(revisions, json!([]), "revisions are left in AWS");
    let mut writes: Vec<_> = lab.writes_since(mark).into_iter().map(|entry| entry.operation).collect();
    writes.sort();
    let once =
        ["DeleteCluster", "DeleteRepository", "DeleteService", "DeleteTaskDefinitions", "DeregisterTaskDefinition"];
    assert_eq!(writes, once, "each thing is deleted once");
}

#[tokio::test]
async fn retain_leaves_it_and_takes_our_tags_off() {
    let lab = Lab::new("retain").await;
    let team = json!([{ "key": "team", "value": "shop" }]);
    let retain = json!({ "deletion": "Retain" });
    lab.apply(&service("web", json!({ "tags": team, "management": retain }))).await;
    lab.apply(&object("EcsCluster", "main", json!({ "tags": team, "management": retain }))).await;
    let capitals = json!([{ "Key": "team", "Value": "shop" }]);
    // Switching to Retain works while it is terminating: the repository is held until then.
    lab.apply(&object("EcrRepository", "app", json!({ "tags": capitals }))).await;
    let names = [("EcsService", "web"), ("EcsCluster", "main"), ("EcrRepository", "app")];
    for (kind, name) in names {
        lab.ready(kind, name).await;
    }
    let finalizers = json!(["ecs-bridge.dev/finalizer", "hold.ecs-bridge.dev/test"]);
    lab.patch("EcrRepository", "app", json!({ "metadata": { "finalizers": finalizers } })).await;
    let mark = lab.mark();
    for (kind, name) in names {
        lab.delete(kind, name).await;
    }
    lab.patch("EcrRepository", "app", json!({ "spec": { "management": retain } })).await;
    lab.patch("EcrRepository", "app", json!({ "metadata": { "finalizers": ["ecs-bridge.dev/finalizer"] } })).await;
    for (kind, name) in names {
        lab.gone(kind, name).await;
    }
    let writes: Vec<_> = lab.writes_since(mark).into_iter().map(|entry| entry.operation).collect();
    assert_eq!(writes, ["UntagResource"; 4], "Retain does nothing but take tags off, those of the revision too");
    assert_eq!(lab.service("web")["tags"], team, "the tags of the service that was retained");
    assert_eq!(lab.service("web")["status"], "ACTIVE", "the service that was retained");
    assert_eq!(cluster(&lab, &lab.aws_name("main"))["tags"], team, "the tags of the cluster that was retained");
    let repository = lab.ecr("DescribeRepositories", json!({}))["repositories"][0]["repositoryArn"].clone();
    let tags = lab.ecr("ListTagsForResource", json!({ "resourceArn": repository }))["tags"].clone();
    assert_eq!(tags, capitals, "the tags of the repository that was retained");
}

#[tokio::test]
async fn abandon_lets_the_object_go_without_aws() {
    let lab = Lab::new("abandon").await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    // The account or the role is gone.
    lab.sim().fault("*=access-denied".parse().expect("a fault"));
    lab.delete("EcsService", "web").await;
    lab.stalled("EcsService", "web", "AccessDenied").await;
    lab.annotate("EcsService", "web", "ecs-bridge.dev/abandon", "true").await;
    lab.gone("EcsService", "web").await;
    assert_eq!(lab.service("web")["status"], "ACTIVE", "the service that was abandoned");
    lab.kubectl_shows(&["events", "--for=ecsservice/web"], "ecs-bridge.dev/abandon").await;
}

#[tokio::test]
async fn paused_and_held_objects_are_left_alone() {
    let lab = Lab::new("held").await;
    for name in ["paused", "held"] {
        lab.apply(&service(name, json!({}))).await;
    }
    for name in ["paused", "held"] {
        lab.ready("EcsService", name).await;
    }
    lab.annotate("EcsService", "paused", "ecs-bridge.dev/paused", "true").await;
    let held = json!({ "finalizers": ["ecs-bridge.dev/finalizer", "hold.ecs-bridge.dev/bridge"] });
    lab.patch("EcsService", "held", json!({ "metadata": held })).await;
    let mark = lab.mark();

    lab.patch("EcsService", "paused", json!({ "spec": { "desiredCount": 3 } })).await;
    let why = lab.reason("EcsService", "paused", "Synced", "Unknown", "Paused").await;
    assert!(why.message.contains("ecs-bridge.dev/paused"), "it does not name the annotation: {}", why.message);
    lab.delete("EcsService", "held").await;
    let why = lab.reason("EcsService", "held", "Ready", "False", "DeletionHeld").await;
    assert!(why.message.contains("hold.ecs-bridge.dev/bridge"), "it does not name who holds it: {}", why.message);
    lab.delete("EcsService", "paused").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    lab.no_write_since(mark, "over objects that are paused or held");

    lab.annotate("EcsService", "paused", "ecs-bridge.dev/paused", "false").await;
    lab.patch("EcsService", "held", json!({ "metadata": { "finalizers": ["ecs-bridge.dev/finalizer"] } })).await;
    for name in ["paused", "held"] {
        lab.gone("EcsService", name).await;
        assert_ne!(lab.service(name)["status"], "ACTIVE", "the service of {name} is left");
    }
}

/// Failure 15 of aws-semantics.md, its second half: uninstalling the chart deletes production. The chart's CRDs stay (`helm.sh/resource-policy:
/// keep`, e2e/harness/tests/chart.rs); one that goes all the same takes nothing with it.
#[tokio::test]
async fn failure_15_a_deleted_crd_leaves_aws_untouched() {
    let options = ClusterOptions { controller_manager: true, ..ClusterOptions::default() };
    let cluster = ok(Cluster::start(options).await);
    let lab = Setup::named("uninstall").on(&cluster).start().await;
    lab.apply(&service("web", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    lab.ready("EcsService", "web").await;
    lab.ready("EcrRepository", "app").await;
    let mark = lab.mark();
    let definitions: Api<CustomResourceDefinition> = Api::all(lab.client.clone());
    for name in ["ecsservices.ecs-bridge.dev", "ecrrepositories.ecs-bridge.dev"] {
        definitions.delete(name, &DeleteParams::default()).await.expect("the CRD can be deleted");
    }
    for name in ["ecsservices.ecs-bridge.dev", "ecrrepositories.ecs-bridge.dev"] {
        ok(ecs_bridge_harness::wait_gone(&definitions, name, super::lab::PATIENCE).await);
    }
    let writes: Vec<_> = lab.writes_since(mark).into_iter().map(|entry| entry.operation).collect();
    assert!(writes.iter().all(|operation| operation == "UntagResource"), "a deleted CRD changed AWS: {writes:?}");
    let service = lab.service("web");
    assert_eq!((&service["status"], &service["desiredCount"]), (&json!("ACTIVE"), &json!(1)), "production went down");
}

#[tokio::test]
async fn sigterm_finishes_what_is_in_flight_and_ends_well() {
    let mut lab = Lab::new("sigterm").await;
    lab.sim().fault("CreateService@1=slow:1.5".parse().expect("a fault"));
    lab.apply(&service("web", json!({}))).await;
    lab.called(0, "CreateService", "", 1).await;
    // Fails unless the exit code is 0.
    lab.stop_operator();
    let log = lab.log();
    assert!(log.contains("stopped"), "it was cut off: {log}");
    let object = lab.get("EcsService", "web").await;
    let arn = object.data["status"]["serviceArn"].clone();
    assert_eq!(arn, lab.service("web")["serviceArn"], "what was in flight is not in the status: {:#}", object.data);
}
