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
    /// `kubectl delete`, which is the end of it: nothing of it is left in AWS.
    Delete,
    /// The same under `deletion: Retain`: what it made stays.
    Release,
}

/// The acts of one object.
pub struct Life {
    pub name: &'static str,
    /// What others have in AWS before it begins, and after it.
    pub aws: fn() -> Aws,
    pub acts: Vec<Act>,
}

/// What the sweep needs of a kind beside the kind.
pub trait Lives: Kind {
    /// Every variant of the kind's `Step` with the operation that it calls, by `steps!`.
    const STEPS: &'static [(&'static str, &'static str)];

    /// Together they take every step there is.
    fn lives() -> Vec<Life>;
}

/// Patterns for all that a `Step` may be, each with its operation: one that is left out does not compile.
macro_rules! steps {
    ($step:ty: $($pattern:pat => $operation:literal),+ $(,)?) => {{
        const _: fn(&$step) = |step| match step {
            $($pattern => (),)+
        };
        &[$((stringify!($pattern), $operation)),+]
    }};
}
pub(super) use steps;

/// What came of a life, from one of its acts on.
pub struct Lived {
    /// The first act that was lived.
    pub from: usize,
    /// After each act: how the object rested, what AWS had, and how many things the operator had made.
    pub ends: Vec<Value>,
    /// What left a trace, in order, from the beginning of the life.
    pub steps: Vec<&'static str>,
    /// How many of them there were at the end of each act.
    acts: Vec<usize>,
    memos: Vec<Value>,
    /// What an operator that took over called before a write of the last one arrived: a write's name, or a read.
    pub since: Vec<Option<&'static str>>,
}

impl Lived {
    /// The act that a step (counted from 1) belongs to.
    pub fn act(&self, step: usize) -> usize {
        self.from + self.acts.iter().take_while(|end| **end < step).count()
    }

    /// The steps that follow one until its act has come to rest: the recovery, where the operator died of it.
    pub fn recovery(&self, step: usize) -> RangeInclusive<usize> {
        step + 1..=self.acts[self.act(step) - self.from]
    }

    /// What an act left.
    pub fn end(&self, act: usize) -> &Value {
        &self.ends[act - self.from]
    }

    /// Whether an act left AWS and the memo as it left them in the other life: what comes after is the same.
    fn is_as(&self, other: &Lived, act: usize) -> bool {
        self.end(act) == other.end(act) && self.memos[act - self.from] == other.memos[act - other.from]
    }
}

/// What a memo has of times and of AWS's own ids.
const VOLATILE: [&str; 6] = ["at", "after", "began", "deployment", "clusterLacksSince", "ecsLacksSince"];

fn steady(memo: &Value) -> Value {
    match memo {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| !VOLATILE.contains(&name.as_str()));
            kept.map(|(name, member)| (name.clone(), steady(member))).collect::<Map<_, _>>().into()
        }
        value => value.clone(),
    }
}

/// The world before an act.
#[derive(Clone)]
pub struct Scene<K: Kind> {
    act: usize,
    aws: Aws,
    object: Option<Object<K>>,
    /// What others had when the life began, and how many revisions.
    others: Value,
    revisions: usize,
}

impl Life {
    /// Whether what is done in an act is others' doing, by whatever means: there is no object yet.
    pub fn is_others<K: Kind>(&self, scene: &Scene<K>) -> bool {
        scene.object.is_none() && matches!(self.acts[scene.act], Act::Behind(_))
    }

    /// Lives it undisturbed; with the scene before each act.
    pub fn live<K: Lives>(&self) -> (Lived, Vec<Scene<K>>) {
        let aws = (self.aws)();
        let mut scene = Scene { act: 0, others: aws.state(), revisions: aws.count_revisions().0, aws, object: None };
        let (mut lived, mut scenes) = (begun(&scene), Vec::new());
        while scene.act < self.acts.len() {
            scenes.push(scene.clone());
            self.act(&mut scene, &mut lived);
        }
        (lived, scenes)
    }

