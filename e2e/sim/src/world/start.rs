//! Starting one task of a service: where it runs, and what it is given.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::time::Time;

use super::agenda::Due;
use super::instances::Instance;
use super::params::Params;
use super::placement::Wish;
use super::scheduler::Shift;
use super::service::{self, Revision, Service};
use super::subnets::zone_of;
use super::tags::Tags;
use super::task::{ContainerState, Interface, Placed, Status, Task, Times};

/// Why no task was started.
pub(super) enum Refusal {
    NoRoom(String),
    /// AWS is unable to assume the role.
    Role(String),
    Throttled(Time),
}

/// Whether a DAEMON service has a task on the instance.
pub(super) fn daemon_allows(service: &Service, instance: &Instance) -> bool {
    service.current().is_some_and(|revision| wish(service, revision, None, BTreeMap::new()).allows(instance))
}

fn wish<'a>(
    service: &'a Service,
    revision: &'a Revision,
    provider: Option<&'a str>,
    placed: BTreeMap<String, usize>,
) -> Wish<'a> {
    let settings = Params::of(&service.settings);
    Wish {
        blueprint: &revision.blueprint,
        constraints: settings.list("placementConstraints"),
        strategy: settings.list("placementStrategy"),
        provider,
        placed,
    }
}

/// Starts a task of the deployment and gives its ID.
pub(super) fn task(shift: &mut Shift<'_, '_>, deployment: &str) -> Result<String, Refusal> {
    let found = shift.service.deployments.iter().find(|found| found.id == deployment);
    let Some(revision) = found.and_then(|found| shift.service.revisions.get(found.revision)) else {
        return Err(Refusal::NoRoom("The deployment is gone.".to_owned()));
    };
    let blueprint = revision.blueprint.clone();
    let roles = [&blueprint.execution_role, &blueprint.task_role];
    if let Some(role) = roles.into_iter().flatten().find(|role| shift.env.config.refused_roles.contains(role)) {
        return Err(Refusal::Role(role.clone()));
    }

    let provider = pick_provider(shift, revision, deployment);
    let network = revision.params().nested("networkConfiguration").nested("awsvpcConfiguration");
    let subnets: Vec<String> = network.texts("subnets").into_iter().map(str::to_owned).collect();
    let platform = service::resolved_platform(revision.params()).to_owned();
    let (fargate, takes_traffic) = (revision.on_fargate(), revision.takes_traffic());
    let external = revision.params().text("launchType") == Some("EXTERNAL");
    let tags = tags(shift, revision);

    let (placed, subnet) = if fargate {
        shift.launch_on_fargate(provider.as_deref() == Some("FARGATE_SPOT")).map_err(Refusal::Throttled)?;
        let subnet = shift.subnets.pick(shift.scope, &subnets, None);
        (Placed::Fargate { platform, zone: zone_of(shift.scope, &subnet) }, subnet)
    } else {
        let placed = place(shift, deployment, provider.as_deref(), external)?;
        let subnet = shift.subnets.pick(shift.scope, &subnets, Some(placed.zone()));
        (placed, subnet)
    };
    let own_interface = blueprint.network_mode == "awsvpc";
    let interface = own_interface.then(|| Interface {
        attachment: shift.env.random.uuid(),
        id: format!("eni-{}", shift.env.random.hex(17)),
        mac: mac(&shift.env.random.hex(10)),
        addresses: shift.subnets.addresses(&subnet, shift.env.config.ipv6_subnets.contains(&subnet)),
        subnet,
    });
    let containers = containers(shift, &placed, &blueprint.containers, &blueprint.network_mode);
    let id = shift.env.random.hex(32);
    let mut task = Task {
        arn: shift.scope.arn("ecs", &format!("task/{}/{id}", shift.cluster)),
        id: id.clone(),
        cluster_arn: shift.service.cluster_arn.clone(),
        blueprint,
        service: shift.service.name.clone(),
        started_by: deployment.to_owned(),
        placed,
        provider,
        status: Status::Provisioning,
        healthy: false,
        ill: None,
        takes_traffic,
        enable_execute_command: shift.service.setting("enableExecuteCommand") == Some(&Value::Bool(true)),
        tags,
        interface,
        containers,
        stop: None,
        times: Times { created: shift.env.now, ..Times::default() },
        version: 0,
        start: shift.env.config.task_start,
        next_at: None,
    };
    // Only an interface has to be provisioned.
    let first = if own_interface { Status::Provisioning } else { Status::Pending };
    if let Some(at) = task.enter(first, shift.env.now, shift.env.random) {
        let due = Due::Task { cluster: shift.cluster.to_owned(), id: id.clone() };
        shift.env.agenda.add(at, shift.scope, due);
    }
    task.announce(shift.env, shift.scope);
    shift.service.tasks.insert(id.clone());
    shift.tasks.insert(id.clone(), task);
    Ok(id)
}

