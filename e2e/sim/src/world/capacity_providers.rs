//! Capacity providers: the two that AWS gives, Auto Scaling groups, and Managed Instances.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::params::{Params, short_name};
use super::tags::{self, Tags};
use super::{Answer, Region, paging};

/// The provider in front of the instances of `--container-instances`.
pub const CONTAINER_INSTANCES: &str = "container-instances";

#[derive(Debug, Clone)]
pub(crate) struct CapacityProvider {
    pub(super) name: String,
    pub(super) kind: Kind,
    active: bool,
    update: Option<(&'static str, String)>,
    pub(super) tags: Tags,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Fargate {
        spot: bool,
    },
    AutoScaling(Map<String, Value>),
    /// Made in one cluster, and attached to it from the start.
    ManagedInstances {
        cluster: String,
        settings: Map<String, Value>,
    },
}

impl CapacityProvider {
    fn arn(&self, scope: &Scope) -> String {
        scope.arn("ecs", &format!("capacity-provider/{}", self.name))
    }

    pub(super) fn is_fargate(&self) -> bool {
        matches!(self.kind, Kind::Fargate { .. })
    }

    fn describe(&self, scope: &Scope, with_tags: bool) -> Value {
        let mut provider = json!({
            "capacityProviderArn": self.arn(scope),
            "name": self.name,
            "status": if self.active { "ACTIVE" } else { "INACTIVE" },
            "tags": if with_tags { tags::to_json(Api::Ecs, &self.tags) } else { json!([]) },
        });
        match &self.kind {
            Kind::Fargate { spot } => provider["type"] = json!(if *spot { "FARGATE_SPOT" } else { "FARGATE" }),
            Kind::AutoScaling(settings) => {
                provider["type"] = json!("EC2_AUTOSCALING");
                provider["autoScalingGroupProvider"] = json!(settings);
            }
            Kind::ManagedInstances { cluster, settings } => {
                provider["type"] = json!("MANAGED_INSTANCES");
                provider["managedInstancesProvider"] = json!(settings);
                provider["cluster"] = json!(cluster);
            }
        }
        if let Some((status, reason)) = &self.update {
            provider["updateStatus"] = json!(status);
            if !reason.is_empty() {
                provider["updateStatusReason"] = json!(reason);
            }
        }
        provider
    }
}

pub(super) fn is_managed(region: &Region, name: &str) -> bool {
    region.providers.get(name).is_some_and(|provider| matches!(provider.kind, Kind::ManagedInstances { .. }))
}

/// What every account and region has from the start.
pub(super) fn built_in(scope: &Scope, container_instances: u32, now: Time) -> BTreeMap<String, CapacityProvider> {
    let mut providers =
        vec![("FARGATE", Kind::Fargate { spot: false }), ("FARGATE_SPOT", Kind::Fargate { spot: true })];
    if container_instances > 0 {
        let group = format!("autoScalingGroup:{}:autoScalingGroupName/{CONTAINER_INSTANCES}", now.0);
        let group = json!({"autoScalingGroupArn": scope.arn("autoscaling", &group)});
        providers.push((CONTAINER_INSTANCES, Kind::AutoScaling(with_defaults(Params::new(&group)))));
    }
    providers
        .into_iter()
        .map(|(name, kind)| {
            let provider =
                CapacityProvider { name: name.to_owned(), kind, active: true, update: None, tags: Tags::new() };
            (provider.name.clone(), provider)
        })
        .collect()
}

pub(super) fn create(region: &mut Region, request: Params<'_>) -> Answer {
    let name = request.required("name");
    check_name(name)?;
    if region.providers.get(name).is_some_and(|provider| provider.active) {
        return Err(Error::invalid(
            "The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the \
             capacity provider.",
        ));
    }
    let group = request.get("autoScalingGroupProvider");
    let managed = request.get("managedInstancesProvider");
    let kind = match (group, managed) {
        (Some(_), None) => {
            let settings = with_defaults(request.nested("autoScalingGroupProvider"));
            check_scaling(&settings)?;
            Kind::AutoScaling(settings)
        }
        (None, Some(Value::Object(settings))) => {
            let cluster = request.text("cluster").ok_or_else(|| {
                Error::invalid("A cluster must be specified for a Managed Instances capacity provider.")
            })?;
            let cluster = region.cluster_mut(Some(cluster))?;
            if !cluster.providers.iter().any(|present| present == name) {
                cluster.providers.push(name.to_owned());
            }
            let cluster = cluster.arn.clone();
            Kind::ManagedInstances { cluster, settings: settings.clone() }
        }
        _ => {
            return Err(Error::invalid(
                "Specify exactly one of autoScalingGroupProvider and managedInstancesProvider.",
            ));
        }
    };
    let provider = CapacityProvider {
        name: name.to_owned(),
        kind,
        active: true,
        update: Some(("CREATE_COMPLETE", String::new())),
        tags: tags::parse(Api::Ecs, request.list("tags"))?,
    };
    let answer = json!({"capacityProvider": provider.describe(&region.scope, true)});
    region.providers.insert(name.to_owned(), provider);
    Ok(answer)
}

pub(super) fn describe(region: &Region, request: Params<'_>) -> Answer {
    let with_tags = request.includes("TAGS");
    let names: Vec<&str> = request.texts("capacityProviders").into_iter().map(short_name).collect();
    let in_cluster = |provider: &CapacityProvider| match (&provider.kind, request.text("cluster")) {
        (Kind::ManagedInstances { cluster, .. }, Some(wanted)) => short_name(cluster) == short_name(wanted),
        _ => true,
    };
    let wanted: Vec<String> = if names.is_empty() {
        region.providers.keys().cloned().collect()
    } else {
        names.iter().map(|name| (*name).to_owned()).collect()
    };
    if wanted.len() > 100 && !names.is_empty() {
        return Err(Error::invalid("Up to 100 capacity providers can be described in an action."));
    }
    let (page, next) = if names.is_empty() { paging::page(request, &wanted, 10, 10)? } else { (wanted, None) };
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for name in &page {
        match region.providers.get(name).filter(|provider| in_cluster(provider)) {
            Some(provider) => found.push(provider.describe(&region.scope, with_tags)),
            None => failures.push(json!({
                "arn": region.scope.arn("ecs", &format!("capacity-provider/{name}")),
                "reason": "MISSING",
            })),
        }
    }
    let mut answer = json!({"capacityProviders": found, "failures": failures});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn update(region: &mut Region, request: Params<'_>) -> Answer {
    let name = short_name(request.required("name"));
    let scope = region.scope.clone();
    let provider = active(region, name)?;
    match (&mut provider.kind, request.get("autoScalingGroupProvider"), request.get("managedInstancesProvider")) {
        (Kind::AutoScaling(settings), Some(change), None) => {
            let mut merged = settings.clone();
            merge(&mut merged, change);
            check_scaling(&merged)?;
            *settings = merged;
        }
        (Kind::ManagedInstances { settings, .. }, None, Some(change)) => merge(settings, change),
        (Kind::Fargate { .. }, ..) => return Err(reserved(name)),
        _ => return Err(Error::invalid(format!("The capacity provider {name} is of another type than the update."))),
    }
    provider.update = Some(("UPDATE_COMPLETE", String::new()));
    Ok(json!({"capacityProvider": provider.describe(&scope, false)}))
}

/// One that a cluster holds stays, and the answer is no error: only its `updateStatus` tells.
pub(super) fn delete(region: &mut Region, request: Params<'_>) -> Answer {
    let name = short_name(request.required("capacityProvider"));
    let scope = region.scope.clone();
    let holder = region
        .clusters
        .values()
        .find(|cluster| cluster.is_active() && cluster.providers.iter().any(|present| present == name))
        .map(|cluster| (cluster.name.clone(), cluster.uses_provider(name)));
    let provider = active(region, name)?;
    let managed = matches!(provider.kind, Kind::ManagedInstances { .. });
    match (&provider.kind, holder) {
        (Kind::Fargate { .. }, _) => return Err(reserved(name)),
        (_, Some((cluster, in_use))) if in_use || !managed => {
            provider.update = Some((
                "DELETE_FAILED",
                format!(
                    "The capacity provider cannot be deleted because it is associated with cluster: {cluster}. Remove the capacity \
                     provider from the cluster and try again."
                ),
            ));
        }
        _ => {
            provider.active = false;
            provider.update = Some(("DELETE_COMPLETE", String::new()));
        }
    }
    let (deleted, answer) = (!provider.active, provider.describe(&scope, false));
    if deleted {
        for cluster in region.clusters.values_mut() {
            cluster.providers.retain(|present| present != name);
        }
    }
    Ok(json!({"capacityProvider": answer}))
}

/// A strategy that a cluster can use, with weight and base filled in.
pub(super) fn check_strategy(region: &Region, attached: &[String], strategy: &[Value]) -> Result<Vec<Value>, Error> {
    if strategy.len() > 20 {
        return Err(Error::invalid("A capacity provider strategy can contain a maximum of 20 capacity providers."));
    }
    let (mut fargate, mut bases, mut checked) = (Vec::new(), 0, Vec::new());
    for item in strategy.iter().map(Params::new) {
        let name = short_name(item.required("capacityProvider"));
        let known = region.providers.get(name).filter(|provider| provider.active);
        let Some(provider) = known.filter(|_| attached.iter().any(|present| present == name)) else {
            return Err(Error::invalid(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. \
                 Associate the capacity provider with the cluster and try again.",
            ));
        };
        fargate.push(provider.is_fargate());
        let (weight, base) = (item.int("weight").unwrap_or(0), item.int("base").unwrap_or(0));
        bases += usize::from(base > 0);
        checked.push(json!({"capacityProvider": name, "weight": weight, "base": base}));
    }
    if fargate.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(Error::invalid(
            "The specified capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate.",
        ));
    }
    if bases > 1 {
        return Err(Error::invalid("Only one capacity provider in a strategy can have a base defined."));
    }
    if checked.len() > 1 && checked.iter().all(|item| item["weight"] == 0) {
        return Err(Error::invalid(
            "At least one capacity provider of the strategy must have a weight greater than zero.",
        ));
    }
    Ok(checked)
}

/// A cluster may hold Managed Instances; nothing runs on them here.
pub(super) fn refuse_managed(region: &Region, strategy: &[Value]) -> Result<(), Error> {
    let names = strategy.iter().filter_map(|item| item["capacityProvider"].as_str());
    match names.map(short_name).find(|name| is_managed(region, name)) {
        Some(name) => {
            Err(Error::unimplemented(&format!("services on Managed Instances (the capacity provider {name})")))
        }
        None => Ok(()),
    }
}

/// That a list of providers for a cluster names only what exists.
pub(super) fn check_names(region: &Region, names: &[&str]) -> Result<Vec<String>, Error> {
    names
        .iter()
        .map(|name| {
            let name = short_name(name);
            match region.providers.get(name).filter(|provider| provider.active) {
                Some(_) => Ok(name.to_owned()),
                None => Err(Error::invalid(format!(
                    "The specified capacity provider '{name}' was not found. Specify a valid name or ARN and try again."
                ))),
            }
        })
        .collect()
}

fn active<'a>(region: &'a mut Region, name: &str) -> Result<&'a mut CapacityProvider, Error> {
    region.providers.get_mut(name).filter(|provider| provider.active).ok_or_else(|| {
        Error::invalid("The specified capacity provider does not exist. Specify a valid name or ARN and try again.")
    })
}

