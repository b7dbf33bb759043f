//! Who the operator is to the API server, what its flags do, and what it never tells.

use std::{collections::BTreeSet, process::Command};

use ecs_bridge_harness::{
    Cluster, ClusterOptions, Lifetime, Operator, OperatorOptions, chart, eventually, has_condition, test_credentials,
    wait_for,
};
use kube::core::DynamicObject;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{
    lab::{Lab, PATIENCE, PLAIN, Setup, ok},
    manifests::{definition, object, service},
};

#[tokio::test]
async fn each_request_is_made_as_the_charts_service_account_and_none_is_forbidden() {
    let cluster = ok(Cluster::start(ClusterOptions::default()).await);
    let mut lab = Setup::named("audit").on(&cluster).start().await;
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    lab.apply(&service("web", json!({ "cluster": null, "clusterRef": { "name": "main" } }))).await;
    for (kind, name) in [("EcrRepository", "app"), ("EcsService", "web")] {
        lab.ready(kind, name).await;
    }
    // What is told again is counted in the Event that is there.
    for count in [2, 1, 2] {
        let scaled = json!({ "cluster": null, "clusterRef": { "name": "main" }, "desiredCount": count });
        lab.apply(&service("web", scaled)).await;
        lab.until("EcsService", "web", "scaled", |object| object.data["status"]["runningCount"] == count).await;
    }
    for (kind, name) in [("EcsService", "web"), ("EcrRepository", "app"), ("EcsCluster", "main")] {
        lab.delete(kind, name).await;
        lab.gone(kind, name).await;
    }
    lab.kubectl_shows(&["get", "events"], "CreateService").await;
    lab.stop_operator();

    let events = ok(cluster.audit());
    // This cluster has no other clients than this test, kubectl, Helm's files by kubectl, and the operator.
    let users: BTreeSet<&str> = events.iter().map(|event| event.user.as_str()).collect();
    let known = ["admin", "system:anonymous", lab.user.as_str()];
    let unknown: Vec<_> = users.iter().filter(|user| !known.contains(user)).collect();
    assert!(unknown.is_empty(), "somebody else asked the API server for something: {unknown:?}");
    let of_operator: Vec<_> = events.iter().filter(|event| event.user == lab.user).collect();
    let verbs: BTreeSet<(&str, &str, &str)> = of_operator
        .iter()
        .map(|event| (event.verb.as_str(), event.resource.as_str(), event.subresource.as_str()))
        .collect();
    for needed in [
        ("watch", "ecsservices", ""),
        ("patch", "ecsservices", ""),
        ("patch", "ecsservices", "status"),
        ("patch", "ecrrepositories", "status"),
        ("patch", "ecsclusters", "status"),
        ("create", "events", ""),
        ("get", "namespaces", ""),
    ] {
        assert!(
            verbs.contains(&needed),
            "the operator's {needed:?} is not in the audit log under its account: {verbs:?}"
        );
    }
    let forbidden: Vec<_> = of_operator.iter().filter(|event| event.code == 403).collect();
    assert!(forbidden.is_empty(), "the chart's RBAC forbids what the operator asks for: {forbidden:#?}");
    // All that an administrator wrote to a status would be the operator under another name.
    let others: Vec<_> = events
        .iter()
        .filter(|event| event.subresource == "status" && event.user == "admin")
        .filter(|event| event.group == "ecs-bridge.dev")
        .collect();
    assert!(others.is_empty(), "a status was written by somebody else: {others:#?}");
}

#[tokio::test]
async fn another_namespace_than_the_watched_one_stays_untouched() {
    let lab = Lab::new("watched").await;
    let other = ok(lab.kubernetes.namespace("unwatched").await);
    ok(lab.kubernetes.apply(&other, &service("web", json!({})).to_string()).await);
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    lab.looked(lab.mark(), &["DescribeServices"], 2).await;
    let api = ok(lab.kubernetes.api("EcsService", &other).await);
    let untouched = api.get("web").await.expect("the object");
    assert_eq!(untouched.metadata.finalizers, None, "it has a finalizer");
    assert_eq!(untouched.data["status"]["conditions"], Value::Null, "it has conditions");
    assert_eq!(lab.count(0, "CreateService", ""), 1, "its service was made");
}

