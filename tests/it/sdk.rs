//! The way between canonical JSON and AWS, both directions, on the real SDK clients: only the socket is ours.

use std::sync::{Arc, Mutex, PoisonError};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use ecs_bridge::aws::sdk::{self, Kind};
use ecs_bridge::model::{ecr, ecs, eks, secretsmanager, servicediscovery, sts};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::model::task_definitions;
use crate::model_shapes::Shapes;

/// What came over the wire.
#[derive(Clone, Debug, Default)]
struct Request {
    method: String,
    uri: String,
    target: String,
    length: String,
    signed: bool,
    body: String,
}

/// What the wire answers.
#[derive(Clone, Debug)]
enum Answer {
    Http(u16, String),
    Broken,
    Late,
}

/// A connection that notes what it is asked, and answers what it is told.
#[derive(Clone, Debug)]
struct Wire {
    request: Arc<Mutex<Option<Request>>>,
    answer: Arc<Mutex<Answer>>,
}

impl Wire {
    fn new() -> Self {
        Self { request: Arc::default(), answer: Arc::new(Mutex::new(Answer::Http(200, "{}".to_owned()))) }
    }

    fn answers(&self, answer: Answer) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }

    fn asked(&self) -> Option<Request> {
        self.request.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let header = |name: &str| request.headers().get(name).unwrap_or_default().to_owned();
        let noted = Request {
            method: request.method().to_owned(),
            uri: request.uri().to_owned(),
            target: header("x-amz-target"),
            length: header("content-length"),
            signed: header("authorization").starts_with("AWS4-HMAC-SHA256"),
            body: String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned(),
        };
        *self.request.lock().unwrap_or_else(PoisonError::into_inner) = Some(noted);
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner).clone();
        HttpConnectorFuture::ready(match answer {
            Answer::Broken => Err(ConnectorError::io("the connection broke".into())),
            Answer::Late => Err(ConnectorError::timeout("no answer within 30 s".into())),
            Answer::Http(status, body) => {
                let status = status.try_into().expect("a status of HTTP");
                let mut response = HttpResponse::new(status, SdkBody::from(body));
                response.headers_mut().insert("x-amzn-requestid", "request-1");
                Ok(response)
            }
        })
    }
}

#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("no role is bound to the ServiceAccount")))
    }
}

fn credentials() -> SharedCredentialsProvider {
    let credentials = Credentials::builder().access_key_id("key").secret_access_key("secret").provider_name("test");
    SharedCredentialsProvider::new(credentials.build())
}

