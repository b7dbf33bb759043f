//! The service scheduler: it starts and stops tasks until the service is as it should be.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::quota::{self, Buckets, Quota};
use crate::scope::Scope;
use crate::time::Time;

use super::agenda::Due;
use super::ecs_events::{self, Severity, Told};
use super::instances::{self, Instance};
use super::lifecycle::{Sight, Stage};
use super::service::{Rollout, Service, Status};
use super::subnets::Subnets;
use super::task::{self, Tally, Task};
use super::{Env, Region, start};

/// "The service scheduler starts at most 500 tasks a minute for a service."
const STARTS: Quota = Quota { burst: 500.0, rate: 500.0 / 60.0 };
/// Source: "Amazon ECS service throttle logic": the wait between tries grows up to 27 minutes.
const LONGEST_WAIT: Duration = Duration::from_mins(27);
const FIRST_WAIT: Duration = Duration::from_secs(15);
/// Rounds of failing tasks that are replaced at once.
const FREE_ROUNDS: usize = 3;
const TROUBLESHOOTING: &str =
    "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/// What the scheduler works on for one service.
pub(super) struct Shift<'a, 'e> {
    pub(super) env: &'a mut Env<'e>,
    pub(super) scope: &'a Scope,
    pub(super) buckets: &'a mut Buckets,
    pub(super) subnets: &'a mut Subnets,
    pub(super) tasks: &'a mut BTreeMap<String, Task>,
    pub(super) instances: &'a mut BTreeMap<String, Instance>,
    pub(super) cluster: &'a str,
    pub(super) service: &'a mut Service,
}

/// Looks after a service now.
pub(super) fn look_after(env: &mut Env<'_>, region: &mut Region, cluster: &str, name: &str) {
    let Region { scope, buckets, clusters, subnets, .. } = region;
    let Some(found) = clusters.get_mut(cluster) else {
        return;
    };
    let Some(service) = found.services.get_mut(name) else {
        return;
    };
    let mut shift = Shift {
        env,
        scope,
        buckets,
        subnets,
        tasks: &mut found.tasks,
        instances: &mut found.instances,
        cluster,
        service,
    };
    shift.work();
}

impl Shift<'_, '_> {
    fn work(&mut self) {
        if self.service.status == Status::Inactive {
            return;
        }
        if self.service.status == Status::Draining {
            return self.drain();
        }
        if self.service.daemon {
            self.service.desired =
                self.instances.values().filter(|instance| start::daemon_allows(self.service, instance)).count();
        }
        self.go_on();
        self.scale_in();
        let held_back = self.start_missing();
        self.stop_replaced(held_back);
        self.settle();
    }

    fn tally(&self) -> Tally {
        Tally::new(self.service.tasks.iter().filter_map(|id| self.tasks.get(id)))
    }

    fn drain(&mut self) {
        let ids: Vec<String> = self.service.tasks.iter().cloned().collect();
        self.stop(&ids, "Task stopped because the service was deleted.");
        if self.service.tasks.is_empty() {
            self.service.status = Status::Inactive;
            self.service.deployments.clear();
        }
    }

    /// The deployment goes on in its stages.
    fn go_on(&mut self) {
        let Some(primary) = self.service.primary() else {
            return;
        };
        let tally = self.tally();
        let blue = self.service.blue().map(|blue| blue.id.as_str());
        let others = self.service.deployments.iter().filter(|other| !other.primary && Some(other.id.as_str()) != blue);
        let shifts = self.service.in_stages().is_some_and(|record| record.lifecycle.shifts());
        let sight = Sight {
            // A rolling deployment drains old revisions as it goes.
            reconciled: !shifts
                || blue.is_none()
                || others.map(|other| tally.of(&other.id).present).sum::<usize>() == 0,
            scaled_up: tally.of(&primary.id).healthy >= self.service.wanted_healthy(),
        };
        if let Some(at) = self.service.go_on(self.env, sight) {
            self.again(at);
        }
    }

