//! AWS Cloud Map: namespaces, and the operations by which what takes time is followed. No zone of Route 53 is kept, and nothing is resolved.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::agenda::Due;
use super::cloud_map_services::{self as services, Service};
use super::params::{Params, short_name};
use super::tags::{self, Tags};
use super::{Answer, Config, Env, Region, cloud_map_instances as instances, dispatch, paging};

/// For so long an operation is SUBMITTED.
const SUBMITTED: Duration = Duration::from_secs(1);
/// A namespace with a hosted zone takes so long to be made; one that only calls ask takes a moment.
const ZONE: Duration = Duration::from_secs(30);
/// Records that come, change or go.
pub(super) const RECORDS: Duration = Duration::from_secs(5);

#[derive(Clone, Default)]
pub(crate) struct CloudMap {
    namespaces: BTreeMap<String, Namespace>,
    pub(super) services: BTreeMap<String, Service>,
    operations: BTreeMap<String, Operation>,
    /// Why the next operation fails.
    failing: Option<String>,
}

#[derive(Clone)]
struct Namespace {
    id: String,
    arn: String,
    name: String,
    /// That of its hosted zone; `None`: an HTTP namespace has none.
    zone: Option<String>,
    description: String,
    token: String,
    tags: Tags,
    created_at: Time,
}

impl Namespace {
    fn new(scope: &Scope, id: &str, name: &str, zone: Option<&str>, now: Time) -> Self {
        Self {
            id: id.to_owned(),
            arn: scope.arn("servicediscovery", &format!("namespace/{id}")),
            name: name.to_owned(),
            zone: zone.map(str::to_owned),
            description: String::new(),
            token: String::new(),
            tags: Tags::new(),
            created_at: now,
        }
    }
}

/// Something that AWS has begun and not ended.
#[derive(Clone)]
struct Operation {
    change: Change,
    created_at: Time,
    ends_at: Time,
    failing: Option<String>,
}

#[derive(Clone)]
pub(super) enum Change {
    Make(Box<NewNamespace>),
    Unmake { namespace: String },
    Service { id: String, description: Option<String>, records: Vec<Value> },
    Register { service: String, instance: String, attributes: BTreeMap<String, String>, token: String },
    Deregister { service: String, instance: String },
}

#[derive(Clone)]
pub(super) struct NewNamespace(Namespace);

impl Change {
    fn kind(&self) -> &'static str {
        match self {
            Self::Make(_) => "CREATE_NAMESPACE",
            Self::Unmake { .. } => "DELETE_NAMESPACE",
            Self::Service { .. } => "UPDATE_SERVICE",
            Self::Register { .. } => "REGISTER_INSTANCE",
            Self::Deregister { .. } => "DEREGISTER_INSTANCE",
        }
    }

    /// What it is about, as GetOperation has it.
    fn target(&self) -> (&'static str, &str) {
        match self {
            Self::Make(made) => ("NAMESPACE", &made.0.id),
            Self::Unmake { namespace } => ("NAMESPACE", namespace),
            Self::Service { id, .. } => ("SERVICE", id),
            Self::Register { instance, .. } | Self::Deregister { instance, .. } => ("INSTANCE", instance),
        }
    }

    fn service(&self) -> Option<&str> {
        match self {
            Self::Register { service, .. } | Self::Deregister { service, .. } => Some(service),
            _ => None,
        }
    }

    fn is_of_the_same(&self, other: &Self) -> bool {
        self.target() == other.target() && self.service() == other.service()
    }
}

