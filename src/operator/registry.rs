//! The kinds as the shell runs them: what has to be known of a kind without its type.

use futures::future::BoxFuture;
use kube::core::{ApiResource, DynamicObject, GroupVersionKind};
use kube::runtime::reflector;
use serde_json::Value;
use std::sync::Arc;

use super::{
    controller::{self, Queue},
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
    pub run: fn(Arc<Shared>, Queue) -> BoxFuture<'static, ()>,
}

struct Shells;

type Made = (fn(&Value) -> Vec<ObjectKey>, fn(&Value) -> Value, fn(Arc<Shared>, Queue) -> BoxFuture<'static, ()>);

impl kinds::Visitor for Shells {
    type Made = Made;

    fn visit<K: Kind>(&mut self) -> Made {
        (references::<K>, K::exports, |shared, queue| Box::pin(controller::run::<K>(shared, queue)))
    }
}

fn references<K: Kind>(spec: &Value) -> Vec<ObjectKey> {
    serde_json::from_value::<K::Spec>(spec.clone()).map(|spec| K::references(&spec)).unwrap_or_default()
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
    let (references, exports, run) = registered.made;
    KindShell {
        kind: registered.kind,
        resource: ApiResource::from_gvk_with_plural(&gvk, &spec.names.plural),
        crd_name: format!("{}.{}", spec.names.plural, spec.group),
        references,
        exports,
        run,
    }
}

/// The cache of one kind.
pub type Store = reflector::Store<DynamicObject>;
