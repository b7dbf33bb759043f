//! What a request makes of a service's members: those it gives, those that stay, and what AWS fills in.

use serde_json::{Map, Value, json};

use crate::error::Error;

use super::params::Params;
use super::service::{REVISION_MEMBERS, SETTING_MEMBERS, on_fargate};
use super::{Region, capacity_providers};

/// A strategy replaces the launch type or the strategy before; an empty one goes back to the launch type. Both want to be forced.
pub(super) fn change_launch(
    region: &Region,
    cluster: &str,
    before: &Map<String, Value>,
    members: &mut Map<String, Value>,
    request: Params<'_>,
    forced: bool,
) -> Result<(), Error> {
    let Some(strategy) = request.get("capacityProviderStrategy").and_then(Value::as_array) else {
        return Ok(());
    };
    let had_strategy = before.contains_key("capacityProviderStrategy");
    if strategy.is_empty() {
        members.remove("capacityProviderStrategy");
        if had_strategy {
            let launch_type = if on_fargate(Params::of(before)) { "FARGATE" } else { "EC2" };
            members.insert("launchType".into(), json!(launch_type));
        }
    } else {
        let attached = &region.cluster(Some(cluster))?.providers;
        let checked = capacity_providers::check_strategy(region, attached, strategy)?;
        capacity_providers::refuse_managed(region, &checked)?;
        members.insert("capacityProviderStrategy".into(), json!(checked));
        members.remove("launchType");
    }
    let changed = before.get("capacityProviderStrategy") != members.get("capacityProviderStrategy");
    if changed && !forced {
        return Err(Error::invalid(
            "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider \
             strategy on a service that is already using one, you must force a new deployment.",
        ));
    }
    Ok(())
}

/// A launch type, a strategy, or neither: then the cluster's default strategy of this moment, and EC2 without one.
pub(super) fn resolve_launch(region: &Region, cluster: &str, members: &mut Map<String, Value>) -> Result<(), Error> {
    let cluster = region.cluster(Some(cluster))?;
    let given = members.get("capacityProviderStrategy").and_then(Value::as_array).cloned();
    match (members.contains_key("launchType"), given) {
        (true, Some(_)) => {
            return Err(Error::invalid(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
            ));
        }
        (true, None) => {}
        (false, Some(strategy)) => {
            let checked = capacity_providers::check_strategy(region, &cluster.providers, &strategy)?;
            members.insert("capacityProviderStrategy".into(), json!(checked));
        }
        (false, None) if !cluster.default_strategy.is_empty() => {
            members.insert("capacityProviderStrategy".into(), json!(cluster.default_strategy));
        }
        (false, None) => {
            members.insert("launchType".into(), json!("EC2"));
        }
    }
    capacity_providers::refuse_managed(region, Params::of(members).list("capacityProviderStrategy"))
}

/// Members of the revision that the request gives replace those before; an empty list takes one away.
pub(super) fn apply_members(members: &mut Map<String, Value>, request: Params<'_>) {
    for name in REVISION_MEMBERS {
        let Some(value) = request.get(name) else {
            continue;
        };
        let cleared = value.as_array().is_some_and(Vec::is_empty)
            || (*name == "serviceConnectConfiguration" && value["enabled"] == false);
        if cleared {
            members.remove(*name);
        } else {
            members.insert((*name).to_owned(), value.clone());
        }
    }
}

/// Structures are replaced member by member, as AWS does it with the deployment configuration.
pub(super) fn apply_settings(settings: &mut Map<String, Value>, request: Params<'_>) {
    for name in SETTING_MEMBERS {
        match (request.get(name), settings.get_mut(*name)) {
            (None, _) => {}
            (Some(Value::Object(given)), Some(Value::Object(present))) => present.extend(given.clone()),
            (Some(value), _) => {
                settings.insert((*name).to_owned(), value.clone());
            }
        }
    }
}

