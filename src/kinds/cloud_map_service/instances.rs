//! The instances that a service is to have: the ready endpoints of a Kubernetes Service, whoever wrote them. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    CloudMapService,
    spec::{CloudMapServiceSpec, ServiceReference},
};
use crate::{
    engine::{
        Kind,
        kubernetes::SERVICE_NAME,
        names,
        ownership::{self, Tags},
    },
    model::servicediscovery::RecordType,
};

/// Attributes of instances, by the instances' ids.
pub type Instances = BTreeMap<String, Tags>;

/// AWS takes 1,000 instances in a service, and no more on request ("AWS Cloud Map service quotas"): a rolling update of so many still fits in.
pub const MOST: usize = 800;

const IPV4: &str = "AWS_INSTANCE_IPV4";
const IPV6: &str = "AWS_INSTANCE_IPV6";
const PORT: &str = "AWS_INSTANCE_PORT";

/// The instances that there are to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    pub instances: Instances,
    /// Ready endpoints that the records can't be made of.
    pub lacking: usize,
    /// Ready endpoints beyond the most that are registered.
    pub beyond: usize,
}

/// What the endpoints in these slices of the Service are as instances. Of too many, those that are `registered` stay.
pub fn wanted(
    spec: &CloudMapServiceSpec,
    reference: &ServiceReference,
    service: &Value,
    slices: &[Value],
    registered: &Instances,
) -> Wanted {
    let port = port_name(reference, service);
    let mut found: Instances = BTreeMap::new();
    let of_service = slices.iter().filter(|slice| slice["metadata"]["labels"][SERVICE_NAME] == *reference.name);
    for slice in of_service {
        let family = match slice["addressType"].as_str() {
            Some("IPv4") => IPV4,
            Some("IPv6") => IPV6,
            _ => continue,
        };
        let target = items(&slice["ports"])
            .find(|known| port.is_some_and(|port| known["name"].as_str().unwrap_or_default() == port))
            .and_then(|known| known["port"].as_i64());
        for endpoint in items(&slice["endpoints"]).filter(|endpoint| is_ready(endpoint)) {
            let Some(address) = endpoint["addresses"][0].as_str() else { continue };
            let attributes = found.entry(id(endpoint, address)).or_default();
            attributes.insert(family.to_owned(), address.to_owned());
            if let Some(target) = target {
                attributes.insert(PORT.to_owned(), target.to_string());
            }
        }
    }
    let before = found.len();
    found.retain(|_, attributes| serves(spec, attributes));
    let lacking = before - found.len();
    let beyond = found.len().saturating_sub(MOST);
    if beyond > 0 {
        let (known, new): (BTreeSet<String>, BTreeSet<String>) =
            found.keys().cloned().partition(|id| registered.contains_key(id));
        let kept: BTreeSet<String> = known.into_iter().chain(new).take(MOST).collect();
        found.retain(|id, _| kept.contains(id));
    }
    for attributes in found.values_mut() {
        attributes.extend(mark());
    }
    Wanted { instances: found, lacking, beyond }
}

/// The name of the Service's port that the instances tell the target of. One that has no name is called by an empty one.
pub fn port_name<'a>(reference: &'a ServiceReference, service: &'a Value) -> Option<&'a str> {
    let first = || items(&service["spec"]["ports"]).next().map(|port| port["name"].as_str().unwrap_or_default());
    reference.port.as_deref().or_else(first)
}

/// Whether the Service has the port that the spec names.
pub fn has_port(reference: &ServiceReference, service: &Value) -> bool {
    let has = |name: &String| items(&service["spec"]["ports"]).any(|port| port["name"] == **name);
    reference.port.as_ref().is_none_or(has)
}

/// A consumer is to take unset for ready (EndpointConditions, Kubernetes API reference).
fn is_ready(endpoint: &Value) -> bool {
    endpoint["conditions"]["ready"].as_bool().unwrap_or(true)
}

/// A pod has its name, and so has one of a StatefulSet that comes back elsewhere; what is no pod has that of its address. Both are names in
/// DNS: AWS puts an instance's id into its SRV record.
fn id(endpoint: &Value, address: &str) -> String {
    const LONGEST: usize = 64;
    let target = &endpoint["targetRef"];
    match target["name"].as_str().filter(|_| target["kind"] == "Pod") {
        Some(pod) => names::shortened(pod, LONGEST),
        None => format!("ip-{}", address.replace(['.', ':'], "-")),
    }
}

