//! ecs-bridge-harness
