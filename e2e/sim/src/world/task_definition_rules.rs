//! What `RegisterTaskDefinition` refuses. The messages are AWS's own where they are known.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::Error;

use super::fargate;
use super::params::Params;

/// AWS counts the whole request.
const MAX_BYTES: usize = 65_536;

/// The task's own size, where one is given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size {
    pub(super) cpu: Option<u64>,
    pub(super) memory: Option<u64>,
}

pub(super) fn check(request: &Value) -> Result<Size, Error> {
    let bytes = request.to_string().len();
    if bytes > MAX_BYTES {
        return Err(Error::client(format!("Actual length: '{bytes}'. Max allowed length is '{MAX_BYTES}' bytes.")));
    }
    let definition = Params::new(request);
    check_family(definition.required("family"))?;
    for name in ["executionRoleArn", "taskRoleArn"] {
        check_role(definition.text(name))?;
    }
    let size =
        Size { cpu: measure(definition, "cpu", "vcpu", 1024.0)?, memory: measure(definition, "memory", "gb", 1024.0)? };

    let containers = definition.list("containerDefinitions");
    if containers.is_empty() {
        return Err(Error::client("Container list cannot be empty."));
    }
    let mut names = BTreeSet::new();
    for container in containers.iter().map(Params::new) {
        check_container(definition, container, size)?;
        if !names.insert(container.required("name")) {
            let name = container.required("name");
            return Err(Error::client(format!(
                "Container names must be unique within a task definition: '{name}' is used twice."
            )));
        }
    }
    if !containers.iter().any(|container| container["essential"] != false) {
        return Err(Error::client("At least one container of a task definition must be essential."));
    }
    check_references(definition, &names)?;
    check_totals(containers, size)?;
    check_ephemeral_storage(definition)?;
    if definition.texts("requiresCompatibilities").contains(&"FARGATE") {
        fargate::check(definition, size.cpu, size.memory)?;
    }
    Ok(size)
}

fn check_family(family: &str) -> Result<(), Error> {
    let valid = family.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if family.is_empty() {
        return Err(Error::client("Family should not be null or empty."));
    }
    if family.len() > 255 || !valid {
        return Err(Error::client("Family contains invalid characters."));
    }
    Ok(())
}

/// ECS takes a role by its ARN or, of its own account, by its name.
pub(super) fn check_role(role: Option<&str>) -> Result<(), Error> {
    let Some(role) = role.filter(|role| role.contains(':')) else {
        return Ok(());
    };
    let parts: Vec<&str> = role.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "iam", "", account, resource]
            if account.len() == 12
                && account.bytes().all(|byte| byte.is_ascii_digit())
                && resource.strip_prefix("role/").is_some_and(|name| !name.is_empty()) =>
        {
            Ok(())
        }
        _ => Err(Error::client("Role is not valid")),
    }
}

