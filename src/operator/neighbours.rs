//! Objects beside our kinds' that objects of ours rest on. Only their metadata are watched, and nothing of them is kept: a change wakes
//! those that rest on what has changed, and a list those that rest on anything of it.

use std::{collections::BTreeSet, pin::pin, sync::Arc};

use futures::StreamExt;
use kube::{
    Api, ResourceExt,
    api::PartialObjectMeta,
    core::DynamicObject,
    runtime::{
        WatchStreamExt,
        watcher::{self, Event, watcher},
    },
};

use super::{
    autoscalers,
    kubernetes::api_resource,
    shared::{Shared, api_in},
    watched::{Watched, interrupted, place},
};
use crate::engine::kubernetes::{AUTOSCALER, Resource, SECRET};

/// Follows each resource that a kind rests on, once in each namespace that is watched. Only who leads has anybody to wake.
pub fn follow_all(shared: &Arc<Shared>) {
    let may_watch = |resource: &&Resource| **resource != SECRET || shared.settings.sync_secrets;
    let resources: BTreeSet<&'static Resource> =
        shared.dependents.kinds.iter().flat_map(|(shell, _)| shell.watches).filter(may_watch).collect();
    let watched = Watched::new(&shared.settings.watch_namespaces, |namespace| namespace.map(str::to_owned));
    for resource in resources {
        for (_, namespace) in watched.each() {
            if *resource == AUTOSCALER {
                tokio::spawn(autoscalers::follow(shared.clone(), namespace.clone()));
            } else {
                tokio::spawn(follow(shared.clone(), resource, namespace.clone()));
            }
        }
    }
}

/// Follows the objects of a resource, in a namespace or in all, for ever.
async fn follow(shared: Arc<Shared>, resource: &'static Resource, namespace: Option<String>) {
    let watch = format!("{} in {}", resource.kind, place(namespace.as_deref()));
    let api: Api<PartialObjectMeta<DynamicObject>> =
        api_in(&shared.client, namespace.as_deref(), &api_resource(resource));
    let mut events = pin!(watcher(api, watcher::Config::default()).default_backoff());
    while let Some(event) = events.next().await {
        let woken = match event {
            Ok(Event::Apply(changed) | Event::Delete(changed)) => {
                let namespace = changed.namespace().unwrap_or_default();
                let by_labels = changed.labels().iter().map(|(label, value)| format!("{label}={value}"));
                let names = by_labels.chain([changed.name_any()]);
                names.flat_map(|name| shared.dependents.watching(&resource.kind, &namespace, &name)).collect()
            }
            // What went while nobody watched is in no event.
            Ok(Event::InitDone) => {
                shared.readiness.lacks(&watch, None);
                shared.dependents.watching_any(&resource.kind, namespace.as_deref())
            }
            Ok(Event::Init | Event::InitApply(_)) => Vec::new(),
            Err(error) => {
                interrupted(&shared.readiness, &watch, None, &error);
                Vec::new()
            }
        };
        for id in &woken {
            shared.wakes.wake(id);
        }
    }
}
