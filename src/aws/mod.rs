//! The AWS shell: every call to AWS goes through [`Aws`], with a permit, a deadline and a class for its error.

mod batch;
mod bucket;
mod clients;
mod error;
pub mod events;
pub mod iam;
mod kept;
mod quota;
mod rates;
mod roster;
pub mod sdk;
mod settings;
mod sweep;

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use aws_credential_types::provider::SharedCredentialsProvider;
use futures::future::join_all;
use tokio::sync::oneshot;
use tracing::debug;

pub use clients::Scope;
pub use error::classify;
pub use quota::{Priority, Standing};
pub use rates::{Category, Rate};
pub use roster::Roster;
pub use settings::Settings;
pub use sweep::Sweeper;

use crate::{
    engine::{
        Call, Cause, Class, Failure, Operation, RefusalKind,
        reconcile::{CallResult, Turn},
    },
    model::sts::GetCallerIdentityResponse,
};
use batch::{Batch, BatchKey, Due, Gathering, Part};
use clients::Clients;
use kept::Kept;
use quota::{BucketKey, Holder, Permit, Quota};

/// A custom resource object.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId {
    pub kind: &'static str,
    pub namespace: String,
    pub name: String,
}

/// Written as in `EcsService shop/web`.
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.kind, self.namespace, self.name)
    }
}

/// Is told of every call, for metrics.
pub trait Observer: Send + Sync {
    /// A request to AWS ended. `result` is a stable label: `ok`, a refusal's kind, or a failure's class.
    fn called(&self, operation: Operation, result: &'static str, elapsed: Duration);
    /// A permit was granted after this time.
    fn waited(&self, category: Category, waited: Duration) {
        let _ = (category, waited);
    }
    /// So many messages came from the queue of events.
    fn heard(&self, messages: usize) {
        let _ = messages;
    }
    /// Whether a write may begin now that had its turn a while ago, and was put together with others since.
    fn may_begin(&self) -> bool {
        true
    }
}

/// Observes nothing.
impl Observer for () {
    fn called(&self, _: Operation, _: &'static str, _: Duration) {}
}

/// Whom AWS takes the operator for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerIdentity {
    pub account: String,
    pub arn: String,
}

/// AWS did not say who the operator is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sts:GetCallerIdentity: {message}")]
pub struct IdentityError {
    pub class: Class,
    /// AWS's code and message.
    pub message: String,
    pub request_id: Option<String>,
}

/// AWS. A copy shares everything.
#[derive(Clone)]
pub struct Aws {
    shell: Arc<Shell>,
}

struct Shell {
    clients: Clients,
    quota: Mutex<Quota>,
    gathering: Mutex<Gathering<Waiter>>,
    kept: Kept,
    observer: Arc<dyn Observer>,
    deadline: Duration,
    sweep_interval: Duration,
    events: Option<events::Source>,
    reads: AtomicU64,
}

/// Who waits for a part of a batch.
#[derive(Debug)]
struct Waiter {
    /// `None`: it is a write's, and has its permit.
    priority: Option<Priority>,
    answer: oneshot::Sender<CallResult>,
}

impl Aws {
    /// With credentials from AWS's default chain: the environment, a profile, IRSA, Pod Identity, the instance.
    pub fn new(settings: Settings, observer: Arc<dyn Observer>) -> Self {
        Aws::made(settings, None, observer)
    }

    /// With these credentials, and no look at the environment's.
    pub fn with_credentials(
        settings: Settings,
        credentials: SharedCredentialsProvider,
        observer: Arc<dyn Observer>,
    ) -> Self {
        Aws::made(settings, Some(credentials), observer)
    }

    fn made(settings: Settings, credentials: Option<SharedCredentialsProvider>, observer: Arc<dyn Observer>) -> Self {
        let shell = Shell {
            quota: Mutex::new(Quota::new(settings.quota_share, settings.quota_multiple)),
            gathering: Mutex::default(),
            kept: Kept::default(),
            observer,
            sweep_interval: settings.sweep_interval,
            events: settings.events.clone(),
            deadline: settings.deadline,
            reads: AtomicU64::new(0),
            clients: Clients::new(settings, credentials),
        };
        Aws { shell: Arc::new(shell) }
    }

