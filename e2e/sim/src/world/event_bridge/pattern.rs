//! Event patterns.
//!
//! Source: "Amazon EventBridge event patterns", "Comparison operators for use in event patterns in Amazon EventBridge".

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::error::Error;

/// What a rule asks of an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern(Fields);

/// All must match.
type Fields = BTreeMap<String, Wanted>;

#[derive(Debug, Clone, PartialEq)]
enum Wanted {
    Nested(Fields),
    /// One must match.
    AnyOf(Vec<Filter>),
}

#[derive(Debug, Clone, PartialEq)]
enum Filter {
    Exact(Value),
    Prefix(String),
    AnythingBut(Vec<Value>),
    AnythingButPrefix(String),
    Exists(bool),
}

impl Pattern {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let parsed: Value = serde_json::from_str(text).map_err(|error| invalid(&error.to_string()))?;
        match parsed {
            Value::Object(members) => fields(&members).map(Self),
            _ => Err(invalid("Filter is not an object")),
        }
    }

    pub(super) fn matches(&self, event: &Value) -> bool {
        all_match(&self.0, event)
    }
}

fn invalid(reason: &str) -> Error {
    Error::new("InvalidEventPatternException", format!("Event pattern is not valid. Reason: {reason}"))
}

fn fields(members: &Map<String, Value>) -> Result<Fields, Error> {
    if members.is_empty() {
        return Err(invalid("Empty objects are not allowed"));
    }
    members
        .iter()
        .map(|(name, value)| {
            if name == "$or" {
                return Err(Error::unimplemented("$or in an event pattern"));
            }
            let wanted = match value {
                Value::Object(nested) => Wanted::Nested(fields(nested)?),
                Value::Array(items) if items.is_empty() => return Err(invalid("Empty arrays are not allowed")),
                Value::Array(items) => Wanted::AnyOf(items.iter().map(filter).collect::<Result<_, _>>()?),
                _ => return Err(invalid(&format!("\"{name}\" must be an object or an array"))),
            };
            Ok((name.clone(), wanted))
        })
        .collect()
}

fn filter(item: &Value) -> Result<Filter, Error> {
    let members = match item {
        Value::Object(members) => members,
        Value::Array(_) => return Err(invalid("Match value must be String, number, true, false, or null")),
        exact => return Ok(Filter::Exact(exact.clone())),
    };
    let mut entries = members.iter();
    let (Some((name, value)), None) = (entries.next(), entries.next()) else {
        return Err(invalid("Only one key allowed in match expression"));
    };
    match (name.as_str(), value) {
        ("prefix", Value::String(prefix)) => Ok(Filter::Prefix(prefix.clone())),
        ("exists", Value::Bool(exists)) => Ok(Filter::Exists(*exists)),
        ("anything-but", Value::String(_) | Value::Number(_)) => Ok(Filter::AnythingBut(vec![value.clone()])),
        ("anything-but", Value::Array(values)) if !values.is_empty() => Ok(Filter::AnythingBut(values.clone())),
        ("anything-but", Value::Object(nested)) if nested.len() == 1 && nested.contains_key("prefix") => {
            let prefix = nested["prefix"].as_str().ok_or_else(|| invalid("prefix match pattern must be a string"))?;
            Ok(Filter::AnythingButPrefix(prefix.to_owned()))
        }
        ("exists", _) => Err(invalid("exists match pattern must be either true or false.")),
        _ => Err(Error::unimplemented(&format!("the filter {item} in an event pattern"))),
    }
}

/// In a list, one item has to match: AWS looks into lists of objects, too.
fn all_match(fields: &Fields, event: &Value) -> bool {
    match event {
        Value::Array(items) => items.iter().any(|item| all_match(fields, item)),
        _ => fields.iter().all(|(name, wanted)| match wanted {
            Wanted::Nested(nested) => all_match(nested, event.get(name).unwrap_or(&Value::Null)),
            Wanted::AnyOf(filters) => filters.iter().any(|filter| filter.matches(event.get(name))),
        }),
    }
}

