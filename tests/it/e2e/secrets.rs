//! A Kubernetes Secret in AWS Secrets Manager: it arrives, follows, and shows nowhere on its way.

use aws_sim::Api;
use ecs_bridge_harness::eventually;
use k8s_openapi::api::core::v1::Secret;
use kube::{
    Api as KubeApi,
    api::{DeleteParams, Patch, PatchParams},
};
use serde_json::{Value, json};

use super::{
    bridge::{self, EXECUTION_ROLE},
    lab::{Lab, PATIENCE, Setup, ok},
    manifests::object,
};

impl Lab {
    /// `kubectl apply` of a Secret.
    pub async fn secret(&self, name: &str, data: Value) {
        let manifest =
            json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": name }, "stringData": data });
        let secrets: KubeApi<Secret> = KubeApi::namespaced(self.client.clone(), &self.namespace);
        let parameters = PatchParams::apply("user").force();
        let applied = secrets.patch(name, &parameters, &Patch::Apply(&manifest)).await;
        applied.unwrap_or_else(|error| panic!("Secret {name} is not accepted: {error}"));
    }

    /// A call to AWS Secrets Manager by another party.
    pub fn secrets_manager(&self, operation: &str, request: Value) -> Value {
        let answer = self.sim().call(Api::SecretsManager, operation, &request);
        answer.unwrap_or_else(|error| panic!("{operation} {request} by another party: {error}"))
    }

    /// Waits until AWS gives this value for the secret of an object.
    async fn has_value(&self, name: &str, expected: Value) {
        let look = async || {
            let request = json!({ "SecretId": self.aws_name(name) });
            let answer = self.sim().call(Api::SecretsManager, "GetSecretValue", &request);
            let text = answer.map_or(Value::Null, |answer| answer["SecretString"].clone());
            let value: Value = serde_json::from_str(text.as_str().unwrap_or("null")).expect("JSON");
            if value == expected { Ok(()) } else { Err(value.to_string()) }
        };
        ok(eventually("the value to be in AWS", PATIENCE, look).await);
    }
}

/// The operator may read Secrets, as the chart has it with `secrets.sync`.
pub fn setup(name: &str) -> Setup<'_> {
    Setup::named(name).value("secrets.sync", "true").argument("--sync-secrets")
}

#[tokio::test]
async fn a_secret_arrives_follows_and_shows_nowhere() {
    // With all that any library below can say.
    let lab = setup("secret").argument("--log=trace").start().await;
    lab.secret("db", json!({ "user": "shop", "password": "hunter2-in-clear" })).await;
    lab.apply(&object("SecretsManagerSecret", "db", json!({ "secretRef": { "name": "db" } }))).await;
    let first = lab.ready("SecretsManagerSecret", "db").await;
    lab.has_value("db", json!({ "password": "hunter2-in-clear", "user": "shop" })).await;

    // Nothing but the change of the Secret itself wakes the object: the sweep sees AWS alone.
    lab.secret("db", json!({ "user": "shop", "password": "hunter2-once-more" })).await;
    lab.has_value("db", json!({ "password": "hunter2-once-more", "user": "shop" })).await;
    let is_another = |object: &kube::core::DynamicObject| {
        let version = &object.data["status"]["versionId"];
        version.is_string() && *version != first.data["status"]["versionId"]
    };
    lab.until("SecretsManagerSecret", "db", "the new version in the status", is_another).await;

    let object = ok(lab.kubectl(&["get", "secretsmanagersecrets", "--output=yaml"]).await);
    let events = ok(lab.kubectl(&["get", "events", "--output=yaml"]).await);
    let log = lab.log();
    assert!(log.contains("DEBUG") && events.contains("PutSecretValue"), "there is nothing to look at");
    for (place, said) in [("the object", object), ("an Event", events), ("the log", log)] {
        // In clear, and as Secrets have it.
        for value in ["hunter2", "aHVudGVyMi"] {
            let at = said.find(value).map(|at| said[at.saturating_sub(300)..at].to_owned());
            assert!(at.is_none(), "a value stands in {place}, after: {at:?}");
        }
    }
}

