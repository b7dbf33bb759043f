//! Fargate's task sizes and what it does not support.
//!
//! Source: "Amazon ECS task definition parameters for Fargate" and "Task definition differences for Fargate" in the Amazon ECS documentation.

use serde_json::Value;

use crate::error::Error;

use super::params::Params;

/// CPU units, and the memory in MiB that goes with them: from, to, in steps of.
const SIZES: &[(u64, u64, u64, u64)] = &[
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16384, 1024),
    (4096, 8192, 30720, 1024),
    (8192, 16384, 61440, 4096),
    (16384, 32768, 122_880, 8192),
];

pub(super) fn is_size(cpu: u64, memory: u64) -> bool {
    // The smallest size is the only one without even steps.
    (cpu == 256 && [512, 1024, 2048].contains(&memory))
        || SIZES.iter().any(|(units, from, to, step)| {
            *units == cpu && (*from..=*to).contains(&memory) && (memory - from).is_multiple_of(*step)
        })
}

/// Refuses a definition that cannot run on Fargate. `cpu` and `memory` are the task's, in units and MiB.
pub(super) fn check(definition: Params<'_>, cpu: Option<u64>, memory: Option<u64>) -> Result<(), Error> {
    let unsupported =
        |what: &str| Err(Error::client(format!("Fargate compatible task definitions do not support {what}")));
    if definition.text("networkMode") != Some("awsvpc") {
        return Err(Error::client("Fargate only supports network mode ‘awsvpc’."));
    }
    let Some(cpu) = cpu else {
        return Err(Error::client("Fargate requires that 'cpu' be defined at the task level."));
    };
    let Some(memory) = memory else {
        return Err(Error::client("Fargate requires that 'memory' be defined at the task level."));
    };
    if !is_size(cpu, memory) {
        return Err(Error::client(format!(
            "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid \
             values."
        )));
    }
    let windows =
        definition.nested("runtimePlatform").text("operatingSystemFamily").is_some_and(|family| family != "LINUX");
    if windows && !(1024..=4096).contains(&cpu) {
        return unsupported("Windows with fewer than 1024 or more than 4096 CPU units");
    }
    if !definition.list("placementConstraints").is_empty() {
        return unsupported("placementConstraints");
    }
    if definition.get("ipcMode").is_some() {
        return unsupported("ipcMode");
    }
    if definition.text("pidMode") == Some("host") {
        return unsupported("pidMode host");
    }
    if !definition.list("inferenceAccelerators").is_empty() {
        return unsupported("inferenceAccelerators");
    }
    for volume in definition.list("volumes").iter().map(Params::new) {
        if volume.nested("host").get("sourcePath").is_some() {
            return unsupported("sourcePath");
        }
        if volume.get("dockerVolumeConfiguration").is_some() {
            return unsupported("dockerVolumeConfiguration");
        }
    }
    definition.list("containerDefinitions").iter().try_for_each(|container| check_container(definition, container))
}

fn check_container(definition: Params<'_>, container: &Value) -> Result<(), Error> {
    let container = Params::new(container);
    let unsupported =
        |what: &str| Err(Error::client(format!("Fargate compatible task definitions do not support {what}")));
    if container.flag("privileged") {
        return unsupported("privileged containers");
    }
    for name in ["links", "extraHosts", "dnsServers", "dnsSearchDomains", "dockerSecurityOptions"] {
        if !container.list(name).is_empty() {
            return unsupported(name);
        }
    }
    let linux = container.nested("linuxParameters");
    for name in ["devices", "tmpfs", "sharedMemorySize", "maxSwap", "swappiness"] {
        let set = linux.get(name).is_some_and(|value| value.as_array().is_none_or(|list| !list.is_empty()));
        if set {
            return unsupported(name);
        }
    }
    let added = linux.nested("capabilities").texts("add");
    if added.iter().any(|name| *name != "SYS_PTRACE") {
        return unsupported("adding capabilities other than SYS_PTRACE");
    }
    if container.list("resourceRequirements").iter().any(|requirement| requirement["type"] == "GPU") {
        return Err(Error::client("Tasks using the Fargate launch type do not support GPU resource requirements."));
    }
    let driver = container.nested("logConfiguration").text("logDriver");
    if driver.is_some_and(|driver| !["awslogs", "splunk", "awsfirelens"].contains(&driver)) {
        return unsupported("log drivers other than awslogs, splunk and awsfirelens");
    }
    let wants_role = |why: &str| {
        Err(Error::client(format!("Fargate requires task definition to have execution role ARN to support {why}.")))
    };
    if definition.text("executionRoleArn").is_none() {
        if driver == Some("awslogs") {
            return wants_role("log driver awslogs");
        }
        if container.required("image").contains(".dkr.ecr.") {
            return wants_role("ECR images");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_size;

    #[test]
    fn the_sizes_are_fargates() {
        let cases = [
            (256, 512, true),
            (256, 1536, false),
            (256, 2048, true),
            (512, 4096, true),
            (512, 5120, false),
            (4096, 30720, true),
            (4096, 8704, false),
            (8192, 20480, true),
            (8192, 17408, false),
            (16384, 122_880, true),
            (300, 512, false),
        ];
        for (cpu, memory, expected) in cases {
            assert_eq!(is_size(cpu, memory), expected, "{cpu} CPU units with {memory} MiB");
        }
    }
}
