//! A custom resource object, carried by the engine's loop as the operator's shell would carry it.

use std::{collections::BTreeMap, time::Duration};

use ecs_bridge::engine::{
    Env, Goal, Identity, Kind, Outcome, Recheck, Why,
    outcome::State,
    reconcile::{self, End, Kept, Subject},
    roles::RolePatterns,
};
use futures::FutureExt;
use serde_json::{Value, json};

use super::{
    Aws,
    record::{Change, Record},
};

/// More passes than this of one object without a rest: it never comes to one.
const PASSES: usize = 400;

/// An object, and the status's memo with it. Both live in [`Aws`]'s record while the object is carried, as JSON.
#[derive(Clone)]
pub struct Object<K: Kind> {
    pub spec: K::Spec,
    pub env: Env,
    pub memo: Value,
    pub report: K::Report,
}

impl<K: Kind> Object<K> {
    /// The object `shop/web` with this spec, as the API server would have it.
    pub fn new(spec: Value) -> Self {
        Object::named("web", spec)
    }

    pub fn named(name: &str, spec: Value) -> Self {
        let spec = read::<K>(spec);
        let env = Env {
            identity: Identity {
                owner_id: "owner-1".to_owned(),
                kind: K::KIND,
                namespace: "shop".to_owned(),
                name: name.to_owned(),
                uid: format!("uid-of-{name}"),
            },
            generation: 1,
            annotations: BTreeMap::new(),
            name_prefix: String::new(),
            reads_secrets: true,
            eks_cluster_name: Some("main".to_owned()),
            adopt_from: None,
            management: K::management(&spec).clone(),
            references: BTreeMap::new(),
            children: Some(BTreeMap::new()),
            holds: Vec::new(),
            shared: BTreeMap::new(),
            allowed_roles: RolePatterns::parse(["*"]).expect("a pattern"),
        };
        Object { spec, env, memo: Value::Null, report: K::Report::default() }
    }

    /// The same object in a cluster of another owner id, which takes over from this one's.
    pub fn in_the_next_cluster(&self, owner: &str) -> Self {
        let mut next = Object { memo: Value::Null, report: K::Report::default(), ..self.clone() };
        next.env.adopt_from = Some(std::mem::replace(&mut next.env.identity.owner_id, owner.to_owned()));
        next.env.identity.uid = format!("uid-of-{}-under-{owner}", self.env.identity.name);
        next
    }

    /// A change of the spec, as `kubectl apply` makes it.
    pub fn apply(&mut self, spec: Value) {
        self.spec = read::<K>(spec);
        self.env.management = K::management(&self.spec).clone();
        self.env.generation += 1;
    }

    /// The status, as far as others read it.
    pub fn status(&self) -> Value {
        let mut status = serde_json::to_value(&self.report).expect("a report is JSON");
        status["memo"] = self.memo.clone();
        status
    }

    /// What it holds in AWS that others may hold too.
    pub fn holds(&self) -> Vec<String> {
        K::holds(&self.spec, &self.status())
    }

    /// What of such it would take away.
    pub fn leftovers(&self) -> Vec<String> {
        K::leftovers(&self.spec, &self.status())
    }

