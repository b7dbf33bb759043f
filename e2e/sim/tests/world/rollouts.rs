//! Deployments: rolling, failing, rolled back.

use std::time::Duration;

use aws_sim::Config;
use serde_json::{Value, json};

use crate::lab::Lab;

const BREAKER: &str = "deploymentConfiguration";

fn breaker(rollback: bool, more: Value) -> Value {
    let mut breaker = json!({"enable": true, "rollback": rollback});
    for (name, value) in more.as_object().unwrap() {
        breaker[name] = value.clone();
    }
    json!({BREAKER: {"deploymentCircuitBreaker": breaker}})
}

#[test]
fn a_service_starts_and_becomes_steady() {
    let mut lab = Lab::new();
    let definition = lab.define("nginx");
    let made = lab.create(&definition, json!({}));
    assert_eq!(made["deployments"][0]["rolloutState"], "IN_PROGRESS", "right after creation");
    lab.pass(1);
    assert_eq!(lab.tasks("RUNNING")[0]["lastStatus"], "PROVISIONING", "a task with an interface is provisioned first");
    lab.pass(30);
    assert_eq!(lab.deployments(), ["PRIMARY IN_PROGRESS 2/2"], "running, but not for long enough to count");
    lab.pass(60);
    assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 2/2"]);
    let events = lab.events();
    assert_eq!(events[0], "(service web) has reached a steady state.");
    assert!(events[1].ends_with("deployment completed."), "{events:?}");
    assert!(events[2].starts_with("(service web) has started 2 tasks: (task "), "{events:?}");
    let task = &lab.tasks("RUNNING")[0];
    let address =
        task["attachments"][0]["details"].as_array().unwrap().iter().find(|item| item["name"] == "privateIPv4Address");
    assert!(address.is_some_and(|item| item["value"].as_str().unwrap().starts_with("10.")), "{task}");
    assert_eq!(task["containers"][0]["networkInterfaces"][0]["privateIpv4Address"], address.unwrap()["value"]);
}

#[test]
fn the_percentages_bound_a_rollout() {
    // Minimum and maximum percent, desired; the fewest running and the most live tasks that are ever seen.
    for (minimum, maximum, desired, fewest, most) in
        [(100, 200, 4, 4, 8), (50, 100, 4, 2, 4), (100, 150, 4, 4, 6), (0, 100, 2, 0, 2), (75, 125, 4, 3, 5)]
    {
        let mut lab = Lab::new();
        let case = format!("minimumHealthyPercent {minimum}, maximumPercent {maximum}");
        let percents = json!({"minimumHealthyPercent": minimum, "maximumPercent": maximum});
        let (old, new) = (lab.define("nginx:1"), lab.define("nginx:2"));
        lab.create(&old, json!({"desiredCount": desired, BREAKER: percents}));
        lab.pass(300);
        assert_eq!(lab.deployments(), [format!("PRIMARY COMPLETED {desired}/{desired}")], "{case}");
        lab.update(json!({"taskDefinition": new}));
        let (mut least_running, mut most_live) = (usize::MAX, 0);
        for _ in 0..900 {
            lab.pass(1);
            let live = lab.tasks("RUNNING");
            let running = live.iter().filter(|task| task["lastStatus"] == "RUNNING").count();
            least_running = least_running.min(running);
            most_live = most_live.max(live.len());
        }
        assert_eq!(lab.deployments(), [format!("PRIMARY COMPLETED {desired}/{desired}")], "{case}");
        assert_eq!(lab.service()["taskDefinition"], json!(new), "{case}");
        assert!(least_running >= fewest, "{case}: {least_running} tasks ran");
        assert!(most_live <= most, "{case}: {most_live} tasks were live");
    }
}

#[test]
fn the_breaker_trips_at_its_threshold() {
    // The threshold's configuration, the desired count, and the threshold that follows.
    let cases = [
        (json!({}), 2, 3),
        (json!({}), 20, 10),
        (json!({"thresholdConfiguration": {"type": "COUNT", "value": 5}}), 2, 5),
        (json!({"thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": 25}}), 20, 5),
        (json!({"thresholdConfiguration": {"type": "UNBOUNDED_PERCENT", "value": 50}}), 2, 1),
    ];
    for (more, desired, threshold) in cases {
        for image in ["nginx:crash", "nginx:missing"] {
            let mut lab = Lab::new();
            let definition = lab.define(image);
            let mut request = breaker(true, more.clone());
            request["desiredCount"] = json!(desired);
            lab.create(&definition, request);
            lab.pass(3600);
            let service = lab.service();
            let deployment = &service["deployments"][0];
            let case = format!("{image}, {desired} tasks, {more}");
            assert_eq!(deployment["rolloutState"], "FAILED", "{case}");
            assert_eq!(deployment["failedTasks"], threshold, "{case}");
            assert_eq!(service["deployments"].as_array().unwrap().len(), 1, "{case}: nothing to roll back to");
            assert_eq!(service["runningCount"], 0, "{case}: a failed deployment starts nothing more");
        }
    }
}

