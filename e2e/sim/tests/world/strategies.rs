//! Green beside blue: the deployment strategies BLUE_GREEN, LINEAR and CANARY, lifecycle hooks, and rolling deployments that end early.

use aws_sim::Config;
use serde_json::{Value, json};

use crate::lab::{Lab, service_request};

const LAMBDA: &str = "arn:aws:lambda:us-east-1:123456789012:function:check";

fn balanced() -> Value {
    let group =
        |name: &str| format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/{name}/0123456789abcdef");
    let rule = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/1/2/3";
    json!([{"targetGroupArn": group("blue"), "containerName": "web", "containerPort": 80, "advancedConfiguration": {
        "alternateTargetGroupArn": group("green"), "productionListenerRule": rule, "roleArn": "arn:aws:iam::123456789012:role/ecs"}}])
}

/// A service of two tasks, complete, under this deployment configuration.
fn lab(config: Config, configuration: &Value) -> (Lab, String) {
    let mut lab = Lab::with(config);
    let definition = lab.define("nginx:1");
    lab.create(&definition, json!({"loadBalancers": balanced(), "deploymentConfiguration": configuration}));
    lab.pass(600);
    let listed = lab.ok("ListServiceDeployments", json!({"cluster": "main", "service": "web"}));
    assert_eq!(listed["serviceDeployments"][0]["status"], "SUCCESSFUL", "{configuration}: the first deployment");
    (lab, definition)
}

fn deployment(lab: &mut Lab) -> Value {
    let arn = lab.service()["currentServiceDeployment"].clone();
    lab.ok("DescribeServiceDeployments", json!({"serviceDeploymentArns": [arn]}))["serviceDeployments"][0].clone()
}

/// Status, stage and the percentage of traffic of the new revision, as they follow each other.
fn follow(lab: &mut Lab, minutes: u64) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..minutes * 12 {
        let now = deployment(lab);
        let weight = &now["targetServiceRevision"]["requestedProductionTrafficWeight"];
        let line = format!("{} {} {weight}", text(&now["status"]), text(&now["lifecycleStage"]));
        if seen.last() != Some(&line) {
            seen.push(line);
        }
        lab.pass(5);
    }
    seen
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

#[test]
fn traffic_shifts_as_the_strategy_says() {
    let cases = [
        (
            json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10}),
            vec!["SCALE_UP 0.0", "BAKE_TIME 100.0", "CLEAN_UP 100.0"],
        ),
        (
            json!({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 40.0, "stepBakeTimeInMinutes": 3}}),
            vec!["SCALE_UP 0.0", "PRODUCTION_TRAFFIC_SHIFT 40.0", "PRODUCTION_TRAFFIC_SHIFT 80.0", "CLEAN_UP 100.0"],
        ),
        (
            json!({"strategy": "CANARY", "bakeTimeInMinutes": 1}),
            vec!["SCALE_UP 0.0", "PRODUCTION_TRAFFIC_SHIFT 5.0", "BAKE_TIME 100.0", "CLEAN_UP 100.0"],
        ),
    ];
    for (configuration, stages) in cases {
        let (mut lab, _) = lab(Config::default(), &configuration);
        let new = lab.define("nginx:2");
        lab.update(json!({"taskDefinition": new}));
        lab.pass(1);
        let mut expected: Vec<String> = stages.iter().map(|stage| format!("IN_PROGRESS {stage}")).collect();
        expected.push("SUCCESSFUL - 100.0".to_owned());
        assert_eq!(follow(&mut lab, 30), expected, "{configuration}");
        assert_eq!(lab.deployments(), ["PRIMARY - 2/2"], "{configuration}: blue is gone, and nothing rolls");
        assert_eq!(lab.service()["taskDefinition"], json!(new), "{configuration}");
    }
}

