// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! What ecs-bridge uses of the Amazon EKS API, under AWS's own wire names.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An operation of the Amazon EKS API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    CreateFargateProfile,
    DeleteFargateProfile,
    DescribeCluster,
    DescribeFargateProfile,
    DescribePodIdentityAssociation,
    ListFargateProfiles,
    ListPodIdentityAssociations,
    TagResource,
    UntagResource,
}

impl Operation {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::CreateFargateProfile,
        Self::DeleteFargateProfile,
        Self::DescribeCluster,
        Self::DescribeFargateProfile,
        Self::DescribePodIdentityAssociation,
        Self::ListFargateProfiles,
        Self::ListPodIdentityAssociations,
        Self::TagResource,
        Self::UntagResource,
    ];

    /// AWS's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateFargateProfile => "CreateFargateProfile",
            Self::DeleteFargateProfile => "DeleteFargateProfile",
            Self::DescribeCluster => "DescribeCluster",
            Self::DescribeFargateProfile => "DescribeFargateProfile",
            Self::DescribePodIdentityAssociation => "DescribePodIdentityAssociation",
            Self::ListFargateProfiles => "ListFargateProfiles",
            Self::ListPodIdentityAssociations => "ListPodIdentityAssociations",
            Self::TagResource => "TagResource",
            Self::UntagResource => "UntagResource",
        }
    }

    /// The service that it belongs to, as endpoints and IAM actions name it.
    pub const fn service(self) -> &'static str {
        "eks"
    }
}

/// All that `CreateFargateProfile` takes, in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FargateProfileSpec {
    /// `clusterName` of `CreateFargateProfile` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 100))]
    pub cluster_name: Option<String>,
    /// `fargateProfileName` of `CreateFargateProfile` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfileName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 100))]
    pub fargate_profile_name: Option<String>,
    /// `podExecutionRoleArn` of `CreateFargateProfile` in the Amazon EKS API Reference.
    #[serde(rename = "podExecutionRoleArn")]
    #[schemars(extend("maxLength" = 2048))]
    pub pod_execution_role_arn: String,
    /// `selectors` of `CreateFargateProfile` in the Amazon EKS API Reference.
    #[schemars(extend("maxItems" = 5))]
    pub selectors: Vec<FargateProfileSelector>,
    /// `subnets` of `CreateFargateProfile` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub subnets: Option<Vec<String>>,
    /// `tags` of `CreateFargateProfile` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, String>", extend("additionalProperties" = {"maxLength": 256, "type": "string"}, "maxProperties" = 50, "minProperties" = 1))]
    pub tags: Option<BTreeMap<String, String>>,
}

impl FargateProfileSpec {
    /// Members that AWS takes at creation only.
    pub const IMMUTABLE: &'static [&'static str] = &[];

    /// Where an IAM role stands.
    pub const ROLE_PATHS: &'static [&'static str] = &["podExecutionRoleArn"];

    /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].
    pub const DEFAULT_ZERO_PATHS: &'static [&'static str] = &[];

    /// Lists whose items are known by a member, with that member: their order means nothing.
    pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[];
}

/// `AccessConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccessConfigResponse {
    /// `authenticationMode` of `AccessConfigResponse` in the Amazon EKS API Reference. Known values: `API`, `API_AND_CONFIG_MAP`, `CONFIG_MAP`.
    #[serde(rename = "authenticationMode", default, skip_serializing_if = "Option::is_none")]
    pub authentication_mode: Option<AuthenticationMode>,
    /// `bootstrapClusterCreatorAdminPermissions` of `AccessConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "bootstrapClusterCreatorAdminPermissions", default, skip_serializing_if = "Option::is_none")]
    pub bootstrap_cluster_creator_admin_permissions: Option<bool>,
}

/// `ActiveCertificateAuthority` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActiveCertificateAuthority {
    /// `activatedBy` of `ActiveCertificateAuthority` in the Amazon EKS API Reference. Known values: `EKS`, `CUSTOMER`.
    #[serde(rename = "activatedBy", default, skip_serializing_if = "Option::is_none")]
    pub activated_by: Option<CertificateAuthorityActivatedBy>,
    /// `id` of `ActiveCertificateAuthority` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// `BlockStorage` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BlockStorage {
    /// `enabled` of `BlockStorage` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

/// `Certificate` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// `active` of `Certificate` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<ActiveCertificateAuthority>,
    /// `data` of `Certificate` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
}

