//! AWS as the engine's loop sees it: aws-sim's world, with a journal of what was written, and a crash where a test wants one.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use aws_sim::{
    Config, Error, Scope, Time, World,
    policy::{Permission, Policy},
};
use ecs_bridge::{
    aws::classify,
    engine::{
        Call, Cause, Class, Failure, Lane, Operation,
        reconcile::{self, CallResult, LaneTurn, NotRecorded, Turn},
    },
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    fate::{Crash, Fate, failure},
    kubernetes::Cluster,
    others::api,
    permissions::ALL,
    record::{Change, Flight, Record, Sent, Taken},
    tasks,
};

/// A Tuesday in 2027.
const BEGINNING: Time = Time(1_800_000_000_000);

/// The writes to the object. A write to AWS is called by its operation.
pub const REMEMBER: &str = "Remember";
pub const STATUS: &str = "Status";
pub const FINALIZER: &str = "Finalizer";

/// A call that the operator made.
#[derive(Clone, Debug)]
pub struct Made {
    pub operation: &'static str,
    /// As IAM writes it.
    pub action: String,
    /// What IAM wanted for it.
    pub permissions: Vec<Permission>,
    pub input: Value,
    /// `None`: a read.
    pub cause: Option<Cause>,
}

#[derive(Clone, Default)]
struct Operator {
    calls: Vec<Made>,
    record: Record,
    /// What left a trace, in order.
    steps: Vec<&'static str>,
    crashes: Vec<Crash>,
    dead: bool,
    /// The step that is on its way when its operator ends, and after how many calls of the next one it arrives.
    late: Option<(usize, usize)>,
    flight: Option<Flight>,
    /// What the operator that took over has called before that: a write's name, or a read.
    since: Vec<Option<&'static str>>,
    /// How many things each operation has made: AWS answers some creations with what is there already.
    made: BTreeMap<&'static str, usize>,
    /// Operations that AWS throttles from now on.
    throttled: Vec<&'static str>,
    busy_lanes: Vec<Lane>,
    /// What IAM lets it do, where it is another than the first.
    policy: Option<Arc<Policy>>,
}

/// AWS, the Kubernetes cluster beside it, and the operator's traces in both.
pub struct Aws {
    /// Under which the operator's calls are made.
    policy: Arc<Policy>,
    world: Mutex<World>,
    pods: Mutex<Cluster>,
    operator: Mutex<Operator>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Clone for Aws {
    fn clone(&self) -> Self {
        Aws {
            policy: self.policy.clone(),
            world: Mutex::new(lock(&self.world).clone()),
            pods: Mutex::new(lock(&self.pods).clone()),
            operator: Mutex::new(lock(&self.operator).clone()),
        }
    }
}

impl Default for Aws {
    fn default() -> Self {
        Aws::new(Config {
            container_instances: 3,
            cloud_map_namespaces: super::cloud_map::namespaces(),
            ..Config::default()
        })
    }
}

impl Aws {
    pub fn new(config: Config) -> Self {
        Aws {
            policy: ALL.clone(),
            world: Mutex::new(World::new(config, BEGINNING)),
            pods: Mutex::default(),
            operator: Mutex::default(),
        }
    }

    /// The same under another policy than the one that the operator prints.
    pub fn under(self, policy: Policy) -> Self {
        Aws { policy: Arc::new(policy), ..self }
    }

    /// With the cluster `main`, which nobody manages, on everything that tasks can run on.
    pub fn with_cluster() -> Self {
        let aws = Aws::default();
        aws.ecs(
            "CreateCluster",
            json!({"clusterName": "main", "capacityProviders": ["FARGATE", "FARGATE_SPOT", "container-instances"]}),
        );
        aws.advance(Duration::from_mins(1));
        aws
    }

    /// The pods of the cluster that the operator runs in.
    pub fn pods<R>(&self, look: impl FnOnce(&mut Cluster) -> R) -> R {
        look(&mut lock(&self.pods))
    }

    /// AWS's world itself, to change what no API call changes.
    pub fn world<R>(&self, look: impl FnOnce(&mut World) -> R) -> R {
        look(&mut lock(&self.world))
    }

    pub fn seconds(&self) -> i64 {
        reconcile::World::now(self).as_second()
    }

    pub fn advance(&self, span: Duration) {
        lock(&self.world).advance(span);
    }

    pub fn throttle(&self, operation: &'static str) {
        lock(&self.operator).throttled.push(operation);
    }

    pub fn end_throttling(&self) {
        lock(&self.operator).throttled.clear();
    }

