//! ECS tasks behind a Kubernetes Service, sampled all the while: how long an address stays that does not answer any more, and how many are
//! ready.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use ecs_bridge_harness::eventually;
use k8s_openapi::api::{
    core::v1::Service,
    discovery::v1::{Endpoint, EndpointSlice},
};
use kube::{
    Api,
    api::{DeleteParams, ListParams, Patch, PatchParams},
};
use serde_json::{Value, json};

use super::{
    bridge::{bridge, deploy, node},
    lab::{Lab, PATIENCE, PLAIN, Setup, ok},
};

const KIND: &str = "WorkloadBridge";

/// From the moment that AWS has told a task to stop, or knows that it has ended.
const BOUND: Duration = Duration::from_secs(5);

/// What was seen of the addresses of tasks.
#[derive(Default)]
struct Seen {
    /// When AWS first said that the task is to stop, and that its containers have ended.
    told: BTreeMap<String, Instant>,
    ended: BTreeMap<String, Instant>,
    /// After how long no slice had it as ready, and after how long no slice had it at all.
    unready: BTreeMap<String, Duration>,
    gone: BTreeMap<String, Duration>,
    ready: BTreeSet<String>,
    /// How many addresses of the Service are ready, of pods and tasks together.
    all: usize,
    /// The fewest there were since what happened last.
    fewest: usize,
}

impl Seen {
    /// What AWS says is older than what Kubernetes says: a task is late by no more than is measured.
    fn look(&mut self, at: Instant, tasks: &[Value], slices: &[EndpointSlice]) {
        for task in tasks {
            let Some(address) = task["containers"][0]["networkInterfaces"][0]["privateIpv4Address"].as_str() else {
                continue;
            };
            if task["desiredStatus"] == "STOPPED" {
                self.told.entry(address.to_owned()).or_insert(at);
            }
            if ["DEPROVISIONING", "STOPPED"].contains(&task["lastStatus"].as_str().unwrap_or_default()) {
                self.ended.entry(address.to_owned()).or_insert(at);
            }
        }
        let (ours, pods): (Vec<&EndpointSlice>, Vec<_>) = slices.iter().partition(|slice| is_ours(slice));
        let held: BTreeSet<String> = endpoints(&ours).map(|endpoint| endpoint.addresses[0].clone()).collect();
        self.ready = ready(&ours);
        self.all = self.ready.len() + ready(&pods).len();
        self.fewest = self.fewest.min(self.all);
        let now = Instant::now();
        for (address, since) in self.told.iter().filter(|(address, _)| !self.ready.contains(*address)) {
            self.unready.entry(address.clone()).or_insert(now - *since);
        }
        for (address, since) in self.ended.iter().filter(|(address, _)| !held.contains(*address)) {
            self.gone.entry(address.clone()).or_insert(now - *since);
        }
    }
}

fn is_ours(slice: &EndpointSlice) -> bool {
    let labels = slice.metadata.labels.as_ref();
    labels
        .and_then(|labels| labels.get("endpointslice.kubernetes.io/managed-by"))
        .is_some_and(|by| by == "ecs-bridge.dev")
}

fn endpoints<'a>(slices: &'a [&EndpointSlice]) -> impl Iterator<Item = &'a Endpoint> {
    slices.iter().flat_map(|slice| slice.endpoints.iter().flatten())
}

fn ready(slices: &[&EndpointSlice]) -> BTreeSet<String> {
    let is_ready =
        |endpoint: &&Endpoint| endpoint.conditions.as_ref().is_some_and(|conditions| conditions.ready == Some(true));
    endpoints(slices).filter(is_ready).map(|endpoint| endpoint.addresses[0].clone()).collect()
}

struct Sampled {
    lab: Lab,
    slices: Api<EndpointSlice>,
    seen: Seen,
    /// Addresses that are to go, as their tasks are replaced.
    leaving: BTreeSet<String>,
}