/// `Cluster` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// `accessConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "accessConfig", default, skip_serializing_if = "Option::is_none")]
    pub access_config: Option<AccessConfigResponse>,
    /// `arn` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `certificateAuthority` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "certificateAuthority", default, skip_serializing_if = "Option::is_none")]
    pub certificate_authority: Option<Certificate>,
    /// `clientRequestToken` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "clientRequestToken", default, skip_serializing_if = "Option::is_none")]
    pub client_request_token: Option<String>,
    /// `computeConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "computeConfig", default, skip_serializing_if = "Option::is_none")]
    pub compute_config: Option<ComputeConfigResponse>,
    /// `connectorConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "connectorConfig", default, skip_serializing_if = "Option::is_none")]
    pub connector_config: Option<ConnectorConfigResponse>,
    /// `controlPlaneScalingConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "controlPlaneScalingConfig", default, skip_serializing_if = "Option::is_none")]
    pub control_plane_scaling_config: Option<ControlPlaneScalingConfig>,
    /// `createdAt` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `deletionProtection` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "deletionProtection", default, skip_serializing_if = "Option::is_none")]
    pub deletion_protection: Option<bool>,
    /// `encryptionConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "encryptionConfig", default, skip_serializing_if = "Option::is_none")]
    pub encryption_config: Option<Vec<EncryptionConfig>>,
    /// `endpoint` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// `health` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<ClusterHealth>,
    /// `id` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `identity` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// `kubeApiServerConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "kubeApiServerConfig", default, skip_serializing_if = "Option::is_none")]
    pub kube_api_server_config: Option<KubeApiServerConfigResponse>,
    /// `kubeControllerManagerConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "kubeControllerManagerConfig", default, skip_serializing_if = "Option::is_none")]
    pub kube_controller_manager_config: Option<KubeControllerManagerConfigResponse>,
    /// `kubeSchedulerConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "kubeSchedulerConfig", default, skip_serializing_if = "Option::is_none")]
    pub kube_scheduler_config: Option<KubeSchedulerConfigResponse>,
    /// `kubernetesNetworkConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "kubernetesNetworkConfig", default, skip_serializing_if = "Option::is_none")]
    pub kubernetes_network_config: Option<KubernetesNetworkConfigResponse>,
    /// `logging` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logging: Option<Logging>,
    /// `name` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `outpostConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "outpostConfig", default, skip_serializing_if = "Option::is_none")]
    pub outpost_config: Option<OutpostConfigResponse>,
    /// `platformVersion` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// `remoteNetworkConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "remoteNetworkConfig", default, skip_serializing_if = "Option::is_none")]
    pub remote_network_config: Option<RemoteNetworkConfigResponse>,
    /// `resourcesVpcConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "resourcesVpcConfig", default, skip_serializing_if = "Option::is_none")]
    pub resources_vpc_config: Option<VpcConfigResponse>,
    /// `roleArn` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "roleArn", default, skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// `status` of `Cluster` in the Amazon EKS API Reference. Known values: `CREATING`, `ACTIVE`, `DELETING`, `FAILED`, `UPDATING`, `PENDING`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ClusterStatus>,
    /// `storageConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "storageConfig", default, skip_serializing_if = "Option::is_none")]
    pub storage_config: Option<StorageConfigResponse>,
    /// `tags` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
    /// `upgradePolicy` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "upgradePolicy", default, skip_serializing_if = "Option::is_none")]
    pub upgrade_policy: Option<UpgradePolicyResponse>,
    /// `version` of `Cluster` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `zonalShiftConfig` of `Cluster` in the Amazon EKS API Reference.
    #[serde(rename = "zonalShiftConfig", default, skip_serializing_if = "Option::is_none")]
    pub zonal_shift_config: Option<ZonalShiftConfigResponse>,
}

/// `ClusterHealth` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClusterHealth {
    /// `issues` of `ClusterHealth` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issues: Option<Vec<ClusterIssue>>,
}

/// `ClusterIssue` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClusterIssue {
    /// `code` of `ClusterIssue` in the Amazon EKS API Reference. Known values: `AccessDenied`, `ClusterUnreachable`, `ConfigurationConflict`, `InternalFailure`, `ResourceLimitExceeded`, `ResourceNotFound`, `IamRoleNotFound`, `VpcNotFound`, `InsufficientFreeAddresses`, `Ec2ServiceNotSubscribed`, `Ec2SubnetNotFound`, `Ec2SecurityGroupNotFound`, `KmsGrantRevoked`, `KmsKeyNotFound`, `KmsKeyMarkedForDeletion`, `KmsKeyDisabled`, `StsRegionalEndpointDisabled`, `UnsupportedVersion`, `Other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ClusterIssueCode>,
    /// `message` of `ClusterIssue` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// `resourceIds` of `ClusterIssue` in the Amazon EKS API Reference.
    #[serde(rename = "resourceIds", default, skip_serializing_if = "Option::is_none")]
    pub resource_ids: Option<Vec<String>>,
}

/// `ComputeConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ComputeConfigResponse {
    /// `enabled` of `ComputeConfigResponse` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// `nodePools` of `ComputeConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "nodePools", default, skip_serializing_if = "Option::is_none")]
    pub node_pools: Option<Vec<String>>,
    /// `nodeRoleArn` of `ComputeConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "nodeRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub node_role_arn: Option<String>,
}

