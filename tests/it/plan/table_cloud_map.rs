//! What the plan of a Cloud Map service does, scene by scene.

use ecs_bridge::kinds::cloud_map_service::CloudMapService;
use serde_json::{Value, json};

use super::script::{
    Says::{No, Yes},
    Scene, Script, hold, ours, owned_by,
};
use super::service::with;

const ARN: &str = "arn:aws:servicediscovery:us-east-1:1:service/srv-1";

fn of(more: Value) -> Value {
    let base = json!({
        "NamespaceId": "ns-1",
        "DnsConfig": {"DnsRecords": [{"Type": "A", "TTL": 10}]},
        "serviceRef": {"name": "web"},
    });
    with(base, &more)
}

/// What is beside AWS's service: the Service with one pod, and the namespace.
fn around() -> Script {
    let service = json!({"metadata": {"name": "web"}, "spec": {"ports": [{"port": 80}]}});
    let slice = json!({
        "metadata": {"labels": {"kubernetes.io/service-name": "web"}},
        "addressType": "IPv4",
        "ports": [{"name": "", "port": 8080}],
        "endpoints": [{"addresses": ["10.0.0.1"], "targetRef": {"kind": "Pod", "name": "web-1"}}],
    });
    let namespace = json!({"Id": "ns-1", "Name": "internal", "Type": "DNS_PRIVATE"});
    vec![
        // The Service, then its slices.
        ("ListObjects", Yes(json!({ "objects": [service] }))),
        ("ListObjects", Yes(json!({ "objects": [slice] }))),
        ("GetNamespace", Yes(json!({ "Namespace": namespace }))),
    ]
}

fn instance() -> Value {
    let attributes = json!({
        "AWS_INSTANCE_IPV4": "10.0.0.1", "AWS_INSTANCE_PORT": "8080", "ecs-bridge.dev:kind": "CloudMapService",
    });
    json!({"Id": "web-1", "Attributes": attributes})
}

fn service(more: &Value) -> Value {
    let dns = json!({"RoutingPolicy": "MULTIVALUE", "DnsRecords": [{"Type": "A", "TTL": 10}]});
    with(json!({"Id": "srv-1", "Arn": ARN, "Name": "web.shop", "DnsConfig": dns}), more)
}

/// AWS describes the service so, with these tags and instances.
fn has(more: &Value, tags: Value, instances: Value) -> Script {
    and(
        around(),
        vec![
            ("ListServices", Yes(json!({"Services": [{"Id": "srv-1", "Name": "web.shop"}]}))),
            ("GetService", Yes(json!({"Service": service(more)}))),
            ("ListTagsForResource", Yes(json!({ "Tags": tags }))),
            ("ListInstances", Yes(json!({ "Instances": instances }))),
        ],
    )
}

fn none() -> Script {
    and(around(), vec![("ListServices", Yes(json!({"Services": [{"Id": "srv-2", "Name": "other"}]})))])
}

fn own() -> Value {
    ours("CloudMapService", "Key", "Value")
}

fn and(mut script: Script, more: Script) -> Script {
    script.extend(more);
    script
}

fn begins(operation: &'static str, id: &str) -> (&'static str, super::script::Says) {
    (operation, Yes(json!({ "OperationId": id })))
}

fn is(status: &str) -> (&'static str, super::script::Says) {
    let operation = json!({"Type": "REGISTER_INSTANCE", "Status": status, "ErrorCode": "CANNOT_CREATE_RECORDS", "ErrorMessage": "no zone."});
    ("GetOperation", Yes(json!({ "Operation": operation })))
}

