//! The queue of one kind, and one object's way through it: fetch, gate, pass, status, requeue.

use std::{convert::Infallible, sync::Arc, time::Duration};

use futures::StreamExt;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::{
    Api, Resource, ResourceExt,
    core::{ApiResource, DynamicObject},
    runtime::{
        Controller, PredicateConfig, WatchStreamExt,
        controller::{Action, Config},
        reflector,
        reflector::ObjectRef,
        watcher,
    },
};
use serde_json::Value;
use tokio::sync::{Mutex, mpsc::UnboundedReceiver, watch};
use tracing::{debug, info, warn};

use super::{
    gate,
    object::{self, Parsed, StatusOf, annotation},
    shared::{ApiError, Shared, timely},
    state::{ObjectState, States},
    world,
    writer::Writer,
};
use crate::{
    aws::ObjectId,
    engine::{
        Deletion, Env, Goal, Identity, Kind, Outcome, Recheck, Synced, Why, backoff, hash,
        outcome::{Interruption, State},
        reason,
        reconcile::{self, End, Kept, Subject},
        status,
    },
};

/// Nothing waits longer than this for another look, whatever the sweep does.
const RESYNC: Duration = Duration::from_hours(1);

/// What a controller is started with.
pub struct Queue {
    pub resource: ApiResource,
    pub crd_name: String,
    pub writer: reflector::store::Writer<DynamicObject>,
    pub wakes: UnboundedReceiver<ObjectId>,
    pub stop: watch::Receiver<bool>,
}

struct Context<K: Kind> {
    shared: Arc<Shared>,
    resource: ApiResource,
    crd_name: String,
    states: States<K>,
    role_paths: Vec<String>,
}

/// Runs the controller of one kind until it is told to stop; what is in flight then is finished.
pub async fn run<K: Kind>(shared: Arc<Shared>, queue: Queue) {
    let Queue { resource, crd_name, writer, wakes, mut stop } = queue;
    let api: Api<DynamicObject> = match &shared.settings.watch_namespace {
        Some(namespace) => Api::namespaced_with(shared.client.clone(), namespace, &resource),
        None => Api::all_with(shared.client.clone(), &resource),
    };
    let context = Arc::new(Context::<K> {
        shared: shared.clone(),
        resource: resource.clone(),
        crd_name,
        states: States::default(),
        role_paths: K::role_paths(),
    });
    let store = writer.as_reader();
    let follow = {
        let context = context.clone();
        move |event: &watcher::Event<DynamicObject>| follow(&context, event)
    };
    let objects = watcher(api, watcher::Config::default())
        .default_backoff()
        .modify(|object| object.managed_fields_mut().clear())
        .reflect(writer)
        .inspect(move |event| match event {
            Ok(event) => follow(event),
            Err(error) => warn!(kind = K::KIND, %error, "the watch was interrupted and is taken up again"),
        })
        .touched_objects()
        .predicate_filter(object::trigger as fn(&DynamicObject) -> Option<u64>, PredicateConfig::default());
    let woken = {
        let resource = resource.clone();
        futures::stream::unfold(wakes, |mut wakes| async move { wakes.recv().await.map(|id| (id, wakes)) })
            .map(move |id| ObjectRef::new_with(&id.name, resource.clone()).within(&id.namespace))
    };
    Controller::for_stream_with(objects, store, resource)
        .with_config(Config::default().concurrency(shared.settings.concurrency))
        .reconcile_on(woken)
        .graceful_shutdown_on(async move {
            // An error means that the sender is gone, and with it the process's main task.
            let _ = stop.wait_for(|stop| *stop).await;
        })
        .run(reconcile::<K>, |_, error, _| match *error {}, context)
        .for_each(|_| std::future::ready(()))
        .await;
}

/// Keeps the caches and the dependents in step with the watch.
fn follow<K: Kind>(context: &Context<K>, event: &watcher::Event<DynamicObject>) {
    let woken = match event {
        watcher::Event::Apply(changed) | watcher::Event::InitApply(changed) => {
            context.shared.dependents.applied(&object::id(K::KIND, changed), changed)
        }
        watcher::Event::Delete(gone) => {
            let id = object::id(K::KIND, gone);
            context.states.forget(&id);
            context.shared.sweeper.forget(&id);
            context.shared.dependents.deleted(&id, gone)
        }
        watcher::Event::Init | watcher::Event::InitDone => Vec::new(),
    };
    woken.iter().for_each(|id| context.shared.wakes.wake(id));
}

