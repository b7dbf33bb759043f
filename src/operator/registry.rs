//! The kinds as the shell runs them: what has to be known of a kind without its type.

use futures::future::BoxFuture;
use kube::core::{ApiResource, DynamicObject, GroupVersionKind};
use kube::runtime::reflector;
use serde_json::Value;
use std::sync::Arc;

use super::{
    controller::{self, Queue},
    object,
    shared::Shared,
    start::StartError,
};
use crate::{
    engine::{Kind, ObjectKey},
    kinds::{self, Registered},
};

/// One kind, to the shell.
pub struct KindShell {
    pub kind: &'static str,
    pub resource: ApiResource,
    pub crd_name: String,
    /// What a spec of this kind refers to; nothing where it can't be parsed.
    pub references: fn(&Value) -> Vec<ObjectKey>,
    pub exports: fn(&Value) -> Value,
    /// What an object holds in AWS that others may hold too, and what of that it would take away.
    pub holds: fn(&DynamicObject) -> Holding,
    pub run: fn(Arc<Shared>, Queue) -> BoxFuture<'static, ()>,
}

struct Shells;

struct Made {
    references: fn(&Value) -> Vec<ObjectKey>,
    exports: fn(&Value) -> Value,
    holds: fn(&DynamicObject) -> Holding,
    run: fn(Arc<Shared>, Queue) -> BoxFuture<'static, ()>,
}

impl kinds::Visitor for Shells {
    type Made = Made;

    fn visit<K: Kind>(&mut self) -> Made {
        Made {
            references: references::<K>,
            exports: K::exports,
            holds: holds::<K>,
            run: |shared, queue| Box::pin(controller::run::<K>(shared, queue)),
        }
    }
}

fn references<K: Kind>(spec: &Value) -> Vec<ObjectKey> {
    serde_json::from_value::<K::Spec>(spec.clone()).map(|spec| K::references(&spec)).unwrap_or_default()
}

/// What an object has to do with things in AWS that several may share.
#[derive(Debug, Default)]
pub struct Holding {
    pub holds: Vec<String>,
    pub leftovers: Vec<String>,
}

fn holds<K: Kind>(object: &DynamicObject) -> Holding {
    let status = object.data.get("status").unwrap_or(&Value::Null);
    serde_json::from_value::<K::Spec>(object::spec(object).clone())
        .map(|spec| Holding { holds: K::holds(&spec, status), leftovers: K::leftovers(&spec, status) })
        .unwrap_or_default()
}

/// The kinds that are named, as the shell runs them; all where none is.
pub fn shells(named: &[String]) -> Result<Vec<KindShell>, StartError> {
    let chosen = kinds::chosen(kinds::all(&mut Shells)?, named)?;
    Ok(chosen.iter().map(shell).collect())
}

fn shell(registered: &Registered<Made>) -> KindShell {
    let spec = &registered.crd.spec;
    let version = spec.versions.first().map_or("v1alpha1", |version| version.name.as_str());
    let gvk = GroupVersionKind::gvk(&spec.group, version, &spec.names.kind);
    let Made { references, exports, holds, run } = registered.made;
    KindShell {
        kind: registered.kind,
        resource: ApiResource::from_gvk_with_plural(&gvk, &spec.names.plural),
        crd_name: format!("{}.{}", spec.names.plural, spec.group),
        references,
        exports,
        holds,
        run,
    }
}

/// The cache of one kind.
pub type Store = reflector::Store<DynamicObject>;
