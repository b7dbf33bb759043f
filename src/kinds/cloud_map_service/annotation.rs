//! The annotation of a Kubernetes Service that asks for its name in a Cloud Map namespace.

use serde_json::{Value, json};

use crate::engine::{
    annotated::{Annotated, CLOUD_MAP_NAMESPACE},
    kubernetes::{Resource, SERVICE},
};

/// The namespace's id or ARN is the annotation's value.
pub static ANNOTATED: Annotated = Annotated { key: CLOUD_MAP_NAMESPACE, on: &SERVICE, makes: &RESOURCE, spec };

static RESOURCE: Resource = Resource::new("ecs-bridge.dev/v1alpha1", "CloudMapService", "cloudmapservices");

/// For so many seconds a resolver may keep an address.
const TTL: i64 = 10;

/// Records for the families of the Service. One that is another's name has no endpoints.
fn spec(service: &Value, namespace: &str) -> Option<Value> {
    if service["spec"]["type"] == "ExternalName" {
        return None;
    }
    let families = service["spec"]["ipFamilies"].as_array().cloned().unwrap_or_default();
    let has = |family: &str| families.iter().any(|known| known == family);
    let types: &[&str] = match (has("IPv4"), has("IPv6")) {
        (true, true) => &["A", "AAAA"],
        (false, true) => &["AAAA"],
        _ => &["A"],
    };
    let records: Vec<Value> = types.iter().map(|of| json!({"Type": of, "TTL": TTL})).collect();
    Some(json!({
        "NamespaceId": namespace,
        "DnsConfig": {"DnsRecords": records},
        "serviceRef": {"name": service["metadata"]["name"]},
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_records_are_of_the_services_families() {
        for (service, expected) in [
            (json!({}), Some(vec!["A"])),
            (json!({"ipFamilies": ["IPv4"]}), Some(vec!["A"])),
            (json!({"ipFamilies": ["IPv6"]}), Some(vec!["AAAA"])),
            (json!({"ipFamilies": ["IPv6", "IPv4"]}), Some(vec!["A", "AAAA"])),
            (json!({"type": "ExternalName"}), None),
        ] {
            let asked = spec(&json!({"metadata": {"name": "web"}, "spec": service}), "ns-1");
            let types = asked.as_ref().map(|asked| {
                let records = asked["DnsConfig"]["DnsRecords"].as_array().expect("records");
                records.iter().map(|record| record["Type"].as_str().expect("a type")).collect::<Vec<_>>()
            });
            assert_eq!(types, expected, "{service}");
            if let Some(asked) = asked {
                assert_eq!((&asked["NamespaceId"], &asked["serviceRef"]["name"]), (&json!("ns-1"), &json!("web")));
            }
        }
    }
}
