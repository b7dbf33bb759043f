//! What a test does with the API server.

use std::sync::{Arc, Mutex};

use ecs_bridge_harness::{Condition, condition, eventually, has_condition, wait_for, wait_gone};
use futures::StreamExt;
use kube::{
    Api, ResourceExt,
    api::{ApiResource, DeleteParams, Patch, PatchParams},
    core::{DynamicObject, GroupVersionKind},
    runtime::{WatchStreamExt, watcher},
};
use serde_json::{Value, json};

use super::{Lab, PATIENCE, ok};
use crate::gitops;

impl Lab {
    pub fn api(&self, kind: &str) -> Api<DynamicObject> {
        Api::namespaced_with(self.client.clone(), &self.namespace, &resource(kind))
    }

    /// Server-side apply with strict validation, as a user's.
    pub async fn apply(&self, manifest: &Value) -> DynamicObject {
        self.apply_as("user", manifest).await.unwrap_or_else(|error| panic!("{manifest} is not accepted: {error}"))
    }

    pub async fn apply_as(&self, manager: &str, manifest: &Value) -> kube::Result<DynamicObject> {
        let kind = manifest["kind"].as_str().expect("a kind");
        let name = manifest["metadata"]["name"].as_str().expect("a name");
        let parameters = PatchParams::apply(manager).validation_strict();
        self.api(kind).patch(name, &parameters, &Patch::Apply(manifest)).await
    }

    /// A merge patch by another party.
    pub async fn patch(&self, kind: &str, name: &str, patch: Value) -> DynamicObject {
        let patched = self.api(kind).patch(name, &PatchParams::default(), &Patch::Merge(&patch)).await;
        patched.unwrap_or_else(|error| panic!("{kind}/{name} can't be patched with {patch}: {error}"))
    }

    pub async fn annotate(&self, kind: &str, name: &str, key: &str, value: &str) {
        self.patch(kind, name, json!({ "metadata": { "annotations": { key: value } } })).await;
    }

    pub async fn delete(&self, kind: &str, name: &str) {
        let deleted = self.api(kind).delete(name, &DeleteParams::default()).await;
        deleted.unwrap_or_else(|error| panic!("{kind}/{name} can't be deleted: {error}"));
    }

    pub async fn get(&self, kind: &str, name: &str) -> DynamicObject {
        let got = self.api(kind).get(name).await;
        got.unwrap_or_else(|error| panic!("{kind}/{name} can't be read: {error}"))
    }

    /// Waits until the object is as wanted. Whatever it is then, Argo CD and Flux must agree on it.
    pub async fn until(
        &self,
        kind: &str,
        name: &str,
        what: &str,
        wanted: impl Fn(&DynamicObject) -> bool,
    ) -> DynamicObject {
        let object = ok(wait_for(&self.api(kind), name, what, PATIENCE, wanted).await);
        gitops::health(&serde_json::to_value(&object).expect("JSON"));
        object
    }

    /// Waits for a condition with this status about the spec as it is now.
    pub async fn has(&self, kind: &str, name: &str, type_: &str, status: &str) -> DynamicObject {
        let what = format!("{type_}={status}");
        self.until(kind, name, &what, |object| has_condition(object, type_, status)).await
    }

    pub async fn ready(&self, kind: &str, name: &str) -> DynamicObject {
        self.has(kind, name, "Ready", "True").await
    }

    /// Waits until the condition has this reason, and gives it.
    pub async fn reason(&self, kind: &str, name: &str, type_: &str, status: &str, reason: &str) -> Condition {
        let fits = |object: &DynamicObject| {
            has_condition(object, type_, status)
                && condition(object, type_).is_some_and(|condition| condition.reason == reason)
        };
        let object = self.until(kind, name, &format!("{type_}={status} for {reason}"), fits).await;
        condition(&object, type_).expect("it was there")
    }

    pub async fn stalled(&self, kind: &str, name: &str, reason: &str) -> Condition {
        self.reason(kind, name, "Stalled", "True", reason).await
    }

    pub async fn gone(&self, kind: &str, name: &str) {
        ok(wait_gone(&self.api(kind), name, PATIENCE).await);
    }

    /// Waits until kubectl, asked this, answers something that contains the text.
    pub async fn kubectl_shows(&self, arguments: &[&str], text: &str) -> String {
        let what = format!("kubectl {} to show {text:?}", arguments.join(" "));
        let look = async || match self.kubectl(arguments).await {
            Ok(output) if output.contains(text) => Ok(output),
            Ok(output) => Err(output),
            Err(error) => Err(error.to_string()),
        };
        ok(eventually(&what, PATIENCE, look).await)
    }

    /// kubectl in the lab's namespace.
    pub async fn kubectl(&self, arguments: &[&str]) -> ecs_bridge_harness::Result<String> {
        let namespace = format!("--namespace={}", self.namespace);
        let all: Vec<&str> = std::iter::once(namespace.as_str()).chain(arguments.iter().copied()).collect();
        self.kubernetes.kubectl(&all).await
    }

    /// Everything that the objects of a kind are from now on.
    pub fn follow(&self, kind: &str) -> History {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn({
            let (api, seen) = (self.api(kind), seen.clone());
            async move {
                let mut objects = watcher(api, watcher::Config::default()).default_backoff().applied_objects().boxed();
                while let Some(event) = objects.next().await {
                    if let Ok(object) = event {
                        seen.lock().expect("no panic while it was held").push(object);
                    }
                }
            }
        });
        History { seen, task }
    }
}

/// What objects have been.
pub struct History {
    seen: Arc<Mutex<Vec<DynamicObject>>>,
    task: tokio::task::JoinHandle<()>,
}

impl History {
    /// Each state of the object of that name, in order.
    pub fn of(&self, name: &str) -> Vec<DynamicObject> {
        let seen = self.seen.lock().expect("no panic while it was held");
        seen.iter().filter(|object| object.name_any() == name).cloned().collect()
    }
}

impl Drop for History {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn resource(kind: &str) -> ApiResource {
    ApiResource::from_gvk(&GroupVersionKind::gvk("ecs-bridge.dev", "v1alpha1", kind))
}
