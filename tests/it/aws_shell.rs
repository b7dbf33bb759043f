//! The AWS shell against aws-sim: deadlines, error classes, permits, batches and the sweep, over the wire.

mod roster;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use aws_credential_types::{
    Credentials,
    provider::{self, ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future},
};
use aws_sim::{Config, Fault, Options, Server};
use axum::{Router, http::HeaderMap, routing::post};
use ecs_bridge::{
    aws::{Aws, ObjectId, Scope, Settings, Standing, Sweeper},
    engine::{
        Call, Cause, Class, RefusalKind,
        reconcile::{CallResult, Turn, Watched, watch_hash},
    },
    model::ecs::Operation,
};
use futures::future::join_all;
use serde_json::{Value, json};
use tokio::sync::mpsc;

const REGION: &str = "eu-west-1";

fn server() -> Server {
    Server::start(Options::default()).expect("aws-sim starts")
}

fn settings(endpoint_url: String) -> Settings {
    Settings {
        region: REGION.to_owned(),
        endpoint_url: Some(endpoint_url),
        deadline: Duration::from_secs(5),
        quota_share: 0.8,
        quota_multiple: 1,
        sweep_interval: Duration::ZERO,
        events: None,
    }
}

fn aws(server: &Server) -> Aws {
    with(settings(server.endpoint_url()))
}

fn with(settings: Settings) -> Aws {
    let credentials = Credentials::for_tests();
    Aws::with_credentials(settings, SharedCredentialsProvider::new(credentials), Arc::new(()))
}

fn scope() -> Scope {
    Scope::new(REGION)
}

fn call(operation: Operation, input: Value) -> Call {
    Call { operation: operation.into(), input, sealed: None }
}

fn describe(cluster: &str) -> Call {
    call(Operation::DescribeClusters, json!({ "clusters": [cluster] }))
}

fn list() -> Call {
    call(Operation::ListClusters, json!({}))
}

async fn create(aws: &Aws, cluster: &str) -> CallResult {
    let create = call(Operation::CreateCluster, json!({ "clusterName": cluster }));
    aws.call(&scope(), &create, Some(Cause::SpecChange), Standing::Running).await
}

fn fault(text: &str) -> Fault {
    text.parse().expect("a fault of aws-sim")
}

/// The names of the clusters in an answer, and how many failures stand beside them.
fn clusters(result: CallResult) -> (Vec<String>, usize) {
    let output = result.expect("an answer").expect("no refusal");
    let names = output["clusters"].as_array().expect("clusters").iter();
    let names = names.map(|cluster| cluster["clusterName"].as_str().expect("a name").to_owned()).collect();
    (names, output["failures"].as_array().map_or(0, Vec::len))
}

#[tokio::test]
async fn a_call_is_answered_and_says_who_calls() {
    let (server, scope) = (server(), scope());
    let aws = aws(&server);
    let created = create(&aws, "prod").await.expect("an answer").expect("no refusal");
    assert_eq!(created["cluster"]["clusterName"], "prod", "the answer is not AWS's: {created}");
    let identity = aws.identity(&scope).await.expect("an identity");
    assert!(identity.arn.contains(&identity.account), "{identity:?}");
    for entry in server.journal() {
        assert!(entry.user_agent.contains("app/ecs-bridge"), "{}: {}", entry.operation, entry.user_agent);
        assert_eq!(entry.region, REGION, "{} went elsewhere", entry.operation);
    }
}

#[tokio::test]
async fn what_goes_wrong_has_a_class_and_is_not_tried_again() {
    let server = server();
    for (effect, expected) in [
        ("throttle", Class::Throttled),
        ("fail-before", Class::Server),
        ("garbage", Class::Server),
        ("close", Class::Unreachable),
        ("access-denied", Class::AccessDenied),
        ("expired-token", Class::Credentials),
        (
            "error:UnrecognizedClientException:The security token included in the request is invalid.",
            Class::Credentials,
        ),
        ("error:InvalidParameterException:Rate exceeded", Class::Throttled),
    ] {
        server.clear_faults();
        server.clear_journal();
        server.fault(fault(&format!("ListClusters={effect}")));
        let failure = aws(&server).call(&scope(), &list(), None, Standing::Running).await.expect_err(effect);
        assert_eq!(failure.class, expected, "{effect}: {failure}");
        assert_eq!(server.journal().len(), 1, "{effect} was tried again");
    }
}

