//! `EcsCapacityProvider`: where the tasks of an Amazon ECS cluster find EC2 instances.

use std::collections::BTreeMap;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    engine::{Management, Record, status::Status},
    kinds::common::{self, reference::LocalReference},
    model::ecs,
};

/// A capacity provider of Amazon ECS: an Auto Scaling group, or Managed Instances.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "EcsCapacityProvider",
    plural = "ecscapacityproviders",
    shortname = "ecscp",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>"
)]
#[serde(rename_all = "camelCase")]
pub struct EcsCapacityProviderSpec {
    /// The EcsCluster of this namespace that has the provider. It attaches the provider of an Auto Scaling group, and lets go of it when
    /// this object is deleted; Managed Instances are made in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LocalReference")]
    pub cluster_ref: Option<LocalReference>,
    /// The name or ARN of a cluster that ecs-bridge does not manage, in which Managed Instances are made. Either this or `clusterRef`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 2048))]
    pub cluster: Option<String>,
    #[serde(flatten)]
    pub provider: ecs::CapacityProviderSpec,
    /// How far the operator may go with the provider.
    #[serde(default)]
    pub management: Management,
}

/// What AWS says of the provider.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_arn: Option<String>,
    /// AWS's own: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_status: Option<String>,
    /// `EC2_AUTOSCALING` or `MANAGED_INSTANCES`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_type: Option<String>,
    /// How its last creation, change or deletion went, as `UPDATE_COMPLETE` or `DELETE_FAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_status_reason: Option<String>,
    /// Whether the cluster of `clusterRef` or `cluster` has it; nothing where there is no such cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<bool>,
}

/// What AWS can't tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(flatten)]
    pub record: Record,
    /// The cluster that it was made for. A provider stays with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// What AWS chose at creation for members that the spec leaves open and that have no documented default; an empty object for nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(schema_with = "common::untyped_object")]
    pub fixed: BTreeMap<String, Value>,
    /// The object is deleted and nobody else names the provider any more: its cluster is to let go of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leaving: bool,
}
