//! A namespace, an aws-sim and an operator, for one test.

mod aws;
mod kubernetes;
mod past;
mod proxy;

use std::{path::PathBuf, process::Command, time::Duration};

use aws_sim::{Config, Entry, Options, Policy, Server};
use ecs_bridge_harness::{Cluster, Kubernetes, Lifetime, Operator, OperatorOptions, chart, test_credentials};
use kube::Client;
use serde_json::json;
use tokio::sync::OnceCell;

use self::aws::told;
pub use self::{past::Past, proxy::Proxy};

/// What anything may take here; all of it takes a second or two where nothing is wrong.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// The reads by which the operator looks at each kind that drifts.
pub const LOOKS: &[&str] = &[
    "DescribeServices",
    "DescribeClusters",
    "DescribeCapacityProviders",
    "DescribeRepositories",
    "DescribeSecret",
    "GetService",
];

/// A task of aws-sim runs and is healthy a virtual minute after it was asked for.
const SPEED: f64 = 60.0;

/// The cluster in AWS that services run in where a test has no `EcsCluster`.
pub const PLAIN: &str = "plain";

/// What a test wants to be different from the rule.
pub struct Setup<'a> {
    name: &'a str,
    cluster: Option<&'a Cluster>,
    world: Config,
    arguments: Vec<String>,
    values: Vec<(&'a str, &'a str)>,
    speed: f64,
    latency: Duration,
    credentials: bool,
    down: bool,
    without: Option<&'a str>,
    less: Option<usize>,
}

impl<'a> Setup<'a> {
    /// The namespace's name begins so.
    pub fn named(name: &'a str) -> Self {
        Setup {
            name,
            cluster: None,
            world: Config::default(),
            arguments: Vec::new(),
            values: Vec::new(),
            speed: SPEED,
            latency: Duration::ZERO,
            credentials: true,
            down: false,
            without: None,
            less: None,
        }
    }

    /// In a control plane of the test's own, for what would disturb others.
    pub fn on(self, cluster: &'a Cluster) -> Self {
        Setup { cluster: Some(cluster), ..self }
    }

    pub fn world(self, world: Config) -> Self {
        Setup { world, ..self }
    }

    /// A further argument of `ecs-bridge run`.
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// A value of the chart, which is then installed for this test alone.
    pub fn value(mut self, key: &'a str, value: &'a str) -> Self {
        self.values.push((key, value));
        self
    }

    /// Virtual seconds for each second, where something that passes has to be seen.
    pub fn speed(self, speed: f64) -> Self {
        Setup { speed, ..self }
    }

    /// What each answer of AWS takes, where something has to fall between two calls.
    pub fn latency(self, latency: Duration) -> Self {
        Setup { latency, ..self }
    }

    pub fn without_credentials(self) -> Self {
        Setup { credentials: false, ..self }
    }

    /// Nothing listens at AWS's address until [`Lab::aws_comes_up`].
    pub fn aws_down(self) -> Self {
        Setup { down: true, ..self }
    }

    /// Under an IAM policy that has no statement of this name.
    pub fn without_statement(self, sid: &'a str) -> Self {
        Setup { without: Some(sid), ..self }
    }

    /// Under the chart's roles without one of their permissions, by its place in `chart::permissions`: an operator that may not get ready.
    pub fn without_permission(self, at: usize) -> Self {
        Setup { less: Some(at), ..self }
    }

    pub async fn start(self) -> Lab {
        let shared = match self.cluster {
            Some(cluster) => cluster,
            None => ok(Cluster::shared().await),
        };
        let kubernetes = shared.kubernetes().clone();
        let namespace = ok(kubernetes.namespace(self.name).await);
        let install = match self.less {
            Some(_) => ok(chart::install_without(&kubernetes, &namespace, &self.values, self.less).await),
            None => installed(&kubernetes, self.cluster.is_none() && self.values.is_empty(), &self.values).await,
        };
        let address = format!("127.0.0.1:{}", ok(ecs_bridge_harness::free_port()));
        let mut arguments = vec![
            format!("--watch-namespaces={namespace}"),
            format!("--aws-endpoint-url=http://{address}"),
            "--allow-insecure-endpoint".to_owned(),
            "--poll-interval=0.2".to_owned(),
            "--sweep-interval=1".to_owned(),
            "--allowed-role-arns=arn:aws:iam::123456789012:role/ecs*,arn:aws:iam::123456789012:instance-profile/ecs*"
                .to_owned(),
        ];
        // What a test gives stands in place of the rule.
        let flag = |argument: &str| argument.split('=').next().unwrap_or_default().to_owned();
        arguments.retain(|rule| !self.arguments.iter().any(|given| flag(given) == flag(rule)));
        arguments.extend(self.arguments);
        if self.less.is_some() {
            // As the chart has it for a release of this name.
            let lease = [format!("name={namespace}-ecs-bridge"), format!("namespace={namespace}")];
            arguments.extend(lease.map(|flag| format!("--leader-elect-resource-{flag}")));
            arguments.push("--leader-elect".to_owned());
        }
        let policy = printed_policy(&arguments);
        let options = Options {
            listen: address.parse().expect("a loopback address"),
            speed: self.speed,
            latency: self.latency,
            world: self.world,
            policy: Some(self.without.map_or(policy.clone(), |sid| policy.without(sid))),
            ..Options::default()
        };
        let environment =
            test_credentials().into_iter().filter(|(name, _)| self.credentials || !name.contains("_KEY")).collect();
        let operator_options = OperatorOptions {
            binary: PathBuf::from(env!("CARGO_BIN_EXE_ecs-bridge")),
            kubeconfig: install.kubeconfig.clone(),
            arguments,
            environment,
            log: kubernetes.folder().join(format!("{namespace}.log")),
            lifetime: Lifetime::Tethered,
        };
        let mut lab = Lab {
            operator: None,
            client: ok(kubernetes.client().await),
            kubernetes,
            namespace,
            user: install.user,
            operator_options,
            sim: None,
            sim_options: options,
        };
        if !self.down {
            lab.aws_comes_up();
        }
        if self.less.is_some() {
            lab.operator = Some(ok(Operator::spawn(&lab.operator_options)));
        } else if self.credentials {
            lab.start_operator().await;
        } else {
            lab.start_operator_that_lacks("AWS credentials").await;
        }
        lab
    }
}

