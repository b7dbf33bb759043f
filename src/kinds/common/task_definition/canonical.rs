//! When two task definitions mean the same. Amazon ECS API Reference: RegisterTaskDefinition, ContainerDefinition and their members.

use serde_json::Value;

use crate::{
    engine::{
        compare::{self, Difference, Rule, canonical, differences},
        hash as hashing,
    },
    model::ecs::{self, TaskDefinition, TaskDefinitionSpec},
};

/// How the members compare: what AWS does not order, what it writes differently, and what an unset member means.
pub const RULES: &[Rule] = &[
    compare::set("containerDefinitions"),
    compare::number("containerDefinitions[].cpu", 0),
    compare::flag("containerDefinitions[].essential", true),
    compare::set("containerDefinitions[].environment"),
    compare::set("containerDefinitions[].secrets"),
    compare::set("containerDefinitions[].mountPoints"),
    compare::flag("containerDefinitions[].mountPoints[].readOnly", false),
    compare::set("containerDefinitions[].volumesFrom"),
    compare::flag("containerDefinitions[].volumesFrom[].readOnly", false),
    compare::set("containerDefinitions[].portMappings"),
    compare::text("containerDefinitions[].portMappings[].protocol", ecs::TransportProtocol::TCP),
    compare::set("containerDefinitions[].dependsOn"),
    compare::set("containerDefinitions[].systemControls"),
    compare::set("containerDefinitions[].ulimits"),
    compare::set("containerDefinitions[].resourceRequirements"),
    compare::set("containerDefinitions[].extraHosts"),
    compare::set("containerDefinitions[].links"),
    compare::set("containerDefinitions[].logConfiguration.secretOptions"),
    compare::number("containerDefinitions[].healthCheck.interval", 30),
    compare::number("containerDefinitions[].healthCheck.timeout", 5),
    compare::number("containerDefinitions[].healthCheck.retries", 3),
    compare::number("containerDefinitions[].healthCheck.startPeriod", 0),
    compare::number("containerDefinitions[].restartPolicy.restartAttemptPeriod", 300),
    compare::flag("containerDefinitions[].disableNetworking", false),
    compare::flag("containerDefinitions[].interactive", false),
    compare::flag("containerDefinitions[].privileged", false),
    compare::flag("containerDefinitions[].pseudoTerminal", false),
    compare::flag("containerDefinitions[].readonlyRootFilesystem", false),
    compare::flag("containerDefinitions[].linuxParameters.initProcessEnabled", false),
    compare::set("containerDefinitions[].linuxParameters.capabilities.add"),
    compare::set("containerDefinitions[].linuxParameters.capabilities.drop"),
    compare::text("containerDefinitions[].versionConsistency", ecs::VersionConsistency::ENABLED),
    compare::spelling("cpu", cpu_units),
    compare::spelling("memory", memory_mib),
    compare::text("networkMode", ecs::NetworkMode::BRIDGE),
    compare::set("requiresCompatibilities"),
    compare::text("runtimePlatform.operatingSystemFamily", ecs::OSFamily::LINUX),
    compare::text("runtimePlatform.cpuArchitecture", ecs::CPUArchitecture::X86_64),
    compare::flag("enableFaultInjection", false),
    compare::set("placementConstraints"),
    compare::set("inferenceAccelerators"),
    compare::text("proxyConfiguration.type", ecs::ProxyConfigurationType::APPMESH),
    compare::set("proxyConfiguration.properties"),
    compare::set("volumes"),
    compare::flag("volumes[].configuredAtLaunch", false),
    compare::flag("volumes[].dockerVolumeConfiguration.autoprovision", false),
    compare::text("volumes[].dockerVolumeConfiguration.driver", "local"),
    compare::text("volumes[].dockerVolumeConfiguration.scope", ecs::Scope::TASK),
    compare::text("volumes[].efsVolumeConfiguration.rootDirectory", "/"),
    compare::text("volumes[].s3filesVolumeConfiguration.rootDirectory", "/"),
    compare::text("volumes[].efsVolumeConfiguration.transitEncryption", ecs::EFSTransitEncryption::DISABLED),
    compare::text("volumes[].efsVolumeConfiguration.authorizationConfig.iam", ecs::EFSAuthorizationConfigIAM::DISABLED),
    // What a revision is, not what it defines; tags are looked at for ownership.
    compare::apart("tags"),
];

