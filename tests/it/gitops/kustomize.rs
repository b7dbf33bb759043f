//! Kustomize, as kubectl brings it, with the configuration of gitops/kustomize.yaml.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use ecs_bridge_harness::programs;
use serde::Deserialize as _;
use serde_json::{Value, json};

const CONFIGURATION: &str = include_str!("../../../gitops/kustomize.yaml");

/// How a block of a page begins that is a kustomization.yaml, and nothing for the API server.
const KUSTOMIZATION: &str = "# kustomization.yaml\n";

pub fn kustomization(block: &str) -> bool {
    block.starts_with(KUSTOMIZATION)
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The block of YAML in a page that has this in it.
fn block(page: &str, part: &str) -> String {
    let text = read(page);
    let blocks = text.split("\n```yaml\n").skip(1).filter_map(|rest| Some(rest.split_once("\n```")?.0));
    let found = blocks.filter(|block| block.contains(part)).map(str::to_owned).next();
    found.unwrap_or_else(|| panic!("{page} has no example with {part:?}"))
}

fn documents(yaml: &str) -> Vec<Value> {
    serde_yaml_ng::Deserializer::from_str(yaml).map(|document| Value::deserialize(document).expect("YAML")).collect()
}

/// What `kubectl kustomize` makes of these files.
fn build(files: &[(&str, &str)]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let output = Command::new(programs().join("kubectl")).arg("kustomize").arg(folder.path()).output();
    let output = output.expect("kubectl: `make kube-binaries`");
    assert!(output.status.success(), "kubectl kustomize: {}", String::from_utf8_lossy(&output.stderr));
    documents(&String::from_utf8(output.stdout).expect("text"))
}

fn named<'a>(objects: &'a [Value], kind: &str) -> &'a Value {
    objects.iter().find(|object| object["kind"] == kind).unwrap_or_else(|| panic!("no {kind} in {objects:#?}"))
}

/// docs/gitops.md's kustomization of README.md's service.
#[test]
fn the_example_renames_its_objects_with_what_names_them_and_sets_image_and_count() {
    let objects = build(&[
        ("kustomization.yaml", &block("docs/gitops.md", KUSTOMIZATION)),
        ("shop.yaml", &block("README.md", "kind: EcsService")),
        ("ecs-bridge.yaml", CONFIGURATION),
    ]);
    let (cluster, service) = (named(&objects, "EcsCluster"), named(&objects, "EcsService"));
    assert_eq!(cluster["metadata"]["name"], "blue-main");
    assert_eq!(service["metadata"], json!({ "name": "blue-web", "namespace": "shop" }));
    assert_eq!(service["spec"]["clusterRef"]["name"], "blue-main", "the reference follows the cluster's name");
    assert_eq!(
        service.pointer("/spec/taskDefinition/containerDefinitions/0/image"),
        Some(&json!("public.ecr.aws/nginx/nginx:1.30"))
    );
    assert_eq!(service["spec"]["desiredCount"], 3);
    assert_eq!(service["spec"]["enableExecuteCommand"], true, "the patch");
}

#[test]
fn a_shared_definition_is_renamed_and_its_images_are_set() {
    let objects = json!([
        {"apiVersion": "ecs-bridge.dev/v1alpha1", "kind": "EcsTaskDefinition", "metadata": {"name": "web"},
         "spec": {"containerDefinitions": [{"name": "web", "image": "nginx"}, {"name": "log", "image": "fluent-bit:1"}]}},
        {"apiVersion": "ecs-bridge.dev/v1alpha1", "kind": "EcsService", "metadata": {"name": "web"},
         "spec": {"cluster": "main", "taskDefinitionRef": {"name": "web"}}},
    ]);
    let list = json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string();
    let kustomization = json!({"resources": ["list.yaml"], "configurations": ["ecs-bridge.yaml"], "nameSuffix": "-2",
        "images": [{"name": "nginx", "newName": "registry/nginx", "digest": "sha256:1"}]});
    let objects = build(&[
        ("kustomization.yaml", &kustomization.to_string()),
        ("list.yaml", &list),
        ("ecs-bridge.yaml", CONFIGURATION),
    ]);
    let (definition, service) = (named(&objects, "EcsTaskDefinition"), named(&objects, "EcsService"));
    assert_eq!(definition["metadata"]["name"], "web-2");
    assert_eq!(service["spec"]["taskDefinitionRef"]["name"], "web-2");
    let images = definition["spec"]["containerDefinitions"].as_array().into_iter().flatten();
    let images: Vec<&Value> = images.map(|container| &container["image"]).collect();
    assert_eq!(images, [&json!("registry/nginx@sha256:1"), &json!("fluent-bit:1")]);
}

