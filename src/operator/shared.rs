//! What all controllers share.

use std::{collections::HashMap, time::Duration};

use kube::{
    Api, Client, Resource,
    core::{ApiResource, DynamicResourceScope},
};
use tokio::sync::mpsc::UnboundedSender;

use super::{
    dependents::Dependents, events::Events, kubernetes::Kubernetes, lanes::Lanes, lease::Leadership, metrics::Metrics,
    readiness::Readiness, settings::Settings, watched::Watched,
};
use crate::aws::{Aws, ObjectId, Roster, Scope, Sweeper};

/// Every call to the API server but a watch ends by then: kube's client has no read timeout of its own.
pub const API_DEADLINE: Duration = Duration::from_secs(10);

pub struct Shared {
    pub client: Client,
    /// What plans ask of Kubernetes beside their objects.
    pub kubernetes: Kubernetes,
    pub aws: Aws,
    /// The account, region and role that everything is made under, for now.
    pub scope: Scope,
    pub owner_id: String,
    pub settings: Settings,
    pub dependents: Dependents,
    pub wakes: Wakes,
    pub lanes: Lanes,
    pub sweeper: Sweeper,
    pub roster: Roster,
    pub events: Events,
    pub metrics: Metrics,
    pub leadership: Leadership,
    pub readiness: Readiness,
}

/// Starts passes from outside the watches. By kind, the queue of each watch.
#[derive(Clone, Default)]
pub struct Wakes(pub HashMap<&'static str, Watched<UnboundedSender<ObjectId>>>);

impl Wakes {
    pub fn wake(&self, id: &ObjectId) {
        if let Some(queue) = self.0.get(id.kind).and_then(|queues| queues.of(&id.namespace)) {
            // A queue that is closed belongs to a controller that is shutting down.
            let _ = queue.send(id.clone());
        }
    }
}

/// The objects of a resource in a namespace, or everywhere.
pub fn api_in<K>(client: &Client, namespace: Option<&str>, resource: &ApiResource) -> Api<K>
where
    K: Resource<DynamicType = ApiResource, Scope = DynamicResourceScope>,
{
    match namespace {
        Some(namespace) => Api::namespaced_with(client.clone(), namespace, resource),
        None => Api::all_with(client.clone(), resource),
    }
}

/// A call to the API server, with its deadline.
pub async fn timely<T>(call: impl Future<Output = kube::Result<T>>) -> Result<T, ApiError> {
    within(API_DEADLINE, call).await
}

pub async fn within<T>(deadline: Duration, call: impl Future<Output = kube::Result<T>>) -> Result<T, ApiError> {
    match tokio::time::timeout(deadline, call).await {
        Ok(result) => Ok(result?),
        Err(_) => Err(ApiError::Late(deadline)),
    }
}

/// A call to the API server that failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error(transparent)]
    Api(#[from] kube::Error),
    #[error("the API server did not answer within {0:?}")]
    Late(Duration),
    /// Another operator may lead by now.
    #[error("the lease has ended: nothing is written any more")]
    NotLeading,
}

impl ApiError {
    pub fn code(&self) -> Option<u16> {
        match self {
            ApiError::Api(kube::Error::Api(status)) => Some(status.code),
            _ => None,
        }
    }
}
