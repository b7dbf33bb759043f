//! Instances of a Cloud Map service, and their health.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::time::Time;

use super::cloud_map::{self, Change, RECORDS, invalid, submit};
use super::cloud_map_services::{Service, find, find_mut};
use super::params::{Params, short_name};
use super::{Answer, Env, Region};

/// "AWS Cloud Map service quotas"; the first can't be raised.
const IN_A_SERVICE: usize = 1000;
const IN_A_NAMESPACE: usize = 2000;
const CUSTOM_ATTRIBUTES: usize = 30;
/// AWS waits for so long before a status that it was given holds.
const HEALTH: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub(crate) struct Instance {
    attributes: BTreeMap<String, String>,
    token: String,
    /// What holds from then on; what held before it is the other.
    is_healthy: (Time, bool),
}

impl Instance {
    pub(super) fn new(attributes: BTreeMap<String, String>, token: String, now: Time) -> Self {
        let is_healthy = attributes.get("AWS_INIT_HEALTH_STATUS").is_none_or(|status| status != "UNHEALTHY");
        Self { attributes, token, is_healthy: (now, is_healthy) }
    }

    fn holds(&self, now: Time) -> bool {
        let (from, healthy) = self.is_healthy;
        if from <= now { healthy } else { !healthy }
    }

    fn describe(&self, id: &str, owner: &str) -> Value {
        json!({"Id": id, "Attributes": self.attributes, "CreatedByAccount": owner})
    }
}

pub(super) fn register(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let service = find(region, request.required("ServiceId"))?;
    let id = short_name(&service.arn).to_owned();
    let instance = request.required("InstanceId").to_owned();
    let given = request.get("Attributes").and_then(Value::as_object).into_iter().flatten();
    let attributes: BTreeMap<String, String> =
        given.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned())).collect();
    check(service, &attributes)?;
    if !service.instances.contains_key(&instance) {
        let coming = |of: &dyn Fn(&str) -> bool| {
            let coming = region.cloud_map.coming(env.now);
            coming.filter(|change| matches!(change, Change::Register { service, .. } if of(service))).count()
        };
        let in_service = service.instances.len() + coming(&|other| other == id);
        let siblings = || region.cloud_map.services.iter().filter(|(_, other)| other.namespace == service.namespace);
        let in_namespace = siblings().map(|(_, other)| other.instances.len()).sum::<usize>()
            + coming(&|other| siblings().any(|(id, _)| id == other));
        for (count, quota, of) in [(in_service, IN_A_SERVICE, "service"), (in_namespace, IN_A_NAMESPACE, "namespace")] {
            if count >= quota {
                let message = format!("The quota of {quota} instances per {of} is reached.");
                return Err(Error::new("ResourceLimitExceeded", message));
            }
        }
    }
    let token = request.text("CreatorRequestId").map_or_else(|| env.random.uuid(), str::to_owned);
    submit(env, region, Change::Register { service: id, instance, attributes, token }, RECORDS)
}

/// "RegisterInstance", AWS Cloud Map API Reference: `Attributes`.
fn check(service: &Service, attributes: &BTreeMap<String, String>) -> Result<(), Error> {
    for name in ["AWS_ALIAS_DNS_NAME", "AWS_EC2_INSTANCE_ID"] {
        if attributes.contains_key(name) {
            return Err(Error::unimplemented(&format!("the attribute {name} of a Cloud Map instance")));
        }
    }
    let given = |name: &str| attributes.contains_key(name);
    let address = |v6: bool| if v6 { "AWS_INSTANCE_IPV6" } else { "AWS_INSTANCE_IPV4" };
    for record in service.records() {
        let lacks = match record {
            "A" if !given(address(false)) => address(false),
            "AAAA" if !given(address(true)) => address(true),
            "CNAME" if !given("AWS_INSTANCE_CNAME") => "AWS_INSTANCE_CNAME",
            "SRV" if !given("AWS_INSTANCE_PORT") => "AWS_INSTANCE_PORT",
            "SRV" if !given(address(false)) && !given(address(true)) => address(false),
            _ => continue,
        };
        return Err(invalid(format!("The service has {record} records: the attribute {lacks} is required.")));
    }
    for v6 in [false, true] {
        let name = address(v6);
        let is_one = |text: &String| text.parse::<std::net::IpAddr>().is_ok_and(|parsed| parsed.is_ipv6() == v6);
        if attributes.get(name).is_some_and(|text| !is_one(text)) {
            return Err(invalid(format!("{name} is not an address.")));
        }
    }
    if attributes.get("AWS_INSTANCE_PORT").is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err(invalid("AWS_INSTANCE_PORT is not a port."));
    }
    match attributes.get("AWS_INIT_HEALTH_STATUS").map(String::as_str) {
        None => {}
        Some("HEALTHY" | "UNHEALTHY") if service.has_custom_health => {}
        _ => return Err(invalid("AWS_INIT_HEALTH_STATUS is HEALTHY or UNHEALTHY, with a custom health check.")),
    }
    if attributes.keys().filter(|key| !key.starts_with("AWS_")).count() > CUSTOM_ATTRIBUTES {
        return Err(invalid(format!("An instance has at most {CUSTOM_ATTRIBUTES} custom attributes.")));
    }
    Ok(())
}

