//! A custom resource as it comes from the API server, parsed once.

use kube::{ResourceExt, core::DynamicObject};
use serde_json::Value;

use crate::{
    aws::{ObjectId, Standing},
    engine::{Kind, status::Status},
};

/// The finalizer that keeps an object until its AWS thing is gone or let go.
pub const FINALIZER: &str = "ecs-bridge.dev/finalizer";
/// Finalizers of others that hold back deletion in AWS.
pub const HOLD_PREFIX: &str = "hold.ecs-bridge.dev/";

pub mod annotation {
    //! What a person may ask of one object.

    /// What all annotations begin with that mean something here.
    pub const PREFIX: &str = "ecs-bridge.dev/";
    /// Present and not `false`: the operator does nothing with the object.
    pub const PAUSED: &str = "ecs-bridge.dev/paused";
    /// Present and not `false`: on deletion the object goes and AWS is left as it is.
    pub const ABANDON: &str = "ecs-bridge.dev/abandon";
}

/// What the status of a kind is called.
pub type StatusOf<K> = Status<<K as Kind>::Report, <K as Kind>::Memo>;

/// A custom resource, parsed.
#[derive(Debug)]
pub struct Parsed<K: Kind> {
    pub spec: K::Spec,
    pub status: StatusOf<K>,
}

/// An object that this version of the operator can't read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("spec can't be read: {}. Correct it, or set the annotation {abandon} to let the object go", without_value(.0), abandon = annotation::ABANDON)]
    Spec(serde_json::Error),
    #[error(
        "status.memo can't be read: {}. It was written by another version of ecs-bridge, or by hand: run that version, or remove .status",
        without_value(.0)
    )]
    Memo(serde_json::Error),
}

/// serde quotes the value that it can't read, which may be a secret.
fn without_value(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(", expected ") {
        Some((found, expected)) => {
            let what = found.split([':', '`']).next().unwrap_or_default().trim_end();
            format!("{what}, expected {expected}")
        }
        None => text,
    }
}

pub fn parse<K: Kind>(object: &DynamicObject) -> Result<Parsed<K>, Unreadable> {
    let member = |name: &str| object.data.get(name).cloned();
    let spec = serde_json::from_value(member("spec").unwrap_or_default()).map_err(Unreadable::Spec)?;
    let status = match member("status") {
        Some(status) if !status.is_null() => serde_json::from_value(status).map_err(Unreadable::Memo)?,
        _ => Status { observed_generation: -1, ..Status::default() },
    };
    Ok(Parsed { spec, status })
}

pub fn id(kind: &'static str, object: &impl ResourceExt) -> ObjectId {
    ObjectId { kind, namespace: object.namespace().unwrap_or_default(), name: object.name_any() }
}

pub fn is_set(object: &DynamicObject, annotation: &str) -> bool {
    object.annotations().get(annotation).is_some_and(|value| value != "false")
}

pub fn has_finalizer(object: &DynamicObject) -> bool {
    object.finalizers().iter().any(|finalizer| finalizer == FINALIZER)
}

/// The finalizers of others.
pub fn other_finalizers(object: &DynamicObject) -> Vec<&str> {
    object.finalizers().iter().map(String::as_str).filter(|finalizer| *finalizer != FINALIZER).collect()
}

pub fn is_deleting(object: &impl ResourceExt) -> bool {
    object.meta().deletion_timestamp.is_some()
}

pub fn holds(object: &DynamicObject) -> Vec<String> {
    object.finalizers().iter().filter(|finalizer| finalizer.starts_with(HOLD_PREFIX)).cloned().collect()
}

/// Whether the object of this spec and status has something in AWS that runs: what is done for it goes before what makes new things.
pub fn standing(data: &Value) -> Standing {
    if data.pointer("/status/memo/applied").is_some() { Standing::Running } else { Standing::New }
}

pub fn spec(object: &DynamicObject) -> &Value {
    object.data.get("spec").unwrap_or(&Value::Null)
}

/// The resourceVersion as the number that it is: Kubernetes compares them since 1.35.
pub fn version(object: &DynamicObject) -> u64 {
    object.resource_version().and_then(|version| version.parse().ok()).unwrap_or(0)
}

/// What of an object a pass depends on; a change of anything else, as its own status or what others annotate, starts none.
pub fn trigger(object: &impl ResourceExt) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (object.meta().generation, object.uid()).hash(&mut hasher);
    let ours = object.annotations().iter().filter(|(key, _)| key.starts_with(annotation::PREFIX));
    ours.collect::<Vec<_>>().hash(&mut hasher);
    object.finalizers().hash(&mut hasher);
    is_deleting(object).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Management;

    #[test]
    fn what_cannot_be_read_is_told_without_its_value() {
        let cases = [
            (serde_json::json!("hunter2, expected or not"), "invalid type, expected struct Management"),
            (serde_json::json!({"adoption": "hunter2`"}), "unknown variant, expected `Never` or `Adopt`"),
        ];
        for (value, expected) in cases {
            let error = serde_json::from_value::<Management>(value.clone()).expect_err("it can't be read");
            assert_eq!(without_value(&error), expected, "{value}");
        }
    }
}
