//! The lives of a secret.

use ecs_bridge::{
    engine::Tagging,
    kinds::secrets_manager_secret::{SecretsManagerSecret, Step},
};
use serde_json::{Value, json};

use super::life::{
    Act::{Apply, Behind, Delete, Release},
    Life, Lives, steps,
};
use crate::plan::{Aws, sample::Sample};

impl Lives for SecretsManagerSecret {
    const STEPS: &'static [(&'static str, &'static str)] = steps!(Step:
        Step::Create { .. } => "CreateSecret",
        Step::Put { .. } => "PutSecretValue",
        Step::Update(_) => "UpdateSecret",
        Step::Restore { .. } => "RestoreSecret",
        Step::Tags(Tagging::Set { .. }) => "TagResource",
        Step::Tags(Tagging::Remove { .. }) => "UntagResource",
        Step::Delete(_) => "DeleteSecret",
    );

    fn lives() -> Vec<Life> {
        let life = |name, acts| Life { name, aws: <SecretsManagerSecret as Sample>::aws, acts };
        vec![
            life("made at once, and deleted", vec![Apply(everything("team")), Delete]),
            life(
                "each member given, changed and taken out",
                vec![
                    Apply(values(json!({}))),
                    Apply(everything("team")),
                    Apply(everything("cost")),
                    Apply(values(json!({}))),
                    Delete,
                ],
            ),
            life(
                "the Secret changes, twice",
                vec![Apply(everything("team")), Behind(another), Behind(another), Delete],
            ),
            life(
                "other keys, and the ones of before: a version that AWS has had",
                vec![Apply(values(json!({}))), Apply(keys(&["user"])), Apply(values(json!({}))), Delete],
            ),
            life("somebody else puts a value", vec![Apply(everything("team")), Behind(theirs), Behind(theirs), Delete]),
            life(
                "without a Secret, and with one",
                vec![Apply(json!({"Description": "of the shop"})), Apply(everything("team")), Delete],
            ),
            life("deleted by somebody, and restored", vec![Apply(everything("team")), Behind(delete), Delete]),
            life(
                "deleted by somebody for good, and made again",
                vec![Apply(everything("team")), Behind(delete_for_good), Delete],
            ),
            life("deleted for good", vec![Apply(values(json!({"forceDeleteWithoutRecovery": true}))), Delete]),
            life("retained", vec![Apply(values(json!({"management": {"deletion": "Retain"}}))), Release]),
            life(
                "adopted",
                vec![
                    Behind(|aws| <SecretsManagerSecret as Sample>::foreign(aws, &json!({}), &[("team", "theirs")])),
                    Apply(values(json!({"management": {"adoption": "Adopt"}}))),
                    Delete,
                ],
            ),
        ]
    }
}

fn values(mut more: Value) -> Value {
    more["secretRef"] = json!({"name": "db"});
    more
}

fn keys(keys: &[&str]) -> Value {
    json!({"secretRef": {"name": "db", "keys": keys}})
}

fn everything(tag: &str) -> Value {
    values(
        json!({"Description": format!("by {tag}"), "KmsKeyId": format!("alias/{tag}"), "Tags": [{"Key": tag, "Value": "1"}]}),
    )
}

/// The Secret gets another value, which is one more than before.
fn another(aws: &Aws) {
    let now = aws.seconds().to_string();
    aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", &now)]));
}

fn theirs(aws: &Aws) {
    let token = format!("{:032}", aws.seconds());
    aws.secrets("PutSecretValue", json!({"SecretId": "shop_web", "SecretString": token, "ClientRequestToken": token}));
}

fn delete(aws: &Aws) {
    aws.secrets("DeleteSecret", json!({"SecretId": "shop_web"}));
}

fn delete_for_good(aws: &Aws) {
    aws.secrets("DeleteSecret", json!({"SecretId": "shop_web", "ForceDeleteWithoutRecovery": true}));
}
