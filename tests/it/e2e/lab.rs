//! A namespace, an aws-sim and an operator, for one test.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use aws_sim::{Config, Entry, Options, Scope, Server};
use ecs_bridge_harness::{
    Cluster, Condition, Kubernetes, Lifetime, Operator, OperatorOptions, chart, condition, eventually, has_condition,
    test_credentials, wait_for, wait_gone,
};
use futures::StreamExt;
use kube::{
    Api, Client, ResourceExt,
    api::{ApiResource, DeleteParams, Patch, PatchParams},
    core::{DynamicObject, GroupVersionKind},
    runtime::{WatchStreamExt, watcher},
};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

/// What anything may take here; all of it takes a second or two where nothing is wrong.
pub const PATIENCE: Duration = Duration::from_secs(40);

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
    speed: f64,
    credentials: bool,
    down: bool,
}

impl<'a> Setup<'a> {
    /// The namespace's name begins so.
    pub fn named(name: &'a str) -> Self {
        Setup {
            name,
            cluster: None,
            world: Config::default(),
            arguments: Vec::new(),
            speed: SPEED,
            credentials: true,
            down: false,
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

    /// Virtual seconds for each second, where something that passes has to be seen.
    pub fn speed(self, speed: f64) -> Self {
        Setup { speed, ..self }
    }

    pub fn without_credentials(self) -> Self {
        Setup { credentials: false, ..self }
    }

    /// Nothing listens at AWS's address until [`Lab::aws_comes_up`].
    pub fn aws_down(self) -> Self {
        Setup { down: true, ..self }
    }

    pub async fn start(self) -> Lab {
        let shared = match self.cluster {
            Some(cluster) => cluster,
            None => ok(Cluster::shared().await),
        };
        let kubernetes = shared.kubernetes().clone();
        let namespace = ok(kubernetes.namespace(self.name).await);
        let install = installed(&kubernetes, self.cluster.is_none()).await;
        let address = format!("127.0.0.1:{}", ok(ecs_bridge_harness::free_port()));
        let options = Options {
            listen: address.parse().expect("a loopback address"),
            speed: self.speed,
            world: self.world,
            ..Options::default()
        };
        let mut arguments = vec![
            format!("--watch-namespace={namespace}"),
            format!("--aws-endpoint-url=http://{address}"),
            "--allow-insecure-endpoint".to_owned(),
            "--poll-interval=0.2".to_owned(),
            "--sweep-interval=1".to_owned(),
            "--allowed-role-arns=arn:aws:iam::123456789012:role/ecs*".to_owned(),
        ];
        // What a test gives stands in place of the rule.
        let flag = |argument: &str| argument.split('=').next().unwrap_or_default().to_owned();
        arguments.retain(|rule| !self.arguments.iter().any(|given| flag(given) == flag(rule)));
        arguments.extend(self.arguments);
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
        lab.start_operator().await;
        lab
    }
}

/// The chart, for all namespaces: each operator watches its own by a flag.
async fn installed(kubernetes: &Kubernetes, shared: bool) -> chart::Install {
    static SHARED: OnceCell<chart::Install> = OnceCell::const_new();
    let install = async || {
        let system = ok(kubernetes.namespace("system").await);
        ok(chart::install(kubernetes, &system, &[]).await)
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
        let install = installed(&kubernetes, false).await;
        self.client = ok(kubernetes.client().await);
        self.operator_options.kubeconfig = install.kubeconfig;
        self.user = install.user;
        self.kubernetes = kubernetes;
    }

    // Kubernetes.

    pub fn api(&self, kind: &str) -> Api<DynamicObject> {
        Api::namespaced_with(self.client.clone(), &self.namespace, &resource(kind))
    }

    /// Server-side apply with strict validation, as a user's.
    pub async fn apply(&self, manifest: &Value) -> DynamicObject {
        self.apply_as("user", manifest).await.unwrap_or_else(|error| panic!("{manifest} is not accepted: {error}"))
    }

    pub async fn apply_as(&self, manager: &str, manifest: &Value) -> kube::Result<DynamicObject> {
        let kind = manifest["kind"].as_str().expect("a kind");
        let name = manifest["metadata"]["name"].as_str().expect("a name");
        let parameters = PatchParams::apply(manager).validation_strict();
        self.api(kind).patch(name, &parameters, &Patch::Apply(manifest)).await
    }

    /// A merge patch by another party.
    pub async fn patch(&self, kind: &str, name: &str, patch: Value) -> DynamicObject {
        let patched = self.api(kind).patch(name, &PatchParams::default(), &Patch::Merge(&patch)).await;
        patched.unwrap_or_else(|error| panic!("{kind}/{name} can't be patched with {patch}: {error}"))
    }

    pub async fn annotate(&self, kind: &str, name: &str, key: &str, value: &str) {
        self.patch(kind, name, json!({ "metadata": { "annotations": { key: value } } })).await;
    }

    pub async fn delete(&self, kind: &str, name: &str) {
        let deleted = self.api(kind).delete(name, &DeleteParams::default()).await;
        deleted.unwrap_or_else(|error| panic!("{kind}/{name} can't be deleted: {error}"));
    }

    pub async fn get(&self, kind: &str, name: &str) -> DynamicObject {
        let got = self.api(kind).get(name).await;
        got.unwrap_or_else(|error| panic!("{kind}/{name} can't be read: {error}"))
    }

    pub async fn until(
        &self,
        kind: &str,
        name: &str,
        what: &str,
        wanted: impl Fn(&DynamicObject) -> bool,
    ) -> DynamicObject {
        ok(wait_for(&self.api(kind), name, what, PATIENCE, wanted).await)
    }

    /// Waits for a condition with this status about the spec as it is now.
    pub async fn has(&self, kind: &str, name: &str, type_: &str, status: &str) -> DynamicObject {
        let what = format!("{type_}={status}");
        self.until(kind, name, &what, |object| has_condition(object, type_, status)).await
    }

    pub async fn ready(&self, kind: &str, name: &str) -> DynamicObject {
        self.has(kind, name, "Ready", "True").await
    }

    /// Waits until the condition has this reason, and gives it.
    pub async fn reason(&self, kind: &str, name: &str, type_: &str, status: &str, reason: &str) -> Condition {
        let fits = |object: &DynamicObject| {
            has_condition(object, type_, status)
                && condition(object, type_).is_some_and(|condition| condition.reason == reason)
        };
        let object = self.until(kind, name, &format!("{type_}={status} for {reason}"), fits).await;
        condition(&object, type_).expect("it was there")
    }

    pub async fn stalled(&self, kind: &str, name: &str, reason: &str) -> Condition {
        self.reason(kind, name, "Stalled", "True", reason).await
    }

    pub async fn gone(&self, kind: &str, name: &str) {
        ok(wait_gone(&self.api(kind), name, PATIENCE).await);
    }

    /// Waits until kubectl, asked this, answers something that contains the text.
    pub async fn kubectl_shows(&self, arguments: &[&str], text: &str) -> String {
        let what = format!("kubectl {} to show {text:?}", arguments.join(" "));
        let look = async || match self.kubectl(arguments).await {
            Ok(output) if output.contains(text) => Ok(output),
            Ok(output) => Err(output),
            Err(error) => Err(error.to_string()),
        };
        ok(eventually(&what, PATIENCE, look).await)
    }

    /// kubectl in the lab's namespace.
    pub async fn kubectl(&self, arguments: &[&str]) -> ecs_bridge_harness::Result<String> {
        let namespace = format!("--namespace={}", self.namespace);
        let all: Vec<&str> = std::iter::once(namespace.as_str()).chain(arguments.iter().copied()).collect();
        self.kubernetes.kubectl(&all).await
    }

    /// Everything that the objects of a kind are from now on.
    pub fn follow(&self, kind: &str) -> History {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn({
            let (api, seen) = (self.api(kind), seen.clone());
            async move {
                let mut objects = watcher(api, watcher::Config::default()).default_backoff().applied_objects().boxed();
                while let Some(event) = objects.next().await {
                    if let Ok(object) = event {
                        seen.lock().expect("no panic while it was held").push(object);
                    }
                }
            }
        });
        History { seen, task }
    }

    // AWS.

    /// A call to Amazon ECS by another party.
    pub fn ecs(&self, operation: &str, request: Value) -> Value {
        let answer = self.sim().call(aws_sim::Api::Ecs, operation, &request);
        answer.unwrap_or_else(|error| panic!("{operation} {request} by another party: {error}"))
    }

    /// A call to Amazon ECR by another party.
    pub fn ecr(&self, operation: &str, request: Value) -> Value {
        let answer = self.sim().call(aws_sim::Api::Ecr, operation, &request);
        answer.unwrap_or_else(|error| panic!("{operation} {request} by another party: {error}"))
    }

    /// What AWS calls an object's thing where the spec gives no name.
    pub fn aws_name(&self, name: &str) -> String {
        format!("{}_{name}", self.namespace)
    }

    /// The service in the plain cluster as AWS describes it; null where it is MISSING.
    pub fn service_named(&self, aws_name: &str) -> Value {
        let request = json!({ "cluster": PLAIN, "services": [aws_name], "include": ["TAGS"] });
        self.ecs("DescribeServices", request)["services"][0].clone()
    }

    /// The service of this object.
    pub fn service(&self, name: &str) -> Value {
        self.service_named(&self.aws_name(name))
    }

    /// Waits until AWS has it so.
    pub async fn aws_has<T>(&self, what: &str, look: impl Fn() -> Result<T, Value>) -> T {
        ok(eventually(what, PATIENCE, async || look().map_err(|seen| format!("{seen:#}"))).await)
    }

    /// A place in the journal, to ask later what came after it.
    pub fn mark(&self) -> u64 {
        self.sim().journal().last().map_or(0, |entry| entry.sequence)
    }

    /// What the operator asked of AWS since then.
    pub fn calls_since(&self, mark: u64) -> Vec<Entry> {
        self.sim().journal_after(mark)
    }

    /// What it asked to be changed since then.
    pub fn writes_since(&self, mark: u64) -> Vec<Entry> {
        self.calls_since(mark).into_iter().filter(Entry::is_write).collect()
    }

    /// How often it called this operation since then with a request that contains the text.
    pub fn count(&self, mark: u64, operation: &str, containing: &str) -> usize {
        let calls = self.calls_since(mark);
        calls
            .iter()
            .filter(|entry| entry.operation == operation && entry.request.to_string().contains(containing))
            .count()
    }

    /// The client tokens of all attempts to create this service.
    pub fn tokens(&self, aws_name: &str) -> BTreeSet<String> {
        let name = json!(aws_name);
        let calls = self.calls_since(0).into_iter();
        let created = calls.filter(|entry| entry.operation == "CreateService" && entry.request["serviceName"] == name);
        created.map(|entry| entry.request["clientToken"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Waits until the operator has called this operation that often since then.
    pub async fn called(&self, mark: u64, operation: &str, containing: &str, times: usize) {
        let what = format!("{times} calls of {operation} with {containing:?}");
        let look = async || {
            let seen = self.count(mark, operation, containing);
            if seen >= times { Ok(()) } else { Err(format!("{seen}; {}", told(&self.calls_since(mark)))) }
        };
        ok(eventually(&what, PATIENCE, look).await);
    }

    /// Waits until each of these reads was made so often since the mark: so many looks at the steady state.
    pub async fn looked(&self, mark: u64, reads: &[&str], times: usize) {
        for read in reads {
            self.called(mark, read, "", times).await;
        }
    }

    pub fn no_write_since(&self, mark: u64, when: &str) {
        let writes = self.writes_since(mark);
        assert!(writes.is_empty(), "{when}, the operator wrote to AWS: {}", told(&writes));
    }

    /// The same region in AWS, for `Server::world`.
    pub fn scope() -> Scope {
        Scope::default()
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

/// What objects have been.
pub struct History {
    seen: Arc<Mutex<Vec<DynamicObject>>>,
    task: tokio::task::JoinHandle<()>,
}

impl History {
    /// Each state of the object of that name, in order.
    pub fn of(&self, name: &str) -> Vec<DynamicObject> {
        let seen = self.seen.lock().expect("no panic while it was held");
        seen.iter().filter(|object| object.name_any() == name).cloned().collect()
    }
}

impl Drop for History {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub fn resource(kind: &str) -> ApiResource {
    ApiResource::from_gvk(&GroupVersionKind::gvk("ecs-bridge.dev", "v1alpha1", kind))
}

/// The harness's errors are made to be read: as they are displayed.
#[track_caller]
pub fn ok<T>(result: ecs_bridge_harness::Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

/// Journal entries, a line each.
pub fn told(entries: &[Entry]) -> String {
    let line = |entry: &Entry| {
        let error = entry.error_code.as_deref().unwrap_or_default();
        format!("\n  {:>4} {} {} {error} {}", entry.sequence, entry.operation, entry.status, entry.request)
    };
    if entries.is_empty() { "nothing".to_owned() } else { entries.iter().map(line).collect() }
}
