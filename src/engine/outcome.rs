//! How a pass ends.

use std::time::Duration;

use super::reason::Reason;

/// A reason and a message, as a condition and an Event carry them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    pub reason: Reason,
    pub message: String,
}

impl Why {
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Why { reason, message: message.into() }
    }
}

/// Whether AWS has what the spec says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Synced {
    Yes,
    No(Why),
    Unknown(Why),
}

/// How a pass ended, for the status and for the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub state: State,
    pub synced: Synced,
    /// What a person may want to know and needs no condition.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// AWS has what the spec says, and it works.
    Ready(Why),
    /// On its way; looked at again after `recheck`.
    Progressing { why: Why, recheck: Recheck },
    /// A person has to do something; tried again slowly all the same.
    Stalled { why: Why },
    /// The pass could not end: AWS or a quota stood in the way. `Ready` stays what it was, unless `blind`: it has lasted for too long.
    Interrupted { why: Why, mode: Interruption, blind: bool },
    /// The AWS thing is gone, or was let go: the finalizer may go.
    Gone,
}

/// What ends an interruption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// Time: it is tried again.
    Retrying,
    /// A person.
    NeedsAPerson,
    /// Whoever paused the object.
    Paused,
}

/// When to look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recheck {
    /// On the tick that all converging objects share, so that their reads fill batches.
    Tick,
    After(Duration),
}

impl Outcome {
    pub fn ready(why: Why) -> Self {
        Outcome::new(State::Ready(why), Synced::Yes)
    }

    /// AWS has the spec, and is getting there.
    pub fn converging(why: Why, recheck: Recheck) -> Self {
        Outcome::new(State::Progressing { why, recheck }, Synced::Yes)
    }

    /// AWS does not have the spec yet, and something has to happen first.
    pub fn waiting(why: Why, recheck: Recheck) -> Self {
        Outcome::new(State::Progressing { why: why.clone(), recheck }, Synced::No(why))
    }

    /// AWS can't have the spec until a person does something.
    pub fn stalled(why: Why) -> Self {
        Outcome::new(State::Stalled { why: why.clone() }, Synced::No(why))
    }

    pub fn gone() -> Self {
        Outcome::new(State::Gone, Synced::Yes)
    }

    pub fn new(state: State, synced: Synced) -> Self {
        Outcome { state, synced, notes: Vec::new() }
    }

    #[must_use]
    pub fn with_synced(mut self, synced: Synced) -> Self {
        self.synced = synced;
        self
    }

    #[must_use]
    pub fn with_notes(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(notes);
        self
    }
}
