//! Online Boutique, as its authors write it (examples/shop).

use std::fs;

use ecs_bridge::{
    bridge::translate::{Context, Outcome, Placement, Report, Settings, Verdict, translate_all},
    kinds::ecs_service::EcsServiceSpec,
};
use serde::Deserialize as _;
use serde_json::{Value, json};

use super::{objects::ROLE, paths, register};

pub const MANIFESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shop/online-boutique.yaml");

/// What gives its Services names.
const ANNOTATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shop/cloud-map.yaml");

fn documents() -> Vec<Value> {
    read(MANIFESTS)
}

fn read(file: &str) -> Vec<Value> {
    let text = fs::read_to_string(file).expect("manifests");
    serde_yaml_ng::Deserializer::from_str(&text).map(|document| Value::deserialize(document).expect("YAML")).collect()
}

fn placement() -> Placement {
    Placement { cluster: Some("shop".into()), subnets: vec!["subnet-0a1b2c3d".into()], ..Placement::default() }
}

fn outcomes() -> Vec<Outcome> {
    let context = Context { execution_role: Some(ROLE.into()), ..Context::default() };
    translate_all(&documents(), &context, &placement()).expect("manifests").outcomes
}

#[test]
fn all_twelve_deployments_are_translated_and_no_field_is_dropped() {
    let (documents, outcomes) = (documents(), outcomes());
    let deployments: Vec<&Value> = documents.iter().filter(|document| document["kind"] == "Deployment").collect();
    assert_eq!((deployments.len(), outcomes.len()), (12, 12));
    for (deployment, Outcome { name, resource, report, .. }) in deployments.iter().zip(&outcomes) {
        assert_eq!(deployment["metadata"]["name"], **name);
        let mut reported: Vec<&str> = report.lines.iter().map(|line| line.path.as_str()).collect();
        let mut set = paths(deployment);
        reported.sort_unstable();
        set.sort_unstable();
        assert_eq!(reported, set, "{name}: the fields with a line (left), and those that are set (right)");
        let refused: Vec<_> = report.obstacles(false).collect();
        let resource = resource.as_ref().unwrap_or_else(|| panic!("{name} is refused: {refused:#?}"));
        let spec: EcsServiceSpec = serde_json::from_value(resource["spec"].clone()).expect("the spec of an EcsService");
        let definition = spec.task_definition.expect("a task definition");
        assert_eq!(json!(definition), resource["spec"]["taskDefinition"], "{name}: a member that no EcsService has");
        register(&definition).unwrap_or_else(|error| panic!("{name}: AWS refuses it: {}", error.message));
    }
}

/// What cloud-map.yaml annotates is all that others call.
#[test]
fn each_service_that_others_call_has_a_name_that_tasks_reach() {
    let mut documents = documents();
    documents.extend(read(ANNOTATIONS).iter().map(|service| {
        let name = service["metadata"]["name"].as_str().expect("a name");
        json!({
            "apiVersion": "ecs-bridge.dev/v1alpha1",
            "kind": "CloudMapService",
            "metadata": {"name": name},
            "spec": {"DnsConfig": {"DnsRecords": [{"Type": "A"}]}, "serviceRef": {"name": name}},
            "status": {"dnsName": format!("{name}.shop.internal")},
        })
    }));
    let context = Context { execution_role: Some(ROLE.into()), ..Context::default() };
    let outcomes = translate_all(&documents, &context, &placement()).expect("manifests").outcomes;
    let of = |name: &str| outcomes.iter().find(|outcome| outcome.name == name).expect("the workload");
    let cart = of("cartservice");
    let told =
        cart.resource.as_ref().expect("a resource")["spec"]["taskDefinition"]["containerDefinitions"][0]["environment"]
            [0]
        .clone();
    assert_eq!(told, json!({"name": "REDIS_ADDR", "value": "redis-cart.shop.internal:6379"}));
    let lines = outcomes.iter().flat_map(|outcome| outcome.report.lines.iter().map(|line| (&outcome.name, line)));
    let of_hosts: Vec<_> = lines.filter(|(_, line)| line.says.contains("Service")).collect();
    let reached = |says: &str| says.contains("in AWS Cloud Map, and port");
    let (named, others): (Vec<_>, Vec<_>) =
        of_hosts.into_iter().filter(|(_, line)| line.path.contains(".env[")).partition(|(_, line)| reached(&line.says));
    assert_eq!(named.len(), 17, "{named:#?}");
    assert!(named.iter().all(|(_, line)| line.verdict == Verdict::Translated), "{named:#?}");
    // The one that the shop names and does not have: its authors leave it to an add-on.
    let others: Vec<_> = others.iter().map(|(name, line)| (name.as_str(), line.verdict)).collect();
    assert_eq!(others, [("frontend", Verdict::Approximated)]);
}

