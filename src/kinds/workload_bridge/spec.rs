//! `WorkloadBridge`: a workload of the cluster that runs on Amazon ECS too.

use std::collections::BTreeMap;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    bridge::{split::Split, translate::Client},
    engine::{Management, applied::Applied, status::Status},
    kinds::common::{self, reference::LocalReference},
    model::ecs,
};

/// A workload of the cluster that runs on Amazon ECS too, wholly or in part: an EcsService of the same name is made from it.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "WorkloadBridge",
    plural = "workloadbridges",
    shortname = "wlb",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>",
    scale(
        spec_replicas_path = ".spec.replicas",
        status_replicas_path = ".status.replicas",
        label_selector_path = ".status.selector"
    )
)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadBridgeSpec {
    /// The workload, in this namespace. Deployments only, for now.
    pub workload_ref: WorkloadReference,
    /// Where and how it runs on ECS.
    pub ecs: Ecs,
    /// How many replicas there are in all, in the cluster and on ECS. `kubectl scale` and a HorizontalPodAutoscaler set it.
    #[schemars(range(min = 0))]
    pub replicas: i32,
    /// Which side gets how many of them. All stay in the cluster where nothing is said.
    #[serde(default)]
    pub split: Split,
    /// The Service of this namespace that the tasks are behind, too: they join it as EndpointSlices of the bridge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 63))]
    pub service: Option<String>,
    /// Refuse what ECS only comes near to, too.
    #[serde(default)]
    pub strict: bool,
    /// What stands for the workload's Secrets on ECS.
    #[serde(default)]
    pub secrets: Secrets,
    /// How far the operator may go: `deletion: Retain` leaves the EcsService and the replicas as they are, `adoption: Adopt` takes over an
    /// EcsService of the name that nobody controls, `drift: Report` leaves what others change in it.
    #[serde(default)]
    pub management: Management,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadReference {
    /// `apps/v1` where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 253))]
    pub api_version: Option<String>,
    #[schemars(length(min = 1, max = 63))]
    pub kind: String,
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
}

/// What no Deployment says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ecs {
    /// The EcsCluster of this namespace that the tasks run in. Either this or `cluster`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LocalReference")]
    pub cluster_ref: Option<LocalReference>,
    /// The name or ARN of a cluster that ecs-bridge does not manage. Either this or `clusterRef`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 2048))]
    pub cluster: Option<String>,
    /// What the tasks run on: `FARGATE` (where nothing is given) or `EC2`. Either this or `capacityProviderStrategy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(max = 255))]
    pub launch_type: Option<String>,
    /// The capacity providers that the tasks are spread over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ecs::CapacityProviderStrategyItem>", length(max = 20))]
    pub capacity_provider_strategy: Option<Vec<ecs::CapacityProviderStrategyItem>>,
    /// The subnets and security groups of the tasks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ecs::NetworkConfiguration")]
    pub network_configuration: Option<ecs::NetworkConfiguration>,
    /// The role by which ECS pulls images, fetches secrets and writes logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 2048))]
    pub execution_role_arn: Option<String>,
    /// The role of the tasks, instead of the service account's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 2048))]
    pub task_role_arn: Option<String>,
    /// Where the containers' output goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LogGroup")]
    pub logs: Option<LogGroup>,
    /// Programs that images have, by which a probe can ask. Docker's official images on Alpine Linux are known to have `wget` and `nc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ProbeClient>", length(max = 64))]
    pub probe_clients: Option<Vec<ProbeClient>>,
    /// The image of the init container that writes files of ConfigMaps and Secrets. busybox of Amazon ECR Public where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 1024))]
    pub files_image: Option<String>,
    /// Merged into the generated task definition: objects member by member, lists of things with names by these, and null takes a member
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "common::untyped_object")]
    pub r#override: Option<BTreeMap<String, Value>>,
}

