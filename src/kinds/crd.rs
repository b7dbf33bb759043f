//! The custom resource definitions: the derived schema, and what a derive can't say (CEL rules, columns, the status's default).

use std::collections::BTreeSet;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use serde_json::{Map, Value, json};

/// A rule in CEL on the value at a path, as `spec` or `spec.taskDefinition`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub path: &'static str,
    pub rule: String,
    pub message: String,
}

impl Rule {
    pub fn new(path: &'static str, rule: impl Into<String>, message: impl Into<String>) -> Self {
        Rule { path, rule: rule.into(), message: message.into() }
    }
}

/// Members under `path` that AWS takes at creation only: neither changed, nor added, nor removed later.
pub fn immutable(path: &'static str, members: &[&str]) -> Vec<Rule> {
    members
        .iter()
        .map(|member| {
            Rule::new(
                path,
                format!("has(self.{member}) == has(oldSelf.{member}) && (!has(self.{member}) || self.{member} == oldSelf.{member})"),
                format!("{member} can't be changed: AWS takes it at creation only. Make another object, or delete and create this one"),
            )
        })
        .collect()
}

/// AWS takes this many tags on a resource (AWS General Reference, "Tagging your AWS resources").
const TAGS: usize = 50;

/// Tags that the operator or AWS keeps for itself can't be set, and the operator needs room for `ours` of its own.
pub fn tags(path: &'static str, key: &str, ours: usize) -> Vec<Rule> {
    tag_rules(path, &format!("tag.{key}"), ours)
}

/// The same for tags that are a map.
pub fn tag_map(path: &'static str, ours: usize) -> Vec<Rule> {
    tag_rules(path, "tag", ours)
}

fn tag_rules(path: &'static str, key: &str, ours: usize) -> Vec<Rule> {
    let most = TAGS - ours;
    vec![
        Rule::new(
            path,
            format!("self.all(tag, !{key}.startsWith('ecs-bridge.dev:') && !{key}.startsWith('aws:'))"),
            "tag keys that begin with ecs-bridge.dev: or aws: are reserved",
        ),
        Rule::new(
            path,
            format!("size(self) <= {most}"),
            format!("at most {most} tags: AWS takes {TAGS}, and ecs-bridge sets {ours} of its own"),
        ),
    ]
}

/// When `kubectl get` prints a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    Always,
    /// With `-o wide`.
    Wide,
}

/// A column of `kubectl get`.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub name: &'static str,
    pub path: &'static str,
    pub printed: Printed,
}

/// Every kind begins with whether it works, and ends with why not.
const FIRST: Column =
    Column { name: "Ready", path: ".status.conditions[?(@.type==\"Ready\")].status", printed: Printed::Always };
const LAST: &[Column] = &[
    Column { name: "Synced", path: ".status.conditions[?(@.type==\"Synced\")].status", printed: Printed::Always },
    Column { name: "Reason", path: ".status.conditions[?(@.type==\"Ready\")].reason", printed: Printed::Always },
    Column { name: "Message", path: ".status.conditions[?(@.type==\"Ready\")].message", printed: Printed::Wide },
];

/// What makes a kind's custom resource definition.
#[derive(Clone, Debug)]
pub struct Definition {
    /// As derived from the spec and the status.
    pub derived: CustomResourceDefinition,
    pub rules: Vec<Rule>,
    pub columns: &'static [Column],
    /// Values that the API server fills in, for what other parts of it read: as the scale subresource reads the count.
    pub defaults: Vec<(&'static str, Value)>,
}

/// Finishes a derived definition.
pub fn finish(definition: &Definition) -> Result<CustomResourceDefinition, serde_json::Error> {
    let Definition { derived, rules, columns, defaults } = definition;
    let mut crd = serde_json::to_value(derived)?;
    if let Some(version) = crd.pointer_mut("/spec/versions/0") {
        let mut printed: Vec<Value> = std::iter::once(&FIRST).chain(*columns).chain(LAST).map(column).collect();
        printed.push(json!({"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"}));
        version["additionalPrinterColumns"] = Value::Array(printed);
        let schema = &mut version["schema"]["openAPIV3Schema"];
        strip_defaults(schema);
        // The derive's own words say how it was made, the spec's say what it is.
        schema["description"] = schema["properties"]["spec"]["description"].clone();
        // kstatus takes an object without a status for one that is done; -1 says that nobody has looked yet.
        schema["properties"]["status"]["default"] = json!({"observedGeneration": -1});
        for (path, default) in defaults {
            if let Some(at) = schema.pointer_mut(&pointer(path)) {
                at["default"] = default.clone();
            }
        }
        for rule in rules {
            attach(schema, rule);
        }
    }
    serde_json::from_value(crd)
}

/// The paths of all members of the spec that may not be left out of what they are in, as `loadBalancers[].containerName`.
pub fn required(crd: &CustomResourceDefinition) -> Result<BTreeSet<String>, serde_json::Error> {
    let mut found = BTreeSet::new();
    let crd = serde_json::to_value(crd)?;
    if let Some(schema) = crd.pointer("/spec/versions/0/schema/openAPIV3Schema/properties/spec") {
        note_required(schema, "", &mut found);
    }
    Ok(found)
}

fn note_required(schema: &Value, path: &str, into: &mut BTreeSet<String>) {
    let member = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    into.extend(schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).map(member));
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        note_required(schema, &member(name), into);
    }
    if schema["items"].is_object() {
        note_required(&schema["items"], &format!("{path}[]"), into);
    }
}

fn column(column: &Column) -> Value {
    let mut printed = json!({"name": column.name, "type": if column.path.ends_with("Count") { "integer" } else { "string" }, "jsonPath": column.path});
    if column.printed == Printed::Wide {
        printed["priority"] = json!(1);
    }
    printed
}

/// The API server would write defaults into specs; what an unset field means is the operator's to know.
fn strip_defaults(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if !is_property_table(members) {
                members.remove("default");
            }
            members.values_mut().for_each(strip_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_defaults),
        _ => {}
    }
}

/// A table of properties may well have one that is called `default`.
fn is_property_table(members: &Map<String, Value>) -> bool {
    members.get("default").is_some_and(|default| default.get("type").is_some())
}

/// The JSON pointer to the schema of a path such as `spec.tags[]`.
fn pointer(path: &str) -> String {
    path.split('.').fold(String::new(), |pointer, name| match name.strip_suffix("[]") {
        Some(list) => format!("{pointer}/properties/{list}/items"),
        None => format!("{pointer}/properties/{name}"),
    })
}

fn attach(schema: &mut Value, rule: &Rule) {
    if let Some(at) = schema.pointer_mut(&pointer(rule.path)).and_then(Value::as_object_mut) {
        let rules = at.entry("x-kubernetes-validations").or_insert_with(|| json!([]));
        if let Some(rules) = rules.as_array_mut() {
            rules.push(json!({"rule": rule.rule, "message": rule.message}));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_lands_at_its_path_and_defaults_go() {
        let mut schema = json!({"properties": {"spec": {"type": "object", "default": {}, "properties": {
            "list": {"items": {"properties": {"default": {"type": "string", "default": "x"}}}}
        }}}});
        strip_defaults(&mut schema);
        attach(&mut schema, &Rule::new("spec.list[]", "true", "m"));
        let expected = json!({"properties": {"spec": {"type": "object", "properties": {
            "list": {"items": {"properties": {"default": {"type": "string"}}, "x-kubernetes-validations": [{"rule": "true", "message": "m"}]}}
        }}}});
        assert_eq!(schema, expected);
    }
}
