//! A revision that is there as the definition of a spec.

use serde_json::{Map, Value, json};

use super::{
    canonical::{RULES, normal},
    revisions::Described,
};
use crate::{
    engine::import::{self, Shape},
    kinds::common::ecs_tags,
};

/// What a described revision defines, with its family and its tags; `at`: where in the spec the definition stands.
pub fn imported(described: &Described, shape: Shape<'_>, at: &str) -> Map<String, Value> {
    let mut definition = shape.without_defaults(&normal(&described.definition), RULES, at);
    definition.insert("family".to_owned(), json!(described.definition.family));
    let tags = import::settable(&described.tags);
    if !tags.is_empty() {
        definition.insert("tags".to_owned(), json!(ecs_tags::to_list(&tags)));
    }
    definition
}
