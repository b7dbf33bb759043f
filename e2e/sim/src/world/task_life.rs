//! The life of a task: PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED.
//!
//! Source: "Amazon ECS task lifecycle". How long each state lasts is chosen here, of the size that one sees in AWS.

use std::time::Duration;

use crate::time::Time;

use super::random::Random;
use super::task::{Placed, Status, Stop, Task};

/// What a task is told by the one who looks at it.
#[derive(Debug, PartialEq)]
pub(super) enum Turn {
    /// Nothing that its service must know.
    Nothing,
    /// It counts as healthy now.
    Healthy,
    /// It stops by itself.
    Failed,
    /// It has stopped: what it took is free again.
    Stopped,
}

const CRASHES_AFTER: Duration = Duration::from_secs(5);
/// How long a task that fails its health check goes on, until its service stops it.
const REPLACED_AFTER: Duration = Duration::from_secs(10);
/// "The service scheduler will wait for 40 seconds after a task reaches a RUNNING state before the task is counted towards the minimum
/// healthy percent total", where there is neither a load balancer nor a health check: API reference, `DeploymentConfiguration`.
const SETTLES_AFTER: Duration = Duration::from_secs(40);
/// Source: `DescribeTasks` answers for stopped tasks for at least an hour.
pub(super) const REMEMBERED_FOR: Duration = Duration::from_hours(1);

impl Task {
    /// How long its present state lasts.
    fn span(&self) -> Duration {
        if let Some(start) = self.start {
            match self.status {
                Status::Provisioning => return start.mul_f64(0.4),
                Status::Pending => return start.mul_f64(if self.interface.is_some() { 0.6 } else { 1.0 }),
                // An instant: what is due now is not looked at again.
                Status::Running if self.blueprint.crashing().is_none() => return Duration::from_millis(1),
                _ => {}
            }
        }
        let fargate = matches!(self.placed, Placed::Fargate { .. });
        let seconds = match self.status {
            Status::Provisioning => {
                if fargate {
                    8
                } else {
                    4
                }
            }
            Status::Pending => {
                if fargate {
                    12
                } else {
                    5
                }
            }
            Status::Running if self.blueprint.crashing().is_some() => return CRASHES_AFTER,
            Status::Running => return self.blueprint.healthy_after().unwrap_or(SETTLES_AFTER),
            Status::Activating | Status::Deprovisioning => 3,
            Status::Deactivating => 5,
            Status::Stopping => 4,
            Status::Stopped => return REMEMBERED_FOR,
        };
        Duration::from_secs(seconds)
    }

    /// Takes up a state, and gives the time of its next turn.
    pub(super) fn enter(&mut self, status: Status, now: Time, random: &mut Random) -> Option<Time> {
        self.status = status;
        self.version += 1;
        match status {
            Status::Pending => self.times.pull_started = Some(now),
            Status::Activating | Status::Running if self.times.started.is_none() => {
                self.times.pull_stopped = Some(now);
                self.times.started = (status == Status::Running).then_some(now);
            }
            Status::Stopped => self.times.stopped = Some(now),
            _ => {}
        }
        let exact = self.start.is_some() || matches!(status, Status::Running | Status::Stopped);
        let span = if exact { self.span() } else { random.about(self.span()) };
        self.next_at = Some(now + span);
        self.next_at
    }

    /// Goes on, if its time has come.
    /// `lacking`: what ECS could not fetch for it.
    pub(super) fn turn(&mut self, now: Time, random: &mut Random, lacking: Option<String>) -> Turn {
        if self.next_at.is_none_or(|at| at > now) {
            return Turn::Nothing;
        }
        match self.status {
            Status::Provisioning => self.enter(Status::Pending, now, random),
            Status::Pending => {
                if let Some(reason) = lacking {
                    self.fail("TaskFailedToStart", reason, now);
                    self.ended(now, random);
                    return Turn::Failed;
                }
                if let Some(image) = self.blueprint.missing_image().map(str::to_owned) {
                    self.cannot_pull(&image, now, random);
                    return Turn::Failed;
                }
                let next = if self.takes_traffic { Status::Activating } else { Status::Running };
                self.enter(next, now, random)
            }
            Status::Activating => self.enter(Status::Running, now, random),
            Status::Running => return self.run(now, random),
            Status::Deactivating => self.enter(Status::Stopping, now, random),
            Status::Stopping => {
                self.exit_all(143);
                return self.ended(now, random);
            }
            Status::Deprovisioning => {
                self.enter(Status::Stopped, now, random);
                return Turn::Stopped;
            }
            // The world forgets it.
            Status::Stopped => None,
        };
        Turn::Nothing
    }

