//! The chart's permissions, asked of the API server.

use ecs_bridge_harness::{Cluster, Kubernetes, chart, workspace};

/// Whether the API server would let the chart's `ServiceAccount` do that.
async fn may(operator: &Kubernetes, question: &str) -> bool {
    let words: Vec<&str> = ["auth", "can-i"].into_iter().chain(question.split(' ')).collect();
    operator.kubectl(&words).await.is_ok_and(|answer| answer.trim() == "yes")
}

#[tokio::test]
async fn the_operator_may_do_what_it_does_and_no_more() {
    let cluster = Cluster::shared().await.expect("a cluster");
    let kubernetes = cluster.kubernetes();
    let everywhere = kubernetes.namespace("everywhere").await.expect("a namespace");
    let alone = kubernetes.namespace("alone").await.expect("a namespace");
    let system = kubernetes.namespace("system").await.expect("a namespace");
    let wide = chart::install(kubernetes, &everywhere, &[]).await.expect("the chart, for all namespaces");
    let narrow = [("watchNamespace", alone.as_str()), ("ownerId", "x")];
    let narrow = chart::install(kubernetes, &system, &narrow).await.expect("the chart, for one namespace");

    let cases = [
        // What it may everywhere, what where one namespace is watched, and the question.
        (true, true, format!("patch ecrrepositories.ecs-bridge.dev --namespace {alone}")),
        (true, true, format!("watch ecrrepositories.ecs-bridge.dev --namespace {alone}")),
        (true, true, format!("patch ecrrepositories.ecs-bridge.dev --subresource status --namespace {alone}")),
        (true, true, format!("create events.events.k8s.io --namespace {alone}")),
        (true, false, format!("patch ecrrepositories.ecs-bridge.dev --namespace {system}")),
        (true, false, "list ecrrepositories.ecs-bridge.dev --all-namespaces".to_owned()),
        (true, true, "get customresourcedefinitions/ecrrepositories.ecs-bridge.dev".to_owned()),
        (false, false, "get customresourcedefinitions/others.example.com".to_owned()),
        (true, false, "get namespaces/kube-system".to_owned()),
        (false, false, "get namespaces/default".to_owned()),
        (false, false, format!("delete ecrrepositories.ecs-bridge.dev --namespace {alone}")),
        (false, false, format!("create ecrrepositories.ecs-bridge.dev --namespace {alone}")),
        (false, false, format!("get secrets --namespace {alone}")),
        (false, false, format!("get pods --namespace {system}")),
    ];
    let folder = kubernetes.folder();
    let (wide, narrow) = (Kubernetes::new(&wide.kubeconfig, folder), Kubernetes::new(&narrow.kubeconfig, folder));
    for (in_all, in_one, question) in cases {
        assert_eq!(may(&wide, &question).await, in_all, "{question}, where all namespaces are watched");
        assert_eq!(may(&narrow, &question).await, in_one, "{question}, where one namespace is watched");
    }

    let kept = "--output=jsonpath={range .items[*]}{.metadata.name}={.metadata.annotations.helm\\.sh/resource-policy}{\"\\n\"}{end}";
    let definitions = kubernetes.kubectl(&["get", "customresourcedefinitions", kept]).await.expect("the CRDs");
    assert!(definitions.lines().count() > 0, "the chart brings no CRDs from {}", workspace().join("crds").display());
    for definition in definitions.lines() {
        assert!(definition.ends_with("=keep"), "uninstalling the chart would delete a CRD: {definition}");
    }
}
