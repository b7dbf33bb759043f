//! What was asked of AWS, in order.

use serde::Serialize;
use serde_json::Value;

use crate::scope::{Api, Scope};
use crate::time::Time;

/// The journal keeps this many entries; older ones go.
const KEPT: usize = 200_000;

/// One request and how it was answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub sequence: u64,
    /// On the virtual clock, in milliseconds since the epoch.
    pub time: Time,
    pub account: String,
    pub region: String,
    pub service: &'static str,
    pub operation: String,
    pub request: Value,
    /// The HTTP status; 0 where the client got no answer.
    pub status: u16,
    /// Whether AWS did it, whatever the client was told.
    pub took_effect: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// The access key that signed the request.
    pub access_key: String,
    pub user_agent: String,
    pub request_id: String,
    /// The fault that was injected, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

impl Entry {
    /// Whether the operation changes something in AWS.
    pub fn is_write(&self) -> bool {
        is_write(&self.operation)
    }

    pub fn succeeded(&self) -> bool {
        self.status == 200
    }
}

/// AWS's names tell: what neither describes, lists, gets nor checks changes something. What lies in a queue is nothing that anybody has.
pub fn is_write(operation: &str) -> bool {
    !operation.contains("Message")
        && !["Describe", "List", "Get", "BatchGet", "BatchCheck", "Validate", "Discover"]
            .iter()
            .any(|reading| operation.starts_with(reading))
}

#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: std::collections::VecDeque<Entry>,
    sequence: u64,
}

impl Journal {
    pub(crate) fn open(&mut self, api: Api, scope: &Scope, operation: &str, request: &Value, time: Time) -> u64 {
        self.sequence += 1;
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry {
            sequence: self.sequence,
            time,
            account: scope.account.clone(),
            region: scope.region.clone(),
            service: api.name(),
            operation: operation.to_owned(),
            request: request.clone(),
            status: 0,
            took_effect: false,
            error_code: None,
            error_message: None,
            access_key: String::new(),
            user_agent: String::new(),
            request_id: String::new(),
            fault: None,
        });
        self.sequence
    }

    pub(crate) fn edit(&mut self, sequence: u64, edit: impl FnOnce(&mut Entry)) {
        let found = self.entries.iter_mut().rev().find(|entry| entry.sequence == sequence);
        if let Some(entry) = found {
            edit(entry);
        }
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.entries.iter().cloned().collect()
    }

    /// Those after `sequence`, for callers that poll.
    pub(crate) fn after(&self, sequence: u64) -> Vec<Entry> {
        self.entries.iter().filter(|entry| entry.sequence > sequence).cloned().collect()
    }

    /// Sequence numbers go on: an entry keeps its number for ever.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}
