//! What a visit leaves behind: the status, Events, and when to come back.

use std::time::{Duration, Instant};

use k8s_openapi::{api::core::v1::ObjectReference, apimachinery::pkg::apis::meta::v1::Condition};
use kube::core::DynamicObject;
use serde_json::{Value, json};
use tracing::{debug, info, warn};

use super::{
    controller::Context,
    lanes::Held,
    object::{self, StatusOf, Unreadable},
    shared::ApiError,
    state::ObjectState,
    visit::Visit,
    writer::{Rest, Writer},
};
use crate::{
    aws::ObjectId,
    engine::{
        Env, Failure, Goal, Kind, Operation, Outcome, Recheck, Synced, Why, backoff,
        bite::{Defect, bitten},
        conditions::{self, READY, RECONCILING, STALLED, SYNCED},
        hash,
        outcome::{Interruption, State},
        reason,
        reconcile::{self, End, Kept, Pass},
        status,
    },
};

/// Nothing waits longer than this for another look, whatever the sweep does.
const RESYNC: Duration = Duration::from_mins(55);
/// And this: those whose time ends within it are looked at together, so that ten of them cost one call.
const RESYNC_TICK: Duration = Duration::from_mins(5);

/// What is deleted is looked at on this tick at the most: whoever deletes it waits for its end, and it has little more to be asked.
const LEAVING_TICK: Duration = Duration::from_secs(2);

/// A wait for the quota that is longer than this is worth a line in the status.
const LONG_WAIT: Duration = Duration::from_secs(10);

/// What to look at when the API server takes no status.
pub const NOT_TAKEN: &str = "the API server did not take a write; it is tried again. Are the CRDs those of this version? \
     `ecs-bridge crds | kubectl apply --server-side -f -`";

/// What a visit concludes for, and with.
pub struct Conclusion<'a, K: Kind> {
    pub context: &'a Context<K>,
    pub id: &'a ObjectId,
    pub about: &'a ObjectReference,
    pub writer: &'a Writer,
}

