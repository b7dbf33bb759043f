//! What the plan of a secret does, scene by scene.

use ecs_bridge::kinds::secrets_manager_secret::SecretsManagerSecret;
use serde_json::{Value, json};

use super::script::{
    Says::{No, Yes},
    Scene, Script, hold, ours, owned_by,
};
use super::service::with;

const ARN: &str = "arn:aws:secretsmanager:us-east-1:1:secret:shop_web-AbCdEf";

fn of(more: Value) -> Value {
    with(json!({"secretRef": {"name": "db"}}), &more)
}

/// The Secret is there, as in the world that `applied` goes by.
fn source() -> (&'static str, super::script::Says) {
    ("GetSecret", Yes(json!({"uid": "uid-of-secret-db", "resourceVersion": "1"})))
}

/// AWS describes the secret so, with these tags.
fn has(more: Value, tags: Value) -> Script {
    let base = json!({"ARN": ARN, "Name": "shop_web", "Tags": tags});
    vec![source(), ("DescribeSecret", Yes(with(base, &more)))]
}

fn none() -> Script {
    vec![
        source(),
        ("DescribeSecret", No("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")),
    ]
}

fn own() -> Value {
    ours("SecretsManagerSecret", "Key", "Value")
}

fn and(mut script: Script, more: Script) -> Script {
    script.extend(more);
    script
}

/// As a pass that was in sync leaves it: the hash of what was applied, and the version that AWS has.
fn applied(spec: &Value) -> (Value, String) {
    let aws = super::secret::aws();
    let mut object = super::Object::<SecretsManagerSecret>::new(spec.clone());
    object.ready(&aws);
    (object.memo["applied"]["hash"].clone(), object.report.version_id.unwrap_or_default())
}

