//! The four conditions, as kstatus, Flux, kro and `kubectl wait` understand them.

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, Time};

use super::{
    Outcome, Synced, Why,
    outcome::{Interruption, State},
    reason,
};

pub const READY: &str = "Ready";
pub const SYNCED: &str = "Synced";
pub const RECONCILING: &str = "Reconciling";
pub const STALLED: &str = "Stalled";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Truth {
    True,
    False,
    Unknown,
}

impl Truth {
    fn text(self) -> &'static str {
        match self {
            Truth::True => "True",
            Truth::False => "False",
            Truth::Unknown => "Unknown",
        }
    }
}

/// The conditions after a pass. A condition's transition time moves only with its status.
pub fn conditions(outcome: &Outcome, previous: &[Condition], generation: i64, now: Timestamp) -> Vec<Condition> {
    let none = || Why::new(reason::IN_SYNC, "");
    let (ready, reconciling, stalled) = match &outcome.state {
        State::Ready(why) => (Some((Truth::True, why.clone())), (Truth::False, none()), (Truth::False, none())),
        State::Progressing { why, .. } => {
            (Some((Truth::False, why.clone())), (Truth::True, why.clone()), (Truth::False, none()))
        }
        // `Ready` says that AWS has what the spec says, *and* that it works: whoever waits for it waits for the spec that they applied.
        State::Stalled { why } => {
            (Some((Truth::False, why.clone())), (Truth::False, none()), (Truth::True, why.clone()))
        }
        State::Interrupted { why, mode, blind } => {
            // What AWS said last stays true for a while, unless the spec has changed since.
            let known = previous
                .iter()
                .any(|condition| condition.type_ == READY && condition.observed_generation == Some(generation));
            let ready = if known && !blind { None } else { Some((Truth::Unknown, why.clone())) };
            let on = (Truth::True, why.clone());
            let off = (Truth::False, none());
            match mode {
                Interruption::Retrying => (ready, on, off),
                Interruption::NeedsAPerson => (ready, off, on),
                Interruption::Paused => (ready, off.clone(), off),
            }
        }
        State::Gone => (
            Some((Truth::False, Why::new(reason::DELETING, "gone from AWS"))),
            (Truth::False, none()),
            (Truth::False, none()),
        ),
    };
    let synced = match &outcome.synced {
        Synced::Yes => (Truth::True, none()),
        Synced::No(why) => (Truth::False, why.clone()),
        Synced::Unknown(why) => (Truth::Unknown, why.clone()),
    };
    [(READY, ready), (SYNCED, Some(synced)), (RECONCILING, Some(reconciling)), (STALLED, Some(stalled))]
        .into_iter()
        .filter_map(|(type_, now_is)| {
            let old = previous.iter().find(|condition| condition.type_ == type_);
            let Some((truth, why)) = now_is else { return old.cloned() };
            let unmoved = old.filter(|old| old.status == truth.text()).map(|old| old.last_transition_time.clone());
            Some(Condition {
                type_: type_.to_owned(),
                status: truth.text().to_owned(),
                reason: why.reason.to_owned(),
                message: shorten(&why.message),
                observed_generation: Some(generation),
                last_transition_time: unmoved.unwrap_or(Time(now)),
            })
        })
        .collect()
}

/// A condition's message may hold 32,768 bytes; no reader wants more than a paragraph.
fn shorten(message: &str) -> String {
    const LONGEST: usize = 1024;
    if message.chars().count() <= LONGEST {
        return message.to_owned();
    }
    message.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::outcome::Recheck;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    fn truths(conditions: &[Condition]) -> String {
        [READY, SYNCED, RECONCILING, STALLED]
            .map(|type_| {
                conditions
                    .iter()
                    .find(|condition| condition.type_ == type_)
                    .map_or("-", |condition| &condition.status[..1])
                    .to_owned()
            })
            .join("")
    }

    fn interrupted(mode: Interruption, blind: bool) -> Outcome {
        let why = Why::new(reason::UNREACHABLE, "no answer");
        Outcome::new(State::Interrupted { why: why.clone(), mode, blind }, Synced::Unknown(why))
    }

    #[test]
    fn each_outcome_has_its_four_conditions() {
        let why = || Why::new(reason::UPDATING, "x");
        let before = conditions(&Outcome::ready(why()), &[], 1, at(0));
        for (name, outcome, previous, expected) in [
            ("ready", Outcome::ready(why()), &[][..], "TTFF"),
            ("converging", Outcome::converging(why(), Recheck::Tick), &[], "FTTF"),
            ("waiting", Outcome::waiting(why(), Recheck::Tick), &[], "FFTF"),
            ("stalled", Outcome::stalled(why()), &[], "FFFT"),
            ("drift that is left", Outcome::ready(why()).with_synced(Synced::No(why())), &[], "TFFF"),
            ("interrupted at first", interrupted(Interruption::Retrying, false), &[], "UUTF"),
            ("interrupted later", interrupted(Interruption::Retrying, false), &before, "TUTF"),
            ("interrupted for long", interrupted(Interruption::Retrying, true), &before, "UUTF"),
            ("paused", interrupted(Interruption::Paused, false), &before, "TUFF"),
            ("no credentials", interrupted(Interruption::NeedsAPerson, false), &before, "TUFT"),
        ] {
            assert_eq!(truths(&conditions(&outcome, previous, 1, at(1))), expected, "{name}");
        }
    }

    #[test]
    fn ready_does_not_outlive_a_new_generation_that_was_not_applied() {
        let before = conditions(&Outcome::ready(Why::new(reason::AVAILABLE, "")), &[], 1, at(0));
        assert_eq!(truths(&conditions(&interrupted(Interruption::Retrying, false), &before, 2, at(1))), "UUTF");
    }

    #[test]
    fn the_transition_time_moves_with_the_status_only() {
        let first = conditions(&Outcome::ready(Why::new(reason::AVAILABLE, "a")), &[], 1, at(0));
        let second = conditions(&Outcome::ready(Why::new(reason::AVAILABLE, "b")), &first, 2, at(9));
        assert_eq!((second[0].last_transition_time.0, second[0].message.as_str()), (at(0), "b"));
        let third = conditions(&Outcome::stalled(Why::new(reason::CONFLICT, "c")), &second, 2, at(9));
        assert_eq!(third[0].last_transition_time.0, at(9));
    }
}
