//! Who is worked on: so many objects of a kind at once. What has something in AWS that runs goes first, then who comes back for a permit,
//! and namespaces take turns: a thousand new objects, or as many whose calls hang, keep nobody else waiting.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::oneshot;

/// Who goes before whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rank {
    /// It has something in AWS that runs.
    Running,
    /// It has waited for its turn to write, and is due: its permit is set aside, and lapses.
    Due,
    New,
}

/// The order of those who wait: by rank, then in rounds, in each of which every namespace is served once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    rank: Rank,
    round: u64,
    arrival: u64,
}

struct Waiting {
    namespace: String,
    granted: oneshot::Sender<Slot>,
}

struct Line {
    free: usize,
    /// No namespace holds more, nor more than this for what is new.
    most: usize,
    most_new: usize,
    /// By namespace: all, and those for what is new.
    held: HashMap<String, (usize, usize)>,
    waiting: BTreeMap<Place, Waiting>,
    /// The round in which a namespace was given its last place of a rank.
    rounds: HashMap<(String, Rank), u64>,
    /// The round that each rank has come to.
    served: HashMap<Rank, u64>,
    arrivals: u64,
    is_closed: bool,
}

/// The slots of one kind. A copy shares them.
#[derive(Clone)]
pub struct Slots(Arc<Mutex<Line>>);

/// A slot, held until this is dropped.
pub struct Slot {
    slots: Slots,
    namespace: String,
    is_new: bool,
}

impl Slots {
    /// Half of them, rounded up, is the most that one namespace gets, and three quarters of that for what is new.
    pub fn new(number: u16) -> Self {
        let free = usize::from(number.max(1));
        let most = free.div_ceil(2);
        Slots(Arc::new(Mutex::new(Line {
            free,
            most,
            most_new: (most * 3 / 4).max(1),
            held: HashMap::new(),
            waiting: BTreeMap::new(),
            rounds: HashMap::new(),
            served: HashMap::new(),
            arrivals: 0,
            is_closed: false,
        })))
    }

    /// Nobody gets one any more, and nobody waits.
    pub fn close(&self) {
        self.line(|line| {
            line.is_closed = true;
            line.waiting.clear();
        });
    }

    /// Waits for a slot; `None` once they are closed.
    pub async fn take(&self, namespace: &str, rank: Rank) -> Option<Slot> {
        let (granted, slot) = oneshot::channel();
        self.line(|line| line.queue(namespace, rank, granted));
        self.serve();
        slot.await.ok()
    }

    /// Grants as long as there is a slot for somebody who may have it.
    fn serve(&self) {
        while let Some((is_new, Waiting { namespace, granted })) = self.line(Line::next) {
            // Whoever no longer waits drops it at once, which gives it back.
            drop(granted.send(Slot { slots: self.clone(), namespace, is_new }));
        }
    }

    fn line<T>(&self, with: impl FnOnce(&mut Line) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.line(|line| line.give_back(&self.namespace, self.is_new));
        self.slots.serve();
    }
}

impl Line {
    fn queue(&mut self, namespace: &str, rank: Rank, granted: oneshot::Sender<Slot>) {
        if self.is_closed {
            return;
        }
        let served = self.served.get(&rank).copied().unwrap_or_default();
        let round = self.rounds.entry((namespace.to_owned(), rank)).or_default();
        *round = (*round).max(served) + 1;
        self.arrivals += 1;
        let place = Place { rank, round: *round, arrival: self.arrivals };
        self.waiting.insert(place, Waiting { namespace: namespace.to_owned(), granted });
    }

    /// Who is served now, if anybody may be; counted as holding a slot from here on.
    fn next(&mut self) -> Option<(bool, Waiting)> {
        if self.free == 0 {
            return None;
        }
        let may = |place: &Place, waiting: &Waiting| {
            let (all, new) = self.held.get(&waiting.namespace).copied().unwrap_or_default();
            all < self.most && (place.rank == Rank::Running || new < self.most_new)
        };
        let place = *self.waiting.iter().find(|(place, waiting)| may(place, waiting))?.0;
        let waiting = self.waiting.remove(&place)?;
        self.free -= 1;
        let (all, new) = self.held.entry(waiting.namespace.clone()).or_default();
        *all += 1;
        let is_new = place.rank != Rank::Running;
        *new += usize::from(is_new);
        self.served.insert(place.rank, place.round);
        if self.waiting.is_empty() {
            self.rounds.clear();
        }
        Some((is_new, waiting))
    }

