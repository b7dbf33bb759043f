//! `make demo`

mod shop;

use std::env;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ecs_bridge_harness::{
    Cluster, ClusterOptions, Error, Kubernetes, Lifetime, Operator, OperatorOptions, Result, Sim, SimOptions, chart,
    programs, stop_recorded, test_credentials, workspace,
};

use crate::environment;
use crate::progress::until_ready;

const SYSTEM: &str = "ecs-bridge-system";
const NAMESPACE: &str = "ecs-bridge-demo";
const PATIENCE: Duration = Duration::from_mins(3);
/// As kubectl calls itself.
const KUBECTL: &str = "kubectl";
/// A private DNS namespace of Cloud Map, which is there from the beginning; what asks for names in it has its id.
const CLOUD_MAP: &str = "ns-0123456789abcdef=internal";

/// What the demo runs on.
#[derive(Debug, PartialEq, Eq)]
enum Ground {
    /// Kubernetes and aws-sim on loopback.
    Local,
    /// What KUBECONFIG names, with AWS itself where there are credentials, else with aws-sim.
    Real { kubeconfig: PathBuf, aws: bool },
}

/// The ground, and whether it may be touched.
fn ground(kubeconfig: Option<&str>, credentials: bool, real: bool) -> (Ground, bool) {
    match kubeconfig {
        Some(path) if !path.is_empty() => (Ground::Real { kubeconfig: path.into(), aws: credentials }, real),
        _ => (Ground::Local, true),
    }
}

pub(crate) async fn up(examples: Option<PathBuf>) -> Result<()> {
    let set = |name: &str| env::var(name).is_ok_and(|value| !value.is_empty());
    let credentials = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE"].into_iter().any(set);
    let real = env::var("REAL").is_ok_and(|value| value == "1");
    // A demo of before told its user to set this: it is this machine's own.
    let own = environment("demo").0.join("kubeconfig");
    let kubeconfig = env::var("KUBECONFIG").ok().filter(|path| Path::new(path) != own);
    let (ground, may) = ground(kubeconfig.as_deref(), credentials, real);
    if !may {
        ask_first(&ground);
        std::process::exit(2);
    }

    let (folder, pids) = environment("demo");
    std::fs::create_dir_all(&folder).map_err(|source| Error::File { path: folder.clone(), source })?;
    if !stop_recorded(&pids)?.is_empty() {
        println!("Stopped the demo that was running; this one is new.");
    }
    let lifetime = Lifetime::Recorded(pids);
    let kubernetes = match &ground {
        Ground::Real { kubeconfig, .. } => Kubernetes::new(kubeconfig, &folder),
        Ground::Local => start_kubernetes(&folder, &lifetime).await?,
    };
    let sim = match &ground {
        Ground::Real { aws: true, .. } => None,
        _ => Some(start_aws(&folder, &lifetime).await?),
    };
    start_operator(&kubernetes, sim.as_ref(), &folder, &lifetime).await?;
    if matches!(ground, Ground::Local) {
        shop::start_node(&kubernetes, &lifetime)?;
    }
    let select = ["config", "set-context", "--current", "--namespace", NAMESPACE];
    // The kubeconfig of a cluster that was there before is its user's.
    if matches!(ground, Ground::Local) {
        kubernetes.kubectl(&select).await?;
    }

    let examples = examples.unwrap_or_else(|| workspace().join("examples"));
    let shown = show(&kubernetes, &examples, matches!(ground, Ground::Local)).await;
    shown.inspect_err(|_| println!("\nIt goes on running; the operator's log is {}.", log(&folder).display()))?;
    what_next(&kubernetes, &folder);
    Ok(())
}

/// The resources, and then the shop, where Kubernetes is this machine's own.
async fn show(kubernetes: &Kubernetes, examples: &Path, is_local: bool) -> Result<()> {
    let applied = apply(kubernetes, "examples", examples, KUBECTL).await?;
    println!();
    // Others than ours are never Ready.
    let ours = applied.iter().filter(|line| line.contains(".ecs-bridge.dev/")).count();
    until_ready(kubernetes, NAMESPACE, &[], ours, PATIENCE).await?;
    println!(
        "\n$ kubectl get ecs-bridge -A\n{}",
        kubernetes.kubectl(&["get", "ecs-bridge", "--all-namespaces"]).await?
    );
    if is_local {
        return shop::up(kubernetes).await;
    }
    say("shop", "is left out: its images are in no registry that this cluster could pull them from");
    Ok(())
}

/// Applies a file or a folder as this field manager; gives a line for each object in it.
async fn apply(kubernetes: &Kubernetes, what: &str, files: &Path, manager: &str) -> Result<Vec<String>> {
    let manager = format!("--field-manager={manager}");
    say(what, &format!("kubectl apply --server-side {manager} --namespace {NAMESPACE} -f {}", files.display()));
    let files = files.to_string_lossy();
    let apply =
        ["apply", "--server-side", "--validate=strict", &manager, "--namespace", NAMESPACE, "--filename", &files];
    Ok(kubernetes.kubectl(&apply).await?.lines().map(str::to_owned).collect())
}

