//! The kinds: one folder each, and one line each in [`lines`]. Shared code never asks which kind it has, and no kind knows another.

pub mod cloud_map_service;
pub mod common;
pub mod crd;
pub mod ecr_repository;
pub mod ecs_capacity_provider;
pub mod ecs_cluster;
pub mod ecs_service;
pub mod ecs_task_definition;
pub mod eks_fargate_profile;
pub mod named;
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

/// A kind before its CRD is made.
struct Line<V> {
    kind: &'static str,
    definition: fn() -> crd::Definition,
    made: V,
}

/// Every kind, in the order in which people read about them: one line each.
fn lines<V: Visitor>(visitor: &mut V) -> Vec<Line<V::Made>> {
    vec![
        line::<ecs_cluster::EcsCluster, V>(ecs_cluster::definition, visitor),
        line::<ecs_capacity_provider::EcsCapacityProvider, V>(ecs_capacity_provider::definition, visitor),
        line::<ecs_service::EcsService, V>(ecs_service::definition, visitor),
        line::<ecs_task_definition::EcsTaskDefinition, V>(ecs_task_definition::definition, visitor),
        line::<ecr_repository::EcrRepository, V>(ecr_repository::definition, visitor),
        line::<eks_fargate_profile::EksFargateProfile, V>(eks_fargate_profile::definition, visitor),
        line::<secrets_manager_secret::SecretsManagerSecret, V>(secrets_manager_secret::definition, visitor),
        line::<cloud_map_service::CloudMapService, V>(cloud_map_service::definition, visitor),
        line::<workload_bridge::WorkloadBridge, V>(workload_bridge::definition, visitor),
    ]
}

fn line<K: crate::engine::Kind, V: Visitor>(definition: fn() -> crd::Definition, visitor: &mut V) -> Line<V::Made> {
    Line { kind: K::KIND, definition, made: visitor.visit::<K>() }
}

/// Every kind, in that order.
pub fn all<V: Visitor>(visitor: &mut V) -> Result<Vec<Registered<V::Made>>, serde_json::Error> {
    let registered = |line: Line<V::Made>| {
        let crd = crd::finish(&(line.definition)())?;
        Ok(Registered { kind: line.kind, crd, made: line.made })
    };
    lines(visitor).into_iter().map(registered).collect()
}

/// Does nothing with it.
struct Nothing;

impl Visitor for Nothing {
    type Made = ();
    fn visit<K: crate::engine::Kind>(&mut self) {}
}

/// The names of all kinds.
pub fn names() -> Vec<&'static str> {
    lines(&mut Nothing).into_iter().map(|line| line.kind).collect()
}

/// The custom resource definitions of every kind.
pub fn crds() -> Result<Vec<CustomResourceDefinition>, serde_json::Error> {
    Ok(all(&mut Nothing)?.into_iter().map(|registered| registered.crd).collect())
}
