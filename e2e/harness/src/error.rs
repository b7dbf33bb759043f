use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

/// What keeps a test from going on: each says what was wanted, what happened, and where to look.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{program} is not in {}: run `make kube-binaries` (or set KUBEBUILDER_ASSETS to a folder that has it)", folder.display())]
    MissingProgram { program: String, folder: PathBuf },
    #[error("{program} can't be started: {source}")]
    Spawn { program: String, source: io::Error },
    #[error("{program} ended ({status}) before it was ready; the end of {}:\n{tail}", log.display())]
    Ended { program: String, status: ExitStatus, log: PathBuf, tail: String },
    #[error("{command}: {status}\n{stderr}")]
    Command { command: String, status: ExitStatus, stderr: String },
    #[error("waited {} s for {what}; last seen: {seen}", within.as_secs_f32())]
    Timeout { what: String, within: Duration, seen: String },
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{what} can't be read: {why}")]
    Malformed { what: String, why: String },
    #[error("not proved: {what}; what each printed is in {}", folder.display())]
    NotProved { what: String, folder: PathBuf },
    #[error("no random numbers from the operating system, which the cluster's keys are made of")]
    NoRandomness,
    #[error(transparent)]
    Kube(#[from] kube::Error),
    #[error(transparent)]
    Kubeconfig(#[from] kube::config::KubeconfigError),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { path: path.to_owned(), source }
    }

    pub(crate) fn malformed(what: &str, why: &dyn Display) -> Self {
        Self::Malformed { what: what.to_owned(), why: why.to_string() }
    }
}
