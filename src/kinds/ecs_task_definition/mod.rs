//! `EcsTaskDefinition`: an Amazon ECS task definition that several services share.

mod facts;
mod import;
mod plan;
mod spec;

use jiff::Timestamp;
use kube::CustomResourceExt;
use serde_json::Value;

pub use self::{
    facts::Facts,
    spec::{EcsTaskDefinition as Resource, EcsTaskDefinitionSpec, Memo, Report},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Operation, Outcome,
        import::{Import, Listing, Shape, Thing},
    },
    kinds::common::task_definition::{RevisionQuery, RevisionStep, fargate_rules},
    kinds::crd::{Column, Definition, Printed, Rule, immutable, tags},
    model::ecs,
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct EcsTaskDefinition;

impl Kind for EcsTaskDefinition {
    const KIND: &'static str = "EcsTaskDefinition";
    const SELECTED_BY: Option<&'static str> = Some("task-definition");
    const OPERATIONS: &'static [Operation] = &[
        Operation::Ecs(ecs::Operation::DeleteTaskDefinitions),
        Operation::Ecs(ecs::Operation::DeregisterTaskDefinition),
        Operation::Ecs(ecs::Operation::DescribeTaskDefinition),
        Operation::Ecs(ecs::Operation::ListTaskDefinitions),
        Operation::Ecs(ecs::Operation::RegisterTaskDefinition),
        Operation::Ecs(ecs::Operation::TagResource),
        Operation::Ecs(ecs::Operation::UntagResource),
    ];

    type Spec = EcsTaskDefinitionSpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = RevisionQuery;
    type Step = RevisionStep;

    fn role_paths() -> Vec<String> {
        ecs::TaskDefinitionSpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).collect()
    }

    fn management(spec: &EcsTaskDefinitionSpec) -> &Management {
        &spec.management
    }

    fn references(_: &EcsTaskDefinitionSpec) -> Vec<ObjectKey> {
        Vec::new()
    }

    fn list(selected: Option<&str>, _: &[Value]) -> Result<Listing, Malformed> {
        Ok(import::list(selected))
    }

    fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<Self> {
        import::import(thing, facts, shape)
    }

    fn plan(goal: Goal<'_, EcsTaskDefinitionSpec>, env: &Env, facts: &Facts, memo: &Memo, _: Timestamp) -> Next<Self> {
        plan::plan(goal, env, facts, memo)
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, RevisionQuery, RevisionStep>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(_: Goal<'_, EcsTaskDefinitionSpec>, _: &Env, _: &Facts, memo: &Memo, previous: &Report) -> Report {
        plan::report(memo, previous)
    }

    fn read(query: &RevisionQuery) -> Call {
        query.call()
    }

    fn write(step: &RevisionStep) -> Call {
        step.call()
    }

    /// A revision never changes, but somebody may deregister it.
    fn sweeps(query: &RevisionQuery) -> bool {
        matches!(query, RevisionQuery::Describe { .. })
    }

    fn settle(goal: Goal<'_, EcsTaskDefinitionSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
        plan::settle(goal, env, facts, memo, outcome)
    }

    fn exports(status: &Value) -> Value {
        plan::exports(status)
    }

    fn holds(spec: &EcsTaskDefinitionSpec, status: &Value) -> Vec<String> {
        plan::holds(spec, status)
    }

    fn leftovers(spec: &EcsTaskDefinitionSpec, status: &Value) -> Vec<String> {
        plan::leftovers(spec, status)
    }
}

/// What the API server checks beyond the schema.
fn rules() -> Vec<Rule> {
    // A revision belongs to its family: another family is another task definition.
    let mut rules = immutable("spec", &["family"]);
    rules.extend(tags("spec.tags", "key", 3));
    rules.extend(fargate_rules("spec"));
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "Family", path: ".status.memo.name", printed: Printed::Always },
    Column { name: "Revision", path: ".status.revision", printed: Printed::Always },
    Column { name: "ARN", path: ".status.taskDefinitionArn", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    Definition { derived: Resource::crd(), rules: rules(), columns: COLUMNS, defaults: Vec::new() }
}
