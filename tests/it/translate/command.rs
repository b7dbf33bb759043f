//! `ecs-bridge translate`, the real binary.

use std::{
    fs,
    io::{self, Write},
    process::{Command, Output, Stdio},
};

use ecs_bridge_harness::{Cluster, chart};
use serde_json::Value;

use super::shop::MANIFESTS;

const ROLE: &str = "--execution-role=arn:aws:iam::123456789012:role/ecs";
const PLACE: &[&str] =
    &["--cluster=shop", "--subnets=subnet-0a1b2c3d,subnet-0e1f2a3b", "--security-groups=sg-0a1b2c3d", ROLE];

/// Runs it with this on its standard input.
fn run(arguments: &[&str], manifests: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecs-bridge"));
    command.arg("translate").args(PLACE).args(arguments);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("the operator's binary");
    // Who refuses its flags reads nothing.
    let _ = child.stdin.take().expect("a pipe").write_all(manifests.as_bytes());
    child.wait_with_output().expect("its output")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

const WEB: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      serviceAccountName: web
      containers:
      - name: web
        image: nginx
        env:
        - {name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
        - {name: CART, value: 'cart:80'}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {ports: [{port: 80, targetPort: 8080}]}}
- {apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop,
    annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/web'}}}
---
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
stringData: {password: hunter2-in-clear, other: hunter2-too}
data: {key: aHVudGVyMi1pbi1iYXNlLTY0}
";

const SECRET: &str = "--secret=db/password=arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

#[test]
fn what_a_workload_refers_to_is_found_among_the_manifests_and_no_secret_is_told() {
    let output = run(&["-f", "-", SECRET], WEB);
    let (resources, report) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{report}");
    let resource: Value = serde_yaml_ng::from_str(&resources).expect("YAML");
    let definition = &resource["spec"]["taskDefinition"];
    assert_eq!(definition["taskRoleArn"], "arn:aws:iam::123456789012:role/web");
    assert_eq!(definition["containerDefinitions"][0]["secrets"][0]["name"], "PASSWORD");
    assert!(report.contains("Deployment shop/web: translated"), "{report}");
    assert!(report.contains("names port 80 of the Service cart (port 8080 of its pods)"), "{report}");
    assert!(report.contains("unchecked: the trust policy"), "{report}");
    for secret in ["hunter2", "aHVudGVy"] {
        assert!(!resources.contains(secret) && !report.contains(secret), "{secret} is told:\n{resources}\n{report}");
    }
}

/// What of a Service's name in AWS Cloud Map manifests tell.
#[test]
fn a_service_is_called_by_its_name_in_cloud_map_as_far_as_that_is_known_without_aws() {
    let annotated = WEB.replace(
        "metadata: {name: cart, namespace: shop}",
        "metadata: {name: cart, namespace: shop, annotations: {ecs-bridge.dev/cloud-map-namespace: ns-1}}",
    );
    let output = run(&["-f", "-", SECRET], &annotated);
    assert!(text(&output.stdout).contains("value: cart:80"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("is not known yet (unchecked)"), "{}", text(&output.stderr));

    let object = "---
apiVersion: ecs-bridge.dev/v1alpha1
kind: CloudMapService
metadata: {name: any, namespace: shop}
spec: {NamespaceId: ns-1, DnsConfig: {DnsRecords: [{Type: A, TTL: 10}]}, serviceRef: {name: cart}}
status: {dnsName: cart.shop.internal}
";
    let output = run(&["-f", "-", SECRET], &format!("{annotated}{object}"));
    assert!(text(&output.stdout).contains("value: cart.shop.internal:8080"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("and port 8080 of its pods"), "{}", text(&output.stderr));

    // A port that is called by a name has the number that the pods of the manifests give it.
    let pods = "---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: cart, ports: [{name: http, containerPort: 7070}]}]}
";
    let named = annotated.replace(
        "{ports: [{port: 80, targetPort: 8080}]}",
        "{selector: {app: cart}, ports: [{port: 80, targetPort: http}]}",
    );
    let output = run(&["-f", "-", SECRET], &format!("{named}{object}{pods}"));
    assert!(text(&output.stdout).contains("value: cart.shop.internal:7070"), "{}", text(&output.stderr));
    let output = run(&["-f", "-", SECRET], &format!("{named}{object}"));
    assert!(text(&output.stderr).contains("whose number is not known (unchecked)"), "{}", text(&output.stderr));
}

#[test]
fn what_is_refused_is_told_by_the_exit_code_and_the_others_are_printed() {
    let manifests = format!("{WEB}---\napiVersion: batch/v1\nkind: Job\nmetadata: {{name: once, namespace: shop}}\n");
    let output = run(&["-f", "-", SECRET], &manifests);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("name: web"), "the workload that is translated is not printed");
    let report = text(&output.stderr);
    assert!(report.contains("Job shop/once: REFUSED") && report.contains("EksFargateProfile"), "{report}");
    assert!(report.ends_with("ecs-bridge: 1 workload is refused: the report says why, and what to do\n"), "{report}");
    // Without the mapping, the secret is in the way.
    let output = run(&["-f", "-"], WEB);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("--secret db/password=ARN"), "{}", text(&output.stderr));
    let strict = run(&["-f", "-", SECRET, "--strict"], WEB);
    assert_eq!(strict.status.code(), Some(3), "--strict lets what differs pass");
}

#[test]
fn what_is_no_workload_is_told_and_so_is_a_service_that_sends_nothing_to_the_tasks() {
    let others = "---
{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: {}}
---
{apiVersion: v1, kind: Service, metadata: {name: front, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80}]}}
";
    let labelled = WEB.replace(
        "    spec:\n      serviceAccountName",
        "    metadata: {labels: {app: web}}\n    spec:\n      serviceAccountName",
    );
    let report = text(&run(&["-f", "-", SECRET], &format!("{labelled}{others}")).stderr);
    assert!(report.contains("passed over: Ingress shop/web"), "{report}");
    assert!(
        report.contains("the Service front selects these pods, and sends nothing to the tasks by itself"),
        "{report}"
    );
    assert!(!report.contains("the Service cart selects"), "{report}");
}

