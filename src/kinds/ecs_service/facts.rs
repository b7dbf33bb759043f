//! What a pass knows of the service, and what it asks and does.

use serde_json::Value;

use super::rollback;
use crate::{
    engine::{
        Answer, Asked, Call, Malformed, Refusal, RefusalKind, Seen, Tagging,
        bite::{Defect, bitten},
        call,
    },
    kinds::common::{
        ecs_tags,
        task_definition::{RevisionFacts, RevisionQuery, RevisionStep},
    },
    model::ecs::{self, Operation},
};

/// A thousand deployments are looked through for the newest: pages without an end are none of AWS's.
const PAGES: u32 = 10;

#[derive(Clone, Debug, Default, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one thing that AWS said in this pass")]
pub struct Facts {
    pub service: Seen<ecs::Service>,
    pub cluster_missing: Option<Refusal>,
    pub revisions: RevisionFacts,
    /// What only DescribeServiceRevisions tells.
    pub service_revision: Seen<ecs::ServiceRevision>,
    /// The newest of the service's deployments, as far as they are read.
    pub deployment: Seen<ecs::ServiceDeploymentBrief>,
    /// The service deployment that is the service's current one.
    pub current_deployment: Seen<ecs::ServiceDeployment>,
    pub deployment_pages: u32,
    /// Where the rest of them is.
    pub more_deployments: Option<String>,
    /// The newest stopped tasks.
    pub stopped: Seen<Vec<String>>,
    pub stopped_tasks: Seen<Vec<ecs::Task>>,
    pub refused: Option<Refusal>,
    /// AWS said that the name is taken.
    pub exists: bool,
    /// AWS said that a service of that name still drains, or that something else has to end first.
    pub busy: Option<Refusal>,
    /// A creation in this pass was answered with a service that is gone: the token is an old one's.
    pub stale_token: bool,
    /// This pass has written the Service Connect configuration: what AWS describes now is what was asked for.
    pub connect_written: bool,
    /// What was to be changed was gone, in this pass.
    pub vanished: bool,
    /// A creation in this pass was accepted.
    pub created: bool,
    /// A creation in this pass was refused, and not because the name is taken.
    pub declined: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    Service { cluster: String, name: String },
    Revision(RevisionQuery),
    ServiceRevision { arn: String },
    Deployments { cluster: String, service: String, next_token: Option<String> },
    CurrentDeployment { arn: String },
    StoppedTasks { cluster: String, service: String },
    Tasks { cluster: String, arns: Vec<String> },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Revision(RevisionStep),
    Create(Box<ecs::CreateServiceRequest>),
    Update(Box<ecs::UpdateServiceRequest>),
    Tags(Tagging),
    Delete { cluster: String, service: String },
}

impl From<RevisionQuery> for Query {
    fn from(query: RevisionQuery) -> Self {
        Query::Revision(query)
    }
}

impl From<RevisionStep> for Step {
    fn from(step: RevisionStep) -> Self {
        Step::Revision(step)
    }
}

impl From<Tagging> for Step {
    fn from(tagging: Tagging) -> Self {
        Step::Tags(tagging)
    }
}

pub fn read(query: &Query) -> Call {
    match query.clone() {
        Query::Service { cluster, name } => Call::new(
            Operation::DescribeServices,
            &ecs::DescribeServicesRequest {
                cluster: Some(cluster),
                services: vec![name],
                include: Some(vec![ecs::ServiceField(ecs::ServiceField::TAGS.to_owned())]),
            },
        ),
        Query::Revision(query) => query.call(),
        Query::ServiceRevision { arn } => Call::new(
            Operation::DescribeServiceRevisions,
            &ecs::DescribeServiceRevisionsRequest { service_revision_arns: vec![arn] },
        ),
        Query::Deployments { cluster, service, next_token } => Call::new(
            Operation::ListServiceDeployments,
            &ecs::ListServiceDeploymentsRequest {
                cluster: Some(cluster),
                service,
                next_token,
                max_results: Some(100),
                ..Default::default()
            },
        ),
        Query::CurrentDeployment { arn } => Call::new(
            Operation::DescribeServiceDeployments,
            &ecs::DescribeServiceDeploymentsRequest { service_deployment_arns: vec![arn] },
        ),
        Query::StoppedTasks { cluster, service } => Call::new(
            Operation::ListTasks,
            &ecs::ListTasksRequest {
                cluster: Some(cluster),
                service_name: Some(service),
                desired_status: Some(ecs::DesiredStatus(ecs::DesiredStatus::STOPPED.to_owned())),
                max_results: Some(10),
                ..Default::default()
            },
        ),
        Query::Tasks { cluster, arns } => Call::new(
            Operation::DescribeTasks,
            &ecs::DescribeTasksRequest { cluster: Some(cluster), tasks: arns, include: None },
        ),
    }
}