impl Filter {
    fn matches(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            // "Exists matching only works on leaf nodes."
            (Self::Exists(wanted), value) => value.is_some_and(|value| !value.is_object()) == *wanted,
            (_, None | Some(Value::Object(_))) => false,
            (_, Some(Value::Array(items))) => items.iter().any(|item| self.matches(Some(item))),
            (Self::Exact(wanted), Some(value)) => wanted == value,
            (Self::Prefix(prefix), Some(value)) => value.as_str().is_some_and(|text| text.starts_with(prefix)),
            (Self::AnythingBut(unwanted), Some(value)) => !unwanted.contains(value),
            (Self::AnythingButPrefix(prefix), Some(value)) => {
                value.as_str().is_some_and(|text| !text.starts_with(prefix))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event() -> Value {
        json!({
            "source": "aws.ecs",
            "detail-type": "ECS Task State Change",
            "resources": ["arn:aws:ecs:us-east-1:123456789012:task/main/1"],
            "detail": {
                "lastStatus": "RUNNING",
                "group": "service:web",
                "version": 3,
                "stoppedReason": null,
                "containers": [{"name": "app", "lastStatus": "RUNNING"}, {"name": "log", "lastStatus": "PENDING"}],
            },
        })
    }

    #[test]
    fn a_pattern_says_which_events_match() {
        let cases = [
            (json!({"source": ["aws.ecs"]}), true),
            (json!({"source": ["aws.ec2", "aws.ecs"]}), true),
            (json!({"source": ["aws.ec2"]}), false),
            (json!({"source": ["aws.ecs"], "detail-type": ["ECS Service Action"]}), false),
            (json!({"resources": [{"prefix": "arn:aws:ecs:us-east-1:123456789012:task/main/"}]}), true),
            (json!({"resources": [{"prefix": "arn:aws:ecs:us-east-1:123456789012:service/"}]}), false),
            (json!({"detail": {"version": [3]}}), true),
            (json!({"detail": {"version": ["3"]}}), false),
            (json!({"detail": {"stoppedReason": [null]}}), true),
            (json!({"detail": {"lastStatus": [{"anything-but": "STOPPED"}]}}), true),
            (json!({"detail": {"lastStatus": [{"anything-but": ["RUNNING", "STOPPED"]}]}}), false),
            (json!({"detail": {"group": [{"anything-but": {"prefix": "family:"}}]}}), true),
            (json!({"detail": {"group": [{"anything-but": {"prefix": "service:"}}]}}), false),
            (json!({"detail": {"absent": [{"anything-but": "x"}]}}), false),
            (json!({"detail": {"stopCode": [{"exists": false}]}}), true),
            (json!({"detail": {"stopCode": [{"exists": true}]}}), false),
            (json!({"detail": {"group": [{"exists": true}]}}), true),
            (json!({"detail": {"containers": {"lastStatus": ["PENDING"]}}}), true),
            (json!({"detail": {"containers": {"lastStatus": ["STOPPED"]}}}), false),
            (json!({"detail": {"containers": {"name": ["app"], "lastStatus": ["PENDING"]}}}), false),
            (json!({"absent": {"deep": [{"exists": false}]}}), true),
        ];
        for (pattern, expected) in cases {
            let parsed = Pattern::parse(&pattern.to_string()).unwrap();
            assert_eq!(parsed.matches(&event()), expected, "{pattern}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        let (wrong, unknown) = ("InvalidEventPatternException", "UnsupportedFeatureException");
        let cases = [
            ("{", wrong),
            ("[]", wrong),
            ("{}", wrong),
            (r#"{"source": "aws.ecs"}"#, wrong),
            (r#"{"source": []}"#, wrong),
            (r#"{"source": [["aws.ecs"]]}"#, wrong),
            (r#"{"source": [{"exists": "yes"}]}"#, wrong),
            (r#"{"source": [{"prefix": "a", "suffix": "b"}]}"#, wrong),
            (r#"{"source": [{"suffix": "ecs"}]}"#, unknown),
            (r#"{"detail": {"version": [{"numeric": [">", 1]}]}}"#, unknown),
            (r#"{"source": [{"anything-but": {"suffix": "ecs"}}]}"#, unknown),
            (r#"{"$or": [{"source": ["aws.ecs"]}]}"#, unknown),
        ];
        for (pattern, code) in cases {
            let refused = Pattern::parse(pattern).err().map(|error| error.code);
            assert_eq!(refused.as_deref(), Some(code), "{pattern}");
        }
    }
}