#[test]
fn a_rollback_restores_the_whole_revision() {
    let mut lab = Lab::new();
    let (good, bad) = (lab.define("nginx"), lab.define("nginx:crash"));
    lab.create(&good, breaker(true, json!({})));
    lab.pass(300);
    let before = lab.service();
    let moved = json!({"awsvpcConfiguration": {"subnets": ["subnet-2"], "assignPublicIp": "ENABLED"}});
    lab.update(json!({"taskDefinition": bad, "networkConfiguration": moved}));
    lab.pass(20);
    assert_eq!(lab.service()["taskDefinition"], json!(bad), "the new revision is deployed first");
    lab.pass(600);
    let after = lab.service();
    for member in ["taskDefinition", "networkConfiguration", "launchType"] {
        assert_eq!(after[member], before[member], "{member} was not restored");
    }
    assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 2/2"]);
    let events = lab.events().join("\n");
    assert!(events.contains("deployment failed: tasks failed to start."), "{events}");
    assert!(events.contains("rolling back to deployment ecs-svc/"), "{events}");

    let listed = lab.ok("ListServiceDeployments", json!({"cluster": "main", "service": "web"}));
    let statuses: Vec<&Value> =
        listed["serviceDeployments"].as_array().unwrap().iter().map(|item| &item["status"]).collect();
    assert_eq!(statuses, ["ROLLBACK_SUCCESSFUL", "SUCCESSFUL"]);
    let newest = &listed["serviceDeployments"][0]["serviceDeploymentArn"];
    let described = lab.ok("DescribeServiceDeployments", json!({"serviceDeploymentArns": [newest]}));
    let deployment = &described["serviceDeployments"][0];
    assert_eq!(deployment["deploymentCircuitBreaker"]["status"], "TRIGGERED", "{deployment}");
    let revision = &deployment["rollback"]["serviceRevisionArn"];
    let revisions = lab.ok("DescribeServiceRevisions", json!({"serviceRevisionArns": [revision]}));
    assert_eq!(
        revisions["serviceRevisions"][0]["taskDefinition"],
        json!(good),
        "the rollback names the revision it restores"
    );
}

#[test]
fn without_rollback_the_old_tasks_stay() {
    let mut lab = Lab::new();
    let (good, bad) = (lab.define("nginx"), lab.define("nginx:missing"));
    lab.create(&good, breaker(false, json!({})));
    lab.pass(300);
    lab.update(json!({"taskDefinition": bad}));
    lab.pass(600);
    assert_eq!(lab.deployments(), ["PRIMARY FAILED 0/2", "ACTIVE COMPLETED 2/2"]);
}

#[test]
fn a_stopped_deployment_rolls_back() {
    let mut lab = Lab::new();
    let (good, bad) = (lab.define("nginx"), lab.define("nginx:crash"));
    lab.create(&good, json!({}));
    let first = lab.service()["currentServiceDeployment"].clone();
    let refusal = lab.refused("StopServiceDeployment", json!({"serviceDeploymentArn": first}));
    assert!(refusal.starts_with("ConflictException"), "a first deployment has nothing to go back to: {refusal}");
    lab.pass(300);
    lab.update(json!({"taskDefinition": bad}));
    lab.pass(20);
    let deployment = lab.service()["currentServiceDeployment"].clone();
    lab.ok("StopServiceDeployment", json!({"serviceDeploymentArn": deployment, "stopType": "ROLLBACK"}));
    lab.pass(300);
    assert_eq!(lab.service()["taskDefinition"], json!(good));
    assert_eq!(lab.deployments(), ["PRIMARY COMPLETED 2/2"]);
}

