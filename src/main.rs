//! The binary: parse, wire, run.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use ecs_bridge::cli::Cli;

fn main() -> ExitCode {
    match Cli::parse().execute() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody reads it, the exit code says it.
            let _ = writeln!(io::stderr(), "ecs-bridge: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
