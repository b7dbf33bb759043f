//! Random services of Cloud Map, and the Kubernetes Service whose ready endpoints are their instances.

use aws_sim::{Api, Scope};
use ecs_bridge::{engine::outcome::State, kinds::cloud_map_service::CloudMapService};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    Aws, Object,
    object::{is_ready, reason},
    sample::{Sample, Spec, members, one_of},
    service::with,
};

/// The namespace `internal`.
pub const NAMESPACE: &str = "ns-0123456789abcdef";

/// Those that every AWS here begins with.
pub fn namespaces() -> Vec<(String, String)> {
    vec![(NAMESPACE.to_owned(), "internal".to_owned())]
}

/// An AWS with a namespace in which others have a service too, beside a cluster that has the Service `web` with two pods.
pub fn aws() -> Aws {
    let aws = Aws::default();
    aws.cloud_map("CreateService", json!({"Name": "theirs", "NamespaceId": NAMESPACE, "DnsConfig": records(&["A"])}));
    begin(&aws);
    aws
}

/// The Service with its pods.
pub fn begin(aws: &Aws) {
    aws.pods(|cluster| {
        let ports = json!([{"name": "http", "port": 80, "targetPort": "http"}]);
        cluster.objects.put("Service", "web", json!({"spec": {"ports": ports}}));
    });
    endpoints(aws, &[("web-1", "10.0.0.1"), ("web-2", "10.0.0.2")]);
}

/// The ready pods of the Service, with an address of either family each.
pub fn endpoints(aws: &Aws, pods: &[(&str, &str)]) {
    let slice = |family: &str, address: &dyn Fn(&str) -> String| {
        let endpoint = |(name, of): &(&str, &str)| {
            json!({
                "addresses": [address(of)],
                "conditions": {"ready": true},
                "targetRef": {"kind": "Pod", "name": name},
            })
        };
        json!({
            "metadata": {"labels": {"kubernetes.io/service-name": "web"}},
            "addressType": family,
            "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}],
            "endpoints": pods.iter().map(endpoint).collect::<Vec<_>>(),
        })
    };
    aws.pods(|cluster| {
        cluster.objects.put("EndpointSlice", "web-4", slice("IPv4", &|address| address.to_owned()));
        cluster.objects.put("EndpointSlice", "web-6", slice("IPv6", &|address| format!("fd00::{}", &address[7..])));
    });
}

pub fn records(types: &[&str]) -> Value {
    let records: Value = types.iter().map(|of| json!({"Type": of, "TTL": 10})).collect();
    json!({ "DnsRecords": records })
}

/// The id of the service that the object `web` makes, or AWS's words where there is none.
pub fn id(aws: &Aws) -> Result<Value, aws_sim::Error> {
    let listed = aws.somebody(Api::ServiceDiscovery, "ListServices", &json!({}))?;
    let found = listed["Services"].as_array().into_iter().flatten().find(|service| service["Name"] == "web.shop");
    Ok(found.cloned().unwrap_or_default()["Id"].clone())
}

/// A spec in the namespace, with the pods of the Service.
pub fn of(more: Value) -> Value {
    let base = json!({"NamespaceId": NAMESPACE, "DnsConfig": records(&["A"]), "serviceRef": {"name": "web"}});
    with(base, &more)
}

impl Aws {
    pub fn cloud_map(&self, operation: &str, input: Value) -> Value {
        let answer = self.somebody(Api::ServiceDiscovery, operation, &input);
        answer.unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
    }

    /// The services, by name, with their tags and instances.
    pub fn cloud_map_services(&self) -> Value {
        let mut found = Map::new();
        let listed = self.cloud_map("ListServices", json!({}));
        for service in listed["Services"].as_array().into_iter().flatten() {
            let mut kept = Map::new();
            for member in ["Description", "DnsConfig", "HealthCheckCustomConfig", "Type"] {
                kept.insert(member.to_owned(), service[member].clone());
            }
            let tags = self.cloud_map("ListTagsForResource", json!({"ResourceARN": service["Arn"]}));
            kept.insert("Tags".to_owned(), tags["Tags"].clone());
            kept.insert("instances".to_owned(), self.instances(service["Id"].as_str().expect("an id")));
            found.insert(service["Name"].as_str().expect("a name").to_owned(), kept.into());
        }
        Value::Object(found)
    }

