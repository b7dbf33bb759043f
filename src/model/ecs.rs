// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! What ecs-bridge uses of the Amazon ECS API, under AWS's own wire names.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An operation of the Amazon ECS API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    CreateCapacityProvider,
    CreateCluster,
    CreateService,
    DeleteCapacityProvider,
    DeleteCluster,
    DeleteService,
    DeleteTaskDefinitions,
    DeregisterTaskDefinition,
    DescribeCapacityProviders,
    DescribeClusters,
    DescribeServiceDeployments,
    DescribeServiceRevisions,
    DescribeServices,
    DescribeTaskDefinition,
    DescribeTasks,
    ListAccountSettings,
    ListClusters,
    ListServiceDeployments,
    ListServices,
    ListTagsForResource,
    ListTaskDefinitions,
    ListTasks,
    PutClusterCapacityProviders,
    RegisterTaskDefinition,
    TagResource,
    UntagResource,
    UpdateCapacityProvider,
    UpdateCluster,
    UpdateService,
}

impl Operation {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::CreateCapacityProvider,
        Self::CreateCluster,
        Self::CreateService,
        Self::DeleteCapacityProvider,
        Self::DeleteCluster,
        Self::DeleteService,
        Self::DeleteTaskDefinitions,
        Self::DeregisterTaskDefinition,
        Self::DescribeCapacityProviders,
        Self::DescribeClusters,
        Self::DescribeServiceDeployments,
        Self::DescribeServiceRevisions,
        Self::DescribeServices,
        Self::DescribeTaskDefinition,
        Self::DescribeTasks,
        Self::ListAccountSettings,
        Self::ListClusters,
        Self::ListServiceDeployments,
        Self::ListServices,
        Self::ListTagsForResource,
        Self::ListTaskDefinitions,
        Self::ListTasks,
        Self::PutClusterCapacityProviders,
        Self::RegisterTaskDefinition,
        Self::TagResource,
        Self::UntagResource,
        Self::UpdateCapacityProvider,
        Self::UpdateCluster,
        Self::UpdateService,
    ];

    /// AWS's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateCapacityProvider => "CreateCapacityProvider",
            Self::CreateCluster => "CreateCluster",
            Self::CreateService => "CreateService",
            Self::DeleteCapacityProvider => "DeleteCapacityProvider",
            Self::DeleteCluster => "DeleteCluster",
            Self::DeleteService => "DeleteService",
            Self::DeleteTaskDefinitions => "DeleteTaskDefinitions",
            Self::DeregisterTaskDefinition => "DeregisterTaskDefinition",
            Self::DescribeCapacityProviders => "DescribeCapacityProviders",
            Self::DescribeClusters => "DescribeClusters",
            Self::DescribeServiceDeployments => "DescribeServiceDeployments",
            Self::DescribeServiceRevisions => "DescribeServiceRevisions",
            Self::DescribeServices => "DescribeServices",
            Self::DescribeTaskDefinition => "DescribeTaskDefinition",
            Self::DescribeTasks => "DescribeTasks",
            Self::ListAccountSettings => "ListAccountSettings",
            Self::ListClusters => "ListClusters",
            Self::ListServiceDeployments => "ListServiceDeployments",
            Self::ListServices => "ListServices",
            Self::ListTagsForResource => "ListTagsForResource",
            Self::ListTaskDefinitions => "ListTaskDefinitions",
            Self::ListTasks => "ListTasks",
            Self::PutClusterCapacityProviders => "PutClusterCapacityProviders",
            Self::RegisterTaskDefinition => "RegisterTaskDefinition",
            Self::TagResource => "TagResource",
            Self::UntagResource => "UntagResource",
            Self::UpdateCapacityProvider => "UpdateCapacityProvider",
            Self::UpdateCluster => "UpdateCluster",
            Self::UpdateService => "UpdateService",
        }
    }

    /// The service that it belongs to, as endpoints and IAM actions name it.
    pub const fn service(self) -> &'static str {
        "ecs"
    }
}

/// All that `CreateCapacityProvider` and `UpdateCapacityProvider` take, in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CapacityProviderSpec {
    /// `autoScalingGroupProvider` of `CreateCapacityProvider` in the Amazon ECS API Reference.
    #[serde(rename = "autoScalingGroupProvider", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AutoScalingGroupProvider")]
    pub auto_scaling_group_provider: Option<AutoScalingGroupProvider>,
    /// `managedInstancesProvider` of `CreateCapacityProvider` in the Amazon ECS API Reference.
    #[serde(rename = "managedInstancesProvider", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CreateManagedInstancesProviderConfiguration")]
    pub managed_instances_provider: Option<CreateManagedInstancesProviderConfiguration>,
    /// `name` of `CreateCapacityProvider` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 255))]
    pub name: Option<String>,
    /// `tags` of `CreateCapacityProvider` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tag>", extend("maxItems" = 50, "x-kubernetes-list-map-keys" = ["key"], "x-kubernetes-list-type" = "map"))]
    pub tags: Option<Vec<Tag>>,
}

impl CapacityProviderSpec {
    /// Members that AWS takes at creation only.
    pub const IMMUTABLE: &'static [&'static str] = &["name"];

    /// Where an IAM role stands.
    pub const ROLE_PATHS: &'static [&'static str] = &[
        "managedInstancesProvider.infrastructureRoleArn",
        "managedInstancesProvider.instanceLaunchTemplate.ec2InstanceProfileArn",
    ];

    /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].
    pub const DEFAULT_ZERO_PATHS: &'static [&'static str] =
        &["managedInstancesProvider.instanceLaunchTemplate.localStorageConfiguration.useLocalStorage"];

    /// Lists whose items are known by a member, with that member: their order means nothing.
    pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[("tags", "key")];
}

/// All that `CreateCluster`, `PutClusterCapacityProviders` and `UpdateCluster` take, in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterSpec {
    /// `capacityProviders` of `CreateCluster` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviders", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 20))]
    pub capacity_providers: Option<Vec<String>>,
    /// `clusterName` of `CreateCluster` in the Amazon ECS API Reference.
    #[serde(rename = "clusterName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 255))]
    pub cluster_name: Option<String>,
    /// `configuration` of `CreateCluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ClusterConfiguration")]
    pub configuration: Option<ClusterConfiguration>,
    /// `defaultCapacityProviderStrategy` of `CreateCluster` in the Amazon ECS API Reference.
    #[serde(rename = "defaultCapacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<CapacityProviderStrategyItem>", extend("maxItems" = 20))]
    pub default_capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `serviceConnectDefaults` of `CreateCluster` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectDefaults", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ClusterServiceConnectDefaultsRequest")]
    pub service_connect_defaults: Option<ClusterServiceConnectDefaultsRequest>,
    /// `settings` of `CreateCluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ClusterSetting>", extend("maxItems" = 50, "x-kubernetes-list-map-keys" = ["name"], "x-kubernetes-list-type" = "map"))]
    pub settings: Option<Vec<ClusterSetting>>,
    /// `tags` of `CreateCluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tag>", extend("maxItems" = 50, "x-kubernetes-list-map-keys" = ["key"], "x-kubernetes-list-type" = "map"))]
    pub tags: Option<Vec<Tag>>,
}

impl ClusterSpec {
    /// Members that AWS takes at creation only.
    pub const IMMUTABLE: &'static [&'static str] = &["clusterName"];

    /// Where an IAM role stands.
    pub const ROLE_PATHS: &'static [&'static str] = &[];

    /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].
    pub const DEFAULT_ZERO_PATHS: &'static [&'static str] = &[
        "configuration.executeCommandConfiguration.logConfiguration.cloudWatchEncryptionEnabled",
        "configuration.executeCommandConfiguration.logConfiguration.s3EncryptionEnabled",
        "defaultCapacityProviderStrategy[].base",
        "defaultCapacityProviderStrategy[].weight",
    ];

    /// Lists whose items are known by a member, with that member: their order means nothing.
    pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[("settings", "name"), ("tags", "key")];
}

/// All that `CreateService` and `UpdateService` take, in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceSpec {
    /// `availabilityZoneRebalancing` of `CreateService` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "availabilityZoneRebalancing", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AvailabilityZoneRebalancing", extend("maxLength" = 255))]
    pub availability_zone_rebalancing: Option<AvailabilityZoneRebalancing>,
    /// `capacityProviderStrategy` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<CapacityProviderStrategyItem>", extend("maxItems" = 20))]
    pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `deploymentConfiguration` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentConfiguration")]
    pub deployment_configuration: Option<DeploymentConfiguration>,
    /// `deploymentController` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentController", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentController")]
    pub deployment_controller: Option<DeploymentController>,
    /// `desiredCount` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "desiredCount", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub desired_count: Option<i32>,
    /// `enableECSManagedTags` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "enableECSManagedTags", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub enable_ecs_managed_tags: Option<bool>,
    /// `enableExecuteCommand` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "enableExecuteCommand", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub enable_execute_command: Option<bool>,
    /// `gatewayConnectors` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "gatewayConnectors", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<GatewayConnector>", extend("maxItems" = 1))]
    pub gateway_connectors: Option<Vec<GatewayConnector>>,
    /// `healthCheckGracePeriodSeconds` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckGracePeriodSeconds", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub health_check_grace_period_seconds: Option<i32>,
    /// `launchType` of `CreateService` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LaunchType", extend("maxLength" = 255))]
    pub launch_type: Option<LaunchType>,
    /// `loadBalancers` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancers", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<LoadBalancer>", extend("maxItems" = 50))]
    pub load_balancers: Option<Vec<LoadBalancer>>,
    /// `monitoring` of `CreateService` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "MonitoringConfiguration")]
    pub monitoring: Option<MonitoringConfiguration>,
    /// `networkConfiguration` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "NetworkConfiguration")]
    pub network_configuration: Option<NetworkConfiguration>,
    /// `placementConstraints` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "placementConstraints", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<PlacementConstraint>", extend("maxItems" = 10))]
    pub placement_constraints: Option<Vec<PlacementConstraint>>,
    /// `placementStrategy` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "placementStrategy", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<PlacementStrategy>", extend("maxItems" = 5))]
    pub placement_strategy: Option<Vec<PlacementStrategy>>,
    /// `platformVersion` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub platform_version: Option<String>,
    /// `propagateTags` of `CreateService` in the Amazon ECS API Reference. Known values: `TASK_DEFINITION`, `SERVICE`, `NONE`.
    #[serde(rename = "propagateTags", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "PropagateTags", extend("maxLength" = 255))]
    pub propagate_tags: Option<PropagateTags>,
    /// `role` of `CreateService` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 2048))]
    pub role: Option<String>,
    /// `schedulingStrategy` of `CreateService` in the Amazon ECS API Reference. Known values: `REPLICA`, `DAEMON`.
    #[serde(rename = "schedulingStrategy", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "SchedulingStrategy", extend("maxLength" = 255))]
    pub scheduling_strategy: Option<SchedulingStrategy>,
    /// `serviceConnectConfiguration` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceConnectConfiguration")]
    pub service_connect_configuration: Option<ServiceConnectConfiguration>,
    /// `serviceName` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "serviceName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 255))]
    pub service_name: Option<String>,
    /// `serviceRegistries` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRegistries", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ServiceRegistry>", extend("maxItems" = 10))]
    pub service_registries: Option<Vec<ServiceRegistry>>,
    /// `tags` of `CreateService` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tag>", extend("maxItems" = 50, "x-kubernetes-list-map-keys" = ["key"], "x-kubernetes-list-type" = "map"))]
    pub tags: Option<Vec<Tag>>,
    /// `volumeConfigurations` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "volumeConfigurations", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ServiceVolumeConfiguration>", extend("maxItems" = 10, "x-kubernetes-list-map-keys" = ["name"], "x-kubernetes-list-type" = "map"))]
    pub volume_configurations: Option<Vec<ServiceVolumeConfiguration>>,
    /// `vpcLatticeConfigurations` of `CreateService` in the Amazon ECS API Reference.
    #[serde(rename = "vpcLatticeConfigurations", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<VpcLatticeConfiguration>", extend("maxItems" = 100))]
    pub vpc_lattice_configurations: Option<Vec<VpcLatticeConfiguration>>,
}

impl ServiceSpec {
    /// Members that AWS takes at creation only.
    pub const IMMUTABLE: &'static [&'static str] = &["role", "schedulingStrategy", "serviceName"];

    /// Where an IAM role stands.
    pub const ROLE_PATHS: &'static [&'static str] = &[
        "deploymentConfiguration.lifecycleHooks[].roleArn",
        "loadBalancers[].advancedConfiguration.roleArn",
        "role",
        "serviceConnectConfiguration.services[].tls.roleArn",
        "volumeConfigurations[].managedEBSVolume.roleArn",
        "vpcLatticeConfigurations[].roleArn",
    ];

    /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].
    pub const DEFAULT_ZERO_PATHS: &'static [&'static str] =
        &["capacityProviderStrategy[].base", "capacityProviderStrategy[].weight"];

    /// Lists whose items are known by a member, with that member: their order means nothing.
    pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[
        ("serviceConnectConfiguration.logConfiguration.secretOptions", "name"),
        ("tags", "key"),
        ("volumeConfigurations", "name"),
        ("volumeConfigurations[].managedEBSVolume.tagSpecifications[].tags", "key"),
    ];
}

/// All that `RegisterTaskDefinition` takes, in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskDefinitionSpec {
    /// `containerDefinitions` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "containerDefinitions")]
    #[schemars(extend("maxItems" = 10, "x-kubernetes-list-map-keys" = ["name"], "x-kubernetes-list-type" = "map"))]
    pub container_definitions: Vec<ContainerDefinition>,
    /// `cpu` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub cpu: Option<String>,
    /// `enableFaultInjection` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "enableFaultInjection", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub enable_fault_injection: Option<bool>,
    /// `ephemeralStorage` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "ephemeralStorage", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "EphemeralStorage")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// `executionRoleArn` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "executionRoleArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 2048))]
    pub execution_role_arn: Option<String>,
    /// `family` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 255))]
    pub family: Option<String>,
    /// `inferenceAccelerators` of `RegisterTaskDefinition` in the Amazon ECS API Reference. AWS no longer offers it.
    #[serde(rename = "inferenceAccelerators", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<InferenceAccelerator>", extend("maxItems" = 100))]
    pub inference_accelerators: Option<Vec<InferenceAccelerator>>,
    /// `ipcMode` of `RegisterTaskDefinition` in the Amazon ECS API Reference. Known values: `host`, `task`, `none`.
    #[serde(rename = "ipcMode", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "IpcMode", extend("maxLength" = 255))]
    pub ipc_mode: Option<IpcMode>,
    /// `memory` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub memory: Option<String>,
    /// `networkMode` of `RegisterTaskDefinition` in the Amazon ECS API Reference. Known values: `bridge`, `host`, `awsvpc`, `none`.
    #[serde(rename = "networkMode", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "NetworkMode", extend("maxLength" = 255))]
    pub network_mode: Option<NetworkMode>,
    /// `pidMode` of `RegisterTaskDefinition` in the Amazon ECS API Reference. Known values: `host`, `task`.
    #[serde(rename = "pidMode", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "PidMode", extend("maxLength" = 255))]
    pub pid_mode: Option<PidMode>,
    /// `placementConstraints` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "placementConstraints", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<TaskDefinitionPlacementConstraint>", extend("maxItems" = 10))]
    pub placement_constraints: Option<Vec<TaskDefinitionPlacementConstraint>>,
    /// `proxyConfiguration` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "proxyConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ProxyConfiguration")]
    pub proxy_configuration: Option<ProxyConfiguration>,
    /// `requiresCompatibilities` of `RegisterTaskDefinition` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "requiresCompatibilities", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Compatibility>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 50))]
    pub requires_compatibilities: Option<Vec<Compatibility>>,
    /// `runtimePlatform` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "runtimePlatform", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "RuntimePlatform")]
    pub runtime_platform: Option<RuntimePlatform>,
    /// `tags` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tag>", extend("maxItems" = 50, "x-kubernetes-list-map-keys" = ["key"], "x-kubernetes-list-type" = "map"))]
    pub tags: Option<Vec<Tag>>,
    /// `taskRoleArn` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "taskRoleArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 2048))]
    pub task_role_arn: Option<String>,
    /// `trustedExecutionConfiguration` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "trustedExecutionConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TrustedExecutionConfiguration")]
    pub trusted_execution_configuration: Option<TrustedExecutionConfiguration>,
    /// `volumes` of `RegisterTaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Volume>", extend("maxItems" = 1000, "x-kubernetes-list-map-keys" = ["name"], "x-kubernetes-list-type" = "map"))]
    pub volumes: Option<Vec<Volume>>,
}

impl TaskDefinitionSpec {
    /// Members that AWS takes at creation only.
    pub const IMMUTABLE: &'static [&'static str] = &[];

    /// Where an IAM role stands.
    pub const ROLE_PATHS: &'static [&'static str] = &["executionRoleArn", "taskRoleArn"];

    /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].
    pub const DEFAULT_ZERO_PATHS: &'static [&'static str] = &["containerDefinitions[].cpu"];

    /// Lists whose items are known by a member, with that member: their order means nothing.
    pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[
        ("containerDefinitions", "name"),
        ("containerDefinitions[].environment", "name"),
        ("containerDefinitions[].logConfiguration.secretOptions", "name"),
        ("containerDefinitions[].secrets", "name"),
        ("proxyConfiguration.properties", "name"),
        ("tags", "key"),
        ("volumes", "name"),
    ];
}

/// `AcceleratorCountRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AcceleratorCountRequest {
    /// `max` of `AcceleratorCountRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub max: Option<i32>,
    /// `min` of `AcceleratorCountRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub min: Option<i32>,
}

/// `AcceleratorTotalMemoryMiBRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AcceleratorTotalMemoryMiBRequest {
    /// `max` of `AcceleratorTotalMemoryMiBRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub max: Option<i32>,
    /// `min` of `AcceleratorTotalMemoryMiBRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub min: Option<i32>,
}

/// `AdvancedConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdvancedConfiguration {
    /// `alternateTargetGroupArn` of `AdvancedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "alternateTargetGroupArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub alternate_target_group_arn: Option<String>,
    /// `productionListenerRule` of `AdvancedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "productionListenerRule", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub production_listener_rule: Option<String>,
    /// `roleArn` of `AdvancedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "roleArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub role_arn: Option<String>,
    /// `testListenerRule` of `AdvancedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "testListenerRule", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub test_listener_rule: Option<String>,
}

/// `Attachment` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// `details` of `Attachment` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Vec<KeyValuePair>>,
    /// `id` of `Attachment` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `status` of `Attachment` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `type` of `Attachment` in the Amazon ECS API Reference.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

/// `Attribute` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// `name` of `Attribute` in the Amazon ECS API Reference.
    pub name: String,
    /// `targetId` of `Attribute` in the Amazon ECS API Reference.
    #[serde(rename = "targetId", default, skip_serializing_if = "Option::is_none")]
    pub target_id: Option<String>,
    /// `targetType` of `Attribute` in the Amazon ECS API Reference. Known values: `container-instance`.
    #[serde(rename = "targetType", default, skip_serializing_if = "Option::is_none")]
    pub target_type: Option<TargetType>,
    /// `value` of `Attribute` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// `AutoRepairConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AutoRepairConfiguration {
    /// `actionsStatus` of `AutoRepairConfiguration` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "actionsStatus", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AutoRepairActionsStatus", extend("maxLength" = 255))]
    pub actions_status: Option<AutoRepairActionsStatus>,
}

/// `AutoScalingGroupProvider` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AutoScalingGroupProvider {
    /// `autoScalingGroupArn` of `AutoScalingGroupProvider` in the Amazon ECS API Reference.
    #[serde(rename = "autoScalingGroupArn")]
    #[schemars(extend("maxLength" = 2048))]
    pub auto_scaling_group_arn: String,
    /// `managedDraining` of `AutoScalingGroupProvider` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "managedDraining", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ManagedDraining", extend("maxLength" = 255))]
    pub managed_draining: Option<ManagedDraining>,
    /// `managedScaling` of `AutoScalingGroupProvider` in the Amazon ECS API Reference.
    #[serde(rename = "managedScaling", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ManagedScaling")]
    pub managed_scaling: Option<ManagedScaling>,
    /// `managedTerminationProtection` of `AutoScalingGroupProvider` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "managedTerminationProtection", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ManagedTerminationProtection", extend("maxLength" = 255))]
    pub managed_termination_protection: Option<ManagedTerminationProtection>,
}

/// `AutoScalingGroupProviderUpdate` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AutoScalingGroupProviderUpdate {
    /// `managedDraining` of `AutoScalingGroupProviderUpdate` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "managedDraining", default, skip_serializing_if = "Option::is_none")]
    pub managed_draining: Option<ManagedDraining>,
    /// `managedScaling` of `AutoScalingGroupProviderUpdate` in the Amazon ECS API Reference.
    #[serde(rename = "managedScaling", default, skip_serializing_if = "Option::is_none")]
    pub managed_scaling: Option<ManagedScaling>,
    /// `managedTerminationProtection` of `AutoScalingGroupProviderUpdate` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "managedTerminationProtection", default, skip_serializing_if = "Option::is_none")]
    pub managed_termination_protection: Option<ManagedTerminationProtection>,
}

/// `AwsVpcConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AwsVpcConfiguration {
    /// `assignPublicIp` of `AwsVpcConfiguration` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "assignPublicIp", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AssignPublicIp", extend("maxLength" = 255))]
    pub assign_public_ip: Option<AssignPublicIp>,
    /// `securityGroups` of `AwsVpcConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "securityGroups", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 5))]
    pub security_groups: Option<Vec<String>>,
    /// `subnets` of `AwsVpcConfiguration` in the Amazon ECS API Reference.
    #[schemars(extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 16))]
    pub subnets: Vec<String>,
}

/// `BaselineEbsBandwidthMbpsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineEbsBandwidthMbpsRequest {
    /// `max` of `BaselineEbsBandwidthMbpsRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub max: Option<i32>,
    /// `min` of `BaselineEbsBandwidthMbpsRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub min: Option<i32>,
}

/// `CanaryConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CanaryConfiguration {
    /// `canaryBakeTimeInMinutes` of `CanaryConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "canaryBakeTimeInMinutes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub canary_bake_time_in_minutes: Option<i32>,
    /// `canaryPercent` of `CanaryConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "canaryPercent", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub canary_percent: Option<f64>,
}

/// `CapacityProvider` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CapacityProvider {
    /// `autoScalingGroupProvider` of `CapacityProvider` in the Amazon ECS API Reference.
    #[serde(rename = "autoScalingGroupProvider", default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling_group_provider: Option<AutoScalingGroupProvider>,
    /// `capacityProviderArn` of `CapacityProvider` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderArn", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_arn: Option<String>,
    /// `cluster` of `CapacityProvider` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `managedInstancesProvider` of `CapacityProvider` in the Amazon ECS API Reference.
    #[serde(rename = "managedInstancesProvider", default, skip_serializing_if = "Option::is_none")]
    pub managed_instances_provider: Option<ManagedInstancesProvider>,
    /// `name` of `CapacityProvider` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `status` of `CapacityProvider` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `INACTIVE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<CapacityProviderStatus>,
    /// `tags` of `CapacityProvider` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `type` of `CapacityProvider` in the Amazon ECS API Reference. Known values: `EC2_AUTOSCALING`, `MANAGED_INSTANCES`, `FARGATE`, `FARGATE_SPOT`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<CapacityProviderType>,
    /// `updateStatus` of `CapacityProvider` in the Amazon ECS API Reference. Known values: `CREATE_IN_PROGRESS`, `CREATE_COMPLETE`, `CREATE_FAILED`, `DELETE_IN_PROGRESS`, `DELETE_COMPLETE`, `DELETE_FAILED`, `UPDATE_IN_PROGRESS`, `UPDATE_COMPLETE`, `UPDATE_FAILED`.
    #[serde(rename = "updateStatus", default, skip_serializing_if = "Option::is_none")]
    pub update_status: Option<CapacityProviderUpdateStatus>,
    /// `updateStatusReason` of `CapacityProvider` in the Amazon ECS API Reference.
    #[serde(rename = "updateStatusReason", default, skip_serializing_if = "Option::is_none")]
    pub update_status_reason: Option<String>,
}

/// `CapacityProviderStrategyItem` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CapacityProviderStrategyItem {
    /// `base` of `CapacityProviderStrategyItem` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 100_000, "minimum" = 0))]
    pub base: Option<i32>,
    /// `capacityProvider` of `CapacityProviderStrategyItem` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProvider")]
    #[schemars(extend("maxLength" = 65_536))]
    pub capacity_provider: String,
    /// `weight` of `CapacityProviderStrategyItem` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 1000, "minimum" = 0))]
    pub weight: Option<i32>,
}

/// `CapacityReservationRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CapacityReservationRequest {
    /// `reservationGroupArn` of `CapacityReservationRequest` in the Amazon ECS API Reference.
    #[serde(rename = "reservationGroupArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub reservation_group_arn: Option<String>,
    /// `reservationPreference` of `CapacityReservationRequest` in the Amazon ECS API Reference. Known values: `RESERVATIONS_ONLY`, `RESERVATIONS_FIRST`, `RESERVATIONS_EXCLUDED`.
    #[serde(rename = "reservationPreference", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CapacityReservationPreference", extend("maxLength" = 255))]
    pub reservation_preference: Option<CapacityReservationPreference>,
}

