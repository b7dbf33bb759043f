//! The way back: the cluster has all replicas before anything of ECS goes.

use serde_json::Value;

use super::{
    WorkloadBridge, copies,
    endpoints::Reached,
    owned::{self, Whose},
    owners,
    plan::all_back,
    scene::{First, Scene},
    sides,
};
use crate::{
    bridge::split::{self, Health, Side},
    engine::{
        Deletion, Next, Outcome, Recheck, Why,
        kubernetes::{Named, is_deleting},
        reason,
    },
};

/// The bridge goes.
pub fn absent(scene: &Scene<'_>, reached: Reached) -> Result<Next<WorkloadBridge>, First> {
    let service = scene.facts.object(&scene.service()).known();
    let service = service.filter(|service| owned::whose(service, scene.env) == Whose::Ours);
    if scene.env.management.deletion == Deletion::Retain {
        if let Some(service) = service {
            let why = format!("{} stays, without the bridge", scene.service());
            return Ok(scene.let_go(scene.service(), service, false, why));
        }
        copies::leave(scene)?;
        return Ok(Next::Rest(Outcome::gone()));
    }
    // Where there is neither, nothing was ever taken.
    let has_taken = service.is_some() || scene.memo.scaled.is_some();
    let workload = scene.facts.object(&scene.workload()).known();
    if let Some(deployment) = workload.filter(|workload| has_taken && !is_deleting(workload)) {
        returned(scene, deployment, service, reached)?;
    }
    if let Some(service) = service {
        return Ok(end(scene, service));
    }
    copies::end(scene)?;
    Ok(Next::Rest(Outcome::gone()))
}

/// Somebody deletes the EcsService while the bridge is there: the cluster has the replicas first, and then another is made.
pub fn end_of_service(
    scene: &Scene<'_>,
    deployment: &Value,
    service: &Value,
    reached: Reached,
) -> Result<Next<WorkloadBridge>, First> {
    returned(scene, deployment, Some(service), reached)?;
    Ok(end(scene, service))
}

/// Brings all replicas back to the cluster, and waits until they run there.
fn returned(scene: &Scene<'_>, deployment: &Value, service: Option<&Value>, reached: Reached) -> Result<(), First> {
    let sides = scene.sides(deployment, service, reached)?;
    let division = split::divide(&all_back(), scene.spec.replicas, sides.cluster, sides.ecs);
    let workload = scene.workload();
    // Whoever owns the number has it: nothing is given back that they would take.
    let autoscalers = scene.facts.list(&scene.autoscalers()).map(Vec::as_slice).unwrap_or_default();
    let is_owned = owners::autoscaled(autoscalers, &scene.spec.workload_ref, &scene.env.identity.name).is_some()
        || scene.owned_elsewhere(deployment).is_some();
    if sides.cluster.asked < division.counts.cluster && !is_owned {
        let count = division.counts.cluster;
        return Err(Box::new(scene.scale(Side::Cluster, deployment, count, "all go back to the cluster")));
    }
    if sides.cluster.health == Health::Ready || service.is_none() {
        return Ok(());
    }
    let why = format!(
        "{} of {} replicas of {workload} are available: {} stays until all are{}",
        sides::running(Side::Cluster, deployment),
        sides.cluster.asked,
        scene.service(),
        scene.unreached(&sides, Side::Cluster).map_or_else(String::new, |why| format!("; {why}"))
    );
    Err(Box::new(Next::Rest(Outcome::converging(Why::new(reason::GIVING_BACK, why), Recheck::Tick))))
}

/// Deletes the EcsService, lets it go, and waits for its end.
fn end(scene: &Scene<'_>, service: &Value) -> Next<WorkloadBridge> {
    let ended = scene.end(scene.service(), service, "the cluster has all replicas again");
    ended.unwrap_or_else(|| being_deleted(&scene.service()))
}

/// An object is on its way out.
pub fn being_deleted(named: &Named) -> Next<WorkloadBridge> {
    let why = format!("{named} is being deleted");
    Next::Rest(Outcome::converging(Why::new(reason::DELETING, why), Recheck::Tick))
}
