//! The leaves of a kind's spec, from the schema of its CRD.

use ecs_bridge::kinds;
use serde_json::{Value, json};

/// One step down into a spec.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Member {
        name: String,
        required: bool,
    },
    /// Of a list.
    Item,
    /// Of a map.
    Entry,
}

/// A place in the spec that holds a plain value.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// As `containerDefinitions[].dockerLabels{}`.
    pub path: String,
    pub steps: Vec<Step>,
}

/// What the CRD of a kind says of its spec.
pub struct Schema {
    pub leaves: Vec<Leaf>,
    /// The top-level members that the CRD does not let change.
    pub immutable: Vec<String>,
}

pub fn of(kind: &str) -> Schema {
    let spec = whole(kind);
    let mut leaves = Vec::new();
    descend(&spec, &mut Vec::new(), &mut leaves);
    Schema { leaves, immutable: immutable(&spec) }
}

/// The schema of the kind's spec as it stands in the CRD.
pub fn whole(kind: &str) -> Value {
    let crds = kinds::crds().expect("the CRDs are made");
    let mut crds = crds.iter().map(|crd| serde_json::to_value(crd).expect("a CRD is JSON"));
    let crd = crds.find(|crd| crd["spec"]["names"]["kind"] == kind).expect("the kind has a CRD");
    crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"].clone()
}

fn descend(schema: &Value, steps: &mut Vec<Step>, leaves: &mut Vec<Leaf>) {
    let mut into = |schema: &Value, step: Step| {
        steps.push(step);
        descend(schema, steps, leaves);
        steps.pop();
    };
    if let Some(members) = schema["properties"].as_object() {
        for (name, member) in members {
            let required = schema["required"].as_array().is_some_and(|required| required.contains(&json!(name)));
            into(member, Step::Member { name: name.clone(), required });
        }
    } else if schema["items"].is_object() {
        into(&schema["items"], Step::Item);
    } else if schema["additionalProperties"].is_object() {
        into(&schema["additionalProperties"], Step::Entry);
    } else {
        leaves.push(Leaf { path: path(steps), steps: steps.clone() });
    }
}

/// The members that a rule compares with what they were.
fn immutable(spec: &Value) -> Vec<String> {
    let rules = spec["x-kubernetes-validations"].as_array().into_iter().flatten();
    rules
        .filter_map(|rule| {
            let (_, after) = rule["rule"].as_str()?.split_once("== oldSelf.")?;
            Some(after.trim_end_matches(')').to_owned())
        })
        .collect()
}

pub fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Member { name, .. } if path.is_empty() => path.push_str(name),
            Step::Member { name, .. } => {
                path.push('.');
                path.push_str(name);
            }
            Step::Item => path.push_str("[]"),
            Step::Entry => path.push_str("{}"),
        }
    }
    path
}
