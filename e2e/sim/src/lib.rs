//! A test double of Amazon ECS and of what goes with it (its README lists which of AWS's APIs), and no more than that.
//!
//! [`World`] is pure: AWS's objects on a virtual clock, without I/O and with seeded randomness. [`Server`] speaks AWS's wire
//! protocols in front of it, so that the real SDK clients talk to it, and keeps a [`journal`] of every request.
//! What it implements, what it refuses and where each rule comes from stands in its README.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod control;
mod error;
pub mod fault;
pub mod journal;
pub mod policy;
pub mod quota;
mod rest;
mod scope;
mod server;
mod shapes;
mod sim;
mod time;
mod validate;
mod wire;
pub mod world;

pub use error::Error;
pub use fault::Fault;
pub use journal::Entry;
pub use policy::Policy;
pub use scope::{Api, Scope};
pub use server::{Options, Server};
pub use time::Time;
pub use world::{Config, EventFaults, World};
