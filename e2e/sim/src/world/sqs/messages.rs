//! What lies in a standard queue: delivered at least once, in no order, hidden for a while from who comes after.

use std::fmt::Write as _;
use std::time::Duration;

use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::Scope;
use crate::time::Time;

use super::super::params::Params;
use super::super::{Answer, Env, paging};
use super::Queue;

/// Whoever sent it.
const SENDER: &str = "AIDASIMULATED00000001";

#[derive(Clone)]
pub(crate) struct Message {
    body: String,
    sent_at: Time,
    visible_at: Time,
    received: u64,
    first_received_at: Option<Time>,
}

impl Queue {
    pub(super) fn send_message(&mut self, env: &mut Env<'_>, request: Params<'_>) -> Answer {
        let fifo_or_more = ["MessageAttributes", "MessageSystemAttributes", "MessageDeduplicationId", "MessageGroupId"];
        if let Some(member) = fifo_or_more.iter().find(|member| request.get(member).is_some()) {
            return Err(Error::unimplemented(&format!("{member} of SendMessage")));
        }
        let body = request.required("MessageBody");
        if body.is_empty() {
            return Err(Error::new("MissingParameter", "The request must contain the parameter MessageBody."));
        }
        if body.len() as u64 > self.seconds("MaximumMessageSize") {
            let most = self.seconds("MaximumMessageSize");
            let message =
                format!("One or more parameters are invalid. Reason: Message must be shorter than {most} bytes.");
            return Err(Error::new("InvalidParameterValue", message));
        }
        let delay = bounded(request, "DelaySeconds", 0, 900)?.unwrap_or_else(|| self.seconds("DelaySeconds"));
        let md5 = md5(body);
        let id = self.put(env, body.to_owned(), Duration::from_secs(delay));
        Ok(json!({ "MessageId": id, "MD5OfMessageBody": md5 }))
    }

    /// Puts a message in, and gives its ID.
    pub(in super::super) fn put(&mut self, env: &mut Env<'_>, body: String, delay: Duration) -> String {
        let id = env.random.uuid();
        let message =
            Message { body, sent_at: env.now, visible_at: env.now + delay, received: 0, first_received_at: None };
        self.messages.insert(id.clone(), message);
        id
    }

    /// Up to ten messages, in the order of their random IDs.
    pub(super) fn receive(&mut self, env: &Env<'_>, scope: &Scope, request: Params<'_>) -> Answer {
        if request.get("ReceiveRequestAttemptId").is_some() {
            let message = "The request include parameter that is not valid for this queue type";
            return Err(Error::new("InvalidParameterValue", message));
        }
        bounded(request, "WaitTimeSeconds", 0, 20)?;
        let most = bounded(request, "MaxNumberOfMessages", 1, 10)?.unwrap_or(1);
        let hidden = bounded(request, "VisibilityTimeout", 0, 43_200)?;
        let hidden = Duration::from_secs(hidden.unwrap_or_else(|| self.seconds("VisibilityTimeout")));
        let mut wanted = request.texts("AttributeNames");
        wanted.extend(request.texts("MessageSystemAttributeNames"));
        let queue = scope.arn("sqs", &self.name);
        let visible = self.messages.iter_mut().filter(|(_, message)| message.visible_at <= env.now);
        let taken: Vec<Value> = visible
            .take(usize::try_from(most).unwrap_or(10))
            .map(|(id, message)| {
                message.received += 1;
                message.first_received_at.get_or_insert(env.now);
                message.visible_at = env.now + hidden;
                message.describe(id, &queue, &wanted)
            })
            .collect();
        Ok(if taken.is_empty() { json!({}) } else { json!({ "Messages": taken }) })
    }

    /// What is not there any more is deleted; a receipt handle of an earlier receive deletes nothing.
    pub(super) fn delete_message(&mut self, handle: &str) -> Result<(), Error> {
        let (id, received) = self.of_handle(handle)?;
        if self.messages.get(&id).is_some_and(|message| message.received == received) {
            self.messages.remove(&id);
        }
        Ok(())
    }

