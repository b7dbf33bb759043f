//! The object that stands for a capacity provider that is there.

use serde_json::json;

use super::{
    EcsCapacityProvider,
    desired::{self, RULES},
    facts::{Facts, Query, status},
    spec::{EcsCapacityProviderSpec, Memo},
};
use crate::{
    engine::{
        Call, Malformed, Record, Seen,
        applied::Applied,
        import::{self, Draft, Import, Listing, Reference, Shape, Thing},
        names,
    },
    kinds::common::ecs_tags,
    model::ecs::{self, CapacityProviderStatus, CapacityProviderType, Operation},
};

/// AWS's own are no objects.
fn is_awss(provider: &ecs::CapacityProvider) -> bool {
    let of = provider.r#type.as_ref().map(ecs::CapacityProviderType::as_str);
    matches!(of, Some(CapacityProviderType::FARGATE | CapacityProviderType::FARGATE_SPOT))
}

pub fn list(selected: Option<&str>, pages: &[serde_json::Value]) -> Result<Listing, Malformed> {
    if let Some(name) = selected {
        return Ok(Listing::one(Thing::new("", names::short_name(name))));
    }
    let ask = |next_token| {
        let request = ecs::DescribeCapacityProvidersRequest { next_token, ..Default::default() };
        Call::new(Operation::DescribeCapacityProviders, &request)
    };
    Listing::of(pages, ask, |page: ecs::DescribeCapacityProvidersResponse| {
        let is_there = |provider: &ecs::CapacityProvider| {
            !is_awss(provider) && status(provider) != CapacityProviderStatus::INACTIVE
        };
        let there = page.capacity_providers.into_iter().flatten().filter(is_there);
        (there.filter_map(|provider| Some(Thing::new("", &provider.name?))).collect(), page.next_token)
    })
}

pub fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<EcsCapacityProvider> {
    if let Some(refusal) = &facts.refused {
        return Import::Not(refusal.to_string());
    }
    let provider = match &facts.provider {
        Seen::Unread => return Import::Read(vec![Query::Provider { name: thing.name.clone(), cluster: None }]),
        Seen::Absent => return Import::Not("there is no such capacity provider in this account and region".to_owned()),
        Seen::Known(provider) if is_awss(provider) => {
            return Import::Not("it is AWS's own, and there without an object".to_owned());
        }
        Seen::Known(provider) => provider,
    };
    let tags = ecs_tags::from_list(provider.tags.iter().flatten());
    if let Some(why) = import::owned(&tags) {
        return Import::Not(why);
    }
    // What AWS chose is said as well: it may have been somebody's choice.
    let record = Record { applied: Some(Applied::default()), ..Record::default() };
    let described =
        desired::observed(provider, &EcsCapacityProviderSpec::default(), &Memo { record, ..Memo::default() });
    let mut draft = Draft::new(shape.without_defaults(&described, RULES, ""))
        .with("name", json!(thing.name))
        .with("tags", json!(ecs_tags::to_list(&import::settable(&tags))));
    if provider.managed_instances_provider.is_some() {
        let cluster = provider.cluster.as_deref().map(names::short_name);
        draft = draft.with("cluster", json!(cluster));
        draft.reference = Some(Reference { member: "cluster", kind: "EcsCluster", by: "clusterRef" });
    }
    Import::Made(draft)
}
