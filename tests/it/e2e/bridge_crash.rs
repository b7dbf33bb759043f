//! SIGKILL of the real binary behind each sort of a bridge's writes: no side loses replicas that the other does not run, and nothing is left
//! at the end.

use ecs_bridge_harness::{eventually, wait_gone};
use k8s_openapi::api::discovery::v1::EndpointSlice;
use kube::Api;
use serde_json::{Value, json};

use super::{
    bridge::{Watch, bridge, deployed, deployment, divided, given_back},
    lab::{Lab, PATIENCE, ok},
};

const KIND: &str = "WorkloadBridge";
const SLICE: &str = "web-ecs-ipv4-0";

/// What a bridge writes to.
struct Written {
    deployment: Value,
    service: Value,
    slice: Value,
}

fn slices(lab: &Lab) -> Api<EndpointSlice> {
    Api::namespaced(lab.client.clone(), &lab.namespace)
}

/// The operator is killed as soon as it has been written so, and another takes over.
async fn killed_once(lab: &mut Lab, what: &str, is_written: fn(&Written) -> bool) {
    let services = lab.api("EcsService");
    let look = async || {
        let service = json!(services.get_opt("web").await.map_err(|error| error.to_string())?);
        let slice = json!(slices(lab).get_opt(SLICE).await.map_err(|error| error.to_string())?);
        let written = Written { deployment: deployment(&lab.client, &lab.namespace).await, service, slice };
        let Written { deployment, service, slice } = &written;
        let replicas = (&deployment["spec"]["replicas"], &service["spec"]["desiredCount"]);
        if is_written(&written) {
            Ok(())
        } else {
            Err(format!("replicas {replicas:?}, endpoints {}", slice["endpoints"]))
        }
    };
    ok(eventually(what, PATIENCE, look).await);
    lab.kill_operator();
    lab.start_operator().await;
}

#[tokio::test]
async fn killed_behind_each_of_its_writes_a_bridge_loses_nothing_and_leaves_nothing() {
    let (mut lab, _node) = deployed("bridge-crash").await;
    let watch = Watch::of(&lab);
    lab.apply(&bridge(json!({ "service": "web" }))).await;
    killed_once(&mut lab, "the EcsService to be made", |written| written.service.is_object()).await;
    killed_once(&mut lab, "its tasks to be in a slice", |written| written.slice["endpoints"][0].is_object()).await;
    killed_once(&mut lab, "the Deployment to shrink", |written| written.deployment["spec"]["replicas"] == 2).await;
    divided(&lab, 2, 2).await;
    lab.apply(&bridge(json!({ "service": "web", "split": { "percentage": 100 } }))).await;
    killed_once(&mut lab, "the EcsService to grow", |written| written.service["spec"]["desiredCount"] == 4).await;
    divided(&lab, 0, 4).await;
    lab.ready(KIND, "web").await;
    assert_eq!(lab.tokens(&lab.aws_name("web")).len(), 1, "the tokens that a service was created with");

    lab.delete(KIND, "web").await;
    killed_once(&mut lab, "the Deployment to grow", |written| written.deployment["spec"]["replicas"] == 4).await;
    killed_once(&mut lab, "the EcsService to go", |written| {
        written.service.is_null() || written.service["metadata"]["deletionTimestamp"].is_string()
    })
    .await;
    lab.gone(KIND, "web").await;
    ok(wait_gone(&lab.api("EcsService"), "web", PATIENCE).await);
    ok(wait_gone(&slices(&lab), SLICE, PATIENCE).await);
    given_back(&lab, 4).await;
    assert!(watch.fewest() >= 4, "crashes took replicas away");
}
