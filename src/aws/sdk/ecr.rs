// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! The operations of the Amazon ECR API, sent by the AWS SDK.

use aws_sdk_ecr::Client;
use serde_json::Value;

use super::wire::Wire;
use super::{Failure, Success};
use crate::model::ecr::Operation;

/// Sends `operation` with `input`, its request under AWS's wire names.
#[allow(clippy::too_many_lines, reason = "an arm an operation")]
pub async fn invoke(client: &Client, operation: Operation, input: &Value) -> Result<Success, Failure> {
    let wire = Wire::new(operation.name(), input);
    match operation {
        Operation::CreateRepository => {
            let call = client.create_repository().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteLifecyclePolicy => {
            let call = client.delete_lifecycle_policy().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteRepository => {
            let call = client.delete_repository().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteRepositoryPolicy => {
            let call = client.delete_repository_policy().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeRepositories => {
            let call = client.describe_repositories().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::GetLifecyclePolicy => {
            let call = client.get_lifecycle_policy().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::GetRepositoryPolicy => {
            let call = client.get_repository_policy().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListTagsForResource => {
            let call = client.list_tags_for_resource().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::PutImageScanningConfiguration => {
            let call = client.put_image_scanning_configuration().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::PutImageTagMutability => {
            let call = client.put_image_tag_mutability().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::PutLifecyclePolicy => {
            let call = client.put_lifecycle_policy().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::SetRepositoryPolicy => {
            let call = client.set_repository_policy().customize().interceptor(wire.clone()).send();
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
    }
}