#[test]
fn blue_runs_in_full_until_the_bake_time_is_over() {
    let (mut lab, _) = lab(Config::default(), &json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10}));
    let new = lab.define("nginx:2");
    lab.update(json!({"taskDefinition": new}));
    lab.pass(300);
    assert_eq!(lab.deployments(), ["PRIMARY - 2/2", "ACTIVE - 2/2"]);
    assert_eq!(lab.service()["runningCount"], 4);
    // Both follow the count.
    lab.update(json!({"desiredCount": 3}));
    lab.pass(100);
    assert_eq!(lab.deployments(), ["PRIMARY - 3/3", "ACTIVE - 3/3"], "scaled out");
    lab.update(json!({"desiredCount": 1}));
    lab.pass(60);
    assert_eq!(lab.deployments(), ["PRIMARY - 1/1", "ACTIVE - 1/1"], "scaled in");
    lab.pass(600);
    assert_eq!(lab.deployments(), ["PRIMARY - 1/1"]);
}

/// What ends a deployment that shifts traffic, and AWS's words for why.
#[test]
fn what_fails_gives_the_traffic_back_to_blue() {
    let blue_green = |more: Value| {
        let mut configuration = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10});
        configuration.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        configuration
    };
    let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
    let hook =
        json!({"lifecycleHooks": [{"hookTargetArn": LAMBDA, "lifecycleStages": ["POST_PRODUCTION_TRAFFIC_SHIFT"]}]});
    let pause =
        json!({"lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": ["PRE_PRODUCTION_TRAFFIC_SHIFT"]}]});
    let (minutes, day) = (10, 24 * 60 + 20);
    let cases = [
        ("the circuit breaker", breaker, "nginx:crash", minutes, "Circuit breaker threshold exceeded."),
        ("a stage of 24 hours", json!({}), "nginx:missing", day, "The stage SCALE_UP took longer than 24 hours."),
        ("a hook that fails", hook, "nginx:2", minutes, " failed."),
        ("a pause that nobody ends", pause, "nginx:2", day, " timed out."),
    ];
    for (case, more, image, minutes, why) in cases {
        let config = Config { failing_hooks: vec![LAMBDA.to_owned()], ..Config::default() };
        let (mut lab, old) = lab(config, &blue_green(json!({})));
        let blue: Vec<Value> = lab.tasks("RUNNING").iter().map(|task| task["taskArn"].clone()).collect();
        let new = lab.define(image);
        lab.update(json!({"taskDefinition": new, "deploymentConfiguration": more}));
        lab.pass(minutes * 60);
        let ended = deployment(&mut lab);
        assert_eq!(ended["status"], "ROLLBACK_SUCCESSFUL", "{case}: {ended}");
        assert!(text(&ended["statusReason"]).ends_with(why), "{case}: {ended}");
        assert_eq!(ended["targetServiceRevision"]["requestedProductionTrafficWeight"], 0.0, "{case}: {ended}");
        assert_eq!(lab.service()["taskDefinition"], json!(old), "{case}");
        let left: Vec<Value> = lab.tasks("RUNNING").iter().map(|task| task["taskArn"].clone()).collect();
        assert_eq!(left, blue, "{case}: blue's tasks were never stopped");
    }
}

#[test]
fn a_person_stops_it_while_it_bakes() {
    let (mut lab, old) = lab(Config::default(), &json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 600}));
    let new = lab.define("nginx:2");
    lab.update(json!({"taskDefinition": new}));
    lab.pass(300);
    let under_way = deployment(&mut lab);
    assert_eq!(under_way["lifecycleStage"], "BAKE_TIME");
    lab.ok("StopServiceDeployment", json!({"serviceDeploymentArn": under_way["serviceDeploymentArn"]}));
    assert_eq!(lab.service()["taskDefinition"], json!(old), "at once");
    lab.pass(120);
    assert_eq!(deployment(&mut lab)["status"], "ROLLBACK_SUCCESSFUL");
    assert_eq!(lab.service()["runningCount"], 2);
}

