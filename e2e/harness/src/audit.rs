//! Who asked the API server for what.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, Result};

/// One request to the API server.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEvent {
    pub user: String,
    pub verb: String,
    pub group: String,
    pub resource: String,
    pub subresource: String,
    pub namespace: String,
    pub name: String,
    /// The HTTP status of the answer; 403 is what RBAC refused.
    pub code: u16,
    pub user_agent: String,
    /// What was sent, for writes to the kinds of ecs-bridge.
    pub body: Option<Value>,
}

/// An audit log that is read while it grows.
#[derive(Debug)]
pub struct AuditTail {
    log: PathBuf,
    read: u64,
}

impl AuditTail {
    pub(crate) fn new(log: &Path) -> Self {
        Self { log: log.to_owned(), read: 0 }
    }

    /// The requests since the last time.
    pub fn more(&mut self) -> Result<Vec<AuditEvent>> {
        let mut new = String::new();
        let read = File::open(&self.log).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.read))?;
            file.read_to_string(&mut new)
        });
        read.map_err(Error::file(&self.log))?;
        let complete = new.rfind('\n').map_or(0, |end| end + 1);
        self.read += complete as u64;
        parse(&new[..complete])
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    stage: String,
    verb: String,
    user: User,
    #[serde(default)]
    user_agent: String,
    #[serde(default)]
    object_ref: BTreeMap<String, Value>,
    response_status: Option<Status>,
    request_object: Option<Value>,
}

#[derive(Deserialize)]
struct User {
    username: String,
}

#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    code: u16,
}

/// Reads an audit log, JSON lines; a last line that is still being written is left out.
pub fn parse(log: &str) -> Result<Vec<AuditEvent>> {
    let complete = log.rfind('\n').map_or("", |end| &log[..end]);
    let mut events = Vec::new();
    for text in complete.lines() {
        let line: Line = serde_json::from_str(text).map_err(|e| Error::malformed("the audit log", &e))?;
        // A request has a line when it is answered; a watch, which lasts, has one when it starts as well.
        if line.verb != "watch" || line.stage == "ResponseStarted" || refused(&line) {
            events.push(line.into());
        }
    }
    Ok(events)
}

fn refused(line: &Line) -> bool {
    line.response_status.as_ref().is_some_and(|status| status.code >= 400)
}

impl From<Line> for AuditEvent {
    fn from(line: Line) -> Self {
        let of = |key: &str| line.object_ref.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            group: of("apiGroup"),
            resource: of("resource"),
            subresource: of("subresource"),
            namespace: of("namespace"),
            name: of("name"),
            code: line.response_status.map_or(0, |status| status.code),
            user: line.user.username,
            verb: line.verb,
            user_agent: line.user_agent,
            body: line.request_object,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_is_one_event() {
        let line = |verb: &str, stage: &str, code: u16| {
            format!(
                r#"{{"stage":"{stage}","verb":"{verb}","user":{{"username":"u"}},"objectRef":{{"resource":"pods","name":"p"}},"responseStatus":{{"code":{code}}}}}"#
            )
        };
        let cases = [
            ("a get", vec![line("get", "ResponseComplete", 200)], 1),
            (
                "a watch that has ended",
                vec![line("watch", "ResponseStarted", 200), line("watch", "ResponseComplete", 200)],
                1,
            ),
            ("a watch that was refused", vec![line("watch", "ResponseComplete", 403)], 1),
            ("nothing yet", vec![], 0),
        ];
        for (what, lines, events) in cases {
            let log = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>();
            let parsed = parse(&log).expect(what);
            assert_eq!(parsed.len(), events, "{what}: {parsed:?}");
            // The next line, half written.
            assert_eq!(parse(&format!("{log}{{\"sta")).expect(what).len(), events, "{what}, then half a line");
        }
    }

    #[test]
    fn an_event_says_who_what_and_with_which_result() {
        let log = r#"{"stage":"ResponseComplete","verb":"patch","user":{"username":"system:serviceaccount:a:b"},"userAgent":"ecs-bridge/0.1","objectRef":{"apiGroup":"ecs-bridge.dev","resource":"ecsservices","subresource":"status","namespace":"n","name":"s"},"responseStatus":{"code":403},"requestObject":{"status":{}}}"#;
        let events = parse(&format!("{log}\n")).expect("a line of the API server");
        let expected = AuditEvent {
            user: "system:serviceaccount:a:b".into(),
            verb: "patch".into(),
            group: "ecs-bridge.dev".into(),
            resource: "ecsservices".into(),
            subresource: "status".into(),
            namespace: "n".into(),
            name: "s".into(),
            code: 403,
            user_agent: "ecs-bridge/0.1".into(),
            body: Some(serde_json::json!({"status": {}})),
        };
        assert_eq!(events, [expected]);
    }
}
