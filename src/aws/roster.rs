//! The tasks of services, for those who follow them: each cluster is read whole, in full batches, on one tick for all, and who rests on other
//! tasks than there are now is woken. A cluster that nobody follows is not read.
//!
//! A service costs no call of its own: ListTasks gives a hundred tasks of the cluster in a call, DescribeTasks tells of as many, and those of
//! services that nobody follows are described once.

mod known;

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use futures::future::join_all;
use tokio::sync::mpsc::UnboundedSender;
use tracing::{debug, info};

use super::{Aws, ObjectId, Scope, Standing};
use crate::{
    engine::{
        Call, Class, Failure, Malformed, Operation, Refusal, call,
        reconcile::{CallResult, Watched},
        tasks::ServiceTasksRequest,
    },
    model::ecs::{self, Operation as Ecs},
};
use known::{Known, PAGE};

/// What is read of a cluster is never older, where AWS's quota allows: a task that is told to stop is noticed by then.
const TICK: Duration = Duration::from_secs(2);

/// No more than this is spent on it, of the 20 calls a second that AWS gives to all that read tasks in an account.
const CALLS_A_SECOND: u32 = 8;

/// No cluster has more pages of tasks than this: what goes on after it is no list of AWS's.
const PAGES: usize = 1000;

/// Reads clusters for those who follow the tasks of services in them.
pub struct Roster {
    aws: Aws,
    tick: Duration,
    wake: UnboundedSender<ObjectId>,
    clusters: Mutex<HashMap<ClusterKey, Arc<Cluster>>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct ClusterKey {
    scope: Scope,
    /// As a plan names it.
    cluster: String,
}

struct Cluster {
    key: ClusterKey,
    /// One sweep at a time.
    turn: tokio::sync::Mutex<()>,
    known: Mutex<Known>,
}

impl Roster {
    /// Objects that rest on other tasks than there are now are sent to `wake`. The tick is never longer than `poll_interval`.
    pub fn new(aws: Aws, poll_interval: Duration, wake: UnboundedSender<ObjectId>) -> Self {
        Roster { aws, tick: TICK.min(poll_interval), wake, clusters: Mutex::default() }
    }

    /// Answers [`Operation::ServiceTasks`], from what was read within a tick, or by reading.
    pub async fn answer(&self, scope: &Scope, call: &Call) -> CallResult {
        let asked: ServiceTasksRequest =
            call::parse(call.input.clone()).map_err(|malformed| self::malformed(call.operation, &malformed))?;
        let cluster = self.cluster(scope, &asked.cluster);
        let service = &asked.service;
        let begun = Instant::now();
        cluster.known(|known| known.asked(service, begun));
        let oldest = begun.checked_sub(self.tick).unwrap_or(begun);
        if let Some(answer) = cluster.known(|known| known.answer(service, oldest)) {
            return Ok(answer);
        }
        let _turn = cluster.turn.lock().await;
        // Whoever had the turn before may have read for this one, too.
        if let Some(answer) = cluster.known(|known| known.answer(service, begun)) {
            return Ok(answer);
        }
        self.sweep(&cluster).await?;
        let answer = cluster.known(|known| known.answer(service, begun));
        answer.ok_or_else(|| failure(call.operation, "the cluster was read without the service's tasks".to_owned()))
    }

    /// The object has come to rest on these answers, and follows nobody else's tasks any more.
    pub fn watch(&self, object: &ObjectId, scope: &Scope, watched: Vec<Watched>) {
        self.forget(object);
        for Watched { call, answer } in watched {
            if let Ok(asked) = call::parse::<ServiceTasksRequest>(call.input) {
                self.cluster(scope, &asked.cluster).known(|known| known.watch(object, asked.service, answer));
            }
        }
    }

    /// The object is gone.
    pub fn forget(&self, object: &ObjectId) {
        for cluster in self.clusters(|clusters| clusters.values().cloned().collect::<Vec<_>>()) {
            cluster.known(|known| known.forget(object));
        }
    }

    /// Reads on every tick, for ever.
    pub async fn run(&self) {
        loop {
            let begun = Instant::now();
            let calls = self.round().await;
            let share = Duration::from_secs(1) * calls / CALLS_A_SECOND;
            tokio::time::sleep_until((begun + self.tick.max(share)).into()).await;
        }
    }

    /// Reads each cluster that somebody follows; gives how many calls that took.
    pub async fn round(&self) -> u32 {
        let now = Instant::now();
        let followed: Vec<Arc<Cluster>> = self.clusters(|clusters| {
            clusters.retain(|_, cluster| cluster.known(|known| known.is_followed(now)));
            clusters.values().cloned().collect()
        });
        join_all(followed.iter().map(|cluster| self.visit(cluster))).await.into_iter().sum()
    }

    async fn visit(&self, cluster: &Cluster) -> u32 {
        let _turn = cluster.turn.lock().await;
        let calls = match self.sweep(cluster).await {
            Ok(calls) => calls,
            Err(failure) => {
                info!(%failure, "the tasks of a cluster could not be read; they are on the next tick");
                return 1;
            }
        };
        for object in cluster.known(|known| known.differing()) {
            debug!(%object, "the tasks that it rests on are others now");
            // Nobody listens any more: the operator is shutting down.
            let _ = self.wake.send(object);
        }
        calls
    }

