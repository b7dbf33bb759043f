//! `EcrRepository`: an Amazon ECR private repository, with its policies, scanning and tag mutability.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{Management, Record, status::Status},
    model::ecr,
};

/// An Amazon ECR private repository.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "EcrRepository",
    plural = "ecrrepositories",
    shortname = "ecrrepo",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>"
)]
#[serde(rename_all = "camelCase")]
pub struct EcrRepositorySpec {
    #[serde(flatten)]
    pub repository: ecr::RepositorySpec,
    /// Delete the repository together with its images. Without it, deletion waits until the repository is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub force_delete: Option<bool>,
    /// How far the operator may go with the repository.
    #[serde(default)]
    pub management: Management,
}

/// What AWS says of the repository.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository_arn: Option<String>,
    /// Where images are pushed to and pulled from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository_uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
}

/// What AWS can't tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(flatten)]
    pub record: Record,
}
