//! The status of every kind: conditions, the kind's own report, and the memo. Pure; the writer applies it only where it differs.

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Failure, Outcome, Refusal, conditions};

/// What AWS has of the object, whether that is as the spec says, and if not, why.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(bound = "R: JsonSchema, M: JsonSchema + Default + Serialize")]
pub struct Status<R, M> {
    /// The generation of the spec that this status speaks of; -1 until there is one.
    #[serde(default)]
    pub observed_generation: i64,
    /// `Ready`, `Synced`, `Reconciling` and `Stalled`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["type"]))]
    pub conditions: Vec<Condition>,
    #[serde(flatten)]
    pub report: R,
    /// What the operator remembers because AWS can't tell it. Not for people to edit.
    #[serde(default, skip_serializing_if = "says_nothing")]
    pub memo: M,
    /// The last error that AWS answered with, until a pass goes through without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<LastError>,
    /// What is worth knowing and is no condition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Of an object whose members have all gone, server-side apply makes null, which the CRD refuses: one without members is left out.
fn says_nothing<M: Serialize>(memo: &M) -> bool {
    serde_json::to_value(memo).is_ok_and(|memo| is_empty(&memo))
}

fn is_empty(memo: &Value) -> bool {
    memo.as_object().is_some_and(Map::is_empty)
}

/// The status of an object with another memo.
#[must_use]
pub fn with_memo(mut status: Value, memo: Value) -> Value {
    if let Some(members) = status.as_object_mut() {
        members.remove("memo");
        if !is_empty(&memo) {
            members.insert("memo".to_owned(), memo);
        }
    }
    status
}

/// An error as AWS gave it, with the request id that AWS's support asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastError {
    /// As IAM writes it: `ecs:CreateService`.
    pub operation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl From<&Failure> for LastError {
    fn from(failure: &Failure) -> Self {
        LastError {
            operation: failure.operation.to_string(),
            code: failure.code.clone(),
            message: failure.message.clone(),
            request_id: failure.request_id.clone(),
        }
    }
}

impl From<&Refusal> for LastError {
    fn from(refusal: &Refusal) -> Self {
        LastError {
            operation: refusal.operation.to_string(),
            code: Some(refusal.code.clone()),
            message: refusal.message.clone(),
            request_id: refusal.request_id.clone(),
        }
    }
}

/// The status after a pass. An error of the same cause keeps its first request id, so that trying again in vain writes nothing.
pub fn status<R, M>(
    outcome: &Outcome,
    report: R,
    memo: M,
    error: Option<LastError>,
    previous: &Status<R, M>,
    generation: i64,
    now: Timestamp,
) -> Status<R, M> {
    let last_error = match (&previous.last_error, error) {
        (Some(old), Some(new))
            if (&old.operation, &old.code, &old.message) == (&new.operation, &new.code, &new.message) =>
        {
            Some(old.clone())
        }
        (_, error) => error,
    };
    Status {
        observed_generation: generation,
        conditions: conditions::conditions(outcome, &previous.conditions, generation, now),
        report,
        memo,
        last_error,
        notes: outcome.notes.clone(),
    }
}
