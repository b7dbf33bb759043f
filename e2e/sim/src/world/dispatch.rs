//! Which function answers which operation.

use serde_json::Value;

use crate::error::Error;
use crate::scope::Api;

use super::params::Params;
use super::{
    Answer, Env, Region, capacity_providers, cloud_map, clusters, ecr, ecr_policies, eks, event_bridge,
    fargate_profiles, iam, instances, parameters, pod_identities, resource_tags, secrets, service_deployments,
    services, settings, sqs, sts, task_definitions, tasks,
};

pub(super) fn call(env: &mut Env<'_>, region: &mut Region, api: Api, operation: &str, request: &Value) -> Answer {
    match api {
        Api::Ecr => ecr_call(env, region, operation, Params::new(request)),
        Api::Ecs => ecs_call(env, region, operation, request),
        Api::Eks => eks_call(env, region, operation, request),
        Api::SecretsManager => secrets::call(env, region, operation, Params::new(request)),
        Api::ServiceDiscovery => cloud_map::call(env, region, operation, Params::new(request)),
        Api::Iam => iam::call(env, region, operation, Params::new(request)),
        Api::Ssm => parameters::call(env, region, operation, Params::new(request)),
        Api::Sqs => sqs::call(env, region, operation, Params::new(request)),
        Api::Events => event_bridge::call(env, region, operation, Params::new(request)),
        Api::Sts => match operation {
            "GetCallerIdentity" => Ok(sts::get_caller_identity(region)),
            _ => Err(unimplemented(api, operation)),
        },
    }
}

pub(super) fn unimplemented(api: Api, operation: &str) -> Error {
    Error::unimplemented(&format!("{api}:{operation}"))
}

fn ecr_call(env: &mut Env<'_>, region: &mut Region, operation: &str, request: Params<'_>) -> Answer {
    match operation {
        "CreateRepository" => ecr::create(env, region, request),
        "DeleteLifecyclePolicy" => ecr_policies::delete_lifecycle_policy(region, request),
        "DeleteRepository" => ecr::delete(region, request),
        "DeleteRepositoryPolicy" => ecr_policies::delete_policy(region, request),
        "DescribeRepositories" => ecr::describe(region, request),
        "GetLifecyclePolicy" => ecr_policies::get_lifecycle_policy(region, request),
        "GetRepositoryPolicy" => ecr_policies::get_policy(region, request),
        "ListTagsForResource" => ecr::list_tags(region, request),
        "PutImageScanningConfiguration" => ecr::put_image_scanning_configuration(region, request),
        "PutImageTagMutability" => ecr::put_image_tag_mutability(region, request),
        "PutLifecyclePolicy" => ecr_policies::put_lifecycle_policy(region, request),
        "SetRepositoryPolicy" => ecr_policies::set_policy(region, request),
        "TagResource" => ecr::tag(region, request),
        "UntagResource" => ecr::untag(region, request),
        _ => Err(unimplemented(Api::Ecr, operation)),
    }
}

fn eks_call(env: &mut Env<'_>, region: &mut Region, operation: &str, request: &Value) -> Answer {
    let params = Params::new(request);
    match operation {
        "CreateCluster" => eks::create(env, region, params),
        "CreateFargateProfile" => fargate_profiles::create(env, region, request),
        "CreatePodIdentityAssociation" => pod_identities::create(env, region, params),
        "DeletePodIdentityAssociation" => pod_identities::delete(region, params),
        "DescribePodIdentityAssociation" => pod_identities::describe(region, params),
        "ListPodIdentityAssociations" => pod_identities::list(region, params),
        "DeleteFargateProfile" => fargate_profiles::delete(env, region, params),
        "DescribeCluster" => eks::describe(env, region, params),
        "DescribeFargateProfile" => fargate_profiles::describe(region, params),
        "ListFargateProfiles" => fargate_profiles::list(region, params),
        "ListTagsForResource" => eks::list_tags(region, params),
        "TagResource" => eks::tag(region, params),
        "UntagResource" => eks::untag(region, params),
        _ => Err(unimplemented(Api::Eks, operation)),
    }
}

fn ecs_call(env: &mut Env<'_>, region: &mut Region, operation: &str, request: &Value) -> Answer {
    let params = Params::new(request);
    match operation {
        "ContinueServiceDeployment" => service_deployments::go_on(env, region, params),
        "CreateCapacityProvider" => capacity_providers::create(env, region, params),
        "CreateCluster" => clusters::create(env, region, request),
        "CreateService" => services::create(env, region, request),
        "DeleteCapacityProvider" => capacity_providers::delete(env, region, params),
        "DeleteCluster" => clusters::delete(env, region, params),
        "DeleteService" => services::delete(env, region, params),
        "DeleteTaskDefinitions" => task_definitions::delete(env, region, params),
        "DeregisterTaskDefinition" => task_definitions::deregister(env, region, params),
        "DescribeCapacityProviders" => capacity_providers::describe(region, params),
        "DescribeClusters" => clusters::describe(env, region, params),
        "DescribeContainerInstances" => instances::describe(region, params),
        "DescribeServiceDeployments" => service_deployments::describe(region, params),
        "DescribeServiceRevisions" => service_deployments::describe_revisions(region, params),
        "DescribeServices" => services::describe(env, region, params),
        "DescribeTaskDefinition" => task_definitions::describe(region, params),
        "DescribeTasks" => tasks::describe(region, params),
        "ListAccountSettings" => settings::list(region, params),
        "ListClusters" => clusters::list(region, params),
        "ListContainerInstances" => instances::list(region, params),
        "ListServiceDeployments" => service_deployments::list(region, params),
        "ListServices" => services::list(region, params),
        "ListTagsForResource" => resource_tags::list(region, params),
        "ListTaskDefinitionFamilies" => task_definitions::list_families(region, params),
        "ListTaskDefinitions" => task_definitions::list(region, params),
        "ListTasks" => tasks::list(region, params),
        "PutAccountSetting" | "PutAccountSettingDefault" => settings::put(region, params),
        "PutClusterCapacityProviders" => clusters::put_capacity_providers(env, region, params),
        "RegisterTaskDefinition" => task_definitions::register(env, region, request),
        "StopServiceDeployment" => service_deployments::stop(env, region, params),
        "StopTask" => tasks::stop(env, region, params),
        "TagResource" => resource_tags::tag(region, params),
        "UntagResource" => resource_tags::untag(region, params),
        "UpdateCapacityProvider" => capacity_providers::update(env, region, params),
        "UpdateCluster" | "UpdateClusterSettings" => clusters::update(env, region, params),
        "UpdateService" => services::update(env, region, params),
        _ => Err(unimplemented(Api::Ecs, operation)),
    }
}
