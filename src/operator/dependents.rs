//! Who refers to whom. A change of what an object exports reaches those that refer to it at once; a child's end reaches its parent.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use futures::FutureExt;
use kube::{ResourceExt, core::DynamicObject, runtime::reflector::ObjectRef};

use super::{
    object,
    registry::{KindShell, Store},
};
use crate::{
    aws::ObjectId,
    engine::{ObjectKey, Referent, hash},
};

/// The kinds with their caches, and what each object exported last.
pub struct Dependents {
    pub kinds: Vec<(KindShell, Store)>,
    exported: Mutex<HashMap<ObjectId, String>>,
}

impl Dependents {
    pub fn new(kinds: Vec<(KindShell, Store)>) -> Self {
        Dependents { kinds, exported: Mutex::default() }
    }

    fn of_kind(&self, kind: &str) -> Option<&(KindShell, Store)> {
        self.kinds.iter().find(|(shell, _)| shell.kind == kind)
    }

    /// The kinds whose objects have not been listed yet.
    pub fn unlisted(&self) -> Vec<&'static str> {
        let listed = |store: &Store| store.wait_until_ready().now_or_never().is_some_and(|ready| ready.is_ok());
        self.kinds.iter().filter(|(_, store)| !listed(store)).map(|(shell, _)| shell.kind).collect()
    }

    /// Those of the references that exist.
    pub fn resolve(&self, namespace: &str, references: Vec<ObjectKey>) -> BTreeMap<ObjectKey, Referent> {
        references
            .into_iter()
            .filter_map(|key| {
                let (shell, store) = self.of_kind(key.kind)?;
                let found = store.get(&ObjectRef::new_with(&key.name, shell.resource.clone()).within(namespace))?;
                Some((key, referent(shell, &found)))
            })
            .collect()
    }

    /// The objects that refer to this one.
    pub fn children(&self, id: &ObjectId) -> Vec<ObjectKey> {
        let mut children = Vec::new();
        for (shell, store) in &self.kinds {
            for object in store.state() {
                if object.namespace().as_deref() == Some(id.namespace.as_str()) && refers(shell, &object, id) {
                    children.push(ObjectKey { kind: shell.kind, name: object.name_any() });
                }
            }
        }
        children
    }

    /// Whom to wake when an object was applied: its dependents where what it exports changed, and what it refers to when it is going.
    pub fn applied(&self, id: &ObjectId, changed: &DynamicObject) -> Vec<ObjectId> {
        let Some((shell, _)) = self.of_kind(id.kind) else { return Vec::new() };
        let referent = referent(shell, changed);
        let now = format!("{}{}", referent.deleting, hash::of(&referent.exports));
        let before = self.exported.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), now.clone());
        if before.as_ref() == Some(&now) { Vec::new() } else { self.referring(id) }
    }

    /// Whom to wake when an object is gone: its dependents and its parents.
    pub fn deleted(&self, id: &ObjectId, gone: &DynamicObject) -> Vec<ObjectId> {
        self.exported.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        let parents =
            self.of_kind(id.kind).map(|(shell, _)| (shell.references)(object::spec(gone))).unwrap_or_default();
        let parents =
            parents.into_iter().map(|key| ObjectId { kind: key.kind, namespace: id.namespace.clone(), name: key.name });
        parents.chain(self.referring(id)).collect()
    }

    fn referring(&self, id: &ObjectId) -> Vec<ObjectId> {
        let children = self.children(id).into_iter();
        children.map(|key| ObjectId { kind: key.kind, namespace: id.namespace.clone(), name: key.name }).collect()
    }
}

fn refers(shell: &KindShell, object: &DynamicObject, id: &ObjectId) -> bool {
    (shell.references)(object::spec(object)).iter().any(|key| key.kind == id.kind && key.name == id.name)
}

fn referent(shell: &KindShell, object: &DynamicObject) -> Referent {
    let status = object.data.get("status").cloned().unwrap_or_default();
    Referent { deleting: object::is_deleting(object), exports: (shell.exports)(&status) }
}
