//! Least privilege, from both sides: each verb of each rule of the chart is taken away, one at a time, and the operator, which needs it,
//! is refused and says so. That none is missing is every other test here to show.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_sim::Config;
use ecs_bridge::{
    engine::{Kind, kubernetes::Allowed},
    kinds::{
        cloud_map_service::CloudMapService, eks_fargate_profile::EksFargateProfile,
        secrets_manager_secret::SecretsManagerSecret, workload_bridge::WorkloadBridge,
    },
};
use ecs_bridge_harness::{
    AuditEvent, Cluster, ClusterOptions,
    chart::{self, Permission},
    eventually,
};
use futures::{StreamExt, stream};
use k8s_openapi::api::{apps::v1::Deployment, core::v1::PersistentVolumeClaim};
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::{
    bridge::{EXECUTION_ROLE, bridge, deploy, node, reads_secret},
    cloud_map,
    fargate::start_pod,
    lab::{Lab, PATIENCE, Setup, ok},
    manifests::{definition, object, service},
};

/// So many operators at once: there may be two cores.
const AT_ONCE: usize = 6;

/// Every rule that the chart has; its CRDs are installed once.
const VALUES: [(&str, &str); 4] = [
    ("aws.eksClusterName", "main"),
    ("secrets.sync", "true"),
    ("cloudMap.annotations", "true"),
    ("crds.install", "false"),
];

/// A kind's plural, its name, and the least spec of it.
type Least = (&'static str, &'static str, fn() -> Value);

const KINDS: &[Least] = &[
    ("ecrrepositories", "EcrRepository", || json!({})),
    (
        "ecscapacityproviders",
        "EcsCapacityProvider",
        || json!({ "autoScalingGroupProvider": { "autoScalingGroupArn": "workers" } }),
    ),
    ("ecsclusters", "EcsCluster", || json!({})),
    ("ecsservices", "EcsService", || service("web", json!({}))["spec"].clone()),
    (
        "cloudmapservices",
        "CloudMapService",
        || json!({ "NamespaceId": "ns-0123456789abcdef", "DnsConfig": { "DnsRecords": [{ "Type": "A", "TTL": 10 }] } }),
    ),
    ("ecstaskdefinitions", "EcsTaskDefinition", || definition("nginx:1")),
    ("eksfargateprofiles", "EksFargateProfile", || profile("shop")),
    ("secretsmanagersecrets", "SecretsManagerSecret", || json!({})),
    ("workloadbridges", BRIDGE, || bridge(json!({}))["spec"].clone()),
];

const BRIDGE: &str = "WorkloadBridge";

/// What only a bridge asks for.
const OF_BRIDGES: &[&str] = &[
    "configmaps",
    "deployments",
    "deployments/scale",
    "ecsservices/scale",
    "endpointslices",
    "horizontalpodautoscalers",
    "persistentvolumeclaims",
    "persistentvolumes",
    "serviceaccounts",
    "services",
    "targetgroupbindings",
    "workloadbridges",
    "workloadbridges/status",
];

fn profile(namespace: &str) -> Value {
    json!({
        "podExecutionRoleArn": "arn:aws:iam::123456789012:role/ecs-pods",
        "selectors": [{ "namespace": namespace }],
        "replacement": "Auto",
    })
}

#[tokio::test]
async fn one_verb_less_of_any_rule_is_missed() {
    let cluster = ok(Cluster::start(ClusterOptions { controller_manager: true, ..ClusterOptions::default() }).await);
    let system = ok(cluster.kubernetes().namespace("system").await);
    ok(chart::install(cluster.kubernetes(), &system, &VALUES[..3]).await);
    let granted = ok(chart::permissions("release", &VALUES).await);
    assert!(granted.len() > 35, "the rules of the chart can't be found: {granted:?}");
    let refused = Refused::by(&cluster);
    let all = stream::iter(granted.iter().enumerate());
    let missed = all.map(|(at, permission)| is_missed(&cluster, &refused, at, permission)).buffer_unordered(AT_ONCE);
    let count = missed.count().await;
    crate::tally::swept("least privilege", "verbs of the chart taken away", count);
    println!("{count} verbs were taken away, and each was missed");
}