/// What `ecs-bridge iam-policy` prints for an operator that runs with these arguments.
fn printed_policy(arguments: &[String]) -> Policy {
    let is_shared = |argument: &&String| {
        ["--allowed-role-arns=", "--adopt-from=", "--events-queue="].iter().any(|flag| argument.starts_with(flag))
    };
    let shared = arguments.iter().filter(is_shared);
    let output =
        Command::new(env!("CARGO_BIN_EXE_ecs-bridge")).args(["iam-policy", "--adoption"]).args(shared).output();
    let printed = output.expect("the operator's binary").stdout;
    let document = serde_json::from_slice(&printed).expect("ecs-bridge iam-policy prints JSON");
    Policy::parse(&document).unwrap_or_else(|error| panic!("{error}"))
}

/// The chart, for all namespaces: each operator watches its own by a flag.
async fn installed(kubernetes: &Kubernetes, shared: bool, values: &[(&str, &str)]) -> chart::Install {
    static SHARED: OnceCell<chart::Install> = OnceCell::const_new();
    let install = async || {
        let system = ok(kubernetes.namespace("system").await);
        ok(chart::install(kubernetes, &system, values).await)
    };
    if shared { SHARED.get_or_init(install).await.clone() } else { install().await }
}

/// A namespace, an aws-sim and an operator. When a test panics, the end of the operator's log and what it wrote to AWS are printed.
pub struct Lab {
    pub kubernetes: Kubernetes,
    pub client: Client,
    pub namespace: String,
    /// As whom the API server knows the operator.
    pub user: String,
    // In the order in which they are to end.
    operator: Option<Operator>,
    pub operator_options: OperatorOptions,
    sim: Option<Server>,
    sim_options: Options,
}

impl Lab {
    pub async fn new(name: &str) -> Self {
        Setup::named(name).start().await
    }

    pub fn aws_comes_up(&mut self) {
        let sim = Server::start(self.sim_options.clone()).expect("aws-sim starts");
        let plain = json!({ "clusterName": PLAIN, "capacityProviders": ["FARGATE", "FARGATE_SPOT"] });
        sim.call(aws_sim::Api::Ecs, "CreateCluster", &plain).expect("a cluster in AWS");
        self.sim = Some(sim);
    }

    pub fn sim(&self) -> &Server {
        self.sim.as_ref().expect("aws-sim is up")
    }

    pub async fn start_operator(&mut self) {
        let mut operator = ok(Operator::spawn(&self.operator_options));
        ok(operator.wait_ready().await);
        self.operator = Some(operator);
    }

    /// Until `/readyz` says that it lacks this.
    pub async fn start_operator_that_lacks(&mut self, what: &str) {
        let mut operator = ok(Operator::spawn(&self.operator_options));
        ok(operator.wait_lacking(what).await);
        self.operator = Some(operator);
    }

    pub fn operator(&mut self) -> &mut Operator {
        self.operator.as_mut().expect("the operator runs")
    }

    /// All that the operators of this lab have logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.operator_options.log).expect("the operator's log")
    }

    /// SIGKILL, as a crash of the node.
    pub fn kill_operator(&mut self) {
        ok(self.operator().kill());
        self.operator = None;
    }

    /// SIGTERM, as a rollout of the operator's Deployment.
    pub fn stop_operator(&mut self) {
        ok(self.operator().terminate());
        self.operator = None;
    }

    pub async fn restart_operator(&mut self) {
        self.stop_operator();
        self.start_operator().await;
    }

    /// The next operator, and all that the test does, are in that cluster, in a namespace of the same name.
    pub async fn move_to(&mut self, cluster: &Cluster) {
        let kubernetes = cluster.kubernetes().clone();
        let namespace = json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": self.namespace } });
        ok(kubernetes.apply("default", &namespace.to_string()).await);
        let install = installed(&kubernetes, false, &[]).await;
        self.client = ok(kubernetes.client().await);
        self.operator_options.kubeconfig = install.kubeconfig;
        self.user = install.user;
        self.kubernetes = kubernetes;
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Some(sim) = &self.sim
        {
            let notable: Vec<Entry> =
                sim.journal().into_iter().filter(|entry| entry.is_write() || !entry.succeeded()).collect();
            eprintln!("what was asked of AWS, but for reads that were answered: {}", told(&notable));
        }
    }
}

/// The harness's errors are made to be read: as they are displayed.
#[track_caller]
pub fn ok<T>(result: ecs_bridge_harness::Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
