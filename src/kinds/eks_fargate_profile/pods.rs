//! What Kubernetes says of a profile's pods and namespaces.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    facts::{Facts, Query},
    plan::{Scene, status},
    selectors,
    spec::{EksFargateProfileSpec, Replaced, Report},
};
use crate::{
    engine::kubernetes::{ListPodsRequest, Pod},
    model::eks::{FargateProfile, FargateProfileSelector},
};

/// EKS sets it on the pods that a profile runs, and honours it on those that ask for one.
pub const LABEL: &str = "eks.amazonaws.com/fargate-profile";

/// More names than this make no status better.
const NAMES: usize = 50;

/// The pods that run on a profile.
pub fn on(profile: &str) -> ListPodsRequest {
    ListPodsRequest { namespace: None, labels: BTreeMap::from([(LABEL.to_owned(), profile.to_owned())]) }
}

/// What has to be asked to tell what the spec matches.
pub fn unread(spec: &EksFargateProfileSpec, facts: &Facts) -> Vec<Query> {
    let mut queries: Vec<Query> = Vec::new();
    if facts.namespaces.is_unread() {
        queries.push(Query::Namespaces);
    }
    for selector in &spec.profile.selectors {
        let query = Query::Pods(selectors::query(selector));
        if facts.pods(&selectors::query(selector)).is_none() && !queries.contains(&query) {
            queries.push(query);
        }
    }
    queries
}

/// The pods that the selectors match; `None`: they were not asked for.
fn matched<'a>(
    selectors: &[FargateProfileSelector],
    facts: &'a Facts,
) -> Option<BTreeMap<(&'a str, &'a str), &'a Pod>> {
    let mut found = BTreeMap::new();
    for selector in selectors {
        let pods = facts.pods(&selectors::query(selector))?;
        let meant = pods.iter().filter(|pod| selectors::selects(selector, &pod.namespace, &pod.labels));
        found.extend(meant.map(|pod| ((pod.namespace.as_str(), pod.name.as_str()), pod)));
    }
    Some(found)
}

/// A line for each other profile of the cluster that matches the same pods: which of the two a pod gets is not defined.
pub fn overlaps(scene: &Scene<'_>, name: &str) -> Vec<String> {
    let ours = &scene.spec.profile.selectors;
    let pods = matched(ours, scene.facts).unwrap_or_default();
    let others = scene.facts.all().filter(|(other, profile)| *other != name && status(profile) != "CREATE_FAILED");
    let meets = |profile: &FargateProfile| {
        let theirs = profile.selectors.as_deref().unwrap_or_default();
        let collide = |one| theirs.iter().any(|other| selectors::collide(one, other));
        let selects =
            |pod: &Pod| theirs.iter().any(|selector| selectors::selects(selector, &pod.namespace, &pod.labels));
        (ours.iter().any(collide), pods.values().find(|pod| selects(pod)).copied())
    };
    others
        .filter_map(|(other, profile)| match meets(profile) {
            (_, Some(pod)) => Some(format!(
                "Fargate profiles {name} and {other} both match pod {}/{}: which of them it gets is not defined. Make their selectors \
                 exclude each other, or set the label {LABEL} in the pod's template",
                pod.namespace, pod.name
            )),
            (true, None) => Some(format!(
                "Fargate profiles {name} and {other} match the same pods: which of them a pod gets is not defined. Make their selectors \
                 exclude each other, or set the label {LABEL} in the pods' templates"
            )),
            (false, None) => None,
        })
        .collect()
}

/// The part of the report that Kubernetes gives.
pub fn report(report: &mut Report, selectors: &[FargateProfileSelector], facts: &Facts) {
    let Some(pods) = matched(selectors, facts) else { return };
    let known: BTreeSet<&str> = facts.namespaces.known().into_iter().flatten().map(String::as_str).collect();
    let matches =
        |namespace: &&&str| selectors.iter().any(|selector| selectors::selects_namespace(selector, namespace));
    report.matched_namespaces = known.iter().filter(matches).take(NAMES).map(|name| (*name).to_owned()).collect();
    report.matched_pods_count = i32::try_from(pods.len()).ok();
}

/// What is told of a profile that makes way.
pub fn replaced(name: &str, profile: &FargateProfile, facts: &Facts) -> Replaced {
    Replaced {
        fargate_profile_name: name.to_owned(),
        fargate_profile_status: profile.status.as_ref().map(|status| status.as_str().to_owned()),
        pods_count: facts.pods(&on(name)).and_then(|pods| i32::try_from(pods.len()).ok()),
    }
}
