//! What a bridge does in Kubernetes beside its own objects.

use crate::engine::kubernetes::{Permission, Reach};

const fn watched(verb: &'static str, group: &'static str, resource: &'static str) -> Permission {
    Permission { reach: Reach::Watched, verb, group, resource }
}

/// The chart grants them where Secrets are copied.
pub const OF_COPIES: &[Permission] = &[
    watched("create", "ecs-bridge.dev", "secretsmanagersecrets"),
    watched("delete", "ecs-bridge.dev", "secretsmanagersecrets"),
];

/// The chart grants them where the kind is run.
pub const ALL: &[Permission] = &[
    watched("create", "ecs-bridge.dev", "ecsservices"),
    watched("delete", "ecs-bridge.dev", "ecsservices"),
    watched("patch", "ecs-bridge.dev", "ecsservices/scale"),
    watched("get", "apps", "deployments"),
    watched("list", "apps", "deployments"),
    watched("watch", "apps", "deployments"),
    watched("patch", "apps", "deployments/scale"),
    watched("get", "", "configmaps"),
    watched("list", "", "configmaps"),
    watched("watch", "", "configmaps"),
    watched("get", "", "serviceaccounts"),
    watched("get", "", "persistentvolumeclaims"),
    watched("list", "", "services"),
    watched("watch", "", "services"),
    watched("list", "discovery.k8s.io", "endpointslices"),
    watched("watch", "discovery.k8s.io", "endpointslices"),
    watched("create", "discovery.k8s.io", "endpointslices"),
    watched("patch", "discovery.k8s.io", "endpointslices"),
    watched("delete", "discovery.k8s.io", "endpointslices"),
    watched("list", "elbv2.k8s.aws", "targetgroupbindings"),
    watched("list", "eks.amazonaws.com", "targetgroupbindings"),
    watched("list", "", "pods"),
    watched("list", "autoscaling", "horizontalpodautoscalers"),
    watched("watch", "autoscaling", "horizontalpodautoscalers"),
    // They have no namespace.
    Permission { reach: Reach::AllNamespaces, verb: "get", group: "", resource: "persistentvolumes" },
];
