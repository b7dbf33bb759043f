//! Others edit and delete in AWS, at random moments, while objects of every kind are made, changed and deleted. What is the objects' comes out
//! as their specs say; what is others' is never touched, and the object that wants its name says whose it is. When nobody does anything any
//! more, nothing is written, and of objects that are gone nothing is left but what is others'.

mod deeds;
mod dice;
mod hand;
mod subject;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant, SystemTime},
};

use aws_sim::Config;
use futures::{StreamExt, future::join_all, stream};
use serde_json::{Value, json};

use self::{
    hand::{Hand, Tags},
    subject::{Lived, Subject},
};
use super::{
    super::{
        cloud_map,
        lab::{Lab, Setup},
        secrets,
    },
    answers::{self, name},
    life::{ACTS, Act, CLOUD_MAP, LIVES, Life},
};
use crate::{alive::theirs, plan::dump::differences, tally};

/// Objects of each kind.
const OBJECTS: usize = 1;
const ALL_OBJECTS: usize = 16;

/// Objects at once.
const AT_ONCE: usize = 16;

/// What `make test` throws, so that it finds today what it found yesterday; `CHAOS_SEED` gives another.
const SEED: u64 = 6;

fn seed() -> u64 {
    let given = std::env::var("CHAOS_SEED").ok();
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    match given {
        Some(given) => given.parse().unwrap_or_else(|_| panic!("CHAOS_SEED={given} is no number")),
        None if tally::is_full() => now(),
        None => SEED,
    }
}

/// Each answer of AWS takes so long that what others do falls between two calls.
fn setup() -> Setup<'static> {
    let world = Config {
        quota_multiple: 50,
        eks_clusters: (0..500).map(name).chain(["bystander".to_owned()]).collect(),
        ..cloud_map::world()
    };
    let setup = secrets::setup("others").world(world).argument("--quota-multiple=50");
    setup.value("aws.eksClusterName", "main").latency(Duration::from_millis(20))
}

fn lives() -> Vec<&'static Life> {
    let only = std::env::var("CHAOS_KIND").unwrap_or_default();
    LIVES.iter().chain([&CLOUD_MAP]).filter(|life| life.kind.contains(&only)).collect()
}

/// What AWS has of an object of each kind after each act when nobody else is there.
async fn untroubled(lab: &Lab, lives: &[&Life]) -> Vec<BTreeMap<Act, Value>> {
    let alone = lives.iter().enumerate().map(async |(n, life)| {
        let subject = answers::Subject { lab, life, name: name(n), strikes: Vec::new() };
        let acts = ACTS.into_iter().zip(subject.untroubled().await);
        acts.map(|(act, ended)| (act, ended.in_aws["described"].clone())).collect()
    });
    join_all(alone).await
}

/// Things of others from the beginning, which nobody has anything to do with.
fn bystanders<'a>(lab: &'a Lab, lives: &[&'a Life]) -> Vec<(Hand<'a>, Value)> {
    let tags = Tags::from([("theirs".to_owned(), "always".to_owned())]);
    let made = lives.iter().map(|life| {
        let hand = Hand { lab, life, name: "bystander".to_owned() };
        hand.make(&tags).unwrap_or_else(|why| panic!("{}: {why}", life.kind));
        let state = hand.state();
        (hand, state)
    });
    made.collect()
}

/// Everything rests: nothing is written while the operator looks around.
async fn it_rests(lab: &Lab) {
    // What tidies up comes after an object is Ready.
    lab.looked(lab.mark(), &["DescribeServices"], 3).await;
    let mark = lab.mark();
    lab.looked(mark, &["DescribeServices"], 3).await;
    lab.no_write_since(mark, "after others had stopped");
}

#[tokio::test]
async fn what_others_do_in_aws_is_put_back_where_it_is_ours_and_left_where_it_is_theirs() {
    let (seed, begun) = (seed(), Instant::now());
    println!("CHAOS_SEED={seed}");
    let lab = setup().start().await;
    answers::prepare(&lab).await;
    lab.ecs("RegisterTaskDefinition", theirs("nginx"));
    cloud_map::annotate(&lab, false).await;
    lab.endpoints(&["10.0.0.1"]).await;
    let lives = lives();
    let expected = untroubled(&lab, &lives).await;
    let bystanders = bystanders(&lab, &lives);

    let number = if tally::is_full() { ALL_OBJECTS } else { OBJECTS };
    let subjects: Vec<_> = (0..number)
        .flat_map(|_| lives.iter().zip(&expected))
        .enumerate()
        .map(|(n, (life, expected))| {
            let hand = Hand { lab: &lab, life, name: name(lives.len() + n) };
            Subject::new(hand, seed.wrapping_add(n as u64), expected)
        })
        .collect();
    let total = subjects.len();
    println!("{total} objects, others at each");
    let living = subjects.into_iter().map(async |mut subject| {
        let ended = subject.lives().await;
        (ended, subject.lived)
    });
    let mut living = stream::iter(living).buffer_unordered(AT_ONCE);
    let (mut all, mut failed, mut ended) = (Lived::default(), Vec::new(), 0);
    while let Some((lived, came)) = living.next().await {
        ended += 1;
        all.add(came);
        if let Err(why) = lived {
            println!("FAILED: {why}");
            failed.push(why);
        }
        if ended % 8 == 0 {
            println!("{ended} of {total} objects have lived, after {} s", begun.elapsed().as_secs());
        }
    }
    drop(living);
    all.print();
    tally::swept("chaos: others", "deeds of others in AWS", all.done());
    tally::swept("chaos: others", "conflicts told", all.conflicts);
    assert!(failed.is_empty(), "{} of {total} lives with CHAOS_SEED={seed}:\n{}", failed.len(), failed.join("\n"));
    it_rests(&lab).await;
    for (hand, state) in &bystanders {
        let differ = differences(&hand.state(), state);
        assert!(differ.is_empty(), "the {} of a bystander was touched:\n{differ}", hand.life.kind);
        hand.delete().unwrap_or_else(|why| panic!("{}: {why}", hand.life.kind));
    }
    lab.ecs("DeregisterTaskDefinition", json!({ "taskDefinition": "theirs:1" }));
    answers::nothing_is_left(&lab).await;
}
