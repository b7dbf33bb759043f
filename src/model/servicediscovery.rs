// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! What ecs-bridge uses of the AWS Cloud Map API, under AWS's own wire names.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An operation of the AWS Cloud Map API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    CreateService,
    DeleteService,
    DeregisterInstance,
    GetNamespace,
    GetOperation,
    GetService,
    ListInstances,
    ListServices,
    ListTagsForResource,
    RegisterInstance,
    TagResource,
    UntagResource,
    UpdateService,
}

impl Operation {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::CreateService,
        Self::DeleteService,
        Self::DeregisterInstance,
        Self::GetNamespace,
        Self::GetOperation,
        Self::GetService,
        Self::ListInstances,
        Self::ListServices,
        Self::ListTagsForResource,
        Self::RegisterInstance,
        Self::TagResource,
        Self::UntagResource,
        Self::UpdateService,
    ];

    /// AWS's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateService => "CreateService",
            Self::DeleteService => "DeleteService",
            Self::DeregisterInstance => "DeregisterInstance",
            Self::GetNamespace => "GetNamespace",
            Self::GetOperation => "GetOperation",
            Self::GetService => "GetService",
            Self::ListInstances => "ListInstances",
            Self::ListServices => "ListServices",
            Self::ListTagsForResource => "ListTagsForResource",
            Self::RegisterInstance => "RegisterInstance",
            Self::TagResource => "TagResource",
            Self::UntagResource => "UntagResource",
            Self::UpdateService => "UpdateService",
        }
    }

    /// The service that it belongs to, as endpoints and IAM actions name it.
    pub const fn service(self) -> &'static str {
        "servicediscovery"
    }
}

/// All that `CreateService` takes, in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceSpec {
    /// `Description` of `CreateService` in the AWS Cloud Map API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 1024))]
    pub description: Option<String>,
    /// `DnsConfig` of `CreateService` in the AWS Cloud Map API Reference.
    #[serde(rename = "DnsConfig", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "DnsConfig")]
    pub dns_config: Option<DnsConfig>,
    /// `HealthCheckCustomConfig` of `CreateService` in the AWS Cloud Map API Reference.
    #[serde(rename = "HealthCheckCustomConfig", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "HealthCheckCustomConfig")]
    pub health_check_custom_config: Option<HealthCheckCustomConfig>,
    /// `Name` of `CreateService` in the AWS Cloud Map API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 127))]
    pub name: Option<String>,
    /// `NamespaceId` of `CreateService` in the AWS Cloud Map API Reference.
    #[serde(rename = "NamespaceId")]
    #[schemars(extend("maxLength" = 255))]
    pub namespace_id: String,
    /// `Tags` of `CreateService` in the AWS Cloud Map API Reference.
    #[serde(rename = "Tags", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tag>", extend("maxItems" = 200, "x-kubernetes-list-map-keys" = ["Key"], "x-kubernetes-list-type" = "map"))]
    pub tags: Option<Vec<Tag>>,
    /// `Type` of `CreateService` in the AWS Cloud Map API Reference. Known values: `HTTP`.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ServiceTypeOption", extend("maxLength" = 255))]
    pub r#type: Option<ServiceTypeOption>,
}

impl ServiceSpec {
    /// Members that AWS takes at creation only.
    pub const IMMUTABLE: &'static [&'static str] = &["HealthCheckCustomConfig", "Name", "NamespaceId", "Type"];

    /// Where an IAM role stands.
    pub const ROLE_PATHS: &'static [&'static str] = &[];

    /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].
    pub const DEFAULT_ZERO_PATHS: &'static [&'static str] = &["HealthCheckCustomConfig.FailureThreshold"];

    /// Lists whose items are known by a member, with that member: their order means nothing.
    pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[("DnsConfig.DnsRecords", "Type"), ("Tags", "Key")];
}

