//! What the spec wants of AWS, and what AWS describes, in one shape.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::spec::{Memo, SecretReference, SecretsManagerSecretSpec};
use crate::{
    engine::{
        Call, Env, Tagging,
        compare::{self, Rule},
        hash,
        kubernetes::GetSecretResponse,
        names::{self, Rules},
        ownership::{Tags, with_owner},
        registry,
        sealed::SecretVersion,
    },
    model::secretsmanager::{DescribeSecretResponse, Operation, Tag, TagResourceRequest, UntagResourceRequest},
};

/// How the members compare. AWS Secrets Manager API Reference: CreateSecret, DescribeSecret, UpdateSecret.
pub const RULES: &[Rule] =
    &[compare::text("Description", ""), compare::spelling("KmsKeyId", key), compare::text("KmsKeyId", "")];

/// What AWS keeps for itself where no key is named; DescribeSecret leaves it out.
const AWSS_OWN_KEY: &str = "alias/aws/secretsmanager";

/// Secrets Manager: letters, digits and `/_+=.@-`, up to 512 (CreateSecret, AWS Secrets Manager API Reference).
const NAMES: Rules = Rules {
    separator: '_',
    max_length: 512,
    allows: |name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+=.@-".contains(&b)),
};

/// The label of the version that is given to who asks for none.
pub const CURRENT: &str = "AWSCURRENT";
/// That of the one before it.
pub const PREVIOUS: &str = "AWSPREVIOUS";

/// A key by its id, its ARN, its alias or the alias's ARN: the part behind the account, without `key/`.
fn key(text: &str) -> String {
    let resource = if text.starts_with("arn:") { text.rsplit(':').next().unwrap_or(text) } else { text };
    let key = resource.strip_prefix("key/").unwrap_or(resource);
    if key == AWSS_OWN_KEY { String::new() } else { key.to_owned() }
}

/// The name in AWS: the spec's own, the one that was used before, or the object's.
pub fn name(spec: &SecretsManagerSecretSpec, env: &Env, memo: &Memo) -> String {
    let given = spec.secret.name.as_ref().or(memo.record.name.as_ref());
    given.cloned().unwrap_or_else(|| names::default_name(&env.identity, &env.name_prefix, NAMES))
}

pub fn desired(spec: &SecretsManagerSecretSpec) -> Value {
    json!({ "Description": spec.secret.description, "KmsKeyId": spec.secret.kms_key_id })
}

/// What AWS describes, in the spec's shape.
pub fn observed(secret: &DescribeSecretResponse) -> Value {
    json!({ "Description": secret.description, "KmsKeyId": secret.kms_key_id })
}

/// The hash of what is desired, with the tags and the version: what `applied` remembers.
pub fn desired_hash(spec: &SecretsManagerSecretSpec, version: Option<&Version>) -> String {
    let version = version.map(|version| &version.id);
    hash::of(&json!({
        "secret": compare::canonical(&desired(spec), RULES),
        "tags": spec_tags(spec),
        "version": version,
    }))
}

/// A version of the secret in AWS, and where its values come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The id that AWS is given. It says which version of the Secret, and how often it was put; of the values it says nothing.
    pub id: String,
    /// A hash of the Secret's UID, resourceVersion and keys.
    pub source: String,
    /// How often the same was put before.
    pub count: i32,
    pub secret: SecretVersion,
}

/// The version that AWS is to have; `None` where the values are not this object's.
pub fn version(
    spec: &SecretsManagerSecretSpec,
    env: &Env,
    found: Option<&GetSecretResponse>,
    memo: &Memo,
) -> Option<Version> {
    let (reference, found) = (spec.secret_ref.as_ref()?, found?);
    let GetSecretResponse { uid, resource_version, .. } = found.clone();
    let source = match &reference.registry {
        None => hash::of(&json!([uid, resource_version, reference.keys])),
        Some(registry) => hash::of(&json!([uid, resource_version, { "registry": registry }])),
    };
    let again = memo.again.as_ref().filter(|again| again.source == source);
    let count = again.map_or(0, |again| again.count);
    let secret = SecretVersion {
        namespace: env.identity.namespace.clone(),
        name: reference.name.clone(),
        uid,
        resource_version,
        keys: reference.keys.clone(),
        registry: reference.registry.clone(),
    };
    Some(Version { id: hash::of_text(&format!("{source}/{count}")), source, count, secret })
}

