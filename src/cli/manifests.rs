//! Manifests from files, from folders as kubectl takes them, and from standard input.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::Value;

/// What a file of a folder has to end with.
const SUFFIXES: &[&str] = &["yaml", "yml", "json"];

#[derive(Debug, thiserror::Error)]
pub enum ManifestsError {
    #[error("{0}: {1}")]
    Io(String, io::Error),
    #[error("{0}: it is no YAML: {1}")]
    Yaml(String, String),
    #[error("{0}: no file in it ends with .yaml, .yml or .json{1}")]
    Empty(String, &'static str),
}

/// The documents of all of these, in order; `-` is standard input.
pub fn read(named: &[PathBuf], is_recursive: bool) -> Result<Vec<Value>, ManifestsError> {
    let mut documents = Vec::new();
    for path in named {
        if path.as_os_str() == "-" {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text).map_err(|error| failed(path, error))?;
            parse(path, &text, &mut documents)?;
            continue;
        }
        let mut files = vec![path.clone()];
        if path.is_dir() {
            files = files_in(path, is_recursive)?;
            if files.is_empty() {
                let remedy = if is_recursive { "" } else { " (those of the folders in it are read with --recursive)" };
                return Err(ManifestsError::Empty(path.display().to_string(), remedy));
            }
        }
        for file in files {
            let text = fs::read_to_string(&file).map_err(|error| failed(&file, error))?;
            parse(&file, &text, &mut documents)?;
        }
    }
    Ok(documents)
}

/// The manifests of a folder, by name.
fn files_in(folder: &Path, is_recursive: bool) -> Result<Vec<PathBuf>, ManifestsError> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut paths: Vec<PathBuf> =
        entries.map_err(|error| failed(folder, error))?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        // A link to a folder may lead around in a circle.
        if path.is_dir() {
            if is_recursive && !path.is_symlink() {
                files.extend(files_in(&path, true)?);
            }
        } else if path.extension().is_some_and(|suffix| SUFFIXES.iter().any(|known| suffix == *known)) {
            files.push(path);
        }
    }
    Ok(files)
}

fn parse(file: &Path, text: &str, documents: &mut Vec<Value>) -> Result<(), ManifestsError> {
    for document in serde_yaml_ng::Deserializer::from_str(text) {
        // The place alone: the parser's own words may hold a value.
        let no_yaml = |error: &serde_yaml_ng::Error| {
            let at = error.location().map(|at| format!("line {}, column {}", at.line(), at.column()));
            ManifestsError::Yaml(file.display().to_string(), at.unwrap_or_else(|| "its end is missing".into()))
        };
        documents.push(Value::deserialize(document).map_err(|error| no_yaml(&error))?);
    }
    Ok(())
}

fn failed(path: &Path, error: io::Error) -> ManifestsError {
    ManifestsError::Io(path.display().to_string(), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_its_manifests_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, text) in [
            ("b.yaml", "b: 1\n---\nb: 2"),
            ("a.json", "{\"a\": 1}"),
            ("c.yml", "c: 1"),
            ("README.md", "# no manifest"),
            ("more/d.yaml", "d: 1"),
            ("none/notes.txt", "none"),
        ] {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        std::os::unix::fs::symlink(folder.path(), folder.path().join("more/around")).expect("a link");
        let keys = |paths: &[&str], is_recursive| {
            let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
            let read = read(&paths, is_recursive).map_err(|error| error.to_string())?;
            Ok::<_, String>(read.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        let flat = r#"{"a":1} {"b":1} {"b":2} {"c":1}"#;
        assert_eq!(keys(&[""], false).as_deref(), Ok(flat));
        assert_eq!(keys(&[""], true), Ok(format!("{flat} {{\"d\":1}}")));
        assert_eq!(keys(&["c.yml", "a.json"], false).as_deref(), Ok(r#"{"c":1} {"a":1}"#));
        let error = keys(&["none"], false).expect_err("there is no manifest");
        assert!(error.contains("/none: no file in it ends with .yaml, .yml or .json (those"), "{error}");
        let error = keys(&["README.md/x"], false).expect_err("there is no such file");
        assert!(error.contains("README.md/x: "), "{error}");
    }
}
