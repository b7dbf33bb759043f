//! AWS's service models as botocore writes them, read as far as the generator uses them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::Error;

/// One service: its operations and the shapes that they are made of.
#[derive(Debug, Deserialize)]
pub struct Model {
    pub operations: BTreeMap<String, Operation>,
    pub shapes: BTreeMap<String, Shape>,
}

#[derive(Debug, Deserialize)]
pub struct Operation {
    pub input: Option<Reference>,
    pub output: Option<Reference>,
}

/// The use of a shape: as a member, an item, a key or a value.
#[derive(Clone, Debug, Deserialize)]
pub struct Reference {
    pub shape: String,
    /// `box`: a number that can be told from unset in AWS's older languages.
    #[serde(default, rename = "box")]
    pub boxed: bool,
    #[serde(default)]
    pub deprecated: bool,
    /// Where a member of a REST request stands, if not in the body.
    pub location: Option<Location>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum Location {
    Header,
    Headers,
    Querystring,
    StatusCode,
    Uri,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Blob,
    Boolean,
    Double,
    Float,
    Integer,
    List,
    Long,
    Map,
    String,
    Structure,
    Timestamp,
}

#[allow(clippy::struct_excessive_bools, reason = "as AWS has them")]
#[derive(Debug, Deserialize)]
pub struct Shape {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(default)]
    pub members: BTreeMap<String, Reference>,
    #[serde(default)]
    pub required: Vec<String>,
    pub member: Option<Reference>,
    pub key: Option<Reference>,
    pub value: Option<Reference>,
    #[serde(default, rename = "enum")]
    pub values: Vec<String>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub pattern: Option<String>,
    #[serde(default, rename = "box")]
    pub boxed: bool,
    #[serde(default)]
    pub document: bool,
    #[serde(default)]
    pub sensitive: bool,
    #[serde(default)]
    pub deprecated: bool,
}

/// One service's model: typed, for the Rust that is written from it, and as it was read, for the shapes.
#[derive(Debug)]
pub struct Source {
    pub model: Model,
    pub raw: Value,
}

impl Source {
    pub fn read(models: &Path, service: &str) -> Result<Self, Error> {
        let path = models.join(format!("{service}.json"));
        let text = std::fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let parse = |source| Error::Json { path: path.clone(), source };
        let raw: Value = serde_json::from_str(&text).map_err(parse)?;
        let model = serde_json::from_str(&text).map_err(parse)?;
        Ok(Self { model, raw })
    }
}
