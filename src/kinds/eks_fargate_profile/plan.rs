//! What to do next for a Fargate profile: the one that the spec describes, then the ones that it replaces.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    EksFargateProfile, create, desired,
    facts::{Facts, Query, Step},
    pods, replace,
    spec::{Attempt, EksFargateProfileSpec, Memo, Replacement},
};
use crate::{
    engine::{
        Cause, Deletion, Env, Goal, Next, Outcome, Recheck, Seen, Tagging, Why, Write,
        applied::{self, Correction},
        env::REPLACE,
        ownership::{self, Claim},
        reason, tagging,
    },
    kinds::common,
    model::eks::{FargateProfile, FargateProfileStatus},
};

/// A profile that could not be made or deleted is tried again after this long, in seconds.
pub const TRY_AGAIN: i64 = 10 * 60;

/// What is on record as being done is done within this time, in seconds, or was not done.
const ATTEMPT: i64 = 30;

/// Everything that a decision is made of.
pub struct Scene<'a> {
    pub spec: &'a EksFargateProfileSpec,
    pub env: &'a Env,
    pub facts: &'a Facts,
    pub memo: &'a Memo,
    pub now: Timestamp,
    pub cluster: &'a String,
    /// The name of the profile that the spec describes.
    pub name: String,
    /// All profiles of the object, by name.
    pub ours: Vec<(&'a String, &'a FargateProfile)>,
}

impl Scene<'_> {
    /// The memo that has to be on record before AWS is given anything.
    pub fn on_record(&self) -> Memo {
        let base = desired::base(self.spec, self.env, self.memo);
        Memo {
            record: self.memo.record.before_write(&base, &desired::spec_tags(self.spec)),
            cluster: Some(self.cluster.clone()),
            ..self.memo.clone()
        }
    }

    /// Whether this profile may take the place of others.
    pub fn is_agreed(&self, name: &str) -> bool {
        self.spec.replacement == Replacement::Auto
            || self.env.annotations.get(REPLACE).is_some_and(|agreed| agreed == name)
    }

    /// EKS makes and deletes one profile of a cluster at a time.
    pub fn lane(&self) -> String {
        format!("eks:{}", self.cluster)
    }

    /// Which profile of the cluster is being made or deleted, by whomever.
    pub fn under_way(&self) -> Option<Outcome> {
        let slow = |profile: &FargateProfile| matches!(status(profile), "CREATING" | "DELETING");
        let (name, profile) = self.facts.all().find(|(_, profile)| slow(profile))?;
        let why = format!(
            "EKS makes and deletes one Fargate profile of a cluster at a time, and {name} is {} in {}",
            status(profile),
            self.cluster
        );
        Some(Outcome::waiting(Why::new(reason::WAITING_FOR_LANE, why), Recheck::Tick))
    }

    pub fn delete(&self, name: &str, why: String) -> Next<EksFargateProfile> {
        if let Some(outcome) = self.under_way() {
            return Next::Rest(outcome);
        }
        let now = self.now.as_second();
        if self.tried_to_delete(name).is_none_or(|at| now.saturating_sub(at) > ATTEMPT) {
            let deletion = Some(Attempt { profile: name.to_owned(), at: now });
            return Next::Remember(Memo { deletion, ..self.memo.clone() });
        }
        let step = Step::Delete { cluster: self.cluster.clone(), name: name.to_owned() };
        Next::Write(Write::new(step, Cause::SpecChange, why).in_lane(self.lane()))
    }

    /// When the last deletion of this profile was begun, in seconds since 1970.
    fn tried_to_delete(&self, name: &str) -> Option<i64> {
        self.memo.deletion.as_ref().filter(|last| last.profile == name).map(|last| last.at)
    }

    /// Deletes a profile whose deletion failed once more, from time to time.
    pub fn delete_again(&self, name: &str, profile: &FargateProfile) -> Next<EksFargateProfile> {
        let now = self.now.as_second();
        let since = self.tried_to_delete(name).map(|at| now.saturating_sub(at));
        // Begun just now, and not made yet; or long ago.
        if since.is_none_or(|since| since <= ATTEMPT || since >= TRY_AGAIN) {
            return self.delete(name, format!("the deletion of Fargate profile {name} failed"));
        }
        let why = format!(
            "EKS could not delete Fargate profile {name}{}; it is tried again from time to time",
            issues(profile)
        );
        Next::Rest(Outcome::stalled(Why::new(reason::DELETION_FAILED, why)))
    }
}

pub fn status(profile: &FargateProfile) -> &str {
    profile.status.as_ref().map_or("", FargateProfileStatus::as_str)
}

