//! What may happen next, and what must hold whatever has.

use std::{marker::PhantomData, time::Duration};

use ecs_bridge::engine::{
    Answer, Asked, Call, Goal, Next, Outcome, Recheck, Synced, Write, outcome,
    reconcile::{CallResult, World},
};
use futures::FutureExt;
use serde_json::Value;
use stateright::{Model, Property};

use super::{
    Budget,
    kinds::{Checked, Want},
    state::{Pass, State},
};
use crate::plan::{Aws, Object};

/// More steps of the operator than this without an event of the environment: it does not come to rest.
const STEPS: usize = 300;

/// An event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The operator takes its next step, and it goes well.
    Step,
    /// It does not come to its next step: a crash, a call that never arrives, a throttle answer. The pass is over.
    Fails,
    /// Its next write takes effect, and nobody hears the answer: a lost answer, or a crash. The pass is over.
    Unanswered,
    /// Its next reads see AWS as it was before the last write, where AWS says that it may be so.
    Lags,
    /// Somebody applies the next spec, or deletes the object.
    Edit,
    /// Somebody changes something in AWS: one of the kind's ways.
    Drift(usize),
    /// The time comes at which the object wanted to be looked at again.
    Tick,
}

/// How a step of the operator goes.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Well,
    Unanswered,
    Lags,
}

/// The loop of one object of a kind.
pub struct Loop<K: Checked> {
    budget: Budget,
    goals: Vec<Want>,
    /// What AWS has of the object once each goal is reached, by an object that never had another.
    ends: Vec<Value>,
    /// What others have.
    others: Value,
    /// The same without revisions, which others may have had to begin with.
    state: Value,
    kind: PhantomData<K>,
}

impl<K: Checked> Loop<K> {
    pub fn new(budget: Budget) -> Self {
        let goals = K::goals();
        let ends = goals.iter().map(|goal| end::<K>(goal)).collect();
        let aws = K::aws();
        Loop { budget, goals, ends, others: K::others(&aws), state: aws.state(), kind: PhantomData }
    }

