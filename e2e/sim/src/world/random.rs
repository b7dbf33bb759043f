//! Seeded randomness: identifiers and small differences in timing.

use std::fmt::Write as _;
use std::time::Duration;

/// `SplitMix64`.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x5EED_A350_0000_0001)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// Hexadecimal digits, as in the IDs of tasks (32) and network interfaces (17).
    pub(crate) fn hex(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            // Writing to a String cannot fail.
            let _ = write!(text, "{:016x}", self.next());
        }
        text.truncate(length);
        text
    }

    /// Nineteen digits, as in the IDs of deployments and service revisions.
    pub(crate) fn digits(&mut self) -> String {
        let range = 9_000_000_000_000_000_000;
        (1_000_000_000_000_000_000 + self.below(range)).to_string()
    }

    pub(crate) fn uuid(&mut self) -> String {
        let hex = self.hex(32);
        format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
    }

    /// The span, up to a fifth longer.
    pub(crate) fn about(&mut self, span: Duration) -> Duration {
        let fifth = u64::try_from(span.as_millis() / 5).unwrap_or(u64::MAX);
        span + Duration::from_millis(self.below(fifth + 1))
    }
}