/// `ConnectorConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConnectorConfigResponse {
    /// `activationCode` of `ConnectorConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "activationCode", default, skip_serializing_if = "Option::is_none")]
    pub activation_code: Option<String>,
    /// `activationExpiry` of `ConnectorConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "activationExpiry", default, skip_serializing_if = "Option::is_none")]
    pub activation_expiry: Option<f64>,
    /// `activationId` of `ConnectorConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "activationId", default, skip_serializing_if = "Option::is_none")]
    pub activation_id: Option<String>,
    /// `provider` of `ConnectorConfigResponse` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// `roleArn` of `ConnectorConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "roleArn", default, skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
}

/// `ControlPlanePlacementResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ControlPlanePlacementResponse {
    /// `groupName` of `ControlPlanePlacementResponse` in the Amazon EKS API Reference.
    #[serde(rename = "groupName", default, skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// `spreadLevel` of `ControlPlanePlacementResponse` in the Amazon EKS API Reference. Known values: `host`, `rack`.
    #[serde(rename = "spreadLevel", default, skip_serializing_if = "Option::is_none")]
    pub spread_level: Option<SpreadLevel>,
}

/// `ControlPlaneScalingConfig` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ControlPlaneScalingConfig {
    /// `tier` of `ControlPlaneScalingConfig` in the Amazon EKS API Reference. Known values: `standard`, `tier-xl`, `tier-2xl`, `tier-4xl`, `tier-8xl`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<ProvisionedControlPlaneTier>,
}

/// `CrdManagementConfiguration` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CrdManagementConfiguration {
    /// `managed` of `CrdManagementConfiguration` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managed: Option<bool>,
}

/// `CreateFargateProfileRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateFargateProfileRequest {
    /// `clientRequestToken` of `CreateFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(rename = "clientRequestToken", default, skip_serializing_if = "Option::is_none")]
    pub client_request_token: Option<String>,
    /// `clusterName` of `CreateFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName")]
    pub cluster_name: String,
    /// `fargateProfileName` of `CreateFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfileName")]
    pub fargate_profile_name: String,
    /// `podExecutionRoleArn` of `CreateFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(rename = "podExecutionRoleArn")]
    pub pod_execution_role_arn: String,
    /// `selectors` of `CreateFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selectors: Option<Vec<FargateProfileSelector>>,
    /// `subnets` of `CreateFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subnets: Option<Vec<String>>,
    /// `tags` of `CreateFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

/// `CreateFargateProfileResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateFargateProfileResponse {
    /// `fargateProfile` of `CreateFargateProfileResponse` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfile", default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile: Option<FargateProfile>,
}

/// `DeleteFargateProfileRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteFargateProfileRequest {
    /// `clusterName` of `DeleteFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName")]
    pub cluster_name: String,
    /// `fargateProfileName` of `DeleteFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfileName")]
    pub fargate_profile_name: String,
}

/// `DeleteFargateProfileResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteFargateProfileResponse {
    /// `fargateProfile` of `DeleteFargateProfileResponse` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfile", default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile: Option<FargateProfile>,
}

/// `DescribeClusterRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeClusterRequest {
    /// `name` of `DescribeClusterRequest` in the Amazon EKS API Reference.
    pub name: String,
}

/// `DescribeClusterResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeClusterResponse {
    /// `cluster` of `DescribeClusterResponse` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
}

/// `DescribeFargateProfileRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeFargateProfileRequest {
    /// `clusterName` of `DescribeFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName")]
    pub cluster_name: String,
    /// `fargateProfileName` of `DescribeFargateProfileRequest` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfileName")]
    pub fargate_profile_name: String,
}

/// `DescribeFargateProfileResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeFargateProfileResponse {
    /// `fargateProfile` of `DescribeFargateProfileResponse` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfile", default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile: Option<FargateProfile>,
}

/// `DescribePodIdentityAssociationRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribePodIdentityAssociationRequest {
    /// `associationId` of `DescribePodIdentityAssociationRequest` in the Amazon EKS API Reference.
    #[serde(rename = "associationId")]
    pub association_id: String,
    /// `clusterName` of `DescribePodIdentityAssociationRequest` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName")]
    pub cluster_name: String,
}

/// `DescribePodIdentityAssociationResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribePodIdentityAssociationResponse {
    /// `association` of `DescribePodIdentityAssociationResponse` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<PodIdentityAssociation>,
}

/// `ElasticLoadBalancing` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ElasticLoadBalancing {
    /// `enabled` of `ElasticLoadBalancing` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// `gatewayApi` of `ElasticLoadBalancing` in the Amazon EKS API Reference.
    #[serde(rename = "gatewayApi", default, skip_serializing_if = "Option::is_none")]
    pub gateway_api: Option<GatewayApiConfiguration>,
}

