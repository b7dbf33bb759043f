// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! What ecs-bridge uses of the AWS Secrets Manager API, under AWS's own wire names.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An operation of the AWS Secrets Manager API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    CreateSecret,
    DeleteSecret,
    DescribeSecret,
    ListSecrets,
    PutSecretValue,
    RestoreSecret,
    TagResource,
    UntagResource,
    UpdateSecret,
}

impl Operation {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::CreateSecret,
        Self::DeleteSecret,
        Self::DescribeSecret,
        Self::ListSecrets,
        Self::PutSecretValue,
        Self::RestoreSecret,
        Self::TagResource,
        Self::UntagResource,
        Self::UpdateSecret,
    ];

    /// AWS's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateSecret => "CreateSecret",
            Self::DeleteSecret => "DeleteSecret",
            Self::DescribeSecret => "DescribeSecret",
            Self::ListSecrets => "ListSecrets",
            Self::PutSecretValue => "PutSecretValue",
            Self::RestoreSecret => "RestoreSecret",
            Self::TagResource => "TagResource",
            Self::UntagResource => "UntagResource",
            Self::UpdateSecret => "UpdateSecret",
        }
    }

    /// The service that it belongs to, as endpoints and IAM actions name it.
    pub const fn service(self) -> &'static str {
        "secretsmanager"
    }
}

/// All that `CreateSecret` and `UpdateSecret` take, in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SecretSpec {
    /// `Description` of `CreateSecret` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 2048))]
    pub description: Option<String>,
    /// `KmsKeyId` of `CreateSecret` in the AWS Secrets Manager API Reference.
    #[serde(rename = "KmsKeyId", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 2048))]
    pub kms_key_id: Option<String>,
    /// `Name` of `CreateSecret` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 512, "minLength" = 1))]
    pub name: Option<String>,
    /// `Tags` of `CreateSecret` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Tags", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tag>", extend("maxItems" = 50, "x-kubernetes-list-map-keys" = ["Key"], "x-kubernetes-list-type" = "map"))]
    pub tags: Option<Vec<Tag>>,
}

impl SecretSpec {
    /// Members that AWS takes at creation only.
    pub const IMMUTABLE: &'static [&'static str] = &["Name"];

    /// Where an IAM role stands.
    pub const ROLE_PATHS: &'static [&'static str] = &[];

    /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].
    pub const DEFAULT_ZERO_PATHS: &'static [&'static str] = &[];

    /// Lists whose items are known by a member, with that member: their order means nothing.
    pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[("Tags", "Key")];
}

/// `CreateSecretRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateSecretRequest {
    /// `AddReplicaRegions` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "AddReplicaRegions", default, skip_serializing_if = "Option::is_none")]
    pub add_replica_regions: Option<Vec<ReplicaRegionType>>,
    /// `ClientRequestToken` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ClientRequestToken", default, skip_serializing_if = "Option::is_none")]
    pub client_request_token: Option<String>,
    /// `CrossAccountPrimaryARN` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "CrossAccountPrimaryARN", default, skip_serializing_if = "Option::is_none")]
    pub cross_account_primary_arn: Option<String>,
    /// `Description` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `ForceOverwriteReplicaSecret` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ForceOverwriteReplicaSecret", default, skip_serializing_if = "Option::is_none")]
    pub force_overwrite_replica_secret: Option<bool>,
    /// `KmsKeyId` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "KmsKeyId", default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `Name` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name")]
    pub name: String,
    /// `Tags` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Tags", default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `Type` of `CreateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

/// `CreateSecretResponse` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateSecretResponse {
    /// `ARN` of `CreateSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ARN", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name` of `CreateSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `ReplicationStatus` of `CreateSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ReplicationStatus", default, skip_serializing_if = "Option::is_none")]
    pub replication_status: Option<Vec<ReplicationStatusType>>,
    /// `VersionId` of `CreateSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "VersionId", default, skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
}