#[tokio::test]
async fn a_refusal_is_an_answer_with_its_code_message_and_request_id() {
    let server = server();
    let aws = aws(&server);
    let missing = call(Operation::DeleteCluster, json!({ "cluster": "gone" }));
    let refusal = aws
        .call(&scope(), &missing, Some(Cause::SpecChange), Standing::Running)
        .await
        .expect("an answer")
        .expect_err("a refusal");
    assert_eq!((refusal.kind, refusal.code.as_str()), (RefusalKind::NotFound, "ClusterNotFoundException"), "{refusal}");
    assert_eq!(refusal.message, "Cluster not found.", "AWS's own words");
    let known = server.journal().pop().map(|entry| entry.request_id);
    assert_eq!(refusal.request_id, known, "AWS's support asks for it");
}

#[tokio::test]
async fn a_call_that_hangs_ends_at_the_deadline() {
    let server = server();
    server.fault(fault("ListClusters=hang"));
    let aws = with(Settings { deadline: Duration::from_millis(300), ..settings(server.endpoint_url()) });
    let begun = Instant::now();
    let failure = aws.call(&scope(), &list(), None, Standing::Running).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Timeout, "{failure}");
    assert!(begun.elapsed() < Duration::from_secs(3), "it took {:?}", begun.elapsed());
    let other = call(Operation::ListTaskDefinitions, json!({}));
    aws.call(&scope(), &other, None, Standing::Running).await.expect("other calls go on").expect("and are answered");
}

/// Gives no credentials.
#[derive(Debug)]
struct Nothing;
impl ProvideCredentials for Nothing {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let nothing: provider::Result = Err(CredentialsError::not_loaded("there are none"));
        future::ProvideCredentials::ready(nothing)
    }
}

#[tokio::test]
async fn nobody_at_the_address_and_no_credentials_are_told_apart() {
    // Bound and dropped: nothing listens there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let failure = with(settings(format!("http://{free}")))
        .call(&scope(), &list(), None, Standing::Running)
        .await
        .expect_err("a failure");
    assert_eq!(failure.class, Class::Unreachable, "{failure}");

    let server = server();
    let none = SharedCredentialsProvider::new(Nothing);
    let aws = Aws::with_credentials(settings(server.endpoint_url()), none, Arc::new(()));
    let failure = aws.call(&scope(), &list(), None, Standing::Running).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Credentials, "{failure}");
    assert_eq!(aws.identity(&scope()).await.expect_err("nobody").class, Class::Credentials, "who am I");
    assert!(server.journal().is_empty(), "something was sent without credentials");
}

#[tokio::test]
async fn single_reads_become_one_call_and_each_gets_its_own_answer() {
    let server = server();
    let aws = aws(&server);
    for cluster in ["a", "b", "c"] {
        create(&aws, cluster).await.expect("an answer").expect("no refusal");
    }
    server.clear_journal();
    let names = ["a", "b", "gone", "c", "a", "lost"];
    let answers = join_all(names.map(|name| {
        let (aws, call) = (aws.clone(), describe(name));
        async move { aws.call(&scope(), &call, None, Standing::Running).await }
    }))
    .await;
    for (name, answer) in names.iter().zip(answers) {
        let expected = if name.len() == 1 { (vec![(*name).to_owned()], 0) } else { (Vec::new(), 1) };
        assert_eq!(clusters(answer), expected, "{name}");
    }
    assert_eq!(server.journal().len(), 1, "six reads, one call");
}

#[tokio::test]
async fn one_bad_name_is_refused_alone() {
    let message = "Identifier contains invalid characters.";
    let (good, bad) = Box::pin(one_is_struck(&format!("error:InvalidParameterException:{message}"))).await;
    assert_eq!(clusters(good), (vec!["good".to_owned()], 0), "the good one suffered for the bad one");
    assert_eq!(bad.expect("an answer").expect_err("a refusal").kind, RefusalKind::Refused, "the bad one");
}