/// The configuration of any of the services, whose SDKs have a type each for it.
macro_rules! client {
    ($service:ident, $wire:expr, $credentials:expr) => {{
        let wire = $wire.clone();
        let config = $service::Config::builder()
            .behavior_version($service::config::BehaviorVersion::latest())
            .region($service::config::Region::new("eu-central-1"))
            .credentials_provider($credentials)
            .retry_config(RetryConfig::disabled())
            .http_client(http_client_fn(move |_, _| SharedHttpConnector::new(wire.clone())))
            .build();
        $service::Client::from_conf(config)
    }};
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

proptest! {
    #![proptest_config(crate::cases::cases(24))]

    #[test]
    fn requests_and_responses_of_ecs_pass_unchanged(seed: u64) {
        let (wire, shapes, runtime) = (Wire::new(), Shapes::read("ecs"), runtime());
        let client = client!(aws_sdk_ecs, wire, credentials());
        for operation in ecs::Operation::ALL {
            let name = operation.name();
            let request = shapes.random(shapes.of(name, "input"), seed);
            let response = shapes.random(shapes.of(name, "output"), seed);
            wire.answers(Answer::Http(200, response.to_string()));
            let success = runtime.block_on(sdk::ecs::invoke(&client, *operation, &request));
            let success = success.map_err(|failure| TestCaseError::fail(format!("{name}: {failure}: {response}")))?;
            unchanged(name, "AmazonEC2ContainerServiceV20141113", &wire, &request, (&success, &response))?;
        }
    }

    #[test]
    fn requests_and_responses_of_ecr_pass_unchanged(seed: u64) {
        let (wire, shapes, runtime) = (Wire::new(), Shapes::read("ecr"), runtime());
        let client = client!(aws_sdk_ecr, wire, credentials());
        for operation in ecr::Operation::ALL {
            let name = operation.name();
            let request = shapes.random(shapes.of(name, "input"), seed);
            let response = shapes.random(shapes.of(name, "output"), seed);
            wire.answers(Answer::Http(200, response.to_string()));
            let success = runtime.block_on(sdk::ecr::invoke(&client, *operation, &request));
            let success = success.map_err(|failure| TestCaseError::fail(format!("{name}: {failure}: {response}")))?;
            unchanged(name, "AmazonEC2ContainerRegistry_V20150921", &wire, &request, (&success, &response))?;
        }
    }

    #[test]
    fn requests_and_responses_of_secrets_manager_pass_unchanged(seed: u64) {
        let (wire, shapes, runtime) = (Wire::new(), Shapes::read("secretsmanager"), runtime());
        let client = client!(aws_sdk_secretsmanager, wire, credentials());
        for operation in secretsmanager::Operation::ALL {
            let name = operation.name();
            let request = shapes.random(shapes.of(name, "input"), seed);
            let response =
                if shapes.answers_nothing(name) { json!({}) } else { shapes.random(shapes.of(name, "output"), seed) };
            wire.answers(Answer::Http(200, response.to_string()));
            let success = runtime.block_on(sdk::secretsmanager::invoke(&client, *operation, &request));
            let success = success.map_err(|failure| TestCaseError::fail(format!("{name}: {failure}: {response}")))?;
            unchanged(name, "secretsmanager", &wire, &request, (&success, &response))?;
        }
    }

    #[test]
    fn requests_and_responses_of_cloud_map_pass_unchanged(seed: u64) {
        let (wire, shapes, runtime) = (Wire::new(), Shapes::read("servicediscovery"), runtime());
        let client = client!(aws_sdk_servicediscovery, wire, credentials());
        for operation in servicediscovery::Operation::ALL {
            let name = operation.name();
            let request = shapes.random(shapes.of(name, "input"), seed);
            let response = shapes.random(shapes.of(name, "output"), seed);
            wire.answers(Answer::Http(200, response.to_string()));
            let success = runtime.block_on(sdk::servicediscovery::invoke(&client, *operation, &request)).expect("an answer");
            unchanged(name, "Route53AutoNaming_v20170314", &wire, &request, (&success, &response))?;
        }
    }

    #[test]
    fn requests_and_responses_of_eks_pass_unchanged(seed: u64) {
        let (wire, shapes, runtime) = (Wire::new(), Shapes::read("eks"), runtime());
        let client = client!(aws_sdk_eks, wire, credentials());
        for operation in eks::Operation::ALL {
            let name = operation.name();
            let input = shapes.of(name, "input");
            let mut request = shapes.random(input, seed);
            for (member, reference) in shapes.shape(input)["members"].as_object().into_iter().flatten() {
                // No URL has an empty step.
                if reference["location"] == "uri" && request[member] == "" {
                    request[member] = json!("x");
                }
            }
            let response = shapes.random(shapes.of(name, "output"), seed);
            wire.answers(Answer::Http(200, response.to_string()));
            let success = runtime.block_on(sdk::eks::invoke(&client, *operation, &request));
            let success = success.map_err(|failure| TestCaseError::fail(format!("{name}: {failure}: {response}")))?;
            let sent = wire.asked().ok_or_else(|| TestCaseError::fail(format!("{name} was not sent")))?;
            let mut body = request.clone();
            body.as_object_mut().expect("a structure").retain(|member, _| {
                shapes.shape(input)["members"][member].get("location").is_none()
            });
            let sent_body = if sent.body.is_empty() { json!({}) } else { parsed(&sent.body) };
            prop_assert_eq!(&sent_body, &body, "the body of {}", name);
            prop_assert_eq!(&success.output, &response, "the response of {}", name);
            prop_assert_eq!(success.request_id.as_deref(), Some("request-1"), "the request id of {}", name);
        }
    }
}

/// What a request of EKS looks like on the wire: REST, with members in the path and the query string.
#[test]
fn requests_of_eks_have_their_members_where_aws_reads_them() {
    let (wire, runtime) = (Wire::new(), runtime());
    let client = client!(aws_sdk_eks, wire, credentials());
    let arn = "arn:aws:eks:eu-central-1:1:fargateprofile/c/p/1";
    for (operation, request, method, path, body) in [
        (
            eks::Operation::CreateFargateProfile,
            json!({"clusterName": "c", "fargateProfileName": "p", "selectors": [{"namespace": "n", "newer": 1}]}),
            "POST",
            "/clusters/c/fargate-profiles",
            r#"{"fargateProfileName":"p","selectors":[{"namespace":"n","newer":1}]}"#,
        ),
        (
            eks::Operation::DescribeFargateProfile,
            json!({"clusterName": "c d", "fargateProfileName": "p/q"}),
            "GET",
            "/clusters/c%20d/fargate-profiles/p%2Fq",
            "",
        ),
        (
            eks::Operation::DeleteFargateProfile,
            json!({"clusterName": "c", "fargateProfileName": "p"}),
            "DELETE",
            "/clusters/c/fargate-profiles/p",
            "",
        ),
        (
            eks::Operation::ListFargateProfiles,
            json!({"clusterName": "c", "maxResults": 5, "nextToken": "t&"}),
            "GET",
            "/clusters/c/fargate-profiles?maxResults=5&nextToken=t%26",
            "",
        ),
        (eks::Operation::DescribeCluster, json!({"name": "c"}), "GET", "/clusters/c", ""),
        (
            eks::Operation::TagResource,
            json!({"resourceArn": arn, "tags": {"a": "b"}}),
            "POST",
            "/tags/arn%3Aaws%3Aeks%3Aeu-central-1%3A1%3Afargateprofile%2Fc%2Fp%2F1",
            r#"{"tags":{"a":"b"}}"#,
        ),
        (
            eks::Operation::UntagResource,
            json!({"resourceArn": arn, "tagKeys": ["a", "b:c"]}),
            "DELETE",
            "/tags/arn%3Aaws%3Aeks%3Aeu-central-1%3A1%3Afargateprofile%2Fc%2Fp%2F1?tagKeys=a&tagKeys=b%3Ac",
            "",
        ),
    ] {
        let name = operation.name();
        runtime.block_on(sdk::eks::invoke(&client, operation, &request)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let sent = wire.asked().unwrap_or_else(|| panic!("{name} was not sent"));
        let expected = format!("https://eks.eu-central-1.amazonaws.com{path}");
        assert_eq!((&*sent.method, sent.uri), (method, expected), "where {name} goes");
        assert_eq!(sent.body, body, "the body of {name}");
        assert!(sent.signed, "{name} is not signed");
        let length = if body.is_empty() { String::new() } else { body.len().to_string() };
        assert_eq!(sent.length, length, "the length of {name}");
    }
}

/// What has no place in a URL is refused before anything is sent.
#[test]
fn a_request_of_eks_without_its_names_is_not_sent() {
    let (wire, runtime) = (Wire::new(), runtime());
    let client = client!(aws_sdk_eks, wire, credentials());
    for request in [json!({}), json!({"clusterName": ""}), json!({"clusterName": 1}), json!({"clusterName": null})] {
        let call = sdk::eks::invoke(&client, eks::Operation::ListFargateProfiles, &request);
        let failure = runtime.block_on(call).expect_err("no cluster is named");
        assert_eq!(failure.kind, Kind::Construction, "{request}: {failure}");
        assert!(wire.asked().is_none(), "{request} was sent");
    }
}

fn unchanged(
    name: &str,
    prefix: &str,
    wire: &Wire,
    request: &Value,
    (success, response): (&sdk::Success, &Value),
) -> Result<(), TestCaseError> {
    let sent = wire.asked().ok_or_else(|| TestCaseError::fail(format!("{name} was not sent")))?;
    prop_assert_eq!(&sent.target, &format!("{prefix}.{name}"), "the operation that is sent");
    prop_assert_eq!(&sent.length, &sent.body.len().to_string(), "the length of {}", name);
    prop_assert!(sent.signed, "{name} is not signed");
    prop_assert_eq!(&parsed(&sent.body), request, "the request of {}", name);
    prop_assert_eq!(&success.output, response, "the response of {}", name);
    prop_assert_eq!(success.request_id.as_deref(), Some("request-1"), "the request id of {}", name);
    Ok(())
}

#[test]
fn real_task_definitions_are_sent_as_they_are() {
    let (wire, runtime) = (Wire::new(), runtime());
    let client = client!(aws_sdk_ecs, wire, credentials());
    for (name, definition) in task_definitions() {
        let call = sdk::ecs::invoke(&client, ecs::Operation::RegisterTaskDefinition, &definition);
        runtime.block_on(call).unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let sent = wire.asked().unwrap_or_else(|| panic!("{name} was not sent"));
        assert_eq!(parsed(&sent.body), definition, "{name} on the wire");
    }
}

/// aws-sdk-ecs 1.157 does not know these members; AWS does.
#[test]
fn what_is_newer_than_the_sdk_is_not_lost() {
    let (wire, runtime) = (Wire::new(), runtime());
    let client = client!(aws_sdk_ecs, wire, credentials());
    let request = json!({
        "family": "f",
        "containerDefinitions": [],
        "trustedExecutionConfiguration": {"isolationMode": "ISOLATED_SANDBOX"},
    });
    let response = json!({"taskDefinition": request});
    wire.answers(Answer::Http(200, response.to_string()));
    let call = sdk::ecs::invoke(&client, ecs::Operation::RegisterTaskDefinition, &request);
    let success = runtime.block_on(call).expect("the call succeeds");
    assert_eq!(parsed(&wire.asked().expect("the call is sent").body), request, "on the way there");
    assert_eq!(success.output, response, "on the way back");
}

#[test]
fn an_empty_answer_is_an_empty_response() {
    let (wire, runtime) = (Wire::new(), runtime());
    let client = client!(aws_sdk_ecs, wire, credentials());
    wire.answers(Answer::Http(200, String::new()));
    let request = json!({"resourceArn": "a", "tags": []});
    let call = sdk::ecs::invoke(&client, ecs::Operation::TagResource, &request);
    assert_eq!(runtime.block_on(call).expect("the call succeeds").output, json!({}), "the response");
}

#[test]
fn sts_tells_who_one_is() {
    let (wire, runtime) = (Wire::new(), runtime());
    let client = client!(aws_sdk_sts, wire, credentials());
    wire.answers(Answer::Http(
        200,
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <Arn>arn:aws:iam::123456789012:role/x</Arn><UserId>U</UserId><Account>123456789012</Account>\
         </GetCallerIdentityResult></GetCallerIdentityResponse>"
            .to_owned(),
    ));
    let success = runtime.block_on(sdk::sts::invoke(&client, sts::Operation::GetCallerIdentity));
    let output = json!({"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:role/x", "UserId": "U"});
    assert_eq!(success.expect("the call succeeds").output, output, "the identity");
}

struct Case {
    name: &'static str,
    answer: Answer,
    credentials: SharedCredentialsProvider,
    kind: Kind,
    code: Option<&'static str>,
    status: Option<u16>,
    says: &'static str,
}

#[test]
fn failures_are_told_apart() {
    let http = |status, body: &str| Answer::Http(status, body.to_owned());
    let case = |name, answer, kind, code, status, says| Case {
        name,
        answer,
        credentials: credentials(),
        kind,
        code,
        status,
        says,
    };
    let cases = [
        case(
            "a modelled error",
            http(400, r#"{"__type":"ClusterNotFoundException","message":"Cluster not found."}"#),
            Kind::Service,
            Some("ClusterNotFoundException"),
            Some(400),
            "ClusterNotFoundException: Cluster not found.",
        ),
        case(
            "an error that the model does not name",
            http(400, r#"{"__type":"com.amazonaws.ecs#ThrottlingException","message":"Rate exceeded"}"#),
            Kind::Service,
            Some("ThrottlingException"),
            Some(400),
            "Rate exceeded",
        ),
        case(
            "an error without a message",
            http(400, r#"{"__type":"ServerException"}"#),
            Kind::Service,
            Some("ServerException"),
            Some(400),
            "no message",
        ),
        case("an answer that is no JSON", http(200, "<html>hello"), Kind::Response, None, Some(200), ""),
        case("an answer of another form", http(200, r#"{"services": 1}"#), Kind::Response, None, Some(200), ""),
        case("a broken connection", Answer::Broken, Kind::Dispatch, None, None, "the connection broke"),
        case("no answer", Answer::Late, Kind::Timeout, None, None, "no answer within 30 s"),
        Case {
            credentials: SharedCredentialsProvider::new(NoCredentials),
            ..case("no credentials", http(200, "{}"), Kind::Credentials, None, None, "no role is bound")
        },
    ];
    let runtime = runtime();
    for Case { name, answer, credentials, kind, code, status, says } in cases {
        let wire = Wire::new();
        let client = client!(aws_sdk_ecs, wire, credentials);
        wire.answers(answer);
        let request = json!({"services": ["a"]});
        let call = sdk::ecs::invoke(&client, ecs::Operation::DescribeServices, &request);
        let failure = runtime.block_on(call).expect_err(name);
        assert_eq!(failure.kind, kind, "{name}: {failure}");
        assert_eq!(failure.code.as_deref(), code, "{name}: {failure}");
        assert_eq!(failure.http_status, status, "{name}: {failure}");
        assert_eq!(failure.request_id.as_deref(), status.map(|_| "request-1"), "{name}: {failure}");
        assert!(failure.to_string().contains(says), "{name} says: {failure}");
    }
}
