use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::{api::discovery::v1::EndpointSlice, apimachinery::pkg::apis::meta::v1::OwnerReference};
use serde_json::{Value, json};

use super::*;
use crate::engine::tasks::{NamedPort, Revision};

fn service(spec: &Value) -> Service {
    let mut service: Service =
        serde_json::from_value(json!({"metadata": {"name": "web", "namespace": "shop"}, "spec": spec}))
            .expect("a Service");
    let spec = service.spec.as_mut().expect("a spec");
    spec.selector.get_or_insert_with(|| [("app".to_owned(), "web".to_owned())].into());
    service
}

fn plain() -> Service {
    service(&json!({"ports": [{"name": "http", "port": 80, "targetPort": 8080}]}))
}

fn revision() -> Revision {
    let port = NamedPort { name: "http".to_owned(), port: 8080, protocol: "tcp".to_owned() };
    Revision { network_mode: "awsvpc".to_owned(), ports: vec![port], ..Revision::default() }
}

fn task(number: usize) -> Task {
    Task {
        arn: format!("arn:task/{number:04}"),
        revision: "arn:web:1".to_owned(),
        last_status: "RUNNING".to_owned(),
        desired_status: "RUNNING".to_owned(),
        health: "UNKNOWN".to_owned(),
        zone: Some("eu-west-1a".to_owned()),
        addresses: vec![format!("10.0.{}.{}", 100 + number / 100, 100 + number % 100)],
        ..Task::default()
    }
}

fn found(tasks: Vec<Task>) -> ServiceTasksResponse {
    ServiceTasksResponse { tasks, revisions: [("arn:web:1".to_owned(), revision())].into() }
}

fn tasks(numbers: std::ops::Range<usize>) -> ServiceTasksResponse {
    found(numbers.map(task).collect())
}

fn owner(name: &str) -> Owner {
    let reference = OwnerReference {
        api_version: "ecs-bridge.dev/v1alpha1".to_owned(),
        kind: "WorkloadBridge".to_owned(),
        name: name.to_owned(),
        uid: "uid-1".to_owned(),
        controller: Some(true),
        block_owner_deletion: None,
    };
    Owner { namespace: "shop".to_owned(), reference }
}

/// The slices after these changes, as an API server keeps them: what is not ours of the metadata stays.
fn applied(slices: &[EndpointSlice], changes: &[Change]) -> Vec<EndpointSlice> {
    let mut after: BTreeMap<String, EndpointSlice> = slices.iter().map(|slice| (name(slice), slice.clone())).collect();
    for change in changes {
        match change {
            Change::Create(slice) => {
                assert!(after.insert(name(slice), slice.clone()).is_none(), "{} is there", name(slice));
            }
            Change::Update(slice) => {
                let mut slice = slice.clone();
                let before = after.remove(&name(&slice)).expect("it is there");
                let theirs = before.metadata.labels.unwrap_or_default().into_iter().filter(|(key, _)| key == "team");
                slice.metadata.labels.get_or_insert_default().extend(theirs);
                after.insert(name(&slice), slice);
            }
            Change::Delete(slice) => {
                assert!(after.remove(&name(slice)).is_some(), "{} is not there", name(slice));
            }
        }
    }
    after.into_values().collect()
}

fn name(slice: &EndpointSlice) -> String {
    slice.metadata.name.clone().expect("a name")
}

fn after(slices: &[EndpointSlice], service: &Service, found: &ServiceTasksResponse) -> Vec<EndpointSlice> {
    applied(slices, &changes(&wanted(service, found), Some(service), slices, &owner("web")))
}

/// A word for each change: what is done to which slice.
fn told(changes: &[Change]) -> Vec<String> {
    let sizes = |slice: &EndpointSlice| slice.endpoints.as_ref().map_or(0, Vec::len);
    let word = |change: &Change| match change {
        Change::Create(slice) => format!("+{} {}", name(slice), sizes(slice)),
        Change::Update(slice) => format!("={} {}", name(slice), sizes(slice)),
        Change::Delete(slice) => format!("-{}", name(slice)),
    };
    changes.iter().map(word).collect()
}

