//! Half of a Deployment on ECS: the real binary, the real controllers of the cluster, and a node that only says that its pods are ready.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use ecs_bridge_harness::{Node, eventually, wait_gone};
use k8s_openapi::api::{
    apps::v1::Deployment,
    core::v1::{ConfigMap, Service},
    discovery::v1::EndpointSlice,
};
use kube::{
    Api, Client, ResourceExt,
    api::{DeleteParams, Patch, PatchParams},
    core::DynamicObject,
};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::{
    lab::{Lab, PATIENCE, PLAIN, ok},
    manifests::{merge, network, object},
};

const KIND: &str = "WorkloadBridge";

/// A Deployment of four nginx, the ConfigMap that it reads, and the Service before it.
pub async fn deploy(lab: &Lab) {
    let maps: Api<ConfigMap> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let deployments: Api<Deployment> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let parameters = PatchParams::apply("user");
    let map = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "web" }, "data": { "GREETING": "hello" },
    });
    maps.patch("web", &parameters, &Patch::Apply(&map)).await.expect("a ConfigMap");
    let services: Api<Service> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let port = json!({ "name": "http", "port": 80, "targetPort": "http" });
    let service = json!({
        "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" },
        "spec": { "selector": { "app": "web" }, "ports": [port] },
    });
    services.patch("web", &parameters, &Patch::Apply(&service)).await.expect("a Service");
    let greeting = json!({ "configMapKeyRef": { "name": "web", "key": "GREETING" } });
    let container = json!({
        "name": "web",
        "image": "nginx:1",
        "ports": [{ "name": "http", "containerPort": 80 }],
        "env": [{ "name": "GREETING", "valueFrom": greeting }],
        "resources": { "requests": { "cpu": "250m", "memory": "512Mi" } },
    });
    let deployment = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": { "name": "web", "labels": { "app": "web" } },
        "spec": {
            "replicas": 4,
            "selector": { "matchLabels": { "app": "web" } },
            "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [container] } },
        },
    });
    deployments.patch("web", &parameters, &Patch::Apply(&deployment)).await.expect("a Deployment");
}

pub const EXECUTION_ROLE: &str = "arn:aws:iam::123456789012:role/ecs";

/// The Deployment reads a key of the Secret `db`.
pub async fn reads_secret(lab: &Lab) {
    let deployments: Api<Deployment> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let reference = json!({ "secretKeyRef": { "name": "db", "key": "password" } });
    let container = json!({ "name": "web", "env": [{ "name": "PASSWORD", "valueFrom": reference }] });
    let change = json!({ "spec": { "template": { "spec": { "containers": [container] } } } });
    deployments.patch("web", &PatchParams::default(), &Patch::Strategic(&change)).await.expect("a variable");
}

pub fn bridge(members: Value) -> Value {
    let mut spec = json!({
        "workloadRef": { "kind": "Deployment", "name": "web" },
        "ecs": { "cluster": PLAIN, "networkConfiguration": network() },
        "replicas": 4,
        "split": { "prefer": "Ecs", "percentage": 50 },
    });
    merge(&mut spec, members);
    object(KIND, "web", spec)
}

/// What the pods of the namespace run on, until it is dropped.
pub async fn node(lab: &Lab) -> Node {
    ok(Node::join(lab.client.clone(), &lab.namespace).await)
}

pub async fn deployment(client: &Client, namespace: &str) -> Value {
    let deployments: Api<Deployment> = Api::namespaced(client.clone(), namespace);
    json!(deployments.get("web").await.expect("the Deployment"))
}

fn count(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0)
}

/// The fewest replicas that have run on both sides together, while it looks.
pub struct Watch {
    fewest: Arc<AtomicI64>,
    task: JoinHandle<()>,
}