impl Sampled {
    /// Looks until so many pods and tasks are behind the Service, none of which is to stop, and both sides are as they are to be; all the
    /// while as many as promised are ready.
    async fn until(&mut self, what: &str, promised: usize, (pods, tasks): (usize, usize)) {
        let (deadline, begun) = (Instant::now() + PATIENCE, Instant::now());
        self.seen.fewest = usize::MAX;
        loop {
            self.look().await;
            let Seen { all, fewest, told, ready, .. } = &self.seen;
            assert!(*fewest >= promised, "{what}: {promised} addresses are promised, and {fewest} were ready");
            let is_going = |address: &String| told.contains_key(address) || self.leaving.contains(address);
            if *all == pods + tasks && ready.len() == tasks && !ready.iter().any(is_going) {
                println!(
                    "{what}: of {promised} promised, never fewer than {fewest} were ready, for {:.1?}",
                    begun.elapsed()
                );
                return;
            }
            assert!(
                Instant::now() < deadline,
                "{what}: {pods} pods and {tasks} tasks are to be ready, and of {all} there are the tasks {ready:?}"
            );
        }
    }

    /// Another percentage of four replicas is to be on ECS.
    async fn to(&mut self, what: &str, promised: usize, percentage: i32, counts: (usize, usize)) {
        self.lab.apply(&bridge(json!({ "service": "web", "split": { "percentage": percentage } }))).await;
        self.until(what, promised, counts).await;
    }