pub(super) fn call(env: &mut Env<'_>, region: &mut Region, operation: &str, request: Params<'_>) -> Answer {
    match operation {
        "CreateHttpNamespace" => create(env, region, request, false),
        "CreatePrivateDnsNamespace" => create(env, region, request, true),
        "CreateService" => services::create(env, region, request),
        "DeleteNamespace" => delete(env, region, request),
        "DeleteService" => services::delete(env, region, request),
        "DeregisterInstance" => instances::deregister(env, region, request),
        "GetInstance" => instances::get(region, request),
        "GetInstancesHealthStatus" => instances::health(env, region, request),
        "GetNamespace" => {
            let namespace = region.cloud_map.namespace(request.required("Id"))?;
            let mut described = region.cloud_map.describe(namespace);
            described["CreatorRequestId"] = json!(namespace.token);
            Ok(json!({ "Namespace": described }))
        }
        "GetOperation" => get_operation(env, region, request),
        "GetService" => services::get(region, request),
        "ListInstances" => instances::list(region, request),
        "ListNamespaces" => list(region, request),
        "ListServices" => services::list(region, request),
        "ListTagsForResource" => {
            let tags = tags_of(region, request.required("ResourceARN")).ok_or_else(no_resource)?;
            Ok(json!({"Tags": tags::to_json(Api::ServiceDiscovery, &tags)}))
        }
        "RegisterInstance" => instances::register(env, region, request),
        "TagResource" => {
            tags::add(Api::ServiceDiscovery, tags_mut(region, request)?, request.list("Tags"))?;
            Ok(json!({}))
        }
        "UntagResource" => {
            tags::remove(tags_mut(region, request)?, &request.texts("TagKeys"));
            Ok(json!({}))
        }
        "UpdateInstanceCustomHealthStatus" => instances::set_health(env, region, request),
        "UpdateService" => services::update(env, region, request),
        _ => Err(dispatch::unimplemented(Api::ServiceDiscovery, operation)),
    }
}

impl CloudMap {
    /// The namespaces that are there from the beginning.
    pub(super) fn standing(scope: &Scope, config: &Config, now: Time) -> Self {
        let named = config.cloud_map_namespaces.iter();
        let namespaces = named.map(|(id, name)| (id.clone(), Namespace::new(scope, id, name, Some("Z0"), now)));
        CloudMap { namespaces: namespaces.collect(), ..CloudMap::default() }
    }

    fn namespace(&self, id: &str) -> Result<&Namespace, Error> {
        self.namespaces
            .get(short_name(id))
            .ok_or_else(|| Error::new("NamespaceNotFound", format!("No namespace exists with the ID {id}.")))
    }

    /// The id of a namespace, and whether it has a hosted zone.
    pub(super) fn has_zone(&self, id: &str) -> Result<(String, bool), Error> {
        self.namespace(id).map(|found| (found.id.clone(), found.zone.is_some()))
    }

    /// The hosted zone that a service's records stand in.
    pub(super) fn zone_of(&self, service: &Service) -> Option<&str> {
        self.namespaces.get(&service.namespace)?.zone.as_deref()
    }

    fn describe(&self, namespace: &Namespace) -> Value {
        let count = self.services.values().filter(|service| service.namespace == namespace.id).count();
        let mut properties = json!({"HttpProperties": {"HttpName": namespace.name}});
        if let Some(zone) = &namespace.zone {
            properties["DnsProperties"] = json!({"HostedZoneId": zone, "SOA": {"TTL": 15}});
        }
        let mut described = json!({
            "Id": namespace.id,
            "Arn": namespace.arn,
            "Name": namespace.name,
            "Type": if namespace.zone.is_some() { "DNS_PRIVATE" } else { "HTTP" },
            "ServiceCount": count,
            "Properties": properties,
            "CreateDate": namespace.created_at.to_json(),
        });
        if !namespace.description.is_empty() {
            described["Description"] = json!(namespace.description);
        }
        described
    }

    /// The services that there are, by their names.
    pub(super) fn names(&self) -> Vec<&str> {
        self.services.values().map(Service::name).collect()
    }

    /// The operation under way on the same thing: AWS wants it to end first.
    fn under_way(&self, change: &Change, now: Time) -> Option<&String> {
        let mut operations = self.operations.iter();
        operations.find(|(_, known)| known.ends_at > now && known.change.is_of_the_same(change)).map(|(id, _)| id)
    }

    /// What is on its way to a service.
    pub(super) fn coming(&self, now: Time) -> impl Iterator<Item = &Change> {
        self.operations.values().filter(move |known| known.ends_at > now).map(|known| &known.change)
    }
}

