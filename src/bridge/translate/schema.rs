//! A manifest against Kubernetes' own types: what they don't know, and what has another type, is refused by its path, and the rest can be
//! read.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{
    path::Path,
    report::{Ledger, Verdict},
};

/// The schema of one of Kubernetes' types, with those that it is made of.
pub struct Schema(Value);

impl Schema {
    pub fn of<T: JsonSchema>() -> Self {
        Self(SchemaGenerator::default().into_root_schema_for::<T>().to_value())
    }

    /// What of the manifest Kubernetes' types can read; all else has its line.
    pub fn readable(&self, manifest: &Value, ledger: &mut Ledger) -> Value {
        self.read(&self.0, manifest, &Path::default(), ledger).unwrap_or_else(|| json!({}))
    }

    fn read(&self, schema: &Value, value: &Value, at: &Path, ledger: &mut Ledger) -> Option<Value> {
        let is_port = schema["$ref"].as_str().is_some_and(|name| name.ends_with("IntOrString"));
        let schema = self.resolved(schema);
        let refuse = |ledger: &mut Ledger, wanted: &str| {
            ledger.say(at, Verdict::Refused, format!("Kubernetes wants {wanted} here: write one"));
            None
        };
        if schema["x-kubernetes-int-or-string"] == true {
            let whole = value.as_i64().is_some_and(|number| i32::try_from(number).is_ok());
            return if value.is_string() || whole || (value.is_number() && !is_port) {
                Some(value.clone())
            } else {
                refuse(ledger, "a number or a text")
            };
        }
        match (schema["type"].as_str(), value) {
            (Some("object"), Value::Object(members)) => Some(self.object(schema, members, at, ledger)),
            (Some("object"), _) => refuse(ledger, "an object"),
            (Some("array"), Value::Array(items)) => self.list(&schema["items"], items, at, ledger),
            (Some("array"), _) => refuse(ledger, "a list"),
            (Some("string"), Value::String(_))
            | (Some("boolean"), Value::Bool(_))
            | (Some("number"), Value::Number(_))
            | (None, _) => Some(value.clone()),
            (Some("string"), _) => refuse(ledger, "a text (in quotes)"),
            (Some("boolean"), _) => refuse(ledger, "true or false"),
            (Some("integer"), Value::Number(number)) => {
                let fits =
                    number.as_i64().is_some_and(|number| schema["format"] != "int32" || i32::try_from(number).is_ok());
                if fits { Some(value.clone()) } else { refuse(ledger, "a whole number that fits") }
            }
            // What YAML 1.1, which kubectl reads, takes for a number with base 8 (a mode, as 0644), YAML 1.2 takes for a text.
            (Some("integer"), Value::String(text)) => match octal(text) {
                Some(number) => Some(Value::from(number)),
                None => refuse(ledger, "a whole number"),
            },
            (Some("integer"), _) => refuse(ledger, "a whole number"),
            _ => refuse(ledger, "something else"),
        }
    }

    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let reference = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        reference.and_then(|pointer| self.0.pointer(pointer)).unwrap_or(schema)
    }

    fn object(&self, schema: &Value, members: &Map<String, Value>, at: &Path, ledger: &mut Ledger) -> Value {
        let of_entries = &schema["additionalProperties"];
        let is_open = schema.get("properties").is_none() && of_entries.is_null();
        let mut read = Map::new();
        for (name, member) in members.iter().filter(|(_, member)| !member.is_null()) {
            let of_member = schema["properties"].get(name).or(Some(of_entries).filter(|entries| entries.is_object()));
            let below = at.member(name);
            let member = match of_member {
                Some(of_member) => self.read(of_member, member, &below, ledger),
                None if is_open => Some(member.clone()),
                None => {
                    ledger.say(
                        &below,
                        Verdict::Refused,
                        "Kubernetes 1.37 has no such field: take it out, or write it right",
                    );
                    None
                }
            };
            if let Some(member) = member {
                read.insert(name.clone(), member);
            }
        }
        Value::Object(read)
    }

    /// A list of single values is one field, and is read whole or not at all. Other items keep their places.
    fn list(&self, of_items: &Value, items: &[Value], at: &Path, ledger: &mut Ledger) -> Option<Value> {
        let nothing = || if self.resolved(of_items)["type"] == "object" { Some(json!({})) } else { None };
        let is_one_field = !items.iter().any(|item| item.is_object() || item.is_array());
        let read = items.iter().enumerate().map(|(i, item)| {
            let at = if is_one_field { at.clone() } else { at.item(i) };
            let item = self.read(of_items, item, &at, ledger);
            if is_one_field { item } else { item.or_else(nothing) }
        });
        read.collect::<Option<Vec<Value>>>().map(Value::Array)
    }
}

