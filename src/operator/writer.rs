//! Writes to one custom resource: its status by server-side apply, its finalizer by a patch, each against the resourceVersion.

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
use crate::engine::bite::{Defect, bitten};

/// How often a write is tried that others keep getting in before.
const TRIES: u32 = 5;

/// What of an object a write rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// On all that a pass depends on: where that has changed, it is planned again.
    OnObject,
    /// On its status: what a pass found is told, of the generation that it was about, whatever people have edited since.
    OnStatus,
}

impl Rest {
    pub fn holds(self, seen: &DynamicObject, now: &DynamicObject) -> bool {
        let is_same = seen.uid() == now.uid() && seen.data.get("status") == now.data.get("status");
        is_same && (self == Rest::OnStatus || object::trigger(seen) == object::trigger(now))
    }
}

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

    /// Applies the whole status over the object as it was seen.
    pub async fn status(&self, seen: &DynamicObject, status: &Value, rest: Rest) -> Result<DynamicObject, ApiError> {
        self.over(seen, rest, |object| {
            let metadata = json!({
                "name": self.name,
                // Of an object that was deleted and made again under the same name, this status says nothing.
                "uid": object.uid(),
                // A leader that stood still before this write would bring back what it knew then.
                "resourceVersion": object.resource_version().filter(|_| !bitten(Defect::OverwritesStatus)),
            });
            let applied = json!({
                "apiVersion": self.resource.api_version,
                "kind": self.resource.kind,
                "metadata": metadata,
                "status": status,
            });
            async move {
                let parameters = PatchParams::apply(MANAGER).force();
                self.api.patch_status(&self.name, &parameters, &Patch::Apply(&applied)).await
            }
        })
        .await
    }

    pub async fn add_finalizer(&self, seen: &DynamicObject) -> Result<DynamicObject, ApiError> {
        self.finalizers(seen, |object| object.finalizers().iter().map(String::as_str).chain([FINALIZER]).collect())
            .await
    }

    pub async fn remove_finalizer(&self, seen: &DynamicObject) -> Result<(), ApiError> {
        match self.finalizers(seen, object::other_finalizers).await {
            // Gone already: that is what was wanted.
            Err(error) if error.code() == Some(404) => Ok(()),
            result => result.map(drop),
        }
    }

    async fn finalizers(
        &self,
        seen: &DynamicObject,
        finalizers: impl Fn(&DynamicObject) -> Vec<&str>,
    ) -> Result<DynamicObject, ApiError> {
        self.over(seen, Rest::OnObject, |object| {
            let metadata = json!({ "finalizers": finalizers(object), "resourceVersion": object.resource_version() });
            let patch = json!({ "metadata": metadata });
            async move { self.api.patch(&self.name, &PatchParams::default(), &Patch::Merge(&patch)).await }
        })
        .await
    }

    /// Writes against the resourceVersion of the object as it was seen. Where something else of it has changed than what the write rests
    /// on, it is tried again over what it is now; people who edit an object must not keep it from being written.
    async fn over<F>(
        &self,
        seen: &DynamicObject,
        rest: Rest,
        write: impl Fn(&DynamicObject) -> F,
    ) -> Result<DynamicObject, ApiError>
    where
        F: Future<Output = kube::Result<DynamicObject>>,
    {
        let mut newer: Option<DynamicObject> = None;
        for _ in 1..TRIES {
            let object = newer.as_ref().unwrap_or(seen);
            let conflict = match self.written(write(object)).await {
                Err(error) if error.code() == Some(409) => error,
                result => return result,
            };
            match self.get().await? {
                Some(now) if rest.holds(seen, &now) => newer = Some(now),
                _ => return Err(conflict),
            }
        }
        self.written(write(newer.as_ref().unwrap_or(seen))).await
    }

    /// A write that begins while the lease is held, and is cut off where it ends: it may be another's to write then.
    async fn written<T>(&self, write: impl Future<Output = kube::Result<T>>) -> Result<T, ApiError> {
        let left = self.leadership.left().ok_or(ApiError::NotLeading)?;
        within(left.min(API_DEADLINE), write).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_rests_on_what_it_was_made_of() {
        let seen = json!({
            "apiVersion": "ecs-bridge.dev/v1alpha1",
            "kind": "EcsService",
            "metadata": {"name": "web", "uid": "1", "generation": 1, "resourceVersion": "1", "annotations": {}},
            "status": {"memo": {"name": "web"}},
        });
        let object = |value: &Value| serde_json::from_value::<DynamicObject>(value.clone()).expect("an object");
        for (what, member, value, on_object, on_status) in [
            ("another version", "/metadata/resourceVersion", json!("2"), true, true),
            ("a label", "/metadata/labels", json!({"team": "shop"}), true, true),
            ("an annotation of others", "/metadata/annotations", json!({"seen": "now"}), true, true),
            ("one of ours", "/metadata/annotations", json!({"ecs-bridge.dev/retry": "1"}), false, true),
            ("another spec", "/metadata/generation", json!(2), false, true),
            ("a finalizer", "/metadata/finalizers", json!(["hold.ecs-bridge.dev/x"]), false, true),
            ("its deletion", "/metadata/deletionTimestamp", json!("2027-01-12T00:00:00Z"), false, true),
            ("another status", "/status/memo/name", json!("other"), false, false),
            ("another object of the name", "/metadata/uid", json!("2"), false, false),
        ] {
            let mut now = seen.clone();
            let (parent, name) = member.rsplit_once('/').expect("a pointer");
            now.pointer_mut(parent).expect("its parent")[name] = value;
            let holds = |rest: Rest| rest.holds(&object(&seen), &object(&now));
            assert_eq!(holds(Rest::OnObject), on_object, "{what}: what rests on the object");
            assert_eq!(holds(Rest::OnStatus), on_status, "{what}: what rests on the status");
        }
    }
}