    fn goal<'a>(&self, at: usize, spec: &'a K::Spec) -> Goal<'a, K::Spec> {
        match self.goals[at] {
            Want::Spec(_) => Goal::Present(spec),
            Want::Gone => Goal::Absent(spec),
        }
    }

    /// The operator's next step, which makes no difference where there is none of the sort that this fate befalls.
    fn step(&self, state: &mut State<K>, fate: Fate) -> Option<()> {
        let pass = state.pass.take().unwrap_or_else(|| {
            state.woken = false;
            Pass::begin(&state.object, state.goal)
        });
        let goal = self.goal(pass.goal, &pass.spec);
        match K::plan(goal, &pass.env, &pass.facts, &pass.memo, state.aws.now()) {
            Next::Read(queries) if fate != Fate::Unanswered => Self::read(state, pass, &queries, fate),
            Next::Remember(memo) if fate != Fate::Lags => {
                Self::remember(state, pass, memo, fate);
                Some(())
            }
            Next::Write(write) if fate != Fate::Lags => Self::write(state, pass, &write, fate),
            Next::Rest(outcome) if fate != Fate::Lags => {
                self.rest(state, &pass, outcome, fate);
                Some(())
            }
            _ => None,
        }
    }

    fn read(state: &mut State<K>, mut pass: Pass<K>, queries: &[K::Query], fate: Fate) -> Option<()> {
        let lags = fate == Fate::Lags && queries.iter().any(K::lags);
        if fate == Fate::Lags && !(lags && state.before.is_some()) {
            return None;
        }
        let behind = state.before.as_ref().filter(|_| lags);
        let source = |query: &K::Query| behind.filter(|_| K::lags(query)).unwrap_or(&state.aws);
        let answers: Vec<CallResult> = queries.iter().map(|query| ask(source(query), &K::read(query))).collect();
        for (query, answer) in queries.iter().zip(answers) {
            // IAM denies what it can't find a tag of: the pass is over, and another follows.
            let Ok(result) = answer else {
                state.woken = true;
                return Some(());
            };
            let absorbed = K::absorb(&mut pass.facts, Answer { to: Asked::Query(query), result });
            absorbed.expect("what aws-sim answers can be read");
        }
        // The sweep looks again at what an object rests on.
        state.woken |= lags;
        state.lagged |= lags;
        state.pass = Some(pass);
        Some(())
    }

    /// Against the version of the object that the pass began with.
    fn remember(state: &mut State<K>, mut pass: Pass<K>, memo: K::Memo, fate: Fate) {
        if pass.goal != state.goal {
            state.woken = true;
            return;
        }
        state.object.memo = json(&memo);
        if fate == Fate::Unanswered {
            state.woken = true;
            return;
        }
        pass.memo = memo;
        state.pass = Some(pass);
    }

    fn write(state: &mut State<K>, mut pass: Pass<K>, write: &Write<K::Step>, fate: Fate) -> Option<()> {
        if write.lane.is_some() && pass.lane != write.lane {
            pass.lane.clone_from(&write.lane);
            pass.facts = K::Facts::default();
            state.pass = Some(pass);
            return (fate == Fate::Well).then_some(());
        }
        let behind = state.aws.clone();
        let answer = state.aws.call(&K::write(&write.step), Some(write.cause)).now_or_never()?;
        state.before = Some(behind);
        if fate == Fate::Unanswered {
            state.woken = true;
            return Some(());
        }
        pass.lane = None;
        let Ok(result) = answer else {
            state.woken = true;
            return Some(());
        };
        let absorbed = K::absorb(&mut pass.facts, Answer { to: Asked::Step(&write.step), result });
        absorbed.expect("what aws-sim answers can be read");
        state.pass = Some(pass);
        Some(())
    }

    fn rest(&self, state: &mut State<K>, pass: &Pass<K>, outcome: Outcome, fate: Fate) {
        if outcome.state == outcome::State::Gone {
            state.gone = true;
            return;
        }
        let goal = self.goal(pass.goal, &pass.spec);
        let settled = K::settle(goal, &pass.env, &pass.facts, &pass.memo, &outcome);
        state.object.report = K::report(goal, &pass.env, &pass.facts, &settled, &state.object.report);
        state.object.memo = json(&settled);
        state.outcome = Some(outcome);
        state.woken |= fate == Fate::Unanswered || pass.goal != state.goal;
    }

    /// Whether the status tells the truth, once nothing moves any more.
    fn is_right(&self, state: &State<K>) -> bool {
        if state.gone {
            return state.aws.state() == self.state && state.aws.count_revisions().1 == 0;
        }
        let says =
            |outcome: &Outcome| matches!(outcome.state, outcome::State::Ready(_)) && outcome.synced == Synced::Yes;
        state.outcome.as_ref().is_some_and(says) && K::view(&state.aws, &state.object) == self.ends[state.goal]
    }
}

impl<K: Checked> Model for Loop<K> {
    type State = State<K>;
    type Action = Event;

    fn init_states(&self) -> Vec<State<K>> {
        let Want::Spec(first) = &self.goals[0] else { return Vec::new() };
        vec![State::first(K::aws(), Object::new(first.clone()), self.budget)]
    }

    fn actions(&self, state: &State<K>, events: &mut Vec<Event>) {
        if state.gone || state.steps > STEPS {
            return;
        }
        let acts = state.pass.is_some() || state.woken;
        if acts {
            events.push(Event::Step);
        } else if !state.is_settled() {
            events.push(Event::Tick);
        }
        if acts && state.left.faults > 0 {
            events.extend([Event::Unanswered, Event::Lags]);
            events.extend(state.pass.is_some().then_some(Event::Fails));
        }
        if state.goal + 1 < self.goals.len() {
            events.push(Event::Edit);
        }
        if state.left.drifts > 0 {
            events.extend((0..K::drifts().len()).map(Event::Drift));
        }
    }

