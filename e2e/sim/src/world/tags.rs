//! Tags, which ECS writes as `key` and `value`, others as `Key` and `Value`. Those of EKS and SQS are a map, and stand with it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Api;

use super::params::Params;

pub(crate) type Tags = BTreeMap<String, String>;

/// AWS allows so many on one resource.
const MAX_TAGS: usize = 50;

/// Reads a request's tags and refuses what AWS refuses.
pub(crate) fn parse(api: Api, list: &[Value]) -> Result<Tags, Error> {
    let refused = match api {
        Api::Ecr => "InvalidTagParameterException",
        Api::ServiceDiscovery => "InvalidInput",
        Api::Events => "ValidationException",
        _ => "InvalidParameterException",
    };
    let (key, value) = names(api);
    let mut tags = Tags::new();
    for tag in list.iter().map(Params::new) {
        let name = tag.required(key);
        if name.is_empty() {
            return Err(Error::new(refused, "Tag keys cannot be null or empty."));
        }
        if name.to_lowercase().starts_with("aws:") {
            let message =
                format!("The tag key {name} is reserved: keys that begin with aws: cannot be set, edited or deleted.");
            return Err(Error::new(refused, message));
        }
        if tags.insert(name.to_owned(), tag.required(value).to_owned()).is_some() {
            return Err(Error::new(refused, format!("Duplicate tag key {name}.")));
        }
    }
    check_count(api, &tags)?;
    Ok(tags)
}

/// Adds to a resource's tags, as `TagResource` does.
pub(crate) fn add(api: Api, present: &mut Tags, list: &[Value]) -> Result<(), Error> {
    let mut all = present.clone();
    all.extend(parse(api, list)?);
    check_count(api, &all)?;
    *present = all;
    Ok(())
}

pub(crate) fn remove(present: &mut Tags, keys: &[&str]) {
    present.retain(|key, _| !keys.contains(&key.as_str()));
}

pub(crate) fn to_json(api: Api, tags: &Tags) -> Value {
    let (key, value) = names(api);
    tags.iter().map(|(name, text)| json!({key: name, value: text})).collect()
}

fn names(api: Api) -> (&'static str, &'static str) {
    match api {
        Api::Ecs | Api::Eks | Api::Sts => ("key", "value"),
        _ => ("Key", "Value"),
    }
}

fn check_count(api: Api, tags: &Tags) -> Result<(), Error> {
    if tags.len() <= MAX_TAGS {
        return Ok(());
    }
    let message = format!("The resource would have {} tags; {MAX_TAGS} are allowed.", tags.len());
    Err(match api {
        Api::Ecr | Api::ServiceDiscovery => Error::new("TooManyTagsException", message),
        Api::Events => Error::new("ValidationException", message),
        _ => Error::invalid(message),
    })
}
