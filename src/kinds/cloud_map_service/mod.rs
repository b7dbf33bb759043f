//! `CloudMapService`: a service of an AWS Cloud Map namespace, with the ready endpoints of a Kubernetes Service as its instances.

mod annotation;
mod desired;
mod facts;
mod import;
mod instances;
mod moves;
mod plan;
mod ports;
mod spec;

use jiff::Timestamp;
use kube::CustomResourceExt;
use serde_json::{Value, json};

pub use self::{
    desired::RULES,
    facts::{Facts, Query, Step},
    spec::{CloudMapService as Resource, CloudMapServiceSpec, Memo, PortReport, Report, ServiceReference},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Operation, Outcome, Seen,
        annotated::Annotated,
        import::{Import, Listing, Shape, Thing},
        kind::Neighbour,
        kubernetes::{self, Allowed, ENDPOINT_SLICE, Permission, SERVICE, SERVICE_NAME},
        ownership,
    },
    kinds::crd::{Column, Definition, Printed, Rule, immutable, tags},
    model::servicediscovery,
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct CloudMapService;

impl Kind for CloudMapService {
    const KIND: &'static str = "CloudMapService";
    const SELECTED_BY: Option<&'static str> = Some("cloud-map-service");
    const OPERATIONS: &'static [Operation] = &[
        Operation::ServiceDiscovery(servicediscovery::Operation::CreateService),
        Operation::ServiceDiscovery(servicediscovery::Operation::DeleteService),
        Operation::ServiceDiscovery(servicediscovery::Operation::DeregisterInstance),
        Operation::ServiceDiscovery(servicediscovery::Operation::GetNamespace),
        Operation::ServiceDiscovery(servicediscovery::Operation::GetOperation),
        Operation::ServiceDiscovery(servicediscovery::Operation::GetService),
        Operation::ServiceDiscovery(servicediscovery::Operation::ListInstances),
        Operation::ServiceDiscovery(servicediscovery::Operation::ListServices),
        Operation::ServiceDiscovery(servicediscovery::Operation::ListTagsForResource),
        Operation::ServiceDiscovery(servicediscovery::Operation::RegisterInstance),
        Operation::ServiceDiscovery(servicediscovery::Operation::TagResource),
        Operation::ServiceDiscovery(servicediscovery::Operation::UntagResource),
        Operation::ServiceDiscovery(servicediscovery::Operation::UpdateService),
        Operation::Kubernetes(kubernetes::Operation::ListObjects),
    ];
    const ANNOTATED: Option<&'static Annotated> = Some(&annotation::ANNOTATED);
    const WATCHES: &'static [kubernetes::Resource] = &[ENDPOINT_SLICE, SERVICE];

    type Spec = CloudMapServiceSpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = Query;
    type Step = Step;

    fn permissions(allowed: Allowed<'_>) -> Vec<Permission> {
        let annotated = if allowed.annotations { ON_REQUEST } else { &[] };
        PERMISSIONS.iter().chain(annotated).copied().collect()
    }

    fn role_paths() -> Vec<String> {
        servicediscovery::ServiceSpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).collect()
    }

    fn management(spec: &CloudMapServiceSpec) -> &Management {
        &spec.management
    }

    fn references(_: &CloudMapServiceSpec) -> Vec<ObjectKey> {
        Vec::new()
    }

    fn watches(_: &str, spec: &CloudMapServiceSpec, _: &Value) -> Vec<Neighbour> {
        let of = |reference: &ServiceReference| {
            let slices = Neighbour::labelled(&ENDPOINT_SLICE.kind, SERVICE_NAME, &reference.name);
            [Neighbour::new(&SERVICE.kind, &reference.name), slices]
        };
        spec.service_ref.iter().flat_map(of).collect()
    }

    fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
        import::list(selected, pages)
    }

    fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<Self> {
        import::import(thing, facts, shape)
    }

    fn plan(goal: Goal<'_, CloudMapServiceSpec>, env: &Env, facts: &Facts, memo: &Memo, _: Timestamp) -> Next<Self> {
        plan::plan(goal, env, facts, memo)
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(goal: Goal<'_, CloudMapServiceSpec>, env: &Env, facts: &Facts, memo: &Memo, previous: &Report) -> Report {
        let service = match &facts.service {
            Seen::Known(service) if facts.tags.known().is_some_and(|tags| ownership::is_ours(tags, env)) => service,
            Seen::Known(_) if facts.tags.is_unread() => return previous.clone(),
            Seen::Unread => return previous.clone(),
            // There is none, or it is another's.
            Seen::Known(_) | Seen::Absent => return Report::default(),
        };
        let spec = goal.spec();
        let count = |known: &instances::Instances| {
            let ours = known.values().filter(|attributes| instances::is_ours(attributes)).count();
            i32::try_from(ours).unwrap_or(i32::MAX)
        };
        let dns_name = plan::dns_name(spec, facts, &desired::name(spec, env, memo));
        Report {
            arn: service.arn.clone(),
            ports: ports::reported(spec, facts, &previous.ports),
            dns_name: if facts.namespace.is_unread() { previous.dns_name.clone() } else { dns_name },
            instance_count: facts.instances.all().map(count).or(previous.instance_count),
        }
    }

    /// What the translation of workloads rests on; by the generation, as another Service may have the same ports.
    fn exports(status: &Value) -> Value {
        json!([status["dnsName"], status["ports"], status["observedGeneration"]])
    }

    fn read(query: &Query) -> Call {
        facts::read(query)
    }

    fn write(step: &Step) -> Call {
        facts::write(step)
    }

    /// What Kubernetes has is watched.
    fn sweeps(query: &Query) -> bool {
        matches!(query, Query::Service { .. } | Query::Tags { .. } | Query::Instances { .. })
    }

    fn settle(goal: Goal<'_, CloudMapServiceSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
        plan::settle(goal, env, facts, memo, outcome)
    }
}

