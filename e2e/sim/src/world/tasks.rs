//! `ListTasks`, `DescribeTasks`, `StopTask`, and the refusal to run one.

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Scope;

use super::agenda::Due;
use super::clusters::Cluster;
use super::params::{Params, short_name};
use super::service::Service;
use super::task::{Status, Tally, Task};
use super::{Answer, Env, Region, paging};

impl Cluster {
    pub(super) fn tally(&self, service: &Service) -> Tally {
        Tally::new(service.tasks.iter().filter_map(|id| self.tasks.get(id)))
    }
}

pub(super) fn list(region: &Region, request: Params<'_>) -> Answer {
    let cluster = region.cluster(request.text("cluster"))?;
    if request.get("daemonName").is_some() {
        return Err(Error::unimplemented("ListTasks with a daemonName"));
    }
    let service = request.text("serviceName").map(short_name);
    if service.is_some_and(|name| !cluster.services.contains_key(name)) {
        return Err(Error::service_not_found());
    }
    // The filter is the desired status; no task is ever desired to be PENDING.
    let desired = request.text("desiredStatus").unwrap_or("RUNNING");
    let on_instance = |task: &Task, wanted: &str| match &task.placed {
        super::task::Placed::Instance { id, .. } => id == short_name(wanted),
        super::task::Placed::Fargate { .. } => false,
    };
    let wanted = |task: &&Task| {
        task.desired_status() == desired
            && service.is_none_or(|name| task.service == name)
            && request.text("family").is_none_or(|family| task.blueprint.family == family)
            && request.text("startedBy").is_none_or(|by| task.started_by == by)
            && request.text("launchType").is_none_or(|kind| task.launch_type() == kind)
            && request.text("containerInstance").is_none_or(|instance| on_instance(task, instance))
    };
    let arns: Vec<String> = cluster.tasks.values().filter(wanted).map(|task| task.arn.clone()).collect();
    let (page, next) = paging::page(request, &arns, 100, 100)?;
    let mut answer = json!({"taskArns": page});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn describe(region: &Region, request: Params<'_>) -> Answer {
    let cluster = region.cluster(request.text("cluster"))?;
    let names = request.texts("tasks");
    if names.is_empty() {
        return Err(Error::invalid("Tasks cannot be empty."));
    }
    if names.len() > 100 {
        return Err(Error::invalid("Up to 100 tasks can be described in an action."));
    }
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for name in names {
        if let Some(task) = find(cluster, name) {
            found.push(task.describe(request.includes("TAGS")));
        } else {
            let arn = region.scope.arn("ecs", &format!("task/{}/{}", cluster.name, short_name(name)));
            failures.push(json!({"arn": arn, "reason": "MISSING"}));
        }
    }
    Ok(json!({"tasks": found, "failures": failures}))
}

/// By ID or ARN; an ARN must be that of this cluster.
fn find<'a>(cluster: &'a Cluster, name: &str) -> Option<&'a Task> {
    let task = cluster.tasks.get(short_name(name))?;
    (!name.starts_with("arn:") || task.arn == name).then_some(task)
}

pub(super) fn stop(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let scope = region.scope.clone();
    let cluster = region.cluster_mut(request.text("cluster"))?;
    let id = find(cluster, request.required("task")).map(|task| task.id.clone());
    let id = id.ok_or_else(|| Error::invalid("The referenced task was not found."))?;
    let name = cluster.name.clone();
    let task = cluster.tasks.get_mut(&id).ok_or_else(|| Error::invalid("The referenced task was not found."))?;
    let reason = request.text("reason").unwrap_or("Task stopped by user");
    let before = task.sight();
    task.stop("UserInitiated", reason, env.now, env.random);
    if task.sight() != before {
        task.announce(env, &scope);
    }
    plan(env, &scope, &name, task);
    Ok(json!({"task": task.describe(false)}))
}

/// An essential container of the task ends by itself.
pub(super) fn fail(
    env: &mut Env<'_>,
    region: &mut Region,
    cluster: &str,
    task: &str,
    exit_code: i32,
    reason: Option<&str>,
) -> Result<(), Error> {
    let scope = region.scope.clone();
    let cluster = region.cluster_mut(Some(cluster))?;
    let name = cluster.name.clone();
    let task = running(cluster, task)?;
    let container = task.blueprint.containers.iter().position(|container| container.essential).unwrap_or(0);
    task.crash(container, exit_code, reason, env.now, env.random);
    task.announce(env, &scope);
    plan(env, &scope, &name, task);
    Ok(())
}

/// An essential container of the task fails its health check.
pub(super) fn fail_health_check(
    env: &mut Env<'_>,
    region: &mut Region,
    cluster: &str,
    task: &str,
) -> Result<(), Error> {
    let scope = region.scope.clone();
    let cluster = region.cluster_mut(Some(cluster))?;
    let name = cluster.name.clone();
    let task = running(cluster, task)?;
    task.fall_ill(env.now).ok_or_else(|| Error::invalid("No essential container of the task has a health check."))?;
    task.announce(env, &scope);
    plan(env, &scope, &name, task);
    Ok(())
}

fn running<'a>(cluster: &'a mut Cluster, task: &str) -> Result<&'a mut Task, Error> {
    let missing = || Error::invalid("The referenced task was not found.");
    let id = find(cluster, task).map(|task| task.id.clone()).ok_or_else(missing)?;
    let task = cluster.tasks.get_mut(&id).filter(|task| task.status == Status::Running && task.is_live());
    task.ok_or_else(|| Error::invalid(format!("The task {id} does not run, so it cannot fail.")))
}

/// The task's next turn, and a look by its service now.
fn plan(env: &mut Env<'_>, scope: &Scope, cluster: &str, task: &Task) {
    if let Some(at) = task.next_at {
        env.agenda.add(at, scope, Due::Task { cluster: cluster.to_owned(), id: task.id.clone() });
    }
    env.agenda.add(env.now, scope, Due::Service { cluster: cluster.to_owned(), name: task.service.clone() });
}

/// What exists of a cluster, for `GET /_sim/state`.
pub(super) fn state(cluster: &Cluster) -> Value {
    let services: Vec<Value> = cluster
        .services
        .values()
        .map(|service| {
            let total = cluster.tally(service).total();
            json!({
                "name": service.name,
                "status": service.status.name(),
                "desired": service.desired,
                "running": total.running,
                "pending": total.pending,
                "deployments": service.deployments.len(),
            })
        })
        .collect();
    let tasks: Vec<Value> = cluster
        .tasks
        .values()
        .map(|task| json!({"id": task.id, "service": task.service, "status": task.status.name()}))
        .collect();
    json!({"name": cluster.name, "active": cluster.is_active(), "services": services, "tasks": tasks})
}
