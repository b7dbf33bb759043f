//! `ecs-bridge release`

use crate::operator::{self, ReleaseError};

/// Take the operator's finalizers off objects, a bridge's hold on its EcsService too, so that they can be deleted without it; nothing in AWS is
/// touched. Stop the operator first: it puts them back on whatever is not being deleted
#[derive(Debug, clap::Args)]
pub struct Release {
    /// The namespace of the objects [default: all]
    #[arg(long, short, value_name = "NAMESPACE")]
    namespace: Option<String>,

    /// The kinds of the objects, separated by commas [default: all]
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = super::kind())]
    kinds: Vec<String>,

    /// Print what would be released, and release nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ReleaseCliError {
    #[error(transparent)]
    Release(#[from] ReleaseError),
    #[error("the asynchronous runtime can't be started: {0}")]
    Runtime(#[from] std::io::Error),
}

impl Release {
    pub fn execute(self) -> Result<(), ReleaseCliError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let release = operator::Release { namespace: self.namespace, kinds: self.kinds, dry_run: self.dry_run };
        let done = if self.dry_run { "would be released" } else { "released" };
        // Who reads no further has read enough: the work goes on.
        let released = runtime.block_on(release.run(|id| drop(super::print(&format!("{id} {done}\n")))))?;
        super::print(&format!("{released} objects {done}; AWS is as it was\n"))?;
        Ok(())
    }
}
