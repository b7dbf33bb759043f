//! The crash sweep with the real binary: SIGKILL in a write of every act of a service's life, SIGKILL again in the recovery, and around
//! the status writes. A sample of what `tests/it/crash` sweeps in one process; here with the watch, the API server and sockets.

use serde_json::{Value, json};

use super::{
    lab::{Lab, PLAIN},
    manifests::{definition, service},
};
use crate::tally;

/// An operation, and what becomes of the call that the operator is killed in.
type Cut = (&'static str, &'static str);

/// The call takes effect, and the operator is killed before the answer.
const LOST: &str = "slow:20";
/// The call never takes effect.
const BEFORE: &str = "hang";

/// An object for each case: where it is cut off at first, and where in the recovery from that.
type Case = (&'static str, Cut, Option<Cut>);

fn cases(register: Option<&'static str>, write: &'static str) -> Vec<Case> {
    let mut cases = vec![("a", (write, BEFORE), Some((write, LOST))), ("b", (write, LOST), None)];
    if let Some(register) = register {
        cases.push(("c", (register, BEFORE), Some((register, LOST))));
        cases.push(("d", (register, LOST), Some((write, BEFORE))));
    }
    cases
}

/// Kills the operator in the middle of these calls, and gives how many they were.
async fn kill_in(lab: &mut Lab, mark: u64, cuts: &[(&'static str, Cut)]) -> usize {
    for (name, (operation, _)) in cuts {
        lab.called(mark, operation, &lab.aws_name(name), 1).await;
    }
    lab.kill_operator();
    lab.sim().clear_faults();
    cuts.len()
}

fn strike(lab: &Lab, cuts: &[(&'static str, Cut)]) {
    for (name, (operation, effect)) in cuts {
        let fault = format!("{operation}({})@1={effect}", lab.aws_name(name));
        lab.sim().fault(fault.parse().expect("a fault"));
    }
}

/// Begins an act of every object, kills the operator in it and in the recovery, and starts it for good.
async fn killed_twice(lab: &mut Lab, cases: &[Case], begin: impl AsyncFn(&Lab)) -> usize {
    let first: Vec<_> = cases.iter().map(|(name, first, _)| (*name, *first)).collect();
    let second: Vec<_> = cases.iter().filter_map(|(name, _, second)| Some((*name, (*second)?))).collect();
    let mark = lab.mark();
    strike(lab, &first);
    begin(lab).await;
    let mut kills = kill_in(lab, mark, &first).await;
    let mark = lab.mark();
    strike(lab, &second);
    lab.start_operator().await;
    kills += kill_in(lab, mark, &second).await;
    lab.start_operator().await;
    kills
}

fn count(listed: &Value, member: &str) -> usize {
    listed[member].as_array().map_or(0, Vec::len)
}

/// The object runs its n-th definition: so many revisions and deployments, made under one token.
async fn is_at(lab: &Lab, name: &str, n: usize) {
    lab.ready("EcsService", name).await;
    let (aws_name, what) = (lab.aws_name(name), format!("{name}, in its definition {n}"));
    let revisions = lab.ecs("ListTaskDefinitions", json!({ "familyPrefix": aws_name }));
    assert_eq!(count(&revisions, "taskDefinitionArns"), n, "revisions of {what}: {revisions:#}");
    let deployments = lab.ecs("ListServiceDeployments", json!({ "cluster": PLAIN, "service": aws_name }));
    assert_eq!(count(&deployments, "serviceDeployments"), n, "deployments of {what}: {deployments:#}");
    assert_eq!(lab.tokens(&aws_name).len(), 1, "tokens of {what}");
    let running = lab.service(name)["taskDefinition"].as_str().unwrap_or_default().to_owned();
    assert!(running.ends_with(&format!(":{n}")), "{what} runs {running}");
}

async fn apply(lab: &Lab, name: &str, image: &str) {
    // Every revision is kept: they are counted.
    let members = json!({ "taskDefinition": definition(image), "revisionHistoryLimit": 100 });
    lab.apply(&service(name, members)).await;
}

#[tokio::test]
async fn a_service_that_is_killed_twice_in_every_act_lives_as_without() {
    let mut lab = Lab::new("kill-life").await;
    let mut kills = 0;
    let acts = [("nginx:1", "CreateService"), ("nginx:2", "UpdateService")];
    for (n, (image, write)) in (1..).zip(acts) {
        let cases = cases(Some("RegisterTaskDefinition"), write);
        let begin = async |lab: &Lab| {
            for (name, ..) in &cases {
                apply(lab, name, image).await;
            }
        };
        kills += killed_twice(&mut lab, &cases, begin).await;
        for (name, ..) in &cases {
            is_at(&lab, name, n).await;
        }
    }
    let cases = cases(None, "DeleteService");
    let begin = async |lab: &Lab| {
        for (name, ..) in &cases {
            lab.delete("EcsService", name).await;
        }
    };
    kills += killed_twice(&mut lab, &cases, begin).await;
    for name in ["c", "d"] {
        lab.delete("EcsService", name).await;
    }
    for name in ["a", "b", "c", "d"] {
        lab.gone("EcsService", name).await;
    }
    let left = lab.ecs("ListServices", json!({ "cluster": PLAIN }));
    assert_eq!(count(&left, "serviceArns"), 0, "services that are left: {left:#}");
    tally::swept("crash sweep, SIGKILL", "kills", kills);
}

/// Killed as soon as AWS has heard of the last write before a status write, and as soon as the API server has a status.
#[tokio::test]
async fn a_service_that_is_killed_around_its_status_writes_lives_as_without() {
    let mut lab = Lab::new("kill-status").await;
    let rounds = if tally::is_full() { 12 } else { 3 };
    for n in 1..=rounds {
        let mark = lab.mark();
        apply(&lab, "web", &format!("nginx:{n}")).await;
        let write = if n == 1 { "CreateService" } else { "UpdateService" };
        lab.called(mark, write, &lab.aws_name("web"), 1).await;
        if n % 2 == 0 {
            let revision = format!(":{n}");
            let reports = |object: &kube::core::DynamicObject| {
                object.data["status"]["taskDefinition"].as_str().is_some_and(|arn| arn.ends_with(&revision))
            };
            lab.until("EcsService", "web", "the status of the rollout", reports).await;
        }
        lab.kill_operator();
        lab.start_operator().await;
        is_at(&lab, "web", n).await;
    }
    tally::swept("crash sweep, SIGKILL", "kills", rounds);
}
