//! ecs-bridge-codegen
