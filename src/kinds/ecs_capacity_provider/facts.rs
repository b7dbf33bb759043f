//! What a pass knows of the provider and of its cluster, and what it asks and does.

use serde_json::Value;

use crate::{
    engine::{Answer, Asked, Call, Malformed, Refusal, RefusalKind, Seen, Tagging, call},
    kinds::common::ecs_tags,
    model::ecs::{self, CapacityProviderStatus, CapacityProviderUpdateStatus, Operation},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub provider: Seen<ecs::CapacityProvider>,
    /// The cluster that has it, or is to have it.
    pub cluster: Seen<ecs::Cluster>,
    pub refused: Option<Refusal>,
    /// AWS declined a write because an earlier one is still at work.
    pub busy: Option<Refusal>,
    /// What was to be made was there, or what was to be changed was gone, in this pass.
    pub surprised: bool,
    /// AWS has made it, in this pass.
    pub created: bool,
    /// An update that had failed was asked for once more, in this pass: why it had failed.
    pub updated_again: Option<String>,
    /// AWS answered a deletion of this pass with a provider that stays.
    pub not_deleted: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// Managed Instances are described in their cluster.
    Provider {
        name: String,
        cluster: Option<String>,
    },
    Cluster {
        cluster: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Create(Box<ecs::CreateCapacityProviderRequest>),
    Update(Box<ecs::UpdateCapacityProviderRequest>),
    Tags(Tagging),
    Delete { name: String, cluster: Option<String> },
}

impl From<Tagging> for Step {
    fn from(tagging: Tagging) -> Self {
        Step::Tags(tagging)
    }
}

pub fn read(query: &Query) -> Call {
    match query.clone() {
        Query::Provider { name, cluster } => Call::new(
            Operation::DescribeCapacityProviders,
            &ecs::DescribeCapacityProvidersRequest {
                capacity_providers: Some(vec![name]),
                cluster,
                include: Some(vec![ecs::CapacityProviderField(ecs::CapacityProviderField::TAGS.to_owned())]),
                ..Default::default()
            },
        ),
        Query::Cluster { cluster } => Call::new(
            Operation::DescribeClusters,
            &ecs::DescribeClustersRequest { clusters: Some(vec![cluster]), ..Default::default() },
        ),
    }
}

pub fn write(step: &Step) -> Call {
    match step.clone() {
        Step::Create(request) => Call::new(Operation::CreateCapacityProvider, &request),
        Step::Update(request) => Call::new(Operation::UpdateCapacityProvider, &request),
        Step::Tags(tagging) => ecs_tags::write(&tagging),
        Step::Delete { name, cluster } => Call::new(
            Operation::DeleteCapacityProvider,
            &ecs::DeleteCapacityProviderRequest { capacity_provider: name, cluster },
        ),
    }
}

/// INACTIVE is absent: the name is free.
fn present(provider: Option<ecs::CapacityProvider>) -> Seen<ecs::CapacityProvider> {
    provider.filter(|provider| status(provider) != CapacityProviderStatus::INACTIVE).into()
}

/// AWS's own: `ACTIVE`.
pub fn status(provider: &ecs::CapacityProvider) -> &str {
    provider.status.as_ref().map_or("", |status| status.as_str())
}

/// How its last creation, change or deletion went.
pub fn update_status(provider: &ecs::CapacityProvider) -> &str {
    provider.update_status.as_ref().map_or("", |status| status.as_str())
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(Query::Provider { .. }), Ok(output)) => {
            let described = call::parse::<ecs::DescribeCapacityProvidersResponse>(output)?.capacity_providers;
            facts.provider = present(described.into_iter().flatten().next());
        }
        // There is no such cluster, and so nothing in it.
        (Asked::Query(Query::Provider { .. }), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            facts.provider = Seen::Absent;
        }
        (Asked::Query(Query::Cluster { .. }), Ok(output)) => {
            let clusters = call::parse::<ecs::DescribeClustersResponse>(output)?.clusters.unwrap_or_default();
            facts.cluster = clusters.into_iter().find(|cluster| cluster.status.as_deref() != Some("INACTIVE")).into();
        }
        (Asked::Query(Query::Cluster { .. }), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            facts.cluster = Seen::Absent;
        }
        (Asked::Step(step), Ok(output)) => return done(facts, step, output),
        (Asked::Step(_), Err(refusal)) if refusal.kind == RefusalKind::Conflict => facts.busy = Some(refusal),
        // Another has made it meanwhile, or what was to be changed or deleted is gone: look again.
        (Asked::Step(_), Err(refusal))
            if matches!(refusal.kind, RefusalKind::NotFound | RefusalKind::Exists) && !facts.surprised =>
        {
            *facts = Facts { surprised: true, ..Facts::default() };
        }
        (_, Err(refusal)) => facts.refused = Some(refusal),
    }
    Ok(())
}

/// A write's own answer is a fact: nothing is read again for it.
fn done(facts: &mut Facts, step: &Step, output: Value) -> Result<(), Malformed> {
    match step {
        Step::Create(request) => {
            let made = call::parse::<ecs::CreateCapacityProviderResponse>(output)?.capacity_provider;
            facts.created = true;
            // A name that is in use is refused: these are the tags that it was made with.
            facts.provider = present(made.map(|made| ecs::CapacityProvider { tags: request.tags.clone(), ..made }));
        }
        Step::Update(_) => {
            let updated = call::parse::<ecs::UpdateCapacityProviderResponse>(output)?.capacity_provider;
            if let (Some(known), Some(updated)) = (facts.provider.known_mut(), updated) {
                if update_status(known) == CapacityProviderUpdateStatus::UPDATE_FAILED {
                    facts.updated_again = Some(known.update_status_reason.clone().unwrap_or_default());
                }
                *known = ecs::CapacityProvider { tags: known.tags.take(), ..updated };
            }
        }
        Step::Tags(tagging) => {
            if let Some(known) = facts.provider.known_mut() {
                ecs_tags::apply(tagging, &mut known.tags);
            }
        }
        Step::Delete { .. } => {
            let deleted = call::parse::<ecs::DeleteCapacityProviderResponse>(output)?.capacity_provider;
            let tags = facts.provider.known().and_then(|known| known.tags.clone());
            facts.provider = present(deleted.map(|deleted| ecs::CapacityProvider { tags, ..deleted }));
            // The answer is no error: only the provider's own words tell.
            let failed = |provider: &ecs::CapacityProvider| {
                update_status(provider) == CapacityProviderUpdateStatus::DELETE_FAILED
            };
            facts.not_deleted = facts.provider.known().is_some_and(failed);
        }
    }
    Ok(())
}
