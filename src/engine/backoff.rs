//! How long to wait before trying again, for each object.

use std::time::Duration;

/// The first wait, for what may pass by itself.
const FIRST: Duration = Duration::from_millis(500);
/// What may pass by itself is tried again at least this often.
const TRANSIENT_CAP: Duration = Duration::from_mins(2);
/// What only a person can mend is tried again slowly, and never abandoned: what was mended in AWS heals alone.
const TERMINAL_FIRST: Duration = Duration::from_secs(10);
const TERMINAL_CAP: Duration = Duration::from_hours(1);

/// The wait after `failures` failures in a row (1 for the first), spread by up to a fifth so that objects that failed together do not
/// come back together. `spread` is a number that differs between objects, as a hash of the name.
pub fn wait(failures: u32, terminal: bool, spread: u64) -> Duration {
    let (first, cap) = if terminal { (TERMINAL_FIRST, TERMINAL_CAP) } else { (FIRST, TRANSIENT_CAP) };
    let doubled = first.saturating_mul(2u32.saturating_pow(failures.saturating_sub(1).min(20)));
    let plain = doubled.min(cap);
    let mixed =
        u32::try_from(spread.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(u64::from(failures)) % 1000).unwrap_or(0);
    plain / 5000 * (5000 - mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_their_cap_and_never_beyond() {
        for terminal in [false, true] {
            let cap = if terminal { TERMINAL_CAP } else { TRANSIENT_CAP };
            let waits: Vec<Duration> = (1..40).map(|failures| wait(failures, terminal, 7)).collect();
            assert!(waits.iter().all(|wait| *wait <= cap), "terminal={terminal}: {waits:?}");
            assert!(waits[38] >= cap.mul_f64(0.8), "terminal={terminal}: ends at {:?}", waits[38]);
        }
        assert!(wait(1, true, 0) >= Duration::from_secs(8));
        assert!(wait(1, false, 0) <= FIRST);
    }

    #[test]
    fn two_objects_come_back_apart() {
        assert_ne!(wait(5, false, 1), wait(5, false, 2));
    }
}