/// A Deployment that reads a Secret runs on ECS, rolls with it, and leaves nothing of it behind.
#[tokio::test]
async fn a_bridge_has_the_secrets_of_its_workload_copied() {
    let lab = setup("secret-bridge").argument("--log=debug").start().await;
    bridge::deploy(&lab).await;
    let _node = bridge::node(&lab).await;
    lab.secret("db", json!({ "user": "shop", "password": "hunter2-in-clear" })).await;
    bridge::reads_secret(&lab).await;
    let trusts =
        json!({ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" });
    let policy = json!({ "Statement": trusts }).to_string();
    let role = json!({ "RoleName": "ecs", "AssumeRolePolicyDocument": policy });
    lab.sim().call(Api::Iam, "CreateRole", &role).expect("a role");
    let spec = json!({ "secrets": { "sync": true }, "ecs": { "executionRoleArn": EXECUTION_ROLE } });
    lab.apply(&bridge::bridge(spec)).await;
    let ready = lab.ready("WorkloadBridge", "web").await;
    let notes = ready.data["status"]["notes"].to_string();
    assert!(notes.contains("role/ecs does not let tasks have it: add this statement"), "{notes}");
    lab.has_value("web.db", json!({ "password": "hunter2-in-clear" })).await;
    let named = |lab: &Lab| {
        let asked = json!({ "taskDefinition": lab.service("web")["taskDefinition"] });
        let described = lab.ecs("DescribeTaskDefinition", asked);
        described["taskDefinition"]["containerDefinitions"][0]["secrets"][0].clone()
    };
    let copy = lab.ready("SecretsManagerSecret", "web.db").await.data["status"].clone();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let first = format!("{}:password::{}", text(&copy["arn"]), text(&copy["versionId"]));
    assert_eq!(named(&lab), json!({ "name": "PASSWORD", "valueFrom": first }));

    lab.secret("db", json!({ "user": "shop", "password": "hunter2-once-more" })).await;
    let look = || {
        let named = named(&lab);
        if named["valueFrom"] == first.as_str() { Err(named) } else { Ok(()) }
    };
    lab.aws_has("a changed Secret to roll the service", look).await;
    lab.ready("WorkloadBridge", "web").await;

    // The foreground deletes what a bridge owns before it: the service has the copy for as long as it is there.
    lab.api("WorkloadBridge").delete("web", &DeleteParams::foreground()).await.expect("it is deleted");
    lab.gone("WorkloadBridge", "web").await;
    lab.gone("EcsService", "web").await;
    lab.gone("SecretsManagerSecret", "web.db").await;
    let described = lab.secrets_manager("DescribeSecret", json!({ "SecretId": lab.aws_name("web.db") }));
    assert!(described["DeletedDate"].is_number(), "it is not scheduled for deletion: {described}");
    let writes: Vec<String> = lab.writes_since(0).into_iter().map(|entry| entry.operation).collect();
    let at = |operation: &str| writes.iter().position(|write| write == operation);
    assert!(at("DeleteService") < at("DeleteSecret"), "the secret went before the service: {writes:?}");

    let objects = ok(lab.kubectl(&["get", "events", "--output=yaml"]).await);
    for (place, said) in [("an Event", objects), ("the log", lab.log())] {
        assert!(!said.contains("hunter2") && !said.contains("aHVudGVyMi"), "a value stands in {place}");
    }
}

#[tokio::test]
async fn what_is_missing_is_named_and_comes_by_itself() {
    let lab = setup("secret-missing").start().await;
    let spec = json!({ "secretRef": { "name": "db", "keys": ["password"] } });
    lab.apply(&object("SecretsManagerSecret", "db", spec)).await;
    let why = lab.reason("SecretsManagerSecret", "db", "Ready", "False", "ReferenceNotFound").await;
    assert!(why.message.contains("Secret db"), "{}", why.message);
    lab.secret("db", json!({ "user": "shop" })).await;
    let why = lab.stalled("SecretsManagerSecret", "db", "RefusedByAWS").await;
    assert!(why.message.contains("has no key \"password\""), "{}", why.message);
    lab.secret("db", json!({ "user": "shop", "password": "hunter2" })).await;
    lab.ready("SecretsManagerSecret", "db").await;
    lab.has_value("db", json!({ "password": "hunter2" })).await;

    // What the Secret's end does not take with it.
    let secrets: KubeApi<Secret> = KubeApi::namespaced(lab.client.clone(), &lab.namespace);
    secrets.delete("db", &DeleteParams::default()).await.expect("a Secret to delete");
    lab.reason("SecretsManagerSecret", "db", "Synced", "False", "ReferenceNotFound").await;
    lab.has_value("db", json!({ "password": "hunter2" })).await;

    lab.delete("SecretsManagerSecret", "db").await;
    lab.gone("SecretsManagerSecret", "db").await;
    let described = lab.secrets_manager("DescribeSecret", json!({ "SecretId": lab.aws_name("db") }));
    assert!(described["DeletedDate"].is_number(), "it is not scheduled for deletion: {described}");
}

#[tokio::test]
async fn without_leave_no_secret_is_read() {
    let lab = Lab::new("secret-denied").await;
    lab.secret("db", json!({ "password": "hunter2" })).await;
    lab.apply(&object("SecretsManagerSecret", "db", json!({ "secretRef": { "name": "db" } }))).await;
    let why = lab.stalled("SecretsManagerSecret", "db", "AccessDenied").await;
    assert!(why.message.contains("secrets.sync"), "{}", why.message);
    // One whose values are somebody else's needs none.
    lab.apply(&object("SecretsManagerSecret", "plain", json!({ "Description": "by hand" }))).await;
    lab.ready("SecretsManagerSecret", "plain").await;
    assert_eq!(lab.count(0, "PutSecretValue", ""), 0);
}