/// `CrossAccountPrimaryType` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CrossAccountPrimaryType {
    /// `PrimarySecretARN` of `CrossAccountPrimaryType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "PrimarySecretARN", default, skip_serializing_if = "Option::is_none")]
    pub primary_secret_arn: Option<String>,
    /// `ReplicationStatus` of `CrossAccountPrimaryType` in the AWS Secrets Manager API Reference. Known values: `InSync`, `Failed`, `InProgress`, `Pending`, `Detached`.
    #[serde(rename = "ReplicationStatus", default, skip_serializing_if = "Option::is_none")]
    pub replication_status: Option<StatusType>,
    /// `StatusMessage` of `CrossAccountPrimaryType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "StatusMessage", default, skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
}

/// `CrossAccountReplicaEntry` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CrossAccountReplicaEntry {
    /// `ReplicaSecretARN` of `CrossAccountReplicaEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ReplicaSecretARN", default, skip_serializing_if = "Option::is_none")]
    pub replica_secret_arn: Option<String>,
    /// `ReplicationRoleARN` of `CrossAccountReplicaEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ReplicationRoleARN", default, skip_serializing_if = "Option::is_none")]
    pub replication_role_arn: Option<String>,
    /// `ReplicationStatus` of `CrossAccountReplicaEntry` in the AWS Secrets Manager API Reference. Known values: `InSync`, `Failed`, `InProgress`, `Pending`, `Detached`.
    #[serde(rename = "ReplicationStatus", default, skip_serializing_if = "Option::is_none")]
    pub replication_status: Option<StatusType>,
    /// `StatusMessage` of `CrossAccountReplicaEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "StatusMessage", default, skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
}

/// `DeleteSecretRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteSecretRequest {
    /// `ForceDeleteWithoutRecovery` of `DeleteSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ForceDeleteWithoutRecovery", default, skip_serializing_if = "Option::is_none")]
    pub force_delete_without_recovery: Option<bool>,
    /// `RecoveryWindowInDays` of `DeleteSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "RecoveryWindowInDays", default, skip_serializing_if = "Option::is_none")]
    pub recovery_window_in_days: Option<i64>,
    /// `SecretId` of `DeleteSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretId")]
    pub secret_id: String,
}

/// `DeleteSecretResponse` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteSecretResponse {
    /// `ARN` of `DeleteSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ARN", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `DeletionDate` of `DeleteSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "DeletionDate", default, skip_serializing_if = "Option::is_none")]
    pub deletion_date: Option<f64>,
    /// `Name` of `DeleteSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// `DescribeSecretRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeSecretRequest {
    /// `SecretId` of `DescribeSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretId")]
    pub secret_id: String,
}

