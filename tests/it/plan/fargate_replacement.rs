//! What becomes of a Fargate profile that AWS can't change, of its pods, and of what EKS could not do.

use std::time::Duration;

use aws_sim::{
    Scope,
    world::{Failing, Issue},
};
use ecs_bridge::{
    engine::{
        env::{REPLACE, RETRY},
        outcome::State,
        reason,
    },
    kinds::eks_fargate_profile::EksFargateProfile,
};
use serde_json::{Value, json};

use super::{
    Aws, Object,
    fargate_profile::{ROLE, aws, profiles, the_only},
    object::{is_ready, reason, why},
};

type Profile = Object<EksFargateProfile>;

fn spec(namespace: &str, replacement: &str) -> Value {
    json!({"podExecutionRoleArn": ROLE, "selectors": [{"namespace": namespace}], "replacement": replacement})
}

fn name(profile: &Value) -> String {
    profile["fargateProfileName"].as_str().expect("a name").to_owned()
}

fn agree(object: &mut Profile, annotation: &str, value: &str) {
    object.env.annotations.insert(annotation.to_owned(), value.to_owned());
}

/// A profile with this many pods on it, and its name.
fn with_pods(aws: &Aws, replacement: &str, pods: usize) -> (Profile, String) {
    let mut object = Profile::new(spec("shop", replacement));
    object.ready(aws);
    let old = name(&the_only(aws));
    let now = aws.seconds();
    for n in 0..pods {
        aws.pods(|cluster| cluster.start("shop", &format!("web-{n}"), &old, now));
    }
    object.apply(spec("sh*", replacement));
    (object, old)
}

fn message(outcome: &ecs_bridge::engine::Outcome) -> String {
    why(outcome).map(|why| why.message.clone()).unwrap_or_default()
}

#[test]
fn a_replacement_waits_until_somebody_agrees() {
    let aws = aws();
    let (mut object, old) = with_pods(&aws, "Manual", 2);
    aws.take_calls();
    let outcome = object.carry(&aws);
    assert_eq!(reason(&outcome), reason::REPLACEMENT_NEEDED, "{outcome:?}");
    assert_eq!(aws.take_writes(), [""; 0], "nobody has agreed");
    let said = message(&outcome);
    let new = said.split(&format!("set the annotation {REPLACE} to ")).nth(1).expect("the remedy").split(',').next();
    let new = new.expect("the name").to_owned();
    assert_ne!(new, old, "{said}");

    agree(&mut object, REPLACE, "something-else");
    assert_eq!(reason(&object.carry(&aws)), reason::REPLACEMENT_NEEDED, "another replacement was agreed to");
    aws.pods(|cluster| cluster.successors_on = Some(new.clone()));
    agree(&mut object, REPLACE, &new);
    object.ready(&aws);
    assert_eq!(name(&the_only(&aws)), new, "the new one has taken the old one's place");
    let writes = aws.take_writes();
    assert_eq!(writes, ["CreateFargateProfile", "EvictPod", "EvictPod", "DeleteFargateProfile"], "in this order");
    assert_eq!(aws.pods(|cluster| cluster.on(&new)), 2, "both pods have moved");
}

#[test]
fn pods_go_as_their_budgets_allow_and_before_their_profile() {
    let aws = aws();
    let (mut object, old) = with_pods(&aws, "Auto", 25);
    aws.pods(|cluster| cluster.held.insert("web-7".to_owned()));
    let mut told = false;
    for _ in 0..200 {
        let outcome = object.pass(&aws, false).expect("AWS answers");
        let statuses: Vec<Value> = profiles(&aws).iter().map(|profile| profile["status"].clone()).collect();
        let (left, evicted) = (aws.pods(|cluster| cluster.on(&old)), aws.take_writes());
        assert!(evicted.iter().filter(|write| **write == "EvictPod").count() <= 10, "too many at once: {evicted:?}");
        if left > 0 {
            assert!(!statuses.contains(&json!("DELETING")), "the profile goes while {left} pods are on it");
            assert!(left == 25 || !statuses.contains(&json!("CREATING")), "pods went before the new profile works");
        }
        if left == 1 {
            told = true;
            assert_eq!(reason(&outcome), reason::DRAINING, "{outcome:?}");
            let said = message(&outcome);
            assert!(said.contains("shop/web-7 may not go yet: Cannot evict pod"), "{said}");
            aws.pods(|cluster| cluster.held.clear());
        }
        if is_ready(&outcome) {
            assert!(told, "the budget was never met");
            assert_ne!(name(&the_only(&aws)), old, "the old profile is still there");
            return;
        }
        aws.advance(Duration::from_secs(5));
    }
    panic!("it does not come to rest");
}

