//! What each operation is about to IAM: "Actions, resources, and condition keys for Amazon Elastic Container Service", and the pages
//! of the other services, in the Service Authorization Reference.

use crate::{
    engine::Operation,
    model::{
        ecr::Operation as Ecr, ecs::Operation as Ecs, eks::Operation as Eks, iam::Operation as Iam,
        secretsmanager::Operation as SecretsManager, servicediscovery::Operation as ServiceDiscovery,
    },
};

/// How IAM can limit an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// By nothing: the action takes no resource.
    Anything,
    /// By its resources. What is another's has to be seen, to be left alone.
    Read(&'static [Resource]),
    /// By its resources, and by the tags in the request.
    Create { on: &'static [Resource], makes: Resource },
    /// By its resources, and by the tags that they have.
    Change(&'static [Resource]),
    /// By the resource, and by its tags: any that the kind changes.
    Tag,
    /// It is no business of IAM's: Kubernetes' own rules allow it.
    Elsewhere,
}

impl Access {
    pub const fn is_write(self) -> bool {
        matches!(self, Access::Create { .. } | Access::Change(_) | Access::Tag)
    }

    pub fn changed(self) -> impl Iterator<Item = Resource> {
        let resources = match self {
            Access::Change(resources) => resources,
            _ => &[],
        };
        resources.iter().copied()
    }
}

/// A resource type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    CloudMapNamespace,
    CloudMapService,
    EcsCapacityProvider,
    EcsCluster,
    EcsService,
    EcsServiceDeployment,
    EcsServiceRevision,
    EcsTask,
    EcsTaskDefinition,
    EcrRepository,
    EksCluster,
    EksFargateProfile,
    EksPodIdentityAssociation,
    IamRole,
    SecretsManagerSecret,
}

impl Resource {
    pub const fn service(self) -> &'static str {
        match self {
            Self::CloudMapNamespace | Self::CloudMapService => "servicediscovery",
            Self::EcrRepository => "ecr",
            Self::EksCluster | Self::EksFargateProfile | Self::EksPodIdentityAssociation => "eks",
            Self::IamRole => "iam",
            Self::SecretsManagerSecret => "secretsmanager",
            _ => "ecs",
        }
    }

    /// As it begins the name of a statement.
    pub fn title(self) -> String {
        format!("{self:?}")
    }

    /// Whether it is given tags after it was made. A revision is not: another definition is another revision.
    pub const fn is_retagged(self) -> bool {
        !matches!(self, Self::EcsTaskDefinition)
    }

    /// All of them, as the last part of an ARN.
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::CloudMapNamespace => "namespace/*",
            Self::CloudMapService | Self::EcsService => "service/*",
            Self::EcsCapacityProvider => "capacity-provider/*",
            Self::EcsCluster | Self::EksCluster => "cluster/*",
            Self::EcsServiceDeployment => "service-deployment/*",
            Self::EcsServiceRevision => "service-revision/*",
            Self::EcsTask => "task/*",
            Self::EcsTaskDefinition => "task-definition/*",
            Self::EcrRepository => "repository/*",
            Self::EksFargateProfile => "fargateprofile/*",
            Self::EksPodIdentityAssociation => "podidentityassociation/*",
            Self::IamRole => "role/*",
            Self::SecretsManagerSecret => "secret:*",
        }
    }
}

/// A service as it begins the name of a statement: `Ecs`.
pub fn title(service: &str) -> String {
    match service {
        "secretsmanager" => return "SecretsManager".to_owned(),
        "servicediscovery" => return "CloudMap".to_owned(),
        _ => {}
    }
    service.chars().enumerate().map(|(i, c)| if i == 0 { c.to_ascii_uppercase() } else { c }).collect()
}

/// Whether a condition key (`ecs:CreateAction`) tells tagging something as it is made from tagging what is there.
pub fn tells_creation(service: &str) -> bool {
    service == "ecs"
}

/// The values of `iam:PassedToService` for the roles in a service's requests.
pub fn passes_roles_to(service: &str) -> &'static [&'static str] {
    match service {
        "ecs" => &["ecs-tasks.amazonaws.com", "ecs.amazonaws.com"],
        "eks" => &["eks.amazonaws.com"],
        _ => &[],
    }
}

pub const fn of(operation: Operation) -> Access {
    match operation {
        Operation::Ecs(operation) => of_ecs(operation),
        Operation::Ecr(operation) => of_ecr(operation),
        Operation::Eks(operation) => of_eks(operation),
        Operation::Iam(Iam::GetRole) => Access::Read(&[Resource::IamRole]),
        Operation::SecretsManager(operation) => of_secrets_manager(operation),
        Operation::ServiceDiscovery(operation) => of_cloud_map(operation),
        Operation::Kubernetes(_) | Operation::ServiceTasks => Access::Elsewhere,
    }
}

/// What IAM asks for beside the operation's own action ("API operations" in the Service Authorization Reference): a provider of Managed
/// Instances attaches itself to its cluster.
pub const fn beside(operation: Operation) -> Option<Operation> {
    match operation {
        Operation::Ecs(Ecs::CreateCapacityProvider) => Some(Operation::Ecs(Ecs::PutClusterCapacityProviders)),
        _ => None,
    }
}

/// What AWS asks of another service in the caller's name: Cloud Map writes the records of its DNS namespaces in Route 53 ("AWS Cloud Map API
/// permissions", AWS Cloud Map Developer Guide).
pub const fn in_our_name(operation: Operation) -> &'static [&'static str] {
    match operation {
        Operation::ServiceDiscovery(
            ServiceDiscovery::DeregisterInstance | ServiceDiscovery::RegisterInstance | ServiceDiscovery::UpdateService,
        ) => &["route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListHostedZonesByName"],
        _ => &[],
    }
}

