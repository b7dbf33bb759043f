//! What a run stands on: Kubernetes, aws-sim with AWS's documented quotas, the operator, and some services that run.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ecs_bridge_harness::{
    Cluster, ClusterOptions, Error, Lifetime, Operator, OperatorOptions, Result, Sim, SimOptions, chart, eventually,
    test_credentials,
};

use super::Scenario;
use super::objects::{Services, Sight, ground, names};

const SYSTEM: &str = "ecs-bridge-system";
/// Where the many are made.
pub(super) const STORM: &str = "storm";
/// Where services run, and are changed meanwhile.
pub(super) const RUNNING: &str = "running";
const RUNNERS: usize = 25;
/// By then the buckets of both sides are full again: the slowest holds 20 and gets one a second.
const QUIET: Duration = Duration::from_secs(22);

/// The seconds from a task's launch until it runs and is healthy.
pub(super) const TASK_START: u32 = 10;
/// Every call to AWS takes this long.
const LATENCY_MS: u32 = 50;
/// The part of the quota that the operator is told to use.
pub(super) const SHARE: f64 = 0.98;

pub(super) struct Stage {
    // In the order in which they are to end.
    pub operator: Operator,
    options: OperatorOptions,
    pub sim: Sim,
    pub storm: Services,
    pub running: Services,
    pub sight: Sight,
    _cluster: Cluster,
}

impl Stage {
    /// Starts everything, and waits until what runs beside the storm is Ready.
    pub(super) async fn set(scenario: &Scenario, folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|source| Error::File { path: folder.to_owned(), source })?;
        // With the controller manager, as in every cluster: it watches all objects too.
        let options = ClusterOptions { controller_manager: true, ..ClusterOptions::default() };
        let cluster = Cluster::start(options).await?;
        let kubernetes = cluster.kubernetes();
        let sim = Sim::spawn(&SimOptions {
            binary: beside("aws-sim"),
            arguments: vec![
                format!("--latency={LATENCY_MS}"),
                format!("--task-start={TASK_START}"),
                format!("--quota-multiple={}", scenario.quota_multiple()),
            ],
            log: fresh(folder, "aws-sim.log"),
            lifetime: Lifetime::Tethered,
        })
        .await?;
        let mut arguments = vec![format!("--aws-endpoint-url={}", sim.url()), "--allow-insecure-endpoint".to_owned()];
        let queue = if scenario.has_events { Some(events(&arguments)?) } else { None };
        arguments.extend(queue.map(|url| format!("--events-queue={url}")));
        arguments.push(format!("--quota-share={SHARE}"));
        arguments.push(format!("--quota-multiple={}", scenario.quota_multiple()));
        for namespace in [SYSTEM, STORM, RUNNING] {
            let made = format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {namespace}}}\n");
            kubernetes.apply("default", &made).await?;
        }
        let install = chart::install(kubernetes, SYSTEM, &[]).await?;
        let options = OperatorOptions {
            binary: beside("ecs-bridge"),
            kubeconfig: install.kubeconfig,
            arguments,
            environment: test_credentials(),
            log: fresh(folder, "ecs-bridge.log"),
            lifetime: Lifetime::Tethered,
        };
        let mut operator = Operator::spawn(&options)?;
        operator.wait_ready().await?;
        let storm = Services::new(kubernetes, STORM, scenario.definitions).await?;
        let running = Services::new(kubernetes, RUNNING, scenario.definitions).await?;
        for namespace in [STORM, RUNNING] {
            kubernetes.apply(namespace, &ground(scenario.definitions)).await?;
        }
        running.clone().create(runners()).await?;
        let beside = Sight::of(&running);
        eventually("the services beside the storm to be Ready", Duration::from_mins(3), async || {
            let ready = beside.ready().len();
            if ready == RUNNERS { Ok(()) } else { Err(format!("{ready} of {RUNNERS}")) }
        })
        .await?;
        tokio::time::sleep(QUIET).await;
        let sight = Sight::of(&storm);
        Ok(Stage { operator, options, sim, storm, running, sight, _cluster: cluster })
    }

    /// Ends the operator as Kubernetes does, and starts it again.
    pub(super) async fn restart(&mut self) -> Result<()> {
        self.operator.terminate()?;
        self.operator = Operator::spawn(&self.options)?;
        self.operator.wait_ready().await
    }
}

/// Makes the queue of events as a user would; gives its URL.
fn events(arguments: &[String]) -> Result<String> {
    let mut command = std::process::Command::new(beside("ecs-bridge"));
    command.args(["events", "--make"]).args(arguments).envs(test_credentials());
    let told = "ecs-bridge events --make".to_owned();
    let output = command.output().map_err(|source| Error::Spawn { program: told.clone(), source })?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Error::Command { command: told, status: output.status, stderr });
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The services that run beside the storm.
pub(super) fn runners() -> Vec<String> {
    names("r", RUNNERS)
}

/// A program of the same build as this one.
fn beside(name: &str) -> PathBuf {
    std::env::current_exe().unwrap_or_default().with_file_name(name)
}

/// A log without what an earlier run has left in it.
fn fresh(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    // There may be none.
    let _ = std::fs::remove_file(&path);
    path
}