/// As where a pager was left before the end.
#[test]
fn a_report_that_nobody_reads_is_no_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("shop.yaml");
    for (manifests, code) in [(WEB, Some(0)), ("a: b", Some(1))] {
        fs::write(&file, manifests).expect("a file");
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_ecs-bridge"));
        command.arg("translate").args(PLACE).arg(SECRET).arg("-f").arg(&file).stderr(writer);
        let output = command.output().expect("the operator's binary");
        assert_eq!(output.status.code(), code, "{}", text(&output.stdout));
    }
}

#[test]
fn the_report_is_json_in_a_file_where_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.json");
    let report = format!("--report={}", file.display());
    let output = run(&["-f", "-", SECRET, "-o", "json", &report], WEB);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
    let report: Value = serde_json::from_str(&fs::read_to_string(file).expect("a report")).expect("JSON");
    assert_eq!(report["workloads"][0]["name"], "web");
    assert_eq!(report["workloads"][0]["refused"], false);
    assert!(
        report["workloads"][0]["lines"]
            .as_array()
            .is_some_and(|lines| lines.iter().any(|line| line["path"] == "spec.template.spec.containers[0].image"))
    );
}

/// As `kubectl apply -f` reads it; and the last of an object stands, as where both are applied.
#[test]
fn a_folder_is_read_and_what_is_given_twice_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("web.yaml"), WEB).expect("a file");
    let other = WEB.replace("image: nginx", "image: httpd");
    fs::create_dir(folder.path().join("overlay")).expect("a folder");
    fs::write(folder.path().join("overlay/web.yml"), other).expect("a file");
    let named = folder.path().display().to_string();
    for (arguments, image, told) in [
        (&["-f", &named][..], "image: nginx", ""),
        (&["-R", "-f", &named], "image: nginx", "given more than once, and the last stands: Deployment shop/web\n"),
        (&["-f", &named, "-f", &format!("{named}/overlay")], "image: httpd", "the last stands: Service shop/cart\n"),
    ] {
        let output = run(&[arguments, &[SECRET]].concat(), "");
        let (resources, report) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{arguments:?}: {report}");
        assert_eq!(resources.matches("kind: EcsService").count(), 1, "{arguments:?}: {resources}");
        assert!(resources.contains(image) && report.contains(told), "{arguments:?}: {resources}\n{report}");
        assert_eq!(report.contains("given more than once"), !told.is_empty(), "{arguments:?}: {report}");
    }
}

