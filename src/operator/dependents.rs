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
    registry::{KindShell, Names, Store, Stores},
};
use crate::{
    aws::ObjectId,
    engine::{ObjectKey, Referent, hash},
};

/// The kinds with their caches, what each object exported last, and who names what.
pub struct Dependents {
    pub kinds: Vec<(KindShell, Stores)>,
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
    pub fn new(kinds: Vec<(KindShell, Stores)>) -> Self {
        let (exported, referring) = (Mutex::default(), Mutex::default());
        Dependents { kinds, exported, referring, holding: Mutex::default(), leaving: Mutex::default() }
    }

    fn of_kind(&self, kind: &str, namespace: &str) -> Option<(&KindShell, &Store)> {
        let (shell, stores) = self.kinds.iter().find(|(shell, _)| shell.kind == kind)?;
        Some((shell, stores.of(namespace)?))
    }

    /// The kinds whose objects have not been listed yet, with the namespace that they have not been listed in.
    pub fn unlisted(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        let all = self.kinds.iter().flat_map(|(shell, stores)| stores.each().map(move |each| (shell.kind, each)));
        all.filter(|(_, (_, store))| !is_listed(store)).map(|(kind, (namespace, _))| (kind, namespace))
    }

    /// Whether the objects of every kind in this namespace have been listed.
    pub fn is_listed(&self, namespace: &str) -> bool {
        self.kinds.iter().all(|(_, stores)| stores.of(namespace).is_some_and(is_listed))
    }

    /// Those of the references that exist.
    pub fn resolve(&self, namespace: &str, references: Vec<ObjectKey>) -> BTreeMap<ObjectKey, Referent> {
        references
            .into_iter()
            .filter_map(|key| {
                let (shell, store) = self.of_kind(key.kind, namespace)?;
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

    /// What others of the namespace hold of what this object holds or would take away: all of it, until every object there has been listed.
    pub fn shared(&self, id: &ObjectId) -> BTreeSet<String> {
        let is_listed = self.is_listed(&id.namespace);
        let (holding, leaving) = (lock(&self.holding), lock(&self.leaving));
        let things = holding.named(id).chain(leaving.named(id));
        things.filter(|thing| !is_listed || holding.is_named_beside(id, thing)).cloned().collect()
    }

    /// Whom to wake when an object was applied: its dependents where what it exports changed, what it refers to when it is going, and
    /// those that may take away what it has let go of.
    pub fn applied(&self, id: &ObjectId, changed: &DynamicObject) -> Vec<ObjectId> {
        let Some((shell, _)) = self.of_kind(id.kind, &id.namespace) else { return Vec::new() };
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

    /// Whom to wake when an object is gone: its dependents, what it referred to and is going too, and those that may take away what it held.
    pub fn deleted(&self, id: &ObjectId) -> Vec<ObjectId> {
        lock(&self.exported).remove(id);
        lock(&self.leaving).remove(id);
        let mut woken = self.let_go(id, |holding| holding.remove(id));
        let parents = lock(&self.referring).remove(id).into_iter().map(|key| of(&id.namespace, key));
        woken.extend(parents.filter(|parent| self.is_deleting(parent)).chain(self.referring(id)));
        woken
    }

    /// Whom to wake when a kind has been listed anew, there or everywhere: whatever went while nobody watched has no event of its own.
    pub fn listed(&self, kind: &str, namespace: Option<&str>) -> Vec<ObjectId> {
        let is_there = |id: &ObjectId| {
            self.of_kind(kind, &id.namespace).is_some_and(|(shell, store)| {
                store.get(&ObjectRef::new_with(&id.name, shell.resource.clone()).within(&id.namespace)).is_some()
            })
        };
        let is_of_list =
            |id: &&ObjectId| id.kind == kind && namespace.is_none_or(|namespace| id.namespace == namespace);
        let known: BTreeSet<ObjectId> = lock(&self.exported).keys().filter(is_of_list).cloned().collect();
        known.iter().filter(|id| !is_there(id)).flat_map(|id| self.deleted(id)).collect()
    }

    fn is_deleting(&self, id: &ObjectId) -> bool {
        let found = self.of_kind(id.kind, &id.namespace).and_then(|(shell, store)| {
            store.get(&ObjectRef::new_with(&id.name, shell.resource.clone()).within(&id.namespace))
        });
        found.is_some_and(|found| object::is_deleting(&found))
    }

    fn referring(&self, id: &ObjectId) -> Vec<ObjectId> {
        self.children(id).into_iter().map(|key| of(&id.namespace, key)).collect()
    }
}

fn is_listed(store: &Store) -> bool {
    store.wait_until_ready().now_or_never().is_some_and(|ready| ready.is_ok())
}

fn of(namespace: &str, key: ObjectKey) -> ObjectId {
    ObjectId { kind: key.kind, namespace: namespace.to_owned(), name: key.name }
}

fn referent(shell: &KindShell, object: &DynamicObject) -> Referent {
    let status = object.data.get("status").cloned().unwrap_or_default();
    Referent { deleting: object::is_deleting(object), exports: (shell.exports)(&status) }
}