/// `Cluster` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// `activeServicesCount` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "activeServicesCount", default, skip_serializing_if = "Option::is_none")]
    pub active_services_count: Option<i32>,
    /// `attachments` of `Cluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments: Option<Vec<Attachment>>,
    /// `attachmentsStatus` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "attachmentsStatus", default, skip_serializing_if = "Option::is_none")]
    pub attachments_status: Option<String>,
    /// `capacityProviders` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviders", default, skip_serializing_if = "Option::is_none")]
    pub capacity_providers: Option<Vec<String>>,
    /// `clusterArn` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "clusterArn", default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// `clusterName` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "clusterName", default, skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<String>,
    /// `configuration` of `Cluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<ClusterConfiguration>,
    /// `defaultCapacityProviderStrategy` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "defaultCapacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    pub default_capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `pendingTasksCount` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "pendingTasksCount", default, skip_serializing_if = "Option::is_none")]
    pub pending_tasks_count: Option<i32>,
    /// `registeredContainerInstancesCount` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "registeredContainerInstancesCount", default, skip_serializing_if = "Option::is_none")]
    pub registered_container_instances_count: Option<i32>,
    /// `runningTasksCount` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "runningTasksCount", default, skip_serializing_if = "Option::is_none")]
    pub running_tasks_count: Option<i32>,
    /// `serviceConnectDefaults` of `Cluster` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectDefaults", default, skip_serializing_if = "Option::is_none")]
    pub service_connect_defaults: Option<ClusterServiceConnectDefaults>,
    /// `settings` of `Cluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Vec<ClusterSetting>>,
    /// `statistics` of `Cluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Vec<KeyValuePair>>,
    /// `status` of `Cluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `tags` of `Cluster` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `ClusterConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterConfiguration {
    /// `executeCommandConfiguration` of `ClusterConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "executeCommandConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ExecuteCommandConfiguration")]
    pub execute_command_configuration: Option<ExecuteCommandConfiguration>,
    /// `managedStorageConfiguration` of `ClusterConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "managedStorageConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ManagedStorageConfiguration")]
    pub managed_storage_configuration: Option<ManagedStorageConfiguration>,
}

/// `ClusterServiceConnectDefaults` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClusterServiceConnectDefaults {
    /// `namespace` of `ClusterServiceConnectDefaults` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

/// `ClusterServiceConnectDefaultsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterServiceConnectDefaultsRequest {
    /// `namespace` of `ClusterServiceConnectDefaultsRequest` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 1024))]
    pub namespace: String,
}

/// `ClusterSetting` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterSetting {
    /// `name` of `ClusterSetting` in the Amazon ECS API Reference. Known values: `containerInsights`.
    #[schemars(extend("maxLength" = 255))]
    pub name: ClusterSettingName,
    /// `value` of `ClusterSetting` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub value: Option<String>,
}

/// `Container` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Container {
    /// `containerArn` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "containerArn", default, skip_serializing_if = "Option::is_none")]
    pub container_arn: Option<String>,
    /// `cpu` of `Container` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<String>,
    /// `exitCode` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "exitCode", default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// `gpuIds` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "gpuIds", default, skip_serializing_if = "Option::is_none")]
    pub gpu_ids: Option<Vec<String>>,
    /// `gpuSharingStrategy` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "gpuSharingStrategy", default, skip_serializing_if = "Option::is_none")]
    pub gpu_sharing_strategy: Option<SharingStrategy>,
    /// `healthStatus` of `Container` in the Amazon ECS API Reference. Known values: `HEALTHY`, `UNHEALTHY`, `UNKNOWN`.
    #[serde(rename = "healthStatus", default, skip_serializing_if = "Option::is_none")]
    pub health_status: Option<HealthStatus>,
    /// `image` of `Container` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// `imageDigest` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "imageDigest", default, skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// `lastStatus` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "lastStatus", default, skip_serializing_if = "Option::is_none")]
    pub last_status: Option<String>,
    /// `managedAgents` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "managedAgents", default, skip_serializing_if = "Option::is_none")]
    pub managed_agents: Option<Vec<ManagedAgent>>,
    /// `memory` of `Container` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// `memoryReservation` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "memoryReservation", default, skip_serializing_if = "Option::is_none")]
    pub memory_reservation: Option<String>,
    /// `name` of `Container` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `networkBindings` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "networkBindings", default, skip_serializing_if = "Option::is_none")]
    pub network_bindings: Option<Vec<NetworkBinding>>,
    /// `networkInterfaces` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "networkInterfaces", default, skip_serializing_if = "Option::is_none")]
    pub network_interfaces: Option<Vec<NetworkInterface>>,
    /// `neuronDeviceIds` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "neuronDeviceIds", default, skip_serializing_if = "Option::is_none")]
    pub neuron_device_ids: Option<Vec<String>>,
    /// `reason` of `Container` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `runtimeId` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "runtimeId", default, skip_serializing_if = "Option::is_none")]
    pub runtime_id: Option<String>,
    /// `taskArn` of `Container` in the Amazon ECS API Reference.
    #[serde(rename = "taskArn", default, skip_serializing_if = "Option::is_none")]
    pub task_arn: Option<String>,
}

/// `ContainerDefinition` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContainerDefinition {
    /// `command` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 22_000))]
    pub command: Option<Vec<String>>,
    /// `cpu` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub cpu: Option<i32>,
    /// `credentialSpecs` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "credentialSpecs", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 1))]
    pub credential_specs: Option<Vec<String>>,
    /// `dependsOn` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "dependsOn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ContainerDependency>", extend("maxItems" = 100))]
    pub depends_on: Option<Vec<ContainerDependency>>,
    /// `disableNetworking` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "disableNetworking", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub disable_networking: Option<bool>,
    /// `dnsSearchDomains` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "dnsSearchDomains", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub dns_search_domains: Option<Vec<String>>,
    /// `dnsServers` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "dnsServers", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub dns_servers: Option<Vec<String>>,
    /// `dockerLabels` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "dockerLabels", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, String>", extend("additionalProperties" = {"maxLength": 65_536, "type": "string"}, "maxProperties" = 10_000))]
    pub docker_labels: Option<BTreeMap<String, String>>,
    /// `dockerSecurityOptions` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "dockerSecurityOptions", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub docker_security_options: Option<Vec<String>>,
    /// `entryPoint` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "entryPoint", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 22_000))]
    pub entry_point: Option<Vec<String>>,
    /// `environment` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<KeyValuePair>", extend("maxItems" = 3000, "x-kubernetes-list-map-keys" = ["name"], "x-kubernetes-list-type" = "map"))]
    pub environment: Option<Vec<KeyValuePair>>,
    /// `environmentFiles` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "environmentFiles", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<EnvironmentFile>", extend("maxItems" = 10))]
    pub environment_files: Option<Vec<EnvironmentFile>>,
    /// `essential` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub essential: Option<bool>,
    /// `extraHosts` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "extraHosts", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<HostEntry>", extend("maxItems" = 2000))]
    pub extra_hosts: Option<Vec<HostEntry>>,
    /// `firelensConfiguration` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "firelensConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "FirelensConfiguration")]
    pub firelens_configuration: Option<FirelensConfiguration>,
    /// `healthCheck` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheck", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "HealthCheck")]
    pub health_check: Option<HealthCheck>,
    /// `hostname` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub hostname: Option<String>,
    /// `image` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 1024))]
    pub image: Option<String>,
    /// `interactive` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub interactive: Option<bool>,
    /// `links` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 1000))]
    pub links: Option<Vec<String>>,
    /// `linuxParameters` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "linuxParameters", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LinuxParameters")]
    pub linux_parameters: Option<LinuxParameters>,
    /// `logConfiguration` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "logConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LogConfiguration")]
    pub log_configuration: Option<LogConfiguration>,
    /// `memory` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub memory: Option<i32>,
    /// `memoryReservation` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "memoryReservation", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub memory_reservation: Option<i32>,
    /// `mountPoints` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "mountPoints", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<MountPoint>", extend("maxItems" = 1000))]
    pub mount_points: Option<Vec<MountPoint>>,
    /// `name` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 255))]
    pub name: String,
    /// `portMappings` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "portMappings", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<PortMapping>", extend("maxItems" = 1000))]
    pub port_mappings: Option<Vec<PortMapping>>,
    /// `privileged` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub privileged: Option<bool>,
    /// `pseudoTerminal` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "pseudoTerminal", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub pseudo_terminal: Option<bool>,
    /// `readonlyRootFilesystem` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "readonlyRootFilesystem", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub readonly_root_filesystem: Option<bool>,
    /// `repositoryCredentials` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "repositoryCredentials", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "RepositoryCredentials")]
    pub repository_credentials: Option<RepositoryCredentials>,
    /// `resourceRequirements` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "resourceRequirements", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ResourceRequirement>", extend("maxItems" = 100))]
    pub resource_requirements: Option<Vec<ResourceRequirement>>,
    /// `restartPolicy` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "restartPolicy", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ContainerRestartPolicy")]
    pub restart_policy: Option<ContainerRestartPolicy>,
    /// `secrets` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Secret>", extend("maxItems" = 3000, "x-kubernetes-list-map-keys" = ["name"], "x-kubernetes-list-type" = "map"))]
    pub secrets: Option<Vec<Secret>>,
    /// `startTimeout` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "startTimeout", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub start_timeout: Option<i32>,
    /// `stopTimeout` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "stopTimeout", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub stop_timeout: Option<i32>,
    /// `systemControls` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "systemControls", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<SystemControl>", extend("maxItems" = 2000))]
    pub system_controls: Option<Vec<SystemControl>>,
    /// `ulimits` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Ulimit>", extend("maxItems" = 100))]
    pub ulimits: Option<Vec<Ulimit>>,
    /// `user` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub user: Option<String>,
    /// `versionConsistency` of `ContainerDefinition` in the Amazon ECS API Reference. Known values: `enabled`, `disabled`.
    #[serde(rename = "versionConsistency", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "VersionConsistency", extend("maxLength" = 255))]
    pub version_consistency: Option<VersionConsistency>,
    /// `volumesFrom` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "volumesFrom", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<VolumeFrom>", extend("maxItems" = 1000))]
    pub volumes_from: Option<Vec<VolumeFrom>>,
    /// `workingDirectory` of `ContainerDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "workingDirectory", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub working_directory: Option<String>,
}

/// `ContainerDependency` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContainerDependency {
    /// `condition` of `ContainerDependency` in the Amazon ECS API Reference. Known values: `START`, `COMPLETE`, `SUCCESS`, `HEALTHY`.
    #[schemars(extend("maxLength" = 255))]
    pub condition: ContainerCondition,
    /// `containerName` of `ContainerDependency` in the Amazon ECS API Reference.
    #[serde(rename = "containerName")]
    #[schemars(extend("maxLength" = 65_536))]
    pub container_name: String,
}

/// `ContainerImage` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContainerImage {
    /// `containerName` of `ContainerImage` in the Amazon ECS API Reference.
    #[serde(rename = "containerName", default, skip_serializing_if = "Option::is_none")]
    pub container_name: Option<String>,
    /// `image` of `ContainerImage` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// `imageDigest` of `ContainerImage` in the Amazon ECS API Reference.
    #[serde(rename = "imageDigest", default, skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
}

/// `ContainerOverride` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContainerOverride {
    /// `command` of `ContainerOverride` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<Vec<String>>,
    /// `cpu` of `ContainerOverride` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<i32>,
    /// `environment` of `ContainerOverride` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<Vec<KeyValuePair>>,
    /// `environmentFiles` of `ContainerOverride` in the Amazon ECS API Reference.
    #[serde(rename = "environmentFiles", default, skip_serializing_if = "Option::is_none")]
    pub environment_files: Option<Vec<EnvironmentFile>>,
    /// `memory` of `ContainerOverride` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<i32>,
    /// `memoryReservation` of `ContainerOverride` in the Amazon ECS API Reference.
    #[serde(rename = "memoryReservation", default, skip_serializing_if = "Option::is_none")]
    pub memory_reservation: Option<i32>,
    /// `name` of `ContainerOverride` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `resourceRequirements` of `ContainerOverride` in the Amazon ECS API Reference.
    #[serde(rename = "resourceRequirements", default, skip_serializing_if = "Option::is_none")]
    pub resource_requirements: Option<Vec<ResourceRequirement>>,
}

/// `ContainerRestartPolicy` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContainerRestartPolicy {
    /// `enabled` of `ContainerRestartPolicy` in the Amazon ECS API Reference.
    pub enabled: bool,
    /// `ignoredExitCodes` of `ContainerRestartPolicy` in the Amazon ECS API Reference.
    #[serde(rename = "ignoredExitCodes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<i32>", extend("maxItems" = 50))]
    pub ignored_exit_codes: Option<Vec<i32>>,
    /// `restartAttemptPeriod` of `ContainerRestartPolicy` in the Amazon ECS API Reference.
    #[serde(rename = "restartAttemptPeriod", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub restart_attempt_period: Option<i32>,
}

/// `CreateCapacityProviderRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateCapacityProviderRequest {
    /// `autoScalingGroupProvider` of `CreateCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(rename = "autoScalingGroupProvider", default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling_group_provider: Option<AutoScalingGroupProvider>,
    /// `cluster` of `CreateCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `managedInstancesProvider` of `CreateCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(rename = "managedInstancesProvider", default, skip_serializing_if = "Option::is_none")]
    pub managed_instances_provider: Option<CreateManagedInstancesProviderConfiguration>,
    /// `name` of `CreateCapacityProviderRequest` in the Amazon ECS API Reference.
    pub name: String,
    /// `tags` of `CreateCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `CreateCapacityProviderResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateCapacityProviderResponse {
    /// `capacityProvider` of `CreateCapacityProviderResponse` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProvider", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<CapacityProvider>,
}

/// `CreateClusterRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateClusterRequest {
    /// `capacityProviders` of `CreateClusterRequest` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviders", default, skip_serializing_if = "Option::is_none")]
    pub capacity_providers: Option<Vec<String>>,
    /// `clusterName` of `CreateClusterRequest` in the Amazon ECS API Reference.
    #[serde(rename = "clusterName", default, skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<String>,
    /// `configuration` of `CreateClusterRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<ClusterConfiguration>,
    /// `defaultCapacityProviderStrategy` of `CreateClusterRequest` in the Amazon ECS API Reference.
    #[serde(rename = "defaultCapacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    pub default_capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `serviceConnectDefaults` of `CreateClusterRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectDefaults", default, skip_serializing_if = "Option::is_none")]
    pub service_connect_defaults: Option<ClusterServiceConnectDefaultsRequest>,
    /// `settings` of `CreateClusterRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Vec<ClusterSetting>>,
    /// `tags` of `CreateClusterRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `CreateClusterResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateClusterResponse {
    /// `cluster` of `CreateClusterResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
}

/// `CreateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CreateManagedInstancesProviderConfiguration {
    /// `autoRepairConfiguration` of `CreateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "autoRepairConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AutoRepairConfiguration")]
    pub auto_repair_configuration: Option<AutoRepairConfiguration>,
    /// `infrastructureOptimization` of `CreateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "infrastructureOptimization", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "InfrastructureOptimization")]
    pub infrastructure_optimization: Option<InfrastructureOptimization>,
    /// `infrastructureRoleArn` of `CreateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "infrastructureRoleArn")]
    #[schemars(extend("maxLength" = 2048))]
    pub infrastructure_role_arn: String,
    /// `instanceLaunchTemplate` of `CreateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "instanceLaunchTemplate")]
    pub instance_launch_template: InstanceLaunchTemplate,
    /// `propagateTags` of `CreateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference. Known values: `CAPACITY_PROVIDER`, `NONE`.
    #[serde(rename = "propagateTags", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "PropagateMITags", extend("maxLength" = 255))]
    pub propagate_tags: Option<PropagateMITags>,
}

/// `CreateServiceRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateServiceRequest {
    /// `availabilityZoneRebalancing` of `CreateServiceRequest` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "availabilityZoneRebalancing", default, skip_serializing_if = "Option::is_none")]
    pub availability_zone_rebalancing: Option<AvailabilityZoneRebalancing>,
    /// `capacityProviderStrategy` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `clientToken` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "clientToken", default, skip_serializing_if = "Option::is_none")]
    pub client_token: Option<String>,
    /// `cluster` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `deploymentConfiguration` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub deployment_configuration: Option<DeploymentConfiguration>,
    /// `deploymentController` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentController", default, skip_serializing_if = "Option::is_none")]
    pub deployment_controller: Option<DeploymentController>,
    /// `desiredCount` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "desiredCount", default, skip_serializing_if = "Option::is_none")]
    pub desired_count: Option<i32>,
    /// `enableECSManagedTags` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "enableECSManagedTags", default, skip_serializing_if = "Option::is_none")]
    pub enable_ecs_managed_tags: Option<bool>,
    /// `enableExecuteCommand` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "enableExecuteCommand", default, skip_serializing_if = "Option::is_none")]
    pub enable_execute_command: Option<bool>,
    /// `gatewayConnectors` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "gatewayConnectors", default, skip_serializing_if = "Option::is_none")]
    pub gateway_connectors: Option<Vec<GatewayConnector>>,
    /// `healthCheckGracePeriodSeconds` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckGracePeriodSeconds", default, skip_serializing_if = "Option::is_none")]
    pub health_check_grace_period_seconds: Option<i32>,
    /// `launchType` of `CreateServiceRequest` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// `loadBalancers` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancers", default, skip_serializing_if = "Option::is_none")]
    pub load_balancers: Option<Vec<LoadBalancer>>,
    /// `monitoring` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitoring: Option<MonitoringConfiguration>,
    /// `networkConfiguration` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
    /// `placementConstraints` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "placementConstraints", default, skip_serializing_if = "Option::is_none")]
    pub placement_constraints: Option<Vec<PlacementConstraint>>,
    /// `placementStrategy` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "placementStrategy", default, skip_serializing_if = "Option::is_none")]
    pub placement_strategy: Option<Vec<PlacementStrategy>>,
    /// `platformVersion` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// `propagateTags` of `CreateServiceRequest` in the Amazon ECS API Reference. Known values: `TASK_DEFINITION`, `SERVICE`, `NONE`.
    #[serde(rename = "propagateTags", default, skip_serializing_if = "Option::is_none")]
    pub propagate_tags: Option<PropagateTags>,
    /// `role` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// `schedulingStrategy` of `CreateServiceRequest` in the Amazon ECS API Reference. Known values: `REPLICA`, `DAEMON`.
    #[serde(rename = "schedulingStrategy", default, skip_serializing_if = "Option::is_none")]
    pub scheduling_strategy: Option<SchedulingStrategy>,
    /// `serviceConnectConfiguration` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub service_connect_configuration: Option<ServiceConnectConfiguration>,
    /// `serviceName` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceName")]
    pub service_name: String,
    /// `serviceRegistries` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRegistries", default, skip_serializing_if = "Option::is_none")]
    pub service_registries: Option<Vec<ServiceRegistry>>,
    /// `tags` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `taskDefinition` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<String>,
    /// `volumeConfigurations` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "volumeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub volume_configurations: Option<Vec<ServiceVolumeConfiguration>>,
    /// `vpcLatticeConfigurations` of `CreateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "vpcLatticeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub vpc_lattice_configurations: Option<Vec<VpcLatticeConfiguration>>,
}

/// `CreateServiceResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateServiceResponse {
    /// `service` of `CreateServiceResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
}

/// `CreatedAt` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreatedAt {
    /// `after` of `CreatedAt` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<f64>,
    /// `before` of `CreatedAt` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<f64>,
}

/// `DeleteCapacityProviderRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteCapacityProviderRequest {
    /// `capacityProvider` of `DeleteCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProvider")]
    pub capacity_provider: String,
    /// `cluster` of `DeleteCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
}

/// `DeleteCapacityProviderResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteCapacityProviderResponse {
    /// `capacityProvider` of `DeleteCapacityProviderResponse` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProvider", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<CapacityProvider>,
}

/// `DeleteClusterRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteClusterRequest {
    /// `cluster` of `DeleteClusterRequest` in the Amazon ECS API Reference.
    pub cluster: String,
}

/// `DeleteClusterResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteClusterResponse {
    /// `cluster` of `DeleteClusterResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
}

/// `DeleteServiceRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteServiceRequest {
    /// `cluster` of `DeleteServiceRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `force` of `DeleteServiceRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
    /// `service` of `DeleteServiceRequest` in the Amazon ECS API Reference.
    pub service: String,
}

/// `DeleteServiceResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteServiceResponse {
    /// `service` of `DeleteServiceResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
}

/// `DeleteTaskDefinitionsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteTaskDefinitionsRequest {
    /// `taskDefinitions` of `DeleteTaskDefinitionsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinitions")]
    pub task_definitions: Vec<String>,
}

/// `DeleteTaskDefinitionsResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteTaskDefinitionsResponse {
    /// `failures` of `DeleteTaskDefinitionsResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<Failure>>,
    /// `taskDefinitions` of `DeleteTaskDefinitionsResponse` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinitions", default, skip_serializing_if = "Option::is_none")]
    pub task_definitions: Option<Vec<TaskDefinition>>,
}

/// `Deployment` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Deployment {
    /// `capacityProviderStrategy` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `createdAt` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `desiredCount` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "desiredCount", default, skip_serializing_if = "Option::is_none")]
    pub desired_count: Option<i32>,
    /// `failedTasks` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "failedTasks", default, skip_serializing_if = "Option::is_none")]
    pub failed_tasks: Option<i32>,
    /// `fargateEphemeralStorage` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "fargateEphemeralStorage", default, skip_serializing_if = "Option::is_none")]
    pub fargate_ephemeral_storage: Option<DeploymentEphemeralStorage>,
    /// `id` of `Deployment` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `launchType` of `Deployment` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// `networkConfiguration` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
    /// `pendingCount` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "pendingCount", default, skip_serializing_if = "Option::is_none")]
    pub pending_count: Option<i32>,
    /// `platformFamily` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "platformFamily", default, skip_serializing_if = "Option::is_none")]
    pub platform_family: Option<String>,
    /// `platformVersion` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// `rolloutState` of `Deployment` in the Amazon ECS API Reference. Known values: `COMPLETED`, `FAILED`, `IN_PROGRESS`.
    #[serde(rename = "rolloutState", default, skip_serializing_if = "Option::is_none")]
    pub rollout_state: Option<DeploymentRolloutState>,
    /// `rolloutStateReason` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "rolloutStateReason", default, skip_serializing_if = "Option::is_none")]
    pub rollout_state_reason: Option<String>,
    /// `runningCount` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "runningCount", default, skip_serializing_if = "Option::is_none")]
    pub running_count: Option<i32>,
    /// `serviceConnectConfiguration` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub service_connect_configuration: Option<ServiceConnectConfiguration>,
    /// `serviceConnectResources` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectResources", default, skip_serializing_if = "Option::is_none")]
    pub service_connect_resources: Option<Vec<ServiceConnectServiceResource>>,
    /// `status` of `Deployment` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `taskDefinition` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<String>,
    /// `updatedAt` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt", default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
    /// `volumeConfigurations` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "volumeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub volume_configurations: Option<Vec<ServiceVolumeConfiguration>>,
    /// `vpcLatticeConfigurations` of `Deployment` in the Amazon ECS API Reference.
    #[serde(rename = "vpcLatticeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub vpc_lattice_configurations: Option<Vec<VpcLatticeConfiguration>>,
}

/// `DeploymentAlarms` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeploymentAlarms {
    /// `alarmNames` of `DeploymentAlarms` in the Amazon ECS API Reference.
    #[serde(rename = "alarmNames")]
    #[schemars(extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub alarm_names: Vec<String>,
    /// `enable` of `DeploymentAlarms` in the Amazon ECS API Reference.
    pub enable: bool,
    /// `rollback` of `DeploymentAlarms` in the Amazon ECS API Reference.
    pub rollback: bool,
}

/// `DeploymentCircuitBreaker` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeploymentCircuitBreaker {
    /// `enable` of `DeploymentCircuitBreaker` in the Amazon ECS API Reference.
    pub enable: bool,
    /// `resetOnHealthyTask` of `DeploymentCircuitBreaker` in the Amazon ECS API Reference.
    #[serde(rename = "resetOnHealthyTask", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub reset_on_healthy_task: Option<bool>,
    /// `rollback` of `DeploymentCircuitBreaker` in the Amazon ECS API Reference.
    pub rollback: bool,
    /// `thresholdConfiguration` of `DeploymentCircuitBreaker` in the Amazon ECS API Reference.
    #[serde(rename = "thresholdConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ThresholdConfiguration")]
    pub threshold_configuration: Option<ThresholdConfiguration>,
}

/// `DeploymentConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeploymentConfiguration {
    /// `alarms` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentAlarms")]
    pub alarms: Option<DeploymentAlarms>,
    /// `bakeTimeInMinutes` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "bakeTimeInMinutes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub bake_time_in_minutes: Option<i32>,
    /// `canaryConfiguration` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "canaryConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CanaryConfiguration")]
    pub canary_configuration: Option<CanaryConfiguration>,
    /// `deploymentCircuitBreaker` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentCircuitBreaker", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentCircuitBreaker")]
    pub deployment_circuit_breaker: Option<DeploymentCircuitBreaker>,
    /// `earlySuccessCriteria` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "earlySuccessCriteria", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentEarlySuccessCriteria")]
    pub early_success_criteria: Option<DeploymentEarlySuccessCriteria>,
    /// `lifecycleHooks` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "lifecycleHooks", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<DeploymentLifecycleHook>", extend("maxItems" = 100))]
    pub lifecycle_hooks: Option<Vec<DeploymentLifecycleHook>>,
    /// `linearConfiguration` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "linearConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LinearConfiguration")]
    pub linear_configuration: Option<LinearConfiguration>,
    /// `maximumPercent` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "maximumPercent", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub maximum_percent: Option<i32>,
    /// `minimumHealthyPercent` of `DeploymentConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "minimumHealthyPercent", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub minimum_healthy_percent: Option<i32>,
    /// `strategy` of `DeploymentConfiguration` in the Amazon ECS API Reference. Known values: `ROLLING`, `BLUE_GREEN`, `LINEAR`, `CANARY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentStrategy", extend("maxLength" = 255))]
    pub strategy: Option<DeploymentStrategy>,
}

/// `DeploymentController` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeploymentController {
    /// `type` of `DeploymentController` in the Amazon ECS API Reference. Known values: `ECS`, `CODE_DEPLOY`, `EXTERNAL`.
    #[serde(rename = "type")]
    #[schemars(extend("maxLength" = 255))]
    pub r#type: DeploymentControllerType,
}

/// `DeploymentEarlySuccessCriteria` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeploymentEarlySuccessCriteria {
    /// `enable` of `DeploymentEarlySuccessCriteria` in the Amazon ECS API Reference.
    pub enable: bool,
    /// `healthyPercent` of `DeploymentEarlySuccessCriteria` in the Amazon ECS API Reference.
    #[serde(rename = "healthyPercent", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 100, "minimum" = 0))]
    pub healthy_percent: Option<i32>,
    /// `sourceServiceRevisionCleanup` of `DeploymentEarlySuccessCriteria` in the Amazon ECS API Reference. Known values: `BLOCKING`, `DEFERRED`.
    #[serde(rename = "sourceServiceRevisionCleanup", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceRevisionCleanup", extend("maxLength" = 255))]
    pub source_service_revision_cleanup: Option<ServiceRevisionCleanup>,
}