/// `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeSecretResponse {
    /// `ARN` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ARN", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreatedDate` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "CreatedDate", default, skip_serializing_if = "Option::is_none")]
    pub created_date: Option<f64>,
    /// `CrossAccountPrimary` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "CrossAccountPrimary", default, skip_serializing_if = "Option::is_none")]
    pub cross_account_primary: Option<CrossAccountPrimaryType>,
    /// `CrossAccountReplicas` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "CrossAccountReplicas", default, skip_serializing_if = "Option::is_none")]
    pub cross_account_replicas: Option<Vec<CrossAccountReplicaEntry>>,
    /// `DeletedDate` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "DeletedDate", default, skip_serializing_if = "Option::is_none")]
    pub deleted_date: Option<f64>,
    /// `Description` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `ExternalSecretRotationMetadata` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ExternalSecretRotationMetadata", default, skip_serializing_if = "Option::is_none")]
    pub external_secret_rotation_metadata: Option<Vec<ExternalSecretRotationMetadataItem>>,
    /// `ExternalSecretRotationRoleArn` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ExternalSecretRotationRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub external_secret_rotation_role_arn: Option<String>,
    /// `KmsKeyId` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "KmsKeyId", default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `LastAccessedDate` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "LastAccessedDate", default, skip_serializing_if = "Option::is_none")]
    pub last_accessed_date: Option<f64>,
    /// `LastChangedDate` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "LastChangedDate", default, skip_serializing_if = "Option::is_none")]
    pub last_changed_date: Option<f64>,
    /// `LastRotatedDate` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "LastRotatedDate", default, skip_serializing_if = "Option::is_none")]
    pub last_rotated_date: Option<f64>,
    /// `Name` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `NextRotationDate` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "NextRotationDate", default, skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<f64>,
    /// `OwningService` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "OwningService", default, skip_serializing_if = "Option::is_none")]
    pub owning_service: Option<String>,
    /// `PrimaryRegion` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "PrimaryRegion", default, skip_serializing_if = "Option::is_none")]
    pub primary_region: Option<String>,
    /// `ReplicationStatus` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ReplicationStatus", default, skip_serializing_if = "Option::is_none")]
    pub replication_status: Option<Vec<ReplicationStatusType>>,
    /// `RotationEnabled` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "RotationEnabled", default, skip_serializing_if = "Option::is_none")]
    pub rotation_enabled: Option<bool>,
    /// `RotationLambdaARN` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "RotationLambdaARN", default, skip_serializing_if = "Option::is_none")]
    pub rotation_lambda_arn: Option<String>,
    /// `RotationRules` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "RotationRules", default, skip_serializing_if = "Option::is_none")]
    pub rotation_rules: Option<RotationRulesType>,
    /// `Tags` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Tags", default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `Type` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// `VersionIdsToStages` of `DescribeSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "VersionIdsToStages", default, skip_serializing_if = "Option::is_none")]
    pub version_ids_to_stages: Option<BTreeMap<String, Vec<String>>>,
}

/// `ExternalSecretRotationMetadataItem` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExternalSecretRotationMetadataItem {
    /// `Key` of `ExternalSecretRotationMetadataItem` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Key", default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// `Value` of `ExternalSecretRotationMetadataItem` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Value", default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// `Filter` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    /// `Key` of `Filter` in the AWS Secrets Manager API Reference. Known values: `description`, `name`, `tag-key`, `tag-value`, `primary-region`, `owning-service`, `all`.
    #[serde(rename = "Key", default, skip_serializing_if = "Option::is_none")]
    pub key: Option<FilterNameStringType>,
    /// `Values` of `Filter` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Values", default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}

/// `ListSecretsRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListSecretsRequest {
    /// `Filters` of `ListSecretsRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Filters", default, skip_serializing_if = "Option::is_none")]
    pub filters: Option<Vec<Filter>>,
    /// `IncludePlannedDeletion` of `ListSecretsRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "IncludePlannedDeletion", default, skip_serializing_if = "Option::is_none")]
    pub include_planned_deletion: Option<bool>,
    /// `MaxResults` of `ListSecretsRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "MaxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `NextToken` of `ListSecretsRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "NextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `SortBy` of `ListSecretsRequest` in the AWS Secrets Manager API Reference. Known values: `created-date`, `last-accessed-date`, `last-changed-date`, `name`.
    #[serde(rename = "SortBy", default, skip_serializing_if = "Option::is_none")]
    pub sort_by: Option<SortByType>,
    /// `SortOrder` of `ListSecretsRequest` in the AWS Secrets Manager API Reference. Known values: `asc`, `desc`.
    #[serde(rename = "SortOrder", default, skip_serializing_if = "Option::is_none")]
    pub sort_order: Option<SortOrderType>,
}

/// `ListSecretsResponse` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListSecretsResponse {
    /// `NextToken` of `ListSecretsResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "NextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `SecretList` of `ListSecretsResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretList", default, skip_serializing_if = "Option::is_none")]
    pub secret_list: Option<Vec<SecretListEntry>>,
}

/// `PutSecretValueRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutSecretValueRequest {
    /// `ClientRequestToken` of `PutSecretValueRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ClientRequestToken", default, skip_serializing_if = "Option::is_none")]
    pub client_request_token: Option<String>,
    /// `SecretId` of `PutSecretValueRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretId")]
    pub secret_id: String,
    /// `VersionStages` of `PutSecretValueRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "VersionStages", default, skip_serializing_if = "Option::is_none")]
    pub version_stages: Option<Vec<String>>,
}

