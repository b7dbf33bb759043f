//! The EcsService that stands for the workload on ECS: what it is made of, and whether it is there as it should be.

use serde_json::{Map, Value, json};

use super::{
    facts::{CLAIM, CONFIG_MAP, Facts, SERVICE, SERVICE_ACCOUNT, VOLUME},
    spec::{LineReport, SecretSource, TranslationReport, WorkloadBridgeSpec},
};
use crate::{
    bridge::{
        inputs::{Input, inputs},
        split,
        translate::{self, Context, Key, Logs, Objects, Placement, SecretSources, Target, Verdict},
    },
    engine::{
        Env, Why, hash,
        kubernetes::{ListObjectsRequest, Named},
        reason,
    },
};

/// Holds back the end of the service until the cluster has its replicas.
pub const HOLD: &str = "hold.ecs-bridge.dev/workload-bridge";

/// What the EcsService was made of, by its hash.
pub const MADE_OF: &str = "ecs-bridge.dev/made-of";

/// So many refused fields stand in a condition, and so many lines in the status.
const NAMED: usize = 3;
const LINES: usize = 20;

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
    let namespace = env.identity.namespace.clone();
    ListObjectsRequest { resource: SERVICE, namespace, ..ListObjectsRequest::default() }
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

fn secrets(sources: &[SecretSource]) -> Result<SecretSources, Why> {
    let mapping = |source: &SecretSource| match &source.key {
        Some(key) => format!("{}/{key}={}", source.name, source.value_from),
        None => format!("{}={}", source.name, source.value_from),
    };
    let mut mappings = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let mapping = mapping(source);
        // The mistake is told without the value.
        if SecretSources::parse(std::slice::from_ref(&mapping)).is_err() {
            let why = format!(
                "spec.secrets.sources[{at}].valueFrom is not the ARN of a secret of Secrets Manager or of a parameter of the Parameter Store \
                 (which wants a key): write it right"
            );
            return Err(Why::new(reason::INVALID_SPEC, why));
        }
        mappings.push(mapping);
    }
    Ok(SecretSources::parse(&mappings).unwrap_or_default())
}

/// What became of a workload.
pub struct Translated {
    /// The spec of the EcsService, but for its count; or why there is none.
    pub spec: Result<Map<String, Value>, Why>,
    pub labels: Value,
    pub report: TranslationReport,
}

/// Translates the workload, with what it refers to as far as that was read.
pub fn translated(spec: &WorkloadBridgeSpec, deployment: &Value, env: &Env, facts: &Facts) -> Result<Translated, Why> {
    let ecs = &spec.ecs;
    let placement = placement(spec);
    let providers = placement.capacity_providers.iter().map(|item| item.capacity_provider.as_str());
    let context = Context {
        namespace: env.identity.namespace.clone(),
        target: Target::of(ecs.launch_type.as_deref(), providers),
        execution_role: ecs.execution_role_arn.clone(),
        task_role: ecs.task_role_arn.clone(),
        logs: ecs.logs.clone().map(|logs| Logs { group: logs.group, region: logs.region }),
        secrets: secrets(&spec.secrets.sources)?,
        service: spec.service.clone(),
        strict: spec.strict,
        objects: objects(deployment, env, facts),
        ..Context::default()
    };
    let share = split::shares(&spec.split, spec.replicas).ecs;
    let (resource, report) = translate::deployment(&on_ecs(deployment, share), &context, &placement);
    let made = match resource {
        None => Err(refused(&report, spec.strict)),
        Some(resource) => {
            let mut made = resource["spec"].as_object().cloned().unwrap_or_default();
            made.remove("desiredCount");
            // What fails is to fail soon: the cluster has the replicas then.
            let configuration = made.entry("deploymentConfiguration").or_insert_with(|| json!({}));
            configuration["deploymentCircuitBreaker"] = json!({ "enable": true, "rollback": false });
            if let (Some(definition), Some(over)) = (made.get_mut("taskDefinition"), &ecs.r#override) {
                merge(definition, &json!(over));
            }
            Ok(made)
        }
    };
    let labels = deployment["metadata"]["labels"].clone();
    Ok(Translated { spec: made, labels, report: told(&report) })
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
    let obstacles: Vec<String> = report.obstacles(strict).map(|line| format!("{}: {}", line.path, line.says)).collect();
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
    let mut lines: Vec<&translate::Line> = report.obstacles(true).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.verdict));
    let omitted = lines.len().saturating_sub(LINES);
    let line = |line: &&translate::Line| LineReport {
        path: line.path.clone(),
        verdict: line.verdict.to_string(),
        says: line.says.clone(),
    };
    TranslationReport {
        translated_count: count(Verdict::Translated),
        approximated_count: count(Verdict::Approximated),
        ignored_count: count(Verdict::Ignored),
        refused_count: count(Verdict::Refused).saturating_add(missing),
        lines: lines.iter().take(LINES).map(line).collect(),
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

fn are_named(items: &[Value]) -> bool {
    items.iter().all(|item| item["name"].is_string())
}

/// What is applied, for so many replicas.
pub fn manifest(made: &Map<String, Value>, labels: &Value, count: i32, env: &Env) -> Value {
    let identity = &env.identity;
    let mut spec = made.clone();
    spec.insert("desiredCount".to_owned(), json!(count));
    let mut metadata = json!({
        "name": identity.name,
        "namespace": identity.namespace,
        "annotations": { (MADE_OF): hash_of(made, labels) },
        "finalizers": [HOLD],
        "ownerReferences": [{
            "apiVersion": "ecs-bridge.dev/v1alpha1",
            "kind": identity.kind,
            "name": identity.name,
            "uid": identity.uid,
            "controller": true,
            "blockOwnerDeletion": true,
        }],
    });
    if labels.is_object() {
        metadata["labels"] = labels.clone();
    }
    json!({ "apiVersion": "ecs-bridge.dev/v1alpha1", "kind": "EcsService", "metadata": metadata, "spec": spec })
}

fn hash_of(made: &Map<String, Value>, labels: &Value) -> String {
    hash::of(&json!({ "spec": made, "labels": labels }))
}

/// How an EcsService that is there compares with what is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Same,
    /// It was made of something else.
    Old,
    /// It was made of the same, and others have changed it.
    Changed,
}

