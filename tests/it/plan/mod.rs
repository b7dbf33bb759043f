//! Kinds against a whole AWS in one process: the engine's own loop over aws-sim's pure world, on a virtual clock, without a socket.

#![allow(
    clippy::items_after_statements,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "a table reads best as one list of literals"
)]

mod attachment;
mod aws;
mod bite;
mod bounds;
pub mod capacity_provider;
pub mod cloud_map;
mod cluster;
pub mod dump;
mod failures;
pub mod fargate_profile;
mod fargate_replacement;
mod fate;
mod imports;
mod kubernetes;
mod moving;
pub mod object;
mod objects;
mod others;
mod permissions;
mod properties;
mod record;
pub mod repository;
mod rollback;
pub mod sample;
mod script;
mod secret;
pub mod service;
mod table_capacity_provider;
mod table_cloud_map;
mod table_cluster;
mod table_repository;
mod table_secret;
mod table_service;
mod table_service_changes;
mod task_definition;
mod tasks;
pub mod workload_bridge;
mod workload_bridge_burst;
mod workload_bridge_endpoints;
mod workload_bridge_owners;
mod workload_bridge_roles;
mod workload_bridge_secrets;
mod workload_bridge_settings;

pub use aws::{Aws, FINALIZER, Made, REMEMBER, STATUS};
pub use dump::steady;
pub use fate::{Crash, Phase};
pub use object::Object;
