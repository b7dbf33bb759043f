//! When each object is to be worked on next. kube's queue takes what comes while an object waits for its slot for a reason to work on
//! it once more; here it is the reason that is being waited with.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use kube::runtime::controller::Action;

use crate::aws::ObjectId;

/// When each object of a kind is due; one that is not here waits for a change.
#[derive(Default)]
pub struct Agenda(Mutex<HashMap<ObjectId, Instant>>);

impl Agenda {
    /// The object has changed, or was woken.
    pub fn asked(&self, id: ObjectId, now: Instant) {
        self.due().insert(id, now);
    }

    /// What to do instead of working on the object, where nothing asks for it now.
    pub fn not_yet(&self, id: &ObjectId, now: Instant) -> Option<Action> {
        match self.due().get(id) {
            Some(time) if *time > now => Some(Action::requeue(*time - now)),
            Some(_) => None,
            None => Some(Action::await_change()),
        }
    }

    /// It is worked on: whatever asked for that until now is heard.
    pub fn begun(&self, id: &ObjectId) {
        self.due().remove(id);
    }

    /// It was worked on, and is to be again at this time, or when it changes. What asked for it meanwhile stands.
    pub fn ended(&self, id: ObjectId, again: Option<Instant>, now: Instant) -> Action {
        let Some(again) = again else { return Action::await_change() };
        self.due().entry(id).or_insert(again);
        Action::requeue(again.saturating_duration_since(now))
    }

    pub fn forget(&self, id: &ObjectId) {
        self.due().remove(id);
    }

    fn due(&self) -> MutexGuard<'_, HashMap<ObjectId, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_object_is_worked_on_when_it_is_due_or_asked_for_and_once() {
        let id = ObjectId { kind: "EcsService", namespace: "shop".to_owned(), name: "web".to_owned() };
        let (agenda, start) = (Agenda::default(), Instant::now());
        let minute = Duration::from_mins(1);
        agenda.asked(id.clone(), start);
        agenda.asked(id.clone(), start);
        assert_eq!(agenda.not_yet(&id, start), None, "it was asked for");
        agenda.begun(&id);
        agenda.ended(id.clone(), Some(start + minute), start);
        assert_eq!(agenda.not_yet(&id, start), Some(Action::requeue(minute)), "what asked before it began was heard");
        assert_eq!(agenda.not_yet(&id, start + minute), None, "its time has come");
        agenda.begun(&id);
        agenda.asked(id.clone(), start);
        agenda.ended(id.clone(), None, start);
        assert_eq!(agenda.not_yet(&id, start), None, "what asked while it was worked on was not heard");
        agenda.begun(&id);
        agenda.ended(id.clone(), None, start);
        assert_eq!(agenda.not_yet(&id, start + minute), Some(Action::await_change()), "only a change");
    }
}
