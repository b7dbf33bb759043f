//! Making the service once.

use jiff::Timestamp;
use serde_json::json;

use super::{
    EcsService, desired,
    facts::Step,
    plan::{Scene, revision},
    spec::{Creation, DesiredCountPolicy, EcsServiceSpec, Memo},
};
use crate::{
    engine::{
        Next, Outcome, Recheck, Why, Write, applied,
        bite::{Defect, bitten},
        hash, reason,
    },
    kinds::common::{self, ecs_tags, time},
    model::ecs,
};

/// A service that AWS says it has made may be MISSING for this long (aws-semantics.md, 'Creating, and creating again').
const MISSING_TOLERATED: i64 = 5 * 60;

/// Makes the service. `gone` is what is left of an earlier one of the same name.
pub fn create(scene: &Scene<'_>, gone: Option<&ecs::Service>) -> Next<EcsService> {
    let facts = scene.facts;
    if let Some(refusal) = &facts.cluster_missing {
        let why = format!("{refusal}; create the cluster, or name another in spec.cluster");
        return Next::Rest(Outcome::stalled(Why::new(reason::REFERENCE_NOT_FOUND, why)));
    }
    let creation = match next_creation(scene, gone) {
        Ok(creation) => creation,
        Err(outcome) => return Next::Rest(*outcome),
    };
    let revision = match revision(scene, None) {
        Ok(revision) => revision,
        Err(next) => return *next,
    };
    let hash = desired::desired_hash(scene.spec, &revision.arn);
    let cause = match applied::creation(scene.env, scene.memo.record.applied.as_ref(), &hash, &scene.what()) {
        Ok(cause) => cause,
        Err(outcome) => return Next::Rest(*outcome),
    };
    let intent = Memo { creation: Some(creation.clone()), surveyed: scene.family(), ..scene.on_record() };
    if intent != *scene.memo {
        return Next::Remember(intent);
    }
    let request = match request(scene, &revision.arn, creation.count) {
        Ok(request) => request,
        Err(why) => return Next::Rest(Outcome::stalled(why)),
    };
    let why = format!("{} does not exist in cluster {}", scene.what(), crate::engine::names::short_name(scene.cluster));
    Next::Write(Write::new(Step::Create(request), cause, why))
}

/// Why the object of a service that AWS does not describe can't be let go yet: AWS has said that the service is made, or may have been asked to
/// make it by a call that nobody heard the answer to, and nobody would come back to delete it.
pub fn may_appear(scene: &Scene<'_>) -> Option<Outcome> {
    if scene.facts.cluster_missing.is_some() {
        return None;
    }
    let creation = scene.memo.creation.as_ref().filter(|creation| !creation.declined)?;
    let is_recent = scene.now.as_second().saturating_sub(creation.at) < MISSING_TOLERATED;
    let what = scene.what();
    let why = if creation.confirmed {
        format!("AWS has made {what} and does not describe it yet; it is deleted when that has ended")
    } else {
        format!(
            "AWS may have been asked to make {what}, and has not said no; it is deleted if it appears within five minutes of that"
        )
    };
    (is_recent && !bitten(Defect::TakesMissingForGone))
        .then(|| Outcome::converging(Why::new(reason::DELETING, why), Recheck::Tick))
}

/// The incarnation to be made. A retry keeps its counter, and so its token; the counter is raised only where something existed.
fn next_creation(scene: &Scene<'_>, gone: Option<&ecs::Service>) -> Result<Creation, Box<Outcome>> {
    let now = scene.now.as_second();
    let left = gone.and_then(|service| service.created_at).and_then(time).map(Timestamp::as_second);
    let fresh = |count| Creation { count, at: now, after: left, confirmed: false, declined: false };
    let Some(creation) = &scene.memo.creation else { return Ok(fresh(1)) };
    let wait = |message: String| Err(Box::new(Outcome::waiting(Why::new(reason::CREATING, message), Recheck::Tick)));
    // This incarnation has existed: what is left of one, or what answers its token, is not what was left when it was begun. Told by AWS's
    // times alone: its clock and ours may differ.
    if gone.is_some() && (creation.confirmed || left != creation.after) {
        return Ok(fresh(creation.count.saturating_add(1)));
    }
    if bitten(Defect::RaisesCounterOnEveryAttempt) && creation.at != now {
        return Ok(fresh(creation.count.saturating_add(1)));
    }
    let is_recent = now.saturating_sub(creation.at) < MISSING_TOLERATED && !bitten(Defect::TrustsMissing);
    if is_recent && (creation.confirmed || scene.facts.created) {
        return wait(format!("AWS has made {} and does not describe it yet", scene.what()));
    }
    if is_recent && scene.facts.exists {
        return wait(format!("AWS says that the name {} is in use, and does not describe it yet", scene.name));
    }
    if creation.confirmed {
        return Ok(fresh(creation.count.saturating_add(1)));
    }
    let at = if is_recent && !creation.declined { creation.at } else { now };
    Ok(Creation { at, declined: false, ..creation.clone() })
}

fn request(scene: &Scene<'_>, revision: &str, incarnation: i32) -> Result<Box<ecs::CreateServiceRequest>, Why> {
    let spec = scene.spec;
    let mut value = serde_json::to_value(&spec.service).unwrap_or_default();
    value["serviceName"] = json!(scene.name);
    value["cluster"] = json!(scene.cluster);
    value["taskDefinition"] = json!(revision);
    value["tags"] = json!(ecs_tags::to_list(&desired::wanted_tags(spec, scene.env)));
    // A daemon runs one task an instance and takes no count.
    if let Some(members) = value.as_object_mut() {
        members.remove("desiredCount");
    }
    if !desired::is_daemon(spec) {
        value["desiredCount"] = json!(first_count(spec, scene.memo));
    }
    // A retry of the same incarnation has the same token; other parameters under it would be refused, so they are a part of it.
    let attempt = if bitten(Defect::NewTokenForRetry) { scene.now.to_string() } else { String::new() };
    let token = hash::client_token(&scene.env.identity.uid, &(hash::of(&value) + &attempt), incarnation);
    value["clientToken"] = json!(token);
    common::request("CreateService", value)
}

/// How many tasks a new service begins with. One that has to be made again goes on with the count that others gave it.
fn first_count(spec: &EcsServiceSpec, memo: &Memo) -> i32 {
    let given = spec.service.desired_count.unwrap_or(1);
    match spec.desired_count_policy {
        DesiredCountPolicy::External => memo.last_count.unwrap_or(given),
        DesiredCountPolicy::Managed => given,
    }
}
