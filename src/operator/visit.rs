//! One visit to one object: fetch it, see whether anything stands in the way, carry it as far as it gets, conclude.

use std::time::{Duration, Instant};

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::{Api, Resource, ResourceExt, core::DynamicObject};
use tokio::sync::Mutex;
use tracing::info;

use super::{
    conclude::{Conclusion, in_time},
    controller::Context,
    gate,
    lanes::Held,
    object::{self, Parsed, annotation},
    shared::{ApiError, timely},
    state::ObjectState,
    world::{self, Seen},
    writer::Writer,
};
use crate::{
    aws::ObjectId,
    engine::{
        Deletion, Env, Goal, Identity, Kind,
        bite::{Defect, bitten},
        reconcile::{self, End, Kept, Pass, Subject},
    },
};

/// A deletion looks again so soon while not every kind has been listed.
const UNLISTED: Duration = Duration::from_secs(1);

/// How a visit ended.
pub enum Visit {
    /// With a label for the metrics, and when to come back where nothing changes before.
    Ended(&'static str, Option<Instant>),
    /// The object is gone, or is about to be.
    Gone,
}

pub async fn visit<K: Kind>(
    context: &Context<K>,
    cached: DynamicObject,
    id: &ObjectId,
    state: &mut ObjectState<K>,
) -> Result<Visit, ApiError> {
    let writer = Writer::new(&context.shared, &context.resource, &cached);
    let mut is_newest = state.written > object::version(&cached);
    let newest = if is_newest { writer.get().await? } else { Some(cached) };
    let Some(mut object) = newest else { return Ok(Visit::Gone) };
    let deleting = object::is_deleting(&object);
    if deleting && !object::has_finalizer(&object) {
        return Ok(Visit::Ended("deleted", None));
    }
    if deleting && object::is_set(&object, annotation::ABANDON) {
        info!(object = %id, "abandoned: the object goes and AWS is left as it is");
        let about = object.object_ref(&context.resource);
        let note = format!("{} is set: AWS is left as it is", annotation::ABANDON);
        context.shared.events.normal(&about, "Abandon", "Abandoned", note);
        writer.remove_finalizer(&object).await?;
        return Ok(Visit::Gone);
    }
    if !deleting && !object::has_finalizer(&object) {
        object = writer.add_finalizer(&object).await?;
        state.written = object::version(&object);
        is_newest = true;
    }
    let now = context.shared.lanes.mark();
    let kept = state.begin(object::trigger(&object), object::standing(&object.data), now);
    let about = object.object_ref(&context.resource);
    let conclusion = Conclusion { context, id, about: &about, writer: &writer };
    match object::parse::<K>(&object) {
        Ok(parsed) => work(&conclusion, Seen { object, is_newest }, parsed, kept, state).await,
        Err(unreadable) => conclusion.unreadable(&object, &unreadable, state).await,
    }
}

async fn work<K: Kind>(
    conclusion: &Conclusion<'_, K>,
    seen: Seen,
    parsed: Parsed<K>,
    kept: Kept<K, Held>,
    state: &mut ObjectState<K>,
) -> Result<Visit, ApiError> {
    let Conclusion { context, id, about, writer } = *conclusion;
    let object = &seen.object;
    let deleting = object::is_deleting(object);
    // Who refers to it, and holds what it holds, is known only then.
    if deleting && !context.shared.dependents.is_listed(&id.namespace) {
        return Ok(Visit::Ended("waiting", in_time(UNLISTED)));
    }
    let env = env(context, object, &parsed, id).await?;
    let goal = if deleting { Goal::Absent(&parsed.spec) } else { Goal::Present(&parsed.spec) };
    let is_paused = object::is_set(object, annotation::PAUSED);
    let gated = if deleting {
        gate::absent(&env, is_paused)
    } else {
        gate::present(object::spec(object), &env, &context.role_paths, is_paused)
    };
    let memo = parsed.status.memo.clone();
    let standing = object::standing(&object.data);
    let since = state.since;
    let world = world::Pass { shared: &context.shared, id, about, writer, standing, since, seen: Mutex::new(seen) };
    let pass = match gated {
        Some(outcome) => Pass {
            facts: K::Facts::default(),
            memo,
            end: End::Rested(outcome),
            watched: Vec::new(),
            writes: 0,
            last_error: parsed.status.last_error.clone(),
        },
        None => reconcile::pass(Subject { goal, env: &env, memo }, kept, &world).await,
    };
    let Seen { object, .. } = world.seen.into_inner();
    state.written = match &pass.end {
        // The next visit asks the API server, and does not wait for the watch.
        End::NotRecorded(lost) if lost.changed => u64::MAX,
        _ => object::version(&object),
    };
    conclusion.conclude(goal, &env, &object, &parsed.status, pass, state).await
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
        eks_cluster_name: shared.settings.eks_cluster_name.clone(),
        reads_secrets: shared.settings.sync_secrets,
        adopt_from: shared.settings.adopt_from.clone(),
        management,
        references: shared.dependents.resolve(&id.namespace, K::references(&parsed.spec)),
        children: shared.dependents.children(id),
        holds: object::holds(object),
        shared: shared.dependents.shared(id),
        allowed_roles: shared.settings.allowed_roles.clone(),
    })
}

async fn crd_is_going<K: Kind>(context: &Context<K>) -> Result<bool, ApiError> {
    if bitten(Defect::DeletesWithTheDefinition) {
        return Ok(false);
    }
    let crds: Api<CustomResourceDefinition> = Api::all(context.shared.client.clone());
    let crd = timely(crds.get_metadata_opt(&context.crd_name)).await?;
    Ok(crd.is_none_or(|crd| crd.metadata.deletion_timestamp.is_some()))
}
