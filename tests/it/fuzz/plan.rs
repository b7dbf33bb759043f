//! The plans against an AWS that may say anything: the operator neither panics, nor goes on for ever, nor touches what is another's.
//!
//! The answers have AWS's shapes more often than not, with states and tags that the plans look at; the others are of no shape at all,
//! refusals of every kind, and no answers. They do not hang together, as those of aws-sim in [`crate::plan`] do.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use ecs_bridge::{
    engine::{
        Adoption, Call, Cause, Class, Failure, Goal, Kind, Lane, ObjectKey, Operation, Outcome, Referent, Refusal,
        RefusalKind, Synced,
        outcome::State,
        reason,
        reconcile::{self, CallResult, End, Kept, LaneTurn, NotRecorded, ROUNDS, Subject, Turn, WRITES},
    },
    kinds::{
        cloud_map_service::CloudMapService, ecr_repository::EcrRepository, ecs_capacity_provider::EcsCapacityProvider,
        ecs_cluster::EcsCluster, ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition,
        eks_fargate_profile::EksFargateProfile, secrets_manager_secret::SecretsManagerSecret,
        workload_bridge::WorkloadBridge,
    },
};
use futures::FutureExt;
use jiff::Timestamp;
use proptest::{prelude::*, sample::Index, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};

use super::{
    answers::{Whose, dress, shaped},
    config,
    values::{any_json, described, disturbed, pointers, text},
};
use crate::plan::Object;

/// What AWS says, once.
#[derive(Clone, Debug)]
enum Reply {
    /// Of the documented shape, with every status so.
    Shape {
        seed: u64,
        status: &'static str,
    },
    /// The same with one piece replaced.
    Disturbed {
        seed: u64,
        at: Index,
        piece: Value,
    },
    Anything(Value),
    Nothing,
    Refused {
        kind: RefusalKind,
        code: String,
    },
    Failed(Class),
}

fn replies() -> BoxedStrategy<Vec<Reply>> {
    const CLASSES: &[Class] = &[
        Class::Throttled,
        Class::Timeout,
        Class::Unreachable,
        Class::Server,
        Class::Credentials,
        Class::AccessDenied,
        Class::NotYet,
    ];
    let status = prop_oneof![
        4 => Just("ACTIVE"),
        1 => prop::sample::select(vec!["INACTIVE", "DRAINING", "PROVISIONING", "DEPROVISIONING", "FAILED", "PRIMARY", "NEW"]),
    ];
    let kinds = vec![RefusalKind::NotFound, RefusalKind::Exists, RefusalKind::Conflict, RefusalKind::Refused];
    let reply = prop_oneof![
        12 => (any::<u64>(), status).prop_map(|(seed, status)| Reply::Shape { seed, status }),
        2 => (any::<u64>(), any::<Index>(), any_json()).prop_map(|(seed, at, piece)| Reply::Disturbed { seed, at, piece }),
        1 => any_json().prop_map(Reply::Anything),
        1 => Just(Reply::Nothing),
        4 => (prop::sample::select(kinds), text()).prop_map(|(kind, code)| Reply::Refused { kind, code }),
        1 => prop::sample::select(CLASSES).prop_map(Reply::Failed),
    ];
    prop::collection::vec(reply, 1..12).boxed()
}

/// An AWS that answers one reply after the other, and begins again.
struct Babel {
    kind: &'static str,
    whose: Whose,
    replies: Vec<Reply>,
    heard: Mutex<Heard>,
}

/// What a write is called here.
fn name(call: &Call) -> &'static str {
    match call.operation.name() {
        _ if call.input["kind"] == "Deployment" => WORKLOAD,
        // What is applied over nothing that was read is made.
        "ApplyObject" if call.input["manifest"]["metadata"]["resourceVersion"].is_null() => "CreateObject",
        name => name,
    }
}

/// A write to a workload, which is its bridge's to scale whosever the rest is.
const WORKLOAD: &str = "the workload";

