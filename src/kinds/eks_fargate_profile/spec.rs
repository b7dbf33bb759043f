//! `EksFargateProfile`: which pods of an EKS cluster run on Fargate.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{Management, Record, status::Status},
    model::eks,
};

/// A Fargate profile of an Amazon EKS cluster: which of its pods run on Fargate.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "EksFargateProfile",
    plural = "eksfargateprofiles",
    shortname = "eksfp",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>"
)]
#[serde(rename_all = "camelCase")]
pub struct EksFargateProfileSpec {
    #[serde(flatten)]
    pub profile: eks::FargateProfileSpec,
    /// AWS can't change a profile: a change makes another and moves the pods. `Manual` waits until somebody agrees to that, `Auto`
    /// does it.
    #[serde(default)]
    pub replacement: Replacement,
    /// How far the operator may go with the profile.
    #[serde(default)]
    pub management: Management,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Replacement {
    #[default]
    Manual,
    Auto,
}

/// What AWS says of the profile, and what Kubernetes says of its pods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<String>,
    /// The name in AWS. It ends with a hash of what the profile says, so that another can stand beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile_arn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile_status: Option<String>,
    /// In which its pods run, those that AWS chose included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subnets: Vec<String>,
    /// Earlier profiles of this object that are still there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<Replaced>,
    /// The namespaces that its selectors match, as of the last look; not more than fifty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matched_namespaces: Vec<String>,
    /// How many pods its selectors match, as of the last look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matched_pods_count: Option<i32>,
}

/// A profile that makes way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Replaced {
    pub fargate_profile_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile_status: Option<String>,
    /// How many pods run on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pods_count: Option<i32>,
}

/// What AWS can't tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(flatten)]
    pub record: Record,
    /// The EKS cluster. It stays, whatever the operator is told later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// The last profile that was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creation: Option<Creation>,
    /// The pods that are being moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eviction: Option<Eviction>,
    /// The last deletion that was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deletion: Option<Attempt>,
}

/// One incarnation of a profile of this name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Creation {
    pub name: String,
    /// Raised only when one that existed has to be made again: a retry keeps its token.
    pub count: i32,
    /// When it was begun, in seconds since 1970.
    pub at: i64,
    /// AWS has described it.
    #[serde(default)]
    pub confirmed: bool,
}

/// A round of evictions: of the pods that were there when it began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Eviction {
    /// Of this profile's pods.
    pub profile: String,
    pub round: i32,
    /// In seconds since 1970.
    pub began: i64,
    /// The value of the annotation `ecs-bridge.dev/retry` then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    pub profile: String,
    /// In seconds since 1970.
    pub at: i64,
}
