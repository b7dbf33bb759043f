//! ECS tasks behind a Kubernetes Service, sampled all the while: how long an address stays that does not answer any more, and how many are
//! ready. Whether one answers is asked by a connection (answering.rs); what AWS says of its task is measured beside.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
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
    answering::{Containers, address},
    bridge::{bridge, deploy, node},
    lab::{Lab, PATIENCE, PLAIN, Setup, ok},
};

const KIND: &str = "WorkloadBridge";

/// From the moment that AWS has told a task to stop, or knows that it has ended.
const BOUND: Duration = Duration::from_secs(5);

/// For how long something has been so of addresses.
#[derive(Default)]
struct Spans {
    since: BTreeMap<String, Instant>,
    over: BTreeMap<String, Duration>,
}

impl Spans {
    /// Of these it is so now, and was not yet at the time before.
    fn are(&mut self, addresses: &BTreeSet<String>, before: Instant) {
        let ended: Vec<String> = self.since.keys().filter(|address| !addresses.contains(*address)).cloned().collect();
        for address in ended {
            let span = self.since.remove(&address).map(|since| since.elapsed()).unwrap_or_default();
            let over = self.over.entry(address).or_default();
            *over = span.max(*over);
        }
        for address in addresses {
            self.since.entry(address.clone()).or_insert(before);
        }
    }

    /// Of how many it was so, and for how long at most.
    fn longest(&self) -> (usize, Duration) {
        let so_far = self.since.values().map(Instant::elapsed);
        let all: Vec<Duration> = self.over.values().copied().chain(so_far).collect();
        (all.len(), all.into_iter().max().unwrap_or_default())
    }
}

/// What was seen of the addresses of tasks.
#[derive(Default)]
struct Seen {
    /// Those that have answered; and which of these were in a slice, and ready in one, and did not answer any more.
    answered: BTreeSet<String>,
    silent: Spans,
    silent_and_ready: Spans,
    /// When AWS first said that the task is to stop, and that its containers have ended.
    told: BTreeMap<String, Instant>,
    ended: BTreeMap<String, Instant>,
    /// After how long no slice had it as ready, and after how long no slice had it at all.
    unready: BTreeMap<String, Duration>,
    gone: BTreeMap<String, Duration>,
    ready: BTreeSet<String>,
    /// How many addresses of the Service are ready, of pods and tasks together; tasks that do not answer are not counted.
    all: usize,
    /// The fewest there were since what happened last.
    fewest: usize,
}

impl Seen {
    /// What AWS says is older than what Kubernetes says: a task is late by no more than is measured.
    fn look(&mut self, at: Instant, tasks: &[Value], slices: &[EndpointSlice], answering: &BTreeSet<String>) {
        for task in tasks {
            let Some(address) = address(task) else { continue };
            if task["desiredStatus"] == "STOPPED" {
                self.told.entry(address.to_owned()).or_insert(at);
            }
            if ["DEPROVISIONING", "STOPPED"].contains(&task["lastStatus"].as_str().unwrap_or_default()) {
                self.ended.entry(address.to_owned()).or_insert(at);
            }
        }
        let (ours, pods): (Vec<&EndpointSlice>, Vec<_>) = slices.iter().partition(|slice| is_ours(slice));
        let held = held(slices);
        self.ready = ready(&ours);
        self.all = self.ready.intersection(answering).count() + ready(&pods).len();
        self.fewest = self.fewest.min(self.all);
        self.answered.extend(answering.iter().cloned());
        let no_more = |of: &BTreeSet<String>| &(of & &self.answered) - answering;
        let (silent, silent_and_ready) = (no_more(&held), no_more(&self.ready));
        self.silent.are(&silent, at);
        self.silent_and_ready.are(&silent_and_ready, at);
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

/// All addresses of tasks, ready or not.
fn held(slices: &[EndpointSlice]) -> BTreeSet<String> {
    let ours: Vec<&EndpointSlice> = slices.iter().filter(|slice| is_ours(slice)).collect();
    endpoints(&ours).map(|endpoint| endpoint.addresses[0].clone()).collect()
}

fn ready(slices: &[&EndpointSlice]) -> BTreeSet<String> {
    let is_ready =
        |endpoint: &&Endpoint| endpoint.conditions.as_ref().is_some_and(|conditions| conditions.ready == Some(true));
    endpoints(slices).filter(is_ready).map(|endpoint| endpoint.addresses[0].clone()).collect()
}

struct Sampled<'a> {
    lab: &'a Lab,
    containers: Containers,
    slices: Api<EndpointSlice>,
    seen: Seen,
    /// Addresses that are to go, as their tasks are replaced.
    leaving: BTreeSet<String>,
    /// When it last began to look.
    before: Instant,
}

impl<'a> Sampled<'a> {
    fn new(lab: &'a Lab) -> Self {
        let slices = Api::namespaced(lab.client.clone(), &lab.namespace);
        let (seen, leaving) = (Seen::default(), BTreeSet::new());
        Sampled { lab, containers: Containers::new(), slices, seen, leaving, before: Instant::now() }
    }

