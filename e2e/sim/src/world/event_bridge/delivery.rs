//! The way of an event from its source to the queues of the rules that match it, and what goes wrong on it.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Scope;
use crate::time::Time;

use super::super::agenda::Due;
use super::super::params::Params;
use super::super::sqs::Sqs;
use super::super::{Env, Region};
use super::{Rule, When, queue_policy};

/// "Typical latency is about half a second."
const LATENCY: Duration = Duration::from_millis(500);
/// How long after the first the second of two copies comes, at most.
const COPY_WITHIN_MS: u64 = 5_000;

/// What a source tells the default bus.
pub(in super::super) struct Event {
    pub(in super::super) source: String,
    pub(in super::super) detail_type: String,
    pub(in super::super) resources: Vec<String>,
    pub(in super::super) detail: Value,
    /// How long its source takes to send it.
    pub(in super::super) after: Duration,
}

/// What goes wrong with events between their source and the rules of a bus.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct EventFaults {
    /// Of a hundred events so many never arrive.
    pub lose_percent: u8,
    /// Of a hundred events so many arrive twice.
    pub double_percent: u8,
    /// All arrive so much later.
    pub delay_seconds: u64,
    /// Each arrives later by a span of its own, up to this: events overtake each other.
    pub reorder_seconds: u64,
    /// Nothing arrives, from what is on its way on.
    pub silent: bool,
}

impl Env<'_> {
    /// Sends an event to the default bus. Where no rule is enabled, it is not even built.
    pub(in super::super) fn announce(&mut self, scope: &Scope, event: impl FnOnce() -> Event) {
        if !self.listened {
            return;
        }
        let id = self.random.uuid();
        let event = event();
        let after = event.after;
        let text = event.text(&id, scope, self.now);
        self.send(scope, text, after);
    }

    fn send(&mut self, scope: &Scope, text: String, after: Duration) {
        let EventFaults { lose_percent, double_percent, delay_seconds, reorder_seconds, .. } = *self.event_faults;
        if self.random.below(100) < lose_percent.into() {
            return;
        }
        let late = Duration::from_millis(self.random.below(reorder_seconds * 1000 + 1));
        let at = self.now + after + LATENCY + Duration::from_secs(delay_seconds) + late;
        if self.random.below(100) < double_percent.into() {
            let again = at + Duration::from_millis(self.random.below(COPY_WITHIN_MS));
            self.agenda.add(again, scope, Due::Event { text: text.clone() });
        }
        self.agenda.add(at, scope, Due::Event { text });
    }
}

impl Event {
    pub(super) fn text(self, id: &str, scope: &Scope, now: Time) -> String {
        json!({
            "version": "0",
            "id": id,
            "detail-type": self.detail_type,
            "source": self.source,
            "account": scope.account,
            "time": now.to_seconds_text(),
            "region": scope.region,
            "resources": self.resources,
            "detail": self.detail,
        })
        .to_string()
    }
}

/// An event is there: each rule that matches sends it to its targets, where these let it.
pub(in super::super) fn arrive(env: &mut Env<'_>, region: &mut Region, text: &str) {
    let Ok(event) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let Region { scope, rules, sqs, .. } = region;
    for rule in rules.values().filter(|rule| rule.is_enabled()) {
        if matches!(&rule.when, When::Matching { pattern, .. } if pattern.matches(&event)) {
            deliver(env, scope, sqs, rule, text);
        }
    }
}

/// To each of the rule's targets that lets it.
pub(super) fn deliver(env: &mut Env<'_>, scope: &Scope, sqs: &mut Sqs, rule: &Rule, text: &str) {
    if env.event_faults.silent {
        return;
    }
    for target in rule.targets.values() {
        let arn = target["Arn"].as_str().unwrap_or_default();
        let Some(queue) = sqs.by_arn(scope, arn) else {
            continue;
        };
        if queue_policy::allows(queue.policy(), arn, &rule.arn) {
            queue.put(env, text.to_owned(), Duration::ZERO);
            sqs.sent += 1;
        }
    }
}

/// Events of who is no AWS service.
pub(super) fn put_events(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Value {
    let entries: Vec<Value> = request
        .list("Entries")
        .iter()
        .map(|entry| match put_event(env, &region.scope, Params::new(entry)) {
            Ok(id) => json!({ "EventId": id }),
            Err(error) => json!({"ErrorCode": error.code, "ErrorMessage": error.message}),
        })
        .collect();
    let failed = entries.iter().filter(|entry| entry.get("ErrorCode").is_some()).count();
    json!({"FailedEntryCount": failed, "Entries": entries})
}

fn put_event(env: &mut Env<'_>, scope: &Scope, entry: Params<'_>) -> Result<String, Error> {
    let required = |name: &str| {
        let missing = || {
            Error::new(
                "InvalidArgument",
                format!("Parameter {name} is not valid. Reason: {name} is a required argument."),
            )
        };
        entry.text(name).filter(|text| !text.is_empty()).ok_or_else(missing)
    };
    let (source, detail_type, detail) = (required("Source")?, required("DetailType")?, required("Detail")?);
    if source.starts_with("aws.") {
        let message = format!("Not authorized for the source: {source}");
        return Err(Error::new("NotAuthorizedForSourceException", message));
    }
    if let Some(bus) = entry.text("EventBusName") {
        super::check_bus(scope, bus)?;
    }
    if let Some(member) = ["Time", "TraceHeader"].iter().find(|member| entry.get(member).is_some()) {
        return Err(Error::unimplemented(&format!("{member} of an event")));
    }
    let malformed = || Error::new("MalformedDetail", "Detail is malformed.");
    let detail = serde_json::from_str::<Value>(detail).ok().filter(Value::is_object).ok_or_else(malformed)?;
    let event = Event {
        source: source.to_owned(),
        detail_type: detail_type.to_owned(),
        resources: entry.texts("Resources").into_iter().map(str::to_owned).collect(),
        detail,
        after: Duration::ZERO,
    };
    let id = env.random.uuid();
    let text = event.text(&id, scope, env.now);
    env.send(scope, text, Duration::ZERO);
    Ok(id)
}
