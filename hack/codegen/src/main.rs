//! The command line of the generator.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use ecs_bridge_codegen::{Error, generate, output};

/// Writes the generated AWS model: the simulator's shapes, the spec types and the way to the SDK.
#[derive(Parser)]
struct Arguments {
    /// Folder with a file for each service, as ecs.json: botocore's models as plain JSON
    #[arg(long, default_value = "target/models")]
    models: PathBuf,
    /// Root of the repository to write to
    #[arg(long, default_value = ".")]
    out: PathBuf,
    /// Write nothing; fail and name the files that differ
    #[arg(long)]
    check: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ecs-bridge-codegen: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    let files = generate(&arguments.models, &arguments.out)?;
    if arguments.check {
        let differences = output::differences(&arguments.out, &files);
        if !differences.is_empty() {
            return Err(Error::Differs(differences));
        }
        println!("{} generated files are up to date", files.len());
    } else {
        output::write(&arguments.out, &files)?;
        println!("{} generated files written", files.len());
    }
    Ok(())
}