impl<K: Kind> Conclusion<'_, K> {
    /// Writes down how a pass ended.
    pub async fn conclude(
        &self,
        goal: Goal<'_, K::Spec>,
        env: &Env,
        object: &DynamicObject,
        before: &StatusOf<K>,
        mut pass: Pass<K, Held>,
        state: &mut ObjectState<K>,
    ) -> Result<Visit, ApiError> {
        let (outcome, label, again) = match std::mem::replace(&mut pass.end, End::Rested(Outcome::gone())) {
            End::Rested(outcome) if outcome.state == State::Gone => {
                info!(object = %self.id, "gone from AWS, or let go");
                self.context.shared.sweeper.forget(self.id);
                self.context.shared.roster.forget(self.id);
                self.writer.remove_finalizer(object).await?;
                return Ok(Visit::Gone);
            }
            End::Rested(outcome) => {
                pass.memo = K::settle(goal, env, &pass.facts, &pass.memo, &outcome);
                let (label, again) = self.again(matches!(goal, Goal::Absent(_)), &outcome, state);
                (outcome, label, again)
            }
            End::Failed(failure) => {
                state.failures += 1;
                debug!(object = %self.id, %failure, failures = state.failures, "a call had no answer");
                (
                    reconcile::interrupted(&failure, state.failures),
                    failure.class.label(),
                    in_time(self.retry(&failure, state)),
                )
            }
            End::Waiting { why, meanwhile, wait, lane } => {
                debug!(object = %self.id, why = why.message, ?wait, "waits");
                let (facts, watched) = (pass.facts.clone(), pass.watched.clone());
                state.wait(Kept { facts, watched, lane, writes: pass.writes });
                let outcome = match meanwhile {
                    Some(outcome) => {
                        pass.memo = K::settle(goal, env, &pass.facts, &pass.memo, &outcome);
                        outcome
                    }
                    None if wait < LONG_WAIT => return Ok(Visit::Ended("waiting", in_time(wait))),
                    None => waits(why),
                };
                (outcome, "waiting", in_time(wait))
            }
            End::NotRecorded(lost) => {
                if lost.changed {
                    debug!(object = %self.id, %lost, "the object has changed; the pass is taken up again");
                } else {
                    warn!(object = %self.id, error = %lost, "{NOT_TAKEN}");
                }
                state.failures += 1;
                return Ok(Visit::Ended("not_recorded", in_time(self.backoff(state, false))));
            }
        };
        self.context.shared.metrics.rested(self.id, &outcome);
        self.sweep(&outcome, goal, std::mem::take(&mut pass.watched));
        let report = K::report(goal, env, &pass.facts, &pass.memo, &before.report);
        let error = if outcome.synced == Synced::Yes { None } else { pass.last_error };
        let after = status::status(&outcome, report, pass.memo, error, before, env.generation, jiff::Timestamp::now());
        self.context.shared.metrics.says(self.id, &after.conditions);
        self.tell(before, &after);
        let after = serde_json::to_value(&after).unwrap_or_default();
        self.write(object, &after, state, Visit::Ended(label, again)).await
    }

    /// An object that can't be read keeps all of its status; only the conditions say so.
    pub async fn unreadable(
        &self,
        object: &DynamicObject,
        unreadable: &Unreadable,
        state: &mut ObjectState<K>,
    ) -> Result<Visit, ApiError> {
        state.failures += 1;
        let why = Why::new(reason::INVALID_SPEC, unreadable.to_string());
        let outcome = Outcome::new(
            State::Interrupted { why: why.clone(), mode: Interruption::NeedsAPerson, blind: true },
            Synced::Unknown(why),
        );
        let status = object.data.get("status").filter(|status| status.is_object());
        let mut after = status.cloned().unwrap_or_else(|| json!({}));
        let previous: Vec<Condition> =
            after.get("conditions").and_then(|old| serde_json::from_value(old.clone()).ok()).unwrap_or_default();
        let generation = object.metadata.generation.unwrap_or(0);
        let now = conditions::conditions(&outcome, &previous, generation, jiff::Timestamp::now());
        after["conditions"] = serde_json::to_value(now).unwrap_or_default();
        after["observedGeneration"] = Value::from(generation);
        let ended = Visit::Ended("unreadable", in_time(self.backoff(state, true)));
        self.write(object, &after, state, ended).await
    }

    /// Writes the status where it differs from what is there, and ends the visit.
    async fn write(
        &self,
        object: &DynamicObject,
        after: &Value,
        state: &mut ObjectState<K>,
        ended: Visit,
    ) -> Result<Visit, ApiError> {
        if object.data.get("status") == Some(after) && !bitten(Defect::WritesStatusWithoutNeed) {
            return Ok(ended);
        }
        match self.writer.status(object, after, Rest::OnStatus).await {
            Ok(written) => state.written = object::version(&written),
            // Deleted meanwhile: there is nothing to report on.
            Err(error) if error.code() == Some(404) => {}
            // Another operator has written, or somebody edits without end: what was found may be old by now.
            Err(error) if error.code() == Some(409) => {
                debug!(object = %self.id, %error, "the status has changed; the pass is taken up again");
                state.failures += 1;
                return Ok(Visit::Ended("conflict", in_time(self.backoff(state, false))));
            }
            Err(error) => return Err(error),
        }
        Ok(ended)
    }

    /// What is on its way is looked at on the tick anyway; what rests is swept, so that what was mended in AWS heals. Tasks are followed
    /// either way: a pass that ends before its time follows what it did.
    fn sweep(&self, outcome: &Outcome, goal: Goal<'_, K::Spec>, watched: Vec<reconcile::Watched>) {
        let shared = &self.context.shared;
        let of_tasks = |watched: &reconcile::Watched| watched.call.operation == Operation::ServiceTasks;
        let (tasks, watched) = watched.into_iter().partition(of_tasks);
        if !matches!(outcome.state, State::Interrupted { .. }) {
            shared.roster.watch(self.id, &shared.scope, tasks);
        }
        match (&outcome.state, goal) {
            (State::Ready(_) | State::Stalled { .. }, Goal::Present(_)) => {
                shared.sweeper.watch(self.id.clone(), &shared.scope, watched);
            }
            _ => shared.sweeper.forget(self.id),
        }
    }

    /// An Event where the object becomes ready, is stalled for another reason, begins to fail, or has something new to note.
    fn tell(&self, before: &StatusOf<K>, after: &StatusOf<K>) {
        let events = &self.context.shared.events;
        let is = |status: &StatusOf<K>, type_: &str| {
            let found =
                status.conditions.iter().find(|condition| condition.type_ == type_ && condition.status == "True");
            found.map(|condition| (condition.reason.clone(), condition.message.clone()))
        };
        if let Some(now) = is(after, STALLED).filter(|now| is(before, STALLED).as_ref() != Some(now)) {
            events.warning(self.about, "Reconcile", &now.0, now.1);
        }
        let differs = |status: &StatusOf<K>| {
            let found =
                status.conditions.iter().find(|condition| condition.type_ == SYNCED && condition.status == "False");
            found.map(|condition| (condition.reason.clone(), condition.message.clone()))
        };
        // Where nothing is on its way and nobody has to do anything, a difference was left on purpose.
        if is(after, STALLED).is_none()
            && is(after, RECONCILING).is_none()
            && let Some((reason, message)) = differs(after).filter(|now| differs(before).as_ref() != Some(now))
        {
            events.warning(self.about, "Reconcile", &reason, message);
        }
        if is(before, READY).is_none()
            && let Some((_, message)) = is(after, READY)
        {
            events.normal(self.about, "Reconcile", "Ready", message);
        }
        // What stalls the object has been told.
        if let Some(error) = &after.last_error
            && after.last_error != before.last_error
            && is(after, STALLED).is_none()
        {
            let code = error.code.as_deref().unwrap_or("no code");
            events.warning(
                self.about,
                "Reconcile",
                "AWSError",
                format!("{}: {code}: {}", error.operation, error.message),
            );
        }
        for note in after.notes.iter().filter(|note| !before.notes.contains(note)) {
            events.normal(self.about, "Reconcile", "Note", note.clone());
        }
    }

    /// When to come back, unless the object changes before.
    fn again(
        &self,
        is_leaving: bool,
        outcome: &Outcome,
        state: &mut ObjectState<K>,
    ) -> (&'static str, Option<Instant>) {
        match &outcome.state {
            State::Ready(_) | State::Gone => {
                state.failures = 0;
                // Spread, so that objects that were made together are not all looked at together for ever.
                let thousandths = 1000 - u32::try_from(spread(self.id) % 200).unwrap_or(0);
                ("ready", in_time(until_tick(RESYNC_TICK, RESYNC / 1000 * thousandths)))
            }
            State::Progressing { recheck, .. } => {
                state.failures = 0;
                let wait = match recheck {
                    Recheck::Tick => {
                        let tick = self.context.shared.settings.poll_interval;
                        until_tick(if is_leaving { tick.min(LEAVING_TICK) } else { tick }, Duration::ZERO)
                    }
                    Recheck::After(wait) => *wait,
                };
                ("progressing", in_time(wait))
            }
            State::Stalled { .. } => {
                state.failures += 1;
                ("stalled", in_time(self.backoff(state, true)))
            }
            State::Interrupted { .. } => ("paused", None),
        }
    }

    fn retry(&self, failure: &Failure, state: &ObjectState<K>) -> Duration {
        failure.retry_after.unwrap_or_else(|| self.backoff(state, failure.class.needs_a_person()))
    }

    fn backoff(&self, state: &ObjectState<K>, terminal: bool) -> Duration {
        backoff::wait(state.failures, terminal, spread(self.id))
    }
}

fn waits(why: Why) -> Outcome {
    Outcome::new(State::Interrupted { why: why.clone(), mode: Interruption::Retrying, blind: false }, Synced::No(why))
}

/// When to come back, told at once: what is written meanwhile is no part of the wait, and those who wait for one tick come together.
pub fn in_time(wait: Duration) -> Option<Instant> {
    Instant::now().checked_add(wait)
}

/// The time to the first tick, which all objects share, after this time.
fn until_tick(tick: Duration, after: Duration) -> Duration {
    let tick = tick.as_millis().max(1);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    after + Duration::from_millis(u64::try_from(tick - (now + after).as_millis() % tick).unwrap_or(1))
}

/// A number that differs between objects.
pub fn spread(id: &ObjectId) -> u64 {
    let text = hash::of_text(&id.to_string());
    u64::from_str_radix(&text[..15], 16).unwrap_or(0)
}
