//! The operator's real binary on a real API server, under the chart's ServiceAccount, with aws-sim for AWS.
//!
//! Each test has a namespace, an aws-sim and an operator of its own (see [`lab`]); the control plane is shared.

#![expect(clippy::needless_pass_by_value, reason = "a manifest reads best where it stands")]

mod lab;
mod manifests;

mod access;
mod alive;
mod answering;
mod api;
mod autoscaling;
mod bridge;
mod bridge_crash;
mod busy;
mod capacity_providers;
mod chaos;
mod cloud_map;
mod crash;
mod definitions;
mod deletion;
mod drift;
mod endpoints;
mod events;
mod fargate;
mod gitops;
mod images;
mod immutable;
mod leader;
mod lost;
mod moving;
mod overlap;
mod ownership;
mod privilege;
mod references;
mod release;
mod removal;
mod rollout;
mod scale;
mod secrets;
mod shop;
mod starve;
mod steady;
mod sweep;
mod trouble;
mod upgrade;
