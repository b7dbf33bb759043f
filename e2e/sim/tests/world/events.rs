//! What ECS tells EventBridge, and what of it comes to a queue.

use std::time::Duration;

use aws_sim::{Api, Config, EventFaults, Scope};
use serde_json::{Value, json};

use super::lab::Lab;

const RULE: &str = "arn:aws:events:us-east-1:123456789012:rule/ecs";
const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:events";
const URL: &str = "https://sqs.us-east-1.amazonaws.com/123456789012/events";

fn other(lab: &mut Lab, api: Api, operation: &str, request: Value) -> Value {
    let answer = lab.world.call(&Scope::default(), api, operation, &request);
    answer.unwrap_or_else(|error| panic!("{operation} {request}: {error}"))
}

/// A lab with a queue that takes the events of a rule with this pattern.
fn listening(pattern: &Value) -> Lab {
    listening_in(Config::default(), pattern)
}

fn listening_in(config: Config, pattern: &Value) -> Lab {
    let mut lab = Lab::with(config);
    let policy = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
        "Resource": QUEUE, "Condition": {"ArnEquals": {"aws:SourceArn": RULE}},
    }]});
    let queue = json!({"QueueName": "events", "Attributes": {"Policy": policy.to_string()}});
    other(&mut lab, Api::Sqs, "CreateQueue", queue);
    other(&mut lab, Api::Events, "PutRule", json!({"Name": "ecs", "EventPattern": pattern.to_string()}));
    other(&mut lab, Api::Events, "PutTargets", json!({"Rule": "ecs", "Targets": [{"Id": "queue", "Arn": QUEUE}]}));
    lab
}

/// Takes everything out of the queue, in the order of the events' time.
fn events(lab: &mut Lab) -> Vec<Value> {
    let mut found = Vec::new();
    loop {
        let answer = other(lab, Api::Sqs, "ReceiveMessage", json!({"QueueUrl": URL, "MaxNumberOfMessages": 10}));
        let Some(messages) = answer["Messages"].as_array() else { break };
        for message in messages {
            let handle = json!({"QueueUrl": URL, "ReceiptHandle": message["ReceiptHandle"]});
            other(lab, Api::Sqs, "DeleteMessage", handle);
            found.push(serde_json::from_str(message["Body"].as_str().unwrap()).unwrap());
        }
    }
    found.sort_by_key(|event: &Value| (event["time"].to_string(), event["detail"]["version"].as_u64()));
    found
}

fn ecs() -> Value {
    json!({"source": ["aws.ecs"]})
}

/// As `ECS Task State Change PENDING`, in order, without repetition.
fn told(events: &[Value]) -> Vec<String> {
    let mut told: Vec<String> = events
        .iter()
        .map(|event| {
            let detail = &event["detail"];
            let what = detail["eventName"].as_str().or(detail["lastStatus"].as_str()).unwrap();
            format!("{} {what}", event["detail-type"].as_str().unwrap())
        })
        .collect();
    told.dedup();
    told
}

#[test]
fn a_service_tells_of_its_deployment_its_tasks_and_its_rest() {
    let mut lab = listening(&ecs());
    let definition = lab.define("nginx");
    lab.create(&definition, json!({"desiredCount": 1}));
    lab.pass(120);
    let events = events(&mut lab);
    assert_eq!(
        told(&events),
        [
            "ECS Deployment State Change SERVICE_DEPLOYMENT_IN_PROGRESS",
            "ECS Task State Change PROVISIONING",
            "ECS Task State Change PENDING",
            "ECS Task State Change RUNNING",
            "ECS Deployment State Change SERVICE_DEPLOYMENT_COMPLETED",
            "ECS Service Action SERVICE_STEADY_STATE",
        ]
    );
    let service = "arn:aws:ecs:us-east-1:123456789012:service/main/web";
    let cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/main";
    let (deployment, steady) = (&events[0], &events[5]);
    for event in [deployment, steady] {
        assert_eq!(event["resources"], json!([service]));
        assert_eq!((&event["account"], &event["region"]), (&json!("123456789012"), &json!("us-east-1")));
    }
    assert_eq!(deployment["detail"]["eventType"], "INFO");
    assert!(deployment["detail"]["deploymentId"].as_str().unwrap().starts_with("ecs-svc/"), "{deployment}");
    assert_eq!(steady["detail"]["clusterArn"], cluster);

    let running = events.iter().find(|event| event["detail"]["lastStatus"] == "RUNNING").unwrap();
    let detail = &running["detail"];
    assert_eq!(running["resources"], json!([detail["taskArn"]]));
    assert_eq!((&detail["group"], &detail["clusterArn"]), (&json!("service:web"), &json!(cluster)));
    assert_eq!((&detail["version"], &detail["attachments"][0]["type"]), (&json!(3), &json!("eni")));
    assert!(detail["startedAt"].as_str().is_some_and(|at| at.ends_with('Z')), "{detail}");
    assert!(running["time"].as_str().is_some_and(|at| at.len() == "2026-01-31T12:00:00Z".len()), "{running}");
}

