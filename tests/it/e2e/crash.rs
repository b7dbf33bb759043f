//! SIGKILL of the real binary in the middle of things: the same end state, nothing twice. Failure 1 of aws-semantics.md.
//!
//! A call that is answered late, or never, holds the operator in the middle of it: with `slow`, the call took effect and nobody was
//! told; with `hang`, it never did.

use aws_sim::Fault;
use serde_json::{Value, json};

use super::{
    lab::{Lab, PLAIN},
    manifests::{definition, object, service},
};

/// An object whose call of this operation is cut off by the crash.
struct Cut {
    kind: &'static str,
    name: &'static str,
    operation: &'static str,
    effect: &'static str,
}

impl Cut {
    /// What the object's thing is called in AWS.
    fn aws_name(&self, lab: &Lab) -> String {
        if self.kind == "EcrRepository" { format!("{}/{}", lab.namespace, self.name) } else { lab.aws_name(self.name) }
    }

    fn fault(&self, lab: &Lab) -> Fault {
        let text = format!("{}({})@1={}", self.operation, self.aws_name(lab), self.effect);
        text.parse().expect("a fault")
    }

    fn manifest(&self, image: &str) -> Value {
        match self.kind {
            "EcsService" => service(self.name, json!({ "taskDefinition": definition(image) })),
            kind => object(kind, self.name, json!({})),
        }
    }

    /// How often the operation took effect, as far as the journal knows.
    fn took_effect(&self, lab: &Lab, mark: u64) -> usize {
        let name = self.aws_name(lab);
        let calls = lab.calls_since(mark).into_iter();
        calls
            .filter(|entry| entry.operation == self.operation && entry.request.to_string().contains(&name))
            .filter(|entry| entry.error_code.is_none())
            .count()
    }
}

const TOOK_EFFECT: &str = "slow:8";
const NEVER_DID: &str = "hang";

fn cuts(operations: &[(&'static str, &'static str)]) -> Vec<Cut> {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let effects = operations.iter().flat_map(|operation| [TOOK_EFFECT, NEVER_DID].map(|effect| (operation, effect)));
    names
        .into_iter()
        .zip(effects)
        .map(|(name, ((kind, operation), effect))| Cut { kind, name, operation, effect })
        .collect()
}

/// Waits until each object is in the middle of its call, and kills the operator there.
async fn kill_in_the_middle(lab: &mut Lab, mark: u64, cuts: &[Cut]) {
    for cut in cuts {
        lab.called(mark, cut.operation, &cut.aws_name(lab), 1).await;
    }
    lab.kill_operator();
    lab.sim().clear_faults();
}

/// All services of the plain cluster that are not gone.
fn services(lab: &Lab) -> usize {
    let listed = lab.ecs("ListServices", json!({ "cluster": PLAIN, "maxResults": 100 }));
    listed["serviceArns"].as_array().map_or(0, Vec::len)
}

