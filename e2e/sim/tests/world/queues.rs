//! Standard queues: what is received is hidden for a while, and comes again unless it is deleted.

use aws_sim::{Api, Error, Scope};
use serde_json::{Value, json};

use super::lab::Lab;

fn sqs(lab: &mut Lab, operation: &str, request: Value) -> Result<Value, Error> {
    lab.world.call(&Scope::default(), Api::Sqs, operation, &request)
}

/// A lab with the queue `events`, whose URL is this.
fn with_queue(attributes: Value) -> (Lab, String) {
    let mut lab = Lab::new();
    let made = sqs(&mut lab, "CreateQueue", json!({"QueueName": "events", "Attributes": attributes})).unwrap();
    (lab, made["QueueUrl"].as_str().unwrap().to_owned())
}

fn send(lab: &mut Lab, url: &str, body: &str) {
    sqs(lab, "SendMessage", json!({"QueueUrl": url, "MessageBody": body})).unwrap();
}

fn receive(lab: &mut Lab, url: &str) -> Vec<Value> {
    let request =
        json!({"QueueUrl": url, "MaxNumberOfMessages": 10, "MessageSystemAttributeNames": ["ApproximateReceiveCount"]});
    sqs(lab, "ReceiveMessage", request).unwrap()["Messages"].as_array().cloned().unwrap_or_default()
}

/// Bodies and how often each was received, as `body 1`.
fn bodies(messages: &[Value]) -> Vec<String> {
    let text = |message: &Value| {
        let count = message["Attributes"]["ApproximateReceiveCount"].as_str().unwrap();
        format!("{} {count}", message["Body"].as_str().unwrap())
    };
    let mut found: Vec<String> = messages.iter().map(text).collect();
    found.sort();
    found
}

fn code(answer: Result<Value, Error>) -> String {
    answer.map_or_else(|error| error.code, |answer| format!("let through: {answer}"))
}

#[test]
fn a_message_is_hidden_once_received_and_comes_again_unless_it_is_deleted() {
    let (mut lab, url) = with_queue(json!({"VisibilityTimeout": "60"}));
    send(&mut lab, &url, "a");
    send(&mut lab, &url, "b");
    let first = receive(&mut lab, &url);
    assert_eq!(bodies(&first), ["a 1", "b 1"]);
    assert_eq!(first[0]["MD5OfBody"].as_str().map(str::len), Some(32));
    assert!(receive(&mut lab, &url).is_empty(), "what was received is not hidden");

    let a = first.iter().find(|message| message["Body"] == "a").unwrap();
    sqs(&mut lab, "DeleteMessage", json!({"QueueUrl": url, "ReceiptHandle": a["ReceiptHandle"]})).unwrap();
    lab.pass(59);
    assert!(receive(&mut lab, &url).is_empty(), "it came before its visibility timeout was over");
    lab.pass(1);
    let second = receive(&mut lab, &url);
    assert_eq!(bodies(&second), ["b 2"]);

    // The handle of the first time deletes nothing any more.
    let stale = first.iter().find(|message| message["Body"] == "b").unwrap();
    sqs(&mut lab, "DeleteMessage", json!({"QueueUrl": url, "ReceiptHandle": stale["ReceiptHandle"]})).unwrap();
    let request = json!({"QueueUrl": url, "ReceiptHandle": second[0]["ReceiptHandle"], "VisibilityTimeout": 0});
    sqs(&mut lab, "ChangeMessageVisibility", request.clone()).unwrap();
    assert_eq!(bodies(&receive(&mut lab, &url)), ["b 3"], "ChangeMessageVisibility to 0 shows it at once");
    assert_eq!(code(sqs(&mut lab, "ChangeMessageVisibility", request)), "MessageNotInflight");
}

#[test]
fn a_batch_is_deleted_as_far_as_its_handles_are_valid() {
    let (mut lab, url) = with_queue(json!({}));
    for body in ["a", "b"] {
        send(&mut lab, &url, body);
    }
    let messages = receive(&mut lab, &url);
    let entry = |id: &str, handle: &Value| json!({"Id": id, "ReceiptHandle": handle});
    let entries = json!([
        entry("1", &messages[0]["ReceiptHandle"]),
        entry("2", &messages[1]["ReceiptHandle"]),
        entry("3", &json!("nonsense")),
    ]);
    let answer = sqs(&mut lab, "DeleteMessageBatch", json!({"QueueUrl": url, "Entries": entries})).unwrap();
    assert_eq!(answer["Successful"], json!([{"Id": "1"}, {"Id": "2"}]));
    assert_eq!(
        (&answer["Failed"][0]["Id"], &answer["Failed"][0]["Code"]),
        (&json!("3"), &json!("ReceiptHandleIsInvalid"))
    );
    lab.pass(31);
    assert!(receive(&mut lab, &url).is_empty(), "the batch deleted nothing");

    let twelve: Vec<Value> = (0..12).map(|n| entry(&n.to_string(), &json!("x"))).collect();
    for (entries, expected) in [
        (json!([]), "EmptyBatchRequest"),
        (json!(twelve), "TooManyEntriesInBatchRequest"),
        (json!([entry("1", &json!("x")), entry("1", &json!("x"))]), "BatchEntryIdsNotDistinct"),
    ] {
        let answer = sqs(&mut lab, "DeleteMessageBatch", json!({"QueueUrl": url, "Entries": entries}));
        assert_eq!(code(answer), expected);
    }
}