/// `DeploymentEphemeralStorage` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeploymentEphemeralStorage {
    /// `kmsKeyId` of `DeploymentEphemeralStorage` in the Amazon ECS API Reference.
    #[serde(rename = "kmsKeyId", default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
}

/// `DeploymentLifecycleHook` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeploymentLifecycleHook {
    /// `hookDetails` of `DeploymentLifecycleHook` in the Amazon ECS API Reference.
    #[serde(rename = "hookDetails", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "serde_json::Value", extend("x-kubernetes-preserve-unknown-fields" = true))]
    pub hook_details: Option<serde_json::Value>,
    /// `hookTargetArn` of `DeploymentLifecycleHook` in the Amazon ECS API Reference.
    #[serde(rename = "hookTargetArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub hook_target_arn: Option<String>,
    /// `lifecycleStages` of `DeploymentLifecycleHook` in the Amazon ECS API Reference. Known values: `RECONCILE_SERVICE`, `PRE_SCALE_UP`, `POST_SCALE_UP`, `TEST_TRAFFIC_SHIFT`, `POST_TEST_TRAFFIC_SHIFT`, `PRE_PRODUCTION_TRAFFIC_SHIFT`, `PRODUCTION_TRAFFIC_SHIFT`, `POST_PRODUCTION_TRAFFIC_SHIFT`.
    #[serde(rename = "lifecycleStages", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<DeploymentLifecycleHookStage>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 100))]
    pub lifecycle_stages: Option<Vec<DeploymentLifecycleHookStage>>,
    /// `roleArn` of `DeploymentLifecycleHook` in the Amazon ECS API Reference.
    #[serde(rename = "roleArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub role_arn: Option<String>,
    /// `targetType` of `DeploymentLifecycleHook` in the Amazon ECS API Reference. Known values: `AWS_LAMBDA`, `PAUSE`.
    #[serde(rename = "targetType", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentLifecycleHookTargetType", extend("maxLength" = 255))]
    pub target_type: Option<DeploymentLifecycleHookTargetType>,
    /// `timeoutConfiguration` of `DeploymentLifecycleHook` in the Amazon ECS API Reference.
    #[serde(rename = "timeoutConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentLifecycleHookTimeoutConfiguration")]
    pub timeout_configuration: Option<DeploymentLifecycleHookTimeoutConfiguration>,
}

/// `DeploymentLifecycleHookDetail` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeploymentLifecycleHookDetail {
    /// `expiresAt` of `DeploymentLifecycleHookDetail` in the Amazon ECS API Reference.
    #[serde(rename = "expiresAt", default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<f64>,
    /// `hookId` of `DeploymentLifecycleHookDetail` in the Amazon ECS API Reference.
    #[serde(rename = "hookId", default, skip_serializing_if = "Option::is_none")]
    pub hook_id: Option<String>,
    /// `status` of `DeploymentLifecycleHookDetail` in the Amazon ECS API Reference. Known values: `AWAITING_ACTION`, `IN_PROGRESS`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<DeploymentLifecycleHookStatus>,
    /// `targetArn` of `DeploymentLifecycleHookDetail` in the Amazon ECS API Reference.
    #[serde(rename = "targetArn", default, skip_serializing_if = "Option::is_none")]
    pub target_arn: Option<String>,
    /// `targetType` of `DeploymentLifecycleHookDetail` in the Amazon ECS API Reference. Known values: `AWS_LAMBDA`, `PAUSE`.
    #[serde(rename = "targetType", default, skip_serializing_if = "Option::is_none")]
    pub target_type: Option<DeploymentLifecycleHookTargetType>,
    /// `timeoutAction` of `DeploymentLifecycleHookDetail` in the Amazon ECS API Reference. Known values: `ROLLBACK`, `CONTINUE`.
    #[serde(rename = "timeoutAction", default, skip_serializing_if = "Option::is_none")]
    pub timeout_action: Option<DeploymentLifecycleHookAction>,
}

/// `DeploymentLifecycleHookTimeoutConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeploymentLifecycleHookTimeoutConfiguration {
    /// `action` of `DeploymentLifecycleHookTimeoutConfiguration` in the Amazon ECS API Reference. Known values: `ROLLBACK`, `CONTINUE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DeploymentLifecycleHookAction", extend("maxLength" = 255))]
    pub action: Option<DeploymentLifecycleHookAction>,
    /// `timeoutInMinutes` of `DeploymentLifecycleHookTimeoutConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "timeoutInMinutes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 20_160, "minimum" = 1))]
    pub timeout_in_minutes: Option<i32>,
}

/// `DeregisterTaskDefinitionRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeregisterTaskDefinitionRequest {
    /// `taskDefinition` of `DeregisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition")]
    pub task_definition: String,
}

/// `DeregisterTaskDefinitionResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeregisterTaskDefinitionResponse {
    /// `taskDefinition` of `DeregisterTaskDefinitionResponse` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<TaskDefinition>,
}

/// `DescribeCapacityProvidersRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeCapacityProvidersRequest {
    /// `capacityProviders` of `DescribeCapacityProvidersRequest` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviders", default, skip_serializing_if = "Option::is_none")]
    pub capacity_providers: Option<Vec<String>>,
    /// `cluster` of `DescribeCapacityProvidersRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `include` of `DescribeCapacityProvidersRequest` in the Amazon ECS API Reference. Known values: `TAGS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Vec<CapacityProviderField>>,
    /// `maxResults` of `DescribeCapacityProvidersRequest` in the Amazon ECS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `nextToken` of `DescribeCapacityProvidersRequest` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `DescribeCapacityProvidersResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeCapacityProvidersResponse {
    /// `capacityProviders` of `DescribeCapacityProvidersResponse` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviders", default, skip_serializing_if = "Option::is_none")]
    pub capacity_providers: Option<Vec<CapacityProvider>>,
    /// `failures` of `DescribeCapacityProvidersResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<Failure>>,
    /// `nextToken` of `DescribeCapacityProvidersResponse` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `DescribeClustersRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeClustersRequest {
    /// `clusters` of `DescribeClustersRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clusters: Option<Vec<String>>,
    /// `include` of `DescribeClustersRequest` in the Amazon ECS API Reference. Known values: `ATTACHMENTS`, `CONFIGURATIONS`, `SETTINGS`, `STATISTICS`, `TAGS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Vec<ClusterField>>,
}

/// `DescribeClustersResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeClustersResponse {
    /// `clusters` of `DescribeClustersResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clusters: Option<Vec<Cluster>>,
    /// `failures` of `DescribeClustersResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<Failure>>,
}

/// `DescribeServiceDeploymentsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeServiceDeploymentsRequest {
    /// `serviceDeploymentArns` of `DescribeServiceDeploymentsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceDeploymentArns")]
    pub service_deployment_arns: Vec<String>,
}

/// `DescribeServiceDeploymentsResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeServiceDeploymentsResponse {
    /// `failures` of `DescribeServiceDeploymentsResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<Failure>>,
    /// `serviceDeployments` of `DescribeServiceDeploymentsResponse` in the Amazon ECS API Reference.
    #[serde(rename = "serviceDeployments", default, skip_serializing_if = "Option::is_none")]
    pub service_deployments: Option<Vec<ServiceDeployment>>,
}

/// `DescribeServiceRevisionsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeServiceRevisionsRequest {
    /// `serviceRevisionArns` of `DescribeServiceRevisionsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRevisionArns")]
    pub service_revision_arns: Vec<String>,
}

/// `DescribeServiceRevisionsResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeServiceRevisionsResponse {
    /// `failures` of `DescribeServiceRevisionsResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<Failure>>,
    /// `serviceRevisions` of `DescribeServiceRevisionsResponse` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRevisions", default, skip_serializing_if = "Option::is_none")]
    pub service_revisions: Option<Vec<ServiceRevision>>,
}

/// `DescribeServicesRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeServicesRequest {
    /// `cluster` of `DescribeServicesRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `include` of `DescribeServicesRequest` in the Amazon ECS API Reference. Known values: `TAGS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Vec<ServiceField>>,
    /// `services` of `DescribeServicesRequest` in the Amazon ECS API Reference.
    pub services: Vec<String>,
}

/// `DescribeServicesResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeServicesResponse {
    /// `failures` of `DescribeServicesResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<Failure>>,
    /// `services` of `DescribeServicesResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub services: Option<Vec<Service>>,
}

/// `DescribeTaskDefinitionRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeTaskDefinitionRequest {
    /// `include` of `DescribeTaskDefinitionRequest` in the Amazon ECS API Reference. Known values: `TAGS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Vec<TaskDefinitionField>>,
    /// `taskDefinition` of `DescribeTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition")]
    pub task_definition: String,
}

/// `DescribeTaskDefinitionResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeTaskDefinitionResponse {
    /// `tags` of `DescribeTaskDefinitionResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `taskDefinition` of `DescribeTaskDefinitionResponse` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<TaskDefinition>,
}

/// `DescribeTasksRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeTasksRequest {
    /// `cluster` of `DescribeTasksRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `include` of `DescribeTasksRequest` in the Amazon ECS API Reference. Known values: `TAGS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Vec<TaskField>>,
    /// `tasks` of `DescribeTasksRequest` in the Amazon ECS API Reference.
    pub tasks: Vec<String>,
}

/// `DescribeTasksResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeTasksResponse {
    /// `failures` of `DescribeTasksResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<Failure>>,
    /// `tasks` of `DescribeTasksResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<Task>>,
}

/// `Device` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Device {
    /// `containerPath` of `Device` in the Amazon ECS API Reference.
    #[serde(rename = "containerPath", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub container_path: Option<String>,
    /// `hostPath` of `Device` in the Amazon ECS API Reference.
    #[serde(rename = "hostPath")]
    #[schemars(extend("maxLength" = 65_536))]
    pub host_path: String,
    /// `permissions` of `Device` in the Amazon ECS API Reference. Known values: `read`, `write`, `mknod`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<DeviceCgroupPermission>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 50))]
    pub permissions: Option<Vec<DeviceCgroupPermission>>,
}

/// `DockerVolumeConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DockerVolumeConfiguration {
    /// `autoprovision` of `DockerVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub autoprovision: Option<bool>,
    /// `driver` of `DockerVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub driver: Option<String>,
    /// `driverOpts` of `DockerVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "driverOpts", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, String>", extend("additionalProperties" = {"maxLength": 65_536, "type": "string"}, "maxProperties" = 1000))]
    pub driver_opts: Option<BTreeMap<String, String>>,
    /// `labels` of `DockerVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, String>", extend("additionalProperties" = {"maxLength": 65_536, "type": "string"}, "maxProperties" = 1000))]
    pub labels: Option<BTreeMap<String, String>>,
    /// `scope` of `DockerVolumeConfiguration` in the Amazon ECS API Reference. Known values: `task`, `shared`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Scope", extend("maxLength" = 255))]
    pub scope: Option<Scope>,
}

/// `EBSTagSpecification` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EBSTagSpecification {
    /// `propagateTags` of `EBSTagSpecification` in the Amazon ECS API Reference. Known values: `TASK_DEFINITION`, `SERVICE`, `NONE`.
    #[serde(rename = "propagateTags", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "PropagateTags", extend("maxLength" = 255))]
    pub propagate_tags: Option<PropagateTags>,
    /// `resourceType` of `EBSTagSpecification` in the Amazon ECS API Reference. Known values: `volume`.
    #[serde(rename = "resourceType")]
    #[schemars(extend("maxLength" = 255))]
    pub resource_type: EBSResourceType,
    /// `tags` of `EBSTagSpecification` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tag>", extend("maxItems" = 50, "x-kubernetes-list-map-keys" = ["key"], "x-kubernetes-list-type" = "map"))]
    pub tags: Option<Vec<Tag>>,
}

/// `ECSManagedResources` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ECSManagedResources {
    /// `autoScaling` of `ECSManagedResources` in the Amazon ECS API Reference.
    #[serde(rename = "autoScaling", default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling: Option<ManagedAutoScaling>,
    /// `gatewayConnections` of `ECSManagedResources` in the Amazon ECS API Reference.
    #[serde(rename = "gatewayConnections", default, skip_serializing_if = "Option::is_none")]
    pub gateway_connections: Option<Vec<GatewayConnection>>,
    /// `ingressPaths` of `ECSManagedResources` in the Amazon ECS API Reference.
    #[serde(rename = "ingressPaths", default, skip_serializing_if = "Option::is_none")]
    pub ingress_paths: Option<Vec<ManagedIngressPath>>,
    /// `logGroups` of `ECSManagedResources` in the Amazon ECS API Reference.
    #[serde(rename = "logGroups", default, skip_serializing_if = "Option::is_none")]
    pub log_groups: Option<Vec<ManagedLogGroup>>,
    /// `metricAlarms` of `ECSManagedResources` in the Amazon ECS API Reference.
    #[serde(rename = "metricAlarms", default, skip_serializing_if = "Option::is_none")]
    pub metric_alarms: Option<Vec<ManagedMetricAlarm>>,
    /// `serviceSecurityGroups` of `ECSManagedResources` in the Amazon ECS API Reference.
    #[serde(rename = "serviceSecurityGroups", default, skip_serializing_if = "Option::is_none")]
    pub service_security_groups: Option<Vec<ManagedSecurityGroup>>,
}

/// `EFSAuthorizationConfig` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EFSAuthorizationConfig {
    /// `accessPointId` of `EFSAuthorizationConfig` in the Amazon ECS API Reference.
    #[serde(rename = "accessPointId", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub access_point_id: Option<String>,
    /// `iam` of `EFSAuthorizationConfig` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "EFSAuthorizationConfigIAM", extend("maxLength" = 255))]
    pub iam: Option<EFSAuthorizationConfigIAM>,
}

/// `EFSVolumeConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EFSVolumeConfiguration {
    /// `authorizationConfig` of `EFSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "authorizationConfig", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "EFSAuthorizationConfig")]
    pub authorization_config: Option<EFSAuthorizationConfig>,
    /// `fileSystemId` of `EFSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "fileSystemId")]
    #[schemars(extend("maxLength" = 65_536))]
    pub file_system_id: String,
    /// `rootDirectory` of `EFSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "rootDirectory", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub root_directory: Option<String>,
    /// `transitEncryption` of `EFSVolumeConfiguration` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "transitEncryption", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "EFSTransitEncryption", extend("maxLength" = 255))]
    pub transit_encryption: Option<EFSTransitEncryption>,
    /// `transitEncryptionPort` of `EFSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "transitEncryptionPort", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub transit_encryption_port: Option<i32>,
}

/// `EnvironmentFile` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnvironmentFile {
    /// `type` of `EnvironmentFile` in the Amazon ECS API Reference. Known values: `s3`.
    #[serde(rename = "type")]
    #[schemars(extend("maxLength" = 255))]
    pub r#type: EnvironmentFileType,
    /// `value` of `EnvironmentFile` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 65_536))]
    pub value: String,
}

/// `EphemeralStorage` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EphemeralStorage {
    /// `sizeInGiB` of `EphemeralStorage` in the Amazon ECS API Reference.
    #[serde(rename = "sizeInGiB")]
    pub size_in_gib: i32,
}

/// `ExecuteCommandConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExecuteCommandConfiguration {
    /// `kmsKeyId` of `ExecuteCommandConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "kmsKeyId", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub kms_key_id: Option<String>,
    /// `logConfiguration` of `ExecuteCommandConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "logConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ExecuteCommandLogConfiguration")]
    pub log_configuration: Option<ExecuteCommandLogConfiguration>,
    /// `logging` of `ExecuteCommandConfiguration` in the Amazon ECS API Reference. Known values: `NONE`, `DEFAULT`, `OVERRIDE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ExecuteCommandLogging", extend("maxLength" = 255))]
    pub logging: Option<ExecuteCommandLogging>,
}

/// `ExecuteCommandLogConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExecuteCommandLogConfiguration {
    /// `cloudWatchEncryptionEnabled` of `ExecuteCommandLogConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "cloudWatchEncryptionEnabled", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub cloud_watch_encryption_enabled: Option<bool>,
    /// `cloudWatchLogGroupName` of `ExecuteCommandLogConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "cloudWatchLogGroupName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub cloud_watch_log_group_name: Option<String>,
    /// `s3BucketName` of `ExecuteCommandLogConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "s3BucketName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub s3_bucket_name: Option<String>,
    /// `s3EncryptionEnabled` of `ExecuteCommandLogConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "s3EncryptionEnabled", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub s3_encryption_enabled: Option<bool>,
    /// `s3KeyPrefix` of `ExecuteCommandLogConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "s3KeyPrefix", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub s3_key_prefix: Option<String>,
}

/// `FSxWindowsFileServerAuthorizationConfig` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FSxWindowsFileServerAuthorizationConfig {
    /// `credentialsParameter` of `FSxWindowsFileServerAuthorizationConfig` in the Amazon ECS API Reference.
    #[serde(rename = "credentialsParameter")]
    #[schemars(extend("maxLength" = 65_536))]
    pub credentials_parameter: String,
    /// `domain` of `FSxWindowsFileServerAuthorizationConfig` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 65_536))]
    pub domain: String,
}

/// `FSxWindowsFileServerVolumeConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FSxWindowsFileServerVolumeConfiguration {
    /// `authorizationConfig` of `FSxWindowsFileServerVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "authorizationConfig")]
    pub authorization_config: FSxWindowsFileServerAuthorizationConfig,
    /// `fileSystemId` of `FSxWindowsFileServerVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "fileSystemId")]
    #[schemars(extend("maxLength" = 65_536))]
    pub file_system_id: String,
    /// `rootDirectory` of `FSxWindowsFileServerVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "rootDirectory")]
    #[schemars(extend("maxLength" = 65_536))]
    pub root_directory: String,
}

/// `Failure` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// `arn` of `Failure` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `detail` of `Failure` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// `reason` of `Failure` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `FirelensConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FirelensConfiguration {
    /// `options` of `FirelensConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, String>", extend("additionalProperties" = {"maxLength": 65_536, "type": "string"}, "maxProperties" = 1000))]
    pub options: Option<BTreeMap<String, String>>,
    /// `type` of `FirelensConfiguration` in the Amazon ECS API Reference. Known values: `fluentd`, `fluentbit`.
    #[serde(rename = "type")]
    #[schemars(extend("maxLength" = 255))]
    pub r#type: FirelensConfigurationType,
}

/// `GatewayConnection` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GatewayConnection {
    /// `accessType` of `GatewayConnection` in the Amazon ECS API Reference. Known values: `PUBLIC`, `PRIVATE`.
    #[serde(rename = "accessType", default, skip_serializing_if = "Option::is_none")]
    pub access_type: Option<AccessType>,
    /// `gatewayArn` of `GatewayConnection` in the Amazon ECS API Reference.
    #[serde(rename = "gatewayArn", default, skip_serializing_if = "Option::is_none")]
    pub gateway_arn: Option<String>,
    /// `gatewayRouteArn` of `GatewayConnection` in the Amazon ECS API Reference.
    #[serde(rename = "gatewayRouteArn", default, skip_serializing_if = "Option::is_none")]
    pub gateway_route_arn: Option<String>,
    /// `portName` of `GatewayConnection` in the Amazon ECS API Reference.
    #[serde(rename = "portName", default, skip_serializing_if = "Option::is_none")]
    pub port_name: Option<String>,
    /// `resources` of `GatewayConnection` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<GatewayConnectionResources>,
    /// `serviceUrl` of `GatewayConnection` in the Amazon ECS API Reference.
    #[serde(rename = "serviceUrl", default, skip_serializing_if = "Option::is_none")]
    pub service_url: Option<String>,
    /// `status` of `GatewayConnection` in the Amazon ECS API Reference. Known values: `ACTIVE`, `CREATE_IN_PROGRESS`, `CREATE_FAILED`, `UPDATE_IN_PROGRESS`, `UPDATE_FAILED`, `DELETE_IN_PROGRESS`, `DELETE_FAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<GatewayRouteStatus>,
}

/// `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GatewayConnectionAlbResources {
    /// `acmCertificateArn` of `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
    #[serde(rename = "acmCertificateArn", default, skip_serializing_if = "Option::is_none")]
    pub acm_certificate_arn: Option<String>,
    /// `alternateTargetGroupArn` of `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
    #[serde(rename = "alternateTargetGroupArn", default, skip_serializing_if = "Option::is_none")]
    pub alternate_target_group_arn: Option<String>,
    /// `listenerArn` of `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
    #[serde(rename = "listenerArn", default, skip_serializing_if = "Option::is_none")]
    pub listener_arn: Option<String>,
    /// `listenerRuleArn` of `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
    #[serde(rename = "listenerRuleArn", default, skip_serializing_if = "Option::is_none")]
    pub listener_rule_arn: Option<String>,
    /// `loadBalancerArn` of `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancerArn", default, skip_serializing_if = "Option::is_none")]
    pub load_balancer_arn: Option<String>,
    /// `loadBalancerSecurityGroupArns` of `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancerSecurityGroupArns", default, skip_serializing_if = "Option::is_none")]
    pub load_balancer_security_group_arns: Option<Vec<String>>,
    /// `targetGroupArn` of `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
    #[serde(rename = "targetGroupArn", default, skip_serializing_if = "Option::is_none")]
    pub target_group_arn: Option<String>,
    /// `testListenerRuleArn` of `GatewayConnectionAlbResources` in the Amazon ECS API Reference.
    #[serde(rename = "testListenerRuleArn", default, skip_serializing_if = "Option::is_none")]
    pub test_listener_rule_arn: Option<String>,
}

/// `GatewayConnectionResources` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GatewayConnectionResources {
    /// `hostSharedAlb` of `GatewayConnectionResources` in the Amazon ECS API Reference.
    #[serde(rename = "hostSharedAlb", default, skip_serializing_if = "Option::is_none")]
    pub host_shared_alb: Option<Vec<GatewayConnectionAlbResources>>,
}

/// `GatewayConnector` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayConnector {
    /// `deregistrationDelay` of `GatewayConnector` in the Amazon ECS API Reference.
    #[serde(rename = "deregistrationDelay", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GatewayConnectorDeregistrationDelay")]
    pub deregistration_delay: Option<GatewayConnectorDeregistrationDelay>,
    /// `filters` of `GatewayConnector` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GatewayConnectorFilters")]
    pub filters: Option<GatewayConnectorFilters>,
    /// `healthCheck` of `GatewayConnector` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheck", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GatewayConnectorHealthCheck")]
    pub health_check: Option<GatewayConnectorHealthCheck>,
    /// `portName` of `GatewayConnector` in the Amazon ECS API Reference.
    #[serde(rename = "portName")]
    #[schemars(extend("maxLength" = 65_536))]
    pub port_name: String,
}

/// `GatewayConnectorDeregistrationDelay` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayConnectorDeregistrationDelay {
    /// `timeoutSeconds` of `GatewayConnectorDeregistrationDelay` in the Amazon ECS API Reference.
    #[serde(rename = "timeoutSeconds", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 3600, "minimum" = 0))]
    pub timeout_seconds: Option<i32>,
}

/// `GatewayConnectorFilters` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayConnectorFilters {
    /// `accessTypes` of `GatewayConnectorFilters` in the Amazon ECS API Reference. Known values: `PUBLIC`, `PRIVATE`.
    #[serde(rename = "accessTypes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<AccessType>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 2))]
    pub access_types: Option<Vec<AccessType>>,
}

/// `GatewayConnectorHealthCheck` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayConnectorHealthCheck {
    /// `healthCheckIntervalSeconds` of `GatewayConnectorHealthCheck` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckIntervalSeconds", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub health_check_interval_seconds: Option<i32>,
    /// `healthCheckPath` of `GatewayConnectorHealthCheck` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckPath", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub health_check_path: Option<String>,
    /// `healthCheckPort` of `GatewayConnectorHealthCheck` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckPort", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub health_check_port: Option<i32>,
    /// `healthCheckProtocol` of `GatewayConnectorHealthCheck` in the Amazon ECS API Reference. Known values: `HTTP`, `HTTPS`.
    #[serde(rename = "healthCheckProtocol", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GatewayConnectorHealthCheckProtocol", extend("maxLength" = 255))]
    pub health_check_protocol: Option<GatewayConnectorHealthCheckProtocol>,
    /// `healthCheckTimeoutSeconds` of `GatewayConnectorHealthCheck` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckTimeoutSeconds", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub health_check_timeout_seconds: Option<i32>,
    /// `healthyThresholdCount` of `GatewayConnectorHealthCheck` in the Amazon ECS API Reference.
    #[serde(rename = "healthyThresholdCount", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub healthy_threshold_count: Option<i32>,
    /// `matcher` of `GatewayConnectorHealthCheck` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "GatewayConnectorHealthCheckMatcher")]
    pub matcher: Option<GatewayConnectorHealthCheckMatcher>,
    /// `unhealthyThresholdCount` of `GatewayConnectorHealthCheck` in the Amazon ECS API Reference.
    #[serde(rename = "unhealthyThresholdCount", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub unhealthy_threshold_count: Option<i32>,
}

/// `GatewayConnectorHealthCheckMatcher` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayConnectorHealthCheckMatcher {
    /// `grpcCode` of `GatewayConnectorHealthCheckMatcher` in the Amazon ECS API Reference.
    #[serde(rename = "grpcCode", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub grpc_code: Option<String>,
    /// `httpCode` of `GatewayConnectorHealthCheckMatcher` in the Amazon ECS API Reference.
    #[serde(rename = "httpCode", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub http_code: Option<String>,
}

/// `HealthCheck` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HealthCheck {
    /// `command` of `HealthCheck` in the Amazon ECS API Reference.
    #[schemars(extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 22_000))]
    pub command: Vec<String>,
    /// `interval` of `HealthCheck` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub interval: Option<i32>,
    /// `retries` of `HealthCheck` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub retries: Option<i32>,
    /// `startPeriod` of `HealthCheck` in the Amazon ECS API Reference.
    #[serde(rename = "startPeriod", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub start_period: Option<i32>,
    /// `timeout` of `HealthCheck` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub timeout: Option<i32>,
}

/// `HostEntry` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HostEntry {
    /// `hostname` of `HostEntry` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 65_536))]
    pub hostname: String,
    /// `ipAddress` of `HostEntry` in the Amazon ECS API Reference.
    #[serde(rename = "ipAddress")]
    #[schemars(extend("maxLength" = 65_536))]
    pub ip_address: String,
}