#[test]
fn pods_that_come_back_are_not_evicted_for_ever() {
    let aws = aws();
    let (mut object, old) = with_pods(&aws, "Auto", 2);
    // As if EKS always chose the old one.
    aws.pods(|cluster| cluster.successors_on = Some(old.clone()));
    let outcome = object.carry(&aws);
    assert_eq!(reason(&outcome), reason::REPLACEMENT_NEEDED, "{outcome:?}");
    assert!(message(&outcome).contains("set the label eks.amazonaws.com/fargate-profile"), "{outcome:?}");
    assert_eq!(aws.pods(|cluster| cluster.on(&old)), 2, "none is ended without a successor");
    aws.take_calls();
    object.carry(&aws);
    assert_eq!(aws.take_writes(), [""; 0], "it goes on evicting");

    let new = profiles(&aws).iter().map(name).find(|name| *name != old).expect("the new one");
    aws.pods(|cluster| cluster.successors_on = Some(new.clone()));
    agree(&mut object, RETRY, "1");
    object.ready(&aws);
    assert_eq!(name(&the_only(&aws)), new);
}

#[test]
fn going_back_needs_no_third_profile() {
    let aws = aws();
    let (mut object, old) = with_pods(&aws, "Auto", 0);
    object.pass(&aws, false).expect("the new one is begun");
    assert_eq!(profiles(&aws).len(), 2);
    object.apply(spec("shop", "Auto"));
    object.ready(&aws);
    assert_eq!(name(&the_only(&aws)), old, "the old one was right");
}

#[test]
fn what_eks_could_not_make_is_made_again_after_a_while() {
    let aws = aws();
    let issue = Issue { code: "PodExecutionRoleAlreadyInUse".to_owned(), message: "the role is in use.".to_owned() };
    let fail = |is_creation| {
        let failing = Failing { is_creation, issue: issue.clone() };
        aws.world(|world| world.fail_fargate_profile(&Scope::default(), "main", failing)).expect("the cluster");
    };
    fail(true);
    let mut object = Profile::new(spec("shop", "Manual"));
    let outcome = object.carry(&aws);
    assert_eq!(reason(&outcome), reason::CREATION_FAILED, "{outcome:?}");
    assert!(message(&outcome).contains("PodExecutionRoleAlreadyInUse: the role is in use;"), "{outcome:?}");
    aws.take_calls();
    assert_eq!(reason(&object.carry(&aws)), reason::CREATION_FAILED);
    assert_eq!(aws.take_writes(), [""; 0], "it is tried again at once");
    aws.advance(Duration::from_mins(11));
    fail(false);
    let outcome = object.carry(&aws);
    assert_eq!(reason(&outcome), reason::DELETION_FAILED, "{outcome:?}");
    aws.advance(Duration::from_mins(11));
    object.ready(&aws);
    let made = aws.take_calls().into_iter().filter(|made| made.cause.is_some()).map(|made| made.operation);
    let expected = ["DeleteFargateProfile", "DeleteFargateProfile", "CreateFargateProfile"];
    assert_eq!(made.collect::<Vec<_>>(), expected, "it goes, and is made again");

    // What never ran a pod makes way for a changed spec without asking.
    let aws = super::fargate_profile::aws();
    let failing = Failing { is_creation: true, issue };
    aws.world(|world| world.fail_fargate_profile(&Scope::default(), "main", failing)).expect("the cluster");
    let mut object = Profile::new(spec("shop", "Manual"));
    object.carry(&aws);
    object.apply(spec("shop-2", "Manual"));
    object.ready(&aws);
    the_only(&aws);
}