/// `EncryptionConfig` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EncryptionConfig {
    /// `provider` of `EncryptionConfig` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Provider>,
    /// `resources` of `EncryptionConfig` in the Amazon EKS API Reference. AWS no longer offers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<String>>,
}

/// `EtcdPlacementResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EtcdPlacementResponse {
    /// `spreadLevel` of `EtcdPlacementResponse` in the Amazon EKS API Reference. Known values: `host`, `rack`.
    #[serde(rename = "spreadLevel", default, skip_serializing_if = "Option::is_none")]
    pub spread_level: Option<SpreadLevel>,
}

/// `FargateProfile` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FargateProfile {
    /// `clusterName` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName", default, skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<String>,
    /// `createdAt` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `fargateProfileArn` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfileArn", default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile_arn: Option<String>,
    /// `fargateProfileName` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfileName", default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile_name: Option<String>,
    /// `health` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<FargateProfileHealth>,
    /// `podExecutionRoleArn` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(rename = "podExecutionRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub pod_execution_role_arn: Option<String>,
    /// `selectors` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selectors: Option<Vec<FargateProfileSelector>>,
    /// `status` of `FargateProfile` in the Amazon EKS API Reference. Known values: `CREATING`, `ACTIVE`, `DELETING`, `CREATE_FAILED`, `DELETE_FAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<FargateProfileStatus>,
    /// `subnets` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subnets: Option<Vec<String>>,
    /// `tags` of `FargateProfile` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

/// `FargateProfileHealth` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FargateProfileHealth {
    /// `issues` of `FargateProfileHealth` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issues: Option<Vec<FargateProfileIssue>>,
}

/// `FargateProfileIssue` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FargateProfileIssue {
    /// `code` of `FargateProfileIssue` in the Amazon EKS API Reference. Known values: `PodExecutionRoleAlreadyInUse`, `AccessDenied`, `ClusterUnreachable`, `InternalFailure`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<FargateProfileIssueCode>,
    /// `message` of `FargateProfileIssue` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// `resourceIds` of `FargateProfileIssue` in the Amazon EKS API Reference.
    #[serde(rename = "resourceIds", default, skip_serializing_if = "Option::is_none")]
    pub resource_ids: Option<Vec<String>>,
}

/// `FargateProfileSelector` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FargateProfileSelector {
    /// `labels` of `FargateProfileSelector` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, String>", extend("additionalProperties" = {"maxLength": 65_536, "type": "string"}, "maxProperties" = 5))]
    pub labels: Option<BTreeMap<String, String>>,
    /// `namespace` of `FargateProfileSelector` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 63))]
    pub namespace: Option<String>,
}

/// `GatewayApiConfiguration` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GatewayApiConfiguration {
    /// `crds` of `GatewayApiConfiguration` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crds: Option<CrdManagementConfiguration>,
}

/// `HorizontalPodAutoscalerControllerConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HorizontalPodAutoscalerControllerConfigResponse {
    /// `horizontalPodAutoscalerSyncPeriod` of `HorizontalPodAutoscalerControllerConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "horizontalPodAutoscalerSyncPeriod", default, skip_serializing_if = "Option::is_none")]
    pub horizontal_pod_autoscaler_sync_period: Option<String>,
}

/// `Identity` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// `oidc` of `Identity` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oidc: Option<OIDC>,
}

/// `KubeApiServerConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KubeApiServerConfigResponse {
    /// `eventTtl` of `KubeApiServerConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "eventTtl", default, skip_serializing_if = "Option::is_none")]
    pub event_ttl: Option<String>,
    /// `serviceNodePortRange` of `KubeApiServerConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "serviceNodePortRange", default, skip_serializing_if = "Option::is_none")]
    pub service_node_port_range: Option<ServiceNodePortRange>,
}

/// `KubeControllerManagerConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KubeControllerManagerConfigResponse {
    /// `horizontalPodAutoscalerControllerConfig` of `KubeControllerManagerConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "horizontalPodAutoscalerControllerConfig", default, skip_serializing_if = "Option::is_none")]
    pub horizontal_pod_autoscaler_controller_config: Option<HorizontalPodAutoscalerControllerConfigResponse>,
    /// `podGcControllerConfig` of `KubeControllerManagerConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "podGcControllerConfig", default, skip_serializing_if = "Option::is_none")]
    pub pod_gc_controller_config: Option<PodGcControllerConfigResponse>,
}

/// `KubeSchedulerConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KubeSchedulerConfigResponse {
    /// `nodeResourcesFit` of `KubeSchedulerConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "nodeResourcesFit", default, skip_serializing_if = "Option::is_none")]
    pub node_resources_fit: Option<NodeResourcesFitConfig>,
}

