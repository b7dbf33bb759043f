// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! What ecs-bridge uses of the Amazon ECR API, under AWS's own wire names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An operation of the Amazon ECR API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    CreateRepository,
    DeleteLifecyclePolicy,
    DeleteRepository,
    DeleteRepositoryPolicy,
    DescribeRepositories,
    GetLifecyclePolicy,
    GetRepositoryPolicy,
    ListTagsForResource,
    PutImageScanningConfiguration,
    PutImageTagMutability,
    PutLifecyclePolicy,
    SetRepositoryPolicy,
    TagResource,
    UntagResource,
}

impl Operation {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::CreateRepository,
        Self::DeleteLifecyclePolicy,
        Self::DeleteRepository,
        Self::DeleteRepositoryPolicy,
        Self::DescribeRepositories,
        Self::GetLifecyclePolicy,
        Self::GetRepositoryPolicy,
        Self::ListTagsForResource,
        Self::PutImageScanningConfiguration,
        Self::PutImageTagMutability,
        Self::PutLifecyclePolicy,
        Self::SetRepositoryPolicy,
        Self::TagResource,
        Self::UntagResource,
    ];

    /// AWS's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateRepository => "CreateRepository",
            Self::DeleteLifecyclePolicy => "DeleteLifecyclePolicy",
            Self::DeleteRepository => "DeleteRepository",
            Self::DeleteRepositoryPolicy => "DeleteRepositoryPolicy",
            Self::DescribeRepositories => "DescribeRepositories",
            Self::GetLifecyclePolicy => "GetLifecyclePolicy",
            Self::GetRepositoryPolicy => "GetRepositoryPolicy",
            Self::ListTagsForResource => "ListTagsForResource",
            Self::PutImageScanningConfiguration => "PutImageScanningConfiguration",
            Self::PutImageTagMutability => "PutImageTagMutability",
            Self::PutLifecyclePolicy => "PutLifecyclePolicy",
            Self::SetRepositoryPolicy => "SetRepositoryPolicy",
            Self::TagResource => "TagResource",
            Self::UntagResource => "UntagResource",
        }
    }

    /// The service that it belongs to, as endpoints and IAM actions name it.
    pub const fn service(self) -> &'static str {
        "ecr"
    }
}

/// All that `CreateRepository`, `PutImageTagMutability`, `PutImageScanningConfiguration`, `PutLifecyclePolicy` and `SetRepositoryPolicy` take, in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RepositorySpec {
    /// `encryptionConfiguration` of `CreateRepository` in the Amazon ECR API Reference.
    #[serde(rename = "encryptionConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "EncryptionConfiguration")]
    pub encryption_configuration: Option<EncryptionConfiguration>,
    /// `imageScanningConfiguration` of `CreateRepository` in the Amazon ECR API Reference.
    #[serde(rename = "imageScanningConfiguration", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ImageScanningConfiguration")]
    pub image_scanning_configuration: Option<ImageScanningConfiguration>,
    /// `imageTagMutability` of `CreateRepository` in the Amazon ECR API Reference. Known values: `MUTABLE`, `IMMUTABLE`, `IMMUTABLE_WITH_EXCLUSION`, `MUTABLE_WITH_EXCLUSION`.
    #[serde(rename = "imageTagMutability", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ImageTagMutability", extend("maxLength" = 255))]
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters` of `CreateRepository` in the Amazon ECR API Reference.
    #[serde(rename = "imageTagMutabilityExclusionFilters", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ImageTagMutabilityExclusionFilter>", extend("maxItems" = 5, "minItems" = 1))]
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `lifecyclePolicyText` of `PutLifecyclePolicy` in the Amazon ECR API Reference.
    #[serde(rename = "lifecyclePolicyText", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 30_720, "minLength" = 100))]
    pub lifecycle_policy_text: Option<String>,
    /// `policyText` of `SetRepositoryPolicy` in the Amazon ECR API Reference.
    #[serde(rename = "policyText", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 10_240))]
    pub policy_text: Option<String>,
    /// `repositoryName` of `CreateRepository` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 256, "minLength" = 2, "pattern" = "^(?:[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*)$"))]
    pub repository_name: Option<String>,
    /// `tags` of `CreateRepository` in the Amazon ECR API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Tag>", extend("maxItems" = 50, "x-kubernetes-list-map-keys" = ["Key"], "x-kubernetes-list-type" = "map"))]
    pub tags: Option<Vec<Tag>>,
}

impl RepositorySpec {
    /// Members that AWS takes at creation only.
    pub const IMMUTABLE: &'static [&'static str] = &["encryptionConfiguration", "repositoryName"];

    /// Where an IAM role stands.
    pub const ROLE_PATHS: &'static [&'static str] = &[];

    /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].
    pub const DEFAULT_ZERO_PATHS: &'static [&'static str] = &["imageScanningConfiguration.scanOnPush"];

    /// Lists whose items are known by a member, with that member: their order means nothing.
    pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[("tags", "Key")];
}

/// `CreateRepositoryRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateRepositoryRequest {
    /// `encryptionConfiguration` of `CreateRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(rename = "encryptionConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub encryption_configuration: Option<EncryptionConfiguration>,
    /// `imageScanningConfiguration` of `CreateRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(rename = "imageScanningConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub image_scanning_configuration: Option<ImageScanningConfiguration>,
    /// `imageTagMutability` of `CreateRepositoryRequest` in the Amazon ECR API Reference. Known values: `MUTABLE`, `IMMUTABLE`, `IMMUTABLE_WITH_EXCLUSION`, `MUTABLE_WITH_EXCLUSION`.
    #[serde(rename = "imageTagMutability", default, skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters` of `CreateRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(rename = "imageTagMutabilityExclusionFilters", default, skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `registryId` of `CreateRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `CreateRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
    /// `tags` of `CreateRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `CreateRepositoryResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateRepositoryResponse {
    /// `repository` of `CreateRepositoryResponse` in the Amazon ECR API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<Repository>,
}

/// `DeleteLifecyclePolicyRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteLifecyclePolicyRequest {
    /// `registryId` of `DeleteLifecyclePolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `DeleteLifecyclePolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `DeleteLifecyclePolicyResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteLifecyclePolicyResponse {
    /// `lastEvaluatedAt` of `DeleteLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "lastEvaluatedAt", default, skip_serializing_if = "Option::is_none")]
    pub last_evaluated_at: Option<f64>,
    /// `lifecyclePolicyText` of `DeleteLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "lifecyclePolicyText", default, skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy_text: Option<String>,
    /// `registryId` of `DeleteLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `DeleteLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// `DeleteRepositoryPolicyRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteRepositoryPolicyRequest {
    /// `registryId` of `DeleteRepositoryPolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `DeleteRepositoryPolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `DeleteRepositoryPolicyResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteRepositoryPolicyResponse {
    /// `policyText` of `DeleteRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "policyText", default, skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
    /// `registryId` of `DeleteRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `DeleteRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// `DeleteRepositoryRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteRepositoryRequest {
    /// `force` of `DeleteRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
    /// `registryId` of `DeleteRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `DeleteRepositoryRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `DeleteRepositoryResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeleteRepositoryResponse {
    /// `repository` of `DeleteRepositoryResponse` in the Amazon ECR API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<Repository>,
}

/// `DescribeRepositoriesRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeRepositoriesRequest {
    /// `maxResults` of `DescribeRepositoriesRequest` in the Amazon ECR API Reference.
    #[serde(rename = "maxResults", default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
    /// `nextToken` of `DescribeRepositoriesRequest` in the Amazon ECR API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `registryId` of `DescribeRepositoriesRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryNames` of `DescribeRepositoriesRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryNames", default, skip_serializing_if = "Option::is_none")]
    pub repository_names: Option<Vec<String>>,
}

/// `DescribeRepositoriesResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DescribeRepositoriesResponse {
    /// `nextToken` of `DescribeRepositoriesResponse` in the Amazon ECR API Reference.
    #[serde(rename = "nextToken", default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// `repositories` of `DescribeRepositoriesResponse` in the Amazon ECR API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repositories: Option<Vec<Repository>>,
}

/// `EncryptionConfiguration` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EncryptionConfiguration {
    /// `encryptionType` of `EncryptionConfiguration` in the Amazon ECR API Reference. Known values: `AES256`, `KMS`, `KMS_DSSE`.
    #[serde(rename = "encryptionType")]
    #[schemars(extend("maxLength" = 255))]
    pub encryption_type: EncryptionType,
    /// `kmsKey` of `EncryptionConfiguration` in the Amazon ECR API Reference.
    #[serde(rename = "kmsKey", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", extend("maxLength" = 2048, "minLength" = 1))]
    pub kms_key: Option<String>,
}

/// `GetLifecyclePolicyRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetLifecyclePolicyRequest {
    /// `registryId` of `GetLifecyclePolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `GetLifecyclePolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `GetLifecyclePolicyResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetLifecyclePolicyResponse {
    /// `lastEvaluatedAt` of `GetLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "lastEvaluatedAt", default, skip_serializing_if = "Option::is_none")]
    pub last_evaluated_at: Option<f64>,
    /// `lifecyclePolicyText` of `GetLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "lifecyclePolicyText", default, skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy_text: Option<String>,
    /// `registryId` of `GetLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `GetLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// `GetRepositoryPolicyRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetRepositoryPolicyRequest {
    /// `registryId` of `GetRepositoryPolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `GetRepositoryPolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `GetRepositoryPolicyResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetRepositoryPolicyResponse {
    /// `policyText` of `GetRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "policyText", default, skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
    /// `registryId` of `GetRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `GetRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// `ImageScanningConfiguration` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImageScanningConfiguration {
    /// `scanOnPush` of `ImageScanningConfiguration` in the Amazon ECR API Reference.
    #[serde(rename = "scanOnPush", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub scan_on_push: Option<bool>,
}

