//! How many random cases a property is tried on, and which.

use proptest::{prelude::ProptestConfig, test_runner::RngSeed};

use crate::tally;

/// How many times more cases `make prove` tries.
const IN_FULL: u32 = 8;

/// This many cases, the same in every run: what `make test` found yesterday it finds today. `make prove` tries more, and new ones each time;
/// with `PROPTEST_CASES` it is as many as that says (and `PROPTEST_RNG_SEED` repeats a run).
pub fn cases(number: u32) -> ProptestConfig {
    let config = random(number);
    // A property whose cases are not all tried has failed.
    tally::swept("properties", "random cases", usize::try_from(config.cases).unwrap_or(usize::MAX));
    config
}

/// The same for what is random and no property of its own.
pub fn random(number: u32) -> ProptestConfig {
    if std::env::var_os("PROPTEST_CASES").is_some() {
        ProptestConfig::default()
    } else if tally::is_full() {
        ProptestConfig::with_cases(number * IN_FULL)
    } else {
        ProptestConfig { rng_seed: RngSeed::Fixed(20_261_122), ..ProptestConfig::with_cases(number) }
    }
}