    fn next_state(&self, last: &State<K>, event: Event) -> Option<State<K>> {
        let mut next = last.clone();
        next.steps = 0;
        match event {
            Event::Step => {
                next.steps = last.steps + 1;
                self.step(&mut next, Fate::Well)?;
            }
            Event::Fails => {
                next.left.faults -= 1;
                next.pass = None;
                next.woken = true;
            }
            Event::Unanswered => {
                next.left.faults -= 1;
                self.step(&mut next, Fate::Unanswered)?;
            }
            Event::Lags => {
                next.left.faults -= 1;
                self.step(&mut next, Fate::Lags)?;
            }
            Event::Edit => {
                next.goal += 1;
                if let Want::Spec(spec) = &self.goals[next.goal] {
                    next.object.apply(spec.clone());
                }
                // A pass that is on its way goes on with what it began with; another follows it.
                next.woken = true;
            }
            Event::Drift(way) => {
                next.left.drifts -= 1;
                let behind = next.aws.clone();
                (K::drifts()[way].1)(&next.aws).ok()?;
                next.before = Some(behind);
                next.drifts += 1;
                next.woken = true;
            }
            Event::Tick => {
                next.steps = last.steps + 1;
                next.aws.advance(wait(last.outcome.as_ref()?));
                // AWS has caught up with itself by then.
                next.before = None;
                next.woken = true;
            }
        }
        next.seal();
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("never two things for one object", |_: &Self, state: &State<K>| {
                K::count(&state.aws) <= K::AT_ONCE
            }),
            Property::always("nothing is made more often than there are causes", |model: &Self, state: &State<K>| {
                let causes = 1 + state.drifts + model.goals.len() + usize::from(state.lagged);
                state.aws.made().values().all(|made| *made <= causes)
            }),
            Property::always("what others own stays as it is", |model: &Self, state: &State<K>| {
                has_all(&state.aws.dump(), &model.others)
            }),
            Property::always("it comes to rest", |_: &Self, state: &State<K>| state.steps <= STEPS),
            Property::always("at rest, AWS matches and the status says so", |model: &Self, state: &State<K>| {
                !state.is_settled() || model.is_right(state)
            }),
            Property::sometimes("some behaviour ends with the object gone", |_: &Self, state: &State<K>| state.gone),
        ]
    }
}

/// What AWS has once an object that never had another goal is at rest.
fn end<K: Checked>(goal: &Want) -> Value {
    let Want::Spec(spec) = goal else { return Value::Null };
    let aws = K::aws();
    let mut object = Object::<K>::new(spec.clone());
    object.ready(&aws);
    K::view(&aws, &object)
}

fn ask(aws: &Aws, call: &Call) -> CallResult {
    aws.call(call, None).now_or_never().expect("nothing here waits")
}

fn json(memo: &impl serde::Serialize) -> Value {
    serde_json::to_value(memo).expect("a memo is JSON")
}

fn wait(outcome: &Outcome) -> Duration {
    match &outcome.state {
        outcome::State::Progressing { recheck: Recheck::After(wait), .. } => *wait,
        // Later than it wanted: the operator has other objects, too.
        _ => Duration::from_secs(20),
    }
}

/// Whether all of this is in that, at the same place; what is beside it does not matter, nor how many things a cluster counts.
fn has_all(that: &Value, this: &Value) -> bool {
    match (that, this) {
        (Value::Object(that), Value::Object(this)) => this.iter().all(|(name, member)| {
            name == "activeServicesCount" || that.get(name).is_some_and(|that| has_all(that, member))
        }),
        (Value::Array(that), Value::Array(this)) => this.iter().all(|item| that.contains(item)),
        (that, this) => that == this,
    }
}
