//! Inputs that nobody wrote: the comparison, the error classes, the parser and the plans on values made at random.
//!
//! A table proves the cases that somebody thought of; these look for the others. `make test` tries a few seconds' worth of each,
//! `PROPTEST_CASES` as many as it says. What the random answers of [`plan`] do not reach: the ECS lifecycle itself, which the
//! properties in [`crate::plan`] drive over aws-sim.

mod answers;
mod compare;
mod errors;
mod object;
mod parser;
mod plan;
mod policies;

mod values;

use crate::cases::cases as config;
