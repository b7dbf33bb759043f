//! What a pass knows of the secret, and what it asks and does. None of it holds a value of a Secret.

use std::collections::BTreeMap;

use serde_json::Value;

use super::desired::{self, CURRENT, PREVIOUS};
use crate::{
    engine::{
        Answer, Asked, Call, Malformed, Operation as Any, Refusal, RefusalKind, Seen, Tagging, call,
        kubernetes::{self, GetSecretRequest, GetSecretResponse},
        sealed::SecretVersion,
    },
    model::secretsmanager::{self as sm, Operation},
};

/// The member of CreateSecret and PutSecretValue that holds the values.
const VALUES: &str = "SecretString";

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The Secret: which version of it there is.
    pub source: Seen<GetSecretResponse>,
    pub secret: Seen<sm::DescribeSecretResponse>,
    /// The version that was put, where AWS had it before and has another as the current one.
    pub superseded: Option<String>,
    /// A write was declined that the plan can't do without.
    pub refused: Option<Refusal>,
    /// AWS said that the name is taken.
    pub exists: bool,
    /// What was to be changed was gone, in this pass.
    pub vanished: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    Source(GetSecretRequest),
    Secret { name: String },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Create { request: Box<sm::CreateSecretRequest>, values: Option<SecretVersion> },
    Put { request: sm::PutSecretValueRequest, values: SecretVersion },
    Update(Box<sm::UpdateSecretRequest>),
    Restore { name: String },
    Tags(Tagging),
    Delete(sm::DeleteSecretRequest),
}

impl From<Tagging> for Step {
    fn from(tagging: Tagging) -> Self {
        Step::Tags(tagging)
    }
}

pub fn read(query: &Query) -> Call {
    match query.clone() {
        Query::Source(request) => Call::new(kubernetes::Operation::GetSecret, &request),
        Query::Secret { name } => Call::new(Operation::DescribeSecret, &sm::DescribeSecretRequest { secret_id: name }),
    }
}

pub fn write(step: &Step) -> Call {
    match step.clone() {
        Step::Create { request, values } => {
            let call = Call::new(Operation::CreateSecret, &request);
            values.map_or(call.clone(), |values| call.with_secret(VALUES, values))
        }
        Step::Put { request, values } => Call::new(Operation::PutSecretValue, &request).with_secret(VALUES, values),
        Step::Update(request) => Call::new(Operation::UpdateSecret, &request),
        Step::Restore { name } => Call::new(Operation::RestoreSecret, &sm::RestoreSecretRequest { secret_id: name }),
        Step::Tags(tagging) => desired::write_tags(&tagging),
        Step::Delete(request) => Call::new(Operation::DeleteSecret, &request),
    }
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(Query::Source(_)), Ok(output)) => facts.source = Seen::Known(call::parse(output)?),
        (Asked::Query(Query::Secret { .. }), Ok(output)) => facts.secret = Seen::Known(call::parse(output)?),
        (Asked::Query(query), Err(refusal)) if refusal.kind == RefusalKind::NotFound => match query {
            Query::Source(_) => facts.source = Seen::Absent,
            Query::Secret { .. } => facts.secret = Seen::Absent,
        },
        (Asked::Step(step), Ok(output)) => done(facts, step, output)?,
        (Asked::Step(step), Err(refusal)) => declined(facts, step, refusal),
        (Asked::Query(_), Err(refusal)) => facts.refused = Some(refusal),
    }
    Ok(())
}

fn declined(facts: &mut Facts, step: &Step, refusal: Refusal) {
    let is_awss = !matches!(refusal.operation, Any::Kubernetes(_));
    match (step, refusal.kind) {
        // The name was taken since we looked: look again.
        (Step::Create { .. }, RefusalKind::Exists) if !facts.exists => {
            *facts = Facts { exists: true, ..Facts::default() };
        }
        // A version of this id is there with other values, as under a resourceVersion of a cluster that was rebuilt.
        (Step::Put { request, .. }, RefusalKind::Exists) if facts.superseded.is_none() => {
            facts.superseded.clone_from(&request.client_request_token);
        }
        // What was to go is gone, or what was to change is: look again.
        (_, RefusalKind::NotFound) if is_awss && !facts.vanished => {
            *facts = Facts { vanished: true, ..Facts::default() };
        }
        // The Secret went since we looked.
        (_, RefusalKind::NotFound) if !is_awss => facts.source = Seen::Absent,
        _ => facts.refused = Some(refusal),
    }
}

/// A write's own answer is a fact: nothing is read again for it.
fn done(facts: &mut Facts, step: &Step, output: Value) -> Result<(), Malformed> {
    if let Step::Create { request, .. } = step {
        let answer: sm::CreateSecretResponse = call::parse(output)?;
        let labels = |id: String| BTreeMap::from([(id, vec![CURRENT.to_owned()])]);
        facts.secret = Seen::Known(sm::DescribeSecretResponse {
            arn: answer.arn,
            name: answer.name,
            description: request.description.clone(),
            kms_key_id: request.kms_key_id.clone(),
            tags: request.tags.clone(),
            version_ids_to_stages: answer.version_id.map(labels),
            ..Default::default()
        });
        return Ok(());
    }
    let Some(secret) = facts.secret.known_mut() else { return Ok(()) };
    match step {
        Step::Create { .. } => {}
        Step::Put { request, .. } => {
            let answer: sm::PutSecretValueResponse = call::parse(output)?;
            let is_current = answer.version_stages.iter().flatten().any(|label| label == CURRENT);
            match &request.client_request_token {
                Some(id) if is_current => becomes_current(secret, id),
                put => facts.superseded.clone_from(put),
            }
        }
        Step::Update(request) => {
            if let Some(description) = &request.description {
                secret.description = Some(description.clone());
            }
            if let Some(key) = &request.kms_key_id {
                secret.kms_key_id = Some(key.clone());
            }
        }
        Step::Restore { .. } => secret.deleted_date = None,
        Step::Tags(tagging) => {
            let mut tags = desired::tags(secret);
            tagging.apply(&mut tags);
            secret.tags = Some(desired::to_list(&tags));
        }
        Step::Delete(_) => facts.secret = Seen::Absent,
    }
    Ok(())
}

/// AWS moves the label, and gives the version that had it the one of the version before.
fn becomes_current(secret: &mut sm::DescribeSecretResponse, id: &str) {
    let versions = secret.version_ids_to_stages.get_or_insert_default();
    for labels in versions.values_mut() {
        labels.retain(|label| label != PREVIOUS);
        for label in labels.iter_mut().filter(|label| *label == CURRENT) {
            PREVIOUS.clone_into(label);
        }
    }
    versions.retain(|_, labels| !labels.is_empty());
    versions.insert(id.to_owned(), vec![CURRENT.to_owned()]);
}
