//! What the spec wants of AWS, and what AWS describes, in one shape.

use serde_json::{Map, Value, json};

use super::spec::{EcsCapacityProviderSpec, Memo};
use crate::{
    engine::{
        Env,
        compare::{self, Difference, Rule},
        hash,
        names::{self, Rules},
        ownership::{Tags, with_owner},
    },
    kinds::common::ecs_tags,
    model::ecs,
};

/// How the members compare. Amazon ECS API Reference: CreateCapacityProvider and UpdateCapacityProvider, and the data types that they
/// take.
pub const RULES: &[Rule] = &[
    compare::spelling("autoScalingGroupProvider.autoScalingGroupArn", |group| names::short_name(group).to_owned()),
    compare::text("autoScalingGroupProvider.managedScaling.status", ecs::ManagedScalingStatus::DISABLED),
    compare::number("autoScalingGroupProvider.managedScaling.targetCapacity", 100),
    compare::number("autoScalingGroupProvider.managedScaling.minimumScalingStepSize", 1),
    compare::number("autoScalingGroupProvider.managedScaling.maximumScalingStepSize", 10_000),
    compare::number("autoScalingGroupProvider.managedScaling.instanceWarmupPeriod", 300),
    compare::text("autoScalingGroupProvider.managedTerminationProtection", ecs::ManagedTerminationProtection::DISABLED),
    compare::text("autoScalingGroupProvider.managedDraining", ecs::ManagedDraining::ENABLED),
    compare::text("managedInstancesProvider.propagateTags", ecs::PropagateMITags::NONE),
    compare::text(
        "managedInstancesProvider.instanceLaunchTemplate.monitoring",
        ecs::ManagedInstancesMonitoringOptions::BASIC,
    ),
    compare::text(
        "managedInstancesProvider.instanceLaunchTemplate.capacityOptionType",
        ecs::CapacityOptionType::ON_DEMAND,
    ),
    compare::flag("managedInstancesProvider.instanceLaunchTemplate.instanceMetadataTagsPropagation", true),
    compare::flag("managedInstancesProvider.instanceLaunchTemplate.nitroEnclavesEnabled", false),
    compare::flag("managedInstancesProvider.instanceLaunchTemplate.localStorageConfiguration.useLocalStorage", false),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.networkConfiguration.subnets"),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.networkConfiguration.securityGroups"),
    compare::flag(
        "managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.requireHibernateSupport",
        false,
    ),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.acceleratorManufacturers"),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.acceleratorNames"),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.acceleratorTypes"),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.allowedInstanceTypes"),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.cpuManufacturers"),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.excludedInstanceTypes"),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.instanceGenerations"),
    compare::set("managedInstancesProvider.instanceLaunchTemplate.instanceRequirements.localStorageTypes"),
];

/// Members that AWS chooses where they are not given, by no documented default.
const OPEN: &[&str] = &[
    "/managedInstancesProvider/autoRepairConfiguration",
    "/managedInstancesProvider/infrastructureOptimization",
    "/managedInstancesProvider/instanceLaunchTemplate/capacityReservations",
    "/managedInstancesProvider/instanceLaunchTemplate/fipsEnabled",
    "/managedInstancesProvider/instanceLaunchTemplate/instanceRequirements",
    "/managedInstancesProvider/instanceLaunchTemplate/storageConfiguration",
];

/// Members of a launch template that InstanceLaunchTemplateUpdate (Amazon ECS API Reference) does not have.
pub const CREATION_ONLY: &[&str] = &["capacityOptionType", "fipsEnabled", "nitroEnclavesEnabled"];

/// CreateCapacityProvider, Amazon ECS API Reference: up to 255 letters, digits, hyphens and underscores; none that begins with `aws`,
/// `ecs` or `fargate`, for which there is room.
const NAMES: Rules = Rules { max_length: 255 - RESERVED.len(), ..names::ECS };

/// Stands before a name that would begin with what AWS keeps for itself. No other object's name begins so: no namespace has a `_`.
const RESERVED: &str = "cp_";

/// The name in AWS: the spec's own, the one that was used before, or the object's.
pub fn name(spec: &EcsCapacityProviderSpec, env: &Env, memo: &Memo) -> String {
    let given = spec.provider.name.as_ref().or(memo.record.name.as_ref());
    given.cloned().unwrap_or_else(|| {
        let name = names::default_name(&env.identity, &env.name_prefix, NAMES);
        let begins = |word: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if ["aws", "ecs", "fargate"].into_iter().any(begins) { format!("{RESERVED}{name}") } else { name }
    })
}

