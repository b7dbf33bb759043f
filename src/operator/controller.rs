//! The queue of one kind: what is watched, what wakes an object, and what happens between two visits to it.

use std::{convert::Infallible, sync::Arc, time::Instant};

use futures::StreamExt;
use kube::{
    Api,
    core::ApiResource,
    runtime::{
        Controller, PredicateConfig, WatchStreamExt,
        controller::{Action, Config},
        reflector::{self, ObjectRef},
        watcher,
    },
};
use tokio::sync::{mpsc::UnboundedReceiver, watch};
use tracing::warn;

use super::{
    agenda::Agenda,
    cached::Cached,
    conclude::{NOT_TAKEN, in_time, spread},
    object,
    registry::Store,
    shared::{ApiError, Shared, api_in},
    slots::{Rank, Slots},
    state::States,
    visit::{Visit, visit},
    watched::{self, place},
};
use crate::{
    aws::{ObjectId, Standing},
    engine::{Kind, backoff},
};

/// What a controller is started with.
pub struct Queue {
    /// `None`: all namespaces.
    pub namespace: Option<String>,
    pub resource: ApiResource,
    pub crd_name: String,
    pub writer: reflector::store::Writer<Cached>,
    pub wakes: UnboundedReceiver<ObjectId>,
    pub stop: watch::Receiver<bool>,
}

/// What all visits to objects of one queue share.
pub struct Context<K: Kind> {
    pub shared: Arc<Shared>,
    namespace: Option<String>,
    pub resource: ApiResource,
    pub crd_name: String,
    pub store: Store,
    pub slots: Slots,
    pub agenda: Agenda,
    pub states: States<K>,
    pub role_paths: Vec<String>,
}

/// Runs the controller of one kind, in one namespace or in all, until it is told to stop; what is in flight then is finished.
pub async fn run<K: Kind>(shared: Arc<Shared>, queue: Queue) {
    let Queue { namespace, resource, crd_name, writer, wakes, mut stop } = queue;
    let api: Api<Cached> = api_in(&shared.client, namespace.as_deref(), &resource);
    let store = writer.as_reader();
    let context = Arc::new(Context::<K> {
        shared: shared.clone(),
        namespace,
        resource: resource.clone(),
        crd_name,
        store: store.clone(),
        slots: Slots::new(shared.settings.concurrency),
        agenda: Agenda::default(),
        states: States::default(),
        role_paths: K::role_paths(),
    });
    let follow = {
        let context = context.clone();
        move |event: &watcher::Event<Cached>| follow(&context, event)
    };
    let interrupted_context = context.clone();
    let objects = watcher(api, watcher::Config::default())
        .default_backoff()
        .reflect(writer)
        .inspect(move |event| match event {
            Ok(event) => follow(event),
            Err(error) => interrupted(&interrupted_context, error),
        })
        .touched_objects()
        .predicate_filter(|object: &Cached| Some(object::trigger(object)), PredicateConfig::default())
        .inspect({
            let context = context.clone();
            move |changed| {
                if let Ok(object) = changed {
                    asked(&context, &object::id(K::KIND, object));
                }
            }
        });
    let woken = {
        let resource = resource.clone();
        futures::stream::unfold(wakes, |mut wakes| async move { wakes.recv().await.map(|id| (id, wakes)) })
            .inspect({
                let context = context.clone();
                move |id| asked(&context, id)
            })
            .map(move |id| ObjectRef::new_with(&id.name, resource.clone()).within(&id.namespace))
    };
    // The slots say how many are worked on, and who: kube's own limit knows no order.
    Controller::for_stream_with(objects, store, resource)
        .with_config(Config::default().concurrency(0))
        .reconcile_on(woken)
        .graceful_shutdown_on({
            let slots = context.slots.clone();
            async move {
                // An error means that the sender is gone, and with it the process's main task.
                let _ = stop.wait_for(|stop| *stop).await;
                slots.close();
            }
        })
        .run(reconcile::<K>, |_, error, _| match *error {}, context)
        .for_each(|_| std::future::ready(()))
        .await;
}