/// The provider that is furthest below its share: bases first, then weights.
fn pick_provider(shift: &Shift<'_, '_>, revision: &Revision, deployment: &str) -> Option<String> {
    let strategy = revision.params().list("capacityProviderStrategy");
    let tasks = shift.service.tasks.iter().filter_map(|id| shift.tasks.get(id));
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for task in tasks.filter(|task| task.is_live() && task.started_by == deployment) {
        *counts.entry(task.provider.as_deref().unwrap_or_default()).or_default() += 1;
    }
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    let items: Vec<Params<'_>> = strategy.iter().map(Params::new).collect();
    let below_base = items.iter().find(|item| count(item.required("capacityProvider")) < item.int("base").unwrap_or(0));
    let by_weight = || {
        let share = |item: &&Params<'_>| {
            let (name, base) = (item.required("capacityProvider"), item.int("base").unwrap_or(0));
            // In millionths, so that it stays a whole number.
            (count(name) - base + 1) * 1_000_000 / item.int("weight").unwrap_or(0).max(1)
        };
        items.iter().filter(|item| items.len() == 1 || item.int("weight").unwrap_or(0) > 0).min_by_key(share)
    };
    below_base.or_else(by_weight).map(|item| item.required("capacityProvider").to_owned())
}

fn place(
    shift: &mut Shift<'_, '_>,
    deployment: &str,
    provider: Option<&str>,
    external: bool,
) -> Result<Placed, Refusal> {
    if external {
        return Err(Refusal::NoRoom("No Container Instances were found in your cluster.".to_owned()));
    }
    let mut placed = BTreeMap::new();
    for task in shift.service.tasks.iter().filter_map(|id| shift.tasks.get(id)) {
        if let Placed::Instance { id, .. } = &task.placed {
            // A DAEMON's old and new task must not stand side by side; a REPLICA's constraints look at each deployment.
            if shift.service.daemon || task.started_by == deployment {
                *placed.entry(id.clone()).or_insert(0) += 1;
            }
        }
    }
    let found = shift.service.deployments.iter().find(|found| found.id == deployment);
    let Some(revision) = found.and_then(|found| shift.service.revisions.get(found.revision)) else {
        return Err(Refusal::NoRoom("The deployment is gone.".to_owned()));
    };
    let wish = wish(shift.service, revision, provider, placed);
    let id = if shift.service.daemon {
        let free = shift.instances.values().find(|instance| {
            wish.allows(instance)
                && !wish.placed.contains_key(&instance.id)
                && instance.lacks(&wish.blueprint.takes).is_none()
        });
        let none = || Refusal::NoRoom("No Container Instances met the requirements of the service.".to_owned());
        free.map(|instance| instance.id.clone()).ok_or_else(none)?
    } else {
        wish.place(shift.instances, shift.env.random).map_err(Refusal::NoRoom)?
    };
    let Some(instance) = shift.instances.get_mut(&id) else {
        return Err(Refusal::NoRoom("No Container Instances were found in your cluster.".to_owned()));
    };
    instance.take(&revision.blueprint.takes);
    instance.announce(shift.env, shift.scope);
    Ok(Placed::Instance { arn: instance.arn.clone(), id, zone: instance.zone.clone(), external: false })
}

fn containers(
    shift: &mut Shift<'_, '_>,
    placed: &Placed,
    specs: &[super::blueprint::Container],
    mode: &str,
) -> Vec<ContainerState> {
    specs
        .iter()
        .map(|spec| {
            let host_ports = match placed {
                Placed::Instance { id, .. } if mode == "bridge" => {
                    let instance = shift.instances.get_mut(id);
                    let mut dynamic = instance.map(|instance| move || instance.dynamic_port());
                    spec.ports
                        .iter()
                        .map(|port| match &mut dynamic {
                            Some(next) if port.host == 0 => next(),
                            _ => port.host,
                        })
                        .collect()
                }
                _ => Vec::new(),
            };
            ContainerState {
                id: shift.env.random.uuid(),
                runtime_id: format!("{}-{}", shift.env.random.hex(32), shift.env.random.below(4_000_000_000)),
                exit_code: None,
                reason: None,
                host_ports,
            }
        })
        .collect()
}

/// What `propagateTags` and `enableECSManagedTags` say, at the time of the start.
fn tags(shift: &Shift<'_, '_>, revision: &Revision) -> Tags {
    let settings = Params::of(&shift.service.settings);
    let mut tags = match settings.text("propagateTags") {
        Some("SERVICE") => shift.service.tags.clone(),
        Some("TASK_DEFINITION") => revision.definition_tags.clone(),
        _ => Tags::new(),
    };
    if settings.flag("enableECSManagedTags") {
        tags.insert("aws:ecs:clusterName".to_owned(), shift.cluster.to_owned());
        tags.insert("aws:ecs:serviceName".to_owned(), shift.service.name.clone());
    }
    tags
}

fn mac(hex: &str) -> String {
    let bytes: Vec<&str> = (0..hex.len()).step_by(2).filter_map(|at| hex.get(at..at + 2)).collect();
    format!("0e:{}", bytes.join(":"))
}
