//! What Kubernetes knows of an object, as `plan` sees it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde_json::Value;

use super::{Management, roles::RolePatterns};

/// The annotation whose every new value asks for another try of what was given up.
pub const RETRY: &str = "ecs-bridge.dev/retry";

/// The annotation that agrees to a replacement, by the name in AWS of what is to replace.
pub const REPLACE: &str = "ecs-bridge.dev/replace";

/// Who an object is, to AWS and to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The operator's: the kube-system namespace's UID, or `--owner-id`. It survives a rebuilt cluster that is given the same one.
    pub owner_id: String,
    pub kind: &'static str,
    pub namespace: String,
    pub name: String,
    /// Information only: a restore or a rebuilt cluster gives objects new ones.
    pub uid: String,
}

/// An object of the same namespace, by kind and name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey {
    pub kind: &'static str,
    pub name: String,
}

/// Written as kubectl writes it: `EcsCluster/prod`.
impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.name)
    }
}

/// A referenced object, as far as a dependent may know it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Referent {
    pub deleting: bool,
    /// What its kind exports to dependents (see [`super::Kind::exports`]); null until it has something.
    pub exports: Value,
}

/// What an object brings to those that it refers to, as a capacity provider brings itself to its cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offer {
    /// What its kind says of it (see [`super::Kind::offers`]); null until there is something.
    pub what: Value,
    /// The object is going, and waits for those that it refers to to let go of what it brought: so they don't wait for it.
    pub withdrawn: bool,
}

/// So many of those who hold a thing are named; one more tells that there are others.
pub const HOLDERS: usize = 11;

/// What Kubernetes knows: everything that `plan` may depend on beside the spec, the facts and the memo.
#[derive(Clone, Debug)]
pub struct Env {
    pub identity: Identity,
    pub generation: i64,
    pub annotations: BTreeMap<String, String>,
    /// Set by `--name-prefix`, for several clusters in one account.
    pub name_prefix: String,
    /// Set by `--eks-cluster-name`: the EKS cluster of objects that name none.
    pub eks_cluster_name: Option<String>,
    /// Set by `--sync-secrets`: an administrator lets the operator read Secrets.
    pub reads_secrets: bool,
    /// Set by `--adopt-from`: the owner id whose things of the same kind, namespace and name are taken over.
    pub adopt_from: Option<String>,
    /// As the spec says, but that a terminating CRD turns `Delete` into `Retain`.
    pub management: Management,
    /// Those of the spec's references that exist.
    pub references: BTreeMap<ObjectKey, Referent>,
    /// Objects that refer to this one, with what they bring to it; `None` as long as not every object has been listed.
    pub children: Option<BTreeMap<ObjectKey, Offer>>,
    /// Finalizers of others (`hold.ecs-bridge.dev/…`) that keep the AWS thing in place.
    pub holds: Vec<String>,
    /// What others of the namespace hold of what this object holds or would take away (see [`super::Kind::holds`]), with those who do:
    /// the first [`HOLDERS`] of them, as a thousand services may run one revision.
    pub shared: BTreeMap<String, BTreeSet<ObjectKey>>,
    pub allowed_roles: RolePatterns,
}

#[cfg(test)]
pub mod testing {
    //! An environment for tests of pure functions.

    use super::*;

    pub fn env(kind: &'static str, namespace: &str, name: &str) -> Env {
        Env {
            identity: Identity {
                owner_id: "owner-1".to_owned(),
                kind,
                namespace: namespace.to_owned(),
                name: name.to_owned(),
                uid: "uid-1".to_owned(),
            },
            generation: 1,
            annotations: BTreeMap::new(),
            name_prefix: String::new(),
            eks_cluster_name: None,
            reads_secrets: true,
            adopt_from: None,
            management: Management::default(),
            references: BTreeMap::new(),
            children: Some(BTreeMap::new()),
            holds: Vec::new(),
            shared: BTreeMap::new(),
            allowed_roles: RolePatterns::default(),
        }
    }
}
