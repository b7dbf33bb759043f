//! Good specs, from which the transitions set out and to which they return.

use serde_json::{Value, json};

use super::super::super::{cloud_map, lab::Lab};
use crate::alive::{TABLES, Table};

/// All but `WorkloadBridge`, whose edits move replicas from side to side, at the pace of its own clock: tests/it/split.rs has its orders.
pub const KINDS: &[&str] = &[
    "EcsCluster",
    "EcsCapacityProvider",
    "EcsService",
    "EcsTaskDefinition",
    "EcrRepository",
    "SecretsManagerSecret",
    "EksFargateProfile",
    "CloudMapService",
];

/// What AWS has no random value of, or random specs leave out: what a name leads to.
const BY_HAND: &[&str] = &["EksFargateProfile", "CloudMapService"];

/// Random specs to choose from, so that between them they set as many members as can be.
const POOL: usize = 100;

pub struct Base {
    pub kind: &'static str,
    /// Of the object.
    pub name: String,
    pub spec: Value,
    /// What AWS calls its thing.
    pub in_aws: String,
}

/// No text of hexadecimal digits has such a name in it.
pub fn name(number: usize) -> String {
    format!("q{number:04}")
}

pub fn of(kind: &'static str, number: usize, lab: &Lab) -> Vec<Base> {
    let has_all = |table: &&Table| table.kind == kind && !BY_HAND.contains(&kind);
    let specs: Vec<Value> = match TABLES.iter().find(has_all) {
        Some(table) => random(table, number),
        None => vec![by_hand(kind)],
    };
    let base = |(at, spec): (usize, Value)| {
        let name = name(at);
        let given = ["serviceName", "clusterName", "repositoryName", "family", "name", "Name"]
            .iter()
            .find_map(|member| spec[member].as_str().map(str::to_owned));
        let separator = if kind == "EcrRepository" { '/' } else { '_' };
        let in_aws = given.unwrap_or_else(|| format!("{}{separator}{name}", lab.namespace));
        Base { kind, name, spec, in_aws }
    };
    specs.into_iter().enumerate().map(base).collect()
}

fn random(table: &Table, number: usize) -> Vec<Value> {
    let settled = |mut spec: Value| {
        // What no task runs of is there at once, and revisions that nobody needs go.
        if table.kind == "EcsService" && spec["schedulingStrategy"] != "DAEMON" {
            spec["desiredCount"] = json!(0);
        }
        if ["EcsService", "EcsTaskDefinition"].contains(&table.kind) {
            spec["revisionHistoryLimit"] = json!(1);
        }
        spec
    };
    table.chosen(number, POOL).into_iter().map(|life| settled(life.first)).collect()
}

/// Of these kinds.
fn by_hand(kind: &str) -> Value {
    match kind {
        "EksFargateProfile" => json!({
            "podExecutionRoleArn": "arn:aws:iam::123456789012:role/ecs-pods",
            "selectors": [{ "namespace": "shop", "labels": { "app": "web" } }, { "namespace": "pay" }],
            "tags": { "team": "shop" },
        }),
        "CloudMapService" => json!({
            "NamespaceId": cloud_map::NAMESPACE,
            "Description": "of the shop",
            "DnsConfig": { "DnsRecords": [{ "Type": "A", "TTL": 10 }] },
            "Tags": [{ "Key": "team", "Value": "shop" }],
            "serviceRef": { "name": "web" },
        }),
        other => panic!("{other}: say in tests/it/e2e/chaos/transitions/bases.rs where its transitions set out"),
    }
}

#[test]
fn every_kind_makes_transitions() {
    for crd in ecs_bridge::kinds::crds().expect("the CRDs are made") {
        let kind = crd.spec.names.kind;
        assert!(KINDS.contains(&kind.as_str()) || kind == "WorkloadBridge", "{kind} makes no transitions");
    }
}
