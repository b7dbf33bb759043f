//! What the rest of the operator knows of the election: whether it leads, and what it may begin.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use tokio::sync::watch;

use super::decide::{self, Action, Answer, Record, State, Terms};

/// Whether this process leads. A copy shares it.
#[derive(Clone)]
pub struct Leadership {
    /// `None`: there is no election, and it always does.
    standing: Option<Arc<Mutex<Standing>>>,
    gained: watch::Receiver<bool>,
}

/// What the election knows, with what goes by it.
pub struct Standing {
    terms: Terms,
    state: State,
    /// The end of the lease by the machine's clock: the monotonic one stands still while a machine sleeps.
    ends: Option<SystemTime>,
    gained: watch::Sender<bool>,
}

impl Leadership {
    /// Of the only operator there is.
    pub fn alone() -> Self {
        Leadership { standing: None, gained: watch::channel(true).1 }
    }

    pub(super) fn elected(terms: Terms) -> (Self, Arc<Mutex<Standing>>) {
        let (sender, gained) = watch::channel(false);
        let standing = Arc::new(Mutex::new(Standing { terms, state: State::default(), ends: None, gained: sender }));
        (Leadership { standing: Some(standing.clone()), gained }, standing)
    }

    /// Whether it works. That it may begin a write is another question.
    pub fn is_leader(&self) -> bool {
        *self.gained.borrow()
    }

    /// Waits until it leads; for ever, where the election is over.
    pub async fn gained(&mut self) {
        if self.gained.wait_for(|gained| *gained).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Whether a write to AWS may begin now: its deadline ends before the lease does.
    pub fn may_write(&self) -> bool {
        let Some(standing) = &self.standing else { return true };
        let standing = standing.lock().unwrap_or_else(PoisonError::into_inner);
        let Standing { terms, state, .. } = &*standing;
        decide::may_write(state, terms, Instant::now()) && standing.left() >= terms.write_deadline
    }

    /// How long a write to the API server may take that begins now: until the lease ends. `None`: none may begin.
    pub fn left(&self) -> Option<Duration> {
        let Some(standing) = &self.standing else { return Some(Duration::MAX) };
        let left = standing.lock().unwrap_or_else(PoisonError::into_inner).left();
        (left > Duration::ZERO).then_some(left)
    }
}

impl Standing {
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    pub fn decide(&self) -> Action {
        decide::decide(&self.state, &self.terms, Instant::now())
    }

    /// Takes in what came back to a call that began then, by either clock.
    pub fn absorb(&mut self, sent: (Instant, SystemTime), answer: Answer) {
        let until = self.state.until;
        decide::absorb(&mut self.state, &self.terms, sent.0, Instant::now(), answer);
        if self.state.until != until {
            self.ends = Some(sent.1 + self.terms.held());
            self.gained.send_replace(true);
        }
    }

    pub fn releases(&self) -> Option<Record> {
        decide::releases(&self.state, &self.terms).cloned()
    }

    /// The end of all permits, at once.
    pub fn resign(&mut self) {
        self.state = State::default();
        self.ends = None;
    }

    /// The time to the lease's end, by the clock that says less.
    fn left(&self) -> Duration {
        let (Some(until), Some(ends), None) = (self.state.until, self.ends, &self.state.lost) else {
            return Duration::ZERO;
        };
        let by_machine = ends.duration_since(SystemTime::now()).unwrap_or_default();
        until.saturating_duration_since(Instant::now()).min(by_machine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_ends_by_the_clock_that_says_so_first() {
        let terms = Terms {
            identity: "me".to_owned(),
            duration: Duration::from_secs(100),
            retry_period: Duration::from_secs(1),
            write_deadline: Duration::from_secs(10),
        };
        let ago = Duration::from_secs(90);
        let (now, today) = (Instant::now(), SystemTime::now());
        let (earlier, yesterday) = (now.checked_sub(ago).unwrap_or(now), today.checked_sub(ago).unwrap_or(today));
        for (name, sent, writes, leads) in [
            ("both say now", (now, today), true, true),
            ("the monotonic clock says that a write has no time left", (earlier, today), false, true),
            ("the machine has slept", (now, yesterday), false, true),
            ("the machine has slept for long", (now, today.checked_sub(10 * ago).unwrap_or(today)), false, false),
        ] {
            let (leadership, standing) = Leadership::elected(terms.clone());
            assert!(!leadership.is_leader() && !leadership.may_write() && leadership.left().is_none(), "at first");
            let record = Record {
                version: "1".to_owned(),
                holder: Some("me".to_owned()),
                duration: terms.duration,
                transitions: 0,
            };
            standing.lock().expect("lock").absorb(sent, Answer::Written(record));
            assert!(leadership.is_leader(), "{name}: it leads");
            assert_eq!(leadership.may_write(), writes, "{name}: whether a write to AWS may begin");
            assert_eq!(leadership.left().is_some(), leads, "{name}: whether the lease lasts");
            standing.lock().expect("lock").resign();
            assert!(!leadership.may_write() && leadership.left().is_none(), "{name}: it writes after it resigned");
        }
        let alone = Leadership::alone();
        assert!(alone.is_leader() && alone.may_write() && alone.left().is_some(), "who is alone always leads");
    }
}