#[test]
fn a_bridge_follows_what_it_names_in_the_cluster() {
    let spec = json!({"workloadRef": {"kind": "Deployment", "name": "web"}, "ecs": {"clusterRef": {"name": "main"}}, "replicas": 1,
        "service": "web", "secrets": {"sources": [{"name": "db", "valueFrom": "arn"}, {"name": "another's", "valueFrom": "arn"}]}});
    let objects = json!([
        {"apiVersion": "ecs-bridge.dev/v1alpha1", "kind": "WorkloadBridge", "metadata": {"name": "web"}, "spec": spec},
        {"apiVersion": "ecs-bridge.dev/v1alpha1", "kind": "EcsCluster", "metadata": {"name": "main"}},
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}},
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}},
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}},
    ]);
    let list = json!({"apiVersion": "v1", "kind": "List", "items": objects}).to_string();
    let kustomization =
        json!({"resources": ["list.yaml"], "configurations": ["ecs-bridge.yaml"], "namePrefix": "blue-"});
    let objects = build(&[
        ("kustomization.yaml", &kustomization.to_string()),
        ("list.yaml", &list),
        ("ecs-bridge.yaml", CONFIGURATION),
    ]);
    let spec = &named(&objects, "WorkloadBridge")["spec"];
    for (pointer, name) in [
        ("/workloadRef/name", "blue-web"),
        ("/ecs/clusterRef/name", "blue-main"),
        ("/service", "blue-web"),
        ("/secrets/sources/0/name", "blue-db"),
        ("/secrets/sources/1/name", "another's"),
    ] {
        assert_eq!(spec.pointer(pointer), Some(&json!(name)), "{pointer} of {spec:#}");
    }
}

/// Kind and path of each field of a transformer; of `nameReference`, of all that it follows.
fn configured(transformer: &str) -> BTreeSet<(String, String)> {
    let configuration = &documents(CONFIGURATION)[0][transformer];
    let entries = configuration.as_array().expect("a list").iter();
    let fields =
        entries.flat_map(|entry| entry["fieldSpecs"].as_array().cloned().unwrap_or_else(|| vec![entry.clone()]));
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    fields.map(|field| (text(&field["kind"]), text(&field["path"]))).collect()
}

/// What the descriptions of members call by name, beside our own kinds.
const KINDS: &[&str] = &["ConfigMap", "Deployment", "Secret", "Service", "ServiceAccount"];

/// Whether a text is the name of an object, as its description says: "The Service of this namespace that …".
fn is_name(member: &Value, kinds: &[String]) -> bool {
    let said = member["description"].as_str().and_then(|text| text.strip_prefix("The "));
    let kind = said.and_then(|text| text.split([' ', '.', ',']).next());
    member["type"] == "string" && kind.is_some_and(|kind| KINDS.contains(&kind) || kinds.iter().any(|own| own == kind))
}

/// Each member of the schema under this path that is wanted, as Kustomize writes paths.
fn members(schema: &Value, path: &str, is_wanted: &dyn Fn(&str, &Value) -> bool, found: &mut Vec<String>) {
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}/{name}");
        if is_wanted(name, member) {
            found.push(path.clone());
        }
        members(member, &path, is_wanted, found);
        members(&member["items"], &format!("{path}[]"), is_wanted, found);
    }
}

#[test]
fn every_reference_image_and_count_of_every_kind_is_configured() {
    let mut wanted = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    let crds = ecs_bridge::kinds::crds().expect("the CRDs");
    let kinds: Vec<String> = crds.iter().map(|crd| crd.spec.names.kind.clone()).collect();
    for crd in crds {
        let (kind, version) = (crd.spec.names.kind, &crd.spec.versions[0]);
        let schema = serde_json::to_value(&version.schema).expect("JSON");
        let spec = &schema["openAPIV3Schema"]["properties"]["spec"];
        let find = |is_wanted: &dyn Fn(&str, &Value) -> bool| {
            let mut found = Vec::new();
            members(spec, "spec", is_wanted, &mut found);
            found
        };
        let references = find(&|name, member| name.ends_with("Ref") && member["properties"].get("name").is_some());
        wanted[0].extend(references.into_iter().map(|path| (kind.clone(), format!("{path}/name"))));
        let names = find(&|_, member| is_name(member, &kinds));
        wanted[0].extend(names.into_iter().map(|path| (kind.clone(), path)));
        let images = find(&|name, member| ["image", "filesImage"].contains(&name) && member["type"] == "string");
        wanted[1].extend(images.into_iter().map(|path| (kind.clone(), path)));
        let scale = version.subresources.as_ref().and_then(|subresources| subresources.scale.as_ref());
        let count = scale.map(|scale| scale.spec_replicas_path.trim_start_matches('.').replace('.', "/"));
        wanted[2].extend(count.map(|path| (kind, path)));
    }
    for (transformer, wanted) in ["nameReference", "images", "replicas"].into_iter().zip(wanted) {
        assert_eq!(
            configured(transformer),
            wanted,
            "gitops/kustomize.yaml, {transformer} (left), and the CRDs (right)"
        );
    }
}
