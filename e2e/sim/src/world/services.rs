//! `CreateService`, `UpdateService`, `DeleteService`, `DescribeServices`, `ListServices`.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};

use super::agenda::Due;
use super::blueprint::Blueprint;
use super::clusters::Cluster;
use super::params::{Params, short_name};
use super::service::{Scheduling, Service, Status};
use super::service_form as form;
use super::service_rules::Draft;
use super::strategy_rules;
use super::tags::{self, Tags};
use super::task_definitions;
use super::{Answer, Env, Region, paging};

/// The scheduler looks at what was asked for a moment later.
const SOON: Duration = Duration::from_millis(500);

impl Cluster {
    /// By name or ARN.
    pub(super) fn service(&self, scope: &Scope, name: &str) -> Option<&Service> {
        self.services.get(self.service_name(scope, name)?)
    }

    /// An ARN of another cluster names no service of this one.
    fn service_name<'a>(&self, scope: &Scope, name: &'a str) -> Option<&'a str> {
        if !name.starts_with("arn:") {
            return Some(name);
        }
        scope.resource("ecs", name)?.strip_prefix("service/")?.strip_prefix(&self.name)?.strip_prefix('/')
    }
}

pub(super) fn create(env: &mut Env<'_>, region: &mut Region, request: &Value) -> Answer {
    let params = Params::new(request);
    let cluster = region.cluster_key(params.text("cluster"))?;
    let name = params.required("serviceName");
    check_name(name)?;
    let token = params.text("clientToken");
    check_token(token)?;
    if let Some(answer) = answered_before(region, &cluster, request)? {
        return Ok(answer);
    }
    match region.cluster(Some(&cluster))?.services.get(name).map(|service| service.status) {
        Some(Status::Active) => return Err(not_idempotent()),
        Some(Status::Draining) => return Err(Error::invalid("Unable to Start a service that is still Draining.")),
        Some(Status::Inactive) | None => {}
    }

    strategy_rules::check_request(params, None)?;
    let daemon = params.text("schedulingStrategy") == Some("DAEMON");
    let desired = form::desired_count(params, daemon, None)?;
    let mut settings = form::default_settings(daemon, params);
    form::apply_settings(&mut settings, params);
    strategy_rules::fill(&mut settings);
    let mut members = Map::new();
    form::apply_members(&mut members, params);
    let (definition, blueprint, definition_tags) = definition(region, params.text("taskDefinition"))?;
    members.insert("taskDefinition".into(), json!(definition));
    form::resolve_launch(region, &cluster, &mut members)?;
    form::fill_network(&mut members);
    form::settle_rebalancing(&mut settings, &members, daemon, params);
    let found = region.cluster(Some(&cluster))?;
    Draft {
        members: &members,
        settings: &settings,
        daemon,
        blueprint: &blueprint,
        has_default_namespace: found.has_namespace(),
    }
    .check()?;
    let linked = ["loadBalancers", "serviceRegistries"].iter().any(|name| members.contains_key(*name))
        || blueprint.network_mode == "awsvpc";
    if params.text("role").is_some() && blueprint.network_mode == "awsvpc" {
        return Err(Error::invalid("You cannot specify an IAM role for services that require a service linked role."));
    }
    let linked_role =
        format!("arn:aws:iam::{}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS", region.scope.account);
    let role = params.text("role").map(str::to_owned).or(linked.then_some(linked_role));

    let mut service = Service {
        name: name.to_owned(),
        arn: region.scope.arn("ecs", &format!("service/{cluster}/{name}")),
        cluster_arn: found.arn.clone(),
        status: Status::Active,
        daemon,
        desired,
        settings,
        role,
        created_at: env.now,
        created_by: format!("arn:aws:iam::{}:user/aws-sim", region.scope.account),
        revisions: Vec::new(),
        deployments: Vec::new(),
        history: Vec::new(),
        events: VecDeque::new(),
        tags: tags::parse(Api::Ecs, params.list("tags"))?,
        tasks: BTreeSet::new(),
        scheduling: Scheduling::default(),
    };
    let scope = region.scope.clone();
    service.deploy(env, &scope, members, blueprint, definition_tags);
    let found = region.cluster_mut(Some(&cluster))?;
    let answer = json!({"service": service.describe(&found.tally(&service), true)});
    found.services.insert(name.to_owned(), service);
    if let Some(token) = token {
        found.tokens.insert(token.to_owned(), request.clone());
    }
    wake(env, &scope, &cluster, name);
    Ok(answer)
}

