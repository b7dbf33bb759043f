//! Rules that go by the clock: `rate(5 minutes)` ("Schedule expressions using rate", Amazon EventBridge User Guide). Those of cron are not here.

use std::time::Duration;

use serde_json::json;

use crate::error::Error;

use super::super::agenda::Due;
use super::super::{Env, Region};
use super::delivery::{self, Event};
use super::{When, validation};

const MINUTE: u64 = 60;

/// How often.
pub(super) fn parse(text: &str) -> Result<Duration, Error> {
    if text.starts_with("cron(") {
        return Err(Error::unimplemented("cron in a ScheduleExpression"));
    }
    let bad = || validation("Parameter ScheduleExpression is not valid.");
    let inner = text.strip_prefix("rate(").and_then(|rest| rest.strip_suffix(')')).ok_or_else(bad)?;
    let (value, unit) = inner.split_once(' ').ok_or_else(bad)?;
    let value: u64 = value.parse().map_err(|_| bad())?;
    // One is spelt with the singular, all others with the plural.
    let seconds = match (value, unit) {
        (1, "minute") | (2.., "minutes") => MINUTE,
        (1, "hour") | (2.., "hours") => 60 * MINUTE,
        (1, "day") | (2.., "days") => 24 * 60 * MINUTE,
        _ => return Err(bad()),
    };
    Ok(Duration::from_secs(value * seconds))
}

/// The rule's time has come, unless it has been put anew since.
pub(in super::super) fn ring(env: &mut Env<'_>, region: &mut Region, name: &str) {
    let Region { scope, rules, sqs, .. } = region;
    let Some(rule) = rules.get_mut(name) else { return };
    let When::Every { period, next, .. } = &mut rule.when else { return };
    if *next != env.now {
        return;
    }
    *next = env.now + *period;
    env.agenda.add(*next, scope, Due::Rule { name: name.to_owned() });
    if !rule.is_enabled() {
        return;
    }
    let event = Event {
        source: "aws.events".to_owned(),
        detail_type: "Scheduled Event".to_owned(),
        resources: vec![rule.arn.clone()],
        detail: json!({}),
        after: Duration::ZERO,
    };
    let id = env.random.uuid();
    let text = event.text(&id, scope, env.now);
    delivery::deliver(env, scope, sqs, rule, &text);
}
