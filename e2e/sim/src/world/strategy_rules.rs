//! What `CreateService` and `UpdateService` refuse of deployment strategies, their settings and their lifecycle hooks, and what AWS fills in.
//!
//! Source: API reference, DeploymentConfiguration, LinearConfiguration, CanaryConfiguration, DeploymentLifecycleHook,
//! DeploymentEarlySuccessCriteria, AdvancedConfiguration, DeploymentController; "Required resources for Amazon ECS blue/green
//! deployments" and the same of linear and canary ones; "Pause hooks for Amazon ECS service deployments".

use serde_json::{Map, Value, json};

use crate::error::Error;

use super::params::Params;
use super::service_rules::Draft;

const DAY_IN_MINUTES: i64 = 1440;
/// "A maximum of 10 pause hooks and 10 Lambda hooks per service."
const MOST_HOOKS: usize = 10;

/// A strategy's own configuration: its name, whose it is, its percentage with its least value and default, its wait with its default.
const STEPS: [(&str, &str, &str, f64, f64, &str, i64); 2] = [
    ("linearConfiguration", "LINEAR", "stepPercent", 3.0, 10.0, "stepBakeTimeInMinutes", 6),
    ("canaryConfiguration", "CANARY", "canaryPercent", 0.1, 5.0, "canaryBakeTimeInMinutes", 10),
];

/// What AWS fills into a deployment configuration, and what is no longer valid in it: the configuration of another strategy.
pub(super) fn fill(settings: &mut Map<String, Value>) {
    let Some(configuration) = settings.get_mut("deploymentConfiguration").and_then(Value::as_object_mut) else {
        return;
    };
    let strategy = Params::of(configuration).text("strategy").unwrap_or("ROLLING").to_owned();
    for (name, owner, percent, _, default_percent, wait, default_wait) in STEPS {
        if strategy != owner {
            configuration.remove(name);
            continue;
        }
        let own = configuration.entry(name).or_insert_with(|| json!({}));
        for (member, default) in [(percent, json!(default_percent)), (wait, json!(default_wait))] {
            if own[member].is_null() {
                own[member] = default;
            }
        }
    }
    for hook in configuration.get_mut("lifecycleHooks").and_then(Value::as_array_mut).into_iter().flatten() {
        if hook["targetType"].is_null() {
            hook["targetType"] = json!("AWS_LAMBDA");
        }
    }
}

/// What only the request tells: `before` is the strategy that the service has, if there is one.
pub(super) fn check_request(request: Params<'_>, before: Option<&str>) -> Result<(), Error> {
    let configuration = request.nested("deploymentConfiguration");
    let strategy = configuration.text("strategy").or(before).unwrap_or("ROLLING");
    for (name, owner, ..) in STEPS {
        if configuration.get(name).is_some() && strategy != owner {
            return Err(Error::invalid(format!("{name} is only valid with the deployment strategy {owner}.")));
        }
    }
    let begins = strategy == "BLUE_GREEN" && before != Some("BLUE_GREEN");
    if begins && configuration.int("bakeTimeInMinutes").is_none() {
        return Err(Error::invalid("bakeTimeInMinutes must be provided with the deployment strategy BLUE_GREEN."));
    }
    Ok(())
}

/// A service's controller and strategy stay while one of its deployments is under way.
pub(super) fn check_change(before: Params<'_>, request: Params<'_>, ongoing: bool) -> Result<(), Error> {
    let controller = |of: Params<'_>| of.nested("deploymentController").text("type").map(str::to_owned);
    let (had, wanted) = (controller(before), controller(request));
    if wanted.is_some() && wanted != had {
        if wanted.as_deref() != Some("ECS") {
            return Err(Error::invalid(
                "The deployment controller of a service can be changed to ECS only. Create a new service instead.",
            ));
        }
        if ongoing {
            return Err(Error::invalid(
                "The deployment controller cannot be changed while a deployment is in progress.",
            ));
        }
    }
    let strategy = |of: Params<'_>| of.nested("deploymentConfiguration").text("strategy").map(str::to_owned);
    let (had, wanted) = (strategy(before), strategy(request));
    let to_rolling = wanted.as_deref() == Some("ROLLING") && had.as_deref().is_some_and(|had| had != "ROLLING");
    if to_rolling && ongoing {
        return Err(Error::invalid(
            "The deployment strategy cannot be changed to ROLLING while a deployment is in progress.",
        ));
    }
    Ok(())
}

