//! Lets objects go without the operator: its finalizers go, and AWS stays as it is.

use kube::{
    Api, ResourceExt,
    api::{ListParams, Patch, PatchParams},
    core::DynamicObject,
};
use serde_json::json;

use super::{
    object, registry,
    shared::{ApiError, api_in, timely},
    start::{self, StartError},
};
use crate::aws::ObjectId;

/// Which objects.
#[derive(Clone, Debug, Default)]
pub struct Release {
    /// All where none is given.
    pub namespace: Option<String>,
    /// All where none is named.
    pub kinds: Vec<String>,
    /// Tell what would be done.
    pub dry_run: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("{kind} can't be listed: {source}. Allow `list` on it, or name the others by --kinds")]
    List { kind: &'static str, source: Box<ApiError> },
    #[error("{id} can't be released: {source}. Allow `patch` on it, and try again: what was released stays so")]
    Patch { id: ObjectId, source: Box<ApiError> },
}

impl Release {
    /// Takes the finalizers off each object that has one, as whoever runs the command, and tells of each. Gives how many they were.
    pub async fn run(&self, mut tell: impl FnMut(&ObjectId)) -> Result<usize, ReleaseError> {
        let client = start::client(true).await?;
        // What one kind holds is an object of another.
        let holds = registry::shells(&[])?.into_iter().filter_map(|shell| shell.hold);
        let ours: Vec<&str> = holds.chain([object::FINALIZER]).collect();
        let mut released = 0;
        for shell in registry::shells(&self.kinds)? {
            let api: Api<DynamicObject> = api_in(&client, self.namespace.as_deref(), &shell.resource);
            let listed = match timely(api.list(&ListParams::default())).await {
                // Its CRD is not installed: there is none.
                Err(error) if error.code() == Some(404) => continue,
                listed => listed.map_err(|source| ReleaseError::List { kind: shell.kind, source: Box::new(source) })?,
            };
            for held in &listed.items {
                let (own, others): (Vec<&str>, Vec<&str>) =
                    held.finalizers().iter().map(String::as_str).partition(|finalizer| ours.contains(finalizer));
                if own.is_empty() {
                    continue;
                }
                let id = object::id(shell.kind, held);
                if !self.dry_run {
                    let api = api_in(&client, Some(&id.namespace), &shell.resource);
                    let result = finalizers(&api, held, &others).await;
                    result.map_err(|source| ReleaseError::Patch { id: id.clone(), source: Box::new(source) })?;
                }
                tell(&id);
                released += 1;
            }
        }
        Ok(released)
    }
}

/// Leaves it these.
async fn finalizers(api: &Api<DynamicObject>, held: &DynamicObject, others: &[&str]) -> Result<(), ApiError> {
    // Against the version that was read: the finalizers of others may have changed meanwhile.
    let patch = json!({ "metadata": { "resourceVersion": held.resource_version(), "finalizers": others } });
    match timely(api.patch_metadata(&held.name_any(), &PatchParams::default(), &Patch::Merge(&patch))).await {
        // Gone already: that is what was wanted.
        Err(error) if error.code() == Some(404) => Ok(()),
        result => result.map(drop),
    }
}
