//! Kubernetes Events: told in the background, so that no pass waits for them.
//!
//! kube's own recorder counts Events of one reason together, whatever they say, and shows the first one's words; here only Events that
//! say the same are counted together.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use k8s_openapi::{
    api::{
        core::v1::ObjectReference,
        events::v1::{Event, EventSeries},
    },
    apimachinery::pkg::apis::meta::v1::{MicroTime, ObjectMeta},
};
use kube::{
    Api, Client,
    api::{Patch, PatchParams, PostParams},
};
use serde_json::json;
use tokio::sync::mpsc;
use tracing::{debug, warn};

use super::shared::timely;

/// The name under which the operator writes status and Events.
pub use crate::engine::kubernetes::MANAGER;

/// How many Events may wait to be told; beyond that the newest are dropped, and the log has them.
const BACKLOG: usize = 1024;

/// An Event that is repeated within this time is counted, and not told anew.
const SERIES: Duration = Duration::from_mins(6);

/// The API server takes a note of up to 1,024 bytes.
const LONGEST_NOTE: usize = 1000;

struct Told {
    type_: &'static str,
    action: String,
    reason: String,
    note: String,
    about: ObjectReference,
}

#[derive(Clone)]
pub struct Events {
    queue: mpsc::Sender<Told>,
}

impl Events {
    /// The teller, and the task that writes what it is told.
    pub fn new(client: Client) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (queue, mut told) = mpsc::channel::<Told>(BACKLOG);
        let mut recorder = Recorder { client, recent: HashMap::new() };
        let teller = async move {
            while let Some(told) = told.recv().await {
                recorder.record(told).await;
            }
        };
        (Events { queue }, teller)
    }

    pub fn normal(&self, about: &ObjectReference, action: &str, reason: &str, note: String) {
        self.tell(about, "Normal", action, reason, note);
    }

    pub fn warning(&self, about: &ObjectReference, action: &str, reason: &str, note: String) {
        self.tell(about, "Warning", action, reason, note);
    }

    fn tell(&self, about: &ObjectReference, type_: &'static str, action: &str, reason: &str, note: String) {
        let told = Told {
            type_,
            action: action.to_owned(),
            reason: reason.to_owned(),
            note: shorten(note),
            about: about.clone(),
        };
        if self.queue.try_send(told).is_err() {
            warn!(reason, "an Event was dropped: too many wait to be written");
        }
    }
}

fn shorten(mut note: String) -> String {
    if note.len() > LONGEST_NOTE {
        note.truncate(note.floor_char_boundary(LONGEST_NOTE));
        note.push('…');
    }
    note
}

/// What makes two Events one: the object, the reason and the words.
type Sameness = (Option<String>, String, String);

struct Written {
    name: String,
    count: i32,
    last: Instant,
}

struct Recorder {
    client: Client,
    recent: HashMap<Sameness, Written>,
}

impl Recorder {
    async fn record(&mut self, told: Told) {
        self.recent.retain(|_, written| written.last.elapsed() < SERIES);
        let events: Api<Event> =
            Api::namespaced(self.client.clone(), told.about.namespace.as_deref().unwrap_or("default"));
        let key = (told.about.uid.clone(), told.reason.clone(), told.note.clone());
        let now = Timestamp::now();
        let reason = told.reason.clone();
        let result = if let Some(written) = self.recent.get_mut(&key) {
            written.count += 1;
            written.last = Instant::now();
            let series = EventSeries { count: written.count, last_observed_time: MicroTime(now) };
            timely(events.patch(&written.name, &PatchParams::default(), &Patch::Merge(&json!({ "series": series }))))
                .await
        } else {
            let event = event(told, now);
            let name = event.metadata.name.clone().unwrap_or_default();
            self.recent.insert(key, Written { name, count: 1, last: Instant::now() });
            timely(events.create(&PostParams::default(), &event)).await
        };
        if let Err(error) = result {
            debug!(%error, reason, "an Event was not written");
        }
    }
}

fn event(told: Told, now: Timestamp) -> Event {
    // A name of at most 253 characters, as that of every object.
    let mut object = told.about.name.clone().unwrap_or_default();
    object.truncate(object.floor_char_boundary(200));
    Event {
        metadata: ObjectMeta {
            name: Some(format!("{object}.{:x}", now.as_nanosecond())),
            namespace: told.about.namespace.clone(),
            ..ObjectMeta::default()
        },
        type_: Some(told.type_.to_owned()),
        action: Some(told.action),
        reason: Some(told.reason),
        note: Some(told.note),
        regarding: Some(told.about),
        event_time: Some(MicroTime(now)),
        reporting_controller: Some(MANAGER.to_owned()),
        reporting_instance: Some(MANAGER.to_owned()),
        ..Event::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_cut_between_characters() {
        let note = shorten("ä".repeat(LONGEST_NOTE));
        assert!(note.len() <= 1024 && note.ends_with('…'), "{} bytes", note.len());
        assert_eq!(shorten("short".to_owned()), "short");
    }
}
