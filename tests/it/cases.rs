//! How many random cases a property is tried on, and which.

use proptest::{prelude::ProptestConfig, test_runner::RngSeed};

/// This many cases, the same in every run: what `make test` found yesterday it finds today. With `PROPTEST_CASES`, as many as that says, and
/// new ones each time (or those of `PROPTEST_RNG_SEED`).
pub fn cases(number: u32) -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig { rng_seed: RngSeed::Fixed(20_261_122), ..ProptestConfig::with_cases(number) },
    }
}