    fn cannot_pull(&mut self, image: &str, now: Time, random: &mut Random) {
        let reason = cannot_pull_reason(image);
        self.fail("TaskFailedToStart", reason.clone(), now);
        for (container, state) in self.blueprint.containers.iter().zip(&mut self.containers) {
            if container.image == image {
                state.reason = Some(reason.clone());
            }
        }
        self.times.pull_stopped = Some(now);
        self.ended(now, random);
    }

    fn run(&mut self, now: Time, random: &mut Random) -> Turn {
        if self.ill.is_some() {
            self.stop("ServiceSchedulerInitiated", "Task failed container health checks", now, random);
            Turn::Failed
        } else if let Some(container) = self.blueprint.crashing() {
            self.crash(container, 1, None, now, random);
            Turn::Failed
        } else {
            self.healthy = true;
            self.version += 1;
            self.next_at = None;
            Turn::Healthy
        }
    }

    /// An essential container ends by itself, and the task with it.
    pub(super) fn crash(
        &mut self,
        container: usize,
        exit_code: i32,
        reason: Option<&str>,
        now: Time,
        random: &mut Random,
    ) {
        self.fail("EssentialContainerExited", reason.unwrap_or("Essential container in task exited").to_owned(), now);
        if let Some(state) = self.containers.get_mut(container) {
            state.exit_code = Some(exit_code);
        }
        self.exit_all(143);
        self.ended(now, random);
    }

    /// A container fails its health check; `None`: none has one.
    pub(super) fn fall_ill(&mut self, now: Time) -> Option<()> {
        let checked = |container: &super::blueprint::Container| container.essential && container.health_check.is_some();
        self.ill = Some(self.blueprint.containers.iter().position(checked)?);
        self.healthy = false;
        self.version += 1;
        self.next_at = Some(now + REPLACED_AFTER);
        Some(())
    }

    /// Tells it to stop. What stops already goes on as it does.
    pub(super) fn stop(&mut self, code: &'static str, reason: &str, now: Time, random: &mut Random) {
        if self.stop.is_some() {
            return;
        }
        self.fail(code, reason.to_owned(), now);
        let next = match self.status {
            Status::Running | Status::Activating if self.takes_traffic => Status::Deactivating,
            _ => Status::Stopping,
        };
        self.enter(next, now, random);
    }

    fn fail(&mut self, code: &'static str, reason: String, now: Time) {
        self.stop = Some(Stop { code, reason });
        self.times.stopping = Some(now);
        self.healthy = false;
    }

    fn exit_all(&mut self, code: i32) {
        if self.times.started.is_some() {
            for state in &mut self.containers {
                state.exit_code.get_or_insert(code);
            }
        }
    }

    /// Its containers are gone; a network interface of its own has to be taken away yet.
    fn ended(&mut self, now: Time, random: &mut Random) -> Turn {
        self.times.execution_stopped = Some(now);
        // Without an interface there is nothing left to do, but the state change still takes a moment.
        self.enter(Status::Deprovisioning, now, random);
        if self.interface.is_none() {
            self.next_at = Some(now + Duration::from_millis(100));
        }
        Turn::Nothing
    }
}

fn cannot_pull_reason(image: &str) -> String {
    let name = if image.contains('/') { image.to_owned() } else { format!("docker.io/library/{image}") };
    format!(
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {name}: {name}: not found"
    )
}