/// `CreateServiceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateServiceRequest {
    /// `CreatorRequestId` of `CreateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreatorRequestId", default, skip_serializing_if = "Option::is_none")]
    pub creator_request_id: Option<String>,
    /// `Description` of `CreateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `DnsConfig` of `CreateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "DnsConfig", default, skip_serializing_if = "Option::is_none")]
    pub dns_config: Option<DnsConfig>,
    /// `HealthCheckConfig` of `CreateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "HealthCheckConfig", default, skip_serializing_if = "Option::is_none")]
    pub health_check_config: Option<HealthCheckConfig>,
    /// `HealthCheckCustomConfig` of `CreateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "HealthCheckCustomConfig", default, skip_serializing_if = "Option::is_none")]
    pub health_check_custom_config: Option<HealthCheckCustomConfig>,
    /// `Name` of `CreateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Name")]
    pub name: String,
    /// `NamespaceId` of `CreateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "NamespaceId", default, skip_serializing_if = "Option::is_none")]
    pub namespace_id: Option<String>,
    /// `Tags` of `CreateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Tags", default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `Type` of `CreateServiceRequest` in the AWS Cloud Map API Reference. Known values: `HTTP`.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ServiceTypeOption>,
}

/// `CreateServiceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateServiceResponse {
    /// `Service` of `CreateServiceResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "Service", default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
}

/// `DeleteServiceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteServiceRequest {
    /// `Id` of `DeleteServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id")]
    pub id: String,
}

/// `DeleteServiceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteServiceResponse {}

/// `DeregisterInstanceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeregisterInstanceRequest {
    /// `InstanceId` of `DeregisterInstanceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "InstanceId")]
    pub instance_id: String,
    /// `ServiceId` of `DeregisterInstanceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "ServiceId")]
    pub service_id: String,
}

/// `DeregisterInstanceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeregisterInstanceResponse {
    /// `OperationId` of `DeregisterInstanceResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "OperationId", default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<String>,
}

/// `DnsConfig` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DnsConfig {
    /// `DnsRecords` of `DnsConfig` in the AWS Cloud Map API Reference.
    #[serde(rename = "DnsRecords")]
    #[schemars(extend("maxItems" = 2, "x-kubernetes-list-map-keys" = ["Type"], "x-kubernetes-list-type" = "map"))]
    pub dns_records: Vec<DnsRecord>,
    /// `NamespaceId` of `DnsConfig` in the AWS Cloud Map API Reference. AWS no longer offers it.
    #[serde(rename = "NamespaceId", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 64))]
    pub namespace_id: Option<String>,
    /// `RoutingPolicy` of `DnsConfig` in the AWS Cloud Map API Reference. Known values: `MULTIVALUE`, `WEIGHTED`.
    #[serde(rename = "RoutingPolicy", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "RoutingPolicy", extend("maxLength" = 255))]
    pub routing_policy: Option<RoutingPolicy>,
}

/// `DnsConfigChange` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DnsConfigChange {
    /// `DnsRecords` of `DnsConfigChange` in the AWS Cloud Map API Reference.
    #[serde(rename = "DnsRecords")]
    pub dns_records: Vec<DnsRecord>,
}

/// `DnsProperties` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DnsProperties {
    /// `HostedZoneId` of `DnsProperties` in the AWS Cloud Map API Reference.
    #[serde(rename = "HostedZoneId", default, skip_serializing_if = "Option::is_none")]
    pub hosted_zone_id: Option<String>,
    /// `SOA` of `DnsProperties` in the AWS Cloud Map API Reference.
    #[serde(rename = "SOA", default, skip_serializing_if = "Option::is_none")]
    pub soa: Option<SOA>,
}

/// `DnsRecord` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DnsRecord {
    /// `TTL` of `DnsRecord` in the AWS Cloud Map API Reference.
    #[serde(rename = "TTL")]
    #[schemars(extend("maximum" = 2_147_483_647, "minimum" = 0))]
    pub ttl: i64,
    /// `Type` of `DnsRecord` in the AWS Cloud Map API Reference. Known values: `SRV`, `A`, `AAAA`, `CNAME`.
    #[serde(rename = "Type")]
    #[schemars(extend("maxLength" = 255))]
    pub r#type: RecordType,
}

/// `GetNamespaceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetNamespaceRequest {
    /// `Id` of `GetNamespaceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id")]
    pub id: String,
}

/// `GetNamespaceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetNamespaceResponse {
    /// `Namespace` of `GetNamespaceResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "Namespace", default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<Namespace>,
}

/// `GetOperationRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetOperationRequest {
    /// `OperationId` of `GetOperationRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "OperationId")]
    pub operation_id: String,
    /// `OwnerAccount` of `GetOperationRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "OwnerAccount", default, skip_serializing_if = "Option::is_none")]
    pub owner_account: Option<String>,
}