#[test]
fn a_first_deployment_has_nothing_to_go_back_to() {
    let mut lab = Lab::with(Config { failing_hooks: vec![LAMBDA.to_owned()], ..Config::default() });
    let definition = lab.define("nginx");
    let hook = json!({"hookTargetArn": LAMBDA, "lifecycleStages": ["POST_SCALE_UP"]});
    let configuration = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10, "lifecycleHooks": [hook]});
    lab.create(&definition, json!({"deploymentConfiguration": configuration}));
    lab.pass(600);
    let ended = deployment(&mut lab);
    assert_eq!(ended["status"], "STOPPED", "{ended}");
    assert_eq!(ended["lifecycleHookDetails"][0]["status"], "FAILED", "{ended}");
    assert_eq!(ended["lifecycleHookDetails"][0]["targetArn"], LAMBDA, "{ended}");
}

/// A pause waits at each step of the traffic, with another ID each time.
#[test]
fn a_pause_waits_for_a_person() {
    let pause = json!({"targetType": "PAUSE", "lifecycleStages": ["PRE_PRODUCTION_TRAFFIC_SHIFT"],
        "timeoutConfiguration": {"timeoutInMinutes": 60, "action": "CONTINUE"}});
    let configuration = json!({"strategy": "CANARY", "bakeTimeInMinutes": 0, "lifecycleHooks": [pause],
        "canaryConfiguration": {"canaryPercent": 20.0, "canaryBakeTimeInMinutes": 2}});
    let mut lab = Lab::new();
    let definition = lab.define("nginx:1");
    lab.create(&definition, json!({"loadBalancers": balanced(), "deploymentConfiguration": configuration}));
    lab.pass(60 * 60 + 600);
    assert_eq!(deployment(&mut lab)["status"], "SUCCESSFUL", "the first deployment went on by its time-out");

    let new = lab.define("nginx:2");
    lab.update(json!({"taskDefinition": new}));
    let mut ids = Vec::new();
    for _ in 0..2 {
        lab.pass(300);
        let waiting = deployment(&mut lab);
        let hook = &waiting["lifecycleHookDetails"][0];
        assert_eq!(hook["status"], "AWAITING_ACTION", "{waiting}");
        assert_eq!(hook["targetType"], "PAUSE", "{waiting}");
        let (arn, id) = (waiting["serviceDeploymentArn"].clone(), hook["hookId"].clone());
        let other = lab.refused("ContinueServiceDeployment", json!({"serviceDeploymentArn": arn, "hookId": "other"}));
        assert!(other.contains("AWAITING_ACTION"), "{other}");
        lab.ok("ContinueServiceDeployment", json!({"serviceDeploymentArn": arn, "hookId": id}));
        let again = lab.call("ContinueServiceDeployment", json!({"serviceDeploymentArn": arn, "hookId": id}));
        assert!(again.is_err(), "an answer counts once");
        ids.push(id);
    }
    assert_ne!(ids[0], ids[1]);
    lab.pass(300);
    assert_eq!(deployment(&mut lab)["status"], "SUCCESSFUL");

    let third = lab.define("nginx:3");
    lab.update(json!({"taskDefinition": third}));
    lab.pass(300);
    let waiting = deployment(&mut lab);
    let (arn, id) = (&waiting["serviceDeploymentArn"], &waiting["lifecycleHookDetails"][0]["hookId"]);
    lab.ok("ContinueServiceDeployment", json!({"serviceDeploymentArn": arn, "hookId": id, "action": "ROLLBACK"}));
    lab.pass(120);
    assert_eq!(deployment(&mut lab)["status"], "ROLLBACK_SUCCESSFUL");
    assert_eq!(lab.service()["taskDefinition"], json!(new));
}

/// The stage, and how many tasks of the new and the old revision run while a rolling deployment waits at it.
#[test]
fn a_rolling_deployment_waits_at_its_stages_too() {
    for (stage, seen) in [("PRE_SCALE_UP", vec!["PRIMARY 0", "ACTIVE 2"]), ("POST_SCALE_UP", vec!["PRIMARY 2"])] {
        let mut lab = Lab::new();
        let definition = lab.define("nginx:1");
        lab.create(&definition, json!({}));
        lab.pass(300);
        let pause = json!({"targetType": "PAUSE", "lifecycleStages": [stage]});
        let new = lab.define("nginx:2");
        lab.update(json!({"taskDefinition": new, "deploymentConfiguration": {"lifecycleHooks": [pause]}}));
        lab.pass(600);
        let service = lab.service();
        let running = service["deployments"].as_array().unwrap().iter();
        let running: Vec<String> =
            running.map(|one| format!("{} {}", text(&one["status"]), one["runningCount"])).collect();
        assert_eq!(running, seen, "{stage}");
        assert_eq!(service["deployments"][0]["rolloutState"], "IN_PROGRESS", "{stage}");
        let waiting = deployment(&mut lab);
        let (arn, id) = (&waiting["serviceDeploymentArn"], &waiting["lifecycleHookDetails"][0]["hookId"]);
        lab.ok("ContinueServiceDeployment", json!({"serviceDeploymentArn": arn, "hookId": id}));
        lab.pass(600);
        assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 2/2"], "{stage}");
    }
}

