//! What will happen by itself, in the order of its time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::scope::Scope;
use crate::time::Time;

/// Something that is due. It may come too early or for something that is gone: whoever handles it looks first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    /// A task goes on in its life.
    Task { cluster: String, id: String },
    /// A service's scheduler looks after its tasks.
    Service { cluster: String, name: String },
    /// A change of a capacity provider has ended.
    CapacityProvider { name: String },
    /// An operation of Cloud Map has ended.
    CloudMap { operation: String },
    /// A Fargate profile of an EKS cluster goes on in its life.
    FargateProfile { cluster: String, name: String },
    /// The time of a rule of EventBridge that goes by the clock.
    Rule { name: String },
    /// An event comes to the rules of the default bus.
    Event { text: String },
}

#[derive(Debug, Default, Clone)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Reverse<(Time, u64, Scope, Due)>>,
    /// Keeps what is due at one time in the order of its entry.
    sequence: u64,
}

impl Agenda {
    pub(crate) fn add(&mut self, time: Time, scope: &Scope, due: Due) {
        self.sequence += 1;
        self.heap.push(Reverse((time, self.sequence, scope.clone(), due)));
    }

    /// When the next is due.
    pub(crate) fn next(&self) -> Option<Time> {
        self.heap.peek().map(|Reverse((time, ..))| *time)
    }

    /// The next that is due by then.
    pub(crate) fn pop(&mut self, by: Time) -> Option<(Time, Scope, Due)> {
        let Reverse((time, ..)) = self.heap.peek()?;
        if *time > by {
            return None;
        }
        self.heap.pop().map(|Reverse((time, _, scope, due))| (time, scope, due))
    }
}