/// The active revisions of the family of an object's definition.
fn revisions(lab: &Lab, name: &str) -> usize {
    let listed = lab.ecs("ListTaskDefinitions", json!({ "familyPrefix": lab.aws_name(name) }));
    listed["taskDefinitionArns"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn killed_in_the_middle_of_a_creation_it_makes_nothing_twice() {
    let mut lab = Lab::new("kill-create").await;
    let cuts = cuts(&[
        ("EcsService", "RegisterTaskDefinition"),
        ("EcsService", "CreateService"),
        ("EcsCluster", "CreateCluster"),
        ("EcrRepository", "CreateRepository"),
        ("SecretsManagerSecret", "CreateSecret"),
    ]);
    for cut in &cuts {
        lab.sim().fault(cut.fault(&lab));
        lab.apply(&cut.manifest("nginx:1")).await;
    }
    kill_in_the_middle(&mut lab, 0, &cuts).await;
    lab.start_operator().await;
    for cut in &cuts {
        let what = format!("{}/{}, cut off in {} ({})", cut.kind, cut.name, cut.operation, cut.effect);
        lab.ready(cut.kind, cut.name).await;
        if cut.kind != "EcsService" {
            // A second creation would have been refused: the first is all there is.
            let expected = if cut.effect == TOOK_EFFECT { 1 } else { 2 };
            assert_eq!(lab.count(0, cut.operation, &cut.aws_name(&lab)), expected, "calls for {what}");
            continue;
        }
        assert_eq!(revisions(&lab, cut.name), 1, "revisions of {what}");
        assert_eq!(lab.tokens(&cut.aws_name(&lab)).len(), 1, "tokens of {what}");
        let service = lab.service(cut.name);
        assert_eq!(service["deployments"].as_array().map(Vec::len), Some(1), "deployments of {what}: {service:#}");
    }
    assert_eq!(services(&lab), 4, "services in AWS");
    assert_eq!(lab.count(0, "UpdateService", ""), 0, "what was made right at once needs no update");
}

#[tokio::test]
async fn killed_in_the_middle_of_a_rollout_it_rolls_once() {
    let mut lab = Lab::new("kill-roll").await;
    let cuts = cuts(&[("EcsService", "RegisterTaskDefinition"), ("EcsService", "UpdateService")]);
    for cut in &cuts {
        lab.apply(&cut.manifest("nginx:1")).await;
    }
    for cut in &cuts {
        lab.ready(cut.kind, cut.name).await;
    }
    let mark = lab.mark();
    for cut in &cuts {
        lab.sim().fault(cut.fault(&lab));
        lab.apply(&cut.manifest("nginx:2")).await;
    }
    kill_in_the_middle(&mut lab, mark, &cuts).await;
    lab.start_operator().await;
    for cut in &cuts {
        let what = format!("{}, cut off in {} ({})", cut.name, cut.operation, cut.effect);
        lab.ready(cut.kind, cut.name).await;
        assert_eq!(revisions(&lab, cut.name), 2, "revisions of {what}");
        let deployed = lab.ecs("ListServiceDeployments", json!({ "cluster": PLAIN, "service": cut.aws_name(&lab) }));
        let deployments = deployed["serviceDeployments"].as_array().map(Vec::len);
        assert_eq!(deployments, Some(2), "deployments of {what}, the first and the rollout: {deployed:#}");
        let service = lab.service(cut.name);
        let running = service["taskDefinition"].as_str().unwrap_or_default().to_owned();
        assert!(running.ends_with(":2"), "{what} runs {running}");
    }
    assert_eq!(services(&lab), cuts.len(), "services in AWS");
}

#[tokio::test]
async fn killed_in_the_middle_of_a_deletion_it_leaves_nothing() {
    let mut lab = Lab::new("kill-delete").await;
    let cuts = cuts(&[
        ("EcsService", "DeleteService"),
        ("EcsCluster", "DeleteCluster"),
        ("EcrRepository", "DeleteRepository"),
        ("SecretsManagerSecret", "DeleteSecret"),
    ]);
    for cut in &cuts {
        lab.apply(&cut.manifest("nginx:1")).await;
    }
    for cut in &cuts {
        lab.ready(cut.kind, cut.name).await;
    }
    let mark = lab.mark();
    for cut in &cuts {
        lab.sim().fault(cut.fault(&lab));
        lab.delete(cut.kind, cut.name).await;
    }
    kill_in_the_middle(&mut lab, mark, &cuts).await;
    for cut in &cuts {
        let object = lab.get(cut.kind, cut.name).await;
        assert!(object.metadata.finalizers.is_some(), "{}/{} lost its finalizer in the middle", cut.kind, cut.name);
    }
    lab.start_operator().await;
    for cut in &cuts {
        lab.gone(cut.kind, cut.name).await;
        let expected = if cut.effect == TOOK_EFFECT { 1 } else { 2 };
        let calls = lab.count(mark, cut.operation, &cut.aws_name(&lab));
        assert_eq!(calls, expected, "calls of {} for {} ({})", cut.operation, cut.name, cut.effect);
        assert!(cut.took_effect(&lab, mark) >= 1, "{} was never deleted", cut.name);
    }
    assert_eq!(services(&lab), 0, "services in AWS");
}
