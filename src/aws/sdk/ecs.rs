// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.

//! The operations of the Amazon ECS API, sent by the AWS SDK.

use aws_sdk_ecs::Client;
use serde_json::Value;

use super::wire::Wire;
use super::{Failure, Success};
use crate::model::ecs::Operation;

/// Sends `operation` with `input`, its request under AWS's wire names.
#[allow(clippy::too_many_lines, reason = "an arm an operation")]
pub async fn invoke(client: &Client, operation: Operation, input: &Value) -> Result<Success, Failure> {
    let wire = Wire::new(operation.name(), input);
    match operation {
        Operation::CreateCapacityProvider => {
            let call = client.create_capacity_provider().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::CreateCluster => {
            let call = client.create_cluster().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::CreateService => {
            let call = client.create_service().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteCapacityProvider => {
            let call = client.delete_capacity_provider().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteCluster => {
            let call = client.delete_cluster().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteService => {
            let call = client.delete_service().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeleteTaskDefinitions => {
            let call = client.delete_task_definitions().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DeregisterTaskDefinition => {
            let call = client.deregister_task_definition().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeCapacityProviders => {
            let call = client.describe_capacity_providers().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeClusters => {
            let call = client.describe_clusters().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeServiceDeployments => {
            let call = client.describe_service_deployments().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeServiceRevisions => {
            let call = client.describe_service_revisions().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeServices => {
            let call = client.describe_services().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeTaskDefinition => {
            let call = client.describe_task_definition().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::DescribeTasks => {
            let call = client.describe_tasks().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListAccountSettings => {
            let call = client.list_account_settings().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListClusters => {
            let call = client.list_clusters().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListServiceDeployments => {
            let call = client.list_service_deployments().customize().interceptor(wire.clone()).send();
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
        Operation::ListTaskDefinitions => {
            let call = client.list_task_definitions().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::ListTasks => {
            let call = client.list_tasks().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::PutClusterCapacityProviders => {
            let call = client.put_cluster_capacity_providers().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::RegisterTaskDefinition => {
            let call = client.register_task_definition().customize().interceptor(wire.clone()).send();
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
        Operation::UpdateCapacityProvider => {
            let call = client.update_capacity_provider().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::UpdateCluster => {
            let call = client.update_cluster().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
        Operation::UpdateService => {
            let call = client.update_service().customize().interceptor(wire.clone()).send();
            Box::pin(wire.sent(call)).await
        }
    }
}
