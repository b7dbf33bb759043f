//! What AWS can't change on a service that is there. Amazon ECS API Reference: CreateService and UpdateService.

use super::{desired, plan::Scene};
use crate::{
    engine::{Why, compare::Difference, reason},
    model::ecs,
};

/// What UpdateService refuses to change under the deployment controllers CODE_DEPLOY and EXTERNAL.
const BY_CONTROLLER: &[&str] = &[
    "taskDefinition",
    "networkConfiguration",
    "loadBalancers",
    "platformVersion",
    "launchType",
    "capacityProviderStrategy",
];

/// Why these changes can't be made; `None` where they can.
pub fn changes(scene: &Scene<'_>, differences: &[Difference], service: &ecs::Service) -> Option<Why> {
    let members = |difference: &Difference| difference.member().to_owned();
    let by_controller = || controlled(scene, service, &differences.iter().map(members).collect::<Vec<_>>());
    by_controller().or_else(|| differences.iter().find_map(|difference| change(scene, difference.member(), service)))
}

/// Why the deployment controller forbids changes of these members. A service that is given to the controller ECS can change with it.
pub fn controlled(scene: &Scene<'_>, service: &ecs::Service, members: &[String]) -> Option<Why> {
    let controller = service.deployment_controller.as_ref()?.r#type.0.as_str();
    let wanted = scene.spec.service.deployment_controller.as_ref();
    if wanted.is_none_or(|wanted| wanted.r#type.0 == ecs::DeploymentControllerType::ECS) {
        return None;
    }
    let controls = [ecs::DeploymentControllerType::CODE_DEPLOY, ecs::DeploymentControllerType::EXTERNAL];
    let theirs: Vec<&str> =
        BY_CONTROLLER.iter().copied().filter(|member| members.iter().any(|changed| changed == member)).collect();
    if !controls.contains(&controller) || theirs.is_empty() {
        return None;
    }
    let why = format!(
        "{} of a service with the deployment controller {controller} can't be changed by UpdateService: change it there, or put the spec back",
        theirs.join(", ")
    );
    Some(Why::new(reason::CANNOT_CHANGE, why))
}

fn change(scene: &Scene<'_>, member: &str, service: &ecs::Service) -> Option<Why> {
    let wanted = scene.spec.service.launch_type.as_ref().map(|wanted| wanted.0.as_str());
    let unset = is_unset(scene, member);
    let (reason, why) = match member {
        "schedulingStrategy" => (
            reason::CANNOT_CHANGE,
            "AWS takes schedulingStrategy at creation only: put it back, or make another service".to_owned(),
        ),
        "launchType" if wanted.is_none() || returns_to(service) != wanted => (
            reason::CANNOT_CHANGE,
            "AWS can't change the launch type of a service: put spec.launchType back, or give the service a capacityProviderStrategy".to_owned(),
        ),
        "launchType" => return None,
        "capacityProviderStrategy" if unset && wanted.is_none() => (
            reason::CANNOT_REMOVE,
            "AWS can't return a service to its cluster's default strategy: give spec.capacityProviderStrategy or spec.launchType".to_owned(),
        ),
        member if unset && desired::reset(member).is_none() => (
            reason::CANNOT_REMOVE,
            format!("AWS has no way to take {member} off a service: put it back into the spec, or make another service"),
        ),
        _ => return None,
    };
    Some(Why::new(reason, why))
}

/// The launch type that a service returns to when its strategy is taken off: that of the strategy's own providers. Without a strategy
/// there is nothing to return from.
fn returns_to(service: &ecs::Service) -> Option<&'static str> {
    let first = service.capacity_provider_strategy.iter().flatten().next()?;
    let fargate = ["FARGATE", "FARGATE_SPOT"].contains(&first.capacity_provider.as_str());
    Some(if fargate { ecs::LaunchType::FARGATE } else { ecs::LaunchType::EC2 })
}

/// Whether the spec leaves the member open, and nothing else says what it shall be.
fn is_unset(scene: &Scene<'_>, member: &str) -> bool {
    let spec = serde_json::to_value(&scene.spec.service).unwrap_or_default();
    !matches!(member, "taskDefinition" | "desiredCount")
        && spec.get(member).is_none()
        && !scene.memo.fixed.contains_key(member)
}