pub(super) fn deregister(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let service = find(region, request.required("ServiceId"))?;
    let (id, instance) = (short_name(&service.arn).to_owned(), request.required("InstanceId").to_owned());
    let is_it = |change: &Change| matches!(change, Change::Register { service, instance: coming, .. } if *service == id && *coming == instance);
    // One that is on its way is there to be waited for.
    if !service.instances.contains_key(&instance) && !region.cloud_map.coming(env.now).any(is_it) {
        return Err(not_found(&instance));
    }
    submit(env, region, Change::Deregister { service: id, instance }, RECORDS)
}

pub(super) fn get(region: &Region, request: Params<'_>) -> Answer {
    let (service, id) = (find(region, request.required("ServiceId"))?, request.required("InstanceId"));
    let instance = service.instances.get(id).ok_or_else(|| not_found(id))?;
    let mut described = instance.describe(id, &region.scope.account);
    described["CreatorRequestId"] = json!(instance.token);
    Ok(json!({"ResourceOwner": region.scope.account, "Instance": described}))
}

pub(super) fn list(region: &Region, request: Params<'_>) -> Answer {
    let service = find(region, request.required("ServiceId"))?;
    let owner = &region.scope.account;
    let described: Vec<Value> = service.instances.iter().map(|(id, known)| known.describe(id, owner)).collect();
    let mut answer = cloud_map::page("Instances", &described, request)?;
    answer["ResourceOwner"] = json!(owner);
    Ok(answer)
}

pub(super) fn health(env: &Env<'_>, region: &Region, request: Params<'_>) -> Answer {
    let service = find(region, request.required("ServiceId"))?;
    let named = request.texts("Instances");
    if let Some(unknown) = named.iter().find(|id| !service.instances.contains_key(**id)) {
        return Err(not_found(unknown));
    }
    let instances = service.instances.iter().filter(|(id, _)| named.is_empty() || named.contains(&id.as_str()));
    let described: Vec<Value> = instances
        .map(|(id, instance)| {
            let status = match (service.has_custom_health, instance.holds(env.now)) {
                (false, _) => "UNKNOWN",
                (true, true) => "HEALTHY",
                (true, false) => "UNHEALTHY",
            };
            json!({"Id": id, "Status": status})
        })
        .collect();
    let page = cloud_map::page("Status", &described, request)?;
    let listed = page["Status"].as_array().into_iter().flatten();
    let status: BTreeMap<&str, &Value> = listed.filter_map(|one| Some((one["Id"].as_str()?, &one["Status"]))).collect();
    let mut answer = json!({ "Status": status });
    if let Some(next) = page.get("NextToken") {
        answer["NextToken"] = next.clone();
    }
    Ok(answer)
}

pub(super) fn set_health(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let (now, id) = (env.now, request.required("InstanceId"));
    let service = find_mut(region, request.required("ServiceId"))?;
    if !service.has_custom_health {
        let message = "The service has no custom health check.";
        return Err(Error::new("CustomHealthNotFound", message));
    }
    let instance = service.instances.get_mut(id).ok_or_else(|| not_found(id))?;
    let wanted = request.required("Status") == "HEALTHY";
    // The same again makes it no sooner.
    if instance.is_healthy.1 != wanted {
        instance.is_healthy = (now + HEALTH, wanted);
    }
    Ok(json!({}))
}

fn not_found(id: &str) -> Error {
    Error::new("InstanceNotFound", format!("No instance exists with the ID {id}."))
}
