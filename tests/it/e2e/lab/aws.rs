//! What a test does with AWS, and what it asks of its journal.

use std::collections::BTreeSet;

use aws_sim::{Entry, Scope};
use ecs_bridge_harness::eventually;
use serde_json::{Value, json};

use super::{Lab, PATIENCE, PLAIN, ok};

impl Lab {
    /// A call to Amazon ECS by another party.
    pub fn ecs(&self, operation: &str, request: Value) -> Value {
        let answer = self.sim().call(aws_sim::Api::Ecs, operation, &request);
        answer.unwrap_or_else(|error| panic!("{operation} {request} by another party: {error}"))
    }

    /// A call to Amazon ECR by another party.
    pub fn ecr(&self, operation: &str, request: Value) -> Value {
        let answer = self.sim().call(aws_sim::Api::Ecr, operation, &request);
        answer.unwrap_or_else(|error| panic!("{operation} {request} by another party: {error}"))
    }

    /// What AWS calls an object's thing where the spec gives no name.
    pub fn aws_name(&self, name: &str) -> String {
        format!("{}_{name}", self.namespace)
    }

    /// The service in the plain cluster as AWS describes it; null where it is MISSING.
    pub fn service_named(&self, aws_name: &str) -> Value {
        let request = json!({ "cluster": PLAIN, "services": [aws_name], "include": ["TAGS"] });
        self.ecs("DescribeServices", request)["services"][0].clone()
    }

    /// The service of this object.
    pub fn service(&self, name: &str) -> Value {
        self.service_named(&self.aws_name(name))
    }

    /// Waits until AWS has it so.
    pub async fn aws_has<T>(&self, what: &str, look: impl Fn() -> Result<T, Value>) -> T {
        ok(eventually(what, PATIENCE, async || look().map_err(|seen| format!("{seen:#}"))).await)
    }

    /// A place in the journal, to ask later what came after it.
    pub fn mark(&self) -> u64 {
        self.sim().journal().last().map_or(0, |entry| entry.sequence)
    }

    /// What the operator asked of AWS since then.
    pub fn calls_since(&self, mark: u64) -> Vec<Entry> {
        self.sim().journal_after(mark)
    }

    /// What it asked to be changed since then.
    pub fn writes_since(&self, mark: u64) -> Vec<Entry> {
        self.calls_since(mark).into_iter().filter(Entry::is_write).collect()
    }

    /// How often it called this operation since then with a request that contains the text.
    pub fn count(&self, mark: u64, operation: &str, containing: &str) -> usize {
        let calls = self.calls_since(mark);
        calls
            .iter()
            .filter(|entry| entry.operation == operation && entry.request.to_string().contains(containing))
            .count()
    }

    /// The client tokens of all attempts to create this service.
    pub fn tokens(&self, aws_name: &str) -> BTreeSet<String> {
        let name = json!(aws_name);
        let calls = self.calls_since(0).into_iter();
        let created = calls.filter(|entry| entry.operation == "CreateService" && entry.request["serviceName"] == name);
        created.map(|entry| entry.request["clientToken"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Waits until the operator has called this operation that often since then.
    pub async fn called(&self, mark: u64, operation: &str, containing: &str, times: usize) {
        let what = format!("{times} calls of {operation} with {containing:?}");
        let look = async || {
            let seen = self.count(mark, operation, containing);
            if seen >= times { Ok(()) } else { Err(format!("{seen}; {}", told(&self.calls_since(mark)))) }
        };
        ok(eventually(&what, PATIENCE, look).await);
    }

    /// Waits until each of these reads was made so often since the mark: so many looks at the steady state.
    pub async fn looked(&self, mark: u64, reads: &[&str], times: usize) {
        for read in reads {
            self.called(mark, read, "", times).await;
        }
    }

    pub fn no_write_since(&self, mark: u64, when: &str) {
        let writes = self.writes_since(mark);
        assert!(writes.is_empty(), "{when}, the operator wrote to AWS: {}", told(&writes));
    }

    /// The same region in AWS, for `Server::world`.
    pub fn scope() -> Scope {
        Scope::default()
    }
}

/// Journal entries, a line each.
pub fn told(entries: &[Entry]) -> String {
    let line = |entry: &Entry| {
        let error = entry.error_code.as_deref().unwrap_or_default();
        format!("\n  {:>4} {} {} {error} {}", entry.sequence, entry.operation, entry.status, entry.request)
    };
    if entries.is_empty() { "nothing".to_owned() } else { entries.iter().map(line).collect() }
}