/// The chart for some namespaces gives permissions in these alone. Where they go in one, that is told, and the others go on.
#[tokio::test]
async fn with_permissions_in_some_namespaces_alone_everything_works_there() {
    let mut lab = Setup::named("narrow").argument("--owner-id=narrow").start().await;
    lab.stop_operator();
    let system = ok(lab.kubernetes.namespace("system").await);
    let (one, other) = (lab.namespace.clone(), ok(lab.kubernetes.namespace("narrow-too").await));
    let values = [("watchNamespaces[0]", one.as_str()), ("watchNamespaces[1]", other.as_str()), ("ownerId", "narrow")];
    let install = ok(chart::install(&lab.kubernetes, &system, &values).await);
    lab.operator_options.kubeconfig = install.kubeconfig;
    lab.operator_options.arguments.retain(|argument| !argument.starts_with("--watch-namespaces="));
    lab.operator_options.arguments.push(format!("--watch-namespaces={one},{other}"));
    lab.start_operator().await;
    let there = ok(lab.kubernetes.api("EcsService", &other).await);
    lab.apply(&service("web", json!({}))).await;
    ok(lab.kubernetes.apply(&other, &service("web", json!({})).to_string()).await);
    lab.ready("EcsService", "web").await;
    let ready = |object: &DynamicObject| has_condition(object, "Ready", "True");
    ok(wait_for(&there, "web", "Ready, in the second namespace", PATIENCE, ready).await);
    lab.kubectl_shows(&["get", "events"], "CreateService").await;
    lab.delete("EcsService", "web").await;
    lab.gone("EcsService", "web").await;
    lab.stop_operator();
    let events = ok(ok(Cluster::shared().await).audit());
    let of_operator = events.iter().filter(|event| event.user == install.user);
    let forbidden: Vec<_> = of_operator.clone().filter(|event| event.code == 403).collect();
    assert!(forbidden.is_empty(), "the chart's RBAC forbids what the operator asks for: {forbidden:#?}");
    assert!(of_operator.count() > 5, "the operator did not run as {}", install.user);

    let name = install.user.rsplit(':').next().expect("the name of a ServiceAccount");
    ok(lab.kubernetes.kubectl(&["delete", "rolebinding", name, "--namespace", &other]).await);
    lab.start_operator_that_lacks(&format!("may not list ecsservices.ecs-bridge.dev in namespace {other}")).await;
    lab.apply(&service("next", json!({}))).await;
    lab.ready("EcsService", "next").await;
    lab.delete("EcsService", "next").await;
    lab.gone("EcsService", "next").await;
    ok(chart::install(&lab.kubernetes, &system, &values).await);
    ok(lab.operator().wait_ready().await);
}

#[tokio::test]
async fn every_flag_can_be_given_as_an_environment_variable() {
    let mut lab = Setup::named("environment").argument("--name-prefix=env-").argument("--owner-id=env").start().await;
    lab.stop_operator();
    let flags = std::mem::take(&mut lab.operator_options.arguments);
    assert!(flags.len() > 7, "the flags of this lab: {flags:?}");
    for flag in flags {
        let (name, value) = flag.split_once('=').unwrap_or((&flag, "true"));
        let variable = format!("ECS_BRIDGE_{}", name.trim_start_matches('-').replace('-', "_").to_uppercase());
        lab.operator_options.environment.push((variable, value.to_owned()));
    }
    lab.start_operator().await;
    lab.apply(&service("web", json!({}))).await;
    let object = lab.ready("EcsService", "web").await;
    assert_eq!(object.data["status"]["memo"]["name"], format!("env-{}", lab.aws_name("web")), "--name-prefix");
}

