//! What to do next for a capacity provider.

use serde_json::{Value, json};

use super::{
    EcsCapacityProvider,
    desired::{self, RULES},
    facts::{Facts, Query, Step, status, update_status},
    leave,
    spec::{EcsCapacityProviderSpec, Memo},
};
use crate::{
    engine::{
        Env, Goal, Next, Outcome, Recheck, Seen, Why, Write,
        applied::{self, Correction},
        compare, names,
        ownership::{self, Claim},
        reason, tagging,
    },
    kinds::common::{self, ecs_tags, reference},
    model::ecs::{self, CapacityProviderStatus, CapacityProviderUpdateStatus},
};

/// Everything that a decision is made of.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub spec: &'a EcsCapacityProviderSpec,
    pub env: &'a Env,
    pub facts: &'a Facts,
    pub memo: &'a Memo,
    pub name: &'a str,
    /// The ARN or name of the cluster that has the provider, or is to have it, once it is known.
    pub cluster: Option<&'a str>,
}

impl Scene<'_> {
    /// For people: `capacity provider shop_workers`.
    pub fn what(&self) -> String {
        format!("capacity provider {}", self.name)
    }

    /// As CreateCapacityProvider and the others name the cluster of Managed Instances; those of a group take none.
    pub fn scope(&self) -> Option<String> {
        let cluster = self.cluster.filter(|_| desired::is_managed_instances(self.spec))?;
        Some(names::short_name(cluster).to_owned())
    }

    /// The memo that has to be on record before AWS is given anything.
    fn on_record(&self) -> Memo {
        Memo {
            record: self.memo.record.before_write(self.name, &desired::spec_tags(self.spec)),
            cluster: self.cluster.map(str::to_owned).or_else(|| self.memo.cluster.clone()),
            ..self.memo.clone()
        }
    }
}

pub fn plan(
    goal: Goal<'_, EcsCapacityProviderSpec>,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
) -> Next<EcsCapacityProvider> {
    let spec = goal.spec();
    if let Some(refusal) = &facts.refused {
        return Next::Rest(Outcome::stalled(common::refused(refusal, None)));
    }
    if let Some(refusal) = &facts.busy {
        let why = format!("{refusal}; it is tried again as soon as that has ended");
        return Next::Rest(Outcome::waiting(Why::new(reason::UPDATING, why), Recheck::Tick));
    }
    let name = desired::name(spec, env, memo);
    let cluster = cluster(spec, env, memo);
    match (&cluster, goal) {
        (Err(outcome), Goal::Present(_)) if desired::is_managed_instances(spec) => {
            return Next::Rest(outcome.as_ref().clone());
        }
        // They are made in a cluster: there were never any.
        (Err(_), Goal::Absent(_)) if desired::is_managed_instances(spec) => return Next::Rest(Outcome::gone()),
        _ => {}
    }
    let known = cluster.as_ref().ok().and_then(Option::as_deref);
    let scene = Scene { spec, env, facts, memo, name: &name, cluster: known };
    let mut queries = Vec::new();
    if facts.provider.is_unread() {
        queries.push(Query::Provider { name: name.clone(), cluster: scene.scope() });
    }
    if let Some(cluster) = known.filter(|_| facts.cluster.is_unread()) {
        queries.push(Query::Cluster { cluster: cluster.to_owned() });
    }
    if !queries.is_empty() {
        return Next::Read(queries);
    }
    match goal {
        Goal::Present(_) => present(&scene, cluster.as_ref().err().map(AsRef::as_ref)),
        Goal::Absent(_) => leave::absent(&scene),
    }
}

/// The cluster: what `clusterRef` has become, what the spec names, or the one of before; `None` where the spec names none.
fn cluster(spec: &EcsCapacityProviderSpec, env: &Env, memo: &Memo) -> Result<Option<String>, Box<Outcome>> {
    let Some(cluster) = &spec.cluster_ref else { return Ok(spec.cluster.clone()) };
    let arn = reference::exported(env, &cluster.to("EcsCluster"), "arn", "spec.clusterRef");
    arn.or_else(|outcome| memo.cluster.clone().ok_or(outcome)).map(Some)
}

