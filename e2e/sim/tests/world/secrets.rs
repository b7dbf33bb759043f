//! Secrets Manager: versions and their labels, and deletion with a window.

use std::time::Duration;

use aws_sim::{Api, Config, Error, Scope, Time, World};
use serde_json::{Value, json};

fn world() -> World {
    World::new(Config::default(), Time(1_800_000_000_000))
}

fn call(world: &mut World, operation: &str, request: Value) -> Result<Value, Error> {
    world.call(&Scope::default(), Api::SecretsManager, operation, &request)
}

fn ok(world: &mut World, operation: &str, request: Value) -> Value {
    call(world, operation, request.clone()).unwrap_or_else(|error| panic!("{operation} {request}: {error}"))
}

fn code(world: &mut World, operation: &str, request: Value) -> String {
    call(world, operation, request.clone())
        .map_or_else(|error| error.code, |answer| panic!("{operation} {request}: {answer}"))
}

/// An id of a version, by a letter.
fn id(letter: &str) -> String {
    letter.repeat(32)
}

fn put(world: &mut World, letter: &str, value: &str) -> Value {
    let request = json!({"SecretId": "db", "SecretString": value, "ClientRequestToken": id(letter)});
    ok(world, "PutSecretValue", request)["VersionStages"].clone()
}

fn current(world: &mut World) -> Value {
    ok(world, "GetSecretValue", json!({"SecretId": "db"}))["SecretString"].clone()
}

fn with_secret() -> World {
    let mut world = world();
    ok(&mut world, "CreateSecret", json!({"Name": "db", "SecretString": "one", "ClientRequestToken": id("a")}));
    world
}

#[test]
fn labels_move_with_each_version() {
    let mut world = with_secret();
    assert_eq!(put(&mut world, "b", "two"), json!(["AWSCURRENT"]));
    let described = ok(&mut world, "DescribeSecret", json!({"SecretId": "db"}));
    assert_eq!(described["VersionIdsToStages"], json!({id("a"): ["AWSPREVIOUS"], id("b"): ["AWSCURRENT"]}));
    put(&mut world, "c", "three");
    let described = ok(&mut world, "DescribeSecret", json!({"SecretId": "db"}));
    assert_eq!(
        described["VersionIdsToStages"],
        json!({id("b"): ["AWSPREVIOUS"], id("c"): ["AWSCURRENT"]}),
        "a version without a label is not described"
    );
    assert_eq!(current(&mut world), "three");
    let previous = ok(&mut world, "GetSecretValue", json!({"SecretId": "db", "VersionStage": "AWSPREVIOUS"}));
    assert_eq!(previous["SecretString"], "two");
}

#[test]
fn a_version_is_taken_once() {
    let mut world = with_secret();
    put(&mut world, "b", "two");
    assert_eq!(put(&mut world, "a", "one"), json!(["AWSPREVIOUS"]), "the same again moves no label");
    assert_eq!(current(&mut world), "two");
    let other = json!({"SecretId": "db", "SecretString": "other", "ClientRequestToken": id("a")});
    assert_eq!(code(&mut world, "PutSecretValue", other.clone()), "ResourceExistsException");
    assert_eq!(code(&mut world, "UpdateSecret", other), "ResourceExistsException");
    let again = json!({"Name": "db", "SecretString": "one", "ClientRequestToken": id("a")});
    assert_eq!(ok(&mut world, "CreateSecret", again)["VersionId"], json!(id("a")), "a retry of the creation");
    let another = json!({"Name": "db", "SecretString": "one", "ClientRequestToken": id("d")});
    assert_eq!(code(&mut world, "CreateSecret", another), "ResourceExistsException");
}

