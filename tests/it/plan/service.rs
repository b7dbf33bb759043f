//! Random services.

use ecs_bridge::kinds::ecs_service::EcsService;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws,
    sample::{Sample, Spec, members, one_of, tags},
};

const ROLE: &str = "arn:aws:iam::123456789012:role/shop";
const TARGETS: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";

/// A definition for Fargate: one container with a named port.
pub fn fargate(image: &str) -> Value {
    json!({
        "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
        "executionRoleArn": ROLE, "taskRoleArn": ROLE,
        "containerDefinitions": [{"name": "web", "image": image, "portMappings": [{"containerPort": 80, "name": "http"}]}],
    })
}

/// A definition for container instances.
pub fn ec2(image: &str) -> Value {
    json!({
        "networkMode": "bridge", "executionRoleArn": ROLE, "taskRoleArn": ROLE,
        "containerDefinitions": [
            {"name": "web", "image": image, "cpu": 64, "memory": 128, "portMappings": [{"containerPort": 80, "name": "http"}]},
        ],
    })
}

pub fn network() -> Value {
    json!({"awsvpcConfiguration": {"subnets": ["subnet-2", "subnet-1"]}})
}

/// One task on Fargate in the cluster `main`.
pub fn on_fargate(image: &str) -> Value {
    json!({"cluster": "main", "launchType": "FARGATE", "networkConfiguration": network(), "taskDefinition": fargate(image)})
}

fn merged(mut spec: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        spec[name] = value.clone();
    }
    spec
}

/// The spec with these members, and without those that are null.
pub fn with(spec: Value, more: &Value) -> Value {
    let mut spec = merged(spec, more);
    spec.as_object_mut().expect("a spec").retain(|_, value| !value.is_null());
    spec
}

/// Where the tasks run, with all that has to go with it.
fn places() -> BoxedStrategy<Value> {
    let network = |public: &str| json!({"awsvpcConfiguration": {"subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1"], "assignPublicIp": public}});
    let strategy = |provider: &str, weight: u32| json!([{"capacityProvider": provider, "weight": weight}]);
    one_of(vec![
        json!({"launchType": "FARGATE", "networkConfiguration": super::service::network()}),
        json!({"launchType": "FARGATE", "networkConfiguration": network("ENABLED"), "platformVersion": "1.4.0"}),
        json!({"launchType": "FARGATE", "networkConfiguration": network("DISABLED"), "platformVersion": "LATEST"}),
        json!({"capacityProviderStrategy": strategy("FARGATE", 1), "networkConfiguration": super::service::network()}),
        json!({"capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 3}, {"capacityProvider": "FARGATE", "base": 1}],
            "networkConfiguration": network("DISABLED"), "platformVersion": "1.4.0"}),
        json!({"launchType": "EC2"}),
        json!({"launchType": "EC2", "placementConstraints": [{"type": "distinctInstance"}],
            "placementStrategy": [{"type": "spread", "field": "attribute:ecs.availability-zone"}, {"type": "binpack", "field": "memory"}]}),
        // AWS refuses to rebalance zones where the tasks are not spread over them first.
        json!({"launchType": "EC2", "placementStrategy": [{"type": "random"}], "availabilityZoneRebalancing": "DISABLED"}),
        json!({"capacityProviderStrategy": strategy("container-instances", 2)}),
        json!({}),
        json!({"launchType": "EC2", "schedulingStrategy": "DAEMON"}),
        json!({"schedulingStrategy": "DAEMON", "placementConstraints": [{"type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*"}]}),
    ])
}

