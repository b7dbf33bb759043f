//! Two operators under one Lease, with the real binaries: who works, who takes over, and that nobody else writes.

use std::time::{Duration, Instant};

use aws_sim::Entry;
use ecs_bridge_harness::{Operator, chart, eventually};
use k8s_openapi::api::coordination::v1::{Lease, LeaseSpec};
use kube::Api;
use serde_json::json;

use super::{
    lab::{Lab, PATIENCE, PLAIN, Proxy, Setup, ok},
    manifests::service,
};

/// What a leader that crashed is waited for.
const LEASE: Duration = Duration::from_secs(3);

/// How long after its last renewal a leader may begin a write: nineteen twentieths of the lease, less the deadline of a call.
const WRITES: Duration = Duration::from_millis(3000 / 20 * 19 - 1000);

/// A lab whose operators take part in an election, by the chart's Role.
struct Elected {
    lab: Lab,
    /// Where the chart is installed, and the Lease is kept.
    system: String,
}

impl Elected {
    async fn new(name: &str) -> Self {
        let mut lab = Setup::named(name).argument("--aws-timeout=1").start().await;
        lab.stop_operator();
        let system = ok(lab.kubernetes.namespace("system").await);
        let install = ok(chart::install(&lab.kubernetes, &system, &[]).await);
        lab.operator_options.kubeconfig = install.kubeconfig;
        lab.operator_options.arguments.extend([
            "--leader-elect".to_owned(),
            format!("--leader-elect-lease-duration={}", LEASE.as_secs()),
            "--leader-elect-retry-period=0.1".to_owned(),
            format!("--leader-elect-resource-name={}", lease_name(&system)),
            format!("--leader-elect-resource-namespace={system}"),
        ]);
        Elected { lab, system }
    }

    /// The first of them leads.
    async fn leading(mut self) -> Self {
        self.lab.start_operator().await;
        leads(self.lab.operator()).await;
        self
    }

    async fn lease(&self) -> LeaseSpec {
        let leases: Api<Lease> = Api::namespaced(self.lab.client.clone(), &self.system);
        leases.get(&lease_name(&self.system)).await.expect("the Lease").spec.unwrap_or_default()
    }

    /// A further operator, which AWS knows by this access key.
    async fn another(&self, key: &str) -> Operator {
        let mut options = self.lab.operator_options.clone();
        options.environment.retain(|(name, _)| name != "AWS_ACCESS_KEY_ID");
        options.environment.push(("AWS_ACCESS_KEY_ID".to_owned(), key.to_owned()));
        options.log = options.log.with_extension(format!("{key}.log"));
        let mut operator = ok(Operator::spawn(&options));
        ok(operator.wait_ready().await);
        operator
    }
}

/// As the chart has it for a release of this name.
fn lease_name(release: &str) -> String {
    format!("{release}-ecs-bridge")
}

async fn leads(operator: &mut Operator) {
    let address = operator.address().to_owned();
    let look = async || match super::access::answer(&address, "/readyz").await {
        Ok(text) if text.ends_with("ok: leads\n") => Ok(()),
        Ok(text) => Err(text),
        Err(error) => Err(error.to_string()),
    };
    ok(eventually("the operator to lead", PATIENCE, look).await);
}

/// What the operator with this key has asked of AWS since then.
fn by(lab: &Lab, key: &str, mark: u64) -> Vec<Entry> {
    lab.calls_since(mark).into_iter().filter(|entry| entry.access_key == key).collect()
}

fn writes_by(lab: &Lab, key: &str, mark: u64) -> Vec<Entry> {
    by(lab, key, mark).into_iter().filter(Entry::is_write).collect()
}

async fn scale(lab: &Lab, name: &str, count: u32) {
    lab.apply(&service(name, json!({ "desiredCount": count }))).await;
    lab.until("EcsService", name, &format!("at {count} tasks"), |object| {
        object.data["status"]["runningCount"] == count
    })
    .await;
}

#[tokio::test]
async fn one_works_and_the_next_takes_over() {
    let mut elected = Elected::new("leader").await.leading().await;
    let mut second = elected.another("second").await;
    let lab = &mut elected.lab;
    scale(lab, "web", 1).await;
    assert!(by(lab, "second", 0).is_empty(), "the follower called AWS: {:?}", by(lab, "second", 0));

    // In order: the lease is released, and nobody waits for its end.
    let mark = lab.mark();
    let stopped = Instant::now();
    lab.stop_operator();
    leads(&mut second).await;
    let took = stopped.elapsed();
    assert!(took < LEASE, "the next took {took:?} to lead after a release");
    let lease = elected.lease().await;
    assert_eq!(lease.lease_transitions, Some(1), "{lease:?}");
    let lab = &elected.lab;
    lab.looked(mark, &["DescribeServices"], 2).await;
    lab.no_write_since(mark, "after a takeover in an unchanged world");
    scale(lab, "web", 2).await;

    // By a crash: its lease has to end first.
    let mut third = elected.another("third").await;
    let mark = lab.mark();
    let killed = Instant::now();
    ok(second.kill());
    leads(&mut third).await;
    let took = killed.elapsed();
    assert!(took + Duration::from_millis(500) > LEASE, "the next led {took:?} after a crash, before the lease's end");
    scale(lab, "web", 3).await;
    assert!(!writes_by(lab, "third", mark).is_empty(), "the third did not write");
    assert_eq!(lab.tokens(&lab.aws_name("web")).len(), 1, "the service was made by several tokens");
}

