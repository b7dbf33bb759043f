//! The HTTP server, on a thread of its own, and the handle that tests hold.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Response, StatusCode};
use axum::routing::{get, post};
use serde_json::Value;
use tokio::sync::{Notify, oneshot};

use crate::control;
use crate::error::Error;
use crate::fault::Fault;
use crate::journal::Entry;
use crate::policy::Policy;
use crate::rest;
use crate::scope::{Api, Scope};
use crate::sim::{self, Delivery, Reply, Sim};
use crate::time::Time;
use crate::wire::{self, Signer};
use crate::world::{Config, World};

use held::Held;

mod held;
mod line;
mod poll;

/// AWS's own limit is below this.
const MAX_BODY: usize = 4 << 20;

/// How a server runs. The default listens on a free loopback port with a clock that only [`Server::advance`] moves.
#[derive(Debug, Clone)]
pub struct Options {
    pub listen: SocketAddr,
    /// Virtual seconds for each second of the wall clock; 0 stops the clock.
    pub speed: f64,
    /// Added to every answer, in wall time.
    pub latency: Duration,
    /// Access keys and the accounts they belong to. A key of twelve digits is its own account.
    pub accounts: BTreeMap<String, String>,
    pub faults: Vec<Fault>,
    /// The IAM policy that every request is held to; `None`: everything is allowed.
    pub policy: Option<Policy>,
    pub world: Config,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            speed: 0.0,
            latency: Duration::ZERO,
            accounts: BTreeMap::new(),
            faults: Vec::new(),
            policy: None,
            world: Config::default(),
        }
    }
}

/// A running aws-sim. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the handlers and the handle share.
pub(crate) struct Shared {
    sim: Mutex<Sim>,
    clock: Mutex<Clock>,
    latency: Duration,
    accounts: BTreeMap<String, String>,
    /// Messages came to a queue, or the clock was moved.
    changed: Notify,
}

/// The virtual clock: wall time times speed, plus what was added by hand.
struct Clock {
    origin: Time,
    started: Instant,
    speed: f64,
    added: Duration,
}

impl Clock {
    fn now(&self) -> Time {
        self.origin + self.started.elapsed().mul_f64(self.speed) + self.added
    }
}

impl Server {
    pub fn start(options: Options) -> io::Result<Self> {
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let origin = Time(0) + wall;
        let mut sim = Sim::new(options.world, options.policy, origin);
        for fault in options.faults {
            sim.faults.add(fault);
        }
        let shared = Arc::new(Shared {
            sim: Mutex::new(sim),
            clock: Mutex::new(Clock {
                origin,
                started: Instant::now(),
                speed: options.speed.max(0.0),
                added: Duration::ZERO,
            }),
            latency: options.latency,
            accounts: options.accounts,
            changed: Notify::new(),
        });

        let listener = std::net::TcpListener::bind(options.listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let serving = shared.clone();
        let thread = std::thread::Builder::new().name("aws-sim".into()).spawn(move || {
            runtime.block_on(async move {
                if let Err(error) = serve(listener, serving, stopped).await {
                    tracing::error!(%error, "aws-sim stopped serving");
                }
            });
        })?;
        Ok(Self { address, shared, stop: Some(stop), thread: Some(thread) })
    }

    pub fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request since the start or the last [`clear_journal`](Self::clear_journal).
    pub fn journal(&self) -> Vec<Entry> {
        self.shared.sim().journal.entries()
    }

    /// Those after a sequence number, for callers that poll.
    pub fn journal_after(&self, sequence: u64) -> Vec<Entry> {
        self.shared.sim().journal.after(sequence)
    }

    pub fn clear_journal(&self) {
        self.shared.sim().journal.clear();
    }

    pub fn fault(&self, fault: Fault) {
        self.shared.sim().faults.add(fault);
    }

    /// Takes one out, and leaves the others in force.
    pub fn withdraw(&self, fault: &Fault) {
        self.shared.sim().faults.withdraw(fault);
    }

    pub fn clear_faults(&self) {
        self.shared.sim().faults.clear();
    }

    /// A call by another party of the default account and region: no quota, no fault, no journal.
    pub fn call(&self, api: Api, operation: &str, request: &Value) -> Result<Value, Error> {
        self.call_in(&Scope::default(), api, operation, request)
    }

    pub fn call_in(&self, scope: &Scope, api: Api, operation: &str, request: &Value) -> Result<Value, Error> {
        self.shared.sim().world.call(scope, api, operation, request)
    }

    /// Looks into the world, or changes it behind AWS's API, at the clock's present time. The world is locked meanwhile: `look` must
    /// not call the server.
    pub fn world<R>(&self, look: impl FnOnce(&mut World) -> R) -> R {
        look(&mut self.shared.sim().world)
    }

    /// Moves the clock on, whether it runs by itself or not, and everything that happens by then happens.
    pub fn advance(&self, span: Duration) {
        self.shared.advance(span);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only if the thread has ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// The simulator, at the clock's present time. A test that panicked while it held the lock takes nobody else down.
    pub(crate) fn sim(&self) -> Held<'_> {
        let mut sim = Held::new(self.sim.lock().unwrap_or_else(PoisonError::into_inner), &self.changed);
        let now = self.clock().now();
        sim.world.advance_to(now);
        sim
    }

    fn clock(&self) -> MutexGuard<'_, Clock> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long it is until then on the wall's clock; `None`: for ever, as things are.
    fn until(&self, time: Time) -> Option<Duration> {
        let clock = self.clock();
        (clock.speed > 0.0).then(|| time.since(clock.now()).div_f64(clock.speed))
    }

    pub(crate) fn advance(&self, span: Duration) {
        self.clock().added += span;
        drop(self.sim());
        self.changed.notify_waiters();
    }
}

async fn serve(listener: std::net::TcpListener, shared: Arc<Shared>, stopped: oneshot::Receiver<()>) -> io::Result<()> {
    let listener = line::Listener::new(tokio::net::TcpListener::from_std(listener)?);
    let app = Router::new()
        .route("/", post(aws))
        // EKS has a path for everything.
        .fallback(aws)
        .nest("/_sim", control::routes())
        .route("/_sim/", get(control::index))
        .with_state(shared)
        .into_make_service_with_connect_info::<line::Cut>();
    // Requests that hang must not keep the server from stopping, so it is not asked to finish them.
    tokio::select! {
        served = axum::serve(listener, app) => served,
        _ = stopped => Ok(()),
    }
}

async fn aws(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<line::Cut>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return refuse(&Error::new("RequestEntityTooLarge", "the request is larger than 4 MiB").with_status(413));
    };
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Clients of SQS may send to a queue's own path.
    let is_rest = parts.uri.path() != "/" && !parts.headers.contains_key("x-amz-target");
    let read = if is_rest { rest::read(&parts.method, &parts.uri, &body) } else { wire::read(&parts.headers, &body) };
    let request = match (Signer::from_headers(&parts.headers), read) {
        (Err(error), _) | (_, Err(error)) => return refuse(&error),
        (Ok(signer), Ok((api, operation, body))) => sim::Request {
            api,
            scope: signer.scope(&shared.accounts),
            operation,
            body,
            access_key: signer.access_key,
            user_agent: header("user-agent").to_owned(),
        },
    };

