//! The lives of a repository.

use ecs_bridge::{
    engine::Tagging,
    kinds::ecr_repository::{EcrRepository, Step},
};
use serde_json::{Value, json};

use super::life::{
    Act::{Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{
    Aws,
    repository::{LIFECYCLE, POLICY},
    sample::Sample,
};

impl Lives for EcrRepository {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Create { .. } => "CreateRepository",
        Step::PutImageTagMutability { .. } => "PutImageTagMutability",
        Step::PutImageScanning { .. } => "PutImageScanningConfiguration",
        Step::PutLifecyclePolicy { .. } => "PutLifecyclePolicy",
        Step::DeleteLifecyclePolicy { .. } => "DeleteLifecyclePolicy",
        Step::SetPolicy { .. } => "SetRepositoryPolicy",
        Step::DeletePolicy { .. } => "DeleteRepositoryPolicy",
        Step::Tags(Tagging::Set { .. }) => "TagResource",
        Step::Tags(Tagging::Remove { .. }) => "UntagResource",
        Step::Delete { .. } => "DeleteRepository",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws: <EcrRepository as Sample>::aws, acts };
        vec![
            life("made at once, and deleted", vec![Apply(everything()), Delete]),
            life(
                "each setting given, changed and taken out",
                vec![Apply(json!({})), Apply(everything()), Apply(otherwise()), Apply(json!({})), Delete],
            ),
            life("retained", vec![Apply(with(everything(), json!({"deletion": "Retain"}))), Release]),
            life(
                "retained by a change of mind",
                vec![Apply(json!({})), Apply(with(json!({}), json!({"deletion": "Retain"}))), Release],
            ),
            life(
                "adopted",
                vec![
                    Behind(|aws| <EcrRepository as Sample>::foreign(aws, &json!({}), &[("team", "theirs")])),
                    Apply(with(everything(), json!({"adoption": "Adopt"}))),
                    Delete,
                ],
            ),
            life(
                "deleted by somebody, and made again",
                vec![
                    Apply(everything()),
                    Behind(|aws| {
                        aws.ecr("DeleteRepository", json!({"repositoryName": "shop/web", "force": true}));
                    }),
                    Delete,
                ],
            ),
            life(
                "changed by somebody, and put back",
                vec![Apply(everything()), Behind(change), Apply(otherwise()), Behind(change), Delete],
            ),
            life(
                "deleted by somebody, and then by us",
                vec![
                    Apply(with(everything(), json!({"drift": "Report"}))),
                    Behind(|aws| {
                        aws.ecr("DeleteRepository", json!({"repositoryName": "shop/web"}));
                    }),
                    Delete,
                ],
            ),
        ]
    }
}

fn everything() -> Value {
    json!({
        "imageTagMutability": "IMMUTABLE",
        "imageScanningConfiguration": {"scanOnPush": true},
        "lifecyclePolicyText": LIFECYCLE,
        "policyText": POLICY,
        "tags": [{"Key": "team", "Value": "shop"}, {"Key": "cost", "Value": "1"}],
    })
}

fn otherwise() -> Value {
    json!({
        "imageTagMutability": "MUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "latest"}],
        "lifecyclePolicyText": LIFECYCLE.replace("14", "30"),
        "policyText": POLICY.replace("pull", "fetch"),
        "tags": [{"Key": "team", "Value": "web"}],
    })
}

fn with(mut spec: Value, management: Value) -> Value {
    spec["management"] = management;
    spec
}

fn change(aws: &Aws) {
    let arn = "arn:aws:ecr:us-east-1:123456789012:repository/shop/web";
    aws.ecr("DeleteRepositoryPolicy", json!({"repositoryName": "shop/web"}));
    aws.ecr("PutImageTagMutability", json!({"repositoryName": "shop/web", "imageTagMutability": "MUTABLE"}));
    aws.ecr("UntagResource", json!({"resourceArn": arn, "tagKeys": ["team"]}));
}
