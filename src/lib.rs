//! ecs-bridge: Amazon ECS, ECR and EKS Fargate from Kubernetes custom resources. ARCHITECTURE.md tells the way of the data.

pub mod aws;
pub mod bridge;
pub mod cli;
pub mod engine;
pub mod kinds;
pub mod model;
pub mod operator;