#[tokio::test]
async fn what_a_policy_denies_of_one_is_denied_to_it_alone() {
    let (good, bad) = Box::pin(one_is_struck("access-denied")).await;
    assert_eq!(clusters(good), (vec!["good".to_owned()], 0), "the good one suffered for the bad one");
    assert_eq!(bad.expect_err("no answer").class, Class::AccessDenied, "the bad one");
}

/// A batch of two, of which one is struck: what each of them gets.
async fn one_is_struck(effect: &str) -> (CallResult, CallResult) {
    let server = server();
    let aws = aws(&server);
    create(&aws, "good").await.expect("an answer").expect("no refusal");
    server.clear_journal();
    server.fault(fault(&format!("DescribeClusters(bad)={effect}")));
    let (good, bad) = (describe("good"), describe("bad"));
    let scope = scope();
    let answers =
        tokio::join!(aws.call(&scope, &good, None, Standing::Running), aws.call(&scope, &bad, None, Standing::Running));
    assert_eq!(server.journal().len(), 3, "the batch, and each of its two alone");
    answers
}

#[tokio::test]
async fn a_failure_reaches_every_member_of_a_batch() {
    let server = server();
    let aws = aws(&server);
    server.fault(fault("DescribeClusters@1=fail-before"));
    let (one, other, scope) = (describe("a"), describe("b"), scope());
    let (one, other) = tokio::join!(
        aws.call(&scope, &one, None, Standing::Running),
        aws.call(&scope, &other, None, Standing::Running)
    );
    for answer in [one, other] {
        assert_eq!(answer.expect_err("a failure").class, Class::Server, "the batch failed");
    }
    assert_eq!(server.journal().len(), 1, "it was tried again");
}

fn object(name: &str) -> ObjectId {
    ObjectId { kind: "EcsCluster", namespace: "shop".to_owned(), name: name.to_owned() }
}

/// How many of a hundred objects may make this write at once.
fn turns(aws: &Aws, call: &Call) -> usize {
    let turn = |n: u32| aws.turn(&scope(), call, Cause::SpecChange, &object(&n.to_string()), Standing::New);
    (0..100).filter(|n| turn(*n) == Turn::Now).count()
}

#[tokio::test]
async fn writes_take_turns_under_the_share_of_the_quota() {
    let server = server();
    let aws = aws(&server);
    let create = call(Operation::CreateCluster, json!({ "clusterName": "a" }));
    assert_eq!(turns(&aws, &create), 16, "four fifths of AWS's burst of 20");
    let register = call(Operation::RegisterTaskDefinition, json!({ "family": "web" }));
    assert_eq!(turns(&aws, &register), 16, "another category has a bucket of its own");
    assert!(server.journal().is_empty(), "a turn is no call");
}

#[tokio::test]
async fn a_throttle_answer_shrinks_the_share() {
    let server = server();
    let aws = aws(&server);
    server.fault(fault("CreateCluster@1=throttle"));
    let failure = create(&aws, "a").await.expect_err("a failure");
    assert_eq!(failure.class, Class::Throttled, "{failure}");
    assert!(failure.retry_after.is_some_and(|wait| wait > Duration::from_secs(1)), "{:?}", failure.retry_after);
    let write = call(Operation::CreateCluster, json!({ "clusterName": "a" }));
    assert_eq!(turns(&aws, &write), 0, "AWS's bucket is empty, and calls go on");
}

#[tokio::test]
async fn a_read_waits_for_its_permit_no_longer_than_the_deadline() {
    let server = server();
    let sparing = Settings { quota_share: 0.01, deadline: Duration::from_secs(1), ..settings(server.endpoint_url()) };
    let aws = with(sparing);
    aws.call(&scope(), &list(), None, Standing::Running)
        .await
        .expect("the first has a permit")
        .expect("and is answered");
    let begun = Instant::now();
    let failure = aws.call(&scope(), &list(), None, Standing::Running).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Throttled, "{failure}");
    assert!(failure.retry_after.is_some(), "it does not say when to come back");
    assert!(begun.elapsed() < Duration::from_secs(2), "it waited {:?}", begun.elapsed());
    assert_eq!(server.journal().len(), 1, "a call was made without a permit");
}

