//! Random capacity providers.

use ecs_bridge::kinds::ecs_capacity_provider::EcsCapacityProvider;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws,
    sample::{Sample, Spec, members, one_of, tags},
    service::with,
};

pub const GROUP: &str = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0123:autoScalingGroupName/workers";
const ROLE: &str = "arn:aws:iam::123456789012:role/ecsInfrastructure";
const PROFILE: &str = "arn:aws:iam::123456789012:instance-profile/ecsInstance";

/// The provider of an Auto Scaling group with these members.
pub fn group(more: Value) -> Value {
    json!({"autoScalingGroupProvider": with(json!({"autoScalingGroupArn": GROUP}), &more)})
}

/// Managed Instances in this cluster, with these members of the launch template.
pub fn managed(cluster: &str, template: Value) -> Value {
    let base = json!({"ec2InstanceProfileArn": PROFILE, "networkConfiguration": {"subnets": ["subnet-1", "subnet-2"]}});
    json!({"cluster": cluster, "managedInstancesProvider":
        {"infrastructureRoleArn": ROLE, "instanceLaunchTemplate": with(base, &template)}})
}

/// AWS with the cluster `main`, which is the operator's own: what is made in it may attach itself.
pub fn aws() -> Aws {
    let aws = Aws::default();
    let owner = json!([{"key": "ecs-bridge.dev:owner", "value": "owner-1"}]);
    aws.ecs("CreateCluster", json!({"clusterName": "main", "capacityProviders": ["FARGATE"], "tags": owner}));
    aws
}

fn groups() -> BoxedStrategy<Value> {
    let scaling = |scaling: Value| json!({"managedScaling": scaling});
    let settings = one_of(vec![
        json!({}),
        scaling(json!({})),
        scaling(json!({"status": "DISABLED", "targetCapacity": 100})),
        scaling(json!({"status": "ENABLED", "targetCapacity": 80, "minimumScalingStepSize": 2})),
        scaling(json!({"maximumScalingStepSize": 50, "instanceWarmupPeriod": 0})),
    ]);
    let protection = one_of(vec![
        json!({}),
        json!({"managedTerminationProtection": "DISABLED"}),
        with(json!({"managedTerminationProtection": "ENABLED"}), &scaling(json!({"status": "ENABLED"}))),
    ]);
    let draining =
        one_of(vec![json!({}), json!({"managedDraining": "DISABLED"}), json!({"managedDraining": "ENABLED"})]);
    members(vec![settings, draining, protection]).prop_map(group).boxed()
}

fn instances() -> BoxedStrategy<Value> {
    let requirements = |more: Value| json!({"instanceRequirements": with(json!({"vCpuCount": {"min": 2}, "memoryMiB": {"min": 4096}}), &more)});
    let requirements = one_of(vec![
        json!({}),
        requirements(json!({})),
        requirements(json!({"cpuManufacturers": ["intel", "amd"], "requireHibernateSupport": false})),
        requirements(json!({"cpuManufacturers": ["amd", "intel"], "memoryGiBPerVCpu": {"min": 2.5}})),
    ]);
    let storage = one_of(vec![
        json!({}),
        json!({"storageConfiguration": {"storageSizeGiB": 100}}),
        json!({"storageConfiguration": {}}),
    ]);
    let local = one_of(vec![json!({}), json!({"localStorageConfiguration": {"useLocalStorage": true}})]);
    let monitoring = one_of(vec![
        json!({}),
        json!({"monitoring": "BASIC", "instanceMetadataTagsPropagation": true}),
        json!({"monitoring": "DETAILED", "instanceMetadataTagsPropagation": false}),
    ]);
    let network = one_of(vec![
        json!({}),
        json!({"networkConfiguration": {"subnets": ["subnet-2", "subnet-1"]}}),
        json!({"networkConfiguration": {"subnets": ["subnet-3"], "securityGroups": ["sg-1"]}}),
    ]);
    let provider = one_of(vec![
        json!({}),
        json!({"propagateTags": "NONE"}),
        json!({"propagateTags": "CAPACITY_PROVIDER", "infrastructureOptimization": {"scaleInAfter": 600}}),
        json!({"autoRepairConfiguration": {"actionsStatus": "ENABLED"}}),
    ]);
    let template = members(vec![requirements, storage, local, monitoring, network]);
    (template, provider)
        .prop_map(|(template, provider)| {
            let mut spec = managed("main", template);
            spec["managedInstancesProvider"] = with(spec["managedInstancesProvider"].take(), &provider);
            spec
        })
        .boxed()
}

fn specs(providers: BoxedStrategy<Value>) -> BoxedStrategy<Spec> {
    let name = one_of(vec![json!({}), json!({"name": "mine"})]);
    members(vec![providers, name, tags("key", "value")]).prop_map(Spec).boxed()
}

impl Sample for EcsCapacityProvider {
    fn specs() -> BoxedStrategy<Spec> {
        prop_oneof![specs(groups()), specs(instances())].boxed()
    }

    fn immutable() -> &'static [&'static str] {
        &["name"]
    }

    fn aws() -> Aws {
        aws()
    }

    fn foreign(aws: &Aws, spec: &Value, tags: &[(&str, &str)]) {
        let name = spec["name"].as_str().unwrap_or("shop_web");
        let tags: Vec<Value> = tags.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
        let mut request = json!({"name": name, "tags": tags});
        if spec.get("managedInstancesProvider").is_some() {
            for member in ["cluster", "managedInstancesProvider"] {
                request[member] = spec[member].clone();
            }
        } else {
            request["autoScalingGroupProvider"] = json!({"autoScalingGroupArn": GROUP});
        }
        aws.ecs("CreateCapacityProvider", request);
        aws.advance(std::time::Duration::from_mins(1));
    }

    /// A group never becomes Managed Instances.
    fn changes() -> BoxedStrategy<(Spec, Spec)> {
        let of = |providers: fn() -> BoxedStrategy<Value>| {
            (specs(providers()), specs(providers())).prop_map(|(first, mut second)| {
                second.0.as_object_mut().expect("a spec").remove("name");
                if let Some(name) = first.0.get("name") {
                    second.0["name"] = name.clone();
                }
                (first, second)
            })
        };
        prop_oneof![of(groups), of(instances)].boxed()
    }
}
