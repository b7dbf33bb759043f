//! Writes to one custom resource: its status by server-side apply, its finalizer by a patch against the resourceVersion.

use kube::{
    Api, ResourceExt,
    api::{Patch, PatchParams},
    core::{ApiResource, DynamicObject},
};
use serde_json::{Value, json};

use super::{
    events::MANAGER,
    lease::Leadership,
    object::{self, FINALIZER},
    shared::{API_DEADLINE, ApiError, Shared, timely, within},
};

/// The writer of one object's status and finalizer.
pub struct Writer {
    api: Api<DynamicObject>,
    resource: ApiResource,
    name: String,
    leadership: Leadership,
}

impl Writer {
    pub fn new(shared: &Shared, resource: &ApiResource, object: &DynamicObject) -> Self {
        let namespace = object.namespace().unwrap_or_default();
        Writer {
            api: Api::namespaced_with(shared.client.clone(), &namespace, resource),
            resource: resource.clone(),
            name: object.name_any(),
            leadership: shared.leadership.clone(),
        }
    }

    pub async fn get(&self) -> Result<Option<DynamicObject>, ApiError> {
        timely(self.api.get_opt(&self.name)).await
    }

    /// Applies the whole status. With a resourceVersion, only over the object that has it.
    pub async fn status(
        &self,
        uid: Option<String>,
        status: &Value,
        resource_version: Option<String>,
    ) -> Result<DynamicObject, ApiError> {
        let mut metadata = json!({ "name": self.name });
        if let Some(version) = resource_version {
            metadata["resourceVersion"] = json!(version);
        }
        if let Some(uid) = uid {
            // Of an object that was deleted and made again under the same name, this status says nothing.
            metadata["uid"] = json!(uid);
        }
        let applied = json!({
            "apiVersion": self.resource.api_version,
            "kind": self.resource.kind,
            "metadata": metadata,
            "status": status,
        });
        self.written(self.api.patch_status(&self.name, &PatchParams::apply(MANAGER).force(), &Patch::Apply(&applied)))
            .await
    }

    pub async fn add_finalizer(&self, object: &DynamicObject) -> Result<DynamicObject, ApiError> {
        let finalizers: Vec<&str> = object.finalizers().iter().map(String::as_str).chain([FINALIZER]).collect();
        self.finalizers(object, &finalizers).await
    }

    pub async fn remove_finalizer(&self, object: &DynamicObject) -> Result<(), ApiError> {
        match self.finalizers(object, &object::other_finalizers(object)).await {
            // Gone already: that is what was wanted.
            Err(error) if error.code() == Some(404) => Ok(()),
            result => result.map(drop),
        }
    }

    async fn finalizers(&self, object: &DynamicObject, finalizers: &[&str]) -> Result<DynamicObject, ApiError> {
        let patch = json!({ "metadata": { "finalizers": finalizers, "resourceVersion": object.resource_version() } });
        self.written(self.api.patch(&self.name, &PatchParams::default(), &Patch::Merge(&patch))).await
    }

    /// A write that begins while the lease is held, and is cut off where it ends: it may be another's to write then.
    async fn written<T>(&self, write: impl Future<Output = kube::Result<T>>) -> Result<T, ApiError> {
        let left = self.leadership.left().ok_or(ApiError::NotLeading)?;
        within(left.min(API_DEADLINE), write).await
    }
}
