//! Manifests: which are workloads, and which are what workloads need to know.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    context::{Context, Key, Objects},
    deployment::{Placement, deployment},
    names,
    report::{Line, Report, Verdict},
};

/// What became of one workload.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub kind: String,
    pub namespace: String,
    pub name: String,
    /// None where a field, or the whole, is refused.
    pub resource: Option<Value>,
    pub report: Report,
}

/// What became of manifests.
#[derive(Clone, Debug)]
pub struct Translated {
    pub outcomes: Vec<Outcome>,
    /// What is neither a workload nor of use to one, as `Ingress shop/web`.
    pub passed_over: Vec<String>,
    /// What is there more than once. The last stands, as where they are applied.
    pub repeated: Vec<String>,
}

/// An object that can't be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("document {0} is no Kubernetes object: it has no apiVersion, kind and metadata")]
    Document(usize),
    #[error("{kind} {namespace}/{name} is not as Kubernetes has it: `kubectl apply --dry-run=server` says where")]
    Object { kind: String, namespace: String, name: String },
}

/// Why there is no resource for these workloads.
const REFUSED: &[(&str, &str)] = &[
    ("StatefulSet", "its pods have names and volumes of their own, and tasks of an ECS service have neither"),
    ("DaemonSet", "it runs a pod on each node of the cluster, and Fargate has no nodes"),
    ("ReplicaSet", "make it a Deployment"),
    ("ReplicationController", "make it a Deployment"),
    ("Pod", "nothing starts it again: make it a Deployment"),
    (
        "Job",
        "there is no kind for work that ends yet: leave it in the cluster, where an EksFargateProfile can give its pods to Fargate",
    ),
    (
        "CronJob",
        "there is no kind for work on a schedule yet: leave it in the cluster, where an EksFargateProfile can give its pods to Fargate",
    ),
];

/// Translates every Deployment among the objects; the others are what it may refer to. The context's namespace is that of objects which name
/// none.
pub fn translate_all(documents: &[Value], context: &Context, placement: &Placement) -> Result<Translated, Unreadable> {
    let mut found = Found {
        context,
        objects: context.objects.clone(),
        workloads: Vec::new(),
        passed_over: Vec::new(),
        seen: BTreeSet::new(),
        repeated: BTreeSet::new(),
    };
    for (i, document) in documents.iter().enumerate().filter(|(_, document)| !document.is_null()) {
        found.sort(document).map_err(|unreadable| unreadable.unwrap_or(Unreadable::Document(i + 1)))?;
    }
    let Found { mut objects, workloads, passed_over, repeated, .. } = found;
    let known: Vec<(Key, Value)> = workloads.iter().map(|known| (known.key.clone(), known.object.clone())).collect();
    objects.look_around(&known);
    let mut context = Context { objects, ..context.clone() };
    let mut outcomes = Vec::new();
    for Workload { kind, key: (namespace, name), object } in workloads {
        context.namespace.clone_from(&namespace);
        let (resource, report) = match REFUSED.iter().find(|(known, _)| *known == kind) {
            Some((_, why)) => (None, refused(&format!("a {kind} can't become an EcsService: {why}"))),
            None => deployment(&object, &context, placement),
        };
        outcomes.push(Outcome { kind, namespace, name, resource, report });
    }
    Ok(Translated { outcomes, passed_over, repeated: repeated.into_iter().collect() })
}

fn refused(says: &str) -> Report {
    let line = Line { path: "kind".into(), verdict: Verdict::Refused, says: says.to_owned() };
    Report { lines: vec![line], ..Report::default() }
}

struct Found<'c> {
    context: &'c Context,
    objects: Objects,
    workloads: Vec<Workload>,
    passed_over: Vec<String>,
    seen: BTreeSet<String>,
    repeated: BTreeSet<String>,
}

struct Workload {
    kind: String,
    key: Key,
    object: Value,
}

impl Found<'_> {
    /// Puts an object where it belongs. What is neither a workload nor of use to one stays out.
    fn sort(&mut self, object: &Value) -> Result<(), Option<Unreadable>> {
        let text = |path: &str| object.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (kind, api) = (text("/kind"), text("/apiVersion"));
        if kind.is_empty() || api.is_empty() {
            return Err(None);
        }
        if kind.ends_with("List") && object["items"].is_array() {
            return object["items"].as_array().into_iter().flatten().try_for_each(|item| self.sort(item));
        }
        let namespace = Some(text("/metadata/namespace")).filter(|namespace| !namespace.is_empty());
        let key = (namespace.unwrap_or_else(|| self.context.namespace.clone()), text("/metadata/name"));
        let shown = format!("{kind} {}/{}", key.0, key.1);
        // Of one kind in two versions, the last stands too.
        if !self.seen.insert(format!("{} {shown}", api.split('/').next().unwrap_or_default())) {
            self.workloads.retain(|known| (&known.kind, &known.key) != (&kind, &key));
            self.passed_over.retain(|known| *known != shown);
            self.repeated.insert(shown.clone());
        }
        let objects = &mut self.objects;
        match (api.as_str(), kind.as_str()) {
            ("v1", "ConfigMap") => drop(objects.config_maps.insert(key.clone(), typed(object, &kind, &key)?)),
            ("v1", "Service") => drop(objects.services.insert(key.clone(), typed(object, &kind, &key)?)),
            ("v1", "ServiceAccount") => drop(objects.service_accounts.insert(key.clone(), typed(object, &kind, &key)?)),
            ("v1", "PersistentVolumeClaim") => drop(objects.claims.insert(key.clone(), typed(object, &kind, &key)?)),
            ("v1", "PersistentVolume") => drop(objects.volumes.insert(key.1.clone(), typed(object, &kind, &key)?)),
            ("v1", "Secret") => {
                // The names of its keys, and no more.
                let members =
                    ["data", "stringData"].map(|member| object[member].as_object().cloned().unwrap_or_default());
                let keys = members.into_iter().flat_map(|members| members.into_iter().map(|(key, _)| key));
                objects.secret_keys.insert(key, keys.collect());
            }
            (_, "CloudMapService") => {
                let mut object = object.clone();
                object["metadata"]["namespace"] = key.0.into();
                if let Some(named) = names::given(&object) {
                    objects.name(named);
                }
            }
            (_, "PodIdentityAssociation") => {
                let of = (text("/spec/namespace"), text("/spec/serviceAccount"));
                objects.pod_identities.insert(of, text("/spec/roleARN"));
            }
            ("apps/v1", "Deployment") => self.workloads.push(Workload { kind, key, object: object.clone() }),
            (_, kind) if REFUSED.iter().any(|(refused, _)| *refused == kind) => {
                self.workloads.push(Workload { kind: kind.to_owned(), key, object: Value::Null });
            }
            // A namespace says nothing of a workload.
            ("v1", "Namespace") => {}
            _ => self.passed_over.push(shown),
        }
        Ok(())
    }
}

/// The object as its type. What the type does not fit is not told by its value.
fn typed<T: DeserializeOwned>(object: &Value, kind: &str, (namespace, name): &Key) -> Result<T, Option<Unreadable>> {
    T::deserialize(object).map_err(|_| {
        Some(Unreadable::Object { kind: kind.to_owned(), namespace: namespace.clone(), name: name.clone() })
    })
}
