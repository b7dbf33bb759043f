//! What a pass knows of the cluster's Fargate profiles and their pods, and what it asks and does.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::desired;
use crate::{
    engine::{
        Answer, Asked, Call, Malformed, Refusal, RefusalKind, Seen, Tagging, call,
        kubernetes::{
            self, EvictPodRequest, ListNamespacesRequest, ListNamespacesResponse, ListPodsRequest, ListPodsResponse,
            Pod,
        },
    },
    model::eks::{self, Operation},
};

/// A page has a hundred names, and a cluster ten profiles unless AWS was asked for more: a list that goes on for longer has no end.
const PAGES: usize = 10;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The names of all profiles in the cluster; absent: there is no such cluster.
    pub names: Seen<Vec<String>>,
    /// Where the list goes on.
    pub next_token: Option<String>,
    pages: usize,
    pub profiles: BTreeMap<String, Seen<eks::FargateProfile>>,
    pub namespaces: Seen<Vec<String>>,
    /// What Kubernetes answered to each question for pods.
    pub pods: Vec<(ListPodsRequest, Vec<Pod>)>,
    /// Pods, by UID, that may not go now, and why.
    pub held: BTreeMap<String, String>,
    /// Pods, by UID, that were asked to go in this pass.
    pub evicted: BTreeSet<String>,
    /// AWS is at something else in this cluster.
    pub busy: Option<Refusal>,
    /// AWS declined what the plan can't do without.
    pub refused: Option<Refusal>,
    /// AWS has made the profile, in this pass.
    pub created: bool,
    /// What was to be changed was gone, in this pass.
    pub vanished: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// A page of the cluster's profiles.
    Profiles {
        cluster: String,
        token: Option<String>,
    },
    Profile {
        cluster: String,
        name: String,
    },
    Namespaces,
    Pods(ListPodsRequest),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Create(Box<eks::CreateFargateProfileRequest>),
    Delete { cluster: String, name: String },
    Tags { profile: String, tagging: Tagging },
    Evict(EvictPodRequest),
}

impl Facts {
    /// What AWS describes under this name.
    pub fn profile(&self, name: &str) -> Option<&eks::FargateProfile> {
        self.profiles.get(name).and_then(Seen::known)
    }

    /// All that are there, by name.
    pub fn all(&self) -> impl Iterator<Item = (&String, &eks::FargateProfile)> {
        self.profiles.iter().filter_map(|(name, profile)| Some((name, profile.known()?)))
    }

    pub fn pods(&self, request: &ListPodsRequest) -> Option<&Vec<Pod>> {
        self.pods.iter().find(|(asked, _)| asked == request).map(|(_, pods)| pods)
    }
}

pub fn read(query: &Query) -> Call {
    match query.clone() {
        Query::Profiles { cluster, token } => Call::new(
            Operation::ListFargateProfiles,
            &eks::ListFargateProfilesRequest { cluster_name: cluster, next_token: token, ..Default::default() },
        ),
        Query::Profile { cluster, name } => Call::new(
            Operation::DescribeFargateProfile,
            &eks::DescribeFargateProfileRequest { cluster_name: cluster, fargate_profile_name: name },
        ),
        Query::Namespaces => Call::new(kubernetes::Operation::ListNamespaces, &ListNamespacesRequest {}),
        Query::Pods(request) => Call::new(kubernetes::Operation::ListPods, &request),
    }
}

pub fn write(step: &Step) -> Call {
    match step.clone() {
        Step::Create(request) => Call::new(Operation::CreateFargateProfile, &request),
        Step::Delete { cluster, name } => Call::new(
            Operation::DeleteFargateProfile,
            &eks::DeleteFargateProfileRequest { cluster_name: cluster, fargate_profile_name: name },
        ),
        Step::Tags { tagging: Tagging::Set { arn, tags }, .. } => {
            Call::new(Operation::TagResource, &eks::TagResourceRequest { resource_arn: arn, tags })
        }
        Step::Tags { tagging: Tagging::Remove { arn, keys }, .. } => {
            Call::new(Operation::UntagResource, &eks::UntagResourceRequest { resource_arn: arn, tag_keys: keys })
        }
        Step::Evict(request) => Call::new(kubernetes::Operation::EvictPod, &request),
    }
}

