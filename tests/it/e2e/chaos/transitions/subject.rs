//! One object: it leaves its good spec, tells what came of that, and returns.

use std::time::Duration;

use aws_sim::Api;
use ecs_bridge::engine::reason;
use ecs_bridge_harness::{condition, eventually, has_condition, wait_for, wait_gone};
use kube::core::{DynamicObject, Status};
use serde_json::{Value, json};

use super::{
    super::{
        super::{lab::Lab, manifests::object},
        life::without_own,
    },
    bases::Base,
};
use crate::{
    alive::{described, edits::Edit, values},
    plan::dump::{differences, steady},
    walk::is_under,
};

/// A replacement of a Fargate profile takes its time, and objects share the processors.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the object waits for is another's to do.
const WAITS: &[&str] =
    &[reason::REFERENCE_NOT_FOUND, reason::REFERENCE_NOT_READY, reason::NOT_CONVERGING, reason::WAITING_FOR_CHILDREN];

/// What has gone to AWS once and can't be had back.
const KEPT: &[&str] = &[reason::CANNOT_CHANGE, reason::CANNOT_REMOVE];

/// Where AWS keeps what it was given, by the tables of tests/it/walk, which have AWS's page for each: there alone may an object say so
/// instead of going back.
const HELD: &[(&str, &str)] = &[
    ("CloudMapService", "DnsConfig.DnsRecords"),
    ("EcsCapacityProvider", "autoScalingGroupProvider"),
    ("EcsCapacityProvider", "managedInstancesProvider"),
    ("EcsCluster", "configuration.managedStorageConfiguration"),
    ("EcsService", "capacityProviderStrategy"),
    ("EcsService", "launchType"),
];

/// Whether an edit at the path changes what AWS keeps.
fn is_held(kind: &str, path: &str) -> bool {
    HELD.iter().any(|(of, held)| *of == kind && (is_under(path, held) || is_under(held, path)))
}

pub struct Subject<'a> {
    pub lab: &'a Lab,
    pub base: Base,
}

/// What came of an object's transitions.
#[derive(Debug, Default)]
pub struct Lived {
    /// How each ended before the way back.
    pub ended: Vec<String>,
    pub failed: Vec<String>,
    /// From where there was no way back.
    pub cannot: Vec<String>,
}

impl Subject<'_> {
    async fn until(&self, what: &str, wanted: impl Fn(&DynamicObject) -> bool) -> Result<DynamicObject, String> {
        let api = self.lab.api(self.base.kind);
        wait_for(&api, &self.base.name, what, PATIENCE, wanted).await.map_err(|error| error.to_string())
    }

    /// What AWS has of it, without what differs from one making to the next.
    async fn in_aws(&self) -> Value {
        let Base { kind, name, in_aws, .. } = &self.base;
        let ask =
            |api, operation: &str, request: Value| self.lab.sim().call(api, operation, &request).unwrap_or_default();
        let described = match *kind {
            "EksFargateProfile" => profiles(&ask, in_aws),
            "CloudMapService" => described::of(&ask, kind, name),
            // The family's newest may be another: a revision that defines the same is taken up again.
            "EcsTaskDefinition" => {
                let status = self.lab.get("EcsTaskDefinition", name).await.data["status"].clone();
                described::of(&ask, "EcsTaskDefinition", status["taskDefinitionArn"].as_str().unwrap_or(in_aws))
            }
            kind => described::of(&ask, kind, in_aws),
        };
        steady(&without_own(&described, name))
    }

    /// Applies the good spec, and waits until AWS has it.
    async fn begin(&self) -> Result<Value, String> {
        self.lab.apply(&object(self.base.kind, &self.base.name, self.base.spec.clone())).await;
        self.until("Synced", |object| has_condition(object, "Synced", "True")).await?;
        Ok(self.in_aws().await)
    }

    async fn end(&self) -> Result<(), String> {
        self.lab.delete(self.base.kind, &self.base.name).await;
        wait_gone(&self.lab.api(self.base.kind), &self.base.name, PATIENCE).await.map_err(|error| error.to_string())
    }

    pub async fn lives(&self, edits: &[Edit]) -> Lived {
        let mut lived = Lived::default();
        let told = |what: &str, why: &str| {
            let Base { kind, name, spec, .. } = &self.base;
            let told = format!("{kind}/{name}, {what}: {why}\n  the good spec: {spec}");
            println!("FAILED: {told}");
            told
        };
        let mut before = match self.begin().await {
            Ok(before) => before,
            Err(why) => {
                lived.failed.push(told("made", &why));
                return lived;
            }
        };
        for edit in edits {
            let what = format!("{} {}", edit.path, edit.what);
            let ended = match self.goes(edit).await {
                Ok(Some(ended)) => ended,
                Ok(None) => {
                    lived.ended.push("refused by the API server".to_owned());
                    continue;
                }
                Err(why) => {
                    lived.failed.push(told(&what, &why));
                    "told nothing".to_owned()
                }
            };
            lived.ended.push(ended);
            match self.returns(&before).await {
                Ok(true) => continue,
                Ok(false) if is_held(self.base.kind, &edit.path) => {
                    lived.cannot.push(format!("{}: {what}", self.base.kind));
                }
                Ok(false) => {
                    let why = "it says that AWS can't go back, and no table of tests/it/walk does";
                    lived.failed.push(told(&format!("{what}, and back"), why));
                }
                Err(why) => lived.failed.push(told(&format!("{what}, and back"), &why)),
            }
            // The next sets out from the good spec, too.
            let again = async {
                self.end().await?;
                self.begin().await
            };
            match again.await {
                Ok(anew) => before = anew,
                Err(why) => {
                    lived.failed.push(told(&format!("made again after {what}"), &why));
                    return lived;
                }
            }
        }
        if let Err(why) = self.end().await {
            lived.failed.push(told("deleted", &why));
        }
        lived
    }

    /// Applies the edit, and waits until the object tells what came of it; `None`: the API server does not let it in.
    async fn goes(&self, edit: &Edit) -> Result<Option<String>, String> {
        let manifest = object(self.base.kind, &self.base.name, edit.spec.clone());
        match self.lab.apply_as("user", &manifest).await {
            Err(kube::Error::Api(status)) if is_refusal(&status) => return Ok(None),
            Err(error) => return Err(error.to_string()),
            Ok(_) => {}
        }
        let object = self.until("told of", |object| ended(object).is_some()).await;
        object.map(|object| ended(&object)).map_err(|why| format!("it tells nothing of {}: {why}", edit.spec))
    }

    /// Applies the good spec again. Whether AWS is as it was; else it can't be, and the object says so.
    async fn returns(&self, before: &Value) -> Result<bool, String> {
        self.lab.apply(&object(self.base.kind, &self.base.name, self.base.spec.clone())).await;
        let is_back = |object: &DynamicObject| has_condition(object, "Synced", "True") || kept(object);
        let object = self.until("back", is_back).await?;
        if kept(&object) {
            return Ok(false);
        }
        let is_same = async || {
            let differ = differences(&self.in_aws().await, before);
            if differ.is_empty() { Ok(()) } else { Err(format!("\n{differ}")) }
        };
        let same = eventually("AWS to be as it was", PATIENCE, is_same).await;
        same.map(|()| true).map_err(|error| error.to_string())
    }
}

