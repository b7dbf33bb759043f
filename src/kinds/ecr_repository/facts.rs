//! What a pass knows of the repository, and what it asks and does.

use serde_json::Value;

use super::{desired, spec::EcrRepositorySpec};
use crate::{
    engine::{Answer, Asked, Call, Malformed, Refusal, RefusalKind, Seen, Tagging, call, ownership::Tags},
    model::ecr::{self, Operation},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub repository: Seen<ecr::Repository>,
    pub tags: Seen<Tags>,
    pub lifecycle: Seen<String>,
    pub policy: Seen<String>,
    /// AWS declined a write that the plan can't do without.
    pub refused: Option<Refusal>,
    /// AWS said that the name is taken.
    pub exists: bool,
    /// What was to be changed was gone, in this pass.
    pub vanished: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    Repository { name: String },
    Tags { arn: String },
    Lifecycle { name: String },
    Policy { name: String },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Create(ecr::CreateRepositoryRequest),
    PutImageTagMutability(ecr::PutImageTagMutabilityRequest),
    PutImageScanning(ecr::PutImageScanningConfigurationRequest),
    PutLifecyclePolicy { name: String, text: String },
    DeleteLifecyclePolicy { name: String },
    SetPolicy { name: String, text: String },
    DeletePolicy { name: String },
    Tags(Tagging),
    Delete { name: String, force: bool },
}

impl From<Tagging> for Step {
    fn from(tagging: Tagging) -> Self {
        Step::Tags(tagging)
    }
}

pub fn read(query: &Query) -> Call {
    match query.clone() {
        Query::Repository { name } => Call::new(
            Operation::DescribeRepositories,
            &ecr::DescribeRepositoriesRequest { repository_names: Some(vec![name]), ..Default::default() },
        ),
        Query::Tags { arn } => {
            Call::new(Operation::ListTagsForResource, &ecr::ListTagsForResourceRequest { resource_arn: arn })
        }
        Query::Lifecycle { name } => Call::new(
            Operation::GetLifecyclePolicy,
            &ecr::GetLifecyclePolicyRequest { repository_name: name, registry_id: None },
        ),
        Query::Policy { name } => Call::new(
            Operation::GetRepositoryPolicy,
            &ecr::GetRepositoryPolicyRequest { repository_name: name, registry_id: None },
        ),
    }
}

pub fn write(step: &Step) -> Call {
    match step.clone() {
        Step::Create(request) => Call::new(Operation::CreateRepository, &request),
        Step::PutImageTagMutability(request) => Call::new(Operation::PutImageTagMutability, &request),
        Step::PutImageScanning(request) => Call::new(Operation::PutImageScanningConfiguration, &request),
        Step::PutLifecyclePolicy { name, text } => Call::new(
            Operation::PutLifecyclePolicy,
            &ecr::PutLifecyclePolicyRequest { repository_name: name, lifecycle_policy_text: text, registry_id: None },
        ),
        Step::DeleteLifecyclePolicy { name } => Call::new(
            Operation::DeleteLifecyclePolicy,
            &ecr::DeleteLifecyclePolicyRequest { repository_name: name, registry_id: None },
        ),
        Step::SetPolicy { name, text } => Call::new(
            Operation::SetRepositoryPolicy,
            &ecr::SetRepositoryPolicyRequest { repository_name: name, policy_text: text, ..Default::default() },
        ),
        Step::DeletePolicy { name } => Call::new(
            Operation::DeleteRepositoryPolicy,
            &ecr::DeleteRepositoryPolicyRequest { repository_name: name, registry_id: None },
        ),
        Step::Tags(tagging) => desired::write_tags(&tagging),
        Step::Delete { name, force } => Call::new(
            Operation::DeleteRepository,
            &ecr::DeleteRepositoryRequest { repository_name: name, force: Some(force), registry_id: None },
        ),
    }
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(query), Ok(output)) => observed(facts, query, output),
        (Asked::Query(query), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            match query {
                Query::Repository { .. } => facts.repository = Seen::Absent,
                Query::Tags { .. } => facts.tags = Seen::Absent,
                Query::Lifecycle { .. } => facts.lifecycle = Seen::Absent,
                Query::Policy { .. } => facts.policy = Seen::Absent,
            }
            Ok(())
        }
        (Asked::Step(step), Ok(output)) => done(facts, step, output),
        // The name was taken since we looked: look again.
        (Asked::Step(Step::Create(_)), Err(refusal)) if refusal.kind == RefusalKind::Exists && !facts.exists => {
            *facts = Facts { exists: true, ..Facts::default() };
            Ok(())
        }
        // A creation needs nothing that looking again could find.
        (Asked::Step(Step::Create(_)), Err(refusal)) => {
            facts.refused = Some(refusal);
            Ok(())
        }
        // What was to go is gone, or what was to change is: look again.
        (Asked::Step(_), Err(refusal)) if refusal.kind == RefusalKind::NotFound && !facts.vanished => {
            *facts = Facts { vanished: true, ..Facts::default() };
            Ok(())
        }
        // AWS may go on describing it for a while.
        (Asked::Step(_), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            facts.tags = Seen::Absent;
            Ok(())
        }
        (_, Err(refusal)) => {
            facts.refused = Some(refusal);
            Ok(())
        }
    }
}

