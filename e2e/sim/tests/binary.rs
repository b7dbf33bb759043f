//! The binary and its control calls, as tests in other languages use them.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

struct Running {
    process: Child,
    address: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_aws-sim"))
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("//").next().unwrap().to_owned();
        Self { process, address }
    }

    /// The status and the body of the answer.
    fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(stream, "{method} {path} HTTP/1.1\r\nhost: sim\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) =
            answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer to {method} {path}: {answer}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    fn control(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        self.send(method, path, "", &body.to_string())
    }

    fn ecs(&self, operation: &str, request: &Value) -> (u16, Value) {
        let headers = format!(
            "x-amz-target: AmazonEC2ContainerServiceV20141113.{operation}\r\n\
             authorization: AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/ecs/aws4_request, Signature=0\r\n"
        );
        self.send("POST", "/", &headers, &request.to_string())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_control_calls_do_what_they_say() {
    let sim = Running::start(&["--speed", "0", "--fault", "CreateCluster@1=throttle", "--container-instances", "2"]);
    assert_eq!(sim.ecs("CreateCluster", &json!({"clusterName": "main"})).1["__type"], "ThrottlingException");
    assert_eq!(sim.ecs("CreateCluster", &json!({"clusterName": "main"})).0, 200);
    let (_, journal) = sim.control("GET", "/_sim/journal?after=1", &json!({}));
    let entry = &journal["entries"][0];
    assert_eq!(
        (&entry["sequence"], &entry["operation"], &entry["region"]),
        (&json!(2), &json!("CreateCluster"), &json!("eu-west-1"))
    );

    let (status, refusal) = sim.control("POST", "/_sim/faults", &json!({"faults": ["nonsense"]}));
    assert_eq!(status, 400, "{refusal}");
    assert_eq!(sim.control("POST", "/_sim/faults", &json!({"faults": ["ListClusters=fail-before"]})).0, 200);
    assert_eq!(sim.ecs("ListClusters", &json!({})).0, 500);
    sim.control("DELETE", "/_sim/faults", &json!({}));
    assert_eq!(sim.ecs("ListClusters", &json!({})).0, 200);

    let place = |mut body: Value| {
        body["region"] = json!("eu-west-1");
        body
    };
    let call = |service: &str, operation: &str, request: Value| {
        let (status, answer) = sim.control(
            "POST",
            "/_sim/call",
            &place(json!({"service": service, "operation": operation, "request": request})),
        );
        assert_eq!(status, 200, "{operation}: {answer}");
        answer
    };
    call("ecr", "CreateRepository", json!({"repositoryName": "app"}));
    assert_eq!(sim.control("POST", "/_sim/put-image", &place(json!({"repository": "app", "tag": "v1"}))).0, 200);
    assert_eq!(sim.control("POST", "/_sim/put-image", &place(json!({"repository": "none", "tag": "v1"}))).0, 400);

    let container = json!([{"name": "web", "image": "nginx", "memory": 64}]);
    call("ecs", "RegisterTaskDefinition", json!({"family": "web", "containerDefinitions": container}));
    call(
        "ecs",
        "CreateService",
        json!({"cluster": "main", "serviceName": "web", "taskDefinition": "web", "desiredCount": 1}),
    );
    assert_eq!(sim.control("POST", "/_sim/advance", &json!({"seconds": 120})).0, 200);
    let (_, state) = sim.control("GET", "/_sim/state", &json!({}));
    let cluster = &state["regions"][0]["clusters"][0];
    assert_eq!(cluster["services"][0]["running"], 1, "{state}");
    let task = cluster["tasks"][0]["id"].clone();
    let (status, answer) =
        sim.control("POST", "/_sim/stop-task", &place(json!({"cluster": "main", "task": task, "exitCode": 137})));
    assert_eq!(status, 200, "{answer}");
    let described = call("ecs", "DescribeTasks", json!({"cluster": "main", "tasks": [task]}));
    assert_eq!(described["tasks"][0]["containers"][0]["exitCode"], 137, "{described}");
}

#[test]
fn bad_arguments_are_explained() {
    let cases = [
        (["--fault", "CreateCluster"], "'=' is missing"),
        (["--speed=-1", "--seed=1"], "a number of 0 or more"),
        (["--account", "key=1"], "twelve digits"),
        (["--listen", "203.0.113.1:1"], "choose another address with --listen"),
    ];
    for (arguments, expected) in cases {
        let output = Command::new(env!("CARGO_BIN_EXE_aws-sim")).args(arguments).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && text.contains(expected), "{arguments:?}: {text}");
    }
}
