//! What the tools of GitOps make of our kinds: Argo CD by the health script that we ship, Flux by kstatus, Kustomize by the configuration
//! that we ship. Every status that a scene of `plan/` or an end-to-end test ends with is judged by both, and they must agree.

mod argocd;
mod kstatus;
mod kustomize;

pub use kustomize::kustomization;

use ecs_bridge::engine::{
    Outcome, Recheck, Synced, Why,
    outcome::{Interruption, State},
    reason,
    status::{Status, status},
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

/// How an object fares, in Argo CD's words.
pub fn health(object: &Value) -> String {
    let (argocd, kstatus) = (argocd::health(object), kstatus::status(object));
    let agree = match argocd.as_str() {
        "Healthy" => kstatus == "Current",
        "Degraded" => kstatus == "Failed",
        "Progressing" => kstatus == "InProgress" || kstatus == "Terminating",
        // kstatus knows no pause.
        "Suspended" => kstatus == "Current" || kstatus == "InProgress",
        _ => false,
    };
    assert!(agree, "Argo CD calls it {argocd}, and kstatus {kstatus}: {object:#}");
    argocd
}

/// What the health must be after such an end of a pass; none for what is gone.
pub fn due(outcome: &Outcome) -> Option<&'static str> {
    Some(match &outcome.state {
        State::Ready(_) => "Healthy",
        State::Progressing { .. } => "Progressing",
        State::Stalled { .. } => "Degraded",
        State::Interrupted { mode, .. } => match mode {
            Interruption::Retrying => "Progressing",
            Interruption::NeedsAPerson => "Degraded",
            Interruption::Paused => "Suspended",
        },
        State::Gone => return None,
    })
}

/// An object of this generation, with the status that the operator writes.
pub fn object<S: Serialize>(kind: &str, generation: i64, status: &S) -> Value {
    json!({
        "apiVersion": "ecs-bridge.dev/v1alpha1",
        "kind": kind,
        "metadata": { "name": "web", "namespace": "shop", "generation": generation },
        "spec": {},
        "status": status,
    })
}

fn interrupted(mode: Interruption, blind: bool) -> Outcome {
    let why = Why::new(if mode == Interruption::Paused { reason::PAUSED } else { reason::UNREACHABLE }, "why");
    Outcome::new(State::Interrupted { why: why.clone(), mode, blind }, Synced::Unknown(why))
}

#[test]
fn each_outcome_has_its_health_whatever_was_before() {
    type Plain = Status<serde_json::Map<String, Value>, Value>;
    let why = || Why::new(reason::UPDATING, "why");
    let outcomes = || {
        [
            Outcome::ready(why()),
            Outcome::ready(why()).with_synced(Synced::No(why())),
            Outcome::converging(why(), Recheck::Tick),
            Outcome::waiting(why(), Recheck::Tick),
            Outcome::stalled(why()),
            interrupted(Interruption::Retrying, false),
            interrupted(Interruption::Retrying, true),
            interrupted(Interruption::NeedsAPerson, false),
            interrupted(Interruption::Paused, false),
        ]
    };
    let after = |outcome: &Outcome, before: &Plain, generation| {
        status(outcome, serde_json::Map::new(), json!({}), None, before, generation, Timestamp::UNIX_EPOCH)
    };
    for first in outcomes() {
        let before = after(&first, &Plain::default(), 1);
        let of_older = object("EcsService", 2, &before);
        assert_eq!(health(&of_older), "Progressing", "nobody has looked at the new spec yet: {of_older:#}");
        for (second, generation) in outcomes().into_iter().flat_map(|second| [(second.clone(), 1), (second, 2)]) {
            let mut now = object("EcsService", generation, &after(&second, &before, generation));
            assert_eq!(Some(health(&now).as_str()), due(&second), "{second:?} after {first:?}: {now:#}");
            now["metadata"]["deletionTimestamp"] = json!("2027-01-15T08:00:00Z");
            assert_eq!(health(&now), "Progressing", "it is being deleted: {now:#}");
        }
    }
    for (name, status) in [("no status", Value::Null), ("the CRD's default", json!({ "observedGeneration": -1 }))] {
        let mut new = object("EcsService", 1, &status);
        if status.is_null() {
            new.as_object_mut().expect("an object").remove("status");
            assert_eq!(argocd::health(&new), "Progressing", "{name}");
        } else {
            assert_eq!(health(&new), "Progressing", "{name}");
        }
    }
}

/// Whether the operator has a status to write to it.
pub fn is_ours(object: &Value) -> bool {
    object["apiVersion"].as_str().is_some_and(|version| version.starts_with("ecs-bridge.dev/"))
}
