//! Errors as AWS writes them.

use serde_json::{Map, Value, json};

/// An error that AWS answers with: `__type`, `message` and the HTTP status.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Error {
    pub status: u16,
    pub code: String,
    pub message: String,
    /// Further members of the error's shape, such as `ConflictException.resourceIds`.
    pub members: Map<String, Value>,
}

impl Error {
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { status: 400, code: code.to_owned(), message: message.into(), members: Map::new() }
    }

    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterException", message)
    }

    pub(crate) fn client(message: impl Into<String>) -> Self {
        Self::new("ClientException", message)
    }

    pub(crate) fn cluster_not_found() -> Self {
        Self::new("ClusterNotFoundException", "Cluster not found.")
    }

    pub(crate) fn service_not_found() -> Self {
        Self::new("ServiceNotFoundException", "Service not found.")
    }

    /// What aws-sim does not do is said loudly: a quiet success would let a test pass that AWS would fail.
    pub(crate) fn unimplemented(what: &str) -> Self {
        Self::new("UnsupportedFeatureException", format!("aws-sim does not implement {what}"))
    }

    pub(crate) fn throttled() -> Self {
        Self::new("ThrottlingException", "Rate exceeded")
    }

    pub(crate) fn server() -> Self {
        Self::new("ServerException", "Service Unavailable. Please try again later.").with_status(500)
    }

    /// The body of the answer in AWS JSON 1.1.
    pub fn body(&self) -> Value {
        let mut body = self.members.clone();
        body.insert("__type".into(), json!(self.code));
        body.insert("message".into(), json!(self.message));
        Value::Object(body)
    }
}
