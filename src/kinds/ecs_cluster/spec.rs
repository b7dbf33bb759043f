//! `EcsCluster`: an Amazon ECS cluster, its capacity providers, default strategy and settings.

use std::collections::{BTreeMap, BTreeSet};

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{Management, Record, status::Status},
    model::ecs,
};

/// An Amazon ECS cluster.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "EcsCluster",
    plural = "ecsclusters",
    shortname = "ecsc",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>"
)]
#[serde(rename_all = "camelCase")]
pub struct EcsClusterSpec {
    #[serde(flatten)]
    pub cluster: ecs::ClusterSpec,
    /// How far the operator may go with the cluster.
    #[serde(default)]
    pub management: Management,
}

/// What AWS says of the cluster.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// AWS's own: `ACTIVE`, `PROVISIONING`, `DEPROVISIONING`, `FAILED`, `INACTIVE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster_status: Option<String>,
    #[serde(default)]
    pub active_services_count: i32,
    #[serde(default)]
    pub running_tasks_count: i32,
    #[serde(default)]
    pub pending_tasks_count: i32,
    #[serde(default)]
    pub registered_container_instances_count: i32,
}

/// What AWS can't tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(flatten)]
    pub record: Record,
    /// The ARNs that AWS describes for what the spec names: Cloud Map namespaces.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resolved: BTreeMap<String, String>,
    /// The capacity providers that it attached for objects. It lets go of those whose objects are deleted, and keeps those whose
    /// objects went and retained them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub attached: BTreeSet<String>,
    /// The hash of what capacity providers of objects had made of the spec's own lists when it was last in sync.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought: Option<String>,
}
