//! What goes together in a task definition: "Amazon ECS task definition parameters" for Fargate and for Amazon EC2 (Amazon ECS Developer
//! Guide), and "Task definition differences for Fargate".

use serde_json::{Value, json};

use super::rules::{chosen, drop_members, each, fill, keep_one, refer, replace, retain, texts, unique};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Fargate,
    Instances,
}

/// One that no service has of its own: it says itself where it is to run.
pub fn settle_alone(definition: &mut Value) {
    let runs_on_fargate = |launch: &Value| launch == "FARGATE";
    let compatible = definition["requiresCompatibilities"].as_array();
    let on_fargate = compatible.is_some_and(|launches| launches.iter().any(runs_on_fargate));
    settle(definition, if on_fargate { Place::Fargate } else { Place::Instances });
}

pub fn settle(definition: &mut Value, place: Place) {
    match place {
        Place::Fargate => on_fargate(definition),
        Place::Instances => on_instances(definition),
    }
    let mode = definition["networkMode"].as_str().unwrap_or("bridge").to_owned();
    volumes(definition);
    let volumes = texts(definition["volumes"].as_array().map_or(&[], Vec::as_slice), "name");
    let mut before: Vec<Value> = Vec::new();
    let mut taken = Vec::new();
    for container in each(definition, "containerDefinitions[]") {
        if place == Place::Fargate {
            container_on_fargate(container);
        } else {
            fill(container, "memory", json!(128));
        }
        ports(container, &mode, &mut taken);
        neighbours(container, &before, &volumes);
        if mode != "bridge" {
            drop_members(container, &["links"]);
        }
        if mode == "awsvpc" {
            // ContainerDefinition: not with network interfaces of the task's own.
            drop_members(container, &["hostname", "extraHosts", "dnsServers", "dnsSearchDomains", "disableNetworking"]);
        }
        unique(container, "ulimits", "name");
        unique(container, "resourceRequirements", "type");
        for requirement in each(container, "resourceRequirements[]") {
            if requirement["type"] != "GPU" {
                drop_members(requirement, &["sharingStrategy"]);
            }
        }
        awslogs(container);
        before.push(container.clone());
    }
    if !before.iter().any(|container| container["essential"] != false) {
        definition["containerDefinitions"][0]["essential"] = json!(true);
    }
    let names = texts(&before, "name");
    for proxy in each(definition, "proxyConfiguration") {
        proxy["containerName"] = json!(chosen(proxy, &names));
    }
    if mode != "awsvpc" {
        // ProxyConfiguration: AWS App Mesh wants the network interface.
        drop_members(definition, &["proxyConfiguration"]);
    }
    // Secrets, logs and private registries are fetched with the execution role.
    fill(definition, "executionRoleArn", json!("arn:aws:iam::123456789012:role/ecsExecution"));
}

fn on_fargate(definition: &mut Value) {
    definition["networkMode"] = json!("awsvpc");
    replace(definition, "requiresCompatibilities", json!(["FARGATE"]));
    let sizes =
        [("256", "512"), ("512", "1GB"), (".5 vCPU", "4096"), ("1 vCPU", "2 GB"), ("1024", "8192"), ("2 vcpu", "4 gb")];
    let (cpu, memory) = chosen(definition, &sizes);
    definition["cpu"] = json!(cpu);
    definition["memory"] = json!(memory);
    if definition.get("pidMode").is_some() {
        definition["pidMode"] = json!("task");
    }
    drop_members(definition, &["ipcMode", "placementConstraints", "inferenceAccelerators"]);
    for volume in each(definition, "volumes[]") {
        drop_members(volume, &["host", "dockerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"]);
    }
    // Windows on Fargate wants at least a whole CPU.
    if let Some(platform) = definition.get_mut("runtimePlatform") {
        replace(platform, "operatingSystemFamily", json!("LINUX"));
    }
}

fn on_instances(definition: &mut Value) {
    replace(definition, "requiresCompatibilities", json!(["EC2"]));
    replace(definition, "cpu", chosen(definition, &[json!("512"), json!("1 vCPU"), json!("2048")]));
    drop_members(definition, &["ephemeralStorage"]);
    // ServiceManagedEBSVolumeConfiguration and the mounts below want volumes with one configuration each; see `volumes`.
}

