//! Autoscalers: a change of one is a change of what it scales, which only its spec names. They write their own status at each of their
//! looks, so the spec alone counts, and of that no more is kept than its hash.

use std::{
    collections::{HashMap, HashSet},
    mem,
    pin::pin,
    sync::Arc,
};

use futures::StreamExt;
use k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
use kube::{
    Api, ResourceExt,
    runtime::{
        WatchStreamExt,
        watcher::{self, Event, watcher},
    },
};
use serde_json::json;

use super::{
    shared::Shared,
    watched::{interrupted, place},
};
use crate::engine::{hash, kind::Neighbour, kubernetes::AUTOSCALER};

/// Follows those of a namespace, or of all, for ever.
pub async fn follow(shared: Arc<Shared>, namespace: Option<String>) {
    let watch = format!("{} in {}", AUTOSCALER.kind, place(namespace.as_deref()));
    let api: Api<HorizontalPodAutoscaler> = match &namespace {
        Some(namespace) => Api::namespaced(shared.client.clone(), namespace),
        None => Api::all(shared.client.clone()),
    };
    let mut events = pin!(watcher(api, watcher::Config::default()).default_backoff());
    let mut known = Known::default();
    while let Some(event) = events.next().await {
        let scaled = match event {
            Ok(event) => {
                if matches!(event, Event::InitDone) {
                    shared.readiness.lacks(&watch, None);
                }
                known.learn(&event)
            }
            Err(error) => {
                interrupted(&shared.readiness, &watch, None, &error);
                Vec::new()
            }
        };
        for (namespace, object) in scaled {
            for id in shared.dependents.concerned(&object, &namespace) {
                shared.wakes.wake(&id);
            }
        }
    }
}

/// By namespace and name.
type Key = (String, String);

/// A namespace, and an object in it.
type Scaled = (String, Neighbour);

#[derive(Default)]
struct Known {
    all: HashMap<Key, Autoscaler>,
    /// What a list that has begun has not shown yet.
    unlisted: HashSet<Key>,
}

#[derive(PartialEq)]
struct Autoscaler {
    spec: String,
    scales: Neighbour,
}

impl Known {
    /// What is scaled otherwise than before.
    fn learn(&mut self, event: &Event<HorizontalPodAutoscaler>) -> Vec<Scaled> {
        match event {
            Event::Apply(changed) | Event::InitApply(changed) => {
                let key = key(changed);
                self.unlisted.remove(&key);
                let target = &changed.spec.scale_target_ref;
                let scales = Neighbour::new(&target.kind, &target.name);
                let now = Autoscaler { spec: hash::of(&json!(changed.spec)), scales: scales.clone() };
                match self.all.insert(key.clone(), now) {
                    Some(before) if before == self.all[&key] => Vec::new(),
                    Some(before) if before.scales != scales => vec![(key.0.clone(), before.scales), (key.0, scales)],
                    _ => vec![(key.0, scales)],
                }
            }
            Event::Delete(gone) => self.forget(key(gone)).into_iter().collect(),
            Event::Init => {
                self.unlisted = self.all.keys().cloned().collect();
                Vec::new()
            }
            // What went while nobody watched is in no event.
            Event::InitDone => mem::take(&mut self.unlisted).into_iter().filter_map(|key| self.forget(key)).collect(),
        }
    }

    fn forget(&mut self, key: Key) -> Option<Scaled> {
        let gone = self.all.remove(&key)?;
        Some((key.0, gone.scales))
    }
}

fn key(autoscaler: &HorizontalPodAutoscaler) -> Key {
    (autoscaler.namespace().unwrap_or_default(), autoscaler.name_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn autoscaler(name: &str, scales: &str, most: i32, looks: i64) -> HorizontalPodAutoscaler {
        serde_json::from_value(json!({
            "metadata": {"namespace": "shop", "name": name},
            "spec": {"maxReplicas": most, "scaleTargetRef": {"kind": "WorkloadBridge", "name": scales}},
            "status": {"observedGeneration": looks, "currentMetrics": null, "desiredReplicas": 1},
        }))
        .expect("an autoscaler")
    }

    #[test]
    fn only_what_is_scaled_otherwise_is_told() {
        let mut known = Known::default();
        let (web, other) = (autoscaler("a", "web", 4, 1), autoscaler("b", "other", 4, 1));
        for (what, event, expected) in [
            ("a list begins", Event::Init, &[][..]),
            ("one is listed", Event::InitApply(web.clone()), &["web"]),
            ("another is listed", Event::InitApply(other.clone()), &["other"]),
            ("the list ends", Event::InitDone, &[]),
            ("its status changes", Event::Apply(autoscaler("a", "web", 4, 2)), &[]),
            ("its spec changes", Event::Apply(autoscaler("a", "web", 5, 2)), &["web"]),
            ("it scales another", Event::Apply(autoscaler("a", "api", 5, 2)), &["web", "api"]),
            ("it is deleted", Event::Delete(autoscaler("a", "api", 5, 2)), &["api"]),
            ("it is deleted again", Event::Delete(autoscaler("a", "api", 5, 2)), &[]),
            ("another list begins", Event::Init, &[]),
            ("one has come", Event::InitApply(web), &["web"]),
            ("and one has gone", Event::InitDone, &["other"]),
        ] {
            let told = known.learn(&event);
            let names: Vec<&str> = told.iter().map(|(_, scaled)| scaled.name.as_str()).collect();
            assert_eq!(names, expected, "{what}");
            assert!(told.iter().all(|(namespace, scaled)| namespace == "shop" && scaled.kind == "WorkloadBridge"));
        }
    }
}
