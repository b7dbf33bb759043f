//! The bridge: Kubernetes workloads as resources of ours.

pub mod copies;
pub mod endpoints;
pub mod inputs;
pub mod split;
pub mod translate;
pub mod trust;
