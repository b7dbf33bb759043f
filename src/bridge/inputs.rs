//! What a workload refers to by name, and a translation has to know.

use std::collections::BTreeSet;

use serde_json::Value;

/// An object of the workload's namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    ConfigMap(String),
    ServiceAccount(String),
    PersistentVolumeClaim(String),
}

/// Those of a pod template. Secrets are none of them: nothing reads what they hold.
pub fn inputs(template: &Value) -> BTreeSet<Input> {
    let pod = &template["spec"];
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let account = text(&pod["serviceAccountName"]).or_else(|| text(&pod["serviceAccount"]));
    let mut found = BTreeSet::from([Input::ServiceAccount(account.unwrap_or_else(|| "default".to_owned()))]);
    let containers = items(&pod["initContainers"]).chain(items(&pod["containers"]));
    for container in containers {
        let of_variables = items(&container["env"]).map(|variable| &variable["valueFrom"]["configMapKeyRef"]["name"]);
        let of_all = items(&container["envFrom"]).map(|source| &source["configMapRef"]["name"]);
        found.extend(of_variables.chain(of_all).filter_map(text).map(Input::ConfigMap));
    }
    for volume in items(&pod["volumes"]) {
        let projected = items(&volume["projected"]["sources"]).map(|source| &source["configMap"]["name"]);
        let maps = projected.chain([&volume["configMap"]["name"]]);
        found.extend(maps.filter_map(text).map(Input::ConfigMap));
        found.extend(text(&volume["persistentVolumeClaim"]["claimName"]).map(Input::PersistentVolumeClaim));
    }
    found
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_reference_of_a_template_is_found() {
        let template = json!({"spec": {
            "serviceAccountName": "cart",
            "initContainers": [{"name": "a", "envFrom": [{"configMapRef": {"name": "all"}}, {"secretRef": {"name": "s"}}]}],
            "containers": [{"name": "b", "env": [
                {"name": "X", "value": "1"},
                {"name": "Y", "valueFrom": {"configMapKeyRef": {"name": "one", "key": "k"}}},
                {"name": "Z", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
            ]}],
            "volumes": [
                {"name": "c", "configMap": {"name": "files"}},
                {"name": "d", "projected": {"sources": [{"configMap": {"name": "part"}}, {"secret": {"name": "s"}}]}},
                {"name": "e", "persistentVolumeClaim": {"claimName": "data"}},
                {"name": "f", "emptyDir": {}},
            ],
        }});
        let map = |name: &str| Input::ConfigMap(name.to_owned());
        let expected = [
            map("all"),
            map("files"),
            map("one"),
            map("part"),
            Input::ServiceAccount("cart".to_owned()),
            Input::PersistentVolumeClaim("data".to_owned()),
        ];
        assert_eq!(inputs(&template).into_iter().collect::<Vec<_>>(), expected);
        let default = [Input::ServiceAccount("default".to_owned())];
        assert_eq!(inputs(&json!("no template")).into_iter().collect::<Vec<_>>(), default);
    }
}
