//! The AWS shell.

pub mod sdk;
