//! A custom resource as the watch's cache keeps it. There are thousands of them, and each is seldom looked at.

use std::borrow::Cow;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::{
    Resource,
    core::{ApiResource, DynamicObject, DynamicResourceScope, TypeMeta},
};
use serde::Deserialize;
use serde_json::Value;

use super::object;
use crate::aws::Standing;

/// The metadata, without who manages which field, and the rest as text: parsed, a service takes ten times as much.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "DynamicObject")]
pub struct Cached {
    types: Option<TypeMeta>,
    metadata: ObjectMeta,
    data: Box<str>,
    /// Asked for each time that the object comes up, which parses nothing.
    pub standing: Standing,
}

impl From<DynamicObject> for Cached {
    fn from(object: DynamicObject) -> Self {
        let DynamicObject { types, mut metadata, data } = object;
        metadata.managed_fields = None;
        Cached { types, metadata, standing: object::standing(&data), data: data.to_string().into() }
    }
}

impl Cached {
    /// The whole object.
    pub fn object(&self) -> DynamicObject {
        DynamicObject { types: self.types.clone(), metadata: self.metadata.clone(), data: self.data() }
    }

    /// Spec and status.
    pub fn data(&self) -> Value {
        // It is what serde_json wrote.
        serde_json::from_str(&self.data).unwrap_or_default()
    }
}

impl Resource for Cached {
    type DynamicType = ApiResource;
    type Scope = DynamicResourceScope;

    fn kind(resource: &ApiResource) -> Cow<'_, str> {
        DynamicObject::kind(resource)
    }

    fn group(resource: &ApiResource) -> Cow<'_, str> {
        DynamicObject::group(resource)
    }

    fn version(resource: &ApiResource) -> Cow<'_, str> {
        DynamicObject::version(resource)
    }

    fn plural(resource: &ApiResource) -> Cow<'_, str> {
        DynamicObject::plural(resource)
    }

    fn meta(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn meta_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_the_object_without_its_managers() {
        let text = json!({
            "apiVersion": "ecs-bridge.dev/v1alpha1",
            "kind": "EcsService",
            "metadata": { "name": "web", "namespace": "shop", "resourceVersion": "7", "managedFields": [{ "manager": "kubectl" }] },
            "spec": { "desiredCount": 2, "taskDefinition": { "cpu": "256" } },
            "status": { "observedGeneration": 1 },
        });
        let cached: Cached = serde_json::from_value(text.clone()).expect("an object");
        let mut expected = text;
        expected["metadata"].as_object_mut().expect("metadata").remove("managedFields");
        assert_eq!(serde_json::to_value(cached.object()).expect("JSON"), expected, "what the cache gives back");
    }
}
