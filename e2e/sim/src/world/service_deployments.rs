//! Service deployments and service revisions, as their own APIs describe them.

use serde_json::{Value, json};

use crate::error::Error;
use crate::time::Time;

use super::agenda::Due;
use super::lifecycle::{HookStatus, Lifecycle};
use super::params::Params;
use super::service::{self, Service};
use super::task::Tally;
use super::{Answer, Env, Region, paging};

#[derive(Clone)]
pub(crate) struct ServiceDeployment {
    pub(super) arn: String,
    pub(super) status: Status,
    pub(super) reason: Option<String>,
    /// The revision that ran before, if one had been brought to its end.
    pub(super) source: Option<usize>,
    pub(super) target: usize,
    pub(super) created_at: Time,
    pub(super) updated_at: Time,
    pub(super) finished_at: Option<Time>,
    pub(super) stopped_at: Option<Time>,
    pub(super) configuration: Value,
    pub(super) lifecycle: Lifecycle,
    pub(super) rollback: Option<Rollback>,
    pub(super) failures: usize,
    pub(super) threshold: usize,
    pub(super) breaker: bool,
    pub(super) tripped: bool,
}

#[derive(Clone)]
pub(crate) struct Rollback {
    pub(super) to: usize,
    pub(super) reason: String,
    pub(super) started_at: Time,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Status {
    InProgress,
    Successful,
    Stopped,
    RollbackInProgress,
    RollbackSuccessful,
    RollbackFailed,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::InProgress => "IN_PROGRESS",
            Self::Successful => "SUCCESSFUL",
            Self::Stopped => "STOPPED",
            Self::RollbackInProgress => "ROLLBACK_IN_PROGRESS",
            Self::RollbackSuccessful => "ROLLBACK_SUCCESSFUL",
            Self::RollbackFailed => "ROLLBACK_FAILED",
        }
    }

    pub(super) fn is_ongoing(self) -> bool {
        matches!(self, Self::InProgress | Self::RollbackInProgress)
    }
}

impl ServiceDeployment {
    pub(super) fn end(&mut self, status: Status, reason: &str, now: Time) {
        self.status = status;
        self.updated_at = now;
        self.finished_at = Some(now);
        if status == Status::Stopped {
            self.stopped_at = Some(now);
        }
        if !reason.is_empty() {
            self.reason = Some(reason.to_owned());
        }
    }

    fn describe(&self, service: &Service, tally: &Tally) -> Value {
        let summary = |revision: usize| {
            let id = service.deployments.iter().find(|deployment| deployment.revision == revision);
            let count = id.map(|deployment| tally.of(&deployment.id)).unwrap_or_default();
            let is_target = revision == self.target;
            let is_blue = service.blue().is_some_and(|blue| blue.revision == revision);
            let wanted = if is_target || is_blue { service.desired } else { count.live };
            service.revisions.get(revision).map(|revision| {
                let mut summary = json!({
                    "arn": revision.arn,
                    "requestedTaskCount": wanted,
                    "runningTaskCount": count.running,
                    "pendingTaskCount": count.pending,
                });
                // Without managed traffic there are no weights to tell.
                if self.lifecycle.shifts() && revision.has_managed_traffic() {
                    let (test, production) = self.lifecycle.weights();
                    let of = |weight: f64| if is_target { weight } else { 100.0 - weight };
                    summary["requestedTestTrafficWeight"] = json!(if is_target { test } else { 0.0 });
                    summary["requestedProductionTrafficWeight"] = json!(of(production));
                }
                summary
            })
        };
        let mut described = self.brief(service);
        if let Some(members) = described.as_object_mut() {
            members.remove("targetServiceRevisionArn");
        }
        described["updatedAt"] = self.updated_at.to_json();
        described["sourceServiceRevisions"] = self.source.and_then(summary).into_iter().collect();
        described["deploymentConfiguration"] = self.configuration.clone();
        if let Some(target) = summary(self.target) {
            described["targetServiceRevision"] = target;
        }
        self.lifecycle.describe(&mut described, self.status == Status::InProgress);
        if let Some(at) = self.stopped_at {
            described["stoppedAt"] = at.to_json();
        }
        if let Some(rollback) = &self.rollback {
            described["rollback"] = json!({"reason": rollback.reason, "startedAt": rollback.started_at.to_json()});
            if let Some(revision) = service.revisions.get(rollback.to) {
                described["rollback"]["serviceRevisionArn"] = json!(revision.arn);
            }
        }
        let breaker = match (self.breaker, self.tripped, self.status.is_ongoing()) {
            (false, ..) => "DISABLED",
            (true, true, _) => "TRIGGERED",
            (true, false, true) => "MONITORING",
            (true, false, false) => "MONITORING_COMPLETE",
        };
        described["deploymentCircuitBreaker"] =
            json!({"status": breaker, "failureCount": self.failures, "threshold": self.threshold});
        described
    }

