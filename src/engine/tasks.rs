//! The tasks of a service, as a plan asks for them. The shell answers from what it reads of whole clusters, so that many services cost few
//! calls. A plan sees what it can decide on, and nothing that changes by itself: an answer differs where a task does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::ecs;

/// The tasks of one service that have not stopped. Answered with a [`ServiceTasksResponse`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceTasksRequest {
    /// The cluster's name or ARN.
    pub cluster: String,
    /// The service's name.
    pub service: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceTasksResponse {
    /// In the order of their ARNs.
    pub tasks: Vec<Task>,
    /// What the tasks run, by ARN; less what AWS does not describe any more.
    pub revisions: BTreeMap<String, Revision>,
}

/// What DescribeTasks says of a task, as far as it tells who may send it something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    pub arn: String,
    /// The ARN of the task definition's revision.
    pub revision: String,
    /// `PROVISIONING`, … `STOPPED` ("Amazon ECS task lifecycle").
    pub last_status: String,
    /// `STOPPED` once it is told to stop.
    pub desired_status: String,
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    pub health: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Of its own network interface, in either family.
    pub addresses: Vec<String>,
    pub containers: Vec<Container>,
    /// Whether its containers have ended.
    pub ended: bool,
}

/// What DescribeTasks says of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    pub name: String,
    pub last_status: String,
    pub health: String,
}

/// What of a revision concerns who sends its tasks something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    pub network_mode: String,
    /// The containers without which a task ends.
    pub essential: Vec<String>,
    /// Those of all containers that have a health check.
    pub checked: Vec<String>,
    /// Those with a name.
    pub ports: Vec<NamedPort>,
}

/// A port mapping by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NamedPort {
    pub name: String,
    pub port: i32,
    /// `tcp` or `udp`.
    pub protocol: String,
}

impl Task {
    /// The service that a task belongs to, by its group.
    pub fn service(task: &ecs::Task) -> Option<&str> {
        task.group.as_deref()?.strip_prefix("service:")
    }
}

impl From<&ecs::Task> for Task {
    fn from(task: &ecs::Task) -> Self {
        Task {
            arn: task.task_arn.clone().unwrap_or_default(),
            revision: task.task_definition_arn.clone().unwrap_or_default(),
            last_status: task.last_status.clone().unwrap_or_default(),
            desired_status: task.desired_status.clone().unwrap_or_default(),
            health: health(task.health_status.as_ref()),
            zone: task.availability_zone.clone(),
            addresses: addresses(task),
            containers: task.containers.iter().flatten().map(Container::from).collect(),
            ended: task.execution_stopped_at.is_some(),
        }
    }
}

impl From<&ecs::Container> for Container {
    fn from(container: &ecs::Container) -> Self {
        Container {
            name: container.name.clone().unwrap_or_default(),
            last_status: container.last_status.clone().unwrap_or_default(),
            health: health(container.health_status.as_ref()),
        }
    }
}

fn health(status: Option<&ecs::HealthStatus>) -> String {
    status.map_or_else(|| "UNKNOWN".to_owned(), |status| status.0.clone())
}

