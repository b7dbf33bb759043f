//! Taking the place of an earlier profile: its pods go first, as their disruption budgets allow, since deleting a profile ends its pods
//! at once.

use super::{
    EksFargateProfile, create,
    facts::{Query, Step},
    plan::{Scene, status},
    pods,
    spec::{Eviction, Memo},
};
use crate::{
    engine::{
        Cause, Next, Outcome, Recheck, Why, Write,
        env::{REPLACE, RETRY},
        kubernetes::{EvictPodRequest, Pod},
        reason,
    },
    model::eks::FargateProfile,
};

/// How many pods go in one pass. The next is a few seconds later.
const AT_ONCE: usize = 10;

/// A pod's successor may land on the old profile again, since EKS does not say which of two profiles a pod gets: after as many
/// rounds, a person is asked.
const ROUNDS: i32 = 5;

/// Brings the pods of `old` to the profile `name`, which works, and deletes `old`.
pub fn replace(scene: &Scene<'_>, name: &str, old: &str, replaced: &FargateProfile) -> Next<EksFargateProfile> {
    if status(replaced) == "DELETING" {
        let why = format!("Fargate profile {old}, which {name} replaces, is DELETING");
        return Next::Rest(Outcome::converging(Why::new(reason::UPDATING, why), Recheck::Tick));
    }
    if !create::runs_pods(replaced) {
        return scene
            .delete(old, format!("Fargate profile {name} has taken the place of {old}, which EKS could not make"));
    }
    if !scene.is_agreed(name) {
        return Next::Rest(Outcome::stalled(Why::new(reason::REPLACEMENT_NEEDED, create::asks(name, old))));
    }
    match status(replaced) {
        "DELETE_FAILED" => return scene.delete_again(old, replaced),
        "CREATING" => {
            let why = format!("Fargate profile {old}, which {name} replaces, is CREATING");
            return Next::Rest(Outcome::waiting(Why::new(reason::UPDATING, why), Recheck::Tick));
        }
        _ => {}
    }
    let request = pods::on(old);
    let Some(placed) = scene.facts.pods(&request) else { return Next::Read(vec![Query::Pods(request)]) };
    if placed.is_empty() {
        return scene.delete(old, format!("Fargate profile {name} has taken the place of {old}"));
    }
    evict(scene, name, old, placed)
}

fn evict(scene: &Scene<'_>, name: &str, old: &str, placed: &[Pod]) -> Next<EksFargateProfile> {
    let retry = scene.env.annotations.get(RETRY);
    let round = |round| {
        let began = scene.now.as_second();
        let eviction = Some(Eviction { profile: old.to_owned(), round, began, retry: retry.cloned() });
        Next::Remember(Memo { eviction, ..scene.memo.clone() })
    };
    let begun = scene.memo.eviction.as_ref().filter(|begun| begun.profile == old && begun.retry.as_ref() == retry);
    let Some(begun) = begun else { return round(1) };
    let facts = scene.facts;
    let goes = |pod: &&Pod| pod.terminating || facts.evicted.contains(&pod.uid);
    let stays: Vec<&Pod> = placed.iter().filter(|pod| !goes(pod)).collect();
    let is_due = |pod: &&&Pod| pod.created_at <= begun.began;
    let next = stays.iter().filter(is_due).find(|pod| !facts.held.contains_key(&pod.uid));
    if let Some(pod) = next.filter(|_| facts.evicted.len() + facts.held.len() < AT_ONCE) {
        let step = Step::Evict(EvictPodRequest {
            namespace: pod.namespace.clone(),
            name: pod.name.clone(),
            uid: pod.uid.clone(),
        });
        let why = format!("pod {}/{} makes way: Fargate profile {name} replaces {old}", pod.namespace, pod.name);
        return Next::Write(Write::new(step, Cause::SpecChange, why));
    }
    if !stays.is_empty() && stays.iter().filter(is_due).count() == 0 {
        if begun.round < ROUNDS {
            return round(begun.round + 1);
        }
        return Next::Rest(Outcome::stalled(Why::new(reason::REPLACEMENT_NEEDED, comes_back(name, old, &stays))));
    }
    let held = stays.iter().find_map(|pod| Some((pod, facts.held.get(&pod.uid)?)));
    let because = held.map_or_else(String::new, |(pod, why)| {
        format!(": {}/{} may not go yet: {}", pod.namespace, pod.name, why.trim_end_matches('.'))
    });
    let why = format!("{} pods are still on Fargate profile {old}, which {name} replaces{because}", placed.len());
    Next::Rest(Outcome::waiting(Why::new(reason::DRAINING, why), Recheck::Tick))
}

fn comes_back(name: &str, old: &str, pods: &[&Pod]) -> String {
    let some: Vec<String> = pods.iter().take(3).map(|pod| format!("{}/{}", pod.namespace, pod.name)).collect();
    format!(
        "{} pods have come back to Fargate profile {old} after {ROUNDS} rounds of evictions ({}), since EKS may give a pod either of two \
         profiles that match it: set the label {} to {name} in their templates, and then the annotation {RETRY} to a new value; \
         {REPLACE} stays as it is",
        pods.len(),
        some.join(", "),
        pods::LABEL
    )
}
