//! What goes together in a service: where it runs, and what that wants of everything else. The sentences are those of CreateService and
//! of the data types that it takes (Amazon ECS API Reference); the task definition's are in [`super::definition`].

use serde_json::{Value, json};

use super::{
    definition::{self, Place},
    rules::{chosen, drop_members, each, fill, keep_one, refer, replace, retain, strategy, texts, unique},
    stages,
};

/// Task definitions that somebody else registers, by their family: what may run on Fargate may run on instances.
pub fn theirs(image: &str) -> Value {
    json!({"family": "theirs", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE", "EC2"], "cpu": "256", "memory": "512",
        "taskRoleArn": "arn:aws:iam::123456789012:role/ecsTheirs",
        "containerDefinitions": [{"name": "web", "image": image, "portMappings": [{"containerPort": 80, "name": "http"}]}]})
}

pub fn settle(spec: &mut Value) {
    let place = place(spec);
    if spec.get("taskDefinitionArn").is_some() {
        drop_members(spec, &["taskDefinition"]);
    } else {
        definition::settle(&mut spec["taskDefinition"], place);
    }
    let mut runs = spec.get("taskDefinition").cloned().unwrap_or_else(|| theirs("nginx"));
    let awsvpc = runs["networkMode"] == "awsvpc";
    network(spec, place, awsvpc);
    volumes(spec);
    if let Some(own) = spec.get("taskDefinition") {
        runs = own.clone();
    }
    scheduling(spec, place);
    balancers(spec, &runs, awsvpc);
    named_ports(spec, &runs);
    connect(spec, &runs);
    stages::settle(spec);
    // ServiceDeployment: a task role is what ECS Exec works with.
    if runs.get("taskRoleArn").is_none() {
        replace(spec, "enableExecuteCommand", json!(false));
    }
    zones(spec);
}

/// AWS has no way to take network interfaces off a service (tests/it/walk).
pub fn follow(first: &Value, second: &mut Value) {
    stages::follow(first, second);
    if first.get("networkConfiguration").is_some() && second.get("taskDefinition").is_some() {
        second["taskDefinition"]["networkMode"] = json!("awsvpc");
    }
}

/// Either a launch type or a strategy; neither is the cluster's default strategy, and Amazon EC2 where it has none.
fn place(spec: &mut Value) -> Place {
    strategy(spec, "capacityProviderStrategy");
    if spec.get("capacityProviderStrategy").is_some() {
        drop_members(spec, &["launchType"]);
    }
    let provider = spec["capacityProviderStrategy"][0]["capacityProvider"].as_str().unwrap_or_default();
    if provider.starts_with("FARGATE") || spec["launchType"] == "FARGATE" { Place::Fargate } else { Place::Instances }
}

fn network(spec: &mut Value, place: Place, awsvpc: bool) {
    if !awsvpc {
        drop_members(spec, &["networkConfiguration"]);
        return;
    }
    fill(spec, "networkConfiguration", json!({}));
    let vpc = &mut spec["networkConfiguration"];
    fill(vpc, "awsvpcConfiguration", json!({"subnets": ["subnet-0a1b2c3d"]}));
    if place == Place::Instances {
        replace(&mut vpc["awsvpcConfiguration"], "assignPublicIp", json!("DISABLED"));
    }
}

/// A volume that is configured at launch has its configuration, and the other way around; one volume at most.
fn volumes(spec: &mut Value) {
    let can = spec.get("taskDefinition").is_some();
    retain(spec, "volumeConfigurations", |_| can);
    if let Some(configurations) = spec.get_mut("volumeConfigurations").and_then(Value::as_array_mut) {
        configurations.truncate(1);
        let name = json!("launched");
        configurations[0]["name"] = name.clone();
        let definition = &mut spec["taskDefinition"];
        fill(definition, "volumes", json!([]));
        if let Some(volumes) = definition["volumes"].as_array_mut() {
            volumes.push(json!({"name": name, "configuredAtLaunch": true}));
        }
    }
    for volume in each(spec, "volumeConfigurations[].managedEBSVolume") {
        fill(volume, "sizeInGiB", json!(10));
        if volume.get("kmsKeyId").is_some() {
            volume["encrypted"] = json!(true);
        }
        if volume.get("snapshotId").is_none() {
            drop_members(volume, &["volumeInitializationRate"]);
        }
        match volume["volumeType"].as_str() {
            None | Some("gp3") => {}
            Some("io2") => drop_members(volume, &["throughput"]),
            Some(_) => drop_members(volume, &["throughput", "iops"]),
        }
        retain(volume, "tagSpecifications", |_| true);
        if let Some(specifications) = volume.get_mut("tagSpecifications").and_then(Value::as_array_mut) {
            specifications.truncate(1);
        }
    }
}