fn octal(text: &str) -> Option<i32> {
    let digits = text.strip_prefix('0').filter(|digits| !digits.is_empty() && !digits.starts_with('+'))?;
    i32::from_str_radix(digits, 8).ok()
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::PodTemplateSpec;

    use super::*;

    #[test]
    fn what_kubernetes_can_not_read_is_refused_by_its_path() {
        let cases = [
            (json!({"spec": {"hostNetwork": "yes"}}), "spec.hostNetwork", "true or false"),
            (json!({"spec": {"nonesuch": {"a": 1, "b": 2}}}), "spec.nonesuch.a", "no such field"),
            (json!({"spec": {"containers": [{"image": 1}]}}), "spec.containers[0].image", "a text"),
            (json!({"spec": {"containers": [{"command": ["a", 1]}]}}), "spec.containers[0].command", "a text"),
            (json!({"spec": {"containers": ["web"]}}), "spec.containers", "an object"),
            (json!({"spec": {"containers": [{}, "web"]}}), "spec.containers[1]", "an object"),
            (json!({"spec": {"containers": {"a": "b"}}}), "spec.containers.a", "a list"),
            (json!({"spec": {"priority": 5_000_000_000_i64}}), "spec.priority", "that fits"),
            (json!({"spec": {"priority": 1.5}}), "spec.priority", "whole number"),
            (json!({"metadata": {"labels": {"a.b/c": true}}}), "metadata.labels[\"a.b/c\"]", "a text"),
            (
                json!({"spec": {"containers": [{"livenessProbe": {"tcpSocket": {"port": 1.5}}}]}}),
                "spec.containers[0].livenessProbe.tcpSocket.port",
                "a number or a text",
            ),
            (json!({"spec": {"overhead": {"cpu": []}}}), "spec.overhead.cpu", "a number or a text"),
        ];
        for (manifest, path, says) in cases {
            let mut ledger = Ledger::new(&manifest);
            let read = Schema::of::<PodTemplateSpec>().readable(&manifest, &mut ledger);
            let typed = serde_json::from_value::<PodTemplateSpec>(read.clone());
            assert!(typed.is_ok(), "{manifest}: what is left can't be read: {read}: {typed:?}");
            let report = ledger.finish();
            let line = report.lines.iter().find(|line| line.path == path);
            let line = line.unwrap_or_else(|| panic!("{manifest}: no line of {path}: {:?}", report.lines));
            assert!(line.says.contains(says), "{path}: {}", line.says);
        }
    }

    #[test]
    fn what_kubernetes_can_read_is_left_as_it_is() {
        let manifest = json!({"metadata": {"managedFields": [{"fieldsV1": {"f:x": {}}}], "creationTimestamp": null}, "spec": {
            "overhead": {"cpu": 1, "memory": "1Gi"}, "containers": [{"name": "a", "ports": [{"containerPort": 80}],
            "livenessProbe": {"httpGet": {"port": "http"}}}]}});
        let mut ledger = Ledger::new(&manifest);
        let mut read = Schema::of::<PodTemplateSpec>().readable(&manifest, &mut ledger);
        read["metadata"]["creationTimestamp"] = Value::Null;
        assert_eq!(read, manifest);
    }
}