/// `KubernetesNetworkConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KubernetesNetworkConfigResponse {
    /// `elasticLoadBalancing` of `KubernetesNetworkConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "elasticLoadBalancing", default, skip_serializing_if = "Option::is_none")]
    pub elastic_load_balancing: Option<ElasticLoadBalancing>,
    /// `ipFamily` of `KubernetesNetworkConfigResponse` in the Amazon EKS API Reference. Known values: `ipv4`, `ipv6`.
    #[serde(rename = "ipFamily", default, skip_serializing_if = "Option::is_none")]
    pub ip_family: Option<IpFamily>,
    /// `serviceIpv4Cidr` of `KubernetesNetworkConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "serviceIpv4Cidr", default, skip_serializing_if = "Option::is_none")]
    pub service_ipv4_cidr: Option<String>,
    /// `serviceIpv6Cidr` of `KubernetesNetworkConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "serviceIpv6Cidr", default, skip_serializing_if = "Option::is_none")]
    pub service_ipv6_cidr: Option<String>,
}

/// `ListFargateProfilesRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListFargateProfilesRequest {
    /// `clusterName` of `ListFargateProfilesRequest` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName")]
    pub cluster_name: String,
    /// `maxResults` of `ListFargateProfilesRequest` in the Amazon EKS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `nextToken` of `ListFargateProfilesRequest` in the Amazon EKS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `ListFargateProfilesResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListFargateProfilesResponse {
    /// `fargateProfileNames` of `ListFargateProfilesResponse` in the Amazon EKS API Reference.
    #[serde(rename = "fargateProfileNames", default, skip_serializing_if = "Option::is_none")]
    pub fargate_profile_names: Option<Vec<String>>,
    /// `nextToken` of `ListFargateProfilesResponse` in the Amazon EKS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `ListPodIdentityAssociationsRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListPodIdentityAssociationsRequest {
    /// `clusterName` of `ListPodIdentityAssociationsRequest` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName")]
    pub cluster_name: String,
    /// `maxResults` of `ListPodIdentityAssociationsRequest` in the Amazon EKS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `namespace` of `ListPodIdentityAssociationsRequest` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// `nextToken` of `ListPodIdentityAssociationsRequest` in the Amazon EKS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `serviceAccount` of `ListPodIdentityAssociationsRequest` in the Amazon EKS API Reference.
    #[serde(rename = "serviceAccount", default, skip_serializing_if = "Option::is_none")]
    pub service_account: Option<String>,
}

/// `ListPodIdentityAssociationsResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListPodIdentityAssociationsResponse {
    /// `associations` of `ListPodIdentityAssociationsResponse` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub associations: Option<Vec<PodIdentityAssociationSummary>>,
    /// `nextToken` of `ListPodIdentityAssociationsResponse` in the Amazon EKS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `LogSetup` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LogSetup {
    /// `enabled` of `LogSetup` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// `types` of `LogSetup` in the Amazon EKS API Reference. Known values: `api`, `audit`, `authenticator`, `controllerManager`, `scheduler`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub types: Option<Vec<LogType>>,
}

/// `Logging` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Logging {
    /// `clusterLogging` of `Logging` in the Amazon EKS API Reference.
    #[serde(rename = "clusterLogging", default, skip_serializing_if = "Option::is_none")]
    pub cluster_logging: Option<Vec<LogSetup>>,
}

/// `NodeResourcesFitConfig` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NodeResourcesFitConfig {
    /// `scoringStrategy` of `NodeResourcesFitConfig` in the Amazon EKS API Reference.
    #[serde(rename = "scoringStrategy", default, skip_serializing_if = "Option::is_none")]
    pub scoring_strategy: Option<ScoringStrategy>,
}

/// `OIDC` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OIDC {
    /// `issuer` of `OIDC` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// `OutpostConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutpostConfigResponse {
    /// `controlPlaneInstanceType` of `OutpostConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "controlPlaneInstanceType")]
    pub control_plane_instance_type: String,
    /// `controlPlanePlacement` of `OutpostConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "controlPlanePlacement", default, skip_serializing_if = "Option::is_none")]
    pub control_plane_placement: Option<ControlPlanePlacementResponse>,
    /// `etcdInstanceType` of `OutpostConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "etcdInstanceType", default, skip_serializing_if = "Option::is_none")]
    pub etcd_instance_type: Option<String>,
    /// `etcdPlacement` of `OutpostConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "etcdPlacement", default, skip_serializing_if = "Option::is_none")]
    pub etcd_placement: Option<EtcdPlacementResponse>,
    /// `outpostArns` of `OutpostConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "outpostArns")]
    pub outpost_arns: Vec<String>,
}

