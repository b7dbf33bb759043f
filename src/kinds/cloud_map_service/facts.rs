//! What a pass knows of the service, and what it asks and does.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{desired, instances::Instances};
use crate::{
    engine::{
        Answer, Asked, Call, Malformed, Operation as Any, Refusal, RefusalKind, Seen, Tagging, call,
        kubernetes::{self, ListObjectsRequest, ListObjectsResponse, SERVICE_NAME},
        ownership::Tags,
    },
    model::servicediscovery::{self as sd, Operation},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The Kubernetes Service.
    pub source: Seen<Value>,
    /// Its EndpointSlices.
    pub slices: Option<Vec<Value>>,
    pub namespace: Seen<sd::Namespace>,
    /// The service of our name in the namespace, by the list.
    pub listed: Pages<Option<String>>,
    pub service: Seen<sd::Service>,
    pub tags: Seen<Tags>,
    pub instances: Pages<Instances>,
    /// What AWS says of its operations, by their ids; gone is one that it knows no more.
    pub operations: BTreeMap<String, Seen<sd::OperationDetail>>,
    /// What AWS has begun in this pass: the ids of its operations, by the instance, and of the service by no name.
    pub begun: BTreeMap<String, String>,
    /// AWS has begun something else on these.
    pub busy: BTreeSet<String>,
    /// A write was declined that the plan can't do without.
    pub refused: Option<Refusal>,
    /// AWS said that the name is taken.
    pub exists: bool,
    /// What was to be changed was gone, in this pass; or the id on record is no service's any more.
    pub vanished: bool,
}

/// What AWS lists in pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages<T> {
    pub found: T,
    pub next: Next,
    /// How many have been read.
    pub read: usize,
}

/// Where a list goes on.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Next {
    #[default]
    First,
    Token(String),
    Nothing,
}

impl Next {
    fn after(token: Option<String>) -> Self {
        token.filter(|token| !token.is_empty()).map_or(Next::Nothing, Next::Token)
    }

    /// The token to ask with, where there is anything to ask.
    #[allow(clippy::option_option, reason = "the first page is asked for without one")]
    pub fn token(&self) -> Option<Option<String>> {
        match self {
            Next::First => Some(None),
            Next::Token(token) => Some(Some(token.clone())),
            Next::Nothing => None,
        }
    }
}

