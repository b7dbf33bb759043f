//! Cloud Map: what takes time, by its operations; the instances of a service, and their health.

use std::time::Duration;

use aws_sim::{Api, Config, Error, Scope, Time, World};
use serde_json::{Value, json};

fn call(world: &mut World, operation: &str, request: Value) -> Result<Value, Error> {
    world.call(&Scope::default(), Api::ServiceDiscovery, operation, &request)
}

fn ok(world: &mut World, operation: &str, request: Value) -> Value {
    call(world, operation, request.clone()).unwrap_or_else(|error| panic!("{operation} {request}: {error}"))
}

fn refused(world: &mut World, operation: &str, request: Value) -> Error {
    call(world, operation, request.clone()).err().unwrap_or_else(|| panic!("{operation} {request} was let through"))
}

fn code(world: &mut World, operation: &str, request: Value) -> String {
    refused(world, operation, request).code
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn status(world: &mut World, submitted: &Value) -> Value {
    let operation = ok(world, "GetOperation", json!({"OperationId": submitted["OperationId"]}));
    operation["Operation"]["Status"].clone()
}

fn a_while(world: &mut World) {
    world.advance(Duration::from_mins(1));
}

/// A world with a private DNS namespace, and its id.
fn with_namespace() -> (World, String) {
    let mut world = World::new(Config::default(), Time(1_800_000_000_000));
    let made = ok(&mut world, "CreatePrivateDnsNamespace", json!({"Name": "internal", "Vpc": "vpc-1"}));
    a_while(&mut world);
    let operation = ok(&mut world, "GetOperation", json!({"OperationId": made["OperationId"]}));
    let id = text(&operation["Operation"]["Targets"]["NAMESPACE"]);
    (world, id)
}

fn a_records() -> Value {
    json!({"DnsRecords": [{"Type": "A", "TTL": 10}]})
}

/// The same with a service, and the id of that.
fn with_service(more: &Value) -> (World, String) {
    let (mut world, namespace) = with_namespace();
    let mut request = json!({"Name": "cart", "NamespaceId": namespace, "DnsConfig": a_records()});
    for (member, value) in more.as_object().into_iter().flatten() {
        request[member] = value.clone();
    }
    let id = text(&ok(&mut world, "CreateService", request)["Service"]["Id"]);
    (world, id)
}

fn register(world: &mut World, service: &str, instance: &str, address: &str) -> Result<Value, Error> {
    let attributes = json!({"AWS_INSTANCE_IPV4": address});
    call(world, "RegisterInstance", json!({"ServiceId": service, "InstanceId": instance, "Attributes": attributes}))
}

fn instances(world: &mut World, service: &str) -> Vec<String> {
    let listed = ok(world, "ListInstances", json!({"ServiceId": service}));
    listed["Instances"].as_array().into_iter().flatten().map(|instance| text(&instance["Id"])).collect()
}

#[test]
fn what_takes_time_is_submitted_then_pending_then_there() {
    let (mut world, service) = with_service(&json!({}));
    let submitted = register(&mut world, &service, "a", "10.0.0.1").expect("an instance");
    assert_eq!(status(&mut world, &submitted), "SUBMITTED");
    world.advance(Duration::from_secs(2));
    assert_eq!(status(&mut world, &submitted), "PENDING");
    assert!(instances(&mut world, &service).is_empty(), "it is listed before the operation has ended");
    let duplicate = register(&mut world, &service, "a", "10.0.0.2").expect_err("another operation on it");
    assert_eq!(
        (duplicate.code.as_str(), &duplicate.members["DuplicateOperationId"]),
        ("DuplicateRequest", &submitted["OperationId"])
    );
    a_while(&mut world);
    assert_eq!(status(&mut world, &submitted), "SUCCESS");
    assert_eq!(instances(&mut world, &service), ["a"]);
    let again = register(&mut world, &service, "a", "10.0.0.2").expect("another address of it");
    a_while(&mut world);
    assert_eq!(status(&mut world, &again), "SUCCESS");
    let found = ok(&mut world, "GetInstance", json!({"ServiceId": service, "InstanceId": "a"}));
    assert_eq!(found["Instance"]["Attributes"], json!({"AWS_INSTANCE_IPV4": "10.0.0.2"}));
    assert_eq!(code(&mut world, "GetOperation", json!({"OperationId": "x"})), "OperationNotFound");
}

#[test]
fn an_operation_that_fails_changes_nothing_and_says_why() {
    let (mut world, service) = with_service(&json!({}));
    world.fail_cloud_map_operation(&Scope::default(), "the zone is gone");
    let submitted = register(&mut world, &service, "a", "10.0.0.1").expect("an instance");
    a_while(&mut world);
    let operation = ok(&mut world, "GetOperation", json!({"OperationId": submitted["OperationId"]}));
    assert_eq!(operation["Operation"]["Status"], "FAIL");
    assert_eq!(operation["Operation"]["ErrorMessage"], "the zone is gone");
    assert!(instances(&mut world, &service).is_empty(), "it is registered");
    register(&mut world, &service, "a", "10.0.0.1").expect("the next one");
    a_while(&mut world);
    assert_eq!(instances(&mut world, &service), ["a"]);
}

#[test]
fn a_service_is_made_once_and_deleted_when_it_is_empty() {
    let (mut world, namespace) = with_namespace();
    let request = |name: &str, token: &str| json!({"Name": name, "NamespaceId": namespace, "CreatorRequestId": token, "DnsConfig": a_records()});
    let made = ok(&mut world, "CreateService", request("cart", "one"));
    assert_eq!(made["Service"]["DnsConfig"]["RoutingPolicy"], "MULTIVALUE", "{made}");
    assert_eq!(ok(&mut world, "CreateService", request("cart", "one")), made, "a retry");
    let other = refused(&mut world, "CreateService", request("CART", "two"));
    assert_eq!((other.code.as_str(), &other.members["ServiceId"]), ("ServiceAlreadyExists", &made["Service"]["Id"]));

    let id = text(&made["Service"]["Id"]);
    assert_eq!(code(&mut world, "DeleteNamespace", json!({"Id": namespace})), "ResourceInUse");
    register(&mut world, &id, "a", "10.0.0.1").expect("an instance");
    assert_eq!(code(&mut world, "DeleteService", json!({"Id": id})), "ResourceInUse", "one is on its way");
    a_while(&mut world);
    assert_eq!(code(&mut world, "DeleteService", json!({"Id": id})), "ResourceInUse");
    ok(&mut world, "DeregisterInstance", json!({"ServiceId": id, "InstanceId": "a"}));
    a_while(&mut world);
    let gone = json!({"ServiceId": id, "InstanceId": "a"});
    assert_eq!(code(&mut world, "DeregisterInstance", gone), "InstanceNotFound");
    ok(&mut world, "DeleteService", json!({"Id": made["Service"]["Arn"]}));
    assert_eq!(code(&mut world, "GetService", json!({"Id": id})), "ServiceNotFound");
    ok(&mut world, "DeleteNamespace", json!({"Id": namespace}));
    a_while(&mut world);
    assert_eq!(code(&mut world, "GetNamespace", json!({"Id": namespace})), "NamespaceNotFound");
}

#[test]
fn what_a_service_may_be() {
    let (mut world, namespace) = with_namespace();
    let made = ok(&mut world, "CreateHttpNamespace", json!({"Name": "calls"}));
    a_while(&mut world);
    let operation = ok(&mut world, "GetOperation", json!({"OperationId": made["OperationId"]}));
    let http = text(&operation["Operation"]["Targets"]["NAMESPACE"]);
    let records = |types: &[&str]| -> Value { types.iter().map(|of| json!({"Type": of, "TTL": 10})).collect() };
    let dns = |types: &[&str]| json!({"NamespaceId": namespace, "DnsConfig": {"DnsRecords": records(types)}});
    for (name, more, expected) in [
        ("a", dns(&["A"]), None),
        ("b", dns(&["AAAA", "A"]), None),
        ("c", dns(&["SRV"]), None),
        ("d", dns(&["A", "SRV"]), Some("InvalidInput")),
        ("e", dns(&["CNAME"]), Some("InvalidInput")),
        ("f", dns(&[]), Some("InvalidInput")),
        ("g", json!({"NamespaceId": namespace}), Some("InvalidInput")),
        ("h", json!({"NamespaceId": namespace, "Type": "HTTP"}), None),
        ("i", json!({"NamespaceId": http}), None),
        ("j", json!({"NamespaceId": http, "DnsConfig": a_records()}), Some("InvalidInput")),
        ("k", json!({"NamespaceId": "ns-none", "DnsConfig": a_records()}), Some("NamespaceNotFound")),
        ("l", json!({"DnsConfig": a_records()}), Some("InvalidInput")),
        ("m-", dns(&["A"]), Some("InvalidInput")),
    ] {
        let mut request = more;
        request["Name"] = json!(name);
        let got = call(&mut world, "CreateService", request.clone()).err().map(|error| error.code);
        assert_eq!(got.as_deref(), expected, "{request}");
    }
    let filter = json!({"Filters": [{"Name": "NAMESPACE_ID", "Values": [http]}]});
    let listed = ok(&mut world, "ListServices", filter);
    assert_eq!(listed["Services"].as_array().map(Vec::len), Some(1), "{listed}");
    // A page is one of all services: what the filter leaves out of it counts, too.
    let of_none = json!({"MaxResults": 1, "Filters": [{"Name": "NAMESPACE_ID", "Values": ["ns-none"]}]});
    let page = ok(&mut world, "ListServices", of_none);
    assert!(page["Services"] == json!([]) && page["NextToken"].is_string(), "{page}");
    let of_type = json!({"Filters": [{"Name": "TYPE", "Values": ["DNS_PRIVATE"]}]});
    assert_eq!(ok(&mut world, "ListNamespaces", of_type)["Namespaces"][0]["Id"], json!(namespace));
}

#[test]
fn an_update_changes_the_description_and_the_ttl_alone() {
    let (mut world, service) = with_service(&json!({"Description": "old"}));
    let update = |records: Value| json!({"Id": service, "Service": {"Description": "new", "DnsConfig": {"DnsRecords": records}}});
    let other = update(json!([{"Type": "AAAA", "TTL": 10}]));
    assert_eq!(code(&mut world, "UpdateService", other), "InvalidInput", "another type");
    ok(&mut world, "UpdateService", update(json!([{"Type": "A", "TTL": 60}])));
    let again = update(json!([{"Type": "A", "TTL": 90}]));
    assert_eq!(code(&mut world, "UpdateService", again), "DuplicateRequest");
    a_while(&mut world);
    let described = ok(&mut world, "GetService", json!({"Id": service}));
    assert_eq!(described["Service"]["DnsConfig"]["DnsRecords"], json!([{"Type": "A", "TTL": 60}]));
    assert_eq!(described["Service"]["Description"], "new");
    let without = json!({"Id": service, "Service": {"Description": "new"}});
    assert_eq!(code(&mut world, "UpdateService", without), "UnsupportedFeatureException");
}

#[test]
fn an_instance_has_what_the_records_need() {
    let (mut world, service) = with_service(&json!({}));
    for (attributes, expected) in [
        (json!({}), Some("InvalidInput")),
        (json!({"AWS_INSTANCE_IPV6": "fd00::1"}), Some("InvalidInput")),
        (json!({"AWS_INSTANCE_IPV4": "fd00::1"}), Some("InvalidInput")),
        (json!({"AWS_INSTANCE_IPV4": "10.0.0.1", "AWS_INSTANCE_PORT": "99999"}), Some("InvalidInput")),
        (json!({"AWS_INSTANCE_IPV4": "10.0.0.1", "AWS_INIT_HEALTH_STATUS": "HEALTHY"}), Some("InvalidInput")),
        (json!({"AWS_ALIAS_DNS_NAME": "lb"}), Some("UnsupportedFeatureException")),
        (json!({"AWS_INSTANCE_IPV4": "10.0.0.1", "AWS_INSTANCE_PORT": "80", "zone": "a"}), None),
    ] {
        let request = json!({"ServiceId": service, "InstanceId": "a", "Attributes": attributes});
        let got = call(&mut world, "RegisterInstance", request.clone()).err().map(|error| error.code);
        assert_eq!(got.as_deref(), expected, "{request}");
    }
    let id = "x".repeat(65);
    assert_eq!(register(&mut world, &service, &id, "10.0.0.1").expect_err("too long").code, "InvalidInput");
}

#[test]
fn a_service_has_a_thousand_instances_at_most() {
    let (mut world, service) = with_service(&json!({}));
    for n in 0..1000 {
        register(&mut world, &service, &format!("i{n}"), "10.0.0.1").expect("one of a thousand");
    }
    let more = register(&mut world, &service, "more", "10.0.0.1").expect_err("one more");
    assert_eq!(more.code, "ResourceLimitExceeded", "those on their way count");
    a_while(&mut world);
    let first = ok(&mut world, "ListInstances", json!({"ServiceId": service}));
    assert_eq!(first["Instances"].as_array().map(Vec::len), Some(100), "a page");
    let next = json!({"ServiceId": service, "NextToken": first["NextToken"]});
    assert_ne!(ok(&mut world, "ListInstances", next)["Instances"][0], first["Instances"][0]);
    register(&mut world, &service, "i0", "10.0.0.2").expect("a change of one that is there");
}

#[test]
fn custom_health_changes_after_half_a_minute() {
    let custom = json!({"HealthCheckCustomConfig": {"FailureThreshold": 5}});
    let (mut world, service) = with_service(&custom);
    let described = ok(&mut world, "GetService", json!({"Id": service}));
    assert_eq!(described["Service"]["HealthCheckCustomConfig"], json!({"FailureThreshold": 1}));
    register(&mut world, &service, "a", "10.0.0.1").expect("an instance");
    a_while(&mut world);
    let health =
        |world: &mut World| ok(world, "GetInstancesHealthStatus", json!({"ServiceId": service}))["Status"]["a"].clone();
    assert_eq!(health(&mut world), "HEALTHY");
    let ill = json!({"ServiceId": service, "InstanceId": "a", "Status": "UNHEALTHY"});
    ok(&mut world, "UpdateInstanceCustomHealthStatus", ill.clone());
    assert_eq!(health(&mut world), "HEALTHY", "at once");
    world.advance(Duration::from_secs(20));
    ok(&mut world, "UpdateInstanceCustomHealthStatus", ill.clone());
    world.advance(Duration::from_secs(11));
    assert_eq!(health(&mut world), "UNHEALTHY");
    let unknown = json!({"ServiceId": service, "Instances": ["b"]});
    assert_eq!(code(&mut world, "GetInstancesHealthStatus", unknown), "InstanceNotFound");

    let (mut world, service) = with_service(&json!({}));
    register(&mut world, &service, "a", "10.0.0.1").expect("an instance");
    a_while(&mut world);
    let status = ok(&mut world, "GetInstancesHealthStatus", json!({"ServiceId": service}));
    assert_eq!(status["Status"], json!({"a": "UNKNOWN"}), "without a check");
    let ill = json!({"ServiceId": service, "InstanceId": "a", "Status": "UNHEALTHY"});
    assert_eq!(code(&mut world, "UpdateInstanceCustomHealthStatus", ill), "CustomHealthNotFound");
}

#[test]
fn a_service_has_tags() {
    let (mut world, service) = with_service(&json!({"Tags": [{"Key": "team", "Value": "shop"}]}));
    let arn = ok(&mut world, "GetService", json!({"Id": service}))["Service"]["Arn"].clone();
    ok(&mut world, "TagResource", json!({"ResourceARN": arn, "Tags": [{"Key": "cost", "Value": "1"}]}));
    ok(&mut world, "UntagResource", json!({"ResourceARN": arn, "TagKeys": ["team"]}));
    let tags = ok(&mut world, "ListTagsForResource", json!({"ResourceARN": arn}));
    assert_eq!(tags["Tags"], json!([{"Key": "cost", "Value": "1"}]));
    let reserved = json!({"ResourceARN": arn, "Tags": [{"Key": "aws:x", "Value": "1"}]});
    assert_eq!(code(&mut world, "TagResource", reserved), "InvalidInput");
    let unknown = json!({"ResourceARN": "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-none"});
    assert_eq!(code(&mut world, "ListTagsForResource", unknown), "ResourceNotFoundException");
}
