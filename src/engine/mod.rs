//! The engine: what a kind is ([`Kind`]), and the one loop that carries a spec to AWS ([`reconcile`]).
//!
//! Everything here but [`reconcile`] is pure: no client, no clock (`now` is an argument), no logging. What a kind decides, it
//! decides in its `plan`; what the engine adds is the same for every kind: ownership, comparison, names, conditions, backoff.

pub mod annotated;
pub mod applied;
pub mod backoff;
pub mod bite;
pub mod call;
pub mod compare;
pub mod conditions;
pub mod env;
pub mod failure;
pub mod hash;
pub mod import;
pub mod kind;
pub mod kubernetes;
pub mod management;
pub mod names;
pub mod outcome;
pub mod ownership;
pub mod reason;
pub mod reconcile;
pub mod record;
pub mod registry;
pub mod roles;
pub mod sealed;
pub mod seen;
pub mod status;
pub mod tagging;
pub mod tasks;
pub mod wildcards;

pub use call::{Answer, Asked, Call, Malformed, Operation, Refusal, RefusalKind};
pub use env::{Env, HOLDERS, Identity, ObjectKey, Offer, Referent};
pub use failure::{Class, Failure};
pub use kind::{Cause, Goal, Kind, Lane, Next, Write};
pub use management::{Adoption, Deletion, Drift, Management};
pub use outcome::{Outcome, Recheck, Synced, Why};
pub use record::Record;
pub use seen::Seen;
pub use tagging::Tagging;
