//! A task, and how AWS describes it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::scope::Api;
use crate::time::Time;

use super::blueprint::Blueprint;
use super::subnets::Addresses;
use super::tags::{self, Tags};

#[derive(Clone)]
pub(crate) struct Task {
    pub(super) id: String,
    pub(super) arn: String,
    pub(super) cluster_arn: String,
    pub(super) blueprint: Arc<Blueprint>,
    pub(super) service: String,
    /// The deployment that started it.
    pub(super) started_by: String,
    pub(super) placed: Placed,
    pub(super) provider: Option<String>,
    pub(super) status: Status,
    pub(super) healthy: bool,
    /// The container that fails its health check.
    pub(super) ill: Option<usize>,
    pub(super) takes_traffic: bool,
    pub(super) enable_execute_command: bool,
    pub(super) tags: Tags,
    pub(super) interface: Option<Interface>,
    pub(super) containers: Vec<ContainerState>,
    /// Set once the task is to stop: why, and in whose words.
    pub(super) stop: Option<Stop>,
    pub(super) times: Times,
    pub(super) version: u64,
    /// How long it takes to run and be healthy; `None`: as in AWS.
    pub(super) start: Option<Duration>,
    /// When it goes on in its life.
    pub(super) next_at: Option<Time>,
}

#[derive(Clone)]
pub(crate) enum Placed {
    Fargate { platform: String, zone: String },
    Instance { arn: String, id: String, zone: String, external: bool },
}

impl Placed {
    pub(super) fn zone(&self) -> &str {
        match self {
            Self::Fargate { zone, .. } | Self::Instance { zone, .. } => zone,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Stop {
    pub(super) code: &'static str,
    pub(super) reason: String,
}

#[derive(Default, Clone)]
pub(crate) struct Times {
    pub(super) created: Time,
    pub(super) pull_started: Option<Time>,
    pub(super) pull_stopped: Option<Time>,
    pub(super) started: Option<Time>,
    pub(super) stopping: Option<Time>,
    pub(super) execution_stopped: Option<Time>,
    pub(super) stopped: Option<Time>,
}

/// An elastic network interface of its own, with `awsvpc`.
#[derive(Clone)]
pub(crate) struct Interface {
    pub(super) attachment: String,
    pub(super) id: String,
    pub(super) mac: String,
    pub(super) addresses: Addresses,
    pub(super) subnet: String,
}

#[derive(Clone)]
pub(crate) struct ContainerState {
    pub(super) id: String,
    pub(super) runtime_id: String,
    pub(super) exit_code: Option<i32>,
    pub(super) reason: Option<String>,
    /// Host ports in the order of the container's port mappings, where they were chosen for it.
    pub(super) host_ports: Vec<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Provisioning,
    Pending,
    Activating,
    Running,
    Deactivating,
    Stopping,
    Deprovisioning,
    Stopped,
}

impl Status {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Provisioning => "PROVISIONING",
            Self::Pending => "PENDING",
            Self::Activating => "ACTIVATING",
            Self::Running => "RUNNING",
            Self::Deactivating => "DEACTIVATING",
            Self::Stopping => "STOPPING",
            Self::Deprovisioning => "DEPROVISIONING",
            Self::Stopped => "STOPPED",
        }
    }
}

impl Task {
    /// Neither stopped nor told to stop.
    pub(super) fn is_live(&self) -> bool {
        self.stop.is_none()
    }

    pub(super) fn desired_status(&self) -> &'static str {
        if self.is_live() { "RUNNING" } else { "STOPPED" }
    }

