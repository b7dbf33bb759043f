//! The lives of a service.

use std::time::Duration;

use aws_sim::Config;
use ecs_bridge::{
    engine::{Tagging, env::RETRY},
    kinds::{
        common::task_definition::RevisionStep::{Delete as DeleteRevisions, Deregister, Register, Tags},
        ecs_service::{EcsService, Step},
    },
};
use serde_json::{Value, json};

use super::life::{
    Act::{Annotate, Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{
    Aws,
    sample::Sample,
    service::{on_fargate, with},
};

impl Lives for EcsService {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Revision(Register { .. }) => "RegisterTaskDefinition",
        Step::Revision(Deregister { .. }) => "DeregisterTaskDefinition",
        Step::Revision(DeleteRevisions { .. }) => "DeleteTaskDefinitions",
        Step::Create { .. } => "CreateService",
        Step::Update { .. } => "UpdateService",
        Step::Tags(Tagging::Set { .. }) | Step::Revision(Tags(Tagging::Set { .. })) => "TagResource",
        Step::Tags(Tagging::Remove { .. }) | Step::Revision(Tags(Tagging::Remove { .. })) => "UntagResource",
        Step::Delete { .. } => "DeleteService",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws: <EcsService as Sample>::aws, acts };
        let managed = |management: Value| with(on_fargate("nginx:1"), &json!({"management": management}));
        let forgetful = |image: &str| Apply(with(on_fargate(image), &json!({"revisionHistoryLimit": 0})));
        let count = |count: i32| Apply(with(on_fargate("nginx:1"), &json!({"desiredCount": count})));
        let breaking = |image: &str| {
            let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
            Apply(with(on_fargate(image), &json!({"deploymentConfiguration": breaker, "desiredCount": 2})))
        };
        let placed = |provider: &str| {
            let strategy = json!([{"capacityProvider": provider, "weight": 1}]);
            Apply(with(on_fargate("nginx:1"), &json!({"launchType": null, "capacityProviderStrategy": strategy})))
        };
        let external = json!({"desiredCountPolicy": "External", "desiredCount": 2});
        vec![
            life(
                "rolled out, and back to a revision that is there",
                vec![Apply(on_fargate("nginx:1")), Apply(on_fargate("nginx:2")), Apply(on_fargate("nginx:1")), Delete],
            ),
            life(
                "rolled out, without revisions to go back to",
                ["nginx:1", "nginx:2", "nginx:3"].map(forgetful).into_iter().chain([Delete]).collect(),
            ),
            life("scaled", vec![count(1), count(3), count(0), count(2), Delete]),
            life("moved to another provider", vec![placed("FARGATE"), placed("FARGATE_SPOT"), Delete]),
            life(
                "each sort of setting given, changed and taken out",
                vec![
                    Apply(on_fargate("nginx:1")),
                    Apply(with(on_fargate("nginx:2"), &settings("internal", "shop"))),
                    Apply(with(on_fargate("nginx:2"), &settings("other", "web"))),
                    Apply(on_fargate("nginx:2")),
                    Delete,
                ],
            ),
            life("retained", vec![Apply(managed(json!({"deletion": "Retain"}))), Release]),
            life(
                "adopted",
                vec![
                    Behind(|aws| <EcsService as Sample>::foreign(aws, &json!({}), &[("team", "theirs")])),
                    Apply(managed(json!({"adoption": "Adopt"}))),
                    Delete,
                ],
            ),
            life("deleted by somebody, and made again", vec![count(2), Behind(delete), count(1), Delete]),
            life(
                "deleted by somebody, and made again with the count that others gave it",
                vec![
                    Apply(with(on_fargate("nginx:1"), &external)),
                    Behind(|aws| update(aws, json!({"desiredCount": 4}))),
                    Behind(delete),
                    Delete,
                ],
            ),
            life(
                "changed by somebody, and put back",
                vec![
                    count(2),
                    Behind(|aws| {
                        update(
                            aws,
                            json!({"desiredCount": 1, "taskDefinition": "theirs:1", "enableExecuteCommand": true}),
                        );
                    }),
                    Delete,
                ],
            ),
            life(
                "rolled back by ECS, left so, tried again, and given up for a third",
                vec![breaking("nginx:1"), breaking("nginx:crash"), Annotate(RETRY, "1"), breaking("nginx:3"), Delete],
            ),
            Life {
                name: "MISSING for a minute after it was made",
                aws: || {
                    let missing_after_create = Duration::from_mins(1);
                    let aws = Aws::new(Config { missing_after_create, ..Config::default() });
                    aws.ecs("CreateCluster", json!({"clusterName": "main", "capacityProviders": ["FARGATE"]}));
                    aws.advance(Duration::from_mins(1));
                    aws
                },
                acts: vec![count(1), Delete],
            },
            life(
                "of a revision that others registered",
                vec![
                    Apply(referring("theirs:1")),
                    Behind(|aws| {
                        let mut definition = crate::plan::service::fargate("theirs");
                        definition["family"] = json!("theirs");
                        aws.ecs("RegisterTaskDefinition", definition);
                    }),
                    Apply(referring("theirs")),
                    Delete,
                ],
            ),
        ]
    }
}

/// A setting of each sort: one that starts a deployment, one that starts none, one by a name that AWS describes as an ARN, and tags.
fn settings(namespace: &str, team: &str) -> Value {
    json!({
        "deploymentConfiguration": {"minimumHealthyPercent": 50},
        "enableExecuteCommand": true,
        "serviceConnectConfiguration": {"enabled": true, "namespace": namespace},
        "tags": [{"key": "team", "value": team}, {"key": namespace, "value": "1"}],
    })
}

fn referring(task_definition: &str) -> Value {
    with(on_fargate(""), &json!({"taskDefinition": null, "taskDefinitionArn": task_definition}))
}

fn update(aws: &Aws, more: Value) {
    aws.ecs("UpdateService", with(json!({"cluster": "main", "service": "shop_web"}), &more));
}

fn delete(aws: &Aws) {
    aws.ecs("DeleteService", json!({"cluster": "main", "service": "shop_web", "force": true}));
}