#[test]
fn tasks_that_fail_to_start_are_started_ever_more_slowly() {
    // The image, and whether AWS slows down: it does not for tasks that ran.
    for (image, slows) in [("nginx:missing", true), ("nginx:crash", false)] {
        let mut lab = Lab::new();
        let definition = lab.define(image);
        lab.create(&definition, json!({"desiredCount": 1}));
        let failed = |lab: &mut Lab| lab.service()["deployments"][0]["failedTasks"].as_u64().unwrap();
        let mut by_half_hour = Vec::new();
        for _ in 0..6 {
            let before = failed(&mut lab);
            lab.pass(1800);
            by_half_hour.push(failed(&mut lab) - before);
        }
        let (first, last) = (by_half_hour[0], by_half_hour[5]);
        assert_eq!(first > 5 * last, slows, "{image}: failures in each half hour: {by_half_hour:?}");
        assert!(last >= 1, "{image}: the wait is at most 27 minutes: {by_half_hour:?}");
        let told =
            lab.events().iter().any(|message| message.contains("is unable to consistently start tasks successfully."));
        // Where it does not slow down, events of starts fill the hundred that are kept.
        assert_eq!(told, slows, "{image}: {:?}", lab.events());
        assert_eq!(
            lab.service()["deployments"][0]["rolloutState"],
            "IN_PROGRESS",
            "{image}: without the breaker it never ends"
        );
    }
}

#[test]
fn what_a_change_of_a_service_does() {
    let load_balancers = json!([{"targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/a/1", "containerName": "web", "containerPort": 80}]);
    let strategy = json!([{"capacityProvider": "FARGATE_SPOT", "weight": 1}]);
    let connect = json!({"enabled": true, "namespace": "internal", "services": [{"portName": "http"}]});
    // The change, and whether it starts a deployment.
    let cases = [
        (json!({"desiredCount": 3}), false),
        (json!({"deploymentConfiguration": {"maximumPercent": 150}}), false),
        (json!({"availabilityZoneRebalancing": "DISABLED"}), false),
        (json!({"propagateTags": "SERVICE"}), false),
        (json!({"enableECSManagedTags": true}), false),
        (json!({"platformVersion": "1.4.0"}), true),
        (json!({"loadBalancers": load_balancers}), true),
        (json!({"serviceConnectConfiguration": connect}), true),
        (json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-2"]}}}), true),
        (json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}}), false),
        (json!({"taskDefinition": "web:1"}), false),
        (json!({"taskDefinition": "web"}), true),
        (json!({"capacityProviderStrategy": strategy, "forceNewDeployment": true}), true),
        (json!({"forceNewDeployment": true}), true),
        (json!({}), false),
    ];
    for (change, deploys) in cases {
        let mut lab = Lab::new();
        let definition = lab.define("nginx:1");
        lab.define("nginx:2");
        lab.create(&definition, json!({}));
        lab.pass(300);
        let updated = lab.update(change.clone());
        let begun = updated["deployments"].as_array().unwrap().len() == 2;
        assert_eq!(begun, deploys, "{change}");
        lab.pass(600);
        assert_eq!(lab.deployments().len(), 1, "{change}: {:?}", lab.deployments());
        assert_eq!(lab.service()["deployments"][0]["rolloutState"], "COMPLETED", "{change}");
    }
}

#[test]
fn launches_keep_to_their_rates() {
    // With quotas or without, the strategy, tasks, and how many were started after a second and after five more.
    let spot = json!([{"capacityProvider": "FARGATE_SPOT", "weight": 1}]);
    let cases = [
        (true, Value::Null, 300, 100, 200),
        (true, spot, 300, 100, 200),
        (false, Value::Null, 300, 300, 300),
        (false, Value::Null, 1000, 500, 541),
    ];
    for (quotas, strategy, desired, at_once, later) in cases {
        let mut lab = Lab::with(Config { quotas, ..Config::default() });
        let definition = lab.define("nginx");
        let launch_type = if strategy.is_null() { json!("FARGATE") } else { Value::Null };
        lab.create(
            &definition,
            json!({"desiredCount": desired, "launchType": launch_type, "capacityProviderStrategy": strategy}),
        );
        let pending = |lab: &mut Lab| lab.service()["pendingCount"].as_i64().unwrap();
        lab.world.advance(Duration::from_millis(500));
        assert_eq!(pending(&mut lab), at_once, "quotas {quotas}, {desired} tasks: the burst");
        lab.world.advance(Duration::from_secs(5));
        let started = pending(&mut lab);
        assert!((started - later).abs() <= 1, "quotas {quotas}, {desired} tasks: {started} after five seconds more");
    }
}
