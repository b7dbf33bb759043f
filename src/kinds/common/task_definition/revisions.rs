//! Which revision of a family carries a definition: known, found by its hash tag, or to be registered.
//!
//! A revision belongs to (owner id, namespace, family): its tags name no object, and several objects of the namespace may run it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    calls::RevisionStep,
    canonical::{self, VERSION},
};
use crate::{
    engine::{
        Adoption, Env, Seen, Why, Write,
        ownership::{self, Tags},
        reason,
    },
    kinds::common::{self, ecs_tags},
    model::ecs::{self, Operation, TaskDefinitionSpec},
};

/// How many of a family's revisions are looked at before a new one is registered.
const HISTORY: usize = 10;

/// A revision that is known to carry a definition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    pub arn: String,
    /// The hash of what it defines.
    pub hash: String,
}

/// A revision as AWS describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    pub definition: ecs::TaskDefinition,
    pub tags: Tags,
}

impl Described {
    pub fn arn(&self) -> &str {
        self.definition.task_definition_arn.as_deref().unwrap_or_default()
    }

    pub fn is_active(&self) -> bool {
        self.is(ecs::TaskDefinitionStatus::ACTIVE)
    }

    /// Whether its status is this one.
    pub fn is(&self, status: &str) -> bool {
        self.definition.status.as_ref().is_some_and(|known| known.0 == status)
    }

    /// Whether this operator registered it for this namespace.
    pub fn is_ours(&self, env: &Env) -> bool {
        self.tags.get(ownership::OWNER) == Some(&env.identity.owner_id)
            && self.tags.get(ownership::NAMESPACE) == Some(&env.identity.namespace)
    }

    /// Whether the operator that is taken over from registered it for this namespace.
    pub fn is_inherited(&self, env: &Env) -> bool {
        ownership::is_owned_by(&self.tags, env.adopt_from.as_ref())
            && self.tags.get(ownership::NAMESPACE) == Some(&env.identity.namespace)
    }

    /// Whether it defines what is wanted: by its hash tag where that is ours and of our version, else by comparing.
    pub fn carries(&self, wanted: &Wanted<'_>, env: &Env) -> bool {
        if self.definition.family.as_deref() != Some(wanted.family) {
            return false;
        }
        match self.tags.get(ownership::HASH) {
            Some(hash) if self.is_ours(env) && hash.starts_with(VERSION) => *hash == wanted.hash,
            _ => canonical::same(wanted.spec, &self.definition).is_empty(),
        }
    }
}

/// What is wanted of a family.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    pub spec: &'a TaskDefinitionSpec,
    pub family: &'a str,
    pub hash: String,
}

impl<'a> Wanted<'a> {
    pub fn new(spec: &'a TaskDefinitionSpec, family: &'a str) -> Self {
        Wanted { spec, family, hash: canonical::hash(spec, family) }
    }
}

/// What a pass knows of revisions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RevisionFacts {
    /// By what was asked for: a revision's ARN, or a family for its newest active revision.
    pub described: BTreeMap<String, Seen<Described>>,
    /// The active ones of the family, newest first.
    pub listed: Seen<Vec<String>>,
    /// Registered in this pass.
    pub registered: Option<Revision>,
    /// How many were taken over in this pass.
    pub taken: usize,
    /// What AWS declined in this pass: the operation, and the ARN of the revision.
    pub declined: BTreeSet<(Operation, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RevisionQuery {
    Describe { task_definition: String },
    ListActive { family: String },
}

/// Where the search for a revision stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    At(Revision),
    Ask(Vec<RevisionQuery>),
    /// Nothing carries it: a new revision is needed.
    Nowhere,
    Conflict(Why),
    /// The family is another owner's that is taken over from: this comes first.
    Take(Box<Write<RevisionStep>>),
    /// So many were taken over that the next pass goes on with it.
    Taking(Why),
}

impl RevisionFacts {
    pub fn seen(&self, name: &str) -> &Seen<Described> {
        self.described.get(name).unwrap_or(&Seen::Unread)
    }

