//! What the status says of the service, and what the memo becomes.

use super::{
    collect, connect, desired,
    facts::Facts,
    ready, rollback,
    spec::{DeploymentReport, DesiredCountPolicy, EcsServiceSpec, EventReport, Memo, Report},
    stages,
};
use crate::{
    engine::{Env, Goal, Outcome, Seen, Synced, ownership},
    kinds::common::{
        ecs_tags,
        task_definition::{Found, Revision, Wanted, remember},
        time,
    },
    model::ecs,
};

/// How many of the service's events are shown.
const EVENTS: usize = 5;

pub fn report(env: &Env, facts: &Facts, memo: &Memo, previous: &Report) -> Report {
    // Tasks are not pods: it selects none, and it is never empty, which some autoscalers take for all.
    let selector = format!("ecs-bridge.dev/uid={}", env.identity.uid);
    let service = match &facts.service {
        Seen::Unread => return Report { selector, ..previous.clone() },
        Seen::Known(service) if is_ours(service, env) => service,
        // There is none, or it is another's.
        Seen::Known(_) | Seen::Absent => return Report { selector, ..Report::default() },
    };
    let running = service.task_definition.clone();
    let retained = memo.revisions.iter().map(|revision| revision.arn.clone());
    Report {
        service_arn: service.service_arn.clone(),
        cluster_arn: service.cluster_arn.clone(),
        service_status: service.status.clone(),
        desired_count: service.desired_count.unwrap_or(0),
        running_count: service.running_count.unwrap_or(0),
        pending_count: service.pending_count.unwrap_or(0),
        selector,
        deployments: service.deployments.iter().flatten().map(deployment).collect(),
        service_deployment: facts.current_deployment.known().map(stages::report),
        events: service.events.iter().flatten().take(EVENTS).map(event).collect(),
        last_stopped_task: facts.stopped_tasks.known().and_then(|tasks| ready::last_stopped(tasks)),
        retained_revisions: retained.filter(|arn| Some(arn) != running.as_ref()).collect(),
        task_definition: running,
    }
}

fn is_ours(service: &ecs::Service, env: &Env) -> bool {
    ownership::is_ours(&ecs_tags::from_list(service.tags.iter().flatten()), env)
}

fn deployment(deployment: &ecs::Deployment) -> DeploymentReport {
    DeploymentReport {
        id: deployment.id.clone().unwrap_or_default(),
        status: deployment.status.clone().unwrap_or_default(),
        rollout_state: deployment.rollout_state.as_ref().map(|state| state.0.clone()),
        rollout_state_reason: deployment.rollout_state_reason.clone(),
        task_definition: deployment.task_definition.clone(),
        desired_count: deployment.desired_count.unwrap_or(0),
        running_count: deployment.running_count.unwrap_or(0),
        pending_count: deployment.pending_count.unwrap_or(0),
        failed_tasks: deployment.failed_tasks.unwrap_or(0),
    }
}

fn event(event: &ecs::ServiceEvent) -> EventReport {
    let at = event.created_at.and_then(time);
    EventReport { created_at: at.map(|at| at.to_string()), message: event.message.clone().unwrap_or_default() }
}

/// The memo of a pass that rested: confirmed facts, whose loss repeats no deployment.
pub fn settle(goal: Goal<'_, EcsServiceSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
    let mut settled = memo.clone();
    collect::settle(&mut settled, env, facts);
    if let Some(creation) = settled.creation.as_mut().filter(|_| facts.declined) {
        creation.declined = true;
    }
    let (Goal::Present(spec), Some(service)) = (goal, facts.service.known()) else { return settled };
    if service.status.as_deref() != Some("ACTIVE") || !is_ours(service, env) {
        return settled;
    }
    if let Some(creation) = &mut settled.creation {
        creation.confirmed = true;
    }
    if spec.desired_count_policy == DesiredCountPolicy::External {
        settled.last_count = service.desired_count;
    }
    if outcome.synced == Synced::Yes {
        let revision = service.task_definition.clone().unwrap_or_default();
        let hash = desired::desired_hash(spec, &revision);
        settled.record.settle(outcome, &hash, env.generation, desired::spec_tags(spec));
        rollback::settle(&mut settled, spec, &revision);
        settled.namespace = connect::settled(spec.service.service_connect_configuration.as_ref(), service);
        settled.fixed = desired::fixed(spec, service, memo);
        settled.set_members = desired::set_members(spec);
        if let Some(known) = known_revision(spec, env, facts, memo, service) {
            settled.revisions = remember(settled.revisions, known);
        }
        collect::surveyed(&mut settled, spec, env, facts);
    }
    settled
}

/// The revision that runs, with its hash, where it carries the spec's own definition.
fn known_revision(
    spec: &EcsServiceSpec,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    service: &ecs::Service,
) -> Option<Revision> {
    let definition = spec.task_definition.as_ref()?;
    let family = desired::family(definition, env, memo);
    let wanted = Wanted::new(definition, &family);
    match facts.revisions.find(&wanted, &memo.revisions, service.task_definition.as_deref(), env) {
        Found::At(revision) if Some(&revision.arn) == service.task_definition.as_ref() => Some(revision),
        _ => None,
    }
}
