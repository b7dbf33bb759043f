//! The files that a run writes, or that `--check` compares.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Error;

/// Path below the repository's root, and content.
pub type Files = BTreeMap<String, String>;

pub fn write(root: &Path, files: &Files) -> Result<(), Error> {
    for (name, text) in files {
        let path = root.join(name);
        let failed = |source| Error::Write { path: path.clone(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        // An unchanged file keeps its time, so that cargo builds nothing anew.
        if std::fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        std::fs::write(&path, text).map_err(failed)?;
    }
    Ok(())
}

/// One line for each file that differs from what a run would write.
pub fn differences(root: &Path, files: &Files) -> Vec<String> {
    files
        .iter()
        .filter_map(|(name, text)| match std::fs::read_to_string(root.join(name)) {
            Ok(old) if old == *text => None,
            Ok(old) => {
                let line = old
                    .lines()
                    .zip(text.lines())
                    .position(|(old, new)| old != new)
                    .unwrap_or_else(|| old.lines().count().min(text.lines().count()));
                Some(format!("{name}: differs from line {} on", line + 1))
            }
            Err(error) => Some(format!("{name}: {error}")),
        })
        .collect()
}

/// Rust text as the project's rustfmt writes it.
pub fn rustfmt(root: &Path, name: &str, text: &str) -> Result<String, Error> {
    let failed = |cause: String| Error::Rustfmt { file: name.to_owned(), cause };
    // In the repository, whose rustfmt.toml holds.
    let mut child = Command::new("rustfmt")
        .current_dir(root)
        .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let Some(mut stdin) = child.stdin.take() {
        let text = text.to_owned();
        // From a thread of its own: rustfmt may fill its output's pipe before it has read all of its input.
        std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    }
    let output = child.wait_with_output().map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    String::from_utf8(output.stdout).map_err(|error| failed(error.to_string()))
}
