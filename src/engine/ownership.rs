//! Whose an AWS thing is, by its tags.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Adoption, Env, Identity, Why,
    bite::{Defect, bitten},
    compare::Difference,
    reason,
};

/// Tags by key, in whatever shape the service writes them.
pub type Tags = BTreeMap<String, String>;

pub const OWNER: &str = "ecs-bridge.dev:owner";
pub const KIND: &str = "ecs-bridge.dev:kind";
pub const NAMESPACE: &str = "ecs-bridge.dev:namespace";
pub const NAME: &str = "ecs-bridge.dev:name";
pub const UID: &str = "ecs-bridge.dev:uid";
/// The hash of a task definition, with its version, as `v1:…`.
pub const HASH: &str = "ecs-bridge.dev:hash";

/// All keys that begin so are ours; no spec may set one.
pub const PREFIX: &str = "ecs-bridge.dev:";

/// The tags that say whose a thing is. No slash in a key: the tags that instance metadata shows forbid it.
pub fn owner_tags(identity: &Identity) -> Tags {
    [
        (OWNER, identity.owner_id.as_str()),
        (KIND, identity.kind),
        (NAMESPACE, identity.namespace.as_str()),
        (NAME, identity.name.as_str()),
        (UID, identity.uid.as_str()),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .into()
}

/// An object's own tags, and those that say whose its thing is.
pub fn with_owner(mut tags: Tags, identity: &Identity) -> Tags {
    tags.extend(owner_tags(identity));
    tags
}

/// The owner id that things are taken over from is the operator's own.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("--adopt-from {0} is the operator's own owner id: give that of the other cluster, or leave the flag out")]
pub struct TakesFromItself(String);

/// Whether an operator may take things over from this owner id.
pub fn takes_over(own: Option<&str>, from: Option<&str>) -> Result<(), TakesFromItself> {
    match (own, from) {
        (Some(own), Some(from)) if own == from => Err(TakesFromItself(from.to_owned())),
        _ => Ok(()),
    }
}

/// What an object may do with a thing that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is the object's own. Its UID tag may be that of an earlier object of the same name: information, no more.
    Ours,
    /// Nobody's, and the spec says that it may be adopted; or the same object's under the owner id that is taken over from.
    Adopt,
    /// Somebody else's, or nobody's without leave to adopt: never changed, never deleted.
    Conflict(Why),
}

/// Whether the thing with these tags is the object's own: what is another's is not reported as the object's.
pub fn is_ours(tags: &Tags, env: &Env) -> bool {
    claim(tags, env, "") == Claim::Ours
}

/// Whether the thing is the same object's, under the owner id that is taken over from.
pub fn is_inherited(tags: &Tags, env: &Env) -> bool {
    is_owned_by(tags, env.adopt_from.as_ref()) && is_named_as(tags, &env.identity)
}

/// Whether the thing carries this owner id.
pub fn is_owned_by(tags: &Tags, owner: Option<&String>) -> bool {
    owner.is_some() && tags.get(OWNER) == owner
}

fn is_named_as(tags: &Tags, identity: &Identity) -> bool {
    let tag = |key: &str| tags.get(key).map_or("", String::as_str);
    (tag(KIND), tag(NAMESPACE), tag(NAME)) == (identity.kind, identity.namespace.as_str(), identity.name.as_str())
}

/// Decides by the tags of the thing that is called `what`, as in `ECS service default_web`.
pub fn claim(tags: &Tags, env: &Env, what: &str) -> Claim {
    let tag = |key: &str| tags.get(key).map_or("", String::as_str);
    let adopts_anything = bitten(Defect::AdoptsFromOthers) && tag(NAME) != env.identity.name;
    if !tags.contains_key(OWNER) || adopts_anything {
        return match env.management.adoption {
            Adoption::Adopt => Claim::Adopt,
            Adoption::Never => Claim::Conflict(Why::new(
                reason::CONFLICT,
                format!(
                    "{what} exists and was not made by ecs-bridge: set spec.management.adoption to Adopt to take it over, or give this object another name in AWS"
                ),
            )),
        };
    }
    if is_inherited(tags, env) {
        return Claim::Adopt;
    }
    if tag(OWNER) != env.identity.owner_id {
        return Claim::Conflict(Why::new(
            reason::CONFLICT,
            format!(
                "{what} belongs to {} {}/{} of another cluster (owner id {}): delete it there, or start this operator with that --owner-id, or with --adopt-from to take over what the same object had there",
                tag(KIND),
                tag(NAMESPACE),
                tag(NAME),
                tag(OWNER)
            ),
        ));
    }
    let is_younger = bitten(Defect::KnowsItsOwnByUid) && tag(UID) != env.identity.uid;
    if !is_named_as(tags, &env.identity) || is_younger {
        return Claim::Conflict(Why::new(
            reason::CONFLICT,
            format!(
                "{what} belongs to {} {}/{}: give one of the two another name in AWS",
                tag(KIND),
                tag(NAMESPACE),
                tag(NAME)
            ),
        ));
    }
    Claim::Ours
}

