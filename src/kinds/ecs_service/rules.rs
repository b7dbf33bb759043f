//! What the API server checks beyond the schema, and what `kubectl get` prints.

use kube::CustomResourceExt;
use serde_json::json;

use crate::{
    kinds::{
        common::task_definition::fargate_rules,
        crd::{Column, Definition, Printed, Rule, immutable, tags},
    },
    model::ecs,
};

fn rules() -> Vec<Rule> {
    let mut rules = immutable("spec", ecs::ServiceSpec::IMMUTABLE);
    rules.extend(immutable("spec", &["cluster", "clusterRef"]));
    rules.extend([
        Rule::new(
            "spec",
            "has(self.clusterRef) != has(self.cluster)",
            "give either clusterRef (an EcsCluster of this namespace) or cluster (a cluster that ecs-bridge does not manage)",
        ),
        Rule::new(
            "spec",
            "[has(self.taskDefinition), has(self.taskDefinitionRef), has(self.taskDefinitionArn)].exists_one(given, given)",
            "give one of taskDefinition, taskDefinitionRef (an EcsTaskDefinition of this namespace) and taskDefinitionArn",
        ),
        Rule::new(
            "spec",
            "!(has(self.launchType) && has(self.capacityProviderStrategy))",
            "launchType and capacityProviderStrategy exclude each other: remove one",
        ),
        Rule::new(
            "spec",
            "!has(self.launchType) || self.launchType != 'MANAGED_INSTANCES'",
            "AWS does not take MANAGED_INSTANCES as a launchType: name the capacity provider in capacityProviderStrategy",
        ),
    ]);
    rules.extend(tags("spec.tags", "key", 5));
    rules.extend(tags("spec.taskDefinition.tags", "key", 3));
    rules.extend(fargate_rules("spec.taskDefinition"));
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "Running", path: ".status.runningCount", printed: Printed::Always },
    Column { name: "Desired", path: ".status.desiredCount", printed: Printed::Always },
    Column {
        name: "Rollout",
        path: ".status.deployments[?(@.status==\"PRIMARY\")].rolloutState",
        printed: Printed::Always,
    },
    Column { name: "Pending", path: ".status.pendingCount", printed: Printed::Wide },
    Column { name: "Task Definition", path: ".status.taskDefinition", printed: Printed::Wide },
    Column { name: "Name", path: ".status.memo.name", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    // The scale subresource reads the count from the spec, and fails where there is none.
    Definition {
        derived: super::Resource::crd(),
        rules: rules(),
        columns: COLUMNS,
        defaults: vec![("spec.desiredCount", json!(1))],
    }
}
