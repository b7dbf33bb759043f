// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! The operations of the AWS Cloud Map API, sent by the AWS SDK.

use aws_sdk_servicediscovery::Client;
use serde_json::Value;

use super::wire::Wire;
use super::{Failure, Success};
use crate::model::servicediscovery::Operation;

/// Sends `operation` with `input`, its request under AWS's wire names.
#[allow(clippy::too_many_lines, reason = "an arm an operation")]
pub async fn invoke(client: &Client, operation: Operation, input: &Value) -> Result<Success, Failure> {
    let wire = Wire::new(operation.name(), input);
    match operation {
        Operation::CreateService => {
            let call = client.create_service().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteService => {
            let call = client.delete_service().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeregisterInstance => {
            let call = client.deregister_instance().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::GetNamespace => {
            let call = client.get_namespace().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::GetOperation => {
            let call = client.get_operation().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::GetService => {
            let call = client.get_service().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListInstances => {
            let call = client.list_instances().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListServices => {
            let call = client.list_services().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListTagsForResource => {
            let call = client.list_tags_for_resource().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::RegisterInstance => {
            let call = client.register_instance().customize().interceptor(wire.clone()).send();
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
        Operation::UpdateService => {
            let call = client.update_service().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
    }
}
