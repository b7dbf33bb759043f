//! The kinds: one folder each, and one line each in [`all`]. Shared code never asks which kind it has, and no kind knows another.

pub mod common;
pub mod crd;
pub mod ecr_repository;
pub mod ecs_cluster;
pub mod ecs_service;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::CustomResourceExt;

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

/// Every kind, in the order in which people read about them.
pub fn all<V: Visitor>(visitor: &mut V) -> Result<Vec<Registered<V::Made>>, serde_json::Error> {
    Ok(vec![register::<ecr_repository::EcrRepository, ecr_repository::Resource, V>(
        ecr_repository::rules(),
        ecr_repository::COLUMNS,
        visitor,
    )?])
}

fn register<K: crate::engine::Kind, R: CustomResourceExt, V: Visitor>(
    rules: Vec<crd::Rule>,
    columns: &[crd::Column],
    visitor: &mut V,
) -> Result<Registered<V::Made>, serde_json::Error> {
    Ok(Registered { kind: K::KIND, crd: crd::finish(&R::crd(), &rules, columns)?, made: visitor.visit::<K>() })
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