    /// Surplus tasks of the PRIMARY go, and of the deployment that runs beside it.
    fn scale_in(&mut self) {
        let scaled = [self.service.primary(), self.service.blue()];
        let ids: Vec<String> = scaled.into_iter().flatten().map(|deployment| deployment.id.clone()).collect();
        for id in ids {
            self.scale_in_of(&id);
        }
    }

    /// First those that do not run yet, then the newest.
    fn scale_in_of(&mut self, deployment: &str) {
        let mut live: Vec<(bool, Time, String)> = self
            .live_of(deployment)
            .map(|task| (task.status >= task::Status::Running, task.times.created, task.id.clone()))
            .collect();
        let Some(surplus) = live.len().checked_sub(self.service.desired).filter(|surplus| *surplus > 0) else {
            return;
        };
        live.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
        let ids: Vec<String> = live.into_iter().take(surplus).map(|(.., id)| id).collect();
        self.stop(&ids, &format!("Scaling activity initiated by (deployment {deployment})"));
    }

    fn live_of(&self, deployment: &str) -> impl Iterator<Item = &Task> {
        let tasks = self.service.tasks.iter().filter_map(|id| self.tasks.get(id));
        tasks.filter(move |task| task.is_live() && task.started_by == deployment)
    }

    /// Starts what is missing, and says whether the maximum percent alone kept it from starting more.
    fn start_missing(&mut self) -> bool {
        let Some(primary) = self.service.primary() else {
            return false;
        };
        // A deployment that the circuit breaker ended starts nothing more.
        if primary.rollout == Rollout::Failed {
            return false;
        }
        let id = primary.id.clone();
        let blue = self.service.blue().map(|blue| blue.id.clone());
        if let Some(blue) = &blue {
            let missing = self.service.desired.saturating_sub(self.tally().of(blue).live);
            self.start(blue, missing);
        }
        if !self.service.has_come_to(Stage::ScaleUp) {
            return false;
        }
        let tally = self.tally();
        let missing = self.service.desired.saturating_sub(tally.of(&id).live);
        if missing == 0 {
            return false;
        }
        let room = self.maximum().saturating_sub(tally.total().live);
        // Whatever the maximum, what died is replaced where nothing old stands in the way.
        let alone = tally.total().live == tally.of(&id).live;
        // Blue and green both run in full.
        let room = if alone || blue.is_some() { missing } else { room };
        let count = missing.min(room);
        if count == 0 {
            return true;
        }
        if let Some(retry_at) = self.must_wait() {
            self.again(retry_at);
            return false;
        }
        let started = self.start(&id, count);
        for batch in started.chunks(10) {
            let names: Vec<String> = batch.iter().map(|id| format!("(task {id})")).collect();
            self.service.tell(self.env, &format!("has started {} tasks: {}.", batch.len(), names.join(" ")));
        }
        !started.is_empty() && started.len() < missing
    }

    /// Services whose tasks keep failing to start are tried ever more slowly.
    fn must_wait(&mut self) -> Option<Time> {
        let scheduling = &mut self.service.scheduling;
        let rounds = scheduling.failures / self.service.desired.max(1);
        let slow = rounds.checked_sub(FREE_ROUNDS)?;
        let doubled = u32::try_from(slow).ok().and_then(|slow| 2_u32.checked_pow(slow)).unwrap_or(u32::MAX);
        let wait = FIRST_WAIT.saturating_mul(doubled).min(LONGEST_WAIT);
        let retry_at = match scheduling.retry_at {
            // The wait is over: the next failure sets the next one.
            Some(at) if at <= self.env.now => {
                scheduling.retry_at = None;
                return None;
            }
            Some(at) => at,
            None => self.env.now + wait,
        };
        scheduling.retry_at = Some(retry_at);
        self.service.tell_once(
            self.env,
            &format!("is unable to consistently start tasks successfully. {TROUBLESHOOTING}"),
            Told { severity: Severity::Warn, name: "SERVICE_TASK_START_IMPAIRED", reason: None },
        );
        Some(retry_at)
    }

