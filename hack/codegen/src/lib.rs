//! Writes what ecs-bridge knows of AWS's API from AWS's own service models.
//!
//! The models come from botocore (`hack/codegen/fetch-models.sh`). What they cannot know stands in the reviewed tables
//! beside this crate: `operations.toml`, `tables.toml` and `limits.toml`.

pub mod error;
pub mod model;
pub mod output;
pub mod shapes;

use std::path::Path;

pub use crate::error::Error;
use crate::model::Source;
use crate::output::Files;

/// Everything that is generated, from the models in `models`.
pub fn generate(models: &Path) -> Result<Files, Error> {
    let ecs = Source::read(models, "ecs")?;
    let ecr = Source::read(models, "ecr")?;
    let sts = Source::read(models, "sts")?;

    let mut files = Files::new();
    let identity = [
        "GetCallerIdentity",
        "AssumeRole",
        "AssumeRoleWithWebIdentity",
    ];
    for (service, source, operations) in [
        ("ecs", &ecs, None),
        ("ecr", &ecr, None),
        ("sts", &sts, Some(identity.as_slice())),
    ] {
        let text = shapes::write(service, &source.raw, operations)?;
        files.insert(format!("e2e/sim/shapes/{service}.json"), text);
    }
    Ok(files)
}
