//! Deployments that go through stages: blue/green, linear and canary ones, and any with lifecycle hooks.
//!
//! DescribeServices does not say how far they are: `rolloutState` is that of rolling deployments, and hooks stand in the service deployment
//! alone (ServiceDeployment, Amazon ECS API Reference).

use std::time::Duration;

use super::{
    EcsService,
    facts::Query,
    plan::Scene,
    spec::{HookReport, ServiceDeploymentReport},
};
use crate::{
    engine::{Next, Outcome, Recheck, Seen, Synced, Why, compare::Difference, outcome::State, reason},
    kinds::common::time,
    model::ecs,
};

/// Bake times and pauses last minutes to days: what waits for them needs no look every few seconds.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// Whether the service's deployments shift traffic.
fn shifts(service: &ecs::Service) -> bool {
    strategy(service).is_some_and(|strategy| strategy != ecs::DeploymentStrategy::ROLLING)
}

fn strategy(service: &ecs::Service) -> Option<&str> {
    Some(service.deployment_configuration.as_ref()?.strategy.as_ref()?.0.as_str())
}

/// Whether the service deployment tells more than the service.
pub fn matter(service: &ecs::Service) -> bool {
    let configuration = service.deployment_configuration.as_ref();
    let hooks = configuration.and_then(|configuration| configuration.lifecycle_hooks.as_ref());
    shifts(service) || hooks.is_some_and(|hooks| !hooks.is_empty())
}

pub fn unread(scene: &Scene<'_>, service: &ecs::Service) -> Option<Query> {
    let arn = service.current_service_deployment.clone()?;
    (scene.facts.current_deployment == Seen::Unread).then_some(Query::CurrentDeployment { arn })
}

fn status(deployment: &ecs::ServiceDeployment) -> &str {
    deployment.status.as_ref().map_or("", |status| status.0.as_str())
}

fn is_under_way(deployment: &ecs::ServiceDeployment) -> bool {
    use ecs::ServiceDeploymentStatus as Status;
    [
        Status::PENDING,
        Status::IN_PROGRESS,
        Status::STOP_REQUESTED,
        Status::ROLLBACK_REQUESTED,
        Status::ROLLBACK_IN_PROGRESS,
    ]
    .contains(&status(deployment))
}

/// Whether blue still runs. Then a deployment is under way whether or not AWS describes it: right after a write it may not.
fn blue_runs(service: &ecs::Service) -> bool {
    let mut statuses = service.deployments.iter().flatten().filter_map(|deployment| deployment.status.as_deref());
    shifts(service) && statuses.any(|status| status == "ACTIVE")
}

/// What the deployment says of the service: `None` where it is done, and the tasks tell.
pub fn outcome(scene: &Scene<'_>, service: &ecs::Service, counts: &str, last_stop: &str) -> Option<Outcome> {
    let strategy = strategy(service).unwrap_or(ecs::DeploymentStrategy::ROLLING);
    let Some(deployment) = scene.facts.current_deployment.known() else {
        let message = format!(
            "{counts}; the {strategy} deployment is in progress: AWS does not describe it yet, and the one before still runs{last_stop}"
        );
        return blue_runs(service).then(|| Outcome::converging(Why::new(reason::DEPLOYING, message), Recheck::Tick));
    };
    let reason_given = deployment.status_reason.as_deref().unwrap_or("AWS gives no reason").trim_end_matches('.');
    let failed = [ecs::ServiceDeploymentStatus::STOPPED, ecs::ServiceDeploymentStatus::ROLLBACK_FAILED];
    if failed.contains(&status(deployment)) {
        let why = format!("the deployment failed: it is {}: {reason_given}{last_stop}", status(deployment));
        return Some(Outcome::new(State::Stalled { why: Why::new(reason::DEPLOYMENT_FAILED, why) }, Synced::Yes));
    }
    if !is_under_way(deployment) {
        return None;
    }
    let stage = deployment.lifecycle_stage.as_ref().map_or("", |stage| stage.0.as_str());
    let at = match (status(deployment), stage) {
        (ecs::ServiceDeploymentStatus::IN_PROGRESS, "") => format!("the {strategy} deployment is in progress"),
        (ecs::ServiceDeploymentStatus::IN_PROGRESS, stage) => format!("the {strategy} deployment is at {stage}"),
        (status, _) => format!("the {strategy} deployment is {status}: {reason_given}"),
    };
    let waits: Vec<String> = waiting(deployment).map(wait).collect();
    let patient = !waits.is_empty() || stage == ecs::ServiceDeploymentLifecycleStage::BAKE_TIME;
    let recheck = if patient { Recheck::After(LOOK_AGAIN) } else { Recheck::Tick };
    let message = format!("{counts}; {at}{}{last_stop}", waits.concat());
    Some(Outcome::converging(Why::new(reason::DEPLOYING, message), recheck))
}

