//! What the plan of a repository does, scene by scene.

use ecs_bridge::kinds::ecr_repository::EcrRepository;
use serde_json::{Value, json};

use super::script::{
    Says::{No, Yes},
    Scene, Script, hold, ours, owned_by,
};
use super::service::with;

const ARN: &str = "arn:aws:ecr:us-east-1:1:repository/shop/web";

fn repository(more: Value) -> Value {
    let base = json!({"repositoryArn": ARN, "repositoryName": "shop/web", "repositoryUri": "uri", "imageTagMutability": "MUTABLE",
        "imageScanningConfiguration": {"scanOnPush": false}, "encryptionConfiguration": {"encryptionType": "AES256"}});
    with(base, &more)
}

/// AWS has this repository, with these tags and neither policy.
fn has(more: Value, tags: Value) -> Script {
    vec![
        ("DescribeRepositories", Yes(json!({"repositories": [repository(more)]}))),
        ("ListTagsForResource", Yes(json!({ "tags": tags }))),
        ("GetLifecyclePolicy", No("LifecyclePolicyNotFoundException", "Lifecycle policy does not exist")),
        ("GetRepositoryPolicy", No("RepositoryPolicyNotFoundException", "Repository policy does not exist")),
    ]
}

fn own() -> Value {
    ours("EcrRepository", "Key", "Value")
}

fn none() -> Script {
    vec![("DescribeRepositories", No("RepositoryNotFoundException", "does not exist"))]
}

fn and(mut script: Script, more: Script) -> Script {
    script.retain(|(operation, _)| !more.iter().any(|(other, _)| other == operation));
    script.extend(more);
    script
}

