//! The bridge: Kubernetes workloads as resources of ours.

pub mod endpoints;
pub mod split;
pub mod translate;
