//! Services of a Cloud Map namespace.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Api;
use crate::time::Time;

use super::cloud_map::{self, Change, RECORDS, invalid, submit};
use super::cloud_map_instances::Instance;
use super::params::{Params, short_name};
use super::tags::{self, Tags};
use super::{Answer, Env, Region};

#[derive(Clone)]
pub(crate) struct Service {
    id: String,
    pub(super) arn: String,
    name: String,
    /// The id of it.
    pub(super) namespace: String,
    description: String,
    /// `None`: only calls find it.
    dns: Option<Value>,
    pub(super) has_custom_health: bool,
    token: String,
    pub(super) tags: Tags,
    created_at: Time,
    pub(super) instances: BTreeMap<String, Instance>,
}

impl Service {
    fn describe(&self, owner: &str) -> Value {
        let mut described = json!({
            "Id": self.id,
            "Arn": self.arn,
            "Name": self.name,
            "ResourceOwner": owner,
            "Type": if self.dns.is_some() { "DNS_HTTP" } else { "HTTP" },
            "InstanceCount": self.instances.len(),
            "CreateDate": self.created_at.to_json(),
            "CreatedByAccount": owner,
        });
        if !self.description.is_empty() {
            described["Description"] = json!(self.description);
        }
        if let Some(dns) = &self.dns {
            described["DnsConfig"] = dns.clone();
        }
        if self.has_custom_health {
            // AWS waits for 30 seconds once, whatever was asked for.
            described["HealthCheckCustomConfig"] = json!({"FailureThreshold": 1});
        }
        described
    }

    /// As GetService and CreateService have it, and ListServices has not.
    fn whole(&self, owner: &str) -> Value {
        let mut described = self.describe(owner);
        described["NamespaceId"] = json!(self.namespace);
        described["CreatorRequestId"] = json!(self.token);
        described
    }

    pub(super) fn change(&mut self, description: Option<String>, records: Vec<Value>) {
        if let Some(description) = description {
            self.description = description;
        }
        if let Some(dns) = &mut self.dns {
            dns["DnsRecords"] = records.into();
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The types of its records.
    pub(super) fn records(&self) -> Vec<&str> {
        self.dns.as_ref().map(|dns| types(dns["DnsRecords"].as_array().map_or(&[], Vec::as_slice))).unwrap_or_default()
    }
}

fn types(records: &[Value]) -> Vec<&str> {
    records.iter().filter_map(|record| record["Type"].as_str()).collect()
}

pub(super) fn create(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let (name, owner) = (request.required("Name"), region.scope.account.clone());
    let token = request.text("CreatorRequestId").map_or_else(|| env.random.uuid(), str::to_owned);
    if !is_name(name) {
        return Err(invalid(format!("{name} is no name of a service.")));
    }
    let dns = request.nested("DnsConfig");
    let ((Some(namespace), None) | (None, Some(namespace))) = (request.text("NamespaceId"), dns.text("NamespaceId"))
    else {
        return Err(invalid("Specify a namespace ID either for the service or for its DnsConfig."));
    };
    let (namespace, has_zone) = region.cloud_map.has_zone(namespace)?;
    if request.get("HealthCheckConfig").is_some() {
        return Err(if has_zone {
            invalid("HealthCheckConfig is not for services in private DNS namespaces.")
        } else {
            Error::unimplemented("HealthCheckConfig of a Cloud Map service")
        });
    }
    let dns = match (request.get("DnsConfig").is_some(), has_zone) {
        (false, true) if request.text("Type").is_none() => {
            return Err(invalid("A service in a DNS namespace has a DnsConfig, or the type HTTP."));
        }
        (true, _) if request.text("Type").is_some() => {
            return Err(invalid("A service of the type HTTP has no DnsConfig."));
        }
        (true, false) => return Err(invalid("A service in an HTTP namespace has no DnsConfig.")),
        (true, true) => Some(dns_config(dns)?),
        (false, _) => None,
    };
    // Names in DNS don't differ by case alone.
    let is_taken = |known: &&Service| {
        known.namespace == namespace && (known.name == name || (dns.is_some() && known.name.eq_ignore_ascii_case(name)))
    };
    if let Some(known) = region.cloud_map.services.values().find(is_taken) {
        // A retry of the same request.
        if known.token == token && known.name == name {
            return Ok(json!({"Service": known.whole(&owner)}));
        }
        let mut error = Error::new("ServiceAlreadyExists", format!("Service {name} already exists."));
        for (member, text) in [("ServiceId", &known.id), ("ServiceArn", &known.arn), ("CreatorRequestId", &known.token)]
        {
            error.members.insert(member.to_owned(), json!(text));
        }
        return Err(error);
    }
    let id = format!("srv-{}", env.random.hex(16));
    let service = Service {
        arn: region.scope.arn("servicediscovery", &format!("service/{id}")),
        id: id.clone(),
        name: name.to_owned(),
        namespace,
        description: request.text("Description").unwrap_or_default().to_owned(),
        dns,
        has_custom_health: request.get("HealthCheckCustomConfig").is_some(),
        token,
        tags: tags::parse(Api::ServiceDiscovery, request.list("Tags"))?,
        created_at: env.now,
        instances: BTreeMap::new(),
    };
    let answer = json!({"Service": service.whole(&owner)});
    region.cloud_map.services.insert(id, service);
    Ok(answer)
}

/// As the pattern in AWS's model has it, which looks ahead, and so is not checked with the others.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        let is_inner = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
        let ends = |b: Option<&u8>| b.is_some_and(|b| *b != b'-' && (*b != b'_' || label.len() > 1));
        label.len() <= 63
            && label.bytes().all(is_inner)
            && ends(label.as_bytes().first())
            && ends(label.as_bytes().last())
    };
    name == "." || (name.len() <= 127 && name.split('.').all(is_label))
}

