//! Random answers of AWS, dressed with what the plans look at first: a status, and tags that say whose a thing is.

use std::sync::LazyLock;

use ecs_bridge::engine::{Operation, kubernetes};
use serde_json::{Value, json};

use crate::model_shapes::Shapes;

/// Whose everything is that AWS describes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Whose {
    Ours,
    /// The same object of another cluster.
    OtherOwners,
    /// Another object of this cluster.
    OtherObjects,
    Nobodys,
}

impl Whose {
    pub fn is_others(self) -> bool {
        matches!(self, Whose::OtherOwners | Whose::OtherObjects)
    }

    /// The owner references of an object of Kubernetes.
    pub fn owners(self, kind: &str) -> Value {
        let name = match self {
            Whose::Nobodys => return json!([]),
            Whose::Ours => "web",
            Whose::OtherOwners | Whose::OtherObjects => "another",
        };
        json!([{"kind": kind, "name": name, "controller": true}])
    }

    pub fn tags(self, kind: &str) -> Vec<(&'static str, String)> {
        let (owner, name) = match self {
            Whose::Nobodys => return vec![("team", "theirs".to_owned())],
            Whose::Ours => ("owner-1", "web"),
            Whose::OtherOwners => ("owner-2", "web"),
            Whose::OtherObjects => ("owner-1", "another"),
        };
        // A revision belongs to a namespace: another object's is another namespace's.
        let namespace = if name == "web" { "shop" } else { "elsewhere" };
        vec![
            ("ecs-bridge.dev:owner", owner.to_owned()),
            ("ecs-bridge.dev:kind", kind.to_owned()),
            ("ecs-bridge.dev:namespace", namespace.to_owned()),
            ("ecs-bridge.dev:name", name.to_owned()),
        ]
    }
}

/// A random answer of the operation's own shape.
pub fn shaped(operation: Operation, seed: u64) -> Value {
    static ECS: LazyLock<Shapes> = LazyLock::new(|| Shapes::read("ecs"));
    static ECR: LazyLock<Shapes> = LazyLock::new(|| Shapes::read("ecr"));
    static EKS: LazyLock<Shapes> = LazyLock::new(|| Shapes::read("eks"));
    static IAM: LazyLock<Shapes> = LazyLock::new(|| Shapes::read("iam"));
    static SECRETS_MANAGER: LazyLock<Shapes> = LazyLock::new(|| Shapes::read("secretsmanager"));
    static SERVICE_DISCOVERY: LazyLock<Shapes> = LazyLock::new(|| Shapes::read("servicediscovery"));
    let shapes = match operation {
        Operation::Ecs(_) => &ECS,
        Operation::Ecr(_) => &ECR,
        Operation::Eks(_) => &EKS,
        Operation::Iam(_) => &IAM,
        Operation::SecretsManager(_) => &SECRETS_MANAGER,
        Operation::ServiceDiscovery(_) => &SERVICE_DISCOVERY,
        Operation::Kubernetes(operation) => return of_kubernetes(operation, seed),
        Operation::ServiceTasks => return of_tasks(seed),
    };
    if shapes.answers_nothing(operation.name()) {
        return json!({});
    }
    shapes.random(shapes.of(operation.name(), "output"), seed)
}

/// Some tasks, in any state of their lives.
fn of_tasks(seed: u64) -> Value {
    let statuses = ["PENDING", "RUNNING", "DEACTIVATING", "STOPPED", ""];
    let tasks: Vec<Value> = (0..seed % 4)
        .map(|n| {
            let status = statuses[usize::try_from((seed + n) % 5).expect("a small number")];
            json!({"arn": format!("arn:task/{n}"), "revision": "arn:web:1", "lastStatus": status, "desiredStatus": "RUNNING",
                "health": "UNKNOWN", "addresses": [format!("10.0.{n}.4")], "containers": [], "ended": false})
        })
        .collect();
    json!({"tasks": tasks, "revisions": {}})
}