#[derive(Default)]
struct Heard {
    calls: usize,
    /// The writes, with whether AWS accepted them.
    writes: Vec<(&'static str, bool)>,
    remembered: usize,
}

impl Babel {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Another pass: the replies go on where they were.
    fn begin(&self) {
        let mut heard = self.heard();
        *heard = Heard { calls: heard.calls, ..Heard::default() };
    }

    fn answer(&self, call: &Call, nth: usize) -> CallResult {
        let dressed = |value| Ok(Ok(dress(value, call.operation, "ACTIVE", self.whose, self.kind)));
        match self.replies[nth % self.replies.len()].clone() {
            Reply::Shape { seed, status } => {
                Ok(Ok(dress(shaped(call.operation, seed), call.operation, status, self.whose, self.kind)))
            }
            Reply::Disturbed { seed, at, piece } => {
                let mut value = shaped(call.operation, seed);
                let places = pointers(&value);
                let place = at.get(&places).clone();
                *value.pointer_mut(&place).expect("a place in the value") = piece;
                dressed(value)
            }
            Reply::Anything(value) => dressed(value),
            Reply::Nothing => dressed(json!({})),
            Reply::Refused { kind, code } => Ok(Err(Refusal {
                kind,
                operation: call.operation,
                code,
                message: "AWS says no".to_owned(),
                request_id: None,
            })),
            Reply::Failed(class) => Err(Failure {
                class,
                operation: call.operation,
                code: None,
                message: "AWS does not say".to_owned(),
                request_id: None,
                retry_after: None,
            }),
        }
    }
}

impl reconcile::World for Babel {
    type LaneGuard = ();

    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000).expect("a time")
    }

    async fn call(&self, call: &Call, write: Option<Cause>) -> CallResult {
        let nth = self.heard().calls;
        let answer = self.answer(call, nth);
        let mut heard = self.heard();
        heard.calls += 1;
        if write.is_some() {
            heard.writes.push((name(call), matches!(answer, Ok(Ok(_)))));
        }
        answer
    }

    fn turn(&self, _: &Call, _: Cause) -> Turn {
        Turn::Now
    }

    fn lane(&self, _: &Lane) -> LaneTurn<()> {
        LaneTurn::Held(())
    }

    async fn remember(&self, _: Value) -> Result<(), NotRecorded> {
        self.heard().remembered += 1;
        Ok(())
    }

    async fn stands(&self) -> Result<(), NotRecorded> {
        Ok(())
    }

    async fn wrote(&self, _: Operation, _: Cause, _: &str, _: &CallResult) {}
}

/// The object's own part of a case.
#[derive(Clone, Debug)]
struct Told {
    spec: Value,
    memo: Value,
    adopts: bool,
    deleting: bool,
    /// What the cluster that a service refers to exports.
    exports: Option<Value>,
}

fn told(kind: &'static str) -> BoxedStrategy<Told> {
    let memo = prop_oneof![1 => Just(Value::Null), 1 => disturbed(described(kind, &["status", "memo"]))];
    let exports = prop::option::weighted(
        0.8,
        prop_oneof![3 => Just(json!({"arn": "arn:aws:ecs:r:1:cluster/c"})), 1 => any_json()],
    );
    (disturbed(described(kind, &["spec"])), memo, any::<bool>(), prop::bool::weighted(0.25), exports)
        .prop_map(|(spec, memo, adopts, deleting, exports)| Told { spec: known(spec), memo, adopts, deleting, exports })
        .boxed()
}

/// No random text is the kind of a workload, and a bridge of another goes no further.
fn known(mut spec: Value) -> Value {
    if let Some(workload) = spec.get_mut("workloadRef").and_then(Value::as_object_mut) {
        workload.insert("kind".to_owned(), json!("Deployment"));
        workload.remove("apiVersion");
    }
    spec
}

