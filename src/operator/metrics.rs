//! What the operator counts. Labels are bounded: kinds, operations, classes, never names.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError, atomic::AtomicU64},
    time::Duration,
};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

use crate::{
    aws::{Category, ObjectId},
    engine::{Operation, Outcome, outcome},
};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reconcile {
    kind: &'static str,
    result: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AwsCall {
    service: &'static str,
    operation: &'static str,
    result: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Service {
    service: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Objects {
    kind: &'static str,
    state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Conditions {
    kind: &'static str,
    condition: String,
    status: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Bucket {
    bucket: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Queue {
    queue: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfKind {
    kind: &'static str,
}

type Durations<L> = Family<L, Histogram, fn() -> Histogram>;

#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    reconciles: Family<Reconcile, Counter>,
    reconcile_seconds: Durations<Reconcile>,
    aws_calls: Family<AwsCall, Counter>,
    aws_seconds: Durations<Service>,
    objects: Family<Objects, Gauge>,
    conditions: Family<Conditions, Gauge>,
    queue: Family<OfKind, Gauge>,
    quota_waits: Durations<Bucket>,
    cache_age: Gauge<f64, AtomicU64>,
    event_messages: Counter,
    /// Nothing where there is no queue.
    hears_events: Family<Queue, Gauge>,
    states: Arc<Mutex<HashMap<ObjectId, State>>>,
    /// Objects that have changed or were woken, and whose pass has not begun.
    queued: Arc<Mutex<HashSet<ObjectId>>>,
}

/// What an object is counted under.
#[derive(Clone, Debug, Default, PartialEq)]
struct State {
    state: Option<&'static str>,
    conditions: Vec<(String, String)>,
}

/// Calls may wait for minutes where much is made at once.
fn waits() -> Histogram {
    Histogram::new([0.0, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0])
}

fn seconds() -> Histogram {
    Histogram::new([0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0])
}

impl Metrics {
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("ecs_bridge");
        let reconciles = Family::default();
        registry.register("reconciles", "Passes over objects, by kind and how they ended", reconciles.clone());
        let reconcile_seconds = Durations::new_with_constructor(seconds as fn() -> Histogram);
        registry.register("reconcile_duration_seconds", "How long a pass took", reconcile_seconds.clone());
        let aws_calls = Family::default();
        registry.register("aws_calls", "Calls to AWS, by operation and what came back", aws_calls.clone());
        let aws_seconds = Durations::new_with_constructor(seconds as fn() -> Histogram);
        registry.register("aws_call_duration_seconds", "How long AWS took to answer", aws_seconds.clone());
        let objects = Family::default();
        registry.register("objects", "Objects by kind and state", objects.clone());
        let conditions = Family::default();
        registry.register("conditions", "Objects by kind and what their conditions say", conditions.clone());
        let queue = Family::default();
        registry.register("queue_depth", "Objects that wait for a pass to begin", queue.clone());
        let quota_waits = Durations::new_with_constructor(waits as fn() -> Histogram);
        registry.register("quota_wait_seconds", "How long a call waited for its permit", quota_waits.clone());
        let cache_age = Gauge::default();
        registry.register("cache_age_seconds", "Age of the oldest answer that an object rests on", cache_age.clone());
        let event_messages = Counter::default();
        registry.register("event_messages", "Messages received from the queue of events", event_messages.clone());
        let hears_events = Family::default();
        registry.register("hears_events", "Whether the queue of events speaks", hears_events.clone());
        Metrics {
            registry: Arc::new(registry),
            reconciles,
            reconcile_seconds,
            aws_calls,
            aws_seconds,
            objects,
            conditions,
            queue,
            quota_waits,
            cache_age,
            event_messages,
            hears_events,
            states: Arc::default(),
            queued: Arc::default(),
        }
    }

    pub fn reconciled(&self, kind: &'static str, result: &'static str, took: Duration) {
        let labels = Reconcile { kind, result };
        self.reconciles.get_or_create(&labels).inc();
        self.reconcile_seconds.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Counts an object under the state that it rests in.
    pub fn rested(&self, id: &ObjectId, outcome: &Outcome) {
        let state = match outcome.state {
            outcome::State::Ready(_) => "ready",
            outcome::State::Progressing { .. } => "progressing",
            outcome::State::Stalled { .. } => "stalled",
            outcome::State::Interrupted { .. } => "interrupted",
            outcome::State::Gone => return self.gone(id),
        };
        self.count(id, |counted| counted.state = Some(state));
    }

    /// Counts an object under what its conditions say.
    pub fn says(&self, id: &ObjectId, conditions: &[Condition]) {
        let conditions = conditions.iter().map(|said| (said.type_.clone(), said.status.clone())).collect();
        self.count(id, |counted| counted.conditions = conditions);
    }

    pub fn gone(&self, id: &ObjectId) {
        self.count(id, |counted| *counted = State::default());
    }

    fn count(&self, id: &ObjectId, change: impl FnOnce(&mut State)) {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let before = states.remove(id).unwrap_or_default();
        let mut now = before.clone();
        change(&mut now);
        for (counted, by) in [(&before, -1), (&now, 1)] {
            if let Some(state) = counted.state {
                self.objects.get_or_create(&Objects { kind: id.kind, state }).inc_by(by);
            }
            for (condition, status) in counted.conditions.clone() {
                self.conditions.get_or_create(&Conditions { kind: id.kind, condition, status }).inc_by(by);
            }
        }
        if now != State::default() {
            states.insert(id.clone(), now);
        }
    }

    /// The object waits for a pass.
    pub fn queued(&self, id: &ObjectId) {
        if self.queued.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone()) {
            self.queue.get_or_create(&OfKind { kind: id.kind }).inc();
        }
    }

    /// Its pass begins.
    pub fn taken(&self, id: &ObjectId) {
        if self.queued.lock().unwrap_or_else(PoisonError::into_inner).remove(id) {
            self.queue.get_or_create(&OfKind { kind: id.kind }).dec();
        }
    }

    /// How old the oldest answer is that an object rests on.
    pub fn cached(&self, age: Duration) {
        self.cache_age.set(age.as_secs_f64());
    }

    /// So many messages came from the queue of events.
    pub fn heard(&self, messages: usize) {
        self.event_messages.inc_by(u64::try_from(messages).unwrap_or(u64::MAX));
    }

    /// Whether the queue of events of this URL speaks.
    pub fn hears(&self, queue_url: &str, hears: bool) {
        let queue = queue_url.rsplit('/').next().unwrap_or(queue_url).to_owned();
        self.hears_events.get_or_create(&Queue { queue }).set(i64::from(hears));
    }

    /// In the OpenMetrics text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }

    /// A call to AWS ended.
    pub fn called(&self, operation: Operation, result: &'static str, took: Duration) {
        let (service, name) = (operation.service(), operation.name());
        self.aws_calls.get_or_create(&AwsCall { service, operation: name, result }).inc();
        self.aws_seconds.get_or_create(&Service { service }).observe(took.as_secs_f64());
    }

    /// A permit was granted after this time.
    pub fn waited(&self, category: Category, waited: Duration) {
        self.quota_waits.get_or_create(&Bucket { bucket: category.label() }).observe(waited.as_secs_f64());
    }
}
