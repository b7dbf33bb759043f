//! What other operators got wrong (aws-semantics.md, 'What other operators got wrong'), a test each, by its number there.

use std::time::Duration;

use aws_sim::Config;
use ecs_bridge::{
    engine::{Synced, outcome::State, reason},
    kinds::{
        ecr_repository::EcrRepository, ecs_cluster::EcsCluster, ecs_service::EcsService,
        eks_fargate_profile::EksFargateProfile,
    },
};
use serde_json::{Value, json};

use super::{
    Aws, Object,
    fargate_profile::ROLE,
    object,
    service::{ec2, fargate, network, on_fargate, with},
};

fn described(aws: &Aws, service: &str) -> Value {
    let request = json!({"cluster": "main", "services": [service], "include": ["TAGS"]});
    aws.ecs("DescribeServices", request)["services"][0].clone()
}

fn message(outcome: &ecs_bridge::engine::Outcome) -> String {
    object::why(outcome).map(|why| why.message.clone()).unwrap_or_default()
}

/// ACK community 2365.
#[test]
fn failure_02_a_new_task_definition_rolls_the_service_in_the_same_pass() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(on_fargate("nginx:1"));
    web.ready(&aws);
    aws.take_calls();
    web.apply(on_fargate("nginx:2"));
    web.pass(&aws, false).expect("a pass");
    assert_eq!(aws.take_writes(), ["RegisterTaskDefinition", "UpdateService"], "the writes of one pass");
    let running = described(&aws, "shop_web")["taskDefinition"].clone();
    assert!(running.as_str().is_some_and(|arn| arn.ends_with(":2")), "the service rolls to {running}");
    // And back: the revision of before is run again, not registered again.
    web.ready(&aws);
    web.apply(on_fargate("nginx:1"));
    aws.take_calls();
    web.ready(&aws);
    assert_eq!(aws.take_writes(), ["UpdateService"], "the way back needs no new revision");
}

/// ACK community 2361.
#[test]
fn failure_03_what_aws_fills_in_stays_out_of_the_spec() {
    let aws = Aws::with_cluster();
    let spec = on_fargate("nginx:1");
    let mut web = Object::<EcsService>::new(spec.clone());
    let before = serde_json::to_value(&web.spec).expect("JSON");
    web.ready(&aws);
    let filled = described(&aws, "shop_web");
    assert_eq!(filled["networkConfiguration"]["awsvpcConfiguration"]["assignPublicIp"], "DISABLED", "AWS fills in");
    assert_eq!(filled["platformVersion"], "LATEST", "AWS fills in");
    aws.take_calls();
    // GitOps applies the same again: another generation of the same spec.
    web.apply(spec);
    web.ready(&aws);
    assert_eq!(aws.take_writes(), [""; 0], "the same spec was applied again");
    assert_eq!(serde_json::to_value(&web.spec).expect("JSON"), before, "the spec changed");
}

/// upjet-aws 585, 825, 1519.
#[test]
fn failure_04_family_revision_and_arn_are_compared_as_what_they_are() {
    let aws = Aws::with_cluster();
    let definition = with(fargate("nginx:1"), &json!({"family": "theirs"}));
    let registered = aws.ecs("RegisterTaskDefinition", definition);
    let arn = registered["taskDefinition"]["taskDefinitionArn"].as_str().expect("an ARN").to_owned();
    let spec = |named: &str| with(on_fargate(""), &json!({"taskDefinition": null, "taskDefinitionArn": named}));
    let mut web = Object::<EcsService>::new(spec("theirs"));
    web.ready(&aws);
    aws.take_calls();
    for named in ["theirs", "theirs:1", &arn] {
        web.apply(spec(named));
        web.ready(&aws);
        assert_eq!(aws.take_writes(), [""; 0], "{named} means what runs");
    }
    // A cluster and its providers have two names each, too.
    for (what, spec) in [
        (
            "a cluster's ARN",
            with(spec("theirs:1"), &json!({"cluster": "arn:aws:ecs:us-east-1:123456789012:cluster/main"})),
        ),
        ("a cluster's name", spec("theirs:1")),
    ] {
        web.apply(spec);
        web.ready(&aws);
        assert_eq!(aws.take_writes(), [""; 0], "{what}");
    }
    // A family means its newest active revision: when that changes, the service follows.
    let definition = with(fargate("nginx:2"), &json!({"family": "theirs"}));
    aws.ecs("RegisterTaskDefinition", definition);
    web.apply(spec("theirs:1"));
    web.ready(&aws);
    assert_eq!(aws.take_writes(), [""; 0], "a revision that is named stays");
    web.apply(spec("theirs"));
    web.ready(&aws);
    assert_eq!(aws.take_writes(), ["UpdateService"], "a family has a newer revision");
}