pub fn definitions() -> BoxedStrategy<Value> {
    let environment = one_of(vec![
        json!({}),
        json!({"environment": [{"name": "B", "value": "2"}, {"name": "A", "value": "1"}]}),
        json!({"environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]}),
        json!({"environment": []}),
        json!({"essential": true, "command": ["serve", "--now"]}),
        json!({"healthCheck": {"command": ["CMD", "true"]}}),
    ]);
    let mount = json!([{"sourceVolume": "data", "containerPath": "/data"}]);
    let volume = |volume: Value| json!({"mountPoints": mount, "volumes": [with(json!({"name": "data"}), &volume)]});
    let ebs = |size: u32| json!([{"name": "data", "managedEBSVolume": {"roleArn": ROLE, "sizeInGiB": size, "volumeType": "gp3"}}]);
    let launched =
        |size: u32| with(volume(json!({"configuredAtLaunch": true})), &json!({"volumeConfigurations": ebs(size)}));
    let volumes = one_of(vec![
        json!({}),
        json!({}),
        volume(json!({})),
        volume(json!({"efsVolumeConfiguration": {"fileSystemId": "fs-1", "transitEncryption": "ENABLED"}})),
        launched(10),
        launched(20),
    ]);
    let image = one_of(vec![json!({"image": "nginx:1"}), json!({"image": "nginx:2"})]);
    members(vec![environment, volumes, image])
}

fn extras() -> BoxedStrategy<Value> {
    let balancers = one_of(vec![
        json!({}),
        json!({"loadBalancers": []}),
        json!({"loadBalancers": [{"targetGroupArn": TARGETS, "containerName": "web", "containerPort": 80}], "healthCheckGracePeriodSeconds": 30}),
        json!({"loadBalancers": [{"targetGroupArn": TARGETS, "containerName": "web", "containerPort": 80}]}),
    ]);
    let registries = one_of(vec![
        json!({}),
        json!({"serviceRegistries": [{"registryArn": "arn:aws:servicediscovery:us-east-1:1:service/srv-1", "containerName": "web", "containerPort": 80}]}),
    ]);
    let connect = one_of(vec![
        json!({}),
        json!({"serviceConnectConfiguration": {"enabled": false}}),
        json!({"serviceConnectConfiguration": {"enabled": true, "namespace": "internal"}}),
        json!({"serviceConnectConfiguration": {"enabled": true, "namespace": "internal",
            "services": [{"portName": "http", "clientAliases": [{"port": 80, "dnsName": "web"}]}]}}),
    ]);
    let lattice = one_of(vec![
        json!({}),
        json!({"vpcLatticeConfigurations": [{"roleArn": ROLE, "targetGroupArn": "arn:aws:vpc-lattice:us-east-1:1:targetgroup/tg-1", "portName": "http"}]}),
    ]);
    let deployment = one_of(vec![
        json!({}),
        json!({"deploymentConfiguration": {}}),
        json!({"deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 50}}),
        json!({"deploymentConfiguration": {"minimumHealthyPercent": 0}}),
        json!({"deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": true}}}),
        json!({"deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": false, "resetOnHealthyTask": false,
            "thresholdConfiguration": {"type": "COUNT", "value": 7}}}}),
        json!({"deploymentConfiguration": {"alarms": {"alarmNames": ["a", "b"], "enable": true, "rollback": true}}}),
        json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 3}}),
        json!({"deploymentConfiguration": {"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 50.0, "stepBakeTimeInMinutes": 1}}}),
        json!({"deploymentConfiguration": {"strategy": "CANARY", "bakeTimeInMinutes": 1}}),
    ]);
    let zones = one_of(vec![
        json!({}),
        json!({"availabilityZoneRebalancing": "ENABLED"}),
        json!({"availabilityZoneRebalancing": "DISABLED"}),
    ]);
    let flags = one_of(vec![
        json!({}),
        json!({"enableECSManagedTags": true, "propagateTags": "SERVICE"}),
        json!({"propagateTags": "TASK_DEFINITION", "enableExecuteCommand": true}),
        json!({"propagateTags": "NONE", "enableECSManagedTags": false, "enableExecuteCommand": false}),
    ]);
    let monitoring = one_of(vec![
        json!({}),
        json!({"monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}}),
    ]);
    let count = one_of(vec![
        json!({}),
        json!({"desiredCount": 0}),
        json!({"desiredCount": 1}),
        json!({"desiredCount": 2}),
        json!({"desiredCount": 2, "desiredCountPolicy": "External"}),
    ]);
    members(vec![
        balancers,
        registries,
        connect,
        lattice,
        deployment,
        zones,
        flags,
        monitoring,
        count,
        tags("key", "value"),
    ])
}

/// A definition that goes with the place.
fn put_together(place: &Value, container: &Value, extras: &Value) -> Value {
    let mut spec = merged(merged(json!({"cluster": "main"}), extras), place);
    let mut definition = if place.get("networkConfiguration").is_some() { fargate("") } else { ec2("") };
    let mut container = container.clone();
    for (name, of) in [("volumes", &mut definition), ("volumeConfigurations", &mut spec)] {
        if let Some(given) = container.as_object_mut().expect("a container").remove(name) {
            of[name] = given;
        }
    }
    definition["containerDefinitions"][0] = merged(definition["containerDefinitions"][0].clone(), &container);
    let mut spec = with(spec, &json!({ "taskDefinition": definition }));
    if spec["schedulingStrategy"] == "DAEMON" {
        // One task on each instance, of which none can be more: CreateService, Amazon ECS API Reference.
        spec = with(
            spec,
            &json!({"desiredCount": null, "desiredCountPolicy": null, "availabilityZoneRebalancing": null, "deploymentConfiguration": null}),
        );
    }
    shifting(&mut spec);
    spec
}

/// What green beside blue wants: a way to shift the traffic.
fn shifting(spec: &mut Value) {
    let strategy = spec["deploymentConfiguration"]["strategy"].as_str().unwrap_or("ROLLING").to_owned();
    if strategy == "ROLLING" {
        return;
    }
    let rule = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/1/2/3";
    let advanced =
        json!({"alternateTargetGroupArn": format!("{TARGETS}0"), "productionListenerRule": rule, "roleArn": ROLE});
    let mut balanced = false;
    for balancer in spec.get_mut("loadBalancers").and_then(Value::as_array_mut).into_iter().flatten() {
        balancer["advancedConfiguration"] = advanced.clone();
        balanced = true;
    }
    if !balanced && spec["serviceConnectConfiguration"]["enabled"] != true {
        spec["deploymentConfiguration"] = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1});
    }
}