    fn start(&mut self, deployment: &str, count: usize) -> Vec<String> {
        let mut started = Vec::new();
        for _ in 0..count {
            let key = format!("starts {}", self.service.arn);
            if let Err(at) = self.buckets.take(&key, STARTS, self.env.now) {
                self.again(at);
                break;
            }
            match start::task(self, deployment) {
                Ok(id) => started.push(id),
                Err(start::Refusal::NoRoom(why)) => {
                    let told = Told {
                        severity: Severity::Error,
                        name: "SERVICE_TASK_PLACEMENT_FAILURE",
                        reason: Some(ecs_events::shortage(&why)),
                    };
                    let reason = if why.starts_with("The closest") { why } else { format!("Reason: {why}") };
                    let message = format!(
                        "was unable to place a task because no container instance met all of its requirements. {reason} {TROUBLESHOOTING}"
                    );
                    self.service.tell_once(self.env, &message, told);
                    self.again(self.env.now + instances::LOOK_AGAIN);
                    break;
                }
                Err(start::Refusal::Role(role)) => {
                    let message = format!(
                        "failed to launch a task with (error ECS was unable to assume the role '{role}' that was provided for this task. \
                         Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user \
                         has permissions to pass this role.)."
                    );
                    let told =
                        Told { severity: Severity::Error, name: "SERVICE_TASK_CONFIGURATION_FAILURE", reason: None };
                    self.service.tell_once(self.env, &message, told);
                    self.service.count_failure(self.env, deployment, false);
                    self.again(self.env.now + Duration::from_secs(10));
                    break;
                }
                Err(start::Refusal::Throttled(at)) => {
                    self.again(at);
                    break;
                }
            }
        }
        started
    }

    /// Old tasks go as new ones are healthy, and earlier where the maximum leaves no room and the minimum allows it.
    fn stop_replaced(&mut self, held_back: bool) {
        let Some(primary) = self.service.primary() else {
            return;
        };
        if primary.rollout == Rollout::Failed {
            return;
        }
        if let Some(blue) = self.service.blue() {
            let stays = [primary.id.clone(), blue.id.clone()];
            return self.reconcile(&stays);
        }
        let tally = self.tally();
        let new = tally.of(&primary.id);
        let mut old: Vec<(bool, Time, String)> = self
            .service
            .tasks
            .iter()
            .filter_map(|id| self.tasks.get(id))
            .filter(|task| task.is_live() && task.started_by != primary.id)
            .map(|task| (task.healthy, task.times.created, task.id.clone()))
            .collect();
        if old.is_empty() {
            return;
        }
        old.sort();
        let still_needed = self.service.desired.saturating_sub(new.healthy);
        let mut replaced = old.len().saturating_sub(still_needed);
        if held_back {
            replaced = replaced.max(self.service.desired.saturating_sub(new.live));
        }
        let mut spare = tally.total().healthy.saturating_sub(self.minimum());
        let mut ids = Vec::new();
        for (healthy, _, id) in old {
            if ids.len() == replaced && healthy {
                break;
            }
            if healthy {
                let Some(left) = spare.checked_sub(1) else {
                    break;
                };
                spare = left;
            }
            ids.push(id);
        }
        let reason = format!("Scaling activity initiated by (deployment {})", primary.id);
        if self.stop(&ids, &reason) && held_back {
            // What stops now makes room.
            self.again(self.env.now + Duration::from_secs(1));
        }
    }