    /// Whom AWS takes the operator for; with a role, once it is assumed.
    pub async fn identity(&self, scope: &Scope) -> Result<CallerIdentity, IdentityError> {
        let answer = self.shell.clients.of(scope).await.caller_identity().await;
        let success = answer.map_err(|failure| IdentityError {
            class: match error::meaning(&failure) {
                error::Meaning::Failed(class) => class,
                error::Meaning::Refused(_) => Class::Server,
            },
            message: failure.to_string(),
            request_id: failure.request_id,
        })?;
        let known = serde_json::from_value::<GetCallerIdentityResponse>(success.output).unwrap_or_default();
        known.account.zip(known.arn).map(|(account, arn)| CallerIdentity { account, arn }).ok_or_else(|| {
            IdentityError {
                class: Class::Server,
                message: "the answer names no account and ARN".to_owned(),
                request_id: success.request_id,
            }
        })
    }

    /// Makes a call for an object of this standing. Without a cause it is a read, which is batched with others like it and waits for its
    /// permit here; a write had its permit from [`Aws::turn`].
    pub async fn call(&self, scope: &Scope, call: &Call, cause: Option<Cause>, standing: Standing) -> CallResult {
        let priority = cause.is_none().then(|| Priority::of_read(standing));
        if kept::is_optional(call.operation) {
            return self.kept(scope, call, priority).await;
        }
        match Part::of(call) {
            Some(part) if standing == Standing::New => self.join(scope, part.of_new(), priority).await,
            Some(part) => self.join(scope, part, priority).await,
            None => self.alone(scope, call, priority).await,
        }
    }

    /// Whether a write may be made now. Who has to wait keeps its place until then, whatever write it comes back with.
    pub fn turn(&self, scope: &Scope, call: &Call, cause: Cause, object: &ObjectId, standing: Standing) -> Turn {
        let key = BucketKey::new(scope, call.operation);
        let priority = Priority::of_write(call.operation, cause, standing);
        match self.take(&key, priority, &Holder::Object(object.clone())) {
            Permit::Granted { .. } => Turn::Now,
            Permit::After(wait) => Turn::After(wait),
        }
    }

    fn sweep_interval(&self) -> Duration {
        self.shell.sweep_interval
    }

    fn events(&self) -> Option<&events::Source> {
        self.shell.events.as_ref()
    }

    /// A read that was answered of late is not made again.
    async fn kept(&self, scope: &Scope, call: &Call, priority: Option<Priority>) -> CallResult {
        if let Some(result) = self.shell.kept.get(scope, call, Instant::now()) {
            return result;
        }
        let result = self.alone(scope, call, priority).await;
        self.shell.kept.keep(scope, call, &result, Instant::now());
        result
    }

    /// A call that stands alone, or is all of a batch.
    async fn alone(&self, scope: &Scope, call: &Call, priority: Option<Priority>) -> CallResult {
        match priority {
            Some(priority) => self.read(scope, call, priority).await,
            None if self.shell.observer.may_begin() => self.send(scope, call).await,
            None => Err(unanswered(call.operation, "the operator's lease has to be renewed first")),
        }
    }

    /// A read, which waits for its permit.
    async fn read(&self, scope: &Scope, call: &Call, priority: Priority) -> CallResult {
        self.permit(scope, call.operation, priority).await?;
        self.send(scope, call).await
    }

    /// A part of a batch. The batch is a task of its own: it goes on when the one who opened it no longer waits.
    async fn join(&self, scope: &Scope, part: Part, priority: Option<Priority>) -> CallResult {
        let key = part.key(scope);
        let operation = part.operation();
        let (sender, answer) = oneshot::channel();
        let waiter = Waiter { priority, answer: sender };
        let joined = self.gathering(|gathering| gathering.join(&key, part, waiter, Instant::now()));
        if let Some(batch) = joined.full {
            tokio::spawn(self.clone().deliver(key.scope.clone(), batch));
        }
        if let Some(id) = joined.watch {
            tokio::spawn(self.clone().linger(key, id));
        }
        answer.await.unwrap_or_else(|_| Err(unanswered(operation, "the operator is shutting down")))
    }

    /// Sends a batch when its time has come, unless it was full before.
    async fn linger(self, key: BatchKey, id: u64) {
        loop {
            match self.gathering(|gathering| gathering.due(&key, id, Instant::now())) {
                Due::At(time) => tokio::time::sleep_until(time.into()).await,
                Due::Now(batch) => return self.deliver(key.scope, batch).await,
                Due::Gone => return,
            }
        }
    }

