//! What a pass knows of the cluster, and what it asks and does.

use serde_json::Value;

use crate::{
    engine::{Answer, Asked, Call, Malformed, Refusal, RefusalKind, Seen, Tagging, call},
    kinds::common::ecs_tags,
    model::ecs::{self, Operation},
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub cluster: Seen<ecs::Cluster>,
    /// The account's default for Container Insights.
    pub account_insights: Seen<String>,
    /// Of the providers in the cluster that were asked about, those that attached themselves: Managed Instances.
    pub managed: Seen<Vec<String>>,
    pub refused: Option<Refusal>,
    /// AWS lets go of no capacity provider that is in use.
    pub in_use: Option<Refusal>,
    /// AWS declined the deletion because something is still in the cluster.
    pub not_empty: Option<Refusal>,
    /// AWS declined a write because an earlier one is still at work.
    pub busy: Option<Refusal>,
    /// What was to be changed was gone, in this pass.
    pub vanished: bool,
    /// AWS said that the cluster is made. It answers so as well where one of that name is there, whoever owns it: so it is read.
    pub created: bool,
    /// The last write changed the Cloud Map namespace: AWS describes it by its ARN now.
    pub namespace_written: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    Cluster {
        name: String,
    },
    AccountInsights,
    /// Of what sort these providers of the cluster are.
    Providers {
        cluster: String,
        names: Vec<String>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Create(ecs::CreateClusterRequest),
    Update(ecs::UpdateClusterRequest),
    PutCapacityProviders(ecs::PutClusterCapacityProvidersRequest),
    Tags(Tagging),
    Delete { arn: String },
}

impl From<Tagging> for Step {
    fn from(tagging: Tagging) -> Self {
        Step::Tags(tagging)
    }
}

pub fn read(query: &Query) -> Call {
    let include = |fields: &[&str]| Some(fields.iter().map(|field| ecs::ClusterField((*field).to_owned())).collect());
    match query.clone() {
        Query::Cluster { name } => Call::new(
            Operation::DescribeClusters,
            &ecs::DescribeClustersRequest {
                clusters: Some(vec![name]),
                include: include(&[
                    ecs::ClusterField::ATTACHMENTS,
                    ecs::ClusterField::CONFIGURATIONS,
                    ecs::ClusterField::SETTINGS,
                    ecs::ClusterField::TAGS,
                ]),
            },
        ),
        Query::Providers { cluster, names } => Call::new(
            Operation::DescribeCapacityProviders,
            &ecs::DescribeCapacityProvidersRequest {
                capacity_providers: Some(names),
                cluster: Some(cluster),
                ..Default::default()
            },
        ),
        Query::AccountInsights => Call::new(
            Operation::ListAccountSettings,
            &ecs::ListAccountSettingsRequest {
                name: Some(ecs::SettingName(ecs::SettingName::CONTAINER_INSIGHTS.to_owned())),
                effective_settings: Some(true),
                ..Default::default()
            },
        ),
    }
}

pub fn write(step: &Step) -> Call {
    match step.clone() {
        Step::Create(request) => Call::new(Operation::CreateCluster, &request),
        Step::Update(request) => Call::new(Operation::UpdateCluster, &request),
        Step::PutCapacityProviders(request) => Call::new(Operation::PutClusterCapacityProviders, &request),
        Step::Tags(tagging) => ecs_tags::write(&tagging),
        Step::Delete { arn } => Call::new(Operation::DeleteCluster, &ecs::DeleteClusterRequest { cluster: arn }),
    }
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(Query::Cluster { .. }), Ok(output)) => {
            let clusters = call::parse::<ecs::DescribeClustersResponse>(output)?.clusters.unwrap_or_default();
            // INACTIVE is absent: the name is free.
            facts.cluster = clusters.into_iter().find(|cluster| cluster.status.as_deref() != Some("INACTIVE")).into();
        }
        (Asked::Query(Query::Cluster { .. }), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            facts.cluster = Seen::Absent;
        }
        (Asked::Query(Query::AccountInsights), Ok(output)) => {
            let settings = call::parse::<ecs::ListAccountSettingsResponse>(output)?.settings.unwrap_or_default();
            let is_insights = |setting: &ecs::Setting| {
                setting.name.as_ref().is_some_and(|name| name.0 == ecs::SettingName::CONTAINER_INSIGHTS)
            };
            facts.account_insights = settings.into_iter().find(is_insights).and_then(|setting| setting.value).into();
        }
        (Asked::Query(Query::Providers { .. }), Ok(output)) => {
            let described = call::parse::<ecs::DescribeCapacityProvidersResponse>(output)?.capacity_providers;
            let is_managed = |provider: &ecs::CapacityProvider| {
                provider.r#type.as_ref().is_some_and(|of| of.0 == ecs::CapacityProviderType::MANAGED_INSTANCES)
            };
            let managed = described.into_iter().flatten().filter(is_managed);
            facts.managed = Seen::Known(managed.filter_map(|provider| provider.name).collect());
        }
        (Asked::Query(Query::Providers { .. }), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            facts.managed = Seen::Absent;
        }
        (Asked::Step(step), Ok(output)) => return done(facts, step, output),
        (Asked::Step(Step::Delete { .. }), Err(refusal)) if refusal.kind == RefusalKind::Conflict => {
            facts.not_empty = Some(refusal);
        }
        (Asked::Step(Step::PutCapacityProviders(_)), Err(refusal))
            if refusal.kind == RefusalKind::Conflict && is_in_use(&refusal) =>
        {
            facts.in_use = Some(refusal);
        }
        (Asked::Step(_), Err(refusal)) if refusal.kind == RefusalKind::Conflict => facts.busy = Some(refusal),
        // What was to be changed or deleted is gone: look again.
        (Asked::Step(_), Err(refusal)) if refusal.kind == RefusalKind::NotFound && !facts.vanished => {
            *facts = Facts { vanished: true, ..Facts::default() };
        }
        // AWS may go on describing it for a while.
        (Asked::Step(_), Err(refusal)) if refusal.kind == RefusalKind::NotFound => facts.busy = Some(refusal),
        (_, Err(refusal)) => facts.refused = Some(refusal),
    }
    Ok(())
}