#[test]
fn messages_are_kept_for_the_retention_period_and_delayed_as_asked() {
    let (mut lab, url) = with_queue(json!({"MessageRetentionPeriod": "60"}));
    sqs(&mut lab, "SendMessage", json!({"QueueUrl": url, "MessageBody": "late", "DelaySeconds": 10})).unwrap();
    assert!(receive(&mut lab, &url).is_empty(), "a delayed message was there at once");
    let counts = |lab: &mut Lab| {
        let request = json!({"QueueUrl": url, "AttributeNames": ["All"]});
        let all = sqs(lab, "GetQueueAttributes", request).unwrap()["Attributes"].clone();
        ["", "NotVisible", "Delayed"]
            .map(|of| all[format!("ApproximateNumberOfMessages{of}")].as_str().unwrap().to_owned())
    };
    assert_eq!(counts(&mut lab), ["0", "0", "1"]);
    lab.pass(10);
    assert_eq!(counts(&mut lab), ["1", "0", "0"]);
    assert_eq!(bodies(&receive(&mut lab, &url)), ["late 1"]);
    assert_eq!(counts(&mut lab), ["0", "1", "0"]);
    lab.pass(50);
    assert_eq!(counts(&mut lab), ["0", "0", "0"], "the message outlived its retention period");
}

#[test]
fn a_queue_is_made_once_and_its_name_rests_after_its_deletion() {
    let (mut lab, url) = with_queue(json!({"VisibilityTimeout": "60"}));
    assert_eq!(url, "https://sqs.us-east-1.amazonaws.com/123456789012/events");
    let create = |attributes: Value| json!({"QueueName": "events", "Attributes": attributes});
    let again = sqs(&mut lab, "CreateQueue", create(json!({"VisibilityTimeout": "60"}))).unwrap();
    assert_eq!(again["QueueUrl"], url.as_str());
    assert_eq!(code(sqs(&mut lab, "CreateQueue", create(json!({"VisibilityTimeout": "61"})))), "QueueNameExists");

    sqs(&mut lab, "SetQueueAttributes", json!({"QueueUrl": url, "Attributes": {"VisibilityTimeout": "61"}})).unwrap();
    sqs(&mut lab, "TagQueue", json!({"QueueUrl": url, "Tags": {"team": "shop"}})).unwrap();
    assert_eq!(sqs(&mut lab, "ListQueueTags", json!({"QueueUrl": url})).unwrap(), json!({"Tags": {"team": "shop"}}));
    assert_eq!(sqs(&mut lab, "ListQueues", json!({"QueueNamePrefix": "ev"})).unwrap(), json!({"QueueUrls": [url]}));
    assert_eq!(lab.world.state()["regions"][0]["queues"], json!(["events"]));

    sqs(&mut lab, "DeleteQueue", json!({"QueueUrl": url})).unwrap();
    for (operation, request) in [
        ("GetQueueUrl", json!({"QueueName": "events"})),
        ("ReceiveMessage", json!({"QueueUrl": url})),
        ("DeleteQueue", json!({"QueueUrl": url})),
    ] {
        assert_eq!(code(sqs(&mut lab, operation, request)), "QueueDoesNotExist", "{operation}");
    }
    assert_eq!(code(sqs(&mut lab, "CreateQueue", create(json!({})))), "QueueDeletedRecently");
    lab.pass(60);
    sqs(&mut lab, "CreateQueue", create(json!({}))).unwrap();
}

#[test]
fn what_aws_refuses_is_refused() {
    let (mut lab, url) = with_queue(json!({}));
    let create = |name: &str, attributes: Value| ("CreateQueue", json!({"QueueName": name, "Attributes": attributes}));
    let receive = |member: &str, value: i64| ("ReceiveMessage", json!({"QueueUrl": url, member: value}));
    for ((operation, request), expected) in [
        (create("a b", json!({})), "InvalidParameterValue"),
        (create("a.fifo", json!({"FifoQueue": "true"})), "UnsupportedFeatureException"),
        (create("a", json!({"VisibilityTimeout": "43201"})), "InvalidAttributeValue"),
        (create("a", json!({"Policy": "nonsense"})), "InvalidAttributeValue"),
        (create("a", json!({"Colour": "red"})), "InvalidAttributeName"),
        (create("a", json!({"RedrivePolicy": "{}"})), "UnsupportedFeatureException"),
        (receive("MaxNumberOfMessages", 11), "InvalidParameterValue"),
        (receive("WaitTimeSeconds", 21), "InvalidParameterValue"),
        (("SendMessage", json!({"QueueUrl": url, "MessageBody": "x".repeat(1_048_577)})), "InvalidParameterValue"),
        (("DeleteMessage", json!({"QueueUrl": url, "ReceiptHandle": "x"})), "ReceiptHandleIsInvalid"),
        (("SendMessage", json!({"QueueUrl": url})), "MissingParameter"),
        (("PurgeQueue", json!({"QueueUrl": "events"})), "InvalidAddress"),
    ] {
        let refused = code(sqs(&mut lab, operation, request.clone()));
        assert_eq!(refused, expected, "{operation} {}", request.to_string().chars().take(120).collect::<String>());
    }
}
