//! What the end-to-end tests and the demo stand on: a real Kubernetes control plane on loopback, the chart installed in
//! it, and the operator and aws-sim as the processes that users run.
//!
//! Everything that is started here ends with the test that started it, also when that test panics or is killed.

mod assets;
mod audit;
pub mod chart;
mod cluster;
mod error;
mod external_metrics;
mod keys;
mod kubernetes;
pub mod node;
mod process;
mod server;
mod wait;

pub use assets::{programs, workspace};
pub use audit::{AuditEvent, AuditTail};
pub use cluster::{Cluster, ClusterOptions, free_port};
pub use error::{Error, Result};
pub use external_metrics::ExternalMetrics;
pub use kubernetes::Kubernetes;
pub use node::Node;
pub use process::{Lifetime, Process, stop_recorded};
pub use server::{Operator, OperatorOptions, Sim, SimOptions, test_credentials};
pub use wait::{Condition, condition, eventually, has_condition, wait_for, wait_gone};
