//! The harness, tried on itself.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use ecs_bridge_harness::{Cluster, ClusterOptions, eventually};

const CONFIG_MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: hello}\ndata: {key: value}\n";
const WITHIN: Duration = Duration::from_secs(10);

fn runs(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

#[tokio::test]
async fn a_cluster_serves_tells_who_asked_and_leaves_nothing() {
    let mut cluster = Cluster::start(ClusterOptions::default()).await.expect("a cluster");
    cluster.kubernetes().apply("default", CONFIG_MAP).await.expect("an object that strict validation accepts");
    let read = cluster.kubernetes().kubectl(&["get", "configmap", "hello", "--output=jsonpath={.data.key}"]).await;
    assert_eq!(read.expect("the object is there"), "value");

    let refused = cluster.kubernetes().apply("default", &format!("{CONFIG_MAP}typo: {{}}\n")).await;
    let refusal = refused.expect_err("an unknown field is refused").to_string();
    assert!(refusal.contains("typo"), "the refusal does not name the field: {refusal}");

    eventually("the audit log to show the write", WITHIN, async || {
        let events = cluster.audit().map_err(|e| e.to_string())?;
        let found = events.iter().any(|event| {
            (event.user.as_str(), event.verb.as_str(), event.resource.as_str(), event.name.as_str(), event.code)
                == ("admin", "patch", "configmaps", "hello", 201)
                && event.user_agent.starts_with("kubectl/")
        });
        if found { Ok(()) } else { Err(format!("{events:#?}")) }
    })
    .await
    .expect("an audit event");

    cluster.restart_apiserver().await.expect("an API server that was killed");
    cluster.kubernetes().kubectl(&["get", "configmap", "hello"]).await.expect("what etcd kept");

    let pids = cluster.pids();
    let folder = cluster.kubernetes().folder().to_owned();
    drop(cluster);
    assert!(!pids.iter().any(|pid| runs(*pid)), "a process outlived its cluster: {pids:?}");
    assert!(!folder.exists(), "{} was left behind", folder.display());
}

/// A test that is killed can't drop anything. This one starts itself as another process, and kills that.
#[tokio::test]
async fn a_test_that_is_killed_leaves_no_process() {
    const REPORT: &str = "ECS_BRIDGE_TEST_REPORT_TO";
    if let Some(report) = std::env::var_os(REPORT) {
        let cluster = Cluster::start(ClusterOptions::default()).await.expect("a cluster");
        let words = cluster.pids().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let partial = Path::new(&report).with_extension("partial");
        std::fs::write(&partial, format!("{}\n{words}", cluster.kubernetes().folder().display())).expect("a report");
        std::fs::rename(&partial, &report).expect("a report");
        tokio::time::sleep(Duration::from_mins(1)).await;
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report");
    let program = std::env::current_exe().expect("this test");
    let mut child = Command::new(program)
        .args(["--exact", "a_test_that_is_killed_leaves_no_process"])
        .env(REPORT, &report)
        .stdout(Stdio::null())
        .spawn()
        .expect("this test, again");
    let read = async || std::fs::read_to_string(&report).map_err(|e| e.to_string());
    let text = eventually("the other test to start a cluster", Duration::from_mins(1), read).await;
    child.kill().expect("the other test can be killed");
    child.wait().expect("the other test ends");

    let text = text.expect("a report");
    let (data, pids) = text.split_once('\n').expect("a folder and the pids");
    let pids: Vec<u32> = pids.split(' ').map(|pid| pid.parse().expect("a pid")).collect();
    eventually("all that it started to end", WITHIN, async || {
        let left: Vec<_> = pids.iter().filter(|pid| runs(**pid)).collect();
        if left.is_empty() && !Path::new(data).exists() { Ok(()) } else { Err(format!("{left:?}, {data}")) }
    })
    .await
    .expect("nothing is left");
}