/// What EKS says is wrong with a profile, behind a colon.
pub fn issues(profile: &FargateProfile) -> String {
    let issues = profile.health.as_ref().and_then(|health| health.issues.as_ref());
    let said: Vec<String> = issues
        .into_iter()
        .flatten()
        .map(|issue| {
            let code = issue.code.as_ref().map_or("an issue without a code", |code| code.as_str());
            format!("{code}: {}", issue.message.as_deref().unwrap_or("no message"))
        })
        .collect();
    if said.is_empty() { String::new() } else { format!(": {}", said.join("; ").trim_end_matches('.')) }
}

pub fn plan(
    goal: Goal<'_, EksFargateProfileSpec>,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    now: Timestamp,
) -> Next<EksFargateProfile> {
    let spec = goal.spec();
    if let Some(refusal) = &facts.refused {
        return Next::Rest(Outcome::stalled(common::refused(refusal, hint(&refusal.message))));
    }
    if let Some(refusal) = &facts.busy {
        let why = format!("{}; it is tried again as soon as that has ended", refusal.to_string().trim_end_matches('.'));
        return Next::Rest(Outcome::waiting(Why::new(reason::WAITING_FOR_LANE, why), Recheck::Tick));
    }
    let Some(cluster) = desired::cluster(spec, env, memo) else {
        return match goal {
            // Nothing was ever made.
            Goal::Absent(_) => Next::Rest(Outcome::gone()),
            Goal::Present(_) => {
                let why =
                    "no EKS cluster is named: set spec.clusterName, or start the operator with --eks-cluster-name";
                Next::Rest(Outcome::stalled(Why::new(reason::INVALID_SPEC, why)))
            }
        };
    };
    let names = match (&facts.names, goal) {
        (Seen::Unread, _) => return Next::Read(vec![Query::Profiles { cluster: cluster.clone(), token: None }]),
        (Seen::Absent, Goal::Absent(_)) => return Next::Rest(Outcome::gone()),
        (Seen::Absent, Goal::Present(_)) => {
            let why = format!(
                "there is no EKS cluster {cluster} in this account and region: correct spec.clusterName, or the operator's --eks-cluster-name"
            );
            return Next::Rest(Outcome::stalled(Why::new(reason::REFERENCE_NOT_FOUND, why)));
        }
        (Seen::Known(names), _) => names,
    };
    if let Some(token) = &facts.next_token {
        return Next::Read(vec![Query::Profiles { cluster: cluster.clone(), token: Some(token.clone()) }]);
    }
    let names: BTreeSet<&String> = names.iter().collect();
    let unread: Vec<Query> = names
        .into_iter()
        .filter(|name| !facts.profiles.contains_key(*name))
        .map(|name| Query::Profile { cluster: cluster.clone(), name: name.clone() })
        .collect();
    if !unread.is_empty() {
        return Next::Read(unread);
    }
    let is_ours = |profile: &FargateProfile| ownership::is_ours(&desired::tags(profile), env);
    let ours = facts.all().filter(|(_, profile)| is_ours(profile)).collect();
    let name = desired::name(spec, env, memo);
    let scene = Scene { spec, env, facts, memo, now, cluster, name, ours };
    match goal {
        Goal::Present(_) => present(&scene),
        Goal::Absent(_) => absent(&scene),
    }
}

/// What to do about AWS's refusals, where it is known.
fn hint(message: &str) -> Option<&'static str> {
    message.to_lowercase().contains("private subnet").then_some(
        "name private subnets only in spec.subnets: those whose route table has no route to an internet gateway",
    )
}

fn present(scene: &Scene<'_>) -> Next<EksFargateProfile> {
    // What stands under the name that the spec gives, or under the one that is to be used; and what is taken over, under whatever name.
    let given = scene.spec.profile.fargate_profile_name.as_ref();
    let is_inherited = |profile: &FargateProfile| ownership::is_inherited(&desired::tags(profile), scene.env);
    let inherited = scene.facts.all().filter(|(_, profile)| is_inherited(profile)).map(|(name, _)| name);
    for name in given.into_iter().chain([&scene.name]).chain(inherited) {
        let Some(profile) = scene.facts.profile(name).filter(|profile| status(profile) != "DELETING") else { continue };
        let what = format!("Fargate profile {name} of EKS cluster {}", scene.cluster);
        match ownership::claim(&desired::tags(profile), scene.env, &what) {
            Claim::Ours => {}
            Claim::Conflict(why) => return Next::Rest(Outcome::stalled(why)),
            Claim::Adopt => return adopt(scene, name, profile, &what),
        }
    }
    let (mut wanted, others): (Vec<_>, Vec<_>) =
        scene.ours.iter().copied().partition(|(_, profile)| desired::describes(scene.spec, profile));
    wanted.sort_by_key(|(name, profile)| (rank(profile), **name != scene.name));
    let Some((name, profile)) = wanted.first().copied() else { return create::create(scene, &others) };
    match status(profile) {
        "ACTIVE" => active(scene, name, profile),
        "CREATE_FAILED" => create::failed(scene, name, profile),
        "DELETE_FAILED" => scene.delete_again(name, profile),
        "DELETING" => {
            let why = format!("Fargate profile {name} is DELETING; it is made again after that");
            Next::Rest(Outcome::waiting(Why::new(reason::DELETING, why), Recheck::Tick))
        }
        status => {
            let why = format!("Fargate profile {name} is {status}");
            Next::Rest(Outcome::waiting(Why::new(reason::CREATING, why), Recheck::Tick))
        }
    }
}

