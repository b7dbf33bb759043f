//! Random JSON: any at all, what a CRD's schema describes, and either with a piece of it replaced.

use ecs_bridge::kinds;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Any JSON, small enough to read when it fails.
pub fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(text(), inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
    .boxed()
}

/// Texts that are easy to break on the way, and any others.
pub fn text() -> BoxedStrategy<String> {
    let known = prop::sample::select(vec![
        "",
        "0",
        "ACTIVE",
        "enabled",
        "name",
        "tags",
        "arn:aws:ecs:r:1:cluster/x",
        "ü🦀\u{0}",
    ]);
    prop_oneof![known.prop_map(str::to_owned), "[ -~]{0,12}", ".{0,6}"].boxed()
}

/// What the schema of a kind describes at this path, as `spec`.
pub fn described(kind: &str, path: &[&str]) -> BoxedStrategy<Value> {
    of_schema(&schema(kind, path))
}

/// The schema of a kind at this path, as the API server has it.
pub fn schema(kind: &str, path: &[&str]) -> Value {
    let crds = kinds::crds().expect("the definitions are JSON");
    let crd = crds.iter().find(|crd| crd.spec.names.kind == kind).unwrap_or_else(|| panic!("there is no kind {kind}"));
    let crd = serde_json::to_value(crd).expect("JSON");
    let whole = &crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
    path.iter().fold(whole, |at, member| &at["properties"][*member]).clone()
}

fn of_schema(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(known) = schema["enum"].as_array() {
        return prop::sample::select(known.clone()).boxed();
    }
    match schema["type"].as_str() {
        Some("object") => object(schema),
        Some("array") => prop::collection::vec(of_schema(&schema["items"]), 0..3).prop_map(Value::from).boxed(),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") if schema["format"] == "int32" => {
            prop_oneof![3 => -2..100_i32, 1 => any::<i32>(), 1 => Just(i32::MAX)].prop_map(Value::from).boxed()
        }
        Some("integer") => prop_oneof![3 => -2..100_i64, 1 => any::<i64>(), 1 => Just(i64::MAX), 1 => Just(i64::MIN)]
            .prop_map(Value::from)
            .boxed(),
        Some("number") => any::<f64>().prop_map(|number| json!(number)).boxed(),
        Some("string") => text().prop_map(Value::from).boxed(),
        _ => any_json(),
    }
}

fn object(schema: &Value) -> BoxedStrategy<Value> {
    if schema["additionalProperties"].is_object() {
        let values = of_schema(&schema["additionalProperties"]);
        return prop::collection::btree_map(text(), values, 0..3).prop_map(|members| json!(members)).boxed();
    }
    let Some(properties) = schema["properties"].as_object() else {
        return prop::collection::btree_map(text(), any_json(), 0..3).prop_map(|members| json!(members)).boxed();
    };
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let (names, members): (Vec<String>, Vec<_>) = properties
        .iter()
        .map(|(name, of)| {
            let is_required = required.iter().any(|required| required == name);
            // Of the others enough to meet one another, few enough to read.
            let member = if is_required {
                of_schema(of).prop_map(Some).boxed()
            } else {
                prop::option::weighted(0.25, of_schema(of)).boxed()
            };
            (name.clone(), member)
        })
        .unzip();
    members
        .prop_map(move |members| {
            let given = names.iter().zip(members).filter_map(|(name, member)| Some((name.clone(), member?)));
            Value::Object(given.collect::<Map<_, _>>())
        })
        .boxed()
}

/// Now and then a value with one piece replaced by another: as by a hand that edits, or a proxy that rewrites.
pub fn disturbed(values: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let piece = prop::option::weighted(0.5, (any::<prop::sample::Index>(), any_json()));
    (values, piece)
        .prop_map(|(mut value, piece)| {
            if let Some((at, other)) = piece {
                let places = pointers(&value);
                let place = at.get(&places).clone();
                *value.pointer_mut(&place).expect("a place in the value") = other;
            }
            value
        })
        .boxed()
}

/// A JSON pointer to every value within a value, itself included.
pub fn pointers(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let below = |found: &mut Vec<String>, name: &str, member: &Value| {
        let name = name.replace('~', "~0").replace('/', "~1");
        found.extend(pointers(member).into_iter().map(|rest| format!("/{name}{rest}")));
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| below(&mut found, name, member)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| below(&mut found, &i.to_string(), item)),
        _ => {}
    }
    found
}

/// A JSON pointer as the comparison's tables write the path: `/containerDefinitions/0/image` is `containerDefinitions[].image`.
pub fn table_path(value: &Value, pointer: &str) -> String {
    let mut path = String::new();
    let mut at = value;
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        if let Value::Array(items) = at {
            path.push_str("[]");
            at = &items[name.parse::<usize>().expect("an index")];
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&name);
            at = &at[&name];
        }
    }
    path
}
