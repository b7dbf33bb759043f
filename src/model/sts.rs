// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! What ecs-bridge uses of the AWS Security Token Service API, under AWS's own wire names.

use serde::{Deserialize, Serialize};

/// An operation of the AWS Security Token Service API, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    GetCallerIdentity,
}

impl Operation {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::GetCallerIdentity];

    /// AWS's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GetCallerIdentity => "GetCallerIdentity",
        }
    }

    /// The service that it belongs to, as endpoints and IAM actions name it.
    pub const fn service(self) -> &'static str {
        "sts"
    }
}

/// `GetCallerIdentityRequest` in the AWS Security Token Service API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetCallerIdentityRequest {}

/// `GetCallerIdentityResponse` in the AWS Security Token Service API Reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GetCallerIdentityResponse {
    /// `Account` of `GetCallerIdentityResponse` in the AWS Security Token Service API Reference.
    #[serde(rename = "Account", default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// `Arn` of `GetCallerIdentityResponse` in the AWS Security Token Service API Reference.
    #[serde(rename = "Arn", default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// `UserId` of `GetCallerIdentityResponse` in the AWS Security Token Service API Reference.
    #[serde(rename = "UserId", default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}
