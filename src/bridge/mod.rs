//! The bridge: Kubernetes workloads as resources of ours.

pub mod split;
pub mod translate;
