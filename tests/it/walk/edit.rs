//! Changing and removing one leaf of a spec.

use serde_json::{Value, json};

use super::schema::{Leaf, Step, path};

/// A step down into one value.
#[derive(Clone, Debug)]
enum Key {
    Name(String),
    Index(usize),
}

/// The first place of the value where the leaf is set.
fn locate(value: &Value, steps: &[Step]) -> Option<Vec<Key>> {
    let Some((step, rest)) = steps.split_first() else { return Some(Vec::new()) };
    let down = |key: Key, value: &Value| {
        let below = locate(value, rest)?;
        Some([vec![key], below].concat())
    };
    match step {
        Step::Member { name, .. } => down(Key::Name(name.clone()), value.get(name)?),
        Step::Item => value.as_array()?.iter().enumerate().find_map(|(i, item)| down(Key::Index(i), item)),
        Step::Entry => value.as_object()?.iter().find_map(|(name, entry)| down(Key::Name(name.clone()), entry)),
    }
}

fn at<'a>(value: &'a mut Value, keys: &[Key]) -> &'a mut Value {
    keys.iter().fold(value, |value, key| match key {
        Key::Name(name) => &mut value[name],
        Key::Index(i) => &mut value[i],
    })
}

pub fn is_set(spec: &Value, leaf: &Leaf) -> bool {
    locate(spec, &leaf.steps).is_some()
}

/// The spec with another value at the leaf: the given one, or any other of the same type.
pub fn changed(spec: &Value, leaf: &Leaf, to: Option<&Value>) -> Value {
    let keys = locate(spec, &leaf.steps).expect("the leaf is set");
    let mut spec = spec.clone();
    let value = at(&mut spec, &keys);
    *value = match (to, &*value) {
        (Some(to), _) => to.clone(),
        (None, Value::Bool(flag)) => json!(!flag),
        (None, Value::Number(number)) => json!(number.as_i64().expect("a whole number") + 1),
        (None, Value::String(text)) => json!(format!("{text}2")),
        (None, other) => panic!("{}: no generic change of {other}", leaf.path),
    };
    spec
}

/// The spec without the leaf, and the path of what was taken out: the leaf itself, what encloses it where the CRD requires the leaf,
/// or `whole` where AWS does.
pub fn removed(spec: &Value, leaf: &Leaf, whole: Option<&str>) -> (Value, String) {
    let keys = locate(spec, &leaf.steps).expect("the leaf is set");
    let optional = |steps: &[Step]| !matches!(steps.last(), Some(Step::Member { required: true, .. }));
    let depth = (1..=keys.len())
        .rev()
        .find(|depth| {
            let steps = &leaf.steps[..*depth];
            whole.map_or_else(|| optional(steps), |whole| path(steps) == whole)
        })
        .unwrap_or_else(|| panic!("{}: nothing around it can be left out", leaf.path));
    let mut spec = spec.clone();
    let parent = at(&mut spec, &keys[..depth - 1]);
    match (&keys[depth - 1], parent) {
        (Key::Name(name), Value::Object(members)) => drop(members.remove(name)),
        (Key::Index(i), Value::Array(items)) => drop(items.remove(*i)),
        _ => unreachable!("a key fits what it was found in"),
    }
    (spec, path(&leaf.steps[..depth]))
}

/// All values at a path, as `tags[].key`; a map's entries are members here.
pub fn values<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut found = vec![value];
    for part in path.split('.') {
        let name = part.trim_end_matches("[]").trim_end_matches("{}");
        found = found.into_iter().filter_map(|value| value.get(name)).collect();
        let inside = &part[name.len()..];
        for _ in 0..inside.len() / 2 {
            found = found
                .into_iter()
                .flat_map(|value| -> Vec<&Value> {
                    match value {
                        Value::Array(items) => items.iter().collect(),
                        Value::Object(entries) => entries.values().collect(),
                        _ => Vec::new(),
                    }
                })
                .collect();
        }
    }
    found
}