fn observed(facts: &mut Facts, query: &Query, output: Value) -> Result<(), Malformed> {
    match query {
        Query::Repository { .. } => {
            facts.repository =
                call::parse::<ecr::DescribeRepositoriesResponse>(output)?.repositories.unwrap_or_default().pop().into();
        }
        Query::Tags { .. } => {
            facts.tags = Seen::Known(desired::from_list(
                call::parse::<ecr::ListTagsForResourceResponse>(output)?.tags.iter().flatten(),
            ));
        }
        Query::Lifecycle { .. } => {
            facts.lifecycle = call::parse::<ecr::GetLifecyclePolicyResponse>(output)?.lifecycle_policy_text.into();
        }
        Query::Policy { .. } => {
            facts.policy = call::parse::<ecr::GetRepositoryPolicyResponse>(output)?.policy_text.into();
        }
    }
    Ok(())
}

/// A write's own answer is a fact: nothing is read again for it.
fn done(facts: &mut Facts, step: &Step, output: Value) -> Result<(), Malformed> {
    let repository = facts.repository.known_mut();
    match step {
        Step::Create(request) => {
            facts.repository = call::parse::<ecr::CreateRepositoryResponse>(output)?.repository.into();
            facts.tags = Seen::Known(desired::from_list(request.tags.iter().flatten()));
            (facts.lifecycle, facts.policy) = (Seen::Absent, Seen::Absent);
        }
        Step::PutImageTagMutability(request) => {
            if let Some(repository) = repository {
                repository.image_tag_mutability = Some(request.image_tag_mutability.clone());
                repository
                    .image_tag_mutability_exclusion_filters
                    .clone_from(&request.image_tag_mutability_exclusion_filters);
            }
        }
        Step::PutImageScanning(request) => {
            if let Some(repository) = repository {
                repository.image_scanning_configuration = Some(request.image_scanning_configuration.clone());
            }
        }
        Step::PutLifecyclePolicy { text, .. } => facts.lifecycle = Seen::Known(text.clone()),
        Step::DeleteLifecyclePolicy { .. } => facts.lifecycle = Seen::Absent,
        Step::SetPolicy { text, .. } => facts.policy = Seen::Known(text.clone()),
        Step::DeletePolicy { .. } => facts.policy = Seen::Absent,
        Step::Tags(tagging) => {
            if let Some(known) = facts.tags.known_mut() {
                tagging.apply(known);
            }
        }
        Step::Delete { .. } => facts.repository = Seen::Absent,
    }
    Ok(())
}

/// The request that makes the repository as the spec says, with its tags from the first moment on.
pub fn create_request(spec: &EcrRepositorySpec, name: String, tags: &Tags) -> ecr::CreateRepositoryRequest {
    let spec = &spec.repository;
    ecr::CreateRepositoryRequest {
        repository_name: name,
        encryption_configuration: spec.encryption_configuration.clone(),
        image_scanning_configuration: spec.image_scanning_configuration.clone(),
        image_tag_mutability: spec.image_tag_mutability.clone(),
        image_tag_mutability_exclusion_filters: spec.image_tag_mutability_exclusion_filters.clone(),
        registry_id: None,
        tags: Some(desired::to_list(tags)),
    }
}
