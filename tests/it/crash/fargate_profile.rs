//! The lives of a Fargate profile.

use ecs_bridge::{
    engine::Tagging,
    kinds::eks_fargate_profile::{EksFargateProfile, Step},
};
use serde_json::{Value, json};

use super::life::{
    Act::{Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{
    Aws,
    fargate_profile::{ROLE, the_only},
    sample::Sample,
};

impl Lives for EksFargateProfile {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Create(_) => "CreateFargateProfile",
        Step::Delete { .. } => "DeleteFargateProfile",
        Step::Tags { tagging: Tagging::Set { .. }, .. } => "TagResource",
        Step::Tags { tagging: Tagging::Remove { .. }, .. } => "UntagResource",
        Step::Evict(_) => "EvictPod",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws: <EksFargateProfile as Sample>::aws, acts };
        vec![
            life(
                "made, tagged otherwise, and deleted",
                vec![Apply(spec("shop", "team")), Apply(spec("shop", "cost")), Delete],
            ),
            life(
                "replaced while pods run on it, and back again",
                vec![
                    Apply(spec("shop", "team")),
                    Behind(two_pods),
                    Apply(spec("sh*", "team")),
                    Apply(spec("shop", "team")),
                    Delete,
                ],
            ),
            life("retained", vec![Apply(managed(spec("shop", "team"), json!({"deletion": "Retain"}))), Release]),
            life(
                "adopted",
                vec![
                    Behind(|aws| {
                        <EksFargateProfile as Sample>::foreign(aws, &spec("shop", "team"), &[("team", "theirs")]);
                    }),
                    Apply(managed(spec("shop", "cost"), json!({"adoption": "Adopt"}))),
                    Delete,
                ],
            ),
            life(
                "deleted by somebody, and made again",
                vec![Apply(spec("shop", "team")), Behind(delete), Apply(spec("shop", "cost")), Delete],
            ),
        ]
    }
}

fn spec(namespace: &str, tag: &str) -> Value {
    json!({"podExecutionRoleArn": ROLE, "selectors": [{"namespace": namespace}], "tags": {tag: "1"}, "replacement": "Auto"})
}

fn managed(mut spec: Value, management: Value) -> Value {
    spec["management"] = management;
    spec
}

fn name(aws: &Aws) -> String {
    the_only(aws)["fargateProfileName"].as_str().expect("a name").to_owned()
}

/// Their successors are another's to make.
fn two_pods(aws: &Aws) {
    let (profile, now) = (name(aws), aws.seconds());
    for pod in ["web-1", "web-2"] {
        aws.pods(|cluster| cluster.start("shop", pod, &profile, now));
    }
}

fn delete(aws: &Aws) {
    let request = json!({"clusterName": "main", "fargateProfileName": name(aws)});
    aws.eks("DeleteFargateProfile", request);
    aws.advance(std::time::Duration::from_mins(3));
}