/// `ImageTagMutabilityExclusionFilter` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImageTagMutabilityExclusionFilter {
    /// `filter` of `ImageTagMutabilityExclusionFilter` in the Amazon ECR API Reference.
    #[schemars(extend("maxLength" = 128, "minLength" = 1, "pattern" = "^(?:[0-9a-zA-Z._*-]{1,128})$"))]
    pub filter: String,
    /// `filterType` of `ImageTagMutabilityExclusionFilter` in the Amazon ECR API Reference. Known values: `WILDCARD`.
    #[serde(rename = "filterType")]
    #[schemars(extend("maxLength" = 255))]
    pub filter_type: ImageTagMutabilityExclusionFilterType,
}

/// `ListTagsForResourceRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTagsForResourceRequest {
    /// `resourceArn` of `ListTagsForResourceRequest` in the Amazon ECR API Reference.
    #[serde(rename = "resourceArn")]
    pub resource_arn: String,
}

/// `ListTagsForResourceResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListTagsForResourceResponse {
    /// `tags` of `ListTagsForResourceResponse` in the Amazon ECR API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `PutImageScanningConfigurationRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutImageScanningConfigurationRequest {
    /// `imageScanningConfiguration` of `PutImageScanningConfigurationRequest` in the Amazon ECR API Reference.
    #[serde(rename = "imageScanningConfiguration")]
    pub image_scanning_configuration: ImageScanningConfiguration,
    /// `registryId` of `PutImageScanningConfigurationRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `PutImageScanningConfigurationRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `PutImageScanningConfigurationResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutImageScanningConfigurationResponse {
    /// `imageScanningConfiguration` of `PutImageScanningConfigurationResponse` in the Amazon ECR API Reference.
    #[serde(rename = "imageScanningConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub image_scanning_configuration: Option<ImageScanningConfiguration>,
    /// `registryId` of `PutImageScanningConfigurationResponse` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `PutImageScanningConfigurationResponse` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// `PutImageTagMutabilityRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutImageTagMutabilityRequest {
    /// `imageTagMutability` of `PutImageTagMutabilityRequest` in the Amazon ECR API Reference. Known values: `MUTABLE`, `IMMUTABLE`, `IMMUTABLE_WITH_EXCLUSION`, `MUTABLE_WITH_EXCLUSION`.
    #[serde(rename = "imageTagMutability")]
    pub image_tag_mutability: ImageTagMutability,
    /// `imageTagMutabilityExclusionFilters` of `PutImageTagMutabilityRequest` in the Amazon ECR API Reference.
    #[serde(rename = "imageTagMutabilityExclusionFilters", default, skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `registryId` of `PutImageTagMutabilityRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `PutImageTagMutabilityRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `PutImageTagMutabilityResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutImageTagMutabilityResponse {
    /// `imageTagMutability` of `PutImageTagMutabilityResponse` in the Amazon ECR API Reference. Known values: `MUTABLE`, `IMMUTABLE`, `IMMUTABLE_WITH_EXCLUSION`, `MUTABLE_WITH_EXCLUSION`.
    #[serde(rename = "imageTagMutability", default, skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters` of `PutImageTagMutabilityResponse` in the Amazon ECR API Reference.
    #[serde(rename = "imageTagMutabilityExclusionFilters", default, skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `registryId` of `PutImageTagMutabilityResponse` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `PutImageTagMutabilityResponse` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// `PutLifecyclePolicyRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutLifecyclePolicyRequest {
    /// `lifecyclePolicyText` of `PutLifecyclePolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "lifecyclePolicyText")]
    pub lifecycle_policy_text: String,
    /// `registryId` of `PutLifecyclePolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `PutLifecyclePolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `PutLifecyclePolicyResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PutLifecyclePolicyResponse {
    /// `lifecyclePolicyText` of `PutLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "lifecyclePolicyText", default, skip_serializing_if = "Option::is_none")]
    pub lifecycle_policy_text: Option<String>,
    /// `registryId` of `PutLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `PutLifecyclePolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// `Repository` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Repository {
    /// `createdAt` of `Repository` in the Amazon ECR API Reference.
    #[serde(rename = "createdAt", default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<f64>,
    /// `encryptionConfiguration` of `Repository` in the Amazon ECR API Reference.
    #[serde(rename = "encryptionConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub encryption_configuration: Option<EncryptionConfiguration>,
    /// `imageScanningConfiguration` of `Repository` in the Amazon ECR API Reference.
    #[serde(rename = "imageScanningConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub image_scanning_configuration: Option<ImageScanningConfiguration>,
    /// `imageTagMutability` of `Repository` in the Amazon ECR API Reference. Known values: `MUTABLE`, `IMMUTABLE`, `IMMUTABLE_WITH_EXCLUSION`, `MUTABLE_WITH_EXCLUSION`.
    #[serde(rename = "imageTagMutability", default, skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability: Option<ImageTagMutability>,
    /// `imageTagMutabilityExclusionFilters` of `Repository` in the Amazon ECR API Reference.
    #[serde(rename = "imageTagMutabilityExclusionFilters", default, skip_serializing_if = "Option::is_none")]
    pub image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// `registryId` of `Repository` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryArn` of `Repository` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryArn", default, skip_serializing_if = "Option::is_none")]
    pub repository_arn: Option<String>,
    /// `repositoryName` of `Repository` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
    /// `repositoryUri` of `Repository` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryUri", default, skip_serializing_if = "Option::is_none")]
    pub repository_uri: Option<String>,
}

