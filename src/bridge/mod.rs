//! The bridge: Kubernetes workloads as resources of ours.

pub mod translate;