#[tokio::test]
async fn a_flood_of_reads_stays_within_awss_quota() {
    let quotas = Config { quotas: true, ..Config::default() };
    let server = Server::start(Options { speed: 1.0, world: quotas, ..Options::default() }).expect("aws-sim starts");
    let aws = aws(&server);
    let answers = join_all((0..60).map(|_| {
        let aws = aws.clone();
        async move { aws.call(&scope(), &list(), None, Standing::Running).await }
    }))
    .await;
    for answer in answers {
        answer.expect("an answer").expect("no refusal");
    }
    let throttled = server.journal().iter().filter(|entry| !entry.succeeded()).count();
    assert_eq!((throttled, server.journal().len()), (0, 60), "AWS throttled some of 60 reads at once");
}

/// Answers `AssumeRole` for one role, and any other call with the access key that it was signed with.
async fn role_server(role: &'static str) -> String {
    let answer = move |headers: HeaderMap, body: String| async move {
        if !body.contains("Action=AssumeRole") {
            let signed = headers["authorization"].to_str().expect("a signature").to_owned();
            return (200, json!({ "clusterArns": [signed] }).to_string());
        }
        if !body.contains(&role.replace(':', "%3A").replace('/', "%2F")) {
            let denied = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to \
                          perform: sts:AssumeRole</Message></Error><RequestId>1</RequestId></ErrorResponse>";
            return (403, denied.to_owned());
        }
        let assumed = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\
                       <AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
                       <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>\
                       </Credentials></AssumeRoleResult></AssumeRoleResponse>";
        (200, assumed.to_owned())
    };
    let answer = move |headers: HeaderMap, body: String| async move {
        let (status, body) = answer(headers, body).await;
        (axum::http::StatusCode::from_u16(status).expect("a status"), body)
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", post(answer))).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_scope_with_a_role_calls_as_that_role() {
    const ROLE: &str = "arn:aws:iam::123456789012:role/team";
    let aws = with(settings(role_server(ROLE).await));
    let as_role = |role: Option<&str>| Scope { region: REGION.to_owned(), role: role.map(str::to_owned) };
    for (role, key) in [(Some(ROLE), "Credential=ASSUMED/"), (None, "Credential=ANOTREAL/")] {
        let answer =
            aws.call(&as_role(role), &list(), None, Standing::Running).await.expect("an answer").expect("no refusal");
        let signed = answer["clusterArns"][0].as_str().expect("the signature");
        assert!(signed.contains(key), "{role:?}: {signed}");
    }
    let other = as_role(Some("arn:aws:iam::123456789012:role/other"));
    let failure = aws.call(&other, &list(), None, Standing::Running).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Credentials, "a role that can't be assumed: {failure}");
    assert!(failure.message.contains("sts:AssumeRole"), "AWS's reason is lost: {failure}");
}

#[tokio::test]
async fn the_sweep_wakes_those_whose_answers_differ() {
    let server = server();
    let aws = aws(&server);
    let (wake, mut woken) = mpsc::unbounded_channel();
    let sweeper = Sweeper::new(aws.clone(), wake);
    for name in ["a", "b"] {
        create(&aws, name).await.expect("an answer").expect("no refusal");
        let call = describe(name);
        let answer = watch_hash(&aws.call(&scope(), &call, None, Standing::Running).await.expect("an answer"));
        sweeper.watch(object(name), &scope(), vec![Watched { call, answer }]);
    }
    server.clear_journal();

    sweeper.sweep().await;
    assert!(woken.try_recv().is_err(), "nothing changed, and somebody was woken");
    assert_eq!(server.journal().len(), 1, "two objects, one call");

    let delete = call(Operation::DeleteCluster, json!({ "cluster": "b" }));
    aws.call(&scope(), &delete, Some(Cause::SpecChange), Standing::Running)
        .await
        .expect("an answer")
        .expect("no refusal");
    server.fault(fault("DescribeClusters@1=fail-before"));
    sweeper.sweep().await;
    assert!(woken.try_recv().is_err(), "a failure woke somebody");
    sweeper.sweep().await;
    assert_eq!(woken.try_recv(), Ok(object("b")), "who rests on what is gone");
    assert!(woken.try_recv().is_err(), "and nobody else");

    sweeper.forget(&object("a"));
    sweeper.forget(&object("b"));
    server.clear_journal();
    sweeper.sweep().await;
    assert!(server.journal().is_empty(), "nobody is at rest, and AWS was asked");
}
