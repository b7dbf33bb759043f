//! The Kubernetes shell: watches, the queue of each kind, the status writer, Events, health and metrics. What to do is the engine's
//! and the kinds' to say; here is only how it reaches the API server.

mod agenda;
mod annotated;
mod autoscalers;
mod cached;
mod conclude;
mod controller;
mod dependents;
mod events;
mod gate;
mod http;
mod index;
mod kubernetes;
mod lanes;
pub mod lease;
mod metrics;
mod neighbours;
mod object;
mod observer;
mod permissions;
mod readiness;
mod registry;
mod release;
mod settings;
mod shared;
mod slots;
mod start;
mod state;
mod visit;
mod watched;
mod world;
mod writer;

pub use object::{Parsed, Unreadable, parse};
pub use release::{Release, ReleaseError};
pub use settings::Settings;
pub use start::{StartError, run};
