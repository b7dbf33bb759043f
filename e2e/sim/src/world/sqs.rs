//! Standard queues of Amazon SQS. What lies in them stands in [`messages`].

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::params::Params;
use super::tags::Tags;
use super::{Answer, Env, Region, dispatch, paging};

mod attributes;
mod messages;

pub(crate) use messages::Message;

/// "You must wait 60 seconds after deleting a queue before you can create another queue with the same name."
const NAME_RESTS: Duration = Duration::from_mins(1);
/// "Only one PurgeQueue operation on a queue is allowed every 60 seconds."
const BETWEEN_PURGES: Duration = Duration::from_mins(1);

#[derive(Clone, Default)]
pub(crate) struct Sqs {
    queues: BTreeMap<String, Queue>,
    /// Names of queues that were deleted lately.
    deleted: BTreeMap<String, Time>,
    /// Which messages there ever were: who waits for one looks again where this has changed.
    pub(super) sent: u64,
}

#[derive(Clone)]
pub(crate) struct Queue {
    name: String,
    attributes: BTreeMap<String, String>,
    tags: Tags,
    created_at: Time,
    modified_at: Time,
    purged_at: Option<Time>,
    messages: BTreeMap<String, Message>,
}

pub(super) fn call(env: &mut Env<'_>, region: &mut Region, operation: &str, request: Params<'_>) -> Answer {
    match operation {
        "CreateQueue" => return create(env, region, request),
        "GetQueueUrl" => return get_url(region, request),
        "ListQueues" => return list(region, request),
        _ => {}
    }
    let scope = region.scope.clone();
    let name = named(&scope, request.required("QueueUrl"))?;
    if operation == "DeleteQueue" {
        region.sqs.queues.remove(&name).ok_or_else(missing)?;
        region.sqs.deleted.insert(name, env.now);
        return Ok(json!({}));
    }
    let Sqs { queues, sent, .. } = &mut region.sqs;
    let queue = queues.get_mut(&name).ok_or_else(missing)?;
    queue.forget_expired(env.now);
    match operation {
        "ChangeMessageVisibility" => queue.change_visibility(env.now, request),
        "DeleteMessage" => queue.delete_message(request.required("ReceiptHandle")).map(|()| json!({})),
        "DeleteMessageBatch" => queue.delete_messages(request),
        "GetQueueAttributes" => Ok(queue.describe(&scope, env.now, request)),
        "ListQueueTags" => Ok(json!({ "Tags": queue.tags })),
        "PurgeQueue" => queue.purge(env.now),
        "ReceiveMessage" => queue.receive(env, &scope, request),
        "SendMessage" => {
            *sent += 1;
            queue.send_message(env, request)
        }
        "SetQueueAttributes" => queue.set(env.now, request),
        "TagQueue" => queue.tag(request),
        "UntagQueue" => {
            queue.tags.retain(|key, _| !request.texts("TagKeys").contains(&key.as_str()));
            Ok(json!({}))
        }
        _ => Err(dispatch::unimplemented(Api::Sqs, operation)),
    }
}

impl Sqs {
    pub(super) fn names(&self) -> Vec<&String> {
        self.queues.keys().collect()
    }

    /// The queue with this ARN, if it is one of this account and region.
    pub(super) fn by_arn(&mut self, scope: &Scope, arn: &str) -> Option<&mut Queue> {
        self.queues.get_mut(scope.resource("sqs", arn)?)
    }

    pub(super) fn tags_of(&self, scope: &Scope, arn: &str) -> Option<Tags> {
        self.queues.get(scope.resource("sqs", arn)?).map(|queue| queue.tags.clone())
    }

    /// When a message that is hidden now can next be received from the queue of this URL.
    pub(super) fn next_visible(&self, scope: &Scope, url: &str, now: Time) -> Option<Time> {
        self.queues.get(&named(scope, url).ok()?)?.next_visible(now)
    }

    /// For how long ReceiveMessage waits for a message.
    pub(super) fn wait(&self, scope: &Scope, request: Params<'_>) -> Duration {
        let queue = named(scope, request.required("QueueUrl")).ok().and_then(|name| self.queues.get(&name));
        let usual = queue.map_or(0, |queue| queue.seconds("ReceiveMessageWaitTimeSeconds"));
        let asked = request.int("WaitTimeSeconds").and_then(|seconds| u64::try_from(seconds).ok());
        Duration::from_secs(asked.unwrap_or(usual))
    }
}

fn create(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let name = request.required("QueueName");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if name.strip_suffix(".fifo").is_some() {
        return Err(Error::unimplemented("FIFO queues"));
    }
    if !(1..=80).contains(&name.len()) || !name.bytes().all(plain) {
        let rule = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
        return Err(Error::new("InvalidParameterValue", rule));
    }
    let wanted = attributes::read(request.nested("Attributes"))?;
    if let Some(present) = region.sqs.queues.get(name) {
        let same = wanted.iter().all(|(name, value)| present.attributes.get(name) == Some(value));
        if same {
            return Ok(json!({ "QueueUrl": url(&region.scope, name) }));
        }
        let message = "A queue already exists with the same name and a different value for attribute(s).";
        return Err(Error::new("QueueNameExists", message));
    }
    if region.sqs.deleted.get(name).is_some_and(|at| env.now < *at + NAME_RESTS) {
        let message =
            "You must wait 60 seconds after deleting a queue before you can create another with the same name.";
        return Err(Error::new("QueueDeletedRecently", message));
    }
    let queue = Queue {
        name: name.to_owned(),
        attributes: attributes::with_defaults(wanted),
        tags: tags(request.nested("tags"))?,
        created_at: env.now,
        modified_at: env.now,
        purged_at: None,
        messages: BTreeMap::new(),
    };
    region.sqs.queues.insert(name.to_owned(), queue);
    Ok(json!({ "QueueUrl": url(&region.scope, name) }))
}

