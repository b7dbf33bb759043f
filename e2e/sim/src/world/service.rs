//! A service: what it is made of, and how AWS describes it.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::clusters::namespace_arn;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::Env;
use super::blueprint::Blueprint;
use super::ecs_events::Told;
use super::params::Params;
use super::service_deployments::ServiceDeployment;
use super::tags::{self, Tags};
use super::task::Tally;

/// The members that a service revision records. A change to one of them makes a new revision, and so a deployment.
pub(super) const REVISION_MEMBERS: &[&str] = &[
    "capacityProviderStrategy",
    "gatewayConnectors",
    "launchType",
    "loadBalancers",
    "monitoring",
    "networkConfiguration",
    "platformVersion",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "taskDefinition",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

/// The members that change without a deployment.
pub(super) const SETTING_MEMBERS: &[&str] = &[
    "availabilityZoneRebalancing",
    "deploymentConfiguration",
    "deploymentController",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "placementConstraints",
    "placementStrategy",
    "propagateTags",
];

/// AWS keeps the last hundred.
const MAX_EVENTS: usize = 100;

#[derive(Clone)]
pub(crate) struct Service {
    pub(super) name: String,
    pub(super) arn: String,
    pub(super) cluster_arn: String,
    pub(super) status: Status,
    pub(super) daemon: bool,
    /// For a DAEMON service: as many as there are instances for it.
    pub(super) desired: usize,
    pub(super) settings: Map<String, Value>,
    pub(super) role: Option<String>,
    pub(super) created_at: Time,
    pub(super) created_by: String,
    /// In order of their making; deployments refer to them by index.
    pub(super) revisions: Vec<Revision>,
    /// The PRIMARY first.
    pub(super) deployments: Vec<Deployment>,
    pub(super) history: Vec<ServiceDeployment>,
    pub(super) events: VecDeque<Event>,
    pub(super) tags: Tags,
    /// The tasks that have not stopped yet.
    pub(super) tasks: BTreeSet<String>,
    pub(super) scheduling: Scheduling,
}

/// What the scheduler remembers between two looks at the service.
#[derive(Default, Clone)]
pub(crate) struct Scheduling {
    /// Tasks that failed in a row.
    pub(super) failures: usize,
    pub(super) retry_at: Option<Time>,
    /// The look that is due already: one is enough.
    pub(super) wake_at: Option<Time>,
    pub(super) steady: bool,
    /// The last trouble that an event told of: it is told once.
    pub(super) reported: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Status {
    Active,
    Draining,
    Inactive,
}

impl Status {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Draining => "DRAINING",
            Self::Inactive => "INACTIVE",
        }
    }
}

/// A service revision: everything that a rollback restores.
#[derive(Clone)]
pub(crate) struct Revision {
    pub(super) arn: String,
    pub(super) created_at: Time,
    pub(super) members: Map<String, Value>,
    pub(super) blueprint: Arc<Blueprint>,
    pub(super) definition_tags: Tags,
}

#[derive(Clone)]
pub(crate) struct Deployment {
    pub(super) id: String,
    pub(super) primary: bool,
    pub(super) revision: usize,
    pub(super) created_at: Time,
    pub(super) updated_at: Time,
    pub(super) failed_tasks: usize,
    pub(super) rollout: Rollout,
    pub(super) reason: String,
    /// The service deployment that it belongs to: a rollback belongs to the one that failed.
    pub(super) part_of: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Rollout {
    InProgress,
    Completed,
    Failed,
}

impl Rollout {
    fn name(self) -> &'static str {
        match self {
            Self::InProgress => "IN_PROGRESS",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
        }
    }
}

#[derive(Clone)]
pub(crate) struct Event {
    id: String,
    at: Time,
    message: String,
}

impl Revision {
    pub(super) fn params(&self) -> Params<'_> {
        Params::of(&self.members)
    }

    pub(super) fn on_fargate(&self) -> bool {
        on_fargate(self.params())
    }

    /// Whether Amazon ECS shifts the traffic between two revisions: load balancers and Service Connect can.
    pub(super) fn has_managed_traffic(&self) -> bool {
        !self.params().list("loadBalancers").is_empty()
            || self.params().nested("serviceConnectConfiguration").flag("enabled")
    }

    /// Whether traffic has to be sent to a task before it runs, and away from it before it stops.
    pub(super) fn takes_traffic(&self) -> bool {
        ["loadBalancers", "serviceRegistries", "vpcLatticeConfigurations"]
            .iter()
            .any(|name| !self.params().list(name).is_empty())
    }
}

