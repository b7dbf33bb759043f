//! A Service of the cluster in AWS Cloud Map: its ready endpoints arrive, follow, and leave with the object.

use aws_sim::{Api, Config};
use ecs_bridge_harness::eventually;
use serde_json::{Value, json};

use super::{
    bridge::bridge,
    lab::{Lab, PATIENCE, Setup, ok},
    manifests::{merge, object},
};
use crate::alive::described;

pub const NAMESPACE: &str = "ns-0123456789abcdef";

/// An AWS with a private DNS namespace, `internal`.
pub fn world() -> Config {
    Config { cloud_map_namespaces: vec![(NAMESPACE.to_owned(), "internal".to_owned())], ..Config::default() }
}

pub fn setup(name: &str) -> Setup<'_> {
    Setup::named(name).world(world())
}

/// A name in that namespace, with these members.
pub fn named(name: &str, members: Value) -> Value {
    let mut spec = json!({
        "NamespaceId": NAMESPACE,
        "DnsConfig": { "DnsRecords": [{ "Type": "A", "TTL": 10 }] },
    });
    merge(&mut spec, members);
    object("CloudMapService", name, spec)
}

/// What AWS has of it.
pub fn described(lab: &Lab, name: &str) -> Value {
    let ask = |api, operation: &str, request: Value| lab.sim().call(api, operation, &request).unwrap_or_default();
    described::of(&ask, "CloudMapService", &format!("{name}.{}", lab.namespace))
}

impl Lab {
    pub fn cloud_map(&self, operation: &str, request: &Value) -> Value {
        let answer = self.sim().call(Api::ServiceDiscovery, operation, request);
        answer.unwrap_or_else(|error| panic!("{operation} {request} by another party: {error}"))
    }

    /// The ready endpoints of the Service `web`, as who writes its slices has them.
    pub async fn endpoints(&self, addresses: &[&str]) {
        let endpoint = |address: &&str| json!({ "addresses": [address], "conditions": { "ready": true } });
        let slice = json!({
            "apiVersion": "discovery.k8s.io/v1",
            "kind": "EndpointSlice",
            "metadata": { "name": "web-1", "labels": { "kubernetes.io/service-name": "web" } },
            "addressType": "IPv4",
            "ports": [{ "name": "http", "port": 8080 }],
            "endpoints": addresses.iter().map(endpoint).collect::<Vec<_>>(),
        });
        self.put(&slice).await;
    }

    pub async fn put(&self, manifest: &Value) {
        ok(self.kubernetes.apply(&self.namespace, &manifest.to_string()).await);
    }

    /// Waits until these are the addresses behind the name in AWS; `None`: there is no such name.
    async fn leads_to(&self, name: &str, expected: Option<&[&str]>) {
        let look = async || {
            let services = self.cloud_map("ListServices", &json!({}))["Services"].clone();
            let found = services.as_array().into_iter().flatten().find(|service| service["Name"] == *name);
            let listed = found.map(|service| {
                let listed =
                    self.cloud_map("ListInstances", &json!({ "ServiceId": service["Id"] }))["Instances"].clone();
                let listed = listed.as_array().cloned().unwrap_or_default();
                listed
                    .iter()
                    .map(|instance| instance["Attributes"]["AWS_INSTANCE_IPV4"].to_string())
                    .collect::<Vec<_>>()
            });
            let wanted = expected.map(|all| all.iter().map(|address| format!("{address:?}")).collect::<Vec<_>>());
            if listed == wanted { Ok(()) } else { Err(format!("{listed:?}")) }
        };
        ok(eventually("the addresses in Cloud Map", PATIENCE, look).await);
    }
}

fn service(annotations: &Value) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": { "name": "web", "annotations": annotations },
        "spec": { "ports": [{ "name": "http", "port": 80, "targetPort": 8080 }] },
    })
}

/// Puts the annotation that asks for a name on the Service `web`, or takes it off.
pub async fn annotate(lab: &Lab, asks: bool) {
    let annotations = if asks { json!({ "ecs-bridge.dev/cloud-map-namespace": NAMESPACE }) } else { json!({}) };
    lab.put(&service(&annotations)).await;
}