#[test]
fn what_is_wrong_is_told_with_its_remedy() {
    let merged = |more: Value| super::service::with(spec("shop", "Manual"), &more);
    for (spec, expected, says) in [
        (merged(json!({"subnets": ["subnet-public"]})), reason::REFUSED, "name private subnets only in spec.subnets"),
        (merged(json!({"clusterName": "none"})), reason::REFERENCE_NOT_FOUND, "there is no EKS cluster none"),
    ] {
        let outcome = Profile::new(spec).carry(&aws());
        assert_eq!(reason(&outcome), expected, "{outcome:?}");
        assert!(message(&outcome).contains(says), "{outcome:?}");
    }
    let mut nameless = Profile::new(spec("shop", "Manual"));
    nameless.env.eks_cluster_name = None;
    let outcome = nameless.carry(&aws());
    assert_eq!(reason(&outcome), reason::INVALID_SPEC, "{outcome:?}");
    assert!(message(&outcome).contains("--eks-cluster-name"), "{outcome:?}");
    assert_eq!(nameless.delete(&aws()).state, State::Gone, "nothing was ever made");
}

#[test]
fn profiles_of_one_cluster_come_and_go_one_at_a_time() {
    let aws = aws();
    let objects = ["a", "b", "c"].map(|name| Profile::named(name, spec(name, "Manual")));
    let mut objects: Vec<(Profile, bool)> = objects.into_iter().map(|object| (object, false)).collect();
    for deleting in [false, true] {
        for (_, done) in &mut objects {
            *done = false;
        }
        for _ in 0..200 {
            for (object, done) in objects.iter_mut().filter(|(_, done)| !done) {
                let outcome = object.pass(&aws, deleting).expect("AWS answers");
                *done = is_ready(&outcome) || outcome.state == State::Gone;
            }
            aws.advance(Duration::from_secs(5));
        }
        assert!(objects.iter().all(|(_, done)| *done), "deleting: {deleting}: not all came to rest");
    }
    let calls = aws.take_calls();
    let writes = calls.iter().filter(|made| made.cause.is_some()).count();
    assert_eq!(writes, 6, "each is made and deleted once, and no call is refused");
}

#[test]
fn two_profiles_that_match_the_same_are_told() {
    let aws = aws();
    let mut object = Profile::new(spec("else*", "Manual"));
    let outcome = object.carry(&aws);
    assert!(is_ready(&outcome), "{outcome:?}");
    assert!(outcome.notes.iter().any(|note| note.contains("and theirs match the same pods")), "{outcome:?}");
    let now = aws.seconds();
    aws.pods(|cluster| cluster.start("elsewhere", "web-1", "theirs", now));
    let outcome = object.carry(&aws);
    assert!(outcome.notes.iter().any(|note| note.contains("both match pod elsewhere/web-1")), "{outcome:?}");
    assert_eq!(object.report.matched_namespaces, ["elsewhere"]);
    assert_eq!(object.report.matched_pods_count, Some(1));
    object.apply(spec("shop", "Auto"));
    assert_eq!(object.carry(&aws).notes, [""; 0], "nothing in common");
}

#[test]
fn a_profile_that_is_there_is_adopted_by_its_tags_alone() {
    let aws = aws();
    let mut adopted = spec("elsewhere", "Manual");
    adopted["fargateProfileName"] = json!("theirs");
    adopted["subnets"] = json!(["subnet-0b", "subnet-0a"]);
    assert_eq!(reason(&Profile::new(adopted.clone()).carry(&aws)), reason::CONFLICT, "without leave");
    adopted["management"] = json!({"adoption": "Adopt", "deletion": "Retain"});
    aws.take_calls();
    let before = aws.dump();
    let mut object = Profile::new(adopted);
    object.ready(&aws);
    let writes = aws.take_writes();
    assert!(writes.iter().all(|write| *write == "TagResource"), "more than tags: {writes:?}");
    assert_eq!(object.delete(&aws).state, State::Gone);
    super::dump::assert_same(&aws.dump(), &before, "Retain left something behind");
}

#[test]
fn one_that_was_deleted_behind_the_objects_back_is_made_again() {
    let aws = aws();
    let mut object = Profile::new(spec("shop", "Manual"));
    object.ready(&aws);
    for _ in 0..2 {
        let request = json!({"clusterName": "main", "fargateProfileName": name(&the_only(&aws))});
        aws.eks("DeleteFargateProfile", request);
        aws.advance(Duration::from_mins(3));
        object.ready(&aws);
        assert_eq!(the_only(&aws)["status"], "ACTIVE");
    }
    object.memo = Value::Null;
    object.ready(&aws);
    let names: Vec<String> = profiles(&aws).iter().map(name).collect();
    assert_eq!(names.len(), 1, "{names:?}");
}
