//! ECS clusters.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::instances::{self, Instance};
use super::params::{Params, short_name};
use super::service::{Revision, Service, Status};
use super::tags::{self, Tags};
use super::task::{self, Task};
use super::{Answer, Env, Region, capacity_providers, paging, settings};

/// How long a cluster is busy when its Auto Scaling groups change.
const ATTACHING: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub(crate) struct Cluster {
    pub(super) name: String,
    pub(super) arn: String,
    active: bool,
    /// What it was made of: asking for the same again is no error.
    request: Value,
    settings: BTreeMap<String, Value>,
    configuration: Option<Value>,
    namespace: Option<String>,
    pub(super) providers: Vec<String>,
    pub(super) default_strategy: Vec<Value>,
    busy_until: Time,
    pub(super) tags: Tags,
    pub(super) services: BTreeMap<String, Service>,
    pub(super) tasks: BTreeMap<String, Task>,
    pub(super) instances: BTreeMap<String, Instance>,
    /// `CreateService`'s client tokens, each with its request.
    pub(super) tokens: BTreeMap<String, Value>,
}

impl Cluster {
    pub(super) fn is_active(&self) -> bool {
        self.active
    }

    /// Whether a strategy of the cluster or of one of its services names the provider.
    pub(super) fn uses_provider(&self, name: &str) -> bool {
        self.default_strategy.iter().any(|item| item["capacityProvider"] == name) || self.services_use_provider(name)
    }

    pub(super) fn has_namespace(&self) -> bool {
        self.namespace.is_some()
    }

    fn services_use_provider(&self, name: &str) -> bool {
        let names = |revision: &Revision| {
            let strategy = revision.params().list("capacityProviderStrategy");
            strategy.iter().any(|item| item["capacityProvider"] == name)
        };
        self.services.values().any(|service| {
            let used = service.deployments.iter().filter_map(|deployment| service.revisions.get(deployment.revision));
            service.status != Status::Inactive && used.into_iter().any(names)
        })
    }

    /// AWS looks for services first, then for tasks, instances and capacity providers.
    fn refuse_unless_empty(&self, region: &Region) -> Result<(), Error> {
        let refuse = |kind: &str, what: &str| {
            Err(Error::new(
                &format!("ClusterContains{kind}Exception"),
                format!("The Cluster cannot be deleted while {what}."),
            ))
        };
        if self.services.values().any(|service| service.status != Status::Inactive) {
            return refuse("Services", "Services are active");
        }
        if self.tasks.values().any(|task| task.status != task::Status::Stopped) {
            return refuse("Tasks", "Tasks are active");
        }
        if self
            .instances
            .values()
            .any(|instance| instance.provider.as_deref() != Some(capacity_providers::CONTAINER_INSTANCES))
        {
            return refuse("ContainerInstances", "Container Instances are active or draining");
        }
        if self.providers.iter().any(|name| capacity_providers::is_managed(region, name)) {
            return refuse("CapacityProvider", "Managed Instances capacity providers are active");
        }
        Ok(())
    }

    fn describe(&self, env: &Env<'_>, region: &Region, fields: &[&str]) -> Value {
        let has = |field: &str| fields.contains(&field);
        let mut cluster = json!({
            "clusterArn": self.arn,
            "clusterName": self.name,
            "status": if self.active { "ACTIVE" } else { "INACTIVE" },
            "registeredContainerInstancesCount": self.instances.len(),
            "runningTasksCount": self.count_tasks(|task| task.status == task::Status::Running),
            "pendingTasksCount": self.count_tasks(|task| task.status < task::Status::Running),
            "activeServicesCount": self.services.values().filter(|service| service.status == Status::Active).count(),
            "statistics": if has("STATISTICS") { self.statistics() } else { json!([]) },
            "tags": if has("TAGS") { tags::to_json(Api::Ecs, &self.tags) } else { json!([]) },
            "settings": if has("SETTINGS") { self.settings_json() } else { json!([]) },
            "capacityProviders": self.providers,
            "defaultCapacityProviderStrategy": self.default_strategy,
        });
        if let (true, Some(configuration)) = (has("CONFIGURATIONS"), &self.configuration) {
            cluster["configuration"] = configuration.clone();
        }
        if let Some(namespace) = &self.namespace {
            cluster["serviceConnectDefaults"] = json!({"namespace": namespace});
        }
        let attachments = self.attachments(region);
        if has("ATTACHMENTS") && (!attachments.is_empty() || self.busy_until > env.now) {
            let busy = self.busy_until > env.now;
            cluster["attachmentsStatus"] = json!(if busy { "UPDATE_IN_PROGRESS" } else { "UPDATE_COMPLETE" });
            cluster["attachments"] = json!(attachments);
        }
        cluster
    }

