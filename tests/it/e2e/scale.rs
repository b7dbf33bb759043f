//! Counts: ours, those of others, and none.

use aws_sim::Config;
use serde_json::json;

use super::{
    lab::{Lab, PLAIN, Setup},
    manifests::{ec2_service, merge, service},
};

#[tokio::test]
async fn kubectl_waits_scales_and_sees_it() {
    let lab = Lab::new("scale").await;
    lab.apply(&service("web", json!({}))).await;
    lab.kubectl(&["wait", "--for=condition=Ready", "--timeout=30s", "ecsservice/web"]).await.expect("kubectl wait");
    lab.kubectl(&["scale", "ecsservice/web", "--replicas=3"]).await.expect("kubectl scale");
    lab.kubectl(&["wait", "--for=jsonpath={.status.runningCount}=3", "--timeout=30s", "ecsservice/web"])
        .await
        .expect("three tasks");
    lab.ready("EcsService", "web").await;
    assert_eq!(lab.service("web")["desiredCount"], 3, "the count in AWS after kubectl scale");
    let deployments = lab.service("web")["deployments"].as_array().map(Vec::len);
    assert_eq!(deployments, Some(1), "scaling started a deployment");
    let scale = lab.kubectl(&["get", "--raw", &scale_path(&lab, "web")]).await.expect("the scale subresource");
    let scale: serde_json::Value = serde_json::from_str(&scale).expect("JSON");
    assert_eq!((&scale["spec"]["replicas"], &scale["status"]["replicas"]), (&json!(3), &json!(3)), "{scale:#}");
    assert!(
        scale["status"]["selector"].as_str().is_some_and(|selector| !selector.is_empty()),
        "no selector: {scale:#}"
    );
}

fn scale_path(lab: &Lab, name: &str) -> String {
    format!("/apis/ecs-bridge.dev/v1alpha1/namespaces/{}/ecsservices/{name}/scale", lab.namespace)
}

/// Failure 5 of aws-semantics.md: the desired count of an autoscaled service is put back.
#[tokio::test]
async fn failure_5_under_external_the_count_of_others_stays() {
    let lab = Lab::new("external").await;
    let mut manifest = service("web", json!({ "desiredCountPolicy": "External", "desiredCount": 2 }));
    lab.apply(&manifest).await;
    lab.ready("EcsService", "web").await;
    assert_eq!(lab.service("web")["desiredCount"], 2, "the count of the first start");

    // Application Auto Scaling at work.
    let name = lab.aws_name("web");
    lab.ecs("UpdateService", json!({ "cluster": PLAIN, "service": name, "desiredCount": 5 }));
    let mark = lab.mark();
    lab.until("EcsService", "web", "at 5 tasks", |object| object.data["status"]["runningCount"] == 5).await;
    lab.kubectl(&["scale", "ecsservice/web", "--replicas=4"]).await.expect("kubectl scale");
    lab.kubectl_shows(&["events", "--for=ecsservice/web"], "desiredCountPolicy External").await;
    lab.looked(lab.mark(), &["DescribeServices"], 2).await;
    lab.no_write_since(mark, "under desiredCountPolicy: External");

    // A rollout leaves it, too. The field is kubectl's by now.
    merge(&mut manifest["spec"], json!({ "desiredCount": null }));
    manifest["spec"]["taskDefinition"]["containerDefinitions"][0]["image"] = json!("nginx:2");
    lab.apply(&manifest).await;
    lab.called(mark, "UpdateService", &name, 1).await;
    lab.ready("EcsService", "web").await;
    assert_eq!(lab.service("web")["desiredCount"], 5, "the count after a rollout");

    // And what is made again starts with it.
    lab.ecs("DeleteService", json!({ "cluster": PLAIN, "service": name, "force": true }));
    lab.called(mark, "CreateService", &name, 1).await;
    let made =
        lab.calls_since(mark).into_iter().rfind(|entry| entry.operation == "CreateService").expect("it was called");
    assert_eq!(made.request["desiredCount"], 5, "the service that is made again starts with another count");
}

#[tokio::test]
async fn a_daemon_service_gets_no_count() {
    let world = Config { container_instances: 2, ..Config::default() };
    let lab = Setup::named("daemon").world(world).start().await;
    lab.apply(&ec2_service("agent", json!({ "schedulingStrategy": "DAEMON" }))).await;
    let object = lab.ready("EcsService", "agent").await;
    assert_eq!(object.data["status"]["runningCount"], 2, "one task an instance");
    for entry in lab.writes_since(0) {
        assert!(entry.request.get("desiredCount").is_none(), "{} was sent a count: {}", entry.operation, entry.request);
    }
}
