//! `spec.management`: how far the operator may go with the AWS thing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far the operator may go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Management {
    /// What deleting the object does in AWS: `Delete` removes the AWS thing, `Retain` leaves it there and takes our tags off.
    #[serde(default)]
    pub deletion: Deletion,
    /// `Adopt` takes over an AWS thing of that name that nobody owns; `Never` treats it as a conflict.
    #[serde(default)]
    pub adoption: Adoption,
    /// `Correct` puts back what was changed in AWS behind the object's back; `Report` says so in the conditions and leaves it.
    #[serde(default)]
    pub drift: Drift,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Deletion {
    #[default]
    Delete,
    Retain,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Adoption {
    #[default]
    Never,
    Adopt,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Drift {
    #[default]
    Correct,
    Report,
}
