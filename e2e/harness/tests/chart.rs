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
    let beside = kubernetes.namespace("beside").await.expect("a namespace");
    let system = kubernetes.namespace("system").await.expect("a namespace");
    let wide = chart::install(kubernetes, &everywhere, &[]).await.expect("the chart, for all namespaces");
    let narrow = [("watchNamespaces[0]", alone.as_str()), ("watchNamespaces[1]", beside.as_str()), ("ownerId", "x")];
    let narrow = chart::install(kubernetes, &system, &narrow).await.expect("the chart, for two namespaces");

    let cases = [
        // What it may everywhere, what where two namespaces are watched, and the question.
        (true, true, format!("patch ecrrepositories.ecs-bridge.dev --namespace {alone}")),
        (true, true, format!("watch ecrrepositories.ecs-bridge.dev --namespace {alone}")),
        (true, true, format!("patch ecrrepositories.ecs-bridge.dev --subresource status --namespace {alone}")),
        (true, true, format!("create events.events.k8s.io --namespace {alone}")),
        (true, true, format!("watch ecrrepositories.ecs-bridge.dev --namespace {beside}")),
        (true, true, format!("patch ecrrepositories.ecs-bridge.dev --subresource status --namespace {beside}")),
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
    for (in_all, in_two, question) in cases {
        assert_eq!(may(&wide, &question).await, in_all, "{question}, where all namespaces are watched");
        assert_eq!(may(&narrow, &question).await, in_two, "{question}, where two namespaces are watched");
    }

    let kept = "--output=jsonpath={range .items[*]}{.metadata.name}={.metadata.annotations.helm\\.sh/resource-policy}{\"\\n\"}{end}";
    let definitions = kubernetes.kubectl(&["get", "customresourcedefinitions", kept]).await.expect("the CRDs");
    assert!(definitions.lines().count() > 0, "the chart brings no CRDs from {}", workspace().join("crds").display());
    for definition in definitions.lines().filter(|line| line.contains(".ecs-bridge.dev=")) {
        assert!(definition.ends_with("=keep"), "uninstalling the chart would delete a CRD: {definition}");
    }
}

/// Each documented value, on its own, with something that is not its default.
const VALUES: &[&[(&str, &str)]] = &[
    &[],
    &[("image.repository", "registry/ecs-bridge"), ("image.tag", "v1"), ("image.pullPolicy", "Always")],
    &[("imagePullSecrets[0].name", "pull")],
    &[("aws.region", "eu-west-1"), ("aws.endpointUrl", "http://localhost:1"), ("aws.allowInsecureEndpoint", "true")],
    &[("ownerId", "prod"), ("namePrefix", "prod-"), ("allowedRoleArns[0]", "arn:aws:iam::1:role/*")],
    &[("secrets.sync", "true")],
    &[("secrets.sync", "true"), ("watchNamespaces[0]", "default")],
    &[("cloudMap.annotations", "true")],
    &[("kinds[0]", "EcsCluster"), ("kinds[1]", "EcsService")],
    &[("watchNamespaces[0]", "default"), ("watchNamespaces[1]", "kube-system")],
    &[("crds.install", "false")],
    &[("serviceAccount.name", "operator"), ("serviceAccount.annotations.a", "b")],
    &[("log.format", "text"), ("log.filter", "debug")],
    &[("extraArgs[0]", "--quota-share=0.5"), ("extraEnv[0].name", "A"), ("extraEnv[0].value", "b")],
    &[("resources.limits.memory", "1Gi")],
    &[("spread", "false"), ("podDisruptionBudget.enabled", "false")],
    &[("networkPolicy.enabled", "true"), ("networkPolicy.egressPorts[0]", "8443")],
    &[("networkPolicy.enabled", "true"), ("networkPolicy.metricsFrom[0].podSelector.matchLabels.a", "b")],
    &[
        ("monitoring.serviceMonitor", "true"),
        ("monitoring.interval", "1m"),
        ("monitoring.labels.release", "prometheus"),
    ],
    &[("monitoring.prometheusRule", "true"), ("monitoring.runbooks", "https://example.com/runbooks")],
    &[("monitoring.prometheusRule", "true")],
    &[("monitoring.dashboard", "true")],
    &[
        ("podLabels.a", "b"),
        ("podAnnotations.a", "b"),
        ("nodeSelector.a", "b"),
        ("priorityClassName", "system-cluster-critical"),
    ],
    &[("tolerations[0].operator", "Exists"), ("affinity.nodeAffinity", "null")],
];

