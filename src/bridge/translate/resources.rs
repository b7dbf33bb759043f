//! What containers ask for, and the size of the task that holds it.

use k8s_openapi::api::core::v1::ResourceFieldSelector;

use super::{
    path::{Path, Unit},
    quantity::{cpu_units, gibibytes, mebibytes, thousandths},
    run::{Role, Run},
};
use crate::model::ecs;

/// The least memory that a container can be given, in MiB ("ContainerDefinition" in the Amazon ECS API Reference).
const LEAST_MEMORY: u64 = 6;

/// What is asked for. CPU in ECS's units, memory in MiB.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub cpu_request: Option<u64>,
    pub cpu_limit: Option<u64>,
    pub memory_request: Option<u64>,
    pub memory_limit: Option<u64>,
    /// In GiB.
    pub storage: u64,
    /// Where this stands in the manifest.
    pub cpu_at: Vec<Path>,
    pub memory_at: Vec<Path>,
    pub storage_at: Vec<Path>,
}

impl Asked {
    /// What has to be there, so that neither request nor limit is cut short.
    pub fn cpu(&self) -> u64 {
        self.cpu_request.unwrap_or_default().max(self.cpu_limit.unwrap_or_default())
    }

    pub fn memory(&self) -> u64 {
        self.memory_request.unwrap_or_default().max(self.memory_limit.unwrap_or_default())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Request,
    Limit,
}

pub fn request(run: &mut Run, unit: &Unit, index: usize) {
    of_container(run, unit, index, Bound::Request);
}

pub fn limit(run: &mut Run, unit: &Unit, index: usize) {
    of_container(run, unit, index, Bound::Limit);
}

/// The amount, where it is one; else the field has its line.
fn amount(run: &mut Run, unit: &Unit) -> Option<u128> {
    let text = unit.value.as_str().map_or_else(|| unit.value.to_string(), str::to_owned);
    let amount = thousandths(&text);
    match amount {
        None => run.refused(&unit.at, "no quantity, as 500m or 64Mi: write it right"),
        Some(0) => run.translated(&unit.at, "0 asks for nothing"),
        Some(_) => {}
    }
    amount.filter(|amount| *amount > 0)
}

fn of_container(run: &mut Run, unit: &Unit, index: usize, bound: Bound) {
    let Some(amount) = amount(run, unit) else { return };
    let in_ecs = if unit.at.last() == "cpu" { cpu_units(amount) } else { mebibytes(amount) };
    if i32::try_from(in_ecs).is_err() {
        return run.refused(&unit.at, "more than ECS can be told: ask for less");
    }
    let (role, on_fargate) = (run.containers[index].role, run.context.is_on_fargate());
    // An init container has the task to itself. On Fargate its own bounds would count in the sum of all containers, which the task must hold.
    let is_bound = role != Role::Init || !on_fargate;
    let asked = &mut run.containers[index].asked;
    match unit.at.last() {
        "cpu" => {
            let units = cpu_units(amount);
            asked.cpu_at.push(unit.at.clone());
            match bound {
                Bound::Request => asked.cpu_request = Some(units),
                Bound::Limit => asked.cpu_limit = Some(units),
            }
            match bound {
                _ if !is_bound => run.translated(&unit.at, format!("{units} units, counted in the size of the task")),
                Bound::Request => run.translated(&unit.at, format!("cpu {units}")),
                Bound::Limit if on_fargate => run.approximated(
                    &unit.at,
                    format!(
                        "{units} units, counted in the size of the task; ECS caps the task, and no container in it"
                    ),
                ),
                Bound::Limit => {
                    run.approximated(&unit.at, "ECS caps no container's cpu on EC2: it shares what is free");
                }
            }
        }
        "memory" => {
            let mebibytes = mebibytes(amount);
            asked.memory_at.push(unit.at.clone());
            match bound {
                Bound::Request => asked.memory_request = Some(mebibytes),
                Bound::Limit => asked.memory_limit = Some(mebibytes),
            }
            match bound {
                _ if !is_bound => run.translated(&unit.at, format!("{mebibytes} MiB, counted in the size of the task")),
                Bound::Request => run.translated(&unit.at, format!("memoryReservation {mebibytes}")),
                Bound::Limit if mebibytes < LEAST_MEMORY => {
                    asked.memory_limit = Some(LEAST_MEMORY);
                    run.approximated(&unit.at, format!("memory {LEAST_MEMORY}, the least that ECS gives"));
                }
                Bound::Limit => run.translated(&unit.at, format!("memory {mebibytes}")),
            }
        }
        "ephemeral-storage" => storage(run, &unit.at, amount),
        "nvidia.com/gpu" => gpu(run, unit, index, amount),
        _ => run.refused(&unit.at, "ECS has no such resource: take it out"),
    }
}

/// A disk that the task has to have room for.
pub fn storage(run: &mut Run, at: &Path, amount: u128) {
    let gibibytes = gibibytes(amount);
    if !run.context.is_on_fargate() {
        return run.approximated(at, "the instance's disk, without a bound");
    }
    run.asked.storage = run.asked.storage.saturating_add(gibibytes);
    run.asked.storage_at.push(at.clone());
    run.approximated(
        at,
        format!("{gibibytes} GiB, counted in the disk of the task; ECS bounds no container's part of it"),
    );
}

fn gpu(run: &mut Run, unit: &Unit, index: usize, amount: u128) {
    if run.context.is_on_fargate() {
        let on_ec2 = run.context.settings.on_ec2();
        return run
            .refused(&unit.at, format!("Fargate has no GPUs: run it on EC2 ({on_ec2}), on instances that have them"));
    }
    let requirement = ecs::ResourceRequirement {
        r#type: "GPU".into(),
        value: Some(amount.div_ceil(1000).to_string()),
        ..Default::default()
    };
    run.containers[index].made.resource_requirements = Some(vec![requirement]);
    run.translated(&unit.at, "a GPU requirement");
}

pub fn pod_request(run: &mut Run, unit: &Unit) {
    of_pod(run, unit, Bound::Request);
}

pub fn pod_limit(run: &mut Run, unit: &Unit) {
    of_pod(run, unit, Bound::Limit);
}

fn of_pod(run: &mut Run, unit: &Unit, bound: Bound) {
    let Some(amount) = amount(run, unit) else { return };
    if !run.context.is_on_fargate() {
        return run.approximated(&unit.at, "on EC2 each container asks for itself: set requests and limits there");
    }
    match unit.at.last() {
        "cpu" => {
            let units = Some(cpu_units(amount));
            let into = if bound == Bound::Request { &mut run.asked.cpu_request } else { &mut run.asked.cpu_limit };
            *into = units;
            run.asked.cpu_at.push(unit.at.clone());
        }
        "memory" => {
            let mebibytes = Some(mebibytes(amount));
            let into =
                if bound == Bound::Request { &mut run.asked.memory_request } else { &mut run.asked.memory_limit };
            *into = mebibytes;
            run.asked.memory_at.push(unit.at.clone());
        }
        _ => return run.refused(&unit.at, "ECS has no such resource for a task: take it out"),
    }
    run.translated(&unit.at, "counted in the size of the task");
}

/// What the pod needs at once: all that stay, or one that runs before them beside those that stay already.
pub fn needed(run: &Run, of: fn(&Asked) -> u64) -> u64 {
    let (mut staying, mut most) = (0_u64, 0_u64);
    for part in &run.containers {
        let asked = of(&part.asked);
        match part.role {
            Role::Init => most = most.max(staying.saturating_add(asked)),
            Role::Sidecar | Role::App => staying = staying.saturating_add(asked),
        }
    }
    most.max(staying).max(of(&run.asked))
}

/// Puts each container's own bounds where ECS has them.
pub fn bound(run: &mut Run) {
    let on_fargate = run.context.is_on_fargate();
    for index in 0..run.containers.len() {
        let part = &mut run.containers[index];
        if part.role == Role::Init && on_fargate {
            continue;
        }
        let number = |amount: Option<u64>| amount.map(|amount| i32::try_from(amount).unwrap_or(i32::MAX));
        // A limit alone is the request too.
        part.made.cpu = number(part.asked.cpu_request.or(part.asked.cpu_limit));
        part.made.memory = number(part.asked.memory_limit);
        part.made.memory_reservation = number(part.asked.memory_request);
        let too_much = part
            .asked
            .memory_limit
            .is_some_and(|limit| part.asked.memory_request.is_some_and(|request| request > limit));
        let at = part.at.to("resources.requests.memory");
        if too_much {
            run.ledger.worsen(&at, super::report::Verdict::Refused, "more than the limit: ask for no more than it");
        }
    }
}

/// What a resource field of the downward API holds.
pub fn field(run: &Run, reference: &ResourceFieldSelector, index: usize) -> Result<String, String> {
    let own = &run.containers[index];
    let part = match reference.container_name.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => run.containers.iter().find(|part| part.source.name == name),
        None => Some(own),
    };
    let part = part.ok_or("no container has this name: write it right")?;
    let (bound, resource) =
        reference.resource.split_once('.').ok_or("no resource field, as limits.cpu: write it right")?;
    let resources = part.source.resources.as_ref();
    let bounds = match bound {
        "limits" => resources.and_then(|resources| resources.limits.as_ref()),
        "requests" => resources.and_then(|resources| resources.requests.as_ref().or(resources.limits.as_ref())),
        _ => None,
    };
    let amount = bounds.and_then(|bounds| thousandths(&bounds.get(resource)?.0));
    let amount = amount
        .ok_or("the container sets no such bound, and there is no node to take one from: set it, or take this out")?;
    let divisor = reference.divisor.as_ref().and_then(|divisor| thousandths(&divisor.0)).filter(|divisor| *divisor > 0);
    Ok(amount.div_ceil(divisor.unwrap_or(1000)).to_string())
}