#[test]
fn the_plan_of_a_cloud_map_service() {
    let memo = |more: Value| with(json!({"name": "web.shop", "id": "srv-1"}), &more);
    let under_way = || memo(json!({"operations": {"web-1": "op-1"}}));
    let made = || ("CreateService", Yes(json!({"Service": service(&json!({"InstanceCount": 0}))})));
    let in_sync = || has(&json!({}), own(), json!([instance()]));
    let empty = || has(&json!({}), own(), json!([]));
    let theirs = json!({"Id": "task", "Attributes": {"AWS_INSTANCE_IPV4": "10.0.9.9"}});
    let gone = || ("GetService", No("ServiceNotFound", "No service exists with the ID srv-1."));
    let nobody = |script: Script| -> Script {
        let empty = || ("ListObjects", Yes(json!({"objects": []})));
        let aws = script.into_iter().filter(|(name, _)| *name != "ListObjects").collect();
        and(vec![empty(), empty()], aws)
    };
    // One more than are registered, all of them but that.
    let crowd = || -> Script {
        let (mut script, mut instances, mut endpoints) = (in_sync(), Vec::new(), Vec::new());
        for n in 0..801 {
            let (name, address) = (format!("web-{n:04}"), format!("10.0.{}.{}", n / 250, n % 250));
            endpoints.push(json!({"addresses": [address], "targetRef": {"kind": "Pod", "name": name}}));
            let mut registered = with(instance(), &json!({ "Id": name }));
            registered["Attributes"]["AWS_INSTANCE_IPV4"] = json!(address);
            instances.push(registered);
        }
        instances.pop();
        for (operation, says) in &mut script {
            if let ("ListInstances", Yes(answer)) = (*operation, &mut *says) {
                answer["Instances"] = json!(instances);
            }
            if let ("ListObjects", Yes(answer)) = (*operation, says)
                && answer["objects"][0]["endpoints"].is_array()
            {
                answer["objects"][0]["endpoints"] = json!(endpoints);
            }
        }
        script
    };
    type S = Scene<CloudMapService>;
    let scenes = vec![
        S::new("nothing is there", of(json!({})), and(none(), vec![made(), begins("RegisterInstance", "op-1")])),
        S::new(
            "nothing is there, and all is wanted at once",
            of(json!({"Description": "of the shop", "Tags": [{"Key": "team", "Value": "shop"}]})),
            and(none(), vec![made(), begins("UpdateService", "op-1")]),
        ),
        S::new(
            "without a Service, its instances are somebody else's",
            json!({"NamespaceId": "ns-1", "DnsConfig": {"DnsRecords": [{"Type": "A", "TTL": 10}]}}),
            has(&json!({}), own(), json!([theirs])),
        )
        .memo(memo(json!({}))),
        S::new("the Service is not there", of(json!({})), nobody(empty())).memo(memo(json!({}))),
        S::new(
            "the Service is not there any more",
            of(json!({})),
            and(nobody(in_sync()), vec![begins("DeregisterInstance", "op-1")]),
        )
        .memo(memo(json!({}))),
        S::new("the Service has no such port", of(json!({"serviceRef": {"name": "web", "port": "grpc"}})), in_sync())
            .memo(memo(json!({}))),
        S::new(
            "the namespace is not there",
            of(json!({})),
            and(vec![("GetNamespace", No("NamespaceNotFound", "No namespace exists with the ID ns-1."))], none()),
        ),
        S::new(
            "the list goes on",
            of(json!({})),
            and(vec![("ListServices", Yes(json!({"Services": [], "NextToken": "more"})))], in_sync()),
        ),
        S::new(
            "the name is taken meanwhile",
            of(json!({})),
            and(
                vec![("ListServices", Yes(json!({"Services": []})))],
                and(
                    has(&json!({}), json!([]), json!([])),
                    vec![("CreateService", No("ServiceAlreadyExists", "Service web.shop already exists."))],
                ),
            ),
        ),
        S::new(
            "AWS refuses",
            of(json!({})),
            and(none(), vec![("CreateService", No("InvalidInput", "no such routing policy"))]),
        ),
        S::new("in sync", of(json!({})), in_sync()).memo(memo(json!({}))),
        S::new(
            "it went behind the object's back",
            of(json!({})),
            and(vec![gone(), made(), begins("RegisterInstance", "op-1")], none()),
        )
        .memo(memo(json!({}))),
        S::new("it went, and is there again under another id", of(json!({})), and(vec![gone()], in_sync()))
            .memo(memo(json!({}))),
        S::new(
            "everything differs: one write a call",
            of(json!({"Description": "of the shop", "Tags": [{"Key": "team", "Value": "shop"}]})),
            and(
                empty(),
                vec![
                    begins("UpdateService", "op-1"),
                    ("TagResource", Yes(json!({}))),
                    begins("RegisterInstance", "op-2"),
                ],
            ),
        )
        .memo(memo(json!({}))),
        S::new("an instance is on its way", of(json!({})), and(empty(), vec![is("PENDING")])).memo(under_way()),
        S::new("an instance has come", of(json!({})), and(in_sync(), vec![is("SUCCESS")])).memo(under_way()),
        S::new(
            "an instance came, and has gone again",
            of(json!({})),
            and(empty(), vec![is("SUCCESS"), begins("RegisterInstance", "op-2")]),
        )
        .memo(under_way()),
        S::new("an instance could not come", of(json!({})), and(empty(), vec![is("FAIL")])).memo(under_way()),
        S::new(
            "AWS knows the operation no more",
            of(json!({})),
            and(
                empty(),
                vec![
                    ("GetOperation", No("OperationNotFound", "No operation exists with the ID op-1.")),
                    begins("RegisterInstance", "op-2"),
                ],
            ),
        )
        .memo(under_way()),
        S::new(
            "something else is under way on the instance",
            of(json!({})),
            and(empty(), vec![("RegisterInstance", No("DuplicateRequest", "in progress"))]),
        )
        .memo(memo(json!({}))),
        S::new(
            "an instance whose pod is gone",
            of(json!({})),
            and(
                has(&json!({}), own(), json!([instance(), with(instance(), &json!({"Id": "web-0"}))])),
                vec![begins("DeregisterInstance", "op-1")],
            ),
        )
        .memo(memo(json!({}))),
        S::new(
            "it was deregistered meanwhile",
            of(json!({})),
            and(
                has(&json!({}), own(), json!([instance(), with(instance(), &json!({"Id": "web-0"}))])),
                vec![("DeregisterInstance", No("InstanceNotFound", "none"))],
            ),
        )
        .memo(memo(json!({}))),
        S::new(
            "records of another type",
            of(json!({})),
            has(
                &json!({"DnsConfig": {"RoutingPolicy": "MULTIVALUE", "DnsRecords": [{"Type": "AAAA", "TTL": 10}]}}),
                own(),
                json!([]),
            ),
        )
        .memo(memo(json!({}))),
        S::new("more endpoints than are registered", of(json!({})), crowd()).memo(memo(json!({}))),
        S::new("nobody's", of(json!({})), has(&json!({}), json!([]), json!([]))),
        S::new(
            "nobody's, with leave to adopt",
            of(json!({"management": {"adoption": "Adopt"}})),
            and(has(&json!({}), json!([]), json!([instance()])), vec![("TagResource", Yes(json!({})))]),
        ),
        S::new(
            "another object's",
            of(json!({})),
            has(&json!({}), owned_by("owner-1", "CloudMapService", "other", "web", "Key", "Value"), json!([])),
        ),
        S::new("deleted, and gone before", of(json!({})), none()).deleted(),
        S::new(
            "deleted: the instances first",
            of(json!({})),
            and(in_sync(), vec![begins("DeregisterInstance", "op-1")]),
        )
        .memo(memo(json!({})))
        .deleted(),
        S::new("deleted, without instances", of(json!({})), and(empty(), vec![("DeleteService", Yes(json!({})))]))
            .memo(memo(json!({})))
            .deleted(),
        S::new("deleted, with an instance on its way", of(json!({})), and(empty(), vec![is("PENDING")]))
            .memo(under_way())
            .deleted(),
        S::new(
            "deleted, with an instance that nobody knew of on its way",
            of(json!({})),
            and(empty(), vec![("DeleteService", No("ResourceInUse", "Service contains registered instances"))]),
        )
        .memo(memo(json!({})))
        .deleted(),
        S::new("deleted, with instances of others", of(json!({})), has(&json!({}), own(), json!([theirs])))
            .memo(memo(json!({})))
            .deleted(),
        S::new(
            "deleted and retained",
            of(json!({"management": {"deletion": "Retain"}})),
            and(in_sync(), vec![("UntagResource", Yes(json!({})))]),
        )
        .memo(memo(json!({})))
        .deleted(),
        S::new("deleted, and another's", of(json!({})), has(&json!({}), json!([]), json!([]))).deleted(),
    ];
    hold(scenes, include_str!("golden/cloud_map.txt"), "cloud_map.txt");
}
