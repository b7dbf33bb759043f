//! What the operator keeps of each object between passes, in memory: all of it may be lost.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::lanes::{Held, Mark};
use crate::{
    aws::{ObjectId, Standing},
    engine::{Kind, reconcile::Kept},
};

/// Facts that waited longer than this are read again.
const fn facts_last(standing: Standing) -> Duration {
    match standing {
        // Names, tokens and lanes keep what is not there yet from being made twice; and where a thousand are made, registering them takes
        // a quarter of an hour.
        Standing::New => Duration::from_mins(30),
        Standing::Running => Duration::from_secs(30),
    }
}

/// One object's.
pub struct ObjectState<K: Kind> {
    /// Passes in a row that did not end well.
    pub failures: u32,
    /// What the object was when that row began: a change of it begins a new one.
    pub trigger: Option<u64>,
    /// When what is known was begun to be read.
    pub since: Mark,
    /// What a pass that waits keeps.
    waiting: Option<Box<(Instant, Kept<K, Held>)>>,
    /// The resourceVersion that our last write left: the watch may lag behind.
    pub written: u64,
}

impl<K: Kind> Default for ObjectState<K> {
    fn default() -> Self {
        ObjectState { failures: 0, trigger: None, since: Mark::default(), waiting: None, written: 0 }
    }
}

impl<K: Kind> ObjectState<K> {
    /// Begins a pass on an object with this trigger. A changed object is planned afresh, and its row of failures ends.
    pub fn begin(&mut self, trigger: u64, standing: Standing, now: Mark) -> Kept<K, Held> {
        if self.trigger != Some(trigger) {
            self.trigger = Some(trigger);
            self.failures = 0;
            self.waiting = None;
        }
        match self.waiting.take().map(|waiting| *waiting) {
            Some((since, kept)) if since.elapsed() < facts_last(standing) => kept,
            _ => {
                self.since = now;
                Kept::default()
            }
        }
    }

    pub fn wait(&mut self, kept: Kept<K, Held>) {
        self.waiting = Some(Box::new((Instant::now(), kept)));
    }
}

/// Of all objects of a kind.
pub struct States<K: Kind>(Mutex<HashMap<ObjectId, ObjectState<K>>>);

impl<K: Kind> Default for States<K> {
    fn default() -> Self {
        States(Mutex::default())
    }
}

impl<K: Kind> States<K> {
    /// Takes an object's state out for a pass: the queue never runs two passes on one object.
    pub fn take(&self, id: &ObjectId) -> ObjectState<K> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id).unwrap_or_default()
    }

    /// Whether what an object knows is kept until it may write.
    pub fn waits(&self, id: &ObjectId) -> bool {
        let states = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        states.get(id).is_some_and(|state| state.waiting.is_some())
    }

    pub fn put(&self, id: ObjectId, state: ObjectState<K>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, state);
    }

    pub fn forget(&self, id: &ObjectId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}
