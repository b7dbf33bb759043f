//! From the instances that AWS has to those that are wanted, a few operations at a time; and how far those are that have begun. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    facts::{Facts, Query, Step},
    instances::{self, Instances},
};
use crate::{
    engine::{Seen, compare::Difference, ownership::Tags},
    model::servicediscovery as sd,
};

/// So many operations are begun in a pass; the next goes on where they have ended.
const AT_ONCE: usize = 12;

/// What AWS has begun and not ended.
#[derive(Debug, Default)]
pub struct Pending {
    /// By the instance, and on the service by no name.
    on: BTreeSet<String>,
    /// In this pass.
    begun: usize,
    ended_badly: BTreeSet<String>,
    /// The first that failed.
    pub failed: Option<String>,
}

impl Pending {
    /// An error: what has to be asked first.
    pub fn of(facts: &Facts, known: &BTreeMap<String, String>, what: &str) -> Result<Self, Vec<Query>> {
        let of_before = || known.iter().filter(|(on, _)| !facts.begun.contains_key(*on));
        let unread: Vec<Query> = of_before()
            .filter(|(_, id)| !facts.operations.contains_key(*id))
            .map(|(_, id)| Query::Operation { id: id.clone() })
            .collect();
        if !unread.is_empty() {
            return Err(unread);
        }
        let mut pending =
            Pending { begun: facts.begun.len(), on: facts.begun.keys().cloned().collect(), ..Pending::default() };
        pending.on.extend(facts.busy.iter().cloned());
        for (on, id) in of_before() {
            let Some(Seen::Known(operation)) = facts.operations.get(id) else { continue };
            match operation.status.as_ref().map(sd::OperationStatus::as_str) {
                Some(sd::OperationStatus::FAIL) => {
                    let text = |text: &Option<String>| text.clone().unwrap_or_default();
                    let (code, message) = (text(&operation.error_code), text(&operation.error_message));
                    let of = if on.is_empty() { what.to_owned() } else { format!("instance {on} of {what}") };
                    let kind = operation.r#type.as_ref().map_or("the operation", sd::OperationType::as_str);
                    pending
                        .failed
                        .get_or_insert(format!("{kind} of {of} failed: {code}: {}", message.trim_end_matches('.')));
                    pending.ended_badly.insert(on.clone());
                }
                Some(sd::OperationStatus::SUBMITTED | sd::OperationStatus::PENDING) => {
                    pending.on.insert(on.clone());
                }
                _ => {}
            }
        }
        Ok(pending)
    }

    pub fn is_free(&self, on: &str) -> bool {
        !self.on.contains(on) && !self.ended_badly.contains(on)
    }

    pub fn is_under_way(&self) -> bool {
        !self.on.is_empty()
    }

    pub fn count(&self) -> usize {
        self.on.len()
    }
}

/// How the instances that AWS has come to be those that are wanted.
#[derive(Debug, Default)]
pub struct Moves {
    register: Instances,
    deregister: BTreeSet<String>,
    /// Wanted under an id that others have registered.
    pub taken: Vec<String>,
}

impl Moves {
    pub fn of(wanted: &Instances, registered: &Instances) -> Self {
        let (mut register, mut taken) = (Instances::new(), Vec::new());
        for (id, attributes) in wanted {
            match registered.get(id) {
                Some(known) if known == attributes => {}
                Some(known) if !instances::is_ours(known) => taken.push(id.clone()),
                _ => drop(register.insert(id.clone(), attributes.clone())),
            }
        }
        let is_over = |(id, attributes): &(&String, &Tags)| !wanted.contains_key(*id) && instances::is_ours(attributes);
        let deregister = registered.iter().filter(is_over).map(|(id, _)| id.clone()).collect();
        Moves { register, deregister, taken }
    }

    pub fn differences(&self) -> impl Iterator<Item = Difference> {
        let ids = self.register.keys().chain(&self.deregister);
        ids.map(|id| Difference { path: format!("instances[{id}]"), desired: None, observed: None })
    }

    /// The next write: what comes goes before what leaves, so that the name always leads somewhere.
    pub fn next(&self, service: &str, pending: &Pending) -> Option<(Step, String)> {
        if pending.begun >= AT_ONCE {
            return None;
        }
        if let Some((id, attributes)) = self.register.iter().find(|(id, _)| pending.is_free(id)) {
            // Without a token: the same instance may come back as it was, and a repeated request changes nothing.
            let request = sd::RegisterInstanceRequest {
                service_id: service.to_owned(),
                instance_id: id.clone(),
                attributes: attributes.clone(),
                creator_request_id: None,
            };
            return Some((Step::Register(Box::new(request)), format!("{id} is ready")));
        }
        let id = self.deregister.iter().find(|id| pending.is_free(id))?;
        let request = sd::DeregisterInstanceRequest { service_id: service.to_owned(), instance_id: id.clone() };
        Some((Step::Deregister(request), format!("{id} is no ready endpoint any more")))
    }
}