/// Of two that the spec describes, the one that works goes first.
fn rank(profile: &FargateProfile) -> u8 {
    match status(profile) {
        "ACTIVE" => 0,
        "CREATING" => 1,
        "CREATE_FAILED" => 2,
        _ => 3,
    }
}

fn adopt(scene: &Scene<'_>, name: &str, profile: &FargateProfile, what: &str) -> Next<EksFargateProfile> {
    let intent = scene.on_record();
    if intent != *scene.memo {
        return Next::Remember(intent);
    }
    let arn = profile.fargate_profile_arn.clone().unwrap_or_default();
    let write = tagging::adopt::<Tagging>(scene.env, arn, &desired::tags(profile), what);
    Next::Write(write.map(|tagging| Step::Tags { profile: name.to_owned(), tagging }))
}

/// The profile that the spec describes works: its tags, then those that it replaces, then its pods.
fn active(scene: &Scene<'_>, name: &str, profile: &FargateProfile) -> Next<EksFargateProfile> {
    let intent = scene.on_record();
    if intent != *scene.memo {
        return Next::Remember(intent);
    }
    let arn = profile.fargate_profile_arn.clone().unwrap_or_default();
    let wanted = desired::wanted_tags(scene.spec, scene.env);
    let change = ownership::tag_change(&wanted, &desired::tags(profile), &scene.memo.record.tag_keys);
    let differences: Vec<_> = change.differences().collect();
    let (hash, applied) = (desired::desired_hash(scene.spec), scene.memo.record.applied.as_ref());
    let correction = applied::correction(scene.env, applied, &hash, &differences);
    if let Correction::Write(cause) = correction {
        let (tagging, why) = change.write(arn);
        let step = Step::Tags { profile: name.to_owned(), tagging };
        return Next::Write(Write::new(step, cause, why));
    }
    let mut others = scene.ours.iter().filter(|(other, _)| *other != name);
    if let Some((other, replaced)) = others.next() {
        return replace::replace(scene, name, other, replaced);
    }
    let queries = pods::unread(scene.spec, scene.facts);
    if !queries.is_empty() {
        return Next::Read(queries);
    }
    let why = format!("Fargate profile {name} of EKS cluster {} is ACTIVE", scene.cluster);
    let notes = pods::overlaps(scene, name);
    Next::Rest(Outcome::ready(Why::new(reason::AVAILABLE, why)).with_synced(correction.synced()).with_notes(notes))
}

/// The object goes: each of its profiles with it, or without our tags.
fn absent(scene: &Scene<'_>) -> Next<EksFargateProfile> {
    let Some((name, profile)) = scene.ours.first().copied() else { return Next::Rest(Outcome::gone()) };
    let what = format!("Fargate profile {name}");
    if scene.env.management.deletion == Deletion::Retain {
        let arn = profile.fargate_profile_arn.clone().unwrap_or_default();
        let write = tagging::retain::<Tagging>(arn, &desired::tags(profile), &what);
        return Next::Write(write.map(|tagging| Step::Tags { profile: name.clone(), tagging }));
    }
    match status(profile) {
        "DELETING" => {
            let why = Why::new(reason::DELETING, format!("{what} is DELETING"));
            Next::Rest(Outcome::converging(why, Recheck::Tick))
        }
        "DELETE_FAILED" => scene.delete_again(name, profile),
        _ => scene.delete(name, format!("the object of {what} is deleted")),
    }
}

/// The memo of a pass that rested.
pub fn settle(goal: Goal<'_, EksFargateProfileSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
    let mut settled = memo.clone();
    // What AWS describes exists: should it be made again, it is another incarnation.
    if let Some(creation) = &mut settled.creation
        && facts.names.known().is_some_and(|names| names.contains(&creation.name))
    {
        creation.confirmed = true;
    }
    if let Goal::Present(spec) = goal {
        settled.record.settle(outcome, &desired::desired_hash(spec), env.generation, desired::spec_tags(spec));
        if outcome.synced == crate::engine::Synced::Yes {
            (settled.eviction, settled.deletion) = (None, None);
        }
    }
    settled
}
