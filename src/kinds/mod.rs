//! The kinds: one folder each, and one line each in [`all`]. Shared code never asks which kind it has, and no kind knows another.

pub mod cloud_map_service;
pub mod common;
pub mod crd;
pub mod ecr_repository;
pub mod ecs_capacity_provider;
pub mod ecs_cluster;
pub mod ecs_service;
pub mod ecs_task_definition;
pub mod eks_fargate_profile;
pub mod secrets_manager_secret;
pub mod workload_bridge;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;

/// One kind, as the operator's shell sees it.
pub struct Registered<V> {
    pub kind: &'static str,
    pub crd: CustomResourceDefinition,
    /// What the visitor made of the kind's type.
    pub made: V,
}

/// Does something with the type of every kind.
pub trait Visitor {
    type Made;
    fn visit<K: crate::engine::Kind>(&mut self) -> Self::Made;
}

/// Every kind, in the order in which people read about them: one line each.
pub fn all<V: Visitor>(visitor: &mut V) -> Result<Vec<Registered<V::Made>>, serde_json::Error> {
    Ok(vec![
        register::<ecs_cluster::EcsCluster, V>(&ecs_cluster::definition(), visitor)?,
        register::<ecs_capacity_provider::EcsCapacityProvider, V>(&ecs_capacity_provider::definition(), visitor)?,
        register::<ecs_service::EcsService, V>(&ecs_service::definition(), visitor)?,
        register::<ecs_task_definition::EcsTaskDefinition, V>(&ecs_task_definition::definition(), visitor)?,
        register::<ecr_repository::EcrRepository, V>(&ecr_repository::definition(), visitor)?,
        register::<eks_fargate_profile::EksFargateProfile, V>(&eks_fargate_profile::definition(), visitor)?,
        register::<secrets_manager_secret::SecretsManagerSecret, V>(&secrets_manager_secret::definition(), visitor)?,
        register::<cloud_map_service::CloudMapService, V>(&cloud_map_service::definition(), visitor)?,
        register::<workload_bridge::WorkloadBridge, V>(&workload_bridge::definition(), visitor)?,
    ])
}

fn register<K: crate::engine::Kind, V: Visitor>(
    definition: &crd::Definition,
    visitor: &mut V,
) -> Result<Registered<V::Made>, serde_json::Error> {
    Ok(Registered { kind: K::KIND, crd: crd::finish(definition)?, made: visitor.visit::<K>() })
}

/// A name that is no kind's.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no kind {name:?}: there are {known}")]
pub struct UnknownKind {
    name: String,
    known: String,
}

/// Those of the kinds that are named; all of them where none is.
pub fn chosen<V>(all: Vec<Registered<V>>, named: &[String]) -> Result<Vec<Registered<V>>, UnknownKind> {
    if let Some(name) = named.iter().find(|name| !all.iter().any(|registered| registered.kind == **name)) {
        let known = all.iter().map(|registered| registered.kind).collect::<Vec<_>>().join(", ");
        return Err(UnknownKind { name: name.clone(), known });
    }
    let is_chosen = |kind: &str| named.is_empty() || named.iter().any(|name| name == kind);
    Ok(all.into_iter().filter(|registered| is_chosen(registered.kind)).collect())
}

/// The custom resource definitions of every kind.
pub fn crds() -> Result<Vec<CustomResourceDefinition>, serde_json::Error> {
    struct Nothing;
    impl Visitor for Nothing {
        type Made = ();
        fn visit<K: crate::engine::Kind>(&mut self) {}
    }
    Ok(all(&mut Nothing)?.into_iter().map(|registered| registered.crd).collect())
}