/// `GetOperationResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetOperationResponse {
    /// `Operation` of `GetOperationResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "Operation", default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<OperationDetail>,
}

/// `GetServiceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetServiceRequest {
    /// `Id` of `GetServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id")]
    pub id: String,
}

/// `GetServiceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetServiceResponse {
    /// `Service` of `GetServiceResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "Service", default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
}

/// `HealthCheckConfig` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HealthCheckConfig {
    /// `FailureThreshold` of `HealthCheckConfig` in the AWS Cloud Map API Reference.
    #[serde(rename = "FailureThreshold", default, skip_serializing_if = "Option::is_none")]
    pub failure_threshold: Option<i32>,
    /// `ResourcePath` of `HealthCheckConfig` in the AWS Cloud Map API Reference.
    #[serde(rename = "ResourcePath", default, skip_serializing_if = "Option::is_none")]
    pub resource_path: Option<String>,
    /// `Type` of `HealthCheckConfig` in the AWS Cloud Map API Reference. Known values: `HTTP`, `HTTPS`, `TCP`.
    #[serde(rename = "Type")]
    pub r#type: HealthCheckType,
}

/// `HealthCheckCustomConfig` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HealthCheckCustomConfig {
    /// `FailureThreshold` of `HealthCheckCustomConfig` in the AWS Cloud Map API Reference. AWS no longer offers it.
    #[serde(rename = "FailureThreshold", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i32", extend("maximum" = 10, "minimum" = 1))]
    pub failure_threshold: Option<i32>,
}

/// `HttpProperties` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HttpProperties {
    /// `HttpName` of `HttpProperties` in the AWS Cloud Map API Reference.
    #[serde(rename = "HttpName", default, skip_serializing_if = "Option::is_none")]
    pub http_name: Option<String>,
}

/// `InstanceSummary` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InstanceSummary {
    /// `Attributes` of `InstanceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "Attributes", default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<BTreeMap<String, String>>,
    /// `CreatedByAccount` of `InstanceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreatedByAccount", default, skip_serializing_if = "Option::is_none")]
    pub created_by_account: Option<String>,
    /// `Id` of `InstanceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// `ListInstancesRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListInstancesRequest {
    /// `MaxResults` of `ListInstancesRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "MaxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `NextToken` of `ListInstancesRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "NextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ServiceId` of `ListInstancesRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "ServiceId")]
    pub service_id: String,
}

/// `ListInstancesResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListInstancesResponse {
    /// `Instances` of `ListInstancesResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "Instances", default, skip_serializing_if = "Option::is_none")]
    pub instances: Option<Vec<InstanceSummary>>,
    /// `NextToken` of `ListInstancesResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "NextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `ResourceOwner` of `ListInstancesResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "ResourceOwner", default, skip_serializing_if = "Option::is_none")]
    pub resource_owner: Option<String>,
}

/// `ListServicesRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListServicesRequest {
    /// `Filters` of `ListServicesRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Filters", default, skip_serializing_if = "Option::is_none")]
    pub filters: Option<Vec<ServiceFilter>>,
    /// `MaxResults` of `ListServicesRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "MaxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `NextToken` of `ListServicesRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "NextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// `ListServicesResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListServicesResponse {
    /// `NextToken` of `ListServicesResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "NextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `Services` of `ListServicesResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "Services", default, skip_serializing_if = "Option::is_none")]
    pub services: Option<Vec<ServiceSummary>>,
}

/// `ListTagsForResourceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTagsForResourceRequest {
    /// `ResourceARN` of `ListTagsForResourceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
}

/// `ListTagsForResourceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTagsForResourceResponse {
    /// `Tags` of `ListTagsForResourceResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "Tags", default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `Namespace` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Namespace {
    /// `Arn` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "Arn", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreateDate` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreateDate", default, skip_serializing_if = "Option::is_none")]
    pub create_date: Option<f64>,
    /// `CreatorRequestId` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreatorRequestId", default, skip_serializing_if = "Option::is_none")]
    pub creator_request_id: Option<String>,
    /// `Description` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `Id` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `Name` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Properties` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "Properties", default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<NamespaceProperties>,
    /// `ResourceOwner` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "ResourceOwner", default, skip_serializing_if = "Option::is_none")]
    pub resource_owner: Option<String>,
    /// `ServiceCount` of `Namespace` in the AWS Cloud Map API Reference.
    #[serde(rename = "ServiceCount", default, skip_serializing_if = "Option::is_none")]
    pub service_count: Option<i32>,
    /// `Type` of `Namespace` in the AWS Cloud Map API Reference. Known values: `DNS_PUBLIC`, `DNS_PRIVATE`, `HTTP`.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<NamespaceType>,
}

