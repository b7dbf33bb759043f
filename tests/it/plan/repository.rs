//! Random repositories.

use ecs_bridge::kinds::ecr_repository::EcrRepository;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws,
    sample::{Sample, Spec, members, one_of, tags},
};

pub const LIFECYCLE: &str = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":14},"action":{"type":"expire"}}]}"#;
pub const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage"]}]}"#;

impl Sample for EcrRepository {
    fn specs() -> BoxedStrategy<Spec> {
        let filters = |pattern: &str| json!([{"filterType": "WILDCARD", "filter": pattern}, {"filterType": "WILDCARD", "filter": "v*"}]);
        let mutability = one_of(vec![
            json!({}),
            json!({"imageTagMutability": "MUTABLE"}),
            json!({"imageTagMutability": "IMMUTABLE"}),
            json!({"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION", "imageTagMutabilityExclusionFilters": filters("dev*")}),
            json!({"imageTagMutability": "MUTABLE_WITH_EXCLUSION", "imageTagMutabilityExclusionFilters": filters("latest")}),
        ]);
        let spaced = |text: &str| {
            let parsed: Value = serde_json::from_str(text).expect("JSON");
            serde_json::to_string_pretty(&parsed).expect("JSON")
        };
        let lifecycle = one_of(vec![
            json!({}),
            json!({"lifecyclePolicyText": LIFECYCLE}),
            json!({"lifecyclePolicyText": spaced(LIFECYCLE)}),
            json!({"lifecyclePolicyText": LIFECYCLE.replace("14", "30")}),
        ]);
        let policy = one_of(vec![
            json!({}),
            json!({"policyText": POLICY}),
            json!({"policyText": spaced(POLICY)}),
            json!({"policyText": POLICY.replace("pull", "fetch")}),
        ]);
        let scanning = one_of(vec![
            json!({}),
            json!({"imageScanningConfiguration": {}}),
            json!({"imageScanningConfiguration": {"scanOnPush": true}}),
            json!({"imageScanningConfiguration": {"scanOnPush": false}}),
        ]);
        let encryption = one_of(vec![
            json!({}),
            json!({"encryptionConfiguration": {"encryptionType": "AES256"}}),
            json!({"encryptionConfiguration": {"encryptionType": "KMS"}}),
            json!({"encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": "arn:aws:kms:us-east-1:123456789012:key/mine"}}),
        ]);
        let name = one_of(vec![json!({}), json!({"repositoryName": "team/web"})]);
        members(vec![mutability, lifecycle, policy, scanning, encryption, name, tags("Key", "Value")])
            .prop_map(Spec)
            .boxed()
    }

    fn immutable() -> &'static [&'static str] {
        &["encryptionConfiguration", "repositoryName"]
    }

    fn aws() -> Aws {
        let aws = Aws::default();
        aws.ecr("CreateRepository", json!({"repositoryName": "shop/other", "tags": [{"Key": "a", "Value": "b"}]}));
        aws
    }

    fn foreign(aws: &Aws, spec: &Value, tags: &[(&str, &str)]) {
        let name = spec["repositoryName"].as_str().unwrap_or("shop/web");
        let tags: Vec<Value> = tags.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect();
        aws.ecr("CreateRepository", json!({"repositoryName": name, "tags": tags}));
        aws.ecr("SetRepositoryPolicy", json!({"repositoryName": name, "policyText": POLICY}));
    }
}
