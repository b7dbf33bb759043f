//! `EcsTaskDefinition`: an Amazon ECS task definition that several services share.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{Management, Record, status::Status},
    kinds::common::task_definition::Revision,
    model::ecs,
};

/// An Amazon ECS task definition: a family, and the revision of it that is as the spec says. Services name it by `taskDefinitionRef`.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "EcsTaskDefinition",
    plural = "ecstaskdefinitions",
    shortname = "ecstd",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>"
)]
#[serde(rename_all = "camelCase")]
pub struct EcsTaskDefinitionSpec {
    #[serde(flatten)]
    pub definition: ecs::TaskDefinitionSpec,
    /// How many revisions that nothing runs any more are kept to go back to; those beyond are deregistered and deleted. 10 where it is not
    /// given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 0, max = 100))]
    pub revision_history_limit: Option<i32>,
    /// How far the operator may go with the task definition.
    #[serde(default)]
    pub management: Management,
}

/// What AWS says of the task definition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The revision that is as the spec says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_definition_arn: Option<String>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i32>,
    /// Revisions from before that are still there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retained_revisions: Vec<String>,
}

/// What AWS can't tell. The name on record is the family.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(flatten)]
    pub record: Record,
    /// Revisions with what they define, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
    /// The family of which all revisions of ours are known: without it, the active ones are looked through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surveyed: Option<String>,
}