fn waiting(deployment: &ecs::ServiceDeployment) -> impl Iterator<Item = &ecs::DeploymentLifecycleHookDetail> {
    let hooks = deployment.lifecycle_hook_details.iter().flatten();
    hooks.filter(|hook| {
        hook.status.as_ref().is_some_and(|status| status.0 == ecs::DeploymentLifecycleHookStatus::AWAITING_ACTION)
    })
}

/// Who is waited for, until when, and what comes then.
fn wait(hook: &ecs::DeploymentLifecycleHookDetail) -> String {
    let id = hook.hook_id.as_deref().unwrap_or_default();
    let until = hook.expires_at.and_then(time).map(|at| format!(" until {at}")).unwrap_or_default();
    let then = hook.timeout_action.as_ref().map(|action| format!(", then {}", action.0)).unwrap_or_default();
    format!("; it is paused and waits for ContinueServiceDeployment with the hookId {id}{until}{then}")
}

/// AWS changes a deployment controller, and a strategy back to ROLLING, between deployments only ("Update the deployment strategy from
/// Amazon ECS blue/green to rolling update" and "Migrate CodeDeploy blue/green deployments to Amazon ECS blue/green deployments",
/// Amazon ECS Developer Guide): until then the change waits.
pub fn between_deployments(
    scene: &Scene<'_>,
    service: &ecs::Service,
    differences: &[Difference],
) -> Option<Next<EcsService>> {
    let path = |path: &str| differences.iter().any(|difference| difference.path == path);
    let wanted = scene.spec.service.deployment_configuration.as_ref().and_then(|wanted| wanted.strategy.as_ref());
    let to_rolling = wanted.is_none_or(|wanted| wanted.0 == ecs::DeploymentStrategy::ROLLING);
    let what = if path("deploymentController.type") || path("deploymentController") {
        "deploymentController"
    } else if shifts(service) && to_rolling {
        "deploymentConfiguration.strategy"
    } else {
        return None;
    };
    if let Some(query) = unread(scene, service) {
        return Some(Next::Read(vec![query]));
    }
    let (at, waits) = match scene.facts.current_deployment.known() {
        Some(deployment) if is_under_way(deployment) => {
            let stage = deployment.lifecycle_stage.as_ref().map(|stage| format!(", at {}", stage.0));
            (format!("{}{}", status(deployment), stage.unwrap_or_default()), waiting(deployment).map(wait).collect())
        }
        None if blue_runs(service) => ("AWS does not describe it yet".to_owned(), String::new()),
        _ => return None,
    };
    let why =
        format!("AWS changes {what} between deployments only: waits until the one under way ({at}) has ended{waits}");
    Some(Next::Rest(Outcome::waiting(Why::new(reason::DEPLOYING, why), Recheck::After(LOOK_AGAIN))))
}

pub fn report(deployment: &ecs::ServiceDeployment) -> ServiceDeploymentReport {
    let hook = |hook: &ecs::DeploymentLifecycleHookDetail| HookReport {
        hook_id: hook.hook_id.clone().unwrap_or_default(),
        target_type: hook.target_type.as_ref().map(|target| target.0.clone()),
        status: hook.status.as_ref().map(|status| status.0.clone()),
        expires_at: hook.expires_at.and_then(time).map(|at| at.to_string()),
        timeout_action: hook.timeout_action.as_ref().map(|action| action.0.clone()),
    };
    ServiceDeploymentReport {
        arn: deployment.service_deployment_arn.clone().unwrap_or_default(),
        status: deployment.status.as_ref().map(|status| status.0.clone()),
        status_reason: deployment.status_reason.clone(),
        lifecycle_stage: deployment.lifecycle_stage.as_ref().map(|stage| stage.0.clone()),
        lifecycle_hooks: deployment.lifecycle_hook_details.iter().flatten().map(hook).collect(),
    }
}