/// Flags where there are flags, and fields where there are fields.
#[test]
fn people_are_told_of_what_they_can_set() {
    for (settings, others) in
        [(Settings::Flags, &["ecs.", "secrets.s"][..]), (Settings::Fields, &[" --", "(--", "among the manifests"])]
    {
        let context = Context { settings, ..Context::default() };
        let outcomes = translate_all(&documents(), &context, &placement()).expect("manifests").outcomes;
        for Outcome { name, report, .. } in &outcomes {
            let told = report.lines.iter().chain(&report.missing).map(|line| &line.says).chain(&report.notes);
            for text in told {
                assert!(!others.iter().any(|other| text.contains(other)), "{settings:?}: {name}: {text}");
            }
        }
    }
}

/// What people read of one of them.
fn shown(name: &str) -> String {
    let outcomes = outcomes();
    let outcome = outcomes.iter().find(|outcome| outcome.name == name).expect("the workload");
    let resource = serde_yaml_ng::to_string(outcome.resource.as_ref().expect("a resource")).expect("YAML");
    format!("{resource}\n{}", outcome.report.table())
}

#[test]
fn what_people_read_is_as_it_was() {
    for name in ["redis-cart", "loadgenerator", "frontend"] {
        let file = format!("{}/tests/it/translate/golden/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        let shown = shown(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&file, shown).expect("the golden file is written");
        } else {
            assert_eq!(
                shown,
                fs::read_to_string(&file).expect("a golden file"),
                "golden/{name}.txt; UPDATE_GOLDEN=1 writes it anew"
            );
        }
    }
}

/// A Deployment with these members of its spec, translated.
fn deployed(spec: &Value) -> (Option<Value>, Report) {
    let mut object = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {
        "template": {"spec": {"containers": [{"name": "web", "image": "nginx"}]}}}});
    super::merge(&mut object["spec"], spec.clone());
    let outcome = translate_all(&[object], &Context::default(), &placement()).expect("manifests").outcomes.remove(0);
    (outcome.resource, outcome.report)
}