    fn instances(&self, service: &str) -> Value {
        let (mut found, mut next) = (Map::new(), Value::Null);
        loop {
            let mut request = json!({ "ServiceId": service });
            if next.is_string() {
                request["NextToken"] = next;
            }
            let page = self.cloud_map("ListInstances", request);
            for instance in page["Instances"].as_array().into_iter().flatten() {
                found.insert(instance["Id"].as_str().expect("an id").to_owned(), instance["Attributes"].clone());
            }
            next = page["NextToken"].clone();
            if !next.is_string() {
                return Value::Object(found);
            }
        }
    }

    /// The id of the service that the object `web` has made.
    fn id(&self, name: &str) -> String {
        let listed = self.cloud_map("ListServices", json!({}));
        let found = listed["Services"].as_array().into_iter().flatten().find(|service| service["Name"] == name);
        found.expect("a service")["Id"].as_str().expect("an id").to_owned()
    }

    /// The addresses of the instances, by their ids.
    fn addresses(&self) -> Value {
        let instances = self.cloud_map_services()["web.shop"]["instances"].clone();
        let instances = instances.as_object().expect("instances");
        instances.iter().map(|(id, attributes)| (id.clone(), attributes["AWS_INSTANCE_IPV4"].clone())).collect()
    }

    pub fn deregister(&self, instance: &str) {
        self.cloud_map("DeregisterInstance", json!({"ServiceId": self.id("web.shop"), "InstanceId": instance}));
        self.advance(std::time::Duration::from_mins(1));
    }

    pub fn register(&self, instance: &str, address: &str) {
        let attributes = json!({"AWS_INSTANCE_IPV4": address});
        let request = json!({"ServiceId": self.id("web.shop"), "InstanceId": instance, "Attributes": attributes});
        self.cloud_map("RegisterInstance", request);
        self.advance(std::time::Duration::from_mins(1));
    }
}

impl Sample for CloudMapService {
    fn specs() -> BoxedStrategy<Spec> {
        let namespace = one_of(vec![json!({"NamespaceId": NAMESPACE})]);
        let description = one_of(vec![json!({}), json!({"Description": "of the shop"}), json!({"Description": ""})]);
        let dns = |types: &[&str], more: Value| json!({"DnsConfig": with(records(types), &more)});
        let ttl = json!({"DnsConfig": {"DnsRecords": [{"Type": "A", "TTL": 60}]}});
        let records = one_of(vec![
            dns(&["A"], json!({})),
            ttl,
            dns(&["A"], json!({"RoutingPolicy": "MULTIVALUE"})),
            dns(&["A", "AAAA"], json!({})),
            dns(&["AAAA", "A"], json!({})),
            dns(&["SRV"], json!({"RoutingPolicy": "WEIGHTED"})),
            json!({"Type": "HTTP"}),
        ]);
        let health = one_of(vec![
            json!({}),
            json!({"HealthCheckCustomConfig": {}}),
            json!({"HealthCheckCustomConfig": {"FailureThreshold": 3}}),
        ]);
        let name = one_of(vec![json!({}), json!({"Name": "cart.team"})]);
        let pods = one_of(vec![
            json!({"serviceRef": {"name": "web"}}),
            json!({"serviceRef": {"name": "web", "port": "http"}}),
            json!({}),
        ]);
        members(vec![namespace, description, records, health, name, pods, super::secret::tags()]).prop_map(Spec).boxed()
    }

