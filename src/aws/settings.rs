//! What the AWS shell is told at its start.

use std::time::Duration;

use super::events::Source;

/// The AWS shell's settings, once the command line has been read and checked.
#[derive(Clone, Debug)]
pub struct Settings {
    pub region: String,
    /// In place of AWS's own endpoints, for every service.
    pub endpoint_url: Option<String>,
    /// No call takes longer than this, and no read waits longer for its permit: what hangs holds nothing for long.
    pub deadline: Duration,
    /// The part of AWS's documented quotas that the operator may use, above 0 and up to 1: others use the account too.
    pub quota_share: f64,
    /// How many times the documented quotas the account has.
    pub quota_multiple: u32,
    /// How often what is at rest is looked at.
    pub sweep_interval: Duration,
    /// What tells of changes between sweeps, if anything does.
    pub events: Option<Source>,
}
