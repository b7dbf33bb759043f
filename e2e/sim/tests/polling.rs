//! Long polling by HTTP: who waits for a message gets it when it comes, and nothing when the time is over.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use aws_sim::{Api, Options, Server};
use serde_json::{Value, json};

const URL: &str = "https://sqs.us-east-1.amazonaws.com/123456789012/events";

fn with_queue(speed: f64) -> Server {
    let server = Server::start(Options { speed, ..Options::default() }).unwrap();
    server.call(Api::Sqs, "CreateQueue", &json!({"QueueName": "events"})).unwrap();
    server
}

fn send(server: &Server, body: &str) {
    server.call(Api::Sqs, "SendMessage", &json!({"QueueUrl": URL, "MessageBody": body})).unwrap();
}

/// The head, in lower case, and the body of the answer.
fn sqs(endpoint: &str, operation: &str, request: &Value) -> (String, Value) {
    let mut stream = TcpStream::connect(endpoint.trim_start_matches("http://")).unwrap();
    let body = request.to_string();
    write!(
        stream,
        "POST / HTTP/1.1\r\nhost: sim\r\nconnection: close\r\ncontent-length: {}\r\nx-amz-target: AmazonSQS.{operation}\r\n\
         authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, Signature=0\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), serde_json::from_str(body).unwrap())
}

/// Somebody who has begun to wait for up to 20 seconds: the bodies that it gets.
fn waiting(server: &Server) -> JoinHandle<Vec<String>> {
    let (endpoint, before) = (server.endpoint_url(), server.journal().len());
    let waits = thread::spawn(move || {
        let (_, answer) = sqs(&endpoint, "ReceiveMessage", &json!({"QueueUrl": URL, "WaitTimeSeconds": 20}));
        let messages = answer["Messages"].as_array().cloned().unwrap_or_default();
        messages.iter().map(|message| message["Body"].as_str().unwrap().to_owned()).collect()
    });
    while server.journal().len() == before {
        thread::yield_now();
    }
    waits
}

#[test]
fn who_waits_gets_a_message_when_it_comes() {
    // A clock that stands still: nothing but the message ends the wait.
    let server = with_queue(0.0);
    let waits = waiting(&server);
    send(&server, "here");
    assert_eq!(waits.join().unwrap(), ["here"]);
    assert_eq!(server.journal().len(), 1, "waiting is one request");
}

#[test]
fn who_waits_in_vain_is_told_when_the_time_is_over() {
    let server = with_queue(0.0);
    let waits = waiting(&server);
    server.advance(Duration::from_secs(19));
    assert!(!waits.is_finished(), "the answer came a second too early");
    server.advance(Duration::from_secs(1));
    assert!(waits.join().unwrap().is_empty());
}

#[test]
fn who_waits_sees_what_the_clock_brings() {
    // Twenty seconds of the virtual clock are a fifth of one here.
    let server = with_queue(100.0);
    let began = Instant::now();
    send(&server, "again");
    let (_, first) = sqs(&server.endpoint_url(), "ReceiveMessage", &json!({"QueueUrl": URL, "VisibilityTimeout": 10}));
    assert_eq!(first["Messages"][0]["Body"], "again");
    assert_eq!(waiting(&server).join().unwrap(), ["again"], "its visibility timeout ended during the wait");
    assert!(waiting(&server).join().unwrap().is_empty());
    assert!(began.elapsed() < Duration::from_secs(5), "the waits took {:?}", began.elapsed());
}

#[test]
fn errors_have_both_of_their_names() {
    let server = with_queue(0.0);
    let gone = json!({"QueueUrl": URL.replace("events", "gone"), "WaitTimeSeconds": 20});
    let (head, body) = sqs(&server.endpoint_url(), "ReceiveMessage", &gone);
    assert!(head.starts_with("http/1.1 400"), "{head}");
    assert!(head.contains("content-type: application/x-amz-json-1.0"), "{head}");
    assert!(head.contains("x-amzn-query-error: aws.simplequeueservice.nonexistentqueue;sender"), "{head}");
    assert_eq!(body["__type"], "com.amazonaws.sqs#QueueDoesNotExist");
}
