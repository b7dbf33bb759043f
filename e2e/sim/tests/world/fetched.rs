//! What ECS fetches before a task's containers start, and why it can't.

use aws_sim::{Api, Scope};
use serde_json::{Value, json};

use super::lab::Lab;

fn other(lab: &mut Lab, api: Api, operation: &str, request: Value) -> Value {
    let answer = lab.world.call(&Scope::default(), api, operation, &request);
    answer.unwrap_or_else(|error| panic!("{operation} {request}: {error}"))
}

/// A lab with a secret and a parameter; and the secret's ARN.
fn furnished() -> (Lab, String) {
    let mut lab = Lab::new();
    let secret =
        json!({"Name": "db", "SecretString": "{\"password\": \"hunter2\"}", "ClientRequestToken": "a".repeat(32)});
    let arn = other(&mut lab, Api::SecretsManager, "CreateSecret", secret)["ARN"].clone();
    let parameter = json!({"Name": "/shop/token", "Value": "hunter3", "Type": "SecureString"});
    other(&mut lab, Api::Ssm, "PutParameter", parameter);
    (lab, arn.as_str().expect("an ARN").to_owned())
}

/// How a task ends whose container has this: it runs, or why it stopped.
fn started(lab: &mut Lab, container: Value) -> String {
    let mut definition = json!({"name": "web", "image": "nginx"});
    for (name, member) in container.as_object().expect("members") {
        definition[name] = member.clone();
    }
    let request = json!({
        "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
        "executionRoleArn": "arn:aws:iam::123456789012:role/ecs", "containerDefinitions": [definition],
    });
    let arn = lab.ok("RegisterTaskDefinition", request)["taskDefinition"]["taskDefinitionArn"].clone();
    lab.create(arn.as_str().expect("an ARN"), json!({"desiredCount": 1}));
    lab.pass(40);
    for status in ["RUNNING", "STOPPED"] {
        let listed = lab.ok("ListTasks", json!({"cluster": "main", "desiredStatus": status}))["taskArns"].clone();
        if listed.as_array().is_none_or(Vec::is_empty) {
            continue;
        }
        let task = lab.ok("DescribeTasks", json!({"cluster": "main", "tasks": [listed[0]]}))["tasks"][0].clone();
        match (task["lastStatus"].as_str(), task["stoppedReason"].as_str()) {
            (Some("RUNNING"), _) => return "RUNNING".to_owned(),
            (_, Some(reason)) => return format!("{}: {reason}", task["stopCode"].as_str().unwrap_or_default()),
            _ => {}
        }
    }
    "nothing".to_owned()
}

#[test]
fn a_task_starts_where_what_it_is_given_is_there() {
    let secret = |from: String| json!({"secrets": [{"name": "A", "valueFrom": from}]});
    let parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/shop";
    let (_, arn) = furnished();
    let elsewhere = arn.replace(":db-", ":other-");
    for (container, expected) in [
        (secret(arn.clone()), "RUNNING"),
        (secret(format!("{arn}:password::")), "RUNNING"),
        (secret(format!("{arn}:password:AWSCURRENT:{}", "a".repeat(32))), "RUNNING"),
        (secret(format!("{parameter}/token")), "RUNNING"),
        (secret("/shop/token".to_owned()), "RUNNING"),
        (json!({"repositoryCredentials": {"credentialsParameter": arn}}), "RUNNING"),
        (secret(elsewhere.clone()), "can't find the specified secret."),
        (secret(format!("{arn}:user::")), "did not contain json key user"),
        (
            secret(format!("{arn}:password::{}", "b".repeat(32))),
            "can't find the specified secret value for VersionId: bbb",
        ),
        (
            secret(format!("{parameter}/none")),
            "invalid ssm parameters: arn:aws:ssm:us-east-1:123456789012:parameter/shop/none",
        ),
        (json!({"repositoryCredentials": {"credentialsParameter": elsewhere}}), "can't find the specified secret."),
    ] {
        let (mut lab, _) = furnished();
        let ended = started(&mut lab, container.clone());
        let is_expected = if expected == "RUNNING" {
            ended == expected
        } else {
            ended.starts_with("TaskFailedToStart: ResourceInitializationError: unable to pull secrets or registry auth")
                && ended.contains(expected)
        };
        assert!(is_expected, "{container}: {ended}");
        assert!(!ended.contains("hunter"), "a value is told: {ended}");
    }
}

#[test]
fn parameters_have_names_with_and_without_a_path() {
    let mut lab = Lab::new();
    let put = |name: &str, more: Value| {
        let mut request = json!({"Name": name, "Value": "x", "Type": "String"});
        for (member, value) in more.as_object().expect("members") {
            request[member] = value.clone();
        }
        request
    };
    assert_eq!(other(&mut lab, Api::Ssm, "PutParameter", put("plain", json!({})))["Version"], 1);
    let again = lab.world.call(&Scope::default(), Api::Ssm, "PutParameter", &put("plain", json!({})));
    assert_eq!(again.expect_err("it is there").code, "ParameterAlreadyExists");
    assert_eq!(other(&mut lab, Api::Ssm, "PutParameter", put("plain", json!({"Overwrite": true})))["Version"], 2);
    let found = other(&mut lab, Api::Ssm, "GetParameters", json!({"Names": ["plain", "none"]}));
    assert_eq!(found["InvalidParameters"], json!(["none"]));
    assert_eq!(found["Parameters"][0]["ARN"], "arn:aws:ssm:us-east-1:123456789012:parameter/plain");
    other(&mut lab, Api::Ssm, "DeleteParameter", json!({"Name": "plain"}));
    let gone = lab.world.call(&Scope::default(), Api::Ssm, "GetParameter", &json!({"Name": "plain"}));
    assert_eq!(gone.expect_err("it is gone").code, "ParameterNotFound");
}

#[test]
fn a_role_is_the_same_in_every_region_and_its_policy_is_encoded() {
    let mut lab = Lab::new();
    let policy = json!({"Statement": [{"Effect": "Allow"}]}).to_string();
    other(
        &mut lab,
        Api::Iam,
        "CreateRole",
        json!({"RoleName": "web", "Path": "/shop/", "AssumeRolePolicyDocument": policy}),
    );
    let elsewhere = Scope::new("123456789012", "eu-west-1");
    let role =
        lab.world.call(&elsewhere, Api::Iam, "GetRole", &json!({"RoleName": "web"})).expect("a role")["Role"].clone();
    assert_eq!(role["Arn"], "arn:aws:iam::123456789012:role/shop/web");
    assert_eq!(role["AssumeRolePolicyDocument"], "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%7D%5D%7D");
    let missing = lab.world.call(&elsewhere, Api::Iam, "GetRole", &json!({"RoleName": "none"}));
    assert_eq!(missing.expect_err("there is none").code, "NoSuchEntity");
}