#[test]
fn a_slice_says_all_that_kubernetes_wants_to_know() {
    let slices = after(&[], &plain(), &tasks(0..1));
    let expected = json!([{
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {
            "name": "web-ecs-ipv4-0",
            "namespace": "shop",
            "labels": {
                "kubernetes.io/service-name": "web",
                "endpointslice.kubernetes.io/managed-by": "ecs-bridge.dev",
                "ecs-bridge.dev/owner": "web",
            },
            "ownerReferences": [{
                "apiVersion": "ecs-bridge.dev/v1alpha1", "kind": "WorkloadBridge", "name": "web", "uid": "uid-1", "controller": true,
            }],
        },
        "addressType": "IPv4",
        "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}],
        "endpoints": [{
            "addresses": ["10.0.100.100"],
            "conditions": {"ready": true, "serving": true, "terminating": false},
            "zone": "eu-west-1a",
        }],
    }]);
    assert_eq!(serde_json::to_value(slices).expect("JSON"), expected);
}

#[test]
fn a_change_costs_few_writes_and_moves_nothing() {
    let (web, none) = (plain(), Vec::new());
    let first = after(&none, &web, &tasks(0..250));
    let two = |range: std::ops::Range<usize>, slices: &[EndpointSlice]| {
        told(&changes(&wanted(&web, &tasks(range)), Some(&web), slices, &owner("web")))
    };
    assert_eq!(two(0..250, &none), ["+web-ecs-ipv4-0 100", "+web-ecs-ipv4-1 100", "+web-ecs-ipv4-2 50"]);
    assert_eq!(two(0..250, &first), [""; 0], "nothing has changed");
    assert_eq!(two(1..250, &first), ["=web-ecs-ipv4-0 99"], "one is gone");
    assert_eq!(two(0..260, &first), ["=web-ecs-ipv4-2 60"], "ten more go where there is room");
    assert_eq!(two(0..310, &first), ["+web-ecs-ipv4-3 60"], "sixty more have no room together");
    assert_eq!(two(5..255, &first), ["=web-ecs-ipv4-0 100"], "who comes takes the room of who goes, in one write");
    assert_eq!(two(100..250, &first), ["-web-ecs-ipv4-0"], "an empty slice goes");
    assert_eq!(
        two(150..250, &first),
        ["=web-ecs-ipv4-1 50", "-web-ecs-ipv4-0"],
        "two that are half full are left alone"
    );
    assert_eq!(two(0..0, &first).len(), 3, "all go");
    let fewer = after(&first, &web, &tasks(100..250));
    assert_eq!(
        two(100..360, &fewer),
        ["+web-ecs-ipv4-0 100", "=web-ecs-ipv4-2 60"],
        "a name that is free is taken again"
    );
}

#[test]
fn another_port_is_written_into_the_slices_that_are_there() {
    let (old, new) = (plain(), service(&json!({"ports": [{"name": "http", "port": 80, "targetPort": 9090}]})));
    let slices = after(&[], &old, &tasks(0..150));
    let changes = changes(&wanted(&new, &tasks(0..150)), Some(&new), &slices, &owner("web"));
    assert_eq!(told(&changes), ["=web-ecs-ipv4-0 100", "=web-ecs-ipv4-1 50"]);
    let (before, after) = (&slices[0], &applied(&slices, &changes)[0]);
    assert_eq!(before.endpoints, after.endpoints, "an endpoint has moved");
    assert_eq!(after.ports.as_ref().expect("ports")[0].port, Some(9090));
}

#[test]
fn revisions_with_other_ports_stand_side_by_side() {
    let web = service(&json!({"ports": [{"name": "http", "port": 80, "targetPort": "http"}]}));
    let mut both = tasks(0..4);
    let mut next = revision();
    next.ports[0].port = 9090;
    both.revisions.insert("arn:web:2".to_owned(), next);
    both.tasks[2].revision = "arn:web:2".to_owned();
    both.tasks[3].revision = "arn:web:3".to_owned();
    let slices = after(&after(&[], &web, &tasks(0..2)), &web, &both);
    let held: Vec<(Option<i32>, usize)> = slices
        .iter()
        .map(|slice| (slice.ports.as_ref().expect("ports")[0].port, slice.endpoints.as_ref().expect("endpoints").len()))
        .collect();
    assert_eq!(held, [(Some(8080), 2), (Some(9090), 1)], "and whose port is not known has none");
}