/// What a kind does in Kubernetes beside its own objects is granted by the chart, and `/readyz` names it where it is not.
#[tokio::test]
async fn readyz_names_what_a_kind_may_not_do_beside_its_objects() {
    let asked = [
        CloudMapService::permissions,
        EksFargateProfile::permissions,
        SecretsManagerSecret::permissions,
        WorkloadBridge::permissions,
    ];
    let allowed = Allowed { eks_cluster_name: Some("main"), reads_secrets: true, annotations: true };
    let asked = asked.into_iter().flat_map(|permissions| permissions(allowed));
    let granted = ok(chart::permissions("release", &VALUES).await);
    for wanted in asked {
        let is_it = |granted: &Permission| {
            (granted.verb.as_str(), granted.group.as_str(), granted.resource.as_str())
                == (wanted.verb, wanted.group, wanted.resource)
        };
        assert!(granted.iter().any(is_it), "the chart does not grant {wanted:?}");
    }
    let is_eviction = |permission: &Permission| permission.resource == "pods/eviction";
    let at = granted.iter().position(is_eviction).expect("the chart grants evictions");
    let setup = Setup::named("evict").value("aws.eksClusterName", "main").argument("--eks-cluster-name=main");
    let mut lab = setup.without_permission(at).start().await;
    ok(lab.operator().wait_lacking("may not create pods/eviction in all namespaces").await);
}

/// What RBAC has refused so far.
struct Refused(Arc<Mutex<Vec<AuditEvent>>>, JoinHandle<()>);

