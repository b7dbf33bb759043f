//! The world as the engine's loop sees it: AWS, the status, Events and lanes, for one pass on one object.

use jiff::Timestamp;
use k8s_openapi::api::core::v1::ObjectReference;
use kube::core::DynamicObject;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tracing::{info, warn};

use super::{
    lanes::{Held, Mark},
    shared::Shared,
    writer::{Rest, Writer},
};
use crate::{
    aws::{ObjectId, Standing},
    engine::{
        Call, Cause, Lane, Operation,
        bite::{Defect, bitten},
        reconcile::{CallResult, LaneTurn, NotRecorded, Turn, World},
        status::with_memo,
    },
};

pub struct Pass<'a> {
    pub shared: &'a Shared,
    pub id: &'a ObjectId,
    pub about: &'a ObjectReference,
    pub writer: &'a Writer,
    /// Whether the object has something in AWS that runs: its writes go before those that make new things.
    pub standing: Standing,
    /// When it began to read what it knows.
    pub since: Mark,
    pub seen: Mutex<Seen>,
}

/// The object that a visit is about.
pub struct Seen {
    /// As of our last write.
    pub object: DynamicObject,
    /// Whether it comes from the API server itself, and not from the watch, which may lag behind.
    pub is_newest: bool,
}

impl World for Pass<'_> {
    type LaneGuard = Held;

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn call(&self, call: &Call, write: Option<Cause>) -> CallResult {
        if let Operation::Kubernetes(operation) = call.operation {
            return self.shared.kubernetes.call(operation, call).await;
        }
        if call.operation == Operation::ServiceTasks {
            return self.shared.roster.answer(&self.shared.scope, call).await;
        }
        let opened = match &call.sealed {
            None => None,
            Some(sealed) => match self.shared.kubernetes.open(&sealed.secret).await? {
                Ok(values) => Some(call.opened(values)),
                Err(refusal) => return Ok(Err(refusal)),
            },
        };
        self.shared.aws.call(&self.shared.scope, opened.as_ref().unwrap_or(call), write, self.standing).await
    }

    fn turn(&self, call: &Call, cause: Cause) -> Turn {
        if !self.shared.leadership.may_write() {
            return Turn::Unled;
        }
        if let Operation::Kubernetes(_) = call.operation {
            return Turn::Now;
        }
        self.shared.aws.turn(&self.shared.scope, call, cause, self.id, self.standing)
    }

    fn lane(&self, lane: &Lane) -> LaneTurn<Held> {
        self.shared.lanes.take(lane, self.id, self.since)
    }

    async fn remember(&self, memo: Value) -> Result<(), NotRecorded> {
        let mut seen = self.seen.lock().await;
        let before = seen.object.data.get("status").cloned();
        let status = with_memo(before.unwrap_or_else(|| json!({ "observedGeneration": -1 })), memo);
        match self.writer.status(&seen.object, &status, Rest::OnObject).await {
            Ok(object) => {
                *seen = Seen { object, is_newest: true };
                Ok(())
            }
            Err(error) => Err(NotRecorded {
                message: format!("the status could not be written: {error}"),
                changed: error.code() == Some(409),
            }),
        }
    }

    async fn stands(&self) -> Result<(), NotRecorded> {
        let mut seen = self.seen.lock().await;
        if seen.is_newest {
            return Ok(());
        }
        match self.writer.get().await {
            Ok(Some(object)) if Rest::OnObject.holds(&seen.object, &object) || bitten(Defect::TrustsTheWatch) => {
                *seen = Seen { object, is_newest: true };
                Ok(())
            }
            Ok(_) => {
                Err(NotRecorded { message: "the watch has not shown the newest object yet".to_owned(), changed: true })
            }
            Err(error) => Err(NotRecorded { message: format!("the object can't be read: {error}"), changed: false }),
        }
    }

    async fn wrote(&self, operation: Operation, cause: Cause, why: &str, result: &CallResult) {
        let (action, party) = (operation.name(), operation.party());
        match result {
            Ok(Ok(_)) => {
                info!(object = %self.id, %operation, ?cause, why, "wrote to {party}");
                self.shared.events.normal(self.about, action, action, why.to_owned());
            }
            Ok(Err(refusal)) => {
                let party = refusal.operation.party();
                warn!(object = %self.id, %operation, ?cause, why, %refusal, request_id = refusal.request_id, "{party} declined");
                self.shared.events.warning(
                    self.about,
                    action,
                    "Declined",
                    format!("{why}, but {party} declined: {refusal}"),
                );
            }
            Err(failure) => {
                warn!(object = %self.id, %operation, ?cause, why, %failure, request_id = failure.request_id, "no answer from {party}");
                self.shared.events.warning(self.about, action, "Failed", format!("{why}, but it failed: {failure}"));
            }
        }
    }
}
