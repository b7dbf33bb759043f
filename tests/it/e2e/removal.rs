//! A field taken out of the YAML goes out of AWS: what is unset is AWS's default, not 'leave it'.

use aws_sim::Config;
use serde_json::{Value, json};

use super::{
    cloud_map,
    lab::{Lab, Setup},
    manifests::{ec2_service, merge, object, service},
};

/// Failure 14 of aws-semantics.md. For one object: what is taken out of its spec, each with where AWS shows it, and as what once
/// it is gone.
struct Case {
    kind: &'static str,
    name: &'static str,
    manifest: fn(Value) -> Value,
    describe: fn(&Lab, &str) -> Value,
    fields: Vec<(&'static str, Value, &'static str, Value)>,
}

fn cluster(lab: &Lab, name: &str) -> Value {
    let include = ["SETTINGS", "TAGS", "CONFIGURATIONS"];
    lab.ecs("DescribeClusters", json!({ "clusters": [lab.aws_name(name)], "include": include }))["clusters"][0].clone()
}

/// A repository with what other calls describe of it.
fn repository(lab: &Lab, name: &str) -> Value {
    let name = format!("{}/{name}", lab.namespace);
    let mut described =
        lab.ecr("DescribeRepositories", json!({ "repositoryNames": [name] }))["repositories"][0].clone();
    let arn = described["repositoryArn"].clone();
    described["tags"] = lab.ecr("ListTagsForResource", json!({ "resourceArn": arn }))["tags"].clone();
    for (operation, member) in [("GetLifecyclePolicy", "lifecyclePolicyText"), ("GetRepositoryPolicy", "policyText")] {
        let answer = lab.sim().call(aws_sim::Api::Ecr, operation, &json!({ "repositoryName": name }));
        described[member] = answer.map_or(Value::Null, |answer| answer[member].clone());
    }
    described
}

/// A service, with what only its deployments tell beside its own members.
fn described(lab: &Lab, name: &str) -> Value {
    let mut service = lab.service(name);
    let enabled = service["deployments"][0]["serviceConnectConfiguration"]["enabled"] == true;
    service["serviceConnect"] = json!(enabled);
    service
}

const TARGET_GROUP: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";
const REGISTRY: &str = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef";
const LIFECYCLE: &str = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}]}"#;
const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage"]}]}"#;

fn cases() -> impl Iterator<Item = Case> {
    services().into_iter().chain(clusters_and_repositories()).chain(secrets_and_names())
}

fn tag(key: &str, value: &str) -> Value {
    json!([{ "key": key, "value": value }])
}

fn services() -> Vec<Case> {
    vec![
        Case {
            kind: "EcsService",
            name: "fargate",
            manifest: |fields| {
                let mut manifest = service("fargate", fields);
                let named = json!({ "portMappings": [{ "containerPort": 80, "name": "http" }] });
                merge(&mut manifest["spec"]["taskDefinition"]["containerDefinitions"][0], named);
                manifest["spec"]["taskDefinition"]["taskRoleArn"] = json!("arn:aws:iam::123456789012:role/ecsTask");
                manifest
            },
            describe: described,
            fields: vec![
                (
                    "loadBalancers",
                    json!([{ "targetGroupArn": TARGET_GROUP, "containerName": "web", "containerPort": 80 }]),
                    "/loadBalancers",
                    json!([]),
                ),
                ("serviceRegistries", json!([{ "registryArn": REGISTRY }]), "/serviceRegistries", json!([])),
                ("healthCheckGracePeriodSeconds", json!(7), "/healthCheckGracePeriodSeconds", json!(0)),
                (
                    "deploymentConfiguration",
                    json!({ "maximumPercent": 150, "minimumHealthyPercent": 50, "deploymentCircuitBreaker": { "enable": true, "rollback": true } }),
                    "/deploymentConfiguration/maximumPercent",
                    json!(200),
                ),
                (
                    "deploymentConfiguration",
                    json!({ "maximumPercent": 150, "minimumHealthyPercent": 50, "deploymentCircuitBreaker": { "enable": true, "rollback": true } }),
                    "/deploymentConfiguration/deploymentCircuitBreaker/enable",
                    json!(false),
                ),
                ("enableExecuteCommand", json!(true), "/enableExecuteCommand", json!(false)),
                ("enableECSManagedTags", json!(true), "/enableECSManagedTags", json!(false)),
                ("propagateTags", json!("SERVICE"), "/propagateTags", json!("NONE")),
                ("platformVersion", json!("1.3.0"), "/platformVersion", json!("LATEST")),
                ("availabilityZoneRebalancing", json!("DISABLED"), "/availabilityZoneRebalancing", json!("ENABLED")),
                (
                    "serviceConnectConfiguration",
                    json!({ "enabled": true, "namespace": "shop", "services": [{ "portName": "http" }] }),
                    "/serviceConnect",
                    json!(false),
                ),
                ("desiredCount", json!(2), "/desiredCount", json!(1)),
                ("tags", tag("team", "shop"), "/tag:team", Value::Null),
            ],
        },
        Case {
            kind: "EcsService",
            name: "ec2",
            manifest: |fields| ec2_service("ec2", fields),
            describe: described,
            fields: vec![
                (
                    "placementStrategy",
                    json!([{ "type": "spread", "field": "attribute:ecs.availability-zone" }]),
                    "/placementStrategy",
                    json!([]),
                ),
                (
                    "placementConstraints",
                    json!([{ "type": "memberOf", "expression": "attribute:ecs.os-type == linux" }]),
                    "/placementConstraints",
                    json!([]),
                ),
            ],
        },
    ]
}

