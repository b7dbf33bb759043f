//! Every field of `EcrRepository`.

use ecs_bridge::{engine::compare::Rule, kinds::ecr_repository::EcrRepository};
use serde_json::{Value, json};

use super::{
    Excluded, Table,
    row::{Walk, to, with},
    walk_all,
};
use crate::plan::Aws;

impl Walk for EcrRepository {
    const DEFAULTS: &'static [Rule] = &[];

    fn aws() -> Aws {
        let aws = Aws::default();
        aws.ecr("CreateRepository", json!({"repositoryName": "shop/other", "tags": [{"Key": "a", "Value": "b"}]}));
        aws
    }

    fn take(dump: &mut Value, _: &Self::Report) -> Value {
        dump["repositories"]["shop/web"].take()
    }
}

#[test]
fn every_field_of_a_repository() {
    let lifecycle = |days: u32| {
        let selection =
            json!({"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": days});
        json!({"rules": [{"rulePriority": 1, "selection": selection, "action": {"type": "expire"}}]}).to_string()
    };
    let policy = |sid: &str| {
        let statement = json!({"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage"]});
        json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
    };
    let filter = |pattern: &str| json!({"filterType": "WILDCARD", "filter": pattern});
    walk_all::<EcrRepository>(&Table {
        samples: vec![
            json!({
                "imageTagMutability": "MUTABLE",
                "imageScanningConfiguration": {"scanOnPush": false},
                "lifecyclePolicyText": lifecycle(14),
                "policyText": policy("pull"),
                "tags": [{"Key": "team", "Value": "shop"}],
            }),
            json!({
                "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
                "imageTagMutabilityExclusionFilters": [filter("dev*"), filter("v*")],
            }),
        ],
        particulars: vec![
            ("imageTagMutability", to("IMMUTABLE")),
            ("lifecyclePolicyText", to(lifecycle(30)).spelt()),
            ("policyText", to(policy("fetch")).spelt()),
            ("tags[].Value", with("tags[]")),
        ],
        excluded: vec![Excluded(
            "imageTagMutabilityExclusionFilters[].filterType",
            "WILDCARD is its only value",
            "ImageTagMutabilityExclusionFilter, Amazon ECR API Reference",
        )],
        immutable: vec!["encryptionConfiguration", "repositoryName"],
    });
}
