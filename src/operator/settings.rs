//! What the operator is told at its start.

use std::{net::SocketAddr, time::Duration};

use super::lease;
use crate::{aws, engine::roles::RolePatterns};

/// The operator's settings, once the command line has been read and checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `None`: the UID of the namespace `kube-system`.
    pub owner_id: Option<String>,
    /// The owner id whose things are taken over.
    pub adopt_from: Option<String>,
    /// The kinds that are run; none: all.
    pub kinds: Vec<String>,
    pub name_prefix: String,
    /// The EKS cluster of objects that name none.
    pub eks_cluster_name: Option<String>,
    /// Whether Secrets may be read.
    pub sync_secrets: bool,
    /// Whether annotations on others' objects ask for ours.
    pub annotations: bool,
    pub allowed_roles: RolePatterns,
    /// The namespaces whose objects are worked on; none: all.
    pub watch_namespaces: Vec<String>,
    /// Where `/healthz`, `/readyz` and `/metrics` are served.
    pub listen: SocketAddr,
    /// What is converging is looked at again on this tick, all together.
    pub poll_interval: Duration,
    /// How many objects of one kind are worked on at once.
    pub concurrency: u16,
    pub aws: aws::Settings,
    /// `None`: no other operator works on the same objects.
    pub election: Option<lease::Settings>,
}
