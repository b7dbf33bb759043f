//! What must be true of the slices for any tasks, any Service, and whatever was there before.

use std::collections::{BTreeMap, BTreeSet};

use ecs_bridge::{
    bridge::endpoints::{Change, FULL, Owner, changes, readiness, wanted},
    engine::tasks::{Container, NamedPort, Revision, ServiceTasksResponse, Task},
};
use k8s_openapi::{
    api::{
        core::v1::Service,
        discovery::v1::{Endpoint, EndpointSlice},
    },
    apimachinery::pkg::apis::meta::v1::OwnerReference,
};
use proptest::prelude::*;
use serde_json::json;

use crate::cases::cases;

const STATUSES: &[&str] =
    &["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"];

/// What a task is in, as it runs for most of its life.
fn task() -> impl Strategy<Value = Task> {
    let status = prop_oneof![6 => Just("RUNNING"), 1 => prop::sample::select(STATUSES)];
    let health = prop_oneof![4 => Just("HEALTHY"), 1 => Just("UNKNOWN"), 1 => Just("UNHEALTHY")];
    (0..400_u32, status, health, prop::bool::weighted(0.9), 1..=3_u8, prop::bool::weighted(0.3)).prop_map(
        |(number, status, health, wanted, revision, ipv6)| {
            let mut addresses = vec![format!("10.0.{}.{}", number / 200, number % 200 + 4)];
            addresses.extend(ipv6.then(|| format!("2001:db8::{number:x}")));
            Task {
                arn: format!("arn:task/{number:04}"),
                revision: format!("arn:web:{revision}"),
                last_status: status.to_owned(),
                desired_status: if wanted { "RUNNING" } else { "STOPPED" }.to_owned(),
                health: health.to_owned(),
                zone: Some(format!("eu-west-1{}", ["a", "b", "c"][number as usize % 3])),
                addresses,
                containers: vec![Container {
                    name: "web".to_owned(),
                    last_status: "RUNNING".to_owned(),
                    health: health.to_owned(),
                }],
                ended: false,
            }
        },
    )
}

/// The third revision is not described any more, and the second has another port and a health check.
fn revisions() -> BTreeMap<String, Revision> {
    let revision = |port, checked: &[&str]| Revision {
        network_mode: "awsvpc".to_owned(),
        essential: vec!["web".to_owned()],
        checked: checked.iter().map(|name| (*name).to_owned()).collect(),
        ports: vec![NamedPort { name: "http".to_owned(), port, protocol: "tcp".to_owned() }],
    };
    [("arn:web:1".to_owned(), revision(8080, &[])), ("arn:web:2".to_owned(), revision(9090, &["web"]))].into()
}

fn tasks() -> impl Strategy<Value = ServiceTasksResponse> {
    prop_oneof![prop::collection::vec(task(), 0..20), prop::collection::vec(task(), 0..500)].prop_map(|tasks| {
        let by_arn: BTreeMap<String, Task> = tasks.into_iter().map(|task| (task.arn.clone(), task)).collect();
        ServiceTasksResponse { tasks: by_arn.into_values().collect(), revisions: revisions() }
    })
}

fn service() -> impl Strategy<Value = Service> {
    let port = prop_oneof![Just(json!(8080)), Just(json!("http")), Just(json!("none"))];
    let families = prop_oneof![Just(json!(["IPv4"])), Just(json!(["IPv6"])), Just(json!(["IPv4", "IPv6"]))];
    (prop::sample::select(vec!["web", "other"]), port, families, prop::bool::weighted(0.1)).prop_map(
        |(name, target, families, regardless)| {
            let port = json!({"name": "http", "port": 80, "targetPort": target});
            let spec = json!({"ports": [port], "ipFamilies": families, "publishNotReadyAddresses": regardless});
            serde_json::from_value(json!({"metadata": {"name": name}, "spec": spec})).expect("a Service")
        },
    )
}

fn owner() -> Owner {
    let reference = OwnerReference { name: "web".to_owned(), uid: "uid".to_owned(), ..OwnerReference::default() };
    Owner { namespace: "shop".to_owned(), reference }
}

fn name(slice: &EndpointSlice) -> String {
    slice.metadata.name.clone().expect("a name")
}

/// What an API server makes of it, which knows each name once.
fn apply(slices: &[EndpointSlice], changes: &[Change]) -> Result<Vec<EndpointSlice>, TestCaseError> {
    let mut after: BTreeMap<String, EndpointSlice> = slices.iter().map(|slice| (name(slice), slice.clone())).collect();
    for change in changes {
        let (replaced, is_new) = match change {
            Change::Create(slice) => (after.insert(name(slice), slice.clone()), true),
            Change::Update(slice) => (after.insert(name(slice), slice.clone()), false),
            Change::Delete(slice) => (after.remove(&name(slice)), false),
        };
        prop_assert_eq!(replaced.is_none(), is_new, "{:?}", change);
        if let (Change::Update(slice), Some(before)) = (change, replaced) {
            prop_assert_eq!(&slice.address_type, &before.address_type, "Kubernetes lets no slice change its family");
        }
    }
    Ok(after.into_values().collect())
}

fn endpoints(slices: &[EndpointSlice]) -> impl Iterator<Item = (&EndpointSlice, &Endpoint)> {
    slices.iter().flat_map(|slice| slice.endpoints.iter().flatten().map(move |endpoint| (slice, endpoint)))
}

