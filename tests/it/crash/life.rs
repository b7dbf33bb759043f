//! A life of one object, from its creation to its end, and what it leaves in AWS.

use std::collections::BTreeMap;

use ecs_bridge::engine::{Kind, outcome::State};
use serde_json::{Value, json};

use crate::plan::{Aws, Crash, Object, object};

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
pub struct Lived {
    /// After each act: how the object rested, and what AWS had.
    pub ends: Value,
    /// How many things each operation made.
    pub made: BTreeMap<&'static str, usize>,
    /// What left a trace, in order.
    pub steps: Vec<&'static str>,
    /// How many of them there were at the end of each act.
    acts: Vec<usize>,
}

impl Lived {
    /// The steps that follow one (counted from 1) until its act has come to rest: the recovery, where the operator died of it.
    pub fn recovery(&self, step: usize) -> std::ops::RangeInclusive<usize> {
        let end = self.acts.iter().find(|end| **end >= step).copied().unwrap_or(self.steps.len());
        step + 1..=end
    }
}

impl Life {
    /// Lives it, with these crashes.
    pub fn live<K: Lives>(&self, crashes: &[Crash]) -> Lived {
        let aws = (self.aws)();
        for crash in crashes {
            aws.crash_at(*crash);
        }
        let before = aws.state();
        let mut object: Option<Object<K>> = None;
        let (mut ends, mut acts) = (Vec::new(), Vec::new());
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
            let end = if matches!(act, Act::Delete) {
                assert_eq!(object.delete(&aws).state, State::Gone, "the object is not let go");
                let is_nothing_left = aws.state() == before;
                json!({"aws": aws.dump(), "is nothing left": is_nothing_left})
            } else {
                let outcome = object.carry(&aws);
                let end =
                    json!({"reason": object::reason(&outcome), "aws": aws.dump(), "deployments": aws.deployments()});
                aws.take_calls();
                object.carry(&aws);
                assert_eq!(aws.take_writes(), [""; 0], "the pass after that wrote");
                end
            };
            ends.push(end);
            acts.push(aws.steps().len());
        }
        Lived { ends: ends.into(), made: aws.made(), steps: aws.steps(), acts }
    }
}
