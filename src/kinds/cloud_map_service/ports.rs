//! The ports of the Service and those of its pods. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    facts::Facts,
    spec::{CloudMapServiceSpec, PortReport},
};
use crate::engine::Seen;

/// What the status says of them: of no Service, nothing; of one that has not been read, what it said before.
pub fn reported(spec: &CloudMapServiceSpec, facts: &Facts, previous: &[PortReport]) -> Vec<PortReport> {
    match (&spec.service_ref, &facts.source, &facts.slices) {
        (None, ..) | (_, Seen::Absent, _) => Vec::new(),
        (_, Seen::Known(service), Some(slices)) => ports(service, slices, previous),
        _ => previous.to_vec(),
    }
}

/// Which port of the pods each port of the Service is, as its slices have resolved it, or as it says itself. While no pod is there, what was
/// `previous` stands: a workload is not to be rolled out because another has none. One that pods disagree on is left out.
fn ports(service: &Value, slices: &[Value], previous: &[PortReport]) -> Vec<PortReport> {
    let mut found: BTreeMap<i32, BTreeSet<Option<i32>>> = BTreeMap::new();
    for port in service["spec"]["ports"].as_array().into_iter().flatten() {
        let Some(number) = number(&port["port"]) else { continue };
        let targets = found.entry(number).or_default();
        match &port["targetPort"] {
            Value::String(_) => {
                targets.extend(resolved(port["name"].as_str().unwrap_or_default(), slices));
                if targets.is_empty() {
                    targets.insert(previous.iter().find(|known| known.port == number).map(|known| known.target_port));
                }
            }
            Value::Number(_) => drop(targets.insert(self::number(&port["targetPort"]))),
            _ => drop(targets.insert(Some(number))),
        }
    }
    let is_headless = service["spec"]["clusterIP"] == "None";
    let agreed = found.into_iter().filter_map(|(port, targets)| match targets.iter().next() {
        // Its name stands for the pods themselves in the cluster, too.
        _ if is_headless => Some(PortReport { port, target_port: port }),
        Some(Some(target)) if targets.len() == 1 => Some(PortReport { port, target_port: *target }),
        _ => None,
    });
    agreed.collect()
}

/// The numbers that the slices have for a port of this name.
fn resolved(name: &str, slices: &[Value]) -> BTreeSet<Option<i32>> {
    let ports = slices.iter().filter_map(|slice| slice["ports"].as_array()).flatten();
    let of_name = ports.filter(|port| port["name"].as_str().unwrap_or_default() == name);
    of_name.filter_map(|port| number(&port["port"])).map(Some).collect()
}

fn number(value: &Value) -> Option<i32> {
    value.as_i64().and_then(|number| i32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_port_is_as_the_service_or_its_slices_have_it() {
        let slice = |port: i32| json!({"ports": [{"name": "http", "port": port}, {"name": "other", "port": 1}]});
        let of = |target: Value| json!({"name": "http", "port": 80, "targetPort": target});
        let named = || json!([of(json!("web"))]);
        for (case, ports, slices, previous, expected) in [
            ("a number", json!([of(json!(8080))]), vec![], vec![], vec![(80, 8080)]),
            ("nothing said", json!([{"port": 80}]), vec![], vec![], vec![(80, 80)]),
            ("a name that pods have", named(), vec![slice(8080)], vec![(80, 1)], vec![(80, 8080)]),
            ("no pods yet", named(), vec![], vec![], vec![]),
            ("no pods any more", named(), vec![json!({})], vec![(80, 8080)], vec![(80, 8080)]),
            ("pods that disagree", named(), vec![slice(8080), slice(9090)], vec![(80, 8080)], vec![]),
            (
                "one number, over two protocols, with two targets",
                json!([of(json!(53)), {"name": "udp", "port": 80, "targetPort": 54}]),
                vec![],
                vec![],
                vec![],
            ),
            ("none", json!([]), vec![slice(8080)], vec![(80, 8080)], vec![]),
        ] {
            let previous: Vec<PortReport> =
                previous.into_iter().map(|(port, target_port)| PortReport { port, target_port }).collect();
            let found = super::ports(&json!({"spec": {"ports": ports}}), &slices, &previous);
            let found: Vec<(i32, i32)> = found.iter().map(|known| (known.port, known.target_port)).collect();
            assert_eq!(found, expected, "{case}");
        }
    }

    #[test]
    fn a_headless_service_has_no_ports_of_its_own() {
        let service = json!({"spec": {"clusterIP": "None", "ports": [{"port": 80, "targetPort": "web"}]}});
        assert_eq!(super::ports(&service, &[], &[]), [PortReport { port: 80, target_port: 80 }]);
    }
}
