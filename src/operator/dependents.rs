//! Who refers to whom. A change of what an object exports reaches those that refer to it at once; a child's end reaches its parent.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use futures::FutureExt;
use kube::{core::DynamicObject, runtime::reflector::ObjectRef};

use super::{
    index::Index,
    object,
    registry::{KindShell, Names, Store},
};
use crate::{
    aws::ObjectId,
    engine::{ObjectKey, Referent, hash},
};

/// The kinds with their caches, what each object exported last, and who names what.
pub struct Dependents {
    pub kinds: Vec<(KindShell, Store)>,
    exported: Mutex<HashMap<ObjectId, String>>,
    /// By reference.
    referring: Mutex<Index<ObjectKey>>,
    /// By what objects hold in AWS.
    holding: Mutex<Index<String>>,
    /// By what they would take away there.
    leaving: Mutex<Index<String>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Dependents {
    pub fn new(kinds: Vec<(KindShell, Store)>) -> Self {
        let (exported, referring) = (Mutex::default(), Mutex::default());
        Dependents { kinds, exported, referring, holding: Mutex::default(), leaving: Mutex::default() }
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
        let key = ObjectKey { kind: id.kind, name: id.name.clone() };
        let referring = lock(&self.referring);
        referring
            .naming(&id.namespace, &key)
            .map(|child| ObjectKey { kind: child.kind, name: child.name.clone() })
            .collect()
    }

    /// What others of the namespace hold of what this object holds or would take away: all of it, until every object has been listed.
    pub fn shared(&self, id: &ObjectId) -> BTreeSet<String> {
        let is_listed = self.unlisted().is_empty();
        let (holding, leaving) = (lock(&self.holding), lock(&self.leaving));
        let things = holding.named(id).chain(leaving.named(id));
        things.filter(|thing| !is_listed || holding.is_named_beside(id, thing)).cloned().collect()
    }

    /// Whom to wake when an object was applied: its dependents where what it exports changed, what it refers to when it is going, and
    /// those that may take away what it has let go of.
    pub fn applied(&self, id: &ObjectId, changed: &DynamicObject) -> Vec<ObjectId> {
        let Some((shell, _)) = self.of_kind(id.kind) else { return Vec::new() };
        let Names { references, holds, leftovers } = (shell.names)(changed);
        lock(&self.referring).set(id, references);
        lock(&self.leaving).set(id, leftovers);
        let mut woken = self.let_go(id, |holding| holding.set(id, holds));
        let referent = referent(shell, changed);
        let now = format!("{}{}", referent.deleting, hash::of(&referent.exports));
        let before = lock(&self.exported).insert(id.clone(), now.clone());
        if before.as_ref() != Some(&now) {
            woken.extend(self.referring(id));
        }
        woken
    }

    /// Those that may take away what the object has let go of, by what `change` of the index gives, and nobody else holds.
    fn let_go(&self, id: &ObjectId, change: impl FnOnce(&mut Index<String>) -> Vec<String>) -> Vec<ObjectId> {
        let (mut holding, leaving) = (lock(&self.holding), lock(&self.leaving));
        let mut gone = change(&mut holding);
        gone.retain(|thing| !holding.is_named_beside(id, thing));
        let waiting: BTreeSet<ObjectId> =
            gone.iter().flat_map(|thing| leaving.naming(&id.namespace, thing)).cloned().collect();
        waiting.into_iter().collect()
    }

    /// Whom to wake when an object is gone: its dependents, its parents, and those that may take away what it held.
    pub fn deleted(&self, id: &ObjectId) -> Vec<ObjectId> {
        lock(&self.exported).remove(id);
        lock(&self.leaving).remove(id);
        let mut woken = self.let_go(id, |holding| holding.remove(id));
        let parents = lock(&self.referring).remove(id).into_iter();
        woken.extend(parents.map(|key| of(&id.namespace, key)).chain(self.referring(id)));
        woken
    }

    /// Whom to wake when a kind has been listed anew: whatever went while nobody watched has no event of its own.
    pub fn listed(&self, kind: &str) -> Vec<ObjectId> {
        let Some((shell, store)) = self.of_kind(kind) else { return Vec::new() };
        let is_there = |id: &ObjectId| {
            store.get(&ObjectRef::new_with(&id.name, shell.resource.clone()).within(&id.namespace)).is_some()
        };
        let known: BTreeSet<ObjectId> = lock(&self.exported).keys().filter(|id| id.kind == kind).cloned().collect();
        known.iter().filter(|id| !is_there(id)).flat_map(|id| self.deleted(id)).collect()
    }

    fn referring(&self, id: &ObjectId) -> Vec<ObjectId> {
        self.children(id).into_iter().map(|key| of(&id.namespace, key)).collect()
    }
}

fn of(namespace: &str, key: ObjectKey) -> ObjectId {
    ObjectId { kind: key.kind, namespace: namespace.to_owned(), name: key.name }
}

fn referent(shell: &KindShell, object: &DynamicObject) -> Referent {
    let status = object.data.get("status").cloned().unwrap_or_default();
    Referent { deleting: object::is_deleting(object), exports: (shell.exports)(&status) }
}