/// Members of a Deployment's spec, where in the EcsService what they become stands, what that is, a field, and its verdict.
type Case = (Value, &'static str, Value, &'static str, &'static str);

fn hold(cases: Vec<Case>) {
    for (spec, pointer, value, path, verdict) in cases {
        let (resource, report) = deployed(&spec);
        let line =
            report.lines.iter().find(|line| line.path == path).unwrap_or_else(|| panic!("{spec}: no line of {path}"));
        assert_eq!(line.verdict.to_string(), verdict, "{spec}: {}", line.says);
        assert_eq!(resource.is_none(), verdict == "Refused", "{spec}: {line:?}");
        if let (Some(resource), false) = (&resource, pointer.is_empty()) {
            assert_eq!(*resource.pointer(pointer).unwrap_or(&Value::Null), value, "{spec}: {pointer}");
        }
    }
}

#[test]
fn what_a_deployment_says_of_its_pods() {
    hold(vec![
        (json!({"replicas": 3}), "/spec/desiredCount", json!(3), "spec.replicas", "Translated"),
        (json!({"replicas": -1}), "", json!(null), "spec.replicas", "Refused"),
        (
            json!({"revisionHistoryLimit": 3}),
            "/spec/revisionHistoryLimit",
            json!(3),
            "spec.revisionHistoryLimit",
            "Translated",
        ),
        (
            json!({"revisionHistoryLimit": 300}),
            "/spec/revisionHistoryLimit",
            json!(100),
            "spec.revisionHistoryLimit",
            "Approximated",
        ),
        (
            json!({"paused": true}),
            "/metadata/annotations",
            json!({"ecs-bridge.dev/paused": "true"}),
            "spec.paused",
            "Approximated",
        ),
        (json!({"paused": false}), "/metadata/annotations", json!(null), "spec.paused", "Ignored"),
        (json!({"minReadySeconds": 5}), "", json!(null), "spec.minReadySeconds", "Approximated"),
        (
            json!({"progressDeadlineSeconds": 5}),
            "/spec/deploymentConfiguration/deploymentCircuitBreaker/enable",
            json!(true),
            "spec.progressDeadlineSeconds",
            "Approximated",
        ),
        (json!({"selector": {"matchLabels": {"a": "b"}}}), "", json!(null), "spec.selector.matchLabels.a", "Ignored"),
        (
            json!({"strategy": {"type": "Recreate"}}),
            "/spec/deploymentConfiguration",
            json!({"maximumPercent": 100, "minimumHealthyPercent": 0}),
            "spec.strategy.type",
            "Translated",
        ),
        (
            json!({"strategy": {"type": "RollingUpdate"}}),
            "/spec/deploymentConfiguration",
            json!(null),
            "spec.strategy.type",
            "Translated",
        ),
        (json!({"nonesuch": 1}), "", json!(null), "spec.nonesuch", "Refused"),
        (
            json!({"template": {"spec": {"hostNetwork": true}}}),
            "",
            json!(null),
            "spec.template.spec.hostNetwork",
            "Refused",
        ),
    ]);
}

#[test]
fn how_a_deployment_rolls() {
    let rolling = |surge: Value, unavailable: Value| json!({"maxSurge": surge, "maxUnavailable": unavailable});
    hold(vec![
        (
            json!({"replicas": 4, "strategy": {"rollingUpdate": rolling(json!("25%"), json!(0))}}),
            "/spec/deploymentConfiguration",
            json!({"maximumPercent": 125, "minimumHealthyPercent": 100}),
            "spec.strategy.rollingUpdate.maxSurge",
            "Translated",
        ),
        (
            // A quarter of one replica is one more, as in Kubernetes: with 125 % ECS could never start it.
            json!({"strategy": {"rollingUpdate": rolling(json!("25%"), json!("25%"))}}),
            "/spec/deploymentConfiguration",
            json!({"maximumPercent": 200, "minimumHealthyPercent": 100}),
            "spec.strategy.rollingUpdate.maxUnavailable",
            "Translated",
        ),
        (
            json!({"replicas": 3, "strategy": {"rollingUpdate": rolling(json!(1), json!(1))}}),
            "/spec/deploymentConfiguration",
            json!({"maximumPercent": 134, "minimumHealthyPercent": 66}),
            "spec.strategy.rollingUpdate.maxSurge",
            "Approximated",
        ),
        (
            json!({"strategy": {"rollingUpdate": rolling(json!(0), json!(0))}}),
            "",
            json!(null),
            "spec.strategy.rollingUpdate.maxSurge",
            "Refused",
        ),
        (
            json!({"strategy": {"rollingUpdate": rolling(json!("x"), json!(0))}}),
            "",
            json!(null),
            "spec.strategy.rollingUpdate.maxSurge",
            "Refused",
        ),
    ]);
}
