//! What a person may do to a spec, from the schema of the kind's CRD: each member that it sets is taken out, each that it does not set is
//! set, each value goes to the bounds that the schema has and beyond them, each list is emptied, filled over its limit, and turned around.
//! Whether Kubernetes or AWS takes what comes out is not asked: both kinds are wanted.

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::{Map, Value, json};

use super::generate;
use crate::{cases, walk::schema};

/// One change of a spec.
#[derive(Clone, Debug)]
pub struct Edit {
    /// As `containerDefinitions[].image`.
    pub path: String,
    /// What is done there, as `unset`.
    pub what: String,
    /// The whole spec after it.
    pub spec: Value,
}

/// A list or a text is not made longer than this, whatever the schema allows.
const LONGEST: u64 = 300;

/// Every edit of a kind's spec that its schema gives.
pub fn of(kind: &str, spec: &Value) -> Vec<Edit> {
    let mut walk = Walk { spec, edits: Vec::new(), runner: TestRunner::new(cases::random(1)) };
    walk.descend(&schema::whole(kind), spec, "", "");
    walk.edits
}

struct Walk<'a> {
    spec: &'a Value,
    edits: Vec<Edit>,
    runner: TestRunner,
}

impl Walk<'_> {
    /// The edits of the value at this path, which is at this pointer.
    fn descend(&mut self, schema: &Value, value: &Value, path: &str, pointer: &str) {
        match value {
            Value::Object(members) if schema["properties"].is_object() => self.object(schema, members, path, pointer),
            Value::Object(entries) => self.map(schema, entries, path, pointer),
            Value::Array(items) => self.list(schema, items, path, pointer),
            _ => self.leaf(schema, value, path, pointer),
        }
    }

    fn object(&mut self, schema: &Value, members: &Map<String, Value>, path: &str, pointer: &str) {
        for (name, of_member) in schema["properties"].as_object().into_iter().flatten() {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let Some(member) = members.get(name) else {
                if let Some(value) = self.random(of_member, &below) {
                    let with = members.clone().into_iter().chain([(name.clone(), value)]);
                    self.put(&below, "set", pointer, with.collect());
                }
                continue;
            };
            let without = members.iter().filter(|(other, _)| *other != name);
            let without = without.map(|(name, member)| (name.clone(), member.clone()));
            self.put(&below, "unset", pointer, without.collect());
            self.descend(of_member, member, &below, &format!("{pointer}/{}", escaped(name)));
        }
    }

    fn map(&mut self, schema: &Value, entries: &Map<String, Value>, path: &str, pointer: &str) {
        let below = format!("{path}{{}}");
        self.put(&below, "emptied", pointer, json!({}));
        let of_entry = &schema["additionalProperties"];
        if let Some(value) = self.random(of_entry, &below) {
            let with = entries.clone().into_iter().chain([("added".to_owned(), value)]);
            self.put(&below, "one more", pointer, with.collect());
        }
        if let Some((name, entry)) = entries.iter().next() {
            self.descend(of_entry, entry, &below, &format!("{pointer}/{}", escaped(name)));
        }
    }

    fn list(&mut self, schema: &Value, items: &[Value], path: &str, pointer: &str) {
        let below = format!("{path}[]");
        self.put(&below, "emptied", pointer, json!([]));
        if items.len() > 1 {
            let reversed: Vec<&Value> = items.iter().rev().collect();
            self.put(&below, "turned around", pointer, json!(reversed));
            self.put(&below, "one less", pointer, json!(items[1..]));
        }
        if let Some(value) = self.random(&schema["items"], &below) {
            let with = [items, &[value]].concat();
            self.put(&below, "one more", pointer, json!(with));
        }
        if let (Some(first), Some(most)) = (items.first(), schema["maxItems"].as_u64().filter(|most| *most < LONGEST)) {
            let many: Vec<&Value> = (0..=most).map(|_| first).collect();
            self.put(&below, "over its limit", pointer, json!(many));
        }
        if let Some(first) = items.first() {
            self.descend(&schema["items"], first, &below, &format!("{pointer}/0"));
        }
    }

    fn leaf(&mut self, schema: &Value, value: &Value, path: &str, pointer: &str) {
        for (what, value) in others(schema, value) {
            self.put(path, what, pointer, value);
        }
    }

    fn put(&mut self, path: &str, what: &str, pointer: &str, value: Value) {
        let mut spec = self.spec.clone();
        *spec.pointer_mut(pointer).expect("a place that was walked to") = value;
        if spec != *self.spec {
            self.edits.push(Edit { path: path.to_owned(), what: what.to_owned(), spec });
        }
    }

    /// A value as AWS would take it by itself; none where the schema says nothing of it.
    fn random(&mut self, schema: &Value, path: &str) -> Option<Value> {
        schema["type"].is_string().then_some(())?;
        let strategy = generate::of(schema, path, &[]);
        Some(strategy.new_tree(&mut self.runner).expect("a value").current())
    }
}

