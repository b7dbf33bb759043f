//! What the spec wants of AWS, and what AWS describes, in one shape.

use serde_json::{Map, Value, json};

use super::{
    instances::Instances,
    spec::{CloudMapServiceSpec, Memo},
};
use crate::{
    engine::{
        Call, Env, Tagging,
        compare::{self, Rule},
        hash,
        names::{self, Rules},
        ownership::{Tags, with_owner},
    },
    model::servicediscovery::{
        self as sd, DnsConfig, HealthCheckCustomConfig, Operation, RoutingPolicy, Tag, TagResourceRequest,
        UntagResourceRequest,
    },
};

/// How the members compare. AWS Cloud Map API Reference: CreateService, DnsConfig, HealthCheckCustomConfig, UpdateService.
pub const RULES: &[Rule] = &[
    compare::text("Description", ""),
    compare::text("DnsConfig.RoutingPolicy", RoutingPolicy::MULTIVALUE),
    compare::set("DnsConfig.DnsRecords"),
];

/// Cloud Map: labels of letters, digits, hyphens and underscores, joined by dots, up to 127 (CreateService, AWS Cloud Map API Reference). The
/// name is one in DNS: `cart.shop`, as the Service is called in the cluster.
const NAMES: Rules = Rules { separator: '.', max_length: 127, allows: is_name };

pub fn is_name(name: &str) -> bool {
    let is_end = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    name.len() <= 127
        && name.split('.').all(|label| {
            let bytes = label.as_bytes();
            label.len() <= 63
                && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(b))
                && is_end(bytes.first())
                && is_end(bytes.last())
        })
}

/// The name in AWS: the spec's own, the one that was used before, or the object's.
pub fn name(spec: &CloudMapServiceSpec, env: &Env, memo: &Memo) -> String {
    let given = spec.service.name.as_ref().or(memo.record.name.as_ref());
    given.cloned().unwrap_or_else(|| names::default_dns_name(&env.identity, &env.name_prefix, NAMES))
}

pub fn desired(spec: &CloudMapServiceSpec) -> Value {
    projected(
        spec.service.description.as_ref(),
        spec.service.dns_config.as_ref(),
        spec.service.health_check_custom_config.as_ref(),
    )
}

/// What AWS describes, in the spec's shape.
pub fn observed(service: &sd::Service) -> Value {
    projected(service.description.as_ref(), service.dns_config.as_ref(), service.health_check_custom_config.as_ref())
}

fn projected(description: Option<&String>, dns: Option<&DnsConfig>, health: Option<&HealthCheckCustomConfig>) -> Value {
    let dns = dns.map(|dns| json!({"RoutingPolicy": dns.routing_policy, "DnsRecords": dns.dns_records}));
    // AWS waits for 30 seconds once, whatever it is asked for.
    let health = health.map(|_| json!({"FailureThreshold": 1}));
    json!({"Description": description, "DnsConfig": dns, "HealthCheckCustomConfig": health})
}

/// The members that AWS takes at creation only, of both sides.
pub fn fixed(projected: &Value) -> Value {
    let dns = &projected["DnsConfig"];
    let records = dns["DnsRecords"].as_array().into_iter().flatten();
    let types: Vec<Value> = records.map(|record| json!({"Type": record["Type"]})).collect();
    let health = &projected["HealthCheckCustomConfig"];
    json!({
        "DnsConfig": {"RoutingPolicy": dns["RoutingPolicy"], "DnsRecords": types},
        "HealthCheckCustomConfig": health,
    })
}

/// The hash of what is desired, with the tags and the instances: what `applied` remembers.
pub fn desired_hash(spec: &CloudMapServiceSpec, instances: Option<&Instances>) -> String {
    hash::of(&json!({
        "service": compare::canonical(&desired(spec), RULES),
        "tags": spec_tags(spec),
        "instances": instances,
    }))
}

pub fn spec_tags(spec: &CloudMapServiceSpec) -> Tags {
    from_list(spec.service.tags.iter().flatten())
}

/// The spec's tags and those that say whose the service is.
pub fn wanted_tags(spec: &CloudMapServiceSpec, env: &Env) -> Tags {
    with_owner(spec_tags(spec), &env.identity)
}

pub fn from_list<'a>(tags: impl IntoIterator<Item = &'a Tag>) -> Tags {
    tags.into_iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

pub fn to_list(tags: &Tags) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() }).collect()
}

/// The call that makes this change.
pub fn write_tags(tagging: &Tagging) -> Call {
    match tagging.clone() {
        Tagging::Set { arn, tags } => {
            Call::new(Operation::TagResource, &TagResourceRequest { resource_arn: arn, tags: to_list(&tags) })
        }
        Tagging::Remove { arn, keys } => {
            Call::new(Operation::UntagResource, &UntagResourceRequest { resource_arn: arn, tag_keys: keys })
        }
    }
}

/// What AWS is asked to make.
pub fn members(spec: &CloudMapServiceSpec) -> Map<String, Value> {
    let mut members = match serde_json::to_value(&spec.service) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    members.remove("Tags");
    members
}
