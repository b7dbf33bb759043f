//! What `/readyz` names: each thing that the operator lacks, in words that say what to do.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// What is lacking. A copy shares it.
#[derive(Clone, Default)]
pub struct Readiness(Arc<Mutex<BTreeMap<String, String>>>);

impl Readiness {
    /// Puts down what is lacking, or that nothing is any more; whether that is new.
    pub fn lacks(&self, what: &str, lacking: Option<&str>) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match lacking {
            Some(lacking) => all.insert(what.to_owned(), lacking.to_owned()),
            None => all.remove(what),
        };
        before.as_deref() != lacking
    }

    /// A line each.
    pub fn lacking(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
