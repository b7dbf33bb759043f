//! The objects that a run makes, and what becomes of them in the API server.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ecs_bridge_harness::{Error, Kubernetes, Result, has_condition};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use kube::api::{DynamicObject, Patch, PatchParams, PostParams};
use kube::runtime::{WatchStreamExt as _, watcher};
use kube::{Api, ResourceExt as _};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::now;

/// How many requests to the API server are under way at once.
const AT_ONCE: usize = 16;

/// What services run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Definitions {
    /// All of a namespace the revision of one EcsTaskDefinition.
    Shared,
    /// Each its own, inline.
    Distinct,
}

impl Definitions {
    pub(super) fn name(self) -> &'static str {
        match self {
            Definitions::Shared => "shared",
            Definitions::Distinct => "distinct",
        }
    }
}

fn definition(tag: &str) -> Value {
    json!({
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{
            "name": "web",
            "image": format!("public.ecr.aws/nginx/nginx:{tag}"),
            "portMappings": [{"containerPort": 80}],
            "environment": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "REGION", "value": "us-east-1"}],
        }],
    })
}

fn object(kind: &str, name: &str, spec: &Value) -> Value {
    json!({"apiVersion": "ecs-bridge.dev/v1alpha1", "kind": kind, "metadata": {"name": name}, "spec": spec})
}

/// A cluster, and the definition that its services share, if they do.
pub(super) fn ground(definitions: Definitions) -> String {
    let cluster = object("EcsCluster", "main", &json!({"capacityProviders": ["FARGATE"]}));
    let shared = object("EcsTaskDefinition", "shared", &definition("1.29"));
    let objects = match definitions {
        Definitions::Shared => vec![cluster, shared],
        Definitions::Distinct => vec![cluster],
    };
    json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string()
}

pub(super) fn service(name: &str, definitions: Definitions) -> Value {
    let mut spec = json!({
        "clusterRef": {"name": "main"},
        "desiredCount": 1,
        "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d4e5f60718"]}},
    });
    match definitions {
        Definitions::Shared => spec["taskDefinitionRef"] = json!({"name": "shared"}),
        Definitions::Distinct => spec["taskDefinition"] = definition("1.29"),
    }
    object("EcsService", name, &spec)
}

/// A change of one line: how many tasks, or which image.
pub(super) fn edit(nth: usize, definitions: Definitions) -> Value {
    match definitions {
        Definitions::Shared => json!({"spec": {"desiredCount": 1 + (nth + 1) % 2}}),
        Definitions::Distinct => {
            let containers = &definition(&format!("1.29.{nth}"))["containerDefinitions"];
            json!({"spec": {"taskDefinition": {"containerDefinitions": containers}}})
        }
    }
}

pub(super) fn names(prefix: &str, number: usize) -> Vec<String> {
    (1..=number).map(|nth| format!("{prefix}{nth:05}")).collect()
}

/// The services of one namespace.
#[derive(Clone)]
pub(super) struct Services {
    api: Api<DynamicObject>,
    definitions: Definitions,
}

impl Services {
    pub(super) async fn new(kubernetes: &Kubernetes, namespace: &str, definitions: Definitions) -> Result<Self> {
        Ok(Services { api: kubernetes.api("EcsService", namespace).await?, definitions })
    }

    /// Makes them, and gives the time at which each was there.
    pub(super) async fn create(self, names: Vec<String>) -> Result<BTreeMap<String, u64>> {
        let (api, definitions) = (&self.api, self.definitions);
        let made = stream::iter(names).map(|name| async move {
            let object: DynamicObject =
                serde_json::from_value(service(&name, definitions)).map_err(|why| malformed(&why))?;
            let at = now();
            api.create(&PostParams::default(), &object).await?;
            Ok::<_, Error>((name, at))
        });
        made.buffer_unordered(AT_ONCE).try_collect().await
    }

    pub(super) async fn delete(self, names: Vec<String>) -> Result<()> {
        let api = &self.api;
        let deleted = stream::iter(names).map(|name| async move {
            api.delete(&name, &kube::api::DeleteParams::default()).await?;
            Ok::<_, Error>(())
        });
        deleted.buffer_unordered(AT_ONCE).try_collect().await
    }

    /// Changes one, and gives the time at which that was asked for.
    pub(super) async fn change(&self, name: &str, nth: usize) -> Result<u64> {
        let (at, change) = (now(), edit(nth, self.definitions));
        self.api.patch(name, &PatchParams::default(), &Patch::Merge(change)).await?;
        Ok(at)
    }
}

fn malformed(why: &serde_json::Error) -> Error {
    Error::Malformed { what: "an object of the bench".to_owned(), why: why.to_string() }
}

#[derive(Default)]
struct Seen {
    /// When each was Ready first.
    ready: BTreeMap<String, u64>,
    live: BTreeSet<String>,
}

/// What is seen of a namespace's services.
pub(super) struct Sight {
    seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

impl Sight {
    pub(super) fn of(services: &Services) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let mut changes = watcher(services.api.clone(), watcher::Config::default()).default_backoff().boxed();
        let task = tokio::spawn({
            let seen = seen.clone();
            async move {
                while let Some(change) = changes.next().await {
                    // What fails here is tried again by the watcher.
                    let Ok(change) = change else { continue };
                    let mut seen = lock(&seen);
                    match change {
                        watcher::Event::Apply(object) | watcher::Event::InitApply(object) => {
                            let name = object.name_any();
                            if has_condition(&object, "Ready", "True") {
                                seen.ready.entry(name.clone()).or_insert_with(now);
                            }
                            seen.live.insert(name);
                        }
                        watcher::Event::Delete(object) => {
                            seen.live.remove(&object.name_any());
                        }
                        watcher::Event::Init | watcher::Event::InitDone => {}
                    }
                }
            }
        });
        Sight { seen, task }
    }

    pub(super) fn ready(&self) -> BTreeMap<String, u64> {
        lock(&self.seen).ready.clone()
    }

    pub(super) fn live(&self) -> usize {
        lock(&self.seen).live.len()
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.task.abort();
    }
}
