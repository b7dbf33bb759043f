//! Container instances: EC2 instances that a cluster can place tasks on.

use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Scope;
use crate::time::Time;

use super::agenda::Due;
use super::blueprint::Resources;
use super::clusters::Cluster;
use super::params::{Params, short_name};
use super::{Answer, Env, Region, capacity_providers, paging};

/// An m5.xlarge.
const INSTANCE: (&str, u64, u64) = ("m5.xlarge", 4096, 15_731);
/// Ports that the ECS agent and SSH keep for themselves.
const RESERVED_PORTS: [u64; 5] = [22, 2375, 2376, 51678, 51679];

#[derive(Clone)]
pub(crate) struct Instance {
    pub(super) id: String,
    pub(super) arn: String,
    pub(super) ec2_id: String,
    pub(super) zone: String,
    pub(super) kind: &'static str,
    pub(super) remaining: Resources,
    /// The capacity provider whose Auto Scaling group it belongs to.
    pub(super) provider: Option<String>,
    pub(super) tasks: usize,
    next_port: u64,
    registered_at: Time,
    version: u64,
}

impl Instance {
    pub(super) fn new(env: &mut Env<'_>, scope: &Scope, cluster: &str, index: usize, provider: Option<&str>) -> Self {
        let id = env.random.hex(32);
        let zones = ["a", "b", "c"];
        Self {
            arn: scope.arn("ecs", &format!("container-instance/{cluster}/{id}")),
            id,
            ec2_id: format!("i-{}", env.random.hex(17)),
            zone: format!("{}{}", scope.region, zones[index % zones.len()]),
            kind: INSTANCE.0,
            remaining: Resources { cpu: INSTANCE.1, memory: INSTANCE.2, ports: RESERVED_PORTS.to_vec() },
            provider: provider.map(str::to_owned),
            tasks: 0,
            next_port: 32_768,
            registered_at: env.now,
            version: 1,
        }
    }

    /// What a task would have to do without here.
    pub(super) fn lacks(&self, takes: &Resources) -> Option<&'static str> {
        if takes.memory > self.remaining.memory {
            Some("insufficient memory available")
        } else if takes.cpu > self.remaining.cpu {
            Some("insufficient CPU units available")
        } else if takes.ports.iter().any(|port| self.remaining.ports.contains(port)) {
            Some("is already using a port required by your task")
        } else {
            None
        }
    }

    pub(super) fn take(&mut self, takes: &Resources) {
        self.remaining.cpu = self.remaining.cpu.saturating_sub(takes.cpu);
        self.remaining.memory = self.remaining.memory.saturating_sub(takes.memory);
        self.remaining.ports.extend(&takes.ports);
        self.tasks += 1;
        self.version += 1;
    }

    pub(super) fn give_back(&mut self, takes: &Resources) {
        self.remaining.cpu += takes.cpu;
        self.remaining.memory += takes.memory;
        self.remaining.ports.retain(|port| !takes.ports.contains(port));
        self.tasks = self.tasks.saturating_sub(1);
        self.version += 1;
    }

    /// A host port from the ephemeral range.
    pub(super) fn dynamic_port(&mut self) -> u64 {
        let port = self.next_port;
        self.next_port = if port >= 60_999 { 32_768 } else { port + 1 };
        port
    }

    /// The value of an attribute that placement may ask for.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        match name {
            "ecs.availability-zone" => Some(&self.zone),
            "ecs.instance-type" => Some(self.kind),
            "ecs.os-type" => Some("linux"),
            "ecs.cpu-architecture" => Some("x86_64"),
            _ => None,
        }
    }

    pub(super) fn describe(&self) -> Value {
        let integer = |name: &str, value: u64| json!({"name": name, "type": "INTEGER", "integerValue": value});
        let resources = |cpu: u64, memory: u64, ports: &[u64]| {
            let ports: Vec<String> = ports.iter().map(u64::to_string).collect();
            json!([
                integer("CPU", cpu),
                integer("MEMORY", memory),
                {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ports},
                {"name": "PORTS_UDP", "type": "STRINGSET", "stringSetValue": []},
            ])
        };
        let attributes: Vec<Value> =
            ["ecs.availability-zone", "ecs.instance-type", "ecs.os-type", "ecs.cpu-architecture"]
                .iter()
                .filter_map(|name| self.attribute(name).map(|value| json!({"name": name, "value": value})))
                .collect();
        let mut instance = json!({
            "containerInstanceArn": self.arn,
            "ec2InstanceId": self.ec2_id,
            "status": "ACTIVE",
            "agentConnected": true,
            "runningTasksCount": self.tasks,
            "pendingTasksCount": 0,
            "registeredAt": self.registered_at.to_json(),
            "registeredResources": resources(INSTANCE.1, INSTANCE.2, &RESERVED_PORTS),
            "remainingResources": resources(self.remaining.cpu, self.remaining.memory, &self.remaining.ports),
            "attributes": attributes,
            "attachments": [],
            "tags": [],
            "version": self.version,
            "versionInfo": {"agentVersion": "1.90.0", "dockerVersion": "DockerVersion: 25.0.6"},
        });
        if let Some(provider) = &self.provider {
            instance["capacityProviderName"] = json!(provider);
        }
        instance
    }
}

