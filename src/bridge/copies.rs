//! Which Secrets of a pod template have to be copied to where ECS fetches them from: those that nothing else stands for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::translate::{SecretSources, is_private_ecr};
use crate::engine::registry;

/// What of a Secret is wanted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `needed` have to be there. `all`: whatever else there is, too, since no name tells.
    Keys { all: bool, needed: BTreeSet<String> },
    /// The credentials of a registry.
    Registry(String),
}

/// A Secret that is wanted on ECS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Copy {
    pub secret: String,
    pub part: Part,
}

#[derive(Default)]
struct Keys {
    all: bool,
    needed: BTreeSet<String>,
}

/// What of its Secrets a pod template wants that these sources don't have.
pub fn copies(template: &Value, sources: &SecretSources) -> Vec<Copy> {
    let pod = &template["spec"];
    let mut found: BTreeMap<String, Keys> = BTreeMap::new();
    let mut key = |name: &Value, key: &Value, optional: &Value| {
        let (Some(name), Some(key)) = (name.as_str(), key.as_str()) else { return };
        if sources.value_from(name, key).is_some() {
            return;
        }
        let keys = found.entry(name.to_owned()).or_default();
        // Whether there is such a key, only the Secret tells.
        if *optional == true {
            keys.all = true;
        } else {
            keys.needed.insert(key.to_owned());
        }
    };
    let containers = || items(&pod["initContainers"]).chain(items(&pod["containers"]));
    for reference in containers().flat_map(|container| items(&container["env"])) {
        let reference = &reference["valueFrom"]["secretKeyRef"];
        key(&reference["name"], &reference["key"], &reference["optional"]);
    }
    let mut whole: Vec<&Value> = containers()
        .flat_map(|container| items(&container["envFrom"]))
        .map(|source| &source["secretRef"]["name"])
        .collect();
    let volumes = || items(&pod["volumes"]);
    let projected = volumes().flat_map(|volume| items(&volume["projected"]["sources"])).map(|source| &source["secret"]);
    let of_files =
        volumes().map(|volume| (&volume["secret"], "secretName")).chain(projected.map(|from| (from, "name")));
    for (from, name) in of_files {
        match &from["items"] {
            Value::Array(items) => items.iter().for_each(|item| key(&from[name], &item["key"], &from["optional"])),
            _ => whole.push(&from[name]),
        }
    }
    for name in whole.into_iter().filter_map(Value::as_str).filter(|name| sources.whole(name).is_none()) {
        found.entry(name.to_owned()).or_default().all = true;
    }
    let of_keys = found
        .into_iter()
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, Keys { all, needed })| Copy { secret: name, part: Part::Keys { all, needed } });
    of_keys.chain(pulled(pod, sources)).collect()
}

/// ECS takes one of the image pull secrets for each container: the first.
fn pulled(pod: &Value, sources: &SecretSources) -> Vec<Copy> {
    let first = items(&pod["imagePullSecrets"]).next().and_then(|reference| reference["name"].as_str());
    let Some(name) = first.filter(|name| !name.is_empty() && sources.whole(name).is_none()) else { return Vec::new() };
    let containers = items(&pod["initContainers"]).chain(items(&pod["containers"]));
    let images = containers.filter_map(|container| container["image"].as_str()).filter(|image| !is_ecr(image));
    let registries: BTreeSet<&str> = images.map(registry::of_image).collect();
    let copy = |registry: &str| Copy { secret: name.to_owned(), part: Part::Registry(registry.to_owned()) };
    registries.into_iter().map(copy).collect()
}

/// Whether the execution role pulls the image.
pub fn is_ecr(image: &str) -> bool {
    is_private_ecr(image) || image.starts_with("public.ecr.aws/")
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ARN: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";

    fn keys(secret: &str, all: bool, needed: &[&str]) -> Copy {
        let needed = needed.iter().map(|key| (*key).to_owned()).collect();
        Copy { secret: secret.to_owned(), part: Part::Keys { all, needed } }
    }

    fn registry(secret: &str, registry: &str) -> Copy {
        Copy { secret: secret.to_owned(), part: Part::Registry(registry.to_owned()) }
    }

    #[test]
    fn what_a_template_reads_and_nothing_stands_for_is_copied() {
        let variable = |key: &str, optional: Value| json!({"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": key, "optional": optional}}});
        let container = |more: Value| json!({"spec": {"containers": [more]}});
        let volume = |more: Value| json!({"spec": {"volumes": [{"name": "v", "secret": more}]}});
        let pulls = |images: &[&str]| {
            let containers: Vec<Value> = images.iter().map(|image| json!({ "image": image })).collect();
            json!({"spec": {"imagePullSecrets": [{"name": "pull"}, {"name": "other"}], "containers": containers}})
        };
        for (what, template, sources, expected) in [
            ("nothing", json!({}), vec![], vec![]),
            (
                "keys by name, of each container",
                json!({"spec": {"initContainers": [{"env": [variable("user", json!(null))]}],
                    "containers": [{"env": [variable("password", json!(false))]}]}}),
                vec![],
                vec![keys("db", false, &["password", "user"])],
            ),
            (
                "a key that may be missing",
                container(json!({"env": [variable("user", json!(true)), variable("password", json!(null))]})),
                vec![],
                vec![keys("db", true, &["password"])],
            ),
            (
                "all keys as variables",
                container(json!({"envFrom": [{"secretRef": {"name": "db"}}]})),
                vec![],
                vec![keys("db", true, &[])],
            ),
            ("all keys as files", volume(json!({"secretName": "tls"})), vec![], vec![keys("tls", true, &[])]),
            (
                "some as files",
                volume(json!({"secretName": "tls", "items": [{"key": "tls.crt", "path": "a"}]})),
                vec![],
                vec![keys("tls", false, &["tls.crt"])],
            ),
            (
                "some among others",
                json!({"spec": {"volumes": [{"projected": {"sources": [{"secret": {"name": "tls"}}, {"configMap": {"name": "m"}}]}}]}}),
                vec![],
                vec![keys("tls", true, &[])],
            ),
            (
                "a key that something stands for",
                container(json!({"env": [variable("user", json!(null)), variable("password", json!(null))]})),
                vec![format!("db/user={ARN}")],
                vec![keys("db", false, &["password"])],
            ),
            (
                "a Secret that something stands for",
                container(json!({"env": [variable("user", json!(null))], "envFrom": [{"secretRef": {"name": "db"}}]})),
                vec![format!("db={ARN}")],
                vec![],
            ),
            (
                "credentials for each registry",
                pulls(&["nginx", "registry.example/web", "library/redis", "1.dkr.ecr.eu-west-1.amazonaws.com/x"]),
                vec![],
                vec![registry("pull", "docker.io"), registry("pull", "registry.example")],
            ),
            ("credentials that something stands for", pulls(&["nginx"]), vec![format!("pull={ARN}")], vec![]),
            ("images of ECR", pulls(&["public.ecr.aws/nginx/nginx:1"]), vec![], vec![]),
        ] {
            let sources = SecretSources::parse(&sources).expect("sources");
            assert_eq!(copies(&template, &sources), expected, "{what}");
        }
    }
}