    /// What AWS takes at creation only is kept by [`Sample::changes`].
    fn immutable() -> &'static [&'static str] {
        &["HealthCheckCustomConfig", "Name", "NamespaceId"]
    }

    /// The TTLs of the records change, and nothing else of them; instances that were registered are nobody's to take back.
    fn changes() -> BoxedStrategy<(Spec, Spec)> {
        (Self::specs(), Self::specs(), 0..600_i64)
            .prop_map(|(first, Spec(mut second), ttl)| {
                let spec = second.as_object_mut().expect("a spec");
                for member in ["DnsConfig", "Type", "serviceRef"].iter().chain(Self::immutable()) {
                    match first.0.get(*member) {
                        Some(kept) => drop(spec.insert((*member).to_owned(), kept.clone())),
                        None => drop(spec.remove(*member)),
                    }
                }
                let records = second.pointer_mut("/DnsConfig/DnsRecords").and_then(Value::as_array_mut);
                for record in records.into_iter().flatten() {
                    record["TTL"] = json!(ttl);
                }
                (first, Spec(second))
            })
            .boxed()
    }

    fn aws() -> Aws {
        aws()
    }

    fn foreign(aws: &Aws, spec: &Value, tags: &[(&str, &str)]) {
        let name = spec["Name"].as_str().unwrap_or("web.shop");
        let tags: Vec<Value> = tags.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect();
        let dns = records(&["A"]);
        aws.cloud_map("CreateService", json!({"Name": name, "NamespaceId": NAMESPACE, "DnsConfig": dns, "Tags": tags}));
    }
}

/// The object `web` with the pods of the Service, in an AWS that has them.
fn registered() -> (Aws, Object<CloudMapService>) {
    let aws = aws();
    let mut object = Object::new(of(json!({})));
    object.ready(&aws);
    aws.take_calls();
    (aws, object)
}

#[test]
fn ready_pods_are_instances_with_their_port() {
    let (aws, object) = registered();
    let expected = json!({
        "AWS_INSTANCE_IPV4": "10.0.0.1",
        "AWS_INSTANCE_IPV6": "fd00::1",
        "AWS_INSTANCE_PORT": "8080",
        "ecs-bridge.dev:kind": "CloudMapService",
    });
    assert_eq!(aws.cloud_map_services()["web.shop"]["instances"]["web-1"], expected);
    assert_eq!(object.report.dns_name.as_deref(), Some("web.shop.internal"), "the name that tasks use");
    assert_eq!(object.report.instance_count, Some(2));
}

#[test]
fn pods_that_come_are_registered_before_those_that_went_leave() {
    let (aws, mut object) = registered();
    endpoints(&aws, &[("web-2", "10.0.0.2"), ("web-3", "10.0.0.3")]);
    object.ready(&aws);
    assert_eq!(aws.take_writes(), ["RegisterInstance", "DeregisterInstance"]);
    assert_eq!(aws.addresses(), json!({"web-2": "10.0.0.2", "web-3": "10.0.0.3"}));
    // One of a StatefulSet comes back elsewhere under its name.
    endpoints(&aws, &[("web-2", "10.0.0.9"), ("web-3", "10.0.0.3")]);
    object.ready(&aws);
    assert_eq!(aws.take_writes(), ["RegisterInstance"], "it keeps its id");
    assert_eq!(aws.addresses()["web-2"], "10.0.0.9");
    endpoints(&aws, &[]);
    let outcome = object.carry(&aws);
    assert!(is_ready(&outcome) && outcome.notes[0].contains("leads nowhere"), "{outcome:?}");
    assert_eq!(aws.addresses(), json!({}), "addresses that nobody answers at");
}

/// AWS takes a page of all services, and leaves out those of other namespaces then.
#[test]
fn a_service_is_told_from_thousands_of_others() {
    let aws = aws();
    for number in 0..2500 {
        aws.cloud_map(
            "CreateService",
            json!({"Name": format!("theirs-{number}"), "NamespaceId": NAMESPACE, "Type": "HTTP"}),
        );
    }
    let mut object = Object::<CloudMapService>::new(of(json!({})));
    object.ready(&aws);
    assert_eq!(object.report.dns_name.as_deref(), Some("web.shop.internal"));
    // Where the status is lost it is looked for anew.
    object.memo = json!({});
    aws.take_calls();
    object.ready(&aws);
    assert_eq!(aws.take_writes(), Vec::<&str>::new(), "it is there");
}

