//! Where the programs of Kubernetes are.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};

/// The root of the repository that this crate was built in.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Where `make kube-binaries` puts the programs.
pub fn programs() -> PathBuf {
    workspace().join(".dev/bin")
}

/// A command for one of etcd, kube-apiserver, kube-controller-manager, kubectl and helm.
pub fn program(name: &str) -> Result<Command> {
    let ours = programs();
    // The folders that KUBEBUILDER_ASSETS names hold no Helm and no controller manager: those remain ours.
    let given = std::env::var_os("KUBEBUILDER_ASSETS").map(PathBuf::from);
    let found = given.into_iter().chain([ours.clone()]).map(|folder| folder.join(name)).find(|path| path.exists());
    let path = found.ok_or_else(|| Error::MissingProgram { program: name.to_owned(), folder: ours })?;
    Ok(Command::new(path))
}