/// The chart grants them where the kind is run.
const PERMISSIONS: &[Permission] = &[
    Permission::watched("list", "", "services"),
    Permission::watched("watch", "", "services"),
    Permission::watched("list", "discovery.k8s.io", "endpointslices"),
    Permission::watched("watch", "discovery.k8s.io", "endpointslices"),
];

/// The same where an annotation on a Service asks for an object.
const ON_REQUEST: &[Permission] = &[
    Permission::watched("create", "ecs-bridge.dev", "cloudmapservices"),
    Permission::watched("delete", "ecs-bridge.dev", "cloudmapservices"),
];

/// What the API server checks beyond the schema.
fn rules() -> Vec<Rule> {
    let mut rules = immutable("spec", servicediscovery::ServiceSpec::IMMUTABLE);
    rules.extend(immutable("spec.DnsConfig", &["RoutingPolicy"]));
    rules.extend(tags("spec.Tags", "Key", 5));
    rules.push(Rule::new(
        "spec.Name",
        "self.split('.').all(label, label.matches('^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$'))",
        "labels of letters, digits, hyphens and underscores, joined by dots (CreateService, AWS Cloud Map API Reference)",
    ));
    rules.push(Rule::new(
        "spec",
        "has(self.DnsConfig) == has(oldSelf.DnsConfig)",
        "DnsConfig can't be added or taken out: AWS takes it at creation only. Make another object, or delete and create this one",
    ));
    rules.push(Rule::new(
        "spec",
        "has(self.DnsConfig) != has(self.Type)",
        "either DnsConfig, for names, or Type: HTTP, where only calls find the instances",
    ));
    rules.push(Rule::new("spec.DnsConfig", "!has(self.NamespaceId)", "AWS no longer offers it: use spec.NamespaceId"));
    rules.push(Rule::new(
        "spec.DnsConfig.DnsRecords",
        "self.all(record, oldSelf.exists(old, old.Type == record.Type)) && size(self) == size(oldSelf)",
        "the types of the records can't be changed: AWS takes them at creation only. Make another object, or delete and create this one",
    ));
    rules.push(Rule::new(
        "spec.DnsConfig.DnsRecords",
        "size(self) == 1 || (size(self) == 2 && self.all(record, record.Type in ['A', 'AAAA']))",
        "A, AAAA, both of them, or SRV (DnsRecord, AWS Cloud Map API Reference)",
    ));
    rules.push(Rule::new(
        "spec.DnsConfig.DnsRecords",
        "self.all(record, record.Type != 'CNAME')",
        "an endpoint has addresses, and no name that a CNAME could lead to",
    ));
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "DNS name", path: ".status.dnsName", printed: Printed::Always },
    Column { name: "Instances", path: ".status.instanceCount", printed: Printed::Always },
    Column { name: "ARN", path: ".status.arn", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    Definition { derived: Resource::crd(), rules: rules(), columns: COLUMNS, defaults: Vec::new() }
}