pub fn is_managed_instances(spec: &EcsCapacityProviderSpec) -> bool {
    spec.provider.managed_instances_provider.is_some()
}

/// The members that the spec sets, without its name and tags.
fn members(spec: &EcsCapacityProviderSpec) -> Value {
    let mut value = serde_json::to_value(&spec.provider).unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        members.remove("name");
        members.remove("tags");
    }
    value
}

/// What the spec wants, with what AWS chose for the members that it leaves open.
pub fn desired(spec: &EcsCapacityProviderSpec, memo: &Memo) -> Value {
    let mut wanted = members(spec);
    for member in OPEN {
        let chosen = memo.fixed.get(*member).filter(|value| **value != json!({}));
        if let Some(value) = chosen.filter(|_| !sets(&wanted, member)) {
            put(&mut wanted, member, value.clone());
        }
    }
    wanted
}

/// What AWS describes, in the spec's shape. What the spec leaves open at the first look is as AWS chose it.
pub fn observed(provider: &ecs::CapacityProvider, spec: &EcsCapacityProviderSpec, memo: &Memo) -> Value {
    let described = serde_json::to_value(provider).unwrap_or_default();
    let members = ["autoScalingGroupProvider", "managedInstancesProvider"];
    let mut value: Value = members
        .into_iter()
        .filter_map(|member| Some((member.to_owned(), described.get(member)?.clone())))
        .collect::<Map<_, _>>()
        .into();
    let spec = self::members(spec);
    for member in OPEN {
        let is_new = memo.record.applied.is_none() && !memo.fixed.contains_key(*member);
        if is_new && !sets(&spec, member) {
            put(&mut value, member, Value::Null);
        }
    }
    value
}

/// What AWS chose for the members that the spec leaves open, as far as it never set them.
pub fn fixed(spec: &EcsCapacityProviderSpec, provider: &ecs::CapacityProvider, memo: &Memo) -> Memo {
    let (spec, described) = (members(spec), serde_json::to_value(provider).unwrap_or_default());
    let mut memo = memo.clone();
    for member in OPEN.iter().filter(|_| spec.get("managedInstancesProvider").is_some()) {
        if sets(&spec, member) {
            memo.fixed.remove(*member);
        } else if memo.record.applied.is_none() {
            // An empty object stands for nothing: the API server would drop a null.
            let chosen = || described.pointer(member).cloned().unwrap_or_else(|| json!({}));
            memo.fixed.entry((*member).to_owned()).or_insert_with(chosen);
        }
    }
    memo
}

/// Whether the member is given; an empty object says nothing.
fn sets(spec: &Value, member: &str) -> bool {
    spec.pointer(member).is_some_and(|value| value.as_object().is_none_or(|members| !members.is_empty()))
}

/// Sets a member that may be missing, where what encloses it is there.
fn put(value: &mut Value, pointer: &str, to: Value) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    if let Some(members) = value.pointer_mut(parent).and_then(Value::as_object_mut) {
        members.insert(name.to_owned(), to);
    }
}

/// What no call changes: which sort of provider it is, of which group, and what AWS takes at creation only.
pub fn cannot_change(differences: &[Difference]) -> Option<&str> {
    let is_fast = |path: &str| {
        let of_template = path.strip_prefix("managedInstancesProvider.instanceLaunchTemplate.");
        ["autoScalingGroupProvider", "managedInstancesProvider", "autoScalingGroupProvider.autoScalingGroupArn"]
            .contains(&path)
            || of_template.is_some_and(|member| CREATION_ONLY.contains(&member))
    };
    differences.iter().map(|difference| difference.path.as_str()).find(|path| is_fast(path))
}

/// What AWS has no way to take back: members of which neither a default is documented nor what AWS once chose is known.
pub fn cannot_remove(differences: &[Difference]) -> Option<&str> {
    let is_open = |path: &str| OPEN.iter().any(|member| member.trim_start_matches('/').replace('/', ".") == path);
    let gone = differences.iter().find(|difference| difference.desired.is_none() && is_open(&difference.path));
    gone.map(|difference| difference.path.as_str())
}

