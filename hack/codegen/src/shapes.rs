//! `e2e/sim/shapes/*.json`: the models without AWS's prose, one operation or shape a line, by which the simulator checks requests.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Value};

use crate::Error;

/// What AWS wrote for people; facts only are kept.
const PROSE: &[&str] = &["documentation", "deprecatedMessage", "deprecatedSince"];

/// Writes the named operations (all, where none is named) and every shape that they reach.
pub fn write(service: &str, raw: &Value, operations: Option<&[&str]>) -> Result<String, Error> {
    let table = |name: &str| {
        raw.get(name)
            .and_then(Value::as_object)
            .ok_or_else(|| Error::Model { service: service.to_owned(), cause: format!("it has no `{name}`") })
    };
    let shapes = table("shapes")?;
    let kept: Map<String, Value> = table("operations")?
        .iter()
        .filter(|(name, _)| operations.is_none_or(|wanted| wanted.contains(&name.as_str())))
        .map(|(name, operation)| (name.clone(), operation.clone()))
        .collect();

    let mut reached = BTreeSet::new();
    for operation in kept.values() {
        reach(operation, shapes, &mut reached);
    }
    let reachable = shapes
        .iter()
        .filter(|(name, _)| reached.contains(name.as_str()))
        .map(|(name, shape)| (name.clone(), shape.clone()))
        .collect();

    let mut text = String::from("{\n");
    let metadata = canonical(&Value::Object(table("metadata")?.clone()));
    let _ = writeln!(text, "\"metadata\": {metadata},");
    let _ = writeln!(text, "\"operations\": {{\n{}\n}},", lines(&kept));
    let _ = writeln!(text, "\"shapes\": {{\n{}\n}}\n}}", lines(&reachable));
    Ok(text)
}

fn reach<'a>(value: &'a Value, shapes: &'a Map<String, Value>, reached: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(object) => {
            if let Some(name) = object.get("shape").and_then(Value::as_str)
                && reached.insert(name)
                && let Some(shape) = shapes.get(name)
            {
                reach(shape, shapes, reached);
            }
            for inner in object.values() {
                reach(inner, shapes, reached);
            }
        }
        Value::Array(items) => {
            for inner in items {
                reach(inner, shapes, reached);
            }
        }
        _ => {}
    }
}

fn lines(entries: &Map<String, Value>) -> String {
    let mut lines: Vec<String> =
        entries.iter().map(|(name, value)| format!("\"{name}\": {}", canonical(value))).collect();
    lines.sort();
    lines.join(",\n")
}

/// The same JSON with sorted keys and no prose, whatever map `serde_json` was built with.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object
                .iter()
                // A member may be called `documentation` too; what describes one is a string.
                .filter(|(key, value)| !(PROSE.contains(&key.as_str()) && value.is_string()))
                .collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", Value::String((*key).clone()), canonical(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shapes_hold_what_the_operations_reach_and_no_prose() {
        let raw = json!({
            "metadata": {"serviceId": "X"},
            "operations": {
                "Get": {"input": {"shape": "GetRequest"}, "documentation": "<p>Gets.</p>"},
                "Put": {"input": {"shape": "PutRequest"}},
            },
            "shapes": {
                "GetRequest": {"type": "structure", "members": {"documentation": {"shape": "Text"}}},
                "PutRequest": {"type": "structure", "members": {}},
                "Text": {"type": "string", "documentation": "<p>A text.</p>"},
            },
        });
        let text = write("x", &raw, Some(&["Get"])).expect("the model is whole");
        assert_eq!(
            text,
            "{\n\"metadata\": {\"serviceId\":\"X\"},\n\
             \"operations\": {\n\"Get\": {\"input\":{\"shape\":\"GetRequest\"}}\n},\n\
             \"shapes\": {\n\
             \"GetRequest\": {\"members\":{\"documentation\":{\"shape\":\"Text\"}},\"type\":\"structure\"},\n\
             \"Text\": {\"type\":\"string\"}\n}\n}\n"
        );
    }
}