fn reserved(name: &str) -> Error {
    Error::invalid(format!("The capacity provider {name} is reserved and cannot be changed or deleted."))
}

fn check_name(name: &str) -> Result<(), Error> {
    let lower = name.to_lowercase();
    let reserved = ["aws", "ecs", "fargate"].iter().any(|prefix| lower.starts_with(prefix));
    let valid = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if name.is_empty() || name.len() > 255 || reserved || !valid {
        return Err(Error::invalid(
            "The specified capacity provider name is invalid. Up to 255 letters, numbers, underscores and hyphens are allowed, and the \
             name cannot be prefixed with \"aws\", \"ecs\" or \"fargate\".",
        ));
    }
    Ok(())
}

/// What AWS fills in for an Auto Scaling group provider.
fn with_defaults(given: Params<'_>) -> Map<String, Value> {
    let defaults = json!({
        "autoScalingGroupArn": given.required("autoScalingGroupArn"),
        "managedScaling": {
            "status": "DISABLED",
            "targetCapacity": 100,
            "minimumScalingStepSize": 1,
            "maximumScalingStepSize": 10000,
            "instanceWarmupPeriod": 300,
        },
        "managedTerminationProtection": "DISABLED",
        "managedDraining": "ENABLED",
    });
    let Value::Object(mut settings) = defaults else {
        return Map::new();
    };
    for name in ["managedScaling", "managedTerminationProtection", "managedDraining"] {
        if let Some(value) = given.get(name) {
            merge(&mut settings, &json!({name: value}));
        }
    }
    settings
}

fn check_scaling(settings: &Map<String, Value>) -> Result<(), Error> {
    let settings = Params::of(settings);
    let protects = settings.text("managedTerminationProtection") == Some("ENABLED");
    if protects && settings.nested("managedScaling").text("status") != Some("ENABLED") {
        return Err(Error::invalid(
            "The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection \
             for a capacity provider, managed scaling must be enabled.",
        ));
    }
    Ok(())
}

/// Members given replace members present, structure by structure.
fn merge(present: &mut Map<String, Value>, change: &Value) {
    for (name, value) in change.as_object().into_iter().flatten() {
        match (present.get_mut(name), value) {
            (Some(Value::Object(inner)), Value::Object(_)) => merge(inner, value),
            _ => {
                present.insert(name.clone(), value.clone());
            }
        }
    }
}
