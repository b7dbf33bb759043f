//! A call to AWS (or to Kubernetes) as data: the operation and its input as canonical JSON, and what came back.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{kubernetes, sealed::Sealed};
use crate::model::{ecr, ecs, eks, iam, secretsmanager, servicediscovery};

/// An operation of AWS, by service, or of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {
    Ecs(ecs::Operation),
    Ecr(ecr::Operation),
    Eks(eks::Operation),
    Iam(iam::Operation),
    SecretsManager(secretsmanager::Operation),
    ServiceDiscovery(servicediscovery::Operation),
    Kubernetes(kubernetes::Operation),
    /// The tasks of a service (see [`super::tasks`]), which the shell reads with ECS's ListTasks and DescribeTasks.
    ServiceTasks,
}

impl Operation {
    /// The name in AWS's API reference, as in `CreateService`.
    pub fn name(self) -> &'static str {
        match self {
            Operation::Ecs(operation) => operation.name(),
            Operation::Ecr(operation) => operation.name(),
            Operation::Eks(operation) => operation.name(),
            Operation::Iam(operation) => operation.name(),
            Operation::SecretsManager(operation) => operation.name(),
            Operation::ServiceDiscovery(operation) => operation.name(),
            Operation::Kubernetes(operation) => operation.name(),
            Operation::ServiceTasks => "ServiceTasks",
        }
    }

    /// The service's name as IAM writes it, as in `ecs`.
    pub fn service(self) -> &'static str {
        match self {
            Operation::Ecs(_) | Operation::ServiceTasks => "ecs",
            Operation::Ecr(_) => "ecr",
            Operation::Eks(_) => "eks",
            Operation::Iam(_) => "iam",
            Operation::SecretsManager(_) => "secretsmanager",
            Operation::ServiceDiscovery(_) => "servicediscovery",
            Operation::Kubernetes(_) => "kubernetes",
        }
    }

    /// Who answers it, for people.
    pub fn party(self) -> &'static str {
        match self {
            Operation::Kubernetes(_) => "Kubernetes",
            _ => "AWS",
        }
    }
}

impl From<ecs::Operation> for Operation {
    fn from(operation: ecs::Operation) -> Self {
        Operation::Ecs(operation)
    }
}

impl From<ecr::Operation> for Operation {
    fn from(operation: ecr::Operation) -> Self {
        Operation::Ecr(operation)
    }
}

impl From<eks::Operation> for Operation {
    fn from(operation: eks::Operation) -> Self {
        Operation::Eks(operation)
    }
}

impl From<iam::Operation> for Operation {
    fn from(operation: iam::Operation) -> Self {
        Operation::Iam(operation)
    }
}

impl From<secretsmanager::Operation> for Operation {
    fn from(operation: secretsmanager::Operation) -> Self {
        Operation::SecretsManager(operation)
    }
}

impl From<servicediscovery::Operation> for Operation {
    fn from(operation: servicediscovery::Operation) -> Self {
        Operation::ServiceDiscovery(operation)
    }
}

impl From<kubernetes::Operation> for Operation {
    fn from(operation: kubernetes::Operation) -> Self {
        Operation::Kubernetes(operation)
    }
}

/// Written as IAM writes an action: `ecs:CreateService`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service(), self.name())
    }
}

/// One request to AWS: the operation, and its input under AWS's wire names.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub operation: Operation,
    pub input: Value,
    /// What the shell puts into the request as it sends it.
    pub sealed: Option<Sealed>,
}

impl Call {
    /// A call with a request of the generated model as its input.
    pub fn new(operation: impl Into<Operation>, request: &impl serde::Serialize) -> Self {
        Call {
            operation: operation.into(),
            // A model struct is made of strings, numbers, lists and string-keyed maps: it always has a JSON form.
            input: serde_json::to_value(request).unwrap_or_default(),
            sealed: None,
        }
    }
}

/// How AWS declined a call, for `plan` to decide on. Everything else that can go wrong is the engine's (see [`super::Failure`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// The thing is not there.
    NotFound,
    /// Something of that name is there already.
    Exists,
    /// The thing is in a state that forbids the call now; another look later decides.
    Conflict,
    /// AWS does not accept the input; a person has to change something.
    Refused,
}

/// AWS's own refusal of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: RefusalKind,
    pub operation: Operation,
    pub code: String,
    pub message: String,
    pub request_id: Option<String>,
}

/// Written as in `ecs:CreateService: InvalidParameterException: …`.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.operation, self.code, self.message)
    }
}

/// What an answer is the answer to.
#[derive(Debug)]
pub enum Asked<'a, Q, S> {
    Query(&'a Q),
    Step(&'a S),
}

/// AWS's answer to a query or a step.
#[derive(Debug)]
pub struct Answer<'a, Q, S> {
    pub to: Asked<'a, Q, S>,
    pub result: Result<Value, Refusal>,
}

/// An answer that is not of the shape that the model promises. AWS's answers are parsed by the SDK first, so this means that
/// something between us and AWS rewrote it: the engine tries again later.
#[derive(Debug, thiserror::Error)]
#[error("the answer does not have the documented shape: {0}")]
pub struct Malformed(#[from] serde_json::Error);

/// Reads an answer as a struct of the generated model.
pub fn parse<T: DeserializeOwned>(output: Value) -> Result<T, Malformed> {
    Ok(serde_json::from_value(output)?)
}