/// All other tests run under the policy that `ecs-bridge iam-policy` prints.
#[tokio::test]
async fn with_one_statement_less_in_the_iam_policy_the_object_says_what_is_missing() {
    let lab = Setup::named("iam").without_statement("EcsCreate").start().await;
    lab.apply(&service("web", json!({}))).await;
    let stalled = lab.stalled("EcsService", "web", "AccessDenied").await;
    // What a service needs first.
    let action = "ecs:RegisterTaskDefinition";
    assert!(stalled.message.contains(action), "the condition does not name the action: {stalled:?}");
}

/// The operator may be there before its CRDs.
#[tokio::test]
async fn without_crds_readyz_names_what_is_missing_and_waits_for_it() {
    let cluster = ok(Cluster::start(ClusterOptions::default()).await);
    let kubernetes = cluster.kubernetes();
    let sim = aws_sim::Server::start(aws_sim::Options::default()).expect("aws-sim starts");
    let url = format!("--aws-endpoint-url={}", sim.endpoint_url());
    let mut operator = ok(Operator::spawn(&OperatorOptions {
        binary: env!("CARGO_BIN_EXE_ecs-bridge").into(),
        kubeconfig: kubernetes.kubeconfig().to_owned(),
        arguments: vec![url, "--allow-insecure-endpoint".to_owned()],
        environment: test_credentials(),
        log: kubernetes.folder().join("early.log"),
        lifetime: Lifetime::Tethered,
    }));
    let address = operator.address().to_owned();
    let missing = async || match answer(&address, "/readyz").await {
        Ok(text)
            if ["503", "ecsservices.ecs-bridge.dev is not installed", "EcsCluster", "EcrRepository"]
                .iter()
                .all(|part| text.contains(part)) =>
        {
            Ok(())
        }
        Ok(text) => Err(text),
        Err(error) => Err(error.to_string()),
    };
    ok(eventually("/readyz to name the kinds whose CRDs are missing", PATIENCE, missing).await);
    let live = answer(&address, "/healthz").await.expect("an answer");
    assert!(live.starts_with("HTTP/1.1 200"), "/healthz while the CRDs are missing: {live}");
    let system = ok(kubernetes.namespace("system").await);
    ok(chart::install(kubernetes, &system, &[]).await);
    ok(operator.wait_ready().await);
}

/// Runs the real binary to its end, and gives its standard output and error where that is what is expected.
fn run(arguments: &[&str], succeeds: bool) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecs-bridge"));
    let output = command.args(arguments).env("AWS_REGION", "us-east-1").output().expect("the operator's binary");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.success(), succeeds, "ecs-bridge {}: {}\n{text}", arguments.join(" "), output.status);
    text
}

#[test]
fn dangerous_and_impossible_flags_are_refused_with_the_remedy() {
    for (arguments, remedy) in [
        (["--aws-endpoint-url=http://127.0.0.1:1", "--owner-id=x"], "--allow-insecure-endpoint"),
        (["--allowed-role-arns=admin", "--owner-id=x"], "arn:aws:iam::"),
        (["--quota-share=7", "--owner-id=x"], "at most 1"),
    ] {
        let text = run(&["run", arguments[0], arguments[1]], false);
        assert!(text.contains(remedy), "{arguments:?}: no remedy in {text}");
    }
}

#[test]
fn ecs_bridge_crds_prints_what_crds_holds() {
    let printed = run(&["crds"], true);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("crds");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).expect("crds/").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut documents: Vec<&str> = printed.split("---\n").filter(|document| !document.is_empty()).collect();
    documents.sort_by_key(|document| document.lines().find(|line| line.starts_with("  name: ")).map(str::to_owned));
    assert_eq!(documents.len(), files.len(), "crds/ has {files:?}");
    for (document, file) in documents.iter().zip(&files) {
        let kept = std::fs::read_to_string(file).expect("a CRD");
        assert_eq!(*document, kept, "{} is not what `ecs-bridge crds` prints: run `make generate`", file.display());
    }
}

