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
#[derive(Clone, Copy, Debug)]
struct Patience {
    idle: Duration,
    longest: Duration,
}

/// Somebody waits for what is read.
const READS: Patience = Patience { idle: Duration::from_millis(10), longest: Duration::from_millis(50) };
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
}

impl Part {
    /// `None`: the call stands alone.
    pub(super) fn of(call: &Call) -> Option<Self> {
        let form = FORMS.iter().find(|form| call.operation == Operation::Ecs(form.operation))?;
        let mut rest = call.input.as_object()?.clone();
        let names = serde_json::from_value::<Vec<String>>(rest.remove(form.asked)?).ok()?;
        // Without a name AWS describes what it takes for the default; with too many it refuses: both are for AWS to say.
        (1..=form.limit).contains(&names.len()).then_some(Part { form, rest, names })
    }

    pub(super) fn operation(&self) -> Operation {
        Operation::Ecs(self.form.operation)
    }

    /// The call that this part is.
    pub(super) fn call(&self) -> Call {
        self.naming(&self.names)
    }

    fn naming(&self, names: &[String]) -> Call {
        let mut input = self.rest.clone();
        input.insert(self.form.asked.to_owned(), names.to_vec().into());
        Call { operation: self.operation(), input: Value::Object(input) }
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
}

impl<T> Batch<T> {
    pub(super) fn new(id: u64, now: Instant) -> Self {
        Batch { id, names: Vec::new(), members: Vec::new(), opened: now, joined: now }
    }

