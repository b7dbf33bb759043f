//! `EcsService`: an Amazon ECS service, and the task definition revision that it runs.

mod cannot;
mod collect;
mod connect;
mod create;
mod desired;
mod facts;
mod import;
mod plan;
mod providers;
mod ready;
mod report;
mod rollback;
mod rules;
mod spec;
mod stages;
mod update;

use jiff::Timestamp;
use serde_json::Value;

pub use self::{
    desired::RULES,
    facts::{Facts, Query, Step},
    rules::definition,
    spec::{DesiredCountPolicy, EcsService as Resource, EcsServiceSpec, Memo, Report},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Operation, Outcome,
        import::{Import, Listing, Shape, Thing},
    },
    kinds::common::{strategy, task_definition::RevisionQuery},
    model::ecs,
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct EcsService;

impl Kind for EcsService {
    const KIND: &'static str = "EcsService";
    const SELECTED_BY: Option<&'static str> = Some("cluster");
    const OPERATIONS: &'static [Operation] = &[
        Operation::Ecs(ecs::Operation::CreateService),
        Operation::Ecs(ecs::Operation::DeleteService),
        Operation::Ecs(ecs::Operation::DeleteTaskDefinitions),
        Operation::Ecs(ecs::Operation::DeregisterTaskDefinition),
        Operation::Ecs(ecs::Operation::DescribeServiceDeployments),
        Operation::Ecs(ecs::Operation::DescribeServiceRevisions),
        Operation::Ecs(ecs::Operation::DescribeServices),
        Operation::Ecs(ecs::Operation::DescribeTaskDefinition),
        Operation::Ecs(ecs::Operation::DescribeTasks),
        Operation::Ecs(ecs::Operation::ListServiceDeployments),
        Operation::Ecs(ecs::Operation::ListTaskDefinitions),
        Operation::Ecs(ecs::Operation::ListTasks),
        Operation::Ecs(ecs::Operation::RegisterTaskDefinition),
        Operation::Ecs(ecs::Operation::TagResource),
        Operation::Ecs(ecs::Operation::UntagResource),
        Operation::Ecs(ecs::Operation::UpdateService),
    ];

    type Spec = EcsServiceSpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = Query;
    type Step = Step;

    fn role_paths() -> Vec<String> {
        let inline = ecs::TaskDefinitionSpec::ROLE_PATHS.iter().map(|path| format!("taskDefinition.{path}"));
        ecs::ServiceSpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).chain(inline).collect()
    }

    fn management(spec: &EcsServiceSpec) -> &Management {
        &spec.management
    }

    fn references(spec: &EcsServiceSpec) -> Vec<ObjectKey> {
        let cluster = spec.cluster_ref.iter().map(|reference| reference.to("EcsCluster"));
        let definition = spec.task_definition_ref.iter().map(|reference| reference.to("EcsTaskDefinition"));
        let providers = strategy::references(spec.service.capacity_provider_strategy.as_ref());
        cluster.chain(definition).chain(providers).collect()
    }

    fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
        import::list(selected, pages)
    }

    fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<Self> {
        import::import(thing, facts, shape)
    }

    fn plan(goal: Goal<'_, EcsServiceSpec>, env: &Env, facts: &Facts, memo: &Memo, now: Timestamp) -> Next<Self> {
        let Goal::Present(spec) = goal else { return plan::plan(goal, env, facts, memo, now) };
        match providers::resolved(spec, env, memo) {
            Ok(spec) => plan::plan(Goal::Present(&spec), env, facts, memo, now),
            Err(outcome) => Next::Rest(*outcome),
        }
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(_: Goal<'_, EcsServiceSpec>, env: &Env, facts: &Facts, memo: &Memo, previous: &Report) -> Report {
        report::report(env, facts, memo, previous)
    }

    fn read(query: &Query) -> Call {
        facts::read(query)
    }

    fn write(step: &Step) -> Call {
        facts::write(step)
    }

    /// The service itself, and the newest revision of a family. A revision never changes under its own name.
    fn sweeps(query: &Query) -> bool {
        match query {
            Query::Service { .. } => true,
            Query::Revision(RevisionQuery::Describe { task_definition }) => !task_definition.contains(':'),
            _ => false,
        }
    }

    fn holds(spec: &EcsServiceSpec, status: &Value) -> Vec<String> {
        let mut holds = collect::holds(spec, status);
        holds.extend(strategy::holds(spec.service.capacity_provider_strategy.as_ref()));
        holds
    }

    fn leftovers(spec: &EcsServiceSpec, status: &Value) -> Vec<String> {
        collect::leftovers(spec, status)
    }

    fn settle(goal: Goal<'_, EcsServiceSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
        let Goal::Present(spec) = goal else { return report::settle(goal, env, facts, memo, outcome) };
        match providers::resolved(spec, env, memo) {
            Ok(resolved) => {
                let settled = report::settle(Goal::Present(&resolved), env, facts, memo, outcome);
                Memo { providers: providers::names(spec, env, memo), ..settled }
            }
            Err(_) => memo.clone(),
        }
    }
}