impl Refused {
    fn by(cluster: &Cluster) -> Self {
        let refused = Arc::new(Mutex::new(Vec::new()));
        let (mut tail, seen) = (cluster.audit_tail(), refused.clone());
        let follow = tokio::spawn(async move {
            loop {
                let more = ok(tail.more()).into_iter().filter(|event| event.code == 403);
                seen.lock().expect("no panic while it was held").extend(more);
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        Refused(refused, follow)
    }

    /// What this user was refused.
    fn to(&self, user: &str) -> Vec<AuditEvent> {
        let seen = self.0.lock().expect("no panic while it was held");
        seen.iter().filter(|event| event.user == user).cloned().collect()
    }
}

impl Drop for Refused {
    fn drop(&mut self) {
        self.1.abort();
    }
}

/// Lives what needs the permission, until the API server refuses it, and the operator tells somebody.
async fn is_missed(cluster: &Cluster, refused: &Refused, at: usize, permission: &Permission) {
    let world = Config { eks_clusters: vec!["main".to_owned()], ..cloud_map::world() };
    let setup =
        Setup::named("less").on(cluster).world(world).without_permission(at).argument("--eks-cluster-name=main");
    let setup = setup.argument("--sync-secrets").argument("--cloud-map-annotations");
    let mut lab = VALUES.iter().fold(setup, |setup, (key, value)| setup.value(key, value)).start().await;
    let Permission { group, resource, verb, name } = permission;
    let (plain, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    let what = format!("{verb} {resource} in the group {group:?}, {}", name.as_deref().unwrap_or("any"));
    let asked = async || {
        let refused = refused.to(&lab.user);
        let is_it = |event: &AuditEvent| {
            // What server-side apply creates is a patch to the log.
            let asked = if verb == "create" && event.verb == "patch" { "create" } else { event.verb.as_str() };
            (asked, event.group.as_str()) == (verb.as_str(), group.as_str())
                && (event.resource.as_str(), event.subresource.as_str()) == (plain, subresource)
                && name.as_ref().is_none_or(|name| is_named(name, &event.name))
        };
        if refused.iter().any(is_it) { Ok(()) } else { Err(format!("{refused:?}")) }
    };
    let waits = format!("the operator to be refused: {what}");
    tokio::select! {
        asked = eventually(&waits, PATIENCE, asked) => ok(asked),
        () = live(&lab, permission) => panic!("the life for {what} has an end"),
    }
    // Whoever looks finds it: where it would be ready, in the log, or at the object.
    let address = lab.operator().address().to_owned();
    let slashed = if subresource.is_empty() { String::new() } else { format!("/{subresource}") };
    let grouped = if group.is_empty() { String::new() } else { format!(".{group}") };
    let words = [format!("cannot {verb} resource \"{resource}\""), format!("may not {verb} {plain}{grouped}{slashed}")];
    let told = async || {
        let readiness = super::access::answer(&address, "/readyz").await.unwrap_or_default();
        let objects = lab.kubectl(&["get", "ecs-bridge", "--output=json"]).await.unwrap_or_default();
        let said = [lab.log(), readiness, objects].concat().replace("\\\"", "\"");
        if words.iter().any(|words| said.contains(words)) { Ok(()) } else { Err(said) }
    };
    ok(eventually(&format!("somebody to be told: {what}"), PATIENCE, told).await);
}

/// The Lease is named for the release.
fn is_named(granted: &str, asked: &str) -> bool {
    granted == asked || granted.starts_with("release-") && asked.ends_with("-ecs-bridge")
}

/// What makes the operator ask for it, for ever.
async fn live(lab: &Lab, permission: &Permission) {
    let Permission { resource, verb, name, .. } = permission;
    let of_crd = name.as_deref().and_then(|name| name.strip_suffix(".ecs-bridge.dev"));
    let plural = of_crd.unwrap_or(resource.split('/').next().unwrap_or_default());
    let kind = KINDS.iter().find(|(of, ..)| *of == plural);
    let makes = makes_or_ends(resource, verb);
    let is_of_bridges = makes || OF_BRIDGES.contains(&resource.as_str()) || plural == "workloadbridges";
    let _node = if is_of_bridges {
        deploy(lab).await;
        Some(node(lab).await)
    } else {
        None
    };
    match (kind, resource.as_str(), verb.as_str()) {
        // Half of it goes to ECS, then all, and the end of it is the end of the service. Of eight replicas as many may lack in a rollout as of
        // four: the service is scaled, and nothing else of it changes.
        (_, "ecsservices" | "ecsservices/scale", _) if makes || resource == "ecsservices/scale" => {
            lab.apply(&bridge(json!({ "replicas": 8 }))).await;
            lab.ready(BRIDGE, "web").await;
            lab.apply(&bridge(json!({ "replicas": 8, "split": { "percentage": 100 } }))).await;
            lab.ready(BRIDGE, "web").await;
            lab.delete(BRIDGE, "web").await;
        }
        (_, "secretsmanagersecrets", _) if makes => {
            lab.secret("db", json!({ "password": "hunter2" })).await;
            reads_secret(lab).await;
            lab.apply(&bridge(json!({ "secrets": { "sync": true }, "ecs": { "executionRoleArn": EXECUTION_ROLE } })))
                .await;
            lab.ready(BRIDGE, "web").await;
            lab.delete(BRIDGE, "web").await;
        }
        // The annotation of a Service makes it, and its absence ends it.
        (_, "cloudmapservices", "create" | "delete") => {
            cloud_map::annotate(lab, true).await;
            if verb == "delete" {
                lab.ready("CloudMapService", "web").await;
                cloud_map::annotate(lab, false).await;
            }
        }
        (Some((_, kind, spec)), "customresourcedefinitions", _) => {
            lab.apply(&object(kind, "web", spec())).await;
            lab.ready(kind, "web").await;
            // While the definition goes, AWS is left alone: it is looked at before anything is deleted.
            lab.delete(kind, "web").await;
        }
        (Some((_, kind, spec)), _, "get") => {
            lab.apply(&object(kind, "web", spec())).await;
            edit(lab, kind).await;
        }
        (Some((_, kind, spec)), ..) => drop(lab.apply(&object(kind, "web", spec())).await),
        (None, "events", "patch") => repeat(lab).await,
        (None, "events", _) => drop(lab.apply(&object("EcsCluster", "web", json!({}))).await),
        (None, "pods/eviction", _) => {
            lab.apply(&object("EksFargateProfile", "web", profile("shop"))).await;
            let ready = lab.ready("EksFargateProfile", "web").await;
            let old = ready.data["status"]["fargateProfileName"].as_str().expect("a name").to_owned();
            start_pod(lab, "web-1", &old).await;
            lab.apply(&object("EksFargateProfile", "web", profile("shop-*"))).await;
        }
        (None, "namespaces" | "pods", "list") => {
            drop(lab.apply(&object("EksFargateProfile", "web", profile("shop"))).await);
        }
        (None, "persistentvolumeclaims" | "persistentvolumes", _) => {
            mount(lab).await;
            drop(lab.apply(&bridge(json!({}))).await);
        }
        (None, "secrets", "get") => {
            lab.secret("db", json!({ "password": "hunter2" })).await;
            drop(lab.apply(&object("SecretsManagerSecret", "web", json!({ "secretRef": { "name": "db" } }))).await);
        }
        // Tasks come behind the Service, and go.
        (None, "endpointslices", "delete") => {
            lab.apply(&bridge(json!({ "service": "web" }))).await;
            let has_slices = async || match lab.get(BRIDGE, "web").await.data["status"]["endpoints"]["slices"].clone() {
                Value::Array(slices) if !slices.is_empty() => Ok(()),
                found => Err(found.to_string()),
            };
            ok(eventually("tasks behind the Service", PATIENCE, has_slices).await);
            lab.apply(&bridge(json!({}))).await;
        }
        (None, resource, _) if OF_BRIDGES.contains(&resource) => {
            drop(lab.apply(&bridge(json!({ "service": "web" }))).await);
        }
        // Asked for without an object.
        (None, "namespaces" | "leases" | "secrets", _) => {}
        _ => panic!(
            "no life asks for {permission:?}: the chart allows what the operator does not do, or a life is missing"
        ),
    }
    std::future::pending::<()>().await;
}

/// What only a bridge does with an EcsService, and with the copy of a Secret.
fn makes_or_ends(resource: &str, verb: &str) -> bool {
    ["ecsservices", "secretsmanagersecrets"].contains(&resource) && ["create", "delete"].contains(&verb)
}

/// The Deployment has a volume by a claim.
async fn mount(lab: &Lab) {
    let api: Api<PersistentVolumeClaim> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let claim = json!({
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": { "name": "data" },
        "spec": {
            "accessModes": ["ReadWriteMany"],
            "resources": { "requests": { "storage": "1Gi" } },
            "storageClassName": "",
            "volumeName": "data",
        },
    });
    api.patch("data", &PatchParams::apply("user"), &Patch::Apply(&claim)).await.expect("a claim");
    let deployments: Api<Deployment> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let volume = json!({ "name": "data", "persistentVolumeClaim": { "claimName": "data" } });
    let change = json!({ "spec": { "template": { "spec": { "volumes": [volume] } } } });
    deployments.patch("web", &PatchParams::default(), &Patch::Merge(&change)).await.expect("a volume");
}

/// An object is read afresh where a write of ours meets one of others.
async fn edit(lab: &Lab, kind: &str) {
    let api = lab.api(kind);
    for edit in 0.. {
        let drift = if edit % 10 < 5 { "Correct" } else { "Report" };
        let change = json!({
            "metadata": { "labels": { "edit": edit.to_string() } },
            "spec": { "management": { "drift": drift } },
        });
        api.patch("web", &PatchParams::default(), &Patch::Merge(&change)).await.expect("an edit");
    }
}

/// What is told again within minutes is counted in the Event that is there.
async fn repeat(lab: &Lab) {
    for value in ["enabled", "disabled"].into_iter().cycle() {
        let spec = json!({ "settings": [{ "name": "containerInsights", "value": value }] });
        lab.apply(&object("EcsCluster", "web", spec)).await;
        lab.ready("EcsCluster", "web").await;
    }
}
