//! A pass against an AWS that never has what it was given: it ends, whatever the quota does meanwhile.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use ecs_bridge::{
    engine::{
        Call, Cause, Goal, Lane, Operation, Outcome, reason,
        reconcile::{self, CallResult, End, Kept, LaneTurn, NotRecorded, Subject, Turn, WRITES},
    },
    kinds::ecs_service::EcsService,
};
use futures::FutureExt;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Object,
    object::reason as of,
    script::NOW,
    table_service::{known, service, spec},
};

/// Answers every update with the service as it was before, until it has had enough of them.
struct Forgetful {
    updates: AtomicU32,
    /// The update after which it has what it was given.
    heeds: u32,
    turns: AtomicU32,
    /// A write's turn has come where it asks for the `n`th time of so many.
    paced: u32,
}

impl Forgetful {
    fn described(&self) -> Value {
        let count = if self.updates.load(Ordering::Relaxed) >= self.heeds { 3 } else { 1 };
        service(json!({"desiredCount": count, "runningCount": count}))
    }
}

impl reconcile::World for Forgetful {
    type LaneGuard = ();

    fn now(&self) -> Timestamp {
        Timestamp::from_second(NOW).expect("a time")
    }

    async fn call(&self, call: &Call, _: Option<Cause>) -> CallResult {
        Ok(Ok(match call.operation.name() {
            "DescribeServices" => json!({"services": [self.described()]}),
            "DescribeTaskDefinition" => {
                json!({"taskDefinition": {"taskDefinitionArn": self.described()["taskDefinition"], "family": "theirs", "status": "ACTIVE"}})
            }
            "UpdateService" => {
                self.updates.fetch_add(1, Ordering::Relaxed);
                json!({"service": self.described()})
            }
            other => panic!("{other}: nothing here answers it"),
        }))
    }

    fn turn(&self, _: &Call, _: Cause) -> Turn {
        let turn = self.turns.fetch_add(1, Ordering::Relaxed) + 1;
        if turn.is_multiple_of(self.paced) { Turn::Now } else { Turn::After(Duration::from_secs(1)) }
    }

    fn lane(&self, _: &Lane) -> LaneTurn<()> {
        LaneTurn::Held(())
    }

    async fn remember(&self, _: Value) -> Result<(), NotRecorded> {
        Ok(())
    }

    async fn stands(&self) -> Result<(), NotRecorded> {
        Ok(())
    }

    async fn wrote(&self, _: Operation, _: Cause, _: &str, _: &CallResult) {}
}

/// Passes until the object rests, each going on from what the one before kept: how many had to wait, and the end.
fn carried(aws: &Forgetful) -> (u32, Outcome) {
    let mut object = Object::<EcsService>::new(spec(json!({"desiredCount": 3})));
    object.memo = known(json!({}));
    let mut memo = serde_json::from_value(object.memo).expect("a memo");
    let mut kept = Kept::default();
    for waits in 0..1000 {
        let subject = Subject::<EcsService> { goal: Goal::Present(&object.spec), env: &object.env, memo };
        let pass = reconcile::pass(subject, kept, aws).now_or_never().expect("nothing here waits");
        match pass.end {
            End::Rested(outcome) => return (waits, outcome),
            End::Waiting { lane, .. } => {
                kept = Kept { facts: pass.facts, watched: pass.watched, lane, writes: pass.writes }
            }
            other => panic!("AWS answers everything: {other:?}"),
        }
        memo = pass.memo;
    }
    panic!("a thousand passes, {} updates, and no end", aws.updates.load(Ordering::Relaxed));
}

#[test]
fn what_aws_never_has_is_written_a_bounded_number_of_times() {
    // The update that AWS heeds, of how many askings one is a turn, and what comes of it: updates, waits, reason.
    let cases = [
        ("the quota never makes it wait", u32::MAX, 1, WRITES, 0, reason::NOT_CONVERGING),
        ("every second asking has to wait", u32::MAX, 2, WRITES, WRITES, reason::NOT_CONVERGING),
        ("two of three have to wait", u32::MAX, 3, WRITES, 2 * WRITES, reason::NOT_CONVERGING),
        ("the last one is heeded", WRITES, 2, WRITES, WRITES, reason::AVAILABLE),
        ("the fifth is heeded", 5, 2, 5, 5, reason::AVAILABLE),
        ("the first is heeded, however long it waits", 1, 100, 1, 99, reason::AVAILABLE),
    ];
    for (name, heeds, paced, updates, waits, reason) in cases {
        let aws = Forgetful { updates: AtomicU32::new(0), heeds, turns: AtomicU32::new(0), paced };
        let (waited, outcome) = carried(&aws);
        assert_eq!(of(&outcome), reason, "{name}: {outcome:?}");
        assert_eq!(aws.updates.load(Ordering::Relaxed), updates, "{name}: updates");
        assert_eq!(waited, waits, "{name}: passes that waited");
    }
}
