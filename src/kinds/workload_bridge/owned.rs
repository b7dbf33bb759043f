//! The objects that a bridge makes, and holds until they are needed no more: its EcsService, and copies of Secrets.

use serde_json::{Map, Value, json};

use super::{WorkloadBridge, facts::Step, manifest::are_named, scene::Scene};
use crate::engine::{
    Cause, Env, Next, Write, hash,
    kubernetes::{ApplyObjectRequest, DeleteObjectRequest, Named, PatchMetadataRequest, is_deleting},
};

/// Holds back the end of what the bridge has made: of the service until the cluster has its replicas, of a copy until no task needs it.
pub const HOLD: &str = "hold.ecs-bridge.dev/workload-bridge";

/// What an object was made of, by its hash.
const MADE_OF: &str = "ecs-bridge.dev/made-of";

/// An object as it is to be.
pub struct Made<'a> {
    pub object: Named,
    pub spec: &'a Map<String, Value>,
    pub labels: &'a Value,
}

/// How an object that is there compares with what is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Same,
    /// It was made of something else.
    Old,
    /// It was made of the same, and others have changed it.
    Changed,
}

impl Made<'_> {
    /// What is applied.
    pub fn manifest(&self, env: &Env) -> Value {
        let identity = &env.identity;
        let mut metadata = json!({
            "name": self.object.name,
            "namespace": identity.namespace,
            "annotations": { (MADE_OF): self.hash() },
            "finalizers": [HOLD],
            "ownerReferences": [{
                "apiVersion": "ecs-bridge.dev/v1alpha1",
                "kind": identity.kind,
                "name": identity.name,
                "uid": identity.uid,
                "controller": true,
                "blockOwnerDeletion": true,
            }],
        });
        if self.labels.is_object() {
            metadata["labels"] = self.labels.clone();
        }
        let resource = &self.object.resource;
        json!({ "apiVersion": resource.api_version, "kind": resource.kind, "metadata": metadata, "spec": self.spec })
    }

    fn hash(&self) -> String {
        hash::of(&json!({ "spec": self.spec, "labels": self.labels }))
    }

    /// What the spec does not have, as a count that is scaled, is another matter.
    pub fn compare(&self, there: &Value, env: &Env) -> Comparison {
        let mut wanted = self.manifest(env);
        if let Some(metadata) = wanted["metadata"].as_object_mut() {
            metadata.remove("finalizers");
        }
        if there["metadata"]["annotations"][MADE_OF] != wanted["metadata"]["annotations"][MADE_OF] {
            Comparison::Old
        } else if is_held(there) && has(there, &wanted) {
            Comparison::Same
        } else {
            Comparison::Changed
        }
    }
}

/// Applies a manifest, over what is there of it.
pub fn apply(
    object: Named,
    mut manifest: Value,
    there: Option<&Value>,
    cause: Cause,
    why: String,
) -> Next<WorkloadBridge> {
    if let Some(there) = there {
        manifest["metadata"]["resourceVersion"] = there["metadata"]["resourceVersion"].clone();
    }
    let step = Step::Apply(Box::new(ApplyObjectRequest { object, manifest }));
    Next::Write(Write::new(step, cause, why))
}

impl Scene<'_> {
    /// Takes what is ours off an object.
    pub fn let_go(&self, named: Named, object: &Value, keeps_owner: bool, why: String) -> Next<WorkloadBridge> {
        let metadata = let_go(object, self.env, keeps_owner);
        let step = Step::LetGo(Box::new(PatchMetadataRequest { object: named, metadata }));
        Next::Write(Write::new(step, Cause::SpecChange, why))
    }

    /// Deletes an object and lets it go; `None` once that is done, and it is on its way out.
    pub fn end(&self, named: Named, object: &Value, why: &str) -> Option<Next<WorkloadBridge>> {
        if !is_deleting(object) {
            let uid = object["metadata"]["uid"].as_str().unwrap_or_default().to_owned();
            let why = format!("{why}: {named} goes");
            let step = Step::Delete(DeleteObjectRequest { object: named, uid });
            return Some(Next::Write(Write::new(step, Cause::SpecChange, why)));
        }
        let why = format!("{why}: {named} may go");
        is_held(object).then(|| self.let_go(named, object, true, why))
    }
}

/// Whether a value has all of another: others may add members, and things with names to lists of such.
fn has(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(members), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| members.get(name).is_some_and(|value| has(value, wanted)))
        }
        (Value::Array(items), Value::Array(wanted)) if are_named(items) && are_named(wanted) => {
            wanted.iter().all(|wanted| items.iter().any(|item| has(item, wanted)))
        }
        (Value::Array(items), Value::Array(wanted)) => {
            items.len() == wanted.len() && items.iter().zip(wanted).all(|(item, wanted)| has(item, wanted))
        }
        (value, wanted) => value == wanted,
    }
}

/// Whose an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Ours,
    /// Somebody made it, and nothing controls it.
    Nobodys,
    Anothers,
}

/// The owner is known by kind and name: a restored cluster has other UIDs.
pub fn whose(object: &Value, env: &Env) -> Whose {
    let owners = object["metadata"]["ownerReferences"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_ours = |owner: &Value| owner["kind"] == env.identity.kind && owner["name"] == env.identity.name;
    match owners.iter().find(|owner| owner["controller"] == true) {
        Some(owner) if is_ours(owner) => Whose::Ours,
        Some(_) => Whose::Anothers,
        None => Whose::Nobodys,
    }
}

/// The metadata of an object that is let go, against the version that was read; with the bridge as its owner or without.
fn let_go(object: &Value, env: &Env, keeps_owner: bool) -> Value {
    let metadata = &object["metadata"];
    let without = |list: &Value, is_ours: &dyn Fn(&Value) -> bool| -> Value {
        list.as_array().into_iter().flatten().filter(|item| !is_ours(item)).cloned().collect()
    };
    let mut patch = json!({
        "resourceVersion": metadata["resourceVersion"],
        "uid": metadata["uid"],
        "finalizers": without(&metadata["finalizers"], &|finalizer| *finalizer == HOLD),
    });
    if !keeps_owner {
        let is_ours = |owner: &Value| owner["kind"] == env.identity.kind && owner["name"] == env.identity.name;
        patch["ownerReferences"] = without(&metadata["ownerReferences"], &is_ours);
    }
    patch
}

pub fn is_held(object: &Value) -> bool {
    object["metadata"]["finalizers"].as_array().into_iter().flatten().any(|finalizer| *finalizer == HOLD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_add_is_no_change_and_what_they_change_is() {
        let wanted = json!({"cpu": "256", "command": ["a", "b"], "containers": [{"name": "web", "image": "1"}]});
        for (what, change, is_same) in [
            ("nothing", json!({}), true),
            ("another member", json!({"loadBalancers": [1]}), true),
            ("another container", json!({"containers": [{"name": "log"}, {"name": "web", "image": "1"}]}), true),
            ("a member of a container", json!({"containers": [{"name": "web", "image": "1", "cpu": 1}]}), true),
            ("a value", json!({"cpu": "512"}), false),
            ("another image", json!({"containers": [{"name": "web", "image": "2"}]}), false),
            ("the order of words", json!({"command": ["b", "a"]}), false),
            ("one more word", json!({"command": ["a", "b", "c"]}), false),
            ("no containers", json!({"containers": []}), false),
        ] {
            let mut value = wanted.clone();
            for (name, member) in change.as_object().into_iter().flatten() {
                value[name] = member.clone();
            }
            assert_eq!(has(&value, &wanted), is_same, "{what}");
        }
    }
}
