//! `make kube`

use std::time::Instant;

use ecs_bridge_harness::{Cluster, ClusterOptions, Lifetime, Result, stop_recorded};

use crate::environment;

pub(crate) async fn up() -> Result<()> {
    let (folder, pids) = environment("kube");
    if !stop_recorded(&pids)?.is_empty() {
        println!("Stopped the one that was running; this one is new and empty.");
    }
    let start = Instant::now();
    let lifetime = Lifetime::Recorded(pids);
    let cluster = Cluster::start(ClusterOptions { folder: Some(folder), controller_manager: true, lifetime }).await?;
    let kubernetes = cluster.kubernetes();
    println!(
        "Kubernetes serves on {} after {:.1} s; its logs are in {}.\n\n\
         Type next:\n  \
         export KUBECONFIG={} PATH={}:$PATH\n  \
         kubectl get namespaces\n  \
         make kube-down",
        cluster.url(),
        start.elapsed().as_secs_f32(),
        kubernetes.folder().display(),
        kubernetes.kubeconfig().display(),
        ecs_bridge_harness::programs().display(),
    );
    Ok(())
}
