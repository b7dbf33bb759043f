//! Every crash of every life, and every second one.

use std::{ops::RangeInclusive, time::Instant};

use super::{
    life::{Life, Lived, Lives, Scene},
    matrix::Matrix,
};
use crate::{
    plan::{Crash, Phase, STATUS, dump::assert_same},
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
fn survives<K: Lives>(life: &Life, undisturbed: &Lived, scenes: &[Scene<K>], crashes: &[Crash]) -> Lived {
    let _telling = Telling(life, undisturbed, crashes);
    let scene = scenes[undisturbed.act(crashes[0].step)].clone();
    let lived = life.live_with(crashes, scene, undisturbed);
    for (act, end) in (lived.from..).zip(&lived.ends) {
        assert_same(end, undisturbed.end(act), &format!("a crash made a difference, seen after act {}", act + 1));
    }
    lived
}

/// Where the operator dies at first. While a service converges, each look writes a new status: the first of them carries what is
/// confirmed, and the others are left to `make prove`.
fn at_first(steps: &[&'static str]) -> Vec<(Crash, &'static str)> {
    let is_first = |at: usize| at == 0 || steps[at - 1] != STATUS || steps[at] != STATUS;
    let chosen = (0..steps.len()).filter(|at| tally::is_full() || is_first(*at));
    chosen.flat_map(|at| Phase::ALL.map(|phase| (Crash { step: at + 1, phase }, steps[at]))).collect()
}

/// Where it dies again: at every step of the recovery, or at its first. After an answer that was absorbed, another operator sees what it
/// sees after one that was lost: neither the first crash nor the second need be both.
fn again(first: Crash, recovery: RangeInclusive<usize>) -> Vec<Crash> {
    if first.phase == Phase::After {
        return Vec::new();
    }
    if tally::is_full() {
        return recovery.flat_map(|step| [Phase::Before, Phase::Lost].map(|phase| Crash { step, phase })).collect();
    }
    recovery.take(1).map(|step| Crash { step, phase: Phase::Lost }).collect()
}

/// Lives every life of the kind with every crash, prints the matrix, and wants it complete.
pub fn sweep<K: Lives>() {
    let began = Instant::now();
    let mut matrix = Matrix::new(K::STEPS);
    let lives = K::lives();
    for life in &lives {
        let (undisturbed, scenes) = life.live::<K>();
        for (first, write) in at_first(&undisturbed.steps) {
            let once = survives::<K>(life, &undisturbed, &scenes, &[first]);
            matrix.first(write, first.phase);
            for second in again(first, once.recovery(first.step)) {
                survives::<K>(life, &undisturbed, &scenes, &[first, second]);
                matrix.again(once.steps[second.step - 1]);
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