#[test]
fn what_is_deleted_can_be_restored_within_its_window() {
    let mut world = with_secret();
    ok(&mut world, "DeleteSecret", json!({"SecretId": "db", "RecoveryWindowInDays": 7}));
    for (operation, request) in [
        ("GetSecretValue", json!({"SecretId": "db"})),
        ("PutSecretValue", json!({"SecretId": "db", "SecretString": "two", "ClientRequestToken": id("b")})),
        ("TagResource", json!({"SecretId": "db", "Tags": [{"Key": "a", "Value": "b"}]})),
        ("UpdateSecret", json!({"SecretId": "db", "Description": "x"})),
        ("DeleteSecret", json!({"SecretId": "db"})),
        ("CreateSecret", json!({"Name": "db", "SecretString": "one", "ClientRequestToken": id("a")})),
    ] {
        assert_eq!(code(&mut world, operation, request), "InvalidRequestException", "{operation}");
    }
    assert!(ok(&mut world, "DescribeSecret", json!({"SecretId": "db"}))["DeletedDate"].is_number());
    assert_eq!(ok(&mut world, "ListSecrets", json!({}))["SecretList"], json!([]), "it is listed");
    ok(&mut world, "RestoreSecret", json!({"SecretId": "db"}));
    assert_eq!(current(&mut world), "one");

    ok(&mut world, "DeleteSecret", json!({"SecretId": "db", "RecoveryWindowInDays": 7}));
    world.advance(Duration::from_hours(7 * 24 + 1));
    assert_eq!(code(&mut world, "RestoreSecret", json!({"SecretId": "db"})), "ResourceNotFoundException");
    ok(&mut world, "CreateSecret", json!({"Name": "db", "ClientRequestToken": id("a")}));
}

#[test]
fn deletion_takes_a_window_or_none_at_all() {
    let mut world = with_secret();
    for days in [6, 31] {
        let request = json!({"SecretId": "db", "RecoveryWindowInDays": days});
        assert_eq!(code(&mut world, "DeleteSecret", request), "InvalidParameterException", "{days} days");
    }
    let both = json!({"SecretId": "db", "RecoveryWindowInDays": 7, "ForceDeleteWithoutRecovery": true});
    assert_eq!(code(&mut world, "DeleteSecret", both), "InvalidParameterException");
    let force = json!({"SecretId": "db", "ForceDeleteWithoutRecovery": true});
    ok(&mut world, "DeleteSecret", force.clone());
    assert_eq!(code(&mut world, "DescribeSecret", json!({"SecretId": "db"})), "ResourceNotFoundException");
    ok(&mut world, "DeleteSecret", force);
}

#[test]
fn a_key_is_described_by_its_arn_unless_it_is_awss_own() {
    let mut world = with_secret();
    for (given, expected) in [
        ("alias/shop", json!("arn:aws:kms:us-east-1:123456789012:alias/shop")),
        ("1234abcd", json!("1234abcd")),
        ("alias/aws/secretsmanager", Value::Null),
        ("", Value::Null),
    ] {
        ok(&mut world, "UpdateSecret", json!({"SecretId": "db", "KmsKeyId": given}));
        assert_eq!(ok(&mut world, "DescribeSecret", json!({"SecretId": "db"}))["KmsKeyId"], expected, "{given}");
    }
}

#[test]
fn what_is_not_simulated_is_refused() {
    let mut world = with_secret();
    for (operation, request) in [
        (
            "CreateSecret",
            json!({"Name": "x", "ClientRequestToken": id("a"), "AddReplicaRegions": [{"Region": "eu-west-1"}]}),
        ),
        ("CreateSecret", json!({"Name": "x", "ClientRequestToken": id("a"), "Type": "partner"})),
        ("ListSecrets", json!({"Filters": [{"Key": "name", "Values": ["x"]}]})),
        ("RotateSecret", json!({"SecretId": "db"})),
    ] {
        assert_eq!(code(&mut world, operation, request), "UnsupportedFeatureException", "{operation}");
    }
    assert_eq!(
        code(&mut world, "PutSecretValue", json!({"SecretId": "db", "SecretString": "x"})),
        "InvalidRequestException",
        "without a token"
    );
}