/// `SetRepositoryPolicyRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SetRepositoryPolicyRequest {
    /// `force` of `SetRepositoryPolicyRequest` in the Amazon ECR API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
    /// `policyText` of `SetRepositoryPolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "policyText")]
    pub policy_text: String,
    /// `registryId` of `SetRepositoryPolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `SetRepositoryPolicyRequest` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName")]
    pub repository_name: String,
}

/// `SetRepositoryPolicyResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SetRepositoryPolicyResponse {
    /// `policyText` of `SetRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "policyText", default, skip_serializing_if = "Option::is_none")]
    pub policy_text: Option<String>,
    /// `registryId` of `SetRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "registryId", default, skip_serializing_if = "Option::is_none")]
    pub registry_id: Option<String>,
    /// `repositoryName` of `SetRepositoryPolicyResponse` in the Amazon ECR API Reference.
    #[serde(rename = "repositoryName", default, skip_serializing_if = "Option::is_none")]
    pub repository_name: Option<String>,
}

/// `Tag` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tag {
    /// `Key` of `Tag` in the Amazon ECR API Reference.
    #[serde(rename = "Key")]
    #[schemars(extend("maxLength" = 128))]
    pub key: String,
    /// `Value` of `Tag` in the Amazon ECR API Reference.
    #[serde(rename = "Value")]
    #[schemars(extend("maxLength" = 256))]
    pub value: String,
}

/// `TagResourceRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceRequest {
    /// `resourceArn` of `TagResourceRequest` in the Amazon ECR API Reference.
    #[serde(rename = "resourceArn")]
    pub resource_arn: String,
    /// `tags` of `TagResourceRequest` in the Amazon ECR API Reference.
    pub tags: Vec<Tag>,
}

/// `TagResourceResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TagResourceResponse {}

/// `UntagResourceRequest` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceRequest {
    /// `resourceArn` of `UntagResourceRequest` in the Amazon ECR API Reference.
    #[serde(rename = "resourceArn")]
    pub resource_arn: String,
    /// `tagKeys` of `UntagResourceRequest` in the Amazon ECR API Reference.
    #[serde(rename = "tagKeys")]
    pub tag_keys: Vec<String>,
}

/// `UntagResourceResponse` in the Amazon ECR API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UntagResourceResponse {}

/// `EncryptionType` in the Amazon ECR API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct EncryptionType(pub String);

impl EncryptionType {
    pub const AES256: &'static str = "AES256";
    pub const KMS: &'static str = "KMS";
    pub const KMS_DSSE: &'static str = "KMS_DSSE";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for EncryptionType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ImageTagMutability` in the Amazon ECR API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ImageTagMutability(pub String);

impl ImageTagMutability {
    pub const MUTABLE: &'static str = "MUTABLE";
    pub const IMMUTABLE: &'static str = "IMMUTABLE";
    pub const IMMUTABLE_WITH_EXCLUSION: &'static str = "IMMUTABLE_WITH_EXCLUSION";
    pub const MUTABLE_WITH_EXCLUSION: &'static str = "MUTABLE_WITH_EXCLUSION";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ImageTagMutability {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// `ImageTagMutabilityExclusionFilterType` in the Amazon ECR API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct ImageTagMutabilityExclusionFilterType(pub String);

impl ImageTagMutabilityExclusionFilterType {
    pub const WILDCARD: &'static str = "WILDCARD";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ImageTagMutabilityExclusionFilterType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