/// Two passes, the second on what the first has left; both as the operator's shell would make them. Gives how far they got.
fn survives<K: Kind>(told: &Told, whose: Whose, replies: Vec<Reply>) -> Result<Reached, TestCaseError> {
    // What can't be parsed has no plan.
    if serde_json::from_value::<K::Spec>(told.spec.clone()).is_err() {
        return Ok(Reached::new());
    }
    let mut object = Object::<K>::new(told.spec.clone());
    if told.adopts {
        object.env.management.adoption = Adoption::Adopt;
    }
    if let (Some(exports), Some(key)) = (&told.exports, K::references(&object.spec).pop()) {
        let ObjectKey { kind, name } = key;
        object.env.references.insert(ObjectKey { kind, name }, Referent { deleting: false, exports: exports.clone() });
    }
    let mut memo: K::Memo = serde_json::from_value(told.memo.clone()).unwrap_or_default();
    let world = Babel { kind: K::KIND, whose, replies, heard: Mutex::default() };
    let mut reached = Reached::new();
    for _ in 0..2 {
        world.begin();
        let goal = if told.deleting { Goal::Absent(&object.spec) } else { Goal::Present(&object.spec) };
        let subject = Subject::<K> { goal, env: &object.env, memo };
        let pass = reconcile::pass(subject, Kept::default(), &world).now_or_never().expect("nothing here waits");
        bounded(&pass.end, &world.heard())?;
        if whose.is_others() || whose == Whose::Nobodys && object.env.management.adoption == Adoption::Never {
            touches_nothing(&world.heard().writes)?;
        }
        reached.extend(world.heard().writes.iter().map(|(operation, _)| *operation));
        reached.insert(ending(&pass.end));
        memo = pass.memo;
        if let End::Rested(outcome) = pass.end {
            memo = K::settle(goal, &object.env, &pass.facts, &memo, &outcome);
            object.report = K::report(goal, &object.env, &pass.facts, &memo, &object.report);
            says_what_it_means(&outcome)?;
        }
        let written = serde_json::to_value(&memo).expect("a memo is JSON");
        let read: Result<K::Memo, _> = serde_json::from_value(written.clone());
        prop_assert!(read.is_ok_and(|read| read == memo), "the memo can't be read back: {written}");
    }
    Ok(reached)
}

/// The writes that were made, and how the passes ended.
type Reached = BTreeSet<&'static str>;

fn ending(end: &End<()>) -> &'static str {
    match end {
        End::Rested(outcome) => match &outcome.state {
            State::Ready(_) => "ready",
            State::Progressing { .. } => "progressing",
            State::Stalled { .. } => "stalled",
            State::Interrupted { .. } => "interrupted",
            State::Gone => "gone",
        },
        End::Waiting { .. } => "waiting",
        End::Failed(_) => "failed",
        End::NotRecorded(_) => "not recorded",
    }
}

