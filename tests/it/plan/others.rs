//! What others do in AWS, past the operator.

use aws_sim::{Api, Error, Scope};
use ecs_bridge::engine::{Call, Operation};
use serde_json::Value;

use super::Aws;

impl Aws {
    /// A call by somebody else, which must go well.
    pub fn ecs(&self, operation: &str, input: Value) -> Value {
        self.somebody(Api::Ecs, operation, &input).unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
    }

    pub fn ecr(&self, operation: &str, input: Value) -> Value {
        self.somebody(Api::Ecr, operation, &input).unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
    }

    pub fn eks(&self, operation: &str, input: Value) -> Value {
        self.somebody(Api::Eks, operation, &input).unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
    }

    pub fn secrets(&self, operation: &str, input: Value) -> Value {
        let answer = self.somebody(Api::SecretsManager, operation, &input);
        answer.unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
    }

    pub fn somebody(&self, api: Api, operation: &str, input: &Value) -> Result<Value, Error> {
        self.world(|world| world.call(&Scope::default(), api, operation, input))
    }
}

/// Whom the call is for; `None`: Kubernetes.
pub fn api(call: &Call) -> Option<Api> {
    match call.operation {
        Operation::Ecs(_) => Some(Api::Ecs),
        Operation::Ecr(_) => Some(Api::Ecr),
        Operation::Eks(_) => Some(Api::Eks),
        Operation::Iam(_) => Some(Api::Iam),
        Operation::SecretsManager(_) => Some(Api::SecretsManager),
        Operation::ServiceDiscovery(_) => Some(Api::ServiceDiscovery),
        Operation::Kubernetes(_) | Operation::ServiceTasks => None,
    }
}