    async fn look(&mut self) {
        let at = Instant::now();
        let tasks = self.tasks();
        let found = self.slices.list(&ListParams::default().labels("kubernetes.io/service-name=web")).await;
        self.seen.look(at, &tasks, &found.expect("the slices").items);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    fn tasks(&self) -> Vec<Value> {
        let list = |desired: &str| {
            self.lab.ecs("ListTasks", json!({"cluster": PLAIN, "desiredStatus": desired}))["taskArns"].clone()
        };
        let arns: Vec<Value> =
            ["RUNNING", "STOPPED"].iter().filter_map(|desired| list(desired).as_array().cloned()).flatten().collect();
        if arns.is_empty() {
            return Vec::new();
        }
        let described = self.lab.ecs("DescribeTasks", json!({"cluster": PLAIN, "tasks": arns}));
        described["tasks"].as_array().cloned().unwrap_or_default()
    }

    fn running(&self) -> String {
        let tasks = self.tasks();
        let running = tasks.iter().find(|task| task["lastStatus"] == "RUNNING" && task["desiredStatus"] == "RUNNING");
        running.expect("a task that runs")["taskArn"].as_str().expect("an ARN").to_owned()
    }

    /// Looks on until everything that was told to stop has gone.
    async fn settle(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while self.seen.unready.len() < self.seen.told.len() || self.seen.gone.len() < self.seen.told.len() {
            assert!(Instant::now() < deadline, "what was told to stop is there yet: {:?}", self.seen.told.keys());
            self.look().await;
        }
    }
}

#[tokio::test]
async fn no_address_stays_behind_the_service_for_longer_than_it_may_and_as_many_are_ready_as_the_split_promises() {
    // As the operator runs by itself, but for AWS, where tasks take a quarter of their time.
    let lab = Setup::named("endpoints").speed(4.0).argument("--poll-interval=5").start().await;
    deploy(&lab).await;
    let _node = node(&lab).await;
    let mark = lab.mark();
    let slices = Api::namespaced(lab.client.clone(), &lab.namespace);
    let mut web = Sampled { lab, slices, seen: Seen::default(), leaving: BTreeSet::new() };
    web.lab.apply(&bridge(json!({ "split": { "percentage": 0 } }))).await;
    web.lab.ready(KIND, "web").await;
    assert_eq!(web.lab.count(mark, "ListTasks", ""), 0, "no bridge has a Service, and tasks were read");

    web.to("half of it moves to ECS", 4, 50, (2, 2)).await;
    let found = web.slices.list(&ListParams::default()).await.expect("the slices").items;
    let slice = &found.iter().find(|slice| slice.metadata.name.as_deref() == Some("web-ecs-ipv4-0")).expect("a slice");
    assert_eq!(json!(slice.ports), json!([{"name": "http", "port": 80, "protocol": "TCP"}]), "the named port");
    let endpoint = json!(slice.endpoints.as_ref().expect("endpoints")[0]);
    assert!(endpoint["zone"].as_str().is_some_and(|zone| zone.starts_with("us-east-1")), "{endpoint}");

    let arn = web.running();
    let crash = |world: &mut aws_sim::World| world.fail_task(&Lab::scope(), PLAIN, &arn, 137, None);
    web.lab.sim().world(crash).expect("a task that crashes");
    web.until("a task crashes", 3, (2, 2)).await;

    web.lab.ecs("StopTask", json!({ "cluster": PLAIN, "task": web.running() }));
    web.until("a task is stopped", 3, (2, 2)).await;

    web.settle().await;
    // Without a health check a task counts once it has run for forty seconds.
    web.lab.sim().advance(Duration::from_mins(1));
    web.leaving = web.seen.ready.clone();
    web.lab.kubectl(&["set", "image", "deployment/web", "web=nginx:2"]).await.expect("kubectl set image");
    web.until("a rollout on both sides", 4, (2, 2)).await;

    web.to("all of it moves to ECS", 4, 100, (0, 4)).await;
    web.lab.kubectl(&["scale", "workloadbridge/web", "--replicas=2"]).await.expect("kubectl scale");
    web.until("it is scaled down", 2, (0, 2)).await;
    web.lab.patch(KIND, "web", json!({ "spec": { "split": { "percentage": 0 } } })).await;
    web.until("all of it moves back", 2, (2, 0)).await;
    web.lab.patch(KIND, "web", json!({ "spec": { "replicas": 1, "split": { "percentage": 100 } } })).await;
    web.until("one of it moves to ECS", 1, (0, 1)).await;
    web.settle().await;
    let told = async || {
        let told = web.lab.get(KIND, "web").await.data["status"]["endpoints"].clone();
        let expected = json!({ "readyCount": 1, "count": 1, "slices": ["web-ecs-ipv4-0"] });
        if told == expected { Ok(()) } else { Err(format!("{told:#}")) }
    };
    ok(eventually("the status to say what is behind the Service", PATIENCE, told).await);

    // What others change in a slice is put right.
    let before = web.slices.get("web-ecs-ipv4-0").await.expect("the slice").metadata.uid;
    web.slices.delete("web-ecs-ipv4-0", &DeleteParams::default()).await.expect("a slice that others delete");
    let made = async || match web.slices.get_opt("web-ecs-ipv4-0").await {
        Ok(Some(slice)) if slice.metadata.uid != before => Ok(()),
        found => Err(format!("{found:?}")),
    };
    ok(eventually("a slice that others deleted to be made again", PATIENCE, made).await);
    web.until("a slice was deleted", 1, (0, 1)).await;

    web.lab.delete(KIND, "web").await;
    web.until("the bridge is deleted", 1, (1, 0)).await;
    let look = async || match web.slices.get_opt("web-ecs-ipv4-0").await {
        Ok(None) => Ok(()),
        found => Err(format!("{found:?}")),
    };
    ok(eventually("the slice to go with the bridge", PATIENCE, look).await);
    web.lab.gone(KIND, "web").await;

    let longest = |of: &BTreeMap<String, Duration>| of.values().max().copied().unwrap_or_default();
    let (unready, gone) = (longest(&web.seen.unready), longest(&web.seen.gone));
    println!(
        "of {} tasks that were told to stop, the last left the Service after {unready:.1?}, and the slices {gone:.1?} after its end",
        web.seen.told.len()
    );
    assert!(web.seen.told.len() >= 7, "only {:?} were told to stop", web.seen.told.keys());
    assert!(unready <= BOUND, "an address was ready for {unready:?} after its task was told to stop");
    assert!(gone <= BOUND, "an address was in a slice for {gone:?} after its task had ended");
}

/// What stands in the way of tasks behind a Service is said on the bridge.
#[tokio::test]
async fn what_does_not_work_with_tasks_behind_a_service_is_said() {
    let lab = Lab::new("endpoints-notes").await;
    deploy(&lab).await;
    let _node = node(&lab).await;
    lab.apply(&bridge(json!({ "service": "none" }))).await;
    lab.has(KIND, "web", "Synced", "False").await;
    let services: Api<Service> = Api::namespaced(lab.client.clone(), &lab.namespace);
    let local = json!({ "spec": { "internalTrafficPolicy": "Local" } });
    services.patch("web", &PatchParams::default(), &Patch::Merge(&local)).await.expect("a policy");
    lab.apply(&bridge(json!({ "service": "web" }))).await;
    lab.ready(KIND, "web").await;
    let look = async || {
        let notes = lab.get(KIND, "web").await.data["status"]["notes"].clone();
        let has = |part: &str| {
            notes.as_array().into_iter().flatten().any(|note| note.as_str().is_some_and(|note| note.contains(part)))
        };
        if has("internalTrafficPolicy: Local") && has("security groups") { Ok(()) } else { Err(format!("{notes:#}")) }
    };
    ok(eventually("the bridge to say what does not work", PATIENCE, look).await);
}