#[test]
fn mistakes_are_told_with_what_to_do_and_without_a_value() {
    for (arguments, manifests, code, says) in [
        (&["-f", "-", "--secret=db"][..], WEB, 1, "write NAME/KEY=ARN"),
        (&["-f", "-", "--task-role=web"], WEB, 1, "--task-role: \"web\" is not the ARN of a role"),
        (&["-f", "-", "--probe-client=x"], WEB, 1, "write IMAGE=CLIENT"),
        (&["-f", "-", "--capacity-provider=FARGATE"], WEB, 1, "write NAME=WEIGHT"),
        (&["-f", "-", "--log-group=x"], WEB, 2, "--log-region"),
        (&["-f", "-", "--log-region=x"], WEB, 2, "--log-group"),
        (&["-f", "-", "--launch-type=EXTERNAL"], WEB, 2, "FARGATE"),
        (&["-f", "-", "--launch-type=FARGATE", "--capacity-provider=FARGATE=1"], WEB, 2, "cannot be used with"),
        (&["-f", "-", "--subnets=web"], WEB, 2, "subnet-0a1b2c3d4e5f60718"),
        (&["-f", "-", "--security-groups=subnet-0a"], WEB, 2, "sg-0a1b2c3d4e5f60718"),
        (&["-f", "/nonesuch.yaml"], WEB, 1, "/nonesuch.yaml: "),
        (&["-f", "-"], "{secret: hunter2", 1, "it is no YAML"),
        (&["-f", "-"], "a: b", 1, "document 1 is no Kubernetes object"),
        (
            &["-f", "-"],
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: [hunter2]}",
            1,
            "ConfigMap default/x",
        ),
        (&["-f", "-"], "", 1, "there is no workload"),
    ] {
        let output = run(arguments, manifests);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {error}");
        assert!(error.contains(says) && !error.contains("hunter2"), "{arguments:?}: {error}");
    }
}

#[tokio::test]
async fn the_api_server_takes_what_is_printed() {
    let cluster = Cluster::shared().await.unwrap_or_else(|error| panic!("{error}"));
    let kubernetes = cluster.kubernetes();
    let namespace = kubernetes.namespace("translate").await.unwrap_or_else(|error| panic!("{error}"));
    chart::install(kubernetes, &namespace, &[]).await.unwrap_or_else(|error| panic!("{error}"));
    let folder = tempfile::tempdir().expect("a folder");
    let provider = ["--capacity-provider=FARGATE=1:1", "--capacity-provider=FARGATE_SPOT=3"];
    for (name, arguments) in [
        ("fargate", &["--log-group=shop", "--log-region=us-east-1"][..]),
        ("spot", &provider),
        ("ec2", &["--launch-type=EC2"]),
    ] {
        let output = run(&[&["-f", MANIFESTS], arguments].concat(), "");
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
        let file = folder.path().join(format!("{name}.yaml"));
        fs::write(&file, &output.stdout).expect("a file");
        let file = format!("--filename={}", file.display());
        let applied = kubernetes
            .kubectl(&["apply", "--server-side", "--dry-run=server", "--validate=strict", "-n", &namespace, &file])
            .await;
        applied.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn all_flags_that_are_missing_are_named_at_once() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_ecs-bridge")).arg("translate").output().expect("the operator's binary");
    let error = text(&output.stderr);
    for flag in ["--filename", "--cluster", "--cluster-ref", "--subnets"] {
        assert!(error.contains(&format!("{flag} <")), "{flag} is missing, and not named: {error}");
    }
}
