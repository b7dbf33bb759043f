//! Revisions that nothing needs any more: deregistered and deleted, beyond those that are kept to go back to.
//!
//! Never one that a service, a deployment or a rollback needs, that another object of the namespace holds, or that we did not register.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    calls::RevisionStep,
    revisions::{Revision, RevisionFacts, RevisionQuery},
};
use crate::{
    engine::{
        Cause, Deletion, Env, Kind, Next, Outcome, Seen, Tagging, Write,
        bite::{Defect, bitten},
        names, ownership,
    },
    model::ecs::{Operation, TaskDefinitionStatus},
};

/// DescribeTaskDefinition takes one revision, DeleteTaskDefinitions ten (Amazon ECS API Reference): no pass looks at more.
const AT_ONCE: usize = 10;

/// How many revisions that no longer run are kept where the spec does not say.
const KEPT: i32 = 10;

/// How many are kept under this `revisionHistoryLimit`.
pub fn history(limit: Option<i32>) -> usize {
    usize::try_from(limit.unwrap_or(KEPT)).unwrap_or(0)
}

/// What becomes of those that nothing needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Delete,
    /// They stay, without our tags.
    Release,
}

impl From<Deletion> for Fate {
    fn from(deletion: Deletion) -> Self {
        match deletion {
            Deletion::Delete => Fate::Delete,
            Deletion::Retain => Fate::Release,
        }
    }
}

/// What is to be tidied up.
#[derive(Clone, Debug)]
pub struct Collection<'a> {
    /// Newest first.
    pub known: &'a [Revision],
    /// By their ARNs: what the object itself runs, or may go back to by itself.
    pub needed: BTreeSet<String>,
    /// How many of the others are kept.
    pub limit: usize,
    /// The family that is looked through for more than is known, where the record may be incomplete.
    pub survey: Option<&'a str>,
    pub fate: Fate,
}

/// The next thing to do.
enum Tidy {
    Ask(Vec<RevisionQuery>),
    Take(RevisionStep, String),
    /// There is nothing left to do that AWS has not declined.
    Done,
}

