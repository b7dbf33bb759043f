//! What every kind's memo holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Outcome, Synced,
    applied::Applied,
    ownership::{self, Tags},
};

/// What is on record of the thing in AWS, whatever kind it is of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The name in AWS. It stays, whatever prefix the operator is given later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<Applied>,
    /// The keys of the tags that the spec set: the only ones that are ever removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tag_keys: Vec<String>,
}

impl Record {
    /// What has to be on record before AWS is given this name and these tags of the spec.
    #[must_use]
    pub fn before_write(&self, name: &str, tags: &Tags) -> Record {
        let tag_keys = ownership::keys_on_record(&self.tag_keys, tags);
        Record { name: Some(name.to_owned()), tag_keys, ..self.clone() }
    }

    /// What is on record after a pass that ended with this outcome: what AWS has, if it has what the spec says.
    pub fn settle(&mut self, outcome: &Outcome, hash: &str, generation: i64, tags: Tags) {
        if outcome.synced == Synced::Yes {
            self.applied = Some(Applied { hash: hash.to_owned(), generation });
            self.tag_keys = tags.into_keys().collect();
        }
    }
}
