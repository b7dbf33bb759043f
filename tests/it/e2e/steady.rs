//! A second pass over an unchanged world makes no write: neither to AWS nor to the status.

use aws_sim::Config;
use ecs_bridge_harness::{AuditEvent, Cluster};
use serde_json::{Value, json};

use super::{
    cloud_map,
    lab::{LOOKS, Lab, ok},
    manifests::{definition, ec2_service, merge, network, object, service},
    secrets,
};

/// The reads by which the operator looks at each kind, and at the instances of a name.
fn reads() -> Vec<&'static str> {
    [LOOKS, &["ListInstances"]].concat()
}

/// Attached by the cluster `full`, and in no spec of it.
fn providers() -> [Value; 2] {
    [
        object(
            "EcsCapacityProvider",
            "group",
            json!({
                "clusterRef": { "name": "full" },
                "autoScalingGroupProvider": {
                    "autoScalingGroupArn": "workers",
                    "managedScaling": { "status": "ENABLED", "targetCapacity": 100 },
                    "managedDraining": "ENABLED",
                },
                "tags": [{ "key": "team", "value": "shop" }],
            }),
        ),
        object(
            "EcsCapacityProvider",
            "instances",
            json!({
                "clusterRef": { "name": "full" },
                "managedInstancesProvider": {
                    "infrastructureRoleArn": "arn:aws:iam::123456789012:role/ecsInfrastructure",
                    "instanceLaunchTemplate": {
                        "ec2InstanceProfileArn": "arn:aws:iam::123456789012:instance-profile/ecsInstance",
                        "networkConfiguration": { "subnets": ["subnet-b", "subnet-a"] },
                        "instanceRequirements": { "vCpuCount": { "min": 2 }, "memoryMiB": { "min": 4096 }, "cpuManufacturers": ["intel", "amd"] },
                    },
                },
            }),
        ),
    ]
}

/// Which the release before has no kind for.
fn copies() -> [Value; 2] {
    [
        object("SecretsManagerSecret", "bare", json!({})),
        object(
            "SecretsManagerSecret",
            "full",
            json!({
                "Description": "of the shop",
                "KmsKeyId": "alias/shop",
                "Tags": [{ "Key": "team", "Value": "shop" }],
                "secretRef": { "name": "db", "keys": ["user", "password"] },
            }),
        ),
    ]
}

/// The same of these.
fn names() -> [Value; 2] {
    [
        cloud_map::named("bare", json!({ "DnsConfig": null, "Type": "HTTP" })),
        cloud_map::named(
            "full",
            json!({
                "Description": "of the shop",
                "DnsConfig": {
                    "RoutingPolicy": "MULTIVALUE",
                    "DnsRecords": [{ "Type": "AAAA", "TTL": 20 }, { "Type": "A", "TTL": 10 }],
                },
                "HealthCheckCustomConfig": { "FailureThreshold": 3 },
                "Tags": [{ "Key": "team", "Value": "shop" }],
                "serviceRef": { "name": "web", "port": "http" },
            }),
        ),
    ]
}

/// Objects of every kind, with as much as fits into one: what is not compared rightly is written again.
pub fn objects() -> Vec<Value> {
    let mut full = service(
        "full",
        json!({
            "launchType": null,
            "capacityProviderStrategy": [
                { "capacityProvider": "FARGATE", "base": 1, "weight": 1 },
                { "capacityProvider": "FARGATE_SPOT", "weight": 0 },
            ],
            "desiredCount": 2,
            "loadBalancers": [{
                "targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef",
                "containerName": "web",
                "containerPort": 80,
            }],
            "serviceRegistries": [{ "registryArn": "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef" }],
            "deploymentConfiguration": {
                "maximumPercent": 150,
                "deploymentCircuitBreaker": { "enable": true, "rollback": true },
            },
            "healthCheckGracePeriodSeconds": 7,
            "enableExecuteCommand": true,
            "enableECSManagedTags": true,
            "propagateTags": "SERVICE",
            "platformVersion": "1.4.0",
            "availabilityZoneRebalancing": "DISABLED",
            "tags": [{ "key": "team", "value": "shop" }, { "key": "empty", "value": "" }],
        }),
    );
    let container = json!({
        "environment": [{ "name": "B", "value": "2" }, { "name": "A", "value": "1" }, { "name": "EMPTY", "value": "" }],
        "command": ["nginx", "-g", "daemon off;"],
        "portMappings": [{ "containerPort": 80, "name": "http" }, { "containerPort": 81, "protocol": "udp" }],
        "healthCheck": { "command": ["CMD-SHELL", "true"] },
        "linuxParameters": { "initProcessEnabled": false, "capabilities": { "drop": ["ALL"] } },
        "dependsOn": [],
        "readonlyRootFilesystem": false,
    });
    merge(&mut full["spec"]["taskDefinition"]["containerDefinitions"][0], container);
    merge(
        &mut full["spec"]["taskDefinition"],
        json!({
            "cpu": "0.5 vCPU",
            "memory": "1 GB",
            "taskRoleArn": "arn:aws:iam::123456789012:role/ecsTask",
            "volumes": [{ "name": "scratch" }],
            "ephemeralStorage": { "sizeInGiB": 30 },
            "runtimePlatform": { "cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX" },
            "tags": [{ "key": "team", "value": "shop" }],
        }),
    );
    vec![
        object("EcsCluster", "bare", json!({})),
        object(
            "EcsCluster",
            "full",
            json!({
                "capacityProviders": ["FARGATE_SPOT", "FARGATE"],
                "defaultCapacityProviderStrategy": [{ "capacityProvider": "FARGATE", "weight": 1, "base": 0 }],
                "settings": [{ "name": "containerInsights", "value": "enhanced" }],
                "configuration": { "executeCommandConfiguration": { "logging": "NONE" } },
                "serviceConnectDefaults": { "namespace": "shop" },
                "tags": [{ "key": "team", "value": "shop" }],
            }),
        ),
        object("EcrRepository", "bare", json!({})),
        object(
            "EcrRepository",
            "full",
            json!({
                "imageTagMutability": "IMMUTABLE",
                "imageScanningConfiguration": { "scanOnPush": true },
                "lifecyclePolicyText": r#"{ "rules": [ { "selection": { "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5 },
                    "rulePriority": 1, "action": { "type": "expire" } } ] }"#,
                "policyText": r#"{ "Version": "2012-10-17", "Statement": [ { "Sid": "pull", "Effect": "Allow", "Principal": "*",
                    "Action": [ "ecr:BatchGetImage" ] } ] }"#,
                "tags": [{ "Key": "team", "Value": "shop" }],
            }),
        ),
        service("bare", json!({})),
        full,
        // Neither launch type nor strategy: the cluster's default strategy of that moment.
        object(
            "EcsService",
            "default-strategy",
            json!({ "clusterRef": { "name": "full" }, "networkConfiguration": network(), "taskDefinition": definition("nginx:1") }),
        ),
        ec2_service(
            "placed",
            json!({
                "placementConstraints": [{ "type": "memberOf", "expression": "attribute:ecs.os-type == linux" }],
                "placementStrategy": [{ "type": "spread", "field": "attribute:ecs.availability-zone" }, { "type": "random" }],
            }),
        ),
        ec2_service("daemon", json!({ "schedulingStrategy": "DAEMON" })),
        service("external", json!({ "desiredCountPolicy": "External", "desiredCount": 2 })),
        // Names that AWS does not take as they are.
        service("dotted.name.of-a-service", json!({})),
        object("EcsCluster", "dotted.name", json!({})),
        object("EcrRepository", &"long".repeat(60), json!({})),
    ]
}

