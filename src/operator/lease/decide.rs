//! Who leads: what to do about the Lease next, as client-go's leader election has it. Pure: the time, and what the API server said, are
//! the caller's to tell; `tests/it/lease.rs` sweeps all orders of events over it.
//!
//! - Every time is of this process's own monotonic clock. What another process wrote as `renewTime` is never compared with it: who follows
//!   counts the lease's duration from when it saw the lease change, which is later than when that was asked for.
//! - Who leads counts from when it asked, and less than the whole duration: clocks differ in rate.
//! - Every write carries the resourceVersion that it was decided on: of two that take the same lease, one fails.

use std::time::{Duration, Instant};

use crate::engine::bite::{Defect, bitten};

/// What the election goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Another one for each process, also for two that follow each other in one pod: an old one's requests may still be on their way.
    pub identity: String,
    /// In whole seconds: a Lease knows no others.
    pub duration: Duration,
    /// How often the lease is renewed, or looked at.
    pub retry_period: Duration,
    /// What is written to AWS has ended by then, one way or the other.
    pub write_deadline: Duration,
}

impl Terms {
    /// For how long a lease is held, from when it was asked for. Whoever follows waits for the whole duration, by a clock that may be
    /// faster by a twentieth; real clocks differ by less than a thousandth.
    pub fn held(&self) -> Duration {
        if bitten(Defect::IgnoresClockRates) { self.duration } else { self.duration / 20 * 19 }
    }

    /// For how long writes may begin, from when the lease was asked for: each has its whole deadline before the lease ends.
    pub fn writing(&self) -> Duration {
        self.held().saturating_sub(self.write_deadline)
    }
}

/// A Lease, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// The resourceVersion.
    pub version: String,
    /// `None`: it was released.
    pub holder: Option<String>,
    pub duration: Duration,
    pub transitions: i32,
}

/// The Lease as it was seen last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Seen {
    /// `None`: there is none.
    pub record: Option<Record>,
    /// From when on somebody else than its holder may take it.
    pub free_from: Instant,
}

/// What is known of the election.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    pub seen: Option<Seen>,
    /// A write of ours had no answer, or was late: what was seen may not be what is there.
    pub in_doubt: bool,
    /// The lease is ours until then.
    pub until: Option<Instant>,
    pub lost: Option<Lost>,
    /// Nothing is to be done before.
    pub next: Option<Instant>,
}

/// Why this process leads no more.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Lost {
    #[error("{0} has taken it")]
    Taken(String),
    #[error("it was released by another hand")]
    Released,
    #[error("it was deleted")]
    Deleted,
    #[error("it could not be renewed in time")]
    Expired,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Look,
    /// Make the Lease: there is none.
    Create,
    /// Become the holder, over exactly this record.
    Take(Record),
    /// Stay the holder, over exactly this record.
    Renew(Record),
    Wait(Instant),
    /// End the process.
    End(Lost),
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    Found(Record),
    Absent,
    /// Our write is what is there now.
    Written(Record),
    /// The lease is another than the one that the write was decided on.
    Conflict,
    /// Late, or an error: a write may have taken effect, or may yet.
    Nothing,
}

/// What to do, at this time.
pub fn decide(state: &State, terms: &Terms, now: Instant) -> Action {
    if let Some(lost) = &state.lost {
        return Action::End(lost.clone());
    }
    if state.until.is_some_and(|until| until <= now) {
        return Action::End(Lost::Expired);
    }
    if let Some(next) = state.next.filter(|next| now < *next) {
        return Action::Wait(state.until.map_or(next, |until| next.min(until)));
    }
    match &state.seen {
        Some(Seen { record: Some(record), .. }) if !state.in_doubt && is_ours(record, terms) => {
            Action::Renew(record.clone())
        }
        Some(Seen { record, free_from }) if !state.in_doubt && *free_from <= now => {
            record.clone().map_or(Action::Create, Action::Take)
        }
        _ => Action::Look,
    }
}

/// Takes in what came back to a call that began at `sent`.
pub fn absorb(state: &mut State, terms: &Terms, sent: Instant, now: Instant, answer: Answer) {
    match answer {
        Answer::Found(record) => {
            state.in_doubt = false;
            if state.until.is_some() && !is_ours(&record, terms) {
                state.lost = Some(record.holder.clone().map_or(Lost::Released, Lost::Taken));
            }
            see(state, terms, record, now);
        }
        Answer::Absent => {
            state.in_doubt = false;
            if state.until.is_some() {
                state.lost = Some(Lost::Deleted);
            }
            // Whoever held it has not heard of it yet: it is waited for as if the lease were still there.
            let free_from = state.seen.take().map_or(now, |seen| seen.free_from);
            state.seen = Some(Seen { record: None, free_from });
            state.next = Some(if free_from <= now { now } else { now + terms.retry_period });
        }
        Answer::Written(record) => {
            state.in_doubt = false;
            see(state, terms, record, now);
            state.next = Some(now + terms.retry_period);
            let begun = if bitten(Defect::CountsLeaseFromTheAnswer) { now } else { sent };
            let until = begun + terms.held();
            // An answer that comes too late to lead by is no reason to end: the next renewal tells.
            if now < until {
                state.until = Some(until);
            }
        }
        Answer::Conflict => {
            state.in_doubt = true;
            state.next = Some(now);
        }
        Answer::Nothing => {
            state.in_doubt = true;
            state.next = Some(now + terms.retry_period);
        }
    }
}

/// Whether a write to AWS may begin now.
pub fn may_write(state: &State, terms: &Terms, now: Instant) -> bool {
    state.lost.is_none() && state.until.is_some_and(|until| now + terms.write_deadline <= until)
}

