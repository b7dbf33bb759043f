//! What the endpoints of one slice have in common: the address family and the ports.

use k8s_openapi::{
    api::{
        core::v1::{ServicePort, ServiceSpec},
        discovery::v1::{EndpointPort, EndpointSlice},
    },
    apimachinery::pkg::util::intstr::IntOrString,
};

use crate::engine::tasks::Revision;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    pub family: Family,
    pub ports: Vec<Port>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    V4,
    V6,
}

/// A port of the endpoints, under the name of the Service's port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Port {
    pub name: String,
    pub port: i32,
    pub protocol: String,
    pub app_protocol: Option<String>,
}

impl Family {
    pub fn of(address: &str) -> Self {
        if address.contains(':') { Family::V6 } else { Family::V4 }
    }

    /// As Kubernetes calls it, in a slice and in a Service.
    pub fn name(self) -> &'static str {
        match self {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        }
    }

    /// The families that a Service takes endpoints of.
    pub fn of_service(spec: &ServiceSpec) -> Vec<Self> {
        let named = spec.ip_families.as_deref().unwrap_or_default();
        let families =
            [Family::V4, Family::V6].into_iter().filter(|family| named.iter().any(|name| name == family.name()));
        Some(families.collect::<Vec<_>>()).filter(|families| !families.is_empty()).unwrap_or_else(|| vec![Family::V4])
    }
}

impl Shape {
    /// `None`: the slice is of a sort that we don't write.
    pub fn of(slice: &EndpointSlice) -> Option<Self> {
        let family = [Family::V4, Family::V6].into_iter().find(|family| family.name() == slice.address_type)?;
        let ports = slice.ports.iter().flatten().map(|port| Port {
            name: port.name.clone().unwrap_or_default(),
            port: port.port.unwrap_or_default(),
            protocol: port.protocol.clone().unwrap_or_else(|| TCP.to_owned()),
            app_protocol: port.app_protocol.clone(),
        });
        Some(Shape { family, ports: ports.collect() })
    }

    pub fn ports(&self) -> Vec<EndpointPort> {
        let port = |port: &Port| EndpointPort {
            name: Some(port.name.clone()),
            port: Some(port.port),
            protocol: Some(port.protocol.clone()),
            app_protocol: port.app_protocol.clone(),
        };
        self.ports.iter().map(port).collect()
    }
}

/// The ports of a Service on tasks of a revision. A named targetPort is that of the port mapping of this name; where there is none, the
/// port is left out, as Kubernetes does with a pod.
pub fn ports(spec: &ServiceSpec, revision: Option<&Revision>) -> Vec<Port> {
    let port = |port: &ServicePort| {
        Some(Port {
            name: port.name.clone().unwrap_or_default(),
            port: target(port, revision)?,
            protocol: protocol(port).to_owned(),
            app_protocol: port.app_protocol.clone(),
        })
    };
    let mut ports: Vec<Port> = spec.ports.iter().flatten().filter_map(port).collect();
    ports.sort_unstable();
    ports
}

/// The number of the targetPort on tasks of a revision.
pub fn target(port: &ServicePort, revision: Option<&Revision>) -> Option<i32> {
    match &port.target_port {
        None | Some(IntOrString::Int(0)) => Some(port.port),
        Some(IntOrString::Int(number)) => Some(*number),
        Some(IntOrString::String(name)) => {
            let mut named = revision?.ports.iter();
            let is_meant = |found: &&crate::engine::tasks::NamedPort| {
                found.name == *name && found.protocol.eq_ignore_ascii_case(protocol(port))
            };
            named.find(is_meant).map(|found| found.port)
        }
    }
}

pub fn protocol(port: &ServicePort) -> &str {
    port.protocol.as_deref().unwrap_or(TCP)
}

const TCP: &str = "TCP";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_services_ports_are_found_on_the_tasks() {
        let revision = Revision {
            ports: serde_json::from_value(json!([
                {"name": "http", "port": 8080, "protocol": "tcp"},
                {"name": "dns", "port": 53, "protocol": "udp"},
            ]))
            .expect("ports"),
            ..Revision::default()
        };
        for (case, port, expected) in [
            ("a number", json!({"name": "web", "port": 80, "targetPort": 8080}), Some(("web", 8080, "TCP"))),
            ("no targetPort", json!({"name": "web", "port": 80}), Some(("web", 80, "TCP"))),
            ("no name", json!({"port": 80, "targetPort": "http"}), Some(("", 8080, "TCP"))),
            ("a name", json!({"name": "web", "port": 80, "targetPort": "http"}), Some(("web", 8080, "TCP"))),
            (
                "a name of UDP",
                json!({"name": "q", "port": 53, "targetPort": "dns", "protocol": "UDP"}),
                Some(("q", 53, "UDP")),
            ),
            ("a name of another protocol", json!({"name": "q", "port": 53, "targetPort": "dns"}), None),
            ("a name that nobody has", json!({"name": "web", "port": 80, "targetPort": "https"}), None),
        ] {
            let spec: ServiceSpec = serde_json::from_value(json!({"ports": [port]})).expect("a Service");
            let found = ports(&spec, Some(&revision));
            let found = found.first().map(|port| (port.name.as_str(), port.port, port.protocol.as_str()));
            assert_eq!(found, expected, "{case}");
        }
    }

    #[test]
    fn without_its_revision_a_task_has_the_ports_that_are_numbers() {
        let spec = json!({"ports": [{"name": "a", "port": 1, "targetPort": "a"}, {"name": "b", "port": 2}]});
        let spec: ServiceSpec = serde_json::from_value(spec).expect("a Service");
        assert_eq!(ports(&spec, None).iter().map(|port| port.port).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_shape_is_that_of_the_slice_that_has_it() {
        let port = |name: &str, app: Option<&str>| Port {
            name: name.to_owned(),
            port: 80,
            protocol: "TCP".to_owned(),
            app_protocol: app.map(str::to_owned),
        };
        for family in [Family::V4, Family::V6] {
            let shape = Shape { family, ports: vec![port("", None), port("web", Some("kubernetes.io/h2c"))] };
            let slice = EndpointSlice {
                address_type: family.name().to_owned(),
                ports: Some(shape.ports()),
                ..EndpointSlice::default()
            };
            assert_eq!(Shape::of(&slice), Some(shape));
        }
        assert_eq!(Shape::of(&EndpointSlice { address_type: "FQDN".to_owned(), ..EndpointSlice::default() }), None);
    }

    #[test]
    fn a_service_that_names_no_family_takes_ipv4() {
        for (families, expected) in [
            (json!({}), vec![Family::V4]),
            (json!({"ipFamilies": ["IPv6"]}), vec![Family::V6]),
            (json!({"ipFamilies": ["IPv6", "IPv4"]}), vec![Family::V4, Family::V6]),
        ] {
            let spec: ServiceSpec = serde_json::from_value(families.clone()).expect("a Service");
            assert_eq!(Family::of_service(&spec), expected, "{families}");
        }
    }
}
