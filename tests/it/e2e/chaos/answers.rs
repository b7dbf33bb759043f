//! Every operation that a life calls × what may become of a call × once and for as long as it takes to be told. Whatever it is, the object
//! comes out as it would without, AWS was changed as often, and nobody was told that what is not in AWS were there.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use aws_sim::{Api, Config, Entry, Fault};
use ecs_bridge_harness::{condition, eventually, has_condition, wait_for, wait_gone};
use futures::{StreamExt, future::join_all, stream};
use kube::{api::DeleteParams, core::DynamicObject};
use serde_json::{Value, json};

use super::{
    super::{
        lab::{Lab, Setup},
        manifests, secrets,
    },
    life::{ACTS, Act, LIVES, Life, SECRET, effects},
};
use crate::{alive::values, plan::dump::differences, tally};

/// What may become of a call.
const EFFECTS: &[&str] = &[
    "hang",
    "hang-after",
    "fail",
    "fail-after",
    "close",
    "close-after",
    "garbage",
    "garbage-after",
    "throttle",
    "access-denied",
    "expired-token",
    "slow:0.5",
    "slow:30",
];

/// The operator calls it again where it does not know whether it has, and once more changes nothing.
const IDEMPOTENT: &[&str] = &["DeregisterTaskDefinition", "DeleteTaskDefinitions"];

/// A refusal is tried again after ten seconds, then twenty, and so on; and who is in a batch with others meets their faults, too.
const PATIENCE: Duration = Duration::from_mins(10);

/// An object that nothing happens to.
const STILL: &str = "still";

/// Objects at once.
const AT_ONCE: usize = 24;

/// Of the cases of each kind and act, `make test` tries every so manieth.
const SAMPLE: usize = 23;

#[derive(Clone, Debug)]
pub struct Strike {
    operation: String,
    effect: &'static str,
    /// Every such call, until the object has said so; else the first.
    lasting: bool,
}

impl Strike {
    fn fault(&self, name: &str) -> Fault {
        let calls = if self.lasting { "1+" } else { "1" };
        format!("{}({name})@{calls}={}", self.operation, self.effect).parse().expect("a fault")
    }

    /// Whether nobody hears that something was made or changed: what operators make twice.
    fn is_lost_decision(&self) -> bool {
        !self.lasting
            && self.effect == "hang-after"
            && (self.operation.starts_with("Create") || self.operation.starts_with("Update"))
    }

    /// Whether the call does something in AWS, whatever is heard of it.
    fn takes_effect(&self) -> bool {
        self.effect.ends_with("-after") || self.effect.starts_with("slow")
    }

    /// Whether the object can't be as its spec says while this lasts: what AWS has is what this operation makes of it.
    fn prevents(&self, act: Act) -> bool {
        let decides: &[&str] = match act {
            Act::Create => &["Create", "RegisterTaskDefinition"],
            Act::Change => &["Update", "RegisterTaskDefinition"],
            Act::Delete => &["Delete"],
        };
        let is_decisive = decides.iter().any(|begin| self.operation.starts_with(begin));
        self.lasting && is_decisive && !self.takes_effect() && !IDEMPOTENT.contains(&&*self.operation)
    }
}

/// What an act came to without a fault.
#[derive(Debug)]
pub struct Untroubled {
    pub in_aws: Value,
    effects: BTreeMap<String, usize>,
    operations: BTreeSet<String>,
}

/// One object, and what strikes it in each act.
pub struct Subject<'a> {
    pub lab: &'a Lab,
    pub life: &'a Life,
    pub name: String,
    pub strikes: Vec<(Act, Strike)>,
}