pub fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
    match (answer.to, answer.result) {
        (Asked::Query(query), Ok(output)) => observed(facts, query, output),
        (Asked::Query(query), Err(refusal)) if refusal.kind == RefusalKind::NotFound => {
            match query {
                Query::Profiles { .. } => facts.names = Seen::Absent,
                Query::Profile { name, .. } => drop(facts.profiles.insert(name.clone(), Seen::Absent)),
                Query::Namespaces => facts.namespaces = Seen::Absent,
                Query::Pods(request) => facts.pods.push((request.clone(), Vec::new())),
            }
            Ok(())
        }
        (Asked::Step(step), Ok(output)) => done(facts, step, output),
        (Asked::Step(Step::Evict(pod)), Err(refusal)) => {
            match refusal.kind {
                // It is gone already.
                RefusalKind::NotFound => drop(facts.evicted.insert(pod.uid.clone())),
                _ => drop(facts.held.insert(pod.uid.clone(), refusal.message)),
            }
            Ok(())
        }
        // The cluster has another profile under way, or is being changed itself.
        (Asked::Step(Step::Create(_) | Step::Delete { .. }), Err(refusal))
            if matches!(refusal.kind, RefusalKind::Conflict | RefusalKind::Exists) =>
        {
            facts.busy = Some(refusal);
            Ok(())
        }
        // What was to go is gone, or what was to change is: look again.
        (Asked::Step(Step::Delete { .. } | Step::Tags { .. }), Err(refusal))
            if refusal.kind == RefusalKind::NotFound && !facts.vanished =>
        {
            *facts = Facts { vanished: true, ..Facts::default() };
            Ok(())
        }
        (_, Err(refusal)) => {
            facts.refused = Some(refusal);
            Ok(())
        }
    }
}

fn observed(facts: &mut Facts, query: &Query, output: Value) -> Result<(), Malformed> {
    match query {
        Query::Profiles { token, .. } => {
            let page = call::parse::<eks::ListFargateProfilesResponse>(output)?;
            facts.pages += 1;
            let goes_on = |next: &String| !next.is_empty() && Some(next) != token.as_ref() && facts.pages < PAGES;
            facts.next_token = page.next_token.filter(goes_on);
            let mut names = facts.names.known().cloned().unwrap_or_default();
            names.extend(page.fargate_profile_names.into_iter().flatten().filter(|name| !name.is_empty()));
            facts.names = Seen::Known(names);
        }
        Query::Profile { name, .. } => {
            let described = call::parse::<eks::DescribeFargateProfileResponse>(output)?.fargate_profile;
            facts.profiles.insert(name.clone(), described.into());
        }
        Query::Namespaces => {
            facts.namespaces = Seen::Known(call::parse::<ListNamespacesResponse>(output)?.namespaces);
        }
        Query::Pods(request) => {
            facts.pods.push((request.clone(), call::parse::<ListPodsResponse>(output)?.pods));
        }
    }
    Ok(())
}

/// A write's own answer is a fact: nothing is read again for it.
fn done(facts: &mut Facts, step: &Step, output: Value) -> Result<(), Malformed> {
    match step {
        Step::Create(request) => {
            let made = call::parse::<eks::CreateFargateProfileResponse>(output)?.fargate_profile;
            facts.created = true;
            facts.profiles.insert(request.fargate_profile_name.clone(), made.into());
        }
        Step::Delete { name, .. } => {
            let deleted = call::parse::<eks::DeleteFargateProfileResponse>(output)?.fargate_profile;
            facts.profiles.insert(name.clone(), deleted.into());
        }
        Step::Tags { profile, tagging } => {
            if let Some(profile) = facts.profiles.get_mut(profile).and_then(Seen::known_mut) {
                let mut tags = desired::tags(profile);
                tagging.apply(&mut tags);
                profile.tags = Some(tags);
            }
        }
        Step::Evict(pod) => drop(facts.evicted.insert(pod.uid.clone())),
    }
    Ok(())
}
