//! What EventBridge says of changes in AWS, by way of an SQS queue: a reason to ask now what the next sweep would ask, and never a fact.
//! Events are lost, doubled and out of order; all of that changes is when AWS is asked.

mod hearing;
mod news;
mod setup;

use std::time::Duration;

use tracing::{debug, info, warn};

use super::{Aws, Scope, Sweeper, sdk};

pub(super) use hearing::Hearing;
pub(super) use news::{names, subjects};
pub use setup::{Setup, SetupError};

/// Where changes are told of, and how long it may be silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The URL of the SQS queue.
    pub queue_url: String,
    /// After so long without a message (there are heartbeats), sweeps are as frequent as without events.
    pub silence: Duration,
}

/// The longest that SQS holds a call until there is a message ("ReceiveMessage", Amazon SQS API Reference): an idle queue takes 180 calls an hour.
const WAIT: Duration = Duration::from_secs(20);
/// A queue that can't be read is tried again, at last once a minute.
const SLOWEST: Duration = Duration::from_mins(1);

/// Passes on what the queue says, for ever.
pub async fn listen(aws: &Aws, scope: &Scope, queue_url: &str, sweeper: &Sweeper) {
    let mut failures = 0;
    loop {
        match aws.receive(scope, queue_url).await {
            Ok(messages) => {
                if failures > 0 {
                    info!(queue_url, "the queue of events can be read again");
                }
                failures = 0;
                if messages.is_empty() {
                    continue;
                }
                debug!(messages = messages.len(), "heard");
                sweeper.heard(messages.iter().flat_map(|message| names(&message.body)));
                let receipts = messages.into_iter().map(|message| message.receipt).collect();
                if let Err(failure) = aws.heard(scope, queue_url, receipts).await {
                    debug!(%failure, "what was heard comes once more");
                }
            }
            Err(failure) => {
                if failures == 0 {
                    warn!(
                        queue_url, %failure,
                        "the queue of events can't be read; until it can, sweeps alone find what changes. \
                         `ecs-bridge events` shows the queue, `ecs-bridge iam-policy --events-queue` what the operator needs to read it"
                    );
                }
                tokio::time::sleep(Duration::from_secs(1 << failures.min(6)).min(SLOWEST)).await;
                failures += 1;
            }
        }
    }
}

impl Aws {
    async fn receive(&self, scope: &Scope, queue_url: &str) -> Result<Vec<sdk::sqs::Message>, sdk::Failure> {
        let messages = sdk::sqs::receive(&self.shell.clients.queues(scope, WAIT).await, queue_url, WAIT).await?;
        self.shell.observer.heard(messages.len());
        Ok(messages)
    }

    async fn heard(&self, scope: &Scope, queue_url: &str, receipts: Vec<String>) -> Result<(), sdk::Failure> {
        sdk::sqs::delete(&self.shell.clients.queues(scope, WAIT).await, queue_url, receipts).await
    }

    /// Makes the rules and the queue, or brings them up to date; gives the queue's URL.
    pub async fn make_events(&self, scope: &Scope, setup: &Setup) -> Result<String, SetupError> {
        setup.make(&self.shell.clients.queues(scope, WAIT).await, &self.shell.clients.rules(scope).await).await
    }

    /// Deletes the rules and the queue.
    pub async fn delete_events(&self, scope: &Scope, setup: &Setup) -> Result<(), SetupError> {
        setup.delete(&self.shell.clients.queues(scope, WAIT).await, &self.shell.clients.rules(scope).await).await
    }
}