/// What UpdateCapacityProvider is given: all that it takes, with AWS's defaults where the spec leaves a member open, because what is
/// omitted is kept.
pub fn update(wanted: &Value) -> Value {
    let mut full = wanted.clone();
    if let Some(group) = full.get_mut("autoScalingGroupProvider").and_then(Value::as_object_mut) {
        group.remove("autoScalingGroupArn");
        let scaling = json!({"status": ecs::ManagedScalingStatus::DISABLED, "targetCapacity": 100, "minimumScalingStepSize": 1,
            "maximumScalingStepSize": 10_000, "instanceWarmupPeriod": 300});
        fill(group, "managedScaling", &scaling);
        fill(group, "managedTerminationProtection", &json!(ecs::ManagedTerminationProtection::DISABLED));
        fill(group, "managedDraining", &json!(ecs::ManagedDraining::ENABLED));
    }
    if let Some(managed) = full.get_mut("managedInstancesProvider").and_then(Value::as_object_mut) {
        fill(managed, "propagateTags", &json!(ecs::PropagateMITags::NONE));
        if let Some(template) = managed.get_mut("instanceLaunchTemplate").and_then(Value::as_object_mut) {
            for member in CREATION_ONLY {
                template.remove(*member);
            }
            fill(template, "monitoring", &json!(ecs::ManagedInstancesMonitoringOptions::BASIC));
            fill(template, "instanceMetadataTagsPropagation", &json!(true));
            fill(template, "localStorageConfiguration", &json!({"useLocalStorage": false}));
        }
    }
    full
}

/// Gives a member its default where it is not set; of an object, each of its members.
fn fill(members: &mut Map<String, Value>, name: &str, default: &Value) {
    let value = members.entry(name).or_insert_with(|| default.clone());
    if let (Value::Object(value), Value::Object(default)) = (value, default) {
        for (name, default) in default {
            value.entry(name).or_insert_with(|| default.clone());
        }
    }
}

/// The hash of what the spec wants, tags included: what `applied` remembers.
pub fn desired_hash(spec: &EcsCapacityProviderSpec) -> String {
    hash::of(&json!({ "provider": compare::canonical(&members(spec), RULES), "tags": spec_tags(spec) }))
}

pub fn spec_tags(spec: &EcsCapacityProviderSpec) -> Tags {
    ecs_tags::from_list(spec.provider.tags.iter().flatten())
}

/// The spec's tags and those that say whose the provider is.
pub fn wanted_tags(spec: &EcsCapacityProviderSpec, env: &Env) -> Tags {
    with_owner(spec_tags(spec), &env.identity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::env::testing;

    fn named(namespace: &str, object: &str) -> String {
        let env = testing::env("EcsCapacityProvider", namespace, object);
        name(&EcsCapacityProviderSpec::default(), &env, &Memo::default())
    }

    #[test]
    fn a_name_is_one_that_aws_takes() {
        let long = "a".repeat(253);
        for (namespace, object, expected) in [
            ("shop", "workers", "shop_workers"),
            ("ecs-system", "workers", "cp_ecs-system_workers"),
            ("aws", "workers", "cp_aws_workers"),
            ("fargate", "workers", "cp_fargate_workers"),
            ("far", "gate", "far_gate"),
        ] {
            assert_eq!(named(namespace, object), expected);
        }
        let made = named("ecs", &long);
        assert!(made.len() <= 255 && made.starts_with("cp_ecs_"), "{made}");
    }

    #[test]
    fn an_update_says_what_the_spec_leaves_open() {
        let group =
            json!({"autoScalingGroupProvider": {"autoScalingGroupArn": "g", "managedScaling": {"status": "ENABLED"}}});
        let expected = json!({"autoScalingGroupProvider": {
            "managedScaling": {"status": "ENABLED", "targetCapacity": 100, "minimumScalingStepSize": 1,
                "maximumScalingStepSize": 10_000, "instanceWarmupPeriod": 300},
            "managedTerminationProtection": "DISABLED", "managedDraining": "ENABLED"}});
        assert_eq!(update(&group), expected);
        let managed = json!({"managedInstancesProvider": {"infrastructureRoleArn": "r", "instanceLaunchTemplate": {
            "ec2InstanceProfileArn": "p", "capacityOptionType": "SPOT", "networkConfiguration": {"subnets": ["s"]}}}});
        let expected = json!({"managedInstancesProvider": {"infrastructureRoleArn": "r", "propagateTags": "NONE",
            "instanceLaunchTemplate": {"ec2InstanceProfileArn": "p", "networkConfiguration": {"subnets": ["s"]},
                "monitoring": "BASIC", "instanceMetadataTagsPropagation": true,
                "localStorageConfiguration": {"useLocalStorage": false}}}});
        assert_eq!(update(&managed), expected);
    }
}
