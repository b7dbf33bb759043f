//! Tags as ECS writes them.

use crate::{
    engine::{Call, Tagging, ownership::Tags},
    model::ecs::{self, Operation},
};

pub fn from_list<'a>(tags: impl IntoIterator<Item = &'a ecs::Tag>) -> Tags {
    tags.into_iter().map(|tag| (tag.key.clone(), tag.value.clone().unwrap_or_default())).collect()
}

pub fn to_list(tags: &Tags) -> Vec<ecs::Tag> {
    tags.iter().map(|(key, value)| ecs::Tag { key: key.clone(), value: Some(value.clone()) }).collect()
}

/// The call that makes this change.
pub fn write(tagging: &Tagging) -> Call {
    match tagging.clone() {
        Tagging::Set { arn, tags } => {
            Call::new(Operation::TagResource, &ecs::TagResourceRequest { resource_arn: arn, tags: to_list(&tags) })
        }
        Tagging::Remove { arn, keys } => {
            Call::new(Operation::UntagResource, &ecs::UntagResourceRequest { resource_arn: arn, tag_keys: keys })
        }
    }
}

/// What a described thing's tags are after the change.
pub fn apply(tagging: &Tagging, described: &mut Option<Vec<ecs::Tag>>) {
    let mut tags = from_list(described.iter().flatten());
    tagging.apply(&mut tags);
    *described = Some(to_list(&tags));
}
