// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! What ecs-bridge uses of the AWS Identity and Access Management API, under AWS's own wire names.

use serde::{Deserialize, Serialize};

/// An operation of the AWS Identity and Access Management API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    GetRole,
}

impl Operation {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::GetRole];

    /// AWS's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GetRole => "GetRole",
        }
    }

    /// The service that it belongs to, as endpoints and IAM actions name it.
    pub const fn service(self) -> &'static str {
        "iam"
    }
}

/// `AttachedPermissionsBoundary` in the AWS Identity and Access Management API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AttachedPermissionsBoundary {
    /// `PermissionsBoundaryArn` of `AttachedPermissionsBoundary` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "PermissionsBoundaryArn", default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_arn: Option<String>,
    /// `PermissionsBoundaryType` of `AttachedPermissionsBoundary` in the AWS Identity and Access Management API Reference. Known values: `PermissionsBoundaryPolicy`.
    #[serde(rename = "PermissionsBoundaryType", default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary_type: Option<PermissionsBoundaryAttachmentType>,
}

/// `GetRoleRequest` in the AWS Identity and Access Management API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetRoleRequest {
    /// `RoleName` of `GetRoleRequest` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "RoleName")]
    pub role_name: String,
}

/// `GetRoleResponse` in the AWS Identity and Access Management API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetRoleResponse {
    /// `Role` of `GetRoleResponse` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "Role")]
    pub role: Role,
}

/// `Role` in the AWS Identity and Access Management API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// `Arn` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "Arn")]
    pub arn: String,
    /// `AssumeRolePolicyDocument` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "AssumeRolePolicyDocument", default, skip_serializing_if = "Option::is_none")]
    pub assume_role_policy_document: Option<String>,
    /// `CreateDate` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "CreateDate")]
    pub create_date: f64,
    /// `Description` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "Description", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `MaxSessionDuration` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "MaxSessionDuration", default, skip_serializing_if = "Option::is_none")]
    pub max_session_duration: Option<i32>,
    /// `Path` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "Path")]
    pub path: String,
    /// `PermissionsBoundary` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "PermissionsBoundary", default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    /// `RoleId` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "RoleId")]
    pub role_id: String,
    /// `RoleLastUsed` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "RoleLastUsed", default, skip_serializing_if = "Option::is_none")]
    pub role_last_used: Option<RoleLastUsed>,
    /// `RoleName` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "RoleName")]
    pub role_name: String,
    /// `SourceRoleTemplate` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "SourceRoleTemplate", default, skip_serializing_if = "Option::is_none")]
    pub source_role_template: Option<SourceRoleTemplate>,
    /// `Tags` of `Role` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "Tags", default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// `RoleLastUsed` in the AWS Identity and Access Management API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RoleLastUsed {
    /// `LastUsedDate` of `RoleLastUsed` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "LastUsedDate", default, skip_serializing_if = "Option::is_none")]
    pub last_used_date: Option<f64>,
    /// `Region` of `RoleLastUsed` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "Region", default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// `SourceRoleTemplate` in the AWS Identity and Access Management API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceRoleTemplate {
    /// `TemplateArn` of `SourceRoleTemplate` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "TemplateArn")]
    pub template_arn: String,
    /// `TemplateMinorVersion` of `SourceRoleTemplate` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "TemplateMinorVersion")]
    pub template_minor_version: i32,
}

/// `Tag` in the AWS Identity and Access Management API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tag {
    /// `Key` of `Tag` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "Key")]
    pub key: String,
    /// `Value` of `Tag` in the AWS Identity and Access Management API Reference.
    #[serde(rename = "Value")]
    pub value: String,
}

/// `PermissionsBoundaryAttachmentType` in the AWS Identity and Access Management API Reference; a value that is not among its constants is one too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PermissionsBoundaryAttachmentType(pub String);

impl PermissionsBoundaryAttachmentType {
    pub const PERMISSIONS_BOUNDARY_POLICY: &'static str = "PermissionsBoundaryPolicy";

    /// The value as AWS writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PermissionsBoundaryAttachmentType {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}