fn clusters_and_repositories() -> Vec<Case> {
    vec![
        Case {
            kind: "EcsCluster",
            name: "cluster",
            manifest: |fields| object("EcsCluster", "cluster", fields),
            describe: cluster,
            fields: vec![
                ("capacityProviders", json!(["FARGATE", "FARGATE_SPOT"]), "/capacityProviders", json!([])),
                (
                    "defaultCapacityProviderStrategy",
                    json!([{ "capacityProvider": "FARGATE", "weight": 1 }]),
                    "/defaultCapacityProviderStrategy",
                    json!([]),
                ),
                (
                    "settings",
                    json!([{ "name": "containerInsights", "value": "enhanced" }]),
                    "/settings/0/value",
                    json!("disabled"),
                ),
                (
                    "configuration",
                    json!({ "executeCommandConfiguration": { "logging": "NONE" } }),
                    "/configuration/executeCommandConfiguration/logging",
                    json!("DEFAULT"),
                ),
                ("serviceConnectDefaults", json!({ "namespace": "shop" }), "/serviceConnectDefaults", Value::Null),
                ("tags", tag("team", "shop"), "/tag:team", Value::Null),
            ],
        },
        Case {
            kind: "EcsCapacityProvider",
            name: "provider",
            manifest: |fields| {
                let mut spec = json!({ "autoScalingGroupProvider": { "autoScalingGroupArn": "workers" } });
                merge(&mut spec, fields);
                object("EcsCapacityProvider", "provider", spec)
            },
            describe: |lab, name| {
                let request = json!({ "capacityProviders": [lab.aws_name(name)], "include": ["TAGS"] });
                lab.ecs("DescribeCapacityProviders", request)["capacityProviders"][0].clone()
            },
            fields: vec![
                (
                    "autoScalingGroupProvider",
                    json!({ "managedScaling": { "status": "ENABLED", "targetCapacity": 80 } }),
                    "/autoScalingGroupProvider/managedScaling/status",
                    json!("DISABLED"),
                ),
                (
                    "autoScalingGroupProvider",
                    json!({ "managedDraining": "DISABLED" }),
                    "/autoScalingGroupProvider/managedDraining",
                    json!("ENABLED"),
                ),
                ("tags", tag("team", "shop"), "/tag:team", Value::Null),
            ],
        },
        Case {
            kind: "EcrRepository",
            name: "repository",
            manifest: |fields| object("EcrRepository", "repository", fields),
            describe: repository,
            fields: vec![
                ("imageTagMutability", json!("IMMUTABLE"), "/imageTagMutability", json!("MUTABLE")),
                (
                    "imageScanningConfiguration",
                    json!({ "scanOnPush": true }),
                    "/imageScanningConfiguration/scanOnPush",
                    json!(false),
                ),
                ("lifecyclePolicyText", json!(LIFECYCLE), "/lifecyclePolicyText", Value::Null),
                ("policyText", json!(POLICY), "/policyText", Value::Null),
                ("tags", json!([{ "Key": "team", "Value": "shop" }]), "/tag:team", Value::Null),
            ],
        },
    ]
}