/// A property that no case comes near to proves nothing: random answers get as far as this.
fn reaches<K: Kind>(expected: &[&'static str]) {
    let mut runner = TestRunner::deterministic();
    let cases = (told(K::KIND), anybodys(), replies());
    let mut reached = Reached::new();
    for _ in 0..800 {
        let (told, whose, replies) = cases.new_tree(&mut runner).expect("a case").current();
        reached.extend(survives::<K>(&told, whose, replies).unwrap_or_default());
    }
    let missed: Vec<_> = expected.iter().filter(|expected| !reached.contains(*expected)).collect();
    assert!(missed.is_empty(), "{}: no case reaches {missed:?}, only {reached:?}", K::KIND);
}

#[test]
fn random_answers_reach_the_writes_and_the_ends() {
    reaches::<EcrRepository>(&[
        "CreateRepository",
        "PutLifecyclePolicy",
        "SetRepositoryPolicy",
        "DeleteRepository",
        "ready",
        "gone",
    ]);
    reaches::<EcsCluster>(&[
        "CreateCluster",
        "UpdateCluster",
        "PutClusterCapacityProviders",
        "DeleteCluster",
        "ready",
        "gone",
    ]);
    // No random service is at once described as it is wanted: `ready` is for the lifecycle over aws-sim.
    reaches::<EcsService>(&[
        "RegisterTaskDefinition",
        "CreateService",
        "UpdateService",
        "DeleteService",
        "stalled",
        "gone",
    ]);
    reaches::<EcsCapacityProvider>(&[
        "CreateCapacityProvider",
        "UpdateCapacityProvider",
        "DeleteCapacityProvider",
        "stalled",
        "gone",
    ]);
    // What random specs translate to is for the lives.
    reaches::<WorkloadBridge>(&["ScaleObject", "DeleteObject", "PatchMetadata", WORKLOAD, "stalled", "gone"]);
    reaches::<SecretsManagerSecret>(&[
        "CreateSecret",
        "PutSecretValue",
        "UpdateSecret",
        "DeleteSecret",
        "RestoreSecret",
        "stalled",
        "gone",
    ]);
    reaches::<CloudMapService>(&["CreateService", "UpdateService", "TagResource", "stalled", "gone"]);
    reaches::<EksFargateProfile>(&["CreateFargateProfile", "DeleteFargateProfile", "stalled", "gone"]);
}

/// The pass came to its end by itself; or AWS accepted one write after the other and never had what it was given.
fn bounded(end: &End<()>, heard: &Heard) -> Result<(), TestCaseError> {
    let writes = heard.writes.len();
    prop_assert!(
        writes <= usize::try_from(WRITES).expect("a number"),
        "{writes} writes in one pass: {:?}",
        heard.writes
    );
    let End::Rested(Outcome { synced: Synced::Unknown(why), .. }) = end else { return Ok(()) };
    let accepted = heard.writes.iter().filter(|(_, accepted)| *accepted).count();
    // A write costs at most its lane, its reads and itself.
    prop_assert!(
        why.reason != reason::NOT_CONVERGING || accepted * 4 >= ROUNDS / 2,
        "the plan goes around in circles: {} calls, {} memos, writes {:?}",
        heard.calls,
        heard.remembered,
        heard.writes
    );
    Ok(())
}

/// What is there belongs to somebody else: only what AWS did not show to be there is made, and then it is ours. Not held here: that
/// nothing is registered into another's family (the scenes in `plan/` are).
fn touches_nothing(writes: &[(&'static str, bool)]) -> Result<(), TestCaseError> {
    let makes = |name: &str| name.starts_with("Create") || name == "RegisterTaskDefinition" || name == WORKLOAD;
    let before_ours = writes.iter().take_while(|(name, accepted)| !(name.starts_with("Create") && *accepted));
    let touched: Vec<_> = before_ours.filter(|(name, _)| !makes(name)).collect();
    prop_assert!(touched.is_empty(), "what is another's was written to: {touched:?}, of {writes:?}");
    Ok(())
}

/// Ready is in sync or says why not, and whatever is not well has a message.
fn says_what_it_means(outcome: &Outcome) -> Result<(), TestCaseError> {
    if let State::Stalled { why } | State::Progressing { why, .. } | State::Interrupted { why, .. } = &outcome.state {
        prop_assert!(!why.message.is_empty(), "{outcome:?} tells a person nothing");
    }
    Ok(())
}

fn anybodys() -> BoxedStrategy<Whose> {
    prop_oneof![3 => Just(Whose::Ours), 1 => Just(Whose::OtherOwners), 1 => Just(Whose::OtherObjects), 1 => Just(Whose::Nobodys)].boxed()
}

macro_rules! answered_anyhow {
    ($module:ident, $kind:ty) => {
        proptest! {
            #![proptest_config(config(96))]

            #[test]
            fn $module(told in told(<$kind>::KIND), whose in anybodys(), replies in replies()) {
                survives::<$kind>(&told, whose, replies)?;
            }
        }
    };
}

answered_anyhow!(repository_survives_any_answer, EcrRepository);
answered_anyhow!(cluster_survives_any_answer, EcsCluster);
answered_anyhow!(service_survives_any_answer, EcsService);
answered_anyhow!(capacity_provider_survives_any_answer, EcsCapacityProvider);
answered_anyhow!(fargate_profile_survives_any_answer, EksFargateProfile);
answered_anyhow!(secret_survives_any_answer, SecretsManagerSecret);
answered_anyhow!(cloud_map_service_survives_any_answer, CloudMapService);
answered_anyhow!(task_definition_survives_any_answer, EcsTaskDefinition);
answered_anyhow!(bridge_survives_any_answer, WorkloadBridge);