/// Where each address is.
fn places(slices: &[EndpointSlice]) -> BTreeMap<String, String> {
    endpoints(slices).map(|(slice, endpoint)| (endpoint.addresses[0].clone(), name(slice))).collect()
}

/// The addresses that the Service's traffic has to go to, by what is said of each task alone.
fn ready(service: &Service, found: &ServiceTasksResponse) -> BTreeSet<String> {
    let spec = service.spec.as_ref().expect("a spec");
    let families = spec.ip_families.clone().expect("families");
    let port = json!(spec.ports.as_ref().expect("ports")[0].target_port);
    let has_port = |task: &Task| match port.as_str() {
        None => true,
        Some(name) => name == "http" && found.revisions.contains_key(&task.revision),
    };
    let regardless = spec.publish_not_ready_addresses == Some(true);
    let is_ready = |task: &&Task| {
        readiness(task, found.revisions.get(&task.revision), regardless).is_some_and(|readiness| readiness.ready)
    };
    let tasks = found.tasks.iter().filter(is_ready).filter(|task| has_port(task));
    let addresses = tasks.flat_map(|task| task.addresses.clone());
    addresses.filter(|address| families.iter().any(|family| (family == "IPv6") == address.contains(':'))).collect()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_slices_hold_each_ready_task_once_and_no_other(steps in prop::collection::vec((service(), tasks()), 1..5)) {
        let mut slices: Vec<EndpointSlice> = Vec::new();
        for (service, found) in steps {
            let wants = wanted(&service, &found);
            let planned = changes(&wants, Some(&service), &slices, &owner());
            let before = places(&slices);
            let shapes: BTreeMap<String, _> = slices.iter().map(|slice| (name(slice), slice.ports.clone())).collect();
            slices = apply(&slices, &planned)?;

            let again = changes(&wants, Some(&service), &slices, &owner());
            prop_assert_eq!(again, vec![], "a second look writes something");

            let all: Vec<String> = endpoints(&slices).map(|(_, endpoint)| endpoint.addresses[0].clone()).collect();
            prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "an address is there twice");
            let is_ready = |endpoint: &Endpoint| endpoint.conditions.as_ref().expect("conditions").ready == Some(true);
            let held: BTreeSet<String> = endpoints(&slices)
                .filter(|(_, endpoint)| is_ready(endpoint))
                .map(|(_, endpoint)| endpoint.addresses[0].clone())
                .collect();
            prop_assert_eq!(held, ready(&service, &found), "who is ready");

            let living: BTreeSet<&String> = found
                .tasks
                .iter()
                .filter(|task| ["ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING"].contains(&task.last_status.as_str()))
                .flat_map(|task| &task.addresses)
                .collect();
            prop_assert!(all.iter().all(|address| living.contains(address)), "an address of nobody");
            for slice in &slices {
                let held = slice.endpoints.as_ref().expect("endpoints");
                prop_assert!((1..=FULL).contains(&held.len()), "{} has {} endpoints", name(slice), held.len());
                for endpoint in held {
                    let is_v6 = endpoint.addresses[0].contains(':');
                    prop_assert_eq!(is_v6, slice.address_type == "IPv6", "{}", name(slice));
                    prop_assert!(endpoint.zone.is_some());
                }
            }

            // Who stays, stays where it is, as long as its slice keeps its ports.
            let kept = |place: &String| slices.iter().find(|slice| name(slice) == *place).map(|slice| slice.ports.clone());
            for (address, place) in places(&slices) {
                let Some(old) = before.get(&address).filter(|old| **old != place) else { continue };
                let has_changed = kept(old).is_none_or(|ports| ports != shapes[old]) || kept(&place) != kept(old);
                prop_assert!(has_changed, "{address} has moved from {old} to {place}");
            }
        }
    }

    #[test]
    fn what_nobody_wants_is_taken_away(service in service(), found in tasks()) {
        let slices = apply(&[], &changes(&wanted(&service, &found), Some(&service), &[], &owner()))?;
        let none = ecs_bridge::bridge::endpoints::Wanted::new();
        for service in [None, Some(&service)] {
            prop_assert_eq!(apply(&slices, &changes(&none, service, &slices, &owner()))?, vec![]);
        }
    }

    #[test]
    fn slices_of_others_making_are_put_right(service in service(), found in tasks(), broken in prop::collection::vec(0..6_u8, 1..6)) {
        let wants = wanted(&service, &found);
        let mut slices = apply(&[], &changes(&wants, Some(&service), &[], &owner()))?;
        for (slice, how) in slices.iter_mut().zip(broken) {
            let endpoints = slice.endpoints.as_mut().expect("endpoints");
            match how {
                0 => endpoints.clear(),
                1 => endpoints.extend_from_slice(&endpoints.clone()),
                2 => slice.endpoints = None,
                3 => slice.ports = None,
                4 => slice.metadata.labels.as_mut().expect("labels").clear(),
                _ => slice.metadata.owner_references = None,
            }
        }
        let slices = apply(&slices, &changes(&wants, Some(&service), &slices, &owner()))?;
        prop_assert_eq!(changes(&wants, Some(&service), &slices, &owner()), vec![], "a second look writes something");
        let held: usize = slices.iter().map(|slice| slice.endpoints.as_ref().map_or(0, Vec::len)).sum();
        prop_assert_eq!(held, wants.values().map(BTreeMap::len).sum::<usize>(), "not all are there, or more");
    }
}
