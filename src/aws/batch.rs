//! Reads, and deletions of revisions, that AWS takes many of in one call: how they are put together, and how the answer is taken apart, so that each
//! caller gets what it would have got alone. Pure: what time it is, the caller says.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use serde_json::{Map, Value};

use super::Scope;
use crate::{
    engine::{Call, Operation, hash},
    model::ecs::Operation as Ecs,
};

/// How long a batch waits for one more, and in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Patience {
    idle: Duration,
    longest: Duration,
}

/// Somebody waits for what is read.
const READS: Patience = Patience { idle: Duration::from_millis(20), longest: Duration::from_millis(100) };
/// What is looked at for an object that has nothing in AWS yet is in less of a hurry, and where a thousand are new, ten cost one call.
const FIRST_LOOKS: Patience = Patience { idle: Duration::from_millis(100), longest: Duration::from_secs(1) };
/// A revision's end is nobody's hurry, and where many end, they are deregistered one a second.
const ENDS: Patience = Patience { idle: Duration::from_millis(1500), longest: Duration::from_secs(10) };

/// How an operation names what it describes.
#[derive(Debug)]
struct Form {
    operation: Ecs,
    /// The most that one call takes ("Amazon ECS API Reference", each operation's page).
    limit: usize,
    /// The input's list of names or ARNs.
    asked: &'static str,
    /// The output's list.
    items: &'static str,
    arn: &'static str,
    name: Option<&'static str>,
    patience: Patience,
}

// ECR's DescribeRepositories is not here: one name that is missing fails the whole call.
const FORMS: &[Form] = &[
    Form {
        operation: Ecs::DescribeServices,
        limit: 10,
        asked: "services",
        items: "services",
        arn: "serviceArn",
        name: Some("serviceName"),
        patience: READS,
    },
    Form {
        operation: Ecs::DescribeClusters,
        limit: 100,
        asked: "clusters",
        items: "clusters",
        arn: "clusterArn",
        name: Some("clusterName"),
        patience: READS,
    },
    Form {
        operation: Ecs::DescribeServiceDeployments,
        limit: 20,
        asked: "serviceDeploymentArns",
        items: "serviceDeployments",
        arn: "serviceDeploymentArn",
        name: None,
        patience: READS,
    },
    Form {
        operation: Ecs::DescribeTasks,
        limit: 100,
        asked: "tasks",
        items: "tasks",
        arn: "taskArn",
        name: None,
        patience: READS,
    },
    Form {
        operation: Ecs::DeleteTaskDefinitions,
        limit: 10,
        asked: "taskDefinitions",
        items: "taskDefinitions",
        arn: "taskDefinitionArn",
        name: None,
        patience: ENDS,
    },
    Form {
        operation: Ecs::DescribeCapacityProviders,
        limit: 100,
        asked: "capacityProviders",
        items: "capacityProviders",
        arn: "capacityProviderArn",
        name: Some("name"),
        patience: READS,
    },
];

/// Which reads go together: those that differ in what they name and in nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct BatchKey {
    pub scope: Scope,
    operation: Operation,
    rest: String,
}

/// A read that can be a part of a batch.
#[derive(Clone, Debug)]
pub(super) struct Part {
    form: &'static Form,
    /// The input without its names.
    rest: Map<String, Value>,
    names: Vec<String>,
    patience: Patience,
}

impl Part {
    /// `None`: the call stands alone.
    pub(super) fn of(call: &Call) -> Option<Self> {
        let form = FORMS.iter().find(|form| call.operation == Operation::Ecs(form.operation))?;
        let mut rest = call.input.as_object()?.clone();
        let names = serde_json::from_value::<Vec<String>>(rest.remove(form.asked)?).ok()?;
        // Without a name AWS describes what it takes for the default; with too many it refuses: both are for AWS to say.
        (1..=form.limit).contains(&names.len()).then_some(Part { form, rest, names, patience: form.patience })
    }

    /// The same for an object that has nothing in AWS yet.
    pub(super) fn of_new(self) -> Self {
        Part { patience: self.patience.max(FIRST_LOOKS), ..self }
    }

    pub(super) fn operation(&self) -> Operation {
        Operation::Ecs(self.form.operation)
    }

    /// The call that this part is.
    pub(super) fn call(&self) -> Call {
        self.naming(&self.names)
    }

    /// What it names.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    fn naming(&self, names: &[String]) -> Call {
        let mut input = self.rest.clone();
        input.insert(self.form.asked.to_owned(), names.to_vec().into());
        Call::new(self.operation(), &input)
    }

    pub(super) fn key(&self, scope: &Scope) -> BatchKey {
        BatchKey {
            scope: scope.clone(),
            operation: self.operation(),
            rest: hash::canonical_text(&Value::Object(self.rest.clone())),
        }
    }

    /// The answer to this part alone, from that to the whole batch. Both lists are always there, as in AWS's own answers.
    pub(super) fn share(&self, output: &Value) -> Value {
        let mut share = output.as_object().cloned().unwrap_or_default();
        let items = list(output, self.form.items);
        let failures = list(output, "failures");
        let mut own_items: Vec<&Value> = Vec::new();
        for name in &self.names {
            let found = items.iter().find(|item| self.form.describes(item, name));
            own_items.extend(found.filter(|found| !own_items.contains(found)));
        }
        let own_failures = failures.iter().filter(|failure| match text(failure, "arn") {
            Some(arn) => self.names.iter().any(|name| names(arn, name)),
            None => true,
        });
        share.insert("failures".to_owned(), own_failures.cloned().collect());
        share.insert(self.form.items.to_owned(), own_items.into_iter().cloned().collect());
        Value::Object(share)
    }
}