/// Begins what takes time, and answers with its id.
pub(super) fn submit(env: &mut Env<'_>, region: &mut Region, change: Change, takes: Duration) -> Answer {
    if let Some(other) = region.cloud_map.under_way(&change, env.now) {
        let message = "Another operation of type UpdateService or RegisterInstance is in progress for this resource.";
        let mut error = Error::new("DuplicateRequest", message);
        error.members.insert("DuplicateOperationId".to_owned(), json!(other));
        return Err(error);
    }
    let id = format!("{}-{}", env.random.hex(32), env.random.hex(8));
    let ends_at = env.now + takes;
    let failing = region.cloud_map.failing.take();
    let operation = Operation { change, created_at: env.now, ends_at, failing };
    region.cloud_map.operations.insert(id.clone(), operation);
    env.agenda.add(ends_at, &region.scope, Due::CloudMap { operation: id.clone() });
    Ok(json!({ "OperationId": id }))
}

/// What was begun has ended.
pub(super) fn end(env: &Env<'_>, region: &mut Region, operation: &str) {
    let cloud_map = &mut region.cloud_map;
    let Some(found) = cloud_map.operations.get(operation).filter(|found| found.failing.is_none()) else {
        return;
    };
    match found.change.clone() {
        Change::Make(made) => {
            let NewNamespace(namespace) = *made;
            cloud_map.namespaces.insert(namespace.id.clone(), namespace);
        }
        Change::Unmake { namespace } => {
            cloud_map.namespaces.remove(&namespace);
        }
        Change::Service { id, description, records } => {
            if let Some(service) = cloud_map.services.get_mut(&id) {
                service.change(description, records);
            }
        }
        Change::Register { service, instance, attributes, token } => {
            if let Some(service) = cloud_map.services.get_mut(&service) {
                service.instances.insert(instance, instances::Instance::new(attributes, token, env.now));
            }
        }
        Change::Deregister { service, instance } => {
            if let Some(service) = cloud_map.services.get_mut(&service) {
                service.instances.remove(&instance);
            }
        }
    }
}

/// The next operation of a region that is submitted ends in FAIL, with this message.
pub(super) fn fail_next(region: &mut Region, message: &str) {
    region.cloud_map.failing = Some(message.to_owned());
}

fn get_operation(env: &Env<'_>, region: &Region, request: Params<'_>) -> Answer {
    let id = request.required("OperationId");
    let not_found = || Error::new("OperationNotFound", format!("No operation exists with the ID {id}."));
    let operation = region.cloud_map.operations.get(id).ok_or_else(not_found)?;
    let has_ended = operation.ends_at <= env.now;
    let status = match &operation.failing {
        Some(_) if has_ended => "FAIL",
        None if has_ended => "SUCCESS",
        _ if env.now < operation.created_at + SUBMITTED => "SUBMITTED",
        _ => "PENDING",
    };
    let (target, id_of_target) = operation.change.target();
    let mut described = json!({
        "Id": id,
        "Type": operation.change.kind(),
        "Status": status,
        "CreateDate": operation.created_at.to_json(),
        "UpdateDate": operation.ends_at.min(env.now).to_json(),
        "Targets": {target: id_of_target},
    });
    if let Some(message) = operation.failing.as_ref().filter(|_| has_ended) {
        described["ErrorCode"] = json!("CANNOT_CREATE_RECORDS");
        described["ErrorMessage"] = json!(message);
    }
    Ok(json!({ "Operation": described }))
}

