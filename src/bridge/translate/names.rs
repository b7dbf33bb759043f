//! The names in AWS Cloud Map that manifests tell of.

use k8s_openapi::{
    api::core::v1::{PodTemplateSpec, Service},
    apimachinery::pkg::util::intstr::IntOrString,
};
use serde::Deserialize;
use serde_json::Value;

use super::context::{CloudMapName, Key, Objects};
use crate::engine::{annotated::CLOUD_MAP_NAMESPACE, kubernetes::is_deleting};

/// The Service that a CloudMapService gives a name to, and that name with what its status says of ports; `None` where tasks reach nothing by
/// it: only calls find the instances, or the records have no addresses, or it goes.
pub fn given(object: &Value) -> Option<(Key, CloudMapName)> {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let records = object.pointer("/spec/DnsConfig/DnsRecords").and_then(Value::as_array);
    let has_addresses = records.into_iter().flatten().any(|record| record["Type"] == "A" || record["Type"] == "AAAA");
    if !has_addresses || is_deleting(object) {
        return None;
    }
    let number = |value: &Value| value.as_i64().and_then(|number| i32::try_from(number).ok());
    let ports = object.pointer("/status/ports").and_then(Value::as_array).into_iter().flatten();
    let ports = ports.filter_map(|known| Some((number(&known["port"])?, number(&known["targetPort"])?))).collect();
    let key = (text("/metadata/namespace").unwrap_or_default(), text("/spec/serviceRef/name")?);
    Some((key, CloudMapName { name: text("/status/dnsName"), ports }))
}

impl Objects {
    /// A Service has a name. Of several, one that is known is taken, and the first of those.
    pub fn name(&mut self, (service, named): (Key, CloudMapName)) {
        let known = self.cloud_map_names.entry(service).or_insert_with(|| named.clone());
        if known.name.is_none() && named.name.is_some() {
            *known = named;
        }
    }

    /// What the manifests themselves tell: which Services ask for a name by the annotation, and the numbers of ports that are called by a name.
    pub(super) fn look_around(&mut self, workloads: &[(Key, Value)]) {
        for (key, service) in &self.services {
            let annotations = service.metadata.annotations.as_ref();
            if annotations.and_then(|all| all.get(CLOUD_MAP_NAMESPACE)).is_some_and(|value| !value.is_empty()) {
                self.cloud_map_names.entry(key.clone()).or_default();
            }
        }
        for (key, named) in &mut self.cloud_map_names {
            let Some(service) = self.services.get(key) else { continue };
            let templates = workloads.iter().filter(|((namespace, _), _)| *namespace == key.0);
            let templates: Vec<PodTemplateSpec> = templates
                .filter_map(|(_, object)| PodTemplateSpec::deserialize(&object["spec"]["template"]).ok())
                .filter(|template| selects(service, template))
                .collect();
            for port in service.spec.iter().flat_map(|spec| spec.ports.iter().flatten()) {
                let Some(IntOrString::String(name)) = &port.target_port else { continue };
                if let Some(number) = number_of(name, &templates) {
                    named.ports.entry(port.port).or_insert(number);
                }
            }
        }
    }
}

fn selects(service: &Service, template: &PodTemplateSpec) -> bool {
    let labels = template.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref());
    let selector =
        service.spec.as_ref().and_then(|spec| spec.selector.as_ref()).filter(|selector| !selector.is_empty());
    selector.is_some_and(|selector| {
        selector.iter().all(|(name, value)| labels.is_some_and(|labels| labels.get(name) == Some(value)))
    })
}

/// The number of the port that pods call so, where all say the same.
fn number_of(name: &str, templates: &[PodTemplateSpec]) -> Option<i32> {
    let containers = templates.iter().filter_map(|template| template.spec.as_ref()).flat_map(|pod| &pod.containers);
    let ports = containers.flat_map(|container| container.ports.iter().flatten());
    let mut numbers = ports.filter(|port| port.name.as_deref() == Some(name)).map(|port| port.container_port);
    let first = numbers.next()?;
    numbers.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    fn object(records: &[&str], more: &Value) -> Value {
        let records: Value = records.iter().map(|of| json!({"Type": of, "TTL": 10})).collect();
        let mut object = json!({
            "metadata": {"namespace": "shop", "name": "any"},
            "spec": {"DnsConfig": {"DnsRecords": records}, "serviceRef": {"name": "web"}},
        });
        for (member, value) in more.as_object().into_iter().flatten() {
            object[member] = value.clone();
        }
        object
    }

    #[test]
    fn an_object_gives_its_service_a_name() {
        let status = json!({"status": {"dnsName": "web.shop.internal", "ports": [{"port": 80, "targetPort": 8080}]}});
        let known = CloudMapName { name: Some("web.shop.internal".into()), ports: BTreeMap::from([(80, 8080)]) };
        let deleting = json!({"metadata": {"namespace": "shop", "deletionTimestamp": "2027-01-12T00:00:00Z"}});
        for (case, object, expected) in [
            ("known", object(&["A"], &status), Some(known.clone())),
            ("both families", object(&["AAAA", "A"], &status), Some(known)),
            ("not made yet", object(&["A"], &json!({})), Some(CloudMapName::default())),
            ("no addresses", object(&["SRV"], &status), None),
            ("only calls find it", object(&[], &status), None),
            ("it goes", object(&["A"], &deleting), None),
            ("instances are others'", object(&["A"], &json!({"spec": {}})), None),
        ] {
            let found = given(&object);
            assert_eq!(found.as_ref().map(|(_, named)| named), expected.as_ref(), "{case}");
            assert!(found.is_none_or(|(key, _)| key == ("shop".to_owned(), "web".to_owned())), "{case}");
        }
    }

    #[test]
    fn of_several_names_a_known_one_counts_and_the_first() {
        let key = || ("shop".to_owned(), "web".to_owned());
        let named = |name: Option<&str>| CloudMapName { name: name.map(str::to_owned), ports: BTreeMap::new() };
        let mut objects = Objects::default();
        for name in [None, Some("a"), Some("b"), None] {
            objects.name((key(), named(name)));
        }
        assert_eq!(objects.cloud_map_names[&key()], named(Some("a")));
    }
}
