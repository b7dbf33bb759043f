//! What a bridge does in Kubernetes beside its own objects.

use crate::engine::kubernetes::{Permission, Reach};

/// The chart grants them where Secrets are copied.
pub const OF_COPIES: &[Permission] = &[
    Permission::watched("create", "ecs-bridge.dev", "secretsmanagersecrets"),
    Permission::watched("delete", "ecs-bridge.dev", "secretsmanagersecrets"),
];

/// The chart grants them where the kind is run.
pub const ALL: &[Permission] = &[
    Permission::watched("create", "ecs-bridge.dev", "ecsservices"),
    Permission::watched("delete", "ecs-bridge.dev", "ecsservices"),
    Permission::watched("patch", "ecs-bridge.dev", "ecsservices/scale"),
    Permission::watched("list", "ecs-bridge.dev", "cloudmapservices"),
    Permission::watched("get", "apps", "deployments"),
    Permission::watched("list", "apps", "deployments"),
    Permission::watched("watch", "apps", "deployments"),
    Permission::watched("patch", "apps", "deployments/scale"),
    Permission::watched("get", "", "configmaps"),
    Permission::watched("list", "", "configmaps"),
    Permission::watched("watch", "", "configmaps"),
    Permission::watched("get", "", "serviceaccounts"),
    Permission::watched("get", "", "persistentvolumeclaims"),
    Permission::watched("list", "", "services"),
    Permission::watched("watch", "", "services"),
    Permission::watched("list", "discovery.k8s.io", "endpointslices"),
    Permission::watched("watch", "discovery.k8s.io", "endpointslices"),
    Permission::watched("create", "discovery.k8s.io", "endpointslices"),
    Permission::watched("patch", "discovery.k8s.io", "endpointslices"),
    Permission::watched("delete", "discovery.k8s.io", "endpointslices"),
    Permission::watched("list", "elbv2.k8s.aws", "targetgroupbindings"),
    Permission::watched("list", "eks.amazonaws.com", "targetgroupbindings"),
    Permission::watched("list", "", "pods"),
    Permission::watched("list", "autoscaling", "horizontalpodautoscalers"),
    Permission::watched("watch", "autoscaling", "horizontalpodautoscalers"),
    // They have no namespace.
    Permission { reach: Reach::AllNamespaces, verb: "get", group: "", resource: "persistentvolumes" },
];
