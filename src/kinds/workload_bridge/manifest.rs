//! The EcsService that stands for the workload on ECS: what it is made of.

use serde_json::{Map, Value, json};

use super::{
    copies::{Held, Obstacle},
    facts::{CLAIM, CLOUD_MAP_SERVICE, CONFIG_MAP, Facts, SERVICE_ACCOUNT, VOLUME},
    roles::{self, Roles},
    scene::Scene,
    spec::{LineReport, TranslationReport, WorkloadBridgeSpec},
};
use crate::{
    bridge::{
        inputs::{Input, inputs},
        split,
        translate::{self, Context, FILES_IMAGE, Key, Logs, Objects, Placement, Settings, Target, Verdict},
    },
    engine::{
        Env, Why,
        kubernetes::{ListObjectsRequest, Named, Resource, SERVICE},
        reason,
    },
};

/// So many things that are refused stand in a condition, and so many lines in the status, with so many fields each.
const NAMED: usize = 3;
const LINES: usize = 20;
const PATHS: usize = 20;

/// What the workload refers to.
pub fn needs(deployment: &Value, env: &Env, facts: &Facts) -> Vec<Named> {
    let namespace = Some(env.identity.namespace.as_str());
    let named = |input: Input| match input {
        Input::ConfigMap(name) => Named::new(&CONFIG_MAP, namespace, &name),
        Input::ServiceAccount(name) => Named::new(&SERVICE_ACCOUNT, namespace, &name),
        Input::PersistentVolumeClaim(name) => Named::new(&CLAIM, namespace, &name),
    };
    let mut all: Vec<Named> = inputs(&deployment["spec"]["template"]).into_iter().map(named).collect();
    let claims = all.iter().filter(|named| named.resource == CLAIM).filter_map(|claim| facts.object(claim).known());
    let volumes = claims.filter_map(|claim| claim["spec"]["volumeName"].as_str());
    let volumes: Vec<Named> = volumes.map(|name| Named::new(&VOLUME, None, name)).collect();
    all.extend(volumes);
    all
}

/// The Services of the namespace: what the containers may call others by.
pub fn services(env: &Env) -> ListObjectsRequest {
    all(env, SERVICE)
}

/// What gives Services names in AWS Cloud Map: what the tasks may call them by.
pub fn names(env: &Env) -> ListObjectsRequest {
    all(env, CLOUD_MAP_SERVICE)
}

fn all(env: &Env, resource: Resource) -> ListObjectsRequest {
    ListObjectsRequest { resource, namespace: env.identity.namespace.clone(), ..ListObjectsRequest::default() }
}

/// What the translation may know of the cluster.
fn objects(deployment: &Value, env: &Env, facts: &Facts) -> Objects {
    let mut objects = Objects::default();
    let key = |name: &str| -> Key { (env.identity.namespace.clone(), name.to_owned()) };
    for named in needs(deployment, env, facts) {
        let Some(object) = facts.object(&named).known() else { continue };
        let (resource, name) = (&named.resource, &named.name);
        // What its own type can't read is not known.
        if *resource == CONFIG_MAP {
            objects.config_maps.extend(typed(object).map(|object| (key(name), object)));
        } else if *resource == SERVICE_ACCOUNT {
            objects.service_accounts.extend(typed(object).map(|object| (key(name), object)));
        } else if *resource == CLAIM {
            objects.claims.extend(typed(object).map(|object| (key(name), object)));
        } else {
            objects.volumes.extend(typed(object).map(|object| (name.clone(), object)));
        }
    }
    for named in facts.list(&names(env)).into_iter().flatten().filter_map(translate::given) {
        objects.name(named);
    }
    for service in facts.list(&services(env)).into_iter().flatten() {
        let name = service["metadata"]["name"].as_str().unwrap_or_default();
        objects.services.extend(typed(service).map(|service| (key(name), service)));
    }
    objects
}

pub fn typed<T: serde::de::DeserializeOwned>(object: &Value) -> Option<T> {
    T::deserialize(object).ok()
}

/// Where it is to run, in the words of the translation.
fn placement(spec: &WorkloadBridgeSpec) -> Placement {
    let ecs = &spec.ecs;
    let network = ecs.network_configuration.as_ref().and_then(|network| network.awsvpc_configuration.clone());
    let network = network.unwrap_or_default();
    Placement {
        cluster: ecs.cluster.clone(),
        cluster_ref: ecs.cluster_ref.as_ref().map(|reference| reference.name.clone()),
        subnets: network.subnets,
        security_groups: network.security_groups.unwrap_or_default(),
        assign_public_ip: network.assign_public_ip.is_some_and(|assign| assign.as_str() == "ENABLED"),
        capacity_providers: ecs.capacity_provider_strategy.clone().unwrap_or_default(),
    }
}