/// As AWS describes it: MULTIVALUE unless said otherwise.
fn dns_config(dns: Params<'_>) -> Answer {
    let (policy, records) = (dns.text("RoutingPolicy").unwrap_or("MULTIVALUE"), dns.list("DnsRecords"));
    let mut types = types(records);
    types.sort_unstable();
    match types.as_slice() {
        ["CNAME"] if policy != "WEIGHTED" => return Err(invalid("A CNAME record wants the routing policy WEIGHTED.")),
        ["A" | "AAAA" | "CNAME" | "SRV"] | ["A", "AAAA"] => {}
        _ => return Err(invalid("The record types are A, AAAA, A and AAAA, SRV, or CNAME.")),
    }
    Ok(json!({"RoutingPolicy": policy, "DnsRecords": records}))
}

pub(super) fn update(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let service = find(region, request.required("Id"))?;
    let (id, change) = (service.id.clone(), request.nested("Service"));
    if region.cloud_map.zone_of(service).is_none() {
        return Err(invalid("A service in an HTTP namespace can't be updated."));
    }
    if change.get("HealthCheckConfig").is_some() {
        return Err(invalid("HealthCheckConfig is not for services in private DNS namespaces."));
    }
    let records = change.nested("DnsConfig").list("DnsRecords");
    match (&service.dns, change.get("DnsConfig")) {
        (Some(_), None) => return Err(Error::unimplemented("taking the records of a Cloud Map service away")),
        (None, Some(_)) => return Err(invalid("The service has no records.")),
        _ => {}
    }
    let (mut known, mut given) = (service.records(), types(records));
    known.sort_unstable();
    given.sort_unstable();
    if known != given {
        return Err(invalid("The types of a service's records can't be changed."));
    }
    let description = change.text("Description").map(str::to_owned);
    submit(env, region, Change::Service { id, description, records: records.to_vec() }, RECORDS)
}

pub(super) fn delete(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let service = find(region, request.required("Id"))?;
    let id = service.id.clone();
    let is_coming = |change: &Change| matches!(change, Change::Register { service, .. } if *service == id);
    if !service.instances.is_empty() || region.cloud_map.coming(env.now).any(is_coming) {
        let message = "Service contains registered instances; delete the instances before deleting the service";
        return Err(Error::new("ResourceInUse", message));
    }
    region.cloud_map.services.remove(&id);
    Ok(json!({}))
}

pub(super) fn get(region: &Region, request: Params<'_>) -> Answer {
    let service = find(region, request.required("Id"))?;
    Ok(json!({"Service": service.whole(&region.scope.account)}))
}

pub(super) fn list(region: &Region, request: Params<'_>) -> Answer {
    let services = &region.cloud_map.services;
    let described: Vec<Value> = services.values().map(|service| service.describe(&region.scope.account)).collect();
    let mut answer = cloud_map::page("Services", &described, request)?;
    // A page is taken of all, and filtered then: it may be empty, and others follow.
    for filter in request.list("Filters").iter().map(Params::new) {
        if filter.required("Name") != "NAMESPACE_ID" {
            return Err(Error::unimplemented("filters of ListServices by the owner"));
        }
        let values = filter.texts("Values");
        let is_asked = |service: &Value| {
            let known = service["Id"].as_str().and_then(|id| services.get(id));
            known.is_some_and(|known| values.iter().any(|value| short_name(value) == known.namespace))
        };
        if let Some(page) = answer["Services"].as_array_mut() {
            page.retain(is_asked);
        }
    }
    Ok(answer)
}

pub(super) fn find<'a>(region: &'a Region, id: &str) -> Result<&'a Service, Error> {
    region.cloud_map.services.get(short_name(id)).ok_or_else(|| not_found(id))
}

pub(super) fn find_mut<'a>(region: &'a mut Region, id: &str) -> Result<&'a mut Service, Error> {
    region.cloud_map.services.get_mut(short_name(id)).ok_or_else(|| not_found(id))
}

fn not_found(id: &str) -> Error {
    Error::new("ServiceNotFound", format!("No service exists with the ID {id}."))
}