/// Keeps the caches and the dependents in step with the watch.
fn follow<K: Kind>(context: &Context<K>, event: &watcher::Event<Cached>) {
    let woken = match event {
        watcher::Event::Apply(changed) | watcher::Event::InitApply(changed) => {
            context.shared.dependents.applied(&object::id(K::KIND, changed), &changed.object())
        }
        watcher::Event::Delete(gone) => {
            let id = object::id(K::KIND, gone);
            context.states.forget(&id);
            context.shared.sweeper.forget(&id);
            context.shared.roster.forget(&id);
            context.agenda.forget(&id);
            context.shared.metrics.taken(&id);
            context.shared.dependents.deleted(&id)
        }
        watcher::Event::InitDone => {
            context.shared.readiness.lacks(&watched(context), None);
            context.shared.dependents.listed(K::KIND, context.namespace.as_deref())
        }
        watcher::Event::Init => Vec::new(),
    };
    for id in &woken {
        context.shared.wakes.wake(id);
    }
}

fn interrupted<K: Kind>(context: &Context<K>, error: &watcher::Error) {
    let missing = format!(
        "the CRD {} is not installed: `ecs-bridge crds | kubectl apply --server-side -f -`, or `helm upgrade`",
        context.crd_name
    );
    watched::interrupted(&context.shared.readiness, &watched(context), Some(missing), error);
}

/// What the queue watches, in words.
fn watched<K: Kind>(context: &Context<K>) -> String {
    format!("{} in {}", K::KIND, place(context.namespace.as_deref()))
}

fn asked<K: Kind>(context: &Context<K>, id: &ObjectId) {
    context.agenda.asked(id.clone(), Instant::now());
    context.shared.metrics.queued(id);
}

async fn reconcile<K: Kind>(object: Arc<Cached>, context: Arc<Context<K>>) -> Result<Action, Infallible> {
    // Whoever follows keeps its caches warm, and is woken for every object when it leads.
    if !context.shared.leadership.is_leader() {
        return Ok(Action::await_change());
    }
    let id = object::id(K::KIND, &*object);
    if let Some(later) = context.agenda.not_yet(&id, Instant::now()) {
        return Ok(later);
    }
    let rank = match object.standing {
        Standing::Running => Rank::Running,
        Standing::New if context.states.waits(&id) => Rank::Due,
        Standing::New => Rank::New,
    };
    let Some(_slot) = context.slots.take(&id.namespace, rank).await else {
        return Ok(Action::await_change());
    };
    drop(object);
    // Only now: whoever waits for a slot is to be small.
    context.agenda.begun(&id);
    context.shared.metrics.taken(&id);
    let again = Box::pin(work_on(&id, &context)).await;
    Ok(context.agenda.ended(id, again, Instant::now()))
}

/// Gives when to come back, where nothing changes before.
async fn work_on<K: Kind>(id: &ObjectId, context: &Context<K>) -> Option<Instant> {
    let metrics = &context.shared.metrics;
    // It may have changed while it waited, or be gone.
    let reference = ObjectRef::new_with(&id.name, context.resource.clone()).within(&id.namespace);
    let object = context.store.get(&reference)?.object();
    let mut state = context.states.take(id);
    let started = Instant::now();
    let (label, again) = match visit(context, object, id, &mut state).await {
        Ok(Visit::Ended(label, again)) => (label, again),
        // Its state goes with it.
        Ok(Visit::Gone) => {
            metrics.reconciled(K::KIND, "gone", started.elapsed());
            metrics.gone(id);
            return None;
        }
        Err(error) => {
            // A conflict means that the object has changed: the watch brings it, soon.
            if error.code() != Some(409) && !matches!(error, ApiError::NotLeading) {
                warn!(object = %id, %error, "{NOT_TAKEN}");
            }
            state.failures += 1;
            state.written = 0;
            ("api_error", in_time(backoff::wait(state.failures, false, spread(id))))
        }
    };
    metrics.reconciled(K::KIND, label, started.elapsed());
    context.states.put(id.clone(), state);
    again
}
