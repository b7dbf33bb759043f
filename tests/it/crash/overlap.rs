//! Two operators: one write of the first is still on its way when the second takes over, and arrives at each later point.
//!
//! A lease can't exclude that. What keeps it from making two is that names are deterministic, that creations carry tokens, and that writes
//! to the object carry its resourceVersion.

use std::time::Instant;

use serde_json::Value;

use super::{
    life::{Life, Lived, Lives, Scene},
    matrix::Matrix,
    sweep::{Telling, at_first},
};
use crate::{plan::dump::assert_same, tally};

/// The columns: when the write arrives. The second operator, which can't know of it, makes the same write again.
const BEFORE: &str = "before";
const AFTER: &str = "after";
const ELSEWHERE: &str = "else";
const AT_REST: &str = "at rest";
const COLUMNS: &[&str] = &[BEFORE, AFTER, ELSEWHERE, AT_REST];

/// After so many calls of the second operator.
const NEVER: usize = usize::MAX;

/// Where time is short, so many writes of a name are on their way, over all lives of a kind.
const ENOUGH: usize = 12;

/// What two operators make more of than one, where AWS has no token and no precondition that would keep them from it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum More {
    Nothing,
    /// RegisterTaskDefinition takes no token: two of the same make two revisions, of which one runs. The other goes with the rest of them.
    Revision,
    /// UpdateService takes no token: where it begins a deployment by force, or after that of the other has ended, it begins one more.
    Deployment,
}

impl More {
    fn by(write: &str) -> Self {
        match write {
            "RegisterTaskDefinition" => More::Revision,
            "UpdateService" => More::Deployment,
            _ => More::Nothing,
        }
    }

    /// Takes out of an end what there may be one more of; gives how many there are.
    fn take_out(self, end: &mut Value) -> usize {
        match self {
            More::Nothing => 0,
            More::Revision => {
                let made = end["made"]["RegisterTaskDefinition"].take();
                end["aws"]["revisions"] = Value::Null;
                made.as_u64().and_then(|made| usize::try_from(made).ok()).unwrap_or(0)
            }
            More::Deployment => {
                let deployments = end["deployments"].take();
                let counts = deployments.as_object().into_iter().flatten().filter_map(|(_, count)| count.as_u64());
                usize::try_from(counts.sum::<u64>()).unwrap_or(0)
            }
        }
    }
}

/// Where a write arrives, by what the second operator would have called without it.
fn column(since: &[Option<&str>], write: &str, after: usize) -> &'static str {
    let is_same = |at: usize| since.get(at).copied().flatten() == Some(write);
    if is_same(after) {
        BEFORE
    } else if after > 0 && is_same(after - 1) {
        AFTER
    } else if after < since.len() {
        ELSEWHERE
    } else {
        AT_REST
    }
}

/// After how many calls it arrives: before each of them; or where time is short, on both sides of the first write of its own name.
fn arrivals(since: &[Option<&str>], write: &str) -> Vec<usize> {
    if tally::is_full() {
        return (0..=since.len()).collect();
    }
    let first = since.iter().position(|name| *name == Some(write));
    first.into_iter().flat_map(|first| [first, first + 1]).collect()
}

/// Lives the life with this step still on its way; it must end as without, but for what there may be more of.
fn ends_as_without<K: Lives>(
    life: &Life,
    undisturbed: &Lived,
    scenes: &[Scene<K>],
    (step, write): (usize, &'static str),
    after: usize,
) -> (Lived, usize) {
    let with = format!("{write}, step {step}, that comes after {after} calls of the next operator");
    let _telling = Telling(life, undisturbed, &with);
    let scene = scenes[undisturbed.act(step)].clone();
    let lived = life.live_late(step, after, scene, undisturbed);
    let may_be_more = More::by(write);
    let mut most = 0;
    for (act, end) in (lived.from..).zip(&lived.ends) {
        let (mut end, mut expected) = (end.clone(), undisturbed.end(act).clone());
        let (are, should_be) = (may_be_more.take_out(&mut end), may_be_more.take_out(&mut expected));
        assert_same(&end, &expected, &format!("two operators made a difference, seen after act {}", act + 1));
        let more = are.checked_sub(should_be).expect("there is less of it");
        assert!(more <= 1, "there are {more} more of what AWS has no token for, after act {}", act + 1);
        most = most.max(more);
    }
    (lived, most)
}

/// Lives every life of the kind with every write on its way, prints the matrix, and wants it complete.
pub fn sweep<K: Lives>() {
    let began = Instant::now();
    let mut matrix = Matrix::new("is on its way", COLUMNS, K::STEPS);
    let mut more = 0;
    let lives = K::lives();
    for life in &lives {
        let (undisturbed, scenes) = life.live::<K>();
        for step in at_first(&undisturbed.steps) {
            let is_enough = !tally::is_full() && matrix.cell(step.1, AT_REST) >= ENOUGH;
            if is_enough || life.is_others(&scenes[undisturbed.act(step.0)]) {
                continue;
            }
            let arrives = |after: usize| ends_as_without::<K>(life, &undisturbed, &scenes, step, after);
            let (at_rest, extra) = arrives(NEVER);
            matrix.count(step.1, AT_REST);
            more += extra;
            for after in arrivals(&at_rest.since, step.1) {
                more += arrives(after).1;
                matrix.count(step.1, column(&at_rest.since, step.1, after));
            }
        }
    }
    tally::swept("two operators", "writes that came late", matrix.total());
    println!(
        "{}: {} lives, {} writes that came late, in {:.1} s; {more} made one more of what AWS has no token for\n{matrix}",
        K::KIND,
        lives.len(),
        matrix.total(),
        began.elapsed().as_secs_f64()
    );
    let empty = matrix.empty(|_, column| column != ELSEWHERE || tally::is_full());
    assert!(empty.is_empty(), "{}: no life has a write that comes so: {}", K::KIND, empty.join("; "));
}
