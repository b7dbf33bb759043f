//! Trouble that only shows at run time: the condition says what to do, other objects go on, and nothing is lost.

use aws_sim::Config;
use ecs_bridge_harness::{Cluster, ClusterOptions};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::{Value, json};

use super::{
    lab::{Lab, Setup, ok},
    manifests::{definition, network, object, service},
};

const EXECUTION_ROLE: &str = "/taskDefinition/executionRoleArn";

fn with_role(name: &str, role: &str) -> Value {
    let mut definition = definition("nginx:1");
    definition["executionRoleArn"] = json!(role);
    service(name, json!({ "taskDefinition": definition }))
}

fn finalized(object: &kube::core::DynamicObject) -> bool {
    object.metadata.finalizers.iter().flatten().any(|finalizer| finalizer == "ecs-bridge.dev/finalizer")
}

#[tokio::test]
async fn a_role_that_is_not_allowed_is_refused_before_aws_is_asked() {
    let lab = Lab::new("role").await;
    let other = "arn:aws:iam::123456789012:role/admin";
    lab.apply(&with_role("bad", other)).await;
    lab.apply(&with_role("short", "ecsTaskExecutionRole")).await;
    lab.apply(&service("referring", json!({ "taskDefinition": null, "taskDefinitionArn": "powerful" }))).await;
    let mut powerful = definition("nginx:1");
    powerful["family"] = json!("powerful");
    powerful["taskRoleArn"] = json!(other);
    lab.ecs("RegisterTaskDefinition", powerful);
    lab.apply(&service("good", json!({}))).await;
    lab.ready("EcsService", "good").await;
    lab.annotate("EcsService", "referring", "ecs-bridge.dev/retry", "now").await;

    let field = format!("spec{}", EXECUTION_ROLE.replace('/', "."));
    for (name, parts) in [
        ("bad", [field.as_str(), other, "--allowed-role-arns"]),
        ("short", [field.as_str(), "ecsTaskExecutionRole", "give its ARN"]),
        ("referring", ["powerful", other, "--allowed-role-arns"]),
    ] {
        let why = lab.stalled("EcsService", name, "RoleNotAllowed").await;
        for part in parts {
            assert!(why.message.contains(part), "{name}: the condition does not say {part}: {}", why.message);
        }
        assert_eq!(
            lab.count(0, "RegisterTaskDefinition", &lab.aws_name(name)),
            0,
            "{name} was registered all the same"
        );
        assert_eq!(lab.count(0, "CreateService", &lab.aws_name(name)), 0, "{name} was made all the same");
    }
    lab.apply(&with_role("bad", "arn:aws:iam::123456789012:role/ecsTaskExecutionRole")).await;
    lab.ready("EcsService", "bad").await;
}

#[tokio::test]
async fn a_role_that_aws_refuses_is_named_in_the_condition() {
    let refused = "arn:aws:iam::123456789012:role/ecsGone";
    let world = Config { refused_roles: vec![refused.to_owned()], ..Config::default() };
    let lab = Setup::named("assume").world(world).start().await;
    let history = lab.follow("EcsService");
    lab.apply(&with_role("bad", refused)).await;
    lab.apply(&service("good", json!({}))).await;
    lab.ready("EcsService", "good").await;
    let says_which = |object: &kube::core::DynamicObject| {
        let ready = ecs_bridge_harness::condition(object, "Ready");
        ready.is_some_and(|ready| ready.status != "True" && ready.message.contains("ecsGone"))
    };
    lab.until("EcsService", "bad", "not Ready because of its role", says_which).await;
    let ready = |object: &kube::core::DynamicObject| ecs_bridge_harness::has_condition(object, "Ready", "True");
    assert!(!history.of("bad").iter().any(ready), "a service whose role can't be assumed was Ready");
    lab.apply(&with_role("bad", "arn:aws:iam::123456789012:role/ecsTaskExecutionRole")).await;
    lab.ready("EcsService", "bad").await;
}