pub(super) fn default_settings(daemon: bool, request: Params<'_>) -> Map<String, Value> {
    let (maximum, minimum) = if daemon { (100, 0) } else { (200, 100) };
    let mut settings = Map::new();
    let mut set = |name: &str, value: Value| settings.insert(name.to_owned(), value);
    set(
        "deploymentConfiguration",
        json!({
            "deploymentCircuitBreaker": {"enable": false, "rollback": false},
            "maximumPercent": maximum,
            "minimumHealthyPercent": minimum,
            "strategy": "ROLLING",
            "bakeTimeInMinutes": 0,
        }),
    );
    set("deploymentController", json!({"type": "ECS"}));
    set("enableECSManagedTags", json!(false));
    set("enableExecuteCommand", json!(false));
    set("placementConstraints", json!([]));
    set("placementStrategy", json!([]));
    set("propagateTags", json!("NONE"));
    if !request.list("loadBalancers").is_empty() {
        set("healthCheckGracePeriodSeconds", json!(0));
    }
    settings
}

/// Where a request does not speak of it: on for new services that can have it, and off for whatever cannot.
pub(super) fn settle_rebalancing(
    settings: &mut Map<String, Value>,
    members: &Map<String, Value>,
    daemon: bool,
    request: Params<'_>,
) {
    const NAME: &str = "availabilityZoneRebalancing";
    if request.get(NAME).is_some() {
        return;
    }
    if !can_rebalance(Params::of(settings), Params::of(members), daemon) {
        settings.insert(NAME.to_owned(), json!("DISABLED"));
    } else if !settings.contains_key(NAME) {
        settings.insert(NAME.to_owned(), json!("ENABLED"));
    }
}

/// Source: "Balancing an Amazon ECS service across Availability Zones".
pub(super) fn can_rebalance(settings: Params<'_>, members: Params<'_>, daemon: bool) -> bool {
    const ZONE: &str = "ecs.availability-zone";
    let maximum = settings.nested("deploymentConfiguration").int("maximumPercent");
    let classic = members.list("loadBalancers").iter().any(|balancer| balancer.get("loadBalancerName").is_some());
    let tied = settings
        .list("placementConstraints")
        .iter()
        .any(|constraint| constraint["expression"].as_str().is_some_and(|expression| expression.contains(ZONE)));
    let spread = settings.list("placementStrategy").first().is_none_or(|first| {
        first["type"] == "spread" && first["field"].as_str().is_some_and(|field| field.ends_with(ZONE))
    });
    let external = members.text("launchType") == Some("EXTERNAL");
    !daemon && !external && !classic && !tied && spread && maximum.is_none_or(|maximum| maximum > 100)
}

/// What AWS fills into a network configuration.
pub(super) fn fill_network(members: &mut Map<String, Value>) {
    let Some(vpc) = members.get_mut("networkConfiguration").and_then(|network| network.get_mut("awsvpcConfiguration"))
    else {
        return;
    };
    for (name, default) in [("assignPublicIp", json!("DISABLED")), ("securityGroups", json!([]))] {
        if vpc[name].is_null() {
            vpc[name] = default;
        }
    }
}

/// "Tasks per service: 5,000", and "If you attempt to exceed the quota for a resource, the request fails."
const TASKS_PER_SERVICE: usize = 5_000;

pub(super) fn desired_count(request: Params<'_>, daemon: bool, before: Option<usize>) -> Result<usize, Error> {
    match (request.int("desiredCount"), daemon) {
        (Some(_), true) => {
            Err(Error::invalid("The daemon scheduling strategy does not support a desired count for services."))
        }
        (None, true) => Ok(before.unwrap_or(0)),
        (Some(count), false) => {
            let count = usize::try_from(count)
                .map_err(|_| Error::invalid("Desired count must be greater than or equal to 0."))?;
            if count > TASKS_PER_SERVICE {
                let quota = format!("The desired count exceeds the quota of {TASKS_PER_SERVICE} tasks per service.");
                return Err(Error::invalid(&quota));
            }
            Ok(count)
        }
        (None, false) => before.ok_or_else(|| Error::invalid("Desired count must be specified for a REPLICA service.")),
    }
}