    fn count_tasks(&self, wanted: impl Fn(&Task) -> bool) -> usize {
        self.tasks.values().filter(|task| wanted(task)).count()
    }

    /// The same counts again, by launch type.
    fn statistics(&self) -> Value {
        let mut statistics = Vec::new();
        for (name, kind) in [("Fargate", "FARGATE"), ("EC2", "EC2")] {
            let of_kind = |task: &Task| task.launch_type() == kind;
            let running = self.count_tasks(|task| of_kind(task) && task.status == task::Status::Running);
            let pending = self.count_tasks(|task| of_kind(task) && task.status < task::Status::Running);
            let services = |status: Status| {
                let on_fargate = |service: &Service| service.current().is_some_and(Revision::on_fargate);
                let wanted =
                    |service: &&Service| service.status == status && on_fargate(service) == (kind == "FARGATE");
                self.services.values().filter(wanted).count()
            };
            let counts = [
                (format!("running{name}TasksCount"), running),
                (format!("pending{name}TasksCount"), pending),
                (format!("active{name}ServiceCount"), services(Status::Active)),
                (format!("draining{name}ServiceCount"), services(Status::Draining)),
            ];
            statistics.extend(counts.map(|(name, count)| json!({"name": name, "value": count.to_string()})));
        }
        Value::Array(statistics)
    }

    fn settings_json(&self) -> Value {
        self.settings.iter().map(|(name, value)| json!({"name": name, "value": value})).collect()
    }

    /// Auto Scaling groups are attached by a scaling policy; Fargate needs nothing.
    fn attachments(&self, region: &Region) -> Vec<Value> {
        let groups = self.providers.iter().filter(|name| capacity_providers::is_group(region, name));
        groups
            .map(|name| {
                json!({
                    "id": format!("{}-{name}", self.name),
                    "type": "managed_scaling",
                    "status": "CREATED",
                    "details": [
                        {"name": "capacityProviderName", "value": name},
                        {"name": "scalingPolicyName", "value": format!("ECSManaged-{name}")},
                    ],
                })
            })
            .collect()
    }
}

impl Region {
    /// The cluster that a request means: by name or ARN, `default` when none is given.
    pub(super) fn cluster_mut(&mut self, name: Option<&str>) -> Result<&mut Cluster, Error> {
        let key = self.cluster_key(name)?;
        self.clusters.get_mut(&key).ok_or_else(Error::cluster_not_found)
    }

    pub(super) fn cluster(&self, name: Option<&str>) -> Result<&Cluster, Error> {
        let key = self.cluster_key(name)?;
        self.clusters.get(&key).ok_or_else(Error::cluster_not_found)
    }

    /// The name of an active cluster.
    pub(super) fn cluster_key(&self, name: Option<&str>) -> Result<String, Error> {
        let given = name.unwrap_or("default");
        if given.starts_with("arn:") && self.scope.resource("ecs", given).is_none() {
            return Err(Error::cluster_not_found());
        }
        match self.clusters.get(short_name(given)) {
            Some(cluster) if cluster.active => Ok(cluster.name.clone()),
            Some(_) => Err(Error::new("ClusterNotFoundException", "The referenced cluster was inactive.")),
            None => Err(Error::cluster_not_found()),
        }
    }
}

