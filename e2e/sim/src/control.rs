//! The control calls under `/_sim/`, for tests that run the binary.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{Response, StatusCode, header};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::error::Error;
use crate::fault::Fault;
use crate::scope::{Api, Scope};
use crate::server::Shared;
use crate::world::{EventFaults, Failing, Issue};

type Answer = Result<Value, Error>;
type Sims = State<Arc<Shared>>;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(index))
        .route("/journal", get(journal).delete(clear_journal))
        .route("/faults", post(add_faults).delete(clear_faults))
        .route("/state", get(state))
        .route("/advance", post(advance))
        .route("/call", post(call))
        .route("/put-image", post(put_image))
        .route("/stop-task", post(stop_task))
        .route("/fail-health-check", post(fail_health_check))
        .route("/fail-fargate-profile", post(fail_fargate_profile))
        .route("/event-faults", post(event_faults))
}

pub(crate) async fn index() -> Response<Body> {
    reply(Ok(json!({
        "aws-sim": "a test double of Amazon ECS and of what stands around it; it is not AWS",
        "GET /_sim/journal?after=N": "every request since the start, or after that sequence number",
        "DELETE /_sim/journal": "forget them",
        "POST /_sim/faults": {"faults": ["CreateService@2=fail-after"]},
        "DELETE /_sim/faults": "no more faults",
        "GET /_sim/state": "what exists, by account and region",
        "POST /_sim/advance": {"seconds": 60},
        "POST /_sim/call": {"service": "ecs", "operation": "UpdateService", "request": {}, "account": "123456789012", "region": "us-east-1"},
        "POST /_sim/put-image": {"repository": "team/app", "tag": "v1", "account": "123456789012", "region": "us-east-1"},
        "POST /_sim/stop-task": {"cluster": "main", "task": "ID or ARN", "exitCode": 137, "reason": "OutOfMemoryError: container killed"},
        "POST /_sim/fail-health-check": {"cluster": "main", "task": "ID or ARN"},
        "POST /_sim/event-faults": {"losePercent": 10, "doublePercent": 10, "delaySeconds": 0, "reorderSeconds": 30, "silent": false},
        "POST /_sim/fail-fargate-profile": {"cluster": "main", "next": "creation", "code": "AccessDenied", "message": "why"},
    })))
}

async fn journal(State(shared): Sims, RawQuery(query): RawQuery) -> Response<Body> {
    let after = query.as_deref().and_then(|query| query.strip_prefix("after=")?.parse().ok()).unwrap_or(0);
    reply(Ok(json!({"entries": shared.sim().journal.after(after)})))
}

async fn clear_journal(State(shared): Sims) -> Response<Body> {
    shared.sim().journal.clear();
    reply(Ok(json!({})))
}

#[derive(Deserialize)]
struct FaultSpecs {
    faults: Vec<String>,
}

async fn add_faults(State(shared): Sims, body: Bytes) -> Response<Body> {
    reply(read::<FaultSpecs>(&body).and_then(|specs| {
        let faults: Result<Vec<Fault>, String> = specs.faults.iter().map(|spec| spec.parse()).collect();
        let faults = faults.map_err(|problem| Error::new("BadFault", problem))?;
        let mut sim = shared.sim();
        for fault in faults {
            sim.faults.add(fault);
        }
        Ok(json!({}))
    }))
}

async fn clear_faults(State(shared): Sims) -> Response<Body> {
    shared.sim().faults.clear();
    reply(Ok(json!({})))
}

async fn state(State(shared): Sims) -> Response<Body> {
    reply(Ok(shared.sim().world.state()))
}

#[derive(Deserialize)]
struct Advance {
    seconds: f64,
}

async fn advance(State(shared): Sims, body: Bytes) -> Response<Body> {
    reply(read::<Advance>(&body).and_then(|Advance { seconds }| {
        let span = Duration::try_from_secs_f64(seconds)
            .map_err(|error| Error::new("BadRequest", format!("'seconds' is {seconds}: {error}")))?;
        shared.advance(span);
        Ok(json!({"now": shared.sim().world.now().to_text()}))
    }))
}