#[test]
fn each_family_that_the_service_takes_has_its_slices() {
    let mut two = tasks(0..2);
    two.tasks[0].addresses.push("2001:db8::4".to_owned());
    for (families, expected) in [
        (json!(["IPv4"]), &["+web-ecs-ipv4-0 2"][..]),
        (json!(["IPv6"]), &["+web-ecs-ipv6-0 1"]),
        (json!(["IPv6", "IPv4"]), &["+web-ecs-ipv4-0 2", "+web-ecs-ipv6-0 1"]),
    ] {
        let web = service(&json!({"ports": [{"port": 80}], "ipFamilies": families}));
        assert_eq!(told(&changes(&wanted(&web, &two), Some(&web), &[], &owner("web"))), expected, "{families}");
    }
}

#[test]
fn an_address_is_behind_the_service_once() {
    let mut two = tasks(0..2);
    two.tasks[1].addresses = two.tasks[0].addresses.clone();
    for leaving in [0, 1] {
        let mut two = two.clone();
        two.tasks[leaving].last_status = "DEACTIVATING".to_owned();
        let slices = after(&[], &plain(), &two);
        let endpoints = slices[0].endpoints.clone().expect("endpoints");
        assert_eq!(endpoints.len(), 1);
        assert_eq!(
            endpoints[0].conditions.as_ref().expect("conditions").ready,
            Some(true),
            "who has just got it has it"
        );
    }
}

#[test]
fn hints_keep_traffic_near_where_the_service_wants_that() {
    for (spec, expected) in [
        (json!({"ports": [{"port": 80}]}), None),
        (json!({"ports": [{"port": 80}], "trafficDistribution": "PreferSameZone"}), Some("eu-west-1a")),
    ] {
        let slices = after(&[], &service(&spec), &tasks(0..1));
        let endpoint = slices[0].endpoints.as_ref().expect("endpoints")[0].clone();
        let zone = endpoint.hints.and_then(|hints| hints.for_zones).map(|zones| zones[0].name.clone());
        assert_eq!(zone.as_deref(), expected, "{spec}");
    }
}

#[test]
fn what_is_not_for_the_service_any_more_goes() {
    let slices = after(&[], &plain(), &tasks(0..2));
    let gone = ["-web-ecs-ipv4-0"];
    assert_eq!(told(&changes(&Wanted::new(), None, &slices, &owner("web"))), gone, "the Service is gone");
    let external = service(&json!({"type": "ExternalName", "externalName": "example.com", "ports": [{"port": 80}]}));
    let wants = wanted(&external, &tasks(0..2));
    assert_eq!(told(&changes(&wants, Some(&external), &slices, &owner("web"))), gone, "it has no endpoints");
    let mut other = plain();
    other.metadata.name = Some("other".to_owned());
    let moved = changes(&wanted(&other, &tasks(0..2)), Some(&other), &slices, &owner("web"));
    assert_eq!(told(&moved), ["+web-ecs-ipv4-1 2", "-web-ecs-ipv4-0"], "another Service is meant");
}

#[test]
fn labels_and_owner_are_put_right_and_those_of_others_stay() {
    let mut slices = after(&[], &plain(), &tasks(0..2));
    let right = slices.clone();
    let labels = slices[0].metadata.labels.as_mut().expect("labels");
    labels.insert("team".to_owned(), "shop".to_owned());
    assert_eq!(
        changes(&wanted(&plain(), &tasks(0..2)), Some(&plain()), &slices, &owner("web")),
        [],
        "a label of others"
    );
    slices[0].metadata.owner_references.as_mut().expect("owners")[0].uid = "uid-0".to_owned();
    let mended = after(&slices, &plain(), &tasks(0..2));
    assert_eq!(mended[0].metadata.owner_references, right[0].metadata.owner_references, "the owner was made anew");
    assert_eq!(mended[0].metadata.labels.as_ref().expect("labels").get("team").map(String::as_str), Some("shop"));
    let headless = service(&json!({"clusterIP": "None", "ports": [{"name": "http", "port": 80, "targetPort": 8080}]}));
    let marked = after(&slices, &headless, &tasks(0..2));
    let is_marked = |slice: &EndpointSlice| {
        slice.metadata.labels.as_ref().expect("labels").contains_key("service.kubernetes.io/headless")
    };
    assert!(is_marked(&marked[0]), "kube-proxy has nothing to do with a headless Service");
    assert!(!is_marked(&after(&marked, &plain(), &tasks(0..2))[0]));
}