fn create(env: &mut Env<'_>, region: &mut Region, request: Params<'_>, with_zone: bool) -> Answer {
    let (name, token) = (request.required("Name"), request.text("CreatorRequestId").unwrap_or_default());
    if request.get("Properties").is_some() {
        return Err(Error::unimplemented("Properties of a Cloud Map namespace"));
    }
    // Of one name, there is one that only calls ask, and one with a zone in a VPC; VPCs are not told apart.
    let namespaces = region.cloud_map.namespaces.values();
    let mut alike = namespaces.filter(|known| known.name == name && known.zone.is_some() == with_zone);
    if let Some(known) = alike.next() {
        let message = format!("The namespace {name} already exists.");
        let mut error = Error::new("NamespaceAlreadyExists", message);
        error.members.insert("NamespaceId".to_owned(), json!(known.id));
        error.members.insert("CreatorRequestId".to_owned(), json!(known.token));
        return Err(error);
    }
    let id = format!("ns-{}", env.random.hex(16));
    let zone = with_zone.then(|| format!("Z{}", env.random.hex(20).to_uppercase()));
    let namespace = Namespace {
        description: request.text("Description").unwrap_or_default().to_owned(),
        token: token.to_owned(),
        tags: tags::parse(Api::ServiceDiscovery, request.list("Tags"))?,
        ..Namespace::new(&region.scope, &id, name, zone.as_deref(), env.now)
    };
    let takes = if with_zone { ZONE } else { SUBMITTED };
    submit(env, region, Change::Make(Box::new(NewNamespace(namespace))), takes)
}

fn delete(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let (namespace, has_zone) = region.cloud_map.has_zone(request.required("Id"))?;
    if region.cloud_map.services.values().any(|service| service.namespace == namespace) {
        let message = format!("The namespace {namespace} has services: delete them first.");
        return Err(Error::new("ResourceInUse", message));
    }
    submit(env, region, Change::Unmake { namespace }, if has_zone { ZONE } else { SUBMITTED })
}

fn list(region: &Region, request: Params<'_>) -> Answer {
    let cloud_map = &region.cloud_map;
    let mut found: Vec<Value> = cloud_map.namespaces.values().map(|namespace| cloud_map.describe(namespace)).collect();
    for filter in request.list("Filters").iter().map(Params::new) {
        let member = match filter.required("Name") {
            "NAME" | "HTTP_NAME" => "Name",
            "TYPE" => "Type",
            other => return Err(Error::unimplemented(&format!("the filter {other} of ListNamespaces"))),
        };
        let values = filter.texts("Values");
        found.retain(|namespace| values.iter().any(|value| namespace[member] == **value));
    }
    page("Namespaces", &found, request)
}

/// A page of what is described, by its ids.
pub(super) fn page(member: &str, described: &[Value], request: Params<'_>) -> Answer {
    let id = |one: &Value| one["Id"].as_str().unwrap_or_default().to_owned();
    let ids: Vec<String> = described.iter().map(id).collect();
    let pages = json!({"maxResults": request.get("MaxResults"), "nextToken": request.get("NextToken")});
    let (page, next) = paging::page(Params::new(&pages), &ids, 100, 100)?;
    let found: Vec<&Value> = described.iter().filter(|one| page.contains(&id(one))).collect();
    let mut answer = json!({ member: found });
    if let Some(next) = next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn tags_of(region: &Region, arn: &str) -> Option<Tags> {
    let id = id_of(&region.scope, arn)?;
    let cloud_map = &region.cloud_map;
    let of_namespace = cloud_map.namespaces.get(id).map(|namespace| namespace.tags.clone());
    of_namespace.or_else(|| cloud_map.services.get(id).map(|service| service.tags.clone()))
}

fn tags_mut<'a>(region: &'a mut Region, request: Params<'_>) -> Result<&'a mut Tags, Error> {
    let id = id_of(&region.scope, request.required("ResourceARN")).ok_or_else(no_resource)?;
    let cloud_map = &mut region.cloud_map;
    let of_namespace = cloud_map.namespaces.get_mut(id).map(|namespace| &mut namespace.tags);
    of_namespace.or_else(|| cloud_map.services.get_mut(id).map(|service| &mut service.tags)).ok_or_else(no_resource)
}

fn id_of<'a>(scope: &Scope, arn: &'a str) -> Option<&'a str> {
    scope.resource("servicediscovery", arn)?.split_once('/').map(|(_, id)| id)
}

fn no_resource() -> Error {
    Error::new("ResourceNotFoundException", "The resource does not exist.")
}

pub(super) fn invalid(message: impl Into<String>) -> Error {
    Error::new("InvalidInput", message)
}
