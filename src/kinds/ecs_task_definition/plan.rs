//! What to do next for a task definition.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    EcsTaskDefinition,
    facts::Facts,
    spec::{EcsTaskDefinitionSpec, Memo, Report},
};
use crate::{
    engine::{
        Env, Goal, Next, Outcome, Recheck, Seen, Synced, Why, Write, applied, hash, names, ownership::Tags, reason,
    },
    kinds::common::{
        self, ecs_tags,
        task_definition::{
            Collection, Fate, Found, Revision, RevisionStep, Wanted, forget, held, history, recorded, register_request,
            remember,
        },
    },
};

pub fn plan(goal: Goal<'_, EcsTaskDefinitionSpec>, env: &Env, facts: &Facts, memo: &Memo) -> Next<EcsTaskDefinition> {
    if let Some(refusal) = &facts.refused {
        return Next::Rest(Outcome::stalled(common::refused(refusal, None)));
    }
    if let Some(refusal) = &facts.busy {
        let why = Why::new(reason::UPDATING, format!("{refusal}; it is tried again as soon as that has ended"));
        return Next::Rest(Outcome::waiting(why, Recheck::Tick));
    }
    let family = family(goal.spec(), env, memo);
    match goal {
        Goal::Present(spec) => present(spec, env, facts, memo, &family),
        Goal::Absent(_) => absent(env, facts, memo, &family),
    }
}

/// The family: the spec's own, the one that was used before, or the object's name.
fn family(spec: &EcsTaskDefinitionSpec, env: &Env, memo: &Memo) -> String {
    let given = spec.definition.family.as_ref().or(memo.record.name.as_ref());
    given.cloned().unwrap_or_else(|| names::default_name(&env.identity, &env.name_prefix, names::ECS))
}

fn tags(spec: &EcsTaskDefinitionSpec) -> Tags {
    ecs_tags::from_list(spec.definition.tags.iter().flatten())
}

fn present(
    spec: &EcsTaskDefinitionSpec,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    family: &str,
) -> Next<EcsTaskDefinition> {
    let wanted = Wanted::new(&spec.definition, family);
    let revision = match facts.revisions.find(&wanted, &memo.revisions, None, env) {
        Found::At(revision) => revision,
        Found::Ask(queries) => return Next::Read(queries),
        Found::Conflict(why) => return Next::Rest(Outcome::stalled(why)),
        Found::Take(write) => return Next::Write(*write),
        Found::Taking(why) => return Next::Rest(Outcome::waiting(why, Recheck::Tick)),
        Found::Nowhere => return register(spec, &wanted, env, memo, family),
    };
    let why = format!("{} is ACTIVE", names::short_name(&revision.arn));
    let outcome = Outcome::ready(Why::new(reason::AVAILABLE, why));
    let collection = Collection {
        known: &memo.revisions,
        needed: BTreeSet::from([revision.arn]),
        limit: history(spec.revision_history_limit),
        survey: Some(family).filter(|family| memo.surveyed.as_deref() != Some(*family)),
        fate: Fate::Delete,
    };
    collection.next(&facts.revisions, env, &outcome).unwrap_or(Next::Rest(outcome))
}

fn register(
    spec: &EcsTaskDefinitionSpec,
    wanted: &Wanted<'_>,
    env: &Env,
    memo: &Memo,
    family: &str,
) -> Next<EcsTaskDefinition> {
    let what = format!("a revision of the task definition family {family} that is as the spec says");
    let cause = match applied::creation(env, memo.record.applied.as_ref(), &applied_hash(wanted), &what) {
        Ok(cause) => cause,
        Err(outcome) => return Next::Rest(*outcome),
    };
    let intent = Memo { record: memo.record.before_write(family, &tags(spec)), ..memo.clone() };
    if intent != *memo {
        return Next::Remember(intent);
    }
    let request = match register_request(wanted, env) {
        Ok(request) => request,
        Err(why) => return Next::Rest(Outcome::stalled(why)),
    };
    let why = format!("no active revision of the task definition family {family} is as the spec says");
    let step = RevisionStep::Register { request, hash: wanted.hash.clone() };
    // AWS refuses two registrations of one family at once, and equal definitions are registered once.
    Next::Write(Write::new(step, cause, why).in_lane(format!("task-definition/{family}")))
}