impl<T> Pages<T> {
    pub fn all(&self) -> Option<&T> {
        (self.next == Next::Nothing).then_some(&self.found)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    Source {
        namespace: String,
        name: String,
    },
    Slices {
        namespace: String,
        service: String,
    },
    Namespace {
        id: String,
    },
    /// A page of the services of a namespace, in search of one.
    Services {
        namespace: String,
        name: String,
        token: Option<String>,
    },
    Service {
        id: String,
    },
    Tags {
        arn: String,
    },
    Instances {
        service: String,
        token: Option<String>,
    },
    Operation {
        id: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Create(Box<sd::CreateServiceRequest>),
    Update(Box<sd::UpdateServiceRequest>),
    Register(Box<sd::RegisterInstanceRequest>),
    Deregister(sd::DeregisterInstanceRequest),
    Tags(Tagging),
    Delete { id: String },
}

impl From<Tagging> for Step {
    fn from(tagging: Tagging) -> Self {
        Step::Tags(tagging)
    }
}

pub fn read(query: &Query) -> Call {
    match query.clone() {
        // By a list, which is what a bridge does with Services too: no other leave is needed.
        Query::Source { namespace, name } => {
            let request = ListObjectsRequest {
                resource: kubernetes::SERVICE,
                namespace,
                fields: format!("metadata.name={name}"),
                ..ListObjectsRequest::default()
            };
            Call::new(kubernetes::Operation::ListObjects, &request)
        }
        Query::Slices { namespace, service } => {
            let request = ListObjectsRequest {
                resource: kubernetes::ENDPOINT_SLICE,
                namespace,
                labels: format!("{SERVICE_NAME}={service}"),
                ..ListObjectsRequest::default()
            };
            Call::new(kubernetes::Operation::ListObjects, &request)
        }
        Query::Namespace { id } => Call::new(Operation::GetNamespace, &sd::GetNamespaceRequest { id }),
        Query::Services { namespace, token, .. } => Call::new(Operation::ListServices, &services(namespace, token)),
        Query::Service { id } => Call::new(Operation::GetService, &sd::GetServiceRequest { id }),
        Query::Tags { arn } => {
            Call::new(Operation::ListTagsForResource, &sd::ListTagsForResourceRequest { resource_arn: arn })
        }
        Query::Instances { service, token } => {
            let request = sd::ListInstancesRequest { service_id: service, max_results: Some(100), next_token: token };
            Call::new(Operation::ListInstances, &request)
        }
        Query::Operation { id } => {
            let request = sd::GetOperationRequest { operation_id: id, ..Default::default() };
            Call::new(Operation::GetOperation, &request)
        }
    }
}

/// The services of a namespace.
pub fn services(namespace: String, next_token: Option<String>) -> sd::ListServicesRequest {
    let filter = sd::ServiceFilter {
        name: sd::ServiceFilterName(sd::ServiceFilterName::NAMESPACE_ID.to_owned()),
        values: vec![namespace],
        ..Default::default()
    };
    sd::ListServicesRequest { filters: Some(vec![filter]), max_results: Some(100), next_token }
}

pub fn write(step: &Step) -> Call {
    match step.clone() {
        Step::Create(request) => Call::new(Operation::CreateService, &request),
        Step::Update(request) => Call::new(Operation::UpdateService, &request),
        Step::Register(request) => Call::new(Operation::RegisterInstance, &request),
        Step::Deregister(request) => Call::new(Operation::DeregisterInstance, &request),
        Step::Tags(tagging) => desired::write_tags(&tagging),
        Step::Delete { id } => Call::new(Operation::DeleteService, &sd::DeleteServiceRequest { id }),
    }
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(query), Ok(output)) => answered(facts, query, output)?,
        (Asked::Query(query), Err(refusal)) if refusal.kind == RefusalKind::NotFound => absent(facts, query, refusal),
        (Asked::Query(_), Err(refusal)) => facts.refused = Some(refusal),
        (Asked::Step(step), Ok(output)) => done(facts, step, output)?,
        (Asked::Step(step), Err(refusal)) => declined(facts, step, refusal),
    }
    Ok(())
}

fn answered(facts: &mut Facts, query: &Query, output: Value) -> Result<(), Malformed> {
    match query {
        Query::Source { name, .. } => {
            let found = call::parse::<ListObjectsResponse>(output)?.objects;
            facts.source = found.into_iter().find(|service| service["metadata"]["name"] == **name).into();
        }
        Query::Slices { .. } => facts.slices = Some(call::parse::<ListObjectsResponse>(output)?.objects),
        Query::Namespace { .. } => {
            facts.namespace = call::parse::<sd::GetNamespaceResponse>(output)?.namespace.into();
        }
        Query::Services { name, .. } => {
            let page: sd::ListServicesResponse = call::parse(output)?;
            // In DNS names don't differ by case alone.
            let is_it =
                |known: &sd::ServiceSummary| known.name.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(name));
            let found = page.services.into_iter().flatten().find(is_it).and_then(|known| known.id);
            facts.listed.next = if found.is_some() { Next::Nothing } else { Next::after(page.next_token) };
            facts.listed.found = found;
            facts.listed.read += 1;
        }
        Query::Service { .. } => facts.service = call::parse::<sd::GetServiceResponse>(output)?.service.into(),
        Query::Tags { .. } => {
            let answer: sd::ListTagsForResourceResponse = call::parse(output)?;
            facts.tags = Seen::Known(desired::from_list(answer.tags.iter().flatten()));
        }
        Query::Instances { .. } => {
            let page: sd::ListInstancesResponse = call::parse(output)?;
            for instance in page.instances.into_iter().flatten() {
                let attributes = instance.attributes.unwrap_or_default();
                facts.instances.found.insert(instance.id.unwrap_or_default(), attributes);
            }
            facts.instances.next = Next::after(page.next_token);
            facts.instances.read += 1;
        }
        Query::Operation { id } => {
            let found = call::parse::<sd::GetOperationResponse>(output)?.operation.into();
            facts.operations.insert(id.clone(), found);
        }
    }
    Ok(())
}