    fn brief(&self, service: &Service) -> Value {
        let mut brief = json!({
            "serviceDeploymentArn": self.arn,
            "serviceArn": service.arn,
            "clusterArn": service.cluster_arn,
            "status": self.status.name(),
            "createdAt": self.created_at.to_json(),
            "startedAt": self.created_at.to_json(),
        });
        if let Some(revision) = service.revisions.get(self.target) {
            brief["targetServiceRevisionArn"] = json!(revision.arn);
        }
        if let Some(at) = self.finished_at {
            brief["finishedAt"] = at.to_json();
        }
        if let Some(reason) = &self.reason {
            brief["statusReason"] = json!(reason);
        }
        brief
    }
}

/// `…:service-deployment/CLUSTER/SERVICE/ID`: the cluster and the service.
fn owners<'a>(region: &Region, kind: &str, arn: &'a str) -> Option<(&'a str, &'a str)> {
    let path = region.scope.resource("ecs", arn)?.strip_prefix(kind)?.strip_prefix('/')?;
    let mut parts = path.split('/');
    Some((parts.next()?, parts.next()?))
}

fn find<'a>(region: &'a Region, kind: &str, arn: &str) -> Option<(&'a Service, Tally)> {
    let (cluster, name) = owners(region, kind, arn)?;
    let cluster = region.clusters.get(cluster)?;
    let service = cluster.services.get(name)?;
    Some((service, cluster.tally(service)))
}

pub(super) fn describe(region: &Region, request: Params<'_>) -> Answer {
    let arns = request.texts("serviceDeploymentArns");
    check_count(arns.len(), "service deployments")?;
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for arn in arns {
        let described = find(region, "service-deployment", arn).and_then(|(service, tally)| {
            let deployment = service.history.iter().find(|deployment| deployment.arn == arn)?;
            Some(deployment.describe(service, &tally))
        });
        match described {
            Some(described) => found.push(described),
            None => failures.push(json!({"arn": arn, "reason": "MISSING"})),
        }
    }
    Ok(json!({"serviceDeployments": found, "failures": failures}))
}

