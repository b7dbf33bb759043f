//! Online Boutique as its authors write it, half of it on ECS (examples/shop).

use ecs_bridge_harness::{eventually, workspace};
use k8s_openapi::api::discovery::v1::EndpointSlice;
use kube::{Api, api::ListParams};
use serde_json::{Value, json};

use super::{
    bridge::node,
    cloud_map::annotated_setup,
    lab::{Lab, PATIENCE, ok},
};

const KIND: &str = "WorkloadBridge";

/// The hosts of other Services in the variables of Online Boutique.
const HOSTS: usize = 17;

#[tokio::test]
async fn all_twelve_deployments_of_online_boutique_are_ready_with_a_bridge_each() {
    let lab = annotated_setup("shop").start().await;
    let _node = node(&lab).await;
    let apply = async |file: &str, manager: &str| {
        let file = format!("--filename={}", workspace().join("examples").join(file).display());
        let manager = format!("--field-manager={manager}");
        ok(lab.kubectl(&["apply", "--server-side", "--validate=strict", &manager, &file]).await)
    };
    apply("shop/online-boutique.yaml", "kubectl").await;
    apply("cluster.yaml", "kubectl").await;
    let annotated = apply("shop/cloud-map.yaml", "cloud-map").await;
    for service in annotated.lines().filter_map(|line| line.strip_prefix("service/")?.split(' ').next()) {
        lab.ready("CloudMapService", service).await;
    }
    apply("shop/bridges.yaml", "kubectl").await;
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
    are_told_names_that_they_reach(&lab, &names).await;
}

/// No task is told the name of a Service that it does not reach, and no bridge says that one is.
async fn are_told_names_that_they_reach(lab: &Lab, names: &[String]) {
    let ports = "{range .items[*]}{.metadata.name}:{.spec.ports[0].port} {end}";
    let listed = ok(lab.kubectl(&["get", "services", &format!("--output=jsonpath={ports}")]).await);
    let services: Vec<&str> = listed.split_whitespace().collect();
    assert!(services.contains(&"redis-cart:6379"), "the Services: {services:?}");
    let reached = format!(".{}.internal:", lab.namespace);
    let mut told = 0;
    for name in names {
        let made = lab.api("EcsService").get(name).await.expect("the EcsService").data;
        let asked = json!({ "taskDefinition": made["status"]["taskDefinition"] });
        let definition = lab.ecs("DescribeTaskDefinition", asked)["taskDefinition"].clone();
        let containers = definition["containerDefinitions"].as_array().expect("containers");
        for variable in
            containers.iter().flat_map(|container| container["environment"].as_array().into_iter().flatten())
        {
            let value = variable["value"].as_str().unwrap_or_default();
            assert!(
                !services.iter().any(|service| value.ends_with(service)),
                "{name}: {variable} leads a task nowhere"
            );
            told += usize::from(value.contains(&reached));
        }
        let bridge = lab.api(KIND).get(name).await.expect("the bridge").data;
        let lines = bridge["status"]["translation"]["lines"].as_array().cloned().unwrap_or_default();
        let unreached = |line: &&Value| line["says"].as_str().is_some_and(|says| says.contains("of the Service"));
        assert_eq!(lines.iter().find(unreached), None, "{name}: the report of a Service that tasks reach");
    }
    assert_eq!(told, HOSTS, "the variables with the name of a Service in AWS Cloud Map");
}

fn is_of_ecs(slice: &EndpointSlice) -> bool {
    slice.metadata.owner_references.iter().flatten().any(|owner| owner.kind == KIND)
}
