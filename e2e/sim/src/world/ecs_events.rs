//! What Amazon ECS tells EventBridge of its tasks, services and container instances.
//!
//! Source: "Amazon ECS container instance state change events", "Amazon ECS task state change events", "Amazon ECS service deployment state change events", "Amazon ECS service action
//! events". Nobody is told of tags there.

use std::time::Duration;

use serde_json::{Value, json};

use crate::scope::Scope;
use crate::time::Time;

use super::Env;
use super::event_bridge::Event;
use super::instances::Instance;
use super::service::Service;
use super::task::{Status, Task};

const SOURCE: &str = "aws.ecs";

/// What an event of a task tells of: where it is the same as before, there is none.
#[derive(PartialEq)]
pub(super) struct Sight {
    status: Status,
    live: bool,
    health: &'static str,
}

impl Task {
    pub(super) fn sight(&self) -> Sight {
        Sight { status: self.status, live: self.is_live(), health: self.health() }
    }

    pub(super) fn announce(&self, env: &mut Env<'_>, scope: &Scope) {
        let now = env.now;
        env.announce(scope, || {
            let mut detail = as_told(self.describe(false), now);
            for attachment in detail["attachments"].as_array_mut().into_iter().flatten() {
                attachment["type"] = json!("eni");
            }
            event("ECS Task State Change", &self.arn, detail)
        });
    }
}

impl Instance {
    /// Its resources are others, or it is new.
    pub(super) fn announce(&self, env: &mut Env<'_>, scope: &Scope) {
        let now = env.now;
        env.announce(scope, || {
            let mut detail = as_told(self.describe(), now);
            let cluster = self.arn.split('/').nth(1).unwrap_or_default();
            detail["clusterArn"] = json!(scope.arn("ecs", &format!("cluster/{cluster}")));
            event("ECS Container Instance State Change", &self.arn, detail)
        });
    }
}

/// What is described, with times as text and without tags.
fn as_told(mut described: Value, now: Time) -> Value {
    if let Some(members) = described.as_object_mut() {
        members.remove("tags");
        members.insert("updatedAt".to_owned(), json!(now.to_text()));
    }
    for (name, value) in described.as_object_mut().into_iter().flatten() {
        if let (true, Value::Number(seconds)) = (name.ends_with("At"), &*value) {
            *value = json!(Time::of_json(seconds).to_text());
        }
    }
    described
}

/// How grave what a service tells is.
#[derive(Clone, Copy)]
pub(super) enum Severity {
    Info,
    Warn,
    Error,
}

impl Severity {
    fn name(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        }
    }
}

/// What an action event of a service says.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) severity: Severity,
    pub(super) name: &'static str,
    pub(super) reason: Option<&'static str>,
}

impl Service {
    pub(super) fn announce_action(&self, env: &mut Env<'_>, told: Told) {
        let now = env.now;
        let Some(scope) = self.listened(env) else {
            return;
        };
        env.announce(&scope, || {
            let mut detail = json!({
                "eventType": told.severity.name(),
                "eventName": told.name,
                "clusterArn": self.cluster_arn,
                "createdAt": now.to_text(),
            });
            if let Some(reason) = told.reason {
                detail["reason"] = json!(reason);
            }
            event("ECS Service Action", &self.arn, detail)
        });
    }

    /// The PRIMARY's deployment has begun, is done, or has failed.
    pub(super) fn announce_deployment(&self, env: &mut Env<'_>, severity: Severity, name: &str) {
        let (Some(scope), Some(deployment)) = (self.listened(env), self.primary()) else {
            return;
        };
        env.announce(&scope, || {
            let detail = json!({
                "eventType": severity.name(),
                "eventName": name,
                "deploymentId": deployment.id,
                "updatedAt": deployment.updated_at.to_text(),
                "reason": deployment.reason,
            });
            event("ECS Deployment State Change", &self.arn, detail)
        });
    }

    fn listened(&self, env: &Env<'_>) -> Option<Scope> {
        if env.listened { Scope::of_arn(&self.arn) } else { None }
    }
}

/// What of an instance kept a task from it, in the words of an event.
pub(super) fn shortage(why: &str) -> &'static str {
    let words = [("CPU", "RESOURCE:CPU"), ("memory", "RESOURCE:MEMORY"), ("port", "RESOURCE:PORTS")];
    let found = words.into_iter().find(|(word, _)| why.contains(word));
    match found {
        Some((_, reason)) => reason,
        None if why.contains("No Container Instances were found") => "NO ACTIVE INSTANCES",
        None => "ATTRIBUTE",
    }
}

fn event(detail_type: &str, arn: &str, detail: Value) -> Event {
    Event {
        source: SOURCE.to_owned(),
        detail_type: detail_type.to_owned(),
        resources: vec![arn.to_owned()],
        detail,
        after: Duration::ZERO,
    }
}