    /// Looks for a revision: among those that are remembered, then the newest, then the active ones, newest first. `running` is what
    /// is run now, if anything.
    pub fn find(&self, wanted: &Wanted<'_>, remembered: &[Revision], running: Option<&str>, env: &Env) -> Found {
        let at = |arn: &str| Found::At(Revision { arn: arn.to_owned(), hash: wanted.hash.clone() });
        if let Some(registered) = self.registered.as_ref().filter(|revision| revision.hash == wanted.hash) {
            return at(&registered.arn);
        }
        if let Some(found) = self.inherit(wanted.family, running, env) {
            return found;
        }
        if let Some(running) = running {
            if remembered.iter().any(|revision| revision.arn == running && revision.hash == wanted.hash) {
                return at(running);
            }
            // What runs and is not remembered: a lost memo, or an adopted service.
            if !remembered.iter().any(|revision| revision.arn == running) {
                match self.seen(running) {
                    Seen::Unread => return Found::Ask(vec![describe(running)]),
                    Seen::Known(described) if described.carries(wanted, env) => return at(running),
                    Seen::Known(_) | Seen::Absent => {}
                }
            }
        }
        for revision in remembered.iter().filter(|revision| revision.hash == wanted.hash) {
            match self.seen(&revision.arn) {
                Seen::Unread => return Found::Ask(vec![describe(&revision.arn)]),
                Seen::Known(described) if described.is_active() && described.carries(wanted, env) => {
                    return at(&revision.arn);
                }
                Seen::Known(_) | Seen::Absent => {}
            }
        }
        let newest = match self.seen(wanted.family) {
            Seen::Unread => return Found::Ask(vec![describe(wanted.family)]),
            Seen::Absent => return Found::Nowhere,
            Seen::Known(newest) => newest,
        };
        if let Some(why) = foreign(newest, wanted.family, env) {
            return Found::Conflict(why);
        }
        // Ours, or nobody's with leave to adopt: that one is run as it is, and stays nobody's.
        if newest.carries(wanted, env) {
            return at(newest.arn());
        }
        self.among_active(wanted, env)
    }

    fn among_active(&self, wanted: &Wanted<'_>, env: &Env) -> Found {
        let listed = match &self.listed {
            Seen::Unread => return Found::Ask(vec![RevisionQuery::ListActive { family: wanted.family.to_owned() }]),
            Seen::Absent => return Found::Nowhere,
            Seen::Known(listed) => listed,
        };
        let mut unread = Vec::new();
        for arn in listed.iter().take(HISTORY) {
            match self.seen(arn) {
                Seen::Unread => unread.push(describe(arn)),
                Seen::Known(described) if described.is_ours(env) && described.carries(wanted, env) => {
                    return Found::At(Revision { arn: arn.clone(), hash: wanted.hash.clone() });
                }
                Seen::Known(_) | Seen::Absent => {}
            }
        }
        if unread.is_empty() { Found::Nowhere } else { Found::Ask(unread) }
    }
}

pub fn describe(task_definition: &str) -> RevisionQuery {
    RevisionQuery::Describe { task_definition: task_definition.to_owned() }
}

/// Why no revision may be registered behind this newest one.
fn foreign(newest: &Described, family: &str, env: &Env) -> Option<Why> {
    if newest.is_ours(env) {
        return None;
    }
    let tag = |key: &str| newest.tags.get(key).map_or("", String::as_str);
    let whose = if !newest.tags.contains_key(ownership::OWNER) {
        if env.management.adoption == Adoption::Adopt {
            return None;
        }
        "was not registered by ecs-bridge: set spec.management.adoption to Adopt to go on from it, or give the task definition another family".to_owned()
    } else if tag(ownership::OWNER) == env.identity.owner_id {
        format!("belongs to the namespace {}: give the task definition another family", tag(ownership::NAMESPACE))
    } else {
        format!(
            "belongs to another cluster (owner id {}): give the task definition another family",
            tag(ownership::OWNER)
        )
    };
    Some(Why::new(
        reason::CONFLICT,
        format!("the newest revision of the task definition family {family} ({}) {whose}", newest.arn()),
    ))
}

/// The remembered revisions with one more, newest first. Those beyond what is kept go when they are gone in AWS.
pub fn remember(mut known: Vec<Revision>, revision: Revision) -> Vec<Revision> {
    const MOST: usize = 1000;
    known.retain(|other| other.arn != revision.arn);
    known.insert(0, revision);
    known.truncate(MOST);
    known
}

/// The request that registers what is wanted.
pub fn register_request(wanted: &Wanted<'_>, env: &Env) -> Result<Box<ecs::RegisterTaskDefinitionRequest>, Why> {
    let mut value = serde_json::to_value(wanted.spec).unwrap_or_default();
    value["family"] = wanted.family.into();
    let mut tags = ecs_tags::from_list(wanted.spec.tags.iter().flatten());
    tags.insert(ownership::OWNER.to_owned(), env.identity.owner_id.clone());
    tags.insert(ownership::NAMESPACE.to_owned(), env.identity.namespace.clone());
    tags.insert(ownership::HASH.to_owned(), wanted.hash.clone());
    value["tags"] = serde_json::to_value(ecs_tags::to_list(&tags)).unwrap_or_default();
    common::request("RegisterTaskDefinition", value)
}