/// `NamespaceProperties` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NamespaceProperties {
    /// `DnsProperties` of `NamespaceProperties` in the AWS Cloud Map API Reference.
    #[serde(rename = "DnsProperties", default, skip_serializing_if = "Option::is_none")]
    pub dns_properties: Option<DnsProperties>,
    /// `HttpProperties` of `NamespaceProperties` in the AWS Cloud Map API Reference.
    #[serde(rename = "HttpProperties", default, skip_serializing_if = "Option::is_none")]
    pub http_properties: Option<HttpProperties>,
}

/// `Operation` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OperationDetail {
    /// `CreateDate` of `Operation` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreateDate", default, skip_serializing_if = "Option::is_none")]
    pub create_date: Option<f64>,
    /// `ErrorCode` of `Operation` in the AWS Cloud Map API Reference.
    #[serde(rename = "ErrorCode", default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// `ErrorMessage` of `Operation` in the AWS Cloud Map API Reference.
    #[serde(rename = "ErrorMessage", default, skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// `Id` of `Operation` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `OwnerAccount` of `Operation` in the AWS Cloud Map API Reference.
    #[serde(rename = "OwnerAccount", default, skip_serializing_if = "Option::is_none")]
    pub owner_account: Option<String>,
    /// `Status` of `Operation` in the AWS Cloud Map API Reference. Known values: `SUBMITTED`, `PENDING`, `SUCCESS`, `FAIL`.
    #[serde(rename = "Status", default, skip_serializing_if = "Option::is_none")]
    pub status: Option<OperationStatus>,
    /// `Targets` of `Operation` in the AWS Cloud Map API Reference.
    #[serde(rename = "Targets", default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<BTreeMap<String, String>>,
    /// `Type` of `Operation` in the AWS Cloud Map API Reference. Known values: `CREATE_NAMESPACE`, `DELETE_NAMESPACE`, `UPDATE_NAMESPACE`, `UPDATE_SERVICE`, `REGISTER_INSTANCE`, `DEREGISTER_INSTANCE`.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<OperationType>,
    /// `UpdateDate` of `Operation` in the AWS Cloud Map API Reference.
    #[serde(rename = "UpdateDate", default, skip_serializing_if = "Option::is_none")]
    pub update_date: Option<f64>,
}

/// `RegisterInstanceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegisterInstanceRequest {
    /// `Attributes` of `RegisterInstanceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Attributes")]
    pub attributes: BTreeMap<String, String>,
    /// `CreatorRequestId` of `RegisterInstanceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreatorRequestId", default, skip_serializing_if = "Option::is_none")]
    pub creator_request_id: Option<String>,
    /// `InstanceId` of `RegisterInstanceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "InstanceId")]
    pub instance_id: String,
    /// `ServiceId` of `RegisterInstanceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "ServiceId")]
    pub service_id: String,
}

/// `RegisterInstanceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegisterInstanceResponse {
    /// `OperationId` of `RegisterInstanceResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "OperationId", default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<String>,
}

/// `SOA` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SOA {
    /// `TTL` of `SOA` in the AWS Cloud Map API Reference.
    #[serde(rename = "TTL")]
    pub ttl: i64,
}

