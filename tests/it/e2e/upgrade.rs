//! From the release before to this one and back, and from a chart that was uninstalled to one that is installed again: no write to AWS.

use std::{
    fs,
    path::{Path, PathBuf},
};

use aws_sim::Config;
use ecs_bridge_harness::{Cluster, ClusterOptions, Kubernetes, chart, has_condition, workspace};
use serde_json::{Value, json};

use super::{
    lab::{Lab, Setup, ok},
    manifests::{definition, object, service},
    steady,
};
use crate::tally;

/// The reads by which the operator looks at each kind.
const READS: &[&str] = &["DescribeServices", "DescribeClusters", "DescribeRepositories", "DescribeFargateProfile"];

/// The CRDs of the release before, and of this one.
fn definitions() -> [PathBuf; 2] {
    [workspace().join("tests/it/data/release-before/crds"), workspace().join("crds")]
}

/// The kinds that these CRDs define.
fn kinds(definitions: &Path) -> Vec<String> {
    let files = fs::read_dir(definitions).unwrap_or_else(|error| panic!("{}: {error}", definitions.display()));
    let kind = |file: std::io::Result<fs::DirEntry>| {
        let text = fs::read_to_string(file.expect("a file").path()).expect("a CRD");
        let crd: Value = serde_yaml_ng::from_str(&text).expect("a CRD is YAML");
        crd["spec"]["names"]["kind"].as_str().expect("a kind").to_owned()
    };
    files.map(kind).collect()
}

/// Objects of each kind, and the operator that works on them.
struct Fleet {
    lab: Lab,
    names: Vec<(String, String)>,
}

impl Fleet {
    /// The operator of this release, which has nothing to do yet, for the kinds of these CRDs, which are there.
    async fn new(cluster: &Cluster, definitions: &Path) -> Self {
        let world = Config { container_instances: 2, eks_clusters: vec!["main".to_owned()], ..Config::default() };
        let kinds = format!("--kinds={}", kinds(definitions).join(","));
        // Whoever brings the CRDs, it is not the lab's chart.
        let setup = Setup::named("fleet").on(cluster).world(world).value("crds.install", "false");
        let setup = setup.value("aws.eksClusterName", "main").argument("--eks-cluster-name=main").argument(&kinds);
        Fleet { lab: setup.start().await, names: Vec::new() }
    }

    async fn bring(&mut self) {
        let role = "arn:aws:iam::123456789012:role/ecs-pods";
        let profile = json!({ "podExecutionRoleArn": role, "selectors": [{ "namespace": self.lab.namespace }] });
        let referring = json!({ "taskDefinition": null, "taskDefinitionRef": { "name": "shared" } });
        let mut objects = steady::objects();
        objects.push(object("EcsTaskDefinition", "shared", definition("nginx:1")));
        objects.push(service("referring", referring));
        objects.push(object("EksFargateProfile", "pods", profile));
        for object in &objects {
            self.lab.apply(object).await;
        }
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let name = |object: &Value| (text(&object["kind"]), text(&object["metadata"]["name"]));
        self.names = objects.iter().map(name).collect();
        for (kind, name) in &self.names {
            self.lab.ready(kind, name).await;
        }
        let mark = self.lab.mark();
        self.lab.looked(mark, READS, 3).await;
    }

    /// The operator that runs now has a pass on every object, writes nothing to AWS, and finds all as it should be.
    async fn is_undisturbed(&self, mark: u64, when: &str) {
        let before = self.lab.mark();
        for (kind, name) in &self.names {
            self.lab.annotate(kind, name, "ecs-bridge.dev/reconcile-at", when).await;
        }
        self.lab.looked(before, READS, 4).await;
        self.lab.no_write_since(mark, when);
        for (kind, name) in &self.names {
            let object = self.lab.get(kind, name).await;
            for condition in ["Ready", "Synced"] {
                let holds = has_condition(&object, condition, "True");
                assert!(holds, "{when}, {kind} {name} is not {condition}: {:#}", object.data["status"]);
            }
        }
    }

    /// The next operator is this program, on these CRDs.
    async fn change(&mut self, program: &Path, definitions: &Path, when: &str) {
        let mark = self.lab.mark();
        self.lab.stop_operator();
        define(&self.lab.kubernetes, definitions).await;
        program.clone_into(&mut self.lab.operator_options.binary);
        self.lab.start_operator().await;
        self.is_undisturbed(mark, when).await;
    }
}

