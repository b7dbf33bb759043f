//! The virtual clock's time.

use std::ops::{Add, Sub};
use std::time::Duration;

use serde_json::Value;

/// Milliseconds since the Unix epoch on the virtual clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct Time(pub u64);

impl Time {
    /// As AWS JSON writes a timestamp: seconds with three decimals.
    #[allow(clippy::cast_precision_loss)] // Milliseconds of this era fit in the 52 bits.
    pub fn to_json(self) -> Value {
        Value::from(self.0 as f64 / 1000.0)
    }

    /// From seconds with decimals.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Those of this era.
    pub(crate) fn of_json(seconds: &serde_json::Number) -> Self {
        Self((seconds.as_f64().unwrap_or_default() * 1000.0).round() as u64)
    }

    /// For people: `2026-01-31T12:00:00.000Z`.
    pub fn to_text(self) -> String {
        i64::try_from(self.0)
            .ok()
            .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
            .map_or_else(|| self.0.to_string(), |at| format!("{at:.3}"))
    }

    /// The same in whole seconds, as events have their time.
    pub(crate) fn to_seconds_text(self) -> String {
        let text = Self(self.0 - self.0 % 1000).to_text();
        text.replace(".000Z", "Z")
    }

    pub fn since(self, earlier: Time) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Time {
    type Output = Time;

    fn add(self, span: Duration) -> Time {
        let milliseconds = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        Time(self.0.saturating_add(milliseconds))
    }
}

impl Sub<Duration> for Time {
    type Output = Time;

    fn sub(self, span: Duration) -> Time {
        let milliseconds = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        Time(self.0.saturating_sub(milliseconds))
    }
}
