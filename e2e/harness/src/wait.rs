//! Waiting with a deadline, and with a message that says what was there instead.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use kube::api::DynamicObject;
use kube::{Api, Resource, ResourceExt as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

const POLL: Duration = Duration::from_millis(50);

/// Tries until `attempt` succeeds; its error says what was seen instead, and the last one is in the failure.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut attempt: impl AsyncFnMut() -> Result<T, String>,
) -> Result<T> {
    let deadline = Instant::now() + within;
    loop {
        match attempt().await {
            Ok(value) => return Ok(value),
            Err(seen) if Instant::now() >= deadline => {
                return Err(Error::Timeout { what: what.to_owned(), within, seen });
            }
            Err(_) => tokio::time::sleep(POLL).await,
        }
    }
}

/// Waits until the object is there and is as wanted; a failure prints the object.
pub async fn wait_for<K>(
    api: &Api<K>,
    name: &str,
    what: &str,
    within: Duration,
    wanted: impl Fn(&K) -> bool,
) -> Result<K>
where
    K: Resource + Clone + DeserializeOwned + Debug + Serialize,
{
    eventually(&format!("{name} to be {what}"), within, async || match api.get_opt(name).await {
        Ok(Some(object)) if wanted(&object) => Ok(object),
        Ok(Some(object)) => Err(printed(&object)),
        Ok(None) => Err("no such object".to_owned()),
        Err(e) => Err(e.to_string()),
    })
    .await
}

/// Waits until the object is gone.
pub async fn wait_gone<K>(api: &Api<K>, name: &str, within: Duration) -> Result<()>
where
    K: Resource + Clone + DeserializeOwned + Debug + Serialize,
{
    eventually(&format!("{name} to be gone"), within, async || match api.get_opt(name).await {
        Ok(None) => Ok(()),
        Ok(Some(object)) => Err(printed(&object)),
        Err(e) => Err(e.to_string()),
    })
    .await
}

fn printed<K: Resource + Clone + Serialize>(object: &K) -> String {
    let mut object = object.clone();
    object.managed_fields_mut().clear();
    let yaml = serde_yaml_ng::to_string(&object).unwrap_or_else(|e| e.to_string());
    format!("\n{yaml}")
}

/// One of an object's `status.conditions`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    pub status: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub observed_generation: Option<i64>,
}

/// The condition of that type, if the object has it.
pub fn condition(object: &DynamicObject, kind: &str) -> Option<Condition> {
    let conditions = object.data.pointer("/status/conditions")?.as_array()?;
    let found = conditions.iter().find(|condition| condition["type"] == kind)?;
    serde_json::from_value(found.clone()).ok()
}

/// Whether the condition of that type has that status, and is about the spec as it is now.
pub fn has_condition(object: &DynamicObject, kind: &str, status: &str) -> bool {
    condition(object, kind).is_some_and(|condition| {
        condition.status == status
            && condition.observed_generation.is_none_or(|seen| Some(seen) == object.metadata.generation)
    })
}
