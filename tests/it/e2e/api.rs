//! What the API server makes of the CRDs: size, rules, `kubectl explain`, server-side apply, and what it refuses and with which words.

use std::collections::BTreeSet;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::{Api, ResourceExt};
use serde_json::{Value, json};

use super::{
    lab::Lab,
    manifests::{definition, merge, object, service},
};

/// Beyond this an object does not fit into etcd with what kubectl and the API server add to it.
const LARGEST: usize = 900 * 1024;

#[tokio::test]
async fn each_crd_is_accepted_with_its_rules_and_is_of_a_size_that_etcd_takes() {
    let lab = Lab::new("crds").await;
    let definitions: Api<CustomResourceDefinition> = Api::all(lab.client.clone());
    for (name, expected) in [
        ("ecsservices.ecs-bridge.dev", "give one of taskDefinition, taskDefinitionRef"),
        ("ecsclusters.ecs-bridge.dev", "clusterName"),
        ("ecrrepositories.ecs-bridge.dev", "repositoryName"),
    ] {
        let definition = definitions.get(name).await.expect("the CRD");
        let text = serde_json::to_string(&definition).expect("JSON");
        assert!(text.len() < LARGEST, "{name} has {} bytes", text.len());
        assert!(text.contains("x-kubernetes-validations"), "{name} has no CEL rules on the API server");
        assert!(text.contains(expected), "{name} does not speak of {expected:?}");
        let conditions = definition.status.and_then(|status| status.conditions).unwrap_or_default();
        for condition in conditions {
            let good = matches!(condition.type_.as_str(), "Established" | "NamesAccepted");
            assert_eq!(condition.status == "True", good, "{name}: {condition:?}");
        }
    }
}

/// The names of all fields below a schema.
fn fields(schema: &Value, into: &mut BTreeSet<String>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        into.insert(name.clone());
        fields(field, into);
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            fields(&schema[inner], into);
        }
    }
}

#[tokio::test]
async fn kubectl_explain_shows_every_field() {
    let lab = Lab::new("explain").await;
    let definitions: Api<CustomResourceDefinition> = Api::all(lab.client.clone());
    for definition in definitions.list(&kube::api::ListParams::default()).await.expect("the CRDs") {
        if definition.spec.group != "ecs-bridge.dev" {
            continue;
        }
        let schema = serde_json::to_value(&definition.spec.versions[0].schema).expect("JSON");
        let mut names = BTreeSet::new();
        fields(&schema["openAPIV3Schema"]["properties"]["spec"], &mut names);
        assert!(names.len() > 10, "{} has the fields {names:?} only", definition.name_any());
        let place = format!("{}.spec", definition.spec.names.singular.clone().unwrap_or_default());
        let explained = lab.kubectl(&["explain", &place, "--recursive"]).await.expect("kubectl explain");
        let shown: BTreeSet<&str> = explained.lines().filter_map(|line| line.trim().split('\t').next()).collect();
        let missing: Vec<_> = names.iter().filter(|name| !shown.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "kubectl explain {place} --recursive leaves out {missing:?}:\n{explained}");
        let described = lab.kubectl(&["explain", &place]).await.expect("kubectl explain");
        assert!(!described.contains("<no description>"), "kubectl explain {place}:\n{described}");
    }
}

