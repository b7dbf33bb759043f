//! Whether the service works, and if not, why.

use super::{
    EcsService, collect, desired,
    facts::Query,
    plan::Scene,
    spec::{DesiredCountPolicy, StoppedTask},
    stages,
};
use crate::{
    engine::{Next, Outcome, Recheck, Seen, Synced, Why, outcome::State, reason},
    model::ecs,
};

/// The rest of a service that AWS has as the spec says, or as far as it may be.
pub fn rest(scene: &Scene<'_>, service: &ecs::Service, synced: Synced) -> Next<EcsService> {
    if needs_stop_reasons(scene, service)
        && let Some(query) = unread_stops(scene)
    {
        return Next::Read(vec![query]);
    }
    if stages::matter(service)
        && let Some(query) = stages::unread(scene, service)
    {
        return Next::Read(vec![query]);
    }
    let outcome = outcome(scene, service).with_synced(synced).with_notes(notes(scene, service));
    collect::beside(scene, service, &outcome).unwrap_or(Next::Rest(outcome))
}

fn outcome(scene: &Scene<'_>, service: &ecs::Service) -> Outcome {
    let (running, desired) = (service.running_count.unwrap_or(0), service.desired_count.unwrap_or(0));
    let counts = format!("{running} of {desired} tasks run");
    let primary = desired::primary(service);
    let state = primary.and_then(|primary| primary.rollout_state.as_ref()).map(|state| state.0.as_str());
    let reason_given = primary.and_then(|primary| primary.rollout_state_reason.as_deref()).unwrap_or_default();
    // More may follow what AWS ends with a full stop.
    let reason_given = reason_given.trim_end_matches('.');
    let last_stop = match stopped(scene) {
        Some(task) => format!("; the last task stopped: {}", task.reason),
        None => obstacle(service).map(|event| format!("; {event}")).unwrap_or_default(),
    };
    if stages::matter(service)
        && let Some(outcome) = stages::outcome(scene, service, &counts, &last_stop)
    {
        return outcome;
    }
    match state {
        Some(ecs::DeploymentRolloutState::FAILED) => {
            let why = format!("the deployment failed: {reason_given}{last_stop}");
            Outcome::new(State::Stalled { why: Why::new(reason::DEPLOYMENT_FAILED, why) }, Synced::Yes)
        }
        Some(ecs::DeploymentRolloutState::IN_PROGRESS) => Outcome::converging(
            Why::new(reason::DEPLOYING, format!("{counts}; {reason_given}{last_stop}")),
            Recheck::Tick,
        ),
        _ if running < enough(scene, desired) => {
            Outcome::converging(Why::new(reason::TASKS_NOT_RUNNING, format!("{counts}{last_stop}")), Recheck::Tick)
        }
        _ => Outcome::ready(Why::new(reason::AVAILABLE, counts)),
    }
}

/// How many tasks the minimum healthy percent asks for, rounded up as ECS does, and at least one where any are wanted.
fn enough(scene: &Scene<'_>, desired: i32) -> i32 {
    let configuration = scene.spec.service.deployment_configuration.as_ref();
    let default = if desired::is_daemon(scene.spec) { 0 } else { 100 };
    let percent = configuration.and_then(|configuration| configuration.minimum_healthy_percent).unwrap_or(default);
    let least = (i64::from(desired) * i64::from(percent) + 99) / 100;
    i32::try_from(least).unwrap_or(desired).clamp(desired.min(1), desired)
}

/// Why ECS could not start a task of the newest deployment. Such a task never was, so only the service's events tell.
fn obstacle(service: &ecs::Service) -> Option<&str> {
    const OBSTACLES: [&str; 2] = ["failed to launch", "was unable to place"];
    let since = desired::primary(service)?.created_at?;
    let events = service.events.iter().flatten().filter(|event| event.created_at.is_some_and(|at| at >= since));
    let mut messages = events.filter_map(|event| event.message.as_deref());
    messages.find(|message| OBSTACLES.iter().any(|obstacle| message.contains(obstacle)))
}

fn needs_stop_reasons(scene: &Scene<'_>, service: &ecs::Service) -> bool {
    let failing = desired::primary(service).is_some_and(|primary| {
        primary.failed_tasks.unwrap_or(0) > 0
            || primary.rollout_state.as_ref().is_some_and(|state| state.0 == ecs::DeploymentRolloutState::FAILED)
    });
    failing && !matches!(scene.facts.stopped_tasks, Seen::Known(_))
}

fn unread_stops(scene: &Scene<'_>) -> Option<Query> {
    match (&scene.facts.stopped, &scene.facts.stopped_tasks) {
        (Seen::Unread, _) => {
            Some(Query::StoppedTasks { cluster: scene.cluster.to_owned(), service: scene.name.to_owned() })
        }
        (Seen::Known(arns), Seen::Unread) if !arns.is_empty() => {
            Some(Query::Tasks { cluster: scene.cluster.to_owned(), arns: arns.clone() })
        }
        _ => None,
    }
}

fn stopped(scene: &Scene<'_>) -> Option<StoppedTask> {
    last_stopped(scene.facts.stopped_tasks.known()?)
}

/// The task that stopped last, with AWS's reason and those of its containers.
pub fn last_stopped(tasks: &[ecs::Task]) -> Option<StoppedTask> {
    let last = tasks.iter().max_by(|a, b| stopped_at(a).total_cmp(&stopped_at(b)))?;
    let mut parts: Vec<String> = last.stopped_reason.iter().cloned().collect();
    for container in last.containers.iter().flatten() {
        let name = container.name.as_deref().unwrap_or_default();
        match (&container.reason, container.exit_code) {
            // A container that kept the whole task from starting has the task's own reason.
            (Some(reason), _) if last.stopped_reason.as_ref() == Some(reason) => {}
            (Some(reason), _) => parts.push(format!("container {name}: {reason}")),
            (None, Some(code)) if code != 0 => parts.push(format!("container {name} exited with {code}")),
            _ => {}
        }
    }
    Some(StoppedTask {
        task_arn: last.task_arn.clone().unwrap_or_default(),
        stop_code: last.stop_code.as_ref().map(|code| code.0.clone()),
        reason: parts.join("; "),
    })
}

fn stopped_at(task: &ecs::Task) -> f64 {
    task.stopped_at.or(task.stopping_at).or(task.created_at).unwrap_or(0.0)
}

fn notes(scene: &Scene<'_>, service: &ecs::Service) -> Vec<String> {
    let mut notes = Vec::new();
    let asked = scene.spec.service.desired_count.unwrap_or(1);
    if scene.spec.desired_count_policy == DesiredCountPolicy::External && service.desired_count != Some(asked) {
        notes.push(format!(
            "spec.desiredCount is {asked} and is not sent to AWS: under desiredCountPolicy External it is used at creation only, and the count is left to others"
        ));
    }
    notes
}
