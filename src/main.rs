//! The binary: parse, wire, run.

use std::process::ExitCode;

use clap::Parser;
use ecs_bridge::cli::Cli;

fn main() -> ExitCode {
    match Cli::parse().execute() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ecs-bridge: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
