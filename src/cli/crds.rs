//! `ecs-bridge crds`

use std::{io, path::PathBuf};

use crate::kinds;

#[derive(Debug, clap::Args)]
pub struct Crds {
    /// Write one file a CRD into this directory, instead of all to standard output
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub enum CrdsError {
    #[error("the CRDs can't be made: {0}")]
    Schema(#[from] serde_json::Error),
    #[error("the CRDs can't be written as YAML: {0}")]
    Yaml(#[from] serde_yaml_ng::Error),
    #[error("the CRDs can't be written: {0}")]
    Io(#[from] io::Error),
}

impl Crds {
    pub fn execute(self) -> Result<(), CrdsError> {
        for crd in kinds::crds()? {
            // By way of JSON: its maps are in order, so that two runs give the same text.
            let text = serde_yaml_ng::to_string(&serde_json::to_value(&crd)?)?;
            match &self.output_dir {
                Some(dir) => {
                    std::fs::create_dir_all(dir)?;
                    let name = crd.metadata.name.unwrap_or_default();
                    std::fs::write(dir.join(format!("{name}.yaml")), text)?;
                }
                None => super::print(&format!("---\n{text}"))?,
            }
        }
        Ok(())
    }
}