    /// Another object holds the lane.
    pub fn hold(&self, lane: &str) {
        lock(&self.operator).busy_lanes.push(Lane(lane.to_owned()));
    }

    pub fn release_lanes(&self) {
        lock(&self.operator).busy_lanes.clear();
    }

    /// From now on, the operator is another, under a policy of its own; or the first again.
    pub fn allow(&self, policy: Option<Arc<Policy>>) {
        lock(&self.operator).policy = policy;
    }

    pub fn crash_at(&self, crash: Crash) {
        lock(&self.operator).crashes.push(crash);
    }

    pub fn is_dead(&self) -> bool {
        lock(&self.operator).dead
    }

    /// Whether the operator has died; it is alive again after this.
    pub fn restart(&self) -> bool {
        std::mem::take(&mut lock(&self.operator).dead)
    }

    /// The steps so far that left a trace, those of which the operator died included.
    pub fn steps(&self) -> Vec<&'static str> {
        lock(&self.operator).steps.clone()
    }

    /// How many things each operation of the operator has made.
    pub fn made(&self) -> BTreeMap<&'static str, usize> {
        lock(&self.operator).made.clone()
    }

    /// Every call of the operator since the last time this was asked.
    pub fn take_calls(&self) -> Vec<Made> {
        std::mem::take(&mut lock(&self.operator).calls)
    }

    /// The names of the writes since the last time that the calls were taken.
    pub fn take_writes(&self) -> Vec<&'static str> {
        self.take_calls().into_iter().filter(|made| made.cause.is_some()).map(|made| made.operation).collect()
    }

    /// A pass on the object begins, which its carrier knows so; gives it as the API server has it.
    pub fn begin(&self, memo: Value, report: Value) -> Record {
        let mut operator = lock(&self.operator);
        operator.record.begin(memo, report);
        operator.record.clone()
    }

    pub fn record(&self) -> Record {
        lock(&self.operator).record.clone()
    }

    /// A write to the object, unless the operator dies of it.
    pub fn write(&self, change: Change) -> Result<Taken, NotRecorded> {
        let step = change.step();
        let lost = |message: &str, changed| Err(NotRecorded { message: message.to_owned(), changed });
        let fate = lock(&self.operator).step(step);
        if fate == Fate::Late {
            let mut operator = lock(&self.operator);
            let seen = operator.record.seen();
            operator.sends(Sent::Object { seen, change });
            return lost(DIED, false);
        }
        if !fate.takes_effect() {
            return lost(DIED, false);
        }
        self.arrivals(Some(step));
        match lock(&self.operator).record.take(change) {
            _ if !fate.is_answered() => lost(DIED, false),
            Taken::Conflict => lost("the object has changed", true),
            taken => Ok(taken),
        }
    }

    /// The step that many steps into this world is on its way when its operator ends; it arrives after so many calls of the next one.
    pub fn late(&self, step: usize, after: usize) {
        lock(&self.operator).late = Some((step, after));
    }

    /// What the operator that took over has called before the late write came: a write's name, or a read.
    pub fn since_takeover(&self) -> Vec<Option<&'static str>> {
        lock(&self.operator).since.clone()
    }

    /// The operator that took over calls something: what comes before that arrives now.
    fn arrivals(&self, write: Option<&'static str>) {
        let arrives = {
            let mut operator = lock(&self.operator);
            let so_far = operator.since.len();
            if operator.flight.is_some() {
                operator.since.push(write);
            }
            operator.flight.as_ref().is_some_and(|flight| flight.after <= so_far)
        };
        if arrives {
            self.arrive();
        }
    }

    /// What is on its way arrives, if anything is.
    pub fn arrive(&self) -> bool {
        let mut operator = lock(&self.operator);
        let Some(flight) = operator.flight.take() else { return false };
        let call = flight.write.arrive(&mut operator.record);
        drop(operator);
        if let Some(call) = call {
            // Nobody hears what AWS says.
            drop(self.answer(&call));
        }
        true
    }

    /// What IAM asks for before it lets the call through.
    fn permissions(&self, call: &Call) -> Result<Vec<Permission>, Error> {
        let Some(api) = api(call) else { return Ok(Vec::new()) };
        lock(&self.world).permissions(&Scope::default(), api, call.operation.name(), &call.input)
    }

    fn note(&self, call: &Call, cause: Option<Cause>) -> &Self {
        let (operation, action) = (call.operation.name(), call.operation.to_string());
        let permissions = self.permissions(call).unwrap_or_default();
        lock(&self.operator).calls.push(Made { operation, action, permissions, input: call.input.clone(), cause });
        self
    }

    /// The operator's calls are held to the policy that it prints.
    fn answer(&self, call: &Call) -> CallResult {
        let (operation, now) = (call.operation.name(), self.seconds());
        let api = match (call.operation, api(call)) {
            (Operation::Kubernetes(operation), _) => {
                let before = self.pods(|pods| pods.objects.count());
                let answer = self.pods(|pods| pods.answer(operation, &call.input, now));
                let made = self.pods(|pods| pods.objects.count()) - before;
                if made > 0 {
                    *lock(&self.operator).made.entry(call.operation.name()).or_default() += made;
                }
                return Ok(answer);
            }
            (Operation::ServiceTasks, _) => return tasks::answer(self, call, |to| self.note(to, None).answer(to)),
            (_, api) => api.expect("an API of AWS"),
        };
        let whole = match self.pods(|cluster| cluster.fill(call)) {
            Ok(whole) => whole,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let makes = operation.starts_with("Create") || operation.starts_with("Register");
        let before = if makes { self.things() } else { 0 };
        let policy = lock(&self.operator).policy.clone().unwrap_or_else(|| self.policy.clone());
        let allowed = self.permissions(call).and_then(|permissions| policy.check("123456789012", &permissions));
        let answer = allowed.and_then(|()| self.somebody(api, operation, &whole.body().expect("all of it")));
        if makes {
            *lock(&self.operator).made.entry(operation).or_default() += self.things() - before;
        }
        match answer {
            Ok(output) => Ok(Ok(output)),
            Err(error) => classify(call.operation, failure(error)).map(Err),
        }
    }
}

