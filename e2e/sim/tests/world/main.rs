//! The world on its virtual clock: no server, no wall clock.

#![allow(clippy::unwrap_used, clippy::panic, clippy::needless_pass_by_value)]

mod calls;
mod chaos;
mod cloud_map;
mod events;
mod fargate_profiles;
mod fetched;
mod lab;
mod queues;
mod rollouts;
mod secrets;
mod services;
mod strategies;
mod tasks;
