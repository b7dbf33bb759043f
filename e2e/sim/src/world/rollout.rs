//! Deployments of a service: how one begins, fails, is rolled back, and is done.

use serde_json::{Map, Value, json};
use std::sync::Arc;

use crate::scope::Scope;
use crate::time::Time;

use super::Env;
use super::blueprint::Blueprint;
use super::ecs_events::Severity;
use super::lifecycle::{Lifecycle, Progress, Sight, Stage};
use super::service::{Deployment, Revision, Rollout, Scheduling, Service};
use super::service_deployments::{Rollback, ServiceDeployment, Status};
use super::tags::Tags;

/// Bounds of the default threshold. Source: "How the Amazon ECS deployment circuit breaker detects failures".
const MIN_THRESHOLD: usize = 3;
const MAX_THRESHOLD: usize = 200;
const THRESHOLD_EXCEEDED: &str = "The deployment circuit breaker threshold was exceeded.";

impl Service {
    /// A new revision, and the deployment that brings it in.
    pub(super) fn deploy(
        &mut self,
        env: &mut Env<'_>,
        scope: &Scope,
        members: Map<String, Value>,
        blueprint: Arc<Blueprint>,
        definition_tags: Tags,
    ) {
        let path = self.arn.rsplit_once(":service/").map_or(self.name.as_str(), |(_, path)| path);
        let revision = Revision {
            arn: scope.arn("ecs", &format!("service-revision/{path}/{}", env.random.digits())),
            created_at: env.now,
            members,
            blueprint,
            definition_tags,
        };
        let arn = scope.arn("ecs", &format!("service-deployment/{path}/{}", env.random.hex(21)));
        let source = self.completed_revision();
        self.revisions.push(revision);
        let target = self.revisions.len() - 1;

        if let Some(superseded) = self.history.last_mut().filter(|deployment| deployment.status.is_ongoing()) {
            superseded.end(Status::Stopped, "A newer deployment took its place.", env.now);
        }
        let configuration = self.setting("deploymentConfiguration").cloned().unwrap_or_else(|| json!({}));
        let lifecycle = Lifecycle::begin(env, &configuration, source.is_none(), self.deployments.len() > 1);
        self.history.push(ServiceDeployment {
            arn,
            status: Status::InProgress,
            reason: None,
            source,
            target,
            created_at: env.now,
            updated_at: env.now,
            finished_at: None,
            stopped_at: None,
            configuration,
            lifecycle,
            rollback: None,
            failures: 0,
            threshold: self.threshold(),
            breaker: self.breaker_enabled(),
            tripped: false,
        });
        self.begin(env, target, None);
        self.announce_deployment(env, Severity::Info, "SERVICE_DEPLOYMENT_IN_PROGRESS");
    }

    /// Puts a new PRIMARY in front; the others are drained.
    fn begin(&mut self, env: &mut Env<'_>, revision: usize, reason: Option<String>) {
        for deployment in &mut self.deployments {
            deployment.primary = false;
            deployment.updated_at = env.now;
        }
        let id = format!("ecs-svc/{}", env.random.digits());
        let reason = reason.unwrap_or_else(|| format!("ECS deployment {id} in progress."));
        let deployment = Deployment {
            id,
            primary: true,
            revision,
            created_at: env.now,
            updated_at: env.now,
            failed_tasks: 0,
            rollout: Rollout::InProgress,
            reason,
            part_of: self.history.len() - 1,
        };
        self.deployments.insert(0, deployment);
        self.scheduling.steady = false;
        self.scheduling.failures = 0;
        self.scheduling.retry_at = None;
        self.scheduling.reported = None;
    }

    /// The revision of the last service deployment that was brought to its end.
    fn completed_revision(&self) -> Option<usize> {
        self.history.iter().rev().find_map(|deployment| match deployment.status {
            Status::Successful => Some(deployment.target),
            Status::RollbackSuccessful => deployment.rollback.as_ref().map(|rollback| rollback.to),
            _ => None,
        })
    }

    pub(super) fn breaker_enabled(&self) -> bool {
        self.deployment_configuration().nested("deploymentCircuitBreaker").flag("enable")
    }

