//! A model of the engine's loop, checked by stateright: one object of any kind, its real `plan`, aws-sim's world, and an environment that
//! may do what it likes between any two of the operator's steps, as often as its budget lets it.
//!
//! Safety: never two things for one object, never a write to what is another's. Liveness: once the faults stop, the object comes to rest
//! within a bounded number of steps, AWS has what a new object would have made, and the status says so.

mod kinds;
mod model;
mod state;

use std::time::Instant;

use ecs_bridge::kinds::{
    cloud_map_service::CloudMapService, ecr_repository::EcrRepository, ecs_capacity_provider::EcsCapacityProvider,
    ecs_cluster::EcsCluster, ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition,
    eks_fargate_profile::EksFargateProfile, secrets_manager_secret::SecretsManagerSecret,
    workload_bridge::WorkloadBridge,
};
use stateright::{Checker, Expectation, Model};

use self::{kinds::Checked, model::Loop};
use crate::tally;

/// How many faults and how many changes of the spec or in AWS one behaviour has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Budget {
    pub faults: u8,
    pub drifts: u8,
}

/// Every order of events within the budget, or the counterexample with the events that lead to it.
fn check<K: Checked>(bounded: Budget, full: Budget) {
    let budget = if tally::is_full() { full } else { bounded };
    let began = Instant::now();
    let checker = Loop::<K>::new(budget).checker().threads(2).spawn_bfs().join();
    for (property, path) in checker.discoveries() {
        // What is found of these is an example.
        if checker.model().property(property).expectation == Expectation::Sometimes {
            continue;
        }
        let last = path.last_state().to_string();
        let events: Vec<String> = path.into_actions().iter().map(|event| format!("{event:?}")).collect();
        panic!("{}: not always: {property}; after\n  {}\nthere is\n{last}", K::KIND, events.join("\n  "));
    }
    checker.assert_properties();
    let states = checker.unique_state_count();
    tally::swept("model of the loop", "states of one object under faults", states);
    println!("{}: {states} states, {budget:?}, in {:.1} s", K::KIND, began.elapsed().as_secs_f64());
}

#[test]
fn a_repository_is_right_in_every_order_of_events() {
    check::<EcrRepository>(Budget { faults: 1, drifts: 1 }, Budget { faults: 3, drifts: 2 });
}

#[test]
fn a_cluster_is_right_in_every_order_of_events() {
    check::<EcsCluster>(Budget { faults: 1, drifts: 1 }, Budget { faults: 3, drifts: 2 });
}

#[test]
fn a_capacity_provider_is_right_in_every_order_of_events() {
    check::<EcsCapacityProvider>(Budget { faults: 1, drifts: 1 }, Budget { faults: 3, drifts: 2 });
}

#[test]
fn a_task_definition_is_right_in_every_order_of_events() {
    check::<EcsTaskDefinition>(Budget { faults: 1, drifts: 0 }, Budget { faults: 2, drifts: 2 });
}

#[test]
fn a_service_is_right_in_every_order_of_events() {
    check::<EcsService>(Budget { faults: 2, drifts: 0 }, Budget { faults: 2, drifts: 1 });
}

#[test]
fn a_fargate_profile_is_right_in_every_order_of_events() {
    check::<EksFargateProfile>(Budget { faults: 1, drifts: 0 }, Budget { faults: 2, drifts: 1 });
}

#[test]
fn a_secret_is_right_in_every_order_of_events() {
    check::<SecretsManagerSecret>(Budget { faults: 1, drifts: 1 }, Budget { faults: 2, drifts: 2 });
}

#[test]
fn a_name_is_right_in_every_order_of_events() {
    check::<CloudMapService>(Budget { faults: 1, drifts: 0 }, Budget { faults: 2, drifts: 1 });
}

#[test]
fn a_bridge_is_right_in_every_order_of_events() {
    check::<WorkloadBridge>(Budget { faults: 1, drifts: 0 }, Budget { faults: 1, drifts: 1 });
}