/// `HostVolumeProperties` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HostVolumeProperties {
    /// `sourcePath` of `HostVolumeProperties` in the Amazon ECS API Reference.
    #[serde(rename = "sourcePath", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub source_path: Option<String>,
}

/// `InferenceAccelerator` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InferenceAccelerator {
    /// `deviceName` of `InferenceAccelerator` in the Amazon ECS API Reference.
    #[serde(rename = "deviceName")]
    #[schemars(extend("maxLength" = 65_536))]
    pub device_name: String,
    /// `deviceType` of `InferenceAccelerator` in the Amazon ECS API Reference.
    #[serde(rename = "deviceType")]
    #[schemars(extend("maxLength" = 65_536))]
    pub device_type: String,
}

/// `InferenceAcceleratorOverride` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InferenceAcceleratorOverride {
    /// `deviceName` of `InferenceAcceleratorOverride` in the Amazon ECS API Reference.
    #[serde(rename = "deviceName", default, skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
    /// `deviceType` of `InferenceAcceleratorOverride` in the Amazon ECS API Reference.
    #[serde(rename = "deviceType", default, skip_serializing_if = "Option::is_none")]
    pub device_type: Option<String>,
}

/// `InfrastructureOptimization` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InfrastructureOptimization {
    /// `scaleInAfter` of `InfrastructureOptimization` in the Amazon ECS API Reference.
    #[serde(rename = "scaleInAfter", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub scale_in_after: Option<i32>,
}

/// `InstanceLaunchTemplate` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InstanceLaunchTemplate {
    /// `capacityOptionType` of `InstanceLaunchTemplate` in the Amazon ECS API Reference. Known values: `ON_DEMAND`, `SPOT`, `RESERVED`.
    #[serde(rename = "capacityOptionType", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CapacityOptionType", extend("maxLength" = 255))]
    pub capacity_option_type: Option<CapacityOptionType>,
    /// `capacityReservations` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "capacityReservations", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CapacityReservationRequest")]
    pub capacity_reservations: Option<CapacityReservationRequest>,
    /// `ec2InstanceProfileArn` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "ec2InstanceProfileArn")]
    #[schemars(extend("maxLength" = 2048))]
    pub ec2_instance_profile_arn: String,
    /// `fipsEnabled` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "fipsEnabled", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub fips_enabled: Option<bool>,
    /// `instanceMetadataTagsPropagation` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "instanceMetadataTagsPropagation", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub instance_metadata_tags_propagation: Option<bool>,
    /// `instanceRequirements` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "instanceRequirements", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "InstanceRequirementsRequest")]
    pub instance_requirements: Option<InstanceRequirementsRequest>,
    /// `localStorageConfiguration` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "localStorageConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ManagedInstancesLocalStorageConfiguration")]
    pub local_storage_configuration: Option<ManagedInstancesLocalStorageConfiguration>,
    /// `monitoring` of `InstanceLaunchTemplate` in the Amazon ECS API Reference. Known values: `BASIC`, `DETAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ManagedInstancesMonitoringOptions", extend("maxLength" = 255))]
    pub monitoring: Option<ManagedInstancesMonitoringOptions>,
    /// `networkConfiguration` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration")]
    pub network_configuration: ManagedInstancesNetworkConfiguration,
    /// `nitroEnclavesEnabled` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "nitroEnclavesEnabled", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub nitro_enclaves_enabled: Option<bool>,
    /// `storageConfiguration` of `InstanceLaunchTemplate` in the Amazon ECS API Reference.
    #[serde(rename = "storageConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ManagedInstancesStorageConfiguration")]
    pub storage_configuration: Option<ManagedInstancesStorageConfiguration>,
}

/// `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InstanceLaunchTemplateUpdate {
    /// `capacityReservations` of `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference.
    #[serde(rename = "capacityReservations", default, skip_serializing_if = "Option::is_none")]
    pub capacity_reservations: Option<CapacityReservationRequest>,
    /// `ec2InstanceProfileArn` of `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference.
    #[serde(rename = "ec2InstanceProfileArn", default, skip_serializing_if = "Option::is_none")]
    pub ec2_instance_profile_arn: Option<String>,
    /// `instanceMetadataTagsPropagation` of `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference.
    #[serde(rename = "instanceMetadataTagsPropagation", default, skip_serializing_if = "Option::is_none")]
    pub instance_metadata_tags_propagation: Option<bool>,
    /// `instanceRequirements` of `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference.
    #[serde(rename = "instanceRequirements", default, skip_serializing_if = "Option::is_none")]
    pub instance_requirements: Option<InstanceRequirementsRequest>,
    /// `localStorageConfiguration` of `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference.
    #[serde(rename = "localStorageConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub local_storage_configuration: Option<ManagedInstancesLocalStorageConfiguration>,
    /// `monitoring` of `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference. Known values: `BASIC`, `DETAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitoring: Option<ManagedInstancesMonitoringOptions>,
    /// `networkConfiguration` of `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<ManagedInstancesNetworkConfiguration>,
    /// `storageConfiguration` of `InstanceLaunchTemplateUpdate` in the Amazon ECS API Reference.
    #[serde(rename = "storageConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub storage_configuration: Option<ManagedInstancesStorageConfiguration>,
}

/// `InstanceRequirementsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InstanceRequirementsRequest {
    /// `acceleratorCount` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "acceleratorCount", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AcceleratorCountRequest")]
    pub accelerator_count: Option<AcceleratorCountRequest>,
    /// `acceleratorManufacturers` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `amazon-web-services`, `amd`, `nvidia`, `xilinx`, `habana`.
    #[serde(rename = "acceleratorManufacturers", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<AcceleratorManufacturer>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 100))]
    pub accelerator_manufacturers: Option<Vec<AcceleratorManufacturer>>,
    /// `acceleratorNames` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `a100`, `inferentia`, `k520`, `k80`, `m60`, `radeon-pro-v520`, `t4`, `vu9p`, `v100`, `a10g`, `h100`, `t4g`, `l40s`, `l4`.
    #[serde(rename = "acceleratorNames", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<AcceleratorName>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 100))]
    pub accelerator_names: Option<Vec<AcceleratorName>>,
    /// `acceleratorTotalMemoryMiB` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "acceleratorTotalMemoryMiB", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AcceleratorTotalMemoryMiBRequest")]
    pub accelerator_total_memory_mi_b: Option<AcceleratorTotalMemoryMiBRequest>,
    /// `acceleratorTypes` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `gpu`, `fpga`, `inference`.
    #[serde(rename = "acceleratorTypes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<AcceleratorType>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 100))]
    pub accelerator_types: Option<Vec<AcceleratorType>>,
    /// `allowedInstanceTypes` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "allowedInstanceTypes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 30, "minLength": 1, "pattern": "^(?:[a-zA-Z0-9\\.\\*\\-]+)$", "type": "string"}, "maxItems" = 400))]
    pub allowed_instance_types: Option<Vec<String>>,
    /// `bareMetal` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `included`, `required`, `excluded`.
    #[serde(rename = "bareMetal", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BareMetal", extend("maxLength" = 255))]
    pub bare_metal: Option<BareMetal>,
    /// `baselineEbsBandwidthMbps` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "baselineEbsBandwidthMbps", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BaselineEbsBandwidthMbpsRequest")]
    pub baseline_ebs_bandwidth_mbps: Option<BaselineEbsBandwidthMbpsRequest>,
    /// `burstablePerformance` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `included`, `required`, `excluded`.
    #[serde(rename = "burstablePerformance", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BurstablePerformance", extend("maxLength" = 255))]
    pub burstable_performance: Option<BurstablePerformance>,
    /// `cpuManufacturers` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `intel`, `amd`, `amazon-web-services`.
    #[serde(rename = "cpuManufacturers", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<CpuManufacturer>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 100))]
    pub cpu_manufacturers: Option<Vec<CpuManufacturer>>,
    /// `excludedInstanceTypes` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "excludedInstanceTypes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 30, "minLength": 1, "pattern": "^(?:[a-zA-Z0-9\\.\\*\\-]+)$", "type": "string"}, "maxItems" = 400))]
    pub excluded_instance_types: Option<Vec<String>>,
    /// `instanceGenerations` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `current`, `previous`.
    #[serde(rename = "instanceGenerations", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<InstanceGeneration>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 100))]
    pub instance_generations: Option<Vec<InstanceGeneration>>,
    /// `localStorage` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `included`, `required`, `excluded`.
    #[serde(rename = "localStorage", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LocalStorage", extend("maxLength" = 255))]
    pub local_storage: Option<LocalStorage>,
    /// `localStorageTypes` of `InstanceRequirementsRequest` in the Amazon ECS API Reference. Known values: `hdd`, `ssd`.
    #[serde(rename = "localStorageTypes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<LocalStorageType>", extend("items" = {"maxLength": 255, "type": "string"}, "maxItems" = 100))]
    pub local_storage_types: Option<Vec<LocalStorageType>>,
    /// `maxSpotPriceAsPercentageOfOptimalOnDemandPrice` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(
        rename = "maxSpotPriceAsPercentageOfOptimalOnDemandPrice",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "i32")]
    pub max_spot_price_as_percentage_of_optimal_on_demand_price: Option<i32>,
    /// `memoryGiBPerVCpu` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "memoryGiBPerVCpu", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "MemoryGiBPerVCpuRequest")]
    pub memory_gib_per_v_cpu: Option<MemoryGiBPerVCpuRequest>,
    /// `memoryMiB` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "memoryMiB")]
    pub memory_mi_b: MemoryMiBRequest,
    /// `networkBandwidthGbps` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "networkBandwidthGbps", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "NetworkBandwidthGbpsRequest")]
    pub network_bandwidth_gbps: Option<NetworkBandwidthGbpsRequest>,
    /// `networkInterfaceCount` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "networkInterfaceCount", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "NetworkInterfaceCountRequest")]
    pub network_interface_count: Option<NetworkInterfaceCountRequest>,
    /// `onDemandMaxPricePercentageOverLowestPrice` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "onDemandMaxPricePercentageOverLowestPrice", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub on_demand_max_price_percentage_over_lowest_price: Option<i32>,
    /// `requireHibernateSupport` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "requireHibernateSupport", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub require_hibernate_support: Option<bool>,
    /// `spotMaxPricePercentageOverLowestPrice` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "spotMaxPricePercentageOverLowestPrice", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub spot_max_price_percentage_over_lowest_price: Option<i32>,
    /// `totalLocalStorageGB` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "totalLocalStorageGB", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TotalLocalStorageGBRequest")]
    pub total_local_storage_gb: Option<TotalLocalStorageGBRequest>,
    /// `vCpuCount` of `InstanceRequirementsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "vCpuCount")]
    pub v_cpu_count: VCpuCountRangeRequest,
}

/// `KernelCapabilities` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KernelCapabilities {
    /// `add` of `KernelCapabilities` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub add: Option<Vec<String>>,
    /// `drop` of `KernelCapabilities` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub drop: Option<Vec<String>>,
}

/// `KeyValuePair` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KeyValuePair {
    /// `name` of `KeyValuePair` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 65_536))]
    pub name: String,
    /// `value` of `KeyValuePair` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub value: Option<String>,
}

/// `LinearConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinearConfiguration {
    /// `stepBakeTimeInMinutes` of `LinearConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "stepBakeTimeInMinutes", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub step_bake_time_in_minutes: Option<i32>,
    /// `stepPercent` of `LinearConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "stepPercent", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub step_percent: Option<f64>,
}

/// `LinuxParameters` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinuxParameters {
    /// `capabilities` of `LinuxParameters` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "KernelCapabilities")]
    pub capabilities: Option<KernelCapabilities>,
    /// `devices` of `LinuxParameters` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Device>", extend("maxItems" = 1000))]
    pub devices: Option<Vec<Device>>,
    /// `initProcessEnabled` of `LinuxParameters` in the Amazon ECS API Reference.
    #[serde(rename = "initProcessEnabled", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub init_process_enabled: Option<bool>,
    /// `maxSwap` of `LinuxParameters` in the Amazon ECS API Reference.
    #[serde(rename = "maxSwap", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub max_swap: Option<i32>,
    /// `sharedMemorySize` of `LinuxParameters` in the Amazon ECS API Reference.
    #[serde(rename = "sharedMemorySize", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub shared_memory_size: Option<i32>,
    /// `swappiness` of `LinuxParameters` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub swappiness: Option<i32>,
    /// `tmpfs` of `LinuxParameters` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tmpfs>", extend("maxItems" = 1000))]
    pub tmpfs: Option<Vec<Tmpfs>>,
}

/// `ListAccountSettingsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListAccountSettingsRequest {
    /// `effectiveSettings` of `ListAccountSettingsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "effectiveSettings", default, skip_serializing_if = "Option::is_none")]
    pub effective_settings: Option<bool>,
    /// `maxResults` of `ListAccountSettingsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `name` of `ListAccountSettingsRequest` in the Amazon ECS API Reference. Known values: `serviceLongArnFormat`, `taskLongArnFormat`, `containerInstanceLongArnFormat`, `awsvpcTrunking`, `containerInsights`, `fargateFIPSMode`, `tagResourceAuthorization`, `fargateTaskRetirementWaitPeriod`, `guardDutyActivate`, `defaultLogDriverMode`, `fargateEventWindows`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<SettingName>,
    /// `nextToken` of `ListAccountSettingsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `principalArn` of `ListAccountSettingsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "principalArn", default, skip_serializing_if = "Option::is_none")]
    pub principal_arn: Option<String>,
    /// `value` of `ListAccountSettingsRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// `ListAccountSettingsResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListAccountSettingsResponse {
    /// `nextToken` of `ListAccountSettingsResponse` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `settings` of `ListAccountSettingsResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Vec<Setting>>,
}

/// `ListClustersRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListClustersRequest {
    /// `maxResults` of `ListClustersRequest` in the Amazon ECS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `nextToken` of `ListClustersRequest` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `ListClustersResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListClustersResponse {
    /// `clusterArns` of `ListClustersResponse` in the Amazon ECS API Reference.
    #[serde(rename = "clusterArns", default, skip_serializing_if = "Option::is_none")]
    pub cluster_arns: Option<Vec<String>>,
    /// `nextToken` of `ListClustersResponse` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `ListServiceDeploymentsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListServiceDeploymentsRequest {
    /// `cluster` of `ListServiceDeploymentsRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `createdAt` of `ListServiceDeploymentsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<CreatedAt>,
    /// `maxResults` of `ListServiceDeploymentsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `nextToken` of `ListServiceDeploymentsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `service` of `ListServiceDeploymentsRequest` in the Amazon ECS API Reference.
    pub service: String,
    /// `status` of `ListServiceDeploymentsRequest` in the Amazon ECS API Reference. Known values: `PENDING`, `SUCCESSFUL`, `STOPPED`, `STOP_REQUESTED`, `IN_PROGRESS`, `ROLLBACK_REQUESTED`, `ROLLBACK_IN_PROGRESS`, `ROLLBACK_SUCCESSFUL`, `ROLLBACK_FAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<ServiceDeploymentStatus>>,
}

/// `ListServiceDeploymentsResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListServiceDeploymentsResponse {
    /// `nextToken` of `ListServiceDeploymentsResponse` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `serviceDeployments` of `ListServiceDeploymentsResponse` in the Amazon ECS API Reference.
    #[serde(rename = "serviceDeployments", default, skip_serializing_if = "Option::is_none")]
    pub service_deployments: Option<Vec<ServiceDeploymentBrief>>,
}

/// `ListServicesRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListServicesRequest {
    /// `cluster` of `ListServicesRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `launchType` of `ListServicesRequest` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// `maxResults` of `ListServicesRequest` in the Amazon ECS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `nextToken` of `ListServicesRequest` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `resourceManagementType` of `ListServicesRequest` in the Amazon ECS API Reference. Known values: `CUSTOMER`, `ECS`.
    #[serde(rename = "resourceManagementType", default, skip_serializing_if = "Option::is_none")]
    pub resource_management_type: Option<ResourceManagementType>,
    /// `schedulingStrategy` of `ListServicesRequest` in the Amazon ECS API Reference. Known values: `REPLICA`, `DAEMON`.
    #[serde(rename = "schedulingStrategy", default, skip_serializing_if = "Option::is_none")]
    pub scheduling_strategy: Option<SchedulingStrategy>,
}

/// `ListServicesResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListServicesResponse {
    /// `nextToken` of `ListServicesResponse` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `serviceArns` of `ListServicesResponse` in the Amazon ECS API Reference.
    #[serde(rename = "serviceArns", default, skip_serializing_if = "Option::is_none")]
    pub service_arns: Option<Vec<String>>,
}

/// `ListTagsForResourceRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTagsForResourceRequest {
    /// `resourceArn` of `ListTagsForResourceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "resourceArn")]
    pub resource_arn: String,
}

/// `ListTagsForResourceResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTagsForResourceResponse {
    /// `tags` of `ListTagsForResourceResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `ListTaskDefinitionsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTaskDefinitionsRequest {
    /// `familyPrefix` of `ListTaskDefinitionsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "familyPrefix", default, skip_serializing_if = "Option::is_none")]
    pub family_prefix: Option<String>,
    /// `maxResults` of `ListTaskDefinitionsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `nextToken` of `ListTaskDefinitionsRequest` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `sort` of `ListTaskDefinitionsRequest` in the Amazon ECS API Reference. Known values: `ASC`, `DESC`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<SortOrder>,
    /// `status` of `ListTaskDefinitionsRequest` in the Amazon ECS API Reference. Known values: `ACTIVE`, `INACTIVE`, `DELETE_IN_PROGRESS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<TaskDefinitionStatus>,
}

/// `ListTaskDefinitionsResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTaskDefinitionsResponse {
    /// `nextToken` of `ListTaskDefinitionsResponse` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `taskDefinitionArns` of `ListTaskDefinitionsResponse` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinitionArns", default, skip_serializing_if = "Option::is_none")]
    pub task_definition_arns: Option<Vec<String>>,
}

/// `ListTasksRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTasksRequest {
    /// `cluster` of `ListTasksRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `containerInstance` of `ListTasksRequest` in the Amazon ECS API Reference.
    #[serde(rename = "containerInstance", default, skip_serializing_if = "Option::is_none")]
    pub container_instance: Option<String>,
    /// `daemonName` of `ListTasksRequest` in the Amazon ECS API Reference.
    #[serde(rename = "daemonName", default, skip_serializing_if = "Option::is_none")]
    pub daemon_name: Option<String>,
    /// `desiredStatus` of `ListTasksRequest` in the Amazon ECS API Reference. Known values: `RUNNING`, `PENDING`, `STOPPED`.
    #[serde(rename = "desiredStatus", default, skip_serializing_if = "Option::is_none")]
    pub desired_status: Option<DesiredStatus>,
    /// `family` of `ListTasksRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// `launchType` of `ListTasksRequest` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// `maxResults` of `ListTasksRequest` in the Amazon ECS API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `nextToken` of `ListTasksRequest` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `serviceName` of `ListTasksRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceName", default, skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
    /// `startedBy` of `ListTasksRequest` in the Amazon ECS API Reference.
    #[serde(rename = "startedBy", default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<String>,
}

/// `ListTasksResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTasksResponse {
    /// `nextToken` of `ListTasksResponse` in the Amazon ECS API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `taskArns` of `ListTasksResponse` in the Amazon ECS API Reference.
    #[serde(rename = "taskArns", default, skip_serializing_if = "Option::is_none")]
    pub task_arns: Option<Vec<String>>,
}

/// `LoadBalancer` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoadBalancer {
    /// `advancedConfiguration` of `LoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "advancedConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AdvancedConfiguration")]
    pub advanced_configuration: Option<AdvancedConfiguration>,
    /// `containerName` of `LoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "containerName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub container_name: Option<String>,
    /// `containerPort` of `LoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "containerPort", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub container_port: Option<i32>,
    /// `loadBalancerName` of `LoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancerName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub load_balancer_name: Option<String>,
    /// `targetGroupArn` of `LoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "targetGroupArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub target_group_arn: Option<String>,
}

/// `LogConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LogConfiguration {
    /// `logDriver` of `LogConfiguration` in the Amazon ECS API Reference. Known values: `json-file`, `syslog`, `journald`, `gelf`, `fluentd`, `awslogs`, `splunk`, `awsfirelens`.
    #[serde(rename = "logDriver")]
    #[schemars(extend("maxLength" = 255))]
    pub log_driver: LogDriver,
    /// `options` of `LogConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, String>", extend("additionalProperties" = {"maxLength": 65_536, "type": "string"}, "maxProperties" = 1000))]
    pub options: Option<BTreeMap<String, String>>,
    /// `secretOptions` of `LogConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "secretOptions", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Secret>", extend("maxItems" = 1000, "x-kubernetes-list-map-keys" = ["name"], "x-kubernetes-list-type" = "map"))]
    pub secret_options: Option<Vec<Secret>>,
}

/// `ManagedAgent` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedAgent {
    /// `lastStartedAt` of `ManagedAgent` in the Amazon ECS API Reference.
    #[serde(rename = "lastStartedAt", default, skip_serializing_if = "Option::is_none")]
    pub last_started_at: Option<f64>,
    /// `lastStatus` of `ManagedAgent` in the Amazon ECS API Reference.
    #[serde(rename = "lastStatus", default, skip_serializing_if = "Option::is_none")]
    pub last_status: Option<String>,
    /// `name` of `ManagedAgent` in the Amazon ECS API Reference. Known values: `ExecuteCommandAgent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<ManagedAgentName>,
    /// `reason` of `ManagedAgent` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `ManagedApplicationAutoScalingPolicy` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedApplicationAutoScalingPolicy {
    /// `arn` of `ManagedApplicationAutoScalingPolicy` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `metric` of `ManagedApplicationAutoScalingPolicy` in the Amazon ECS API Reference.
    pub metric: String,
    /// `policyType` of `ManagedApplicationAutoScalingPolicy` in the Amazon ECS API Reference.
    #[serde(rename = "policyType")]
    pub policy_type: String,
    /// `status` of `ManagedApplicationAutoScalingPolicy` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedApplicationAutoScalingPolicy` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `targetValue` of `ManagedApplicationAutoScalingPolicy` in the Amazon ECS API Reference.
    #[serde(rename = "targetValue")]
    pub target_value: f64,
    /// `updatedAt` of `ManagedApplicationAutoScalingPolicy` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedAutoScaling` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedAutoScaling {
    /// `applicationAutoScalingPolicies` of `ManagedAutoScaling` in the Amazon ECS API Reference.
    #[serde(rename = "applicationAutoScalingPolicies", default, skip_serializing_if = "Option::is_none")]
    pub application_auto_scaling_policies: Option<Vec<ManagedApplicationAutoScalingPolicy>>,
    /// `scalableTarget` of `ManagedAutoScaling` in the Amazon ECS API Reference.
    #[serde(rename = "scalableTarget", default, skip_serializing_if = "Option::is_none")]
    pub scalable_target: Option<ManagedScalableTarget>,
}

/// `ManagedCertificate` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedCertificate {
    /// `arn` of `ManagedCertificate` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `domainName` of `ManagedCertificate` in the Amazon ECS API Reference.
    #[serde(rename = "domainName")]
    pub domain_name: String,
    /// `status` of `ManagedCertificate` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedCertificate` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `updatedAt` of `ManagedCertificate` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedIngressPath` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedIngressPath {
    /// `accessType` of `ManagedIngressPath` in the Amazon ECS API Reference. Known values: `PUBLIC`, `PRIVATE`.
    #[serde(rename = "accessType")]
    pub access_type: AccessType,
    /// `certificate` of `ManagedIngressPath` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<ManagedCertificate>,
    /// `endpoint` of `ManagedIngressPath` in the Amazon ECS API Reference.
    pub endpoint: String,
    /// `listener` of `ManagedIngressPath` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listener: Option<ManagedListener>,
    /// `loadBalancer` of `ManagedIngressPath` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancer", default, skip_serializing_if = "Option::is_none")]
    pub load_balancer: Option<ManagedLoadBalancer>,
    /// `loadBalancerSecurityGroups` of `ManagedIngressPath` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancerSecurityGroups", default, skip_serializing_if = "Option::is_none")]
    pub load_balancer_security_groups: Option<Vec<ManagedSecurityGroup>>,
    /// `rule` of `ManagedIngressPath` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<ManagedListenerRule>,
    /// `targetGroups` of `ManagedIngressPath` in the Amazon ECS API Reference.
    #[serde(rename = "targetGroups", default, skip_serializing_if = "Option::is_none")]
    pub target_groups: Option<Vec<ManagedTargetGroup>>,
}

/// `ManagedInstancesLocalStorageConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ManagedInstancesLocalStorageConfiguration {
    /// `useLocalStorage` of `ManagedInstancesLocalStorageConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "useLocalStorage", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub use_local_storage: Option<bool>,
}

/// `ManagedInstancesNetworkConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ManagedInstancesNetworkConfiguration {
    /// `securityGroups` of `ManagedInstancesNetworkConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "securityGroups", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub security_groups: Option<Vec<String>>,
    /// `subnets` of `ManagedInstancesNetworkConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 100))]
    pub subnets: Option<Vec<String>>,
}

/// `ManagedInstancesProvider` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedInstancesProvider {
    /// `autoRepairConfiguration` of `ManagedInstancesProvider` in the Amazon ECS API Reference.
    #[serde(rename = "autoRepairConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub auto_repair_configuration: Option<AutoRepairConfiguration>,
    /// `infrastructureOptimization` of `ManagedInstancesProvider` in the Amazon ECS API Reference.
    #[serde(rename = "infrastructureOptimization", default, skip_serializing_if = "Option::is_none")]
    pub infrastructure_optimization: Option<InfrastructureOptimization>,
    /// `infrastructureRoleArn` of `ManagedInstancesProvider` in the Amazon ECS API Reference.
    #[serde(rename = "infrastructureRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub infrastructure_role_arn: Option<String>,
    /// `instanceLaunchTemplate` of `ManagedInstancesProvider` in the Amazon ECS API Reference.
    #[serde(rename = "instanceLaunchTemplate", default, skip_serializing_if = "Option::is_none")]
    pub instance_launch_template: Option<InstanceLaunchTemplate>,
    /// `propagateTags` of `ManagedInstancesProvider` in the Amazon ECS API Reference. Known values: `CAPACITY_PROVIDER`, `NONE`.
    #[serde(rename = "propagateTags", default, skip_serializing_if = "Option::is_none")]
    pub propagate_tags: Option<PropagateMITags>,
}

