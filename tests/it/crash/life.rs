//! A life of one object, from its creation to its end, and what it leaves in AWS.

use std::ops::RangeInclusive;

use ecs_bridge::engine::{Kind, outcome::State};
use serde_json::{Map, Value, json};

use crate::{
    plan::{Aws, Crash, Object, object},
    tally,
};

/// What happens to the object. After each act it is carried until nothing moves any more.
pub enum Act {
    /// `kubectl apply`.
    Apply(Value),
    /// An annotation gets a value.
    Annotate(&'static str, &'static str),
    /// Somebody else does something in AWS.
    Behind(fn(&Aws)),
    /// `kubectl delete`, which is the end of it.
    Delete,
}

/// The acts of one object.
pub struct Life {
    pub name: &'static str,
    /// What others have in AWS before it begins.
    pub aws: fn() -> Aws,
    pub acts: Vec<Act>,
}

/// What the sweep needs of a kind beside the kind.
pub trait Lives: Kind {
    /// Every variant of the kind's `Step` with the operation that it calls, by [`steps!`].
    const STEPS: &'static [(&'static str, &'static str)];

    /// Together they take every step there is.
    fn lives() -> Vec<Life>;
}

/// The variants of a `Step`, each with its operation: one that is left out does not compile.
macro_rules! steps {
    ($step:ident { $($variant:ident: $operation:literal),+ $(,)? }) => {{
        const _: fn(&$step) = |step| match step {
            $($step::$variant { .. } => (),)+
        };
        &[$((stringify!($variant), $operation)),+]
    }};
}
pub(super) use steps;

/// What came of a life.
#[derive(Default)]
pub struct Lived {
    /// After each act: how the object rested, what AWS had, and how many things the operator had made.
    pub ends: Vec<Value>,
    /// What left a trace, in order.
    pub steps: Vec<&'static str>,
    /// How many of them there were at the end of each act.
    acts: Vec<usize>,
    memos: Vec<Value>,
}

impl Lived {
    /// The steps that follow one (counted from 1) until its act has come to rest: the recovery, where the operator died of it.
    pub fn recovery(&self, step: usize) -> RangeInclusive<usize> {
        let end = self.acts.iter().find(|end| **end >= step).copied().unwrap_or(self.steps.len());
        step + 1..=end
    }

    /// Whether the last act left AWS and the memo as that act left them in the other life: what comes after is the same.
    fn is_as(&self, other: &Lived) -> bool {
        let last = self.ends.len() - 1;
        self.ends[last] == other.ends[last] && self.memos[last] == other.memos[last]
    }
}

/// What a memo has of times and of AWS's own ids.
const VOLATILE: [&str; 3] = ["at", "after", "deployment"];

fn steady(memo: &Value) -> Value {
    match memo {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| !VOLATILE.contains(&name.as_str()));
            kept.map(|(name, member)| (name.clone(), steady(member))).collect::<Map<_, _>>().into()
        }
        value => value.clone(),
    }
}

impl Life {
    /// Lives it with these crashes: to its end, or until they have left no difference from the other life, where time is short.
    pub fn live<K: Lives>(&self, crashes: &[Crash], other: Option<&Lived>) -> Lived {
        let aws = (self.aws)();
        for crash in crashes {
            aws.crash_at(*crash);
        }
        let last_crash = crashes.last().map_or(0, |crash| crash.step);
        let before = aws.state();
        let mut object: Option<Object<K>> = None;
        let mut lived = Lived::default();
        for act in &self.acts {
            match (act, &mut object) {
                (Act::Apply(spec), Some(object)) => object.apply(spec.clone()),
                (Act::Apply(spec), none) => *none = Some(Object::new(spec.clone())),
                (Act::Annotate(key, value), Some(object)) => {
                    object.env.annotations.insert((*key).to_owned(), (*value).to_owned());
                }
                (Act::Behind(change), _) => change(&aws),
                (Act::Delete | Act::Annotate(..), _) => {}
            }
            let Some(object) = &mut object else { continue };
            let mut end = if matches!(act, Act::Delete) {
                assert_eq!(object.delete(&aws).state, State::Gone, "the object is not let go");
                json!({"is nothing left": aws.state() == before})
            } else {
                rests(object, &aws)
            };
            end["aws"] = aws.dump();
            end["made"] = json!(aws.made());
            lived.ends.push(end);
            lived.memos.push(steady(&object.memo));
            lived.steps = aws.steps();
            lived.acts.push(lived.steps.len());
            let recovered = lived.steps.len() >= last_crash;
            if recovered && !tally::is_full() && other.is_some_and(|other| lived.is_as(other)) {
                break;
            }
        }
        lived
    }
}

/// How the object comes to rest; the next pass has nothing to do.
fn rests<K: Kind>(object: &mut Object<K>, aws: &Aws) -> Value {
    let outcome = object.carry(aws);
    let deployments = aws.deployments();
    aws.take_calls();
    object.carry(aws);
    assert_eq!(aws.take_writes(), [""; 0], "a pass wrote after the object had come to rest");
    json!({"reason": object::reason(&outcome), "deployments": deployments})
}
