//! The simulator while somebody holds it: who waits for messages hears of those that came meanwhile.

use std::ops::{Deref, DerefMut};
use std::sync::MutexGuard;

use tokio::sync::Notify;

use crate::sim::Sim;

pub(crate) struct Held<'a> {
    sim: MutexGuard<'a, Sim>,
    sent: u64,
    changed: &'a Notify,
}

impl<'a> Held<'a> {
    pub(super) fn new(sim: MutexGuard<'a, Sim>, changed: &'a Notify) -> Self {
        Self { sent: sim.world.messages_sent(), sim, changed }
    }
}

impl Deref for Held<'_> {
    type Target = Sim;

    fn deref(&self) -> &Sim {
        &self.sim
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Sim {
        &mut self.sim
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if self.sim.world.messages_sent() != self.sent {
            self.changed.notify_waiters();
        }
    }
}
