//! AWS's documented quotas as data: which operations share a bucket, and what it holds.

use crate::{
    engine::Operation,
    model::{
        ecr::Operation as Ecr, ecs::Operation as Ecs, eks::Operation as Eks, iam::Operation as Iam,
        secretsmanager::Operation as SecretsManager, servicediscovery::Operation as ServiceDiscovery,
    },
};

/// The operations that draw on one bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    AccountSettingsRead,
    CapacityProviderModify,
    CapacityProviderRead,
    CloudMapModify,
    CloudMapRead,
    ClusterModify,
    ClusterRead,
    ClusterResourcesRead,
    EcrModify,
    EcrRead,
    EksModify,
    EksRead,
    IamRead,
    Kubernetes,
    SecretsModify,
    SecretsRead,
    ServiceDeploymentsRead,
    ServiceModify,
    ServiceRead,
    TagsModify,
    TagsRead,
    TaskDefinitionDeletion,
    TaskDefinitionModify,
    TaskDefinitionRead,
}

/// What a bucket holds when it is full, and how many calls a second flow into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    pub burst: f64,
    pub per_second: f64,
}

impl Category {
    pub const fn of(operation: Operation) -> Self {
        match operation {
            Operation::Ecs(operation) => Self::of_ecs(operation),
            Operation::Ecr(operation) => Self::of_ecr(operation),
            Operation::Eks(operation) => Self::of_eks(operation),
            Operation::Iam(Iam::GetRole) => Self::IamRead,
            Operation::SecretsManager(operation) => Self::of_secrets_manager(operation),
            Operation::ServiceDiscovery(operation) => Self::of_service_discovery(operation),
            // It is asked of the shell, and what that calls draws on the bucket.
            Operation::ServiceTasks => Self::ClusterResourcesRead,
            // The API server meters its clients itself: the operator asks for no permit.
            Operation::Kubernetes(_) => Self::Kubernetes,
        }
    }

    const fn of_ecs(operation: Ecs) -> Self {
        match operation {
            Ecs::CreateCluster | Ecs::UpdateCluster | Ecs::DeleteCluster | Ecs::PutClusterCapacityProviders => {
                Self::ClusterModify
            }
            Ecs::DescribeClusters | Ecs::ListClusters => Self::ClusterRead,
            Ecs::CreateCapacityProvider | Ecs::UpdateCapacityProvider | Ecs::DeleteCapacityProvider => {
                Self::CapacityProviderModify
            }
            Ecs::DescribeCapacityProviders => Self::CapacityProviderRead,
            Ecs::RegisterTaskDefinition | Ecs::DeregisterTaskDefinition => Self::TaskDefinitionModify,
            Ecs::DescribeTaskDefinition | Ecs::ListTaskDefinitions => Self::TaskDefinitionRead,
            Ecs::DeleteTaskDefinitions => Self::TaskDefinitionDeletion,
            Ecs::CreateService | Ecs::UpdateService | Ecs::DeleteService => Self::ServiceModify,
            Ecs::DescribeServices | Ecs::ListServices => Self::ServiceRead,
            Ecs::DescribeServiceDeployments | Ecs::ListServiceDeployments | Ecs::DescribeServiceRevisions => {
                Self::ServiceDeploymentsRead
            }
            Ecs::DescribeTasks | Ecs::ListTasks => Self::ClusterResourcesRead,
            Ecs::TagResource | Ecs::UntagResource => Self::TagsModify,
            Ecs::ListTagsForResource => Self::TagsRead,
            Ecs::ListAccountSettings => Self::AccountSettingsRead,
        }
    }

    const fn of_ecr(operation: Ecr) -> Self {
        match operation {
            Ecr::CreateRepository
            | Ecr::DeleteLifecyclePolicy
            | Ecr::DeleteRepository
            | Ecr::DeleteRepositoryPolicy
            | Ecr::PutImageScanningConfiguration
            | Ecr::PutImageTagMutability
            | Ecr::PutLifecyclePolicy
            | Ecr::SetRepositoryPolicy
            | Ecr::TagResource
            | Ecr::UntagResource => Self::EcrModify,
            Ecr::DescribeRepositories
            | Ecr::GetLifecyclePolicy
            | Ecr::GetRepositoryPolicy
            | Ecr::ListTagsForResource => Self::EcrRead,
        }
    }

    const fn of_eks(operation: Eks) -> Self {
        match operation {
            Eks::CreateFargateProfile | Eks::DeleteFargateProfile | Eks::TagResource | Eks::UntagResource => {
                Self::EksModify
            }
            Eks::DescribeCluster
            | Eks::DescribeFargateProfile
            | Eks::DescribePodIdentityAssociation
            | Eks::ListFargateProfiles
            | Eks::ListPodIdentityAssociations => Self::EksRead,
        }
    }

    const fn of_secrets_manager(operation: SecretsManager) -> Self {
        match operation {
            SecretsManager::DescribeSecret | SecretsManager::ListSecrets => Self::SecretsRead,
            SecretsManager::CreateSecret
            | SecretsManager::DeleteSecret
            | SecretsManager::PutSecretValue
            | SecretsManager::RestoreSecret
            | SecretsManager::TagResource
            | SecretsManager::UntagResource
            | SecretsManager::UpdateSecret => Self::SecretsModify,
        }
    }