/// What AWS answers to a client token that it knows: the service as it is, even one that is gone by now.
fn answered_before(region: &Region, cluster: &str, request: &Value) -> Result<Option<Value>, Error> {
    let params = Params::new(request);
    let found = region.cluster(Some(cluster))?;
    let Some(before) = params.text("clientToken").and_then(|token| found.tokens.get(token)) else {
        return Ok(None);
    };
    if before != request {
        return Err(not_idempotent());
    }
    let service = found.services.get(params.required("serviceName"));
    Ok(service.map(|service| json!({"service": service.describe(&found.tally(service), true)})))
}

fn not_idempotent() -> Error {
    Error::invalid("Creation of service was not idempotent.")
}

pub(super) fn update(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let key = region.cluster_key(request.text("cluster"))?;
    let cluster = region.cluster(Some(&key))?;
    let service = cluster.service(&region.scope, request.required("service")).ok_or_else(Error::service_not_found)?;
    if service.status != Status::Active {
        return Err(Error::new("ServiceNotActiveException", "Service was not ACTIVE."));
    }
    let (name, daemon) = (service.name.clone(), service.daemon);
    let current =
        service.current().ok_or_else(|| Error::new("ServiceNotActiveException", "Service was not ACTIVE."))?;
    let stays = request.nested("deploymentController").text("type").is_none_or(|kind| kind == "CODE_DEPLOY");
    if service.by_code_deploy() && stays {
        refuse_code_deploy(request)?;
    }
    strategy_rules::check_request(request, service.deployment_configuration().text("strategy"))?;
    let ongoing = service.history.last().is_some_and(|deployment| deployment.status.is_ongoing());
    strategy_rules::check_change(Params::of(&service.settings), request, ongoing)?;
    let desired = form::desired_count(request, daemon, Some(service.desired))?;
    let mut settings = service.settings.clone();
    form::apply_settings(&mut settings, request);
    strategy_rules::fill(&mut settings);
    let mut members = current.members.clone();
    let (mut blueprint, mut definition_tags) = (current.blueprint.clone(), current.definition_tags.clone());
    form::apply_members(&mut members, request);
    if let Some(wanted) = request.text("taskDefinition") {
        let found = definition(region, Some(wanted))?;
        members.insert("taskDefinition".into(), json!(found.0));
        (blueprint, definition_tags) = (found.1, found.2);
    }
    if !members.contains_key("loadBalancers") && request.get("healthCheckGracePeriodSeconds").is_none() {
        settings.remove("healthCheckGracePeriodSeconds");
    }
    let forced = request.flag("forceNewDeployment");
    form::change_launch(region, &key, &current.members, &mut members, request, forced)?;
    form::fill_network(&mut members);
    form::settle_rebalancing(&mut settings, &members, daemon, request);
    Draft {
        members: &members,
        settings: &settings,
        daemon,
        blueprint: &blueprint,
        has_default_namespace: cluster.has_namespace(),
    }
    .check()?;

    let deploys = forced || members != current.members;
    let scope = region.scope.clone();
    let cluster = region.cluster_mut(Some(&key))?;
    let service = cluster.services.get_mut(&name).ok_or_else(Error::service_not_found)?;
    service.settings = settings;
    if service.desired != desired {
        service.desired = desired;
        service.scheduling.steady = false;
    }
    if deploys {
        service.deploy(env, &scope, members, blueprint, definition_tags);
    }
    let service = cluster.services.get(&name).ok_or_else(Error::service_not_found)?;
    let answer = json!({"service": service.describe(&cluster.tally(service), false)});
    wake(env, &scope, &key, &name);
    Ok(answer)
}

fn refuse_code_deploy(request: Params<'_>) -> Result<(), Error> {
    let members = [
        ("taskDefinition", "task definition"),
        ("networkConfiguration", "network parameters"),
        ("loadBalancers", "load balancers"),
        ("platformVersion", "platform version"),
    ];
    match members.iter().find(|(name, _)| request.get(name).is_some()) {
        Some((_, what)) => Err(Error::invalid(format!(
            "Unable to update {what} on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment."
        ))),
        None => Ok(()),
    }
}