/// Other values at a leaf: what bounds it, what is just beyond, and what nobody knows.
fn others(schema: &Value, value: &Value) -> Vec<(&'static str, Value)> {
    match value {
        Value::Bool(flag) => vec![("turned", json!(!flag))],
        Value::Number(_) => numbers(schema),
        Value::String(text) => texts(schema, text),
        _ => Vec::new(),
    }
}

fn numbers(schema: &Value) -> Vec<(&'static str, Value)> {
    let bound = |name: &str, off: f64| {
        let at = schema[name].as_f64()? + off;
        let is_whole = schema["type"] == "integer";
        Some(if is_whole { json!(super::values::whole(at)) } else { json!(at) })
    };
    let all = [
        ("least", bound("minimum", 0.0).or(Some(json!(0)))),
        ("below the least", bound("minimum", -1.0).or(Some(json!(-1)))),
        ("most", bound("maximum", 0.0).or(Some(json!(i32::MAX)))),
        ("above the most", bound("maximum", 1.0)),
    ];
    all.into_iter().filter_map(|(what, value)| Some((what, value?))).collect()
}

fn texts(schema: &Value, text: &str) -> Vec<(&'static str, Value)> {
    let repeated = |length: u64| "x".repeat(usize::try_from(length).expect("a length"));
    let most = schema["maxLength"].as_u64().filter(|most| *most < LONGEST);
    let mut all = vec![("empty", json!("")), ("longer", json!(format!("{text}2")))];
    all.extend(most.map(|most| ("longest", json!(repeated(most)))));
    all.extend(most.map(|most| ("too long", json!(repeated(most + 1)))));
    let known = generate::known_values(schema).unwrap_or_default();
    if let Some(other) = known.iter().find(|known| *known != text) {
        all.push(("another that is known", json!(other)));
        all.push(("unknown", json!("NONESUCH")));
    }
    all
}

/// As RFC 6901 wants names in a pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[test]
fn a_schema_gives_its_edits() {
    let schema = json!({"properties": {
        "count": {"type": "integer", "minimum": 1, "maximum": 5},
        "mode": {"type": "string", "description": "Known values: `ON`, `OFF`."},
        "names": {"type": "array", "maxItems": 2, "items": {"type": "string", "maxLength": 3}},
        "flag": {"type": "boolean"},
    }});
    let spec = json!({"count": 2, "mode": "ON", "names": ["a", "b"]});
    let mut walk = Walk { spec: &spec, edits: Vec::new(), runner: TestRunner::new(cases::random(1)) };
    walk.descend(&schema, &spec, "", "");
    let found: Vec<(&str, &str)> = walk.edits.iter().map(|edit| (edit.path.as_str(), edit.what.as_str())).collect();
    for expected in [
        ("count", "unset"),
        ("count", "least"),
        ("count", "below the least"),
        ("count", "most"),
        ("count", "above the most"),
        ("mode", "another that is known"),
        ("mode", "unknown"),
        ("names[]", "emptied"),
        ("names[]", "turned around"),
        ("names[]", "over its limit"),
        ("names[]", "longest"),
        ("names[]", "too long"),
        ("flag", "set"),
    ] {
        assert!(found.contains(&expected), "no edit {expected:?}: {found:?}");
    }
    let after = |path: &str, what: &str| {
        walk.edits.iter().find(|edit| edit.path == path && edit.what == what).map(|edit| edit.spec.clone())
    };
    assert_eq!(after("count", "above the most"), Some(json!({"count": 6, "mode": "ON", "names": ["a", "b"]})));
    assert_eq!(after("names[]", "turned around"), Some(json!({"count": 2, "mode": "ON", "names": ["b", "a"]})));
}