    const fn of_service_discovery(operation: ServiceDiscovery) -> Self {
        match operation {
            ServiceDiscovery::GetNamespace
            | ServiceDiscovery::GetOperation
            | ServiceDiscovery::GetService
            | ServiceDiscovery::ListInstances
            | ServiceDiscovery::ListServices
            | ServiceDiscovery::ListTagsForResource => Self::CloudMapRead,
            ServiceDiscovery::CreateService
            | ServiceDiscovery::DeleteService
            | ServiceDiscovery::DeregisterInstance
            | ServiceDiscovery::RegisterInstance
            | ServiceDiscovery::TagResource
            | ServiceDiscovery::UntagResource
            | ServiceDiscovery::UpdateService => Self::CloudMapModify,
        }
    }

    /// "Request throttling for the Amazon ECS API" in the Amazon ECS documentation. ECR, EKS and Cloud Map publish no rates for their
    /// control planes and ECS none for its account settings: those start with a guess, and the throttle answers correct it.
    /// "AWS Secrets Manager quotas" in its User Guide has a rate for each operation or few, of which this is the least, and no bursts.
    pub const fn documented(self) -> Rate {
        let (burst, per_second) = match self {
            Self::CapacityProviderModify => (10.0, 1.0),
            Self::ClusterModify | Self::TaskDefinitionModify => (20.0, 1.0),
            Self::TaskDefinitionDeletion => (5.0, 1.0),
            Self::TagsModify
            | Self::AccountSettingsRead
            | Self::CloudMapModify
            | Self::CloudMapRead
            | Self::EcrModify
            | Self::EcrRead
            | Self::EksModify
            | Self::EksRead
            | Self::IamRead
            | Self::Kubernetes => (20.0, 10.0),
            Self::ServiceModify => (50.0, 5.0),
            Self::ClusterRead
            | Self::CapacityProviderRead
            | Self::TaskDefinitionRead
            | Self::ServiceDeploymentsRead
            | Self::TagsRead => (50.0, 20.0),
            Self::ServiceRead | Self::ClusterResourcesRead => (100.0, 20.0),
            Self::SecretsModify => (50.0, 50.0),
            Self::SecretsRead => (100.0, 100.0),
        };
        Rate { burst, per_second }
    }

    /// A stable label for metrics and messages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AccountSettingsRead => "account settings read",
            Self::CapacityProviderModify => "capacity provider modify",
            Self::CapacityProviderRead => "capacity provider read",
            Self::CloudMapModify => "Cloud Map modify",
            Self::CloudMapRead => "Cloud Map read",
            Self::ClusterModify => "cluster modify",
            Self::ClusterRead => "cluster read",
            Self::ClusterResourcesRead => "cluster resources read",
            Self::EcrModify => "ECR modify",
            Self::EcrRead => "ECR read",
            Self::EksModify => "EKS modify",
            Self::EksRead => "EKS read",
            Self::IamRead => "IAM read",
            Self::Kubernetes => "Kubernetes",
            Self::SecretsModify => "secrets modify",
            Self::SecretsRead => "secrets read",
            Self::ServiceDeploymentsRead => "service deployments read",
            Self::ServiceModify => "service modify",
            Self::ServiceRead => "service read",
            Self::TagsModify => "tags modify",
            Self::TagsRead => "tags read",
            Self::TaskDefinitionDeletion => "task definition deletion",
            Self::TaskDefinitionModify => "task definition modify",
            Self::TaskDefinitionRead => "task definition read",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spelt out once more, as AWS's documentation has it, and read by name: a slip in the match above shows here.
    #[test]
    fn the_documented_rates_are_awss() {
        for (operation, burst, per_second) in [
            (Ecs::CreateCluster, 20.0, 1.0),
            (Ecs::PutClusterCapacityProviders, 20.0, 1.0),
            (Ecs::DescribeClusters, 50.0, 20.0),
            (Ecs::UpdateCapacityProvider, 10.0, 1.0),
            (Ecs::DescribeCapacityProviders, 50.0, 20.0),
            (Ecs::RegisterTaskDefinition, 20.0, 1.0),
            (Ecs::DeregisterTaskDefinition, 20.0, 1.0),
            (Ecs::ListTaskDefinitions, 50.0, 20.0),
            (Ecs::DeleteTaskDefinitions, 5.0, 1.0),
            (Ecs::UpdateService, 50.0, 5.0),
            (Ecs::DescribeServices, 100.0, 20.0),
            (Ecs::DescribeServiceRevisions, 50.0, 20.0),
            (Ecs::DescribeTasks, 100.0, 20.0),
            (Ecs::TagResource, 20.0, 10.0),
            (Ecs::ListTagsForResource, 50.0, 20.0),
        ] {
            let rate = Category::of(operation.into()).documented();
            assert_eq!(rate, Rate { burst, per_second }, "{}", operation.name());
        }
    }

    #[test]
    fn reads_and_writes_draw_on_different_buckets() {
        let ecs = Ecs::ALL.iter().map(|operation| Operation::Ecs(*operation));
        let ecr = Ecr::ALL.iter().map(|operation| Operation::Ecr(*operation));
        let eks = Eks::ALL.iter().map(|operation| Operation::Eks(*operation));
        let cloud_map = ServiceDiscovery::ALL.iter().map(|operation| Operation::ServiceDiscovery(*operation));
        for operation in ecs.chain(ecr).chain(eks).chain(cloud_map) {
            let reads = ["Describe", "List", "Get"].iter().any(|verb| operation.name().starts_with(verb));
            let label = Category::of(operation).label();
            assert_eq!(label.ends_with("read"), reads, "{operation} draws on {label}");
        }
    }
}
