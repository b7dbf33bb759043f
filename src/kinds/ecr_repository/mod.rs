//! `EcrRepository`: an Amazon ECR private repository.

mod desired;
mod facts;
mod import;
mod plan;
mod policies;
mod spec;

use jiff::Timestamp;
use kube::CustomResourceExt;
use serde_json::Value;

pub use self::{
    desired::RULES,
    facts::{Facts, Query, Step},
    spec::{EcrRepository as Resource, EcrRepositorySpec, Memo, Report},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Operation, Outcome, Seen,
        import::{Import, Listing, Shape, Thing},
        ownership,
    },
    kinds::crd::{Column, Definition, Printed, Rule, immutable, tags},
    model::ecr,
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct EcrRepository;

impl Kind for EcrRepository {
    const KIND: &'static str = "EcrRepository";
    const SELECTED_BY: Option<&'static str> = Some("repository");
    const OPERATIONS: &'static [Operation] = &[
        Operation::Ecr(ecr::Operation::CreateRepository),
        Operation::Ecr(ecr::Operation::DeleteLifecyclePolicy),
        Operation::Ecr(ecr::Operation::DeleteRepository),
        Operation::Ecr(ecr::Operation::DeleteRepositoryPolicy),
        Operation::Ecr(ecr::Operation::DescribeRepositories),
        Operation::Ecr(ecr::Operation::GetLifecyclePolicy),
        Operation::Ecr(ecr::Operation::GetRepositoryPolicy),
        Operation::Ecr(ecr::Operation::ListTagsForResource),
        Operation::Ecr(ecr::Operation::PutImageScanningConfiguration),
        Operation::Ecr(ecr::Operation::PutImageTagMutability),
        Operation::Ecr(ecr::Operation::PutLifecyclePolicy),
        Operation::Ecr(ecr::Operation::SetRepositoryPolicy),
        Operation::Ecr(ecr::Operation::TagResource),
        Operation::Ecr(ecr::Operation::UntagResource),
    ];

    type Spec = EcrRepositorySpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = Query;
    type Step = Step;

    fn role_paths() -> Vec<String> {
        ecr::RepositorySpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).collect()
    }

    fn management(spec: &EcrRepositorySpec) -> &Management {
        &spec.management
    }

    fn references(_: &EcrRepositorySpec) -> Vec<ObjectKey> {
        Vec::new()
    }

    fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
        import::list(selected, pages)
    }

    fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<Self> {
        import::import(thing, facts, shape)
    }

    fn plan(goal: Goal<'_, EcrRepositorySpec>, env: &Env, facts: &Facts, memo: &Memo, _: Timestamp) -> Next<Self> {
        plan::plan(goal, env, facts, memo)
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(_: Goal<'_, EcrRepositorySpec>, env: &Env, facts: &Facts, _: &Memo, previous: &Report) -> Report {
        let is_ours = facts.tags.known().is_some_and(|tags| ownership::is_ours(tags, env));
        match &facts.repository {
            Seen::Known(repository) if is_ours => Report {
                repository_arn: repository.repository_arn.clone(),
                repository_uri: repository.repository_uri.clone(),
                registry_id: repository.registry_id.clone(),
            },
            Seen::Unread => previous.clone(),
            // There is none, or it is another's.
            Seen::Known(_) | Seen::Absent => Report::default(),
        }
    }

    fn read(query: &Query) -> Call {
        facts::read(query)
    }

    fn write(step: &Step) -> Call {
        facts::write(step)
    }

    fn sweeps(_: &Query) -> bool {
        true
    }

    fn settle(goal: Goal<'_, EcrRepositorySpec>, env: &Env, _: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
        plan::settle(goal, env, memo, outcome)
    }

    fn exports(status: &Value) -> Value {
        status.get("repositoryUri").cloned().unwrap_or_default()
    }
}

/// What the API server checks beyond the schema.
fn rules() -> Vec<Rule> {
    let mut rules = immutable("spec", ecr::RepositorySpec::IMMUTABLE);
    rules.extend(tags("spec.tags", "Key", 5));
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "URI", path: ".status.repositoryUri", printed: Printed::Always },
    Column { name: "Name", path: ".status.memo.name", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    // Server-side apply that takes the last field out leaves null, which the default makes an empty spec again.
    let defaults = vec![("spec", serde_json::json!({}))];
    Definition { derived: Resource::crd(), rules: rules(), columns: COLUMNS, defaults }
}
