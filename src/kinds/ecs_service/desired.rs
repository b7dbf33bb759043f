//! What the spec wants of AWS, and what AWS describes, in one shape.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::spec::{EcsServiceSpec, Memo};
use crate::{
    engine::{
        Env,
        compare::{self, Rule},
        hash, names,
        ownership::{Tags, with_owner},
    },
    kinds::common::ecs_tags,
    model::ecs,
};

/// AWS's defaults: a percentage of the traffic, and the minutes until the next (LinearConfiguration and CanaryConfiguration, Amazon ECS
/// API Reference).
const LINEAR_STEP: (i64, i64) = (10, 6);
const CANARY: (i64, i64) = (5, 10);

/// A daemon's own defaults (DeploymentConfiguration, Amazon ECS API Reference).
const DAEMON_PERCENTS: [(&str, i64); 2] = [("maximumPercent", 100), ("minimumHealthyPercent", 0)];

/// How the members compare. Amazon ECS API Reference: CreateService and UpdateService, and the data types that they take.
pub const RULES: &[Rule] = &[
    compare::set("loadBalancers"),
    compare::set("serviceRegistries"),
    compare::set("placementConstraints"),
    compare::set("networkConfiguration.awsvpcConfiguration.subnets"),
    compare::set("networkConfiguration.awsvpcConfiguration.securityGroups"),
    compare::text("networkConfiguration.awsvpcConfiguration.assignPublicIp", ecs::AssignPublicIp::DISABLED),
    compare::spelling("capacityProviderStrategy[].capacityProvider", |name| names::short_name(name).to_owned()),
    compare::number("capacityProviderStrategy[].base", 0),
    compare::number("capacityProviderStrategy[].weight", 0),
    compare::set("capacityProviderStrategy"),
    compare::text("deploymentController.type", ecs::DeploymentControllerType::ECS),
    compare::number("deploymentConfiguration.maximumPercent", 200),
    compare::number("deploymentConfiguration.minimumHealthyPercent", 100),
    compare::text("deploymentConfiguration.strategy", ecs::DeploymentStrategy::ROLLING),
    compare::number("deploymentConfiguration.bakeTimeInMinutes", 0),
    compare::number("deploymentConfiguration.linearConfiguration.stepPercent", LINEAR_STEP.0),
    compare::number("deploymentConfiguration.linearConfiguration.stepBakeTimeInMinutes", LINEAR_STEP.1),
    compare::number("deploymentConfiguration.canaryConfiguration.canaryPercent", CANARY.0),
    compare::number("deploymentConfiguration.canaryConfiguration.canaryBakeTimeInMinutes", CANARY.1),
    compare::text(
        "deploymentConfiguration.lifecycleHooks[].targetType",
        ecs::DeploymentLifecycleHookTargetType::AWS_LAMBDA,
    ),
    compare::set("deploymentConfiguration.lifecycleHooks[].lifecycleStages"),
    compare::number("deploymentConfiguration.lifecycleHooks[].timeoutConfiguration.timeoutInMinutes", 1440),
    compare::text(
        "deploymentConfiguration.lifecycleHooks[].timeoutConfiguration.action",
        ecs::DeploymentLifecycleHookAction::ROLLBACK,
    ),
    compare::flag("deploymentConfiguration.deploymentCircuitBreaker.enable", false),
    compare::flag("deploymentConfiguration.deploymentCircuitBreaker.rollback", false),
    compare::flag("deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask", true),
    compare::text(
        "deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.type",
        ecs::ThresholdType::BOUNDED_PERCENT,
    ),
    compare::number("deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.value", 50),
    compare::flag("deploymentConfiguration.alarms.enable", false),
    compare::flag("deploymentConfiguration.alarms.rollback", false),
    compare::set("deploymentConfiguration.alarms.alarmNames"),
    compare::flag("deploymentConfiguration.earlySuccessCriteria.enable", false),
    compare::flag("enableECSManagedTags", false),
    compare::flag("enableExecuteCommand", false),
    compare::number("healthCheckGracePeriodSeconds", 0),
    compare::text("platformVersion", "LATEST"),
    compare::text("propagateTags", ecs::PropagateTags::NONE),
    compare::text("schedulingStrategy", ecs::SchedulingStrategy::REPLICA),
    compare::set("volumeConfigurations"),
    compare::set("vpcLatticeConfigurations"),
];