/// Each container tells the addresses of the interface that all share; the attachment tells the one of IPv4.
fn addresses(task: &ecs::Task) -> Vec<String> {
    let containers = task.containers.iter().flatten();
    let interfaces = containers.flat_map(|container| container.network_interfaces.iter().flatten());
    let told =
        interfaces.flat_map(|found| [found.private_ipv4_address.as_ref(), found.ipv6_address.as_ref()]).flatten();
    let details = task.attachments.iter().flatten().flat_map(|attachment| attachment.details.iter().flatten());
    let attached =
        details.filter(|detail| detail.name == "privateIPv4Address").filter_map(|detail| detail.value.as_ref());
    let mut addresses: Vec<String> = told.chain(attached).filter(|address| !address.is_empty()).cloned().collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

impl From<&ecs::TaskDefinition> for Revision {
    fn from(definition: &ecs::TaskDefinition) -> Self {
        let containers = || definition.container_definitions.iter().flatten();
        let names = |of: fn(&ecs::ContainerDefinition) -> bool| {
            containers().filter(|container| of(container)).map(|container| container.name.clone()).collect()
        };
        let mappings = containers().flat_map(|container| container.port_mappings.iter().flatten());
        Revision {
            network_mode: definition.network_mode.as_ref().map_or_else(String::new, |mode| mode.0.clone()),
            essential: names(|container| container.essential.unwrap_or(true)),
            checked: names(|container| container.health_check.is_some()),
            ports: mappings.filter_map(named).collect(),
        }
    }
}

fn named(mapping: &ecs::PortMapping) -> Option<NamedPort> {
    Some(NamedPort {
        name: mapping.name.clone()?,
        port: mapping.container_port?,
        protocol: mapping.protocol.as_ref().map_or_else(|| "tcp".to_owned(), |protocol| protocol.0.clone()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_task_is_what_aws_describes_of_it() {
        let described: ecs::Task = serde_json::from_value(json!({
            "taskArn": "arn:task", "taskDefinitionArn": "arn:web:1", "group": "service:web", "version": 7,
            "lastStatus": "RUNNING", "desiredStatus": "RUNNING", "availabilityZone": "eu-west-1b", "connectivityAt": 17.5,
            "attachments": [{"type": "ElasticNetworkInterface", "details": [
                {"name": "subnetId", "value": "subnet-1"}, {"name": "privateIPv4Address", "value": "10.0.0.4"},
            ]}],
            "containers": [
                {"name": "web", "lastStatus": "RUNNING", "healthStatus": "HEALTHY", "networkInterfaces": [
                    {"privateIpv4Address": "10.0.0.4", "ipv6Address": "2001:db8::4"},
                ]},
                {"name": "side", "lastStatus": "PENDING", "networkInterfaces": [{"privateIpv4Address": "10.0.0.4"}]},
            ],
        }))
        .expect("a task");
        assert_eq!(Task::service(&described), Some("web"));
        let container = |name: &str, status: &str, health: &str| Container {
            name: name.to_owned(),
            last_status: status.to_owned(),
            health: health.to_owned(),
        };
        let task = Task {
            arn: "arn:task".to_owned(),
            revision: "arn:web:1".to_owned(),
            last_status: "RUNNING".to_owned(),
            desired_status: "RUNNING".to_owned(),
            health: "UNKNOWN".to_owned(),
            zone: Some("eu-west-1b".to_owned()),
            addresses: vec!["10.0.0.4".to_owned(), "2001:db8::4".to_owned()],
            containers: vec![container("web", "RUNNING", "HEALTHY"), container("side", "PENDING", "UNKNOWN")],
            ended: false,
        };
        assert_eq!(Task::from(&described), task);
        let later = ecs::Task { version: Some(8), connectivity_at: Some(18.5), ..described };
        assert_eq!(Task::from(&later), task, "what changes by itself is no difference");
    }

    #[test]
    fn of_a_revision_only_what_endpoints_follow_from_is_kept() {
        let described: ecs::TaskDefinition = serde_json::from_value(json!({
            "networkMode": "awsvpc",
            "containerDefinitions": [
                {"name": "web", "environment": [{"name": "PASSWORD", "value": "hunter2"}],
                 "healthCheck": {"command": ["CMD", "true"]},
                 "portMappings": [{"name": "http", "containerPort": 8080}, {"containerPort": 9090}]},
                {"name": "dns", "essential": false, "portMappings": [{"name": "dns", "containerPort": 53, "protocol": "udp"}]},
            ],
        }))
        .expect("a task definition");
        let port = |name: &str, port, protocol: &str| NamedPort { name: name.into(), port, protocol: protocol.into() };
        let revision = Revision {
            network_mode: "awsvpc".to_owned(),
            essential: vec!["web".to_owned()],
            checked: vec!["web".to_owned()],
            ports: vec![port("http", 8080, "tcp"), port("dns", 53, "udp")],
        };
        assert_eq!(Revision::from(&described), revision);
        assert!(!serde_json::to_string(&revision).expect("JSON").contains("hunter2"));
    }
}