#[tokio::test]
async fn a_leader_that_stood_still_writes_nothing_when_it_wakes_up() {
    let mut elected = Elected::new("asleep").await.leading().await;
    scale(&elected.lab, "web", 1).await;
    let mut second = elected.another("second").await;
    let lab = &mut elected.lab;
    lab.operator().signal("STOP");
    lab.apply(&service("web", json!({ "desiredCount": 2 }))).await;
    leads(&mut second).await;
    lab.until("EcsService", "web", "at 2 tasks", |object| object.data["status"]["runningCount"] == 2).await;

    // And there is something to do for who wakes up, which nobody else does.
    ok(second.kill());
    lab.apply(&service("web", json!({ "desiredCount": 3 }))).await;
    let mark = lab.mark();
    lab.operator().signal("CONT");
    let status = ok(lab.operator().wait_ended().await);
    assert!(!status.success(), "it ended with {status}, as if all were well");
    let writes = writes_by(lab, "test", mark);
    assert!(writes.is_empty(), "it wrote after its lease had ended: {writes:?}");
    assert!(lab.log().contains("is lost"), "it does not say why it ended: {}", lab.operator().log_tail(5));
    lab.start_operator().await;
    lab.until("EcsService", "web", "at 3 tasks", |object| object.data["status"]["runningCount"] == 3).await;
}

/// AWS is there, and there is always something to put back: what stops it is that the API server no longer stands by its object, and at
/// the latest the permit's end, before the lease's.
#[tokio::test]
async fn a_leader_that_is_cut_off_stops_writing_before_its_lease_ends() {
    let mut elected = Elected::new("cut-off").await;
    let direct = elected.lab.operator_options.clone();
    let text = std::fs::read_to_string(&direct.kubeconfig).expect("a kubeconfig");
    let server =
        text.split("https://").nth(1).and_then(|rest| rest.lines().next()).expect("a server").trim().to_owned();
    let proxy = Proxy::to(server.clone(), None).await;
    let behind = direct.kubeconfig.with_extension("proxy");
    std::fs::write(&behind, text.replace(&server, &proxy.address.to_string())).expect("a kubeconfig");
    elected.lab.operator_options.kubeconfig = behind;
    let mut elected = elected.leading().await;
    elected.lab.operator_options = direct;
    let mut second = elected.another("second").await;
    let lab = &mut elected.lab;
    scale(lab, "web", 1).await;

    let mark = lab.mark();
    proxy.cut();
    let cut = Instant::now();
    let mut last = None;
    let mut written = 0;
    let drifts = async || {
        lab.ecs("UpdateService", json!({ "cluster": PLAIN, "service": lab.aws_name("web"), "desiredCount": 2 }));
        let writes = writes_by(lab, "test", mark).len();
        if writes > written {
            (written, last) = (writes, Some(cut.elapsed()));
        }
        let is_over = !writes_by(lab, "second", mark).is_empty();
        if is_over { Ok(()) } else { Err(format!("the first wrote {writes} times")) }
    };
    ok(eventually("the other to lead and to write", PATIENCE, drifts).await);
    assert!(
        last.is_none_or(|last| last < WRITES + Duration::from_millis(500)),
        "it wrote {last:?} after it was cut off; it may for {WRITES:?}"
    );
    let status = ok(lab.operator().wait_ended().await);
    assert!(!status.success(), "it ended with {status}, as if all were well");
    assert!(lab.log().contains("could not be renewed in time"), "it does not say why: {}", lab.operator().log_tail(5));
    let of_second = writes_by(lab, "second", mark)[0].sequence;
    let of_first = writes_by(lab, "test", mark).last().map_or(0, |entry| entry.sequence);
    assert!(of_first < of_second, "the first wrote after the second had begun");
    leads(&mut second).await;
}

/// What no lease can exclude: a request of the old leader that arrives when the new one has long begun. Names and tokens make it harmless.
#[tokio::test]
async fn a_write_of_the_old_leader_that_arrives_late_makes_nothing_twice() {
    let mut elected = Elected::new("late").await;
    let direct = elected.lab.operator_options.clone();
    let (flag, url) = ("--aws-endpoint-url=http://", elected.lab.sim().endpoint_url());
    let proxy = Proxy::to(url.trim_start_matches("http://").to_owned(), Some("CreateService")).await;
    elected.lab.operator_options.arguments.retain(|argument| !argument.starts_with(flag));
    elected.lab.operator_options.arguments.push(format!("{flag}{}", proxy.address));
    let mut elected = elected.leading().await;
    elected.lab.operator_options = direct;
    elected.lab.apply(&service("web", json!({}))).await;
    let look = async || if proxy.held() > 0 { Ok(()) } else { Err("none".to_owned()) };
    ok(eventually("the creation to be on its way", PATIENCE, look).await);
    elected.lab.kill_operator();
    let mut second = elected.another("second").await;
    leads(&mut second).await;
    let lab = &elected.lab;
    lab.ready("EcsService", "web").await;
    let creations = lab.count(0, "CreateService", "");
    proxy.let_go();
    lab.called(0, "CreateService", "", creations + 1).await;
    let mark = lab.mark();
    lab.looked(mark, &["DescribeServices"], 2).await;
    lab.no_write_since(mark, "after the old leader's creation had arrived");
    assert_eq!(lab.tokens(&lab.aws_name("web")).len(), 1, "they asked under several tokens");
    let listed = lab.ecs("ListServices", json!({ "cluster": PLAIN }))["serviceArns"].clone();
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "services in AWS: {listed:#}");
    assert_eq!(lab.service("web")["deployments"].as_array().map(Vec::len), Some(1), "deployments");
}