/// Whether the members of a revision mean Fargate, by launch type or by strategy.
pub(super) fn on_fargate(members: Params<'_>) -> bool {
    let strategy = members.list("capacityProviderStrategy");
    match strategy.first() {
        Some(item) => item["capacityProvider"].as_str().is_some_and(|name| name == "FARGATE" || name == "FARGATE_SPOT"),
        None => members.text("launchType") == Some("FARGATE"),
    }
}

impl Service {
    pub(super) fn primary(&self) -> Option<&Deployment> {
        self.deployments.first()
    }

    pub(super) fn current(&self) -> Option<&Revision> {
        // A service that is gone has no deployment; its last revision is still described.
        self.primary().map_or(self.revisions.last(), |deployment| self.revisions.get(deployment.revision))
    }

    pub(super) fn setting(&self, name: &str) -> Option<&Value> {
        self.settings.get(name)
    }

    pub(super) fn deployment_configuration(&self) -> Params<'_> {
        Params::of(&self.settings).nested("deploymentConfiguration")
    }

    /// The criteria for ending a rolling deployment early, where they are on.
    pub(super) fn early_success(&self) -> Option<Params<'_>> {
        let criteria = self.deployment_configuration().nested("earlySuccessCriteria");
        criteria.flag("enable").then_some(criteria)
    }

    /// How many healthy tasks of a revision are enough to go on with its deployment.
    pub(super) fn wanted_healthy(&self) -> usize {
        let percent = self.early_success().and_then(|criteria| criteria.int("healthyPercent"));
        let percent = percent.and_then(|percent| usize::try_from(percent).ok()).unwrap_or(100);
        (self.desired * percent).div_ceil(100)
    }

    pub(super) fn by_code_deploy(&self) -> bool {
        self.setting("deploymentController").is_some_and(|controller| controller["type"] == "CODE_DEPLOY")
    }

    pub(super) fn deployment_mut(&mut self, id: &str) -> Option<&mut Deployment> {
        self.deployments.iter_mut().find(|deployment| deployment.id == id)
    }

    /// `message` is what follows `(service name) `.
    pub(super) fn tell(&mut self, env: &mut Env<'_>, message: &str) {
        self.events.push_front(Event {
            id: env.random.uuid(),
            at: env.now,
            message: format!("(service {}) {message}", self.name),
        });
        self.events.truncate(MAX_EVENTS);
    }

    /// As `tell`, but once for the same trouble; EventBridge is told, too.
    pub(super) fn tell_once(&mut self, env: &mut Env<'_>, message: &str, action: Told) {
        if self.scheduling.reported.as_deref() != Some(message) {
            self.scheduling.reported = Some(message.to_owned());
            self.tell(env, message);
            self.announce_action(env, action);
        }
    }

    pub(super) fn describe(&self, tally: &Tally, with_tags: bool) -> Value {
        let total = tally.total();
        let mut service = json!({
            "serviceArn": self.arn,
            "serviceName": self.name,
            "clusterArn": self.cluster_arn,
            "status": self.status.name(),
            "desiredCount": self.desired,
            "runningCount": total.running,
            "pendingCount": total.pending,
            "loadBalancers": [],
            "serviceRegistries": [],
            "placementConstraints": [],
            "placementStrategy": [],
            "schedulingStrategy": if self.daemon { "DAEMON" } else { "REPLICA" },
            "createdAt": self.created_at.to_json(),
            "createdBy": self.created_by,
            "resourceManagementType": "CUSTOMER",
            "deployments": self.deployments.iter().filter_map(|deployment| self.describe_deployment(deployment, tally)).collect::<Vec<_>>(),
            "events": self.events.iter().map(|event| json!({
                "id": event.id, "createdAt": event.at.to_json(), "message": event.message,
            })).collect::<Vec<_>>(),
        });
        for (name, value) in &self.settings {
            service[name] = value.clone();
        }
        if let Some(role) = &self.role {
            service["roleArn"] = json!(role);
        }
        if with_tags {
            service["tags"] = tags::to_json(Api::Ecs, &self.tags);
        }
        if let Some(revision) = self.current() {
            // Service Connect, volumes and VPC Lattice are described with the deployments only.
            for name in [
                "capacityProviderStrategy",
                "launchType",
                "loadBalancers",
                "networkConfiguration",
                "serviceRegistries",
                "taskDefinition",
            ] {
                if let Some(value) = revision.members.get(name) {
                    service[name] = value.clone();
                }
            }
            if revision.on_fargate() {
                service["platformVersion"] =
                    revision.members.get("platformVersion").cloned().unwrap_or_else(|| json!("LATEST"));
                service["platformFamily"] = json!(revision.blueprint.platform_family);
            }
        }
        if let Some(current) = self.history.last() {
            service["currentServiceDeployment"] = json!(current.arn);
        }
        let blue = self.blue().map(|blue| blue.id.as_str());
        service["currentServiceRevisions"] = self
            .deployments
            .iter()
            .filter_map(|deployment| {
                let id = deployment.id.as_str();
                Some((self.revisions.get(deployment.revision)?, tally.of(id), deployment.primary, id))
            })
            .map(|(revision, count, primary, id)| {
                json!({
                    "arn": revision.arn,
                    "requestedTaskCount": if primary || blue == Some(id) { self.desired } else { count.live },
                    "runningTaskCount": count.running,
                    "pendingTaskCount": count.pending,
                })
            })
            .collect();
        service
    }

    fn describe_deployment(&self, deployment: &Deployment, tally: &Tally) -> Option<Value> {
        let revision = self.revisions.get(deployment.revision)?;
        let count = tally.of(&deployment.id);
        let is_blue = self.blue().is_some_and(|blue| blue.id == deployment.id);
        let mut described = json!({
            "id": deployment.id,
            "status": if deployment.primary { "PRIMARY" } else { "ACTIVE" },
            "desiredCount": if deployment.primary || is_blue { self.desired } else { count.live },
            "runningCount": count.running,
            "pendingCount": count.pending,
            "failedTasks": deployment.failed_tasks,
            "createdAt": deployment.created_at.to_json(),
            "updatedAt": deployment.updated_at.to_json(),
        });
        // The rollout's state is that of rolling deployments.
        let shifts = self.history.get(deployment.part_of).is_some_and(|record| record.lifecycle.shifts());
        if !self.by_code_deploy() && !shifts {
            described["rolloutState"] = json!(deployment.rollout.name());
            described["rolloutStateReason"] = json!(deployment.reason);
        }
        let members = [
            "capacityProviderStrategy",
            "launchType",
            "networkConfiguration",
            "serviceConnectConfiguration",
            "taskDefinition",
            "volumeConfigurations",
            "vpcLatticeConfigurations",
        ];
        for name in members {
            if let Some(value) = revision.members.get(name) {
                described[name] = value.clone();
            }
        }
        // AWS describes the namespace by its ARN, whichever way it was given.
        if let (Some(name), Some(scope)) =
            (described["serviceConnectConfiguration"]["namespace"].as_str(), Scope::of_arn(&self.arn))
        {
            let arn = namespace_arn(&scope, name);
            described["serviceConnectConfiguration"]["namespace"] = json!(arn);
        }
        if revision.on_fargate() {
            described["platformVersion"] = json!(resolved_platform(revision.params()));
            described["platformFamily"] = json!(revision.blueprint.platform_family);
        }
        let connect = revision.params().nested("serviceConnectConfiguration");
        let resources: Vec<Value> = connect
            .list("services")
            .iter()
            .map(Params::new)
            .filter_map(|service| service.text("discoveryName").or(service.text("portName")))
            .map(|name| json!({"discoveryName": name, "discoveryArn": format!("{}/service/srv-{name}", connect.required("namespace"))}))
            .collect();
        if !resources.is_empty() {
            described["serviceConnectResources"] = json!(resources);
        }
        Some(described)
    }
}

/// `LATEST` is this one today.
pub(super) fn resolved_platform(members: Params<'_>) -> &str {
    match members.text("platformVersion") {
        None | Some("LATEST") => "1.4.0",
        Some(version) => version,
    }
}