/// Some namespaces, some pods: on any profile, of any age, coming or going.
fn of_kubernetes(operation: kubernetes::Operation, seed: u64) -> Value {
    let names = ["shop", "web", "x"];
    let some = usize::try_from(seed % 4).expect("a small number");
    match operation {
        kubernetes::Operation::EvictPod | kubernetes::Operation::DeleteObject => json!({}),
        kubernetes::Operation::GetSecret => {
            json!({"uid": names[some % 3], "resourceVersion": (seed % 5).to_string(), "keys": names[..some]})
        }
        kubernetes::Operation::ListNamespaces => json!({"namespaces": names[..some]}),
        kubernetes::Operation::ListPods => {
            let pod = |name: &&str| {
                json!({"namespace": "shop", "name": name, "uid": format!("{name}-{seed}"), "labels": {"tier": name},
                    "createdAt": seed % 4_000_000_000, "terminating": seed.is_multiple_of(3)})
            };
            json!({"pods": names[..some].iter().map(pod).collect::<Vec<_>>()})
        }
        kubernetes::Operation::GetObject
        | kubernetes::Operation::ApplyObject
        | kubernetes::Operation::PatchMetadata => {
            json!({"object": object(seed)})
        }
        kubernetes::Operation::ListObjects => {
            json!({"objects": (0..seed % 4).map(|nth| object(seed.rotate_left(7) ^ nth)).collect::<Vec<_>>()})
        }
        kubernetes::Operation::ScaleObject => json!({"resourceVersion": seed.to_string()}),
    }
}

/// An object of any resource, as far as plans look at it; now and then no object at all.
fn object(seed: u64) -> Value {
    let bit = |nth: u32| seed.rotate_right(nth).is_multiple_of(2);
    if seed.is_multiple_of(31) {
        return json!("garbage");
    }
    let count = |nth: u32| seed.rotate_right(nth) % 9;
    let mut object = json!({
        "metadata": {"name": "web", "uid": "made-1", "generation": count(3), "resourceVersion": seed.to_string()},
        "spec": {
            "replicas": count(5),
            "desiredCount": count(9),
            "template": {"spec": {"containers": [{"name": "web", "image": "nginx:1"}]}},
        },
        "status": {
            "observedGeneration": count(4),
            "availableReplicas": count(6),
            "runningCount": count(8),
            "conditions": [{"type": if bit(2) { "Ready" } else { "Stalled" }, "status": "True"}],
        },
    });
    if bit(13) {
        object["metadata"]["finalizers"] = json!(["hold.ecs-bridge.dev/workload-bridge"]);
    }
    if seed.is_multiple_of(5) {
        object["metadata"]["deletionTimestamp"] = json!("2027-01-12T00:00:00Z");
    }
    object
}

/// The answer with what the plans look at first: a status and tags wherever AWS describes something.
pub fn dress(mut value: Value, operation: Operation, status: &str, whose: Whose, kind: &str) -> Value {
    // ECR, Secrets Manager and Cloud Map write their tags with capitals.
    let is_capital = matches!(operation.service(), "ecr" | "secretsmanager" | "servicediscovery");
    let (key, of) = if is_capital { ("Key", "Value") } else { ("key", "value") };
    if let Operation::Kubernetes(_) = operation {
        if value["object"]["metadata"].is_object() {
            value["object"]["metadata"]["ownerReferences"] = whose.owners(kind);
        }
        return value;
    }
    let tags: Value = match operation {
        // EKS has them as a map.
        Operation::Eks(_) => {
            whose.tags(kind).into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect()
        }
        _ => whose.tags(kind).into_iter().map(|(name, value)| json!({key: name, of: value})).collect(),
    };
    put_on(&mut value, status, &tags);
    if matches!(operation.name(), "DescribeTaskDefinition" | "ListTagsForResource") && value.is_object() {
        value["tags"] = tags;
    } else if operation.service() == "servicediscovery" && value.get("Tags").is_some() {
        value["Tags"] = tags;
    } else if operation.name() == "DescribeSecret" && value.is_object() {
        value["Tags"] = tags;
        // One thing has one ARN: under another with each look, it could never be adopted.
        value["ARN"] = json!("arn:aws:secretsmanager:us-east-1:123456789012:secret:web-AbCdEf");
    }
    value
}

fn put_on(value: &mut Value, status: &str, tags: &Value) {
    const THINGS: &[&str] = &[
        "capacityProvider",
        "capacityProviders",
        "cluster",
        "clusters",
        "fargateProfile",
        "service",
        "services",
        "taskDefinition",
    ];
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                put_on(member, status, tags);
                match name.as_str() {
                    "tags" if member.is_array() || member.is_object() => *member = tags.clone(),
                    "status" if member.is_string() => *member = json!(status),
                    name if THINGS.contains(&name) => own(member, status, tags),
                    _ => {}
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put_on(item, status, tags)),
        _ => {}
    }
}

/// What AWS describes carries its tags and a status, whatever else it may lack.
fn own(value: &mut Value, status: &str, tags: &Value) {
    match value {
        Value::Object(thing) => {
            thing.insert("status".to_owned(), json!(status));
            thing.insert("tags".to_owned(), tags.clone());
        }
        Value::Array(things) => things.iter_mut().for_each(|thing| own(thing, status, tags)),
        _ => {}
    }
}
