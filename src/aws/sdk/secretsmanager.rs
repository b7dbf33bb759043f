// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! The operations of the AWS Secrets Manager API, sent by the AWS SDK.

use aws_sdk_secretsmanager::Client;
use serde_json::Value;

use super::wire::Wire;
use super::{Failure, Success};
use crate::model::secretsmanager::Operation;

/// Sends `operation` with `input`, its request under AWS's wire names.
#[allow(clippy::too_many_lines, reason = "an arm an operation")]
pub async fn invoke(client: &Client, operation: Operation, input: &Value) -> Result<Success, Failure> {
    let wire = Wire::new(operation.name(), input);
    match operation {
        Operation::CreateSecret => {
            let call = client.create_secret().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteSecret => {
            let call = client.delete_secret().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeSecret => {
            let call = client.describe_secret().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListSecrets => {
            let call = client.list_secrets().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::PutSecretValue => {
            let call = client.put_secret_value().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::RestoreSecret => {
            let call = client.restore_secret().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::TagResource => {
            let call = client.tag_resource().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::UntagResource => {
            let call = client.untag_resource().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::UpdateSecret => {
            let call = client.update_secret().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
    }
}