#[test]
fn a_newer_deployment_takes_the_place_of_green() {
    let (mut lab, _) = lab(Config::default(), &json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 10}));
    let (second, third) = (lab.define("nginx:2"), lab.define("nginx:3"));
    lab.update(json!({"taskDefinition": second}));
    lab.pass(300);
    lab.update(json!({"taskDefinition": third}));
    lab.pass(1);
    assert_eq!(deployment(&mut lab)["lifecycleStage"], "RECONCILE_SERVICE");
    lab.pass(300);
    assert_eq!(lab.deployments(), ["PRIMARY - 2/2", "ACTIVE - 2/2"], "green of before is gone, blue is not");
    lab.pass(900);
    assert_eq!(lab.deployments(), ["PRIMARY - 2/2"]);
    assert_eq!(lab.service()["taskDefinition"], json!(third));
}

/// When the old tasks are removed, and what is left of them when the deployment is done.
#[test]
fn a_rolling_deployment_can_end_early() {
    for (cleanup, left) in [("DEFERRED", true), ("BLOCKING", false)] {
        let mut lab = Lab::new();
        let definition = lab.define("nginx:1");
        lab.create(&definition, json!({"desiredCount": 4}));
        lab.pass(300);
        let new = lab.define("nginx:2");
        let early = json!({"enable": true, "healthyPercent": 50, "sourceServiceRevisionCleanup": cleanup});
        let configuration = json!({"minimumHealthyPercent": 50, "maximumPercent": 150, "earlySuccessCriteria": early});
        lab.update(json!({"taskDefinition": new, "deploymentConfiguration": configuration}));
        let mut when_done = None;
        for _ in 0..600 {
            lab.pass(1);
            if when_done.is_none() && deployment(&mut lab)["status"] == "SUCCESSFUL" {
                when_done = Some(lab.service()["deployments"].as_array().unwrap().len() > 1);
            }
        }
        assert_eq!(when_done, Some(left), "{cleanup}: whether old tasks were left when it was done");
        assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 4/4"], "{cleanup}: it goes on to the full count");
    }
}