    /// How many failed tasks trip the circuit breaker.
    pub(super) fn threshold(&self) -> usize {
        let threshold =
            self.deployment_configuration().nested("deploymentCircuitBreaker").nested("thresholdConfiguration");
        let value = threshold.int("value").and_then(|value| usize::try_from(value).ok()).unwrap_or(50);
        let percent = (self.desired * value).div_ceil(100);
        match threshold.text("type") {
            Some("COUNT") => value,
            Some("UNBOUNDED_PERCENT") => percent.max(1),
            _ => percent.clamp(MIN_THRESHOLD, MAX_THRESHOLD),
        }
    }

    /// A task of the deployment failed to start, or ran and did not live until it was healthy.
    pub(super) fn count_failure(&mut self, env: &mut Env<'_>, id: &str, ran: bool) {
        // "Tasks that are stopped after they reach the RUNNING state don't start the throttle logic."
        if !ran {
            self.scheduling.failures += 1;
        }
        let Some(deployment) = self.deployment_mut(id).filter(|deployment| deployment.rollout == Rollout::InProgress)
        else {
            return;
        };
        deployment.failed_tasks += 1;
        let (failed, primary, part_of) = (deployment.failed_tasks, deployment.primary, deployment.part_of);
        let (enabled, threshold) = (self.breaker_enabled(), self.threshold());
        if let Some(record) = self.history.get_mut(part_of) {
            record.failures = failed;
            record.threshold = threshold;
            record.updated_at = env.now;
        }
        if primary && enabled && failed >= threshold {
            self.trip(env);
        }
    }

    pub(super) fn count_success(&mut self, id: &str) {
        self.scheduling.failures = 0;
        self.scheduling.retry_at = None;
        let breaker = self.deployment_configuration().nested("deploymentCircuitBreaker");
        let resets = breaker.get("resetOnHealthyTask").is_none_or(|reset| *reset == true);
        if let (true, Some(deployment)) = (resets, self.deployment_mut(id)) {
            deployment.failed_tasks = 0;
        }
    }

    /// The circuit breaker ends the deployment of the PRIMARY, and rolls back where it can and may.
    fn trip(&mut self, env: &mut Env<'_>) {
        let rollback = self.deployment_configuration().nested("deploymentCircuitBreaker").flag("rollback");
        if let Some(record) = self.newest_record() {
            record.tripped = true;
        }
        let who = "ECS deployment circuit breaker";
        let why = if rollback { "Circuit breaker threshold exceeded." } else { THRESHOLD_EXCEEDED };
        self.fail(env, who, "tasks failed to start.", why, rollback);
    }

    /// The PRIMARY's deployment fails; what ran before is deployed again where it is to be, and where something did.
    fn fail(&mut self, env: &mut Env<'_>, who: &str, told: &str, why: &str, rollback: bool) {
        let Some(failed) = self.deployments.first_mut() else {
            return;
        };
        failed.rollout = Rollout::Failed;
        failed.reason = format!("{who}: {told}");
        failed.updated_at = env.now;
        let (id, part_of) = (failed.id.clone(), failed.part_of);
        // "This event is sent for services with deployment circuit breaker logic turned on."
        if self.breaker_enabled() {
            self.announce_deployment(env, Severity::Error, "SERVICE_DEPLOYMENT_FAILED");
        }
        let already = self.history.get(part_of).is_some_and(|record| record.rollback.is_some());
        self.tell(env, &format!("(deployment {id}) deployment failed: {told}"));
        let source = self.history.get(part_of).and_then(|record| record.source);
        match source.filter(|_| rollback && !already) {
            Some(source) => self.roll_back(env, part_of, source, why, who),
            None => {
                if let Some(record) = self.history.get_mut(part_of) {
                    let status = if already { Status::RollbackFailed } else { Status::Stopped };
                    record.end(status, why, env.now);
                }
            }
        }
    }

    /// The service deployment that brings the PRIMARY in, or rolls back to it.
    pub(super) fn newest_record(&mut self) -> Option<&mut ServiceDeployment> {
        let part_of = self.deployments.first()?.part_of;
        self.history.get_mut(part_of)
    }

