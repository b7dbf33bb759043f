//! Makes the objects that people ask for by an annotation on another object: see [`crate::engine::annotated`].

use std::{collections::BTreeSet, pin::pin, sync::Arc, time::Duration};

use futures::StreamExt;
use k8s_openapi::api::core::v1::ObjectReference;
use kube::{
    Api, ResourceExt,
    api::PartialObjectMeta,
    core::DynamicObject,
    runtime::{
        WatchStreamExt,
        watcher::{self, Event, watcher},
    },
};
use serde::Serialize;
use serde_json::Value;
use tracing::{info, warn};

use super::{
    kubernetes::api_resource,
    shared::{Shared, api_in},
    watched::{Watched, interrupted, place},
};
use crate::engine::{
    Call, RefusalKind, Why,
    annotated::{Annotated, Decision},
    kubernetes::{ApplyObjectRequest, DeleteObjectRequest, ListObjectsRequest, Named, Operation},
    reason,
};

/// What could not be done, and what was asked for, are looked at again so often.
const AGAIN: Duration = Duration::from_secs(15);

/// Follows what a kind's annotation may stand on, once in each namespace that is watched.
pub fn follow_all(shared: &Arc<Shared>) {
    if !shared.settings.annotations {
        return;
    }
    let asked: Vec<&'static Annotated> =
        shared.dependents.kinds.iter().filter_map(|(shell, _)| shell.annotated).collect();
    let watched = Watched::new(&shared.settings.watch_namespaces, |namespace| namespace.map(str::to_owned));
    for annotated in asked {
        for (_, namespace) in watched.each() {
            tokio::spawn(follow(shared.clone(), annotated, namespace.clone()));
        }
    }
}

/// Follows their metadata, in a namespace or in all, for ever; keeps the names of those that have the annotation, and of those that had it.
async fn follow(shared: Arc<Shared>, annotated: &'static Annotated, namespace: Option<String>) {
    let watch = format!("{} with {} in {}", annotated.on.kind, annotated.key, place(namespace.as_deref()));
    let api: Api<PartialObjectMeta<DynamicObject>> =
        api_in(&shared.client, namespace.as_deref(), &api_resource(annotated.on));
    let mut events = pin!(watcher(api, watcher::Config::default()).default_backoff());
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    let mut again = tokio::time::interval(AGAIN);
    loop {
        let due: Vec<(String, String)> = tokio::select! {
            _ = again.tick() => known.iter().cloned().collect(),
            event = events.next() => match event {
                Some(Ok(Event::Apply(changed) | Event::InitApply(changed))) => {
                    let key = (changed.namespace().unwrap_or_default(), changed.name_any());
                    let is_asked = changed.annotations().contains_key(annotated.key);
                    if is_asked || known.contains(&key) {
                        known.insert(key.clone());
                        vec![key]
                    } else {
                        Vec::new()
                    }
                }
                Some(Ok(Event::Delete(gone))) => {
                    known.remove(&(gone.namespace().unwrap_or_default(), gone.name_any()));
                    Vec::new()
                }
                Some(Ok(Event::InitDone)) => {
                    shared.readiness.lacks(&watch, None);
                    Vec::new()
                }
                Some(Ok(Event::Init)) => Vec::new(),
                Some(Err(error)) => {
                    interrupted(&shared.readiness, &watch, None, &error);
                    Vec::new()
                }
                None => return,
            },
        };
        for (namespace, name) in due {
            match settle(&shared, annotated, &namespace, &name).await {
                // Without the annotation, and without an object of its: nothing is asked for.
                Ok(Settled::NotAsked) => drop(known.remove(&(namespace, name))),
                Ok(Settled::Asked) => {}
                Err(Obstacle { why, source }) => {
                    let object = format!("{} {namespace}/{name}", annotated.on.kind);
                    let Why { reason, message } = why;
                    let told = "what the annotation asks for could not be made";
                    warn!(object, annotation = annotated.key, reason, why = message, "{told}");
                    if let Some(source) = source {
                        let note = format!("{told} ({}): {message}", annotated.key);
                        shared.events.warning(&source, "Reconcile", reason, note);
                    }
                }
            }
        }
    }
}

enum Settled {
    Asked,
    NotAsked,
}