impl Subject<'_> {
    fn strike(&self, act: Act) -> Option<&Strike> {
        self.strikes.iter().find(|(of, _)| *of == act).map(|(_, strike)| strike)
    }

    /// What the operator asked about this object.
    fn calls(&self, mark: u64) -> Vec<Entry> {
        let calls = self.lab.calls_since(mark).into_iter();
        calls.filter(|entry| entry.request.to_string().contains(&self.name)).collect()
    }

    async fn until(&self, what: &str, wanted: impl Fn(&DynamicObject) -> bool) -> Result<(), String> {
        let api = self.lab.api(self.life.kind);
        wait_for(&api, &self.name, what, PATIENCE, wanted).await.map(drop).map_err(|error| error.to_string())
    }

    /// Who does it does it again where the API server is away.
    async fn begin(&self, act: Act) -> Result<(), String> {
        let done = eventually("the API server to take it", PATIENCE, async || {
            let done = if let Some(manifest) = self.life.manifest(act, &self.name) {
                self.lab.apply_as("user", &manifest).await.map(drop)
            } else {
                let api = self.lab.api(self.life.kind);
                api.delete(&self.name, &DeleteParams::default()).await.map(drop)
            };
            match done {
                Err(kube::Error::Api(status)) if act == Act::Delete && status.is_not_found() => Ok(()),
                done => done.map_err(|error| error.to_string()),
            }
        });
        done.await.map_err(|error| error.to_string())
    }

    async fn ended(&self, act: Act) -> Result<(), String> {
        match act {
            Act::Create | Act::Change => {
                let is_there = |object: &DynamicObject| {
                    ["Synced", "Ready"].iter().all(|type_| has_condition(object, type_, "True"))
                };
                self.until("Ready", is_there).await
            }
            Act::Delete => {
                let gone = wait_gone(&self.lab.api(self.life.kind), &self.name, PATIENCE).await;
                gone.map_err(|error| error.to_string())
            }
        }
    }

    /// Waits until the object has told of the failure, or come through it all the same; and holds it to the truth.
    async fn has_told(&self, act: Act, strike: &Strike, mark: u64) -> Result<(), String> {
        let api = self.lab.api(self.life.kind);
        let told = eventually("the failure to be told, or overcome", PATIENCE, async || {
            let Some(object) = api.get_opt(&self.name).await.map_err(|error| error.to_string())? else {
                return Ok(None);
            };
            let tells = tells(&object) && self.calls(mark).iter().any(|entry| entry.fault.is_some());
            let is_over = act != Act::Delete && has_condition(&object, "Synced", "True");
            if tells || is_over { Ok(Some(object)) } else { Err(json!(object.data["status"]).to_string()) }
        });
        let told = told.await.map_err(|error| error.to_string())?;
        let is_over = told.as_ref().is_none_or(|object| has_condition(object, "Synced", "True"));
        if strike.prevents(act) && is_over {
            return Err(format!("it says that AWS has it, while {} does nothing", strike.operation));
        }
        Ok(())
    }

    async fn act(&self, act: Act) -> Result<u64, String> {
        let mark = self.lab.mark();
        let strike = self.strike(act);
        let fault = strike.map(|strike| strike.fault(&self.name));
        if let Some(fault) = &fault {
            self.lab.sim().fault(fault.clone());
        }
        self.begin(act).await?;
        if let (Some(strike), Some(fault)) = (strike.filter(|strike| strike.lasting), &fault) {
            let told = self.has_told(act, strike, mark).await;
            self.lab.sim().withdraw(fault);
            told?;
        }
        self.ended(act).await?;
        Ok(mark)
    }

    /// What it was without a fault, by kind.
    pub async fn untroubled(&self) -> Vec<Untroubled> {
        let mut lived = Vec::new();
        for act in ACTS {
            let mark = self.act(act).await.unwrap_or_else(|why| panic!("{act:?} of {}: {why}", self.life.kind));
            // The writes that tidy up come after it is Ready.
            let look = self.lab.mark();
            self.lab.looked(look, &["DescribeServices"], 3).await;
            let calls = self.calls(mark);
            lived.push(Untroubled {
                in_aws: self.life.in_aws(self.lab, &self.name),
                effects: effects(&calls),
                operations: calls.iter().map(|entry| entry.operation.clone()).collect(),
            });
        }
        lived
    }

    /// Lives through its strikes, and is held to what it was without.
    pub async fn lives(&self, untroubled: &[Untroubled]) -> Result<usize, String> {
        for (act, expected) in ACTS.into_iter().zip(untroubled) {
            let strike = self.strike(act);
            let told = |why: String| {
                format!(
                    "{} {}, {act:?}, struck by {strike:?} (in all {:?}): {why}",
                    self.life.kind, self.name, self.strikes
                )
            };
            let mark = self.act(act).await.map_err(told)?;
            let is_same = async || {
                let in_aws = self.life.in_aws(self.lab, &self.name);
                let differ = differences(&in_aws, &expected.in_aws);
                if differ.is_empty() { Ok(()) } else { Err(differ) }
            };
            let same = eventually("AWS to have what it has without a fault", PATIENCE, is_same);
            same.await.map_err(|error| told(error.to_string()))?;
            let (mut effects, mut expected) = (effects(&self.calls(mark)), expected.effects.clone());
            for operation in IDEMPOTENT {
                effects.remove(*operation);
                expected.remove(*operation);
            }
            if effects != expected {
                return Err(told(format!("AWS was changed {effects:?}, without a fault {expected:?}")));
            }
        }
        Ok(self.strikes.len())
    }
}

/// Whether the object says that something fails.
fn tells(object: &DynamicObject) -> bool {
    const FAILURES: &[&str] =
        &["AccessDenied", "CredentialsMissing", "AWSUnreachable", "Throttled", "Retrying", "RefusedByAWS"];
    ["Synced", "Ready", "Stalled", "Reconciling"]
        .iter()
        .filter_map(|type_| condition(object, type_))
        .any(|condition| FAILURES.contains(&condition.reason.as_str()))
}