impl Collection<'_> {
    /// What a plan does next about it, with how the object stands meanwhile; `None` where all is done.
    pub fn next<K: Kind>(&self, facts: &RevisionFacts, env: &Env, meanwhile: &Outcome) -> Option<Next<K>>
    where
        K::Query: From<RevisionQuery>,
        K::Step: From<RevisionStep>,
    {
        match self.tidy(facts, env) {
            Tidy::Ask(queries) => Some(Next::Read(queries.into_iter().map(K::Query::from).collect())),
            Tidy::Take(step, why) => {
                Some(Next::Write(Write::new(step, Cause::Housekeeping, why).meanwhile(meanwhile.clone())))
            }
            Tidy::Done => None,
        }
    }

    fn tidy(&self, facts: &RevisionFacts, env: &Env) -> Tidy {
        let mut arns: Vec<&str> = self.known.iter().map(|revision| revision.arn.as_str()).collect();
        // Where others have the family too, what is not known to be ours alone is theirs to tidy up.
        if let Some(family) = self.survey.filter(|family| !env.shared.contains_key(*family)) {
            if facts.listed.is_unread() {
                return Tidy::Ask(vec![RevisionQuery::ListActive { family: family.to_owned() }]);
            }
            let listed = facts.listed.known().into_iter().flatten().map(String::as_str);
            let unknown: Vec<&str> = listed.filter(|arn| !arns.contains(arn)).collect();
            arns.extend(unknown);
        }
        let surplus: Vec<&str> = arns
            .into_iter()
            .filter(|arn| !self.needed.contains(*arn))
            .skip(self.limit)
            .filter(|arn| !env.shared.contains_key(*arn) || bitten(Defect::TakesWhatOthersHold))
            .collect();
        let unread: Vec<RevisionQuery> = surplus
            .iter()
            .filter(|arn| facts.seen(arn).is_unread())
            .take(AT_ONCE)
            .map(|arn| RevisionQuery::Describe { task_definition: (*arn).to_owned() })
            .collect();
        if !unread.is_empty() {
            return Tidy::Ask(unread);
        }
        let ours: Vec<&str> =
            surplus.into_iter().filter(|arn| facts.seen(arn).known().is_some_and(|known| known.is_ours(env))).collect();
        match self.fate {
            Fate::Delete => Self::delete(facts, &ours),
            Fate::Release => Self::release(facts, &ours),
        }
    }

    fn delete(facts: &RevisionFacts, ours: &[&str]) -> Tidy {
        let are = |status: &str, next: Operation| -> Vec<String> {
            let status = |arn: &&&str| facts.seen(arn).known().is_some_and(|known| known.is(status));
            let arns = ours.iter().filter(status).map(|arn| (*arn).to_owned());
            arns.filter(|arn| !facts.has_declined(next, arn)).collect()
        };
        let short = |arn: &String| names::short_name(arn).to_owned();
        // The oldest first.
        if let Some(arn) = are(TaskDefinitionStatus::ACTIVE, Operation::DeregisterTaskDefinition).pop() {
            let why = format!("nothing needs the task definition revision {} any more", short(&arn));
            return Tidy::Take(RevisionStep::Deregister { arn }, why);
        }
        let mut arns = are(TaskDefinitionStatus::INACTIVE, Operation::DeleteTaskDefinitions);
        arns.truncate(AT_ONCE);
        if arns.is_empty() {
            return Tidy::Done;
        }
        let names = arns.iter().map(short).collect::<Vec<_>>().join(", ");
        Tidy::Take(
            RevisionStep::Delete { arns },
            format!("nothing needs the task definition revisions {names} any more"),
        )
    }

    fn release(facts: &RevisionFacts, ours: &[&str]) -> Tidy {
        let mut ours = ours.iter().filter(|arn| !facts.has_declined(Operation::UntagResource, arn));
        let Some((arn, described)) = ours.find_map(|arn| Some((*arn, facts.seen(arn).known()?))) else {
            return Tidy::Done;
        };
        let tagging = Tagging::Remove { arn: arn.to_owned(), keys: ownership::owner_keys(&described.tags) };
        Tidy::Take(
            RevisionStep::Tags(tagging),
            format!("the task definition revision {} is retained", names::short_name(arn)),
        )
    }
}

/// The revisions in an object's status: those that it keeps of so many, what it runs among them, and those that it would tidy up.
pub fn recorded(status: &Value, history: usize) -> (Vec<String>, Vec<String>) {
    let revisions = status.pointer("/memo/revisions").and_then(Value::as_array).into_iter().flatten();
    let mut kept: Vec<String> = revisions.filter_map(|revision| revision["arn"].as_str().map(str::to_owned)).collect();
    // Newest first, and the first of them runs.
    let surplus = kept.split_off(kept.len().min(history + 1));
    (kept, surplus)
}

/// What an object holds with these revisions: them, and their families.
pub fn held(arns: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut held = BTreeSet::new();
    for arn in arns {
        if let Some((family, _)) = names::short_name(&arn).rsplit_once(':') {
            held.insert(family.to_owned());
        }
        held.insert(arn);
    }
    held.into_iter().collect()
}

/// The record without what is gone, or turned out not to be ours; what the object needs, or others hold, stays.
pub fn forget(known: &mut Vec<Revision>, facts: &RevisionFacts, needed: &BTreeSet<String>, env: &Env) {
    known.retain(|revision| {
        needed.contains(&revision.arn)
            || env.shared.contains_key(&revision.arn)
            || match facts.seen(&revision.arn) {
                Seen::Unread => true,
                Seen::Absent => false,
                Seen::Known(described) => {
                    described.is_ours(env)
                        && (described.is(TaskDefinitionStatus::ACTIVE) || described.is(TaskDefinitionStatus::INACTIVE))
                }
            }
    });
}