fn scheduling(spec: &mut Value, place: Place) {
    if place == Place::Fargate {
        drop_members(spec, &["placementConstraints", "placementStrategy"]);
        replace(spec, "schedulingStrategy", json!("REPLICA"));
    } else {
        drop_members(spec, &["platformVersion"]);
        // Whether the instances of the test have room is not what is asked here.
        spec["desiredCount"] = json!(0);
    }
    if spec.get("capacityProviderStrategy").is_some() {
        replace(spec, "schedulingStrategy", json!("REPLICA"));
    }
    let mut distinct = false;
    retain(spec, "placementConstraints", |constraint| {
        if constraint["type"] == "memberOf" {
            return true;
        }
        drop_members(constraint, &["expression"]);
        !std::mem::replace(&mut distinct, true)
    });
    for strategy in each(spec, "placementStrategy[]") {
        match strategy["type"].as_str() {
            Some("random") => drop_members(strategy, &["field"]),
            Some("binpack") => strategy["field"] = json!(chosen(strategy, &["cpu", "memory"])),
            _ => {}
        }
    }
    if spec["schedulingStrategy"] == "DAEMON" {
        drop_members(spec, &["desiredCount", "placementStrategy"]);
        retain(spec, "placementConstraints", |constraint| constraint["type"] == "memberOf");
        if let Some(deployment) = spec.get_mut("deploymentConfiguration") {
            replace(deployment, "maximumPercent", json!(100));
            replace(deployment, "minimumHealthyPercent", json!(50));
        }
    }
}

/// Every port of a container, as `(container, port)`.
fn ports(runs: &Value) -> Vec<(String, i64)> {
    let containers = runs["containerDefinitions"].as_array().into_iter().flatten();
    let ports = containers.flat_map(|container| {
        let name = container["name"].as_str().unwrap_or_default().to_owned();
        let ports = container["portMappings"].as_array().into_iter().flatten();
        ports.filter_map(move |port| Some((name.clone(), port["containerPort"].as_i64()?)))
    });
    ports.collect()
}

fn balancers(spec: &mut Value, runs: &Value, awsvpc: bool) {
    let ports = ports(runs);
    let point = |item: &mut Value| {
        if ports.is_empty() {
            return false;
        }
        let (container, port) = chosen(item, &ports);
        item["containerName"] = json!(container);
        item["containerPort"] = json!(port);
        true
    };
    // A Classic Load Balancer is no target of network interfaces, and is the only one of its service.
    let classic = !awsvpc && spec["loadBalancers"].as_array().is_some_and(|all| all.len() == 1);
    retain(spec, "loadBalancers", |balancer| {
        if classic {
            keep_one(balancer, &["loadBalancerName", "targetGroupArn"]);
        } else {
            drop_members(balancer, &["loadBalancerName"]);
        }
        if balancer.get("loadBalancerName").is_none() {
            fill(
                balancer,
                "targetGroupArn",
                json!("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef"),
            );
        }
        point(balancer)
    });
    match spec.get("loadBalancers") {
        // ECS uses its service-linked role for tasks with network interfaces, and for several target groups.
        Some(balancers) if awsvpc || balancers.as_array().is_some_and(|all| all.len() > 1) => {
            drop_members(spec, &["role"]);
        }
        Some(_) => {}
        None => drop_members(spec, &["role", "healthCheckGracePeriodSeconds"]),
    }
    // A service has one registry; its port, or the container's.
    if let Some(registries) = spec.get_mut("serviceRegistries").and_then(Value::as_array_mut) {
        registries.truncate(1);
    }
    retain(spec, "serviceRegistries", |registry| {
        let by_port = awsvpc && registry.get("port").is_some();
        drop_members(registry, if by_port { &["containerName", "containerPort"] } else { &["port"] });
        by_port || point(registry)
    });
}

/// What names a port of the task definition.
fn named_ports(spec: &mut Value, runs: &Value) {
    let mut runs = runs.clone();
    let ports: Vec<Value> =
        each(&mut runs, "containerDefinitions[].portMappings[]").into_iter().map(|port| port.clone()).collect();
    let names = texts(&ports, "name");
    for list in ["vpcLatticeConfigurations", "gatewayConnectors"] {
        refer(spec, list, "portName", &names);
    }
    if let Some(connect) = spec.get_mut("serviceConnectConfiguration") {
        refer(connect, "services", "portName", &names);
        unique(connect, "services", "discoveryName");
    }
    for matcher in each(spec, "gatewayConnectors[].healthCheck.matcher") {
        keep_one(matcher, &["grpcCode", "httpCode"]);
    }
    for connector in each(spec, "gatewayConnectors[].filters") {
        retain(connector, "accessTypes", |_| true);
    }
}

fn connect(spec: &mut Value, runs: &Value) {
    let can = matches!(runs["networkMode"].as_str(), Some("awsvpc" | "bridge") | None);
    let Some(connect) = spec.get_mut("serviceConnectConfiguration") else { return };
    if !can {
        drop_members(spec, &["serviceConnectConfiguration"]);
    } else if connect["enabled"] == true {
        fill(connect, "namespace", json!("internal"));
        definition::awslogs(connect);
    } else {
        // What is off has no more to say.
        *connect = json!({"enabled": false});
    }
}

/// "Balancing an Amazon ECS service across Availability Zones", Amazon ECS Developer Guide.
fn zones(spec: &mut Value) {
    let classic = each(spec, "loadBalancers[]").iter().any(|balancer| balancer.get("loadBalancerName").is_some());
    let first = spec["placementStrategy"].get(0).cloned();
    let spread = first.is_none_or(|first| first["field"] == "attribute:ecs.availability-zone");
    if classic || !spread || spec["schedulingStrategy"] == "DAEMON" {
        // Said in any case: an update that does not speak of it keeps what the service had.
        spec["availabilityZoneRebalancing"] = json!("DISABLED");
    }
}