/// `256`, `.25 vCPU` and `0.25 vcpu` are the same; so are `2048`, `2GB` and `2 gb`.
fn measure(definition: Params<'_>, name: &str, unit: &str, factor: f64) -> Result<Option<u64>, Error> {
    let Some(text) = definition.text(name) else {
        return Ok(None);
    };
    let invalid = || Error::client(format!("Invalid '{name}' setting for task."));
    let lower = text.to_lowercase();
    let (number, factor) = match lower.strip_suffix(unit) {
        Some(number) => (number.trim(), factor),
        None => (lower.trim(), 1.0),
    };
    let value = number.parse::<f64>().map_err(|_| invalid())? * factor;
    // Sizes are whole numbers of at most a few hundred thousand.
    if !(1.0..1e7).contains(&value) || value.fract() != 0.0 {
        return Err(invalid());
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Checked above.
    Ok(Some(value as u64))
}

fn check_container(definition: Params<'_>, container: Params<'_>, size: Size) -> Result<(), Error> {
    let name = container.required("name");
    if name.is_empty() {
        return Err(Error::client("Container.name should not be null or empty."));
    }
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') || name.len() > 255 {
        return Err(Error::client("Container.name contains invalid characters."));
    }
    if container.required("image").is_empty() {
        return Err(Error::client("Container.image should not be null or empty."));
    }
    let invalid = |why: &str| Err(Error::client(format!("Invalid setting for container '{name}'. {why}")));
    let (memory, reservation) = (container.int("memory"), container.int("memoryReservation"));
    if memory.is_none() && reservation.is_none() && size.memory.is_none() {
        return invalid("At least one of 'memory' or 'memoryReservation' must be specified.");
    }
    if memory.is_some_and(|memory| memory < 4) {
        return invalid("'memory' must be at least 4 MiB.");
    }
    if let (Some(memory), Some(reservation)) = (memory, reservation)
        && reservation > memory
    {
        return invalid("'memoryReservation' must not be greater than 'memory'.");
    }
    let log = container.nested("logConfiguration");
    let secret = !container.list("secrets").is_empty() || !log.list("secretOptions").is_empty();
    if secret && definition.text("executionRoleArn").is_none() {
        return Err(Error::client(
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
        ));
    }
    if container.get("repositoryCredentials").is_some() && definition.text("executionRoleArn").is_none() {
        return invalid("'repositoryCredentials' wants an 'executionRoleArn'.");
    }
    if log.text("logDriver") == Some("awslogs") {
        for option in ["awslogs-group", "awslogs-region"] {
            if log.nested("options").text(option).is_none() {
                return Err(Error::client(format!("Log driver awslogs requires options: {option}")));
            }
        }
    }
    check_ports(definition, container)
}

fn check_ports(definition: Params<'_>, container: Params<'_>) -> Result<(), Error> {
    let mode = definition.text("networkMode").unwrap_or("bridge");
    if mode == "awsvpc" && !container.list("links").is_empty() {
        return Err(Error::client("Links are not supported when networkMode=awsvpc."));
    }
    let ports = container.list("portMappings");
    if mode == "none" && !ports.is_empty() {
        return Err(Error::client("Port mappings are not supported when networkMode=none."));
    }
    let mut names = BTreeSet::new();
    for port in ports.iter().map(Params::new) {
        let (inside, outside) = (port.int("containerPort"), port.int("hostPort"));
        if inside.is_some() == port.get("containerPortRange").is_some() {
            return Err(Error::client("Exactly one of containerPort and containerPortRange must be specified."));
        }
        if [inside, outside].into_iter().flatten().any(|port| !(0..=65_535).contains(&port)) {
            return Err(Error::client("Invalid port: ports are between 0 and 65535."));
        }
        if mode == "awsvpc" && outside.is_some_and(|outside| outside != 0 && Some(outside) != inside) {
            return Err(Error::client(
                "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
            ));
        }
        if port.get("appProtocol").is_some() && port.text("name").is_none() {
            return Err(Error::client("appProtocol wants the port mapping to have a name."));
        }
        if let Some(name) = port.text("name")
            && !names.insert(name)
        {
            return Err(Error::client(format!("The port mapping name '{name}' is used twice.")));
        }
    }
    Ok(())
}

/// Names that point at another part of the definition.
fn check_references(definition: Params<'_>, containers: &BTreeSet<&str>) -> Result<(), Error> {
    let mut volumes = BTreeSet::new();
    for volume in definition.list("volumes").iter().map(Params::new) {
        let name = volume.required("name");
        if name.is_empty() || !volumes.insert(name) {
            return Err(Error::client(format!("Volume names must be given and unique: '{name}'.")));
        }
    }
    for container in definition.list("containerDefinitions").iter().map(Params::new) {
        let name = container.required("name");
        for mount in container.list("mountPoints").iter().map(Params::new) {
            let volume = mount.required("sourceVolume");
            if !volumes.contains(volume) {
                return Err(Error::client(format!("Unknown volume '{volume}'.")));
            }
        }
        for dependency in container.list("dependsOn").iter().map(Params::new) {
            let other = dependency.required("containerName");
            if !containers.contains(other) || other == name {
                return Err(Error::client(format!(
                    "Container '{name}' depends on '{other}', which is no other container of the task."
                )));
            }
            let target = definition.list("containerDefinitions").iter().find(|container| container["name"] == other);
            let checked = target.is_some_and(|target| target["healthCheck"].is_object());
            if dependency.text("condition") == Some("HEALTHY") && !checked {
                return Err(Error::client(format!(
                    "Container '{other}' has no health check; container '{name}' waits for it to be HEALTHY."
                )));
            }
        }
    }
    Ok(())
}

