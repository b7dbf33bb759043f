//! What the scheduler has to know of a task definition.

use std::time::Duration;

use serde_json::Value;

use super::params::Params;

#[derive(Debug)]
pub(crate) struct Blueprint {
    pub(super) arn: String,
    pub(super) family: String,
    pub(super) network_mode: String,
    pub(super) execution_role: Option<String>,
    pub(super) task_role: Option<String>,
    /// What one task takes of a container instance, in CPU units and MiB.
    pub(super) takes: Resources,
    pub(super) containers: Vec<Container>,
    /// What ECS fetches before it starts them.
    pub(super) fetched: Vec<String>,
    pub(super) constraints: Vec<Value>,
    pub(super) compatibilities: Vec<String>,
    pub(super) port_names: Vec<String>,
    pub(super) launch_volumes: Vec<String>,
    pub(super) platform_family: &'static str,
}

#[derive(Debug)]
pub(crate) struct Container {
    pub(super) name: String,
    pub(super) image: String,
    pub(super) essential: bool,
    pub(super) cpu: u64,
    pub(super) memory: Option<u64>,
    pub(super) memory_reservation: Option<u64>,
    /// How long until a health check first says that the container is well.
    pub(super) health_check: Option<Duration>,
    pub(super) ports: Vec<Port>,
}

#[derive(Debug)]
pub(crate) struct Port {
    pub(super) container: u64,
    pub(super) host: u64,
    pub(super) protocol: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Resources {
    pub(super) cpu: u64,
    pub(super) memory: u64,
    /// Host ports that only one task can have on an instance.
    pub(super) ports: Vec<u64>,
}

impl Blueprint {
    /// From a revision as it is described.
    pub(super) fn new(arn: &str, body: Params<'_>) -> Self {
        let text = |name: &str| body.text(name).map(str::to_owned);
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let containers: Vec<Container> = body.list("containerDefinitions").iter().map(Container::new).collect();
        let network_mode = text("networkMode").unwrap_or_else(|| "bridge".to_owned());
        let number = |name: &str| body.text(name).and_then(|text| text.parse().ok());
        let sum = |of: fn(&Container) -> u64| containers.iter().map(of).sum();
        let static_ports = |container: &Container| -> Vec<u64> {
            container.ports.iter().map(|port| port.host).filter(|port| *port != 0).collect()
        };
        let takes = Resources {
            cpu: number("cpu").unwrap_or_else(|| sum(|container| container.cpu)),
            memory: number("memory")
                .unwrap_or_else(|| sum(|container| container.memory_reservation.or(container.memory).unwrap_or(0))),
            // With awsvpc each task has ports of its own.
            ports: if network_mode == "awsvpc" {
                Vec::new()
            } else {
                containers.iter().flat_map(static_ports).collect::<Vec<u64>>()
            },
        };
        let windows =
            body.nested("runtimePlatform").text("operatingSystemFamily").is_some_and(|family| family != "LINUX");
        let volumes = body.list("volumes").iter().map(Params::new);
        let ports =
            body.list("containerDefinitions").iter().flat_map(|container| Params::new(container).list("portMappings"));
        Self {
            arn: arn.to_owned(),
            family: body.required("family").to_owned(),
            network_mode,
            execution_role: text("executionRoleArn"),
            task_role: text("taskRoleArn"),
            takes,
            containers,
            fetched: super::fetched::named(body.list("containerDefinitions")),
            constraints: body.list("placementConstraints").to_vec(),
            compatibilities: owned(body.texts("compatibilities")),
            port_names: ports.filter_map(|port| port["name"].as_str()).map(str::to_owned).collect(),
            launch_volumes: volumes
                .filter(|volume| volume.flag("configuredAtLaunch"))
                .map(|volume| volume.required("name").to_owned())
                .collect(),
            platform_family: if windows { "Windows" } else { "Linux" },
        }
    }

    /// The image that cannot be pulled, if there is one: its tag is `missing`.
    pub(super) fn missing_image(&self) -> Option<&str> {
        self.containers.iter().map(|container| container.image.as_str()).find(|image| has_tag(image, "missing"))
    }

    /// The container that ends soon after it starts: its image's tag is `crash`.
    pub(super) fn crashing(&self) -> Option<usize> {
        self.containers.iter().position(|container| container.essential && has_tag(&container.image, "crash"))
    }

    /// How long after its start a task counts as healthy, where no load balancer has a say.
    pub(super) fn healthy_after(&self) -> Option<Duration> {
        self.containers
            .iter()
            .filter(|container| container.essential)
            .filter_map(|container| container.health_check)
            .max()
    }
}

impl Container {
    fn new(body: &Value) -> Self {
        let body = Params::new(body);
        let number = |name: &str| body.get(name).and_then(Value::as_u64);
        let check = body.nested("healthCheck");
        let seconds = |name: &str| check.int(name).and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or(0);
        Self {
            name: body.required("name").to_owned(),
            image: body.required("image").to_owned(),
            essential: body.get("essential").and_then(Value::as_bool).unwrap_or(true),
            cpu: number("cpu").unwrap_or(0),
            memory: number("memory"),
            memory_reservation: number("memoryReservation"),
            health_check: body.get("healthCheck").map(|_| Duration::from_secs(seconds("interval"))),
            ports: body.list("portMappings").iter().filter_map(Port::new).collect(),
        }
    }
}

impl Port {
    fn new(body: &Value) -> Option<Self> {
        Some(Self {
            container: body["containerPort"].as_u64()?,
            host: body["hostPort"].as_u64().unwrap_or(0),
            protocol: body["protocol"].as_str().unwrap_or("tcp").to_owned(),
        })
    }
}

fn has_tag(image: &str, tag: &str) -> bool {
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split_once(':').is_some_and(|(_, found)| found == tag)
}
