//! What holds for every kind, whatever the spec. `PROPTEST_CASES` sets how many specs are tried.

use ecs_bridge::{
    engine::{Kind, outcome::State, reason},
    kinds::{
        cloud_map_service::CloudMapService, ecr_repository::EcrRepository, ecs_capacity_provider::EcsCapacityProvider,
        ecs_cluster::EcsCluster, ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition,
        eks_fargate_profile::EksFargateProfile, secrets_manager_secret::SecretsManagerSecret,
        workload_bridge::WorkloadBridge,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Aws, Crash, Object, Phase, dump::assert_same, object, sample::Sample};

/// It rests, AWS is in sync by its own account, and a second pass over an unchanged world makes no write. Nothing of others' changes,
/// and nothing of ours is left when the object is gone.
fn lives_and_goes<K: Sample>(spec: &Value) {
    let aws = K::aws();
    let (before, revisions) = (aws.state(), aws.dump()["revisions"].clone());
    let mut object = Object::<K>::new(spec.clone());
    object.ready(&aws);
    let (made, memo) = (aws.dump(), object.memo.clone());
    aws.take_calls();
    for pass in ["second", "third"] {
        object.ready(&aws);
        assert_eq!(aws.take_writes(), [""; 0], "the {pass} pass wrote");
    }
    assert_same(&aws.dump(), &made, "AWS changed under a pass that had nothing to do");
    assert_same(&object.memo, &memo, "the memo changed in a pass that had nothing to do");

    // A pass with no memory of the first one finds its own, and starts nothing.
    object.memo = Value::Null;
    object.ready(&aws);
    let writes = aws.take_writes();
    assert!(writes.iter().all(|write| K::REPEATS.contains(write)), "a lost memo made writes: {writes:?}");
    assert_same(&aws.dump(), &made, "a lost memo changed something in AWS");

    let outcome = object.delete(&aws);
    assert_eq!(outcome.state, State::Gone);
    assert_same(&aws.state(), &before, "deletion left something, or took something of others'");
    assert_same(&aws.dump()["revisions"], &revisions, "deletion left revisions, or took those of others");
}

/// What somebody else has under the same name is never touched, whether it carries tags or not.
fn leaves_others_alone<K: Sample>(spec: &Value, tags: &[(&str, &str)]) {
    let aws = K::aws();
    K::foreign(&aws, spec, tags);
    let before = aws.dump();
    let mut object = Object::<K>::new(spec.clone());
    let outcome = object.carry(&aws);
    assert_eq!(object::reason(&outcome), reason::CONFLICT, "{outcome:?}");
    assert_eq!(object.delete(&aws).state, State::Gone);
    assert_same(&aws.dump(), &before, "something of others' was changed");
}

/// Whether AWS says that there is no way from what it has to what the spec wants.
fn is_impossible(outcome: &ecs_bridge::engine::Outcome) -> bool {
    [reason::CANNOT_CHANGE, reason::CANNOT_REMOVE].contains(&object::reason(outcome))
}

/// A change from one spec to another ends where the other would have ended from nothing: what is no longer in the spec is no longer
/// in AWS. And the way back ends where it began.
fn changes<K: Sample>(first: &Value, second: &Value) {
    let fresh = |spec: &Value| {
        let aws = K::aws();
        let mut object = Object::<K>::new(spec.clone());
        object.ready(&aws);
        K::view(&aws, &object)
    };
    let aws = K::aws();
    let mut object = Object::<K>::new(first.clone());
    object.ready(&aws);
    for (way, spec) in [("there", second), ("back", first)] {
        object.apply(spec.clone());
        let outcome = object.carry(&aws);
        if is_impossible(&outcome) {
            return;
        }
        assert!(object::is_ready(&outcome), "on the way {way}: {outcome:?}");
        assert_same(
            &K::view(&aws, &object),
            &fresh(spec),
            &format!("{way}: AWS does not have what a new object would have made"),
        );
        aws.take_calls();
        object.ready(&aws);
        assert_eq!(aws.take_writes(), [""; 0], "a pass wrote after the way {way}");
    }
}

/// The operator dies at any step that leaves a trace, and another takes over: the same end, and nothing made twice.
fn survives_crashes<K: Sample>(first: &Value, second: &Value) {
    let live = |aws: &Aws, object: &mut Object<K>| {
        object.spec = serde_json::from_value(first.clone()).expect("a spec");
        object.ready(aws);
        let created = aws.dump();
        object.apply(second.clone());
        let outcome = object.carry(aws);
        let changed = aws.dump();
        assert_eq!(object.delete(aws).state, State::Gone);
        json!({"created": created, "changed": changed, "deleted": aws.state(), "reason": object::reason(&outcome)})
    };
    let aws = K::aws();
    let undisturbed = live(&aws, &mut Object::<K>::new(first.clone()));
    let steps = aws.steps().len();
    for step in 1..=steps {
        for phase in Phase::ALL {
            let aws = K::aws();
            aws.crash_at(Crash { step, phase });
            let disturbed = live(&aws, &mut Object::<K>::new(first.clone()));
            assert_same(
                &disturbed,
                &undisturbed,
                &format!("a crash ({phase:?}) at step {step} of {steps} made a difference"),
            );
        }
    }
}

macro_rules! properties {
    ($module:ident, $kind:ty, $cases:expr) => {
        mod $module {
            use super::*;

            proptest! {
                #![proptest_config(crate::cases::cases($cases))]

                #[test]
                fn rests_in_sync_writes_no_more_and_goes(spec in <$kind>::specs()) {
                    lives_and_goes::<$kind>(&spec.0);
                }

                #[test]
                fn ends_where_a_new_object_would(pair in <$kind>::changes()) {
                    changes::<$kind>(&pair.0.0, &pair.1.0);
                }
            }

            proptest! {
                #![proptest_config(crate::cases::cases($cases / 4))]

                #[test]
                fn leaves_what_others_own(spec in <$kind>::specs()) {
                    leaves_others_alone::<$kind>(&spec.0, &[]);
                    leaves_others_alone::<$kind>(&spec.0, &[("ecs-bridge.dev:owner", "owner-2"), ("team", "theirs")]);
                    let other = [
                        ("ecs-bridge.dev:owner", "owner-1"),
                        ("ecs-bridge.dev:kind", <$kind as Kind>::KIND),
                        ("ecs-bridge.dev:namespace", "other"),
                        ("ecs-bridge.dev:name", "web"),
                    ];
                    leaves_others_alone::<$kind>(&spec.0, &other);
                }

                #[test]
                fn survives_a_crash_at_any_step(pair in <$kind>::changes()) {
                    survives_crashes::<$kind>(&pair.0.0, &pair.1.0);
                }
            }
        }
    };
}

properties!(repository, EcrRepository, 48);
properties!(cluster, EcsCluster, 48);
properties!(capacity_provider, EcsCapacityProvider, 32);
properties!(service, EcsService, 32);
properties!(secret, SecretsManagerSecret, 48);
properties!(cloud_map, CloudMapService, 32);
properties!(fargate_profile, EksFargateProfile, 24);
properties!(task_definition, EcsTaskDefinition, 24);
properties!(workload_bridge, WorkloadBridge, 24);
