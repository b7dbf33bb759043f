//! What `make kube`, `make demo`, `make prove` and `make bench` run.

mod bench;
mod demo;
mod kube;
mod progress;
mod prove;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ecs_bridge_harness::{Error, Kubernetes, Result, node, stop_recorded, workspace};
use tokio::signal::unix::{self, SignalKind};

/// Development environments of ecs-bridge on this machine; `make help` names the targets that use it.
#[derive(Parser)]
#[command(name = "ecs-bridge-dev")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a Kubernetes control plane on loopback
    Kube,
    /// Stop it
    KubeDown,
    /// Start Kubernetes, aws-sim and the operator, apply examples/ and the shop, and watch them become Ready
    Demo {
        /// A folder or file of manifests to apply [default: examples/ of this repository]
        #[arg(long)]
        examples: Option<PathBuf>,
    },
    /// Stop it
    DemoDown,
    /// Say of the pods of a namespace that they run, for ever: what the demo's pods run on
    #[command(hide = true)]
    Node {
        #[arg(long)]
        kubeconfig: PathBuf,
        #[arg(long)]
        namespace: String,
    },
    /// Run every sweep of the tests in full, and print what was swept
    Prove {
        /// Only the sweeps whose name contains this
        #[arg(long, default_value = "")]
        only: String,
    },
    /// Measure how fast the operator is under AWS's quotas, and what it takes
    Bench(bench::Wanted),
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Kube => kube::up().await,
        Command::KubeDown => stop("kube"),
        Command::Demo { examples } => tokio::select! {
            ended = demo::up(examples) => ended,
            () = interrupted() => {
                println!("\nInterrupted.");
                return stop("demo").map_or_else(|error| failed(&error), |()| ExitCode::from(INTERRUPTED));
            }
        },
        Command::DemoDown => stop("demo"),
        Command::Node { kubeconfig, namespace } => node_of(&kubeconfig, &namespace).await,
        Command::Prove { only } => prove::prove(&only),
        Command::Bench(wanted) => bench::bench(wanted).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &Error) -> ExitCode {
    eprintln!("ecs-bridge-dev: {error}");
    ExitCode::FAILURE
}

/// As shells have it for what a Ctrl-C ends.
const INTERRUPTED: u8 = 130;

/// A Ctrl-C, or a SIGTERM. Where the one or the other can't be listened for, it ends this program at once, as it would without.
async fn interrupted() {
    let signal = |kind| async move {
        match unix::signal(kind) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = signal(SignalKind::interrupt()) => {}
        () = signal(SignalKind::terminate()) => {}
    }
}

async fn node_of(kubeconfig: &Path, namespace: &str) -> Result<()> {
    let kubernetes = Kubernetes::new(kubeconfig, Path::new("/"));
    match node::serve(kubernetes.client().await?, namespace).await? {}
}

/// Where an environment keeps its files, and the record of its processes.
fn environment(name: &str) -> (PathBuf, PathBuf) {
    let folder = workspace().join(".dev").join(name);
    let pids = folder.join("pids");
    (folder, pids)
}

/// Ends what an environment started, if it runs.
fn stop(name: &str) -> Result<()> {
    let (_, pids) = environment(name);
    let stopped = stop_recorded(&pids)?;
    if stopped.is_empty() {
        println!("Nothing of {name} is running.");
    } else {
        println!("Stopped {}.", stopped.join(", "));
    }
    Ok(())
}
