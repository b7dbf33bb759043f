//! The integration tests, in one binary.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod alive;
mod architecture;
mod aws_answers;
mod aws_shell;
mod aws_words;
mod cases;
mod checker;
mod crash;
mod docs;
mod e2e;
mod endpoints;
mod fuzz;
mod gitops;
mod lease;
mod model;
mod model_shapes;
mod plan;
mod roles;
mod sdk;
mod split;
mod tally;
mod translate;
mod walk;
