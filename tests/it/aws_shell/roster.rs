//! The tasks of services, read for whole clusters: what that costs, who is woken, and by what.

use std::{collections::BTreeMap, sync::Mutex};

use aws_sim::Api;
use ecs_bridge::{
    aws::Roster,
    engine::{Operation as Any, tasks::ServiceTasksResponse},
};

use super::*;

const TICK: Duration = Duration::from_secs(5);

/// A cluster with so many tasks of each service.
fn cluster(services: &[(&str, u32)]) -> Server {
    let server = server();
    let ecs = |operation: &str, request: Value| {
        let scope = aws_sim::Scope { region: REGION.to_owned(), ..aws_sim::Scope::default() };
        server.call_in(&scope, Api::Ecs, operation, &request).expect(operation)
    };
    ecs("CreateCluster", json!({"clusterName": "main", "capacityProviders": ["FARGATE"]}));
    for (service, count) in services {
        let definition = json!({
            "family": service, "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "containerDefinitions": [{"name": "web", "image": "nginx", "portMappings": [{"containerPort": 80, "name": "http"}]}],
        });
        ecs("RegisterTaskDefinition", definition);
        ecs(
            "CreateService",
            json!({
                "cluster": "main", "serviceName": service, "taskDefinition": service, "desiredCount": count, "launchType": "FARGATE",
                "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}},
            }),
        );
    }
    server.advance(Duration::from_mins(10));
    server
}

fn asks(service: &str) -> Call {
    Call::new(Any::ServiceTasks, &json!({"cluster": "main", "service": service}))
}

/// How often each operation was called.
fn calls(server: &Server) -> BTreeMap<String, usize> {
    let mut calls = BTreeMap::new();
    for entry in server.journal() {
        *calls.entry(entry.operation).or_default() += 1;
    }
    server.clear_journal();
    calls
}

fn counted(of: &[(&str, usize)]) -> BTreeMap<String, usize> {
    of.iter().map(|(operation, count)| ((*operation).to_owned(), *count)).collect()
}

/// Objects that ask for their service's tasks and rest on them, as a pass does.
struct Followers {
    roster: Roster,
    /// The tasks that each saw last.
    seen: Mutex<BTreeMap<String, ServiceTasksResponse>>,
}

impl Followers {
    async fn pass(&self, service: &str) {
        let call = asks(service);
        let answer = self.roster.answer(&scope(), &call).await;
        let watched = Watched { answer: watch_hash(answer.as_ref().expect("an answer")), call };
        let tasks = serde_json::from_value(answer.expect("an answer").expect("no refusal")).expect("its form");
        self.seen.lock().expect("nobody panicked").insert(service.to_owned(), tasks);
        self.roster.watch(&object(service), &scope(), vec![watched]);
    }

    fn count(&self, service: &str, status: &str) -> usize {
        let seen = self.seen.lock().expect("nobody panicked");
        seen[service].tasks.iter().filter(|task| task.last_status == status).count()
    }
}

#[tokio::test]
async fn a_cluster_is_read_in_full_batches_for_all_who_follow_services_in_it() {
    let server = cluster(&[("a", 120), ("b", 60), ("others", 90)]);
    let (wake, mut woken) = mpsc::unbounded_channel();
    let followers = Followers { roster: Roster::new(aws(&server), TICK, wake), seen: Mutex::default() };
    server.clear_journal();
    followers.roster.round().await;
    assert_eq!(calls(&server), counted(&[]), "nobody follows anything, and AWS was asked");

    futures::join!(followers.pass("a"), followers.pass("b"));
    assert_eq!((followers.count("a", "RUNNING"), followers.count("b", "RUNNING")), (120, 60));
    let first = calls(&server);
    assert!(first["ListTasks"] <= 6 && first["DescribeTaskDefinition"] == 2, "{first:?}");
    followers.pass("a").await;
    assert_eq!(calls(&server), counted(&[]), "what was just read is read again");

    // 270 tasks are three pages, and the 180 of those who are followed two batches.
    let tick = counted(&[("ListTasks", 3), ("DescribeTasks", 2)]);
    assert_eq!(followers.roster.round().await, 5, "what the tick has cost");
    assert_eq!(calls(&server), tick, "two services, and one that nobody follows");
    assert!(woken.try_recv().is_err(), "nothing has changed, and somebody was woken");

    let task = followers.seen.lock().expect("nobody panicked")["b"].tasks[0].arn.clone();
    let aws_scope = aws_sim::Scope { region: REGION.to_owned(), ..aws_sim::Scope::default() };
    let stop = json!({"cluster": "main", "task": task});
    server.call_in(&aws_scope, Api::Ecs, "StopTask", &stop).expect("StopTask");
    followers.roster.round().await;
    assert_eq!(woken.try_recv(), Ok(object("b")), "a task of it is to stop");
    assert!(woken.try_recv().is_err(), "of the other's tasks none has changed");
    followers.pass("b").await;
    assert_eq!(followers.count("b", "STOPPING"), 1, "a task that stops is there until it has");

    followers.roster.forget(&object("a"));
    followers.roster.watch(&object("b"), &scope(), Vec::new());
    server.advance(Duration::from_mins(1));
    calls(&server);
    followers.roster.round().await;
    assert!(calls(&server).contains_key("ListTasks"), "who has just asked may come to rest on it yet");
}

#[tokio::test]
async fn who_can_not_read_is_woken_by_nothing_and_reads_again() {
    let server = cluster(&[("a", 2)]);
    let (wake, mut woken) = mpsc::unbounded_channel();
    let followers = Followers { roster: Roster::new(aws(&server), TICK, wake), seen: Mutex::default() };
    followers.pass("a").await;
    for effect in ["throttle", "fail-before", "access-denied"] {
        server.fault(fault(&format!("DescribeTasks@1={effect}")));
        followers.roster.round().await;
        assert!(woken.try_recv().is_err(), "{effect} woke somebody");
        server.clear_faults();
    }
    let missing = Call::new(Any::ServiceTasks, &json!({"cluster": "none", "service": "a"}));
    let refusal =
        followers.roster.answer(&scope(), &missing).await.expect("an answer").expect_err("there is no such cluster");
    assert_eq!(refusal.kind, RefusalKind::NotFound);
    followers.roster.round().await;
    assert!(woken.try_recv().is_err(), "what was read before still stands");
}
