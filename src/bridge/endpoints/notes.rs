//! What does not work with tasks behind a Service, or works otherwise than with pods, and what to do about it.

use std::collections::BTreeSet;

use k8s_openapi::{
    api::core::v1::{Service, ServiceSpec},
    apimachinery::pkg::util::intstr::IntOrString,
};

use super::{
    is_headless,
    shape::{Family, protocol, target},
};
use crate::engine::tasks::ServiceTasksResponse;

/// Set by people on a Service: "Topology Aware Routing" in the Kubernetes documentation.
const TOPOLOGY_MODE: &str = "service.kubernetes.io/topology-mode";

/// What registers a Service's endpoints with a load balancer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetGroupBinding {
    pub name: String,
    pub service: String,
    /// `instance`, or `ip` for the pods themselves.
    pub target_type: String,
}

/// What stands around a Service and its tasks.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Those of the namespace.
    pub bindings: &'a [TargetGroupBinding],
    /// Of the tasks; none: the VPC's default one.
    pub security_groups: &'a [String],
}

/// A sentence for each, without a full stop.
pub fn notes(service: &Service, found: &ServiceTasksResponse, around: Surroundings<'_>) -> Vec<String> {
    let name = service.metadata.name.as_deref().unwrap_or_default();
    let Some(spec) = &service.spec else { return Vec::new() };
    if spec.type_.as_deref() == Some("ExternalName") {
        return vec![format!(
            "Service {name} is an ExternalName, which has no endpoints: name one of type ClusterIP in spec.service"
        )];
    }
    let mut notes = Vec::new();
    notes.extend(policies(name, spec));
    notes.extend(bindings(name, around.bindings));
    notes.extend(ports(name, spec, found));
    notes.extend(addresses(name, spec, found));
    notes.extend(routing(name, service, spec));
    notes.extend(security_groups(spec, found, around.security_groups));
    notes
}

/// A task is on no node of the cluster.
fn policies(name: &str, spec: &ServiceSpec) -> Vec<String> {
    let local = |policy: &Option<String>| policy.as_deref() == Some("Local");
    let mut notes = Vec::new();
    if local(&spec.internal_traffic_policy) {
        notes.push(format!(
            "Service {name} has internalTrafficPolicy: Local, so pods reach endpoints of their own node only, and a task is on none: set \
             Cluster"
        ));
    }
    if local(&spec.external_traffic_policy) {
        notes.push(format!(
            "Service {name} has externalTrafficPolicy: Local, so what comes from outside goes to pods of the node that it comes to, and \
             to no task: set Cluster"
        ));
    }
    notes
}

/// The AWS Load Balancer Controller, and that of EKS Auto Mode, register pods, and deregister what is no pod.
fn bindings(name: &str, bindings: &[TargetGroupBinding]) -> Vec<String> {
    let of_pods = bindings.iter().filter(|binding| binding.service == name && binding.target_type == "ip");
    let note = |binding: &TargetGroupBinding| {
        format!(
            "TargetGroupBinding {} registers the pods of Service {name} in IP mode, and no tasks: give the EcsService the target group in \
             loadBalancers, and the binding multiClusterTargetGroup: true, without which it takes the tasks out again",
            binding.name
        )
    };
    of_pods.map(note).collect()
}

fn ports(name: &str, spec: &ServiceSpec, found: &ServiceTasksResponse) -> Vec<String> {
    let mut notes = Vec::new();
    for port in spec.ports.iter().flatten() {
        let shown = port.name.clone().unwrap_or_else(|| port.port.to_string());
        if let Some(IntOrString::String(named)) = &port.target_port
            && found.revisions.values().any(|revision| target(port, Some(revision)).is_none())
        {
            notes.push(format!(
                "port {shown} of Service {name} leads to a port named {named}, which tasks lack: give a container's port that name, or \
                 write its number as targetPort"
            ));
        }
        if !["TCP", "UDP"].contains(&protocol(port)) {
            notes.push(format!(
                "port {shown} of Service {name} is {}, and ECS maps TCP and UDP: keep it to pods by a Service of its own",
                protocol(port)
            ));
        }
    }
    notes
}

fn addresses(name: &str, spec: &ServiceSpec, found: &ServiceTasksResponse) -> Vec<String> {
    let mut notes = Vec::new();
    let modes =
        found.revisions.values().map(|revision| revision.network_mode.as_str()).filter(|mode| *mode != "awsvpc");
    for mode in modes.collect::<BTreeSet<_>>() {
        let mode = if mode.is_empty() { "bridge" } else { mode };
        notes.push(format!(
            "tasks of network mode {mode} have no address of their own and are not behind Service {name}: set networkMode: awsvpc"
        ));
    }
    let has = |family: Family| {
        let mut settled = found.tasks.iter().filter(|task| !task.addresses.is_empty()).peekable();
        let is_known = settled.peek().is_some();
        !is_known || settled.any(|task| task.addresses.iter().any(|address| Family::of(address) == family))
    };
    for family in Family::of_service(spec).into_iter().filter(|family| !has(*family)) {
        notes.push(format!(
            "Service {name} wants {} and the tasks have no such address: give them subnets that have, or the Service the other family",
            family.name()
        ));
    }
    notes
}

fn routing(name: &str, service: &Service, spec: &ServiceSpec) -> Vec<String> {
    let mut notes = Vec::new();
    if is_headless(service) {
        notes.push(format!(
            "Service {name} is headless: its clients keep addresses as long as DNS lets them, which may be longer than a task lives"
        ));
    }
    if spec.selector.as_ref().is_none_or(std::collections::BTreeMap::is_empty) {
        notes.push(format!(
            "Service {name} selects no pods: of the workload, only its tasks are behind it. Give it the pods' labels as selector"
        ));
    }
    let annotations = service.metadata.annotations.as_ref();
    if annotations.and_then(|annotations| annotations.get(TOPOLOGY_MODE)).is_some_and(|mode| mode != "Disabled") {
        notes.push(format!(
            "the annotation {TOPOLOGY_MODE} of Service {name} has no effect beside tasks: set trafficDistribution: PreferSameZone"
        ));
    }
    notes
}

/// Nothing in Kubernetes shows what AWS does not let through.
fn security_groups(spec: &ServiceSpec, found: &ServiceTasksResponse, groups: &[String]) -> Option<String> {
    let targets = |port| found.revisions.values().filter_map(move |revision| target(port, Some(revision)));
    let ports = spec.ports.iter().flatten().flat_map(|port| targets(port).map(move |number| (protocol(port), number)));
    let ports: BTreeSet<String> = ports.map(|(protocol, number)| format!("{protocol} {number}")).collect();
    if ports.is_empty() {
        return None;
    }
    let ports = ports.into_iter().collect::<Vec<_>>().join(", ");
    let groups = if groups.is_empty() { "the default one of their VPC".to_owned() } else { groups.join(", ") };
    Some(format!(
        "pods reach the tasks on {ports} only where the tasks' security groups ({groups}) let the nodes' and the pods' security groups in"
    ))
}