/// `ManagedInstancesStorageConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ManagedInstancesStorageConfiguration {
    /// `storageSizeGiB` of `ManagedInstancesStorageConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "storageSizeGiB", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("minimum" = 1))]
    pub storage_size_gib: Option<i32>,
}

/// `ManagedListener` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedListener {
    /// `arn` of `ManagedListener` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `status` of `ManagedListener` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedListener` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `updatedAt` of `ManagedListener` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedListenerRule` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedListenerRule {
    /// `arn` of `ManagedListenerRule` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `status` of `ManagedListenerRule` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedListenerRule` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `updatedAt` of `ManagedListenerRule` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedLoadBalancer` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedLoadBalancer {
    /// `arn` of `ManagedLoadBalancer` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `scheme` of `ManagedLoadBalancer` in the Amazon ECS API Reference.
    pub scheme: String,
    /// `securityGroupIds` of `ManagedLoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "securityGroupIds", default, skip_serializing_if = "Option::is_none")]
    pub security_group_ids: Option<Vec<String>>,
    /// `status` of `ManagedLoadBalancer` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedLoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `subnetIds` of `ManagedLoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "subnetIds", default, skip_serializing_if = "Option::is_none")]
    pub subnet_ids: Option<Vec<String>>,
    /// `updatedAt` of `ManagedLoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedLogGroup` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedLogGroup {
    /// `arn` of `ManagedLogGroup` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `logGroupName` of `ManagedLogGroup` in the Amazon ECS API Reference.
    #[serde(rename = "logGroupName")]
    pub log_group_name: String,
    /// `status` of `ManagedLogGroup` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedLogGroup` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `updatedAt` of `ManagedLogGroup` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedMetricAlarm` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedMetricAlarm {
    /// `arn` of `ManagedMetricAlarm` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `status` of `ManagedMetricAlarm` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedMetricAlarm` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `updatedAt` of `ManagedMetricAlarm` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedScalableTarget` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedScalableTarget {
    /// `arn` of `ManagedScalableTarget` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `maxCapacity` of `ManagedScalableTarget` in the Amazon ECS API Reference.
    #[serde(rename = "maxCapacity")]
    pub max_capacity: i32,
    /// `minCapacity` of `ManagedScalableTarget` in the Amazon ECS API Reference.
    #[serde(rename = "minCapacity")]
    pub min_capacity: i32,
    /// `status` of `ManagedScalableTarget` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedScalableTarget` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `updatedAt` of `ManagedScalableTarget` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedScaling` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ManagedScaling {
    /// `instanceWarmupPeriod` of `ManagedScaling` in the Amazon ECS API Reference.
    #[serde(rename = "instanceWarmupPeriod", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 10_000, "minimum" = 0))]
    pub instance_warmup_period: Option<i32>,
    /// `maximumScalingStepSize` of `ManagedScaling` in the Amazon ECS API Reference.
    #[serde(rename = "maximumScalingStepSize", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 10_000, "minimum" = 1))]
    pub maximum_scaling_step_size: Option<i32>,
    /// `minimumScalingStepSize` of `ManagedScaling` in the Amazon ECS API Reference.
    #[serde(rename = "minimumScalingStepSize", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 10_000, "minimum" = 1))]
    pub minimum_scaling_step_size: Option<i32>,
    /// `status` of `ManagedScaling` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ManagedScalingStatus", extend("maxLength" = 255))]
    pub status: Option<ManagedScalingStatus>,
    /// `targetCapacity` of `ManagedScaling` in the Amazon ECS API Reference.
    #[serde(rename = "targetCapacity", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 100, "minimum" = 1))]
    pub target_capacity: Option<i32>,
}

/// `ManagedSecurityGroup` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedSecurityGroup {
    /// `arn` of `ManagedSecurityGroup` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `status` of `ManagedSecurityGroup` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedSecurityGroup` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `updatedAt` of `ManagedSecurityGroup` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `ManagedStorageConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ManagedStorageConfiguration {
    /// `fargateEphemeralStorageKmsKeyId` of `ManagedStorageConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "fargateEphemeralStorageKmsKeyId", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub fargate_ephemeral_storage_kms_key_id: Option<String>,
    /// `kmsKeyId` of `ManagedStorageConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "kmsKeyId", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub kms_key_id: Option<String>,
}

/// `ManagedTargetGroup` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagedTargetGroup {
    /// `arn` of `ManagedTargetGroup` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `healthCheckPath` of `ManagedTargetGroup` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckPath")]
    pub health_check_path: String,
    /// `healthCheckPort` of `ManagedTargetGroup` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckPort")]
    pub health_check_port: i32,
    /// `port` of `ManagedTargetGroup` in the Amazon ECS API Reference.
    pub port: i32,
    /// `status` of `ManagedTargetGroup` in the Amazon ECS API Reference. Known values: `PROVISIONING`, `ACTIVE`, `DEPROVISIONING`, `DELETED`, `FAILED`.
    pub status: ManagedResourceStatus,
    /// `statusReason` of `ManagedTargetGroup` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `updatedAt` of `ManagedTargetGroup` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt")]
    pub updated_at: f64,
}

/// `MemoryGiBPerVCpuRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MemoryGiBPerVCpuRequest {
    /// `max` of `MemoryGiBPerVCpuRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub max: Option<f64>,
    /// `min` of `MemoryGiBPerVCpuRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub min: Option<f64>,
}

/// `MemoryMiBRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MemoryMiBRequest {
    /// `max` of `MemoryMiBRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub max: Option<i32>,
    /// `min` of `MemoryMiBRequest` in the Amazon ECS API Reference.
    pub min: i32,
}

/// `MetricConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MetricConfiguration {
    /// `metricNames` of `MetricConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "metricNames")]
    #[schemars(extend("items" = {"maxLength": 255, "minLength": 1, "type": "string"}, "maxItems" = 5, "minItems" = 1))]
    pub metric_names: Vec<String>,
    /// `resolutionSeconds` of `MetricConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "resolutionSeconds")]
    #[schemars(extend("maximum" = 60, "minimum" = 20))]
    pub resolution_seconds: i32,
}

/// `MonitoringConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MonitoringConfiguration {
    /// `metricConfigurations` of `MonitoringConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "metricConfigurations", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<MetricConfiguration>", extend("maxItems" = 5))]
    pub metric_configurations: Option<Vec<MetricConfiguration>>,
}

/// `MountPoint` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MountPoint {
    /// `containerPath` of `MountPoint` in the Amazon ECS API Reference.
    #[serde(rename = "containerPath", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub container_path: Option<String>,
    /// `readOnly` of `MountPoint` in the Amazon ECS API Reference.
    #[serde(rename = "readOnly", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub read_only: Option<bool>,
    /// `sourceVolume` of `MountPoint` in the Amazon ECS API Reference.
    #[serde(rename = "sourceVolume", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub source_volume: Option<String>,
}

/// `NetworkBandwidthGbpsRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkBandwidthGbpsRequest {
    /// `max` of `NetworkBandwidthGbpsRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub max: Option<f64>,
    /// `min` of `NetworkBandwidthGbpsRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub min: Option<f64>,
}

/// `NetworkBinding` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NetworkBinding {
    /// `bindIP` of `NetworkBinding` in the Amazon ECS API Reference.
    #[serde(rename = "bindIP", default, skip_serializing_if = "Option::is_none")]
    pub bind_ip: Option<String>,
    /// `containerPort` of `NetworkBinding` in the Amazon ECS API Reference.
    #[serde(rename = "containerPort", default, skip_serializing_if = "Option::is_none")]
    pub container_port: Option<i32>,
    /// `containerPortRange` of `NetworkBinding` in the Amazon ECS API Reference.
    #[serde(rename = "containerPortRange", default, skip_serializing_if = "Option::is_none")]
    pub container_port_range: Option<String>,
    /// `hostPort` of `NetworkBinding` in the Amazon ECS API Reference.
    #[serde(rename = "hostPort", default, skip_serializing_if = "Option::is_none")]
    pub host_port: Option<i32>,
    /// `hostPortRange` of `NetworkBinding` in the Amazon ECS API Reference.
    #[serde(rename = "hostPortRange", default, skip_serializing_if = "Option::is_none")]
    pub host_port_range: Option<String>,
    /// `protocol` of `NetworkBinding` in the Amazon ECS API Reference. Known values: `tcp`, `udp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<TransportProtocol>,
}

/// `NetworkConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkConfiguration {
    /// `awsvpcConfiguration` of `NetworkConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "awsvpcConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AwsVpcConfiguration")]
    pub awsvpc_configuration: Option<AwsVpcConfiguration>,
}

/// `NetworkInterface` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NetworkInterface {
    /// `attachmentId` of `NetworkInterface` in the Amazon ECS API Reference.
    #[serde(rename = "attachmentId", default, skip_serializing_if = "Option::is_none")]
    pub attachment_id: Option<String>,
    /// `ipv6Address` of `NetworkInterface` in the Amazon ECS API Reference.
    #[serde(rename = "ipv6Address", default, skip_serializing_if = "Option::is_none")]
    pub ipv6_address: Option<String>,
    /// `privateIpv4Address` of `NetworkInterface` in the Amazon ECS API Reference.
    #[serde(rename = "privateIpv4Address", default, skip_serializing_if = "Option::is_none")]
    pub private_ipv4_address: Option<String>,
}

/// `NetworkInterfaceCountRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkInterfaceCountRequest {
    /// `max` of `NetworkInterfaceCountRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub max: Option<i32>,
    /// `min` of `NetworkInterfaceCountRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub min: Option<i32>,
}

/// `NvidiaMpsAllocation` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NvidiaMpsAllocation {
    /// `maxComputePercent` of `NvidiaMpsAllocation` in the Amazon ECS API Reference.
    #[serde(rename = "maxComputePercent", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 100, "minimum" = 1))]
    pub max_compute_percent: Option<i32>,
    /// `memory` of `NvidiaMpsAllocation` in the Amazon ECS API Reference.
    #[schemars(extend("minimum" = 1))]
    pub memory: i32,
}

/// `PlacementConstraint` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlacementConstraint {
    /// `expression` of `PlacementConstraint` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 2000))]
    pub expression: Option<String>,
    /// `type` of `PlacementConstraint` in the Amazon ECS API Reference. Known values: `distinctInstance`, `memberOf`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "PlacementConstraintType", extend("maxLength" = 255))]
    pub r#type: Option<PlacementConstraintType>,
}

/// `PlacementStrategy` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlacementStrategy {
    /// `field` of `PlacementStrategy` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub field: Option<String>,
    /// `type` of `PlacementStrategy` in the Amazon ECS API Reference. Known values: `random`, `spread`, `binpack`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "PlacementStrategyType", extend("maxLength" = 255))]
    pub r#type: Option<PlacementStrategyType>,
}

/// `PortMapping` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PortMapping {
    /// `appProtocol` of `PortMapping` in the Amazon ECS API Reference. Known values: `http`, `http2`, `grpc`.
    #[serde(rename = "appProtocol", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ApplicationProtocol", extend("maxLength" = 255))]
    pub app_protocol: Option<ApplicationProtocol>,
    /// `containerPort` of `PortMapping` in the Amazon ECS API Reference.
    #[serde(rename = "containerPort", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub container_port: Option<i32>,
    /// `containerPortRange` of `PortMapping` in the Amazon ECS API Reference.
    #[serde(rename = "containerPortRange", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub container_port_range: Option<String>,
    /// `hostPort` of `PortMapping` in the Amazon ECS API Reference.
    #[serde(rename = "hostPort", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub host_port: Option<i32>,
    /// `name` of `PortMapping` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 64))]
    pub name: Option<String>,
    /// `protocol` of `PortMapping` in the Amazon ECS API Reference. Known values: `tcp`, `udp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TransportProtocol", extend("maxLength" = 255))]
    pub protocol: Option<TransportProtocol>,
}

/// `ProxyConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProxyConfiguration {
    /// `containerName` of `ProxyConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "containerName")]
    #[schemars(extend("maxLength" = 65_536))]
    pub container_name: String,
    /// `properties` of `ProxyConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<KeyValuePair>", extend("maxItems" = 100, "x-kubernetes-list-map-keys" = ["name"], "x-kubernetes-list-type" = "map"))]
    pub properties: Option<Vec<KeyValuePair>>,
    /// `type` of `ProxyConfiguration` in the Amazon ECS API Reference. Known values: `APPMESH`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ProxyConfigurationType", extend("maxLength" = 255))]
    pub r#type: Option<ProxyConfigurationType>,
}

/// `PutClusterCapacityProvidersRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutClusterCapacityProvidersRequest {
    /// `capacityProviders` of `PutClusterCapacityProvidersRequest` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviders")]
    pub capacity_providers: Vec<String>,
    /// `cluster` of `PutClusterCapacityProvidersRequest` in the Amazon ECS API Reference.
    pub cluster: String,
    /// `defaultCapacityProviderStrategy` of `PutClusterCapacityProvidersRequest` in the Amazon ECS API Reference.
    #[serde(rename = "defaultCapacityProviderStrategy")]
    pub default_capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
}

/// `PutClusterCapacityProvidersResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutClusterCapacityProvidersResponse {
    /// `cluster` of `PutClusterCapacityProvidersResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
}

/// `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegisterTaskDefinitionRequest {
    /// `containerDefinitions` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "containerDefinitions")]
    pub container_definitions: Vec<ContainerDefinition>,
    /// `cpu` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<String>,
    /// `enableFaultInjection` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "enableFaultInjection", default, skip_serializing_if = "Option::is_none")]
    pub enable_fault_injection: Option<bool>,
    /// `ephemeralStorage` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "ephemeralStorage", default, skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// `executionRoleArn` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "executionRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub execution_role_arn: Option<String>,
    /// `family` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    pub family: String,
    /// `inferenceAccelerators` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference. AWS no longer offers it.
    #[serde(rename = "inferenceAccelerators", default, skip_serializing_if = "Option::is_none")]
    pub inference_accelerators: Option<Vec<InferenceAccelerator>>,
    /// `ipcMode` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference. Known values: `host`, `task`, `none`.
    #[serde(rename = "ipcMode", default, skip_serializing_if = "Option::is_none")]
    pub ipc_mode: Option<IpcMode>,
    /// `memory` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// `networkMode` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference. Known values: `bridge`, `host`, `awsvpc`, `none`.
    #[serde(rename = "networkMode", default, skip_serializing_if = "Option::is_none")]
    pub network_mode: Option<NetworkMode>,
    /// `pidMode` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference. Known values: `host`, `task`.
    #[serde(rename = "pidMode", default, skip_serializing_if = "Option::is_none")]
    pub pid_mode: Option<PidMode>,
    /// `placementConstraints` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "placementConstraints", default, skip_serializing_if = "Option::is_none")]
    pub placement_constraints: Option<Vec<TaskDefinitionPlacementConstraint>>,
    /// `proxyConfiguration` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "proxyConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub proxy_configuration: Option<ProxyConfiguration>,
    /// `requiresCompatibilities` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "requiresCompatibilities", default, skip_serializing_if = "Option::is_none")]
    pub requires_compatibilities: Option<Vec<Compatibility>>,
    /// `runtimePlatform` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "runtimePlatform", default, skip_serializing_if = "Option::is_none")]
    pub runtime_platform: Option<RuntimePlatform>,
    /// `tags` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `taskRoleArn` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "taskRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub task_role_arn: Option<String>,
    /// `trustedExecutionConfiguration` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(rename = "trustedExecutionConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub trusted_execution_configuration: Option<TrustedExecutionConfiguration>,
    /// `volumes` of `RegisterTaskDefinitionRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volumes: Option<Vec<Volume>>,
}

/// `RegisterTaskDefinitionResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegisterTaskDefinitionResponse {
    /// `tags` of `RegisterTaskDefinitionResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `taskDefinition` of `RegisterTaskDefinitionResponse` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<TaskDefinition>,
}

/// `RepositoryCredentials` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RepositoryCredentials {
    /// `credentialsParameter` of `RepositoryCredentials` in the Amazon ECS API Reference.
    #[serde(rename = "credentialsParameter")]
    #[schemars(extend("maxLength" = 65_536))]
    pub credentials_parameter: String,
}

/// `ResolvedConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ResolvedConfiguration {
    /// `loadBalancers` of `ResolvedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancers", default, skip_serializing_if = "Option::is_none")]
    pub load_balancers: Option<Vec<ServiceRevisionLoadBalancer>>,
    /// `vpcLatticeConfigurations` of `ResolvedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "vpcLatticeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub vpc_lattice_configurations: Option<Vec<ServiceRevisionVpcLatticeConfiguration>>,
}

/// `ResourceRequirement` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResourceRequirement {
    /// `sharingStrategy` of `ResourceRequirement` in the Amazon ECS API Reference.
    #[serde(rename = "sharingStrategy", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "SharingStrategy")]
    pub sharing_strategy: Option<SharingStrategy>,
    /// `type` of `ResourceRequirement` in the Amazon ECS API Reference. Known values: `GPU`, `InferenceAccelerator`, `NeuronDevice`.
    #[serde(rename = "type")]
    #[schemars(extend("maxLength" = 255))]
    pub r#type: ResourceType,
    /// `value` of `ResourceRequirement` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub value: Option<String>,
}

/// `Rollback` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rollback {
    /// `reason` of `Rollback` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `serviceRevisionArn` of `Rollback` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRevisionArn", default, skip_serializing_if = "Option::is_none")]
    pub service_revision_arn: Option<String>,
    /// `startedAt` of `Rollback` in the Amazon ECS API Reference.
    #[serde(rename = "startedAt", default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<f64>,
}

/// `RuntimePlatform` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuntimePlatform {
    /// `cpuArchitecture` of `RuntimePlatform` in the Amazon ECS API Reference. Known values: `X86_64`, `ARM64`.
    #[serde(rename = "cpuArchitecture", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CPUArchitecture", extend("maxLength" = 255))]
    pub cpu_architecture: Option<CPUArchitecture>,
    /// `operatingSystemFamily` of `RuntimePlatform` in the Amazon ECS API Reference. Known values: `WINDOWS_SERVER_2019_FULL`, `WINDOWS_SERVER_2019_CORE`, `WINDOWS_SERVER_2016_FULL`, `WINDOWS_SERVER_2004_CORE`, `WINDOWS_SERVER_2022_CORE`, `WINDOWS_SERVER_2022_FULL`, `WINDOWS_SERVER_2025_CORE`, `WINDOWS_SERVER_2025_FULL`, `WINDOWS_SERVER_20H2_CORE`, `LINUX`.
    #[serde(rename = "operatingSystemFamily", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "OSFamily", extend("maxLength" = 255))]
    pub operating_system_family: Option<OSFamily>,
}

/// `RuntimePlatformOverride` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuntimePlatformOverride {
    /// `cpuArchitecture` of `RuntimePlatformOverride` in the Amazon ECS API Reference.
    #[serde(rename = "cpuArchitecture", default, skip_serializing_if = "Option::is_none")]
    pub cpu_architecture: Option<String>,
}

/// `S3FilesVolumeConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct S3FilesVolumeConfiguration {
    /// `accessPointArn` of `S3FilesVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "accessPointArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub access_point_arn: Option<String>,
    /// `fileSystemArn` of `S3FilesVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "fileSystemArn")]
    #[schemars(extend("maxLength" = 65_536))]
    pub file_system_arn: String,
    /// `rootDirectory` of `S3FilesVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "rootDirectory", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub root_directory: Option<String>,
    /// `transitEncryptionPort` of `S3FilesVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "transitEncryptionPort", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub transit_encryption_port: Option<i32>,
}

/// `Scale` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// `unit` of `Scale` in the Amazon ECS API Reference. Known values: `PERCENT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<ScaleUnit>,
    /// `value` of `Scale` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
}

/// `Secret` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Secret {
    /// `name` of `Secret` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 65_536))]
    pub name: String,
    /// `valueFrom` of `Secret` in the Amazon ECS API Reference.
    #[serde(rename = "valueFrom")]
    #[schemars(extend("maxLength" = 65_536))]
    pub value_from: String,
}

/// `Service` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// `availabilityZoneRebalancing` of `Service` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "availabilityZoneRebalancing", default, skip_serializing_if = "Option::is_none")]
    pub availability_zone_rebalancing: Option<AvailabilityZoneRebalancing>,
    /// `capacityProviderStrategy` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `clusterArn` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "clusterArn", default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// `createdAt` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `createdBy` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "createdBy", default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// `currentServiceDeployment` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "currentServiceDeployment", default, skip_serializing_if = "Option::is_none")]
    pub current_service_deployment: Option<String>,
    /// `currentServiceRevisions` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "currentServiceRevisions", default, skip_serializing_if = "Option::is_none")]
    pub current_service_revisions: Option<Vec<ServiceCurrentRevisionSummary>>,
    /// `deploymentConfiguration` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub deployment_configuration: Option<DeploymentConfiguration>,
    /// `deploymentController` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentController", default, skip_serializing_if = "Option::is_none")]
    pub deployment_controller: Option<DeploymentController>,
    /// `deployments` of `Service` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployments: Option<Vec<Deployment>>,
    /// `desiredCount` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "desiredCount", default, skip_serializing_if = "Option::is_none")]
    pub desired_count: Option<i32>,
    /// `enableECSManagedTags` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "enableECSManagedTags", default, skip_serializing_if = "Option::is_none")]
    pub enable_ecs_managed_tags: Option<bool>,
    /// `enableExecuteCommand` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "enableExecuteCommand", default, skip_serializing_if = "Option::is_none")]
    pub enable_execute_command: Option<bool>,
    /// `events` of `Service` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<ServiceEvent>>,
    /// `healthCheckGracePeriodSeconds` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckGracePeriodSeconds", default, skip_serializing_if = "Option::is_none")]
    pub health_check_grace_period_seconds: Option<i32>,
    /// `launchType` of `Service` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// `loadBalancers` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancers", default, skip_serializing_if = "Option::is_none")]
    pub load_balancers: Option<Vec<LoadBalancer>>,
    /// `networkConfiguration` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
    /// `pendingCount` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "pendingCount", default, skip_serializing_if = "Option::is_none")]
    pub pending_count: Option<i32>,
    /// `placementConstraints` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "placementConstraints", default, skip_serializing_if = "Option::is_none")]
    pub placement_constraints: Option<Vec<PlacementConstraint>>,
    /// `placementStrategy` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "placementStrategy", default, skip_serializing_if = "Option::is_none")]
    pub placement_strategy: Option<Vec<PlacementStrategy>>,
    /// `platformFamily` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "platformFamily", default, skip_serializing_if = "Option::is_none")]
    pub platform_family: Option<String>,
    /// `platformVersion` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// `propagateTags` of `Service` in the Amazon ECS API Reference. Known values: `TASK_DEFINITION`, `SERVICE`, `NONE`.
    #[serde(rename = "propagateTags", default, skip_serializing_if = "Option::is_none")]
    pub propagate_tags: Option<PropagateTags>,
    /// `resourceManagementType` of `Service` in the Amazon ECS API Reference. Known values: `CUSTOMER`, `ECS`.
    #[serde(rename = "resourceManagementType", default, skip_serializing_if = "Option::is_none")]
    pub resource_management_type: Option<ResourceManagementType>,
    /// `roleArn` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "roleArn", default, skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// `runningCount` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "runningCount", default, skip_serializing_if = "Option::is_none")]
    pub running_count: Option<i32>,
    /// `schedulingStrategy` of `Service` in the Amazon ECS API Reference. Known values: `REPLICA`, `DAEMON`.
    #[serde(rename = "schedulingStrategy", default, skip_serializing_if = "Option::is_none")]
    pub scheduling_strategy: Option<SchedulingStrategy>,
    /// `serviceArn` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "serviceArn", default, skip_serializing_if = "Option::is_none")]
    pub service_arn: Option<String>,
    /// `serviceName` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "serviceName", default, skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
    /// `serviceRegistries` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRegistries", default, skip_serializing_if = "Option::is_none")]
    pub service_registries: Option<Vec<ServiceRegistry>>,
    /// `status` of `Service` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `tags` of `Service` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `taskDefinition` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<String>,
    /// `taskSets` of `Service` in the Amazon ECS API Reference.
    #[serde(rename = "taskSets", default, skip_serializing_if = "Option::is_none")]
    pub task_sets: Option<Vec<TaskSet>>,
}

/// `ServiceConnectAccessLogConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectAccessLogConfiguration {
    /// `format` of `ServiceConnectAccessLogConfiguration` in the Amazon ECS API Reference. Known values: `TEXT`, `JSON`.
    #[schemars(extend("maxLength" = 255))]
    pub format: ServiceConnectAccessLoggingFormat,
    /// `includeQueryParameters` of `ServiceConnectAccessLogConfiguration` in the Amazon ECS API Reference. Known values: `DISABLED`, `ENABLED`.
    #[serde(rename = "includeQueryParameters", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceConnectIncludeQueryParameters", extend("maxLength" = 255))]
    pub include_query_parameters: Option<ServiceConnectIncludeQueryParameters>,
}

/// `ServiceConnectClientAlias` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectClientAlias {
    /// `dnsName` of `ServiceConnectClientAlias` in the Amazon ECS API Reference.
    #[serde(rename = "dnsName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 127))]
    pub dns_name: Option<String>,
    /// `port` of `ServiceConnectClientAlias` in the Amazon ECS API Reference.
    #[schemars(extend("maximum" = 65_535, "minimum" = 0))]
    pub port: i32,
    /// `testTrafficRules` of `ServiceConnectClientAlias` in the Amazon ECS API Reference.
    #[serde(rename = "testTrafficRules", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceConnectTestTrafficRules")]
    pub test_traffic_rules: Option<ServiceConnectTestTrafficRules>,
}