impl Form {
    fn describes(&self, item: &Value, name: &str) -> bool {
        text(item, self.arn).is_some_and(|arn| names(arn, name))
            || self.name.is_some_and(|member| text(item, member) == Some(name))
    }
}

/// Whether an ARN is meant by this name, id or ARN.
fn names(arn: &str, name: &str) -> bool {
    arn == name || arn.strip_suffix(name).is_some_and(|front| front.ends_with('/'))
}

fn text<'v>(value: &'v Value, member: &str) -> Option<&'v str> {
    value.get(member).and_then(Value::as_str)
}

fn list<'v>(output: &'v Value, member: &str) -> &'v [Value] {
    output.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Reads that become one call. `T` is what each of them waits with.
#[derive(Debug)]
pub(super) struct Batch<T> {
    id: u64,
    /// Each name once, however many ask for it.
    names: Vec<String>,
    pub members: Vec<(Part, T)>,
    opened: Instant,
    joined: Instant,
    /// That of the member who has the least.
    patience: Patience,
}

impl<T> Batch<T> {
    pub(super) fn new(id: u64, now: Instant) -> Self {
        Batch { id, names: Vec::new(), members: Vec::new(), opened: now, joined: now, patience: ENDS }
    }

    /// Takes a part in; gives it back where there is no room for it.
    pub(super) fn add(&mut self, part: Part, waiter: T, now: Instant) -> Result<(), (Part, T)> {
        let new: Vec<String> = part.names.iter().filter(|name| !self.names.contains(name)).cloned().collect();
        if self.names.len() + new.len() > part.form.limit {
            return Err((part, waiter));
        }
        self.names.extend(new);
        self.patience = self.patience.min(part.patience);
        self.members.push((part, waiter));
        self.joined = now;
        Ok(())
    }

    /// The one call; `None` where nobody asks.
    pub(super) fn call(&self) -> Option<Call> {
        self.members.first().map(|(part, _)| part.naming(&self.names))
    }

    fn is_full(&self) -> bool {
        self.members.first().is_some_and(|(part, _)| self.names.len() >= part.form.limit)
    }

    fn due(&self) -> Instant {
        let Patience { idle, longest } = self.patience;
        (self.joined + idle).min(self.opened + longest)
    }
}

/// The batches that are still open.
#[derive(Debug)]
pub(super) struct Gathering<T> {
    open: HashMap<BatchKey, Batch<T>>,
    batches: u64,
}

impl<T> Default for Gathering<T> {
    fn default() -> Self {
        Gathering { open: HashMap::new(), batches: 0 }
    }
}

/// What to do after a read has joined.
#[derive(Debug)]
pub(super) struct Joined<T> {
    /// Full: to be sent now.
    pub full: Option<Batch<T>>,
    /// A batch whose time has to be watched: a new one, or one whose time comes sooner than whoever watches it knows.
    pub watch: Option<u64>,
}

/// What is the matter with a batch.
#[derive(Debug)]
pub(super) enum Due<T> {
    At(Instant),
    Now(Batch<T>),
    /// It was full, and is on its way.
    Gone,
}

impl<T> Gathering<T> {
    pub(super) fn join(&mut self, key: &BatchKey, part: Part, waiter: T, now: Instant) -> Joined<T> {
        let patience = part.patience;
        let refused = match self.open.get_mut(key) {
            Some(batch) => {
                let hurries = (patience < batch.patience).then_some(batch.id);
                batch.add(part, waiter, now).map(|()| hurries)
            }
            None => Err((part, waiter)),
        };
        let (part, waiter) = match refused {
            Ok(watch) => {
                let full = self.open.get(key).is_some_and(Batch::is_full).then(|| self.open.remove(key)).flatten();
                return Joined { full, watch };
            }
            Err(refused) => refused,
        };
        self.batches += 1;
        let mut batch = Batch::new(self.batches, now);
        // A part is never larger than a batch.
        let _ = batch.add(part, waiter, now);
        if batch.is_full() {
            return Joined { full: Some(batch), watch: None };
        }
        Joined { full: self.open.insert(key.clone(), batch), watch: Some(self.batches) }
    }

    pub(super) fn due(&mut self, key: &BatchKey, id: u64, now: Instant) -> Due<T> {
        match self.open.get(key) {
            Some(batch) if batch.id == id && batch.due() > now => Due::At(batch.due()),
            Some(batch) if batch.id == id => self.open.remove(key).map_or(Due::Gone, Due::Now),
            _ => Due::Gone,
        }
    }
}

#[cfg(test)]
mod tests;