impl Draft<'_> {
    pub(super) fn strategy(&self) -> Result<(), Error> {
        let configuration = Params::of(self.settings).nested("deploymentConfiguration");
        check_minutes(configuration, "bakeTimeInMinutes")?;
        for (name, _, percent, least, _, wait, _) in STEPS {
            let own = configuration.nested(name);
            check_minutes(own, wait)?;
            check_percent(own, percent, least)?;
        }
        check_hooks(configuration.list("lifecycleHooks"))?;
        let strategy = configuration.text("strategy").unwrap_or("ROLLING");
        check_early_success(configuration, strategy)?;
        if strategy == "ROLLING" { Ok(()) } else { self.shifting(strategy) }
    }

    /// What green beside blue wants.
    fn shifting(&self, strategy: &str) -> Result<(), Error> {
        let members = Params::of(self.members);
        if Params::of(self.settings).nested("deploymentController").text("type") != Some("ECS") {
            return Err(Error::invalid(format!(
                "The deployment strategy {strategy} is only valid with the deployment controller ECS."
            )));
        }
        if self.daemon {
            return Err(Error::unimplemented(&format!("the deployment strategy {strategy} of a DAEMON service")));
        }
        let balancers = members.list("loadBalancers");
        let connected = members.nested("serviceConnectConfiguration").flag("enabled");
        if strategy != "BLUE_GREEN" && balancers.is_empty() && !connected {
            return Err(Error::invalid(format!(
                "The deployment strategy {strategy} wants a load balancer or Service Connect to shift the traffic."
            )));
        }
        for balancer in balancers.iter().map(Params::new) {
            let advanced = balancer.nested("advancedConfiguration");
            let wanted = ["alternateTargetGroupArn", "productionListenerRule", "roleArn"];
            if let Some(missing) = wanted.into_iter().find(|member| advanced.get(member).is_none()) {
                return Err(Error::invalid(format!(
                    "advancedConfiguration.{missing} of each load balancer is required with the deployment strategy {strategy}."
                )));
            }
        }
        Ok(())
    }
}

fn check_minutes(configuration: Params<'_>, name: &str) -> Result<(), Error> {
    match configuration.int(name) {
        Some(minutes) if !(0..=DAY_IN_MINUTES).contains(&minutes) => {
            Err(Error::invalid(format!("{name} must be between 0 and {DAY_IN_MINUTES} minutes.")))
        }
        _ => Ok(()),
    }
}

/// "Valid values are multiples of 0.1."
fn check_percent(configuration: Params<'_>, name: &str, least: f64) -> Result<(), Error> {
    let Some(percent) = configuration.get(name).and_then(Value::as_f64) else {
        return Ok(());
    };
    let tenths = percent * 10.0;
    if !(least..=100.0).contains(&percent) || (tenths - tenths.round()).abs() > 1e-6 {
        return Err(Error::invalid(format!("{name} must be a multiple of 0.1 between {least:.1} and 100.0.")));
    }
    Ok(())
}

fn check_early_success(configuration: Params<'_>, strategy: &str) -> Result<(), Error> {
    let criteria = configuration.nested("earlySuccessCriteria");
    if !criteria.flag("enable") {
        return Ok(());
    }
    if strategy != "ROLLING" {
        return Err(Error::invalid("earlySuccessCriteria can be used with the deployment strategy ROLLING only."));
    }
    let (Some(percent), Some(_)) = (criteria.int("healthyPercent"), criteria.text("sourceServiceRevisionCleanup"))
    else {
        return Err(Error::invalid(
            "healthyPercent and sourceServiceRevisionCleanup must be specified with earlySuccessCriteria.",
        ));
    };
    if !(0..=100).contains(&percent) || configuration.int("minimumHealthyPercent").is_some_and(|least| percent < least)
    {
        return Err(Error::invalid(
            "healthyPercent must be between 0 and 100, and greater than or equal to minimumHealthyPercent.",
        ));
    }
    Ok(())
}

fn check_hooks(hooks: &[Value]) -> Result<(), Error> {
    let is_pause = |hook: Params<'_>| hook.text("targetType") == Some("PAUSE");
    let paused = hooks.iter().filter(|hook| is_pause(Params::new(hook))).count();
    if paused > MOST_HOOKS || hooks.len() - paused > MOST_HOOKS {
        return Err(Error::invalid("At most 10 PAUSE and 10 AWS_LAMBDA lifecycle hooks can be specified."));
    }
    for hook in hooks.iter().map(Params::new) {
        let stages = hook.texts("lifecycleStages");
        if stages.is_empty() {
            return Err(Error::invalid("lifecycleStages must be provided for a lifecycle hook."));
        }
        if !is_pause(hook) && hook.text("hookTargetArn").is_none() {
            return Err(Error::invalid("hookTargetArn must be provided for an AWS_LAMBDA lifecycle hook."));
        }
        if !is_pause(hook) {
            continue;
        }
        if hook.get("hookTargetArn").is_some() {
            return Err(Error::invalid("hookTargetArn is not applicable for PAUSE lifecycle hooks."));
        }
        if let Some(stage) =
            stages.iter().find(|stage| ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"].contains(stage))
        {
            return Err(Error::invalid(format!("PAUSE lifecycle hooks cannot be configured at {stage}.")));
        }
    }
    Ok(())
}
