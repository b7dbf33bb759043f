//! Capacity providers: the two that AWS gives, Auto Scaling groups, and Managed Instances.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::agenda::Due;
use super::capacity_provider_form::{
    change_managed, check_name, check_scaling, managed_with_defaults, merge, with_defaults,
};
use super::params::{Params, short_name};
use super::tags::{self, Tags};
use super::{Answer, Env, Region, paging};

/// The provider in front of the instances of `--container-instances`.
pub const CONTAINER_INSTANCES: &str = "container-instances";

/// How long a change is under way, the making of Managed Instances and their end too.
const CHANGING: Duration = Duration::from_secs(5);

#[derive(Debug, Clone)]
pub(crate) struct CapacityProvider {
    pub(super) name: String,
    pub(super) kind: Kind,
    status: Status,
    update: Option<(&'static str, String)>,
    /// When what is under way has ended.
    next_at: Option<Time>,
    pub(super) tags: Tags,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Status {
    Provisioning,
    Active,
    Deprovisioning,
    Inactive,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Provisioning => "PROVISIONING",
            Self::Active => "ACTIVE",
            Self::Deprovisioning => "DEPROVISIONING",
            Self::Inactive => "INACTIVE",
        }
    }
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

    fn is_there(&self) -> bool {
        self.status != Status::Inactive
    }

    /// A strategy has providers of one sort.
    fn sort(&self) -> u8 {
        match self.kind {
            Kind::Fargate { .. } => 0,
            Kind::AutoScaling(_) => 1,
            Kind::ManagedInstances { .. } => 2,
        }
    }

    /// Something begins that takes its time.
    fn begin(&mut self, env: &mut Env<'_>, scope: &Scope, status: Status, update: &'static str) {
        let next_at = env.now + env.random.about(CHANGING);
        (self.status, self.update, self.next_at) = (status, Some((update, String::new())), Some(next_at));
        env.agenda.add(next_at, scope, Due::CapacityProvider { name: self.name.clone() });
    }

