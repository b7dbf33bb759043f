//! Whether what a spec sets is found: in what AWS received, and in what it describes.

use serde_json::{Map, Value, json};

/// A leaf that AWS gives back in other words: the end of its path, the same words for both sides, and the page that says so.
pub struct Spelt {
    pub path: &'static str,
    pub as_one: fn(&Value) -> Value,
    pub page: &'static str,
}

/// Every leaf that the spec sets: its path, and whether it is found in `other` at the same place. Lists are found in any order, item by
/// item: which order means something is tests/it/walk's to prove.
pub fn leaves(spec: &Value, other: &Value, spelt: &[Spelt]) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    descend(spec, Some(other), "", spelt, &mut found);
    found
}

/// How many leaves the spec sets, and those that AWS neither received nor had before, or does not describe.
pub fn missing(spec: &Value, received: &Value, before: &Value, after: &Value, spelt: &[Spelt]) -> (usize, Vec<String>) {
    let found_in = |other: &Value| leaves(spec, other, spelt);
    let (sent, had, has) = (found_in(received), found_in(before), found_in(after));
    let mut missing = Vec::new();
    for (((path, is_sent), (_, is_had)), (_, is_there)) in sent.iter().zip(&had).zip(&has) {
        // What AWS had already is not written again.
        if !is_sent && !is_had {
            missing.push(format!("{path} was not sent"));
        }
        if !is_there {
            missing.push(format!("{path} is not described"));
        }
    }
    (sent.len(), missing)
}

fn descend(spec: &Value, other: Option<&Value>, path: &str, spelt: &[Spelt], found: &mut Vec<(String, bool)>) {
    match spec {
        Value::Object(members) => {
            for (name, member) in members {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                descend(member, other.and_then(|other| other.get(name)), &below, spelt, found);
            }
        }
        Value::Array(items) => {
            let others = other.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let path = format!("{path}[]");
            for item in items {
                // The most alike is the one that is meant.
                let tried = others.iter().map(|other| {
                    let mut found = Vec::new();
                    descend(item, Some(other), &path, spelt, &mut found);
                    found
                });
                let best = tried.min_by_key(|tried| tried.iter().filter(|(_, is_there)| !is_there).count());
                match best {
                    Some(best) => found.extend(best),
                    None => descend(item, None, &path, spelt, found),
                }
            }
        }
        value => {
            let as_one = spelt.iter().find(|spelt| path.ends_with(spelt.path)).map(|spelt| spelt.as_one);
            let is_there = match as_one {
                Some(as_one) => as_one(other.unwrap_or(&Value::Null)) == as_one(value),
                None => other == Some(value),
            };
            found.push((path.to_owned(), is_there));
        }
    }
}

/// What the writes say together: of each member the last that was sent.
pub fn received<'a>(kind: &str, writes: impl Iterator<Item = (&'a str, &'a Value)>) -> Value {
    let mut all = Map::new();
    let mut definition = Value::Null;
    for (operation, body) in writes {
        let body = body.as_object().cloned().unwrap_or_default();
        match operation {
            "RegisterTaskDefinition" => definition = Value::Object(body),
            "TagResource" => {
                let member = if body.contains_key("Tags") { "Tags" } else { "tags" };
                let tags = all.entry(member).or_insert_with(|| json!([]));
                if let (Some(tags), Some(more)) = (tags.as_array_mut(), body.get(member).and_then(Value::as_array)) {
                    tags.extend(more.iter().cloned());
                }
            }
            // The change stands in a member of its own.
            "UpdateService" if kind == "CloudMapService" => {
                all.extend(body.get("Service").and_then(Value::as_object).cloned().unwrap_or_default());
            }
            _ => all.extend(body),
        }
    }
    if kind == "EcsTaskDefinition" {
        return definition;
    }
    if let Some(arn) = all.insert("taskDefinition".to_owned(), definition) {
        all.insert("taskDefinitionArn".to_owned(), arn);
    }
    Value::Object(all)
}

/// A size in CPU units or MiB, as `1 vCPU` and `2GB` come back.
pub fn size(value: &Value) -> Value {
    let text = value.as_str().unwrap_or_default().to_lowercase();
    let number = text.trim_end_matches("vcpu").trim_end_matches("gb").trim();
    let units = number.parse::<f64>().unwrap_or(f64::NAN) * if number.len() < text.len() { 1024.0 } else { 1.0 };
    json!(units)
}

/// A document in a text, whatever its spacing.
pub fn document(value: &Value) -> Value {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The name in an ARN.
pub fn name(value: &Value) -> Value {
    let text = value.as_str().unwrap_or_default();
    json!(text.rsplit('/').next())
}

#[test]
fn what_is_missing_is_missed() {
    let spec = json!({"a": [{"n": "x", "v": 1}, {"n": "y", "v": 2}], "b": {"c": true}});
    let cases = [
        (json!({"a": [{"n": "y", "v": 2, "more": 1}, {"n": "x", "v": 1}], "b": {"c": true}}), vec![]),
        (json!({"a": [{"n": "y", "v": 2}, {"n": "x", "v": 3}], "b": {"c": true}}), vec!["a[].v"]),
        (json!({"a": [{"n": "y", "v": 2}], "b": {}}), vec!["a[].n", "a[].v", "b.c"]),
        (json!({}), vec!["a[].n", "a[].v", "a[].n", "a[].v", "b.c"]),
    ];
    for (other, missing) in cases {
        let found = leaves(&spec, &other, &[]);
        assert_eq!(found.len(), 5, "every leaf that is set is looked for");
        let not_there: Vec<&str> =
            found.iter().filter(|(_, is_there)| !is_there).map(|(path, _)| path.as_str()).collect();
        assert_eq!(not_there, missing, "{other}");
    }
}