/// `Service` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// `Arn` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "Arn", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreateDate` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreateDate", default, skip_serializing_if = "Option::is_none")]
    pub create_date: Option<f64>,
    /// `CreatedByAccount` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreatedByAccount", default, skip_serializing_if = "Option::is_none")]
    pub created_by_account: Option<String>,
    /// `CreatorRequestId` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreatorRequestId", default, skip_serializing_if = "Option::is_none")]
    pub creator_request_id: Option<String>,
    /// `Description` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `DnsConfig` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "DnsConfig", default, skip_serializing_if = "Option::is_none")]
    pub dns_config: Option<DnsConfig>,
    /// `HealthCheckConfig` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "HealthCheckConfig", default, skip_serializing_if = "Option::is_none")]
    pub health_check_config: Option<HealthCheckConfig>,
    /// `HealthCheckCustomConfig` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "HealthCheckCustomConfig", default, skip_serializing_if = "Option::is_none")]
    pub health_check_custom_config: Option<HealthCheckCustomConfig>,
    /// `Id` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `InstanceCount` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "InstanceCount", default, skip_serializing_if = "Option::is_none")]
    pub instance_count: Option<i32>,
    /// `Name` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `NamespaceId` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "NamespaceId", default, skip_serializing_if = "Option::is_none")]
    pub namespace_id: Option<String>,
    /// `ResourceOwner` of `Service` in the AWS Cloud Map API Reference.
    #[serde(rename = "ResourceOwner", default, skip_serializing_if = "Option::is_none")]
    pub resource_owner: Option<String>,
    /// `Type` of `Service` in the AWS Cloud Map API Reference. Known values: `HTTP`, `DNS_HTTP`, `DNS`.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ServiceType>,
}

/// `ServiceChange` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceChange {
    /// `Description` of `ServiceChange` in the AWS Cloud Map API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `DnsConfig` of `ServiceChange` in the AWS Cloud Map API Reference.
    #[serde(rename = "DnsConfig", default, skip_serializing_if = "Option::is_none")]
    pub dns_config: Option<DnsConfigChange>,
    /// `HealthCheckConfig` of `ServiceChange` in the AWS Cloud Map API Reference.
    #[serde(rename = "HealthCheckConfig", default, skip_serializing_if = "Option::is_none")]
    pub health_check_config: Option<HealthCheckConfig>,
}

/// `ServiceFilter` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceFilter {
    /// `Condition` of `ServiceFilter` in the AWS Cloud Map API Reference. Known values: `EQ`, `IN`, `BETWEEN`, `BEGINS_WITH`.
    #[serde(rename = "Condition", default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<FilterCondition>,
    /// `Name` of `ServiceFilter` in the AWS Cloud Map API Reference. Known values: `NAMESPACE_ID`, `RESOURCE_OWNER`.
    #[serde(rename = "Name")]
    pub name: ServiceFilterName,
    /// `Values` of `ServiceFilter` in the AWS Cloud Map API Reference.
    #[serde(rename = "Values")]
    pub values: Vec<String>,
}

/// `ServiceSummary` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceSummary {
    /// `Arn` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "Arn", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreateDate` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreateDate", default, skip_serializing_if = "Option::is_none")]
    pub create_date: Option<f64>,
    /// `CreatedByAccount` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "CreatedByAccount", default, skip_serializing_if = "Option::is_none")]
    pub created_by_account: Option<String>,
    /// `Description` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `DnsConfig` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "DnsConfig", default, skip_serializing_if = "Option::is_none")]
    pub dns_config: Option<DnsConfig>,
    /// `HealthCheckConfig` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "HealthCheckConfig", default, skip_serializing_if = "Option::is_none")]
    pub health_check_config: Option<HealthCheckConfig>,
    /// `HealthCheckCustomConfig` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "HealthCheckCustomConfig", default, skip_serializing_if = "Option::is_none")]
    pub health_check_custom_config: Option<HealthCheckCustomConfig>,
    /// `Id` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `InstanceCount` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "InstanceCount", default, skip_serializing_if = "Option::is_none")]
    pub instance_count: Option<i32>,
    /// `Name` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `ResourceOwner` of `ServiceSummary` in the AWS Cloud Map API Reference.
    #[serde(rename = "ResourceOwner", default, skip_serializing_if = "Option::is_none")]
    pub resource_owner: Option<String>,
    /// `Type` of `ServiceSummary` in the AWS Cloud Map API Reference. Known values: `HTTP`, `DNS_HTTP`, `DNS`.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ServiceType>,
}

/// `Tag` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tag {
    /// `Key` of `Tag` in the AWS Cloud Map API Reference.
    #[serde(rename = "Key")]
    #[schemars(extend("maxLength" = 128, "minLength" = 1))]
    pub key: String,
    /// `Value` of `Tag` in the AWS Cloud Map API Reference.
    #[serde(rename = "Value")]
    #[schemars(extend("maxLength" = 256))]
    pub value: String,
}