#[test]
fn the_plan_of_a_repository() {
    let memo = || json!({"name": "shop/web", "applied": {"hash": "of before", "generation": 1}});
    let created = || ("CreateRepository", Yes(json!({"repository": repository(json!({}))})));
    let policy = r#"{"Statement": []}"#;
    let everything = json!({"imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": true},
        "lifecyclePolicyText": "{\"rules\": []}", "policyText": policy, "tags": [{"Key": "team", "Value": "shop"}]});
    let exists = "The repository with name 'shop/web' already exists";
    let in_use = "The repository cannot be deleted because it still contains images";
    type S = Scene<EcrRepository>;
    let mut prefixed = S::new("a prefix, and a name from before it", json!({}), none()).memo(memo());
    prefixed.object.env.name_prefix = "blue-".to_owned();
    let scenes = vec![
        S::new("nothing is there", json!({}), and(none(), vec![created()])),
        S::new("nothing is there, and all is wanted: in this order", everything.clone(), and(none(), vec![
            ("CreateRepository", Yes(json!({"repository": repository(json!({"imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": true}}))}))),
            ("SetRepositoryPolicy", Yes(json!({}))),
            ("PutLifecyclePolicy", Yes(json!({}))),
        ])),
        S::new("it went behind the object's back", json!({}), and(none(), vec![created()])).memo(memo()),
        S::new("the name is taken meanwhile, and shown", json!({}), and(
            has(json!({}), json!([])),
            vec![
                ("DescribeRepositories", No("RepositoryNotFoundException", "does not exist")),
                ("DescribeRepositories", Yes(json!({"repositories": [repository(json!({}))]}))),
                ("CreateRepository", No("RepositoryAlreadyExistsException", exists)),
            ],
        )),
        S::new("the name is taken, and not shown", json!({}), and(none(), vec![("CreateRepository", No("RepositoryAlreadyExistsException", exists))])),
        S::new("AWS refuses", json!({}), and(none(), vec![("CreateRepository", No("LimitExceededException", "too many"))])),
        prefixed,
        S::new("in sync", json!({}), has(json!({}), own())).memo(memo()),
        S::new("everything differs: one write a call", everything, and(has(json!({}), own()), vec![
            ("PutImageTagMutability", Yes(json!({}))),
            ("PutImageScanningConfiguration", Yes(json!({}))),
            ("PutLifecyclePolicy", Yes(json!({}))),
            ("SetRepositoryPolicy", Yes(json!({}))),
            ("TagResource", Yes(json!({}))),
        ])).memo(memo()),
        S::new("what was set is set no more", json!({}), and(has(json!({"imageTagMutability": "IMMUTABLE"}), own()), vec![
            ("GetLifecyclePolicy", Yes(json!({"lifecyclePolicyText": "{}"}))),
            ("GetRepositoryPolicy", Yes(json!({"policyText": policy}))),
            ("PutImageTagMutability", Yes(json!({}))),
            ("DeleteLifecyclePolicy", Yes(json!({}))),
            ("DeleteRepositoryPolicy", Yes(json!({}))),
        ])).memo(memo()),
        S::new("drift that is only reported", json!({"management": {"drift": "Report"}}), has(json!({"imageTagMutability": "IMMUTABLE"}), own()))
            .memo(json!({"name": "shop/web", "applied": {"hash": applied(&json!({})), "generation": 1}})),
        S::new("a spec change under the same policy", json!({"management": {"drift": "Report"}}), has(json!({"imageTagMutability": "IMMUTABLE"}), own()))
            .memo(memo()),
        S::new("another encryption", json!({"encryptionConfiguration": {"encryptionType": "KMS"}}), has(json!({}), own())).memo(memo()),
        S::new("a key of AWS's own", json!({"encryptionConfiguration": {"encryptionType": "KMS"}}),
            has(json!({"encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": "theirs"}}), own())).memo(memo()),
        S::new("tags of ours, of others and of AWS", json!({}), has(json!({}), json!([
            {"Key": "team", "Value": "shop"}, {"Key": "audit", "Value": "yes"}, {"Key": "aws:cloudformation:stack-name", "Value": "x"},
            own()[0], own()[1], own()[2], own()[3], own()[4]])))
            .memo(json!({"name": "shop/web", "tagKeys": ["team", "gone"]})),
        S::new("nobody's", json!({}), has(json!({}), json!([]))),
        S::new("nobody's, with leave to adopt", json!({"management": {"adoption": "Adopt"}}),
            and(has(json!({}), json!([])), vec![("TagResource", Yes(json!({})))])),
        S::new("another object's, with leave to adopt", json!({"management": {"adoption": "Adopt"}}),
            has(json!({}), owned_by("owner-1", "EcrRepository", "other", "web", "Key", "Value"))),
        S::new("another cluster's", json!({}), has(json!({}), owned_by("owner-2", "EcrRepository", "shop", "web", "Key", "Value"))),
        S::new("deleted, and gone before", json!({}), none()).deleted(),
        S::new("deleted", json!({}), and(has(json!({}), own()), vec![("DeleteRepository", Yes(json!({})))])).deleted(),
        S::new("deleted with its images", json!({"forceDelete": true}), and(has(json!({}), own()), vec![("DeleteRepository", Yes(json!({})))])).deleted(),
        S::new("deleted, and not empty", json!({}), and(has(json!({}), own()), vec![("DeleteRepository", No("RepositoryNotEmptyException", in_use))])).deleted(),
        S::new("deleted and retained", json!({"management": {"deletion": "Retain"}}), and(has(json!({}), own()), vec![("UntagResource", Yes(json!({})))])).deleted(),
        S::new("deleted, and another's", json!({}), has(json!({}), json!([]))).deleted(),
    ];
    hold(scenes, include_str!("golden/repository.txt"), "repository.txt");
}

/// The hash under which a spec was applied, as a pass that was in sync leaves it.
fn applied(spec: &Value) -> Value {
    let aws = super::Aws::default();
    let mut object = super::Object::<EcrRepository>::new(spec.clone());
    object.ready(&aws);
    object.memo["applied"]["hash"].clone()
}
