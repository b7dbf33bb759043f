//! What the operator counts. Labels are bounded: kinds, operations, classes, never names.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

use crate::{
    aws::{self, ObjectId},
    engine::{Operation, Outcome, outcome::State},
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

type Durations<L> = Family<L, Histogram, fn() -> Histogram>;

#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    reconciles: Family<Reconcile, Counter>,
    reconcile_seconds: Durations<Reconcile>,
    aws_calls: Family<AwsCall, Counter>,
    aws_seconds: Durations<Service>,
    objects: Family<Objects, Gauge>,
    states: Arc<Mutex<HashMap<ObjectId, &'static str>>>,
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
        Metrics {
            registry: Arc::new(registry),
            reconciles,
            reconcile_seconds,
            aws_calls,
            aws_seconds,
            objects,
            states: Arc::default(),
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
            State::Ready(_) => "ready",
            State::Progressing { .. } => "progressing",
            State::Stalled { .. } => "stalled",
            State::Interrupted { .. } => "interrupted",
            State::Gone => return self.gone(id),
        };
        let before = self.states.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), state);
        self.count(id.kind, before, Some(state));
    }

    pub fn gone(&self, id: &ObjectId) {
        let before = self.states.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        self.count(id.kind, before, None);
    }

    fn count(&self, kind: &'static str, before: Option<&'static str>, now: Option<&'static str>) {
        if let Some(state) = before {
            self.objects.get_or_create(&Objects { kind, state }).dec();
        }
        if let Some(state) = now {
            self.objects.get_or_create(&Objects { kind, state }).inc();
        }
    }

    /// In the OpenMetrics text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

impl aws::Observer for Metrics {
    fn called(&self, operation: Operation, result: &'static str, took: Duration) {
        let (service, name) = (operation.service(), operation.name());
        self.aws_calls.get_or_create(&AwsCall { service, operation: name, result }).inc();
        self.aws_seconds.get_or_create(&Service { service }).observe(took.as_secs_f64());
    }
}
