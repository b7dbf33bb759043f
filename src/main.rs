//! The binary: parse, wire, run.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use ecs_bridge::cli::Cli;
use tikv_jemallocator::Jemalloc;

/// It gives back what is free, and keeps to few arenas (.cargo/config.toml): glibc's allocator keeps what a storm has left in pieces.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

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