fn present(scene: &Scene<'_>, no_cluster: Option<&Outcome>) -> Next<EcsCapacityProvider> {
    let provider = match &scene.facts.provider {
        Seen::Known(provider) => provider,
        Seen::Unread | Seen::Absent => return create(scene),
    };
    let tags = ecs_tags::from_list(provider.tags.iter().flatten());
    match ownership::claim(&tags, scene.env, &scene.what()) {
        Claim::Ours => update(scene, provider, no_cluster),
        Claim::Adopt => {
            let arn = provider.capacity_provider_arn.clone().unwrap_or_default();
            Next::Write(tagging::adopt(scene.env, arn, &tags, &scene.what()))
        }
        Claim::Conflict(why) => Next::Rest(Outcome::stalled(why)),
    }
}

fn create(scene: &Scene<'_>) -> Next<EcsCapacityProvider> {
    let what = scene.what();
    if scene.facts.created {
        let why = Why::new(reason::CREATING, format!("AWS has made {what} and does not describe it yet"));
        return Next::Rest(Outcome::waiting(why, Recheck::Tick));
    }
    if scene.facts.cluster == Seen::Absent && desired::is_managed_instances(scene.spec) {
        let why = format!(
            "there is no ECS cluster {} in this account and region for {what}: make it, or correct the spec",
            names::short_name(scene.cluster.unwrap_or_default())
        );
        return Next::Rest(Outcome::stalled(Why::new(reason::REFERENCE_NOT_FOUND, why)));
    }
    let applied = scene.memo.record.applied.as_ref();
    let cause = match applied::creation(scene.env, applied, &desired::desired_hash(scene.spec), &what) {
        Ok(cause) => cause,
        Err(outcome) => return Next::Rest(*outcome),
    };
    let intent = scene.on_record();
    if intent != *scene.memo {
        return Next::Remember(intent);
    }
    let mut request = desired::desired(scene.spec, &Memo::default());
    request["name"] = json!(scene.name);
    request["tags"] = json!(ecs_tags::to_list(&desired::wanted_tags(scene.spec, scene.env)));
    if let Some(cluster) = scene.scope() {
        request["cluster"] = json!(cluster);
    }
    match common::request("CreateCapacityProvider", request) {
        Ok(request) => Next::Write(Write::new(Step::Create(request), cause, format!("{what} does not exist"))),
        Err(why) => Next::Rest(Outcome::stalled(why)),
    }
}

fn update(
    scene: &Scene<'_>,
    provider: &ecs::CapacityProvider,
    no_cluster: Option<&Outcome>,
) -> Next<EcsCapacityProvider> {
    let Scene { spec, env, facts, memo, .. } = *scene;
    let what = scene.what();
    if status(provider) == CapacityProviderStatus::DEPROVISIONING {
        let why = format!("{what} is DEPROVISIONING; it is made again after that");
        return Next::Rest(Outcome::waiting(Why::new(reason::DELETING, why), Recheck::Tick));
    }
    // Whether this try goes better, the next look tells: in the steady state, since it is the sweep that looks.
    if let Some(before) = &facts.updated_again {
        let why = format!("AWS could not change {what}: {before}; it is being tried again, and is from time to time");
        return Next::Rest(Outcome::stalled(Why::new(reason::DEPLOYMENT_FAILED, why)));
    }
    if let Some(outcome) = under_way(provider, &what) {
        return Next::Rest(outcome);
    }
    let intent = scene.on_record();
    if intent != *memo {
        return Next::Remember(intent);
    }
    let wanted = desired::desired(spec, memo);
    let mut differences = compare::differences(&wanted, &desired::observed(provider, spec, memo), RULES);
    let only_tags = differences.is_empty();
    let tags = ecs_tags::from_list(provider.tags.iter().flatten());
    let change = ownership::tag_change(&desired::wanted_tags(spec, env), &tags, &memo.record.tag_keys);
    differences.extend(change.differences());
    let correction = applied::correction(env, memo.record.applied.as_ref(), &desired::desired_hash(spec), &differences);
    if let Correction::Write(cause) = correction {
        if let Some(why) = cannot(&differences, &what) {
            return Next::Rest(Outcome::stalled(why));
        }
        if only_tags {
            let (tagging, why) = change.write(provider.capacity_provider_arn.clone().unwrap_or_default());
            return Next::Write(Write::new(tagging, cause, why));
        }
        let why = format!("differs from the spec: {}", compare::describe(&differences));
        return match update_request(scene, &wanted) {
            Ok(step) => Next::Write(Write::new(step, cause, why)),
            Err(why) => Next::Rest(Outcome::stalled(why)),
        };
    }
    Next::Rest(works(scene, provider, no_cluster).with_synced(correction.synced()))
}