fn container_on_fargate(container: &mut Value) {
    drop_members(
        container,
        &["links", "extraHosts", "dnsServers", "dnsSearchDomains", "dockerSecurityOptions", "resourceRequirements"],
    );
    replace(container, "privileged", json!(false));
    if let Some(linux) = container.get_mut("linuxParameters") {
        drop_members(linux, &["devices", "tmpfs", "sharedMemorySize", "maxSwap", "swappiness"]);
        if let Some(capabilities) = linux.get_mut("capabilities") {
            replace(capabilities, "add", json!(["SYS_PTRACE"]));
        }
    }
    if let Some(log) = container.get_mut("logConfiguration") {
        let driver = chosen(log, &["awslogs", "splunk", "awsfirelens"]);
        log["logDriver"] = json!(driver);
    }
}

/// The options that the driver wants.
pub fn awslogs(container: &mut Value) {
    for log in each(container, "logConfiguration") {
        if log["logDriver"] == "awslogs" {
            fill(log, "options", json!({}));
            log["options"]["awslogs-group"] = json!("shop");
            log["options"]["awslogs-region"] = json!("us-east-1");
        }
    }
}

/// No two ports of a task are the same where its containers share a network, and no two have one name.
fn ports(container: &mut Value, mode: &str, taken: &mut Vec<Value>) {
    retain(container, "portMappings", |port| {
        keep_one(port, &["containerPort", "containerPortRange"]);
        if mode != "bridge" || port.get("containerPortRange").is_some() {
            drop_members(port, &["hostPort"]);
        }
        if port.get("appProtocol").is_some() {
            fill(port, "name", json!(format!("port-{}", taken.len())));
            replace(port, "protocol", json!("tcp"));
        }
        let is_new = ["containerPort", "containerPortRange", "name"]
            .iter()
            .filter_map(|member| port.get(member))
            .all(|given| !taken.contains(given));
        taken.extend(
            ["containerPort", "containerPortRange", "name"].iter().filter_map(|member| port.get(member).cloned()),
        );
        is_new && mode != "none"
    });
}

/// What points at containers of before, so that no two wait for each other, and at volumes.
fn neighbours(container: &mut Value, before: &[Value], volumes: &[String]) {
    let names = texts(before, "name");
    refer(container, "dependsOn", "containerName", &names);
    refer(container, "volumesFrom", "sourceContainer", &names);
    refer(container, "links", "", &names);
    refer(container, "mountPoints", "sourceVolume", volumes);
    for dependency in each(container, "dependsOn[]") {
        let Some(other) = before.iter().find(|other| other["name"] == dependency["containerName"]) else { continue };
        let fits = match dependency["condition"].as_str() {
            Some("HEALTHY") => other.get("healthCheck").is_some(),
            // An essential container that ends takes the task with it.
            Some("COMPLETE" | "SUCCESS") => other["essential"] == false,
            _ => true,
        };
        if !fits {
            dependency["condition"] = json!("START");
        }
    }
}

/// Each volume is of one sort.
fn volumes(definition: &mut Value) {
    const SORTS: &[&str] = &[
        "dockerVolumeConfiguration",
        "efsVolumeConfiguration",
        "fsxWindowsFileServerVolumeConfiguration",
        "host",
        "s3filesVolumeConfiguration",
    ];
    for volume in each(definition, "volumes[]") {
        keep_one(volume, SORTS);
        // What is true of `volumeConfigurations` is for the service's rules to say.
        replace(volume, "configuredAtLaunch", json!(false));
        if let Some(docker) = volume.get_mut("dockerVolumeConfiguration")
            && docker["scope"] != "shared"
        {
            drop_members(docker, &["autoprovision"]);
        }
        if let Some(efs) = volume.get_mut("efsVolumeConfiguration") {
            // EFSVolumeConfiguration: both want encryption in transit; an access point has its own root.
            if efs.get("authorizationConfig").is_some() || efs.get("transitEncryptionPort").is_some() {
                efs["transitEncryption"] = json!("ENABLED");
            }
            if efs["authorizationConfig"].get("accessPointId").is_some() {
                replace(efs, "rootDirectory", json!("/"));
            }
        }
    }
}