impl Watch {
    pub fn of(lab: &Lab) -> Self {
        let (client, namespace) = (lab.client.clone(), lab.namespace.clone());
        let services = lab.api("EcsService");
        let fewest = Arc::new(AtomicI64::new(i64::MAX));
        let seen = fewest.clone();
        let task = tokio::spawn(async move {
            loop {
                // What begins to run between the two reads is not counted; the side that shrinks is read last.
                let tasks = services.get_opt("web").await.ok().flatten();
                let tasks = tasks.map_or(0, |service| count(&service.data["status"]["runningCount"]));
                let pods = count(&deployment(&client, &namespace).await["status"]["availableReplicas"]);
                seen.fetch_min(tasks + pods, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        Watch { fewest, task }
    }

    pub fn fewest(self) -> i64 {
        self.task.abort();
        self.fewest.load(Ordering::Relaxed)
    }
}

/// Waits until each side is asked for so many, and runs them.
pub async fn divided(lab: &Lab, cluster: i64, ecs: i64) {
    let look = async || {
        let deployment = deployment(&lab.client, &lab.namespace).await;
        let service = lab.service("web");
        let pods = (count(&deployment["spec"]["replicas"]), count(&deployment["status"]["availableReplicas"]));
        let tasks = (count(&service["desiredCount"]), count(&service["runningCount"]));
        if (pods, tasks) == ((cluster, cluster), (ecs, ecs)) {
            Ok(())
        } else {
            Err(format!("pods {pods:?}, tasks {tasks:?} (asked for and running)"))
        }
    };
    ok(eventually(&format!("{cluster} replicas in the cluster and {ecs} on ECS"), PATIENCE, look).await);
}

/// The cluster has them all, and AWS has no service.
pub async fn given_back(lab: &Lab, replicas: i64) {
    let left = deployment(&lab.client, &lab.namespace).await;
    assert_eq!(left["status"]["availableReplicas"], replicas, "{:#}", left["status"]);
    let look = || match lab.service("web")["status"].as_str() {
        None | Some("INACTIVE") => Ok(()),
        Some(status) => Err(json!(status)),
    };
    lab.aws_has("the ECS service to go", look).await;
}

pub async fn deployed(name: &str) -> (Lab, Node) {
    let lab = Lab::new(name).await;
    deploy(&lab).await;
    let node = node(&lab).await;
    divided(&lab, 4, 0).await;
    (lab, node)
}

#[tokio::test]
async fn half_of_a_deployment_runs_on_ecs_moves_and_comes_back() {
    let (lab, _node) = deployed("bridge").await;
    let watch = Watch::of(&lab);
    lab.apply(&bridge(json!({}))).await;
    lab.ready(KIND, "web").await;
    divided(&lab, 2, 2).await;
    let table = lab.kubectl(&["get", "workloadbridges", "web"]).await.expect("kubectl get");
    let row: Vec<&str> = table.lines().last().unwrap_or_default().split_whitespace().take(5).collect();
    assert_eq!(row, ["web", "True", "4", "2", "2"], "{table}");
    let object = lab.get(KIND, "web").await;
    let translation = &object.data["status"]["translation"];
    assert_eq!(translation["refusedCount"], 0, "{translation:#}");

    // What the workload reads rolls the service.
    let running = |service: &Value| {
        let asked = json!({ "taskDefinition": service["taskDefinition"] });
        lab.ecs("DescribeTaskDefinition", asked)["taskDefinition"]["containerDefinitions"][0]["environment"].clone()
    };
    assert_eq!(running(&lab.service("web"))[0]["value"], "hello");
    let maps: Api<ConfigMap> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let change = json!({ "data": { "GREETING": "good day" } });
    maps.patch("web", &PatchParams::default(), &Patch::Merge(&change)).await.expect("a change");
    let look = || {
        let environment = running(&lab.service("web"));
        if environment[0]["value"] == "good day" { Ok(()) } else { Err(environment) }
    };
    lab.aws_has("a changed ConfigMap to roll the service", look).await;
    lab.ready(KIND, "web").await;

    // A move, and another number in all.
    lab.apply(&bridge(json!({ "split": { "percentage": 100 } }))).await;
    divided(&lab, 0, 4).await;
    lab.ready(KIND, "web").await;
    lab.kubectl(&["scale", "workloadbridge/web", "--replicas=6"]).await.expect("kubectl scale");
    divided(&lab, 0, 6).await;
    let fewest = watch.fewest();
    assert!(fewest >= 4, "of 4 replicas, {fewest} ran for a while");

    // Nothing is written once it rests.
    lab.ready(KIND, "web").await;
    let (mark, version) = (lab.mark(), lab.get(KIND, "web").await.resource_version());
    lab.annotate(KIND, "web", "ecs-bridge.dev/reconcile-at", "now").await;
    let annotated = lab.get(KIND, "web").await.resource_version();
    assert_ne!(version, annotated);
    lab.looked(lab.mark(), &["DescribeServices"], 2).await;
    lab.no_write_since(mark, "while the bridge rests");
    assert_eq!(lab.get(KIND, "web").await.resource_version(), annotated, "a status was written without need");

    // Deletion gives everything back, in the foreground too.
    let watch = Watch::of(&lab);
    lab.api(KIND).delete("web", &DeleteParams::foreground()).await.expect("it is deleted");
    lab.gone(KIND, "web").await;
    ok(wait_gone(&lab.api("EcsService"), "web", PATIENCE).await);
    assert!(watch.fewest() >= 6, "the way back lost replicas");
    given_back(&lab, 6).await;
}

#[tokio::test]
async fn what_ecs_fails_to_run_stays_in_the_cluster() {
    let (lab, _node) = deployed("bridge-fails").await;
    let watch = Watch::of(&lab);
    let broken = json!({ "containerDefinitions": [{ "name": "web", "image": "app:missing" }] });
    lab.apply(&bridge(json!({ "ecs": { "override": broken } }))).await;
    let why = lab.stalled(KIND, "web", "ECSFails").await;
    assert!(
        why.message.contains("ECS fails to run 2 of its replicas: the cluster runs them meanwhile"),
        "{}",
        why.message
    );
    assert!(why.message.contains("EcsService/web: DeploymentFailed"), "it does not say why: {}", why.message);
    lab.apply(&bridge(json!({}))).await;
    divided(&lab, 2, 2).await;
    lab.ready(KIND, "web").await;
    assert!(watch.fewest() >= 4, "a failing side took replicas from the other");

    // Whoever puts the number back twice is left alone, and named.
    let deployments: Api<Deployment> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let tool = PatchParams { field_manager: Some("argocd-controller".to_owned()), ..PatchParams::default() };
    let four = Patch::Merge(json!({ "spec": { "replicas": 4 } }));
    deployments.patch("web", &tool, &four).await.expect("it is put back");
    divided(&lab, 2, 2).await;
    lab.ready(KIND, "web").await;
    deployments.patch("web", &tool, &four).await.expect("it is put back again");
    let why = lab.stalled(KIND, "web", "ReplicasOwnedElsewhere").await;
    assert!(
        why.message.starts_with("argocd-controller has put the replicas of Deployment/web back"),
        "{}",
        why.message
    );
    assert_eq!(deployment(&lab.client, &lab.namespace).await["spec"]["replicas"], 4);

    lab.delete(KIND, "web").await;
    lab.gone(KIND, "web").await;
    ok(wait_gone(&lab.api("EcsService"), "web", PATIENCE).await);
}

/// `kubectl scale` goes by the scale subresource. Once is put back; twice is somebody's, whatever managed fields say of it. The bridge has
/// never given the Deployment a number itself: the one that it had was right.
#[tokio::test]
async fn who_scales_the_deployment_again_and_again_is_left_alone() {
    let (lab, _node) = deployed("bridge-scaled").await;
    lab.apply(&bridge(json!({ "split": { "percentage": 0 } }))).await;
    lab.ready(KIND, "web").await;
    let scale = async |replicas: &str| {
        let replicas = format!("--replicas={replicas}");
        lab.kubectl(&["scale", "deployment/web", &replicas]).await.expect("kubectl scale");
        let fields = deployment(&lab.client, &lab.namespace).await["metadata"]["managedFields"].clone();
        let owns = |entry: &&Value| entry["fieldsV1"]["f:spec"]["f:replicas"].is_object();
        let owners: Vec<Value> = fields.as_array().into_iter().flatten().filter(owns).cloned().collect();
        let named = |entry: &Value| format!("{} ({}, {})", entry["manager"], entry["operation"], entry["subresource"]);
        owners.iter().map(named).collect::<Vec<_>>().join(", ")
    };
    println!("after one kubectl scale, managed fields have the number as that of [{}]", scale("6").await);
    divided(&lab, 4, 0).await;
    lab.ready(KIND, "web").await;
    println!("after another, as that of [{}]", scale("7").await);
    let why = lab.stalled(KIND, "web", "ReplicasOwnedElsewhere").await;
    assert!(why.message.contains("kubectl scale workloadbridge/web"), "no remedy: {}", why.message);
    println!("{}", why.message);
    assert_eq!(deployment(&lab.client, &lab.namespace).await["spec"]["replicas"], 7);

    // As it says.
    lab.kubectl(&["scale", "workloadbridge/web", "--replicas=5"]).await.expect("kubectl scale");
    lab.annotate(KIND, "web", "ecs-bridge.dev/retry", "1").await;
    divided(&lab, 5, 0).await;
    lab.ready(KIND, "web").await;
}

/// Pods that no node has room for run on ECS, the bridge is Ready with that, and they come back when there is room. As they stay asked for, the
/// cluster is scaled for the total alone, and ECS once up and once down.
#[tokio::test]
async fn what_finds_no_node_runs_on_ecs_until_there_is_one() {
    let (lab, node) = deployed("bridge-burst").await;
    node.has_room_for(4);
    lab.apply(&bridge(json!({ "split": { "percentage": 0, "burst": "Unschedulable" } }))).await;
    lab.ready(KIND, "web").await;
    let (watch, mark) = (Watch::of(&lab), lab.mark());
    let sides = async |cluster: (i64, i64), ecs: (i64, i64)| {
        let look = async || {
            let (deployment, service) = (deployment(&lab.client, &lab.namespace).await, lab.service("web"));
            let pods = (count(&deployment["spec"]["replicas"]), count(&deployment["status"]["availableReplicas"]));
            let tasks = (count(&service["desiredCount"]), count(&service["runningCount"]));
            if (pods, tasks) == (cluster, ecs) { Ok(()) } else { Err(format!("pods {pods:?}, tasks {tasks:?}")) }
        };
        let what = format!("pods (asked for and running) {cluster:?} and tasks {ecs:?}");
        ok(eventually(&what, PATIENCE, look).await);
    };
    lab.kubectl(&["scale", "workloadbridge/web", "--replicas=6"]).await.expect("kubectl scale");
    sides((6, 4), (2, 2)).await;
    let says =
        |object: &DynamicObject| object.data["status"]["conditions"].to_string().contains("has no node for 2 of its");
    lab.until(KIND, "web", "Ready as its replicas run on ECS", says).await;
    lab.ready(KIND, "web").await;
    assert_eq!(lab.count(mark, "UpdateService", ""), 1, "ECS was scaled more than once for one cause");

    let back = lab.mark();
    node.has_room_for(6);
    sides((6, 6), (0, 0)).await;
    lab.ready(KIND, "web").await;
    assert_eq!(lab.count(back, "UpdateService", ""), 1, "ECS was scaled more than once on the way back");
    let fewest = watch.fewest();
    assert!(fewest >= 4, "of the 4 replicas that there always was room for, {fewest} ran for a while");
}

/// Argo CD takes what carries an application's labels for the application's, and prunes what is not in Git: here the EcsService, which has
/// the Deployment's labels; then the bridge, with the EcsService at once.
#[tokio::test]
async fn a_prune_waits_until_the_cluster_has_the_replicas() {
    let (lab, _node) = deployed("bridge-prune").await;
    lab.apply(&bridge(json!({ "service": "web", "split": { "percentage": 100 } }))).await;
    divided(&lab, 0, 4).await;
    lab.ready(KIND, "web").await;
    let watch = Watch::of(&lab);
    let pruned = lab.get("EcsService", "web").await.uid();
    lab.api("EcsService").delete("web", &DeleteParams::foreground()).await.expect("it is pruned");
    let is_another = |service: &DynamicObject| service.uid() != pruned;
    lab.until("EcsService", "web", "made again", is_another).await;
    divided(&lab, 0, 4).await;
    lab.ready(KIND, "web").await;
    assert!(watch.fewest() >= 4, "a prune of the EcsService took replicas away");

    let watch = Watch::of(&lab);
    for kind in ["EcsService", KIND] {
        lab.api(kind).delete("web", &DeleteParams::foreground()).await.expect("it is pruned");
    }
    lab.gone(KIND, "web").await;
    ok(wait_gone(&lab.api("EcsService"), "web", PATIENCE).await);
    given_back(&lab, 4).await;
    assert!(watch.fewest() >= 4, "a prune of the bridge took replicas away");
    let slices: Api<EndpointSlice> = Api::namespaced(lab.client.clone(), &lab.namespace);
    ok(wait_gone(&slices, "web-ecs-ipv4-0", PATIENCE).await);
}