/// What AWS is at with the provider.
fn under_way(provider: &ecs::CapacityProvider, what: &str) -> Option<Outcome> {
    let at = match (status(provider), update_status(provider)) {
        (CapacityProviderStatus::PROVISIONING, _) | (_, CapacityProviderUpdateStatus::CREATE_IN_PROGRESS) => {
            Why::new(reason::CREATING, format!("{what} is {}", status(provider)))
        }
        (
            _,
            at @ (CapacityProviderUpdateStatus::UPDATE_IN_PROGRESS | CapacityProviderUpdateStatus::DELETE_IN_PROGRESS),
        ) => Why::new(reason::UPDATING, format!("{what} is {at}")),
        _ => return None,
    };
    Some(Outcome::waiting(at, Recheck::Tick))
}

fn update_request(scene: &Scene<'_>, wanted: &Value) -> Result<Step, Why> {
    let mut request = desired::update(wanted);
    request["name"] = json!(scene.name);
    if let Some(cluster) = scene.scope() {
        request["cluster"] = json!(cluster);
    }
    common::request("UpdateCapacityProvider", request).map(Step::Update)
}

/// What AWS has no way to.
fn cannot(differences: &[compare::Difference], what: &str) -> Option<Why> {
    if let Some(path) = desired::cannot_change(differences) {
        let why = format!(
            "AWS can't change {path} of {what}: put it back into the spec as it is, or make another provider and delete this one"
        );
        return Some(Why::new(reason::CANNOT_CHANGE, why));
    }
    let path = desired::cannot_remove(differences)?;
    let why = format!("AWS can't take {path} off {what}: put it back into the spec, or make another provider");
    Some(Why::new(reason::CANNOT_REMOVE, why))
}

/// Whether AWS made it well, and its cluster has it.
fn works(scene: &Scene<'_>, provider: &ecs::CapacityProvider, no_cluster: Option<&Outcome>) -> Outcome {
    let what = scene.what();
    let says = |text: &str| {
        let reason = provider.update_status_reason.as_deref().map(|reason| format!(": {reason}"));
        format!("{text} {what}{}", reason.unwrap_or_default().trim_end_matches('.'))
    };
    match update_status(provider) {
        CapacityProviderUpdateStatus::CREATE_FAILED => {
            let why = format!("{}; mend that, delete this object and create it again", says("AWS could not make"));
            return Outcome::stalled(Why::new(reason::CREATION_FAILED, why));
        }
        CapacityProviderUpdateStatus::UPDATE_FAILED => {
            let why = format!("{}; mend that, and change the spec", says("AWS could not change"));
            return Outcome::stalled(Why::new(reason::DEPLOYMENT_FAILED, why));
        }
        _ => {}
    }
    if let Some(outcome) = no_cluster {
        return outcome.clone();
    }
    if let (Some(cluster), false) = (&scene.spec.cluster_ref, has_it(scene)) {
        let why = format!("waits until {} has attached {what}", cluster.to("EcsCluster"));
        return Outcome::waiting(Why::new(reason::UPDATING, why), Recheck::Tick);
    }
    Outcome::ready(Why::new(reason::AVAILABLE, format!("{what} is {}", status(provider))))
}

/// Whether the cluster lists the provider.
pub fn has_it(scene: &Scene<'_>) -> bool {
    let listed = scene.facts.cluster.known().and_then(|cluster| cluster.capacity_providers.as_ref());
    listed.into_iter().flatten().any(|provider| names::short_name(provider) == scene.name)
}

/// The memo of a pass that rested.
pub fn settle(
    goal: Goal<'_, EcsCapacityProviderSpec>,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    outcome: &Outcome,
) -> Memo {
    let mut settled = memo.clone();
    if let Goal::Present(spec) = goal {
        if let (Some(provider), crate::engine::Synced::Yes) = (facts.provider.known(), &outcome.synced) {
            settled = desired::fixed(spec, provider, memo);
        }
        settled.record.settle(outcome, &desired::desired_hash(spec), env.generation, desired::spec_tags(spec));
    }
    settled
}