/// The instances that `--container-instances` gives every cluster.
pub(super) fn populate(env: &mut Env<'_>, scope: &Scope, cluster: &mut Cluster) {
    for index in 0..env.config.container_instances {
        let instance =
            Instance::new(env, scope, &cluster.name, index as usize, Some(capacity_providers::CONTAINER_INSTANCES));
        instance.announce(env, scope);
        cluster.instances.insert(instance.id.clone(), instance);
    }
}

/// One more. `DeleteCluster` refuses a cluster that has others than those of `--container-instances`.
pub(super) fn add(env: &mut Env<'_>, scope: &Scope, cluster: &mut Cluster, provider: Option<&str>) -> String {
    let instance = Instance::new(env, scope, &cluster.name, cluster.instances.len(), provider);
    let arn = instance.arn.clone();
    instance.announce(env, scope);
    cluster.instances.insert(instance.id.clone(), instance);
    for name in cluster.services.keys() {
        env.agenda.add(env.now, scope, Due::Service { cluster: cluster.name.clone(), name: name.clone() });
    }
    arn
}

pub(super) fn list(region: &Region, request: Params<'_>) -> Answer {
    let cluster = region.cluster(request.text("cluster"))?;
    if request.get("filter").is_some() {
        return Err(Error::unimplemented("ListContainerInstances with a filter"));
    }
    let active = request.text("status").is_none_or(|status| status == "ACTIVE");
    let arns: Vec<String> =
        cluster.instances.values().filter(|_| active).map(|instance| instance.arn.clone()).collect();
    let (page, next) = paging::page(request, &arns, 100, 100)?;
    let mut answer = json!({"containerInstanceArns": page});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn describe(region: &Region, request: Params<'_>) -> Answer {
    let cluster = region.cluster(request.text("cluster"))?;
    let names = request.texts("containerInstances");
    if names.is_empty() || names.len() > 100 {
        return Err(Error::invalid("Between 1 and 100 container instances can be described in an action."));
    }
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for name in names {
        if let Some(instance) = cluster.instances.get(short_name(name)) {
            found.push(instance.describe());
        } else {
            let arn = format!("container-instance/{}/{}", cluster.name, short_name(name));
            failures.push(json!({"arn": region.scope.arn("ecs", &arn), "reason": "MISSING"}));
        }
    }
    Ok(json!({"containerInstances": found, "failures": failures}))
}

/// How soon a service that found no instance looks again.
pub(super) const LOOK_AGAIN: Duration = Duration::from_secs(30);