    let mut reply = shared.sim().handle(&request);
    if poll::found_nothing(&request, &reply.answer) {
        reply.answer = poll::wait(&shared, &request).await;
    }
    log(&request, &reply);
    if !shared.latency.is_zero() {
        tokio::time::sleep(shared.latency).await;
    }
    match reply.delivery {
        Delivery::Plain => {}
        Delivery::Late(span) => tokio::time::sleep(span).await,
        Delivery::Never => std::future::pending().await,
        Delivery::Cut => cut.now(),
        Delivery::Garbage => {
            return respond(StatusCode::OK, "text/html", &reply.request_id, "<html>502 Bad Gateway".into());
        }
    }
    let status = match &reply.answer {
        Ok(_) => StatusCode::OK,
        Err(error) => StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST),
    };
    if [Api::Iam, Api::Sts].contains(&request.api) {
        let body = wire::xml(request.api, &request.operation, &reply.answer, &reply.request_id);
        return respond(status, "text/xml", &reply.request_id, body);
    }
    if let (Api::Sqs, Err(error)) = (request.api, &reply.answer) {
        let (body, query_error) = wire::of_sqs(error);
        let mut response = respond(status, wire::JSON_1_0, &reply.request_id, body.to_string());
        if let Ok(query_error) = query_error.parse() {
            response.headers_mut().insert("x-amzn-query-error", query_error);
        }
        return response;
    }
    let body = match &reply.answer {
        Ok(answer) => answer.to_string(),
        Err(error) => error.body().to_string(),
    };
    if request.api == Api::Eks {
        let mut response = respond(status, "application/json", &reply.request_id, body);
        // REST-JSON names the error in a header.
        if let Some(code) = reply.answer.err().and_then(|error| error.code.parse().ok()) {
            response.headers_mut().insert("x-amzn-errortype", code);
        }
        return response;
    }
    let version = if request.api == Api::Sqs { wire::JSON_1_0 } else { "application/x-amz-json-1.1" };
    respond(status, version, &reply.request_id, body)
}

/// What cannot even be read as a request to an API does not reach the journal.
fn refuse(error: &Error) -> Response<Body> {
    tracing::warn!(%error, "a request was refused");
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    respond(status, "application/x-amz-json-1.1", "refused", error.body().to_string())
}

fn respond(status: StatusCode, content_type: &str, request_id: &str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    for (name, value) in [("content-type", content_type), ("x-amzn-requestid", request_id)] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn log(request: &sim::Request, reply: &Reply) {
    let sim::Request { api, scope, operation, .. } = request;
    let Scope { account, region } = scope;
    match &reply.answer {
        Ok(_) => tracing::info!("{api} {operation} {account} {region} 200"),
        Err(error) => tracing::info!("{api} {operation} {account} {region} {} {error}", error.status),
    }
}
