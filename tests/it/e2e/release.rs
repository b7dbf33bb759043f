//! `ecs-bridge release`: the way out without the operator.

use std::process::Command;

use serde_json::json;

use super::{
    bridge,
    lab::Lab,
    manifests::{object, service},
};

/// What the real binary prints, run by whoever owns the cluster.
fn release(lab: &Lab, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ecs-bridge"))
        .arg("release")
        .args(["--namespace", &lab.namespace])
        .args(arguments)
        .env("KUBECONFIG", lab.kubernetes.kubeconfig())
        .output()
        .expect("the operator's binary");
    assert!(output.status.success(), "ecs-bridge release: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[tokio::test]
async fn what_is_released_goes_without_the_operator_and_stays_in_aws() {
    let mut lab = Lab::new("release").await;
    lab.apply(&service("web", json!({}))).await;
    lab.apply(&object("EcrRepository", "app", json!({}))).await;
    lab.ready("EcsService", "web").await;
    lab.ready("EcrRepository", "app").await;
    lab.stop_operator();
    let (mark, running) = (lab.mark(), lab.service("web"));

    let (web, app) = (format!("EcsService {}/web", lab.namespace), format!("EcrRepository {}/app", lab.namespace));
    let told = release(&lab, &["--dry-run"]);
    assert!(told.contains(&format!("{web} would be released")) && told.contains("2 objects"), "{told}");
    let told = release(&lab, &["--kinds", "EcsService"]);
    assert!(told.contains(&format!("{web} released")) && !told.contains(&app), "{told}");
    lab.delete("EcsService", "web").await;
    lab.gone("EcsService", "web").await;

    lab.delete("EcrRepository", "app").await;
    let held = lab.get("EcrRepository", "app").await.metadata.deletion_timestamp;
    assert!(held.is_some(), "what was not released waits for its operator");
    release(&lab, &[]);
    lab.gone("EcrRepository", "app").await;
    assert!(release(&lab, &[]).contains("0 objects"), "there is nothing left");

    lab.no_write_since(mark, "while objects are released");
    let (before, after) = (running["taskDefinition"].clone(), lab.service("web"));
    assert_eq!((after["status"].as_str(), &after["taskDefinition"]), (Some("ACTIVE"), &before), "it runs on");

    // The operator, installed again, takes it up where it was.
    lab.start_operator().await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    let writes: Vec<String> = lab.writes_since(mark).into_iter().map(|entry| entry.operation).collect();
    assert_eq!(writes, ["TagResource"], "nothing but the new object's UID, which is information");
}

#[tokio::test]
async fn a_bridge_that_is_released_holds_its_service_no_more() {
    let mut lab = Lab::new("release-bridge").await;
    bridge::deploy(&lab).await;
    lab.apply(&bridge::bridge(json!({ "split": { "percentage": 0 } }))).await;
    lab.has("EcsService", "web", "Synced", "True").await;
    lab.stop_operator();
    let told = release(&lab, &["--kinds", "EcsService"]);
    assert!(told.contains(&format!("EcsService {}/web released", lab.namespace)), "{told}");
    let left = lab.get("EcsService", "web").await.metadata.finalizers;
    assert!(left.unwrap_or_default().is_empty(), "something still holds the EcsService");
    release(&lab, &[]);
    lab.delete("WorkloadBridge", "web").await;
    lab.gone("WorkloadBridge", "web").await;
}