/// What became of a workload.
pub struct Translated {
    /// The spec of the EcsService, but for its count; or why there is none.
    pub spec: Result<Map<String, Value>, Obstacle>,
    pub labels: Value,
    /// `None`: it was not translated.
    pub report: Option<TranslationReport>,
    /// What people have to do for it, beside.
    pub told: Vec<String>,
}

/// Translates the workload, with what it refers to as far as that was read.
pub fn translated(scene: &Scene<'_>, deployment: &Value, held: &Held, roles: &Roles) -> Translated {
    let Scene { spec, env, facts, .. } = *scene;
    let labels = deployment["metadata"]["labels"].clone();
    if let Some(obstacle) = &held.obstacle {
        return Translated { spec: Err(obstacle.clone()), labels, report: None, told: Vec::new() };
    }
    let ecs = &spec.ecs;
    let placement = placement(spec);
    let providers = placement.capacity_providers.iter().map(|item| item.capacity_provider.as_str());
    let secret_keys =
        held.keys.iter().map(|(name, keys)| ((env.identity.namespace.clone(), name.clone()), keys.clone()));
    let secret_keys = secret_keys.collect();
    let account = (env.identity.namespace.clone(), roles::account(deployment));
    let pod_identities = roles.associated.iter().map(|role| (account.clone(), role.clone())).collect();
    let context = Context {
        namespace: env.identity.namespace.clone(),
        target: Target::of(ecs.launch_type.as_deref(), providers),
        execution_role: ecs.execution_role_arn.clone(),
        task_role: ecs.task_role_arn.clone(),
        logs: ecs.logs.clone().map(|logs| Logs { group: logs.group, region: logs.region }),
        clients: ecs.probe_clients.iter().flatten().map(|known| (known.image.clone(), known.client)).collect(),
        files_image: ecs.files_image.clone().unwrap_or_else(|| FILES_IMAGE.to_owned()),
        settings: Settings::Fields,
        secrets: held.sources.clone(),
        service: spec.service.clone(),
        strict: spec.strict,
        role_notes: roles.notes.clone(),
        objects: Objects { secret_keys, pod_identities, ..objects(deployment, env, facts) },
    };
    let share = split::shares(&spec.split, spec.replicas).ecs;
    let (resource, report) = translate::deployment(&on_ecs(deployment, share), &context, &placement);
    let made = match resource {
        None => Err(Obstacle::Refused(refused(&report, spec.strict))),
        Some(resource) => {
            let mut made = resource["spec"].as_object().cloned().unwrap_or_default();
            made.remove("desiredCount");
            // What fails is to fail soon: the cluster has the replicas then.
            let configuration = made.entry("deploymentConfiguration").or_insert_with(|| json!({}));
            configuration["deploymentCircuitBreaker"] = json!({ "enable": true, "rollback": false });
            if let (Some(definition), Some(over)) = (made.get_mut("taskDefinition"), &ecs.r#override) {
                merge(definition, &json!(over));
            }
            match without_subnets(&made) {
                Some(why) => Err(Obstacle::Refused(why)),
                None => Ok(made),
            }
        }
    };
    Translated { spec: made, labels, report: Some(told(&report)), told: Vec::new() }
}

/// A task with an address of its own is in a subnet, and nothing tells in which.
fn without_subnets(made: &Map<String, Value>) -> Option<Why> {
    let member = |name: &str| made.get(name).unwrap_or(&Value::Null);
    let subnets = member("networkConfiguration")["awsvpcConfiguration"]["subnets"].as_array();
    let is_placed = subnets.is_some_and(|subnets| !subnets.is_empty());
    let has_address = member("taskDefinition")["networkMode"] == "awsvpc";
    let why = "spec.ecs.networkConfiguration.awsvpcConfiguration.subnets is missing: tasks of network mode awsvpc, as all on Fargate, run in \
               subnets; name those of the cluster's VPC, with security groups that let the pods in";
    (has_address && !is_placed).then(|| Why::new(reason::INVALID_SPEC, why))
}

/// What the API server fills in, and no manifest has to say.
const FILLED_IN: &[(&str, &str)] = &[("dnsPolicy", "ClusterFirst"), ("restartPolicy", "Always")];

