//! Random secrets, and the Kubernetes Secret that their values come from.

use ecs_bridge::kinds::secrets_manager_secret::SecretsManagerSecret;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws, Object,
    sample::{Sample, Spec, members, one_of},
};

/// The keys and values of the Secret `db`.
pub const DATA: &[(&str, &str)] = &[("host", "db.shop"), ("password", "hunter2"), ("user", "carol")];

/// An AWS in which others have a secret too, beside a cluster that has the Secret `db`.
pub fn aws() -> Aws {
    let aws = Aws::default();
    let request = json!({"Name": "shop_other", "SecretString": "theirs", "ClientRequestToken": "0".repeat(32)});
    aws.secrets("CreateSecret", request);
    aws.pods(|cluster| cluster.put_secret("shop", "db", DATA));
    aws
}

/// The value that AWS gives for the secret of this name.
pub fn value(aws: &Aws, name: &str) -> Value {
    let answer = aws.secrets("GetSecretValue", json!({ "SecretId": name }));
    serde_json::from_str(answer["SecretString"].as_str().expect("a text")).expect("JSON")
}

pub fn tags() -> BoxedStrategy<Value> {
    super::sample::tags("Key", "Value").prop_map(|spec| json!({ "Tags": spec["tags"] })).boxed()
}

impl Sample for SecretsManagerSecret {
    fn specs() -> BoxedStrategy<Spec> {
        let description = one_of(vec![json!({}), json!({"Description": "of the shop"}), json!({"Description": ""})]);
        let key = one_of(vec![
            json!({}),
            json!({"KmsKeyId": "alias/shop"}),
            json!({"KmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab"}),
            json!({"KmsKeyId": "alias/aws/secretsmanager"}),
        ]);
        let values = one_of(vec![
            json!({"secretRef": {"name": "db"}}),
            json!({"secretRef": {"name": "db", "keys": ["user", "password"]}}),
            json!({"secretRef": {"name": "db", "keys": ["host"]}}),
            json!({}),
        ]);
        let name = one_of(vec![json!({}), json!({"Name": "team/db"})]);
        let ending =
            one_of(vec![json!({}), json!({"recoveryWindowInDays": 7}), json!({"forceDeleteWithoutRecovery": true})]);
        members(vec![description, key, values, name, ending, tags()]).prop_map(Spec).boxed()
    }

    fn immutable() -> &'static [&'static str] {
        &["Name"]
    }

    /// Values that were put are nobody's to take back: an object that no longer says where they come from leaves them.
    fn changes() -> BoxedStrategy<(Spec, Spec)> {
        (Self::specs(), Self::specs())
            .prop_map(|(first, Spec(mut second))| {
                let spec = second.as_object_mut().expect("a spec");
                for member in ["Name", "secretRef"] {
                    let kept = first.0.get(member).cloned();
                    match (kept, spec.contains_key(member)) {
                        (Some(_), true) if member == "secretRef" => {}
                        (Some(kept), _) => drop(spec.insert(member.to_owned(), kept)),
                        (None, _) => drop(spec.remove(member)),
                    }
                }
                (first, Spec(second))
            })
            .boxed()
    }

    fn aws() -> Aws {
        aws()
    }

    fn foreign(aws: &Aws, spec: &Value, tags: &[(&str, &str)]) {
        let name = spec["Name"].as_str().unwrap_or("shop_web");
        let tags: Vec<Value> = tags.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect();
        let request =
            json!({"Name": name, "Tags": tags, "SecretString": "theirs", "ClientRequestToken": "1".repeat(32)});
        aws.secrets("CreateSecret", request);
    }
}

/// The object `web` with the values of the Secret `db`, in an AWS that has them.
fn copied() -> (Aws, Object<SecretsManagerSecret>) {
    let aws = aws();
    let mut object = Object::new(json!({"secretRef": {"name": "db"}}));
    object.ready(&aws);
    aws.take_calls();
    (aws, object)
}

#[test]
fn the_values_reach_aws_and_stand_nowhere_else() {
    let (aws, object) = copied();
    assert_eq!(value(&aws, "shop_web"), json!({"host": "db.shop", "password": "hunter2", "user": "carol"}));
    let mut again = object.clone();
    again.memo = Value::Null;
    again.ready(&aws);
    let said = format!("{:?} {} {:?} {:?}", object.report, object.memo, aws.take_calls(), again.report);
    for (_, value) in DATA {
        assert!(!said.contains(value), "{value} stands in {said}");
    }
}

