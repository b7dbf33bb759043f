//! The object that stands for a family that is there, by its newest revision.

use super::{EcsTaskDefinition, facts::Facts};
use crate::{
    engine::{
        Seen,
        import::{self, Draft, Import, Listing, Shape, Thing},
    },
    kinds::common::task_definition::{RevisionQuery, imported},
};

/// Families are named one by one: services bring the definitions that they run.
pub fn list(selected: Option<&str>) -> Listing {
    Listing::All(selected.map(|family| Thing::new("", family)).into_iter().collect())
}

pub fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<EcsTaskDefinition> {
    if let Some(refusal) = &facts.refused {
        return Import::Not(refusal.to_string());
    }
    let described = match facts.revisions.seen(&thing.name) {
        Seen::Unread => {
            return Import::Read(vec![RevisionQuery::Describe { task_definition: thing.name.clone() }]);
        }
        Seen::Absent => return Import::Not("the family has no active revision".to_owned()),
        Seen::Known(described) => described,
    };
    if described.definition.family.as_deref() != Some(thing.name.as_str()) {
        return Import::Not("it is not the name of a family".to_owned());
    }
    if let Some(why) = import::owned(&described.tags) {
        return Import::Not(why);
    }
    Import::Made(Draft::new(imported(described, shape, "")))
}
