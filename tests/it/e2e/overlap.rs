//! What happens to the operator and around it: two at once, an API server that goes, another prefix, a new cluster.

use ecs_bridge_harness::{Cluster, ClusterOptions, Operator};
use serde_json::{Value, json};

use super::{
    lab::{Lab, PLAIN, Setup, ok},
    manifests::{object, service},
};

/// Names and tokens keep two operators, which may overlap for a moment whatever a lease says, from making anything twice.
#[tokio::test]
async fn two_operators_at_once_make_nothing_twice() {
    let lab = Lab::new("two").await;
    let mut options = lab.operator_options.clone();
    options.log = options.log.with_extension("second.log");
    let mut second = ok(Operator::spawn(&options));
    ok(second.wait_ready().await);
    let services = ["a", "b", "c", "d"];
    for name in services {
        lab.apply(&service(name, json!({}))).await;
    }
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    for name in services {
        lab.ready("EcsService", name).await;
        assert_eq!(lab.tokens(&lab.aws_name(name)).len(), 1, "both asked for {name} under one token");
        assert_eq!(lab.service(name)["deployments"].as_array().map(Vec::len), Some(1), "deployments of {name}");
    }
    lab.ready("EcsCluster", "main").await;
    lab.ready("EcrRepository", "app").await;
    let listed = lab.ecs("ListServices", json!({ "cluster": PLAIN }))["serviceArns"].clone();
    assert_eq!(listed.as_array().map(Vec::len), Some(services.len()), "services in AWS: {listed:#}");

    // And they come to rest beside each other.
    let mark = lab.mark();
    lab.looked(mark, &["DescribeServices", "DescribeClusters", "DescribeRepositories"], 6).await;
    lab.no_write_since(mark, "with two operators in an unchanged world");
}

#[tokio::test]
async fn an_api_server_that_restarts_costs_nothing() {
    let options = ClusterOptions { controller_manager: true, ..ClusterOptions::default() };
    let mut cluster = ok(Cluster::start(options).await);
    let lab = Setup::named("restart").on(&cluster).start().await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    let mark = lab.mark();
    // In the middle of a rollout, so that the status of what is done can't be written.
    lab.sim().fault("UpdateService@1=slow:1".parse().expect("a fault"));
    lab.apply(&service("web", json!({ "enableECSManagedTags": true, "propagateTags": "SERVICE" }))).await;
    lab.called(mark, "UpdateService", "", 1).await;
    ok(cluster.restart_apiserver().await);
    lab.has("EcsService", "web", "Synced", "True").await;
    lab.ready("EcsService", "web").await;
    lab.apply(&service("web", json!({ "desiredCount": 2 }))).await;
    lab.until("EcsService", "web", "at 2 tasks", |object| object.data["status"]["runningCount"] == 2).await;
    assert_eq!(lab.count(mark, "UpdateService", ""), 2, "an update for each change of the spec");
}

#[tokio::test]
async fn a_prefix_that_changes_later_renames_nothing() {
    let mut lab = Setup::named("prefix").argument("--name-prefix=blue-").start().await;
    let objects = |name: &str| {
        [service(name, json!({})), object("EcsCluster", name, json!({})), object("EcrRepository", name, json!({}))]
    };
    let kinds = ["EcsService", "EcsCluster", "EcrRepository"];
    for object in objects("old") {
        lab.apply(&object).await;
    }
    for kind in kinds {
        let object = lab.ready(kind, "old").await;
        let name = object.data["status"]["memo"]["name"].as_str().unwrap_or_default().to_owned();
        assert!(name.starts_with("blue-"), "{kind} is called {name:?} in AWS");
    }
    let mark = lab.mark();
    lab.operator_options.arguments.retain(|argument| !argument.starts_with("--name-prefix"));
    lab.operator_options.arguments.push("--name-prefix=green-".to_owned());
    lab.restart_operator().await;
    lab.looked(mark, &["DescribeServices", "DescribeClusters", "DescribeRepositories"], 2).await;
    lab.no_write_since(mark, "under another prefix");
    for object in objects("new") {
        lab.apply(&object).await;
    }
    for kind in kinds {
        let object = lab.ready(kind, "new").await;
        let name = object.data["status"]["memo"]["name"].as_str().unwrap_or_default().to_owned();
        assert!(name.starts_with("green-"), "{kind} is called {name:?} in AWS");
    }
}

#[tokio::test]
async fn a_rebuilt_cluster_that_is_given_the_owner_id_takes_everything_up_again() {
    let mut lab = Setup::named("moved").argument("--owner-id=prod").start().await;
    let objects = [
        object("EcsCluster", "main", json!({ "capacityProviders": ["FARGATE"] })),
        object("EcrRepository", "app", json!({ "imageScanningConfiguration": { "scanOnPush": true } })),
        service("web", json!({ "cluster": null, "clusterRef": { "name": "main" }, "desiredCount": 2 })),
    ];
    let names = [("EcsCluster", "main"), ("EcrRepository", "app"), ("EcsService", "web")];
    for object in &objects {
        lab.apply(object).await;
    }
    for (kind, name) in names {
        lab.ready(kind, name).await;
    }
    let deployments = |object: &kube::core::DynamicObject| object.data["status"]["deployments"][0]["id"].clone();
    let before = deployments(&lab.get("EcsService", "web").await);

    // The old control plane is gone, with its finalizers and its statuses; the manifests are in Git.
    let cluster = ok(Cluster::start(ClusterOptions::default()).await);
    lab.stop_operator();
    lab.move_to(&cluster).await;
    let mark = lab.mark();
    for object in &objects {
        lab.apply(object).await;
    }
    lab.start_operator().await;
    for (kind, name) in names {
        lab.ready(kind, name).await;
    }
    let after = lab.get("EcsService", "web").await;
    assert_eq!(deployments(&after), before, "the service was deployed anew");
    let writes: Vec<_> = lab.writes_since(mark).into_iter().map(|entry| entry.operation).collect();
    assert!(writes.iter().all(|operation| operation == "TagResource"), "more than tags was written: {writes:?}");

    // They are its own again: it can end them.
    for (kind, name) in [("EcsService", "web"), ("EcrRepository", "app"), ("EcsCluster", "main")] {
        lab.delete(kind, name).await;
        lab.gone(kind, name).await;
    }
    let left: Value = lab.ecr("DescribeRepositories", json!({}))["repositories"].clone();
    assert_eq!(left, json!([]), "a repository is left");
}