/// What the operator's own HTTP server answers.
pub async fn answer(address: &str, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// The body of an answer 200.
async fn ask(address: &str, path: &str) -> String {
    let answer = answer(address, path).await.expect("the operator listens");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    body.to_owned()
}

/// The metrics that the chart's alerts and its dashboard use, each with its file.
fn metrics_used() -> Vec<(&'static str, String)> {
    let files = ["charts/ecs-bridge/files/alerts.yaml", "charts/ecs-bridge/files/dashboard.json"];
    let used = files.into_iter().flat_map(|file| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = std::fs::read_to_string(path).expect("a file of the chart");
        let names = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).map(str::to_owned);
        names.filter(|name| name.starts_with("ecs_bridge_")).map(move |name| (file, name)).collect::<Vec<_>>()
    });
    let used: Vec<_> = used.collect();
    assert!(used.len() > 10, "the metrics of the alerts and the dashboard can't be found: {used:?}");
    used
}

#[tokio::test]
async fn it_answers_tells_nothing_secret_and_logs_lines_of_json() {
    const SECRET: &str = "hunter2-do-not-tell";
    // It is not there: what the operator would say of it is served all the same.
    let queue = "--events-queue=https://sqs.us-east-1.amazonaws.com/123456789012/none";
    let setup = Setup::named("secret").argument("--log-format=json").argument("--log=debug").argument(queue);
    let mut lab = setup.start().await;
    let manifest = |image: &str, value: &str| {
        let mut definition = definition(image);
        definition["containerDefinitions"][0]["environment"] = json!([{ "name": "PASSWORD", "value": value }]);
        service("web", json!({ "taskDefinition": definition }))
    };
    lab.apply(&manifest("nginx:1", SECRET)).await;
    lab.ready("EcsService", "web").await;
    // Through a rollout, a refusal, a failure and a drift.
    lab.apply(&manifest("nginx:2", &format!("{SECRET}-2"))).await;
    lab.ready("EcsService", "web").await;
    lab.sim().fault("RegisterTaskDefinition@1=error:ClientException:injected".parse().expect("a fault"));
    lab.apply(&manifest("nginx:3", &format!("{SECRET}-3"))).await;
    lab.stalled("EcsService", "web", "RefusedByAWS").await;
    lab.sim().fault("RegisterTaskDefinition@1=garbage".parse().expect("a fault"));
    lab.apply(&manifest("nginx:4", &format!("{SECRET}-4"))).await;
    lab.ready("EcsService", "web").await;
    lab.ecs("UpdateService", json!({ "cluster": PLAIN, "service": lab.aws_name("web"), "desiredCount": 2 }));
    lab.aws_has("the count to be put back", || {
        let count = lab.service("web")["desiredCount"].clone();
        if count == 1 { Ok(()) } else { Err(count) }
    })
    .await;

    let address = lab.operator().address().to_owned();
    assert_eq!(ask(&address, "/healthz").await.trim(), "ok", "/healthz");
    let metrics = ask(&address, "/metrics").await;
    assert!(metrics.contains("ecs_bridge_") && metrics.ends_with("# EOF\n"), "/metrics: {metrics}");
    for (file, used) in metrics_used() {
        let family = ["_total", "_bucket", "_count", "_sum"].iter().find_map(|part| used.strip_suffix(part));
        let known = metrics.contains(&format!("# TYPE {} ", family.unwrap_or(&used)));
        assert!(known, "{file} uses {used}, which /metrics does not have: {metrics}");
    }
    let status = lab.get("EcsService", "web").await.data["status"].to_string();
    let events = lab.kubectl_shows(&["get", "events", "--output=yaml"], "UpdateService").await;
    lab.stop_operator();
    let log = lab.log();
    for line in log.lines() {
        let parsed: Result<Value, _> = serde_json::from_str(line);
        let level = parsed.as_ref().ok().and_then(|line| line["level"].as_str());
        assert!(level.is_some(), "a line of the log is no JSON with a level: {line}");
    }
    for (what, text) in [("the log", &log), ("the status", &status), ("the Events", &events), ("/metrics", &metrics)] {
        assert!(!text.contains(SECRET), "{what} tells the value of an environment variable");
    }
    // The object itself is the place where it is to be found.
    assert!(lab.get("EcsService", "web").await.data["spec"].to_string().contains(SECRET), "the search is in vain");
}