/// The record to release the lease over, where it is ours: what was seen since may be another's.
pub fn releases<'a>(state: &'a State, terms: &Terms) -> Option<&'a Record> {
    let record = state.seen.as_ref()?.record.as_ref()?;
    is_ours(record, terms).then_some(record)
}

fn is_ours(record: &Record, terms: &Terms) -> bool {
    record.holder.as_deref() == Some(terms.identity.as_str())
}

fn see(state: &mut State, terms: &Terms, record: Record, now: Instant) {
    let unchanged = |seen: &Seen| seen.record.as_ref().is_some_and(|known| known.version == record.version);
    let free_from = match &state.seen {
        Some(seen) if unchanged(seen) => seen.free_from,
        _ if record.holder.is_none() => now,
        _ => now + record.duration,
    };
    // What is ours or nobody's is acted upon at once.
    let waits = free_from > now && !is_ours(&record, terms);
    state.next = Some(if waits { now + terms.retry_period } else { now });
    state.seen = Some(Seen { record: Some(record), free_from });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn terms() -> Terms {
        Terms { identity: "me".to_owned(), duration: 20 * SECOND, retry_period: 2 * SECOND, write_deadline: 5 * SECOND }
    }

    fn record(version: &str, holder: Option<&str>) -> Record {
        let holder = holder.map(str::to_owned);
        Record { version: version.to_owned(), holder, duration: 20 * SECOND, transitions: 0 }
    }

    /// Answers, each with the seconds at which it was asked for and came, and what is decided at which second.
    struct Scene {
        name: &'static str,
        answers: Vec<(u64, u64, Answer)>,
        at: u64,
        expected: Action,
        writes: bool,
    }

    #[test]
    fn each_situation_has_its_action() {
        let start = Instant::now();
        let (ours, theirs) = (record("2", Some("me")), record("1", Some("you")));
        let held = |sent, came| (sent, came, Answer::Written(ours.clone()));
        let found = |at, record: &Record| (at, at, Answer::Found(record.clone()));
        let scene = |name, answers, at, expected, writes| Scene { name, answers, at, expected, writes };
        let scenes = [
            scene("nothing is known", vec![], 0, Action::Look, false),
            scene("there is none", vec![(0, 0, Answer::Absent)], 0, Action::Create, false),
            scene("it was released", vec![found(0, &record("1", None))], 0, Action::Take(record("1", None)), false),
            scene("another holds it", vec![found(0, &theirs)], 1, Action::Wait(start + 2 * SECOND), false),
            scene("another holds it still", vec![found(0, &theirs)], 2, Action::Look, false),
            scene("nobody renews it", vec![found(0, &theirs)], 20, Action::Take(theirs.clone()), false),
            scene(
                "seen again, unchanged",
                vec![found(0, &theirs), found(15, &theirs)],
                20,
                Action::Take(theirs.clone()),
                false,
            ),
            scene(
                "it was renewed",
                vec![found(0, &theirs), found(15, &record("3", Some("you")))],
                20,
                Action::Look,
                false,
            ),
            scene(
                "it was deleted under its holder",
                vec![found(0, &theirs), (5, 5, Answer::Absent)],
                10,
                Action::Look,
                false,
            ),
            scene("and its time is over", vec![found(0, &theirs), (5, 5, Answer::Absent)], 20, Action::Create, false),
            scene("it is ours", vec![held(0, 1)], 2, Action::Wait(start + 3 * SECOND), true),
            scene("it is ours, and is renewed", vec![held(0, 1)], 3, Action::Renew(ours.clone()), true),
            scene("too late to begin a write", vec![held(0, 1)], 15, Action::Renew(ours.clone()), false),
            scene(
                "its end, counted from when it was asked for",
                vec![held(0, 1)],
                19,
                Action::End(Lost::Expired),
                false,
            ),
            scene("an answer that took too long", vec![held(0, 19)], 21, Action::Renew(ours.clone()), false),
            scene("a renewal without an answer", vec![held(0, 1), (3, 4, Answer::Nothing)], 6, Action::Look, true),
            scene("a renewal that is refused", vec![held(0, 1), (3, 4, Answer::Conflict)], 4, Action::Look, true),
            scene(
                "which was an earlier one of ours",
                vec![held(0, 1), (3, 4, Answer::Conflict), found(4, &record("3", Some("me")))],
                4,
                Action::Renew(record("3", Some("me"))),
                true,
            ),
            scene("taken", vec![held(0, 1), found(4, &theirs)], 4, Action::End(Lost::Taken("you".to_owned())), false),
            scene(
                "released by hand",
                vec![held(0, 1), found(4, &record("9", None))],
                4,
                Action::End(Lost::Released),
                false,
            ),
            scene("deleted", vec![held(0, 1), (4, 4, Answer::Absent)], 4, Action::End(Lost::Deleted), false),
            scene(
                "a take whose answer was lost",
                vec![found(0, &record("1", None)), (0, 1, Answer::Nothing), found(3, &ours)],
                3,
                Action::Renew(ours.clone()),
                false,
            ),
        ];
        for Scene { name, answers, at, expected, writes } in scenes {
            let mut state = State::default();
            for (sent, came, answer) in answers {
                let at = |seconds| start + Duration::from_secs(seconds);
                absorb(&mut state, &terms(), at(sent), at(came), answer);
            }
            let now = start + Duration::from_secs(at);
            assert_eq!(decide(&state, &terms(), now), expected, "{name}: {state:?}");
            assert_eq!(may_write(&state, &terms(), now), writes, "{name}: whether a write may begin");
        }
    }
}