/// The Deployment as its manifest has it, with the replicas that ECS is to have: of so many it may lack some in a rollout. A pause of its
/// rollout would hold everything back there, and its deadline is the bridge's to watch.
fn on_ecs(deployment: &Value, replicas: i32) -> Value {
    let mut made =
        json!({ "apiVersion": deployment["apiVersion"], "kind": deployment["kind"], "spec": deployment["spec"] });
    for member in ["name", "namespace", "labels"] {
        made["metadata"][member] = deployment["metadata"][member].clone();
    }
    made["spec"]["replicas"] = json!(replicas);
    if let Some(spec) = made["spec"].as_object_mut() {
        spec.retain(|member, _| !["paused", "progressDeadlineSeconds"].contains(&member.as_str()));
    }
    if let Some(pod) = made.pointer_mut("/spec/template/spec").and_then(Value::as_object_mut) {
        pod.retain(|member, value| !FILLED_IN.iter().any(|(name, filled)| member == name && value == filled));
    }
    made
}

fn refused(report: &translate::Report, strict: bool) -> Why {
    let obstacles: Vec<String> = report.groups(strict).iter().map(ToString::to_string).collect();
    let more = match obstacles.len() {
        count if count > NAMED => format!("; and {} more, in status.translation", count - NAMED),
        _ => String::new(),
    };
    let some = obstacles.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    Why::new(reason::TRANSLATION_REFUSED, format!("the workload can't run on ECS as it is: {some}{more}"))
}

/// The report, as far as a status holds it: the worst lines first.
fn told(report: &translate::Report) -> TranslationReport {
    let count = |verdict| i32::try_from(report.count(verdict)).unwrap_or(i32::MAX);
    let missing = i32::try_from(report.missing.len()).unwrap_or(i32::MAX);
    let groups = report.groups(true);
    let line = |group: &translate::Group<'_>| LineReport {
        paths: group.paths.iter().take(PATHS).map(ToString::to_string).collect(),
        verdict: group.verdict.to_string(),
        says: group.says.to_owned(),
    };
    let lines: Vec<LineReport> = groups.iter().take(LINES).map(line).collect();
    let told: usize = lines.iter().map(|line| line.paths.len()).sum();
    let omitted = groups.iter().map(|group| group.paths.len()).sum::<usize>() - told;
    TranslationReport {
        translated_count: count(Verdict::Translated),
        approximated_count: count(Verdict::Approximated),
        ignored_count: count(Verdict::Ignored),
        refused_count: count(Verdict::Refused).saturating_add(missing),
        lines,
        omitted_count: i32::try_from(omitted).unwrap_or(i32::MAX),
        notes: report.notes.iter().take(LINES).cloned().collect(),
    }
}

/// One value over another: objects member by member, lists of things with names by these, and null takes a member out.
fn merge(base: &mut Value, over: &Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (name, value) in over {
                if value.is_null() {
                    base.remove(name);
                } else {
                    merge(base.entry(name.clone()).or_insert(Value::Null), value);
                }
            }
        }
        (Value::Array(base), Value::Array(over)) if are_named(base) && are_named(over) => {
            for item in over {
                match base.iter_mut().find(|known| known["name"] == item["name"]) {
                    Some(known) => merge(known, item),
                    None => base.push(item.clone()),
                }
            }
        }
        (base, over) => *base = over.clone(),
    }
}

pub fn are_named(items: &[Value]) -> bool {
    items.iter().all(|item| item["name"].is_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_goes_member_by_member_and_by_names() {
        let made = json!({"cpu": "256", "containerDefinitions": [
            {"name": "web", "image": "nginx:1", "stopTimeout": 30, "command": ["a", "b"]},
            {"name": "log", "image": "log:1"},
        ]});
        for (what, over, expected) in [
            ("nothing", json!({}), made.clone()),
            (
                "another value, a new member, and one that goes",
                json!({"cpu": "512", "memory": "1024", "containerDefinitions": null}),
                json!({"cpu": "512", "memory": "1024"}),
            ),
            (
                "one of the containers, and another",
                json!({"containerDefinitions": [
                    {"name": "web", "stopTimeout": null, "command": ["c"]}, {"name": "envoy", "image": "envoy:1"},
                ]}),
                json!({"cpu": "256", "containerDefinitions": [
                    {"name": "web", "image": "nginx:1", "command": ["c"]},
                    {"name": "log", "image": "log:1"},
                    {"name": "envoy", "image": "envoy:1"},
                ]}),
            ),
            (
                "a list without names",
                json!({"containerDefinitions": [1]}),
                json!({"cpu": "256", "containerDefinitions": [1]}),
            ),
        ] {
            let mut merged = made.clone();
            merge(&mut merged, &over);
            assert_eq!(merged, expected, "{what}");
        }
    }
}
