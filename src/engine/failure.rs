//! What can go wrong with a call that is not an answer: the engine's to handle, never `plan`'s.

use std::{fmt, time::Duration};

use super::{Operation, Why, kubernetes, reason};

/// Why a call has no answer, by what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// AWS asked for fewer calls.
    Throttled,
    /// No answer within the deadline: whether the call took effect is not known.
    Timeout,
    /// Nothing answered at the address.
    Unreachable,
    /// AWS failed, or answered with something that is no answer.
    Server,
    /// There are no credentials, or they are no longer valid.
    Credentials,
    /// The credentials are good and IAM says no.
    AccessDenied,
    /// Something that was just made is not known everywhere yet, or a dependency is not ready.
    NotYet,
}

impl Class {
    /// A stable label for metrics and logs.
    pub fn label(self) -> &'static str {
        match self {
            Class::Throttled => "throttled",
            Class::Timeout => "timeout",
            Class::Unreachable => "unreachable",
            Class::Server => "server_error",
            Class::Credentials => "credentials",
            Class::AccessDenied => "access_denied",
            Class::NotYet => "not_yet",
        }
    }

    /// Whether only a person can mend it; such errors are tried again slowly.
    pub fn needs_a_person(self) -> bool {
        matches!(self, Class::Credentials | Class::AccessDenied)
    }
}

/// A call without an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Failure {
    pub class: Class,
    pub operation: Operation,
    pub code: Option<String>,
    pub message: String,
    pub request_id: Option<String>,
    /// When AWS or our own quota says that trying again makes sense.
    pub retry_after: Option<Duration>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        if let Some(code) = &self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl Failure {
    /// What the condition says: the cause, and what to do.
    pub fn why(&self) -> Why {
        if let Operation::Kubernetes(operation) = self.operation {
            return self.why_not_kubernetes(operation);
        }
        let (reason, remedy) = match self.class {
            Class::Throttled => (reason::THROTTLED, "it is tried again when the quota allows"),
            Class::Timeout => (reason::UNREACHABLE, "whether it took effect is looked up before it is tried again"),
            Class::Unreachable => (
                reason::UNREACHABLE,
                "check the network path to the AWS endpoint (VPC endpoint, proxy, --aws-endpoint-url)",
            ),
            Class::Server => (reason::UNREACHABLE, "it is tried again"),
            Class::Credentials => (
                reason::CREDENTIALS,
                "give the operator's ServiceAccount an IAM role (IRSA or EKS Pod Identity), or valid AWS_* credentials",
            ),
            Class::AccessDenied => (reason::ACCESS_DENIED, "allow the action in the operator's IAM policy"),
            Class::NotYet => (
                reason::RETRYING,
                "check that the role or target group exists and that ECS may use it; it is tried again",
            ),
        };
        Why::new(reason, format!("{self}; {remedy}"))
    }

    fn why_not_kubernetes(&self, operation: kubernetes::Operation) -> Why {
        match self.class {
            Class::AccessDenied | Class::Credentials => {
                let value = operation.allowed_by();
                let remedy = format!("allow it to the operator's ServiceAccount: set {value} in the chart");
                Why::new(reason::ACCESS_DENIED, format!("{self}; {remedy}"))
            }
            _ => Why::new(reason::RETRYING, format!("{self}; it is tried again")),
        }
    }
}
