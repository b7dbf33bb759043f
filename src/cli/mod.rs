//! The command line: one file a subcommand.

mod aws;
mod crds;
mod election;
mod events;
pub mod iam_policy;
pub mod import;
mod manifests;
mod release;
mod run;
mod translate;

use std::io::{self, Write};

use clap::{
    Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};

use crate::kinds;

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
    /// Print the least IAM policy for the operator, as JSON
    IamPolicy(iam_policy::IamPolicy),
    Events(events::Events),
    Release(release::Release),
    Translate(Box<translate::Translate>),
    Import(Box<import::Import>),
}

/// Why a command ended badly, for people.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Run(#[from] run::RunError),
    #[error(transparent)]
    Crds(#[from] crds::CrdsError),
    #[error(transparent)]
    IamPolicy(#[from] iam_policy::IamPolicyError),
    #[error(transparent)]
    Events(#[from] events::EventsError),
    #[error(transparent)]
    Release(#[from] release::ReleaseCliError),
    #[error(transparent)]
    Translate(#[from] translate::TranslateError),
    #[error(transparent)]
    Import(#[from] import::ImportError),
}

impl CliError {
    /// With which the program ends.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Translate(error) => error.exit_code(),
            _ => 1,
        }
    }
}

impl Cli {
    pub fn execute(self) -> Result<(), CliError> {
        match self.command {
            Command::Run(command) => Ok(command.execute()?),
            Command::Crds(command) => Ok(command.execute()?),
            Command::IamPolicy(command) => Ok(command.execute()?),
            Command::Events(command) => Ok(command.execute()?),
            Command::Release(command) => Ok(command.execute()?),
            Command::Translate(command) => Ok(command.execute()?),
            Command::Import(command) => Ok(command.execute()?),
        }
    }
}

/// What `--owner-id` and `--adopt-from` take: the value of a tag in AWS ("Best practices and strategies", Tagging AWS resources).
fn owner_id(text: &str) -> Result<String, &'static str> {
    let is_of_tag = |c: char| c.is_alphanumeric() || " +-=._:/@".contains(c);
    let fits = (1..=256).contains(&text.chars().count()) && text.chars().all(is_of_tag) && text.trim() == text;
    fits.then(|| text.to_owned()).ok_or(
        "an owner id is the value of a tag in AWS: 1 to 256 letters, digits, spaces (within) and + - = . _ : / @",
    )
}

/// What `--kinds` takes.
fn kind() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(kinds::names())
}

/// Writes to standard output. Whoever reads may have read enough, as `head` does: that is no error.
fn print(text: &str) -> io::Result<()> {
    write(&mut io::stdout(), text)
}

/// Writes to standard error, in the same way.
fn tell(text: &str) -> io::Result<()> {
    write(&mut io::stderr(), text)
}

fn write(to: &mut impl Write, text: &str) -> io::Result<()> {
    match to.write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
