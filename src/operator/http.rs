//! `/healthz`, `/readyz` and `/metrics`.

use std::{net::SocketAddr, sync::Arc};

use axum::{Router, extract::State, http::StatusCode, http::header, response::IntoResponse, routing::get};
use tokio::{net::TcpListener, sync::watch};

use super::{shared::Shared, watched::place};

/// Serves until told to stop.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) -> std::io::Result<()> {
    let router = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(shared);
    axum::serve(listener, router)
        .with_graceful_shutdown(async move {
            let _ = stop.wait_for(|stop| *stop).await;
        })
        .await
}

/// Binds before anything else starts, so that a port in use is an error at the start.
pub async fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Ready once each kind has been listed and nothing is lacking, whether it leads or follows: a rollout of two waits for a follower.
async fn ready(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let mut missing = shared.readiness.lacking();
    let unlisted = shared.dependents.unlisted();
    missing.extend(unlisted.map(|(kind, namespace)| format!("{kind} has not been listed yet in {}", place(namespace))));
    if missing.is_empty() {
        let standing = if shared.leadership.is_leader() { "leads" } else { "follows" };
        (StatusCode::OK, format!("ok: {standing}\n"))
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, missing.join("\n") + "\n")
    }
}

async fn metrics(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    shared.metrics.cached(shared.sweeper.age());
    if let Some((source, hears)) = shared.settings.aws.events.as_ref().zip(shared.sweeper.hears()) {
        shared.metrics.hears(&source.queue_url, hears);
    }
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], shared.metrics.text())
}