/// It runs what somebody else registered, where that goes with the place.
fn running_theirs(spec: Value, name: &str) -> Value {
    if spec.get("networkConfiguration").is_none() {
        return spec;
    }
    with(spec, &json!({"taskDefinition": null, "volumeConfigurations": null, "taskDefinitionArn": name}))
}

/// Whose definition it runs: its own more often.
fn owners() -> BoxedStrategy<Option<&'static str>> {
    let arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/theirs:1";
    prop::sample::select(vec![None, None, None, None, Some("theirs:1"), Some("theirs"), Some(arn)]).boxed()
}

/// One spec, and another that the same object may have after it: what AWS takes at creation only stays, and so does a count that is used
/// then alone.
fn after(first: &Value, second: Value) -> Value {
    let external = |spec: &Value| spec["desiredCountPolicy"] == "External";
    let count = first.get("desiredCount").cloned().unwrap_or(json!(1));
    if external(first) || external(&second) { with(second, &json!({ "desiredCount": count })) } else { second }
}

impl Sample for EcsService {
    fn specs() -> BoxedStrategy<Spec> {
        (places(), definitions(), extras(), owners())
            .prop_map(|(place, container, extras, owner)| {
                let spec = put_together(&place, &container, &extras);
                Spec(owner.map_or(spec.clone(), |name| running_theirs(spec, name)))
            })
            .boxed()
    }

    fn immutable() -> &'static [&'static str] {
        &[]
    }

    /// The place stays in most changes: AWS has no way from some places to others.
    fn changes() -> BoxedStrategy<(Spec, Spec)> {
        let part = || (definitions(), extras(), owners());
        (places(), places(), prop::bool::weighted(0.3), part(), part())
            .prop_map(|(from, to, moves, first, second)| {
                let is_fixed = from.get("schedulingStrategy") != to.get("schedulingStrategy");
                let to = if moves && !is_fixed { &to } else { &from };
                let [first, second] = [(&from, first), (to, second)].map(|(place, (container, extras, owner))| {
                    let spec = put_together(place, &container, &extras);
                    owner.map_or(spec.clone(), |name| running_theirs(spec, name))
                });
                let second = after(&first, second);
                (Spec(first), Spec(second))
            })
            .boxed()
    }

    fn aws() -> Aws {
        let aws = Aws::with_cluster();
        let definition = aws.ecs("RegisterTaskDefinition", merged(fargate("theirs"), &json!({"family": "theirs"})));
        let arn = definition["taskDefinition"]["taskDefinitionArn"].clone();
        let request = json!({"cluster": "main", "serviceName": "theirs", "taskDefinition": arn, "desiredCount": 1,
            "launchType": "FARGATE", "networkConfiguration": network(), "tags": [{"key": "a", "value": "b"}]});
        aws.ecs("CreateService", request);
        aws.advance(std::time::Duration::from_mins(5));
        aws
    }

    fn foreign(aws: &Aws, _: &Value, tags: &[(&str, &str)]) {
        let tags: Vec<Value> = tags.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
        let request = json!({"cluster": "main", "serviceName": "shop_web", "taskDefinition": "theirs:1", "desiredCount": 1,
            "launchType": "FARGATE", "networkConfiguration": network(), "tags": tags});
        aws.ecs("CreateService", request);
        aws.advance(std::time::Duration::from_mins(5));
    }
}
