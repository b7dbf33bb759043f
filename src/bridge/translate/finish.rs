//! What follows from all fields together: the order of the containers, the size of the task, and AWS's limits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    context::Target,
    files,
    identity::{is_role, task_role},
    path::Path,
    report::{Ledger, Verdict},
    resources::{self, Asked, needed},
    run::{Role, Run},
    security,
};
use crate::{kinds::common::task_definition::smallest_size, model::ecs};

/// AWS's limits ("Amazon ECS service quotas"): containers of a definition, and the bytes of it. Of those, ecs-bridge needs some for its tags and
/// the family's name.
const CONTAINERS: usize = 10;
const BYTES: usize = 65_536;
const RESERVED: usize = 2_048;

/// The disk of a Fargate task in GiB: what it has, and the least and the most that can be asked for.
const DISK: (u64, u64, u64) = (20, 21, 200);

/// What a container on EC2 is given that asks for no memory, in MiB.
const MEMORY_ON_EC2: i32 = 128;

/// The most bytes of a name ("ContainerDefinition" in the Amazon ECS API Reference).
const NAME: usize = 255;

pub fn finish(mut run: Run) -> (ecs::TaskDefinitionSpec, Ledger) {
    required(&mut run);
    security::users(&mut run);
    resources::bound(&mut run);
    identity(&mut run);
    platform(&mut run);
    for part in &mut run.containers {
        part.made.essential = Some(part.role == Role::App);
        part.made.environment = part.variables.environment(run.context);
        part.made.secrets = part.variables.secrets();
    }
    order(&mut run);
    size(&mut run);
    logs(&mut run);
    grants(&mut run);
    limits(&mut run);
    (run.task, run.ledger)
}

fn required(run: &mut Run) {
    let at = run.at.to("spec");
    if run.pod.containers.is_empty() {
        run.ledger.want(&at.to("containers"), "a pod wants a container: name one");
    }
    for index in 0..run.containers.len() {
        let (at, source) = (run.containers[index].at.clone(), &run.containers[index].source);
        let is_name = |name: &str| {
            let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            !name.is_empty() && name.len() <= NAME && plain
        };
        let is_twice = run.containers[..index].iter().any(|other| other.source.name == source.name);
        if !is_name(&source.name) || is_twice || source.name == files::WRITER {
            run.ledger.want(
                &at.to("name"),
                "a container wants a name of its own, of letters, digits and hyphens: give it one",
            );
        }
        if run.containers[index].source.image.as_deref().unwrap_or_default().is_empty() {
            run.ledger.want(&at.to("image"), "a container wants an image: name one");
        }
    }
}

/// A pod that names no service account has the one that is called `default`.
fn identity(run: &mut Run) {
    if let Some(role) = &run.context.execution_role {
        run.task.execution_role_arn = Some(role.clone());
        if let Some(Some(note)) = run.context.role_notes.get(role) {
            run.ledger.note(note.clone());
        }
    }
    if run.task.task_role_arn.is_none() && run.pod.service_account_name.is_none() && run.pod.service_account.is_none() {
        let account = run.context.objects.service_accounts.get(&run.context.key("default"));
        let annotated =
            account.and_then(|account| account.metadata.annotations.as_ref()?.get("eks.amazonaws.com/role-arn"));
        let associated = run.context.objects.pod_identities.get(&run.context.key("default"));
        let role = run.context.task_role.as_ref().or(annotated).or(associated).filter(|role| is_role(role)).cloned();
        if let Some(role) = role {
            task_role(run, role);
        }
    }
}

fn platform(run: &mut Run) {
    if run.task.network_mode.is_none() {
        run.task.network_mode = Some("awsvpc".into());
    }
    let launch = match run.context.target {
        Target::Fargate => "FARGATE",
        Target::Ec2 => "EC2",
    };
    run.task.requires_compatibilities = Some(vec![launch.into()]);
    if is_on_windows(run) {
        // A volume is open to every user there.
        run.files.opened.clear();
        files::refuse(
            run,
            "an init container that runs on Linux writes the files of volumes: put them into the image for Windows",
        );
    }
}

fn is_on_windows(run: &Run) -> bool {
    let family = run.task.runtime_platform.as_ref().and_then(|platform| platform.operating_system_family.as_ref());
    family.is_some_and(|family| family.as_str() != "LINUX")
}

/// Each container waits for those that start before it, as in a pod.
fn order(run: &mut Run) {
    let writer = files::writer(run);
    let mut before: Vec<ecs::ContainerDependency> = Vec::new();
    if writer.is_some() {
        before.push(dependency(files::WRITER, "SUCCESS"));
    }
    for part in &mut run.containers {
        part.made.depends_on = Some(before.clone()).filter(|before| !before.is_empty());
        let is_checked = part.made.health_check.is_some() && part.source.startup_probe.is_some();
        match part.role {
            Role::Init => before.push(dependency(&part.source.name, "SUCCESS")),
            Role::Sidecar if is_checked => before.push(dependency(&part.source.name, "HEALTHY")),
            Role::Sidecar => before.push(dependency(&part.source.name, "START")),
            Role::App => {}
        }
    }
    let made = run.containers.iter().map(|part| part.made.clone());
    run.task.container_definitions = writer.into_iter().chain(made).collect();
}

fn dependency(name: &str, condition: &str) -> ecs::ContainerDependency {
    ecs::ContainerDependency { container_name: name.into(), condition: condition.into() }
}