#[tokio::test]
async fn every_value_renders_what_the_api_server_accepts() {
    let cluster = Cluster::shared().await.expect("a cluster");
    let kubernetes = cluster.kubernetes();
    let system = kubernetes.namespace("values").await.expect("a namespace");
    // The restricted standard of Pod Security is checked by the API server, which warns of what breaks it.
    let restricted = ["label", "namespace", &system, "pod-security.kubernetes.io/warn=restricted"];
    kubernetes.kubectl(&restricted).await.expect("the label");
    for kind in ["ServiceMonitor", "PrometheusRule"] {
        kubernetes.define("monitoring.coreos.com", "v1", kind).await.expect("a kind of the Prometheus operator");
    }
    for values in VALUES {
        let rendered = chart::render(&system, values).await.unwrap_or_else(|error| panic!("{values:?}: {error}"));
        let dry =
            ["apply", "--server-side", "--dry-run=server", "--validate=strict", "--warnings-as-errors", "--filename=-"];
        let applied = kubernetes.kubectl_with(&dry, &rendered).await;
        applied.unwrap_or_else(|error| panic!("{values:?}: {error}\n{rendered}"));
    }
    chart::lint().await.expect("helm lint --strict");
}

#[tokio::test]
async fn values_that_mean_nothing_are_refused() {
    for (value, told) in [
        (("kinds[0]", "EcsFoo"), "there is no kind EcsFoo"),
        (("kinds[0]", "EksFargateProfile"), "aws.eksClusterName"),
        (("kinds[0]", "WorkloadBridge"), "EcsService"),
        (("watchNamespace", "a"), "watchNamespace"),
        (("monitoring.interval", "soon"), "interval"),
        (("monitoring.runbooks", "docs/runbooks"), "runbooks"),
    ] {
        let refused = chart::render("x", &[value]).await.expect_err("a value that means nothing").to_string();
        assert!(refused.contains(told), "{value:?}: {refused}");
    }
}

#[tokio::test]
async fn alerts_lead_to_their_runbooks_where_these_have_a_url() {
    let rule = ("monitoring.prometheusRule", "true");
    let without = chart::render("x", &[rule]).await.expect("a chart");
    assert!(without.contains("alert: EcsBridgeDown") && !without.contains("runbook_url"), "{without}");
    let with = chart::render("x", &[rule, ("monitoring.runbooks", "https://example.com/runbooks/")]).await;
    let with = with.expect("a chart");
    assert!(with.contains("runbook_url: https://example.com/runbooks/EcsBridgeDown.md\n"), "{with}");
    assert_eq!(with.matches("runbook_url: https://").count(), with.matches("- alert: ").count(), "{with}");
}

#[tokio::test]
async fn permissions_are_for_the_kinds_that_are_run() {
    let one = chart::render("x", &[("kinds[0]", "EcsCluster"), ("crds.install", "false")]).await.expect("a chart");
    assert!(one.contains("ecsclusters/status") && one.contains("--kinds=EcsCluster"), "{one}");
    assert!(!one.contains("ecsservices") && !one.contains("ecrrepositories"), "permissions for other kinds: {one}");
}

#[tokio::test]
async fn secrets_are_read_where_an_administrator_wants_them_to_be_copied() {
    let rule = "resources: [secrets]";
    for (values, expected) in [
        (&[][..], false),
        (&[("secrets.sync", "true")], true),
        (&[("secrets.sync", "true"), ("kinds[0]", "SecretsManagerSecret")], true),
        (&[("secrets.sync", "true"), ("kinds[0]", "EcsCluster")], false),
        (&[("kinds[0]", "SecretsManagerSecret")], false),
    ] {
        let rendered = chart::render("x", &[values, &[("crds.install", "false")]].concat()).await.expect("a chart");
        let (granted, told) = (rendered.contains(rule), rendered.contains("--sync-secrets"));
        assert_eq!((granted, told), (expected, expected), "{values:?}: {rendered}");
    }
}