/// The hash of what a spec defines in a family, with the version of this canonical form: under another version the described
/// definition is compared instead, so that a release of the operator rolls nothing.
pub fn hash(spec: &TaskDefinitionSpec, family: &str) -> String {
    let tags: Value = serde_json::to_value(&spec.tags).unwrap_or_default();
    let form = serde_json::json!([
        family,
        canonical(&normal(spec), RULES),
        canonical(&serde_json::json!({ "tags": tags }), &[compare::set("tags")])
    ]);
    format!("{VERSION}{}", hashing::of(&form))
}

/// The prefix of hashes of this canonical form.
pub const VERSION: &str = "v1:";

/// Where a described revision differs from what a spec defines; none: it can be run as it is.
pub fn same(spec: &TaskDefinitionSpec, described: &TaskDefinition) -> Vec<Difference> {
    differences(&normal(spec), &normal(described), RULES)
}

/// The members that define something, with port mappings that AWS fills in by the network mode taken out.
pub fn normal(definition: &impl serde::Serialize) -> Value {
    let mut value = serde_json::to_value(definition).unwrap_or_default();
    let Some(members) = value.as_object_mut() else { return value };
    // What AWS adds to a registered revision, and the family, which is compared as what it is.
    for member in DESCRIBED_ONLY {
        members.remove(*member);
    }
    let mode = members.get("networkMode").and_then(Value::as_str).unwrap_or(ecs::NetworkMode::BRIDGE).to_owned();
    for container in members.get_mut("containerDefinitions").and_then(Value::as_array_mut).into_iter().flatten() {
        for port in container.get_mut("portMappings").and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(port) = port.as_object_mut() else { continue };
            // With awsvpc and host a host port is the container port; with bridge, 0 and none both mean a dynamic one.
            let implied = match mode.as_str() {
                ecs::NetworkMode::AWSVPC | ecs::NetworkMode::HOST => port.get("containerPort").cloned(),
                _ => Some(Value::from(0)),
            };
            if port.get("hostPort") == implied.as_ref() {
                port.remove("hostPort");
            }
        }
    }
    value
}

/// Members of a described revision that no request has.
const DESCRIBED_ONLY: &[&str] = &[
    "compatibilities",
    "deleteRequestedAt",
    "deregisteredAt",
    "family",
    "registeredAt",
    "registeredBy",
    "requiresAttributes",
    "revision",
    "status",
    "taskDefinitionArn",
];

/// `1 vCPU` is 1024 CPU units.
pub fn cpu_units(text: &str) -> String {
    let lower = text.trim().to_ascii_lowercase();
    scaled(lower.strip_suffix("vcpu"), 1024.0).unwrap_or_else(|| text.to_owned())
}

/// `2GB` is 2048 MiB.
pub fn memory_mib(text: &str) -> String {
    let lower = text.trim().to_ascii_lowercase();
    scaled(lower.strip_suffix("gb"), 1024.0).unwrap_or_else(|| text.to_owned())
}