#[tokio::test]
async fn server_side_apply_of_two_managers_merges_by_name() {
    let lab = Lab::new("merge").await;
    let container = |members: Value| {
        let mut container = json!({ "name": "web", "image": "nginx:1" });
        merge(&mut container, members);
        container
    };
    let team = |environment: Value| {
        let mut manifest = service("web", json!({ "tags": [{ "key": "team", "value": "shop" }] }));
        manifest["spec"]["taskDefinition"]["containerDefinitions"] =
            json!([container(json!({ "environment": environment }))]);
        manifest
    };
    lab.apply_as("team", &team(json!([{ "name": "A", "value": "1" }, { "name": "C", "value": "3" }])))
        .await
        .expect("the team's");
    // Another party adds a variable, a sidecar and a tag, and knows of nothing else.
    let mesh = object(
        "EcsService",
        "web",
        json!({
            "tags": [{ "key": "mesh", "value": "on" }],
            "taskDefinition": { "containerDefinitions": [
                { "name": "web", "environment": [{ "name": "B", "value": "2" }] },
                { "name": "proxy", "image": "proxy:1" },
            ] },
        }),
    );
    lab.apply_as("mesh", &mesh).await.expect("what the mesh adds");
    // The first takes one of its own away.
    let merged = lab.apply_as("team", &team(json!([{ "name": "A", "value": "1" }]))).await.expect("the team's, again");

    let containers = merged.data["spec"]["taskDefinition"]["containerDefinitions"].clone();
    let expected = json!([
        { "name": "web", "image": "nginx:1", "environment": [{ "name": "A", "value": "1" }, { "name": "B", "value": "2" }] },
        { "name": "proxy", "image": "proxy:1" },
    ]);
    assert_eq!(containers, expected, "containers and variables merge by name");
    let tags = json!([{ "key": "team", "value": "shop" }, { "key": "mesh", "value": "on" }]);
    assert_eq!(merged.data["spec"]["tags"], tags, "tags merge by key");
    lab.ready("EcsService", "web").await;

    // Two that want one thing differently are told so.
    let mut other = mesh.clone();
    other["spec"]["taskDefinition"]["containerDefinitions"][0]["image"] = json!("nginx:2");
    let conflict = lab.apply_as("mesh", &other).await.expect_err("the image is the team's").to_string();
    assert!(conflict.contains("team"), "the conflict does not name who owns the field: {conflict}");
}

/// What is refused at admission: the manifest, and what kubectl must say.
fn refusals() -> Vec<(&'static str, Value, Vec<&'static str>)> {
    let fargate = |cpu: &str, memory: &str| {
        let mut definition = definition("nginx:1");
        merge(&mut definition, json!({ "cpu": cpu, "memory": memory }));
        service("web", json!({ "taskDefinition": definition }))
    };
    let mut misspelt = service("web", json!({}));
    misspelt["spec"]["taskDefinition"]["containerDefinitions"][0]["imagee"] = json!("nginx:1");
    let mut reserved_below = definition("nginx:1");
    reserved_below["tags"] = json!([{ "key": "ecs-bridge.dev:owner", "value": "me" }]);
    vec![
        ("an impossible Fargate size", fargate("256", "8192"), vec!["256", "memory"]),
        ("another, in words", fargate("1 vCPU", "1GB"), vec!["memory"]),
        (
            "launchType together with a strategy",
            service("web", json!({ "capacityProviderStrategy": [{ "capacityProvider": "FARGATE" }] })),
            vec!["launchType and capacityProviderStrategy exclude each other"],
        ),
        ("an unknown field", service("web", json!({ "desiredCout": 2 })), vec!["desiredCout"]),
        ("an unknown field in a container", misspelt, vec!["imagee"]),
        (
            "both taskDefinition and taskDefinitionArn",
            service("web", json!({ "taskDefinitionArn": "web:1" })),
            vec!["one of taskDefinition, taskDefinitionRef"],
        ),
        (
            "neither taskDefinition nor taskDefinitionArn",
            service("web", json!({ "taskDefinition": null })),
            vec!["one of taskDefinition, taskDefinitionRef"],
        ),
        (
            "both cluster and clusterRef",
            service("web", json!({ "clusterRef": { "name": "main" } })),
            vec!["either clusterRef", "or cluster"],
        ),
        (
            "neither cluster nor clusterRef",
            service("web", json!({ "cluster": null })),
            vec!["either clusterRef", "or cluster"],
        ),
        (
            "a reserved tag key",
            service("web", json!({ "tags": [{ "key": "ecs-bridge.dev:owner", "value": "me" }] })),
            vec!["tags", "ecs-bridge.dev:"],
        ),
        (
            "a reserved tag key of a definition",
            service("web", json!({ "taskDefinition": reserved_below })),
            vec!["tags", "ecs-bridge.dev:"],
        ),
        (
            "a reserved tag key of a repository",
            object("EcrRepository", "app", json!({ "tags": [{ "Key": "aws:x", "Value": "me" }] })),
            vec!["tags", "aws:"],
        ),
        (
            "a launch type that AWS does not take",
            service("web", json!({ "launchType": "MANAGED_INSTANCES" })),
            vec!["capacityProviderStrategy"],
        ),
        (
            "a drift policy that is none",
            service("web", json!({ "management": { "drift": "Ignore" } })),
            vec!["drift", "Correct"],
        ),
        ("a count below zero", service("web", json!({ "desiredCount": -1 })), vec!["desiredCount"]),
    ]
}

