//! What there is once for each namespace that is watched, or once for all of them.

use std::collections::BTreeMap;

use kube::runtime::watcher;
use tracing::warn;

use super::readiness::Readiness;

/// By namespace; under `None` what is for all namespaces.
#[derive(Clone, Debug)]
pub struct Watched<T>(BTreeMap<Option<String>, T>);

impl<T> Watched<T> {
    /// One for each of these namespaces; where none is named, one for all.
    pub fn new(namespaces: &[String], mut make: impl FnMut(Option<&str>) -> T) -> Self {
        if namespaces.is_empty() {
            return Watched(BTreeMap::from([(None, make(None))]));
        }
        Watched(namespaces.iter().map(|name| (Some(name.clone()), make(Some(name)))).collect())
    }

    /// What is for this namespace; none where it is not watched.
    pub fn of(&self, namespace: &str) -> Option<&T> {
        self.0.get(&Some(namespace.to_owned())).or_else(|| self.0.get(&None))
    }

    pub fn map<U>(&self, of: impl Fn(&T) -> U) -> Watched<U> {
        Watched(self.0.iter().map(|(namespace, thing)| (namespace.clone(), of(thing))).collect())
    }

    pub fn each(&self) -> impl Iterator<Item = (Option<&str>, &T)> {
        self.0.iter().map(|(namespace, thing)| (namespace.as_deref(), thing))
    }
}

/// Where that is, in words.
pub fn place(namespace: Option<&str>) -> String {
    namespace.map_or_else(|| "all namespaces".to_owned(), |name| format!("namespace {name}"))
}

/// A watch is taken up again; what it lacks until then, `/readyz` says. `missing`: what to say where there is no such resource.
pub fn interrupted(readiness: &Readiness, watch: &str, missing: Option<String>, error: &watcher::Error) {
    let code = match error {
        watcher::Error::InitialListFailed(kube::Error::Api(status))
        | watcher::Error::WatchStartFailed(kube::Error::Api(status)) => status.code,
        _ => 0,
    };
    let lacking = match code {
        404 => missing,
        403 => Some(format!("permission: {watch}: {error}")),
        _ => None,
    };
    if lacking.is_none() || readiness.lacks(watch, lacking.as_deref()) {
        let error = lacking.unwrap_or_else(|| error.to_string());
        warn!(watch, error, "the watch was interrupted and is taken up again");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_has_its_own_or_what_is_for_all() {
        let named = |namespaces: &[&str]| {
            let namespaces: Vec<String> = namespaces.iter().copied().map(str::to_owned).collect();
            Watched::new(&namespaces, place)
        };
        let (all, two) = (named(&[]), named(&["shop", "pay"]));
        assert_eq!(all.of("shop").map(String::as_str), Some("all namespaces"));
        assert_eq!(two.of("shop").map(String::as_str), Some("namespace shop"));
        assert_eq!(two.of("other"), None, "it is not watched");
        assert_eq!((all.each().count(), two.each().count()), (1, 2));
    }
}