/// What to do to the tags of a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagChange {
    pub set: Tags,
    pub remove: Vec<String>,
}

impl TagChange {
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty()
    }

    /// The change as differences, to be decided on with the others.
    pub fn differences(&self) -> impl Iterator<Item = Difference> {
        let keys = self.set.keys().chain(&self.remove);
        keys.map(|key| Difference { path: format!("tags[{key}]"), desired: None, observed: None })
    }

    /// The change's keys, for people.
    pub fn describe(&self) -> String {
        self.set.keys().chain(&self.remove).map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// The change that brings `observed` to `wanted`. Only keys that we set before (`ours`) are removed: those of others and AWS's own stay.
pub fn tag_change(wanted: &Tags, observed: &Tags, ours: &[String]) -> TagChange {
    TagChange {
        set: wanted
            .iter()
            .filter(|(key, value)| observed.get(*key) != Some(*value))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
        remove: ours
            .iter()
            .filter(|key| {
                !wanted.contains_key(*key)
                    && observed.contains_key(*key)
                    && !key.starts_with(PREFIX)
                    && !key.starts_with("aws:")
            })
            .cloned()
            .collect(),
    }
}

/// The keys that have to be on record before these tags go to AWS, so that they can be removed later: those that are, and these.
pub fn keys_on_record(known: &[String], tags: &Tags) -> Vec<String> {
    let keys: BTreeSet<&String> = known.iter().chain(tags.keys()).collect();
    keys.into_iter().cloned().collect()
}

/// Which of our ownership tags a thing still carries: what Retain takes off.
pub fn owner_keys(observed: &Tags) -> Vec<String> {
    observed.keys().filter(|key| key.starts_with(PREFIX)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::env::testing;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_claim_follows_the_tags() {
        let mut env = testing::env("EcsService", "shop", "web");
        let own = owner_tags(&env.identity);
        assert_eq!(claim(&own, &env, "it"), Claim::Ours);
        let mut reborn = env.clone();
        reborn.identity.uid = "another".to_owned();
        assert_eq!(claim(&own, &reborn, "it"), Claim::Ours, "a new UID is the same owner");

        let conflicts =
            |tags: &Tags, env: &Env, why: &str| assert!(matches!(claim(tags, env, "it"), Claim::Conflict(_)), "{why}");
        conflicts(&tags(&[("team", "a")]), &env, "nobody's, without leave");
        for (key, value) in [(OWNER, "x"), (KIND, "EcsTask"), (NAMESPACE, "x"), (NAME, "x")] {
            let mut other = own.clone();
            other.insert(key.to_owned(), value.to_owned());
            conflicts(&other, &env, key);
        }
        env.management.adoption = Adoption::Adopt;
        assert_eq!(claim(&tags(&[("team", "a")]), &env, "it"), Claim::Adopt);
        let mut other = own.clone();
        other.insert(OWNER.to_owned(), "x".to_owned());
        conflicts(&other, &env, "leave to adopt takes nothing from another owner");
    }

    #[test]
    fn what_is_taken_over_is_the_same_objects_of_that_owner_alone() {
        let env = Env { adopt_from: Some("owner-0".to_owned()), ..testing::env("EcsService", "shop", "web") };
        let mut theirs = owner_tags(&env.identity);
        theirs.insert(OWNER.to_owned(), "owner-0".to_owned());
        assert_eq!(claim(&theirs, &env, "it"), Claim::Adopt, "no leave to adopt is needed");
        assert_eq!(claim(&owner_tags(&env.identity), &env, "it"), Claim::Ours);
        for (key, value) in [(OWNER, "owner-2"), (KIND, "EcsTask"), (NAMESPACE, "x"), (NAME, "x")] {
            let mut other = theirs.clone();
            other.insert(key.to_owned(), value.to_owned());
            assert!(matches!(claim(&other, &env, "it"), Claim::Conflict(_)), "{key}");
        }
        let nobodys = tags(&[("team", "a")]);
        assert!(matches!(claim(&nobodys, &env, "it"), Claim::Conflict(_)), "nobody's, without leave");
    }

    #[test]
    fn only_our_own_tags_are_removed() {
        let wanted = tags(&[("a", "1"), ("b", "2")]);
        let observed = tags(&[("a", "1"), ("b", "x"), ("old", "1"), ("theirs", "1"), ("aws:ecs:x", "1"), (OWNER, "o")]);
        let ours = ["a", "old", "never", "aws:ecs:x", OWNER].map(str::to_owned);
        let change = tag_change(&wanted, &observed, &ours);
        assert_eq!(change.set, tags(&[("b", "2")]));
        assert_eq!(change.remove, ["old"]);
    }
}