#[test]
fn names_and_labels_are_within_kubernetes_limits_and_differ() {
    let (long, longer) = ("a".repeat(253), format!("{}b", "a".repeat(252)));
    let (mut names, mut labels) = (BTreeSet::new(), BTreeSet::new());
    for bridge in ["web", "web-ecs-ipv4-0", &long, &longer] {
        let changes = changes(&wanted(&plain(), &tasks(0..1)), Some(&plain()), &[], &owner(bridge));
        let [Change::Create(slice)] = &changes[..] else { panic!("{changes:?}") };
        assert!(name(slice).len() <= 253 && names.insert(name(slice)), "{bridge}: {}", name(slice));
        let label = &slice.metadata.labels.as_ref().expect("labels")["ecs-bridge.dev/owner"];
        assert!(label.len() <= 63 && labels.insert(label.clone()), "{bridge}: {label}");
        assert!(
            selector(&owner(bridge))
                .iter()
                .all(|(key, value)| { slice.metadata.labels.as_ref().expect("labels").get(key) == Some(value) })
        );
    }
}

#[test]
fn what_does_not_work_is_said_with_the_remedy() {
    let binding = |service: &str, target_type: &str| TargetGroupBinding {
        name: "tgb".to_owned(),
        service: service.to_owned(),
        target_type: target_type.to_owned(),
    };
    let port = json!([{"name": "http", "port": 80, "targetPort": 8080}]);
    let bridged = {
        let mut found = tasks(0..1);
        found.revisions.insert("arn:web:1".to_owned(), Revision { network_mode: String::new(), ..revision() });
        found
    };
    for (case, spec, found, bindings, expected) in [
        ("nothing", json!({}), tasks(0..1), vec![], &[][..]),
        ("no tasks yet", json!({}), found(vec![]), vec![binding("other", "ip")], &[]),
        ("node ports", json!({}), tasks(0..1), vec![binding("web", "instance")], &[]),
        ("pod targets", json!({}), tasks(0..1), vec![binding("web", "ip")], &["give the EcsService the target group"]),
        ("from pods", json!({"internalTrafficPolicy": "Local"}), tasks(0..1), vec![], &["internalTrafficPolicy"]),
        ("from outside", json!({"externalTrafficPolicy": "Local"}), tasks(0..1), vec![], &["externalTrafficPolicy"]),
        ("a name", json!({"ports": [{"port": 80, "targetPort": "api"}]}), tasks(0..1), vec![], &["a port named api"]),
        ("SCTP", json!({"ports": [{"port": 80, "protocol": "SCTP"}]}), tasks(0..1), vec![], &["is SCTP"]),
        ("no address", json!({}), bridged, vec![], &["tasks of network mode bridge"]),
        ("no such address", json!({"ipFamilies": ["IPv6"]}), tasks(0..1), vec![], &["wants IPv6"]),
        ("headless", json!({"clusterIP": "None"}), tasks(0..1), vec![], &["is headless"]),
        ("no pods", json!({"selector": {}}), tasks(0..1), vec![], &["selects no pods"]),
    ] {
        let mut spec = spec;
        if spec["ports"].is_null() {
            spec["ports"] = port.clone();
        }
        let around = Surroundings { bindings: &bindings, security_groups: &[] };
        let told = notes(&service(&spec), &found, around);
        let told: Vec<&String> = told.iter().filter(|note| !note.starts_with("pods reach the tasks on")).collect();
        assert_eq!(told.len(), expected.len(), "{case}: {told:#?}");
        for (note, part) in told.iter().zip(expected) {
            assert!(note.contains(part), "{case}: {note}");
        }
    }
}

#[test]
fn security_groups_are_said_with_the_ports() {
    let groups = ["sg-1".to_owned(), "sg-2".to_owned()];
    let around = |security_groups| Surroundings { bindings: &[], security_groups };
    let [note] = &notes(&plain(), &tasks(0..1), around(&groups))[..] else { panic!("more than one") };
    assert!(note.contains("on TCP 8080 only") && note.contains("(sg-1, sg-2)"), "{note}");
    let [note] = &notes(&plain(), &tasks(0..1), around(&[]))[..] else { panic!("more than one") };
    assert!(note.contains("(the default one of their VPC)"), "{note}");
}

#[test]
fn an_external_name_has_no_endpoints_and_nothing_else_is_said() {
    let external = service(&json!({"type": "ExternalName", "internalTrafficPolicy": "Local"}));
    let told = notes(&external, &tasks(0..1), Surroundings { bindings: &[], security_groups: &[] });
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("of type ClusterIP"), "{told:?}");
}
