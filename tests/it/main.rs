//! The integration tests, in one binary.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod aws_shell;
mod model;
mod model_shapes;
mod sdk;