    /// The same, while it is on its way in its stages.
    pub(super) fn in_stages(&self) -> Option<&ServiceDeployment> {
        let record = self.history.get(self.deployments.first()?.part_of)?;
        (record.status == Status::InProgress).then_some(record)
    }

    /// Whether the PRIMARY may have tasks, and whether it may be done: a deployment waits for the hooks of its stages.
    pub(super) fn has_come_to(&self, stage: Stage) -> bool {
        self.in_stages().is_none_or(|record| record.lifecycle.stage >= stage)
    }

    /// The deployment that runs beside the PRIMARY, in full, until the traffic has shifted and the bake time is over.
    pub(super) fn blue(&self) -> Option<&Deployment> {
        let record = self.in_stages().filter(|record| record.lifecycle.shifts())?;
        let stays = record.lifecycle.stage < Stage::CleanUp;
        let blue = |deployment: &&Deployment| !deployment.primary && Some(deployment.revision) == record.source;
        self.deployments.iter().filter(|_| stays).find(blue)
    }

    /// The deployment goes on in its stages as far as it can; the time when it has to be looked at again.
    pub(super) fn go_on(&mut self, env: &mut Env<'_>, sight: Sight) -> Option<Time> {
        let record = self.newest_record().filter(|record| record.status == Status::InProgress)?;
        match record.lifecycle.advance(env, sight) {
            Progress::Waits(until) => until,
            Progress::Fails(why) => {
                self.fail(env, "ECS deployment", &why, &why, true);
                None
            }
        }
    }

    /// Deploys a revision again that worked, within the same service deployment. It restores everything that the revision holds.
    pub(super) fn roll_back(&mut self, env: &mut Env<'_>, part_of: usize, to: usize, reason: &str, who: &str) {
        let blue = self.blue().map(|blue| blue.id.clone());
        if let Some(record) = self.history.get_mut(part_of) {
            record.lifecycle.take_back();
            record.status = Status::RollbackInProgress;
            record.reason = Some(reason.to_owned());
            record.updated_at = env.now;
            record.rollback = Some(Rollback { to, reason: reason.to_owned(), started_at: env.now });
        }
        // AWS names the deployment that first brought the revision in; only the revision is left of it here.
        match blue {
            Some(blue) => self.return_to(env, &blue),
            None => self.begin(env, to, None),
        }
        let Some(primary) = self.deployments.first_mut() else {
            return;
        };
        primary.part_of = part_of;
        primary.reason = format!("{who}: rolling back to deploymentId {}.", primary.id);
        let id = primary.id.clone();
        self.announce_deployment(env, Severity::Info, "SERVICE_DEPLOYMENT_IN_PROGRESS");
        self.tell(env, &format!("rolling back to deployment {id}."));
    }

    /// Blue still runs: it gets the traffic back, and what is new is drained.
    fn return_to(&mut self, env: &mut Env<'_>, blue: &str) {
        for deployment in &mut self.deployments {
            deployment.primary = deployment.id == blue;
            deployment.updated_at = env.now;
            if deployment.primary {
                deployment.rollout = Rollout::InProgress;
            }
        }
        self.deployments.sort_by_key(|deployment| !deployment.primary);
        self.scheduling = Scheduling::default();
    }

    /// The PRIMARY runs in full and the old ones are drained.
    pub(super) fn complete(&mut self, env: &mut Env<'_>) {
        let Some(primary) = self.deployments.first_mut() else {
            return;
        };
        primary.rollout = Rollout::Completed;
        primary.reason = format!("ECS deployment {} completed.", primary.id);
        primary.updated_at = env.now;
        let (id, part_of) = (primary.id.clone(), primary.part_of);
        if let Some(record) = self.history.get_mut(part_of) {
            let status = if record.rollback.is_some() { Status::RollbackSuccessful } else { Status::Successful };
            record.end(status, "", env.now);
        }
        self.announce_deployment(env, Severity::Info, "SERVICE_DEPLOYMENT_COMPLETED");
        self.tell(env, &format!("(deployment {id}) deployment completed."));
    }
}