    pub(super) fn launch_type(&self) -> &'static str {
        match &self.placed {
            Placed::Fargate { .. } => "FARGATE",
            Placed::Instance { external: true, .. } => "EXTERNAL",
            Placed::Instance { .. } => "EC2",
        }
    }

    pub(super) fn describe(&self, with_tags: bool) -> Value {
        let (zone, instance) = match &self.placed {
            placed @ Placed::Fargate { .. } => (placed.zone(), None),
            placed @ Placed::Instance { arn, .. } => (placed.zone(), Some(arn)),
        };
        let mut task = json!({
            "taskArn": self.arn,
            "clusterArn": self.cluster_arn,
            "taskDefinitionArn": self.blueprint.arn,
            "group": format!("service:{}", self.service),
            "startedBy": self.started_by,
            "lastStatus": self.status.name(),
            "desiredStatus": self.desired_status(),
            "launchType": self.launch_type(),
            "availabilityZone": zone,
            "healthStatus": self.health(),
            "enableExecuteCommand": self.enable_execute_command,
            "version": self.version,
            "attachments": self.interface.as_ref().map(|interface| interface.describe(self.status)).into_iter().collect::<Vec<_>>(),
            "attributes": [{"name": "ecs.cpu-architecture", "value": "x86_64"}],
            "containers": self.describe_containers(),
            "overrides": {
                "containerOverrides": self.blueprint.containers.iter().map(|container| json!({"name": container.name})).collect::<Vec<_>>(),
                "inferenceAcceleratorOverrides": [],
            },
            "cpu": self.blueprint.takes.cpu.to_string(),
            "memory": self.blueprint.takes.memory.to_string(),
            "createdAt": self.times.created.to_json(),
            "tags": if with_tags { tags::to_json(Api::Ecs, &self.tags) } else { json!([]) },
        });
        if let Placed::Fargate { platform, .. } = &self.placed {
            task["platformVersion"] = json!(platform);
            task["platformFamily"] = json!(self.blueprint.platform_family);
            task["ephemeralStorage"] = json!({"sizeInGiB": 20});
        }
        if let Some(instance) = instance {
            task["containerInstanceArn"] = json!(instance);
        }
        if let Some(provider) = &self.provider {
            task["capacityProviderName"] = json!(provider);
        }
        if self.status >= Status::Pending {
            task["connectivity"] = json!("CONNECTED");
            task["connectivityAt"] = self.times.created.to_json();
        }
        let times = [
            ("pullStartedAt", self.times.pull_started),
            ("pullStoppedAt", self.times.pull_stopped),
            ("startedAt", self.times.started),
            ("stoppingAt", self.times.stopping),
            ("executionStoppedAt", self.times.execution_stopped),
            ("stoppedAt", self.times.stopped),
        ];
        for (name, time) in times {
            if let Some(time) = time {
                task[name] = time.to_json();
            }
        }
        if let Some(stop) = &self.stop {
            task["stopCode"] = json!(stop.code);
            task["stoppedReason"] = json!(stop.reason);
        }
        task
    }

    /// That of its essential containers: what one of them is, in the order UNHEALTHY, UNKNOWN, HEALTHY ("HealthCheck" in the API reference).
    pub(super) fn health(&self) -> &'static str {
        let essential = (0..self.containers.len()).filter(|at| self.blueprint.containers[*at].essential);
        let found: Vec<&str> = essential.map(|at| self.health_of(at)).collect();
        ["UNHEALTHY", "UNKNOWN"].into_iter().find(|health| found.contains(health)).unwrap_or("HEALTHY")
    }

    fn health_of(&self, container: usize) -> &'static str {
        let checked = self.blueprint.containers[container].health_check.is_some() && self.status == Status::Running;
        match (checked, self.ill == Some(container), self.healthy) {
            (true, true, _) => "UNHEALTHY",
            (true, false, true) => "HEALTHY",
            _ => "UNKNOWN",
        }
    }

    fn describe_containers(&self) -> Vec<Value> {
        let last = match self.status {
            Status::Provisioning | Status::Pending => "PENDING",
            Status::Activating | Status::Running | Status::Deactivating => "RUNNING",
            Status::Stopping if self.times.execution_stopped.is_none() => "RUNNING",
            Status::Stopping | Status::Deprovisioning | Status::Stopped => "STOPPED",
        };
        let containers = self.blueprint.containers.iter().zip(&self.containers).enumerate();
        containers
            .map(|(at, (container, state))| {
                let bindings: Vec<Value> = container
                    .ports
                    .iter()
                    .zip(&state.host_ports)
                    .map(|(port, host)| json!({"bindIP": "0.0.0.0", "containerPort": port.container, "hostPort": host, "protocol": port.protocol}))
                    .collect();
                let interfaces: Vec<Value> = self
                    .interface
                    .iter()
                    .filter(|_| self.status != Status::Provisioning)
                    .map(Interface::of_container)
                    .collect();
                let mut described = json!({
                    "containerArn": format!("{}/{}", self.arn.replacen(":task/", ":container/", 1), state.id),
                    "taskArn": self.arn,
                    "name": container.name,
                    "image": container.image,
                    "lastStatus": if state.exit_code.is_some() { "STOPPED" } else { last },
                    "healthStatus": self.health_of(at),
                    "networkBindings": bindings,
                    "networkInterfaces": interfaces,
                    "cpu": container.cpu.to_string(),
                });
                if self.times.started.is_some() {
                    described["runtimeId"] = json!(state.runtime_id);
                }
                if let Some(memory) = container.memory {
                    described["memory"] = json!(memory.to_string());
                }
                if let Some(reservation) = container.memory_reservation {
                    described["memoryReservation"] = json!(reservation.to_string());
                }
                if let Some(code) = state.exit_code {
                    described["exitCode"] = json!(code);
                }
                if let Some(reason) = &state.reason {
                    described["reason"] = json!(reason);
                }
                described
            })
            .collect()
    }
}

