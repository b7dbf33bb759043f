//! An API server that may show the past: as one of several behind a load balancer, whose cache has not caught up.

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use ecs_bridge_harness::Kubernetes;
use futures::{Stream, StreamExt, stream};
use kube::Client;
use tokio::{net::TcpListener, sync::watch};

use super::ok;

/// Passes requests on to the real API server, under the credentials of a kubeconfig; but for what it is told to show, or to hold back.
pub struct Past {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    client: Client,
    /// Lists by their path, as they were once.
    shown: Mutex<HashMap<String, Bytes>>,
    /// Whether watches stand still: what happens is not told.
    frozen: watch::Sender<bool>,
}

impl Past {
    /// In front of the API server that this kubeconfig is for.
    pub async fn of(kubeconfig: &Path) -> Self {
        let client = ok(Kubernetes::new(kubeconfig, kubeconfig.parent().expect("a folder")).client().await);
        let shared = Arc::new(Shared { client, shown: Mutex::default(), frozen: watch::channel(false).0 });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
        let address = listener.local_addr().expect("its address");
        let router = Router::new().fallback(answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Past { address, shared }
    }

    /// For who is to go through it.
    pub fn kubeconfig(&self, beside: &Path) -> PathBuf {
        let path = beside.with_extension("past");
        let config = serde_json::json!({
            "apiVersion": "v1", "kind": "Config", "current-context": "past",
            "clusters": [{ "name": "past", "cluster": { "server": format!("http://{}", self.address) } }],
            "contexts": [{ "name": "past", "context": { "cluster": "past", "user": "past" } }],
            "users": [{ "name": "past", "user": {} }],
        });
        std::fs::write(&path, config.to_string()).expect("a kubeconfig");
        path
    }

    /// Watches stand still from now on.
    pub fn freeze(&self) {
        self.shared.frozen.send_replace(true);
    }

    /// This list as it is now, for [`Past::show`].
    pub async fn list(&self, path: &str) -> Bytes {
        let request = Request::get(path).body(kube::client::Body::empty()).expect("a request");
        let answer = self.shared.client.send(request).await.expect("a list");
        to_bytes(Body::new(answer.into_body()), usize::MAX).await.expect("a list")
    }

    /// This is what the list shows from now on, and nothing that happens is told.
    pub fn show(&self, path: &str, list: Bytes) {
        self.shown().insert(path.to_owned(), list);
        self.freeze();
    }

    /// Everything is shown as it is. Watches that stood still end, and go on from what they have shown.
    pub fn catch_up(&self) {
        self.shown().clear();
        self.shared.frozen.send_replace(false);
    }

    fn shown(&self) -> std::sync::MutexGuard<'_, HashMap<String, Bytes>> {
        self.shared.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let is_watch = request.uri().query().is_some_and(|query| query.contains("watch=true"));
    let path = request.uri().path().to_owned();
    if !is_watch && let Some(list) = shared.shown.lock().unwrap_or_else(PoisonError::into_inner).get(&path).cloned() {
        return ([(header::CONTENT_TYPE, "application/json")], list).into_response();
    }
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    // The rest is for the client that sends it on to say.
    let kept = [header::CONTENT_TYPE, header::ACCEPT];
    parts.headers =
        kept.into_iter().filter_map(|name| Some((name.clone(), parts.headers.get(&name)?.clone()))).collect();
    parts.uri = parts.uri.path_and_query().map_or("/", |path| path.as_str()).parse().expect("a path");
    let onwards = Request::from_parts(parts, kube::client::Body::from(body.to_vec()));
    match shared.client.send(onwards).await {
        Ok(answer) if is_watch => {
            let frozen = shared.frozen.subscribe();
            answer.map(|body| Body::from_stream(told(Body::new(body).into_data_stream(), frozen)))
        }
        Ok(answer) => answer.map(Body::new),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

/// What a watch tells, until it stands still; it ends when it would go on.
fn told<T>(
    events: impl Stream<Item = T> + Unpin + Send + 'static,
    frozen: watch::Receiver<bool>,
) -> impl Stream<Item = T> + Send + 'static
where
    T: Send + 'static,
{
    stream::unfold((events, frozen), |(mut events, mut frozen)| async move {
        tokio::select! {
            biased;
            () = becomes(&mut frozen, true) => {
                becomes(&mut frozen, false).await;
                None
            }
            event = events.next() => Some((event?, (events, frozen))),
        }
    })
}

async fn becomes(flag: &mut watch::Receiver<bool>, wanted: bool) {
    drop(flag.wait_for(|flag| *flag == wanted).await);
}