/// Members that only DescribeServiceRevisions describes; they are read where the spec sets them or set them before.
pub const REVISION_MEMBERS: &[&str] = &["gatewayConnectors", "monitoring"];

/// Members for which AWS chooses a value at creation where none is given, and no constant stands for 'none given'.
pub const FIXED_MEMBERS: &[&str] = &["availabilityZoneRebalancing", "capacityProviderStrategy", "launchType"];

/// The name in AWS: the spec's own, the one that was used before, or the object's.
pub fn name(spec: &EcsServiceSpec, env: &Env, remembered: Option<&String>) -> String {
    let given = spec.service.service_name.as_ref().or(remembered);
    given.cloned().unwrap_or_else(|| names::default_name(&env.identity, &env.name_prefix, names::ECS))
}

/// The family of the inline task definition.
pub fn family(definition: &ecs::TaskDefinitionSpec, env: &Env, memo: &Memo) -> String {
    definition.family.clone().unwrap_or_else(|| default_family(env, memo))
}

/// The family where the spec gives none: the one that was used before, or the object's.
pub fn default_family(env: &Env, memo: &Memo) -> String {
    let remembered = memo.family.clone();
    remembered.unwrap_or_else(|| names::default_name(&env.identity, &env.name_prefix, names::ECS))
}

pub fn is_daemon(spec: &EcsServiceSpec) -> bool {
    spec.service.scheduling_strategy.as_ref().is_some_and(|strategy| strategy.0 == ecs::SchedulingStrategy::DAEMON)
}

/// The members that the spec sets, under AWS's names; what names the service, its tags and its count are apart.
fn members(spec: &EcsServiceSpec) -> Map<String, Value> {
    let mut members = match serde_json::to_value(&spec.service) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    for apart in ["serviceName", "tags", "desiredCount", "role"] {
        members.remove(apart);
    }
    members
}

/// What the spec wants, with the revision to run, and with what AWS chose at creation for members that it leaves open.
pub fn desired(spec: &EcsServiceSpec, revision: &str, memo: &Memo) -> Value {
    let mut wanted = members(spec);
    wanted.insert("taskDefinition".to_owned(), json!(revision));
    if is_daemon(spec) {
        let deployment = wanted.entry("deploymentConfiguration").or_insert_with(|| json!({}));
        if let Some(deployment) = deployment.as_object_mut() {
            for (member, default) in DAEMON_PERCENTS {
                deployment.entry(member).or_insert(json!(default));
            }
        }
    }
    let placed = wanted.contains_key("launchType") || wanted.contains_key("capacityProviderStrategy");
    for (member, value) in &memo.fixed {
        if member == "availabilityZoneRebalancing" || !placed {
            wanted.entry(member).or_insert_with(|| value.clone());
        }
    }
    if memo.set_members.iter().any(|member| member == "availabilityZoneRebalancing") {
        // It was set and is no longer: AWS's default for new services (CreateService, Amazon ECS API Reference).
        let default = json!(ecs::AvailabilityZoneRebalancing::ENABLED);
        wanted.entry("availabilityZoneRebalancing").or_insert(default);
    }
    drop_disabled_service_connect(&mut wanted);
    Value::Object(wanted)
}