    /// Lives it with these crashes, from the scene on: to its end, or until they have left no difference, where time is short.
    pub fn live_with<K: Lives>(&self, crashes: &[Crash], scene: Scene<K>, undisturbed: &Lived) -> Lived {
        for crash in crashes {
            scene.aws.crash_at(*crash);
        }
        let last_step = crashes.last().map_or(0, |crash| crash.step);
        self.live_on(scene, undisturbed, |lived, is_same| {
            is_same && lived.steps.len() >= last_step && !tally::is_full()
        })
    }

    /// Lives it from the scene on until no difference is left, with the operator's step still on its way when the next operator takes over:
    /// it arrives after so many calls of that one, or when nothing moves any more.
    pub fn live_late<K: Lives>(&self, step: usize, after: usize, scene: Scene<K>, undisturbed: &Lived) -> Lived {
        scene.aws.late(step, after);
        self.live_on(scene, undisturbed, |lived, is_same| is_same && lived.steps.len() >= step)
    }

    /// To its end, or until that is enough; it is told whether the last act ended as undisturbed.
    fn live_on<K: Lives>(
        &self,
        mut scene: Scene<K>,
        undisturbed: &Lived,
        is_enough: impl Fn(&Lived, bool) -> bool,
    ) -> Lived {
        let mut lived = begun(&scene);
        while scene.act < self.acts.len() {
            self.act(&mut scene, &mut lived);
            if is_enough(&lived, lived.is_as(undisturbed, scene.act - 1)) {
                break;
            }
        }
        lived.since = scene.aws.since_takeover();
        lived
    }

    /// Lives the scene's act.
    fn act<K: Lives>(&self, scene: &mut Scene<K>, lived: &mut Lived) {
        let act = &self.acts[scene.act];
        scene.act += 1;
        let aws = &scene.aws;
        match act {
            Act::Apply(spec) => match &mut scene.object {
                Some(object) => object.apply(spec.clone()),
                none => {
                    let mut object = Object::new(spec.clone());
                    object.env.adopt_from = Some("owner-0".to_owned());
                    *none = Some(object);
                }
            },
            Act::Annotate(key, value) => {
                if let Some(object) = &mut scene.object {
                    object.env.annotations.insert((*key).to_owned(), (*value).to_owned());
                }
            }
            Act::Behind(change) => change(aws),
            Act::Delete | Act::Release => {}
        }
        let mut end = match (act, &mut scene.object) {
            (_, None) => json!({}),
            (Act::Delete | Act::Release, Some(object)) => {
                assert_eq!(object.delete(aws).state, State::Gone, "the object is not let go");
                aws.arrive();
                aws.pods(|cluster| cluster.objects.collect(&object.env.identity.uid));
                let (left, (revisions, owned)) = (aws.state(), aws.count_revisions());
                assert_eq!(owned, 0, "the object's end left revisions that are ours");
                match act {
                    // What is retained of a task definition is its revisions.
                    Act::Release => assert!(left != scene.others || revisions > scene.revisions, "nothing is retained"),
                    _ => assert_eq!(left, scene.others, "the object's end left something in AWS"),
                }
                json!({})
            }
            (_, Some(object)) => rests(object, aws),
        };
        end["aws"] = aws.dump();
        end["made"] = json!(aws.made());
        lived.ends.push(end);
        lived.memos.push(scene.object.as_ref().map_or(Value::Null, |object| steady(&object.memo)));
        lived.steps = aws.steps();
        lived.acts.push(lived.steps.len());
    }
}

fn begun<K: Kind>(scene: &Scene<K>) -> Lived {
    Lived {
        from: scene.act,
        ends: Vec::new(),
        steps: scene.aws.steps(),
        acts: Vec::new(),
        memos: Vec::new(),
        since: Vec::new(),
    }
}

/// How the object comes to rest; the next pass has nothing to do.
fn rests<K: Kind>(object: &mut Object<K>, aws: &Aws) -> Value {
    let mut outcome = object.carry(aws);
    // What is on its way comes now at the latest, and the sweep wakes the object.
    if aws.arrive() {
        outcome = object.carry(aws);
    }
    let deployments = aws.deployments();
    aws.take_calls();
    object.carry(aws);
    assert_eq!(aws.take_writes(), [""; 0], "a pass wrote after the object had come to rest");
    json!({"reason": object::reason(&outcome), "deployments": deployments})
}
