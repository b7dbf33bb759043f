//! What GitOps tools compare and judge, on a real API server, once the operator has worked on the objects.

use aws_sim::Config;
use ecs_bridge_harness::workspace;
use serde_json::{Value, json};

use super::{
    lab::{Lab, ok},
    manifests::{definition, object, service},
    secrets,
};
use crate::gitops;

/// With what every example wants, and the kinds of which there is no example.
async fn lab() -> (Lab, Vec<String>) {
    let world = Config { container_instances: 3, eks_clusters: vec!["main".to_owned()], ..Config::default() };
    let setup = secrets::setup("gitops").world(world).value("aws.eksClusterName", "main");
    let lab = setup.argument("--eks-cluster-name=main").start().await;
    let role = "arn:aws:iam::123456789012:role/ecs-pods";
    let profile = json!({ "podExecutionRoleArn": role, "selectors": [{ "namespace": lab.namespace }] });
    let more = json!({ "apiVersion": "v1", "kind": "List", "items": [
        object("EcsTaskDefinition", "shared", definition("nginx:1")),
        object("EksFargateProfile", "pods", profile),
        service("uncounted", json!({})),
    ]});
    let file = lab.kubernetes.folder().join(format!("{}-more.json", lab.namespace));
    std::fs::write(&file, more.to_string()).expect("a file");
    let examples = workspace().join("examples");
    (lab, vec![format!("--filename={}", examples.display()), format!("--filename={}", file.display())])
}

impl Lab {
    async fn with_files(&self, words: &[&str], files: &[String]) -> String {
        let words: Vec<&str> = words.iter().copied().chain(files.iter().map(String::as_str)).collect();
        ok(self.kubectl(&words).await)
    }

    /// What kubectl prints of each object.
    async fn each(&self, words: &[&str], files: &[String]) -> Vec<Value> {
        let printed = self.with_files(words, files).await;
        let objects = serde_json::Deserializer::from_str(&printed).into_iter();
        let objects: Vec<Value> = objects.collect::<Result<_, _>>().expect("kubectl prints JSON");
        assert!(objects.len() > 8, "the examples and more: {printed}");
        objects
    }
}

/// `kubectl diff` ends with an error where anything differs. The live spec is what was applied, with the API server's defaults, and nothing
/// else: so Argo CD needs no `ignoreDifferences`.
async fn once_ready_nothing_differs(apply: &[&str], diff: &[&str]) {
    let (lab, files) = lab().await;
    // What the API server makes of the manifests before anybody has seen them.
    let new = lab.each(&["create", "--dry-run=server", "--output=json"], &files).await;
    lab.with_files(apply, &files).await;
    for object in new.iter().filter(|object| gitops::is_ours(object)) {
        let (kind, name) =
            (object["kind"].as_str().expect("a kind"), object["metadata"]["name"].as_str().expect("a name"));
        let live = serde_json::to_value(lab.ready(kind, name).await).expect("JSON");
        assert_eq!(gitops::health(&live), "Healthy", "{kind} {name}");
        assert_eq!(live["spec"], object["spec"], "the spec of {kind} {name} is not what was applied");
        assert_eq!(live["metadata"]["labels"], object["metadata"]["labels"], "the labels of {kind} {name}");
    }
    lab.with_files(diff, &files).await;
    // An autoscaler may have the count where the manifest leaves it out.
    ok(lab.kubectl(&["scale", "ecsservice/uncounted", "--replicas=2"]).await);
    lab.until("EcsService", "uncounted", "scaled", |object| object.data["status"]["runningCount"] == 2).await;
    lab.with_files(diff, &files).await;
}

#[tokio::test]
async fn once_ready_nothing_differs_from_what_was_applied() {
    once_ready_nothing_differs(&["apply"], &["diff"]).await;
}

#[tokio::test]
async fn once_ready_nothing_differs_from_what_was_applied_by_the_server() {
    once_ready_nothing_differs(&["apply", "--server-side"], &["diff", "--server-side"]).await;
}

/// As docs/gitops.md has it.
#[tokio::test]
async fn the_health_script_goes_into_argo_cds_config_map_beside_what_is_there() {
    let cluster = ok(ecs_bridge_harness::Cluster::shared().await);
    let kubernetes = cluster.kubernetes();
    let namespace = ok(kubernetes.namespace("argocd").await);
    let named = format!("--namespace={namespace}");
    ok(kubernetes
        .kubectl(&[&named, "create", "configmap", "argocd-cm", "--from-literal=url=https://example.com"])
        .await);
    let file = format!("--patch-file={}", workspace().join("gitops/argocd-cm.yaml").display());
    ok(kubernetes.kubectl(&[&named, "patch", "configmap", "argocd-cm", &file]).await);
    let map = ok(kubernetes.kubectl(&[&named, "get", "configmap", "argocd-cm", "--output=json"]).await);
    let map: Value = serde_json::from_str(&map).expect("kubectl prints JSON");
    assert_eq!(map["data"]["url"], "https://example.com", "what was there");
    for kind in ["EcsCluster", "EksFargateProfile"] {
        let script = map["data"][format!("resource.customizations.health.ecs-bridge.dev_{kind}")].as_str();
        assert!(script.is_some_and(|script| script.contains("Degraded")), "the health of {kind}: {map:#}");
    }
}