/// `PutSecretValueResponse` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutSecretValueResponse {
    /// `ARN` of `PutSecretValueResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ARN", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name` of `PutSecretValueResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `VersionId` of `PutSecretValueResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "VersionId", default, skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// `VersionStages` of `PutSecretValueResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "VersionStages", default, skip_serializing_if = "Option::is_none")]
    pub version_stages: Option<Vec<String>>,
}

/// `ReplicaRegionType` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReplicaRegionType {
    /// `KmsKeyId` of `ReplicaRegionType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "KmsKeyId", default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `Region` of `ReplicaRegionType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Region", default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// `ReplicationStatusType` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReplicationStatusType {
    /// `KmsKeyId` of `ReplicationStatusType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "KmsKeyId", default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `LastAccessedDate` of `ReplicationStatusType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "LastAccessedDate", default, skip_serializing_if = "Option::is_none")]
    pub last_accessed_date: Option<f64>,
    /// `Region` of `ReplicationStatusType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Region", default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// `Status` of `ReplicationStatusType` in the AWS Secrets Manager API Reference. Known values: `InSync`, `Failed`, `InProgress`, `Pending`, `Detached`.
    #[serde(rename = "Status", default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusType>,
    /// `StatusMessage` of `ReplicationStatusType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "StatusMessage", default, skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
}

/// `RestoreSecretRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RestoreSecretRequest {
    /// `SecretId` of `RestoreSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretId")]
    pub secret_id: String,
}

/// `RestoreSecretResponse` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RestoreSecretResponse {
    /// `ARN` of `RestoreSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ARN", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name` of `RestoreSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// `RotationRulesType` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RotationRulesType {
    /// `AutomaticallyAfterDays` of `RotationRulesType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "AutomaticallyAfterDays", default, skip_serializing_if = "Option::is_none")]
    pub automatically_after_days: Option<i64>,
    /// `Duration` of `RotationRulesType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Duration", default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// `ScheduleExpression` of `RotationRulesType` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ScheduleExpression", default, skip_serializing_if = "Option::is_none")]
    pub schedule_expression: Option<String>,
}

/// `SecretListEntry` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SecretListEntry {
    /// `ARN` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ARN", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `CreatedDate` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "CreatedDate", default, skip_serializing_if = "Option::is_none")]
    pub created_date: Option<f64>,
    /// `DeletedDate` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "DeletedDate", default, skip_serializing_if = "Option::is_none")]
    pub deleted_date: Option<f64>,
    /// `Description` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `ExternalSecretRotationMetadata` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ExternalSecretRotationMetadata", default, skip_serializing_if = "Option::is_none")]
    pub external_secret_rotation_metadata: Option<Vec<ExternalSecretRotationMetadataItem>>,
    /// `ExternalSecretRotationRoleArn` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ExternalSecretRotationRoleArn", default, skip_serializing_if = "Option::is_none")]
    pub external_secret_rotation_role_arn: Option<String>,
    /// `KmsKeyId` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "KmsKeyId", default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `LastAccessedDate` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "LastAccessedDate", default, skip_serializing_if = "Option::is_none")]
    pub last_accessed_date: Option<f64>,
    /// `LastChangedDate` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "LastChangedDate", default, skip_serializing_if = "Option::is_none")]
    pub last_changed_date: Option<f64>,
    /// `LastRotatedDate` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "LastRotatedDate", default, skip_serializing_if = "Option::is_none")]
    pub last_rotated_date: Option<f64>,
    /// `Name` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `NextRotationDate` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "NextRotationDate", default, skip_serializing_if = "Option::is_none")]
    pub next_rotation_date: Option<f64>,
    /// `OwningService` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "OwningService", default, skip_serializing_if = "Option::is_none")]
    pub owning_service: Option<String>,
    /// `PrimaryRegion` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "PrimaryRegion", default, skip_serializing_if = "Option::is_none")]
    pub primary_region: Option<String>,
    /// `RotationEnabled` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "RotationEnabled", default, skip_serializing_if = "Option::is_none")]
    pub rotation_enabled: Option<bool>,
    /// `RotationLambdaARN` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "RotationLambdaARN", default, skip_serializing_if = "Option::is_none")]
    pub rotation_lambda_arn: Option<String>,
    /// `RotationRules` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "RotationRules", default, skip_serializing_if = "Option::is_none")]
    pub rotation_rules: Option<RotationRulesType>,
    /// `SecretVersionsToStages` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretVersionsToStages", default, skip_serializing_if = "Option::is_none")]
    pub secret_versions_to_stages: Option<BTreeMap<String, Vec<String>>>,
    /// `Tags` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Tags", default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// `Type` of `SecretListEntry` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

