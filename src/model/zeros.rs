//! Numbers and flags that AWS cannot tell from unset.
//!
//! AWS's model has them as plain values: AWS describes them as 0 or false where nothing was set. The two mean the same;
//! a comparison has to drop them on both sides first. Each spec names its own in `DEFAULT_ZERO_PATHS`.

use serde_json::Value;

/// Takes zeros and falses at `paths` out of `value`: `containerDefinitions[].cpu` is the cpu of each container.
pub fn drop_zeros(value: &mut Value, paths: &[&str]) {
    for path in paths {
        drop_at(value, path);
    }
}

fn drop_at(value: &mut Value, path: &str) {
    let (step, rest) = path.split_once('.').unwrap_or((path, ""));
    if rest.is_empty() {
        if let Some(object) = value.as_object_mut()
            && object.get(step).is_some_and(is_zero)
        {
            object.remove(step);
        }
        return;
    }
    let member = step.trim_end_matches(['[', ']', '{', '}']);
    let Some(inner) = value.get_mut(member) else {
        return;
    };
    match inner {
        Value::Array(items) => items.iter_mut().for_each(|item| drop_at(item, rest)),
        Value::Object(entries) if step.ends_with("{}") => entries.values_mut().for_each(|entry| drop_at(entry, rest)),
        inner => drop_at(inner, rest),
    }
}

fn is_zero(value: &Value) -> bool {
    value.as_f64() == Some(0.0) || value.as_bool() == Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn zeros_are_dropped_at_their_paths_only() {
        for (name, path, before, after) in [
            (
                "a number in a list",
                "c[].cpu",
                json!({"c": [{"cpu": 0, "n": 0}, {"cpu": 2}]}),
                json!({"c": [{"n": 0}, {"cpu": 2}]}),
            ),
            ("a flag in an object", "log.on", json!({"log": {"on": false}}), json!({"log": {}})),
            ("a value of a map", "m{}.base", json!({"m": {"a": {"base": 0.0}}}), json!({"m": {"a": {}}})),
            ("what is not there", "c[].cpu", json!({"d": 0}), json!({"d": 0})),
            ("another type", "c[].cpu", json!({"c": "0"}), json!({"c": "0"})),
        ] {
            let mut value = before;
            drop_zeros(&mut value, &[path]);
            assert_eq!(value, after, "{name}");
        }
    }
}
