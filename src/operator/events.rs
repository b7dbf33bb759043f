//! Kubernetes Events: told in the background, so that no pass waits for them.

use k8s_openapi::api::core::v1::ObjectReference;
use kube::{
    Client,
    runtime::events::{Event, EventType, Recorder, Reporter},
};
use tokio::sync::mpsc;
use tracing::{debug, warn};

/// The name under which the operator writes status and Events.
pub const MANAGER: &str = "ecs-bridge";

/// How many Events may wait to be told; beyond that the newest are dropped, and the log has them.
const BACKLOG: usize = 1024;

#[derive(Clone)]
pub struct Events {
    queue: mpsc::Sender<(Event, ObjectReference)>,
}

impl Events {
    /// The teller, and the task that writes what it is told.
    pub fn new(client: Client) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (queue, mut told) = mpsc::channel::<(Event, ObjectReference)>(BACKLOG);
        let recorder = Recorder::new(client, Reporter { controller: MANAGER.to_owned(), instance: None });
        let teller = async move {
            while let Some((event, about)) = told.recv().await {
                match tokio::time::timeout(super::shared::API_DEADLINE, recorder.publish(&event, &about)).await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => debug!(%error, reason = event.reason, "an Event was not written"),
                    Err(_) => debug!(reason = event.reason, "an Event was not written in time"),
                }
            }
        };
        (Events { queue }, teller)
    }

    pub fn normal(&self, about: &ObjectReference, action: &str, reason: &str, note: String) {
        self.tell(about, EventType::Normal, action, reason, note);
    }

    pub fn warning(&self, about: &ObjectReference, action: &str, reason: &str, note: String) {
        self.tell(about, EventType::Warning, action, reason, note);
    }

    fn tell(&self, about: &ObjectReference, type_: EventType, action: &str, reason: &str, mut note: String) {
        // The API server takes up to 1,024 bytes.
        if note.len() > 1000 {
            let end = (0..=1000).rev().find(|end| note.is_char_boundary(*end)).unwrap_or(0);
            note.truncate(end);
            note.push('…');
        }
        let event =
            Event { type_, reason: reason.to_owned(), note: Some(note), action: action.to_owned(), secondary: None };
        if self.queue.try_send((event, about.clone())).is_err() {
            warn!(reason, "an Event was dropped: too many wait to be written");
        }
    }
}