#[derive(Deserialize)]
struct Where {
    account: Option<String>,
    region: Option<String>,
}

impl Where {
    fn scope(self) -> Scope {
        let default = Scope::default();
        Scope::new(self.account.unwrap_or(default.account), self.region.unwrap_or(default.region))
    }
}

#[derive(Deserialize)]
struct Call {
    service: String,
    operation: String,
    #[serde(default)]
    request: Value,
    #[serde(flatten)]
    place: Where,
}

/// A call by another party: a foreign edit, for instance.
async fn call(State(shared): Sims, body: Bytes) -> Response<Body> {
    reply(read::<Call>(&body).and_then(|call| {
        let api = Api::from_name(&call.service).ok_or_else(|| {
            Error::new("BadRequest", format!("no service is named {}; there are {}", call.service, Api::names()))
        })?;
        let request = if call.request.is_null() { json!({}) } else { call.request };
        shared.sim().world.call(&call.place.scope(), api, &call.operation, &request)
    }))
}

#[derive(Deserialize)]
struct PutImage {
    repository: String,
    tag: String,
    #[serde(flatten)]
    place: Where,
}

async fn put_image(State(shared): Sims, body: Bytes) -> Response<Body> {
    reply(read::<PutImage>(&body).and_then(|put| {
        shared.sim().world.put_image(&put.place.scope(), &put.repository, &put.tag)?;
        Ok(json!({}))
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StopTask {
    cluster: String,
    task: String,
    exit_code: Option<i32>,
    reason: Option<String>,
    #[serde(flatten)]
    place: Where,
}

async fn stop_task(State(shared): Sims, body: Bytes) -> Response<Body> {
    reply(read::<StopTask>(&body).and_then(|stop| {
        let mut sim = shared.sim();
        sim.world.fail_task(
            &stop.place.scope(),
            &stop.cluster,
            &stop.task,
            stop.exit_code.unwrap_or(1),
            stop.reason.as_deref(),
        )?;
        Ok(json!({}))
    }))
}

#[derive(Deserialize)]
struct FailHealthCheck {
    cluster: String,
    task: String,
    #[serde(flatten)]
    place: Where,
}

async fn fail_health_check(State(shared): Sims, body: Bytes) -> Response<Body> {
    reply(read::<FailHealthCheck>(&body).and_then(|fail| {
        shared.sim().world.fail_health_check(&fail.place.scope(), &fail.cluster, &fail.task)?;
        Ok(json!({}))
    }))
}

#[derive(Deserialize)]
struct FailFargateProfile {
    cluster: String,
    next: Next,
    code: String,
    message: String,
    #[serde(flatten)]
    place: Where,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Next {
    Creation,
    Deletion,
}

async fn fail_fargate_profile(State(shared): Sims, body: Bytes) -> Response<Body> {
    reply(read::<FailFargateProfile>(&body).and_then(|fail| {
        let issue = Issue { code: fail.code, message: fail.message };
        let failing = Failing { is_creation: matches!(fail.next, Next::Creation), issue };
        shared.sim().world.fail_fargate_profile(&fail.place.scope(), &fail.cluster, failing)?;
        Ok(json!({}))
    }))
}

/// What goes wrong with events from now on; what is not named goes well.
async fn event_faults(State(shared): Sims, body: Bytes) -> Response<Body> {
    reply(read::<EventFaults>(&body).map(|faults| {
        shared.sim().world.set_event_faults(faults);
        json!({})
    }))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|error| {
        Error::new("BadRequest", format!("the body is not what this call takes: {error}; see GET /_sim/"))
    })
}

fn reply(answer: Answer) -> Response<Body> {
    let (status, body) = match answer {
        Ok(value) => (StatusCode::OK, value),
        Err(error) => (StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST), error.body()),
    };
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    response
}
