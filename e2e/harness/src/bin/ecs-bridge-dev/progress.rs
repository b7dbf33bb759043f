//! What happens to objects, as it happens.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use ecs_bridge_harness::{Error, Kubernetes, Result, condition, has_condition};
use futures::stream::{SelectAll, StreamExt as _};
use kube::api::DynamicObject;
use kube::runtime::{WatchStreamExt as _, watcher};
use kube::{Api, ResourceExt as _, discovery};

/// Prints each change of an object's Ready condition in a namespace, until that many objects are Ready: those of some kinds, or, where none is
/// named, of all.
pub(crate) async fn until_ready(
    kubernetes: &Kubernetes,
    namespace: &str,
    kinds: &[&str],
    count: usize,
    patience: Duration,
) -> Result<()> {
    let client = kubernetes.client().await?;
    let group = discovery::pinned_group(&client, &kube::core::GroupVersion::gv("ecs-bridge.dev", "v1alpha1")).await?;
    let mut changes = SelectAll::new();
    for (resource, _) in group.recommended_resources() {
        if !kinds.is_empty() && !kinds.contains(&resource.kind.as_str()) {
            continue;
        }
        let api: Api<DynamicObject> = Api::namespaced_with(client.clone(), namespace, &resource);
        let objects = watcher(api, watcher::Config::default()).default_backoff().applied_objects();
        changes.push(objects.map(move |object| (resource.kind.clone(), object)).boxed());
    }

    let start = Instant::now();
    let mut seen: BTreeMap<String, (bool, String)> = BTreeMap::new();
    let watching = async {
        while let Some((kind, object)) = changes.next().await {
            // What fails here is tried again by the watcher.
            let Ok(object) = object else { continue };
            let name = format!("{kind}/{}", object.name_any());
            let state = (has_condition(&object, "Ready", "True"), describe(&object));
            if seen.get(&name) != Some(&state) {
                println!("{:>6.1} s  {name:<38}  {}", start.elapsed().as_secs_f32(), state.1.trim_end());
                seen.insert(name, state);
            }
            if seen.values().filter(|(ready, _)| *ready).count() == count {
                return;
            }
        }
    };
    if tokio::time::timeout(patience, watching).await.is_ok() {
        return Ok(());
    }
    let unready = seen.iter().filter(|(_, (ready, _))| !ready);
    let unready: Vec<_> = unready.map(|(name, (_, state))| format!("{name}: {state}")).collect();
    let what = format!("{count} objects to be Ready");
    Err(Error::Timeout { what, within: patience, seen: format!("\n{}", unready.join("\n")) })
}

/// The Ready condition in aligned columns.
fn describe(object: &DynamicObject) -> String {
    match condition(object, "Ready") {
        Some(ready) => {
            let mark = if ready.status == "True" { "Ready" } else { "-" };
            format!("{mark:<5}  {:<20}  {}", ready.reason, ready.message)
        }
        None => format!("{:<5}  {:<20}", "-", "(no status yet)"),
    }
}
