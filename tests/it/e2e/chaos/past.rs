//! A watch that stands still, and an API server that shows the past, while the object is deleted and made again under the operator's eyes.

use std::path::PathBuf;

use aws_sim::Entry;
use serde_json::json;

use super::super::{
    lab::{Lab, PLAIN, Past},
    manifests::{definition, service},
};
use crate::tally;

const KIND: &str = "EcsService";
const FINALIZER: &str = "ecs-bridge.dev/finalizer";

/// The one object of the test.
const WEB: &str = "web";

struct Stage {
    lab: Lab,
    past: Past,
    /// Where the services are listed.
    services: String,
}

impl Stage {
    /// An operator that sees the API server through `past`.
    async fn new(name: &str) -> Self {
        let mut lab = Lab::new(name).await;
        let direct: PathBuf = lab.operator_options.kubeconfig.clone();
        let past = Past::of(&direct).await;
        lab.operator_options.kubeconfig = past.kubeconfig(&direct.with_file_name(&lab.namespace));
        lab.restart_operator().await;
        let services = format!("/apis/ecs-bridge.dev/v1alpha1/namespaces/{}/ecsservices", lab.namespace);
        Stage { lab, past, services }
    }

    async fn make(&self, image: &str, count: u32) -> String {
        let members = json!({ "taskDefinition": definition(image), "desiredCount": count });
        let made = self.lab.apply(&service(WEB, members)).await;
        made.metadata.uid.expect("a UID")
    }

    /// Looks around for a while, and changes nothing.
    async fn leaves_all_alone(&self, mark: u64, while_: &str) {
        self.lab.looked(mark, &["DescribeServices"], 5).await;
        self.lab.no_write_since(mark, while_);
    }

    /// In the end there is the one service of the newest object, and nothing when that is gone.
    async fn ends_well(&self, uid: &str, count: u32) {
        let reports = |object: &kube::core::DynamicObject| object.data["status"]["runningCount"] == count;
        self.lab.until(KIND, WEB, "as its newest spec says", reports).await;
        self.lab.ready(KIND, WEB).await;
        let in_aws = self.lab.service(WEB);
        assert_eq!(in_aws["desiredCount"], count, "the service is not as the newest object says: {in_aws:#}");
        let listed = self.lab.ecs("ListServices", json!({ "cluster": PLAIN }))["serviceArns"].clone();
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "services in AWS: {listed:#}");
        let object = self.lab.get(KIND, WEB).await;
        assert_eq!(object.metadata.uid.as_deref(), Some(uid), "another object than the newest");
        self.lab.delete(KIND, WEB).await;
        self.lab.gone(KIND, WEB).await;
        let listed = self.lab.ecs("ListServices", json!({ "cluster": PLAIN }))["serviceArns"].clone();
        assert_eq!(listed, json!([]), "a service is left");
    }
}

#[tokio::test]
async fn what_the_watch_has_not_told_is_not_acted_against() {
    let stage = Stage::new("frozen").await;
    let lab = &stage.lab;
    stage.make("nginx:1", 1).await;
    lab.ready(KIND, WEB).await;

    // Somebody takes the finalizer off and makes the object again: of all that the operator hears nothing.
    stage.past.freeze();
    lab.delete(KIND, WEB).await;
    lab.patch(KIND, WEB, json!({ "metadata": { "finalizers": null } })).await;
    lab.gone(KIND, WEB).await;
    let uid = stage.make("nginx:1", 3).await;
    let mark = lab.mark();
    // What it takes for drift is what the new object wants.
    lab.ecs("UpdateService", json!({ "cluster": PLAIN, "service": lab.aws_name(WEB), "desiredCount": 3 }));
    lab.looked(mark, &["DescribeServices"], 5).await;
    let of_the_newest = |write: &Entry| write.operation == "TagResource" && write.request.to_string().contains(&uid);
    let writes = lab.writes_since(mark);
    assert!(
        writes.iter().all(of_the_newest),
        "it wrote what the watch showed before the object was made again: {writes:?}"
    );
    stage.past.catch_up();
    stage.ends_well(&uid, 3).await;
    tally::swept("chaos: the past", "views of the past", 1);
}

#[tokio::test]
async fn an_api_server_that_shows_the_past_changes_nothing_in_aws() {
    let mut stage = Stage::new("travel").await;
    stage.make("nginx:1", 1).await;
    stage.lab.ready(KIND, WEB).await;
    let alive = stage.past.list(&stage.services).await;

    stage.lab.kill_operator();
    stage.lab.delete(KIND, WEB).await;
    let terminating = stage.past.list(&stage.services).await;
    assert!(String::from_utf8_lossy(&terminating).contains(FINALIZER), "it is to be deleted, and nobody has begun");
    stage.lab.start_operator().await;
    stage.lab.gone(KIND, WEB).await;
    let absent = stage.past.list(&stage.services).await;
    let uid = stage.make("nginx:2", 2).await;
    stage.lab.ready(KIND, WEB).await;

    let views = [
        (terminating, "while it saw the object of before, which was to be deleted"),
        (alive, "while it saw the object of before, as it was"),
        (absent, "while it saw no object at all"),
    ];
    for (list, what) in views {
        stage.lab.kill_operator();
        stage.past.show(&stage.services, list);
        let mark = stage.lab.mark();
        stage.lab.start_operator().await;
        if what.contains("no object") {
            // Nothing to look at: it is the others that come first.
            stage.lab.no_write_since(mark, what);
        } else {
            stage.leaves_all_alone(mark, what).await;
        }
        assert_eq!(stage.lab.service(WEB)["status"], "ACTIVE", "the service is gone, {what}");
        stage.past.catch_up();
        stage.leaves_all_alone(mark, "and when it had caught up").await;
        tally::swept("chaos: the past", "views of the past", 1);
    }
    stage.ends_well(&uid, 2).await;
}