/// `Tag` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tag {
    /// `Key` of `Tag` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Key")]
    #[schemars(extend("maxLength" = 128, "minLength" = 1))]
    pub key: String,
    /// `Value` of `Tag` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Value", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 256))]
    pub value: Option<String>,
}

/// `TagResourceRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceRequest {
    /// `SecretId` of `TagResourceRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretId")]
    pub secret_id: String,
    /// `Tags` of `TagResourceRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Tags")]
    pub tags: Vec<Tag>,
}

/// `UntagResourceRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceRequest {
    /// `SecretId` of `UntagResourceRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretId")]
    pub secret_id: String,
    /// `TagKeys` of `UntagResourceRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "TagKeys")]
    pub tag_keys: Vec<String>,
}

/// `UpdateSecretRequest` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateSecretRequest {
    /// `ClientRequestToken` of `UpdateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ClientRequestToken", default, skip_serializing_if = "Option::is_none")]
    pub client_request_token: Option<String>,
    /// `Description` of `UpdateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `KmsKeyId` of `UpdateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "KmsKeyId", default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    /// `SecretId` of `UpdateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "SecretId")]
    pub secret_id: String,
    /// `Type` of `UpdateSecretRequest` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

/// `UpdateSecretResponse` in the AWS Secrets Manager API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UpdateSecretResponse {
    /// `ARN` of `UpdateSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "ARN", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `Name` of `UpdateSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "Name", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `VersionId` of `UpdateSecretResponse` in the AWS Secrets Manager API Reference.
    #[serde(rename = "VersionId", default, skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
}

/// `FilterNameStringType` in the AWS Secrets Manager API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FilterNameStringType(pub String);

impl FilterNameStringType {
    pub const DESCRIPTION: &'static str = "description";
    pub const NAME: &'static str = "name";
    pub const TAG_KEY: &'static str = "tag-key";
    pub const TAG_VALUE: &'static str = "tag-value";
    pub const PRIMARY_REGION: &'static str = "primary-region";
    pub const OWNING_SERVICE: &'static str = "owning-service";
    pub const ALL: &'static str = "all";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FilterNameStringType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `SortByType` in the AWS Secrets Manager API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SortByType(pub String);

impl SortByType {
    pub const CREATED_DATE: &'static str = "created-date";
    pub const LAST_ACCESSED_DATE: &'static str = "last-accessed-date";
    pub const LAST_CHANGED_DATE: &'static str = "last-changed-date";
    pub const NAME: &'static str = "name";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SortByType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `SortOrderType` in the AWS Secrets Manager API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SortOrderType(pub String);

impl SortOrderType {
    pub const ASC: &'static str = "asc";
    pub const DESC: &'static str = "desc";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SortOrderType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `StatusType` in the AWS Secrets Manager API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StatusType(pub String);

impl StatusType {
    pub const IN_SYNC: &'static str = "InSync";
    pub const FAILED: &'static str = "Failed";
    pub const IN_PROGRESS: &'static str = "InProgress";
    pub const PENDING: &'static str = "Pending";
    pub const DETACHED: &'static str = "Detached";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for StatusType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