fn ask_first(ground: &Ground) {
    if let Ground::Real { kubeconfig, aws } = ground {
        let account = if *aws { "AWS itself, with the credentials of this shell" } else { "aws-sim, on this machine" };
        println!(
            "KUBECONFIG is set. The demo would use\n  \
             Kubernetes: {}, where it would install the chart's CRDs and RBAC, and the objects of examples/\n  \
             AWS:        {account}\n\n\
             Type `make demo REAL=1` if that is meant, or `env -u KUBECONFIG make demo` for a demo on this machine alone.",
            kubeconfig.display(),
        );
    }
}

async fn start_kubernetes(folder: &Path, lifetime: &Lifetime) -> Result<Kubernetes> {
    let options =
        ClusterOptions { folder: Some(folder.to_owned()), controller_manager: true, lifetime: lifetime.clone() };
    let start = Instant::now();
    let cluster = Cluster::start(options).await?;
    say("Kubernetes", &format!("serves on {} after {:.1} s", cluster.url(), start.elapsed().as_secs_f32()));
    Ok(cluster.kubernetes().clone())
}

async fn start_aws(folder: &Path, lifetime: &Lifetime) -> Result<Sim> {
    let options = SimOptions {
        binary: beside("aws-sim"),
        arguments: ["--speed", "10", "--container-instances", "3", "--cloud-map-namespace", CLOUD_MAP]
            .map(str::to_owned)
            .to_vec(),
        log: folder.join("aws-sim.log"),
        lifetime: lifetime.clone(),
    };
    let sim = Sim::spawn(&options).await?;
    say("aws-sim", &format!("stands in for AWS on {}, ten times as fast", sim.url()));
    Ok(sim)
}

async fn start_operator(kubernetes: &Kubernetes, sim: Option<&Sim>, folder: &Path, lifetime: &Lifetime) -> Result<()> {
    for namespace in [SYSTEM, NAMESPACE] {
        kubernetes
            .apply("default", &format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {namespace}}}\n"))
            .await?;
    }
    let install =
        chart::install(kubernetes, SYSTEM, &[("secrets.sync", "true"), ("cloudMap.annotations", "true")]).await?;
    say("chart", &format!("the operator is {}", install.user));
    let mut arguments =
        ["--allowed-role-arns=arn:aws:iam::123456789012:role/ecs*", "--sync-secrets", "--cloud-map-annotations"]
            .map(str::to_owned)
            .to_vec();
    let environment = match sim {
        Some(sim) => {
            let url = format!("--aws-endpoint-url={}", sim.url());
            arguments.extend([
                url,
                "--allow-insecure-endpoint".to_owned(),
                "--poll-interval=1".to_owned(),
                "--sweep-interval=10".to_owned(),
            ]);
            test_credentials()
        }
        None => env::vars().filter(|(name, _)| name.starts_with("AWS_")).collect(),
    };
    let mut operator = Operator::spawn(&OperatorOptions {
        binary: beside("ecs-bridge"),
        kubeconfig: install.kubeconfig,
        arguments,
        environment,
        log: log(folder),
        lifetime: lifetime.clone(),
    })?;
    operator.wait_ready().await?;
    say("operator", &format!("serves http://{}/metrics, and logs to {}", operator.address(), operator.log().display()));
    Ok(())
}

fn what_next(kubernetes: &Kubernetes, folder: &Path) {
    println!(
        "All are Ready, and it goes on running. Type next:\n  \
         export KUBECONFIG={} PATH={}:$PATH\n  \
         kubectl --namespace {NAMESPACE} describe ecsservice nginx-fargate\n  \
         kubectl --namespace {NAMESPACE} scale ecsservice nginx-fargate --replicas 4\n  \
         kubectl --namespace {NAMESPACE} get ecsservice --watch\n  \
         kubectl --namespace {NAMESPACE} scale workloadbridge frontend --replicas 6\n  \
         kubectl --namespace {NAMESPACE} get workloadbridge,endpointslices\n  \
         tail {}\n  \
         make demo-down",
        kubernetes.kubeconfig().display(),
        programs().display(),
        log(folder).display(),
    );
}

fn log(folder: &Path) -> PathBuf {
    folder.join("ecs-bridge.log")
}

/// A program of the same build as this one.
fn beside(name: &str) -> PathBuf {
    env::current_exe().unwrap_or_default().with_file_name(name)
}

fn say(what: &str, text: &str) {
    println!("{what:<12}{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_exists_is_touched_unasked() {
        let real = |aws| Ground::Real { kubeconfig: "k".into(), aws };
        let cases = [
            ("nothing is set", (None, false, false), (Ground::Local, true)),
            ("only credentials are set", (None, true, true), (Ground::Local, true)),
            ("KUBECONFIG is empty", (Some(""), true, false), (Ground::Local, true)),
            ("both are set", (Some("k"), true, false), (real(true), false)),
            ("both are set, with REAL=1", (Some("k"), true, true), (real(true), true)),
            ("KUBECONFIG alone", (Some("k"), false, false), (real(false), false)),
        ];
        for (what, (kubeconfig, credentials, asked), expected) in cases {
            assert_eq!(ground(kubeconfig, credentials, asked), expected, "{what}");
        }
    }
}
