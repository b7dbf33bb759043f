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
    held: Arc<Mutex<HashMap<Lane, VecDeque<ObjectId>>>>,
    wake: Wake,
}

/// A lane, held until this is dropped.
pub struct Held {
    lane: Lane,
    lanes: Lanes,
}

impl Lanes {
    pub fn new(wake: Wake) -> Self {
        Lanes { held: Arc::default(), wake }
    }

    /// Takes the lane for an object, or queues the object for it.
    pub fn take(&self, lane: &Lane, object: &ObjectId) -> LaneTurn<Held> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = held.get_mut(lane) {
            if !waiting.contains(object) {
                waiting.push_back(object.clone());
            }
            return LaneTurn::Busy;
        }
        held.insert(lane.clone(), VecDeque::new());
        LaneTurn::Held(Held { lane: lane.clone(), lanes: self.clone() })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let waiting = self.lanes.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.lane);
        // All of them: those behind the first may find that its write was theirs as well.
        waiting.unwrap_or_default().iter().for_each(|object| (self.lanes.wake)(object));
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
        let LaneTurn::Held(first) = lanes.take(&lane, &object("a")) else { panic!("the first takes the lane") };
        assert!(matches!(lanes.take(&lane, &object("b")), LaneTurn::Busy));
        assert!(matches!(lanes.take(&lane, &object("b")), LaneTurn::Busy));
        assert!(matches!(lanes.take(&Lane("other".to_owned()), &object("b")), LaneTurn::Held(_)));
        drop(first);
        assert_eq!(*woken.lock().expect("lock"), ["b"], "each waiting object is woken once");
        assert!(matches!(lanes.take(&lane, &object("b")), LaneTurn::Held(_)));
    }
}
