//! Online Boutique as its authors write it, half of it on ECS (examples/shop).

use ecs_bridge_harness::{eventually, workspace};
use k8s_openapi::api::discovery::v1::EndpointSlice;
use kube::{Api, api::ListParams};
use serde_json::Value;

use super::{
    bridge::node,
    lab::{Lab, PATIENCE, ok},
};

const KIND: &str = "WorkloadBridge";

#[tokio::test]
async fn all_twelve_deployments_of_online_boutique_are_ready_with_a_bridge_each() {
    let lab = Lab::new("shop").await;
    let _node = node(&lab).await;
    for file in ["shop/online-boutique.yaml", "cluster.yaml", "shop/bridges.yaml"] {
        let file = format!("--filename={}", workspace().join("examples").join(file).display());
        lab.kubectl(&["apply", "--server-side", "--validate=strict", &file]).await.expect("kubectl apply");
    }
    let all = lab.api(KIND).list(&ListParams::default()).await.expect("the bridges").items;
    let names: Vec<String> = all.into_iter().filter_map(|bridge| bridge.metadata.name).collect();
    let listed = lab.kubectl(&["get", "deployments", "--output=jsonpath={.items[*].metadata.name}"]).await;
    let deployments = listed.expect("kubectl get");
    assert_eq!(names, deployments.split(' ').collect::<Vec<_>>(), "the bridges, and the Deployments");
    assert_eq!(names.len(), 12);

    let slices: Api<EndpointSlice> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let (mut cluster, mut ecs) = (0, 0);
    for name in &names {
        let bridge = lab.ready(KIND, name).await.data;
        let status = &bridge["status"];
        let count = |value: &Value| value.as_i64().unwrap_or(0);
        let shares = (count(&status["cluster"]["shareCount"]), count(&status["ecs"]["shareCount"]));
        let runs = (count(&status["cluster"]["runningCount"]), count(&status["ecs"]["runningCount"]));
        assert_eq!(runs, shares, "{name}: what runs on both sides, and what is to");
        assert_eq!(shares.0 + shares.1, count(&bridge["spec"]["replicas"]), "{name}");
        (cluster, ecs) = (cluster + shares.0, ecs + shares.1);
        let Some(service) = bridge["spec"]["service"].as_str() else { continue };
        // Pods that have gone may be in Kubernetes' own slices for a moment longer.
        let look = async || {
            let of_service = ListParams::default().labels(&format!("kubernetes.io/service-name={service}"));
            let found = slices.list(&of_service).await.map_err(|error| error.to_string())?.items;
            let ready = |ours: bool| {
                let of_side = found.iter().filter(|slice| is_of_ecs(slice) == ours);
                let endpoints = of_side.flat_map(|slice| slice.endpoints.iter().flatten());
                endpoints
                    .filter(|endpoint| endpoint.conditions.as_ref().and_then(|found| found.ready) == Some(true))
                    .count()
            };
            let behind = (ready(false), ready(true));
            if (i64::try_from(behind.0), i64::try_from(behind.1)) == (Ok(runs.0), Ok(runs.1)) {
                Ok(())
            } else {
                Err(format!("pods and tasks behind it: {behind:?}, and {runs:?} run"))
            }
        };
        ok(eventually(&format!("all of {name} to be behind Service/{service}"), PATIENCE, look).await);
    }
    assert_eq!((cluster, ecs), (12, 12), "half of it is on ECS");
}

fn is_of_ecs(slice: &EndpointSlice) -> bool {
    slice.metadata.owner_references.iter().flatten().any(|owner| owner.kind == KIND)
}
