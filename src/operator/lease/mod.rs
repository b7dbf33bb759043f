//! Leader election: of several operators under one Lease, one works. The others keep their caches warm and wait.

pub mod decide;
mod election;
mod leadership;

use std::time::Duration;

pub use decide::Lost;
pub use election::Election;
pub use leadership::Leadership;

/// How this process takes part in the election.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The Lease's name.
    pub name: String,
    /// `None`: the pod's own.
    pub namespace: Option<String>,
    /// Of this process and no other.
    pub identity: String,
    pub duration: Duration,
    pub retry_period: Duration,
}
