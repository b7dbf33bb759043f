//! What a plan asks of Kubernetes beside its object: calls as data, like those to AWS, answered by the operator's shell.

use std::collections::BTreeMap;

use k8s_openapi::api::{core::v1::Service, discovery::v1::EndpointSlice};
use serde::{Deserialize, Serialize};

/// An operation of the Kubernetes API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    CreateEndpointSlice,
    DeleteEndpointSlice,
    EvictPod,
    GetService,
    ListEndpointSlices,
    ListNamespaces,
    ListPods,
    ListTargetGroupBindings,
    UpdateEndpointSlice,
}

impl Operation {
    pub const ALL: &'static [Self] = &[
        Self::CreateEndpointSlice,
        Self::DeleteEndpointSlice,
        Self::EvictPod,
        Self::GetService,
        Self::ListEndpointSlices,
        Self::ListNamespaces,
        Self::ListPods,
        Self::ListTargetGroupBindings,
        Self::UpdateEndpointSlice,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateEndpointSlice => "CreateEndpointSlice",
            Self::DeleteEndpointSlice => "DeleteEndpointSlice",
            Self::EvictPod => "EvictPod",
            Self::GetService => "GetService",
            Self::ListEndpointSlices => "ListEndpointSlices",
            Self::ListNamespaces => "ListNamespaces",
            Self::ListPods => "ListPods",
            Self::ListTargetGroupBindings => "ListTargetGroupBindings",
            Self::UpdateEndpointSlice => "UpdateEndpointSlice",
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

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetServiceRequest {
    pub namespace: String,
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetServiceResponse {
    pub service: Service,
}

/// Slices of a namespace by labels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListEndpointSlicesRequest {
    pub namespace: String,
    pub labels: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListEndpointSlicesResponse {
    pub slices: Vec<EndpointSlice>,
}

/// A slice that is made, or that takes the place of the one of its name and resourceVersion. The answer is the same, as it is now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WriteEndpointSlice {
    pub slice: EndpointSlice,
}

/// Deletes the slice, where it is still the one of this UID.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteEndpointSliceRequest {
    pub namespace: String,
    pub name: String,
    pub uid: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteEndpointSliceResponse {}

/// The bindings of a namespace: of the AWS Load Balancer Controller, and of EKS Auto Mode.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTargetGroupBindingsRequest {
    pub namespace: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTargetGroupBindingsResponse {
    pub bindings: Vec<TargetGroupBinding>,
}

/// What registers a Service's endpoints with a load balancer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetGroupBinding {
    pub name: String,
    pub service: String,
    /// `instance`, or `ip` for the pods themselves.
    pub target_type: String,
}

/// A verb on a resource that is not the kind's own, in all namespaces, as an RBAC rule has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    pub verb: &'static str,
    pub group: &'static str,
    /// With its subresource, as in `pods/eviction`.
    pub resource: &'static str,
}
