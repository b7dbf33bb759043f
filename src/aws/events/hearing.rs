//! Whether events may be relied on. Pure: what time it is, the caller says.

use std::time::{Duration, Instant};

/// So long nothing is taken for told after a sweep has found what was not.
const AFTER_A_MISS: Duration = Duration::from_hours(1);

/// What has been heard of late.
#[derive(Debug)]
pub struct Hearing {
    silence: Duration,
    heard: Option<Instant>,
    missed: Option<Instant>,
}

impl Hearing {
    pub fn new(silence: Duration) -> Self {
        Hearing { silence, heard: None, missed: None }
    }

    /// A message came, whatever it says: heartbeats are messages.
    pub fn heard(&mut self, now: Instant) {
        self.heard = Some(now);
    }

    /// A sweep has found a change that no event had told of.
    pub fn missed(&mut self, now: Instant) {
        self.missed = Some(now);
    }

    /// Whether the queue is not silent.
    pub fn is_heard(&self, now: Instant) -> bool {
        self.heard.is_some_and(|heard| now.saturating_duration_since(heard) <= self.silence)
    }

    /// Whether what changes is told of, as far as anybody knows.
    pub fn is_trusted(&self, now: Instant) -> bool {
        self.is_heard(now) && self.missed.is_none_or(|missed| now.saturating_duration_since(missed) >= AFTER_A_MISS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_trusted_while_the_queue_speaks_and_nothing_was_missed() {
        let (start, minute) = (Instant::now(), Duration::from_mins(1));
        let mut hearing = Hearing::new(15 * minute);
        assert!(!hearing.is_trusted(start), "nothing has been heard yet");
        hearing.heard(start);
        assert!(hearing.is_trusted(start + 15 * minute), "a heartbeat or two may be late");
        assert!(!hearing.is_trusted(start + 16 * minute), "it is silent");
        hearing.heard(start + 20 * minute);
        assert!(hearing.is_trusted(start + 20 * minute), "it speaks again");
        hearing.missed(start + 21 * minute);
        hearing.heard(start + 22 * minute);
        assert!(hearing.is_heard(start + 22 * minute), "a heartbeat came");
        assert!(!hearing.is_trusted(start + 22 * minute), "heartbeats come, and events don't");
        hearing.heard(start + 81 * minute);
        assert!(hearing.is_trusted(start + 81 * minute), "one miss is not held against it for ever");
    }
}