pub(super) fn create(env: &mut Env<'_>, region: &mut Region, request: &Value) -> Answer {
    let params = Params::new(request);
    let name = params.text("clusterName").unwrap_or("default");
    check_name(name)?;
    // Without a name it is the default cluster, and asks for the same as with that name.
    let mut request = request.clone();
    request["clusterName"] = json!(name);
    if let Some(present) = region.clusters.get(name).filter(|cluster| cluster.active) {
        if present.request == request {
            return Ok(json!({"cluster": present.describe(env, region, &["TAGS", "SETTINGS", "CONFIGURATIONS"])}));
        }
        return Err(Error::invalid(
            "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
        ));
    }
    let providers = capacity_providers::check_names(region, None, &params.texts("capacityProviders"))?;
    let default_strategy =
        capacity_providers::check_strategy(region, &providers, params.list("defaultCapacityProviderStrategy"))?;
    let insights = settings::value(region, "containerInsights").to_owned();
    let mut cluster_settings = BTreeMap::from([("containerInsights".to_owned(), json!(insights))]);
    apply_settings(&mut cluster_settings, params)?;
    let busy = providers.iter().any(|name| capacity_providers::is_group(region, name));
    let mut cluster = Cluster {
        name: name.to_owned(),
        arn: region.scope.arn("ecs", &format!("cluster/{name}")),
        active: true,
        request,
        settings: cluster_settings,
        configuration: checked_configuration(params)?,
        namespace: namespace(&region.scope, params).flatten(),
        providers,
        default_strategy,
        busy_until: if busy { env.now + ATTACHING } else { env.now },
        tags: tags::parse(Api::Ecs, params.list("tags"))?,
        services: BTreeMap::new(),
        tasks: BTreeMap::new(),
        instances: BTreeMap::new(),
        tokens: BTreeMap::new(),
    };
    instances::populate(env, &region.scope, &mut cluster);
    let answer =
        json!({"cluster": cluster.describe(env, region, &["TAGS", "SETTINGS", "CONFIGURATIONS", "ATTACHMENTS"])});
    region.clusters.insert(name.to_owned(), cluster);
    Ok(answer)
}

pub(super) fn describe(env: &Env<'_>, region: &Region, request: Params<'_>) -> Answer {
    let mut names = request.texts("clusters");
    if names.is_empty() {
        names.push("default");
    }
    if names.len() > 100 {
        return Err(Error::invalid("Up to 100 clusters can be described in an action."));
    }
    let fields = request.texts("include");
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for name in names {
        let foreign = name.starts_with("arn:") && region.scope.resource("ecs", name).is_none();
        match region.clusters.get(short_name(name)).filter(|_| !foreign) {
            Some(cluster) => found.push(cluster.describe(env, region, &fields)),
            None if name.starts_with("arn:") => failures.push(json!({"arn": name, "reason": "MISSING"})),
            None => {
                let arn = region.scope.arn("ecs", &format!("cluster/{name}"));
                failures.push(json!({"arn": arn, "reason": "MISSING"}));
            }
        }
    }
    Ok(json!({"clusters": found, "failures": failures}))
}

