//! The operator's real binary on a real API server, under the chart's ServiceAccount, with aws-sim for AWS.
//!
//! Each test has a namespace, an aws-sim and an operator of its own (see [`lab`]); the control plane is shared.

mod lab;
mod manifests;

mod definitions;
mod drift;
mod ownership;
mod removal;
mod steady;
