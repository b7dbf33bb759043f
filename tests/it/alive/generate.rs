//! Random specs from the schema of a kind's CRD: any of its members, with values of the type, range, pattern and enumeration that the schema
//! names. What AWS wants beyond that stands in two tables: [`super::values`], what a single value looks like, and the kind's rules, what
//! goes together with what.

use proptest::{prelude::*, string::string_regex};
use serde_json::{Map, Value, json};

use super::values;

/// Values of the schema at this path, as `containerDefinitions[].image`; without the paths that are left out.
pub fn of(schema: &Value, path: &str, left_out: &[&str]) -> BoxedStrategy<Value> {
    if let Some(strategy) = values::particular(path) {
        return strategy;
    }
    if let Some(known) = known_values(schema) {
        let one = prop::sample::select(known);
        return if schema["type"] == "array" {
            prop::collection::btree_set(one, 1..3).prop_map(|names| json!(names)).boxed()
        } else {
            one.prop_map(Value::from).boxed()
        };
    }
    match schema["type"].as_str() {
        Some("object") if schema["additionalProperties"].is_object() => {
            let entries = of(&schema["additionalProperties"], &format!("{path}{{}}"), left_out);
            prop::collection::btree_map(text("[a-z][a-z0-9.-]{1,8}"), entries, 1..3)
                .prop_map(|entries| json!(entries))
                .boxed()
        }
        Some("object") => object(schema, path, left_out),
        Some("array") => list(schema, of(&schema["items"], &format!("{path}[]"), left_out)),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => {
            let bound = |name: &str, default: i64| schema[name].as_f64().map_or(default, values::whole);
            (bound("minimum", 1)..=bound("maximum", 1000).min(1000)).prop_map(Value::from).boxed()
        }
        Some("string") => string(schema),
        other => panic!("{path}: no values of the type {other:?}: say in tests/it/alive/values.rs what stands there"),
    }
}

pub fn text(pattern: &str) -> BoxedStrategy<String> {
    string_regex(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}")).boxed()
}

/// The enumeration, which the CRD names in the member's description alone: a value that AWS adds must not be refused.
pub fn known_values(schema: &Value) -> Option<Vec<String>> {
    if let Some(known) = schema["enum"].as_array() {
        return Some(known.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect());
    }
    let (_, known) = schema["description"].as_str()?.split_once("Known values: ")?;
    Some(known.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

fn string(schema: &Value) -> BoxedStrategy<Value> {
    let (least, most) = (schema["minLength"].as_u64().unwrap_or(1), schema["maxLength"].as_u64().unwrap_or(255));
    let fits = move |text: &String| (least..=most).contains(&(text.chars().count() as u64));
    let pattern = schema["pattern"].as_str().map(|pattern| pattern.trim_start_matches('^').trim_end_matches('$'));
    // What is easy to break on the way to AWS.
    let strategy = text(pattern.unwrap_or(r#"[a-z0-9 "\\/{}<>&%+äß🦀]{3,12}"#));
    strategy.prop_filter("as long as the schema has it", fits).prop_map(Value::from).boxed()
}

fn list(schema: &Value, items: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let keys: Vec<String> = serde_json::from_value(schema["x-kubernetes-list-map-keys"].clone()).unwrap_or_default();
    let least = schema["minItems"].as_u64().unwrap_or(1);
    let most = schema["maxItems"].as_u64().unwrap_or(3).clamp(least, 3);
    let length = usize::try_from(least).expect("a length")..=usize::try_from(most).expect("a length");
    prop::collection::vec(items, length)
        .prop_map(move |mut items| {
            let mut seen: Vec<Value> = Vec::new();
            items.retain(|item| {
                let key: Vec<&Value> = keys.iter().map(|key| &item[key]).collect();
                let is_new = keys.is_empty() || !seen.contains(&json!(key));
                seen.push(json!(key));
                is_new
            });
            Value::from(items)
        })
        .boxed()
}

fn object(schema: &Value, path: &str, left_out: &[&str]) -> BoxedStrategy<Value> {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let (mut names, mut members) = (Vec::new(), Vec::new());
    for (name, of_member) in schema["properties"].as_object().into_iter().flatten() {
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        if left_out.contains(&below.as_str()) {
            continue;
        }
        let member = of(of_member, &below, left_out);
        let is_required = required.iter().any(|required| required == name);
        let weight = values::weight(&below);
        members.push(if is_required || weight >= 1.0 {
            member.prop_map(Some).boxed()
        } else {
            prop::option::weighted(weight, member).boxed()
        });
        names.push(name.clone());
    }
    members
        .prop_map(move |members| {
            let given = names.iter().zip(members).filter_map(|(name, member)| Some((name.clone(), member?)));
            Value::Object(given.collect::<Map<_, _>>())
        })
        .boxed()
}
