//! What several kinds of one AWS service share. Pure.

pub mod ecs_tags;
pub mod reference;
pub mod strategy;
pub mod task_definition;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::engine::{Refusal, Why, reason};

/// A time as AWS's JSON has it, in seconds since 1970.
#[allow(clippy::cast_possible_truncation, reason = "no time of AWS's lies outside of 64 bits")]
pub fn time(seconds: f64) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_second(seconds as i64).ok()
}

/// A request of the generated model, from its JSON. One that can't be built is a defect of the operator, and is never sent in part.
pub fn request<T: DeserializeOwned>(name: &str, value: Value) -> Result<Box<T>, Why> {
    serde_json::from_value(value).map(Box::new).map_err(|error| {
        let why =
            format!("the operator can't build the request {name}: {error}. Please report this with the object's YAML");
        Why::new(reason::INTERNAL_ERROR, why)
    })
}

/// The condition of an object whose write AWS declined: AWS's words, and what to do where that is known.
pub fn refused(refusal: &Refusal, hint: Option<&str>) -> Why {
    let remedy = hint.unwrap_or("change the spec, or what it refers to in AWS; it is tried again from time to time");
    let reason = if refusal.kind == crate::engine::RefusalKind::Conflict { reason::CONFLICT } else { reason::REFUSED };
    let words = refusal.to_string();
    Why::new(reason, format!("{}; {remedy}", words.trim_end_matches('.')))
}

/// An object of which the API server keeps all. With `additionalProperties`, as derived, it would prune what lies deeper.
pub fn untyped_object(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true })
}
