//! Reading a request whose shape has been checked.

use serde_json::{Map, Value};

/// A structure's members. AWS reads null as absent, and so does this.
#[derive(Clone, Copy)]
pub(crate) struct Params<'a>(&'a Map<String, Value>);

static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);

impl<'a> Params<'a> {
    /// One without members.
    pub(crate) fn empty() -> Self {
        Self(&EMPTY)
    }

    pub(crate) fn new(value: &'a Value) -> Self {
        Self(value.as_object().unwrap_or(&EMPTY))
    }

    pub(crate) fn of(members: &'a Map<String, Value>) -> Self {
        Self(members)
    }

    pub(crate) fn members(self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.0.iter().filter(|(_, value)| !value.is_null())
    }

    pub(crate) fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn text(self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    /// A required member, which validation has seen.
    pub(crate) fn required(self, name: &str) -> &'a str {
        self.text(name).unwrap_or_default()
    }

    pub(crate) fn int(self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    pub(crate) fn flag(self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(crate) fn list(self, name: &str) -> &'a [Value] {
        self.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn texts(self, name: &str) -> Vec<&'a str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    pub(crate) fn nested(self, name: &str) -> Params<'a> {
        self.get(name).and_then(Value::as_object).map_or(Self(&EMPTY), Self)
    }

    /// Whether `include` lists the field.
    pub(crate) fn includes(self, field: &str) -> bool {
        self.texts("include").contains(&field)
    }
}

/// The last part of a name that may be given as an ARN: `main` and `arn:aws:ecs:…:cluster/main` are the same cluster.
pub(crate) fn short_name(name: &str) -> &str {
    if name.starts_with("arn:") { name.rsplit('/').next().unwrap_or(name) } else { name }
}
