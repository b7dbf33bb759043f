//! ecs-bridge