#[tokio::test]
async fn bad_input_is_refused_at_admission_in_words_that_help() {
    let lab = Lab::new("refused").await;
    for (what, manifest, expected) in refusals() {
        let refusal = match lab.kubernetes.apply(&lab.namespace, &manifest.to_string()).await {
            Ok(_) => panic!("{what} was accepted: {manifest:#}"),
            Err(refusal) => refusal.to_string(),
        };
        for part in expected {
            assert!(refusal.contains(part), "{what}: the refusal does not speak of {part:?}: {refusal}");
        }
    }
    lab.no_write_since(0, "over input that was refused");
}

#[tokio::test]
async fn what_aws_takes_at_creation_only_can_not_be_changed() {
    let lab = Lab::new("immutable").await;
    let encrypted = |kind: &str| json!({ "encryptionConfiguration": { "encryptionType": kind } });
    let cases = [
        (
            "the name of a service",
            service("a", json!({ "serviceName": "one" })),
            service("a", json!({ "serviceName": "two" })),
            "serviceName",
        ),
        ("its cluster", service("b", json!({})), service("b", json!({ "cluster": "other" })), "cluster"),
        (
            "its scheduling strategy",
            service("c", json!({ "schedulingStrategy": "REPLICA" })),
            service("c", json!({ "schedulingStrategy": "DAEMON" })),
            "schedulingStrategy",
        ),
        (
            "the name of a cluster",
            object("EcsCluster", "d", json!({ "clusterName": "one" })),
            object("EcsCluster", "d", json!({ "clusterName": "two" })),
            "clusterName",
        ),
        (
            "the encryption of a repository",
            object("EcrRepository", "e", encrypted("AES256")),
            object("EcrRepository", "e", encrypted("KMS")),
            "encryptionConfiguration",
        ),
    ];
    for (what, before, after, field) in cases {
        lab.apply(&before).await;
        let refusal = match lab.kubernetes.apply(&lab.namespace, &after.to_string()).await {
            Ok(_) => panic!("{what} could be changed"),
            Err(refusal) => refusal.to_string(),
        };
        assert!(refusal.contains(field), "{what}: the refusal does not name {field}: {refusal}");
    }
}

#[tokio::test]
async fn kubectl_get_answers_whether_it_works_and_if_not_why() {
    let lab = Lab::new("tables").await;
    lab.apply(&object("EcsCluster", "main", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    lab.apply(&service("web", json!({}))).await;
    lab.apply(&service("broken", json!({ "taskDefinition": definition("app:missing") }))).await;
    for (kind, name) in [("EcsCluster", "main"), ("EcrRepository", "app"), ("EcsService", "web")] {
        lab.ready(kind, name).await;
    }
    lab.kubectl_shows(&["get", "ecsservices", "--output=wide"], "CannotPullContainerError").await;
    let all = lab.kubectl(&["get", "ecs-bridge"]).await.expect("the category");
    for name in ["ecscluster.ecs-bridge.dev/main", "ecrrepository.ecs-bridge.dev/app", "ecsservice.ecs-bridge.dev/web"]
    {
        assert!(all.contains(name), "`kubectl get ecs-bridge` leaves out {name}:\n{all}");
    }
    for (short, row) in [("ecsc", "main"), ("ecrrepo", "app"), ("ecss", "web")] {
        let table = lab.kubectl(&["get", short]).await.expect("the short name");
        let header = table.lines().next().unwrap_or_default();
        let columns: Vec<&str> = header.split_whitespace().collect();
        assert_eq!(columns[..2], ["NAME", "READY"], "`kubectl get {short}`:\n{table}");
        assert!(columns.contains(&"REASON") && columns.ends_with(&["AGE"]), "`kubectl get {short}`:\n{table}");
        let found = table.lines().find(|line| line.starts_with(row)).unwrap_or_default();
        assert!(found.contains("True") && found.contains("Available"), "{row} in `kubectl get {short}`:\n{table}");
        assert!(table.lines().all(|line| line.len() < 160), "`kubectl get {short}` is too wide to read:\n{table}");
    }
    let described = lab.kubectl(&["describe", "ecsservice", "broken"]).await.expect("kubectl describe");
    for part in ["CannotPullContainerError", "CreateService", "RegisterTaskDefinition"] {
        assert!(described.contains(part), "`kubectl describe` does not show {part}:\n{described}");
    }
}
