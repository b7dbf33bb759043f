//! What a plan asks of Kubernetes beside its object: calls as data, like those to AWS, answered by the operator's shell.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An operation of the Kubernetes API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    EvictPod,
    ListNamespaces,
    ListPods,
}

impl Operation {
    pub const ALL: &'static [Self] = &[Self::EvictPod, Self::ListNamespaces, Self::ListPods];

    pub const fn name(self) -> &'static str {
        match self {
            Self::EvictPod => "EvictPod",
            Self::ListNamespaces => "ListNamespaces",
            Self::ListPods => "ListPods",
        }
    }
}

/// Pods by namespace and labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPodsRequest {
    /// `None`: all namespaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPodsResponse {
    pub pods: Vec<Pod>,
}

/// A pod, as far as its metadata tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pod {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Seconds since 1970.
    pub created_at: i64,
    /// Whether it is on its way out.
    #[serde(default)]
    pub terminating: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListNamespacesRequest {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListNamespacesResponse {
    pub namespaces: Vec<String>,
}

/// Asks the pod to go, as its disruption budgets allow. The UID keeps it from hitting another pod of the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvictPodRequest {
    pub namespace: String,
    pub name: String,
    pub uid: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvictPodResponse {}

/// A verb on a resource that is not the kind's own, in all namespaces, as an RBAC rule has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    pub verb: &'static str,
    pub group: &'static str,
    /// With its subresource, as in `pods/eviction`.
    pub resource: &'static str,
}