/// The cases of a kind, an object for each few: as many as its longest act has.
fn cases(untroubled: &[Untroubled]) -> Vec<Vec<(Act, Strike)>> {
    let of_act = |untroubled: &Untroubled| -> Vec<Strike> {
        let all = untroubled.operations.iter().flat_map(|operation| {
            EFFECTS.iter().flat_map(move |effect| {
                [false, true].map(|lasting| Strike { operation: operation.clone(), effect, lasting })
            })
        });
        let is_tried =
            |(at, strike): &(usize, Strike)| tally::is_full() || at % SAMPLE == 0 || strike.is_lost_decision();
        all.enumerate().filter(is_tried).map(|(_, strike)| strike).collect()
    };
    let acts: Vec<Vec<Strike>> = untroubled.iter().map(of_act).collect();
    let most = acts.iter().map(Vec::len).max().unwrap_or(0);
    (0..most)
        .map(|n| ACTS.into_iter().zip(&acts).filter_map(|(act, of)| Some((act, of.get(n)?.clone()))).collect())
        .collect()
}

/// No text of hexadecimal digits, as hashes are, has such a name in it.
pub fn name(number: usize) -> String {
    format!("q{number:04}")
}

/// An operator that gives up a call after a second, over an AWS with quotas for so many objects.
pub fn setup(of: &str) -> Setup<'_> {
    let world = Config {
        quota_multiple: 50,
        // Two seconds of this test.
        missing_after_create: Duration::from_mins(2),
        eks_clusters: (0..2000).map(name).collect(),
        ..Config::default()
    };
    let setup = secrets::setup(of).world(world).argument("--aws-timeout=1").argument("--quota-multiple=50");
    setup.value("aws.eksClusterName", "main")
}

/// What the objects of all lives rest on, and one that stands still, whose reads are what the operator's looks around are counted by.
pub async fn prepare(lab: &Lab) {
    lab.ecs("CreateCluster", json!({ "clusterName": values::CLUSTER }));
    lab.secret(SECRET, json!({ "user": "shop", "password": "hunter2" })).await;
    lab.apply(&manifests::service(STILL, json!({}))).await;
    lab.ready("EcsService", STILL).await;
}

/// Once all objects have ended, the still one too, nothing of them is in AWS.
pub async fn nothing_is_left(lab: &Lab) {
    lab.delete("EcsService", STILL).await;
    lab.gone("EcsService", STILL).await;
    let services = lab.ecs("ListServices", json!({ "cluster": values::CLUSTER }))["serviceArns"].clone();
    let revisions = lab.ecs("ListTaskDefinitions", json!({}))["taskDefinitionArns"].clone();
    let repositories = lab.ecr("DescribeRepositories", json!({}))["repositories"].clone();
    for (what, left) in [("services", services), ("revisions", revisions), ("repositories", repositories)] {
        assert_eq!(left, json!([]), "{what} are left in AWS");
    }
    let clusters = lab.sim().call(Api::Ecs, "ListClusters", &json!({})).unwrap_or_default();
    assert_eq!(clusters["clusterArns"].as_array().map(Vec::len), Some(2), "only ours are left: {clusters}");
}

#[tokio::test]
async fn whatever_becomes_of_a_call_the_object_comes_out_as_without() {
    let lab = setup("chaos").start().await;
    prepare(&lab).await;
    let subject = |life, n: usize, strikes| Subject { lab: &lab, life, name: name(n), strikes };

    let only = std::env::var("CHAOS_KIND").unwrap_or_default();
    let lives: Vec<&Life> = LIVES.iter().filter(|life| life.kind.contains(&only)).collect();
    let untroubled: Vec<Subject<'_>> = lives.iter().enumerate().map(|(n, life)| subject(life, n, Vec::new())).collect();
    let expected = join_all(untroubled.iter().map(Subject::untroubled)).await;
    let mut subjects = Vec::new();
    for (life, expected) in lives.iter().zip(&expected) {
        for strikes in cases(expected) {
            subjects.push((expected, subject(life, lives.len() + subjects.len(), strikes)));
        }
        println!("{}: {:?}", life.kind, expected.iter().map(|act| &act.operations).collect::<Vec<_>>());
    }
    let total: usize = subjects.iter().map(|(_, subject)| subject.strikes.len()).sum();
    println!("{total} cases, in the lives of {} objects", subjects.len());
    let living = subjects.iter().map(async |(expected, subject)| subject.lives(expected).await);
    let mut living = stream::iter(living).buffer_unordered(AT_ONCE);
    let (mut swept, mut failed, mut ended) = (0, Vec::new(), 0);
    while let Some(lived) = living.next().await {
        ended += 1;
        match lived {
            Ok(strikes) => swept += strikes,
            Err(why) => {
                println!("FAILED: {why}");
                failed.push(why);
            }
        }
        if ended % 25 == 0 {
            println!("{ended} of {} objects have lived", subjects.len());
        }
    }
    drop(living);
    tally::swept("chaos: answers", "faults", swept);
    println!("{swept} faults, {} failed", failed.len());
    assert!(failed.is_empty(), "{} of {} lives:\n{}", failed.len(), subjects.len(), failed.join("\n"));
    nothing_is_left(&lab).await;
}
