//! What the plan of a service that is there does, scene by scene.

use ecs_bridge::kinds::ecs_service::EcsService;
use serde_json::{Value, json};

use super::{
    Aws, Object, object,
    script::{
        NOW,
        Says::{No, Yes},
        hold, owned_by,
    },
    service::{on_fargate, with},
    table_service::{S, and, has, known, made, none, referring, service, spec, theirs},
};

#[test]
fn each_change_goes_by_the_call_that_carries_it() {
    let updates = |name: &'static str, spec_more: Value, described: Value, memo: Value| {
        S::new(name, spec(spec_more), has(described)).memo(known(memo))
    };
    let strategy = |provider: &str| json!([{"capacityProvider": provider, "weight": 1, "base": 0}]);
    let on = |provider: &str| json!({"launchType": null, "capacityProviderStrategy": strategy(provider)});
    let connect = json!({"enabled": true, "namespace": "internal"});
    let deployment =
        |more: Value| json!([with(json!({"id": "1", "status": "PRIMARY", "rolloutState": "COMPLETED"}), &more)]);
    let controller = |kind: &str| json!({"deploymentController": {"type": kind}});
    let scenes = vec![
        updates("in sync", json!({}), json!({}), json!({})),
        updates("a count", json!({"desiredCount": 3}), json!({}), json!({})),
        updates("an external count", json!({"desiredCountPolicy": "External"}), json!({"desiredCount": 3, "runningCount": 3}), json!({})),
        updates("launch type to strategy", on("FARGATE_SPOT"), json!({}), json!({"setMembers": ["launchType"]})),
        updates("another strategy", on("FARGATE_SPOT"), on("FARGATE"), json!({"setMembers": ["capacityProviderStrategy"]})),
        updates("strategy to its launch type", json!({}), on("FARGATE_SPOT"), json!({"setMembers": ["capacityProviderStrategy"]})),
        updates("strategy to another launch type", json!({"launchType": "EC2"}), on("FARGATE"), json!({"setMembers": ["capacityProviderStrategy"]})),
        updates("another launch type", json!({"launchType": "EC2"}), json!({}), json!({"setMembers": ["launchType"]})),
        updates("a launch type no more", json!({"launchType": null}), json!({}), json!({"setMembers": ["launchType"]})),
        updates("a strategy no more", json!({"launchType": null}), on("FARGATE"), json!({"setMembers": ["capacityProviderStrategy"]})),
        updates("neither, as AWS chose", json!({"launchType": null}), on("FARGATE"), json!({"fixed": {"capacityProviderStrategy": strategy("FARGATE")}})),
        updates("neither, and somebody changed what AWS chose", json!({"launchType": null}), on("FARGATE_SPOT"),
            json!({"fixed": {"capacityProviderStrategy": strategy("FARGATE")}})),
        updates("neither, and the memo was lost", json!({"launchType": null}), on("FARGATE"), json!({})),
        updates("rebalancing no more", json!({}), json!({"availabilityZoneRebalancing": "DISABLED"}), json!({"setMembers": ["availabilityZoneRebalancing"]})),
        updates("Service Connect off", json!({}), json!({"deployments": deployment(json!({"serviceConnectConfiguration": connect}))}), json!({})),
        updates("Service Connect off, by the spec", json!({"serviceConnectConfiguration": {"enabled": false}}), json!({}), json!({})),
        updates("Service Connect on", json!({"serviceConnectConfiguration": connect}), json!({}), json!({})),
        updates("deploymentConfiguration no more", json!({}), json!({"deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50,
            "deploymentCircuitBreaker": {"enable": true, "rollback": true}}}), json!({})),
        updates("blue/green no more", json!({}), json!({"deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "BLUE_GREEN",
            "bakeTimeInMinutes": 5, "lifecycleHooks": [{"hookTargetArn": "arn:hook", "roleArn": "arn:role", "lifecycleStages": ["POST_SCALE_UP"]}]}}), json!({})),
        updates("a part of deploymentConfiguration", json!({"deploymentConfiguration": {"maximumPercent": 150}}),
            json!({"deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 50, "alarms": {"alarmNames": ["a"], "enable": true, "rollback": false}}}), json!({})),
        updates("lists and flags no more", json!({}), json!({"enableExecuteCommand": true, "enableECSManagedTags": true, "propagateTags": "SERVICE", "platformVersion": "1.4.0",
            "serviceRegistries": [{"registryArn": "arn:r"}], "healthCheckGracePeriodSeconds": 30}), json!({})),
        updates("subnets in another order, defaults filled in", json!({}), json!({"networkConfiguration": {"awsvpcConfiguration":
            {"subnets": ["subnet-1", "subnet-2"], "securityGroups": [], "assignPublicIp": "DISABLED"}}}), json!({})),
        updates("a network no more", json!({"networkConfiguration": null}), json!({}), json!({})),
        updates("another scheduling strategy", json!({"schedulingStrategy": "DAEMON"}), json!({}), json!({})),
        updates("CodeDeploy's count", with(controller("CODE_DEPLOY"), &json!({"desiredCount": 2})), controller("CODE_DEPLOY"), json!({})),
        updates("CodeDeploy's network", with(controller("CODE_DEPLOY"), &json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-3"]}}})),
            controller("CODE_DEPLOY"), json!({})),
        updates("tags", json!({"tags": [{"key": "team", "value": "shop"}]}), json!({}), json!({})),
        updates("a count and tags", json!({"desiredCount": 3, "tags": [{"key": "team", "value": "shop"}]}), json!({}), json!({})),
        S::new("monitoring no more: read where it is described", spec(json!({})), and(has(json!({"currentServiceRevisions": [{"arn": "arn:revision"}]})), vec![
            ("DescribeServiceRevisions", Yes(json!({"serviceRevisions": [{"monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}}]})))]))
            .memo(known(json!({"setMembers": ["monitoring"]}))),
        S::new("it went while it was changed", spec(json!({"desiredCount": 3})), vec![
            ("DescribeServices", Yes(json!({"services": [service(json!({}))]}))),
            ("DescribeServices", Yes(json!({}))),
            theirs(),
            ("UpdateService", No("ServiceNotFoundException", "Service not found.")),
        ]).memo(known(json!({}))),
        updates("linear no more", json!({}), json!({"deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING",
            "linearConfiguration": {"stepPercent": 10}, "bakeTimeInMinutes": 0, "lifecycleHooks": []}}), json!({})),
        S::new("rolling again, while a blue/green deployment bakes", spec(json!({})), and(has(under("BLUE_GREEN")), vec![current(
            json!({"status": "IN_PROGRESS", "lifecycleStage": "BAKE_TIME"}))])).memo(known(json!({}))),
        S::new("rolling again, while blue runs and AWS does not know the deployment", spec(json!({})),
            and(has(under("BLUE_GREEN")), vec![("DescribeServiceDeployments", Yes(json!({"failures": [{"reason": "MISSING"}]})))])).memo(known(json!({}))),
        S::new("rolling again, after it", spec(json!({})), and(has(under("BLUE_GREEN")), vec![current(json!({"status": "SUCCESSFUL"}))]))
            .memo(known(json!({}))),
        updates("from CodeDeploy to ECS, with what rolls", json!({"platformVersion": "1.4.0"}), controller("CODE_DEPLOY"), json!({})),
        updates("linear, with AWS's own steps", json!({"deploymentConfiguration": {"strategy": "LINEAR", "bakeTimeInMinutes": 5}}), json!({}), json!({})),
        S::new("it began to drain while it was changed", spec(json!({"desiredCount": 3})), and(has(json!({})), vec![("UpdateService", No("ServiceNotActiveException", "Service was not ACTIVE."))]))
            .memo(known(json!({}))),
        S::new("nobody's", spec(json!({})), has(json!({"tags": []}))),
        S::new("nobody's, with leave to adopt", spec(json!({"management": {"adoption": "Adopt"}})), and(has(json!({"tags": []})), vec![("TagResource", Yes(json!({})))])),
        S::new("another object's, with leave to adopt", spec(json!({"management": {"adoption": "Adopt"}})),
            has(json!({"tags": owned_by("owner-1", "EcsService", "other", "web", "key", "value")}))),
    ];
    hold(scenes, include_str!("golden/service_update.txt"), "service_update.txt");
}

/// A service that is deployed by this strategy.
fn under(strategy: &str) -> Value {
    json!({"runningCount": 2, "currentServiceDeployment": "arn:deployment",
        "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": strategy, "bakeTimeInMinutes": 0},
        "deployments": [{"id": "2", "status": "PRIMARY"}, {"id": "1", "status": "ACTIVE"}]})
}

fn current(deployment: Value) -> (&'static str, super::script::Says) {
    ("DescribeServiceDeployments", Yes(json!({"serviceDeployments": [deployment]})))
}

#[test]
fn a_deployment_in_stages_says_where_it_is() {
    let deployment = |name: &'static str, strategy: &str, deployment: Value| {
        let spec = spec(json!({"deploymentConfiguration": {"strategy": strategy, "bakeTimeInMinutes": 0}}));
        S::new(name, spec, and(has(under(strategy)), vec![current(deployment)])).memo(known(json!({})))
    };
    let at = |stage: &str| json!({"status": "IN_PROGRESS", "lifecycleStage": stage});
    let hook = |status: &str| json!([{"hookId": "ecs-pause-1", "targetType": "PAUSE", "status": status, "expiresAt": super::script::NOW + 3600, "timeoutAction": "ROLLBACK"}]);
    let paused = |status: &str| with(at("POST_TEST_TRAFFIC_SHIFT"), &json!({"lifecycleHookDetails": hook(status)}));
    let ended = |status: &str| json!({"status": status, "statusReason": "Lifecycle hook ecs-lambda-1 failed."});
    let missing = || ("DescribeServiceDeployments", Yes(json!({"failures": [{"reason": "MISSING"}]})));
    let undescribed = |name: &'static str, service: Value, says: Option<(&'static str, super::script::Says)>| {
        let spec = spec(json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0}}));
        let described = has(with(under("BLUE_GREEN"), &service));
        S::new(name, spec, and(described, says.into_iter().collect())).memo(known(json!({})))
    };
    let scenes = vec![
        deployment("green scales up", "BLUE_GREEN", at("SCALE_UP")),
        deployment("traffic shifts", "LINEAR", at("PRODUCTION_TRAFFIC_SHIFT")),
        deployment("it bakes", "CANARY", at("BAKE_TIME")),
        deployment("it is paused", "BLUE_GREEN", paused("AWAITING_ACTION")),
        deployment("it was paused", "BLUE_GREEN", paused("SUCCEEDED")),
        deployment("it rolls back", "BLUE_GREEN", ended("ROLLBACK_IN_PROGRESS")),
        deployment("it is over", "BLUE_GREEN", json!({"status": "SUCCESSFUL"})),
        deployment("it failed, with nothing to go back to", "BLUE_GREEN", ended("STOPPED")),
        deployment("the way back failed", "BLUE_GREEN", ended("ROLLBACK_FAILED")),
        undescribed("AWS does not know it, and blue runs", json!({}), Some(missing())),
        undescribed(
            "AWS does not know it, and blue is gone",
            json!({"deployments": [{"id": "2", "status": "PRIMARY"}]}),
            Some(missing()),
        ),
        undescribed("AWS names none, and blue runs", json!({"currentServiceDeployment": null}), None),
    ];
    hold(scenes, include_str!("golden/service_stages.txt"), "service_stages.txt");
}

#[test]
fn a_service_that_rests_says_how_it_is_and_one_that_goes_is_ours() {
    let rollout = |state: &str, running: i32, failed: i32| {
        json!({"desiredCount": 2, "runningCount": running, "deployments":
        [{"id": "1", "status": "PRIMARY", "rolloutState": state, "rolloutStateReason": "AWS's reason.", "failedTasks": failed}]})
    };
    let two = || spec(json!({"desiredCount": 2}));
    let stopped = || {
        vec![
            ("ListTasks", Yes(json!({"taskArns": ["arn:task"]}))),
            (
                "DescribeTasks",
                Yes(json!({"tasks": [
        {"taskArn": "arn:task", "stoppedReason": "Essential container in task exited", "containers": [{"name": "web", "exitCode": 1}]}]})),
            ),
        ]
    };
    let draining = || service(json!({"status": "DRAINING", "runningCount": 1, "tags": null}));
    let scenes = vec![
        S::new("all run", two(), has(rollout("COMPLETED", 2, 0))).memo(known(json!({}))),
        S::new("half run", two(), has(rollout("COMPLETED", 1, 0))).memo(known(json!({}))),
        S::new(
            "half is enough",
            with(two(), &json!({"deploymentConfiguration": {"minimumHealthyPercent": 50}})),
            has(with(
                rollout("COMPLETED", 1, 0),
                &json!({"deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 50}}),
            )),
        )
        .memo(known(json!({}))),
        S::new(
            "none is not enough, whatever the percentage",
            with(two(), &json!({"deploymentConfiguration": {"minimumHealthyPercent": 0}})),
            has(with(
                rollout("COMPLETED", 0, 0),
                &json!({"deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 0}}),
            )),
        )
        .memo(known(json!({}))),
        S::new("rolling", two(), has(rollout("IN_PROGRESS", 2, 0))).memo(known(json!({}))),
        S::new("rolling, and tasks fail", two(), and(has(rollout("IN_PROGRESS", 0, 3)), stopped()))
            .memo(known(json!({}))),
        S::new("failed", two(), and(has(rollout("FAILED", 0, 3)), stopped())).memo(known(json!({}))),
        S::new("deleted", two(), and(has(json!({})), vec![("DeleteService", Yes(json!({"service": draining()})))]))
            .memo(known(json!({})))
            .deleted(),
        S::new("deleted, and draining", two(), has(json!({"status": "DRAINING"}))).memo(known(json!({}))).deleted(),
        S::new("deleted, and INACTIVE", two(), has(json!({"status": "INACTIVE"}))).memo(known(json!({}))).deleted(),
        S::new("deleted, and gone", two(), none()).memo(known(json!({}))).deleted(),
        S::new("deleted, made a moment ago, and MISSING", two(), none()).memo(made(299, true)).deleted(),
        S::new("deleted, attempted, and MISSING", two(), none()).memo(made(299, false)).deleted(),
        S::new("deleted, attempted, and MISSING for five minutes", two(), none()).memo(made(300, false)).deleted(),
        S::new("deleted, attempted, and refused", two(), none())
            .memo(with(made(10, false), &json!({"creation": {"count": 1, "at": NOW - 10, "declined": true}})))
            .deleted(),
        S::new(
            "deleted, and its cluster too",
            two(),
            vec![("DescribeServices", No("ClusterNotFoundException", "Cluster not found."))],
        )
        .memo(known(json!({})))
        .deleted(),
        S::new(
            "deleted and retained",
            spec(json!({"management": {"deletion": "Retain"}})),
            and(has(json!({})), vec![("UntagResource", Yes(json!({})))]),
        )
        .memo(known(json!({})))
        .deleted(),
        S::new("deleted, and nobody's", two(), has(json!({"tags": []}))).memo(known(json!({}))).deleted(),
        S::new(
            "deleted, and another's",
            two(),
            has(json!({"tags": owned_by("owner-2", "EcsService", "shop", "web", "key", "value")})),
        )
        .memo(known(json!({})))
        .deleted(),
        referring(
            S::new(
                "deleted before there was a cluster",
                spec(json!({"cluster": null, "clusterRef": {"name": "main"}})),
                vec![],
            ),
            None,
        )
        .deleted(),
    ];
    hold(scenes, include_str!("golden/service_rest.txt"), "service_rest.txt");
}

/// The five minutes are for what may have been made: what AWS refused goes at once.
#[test]
fn what_aws_refused_to_make_is_not_waited_for() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(with(on_fargate("nginx"), &json!({"networkConfiguration": null})));
    let stalled = web.pass(&aws, false).expect("a pass");
    assert_eq!(object::reason(&stalled), "RefusedByAWS", "a service under awsvpc wants a network");
    let gone = web.pass(&aws, true).expect("a pass");
    assert_eq!(object::reason(&gone), "Gone", "AWS has refused to make it");
}