    /// Looks from when something is done until it is so; all the while as many as promised are ready.
    async fn sampled(
        &mut self,
        what: &str,
        promised: usize,
        done: impl Future<Output = ()>,
        is_so: impl Fn(&Self) -> Result<(), String>,
    ) {
        let (deadline, begun) = (Instant::now() + PATIENCE, Instant::now());
        self.seen.fewest = usize::MAX;
        let (mut done, mut is_done) = (pin!(done), false);
        loop {
            tokio::select! {
                biased;
                () = &mut done, if !is_done => is_done = true,
                () = self.look() => {}
            }
            let fewest = self.seen.fewest;
            assert!(fewest >= promised, "{what}: {promised} addresses are promised, and {fewest} were ready");
            let found = is_so(self);
            // What was done is looked at before it is judged.
            if is_done && found.is_ok() && fewest < usize::MAX {
                let span = begun.elapsed();
                println!("{what}: of {promised} promised, never fewer than {fewest} were ready, for {span:.1?}");
                return;
            }
            assert!(Instant::now() < deadline, "{what}: {found:?}");
        }
    }

    /// Looks until so many pods and tasks are behind the Service, none of which is to stop, and both sides are as they are to be.
    async fn until(
        &mut self,
        what: &str,
        promised: usize,
        (pods, tasks): (usize, usize),
        done: impl Future<Output = ()>,
    ) {
        self.sampled(what, promised, done, |sampled| {
            let Seen { all, told, ready, .. } = &sampled.seen;
            let is_going = |address: &String| told.contains_key(address) || sampled.leaving.contains(address);
            if *all == pods + tasks && ready.len() == tasks && !ready.iter().any(is_going) {
                return Ok(());
            }
            Err(format!("{pods} pods and {tasks} tasks are to be ready, and of {all} there are the tasks {ready:?}"))
        })
        .await;
    }

    /// Another percentage of four replicas is to be on ECS.
    async fn to(&mut self, what: &str, promised: usize, percentage: i32, counts: (usize, usize)) {
        let (lab, split) = (self.lab, json!({ "service": "web", "split": { "percentage": percentage } }));
        self.until(what, promised, counts, async { drop(lab.apply(&bridge(split)).await) }).await;
    }