/// The percentages of a daemon as a spec has them: all but its own defaults.
pub fn daemon_percents(members: &mut Map<String, Value>, observed: &Value) {
    let described = &observed["deploymentConfiguration"];
    let mut deployment = members.remove("deploymentConfiguration").unwrap_or_else(|| json!({}));
    for (member, default) in DAEMON_PERCENTS {
        match described[member].as_i64() {
            Some(percent) if percent != default => deployment[member] = json!(percent),
            _ => drop(deployment.as_object_mut().and_then(|deployment| deployment.remove(member))),
        }
    }
    if deployment != json!({}) {
        members.insert("deploymentConfiguration".to_owned(), deployment);
    }
}

/// What AWS describes, in the spec's shape. Some members are described by the newest deployment only.
pub fn observed(service: &ecs::Service, revision: Option<&ecs::ServiceRevision>) -> Value {
    let described = serde_json::to_value(service).unwrap_or_default();
    let mut value = Map::new();
    let mut take = |from: &Value, members: &[&str]| {
        for member in members {
            if let Some(found) = from.get(*member) {
                value.insert((*member).to_owned(), found.clone());
            }
        }
    };
    take(
        &described,
        &[
            "availabilityZoneRebalancing",
            "capacityProviderStrategy",
            "deploymentConfiguration",
            "deploymentController",
            "enableECSManagedTags",
            "enableExecuteCommand",
            "healthCheckGracePeriodSeconds",
            "launchType",
            "loadBalancers",
            "networkConfiguration",
            "placementConstraints",
            "placementStrategy",
            "platformVersion",
            "propagateTags",
            "schedulingStrategy",
            "serviceRegistries",
            "taskDefinition",
        ],
    );
    if let Some(primary) = primary(service).and_then(|primary| serde_json::to_value(primary).ok()) {
        take(&primary, &["serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations"]);
    }
    if let Some(revision) = revision.and_then(|revision| serde_json::to_value(revision).ok()) {
        take(&revision, REVISION_MEMBERS);
    }
    drop_disabled_service_connect(&mut value);
    drop_other_strategies(&mut value);
    Value::Object(value)
}

/// The configuration of a strategy that the service no longer has means nothing, and nothing takes it off.
fn drop_other_strategies(members: &mut Map<String, Value>) {
    let Some(deployment) = members.get_mut("deploymentConfiguration").and_then(Value::as_object_mut) else { return };
    let strategy = deployment.get("strategy").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (member, of) in [
        ("linearConfiguration", ecs::DeploymentStrategy::LINEAR),
        ("canaryConfiguration", ecs::DeploymentStrategy::CANARY),
    ] {
        if strategy != of {
            deployment.remove(member);
        }
    }
}

/// `enabled: false` is the same as none.
fn drop_disabled_service_connect(members: &mut Map<String, Value>) {
    let enabled =
        members.get("serviceConnectConfiguration").and_then(|connect| connect.get("enabled")).and_then(Value::as_bool);
    if enabled == Some(false) {
        members.remove("serviceConnectConfiguration");
    }
}

/// The newest deployment.
pub fn primary(service: &ecs::Service) -> Option<&ecs::Deployment> {
    service.deployments.iter().flatten().find(|deployment| deployment.status.as_deref() == Some("PRIMARY"))
}

/// The value that sets a member back to AWS's default; `None` where AWS has no way to.
pub fn reset(member: &str) -> Option<Value> {
    Some(match member {
        "loadBalancers"
        | "serviceRegistries"
        | "placementConstraints"
        | "placementStrategy"
        | "volumeConfigurations"
        | "vpcLatticeConfigurations"
        | "capacityProviderStrategy"
        | "gatewayConnectors" => json!([]),
        "serviceConnectConfiguration" => json!({ "enabled": false }),
        "enableExecuteCommand" | "enableECSManagedTags" => json!(false),
        "propagateTags" => json!(ecs::PropagateTags::NONE),
        "healthCheckGracePeriodSeconds" => json!(0),
        "platformVersion" => json!("LATEST"),
        "availabilityZoneRebalancing" => json!(ecs::AvailabilityZoneRebalancing::ENABLED),
        "deploymentController" => json!({ "type": ecs::DeploymentControllerType::ECS }),
        "deploymentConfiguration" => json!({}),
        "monitoring" => json!({ "metricConfigurations": [] }),
        _ => return None,
    })
}