#[tokio::test]
async fn when_aws_is_down_nothing_is_lost_and_all_heals_alone() {
    let mut lab = Setup::named("down").aws_down().start().await;
    lab.apply(&service("web", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    lab.apply(&object("EcrRepository", "unwanted", json!({}))).await;
    for (kind, name) in [("EcsService", "web"), ("EcrRepository", "app"), ("EcrRepository", "unwanted")] {
        let why = lab.reason(kind, name, "Synced", "Unknown", "AWSUnreachable").await;
        assert!(!why.message.is_empty(), "{kind} says nothing");
        lab.has(kind, name, "Ready", "Unknown").await;
    }
    // What may exist in AWS can't be given up without a look.
    lab.delete("EcrRepository", "unwanted").await;
    let object = lab.reason("EcrRepository", "unwanted", "Synced", "Unknown", "AWSUnreachable").await;
    assert!(!object.message.is_empty());
    assert!(finalized(&lab.get("EcrRepository", "unwanted").await), "the finalizer went while AWS was away");

    lab.aws_comes_up();
    lab.ready("EcsService", "web").await;
    lab.ready("EcrRepository", "app").await;
    lab.gone("EcrRepository", "unwanted").await;
    assert_eq!(lab.count(0, "CreateService", ""), 1, "creations");
}

#[tokio::test]
async fn what_works_stays_ready_through_a_short_outage() {
    let lab = Lab::new("outage").await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    let history = lab.follow("EcsService");
    let mark = lab.mark();
    lab.sim().fault("*=close".parse().expect("a fault"));
    lab.annotate("EcsService", "web", "ecs-bridge.dev/reconcile-at", "now").await;
    lab.called(mark, "DescribeServices", "", 2).await;
    lab.sim().clear_faults();
    lab.has("EcsService", "web", "Synced", "True").await;
    let blinked =
        history.of("web").into_iter().find(|object| !ecs_bridge_harness::has_condition(object, "Ready", "True"));
    assert!(blinked.is_none(), "a short outage made a working service unready: {:#}", json!(blinked));
    lab.no_write_since(mark, "over an outage");
}

#[tokio::test]
async fn without_credentials_the_condition_says_where_to_give_them() {
    let mut lab = Setup::named("credentials").without_credentials().start().await;
    lab.apply(&service("web", json!({}))).await;
    let why = lab.stalled("EcsService", "web", "CredentialsMissing").await;
    for part in ["IRSA", "Pod Identity"] {
        assert!(why.message.contains(part), "the condition does not say {part}: {}", why.message);
    }
    assert!(finalized(&lab.get("EcsService", "web").await), "it has no finalizer");
    lab.operator_options.environment = ecs_bridge_harness::test_credentials();
    lab.restart_operator().await;
    lab.ready("EcsService", "web").await;
}

/// An older or newer version of the CRD let something in that this operator can't read.
#[tokio::test]
async fn an_object_that_can_not_be_parsed_keeps_its_finalizer_and_heals() {
    let options = ClusterOptions { controller_manager: true, ..ClusterOptions::default() };
    let cluster = ok(Cluster::start(options).await);
    let lab = Setup::named("unreadable").on(&cluster).start().await;
    lab.apply(&service("good", json!({}))).await;
    lab.apply(&service("bad", json!({}))).await;
    lab.ready("EcsService", "bad").await;

    let definitions: Api<CustomResourceDefinition> = Api::all(lab.client.clone());
    let name = "ecsservices.ecs-bridge.dev";
    let strict = definitions.get(name).await.expect("the CRD").spec;
    let loose = json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true });
    let mut loosened = serde_json::to_value(&strict).expect("JSON");
    loosened["versions"][0]["schema"]["openAPIV3Schema"] = loose;
    let replace = async |spec: &Value| {
        let patch = json!([{ "op": "replace", "path": "/spec", "value": spec }]);
        let patch: Patch<()> = Patch::Json(serde_json::from_value(patch).expect("a JSON patch"));
        definitions.patch(name, &PatchParams::default(), &patch).await.expect("the CRD can be changed");
    };
    replace(&loosened).await;
    // The API server takes a moment to serve by the new schema.
    let broken = json!({ "spec": { "networkConfiguration": "none" } });
    let api = lab.api("EcsService");
    let try_it = async || match api.patch("bad", &PatchParams::default(), &Patch::Merge(&broken)).await {
        Ok(_) => Ok(()),
        Err(error) => Err(error.to_string()),
    };
    ok(ecs_bridge_harness::eventually("the looser schema to hold", super::lab::PATIENCE, try_it).await);

    let mark = lab.mark();
    let why = lab.stalled("EcsService", "bad", "InvalidSpec").await;
    assert!(why.message.contains("spec can't be read"), "the condition does not say so: {}", why.message);
    let bad = lab.get("EcsService", "bad").await;
    assert!(finalized(&bad), "the finalizer is lost");
    assert!(!bad.data["status"]["serviceArn"].is_null(), "what was known is lost: {:#}", bad.data["status"]);

    // The others go on, and so they do after a restart over such an object.
    let mut lab = lab;
    lab.restart_operator().await;
    lab.patch("EcsService", "good", json!({ "spec": { "desiredCount": 2 } })).await;
    lab.until("EcsService", "good", "at 2 tasks", |object| object.data["status"]["runningCount"] == 2).await;
    assert_eq!(lab.count(mark, "UpdateService", &lab.aws_name("bad")), 0, "what can't be read was acted on");
    assert_eq!(lab.service("bad")["status"], "ACTIVE", "its service is gone");

    // Its deletion waits as well: what it stands for in AWS must not be forgotten.
    lab.delete("EcsService", "bad").await;
    lab.stalled("EcsService", "bad", "InvalidSpec").await;
    assert!(finalized(&lab.get("EcsService", "bad").await), "the finalizer went with a spec that can't be read");
    lab.patch("EcsService", "bad", json!({ "spec": { "networkConfiguration": network() } })).await;
    lab.gone("EcsService", "bad").await;
    assert_ne!(lab.service("bad")["status"], "ACTIVE", "its service is left");
}

/// Failure 8 of aws-semantics.md: every InvalidParameterException ends the retries until someone edits the object.
#[tokio::test]
async fn failure_8_what_was_mended_in_aws_heals_alone() {
    let lab = Lab::new("mended").await;
    let fault = |name: &str, message: &str| {
        let name = lab.aws_name(name);
        format!("CreateService({name})@1x2=error:InvalidParameterException:{message}").parse().expect("a fault")
    };
    let assume = "Unable to assume the service linked role. Please verify that the ECS service linked role exists.";
    lab.sim().fault(fault("soon", assume));
    lab.sim().fault(fault("later", "The target group does not exist in this region."));
    for name in ["soon", "later"] {
        lab.apply(&service(name, json!({}))).await;
    }
    // What is not there everywhere yet passes; what looks like a mistake is said, and tried again more slowly.
    lab.stalled("EcsService", "later", "RefusedByAWS").await;
    lab.ready("EcsService", "soon").await;
    lab.ready("EcsService", "later").await;
    for name in ["soon", "later"] {
        assert_eq!(lab.tokens(&lab.aws_name(name)).len(), 1, "{name}: a retry of one creation has one token");
    }
}
