//! A Fargate profile on a real API server: its pods go by the Eviction API, as their disruption budgets allow.

use aws_sim::Config;
use k8s_openapi::api::{core::v1::Pod, policy::v1::PodDisruptionBudget};
use kube::{
    Api,
    api::{DeleteParams, Patch, PatchParams, PostParams},
};
use serde_json::{Value, json};

use super::{
    lab::{Lab, PATIENCE, Setup, ok},
    manifests::object,
};
use ecs_bridge_harness::{eventually, wait_gone};

const KIND: &str = "EksFargateProfile";

fn spec(namespace: &str) -> Value {
    json!({ "podExecutionRoleArn": "arn:aws:iam::123456789012:role/ecs-pods", "selectors": [{ "namespace": namespace }] })
}

async fn lab() -> Lab {
    let world = Config { eks_clusters: vec!["main".to_owned()], ..Config::default() };
    let setup = Setup::named("fargate").world(world).value("aws.eksClusterName", "main");
    setup.argument("--eks-cluster-name=main").start().await
}

/// A pod that runs on this profile: no kubelet is here to say so.
pub async fn start_pod(lab: &Lab, name: &str, profile: &str) -> Api<Pod> {
    let pods: Api<Pod> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let pod = json!({
        "metadata": { "name": name, "labels": { "app": "web", "eks.amazonaws.com/fargate-profile": profile } },
        "spec": {
            "nodeName": "fargate-node", "terminationGracePeriodSeconds": 0, "automountServiceAccountToken": false,
            "containers": [{ "name": "web", "image": "web" }],
        },
    });
    let pod: Pod = serde_json::from_value(pod).expect("a pod");
    // The namespace's ServiceAccount comes a moment after the namespace.
    let create = async || pods.create(&PostParams::default(), &pod).await.map_err(|error| error.to_string());
    ok(eventually("the pod is accepted", PATIENCE, create).await);
    let runs = json!({ "status": { "phase": "Running", "conditions": [{ "type": "Ready", "status": "True" }] } });
    pods.patch_status(name, &PatchParams::default(), &Patch::Merge(&runs)).await.expect("the pod's status");
    pods
}

async fn hold_pods(lab: &Lab) -> Api<PodDisruptionBudget> {
    let budgets: Api<PodDisruptionBudget> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let budget = json!({
        "metadata": { "name": "web" },
        "spec": { "minAvailable": 1, "selector": { "matchLabels": { "app": "web" } } },
    });
    let budget = serde_json::from_value(budget).expect("a budget");
    budgets.create(&PostParams::default(), &budget).await.expect("the budget is accepted");
    budgets
}

fn profiles(lab: &Lab) -> Vec<String> {
    let listed = lab.sim().call(aws_sim::Api::Eks, "ListFargateProfiles", &json!({ "clusterName": "main" }));
    serde_json::from_value(listed.expect("the profiles")["fargateProfileNames"].clone()).expect("names")
}

#[tokio::test]
async fn a_replacement_evicts_the_pods_of_the_old_profile_as_their_budget_allows() {
    let lab = lab().await;
    lab.apply(&object(KIND, "web", spec(&lab.namespace))).await;
    let made = lab.ready(KIND, "web").await;
    let old = made.data["status"]["fargateProfileName"].as_str().expect("the name").to_owned();
    assert_eq!(made.data["status"]["matchedNamespaces"], json!([lab.namespace]), "the namespaces that it matches");
    let pods = start_pod(&lab, "web-1", &old).await;
    let budgets = hold_pods(&lab).await;

    let mark = lab.mark();
    lab.apply(&object(KIND, "web", spec(&format!("{}*", lab.namespace)))).await;
    let why = lab.stalled(KIND, "web", "ReplacementNeeded").await;
    lab.no_write_since(mark, "before somebody agrees");
    let new = why.message.split("ecs-bridge.dev/replace to ").nth(1).and_then(|rest| rest.split(',').next());
    let new = new.expect("the message says what agrees").to_owned();
    lab.annotate(KIND, "web", "ecs-bridge.dev/replace", &new).await;

    let why = lab.reason(KIND, "web", "Ready", "False", "Draining").await;
    assert!(why.message.contains("web-1 may not go yet"), "it does not say what holds the pod: {}", why.message);
    assert!(profiles(&lab).contains(&old), "the old profile went while a pod was on it");
    budgets.delete("web", &DeleteParams::default()).await.expect("the budget goes");
    ok(wait_gone(&pods, "web-1", PATIENCE).await);
    lab.ready(KIND, "web").await;
    assert_eq!(profiles(&lab), [new], "the new profile has taken the old one's place");

    lab.delete(KIND, "web").await;
    lab.gone(KIND, "web").await;
    assert_eq!(profiles(&lab), [""; 0], "deletion left something in AWS");
}

#[tokio::test]
async fn the_api_server_refuses_what_aws_never_takes() {
    let lab = lab().await;
    let with = |member: &str, value: Value| {
        let mut changed = spec("shop");
        changed[member] = value;
        changed
    };
    for (wrong, says) in [
        (with("selectors", json!([])), "at least one selector"),
        (with("selectors", json!([{ "labels": { "a": "b" } }])), "each selector needs a namespace"),
        (with("fargateProfileName", json!("eks-mine")), "which AWS keeps"),
        (with("fargateProfileName", json!("a.b")), "letters, digits, hyphens"),
        (with("tags", json!({ "aws:x": "y" })), "are reserved"),
        (with("replacement", json!("Sometimes")), "supported values"),
    ] {
        let error = lab.apply_as("user", &object(KIND, "wrong", wrong.clone())).await.expect_err("it is refused");
        assert!(error.to_string().contains(says), "{wrong}: {error}");
    }
    lab.apply(&object(KIND, "web", with("clusterName", json!("main")))).await;
    let moved = lab.apply_as("user", &object(KIND, "web", with("clusterName", json!("other")))).await;
    let error = moved.expect_err("a profile moves to another cluster");
    assert!(error.to_string().contains("clusterName can't be changed"), "{error}");
}
