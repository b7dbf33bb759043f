//! What a plan asks of Kubernetes beside its object: calls as data, like those to AWS, answered by the operator's shell.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// As which the operator writes: the manager of its fields.
pub const MANAGER: &str = "ecs-bridge";

/// An operation of the Kubernetes API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    ApplyObject,
    DeleteObject,
    EvictPod,
    GetObject,
    GetSecret,
    ListNamespaces,
    ListObjects,
    ListPods,
    PatchMetadata,
    ScaleObject,
}

impl Operation {
    pub const ALL: &'static [Self] = &[
        Self::ApplyObject,
        Self::DeleteObject,
        Self::EvictPod,
        Self::GetObject,
        Self::GetSecret,
        Self::ListNamespaces,
        Self::ListObjects,
        Self::ListPods,
        Self::PatchMetadata,
        Self::ScaleObject,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::ApplyObject => "ApplyObject",
            Self::DeleteObject => "DeleteObject",
            Self::EvictPod => "EvictPod",
            Self::GetObject => "GetObject",
            Self::GetSecret => "GetSecret",
            Self::ListNamespaces => "ListNamespaces",
            Self::ListObjects => "ListObjects",
            Self::ListPods => "ListPods",
            Self::PatchMetadata => "PatchMetadata",
            Self::ScaleObject => "ScaleObject",
        }
    }

    /// The value of the chart by which an administrator allows it.
    pub const fn allowed_by(self) -> &'static str {
        match self {
            Self::EvictPod | Self::ListNamespaces | Self::ListPods => "aws.eksClusterName",
            Self::GetSecret => "secrets.sync",
            Self::ApplyObject
            | Self::DeleteObject
            | Self::GetObject
            | Self::ListObjects
            | Self::PatchMetadata
            | Self::ScaleObject => "kinds",
        }
    }
}

/// What tells one version of a Secret from another, and nothing of what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetSecretRequest {
    pub namespace: String,
    pub name: String,
    /// Whether the names of its keys are asked for: no metadata has them, and the Secret is read for it.
    #[serde(default)]
    pub lists_keys: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetSecretResponse {
    pub uid: String,
    pub resource_version: String,
    /// The names of its keys, where they were asked for.
    #[serde(default)]
    pub keys: BTreeSet<String>,
}

/// A resource of the API, where it is not the kind's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// As in `apps/v1`.
    pub api_version: Cow<'static, str>,
    pub kind: Cow<'static, str>,
    pub plural: Cow<'static, str>,
}

impl Resource {
    pub const fn new(api_version: &'static str, kind: &'static str, plural: &'static str) -> Self {
        let (api_version, kind) = (Cow::Borrowed(api_version), Cow::Borrowed(kind));
        Resource { api_version, kind, plural: Cow::Borrowed(plural) }
    }
}

pub const SERVICE: Resource = Resource::new("v1", "Service", "services");
/// They belong to a Service by a label: who rests on that rests on all that have it (see [`super::kind::Neighbour::labelled`]).
pub const ENDPOINT_SLICE: Resource = Resource::new("discovery.k8s.io/v1", "EndpointSlice", "endpointslices");
/// That label, with the Service's name.
pub const SERVICE_NAME: &str = "kubernetes.io/service-name";
/// Which the operator watches only where it may read them.
pub const SECRET: Resource = Resource::new("v1", "Secret", "secrets");

/// Whose changes count as changes of what they scale.
pub const AUTOSCALER: Resource = Resource::new("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");

/// One object.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    #[serde(flatten)]
    pub resource: Resource,
    /// `None`: the resource has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    pub name: String,
}

impl Named {
    pub fn new(resource: &Resource, namespace: Option<&str>, name: &str) -> Self {
        Named { resource: resource.clone(), namespace: namespace.map(str::to_owned), name: name.to_owned() }
    }
}

/// Written as kubectl writes it: `Deployment/web`.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.resource.kind, self.name)
    }
}

/// An object as the API server has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectResponse {
    pub object: Value,
}

/// Whether an object as the API server has it is on its way out.
pub fn is_deleting(object: &Value) -> bool {
    object["metadata"]["deletionTimestamp"].is_string()
}

/// The objects of a namespace by labels and fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListObjectsRequest {
    #[serde(flatten)]
    pub resource: Resource,
    pub namespace: String,
    /// Selectors, as kubectl takes them; empty: all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub labels: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fields: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListObjectsResponse {
    pub objects: Vec<Value>,
}

/// Server-side apply, as the operator: what it has applied before and applies no more goes. The manifest's resourceVersion, where it has
/// one, keeps it from being written over what others have written since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplyObjectRequest {
    #[serde(flatten)]
    pub object: Named,
    pub manifest: Value,
}

/// A number of replicas, by the scale subresource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScaleObjectRequest {
    #[serde(flatten)]
    pub object: Named,
    pub replicas: i32,
    /// The object's: it is not scaled where it has changed since.
    pub resource_version: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScaleObjectResponse {
    /// The object's, as of then.
    pub resource_version: String,
}

/// Members of the metadata, as a merge patch. Their resourceVersion keeps it from being written over what others have written since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PatchMetadataRequest {
    #[serde(flatten)]
    pub object: Named,
    pub metadata: Value,
}

/// The UID keeps it from hitting another object of the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteObjectRequest {
    #[serde(flatten)]
    pub object: Named,
    pub uid: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteObjectResponse {}

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

/// What an administrator lets the operator do, and its permissions follow from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed<'a> {
    /// Set by `--eks-cluster-name`.
    pub eks_cluster_name: Option<&'a str>,
    /// Set by `--sync-secrets`.
    pub reads_secrets: bool,
    /// Set by `--cloud-map-annotations`.
    pub annotations: bool,
}

/// Where a permission has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    AllNamespaces,
    /// In those that the operator watches.
    Watched,
}

/// A verb on a resource that is not the kind's own, as an RBAC rule has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    pub reach: Reach,
    pub verb: &'static str,
    pub group: &'static str,
    /// With its subresource, as in `pods/eviction`.
    pub resource: &'static str,
}

impl Permission {
    pub const fn watched(verb: &'static str, group: &'static str, resource: &'static str) -> Self {
        Permission { reach: Reach::Watched, verb, group, resource }
    }
}