/// AWS is asked for nothing twice: what it has begun is followed by its id, and what it is told again meanwhile waits.
#[test]
fn pods_that_change_while_aws_is_at_it_are_followed() {
    let (aws, mut object) = registered();
    endpoints(&aws, &[("web-1", "10.0.0.1"), ("web-2", "10.0.0.2"), ("web-3", "10.0.0.3")]);
    let begun = object.pass(&aws, false).expect("an answer");
    assert_eq!(reason(&begun), "Updating", "{begun:?}");
    assert_eq!(object.memo["operations"].as_object().map(Map::len), Some(1), "{}", object.memo);
    // It has gone before AWS had registered it.
    endpoints(&aws, &[("web-1", "10.0.0.1"), ("web-2", "10.0.0.2")]);
    object.ready(&aws);
    assert_eq!(aws.take_writes(), ["RegisterInstance", "DeregisterInstance"]);
    assert_eq!(aws.addresses(), json!({"web-1": "10.0.0.1", "web-2": "10.0.0.2"}));
    assert_eq!(object.memo["operations"], Value::Null, "what has ended is kept");
}

#[test]
fn an_operation_that_fails_is_told_and_tried_again() {
    let (aws, mut object) = registered();
    aws.world(|world| world.fail_cloud_map_operation(&Scope::default(), "the hosted zone is gone"));
    endpoints(&aws, &[("web-1", "10.0.0.1"), ("web-2", "10.0.0.2"), ("web-3", "10.0.0.3")]);
    let outcome = object.carry(&aws);
    let why = super::object::why(&outcome).expect("a reason");
    assert!(matches!(outcome.state, State::Stalled { .. }), "{outcome:?}");
    assert!(why.message.contains("web-3") && why.message.contains("the hosted zone is gone"), "{}", why.message);
    object.ready(&aws);
    assert_eq!(aws.addresses()["web-3"], "10.0.0.3");
}

#[test]
fn what_others_register_is_theirs_and_what_they_deregister_comes_back() {
    let (aws, mut object) = registered();
    aws.register("task", "10.0.9.9");
    aws.deregister("web-1");
    object.ready(&aws);
    assert_eq!(aws.addresses(), json!({"web-1": "10.0.0.1", "web-2": "10.0.0.2", "task": "10.0.9.9"}));
    assert_eq!(object.report.instance_count, Some(2), "those of this object");
    let outcome = object.delete(&aws);
    assert_eq!(reason(&outcome), "NotEmpty", "{outcome:?}");
    aws.deregister("task");
    assert_eq!(object.delete(&aws).state, State::Gone);

    // Under an id that a pod would have.
    let (aws, mut object) = registered();
    aws.register("web-3", "10.0.9.9");
    endpoints(&aws, &[("web-3", "10.0.0.3")]);
    let outcome = object.carry(&aws);
    assert_eq!(reason(&outcome), "Conflict", "{outcome:?}");
    assert_eq!(aws.addresses()["web-3"], "10.0.9.9");
}

#[test]
fn without_its_service_nothing_is_registered() {
    let (aws, mut object) = registered();
    aws.pods(|cluster| {
        cluster.objects.delete("Service", "web");
        cluster.objects.delete("EndpointSlice", "web-4");
        cluster.objects.delete("EndpointSlice", "web-6");
    });
    let outcome = (0..10).find_map(|_| {
        let outcome = object.pass(&aws, false).expect("an answer");
        aws.advance(std::time::Duration::from_secs(5));
        (reason(&outcome) == "ReferenceNotFound").then_some(outcome)
    });
    assert!(outcome.is_some(), "it does not say that the Service is gone");
    assert_eq!(aws.addresses(), json!({}));
}

#[test]
fn a_namespace_that_is_not_there_is_told_with_where_to_look() {
    let aws = aws();
    let mut object = Object::<CloudMapService>::new(of(json!({"NamespaceId": "ns-none"})));
    let outcome = object.carry(&aws);
    let why = super::object::why(&outcome).expect("a reason");
    assert_eq!(why.reason, "ReferenceNotFound", "{outcome:?}");
    assert!(why.message.contains("list-namespaces"), "{}", why.message);
    assert_eq!(object.delete(&aws).state, State::Gone);
}
