//! The lives of a capacity provider.

use ecs_bridge::{
    engine::Tagging,
    kinds::ecs_capacity_provider::{EcsCapacityProvider, Step},
};
use serde_json::{Value, json};

use super::life::{
    Act::{Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{
    Aws,
    capacity_provider::{aws, group, managed},
    sample::Sample,
};

impl Lives for EcsCapacityProvider {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Create(_) => "CreateCapacityProvider",
        Step::Update(_) => "UpdateCapacityProvider",
        Step::Tags(Tagging::Set { .. }) => "TagResource",
        Step::Tags(Tagging::Remove { .. }) => "UntagResource",
        Step::Delete { .. } => "DeleteCapacityProvider",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws, acts };
        vec![
            life(
                "a group, scaled and tagged otherwise, and deleted",
                vec![Apply(scaled(90, "team")), Apply(scaled(80, "cost")), Apply(group(json!({}))), Delete],
            ),
            life(
                "Managed Instances, changed, and deleted",
                vec![
                    Apply(managed("main", json!({}))),
                    Apply(managed("main", json!({"monitoring": "DETAILED"}))),
                    Apply(managed("main", json!({}))),
                    Delete,
                ],
            ),
            life("retained", vec![Apply(with(scaled(90, "team"), json!({"deletion": "Retain"}))), Release]),
            life(
                "adopted",
                vec![
                    Behind(|aws| <EcsCapacityProvider as Sample>::foreign(aws, &json!({}), &[("team", "theirs")])),
                    Apply(with(scaled(90, "cost"), json!({"adoption": "Adopt"}))),
                    Delete,
                ],
            ),
            life(
                "deleted by somebody, and made again",
                vec![
                    Apply(scaled(90, "team")),
                    Behind(|aws| {
                        aws.ecs("DeleteCapacityProvider", json!({"capacityProvider": "shop_web"}));
                    }),
                    Delete,
                ],
            ),
            life(
                "changed by somebody, and put back",
                vec![Apply(scaled(90, "team")), Behind(change), Apply(scaled(80, "cost")), Behind(change), Delete],
            ),
        ]
    }
}

fn scaled(target: u32, tag: &str) -> Value {
    let mut spec = group(json!({"managedScaling": {"status": "ENABLED", "targetCapacity": target}}));
    spec["tags"] = json!([{"key": tag, "value": "1"}]);
    spec
}

fn with(mut spec: Value, management: Value) -> Value {
    spec["management"] = management;
    spec
}

fn change(aws: &Aws) {
    let change = json!({"managedScaling": {"targetCapacity": 10}, "managedDraining": "DISABLED"});
    aws.ecs("UpdateCapacityProvider", json!({"name": "shop_web", "autoScalingGroupProvider": change}));
    let arn = "arn:aws:ecs:us-east-1:123456789012:capacity-provider/shop_web";
    aws.ecs(
        "TagResource",
        json!({"resourceArn": arn, "tags": [{"key": "team", "value": "theirs"}, {"key": "more", "value": "1"}]}),
    );
    aws.advance(std::time::Duration::from_mins(1));
}