#[test]
fn the_plan_of_a_secret() {
    let (hash, version) = applied(&of(json!({"management": {"drift": "Report"}})));
    let memo = || json!({"name": "shop_web", "applied": {"hash": "of before", "generation": 1}});
    let created = || ("CreateSecret", Yes(json!({"ARN": ARN, "Name": "shop_web", "VersionId": version})));
    let put = |labels: &[&str]| ("PutSecretValue", Yes(json!({"ARN": ARN, "VersionStages": labels})));
    let old = || json!({"VersionIdsToStages": {"old": ["AWSCURRENT"]}});
    let at_rest = |more: Value| with(json!({"VersionIdsToStages": {version.as_str(): ["AWSCURRENT"]}}), &more);
    let exists = "The operation failed because the secret shop_web already exists.";
    let denied = "The secret values of a Secret may not be read here";
    type S = Scene<SecretsManagerSecret>;
    let mut unread = S::new("no leave to read Secrets", of(json!({})), vec![]);
    unread.object.env.reads_secrets = false;
    let mut unread_and_none = S::new("no leave to read Secrets, and none is named", json!({}), none());
    unread_and_none.object.env.reads_secrets = false;
    let scenes = vec![
        unread,
        unread_and_none,
        S::new("the Secret is not there", of(json!({})), vec![
            ("GetSecret", No("ResourceNotFoundException", "not found")), ("DescribeSecret", No("ResourceNotFoundException", "can't find")),
        ]),
        S::new("nothing is there", of(json!({})), and(none(), vec![created()])),
        S::new("nothing is there, and all is wanted at once",
            of(json!({"Description": "of the shop", "KmsKeyId": "alias/shop", "Tags": [{"Key": "team", "Value": "shop"}]})), and(none(), vec![created()])),
        S::new("it went behind the object's back", of(json!({})), and(none(), vec![created()])).memo(memo()),
        S::new("the name is taken meanwhile", of(json!({})), and(
            vec![source(), ("DescribeSecret", No("ResourceNotFoundException", "can't find")), ("DescribeSecret", Yes(json!({"ARN": ARN})))],
            vec![("CreateSecret", No("ResourceExistsException", exists))])),
        S::new("the Secret changes as it is sent", of(json!({})), and(none(), vec![("CreateSecret", No("ConflictException", "Secret db has changed meanwhile"))])),
        S::new("AWS refuses", of(json!({})), and(none(), vec![("CreateSecret", No("LimitExceededException", denied))])),
        S::new("in sync", of(json!({})), has(at_rest(json!({})), own())).memo(memo()),
        S::new("its key by another name", of(json!({"KmsKeyId": "alias/shop"})),
            has(at_rest(json!({"KmsKeyId": "arn:aws:kms:us-east-1:1:alias/shop"})), own())).memo(memo()),
        S::new("everything differs: one write a call", of(json!({"Description": "of the shop", "KmsKeyId": "alias/shop", "Tags": [{"Key": "team", "Value": "shop"}]})),
            and(has(old(), own()), vec![("UpdateSecret", Yes(json!({}))), put(&["AWSCURRENT"]), ("TagResource", Yes(json!({})))])).memo(memo()),
        S::new("what was set is set no more", of(json!({})),
            and(has(at_rest(json!({"Description": "theirs", "KmsKeyId": "theirs"})), own()), vec![("UpdateSecret", Yes(json!({})))])).memo(memo()),
        S::new("AWS lists the version without the label", of(json!({})),
            and(has(json!({"VersionIdsToStages": {"old": ["AWSCURRENT"], version.as_str(): ["AWSPREVIOUS"]}}), own()), vec![put(&["AWSCURRENT"])])).memo(memo()),
        S::new("AWS had the version, and says so when it is put", of(json!({})),
            and(has(old(), own()), vec![put(&[]), put(&["AWSCURRENT"])])).memo(memo()),
        S::new("AWS has other values under the version", of(json!({})),
            and(has(old(), own()), vec![("PutSecretValue", No("ResourceExistsException", "already in use")), put(&["AWSCURRENT"])])).memo(memo()),
        S::new("drift that is only reported", of(json!({"management": {"drift": "Report"}})), has(old(), own()))
            .memo(json!({"name": "shop_web", "applied": {"hash": hash, "generation": 1}})),
        S::new("it is rotated in AWS", of(json!({})), has(with(old(), &json!({"RotationEnabled": true})), own())).memo(memo()),
        S::new("without a Secret, its values are somebody else's", json!({}), has(with(old(), &json!({"RotationEnabled": true})), own())).memo(memo()),
        S::new("scheduled for deletion", of(json!({})), and(has(at_rest(json!({"DeletedDate": 1.0})), own()), vec![("RestoreSecret", Yes(json!({})))])),
        S::new("scheduled for deletion, and nobody's", of(json!({"management": {"adoption": "Adopt"}})), has(at_rest(json!({"DeletedDate": 1.0})), json!([]))),
        S::new("nobody's", of(json!({})), has(json!({}), json!([]))),
        S::new("nobody's, with leave to adopt", of(json!({"management": {"adoption": "Adopt"}})), and(has(at_rest(json!({})), json!([])), vec![("TagResource", Yes(json!({})))])),
        S::new("another object's", of(json!({})), has(json!({}), owned_by("owner-1", "SecretsManagerSecret", "other", "web", "Key", "Value"))),
        S::new("deleted, and gone before", of(json!({})), none()).deleted(),
        S::new("deleted", of(json!({"recoveryWindowInDays": 7})), and(has(json!({}), own()), vec![("DeleteSecret", Yes(json!({})))])).deleted(),
        S::new("deleted for good", of(json!({"forceDeleteWithoutRecovery": true})), and(has(json!({}), own()), vec![("DeleteSecret", Yes(json!({})))])).deleted(),
        S::new("deleted, and scheduled for that already", of(json!({})), has(json!({"DeletedDate": 1.0}), own())).deleted(),
        S::new("deleted and retained", of(json!({"management": {"deletion": "Retain"}})), and(has(json!({}), own()), vec![("UntagResource", Yes(json!({})))])).deleted(),
        S::new("deleted, and another's", of(json!({})), has(json!({}), json!([]))).deleted(),
    ];
    hold(scenes, include_str!("golden/secret.txt"), "secret.txt");
}