pub(super) fn list(region: &Region, request: Params<'_>) -> Answer {
    let active = region.clusters.values().filter(|cluster| cluster.active);
    let arns: Vec<String> = active.map(|cluster| cluster.arn.clone()).collect();
    let (page, next) = paging::page(request, &arns, 100, 100)?;
    let mut answer = json!({"clusterArns": page});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

/// Members that are given replace what is there; others stay.
pub(super) fn update(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let configuration = checked_configuration(request)?;
    let namespace = namespace(&region.scope, request);
    let key = region.cluster_key(request.text("cluster"))?;
    let cluster = region.cluster_mut(Some(&key))?;
    apply_settings(&mut cluster.settings, request)?;
    if configuration.is_some() {
        cluster.configuration = configuration;
    }
    if let Some(namespace) = namespace {
        cluster.namespace = namespace;
    }
    Ok(json!({"cluster": region.cluster(Some(&key))?.describe(env, region, &["SETTINGS", "CONFIGURATIONS"])}))
}

pub(super) fn put_capacity_providers(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let key = region.cluster_key(request.text("cluster"))?;
    let own = region.cluster(Some(&key))?.name.clone();
    let mut providers = capacity_providers::check_names(region, Some(&own), &request.texts("capacityProviders"))?;
    let strategy =
        capacity_providers::check_strategy(region, &providers, request.list("defaultCapacityProviderStrategy"))?;
    let cluster = region.cluster(Some(&key))?;
    if cluster.busy_until > env.now {
        return Err(Error::new(
            "UpdateInProgressException",
            "The specified cluster is in a busy state. Cluster attachments must be in UPDATE_COMPLETE or UPDATE_FAILED state before \
             they can be updated. Wait and try again.",
        ));
    }
    let gone = cluster.providers.iter().find(|name| {
        !providers.contains(name)
            && !capacity_providers::is_managed(region, name)
            && cluster.services_use_provider(name)
    });
    if gone.is_some() {
        return Err(Error::new(
            "ResourceInUseException",
            "The specified capacity provider is in use and cannot be removed.",
        ));
    }
    // Managed Instances are no others' to detach.
    let managed = cluster.providers.iter().filter(|name| capacity_providers::is_managed(region, name));
    let kept: Vec<String> = managed.filter(|name| !providers.contains(name)).cloned().collect();
    let changed = |name: &&String| capacity_providers::is_group(region, name);
    let before: Vec<&String> = cluster.providers.iter().filter(changed).collect();
    let after: Vec<&String> = providers.iter().filter(changed).collect();
    let busy = before != after;
    providers.extend(kept);
    let cluster = region.cluster_mut(Some(&key))?;
    if busy {
        cluster.busy_until = env.now + ATTACHING;
    }
    cluster.providers = providers;
    cluster.default_strategy = strategy;
    Ok(json!({"cluster": region.cluster(Some(&key))?.describe(env, region, &["ATTACHMENTS"])}))
}

/// AWS wants a cluster to be empty.
pub(super) fn delete(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let key = region.cluster_key(request.text("cluster"))?;
    region.cluster(Some(&key))?.refuse_unless_empty(region)?;
    let cluster = region.cluster_mut(Some(&key))?;
    cluster.active = false;
    cluster.instances.clear();
    cluster.providers.clear();
    cluster.default_strategy.clear();
    let cluster = region.clusters.get(&key).ok_or_else(Error::cluster_not_found)?;
    Ok(json!({"cluster": cluster.describe(env, region, &[])}))
}

fn apply_settings(present: &mut BTreeMap<String, Value>, request: Params<'_>) -> Result<(), Error> {
    for setting in request.list("settings").iter().map(Params::new) {
        let (name, value) = (setting.required("name"), setting.required("value"));
        if !["enabled", "disabled", "enhanced"].contains(&value) {
            return Err(Error::invalid(format!("Invalid value '{value}' for the cluster setting {name}.")));
        }
        present.insert(name.to_owned(), json!(value));
    }
    Ok(())
}

fn checked_configuration(request: Params<'_>) -> Result<Option<Value>, Error> {
    let command = request.nested("configuration").nested("executeCommandConfiguration");
    let overrides = command.text("logging") == Some("OVERRIDE");
    if command.get("logConfiguration").is_some() && !overrides {
        return Err(Error::invalid("logConfiguration may be given with logging OVERRIDE only."));
    }
    if overrides && command.get("logConfiguration").is_none() {
        return Err(Error::invalid("logging OVERRIDE wants a logConfiguration."));
    }
    Ok(request.get("configuration").cloned())
}

/// The ARN of the namespace, whichever way it was given, as AWS describes it. The outer `None`: nothing is said; the inner: none.
#[allow(clippy::option_option)] // AWS's API has these three cases.
fn namespace(scope: &Scope, request: Params<'_>) -> Option<Option<String>> {
    let name = request.get("serviceConnectDefaults").and_then(|defaults| defaults["namespace"].as_str())?;
    if name.is_empty() {
        return Some(None);
    }
    Some(Some(namespace_arn(scope, name)))
}

/// The ARN of a namespace, which may be given by its name or by its ARN.
pub(super) fn namespace_arn(scope: &Scope, name: &str) -> String {
    if name.starts_with("arn:") {
        return name.to_owned();
    }
    // FNV-1a: Cloud Map gives a name one ID, and so does this.
    let id = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    scope.arn("servicediscovery", &format!("namespace/ns-{id:016x}"))
}

fn check_name(name: &str) -> Result<(), Error> {
    let valid = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if name.is_empty() || name.len() > 255 || !valid {
        return Err(Error::invalid(
            "Identifiers can only contain letters, numbers, hyphens and underscores, and must be of 1 to 255 characters.",
        ));
    }
    Ok(())
}