#[test]
fn a_container_instance_tells_of_what_it_has_left() {
    let pattern = json!({"detail-type": ["ECS Container Instance State Change"]});
    let mut lab = listening_in(Config { container_instances: 1, ..Config::default() }, &pattern);
    let definition = lab.define_ec2("nginx", json!({}));
    let ec2 = json!({"desiredCount": 1, "launchType": "EC2", "networkConfiguration": null});
    lab.create(&definition, ec2);
    lab.pass(60);
    lab.update(json!({"desiredCount": 0}));
    lab.pass(60);
    let told = events(&mut lab);
    let cpu = |event: &Value| event["detail"]["remainingResources"][0]["integerValue"].as_u64().unwrap();
    assert_eq!(told.iter().map(cpu).collect::<Vec<u64>>(), [3072, 4096]);
    let (event, detail) = (&told[0], &told[0]["detail"]);
    assert_eq!(event["resources"], json!([detail["containerInstanceArn"]]));
    assert_eq!(detail["clusterArn"], "arn:aws:ecs:us-east-1:123456789012:cluster/main");
    assert_eq!((&detail["agentConnected"], &detail["version"]), (&json!(true), &json!(2)));
}

#[test]
fn a_deployment_that_fails_and_a_task_that_finds_no_room_are_told_as_errors() {
    let mut lab = listening(&json!({"source": ["aws.ecs"], "detail": {"eventType": [{"anything-but": "INFO"}]}}));
    let definition = lab.define("registry/crash:crash");
    let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": false}});
    lab.create(&definition, json!({"desiredCount": 1, "deploymentConfiguration": breaker}));
    lab.pass(600);
    assert!(
        told(&events(&mut lab)).contains(&"ECS Deployment State Change SERVICE_DEPLOYMENT_FAILED".to_owned()),
        "nobody was told that the deployment failed"
    );

    let definition = lab.define_ec2("nginx", json!({}));
    let ec2 = json!({"serviceName": "ec2", "launchType": "EC2", "networkConfiguration": null});
    lab.create(&definition, ec2);
    lab.pass(5);
    let events = events(&mut lab);
    assert_eq!(told(&events), ["ECS Service Action SERVICE_TASK_PLACEMENT_FAILURE"]);
    let detail = &events[0]["detail"];
    assert_eq!((&detail["eventType"], &detail["reason"]), (&json!("ERROR"), &json!("NO ACTIVE INSTANCES")));
}

#[test]
fn a_task_that_is_stopped_is_told_of_at_once() {
    let mut lab =
        listening(&json!({"detail-type": ["ECS Task State Change"], "detail": {"desiredStatus": ["STOPPED"]}}));
    let definition = lab.define("nginx");
    lab.create(&definition, json!({"desiredCount": 1}));
    lab.pass(120);
    let task = lab.tasks("RUNNING")[0]["taskArn"].clone();
    lab.ok("StopTask", json!({"cluster": "main", "task": task, "reason": "by hand"}));
    lab.pass(1);
    let stopping = events(&mut lab);
    assert_eq!(stopping.len(), 1, "{stopping:?}");
    assert_eq!(stopping[0]["detail"]["stoppedReason"], "by hand");
    lab.pass(60);
    assert_eq!(told(&events(&mut lab)).last().map(String::as_str), Some("ECS Task State Change STOPPED"));
}

#[test]
fn with_a_trail_what_anybody_changes_is_told() {
    let pattern = json!({"source": ["aws.ecs"], "detail-type": ["AWS API Call via CloudTrail"]});
    let calls = |trail: bool| {
        let mut lab = listening_in(Config { trail, ..Config::default() }, &pattern);
        let definition = lab.define("nginx");
        lab.create(&definition, json!({"desiredCount": 1}));
        lab.pass(60);
        events(&mut lab);
        lab.update(json!({"desiredCount": 2}));
        lab.service();
        lab.refused("DeleteService", json!({"cluster": "main", "service": "web"}));
        lab.pass(10);
        events(&mut lab)
    };
    assert!(calls(false).is_empty(), "there is no trail");
    let mut told = calls(true);
    told.sort_by_key(|event| event["detail"]["eventName"].to_string());
    let names: Vec<&str> = told.iter().map(|event| event["detail"]["eventName"].as_str().unwrap()).collect();
    assert_eq!(names, ["DeleteService", "UpdateService"], "who only reads is not told of");
    let (refused, update) = (&told[0]["detail"], &told[1]["detail"]);
    assert_eq!(update["requestParameters"], json!({"cluster": "main", "service": "web", "desiredCount": 2}));
    assert_eq!((&update["eventSource"], &update["readOnly"]), (&json!("ecs.amazonaws.com"), &json!(false)));
    assert!(refused["errorCode"].is_string() && update["errorCode"].is_null(), "{refused} {update}");
}

