//! After ECS has rolled a deployment back.

use std::time::Duration;

use ecs_bridge::{
    engine::{Outcome, env::RETRY, outcome::State, reason},
    kinds::ecs_service::EcsService,
};
use serde_json::json;

use super::{
    Aws, Crash, Object, Phase, object,
    service::{on_fargate, with},
};

/// A service on Fargate, with the circuit breaker that rolls back.
fn breaking(image: &str) -> serde_json::Value {
    let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
    with(on_fargate(image), &json!({"deploymentConfiguration": breaker, "desiredCount": 2}))
}

/// A service that runs nginx:1, and was rolled back from an image that crashes.
fn rolled_back(aws: &Aws) -> Object<EcsService> {
    let mut web = Object::<EcsService>::new(breaking("nginx:1"));
    web.ready(aws);
    web.apply(breaking("nginx:crash"));
    let outcome = web.carry(aws);
    assert_rolled_back(&outcome, "the first time");
    web
}

fn assert_rolled_back(outcome: &Outcome, when: &str) {
    let State::Stalled { why } = &outcome.state else { panic!("{when}: it is not stalled but {outcome:?}") };
    assert_eq!(why.reason, reason::ROLLED_BACK, "{when}: {}", why.message);
    let names_revision = why.message.contains("task-definition/shop_web:2");
    assert!(
        names_revision && why.message.contains(RETRY),
        "{when}: it names neither the revision nor the way out: {}",
        why.message
    );
}

fn image_that_runs(aws: &Aws) -> String {
    let service = aws.ecs("DescribeServices", json!({"cluster": "main", "services": ["shop_web"]}));
    let revision = service["services"][0]["taskDefinition"].clone();
    let definition = aws.ecs("DescribeTaskDefinition", json!({"taskDefinition": revision}));
    definition["taskDefinition"]["containerDefinitions"][0]["image"].as_str().unwrap_or_default().to_owned()
}

/// Failure 6 of aws-semantics.md.
#[test]
fn failure_06_what_ecs_rolled_back_is_not_deployed_again() {
    let aws = Aws::with_cluster();
    let mut web = rolled_back(&aws);
    assert_eq!(image_that_runs(&aws), "nginx:1");
    aws.take_calls();
    for _ in 0..3 {
        assert_rolled_back(&web.carry(&aws), "later");
    }
    assert_eq!(aws.take_writes(), [""; 0], "what is rolled back is left so");
}

#[test]
fn what_starts_no_deployment_goes_on_while_a_rollback_is_left() {
    let aws = Aws::with_cluster();
    let mut web = rolled_back(&aws);
    aws.take_calls();
    web.apply(with(breaking("nginx:crash"), &json!({"desiredCount": 3, "tags": [{"key": "team", "value": "a"}]})));
    assert_rolled_back(&web.carry(&aws), "after a change of count and tags");
    assert_eq!(aws.take_writes(), ["UpdateService", "TagResource"], "the count and the tags are no deployment");
    assert_eq!(image_that_runs(&aws), "nginx:1");
}

#[test]
fn a_new_value_of_the_annotation_deploys_it_again_once() {
    let aws = Aws::with_cluster();
    let mut web = rolled_back(&aws);
    aws.take_calls();
    web.env.annotations.insert(RETRY.to_owned(), "1".to_owned());
    assert_rolled_back(&web.carry(&aws), "after another try that failed as well");
    assert_eq!(aws.take_writes(), ["UpdateService"], "one value of the annotation is one try");
}

#[test]
fn a_change_of_the_spec_releases_it_and_so_does_the_way_back_and_forth() {
    let aws = Aws::with_cluster();
    let mut web = rolled_back(&aws);
    web.apply(breaking("nginx:1"));
    web.ready(&aws);
    aws.take_calls();
    web.apply(breaking("nginx:crash"));
    assert_rolled_back(&web.carry(&aws), "after A, B, A, B");
    assert_eq!(aws.take_writes(), ["UpdateService"], "asked for again, it is deployed again, once");
    web.apply(breaking("nginx:2"));
    web.ready(&aws);
    assert_eq!(image_that_runs(&aws), "nginx:2", "{:?}", object::why(&web.carry(&aws)));
}

/// The same service, under a strategy that runs green beside blue.
fn shifting(image: &str, configuration: serde_json::Value) -> serde_json::Value {
    with(on_fargate(image), &json!({"deploymentConfiguration": configuration, "desiredCount": 2}))
}