    pub(super) fn delete_messages(&mut self, request: Params<'_>) -> Answer {
        let entries: Vec<Params<'_>> = request.list("Entries").iter().map(Params::new).collect();
        if entries.is_empty() {
            let message = "There should be at least one DeleteMessageBatchRequestEntry in the request.";
            return Err(Error::new("EmptyBatchRequest", message));
        }
        if entries.len() > 10 {
            let message = format!("Maximum number of entries per request are 10. You have sent {}.", entries.len());
            return Err(Error::new("TooManyEntriesInBatchRequest", message));
        }
        let mut ids: Vec<&str> = entries.iter().map(|entry| entry.required("Id")).collect();
        ids.sort_unstable();
        if let Some(twice) = ids.iter().zip(ids.iter().skip(1)).find(|(id, next)| id == next) {
            return Err(Error::new("BatchEntryIdsNotDistinct", format!("Id {} repeated.", twice.0)));
        }
        let (mut successful, mut failed) = (Vec::new(), Vec::new());
        for entry in entries {
            let id = entry.required("Id");
            match self.delete_message(entry.required("ReceiptHandle")) {
                Ok(()) => successful.push(json!({ "Id": id })),
                Err(error) => {
                    failed.push(json!({"Id": id, "SenderFault": true, "Code": error.code, "Message": error.message}));
                }
            }
        }
        Ok(json!({"Successful": successful, "Failed": failed}))
    }

    pub(super) fn change_visibility(&mut self, now: Time, request: Params<'_>) -> Answer {
        let seconds = bounded(request, "VisibilityTimeout", 0, 43_200)?.unwrap_or(0);
        let (id, received) = self.of_handle(request.required("ReceiptHandle"))?;
        let message = self.messages.get_mut(&id).filter(|message| message.received == received);
        let message = message.filter(|message| message.visible_at > now);
        let message =
            message.ok_or_else(|| Error::new("MessageNotInflight", "The message referred to is not in flight."))?;
        message.visible_at = now + Duration::from_secs(seconds);
        Ok(json!({}))
    }

    pub(super) fn forget_expired(&mut self, now: Time) {
        let kept = Duration::from_secs(self.seconds("MessageRetentionPeriod"));
        self.messages.retain(|_, message| now < message.sent_at + kept);
    }

    /// How many can be received, are in flight, and are not there yet.
    pub(super) fn counts(&self, now: Time) -> (usize, usize, usize) {
        let (visible, hidden): (Vec<&Message>, Vec<&Message>) =
            self.messages.values().partition(|message| message.visible_at <= now);
        let in_flight = hidden.iter().filter(|message| message.received > 0).count();
        (visible.len(), in_flight, hidden.len() - in_flight)
    }

    pub(super) fn next_visible(&self, now: Time) -> Option<Time> {
        self.messages.values().map(|message| message.visible_at).filter(|at| *at > now).min()
    }

    /// The message's ID and how often it had been received.
    fn of_handle(&self, handle: &str) -> Result<(String, u64), Error> {
        let read = || {
            let text = paging::decode(handle)?;
            let mut parts = text.rsplitn(3, ' ');
            let (received, id, queue) = (parts.next()?, parts.next()?, parts.next()?);
            (queue.rsplit(':').next() == Some(self.name.as_str())).then_some((id.to_owned(), received.parse().ok()?))
        };
        let invalid = || {
            let message = format!("The input receipt handle \"{handle}\" is not a valid receipt handle.");
            Error::new("ReceiptHandleIsInvalid", message)
        };
        read().ok_or_else(invalid)
    }
}

impl Message {
    fn describe(&self, id: &str, queue: &str, wanted: &[&str]) -> Value {
        let mut described = json!({
            "MessageId": id,
            "ReceiptHandle": paging::encode(&format!("{queue} {id} {}", self.received)),
            "MD5OfBody": md5(&self.body),
            "Body": self.body,
        });
        let attributes: Map<String, Value> = [
            ("SenderId", SENDER.to_owned()),
            ("SentTimestamp", self.sent_at.0.to_string()),
            ("ApproximateReceiveCount", self.received.to_string()),
            ("ApproximateFirstReceiveTimestamp", self.first_received_at.unwrap_or_default().0.to_string()),
        ]
        .into_iter()
        .filter(|(name, _)| wanted.contains(&"All") || wanted.contains(name))
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
        if !attributes.is_empty() {
            described["Attributes"] = Value::Object(attributes);
        }
        described
    }
}

/// A number of the request, within AWS's bounds.
fn bounded(request: Params<'_>, name: &str, least: u64, most: u64) -> Result<Option<u64>, Error> {
    let Some(asked) = request.int(name) else {
        return Ok(None);
    };
    let value = u64::try_from(asked).ok().filter(|value| (least..=most).contains(value));
    let invalid = || {
        let message = format!(
            "Value {asked} for parameter {name} is invalid. Reason: Must be between {least} and {most}, if provided."
        );
        Error::new("InvalidParameterValue", message)
    };
    value.ok_or_else(invalid).map(Some)
}

fn md5(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
