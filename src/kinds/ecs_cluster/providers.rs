//! The cluster's capacity providers: those of its spec, those that bring themselves, and those that attached themselves.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    facts::Facts,
    spec::{EcsClusterSpec, Memo},
};
use crate::{
    engine::{Env, ObjectKey, Offer, Why, hash, names, reason},
    kinds::common::strategy,
    model::ecs::{self, CapacityProviderStrategyItem},
};

/// What the cluster is to have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Providers {
    /// `None`: as it is, since not all that is needed for it is known yet.
    pub list: Option<Vec<String>>,
    pub strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// Those that the cluster attaches, or has attached, for objects: its record of them.
    pub attached: BTreeSet<String>,
    /// What makes the two differ from the spec's own lists, if anything does: its hash.
    pub brought: Option<String>,
    /// What the strategy still waits for.
    pub waits: Option<Why>,
    /// Those in AWS of which only AWS can tell whether they attached themselves.
    pub unknown: Vec<String>,
}

/// A capacity provider of this namespace whose `clusterRef` is this cluster.
struct Child<'a> {
    key: &'a ObjectKey,
    offer: &'a Offer,
}

impl<'a> Child<'a> {
    /// Those that are there in AWS; `None`: what the cluster has is not known yet.
    fn all(env: &'a Env) -> Option<Vec<Self>> {
        let children = env.children.as_ref()?.iter().filter(|(key, _)| key.kind == "EcsCapacityProvider");
        Some(children.map(|(key, offer)| Child { key, offer }).collect())
    }

    fn name(&self) -> Option<&'a str> {
        self.offer.what.get("name").and_then(serde_json::Value::as_str)
    }

    fn attaches(&self) -> bool {
        self.offer.what.get("attaches").and_then(serde_json::Value::as_bool) == Some(true)
    }
}

/// Whether AWS lists the provider, or what lists it names it.
fn has<'a>(list: impl IntoIterator<Item = &'a String>, name: &str) -> bool {
    list.into_iter().any(|listed| names::short_name(listed) == name)
}

/// What the cluster is to have, by the spec, its children and what AWS has.
pub fn wanted(spec: &EcsClusterSpec, env: &Env, facts: &Facts, memo: &Memo, cluster: &ecs::Cluster) -> Providers {
    let Some(children) = Child::all(env) else {
        return Providers { brought: memo.brought.clone(), ..Providers::default() };
    };
    let here = cluster.capacity_providers.clone().unwrap_or_default();
    let given = spec.cluster.capacity_providers.clone().unwrap_or_default();
    let leaves = |name: &str| {
        let name = names::short_name(name);
        children.iter().any(|child| child.offer.withdrawn && child.name() == Some(name))
    };
    let mut list: Vec<String> = given.iter().filter(|name| !leaves(name)).cloned().collect();
    let mut attached = BTreeSet::new();
    for child in children.iter().filter(|child| !child.offer.withdrawn && child.attaches()) {
        attached.extend(child.name().map(str::to_owned));
    }
    // The object of such a one is gone and its provider is not: it was retained, and the cluster keeps it.
    let is_a_child = |name: &str| children.iter().any(|child| child.name() == Some(name));
    attached.extend(memo.attached.iter().filter(|name| has(&here, name) && !is_a_child(name)).cloned());
    attached.retain(|name| !has(&given, name));
    list.extend(attached.iter().cloned());
    let (strategy, waits) = default_strategy(spec, &children, leaves);
    let own = json!([given, spec.cluster.default_capacity_provider_strategy.as_deref().unwrap_or_default()]);
    let brought = Some(json!([list, strategy])).filter(|brought| *brought != own).map(|brought| hash::of(&brought));

    let strangers: Vec<&String> =
        here.iter().filter(|name| !has(&list, names::short_name(name)) && !leaves(name)).collect();
    let is_managed = |name: &String| facts.managed.known().is_some_and(|managed| has(managed, names::short_name(name)));
    list.extend(strangers.iter().filter(|name| is_managed(name)).map(|name| (*name).clone()));
    let mut unknown: Vec<String> = Vec::new();
    if facts.managed.is_unread() {
        unknown.extend(strangers.into_iter().cloned());
    } else if children.iter().any(|child| child.name().is_none()) {
        // One of them may be the provider of a child whose name is not known yet.
        list.extend(strangers.into_iter().filter(|name| !is_managed(name)).cloned());
    }
    Providers { list: Some(list), strategy, attached, brought, waits, unknown }
}

/// The default strategy by AWS's names, without the providers that leave; or what it waits for.
fn default_strategy(
    spec: &EcsClusterSpec,
    children: &[Child<'_>],
    leaves: impl Fn(&str) -> bool,
) -> (Option<Vec<CapacityProviderStrategyItem>>, Option<Why>) {
    let mut strategy = Vec::new();
    for item in spec.cluster.default_capacity_provider_strategy.iter().flatten() {
        let Some(key) = strategy::object(item) else {
            strategy.extend(Some(item.clone()).filter(|item| !leaves(&item.capacity_provider)));
            continue;
        };
        let child = children.iter().find(|child| *child.key == key);
        match child.map(|child| (child.name(), child.offer.withdrawn)) {
            Some((Some(name), false)) => {
                strategy.push(CapacityProviderStrategyItem { capacity_provider: name.to_owned(), ..item.clone() });
            }
            Some((_, true)) => {}
            Some((None, false)) => {
                let why = format!("the default strategy waits until {key} is there in AWS");
                return (None, Some(Why::new(reason::REFERENCE_NOT_READY, why)));
            }
            None => {
                let why = format!(
                    "{key}, which spec.defaultCapacityProviderStrategy names, is none of the capacity providers whose clusterRef is this cluster: create it, or name another"
                );
                return (None, Some(Why::new(reason::REFERENCE_NOT_FOUND, why)));
            }
        }
    }
    (Some(strategy), None)
}

/// Of what AWS has, what stays once the cluster has let go of the providers whose objects are deleted; `None` where it has already.
pub fn let_go(env: &Env, cluster: &ecs::Cluster) -> Option<Providers> {
    let children = Child::all(env)?;
    let leaves = |name: &str, attached: bool| {
        let name = names::short_name(name);
        children
            .iter()
            .any(|child| child.offer.withdrawn && child.name() == Some(name) && (!attached || child.attaches()))
    };
    let here = cluster.capacity_providers.clone().unwrap_or_default();
    let default = cluster.default_capacity_provider_strategy.clone().unwrap_or_default();
    let list: Vec<String> = here.iter().filter(|name| !leaves(name, true)).cloned().collect();
    let strategy: Vec<_> = default.iter().filter(|item| !leaves(&item.capacity_provider, false)).cloned().collect();
    let is_done = list.len() == here.len() && strategy.len() == default.len();
    (!is_done).then(|| Providers { list: Some(list), strategy: Some(strategy), ..Providers::default() })
}