/// terraform-provider-aws 335, and many more.
#[test]
fn failure_05_a_count_that_others_set_is_left_to_them() {
    for (policy, kept) in [("External", 3), ("Managed", 1)] {
        let aws = Aws::with_cluster();
        let mut web = Object::<EcsService>::new(with(on_fargate("nginx"), &json!({"desiredCountPolicy": policy})));
        web.ready(&aws);
        aws.ecs("UpdateService", json!({"cluster": "main", "service": "shop_web", "desiredCount": 3}));
        web.ready(&aws);
        assert_eq!(described(&aws, "shop_web")["desiredCount"], kept, "desiredCountPolicy {policy}");
        // A change of anything else does not bring the count along.
        web.apply(with(on_fargate("nginx"), &json!({"desiredCountPolicy": policy, "enableECSManagedTags": true})));
        web.ready(&aws);
        assert_eq!(described(&aws, "shop_web")["desiredCount"], kept, "desiredCountPolicy {policy}, after a change");
        // A service that has to be made again goes on with the count that it had.
        aws.ecs("DeleteService", json!({"cluster": "main", "service": "shop_web", "force": true}));
        web.ready(&aws);
        assert_eq!(described(&aws, "shop_web")["desiredCount"], kept, "desiredCountPolicy {policy}, made again");
    }
}