#[test]
fn what_is_refused() {
    let strategy = |name: &str, more: Value| {
        let mut configuration = json!({"strategy": name, "bakeTimeInMinutes": 5});
        configuration.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"deploymentConfiguration": configuration, "loadBalancers": balanced()})
    };
    let hook = |hook: Value| strategy("BLUE_GREEN", json!({"lifecycleHooks": [hook]}));
    let without = |more: Value| {
        let mut request = strategy("LINEAR", json!({}));
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    let mut partial = balanced();
    partial[0]["advancedConfiguration"].as_object_mut().unwrap().remove("productionListenerRule");
    let cases = [
        (strategy("BLUE_GREEN", json!({"bakeTimeInMinutes": 1441})), "bakeTimeInMinutes must be between"),
        (strategy("BLUE_GREEN", json!({"bakeTimeInMinutes": null})), "bakeTimeInMinutes must be provided"),
        (strategy("LINEAR", json!({"linearConfiguration": {"stepPercent": 2.9}})), "stepPercent must be a multiple"),
        (strategy("LINEAR", json!({"linearConfiguration": {"stepPercent": 10.05}})), "stepPercent must be a multiple"),
        (strategy("LINEAR", json!({"canaryConfiguration": {}})), "only valid with the deployment strategy CANARY"),
        (
            strategy("CANARY", json!({"canaryConfiguration": {"canaryBakeTimeInMinutes": -1}})),
            "canaryBakeTimeInMinutes",
        ),
        (without(json!({"loadBalancers": []})), "wants a load balancer or Service Connect"),
        (without(json!({"loadBalancers": partial})), "productionListenerRule of each load balancer is required"),
        (
            without(json!({"deploymentController": {"type": "CODE_DEPLOY"}})),
            "only valid with the deployment controller ECS",
        ),
        (hook(json!({"hookTargetArn": LAMBDA})), "lifecycleStages must be provided"),
        (hook(json!({"lifecycleStages": ["POST_SCALE_UP"]})), "hookTargetArn must be provided"),
        (
            hook(json!({"targetType": "PAUSE", "hookTargetArn": LAMBDA, "lifecycleStages": ["POST_SCALE_UP"]})),
            "not applicable",
        ),
        (hook(json!({"targetType": "PAUSE", "lifecycleStages": ["TEST_TRAFFIC_SHIFT"]})), "cannot be configured at"),
        (
            strategy(
                "BLUE_GREEN",
                json!({"earlySuccessCriteria": {"enable": true, "healthyPercent": 100,
                "sourceServiceRevisionCleanup": "BLOCKING"}}),
            ),
            "ROLLING only",
        ),
        (strategy("ROLLING", json!({"earlySuccessCriteria": {"enable": true}})), "must be specified"),
        (
            strategy(
                "ROLLING",
                json!({"earlySuccessCriteria": {"enable": true, "healthyPercent": 99,
                "sourceServiceRevisionCleanup": "BLOCKING"}}),
            ),
            "greater than or equal to minimumHealthyPercent",
        ),
    ];
    for (change, expected) in cases {
        let mut lab = Lab::new();
        let definition = lab.define("nginx");
        let refusal = lab.refused("CreateService", service_request(&definition, change.clone()));
        assert!(refusal.contains(expected), "{change}: {refusal}");
    }
}

#[test]
fn a_strategy_changes_between_deployments() {
    let (mut lab, _) = lab(Config::default(), &json!({"strategy": "LINEAR"}));
    let configuration = |lab: &mut Lab| lab.service()["deploymentConfiguration"].clone();
    let linear = configuration(&mut lab)["linearConfiguration"].clone();
    assert_eq!(linear, json!({"stepPercent": 10.0, "stepBakeTimeInMinutes": 6}), "AWS's defaults are filled in");
    let second = lab.define("nginx:2");
    lab.update(json!({"taskDefinition": second}));
    lab.pass(60);
    let rolling = json!({"deploymentConfiguration": {"strategy": "ROLLING"}});
    let mut request = json!({"cluster": "main", "service": "web"});
    request["deploymentConfiguration"] = rolling["deploymentConfiguration"].clone();
    let refusal = lab.refused("UpdateService", request);
    assert!(refusal.contains("while a deployment is in progress"), "{refusal}");
    lab.pass(2 * 3600);
    let before = lab.service()["currentServiceDeployment"].clone();
    lab.update(rolling);
    assert_eq!(lab.service()["currentServiceDeployment"], before, "a change of strategy starts no deployment");
    assert!(configuration(&mut lab)["linearConfiguration"].is_null(), "it goes with its strategy");
}

#[test]
fn a_controller_changes_to_ecs_only() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx:1");
    lab.create(&definition, json!({"loadBalancers": balanced(), "deploymentController": {"type": "CODE_DEPLOY"}}));
    lab.pass(300);
    let second = lab.define("nginx:2");
    lab.update(json!({"deploymentController": {"type": "ECS"}, "taskDefinition": second,
        "deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0}}));
    lab.pass(600);
    assert_eq!(lab.service()["deploymentController"]["type"], "ECS");
    assert_eq!(lab.service()["taskDefinition"], json!(second));
    let back = json!({"cluster": "main", "service": "web", "deploymentController": {"type": "CODE_DEPLOY"}});
    let refusal = lab.refused("UpdateService", back);
    assert!(refusal.contains("to ECS only"), "{refusal}");
}
