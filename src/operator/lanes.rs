//! Lanes: under one name, one write at a time, over all objects. Whoever comes later is queued and woken, and holds no worker meanwhile.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    aws::ObjectId,
    engine::{Lane, reconcile::LaneTurn},
};

/// Wakes an object that waits.
pub type Wake = Arc<dyn Fn(&ObjectId) + Send + Sync>;

#[derive(Clone)]
pub struct Lanes {
    state: Arc<Mutex<State>>,
    wake: Wake,
}

#[derive(Default)]
struct State {
    /// Who waits for each lane that is held.
    held: HashMap<Lane, VecDeque<ObjectId>>,
    releases: u64,
    /// Which release of all was each lane's last.
    released: HashMap<Lane, u64>,
    /// Releases up to this one are forgotten.
    forgotten: u64,
}

/// How many releases are remembered at least.
const REMEMBERED: usize = 4096;

/// A moment between two releases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(u64);

/// A lane, held until this is dropped.
pub struct Held {
    lane: Lane,
    lanes: Lanes,
}

impl Lanes {
    pub fn new(wake: Wake) -> Self {
        Lanes { state: Arc::default(), wake }
    }

    /// The present moment.
    pub fn mark(&self) -> Mark {
        Mark(self.state(|state| state.releases))
    }

    /// Takes the lane for an object that has read since then, or queues the object for it.
    pub fn take(&self, lane: &Lane, object: &ObjectId, since: Mark) -> LaneTurn<Held> {
        self.state(|state| {
            if let Some(waiting) = state.held.get_mut(lane) {
                if !waiting.contains(object) {
                    waiting.push_back(object.clone());
                }
                return LaneTurn::Busy;
            }
            state.held.insert(lane.clone(), VecDeque::new());
            let guard = Held { lane: lane.clone(), lanes: self.clone() };
            let last = state.released.get(lane).copied().unwrap_or(state.forgotten);
            if last > since.0 { LaneTurn::Held(guard) } else { LaneTurn::Undisturbed(guard) }
        })
    }

    fn state<T>(&self, with: impl FnOnce(&mut State) -> T) -> T {
        with(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    /// Ends a turn; gives those who waited for it.
    fn release(&mut self, lane: &Lane) -> VecDeque<ObjectId> {
        self.releases += 1;
        self.released.insert(lane.clone(), self.releases);
        if self.released.len() > 2 * REMEMBERED {
            self.forgotten = self.releases - REMEMBERED as u64;
            self.released.retain(|_, release| *release > self.forgotten);
        }
        self.held.remove(lane).unwrap_or_default()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let waiting = self.lanes.state(|state| state.release(&self.lane));
        // All of them: those behind the first may find that its write was theirs as well.
        for object in &waiting {
            (self.lanes.wake)(object);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_is_held_by_one_and_the_others_are_woken() {
        let woken = Arc::new(Mutex::new(Vec::new()));
        let lanes = Lanes::new({
            let woken = woken.clone();
            Arc::new(move |object: &ObjectId| woken.lock().expect("lock").push(object.name.clone()))
        });
        let object = |name: &str| ObjectId { kind: "EcsService", namespace: "shop".to_owned(), name: name.to_owned() };
        let lane = Lane("family".to_owned());
        let before = lanes.mark();
        let LaneTurn::Undisturbed(first) = lanes.take(&lane, &object("a"), before) else { panic!("nobody had it") };
        assert!(matches!(lanes.take(&lane, &object("b"), before), LaneTurn::Busy));
        assert!(matches!(lanes.take(&lane, &object("b"), before), LaneTurn::Busy));
        let other = Lane("other".to_owned());
        assert!(matches!(lanes.take(&other, &object("b"), before), LaneTurn::Undisturbed(_)));
        drop(first);
        assert_eq!(*woken.lock().expect("lock"), ["b"], "each waiting object is woken once");
        assert!(matches!(lanes.take(&lane, &object("b"), before), LaneTurn::Held(_)), "a had it since");
        let after = lanes.mark();
        assert!(matches!(lanes.take(&lane, &object("b"), after), LaneTurn::Undisturbed(_)), "nobody had it since");
    }

    #[test]
    fn what_is_forgotten_counts_as_disturbed() {
        let lanes = Lanes::new(Arc::new(|_| {}));
        let object = ObjectId { kind: "EcsService", namespace: "shop".to_owned(), name: "web".to_owned() };
        let before = lanes.mark();
        for n in 0..3 * REMEMBERED {
            drop(lanes.take(&Lane(n.to_string()), &object, before));
        }
        assert!(lanes.state(|state| state.released.len()) <= 2 * REMEMBERED, "every lane is remembered for ever");
        assert!(matches!(lanes.take(&Lane("0".to_owned()), &object, before), LaneTurn::Held(_)));
        assert!(matches!(lanes.take(&Lane("0".to_owned()), &object, lanes.mark()), LaneTurn::Undisturbed(_)));
    }
}