    /// Takes a part in; gives it back where there is no room for it.
    pub(super) fn add(&mut self, part: Part, waiter: T, now: Instant) -> Result<(), (Part, T)> {
        let new: Vec<String> = part.names.iter().filter(|name| !self.names.contains(name)).cloned().collect();
        if self.names.len() + new.len() > part.form.limit {
            return Err((part, waiter));
        }
        self.names.extend(new);
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
        let Patience { idle, longest } = self.members.first().map_or(READS, |(part, _)| part.form.patience);
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
    /// A new batch, whose time has to be watched.
    pub opened: Option<u64>,
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
        let refused = match self.open.get_mut(key) {
            Some(batch) => batch.add(part, waiter, now).err(),
            None => Some((part, waiter)),
        };
        let Some((part, waiter)) = refused else {
            let full = self.open.get(key).is_some_and(Batch::is_full).then(|| self.open.remove(key)).flatten();
            return Joined { full, opened: None };
        };
        self.batches += 1;
        let mut batch = Batch::new(self.batches, now);
        // A part is never larger than a batch.
        let _ = batch.add(part, waiter, now);
        if batch.is_full() {
            return Joined { full: Some(batch), opened: None };
        }
        Joined { full: self.open.insert(key.clone(), batch), opened: Some(self.batches) }
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
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::ecr::Operation as Ecr;

    fn services(cluster: &str, names: &[&str]) -> Call {
        let input = json!({ "cluster": cluster, "services": names, "include": ["TAGS"] });
        Call { operation: Ecs::DescribeServices.into(), input }
    }

    fn part(call: &Call) -> Part {
        Part::of(call).expect("a part of a batch")
    }

    fn key(call: &Call) -> BatchKey {
        part(call).key(&Scope::new("eu-west-1"))
    }

    #[test]
    fn only_what_names_its_items_can_be_a_part() {
        let eleven: Vec<String> = (0..11).map(|n| n.to_string()).collect();
        for (name, operation, input, expected) in [
            ("one service", Ecs::DescribeServices.into(), json!({"services": ["web"]}), true),
            ("two tasks", Ecs::DescribeTasks.into(), json!({"cluster": "c", "tasks": ["1", "2"]}), true),
            ("no name: AWS's default", Ecs::DescribeClusters.into(), json!({"include": ["TAGS"]}), false),
            ("an empty list", Ecs::DescribeClusters.into(), json!({"clusters": []}), false),
            ("too many", Ecs::DescribeServices.into(), json!({ "services": eleven }), false),
            ("one at a time", Ecs::DescribeTaskDefinition.into(), json!({"taskDefinition": "web"}), false),
            ("all or nothing", Ecr::DescribeRepositories.into(), json!({"repositoryNames": ["a"]}), false),
            ("revisions that go", Ecs::DeleteTaskDefinitions.into(), json!({"taskDefinitions": ["web:1"]}), true),
            ("a malformed list", Ecs::DescribeServices.into(), json!({"services": [1]}), false),
        ] {
            assert_eq!(Part::of(&Call { operation, input }).is_some(), expected, "{name}");
        }
    }

    #[test]
    fn only_reads_that_differ_in_their_names_alone_go_together() {
        let base = key(&services("prod", &["web"]));
        assert_eq!(key(&services("prod", &["api"])), base, "another name");
        assert_ne!(key(&services("test", &["web"])), base, "another cluster");
        let no_tags =
            Call { operation: Ecs::DescribeServices.into(), input: json!({"cluster": "prod", "services": ["web"]}) };
        assert_ne!(key(&no_tags), base, "another include");
        let elsewhere = part(&services("prod", &["web"])).key(&Scope::new("eu-west-2"));
        assert_ne!(elsewhere, base, "another region");
    }

    #[test]
    fn each_part_gets_its_own_items_and_failures() {
        const SERVICE: &str = "arn:aws:ecs:eu-west-1:123456789012:service/prod";
        let web = json!({"serviceName": "web", "serviceArn": format!("{SERVICE}/web")});
        let api = json!({"serviceName": "api", "serviceArn": format!("{SERVICE}/api")});
        let missing = json!({"arn": format!("{SERVICE}/gone"), "reason": "MISSING"});
        let output = json!({"services": [api, web], "failures": [missing]});
        for (name, asked, expected) in [
            ("by name", vec!["web"], json!({"services": [web], "failures": []})),
            ("a part of a name is no name", vec!["eb"], json!({"services": [], "failures": []})),
            ("a missing one", vec!["gone"], json!({"services": [], "failures": [missing]})),
            ("several, as asked", vec!["web", "gone", "api"], json!({"services": [web, api], "failures": [missing]})),
            (
                "by ARN",
                vec!["arn:aws:ecs:eu-west-1:123456789012:service/prod/api"],
                json!({"services": [api], "failures": []}),
            ),
            (
                "the same by name and by ARN",
                vec!["api", "arn:aws:ecs:eu-west-1:123456789012:service/prod/api"],
                json!({"services": [api], "failures": []}),
            ),
        ] {
            assert_eq!(part(&services("prod", &asked)).share(&output), expected, "{name}");
        }
        let revision = |n: u32| format!("arn:aws:ecs:eu-west-1:123456789012:task-definition/web:{n}");
        let output = json!({"taskDefinitions": [{"taskDefinitionArn": revision(11)}], "failures": [{"arn": revision(1), "reason": "x"}]});
        for (n, expected) in [
            (11, json!({"taskDefinitions": [{"taskDefinitionArn": revision(11)}], "failures": []})),
            (1, json!({"taskDefinitions": [], "failures": [{"arn": revision(1), "reason": "x"}]})),
        ] {
            let input = json!({"taskDefinitions": [revision(n)]});
            let call = Call { operation: Ecs::DeleteTaskDefinitions.into(), input };
            assert_eq!(part(&call).share(&output), expected, "revision {n}");
        }
        let task = json!({"taskArn": "arn:aws:ecs:eu-west-1:123456789012:task/prod/0123"});
        let call = Call { operation: Ecs::DescribeTasks.into(), input: json!({"tasks": ["0123"]}) };
        let share = part(&call).share(&json!({"tasks": [task]}));
        assert_eq!(share, json!({"tasks": [task], "failures": []}), "a task by its id");
        let nameless = json!({"services": [], "failures": [{"reason": "ACCESS_DENIED"}]});
        assert_eq!(part(&services("prod", &["web"])).share(&nameless), nameless, "a failure of nothing is everybody's");
    }

    #[test]
    fn a_batch_goes_when_it_idles_when_it_is_old_and_when_it_is_full() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let key = key(&services("prod", &["web"]));

        let mut gathering = Gathering::default();
        let joined = gathering.join(&key, part(&services("prod", &["web"])), 1, start);
        let id = joined.opened.expect("the first opens a batch");
        assert!(gathering.join(&key, part(&services("prod", &["api"])), 2, at(8)).opened.is_none(), "the second joins");
        assert!(matches!(gathering.due(&key, id, at(10)), Due::At(time) if time == at(18)), "it waits for more");
        let sent = match gathering.due(&key, id, at(18)) {
            Due::Now(batch) => batch.call().map(|call| call.input),
            Due::At(_) | Due::Gone => None,
        };
        assert_eq!(sent, Some(services("prod", &["web", "api"]).input), "it idled, and did not go as one call");
        assert!(matches!(gathering.due(&key, id, at(18)), Due::Gone), "it went twice");

        let mut gathering = Gathering::default();
        let id =
            gathering.join(&key, part(&services("prod", &["0"])), 0, start).opened.expect("the first opens a batch");
        for n in 1..7_u64 {
            let name = n.to_string();
            gathering.join(&key, part(&services("prod", &[&name])), n, at(8 * n));
        }
        assert!(matches!(gathering.due(&key, id, at(50)), Due::Now(_)), "it never idled, and waits for ever");

        let mut gathering = Gathering::default();
        let mut full = None;
        for n in 0..10 {
            let name = n.to_string();
            full = gathering.join(&key, part(&services("prod", &[&name])), n, start).full;
            assert_eq!(full.is_some(), n == 9, "after {} reads", n + 1);
        }
        assert_eq!(full.map(|batch| batch.members.len()), Some(10), "a full batch goes with all");
    }

    #[test]
    fn a_batch_asks_for_a_name_once_and_is_never_too_large() {
        let now = Instant::now();
        let nine = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let mut batch = Batch::new(0, now);
        assert!(batch.add(part(&services("prod", &nine)), 1, now).is_ok(), "nine fit");
        assert!(batch.add(part(&services("prod", &["10", "11"])), 2, now).is_err(), "eleven were taken");
        assert!(batch.add(part(&services("prod", &["1", "9"])), 3, now).is_ok(), "names that are in it take no room");
        assert_eq!(batch.call().map(|call| call.input), Some(services("prod", &nine).input), "each name once");

        let key = key(&services("prod", &nine));
        let mut gathering = Gathering::default();
        gathering.join(&key, part(&services("prod", &nine)), 1, now);
        let joined = gathering.join(&key, part(&services("prod", &["10", "11"])), 2, now);
        assert_eq!(joined.full.map(|batch| batch.members.len()), Some(1), "what is open goes first");
        assert!(joined.opened.is_some(), "and what did not fit opens the next");
    }
}
