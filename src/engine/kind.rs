//! The contract between a kind and the engine.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Answer, Call, Env, Malformed, Management, ObjectKey, Offer, Operation, Outcome,
    annotated::Annotated,
    import::{Import, Listing, Shape, Thing},
    kubernetes::{Allowed, Permission, Resource},
};

/// What the object asks for: that the AWS thing is as the spec says, or that it is gone.
#[derive(Debug)]
pub enum Goal<'a, S> {
    Present(&'a S),
    Absent(&'a S),
}

impl<S> Clone for Goal<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Goal<'_, S> {}

impl<'a, S> Goal<'a, S> {
    pub fn spec(self) -> &'a S {
        match self {
            Goal::Present(spec) | Goal::Absent(spec) => spec,
        }
    }
}

/// What `plan` wants next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next<K: Kind> {
    /// These answers are needed before anything can be decided. They are asked for together.
    Read(Vec<K::Query>),
    /// An intent that must be on record before the next step is taken.
    Remember(K::Memo),
    /// One write.
    Write(Write<K::Step>),
    /// Nothing to do until something changes, or until the outcome's recheck.
    Rest(Outcome),
}

/// One write, with what the engine needs to schedule it and to tell people about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Write<S> {
    pub step: S,
    pub cause: Cause,
    /// Where AWS wants one at a time. The engine plans again, on facts that it read while holding the lane, before it writes.
    pub lane: Option<Lane>,
    /// Why, in a sentence without a full stop: the one text of the log line, the Event and the condition. Never a value from the spec that could be secret.
    pub why: String,
    /// How the object stands while the write waits for its turn, where that is not for the write to say: housekeeping makes nothing unready.
    pub meanwhile: Option<Outcome>,
}

impl<S> Write<S> {
    pub fn new(step: impl Into<S>, cause: Cause, why: impl Into<String>) -> Self {
        Write { step: step.into(), cause, lane: None, why: why.into(), meanwhile: None }
    }

    /// The same write, with the step as another kind of step.
    pub fn map<T>(self, step: impl FnOnce(S) -> T) -> Write<T> {
        let Write { step: own, cause, lane, why, meanwhile } = self;
        Write { step: step(own), cause, lane, why, meanwhile }
    }

    #[must_use]
    pub fn in_lane(self, lane: impl Into<String>) -> Self {
        Write { lane: Some(Lane(lane.into())), ..self }
    }

    #[must_use]
    pub fn meanwhile(self, outcome: Outcome) -> Self {
        Write { meanwhile: Some(outcome), ..self }
    }
}

/// What makes a write necessary; drift policy and priorities follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The spec asks for it.
    SpecChange,
    /// AWS no longer has what was applied.
    Drift,
    /// Our own order: tags, leftovers.
    Housekeeping,
}

/// A name under which writes are made one at a time, over all objects.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lane(pub String);

/// An object of the same namespace, of whatever kind; or those with a label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Neighbour {
    pub kind: String,
    pub name: String,
}

impl Neighbour {
    pub fn new(kind: &str, name: &str) -> Self {
        Neighbour { kind: kind.to_owned(), name: name.to_owned() }
    }

    /// All objects of one of the operator's kinds, for what they export.
    pub fn any(kind: &str) -> Self {
        Neighbour { kind: kind.to_owned(), name: "*".to_owned() }
    }

    /// All objects with this label. No name has the sign between the two.
    pub fn labelled(kind: &str, label: &str, value: &str) -> Self {
        Neighbour { kind: kind.to_owned(), name: format!("{label}={value}") }
    }
}

