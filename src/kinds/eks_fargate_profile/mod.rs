//! `EksFargateProfile`: which pods of an Amazon EKS cluster run on Fargate.

mod create;
mod desired;
mod facts;
mod import;
mod plan;
mod pods;
mod replace;
mod selectors;
mod spec;

use jiff::Timestamp;
use kube::CustomResourceExt;
use serde_json::Value;

pub use self::{
    desired::RULES,
    facts::{Facts, Query, Step},
    spec::{EksFargateProfile as Resource, EksFargateProfileSpec, Memo, Report},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Operation, Outcome,
        import::{Import, Listing, Shape, Thing},
        kubernetes::{self, Allowed, Permission, Reach},
        ownership,
    },
    kinds::crd::{Column, Definition, Printed, Rule, immutable, tag_map},
    model::eks,
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct EksFargateProfile;

impl Kind for EksFargateProfile {
    const KIND: &'static str = "EksFargateProfile";
    const SELECTED_BY: Option<&'static str> = Some("fargate-profile");

    const OPERATIONS: &'static [Operation] = &[
        Operation::Eks(eks::Operation::CreateFargateProfile),
        Operation::Eks(eks::Operation::DeleteFargateProfile),
        Operation::Eks(eks::Operation::DescribeFargateProfile),
        Operation::Eks(eks::Operation::ListFargateProfiles),
        Operation::Eks(eks::Operation::TagResource),
        Operation::Eks(eks::Operation::UntagResource),
        Operation::Kubernetes(kubernetes::Operation::EvictPod),
        Operation::Kubernetes(kubernetes::Operation::ListNamespaces),
        Operation::Kubernetes(kubernetes::Operation::ListPods),
    ];

    type Spec = EksFargateProfileSpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = Query;
    type Step = Step;

    /// The chart grants them where it is told the cluster.
    fn permissions(allowed: Allowed<'_>) -> Vec<Permission> {
        let of = |(verb, resource)| Permission { reach: Reach::AllNamespaces, verb, group: "", resource };
        let all = [("list", "namespaces"), ("list", "pods"), ("create", "pods/eviction")].map(of);
        all.into_iter().filter(|_| allowed.eks_cluster_name.is_some()).collect()
    }

    fn role_paths() -> Vec<String> {
        eks::FargateProfileSpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).collect()
    }

    fn management(spec: &EksFargateProfileSpec) -> &Management {
        &spec.management
    }

    fn references(_: &EksFargateProfileSpec) -> Vec<ObjectKey> {
        Vec::new()
    }

    fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
        import::list(selected, pages)
    }

    fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<Self> {
        import::import(thing, facts, shape)
    }

    fn plan(
        goal: Goal<'_, EksFargateProfileSpec>,
        env: &Env,
        facts: &Facts,
        memo: &Memo,
        now: Timestamp,
    ) -> Next<Self> {
        plan::plan(goal, env, facts, memo, now)
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(_: Goal<'_, EksFargateProfileSpec>, env: &Env, facts: &Facts, memo: &Memo, previous: &Report) -> Report {
        if facts.names.is_unread() {
            return previous.clone();
        }
        let is_ours = |profile: &eks::FargateProfile| ownership::is_ours(&desired::tags(profile), env);
        let mut ours: Vec<_> = facts.all().filter(|(_, profile)| is_ours(profile)).collect();
        // The newest stands for the object; what was before it makes way.
        let newest = memo.creation.as_ref().map(|creation| &creation.name);
        ours.sort_by_key(|(name, _)| Some(*name) != newest);
        let mut ours = ours.into_iter();
        let Some((name, profile)) = ours.next() else { return Report::default() };
        let mut report = Report {
            cluster_name: memo.cluster.clone(),
            fargate_profile_name: Some(name.clone()),
            fargate_profile_arn: profile.fargate_profile_arn.clone(),
            fargate_profile_status: profile.status.as_ref().map(|status| status.as_str().to_owned()),
            subnets: profile.subnets.clone().unwrap_or_default(),
            replaced: ours.map(|(name, profile)| pods::replaced(name, profile, facts)).collect(),
            matched_namespaces: previous.matched_namespaces.clone(),
            matched_pods_count: previous.matched_pods_count,
        };
        pods::report(&mut report, profile.selectors.as_deref().unwrap_or_default(), facts);
        report
    }

    fn read(query: &Query) -> Call {
        facts::read(query)
    }

    fn write(step: &Step) -> Call {
        facts::write(step)
    }

    /// Kubernetes is looked at when AWS is: pods come and go without end.
    fn sweeps(query: &Query) -> bool {
        matches!(query, Query::Profiles { .. } | Query::Profile { .. })
    }

    fn settle(goal: Goal<'_, EksFargateProfileSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
        plan::settle(goal, env, facts, memo, outcome)
    }
}

/// What the API server checks beyond the schema. Amazon EKS API Reference: CreateFargateProfile.
fn rules() -> Vec<Rule> {
    let mut rules = immutable("spec", &["clusterName", "fargateProfileName"]);
    rules.extend(tag_map("spec.tags", 6));
    rules.push(Rule::new("spec.selectors", "size(self) >= 1", "at least one selector: AWS takes no profile without"));
    rules.push(Rule::new(
        "spec.selectors[]",
        "has(self.namespace) && self.namespace != ''",
        "each selector needs a namespace; * and ? stand for any characters and for one",
    ));
    rules.push(Rule::new(
        "spec.fargateProfileName",
        "self.matches('^[A-Za-z0-9][A-Za-z0-9_-]{0,88}$') && !self.startsWith('eks-')",
        "letters, digits, hyphens and underscores, at most 89 (a hash is added), and not eks- at the beginning, which AWS keeps",
    ));
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "Status", path: ".status.fargateProfileStatus", printed: Printed::Always },
    Column { name: "Cluster", path: ".status.clusterName", printed: Printed::Always },
    // As of the last look.
    Column { name: "Pods", path: ".status.matchedPodsCount", printed: Printed::Wide },
    Column { name: "Name", path: ".status.fargateProfileName", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    Definition { derived: Resource::crd(), rules: rules(), columns: COLUMNS, defaults: Vec::new() }
}