    /// Tasks of revisions that a newer deployment left behind go before green is started beside blue.
    fn reconcile(&mut self, stays: &[String; 2]) {
        let tasks = self.service.tasks.iter().filter_map(|id| self.tasks.get(id));
        let left: Vec<String> =
            tasks.filter(|task| !stays.contains(&task.started_by)).map(|task| task.id.clone()).collect();
        self.stop(&left, &format!("Scaling activity initiated by (deployment {})", stays[0]));
    }

    fn stop(&mut self, ids: &[String], reason: &str) -> bool {
        let mut stopped = Vec::new();
        for id in ids {
            let Some(task) = self.tasks.get_mut(id).filter(|task| task.is_live()) else {
                continue;
            };
            task.stop("ServiceSchedulerInitiated", reason, self.env.now, self.env.random);
            task.announce(self.env, self.scope);
            if let Some(at) = task.next_at {
                self.env.agenda.add(at, self.scope, Due::Task { cluster: self.cluster.to_owned(), id: id.clone() });
            }
            stopped.push(format!("(task {id})"));
        }
        for batch in stopped.chunks(10) {
            self.service.tell(self.env, &format!("has stopped {} running tasks: {}.", batch.len(), batch.join(" ")));
        }
        !stopped.is_empty()
    }

    /// Deployments that are drained go; the PRIMARY is complete once it runs in full; then all is steady.
    fn settle(&mut self) {
        let tally = self.tally();
        let blue = self.service.blue().map(|blue| blue.id.clone());
        self.service.deployments.retain(|deployment| {
            deployment.primary || tally.of(&deployment.id).present > 0 || Some(&deployment.id) == blue.as_ref()
        });
        let Some(primary) = self.service.primary() else {
            return;
        };
        let count = tally.of(&primary.id);
        let full = count.healthy == self.service.desired && count.present == self.service.desired;
        let alone = self.service.deployments.len() == 1;
        let done = full && alone;
        let early = self.service.early_success().is_some_and(|early| {
            count.healthy >= self.service.wanted_healthy()
                && (alone || early.text("sourceServiceRevisionCleanup") == Some("DEFERRED"))
        });
        let in_progress = primary.rollout == Rollout::InProgress;
        if (done || early) && in_progress && self.service.has_come_to(Stage::CleanUp) {
            self.service.complete(self.env);
        }
        if done && !self.service.scheduling.steady {
            self.service.tell(self.env, "has reached a steady state.");
            self.service.announce_action(
                self.env,
                Told { severity: Severity::Info, name: "SERVICE_STEADY_STATE", reason: None },
            );
            self.service.scheduling.reported = None;
        }
        self.service.scheduling.steady = done;
    }

    fn maximum(&self) -> usize {
        let default = if self.service.daemon { 100 } else { 200 };
        self.service.desired * self.percent("maximumPercent", default) / 100
    }

    fn minimum(&self) -> usize {
        let default = if self.service.daemon { 0 } else { 100 };
        (self.service.desired * self.percent("minimumHealthyPercent", default)).div_ceil(100)
    }

    fn percent(&self, name: &str, default: usize) -> usize {
        self.service
            .deployment_configuration()
            .int(name)
            .and_then(|value| usize::try_from(value).ok())
            .unwrap_or(default)
    }

    pub(super) fn again(&mut self, at: Time) {
        let pending = self.service.scheduling.wake_at.filter(|pending| *pending > self.env.now);
        if pending.is_some_and(|pending| pending <= at) {
            return;
        }
        self.service.scheduling.wake_at = Some(at);
        let due = Due::Service { cluster: self.cluster.to_owned(), name: self.service.name.clone() };
        self.env.agenda.add(at, self.scope, due);
    }

    /// Takes from Fargate's launch rate, where quotas hold.
    pub(super) fn launch_on_fargate(&mut self, spot: bool) -> Result<(), Time> {
        if !self.env.config.quotas {
            return Ok(());
        }
        let (bucket, quota) = quota::of_fargate_launch(spot);
        self.buckets.take(bucket, quota.times(self.env.config.quota_multiple), self.env.now)
    }
}