/// ACK community 2627.
#[test]
fn failure_08_what_aws_refused_heals_alone_once_aws_accepts_it() {
    let aws = Aws::new(Config::default());
    aws.ecs("CreateCluster", json!({"clusterName": "main", "capacityProviders": ["FARGATE"]}));
    let spot =
        json!({"launchType": null, "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]});
    let mut web = Object::<EcsService>::new(with(on_fargate("nginx"), &spot));
    for attempt in 1..=3 {
        let outcome = web.carry(&aws);
        assert_eq!(object::reason(&outcome), reason::REFUSED, "attempt {attempt}: {outcome:?}");
        assert!(message(&outcome).contains("InvalidParameterException"), "the condition has AWS's words: {outcome:?}");
    }
    let providers = json!({"cluster": "main", "capacityProviders": ["FARGATE", "FARGATE_SPOT"], "defaultCapacityProviderStrategy": []});
    aws.ecs("PutClusterCapacityProviders", providers);
    web.ready(&aws);
}

/// ACK's ECS service is always 'synced'.
#[test]
fn failure_09_ready_is_false_while_nothing_runs() {
    for (image, words) in [("shop/web:crash", "exited"), ("shop/web:missing", "CannotPullContainerError")] {
        let aws = Aws::with_cluster();
        let mut web = Object::<EcsService>::new(on_fargate(image));
        let mut said = String::new();
        for _ in 0..60 {
            let outcome = web.pass(&aws, false).expect("a pass");
            assert!(!object::is_ready(&outcome), "{image} is Ready: {outcome:?}");
            said = message(&outcome);
            aws.advance(Duration::from_secs(20));
        }
        assert!(said.contains(words), "{image}: the condition does not say why: {said}");
    }
    // What worked and works no more is no longer Ready, though nobody changed anything.
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(on_fargate("nginx"));
    web.ready(&aws);
    let tasks = aws.ecs("ListTasks", json!({"cluster": "main", "serviceName": "shop_web"}));
    aws.ecs("StopTask", json!({"cluster": "main", "task": tasks["taskArns"][0]}));
    aws.advance(Duration::from_millis(100));
    let outcome = web.pass(&aws, false).expect("a pass");
    assert!(!object::is_ready(&outcome), "no task runs: {outcome:?}");
}

/// Edits that are never sent, while the object says that it is in sync.
#[test]
fn failure_10_edits_of_providers_and_tags_are_sent() {
    let aws = Aws::default();
    let mut main = Object::<EcsCluster>::new(json!({"capacityProviders": ["FARGATE"]}));
    main.ready(&aws);
    aws.take_calls();
    for (what, spec, operation) in [
        ("a provider more", json!({"capacityProviders": ["FARGATE", "FARGATE_SPOT"]}), "PutClusterCapacityProviders"),
        ("none", json!({}), "PutClusterCapacityProviders"),
        ("a tag", json!({"tags": [{"key": "team", "value": "shop"}]}), "TagResource"),
        ("another value", json!({"tags": [{"key": "team", "value": "web"}]}), "TagResource"),
        ("no tag", json!({}), "UntagResource"),
    ] {
        main.apply(spec);
        main.ready(&aws);
        assert_eq!(aws.take_writes(), [operation], "a cluster: {what}");
    }

    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(on_fargate("nginx"));
    web.ready(&aws);
    aws.take_calls();
    for (what, tags, operation) in [
        ("a tag", json!([{"key": "team", "value": "shop"}]), "TagResource"),
        ("another value", json!([{"key": "team", "value": "web"}]), "TagResource"),
        ("another key", json!([{"key": "cost", "value": "1"}, {"key": "team", "value": "web"}]), "TagResource"),
        ("no tags", Value::Null, "UntagResource"),
    ] {
        web.apply(with(on_fargate("nginx"), &json!({ "tags": tags })));
        web.ready(&aws);
        assert_eq!(aws.take_writes(), [operation], "a service: {what}");
    }
    // Tags of others stay.
    let arn = described(&aws, "shop_web")["serviceArn"].clone();
    aws.ecs("TagResource", json!({"resourceArn": arn, "tags": [{"key": "audit", "value": "yes"}]}));
    web.ready(&aws);
    assert_eq!(aws.take_writes(), [""; 0], "another's tag is none of our business");
}

/// ACK community 2878.
#[test]
fn failure_11_environment_variables_in_another_order_are_no_drift() {
    let aws = Aws::with_cluster();
    let spec = |names: &[&str]| {
        let environment: Vec<Value> = names.iter().map(|name| json!({"name": name, "value": "x"})).collect();
        let mut spec = on_fargate("nginx");
        spec["taskDefinition"]["containerDefinitions"][0]["environment"] = json!(environment);
        spec
    };
    let mut web = Object::<EcsService>::new(spec(&["B", "A", "C"]));
    web.ready(&aws);
    aws.take_calls();
    for names in [["A", "B", "C"], ["C", "B", "A"]] {
        web.apply(spec(&names));
        web.ready(&aws);
        assert_eq!(aws.take_writes(), [""; 0], "{names:?}");
    }
    web.memo["revisions"] = json!([]);
    web.ready(&aws);
    assert_eq!(aws.take_writes(), [""; 0], "and not by the described revision either");
}

#[test]
fn failure_12_two_objects_that_claim_one_service_do_not_fight() {
    let aws = Aws::with_cluster();
    let spec = |count: i32| with(on_fargate("nginx"), &json!({"serviceName": "one", "desiredCount": count}));
    let mut first = Object::<EcsService>::named("first", spec(1));
    first.ready(&aws);
    aws.take_calls();
    let mut second = Object::<EcsService>::named("second", spec(2));
    let before = aws.dump();
    for round in 1..=3 {
        let outcome = second.carry(&aws);
        assert_eq!(object::reason(&outcome), reason::CONFLICT, "round {round}: {outcome:?}");
        assert!(message(&outcome).contains("EcsService shop/first"), "it names the owner: {}", message(&outcome));
        first.ready(&aws);
    }
    assert_eq!(aws.take_writes(), [""; 0], "the two write against each other");

    // Leave to adopt takes nothing from an owner, in this namespace or another.
    let adopting = with(spec(2), &json!({"management": {"adoption": "Adopt"}}));
    let mut thief = Object::<EcsService>::named("thief", adopting);
    thief.env.identity.namespace = "evil".to_owned();
    thief.env.annotations.insert("ecs-bridge.dev/adopt".to_owned(), "true".to_owned());
    let outcome = thief.carry(&aws);
    assert_eq!(object::reason(&outcome), reason::CONFLICT, "{outcome:?}");
    for object in [&mut second, &mut thief] {
        assert_eq!(object.delete(&aws).state, State::Gone, "an object that owns nothing can go");
    }
    assert_eq!(aws.dump(), before, "the service of the first was touched");
}

/// Fields that stay in AWS for ever. The properties prove it for all of them; here they are by name.
#[test]
fn failure_14_a_field_out_of_the_yaml_goes_out_of_aws() {
    let targets = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef";
    let balancer = json!([{"targetGroupArn": targets, "containerName": "web", "containerPort": 80}]);
    let on_ec2 = || json!({"cluster": "main", "launchType": "EC2", "taskDefinition": ec2("nginx")});
    for (member, base, value, cleared) in [
        ("loadBalancers", on_fargate("nginx"), balancer, json!([])),
        ("enableECSManagedTags", on_fargate("nginx"), json!(true), json!(false)),
        ("enableExecuteCommand", on_fargate("nginx"), json!(true), json!(false)),
        ("propagateTags", on_fargate("nginx"), json!("SERVICE"), json!("NONE")),
        ("platformVersion", on_fargate("nginx"), json!("1.4.0"), json!("LATEST")),
        (
            "placementStrategy",
            on_ec2(),
            json!([{"type": "spread", "field": "attribute:ecs.availability-zone"}]),
            json!([]),
        ),
        ("placementConstraints", on_ec2(), json!([{"type": "distinctInstance"}]), json!([])),
    ] {
        let aws = Aws::with_cluster();
        let mut web = Object::<EcsService>::new(with(base.clone(), &json!({ member: value })));
        web.ready(&aws);
        assert!(!described(&aws, "shop_web")[member].is_null(), "{member} was never there");
        web.apply(base);
        web.ready(&aws);
        assert_eq!(described(&aws, "shop_web")[member], cleared, "{member} is still in AWS");
    }

    let aws = Aws::default();
    let mut images = Object::<EcrRepository>::new(
        json!({"imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": true}}),
    );
    images.ready(&aws);
    images.apply(json!({}));
    images.ready(&aws);
    let repository = aws.ecr("DescribeRepositories", json!({}))["repositories"][0].clone();
    assert_eq!(repository["imageTagMutability"], "MUTABLE", "imageTagMutability is still in AWS");
    assert_eq!(repository["imageScanningConfiguration"]["scanOnPush"], false, "scanOnPush is still in AWS");

    // What AWS can't take back is said, not hidden.
    let aws = Aws::default();
    let storage = json!({"configuration": {"managedStorageConfiguration": {"kmsKeyId": "key"}}});
    let mut main = Object::<EcsCluster>::new(storage);
    main.ready(&aws);
    main.apply(json!({}));
    let outcome = main.carry(&aws);
    assert_eq!(object::reason(&outcome), reason::CANNOT_REMOVE, "{outcome:?}");
    assert!(matches!(outcome.synced, Synced::No(_)), "in sync, though AWS still has the key: {outcome:?}");
}

/// The first half: a rebuilt cluster, a restore or a `kubectl replace` gives objects new UIDs.
#[test]
fn failure_15_objects_with_new_uids_know_their_own() {
    let aws = Aws::with_cluster();
    aws.with_eks();
    let (service, cluster, repository) = (on_fargate("nginx"), json!({"capacityProviders": ["FARGATE"]}), json!({}));
    let profile = json!({"podExecutionRoleArn": ROLE, "selectors": [{"namespace": "shop"}]});
    Object::<EcsService>::new(service.clone()).ready(&aws);
    Object::<EcsCluster>::named("main", cluster.clone()).ready(&aws);
    Object::<EcrRepository>::new(repository.clone()).ready(&aws);
    Object::<EksFargateProfile>::new(profile.clone()).ready(&aws);
    aws.take_calls();

    let mut web = Object::<EcsService>::new(service.clone());
    let mut main = Object::<EcsCluster>::named("main", cluster);
    let mut images = Object::<EcrRepository>::new(repository);
    let mut pods = Object::<EksFargateProfile>::new(profile);
    for env in [&mut web.env, &mut main.env, &mut images.env, &mut pods.env] {
        env.identity.uid = "another".to_owned();
    }
    web.ready(&aws);
    main.ready(&aws);
    images.ready(&aws);
    pods.ready(&aws);
    let writes = aws.take_writes();
    assert!(writes.iter().all(|write| *write == "TagResource"), "only the UID tags follow: {writes:?}");

    // Under another owner id they are strangers.
    let mut web = Object::<EcsService>::new(service);
    web.env.identity.owner_id = "owner-2".to_owned();
    let outcome = web.carry(&aws);
    assert_eq!(object::reason(&outcome), reason::CONFLICT, "{outcome:?}");
    assert!(message(&outcome).contains("--owner-id"), "it says the remedy: {}", message(&outcome));
    assert_eq!(aws.take_writes(), [""; 0], "a stranger's service was touched");
}

/// Beside the list: a throttled call or a lane that another holds delays an object, and leaves nothing half done.
#[test]
fn a_throttle_or_a_busy_lane_delays_and_loses_nothing() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(with(on_fargate("nginx"), &json!({"networkConfiguration": network()})));
    aws.hold("task-definition/shop_web");
    let waits = web.pass(&aws, false).expect_err("the lane is another's");
    assert!(waits.contains("another object's turn"), "{waits}");
    aws.release_lanes();
    aws.throttle("CreateService");
    assert!(web.pass(&aws, false).is_err(), "the throttle was not noticed");
    aws.end_throttling();
    web.ready(&aws);
    let created = aws.take_calls().into_iter().filter(|made| made.operation == "RegisterTaskDefinition").count();
    assert_eq!(created, 1, "revisions were registered");
}
