//! A fleet that moves to another cluster: what the old one's owner id has is taken over, nothing is made twice, nothing rolls.

use ecs_bridge::{
    engine::{Kind, outcome::State, reason},
    kinds::{
        cloud_map_service::CloudMapService, ecr_repository::EcrRepository, ecs_cluster::EcsCluster,
        ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition, eks_fargate_profile::EksFargateProfile,
        secrets_manager_secret::SecretsManagerSecret,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws, Object,
    dump::assert_same,
    object,
    permissions::OTHERS,
    sample::Sample,
    service::{fargate, on_fargate, with},
};

/// An object under the owner id `owner-0`, Ready; the operator that comes after it is `owner-1`'s.
fn old<K: Kind>(aws: &Aws, name: &str, specs: &[Value]) -> Object<K> {
    aws.allow(Some(OTHERS.clone()));
    let mut object = Object::<K>::named(name, specs[0].clone());
    "owner-0".clone_into(&mut object.env.identity.owner_id);
    for spec in specs {
        object.apply(spec.clone());
        object.ready(aws);
    }
    aws.allow(None);
    aws.take_calls();
    object
}

/// Everything that AWS has, with one name for either owner.
fn whoever_owns(aws: &Aws) -> Value {
    let text = aws.dump().to_string().replace("-under-owner-1", "").replace("owner-0", "owner-1");
    serde_json::from_str(&text).expect("JSON")
}

fn assert_all_taken(aws: &Aws) {
    let text = aws.dump().to_string();
    assert!(!text.contains("owner-0"), "something is still the old owner's: {text}");
}

/// What moves is taken over by tags alone, is left by the old operator, and ends with the new object.
fn moves<K: Sample>(spec: &Value) {
    let aws = K::aws();
    let (others, revisions) = (aws.state(), aws.dump()["revisions"].clone());
    let mut old = old::<K>(&aws, "web", std::slice::from_ref(spec));
    let (before, deployments) = (whoever_owns(&aws), aws.deployments());
    let mut new = old.in_the_next_cluster("owner-1");
    new.ready(&aws);
    let writes = aws.take_writes();
    let is_expected = |write: &&str| *write == "TagResource" || K::REPEATS.contains(write);
    assert!(writes.iter().all(is_expected), "taking over made more than tags: {writes:?}");
    assert_all_taken(&aws);
    assert_same(&whoever_owns(&aws), &before, "taking over changed more than whose it is");
    assert_same(&aws.deployments(), &deployments, "something was deployed");

    // The old operator, which was left running, and its object's end.
    aws.allow(Some(OTHERS.clone()));
    let taken = aws.dump();
    old.carry(&aws);
    assert_eq!(old.delete(&aws).state, State::Gone);
    assert_same(&aws.dump(), &taken, "the old cluster's object took something with it");
    aws.allow(None);

    assert_eq!(new.delete(&aws).state, State::Gone);
    assert_same(&aws.state(), &others, "its end left something, or took something of others'");
    assert_same(&aws.dump()["revisions"], &revisions, "its end left revisions, or took those of others");
}

macro_rules! moves {
    ($test:ident, $kind:ty, $cases:expr) => {
        proptest! {
            #![proptest_config(crate::cases::cases($cases))]

            #[test]
            fn $test(spec in <$kind>::specs()) {
                moves::<$kind>(&spec.0);
            }
        }
    };
}

moves!(a_repository_moves, EcrRepository, 12);
moves!(a_cluster_moves, EcsCluster, 12);
moves!(a_service_moves, EcsService, 12);
moves!(a_task_definition_moves, EcsTaskDefinition, 12);
moves!(a_secret_moves, SecretsManagerSecret, 12);
moves!(a_cloud_map_service_moves, CloudMapService, 12);
moves!(a_fargate_profile_moves, EksFargateProfile, 8);

/// More than one pass takes over, and one that is registered behind them.
#[test]
fn all_revisions_of_a_family_move_with_what_runs() {
    let aws = Aws::with_cluster();
    let image = |version: usize| with(on_fargate(&format!("nginx:{version}")), &json!({"revisionHistoryLimit": 30}));
    let versions: Vec<Value> = (1..=25).map(image).collect();
    let web = old::<EcsService>(&aws, "web", &versions);
    let mut moved = web.in_the_next_cluster("owner-1");
    moved.ready(&aws);
    assert_all_taken(&aws);
    assert_eq!(aws.count_revisions(), (25, 25), "revisions, and those that are the new owner's");
    aws.take_calls();
    moved.apply(image(20));
    moved.ready(&aws);
    assert_eq!(aws.take_writes(), ["UpdateService"], "it goes back to a revision that moved with it");
}

/// The old objects, with all that they remember, take everything over again.
#[test]
fn the_way_back_is_the_same() {
    fn there_and_back<K: Kind>(specs: &[Value]) {
        let aws = Aws::with_cluster();
        let mut old = old::<K>(&aws, "web", specs);
        let before = aws.dump();
        let mut new = old.in_the_next_cluster("owner-1");
        new.ready(&aws);
        assert_all_taken(&aws);
        aws.take_calls();
        aws.allow(Some(OTHERS.clone()));
        old.env.adopt_from = Some("owner-1".to_owned());
        old.ready(&aws);
        let writes = aws.take_writes();
        assert!(writes.iter().all(|write| *write == "TagResource"), "{}: {writes:?}", K::KIND);
        assert_same(&aws.dump(), &before, &format!("{}: it is not as it was", K::KIND));
    }
    there_and_back::<EcsService>(&[on_fargate("nginx:1"), on_fargate("nginx:2")]);
    there_and_back::<EcsTaskDefinition>(&[fargate("nginx:1"), fargate("nginx:2")]);
    there_and_back::<EcsCluster>(&[json!({"capacityProviders": ["FARGATE"]})]);
}

#[test]
fn a_family_that_two_services_share_moves_with_either() {
    let aws = Aws::with_cluster();
    let shared = |image: &str| {
        let definition = with(fargate(image), &json!({"family": "shared"}));
        with(on_fargate(""), &json!({ "taskDefinition": definition }))
    };
    let web = old::<EcsService>(&aws, "web", &[shared("nginx:1"), shared("nginx:2")]);
    let api = old::<EcsService>(&aws, "api", &[shared("nginx:1")]);
    for object in [web, api] {
        let mut moved = object.in_the_next_cluster("owner-1");
        moved.env.shared.insert("shared".to_owned(), std::collections::BTreeSet::new());
        moved.ready(&aws);
    }
    assert_all_taken(&aws);
    assert_eq!(aws.count_revisions(), (2, 2));
}

/// What is another object's, in the same old cluster or elsewhere, stays a conflict.
#[test]
fn only_what_the_same_object_had_is_taken_over() {
    for (name, adopt_from) in [("api", "owner-0"), ("web", "owner-2")] {
        let aws = Aws::with_cluster();
        let spec = |more: Value| with(on_fargate("nginx:1"), &with(json!({"serviceName": "claimed"}), &more));
        old::<EcsService>(&aws, name, &[spec(json!({}))]);
        let management = json!({"management": {"adoption": "Adopt"}});
        let mut web = Object::<EcsService>::new(spec(management));
        web.env.adopt_from = Some(adopt_from.to_owned());
        let before = aws.dump();
        let outcome = web.carry(&aws);
        assert_eq!(object::reason(&outcome), reason::CONFLICT, "{name}, with {adopt_from}: {outcome:?}");
        assert_eq!(web.delete(&aws).state, State::Gone);
        assert_same(&aws.dump(), &before, &format!("what {name} had was changed, with {adopt_from}"));
    }
}
