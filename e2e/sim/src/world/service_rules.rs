//! What `CreateService` and `UpdateService` refuse. The messages are AWS's own where they are known.

use serde_json::{Map, Value};

use crate::error::Error;

use super::blueprint::Blueprint;
use super::params::Params;
use super::placement;
use super::service::on_fargate;
use super::service_form::can_rebalance;

/// A service as a request would leave it.
pub(super) struct Draft<'a> {
    pub(super) members: &'a Map<String, Value>,
    pub(super) settings: &'a Map<String, Value>,
    pub(super) daemon: bool,
    pub(super) blueprint: &'a Blueprint,
    /// The cluster's namespace, which Service Connect falls back to.
    pub(super) has_default_namespace: bool,
}

impl Draft<'_> {
    pub(super) fn check(&self) -> Result<(), Error> {
        self.launch()?;
        self.network()?;
        self.scheduling()?;
        self.load_balancers()?;
        self.service_connect()?;
        self.volumes()?;
        self.settings()?;
        self.strategy()
    }

    fn member(&self) -> Params<'_> {
        Params::of(self.members)
    }

    fn setting(&self) -> Params<'_> {
        Params::of(self.settings)
    }

    fn fargate(&self) -> bool {
        on_fargate(self.member())
    }

    fn launch(&self) -> Result<(), Error> {
        let launch_type = self.member().text("launchType");
        if launch_type == Some("MANAGED_INSTANCES") {
            return Err(Error::invalid(
                "The launch type MANAGED_INSTANCES cannot be requested. Use a capacity provider strategy with a Managed Instances capacity \
                 provider.",
            ));
        }
        let wanted = if self.fargate() { "FARGATE" } else { launch_type.unwrap_or("EC2") };
        // What it was validated for at registration does not bind it; what it is able to run on does.
        if !self.blueprint.compatibilities.iter().any(|able| able == wanted) {
            return Err(Error::invalid(format!("Task definition does not support launch_type {wanted}.")));
        }
        match self.member().text("platformVersion") {
            Some(_) if !self.fargate() => {
                Err(Error::invalid("The platform version must be null when specifying an EC2 launch type."))
            }
            Some(version) if !["LATEST", "1.4.0", "1.3.0"].contains(&version) => {
                Err(Error::new("PlatformUnknownException", format!("Unknown platform version {version}.")))
            }
            _ => Ok(()),
        }
    }

    fn network(&self) -> Result<(), Error> {
        let awsvpc = self.blueprint.network_mode == "awsvpc";
        let configuration = self.member().nested("networkConfiguration");
        match (awsvpc, configuration.get("awsvpcConfiguration").is_some()) {
            (true, false) => {
                return Err(Error::invalid(
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
                ));
            }
            (false, true) => {
                return Err(Error::invalid(
                    "Network Configuration is not valid for the given networkMode of this task definition.",
                ));
            }
            (false, false) => return Ok(()),
            (true, true) => {}
        }
        let vpc = configuration.nested("awsvpcConfiguration");
        if vpc.list("subnets").is_empty() {
            return Err(Error::invalid("subnets can not be empty."));
        }
        if vpc.list("subnets").len() > 16 || vpc.list("securityGroups").len() > 5 {
            return Err(Error::invalid("At most 16 subnets and 5 security groups can be specified."));
        }
        for (kind, prefix) in [("subnets", "subnet-"), ("securityGroups", "sg-")] {
            if let Some(wrong) = vpc.texts(kind).into_iter().find(|id| !id.starts_with(prefix)) {
                return Err(Error::invalid(format!(
                    "Error retrieving {kind} information for {wrong}: it is no ID of such."
                )));
            }
        }
        if !self.fargate() && vpc.text("assignPublicIp") == Some("ENABLED") {
            return Err(Error::invalid("Assign public IP is not supported for this launch type."));
        }
        Ok(())
    }

    fn scheduling(&self) -> Result<(), Error> {
        let (constraints, strategy) =
            (self.setting().list("placementConstraints"), self.setting().list("placementStrategy"));
        if self.fargate() && !constraints.is_empty() {
            return Err(Error::invalid("Placement constraints are not supported with FARGATE launch type."));
        }
        if self.fargate() && !strategy.is_empty() {
            return Err(Error::invalid("Placement strategies are not supported with FARGATE launch type."));
        }
        placement::check_constraints(constraints)?;
        placement::check_constraints(&self.blueprint.constraints)?;
        placement::check_strategy(strategy)?;
        if !self.daemon {
            return Ok(());
        }
        if self.fargate() {
            return Err(Error::invalid(
                "The daemon scheduling strategy is not supported with the FARGATE launch type.",
            ));
        }
        if !self.member().list("capacityProviderStrategy").is_empty() {
            return Err(Error::invalid(
                "The daemon scheduling strategy does not support a capacity provider strategy.",
            ));
        }
        if !strategy.is_empty() || constraints.iter().any(|constraint| constraint["type"] == "distinctInstance") {
            return Err(Error::invalid(
                "The daemon scheduling strategy supports neither placement strategies nor the distinctInstance constraint.",
            ));
        }
        Ok(())
    }

    fn load_balancers(&self) -> Result<(), Error> {
        let balancers = self.member().list("loadBalancers");
        for balancer in balancers.iter().map(Params::new) {
            if balancer.get("targetGroupArn").is_some() == balancer.get("loadBalancerName").is_some() {
                return Err(Error::invalid(
                    "A load balancer is given by exactly one of targetGroupArn and loadBalancerName.",
                ));
            }
            if balancer.get("loadBalancerName").is_some() && balancer.get("advancedConfiguration").is_some() {
                return Err(Error::invalid(
                    "advancedConfiguration is for Application and Network Load Balancers, which are given by a targetGroupArn.",
                ));
            }
            self.port_of_container(balancer)?;
        }
        for registry in self.member().list("serviceRegistries").iter().map(Params::new) {
            if registry.text("containerName").is_some() {
                self.port_of_container(registry)?;
            }
        }
        if balancers.is_empty()
            && self.setting().int("healthCheckGracePeriodSeconds").is_some_and(|seconds| seconds > 0)
        {
            return Err(Error::invalid(
                "Health check grace period is only valid for services configured to use load balancers",
            ));
        }
        Ok(())
    }

    /// That the container exists and has the port.
    fn port_of_container(&self, given: Params<'_>) -> Result<(), Error> {
        let (name, port) = (given.required("containerName"), given.int("containerPort"));
        let Some(container) = self.blueprint.containers.iter().find(|container| container.name == name) else {
            return Err(Error::invalid(format!("The container {name} does not exist in the task definition.")));
        };
        let known = |port: i64| container.ports.iter().any(|known| i64::try_from(known.container) == Ok(port));
        match port {
            Some(port) if known(port) => Ok(()),
            Some(port) => {
                Err(Error::invalid(format!("The container {name} did not have a container port {port} defined.")))
            }
            None => Err(Error::invalid(format!("The container port must be specified for the container {name}."))),
        }
    }

    fn service_connect(&self) -> Result<(), Error> {
        let connect = self.member().nested("serviceConnectConfiguration");
        let named = |name: &str| self.blueprint.port_names.iter().any(|known| known == name);
        let of_lattice = self.member().list("vpcLatticeConfigurations");
        let of_gateway = self.member().list("gatewayConnectors");
        for service in connect.list("services").iter().chain(of_lattice).chain(of_gateway).map(Params::new) {
            let name = service.required("portName");
            if !named(name) {
                return Err(Error::invalid(format!(
                    "portName({name}) does not refer to any named PortMapping in the task definition."
                )));
            }
        }
        if connect.flag("enabled") {
            if !matches!(self.blueprint.network_mode.as_str(), "awsvpc" | "bridge") {
                return Err(Error::invalid("Service Connect is supported with networkMode awsvpc and bridge only."));
            }
            if connect.text("namespace").is_none() && !self.has_default_namespace {
                return Err(Error::invalid(
                    "No namespace is given for Service Connect, and the cluster has no default one.",
                ));
            }
        }
        Ok(())
    }

    fn volumes(&self) -> Result<(), Error> {
        let given = self.member().list("volumeConfigurations");
        let names: Vec<&str> = given.iter().map(|volume| Params::new(volume).required("name")).collect();
        let known = &self.blueprint.launch_volumes;
        if let Some(name) = names.iter().find(|name| !known.iter().any(|known| known == *name)) {
            return Err(Error::invalid(format!("The volume {name} is not configuredAtLaunch in the task definition.")));
        }
        match known.iter().find(|known| !names.contains(&known.as_str())) {
            Some(name) => {
                Err(Error::invalid(format!("The volume {name} is configuredAtLaunch and wants a volumeConfiguration.")))
            }
            None => Ok(()),
        }
    }

    fn settings(&self) -> Result<(), Error> {
        if self.setting().flag("enableExecuteCommand") && self.blueprint.task_role.is_none() {
            return Err(Error::invalid(
                "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your task \
                 definition and try again.",
            ));
        }
        let rebalances = self.setting().text("availabilityZoneRebalancing") == Some("ENABLED");
        let deployment = self.setting().nested("deploymentConfiguration");
        let maximum = deployment.int("maximumPercent");
        if rebalances && !can_rebalance(self.setting(), self.member(), self.daemon) {
            return Err(Error::invalid(
                "Availability Zone rebalancing is not supported for the service: not for DAEMON services, EXTERNAL ones, a maximumPercent \
                 of 100 or less, Classic Load Balancers, constraints on the zone, nor without the spread over zones as first strategy.",
            ));
        }
        if self.daemon && maximum.is_some_and(|maximum| maximum != 100) {
            return Err(Error::invalid("A custom maximumPercent is not supported for DAEMON services."));
        }
        let percents = [maximum, deployment.int("minimumHealthyPercent")];
        if percents.into_iter().flatten().any(|percent| percent < 0) {
            return Err(Error::invalid("maximumPercent and minimumHealthyPercent must not be negative."));
        }
        if maximum == Some(0) {
            return Err(Error::invalid("maximumPercent must be greater than 0."));
        }
        match self.setting().nested("deploymentController").text("type") {
            Some("EXTERNAL") => Err(Error::unimplemented("the deployment controller EXTERNAL")),
            Some("CODE_DEPLOY") if self.member().list("loadBalancers").is_empty() => {
                Err(Error::invalid("The CODE_DEPLOY deployment controller wants a load balancer."))
            }
            _ => Ok(()),
        }
    }
}
