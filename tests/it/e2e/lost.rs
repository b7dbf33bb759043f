//! Answers that are lost or late, and objects that change in the middle: the same end state, nothing twice.

use std::time::Duration;

use aws_sim::Config;
use serde_json::{Value, json};

use super::{
    lab::{Lab, PLAIN, Setup},
    manifests::{definition, object, service},
};

/// What may become of an answer to a call that took effect all the same.
const LOST: [&str; 4] = ["fail-after", "close-after", "garbage-after", "hang-after"];

fn deployments(lab: &Lab, name: &str) -> usize {
    let request = json!({ "cluster": PLAIN, "service": lab.aws_name(name) });
    lab.ecs("ListServiceDeployments", request)["serviceDeployments"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_not_made_twice() {
    let lab = Setup::named("lost").argument("--aws-timeout=1").start().await;
    let operations = ["RegisterTaskDefinition", "CreateService"];
    let cases: Vec<(String, &str, &str)> = operations
        .into_iter()
        .flat_map(|operation| LOST.map(|effect| (operation, effect)))
        .enumerate()
        .map(|(i, (operation, effect))| (format!("s{i}"), operation, effect))
        .collect();
    for (name, operation, effect) in &cases {
        let fault = format!("{operation}({})@1={effect}", lab.aws_name(name));
        lab.sim().fault(fault.parse().expect("a fault"));
        lab.apply(&service(name, json!({}))).await;
    }
    for kind in ["EcsCluster", "EcrRepository"] {
        lab.sim().fault(
            format!("{}@1=close-after", kind.replace("Ecs", "Create").replace("Ecr", "Create"))
                .parse()
                .expect("a fault"),
        );
        lab.apply(&object(kind, "thing", json!({}))).await;
        lab.ready(kind, "thing").await;
    }
    for (name, operation, effect) in &cases {
        lab.ready("EcsService", name).await;
        let what = format!("{operation} with {effect}");
        let family = lab.ecs("ListTaskDefinitions", json!({ "familyPrefix": lab.aws_name(name) }));
        assert_eq!(
            family["taskDefinitionArns"].as_array().map(Vec::len),
            Some(1),
            "revisions after {what}: {family:#}"
        );
        assert_eq!(deployments(&lab, name), 1, "deployments after {what}");
        assert_eq!(lab.tokens(&lab.aws_name(name)).len(), 1, "tokens after {what}");
    }

    // The same for a rollout.
    for ((name, ..), effect) in cases.iter().zip(LOST) {
        lab.sim().fault(format!("UpdateService({})@1={effect}", lab.aws_name(name)).parse().expect("a fault"));
        lab.apply(&service(name, json!({ "taskDefinition": definition("nginx:2") }))).await;
    }
    for ((name, ..), effect) in cases.iter().zip(LOST) {
        lab.ready("EcsService", name).await;
        assert_eq!(deployments(&lab, name), 2, "deployments after UpdateService with {effect}");
    }
}

/// Right after its creation AWS may answer that a service is MISSING.
#[tokio::test]
async fn a_service_that_is_missing_for_a_while_is_made_once() {
    // Five seconds of this test.
    let world = Config { missing_after_create: Duration::from_mins(5), ..Config::default() };
    let mut lab = Setup::named("missing").world(world).start().await;
    for name in ["quiet", "killed"] {
        lab.apply(&service(name, json!({}))).await;
        lab.called(0, "CreateService", &lab.aws_name(name), 1).await;
    }
    lab.kill_operator();
    lab.start_operator().await;
    for name in ["quiet", "killed"] {
        lab.ready("EcsService", name).await;
        assert_eq!(lab.tokens(&lab.aws_name(name)).len(), 1, "{name} was made under several tokens");
        assert_eq!(deployments(&lab, name), 1, "deployments of {name}");
    }
}

#[tokio::test]
async fn a_spec_that_changes_in_the_middle_of_a_rollout_ends_as_it_says_last() {
    let lab = Lab::new("again").await;
    for image in ["nginx:1", "nginx:2", "nginx:3"] {
        let mark = lab.mark();
        lab.apply(&service("web", json!({ "taskDefinition": definition(image) }))).await;
        lab.called(mark, "RegisterTaskDefinition", "", 1).await;
    }
    let object = lab.ready("EcsService", "web").await;
    let running = object.data["status"]["taskDefinition"].as_str().unwrap_or_default().to_owned();
    assert!(running.ends_with(":3"), "it runs {running}");
    let described = lab.ecs("DescribeTaskDefinition", json!({ "taskDefinition": running }));
    let image = described["taskDefinition"]["containerDefinitions"][0]["image"].clone();
    assert_eq!(image, "nginx:3", "the image that runs");
}

#[tokio::test]
async fn an_object_deleted_in_the_middle_of_its_creation_leaves_nothing_and_can_be_made_again() {
    let lab = Lab::new("hasty").await;
    lab.sim().fault("CreateService@1=slow:1".parse().expect("a fault"));
    lab.apply(&service("web", json!({}))).await;
    lab.called(0, "CreateService", "", 1).await;
    lab.delete("EcsService", "web").await;
    lab.gone("EcsService", "web").await;
    assert_ne!(lab.service("web")["status"], "ACTIVE", "the service is left");

    // Made again at once, where the service of before may still drain, and more than once.
    for _ in 0..2 {
        let made = lab.apply(&service("web", json!({}))).await;
        lab.ready("EcsService", "web").await;
        let uid = made.metadata.uid.unwrap_or_default();
        assert!(lab.service("web")["tags"].to_string().contains(&uid), "the service has the tags of an earlier object");
        lab.delete("EcsService", "web").await;
        lab.gone("EcsService", "web").await;
    }
}

#[tokio::test]
async fn a_namespace_that_is_deleted_takes_all_of_its_things_with_it() {
    let lab = Lab::new("ending").await;
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    lab.apply(&service("web", json!({ "cluster": null, "clusterRef": { "name": "main" } }))).await;
    lab.apply(&service("plain", json!({}))).await;
    for (kind, name) in [("EcrRepository", "app"), ("EcsService", "web"), ("EcsService", "plain")] {
        lab.ready(kind, name).await;
    }
    lab.kubernetes.kubectl(&["delete", "namespace", &lab.namespace, "--wait=false"]).await.expect("kubectl delete");
    for (kind, name) in
        [("EcrRepository", "app"), ("EcsService", "web"), ("EcsService", "plain"), ("EcsCluster", "main")]
    {
        lab.gone(kind, name).await;
    }
    let left: Value = lab.ecr("DescribeRepositories", json!({}))["repositories"].clone();
    assert_eq!(left, json!([]), "a repository is left");
    let clusters = lab.ecs("ListClusters", json!({}))["clusterArns"].clone();
    assert_eq!(clusters.as_array().map(Vec::len), Some(1), "only the plain cluster is not ours: {clusters:#}");
    let services = lab.ecs("ListServices", json!({ "cluster": PLAIN }))["serviceArns"].clone();
    assert_eq!(services, json!([]), "a service is left");
}
