//! Every crash of every life, and every second one.

use std::{fmt::Debug, ops::RangeInclusive, time::Instant};

use super::{
    life::{Life, Lived, Lives, Scene},
    matrix::Matrix,
};
use crate::{
    plan::{Crash, Phase, STATUS, dump::assert_same},
    tally,
};

/// With what a life is lived, told where it fails.
pub struct Telling<'a>(pub &'a Life, pub &'a Lived, pub &'a dyn Debug);

impl Drop for Telling<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Telling(life, undisturbed, with) = self;
            eprintln!("'{}', with {with:?}; undisturbed, it takes {:?}", life.name, undisturbed.steps);
        }
    }
}

/// The columns: where in a write the operator dies at first, and the second time, in the recovery.
const COLUMNS: &[&str] = &["before", "lost", "after", "+ again"];

fn column(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => "before",
        Phase::Lost => "lost",
        Phase::After => "after",
    }
}

/// Lives the life with these crashes; it must end as it does without.
fn survives<K: Lives>(life: &Life, undisturbed: &Lived, scenes: &[Scene<K>], crashes: &[Crash]) -> Lived {
    let _telling = Telling(life, undisturbed, &crashes);
    let scene = scenes[undisturbed.act(crashes[0].step)].clone();
    let lived = life.live_with(crashes, scene, undisturbed);
    for (act, end) in (lived.from..).zip(&lived.ends) {
        assert_same(end, undisturbed.end(act), &format!("a crash made a difference, seen after act {}", act + 1));
    }
    lived
}

/// Where the operator dies at first. While a service converges, each look writes a new status: the first of them carries what is
/// confirmed, and the others are left to `make prove`.
pub fn at_first<'a>(steps: &'a [&'static str]) -> impl Iterator<Item = (usize, &'static str)> + 'a {
    let is_first = |at: usize| at == 0 || steps[at - 1] != STATUS || steps[at] != STATUS;
    (0..steps.len()).filter(move |at| tally::is_full() || is_first(*at)).map(|at| (at + 1, steps[at]))
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
    let mut matrix = Matrix::new("the operator dies at", COLUMNS, K::STEPS);
    let lives = K::lives();
    for life in &lives {
        let (undisturbed, scenes) = life.live::<K>();
        let steps = at_first(&undisturbed.steps);
        for (first, write) in steps.flat_map(|(step, write)| Phase::ALL.map(|phase| (Crash { step, phase }, write))) {
            let once = survives::<K>(life, &undisturbed, &scenes, &[first]);
            matrix.count(write, column(first.phase));
            for second in again(first, once.recovery(first.step)) {
                survives::<K>(life, &undisturbed, &scenes, &[first, second]);
                matrix.count(once.steps[second.step - 1], "+ again");
            }
        }
    }
    tally::swept("crash sweep", "crashes", matrix.total());
    println!(
        "{}: {} lives, {} crashes, in {:.1} s\n{matrix}",
        K::KIND,
        lives.len(),
        matrix.total(),
        began.elapsed().as_secs_f64()
    );
    let empty = matrix.empty(|_, _| true);
    assert!(empty.is_empty(), "{}: no life crashes at {}", K::KIND, empty.join("; "));
}