/// What makes the first of the resources.
const fn create(on: &'static [Resource]) -> Access {
    Access::Create { on, makes: on[0] }
}

const fn of_ecs(operation: Ecs) -> Access {
    use Resource::{
        EcsCapacityProvider, EcsCluster, EcsService, EcsServiceDeployment, EcsServiceRevision, EcsTask,
        EcsTaskDefinition,
    };
    match operation {
        Ecs::DeregisterTaskDefinition
        | Ecs::DescribeTaskDefinition
        | Ecs::ListAccountSettings
        | Ecs::ListClusters
        | Ecs::ListServices
        | Ecs::ListTagsForResource
        | Ecs::ListTaskDefinitions
        // Its resource type is the container instance, which a listing by service has none of.
        | Ecs::ListTasks => Access::Anything,
        Ecs::DescribeCapacityProviders => Access::Read(&[EcsCapacityProvider]),
        Ecs::DescribeClusters => Access::Read(&[EcsCluster]),
        Ecs::DescribeServices | Ecs::ListServiceDeployments => Access::Read(&[EcsService]),
        Ecs::DescribeServiceDeployments => Access::Read(&[EcsService, EcsServiceDeployment]),
        Ecs::DescribeServiceRevisions => Access::Read(&[EcsService, EcsServiceRevision]),
        Ecs::DescribeTasks => Access::Read(&[EcsTask]),
        Ecs::CreateCapacityProvider => create(&[EcsCapacityProvider]),
        Ecs::CreateCluster => create(&[EcsCluster]),
        Ecs::CreateService => create(&[EcsService]),
        Ecs::RegisterTaskDefinition => create(&[EcsTaskDefinition]),
        Ecs::DeleteCapacityProvider | Ecs::UpdateCapacityProvider => Access::Change(&[EcsCapacityProvider]),
        Ecs::DeleteCluster | Ecs::PutClusterCapacityProviders | Ecs::UpdateCluster => Access::Change(&[EcsCluster]),
        Ecs::DeleteService | Ecs::UpdateService => Access::Change(&[EcsService]),
        Ecs::DeleteTaskDefinitions => Access::Change(&[EcsTaskDefinition]),
        Ecs::TagResource | Ecs::UntagResource => Access::Tag,
    }
}

const fn of_ecr(operation: Ecr) -> Access {
    use Resource::EcrRepository;
    match operation {
        Ecr::CreateRepository => create(&[EcrRepository]),
        Ecr::DescribeRepositories | Ecr::GetLifecyclePolicy | Ecr::GetRepositoryPolicy | Ecr::ListTagsForResource => {
            Access::Read(&[EcrRepository])
        }
        Ecr::DeleteLifecyclePolicy
        | Ecr::DeleteRepository
        | Ecr::DeleteRepositoryPolicy
        | Ecr::PutImageScanningConfiguration
        | Ecr::PutImageTagMutability
        | Ecr::PutLifecyclePolicy
        | Ecr::SetRepositoryPolicy => Access::Change(&[EcrRepository]),
        Ecr::TagResource | Ecr::UntagResource => Access::Tag,
    }
}

const fn of_eks(operation: Eks) -> Access {
    use Resource::{EksCluster, EksFargateProfile};
    match operation {
        // IAM sees the cluster, and the profile only where it is tagged.
        Eks::CreateFargateProfile => Access::Create { on: &[EksCluster], makes: EksFargateProfile },
        Eks::DeleteFargateProfile => Access::Change(&[EksFargateProfile]),
        Eks::DescribeCluster | Eks::ListFargateProfiles | Eks::ListPodIdentityAssociations => {
            Access::Read(&[EksCluster])
        }
        Eks::DescribePodIdentityAssociation => Access::Read(&[Resource::EksPodIdentityAssociation]),
        Eks::DescribeFargateProfile => Access::Read(&[EksFargateProfile]),
        Eks::TagResource | Eks::UntagResource => Access::Tag,
    }
}

const fn of_secrets_manager(operation: SecretsManager) -> Access {
    use Resource::SecretsManagerSecret;
    match operation {
        SecretsManager::CreateSecret => create(&[SecretsManagerSecret]),
        SecretsManager::DescribeSecret => Access::Read(&[SecretsManagerSecret]),
        SecretsManager::ListSecrets => Access::Anything,
        SecretsManager::DeleteSecret
        | SecretsManager::PutSecretValue
        | SecretsManager::RestoreSecret
        | SecretsManager::UpdateSecret => Access::Change(&[SecretsManagerSecret]),
        SecretsManager::TagResource | SecretsManager::UntagResource => Access::Tag,
    }
}

const fn of_cloud_map(operation: ServiceDiscovery) -> Access {
    use Resource::{CloudMapNamespace, CloudMapService};
    match operation {
        ServiceDiscovery::CreateService => create(&[CloudMapService, CloudMapNamespace]),
        ServiceDiscovery::GetNamespace => Access::Read(&[CloudMapNamespace]),
        ServiceDiscovery::GetService | ServiceDiscovery::ListInstances | ServiceDiscovery::ListTagsForResource => {
            Access::Read(&[CloudMapService])
        }
        ServiceDiscovery::GetOperation | ServiceDiscovery::ListServices => Access::Anything,
        ServiceDiscovery::DeleteService
        | ServiceDiscovery::DeregisterInstance
        | ServiceDiscovery::RegisterInstance
        | ServiceDiscovery::UpdateService => Access::Change(&[CloudMapService]),
        ServiceDiscovery::TagResource | ServiceDiscovery::UntagResource => Access::Tag,
    }
}
