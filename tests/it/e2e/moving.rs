//! docs/moving.md, step by step, between two control planes.

use std::process::Command;

use ecs_bridge_harness::{Cluster, ClusterOptions};
use serde_json::{Value, json};

use super::{
    lab::{Lab, Setup, ok},
    manifests::{definition, object, service},
};

const BLUE: &str = "--owner-id=blue";
const GREEN: [&str; 2] = ["--owner-id=green", "--adopt-from=blue"];

/// The operator is another from its next start on.
fn becomes(lab: &mut Lab, flags: &[&str]) {
    let ours = |argument: &String| !["--owner-id=", "--adopt-from="].iter().any(|flag| argument.starts_with(flag));
    lab.operator_options.arguments.retain(ours);
    lab.operator_options.arguments.extend(flags.iter().map(|flag| (*flag).to_owned()));
}

#[tokio::test]
async fn a_fleet_moves_to_another_cluster_and_nothing_rolls() {
    // AWS holds every request to the policy that is printed for the operator that takes over.
    let mut lab = Setup::named("moving").argument(GREEN[0]).argument(GREEN[1]).start().await;
    lab.stop_operator();
    becomes(&mut lab, &[BLUE]);
    lab.start_operator().await;
    let web = |image: &str| {
        let spec = json!({ "cluster": null, "clusterRef": { "name": "main" }, "taskDefinition": definition(image) });
        service("web", spec)
    };
    let shared = json!({ "taskDefinition": null, "taskDefinitionRef": { "name": "shared" } });
    lab.apply(&web("nginx:1")).await;
    let objects = [
        object("EcsCluster", "main", json!({ "capacityProviders": ["FARGATE"] })),
        object("EcrRepository", "app", json!({ "imageTagMutability": "IMMUTABLE" })),
        object("EcsTaskDefinition", "shared", definition("nginx:1")),
        service("api", shared),
        web("nginx:2"),
    ];
    let names = [
        ("EcsCluster", "main"),
        ("EcrRepository", "app"),
        ("EcsTaskDefinition", "shared"),
        ("EcsService", "api"),
        ("EcsService", "web"),
    ];
    for object in &objects[..1] {
        lab.apply(object).await;
    }
    lab.ready("EcsService", "web").await;
    for object in &objects {
        lab.apply(object).await;
    }
    for (kind, name) in names {
        lab.ready(kind, name).await;
    }
    let deployment = |object: &kube::core::DynamicObject| object.data["status"]["deployments"][0]["id"].clone();
    let before = [deployment(&lab.get("EcsService", "api").await), deployment(&lab.get("EcsService", "web").await)];

    // 1 to 3: the old operator stops, the new one comes with the objects from Git.
    lab.stop_operator();
    let old = lab.kubernetes.clone();
    let cluster = ok(Cluster::start(ClusterOptions::default()).await);
    let mark = lab.mark();
    lab.move_to(&cluster).await;
    becomes(&mut lab, &GREEN);
    for object in &objects {
        lab.apply(object).await;
    }
    lab.start_operator().await;

    // 4: what is to be checked.
    for (kind, name) in names {
        lab.ready(kind, name).await;
    }
    let after = [deployment(&lab.get("EcsService", "api").await), deployment(&lab.get("EcsService", "web").await)];
    assert_eq!(after, before, "a service was deployed anew");
    let writes: Vec<_> = lab.writes_since(mark).into_iter().map(|entry| entry.operation).collect();
    assert!(writes.iter().all(|operation| operation == "TagResource"), "more than tags was written: {writes:?}");
    let listed = lab.ecs("ListTaskDefinitions", json!({}))["taskDefinitionArns"].clone();
    let revisions: Vec<&Value> = listed.as_array().into_iter().flatten().collect();
    assert_eq!(revisions.len(), 3, "two of web, one that is shared: {revisions:?}");
    for revision in revisions {
        let tags = lab.ecs("ListTagsForResource", json!({ "resourceArn": revision })).to_string();
        assert!(tags.contains("green") && !tags.contains("blue"), "{revision} is not taken over: {tags}");
    }

    // 5: the old objects go without an operator.
    let mark = lab.mark();
    let release = Command::new(env!("CARGO_BIN_EXE_ecs-bridge"))
        .args(["release", "--namespace", &lab.namespace])
        .env("KUBECONFIG", old.kubeconfig())
        .output()
        .expect("the operator's binary");
    assert!(release.status.success(), "ecs-bridge release: {}", String::from_utf8_lossy(&release.stderr));
    ok(old.kubectl(&["delete", "namespace", &lab.namespace, "--timeout=30s"]).await);
    lab.no_write_since(mark, "while the old objects go");

    // They are the new cluster's own: it can end them.
    for (kind, name) in names.into_iter().rev() {
        lab.delete(kind, name).await;
        lab.gone(kind, name).await;
    }
    assert_eq!(lab.ecr("DescribeRepositories", json!({}))["repositories"], json!([]), "a repository is left");
    let listed = lab.ecs("ListTaskDefinitions", json!({}))["taskDefinitionArns"].clone();
    assert_eq!(listed, json!([]), "revisions are left");
}