/// The names of the keys that a version of the Secret has in AWS.
pub fn keys(reference: &SecretReference, found: &GetSecretResponse) -> Vec<String> {
    let keys: BTreeSet<String> = match (&reference.registry, &reference.keys) {
        (Some(_), _) => registry::MEMBERS.map(str::to_owned).into(),
        (None, Some(keys)) => keys.iter().cloned().collect(),
        (None, None) => found.keys.clone(),
    };
    keys.into_iter().collect()
}

/// The labels of a version; `None`: AWS lists no such version, which may be there without a label.
pub fn labels<'a>(secret: &'a DescribeSecretResponse, id: &str) -> Option<&'a Vec<String>> {
    secret.version_ids_to_stages.as_ref()?.get(id)
}

/// The version that AWS gives to who asks for none.
pub fn current(secret: &DescribeSecretResponse) -> Option<&String> {
    let mut versions = secret.version_ids_to_stages.iter().flatten();
    versions.find(|(_, labels)| labels.iter().any(|label| label == CURRENT)).map(|(id, _)| id)
}

pub fn spec_tags(spec: &SecretsManagerSecretSpec) -> Tags {
    from_list(spec.secret.tags.iter().flatten())
}

/// The spec's tags and those that say whose the secret is.
pub fn wanted_tags(spec: &SecretsManagerSecretSpec, env: &Env) -> Tags {
    with_owner(spec_tags(spec), &env.identity)
}

pub fn tags(secret: &DescribeSecretResponse) -> Tags {
    from_list(secret.tags.iter().flatten())
}

fn from_list<'a>(tags: impl IntoIterator<Item = &'a Tag>) -> Tags {
    tags.into_iter().map(|tag| (tag.key.clone(), tag.value.clone().unwrap_or_default())).collect()
}

pub fn to_list(tags: &Tags) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag { key: key.clone(), value: Some(value.clone()) }).collect()
}

/// The call that makes this change.
pub fn write_tags(tagging: &Tagging) -> Call {
    match tagging.clone() {
        Tagging::Set { arn, tags } => {
            Call::new(Operation::TagResource, &TagResourceRequest { secret_id: arn, tags: to_list(&tags) })
        }
        Tagging::Remove { arn, keys } => {
            Call::new(Operation::UntagResource, &UntagResourceRequest { secret_id: arn, tag_keys: keys })
        }
    }
}

/// What AWS is asked to make.
pub fn members(spec: &SecretsManagerSecretSpec) -> Map<String, Value> {
    let mut members = Map::new();
    for (name, value) in [("Description", &spec.secret.description), ("KmsKeyId", &spec.secret.kms_key_id)] {
        // The text that means AWS's default stands for none: as an empty description does.
        if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
            members.insert(name.to_owned(), json!(value));
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_however_it_is_named() {
        let arn = |resource: &str| format!("arn:aws:kms:eu-west-1:123456789012:{resource}");
        for (text, expected) in [
            ("1234abcd-12ab".to_owned(), "1234abcd-12ab"),
            (arn("key/1234abcd-12ab"), "1234abcd-12ab"),
            ("alias/shop".to_owned(), "alias/shop"),
            (arn("alias/shop"), "alias/shop"),
            ("alias/aws/secretsmanager".to_owned(), ""),
            (arn("alias/aws/secretsmanager"), ""),
        ] {
            assert_eq!(key(&text), expected, "{text}");
        }
    }
}