fn size(run: &mut Run) {
    if !run.context.is_on_fargate() {
        return size_on_ec2(run);
    }
    let (cpu, memory) = (needed(run, Asked::cpu), needed(run, Asked::memory));
    if let Some((given_cpu, given_memory)) = smallest_size(cpu, memory, is_on_windows(run)) {
        run.task.cpu = Some(given_cpu.to_string());
        run.task.memory = Some(given_memory.to_string());
        let more = |given: u32, asked: u64| u64::from(given).saturating_sub(asked);
        run.ledger.note(format!(
                "the task takes cpu {given_cpu} and memory {given_memory}, Fargate's smallest size for {cpu} units and {memory} MiB: {} units and {} MiB more than asked",
                more(given_cpu, cpu),
                more(given_memory, memory),
            ));
    } else {
        let says = format!(
            "no size of Fargate holds {cpu} units and {memory} MiB: ask for less, or run it on EC2 ({})",
            run.context.settings.on_ec2()
        );
        for at in asked_at(run, |asked| asked.cpu_at.iter().chain(&asked.memory_at).cloned().collect()) {
            run.ledger.worsen(&at, Verdict::Refused, says.clone());
        }
    }
    disk(run);
}

fn disk(run: &mut Run) {
    let (there, least, most) = DISK;
    match run.asked.storage {
        asked if asked <= there => {}
        asked if asked <= most => {
            run.task.ephemeral_storage =
                Some(ecs::EphemeralStorage { size_in_gib: i32::try_from(asked.max(least)).unwrap_or(i32::MAX) });
        }
        asked => {
            let says = format!(
                "a task of Fargate has a disk of {most} GiB at most, and {asked} are asked for: ask for less, or use EFS"
            );
            for at in run.asked.storage_at.clone() {
                run.ledger.worsen(&at, Verdict::Refused, says.clone());
            }
        }
    }
}

fn asked_at(run: &Run, of: fn(&Asked) -> Vec<Path>) -> Vec<Path> {
    run.containers.iter().map(|part| &part.asked).chain([&run.asked]).flat_map(of).collect()
}

/// ECS wants a memory for each container there.
fn size_on_ec2(run: &mut Run) {
    for container in &mut run.task.container_definitions {
        if container.memory.is_none() && container.memory_reservation.is_none() {
            container.memory_reservation = Some(MEMORY_ON_EC2);
            if container.name != files::WRITER {
                run.ledger.note(format!("the container {} asks for no memory: memoryReservation is {MEMORY_ON_EC2}, since ECS wants one on EC2", container.name));
            }
        }
    }
}

fn logs(run: &mut Run) {
    let (Some(logs), Some(_)) = (&run.context.logs, &run.context.execution_role) else {
        let (logs, role) = (run.context.settings.logs(), run.context.settings.execution_role());
        return run.ledger.note(format!(
            "what the containers write is kept nowhere: give {logs} (and {role}), or set logConfiguration"
        ));
    };
    for container in &mut run.task.container_definitions {
        let options = [
            ("awslogs-group", &logs.group),
            ("awslogs-region", &logs.region),
            ("awslogs-stream-prefix", &container.name),
        ];
        container.log_configuration = Some(ecs::LogConfiguration {
            log_driver: "awslogs".into(),
            options: Some(
                options.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect::<BTreeMap<_, _>>(),
            ),
            ..Default::default()
        });
    }
}

/// What ECS fetches as the execution role, and that has to be allowed.
fn grants(run: &mut Run) {
    let containers = &run.task.container_definitions;
    let secrets = containers.iter().flat_map(|container| container.secrets.iter().flatten());
    let credentials = containers.iter().filter_map(|container| container.repository_credentials.as_ref());
    let named = secrets.map(|secret| &secret.value_from).chain(credentials.map(|given| &given.credentials_parameter));
    // Of the ARN of a secret, the seven parts that name no key and version.
    let arn = |name: &String| name.split(':').take(7).collect::<Vec<_>>().join(":");
    let (parameters, secrets): (BTreeSet<String>, BTreeSet<String>) =
        named.map(arn).partition(|arn| arn.split(':').nth(2) == Some("ssm"));
    for (action, resources) in [("secretsmanager:GetSecretValue", secrets), ("ssm:GetParameters", parameters)] {
        if !resources.is_empty() {
            let statement = json!({ "Effect": "Allow", "Action": action, "Resource": resources });
            run.ledger.note(format!("unchecked: the execution role has to be allowed this, and kms:Decrypt on a key of your own: {statement}"));
        }
    }
}

fn limits(run: &mut Run) {
    let count = run.task.container_definitions.len();
    if count > CONTAINERS
        && let Some(last) = run.containers.last()
    {
        let at = last.at.to("name");
        run.ledger.want(
            &at,
            format!(
                "{count} containers, with those that ecs-bridge adds; ECS takes {CONTAINERS}: make it several workloads"
            ),
        );
    }
    let bytes = serde_json::to_string(&run.task).map_or(0, |text| text.len());
    if bytes <= BYTES - RESERVED {
        return;
    }
    let says = format!(
        "the task definition has {bytes} bytes, and ECS takes {BYTES}: put what is long into the image or on EFS"
    );
    let without_files = run.task.container_definitions.iter().filter(|container| container.name != files::WRITER);
    let of_files = bytes
        - without_files
            .map(|container| serde_json::to_string(container).map_or(0, |text| text.len()))
            .sum::<usize>()
            .min(bytes);
    if of_files > bytes / 2 && files::refuse(run, &says) {
        return;
    }
    // The container that takes most of it.
    let longest = run
        .containers
        .iter()
        .max_by_key(|part| serde_json::to_value(&part.made).map_or(0, |value: Value| value.to_string().len()));
    if let Some(at) = longest.map(|part| part.at.clone()) {
        for member in ["env", "envFrom", "command", "args"] {
            run.ledger.worsen(&at.to(member), Verdict::Refused, says.clone());
        }
        run.ledger.want(&at.to("name"), says);
    }
}
