//! The demo's second half: Online Boutique runs in the cluster, and then half of it on ECS.

use std::collections::BTreeMap;
use std::process::Command;

use ecs_bridge_harness::{Kubernetes, Lifetime, Process, Result, condition, workspace};
use k8s_openapi::api::discovery::v1::EndpointSlice;
use kube::api::ListParams;
use kube::{Api, ResourceExt as _};
use serde_json::Value;

use super::{KUBECTL, NAMESPACE, PATIENCE, apply, say};
use crate::progress::until_ready;

const KIND: &str = "WorkloadBridge";
const NAMES: &str = "CloudMapService";

/// The node that the pods run on, as a process of its own: nothing else of Kubernetes runs any here.
pub(super) fn start_node(kubernetes: &Kubernetes, lifetime: &Lifetime) -> Result<()> {
    let mut command = Command::new(std::env::current_exe().unwrap_or_default());
    command.args(["node", "--namespace", NAMESPACE, "--kubeconfig"]).arg(kubernetes.kubeconfig());
    Process::spawn("node", command, &kubernetes.folder().join("node.log"), lifetime.clone()).map(drop)
}

pub(super) async fn up(kubernetes: &Kubernetes) -> Result<()> {
    let folder = workspace().join("examples/shop");
    apply(kubernetes, "shop", &folder.join("online-boutique.yaml"), KUBECTL).await?;
    // The Services keep what is said of them there: this says no more than their annotation.
    let names = apply(kubernetes, "names", &folder.join("cloud-map.yaml"), "cloud-map").await?.len();
    let wait = ["wait", "--for=condition=Available", "deployments", "--all", "--timeout=60s", "--namespace", NAMESPACE];
    let available = kubernetes.kubectl(&wait).await?.lines().count();
    say("", &format!("{available} Deployments run in the cluster, on a node that only says so\n"));
    until_ready(kubernetes, NAMESPACE, &[NAMES], names, PATIENCE).await?;
    say("", &format!("{names} Services have names in AWS Cloud Map, for the tasks to call them by\n"));
    let bridges = apply(kubernetes, "bridges", &folder.join("bridges.yaml"), KUBECTL).await?.len();
    println!();
    until_ready(kubernetes, NAMESPACE, &[KIND, NAMES], bridges + names, PATIENCE).await?;
    println!("\nHalf of the shop is on ECS, behind the Services that it had:\n\n{}", table(kubernetes).await?);
    let variables =
        "{range .items[*].spec.taskDefinition.containerDefinitions[*].environment[*]}{.name}={.value}{\"\\n\"}{end}";
    let output = format!("--output=jsonpath={variables}");
    let told = kubernetes
        .kubectl(&["get", "ecsservice", "cartservice", "checkoutservice", "--namespace", NAMESPACE, &output])
        .await?;
    println!(
        "Their tasks call each other, and the pods, by names in AWS Cloud Map:\n\n\
         $ kubectl get ecsservice cartservice checkoutservice --output=jsonpath='{variables}'\n{told}"
    );
    Ok(())
}

/// Both sides of each Deployment, and who is behind its Service.
async fn table(kubernetes: &Kubernetes) -> Result<String> {
    let slices: Api<EndpointSlice> = Api::namespaced(kubernetes.client().await?, NAMESPACE);
    let slices = slices.list(&ListParams::default()).await?.items;
    let bridges = kubernetes.api(KIND, NAMESPACE).await?.list(&ListParams::default()).await?.items;
    let mut rows =
        vec![["DEPLOYMENT", "READY", "REPLICAS", "CLUSTER", "ECS", "SERVICE", "PODS", "TASKS"].map(str::to_owned)];
    let mut totals = [0; 3];
    for bridge in bridges {
        let (spec, status) = (&bridge.data["spec"], &bridge.data["status"]);
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let count = |pointer: &str| status.pointer(pointer).and_then(Value::as_i64).unwrap_or_default();
        let counts = ["/replicas", "/cluster/runningCount", "/ecs/runningCount"].map(count);
        for (total, count) in totals.iter_mut().zip(counts) {
            *total += count;
        }
        let [replicas, cluster, ecs] = counts.map(|count| count.to_string());
        let service = text(&spec["service"]);
        let behind = addresses(&slices, &service);
        let listed = |of: bool| behind.get(&of).map_or_else(|| "-".to_owned(), |addresses| addresses.join(","));
        let ready = condition(&bridge, "Ready").map_or_else(|| "Unknown".to_owned(), |ready| ready.status);
        let deployment = text(&spec["workloadRef"]["name"]);
        rows.push([deployment, ready, replicas, cluster, ecs, service, listed(false), listed(true)]);
    }
    let [replicas, cluster, ecs] = totals.map(|total| total.to_string());
    let none = String::new;
    rows.push(["total".to_owned(), none(), replicas, cluster, ecs, none(), none(), none()]);
    Ok(aligned(&rows))
}

/// The ready addresses behind a Service: those of tasks by `true`.
fn addresses(slices: &[EndpointSlice], service: &str) -> BTreeMap<bool, Vec<String>> {
    let mut behind: BTreeMap<bool, Vec<String>> = BTreeMap::new();
    let is_of =
        |slice: &&EndpointSlice| slice.labels().get("kubernetes.io/service-name").is_some_and(|of| of == service);
    for slice in slices.iter().filter(is_of) {
        let is_of_tasks = slice.owner_references().iter().any(|owner| owner.kind == KIND);
        for endpoint in slice.endpoints.iter().flatten() {
            if endpoint.conditions.as_ref().is_some_and(|conditions| conditions.ready == Some(true)) {
                behind.entry(is_of_tasks).or_default().extend(endpoint.addresses.iter().cloned());
            }
        }
    }
    behind
}

/// As kubectl aligns its columns.
fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let mut widths = [0; COLUMNS];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.len().max(*width);
        }
    }
    let line = |row: &[String; COLUMNS]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        format!("{}\n", cells.join("   ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["A", "B"], ["long", "-"], ["", "x"]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), "A      B\nlong   -\n       x\n");
    }
}