    fn describe(&self, scope: &Scope, with_tags: bool) -> Value {
        let mut provider = json!({
            "capacityProviderArn": self.arn(scope),
            "name": self.name,
            "status": self.status.name(),
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

impl Region {
    /// What was under way has ended.
    pub(super) fn turn_capacity_provider(&mut self, now: Time, name: &str) {
        let Some(provider) = self.providers.get_mut(name).filter(|provider| provider.next_at == Some(now)) else {
            return;
        };
        provider.next_at = None;
        let (status, update) = match (provider.status, provider.update.as_ref().map(|(update, _)| *update)) {
            (Status::Provisioning, _) => (Status::Active, "CREATE_COMPLETE"),
            (Status::Deprovisioning, _) => (Status::Inactive, "DELETE_COMPLETE"),
            (status, _) => (status, "UPDATE_COMPLETE"),
        };
        (provider.status, provider.update) = (status, Some((update, String::new())));
        if status == Status::Inactive {
            for cluster in self.clusters.values_mut() {
                cluster.providers.retain(|present| present != name);
            }
        }
    }
}

pub(super) fn is_managed(region: &Region, name: &str) -> bool {
    region.providers.get(name).is_some_and(|provider| matches!(provider.kind, Kind::ManagedInstances { .. }))
}

pub(super) fn is_group(region: &Region, name: &str) -> bool {
    region.providers.get(name).is_some_and(|provider| matches!(provider.kind, Kind::AutoScaling(_)))
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
            let provider = CapacityProvider {
                name: name.to_owned(),
                kind,
                status: Status::Active,
                update: None,
                next_at: None,
                tags: Tags::new(),
            };
            (provider.name.clone(), provider)
        })
        .collect()
}

pub(super) fn create(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let name = request.required("name");
    check_name(name)?;
    if region.providers.get(name).is_some_and(CapacityProvider::is_there) {
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
            Kind::ManagedInstances { cluster, settings: managed_with_defaults(settings) }
        }
        _ => {
            return Err(Error::invalid(
                "Specify exactly one of autoScalingGroupProvider and managedInstancesProvider.",
            ));
        }
    };
    let mut provider = CapacityProvider {
        name: name.to_owned(),
        kind,
        status: Status::Active,
        update: Some(("CREATE_COMPLETE", String::new())),
        next_at: None,
        tags: tags::parse(Api::Ecs, request.list("tags"))?,
    };
    if matches!(provider.kind, Kind::ManagedInstances { .. }) {
        provider.begin(env, &region.scope, Status::Provisioning, "CREATE_IN_PROGRESS");
    }
    let answer = json!({"capacityProvider": provider.describe(&region.scope, true)});
    region.providers.insert(name.to_owned(), provider);
    Ok(answer)
}

pub(super) fn describe(region: &Region, request: Params<'_>) -> Answer {
    let with_tags = request.includes("TAGS");
    let names: Vec<&str> = request.texts("capacityProviders").into_iter().map(short_name).collect();
    // With a cluster, only those that are associated with it.
    let cluster = request.text("cluster").map(|cluster| region.cluster(Some(cluster))).transpose()?;
    let in_cluster =
        |provider: &CapacityProvider| cluster.is_none_or(|cluster| cluster.providers.contains(&provider.name));
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

pub(super) fn update(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let name = short_name(request.required("name"));
    let scope = region.scope.clone();
    let provider = active(region, name, request.text("cluster"))?;
    match (&mut provider.kind, request.get("autoScalingGroupProvider"), request.get("managedInstancesProvider")) {
        (Kind::AutoScaling(settings), Some(change), None) => {
            let mut merged = settings.clone();
            merge(&mut merged, change);
            check_scaling(&merged)?;
            *settings = merged;
        }
        (Kind::ManagedInstances { settings, .. }, None, Some(change)) => change_managed(settings, change),
        (Kind::Fargate { .. }, ..) => return Err(reserved(name)),
        _ => return Err(Error::invalid(format!("The capacity provider {name} is of another type than the update."))),
    }
    provider.begin(env, &scope, Status::Active, "UPDATE_IN_PROGRESS");
    Ok(json!({"capacityProvider": provider.describe(&scope, false)}))
}

/// One that a cluster holds stays, and the answer is no error: only its `updateStatus` tells.
pub(super) fn delete(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let name = short_name(request.required("capacityProvider"));
    let scope = region.scope.clone();
    let holder = region
        .clusters
        .values()
        .find(|cluster| cluster.is_active() && cluster.providers.iter().any(|present| present == name))
        .map(|cluster| (cluster.name.clone(), cluster.uses_provider(name)));
    let provider = active(region, name, request.text("cluster"))?;
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
        // Their instances have to end first.
        _ if managed => provider.begin(env, &scope, Status::Deprovisioning, "DELETE_IN_PROGRESS"),
        _ => {
            provider.status = Status::Inactive;
            provider.update = Some(("DELETE_COMPLETE", String::new()));
        }
    }
    Ok(json!({"capacityProvider": provider.describe(&scope, false)}))
}

/// A strategy that a cluster can use, with weight and base filled in.
pub(super) fn check_strategy(region: &Region, attached: &[String], strategy: &[Value]) -> Result<Vec<Value>, Error> {
    if strategy.len() > 20 {
        return Err(Error::invalid("A capacity provider strategy can contain a maximum of 20 capacity providers."));
    }
    let (mut sorts, mut bases, mut checked) = (Vec::new(), 0, Vec::new());
    for item in strategy.iter().map(Params::new) {
        let name = short_name(item.required("capacityProvider"));
        let known = region.providers.get(name).filter(|provider| provider.is_there());
        let Some(provider) = known.filter(|_| attached.iter().any(|present| present == name)) else {
            return Err(Error::invalid(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. \
                 Associate the capacity provider with the cluster and try again.",
            ));
        };
        sorts.push(provider.sort());
        let (weight, base) = (item.int("weight").unwrap_or(0), item.int("base").unwrap_or(0));
        bases += usize::from(base > 0);
        checked.push(json!({"capacityProvider": name, "weight": weight, "base": base}));
    }
    if sorts.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(Error::invalid(
            "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups, Fargate providers and \
             Managed Instances. Specify one or the other and try again.",
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

/// That a list of providers for a cluster names only what exists, and of Managed Instances only its own.
pub(super) fn check_names(region: &Region, cluster: Option<&str>, names: &[&str]) -> Result<Vec<String>, Error> {
    names
        .iter()
        .map(|name| {
            let name = short_name(name);
            match region.providers.get(name).filter(|provider| provider.is_there()) {
                Some(CapacityProvider { kind: Kind::ManagedInstances { cluster: own, .. }, .. })
                    if cluster.is_none_or(|cluster| short_name(own) != cluster) =>
                {
                    Err(Error::invalid(
                        "Cannot associate Managed Instances capacity provider to clusters using this API. Managed Instances capacity \
                         providers are already associated with the cluster that they were created in.",
                    ))
                }
                Some(provider) if provider.status != Status::Active => Err(Error::invalid(format!(
                    "The specified capacity provider '{name}' is not in an ACTIVE state. Specify a valid capacity provider and try again."
                ))),
                Some(_) => Ok(name.to_owned()),
                None => Err(Error::invalid(format!(
                    "The specified capacity provider '{name}' was not found. Specify a valid name or ARN and try again."
                ))),
            }
        })
        .collect()
}

/// The provider that is to be changed, at which nothing else is under way. Managed Instances are named together with their cluster.
fn active<'a>(region: &'a mut Region, name: &str, cluster: Option<&str>) -> Result<&'a mut CapacityProvider, Error> {
    let is_it = |provider: &CapacityProvider| match (&provider.kind, cluster) {
        (Kind::ManagedInstances { cluster: own, .. }, Some(named)) => short_name(own) == short_name(named),
        (Kind::ManagedInstances { .. }, None) => false,
        _ => true,
    };
    let known = region.providers.get_mut(name).filter(|provider| provider.is_there() && is_it(provider));
    let provider = known.ok_or_else(|| {
        Error::invalid("The specified capacity provider does not exist. Specify a valid name or ARN and try again.")
    })?;
    if provider.next_at.is_some() {
        return Err(Error::new(
            "UpdateInProgressException",
            "The specified capacity provider is being created, updated or deleted. Wait and try again.",
        ));
    }
    Ok(provider)
}

fn reserved(name: &str) -> Error {
    Error::invalid(format!("The capacity provider {name} is reserved and cannot be changed or deleted."))
}