/// `TagResourceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceRequest {
    /// `ResourceARN` of `TagResourceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
    /// `Tags` of `TagResourceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Tags")]
    pub tags: Vec<Tag>,
}

/// `TagResourceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceResponse {}

/// `UntagResourceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceRequest {
    /// `ResourceARN` of `UntagResourceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
    /// `TagKeys` of `UntagResourceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "TagKeys")]
    pub tag_keys: Vec<String>,
}

/// `UntagResourceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceResponse {}

/// `UpdateServiceRequest` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateServiceRequest {
    /// `Id` of `UpdateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Id")]
    pub id: String,
    /// `Service` of `UpdateServiceRequest` in the AWS Cloud Map API Reference.
    #[serde(rename = "Service")]
    pub service: ServiceChange,
}

/// `UpdateServiceResponse` in the AWS Cloud Map API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateServiceResponse {
    /// `OperationId` of `UpdateServiceResponse` in the AWS Cloud Map API Reference.
    #[serde(rename = "OperationId", default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<String>,
}

/// `FilterCondition` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FilterCondition(pub String);

impl FilterCondition {
    pub const EQ: &'static str = "EQ";
    pub const IN: &'static str = "IN";
    pub const BETWEEN: &'static str = "BETWEEN";
    pub const BEGINS_WITH: &'static str = "BEGINS_WITH";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FilterCondition {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `HealthCheckType` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HealthCheckType(pub String);

impl HealthCheckType {
    pub const HTTP: &'static str = "HTTP";
    pub const HTTPS: &'static str = "HTTPS";
    pub const TCP: &'static str = "TCP";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for HealthCheckType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `NamespaceType` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NamespaceType(pub String);

impl NamespaceType {
    pub const DNS_PUBLIC: &'static str = "DNS_PUBLIC";
    pub const DNS_PRIVATE: &'static str = "DNS_PRIVATE";
    pub const HTTP: &'static str = "HTTP";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for NamespaceType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `OperationStatus` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OperationStatus(pub String);

impl OperationStatus {
    pub const SUBMITTED: &'static str = "SUBMITTED";
    pub const PENDING: &'static str = "PENDING";
    pub const SUCCESS: &'static str = "SUCCESS";
    pub const FAIL: &'static str = "FAIL";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for OperationStatus {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `OperationType` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OperationType(pub String);

impl OperationType {
    pub const CREATE_NAMESPACE: &'static str = "CREATE_NAMESPACE";
    pub const DELETE_NAMESPACE: &'static str = "DELETE_NAMESPACE";
    pub const UPDATE_NAMESPACE: &'static str = "UPDATE_NAMESPACE";
    pub const UPDATE_SERVICE: &'static str = "UPDATE_SERVICE";
    pub const REGISTER_INSTANCE: &'static str = "REGISTER_INSTANCE";
    pub const DEREGISTER_INSTANCE: &'static str = "DEREGISTER_INSTANCE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for OperationType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `RecordType` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct RecordType(pub String);

impl RecordType {
    pub const SRV: &'static str = "SRV";
    pub const A: &'static str = "A";
    pub const AAAA: &'static str = "AAAA";
    pub const CNAME: &'static str = "CNAME";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RecordType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `RoutingPolicy` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct RoutingPolicy(pub String);

impl RoutingPolicy {
    pub const MULTIVALUE: &'static str = "MULTIVALUE";
    pub const WEIGHTED: &'static str = "WEIGHTED";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for RoutingPolicy {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceFilterName` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceFilterName(pub String);

impl ServiceFilterName {
    pub const NAMESPACE_ID: &'static str = "NAMESPACE_ID";
    pub const RESOURCE_OWNER: &'static str = "RESOURCE_OWNER";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceFilterName {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceType` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceType(pub String);

impl ServiceType {
    pub const HTTP: &'static str = "HTTP";
    pub const DNS_HTTP: &'static str = "DNS_HTTP";
    pub const DNS: &'static str = "DNS";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ServiceTypeOption` in the AWS Cloud Map API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ServiceTypeOption(pub String);

impl ServiceTypeOption {
    pub const HTTP: &'static str = "HTTP";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServiceTypeOption {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