/// `PodGcControllerConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PodGcControllerConfigResponse {
    /// `terminatedPodGcThreshold` of `PodGcControllerConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "terminatedPodGcThreshold", default, skip_serializing_if = "Option::is_none")]
    pub terminated_pod_gc_threshold: Option<i32>,
}

/// `PodIdentityAssociation` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PodIdentityAssociation {
    /// `associationArn` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "associationArn", default, skip_serializing_if = "Option::is_none")]
    pub association_arn: Option<String>,
    /// `associationId` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "associationId", default, skip_serializing_if = "Option::is_none")]
    pub association_id: Option<String>,
    /// `clusterName` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName", default, skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<String>,
    /// `createdAt` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `disableSessionTags` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "disableSessionTags", default, skip_serializing_if = "Option::is_none")]
    pub disable_session_tags: Option<bool>,
    /// `externalId` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "externalId", default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// `modifiedAt` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "modifiedAt", default, skip_serializing_if = "Option::is_none")]
    pub modified_at: Option<f64>,
    /// `namespace` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// `ownerArn` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "ownerArn", default, skip_serializing_if = "Option::is_none")]
    pub owner_arn: Option<String>,
    /// `policy` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// `roleArn` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "roleArn", default, skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// `serviceAccount` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "serviceAccount", default, skip_serializing_if = "Option::is_none")]
    pub service_account: Option<String>,
    /// `tags` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
    /// `targetRoleArn` of `PodIdentityAssociation` in the Amazon EKS API Reference.
    #[serde(rename = "targetRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub target_role_arn: Option<String>,
}

/// `PodIdentityAssociationSummary` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PodIdentityAssociationSummary {
    /// `associationArn` of `PodIdentityAssociationSummary` in the Amazon EKS API Reference.
    #[serde(rename = "associationArn", default, skip_serializing_if = "Option::is_none")]
    pub association_arn: Option<String>,
    /// `associationId` of `PodIdentityAssociationSummary` in the Amazon EKS API Reference.
    #[serde(rename = "associationId", default, skip_serializing_if = "Option::is_none")]
    pub association_id: Option<String>,
    /// `clusterName` of `PodIdentityAssociationSummary` in the Amazon EKS API Reference.
    #[serde(rename = "clusterName", default, skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<String>,
    /// `namespace` of `PodIdentityAssociationSummary` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// `ownerArn` of `PodIdentityAssociationSummary` in the Amazon EKS API Reference.
    #[serde(rename = "ownerArn", default, skip_serializing_if = "Option::is_none")]
    pub owner_arn: Option<String>,
    /// `serviceAccount` of `PodIdentityAssociationSummary` in the Amazon EKS API Reference.
    #[serde(rename = "serviceAccount", default, skip_serializing_if = "Option::is_none")]
    pub service_account: Option<String>,
}

/// `Provider` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Provider {
    /// `keyArn` of `Provider` in the Amazon EKS API Reference.
    #[serde(rename = "keyArn", default, skip_serializing_if = "Option::is_none")]
    pub key_arn: Option<String>,
}

/// `RemoteNetworkConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RemoteNetworkConfigResponse {
    /// `remoteNodeNetworks` of `RemoteNetworkConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "remoteNodeNetworks", default, skip_serializing_if = "Option::is_none")]
    pub remote_node_networks: Option<Vec<RemoteNodeNetwork>>,
    /// `remotePodNetworks` of `RemoteNetworkConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "remotePodNetworks", default, skip_serializing_if = "Option::is_none")]
    pub remote_pod_networks: Option<Vec<RemotePodNetwork>>,
}

/// `RemoteNodeNetwork` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RemoteNodeNetwork {
    /// `cidrs` of `RemoteNodeNetwork` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cidrs: Option<Vec<String>>,
}

/// `RemotePodNetwork` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RemotePodNetwork {
    /// `cidrs` of `RemotePodNetwork` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cidrs: Option<Vec<String>>,
}

/// `ResourceWeight` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ResourceWeight {
    /// `name` of `ResourceWeight` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `weight` of `ResourceWeight` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<i32>,
}

/// `ScoringStrategy` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScoringStrategy {
    /// `resources` of `ScoringStrategy` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Vec<ResourceWeight>>,
    /// `type` of `ScoringStrategy` in the Amazon EKS API Reference. Known values: `LeastAllocated`, `MostAllocated`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ScoringStrategyType>,
}

/// `ServiceNodePortRange` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceNodePortRange {
    /// `maxPort` of `ServiceNodePortRange` in the Amazon EKS API Reference.
    #[serde(rename = "maxPort", default, skip_serializing_if = "Option::is_none")]
    pub max_port: Option<i32>,
    /// `minPort` of `ServiceNodePortRange` in the Amazon EKS API Reference.
    #[serde(rename = "minPort", default, skip_serializing_if = "Option::is_none")]
    pub min_port: Option<i32>,
}

