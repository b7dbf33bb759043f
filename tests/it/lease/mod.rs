//! Two operators under one Lease, over all orders of events: what `decide` says, against an API server that answers late, never, or
//! long after nobody waits any more; clocks of different rates; pauses; crashes. The search is breadth-first and ends when no order of
//! events leads to anything new.

mod world;

use std::collections::{HashSet, VecDeque};

use world::{Bounds, Clocks, Happened, World};

use crate::tally;

/// What a search has seen.
#[derive(Debug, Default)]
struct Seen {
    states: usize,
    events: usize,
    /// How often each process began a write.
    began: [usize; 2],
    /// How often a write began while the other's was in flight, which was paused.
    overlaps: usize,
    /// How often a lease was taken from one that had not released it.
    takeovers: usize,
    /// How often a leader ended.
    ends: usize,
    /// The first wrong that was found, and the events that lead to it.
    wrong: Option<String>,
}

fn search(clocks: Clocks, bounds: Bounds) -> Seen {
    let mut seen = Seen::default();
    let first = World::new(clocks, bounds);
    let mut known: HashSet<Vec<u8>> = HashSet::from([first.key()]);
    // Each state with the one that it came from, to tell how it was reached.
    let mut paths: Vec<(usize, String)> = vec![(0, "the beginning".to_owned())];
    let mut queue = VecDeque::from([(first, 0)]);
    while let Some((world, at)) = queue.pop_front() {
        seen.states += 1;
        for (event, happened, next) in world.successors() {
            seen.events += 1;
            match happened {
                Happened::Nothing => {}
                Happened::Began(process) => seen.began[process] += 1,
                Happened::Overlapped(process) => {
                    seen.began[process] += 1;
                    seen.overlaps += 1;
                }
                Happened::TookOver => seen.takeovers += 1,
                Happened::Ended => seen.ends += 1,
                Happened::Wrong(what) => {
                    let mut events = vec![event.to_string()];
                    let mut from = at;
                    while from != 0 {
                        events.push(paths[from].1.clone());
                        from = paths[from].0;
                    }
                    events.reverse();
                    seen.wrong = Some(format!("{what}, after:\n  {}\nin {next:#?}", events.join("\n  ")));
                    return seen;
                }
            }
            if known.insert(next.key()) {
                paths.push((at, event.to_string()));
                queue.push_back((next, paths.len() - 1));
            }
        }
    }
    seen
}

/// The clocks that are swept: as far apart as is provided for, where either of the two plays every part; and as most are.
const CLOCKS: [(&str, Clocks); 2] =
    [("a slow and a fast clock", Clocks([975, 1025])), ("clocks of one rate", Clocks([1000, 1000]))];

/// A write begins where the permit is checked, and a pause may follow before it is sent: so a write that is in flight when the other's
/// begins can't be excluded, and must come from such a pause alone.
#[test]
fn never_two_that_begin_a_write() {
    let (sweeps, bounds) = if tally::is_full() {
        (&CLOCKS[..], Bounds { ghosts: 2, duration: 5 })
    } else {
        (&CLOCKS[..1], Bounds { ghosts: 1, duration: 4 })
    };
    let mut states = 0;
    for (name, clocks) in sweeps {
        let seen = search(*clocks, bounds);
        if let Some(wrong) = &seen.wrong {
            panic!("{name}: {wrong}");
        }
        println!("{name}: {} states, {} events, {} overlaps by a pause", seen.states, seen.events, seen.overlaps);
        assert!(
            seen.began.iter().all(|began| *began > 0),
            "{name}: one never wrote: the model is too narrow: {seen:?}"
        );
        assert!(seen.takeovers > 0, "{name}: nobody ever took over from one that was lost: {seen:?}");
        assert!(seen.ends > 0, "{name}: no leader ever lost its lease: {seen:?}");
        assert!(seen.overlaps > 0, "{name}: no pause ever made two writes overlap: the model is too narrow: {seen:?}");
        states += seen.states;
    }
    tally::swept("leader election", "states of two operators under one Lease", states);
}

/// The search finds what it is for: clocks that differ by more than is provided for break the promise.
#[test]
fn clocks_that_are_further_apart_are_found_out() {
    let seen = search(Clocks([800, 1200]), Bounds { ghosts: 1, duration: 4 });
    assert!(seen.wrong.is_some(), "no order of events was found that breaks it: {seen:?}");
}