async fn reconcile<K: Kind>(object: Arc<DynamicObject>, context: Arc<Context<K>>) -> Result<Action, Infallible> {
    let id = object::id(K::KIND, &object);
    let mut state = context.states.take(&id);
    let started = std::time::Instant::now();
    let result = one(&context, &object, &id, &mut state).await;
    let (label, action) = match result {
        Ok(Some(ended)) => ended,
        // The object is gone, and its state with it.
        Ok(None) => {
            context.shared.metrics.reconciled(K::KIND, "gone", started.elapsed());
            return Ok(Action::await_change());
        }
        Err(error) => {
            // A conflict means that the object has changed: the watch brings it, soon.
            let conflict = error.code() == Some(409);
            if !conflict {
                warn!(object = %id, %error, "the API server did not take a write; it is tried again");
            }
            state.failures += 1;
            state.written = None;
            ("api_error", Action::requeue(backoff::wait(state.failures, false, spread(&id))))
        }
    };
    context.shared.metrics.reconciled(K::KIND, label, started.elapsed());
    context.states.put(id, state);
    Ok(action)
}

type Ended = (&'static str, Action);

async fn one<K: Kind>(
    context: &Context<K>,
    cached: &DynamicObject,
    id: &ObjectId,
    state: &mut ObjectState<K>,
) -> Result<Option<Ended>, ApiError> {
    let writer = Writer::new(context.shared.client.clone(), &context.resource, cached);
    let Some(mut object) = newest(cached, state, &writer).await? else { return Ok(None) };
    let deleting = object::is_deleting(&object);
    if deleting && !object::has_finalizer(&object) {
        return Ok(Some(("deleted", Action::await_change())));
    }
    if deleting && object::is_set(&object, annotation::ABANDON) {
        info!(object = %id, "abandoned: the object goes and AWS is left as it is");
        let about = object.object_ref(&context.resource);
        let note = format!("{} is set: AWS is left as it is", annotation::ABANDON);
        context.shared.events.normal(&about, "Abandon", "Abandoned", note);
        writer.remove_finalizer(&object).await?;
        return Ok(None);
    }
    if !deleting && !object::has_finalizer(&object) {
        object = writer.add_finalizer(&object).await?;
        state.written = Some(object.clone());
    }
    let kept = state.begin(object::trigger(&object));
    match object::parse::<K>(&object) {
        Ok(parsed) => work(context, object, parsed, kept, id, state, &writer).await,
        Err(unreadable) => {
            state.failures += 1;
            let why = Why::new(reason::INVALID_SPEC, unreadable.to_string());
            unreadable_status(&object, &why, &writer, state).await?;
            Ok(Some(("unreadable", Action::requeue(backoff::wait(state.failures, true, spread(id))))))
        }
    }
}

/// The object, or what our own last write left of it where the watch has not caught up.
async fn newest<K: Kind>(
    cached: &DynamicObject,
    state: &ObjectState<K>,
    writer: &Writer,
) -> Result<Option<DynamicObject>, ApiError> {
    match &state.written {
        Some(written) if object::version(written) > object::version(cached) => writer.get().await,
        _ => Ok(Some(cached.clone())),
    }
}

async fn work<K: Kind>(
    context: &Context<K>,
    object: DynamicObject,
    parsed: Parsed<K>,
    kept: Kept<K, super::lanes::Held>,
    id: &ObjectId,
    state: &mut ObjectState<K>,
    writer: &Writer,
) -> Result<Option<Ended>, ApiError> {
    let shared = &context.shared;
    let deleting = object::is_deleting(&object);
    let env = env(context, &object, &parsed, id).await?;
    let goal = if deleting { Goal::Absent(&parsed.spec) } else { Goal::Present(&parsed.spec) };
    let paused = object::is_set(&object, annotation::PAUSED);
    let gated = if deleting {
        gate::absent(&env, paused)
    } else {
        gate::present(object::spec(&object), &env, &context.role_paths, paused)
    };
    let about = object.object_ref(&context.resource);
    let world = world::Pass { shared, id, about: &about, writer, object: Mutex::new(object) };
    let memo = parsed.status.memo.clone();
    let pass = match gated {
        Some(outcome) => reconcile::Pass {
            facts: K::Facts::default(),
            memo,
            end: End::Rested(outcome),
            watched: Vec::new(),
            writes: 0,
            last_error: parsed.status.last_error.clone(),
        },
        None => reconcile::pass(Subject { goal, env: &env, memo }, kept, &world).await,
    };
    let object = world.object.into_inner();
    let outcome = match pass.end {
        End::Rested(outcome) => outcome,
        End::Failed(failure) => {
            state.failures += 1;
            debug!(object = %id, %failure, failures = state.failures, "a call had no answer");
            let outcome = reconcile::interrupted(&failure, state.failures);
            // A call that waits for the quota is not the object's failure.
            let wait = backoff::wait(state.failures, failure.class.needs_a_person(), spread(id));
            let wait = failure.retry_after.unwrap_or(wait);
            let report = K::report(&env, &pass.facts, &pass.memo, &parsed.status.report);
            let next = status::status(
                &outcome,
                report,
                pass.memo,
                pass.last_error,
                &parsed.status,
                env.generation,
                jiff::Timestamp::now(),
            );
            write_status(&object, &next, writer, state).await?;
            return Ok(Some((failure.class.label(), Action::requeue(wait))));
        }
        End::Waiting { why, wait, lane } => {
            debug!(object = %id, why = why.message, ?wait, "waits");
            state.written = Some(object);
            state.wait(Kept { facts: pass.facts, lane });
            return Ok(Some(("waiting", Action::requeue(wait))));
        }
        End::NotRecorded(lost) => {
            debug!(object = %id, %lost, "an intent was not recorded; the pass is taken up again");
            state.failures += 1;
            return Ok(Some(("not_recorded", Action::requeue(backoff::wait(state.failures, false, spread(id))))));
        }
    };
    if outcome.state == State::Gone {
        if pass.writes > 0 || deleting {
            info!(object = %id, "gone from AWS, or let go");
        }
        shared.sweeper.forget(id);
        writer.remove_finalizer(&object).await?;
        return Ok(None);
    }
    let memo = K::settle(goal, &env, &pass.facts, &pass.memo, &outcome);
    let report = K::report(&env, &pass.facts, &memo, &parsed.status.report);
    let last_error = if outcome.synced == Synced::Yes { None } else { pass.last_error };
    let next =
        status::status(&outcome, report, memo, last_error, &parsed.status, env.generation, jiff::Timestamp::now());
    tell(context, &world.about.clone(), &parsed.status, &next);
    write_status(&object, &next, writer, state).await?;
    shared.metrics.rested(id, &outcome);
    let (label, action) = requeue(&outcome, state, id, shared.settings.poll_interval);
    if matches!(outcome.state, State::Ready(_)) && !deleting {
        shared.sweeper.watch(id.clone(), &shared.scope, pass.watched);
    } else {
        shared.sweeper.forget(id);
    }
    Ok(Some((label, action)))
}

async fn env<K: Kind>(
    context: &Context<K>,
    object: &DynamicObject,
    parsed: &Parsed<K>,
    id: &ObjectId,
) -> Result<Env, ApiError> {
    let shared = &context.shared;
    let mut management = K::management(&parsed.spec).clone();
    let deleting = object::is_deleting(object);
    // While the CRD itself goes, its objects go with it: nobody asked for their AWS things to go.
    if deleting && management.deletion == Deletion::Delete && crd_is_going(context).await? {
        management.deletion = Deletion::Retain;
    }
    Ok(Env {
        identity: Identity {
            owner_id: shared.owner_id.clone(),
            kind: K::KIND,
            namespace: id.namespace.clone(),
            name: id.name.clone(),
            uid: object.uid().unwrap_or_default(),
        },
        generation: object.metadata.generation.unwrap_or(0),
        annotations: object.annotations().clone(),
        name_prefix: shared.settings.name_prefix.clone(),
        management,
        references: shared.dependents.resolve(&id.namespace, K::references(&parsed.spec)),
        children: if deleting { shared.dependents.children(id) } else { Vec::new() },
        holds: object::holds(object),
        allowed_roles: shared.settings.allowed_roles.clone(),
    })
}

async fn crd_is_going<K: Kind>(context: &Context<K>) -> Result<bool, ApiError> {
    let crds: Api<CustomResourceDefinition> = Api::all(context.shared.client.clone());
    let crd = timely(crds.get_metadata_opt(&context.crd_name)).await?;
    Ok(crd.is_none_or(|crd| crd.metadata.deletion_timestamp.is_some()))
}

/// Writes the status where it differs from what is there.
async fn write_status<K: Kind>(
    object: &DynamicObject,
    status: &StatusOf<K>,
    writer: &Writer,
    state: &mut ObjectState<K>,
) -> Result<(), ApiError> {
    let next = serde_json::to_value(status).unwrap_or_default();
    if object.data.get("status") == Some(&next) {
        return Ok(());
    }
    match writer.status(object.uid(), &next, None).await {
        Ok(written) => state.written = Some(written),
        // Deleted meanwhile, or made again: there is nothing to report on.
        Err(error) if matches!(error.code(), Some(404 | 409)) => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

/// An object that can't be read keeps all of its status; only the conditions say so.
async fn unreadable_status<K: Kind>(
    object: &DynamicObject,
    why: &Why,
    writer: &Writer,
    state: &mut ObjectState<K>,
) -> Result<(), ApiError> {
    let mut status = object.data.get("status").cloned().unwrap_or_else(|| serde_json::json!({}));
    let previous =
        status.get("conditions").cloned().and_then(|old| serde_json::from_value(old).ok()).unwrap_or_default();
    let previous: Vec<k8s_openapi::apimachinery::pkg::apis::meta::v1::Condition> = previous;
    let generation = object.metadata.generation.unwrap_or(0);
    let outcome = Outcome::new(
        State::Interrupted { why: why.clone(), mode: Interruption::NeedsAPerson, blind: true },
        Synced::Unknown(why.clone()),
    );
    let conditions = crate::engine::conditions::conditions(&outcome, &previous, generation, jiff::Timestamp::now());
    status["conditions"] = serde_json::to_value(conditions).unwrap_or_default();
    status["observedGeneration"] = Value::from(generation);
    if object.data.get("status") != Some(&status) {
        state.written = Some(writer.status(object.uid(), &status, None).await?);
    }
    Ok(())
}

/// An Event for each change of the reason for being stalled or ready.
fn tell<K: Kind>(
    context: &Context<K>,
    about: &k8s_openapi::api::core::v1::ObjectReference,
    before: &StatusOf<K>,
    after: &StatusOf<K>,
) {
    use crate::engine::conditions::{READY, STALLED};
    let find = |status: &StatusOf<K>, type_: &str| {
        let found = status.conditions.iter().find(|condition| condition.type_ == type_);
        found
            .filter(|condition| condition.status == "True")
            .map(|condition| (condition.reason.clone(), condition.message.clone()))
    };
    let stalled = find(after, STALLED);
    if let Some((reason, message)) = stalled.filter(|now| find(before, STALLED).as_ref() != Some(now)) {
        context.shared.events.warning(about, "Reconcile", &reason, message);
    }
    if find(before, READY).is_none()
        && let Some((_, message)) = find(after, READY)
    {
        context.shared.events.normal(about, "Reconcile", "Ready", message);
    }
}

fn requeue<K: Kind>(outcome: &Outcome, state: &mut ObjectState<K>, id: &ObjectId, tick: Duration) -> Ended {
    match &outcome.state {
        State::Ready(_) | State::Gone => {
            state.failures = 0;
            let early = RESYNC.mul_f64(0.1 * (spread(id) % 100) as f64 / 100.0);
            ("ready", Action::requeue(RESYNC - early))
        }
        State::Progressing { recheck, .. } => {
            state.failures = 0;
            let wait = match recheck {
                Recheck::Tick => until_tick(tick),
                Recheck::After(wait) => *wait,
            };
            ("progressing", Action::requeue(wait))
        }
        State::Stalled { .. } => {
            state.failures += 1;
            ("stalled", Action::requeue(backoff::wait(state.failures, true, spread(id))))
        }
        State::Interrupted { .. } => ("paused", Action::await_change()),
    }
}

/// The time to the next tick that all objects share.
fn until_tick(tick: Duration) -> Duration {
    let tick = tick.as_millis().max(1);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_millis();
    Duration::from_millis(u64::try_from(tick - now % tick).unwrap_or(1))
}

fn spread(id: &ObjectId) -> u64 {
    let text = hash::of_text(&id.to_string());
    u64::from_str_radix(&text[..15], 16).unwrap_or(0)
}
