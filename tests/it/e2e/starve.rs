//! What goes wrong with some objects costs the others nothing.

use std::time::{Duration, Instant};

use aws_sim::{Fault, fault::Effect};
use serde_json::json;

use super::{
    lab::Setup,
    manifests::{definition, service},
};

/// Failure 13 of aws-semantics.md: one hung call holds the only worker; one object's throttling starves all others (a one-line change
/// behind 500 new services took 97 s).
#[tokio::test]
async fn failure_13_a_hung_call_and_a_throttled_object_starve_nobody() {
    const SOON: Duration = Duration::from_secs(10);
    let lab = Setup::named("starve").argument("--concurrency=8").argument("--aws-timeout=30").start().await;
    lab.apply(&service("web", json!({}))).await;
    lab.ready("EcsService", "web").await;

    // More of them than may be worked on at once, each of which holds its worker for half a minute.
    lab.sim().fault(Fault::new("CreateService", Effect::Hang).containing("_hung"));
    for n in 0..12 {
        let same = json!({ "taskDefinition": { "family": "hung", "containerDefinitions": definition("nginx:2")["containerDefinitions"] } });
        lab.apply(&service(&format!("hung-{n}"), same)).await;
    }
    lab.called(0, "CreateService", "_hung", 3).await;
    // And more than the quota lets through in a while, of which AWS throttles one again and again.
    lab.sim().fault(Fault::new("CreateService", Effect::throttle()).containing("_noisy"));
    lab.apply(&service("noisy", json!({}))).await;
    for n in 0..30 {
        lab.apply(&service(&format!("new-{n}"), json!({}))).await;
    }

    let (mark, changed) = (lab.mark(), Instant::now());
    lab.patch("EcsService", "web", json!({ "spec": { "desiredCount": 2 } })).await;
    lab.called(mark, "UpdateService", &lab.aws_name("web"), 1).await;
    let took = changed.elapsed();
    assert!(took < SOON, "a one-line change took {took:?} to AWS");
    let accepted =
        lab.calls_since(0).iter().filter(|call| call.operation == "CreateService" && call.succeeded()).count();
    assert!(accepted < 32, "nothing was left to wait for: the change had nobody to starve behind");
}