fn scaled(number: Option<&str>, factor: f64) -> Option<String> {
    let scaled = number?.trim().parse::<f64>().ok()? * factor;
    (scaled.fract() == 0.0 && scaled > 0.0).then(|| format!("{scaled:.0}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn spec(value: Value) -> TaskDefinitionSpec {
        serde_json::from_value(value).expect("a task definition")
    }

    fn web(extra: Value) -> TaskDefinitionSpec {
        let mut value = json!({"containerDefinitions": [{"name": "web", "image": "nginx"}]});
        let extra: serde_json::Map<String, Value> = serde_json::from_value(extra).expect("object");
        value.as_object_mut().expect("object").extend(extra);
        spec(value)
    }

    #[test]
    fn definitions_that_mean_the_same_have_one_hash() {
        let container = |extra: Value| {
            let mut value = json!({"name": "web", "image": "nginx"});
            value.as_object_mut().expect("object").extend(extra.as_object().expect("object").clone());
            spec(json!({"containerDefinitions": [value], "networkMode": "awsvpc"}))
        };
        let plain = hash(&container(json!({})), "f");
        for (why, same) in [
            ("no cpu", json!({"cpu": 0})),
            ("essential by default", json!({"essential": true})),
            ("empty lists", json!({"environment": [], "mountPoints": [], "volumesFrom": [], "systemControls": []})),
        ] {
            assert_eq!(hash(&container(same), "f"), plain, "{why}");
        }
        assert_eq!(
            hash(&container(json!({"portMappings": [{"containerPort": 80}]})), "f"),
            hash(&container(json!({"portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}]})), "f"),
            "awsvpc maps a port to itself"
        );
        assert_eq!(
            hash(&web(json!({"memory": "2 GB", "cpu": ".5 vCPU"})), "f"),
            hash(&web(json!({"memory": "2048", "cpu": "512"})), "f")
        );
        assert_eq!(hash(&web(json!({"networkMode": "bridge"})), "f"), hash(&web(json!({})), "f"));
    }

    #[test]
    fn environment_variables_in_another_order_are_no_drift() {
        // Failure 11 of aws-semantics.md (ACK community 2878).
        let with = |names: [&str; 2]| {
            let environment: Vec<Value> = names.iter().map(|name| json!({"name": name, "value": "x"})).collect();
            spec(json!({"containerDefinitions": [{"name": "web", "image": "i", "environment": environment}]}))
        };
        assert_eq!(hash(&with(["A", "B"]), "f"), hash(&with(["B", "A"]), "f"));
        let described: TaskDefinition =
            serde_json::from_value(serde_json::to_value(with(["B", "A"])).expect("json")).expect("described");
        assert_eq!(same(&with(["A", "B"]), &described), vec![]);
    }

    #[test]
    fn definitions_that_differ_have_hashes_that_differ() {
        let plain = hash(&web(json!({})), "f");
        assert_ne!(hash(&web(json!({})), "g"), plain, "family");
        assert_ne!(hash(&web(json!({"networkMode": "awsvpc"})), "f"), plain, "network mode");
        // They are processed from the top down (ContainerDefinition, Amazon ECS API Reference).
        let files = |names: [&str; 2]| {
            let files = names.map(|name| json!({"value": format!("arn:aws:s3:::shop/{name}.env"), "type": "s3"}));
            spec(json!({"containerDefinitions": [{"name": "web", "image": "nginx", "environmentFiles": files}]}))
        };
        assert_ne!(hash(&files(["a", "b"]), "f"), hash(&files(["b", "a"]), "f"), "the order of environment files");
        assert_ne!(hash(&web(json!({"tags": [{"key": "a", "value": "b"}]})), "f"), plain, "tags");
        assert_ne!(
            hash(&spec(json!({"containerDefinitions": [{"name": "web", "image": "nginx:2"}]})), "f"),
            plain,
            "image"
        );
    }

    #[test]
    fn what_aws_fills_in_is_no_difference() {
        let described: TaskDefinition = serde_json::from_value(json!({
            "family": "f", "revision": 3, "status": "ACTIVE", "taskDefinitionArn": "arn:aws:ecs:r:1:task-definition/f:3",
            "compatibilities": ["EC2"], "requiresAttributes": [{"name": "x"}], "registeredBy": "y", "volumes": [], "placementConstraints": [],
            "containerDefinitions": [{"name": "web", "image": "nginx", "cpu": 0, "environment": [], "mountPoints": [], "volumesFrom": [],
                "portMappings": [], "essential": true, "systemControls": []}]
        }))
        .expect("described");
        assert_eq!(same(&web(json!({})), &described), vec![]);
    }

    #[test]
    fn sizes_have_two_spellings() {
        for (text, expected) in [("1 vCPU", "1024"), (".25 vcpu", "256"), ("256", "256"), ("16vCPU", "16384")] {
            assert_eq!(cpu_units(text), expected, "{text}");
        }
        for (text, expected) in [("2GB", "2048"), ("0.5 GB", "512"), ("3072", "3072"), ("much", "much")] {
            assert_eq!(memory_mib(text), expected, "{text}");
        }
    }
}