/// Versions are told by the Secret's UID and resourceVersion: no hash of a value, in which a guess could be tried.
#[test]
fn the_id_of_a_version_says_nothing_of_the_values() {
    let ids = ["hunter2", "another"].map(|password| {
        let aws = Aws::default();
        aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", password)]));
        let mut object = Object::<SecretsManagerSecret>::new(json!({"secretRef": {"name": "db"}}));
        object.ready(&aws);
        object.report.version_id.expect("a version")
    });
    assert_eq!(ids[0], ids[1], "another value of the same version of a Secret has another id");
}

#[test]
fn a_secret_that_changes_is_put_once() {
    let (aws, mut object) = copied();
    let before = object.report.version_id.clone();
    aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", "correct horse")]));
    object.ready(&aws);
    assert_eq!(aws.take_writes(), ["PutSecretValue"]);
    assert_eq!(value(&aws, "shop_web"), json!({"password": "correct horse"}));
    assert_ne!(object.report.version_id, before, "what a service would roll by is the same");
    object.ready(&aws);
    assert_eq!(aws.take_writes(), [""; 0], "it was put again");
}

/// AWS takes no version twice: what somebody has put in its place makes way for another version of the same values, however often.
#[test]
fn what_somebody_else_puts_is_put_back_each_time() {
    let (aws, mut object) = copied();
    for times in 1..=3 {
        for token in 0..times {
            let request = json!({"SecretId": "shop_web", "SecretString": "theirs", "ClientRequestToken": format!("{times}{token}").repeat(16)});
            aws.secrets("PutSecretValue", request);
        }
        object.ready(&aws);
        assert_eq!(aws.take_writes(), ["PutSecretValue"], "the {times}. time");
        assert_eq!(value(&aws, "shop_web")["password"], "hunter2", "the {times}. time");
        assert_eq!(object.memo["again"]["count"], times, "{}", object.memo);
        object.ready(&aws);
        assert_eq!(aws.take_writes(), [""; 0], "the {times}. time, it was put again");
    }
    // Where the memo is lost, the count is found again: AWS says of each version that it had it.
    object.memo = Value::Null;
    object.ready(&aws);
    assert_eq!(value(&aws, "shop_web")["password"], "hunter2", "without a memo");
}

/// A cluster that is rebuilt from a backup counts its resourceVersions anew, and keeps the UIDs.
#[test]
fn a_resource_version_that_comes_back_with_other_values_is_another_version() {
    let (aws, mut object) = copied();
    aws.pods(|cluster| cluster.put_secret("shop", "db", &[("password", "second")]));
    object.ready(&aws);
    aws.pods(|cluster| cluster.restore_secret("shop", "db", 1, &[("password", "third")]));
    object.ready(&aws);
    assert_eq!(value(&aws, "shop_web"), json!({"password": "third"}));
}

#[test]
fn a_secret_that_is_scheduled_for_deletion_is_restored_for_its_object_alone() {
    let (aws, mut object) = copied();
    object.delete(&aws);
    assert_eq!(aws.take_writes(), ["DeleteSecret"]);
    let mut next = Object::<SecretsManagerSecret>::new(json!({"secretRef": {"name": "db"}}));
    next.ready(&aws);
    assert_eq!(aws.take_writes(), ["RestoreSecret"], "the values are those of before");
    next.delete(&aws);

    let adopts = json!({"Name": "shop_other", "management": {"adoption": "Adopt"}});
    aws.secrets("DeleteSecret", json!({"SecretId": "shop_other"}));
    let mut other = Object::<SecretsManagerSecret>::named("other", adopts);
    let outcome = other.carry(&aws);
    assert_eq!(super::object::reason(&outcome), "Conflict", "{outcome:?}");
    assert_eq!(aws.take_writes(), ["DeleteSecret"], "what somebody else deletes was restored");
}

/// The Secret changes between the plan and the write: what is put is what the id says, or nothing.
#[test]
fn values_that_change_while_they_are_put_are_looked_at_again() {
    let (aws, mut object) = copied();
    aws.pods(|cluster| {
        cluster.put_secret("shop", "db", &[("password", "second")]);
        cluster.changes_when_opened = Some(("password", "third"));
    });
    object.ready(&aws);
    assert_eq!(value(&aws, "shop_web"), json!({"password": "third"}));
    let puts = aws.take_writes();
    assert_eq!(puts, ["PutSecretValue", "PutSecretValue"], "the first was not sent");
}

#[test]
fn a_secret_that_goes_leaves_what_aws_has() {
    let (aws, mut object) = copied();
    let before = aws.dump();
    aws.pods(|cluster| cluster.delete_secret("shop", "db"));
    let outcome = object.pass(&aws, false).expect("an answer");
    assert_eq!(super::object::reason(&outcome), "ReferenceNotFound", "{outcome:?}");
    super::dump::assert_same(&aws.dump(), &before, "something changed in AWS");
    assert_eq!(object.delete(&aws).state, ecs_bridge::engine::outcome::State::Gone);
}
