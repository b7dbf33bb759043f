//! A queue that tells of changes in AWS: what it tells of is looked at at once, and where it is silent, or tells wrongly, sweeps find it.

use std::{
    process::{Command, Output},
    time::Duration,
};

use aws_sim::{Api, Entry, EventFaults, Options, Server};
use ecs_bridge_harness::test_credentials;
use serde_json::{Value, json};

use super::{
    access::answer,
    lab::{Lab, PLAIN, Setup},
    manifests::service,
};
use crate::tally;

const NAME: &str = "changes";
const QUEUE_URL: &str = "https://sqs.us-east-1.amazonaws.com/123456789012/changes";
/// The ARNs of the resources of the template, by their names there.
const ARNS: [(&str, &str); 3] = [
    ("Queue", "arn:aws:sqs:us-east-1:123456789012:changes"),
    ("Changes", "arn:aws:events:us-east-1:123456789012:rule/changes"),
    ("Heartbeat", "arn:aws:events:us-east-1:123456789012:rule/changes-heartbeat"),
];

fn events(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecs-bridge"));
    command.arg("events").args(["--name", NAME]).args(arguments).envs(test_credentials());
    command.output().expect("the operator's binary")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

/// What `ecs-bridge events` prints, with ARNs in place of what refers to a resource.
fn template() -> Value {
    let printed: Value = serde_yaml_ng::from_slice(&events(&[]).stdout).expect("a template in YAML");
    let mut text = printed["Resources"].to_string();
    for (resource, arn) in ARNS {
        text = text.replace(&json!({"Fn::GetAtt": [resource, "Arn"]}).to_string(), &json!(arn).to_string());
    }
    serde_json::from_str(&text).expect("the template with ARNs in it")
}

/// Does with the template what CloudFormation would.
fn deploy(sim: &Server) {
    let call = |api, operation: &str, request: Value| {
        sim.call(api, operation, &request).unwrap_or_else(|error| panic!("{operation} {request}: {error}"))
    };
    let template = template();
    let queue = json!({ "QueueName": template["Queue"]["Properties"]["QueueName"], "Attributes": {
        "Policy": template["QueuePolicy"]["Properties"]["PolicyDocument"].to_string(),
        "MessageRetentionPeriod": template["Queue"]["Properties"]["MessageRetentionPeriod"].to_string(),
    }});
    let made = call(Api::Sqs, "CreateQueue", queue);
    assert_eq!(made["QueueUrl"], QUEUE_URL);
    for rule in ["Changes", "Heartbeat"] {
        let properties = &template[rule]["Properties"];
        let mut request = json!({ "Name": properties["Name"] });
        match properties["ScheduleExpression"].as_str() {
            Some(schedule) => request["ScheduleExpression"] = json!(schedule),
            None => request["EventPattern"] = json!(properties["EventPattern"].to_string()),
        }
        call(Api::Events, "PutRule", request);
        call(Api::Events, "PutTargets", json!({ "Rule": properties["Name"], "Targets": properties["Targets"] }));
    }
}

/// Somebody else's edit, which is seen and put back.
async fn edit_is_put_back(lab: &Lab, name: &str) {
    let mark = lab.mark();
    lab.ecs("UpdateService", json!({ "cluster": PLAIN, "service": lab.aws_name(name), "desiredCount": 4 }));
    lab.called(mark, "UpdateService", &lab.aws_name(name), 1).await;
    lab.aws_has("the count to be put back", || {
        let count = lab.service(name)["desiredCount"].clone();
        if count == 1 { Ok(()) } else { Err(count) }
    })
    .await;
}

/// Whether the operator says that it hears.
async fn hears(lab: &mut Lab, expected: &str) {
    let line = format!("ecs_bridge_hears_events{{queue=\"{NAME}\"}} {expected}\n");
    let address = lab.operator().address().to_owned();
    let deadline = std::time::Instant::now() + super::lab::PATIENCE;
    loop {
        let metrics = answer(&address, "/metrics").await.expect("the operator listens");
        if metrics.contains(&line) {
            return;
        }
        assert!(std::time::Instant::now() < deadline, "/metrics has no {line}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn what_a_queue_tells_of_is_seen_without_a_sweep() {
    let queue = format!("--events-queue={QUEUE_URL}");
    let mut lab = Setup::named("told").argument(&queue).argument("--sweep-interval=3600").start().await;
    // It is not there yet: that is told, and waited for.
    hears(&mut lab, "0").await;
    deploy(lab.sim());
    hears(&mut lab, "1").await;
    lab.apply(&service("web", json!({}))).await;
    lab.apply(&service("other", json!({}))).await;
    lab.ready("EcsService", "web").await;
    lab.ready("EcsService", "other").await;
    edit_is_put_back(&lab, "web").await;
    lab.ready("EcsService", "web").await;

    let (name, first) = (lab.aws_name("web"), lab.service("web"));
    lab.ecs("DeleteService", json!({ "cluster": PLAIN, "service": name, "force": true }));
    lab.aws_has("the service to be there again", || {
        let now = lab.service("web");
        if now["status"] == "ACTIVE" && now["createdAt"] != first["createdAt"] { Ok(()) } else { Err(now) }
    })
    .await;
    lab.ready("EcsService", "web").await;
    assert!(
        lab.log().contains("the queue of events can be read again"),
        "the log does not say when the queue was there"
    );
}

#[tokio::test]
async fn a_queue_that_falls_silent_is_noticed_and_sweeps_find_what_changes() {
    let arguments = [format!("--events-queue={QUEUE_URL}"), "--events-silence=2".to_owned()];
    // A heartbeat a second.
    let setup = arguments.iter().fold(Setup::named("silent"), |setup, argument| setup.argument(argument));
    let mut lab = setup.speed(300.0).start().await;
    deploy(lab.sim());
    hears(&mut lab, "1").await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;

    lab.sim().world(|world| world.set_event_faults(EventFaults { silent: true, ..EventFaults::default() }));
    hears(&mut lab, "0").await;
    edit_is_put_back(&lab, "web").await;

    lab.sim().world(|world| world.set_event_faults(EventFaults::default()));
    hears(&mut lab, "1").await;
}

/// The writes of a life, with somebody else's hand in it.
async fn life(name: &str, faults: Option<EventFaults>) -> Vec<String> {
    let mut setup = Setup::named(name).argument("--sweep-interval=2");
    let queue = format!("--events-queue={QUEUE_URL}");
    if faults.is_some() {
        setup = setup.argument(&queue);
    }
    let mut lab = setup.start().await;
    if let Some(faults) = faults {
        deploy(lab.sim());
        lab.sim().world(|world| world.set_event_faults(faults));
        hears(&mut lab, "1").await;
    }
    let mark = lab.mark();
    for n in 0..4 {
        lab.apply(&service(&format!("web-{n}"), json!({}))).await;
    }
    for n in 0..4 {
        let name = format!("web-{n}");
        lab.ready("EcsService", &name).await;
        edit_is_put_back(&lab, &name).await;
        lab.apply(&service(&name, json!({ "desiredCount": 2 }))).await;
        lab.ready("EcsService", &name).await;
    }
    for n in 0..4 {
        lab.delete("EcsService", &format!("web-{n}")).await;
    }
    for n in 0..4 {
        lab.gone("EcsService", &format!("web-{n}")).await;
    }
    // How many revisions go in one call is a matter of time.
    let times = |entry: &Entry| entry.request["taskDefinitions"].as_array().map_or(1, Vec::len);
    let writes = lab.writes_since(mark);
    let mut writes: Vec<String> =
        writes.iter().flat_map(|entry| std::iter::repeat_n(entry.operation.clone(), times(entry))).collect();
    writes.sort();
    writes
}

#[tokio::test]
async fn events_that_are_lost_doubled_and_out_of_order_change_nothing() {
    let faults =
        EventFaults { lose_percent: 30, double_percent: 40, delay_seconds: 20, reorder_seconds: 60, silent: false };
    let (without, with) = tokio::join!(life("sound", None), life("noisy", Some(faults)));
    let mut hidden = without.clone();
    hidden.dedup();
    assert!(hidden.len() >= 5, "the life does not do much: {without:?}");
    assert_eq!(with, without, "writes with events that can't be relied on (left), and with sweeps alone (right)");
    tally::swept("events lost, doubled and out of order", "writes, as without events", with.len());
}

#[test]
fn the_queue_and_its_rules_are_made_as_printed_brought_up_to_date_and_deleted() {
    let address = format!("127.0.0.1:{}", ecs_bridge_harness::free_port().expect("a free port"));
    let options = Options { listen: address.parse().expect("a loopback address"), ..Options::default() };
    let sim = Server::start(options).expect("aws-sim starts");
    let call = |api, operation: &str, request: Value| sim.call(api, operation, &request);
    let endpoint = ["--aws-region=us-east-1", "--allow-insecure-endpoint"];
    let url = format!("--aws-endpoint-url={}", sim.endpoint_url());
    let run = |what: &str| events(&[&endpoint[..], &[&url, what]].concat());

    // Twice: what is there is brought up to date.
    for time in ["first", "second"] {
        let made = run("--make");
        assert!(made.status.success(), "the {time} time: {}", text(&made.stderr));
        assert_eq!(text(&made.stdout).trim(), QUEUE_URL, "the {time} time");
    }
    let template = template();
    let attributes = call(Api::Sqs, "GetQueueAttributes", json!({ "QueueUrl": QUEUE_URL, "AttributeNames": ["All"] }));
    let attributes = &attributes.expect("the queue")["Attributes"];
    let policy: Value = serde_json::from_str(attributes["Policy"].as_str().expect("a policy")).expect("JSON");
    assert_eq!(
        policy, template["QueuePolicy"]["Properties"]["PolicyDocument"],
        "the queue's policy (left), and as printed"
    );
    let retention = template["Queue"]["Properties"]["MessageRetentionPeriod"].to_string();
    assert_eq!(attributes["MessageRetentionPeriod"], json!(retention));
    for rule in ["Changes", "Heartbeat"] {
        let properties = &template[rule]["Properties"];
        let made = call(Api::Events, "DescribeRule", json!({ "Name": properties["Name"] })).expect("the rule");
        let pattern = made["EventPattern"].as_str().map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
        assert_eq!(pattern.unwrap_or_default(), properties["EventPattern"], "the pattern of {rule}");
        assert_eq!(made["ScheduleExpression"], properties["ScheduleExpression"], "the schedule of {rule}");
        let targets = call(Api::Events, "ListTargetsByRule", json!({ "Rule": properties["Name"] })).expect("targets");
        assert_eq!(targets["Targets"], properties["Targets"], "the targets of {rule}");
    }

    for _ in ["there", "not there"] {
        let deleted = run("--delete");
        assert!(deleted.status.success(), "{}", text(&deleted.stderr));
    }
    assert!(call(Api::Sqs, "GetQueueUrl", json!({ "QueueName": NAME })).is_err(), "the queue is still there");
    let rules = call(Api::Events, "ListRules", json!({})).expect("rules");
    assert_eq!(rules["Rules"], json!([]), "rules are still there");

    // What is somebody else's stays. A name is free a minute after its queue was deleted.
    sim.advance(Duration::from_mins(1));
    call(Api::Sqs, "CreateQueue", json!({ "QueueName": NAME })).expect("another's queue");
    for what in ["--make", "--delete"] {
        let refused = run(what);
        let told = text(&refused.stderr);
        assert!(!refused.status.success() && told.contains("choose another --name"), "{what}: {told}");
    }
    assert!(call(Api::Sqs, "GetQueueUrl", json!({ "QueueName": NAME })).is_ok(), "another's queue is gone");
    let rules = call(Api::Events, "ListRules", json!({})).expect("rules");
    assert_eq!(rules["Rules"], json!([]), "rules were made beside another's queue");
}
