//! Every crash of every life, and every second one.

use std::time::Instant;

use serde_json::json;

use super::{
    life::{Life, Lived, Lives},
    matrix::Matrix,
};
use crate::{
    plan::{Crash, Phase, dump::assert_same},
    tally,
};

/// The crashes that a life is lived with, told where it fails.
struct Telling<'a>(&'a Life, &'a Lived, &'a [Crash]);

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Telling(life, undisturbed, crashes) = self;
            eprintln!("'{}', with {crashes:?}; undisturbed, it takes {:?}", life.name, undisturbed.steps);
        }
    }
}

/// Lives the life with these crashes; it must end as it does without.
fn survives<K: Lives>(life: &Life, undisturbed: &Lived, crashes: &[Crash]) -> Lived {
    let _telling = Telling(life, undisturbed, crashes);
    let lived = life.live::<K>(crashes);
    assert_same(&lived.ends, &undisturbed.ends, "a crash made a difference");
    assert_same(&json!(lived.made), &json!(undisturbed.made), "a crash changed how many things were made");
    lived
}

/// The second crashes in a recovery of these steps: all of them, or the first ones where there is less time.
fn again(recovery: impl Iterator<Item = usize>) -> Vec<Crash> {
    let (steps, phases): (usize, &[Phase]) =
        if tally::is_full() { (usize::MAX, &Phase::ALL) } else { (2, &[Phase::Lost]) };
    let crashes = recovery.take(steps).flat_map(|step| phases.iter().map(move |phase| Crash { step, phase: *phase }));
    crashes.collect()
}

/// Lives every life of the kind with every crash, prints the matrix, and wants it complete.
pub fn sweep<K: Lives>() {
    let began = Instant::now();
    let mut matrix = Matrix::new(K::STEPS);
    let lives = K::lives();
    for life in &lives {
        let undisturbed = life.live::<K>(&[]);
        for (step, write) in (1..).zip(&undisturbed.steps) {
            for phase in Phase::ALL {
                let first = Crash { step, phase };
                let once = survives::<K>(life, &undisturbed, &[first]);
                matrix.first(write, phase);
                for second in again(once.recovery(step)) {
                    survives::<K>(life, &undisturbed, &[first, second]);
                    matrix.again(once.steps[second.step - 1]);
                }
            }
        }
    }
    tally::swept("crash sweep", "crashes", matrix.crashes());
    println!(
        "{}: {} lives, {} crashes, in {:.1} s\n{matrix}",
        K::KIND,
        lives.len(),
        matrix.crashes(),
        began.elapsed().as_secs_f64()
    );
    let empty = matrix.empty();
    assert!(empty.is_empty(), "{}: no life crashes at {}", K::KIND, empty.join("; "));
}