/// The count is another matter: it is scaled.
pub fn compare(service: &Value, made: &Map<String, Value>, labels: &Value, env: &Env) -> Comparison {
    let mut wanted = manifest(made, labels, 0, env);
    for (parent, member) in [("/spec", "desiredCount"), ("/metadata", "finalizers")] {
        wanted.pointer_mut(parent).and_then(Value::as_object_mut).and_then(|parent| parent.remove(member));
    }
    if service["metadata"]["annotations"][MADE_OF] != wanted["metadata"]["annotations"][MADE_OF] {
        Comparison::Old
    } else if is_held(service) && has(service, &wanted) {
        Comparison::Same
    } else {
        Comparison::Changed
    }
}

/// Whether a value has all of another: others may add members, and things with names to lists of such.
fn has(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(members), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| members.get(name).is_some_and(|value| has(value, wanted)))
        }
        (Value::Array(items), Value::Array(wanted)) if are_named(items) && are_named(wanted) => {
            wanted.iter().all(|wanted| items.iter().any(|item| has(item, wanted)))
        }
        (Value::Array(items), Value::Array(wanted)) => {
            items.len() == wanted.len() && items.iter().zip(wanted).all(|(item, wanted)| has(item, wanted))
        }
        (value, wanted) => value == wanted,
    }
}

/// Whose an EcsService is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Ours,
    /// Somebody made it, and nothing controls it.
    Nobodys,
    Anothers,
}

/// The owner is known by kind and name: a restored cluster has other UIDs.
pub fn whose(service: &Value, env: &Env) -> Whose {
    let owners = service["metadata"]["ownerReferences"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_ours = |owner: &Value| owner["kind"] == env.identity.kind && owner["name"] == env.identity.name;
    match owners.iter().find(|owner| owner["controller"] == true) {
        Some(owner) if is_ours(owner) => Whose::Ours,
        Some(_) => Whose::Anothers,
        None => Whose::Nobodys,
    }
}

/// The metadata of an EcsService that is let go, against the version that was read; with the bridge as its owner or without.
pub fn let_go(service: &Value, env: &Env, keeps_owner: bool) -> Value {
    let metadata = &service["metadata"];
    let without = |list: &Value, is_ours: &dyn Fn(&Value) -> bool| -> Value {
        list.as_array().into_iter().flatten().filter(|item| !is_ours(item)).cloned().collect()
    };
    let mut patch = json!({
        "resourceVersion": metadata["resourceVersion"],
        "uid": metadata["uid"],
        "finalizers": without(&metadata["finalizers"], &|finalizer| *finalizer == HOLD),
    });
    if !keeps_owner {
        let is_ours = |owner: &Value| owner["kind"] == env.identity.kind && owner["name"] == env.identity.name;
        patch["ownerReferences"] = without(&metadata["ownerReferences"], &is_ours);
    }
    patch
}

pub fn is_held(service: &Value) -> bool {
    service["metadata"]["finalizers"].as_array().into_iter().flatten().any(|finalizer| *finalizer == HOLD)
}

pub fn is_deleting(object: &Value) -> bool {
    object["metadata"]["deletionTimestamp"].is_string()
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

    #[test]
    fn what_others_add_is_no_change_and_what_they_change_is() {
        let wanted = json!({"cpu": "256", "command": ["a", "b"], "containers": [{"name": "web", "image": "1"}]});
        for (what, change, is_same) in [
            ("nothing", json!({}), true),
            ("another member", json!({"loadBalancers": [1]}), true),
            ("another container", json!({"containers": [{"name": "log"}, {"name": "web", "image": "1"}]}), true),
            ("a member of a container", json!({"containers": [{"name": "web", "image": "1", "cpu": 1}]}), true),
            ("a value", json!({"cpu": "512"}), false),
            ("another image", json!({"containers": [{"name": "web", "image": "2"}]}), false),
            ("the order of words", json!({"command": ["b", "a"]}), false),
            ("one more word", json!({"command": ["a", "b", "c"]}), false),
            ("no containers", json!({"containers": []}), false),
        ] {
            let mut value = wanted.clone();
            for (name, member) in change.as_object().into_iter().flatten() {
                value[name] = member.clone();
            }
            assert_eq!(has(&value, &wanted), is_same, "{what}");
        }
    }
}