/// Whether the API server does not let the object in. What can't be merged, as a list with a key twice, it calls an error of its own.
fn is_refusal(status: &Status) -> bool {
    [400, 422].contains(&status.code) || status.message.contains("failed to create typed patch object")
}

/// How it ended, in the words of the condition: AWS has it, or what the matter is.
fn ended(object: &DynamicObject) -> Option<String> {
    let says = |type_: &str, status: &str| {
        let found = condition(object, type_).filter(|_| has_condition(object, type_, status))?;
        (!found.message.is_empty()).then_some(found.reason)
    };
    if has_condition(object, "Synced", "True") {
        return Some("in AWS".to_owned());
    }
    let waits = says("Synced", "False").or_else(|| says("Synced", "Unknown"));
    let waits = waits.filter(|reason| WAITS.contains(&reason.as_str()));
    says("Stalled", "True").or(waits)
}

fn kept(object: &DynamicObject) -> bool {
    has_condition(object, "Stalled", "True")
        && condition(object, "Stalled").is_some_and(|stalled| KEPT.contains(&stalled.reason.as_str()))
}

/// With any that it replaces.
fn profiles(ask: described::Ask<'_>, name: &str) -> Value {
    let mut found = described::fargate_profiles(ask, "main", name);
    for profile in &mut found {
        profile["fargateProfileName"] = Value::Null;
    }
    json!(found)
}

/// Nothing that the operator has made is in AWS any more.
pub fn nothing_is_left(lab: &Lab) {
    let ask = |api, operation: &str, request: Value| lab.sim().call(api, operation, &request).unwrap_or_default();
    for (what, left) in [
        ("services", &ask(Api::Ecs, "ListServices", json!({ "cluster": values::CLUSTER }))["serviceArns"]),
        ("repositories", &ask(Api::Ecr, "DescribeRepositories", json!({}))["repositories"]),
        ("profiles", &ask(Api::Eks, "ListFargateProfiles", json!({ "clusterName": "main" }))["fargateProfileNames"]),
        ("names", &ask(Api::ServiceDiscovery, "ListServices", json!({}))["Services"]),
        ("secrets", &ask(Api::SecretsManager, "ListSecrets", json!({}))["SecretList"]),
    ] {
        assert_eq!(left, &json!([]), "{what} are left in AWS");
    }
    let revisions = ask(Api::Ecs, "ListTaskDefinitions", json!({}))["taskDefinitionArns"].clone();
    assert_eq!(revisions.as_array().map(Vec::len), Some(2), "only others' revisions are left: {revisions}");
    let clusters = ask(Api::Ecs, "ListClusters", json!({}))["clusterArns"].clone();
    assert_eq!(clusters.as_array().map(Vec::len), Some(2), "only others' clusters are left: {clusters}");
}

#[test]
fn what_is_held_is_at_its_place_or_around_it() {
    for (path, expected) in [
        ("configuration", true),
        ("configuration.managedStorageConfiguration.kmsKeyId", true),
        ("configuration.executeCommandConfiguration", false),
        ("settings[]", false),
    ] {
        assert_eq!(is_held("EcsCluster", path), expected, "{path}");
    }
}
