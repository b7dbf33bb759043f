//! What is asked and done about revisions, and what the answers tell.

use serde::de::Error;
use serde_json::Value;

use super::revisions::{Described, Revision, RevisionFacts, RevisionQuery};
use crate::{
    engine::{Call, Malformed, Refusal, Seen, Tagging, call},
    kinds::common::ecs_tags,
    model::ecs::{self, Operation, TaskDefinitionStatus},
};

/// A write to revisions.
#[derive(Clone, Debug, PartialEq)]
pub enum RevisionStep {
    Register {
        request: Box<ecs::RegisterTaskDefinitionRequest>,
        hash: String,
    },
    Deregister {
        arn: String,
    },
    Delete {
        arns: Vec<String>,
    },
    /// Takes a revision over, or lets it go.
    Tags(Tagging),
}

impl RevisionQuery {
    pub fn call(&self) -> Call {
        match self.clone() {
            RevisionQuery::Describe { task_definition } => Call::new(
                Operation::DescribeTaskDefinition,
                &ecs::DescribeTaskDefinitionRequest {
                    task_definition,
                    include: Some(vec![ecs::TaskDefinitionField(ecs::TaskDefinitionField::TAGS.to_owned())]),
                },
            ),
            RevisionQuery::ListActive { family } => Call::new(
                Operation::ListTaskDefinitions,
                &ecs::ListTaskDefinitionsRequest {
                    family_prefix: Some(family),
                    status: Some(TaskDefinitionStatus(TaskDefinitionStatus::ACTIVE.to_owned())),
                    sort: Some(ecs::SortOrder(ecs::SortOrder::DESC.to_owned())),
                    max_results: Some(100),
                    next_token: None,
                },
            ),
        }
    }
}

impl RevisionStep {
    pub fn call(&self) -> Call {
        match self.clone() {
            RevisionStep::Register { request, .. } => Call::new(Operation::RegisterTaskDefinition, &request),
            RevisionStep::Deregister { arn } => Call::new(
                Operation::DeregisterTaskDefinition,
                &ecs::DeregisterTaskDefinitionRequest { task_definition: arn },
            ),
            RevisionStep::Delete { arns } => Call::new(
                Operation::DeleteTaskDefinitions,
                &ecs::DeleteTaskDefinitionsRequest { task_definitions: arns },
            ),
            RevisionStep::Tags(tagging) => ecs_tags::write(&tagging),
        }
    }
}

impl RevisionFacts {
    pub fn observed(&mut self, query: &RevisionQuery, output: Value) -> Result<(), Malformed> {
        match query {
            RevisionQuery::Describe { task_definition } => {
                let answer = call::parse::<ecs::DescribeTaskDefinitionResponse>(output)?;
                let tags = ecs_tags::from_list(answer.tags.iter().flatten());
                let seen = answer.task_definition.map(|definition| Described { definition, tags }).into();
                self.described.insert(task_definition.clone(), seen);
            }
            RevisionQuery::ListActive { .. } => {
                let listed = call::parse::<ecs::ListTaskDefinitionsResponse>(output)?.task_definition_arns;
                self.listed = Seen::Known(listed.unwrap_or_default());
            }
        }
        Ok(())
    }

    /// AWS says that what was asked for is not there.
    pub fn absent(&mut self, query: &RevisionQuery) {
        match query {
            RevisionQuery::Describe { task_definition } => {
                self.described.insert(task_definition.clone(), Seen::Absent);
            }
            RevisionQuery::ListActive { .. } => self.listed = Seen::Absent,
        }
    }

    pub fn done(&mut self, step: &RevisionStep, output: Value) -> Result<(), Malformed> {
        match step {
            RevisionStep::Register { hash, .. } => {
                let registered = call::parse::<ecs::RegisterTaskDefinitionResponse>(output)?.task_definition;
                let arn = registered.and_then(|definition| definition.task_definition_arn);
                // Without its ARN the revision can't be run, and another would only be registered behind it.
                let arn = arn.ok_or_else(|| serde_json::Error::custom("a registered task definition has no ARN"))?;
                self.registered = Some(Revision { arn, hash: hash.clone() });
            }
            RevisionStep::Deregister { arn } => {
                if let Some(described) = self.described.get_mut(arn).and_then(Seen::known_mut) {
                    let inactive = TaskDefinitionStatus(TaskDefinitionStatus::INACTIVE.to_owned());
                    described.definition.status = Some(inactive);
                }
            }
            RevisionStep::Tags(tagging) => {
                if let Tagging::Set { .. } = tagging {
                    self.taken += 1;
                }
                // It may be known by its family, too.
                for described in self.described.values_mut().filter_map(Seen::known_mut) {
                    if described.arn() == tagging.arn() {
                        tagging.apply(&mut described.tags);
                    }
                }
            }
            RevisionStep::Delete { arns } => {
                let failures = call::parse::<ecs::DeleteTaskDefinitionsResponse>(output)?.failures.unwrap_or_default();
                let failed: Vec<&str> = failures.iter().filter_map(|failure| failure.arn.as_deref()).collect();
                for arn in arns {
                    if failed.contains(&arn.as_str()) {
                        self.declined.insert((Operation::DeleteTaskDefinitions, arn.clone()));
                    } else {
                        self.described.insert(arn.clone(), Seen::Absent);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether AWS has declined that of a revision.
    pub fn has_declined(&self, operation: Operation, arn: &str) -> bool {
        self.declined.contains(&(operation, arn.to_owned()))
    }

    /// AWS declined a write. What is only tidied up is left for another day; a registration that is declined is the caller's to handle.
    pub fn declined(&mut self, step: &RevisionStep, refusal: Refusal) -> Option<Refusal> {
        match step {
            RevisionStep::Register { .. } => return Some(refusal),
            RevisionStep::Deregister { arn } => {
                self.declined.insert((Operation::DeregisterTaskDefinition, arn.clone()));
                // Another may have done it meanwhile.
                self.described.remove(arn);
            }
            RevisionStep::Tags(tagging) => {
                let operation = match tagging {
                    Tagging::Set { .. } => Operation::TagResource,
                    Tagging::Remove { .. } => Operation::UntagResource,
                };
                self.declined.insert((operation, tagging.arn().to_owned()));
            }
            RevisionStep::Delete { arns } => {
                self.declined.extend(arns.iter().map(|arn| (Operation::DeleteTaskDefinitions, arn.clone())));
            }
        }
        None
    }
}
