//! Capacity provider strategies: which objects they name, and what those are called in AWS.

use super::reference;
use crate::{
    engine::{ObjectKey, names},
    model::ecs::CapacityProviderStrategyItem,
};

/// A strategy names an object of this kind as `EcsCapacityProvider/workers`, and anything else as AWS does.
const KIND: &str = "EcsCapacityProvider";

/// A provider as what several objects hold: see `Kind::holds`.
pub fn thing(name: &str) -> String {
    format!("capacity-provider/{}", names::short_name(name))
}

/// The object that an item names; `None`: it has AWS's own name, or ARN.
pub fn object(item: &CapacityProviderStrategyItem) -> Option<ObjectKey> {
    reference::named(KIND, &item.capacity_provider)
}

/// The objects that a strategy names.
pub fn references(strategy: Option<&Vec<CapacityProviderStrategyItem>>) -> Vec<ObjectKey> {
    strategy.into_iter().flatten().filter_map(object).collect()
}

/// What a strategy names by AWS's own names, as what its object holds.
pub fn holds(strategy: Option<&Vec<CapacityProviderStrategyItem>>) -> Vec<String> {
    let named = strategy.into_iter().flatten().filter(|item| object(item).is_none());
    named.map(|item| thing(&item.capacity_provider)).collect()
}
