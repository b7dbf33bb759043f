//! The object as the API server has it, and a write of an operator that is still on its way when another takes over.

use ecs_bridge::engine::Call;
use serde_json::Value;

use super::{FINALIZER, REMEMBER, STATUS};

/// The object that is carried, but for its spec.
#[derive(Clone, Default)]
pub struct Record {
    pub memo: Value,
    pub report: Value,
    /// The finalizer is off: there is no object any more.
    pub is_gone: bool,
    version: u64,
    /// Of the object as the pass that is under way has seen it, or left it.
    seen: u64,
    /// Something came late: the next pass begins with what is here.
    came_late: bool,
}

/// A write to the object.
#[derive(Clone)]
pub enum Change {
    Remember(Value),
    Status { memo: Value, report: Value },
    LetGo,
}

/// What the API server says to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Yes,
    /// The object is another than the one that the sender has seen.
    Conflict,
    /// There is no object.
    NotFound,
}

impl Change {
    /// How the step is called.
    pub fn step(&self) -> &'static str {
        match self {
            Change::Remember(_) => REMEMBER,
            Change::Status { .. } => STATUS,
            Change::LetGo => FINALIZER,
        }
    }
}

impl Record {
    /// A pass begins, with the object as its carrier knows it, unless the record knows better.
    pub fn begin(&mut self, memo: Value, report: Value) {
        if !std::mem::take(&mut self.came_late) {
            (self.memo, self.report, self.is_gone) = (memo, report, false);
        }
        self.seen = self.version;
    }

    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// A write by the pass that is under way.
    pub fn take(&mut self, change: Change) -> Taken {
        let taken = self.take_against(self.seen, change);
        if taken == Taken::Yes {
            self.seen = self.version;
        }
        taken
    }

    /// One that was sent against that version, by an operator that is no more.
    fn take_late(&mut self, seen: u64, change: Change) {
        self.came_late |= self.take_against(seen, change) == Taken::Yes;
    }

    fn take_against(&mut self, seen: u64, change: Change) -> Taken {
        if self.is_gone {
            return Taken::NotFound;
        }
        if seen != self.version {
            return Taken::Conflict;
        }
        self.version += 1;
        match change {
            Change::Remember(memo) => self.memo = memo,
            Change::Status { memo, report } => (self.memo, self.report) = (memo, report),
            Change::LetGo => self.is_gone = true,
        }
        Taken::Yes
    }
}

/// A write that is on its way.
#[derive(Clone)]
pub struct Flight {
    pub write: Sent,
    /// It arrives after so many calls of the operator that has taken over.
    pub after: usize,
}

#[derive(Clone)]
pub enum Sent {
    Call(Call),
    Object { seen: u64, change: Change },
}

impl Sent {
    /// It arrives, and nobody waits for the answer.
    pub fn arrive(self, record: &mut Record) -> Option<Call> {
        match self {
            Sent::Call(call) => Some(call),
            Sent::Object { seen, change } => {
                record.take_late(seen, change);
                None
            }
        }
    }
}
