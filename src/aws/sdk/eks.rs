// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! The operations of the Amazon EKS API, sent by the AWS SDK.

use aws_sdk_eks::Client;
use serde_json::Value;

use super::wire::{Wire, bound};
use super::{Failure, Success};
use crate::model::eks::Operation;

/// Sends `operation` with `input`, its request under AWS's wire names.
#[allow(clippy::too_many_lines, reason = "an arm an operation")]
pub async fn invoke(client: &Client, operation: Operation, input: &Value) -> Result<Success, Failure> {
    match operation {
        Operation::CreateFargateProfile => {
            let wire = Wire::rest(operation.name(), input, &["clusterName"]);
            let call = client
                .create_fargate_profile()
                .set_cluster_name(bound(operation.name(), input, "clusterName")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteFargateProfile => {
            let wire = Wire::without_body(operation.name());
            let call = client
                .delete_fargate_profile()
                .set_cluster_name(bound(operation.name(), input, "clusterName")?)
                .set_fargate_profile_name(bound(operation.name(), input, "fargateProfileName")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeCluster => {
            let wire = Wire::without_body(operation.name());
            let call = client
                .describe_cluster()
                .set_name(bound(operation.name(), input, "name")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeFargateProfile => {
            let wire = Wire::without_body(operation.name());
            let call = client
                .describe_fargate_profile()
                .set_cluster_name(bound(operation.name(), input, "clusterName")?)
                .set_fargate_profile_name(bound(operation.name(), input, "fargateProfileName")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribePodIdentityAssociation => {
            let wire = Wire::without_body(operation.name());
            let call = client
                .describe_pod_identity_association()
                .set_association_id(bound(operation.name(), input, "associationId")?)
                .set_cluster_name(bound(operation.name(), input, "clusterName")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListFargateProfiles => {
            let wire = Wire::without_body(operation.name());
            let call = client
                .list_fargate_profiles()
                .set_cluster_name(bound(operation.name(), input, "clusterName")?)
                .set_max_results(bound(operation.name(), input, "maxResults")?)
                .set_next_token(bound(operation.name(), input, "nextToken")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListPodIdentityAssociations => {
            let wire = Wire::without_body(operation.name());
            let call = client
                .list_pod_identity_associations()
                .set_cluster_name(bound(operation.name(), input, "clusterName")?)
                .set_max_results(bound(operation.name(), input, "maxResults")?)
                .set_namespace(bound(operation.name(), input, "namespace")?)
                .set_next_token(bound(operation.name(), input, "nextToken")?)
                .set_service_account(bound(operation.name(), input, "serviceAccount")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
        Operation::TagResource => {
            let wire = Wire::rest(operation.name(), input, &["resourceArn"]);
            let call = client
                .tag_resource()
                .set_resource_arn(bound(operation.name(), input, "resourceArn")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
        Operation::UntagResource => {
            let wire = Wire::without_body(operation.name());
            let call = client
                .untag_resource()
                .set_resource_arn(bound(operation.name(), input, "resourceArn")?)
                .set_tag_keys(bound(operation.name(), input, "tagKeys")?)
                .customize()
                .interceptor(wire.clone())
                .send();
            Box::pin(wire.sent(call)).await
        }
    }
}