fn check_totals(containers: &[Value], size: Size) -> Result<(), Error> {
    let total = |members: [&str; 2]| -> u64 {
        let of = |container: &Value| members.iter().find_map(|name| container[name].as_u64()).unwrap_or(0);
        containers.iter().map(of).sum()
    };
    let (cpu, memory) = (total(["cpu", "cpu"]), total(["memoryReservation", "memory"]));
    if size.cpu.is_some_and(|limit| cpu > limit) {
        return Err(Error::client("The sum of all container cpu values cannot be greater than the task cpu value."));
    }
    if size.memory.is_some_and(|limit| memory > limit) {
        return Err(Error::client(
            "The sum of all container memory values cannot be greater than the task memory value.",
        ));
    }
    Ok(())
}

fn check_ephemeral_storage(definition: Params<'_>) -> Result<(), Error> {
    match definition.nested("ephemeralStorage").int("sizeInGiB") {
        Some(size) if !(21..=200).contains(&size) => {
            Err(Error::client("Ephemeral storage size must be between 21 GiB and 200 GiB."))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fargate() -> Value {
        json!({
            "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "containerDefinitions": [{"name": "web", "image": "nginx"}],
        })
    }

    #[test]
    fn definitions_are_refused_as_aws_does() {
        let container = |members: Value| {
            let mut definition = fargate();
            for (name, value) in members.as_object().unwrap() {
                definition["containerDefinitions"][0][name] = value.clone();
            }
            definition
        };
        let task = |name: &str, value: Value| {
            let mut definition = fargate();
            definition[name] = value;
            definition
        };
        let awslogs = json!({"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": "us-east-1"}});
        let cases = [
            (fargate(), ""),
            (task("cpu", json!(".25 vCPU")), ""),
            (task("memory", json!("0.5GB")), ""),
            (task("memory", json!("4096")), "No Fargate configuration exists"),
            (task("cpu", json!("many")), "Invalid 'cpu' setting"),
            (task("cpu", Value::Null), "Fargate requires that 'cpu' be defined"),
            (task("networkMode", json!("bridge")), "Fargate only supports network mode"),
            (task("family", json!("a.b")), "Family contains invalid characters"),
            (task("executionRoleArn", json!("arn:aws:iam::1:role/x")), "Role is not valid"),
            (task("executionRoleArn", json!("arn:aws:iam::123456789012:role/a/x")), ""),
            (task("containerDefinitions", json!([])), "Container list cannot be empty"),
            (task("ephemeralStorage", json!({"sizeInGiB": 20})), "Ephemeral storage size"),
            (container(json!({"logConfiguration": awslogs})), "execution role ARN to support log driver awslogs"),
            (
                container(json!({"image": "1.dkr.ecr.us-east-1.amazonaws.com/a"})),
                "execution role ARN to support ECR images",
            ),
            (container(json!({"privileged": true})), "privileged"),
            (container(json!({"essential": false})), "must be essential"),
            (container(json!({"cpu": 512})), "sum of all container cpu"),
            (container(json!({"memory": 1024})), "sum of all container memory"),
            (container(json!({"portMappings": [{"containerPort": 80, "hostPort": 8080}]})), "must match"),
            (container(json!({"mountPoints": [{"sourceVolume": "data"}]})), "Unknown volume 'data'"),
            (container(json!({"secrets": [{"name": "A", "valueFrom": "arn"}]})), "container secrets"),
        ];
        for (definition, expected) in cases {
            let message = check(&definition).err().map(|error| error.message).unwrap_or_default();
            assert!(
                message.contains(expected) && message.is_empty() == expected.is_empty(),
                "{definition}: '{message}'"
            );
        }
    }
}