#[tokio::test]
async fn ready_endpoints_arrive_follow_and_leave() {
    let lab = setup("cloud-map").start().await;
    let name = format!("web.{}", lab.namespace);
    lab.put(&service(&json!({}))).await;
    lab.endpoints(&["10.0.0.1"]).await;
    let spec = json!({
        "NamespaceId": NAMESPACE,
        "Description": "of the shop",
        "DnsConfig": { "RoutingPolicy": "MULTIVALUE", "DnsRecords": [{ "Type": "A", "TTL": 10 }] },
        "Tags": [{ "Key": "team", "Value": "shop" }],
        "serviceRef": { "name": "web", "port": "http" },
    });
    lab.apply(&object("CloudMapService", "web", spec)).await;
    let ready = lab.ready("CloudMapService", "web").await;
    assert_eq!(ready.data["status"]["dnsName"], format!("{name}.internal"), "the name that tasks use");
    lab.leads_to(&name, Some(&["10.0.0.1"])).await;

    // Nothing but the slice itself wakes the object: the sweep sees AWS alone.
    lab.endpoints(&["10.0.0.1", "10.0.0.2"]).await;
    lab.leads_to(&name, Some(&["10.0.0.1", "10.0.0.2"])).await;
    lab.endpoints(&["10.0.0.2"]).await;
    lab.leads_to(&name, Some(&["10.0.0.2"])).await;

    lab.delete("CloudMapService", "web").await;
    lab.gone("CloudMapService", "web").await;
    lab.leads_to(&name, None).await;
}

/// The annotation makes the object; without it, and without the Service, the name is gone.
#[tokio::test]
async fn an_annotation_on_a_service_asks_for_a_name() {
    let lab = annotated_setup("annotated").start().await;
    let name = format!("web.{}", lab.namespace);
    // One of the name is somebody's, who is told on the Service.
    lab.apply(&named("web", json!({ "Name": "taken" }))).await;
    lab.ready("CloudMapService", "web").await;
    annotate(&lab, true).await;
    let events = ["get", "events", "--field-selector=involvedObject.kind=Service,type=Warning,reason=Conflict"];
    let told = lab.kubectl_shows(&events, "exists and is not of this Service: delete or rename it").await;
    assert!(told.contains("service/web"), "of which Service is it? {told}");
    lab.delete("CloudMapService", "web").await;
    lab.endpoints(&["10.0.0.1"]).await;
    lab.leads_to(&name, Some(&["10.0.0.1"])).await;
    let made = lab.ready("CloudMapService", "web").await;
    assert_eq!(made.metadata.owner_references.iter().flatten().count(), 1, "it does not belong to the Service");

    annotate(&lab, false).await;
    lab.leads_to(&name, None).await;
    annotate(&lab, true).await;
    lab.leads_to(&name, Some(&["10.0.0.1"])).await;
    ok(lab.kubectl(&["delete", "service", "web", "--wait=true"]).await);
    ok(lab.kubectl(&["delete", "cloudmapservice", "web", "--wait=true", "--ignore-not-found"]).await);
    lab.leads_to(&name, None).await;
}

/// A workload on ECS is told the name, with the port of the pods, from when it is there and for as long as it is.
#[tokio::test]
async fn tasks_are_told_the_name_of_a_service_and_the_port_of_its_pods() {
    let lab = annotated_setup("named").start().await;
    annotate(&lab, false).await;
    lab.endpoints(&["10.0.0.1"]).await;
    let container = json!({ "name": "web", "image": "nginx:1", "env": [{ "name": "WEB", "value": "http://web:80/" }] });
    lab.put(&json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": { "name": "web", "labels": { "app": "web" } },
        "spec": {
            "replicas": 0,
            "selector": { "matchLabels": { "app": "web" } },
            "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [container] } },
        },
    }))
    .await;
    lab.apply(&bridge(json!({ "replicas": 1, "split": { "prefer": "Ecs", "percentage": 100 } }))).await;
    lab.ready("WorkloadBridge", "web").await;
    let named = format!("http://web.{}.internal:8080/", lab.namespace);
    for (asks, expected) in [(false, "http://web:80/"), (true, named.as_str()), (false, "http://web:80/")] {
        annotate(&lab, asks).await;
        let look = || {
            let asked = json!({ "taskDefinition": lab.service("web")["taskDefinition"] });
            let definition = &lab.ecs("DescribeTaskDefinition", asked)["taskDefinition"];
            let environment = definition["containerDefinitions"][0]["environment"].clone();
            if environment[0]["value"] == expected { Ok(()) } else { Err(environment) }
        };
        lab.aws_has("the name in the task definition", look).await;
        lab.ready("WorkloadBridge", "web").await;
    }
}

/// The operator makes what annotations ask for.
pub fn annotated_setup(name: &str) -> Setup<'_> {
    setup(name).value("cloudMap.annotations", "true").argument("--cloud-map-annotations")
}