    async fn look(&mut self) {
        let at = Instant::now();
        let tasks = self.tasks();
        self.containers.follow(&tasks).await;
        let found = self.slices.list(&ListParams::default().labels("kubernetes.io/service-name=web")).await;
        let slices = found.expect("the slices").items;
        let answering = self.containers.answering(&held(&slices)).await;
        // What has changed since the look before counts from then: nothing is later than is measured.
        self.seen.look(std::mem::replace(&mut self.before, at), &tasks, &slices, &answering);
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
    async fn settle(&mut self, promised: usize) {
        let what = "until what was told to stop has gone";
        self.sampled(what, promised, async {}, |Sampled { seen, .. }| {
            let is_over = seen.unready.len() == seen.told.len() && seen.gone.len() == seen.told.len();
            if is_over { Ok(()) } else { Err(format!("there are yet some of {:?}", seen.told.keys())) }
        })
        .await;
    }

    /// Looks on until this is so, too.
    async fn eventually(&mut self, what: &str, promised: usize, look: impl AsyncFn() -> Result<(), String>) {
        self.sampled(what, promised, async { ok(eventually(what, PATIENCE, look).await) }, |_| Ok(())).await;
    }
}

#[tokio::test]
async fn no_address_stays_behind_the_service_for_longer_than_it_may_and_as_many_are_ready_as_the_split_promises() {
    // As the operator runs by itself, but for AWS, where tasks take a quarter of their time.
    let lab = Setup::named("endpoints").speed(4.0).argument("--poll-interval=5").start().await;
    deploy(&lab).await;
    let _node = node(&lab).await;
    let (mark, lab) = (lab.mark(), &lab);
    let mut web = Sampled::new(lab);
    lab.apply(&bridge(json!({ "split": { "percentage": 0 } }))).await;
    lab.ready(KIND, "web").await;
    assert_eq!(lab.count(mark, "ListTasks", ""), 0, "no bridge has a Service, and tasks were read");

    web.to("half of it moves to ECS", 4, 50, (2, 2)).await;
    let found = web.slices.list(&ListParams::default()).await.expect("the slices").items;
    let slice = &found.iter().find(|slice| slice.metadata.name.as_deref() == Some("web-ecs-ipv4-0")).expect("a slice");
    assert_eq!(json!(slice.ports), json!([{"name": "http", "port": 80, "protocol": "TCP"}]), "the named port");
    let endpoint = json!(slice.endpoints.as_ref().expect("endpoints")[0]);
    assert!(endpoint["zone"].as_str().is_some_and(|zone| zone.starts_with("us-east-1")), "{endpoint}");

    let arn = web.running();
    let crash = |world: &mut aws_sim::World| world.fail_task(&Lab::scope(), PLAIN, &arn, 137, None);
    let crashes = async { lab.sim().world(crash).expect("a task that crashes") };
    web.until("a task crashes", 3, (2, 2), crashes).await;

    let stop = json!({ "cluster": PLAIN, "task": web.running() });
    web.until("a task is stopped", 3, (2, 2), async { drop(lab.ecs("StopTask", stop)) }).await;

    web.settle(4).await;
    // Without a health check a task counts once it has run for forty seconds.
    lab.sim().advance(Duration::from_mins(1));
    web.leaving = web.seen.ready.clone();
    let rolls = async { drop(ok(lab.kubectl(&["set", "image", "deployment/web", "web=nginx:2"]).await)) };
    web.until("a rollout on both sides", 4, (2, 2), rolls).await;

    web.to("all of it moves to ECS", 4, 100, (0, 4)).await;
    let scales = async { drop(ok(lab.kubectl(&["scale", "workloadbridge/web", "--replicas=2"]).await)) };
    web.until("it is scaled down", 2, (0, 2), scales).await;
    let back = json!({ "spec": { "split": { "percentage": 0 } } });
    web.until("all of it moves back", 2, (2, 0), async { drop(lab.patch(KIND, "web", back).await) }).await;
    let one = json!({ "spec": { "replicas": 1, "split": { "percentage": 100 } } });
    web.until("one of it moves to ECS", 1, (0, 1), async { drop(lab.patch(KIND, "web", one).await) }).await;
    web.settle(1).await;
    let told = async || {
        let told = lab.get(KIND, "web").await.data["status"]["endpoints"].clone();
        let expected = json!({ "readyCount": 1, "count": 1, "slices": ["web-ecs-ipv4-0"] });
        if told == expected { Ok(()) } else { Err(format!("{told:#}")) }
    };
    web.eventually("the status says what is behind the Service", 1, told).await;

    // What others change in a slice is put right.
    let slices = web.slices.clone();
    let before = slices.get("web-ecs-ipv4-0").await.expect("the slice").metadata.uid;
    slices.delete("web-ecs-ipv4-0", &DeleteParams::default()).await.expect("a slice that others delete");
    let made = async || match slices.get_opt("web-ecs-ipv4-0").await {
        Ok(Some(slice)) if slice.metadata.uid != before => Ok(()),
        found => Err(format!("{found:?}")),
    };
    // Who deletes it takes what it held: nobody can promise that.
    web.eventually("a slice that others deleted is made again", 0, made).await;
    web.until("after a slice was deleted", 1, (0, 1), async {}).await;

    web.until("the bridge is deleted", 1, (1, 0), async { lab.delete(KIND, "web").await }).await;
    let look = async || match slices.get_opt("web-ecs-ipv4-0").await {
        Ok(None) => Ok(()),
        found => Err(format!("{found:?}")),
    };
    web.eventually("the slice goes with the bridge", 1, look).await;
    web.sampled("the bridge has gone", 1, lab.gone(KIND, "web"), |_| Ok(())).await;

    let longest = |of: &BTreeMap<String, Duration>| of.values().max().copied().unwrap_or_default();
    let (unready, gone) = (longest(&web.seen.unready), longest(&web.seen.gone));
    let ((silent, silent_for), (unreached, unreached_for)) =
        (web.seen.silent.longest(), web.seen.silent_and_ready.longest());
    println!(
        "of {} tasks that were told to stop, the last left the Service after {unready:.1?}, and the slices {gone:.1?} after its end",
        web.seen.told.len()
    );
    println!(
        "of {} addresses that answered, {silent} were in a slice when they did not any more, for at most {silent_for:.1?}; {unreached} of them as \
         ready, for at most {unreached_for:.1?}",
        web.seen.answered.len()
    );
    assert!(web.seen.told.len() >= 7, "only {:?} were told to stop", web.seen.told.keys());
    assert!(web.seen.answered.len() >= 8, "only {:?} ever answered", web.seen.answered);
    assert!(unready <= BOUND, "an address was ready for {unready:?} after its task was told to stop");
    assert!(gone <= BOUND, "an address was in a slice for {gone:?} after its task had ended");
    assert!(silent_for <= BOUND, "an address that did not answer any more was in a slice for {silent_for:?}");
    assert!(unreached_for <= BOUND, "an address that did not answer any more was ready for {unreached_for:?}");
    assert!(unreached >= 1, "a task crashed, and its address was never seen not to answer: is it asked?");
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
