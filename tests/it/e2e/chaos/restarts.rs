//! etcd and the API server crash and come back, while objects of every kind are made, changed and deleted. In the end AWS has what it has
//! without a crash, was changed as often, and nothing is left over.

use std::sync::atomic::{AtomicBool, Ordering};

use ecs_bridge_harness::{Cluster, ClusterOptions, eventually};
use futures::{StreamExt, future::join_all, stream};

use super::{
    super::lab::{PATIENCE, ok},
    answers::{Subject, name, nothing_is_left, prepare, setup},
    life::LIVES,
};
use crate::tally;

/// Objects of each kind; each lives once.
const OBJECTS: usize = 2;
const ALL_OBJECTS: usize = 24;

/// Objects at once: the crashes fall into all of their acts.
const AT_ONCE: usize = 10;

/// A crash comes after so many writes to AWS since the last.
const WRITES: usize = 6;

#[derive(Clone, Copy, Debug)]
enum Crash {
    Etcd,
    ApiServer,
    Both,
}

const CRASHES: [Crash; 3] = [Crash::Etcd, Crash::ApiServer, Crash::Both];

async fn crash(cluster: &mut Cluster, what: Crash) {
    match what {
        Crash::Etcd => ok(cluster.restart_etcd().await),
        Crash::ApiServer => ok(cluster.restart_apiserver().await),
        Crash::Both => {
            ok(cluster.kill_apiserver());
            ok(cluster.kill_etcd());
            ok(cluster.restart().await);
        }
    }
}

#[tokio::test]
async fn a_control_plane_that_crashes_and_comes_back_changes_nothing() {
    let options = ClusterOptions { controller_manager: true, ..ClusterOptions::default() };
    let mut cluster = ok(Cluster::start(options).await);
    let lab = setup("restarts").on(&cluster).start().await;
    prepare(&lab).await;
    let subject = |life, n: usize| Subject { lab: &lab, life, name: name(n), strikes: Vec::new() };
    let alone: Vec<Subject<'_>> = LIVES.iter().enumerate().map(|(n, life)| subject(life, n)).collect();
    let untroubled = join_all(alone.iter().map(Subject::untroubled)).await;

    let number = if tally::is_full() { ALL_OBJECTS } else { OBJECTS };
    let all: Vec<_> = (0..number)
        .flat_map(|_| LIVES.iter().zip(&untroubled))
        .enumerate()
        .map(|(n, (life, expected))| (subject(life, LIVES.len() + n), expected))
        .collect();
    let is_over = AtomicBool::new(false);
    let living = async {
        let each = all.iter().map(async |(subject, expected)| subject.lives(expected).await);
        let lived: Vec<_> = stream::iter(each).buffer_unordered(AT_ONCE).collect().await;
        is_over.store(true, Ordering::Relaxed);
        lived
    };
    let crashing = async {
        let mut crashes = 0;
        for what in CRASHES.iter().cycle() {
            let mark = lab.mark();
            let busy = eventually("writes to AWS", PATIENCE, async || {
                let writes = lab.writes_since(mark).len();
                let is_time = writes >= WRITES || is_over.load(Ordering::Relaxed);
                if is_time { Ok(()) } else { Err(format!("{writes} writes")) }
            });
            // Where nothing is written any more, one that waits for its next try goes on.
            drop(busy.await);
            if is_over.load(Ordering::Relaxed) {
                break;
            }
            crash(&mut cluster, *what).await;
            crashes += 1;
            println!("{what:?} crashed and came back: {crashes} crashes");
        }
        crashes
    };
    let (lived, crashes) = futures::join!(living, crashing);
    let failed: Vec<String> = lived.into_iter().filter_map(Result::err).collect();
    println!("{crashes} crashes in the lives of {} objects, {} failed", all.len(), failed.len());
    tally::swept("chaos: restarts", "crashes of etcd and the API server", crashes);
    tally::swept("chaos: restarts", "lives", all.len());
    assert!(failed.is_empty(), "{} of {} lives:\n{}", failed.len(), all.len(), failed.join("\n"));
    assert!(crashes >= CRASHES.len(), "the lives were over before each had crashed: {crashes} crashes");
    nothing_is_left(&lab).await;
}