pub(super) fn list(region: &Region, request: Params<'_>) -> Answer {
    let cluster = region.cluster(request.text("cluster"))?;
    let service = cluster.service(&region.scope, request.required("service")).ok_or_else(Error::service_not_found)?;
    let statuses = request.texts("status");
    let created = request.nested("createdAt");
    let bound = |name: &str| created.get(name).and_then(Value::as_f64);
    let wanted = |deployment: &&ServiceDeployment| {
        let at = deployment.created_at.to_json().as_f64().unwrap_or_default();
        (statuses.is_empty() || statuses.contains(&deployment.status.name()))
            && bound("before").is_none_or(|before| at <= before)
            && bound("after").is_none_or(|after| at >= after)
    };
    // The newest first.
    let deployments: Vec<&ServiceDeployment> = service.history.iter().rev().filter(wanted).collect();
    let arns: Vec<String> = deployments.iter().map(|deployment| deployment.arn.clone()).collect();
    let (page, next) = paging::page(request, &arns, 20, 100)?;
    let briefs: Vec<Value> = deployments
        .iter()
        .filter(|deployment| page.contains(&deployment.arn))
        .map(|deployment| deployment.brief(service))
        .collect();
    let mut answer = json!({"serviceDeployments": briefs});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn describe_revisions(region: &Region, request: Params<'_>) -> Answer {
    let arns = request.texts("serviceRevisionArns");
    check_count(arns.len(), "service revisions")?;
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for arn in arns {
        let described = find(region, "service-revision", arn).and_then(|(service, _)| {
            let revision = service.revisions.iter().find(|revision| revision.arn == arn)?;
            Some(describe_revision(service, revision))
        });
        match described {
            Some(described) => found.push(described),
            None => failures.push(json!({"arn": arn, "reason": "MISSING"})),
        }
    }
    Ok(json!({"serviceRevisions": found, "failures": failures}))
}

/// The one place where everything that a revision holds is described, `monitoring` and `gatewayConnectors` included.
fn describe_revision(service: &Service, revision: &service::Revision) -> Value {
    let images = revision.blueprint.containers.iter();
    let images: Vec<Value> =
        images.map(|container| json!({"containerName": container.name, "image": container.image})).collect();
    let mut described = json!({
        "serviceRevisionArn": revision.arn,
        "serviceArn": service.arn,
        "clusterArn": service.cluster_arn,
        "containerImages": images,
        "guardDutyEnabled": false,
        "createdAt": revision.created_at.to_json(),
    });
    for (name, value) in &revision.members {
        described[name] = value.clone();
    }
    if revision.on_fargate() {
        described["platformVersion"] = json!(service::resolved_platform(revision.params()));
        described["platformFamily"] = json!(revision.blueprint.platform_family);
    }
    described
}

/// Rolls an ongoing deployment back.
pub(super) fn stop(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let arn = request.required("serviceDeploymentArn");
    if request.text("stopType") == Some("ABORT") {
        return Err(Error::unimplemented("StopServiceDeployment with stopType ABORT"));
    }
    let missing = || Error::new("ServiceDeploymentNotFoundException", "Service deployment not found.");
    let (cluster, name) = owners(region, "service-deployment", arn).ok_or_else(missing)?;
    let (cluster, name) = (cluster.to_owned(), name.to_owned());
    let service =
        region.clusters.get_mut(&cluster).and_then(|cluster| cluster.services.get_mut(&name)).ok_or_else(missing)?;
    let index = service.history.iter().position(|deployment| deployment.arn == arn).ok_or_else(missing)?;
    let deployment = &service.history[index];
    if deployment.status != Status::InProgress {
        return Err(Error::new(
            "ConflictException",
            format!("The service deployment is {} and cannot be stopped.", deployment.status.name()),
        ));
    }
    match deployment.source {
        Some(source) => {
            service.roll_back(env, index, source, "Service deployment was stopped by a user.", "StopServiceDeployment");
        }
        None => {
            return Err(Error::new(
                "ConflictException",
                "The service deployment has no earlier service revision to roll back to.",
            ));
        }
    }
    env.agenda.add(env.now, &region.scope, Due::Service { cluster, name });
    Ok(json!({"serviceDeploymentArn": arn}))
}

/// Continues a deployment that waits at a pause, or rolls it back.
pub(super) fn go_on(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let arn = request.required("serviceDeploymentArn");
    let missing = || Error::new("ServiceDeploymentNotFoundException", "Service deployment not found.");
    let (cluster, name) = owners(region, "service-deployment", arn).ok_or_else(missing)?;
    let (cluster, name) = (cluster.to_owned(), name.to_owned());
    let service =
        region.clusters.get_mut(&cluster).and_then(|cluster| cluster.services.get_mut(&name)).ok_or_else(missing)?;
    let deployment = service.history.iter_mut().find(|deployment| deployment.arn == arn).ok_or_else(missing)?;
    if deployment.status != Status::InProgress {
        let status = deployment.status.name();
        return Err(Error::invalid(format!("The service deployment is {status} and cannot be continued.")));
    }
    let id = request.required("hookId");
    let waits = |hook: &&mut super::lifecycle::Hook| hook.id == id && hook.status == HookStatus::AwaitingAction;
    let Some(hook) = deployment.lifecycle.running.iter_mut().find(waits) else {
        return Err(Error::invalid(format!("No hook {id} of the service deployment is AWAITING_ACTION.")));
    };
    // A hook that says ROLLBACK rolls the whole deployment back.
    let rolls_back = request.text("action") == Some("ROLLBACK");
    hook.status = if rolls_back { HookStatus::Failed } else { HookStatus::Succeeded };
    env.agenda.add(env.now, &region.scope, Due::Service { cluster, name });
    Ok(json!({"serviceDeploymentArn": arn}))
}

fn check_count(count: usize, what: &str) -> Result<(), Error> {
    if (1..=20).contains(&count) {
        return Ok(());
    }
    Err(Error::invalid(format!("Between 1 and 20 {what} can be described in an action.")))
}