async fn define(kubernetes: &Kubernetes, definitions: &Path) {
    let files = format!("--filename={}", definitions.display());
    ok(kubernetes.kubectl(&["apply", "--server-side", "--force-conflicts", &files]).await);
    let wait = ["wait", "--for=condition=Established", "customresourcedefinition", "--all", "--timeout=20s"];
    ok(kubernetes.kubectl(&wait).await);
}

/// The operator of this release, which is there before its CRDs are, or after they went back.
#[tokio::test]
async fn the_crds_of_the_release_before_under_this_operator_disturb_nothing() {
    let [before, now] = definitions();
    let cluster = ok(Cluster::start(ClusterOptions::default()).await);
    define(cluster.kubernetes(), &before).await;
    let mut fleet = Fleet::new(&cluster, &before).await;
    fleet.bring().await;
    let program = fleet.lab.operator_options.binary.clone();
    for (definitions, when) in [(&now, "once the CRDs are upgraded"), (&before, "once they are taken back")] {
        fleet.change(&program, definitions, when).await;
    }
}

/// `RELEASE_BEFORE` is the program `ecs-bridge` of the release before.
#[tokio::test]
#[ignore = "wants the program of the release before: make upgrade-test"]
async fn the_release_before_and_this_one_take_over_from_each_other() {
    let old = PathBuf::from(std::env::var_os("RELEASE_BEFORE").expect("RELEASE_BEFORE: run make upgrade-test"));
    let [before, now] = definitions();
    let cluster = ok(Cluster::start(ClusterOptions::default()).await);
    define(cluster.kubernetes(), &before).await;
    let mut fleet = Fleet::new(&cluster, &before).await;
    let new = std::mem::replace(&mut fleet.lab.operator_options.binary, old.clone());
    fleet.lab.restart_operator().await;
    fleet.bring().await;
    let changes = [
        (&old, &now, "with the CRDs of this release under the operator of the one before"),
        (&new, &now, "with the operator of this release"),
        (&old, &now, "with the operator of the release before again"),
        (&new, &before, "with the CRDs of the release before under the operator of this one"),
        (&old, &before, "with all as it was"),
    ];
    for (program, definitions, when) in changes {
        fleet.change(program, definitions, when).await;
    }
    tally::swept("upgrade", "changes of operator or CRDs", changes.len());
}

/// By Helm itself.
#[tokio::test]
async fn uninstalling_the_chart_and_installing_it_again_writes_nothing_to_aws() {
    let cluster = ok(Cluster::start(ClusterOptions { controller_manager: true, ..ClusterOptions::default() }).await);
    let kubernetes = cluster.kubernetes();
    let system = ok(kubernetes.namespace("system").await);
    let folder = workspace().join("charts/ecs-bridge").display().to_string();
    let install = ["install", "operator", &folder, "--namespace", &system, "--set", "aws.eksClusterName=main"];
    let install = async || {
        ok(chart::helm(kubernetes, &install).await);
        ok(chart::enter(kubernetes, &system, "operator-ecs-bridge").await).kubeconfig
    };
    let kubeconfig = install().await;
    let [_, now] = definitions();
    let mut fleet = Fleet::new(&cluster, &now).await;
    fleet.lab.operator_options.kubeconfig = kubeconfig;
    fleet.lab.restart_operator().await;
    fleet.bring().await;

    let mark = fleet.lab.mark();
    fleet.lab.stop_operator();
    ok(chart::helm(kubernetes, &["uninstall", "operator", "--namespace", &system]).await);
    let left = ok(kubernetes.kubectl(&["get", "serviceaccounts,deployments", "--namespace", &system]).await);
    assert!(!left.contains("operator"), "Helm has left something of the release: {left}");
    for (kind, name) in &fleet.names {
        let object = fleet.lab.get(kind, name).await;
        assert_eq!(object.metadata.deletion_timestamp, None, "{kind} {name} is being deleted with the chart");
    }
    fleet.lab.operator_options.kubeconfig = install().await;
    fleet.lab.start_operator().await;
    fleet.is_undisturbed(mark, "after the chart was uninstalled and installed again").await;
}