#[test]
fn a_queue_gets_what_its_policy_and_the_rule_let_through() {
    let something = |lab: &mut Lab| {
        let entry = json!({"Source": "shop", "DetailType": "Order", "Detail": "{\"n\": 1}"});
        let answer = other(lab, Api::Events, "PutEvents", json!({"Entries": [entry]}));
        assert_eq!(answer["FailedEntryCount"], 0, "{answer}");
        lab.pass(1);
        events(lab).len()
    };
    let shop = json!({"source": ["shop"]});
    let mut lab = listening(&shop);
    assert_eq!(something(&mut lab), 1, "what matches did not come");

    other(&mut lab, Api::Events, "DisableRule", json!({"Name": "ecs"}));
    assert_eq!(something(&mut lab), 0, "a disabled rule let it through");
    other(&mut lab, Api::Events, "EnableRule", json!({"Name": "ecs"}));
    other(&mut lab, Api::Events, "PutRule", json!({"Name": "ecs", "EventPattern": ecs().to_string()}));
    assert_eq!(something(&mut lab), 0, "a pattern let through what does not match");
    other(&mut lab, Api::Events, "PutRule", json!({"Name": "ecs", "EventPattern": shop.to_string()}));
    assert_eq!(something(&mut lab), 1, "a rule that is put again lost its targets");
    other(&mut lab, Api::Sqs, "SetQueueAttributes", json!({"QueueUrl": URL, "Attributes": {"Policy": ""}}));
    assert_eq!(something(&mut lab), 0, "a queue without a policy took an event");
}

#[test]
fn what_a_caller_has_to_be_allowed_is_known() {
    let mut lab = listening(&ecs());
    let tags = json!({"Name": "ecs", "EventPattern": "{}", "Tags": [{"Key": "team", "Value": "shop"}]});
    for (api, operation, request, expected) in [
        (Api::Sqs, "ReceiveMessage", json!({"QueueUrl": URL}), vec![("sqs:ReceiveMessage", QUEUE)]),
        (Api::Sqs, "DeleteMessageBatch", json!({"QueueUrl": URL, "Entries": []}), vec![("sqs:DeleteMessage", QUEUE)]),
        (
            Api::Sqs,
            "CreateQueue",
            json!({"QueueName": "events", "tags": {"team": "shop"}}),
            vec![("sqs:CreateQueue", QUEUE), ("sqs:TagQueue", QUEUE)],
        ),
        (Api::Sqs, "ListQueues", json!({}), vec![("sqs:ListQueues", "arn:aws:sqs:us-east-1:123456789012:*")]),
        (Api::Events, "PutRule", tags, vec![("events:PutRule", RULE), ("events:TagResource", RULE)]),
        (Api::Events, "PutTargets", json!({"Rule": "ecs", "Targets": []}), vec![("events:PutTargets", RULE)]),
        (Api::Events, "ListRules", json!({}), vec![("events:ListRules", "*")]),
    ] {
        let needed = lab.world.permissions(&Scope::default(), api, operation, &request).unwrap();
        let found: Vec<(&str, &str)> = needed.iter().map(|one| (one.action.as_str(), one.resource.as_str())).collect();
        assert_eq!(found, expected, "{operation} {request}");
        let is_tagged = request.to_string().contains("team");
        let with_tag = needed.iter().all(|one| one.context.contains_key("aws:RequestTag/team") == is_tagged);
        assert!(with_tag, "{operation}: {needed:?}");
    }
}

