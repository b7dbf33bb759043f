//! What several kinds of one AWS service share. Pure.

pub mod ecs_tags;
pub mod task_definition;

use crate::engine::{Refusal, Why, reason};

/// A time as AWS's JSON has it, in seconds since 1970.
#[allow(clippy::cast_possible_truncation, reason = "no time of AWS's lies outside of 64 bits")]
pub fn time(seconds: f64) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_second(seconds as i64).ok()
}

/// The condition of an object whose write AWS declined: AWS's words, and what to do where that is known.
pub fn refused(refusal: &Refusal, hint: Option<&str>) -> Why {
    let remedy = hint.unwrap_or("change the spec, or what it refers to in AWS; it is tried again from time to time");
    let reason = if refusal.kind == crate::engine::RefusalKind::Conflict { reason::CONFLICT } else { reason::REFUSED };
    Why::new(reason, format!("{refusal}; {remedy}"))
}