/// `ServiceConnectConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectConfiguration {
    /// `accessLogConfiguration` of `ServiceConnectConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "accessLogConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceConnectAccessLogConfiguration")]
    pub access_log_configuration: Option<ServiceConnectAccessLogConfiguration>,
    /// `containerConfigurations` of `ServiceConnectConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "containerConfigurations", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ServiceConnectContainerConfiguration>", extend("maxItems" = 10))]
    pub container_configurations: Option<Vec<ServiceConnectContainerConfiguration>>,
    /// `enabled` of `ServiceConnectConfiguration` in the Amazon ECS API Reference.
    pub enabled: bool,
    /// `logConfiguration` of `ServiceConnectConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "logConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "LogConfiguration")]
    pub log_configuration: Option<LogConfiguration>,
    /// `namespace` of `ServiceConnectConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub namespace: Option<String>,
    /// `services` of `ServiceConnectConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ServiceConnectService>", extend("maxItems" = 100))]
    pub services: Option<Vec<ServiceConnectService>>,
}

/// `ServiceConnectContainerConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectContainerConfiguration {
    /// `logLevel` of `ServiceConnectContainerConfiguration` in the Amazon ECS API Reference. Known values: `debug`, `info`.
    #[serde(rename = "logLevel", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceConnectContainerLogLevel", extend("maxLength" = 255))]
    pub log_level: Option<ServiceConnectContainerLogLevel>,
}

/// `ServiceConnectService` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectService {
    /// `clientAliases` of `ServiceConnectService` in the Amazon ECS API Reference.
    #[serde(rename = "clientAliases", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ServiceConnectClientAlias>", extend("maxItems" = 1))]
    pub client_aliases: Option<Vec<ServiceConnectClientAlias>>,
    /// `discoveryName` of `ServiceConnectService` in the Amazon ECS API Reference.
    #[serde(rename = "discoveryName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 64))]
    pub discovery_name: Option<String>,
    /// `ingressPortOverride` of `ServiceConnectService` in the Amazon ECS API Reference.
    #[serde(rename = "ingressPortOverride", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 65_535, "minimum" = 0))]
    pub ingress_port_override: Option<i32>,
    /// `portName` of `ServiceConnectService` in the Amazon ECS API Reference.
    #[serde(rename = "portName")]
    #[schemars(extend("maxLength" = 65_536))]
    pub port_name: String,
    /// `timeout` of `ServiceConnectService` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TimeoutConfiguration")]
    pub timeout: Option<TimeoutConfiguration>,
    /// `tls` of `ServiceConnectService` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceConnectTlsConfiguration")]
    pub tls: Option<ServiceConnectTlsConfiguration>,
}

/// `ServiceConnectServiceResource` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceConnectServiceResource {
    /// `discoveryArn` of `ServiceConnectServiceResource` in the Amazon ECS API Reference.
    #[serde(rename = "discoveryArn", default, skip_serializing_if = "Option::is_none")]
    pub discovery_arn: Option<String>,
    /// `discoveryName` of `ServiceConnectServiceResource` in the Amazon ECS API Reference.
    #[serde(rename = "discoveryName", default, skip_serializing_if = "Option::is_none")]
    pub discovery_name: Option<String>,
}

/// `ServiceConnectTestTrafficHeaderMatchRules` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectTestTrafficHeaderMatchRules {
    /// `exact` of `ServiceConnectTestTrafficHeaderMatchRules` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 65_536))]
    pub exact: String,
}

/// `ServiceConnectTestTrafficHeaderRules` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectTestTrafficHeaderRules {
    /// `name` of `ServiceConnectTestTrafficHeaderRules` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 65_536))]
    pub name: String,
    /// `value` of `ServiceConnectTestTrafficHeaderRules` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceConnectTestTrafficHeaderMatchRules")]
    pub value: Option<ServiceConnectTestTrafficHeaderMatchRules>,
}

/// `ServiceConnectTestTrafficRules` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectTestTrafficRules {
    /// `header` of `ServiceConnectTestTrafficRules` in the Amazon ECS API Reference.
    pub header: ServiceConnectTestTrafficHeaderRules,
}

/// `ServiceConnectTlsCertificateAuthority` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectTlsCertificateAuthority {
    /// `awsPcaAuthorityArn` of `ServiceConnectTlsCertificateAuthority` in the Amazon ECS API Reference.
    #[serde(rename = "awsPcaAuthorityArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub aws_pca_authority_arn: Option<String>,
}

/// `ServiceConnectTlsConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceConnectTlsConfiguration {
    /// `issuerCertificateAuthority` of `ServiceConnectTlsConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "issuerCertificateAuthority")]
    pub issuer_certificate_authority: ServiceConnectTlsCertificateAuthority,
    /// `kmsKey` of `ServiceConnectTlsConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "kmsKey", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub kms_key: Option<String>,
    /// `roleArn` of `ServiceConnectTlsConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "roleArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub role_arn: Option<String>,
}

/// `ServiceCurrentRevisionSummary` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceCurrentRevisionSummary {
    /// `arn` of `ServiceCurrentRevisionSummary` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `pendingTaskCount` of `ServiceCurrentRevisionSummary` in the Amazon ECS API Reference.
    #[serde(rename = "pendingTaskCount", default, skip_serializing_if = "Option::is_none")]
    pub pending_task_count: Option<i32>,
    /// `requestedTaskCount` of `ServiceCurrentRevisionSummary` in the Amazon ECS API Reference.
    #[serde(rename = "requestedTaskCount", default, skip_serializing_if = "Option::is_none")]
    pub requested_task_count: Option<i32>,
    /// `runningTaskCount` of `ServiceCurrentRevisionSummary` in the Amazon ECS API Reference.
    #[serde(rename = "runningTaskCount", default, skip_serializing_if = "Option::is_none")]
    pub running_task_count: Option<i32>,
}

/// `ServiceDeployment` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceDeployment {
    /// `alarms` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarms: Option<ServiceDeploymentAlarms>,
    /// `clusterArn` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "clusterArn", default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// `createdAt` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `deploymentCircuitBreaker` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentCircuitBreaker", default, skip_serializing_if = "Option::is_none")]
    pub deployment_circuit_breaker: Option<ServiceDeploymentCircuitBreaker>,
    /// `deploymentConfiguration` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub deployment_configuration: Option<DeploymentConfiguration>,
    /// `finishedAt` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "finishedAt", default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<f64>,
    /// `lifecycleHookDetails` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "lifecycleHookDetails", default, skip_serializing_if = "Option::is_none")]
    pub lifecycle_hook_details: Option<Vec<DeploymentLifecycleHookDetail>>,
    /// `lifecycleStage` of `ServiceDeployment` in the Amazon ECS API Reference. Known values: `RECONCILE_SERVICE`, `PRE_SCALE_UP`, `SCALE_UP`, `POST_SCALE_UP`, `TEST_TRAFFIC_SHIFT`, `POST_TEST_TRAFFIC_SHIFT`, `PRODUCTION_TRAFFIC_SHIFT`, `POST_PRODUCTION_TRAFFIC_SHIFT`, `BAKE_TIME`, `CLEAN_UP`.
    #[serde(rename = "lifecycleStage", default, skip_serializing_if = "Option::is_none")]
    pub lifecycle_stage: Option<ServiceDeploymentLifecycleStage>,
    /// `rollback` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rollback: Option<Rollback>,
    /// `serviceArn` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "serviceArn", default, skip_serializing_if = "Option::is_none")]
    pub service_arn: Option<String>,
    /// `serviceDeploymentArn` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "serviceDeploymentArn", default, skip_serializing_if = "Option::is_none")]
    pub service_deployment_arn: Option<String>,
    /// `sourceServiceRevisions` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "sourceServiceRevisions", default, skip_serializing_if = "Option::is_none")]
    pub source_service_revisions: Option<Vec<ServiceRevisionSummary>>,
    /// `startedAt` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "startedAt", default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<f64>,
    /// `status` of `ServiceDeployment` in the Amazon ECS API Reference. Known values: `PENDING`, `SUCCESSFUL`, `STOPPED`, `STOP_REQUESTED`, `IN_PROGRESS`, `ROLLBACK_REQUESTED`, `ROLLBACK_IN_PROGRESS`, `ROLLBACK_SUCCESSFUL`, `ROLLBACK_FAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ServiceDeploymentStatus>,
    /// `statusReason` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `stoppedAt` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "stoppedAt", default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<f64>,
    /// `targetServiceRevision` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "targetServiceRevision", default, skip_serializing_if = "Option::is_none")]
    pub target_service_revision: Option<ServiceRevisionSummary>,
    /// `updatedAt` of `ServiceDeployment` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt", default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
}

/// `ServiceDeploymentAlarms` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceDeploymentAlarms {
    /// `alarmNames` of `ServiceDeploymentAlarms` in the Amazon ECS API Reference.
    #[serde(rename = "alarmNames", default, skip_serializing_if = "Option::is_none")]
    pub alarm_names: Option<Vec<String>>,
    /// `status` of `ServiceDeploymentAlarms` in the Amazon ECS API Reference. Known values: `TRIGGERED`, `MONITORING`, `MONITORING_COMPLETE`, `DISABLED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ServiceDeploymentRollbackMonitorsStatus>,
    /// `triggeredAlarmNames` of `ServiceDeploymentAlarms` in the Amazon ECS API Reference.
    #[serde(rename = "triggeredAlarmNames", default, skip_serializing_if = "Option::is_none")]
    pub triggered_alarm_names: Option<Vec<String>>,
}

/// `ServiceDeploymentBrief` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceDeploymentBrief {
    /// `clusterArn` of `ServiceDeploymentBrief` in the Amazon ECS API Reference.
    #[serde(rename = "clusterArn", default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// `createdAt` of `ServiceDeploymentBrief` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `finishedAt` of `ServiceDeploymentBrief` in the Amazon ECS API Reference.
    #[serde(rename = "finishedAt", default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<f64>,
    /// `serviceArn` of `ServiceDeploymentBrief` in the Amazon ECS API Reference.
    #[serde(rename = "serviceArn", default, skip_serializing_if = "Option::is_none")]
    pub service_arn: Option<String>,
    /// `serviceDeploymentArn` of `ServiceDeploymentBrief` in the Amazon ECS API Reference.
    #[serde(rename = "serviceDeploymentArn", default, skip_serializing_if = "Option::is_none")]
    pub service_deployment_arn: Option<String>,
    /// `startedAt` of `ServiceDeploymentBrief` in the Amazon ECS API Reference.
    #[serde(rename = "startedAt", default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<f64>,
    /// `status` of `ServiceDeploymentBrief` in the Amazon ECS API Reference. Known values: `PENDING`, `SUCCESSFUL`, `STOPPED`, `STOP_REQUESTED`, `IN_PROGRESS`, `ROLLBACK_REQUESTED`, `ROLLBACK_IN_PROGRESS`, `ROLLBACK_SUCCESSFUL`, `ROLLBACK_FAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ServiceDeploymentStatus>,
    /// `statusReason` of `ServiceDeploymentBrief` in the Amazon ECS API Reference.
    #[serde(rename = "statusReason", default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// `targetServiceRevisionArn` of `ServiceDeploymentBrief` in the Amazon ECS API Reference.
    #[serde(rename = "targetServiceRevisionArn", default, skip_serializing_if = "Option::is_none")]
    pub target_service_revision_arn: Option<String>,
}

/// `ServiceDeploymentCircuitBreaker` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceDeploymentCircuitBreaker {
    /// `failureCount` of `ServiceDeploymentCircuitBreaker` in the Amazon ECS API Reference.
    #[serde(rename = "failureCount", default, skip_serializing_if = "Option::is_none")]
    pub failure_count: Option<i32>,
    /// `status` of `ServiceDeploymentCircuitBreaker` in the Amazon ECS API Reference. Known values: `TRIGGERED`, `MONITORING`, `MONITORING_COMPLETE`, `DISABLED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ServiceDeploymentRollbackMonitorsStatus>,
    /// `threshold` of `ServiceDeploymentCircuitBreaker` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<i32>,
}

/// `ServiceEvent` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceEvent {
    /// `createdAt` of `ServiceEvent` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `id` of `ServiceEvent` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `message` of `ServiceEvent` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceManagedEBSVolumeConfiguration {
    /// `encrypted` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub encrypted: Option<bool>,
    /// `filesystemType` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference. Known values: `ext3`, `ext4`, `xfs`, `ntfs`.
    #[serde(rename = "filesystemType", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TaskFilesystemType", extend("maxLength" = 255))]
    pub filesystem_type: Option<TaskFilesystemType>,
    /// `iops` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub iops: Option<i32>,
    /// `kmsKeyId` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "kmsKeyId", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub kms_key_id: Option<String>,
    /// `roleArn` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "roleArn")]
    #[schemars(extend("maxLength" = 65_536))]
    pub role_arn: String,
    /// `sizeInGiB` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "sizeInGiB", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub size_in_gib: Option<i32>,
    /// `snapshotId` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "snapshotId", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub snapshot_id: Option<String>,
    /// `tagSpecifications` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "tagSpecifications", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<EBSTagSpecification>", extend("maxItems" = 10))]
    pub tag_specifications: Option<Vec<EBSTagSpecification>>,
    /// `throughput` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub throughput: Option<i32>,
    /// `volumeInitializationRate` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "volumeInitializationRate", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub volume_initialization_rate: Option<i32>,
    /// `volumeType` of `ServiceManagedEBSVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "volumeType", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub volume_type: Option<String>,
}

/// `ServiceRegistry` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceRegistry {
    /// `containerName` of `ServiceRegistry` in the Amazon ECS API Reference.
    #[serde(rename = "containerName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub container_name: Option<String>,
    /// `containerPort` of `ServiceRegistry` in the Amazon ECS API Reference.
    #[serde(rename = "containerPort", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub container_port: Option<i32>,
    /// `port` of `ServiceRegistry` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub port: Option<i32>,
    /// `registryArn` of `ServiceRegistry` in the Amazon ECS API Reference.
    #[serde(rename = "registryArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub registry_arn: Option<String>,
}

/// `ServiceRevision` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceRevision {
    /// `capacityProviderStrategy` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `clusterArn` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "clusterArn", default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// `containerImages` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "containerImages", default, skip_serializing_if = "Option::is_none")]
    pub container_images: Option<Vec<ContainerImage>>,
    /// `createdAt` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `ecsManagedResources` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "ecsManagedResources", default, skip_serializing_if = "Option::is_none")]
    pub ecs_managed_resources: Option<ECSManagedResources>,
    /// `fargateEphemeralStorage` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "fargateEphemeralStorage", default, skip_serializing_if = "Option::is_none")]
    pub fargate_ephemeral_storage: Option<DeploymentEphemeralStorage>,
    /// `gatewayConnectors` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "gatewayConnectors", default, skip_serializing_if = "Option::is_none")]
    pub gateway_connectors: Option<Vec<GatewayConnector>>,
    /// `guardDutyEnabled` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "guardDutyEnabled", default, skip_serializing_if = "Option::is_none")]
    pub guard_duty_enabled: Option<bool>,
    /// `launchType` of `ServiceRevision` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// `loadBalancers` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancers", default, skip_serializing_if = "Option::is_none")]
    pub load_balancers: Option<Vec<LoadBalancer>>,
    /// `monitoring` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitoring: Option<MonitoringConfiguration>,
    /// `networkConfiguration` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
    /// `overrides` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<ServiceRevisionOverrides>,
    /// `platformFamily` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "platformFamily", default, skip_serializing_if = "Option::is_none")]
    pub platform_family: Option<String>,
    /// `platformVersion` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// `resolvedConfiguration` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "resolvedConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub resolved_configuration: Option<ResolvedConfiguration>,
    /// `serviceArn` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "serviceArn", default, skip_serializing_if = "Option::is_none")]
    pub service_arn: Option<String>,
    /// `serviceConnectConfiguration` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub service_connect_configuration: Option<ServiceConnectConfiguration>,
    /// `serviceRegistries` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRegistries", default, skip_serializing_if = "Option::is_none")]
    pub service_registries: Option<Vec<ServiceRegistry>>,
    /// `serviceRevisionArn` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRevisionArn", default, skip_serializing_if = "Option::is_none")]
    pub service_revision_arn: Option<String>,
    /// `taskDefinition` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<String>,
    /// `volumeConfigurations` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "volumeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub volume_configurations: Option<Vec<ServiceVolumeConfiguration>>,
    /// `vpcLatticeConfigurations` of `ServiceRevision` in the Amazon ECS API Reference.
    #[serde(rename = "vpcLatticeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub vpc_lattice_configurations: Option<Vec<VpcLatticeConfiguration>>,
}

/// `ServiceRevisionLoadBalancer` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceRevisionLoadBalancer {
    /// `productionListenerRule` of `ServiceRevisionLoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "productionListenerRule", default, skip_serializing_if = "Option::is_none")]
    pub production_listener_rule: Option<String>,
    /// `targetGroupArn` of `ServiceRevisionLoadBalancer` in the Amazon ECS API Reference.
    #[serde(rename = "targetGroupArn", default, skip_serializing_if = "Option::is_none")]
    pub target_group_arn: Option<String>,
}

/// `ServiceRevisionOverrides` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceRevisionOverrides {
    /// `runtimePlatform` of `ServiceRevisionOverrides` in the Amazon ECS API Reference.
    #[serde(rename = "runtimePlatform", default, skip_serializing_if = "Option::is_none")]
    pub runtime_platform: Option<RuntimePlatformOverride>,
}

/// `ServiceRevisionSummary` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceRevisionSummary {
    /// `arn` of `ServiceRevisionSummary` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `pendingTaskCount` of `ServiceRevisionSummary` in the Amazon ECS API Reference.
    #[serde(rename = "pendingTaskCount", default, skip_serializing_if = "Option::is_none")]
    pub pending_task_count: Option<i32>,
    /// `requestedProductionTrafficWeight` of `ServiceRevisionSummary` in the Amazon ECS API Reference.
    #[serde(rename = "requestedProductionTrafficWeight", default, skip_serializing_if = "Option::is_none")]
    pub requested_production_traffic_weight: Option<f64>,
    /// `requestedTaskCount` of `ServiceRevisionSummary` in the Amazon ECS API Reference.
    #[serde(rename = "requestedTaskCount", default, skip_serializing_if = "Option::is_none")]
    pub requested_task_count: Option<i32>,
    /// `requestedTestTrafficWeight` of `ServiceRevisionSummary` in the Amazon ECS API Reference.
    #[serde(rename = "requestedTestTrafficWeight", default, skip_serializing_if = "Option::is_none")]
    pub requested_test_traffic_weight: Option<f64>,
    /// `runningTaskCount` of `ServiceRevisionSummary` in the Amazon ECS API Reference.
    #[serde(rename = "runningTaskCount", default, skip_serializing_if = "Option::is_none")]
    pub running_task_count: Option<i32>,
}

/// `ServiceRevisionVpcLatticeConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceRevisionVpcLatticeConfiguration {
    /// `productionListenerRule` of `ServiceRevisionVpcLatticeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "productionListenerRule", default, skip_serializing_if = "Option::is_none")]
    pub production_listener_rule: Option<String>,
    /// `targetGroupArn` of `ServiceRevisionVpcLatticeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "targetGroupArn", default, skip_serializing_if = "Option::is_none")]
    pub target_group_arn: Option<String>,
}

/// `ServiceVolumeConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceVolumeConfiguration {
    /// `managedEBSVolume` of `ServiceVolumeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "managedEBSVolume", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceManagedEBSVolumeConfiguration")]
    pub managed_ebs_volume: Option<ServiceManagedEBSVolumeConfiguration>,
    /// `name` of `ServiceVolumeConfiguration` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 65_536))]
    pub name: String,
}

/// `Setting` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// `name` of `Setting` in the Amazon ECS API Reference. Known values: `serviceLongArnFormat`, `taskLongArnFormat`, `containerInstanceLongArnFormat`, `awsvpcTrunking`, `containerInsights`, `fargateFIPSMode`, `tagResourceAuthorization`, `fargateTaskRetirementWaitPeriod`, `guardDutyActivate`, `defaultLogDriverMode`, `fargateEventWindows`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<SettingName>,
    /// `principalArn` of `Setting` in the Amazon ECS API Reference.
    #[serde(rename = "principalArn", default, skip_serializing_if = "Option::is_none")]
    pub principal_arn: Option<String>,
    /// `type` of `Setting` in the Amazon ECS API Reference. Known values: `user`, `aws_managed`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<SettingType>,
    /// `value` of `Setting` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// `SharingStrategy` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharingStrategy {
    /// `nvidiaMps` of `SharingStrategy` in the Amazon ECS API Reference.
    #[serde(rename = "nvidiaMps", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "NvidiaMpsAllocation")]
    pub nvidia_mps: Option<NvidiaMpsAllocation>,
}

/// `SystemControl` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SystemControl {
    /// `namespace` of `SystemControl` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub namespace: Option<String>,
    /// `value` of `SystemControl` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub value: Option<String>,
}

/// `Tag` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tag {
    /// `key` of `Tag` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 128, "minLength" = 1, "pattern" = "^(?:([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*))$"))]
    pub key: String,
    /// `value` of `Tag` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 256, "pattern" = "^(?:([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*))$"))]
    pub value: Option<String>,
}

/// `TagResourceRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceRequest {
    /// `resourceArn` of `TagResourceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "resourceArn")]
    pub resource_arn: String,
    /// `tags` of `TagResourceRequest` in the Amazon ECS API Reference.
    pub tags: Vec<Tag>,
}

/// `TagResourceResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceResponse {}

/// `Task` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// `attachments` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments: Option<Vec<Attachment>>,
    /// `attributes` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Vec<Attribute>>,
    /// `availabilityZone` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "availabilityZone", default, skip_serializing_if = "Option::is_none")]
    pub availability_zone: Option<String>,
    /// `capacityProviderName` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderName", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_name: Option<String>,
    /// `clusterArn` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "clusterArn", default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// `connectivity` of `Task` in the Amazon ECS API Reference. Known values: `CONNECTED`, `DISCONNECTED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connectivity: Option<Connectivity>,
    /// `connectivityAt` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "connectivityAt", default, skip_serializing_if = "Option::is_none")]
    pub connectivity_at: Option<f64>,
    /// `containerInstanceArn` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "containerInstanceArn", default, skip_serializing_if = "Option::is_none")]
    pub container_instance_arn: Option<String>,
    /// `containers` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub containers: Option<Vec<Container>>,
    /// `cpu` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<String>,
    /// `createdAt` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `desiredStatus` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "desiredStatus", default, skip_serializing_if = "Option::is_none")]
    pub desired_status: Option<String>,
    /// `enableExecuteCommand` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "enableExecuteCommand", default, skip_serializing_if = "Option::is_none")]
    pub enable_execute_command: Option<bool>,
    /// `ephemeralStorage` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "ephemeralStorage", default, skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// `executionStoppedAt` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "executionStoppedAt", default, skip_serializing_if = "Option::is_none")]
    pub execution_stopped_at: Option<f64>,
    /// `fargateEphemeralStorage` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "fargateEphemeralStorage", default, skip_serializing_if = "Option::is_none")]
    pub fargate_ephemeral_storage: Option<TaskEphemeralStorage>,
    /// `group` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// `healthStatus` of `Task` in the Amazon ECS API Reference. Known values: `HEALTHY`, `UNHEALTHY`, `UNKNOWN`.
    #[serde(rename = "healthStatus", default, skip_serializing_if = "Option::is_none")]
    pub health_status: Option<HealthStatus>,
    /// `inferenceAccelerators` of `Task` in the Amazon ECS API Reference. AWS no longer offers it.
    #[serde(rename = "inferenceAccelerators", default, skip_serializing_if = "Option::is_none")]
    pub inference_accelerators: Option<Vec<InferenceAccelerator>>,
    /// `lastStatus` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "lastStatus", default, skip_serializing_if = "Option::is_none")]
    pub last_status: Option<String>,
    /// `launchType` of `Task` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// `memory` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// `overrides` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<TaskOverride>,
    /// `platformFamily` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "platformFamily", default, skip_serializing_if = "Option::is_none")]
    pub platform_family: Option<String>,
    /// `platformVersion` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// `pullStartedAt` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "pullStartedAt", default, skip_serializing_if = "Option::is_none")]
    pub pull_started_at: Option<f64>,
    /// `pullStoppedAt` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "pullStoppedAt", default, skip_serializing_if = "Option::is_none")]
    pub pull_stopped_at: Option<f64>,
    /// `startedAt` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "startedAt", default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<f64>,
    /// `startedBy` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "startedBy", default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<String>,
    /// `stopCode` of `Task` in the Amazon ECS API Reference. Known values: `TaskFailedToStart`, `EssentialContainerExited`, `UserInitiated`, `ServiceSchedulerInitiated`, `SpotInterruption`, `TerminationNotice`, `InfrastructureHealth`.
    #[serde(rename = "stopCode", default, skip_serializing_if = "Option::is_none")]
    pub stop_code: Option<TaskStopCode>,
    /// `stoppedAt` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "stoppedAt", default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<f64>,
    /// `stoppedReason` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "stoppedReason", default, skip_serializing_if = "Option::is_none")]
    pub stopped_reason: Option<String>,
    /// `stoppingAt` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "stoppingAt", default, skip_serializing_if = "Option::is_none")]
    pub stopping_at: Option<f64>,
    /// `tags` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `taskArn` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "taskArn", default, skip_serializing_if = "Option::is_none")]
    pub task_arn: Option<String>,
    /// `taskDefinitionArn` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinitionArn", default, skip_serializing_if = "Option::is_none")]
    pub task_definition_arn: Option<String>,
    /// `trustedExecutionSummary` of `Task` in the Amazon ECS API Reference.
    #[serde(rename = "trustedExecutionSummary", default, skip_serializing_if = "Option::is_none")]
    pub trusted_execution_summary: Option<TrustedExecutionSummary>,
    /// `version` of `Task` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
}