/// A custom resource kind: one AWS thing, or what makes such.
///
/// `plan` is the heart: total, synchronous, and without side effects. The engine loops `plan` → read or write → `absorb` until
/// it rests, so a crash at any point is followed by a pass that starts from what AWS and the memo say.
pub trait Kind: Sized + Clone + std::fmt::Debug + PartialEq + Send + Sync + 'static {
    /// `EcsService`.
    const KIND: &'static str;
    /// What its queries and steps call: the operator's IAM policy follows from it.
    const OPERATIONS: &'static [Operation];
    /// The flag of `ecs-bridge import` that selects things of the kind: `cluster`. `None`: it has nothing in AWS that could be found.
    const SELECTED_BY: Option<&'static str> = None;
    /// What it does in Kubernetes beside its own objects, where an administrator lets it: `/readyz` names what of it is lacking.
    fn permissions(_: Allowed<'_>) -> Vec<Permission> {
        Vec::new()
    }
    /// The resources whose objects an object may rest on (see [`Kind::watches`]), beside the operator's kinds.
    const WATCHES: &'static [Resource] = &[];
    /// The annotation on other objects by which people ask for objects of the kind.
    const ANNOTATED: Option<&'static Annotated> = None;
    /// The finalizer that its objects put on others, which they hold back.
    const HOLD: Option<&'static str> = None;
    /// Paths of role-typed fields within the spec, as `taskDefinition.taskRoleArn` or `loadBalancers[].advancedConfiguration.roleArn`.
    fn role_paths() -> Vec<String>;

    type Spec: DeserializeOwned + Serialize + Clone + std::fmt::Debug + Send + Sync;
    /// What AWS said in this pass.
    type Facts: Default + Clone + std::fmt::Debug + Send + Sync;
    /// The little that AWS can't tell, kept in `status.memo`.
    type Memo: Default + Clone + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned + JsonSchema + Send + Sync;
    /// The kind's own part of the status, beside conditions and memo.
    type Report: Default + Clone + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned + JsonSchema + Send + Sync;
    type Query: Clone + PartialEq + std::fmt::Debug + Send + Sync;
    type Step: Clone + PartialEq + std::fmt::Debug + Send + Sync;

    fn management(spec: &Self::Spec) -> &Management;

    /// The objects of the same namespace that the spec names.
    fn references(spec: &Self::Spec) -> Vec<ObjectKey>;

    fn plan(
        goal: Goal<'_, Self::Spec>,
        env: &Env,
        facts: &Self::Facts,
        memo: &Self::Memo,
        now: Timestamp,
    ) -> Next<Self>;

    /// Takes an answer into the facts. A refusal is a fact too.
    fn absorb(facts: &mut Self::Facts, answer: Answer<'_, Self::Query, Self::Step>) -> Result<(), Malformed>;

    /// What the status reports of AWS. `previous` is what it reported before, for what this pass did not read.
    fn report(
        goal: Goal<'_, Self::Spec>,
        env: &Env,
        facts: &Self::Facts,
        memo: &Self::Memo,
        previous: &Self::Report,
    ) -> Self::Report;

    /// The AWS call that answers a query.
    fn read(query: &Self::Query) -> Call;

    /// The AWS call that takes a step.
    fn write(step: &Self::Step) -> Call;

    /// What is cheap to ask again in the steady state to see whether anything changed; `None` keeps a query out of the sweep.
    fn sweeps(query: &Self::Query) -> bool;

    /// What the memo becomes once the object rests: confirmed facts whose loss repeats no deployment.
    fn settle(
        goal: Goal<'_, Self::Spec>,
        env: &Env,
        facts: &Self::Facts,
        memo: &Self::Memo,
        outcome: &Outcome,
    ) -> Self::Memo;

    /// The part of the status that dependents of this object read, as its AWS name and ARN; a change of it wakes them.
    fn exports(status: &Value) -> Value {
        status.get("memo").and_then(|memo| memo.get("name")).cloned().unwrap_or_default()
    }

    /// The part of the status that those read to whom the object refers; a change of it wakes them.
    fn offers(_status: &Value) -> Offer {
        Offer::default()
    }

    /// What the object holds of things in AWS that several objects of a namespace may share, as revisions by their ARNs: nobody takes
    /// away what another holds.
    fn holds(_spec: &Self::Spec, _status: &Value) -> Vec<String> {
        Vec::new()
    }

    /// The things that a value of that flag stands for, from the pages that AWS has answered so far. `None`: all there are to select by the
    /// flag; none where another kind of the same flag tells.
    fn list(_selected: Option<&str>, _pages: &[Value]) -> Result<Listing, Malformed> {
        Ok(Listing::All(Vec::new()))
    }

    /// The spec of the object that would stand for a thing that is there. It says what the comparison sees, less AWS's defaults: applied with
    /// leave to adopt, it changes nothing but tags.
    fn import(_thing: &Thing, _facts: &Self::Facts, _shape: Shape<'_>) -> Import<Self> {
        Import::Not("the kind has nothing in AWS of its own".to_owned())
    }

    /// Objects of its namespace that it rests on without referring to them, whatever kind they are of: each change of one wakes it.
    fn watches(_name: &str, _spec: &Self::Spec, _status: &Value) -> Vec<Neighbour> {
        Vec::new()
    }

    /// What of such things the object would take away, once no other holds it.
    fn leftovers(_spec: &Self::Spec, _status: &Value) -> Vec<String> {
        Vec::new()
    }
}
