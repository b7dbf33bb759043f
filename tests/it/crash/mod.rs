//! The crash sweep: the operator dies at every write of every kind's life, before the call, after it took effect but before the answer,
//! and after the answer; another takes over, and dies again in the recovery. AWS ends as it does without a crash, with as many things
//! made and as many deployments begun, and nothing is left over. The same where the write is only late (`overlap.rs`).
//!
//! By the engine's own loop on aws-sim's world, in one process. With the real binary and SIGKILL: `tests/it/e2e/sweep.rs`.

#![allow(clippy::needless_pass_by_value, reason = "a life reads best as one list of literals")]

mod capacity_provider;
mod cloud_map;
mod cluster;
mod fargate_profile;
mod life;
mod matrix;
mod overlap;
mod repository;
mod secret;
mod service;
mod sweep;
mod task_definition;
mod workload_bridge;

use ecs_bridge::kinds::{
    cloud_map_service::CloudMapService, ecr_repository::EcrRepository, ecs_capacity_provider::EcsCapacityProvider,
    ecs_cluster::EcsCluster, ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition,
    eks_fargate_profile::EksFargateProfile, secrets_manager_secret::SecretsManagerSecret,
    workload_bridge::WorkloadBridge,
};

macro_rules! crash_sweeps {
    ($($name:ident, $late:ident: $kind:ty),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                sweep::sweep::<$kind>();
            }

            #[test]
            fn $late() {
                overlap::sweep::<$kind>();
            }
        )+
    };
}

crash_sweeps!(
    a_repository_survives_every_crash, a_repository_survives_every_late_write: EcrRepository,
    a_cluster_survives_every_crash, a_cluster_survives_every_late_write: EcsCluster,
    a_capacity_provider_survives_every_crash, a_capacity_provider_survives_every_late_write: EcsCapacityProvider,
    a_service_survives_every_crash, a_service_survives_every_late_write: EcsService,
    a_fargate_profile_survives_every_crash, a_fargate_profile_survives_every_late_write: EksFargateProfile,
    a_task_definition_survives_every_crash, a_task_definition_survives_every_late_write: EcsTaskDefinition,
    a_bridge_survives_every_crash, a_bridge_survives_every_late_write: WorkloadBridge,
    a_cloud_map_service_survives_every_crash, a_cloud_map_service_survives_every_late_write: CloudMapService,
    a_secret_survives_every_crash, a_secret_survives_every_late_write: SecretsManagerSecret,
);
