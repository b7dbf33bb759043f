//! The steady state: what objects at rest have rested on is asked again from time to time, and who rests on another answer is
//! woken.

use std::{
    collections::{HashMap, HashSet, hash_map::RandomState},
    hash::BuildHasher,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::{Notify, mpsc::UnboundedSender};
use tracing::{debug, info, warn};

use super::{
    Aws, ObjectId, Priority, Scope,
    batch::{Batch, BatchKey, Part},
    events::{Hearing, subjects},
};
use crate::engine::{
    Call, Class, Failure, Operation, Refusal, hash,
    reconcile::{Watched, watch_hash},
};

/// While events tell of what changes, a sweep is made in so many intervals.
const UNHURRIED: u32 = 4;
/// What is told of within this time is asked together: a task that starts is in six events.
const GATHER: Duration = Duration::from_millis(500);

/// Asks again what objects at rest have read: all of it from time to time, at the lowest priority, and at once what an event is about.
pub struct Sweeper {
    aws: Aws,
    interval: Duration,
    wake: UnboundedSender<ObjectId>,
    list: Mutex<Watchlist>,
    /// `None`: nothing tells of changes.
    hearing: Option<Mutex<Hearing>>,
    news: Mutex<HashSet<u64>>,
    told: Notify,
}

impl Sweeper {
    /// Objects whose answers differ are sent to `wake`.
    pub fn new(aws: Aws, wake: UnboundedSender<ObjectId>) -> Self {
        let interval = aws.sweep_interval();
        let hearing = aws.events().map(|source| Mutex::new(Hearing::new(source.silence)));
        Sweeper { aws, interval, wake, list: Mutex::default(), hearing, news: Mutex::default(), told: Notify::new() }
    }

    /// The object has come to rest on these answers.
    pub fn watch(&self, object: ObjectId, scope: &Scope, watched: Vec<Watched>) {
        self.list(|list| list.watch(object, scope, watched, Instant::now()));
    }

    /// The object is at work, or gone.
    pub fn forget(&self, object: &ObjectId) {
        self.list(|list| list.forget(object));
    }

    /// How long ago the oldest answer came that an object rests on.
    pub fn age(&self) -> Duration {
        self.list(|list| list.calls.values().map(|entry| entry.asked.elapsed()).max().unwrap_or_default())
    }

    /// Messages came, and tell of what has these names.
    pub fn heard(&self, names: impl Iterator<Item = u64>) {
        self.hearing(|hearing| hearing.heard(Instant::now()));
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        news.extend(names);
        if !news.is_empty() {
            self.told.notify_one();
        }
    }

    /// Whether the queue of events speaks; `None`: there is none.
    pub fn hears(&self) -> Option<bool> {
        self.hearing(|hearing| hearing.is_heard(Instant::now()))
    }

    /// Sweeps, and follows what is told, for ever.
    pub async fn run(&self) {
        tokio::join!(self.sweep_at_intervals(), self.follow());
    }

    /// At every interval; as long as events are trusted, at few of them.
    async fn sweep_at_intervals(&self) {
        let begun = Instant::now();
        let (mut swept, mut trusted) = (begun, None);
        loop {
            tokio::time::sleep(jittered(self.interval)).await;
            let trusts = self.hearing(|hearing| hearing.is_trusted(Instant::now()));
            // What has just begun may not have had its first heartbeat yet.
            let is_early = trusted.is_none()
                && trusts == Some(false)
                && self.aws.events().is_some_and(|source| begun.elapsed() < source.silence);
            if trusts != trusted && !is_early {
                if trusts == Some(true) {
                    info!("events are heard: sweeps are {UNHURRIED} times as long apart");
                } else {
                    warn!("no events are heard, or not all: until they are, sweeps find what changes");
                }
                trusted = trusts;
            }
            let unhurried = trusts == Some(true) && swept.elapsed() < self.interval * (2 * UNHURRIED - 1) / 2;
            if !unhurried {
                swept = Instant::now();
                self.sweep().await;
            }
        }
    }

    /// Asks what events are about.
    async fn follow(&self) {
        loop {
            self.told.notified().await;
            tokio::time::sleep(GATHER).await;
            let news = std::mem::take(&mut *self.news.lock().unwrap_or_else(PoisonError::into_inner));
            let asks = self.list(|list| asks(list.about(&news)));
            self.ask_all(asks, Priority::Read).await;
        }
    }

    /// One sweep. An object whose reads fail is left alone: what is known of it still stands.
    pub async fn sweep(&self) {
        let asks = self.list(|list| asks(list.due(self.interval / 2, Instant::now())));
        if self.ask_all(asks, Priority::Background).await > 0 {
            self.hearing(|hearing| hearing.missed(Instant::now()));
        }
    }

    /// Gives how many objects were woken.
    async fn ask_all(&self, asks: Vec<Ask>, priority: Priority) -> usize {
        let begun = Instant::now();
        let (mut calls, mut woken) = (0, 0);
        for ask in asks {
            calls += 1;
            match self.ask(ask, priority).await {
                Ok(objects) => woken += objects,
                // These hold for what comes next, too.
                Err(failure) if matches!(failure.class, Class::Throttled | Class::Unreachable | Class::Credentials) => {
                    info!(%failure, "the sweep is broken off until the next");
                    break;
                }
                Err(failure) => debug!(%failure, "the sweep goes on without an answer"),
            }
        }
        debug!(calls, woken, took = ?begun.elapsed(), "asked again");
        woken
    }

    async fn ask(&self, ask: Ask, priority: Priority) -> Result<usize, Failure> {
        let result = self.aws.read(&ask.scope, &ask.call, priority).await?;
        let differ: Vec<ObjectId> = self.list(|list| {
            let now = Instant::now();
            ask.parts.iter().flat_map(|(key, part)| list.answered(key, &share(part.as_ref(), &result), now)).collect()
        });
        for object in &differ {
            debug!(%object, operation = %ask.call.operation, "AWS answers differently now");
            // Nobody listens any more: the operator is shutting down.
            let _ = self.wake.send(object.clone());
        }
        Ok(differ.len())
    }

    fn hearing<T>(&self, with: impl FnOnce(&mut Hearing) -> T) -> Option<T> {
        self.hearing.as_ref().map(|hearing| with(&mut hearing.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn list<T>(&self, with: impl FnOnce(&mut Watchlist) -> T) -> T {
        with(&mut self.list.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The interval, a tenth more or less: operators that start together do not sweep together for ever.
fn jittered(interval: Duration) -> Duration {
    // The standard library seeds every hasher anew.
    let random = RandomState::new().hash_one(0) % 1000;
    #[allow(clippy::cast_precision_loss)]
    interval.mul_f64(0.9 + 0.2 * random as f64 / 1000.0)
}

/// A call, wherever it is made from. As text, which takes a fraction of a parsed input's memory.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct CallKey {
    scope: Scope,
    operation: Operation,
    input: String,
}

impl CallKey {
    fn call(&self) -> Call {
        // It was written from JSON.
        let input: serde_json::Value = serde_json::from_str(&self.input).unwrap_or_default();
        Call::new(self.operation, &input)
    }
}

#[derive(Debug)]
struct Entry {
    /// Who rests on this call, and the hash of the answer that it rests on.
    objects: HashMap<ObjectId, String>,
    asked: Instant,
    /// The names of what is asked about, hashed.
    about: Box<[u64]>,
}

/// Which calls are swept, and for whom. Pure: what time it is, the caller says.
#[derive(Debug, Default)]
struct Watchlist {
    calls: HashMap<Arc<CallKey>, Entry>,
    objects: HashMap<ObjectId, Vec<Arc<CallKey>>>,
}

impl Watchlist {
    fn watch(&mut self, object: ObjectId, scope: &Scope, watched: Vec<Watched>, now: Instant) {
        self.forget(&object);
        let mut keys = Vec::new();
        for Watched { call, answer } in watched {
            let input = hash::canonical_text(&call.input);
            let key = CallKey { scope: scope.clone(), operation: call.operation, input };
            let key = self.calls.get_key_value(&key).map_or_else(|| Arc::new(key.clone()), |(known, _)| known.clone());
            let made = || Entry { objects: HashMap::new(), asked: now, about: subjects(&call).into_iter().collect() };
            let entry = self.calls.entry(key.clone()).or_insert_with(made);
            entry.objects.insert(object.clone(), answer);
            keys.push(key);
        }
        self.objects.insert(object, keys);
    }

    fn forget(&mut self, object: &ObjectId) {
        for key in self.objects.remove(object).unwrap_or_default() {
            if let Some(entry) = self.calls.get_mut(&key) {
                entry.objects.remove(object);
                if entry.objects.is_empty() {
                    self.calls.remove(&key);
                }
            }
        }
    }

    /// The calls whose answers are older than this, each once.
    fn due(&self, age: Duration, now: Instant) -> Vec<Arc<CallKey>> {
        self.which(|entry| now.saturating_duration_since(entry.asked) >= age)
    }

    /// The calls that ask about something of these names, each once.
    fn about(&self, names: &HashSet<u64>) -> Vec<Arc<CallKey>> {
        self.which(|entry| entry.about.iter().any(|name| names.contains(name)))
    }

    fn which(&self, is: impl Fn(&Entry) -> bool) -> Vec<Arc<CallKey>> {
        let mut found: Vec<_> = self.calls.iter().filter(|(_, entry)| is(entry)).map(|(key, _)| key.clone()).collect();
        found.sort_unstable();
        found
    }

    /// Takes an answer in; gives those who rest on another.
    fn answered(&mut self, key: &CallKey, result: &Result<serde_json::Value, Refusal>, now: Instant) -> Vec<ObjectId> {
        let Some(entry) = self.calls.get_mut(key) else { return Vec::new() };
        entry.asked = now;
        let answer = watch_hash(result);
        let differ = entry.objects.iter().filter(|(_, rested_on)| **rested_on != answer);
        differ.map(|(object, _)| object.clone()).collect()
    }
}

/// One request, and the watched calls that it answers; without a part, the request is the call.
#[derive(Debug)]
struct Ask {
    scope: Scope,
    call: Call,
    parts: Vec<(Arc<CallKey>, Option<Part>)>,
}

/// Puts calls together in as few requests as AWS allows.
fn asks(due: Vec<Arc<CallKey>>) -> Vec<Ask> {
    let now = Instant::now();
    let (mut asks, mut open): (Vec<Ask>, HashMap<BatchKey, Batch<Arc<CallKey>>>) = (Vec::new(), HashMap::new());
    for key in due {
        let call = key.call();
        let Some(part) = Part::of(&call) else {
            asks.push(Ask { scope: key.scope.clone(), call, parts: vec![(key, None)] });
            continue;
        };
        let batch_key = part.key(&key.scope);
        let batch = open.entry(batch_key.clone()).or_insert_with(|| Batch::new(0, now));
        if let Err((part, key)) = batch.add(part, key, now) {
            let mut next = Batch::new(0, now);
            // A part is never larger than a batch.
            let _ = next.add(part, key, now);
            asks.extend(ask(batch_key.scope, std::mem::replace(batch, next)));
        }
    }
    asks.extend(open.into_iter().filter_map(|(key, batch)| ask(key.scope, batch)));
    asks
}

fn ask(scope: Scope, batch: Batch<Arc<CallKey>>) -> Option<Ask> {
    let call = batch.call()?;
    Some(Ask { scope, call, parts: batch.members.into_iter().map(|(part, key)| (key, Some(part))).collect() })
}

fn share(part: Option<&Part>, result: &Result<serde_json::Value, Refusal>) -> Result<serde_json::Value, Refusal> {
    match (part, result) {
        (Some(part), Ok(output)) => Ok(part.share(output)),
        _ => result.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::ecs::Operation as Ecs;

    fn object(name: &str) -> ObjectId {
        ObjectId { kind: "EcsService", namespace: "shop".to_owned(), name: name.to_owned() }
    }

    fn describe(name: &str) -> Call {
        Call::new(Ecs::DescribeServices, &json!({"cluster": "prod", "services": [name]}))
    }

    fn rested_on(call: Call, answer: &Value) -> Vec<Watched> {
        vec![Watched { call, answer: watch_hash(&Ok(answer.clone())) }]
    }

    #[test]
    fn who_rests_on_another_answer_is_named() {
        let (scope, now) = (Scope::new("eu-west-1"), Instant::now());
        let mut list = Watchlist::default();
        let (old, new) = (json!({"services": [1]}), json!({"services": [2]}));
        list.watch(object("a"), &scope, rested_on(describe("web"), &old), now);
        list.watch(object("b"), &scope, rested_on(describe("web"), &new), now);
        let due = list.due(Duration::ZERO, now);
        assert_eq!(due.len(), 1, "two objects, one call: {due:?}");
        let key = &due[0];
        assert_eq!(list.answered(key, &Ok(old.clone()), now), [object("b")], "who read something else");
        assert_eq!(list.answered(key, &Ok(new.clone()), now), [object("a")], "and the other way round");
        list.watch(object("a"), &scope, rested_on(describe("web"), &new), now);
        assert_eq!(list.answered(key, &Ok(new), now), [], "who has read again is left alone");
        list.forget(&object("a"));
        list.forget(&object("b"));
        assert!(list.due(Duration::ZERO, now).is_empty(), "nobody watches, and it is still asked");
    }

    #[test]
    fn what_was_just_asked_waits_for_the_next_sweep() {
        let (scope, start) = (Scope::new("eu-west-1"), Instant::now());
        let mut list = Watchlist::default();
        list.watch(object("a"), &scope, rested_on(describe("web"), &json!({})), start);
        let age = Duration::from_mins(1);
        assert!(list.due(age, start + Duration::from_secs(59)).is_empty(), "it is young");
        let later = start + age;
        let due = list.due(age, later);
        assert_eq!(due.len(), 1, "it is old enough");
        list.answered(&due[0], &Ok(json!({})), later);
        assert!(list.due(age, later + Duration::from_secs(59)).is_empty(), "an answer makes it young again");
    }

    #[test]
    fn calls_go_in_full_batches() {
        let (scope, now) = (Scope::new("eu-west-1"), Instant::now());
        let mut list = Watchlist::default();
        for n in 0..25 {
            list.watch(object(&n.to_string()), &scope, rested_on(describe(&n.to_string()), &json!({})), now);
        }
        let alone = Call::new(Ecs::DescribeTaskDefinition, &json!({"taskDefinition": "web:1"}));
        list.watch(object("x"), &scope, rested_on(alone.clone(), &json!({})), now);
        list.watch(object("y"), &scope, rested_on(alone, &json!({})), now);
        let asks = asks(list.due(Duration::ZERO, now));
        let mut sizes: Vec<usize> = asks.iter().map(|ask| ask.parts.len()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 5, 10, 10], "25 services take three calls, and one revision one");
    }

    #[test]
    fn an_interval_is_spread_by_a_tenth() {
        for _ in 0..100 {
            let interval = jittered(Duration::from_secs(100));
            assert!((90..=110).contains(&interval.as_secs()), "{interval:?}");
        }
    }
}
