//! What rules of kinds are written with: each makes of a random spec one that AWS takes, by taking out what can't be and filling in what
//! must be. None rolls dice: what it has to choose follows from the random values that are there.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};

/// Every value at a path such as `volumes[].host`.
pub fn each<'a>(value: &'a mut Value, path: &str) -> Vec<&'a mut Value> {
    let mut found = vec![value];
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let name = part.trim_end_matches("[]");
        found = found.into_iter().filter_map(|value| value.get_mut(name)).collect();
        if name.len() < part.len() {
            found = found.into_iter().filter_map(Value::as_array_mut).flatten().collect();
        }
    }
    found
}

/// Takes members out of the value.
pub fn drop_members(value: &mut Value, names: &[&str]) {
    if let Some(members) = value.as_object_mut() {
        members.retain(|name, _| !names.contains(&name.as_str()));
    }
}

/// Keeps of these members one that is there.
pub fn keep_one(value: &mut Value, names: &[&str]) {
    let there: Vec<&str> = names.iter().copied().filter(|name| value.get(name).is_some()).collect();
    if there.len() > 1 {
        let kept = chosen(value, &there);
        let others: Vec<&str> = there.into_iter().filter(|name| *name != kept).collect();
        drop_members(value, &others);
    }
}

/// Sets the member where it is not there.
pub fn fill(value: &mut Value, name: &str, filling: Value) {
    if value.get(name).is_none() {
        value[name] = filling;
    }
}

/// Sets the member only if it is there.
pub fn replace(value: &mut Value, name: &str, other: Value) {
    if let Some(member) = value.get_mut(name) {
        *member = other;
    }
}

/// One of these: the same for the same value.
pub fn chosen<T: Clone>(value: &Value, from: &[T]) -> T {
    let mut hasher = DefaultHasher::new();
    value.to_string().hash(&mut hasher);
    let length = u64::try_from(from.len()).expect("a length");
    from[usize::try_from(hasher.finish() % length).expect("an index")].clone()
}

/// The items of a list that pass; without any, the list goes too.
pub fn retain(value: &mut Value, list: &str, mut keep: impl FnMut(&mut Value) -> bool) {
    let Some(items) = value.get_mut(list).and_then(Value::as_array_mut) else { return };
    items.retain_mut(&mut keep);
    if items.is_empty() {
        drop_members(value, &[list]);
    }
}

/// The member of each item of a list becomes one of these names, each at most once; items that get none go.
pub fn refer(value: &mut Value, list: &str, member: &str, names: &[String]) {
    let mut left = names.to_vec();
    retain(value, list, |item| {
        if left.is_empty() {
            return false;
        }
        let name = chosen(item, &left);
        left.retain(|other| *other != name);
        if member.is_empty() {
            *item = json!(name);
        } else {
            item[member] = json!(name);
        }
        true
    });
}

/// The items whose member says something new.
pub fn unique(value: &mut Value, list: &str, member: &str) {
    let mut seen = Vec::new();
    retain(value, list, |item| {
        let key = item[member].clone();
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
}

/// Takes out the objects that have no member: they set no leaf. (Server-side apply writes null where such a one takes the place of one
/// that had members, and the API server refuses its own null.)
pub fn prune(value: &mut Value) {
    let is_empty = |value: &Value| value.as_object().is_some_and(serde_json::Map::is_empty);
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(prune);
            members.retain(|_, member| !is_empty(member));
        }
        Value::Array(items) => {
            items.iter_mut().for_each(prune);
            items.retain(|item| !is_empty(item));
        }
        _ => {}
    }
}

pub fn texts(values: &[Value], member: &str) -> Vec<String> {
    values.iter().filter_map(|value| value[member].as_str().map(str::to_owned)).collect()
}

/// A strategy of capacity providers of one sort, each once, of which one has a base and one a weight (CreateService, Amazon ECS API
/// Reference).
pub fn strategy(value: &mut Value, name: &str) {
    unique(value, name, "capacityProvider");
    let is_fargate = |item: &Value| item["capacityProvider"].as_str().is_some_and(|name| name.starts_with("FARGATE"));
    let sort = is_fargate(&value[name][0]);
    retain(value, name, |item| is_fargate(item) == sort);
    for (i, item) in each(value, &format!("{name}[]")).into_iter().enumerate() {
        if i > 0 {
            replace(item, "base", json!(0));
        } else {
            item["weight"] = json!(item["weight"].as_i64().unwrap_or(0).max(1));
        }
    }
}