/// A deployment configuration with AWS's defaults where the spec leaves it open: UpdateService keeps what is omitted.
pub fn full_deployment_configuration(given: &Value, daemon: bool) -> Value {
    let (most, least) = if daemon { (100, 0) } else { (200, 100) };
    let mut full = given.as_object().cloned().unwrap_or_default();
    full.entry("maximumPercent").or_insert(json!(most));
    full.entry("minimumHealthyPercent").or_insert(json!(least));
    full.entry("deploymentCircuitBreaker").or_insert_with(|| json!({ "enable": false, "rollback": false }));
    full.entry("alarms").or_insert_with(|| json!({ "alarmNames": [], "enable": false, "rollback": false }));
    full.entry("strategy").or_insert_with(|| json!(ecs::DeploymentStrategy::ROLLING));
    full.entry("bakeTimeInMinutes").or_insert(json!(0));
    full.entry("lifecycleHooks").or_insert_with(|| json!([]));
    full.entry("earlySuccessCriteria").or_insert_with(|| json!({ "enable": false }));
    let strategy = full.get("strategy").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (of, member, [percent, wait], defaults) in [
        (ecs::DeploymentStrategy::LINEAR, "linearConfiguration", ["stepPercent", "stepBakeTimeInMinutes"], LINEAR_STEP),
        (ecs::DeploymentStrategy::CANARY, "canaryConfiguration", ["canaryPercent", "canaryBakeTimeInMinutes"], CANARY),
    ] {
        if strategy == of
            && let Some(steps) = full.entry(member).or_insert_with(|| json!({})).as_object_mut()
        {
            steps.entry(percent).or_insert(json!(defaults.0));
            steps.entry(wait).or_insert(json!(defaults.1));
        }
    }
    Value::Object(full)
}

/// The hash of what the spec wants beside its count: what `applied` remembers.
pub fn desired_hash(spec: &EcsServiceSpec, revision: &str) -> String {
    let mut wanted = members(spec);
    wanted.insert("taskDefinition".to_owned(), json!(revision));
    let count = json!(spec.service.desired_count);
    hash::of(
        &json!({ "service": compare::canonical(&Value::Object(wanted), RULES), "tags": spec_tags(spec), "count": count }),
    )
}

pub fn spec_tags(spec: &EcsServiceSpec) -> Tags {
    ecs_tags::from_list(spec.service.tags.iter().flatten())
}

/// The spec's tags and those that say whose the service is.
pub fn wanted_tags(spec: &EcsServiceSpec, env: &Env) -> Tags {
    with_owner(spec_tags(spec), &env.identity)
}

/// Which of the members without a constant default the spec sets.
pub fn set_members(spec: &EcsServiceSpec) -> Vec<String> {
    let set = members(spec);
    FIXED_MEMBERS
        .iter()
        .chain(REVISION_MEMBERS)
        .filter(|member| set.contains_key(**member))
        .map(|member| (*member).to_owned())
        .collect()
}

/// What AWS chose for the members that the spec leaves open, as far as it never set them.
pub fn fixed(spec: &EcsServiceSpec, service: &ecs::Service, memo: &Memo) -> BTreeMap<String, Value> {
    let set = members(spec);
    let placed = set.contains_key("launchType") || set.contains_key("capacityProviderStrategy");
    let described = serde_json::to_value(service).unwrap_or_default();
    let mut fixed = memo.fixed.clone();
    for member in FIXED_MEMBERS {
        let is_placement = *member != "availabilityZoneRebalancing";
        if set.contains_key(*member) || (is_placement && placed) {
            fixed.remove(*member);
        } else if !memo.set_members.iter().any(|known| known == member)
            && let Some(value) = described.get(*member)
        {
            fixed.entry((*member).to_owned()).or_insert_with(|| value.clone());
        }
    }
    fixed
}
