//! Objects that people ask for by an annotation on another object, which owns them: what there is to do about one. Pure.

use serde_json::{Value, json};

use super::kubernetes::{Named, Resource, is_deleting};

/// On a Service: the AWS Cloud Map namespace that it is to have a name in.
pub const CLOUD_MAP_NAMESPACE: &str = "ecs-bridge.dev/cloud-map-namespace";

/// By which annotation, on objects of which resource, objects of a kind are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Annotated {
    pub key: &'static str,
    pub on: &'static Resource,
    /// The kind's own resource.
    pub makes: &'static Resource,
    /// The spec that the annotated object asks for with this value; `None`: it can't have one.
    pub spec: fn(&Value, &str) -> Option<Value>,
}

/// What to do about the object of an annotated one's name.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    Nothing,
    Apply(Value),
    /// By its UID.
    Delete(String),
    /// One of the name is somebody else's.
    Taken,
}

impl Annotated {
    pub fn object(&self, namespace: &str, name: &str) -> Named {
        Named::new(self.makes, Some(namespace), name)
    }

    pub fn decide(&self, source: Option<&Value>, object: Option<&Value>) -> Decision {
        // What its owner is no more is the garbage collector's.
        let Some(source) = source.filter(|source| !is_deleting(source)) else {
            return Decision::Nothing;
        };
        let value = source["metadata"]["annotations"][self.key].as_str().filter(|value| !value.is_empty());
        let wanted = value.and_then(|value| (self.spec)(source, value));
        let Some(object) = object else {
            return wanted.map_or(Decision::Nothing, |spec| Decision::Apply(self.manifest(source, &spec)));
        };
        let owners = object["metadata"]["ownerReferences"].as_array().into_iter().flatten();
        let is_made = owners.into_iter().any(|owner| owner["uid"] == source["metadata"]["uid"]);
        match wanted {
            // Its end is waited for.
            _ if is_made && is_deleting(object) => Decision::Nothing,
            Some(_) if !is_made => Decision::Taken,
            Some(spec) if is_within(&spec, &object["spec"]) => Decision::Nothing,
            Some(spec) => Decision::Apply(self.manifest(source, &spec)),
            None if is_made => Decision::Delete(object["metadata"]["uid"].as_str().unwrap_or_default().to_owned()),
            None => Decision::Nothing,
        }
    }

    fn manifest(&self, source: &Value, spec: &Value) -> Value {
        let metadata = &source["metadata"];
        json!({
            "apiVersion": self.makes.api_version,
            "kind": self.makes.kind,
            "metadata": {
                "name": metadata["name"],
                "namespace": metadata["namespace"],
                "ownerReferences": [{
                    "apiVersion": self.on.api_version,
                    "kind": self.on.kind,
                    "name": metadata["name"],
                    "uid": metadata["uid"],
                    "controller": true,
                }],
            },
            "spec": spec,
        })
    }
}

/// Whether each member that is wanted is there so.
fn is_within(wanted: &Value, spec: &Value) -> bool {
    wanted.as_object().into_iter().flatten().all(|(name, value)| spec[name] == *value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kubernetes::SERVICE;

    static MADE: Resource = Resource::new("ecs-bridge.dev/v1alpha1", "Made", "mades");
    static NAMED: Annotated = Annotated {
        key: "ecs-bridge.dev/made",
        on: &SERVICE,
        makes: &MADE,
        spec: |source, value| (source["spec"]["type"] != "ExternalName").then(|| json!({ "of": value })),
    };

    fn source(annotations: &Value) -> Value {
        json!({"metadata": {"name": "web", "namespace": "shop", "uid": "u-1", "annotations": annotations}})
    }

    fn object(owner: &str, of: &str) -> Value {
        let owners = json!([{"kind": "Service", "name": "web", "uid": owner}]);
        json!({"metadata": {"uid": "u-2", "ownerReferences": owners}, "spec": {"of": of, "management": {}}})
    }

    fn going(mut object: Value) -> Value {
        object["metadata"]["deletionTimestamp"] = json!("2027-01-12T00:00:00Z");
        object
    }

    #[test]
    fn an_annotation_asks_for_an_object_of_its_own() {
        let asks = || source(&json!({"ecs-bridge.dev/made": "a"}));
        let external = || {
            let mut source = asks();
            source["spec"]["type"] = json!("ExternalName");
            source
        };
        let apply = Decision::Apply(NAMED.manifest(&asks(), &json!({"of": "a"})));
        let delete = Decision::Delete("u-2".to_owned());
        for (case, source, object, expected) in [
            ("none is there", Some(asks()), None, apply.clone()),
            ("it is there", Some(asks()), Some(object("u-1", "a")), Decision::Nothing),
            ("with another value", Some(asks()), Some(object("u-1", "b")), apply),
            ("it is on its way out", Some(asks()), Some(going(object("u-1", "b"))), Decision::Nothing),
            ("one of the name is another's", Some(asks()), Some(object("u-9", "a")), Decision::Taken),
            ("the annotation is taken off", Some(source(&json!({}))), Some(object("u-1", "a")), delete.clone()),
            (
                "it is emptied",
                Some(source(&json!({"ecs-bridge.dev/made": ""}))),
                Some(object("u-1", "a")),
                delete.clone(),
            ),
            ("it can't have one any more", Some(external()), Some(object("u-1", "a")), delete),
            ("there is no annotation", Some(source(&json!({}))), None, Decision::Nothing),
            ("nor one, and another's", Some(source(&json!({}))), Some(object("u-9", "a")), Decision::Nothing),
            ("the source is going", Some(going(asks())), Some(object("u-1", "a")), Decision::Nothing),
            ("the source is gone", None, Some(object("u-1", "a")), Decision::Nothing),
        ] {
            assert_eq!(NAMED.decide(source.as_ref(), object.as_ref()), expected, "{case}");
        }
    }

    #[test]
    fn what_is_made_goes_with_what_asked_for_it() {
        let manifest = NAMED.manifest(&source(&json!({})), &json!({}));
        let owner = json!({"apiVersion": "v1", "kind": "Service", "name": "web", "uid": "u-1", "controller": true});
        assert_eq!(manifest["metadata"]["ownerReferences"], json!([owner]));
        assert_eq!((&manifest["kind"], &manifest["metadata"]["namespace"]), (&json!("Made"), &json!("shop")));
    }
}
