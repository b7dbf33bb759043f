//! Services that can't work are never Ready, and say why.

use kube::ResourceExt;
use serde_json::{Value, json};

use super::{
    lab::Lab,
    manifests::{definition, service},
};
use ecs_bridge_harness::condition;

/// With the circuit breaker on, the deployment ends as FAILED; without, ECS goes on trying.
fn manifest(image: &str, breaker: bool) -> Value {
    let configuration = json!({ "deploymentCircuitBreaker": { "enable": breaker, "rollback": breaker } });
    let name = format!("{image}-{breaker}");
    service(
        &name,
        json!({ "taskDefinition": definition(&format!("app:{image}")), "deploymentConfiguration": configuration }),
    )
}

#[tokio::test]
async fn images_that_crash_or_are_missing_are_never_ready_and_the_condition_says_why() {
    let lab = Lab::new("images").await;
    let history = lab.follow("EcsService");
    let cases = [("crash", "exited with 1"), ("missing", "CannotPullContainerError")];
    for (image, _) in cases {
        for breaker in [true, false] {
            lab.apply(&manifest(image, breaker)).await;
        }
    }
    for (image, cause) in cases {
        let says_why = |object: &kube::core::DynamicObject| {
            condition(object, "Ready").is_some_and(|ready| ready.status == "False" && ready.message.contains(cause))
        };
        let failed = lab.stalled("EcsService", &format!("{image}-true"), "DeploymentFailed").await;
        assert!(failed.message.contains(cause), "{image}, the breaker on, does not say why: {}", failed.message);
        let name = format!("{image}-false");
        let object = lab.until("EcsService", &name, &format!("not Ready because of {cause}"), says_why).await;
        let stopped = object.data["status"]["lastStoppedTask"]["reason"].as_str().unwrap_or_default().to_owned();
        assert!(stopped.contains(cause), "{name}: status.lastStoppedTask does not say why: {stopped}");
        // A while longer: a crashing task runs for some seconds each time.
        lab.looked(lab.mark(), &["DescribeServices"], 20).await;
    }
    for (image, _) in cases {
        for breaker in [true, false] {
            let states = history.of(&format!("{image}-{breaker}"));
            assert!(states.len() > 2, "the watch saw {} states of {image}-{breaker}", states.len());
            let ready =
                states.iter().find(|state| condition(state, "Ready").is_some_and(|ready| ready.status == "True"));
            assert!(
                ready.is_none(),
                "{} was Ready: {:#}",
                ready.map(ResourceExt::name_any).unwrap_or_default(),
                json!(ready)
            );
        }
    }
}

#[tokio::test]
async fn a_service_that_failed_heals_with_its_image() {
    let lab = Lab::new("healed").await;
    lab.apply(&manifest("crash", true)).await;
    lab.stalled("EcsService", "crash-true", "DeploymentFailed").await;
    let mut healed = manifest("crash", true);
    healed["spec"]["taskDefinition"] = definition("app:good");
    lab.apply(&healed).await;
    lab.ready("EcsService", "crash-true").await;
}

/// Failure 6 of aws-semantics.md: a revision that ECS rolled back is deployed again as 'drift'.
#[tokio::test]
async fn failure_6_what_ecs_rolled_back_is_left_so_until_somebody_asks() {
    let lab = Lab::new("rolledback").await;
    let breaker = json!({ "deploymentCircuitBreaker": { "enable": true, "rollback": true } });
    let manifest = |image: &str| {
        service("web", json!({ "taskDefinition": definition(image), "deploymentConfiguration": breaker }))
    };
    lab.apply(&manifest("app:1")).await;
    lab.ready("EcsService", "web").await;
    lab.apply(&manifest("app:crash")).await;
    let why = lab.stalled("EcsService", "web", "RolledBack").await;
    assert!(why.message.contains("ecs-bridge.dev/retry"), "it does not say how to try again: {}", why.message);
    let running = lab.service("web")["taskDefinition"].as_str().unwrap_or_default().to_owned();
    assert!(running.ends_with(":1"), "after the rollback it runs {running}");

    let mark = lab.mark();
    lab.annotate("EcsService", "web", "ecs-bridge.dev/reconcile-at", "now").await;
    lab.looked(mark, &["DescribeServices"], 4).await;
    lab.no_write_since(mark, "after ECS rolled back");

    lab.annotate("EcsService", "web", "ecs-bridge.dev/retry", "once").await;
    lab.called(mark, "UpdateService", "", 1).await;
    lab.stalled("EcsService", "web", "RolledBack").await;
    lab.apply(&manifest("app:2")).await;
    lab.ready("EcsService", "web").await;
    assert_eq!(lab.count(mark, "UpdateService", ""), 2, "one deployment for the retry, one for the new image");
}
