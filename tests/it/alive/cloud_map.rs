//! What goes together in a service of Cloud Map.

use serde_json::{Value, json};

use super::{
    described::Ask,
    rules::{drop_members, fill},
};
use crate::plan::cloud_map::NAMESPACE;

pub fn settle(spec: &mut Value) {
    spec["NamespaceId"] = json!(NAMESPACE);
    // Either names, or calls alone find it.
    if spec.get("DnsConfig").is_none() {
        fill(spec, "Type", json!("HTTP"));
        return;
    }
    drop_members(spec, &["Type"]);
    // AWS no longer offers it.
    drop_members(&mut spec["DnsConfig"], &["NamespaceId"]);
    // DnsRecord: A, AAAA, both of them, or SRV.
    let records = spec["DnsConfig"]["DnsRecords"].as_array().cloned().unwrap_or_default();
    let of = |types: &[&str]| -> Vec<Value> {
        let is_of = |record: &&Value| types.iter().any(|type_| record["Type"] == *type_);
        records.iter().filter(is_of).cloned().collect()
    };
    let kept = [of(&["SRV"]), of(&["A", "AAAA"])].into_iter().find(|kept| !kept.is_empty());
    spec["DnsConfig"]["DnsRecords"] = json!(kept.unwrap_or_else(|| vec![json!({"Type": "A", "TTL": 10})]));
}

/// The service whose name in AWS has this in it.
pub fn described(ask: Ask<'_>, name: &str) -> Value {
    let ask = |operation: &str, request: Value| ask(aws_sim::Api::ServiceDiscovery, operation, request);
    let listed = ask("ListServices", json!({}));
    let is_it = |service: &&Value| service["Name"].as_str().is_some_and(|called| called.contains(name));
    let found = listed["Services"].as_array().into_iter().flatten().find(is_it);
    let id = found.cloned().unwrap_or_default()["Id"].clone();
    let mut service = ask("GetService", json!({ "Id": id }))["Service"].clone();
    let tags = ask("ListTagsForResource", json!({ "ResourceARN": service["Arn"] }))["Tags"].clone();
    service["Tags"] = tags;
    service
}
