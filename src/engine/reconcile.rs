//! The one loop: plan, read, plan, write, … rest. Every kind goes through it, and every call to AWS.

use std::{future::Future, time::Duration};

use futures::future::join_all;
use jiff::Timestamp;
use serde_json::Value;

use super::{
    Answer, Asked, Call, Cause, Env, Failure, Goal, Kind, Lane, Next, Outcome, Refusal, RefusalKind, Synced, Why,
    Write, hash,
    outcome::{Interruption, State},
    reason,
    status::LastError,
};

/// No kind needs more rounds than this to rest; one that does is defective, and says so instead of calling AWS for ever.
pub const ROUNDS: usize = 48;

/// Nor more writes than this, those before a wait for the quota included: one that is paced never gets to the rounds.
pub const WRITES: u32 = 24;

/// A lease that can't be renewed now is renewed by then, or the process has ended.
const LEASE_RENEWED: Duration = Duration::from_secs(1);

/// What the world answers to a call: AWS's output or its refusal; or no answer.
pub type CallResult = Result<Result<Value, Refusal>, Failure>;

/// What a write's turn depends on beside the lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Now,
    /// The quota allows it after this time; the place in the queue is kept.
    After(Duration),
    /// The lease would end before the write does: it has to be renewed first.
    Unled,
}

/// The lane, held until it is dropped; or somebody else's.
#[derive(Debug)]
pub enum LaneTurn<G> {
    /// Somebody else may have held it since this pass began to read.
    Held(G),
    /// Nobody has: what was read still stands.
    Undisturbed(G),
    Busy,
}

/// The API server does not stand by the object that a pass is about: an intent could not be put on record, or a write not begun, since
/// the object has changed meanwhile, or the API server is away.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct NotRecorded {
    pub message: String,
    /// The object has changed since: another pass on it is on its way.
    pub changed: bool,
}

/// What the loop needs of the world. The operator's shell implements it over the real one.
pub trait World: Sync {
    type LaneGuard: Send;

    fn now(&self) -> Timestamp;
    fn call(&self, call: &Call, write: Option<Cause>) -> impl Future<Output = CallResult> + Send;
    /// Whether a write may begin now, under the account's quota.
    fn turn(&self, call: &Call, cause: Cause) -> Turn;
    fn lane(&self, lane: &Lane) -> LaneTurn<Self::LaneGuard>;
    /// Puts the memo on record, against the resourceVersion that this pass began with.
    fn remember(&self, memo: Value) -> impl Future<Output = Result<(), NotRecorded>> + Send;
    /// Whether the object is still what this pass is about. A watch may lag behind, and after a reconnection show the past: an object that
    /// was deleted, and made again since, must not take its successor's things along.
    fn stands(&self) -> impl Future<Output = Result<(), NotRecorded>> + Send;
    /// Tells people of a write and of how it went.
    fn wrote(
        &self,
        operation: super::Operation,
        cause: Cause,
        why: &str,
        result: &CallResult,
    ) -> impl Future<Output = ()> + Send;
}

/// What a pass is about.
#[derive(Debug)]
pub struct Subject<'a, K: Kind> {
    pub goal: Goal<'a, K::Spec>,
    pub env: &'a Env,
    pub memo: K::Memo,
}

/// What a pass that has to wait keeps for the next one, as long as the object does not change.
#[derive(Debug)]
pub struct Kept<K: Kind, G> {
    pub facts: K::Facts,
    /// What of them the sweep may ask again.
    pub watched: Vec<Watched>,
    pub lane: Option<(Lane, G)>,
    /// How many writes it has made.
    pub writes: u32,
}

impl<K: Kind, G> Default for Kept<K, G> {
    fn default() -> Self {
        Kept { facts: K::Facts::default(), watched: Vec::new(), lane: None, writes: 0 }
    }
}

/// A read that the sweep may repeat to see whether anything changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    pub call: Call,
    /// The hash of what it answered.
    pub answer: String,
}

/// How a pass ended.
#[derive(Debug)]
pub struct Pass<K: Kind, G> {
    pub facts: K::Facts,
    pub memo: K::Memo,
    pub end: End<G>,
    pub watched: Vec<Watched>,
    /// Those of the passes that it goes on from included.
    pub writes: u32,
    pub last_error: Option<LastError>,
}

#[derive(Debug)]
pub enum End<G> {
    Rested(Outcome),
    /// A quota or another object's turn comes first.
    Waiting {
        why: Why,
        /// How the object stands meanwhile, where that is not for the wait to say.
        meanwhile: Option<Outcome>,
        wait: Duration,
        lane: Option<(Lane, G)>,
    },
    Failed(Failure),
    NotRecorded(NotRecorded),
}

/// Carries one object as far as it gets.
pub async fn pass<K: Kind, W: World>(
    subject: Subject<'_, K>,
    kept: Kept<K, W::LaneGuard>,
    world: &W,
) -> Pass<K, W::LaneGuard> {
    let mut pass = Pass {
        facts: kept.facts,
        memo: subject.memo,
        end: End::Rested(not_converging()),
        watched: kept.watched,
        writes: kept.writes,
        last_error: None,
    };
    let mut lane = kept.lane;
    for _ in 0..ROUNDS {
        let end = match K::plan(subject.goal, subject.env, &pass.facts, &pass.memo, world.now()) {
            Next::Read(queries) => read(&mut pass, &queries, world).await,
            Next::Remember(memo) => remember(&mut pass, memo, world).await,
            Next::Write(write) => take(&mut pass, write, &mut lane, world).await,
            Next::Rest(outcome) => Some(End::Rested(outcome)),
        };
        if let Some(end) = end {
            pass.end = end;
            return pass;
        }
    }
    pass
}