#[test]
fn green_that_fails_is_left_rolled_back() {
    let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
    let pause = json!({"lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]}]});
    for (case, image, more) in [
        ("the circuit breaker", "nginx:crash", breaker),
        ("24 hours of SCALE_UP", "nginx:missing", json!({})),
        ("a pause that nobody ends", "nginx:2", pause),
    ] {
        let aws = Aws::with_cluster();
        let blue_green = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10});
        let mut web = Object::<EcsService>::new(shifting("nginx:1", blue_green.clone()));
        web.ready(&aws);
        web.apply(shifting(image, with(blue_green, &more)));
        assert_rolled_back(&settled(&mut web, &aws), case);
        assert_eq!(image_that_runs(&aws), "nginx:1", "{case}");
        aws.take_calls();
        assert_rolled_back(&web.carry(&aws), case);
        assert_eq!(aws.take_writes(), [""; 0], "{case}: what is rolled back is left so");
    }
}

/// As [`Object::carry`], which a day of waiting is too long for.
fn settled(web: &mut Object<EcsService>, aws: &Aws) -> Outcome {
    for _ in 0..60 {
        let outcome = web.pass(aws, false).expect("AWS answers");
        if !matches!(outcome.state, State::Progressing { .. }) {
            return outcome;
        }
        aws.advance(std::time::Duration::from_mins(30));
    }
    panic!("it does not come to rest within 30 hours")
}

#[test]
fn a_person_stops_it_while_it_bakes() {
    let aws = Aws::with_cluster();
    let blue_green = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 60});
    let mut web = Object::<EcsService>::new(shifting("nginx:1", blue_green.clone()));
    web.ready(&aws);
    web.apply(shifting("nginx:2", blue_green));
    for _ in 0..10 {
        web.pass(&aws, false).expect("AWS answers");
        aws.advance(std::time::Duration::from_secs(30));
    }
    let outcome = web.pass(&aws, false).expect("AWS answers");
    let why = object::why(&outcome).expect("it is under way");
    assert_eq!(why.message, "4 of 2 tasks run; the BLUE_GREEN deployment is at BAKE_TIME");
    let deployment = web.report.service_deployment.clone().expect("it is told");
    assert_eq!(deployment.lifecycle_stage.as_deref(), Some("BAKE_TIME"));
    aws.ecs("StopServiceDeployment", json!({"serviceDeploymentArn": deployment.arn}));
    assert_rolled_back(&web.carry(&aws), "after StopServiceDeployment");
    assert_eq!(image_that_runs(&aws), "nginx:1");
}

#[test]
fn what_somebody_changed_is_put_back_where_nothing_was_rolled_back() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(breaking("nginx:1"));
    web.ready(&aws);
    let network = json!({"awsvpcConfiguration": {"subnets": ["subnet-9"]}});
    aws.ecs("UpdateService", json!({"cluster": "main", "service": "shop_web", "networkConfiguration": network}));
    aws.take_calls();
    web.ready(&aws);
    assert_eq!(aws.take_writes(), ["UpdateService"], "drift is no rollback");
}

/// Failure 6, where nobody looks while ECS rolls back: the operator dies at any of its steps, and stays away for hours.
#[test]
fn failure_06_what_ecs_rolled_back_while_the_operator_was_away_is_not_deployed_again() {
    let mut died = 0;
    for phase in Phase::ALL {
        for nth in 1..=6 {
            let aws = Aws::with_cluster();
            let mut web = Object::<EcsService>::new(breaking("nginx:1"));
            web.ready(&aws);
            web.apply(breaking("nginx:crash"));
            aws.crash_at(Crash { step: aws.steps().len() + nth, phase });
            for _ in 0..20 {
                // An error is the death, or what comes of it.
                let _ = web.pass(&aws, false);
                if aws.restart() {
                    died += 1;
                    aws.advance(Duration::from_hours(2));
                    break;
                }
                aws.advance(Duration::from_secs(5));
            }
            let when = format!("dead at step {nth}, {phase:?}");
            assert_rolled_back(&web.carry(&aws), &when);
            let listed = aws.ecs("ListServiceDeployments", json!({"cluster": "main", "service": "shop_web"}));
            let deployments = listed["serviceDeployments"].as_array().map(Vec::len);
            assert_eq!(deployments, Some(2), "{when}: the first, and the one that was rolled back");
        }
    }
    assert!(died > 12, "only {died} crashes happened");
}

/// What was asked for and never given to AWS is no rollback's, whatever ECS rolled back before.
#[test]
fn an_older_rollback_does_not_freeze_what_comes_next() {
    let aws = Aws::with_cluster();
    let mut web = rolled_back(&aws);
    web.memo["rolledBack"] = json!(null);
    web.apply(breaking("nginx:2"));
    aws.crash_at(Crash { step: aws.steps().len() + 3, phase: Phase::Before });
    web.ready(&aws);
    assert_eq!(image_that_runs(&aws), "nginx:2");
}