fn absent(facts: &mut Facts, query: &Query, refusal: Refusal) {
    match query {
        Query::Source { .. } => facts.source = Seen::Absent,
        // Nobody has installed what they are of.
        Query::Slices { .. } => facts.slices = Some(Vec::new()),
        Query::Namespace { .. } => facts.namespace = Seen::Absent,
        Query::Operation { id } => drop(facts.operations.insert(id.clone(), Seen::Absent)),
        // The id that was on record, or the service that was listed, is gone: it is looked for by its name, once.
        Query::Service { .. } | Query::Tags { .. } | Query::Instances { .. } if !facts.vanished => again(facts),
        _ => facts.refused = Some(refusal),
    }
}

/// What AWS said is out of date: all of it is asked for again.
fn again(facts: &mut Facts) {
    let (source, slices) = (facts.source.clone(), facts.slices.clone());
    *facts = Facts { source, slices, vanished: true, exists: facts.exists, ..Facts::default() };
}

fn declined(facts: &mut Facts, step: &Step, refusal: Refusal) {
    let instance = match step {
        Step::Register(request) => request.instance_id.clone(),
        Step::Deregister(request) => request.instance_id.clone(),
        _ => String::new(),
    };
    match (step, refusal.kind) {
        // The name was taken since we looked: look again.
        (Step::Create(_), RefusalKind::Exists) if !facts.exists => {
            facts.exists = true;
            again(facts);
        }
        // It begins one thing at a time.
        (Step::Update(_) | Step::Register(_) | Step::Deregister(_), RefusalKind::Conflict) => {
            facts.busy.insert(instance);
        }
        (Step::Deregister(_), RefusalKind::NotFound) if refusal.code == "InstanceNotFound" => {
            facts.instances.found.remove(&instance);
        }
        (Step::Delete { .. }, RefusalKind::NotFound) => facts.service = Seen::Absent,
        (Step::Update(_) | Step::Register(_) | Step::Deregister(_) | Step::Tags(_), RefusalKind::NotFound)
            if !facts.vanished =>
        {
            again(facts);
        }
        _ => facts.refused = Some(refusal),
    }
}

/// A write's own answer is a fact: nothing is read again for it.
fn done(facts: &mut Facts, step: &Step, output: Value) -> Result<(), Malformed> {
    #[derive(serde::Deserialize)]
    struct Begun {
        #[serde(rename = "OperationId", default)]
        operation_id: String,
    }
    match step {
        Step::Create(request) => {
            let service = call::parse::<sd::CreateServiceResponse>(output)?.service;
            // One that was made by an earlier request of the same token may have got other tags since.
            let is_new = service.as_ref().is_some_and(|service| service.instance_count.unwrap_or(0) == 0);
            facts.service = service.into();
            if is_new {
                facts.tags = Seen::Known(desired::from_list(request.tags.iter().flatten()));
                facts.instances.next = Next::Nothing;
            }
        }
        Step::Update(_) => drop(facts.begun.insert(String::new(), call::parse::<Begun>(output)?.operation_id)),
        Step::Register(request) => {
            facts.begun.insert(request.instance_id.clone(), call::parse::<Begun>(output)?.operation_id);
        }
        Step::Deregister(request) => {
            facts.begun.insert(request.instance_id.clone(), call::parse::<Begun>(output)?.operation_id);
        }
        Step::Tags(tagging) => {
            if let Some(tags) = facts.tags.known_mut() {
                tagging.apply(tags);
            }
        }
        Step::Delete { .. } => facts.service = Seen::Absent,
    }
    Ok(())
}

/// Whether AWS declined it, and not Kubernetes.
pub fn is_awss(refusal: &Refusal) -> bool {
    !matches!(refusal.operation, Any::Kubernetes(_))
}