async fn read<K: Kind, W: World>(
    pass: &mut Pass<K, W::LaneGuard>,
    queries: &[K::Query],
    world: &W,
) -> Option<End<W::LaneGuard>> {
    let calls: Vec<Call> = queries.iter().map(K::read).collect();
    let answers = join_all(calls.iter().map(|call| world.call(call, None))).await;
    for ((query, call), answer) in queries.iter().zip(calls).zip(answers) {
        let result = match answer {
            Ok(result) => result,
            Err(failure) => return Some(failed(pass, failure)),
        };
        if K::sweeps(query) {
            let answer = watch_hash(&result);
            pass.watched.retain(|watched| watched.call != call);
            pass.watched.push(Watched { call: call.clone(), answer });
        }
        if let Some(end) = absorb(pass, Asked::Query(query), result, &call) {
            return Some(end);
        }
    }
    None
}

/// The hash by which the sweep notices a change.
pub fn watch_hash(result: &Result<Value, Refusal>) -> String {
    match result {
        Ok(output) => hash::of(output),
        Err(refusal) => hash::of_text(&refusal.code),
    }
}

async fn remember<K: Kind, W: World>(
    pass: &mut Pass<K, W::LaneGuard>,
    memo: K::Memo,
    world: &W,
) -> Option<End<W::LaneGuard>> {
    if memo == pass.memo {
        return Some(End::Rested(not_converging()));
    }
    if let Err(lost) = world.remember(serde_json::to_value(&memo).unwrap_or_default()).await {
        return Some(End::NotRecorded(lost));
    }
    pass.memo = memo;
    None
}

async fn take<K: Kind, W: World>(
    pass: &mut Pass<K, W::LaneGuard>,
    write: Write<K::Step>,
    held: &mut Option<(Lane, W::LaneGuard)>,
    world: &W,
) -> Option<End<W::LaneGuard>> {
    if pass.writes >= WRITES {
        return Some(End::Rested(not_converging()));
    }
    if let Some(lane) = &write.lane
        && held.as_ref().is_none_or(|(held, _)| held != lane)
    {
        return match world.lane(lane) {
            LaneTurn::Held(guard) => {
                *held = Some((lane.clone(), guard));
                // Whoever held the lane before may have made what we are about to make.
                pass.facts = K::Facts::default();
                pass.watched.clear();
                None
            }
            LaneTurn::Undisturbed(guard) => {
                *held = Some((lane.clone(), guard));
                None
            }
            LaneTurn::Busy => Some(End::Waiting {
                why: Why::new(reason::WAITING_FOR_LANE, format!("{}: another object's turn comes first", write.why)),
                meanwhile: write.meanwhile,
                wait: Duration::from_secs(5),
                lane: None,
            }),
        };
    }
    let call = K::write(&write.step);
    let waits = match world.turn(&call, write.cause) {
        Turn::Now => None,
        Turn::After(wait) => Some((reason::WAITING_FOR_QUOTA, format!("AWS's quota on {}", call.operation), wait)),
        Turn::Unled => Some((reason::WAITING_FOR_LEASE, "the operator's lease".to_owned(), LEASE_RENEWED)),
    };
    if let Some((reason, what, wait)) = waits {
        let why = Why::new(reason, format!("{}: waits for {what}", write.why));
        return Some(End::Waiting { why, meanwhile: write.meanwhile, wait, lane: held.take() });
    }
    if let Err(lost) = world.stands().await {
        return Some(End::NotRecorded(lost));
    }
    let answer = world.call(&call, Some(write.cause)).await;
    world.wrote(call.operation, write.cause, &write.why, &answer).await;
    pass.writes += 1;
    // A lane is for one write: the next in it is planned on facts of its own.
    if write.lane.is_some() {
        *held = None;
    }
    match answer {
        Ok(result) => absorb(pass, Asked::Step(&write.step), result, &call),
        Err(failure) => Some(failed(pass, failure)),
    }
}

fn absorb<K: Kind, G>(
    pass: &mut Pass<K, G>,
    to: Asked<'_, K::Query, K::Step>,
    result: Result<Value, Refusal>,
    call: &Call,
) -> Option<End<G>> {
    if let Err(refusal) = &result
        && refusal.kind != RefusalKind::NotFound
    {
        pass.last_error = Some(refusal.into());
    }
    let malformed = K::absorb(&mut pass.facts, Answer { to, result }).err()?;
    Some(failed(
        pass,
        Failure {
            class: super::Class::Server,
            operation: call.operation,
            code: None,
            message: malformed.to_string(),
            request_id: None,
            retry_after: None,
        },
    ))
}

fn failed<K: Kind, G>(pass: &mut Pass<K, G>, failure: Failure) -> End<G> {
    pass.last_error = Some((&failure).into());
    End::Failed(failure)
}

fn not_converging() -> Outcome {
    let why = Why::new(
        reason::NOT_CONVERGING,
        "the operator did not come to rest with this object and stopped: please report this with the object's YAML",
    );
    Outcome::new(State::Stalled { why: why.clone() }, Synced::Unknown(why))
}

/// How a failure shows in the status. It has lasted for too long after this many failures in a row.
pub fn interrupted(failure: &Failure, failures: u32) -> Outcome {
    const TOO_LONG: u32 = 4;
    let why = failure.why();
    Outcome::new(
        State::Interrupted {
            why: why.clone(),
            mode: if failure.class.needs_a_person() { Interruption::NeedsAPerson } else { Interruption::Retrying },
            blind: failures >= TOO_LONG && failure.class != super::Class::Throttled,
        },
        Synced::Unknown(why),
    )
}