impl Interface {
    fn describe(&self, status: Status) -> Value {
        let state = match status {
            Status::Provisioning => "PRECREATED",
            Status::Deprovisioning => "DETACHING",
            Status::Stopped => "DELETED",
            _ => "ATTACHED",
        };
        let mut details = vec![json!({"name": "subnetId", "value": self.subnet})];
        if status != Status::Provisioning {
            let dashed = self.addresses.ipv4.replace('.', "-");
            details.extend([
                json!({"name": "networkInterfaceId", "value": self.id}),
                json!({"name": "macAddress", "value": self.mac}),
                json!({"name": "privateDnsName", "value": format!("ip-{dashed}.ec2.internal")}),
                json!({"name": "privateIPv4Address", "value": self.addresses.ipv4}),
            ]);
        }
        json!({"id": self.attachment, "type": "ElasticNetworkInterface", "status": state, "details": details})
    }

    /// As each container describes it.
    fn of_container(&self) -> Value {
        let mut described = json!({"attachmentId": self.attachment, "privateIpv4Address": self.addresses.ipv4});
        if let Some(ipv6) = &self.addresses.ipv6 {
            described["ipv6Address"] = json!(ipv6);
        }
        described
    }
}

/// How many tasks a service has, by deployment.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<String, Count>);

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Count {
    /// Neither stopped nor told to stop.
    pub(super) live: usize,
    pub(super) running: usize,
    pub(super) pending: usize,
    /// Live and counted towards the minimum healthy percent.
    pub(super) healthy: usize,
    /// Not yet stopped, told to or not.
    pub(super) present: usize,
}

impl Tally {
    pub(super) fn new<'a>(tasks: impl Iterator<Item = &'a Task>) -> Self {
        let mut tally = Self::default();
        for task in tasks.filter(|task| task.status != Status::Stopped) {
            let count = tally.0.entry(task.started_by.clone()).or_default();
            count.present += 1;
            count.running += usize::from(task.status == Status::Running);
            if task.is_live() {
                count.live += 1;
                count.pending += usize::from(task.status < Status::Running);
                count.healthy += usize::from(task.healthy && task.status == Status::Running);
            }
        }
        tally
    }

    pub(super) fn of(&self, deployment: &str) -> Count {
        self.0.get(deployment).copied().unwrap_or_default()
    }

    pub(super) fn total(&self) -> Count {
        self.0.values().fold(Count::default(), |sum, count| Count {
            live: sum.live + count.live,
            running: sum.running + count.running,
            pending: sum.pending + count.pending,
            healthy: sum.healthy + count.healthy,
            present: sum.present + count.present,
        })
    }
}