    /// One pass and the status write after it. An error: the operator died, or AWS did not answer.
    pub fn pass(&mut self, aws: &Aws, deleting: bool) -> Result<Outcome, String> {
        self.know(&aws.begin(self.memo.clone(), json!(self.report)));
        if aws.record().is_gone {
            return Ok(Outcome::gone());
        }
        let goal = if deleting { Goal::Absent(&self.spec) } else { Goal::Present(&self.spec) };
        let subject = Subject::<K> { goal, env: &self.env, memo: parsed(&self.memo) };
        let pass = reconcile::pass(subject, Kept::default(), aws).now_or_never().expect("nothing here waits");
        let ended = match pass.end {
            End::Rested(outcome) => {
                let settled = K::settle(goal, &self.env, &pass.facts, &pass.memo, &outcome);
                let report = K::report(goal, &self.env, &pass.facts, &settled, &self.report);
                let (memo, report) = (json!(settled), json!(report));
                let known = aws.record();
                if outcome.state == State::Gone {
                    let answer = aws.write(Change::LetGo);
                    // Once the finalizer is off, nobody comes back to the object.
                    if aws.record().is_gone {
                        Ok(outcome)
                    } else {
                        answer.map(|_| outcome).map_err(|lost| lost.to_string())
                    }
                } else if memo == known.memo && report == known.report {
                    Ok(outcome)
                } else {
                    // Of what is gone there is nothing to report.
                    aws.write(Change::Status { memo, report }).map_err(|lost| lost.to_string()).map(|_| outcome)
                }
            }
            End::Failed(failure) => Err(failure.to_string()),
            End::Waiting { why, .. } => Err(why.message),
            End::NotRecorded(lost) => Err(lost.to_string()),
        };
        self.know(&aws.record());
        match ended {
            Ok(outcome) if outcome.state != State::Gone && aws.is_dead() => Err("the operator died".to_owned()),
            ended => ended,
        }
    }

    /// The object as the API server has it.
    fn know(&mut self, record: &Record) {
        self.memo = record.memo.clone();
        self.report = serde_json::from_value(record.report.clone()).expect("a report is read back");
    }

    /// Passes until nothing moves any more, or a person has to do something.
    pub fn carry(&mut self, aws: &Aws) -> Outcome {
        self.carry_to(aws, false)
    }

    /// Deletes the object and waits for it.
    pub fn delete(&mut self, aws: &Aws) -> Outcome {
        self.carry_to(aws, true)
    }

    fn carry_to(&mut self, aws: &Aws, deleting: bool) -> Outcome {
        let mut last = String::new();
        for _ in 0..PASSES {
            let wait = match self.pass(aws, deleting) {
                Ok(outcome) => match &outcome.state {
                    State::Progressing { why, recheck } => {
                        last.clone_from(&why.message);
                        match recheck {
                            Recheck::Tick => Duration::from_secs(5),
                            Recheck::After(wait) => *wait,
                        }
                    }
                    _ => return outcome,
                },
                Err(why) => {
                    aws.restart();
                    last = why;
                    Duration::from_secs(1)
                }
            };
            aws.advance(wait);
        }
        panic!("{} {} does not come to rest; it says: {last}", K::KIND, self.env.identity.name)
    }

    /// Carries the object, which must become Ready and be in sync.
    pub fn ready(&mut self, aws: &Aws) {
        let outcome = self.carry(aws);
        assert!(is_ready(&outcome), "{} is not Ready: {outcome:?}", K::KIND);
    }
}

/// AWS has what the spec says, and it works.
pub fn is_ready(outcome: &Outcome) -> bool {
    matches!(outcome.state, State::Ready(_)) && outcome.synced == ecs_bridge::engine::Synced::Yes
}

/// Why the outcome is no better.
pub fn why(outcome: &Outcome) -> Option<&Why> {
    match &outcome.state {
        State::Ready(why)
        | State::Progressing { why, .. }
        | State::Stalled { why, .. }
        | State::Interrupted { why, .. } => Some(why),
        State::Gone => None,
    }
}

/// The reason, `Gone` for what is gone.
pub fn reason(outcome: &Outcome) -> &'static str {
    why(outcome).map_or("Gone", |why| why.reason)
}

fn read<K: Kind>(spec: Value) -> K::Spec {
    serde_json::from_value(spec.clone()).unwrap_or_else(|error| panic!("{error}: {spec}"))
}

/// The memo from the status, as the next pass reads it.
pub fn parsed<M: Default + serde::de::DeserializeOwned>(memo: &Value) -> M {
    if memo.is_null() {
        return M::default();
    }
    serde_json::from_value(memo.clone()).unwrap_or_else(|error| panic!("the memo can't be read back: {error}: {memo}"))
}