/// Whether the records can be made of it (`Attributes` of RegisterInstance, AWS Cloud Map API Reference).
fn serves(spec: &CloudMapServiceSpec, attributes: &Tags) -> bool {
    let has = |name: &str| attributes.contains_key(name);
    let records = spec.service.dns_config.iter().flat_map(|dns| &dns.dns_records);
    let mut types = records.map(|record| record.r#type.as_str());
    types.all(|of| match of {
        RecordType::A => has(IPV4),
        RecordType::AAAA => has(IPV6),
        RecordType::SRV => has(PORT),
        _ => true,
    })
}

/// The attribute that says who registered an instance: an object of this kind, which is the one whose tags the service has.
fn mark() -> Tags {
    Tags::from([(ownership::KIND.to_owned(), CloudMapService::KIND.to_owned())])
}

/// Whether the instance of a service that is the object's is the object's, too.
pub fn is_ours(attributes: &Tags) -> bool {
    mark().iter().all(|(key, value)| attributes.get(key) == Some(value))
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn spec(records: &[&str]) -> CloudMapServiceSpec {
        let records: Value = records.iter().map(|of| json!({"Type": of, "TTL": 10})).collect();
        serde_json::from_value(json!({"NamespaceId": "ns-1", "DnsConfig": {"DnsRecords": records}})).expect("a spec")
    }

    fn service() -> Value {
        json!({"spec": {"ports": [{"name": "http", "port": 80}, {"name": "admin", "port": 81}]}})
    }

    fn slice(family: &str, endpoints: &Value) -> Value {
        json!({
            "metadata": {"labels": {SERVICE_NAME: "web"}},
            "addressType": family,
            "ports": [{"name": "admin", "port": 9090}, {"name": "http", "port": 8080}],
            "endpoints": endpoints,
        })
    }

    fn pod(name: &str, address: &str) -> Value {
        json!({"addresses": [address], "conditions": {"ready": true}, "targetRef": {"kind": "Pod", "name": name}})
    }

    fn found(spec: &CloudMapServiceSpec, reference: &Value, slices: &[Value], registered: &Instances) -> Wanted {
        let reference = serde_json::from_value(reference.clone()).expect("a reference");
        wanted(spec, &reference, &service(), slices, registered)
    }

    /// Without the mark.
    fn plain(wanted: &Wanted) -> Value {
        let kept = |attributes: &Tags| -> Value {
            attributes.iter().filter(|(key, _)| key.starts_with("AWS_")).map(|(k, v)| (k.clone(), json!(v))).collect()
        };
        wanted.instances.iter().map(|(id, attributes)| (id.clone(), kept(attributes))).collect()
    }

    #[test]
    fn ready_endpoints_are_instances() {
        let web = json!({"name": "web"});
        let other = json!({"metadata": {"labels": {SERVICE_NAME: "other"}}, "addressType": "IPv4", "endpoints": [pod("b", "10.0.0.9")]});
        let unready = json!({"addresses": ["10.0.0.3"], "conditions": {"ready": false}});
        let task = json!({"addresses": ["10.0.1.1"], "conditions": {}});
        let of_four = slice("IPv4", &json!([pod("a", "10.0.0.1"), unready, task]));
        let of_six = slice("IPv6", &json!([pod("a", "fd00::1")]));
        let four = |address: &str| json!({"AWS_INSTANCE_IPV4": address, "AWS_INSTANCE_PORT": "8080"});
        for (case, records, reference, slices, expected, lacking) in [
            ("nothing", vec!["A"], web.clone(), vec![], json!({}), 0),
            (
                "pods by their names, others by their addresses",
                vec!["A"],
                web.clone(),
                vec![of_four.clone(), other],
                json!({"a": four("10.0.0.1"), "ip-10-0-1-1": four("10.0.1.1")}),
                0,
            ),
            (
                "another port",
                vec!["SRV"],
                json!({"name": "web", "port": "admin"}),
                vec![slice("IPv4", &json!([pod("a", "10.0.0.1")]))],
                json!({"a": {"AWS_INSTANCE_IPV4": "10.0.0.1", "AWS_INSTANCE_PORT": "9090"}}),
                0,
            ),
            (
                "both families: what has one of them can't be in both records",
                vec!["A", "AAAA"],
                web.clone(),
                vec![of_four, of_six],
                json!({"a": {"AWS_INSTANCE_IPV4": "10.0.0.1", "AWS_INSTANCE_IPV6": "fd00::1", "AWS_INSTANCE_PORT": "8080"}}),
                1,
            ),
        ] {
            let found = found(&spec(&records), &reference, &slices, &Instances::new());
            assert_eq!((plain(&found), found.lacking), (expected, lacking), "{case}");
        }
    }

    #[test]
    fn of_too_many_those_that_are_registered_stay() {
        let pods: Vec<Value> =
            (0..MOST + 5).map(|n| pod(&format!("p{n:04}"), &format!("10.0.{}.{}", n / 250, n % 250))).collect();
        let last = format!("p{:04}", MOST + 4);
        let registered = Instances::from([(last.clone(), Tags::new())]);
        let found = found(&spec(&["A"]), &json!({"name": "web"}), &[slice("IPv4", &json!(pods))], &registered);
        assert_eq!((found.instances.len(), found.beyond), (MOST, 5));
        assert!(found.instances.contains_key(&last), "one that is registered made way");
        assert!(!found.instances.contains_key(&format!("p{MOST:04}")), "a new one took the place");
    }

    #[test]
    fn an_id_is_one_that_aws_takes() {
        let long = |end: char| format!("{}{end}", "x".repeat(80));
        let ids: BTreeSet<String> = [
            (pod("web-1", "10.0.0.1"), "10.0.0.1"),
            (pod(&long('a'), "10.0.0.1"), "10.0.0.1"),
            (pod(&long('b'), "10.0.0.1"), "10.0.0.1"),
            (json!({"targetRef": {"kind": "Node", "name": "n"}}), "fd00::1"),
        ]
        .into_iter()
        .map(|(endpoint, address)| id(&endpoint, address))
        .collect();
        assert_eq!(ids.len(), 4, "{ids:?}");
        for id in &ids {
            let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"-.".contains(&b);
            assert!(id.len() <= 64 && id.bytes().all(is_allowed), "{id}");
        }
    }

    #[test]
    fn an_instance_is_known_by_its_mark() {
        let slices = [slice("IPv4", &json!([pod("a", "10.0.0.1")]))];
        let found = found(&spec(&["A"]), &json!({"name": "web"}), &slices, &Instances::new());
        assert!(found.instances.values().all(is_ours), "{found:?}");
        let theirs = Tags::from([(IPV4.to_owned(), "10.0.0.1".to_owned())]);
        assert!(!is_ours(&theirs), "what ECS or a person has registered");
    }
}