/// Told from an earlier write that is still at work.
fn is_in_use(refusal: &Refusal) -> bool {
    refusal.code == "ResourceInUseException" || refusal.message.contains("is in use and cannot be removed")
}

fn done(facts: &mut Facts, step: &Step, output: Value) -> Result<(), Malformed> {
    match step {
        Step::Create(_) => {
            *facts = Facts { created: true, account_insights: facts.account_insights.clone(), ..Facts::default() }
        }
        Step::Update(request) => {
            let updated = call::parse::<ecs::UpdateClusterResponse>(output)?.cluster;
            if let (Some(known), Some(updated)) = (facts.cluster.known_mut(), updated) {
                known.settings = updated.settings;
                known.configuration = updated.configuration;
                known.service_connect_defaults = updated.service_connect_defaults;
            }
            facts.namespace_written = request.service_connect_defaults.is_some();
        }
        Step::PutCapacityProviders(_) => {
            let updated = call::parse::<ecs::PutClusterCapacityProvidersResponse>(output)?.cluster;
            if let (Some(known), Some(updated)) = (facts.cluster.known_mut(), updated) {
                known.capacity_providers = updated.capacity_providers;
                known.default_capacity_provider_strategy = updated.default_capacity_provider_strategy;
                known.attachments_status = updated.attachments_status;
            }
        }
        Step::Tags(tagging) => {
            if let Some(known) = facts.cluster.known_mut() {
                ecs_tags::apply(tagging, &mut known.tags);
            }
        }
        Step::Delete { .. } => {
            let deleted = call::parse::<ecs::DeleteClusterResponse>(output)?.cluster;
            facts.cluster = deleted.filter(|cluster| cluster.status.as_deref() == Some("DEPROVISIONING")).into();
        }
    }
    Ok(())
}
