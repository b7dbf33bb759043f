//! The kinds as the shell runs them: what has to be known of a kind without its type.

use futures::future::BoxFuture;
use kube::runtime::reflector;
use kube::{
    ResourceExt,
    core::{ApiResource, DynamicObject, GroupVersionKind},
};
use serde_json::Value;
use std::sync::Arc;

use super::{
    cached::Cached,
    controller::{self, Queue},
    object,
    shared::Shared,
    start::StartError,
    watched::Watched,
};
use crate::{
    engine::{
        Kind, ObjectKey, Offer,
        annotated::Annotated,
        kind::Neighbour,
        kubernetes::{Allowed, Permission, Resource},
    },
    kinds::{self, Registered},
};

/// One kind, to the shell.
pub struct KindShell {
    pub kind: &'static str,
    pub resource: ApiResource,
    pub crd_name: String,
    pub exports: fn(&Value) -> Value,
    pub offers: fn(&Value) -> Offer,
    /// What an object names beside its own thing; nothing where its spec can't be parsed.
    pub names: fn(&DynamicObject) -> Names,
    pub permissions: fn(Allowed<'_>) -> Vec<Permission>,
    /// The resources beside our kinds whose objects it may rest on.
    pub watches: &'static [Resource],
    /// The annotation by which its objects are asked for.
    pub annotated: Option<&'static Annotated>,
    /// The finalizer that it puts on objects of others.
    pub hold: Option<&'static str>,
    pub run: fn(Arc<Shared>, Queue) -> BoxFuture<'static, ()>,
}

struct Shells;

struct Made {
    exports: fn(&Value) -> Value,
    offers: fn(&Value) -> Offer,
    names: fn(&DynamicObject) -> Names,
    permissions: fn(Allowed<'_>) -> Vec<Permission>,
    watches: &'static [Resource],
    annotated: Option<&'static Annotated>,
    hold: Option<&'static str>,
    run: fn(Arc<Shared>, Queue) -> BoxFuture<'static, ()>,
}

impl kinds::Visitor for Shells {
    type Made = Made;

    fn visit<K: Kind>(&mut self) -> Made {
        Made {
            exports: K::exports,
            offers: K::offers,
            names: names::<K>,
            permissions: K::permissions,
            watches: K::WATCHES,
            annotated: K::ANNOTATED,
            hold: K::HOLD,
            run: |shared, queue| Box::pin(controller::run::<K>(shared, queue)),
        }
    }
}

/// What an object names: the objects that it refers to, and things in AWS that several may share.
#[derive(Debug, Default)]
pub struct Names {
    pub references: Vec<ObjectKey>,
    pub holds: Vec<String>,
    pub leftovers: Vec<String>,
    pub watches: Vec<Neighbour>,
}

/// Every event of the watch comes by here: the spec is parsed once.
fn names<K: Kind>(object: &DynamicObject) -> Names {
    let status = object.data.get("status").unwrap_or(&Value::Null);
    let Ok(spec) = serde_json::from_value::<K::Spec>(object::spec(object).clone()) else { return Names::default() };
    Names {
        references: K::references(&spec),
        holds: K::holds(&spec, status),
        leftovers: K::leftovers(&spec, status),
        watches: K::watches(&object.name_any(), &spec, status),
    }
}

/// The kinds that are named, as the shell runs them; all where none is.
pub fn shells(named: &[String]) -> Result<Vec<KindShell>, StartError> {
    let chosen = kinds::named::chosen(kinds::all(&mut Shells)?, named)?;
    Ok(chosen.iter().map(shell).collect())
}

fn shell(registered: &Registered<Made>) -> KindShell {
    let spec = &registered.crd.spec;
    let version = spec.versions.first().map_or("v1alpha1", |version| version.name.as_str());
    let gvk = GroupVersionKind::gvk(&spec.group, version, &spec.names.kind);
    let Made { exports, offers, names, permissions, watches, annotated, hold, run } = registered.made;
    KindShell {
        kind: registered.kind,
        resource: ApiResource::from_gvk_with_plural(&gvk, &spec.names.plural),
        crd_name: format!("{}.{}", spec.names.plural, spec.group),
        exports,
        offers,
        names,
        permissions,
        watches,
        annotated,
        hold,
        run,
    }
}

/// The cache of one watch.
pub type Store = reflector::Store<Cached>;

/// The caches of one kind.
pub type Stores = Watched<Store>;
