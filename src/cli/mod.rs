//! The command line: one file a subcommand.

mod crds;
mod run;

use clap::{Parser, Subcommand};

/// Amazon ECS and ECR from Kubernetes custom resources.
#[derive(Debug, Parser)]
#[command(name = "ecs-bridge", version, about, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the operator: watch the custom resources, and make AWS match them
    Run(Box<run::Run>),
    /// Print the custom resource definitions as YAML, for `kubectl apply --server-side -f -`
    Crds(crds::Crds),
}

/// Why a command ended badly, for people.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Run(#[from] run::RunError),
    #[error(transparent)]
    Crds(#[from] crds::CrdsError),
}

impl Cli {
    pub fn execute(self) -> Result<(), CliError> {
        match self.command {
            Command::Run(command) => Ok(command.execute()?),
            Command::Crds(command) => Ok(command.execute()?),
        }
    }
}