    fn give_back(&mut self, namespace: &str, is_new: bool) {
        self.free += 1;
        if let Some((all, new)) = self.held.get_mut(namespace) {
            *all -= 1;
            *new -= usize::from(is_new);
            if *all == 0 {
                self.held.remove(namespace);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;
    use Rank::{Due, New, Running};

    type Waiter = futures::future::BoxFuture<'static, Option<Slot>>;

    fn waiter(slots: &Slots, namespace: &'static str, rank: Rank) -> Waiter {
        let slots = slots.clone();
        let mut waiter: Waiter = Box::pin(async move { slots.take(namespace, rank).await });
        // Queued where it is polled first; a slot that is free is granted at once.
        assert!((&mut waiter).now_or_never().is_none(), "{namespace} did not have to wait");
        waiter
    }

    fn taken(slots: &Slots, namespace: &str, rank: Rank) -> Slot {
        let granted = slots.take(namespace, rank).now_or_never().flatten();
        granted.unwrap_or_else(|| panic!("{namespace} had to wait"))
    }

    /// Gives the slot back, and says whose of these it becomes.
    fn passed_on(slot: Slot, waiting: &mut Vec<(&'static str, Waiter)>) -> (&'static str, Slot) {
        drop(slot);
        let found = waiting.iter_mut().enumerate().find_map(|(nth, (_, waiter))| Some((nth, waiter.now_or_never()??)));
        let (nth, slot) = found.expect("nobody was served");
        (waiting.remove(nth).0, slot)
    }

    #[test]
    fn what_runs_goes_first_and_namespaces_take_turns() {
        let slots = Slots::new(1);
        let mut slot = taken(&slots, "a", New);
        let mut waiting: Vec<(&str, Waiter)> = [
            ("new a 1", "a", New),
            ("new a 2", "a", New),
            ("new b", "b", New),
            ("due a", "a", Due),
            ("running a 1", "a", Running),
            ("running a 2", "a", Running),
            ("running b", "b", Running),
        ]
        .map(|(name, namespace, rank)| (name, waiter(&slots, namespace, rank)))
        .into_iter()
        .collect();
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let (name, next) = passed_on(slot, &mut waiting);
            order.push(name);
            slot = next;
        }
        assert_eq!(order, ["running a 1", "running b", "running a 2", "due a", "new a 1", "new b", "new a 2"]);
    }

    #[test]
    fn no_namespace_holds_all_slots() {
        let slots = Slots::new(4);
        let held = [taken(&slots, "a", New), taken(&slots, "a", Running)];
        drop(waiter(&slots, "a", New));
        let mut third = vec![("a", waiter(&slots, "a", Running))];
        let other = taken(&slots, "b", New);
        drop(other);
        assert!((&mut third[0].1).now_or_never().is_none(), "a namespace got more than half");
        let [one, _two] = held;
        assert_eq!(passed_on(one, &mut third).0, "a", "what it gives back is its own to use");
    }

    #[test]
    fn nobody_waits_for_slots_that_are_closed() {
        let slots = Slots::new(1);
        let slot = taken(&slots, "a", Running);
        let waiting = waiter(&slots, "a", Running);
        slots.close();
        assert!(waiting.now_or_never().is_some_and(|slot| slot.is_none()), "it waits for ever");
        drop(slot);
        assert!(slots.take("a", Running).now_or_never().is_some_and(|slot| slot.is_none()), "one was granted");
    }

    #[test]
    fn who_no_longer_waits_holds_nothing() {
        let slots = Slots::new(1);
        let slot = taken(&slots, "a", Running);
        drop(waiter(&slots, "b", Running));
        let mut waiting = vec![("c", waiter(&slots, "c", Running))];
        assert_eq!(passed_on(slot, &mut waiting).0, "c");
    }
}
