//! What the properties need of a kind beside the kind: specs that its CRD lets through, and an AWS to try them on.

use std::fmt;

use ecs_bridge::engine::Kind;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Aws, Object};

/// A spec, shown as one line of JSON.
#[derive(Clone, PartialEq)]
pub struct Spec(pub Value);

impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

pub trait Sample: Kind {
    /// Writes that a lost memo may repeat: they start nothing.
    const REPEATS: &'static [&'static str] = &[];

    /// Specs that the CRD lets through and AWS accepts.
    fn specs() -> BoxedStrategy<Spec>;

    /// Members that the CRD does not let change, or whose change is treated apart.
    fn immutable() -> &'static [&'static str];

    /// An AWS in which others have things too.
    fn aws() -> Aws;

    /// Makes what the spec would make, as somebody else, with these tags.
    fn foreign(aws: &Aws, spec: &Value, tags: &[(&str, &str)]);

    /// What AWS has of the object, however it came there.
    fn view(aws: &Aws, _: &Object<Self>) -> Value {
        aws.state()
    }

    /// Two specs of one object, one after the other.
    fn changes() -> BoxedStrategy<(Spec, Spec)> {
        (Self::specs(), Self::specs())
            .prop_map(|(first, Spec(mut second))| {
                for member in Self::immutable() {
                    second.as_object_mut().expect("a spec").remove(*member);
                    if let Some(kept) = first.0.get(*member) {
                        second[*member] = kept.clone();
                    }
                }
                (first, Spec(second))
            })
            .boxed()
    }
}

/// One of these, the first more often as cases get simpler.
pub fn one_of(values: Vec<Value>) -> BoxedStrategy<Value> {
    prop::sample::select(values).boxed()
}

/// A spec of the members that each part gives.
pub fn members(parts: Vec<BoxedStrategy<Value>>) -> BoxedStrategy<Value> {
    parts
        .prop_map(|parts| {
            let mut spec = Map::new();
            for part in parts {
                if let Value::Object(members) = part {
                    spec.extend(members);
                }
            }
            Value::Object(spec)
        })
        .boxed()
}

/// Some tags, under the names that the service has for key and value.
pub fn tags(key: &'static str, value: &'static str) -> BoxedStrategy<Value> {
    let pairs = prop::sample::subsequence(vec![("team", "shop"), ("team", "web"), ("cost", "1")], 0..=2);
    pairs
        .prop_map(move |pairs| {
            let mut tags: Vec<Value> = Vec::new();
            for (name, of) in pairs {
                if !tags.iter().any(|tag| tag[key] == name) {
                    tags.push(json!({ key: name, value: of }));
                }
            }
            json!({ "tags": tags })
        })
        .boxed()
}
