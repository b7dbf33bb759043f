//! Ports, the network, namespaces of the kernel, and the end of a container.

use k8s_openapi::api::core::v1::ContainerPort;

use super::{path::Unit, run::Run};
use crate::model::ecs;

/// "PortMapping" in the Amazon ECS API Reference.
const PORT_NAME: usize = 64;

/// `stopTimeout` of "ContainerDefinition" in the Amazon ECS API Reference: the least, and Fargate's most.
const STOP: (i64, i64) = (2, 120);

pub fn port(run: &mut Run, unit: &Unit, index: usize) {
    let port: ContainerPort = unit.read();
    let ContainerPort { container_port: _, host_ip: _, host_port: _, name: _, protocol: _ } = &port;
    let protocol = port.protocol.as_deref().unwrap_or("TCP");
    let protocol = match protocol {
        "TCP" => ecs::TransportProtocol::from("tcp"),
        "UDP" => ecs::TransportProtocol::from("udp"),
        _ => {
            run.refused(&unit.at.to("protocol"), "ECS maps TCP and UDP: take the port out");
            return run.refused(&unit.at, "a port of another protocol than TCP and UDP");
        }
    };
    if !(1..=65_535).contains(&port.container_port) {
        return run.refused(&unit.at, "a port is a number from 1 to 65535");
    }
    let mapped = || run.containers.iter().flat_map(|part| part.made.port_mappings.iter().flatten());
    let is_same = |other: &ecs::PortMapping| {
        other.container_port == Some(port.container_port) && other.protocol.as_ref() == Some(&protocol)
    };
    if mapped().any(is_same) {
        return run.ignored(&unit.at, "the task has this port already: its containers share one address");
    }
    let name = port.name.clone().filter(|name| !name.is_empty());
    let is_usable = |name: &str| {
        let fits = name.len() <= PORT_NAME && !name.starts_with('-');
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        fits && plain && !mapped().any(|other| other.name.as_deref() == Some(name))
    };
    let kept = name.as_deref().is_none_or(is_usable);
    if port.host_port.is_some_and(|host| host != 0 && host != port.container_port) {
        run.refused(
            &unit.at.to("hostPort"),
            "a task has its own address, where the port is the container's: take hostPort out, or make it the same",
        );
    }
    run.approximated(&unit.at.to("hostPort"), "the port is on the task's own address, not on a node's");
    run.approximated(&unit.at.to("hostIP"), "a task has one address");
    if kept {
        run.translated(&unit.at.to("name"), "the port's name");
    }
    run.approximated(
        &unit.at.to("name"),
        "left out: ECS wants the names of a task's ports in small letters, and each once",
    );
    run.translated(&unit.at, "a port mapping");
    let made = ecs::PortMapping {
        container_port: Some(port.container_port),
        protocol: Some(protocol),
        name: name.filter(|_| kept),
        ..Default::default()
    };
    run.containers[index].made.port_mappings.get_or_insert_default().push(made);
}

pub fn grace_period(run: &mut Run, unit: &Unit) {
    let asked = unit.value.as_i64().unwrap_or_default();
    let (least, most) = STOP;
    let given = asked.clamp(least, most);
    for part in &mut run.containers {
        part.made.stop_timeout = i32::try_from(given).ok();
    }
    if given == asked {
        run.translated(&unit.at, "stopTimeout of each container");
    } else {
        run.approximated(&unit.at, format!("stopTimeout of each container is {given} s: ECS takes {least} to {most}"));
    }
}

pub fn network(run: &mut Run, unit: &Unit) {
    of_host(run, unit, "a task has its own network interface", "networkMode host", |task| {
        task.network_mode = Some("host".into());
    });
}

pub fn pid(run: &mut Run, unit: &Unit) {
    of_host(run, unit, "a task sees its own processes only", "pidMode host", |task| {
        task.pid_mode = Some("host".into());
    });
}

pub fn ipc(run: &mut Run, unit: &Unit) {
    of_host(run, unit, "a task has its own IPC namespace", "ipcMode host", |task| task.ipc_mode = Some("host".into()));
}

/// A namespace of the kernel that is the host's, where it is said.
fn of_host(run: &mut Run, unit: &Unit, own: &str, becomes: &str, set: fn(&mut ecs::TaskDefinitionSpec)) {
    if !unit.is_true() {
        return run.ignored(&unit.at, own);
    }
    if run.context.is_on_fargate() {
        return run.refused(
            &unit.at,
            format!("Fargate has no host to share: take it out, or run it on EC2 ({})", run.context.settings.on_ec2()),
        );
    }
    set(&mut run.task);
    run.translated(&unit.at, becomes);
}

pub fn share_process_namespace(run: &mut Run, unit: &Unit) {
    if !unit.is_true() {
        return run.ignored(&unit.at, "each container sees its own processes only");
    }
    if run.pod.host_pid == Some(true) {
        return run.refused(&unit.at, "hostPID and shareProcessNamespace exclude each other: take one out");
    }
    run.task.pid_mode = Some("task".into());
    run.translated(&unit.at, "pidMode task");
}

pub fn users(run: &mut Run, unit: &Unit) {
    if unit.is_true() {
        run.ignored(&unit.at, "ECS maps no users");
    } else {
        run.approximated(&unit.at, "ECS maps no users; on Fargate no two tasks share a kernel");
    }
}

pub fn dns_policy(run: &mut Run, unit: &Unit) {
    match unit.text() {
        "Default" => run.translated(&unit.at, "a task asks the resolver of its VPC, as a node does"),
        "None" => run.refused(
            &unit.at,
            "a task asks the resolver of its VPC: forward by a rule of Route 53 Resolver instead, and take it out",
        ),
        _ => run.approximated(&unit.at, "a task asks the resolver of its VPC, which does not know the cluster's names"),
    }
}

pub fn service_links(run: &mut Run, unit: &Unit) {
    if unit.is_true() {
        run.approximated(&unit.at, "ECS makes no variables of Services: write those that the program reads into env");
    } else {
        run.ignored(&unit.at, "ECS makes no variables of Services");
    }
}
