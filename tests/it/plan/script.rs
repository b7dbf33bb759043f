//! A pass against an AWS that says what a script tells it to: what the plan does, as lines for people.

use std::sync::{Mutex, PoisonError};

use ecs_bridge::{
    aws::{classify, sdk},
    engine::{
        Call, Cause, Class, Failure, Goal, Kind, Lane, Operation, Outcome, Synced,
        outcome::State,
        reconcile::{self, CallResult, End, Kept, LaneTurn, NotRecorded, Subject, Turn},
        status::{Status, status},
    },
};
use futures::FutureExt;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::Object;
use crate::gitops;

/// The time of every scripted pass.
pub const NOW: i64 = 1_800_000_000;

/// What AWS says to an operation.
#[derive(Clone)]
pub enum Says {
    Yes(Value),
    /// An error: code and message.
    No(&'static str, &'static str),
}

/// What AWS says, by operation; the n-th time the n-th, and the last for ever. A write that it does not know of ends the pass.
pub type Script = Vec<(&'static str, Says)>;

struct Theatre {
    script: Mutex<Script>,
    memo: Mutex<Value>,
    lines: Mutex<Vec<String>>,
}

impl Theatre {
    fn line(&self, line: String) {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    fn answer(&self, operation: &str) -> Option<Says> {
        let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        let places: Vec<usize> = (0..script.len()).filter(|i| script[*i].0 == operation).collect();
        match places[..] {
            [] => None,
            [last] => Some(script[last].1.clone()),
            [next, ..] => Some(script.remove(next).1),
        }
    }
}

impl reconcile::World for Theatre {
    type LaneGuard = ();

    fn now(&self) -> Timestamp {
        Timestamp::from_second(NOW).expect("a time")
    }

    async fn call(&self, call: &Call, write: Option<Cause>) -> CallResult {
        let operation = call.operation.name();
        match write {
            None => self.line(format!("read {operation}")),
            Some(cause) => self.line(format!("write {operation}{} ({cause:?})", shown(&call.input))),
        }
        match self.answer(operation) {
            Some(Says::Yes(output)) => Ok(Ok(output)),
            Some(Says::No(code, message)) => {
                let (code, message) = (Some(code.to_owned()), message.to_owned());
                let kind = sdk::Kind::Service;
                let failure = sdk::Failure { kind, code, message, request_id: None, http_status: Some(400) };
                classify(call.operation, failure).map(Err)
            }
            None => Err(Failure {
                class: Class::Unreachable,
                operation: call.operation,
                code: None,
                message: "the script ends here".to_owned(),
                request_id: None,
                retry_after: None,
            }),
        }
    }

    fn turn(&self, _: &Call, _: Cause) -> Turn {
        Turn::Now
    }

    fn lane(&self, lane: &Lane) -> LaneTurn<()> {
        self.line(format!("lane {}", lane.0));
        LaneTurn::Held(())
    }

    async fn remember(&self, memo: Value) -> Result<(), NotRecorded> {
        let mut before = self.memo.lock().unwrap_or_else(PoisonError::into_inner);
        let members = memo.as_object().expect("a memo is an object").clone();
        let changed: Map<String, Value> =
            members.into_iter().filter(|(name, value)| before.get(name) != Some(value)).collect();
        self.line(format!("remember {}", Value::Object(changed)));
        *before = memo;
        Ok(())
    }

    async fn stands(&self) -> Result<(), NotRecorded> {
        Ok(())
    }

    async fn wrote(&self, _: Operation, _: Cause, _: &str, _: &CallResult) {}
}

/// The input of a write, without what names its object, and without what makes a creation long.
fn shown(input: &Value) -> String {
    const NAMES: &[&str] =
        &["cluster", "service", "resourceArn", "repositoryName", "clusterName", "serviceName", "SecretId"];
    const LONG: &[&str] = &[
        "clientToken",
        "containerDefinitions",
        "networkConfiguration",
        "taskDefinition",
        "tags",
        "launchType",
        "family",
    ];
    let creates = input.get("serviceName").is_some() || input.get("containerDefinitions").is_some();
    let members = input.as_object().into_iter().flatten();
    let kept: Map<String, Value> = members
        .filter(|(name, _)| !(NAMES.contains(&name.as_str()) || creates && LONG.contains(&name.as_str())))
        .map(|(name, value)| (name.clone(), short(name, value)))
        .collect();
    if kept.is_empty() { String::new() } else { format!(" {}", Value::Object(kept)) }
}

/// Tags by their keys only.
fn short(name: &str, value: &Value) -> Value {
    if !matches!(name, "tags" | "Tags") {
        return value.clone();
    }
    let keys = value.as_array().into_iter().flatten();
    keys.map(|tag| tag.get("key").or(tag.get("Key")).cloned().unwrap_or_default()).collect()
}

/// What a pass on the object does.
pub fn play<K: Kind>(object: &Object<K>, deleting: bool, script: Script) -> Vec<String> {
    let memo: K::Memo = serde_json::from_value(object.memo.clone()).unwrap_or_default();
    let theatre = Theatre {
        script: Mutex::new(script),
        memo: Mutex::new(serde_json::to_value(&memo).expect("JSON")),
        lines: Mutex::default(),
    };
    let goal = if deleting { Goal::Absent(&object.spec) } else { Goal::Present(&object.spec) };
    let subject = Subject::<K> { goal, env: &object.env, memo };
    let pass = reconcile::pass(subject, Kept::default(), &theatre).now_or_never().expect("nothing here waits");
    let end = match pass.end {
        End::Rested(outcome) => {
            judge(object, &outcome, &pass.facts, pass.memo);
            ended(&outcome)
        }
        End::Failed(failure) if failure.message == "the script ends here" => String::new(),
        End::Failed(failure) => {
            judge(object, &reconcile::interrupted(&failure, 1), &pass.facts, pass.memo);
            format!("failed: {failure}")
        }
        End::Waiting { why, .. } => format!("waits: {}", why.message),
        End::NotRecorded(lost) => format!("not recorded: {lost}"),
    };
    let mut lines = theatre.lines.into_inner().unwrap_or_else(PoisonError::into_inner);
    lines.extend(Some(end).filter(|end| !end.is_empty()));
    lines
}

/// Holds the tools of GitOps to what they must make of the status that such an end of a pass leaves.
fn judge<K: Kind>(object: &Object<K>, outcome: &Outcome, facts: &K::Facts, memo: K::Memo) {
    let Some(due) = gitops::due(outcome) else { return };
    let (generation, now) = (object.env.generation, Timestamp::from_second(NOW).expect("a time"));
    let report = K::report(Goal::Present(&object.spec), &object.env, facts, &memo, &object.report);
    let written = status(outcome, report, memo, None, &Status::default(), generation, now);
    assert_eq!(gitops::health(&gitops::object(K::KIND, generation, &written)), due, "after {outcome:?}");
}

fn ended(outcome: &Outcome) -> String {
    let (state, why) = match &outcome.state {
        State::Ready(why) => ("ready", why),
        State::Progressing { why, .. } => ("progressing", why),
        State::Stalled { why, .. } => ("stalled", why),
        State::Interrupted { why, .. } => ("interrupted", why),
        State::Gone => return "gone".to_owned(),
    };
    let synced = match &outcome.synced {
        Synced::Yes => "",
        Synced::No(_) => ", not synced",
        Synced::Unknown(_) => ", synced unknown",
    };
    format!("{state}{synced}: {}: {}", why.reason, why.message)
}

/// The tags of an object `shop/web`'s thing, under the names that the service has for key and value.
pub fn ours(kind: &str, key: &str, value: &str) -> Value {
    owned_by("owner-1", kind, "shop", "web", key, value)
}

pub fn owned_by(owner: &str, kind: &str, namespace: &str, name: &str, key: &str, value: &str) -> Value {
    [("owner", owner), ("kind", kind), ("namespace", namespace), ("name", name), ("uid", "uid-of-web")]
        .into_iter()
        .map(|(tag, of)| json!({ key: format!("ecs-bridge.dev:{tag}"), value: of }))
        .collect()
}

/// One line of a kind's table.
pub struct Scene<K: Kind> {
    pub name: &'static str,
    pub object: Object<K>,
    pub deleting: bool,
    pub script: Script,
}

impl<K: Kind> Scene<K> {
    pub fn new(name: &'static str, spec: Value, script: Script) -> Self {
        Scene { name, object: Object::new(spec), deleting: false, script }
    }

    pub fn memo(mut self, memo: Value) -> Self {
        self.object.memo = memo;
        self
    }

    pub fn deleted(mut self) -> Self {
        self.deleting = true;
        self
    }
}

/// Plays every scene, and holds what came of them to the golden text: `UPDATE_GOLDEN=1` writes it anew, for a person to read.
pub fn hold<K: Kind>(scenes: Vec<Scene<K>>, golden: &str, file: &str) {
    let played: Vec<String> = scenes
        .into_iter()
        .map(|scene| {
            let lines = play(&scene.object, scene.deleting, scene.script);
            format!("# {}\n{}\n", scene.name, lines.join("\n"))
        })
        .collect();
    let played = played.join("\n");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/plan/golden").join(file);
        std::fs::write(path, played).expect("the golden file is written");
        return;
    }
    for (is, should_be) in played.split("\n# ").zip(golden.split("\n# ")) {
        assert_eq!(is.trim(), should_be.trim(), "the plan does something else (golden/{file})");
    }
    assert_eq!(played.trim(), golden.trim(), "golden/{file} has other scenes");
}
