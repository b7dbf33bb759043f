//! Who refers to whom. A change of what an object exports reaches those that refer to it at once; a child's end reaches its parent.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use futures::FutureExt;
use kube::{ResourceExt, core::DynamicObject, runtime::reflector::ObjectRef};
use serde_json::Value;

use super::{
    cached::Cached,
    index::Index,
    object,
    registry::{KindShell, Names, Store, Stores},
};
use crate::{
    aws::ObjectId,
    engine::{HOLDERS, ObjectKey, Offer, Referent, hash, kind::Neighbour},
};

/// The kinds with their caches, what each object showed last, and who names what.
pub struct Dependents {
    pub kinds: Vec<(KindShell, Stores)>,
    shown: Mutex<HashMap<ObjectId, Shown>>,
    /// By reference.
    referring: Mutex<Index<ObjectKey>>,
    /// By what objects hold in AWS.
    holding: Mutex<Index<String>>,
    /// By what they would take away there.
    leaving: Mutex<Index<String>>,
    /// By what they rest on in Kubernetes.
    watching: Mutex<Index<Neighbour>>,
}

/// What others see of an object, by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    /// Those that refer to it.
    exports: String,
    /// Those that it refers to.
    offers: String,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Dependents {
    pub fn new(kinds: Vec<(KindShell, Stores)>) -> Self {
        let (shown, referring, holding) = (Mutex::default(), Mutex::default(), Mutex::default());
        Dependents { kinds, shown, referring, holding, leaving: Mutex::default(), watching: Mutex::default() }
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
                let found = store.get(&reference(shell, namespace, &key.name))?;
                Some((key, referent(shell, &*found, status(&found.data()))))
            })
            .collect()
    }

    /// The objects that refer to this one, with what they bring to it; `None` until every object has been listed.
    pub fn children(&self, id: &ObjectId) -> Option<BTreeMap<ObjectKey, Offer>> {
        let offer = |child: &ObjectId| {
            let found = self.of_kind(child.kind, &child.namespace).and_then(|(shell, store)| {
                let object = store.get(&reference(shell, &child.namespace, &child.name))?;
                Some((shell.offers)(status(&object.data())))
            });
            found.unwrap_or_default()
        };
        self.is_listed(&id.namespace)
            .then(|| self.referring(id).iter().map(|child| (key(child), offer(child))).collect())
    }

    /// What others of the namespace hold of what this object holds or would take away, and who: all of it, until every object there has been
    /// listed.
    pub fn shared(&self, id: &ObjectId) -> BTreeMap<String, BTreeSet<ObjectKey>> {
        let is_listed = self.is_listed(&id.namespace);
        let (holding, leaving) = (lock(&self.holding), lock(&self.leaving));
        let things = holding.named(id).chain(leaving.named(id));
        things
            .map(|thing| {
                (thing.clone(), holding.naming_beside(id, thing).take(HOLDERS).map(key).collect::<BTreeSet<_>>())
            })
            .filter(|(_, holders)| !is_listed || !holders.is_empty())
            .collect()
    }

    /// Whom to wake when an object was applied: its dependents where what it exports changed, those that it refers to where what it
    /// offers did, and those that may take away what it has let go of.
    pub fn applied(&self, id: &ObjectId, changed: &DynamicObject) -> Vec<ObjectId> {
        let Some((shell, _)) = self.of_kind(id.kind, &id.namespace) else { return Vec::new() };
        let Names { references, holds, leftovers, watches } = (shell.names)(changed);
        lock(&self.referring).set(id, references.clone());
        lock(&self.leaving).set(id, leftovers);
        let mut woken = self.let_go(id, |holding| holding.set(id, holds));
        woken.extend(self.watch(id, watches));
        woken.extend(self.watching(id.kind, &id.namespace, &id.name));
        let status = status(&changed.data);
        let (referent, offer) = (referent(shell, changed, status), (shell.offers)(status));
        let exports = format!("{}{}", referent.deleting, hash::of(&referent.exports));
        let offers = told(&offer);
        let now = Shown { exports, offers };
        let before = lock(&self.shown).insert(id.clone(), now.clone());
        if before.as_ref().is_none_or(|before| before.exports != now.exports) {
            woken.extend(self.referring(id));
            woken.extend(self.watching_exports(id));
        }
        let offered = before.map_or_else(|| told(&Offer::default()), |before| before.offers);
        if offered != now.offers {
            woken.extend(references.into_iter().map(|key| of(&id.namespace, key)));
        }
        woken
    }

    /// The object rests on these now. What is new among them may have changed after it was read: the object itself looks once more.
    fn watch(&self, id: &ObjectId, watches: Vec<Neighbour>) -> Option<ObjectId> {
        let mut watching = lock(&self.watching);
        let is_known = |neighbour: &Neighbour| watching.named(id).any(|known| known == neighbour);
        let is_new = watches.iter().any(|neighbour| !is_known(neighbour));
        watching.set(id, watches);
        is_new.then(|| id.clone())
    }

    /// Those that rest on this object, of whatever kind it is.
    pub fn watching(&self, kind: &str, namespace: &str, name: &str) -> Vec<ObjectId> {
        lock(&self.watching).naming(namespace, &Neighbour::new(kind, name)).cloned().collect()
    }

    /// Those that rest on what the objects of this one's kind export.
    fn watching_exports(&self, id: &ObjectId) -> Vec<ObjectId> {
        lock(&self.watching).naming(&id.namespace, &Neighbour::any(id.kind)).cloned().collect()
    }

    /// Those that have to look where another object acts on this one: itself, where it is of our kinds, and those that rest on it.
    pub fn concerned(&self, object: &Neighbour, namespace: &str) -> Vec<ObjectId> {
        let ours = self.kinds.iter().map(|(shell, _)| shell.kind).find(|kind| *kind == object.kind);
        let itself = ours.map(|kind| ObjectId { kind, namespace: namespace.to_owned(), name: object.name.clone() });
        self.watching(&object.kind, namespace, &object.name).into_iter().chain(itself).collect()
    }

    /// Those that rest on anything of this kind, there or everywhere.
    pub fn watching_any(&self, kind: &str, namespace: Option<&str>) -> Vec<ObjectId> {
        let watching = lock(&self.watching);
        let is_of_it = |(of, neighbour): &&(String, Neighbour)| {
            neighbour.kind == kind && namespace.is_none_or(|namespace| of == namespace)
        };
        let woken: BTreeSet<ObjectId> = watching
            .things()
            .filter(is_of_it)
            .flat_map(|(namespace, neighbour)| watching.naming(namespace, neighbour))
            .cloned()
            .collect();
        woken.into_iter().collect()
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

    /// Whom to wake when an object is gone: its dependents, what it referred to, where that is going too or was brought something, and
    /// those that may take away what it held.
    pub fn deleted(&self, id: &ObjectId) -> Vec<ObjectId> {
        let offered = lock(&self.shown).remove(id).is_some_and(|shown| shown.offers != told(&Offer::default()));
        lock(&self.leaving).remove(id);
        lock(&self.watching).remove(id);
        let mut woken = self.let_go(id, |holding| holding.remove(id));
        woken.extend(self.watching(id.kind, &id.namespace, &id.name));
        woken.extend(self.watching_exports(id));
        let parents = lock(&self.referring).remove(id).into_iter().map(|key| of(&id.namespace, key));
        woken.extend(parents.filter(|parent| offered || self.is_deleting(parent)).chain(self.referring(id)));
        woken
    }

    /// Whom to wake when a kind has been listed anew, there or everywhere: whatever went while nobody watched has no event of its own.
    pub fn listed(&self, kind: &str, namespace: Option<&str>) -> Vec<ObjectId> {
        let is_there = |id: &ObjectId| {
            self.of_kind(kind, &id.namespace)
                .is_some_and(|(shell, store)| store.get(&reference(shell, &id.namespace, &id.name)).is_some())
        };
        let is_of_list =
            |id: &&ObjectId| id.kind == kind && namespace.is_none_or(|namespace| id.namespace == namespace);
        let known: BTreeSet<ObjectId> = lock(&self.shown).keys().filter(is_of_list).cloned().collect();
        let mut woken: Vec<ObjectId> =
            known.iter().filter(|id| !is_there(id)).flat_map(|id| self.deleted(id)).collect();
        // Only now it is known who refers to whom.
        let referring = lock(&self.referring);
        let parents = referring.things().filter(|(of, _)| namespace.is_none_or(|namespace| of == namespace));
        woken.extend(
            parents
                .filter(|(namespace, _)| self.is_listed(namespace))
                .map(|(namespace, key)| of(namespace, key.clone())),
        );
        woken
    }

    fn is_deleting(&self, id: &ObjectId) -> bool {
        let found = self
            .of_kind(id.kind, &id.namespace)
            .and_then(|(shell, store)| store.get(&reference(shell, &id.namespace, &id.name)));
        found.is_some_and(|found| object::is_deleting(&*found))
    }

    /// The objects that refer to this one.
    fn referring(&self, id: &ObjectId) -> Vec<ObjectId> {
        lock(&self.referring).naming(&id.namespace, &key(id)).cloned().collect()
    }
}

fn is_listed(store: &Store) -> bool {
    store.wait_until_ready().now_or_never().is_some_and(|ready| ready.is_ok())
}

fn told(offer: &Offer) -> String {
    format!("{}{}", offer.withdrawn, hash::of(&offer.what))
}

fn key(id: &ObjectId) -> ObjectKey {
    ObjectKey { kind: id.kind, name: id.name.clone() }
}

fn reference(shell: &KindShell, namespace: &str, name: &str) -> ObjectRef<Cached> {
    ObjectRef::new_with(name, shell.resource.clone()).within(namespace)
}

fn status(data: &Value) -> &Value {
    data.get("status").unwrap_or(&Value::Null)
}

fn of(namespace: &str, key: ObjectKey) -> ObjectId {
    ObjectId { kind: key.kind, namespace: namespace.to_owned(), name: key.name }
}

fn referent(shell: &KindShell, object: &impl ResourceExt, status: &Value) -> Referent {
    Referent { deleting: object::is_deleting(object), exports: (shell.exports)(status) }
}
