//! Where a field stands in a manifest, and which fields a manifest sets.

use std::fmt;

use serde_json::Value;

/// A way down from the root, shown as Kubernetes' own errors show it: `spec.containers[0].image`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Member(String),
    Item(usize),
}

impl Path {
    /// The member that a dotted way leads to, from here on.
    pub fn to(&self, members: &str) -> Self {
        members.split('.').filter(|name| !name.is_empty()).fold(self.clone(), |path, name| path.member(name))
    }

    /// The member of this name, which may have dots in it.
    pub fn member(&self, name: &str) -> Self {
        self.with(Step::Member(name.to_owned()))
    }

    pub fn item(&self, index: usize) -> Self {
        self.with(Step::Item(index))
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// Whether this is `root`, or lies under it.
    pub fn is_in(&self, root: &Self) -> bool {
        self.0.starts_with(&root.0)
    }

    /// The name of the last member.
    pub fn last(&self) -> &str {
        match self.0.last() {
            Some(Step::Member(name)) => name,
            _ => "",
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Item(index) => write!(f, "[{index}]")?,
                Step::Member(name) if is_plain(name) => write!(f, "{}{name}", if i == 0 { "" } else { "." })?,
                // What has dots or worse in it is quoted as JSON, so that two paths never read alike.
                Step::Member(name) => write!(f, "[{}]", Value::from(name.as_str()))?,
            }
        }
        Ok(())
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The fields that a manifest sets, in its order: what holds a single value, a list of such, or nothing at all. A member that is null is not
/// set: to Kubernetes it is not there.
pub fn fields(value: &Value) -> Vec<Path> {
    filled(value).into_iter().map(|(path, _)| path).collect()
}

/// The same, and whether each holds anything.
pub fn filled(value: &Value) -> Vec<(Path, bool)> {
    let mut found = Vec::new();
    if value.as_object().is_none_or(|members| !members.is_empty()) {
        collect(value, &Path::default(), &mut found);
    }
    found
}

fn collect(value: &Value, at: &Path, found: &mut Vec<(Path, bool)>) {
    match value {
        Value::Object(members) if members.values().any(|member| !member.is_null()) => {
            for (name, member) in members.iter().filter(|(_, member)| !member.is_null()) {
                collect(member, &at.member(name), found);
            }
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            for (i, item) in items.iter().enumerate() {
                collect(item, &at.item(i), found);
            }
        }
        Value::Array(items) => found.push((at.clone(), !items.is_empty())),
        _ => found.push((at.clone(), !value.is_object())),
    }
}

/// A part of a manifest that is read as one.
#[derive(Clone, Debug)]
pub struct Unit<'v> {
    pub at: Path,
    pub value: &'v Value,
}

/// What a pattern means here: members by their names, `[]` for each item of a list, `{}` for each entry of a map.
pub fn units<'v>(value: &'v Value, at: &Path, pattern: &str) -> Vec<Unit<'v>> {
    let mut found = vec![Unit { at: at.clone(), value }];
    for part in pattern.split('.').filter(|part| !part.is_empty()) {
        let name = part.trim_end_matches(['[', ']', '{', '}']);
        let inside = found.into_iter().filter_map(|unit| {
            let member = unit.value.get(name).filter(|member| !member.is_null())?;
            Some(Unit { at: unit.at.member(name), value: member })
        });
        found = match &part[name.len()..] {
            "[]" => inside.flat_map(|unit| items(&unit)).collect(),
            "{}" => inside.flat_map(|unit| entries(&unit)).collect(),
            _ => inside.collect(),
        };
    }
    found
}

fn items<'v>(unit: &Unit<'v>) -> Vec<Unit<'v>> {
    let items = unit.value.as_array().into_iter().flatten().enumerate();
    items.map(|(i, value)| Unit { at: unit.at.item(i), value }).collect()
}

fn entries<'v>(unit: &Unit<'v>) -> Vec<Unit<'v>> {
    let members = unit.value.as_object().into_iter().flatten().filter(|(_, member)| !member.is_null());
    members.map(|(name, value)| Unit { at: unit.at.member(name), value }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(paths: &[Path]) -> Vec<String> {
        paths.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn fields_are_single_values_lists_of_such_and_what_is_empty() {
        let cases = [
            (json!({"a": {"b": 1}}), vec!["a.b"]),
            (json!({"a": null, "b": {"c": null}}), vec!["b"]),
            (json!({"a": ["x", "y"], "b": []}), vec!["a", "b"]),
            (json!({"a": [{"b": true}, {}]}), vec!["a[0].b", "a[1]"]),
            (
                json!({"l": {"a.b/c": "x", "d-e": "y", "": "z", "q\"": 1}}),
                vec!["l[\"\"]", "l[\"a.b/c\"]", "l.d-e", "l[\"q\\\"\"]"],
            ),
            (json!({"a": [[1], "x"]}), vec!["a[0]", "a[1]"]),
        ];
        for (value, expected) in cases {
            assert_eq!(shown(&fields(&value)), expected, "{value}");
        }
    }

    #[test]
    fn a_pattern_finds_what_it_means() {
        let value = json!({"a": {"list": [{"x": 1}, {"y": 2}, {"x": null}]}, "map": {"k.k": 1, "z": null}});
        for (pattern, expected) in [
            ("a.list[]", vec!["a.list[0]", "a.list[1]", "a.list[2]"]),
            ("a.list[].x", vec!["a.list[0].x"]),
            ("map{}", vec!["map[\"k.k\"]"]),
            ("map[]", vec![]),
            ("a.list", vec!["a.list"]),
            ("none.of[].these", vec![]),
        ] {
            let found: Vec<Path> = units(&value, &Path::default(), pattern).into_iter().map(|unit| unit.at).collect();
            assert_eq!(shown(&found), expected, "{pattern}");
        }
    }
}