pub fn write(step: &Step) -> Call {
    match step.clone() {
        Step::Revision(step) => step.call(),
        Step::Create(request) => Call::new(Operation::CreateService, &request),
        Step::Update(request) => Call::new(Operation::UpdateService, &request),
        Step::Tags(tagging) => ecs_tags::write(&tagging),
        Step::Delete { cluster, service } => Call::new(
            Operation::DeleteService,
            &ecs::DeleteServiceRequest { cluster: Some(cluster), service, force: Some(true) },
        ),
    }
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(query), Ok(output)) => return observed(facts, query, output),
        (Asked::Query(query), Err(refusal)) => unobserved(facts, query, refusal),
        (Asked::Step(step), Ok(output)) => return done(facts, step, output),
        (Asked::Step(step), Err(refusal)) => declined(facts, step, refusal),
    }
    Ok(())
}

fn observed(facts: &mut Facts, query: &Query, output: Value) -> Result<(), Malformed> {
    match query {
        Query::Service { .. } => {
            // What is MISSING stands in failures[], with HTTP 200.
            let services = call::parse::<ecs::DescribeServicesResponse>(output)?.services.unwrap_or_default();
            let described = services.into_iter().next();
            if described.is_some() || !bitten(Defect::IgnoresFailures) {
                facts.service = described.into();
            }
        }
        Query::Revision(query) => facts.revisions.observed(query, output)?,
        Query::ServiceRevision { .. } => {
            let revisions = call::parse::<ecs::DescribeServiceRevisionsResponse>(output)?.service_revisions;
            facts.service_revision = revisions.unwrap_or_default().into_iter().next().into();
        }
        Query::Deployments { .. } => {
            facts.deployment_pages += 1;
            let page = call::parse::<ecs::ListServiceDeploymentsResponse>(output)?;
            let known = facts.deployment.known().cloned();
            facts.deployment = rollback::newest(page.service_deployments.into_iter().flatten().chain(known)).into();
            facts.more_deployments =
                page.next_token.filter(|_| facts.deployment_pages < PAGES && !bitten(Defect::FirstPageOnly));
        }
        Query::CurrentDeployment { .. } => {
            let described = call::parse::<ecs::DescribeServiceDeploymentsResponse>(output)?.service_deployments;
            facts.current_deployment = described.unwrap_or_default().into_iter().next().into();
        }
        Query::StoppedTasks { .. } => {
            let listed = call::parse::<ecs::ListTasksResponse>(output)?.task_arns;
            facts.stopped = Seen::Known(listed.unwrap_or_default());
        }
        Query::Tasks { .. } => {
            let tasks = call::parse::<ecs::DescribeTasksResponse>(output)?.tasks;
            facts.stopped_tasks = Seen::Known(tasks.unwrap_or_default());
        }
    }
    Ok(())
}