async fn lab(name: &str) -> (Lab, Vec<(String, String)>) {
    let world = Config { container_instances: 2, ..cloud_map::world() };
    let lab = secrets::setup(name).world(world).start().await;
    lab.secret("db", json!({ "user": "shop", "password": "hunter2" })).await;
    cloud_map::annotate(&lab, false).await;
    lab.endpoints(&["10.0.0.1", "10.0.0.2"]).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let objects = [objects(), providers().into(), copies().into(), names().into()].concat();
    for object in &objects {
        lab.apply(object).await;
    }
    let names: Vec<_> =
        objects.iter().map(|object| (text(&object["kind"]), text(&object["metadata"]["name"]))).collect();
    for (kind, name) in &names {
        lab.ready(kind, name).await;
    }
    // The counters of a service still move for a moment after it is Ready, as when its event of the steady state comes.
    let mark = lab.mark();
    lab.looked(mark, &reads(), 3).await;
    (lab, names)
}

/// Of each object, what changes with any write to it.
async fn versions(lab: &Lab, names: &[(String, String)]) -> Vec<(String, Value)> {
    let mut versions = Vec::new();
    for (kind, name) in names {
        let object = lab.get(kind, name).await;
        versions
            .push((format!("{kind}/{name} at {}", object.metadata.resource_version.unwrap_or_default()), object.data));
    }
    versions
}

/// How many statuses were sent to the API server.
async fn status_writes(lab: &Lab) -> usize {
    let events = ok(ok(Cluster::shared().await).audit());
    let sent = |event: &&AuditEvent| event.namespace == lab.namespace && event.subresource == "status";
    events.iter().filter(sent).count()
}

#[tokio::test]
async fn a_second_pass_over_an_unchanged_world_writes_nothing() {
    let (mut lab, names) = lab("steady").await;

    let (mark, before) = (lab.mark(), versions(&lab, &names).await);
    lab.looked(mark, &reads(), 4).await;
    lab.no_write_since(mark, "over sweeps of an unchanged world");
    assert_eq!(versions(&lab, &names).await, before, "a sweep over an unchanged world wrote a status");

    let (mark, written) = (lab.mark(), status_writes(&lab).await);
    lab.restart_operator().await;
    // Each object is read by a pass of its own, which asks for more than a sweep does.
    lab.looked(mark, &reads(), 3).await;
    lab.no_write_since(mark, "after a restart over an unchanged world");
    assert_eq!(versions(&lab, &names).await, before, "a restart over an unchanged world wrote a status");
    // A write that changes nothing leaves no trace in the object: the audit log has it.
    assert_eq!(status_writes(&lab).await, written, "a restart over an unchanged world sent a status to the API server");
}

#[tokio::test]
async fn a_pass_that_is_asked_for_writes_nothing_in_an_unchanged_world() {
    let (lab, names) = lab("asked").await;
    let status = async || {
        let versions = versions(&lab, &names).await;
        versions.into_iter().map(|(_, data)| data["status"].clone()).collect::<Vec<_>>()
    };
    let (mark, before) = (lab.mark(), status().await);
    for (kind, name) in &names {
        lab.annotate(kind, name, "ecs-bridge.dev/reconcile-at", "2026-01-01T00:00:00Z").await;
    }
    lab.looked(mark, &reads(), 4).await;
    lab.no_write_since(mark, "when asked to reconcile an unchanged world");
    assert_eq!(status().await, before, "a pass over an unchanged world changed a status");
}
