//! The flags of leader election, under the names that Kubernetes' own components have for them.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use clap::Args;

use super::{
    aws::OutOfRange,
    run::{RunError, seconds},
};
use crate::operator::lease::{self, decide::Terms};

#[derive(Debug, Args)]
pub struct Election {
    /// Work only while holding a Lease, for two replicas and more: one works, the others keep their caches warm. The chart sets it
    #[arg(long, env = "ECS_BRIDGE_LEADER_ELECT", help_heading = "Leader election")]
    leader_elect: bool,

    /// How long a lease lasts that is not renewed, in whole seconds: what a takeover from a leader that crashed takes
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30,
        value_parser = clap::value_parser!(u32).range(1..=3600),
        env = "ECS_BRIDGE_LEADER_ELECT_LEASE_DURATION",
        help_heading = "Leader election"
    )]
    leader_elect_lease_duration: u32,

    /// How often the lease is renewed, or looked at, in seconds: what a takeover from a leader that stopped in order takes
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 2.0,
        env = "ECS_BRIDGE_LEADER_ELECT_RETRY_PERIOD",
        help_heading = "Leader election"
    )]
    leader_elect_retry_period: f64,

    /// The name of the Lease
    #[arg(
        long,
        value_name = "NAME",
        default_value = "ecs-bridge",
        env = "ECS_BRIDGE_LEADER_ELECT_RESOURCE_NAME",
        help_heading = "Leader election"
    )]
    leader_elect_resource_name: String,

    /// The namespace of the Lease [default: that of the pod, or of the kubeconfig]
    #[arg(
        long,
        value_name = "NAMESPACE",
        env = "ECS_BRIDGE_LEADER_ELECT_RESOURCE_NAMESPACE",
        help_heading = "Leader election"
    )]
    leader_elect_resource_namespace: Option<String>,

    /// The name of the pod, which the Lease names as its holder with a suffix of the process
    #[arg(long, value_name = "NAME", default_value = "ecs-bridge", env = "POD_NAME", help_heading = "Leader election")]
    pod_name: String,
}

impl Election {
    /// `None` where there is no election.
    pub fn settings(self, write_deadline: Duration) -> Result<Option<lease::Settings>, RunError> {
        if !self.leader_elect {
            return Ok(None);
        }
        let duration = Duration::from_secs(self.leader_elect_lease_duration.into());
        let retry_period = seconds("--leader-elect-retry-period", self.leader_elect_retry_period)?;
        // Two processes in one pod, one after the other, are two: what the first has asked for may still be on its way.
        let identity = format!("{}_{:016x}", self.pod_name, RandomState::new().hash_one(std::process::id()));
        let terms = Terms { identity: identity.clone(), duration, retry_period, write_deadline };
        if terms.writing() < 2 * retry_period {
            return Err(OutOfRange {
                flag: "--leader-elect-lease-duration",
                value: self.leader_elect_lease_duration.into(),
                must: "longer: nineteen twentieths of it hold a call to AWS (--aws-timeout) and two of --leader-elect-retry-period",
            }
            .into());
        }
        Ok(Some(lease::Settings {
            name: self.leader_elect_resource_name,
            namespace: self.leader_elect_resource_namespace,
            identity,
            duration,
            retry_period,
        }))
    }
}
