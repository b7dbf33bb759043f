//! Wires the operator together and runs it until it is told to stop.

use std::{sync::Arc, time::Duration};

use axum::http::{HeaderValue, header::USER_AGENT};
use k8s_openapi::api::core::v1::Namespace;
use kube::{Api, Client, runtime::reflector};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::{mpsc, oneshot, watch},
    task::{JoinHandle, JoinSet},
};
use tracing::{info, warn};

use super::{
    annotated,
    controller::Queue,
    dependents::Dependents,
    events::Events,
    http,
    kubernetes::Kubernetes,
    lanes::Lanes,
    lease::{Election, Leadership, Lost},
    metrics::Metrics,
    neighbours, object,
    observer::Observer,
    permissions,
    readiness::Readiness,
    registry,
    settings::Settings,
    shared::{ApiError, Shared, Wakes, timely},
    watched::Watched,
};
use crate::{
    aws::{Aws, ObjectId, Roster, Scope, Sweeper, events},
    engine::ownership::{self, TakesFromItself},
    kinds::named::UnknownKind,
};

/// Why the operator does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("no way to a Kubernetes API server: {0}. Set KUBECONFIG, or run in a pod with a ServiceAccount")]
    Kubernetes(#[source] Box<kube::Error>),
    #[error("no way to a Kubernetes API server: {0}. Set KUBECONFIG, or run in a pod with a ServiceAccount")]
    Config(#[from] kube::config::InferConfigError),
    #[error(
        "the UID of the namespace kube-system can't be read, which is this cluster's owner id: {0}. Allow `get` on it, or set --owner-id"
    )]
    OwnerId(#[source] ApiError),
    #[error(transparent)]
    TakesFromItself(#[from] TakesFromItself),
    #[error("{0} can't be listened on: {1}. Choose another address with --listen")]
    Listen(std::net::SocketAddr, #[source] std::io::Error),
    #[error("the CRDs of this build are malformed: {0}")]
    Crds(#[from] serde_json::Error),
    #[error("--kinds: {0}")]
    Kinds(#[from] UnknownKind),
    #[error("a controller ended by itself, which is a defect: {0}. Please report it with the log")]
    Ended(String),
    #[error("the Lease {lease} is lost: {lost}. The process ends, and follows when it is started again")]
    Lost { lease: String, lost: Lost },
    #[error("no signal handlers: {0}")]
    Signals(#[from] std::io::Error),
}

/// Runs the operator. SIGTERM and SIGINT end it once what is in flight is done.
pub async fn run(settings: Settings) -> Result<(), StartError> {
    let listener = http::bind(settings.listen).await.map_err(|error| StartError::Listen(settings.listen, error))?;
    let client = client(true).await?;
    let kubernetes = Kubernetes::new(self::client(false).await?);
    let owner_id = match &settings.owner_id {
        Some(id) => id.clone(),
        None => cluster_id(&client).await.map_err(StartError::OwnerId)?,
    };
    ownership::takes_over(Some(&owner_id), settings.adopt_from.as_deref())?;
    let metrics = Metrics::new();
    let scope = Scope::new(settings.aws.region.clone());
    let (stop, stopped) = watch::channel(false);
    let (wake, woken) = mpsc::unbounded_channel::<ObjectId>();

    let mut wakes = Wakes::default();
    let (mut kinds, mut queues) = (Vec::new(), Vec::new());
    for shell in registry::shells(&settings.kinds)? {
        let watches = Watched::new(&settings.watch_namespaces, |namespace| {
            let (sender, wakes) = mpsc::unbounded_channel();
            let writer = reflector::store::Writer::new(shell.resource.clone());
            let store = writer.as_reader();
            let queue = Queue {
                namespace: namespace.map(str::to_owned),
                resource: shell.resource.clone(),
                crd_name: shell.crd_name.clone(),
                writer,
                wakes,
                stop: stopped.clone(),
            };
            queues.push((shell.run, queue));
            (store, sender)
        });
        wakes.0.insert(shell.kind, watches.map(|(_, sender)| sender.clone()));
        kinds.push((shell, watches.map(|(store, _)| store.clone())));
    }
    let readiness = Readiness::default();
    let (election, leadership) = match &settings.election {
        Some(election) => {
            let made = Election::new(client.clone(), election, settings.aws.deadline, readiness.clone());
            (Some(made.0), made.1)
        }
        None => (None, Leadership::alone()),
    };
    let aws = Aws::new(settings.aws.clone(), Observer::new(&metrics, &leadership));
    let (events, teller) = Events::new(client.clone());
    let shared = Arc::new(Shared {
        client,
        kubernetes,
        roster: Roster::new(aws.clone(), settings.poll_interval, wake.clone()),
        sweeper: Sweeper::new(aws.clone(), wake),
        aws,
        scope,
        owner_id,
        dependents: Dependents::new(kinds),
        lanes: Lanes::new({
            let wakes = wakes.clone();
            Arc::new(move |id| wakes.wake(id))
        }),
        wakes,
        events,
        metrics,
        leadership,
        readiness,
        settings,
    });
    announce(&shared);
    tokio::spawn(teller);
    tokio::spawn(lead(shared.clone()));
    tokio::spawn(may_i(shared.clone(), election.as_ref().map(Election::names)));
    tokio::spawn(pass_on(woken, shared.clone()));
    tokio::spawn(sweep(shared.clone()));
    tokio::spawn(http::serve(listener, shared.clone(), stopped));
    let mut controllers = JoinSet::new();
    for (run, queue) in queues {
        controllers.spawn(run(shared.clone(), queue));
    }
    let mut tenure = Tenure::begin(election);
    tokio::select! {
        told = told_to_stop() => told?,
        lost = tenure.lost() => return Err(lost),
        // It runs for ever: a defect ended it. Kubernetes starts the operator again.
        Some(ended) = controllers.join_next() => return Err(StartError::Ended(ended.err().map_or_else(String::new, |error| error.to_string()))),
    }
    info!("told to stop: what is in flight is finished first");
    // Every controller holds a receiver: this can't fail while they run.
    let _ = stop.send(true);
    tokio::select! {
        () = async { while controllers.join_next().await.is_some() {} } => {}
        lost = tenure.lost() => return Err(lost),
    }
    tenure.release().await;
    info!("stopped");
    Ok(())
}

fn announce(shared: &Shared) {
    let namespaces = match shared.settings.watch_namespaces.as_slice() {
        [] => "(all)".to_owned(),
        named => named.join(","),
    };
    info!(
        owner_id = shared.owner_id,
        region = shared.settings.aws.region,
        namespaces,
        allowed_roles = %shared.settings.allowed_roles,
        "ecs-bridge {} starts",
        env!("CARGO_PKG_VERSION"),
    );
}

/// The election, which goes on beside the controllers until they have ended: what they finish, they finish as the leader.
struct Tenure {
    lease: String,
    release: Option<oneshot::Sender<()>>,
    election: JoinHandle<Result<(), Lost>>,
}

impl Tenure {
    fn begin(election: Option<Election>) -> Self {
        let (release, told) = oneshot::channel();
        match election {
            Some(election) => {
                Tenure { lease: election.lease(), release: Some(release), election: tokio::spawn(election.run(told)) }
            }
            None => Tenure { lease: String::new(), release: None, election: tokio::spawn(std::future::pending()) },
        }
    }

    /// Returns when the lease is lost, if ever. What is in flight is not waited for: it ends with the process.
    async fn lost(&mut self) -> StartError {
        match (&mut self.election).await {
            Ok(Err(lost)) => StartError::Lost { lease: self.lease.clone(), lost },
            Ok(Ok(())) => StartError::Ended("the election".to_owned()),
            Err(error) => StartError::Ended(error.to_string()),
        }
    }

    async fn release(self) {
        // Where it has ended already, there is nothing to release.
        if self.release.is_some_and(|release| release.send(()).is_ok()) {
            let _ = self.election.await;
        }
    }
}

/// Once it leads: says as whom, and looks at every object. Before, only the caches are kept.
async fn lead(shared: Arc<Shared>) {
    shared.leadership.clone().gained().await;
    neighbours::follow_all(&shared);
    annotated::follow_all(&shared);
    for (shell, stores) in &shared.dependents.kinds {
        for object in stores.each().flat_map(|(_, store)| store.state()) {
            shared.wakes.wake(&object::id(shell.kind, &*object));
        }
    }
    who_am_i(&shared).await;
}

async fn may_i(shared: Arc<Shared>, lease: Option<(String, String)>) {
    permissions::check(&shared, lease).await;
}

/// A way to the API server, which repeats calls that it has no time for, or leaves that to who makes them.
/// By kubectl's own rules, or the pod's.
pub async fn client(repeats: bool) -> Result<Client, StartError> {
    let mut config = kube::Config::infer().await?;
    config.default_retry = repeats;
    let agent = HeaderValue::from_static(concat!("ecs-bridge/", env!("CARGO_PKG_VERSION")));
    config.headers.push((USER_AGENT, agent));
    Client::try_from(config).map_err(|error| StartError::Kubernetes(Box::new(error)))
}

async fn cluster_id(client: &Client) -> Result<String, ApiError> {
    let namespaces: Api<Namespace> = Api::all(client.clone());
    let namespace = timely(namespaces.get_metadata("kube-system")).await?;
    Ok(namespace.metadata.uid.unwrap_or_default())
}

/// Says under which AWS identity everything is done, or why there is none: the first thing that anyone asks.
async fn who_am_i(shared: &Shared) {
    const AGAIN: Duration = Duration::from_secs(15);
    loop {
        let error = match shared.aws.identity(&shared.scope).await {
            Ok(identity) => {
                shared.readiness.lacks("credentials", None);
                info!(account = identity.account, arn = identity.arn, "AWS identity");
                return;
            }
            Err(error) => error,
        };
        let remedy = "give the ServiceAccount an IAM role (IRSA or EKS Pod Identity), or set AWS_* credentials";
        // An AWS that is away is no lack of this operator's.
        let lacking = error.class.needs_a_person().then(|| format!("AWS credentials: {error}: {remedy}"));
        if shared.readiness.lacks("credentials", lacking.as_deref()) || !error.class.needs_a_person() {
            warn!(%error, "no AWS identity: {remedy}");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn pass_on(mut woken: mpsc::UnboundedReceiver<ObjectId>, shared: Arc<Shared>) {
    while let Some(id) = woken.recv().await {
        shared.wakes.wake(&id);
    }
}

async fn sweep(shared: Arc<Shared>) {
    tokio::join!(shared.sweeper.run(), shared.roster.run(), listen(&shared));
}

/// Whoever leads hears of what changes; until then the queue keeps it.
async fn listen(shared: &Shared) {
    shared.leadership.clone().gained().await;
    if let Some(source) = &shared.settings.aws.events {
        events::listen(&shared.aws, &shared.scope, &source.queue_url, &shared.sweeper).await;
    }
}

async fn told_to_stop() -> std::io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
