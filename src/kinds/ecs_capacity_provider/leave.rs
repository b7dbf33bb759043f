//! The end of a provider: first out of every strategy, then out of its cluster, then deleted.

use serde_json::{Value, json};

use super::{
    EcsCapacityProvider, desired,
    facts::{Step, status, update_status},
    plan::{Scene, has_it},
    spec::Memo,
};
use crate::{
    engine::{
        Deletion, HOLDERS, Next, Offer, Outcome, Recheck, Seen, Why, names,
        ownership::{self, Claim},
        reason, tagging,
    },
    kinds::common::{ecs_tags, strategy},
    model::ecs::{CapacityProviderStatus, CapacityProviderUpdateStatus},
};

/// The object goes: the provider with it, or without our tags.
pub fn absent(scene: &Scene<'_>) -> Next<EcsCapacityProvider> {
    let Seen::Known(provider) = &scene.facts.provider else { return Next::Rest(Outcome::gone()) };
    let what = scene.what();
    let arn = provider.capacity_provider_arn.clone().unwrap_or_default();
    let tags = ecs_tags::from_list(provider.tags.iter().flatten());
    // Not ours: nothing of it is changed, and the object may go.
    if ownership::claim(&tags, scene.env, &what) != Claim::Ours {
        return Next::Rest(Outcome::gone());
    }
    if scene.env.management.deletion == Deletion::Retain {
        return Next::Write(tagging::retain(arn, &tags, &what));
    }
    if scene.facts.not_deleted {
        let why = format!(
            "AWS did not delete {what}: {}; it is tried again from time to time",
            provider.update_status_reason.as_deref().unwrap_or("it gives no reason").trim_end_matches('.')
        );
        return Next::Rest(Outcome::stalled(Why::new(reason::DELETION_FAILED, why)));
    }
    if status(provider) == CapacityProviderStatus::DEPROVISIONING
        || update_status(provider) == CapacityProviderUpdateStatus::DELETE_IN_PROGRESS
    {
        let why = Why::new(reason::DELETING, format!("{what} is being deleted: AWS drains and ends its instances"));
        return Next::Rest(Outcome::converging(why, Recheck::Tick));
    }
    if let Some(outcome) = waits(scene) {
        return Next::Rest(outcome);
    }
    if !scene.memo.leaving {
        return Next::Remember(Memo { leaving: true, ..scene.memo.clone() });
    }
    if let Some(outcome) = is_kept(scene) {
        return Next::Rest(outcome);
    }
    let step = Step::Delete { name: scene.name.to_owned(), cluster: scene.scope() };
    Next::Write(tagging::remove(scene.env, arn, &tags, &what, step))
}

/// Objects whose strategies name the provider.
fn waits(scene: &Scene<'_>) -> Option<Outcome> {
    let holders = scene.env.shared.get(&strategy::thing(scene.name))?;
    let mut names: Vec<String> = holders.iter().take(HOLDERS - 1).map(ToString::to_string).collect();
    names.extend((holders.len() >= HOLDERS).then(|| "and others".to_owned()));
    let names = names.join(", ");
    let why = format!("waits until these no longer name {} in a capacity provider strategy: {names}", scene.what());
    // Whoever lets go of it wakes this object.
    Some(Outcome::converging(Why::new(reason::WAITING_FOR_CHILDREN, why), Recheck::Tick))
}

/// Whether its cluster still has it, or names it in its default strategy. Managed Instances leave the cluster by being deleted.
fn is_kept(scene: &Scene<'_>) -> Option<Outcome> {
    let cluster = scene.spec.cluster_ref.as_ref()?.to("EcsCluster");
    // Nobody is left to let go of it.
    scene.env.references.get(&cluster)?;
    let default = scene.facts.cluster.known().and_then(|cluster| cluster.default_capacity_provider_strategy.as_ref());
    let is_named = default.into_iter().flatten().any(|item| names::short_name(&item.capacity_provider) == scene.name);
    let is_attached = !desired::is_managed_instances(scene.spec) && has_it(scene);
    if !is_named && !is_attached {
        return None;
    }
    let why = format!(
        "waits until {cluster} has let go of {}: AWS lets go of none that services or tasks in the cluster use, those that are no objects of this namespace included",
        scene.what()
    );
    Some(Outcome::converging(Why::new(reason::DELETING, why), Recheck::Tick))
}

/// What the cluster needs of its provider: its name once it is there, and whether the cluster is to attach it.
pub fn offer(status: &Value) -> Offer {
    let text = |pointer: &str| status.pointer(pointer).and_then(Value::as_str);
    let what = match (text("/memo/name"), text("/capacityProviderStatus"), text("/capacityProviderType")) {
        (Some(name), Some(CapacityProviderStatus::ACTIVE), Some(of)) => {
            json!({ "name": name, "attaches": of == crate::model::ecs::CapacityProviderType::EC2_AUTOSCALING })
        }
        _ => Value::Null,
    };
    Offer { what, withdrawn: status.pointer("/memo/leaving").and_then(Value::as_bool) == Some(true) }
}