fn get_url(region: &Region, request: Params<'_>) -> Answer {
    let owner = request.text("QueueOwnerAWSAccountId");
    if owner.is_some_and(|owner| owner != region.scope.account) {
        return Err(Error::unimplemented("queues of other accounts"));
    }
    let name = request.required("QueueName");
    region.sqs.queues.get(name).ok_or_else(missing)?;
    Ok(json!({ "QueueUrl": url(&region.scope, name) }))
}

fn list(region: &Region, request: Params<'_>) -> Answer {
    let prefix = request.text("QueueNamePrefix").unwrap_or_default();
    let names: Vec<String> = region.sqs.queues.keys().filter(|name| name.starts_with(prefix)).cloned().collect();
    let asked: Map<String, Value> = [("maxResults", "MaxResults"), ("nextToken", "NextToken")]
        .into_iter()
        .filter_map(|(of, name)| Some((of.to_owned(), request.get(name)?.clone())))
        .collect();
    let (page, next) = paging::page(Params::of(&asked), &names, 1000, 1000)?;
    let mut answer = json!({});
    // An empty list is left out.
    if !page.is_empty() {
        answer["QueueUrls"] = page.iter().map(|name| url(&region.scope, name)).collect();
    }
    // "You must set MaxResults to receive a value for NextToken in the response."
    if let Some(next) = next.filter(|_| request.get("MaxResults").is_some()) {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}

impl Queue {
    fn describe(&self, scope: &Scope, now: Time, request: Params<'_>) -> Value {
        let wanted = request.texts("AttributeNames");
        let (visible, hidden, delayed) = self.counts(now);
        let mut all = self.attributes.clone();
        all.extend(
            [
                ("QueueArn", scope.arn("sqs", &self.name)),
                ("CreatedTimestamp", seconds_of(self.created_at)),
                ("LastModifiedTimestamp", seconds_of(self.modified_at)),
                ("ApproximateNumberOfMessages", visible.to_string()),
                ("ApproximateNumberOfMessagesNotVisible", hidden.to_string()),
                ("ApproximateNumberOfMessagesDelayed", delayed.to_string()),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        all.retain(|name, _| wanted.contains(&"All") || wanted.contains(&name.as_str()));
        if all.is_empty() { json!({}) } else { json!({ "Attributes": all }) }
    }

    fn set(&mut self, now: Time, request: Params<'_>) -> Answer {
        let wanted = attributes::read(request.nested("Attributes"))?;
        self.attributes.extend(wanted);
        // An empty policy is none.
        self.attributes.retain(|_, value| !value.is_empty());
        self.modified_at = now;
        Ok(json!({}))
    }

    fn tag(&mut self, request: Params<'_>) -> Answer {
        let mut all = self.tags.clone();
        all.extend(tags(request.nested("Tags"))?);
        self.tags = all;
        Ok(json!({}))
    }

    fn purge(&mut self, now: Time) -> Answer {
        if self.purged_at.is_some_and(|at| now < at + BETWEEN_PURGES) {
            let message = format!("Only one PurgeQueue operation on {} is allowed every 60 seconds.", self.name);
            return Err(Error::new("PurgeQueueInProgress", message));
        }
        self.purged_at = Some(now);
        self.messages.clear();
        Ok(json!({}))
    }

    /// Its policy, which says who else may send to it.
    pub(super) fn policy(&self) -> Option<&str> {
        self.attributes.get("Policy").map(String::as_str)
    }

    /// An attribute in seconds, which were read as such.
    fn seconds(&self, name: &str) -> u64 {
        self.attributes.get(name).and_then(|value| value.parse().ok()).unwrap_or(0)
    }
}

/// Those of SQS are a map.
pub(super) fn tags(given: Params<'_>) -> Result<Tags, Error> {
    let mut tags = Tags::new();
    for (key, value) in given.members() {
        if key.to_lowercase().starts_with("aws:") {
            return Err(Error::new("InvalidParameterValue", format!("The tag key {key} is reserved.")));
        }
        tags.insert(key.clone(), value.as_str().unwrap_or_default().to_owned());
    }
    if tags.len() > 50 {
        return Err(Error::new("InvalidParameterValue", "Too many tags added for queue."));
    }
    Ok(tags)
}

fn url(scope: &Scope, name: &str) -> String {
    format!("https://sqs.{}.amazonaws.com/{}/{name}", scope.region, scope.account)
}

/// The name in a queue's URL, whichever endpoint it is asked at.
fn named(scope: &Scope, url: &str) -> Result<String, Error> {
    let mut parts = url.rsplit('/');
    match (parts.next(), parts.next()) {
        (Some(name), Some(account)) if account == scope.account => Ok(name.to_owned()),
        (_, None) => Err(Error::new("InvalidAddress", format!("The address {url} is not valid for this endpoint."))),
        _ => Err(missing()),
    }
}

fn missing() -> Error {
    Error::new("QueueDoesNotExist", "The specified queue does not exist.")
}

fn seconds_of(time: Time) -> String {
    (time.0 / 1000).to_string()
}
