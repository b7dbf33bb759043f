//! The lives of a task definition.

use ecs_bridge::{
    engine::Tagging,
    kinds::{common::task_definition::RevisionStep as Step, ecs_task_definition::EcsTaskDefinition},
};
use serde_json::{Value, json};

use super::life::{
    Act::{Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{
    sample::Sample,
    service::{fargate, with},
};

impl Lives for EcsTaskDefinition {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Register { .. } => "RegisterTaskDefinition",
        Step::Deregister { .. } => "DeregisterTaskDefinition",
        Step::Delete { .. } => "DeleteTaskDefinitions",
        Step::Tags(Tagging::Set { .. }) => "TagResource",
        Step::Tags(Tagging::Remove { .. }) => "UntagResource",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws: <EcsTaskDefinition as Sample>::aws, acts };
        let image = |image: &str| Apply(fargate(image));
        let managed = |management: Value| Apply(with(fargate("nginx:1"), &json!({"management": management})));
        let forgetful = |image: &str| Apply(with(fargate(image), &json!({"revisionHistoryLimit": 0})));
        vec![
            life("changed, and back", vec![image("nginx:1"), image("nginx:2"), image("nginx:1"), Delete]),
            life(
                "changed, without revisions to go back to",
                vec![forgetful("nginx:1"), forgetful("nginx:2"), forgetful("nginx:3"), Delete],
            ),
            life(
                "deregistered by somebody, and registered again",
                vec![
                    image("nginx:1"),
                    Behind(|aws| {
                        aws.ecs("DeregisterTaskDefinition", json!({"taskDefinition": "shop_web:1"}));
                    }),
                    Delete,
                ],
            ),
            life(
                "taken over from another owner id",
                vec![
                    Behind(|aws| {
                        let tags = &[("ecs-bridge.dev:owner", "owner-0"), ("ecs-bridge.dev:namespace", "shop")];
                        <EcsTaskDefinition as Sample>::foreign(aws, &json!({}), tags);
                        <EcsTaskDefinition as Sample>::foreign(aws, &json!({}), tags);
                    }),
                    image("theirs"),
                    Delete,
                ],
            ),
            life("retained", vec![managed(json!({"deletion": "Retain"})), Release]),
            life(
                "adopted",
                vec![
                    Behind(|aws| <EcsTaskDefinition as Sample>::foreign(aws, &json!({}), &[("team", "theirs")])),
                    managed(json!({"adoption": "Adopt"})),
                    // The revision that others registered stays.
                    Release,
                ],
            ),
        ]
    }
}