/// What stands in the way, and of which object that is to be told.
struct Obstacle {
    why: Why,
    source: Option<ObjectReference>,
}

/// Does what there is to do about one.
async fn settle(shared: &Shared, annotated: &Annotated, namespace: &str, name: &str) -> Result<Settled, Obstacle> {
    // Who does not lead writes nothing, and looks again when it may.
    if !shared.leadership.may_write() {
        return Ok(Settled::Asked);
    }
    let request = ListObjectsRequest {
        resource: annotated.on.clone(),
        namespace: namespace.to_owned(),
        fields: format!("metadata.name={name}"),
        ..ListObjectsRequest::default()
    };
    let listed = ask(shared, Operation::ListObjects, &request).await;
    let listed = listed.map_err(|why| Obstacle { why, source: None })?.unwrap_or_default();
    let source = listed["objects"].get(0);
    let settled = carry_out(shared, annotated, &annotated.object(namespace, name), source).await;
    settled.map_err(|why| Obstacle { why, source: source.map(|source| reference(annotated, source)) })
}

fn reference(annotated: &Annotated, source: &Value) -> ObjectReference {
    let text = |member: &str| source["metadata"][member].as_str().map(str::to_owned);
    ObjectReference {
        api_version: Some(annotated.on.api_version.to_string()),
        kind: Some(annotated.on.kind.to_string()),
        namespace: text("namespace"),
        name: text("name"),
        uid: text("uid"),
        ..ObjectReference::default()
    }
}

async fn carry_out(
    shared: &Shared,
    annotated: &Annotated,
    named: &Named,
    source: Option<&Value>,
) -> Result<Settled, Why> {
    let object = ask(shared, Operation::GetObject, named).await?.map(|found| found["object"].clone());
    match annotated.decide(source, object.as_ref()) {
        Decision::Nothing => {
            let is_asked = source.is_some_and(|source| source["metadata"]["annotations"][annotated.key].is_string());
            return Ok(if is_asked { Settled::Asked } else { Settled::NotAsked });
        }
        Decision::Apply(manifest) => {
            let request = ApplyObjectRequest { object: named.clone(), manifest };
            match (ask(shared, Operation::ApplyObject, &request).await, object) {
                (Ok(_), _) => info!(object = %told(named), annotation = annotated.key, "made for an annotation"),
                // What can't be changed is made anew, once it is gone.
                (Err(_), Some(object)) if is_fixed(&object, &request.manifest) => {
                    let uid = object["metadata"]["uid"].as_str().unwrap_or_default().to_owned();
                    delete(shared, named, uid).await?;
                }
                (Err(why), _) => return Err(why),
            }
        }
        Decision::Delete(uid) => delete(shared, named, uid).await?,
        Decision::Taken => {
            let why = format!("{} exists and is not of this {}: delete or rename it", told(named), annotated.on.kind);
            return Err(Why::new(reason::CONFLICT, why));
        }
    }
    Ok(Settled::Asked)
}

/// Whether the two ask for different things: the API server refused the one in place of the other.
fn is_fixed(object: &Value, manifest: &Value) -> bool {
    object["spec"] != manifest["spec"]
}

async fn delete(shared: &Shared, named: &Named, uid: String) -> Result<(), Why> {
    ask(shared, Operation::DeleteObject, &DeleteObjectRequest { object: named.clone(), uid }).await?;
    info!(object = %told(named), "deleted: its annotation asks for it no more, or for another");
    Ok(())
}

fn told(named: &Named) -> String {
    format!("{} {}/{}", named.resource.kind, named.namespace.as_deref().unwrap_or_default(), named.name)
}

/// What Kubernetes answers; `None`: it is not there.
async fn ask(shared: &Shared, operation: Operation, request: &impl Serialize) -> Result<Option<Value>, Why> {
    match shared.kubernetes.call(operation, &Call::new(operation, request)).await {
        Ok(Ok(output)) => Ok(Some(output)),
        Ok(Err(refusal)) if refusal.kind == RefusalKind::NotFound => Ok(None),
        Ok(Err(refusal)) => Err(Why::new(reason::REFUSED_BY_KUBERNETES, refusal.to_string())),
        Err(failure) => Err(failure.why()),
    }
}
