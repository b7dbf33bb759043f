//! After ECS has rolled a deployment back: by the circuit breaker, an alarm, or a person's StopServiceDeployment.
//!
//! A rollback restores the whole service revision. Whoever 'corrects' any of it deploys the broken one again: so every member that starts
//! a deployment is frozen until the spec changes, or a person asks for another try.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    desired::RULES,
    facts::Query,
    plan::Scene,
    spec::{EcsServiceSpec, Memo},
};
use crate::{
    engine::{
        Seen, Why,
        bite::{Defect, bitten},
        compare::{self, Difference},
        env::RETRY,
        hash, reason,
    },
    kinds::common::time,
    model::ecs,
};

/// Members whose change starts a deployment (UpdateService, Amazon ECS API Reference; aws-semantics.md, 'What a change of a service does').
const DEPLOYING: &[&str] = &[
    "capacityProviderStrategy",
    "gatewayConnectors",
    "launchType",
    "loadBalancers",
    "monitoring",
    "networkConfiguration",
    "platformVersion",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "taskDefinition",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
];

/// A rollback that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolledBack {
    /// What was asked for, as [`key`] has it.
    pub key: String,
    /// The ARN of the service deployment that ended so.
    pub deployment: String,
    /// The revision that failed.
    pub revision: String,
    /// In AWS's words.
    pub cause: String,
    /// The annotation as it stood then: another value asks for another try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<String>,
}

/// What the deployment that AWS had last carried of the spec.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deployed {
    /// As [`key`] has it.
    pub key: String,
    /// The ARN of the service deployment that was current before the write, which is none of this key's. None once AWS had what was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// When the newest deployment of before the write was made, by AWS's clock, in seconds since 1970: nor is one that is no younger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
}

impl Deployed {
    /// What is about to be written to the service.
    fn next(key: String, service: &ecs::Service) -> Self {
        let made = service.deployments.iter().flatten().filter_map(|deployment| deployment.created_at.and_then(time));
        Deployed { key, after: service.current_service_deployment.clone(), since: made.max().map(Timestamp::as_second) }
    }

    /// Whether a service deployment may be this key's.
    fn may_be(&self, deployment: &ecs::ServiceDeploymentBrief) -> bool {
        let created = deployment.created_at.and_then(time).map(Timestamp::as_second);
        let is_younger = self.since.is_none_or(|since| created.is_none_or(|created| created > since));
        is_younger && (self.after.is_none() || self.after != deployment.service_deployment_arn)
    }
}

/// What to do about members that start a deployment.
pub enum Verdict {
    /// They may be written.
    Free,
    Ask(Query),
    /// A rollback is news, and so is what AWS is about to be given: it goes on record first.
    Record(Box<Memo>),
    /// They may not.
    Frozen(Why),
}

pub fn starts_deployment(difference: &Difference) -> bool {
    DEPLOYING.contains(&difference.member())
}

pub fn judge(scene: &Scene<'_>, service: &ecs::Service, revision: &str, differences: &[Difference]) -> Verdict {
    if !differences.iter().any(starts_deployment) || bitten(Defect::DeploysWhatWasRolledBack) {
        return Verdict::Free;
    }
    let (memo, key) = (scene.memo, key(scene.spec, revision));
    let retry = scene.env.annotations.get(RETRY);
    let known = memo.rolled_back.as_ref();
    if let Some(known) = known.filter(|known| known.key == key && known.retry.as_ref() == retry) {
        return Verdict::Frozen(why(known));
    }
    let Some(deployed) = memo.deployed.as_ref().filter(|deployed| deployed.key == key) else {
        // The spec asks for something that AWS has not had yet: that it is given it goes on record, since ECS may take it back while nobody looks.
        let deployed = Some(Deployed::next(key, service));
        return Verdict::Record(Box::new(Memo { deployed, ..memo.clone() }));
    };
    if *deployed == Deployed::next(key.clone(), service) {
        // Nothing was deployed since it went on record.
        return Verdict::Free;
    }
    let next_token = scene.facts.more_deployments.clone();
    if scene.facts.deployment == Seen::Unread || next_token.is_some() {
        let (cluster, service) = (scene.cluster.to_owned(), scene.name.to_owned());
        return Verdict::Ask(Query::Deployments { cluster, service, next_token });
    }
    let Some(newest) = scene.facts.deployment.known() else { return Verdict::Free };
    let status = newest.status.as_ref().map_or("", |status| status.0.as_str());
    let deployment = newest.service_deployment_arn.clone().unwrap_or_default();
    let is_known = known.is_some_and(|known| known.deployment == deployment);
    if !status.starts_with("ROLLBACK_") || is_known || !deployed.may_be(newest) {
        return Verdict::Free;
    }
    let reason = newest.status_reason.as_deref().unwrap_or("AWS gives no reason");
    let rolled_back = RolledBack {
        key,
        deployment,
        revision: revision.to_owned(),
        cause: format!("{status}: {reason}"),
        retry: retry.cloned(),
    };
    Verdict::Record(Box::new(Memo { rolled_back: Some(rolled_back), ..memo.clone() }))
}

fn why(known: &RolledBack) -> Why {
    Why::new(
        reason::ROLLED_BACK,
        format!(
            "ECS rolled back the deployment of {} ({}); it is left so: change the spec, or set the annotation {RETRY} to a new value to deploy it again",
            known.revision, known.cause
        ),
    )
}

/// What of the spec a deployment carries, as a hash: a change of the count or of a tag is none of it.
pub fn key(spec: &EcsServiceSpec, revision: &str) -> String {
    let members = match serde_json::to_value(&spec.service) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let carried: Map<String, Value> =
        members.into_iter().filter(|(member, _)| DEPLOYING.contains(&member.as_str())).collect();
    hash::of(&json!([revision, compare::canonical(&Value::Object(carried), RULES)]))
}

/// The newest of a service's deployments: AWS documents no order.
pub fn newest(
    deployments: impl IntoIterator<Item = ecs::ServiceDeploymentBrief>,
) -> Option<ecs::ServiceDeploymentBrief> {
    let created = |brief: &ecs::ServiceDeploymentBrief| brief.created_at.unwrap_or(0.0);
    deployments.into_iter().max_by(|one, other| created(one).total_cmp(&created(other)))
}

/// The memo once AWS has what the spec says: what was rolled back before is over where the spec asks for something else.
pub fn settle(memo: &mut Memo, spec: &EcsServiceSpec, revision: &str) {
    let key = key(spec, revision);
    memo.rolled_back.take_if(|known| known.key != key);
    memo.deployed = Some(Deployed { key, ..Deployed::default() });
}