fn secrets_and_names() -> Vec<Case> {
    vec![
        Case {
            kind: "SecretsManagerSecret",
            name: "secret",
            manifest: |fields| object("SecretsManagerSecret", "secret", fields),
            describe: |lab, name| {
                let mut secret = lab.secrets_manager("DescribeSecret", json!({ "SecretId": lab.aws_name(name) }));
                secret["tags"] = secret["Tags"].take();
                secret
            },
            fields: vec![
                ("Description", json!("of the shop"), "/Description", Value::Null),
                ("KmsKeyId", json!("alias/shop"), "/KmsKeyId", Value::Null),
                ("Tags", json!([{ "Key": "team", "Value": "shop" }]), "/tag:team", Value::Null),
            ],
        },
        Case {
            kind: "CloudMapService",
            name: "name",
            manifest: |fields| cloud_map::named("name", fields),
            describe: |lab, name| {
                let mut service = cloud_map::described(lab, name);
                service["tags"] = service["Tags"].take();
                service
            },
            fields: vec![
                ("Description", json!("of the shop"), "/Description", Value::Null),
                ("Tags", json!([{ "Key": "team", "Value": "shop" }]), "/tag:team", Value::Null),
            ],
        },
    ]
}

/// What stands at the place in what AWS describes; `/tag:KEY` is a tag's value.
fn at(described: &Value, place: &str) -> Value {
    let Some(key) = place.strip_prefix("/tag:") else {
        return described.pointer(place).cloned().unwrap_or_default();
    };
    let tags = described["tags"].as_array().into_iter().flatten();
    let mut found = tags.filter(|tag| tag["key"] == key || tag["Key"] == key);
    found
        .next()
        .map_or(Value::Null, |tag| if tag["value"].is_null() { tag["Value"].clone() } else { tag["value"].clone() })
}

#[tokio::test]
async fn failure_14_a_field_that_is_taken_out_of_the_yaml_goes_out_of_aws() {
    let world = Config { container_instances: 2, ..cloud_map::world() };
    let lab = Setup::named("removal").world(world).start().await;
    for case in cases() {
        let mut fields = json!({});
        case.fields.iter().for_each(|(field, value, ..)| merge(&mut fields, json!({ *field: value })));
        lab.apply(&(case.manifest)(fields)).await;
    }
    for case in cases() {
        lab.ready(case.kind, case.name).await;
        let described = (case.describe)(&lab, case.name);
        for (field, _, place, gone) in &case.fields {
            assert_ne!(&at(&described, place), gone, "{}: {field} has not reached AWS: {described:#}", case.kind);
        }
    }
    // A tag of somebody else stays.
    let arn = lab.service("fargate")["serviceArn"].clone();
    lab.ecs("TagResource", json!({ "resourceArn": arn, "tags": [{ "key": "theirs", "value": "kept" }] }));

    for case in cases() {
        lab.apply(&(case.manifest)(json!({}))).await;
    }
    for case in cases() {
        lab.has(case.kind, case.name, "Synced", "True").await;
        lab.ready(case.kind, case.name).await;
        let described = (case.describe)(&lab, case.name);
        for (field, _, place, gone) in &case.fields {
            assert_eq!(&at(&described, place), gone, "{}: {field} is still in AWS: {described:#}", case.kind);
        }
    }
    assert_eq!(at(&lab.service("fargate"), "/tag:theirs"), "kept", "a tag of somebody else was taken off");
    let owner = at(&lab.service("fargate"), "/tag:ecs-bridge.dev:owner");
    assert!(!owner.is_null(), "our own tags were taken off");
}
