//! What the spec wants of AWS, what AWS describes, and under which name.

use serde_json::{Value, json};

use super::spec::{EksFargateProfileSpec, Memo};
use crate::{
    engine::{
        Env,
        compare::{self, Rule},
        hash,
        names::{self, Rules},
        ownership::{self, Tags, with_owner},
    },
    model::eks,
};

/// How the members compare. Amazon EKS API Reference: CreateFargateProfile.
pub const RULES: &[Rule] = &[compare::set("subnets"), compare::set("selectors")];

/// What makes a profile another one: all but its name and tags.
pub const MEMBERS: [&str; 3] = ["podExecutionRoleArn", "selectors", "subnets"];

/// The version of the hash that the tag carries: under another, what AWS describes is compared instead.
const HASH_VERSION: &str = "v1:";

/// Between the base of a name and its hash; in no Kubernetes name, so that no base is another's with a hash.
const SEPARATOR: char = '_';
const HASH_LENGTH: usize = 10;

/// EKS: letters, digits, hyphens and underscores, up to 100, and none that begins with `eks-` ("Define which Pods use AWS Fargate when
/// launched", Amazon EKS User Guide). The hash needs room.
pub const NAMES: Rules = Rules {
    separator: SEPARATOR,
    max_length: 100 - HASH_LENGTH - 1,
    allows: |name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'),
};

/// The EKS cluster: the spec's, the one that was used before, or the operator's own.
pub fn cluster<'a>(spec: &'a EksFargateProfileSpec, env: &'a Env, memo: &'a Memo) -> Option<&'a String> {
    spec.profile.cluster_name.as_ref().or(memo.cluster.as_ref()).or(env.eks_cluster_name.as_ref())
}

/// What all names of the object's profiles begin with.
pub fn base(spec: &EksFargateProfileSpec, env: &Env, memo: &Memo) -> String {
    let given = spec.profile.fargate_profile_name.as_ref().or(memo.record.name.as_ref());
    given.cloned().unwrap_or_else(|| {
        let name = names::default_name(&env.identity, &env.name_prefix, NAMES);
        // What EKS keeps for itself; `fp_eks-…` is no other object's name but by its hash.
        if name.starts_with("eks-") { shorten(&format!("fp{SEPARATOR}{name}")) } else { name }
    })
}

fn shorten(name: &str) -> String {
    if name.len() <= NAMES.max_length {
        return name.to_owned();
    }
    let hash = &hash::of_text(name)[..HASH_LENGTH];
    format!("{}{SEPARATOR}{hash}", &name[..NAMES.max_length - HASH_LENGTH - 1])
}

/// The name of the profile that the spec describes: another spec gives another name, so that the two can stand side by side.
pub fn name(spec: &EksFargateProfileSpec, env: &Env, memo: &Memo) -> String {
    format!("{}{SEPARATOR}{}", base(spec, env, memo), &profile_hash(spec)[..HASH_LENGTH])
}

/// What the spec wants of AWS.
pub fn desired(spec: &EksFargateProfileSpec) -> Value {
    let mut value = serde_json::to_value(&spec.profile).unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        members.retain(|member, _| MEMBERS.contains(&member.as_str()));
    }
    value
}

fn profile_hash(spec: &EksFargateProfileSpec) -> String {
    hash::of(&compare::canonical(&desired(spec), RULES))
}

/// The hash of what is desired, tags included: what `applied` remembers.
pub fn desired_hash(spec: &EksFargateProfileSpec) -> String {
    hash::of(&json!({ "profile": compare::canonical(&desired(spec), RULES), "tags": spec_tags(spec) }))
}

/// Whether a profile is what the spec describes. Subnets that the spec leaves to AWS are AWS's choice, unless the profile was made of
/// another spec, which named some.
pub fn describes(spec: &EksFargateProfileSpec, profile: &eks::FargateProfile) -> bool {
    let described = serde_json::to_value(profile).unwrap_or_default();
    let mut observed = json!({
        "podExecutionRoleArn": described.get("podExecutionRoleArn"),
        "selectors": described.get("selectors"),
    });
    let chooses = spec.profile.subnets.as_ref().is_some_and(|subnets| !subnets.is_empty());
    if chooses {
        observed["subnets"] = described.get("subnets").cloned().unwrap_or_default();
    }
    let same = compare::differences(&desired(spec), &observed, RULES).is_empty();
    let made_of = tags(profile).get(ownership::HASH).filter(|hash| hash.starts_with(HASH_VERSION)).cloned();
    same && (chooses || made_of.is_none_or(|hash| hash == hash_tag(spec)))
}

fn hash_tag(spec: &EksFargateProfileSpec) -> String {
    format!("{HASH_VERSION}{}", profile_hash(spec))
}

pub fn tags(profile: &eks::FargateProfile) -> Tags {
    profile.tags.clone().unwrap_or_default()
}

pub fn spec_tags(spec: &EksFargateProfileSpec) -> Tags {
    spec.profile.tags.clone().unwrap_or_default()
}

/// The spec's tags, and those that say whose the profile is and of what it was made.
pub fn wanted_tags(spec: &EksFargateProfileSpec, env: &Env) -> Tags {
    let mut tags = with_owner(spec_tags(spec), &env.identity);
    tags.insert(ownership::HASH.to_owned(), hash_tag(spec));
    tags
}