fn definition(region: &Region, name: Option<&str>) -> Result<(String, Arc<Blueprint>, Tags), Error> {
    let name =
        name.filter(|name| !name.is_empty()).ok_or_else(|| Error::invalid("TaskDefinition can not be blank."))?;
    let revision = region.task_definition(name).ok_or_else(|| Error::client("TaskDefinition not found."))?;
    if revision.status != task_definitions::Status::Active {
        return Err(Error::client("TaskDefinition is inactive"));
    }
    Ok((revision.arn.clone(), revision.blueprint.clone(), revision.tags.clone()))
}

/// DRAINING until its tasks have stopped, then INACTIVE, and the name is free.
pub(super) fn delete(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let key = region.cluster_key(request.text("cluster"))?;
    let scope = region.scope.clone();
    let cluster = region.cluster_mut(Some(&key))?;
    let found =
        cluster.service(&scope, request.required("service")).filter(|service| service.status != Status::Inactive);
    let name = found.map(|service| service.name.clone()).ok_or_else(Error::service_not_found)?;
    let service = cluster.services.get_mut(&name).ok_or_else(Error::service_not_found)?;
    if service.desired > 0 && !service.daemon && !request.flag("force") {
        return Err(Error::invalid("The service cannot be stopped while it is scaled above 0."));
    }
    service.status = Status::Draining;
    service.desired = 0;
    let service = cluster.services.get(&name).ok_or_else(Error::service_not_found)?;
    let answer = json!({"service": service.describe(&cluster.tally(service), false)});
    wake(env, &scope, &key, &name);
    Ok(answer)
}

pub(super) fn describe(env: &Env<'_>, region: &Region, request: Params<'_>) -> Answer {
    let cluster = region.cluster(request.text("cluster"))?;
    let names = request.texts("services");
    if names.is_empty() {
        return Err(Error::invalid("Services cannot be empty."));
    }
    if names.len() > 10 {
        return Err(Error::invalid("Up to 10 services can be described in an action."));
    }
    let visible = |service: &&Service| env.now >= service.created_at + env.config.missing_after_create;
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for name in names {
        if let Some(service) = cluster.service(&region.scope, name).filter(visible) {
            found.push(service.describe(&cluster.tally(service), request.includes("TAGS")));
        } else {
            let path = format!("service/{}/{}", cluster.name, short_name(name));
            let arn = if name.starts_with("arn:") { name.to_owned() } else { region.scope.arn("ecs", &path) };
            failures.push(json!({"arn": arn, "reason": "MISSING"}));
        }
    }
    Ok(json!({"services": found, "failures": failures}))
}

pub(super) fn list(region: &Region, request: Params<'_>) -> Answer {
    let cluster = region.cluster(request.text("cluster"))?;
    let wanted = |service: &&Service| {
        let launch_type =
            service.current().and_then(|revision| revision.members.get("launchType")).and_then(Value::as_str);
        service.status != Status::Inactive
            && request.text("launchType").is_none_or(|wanted| Some(wanted) == launch_type)
            && request.text("schedulingStrategy").is_none_or(|wanted| (wanted == "DAEMON") == service.daemon)
            && request.text("resourceManagementType").is_none_or(|wanted| wanted == "CUSTOMER")
    };
    let arns: Vec<String> = cluster.services.values().filter(wanted).map(|service| service.arn.clone()).collect();
    let (page, next) = paging::page(request, &arns, 10, 100)?;
    let mut answer = json!({"serviceArns": page});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

fn wake(env: &mut Env<'_>, scope: &Scope, cluster: &str, name: &str) {
    env.agenda.add(env.now + SOON, scope, Due::Service { cluster: cluster.to_owned(), name: name.to_owned() });
}

fn check_name(name: &str) -> Result<(), Error> {
    let valid = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if name.is_empty() || name.len() > 255 || !valid {
        return Err(Error::invalid(
            "Invalid service name. Up to 255 letters, numbers, hyphens and underscores are allowed.",
        ));
    }
    Ok(())
}

fn check_token(token: Option<&str>) -> Result<(), Error> {
    match token {
        Some(token) if token.len() > 36 || !token.bytes().all(|byte| (33..=126).contains(&byte)) => {
            Err(Error::invalid("Client token must be up to 36 characters of ASCII 33-126."))
        }
        _ => Ok(()),
    }
}
