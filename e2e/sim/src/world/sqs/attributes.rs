//! The attributes of a queue that can be set.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::Error;

use super::super::params::Params;

/// Numbers: their names, least and greatest values, and defaults. Source: API reference, `CreateQueue`.
const NUMBERS: [(&str, u64, u64, &str); 5] = [
    ("DelaySeconds", 0, 900, "0"),
    ("MaximumMessageSize", 1024, 1_048_576, "1048576"),
    ("MessageRetentionPeriod", 60, 1_209_600, "345600"),
    ("ReceiveMessageWaitTimeSeconds", 0, 20, "0"),
    ("VisibilityTimeout", 0, 43_200, "30"),
];

/// Reads those of a request.
pub(super) fn read(given: Params<'_>) -> Result<BTreeMap<String, String>, Error> {
    let mut read = BTreeMap::new();
    for (name, value) in given.members() {
        let value = value.as_str().unwrap_or_default();
        let holds = match name.as_str() {
            "Policy" => value.is_empty() || is_policy(value),
            "SqsManagedSseEnabled" => ["true", "false"].contains(&value),
            _ => match NUMBERS.iter().find(|(number, ..)| number == name) {
                Some((_, least, most, _)) => value.parse::<u64>().is_ok_and(|value| (*least..=*most).contains(&value)),
                None => return Err(Error::unimplemented(&format!("the queue attribute {name}"))),
            },
        };
        if !holds {
            return Err(Error::new("InvalidAttributeValue", format!("Invalid value for the parameter {name}.")));
        }
        read.insert(name.clone(), value.to_owned());
    }
    Ok(read)
}

fn is_policy(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|policy| !policy["Statement"].is_null())
}

/// What a new queue has.
pub(super) fn with_defaults(wanted: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let numbers = NUMBERS.iter().map(|(name, .., default)| ((*name).to_owned(), (*default).to_owned()));
    let mut all: BTreeMap<String, String> = numbers.collect();
    all.insert("SqsManagedSseEnabled".to_owned(), "true".to_owned());
    all.extend(wanted);
    all.retain(|_, value| !value.is_empty());
    all
}