const DIED: &str = "the operator died";

impl Operator {
    fn step(&mut self, step: &'static str) -> Fate {
        if self.dead {
            return Fate::Dead;
        }
        self.steps.push(step);
        if self.late.is_some_and(|(late, _)| late == self.steps.len()) {
            self.dead = true;
            return Fate::Late;
        }
        let crash = self.crashes.iter().find(|crash| crash.step == self.steps.len());
        match crash {
            Some(crash) => {
                self.dead = true;
                Fate::Dies(crash.phase)
            }
            None => Fate::Lives,
        }
    }

    fn sends(&mut self, write: Sent) {
        let after = self.late.map_or(0, |(_, after)| after);
        self.flight = Some(Flight { write, after });
        self.since.clear();
    }
}

impl reconcile::World for Aws {
    type LaneGuard = ();

    fn now(&self) -> Timestamp {
        let now = lock(&self.world).now();
        Timestamp::from_millisecond(i64::try_from(now.0).expect("a time")).expect("a time")
    }

    async fn call(&self, call: &Call, write: Option<Cause>) -> CallResult {
        let operation = call.operation.name();
        let fate = match write {
            Some(_) => lock(&self.operator).step(operation),
            None if self.is_dead() => Fate::Dead,
            None => Fate::Lives,
        };
        let lost = |class, message: &str| {
            Err(Failure {
                class,
                operation: call.operation,
                code: None,
                message: message.to_owned(),
                request_id: None,
                retry_after: None,
            })
        };
        if fate == Fate::Late {
            lock(&self.operator).sends(Sent::Call(call.clone()));
        }
        if !fate.takes_effect() {
            return lost(Class::Unreachable, DIED);
        }
        self.arrivals(write.map(|_| operation));
        let throttled = lock(&self.operator).throttled.contains(&operation);
        self.note(call, write);
        let result = if throttled { lost(Class::Throttled, "Rate exceeded") } else { self.answer(call) };
        if fate.is_answered() { result } else { lost(Class::Unreachable, DIED) }
    }

    fn turn(&self, _: &Call, _: Cause) -> Turn {
        Turn::Now
    }

    fn lane(&self, lane: &Lane) -> LaneTurn<()> {
        if lock(&self.operator).busy_lanes.contains(lane) { LaneTurn::Busy } else { LaneTurn::Held(()) }
    }

    async fn remember(&self, memo: Value) -> Result<(), NotRecorded> {
        match self.write(Change::Remember(memo))? {
            Taken::NotFound => Err(NotRecorded { message: "there is no such object".to_owned(), changed: false }),
            _ => Ok(()),
        }
    }

    async fn stands(&self) -> Result<(), NotRecorded> {
        Ok(())
    }

    async fn wrote(&self, _: Operation, _: Cause, _: &str, _: &CallResult) {}
}
