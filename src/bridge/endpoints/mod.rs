//! The tasks of an ECS service as endpoints of a Kubernetes Service: EndpointSlices beside those that Kubernetes makes of pods. Pure.
//!
//! [`wanted`] says which endpoints there are to be, by what the endpoints of one slice have in common ([`Shape`]); [`changes`] packs them
//! into slices, moving as little as it can; [`notes`] says what does not work with tasks behind that Service, and what to do.

mod notes;
mod pack;
mod readiness;
mod shape;

use std::collections::BTreeMap;

use k8s_openapi::api::{
    core::v1::Service,
    discovery::v1::{Endpoint, EndpointConditions, EndpointHints, ForZone},
};

pub use self::{
    notes::{Surroundings, TargetGroupBinding, notes},
    pack::{Change, FULL, Owner, changes, selector},
    readiness::{Readiness, readiness},
    shape::{Family, Port, Shape},
};
use crate::engine::tasks::{ServiceTasksResponse, Task};

/// The endpoints that there are to be, by address, for each shape.
pub type Wanted = BTreeMap<Shape, BTreeMap<String, Endpoint>>;

/// The endpoints that a service's tasks are for this Service.
pub fn wanted(service: &Service, found: &ServiceTasksResponse) -> Wanted {
    let mut wanted = Wanted::new();
    // Of two tasks at one address, the one that is further from its end has it.
    let mut best: BTreeMap<&str, Readiness> = BTreeMap::new();
    let Some(spec) = service.spec.as_ref().filter(|spec| spec.type_.as_deref() != Some("ExternalName")) else {
        return wanted;
    };
    let families = Family::of_service(spec);
    let regardless = spec.publish_not_ready_addresses.unwrap_or(false);
    let has_ports = spec.ports.as_ref().is_some_and(|ports| !ports.is_empty());
    for task in &found.tasks {
        let revision = found.revisions.get(&task.revision);
        let Some(readiness) = readiness(task, revision, regardless) else { continue };
        let ports = shape::ports(spec, revision);
        // None of the Service's ports leads there.
        if has_ports && ports.is_empty() {
            continue;
        }
        for address in &task.addresses {
            let family = Family::of(address);
            if !families.contains(&family) || best.get(address.as_str()).is_some_and(|other| *other >= readiness) {
                continue;
            }
            best.insert(address, readiness);
            for endpoints in wanted.values_mut() {
                endpoints.remove(address);
            }
            let shape = Shape { family, ports: ports.clone() };
            wanted.entry(shape).or_default().insert(address.clone(), endpoint(service, task, address, readiness));
        }
    }
    wanted.retain(|_, endpoints| !endpoints.is_empty());
    wanted
}

fn endpoint(service: &Service, task: &Task, address: &str, readiness: Readiness) -> Endpoint {
    Endpoint {
        addresses: vec![address.to_owned()],
        conditions: Some(EndpointConditions {
            ready: Some(readiness.ready),
            serving: Some(readiness.serving),
            terminating: Some(readiness.terminating),
        }),
        zone: task.zone.clone(),
        hints: task.zone.as_ref().filter(|_| readiness.ready && stays_near(service)).map(|zone| EndpointHints {
            for_zones: Some(vec![ForZone { name: zone.clone() }]),
            ..EndpointHints::default()
        }),
        ..Endpoint::default()
    }
}

/// Whether the Service's traffic is to stay near by (`trafficDistribution`). kube-proxy heeds that only where every endpoint has a hint.
fn stays_near(service: &Service) -> bool {
    service.spec.as_ref().is_some_and(|spec| spec.traffic_distribution.is_some())
}

/// A Service without an address of its own: DNS gives those of its endpoints.
fn is_headless(service: &Service) -> bool {
    service.spec.as_ref().is_some_and(|spec| spec.cluster_ip.as_deref() == Some("None"))
}

#[cfg(test)]
mod tests;
