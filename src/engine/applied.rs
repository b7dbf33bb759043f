//! What was applied last, and so whether a difference is the spec's doing or somebody else's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cause, Drift, Env, Outcome, Synced, Why, compare, compare::Difference, reason};

/// What was last seen in sync.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Applied {
    /// The hash of the desired state.
    pub hash: String,
    pub generation: i64,
}

/// The cause of a write that brings AWS to a desired state of this hash: drift, if AWS had it before.
pub fn cause(applied: Option<&Applied>, desired: &str) -> Cause {
    if applied.is_some_and(|applied| applied.hash == desired) { Cause::Drift } else { Cause::SpecChange }
}

/// What to do about differences.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// There are none.
    InSync,
    /// Write, for this cause.
    Write(Cause),
    /// AWS was changed behind the object's back, and the spec says to report that only.
    Report(Why),
}

/// Decides by the drift policy. A spec change wins where both hold.
pub fn correction(env: &Env, applied: Option<&Applied>, desired: &str, differences: &[Difference]) -> Correction {
    if differences.is_empty() {
        return Correction::InSync;
    }
    match cause(applied, desired) {
        Cause::Drift if env.management.drift == Drift::Report => Correction::Report(Why::new(
            reason::DRIFT_REPORTED,
            format!(
                "changed in AWS behind this object's back, and left so (spec.management.drift is Report): {}",
                compare::describe(differences)
            ),
        )),
        cause => Correction::Write(cause),
    }
}

/// The cause of making a thing that is not there; or why it is not made. Under `Report`, what was deleted behind the object's back is
/// reported as well.
pub fn creation(env: &Env, applied: Option<&Applied>, desired: &str, what: &str) -> Result<Cause, Box<Outcome>> {
    match cause(applied, desired) {
        Cause::Drift if env.management.drift == Drift::Report => Err(Box::new(Outcome::stalled(Why::new(
            reason::DRIFT_REPORTED,
            format!(
                "{what} was deleted in AWS behind this object's back, and is not made again (spec.management.drift is Report)"
            ),
        )))),
        cause => Ok(cause),
    }
}

impl Correction {
    /// What `Synced` says once all is done that may be done.
    pub fn synced(self) -> Synced {
        match self {
            Correction::InSync | Correction::Write(_) => Synced::Yes,
            Correction::Report(why) => Synced::No(why),
        }
    }
}