    /// Reads the cluster once; gives how many calls that took.
    async fn sweep(&self, cluster: &Cluster) -> Result<u32, Failure> {
        let begun = Instant::now();
        let services = cluster.known(|known| known.services(begun));
        let (listed, pages) = match self.list(&cluster.key).await? {
            Ok(listed) => listed,
            Err(refusal) => {
                cluster.known(|known| known.refused(refusal, services, begun));
                return Ok(1);
            }
        };
        let asked = cluster.known(|known| known.to_describe(&listed, &services));
        let batches: Vec<Call> = asked.chunks(PAGE).map(|arns| describe(&cluster.key.cluster, arns)).collect();
        let mut tasks = Vec::new();
        for answer in join_all(batches.iter().map(|call| self.read(&cluster.key, call))).await {
            match answer? {
                Ok(output) => {
                    let described: ecs::DescribeTasksResponse = parse(Ecs::DescribeTasks, output)?;
                    tasks.extend(described.tasks.into_iter().flatten());
                }
                Err(refusal) => {
                    cluster.known(|known| known.refused(refusal, services, begun));
                    return Ok(1);
                }
            }
        }
        cluster.known(|known| known.described(&listed, &services, &tasks));
        let revisions = cluster.known(|known| known.unread());
        let calls: Vec<Call> = revisions.iter().map(|arn| define(arn)).collect();
        for (arn, answer) in
            revisions.iter().zip(join_all(calls.iter().map(|call| self.read(&cluster.key, call))).await)
        {
            let definition = match answer? {
                Ok(output) => parse::<ecs::DescribeTaskDefinitionResponse>(Ecs::DescribeTaskDefinition, output)?,
                Err(_) => ecs::DescribeTaskDefinitionResponse::default(),
            };
            cluster.known(|known| known.learned(arn, definition.task_definition.as_ref()));
        }
        cluster.known(|known| known.read(services, begun));
        Ok(u32::try_from(pages + batches.len()).unwrap_or(u32::MAX))
    }

    /// The ARNs of all tasks that are to run, and how many pages they filled.
    async fn list(&self, of: &ClusterKey) -> Result<Result<(BTreeSet<String>, usize), Refusal>, Failure> {
        let (mut listed, mut token) = (BTreeSet::new(), None);
        for page in 1..=PAGES {
            let request = ecs::ListTasksRequest {
                cluster: Some(of.cluster.clone()),
                next_token: token.take(),
                ..ecs::ListTasksRequest::default()
            };
            let output = match self.read(of, &Call::new(Ecs::ListTasks, &request)).await? {
                Ok(output) => output,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let answer: ecs::ListTasksResponse = parse(Ecs::ListTasks, output)?;
            listed.extend(answer.task_arns.into_iter().flatten());
            token = answer.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                return Ok(Ok((listed, page)));
            }
        }
        Err(failure(Ecs::ListTasks.into(), format!("there is no end to it after {PAGES} pages")))
    }

    /// Before what makes something new: a task that goes has traffic until it is read.
    async fn read(&self, of: &ClusterKey, call: &Call) -> CallResult {
        self.aws.call(&of.scope, call, None, Standing::Running).await
    }

    fn cluster(&self, scope: &Scope, cluster: &str) -> Arc<Cluster> {
        let key = ClusterKey { scope: scope.clone(), cluster: cluster.to_owned() };
        let made =
            || Arc::new(Cluster { key: key.clone(), turn: tokio::sync::Mutex::default(), known: Mutex::default() });
        self.clusters(|clusters| clusters.entry(key.clone()).or_insert_with(made).clone())
    }

    fn clusters<T>(&self, with: impl FnOnce(&mut HashMap<ClusterKey, Arc<Cluster>>) -> T) -> T {
        with(&mut self.clusters.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Cluster {
    fn known<T>(&self, with: impl FnOnce(&mut Known) -> T) -> T {
        with(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn describe(cluster: &str, arns: &[String]) -> Call {
    let request = ecs::DescribeTasksRequest { cluster: Some(cluster.to_owned()), tasks: arns.to_vec(), include: None };
    Call::new(Ecs::DescribeTasks, &request)
}

fn define(arn: &str) -> Call {
    let request = ecs::DescribeTaskDefinitionRequest { task_definition: arn.to_owned(), include: None };
    Call::new(Ecs::DescribeTaskDefinition, &request)
}

fn parse<T: serde::de::DeserializeOwned>(operation: Ecs, output: serde_json::Value) -> Result<T, Failure> {
    call::parse(output).map_err(|malformed| self::malformed(operation.into(), &malformed))
}

fn malformed(operation: Operation, malformed: &Malformed) -> Failure {
    failure(operation, malformed.to_string())
}

fn failure(operation: Operation, message: String) -> Failure {
    Failure { class: Class::Server, operation, code: None, message, request_id: None, retry_after: None }
}
