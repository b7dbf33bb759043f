//! Others who write to an object while the operator is at work on it.

use std::time::Duration;

use ecs_bridge_harness::{AuditEvent, Cluster};
use kube::api::{Patch, PatchParams};
use serde_json::json;

use super::{
    lab::{Lab, ok},
    manifests::service,
};

/// As where a leader stood still before its last write of a pass, and the next one leads by then.
#[tokio::test]
async fn a_status_that_another_wrote_meanwhile_is_not_overwritten() {
    let lab = Lab::new("stale").await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;
    let mark = lab.mark();
    lab.sim().fault("UpdateService@1=slow:1".parse().expect("a fault"));
    lab.apply(&service("web", json!({ "enableECSManagedTags": true }))).await;
    lab.called(mark, "UpdateService", "", 1).await;
    let other = json!({ "status": { "memo": { "creation": { "count": 7 } } } });
    let written = lab.api("EcsService").patch_status("web", &PatchParams::default(), &Patch::Merge(&other)).await;
    written.expect("another operator's status");
    let object = lab.ready("EcsService", "web").await;
    let count = &object.data["status"]["memo"]["creation"]["count"];
    assert_eq!(*count, 7, "the operator wrote what it knew before over what another had written");
    assert_eq!(lab.count(mark, "UpdateService", ""), 1, "a status that is in the way costs no write to AWS");
}

#[tokio::test]
async fn an_object_that_others_edit_without_end_is_carried_all_the_same() {
    const PACE: Duration = Duration::from_millis(50);
    let lab = Lab::new("busy").await;
    lab.apply(&service("web", json!({}))).await;
    let edits = tokio::spawn({
        let api = lab.api("EcsService");
        async move {
            let mut pace = tokio::time::interval(PACE);
            for edit in 0.. {
                pace.tick().await;
                let seen = edit.to_string();
                let metadata = json!({ "labels": { "edit": seen }, "annotations": { "example.com/edit": seen } });
                let edited =
                    api.patch("web", &PatchParams::default(), &Patch::Merge(&json!({ "metadata": metadata }))).await;
                if edited.is_err() {
                    return edit;
                }
            }
            0
        }
    });
    lab.ready("EcsService", "web").await;
    lab.apply(&service("web", json!({ "desiredCount": 2 }))).await;
    lab.until("EcsService", "web", "at 2 tasks", |object| object.data["status"]["runningCount"] == 2).await;
    lab.delete("EcsService", "web").await;
    lab.gone("EcsService", "web").await;
    let edits = edits.await.expect("the editor");

    let mut asked = ok(ok(Cluster::shared().await).audit());
    asked.retain(|event| event.user == lab.user && event.namespace == lab.namespace && event.verb == "patch");
    asked.retain(|event| event.resource == "ecsservices");
    let with = |code: u16| asked.iter().filter(|event: &&AuditEvent| event.code == code).count();
    let (written, conflicts) = (with(200), with(409));
    println!("{edits} edits; {written} writes to the object, {conflicts} conflicts");
    assert!(conflicts > 0, "nobody was in the way: no conflicts with {edits} edits");
    // No pass is lost, and nothing is asked of AWS for it.
    assert!(conflicts <= 4 * written, "{conflicts} conflicts for {written} writes");
    let mut writes: Vec<String> = lab.writes_since(0).into_iter().map(|entry| entry.operation).collect();
    writes.retain(|operation| operation != "CreateCluster");
    let expected = [
        "RegisterTaskDefinition",
        "CreateService",
        "UpdateService",
        "DeleteService",
        "DeregisterTaskDefinition",
        "DeleteTaskDefinitions",
    ];
    assert_eq!(writes, expected, "the life of a service that nobody else edits");
}
