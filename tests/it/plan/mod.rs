//! Kinds against a whole AWS in one process: the engine's own loop over aws-sim's pure world, on a virtual clock, without a socket.

#![allow(
    clippy::items_after_statements,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "a table reads best as one list of literals"
)]

mod aws;
mod bite;
mod cluster;
mod dump;
mod failures;
mod object;
mod properties;
mod repository;
mod rollback;
mod sample;
mod script;
mod service;
mod table_cluster;
mod table_repository;
mod table_service;
mod table_service_changes;

pub use aws::{Aws, Crash, Phase};
pub use object::Object;
