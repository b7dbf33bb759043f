//! Making a profile once, and what to do when EKS could not.

use serde_json::json;

use super::{
    EksFargateProfile, desired,
    facts::Step,
    plan::{Scene, TRY_AGAIN, issues, status},
    spec::{Creation, Memo},
};
use crate::{
    engine::{Next, Outcome, Recheck, Why, Write, applied, env::REPLACE, hash, reason},
    kinds::common::{self, time},
    model::eks::FargateProfile,
};

/// A profile that AWS says it has made may be missing for this long, in seconds.
const MISSING_TOLERATED: i64 = 5 * 60;

/// Makes the profile that the spec describes, beside `others`, which it is to replace.
pub fn create(scene: &Scene<'_>, others: &[(&String, &FargateProfile)]) -> Next<EksFargateProfile> {
    let name = &scene.name;
    if let Some((old, _)) = others.iter().find(|(_, profile)| runs_pods(profile))
        && !scene.is_agreed(name)
    {
        return Next::Rest(Outcome::stalled(Why::new(reason::REPLACEMENT_NEEDED, asks(name, old))));
    }
    // Made in this pass, and AWS does not list it yet; or its name is in use by one that the spec does not describe.
    if let Some(made) = scene.facts.profile(name) {
        let why = format!("Fargate profile {name} is {}; it is made again after that", status(made));
        return Next::Rest(Outcome::waiting(Why::new(reason::CREATING, why), Recheck::Tick));
    }
    if scene.facts.created {
        let why = format!("AWS has made Fargate profile {name} and does not describe it yet");
        return Next::Rest(Outcome::waiting(Why::new(reason::CREATING, why), Recheck::Tick));
    }
    if let Some(outcome) = scene.under_way() {
        return Next::Rest(outcome);
    }
    let creation = next_creation(scene);
    let what = format!("Fargate profile {name} of EKS cluster {}", scene.cluster);
    let applied = scene.memo.record.applied.as_ref();
    let cause = match applied::creation(scene.env, applied, &desired::desired_hash(scene.spec), &what) {
        Ok(cause) => cause,
        Err(outcome) => return Next::Rest(*outcome),
    };
    let intent = Memo { creation: Some(creation.clone()), ..scene.on_record() };
    if intent != *scene.memo {
        return Next::Remember(intent);
    }
    let mut request = desired::desired(scene.spec);
    request["clusterName"] = json!(scene.cluster);
    request["fargateProfileName"] = json!(name);
    request["tags"] = json!(desired::wanted_tags(scene.spec, scene.env));
    // A retry of the same incarnation has the same token; other parameters under it would be refused, so they are a part of it.
    let token = hash::client_token(&scene.env.identity.uid, &hash::of(&request), creation.count);
    request["clientRequestToken"] = json!(token);
    let request = match common::request("CreateFargateProfile", request) {
        Ok(request) => request,
        Err(why) => return Next::Rest(Outcome::stalled(why)),
    };
    let why = match others.first() {
        Some((old, _)) => format!("{what} takes the place of {old}"),
        None => format!("{what} does not exist"),
    };
    Next::Write(Write::new(Step::Create(request), cause, why).in_lane(scene.lane()))
}

/// Whether there may be pods on it: one that EKS could not make never had any.
pub fn runs_pods(profile: &FargateProfile) -> bool {
    !matches!(status(profile), "DELETING" | "CREATE_FAILED")
}

/// What a person has to agree to.
pub fn asks(new: &str, old: &str) -> String {
    format!(
        "AWS can't change Fargate profile {old}: {new} has to take its place. That makes the new one, evicts the old one's pods as their \
         disruption budgets allow, and deletes it. To agree, set the annotation {REPLACE} to {new}, or spec.replacement to Auto"
    )
}

/// The incarnation to be made. A retry keeps its counter, and so its token; the counter is raised only where something existed, or
/// where what AWS says it has made does not appear.
fn next_creation(scene: &Scene<'_>) -> Creation {
    let now = scene.now.as_second();
    let fresh = |count| Creation { name: scene.name.clone(), count, at: now, confirmed: false };
    match &scene.memo.creation {
        None => fresh(1),
        // A counter that only rises is never one that was used for this name before.
        Some(last) if last.name != scene.name || last.confirmed => fresh(last.count.saturating_add(1)),
        Some(last) if now.saturating_sub(last.at) >= MISSING_TOLERATED => fresh(last.count.saturating_add(1)),
        Some(last) => last.clone(),
    }
}

/// EKS could not make it: it goes after a while, and is made again.
pub fn failed(scene: &Scene<'_>, name: &str, profile: &FargateProfile) -> Next<EksFargateProfile> {
    let made = profile.created_at.and_then(time);
    let is_old = made.is_none_or(|made| scene.now.as_second().saturating_sub(made.as_second()) >= TRY_AGAIN);
    if is_old {
        return scene.delete(name, format!("Fargate profile {name} is CREATE_FAILED, and is made again"));
    }
    let why = format!(
        "EKS could not make Fargate profile {name}{}; mend that, and it is made again within the hour",
        issues(profile)
    );
    Next::Rest(Outcome::stalled(Why::new(reason::CREATION_FAILED, why)))
}
