//! The revisions of the inline task definition that the service no longer needs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    EcsService, desired,
    facts::{Facts, Query},
    plan::Scene,
    spec::{EcsServiceSpec, Memo},
};
use crate::{
    engine::{Deletion, Env, Next, Outcome, Recheck, Synced, Why, outcome::State, reason},
    kinds::common::task_definition::{Collection, Fate, forget, held, recorded, remember},
    model::ecs,
};

/// How many revisions that no longer run are kept where the spec does not say.
const KEPT: i32 = 10;

fn limit(spec: &EcsServiceSpec) -> usize {
    usize::try_from(spec.revision_history_limit.unwrap_or(KEPT)).unwrap_or(0)
}

/// What the service runs, or may go back to by itself.
fn needed(service: &ecs::Service) -> BTreeSet<String> {
    let deployments = service.deployments.iter().flatten().filter_map(|deployment| deployment.task_definition.clone());
    service.task_definition.iter().cloned().chain(deployments).collect()
}

/// What is tidied up beside a service that is as it shall be: its newest deployment is complete, so that a rollback of the next one
/// leads to what runs now.
pub fn beside(scene: &Scene<'_>, service: &ecs::Service, outcome: &Outcome) -> Option<Next<EcsService>> {
    if !matches!(outcome.state, State::Ready(_)) || outcome.synced != Synced::Yes {
        return None;
    }
    let family = scene.family().filter(|family| scene.memo.surveyed.as_ref() != Some(family));
    let collection = Collection {
        known: &scene.memo.revisions,
        needed: needed(service),
        limit: limit(scene.spec),
        survey: family.as_deref(),
        fate: Fate::Delete,
    };
    next(scene, &collection, outcome)
}

/// Once there is no service: nothing of its own needs a revision any more.
pub fn after_the_end(scene: &Scene<'_>) -> Next<EcsService> {
    let fate = match scene.env.management.deletion {
        Deletion::Delete => Fate::Delete,
        Deletion::Retain => Fate::Release,
    };
    end(scene, fate).unwrap_or_else(|| Next::Rest(Outcome::gone()))
}

/// Before a service is retained: so are its revisions.
pub fn release(scene: &Scene<'_>) -> Option<Next<EcsService>> {
    end(scene, Fate::Release)
}

fn end(scene: &Scene<'_>, fate: Fate) -> Option<Next<EcsService>> {
    let family = scene.family();
    let collection =
        Collection { known: &scene.memo.revisions, needed: BTreeSet::new(), limit: 0, survey: family.as_deref(), fate };
    let why = Why::new(reason::DELETING, format!("the task definition revisions of {} are tidied up", scene.what()));
    next(scene, &collection, &Outcome::converging(why, Recheck::Tick))
}

fn next(scene: &Scene<'_>, collection: &Collection<'_>, meanwhile: &Outcome) -> Option<Next<EcsService>> {
    Some(match collection.next(&scene.facts.revisions, scene.env).write()? {
        Ok(write) => Next::Write(write.meanwhile(meanwhile.clone())),
        Err(queries) => Next::Read(queries.into_iter().map(Query::Revision).collect()),
    })
}

/// What this object holds: what it runs, and what it keeps to go back to.
pub fn holds(spec: &EcsServiceSpec, status: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let list = |pointer: &str| status.pointer(pointer).and_then(Value::as_array).into_iter().flatten();
    let runs = status.get("taskDefinition").and_then(text);
    let deployments = list("/deployments").filter_map(|deployment| text(&deployment["taskDefinition"]));
    let kept = recorded(status).take(limit(spec) + 1);
    let family = spec.task_definition.as_ref().and_then(|definition| definition.family.clone());
    let mut holds = held(runs.into_iter().chain(deployments).chain(kept));
    holds.extend(family.or_else(|| status.pointer("/memo/family").and_then(text)));
    holds
}

/// What it would tidy up.
pub fn leftovers(spec: &EcsServiceSpec, status: &Value) -> Vec<String> {
    recorded(status).skip(limit(spec) + 1).collect()
}

/// The record of revisions after a pass: with what it registered, without what is gone.
pub fn settle(memo: &mut Memo, env: &Env, facts: &Facts) {
    if let Some(registered) = facts.revisions.registered.clone() {
        memo.revisions = remember(std::mem::take(&mut memo.revisions), registered);
    }
    let needed = facts.service.known().map(needed).unwrap_or_default();
    let others = memo.revisions.iter().map(|revision| revision.arn.clone()).filter(|arn| env.shared.contains(arn));
    let kept = needed.into_iter().chain(others).collect();
    forget(&mut memo.revisions, &facts.revisions, &kept, env);
}

/// Once the family has been looked through, or everything in it is known, it need not be looked through again.
pub fn surveyed(memo: &mut Memo, spec: &EcsServiceSpec, env: &Env, facts: &Facts) {
    let family = spec.task_definition.as_ref().map(|definition| desired::family(definition, env, memo));
    if !facts.revisions.listed.is_unread() || family.as_ref().is_some_and(|family| env.shared.contains(family)) {
        memo.surveyed = family;
    }
}
