//! The lives of a cluster.

use ecs_bridge::{
    engine::Tagging,
    kinds::ecs_cluster::{EcsCluster, Step},
};
use serde_json::{Value, json};

use super::life::{
    Act::{Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{Aws, sample::Sample, service::fargate, service::network};

impl Lives for EcsCluster {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Create { .. } => "CreateCluster",
        Step::Update { .. } => "UpdateCluster",
        Step::PutCapacityProviders { .. } => "PutClusterCapacityProviders",
        Step::Tags(Tagging::Set { .. }) => "TagResource",
        Step::Tags(Tagging::Remove { .. }) => "UntagResource",
        Step::Delete { .. } => "DeleteCluster",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws: <EcsCluster as Sample>::aws, acts };
        vec![
            life("made at once, and deleted", vec![Apply(everything()), Delete]),
            life(
                "each setting given, changed and taken out",
                vec![Apply(json!({})), Apply(everything()), Apply(otherwise()), Apply(json!({})), Delete],
            ),
            life("retained", vec![Apply(with(everything(), json!({"deletion": "Retain"}))), Release]),
            life(
                "adopted",
                vec![
                    Behind(|aws| <EcsCluster as Sample>::foreign(aws, &json!({}), &[("team", "theirs")])),
                    Apply(with(everything(), json!({"adoption": "Adopt"}))),
                    Delete,
                ],
            ),
            life(
                "deleted by somebody, and made again",
                vec![
                    Apply(everything()),
                    Behind(|aws| {
                        aws.ecs("DeleteCluster", json!({"cluster": "shop_web"}));
                    }),
                    Delete,
                ],
            ),
            life(
                "changed by somebody, and put back",
                vec![Apply(everything()), Behind(change), Apply(otherwise()), Behind(change), Delete],
            ),
            life(
                "deleted while a service of somebody still drains in it",
                vec![Apply(json!({"capacityProviders": ["FARGATE"]})), Behind(drain), Delete],
            ),
        ]
    }
}

fn everything() -> Value {
    json!({
        "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
        "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE", "base": 1, "weight": 1}],
        "settings": [{"name": "containerInsights", "value": "enabled"}],
        "configuration": {"executeCommandConfiguration": {"logging": "NONE"}},
        "serviceConnectDefaults": {"namespace": "internal"},
        "tags": [{"key": "team", "value": "shop"}, {"key": "cost", "value": "1"}],
    })
}

fn otherwise() -> Value {
    json!({
        "capacityProviders": ["FARGATE_SPOT"],
        "settings": [{"name": "containerInsights", "value": "enhanced"}],
        "serviceConnectDefaults": {"namespace": "other"},
        "tags": [{"key": "team", "value": "web"}],
    })
}

fn with(mut spec: Value, management: Value) -> Value {
    spec["management"] = management;
    spec
}

fn change(aws: &Aws) {
    let arn = "arn:aws:ecs:us-east-1:123456789012:cluster/shop_web";
    aws.ecs(
        "UpdateClusterSettings",
        json!({"cluster": "shop_web", "settings": [{"name": "containerInsights", "value": "disabled"}]}),
    );
    aws.ecs("UntagResource", json!({"resourceArn": arn, "tagKeys": ["team"]}));
}

/// A service of somebody else that has just been deleted: AWS refuses to delete the cluster until it is gone.
fn drain(aws: &Aws) {
    let mut definition = fargate("theirs");
    definition["family"] = json!("theirs");
    aws.ecs("RegisterTaskDefinition", definition);
    let request = json!({"cluster": "shop_web", "serviceName": "theirs", "taskDefinition": "theirs", "desiredCount": 1,
        "launchType": "FARGATE", "networkConfiguration": network()});
    aws.ecs("CreateService", request);
    aws.advance(std::time::Duration::from_mins(5));
    aws.ecs("DeleteService", json!({"cluster": "shop_web", "service": "theirs", "force": true}));
}
