//! Which objects of a namespace name a thing: an object that they refer to, or something in AWS that they hold.

use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
};

use crate::aws::ObjectId;

/// From a thing to the objects that name it, and back. It follows the watch: no object is parsed to answer.
#[derive(Debug)]
pub struct Index<T> {
    named: HashMap<ObjectId, Vec<T>>,
    /// By namespace and thing.
    naming: HashMap<(String, T), BTreeSet<ObjectId>>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index { named: HashMap::new(), naming: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Index<T> {
    /// The object names these things now, and no others. Gives what it names no longer.
    pub fn set(&mut self, id: &ObjectId, things: Vec<T>) -> Vec<T> {
        let mut gone = self.remove(id);
        gone.retain(|thing| !things.contains(thing));
        for thing in &things {
            self.naming.entry((id.namespace.clone(), thing.clone())).or_default().insert(id.clone());
        }
        if !things.is_empty() {
            self.named.insert(id.clone(), things);
        }
        gone
    }

    /// The object is gone. Gives what it named.
    pub fn remove(&mut self, id: &ObjectId) -> Vec<T> {
        let things = self.named.remove(id).unwrap_or_default();
        for thing in &things {
            let key = (id.namespace.clone(), thing.clone());
            if let Some(ids) = self.naming.get_mut(&key) {
                ids.remove(id);
                if ids.is_empty() {
                    self.naming.remove(&key);
                }
            }
        }
        things
    }

    /// The objects of the namespace that name the thing.
    pub fn naming(&self, namespace: &str, thing: &T) -> impl Iterator<Item = &ObjectId> + use<'_, T> {
        self.naming.get(&(namespace.to_owned(), thing.clone())).into_iter().flatten()
    }

    /// What the object names.
    pub fn named(&self, id: &ObjectId) -> impl Iterator<Item = &T> {
        self.named.get(id).into_iter().flatten()
    }

    /// The other objects of its namespace that name the thing.
    pub fn naming_beside<'a>(&'a self, id: &'a ObjectId, thing: &T) -> impl Iterator<Item = &'a ObjectId> + use<'a, T> {
        self.naming(&id.namespace, thing).filter(move |other| *other != id)
    }

    /// Whether there is such another.
    pub fn is_named_beside(&self, id: &ObjectId, thing: &T) -> bool {
        self.naming_beside(id, thing).next().is_some()
    }

    /// Everything that is named, by namespace.
    pub fn things(&self) -> impl Iterator<Item = &(String, T)> {
        self.naming.keys()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(namespace: &str, name: &str) -> ObjectId {
        ObjectId { kind: "EcsService", namespace: namespace.to_owned(), name: name.to_owned() }
    }

    #[test]
    fn the_index_follows_what_objects_name() {
        let (a, b, stranger) = (id("shop", "a"), id("shop", "b"), id("other", "a"));
        let mut index = Index::<&str>::default();
        index.set(&a, vec!["x", "y"]);
        index.set(&b, vec!["y"]);
        index.set(&stranger, vec!["x"]);
        let naming = |index: &Index<&str>, thing| index.naming("shop", &thing).cloned().collect::<Vec<_>>();
        assert_eq!(naming(&index, "y"), [a.clone(), b.clone()]);
        assert_eq!(naming(&index, "x"), std::slice::from_ref(&a), "another namespace is none of it");
        let beside = |index: &Index<&str>, thing| index.is_named_beside(&a, &thing);
        assert!(beside(&index, "y") && !beside(&index, "x"));
        assert_eq!(index.named(&a).copied().collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(index.set(&b, vec!["z"]), ["y"]);
        assert!(!beside(&index, "y"), "what is no longer named is no longer shared");
        assert_eq!(index.remove(&a), ["x", "y"]);
        assert_eq!(naming(&index, "x"), []);
    }
}
