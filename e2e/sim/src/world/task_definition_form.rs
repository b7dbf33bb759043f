//! A task definition as AWS describes it: what was asked for, with what AWS fills in and rewrites.

use serde_json::{Map, Value, json};

use super::fargate;
use super::params::Params;
use super::task_definition_rules::Size;

/// The members of a revision that follow from the request alone.
pub(super) fn described(request: Params<'_>, size: Size) -> Map<String, Value> {
    let mut body = Map::new();
    for name in COPIED {
        if let Some(value) = request.get(name) {
            body.insert((*name).to_owned(), value.clone());
        }
    }
    let mode = request.text("networkMode").unwrap_or("bridge");
    let containers = request.list("containerDefinitions").iter().map(|given| container(given, mode)).collect();
    body.insert("containerDefinitions".into(), Value::Array(containers));
    body.insert("volumes".into(), request.list("volumes").iter().map(volume).collect());
    body.insert("placementConstraints".into(), json!(request.list("placementConstraints")));
    // "1 vCPU" and "2GB" come back as numbers.
    for (name, value) in [("cpu", size.cpu), ("memory", size.memory)] {
        if let Some(value) = value {
            body.insert(name.into(), json!(value.to_string()));
        }
    }
    body.insert("compatibilities".into(), json!(compatibilities(request, size)));
    body.insert("requiresAttributes".into(), required_attributes(request));
    body
}

/// What AWS gives back as it came.
const COPIED: &[&str] = &[
    "enableFaultInjection",
    "ephemeralStorage",
    "executionRoleArn",
    "family",
    "inferenceAccelerators",
    "ipcMode",
    "networkMode",
    "pidMode",
    "proxyConfiguration",
    "requiresCompatibilities",
    "runtimePlatform",
    "taskRoleArn",
    "trustedExecutionConfiguration",
];

fn container(given: &Value, mode: &str) -> Value {
    let mut container = given.clone();
    drop_nulls(&mut container);
    let fill = |value: &mut Value, name: &str, default: Value| {
        if value[name].is_null() {
            value[name] = default;
        }
    };
    fill(&mut container, "cpu", json!(0));
    fill(&mut container, "essential", json!(true));
    for name in ["environment", "mountPoints", "portMappings", "systemControls", "volumesFrom"] {
        fill(&mut container, name, json!([]));
    }
    // AWS does not keep the order of environment variables.
    if let Some(environment) = container["environment"].as_array_mut() {
        environment.sort_by_key(|variable| variable["name"].as_str().map(str::to_owned));
    }
    for port in container["portMappings"].as_array_mut().into_iter().flatten() {
        fill(port, "protocol", json!("tcp"));
        if port["containerPortRange"].is_null() {
            let same = port["containerPort"].clone();
            match mode {
                "awsvpc" | "host" => port["hostPort"] = same,
                _ => fill(port, "hostPort", json!(0)),
            }
        }
    }
    if container["healthCheck"].is_object() {
        for (name, default) in [("interval", 30), ("timeout", 5), ("retries", 3)] {
            fill(&mut container["healthCheck"], name, json!(default));
        }
    }
    if container["restartPolicy"].is_object() {
        fill(&mut container["restartPolicy"], "restartAttemptPeriod", json!(300));
    }
    container
}

fn volume(given: &Value) -> Value {
    let mut volume = given.clone();
    drop_nulls(&mut volume);
    let configured = volume.as_object().is_some_and(|volume| volume.keys().any(|name| name != "name"));
    if !configured {
        volume["host"] = json!({});
    }
    for kind in ["efsVolumeConfiguration", "s3filesVolumeConfiguration"] {
        if volume[kind].is_object() && volume[kind]["rootDirectory"].is_null() {
            volume[kind]["rootDirectory"] = json!("/");
        }
    }
    volume
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// Where the definition could run, whatever it asks for.
fn compatibilities(request: Params<'_>, size: Size) -> Vec<&'static str> {
    let mut found = Vec::new();
    if !matches!(request.text("networkMode"), Some("awsvpc")) {
        found.push("EXTERNAL");
    }
    found.push("EC2");
    if fargate::check(request, size.cpu, size.memory).is_ok() {
        found.push("FARGATE");
    }
    found
}

/// The attributes that a container instance needs; the most frequent ones.
fn required_attributes(request: Params<'_>) -> Value {
    let mut names = Vec::new();
    for container in request.list("containerDefinitions").iter().map(Params::new) {
        match container.nested("logConfiguration").text("logDriver") {
            Some("awslogs") => {
                names.push("com.amazonaws.ecs.capability.logging-driver.awslogs".to_owned());
                names.push("com.amazonaws.ecs.capability.docker-remote-api.1.19".to_owned());
                if request.text("executionRoleArn").is_some() {
                    names.push("ecs.capability.execution-role-awslogs".to_owned());
                }
            }
            Some("awsfirelens") => names.push("ecs.capability.logging-driver.awsfirelens".to_owned()),
            Some(driver) => names.push(format!("com.amazonaws.ecs.capability.logging-driver.{driver}")),
            None => {}
        }
        if container.required("image").contains(".dkr.ecr.") {
            names.push("com.amazonaws.ecs.capability.ecr-auth".to_owned());
        }
        if !container.list("secrets").is_empty() {
            names.push("ecs.capability.secrets.ssm.environment-variables".to_owned());
        }
        if container.get("healthCheck").is_some() {
            names.push("ecs.capability.container-health-check".to_owned());
        }
    }
    if request.text("taskRoleArn").is_some() {
        names.push("com.amazonaws.ecs.capability.task-iam-role".to_owned());
    }
    if request.text("networkMode") == Some("awsvpc") {
        names.push("ecs.capability.task-eni".to_owned());
    }
    names.push("com.amazonaws.ecs.capability.docker-remote-api.1.18".to_owned());
    names.sort();
    names.dedup();
    names.into_iter().map(|name| json!({"name": name})).collect()
}