#[test]
fn a_rule_goes_after_its_targets() {
    let mut lab = listening(&ecs());
    let call = |lab: &mut Lab, operation: &str, request: Value| {
        lab.world.call(&Scope::default(), Api::Events, operation, &request).map_err(|error| error.code)
    };
    let described = call(&mut lab, "DescribeRule", json!({"Name": "ecs"})).unwrap();
    assert_eq!((&described["Arn"], &described["State"]), (&json!(RULE), &json!("ENABLED")));
    call(&mut lab, "TagResource", json!({"ResourceARN": RULE, "Tags": [{"Key": "team", "Value": "shop"}]})).unwrap();
    let tags = call(&mut lab, "ListTagsForResource", json!({"ResourceARN": RULE})).unwrap();
    assert_eq!(tags, json!({"Tags": [{"Key": "team", "Value": "shop"}]}));
    let targets = call(&mut lab, "ListTargetsByRule", json!({"Rule": "ecs"})).unwrap();
    assert_eq!(targets, json!({"Targets": [{"Id": "queue", "Arn": QUEUE}]}));
    assert_eq!(lab.world.state()["regions"][0]["rules"], json!(["ecs"]));

    assert_eq!(call(&mut lab, "DeleteRule", json!({"Name": "ecs"})), Err("ValidationException".to_owned()));
    call(&mut lab, "RemoveTargets", json!({"Rule": "ecs", "Ids": ["queue"]})).unwrap();
    call(&mut lab, "DeleteRule", json!({"Name": "ecs"})).unwrap();
    let gone = call(&mut lab, "DescribeRule", json!({"Name": "ecs"}));
    assert_eq!(gone, Err("ResourceNotFoundException".to_owned()));
    call(&mut lab, "DeleteRule", json!({"Name": "ecs"})).unwrap();
}

#[test]
fn events_are_lost_doubled_late_and_overtaken_on_demand() {
    let many = |faults: EventFaults, seconds: u64| {
        let mut lab = listening(&json!({"source": ["shop"]}));
        lab.world.set_event_faults(faults);
        for n in 0..100 {
            let entry = json!({"Source": "shop", "DetailType": "Order", "Detail": json!({"version": n}).to_string()});
            other(&mut lab, Api::Events, "PutEvents", json!({"Entries": [entry]}));
        }
        lab.pass(seconds);
        let mut ids: Vec<String> = events(&mut lab).iter().map(|event| event["id"].to_string()).collect();
        let all = ids.len();
        ids.sort();
        ids.dedup();
        (all, ids.len())
    };
    let faults = EventFaults::default;
    assert_eq!(many(faults(), 1), (100, 100));
    assert_eq!(many(EventFaults { lose_percent: 100, ..faults() }, 60), (0, 0));
    let (half, _) = many(EventFaults { lose_percent: 50, ..faults() }, 60);
    assert!((30..70).contains(&half), "{half} of a hundred came where half are lost");
    assert_eq!(many(EventFaults { double_percent: 100, ..faults() }, 60), (200, 100));
    assert_eq!(many(EventFaults { delay_seconds: 10, ..faults() }, 10), (0, 0));
    assert_eq!(many(EventFaults { delay_seconds: 10, ..faults() }, 11), (100, 100));
    let (early, _) = many(EventFaults { reorder_seconds: 60, ..faults() }, 30);
    assert!((30..70).contains(&early), "{early} of a hundred came within half of the time");
    assert_eq!(many(EventFaults { reorder_seconds: 60, ..faults() }, 61), (100, 100));
    assert_eq!(many(EventFaults { silent: true, ..faults() }, 60), (0, 0));
}

#[test]
fn a_rule_by_the_clock_rings_at_its_rate_and_once_after_it_was_put_anew() {
    let mut lab = listening(&json!({"source": ["nobody"]}));
    let policy = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": QUEUE,
    }]});
    let attributes = json!({"QueueUrl": URL, "Attributes": {"Policy": policy.to_string()}});
    other(&mut lab, Api::Sqs, "SetQueueAttributes", attributes);
    for bad in ["rate(0 minutes)", "rate(1 minutes)", "rate(5 seconds)", "5 minutes"] {
        let request = json!({"Name": "clock", "ScheduleExpression": bad});
        let answer = lab.world.call(&Scope::default(), Api::Events, "PutRule", &request);
        assert!(answer.is_err(), "{bad} is taken");
    }
    let put = json!({"Name": "clock", "ScheduleExpression": "rate(5 minutes)"});
    other(&mut lab, Api::Events, "PutRule", put.clone());
    other(&mut lab, Api::Events, "PutTargets", json!({"Rule": "clock", "Targets": [{"Id": "queue", "Arn": QUEUE}]}));
    lab.world.advance(Duration::from_mins(11));
    let rung = events(&mut lab);
    assert_eq!(rung.len(), 2, "in eleven minutes: {rung:#?}");
    assert_eq!(rung[0]["detail-type"], "Scheduled Event");
    assert_eq!(rung[0]["resources"], json!(["arn:aws:events:us-east-1:123456789012:rule/clock"]));
    other(&mut lab, Api::Events, "PutRule", put);
    lab.world.advance(Duration::from_mins(6));
    assert_eq!(events(&mut lab).len(), 1, "what was put anew has one clock");
}