/// `TaskDefinition` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TaskDefinition {
    /// `compatibilities` of `TaskDefinition` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compatibilities: Option<Vec<Compatibility>>,
    /// `containerDefinitions` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "containerDefinitions", default, skip_serializing_if = "Option::is_none")]
    pub container_definitions: Option<Vec<ContainerDefinition>>,
    /// `cpu` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<String>,
    /// `deleteRequestedAt` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "deleteRequestedAt", default, skip_serializing_if = "Option::is_none")]
    pub delete_requested_at: Option<f64>,
    /// `deregisteredAt` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "deregisteredAt", default, skip_serializing_if = "Option::is_none")]
    pub deregistered_at: Option<f64>,
    /// `enableFaultInjection` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "enableFaultInjection", default, skip_serializing_if = "Option::is_none")]
    pub enable_fault_injection: Option<bool>,
    /// `ephemeralStorage` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "ephemeralStorage", default, skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// `executionRoleArn` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "executionRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub execution_role_arn: Option<String>,
    /// `family` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// `inferenceAccelerators` of `TaskDefinition` in the Amazon ECS API Reference. AWS no longer offers it.
    #[serde(rename = "inferenceAccelerators", default, skip_serializing_if = "Option::is_none")]
    pub inference_accelerators: Option<Vec<InferenceAccelerator>>,
    /// `ipcMode` of `TaskDefinition` in the Amazon ECS API Reference. Known values: `host`, `task`, `none`.
    #[serde(rename = "ipcMode", default, skip_serializing_if = "Option::is_none")]
    pub ipc_mode: Option<IpcMode>,
    /// `memory` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// `networkMode` of `TaskDefinition` in the Amazon ECS API Reference. Known values: `bridge`, `host`, `awsvpc`, `none`.
    #[serde(rename = "networkMode", default, skip_serializing_if = "Option::is_none")]
    pub network_mode: Option<NetworkMode>,
    /// `pidMode` of `TaskDefinition` in the Amazon ECS API Reference. Known values: `host`, `task`.
    #[serde(rename = "pidMode", default, skip_serializing_if = "Option::is_none")]
    pub pid_mode: Option<PidMode>,
    /// `placementConstraints` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "placementConstraints", default, skip_serializing_if = "Option::is_none")]
    pub placement_constraints: Option<Vec<TaskDefinitionPlacementConstraint>>,
    /// `proxyConfiguration` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "proxyConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub proxy_configuration: Option<ProxyConfiguration>,
    /// `registeredAt` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "registeredAt", default, skip_serializing_if = "Option::is_none")]
    pub registered_at: Option<f64>,
    /// `registeredBy` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "registeredBy", default, skip_serializing_if = "Option::is_none")]
    pub registered_by: Option<String>,
    /// `requiresAttributes` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "requiresAttributes", default, skip_serializing_if = "Option::is_none")]
    pub requires_attributes: Option<Vec<Attribute>>,
    /// `requiresCompatibilities` of `TaskDefinition` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "requiresCompatibilities", default, skip_serializing_if = "Option::is_none")]
    pub requires_compatibilities: Option<Vec<Compatibility>>,
    /// `revision` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i32>,
    /// `runtimePlatform` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "runtimePlatform", default, skip_serializing_if = "Option::is_none")]
    pub runtime_platform: Option<RuntimePlatform>,
    /// `status` of `TaskDefinition` in the Amazon ECS API Reference. Known values: `ACTIVE`, `INACTIVE`, `DELETE_IN_PROGRESS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<TaskDefinitionStatus>,
    /// `taskDefinitionArn` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinitionArn", default, skip_serializing_if = "Option::is_none")]
    pub task_definition_arn: Option<String>,
    /// `taskRoleArn` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "taskRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub task_role_arn: Option<String>,
    /// `trustedExecutionConfiguration` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(rename = "trustedExecutionConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub trusted_execution_configuration: Option<TrustedExecutionConfiguration>,
    /// `volumes` of `TaskDefinition` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volumes: Option<Vec<Volume>>,
}

/// `TaskDefinitionPlacementConstraint` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskDefinitionPlacementConstraint {
    /// `expression` of `TaskDefinitionPlacementConstraint` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 2000))]
    pub expression: Option<String>,
    /// `type` of `TaskDefinitionPlacementConstraint` in the Amazon ECS API Reference. Known values: `memberOf`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TaskDefinitionPlacementConstraintType", extend("maxLength" = 255))]
    pub r#type: Option<TaskDefinitionPlacementConstraintType>,
}

/// `TaskEphemeralStorage` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TaskEphemeralStorage {
    /// `kmsKeyId` of `TaskEphemeralStorage` in the Amazon ECS API Reference.
    #[serde(rename = "kmsKeyId", default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `sizeInGiB` of `TaskEphemeralStorage` in the Amazon ECS API Reference.
    #[serde(rename = "sizeInGiB", default, skip_serializing_if = "Option::is_none")]
    pub size_in_gib: Option<i32>,
}

/// `TaskOverride` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TaskOverride {
    /// `containerOverrides` of `TaskOverride` in the Amazon ECS API Reference.
    #[serde(rename = "containerOverrides", default, skip_serializing_if = "Option::is_none")]
    pub container_overrides: Option<Vec<ContainerOverride>>,
    /// `cpu` of `TaskOverride` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<String>,
    /// `ephemeralStorage` of `TaskOverride` in the Amazon ECS API Reference.
    #[serde(rename = "ephemeralStorage", default, skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// `executionRoleArn` of `TaskOverride` in the Amazon ECS API Reference.
    #[serde(rename = "executionRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub execution_role_arn: Option<String>,
    /// `inferenceAcceleratorOverrides` of `TaskOverride` in the Amazon ECS API Reference. AWS no longer offers it.
    #[serde(rename = "inferenceAcceleratorOverrides", default, skip_serializing_if = "Option::is_none")]
    pub inference_accelerator_overrides: Option<Vec<InferenceAcceleratorOverride>>,
    /// `memory` of `TaskOverride` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// `taskRoleArn` of `TaskOverride` in the Amazon ECS API Reference.
    #[serde(rename = "taskRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub task_role_arn: Option<String>,
}

/// `TaskSet` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TaskSet {
    /// `capacityProviderStrategy` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `clusterArn` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "clusterArn", default, skip_serializing_if = "Option::is_none")]
    pub cluster_arn: Option<String>,
    /// `computedDesiredCount` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "computedDesiredCount", default, skip_serializing_if = "Option::is_none")]
    pub computed_desired_count: Option<i32>,
    /// `createdAt` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `externalId` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "externalId", default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// `fargateEphemeralStorage` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "fargateEphemeralStorage", default, skip_serializing_if = "Option::is_none")]
    pub fargate_ephemeral_storage: Option<DeploymentEphemeralStorage>,
    /// `id` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `launchType` of `TaskSet` in the Amazon ECS API Reference. Known values: `EC2`, `FARGATE`, `EXTERNAL`, `MANAGED_INSTANCES`.
    #[serde(rename = "launchType", default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// `loadBalancers` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancers", default, skip_serializing_if = "Option::is_none")]
    pub load_balancers: Option<Vec<LoadBalancer>>,
    /// `networkConfiguration` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
    /// `pendingCount` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "pendingCount", default, skip_serializing_if = "Option::is_none")]
    pub pending_count: Option<i32>,
    /// `platformFamily` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "platformFamily", default, skip_serializing_if = "Option::is_none")]
    pub platform_family: Option<String>,
    /// `platformVersion` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// `runningCount` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "runningCount", default, skip_serializing_if = "Option::is_none")]
    pub running_count: Option<i32>,
    /// `scale` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// `serviceArn` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "serviceArn", default, skip_serializing_if = "Option::is_none")]
    pub service_arn: Option<String>,
    /// `serviceRegistries` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRegistries", default, skip_serializing_if = "Option::is_none")]
    pub service_registries: Option<Vec<ServiceRegistry>>,
    /// `stabilityStatus` of `TaskSet` in the Amazon ECS API Reference. Known values: `STEADY_STATE`, `STABILIZING`.
    #[serde(rename = "stabilityStatus", default, skip_serializing_if = "Option::is_none")]
    pub stability_status: Option<StabilityStatus>,
    /// `stabilityStatusAt` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "stabilityStatusAt", default, skip_serializing_if = "Option::is_none")]
    pub stability_status_at: Option<f64>,
    /// `startedBy` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "startedBy", default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<String>,
    /// `status` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `tags` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `taskDefinition` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<String>,
    /// `taskSetArn` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "taskSetArn", default, skip_serializing_if = "Option::is_none")]
    pub task_set_arn: Option<String>,
    /// `updatedAt` of `TaskSet` in the Amazon ECS API Reference.
    #[serde(rename = "updatedAt", default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<f64>,
}

/// `ThresholdConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThresholdConfiguration {
    /// `type` of `ThresholdConfiguration` in the Amazon ECS API Reference. Known values: `COUNT`, `BOUNDED_PERCENT`, `UNBOUNDED_PERCENT`.
    #[serde(rename = "type")]
    #[schemars(extend("maxLength" = 255))]
    pub r#type: ThresholdType,
    /// `value` of `ThresholdConfiguration` in the Amazon ECS API Reference.
    pub value: i32,
}

/// `TimeoutConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeoutConfiguration {
    /// `idleTimeoutSeconds` of `TimeoutConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "idleTimeoutSeconds", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 2_147_483_647, "minimum" = 0))]
    pub idle_timeout_seconds: Option<i32>,
    /// `perRequestTimeoutSeconds` of `TimeoutConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "perRequestTimeoutSeconds", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 2_147_483_647, "minimum" = 0))]
    pub per_request_timeout_seconds: Option<i32>,
}

/// `Tmpfs` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tmpfs {
    /// `containerPath` of `Tmpfs` in the Amazon ECS API Reference.
    #[serde(rename = "containerPath")]
    #[schemars(extend("maxLength" = 65_536))]
    pub container_path: String,
    /// `mountOptions` of `Tmpfs` in the Amazon ECS API Reference.
    #[serde(rename = "mountOptions", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", extend("items" = {"maxLength": 65_536, "type": "string"}, "maxItems" = 1000))]
    pub mount_options: Option<Vec<String>>,
    /// `size` of `Tmpfs` in the Amazon ECS API Reference.
    pub size: i32,
}

/// `TotalLocalStorageGBRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TotalLocalStorageGBRequest {
    /// `max` of `TotalLocalStorageGBRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub max: Option<f64>,
    /// `min` of `TotalLocalStorageGBRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64")]
    pub min: Option<f64>,
}

/// `TrustedExecutionConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrustedExecutionConfiguration {
    /// `attestationPolicy` of `TrustedExecutionConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "attestationPolicy", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub attestation_policy: Option<String>,
    /// `isolationMode` of `TrustedExecutionConfiguration` in the Amazon ECS API Reference. Known values: `SHARED`, `ISOLATED_SANDBOX`, `CONFIDENTIAL_SANDBOX`.
    #[serde(rename = "isolationMode")]
    #[schemars(extend("maxLength" = 255))]
    pub isolation_mode: IsolationMode,
}

/// `TrustedExecutionSummary` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrustedExecutionSummary {
    /// `attestationPolicyStatus` of `TrustedExecutionSummary` in the Amazon ECS API Reference. Known values: `CONFIGURED`.
    #[serde(rename = "attestationPolicyStatus", default, skip_serializing_if = "Option::is_none")]
    pub attestation_policy_status: Option<AttestationPolicyStatus>,
    /// `isolationMode` of `TrustedExecutionSummary` in the Amazon ECS API Reference. Known values: `SHARED`, `ISOLATED_SANDBOX`, `CONFIDENTIAL_SANDBOX`.
    #[serde(rename = "isolationMode")]
    pub isolation_mode: IsolationMode,
}

/// `Ulimit` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ulimit {
    /// `hardLimit` of `Ulimit` in the Amazon ECS API Reference.
    #[serde(rename = "hardLimit")]
    pub hard_limit: i32,
    /// `name` of `Ulimit` in the Amazon ECS API Reference. Known values: `core`, `cpu`, `data`, `fsize`, `locks`, `memlock`, `msgqueue`, `nice`, `nofile`, `nproc`, `rss`, `rtprio`, `rttime`, `sigpending`, `stack`.
    #[schemars(extend("maxLength" = 255))]
    pub name: UlimitName,
    /// `softLimit` of `Ulimit` in the Amazon ECS API Reference.
    #[serde(rename = "softLimit")]
    pub soft_limit: i32,
}

/// `UntagResourceRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceRequest {
    /// `resourceArn` of `UntagResourceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "resourceArn")]
    pub resource_arn: String,
    /// `tagKeys` of `UntagResourceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "tagKeys")]
    pub tag_keys: Vec<String>,
}

/// `UntagResourceResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceResponse {}

/// `UpdateCapacityProviderRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateCapacityProviderRequest {
    /// `autoScalingGroupProvider` of `UpdateCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(rename = "autoScalingGroupProvider", default, skip_serializing_if = "Option::is_none")]
    pub auto_scaling_group_provider: Option<AutoScalingGroupProviderUpdate>,
    /// `cluster` of `UpdateCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `managedInstancesProvider` of `UpdateCapacityProviderRequest` in the Amazon ECS API Reference.
    #[serde(rename = "managedInstancesProvider", default, skip_serializing_if = "Option::is_none")]
    pub managed_instances_provider: Option<UpdateManagedInstancesProviderConfiguration>,
    /// `name` of `UpdateCapacityProviderRequest` in the Amazon ECS API Reference.
    pub name: String,
}

/// `UpdateCapacityProviderResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateCapacityProviderResponse {
    /// `capacityProvider` of `UpdateCapacityProviderResponse` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProvider", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<CapacityProvider>,
}

/// `UpdateClusterRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateClusterRequest {
    /// `cluster` of `UpdateClusterRequest` in the Amazon ECS API Reference.
    pub cluster: String,
    /// `configuration` of `UpdateClusterRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<ClusterConfiguration>,
    /// `serviceConnectDefaults` of `UpdateClusterRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectDefaults", default, skip_serializing_if = "Option::is_none")]
    pub service_connect_defaults: Option<ClusterServiceConnectDefaultsRequest>,
    /// `settings` of `UpdateClusterRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Vec<ClusterSetting>>,
}

/// `UpdateClusterResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateClusterResponse {
    /// `cluster` of `UpdateClusterResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
}

/// `UpdateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateManagedInstancesProviderConfiguration {
    /// `autoRepairConfiguration` of `UpdateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "autoRepairConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub auto_repair_configuration: Option<AutoRepairConfiguration>,
    /// `infrastructureOptimization` of `UpdateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "infrastructureOptimization", default, skip_serializing_if = "Option::is_none")]
    pub infrastructure_optimization: Option<InfrastructureOptimization>,
    /// `infrastructureRoleArn` of `UpdateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "infrastructureRoleArn")]
    pub infrastructure_role_arn: String,
    /// `instanceLaunchTemplate` of `UpdateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "instanceLaunchTemplate")]
    pub instance_launch_template: InstanceLaunchTemplateUpdate,
    /// `propagateTags` of `UpdateManagedInstancesProviderConfiguration` in the Amazon ECS API Reference. Known values: `CAPACITY_PROVIDER`, `NONE`.
    #[serde(rename = "propagateTags", default, skip_serializing_if = "Option::is_none")]
    pub propagate_tags: Option<PropagateMITags>,
}

/// `UpdateServiceRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateServiceRequest {
    /// `availabilityZoneRebalancing` of `UpdateServiceRequest` in the Amazon ECS API Reference. Known values: `ENABLED`, `DISABLED`.
    #[serde(rename = "availabilityZoneRebalancing", default, skip_serializing_if = "Option::is_none")]
    pub availability_zone_rebalancing: Option<AvailabilityZoneRebalancing>,
    /// `capacityProviderStrategy` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "capacityProviderStrategy", default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// `cluster` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `deploymentConfiguration` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub deployment_configuration: Option<DeploymentConfiguration>,
    /// `deploymentController` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "deploymentController", default, skip_serializing_if = "Option::is_none")]
    pub deployment_controller: Option<DeploymentController>,
    /// `desiredCount` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "desiredCount", default, skip_serializing_if = "Option::is_none")]
    pub desired_count: Option<i32>,
    /// `enableECSManagedTags` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "enableECSManagedTags", default, skip_serializing_if = "Option::is_none")]
    pub enable_ecs_managed_tags: Option<bool>,
    /// `enableExecuteCommand` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "enableExecuteCommand", default, skip_serializing_if = "Option::is_none")]
    pub enable_execute_command: Option<bool>,
    /// `forceNewDeployment` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "forceNewDeployment", default, skip_serializing_if = "Option::is_none")]
    pub force_new_deployment: Option<bool>,
    /// `gatewayConnectors` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "gatewayConnectors", default, skip_serializing_if = "Option::is_none")]
    pub gateway_connectors: Option<Vec<GatewayConnector>>,
    /// `healthCheckGracePeriodSeconds` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "healthCheckGracePeriodSeconds", default, skip_serializing_if = "Option::is_none")]
    pub health_check_grace_period_seconds: Option<i32>,
    /// `loadBalancers` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "loadBalancers", default, skip_serializing_if = "Option::is_none")]
    pub load_balancers: Option<Vec<LoadBalancer>>,
    /// `monitoring` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitoring: Option<MonitoringConfiguration>,
    /// `networkConfiguration` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "networkConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
    /// `placementConstraints` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "placementConstraints", default, skip_serializing_if = "Option::is_none")]
    pub placement_constraints: Option<Vec<PlacementConstraint>>,
    /// `placementStrategy` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "placementStrategy", default, skip_serializing_if = "Option::is_none")]
    pub placement_strategy: Option<Vec<PlacementStrategy>>,
    /// `platformVersion` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "platformVersion", default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// `propagateTags` of `UpdateServiceRequest` in the Amazon ECS API Reference. Known values: `TASK_DEFINITION`, `SERVICE`, `NONE`.
    #[serde(rename = "propagateTags", default, skip_serializing_if = "Option::is_none")]
    pub propagate_tags: Option<PropagateTags>,
    /// `service` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    pub service: String,
    /// `serviceConnectConfiguration` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceConnectConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub service_connect_configuration: Option<ServiceConnectConfiguration>,
    /// `serviceRegistries` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "serviceRegistries", default, skip_serializing_if = "Option::is_none")]
    pub service_registries: Option<Vec<ServiceRegistry>>,
    /// `taskDefinition` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "taskDefinition", default, skip_serializing_if = "Option::is_none")]
    pub task_definition: Option<String>,
    /// `volumeConfigurations` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "volumeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub volume_configurations: Option<Vec<ServiceVolumeConfiguration>>,
    /// `vpcLatticeConfigurations` of `UpdateServiceRequest` in the Amazon ECS API Reference.
    #[serde(rename = "vpcLatticeConfigurations", default, skip_serializing_if = "Option::is_none")]
    pub vpc_lattice_configurations: Option<Vec<VpcLatticeConfiguration>>,
}

/// `UpdateServiceResponse` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateServiceResponse {
    /// `service` of `UpdateServiceResponse` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
}

/// `VCpuCountRangeRequest` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VCpuCountRangeRequest {
    /// `max` of `VCpuCountRangeRequest` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32")]
    pub max: Option<i32>,
    /// `min` of `VCpuCountRangeRequest` in the Amazon ECS API Reference.
    pub min: i32,
}

/// `Volume` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Volume {
    /// `configuredAtLaunch` of `Volume` in the Amazon ECS API Reference.
    #[serde(rename = "configuredAtLaunch", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub configured_at_launch: Option<bool>,
    /// `dockerVolumeConfiguration` of `Volume` in the Amazon ECS API Reference.
    #[serde(rename = "dockerVolumeConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DockerVolumeConfiguration")]
    pub docker_volume_configuration: Option<DockerVolumeConfiguration>,
    /// `efsVolumeConfiguration` of `Volume` in the Amazon ECS API Reference.
    #[serde(rename = "efsVolumeConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "EFSVolumeConfiguration")]
    pub efs_volume_configuration: Option<EFSVolumeConfiguration>,
    /// `fsxWindowsFileServerVolumeConfiguration` of `Volume` in the Amazon ECS API Reference.
    #[serde(rename = "fsxWindowsFileServerVolumeConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "FSxWindowsFileServerVolumeConfiguration")]
    pub fsx_windows_file_server_volume_configuration: Option<FSxWindowsFileServerVolumeConfiguration>,
    /// `host` of `Volume` in the Amazon ECS API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "HostVolumeProperties")]
    pub host: Option<HostVolumeProperties>,
    /// `name` of `Volume` in the Amazon ECS API Reference.
    #[schemars(extend("maxLength" = 255))]
    pub name: String,
    /// `s3filesVolumeConfiguration` of `Volume` in the Amazon ECS API Reference.
    #[serde(rename = "s3filesVolumeConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "S3FilesVolumeConfiguration")]
    pub s3files_volume_configuration: Option<S3FilesVolumeConfiguration>,
}

/// `VolumeFrom` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VolumeFrom {
    /// `readOnly` of `VolumeFrom` in the Amazon ECS API Reference.
    #[serde(rename = "readOnly", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub read_only: Option<bool>,
    /// `sourceContainer` of `VolumeFrom` in the Amazon ECS API Reference.
    #[serde(rename = "sourceContainer", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub source_container: Option<String>,
}

/// `VpcLatticeAdvancedConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VpcLatticeAdvancedConfiguration {
    /// `alternateTargetGroupArn` of `VpcLatticeAdvancedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "alternateTargetGroupArn", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub alternate_target_group_arn: Option<String>,
    /// `productionListenerRule` of `VpcLatticeAdvancedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "productionListenerRule", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub production_listener_rule: Option<String>,
    /// `testListenerRule` of `VpcLatticeAdvancedConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "testListenerRule", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 65_536))]
    pub test_listener_rule: Option<String>,
}

/// `VpcLatticeConfiguration` in the Amazon ECS API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VpcLatticeConfiguration {
    /// `advancedConfiguration` of `VpcLatticeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "advancedConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "VpcLatticeAdvancedConfiguration")]
    pub advanced_configuration: Option<VpcLatticeAdvancedConfiguration>,
    /// `portName` of `VpcLatticeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "portName")]
    #[schemars(extend("maxLength" = 65_536))]
    pub port_name: String,
    /// `roleArn` of `VpcLatticeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "roleArn")]
    #[schemars(extend("maxLength" = 65_536))]
    pub role_arn: String,
    /// `targetGroupArn` of `VpcLatticeConfiguration` in the Amazon ECS API Reference.
    #[serde(rename = "targetGroupArn")]
    #[schemars(extend("maxLength" = 65_536))]
    pub target_group_arn: String,
}

/// `AcceleratorManufacturer` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct AcceleratorManufacturer(pub String);

