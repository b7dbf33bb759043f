//! One object, the operator's memory, and AWS, at one moment.

use std::{
    collections::hash_map::DefaultHasher,
    fmt,
    hash::{Hash, Hasher},
};

use ecs_bridge::engine::{Env, Kind, Lane, Outcome, reconcile::World};

use super::{Budget, kinds::Checked};
use crate::plan::{Aws, Object, object::parsed};

/// What the operator has in its memory in the middle of a pass; a crash loses it.
#[derive(Clone, Debug)]
pub struct Pass<K: Kind> {
    pub facts: K::Facts,
    pub memo: K::Memo,
    pub lane: Option<Lane>,
    /// What it began with: the object may have changed since.
    pub goal: usize,
    pub spec: K::Spec,
    pub env: Env,
}

impl<K: Kind> Pass<K> {
    pub fn begin(object: &Object<K>, goal: usize) -> Self {
        let memo = parsed(&object.memo);
        let (spec, env) = (object.spec.clone(), object.env.clone());
        Pass { facts: K::Facts::default(), memo, lane: None, goal, spec, env }
    }
}

#[derive(Clone)]
pub struct State<K: Kind> {
    pub aws: Aws,
    /// AWS before the last write, which a read that lags behind still sees.
    pub before: Option<Aws>,
    /// As the API server has it.
    pub object: Object<K>,
    /// Which of the kind's goals it has by now.
    pub goal: usize,
    pub pass: Option<Pass<K>>,
    /// Whether something has happened that brings another pass.
    pub woken: bool,
    pub outcome: Option<Outcome>,
    pub gone: bool,
    pub left: Budget,
    /// Steps of the operator since the environment last did something.
    pub steps: usize,
    /// How many changes somebody else has made in AWS.
    pub drifts: usize,
    /// Whether a read has ever lagged behind.
    pub lagged: bool,
    key: u64,
}

impl<K: Checked> State<K> {
    pub fn first(aws: Aws, object: Object<K>, left: Budget) -> Self {
        let mut state = State {
            aws,
            before: None,
            object,
            goal: 0,
            pass: None,
            woken: true,
            outcome: None,
            gone: false,
            left,
            steps: 0,
            drifts: 0,
            lagged: false,
            key: 0,
        };
        state.seal();
        state
    }

    /// What tells this state from others. Two worlds that differ in nothing that AWS describes, at the same time, count as one.
    pub fn seal(&mut self) {
        let mut hasher = DefaultHasher::new();
        let lags = self.before.as_ref().filter(|_| self.left.faults > 0).map(Aws::dump);
        let text = format!(
            "{} {} {:?} {} {:?} {:?} {:?} {:?}",
            self.aws.dump(),
            K::sees(&self.aws),
            lags,
            self.object.memo,
            self.object.report,
            self.pass.as_ref().map(|pass| (&pass.facts, &pass.memo, &pass.lane, pass.goal)),
            self.outcome,
            self.aws.now(),
        );
        text.hash(&mut hasher);
        (self.goal, self.woken, self.gone, self.left, self.drifts, self.lagged).hash(&mut hasher);
        self.key = hasher.finish();
    }

    /// It rests, and nothing that could bring another pass has happened since.
    pub fn is_settled(&self) -> bool {
        use ecs_bridge::engine::outcome::State::Progressing;
        let converges = matches!(&self.outcome, Some(outcome) if matches!(outcome.state, Progressing { .. }));
        self.gone || (self.pass.is_none() && !self.woken && !converges)
    }
}

impl<K: Kind> PartialEq for State<K> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<K: Kind> Hash for State<K> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.key.hash(hasher);
    }
}

/// For people, where a property does not hold.
impl<K: Kind> fmt::Display for State<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  goal {}, outcome {:?}, gone {}", self.goal, self.outcome, self.gone)?;
        writeln!(f, "  made {:?}", self.aws.made())?;
        writeln!(f, "  pass {:?}", self.pass)?;
        write!(f, "  memo {}\n  AWS {}", self.object.memo, self.aws.dump())
    }
}

impl<K: Kind> fmt::Debug for State<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