/// What `applied` remembers.
fn applied_hash(wanted: &Wanted<'_>) -> String {
    hash::of_text(&wanted.hash)
}

fn absent(env: &Env, facts: &Facts, memo: &Memo, family: &str) -> Next<EcsTaskDefinition> {
    let fate = env.management.deletion.into();
    let collection =
        Collection { known: &memo.revisions, needed: BTreeSet::new(), limit: 0, survey: Some(family), fate };
    let why = format!("the revisions of the task definition family {family} are tidied up");
    let meanwhile = Outcome::converging(Why::new(reason::DELETING, why), Recheck::Tick);
    collection.next(&facts.revisions, env, &meanwhile).unwrap_or_else(|| Next::Rest(Outcome::gone()))
}

/// What this object holds: the revision that is as the spec says, and those that it keeps to go back to.
pub fn holds(spec: &EcsTaskDefinitionSpec, status: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let (kept, _) = recorded(status, history(spec.revision_history_limit));
    let mut holds = held(status.get("taskDefinitionArn").and_then(text).into_iter().chain(kept));
    holds.extend(spec.definition.family.clone().or_else(|| status.pointer("/memo/name").and_then(text)));
    holds
}

/// What it would tidy up.
pub fn leftovers(spec: &EcsTaskDefinitionSpec, status: &Value) -> Vec<String> {
    recorded(status, history(spec.revision_history_limit)).1
}

/// What a service needs of its task definition.
pub fn exports(status: &Value) -> Value {
    status.get("taskDefinitionArn").map_or(Value::Null, |arn| json!({ "arn": arn }))
}

/// The revision that is as the spec says, where it is known.
fn current(goal: Goal<'_, EcsTaskDefinitionSpec>, env: &Env, facts: &Facts, memo: &Memo) -> Option<Revision> {
    let Goal::Present(spec) = goal else { return None };
    let family = family(spec, env, memo);
    match facts.revisions.find(&Wanted::new(&spec.definition, &family), &memo.revisions, None, env) {
        Found::At(revision) => Some(revision),
        _ => None,
    }
}

pub fn report(memo: &Memo, previous: &Report) -> Report {
    let Some(current) = memo.revisions.first() else { return previous.clone() };
    let number = current.arn.rsplit(':').next().and_then(|number| number.parse().ok());
    Report {
        task_definition_arn: Some(current.arn.clone()),
        revision: number,
        retained_revisions: memo.revisions.iter().skip(1).map(|revision| revision.arn.clone()).collect(),
    }
}

/// The memo of a pass that rested, or that waits with housekeeping.
pub fn settle(goal: Goal<'_, EcsTaskDefinitionSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
    let mut settled = memo.clone();
    let current = current(goal, env, facts, memo);
    let needed = current.iter().map(|revision| revision.arn.clone()).collect();
    forget(&mut settled.revisions, &facts.revisions, &needed, env);
    let family = family(goal.spec(), env, memo);
    if let Some(revision) = current {
        // In a family that nobody had before, all is known.
        let is_new = facts.revisions.seen(&family) == &Seen::Absent;
        if is_new || !facts.revisions.listed.is_unread() || env.shared.contains_key(&family) {
            settled.surveyed = Some(family.clone());
        }
        settled.revisions = remember(settled.revisions, revision);
    }
    if let Goal::Present(spec) = goal
        && outcome.synced == Synced::Yes
    {
        let hash = applied_hash(&Wanted::new(&spec.definition, &family));
        settled.record.settle(outcome, &hash, env.generation, tags(spec));
        settled.record.name = Some(family);
    }
    settled
}