/// `StorageConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StorageConfigResponse {
    /// `blockStorage` of `StorageConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "blockStorage", default, skip_serializing_if = "Option::is_none")]
    pub block_storage: Option<BlockStorage>,
}

/// `TagResourceRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceRequest {
    /// `resourceArn` of `TagResourceRequest` in the Amazon EKS API Reference.
    #[serde(rename = "resourceArn")]
    pub resource_arn: String,
    /// `tags` of `TagResourceRequest` in the Amazon EKS API Reference.
    pub tags: BTreeMap<String, String>,
}

/// `TagResourceResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceResponse {}

/// `UntagResourceRequest` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceRequest {
    /// `resourceArn` of `UntagResourceRequest` in the Amazon EKS API Reference.
    #[serde(rename = "resourceArn")]
    pub resource_arn: String,
    /// `tagKeys` of `UntagResourceRequest` in the Amazon EKS API Reference.
    #[serde(rename = "tagKeys")]
    pub tag_keys: Vec<String>,
}

/// `UntagResourceResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceResponse {}

/// `UpgradePolicyResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpgradePolicyResponse {
    /// `supportType` of `UpgradePolicyResponse` in the Amazon EKS API Reference. Known values: `STANDARD`, `EXTENDED`.
    #[serde(rename = "supportType", default, skip_serializing_if = "Option::is_none")]
    pub support_type: Option<SupportType>,
}

/// `VpcConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VpcConfigResponse {
    /// `clusterSecurityGroupId` of `VpcConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "clusterSecurityGroupId", default, skip_serializing_if = "Option::is_none")]
    pub cluster_security_group_id: Option<String>,
    /// `controlPlaneEgressMode` of `VpcConfigResponse` in the Amazon EKS API Reference. Known values: `AWS_MANAGED`, `CUSTOMER_ROUTED`, `CUSTOMER_ISOLATED`.
    #[serde(rename = "controlPlaneEgressMode", default, skip_serializing_if = "Option::is_none")]
    pub control_plane_egress_mode: Option<ControlPlaneEgressModeType>,
    /// `endpointPrivateAccess` of `VpcConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "endpointPrivateAccess", default, skip_serializing_if = "Option::is_none")]
    pub endpoint_private_access: Option<bool>,
    /// `endpointPublicAccess` of `VpcConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "endpointPublicAccess", default, skip_serializing_if = "Option::is_none")]
    pub endpoint_public_access: Option<bool>,
    /// `publicAccessCidrs` of `VpcConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "publicAccessCidrs", default, skip_serializing_if = "Option::is_none")]
    pub public_access_cidrs: Option<Vec<String>>,
    /// `securityGroupIds` of `VpcConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "securityGroupIds", default, skip_serializing_if = "Option::is_none")]
    pub security_group_ids: Option<Vec<String>>,
    /// `subnetIds` of `VpcConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "subnetIds", default, skip_serializing_if = "Option::is_none")]
    pub subnet_ids: Option<Vec<String>>,
    /// `vpcId` of `VpcConfigResponse` in the Amazon EKS API Reference.
    #[serde(rename = "vpcId", default, skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<String>,
}

/// `ZonalShiftConfigResponse` in the Amazon EKS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ZonalShiftConfigResponse {
    /// `enabled` of `ZonalShiftConfigResponse` in the Amazon EKS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

/// `AuthenticationMode` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AuthenticationMode(pub String);

