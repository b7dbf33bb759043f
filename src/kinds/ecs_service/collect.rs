//! The revisions of the inline task definition that the service no longer needs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    EcsService, desired,
    facts::Facts,
    plan::Scene,
    spec::{EcsServiceSpec, Memo},
};
use crate::{
    engine::{Env, Next, Outcome, Recheck, Synced, Why, outcome::State, reason},
    kinds::common::task_definition::{Collection, Fate, forget, held, history, recorded, remember},
    model::ecs,
};

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
        limit: history(scene.spec.revision_history_limit),
        survey: family.as_deref(),
        fate: Fate::Delete,
    };
    collection.next(&scene.facts.revisions, scene.env, outcome)
}

/// Once there is no service: nothing of its own needs a revision any more.
pub fn after_the_end(scene: &Scene<'_>) -> Next<EcsService> {
    end(scene, scene.env.management.deletion.into()).unwrap_or_else(|| Next::Rest(Outcome::gone()))
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
    collection.next(&scene.facts.revisions, scene.env, &Outcome::converging(why, Recheck::Tick))
}

/// What this object holds: what it runs, and what it keeps to go back to.
pub fn holds(spec: &EcsServiceSpec, status: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let list = |pointer: &str| status.pointer(pointer).and_then(Value::as_array).into_iter().flatten();
    let runs = status.get("taskDefinition").and_then(text);
    let deployments = list("/deployments").filter_map(|deployment| text(&deployment["taskDefinition"]));
    let (kept, _) = recorded(status, history(spec.revision_history_limit));
    let family = spec.task_definition.as_ref().and_then(|definition| definition.family.clone());
    let mut holds = held(runs.into_iter().chain(deployments).chain(kept));
    holds.extend(family.or_else(|| status.pointer("/memo/family").and_then(text)));
    holds
}

/// What it would tidy up.
pub fn leftovers(spec: &EcsServiceSpec, status: &Value) -> Vec<String> {
    recorded(status, history(spec.revision_history_limit)).1
}

/// The record of revisions after a pass: with what it registered, without what is gone.
pub fn settle(memo: &mut Memo, env: &Env, facts: &Facts) {
    if let Some(registered) = facts.revisions.registered.clone() {
        memo.revisions = remember(std::mem::take(&mut memo.revisions), registered);
    }
    let needed = facts.service.known().map(needed).unwrap_or_default();
    forget(&mut memo.revisions, &facts.revisions, &needed, env);
}

/// Once the family has been looked through, or everything in it is known, it need not be looked through again.
pub fn surveyed(memo: &mut Memo, spec: &EcsServiceSpec, env: &Env, facts: &Facts) {
    let family = spec.task_definition.as_ref().map(|definition| desired::family(definition, env, memo));
    if !facts.revisions.listed.is_unread() || family.as_ref().is_some_and(|family| env.shared.contains_key(family)) {
        memo.surveyed = family;
    }
}
