//! What the defects of `engine::bite` would break, a test each. `make bite` switches each defect on and wants its test to fail.

use std::time::Duration;

use aws_sim::Config;
use ecs_bridge::{
    engine::{Answer, Asked, Kind},
    kinds::ecs_service::{EcsService, Facts, Query},
};
use serde_json::{Value, json};

use super::{
    Aws, Crash, Object, Phase,
    dump::assert_same,
    object,
    service::{on_fargate, with},
};

fn inputs(aws: &Aws, operation: &str) -> Vec<Value> {
    let calls = aws.take_calls().into_iter();
    calls.filter(|made| made.operation == operation).map(|made| made.input).collect()
}

#[test]
fn a_change_of_strategy_forces_a_deployment() {
    let aws = Aws::with_cluster();
    let on = |provider: &str| {
        let strategy = json!([{"capacityProvider": provider, "weight": 1}]);
        with(on_fargate("nginx"), &json!({"launchType": null, "capacityProviderStrategy": strategy}))
    };
    let mut web = Object::<EcsService>::new(on("FARGATE"));
    web.ready(&aws);
    aws.take_calls();
    web.apply(on("FARGATE_SPOT"));
    web.ready(&aws);
    let forced: Vec<Value> =
        inputs(&aws, "UpdateService").iter().map(|input| input["forceNewDeployment"].clone()).collect();
    assert_eq!(forced, [json!(true)], "AWS wants it with a strategy");
}

#[test]
fn a_retry_keeps_its_token() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(on_fargate("nginx"));
    aws.throttle("CreateService");
    for _ in 0..3 {
        assert!(web.pass(&aws, false).is_err(), "AWS throttles it");
        aws.advance(Duration::from_secs(30));
    }
    aws.end_throttling();
    web.ready(&aws);
    let tokens: Vec<Value> = inputs(&aws, "CreateService").iter().map(|input| input["clientToken"].clone()).collect();
    assert!(
        tokens.len() == 4 && tokens.iter().all(|token| *token == tokens[0]),
        "four attempts at one thing: {tokens:?}"
    );
}

#[test]
fn an_attempt_is_no_incarnation() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(on_fargate("nginx"));
    aws.throttle("CreateService");
    for _ in 0..3 {
        assert!(web.pass(&aws, false).is_err(), "AWS throttles it");
        aws.advance(Duration::from_mins(6));
    }
    aws.end_throttling();
    web.ready(&aws);
    assert_eq!(web.memo["creation"]["count"], 1, "nothing that existed was made again");
}

#[test]
fn what_is_missing_for_a_moment_is_not_made_again() {
    let missing_after_create = Duration::from_mins(1);
    let aws = Aws::new(Config { missing_after_create, ..Config::default() });
    aws.ecs("CreateCluster", json!({"clusterName": "main", "capacityProviders": ["FARGATE"]}));
    aws.advance(Duration::from_mins(1));
    let mut web = Object::<EcsService>::new(on_fargate("nginx"));
    web.ready(&aws);
    assert_eq!(inputs(&aws, "CreateService").len(), 1, "it was there all the while");
}

#[test]
fn what_is_missing_for_a_moment_is_not_left_behind() {
    let missing_after_create = Duration::from_mins(1);
    let aws = Aws::new(Config { missing_after_create, ..Config::default() });
    aws.ecs("CreateCluster", json!({"clusterName": "main", "capacityProviders": ["FARGATE"]}));
    aws.advance(Duration::from_mins(1));
    let before = aws.state();
    let mut web = Object::<EcsService>::new(on_fargate("nginx"));
    web.pass(&aws, false).expect("a pass");
    assert_eq!(inputs(&aws, "CreateService").len(), 1, "it is made");
    assert_eq!(object::reason(&web.delete(&aws)), "Gone");
    aws.advance(Duration::from_mins(2));
    assert_same(&aws.state(), &before, "the object was deleted before AWS described its service");
}

#[test]
fn in_sync_is_what_was_read_in_this_pass() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(on_fargate("nginx"));
    web.ready(&aws);
    aws.ecs("UpdateService", json!({"cluster": "main", "service": "shop_web", "desiredCount": 3}));
    aws.take_calls();
    web.ready(&aws);
    assert_eq!(aws.take_writes(), ["UpdateService"], "somebody has changed it");
}

#[test]
fn what_is_missing_is_absent() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(on_fargate("nginx"));
    web.ready(&aws);
    assert_eq!(inputs(&aws, "CreateService").len(), 1, "AWS says so under failures, with HTTP 200");
}

#[test]
fn a_rollback_is_found_behind_the_first_page() {
    let mut facts = Facts::default();
    let mut page = |next_token: Option<&str>, output: Value| {
        let query = Query::Deployments {
            cluster: "main".to_owned(),
            service: "web".to_owned(),
            next_token: next_token.map(str::to_owned),
        };
        EcsService::absorb(&mut facts, Answer { to: Asked::Query(&query), result: Ok(output) }).expect("a page");
        facts.clone()
    };
    let brief = |at: u32, status: &str| json!({"createdAt": at, "status": status});
    let first = page(None, json!({"serviceDeployments": [brief(1, "SUCCESSFUL")], "nextToken": "2"}));
    assert_eq!(first.more_deployments.as_deref(), Some("2"), "there is another page");
    let both = page(Some("2"), json!({"serviceDeployments": [brief(2, "ROLLBACK_SUCCESSFUL")]}));
    assert_eq!(both.more_deployments, None, "that was the last");
    let status = both.deployment.known().and_then(|newest| newest.status.clone()).map(|status| status.0);
    assert_eq!(status.as_deref(), Some("ROLLBACK_SUCCESSFUL"), "AWS documents no order");
}

/// Failure 1 of aws-semantics.md.
#[test]
fn failure_01_a_crash_between_create_and_status_makes_one() {
    for phase in Phase::ALL {
        for step in 1..8 {
            let aws = Aws::with_cluster();
            let mut web = Object::<EcsService>::new(on_fargate("nginx"));
            aws.crash_at(Crash { step, phase });
            web.ready(&aws);
            let services = aws.ecs("ListServices", json!({"cluster": "main"}));
            let count = services["serviceArns"].as_array().map_or(0, Vec::len);
            assert_eq!(count, 1, "a crash at step {step}, {phase:?}");
            let revisions = aws.ecs("ListTaskDefinitions", json!({}));
            let count = revisions["taskDefinitionArns"].as_array().map_or(0, Vec::len);
            assert_eq!(count, 1, "revisions, a crash at step {step}, {phase:?}");
        }
    }
}
