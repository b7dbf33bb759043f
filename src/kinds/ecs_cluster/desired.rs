//! What the spec wants of AWS, and what AWS describes, in one shape.

use serde_json::{Map, Value, json};

use super::{
    providers::Providers,
    spec::{EcsClusterSpec, Memo},
};
use crate::{
    engine::{
        Env,
        compare::{self, Rule},
        hash, names,
        ownership::{Tags, with_owner},
    },
    kinds::common::ecs_tags,
    model::ecs,
};

/// How the members compare. Amazon ECS API Reference: CreateCluster, UpdateCluster, PutClusterCapacityProviders.
pub const RULES: &[Rule] = &[
    compare::spelling("capacityProviders[]", |name| names::short_name(name).to_owned()),
    compare::set("capacityProviders"),
    compare::spelling("defaultCapacityProviderStrategy[].capacityProvider", |name| names::short_name(name).to_owned()),
    compare::number("defaultCapacityProviderStrategy[].base", 0),
    compare::number("defaultCapacityProviderStrategy[].weight", 0),
    compare::set("defaultCapacityProviderStrategy"),
    compare::set("settings"),
    compare::text("configuration.executeCommandConfiguration.logging", ecs::ExecuteCommandLogging::DEFAULT),
    compare::flag("configuration.executeCommandConfiguration.logConfiguration.cloudWatchEncryptionEnabled", false),
    compare::flag("configuration.executeCommandConfiguration.logConfiguration.s3EncryptionEnabled", false),
];

/// The name in AWS: the spec's own, the one that was used before, or the object's.
pub fn name(spec: &EcsClusterSpec, env: &Env, remembered: Option<&String>) -> String {
    let given = spec.cluster.cluster_name.as_ref().or(remembered);
    given.cloned().unwrap_or_else(|| names::default_name(&env.identity, &env.name_prefix, names::ECS))
}

/// The spec's members, without its identity, and with the account's Container Insights default where the spec leaves it to AWS.
pub fn desired(spec: &EcsClusterSpec, account_insights: Option<&str>) -> Value {
    let mut value = serde_json::to_value(&spec.cluster).unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        members.remove("clusterName");
        members.remove("tags");
        if !sets_insights(spec)
            && let Some(default) = account_insights
        {
            let settings = members.entry("settings").or_insert_with(|| json!([]));
            if let Some(settings) = settings.as_array_mut() {
                settings.push(json!({"name": ecs::ClusterSettingName::CONTAINER_INSIGHTS, "value": default}));
            }
        }
    }
    value
}

/// Puts the capacity providers into what is wanted: what is not known yet stays as AWS has it.
pub fn put_providers(wanted: &mut Value, providers: &Providers, cluster: &ecs::Cluster) {
    let list = providers.list.as_ref().or(cluster.capacity_providers.as_ref());
    let strategy = providers.strategy.as_ref().or(cluster.default_capacity_provider_strategy.as_ref());
    wanted["capacityProviders"] = json!(list);
    wanted["defaultCapacityProviderStrategy"] = json!(strategy);
}

/// Whether the spec itself says what Container Insights shall be; otherwise the account's setting does.
pub fn sets_insights(spec: &EcsClusterSpec) -> bool {
    spec.cluster.settings.iter().flatten().any(|setting| setting.name.0 == ecs::ClusterSettingName::CONTAINER_INSIGHTS)
}

/// The hash of what the spec wants, tags included, and of what capacity providers of objects make of it: what `applied` remembers.
pub fn desired_hash(spec: &EcsClusterSpec, brought: Option<&String>) -> String {
    let mut wanted = json!({ "cluster": compare::canonical(&desired(spec, None), RULES), "tags": spec_tags(spec) });
    if let Some(brought) = brought {
        wanted["brought"] = json!(brought);
    }
    hash::of(&wanted)
}

/// What AWS describes, in the spec's shape.
pub fn observed(cluster: &ecs::Cluster, spec: &EcsClusterSpec, memo: &Memo) -> Value {
    let described = serde_json::to_value(cluster).unwrap_or_default();
    let members =
        ["capacityProviders", "configuration", "defaultCapacityProviderStrategy", "serviceConnectDefaults", "settings"];
    let mut value: Map<String, Value> =
        members.into_iter().filter_map(|member| Some((member.to_owned(), described.get(member)?.clone()))).collect();
    // The spec may name a Cloud Map namespace that AWS describes by its ARN.
    let named = spec.cluster.service_connect_defaults.as_ref().map(|defaults| &defaults.namespace);
    if let Some(named) = named
        && let Some(arn) = memo.resolved.get(named)
        && cluster.service_connect_defaults.as_ref().and_then(|defaults| defaults.namespace.as_ref()) == Some(arn)
    {
        value.insert("serviceConnectDefaults".to_owned(), json!({ "namespace": named }));
    }
    Value::Object(value)
}

pub fn spec_tags(spec: &EcsClusterSpec) -> Tags {
    ecs_tags::from_list(spec.cluster.tags.iter().flatten())
}

/// The spec's tags and those that say whose the cluster is.
pub fn wanted_tags(spec: &EcsClusterSpec, env: &Env) -> Tags {
    with_owner(spec_tags(spec), &env.identity)
}
