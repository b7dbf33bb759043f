//! `SecretsManagerSecret`: a secret in AWS Secrets Manager, with the values of a Kubernetes Secret.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    engine::{Management, Record, status::Status},
    model::secretsmanager,
};

/// A secret in AWS Secrets Manager, with the values of a Kubernetes Secret.
#[derive(CustomResource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "ecs-bridge.dev",
    version = "v1alpha1",
    kind = "SecretsManagerSecret",
    plural = "secretsmanagersecrets",
    shortname = "smsecret",
    category = "ecs-bridge",
    namespaced,
    status = "Status<Report, Memo>"
)]
#[serde(rename_all = "camelCase")]
pub struct SecretsManagerSecretSpec {
    #[serde(flatten)]
    pub secret: secretsmanager::SecretSpec,
    /// The Secret of this namespace whose values are copied, as one JSON object. Without it the values in AWS are somebody else's to put.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "SecretReference")]
    pub secret_ref: Option<SecretReference>,
    /// For so many days the secret can be restored after its deletion; AWS's default is 30. `RecoveryWindowInDays` of `DeleteSecret` in the
    /// AWS Secrets Manager API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64", range(min = 7, max = 30))]
    pub recovery_window_in_days: Option<i64>,
    /// Delete the secret at once, for good. `ForceDeleteWithoutRecovery` of `DeleteSecret` in the AWS Secrets Manager API Reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub force_delete_without_recovery: Option<bool>,
    /// How far the operator may go with the secret.
    #[serde(default)]
    pub management: Management,
}

/// A Secret of the same namespace, and what of it is copied: all, some keys, or the credentials of a registry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SecretReference {
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
    /// The keys that are copied; all where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>", length(min = 1, max = 100))]
    pub keys: Option<Vec<String>>,
    /// Of an image pull secret: the registry whose credentials are copied, as `username` and `password`, which is how ECS reads them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 253))]
    pub registry: Option<String>,
}

/// What AWS says of the secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// The version that has the label AWSCURRENT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    /// The names of the keys in that version, where it is the Secret's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
}

/// What AWS can't tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Memo {
    #[serde(flatten)]
    pub record: Record,
    /// How often the same version of the Secret was put again: AWS takes no version twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Again {
    /// The version of the Secret, by a hash of its UID, resourceVersion and keys; of no value.
    pub source: String,
    pub count: i32,
}
