//! What the spec wants of AWS, and what AWS describes, in one shape.

use serde_json::{Map, Value, json};

use super::{policies, spec::EcrRepositorySpec};
use crate::{
    engine::{
        Call, Env, Tagging,
        compare::{self, Rule},
        hash, names,
        ownership::{Tags, with_owner},
    },
    model::ecr::{self, Operation},
};

/// How the members compare. Amazon ECR API Reference: CreateRepository, PutImageTagMutability, PutImageScanningConfiguration,
/// PutLifecyclePolicy, SetRepositoryPolicy.
pub const RULES: &[Rule] = &[
    compare::text("imageTagMutability", ecr::ImageTagMutability::MUTABLE),
    compare::set("imageTagMutabilityExclusionFilters"),
    compare::flag("imageScanningConfiguration.scanOnPush", false),
    compare::text("encryptionConfiguration.encryptionType", ecr::EncryptionType::AES256),
    compare::spelling("lifecyclePolicyText", policies::lifecycle),
    compare::spelling("policyText", policies::repository),
];

/// The name in AWS: the spec's own, the one that was used before, or the object's.
pub fn name(spec: &EcrRepositorySpec, env: &Env, remembered: Option<&String>) -> String {
    spec.repository
        .repository_name
        .as_ref()
        .or(remembered)
        .cloned()
        .unwrap_or_else(|| names::default_name(&env.identity, &env.name_prefix, names::ECR))
}

pub fn desired(spec: &EcrRepositorySpec) -> Value {
    let mut value = serde_json::to_value(&spec.repository).unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        members.remove("repositoryName");
        members.remove("tags");
    }
    value
}

/// The hash of what is desired, tags included: what `applied` remembers.
pub fn desired_hash(spec: &EcrRepositorySpec) -> String {
    hash::of(&json!({ "repository": compare::canonical(&desired(spec), RULES), "tags": spec_tags(spec) }))
}

/// What AWS describes, in the spec's shape. A KMS key that the spec leaves to AWS (the account's default key) is AWS's choice.
pub fn observed(
    repository: &ecr::Repository,
    lifecycle: Option<&String>,
    policy: Option<&String>,
    spec: &EcrRepositorySpec,
) -> Value {
    let described = serde_json::to_value(repository).unwrap_or_default();
    let mut value: Map<String, Value> = [
        "encryptionConfiguration",
        "imageScanningConfiguration",
        "imageTagMutability",
        "imageTagMutabilityExclusionFilters",
    ]
    .into_iter()
    .filter_map(|member| Some((member.to_owned(), described.get(member)?.clone())))
    .collect();
    let names_key =
        spec.repository.encryption_configuration.as_ref().is_some_and(|encryption| encryption.kms_key.is_some());
    if !names_key && let Some(encryption) = value.get_mut("encryptionConfiguration").and_then(Value::as_object_mut) {
        encryption.remove("kmsKey");
    }
    value.insert("lifecyclePolicyText".to_owned(), json!(lifecycle));
    value.insert("policyText".to_owned(), json!(policy));
    Value::Object(value)
}

pub fn spec_tags(spec: &EcrRepositorySpec) -> Tags {
    from_list(spec.repository.tags.iter().flatten())
}

/// The spec's tags and those that say whose the repository is.
pub fn wanted_tags(spec: &EcrRepositorySpec, env: &Env) -> Tags {
    with_owner(spec_tags(spec), &env.identity)
}

pub fn from_list<'a>(tags: impl IntoIterator<Item = &'a ecr::Tag>) -> Tags {
    tags.into_iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

pub fn to_list(tags: &Tags) -> Vec<ecr::Tag> {
    tags.iter().map(|(key, value)| ecr::Tag { key: key.clone(), value: value.clone() }).collect()
}

/// The call that makes this change.
pub fn write_tags(tagging: &Tagging) -> Call {
    match tagging.clone() {
        Tagging::Set { arn, tags } => {
            Call::new(Operation::TagResource, &ecr::TagResourceRequest { resource_arn: arn, tags: to_list(&tags) })
        }
        Tagging::Remove { arn, keys } => {
            Call::new(Operation::UntagResource, &ecr::UntagResourceRequest { resource_arn: arn, tag_keys: keys })
        }
    }
}