/// An image that has a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProbeClient {
    /// With any tag, where none is named.
    #[schemars(length(min = 1, max = 1024))]
    pub image: String,
    pub client: Client,
}

/// A log group of CloudWatch, by the awslogs driver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LogGroup {
    #[schemars(length(min = 1, max = 512))]
    pub group: String,
    #[schemars(length(min = 1, max = 64))]
    pub region: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Secrets {
    /// Copy the Secrets that the workload reads, and that `sources` does not have, to AWS Secrets Manager: a SecretsManagerSecret is made for
    /// each. The operator has to be allowed to read Secrets.
    #[serde(default)]
    pub sync: bool,
    /// What holds a Secret, or a key of it.
    #[serde(default)]
    #[schemars(length(max = 256))]
    pub sources: Vec<SecretSource>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretSource {
    /// The Secret.
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// The key. Without it, `valueFrom` holds all keys as JSON, or is the credentials of a registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 253))]
    pub key: Option<String>,
    /// The ARN of a secret of AWS Secrets Manager, or of a parameter of the Parameter Store.
    #[schemars(length(min = 1, max = 2048))]
    pub value_from: String,
}

/// Both sides of the workload, and what became of its fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many replicas run, in the cluster and on ECS.
    #[serde(default)]
    pub replicas: i32,
    /// For the scale subresource: it selects no pod, since not all replicas are pods.
    #[serde(default)]
    pub selector: String,
    /// In the cluster.
    #[serde(default)]
    pub cluster: SideReport,
    /// On ECS.
    #[serde(default)]
    pub ecs: SideReport,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<EndpointsReport>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<TranslationReport>,
}

/// The tasks behind the Service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EndpointsReport {
    /// The addresses that new connections go to.
    pub ready_count: i32,
    /// Those that answer, or are about to, too.
    pub count: i32,
    /// The names of the EndpointSlices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slices: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SideReport {
    /// As `Deployment/web`.
    #[serde(default)]
    pub object: String,
    /// The replicas that it gets once everything runs.
    #[serde(default)]
    pub share_count: i32,
    /// Those that it is asked for now.
    #[serde(default)]
    pub desired_count: i32,
    #[serde(default)]
    pub running_count: i32,
}

/// What became of the workload's fields. The whole report is that of `ecs-bridge translate`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TranslationReport {
    pub translated_count: i32,
    pub approximated_count: i32,
    pub ignored_count: i32,
    pub refused_count: i32,
    /// What is refused, and then what is approximated; fields of which the same is said stand in one line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineReport>,
    /// How many more such fields there are.
    #[serde(default)]
    pub omitted_count: i32,
    /// What no single field stands for, and what is left to check.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LineReport {
    /// The fields that it is said of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    pub verdict: String,
    pub says: String,
}

/// What neither side can tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<Applied>,
    /// Since when each side has not run all that it was asked for.
    #[serde(flatten)]
    pub lacking_since: LackingSince,
    /// What the Deployment was given last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scaled: Option<Scaled>,
    /// Others give the Deployment another number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub put_back: Option<PutBack>,
    /// There are, or are about to be, EndpointSlices of the bridge.
    #[serde(default)]
    pub has_endpoints: bool,
    /// The SecretsManagerSecrets that there are, or are about to be, of the bridge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// The ConfigMaps that the translation rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub config_maps: Vec<String>,
}

/// In seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LackingSince {
    #[serde(rename = "clusterLacksSince", default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<i64>,
    #[serde(rename = "ecsLacksSince", default, skip_serializing_if = "Option::is_none")]
    pub ecs: Option<i64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scaled {
    pub to: i32,
    /// The Deployment has had that number since.
    #[serde(default)]
    pub confirmed: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PutBack {
    pub times: i32,
    /// The last time, in seconds since 1970.
    pub at: i64,
    /// Whom managed fields named then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
    /// The value of the annotation `ecs-bridge.dev/retry` then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<String>,
}