fn unobserved(facts: &mut Facts, query: &Query, refusal: Refusal) {
    let gone = refusal.kind == RefusalKind::NotFound;
    match query {
        Query::Service { .. } if refusal.code == "ClusterNotFoundException" => {
            facts.service = Seen::Absent;
            facts.cluster_missing = Some(refusal);
        }
        Query::Service { .. } if gone => facts.service = Seen::Absent,
        Query::Revision(query) if gone => facts.revisions.absent(query),
        Query::Deployments { .. } if gone => facts.deployment = Seen::Absent,
        Query::CurrentDeployment { .. } if gone => facts.current_deployment = Seen::Absent,
        Query::ServiceRevision { .. } if gone => facts.service_revision = Seen::Absent,
        // Why a task stopped is worth a line in the status, and no more.
        Query::StoppedTasks { .. } => facts.stopped = Seen::Absent,
        Query::Tasks { .. } => facts.stopped_tasks = Seen::Absent,
        _ => facts.refused = Some(refusal),
    }
}

/// A write's own answer is a fact: nothing is read again for it.
fn done(facts: &mut Facts, step: &Step, output: Value) -> Result<(), Malformed> {
    match step {
        Step::Revision(step) => facts.revisions.done(step, output)?,
        Step::Create(request) => {
            let created = call::parse::<ecs::CreateServiceResponse>(output)?.service;
            facts.stale_token = created.as_ref().is_some_and(|service| service.status.as_deref() != Some("ACTIVE"));
            facts.created = !facts.stale_token;
            // AWS leaves the tags out of some answers: they are those that were sent.
            facts.service = created.map(|service| ecs::Service { tags: request.tags.clone(), ..service }).into();
        }
        Step::Update(request) => {
            facts.connect_written |= request.service_connect_configuration.is_some();
            let updated = call::parse::<ecs::UpdateServiceResponse>(output)?.service;
            facts.service = keeping_tags(&facts.service, updated);
            facts.service_revision = Seen::Unread;
            facts.deployment = Seen::Unread;
            facts.deployment_pages = 0;
            facts.current_deployment = Seen::Unread;
        }
        Step::Tags(tagging) => {
            if let Some(known) = facts.service.known_mut() {
                ecs_tags::apply(tagging, &mut known.tags);
            }
        }
        Step::Delete { .. } => {
            let deleted = call::parse::<ecs::DeleteServiceResponse>(output)?.service;
            facts.service = keeping_tags(&facts.service, deleted);
        }
    }
    Ok(())
}

/// AWS leaves the tags out of its answer to an update and a deletion, and by them we know our own. An answer without the service does not
/// say that it is gone: it is read again.
fn keeping_tags(before: &Seen<ecs::Service>, after: Option<ecs::Service>) -> Seen<ecs::Service> {
    let tags = before.known().and_then(|service| service.tags.clone());
    after.map_or(Seen::Unread, |service| Seen::Known(ecs::Service { tags, ..service }))
}

fn declined(facts: &mut Facts, step: &Step, refusal: Refusal) {
    facts.declined = matches!(step, Step::Create(_)) && refusal.kind != RefusalKind::Exists;
    match (step, refusal.kind) {
        (Step::Revision(step), _) => facts.refused = facts.revisions.declined(step, refusal),
        // A revision that was found is no longer there: somebody tidied it up meanwhile.
        (Step::Create(_) | Step::Update(_), _)
            if refusal.message.contains("TaskDefinition is inactive") && !facts.vanished =>
        {
            *facts = Facts { vanished: true, ..Facts::default() };
        }
        // The name was taken since we looked: look again, once.
        (Step::Create(_), RefusalKind::Exists) if !facts.exists => {
            *facts = Facts { exists: true, revisions: std::mem::take(&mut facts.revisions), ..Facts::default() };
        }
        (_, RefusalKind::Conflict) => facts.busy = Some(refusal),
        // What was to be changed or deleted is gone: look again, once; AWS may go on describing it for a while.
        (Step::Update(_) | Step::Delete { .. } | Step::Tags(_), RefusalKind::NotFound) if !facts.vanished => {
            *facts = Facts { vanished: true, ..Facts::default() };
        }
        (_, RefusalKind::NotFound) if facts.vanished => facts.busy = Some(refusal),
        _ => facts.refused = Some(refusal),
    }
}
