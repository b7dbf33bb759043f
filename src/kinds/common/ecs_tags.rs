//! Tags as ECS writes them.

use crate::{engine::ownership::Tags, model::ecs};

pub fn from_list<'a>(tags: impl IntoIterator<Item = &'a ecs::Tag>) -> Tags {
    tags.into_iter().map(|tag| (tag.key.clone(), tag.value.clone().unwrap_or_default())).collect()
}

pub fn to_list(tags: &Tags) -> Vec<ecs::Tag> {
    tags.iter().map(|(key, value)| ecs::Tag { key: key.clone(), value: Some(value.clone()) }).collect()
}