    async fn deliver(self, scope: Scope, batch: Batch<Waiter>) {
        let Some(call) = batch.call() else { return };
        // It goes with the first of those who are in it.
        let priority = batch.members.iter().map(|(_, waiter)| waiter.priority).min().flatten();
        let result = self.alone(&scope, &call, priority).await;
        // One member's name may be what AWS refuses, or what a policy denies: the others are not to suffer for it.
        let is_one_s = match &result {
            Ok(Ok(_)) => false,
            Ok(Err(refusal)) => refusal.kind == RefusalKind::Refused,
            Err(failure) => failure.class == Class::AccessDenied,
        };
        let apart = is_one_s && batch.members.len() > 1;
        join_all(batch.members.into_iter().map(|(part, waiter)| {
            let (aws, scope, result) = (&self, &scope, &result);
            async move {
                let own = if apart { aws.alone(scope, &part.call(), waiter.priority).await } else { result.clone() };
                // Whoever asked may have gone away.
                let _ = waiter.answer.send(own.map(|answer| answer.map(|output| part.share(&output))));
            }
        }))
        .await;
    }

    fn gathering<T>(&self, with: impl FnOnce(&mut Gathering<Waiter>) -> T) -> T {
        with(&mut self.shell.gathering.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A permit for one read, which is waited for here.
    async fn permit(&self, scope: &Scope, operation: Operation, priority: Priority) -> Result<(), Failure> {
        let key = BucketKey::new(scope, operation);
        let holder = Holder::Read(self.shell.reads.fetch_add(1, Ordering::Relaxed));
        let deadline = Instant::now() + self.shell.deadline;
        loop {
            match self.take(&key, priority, &holder) {
                Permit::Granted { .. } => return Ok(()),
                Permit::After(wait) if Instant::now() + wait <= deadline => tokio::time::sleep(wait).await,
                Permit::After(wait) => {
                    self.quota(|quota| quota.leave(&key, &holder));
                    return Err(Failure {
                        class: Class::Throttled,
                        operation,
                        code: None,
                        // The same however long it lasts: a status is written only where it differs.
                        message: format!("the operator's share of AWS's quota \"{}\" is used up", key.category.label()),
                        request_id: None,
                        retry_after: Some(wait),
                    });
                }
            }
        }
    }

    fn take(&self, key: &BucketKey, priority: Priority, holder: &Holder) -> Permit {
        let permit = self.quota(|quota| quota.turn(key, priority, holder, Instant::now()));
        if let Permit::Granted { waited } = permit {
            self.shell.observer.waited(key.category, waited);
        }
        permit
    }

    fn quota<T>(&self, with: impl FnOnce(&mut Quota) -> T) -> T {
        with(&mut self.shell.quota.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// One request to AWS, for which there is a permit. The input is never logged: it may hold secrets.
    async fn send(&self, scope: &Scope, call: &Call) -> CallResult {
        let operation = call.operation;
        let begun = Instant::now();
        let answer = self.shell.clients.of(scope).await.invoke(call).await;
        let elapsed = begun.elapsed();
        let (result, request_id) = match answer {
            Ok(success) => (Ok(Ok(success.output)), success.request_id),
            Err(failure) => {
                let request_id = failure.request_id.clone();
                (classify(operation, failure).map(Err).map_err(|failure| self.heed(scope, failure)), request_id)
            }
        };
        let label = label(&result);
        self.shell.observer.called(operation, label, elapsed);
        debug!(%operation, region = scope.region, role = scope.role, result = label, request_id, ?elapsed, "called AWS");
        result
    }

    /// A throttle answer shrinks what is left of the quota.
    fn heed(&self, scope: &Scope, failure: Failure) -> Failure {
        if failure.class != Class::Throttled {
            return failure;
        }
        let key = BucketKey::new(scope, failure.operation);
        let wait = self.quota(|quota| quota.throttled(&key, Instant::now()));
        Failure { retry_after: Some(wait), ..failure }
    }
}

/// What was not asked of AWS.
fn unanswered(operation: Operation, message: &str) -> Failure {
    Failure {
        class: Class::Unreachable,
        operation,
        code: None,
        message: message.to_owned(),
        request_id: None,
        retry_after: None,
    }
}

/// How a call ended, as a stable label.
fn label(result: &CallResult) -> &'static str {
    match result {
        Ok(Ok(_)) => "ok",
        Ok(Err(refusal)) => match refusal.kind {
            RefusalKind::NotFound => "not_found",
            RefusalKind::Exists => "exists",
            RefusalKind::Conflict => "conflict",
            RefusalKind::Refused => "refused",
        },
        Err(failure) => failure.class.label(),
    }
}
