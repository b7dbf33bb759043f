//! Why a run failed.

use std::path::PathBuf;

use thiserror::Error;

#[derive(Debug, Error)]
pub enum Error {
    #[error("{path}: {source}: fetch AWS's models with hack/codegen/fetch-models.sh")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{path}: {source}: is it botocore's service-2.json?")]
    Json { path: PathBuf, source: serde_json::Error },
    #[error("{path}: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error("the model of {service} is not as expected: {cause}")]
    Model { service: String, cause: String },
    #[error("hack/codegen/{file}: {source}")]
    Table { file: &'static str, source: toml::de::Error },
    #[error("lines of hack/codegen's tables that match no member of a spec:\n  {}", .0.join("\n  "))]
    Unused(Vec<String>),
    #[error("hack/codegen/limits.toml: {0} names no page of AWS's documentation (\"none\" where there is none)")]
    Pageless(String),
    #[error("rustfmt refuses {file}: {cause}")]
    Rustfmt { file: String, cause: String },
    #[error("generated files differ from what `make generate` writes:\n  {}", .0.join("\n  "))]
    Differs(Vec<String>),
}