impl AcceleratorManufacturer {
    pub const AMAZON_WEB_SERVICES: &'static str = "amazon-web-services";
    pub const AMD: &'static str = "amd";
    pub const NVIDIA: &'static str = "nvidia";
    pub const XILINX: &'static str = "xilinx";
    pub const HABANA: &'static str = "habana";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AcceleratorManufacturer {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `AcceleratorName` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct AcceleratorName(pub String);

impl AcceleratorName {
    pub const A100: &'static str = "a100";
    pub const INFERENTIA: &'static str = "inferentia";
    pub const K520: &'static str = "k520";
    pub const K80: &'static str = "k80";
    pub const M60: &'static str = "m60";
    pub const RADEON_PRO_V520: &'static str = "radeon-pro-v520";
    pub const T4: &'static str = "t4";
    pub const VU9P: &'static str = "vu9p";
    pub const V100: &'static str = "v100";
    pub const A10G: &'static str = "a10g";
    pub const H100: &'static str = "h100";
    pub const T4G: &'static str = "t4g";
    pub const L40S: &'static str = "l40s";
    pub const L4: &'static str = "l4";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AcceleratorName {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `AcceleratorType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct AcceleratorType(pub String);

impl AcceleratorType {
    pub const GPU: &'static str = "gpu";
    pub const FPGA: &'static str = "fpga";
    pub const INFERENCE: &'static str = "inference";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AcceleratorType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `AccessType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct AccessType(pub String);

impl AccessType {
    pub const PUBLIC: &'static str = "PUBLIC";
    pub const PRIVATE: &'static str = "PRIVATE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AccessType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ApplicationProtocol` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ApplicationProtocol(pub String);

impl ApplicationProtocol {
    pub const HTTP: &'static str = "http";
    pub const HTTP2: &'static str = "http2";
    pub const GRPC: &'static str = "grpc";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ApplicationProtocol {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `AssignPublicIp` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct AssignPublicIp(pub String);

impl AssignPublicIp {
    pub const ENABLED: &'static str = "ENABLED";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AssignPublicIp {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `AttestationPolicyStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttestationPolicyStatus(pub String);

impl AttestationPolicyStatus {
    pub const CONFIGURED: &'static str = "CONFIGURED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AttestationPolicyStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `AutoRepairActionsStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct AutoRepairActionsStatus(pub String);

impl AutoRepairActionsStatus {
    pub const ENABLED: &'static str = "ENABLED";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AutoRepairActionsStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `AvailabilityZoneRebalancing` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct AvailabilityZoneRebalancing(pub String);

impl AvailabilityZoneRebalancing {
    pub const ENABLED: &'static str = "ENABLED";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AvailabilityZoneRebalancing {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `BareMetal` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct BareMetal(pub String);

impl BareMetal {
    pub const INCLUDED: &'static str = "included";
    pub const REQUIRED: &'static str = "required";
    pub const EXCLUDED: &'static str = "excluded";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for BareMetal {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `BurstablePerformance` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct BurstablePerformance(pub String);

impl BurstablePerformance {
    pub const INCLUDED: &'static str = "included";
    pub const REQUIRED: &'static str = "required";
    pub const EXCLUDED: &'static str = "excluded";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for BurstablePerformance {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CPUArchitecture` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct CPUArchitecture(pub String);

impl CPUArchitecture {
    pub const X86_64: &'static str = "X86_64";
    pub const ARM64: &'static str = "ARM64";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CPUArchitecture {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CapacityOptionType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct CapacityOptionType(pub String);

impl CapacityOptionType {
    pub const ON_DEMAND: &'static str = "ON_DEMAND";
    pub const SPOT: &'static str = "SPOT";
    pub const RESERVED: &'static str = "RESERVED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CapacityOptionType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CapacityProviderField` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CapacityProviderField(pub String);

impl CapacityProviderField {
    pub const TAGS: &'static str = "TAGS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CapacityProviderField {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CapacityProviderStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CapacityProviderStatus(pub String);

impl CapacityProviderStatus {
    pub const PROVISIONING: &'static str = "PROVISIONING";
    pub const ACTIVE: &'static str = "ACTIVE";
    pub const DEPROVISIONING: &'static str = "DEPROVISIONING";
    pub const INACTIVE: &'static str = "INACTIVE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CapacityProviderStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CapacityProviderType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CapacityProviderType(pub String);

impl CapacityProviderType {
    pub const EC2_AUTOSCALING: &'static str = "EC2_AUTOSCALING";
    pub const MANAGED_INSTANCES: &'static str = "MANAGED_INSTANCES";
    pub const FARGATE: &'static str = "FARGATE";
    pub const FARGATE_SPOT: &'static str = "FARGATE_SPOT";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CapacityProviderType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CapacityProviderUpdateStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CapacityProviderUpdateStatus(pub String);

impl CapacityProviderUpdateStatus {
    pub const CREATE_IN_PROGRESS: &'static str = "CREATE_IN_PROGRESS";
    pub const CREATE_COMPLETE: &'static str = "CREATE_COMPLETE";
    pub const CREATE_FAILED: &'static str = "CREATE_FAILED";
    pub const DELETE_IN_PROGRESS: &'static str = "DELETE_IN_PROGRESS";
    pub const DELETE_COMPLETE: &'static str = "DELETE_COMPLETE";
    pub const DELETE_FAILED: &'static str = "DELETE_FAILED";
    pub const UPDATE_IN_PROGRESS: &'static str = "UPDATE_IN_PROGRESS";
    pub const UPDATE_COMPLETE: &'static str = "UPDATE_COMPLETE";
    pub const UPDATE_FAILED: &'static str = "UPDATE_FAILED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CapacityProviderUpdateStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CapacityReservationPreference` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct CapacityReservationPreference(pub String);

impl CapacityReservationPreference {
    pub const RESERVATIONS_ONLY: &'static str = "RESERVATIONS_ONLY";
    pub const RESERVATIONS_FIRST: &'static str = "RESERVATIONS_FIRST";
    pub const RESERVATIONS_EXCLUDED: &'static str = "RESERVATIONS_EXCLUDED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CapacityReservationPreference {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ClusterField` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClusterField(pub String);

impl ClusterField {
    pub const ATTACHMENTS: &'static str = "ATTACHMENTS";
    pub const CONFIGURATIONS: &'static str = "CONFIGURATIONS";
    pub const SETTINGS: &'static str = "SETTINGS";
    pub const STATISTICS: &'static str = "STATISTICS";
    pub const TAGS: &'static str = "TAGS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ClusterField {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ClusterSettingName` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ClusterSettingName(pub String);

impl ClusterSettingName {
    pub const CONTAINER_INSIGHTS: &'static str = "containerInsights";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ClusterSettingName {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `Compatibility` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Compatibility(pub String);

impl Compatibility {
    pub const EC2: &'static str = "EC2";
    pub const FARGATE: &'static str = "FARGATE";
    pub const EXTERNAL: &'static str = "EXTERNAL";
    pub const MANAGED_INSTANCES: &'static str = "MANAGED_INSTANCES";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Compatibility {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `Connectivity` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Connectivity(pub String);

impl Connectivity {
    pub const CONNECTED: &'static str = "CONNECTED";
    pub const DISCONNECTED: &'static str = "DISCONNECTED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Connectivity {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ContainerCondition` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ContainerCondition(pub String);

impl ContainerCondition {
    pub const START: &'static str = "START";
    pub const COMPLETE: &'static str = "COMPLETE";
    pub const SUCCESS: &'static str = "SUCCESS";
    pub const HEALTHY: &'static str = "HEALTHY";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ContainerCondition {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `CpuManufacturer` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct CpuManufacturer(pub String);

impl CpuManufacturer {
    pub const INTEL: &'static str = "intel";
    pub const AMD: &'static str = "amd";
    pub const AMAZON_WEB_SERVICES: &'static str = "amazon-web-services";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CpuManufacturer {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DeploymentControllerType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct DeploymentControllerType(pub String);

impl DeploymentControllerType {
    pub const ECS: &'static str = "ECS";
    pub const CODE_DEPLOY: &'static str = "CODE_DEPLOY";
    pub const EXTERNAL: &'static str = "EXTERNAL";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DeploymentControllerType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DeploymentLifecycleHookAction` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct DeploymentLifecycleHookAction(pub String);

impl DeploymentLifecycleHookAction {
    pub const ROLLBACK: &'static str = "ROLLBACK";
    pub const CONTINUE: &'static str = "CONTINUE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DeploymentLifecycleHookAction {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DeploymentLifecycleHookStage` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct DeploymentLifecycleHookStage(pub String);

impl DeploymentLifecycleHookStage {
    pub const RECONCILE_SERVICE: &'static str = "RECONCILE_SERVICE";
    pub const PRE_SCALE_UP: &'static str = "PRE_SCALE_UP";
    pub const POST_SCALE_UP: &'static str = "POST_SCALE_UP";
    pub const TEST_TRAFFIC_SHIFT: &'static str = "TEST_TRAFFIC_SHIFT";
    pub const POST_TEST_TRAFFIC_SHIFT: &'static str = "POST_TEST_TRAFFIC_SHIFT";
    pub const PRE_PRODUCTION_TRAFFIC_SHIFT: &'static str = "PRE_PRODUCTION_TRAFFIC_SHIFT";
    pub const PRODUCTION_TRAFFIC_SHIFT: &'static str = "PRODUCTION_TRAFFIC_SHIFT";
    pub const POST_PRODUCTION_TRAFFIC_SHIFT: &'static str = "POST_PRODUCTION_TRAFFIC_SHIFT";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DeploymentLifecycleHookStage {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DeploymentLifecycleHookStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeploymentLifecycleHookStatus(pub String);

impl DeploymentLifecycleHookStatus {
    pub const AWAITING_ACTION: &'static str = "AWAITING_ACTION";
    pub const IN_PROGRESS: &'static str = "IN_PROGRESS";
    pub const SUCCEEDED: &'static str = "SUCCEEDED";
    pub const FAILED: &'static str = "FAILED";
    pub const TIMED_OUT: &'static str = "TIMED_OUT";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DeploymentLifecycleHookStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DeploymentLifecycleHookTargetType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct DeploymentLifecycleHookTargetType(pub String);

impl DeploymentLifecycleHookTargetType {
    pub const AWS_LAMBDA: &'static str = "AWS_LAMBDA";
    pub const PAUSE: &'static str = "PAUSE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DeploymentLifecycleHookTargetType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DeploymentRolloutState` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeploymentRolloutState(pub String);

impl DeploymentRolloutState {
    pub const COMPLETED: &'static str = "COMPLETED";
    pub const FAILED: &'static str = "FAILED";
    pub const IN_PROGRESS: &'static str = "IN_PROGRESS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DeploymentRolloutState {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DeploymentStrategy` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct DeploymentStrategy(pub String);

impl DeploymentStrategy {
    pub const ROLLING: &'static str = "ROLLING";
    pub const BLUE_GREEN: &'static str = "BLUE_GREEN";
    pub const LINEAR: &'static str = "LINEAR";
    pub const CANARY: &'static str = "CANARY";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DeploymentStrategy {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DesiredStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DesiredStatus(pub String);

impl DesiredStatus {
    pub const RUNNING: &'static str = "RUNNING";
    pub const PENDING: &'static str = "PENDING";
    pub const STOPPED: &'static str = "STOPPED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DesiredStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `DeviceCgroupPermission` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct DeviceCgroupPermission(pub String);

impl DeviceCgroupPermission {
    pub const READ: &'static str = "read";
    pub const WRITE: &'static str = "write";
    pub const MKNOD: &'static str = "mknod";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DeviceCgroupPermission {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `EBSResourceType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct EBSResourceType(pub String);

impl EBSResourceType {
    pub const VOLUME: &'static str = "volume";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for EBSResourceType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `EFSAuthorizationConfigIAM` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct EFSAuthorizationConfigIAM(pub String);

impl EFSAuthorizationConfigIAM {
    pub const ENABLED: &'static str = "ENABLED";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for EFSAuthorizationConfigIAM {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `EFSTransitEncryption` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct EFSTransitEncryption(pub String);

impl EFSTransitEncryption {
    pub const ENABLED: &'static str = "ENABLED";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for EFSTransitEncryption {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `EnvironmentFileType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct EnvironmentFileType(pub String);

impl EnvironmentFileType {
    pub const S3: &'static str = "s3";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for EnvironmentFileType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ExecuteCommandLogging` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ExecuteCommandLogging(pub String);

impl ExecuteCommandLogging {
    pub const NONE: &'static str = "NONE";
    pub const DEFAULT: &'static str = "DEFAULT";
    pub const OVERRIDE: &'static str = "OVERRIDE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ExecuteCommandLogging {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `FirelensConfigurationType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct FirelensConfigurationType(pub String);

impl FirelensConfigurationType {
    pub const FLUENTD: &'static str = "fluentd";
    pub const FLUENTBIT: &'static str = "fluentbit";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FirelensConfigurationType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `GatewayConnectorHealthCheckProtocol` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct GatewayConnectorHealthCheckProtocol(pub String);

impl GatewayConnectorHealthCheckProtocol {
    pub const HTTP: &'static str = "HTTP";
    pub const HTTPS: &'static str = "HTTPS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for GatewayConnectorHealthCheckProtocol {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `GatewayRouteStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GatewayRouteStatus(pub String);

impl GatewayRouteStatus {
    pub const ACTIVE: &'static str = "ACTIVE";
    pub const CREATE_IN_PROGRESS: &'static str = "CREATE_IN_PROGRESS";
    pub const CREATE_FAILED: &'static str = "CREATE_FAILED";
    pub const UPDATE_IN_PROGRESS: &'static str = "UPDATE_IN_PROGRESS";
    pub const UPDATE_FAILED: &'static str = "UPDATE_FAILED";
    pub const DELETE_IN_PROGRESS: &'static str = "DELETE_IN_PROGRESS";
    pub const DELETE_FAILED: &'static str = "DELETE_FAILED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for GatewayRouteStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `HealthStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HealthStatus(pub String);

impl HealthStatus {
    pub const HEALTHY: &'static str = "HEALTHY";
    pub const UNHEALTHY: &'static str = "UNHEALTHY";
    pub const UNKNOWN: &'static str = "UNKNOWN";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for HealthStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `InstanceGeneration` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct InstanceGeneration(pub String);

impl InstanceGeneration {
    pub const CURRENT: &'static str = "current";
    pub const PREVIOUS: &'static str = "previous";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for InstanceGeneration {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `IpcMode` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct IpcMode(pub String);

impl IpcMode {
    pub const HOST: &'static str = "host";
    pub const TASK: &'static str = "task";
    pub const NONE: &'static str = "none";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for IpcMode {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `IsolationMode` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct IsolationMode(pub String);

impl IsolationMode {
    pub const SHARED: &'static str = "SHARED";
    pub const ISOLATED_SANDBOX: &'static str = "ISOLATED_SANDBOX";
    pub const CONFIDENTIAL_SANDBOX: &'static str = "CONFIDENTIAL_SANDBOX";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for IsolationMode {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `LaunchType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct LaunchType(pub String);

impl LaunchType {
    pub const EC2: &'static str = "EC2";
    pub const FARGATE: &'static str = "FARGATE";
    pub const EXTERNAL: &'static str = "EXTERNAL";
    pub const MANAGED_INSTANCES: &'static str = "MANAGED_INSTANCES";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for LaunchType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `LocalStorage` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct LocalStorage(pub String);

impl LocalStorage {
    pub const INCLUDED: &'static str = "included";
    pub const REQUIRED: &'static str = "required";
    pub const EXCLUDED: &'static str = "excluded";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for LocalStorage {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `LocalStorageType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct LocalStorageType(pub String);

impl LocalStorageType {
    pub const HDD: &'static str = "hdd";
    pub const SSD: &'static str = "ssd";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for LocalStorageType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `LogDriver` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct LogDriver(pub String);

impl LogDriver {
    pub const JSON_FILE: &'static str = "json-file";
    pub const SYSLOG: &'static str = "syslog";
    pub const JOURNALD: &'static str = "journald";
    pub const GELF: &'static str = "gelf";
    pub const FLUENTD: &'static str = "fluentd";
    pub const AWSLOGS: &'static str = "awslogs";
    pub const SPLUNK: &'static str = "splunk";
    pub const AWSFIRELENS: &'static str = "awsfirelens";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for LogDriver {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ManagedAgentName` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ManagedAgentName(pub String);

impl ManagedAgentName {
    pub const EXECUTE_COMMAND_AGENT: &'static str = "ExecuteCommandAgent";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ManagedAgentName {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ManagedDraining` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ManagedDraining(pub String);

impl ManagedDraining {
    pub const ENABLED: &'static str = "ENABLED";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ManagedDraining {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ManagedInstancesMonitoringOptions` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ManagedInstancesMonitoringOptions(pub String);

impl ManagedInstancesMonitoringOptions {
    pub const BASIC: &'static str = "BASIC";
    pub const DETAILED: &'static str = "DETAILED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ManagedInstancesMonitoringOptions {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ManagedResourceStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ManagedResourceStatus(pub String);

impl ManagedResourceStatus {
    pub const PROVISIONING: &'static str = "PROVISIONING";
    pub const ACTIVE: &'static str = "ACTIVE";
    pub const DEPROVISIONING: &'static str = "DEPROVISIONING";
    pub const DELETED: &'static str = "DELETED";
    pub const FAILED: &'static str = "FAILED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ManagedResourceStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ManagedScalingStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ManagedScalingStatus(pub String);

impl ManagedScalingStatus {
    pub const ENABLED: &'static str = "ENABLED";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ManagedScalingStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ManagedTerminationProtection` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ManagedTerminationProtection(pub String);

impl ManagedTerminationProtection {
    pub const ENABLED: &'static str = "ENABLED";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ManagedTerminationProtection {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `NetworkMode` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct NetworkMode(pub String);

impl NetworkMode {
    pub const BRIDGE: &'static str = "bridge";
    pub const HOST: &'static str = "host";
    pub const AWSVPC: &'static str = "awsvpc";
    pub const NONE: &'static str = "none";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for NetworkMode {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `OSFamily` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct OSFamily(pub String);

impl OSFamily {
    pub const WINDOWS_SERVER_2019_FULL: &'static str = "WINDOWS_SERVER_2019_FULL";
    pub const WINDOWS_SERVER_2019_CORE: &'static str = "WINDOWS_SERVER_2019_CORE";
    pub const WINDOWS_SERVER_2016_FULL: &'static str = "WINDOWS_SERVER_2016_FULL";
    pub const WINDOWS_SERVER_2004_CORE: &'static str = "WINDOWS_SERVER_2004_CORE";
    pub const WINDOWS_SERVER_2022_CORE: &'static str = "WINDOWS_SERVER_2022_CORE";
    pub const WINDOWS_SERVER_2022_FULL: &'static str = "WINDOWS_SERVER_2022_FULL";
    pub const WINDOWS_SERVER_2025_CORE: &'static str = "WINDOWS_SERVER_2025_CORE";
    pub const WINDOWS_SERVER_2025_FULL: &'static str = "WINDOWS_SERVER_2025_FULL";
    pub const WINDOWS_SERVER_20H2_CORE: &'static str = "WINDOWS_SERVER_20H2_CORE";
    pub const LINUX: &'static str = "LINUX";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for OSFamily {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `PidMode` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct PidMode(pub String);

impl PidMode {
    pub const HOST: &'static str = "host";
    pub const TASK: &'static str = "task";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PidMode {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `PlacementConstraintType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct PlacementConstraintType(pub String);

impl PlacementConstraintType {
    pub const DISTINCT_INSTANCE: &'static str = "distinctInstance";
    pub const MEMBER_OF: &'static str = "memberOf";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PlacementConstraintType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `PlacementStrategyType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct PlacementStrategyType(pub String);

impl PlacementStrategyType {
    pub const RANDOM: &'static str = "random";
    pub const SPREAD: &'static str = "spread";
    pub const BINPACK: &'static str = "binpack";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PlacementStrategyType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `PropagateMITags` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct PropagateMITags(pub String);

impl PropagateMITags {
    pub const CAPACITY_PROVIDER: &'static str = "CAPACITY_PROVIDER";
    pub const NONE: &'static str = "NONE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PropagateMITags {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `PropagateTags` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct PropagateTags(pub String);

impl PropagateTags {
    pub const TASK_DEFINITION: &'static str = "TASK_DEFINITION";
    pub const SERVICE: &'static str = "SERVICE";
    pub const NONE: &'static str = "NONE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PropagateTags {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ProxyConfigurationType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ProxyConfigurationType(pub String);

impl ProxyConfigurationType {
    pub const APPMESH: &'static str = "APPMESH";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ProxyConfigurationType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ResourceManagementType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceManagementType(pub String);

impl ResourceManagementType {
    pub const CUSTOMER: &'static str = "CUSTOMER";
    pub const ECS: &'static str = "ECS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ResourceManagementType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ResourceType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ResourceType(pub String);

impl ResourceType {
    pub const GPU: &'static str = "GPU";
    pub const INFERENCE_ACCELERATOR: &'static str = "InferenceAccelerator";
    pub const NEURON_DEVICE: &'static str = "NeuronDevice";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ResourceType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ScaleUnit` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScaleUnit(pub String);

impl ScaleUnit {
    pub const PERCENT: &'static str = "PERCENT";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ScaleUnit {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `SchedulingStrategy` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct SchedulingStrategy(pub String);

impl SchedulingStrategy {
    pub const REPLICA: &'static str = "REPLICA";
    pub const DAEMON: &'static str = "DAEMON";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SchedulingStrategy {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `Scope` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Scope(pub String);

impl Scope {
    pub const TASK: &'static str = "task";
    pub const SHARED: &'static str = "shared";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Scope {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceConnectAccessLoggingFormat` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ServiceConnectAccessLoggingFormat(pub String);

impl ServiceConnectAccessLoggingFormat {
    pub const TEXT: &'static str = "TEXT";
    pub const JSON: &'static str = "JSON";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceConnectAccessLoggingFormat {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceConnectContainerLogLevel` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ServiceConnectContainerLogLevel(pub String);

impl ServiceConnectContainerLogLevel {
    pub const DEBUG: &'static str = "debug";
    pub const INFO: &'static str = "info";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceConnectContainerLogLevel {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceConnectIncludeQueryParameters` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ServiceConnectIncludeQueryParameters(pub String);

impl ServiceConnectIncludeQueryParameters {
    pub const DISABLED: &'static str = "DISABLED";
    pub const ENABLED: &'static str = "ENABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceConnectIncludeQueryParameters {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceDeploymentLifecycleStage` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceDeploymentLifecycleStage(pub String);

impl ServiceDeploymentLifecycleStage {
    pub const RECONCILE_SERVICE: &'static str = "RECONCILE_SERVICE";
    pub const PRE_SCALE_UP: &'static str = "PRE_SCALE_UP";
    pub const SCALE_UP: &'static str = "SCALE_UP";
    pub const POST_SCALE_UP: &'static str = "POST_SCALE_UP";
    pub const TEST_TRAFFIC_SHIFT: &'static str = "TEST_TRAFFIC_SHIFT";
    pub const POST_TEST_TRAFFIC_SHIFT: &'static str = "POST_TEST_TRAFFIC_SHIFT";
    pub const PRODUCTION_TRAFFIC_SHIFT: &'static str = "PRODUCTION_TRAFFIC_SHIFT";
    pub const POST_PRODUCTION_TRAFFIC_SHIFT: &'static str = "POST_PRODUCTION_TRAFFIC_SHIFT";
    pub const BAKE_TIME: &'static str = "BAKE_TIME";
    pub const CLEAN_UP: &'static str = "CLEAN_UP";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceDeploymentLifecycleStage {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceDeploymentRollbackMonitorsStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceDeploymentRollbackMonitorsStatus(pub String);

impl ServiceDeploymentRollbackMonitorsStatus {
    pub const TRIGGERED: &'static str = "TRIGGERED";
    pub const MONITORING: &'static str = "MONITORING";
    pub const MONITORING_COMPLETE: &'static str = "MONITORING_COMPLETE";
    pub const DISABLED: &'static str = "DISABLED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceDeploymentRollbackMonitorsStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceDeploymentStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceDeploymentStatus(pub String);

impl ServiceDeploymentStatus {
    pub const PENDING: &'static str = "PENDING";
    pub const SUCCESSFUL: &'static str = "SUCCESSFUL";
    pub const STOPPED: &'static str = "STOPPED";
    pub const STOP_REQUESTED: &'static str = "STOP_REQUESTED";
    pub const IN_PROGRESS: &'static str = "IN_PROGRESS";
    pub const ROLLBACK_REQUESTED: &'static str = "ROLLBACK_REQUESTED";
    pub const ROLLBACK_IN_PROGRESS: &'static str = "ROLLBACK_IN_PROGRESS";
    pub const ROLLBACK_SUCCESSFUL: &'static str = "ROLLBACK_SUCCESSFUL";
    pub const ROLLBACK_FAILED: &'static str = "ROLLBACK_FAILED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceDeploymentStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceField` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceField(pub String);

impl ServiceField {
    pub const TAGS: &'static str = "TAGS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceField {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceRevisionCleanup` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ServiceRevisionCleanup(pub String);

impl ServiceRevisionCleanup {
    pub const BLOCKING: &'static str = "BLOCKING";
    pub const DEFERRED: &'static str = "DEFERRED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceRevisionCleanup {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `SettingName` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SettingName(pub String);

impl SettingName {
    pub const SERVICE_LONG_ARN_FORMAT: &'static str = "serviceLongArnFormat";
    pub const TASK_LONG_ARN_FORMAT: &'static str = "taskLongArnFormat";
    pub const CONTAINER_INSTANCE_LONG_ARN_FORMAT: &'static str = "containerInstanceLongArnFormat";
    pub const AWSVPC_TRUNKING: &'static str = "awsvpcTrunking";
    pub const CONTAINER_INSIGHTS: &'static str = "containerInsights";
    pub const FARGATE_FIPS_MODE: &'static str = "fargateFIPSMode";
    pub const TAG_RESOURCE_AUTHORIZATION: &'static str = "tagResourceAuthorization";
    pub const FARGATE_TASK_RETIREMENT_WAIT_PERIOD: &'static str = "fargateTaskRetirementWaitPeriod";
    pub const GUARD_DUTY_ACTIVATE: &'static str = "guardDutyActivate";
    pub const DEFAULT_LOG_DRIVER_MODE: &'static str = "defaultLogDriverMode";
    pub const FARGATE_EVENT_WINDOWS: &'static str = "fargateEventWindows";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SettingName {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `SettingType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SettingType(pub String);

impl SettingType {
    pub const USER: &'static str = "user";
    pub const AWS_MANAGED: &'static str = "aws_managed";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SettingType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `SortOrder` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SortOrder(pub String);

impl SortOrder {
    pub const ASC: &'static str = "ASC";
    pub const DESC: &'static str = "DESC";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SortOrder {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `StabilityStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StabilityStatus(pub String);

impl StabilityStatus {
    pub const STEADY_STATE: &'static str = "STEADY_STATE";
    pub const STABILIZING: &'static str = "STABILIZING";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for StabilityStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `TargetType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TargetType(pub String);

impl TargetType {
    pub const CONTAINER_INSTANCE: &'static str = "container-instance";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TargetType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `TaskDefinitionField` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskDefinitionField(pub String);

impl TaskDefinitionField {
    pub const TAGS: &'static str = "TAGS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TaskDefinitionField {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `TaskDefinitionPlacementConstraintType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct TaskDefinitionPlacementConstraintType(pub String);

impl TaskDefinitionPlacementConstraintType {
    pub const MEMBER_OF: &'static str = "memberOf";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TaskDefinitionPlacementConstraintType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `TaskDefinitionStatus` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskDefinitionStatus(pub String);

impl TaskDefinitionStatus {
    pub const ACTIVE: &'static str = "ACTIVE";
    pub const INACTIVE: &'static str = "INACTIVE";
    pub const DELETE_IN_PROGRESS: &'static str = "DELETE_IN_PROGRESS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TaskDefinitionStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `TaskField` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskField(pub String);

impl TaskField {
    pub const TAGS: &'static str = "TAGS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TaskField {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `TaskFilesystemType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct TaskFilesystemType(pub String);

impl TaskFilesystemType {
    pub const EXT3: &'static str = "ext3";
    pub const EXT4: &'static str = "ext4";
    pub const XFS: &'static str = "xfs";
    pub const NTFS: &'static str = "ntfs";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TaskFilesystemType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `TaskStopCode` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskStopCode(pub String);

impl TaskStopCode {
    pub const TASK_FAILED_TO_START: &'static str = "TaskFailedToStart";
    pub const ESSENTIAL_CONTAINER_EXITED: &'static str = "EssentialContainerExited";
    pub const USER_INITIATED: &'static str = "UserInitiated";
    pub const SERVICE_SCHEDULER_INITIATED: &'static str = "ServiceSchedulerInitiated";
    pub const SPOT_INTERRUPTION: &'static str = "SpotInterruption";
    pub const TERMINATION_NOTICE: &'static str = "TerminationNotice";
    pub const INFRASTRUCTURE_HEALTH: &'static str = "InfrastructureHealth";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TaskStopCode {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ThresholdType` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ThresholdType(pub String);

impl ThresholdType {
    pub const COUNT: &'static str = "COUNT";
    pub const BOUNDED_PERCENT: &'static str = "BOUNDED_PERCENT";
    pub const UNBOUNDED_PERCENT: &'static str = "UNBOUNDED_PERCENT";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ThresholdType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `TransportProtocol` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct TransportProtocol(pub String);

impl TransportProtocol {
    pub const TCP: &'static str = "tcp";
    pub const UDP: &'static str = "udp";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TransportProtocol {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `UlimitName` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct UlimitName(pub String);

impl UlimitName {
    pub const CORE: &'static str = "core";
    pub const CPU: &'static str = "cpu";
    pub const DATA: &'static str = "data";
    pub const FSIZE: &'static str = "fsize";
    pub const LOCKS: &'static str = "locks";
    pub const MEMLOCK: &'static str = "memlock";
    pub const MSGQUEUE: &'static str = "msgqueue";
    pub const NICE: &'static str = "nice";
    pub const NOFILE: &'static str = "nofile";
    pub const NPROC: &'static str = "nproc";
    pub const RSS: &'static str = "rss";
    pub const RTPRIO: &'static str = "rtprio";
    pub const RTTIME: &'static str = "rttime";
    pub const SIGPENDING: &'static str = "sigpending";
    pub const STACK: &'static str = "stack";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for UlimitName {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `VersionConsistency` in the Amazon ECS API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct VersionConsistency(pub String);

impl VersionConsistency {
    pub const ENABLED: &'static str = "enabled";
    pub const DISABLED: &'static str = "disabled";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for VersionConsistency {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
