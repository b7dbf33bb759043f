//! Some of the kinds, by their names.

use std::collections::BTreeSet;

use super::{Registered, Visitor, all};
use crate::engine::{
    Kind,
    kubernetes::{Allowed, Permission},
};

/// A name that is no kind's.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no kind {name:?}: there are {known}")]
pub struct UnknownKind {
    name: String,
    known: String,
}

/// Those of the kinds that are named; all of them where none is.
pub fn chosen<V>(all: Vec<Registered<V>>, named: &[String]) -> Result<Vec<Registered<V>>, UnknownKind> {
    if let Some(name) = named.iter().find(|name| !all.iter().any(|registered| registered.kind == **name)) {
        let known = all.iter().map(|registered| registered.kind).collect::<Vec<_>>().join(", ");
        return Err(UnknownKind { name: name.clone(), known });
    }
    let is_chosen = |kind: &str| named.is_empty() || named.iter().any(|name| name == kind);
    Ok(all.into_iter().filter(|registered| is_chosen(registered.kind)).collect())
}

/// Why an operator can't run some kinds alone.
#[derive(Debug, thiserror::Error)]
pub enum Incomplete {
    #[error("{kind} makes objects of {lacking}, which are not among them: add {lacking}")]
    Lacks { kind: &'static str, lacking: String },
    #[error(transparent)]
    Unknown(#[from] UnknownKind),
    #[error("the kinds of this build are malformed: {0}")]
    Json(#[from] serde_json::Error),
}

/// Whether the kinds that are named do without the others: who may make objects of a kind rests on an operator that runs it.
pub fn complete(named: &[String], allowed: Allowed<'_>) -> Result<(), Incomplete> {
    let all = all(&mut Needs(allowed))?;
    let kind_of = |permission: &Permission| {
        let is_it = |other: &&Registered<_>| {
            let spec = &other.crd.spec;
            (spec.group.as_str(), spec.names.plural.as_str()) == (permission.group, permission.resource)
        };
        all.iter().find(is_it).map(|other| other.kind)
    };
    let makes: Vec<(&'static str, BTreeSet<&'static str>)> =
        all.iter().map(|registered| (registered.kind, registered.made.iter().filter_map(kind_of).collect())).collect();
    for kind in chosen(all, named)?.iter().map(|registered| registered.kind) {
        let made = makes.iter().filter(|(maker, _)| *maker == kind).flat_map(|(_, made)| made);
        let is_named = |made: &str| made == kind || named.is_empty() || named.iter().any(|name| name == made);
        let lacking: Vec<&str> = made.copied().filter(|made| !is_named(made)).collect();
        if !lacking.is_empty() {
            return Err(Incomplete::Lacks { kind, lacking: lacking.join(" and ") });
        }
    }
    Ok(())
}

/// What a kind creates in Kubernetes.
struct Needs<'a>(Allowed<'a>);

impl Visitor for Needs<'_> {
    type Made = Vec<Permission>;

    fn visit<K: Kind>(&mut self) -> Vec<Permission> {
        K::permissions(self.0).into_iter().filter(|permission| permission.verb == "create").collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_makes_objects_of_a_kind_wants_it_beside_itself() {
        for (named, reads_secrets, expected) in [
            (&[][..], true, None),
            (&["EcsCluster"], true, None),
            (&["WorkloadBridge", "EcsService"], false, None),
            (&["WorkloadBridge", "EcsService", "SecretsManagerSecret"], true, None),
            (&["WorkloadBridge"], false, Some("WorkloadBridge makes objects of EcsService")),
            (
                &["EcsCluster", "WorkloadBridge"],
                true,
                Some("WorkloadBridge makes objects of EcsService and SecretsManagerSecret"),
            ),
            (&["WorkloadBridge", "EcsService"], true, Some("add SecretsManagerSecret")),
            (&["EcsServices"], false, Some("there is no kind \"EcsServices\": there are EcsCluster, ")),
        ] {
            let names: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
            let told = complete(&names, Allowed { reads_secrets, ..Allowed::default() });
            let told = told.err().map(|error| error.to_string());
            match (&told, expected) {
                (None, None) => {}
                (Some(told), Some(expected)) if told.contains(expected) => {}
                _ => panic!("{named:?}, reading Secrets: {reads_secrets}: {told:?}, and not {expected:?}"),
            }
        }
    }
}
