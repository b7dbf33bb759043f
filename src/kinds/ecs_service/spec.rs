//! `EcsService`: an Amazon ECS service, and the task definition revision that it runs.

use std::collections::BTreeMap;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    connect::Namespace,
    rollback::{Deployed, RolledBack},
};
use crate::{
    engine::{Management, Record, status::Status},
    kinds::common::{self, reference::LocalReference, task_definition::Revision},
    model::ecs,
};

/// An Amazon ECS service.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "EcsService",
    plural = "ecsservices",
    shortname = "ecss",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>",
    scale(
        spec_replicas_path = ".spec.desiredCount",
        status_replicas_path = ".status.runningCount",
        label_selector_path = ".status.selector"
    )
)]
#[serde(rename_all = "camelCase")]
pub struct EcsServiceSpec {
    /// The EcsCluster of this namespace that the service runs in. Either this or `cluster`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LocalReference")]
    pub cluster_ref: Option<LocalReference>,
    /// The name or ARN of a cluster that ecs-bridge does not manage. Either this or `clusterRef`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 2048))]
    pub cluster: Option<String>,
    /// What the service runs: all that RegisterTaskDefinition takes. Either this, `taskDefinitionRef` or `taskDefinitionArn`. Where `family` is not given, it is
    /// `<namespace>_<name>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ecs::TaskDefinitionSpec")]
    pub task_definition: Option<ecs::TaskDefinitionSpec>,
    /// The EcsTaskDefinition of this namespace that the service runs: a change of it rolls the service. Instead of `taskDefinition`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LocalReference")]
    pub task_definition_ref: Option<LocalReference>,
    /// A revision that is registered elsewhere, as its ARN or `family:revision`; a family alone means its newest active revision. Instead
    /// of `taskDefinition`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 2048))]
    pub task_definition_arn: Option<String>,
    #[serde(flatten)]
    pub service: ecs::ServiceSpec,
    /// How many revisions of `taskDefinition` that no longer run are kept to go back to; those beyond are deregistered and deleted. 10
    /// where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", range(min = 0, max = 100))]
    pub revision_history_limit: Option<i32>,
    /// `Managed` keeps the service at `desiredCount`. `External` uses it for the first start only and leaves the count to others, as to
    /// Application Auto Scaling.
    #[serde(default)]
    pub desired_count_policy: DesiredCountPolicy,
    /// How far the operator may go with the service.
    #[serde(default)]
    pub management: Management,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum DesiredCountPolicy {
    #[default]
    Managed,
    External,
}

/// What AWS says of the service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_arn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// AWS's own: `ACTIVE`, `DRAINING`, `INACTIVE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_status: Option<String>,
    /// The revision that the service runs or rolls to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<String>,
    #[serde(default)]
    pub desired_count: i32,
    #[serde(default)]
    pub running_count: i32,
    #[serde(default)]
    pub pending_count: i32,
    /// For the scale subresource: it selects no pod, since tasks are not pods.
    #[serde(default)]
    pub selector: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deployments: Vec<DeploymentReport>,
    /// The service deployment that is under way or was last, where it goes through stages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_deployment: Option<ServiceDeploymentReport>,
    /// The newest of the service's own events, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventReport>,
    /// Why the last task stopped, while tasks of the newest deployment fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_stopped_task: Option<StoppedTask>,
    /// Revisions that were run before and are still ACTIVE.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retained_revisions: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentReport {
    pub id: String,
    /// `PRIMARY`, `ACTIVE` or `INACTIVE`.
    pub status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout_state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollout_state_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<String>,
    #[serde(default)]
    pub desired_count: i32,
    #[serde(default)]
    pub running_count: i32,
    #[serde(default)]
    pub pending_count: i32,
    #[serde(default)]
    pub failed_tasks: i32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDeploymentReport {
    pub arn: String,
    /// AWS's own: `IN_PROGRESS`, `SUCCESSFUL`, `ROLLBACK_SUCCESSFUL` and others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle_stage: Option<String>,
    /// The hooks of this stage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lifecycle_hooks: Vec<HookReport>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HookReport {
    /// What ContinueServiceDeployment asks for.
    pub hook_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// What AWS does then: `ROLLBACK` or `CONTINUE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_action: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventReport {
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    pub message: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StoppedTask {
    pub task_arn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_code: Option<String>,
    /// AWS's reason, and that of the containers where they have one.
    pub reason: String,
}

/// What AWS can't tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(flatten)]
    pub record: Record,
    /// The family of the task definition where the spec gives none. It stays as the name does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// The cluster that the service was made in, for the time when its object is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creation: Option<Creation>,
    /// Revisions with what they define, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
    /// The family of which all revisions of ours are known: without it, the active ones are looked through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surveyed: Option<String>,
    /// The last count that others set, under `desiredCountPolicy: External`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_count: Option<i32>,
    /// What AWS chose at creation for members that the spec leaves open.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(schema_with = "common::untyped_object")]
    pub fixed: BTreeMap<String, Value>,
    /// What the EcsCapacityProviders of the strategy are called in AWS, for the time when their objects have not been seen.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub providers: BTreeMap<String, String>,
    /// What the deployment that AWS had last carried of the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed: Option<Deployed>,
    /// The rollback by ECS that is left as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rolled_back: Option<RolledBack>,
    /// The namespace of Service Connect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<Namespace>,
    /// Members that the spec set and that no cheap call describes, or that AWS has no constant default for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_members: Vec<String>,
}

/// The incarnation of the service in AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Creation {
    /// Raised only when something that existed has to be made again: a retry keeps its token.
    pub count: i32,
    /// When this incarnation was first attempted, in seconds since 1970.
    pub at: i64,
    /// When AWS made the one of before, of which something was left when this incarnation was begun, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// AWS has said that it is made.
    #[serde(default)]
    pub confirmed: bool,
    /// AWS has refused the last attempt to make it: nothing of it can appear.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub declined: bool,
}
