//! Long polling: a `ReceiveMessage` that found nothing waits, on the virtual clock.

use std::pin::pin;
use std::time::Duration;

use serde_json::Value;

use crate::error::Error;
use crate::scope::Api;
use crate::sim;

use super::Shared;

/// No shorter sleep is worth waking up from.
const SHORTEST: Duration = Duration::from_millis(10);

type Answer = Result<Value, Error>;

/// Whether this is the answer of a `ReceiveMessage` that found nothing.
pub(super) fn found_nothing(request: &sim::Request, answer: &Answer) -> bool {
    request.api == Api::Sqs
        && request.operation == "ReceiveMessage"
        && answer.as_ref().is_ok_and(|answer| answer.get("Messages").is_none())
}

/// Asks again whenever there may be a message, until there is one or the time is over.
pub(super) async fn wait(shared: &Shared, request: &sim::Request) -> Answer {
    let sim::Request { api, scope, operation, body, .. } = request;
    let url = body["QueueUrl"].as_str().unwrap_or_default();
    let until = shared.sim().world.receives_until(scope, body);
    loop {
        // From here on no message is missed.
        let mut changed = pin!(shared.changed.notified());
        changed.as_mut().enable();
        let next = {
            let mut sim = shared.sim();
            let answer = sim.world.call(scope, *api, operation, body);
            if !found_nothing(request, &answer) || sim.world.now() >= until {
                return answer;
            }
            sim.world.next_message(scope, url).map_or(until, |next| next.min(until))
        };
        match shared.until(next) {
            Some(span) => {
                tokio::select! {
                    () = changed => {}
                    () = tokio::time::sleep(span.max(SHORTEST)) => {}
                }
            }
            None => changed.await,
        }
    }
}