impl AuthenticationMode {
    pub const API: &'static str = "API";
    pub const API_AND_CONFIG_MAP: &'static str = "API_AND_CONFIG_MAP";
    pub const CONFIG_MAP: &'static str = "CONFIG_MAP";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AuthenticationMode {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CertificateAuthorityActivatedBy` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CertificateAuthorityActivatedBy(pub String);

impl CertificateAuthorityActivatedBy {
    pub const EKS: &'static str = "EKS";
    pub const CUSTOMER: &'static str = "CUSTOMER";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CertificateAuthorityActivatedBy {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ClusterIssueCode` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClusterIssueCode(pub String);

impl ClusterIssueCode {
    pub const ACCESS_DENIED: &'static str = "AccessDenied";
    pub const CLUSTER_UNREACHABLE: &'static str = "ClusterUnreachable";
    pub const CONFIGURATION_CONFLICT: &'static str = "ConfigurationConflict";
    pub const INTERNAL_FAILURE: &'static str = "InternalFailure";
    pub const RESOURCE_LIMIT_EXCEEDED: &'static str = "ResourceLimitExceeded";
    pub const RESOURCE_NOT_FOUND: &'static str = "ResourceNotFound";
    pub const IAM_ROLE_NOT_FOUND: &'static str = "IamRoleNotFound";
    pub const VPC_NOT_FOUND: &'static str = "VpcNotFound";
    pub const INSUFFICIENT_FREE_ADDRESSES: &'static str = "InsufficientFreeAddresses";
    pub const EC2_SERVICE_NOT_SUBSCRIBED: &'static str = "Ec2ServiceNotSubscribed";
    pub const EC2_SUBNET_NOT_FOUND: &'static str = "Ec2SubnetNotFound";
    pub const EC2_SECURITY_GROUP_NOT_FOUND: &'static str = "Ec2SecurityGroupNotFound";
    pub const KMS_GRANT_REVOKED: &'static str = "KmsGrantRevoked";
    pub const KMS_KEY_NOT_FOUND: &'static str = "KmsKeyNotFound";
    pub const KMS_KEY_MARKED_FOR_DELETION: &'static str = "KmsKeyMarkedForDeletion";
    pub const KMS_KEY_DISABLED: &'static str = "KmsKeyDisabled";
    pub const STS_REGIONAL_ENDPOINT_DISABLED: &'static str = "StsRegionalEndpointDisabled";
    pub const UNSUPPORTED_VERSION: &'static str = "UnsupportedVersion";
    pub const OTHER: &'static str = "Other";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ClusterIssueCode {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ClusterStatus` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClusterStatus(pub String);

impl ClusterStatus {
    pub const CREATING: &'static str = "CREATING";
    pub const ACTIVE: &'static str = "ACTIVE";
    pub const DELETING: &'static str = "DELETING";
    pub const FAILED: &'static str = "FAILED";
    pub const UPDATING: &'static str = "UPDATING";
    pub const PENDING: &'static str = "PENDING";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ClusterStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ControlPlaneEgressModeType` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ControlPlaneEgressModeType(pub String);

impl ControlPlaneEgressModeType {
    pub const AWS_MANAGED: &'static str = "AWS_MANAGED";
    pub const CUSTOMER_ROUTED: &'static str = "CUSTOMER_ROUTED";
    pub const CUSTOMER_ISOLATED: &'static str = "CUSTOMER_ISOLATED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ControlPlaneEgressModeType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `FargateProfileIssueCode` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FargateProfileIssueCode(pub String);

impl FargateProfileIssueCode {
    pub const POD_EXECUTION_ROLE_ALREADY_IN_USE: &'static str = "PodExecutionRoleAlreadyInUse";
    pub const ACCESS_DENIED: &'static str = "AccessDenied";
    pub const CLUSTER_UNREACHABLE: &'static str = "ClusterUnreachable";
    pub const INTERNAL_FAILURE: &'static str = "InternalFailure";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FargateProfileIssueCode {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `FargateProfileStatus` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FargateProfileStatus(pub String);

impl FargateProfileStatus {
    pub const CREATING: &'static str = "CREATING";
    pub const ACTIVE: &'static str = "ACTIVE";
    pub const DELETING: &'static str = "DELETING";
    pub const CREATE_FAILED: &'static str = "CREATE_FAILED";
    pub const DELETE_FAILED: &'static str = "DELETE_FAILED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FargateProfileStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `IpFamily` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IpFamily(pub String);

impl IpFamily {
    pub const IPV4: &'static str = "ipv4";
    pub const IPV6: &'static str = "ipv6";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for IpFamily {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `LogType` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LogType(pub String);

impl LogType {
    pub const API: &'static str = "api";
    pub const AUDIT: &'static str = "audit";
    pub const AUTHENTICATOR: &'static str = "authenticator";
    pub const CONTROLLER_MANAGER: &'static str = "controllerManager";
    pub const SCHEDULER: &'static str = "scheduler";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for LogType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ProvisionedControlPlaneTier` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProvisionedControlPlaneTier(pub String);

impl ProvisionedControlPlaneTier {
    pub const STANDARD: &'static str = "standard";
    pub const TIER_XL: &'static str = "tier-xl";
    pub const TIER_2XL: &'static str = "tier-2xl";
    pub const TIER_4XL: &'static str = "tier-4xl";
    pub const TIER_8XL: &'static str = "tier-8xl";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ProvisionedControlPlaneTier {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ScoringStrategyType` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScoringStrategyType(pub String);

impl ScoringStrategyType {
    pub const LEAST_ALLOCATED: &'static str = "LeastAllocated";
    pub const MOST_ALLOCATED: &'static str = "MostAllocated";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ScoringStrategyType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `SpreadLevel` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpreadLevel(pub String);

impl SpreadLevel {
    pub const HOST: &'static str = "host";
    pub const RACK: &'static str = "rack";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SpreadLevel {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `SupportType` in the Amazon EKS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SupportType(pub String);

impl SupportType {
    pub const STANDARD: &'static str = "STANDARD";
    pub const EXTENDED: &'static str = "EXTENDED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SupportType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
