//! Bringing a service that is there to what the spec says. aws-semantics.md, 'What a change of a service does', says which call
//! carries which change.

use serde_json::{Map, Value, json};

use super::{
    EcsService, cannot, connect,
    desired::{self, RULES},
    facts::{Query, Step},
    plan::{Scene, revision},
    ready,
    rollback::{self, Verdict},
    spec::{DesiredCountPolicy, Memo},
    stages,
};
use crate::{
    engine::{
        Next, Outcome, Seen, Why, Write,
        applied::{self, Correction},
        bite::{Defect, bitten},
        compare::{self, Difference},
        ownership::{self, TagChange, Tags},
    },
    kinds::common,
    model::ecs,
};

pub fn update(scene: &Scene<'_>, service: &ecs::Service, tags: &Tags) -> Next<EcsService> {
    let revision = match revision(scene, Some(service)) {
        Ok(revision) => revision,
        Err(next) => return *next,
    };
    if let Some(query) = unread_revision(scene, service) {
        return Next::Read(vec![query]);
    }
    if let Some(intent) = intent(scene) {
        return Next::Remember(intent);
    }
    let wanted = desired::desired(scene.spec, &revision.arn, scene.memo);
    let mut differences = differences(scene, service, &wanted);
    let frozen = match rollback::judge(scene, service, &revision.arn, &differences) {
        Verdict::Free => None,
        Verdict::Ask(query) => return Next::Read(vec![query]),
        Verdict::Record(memo) => return Next::Remember(*memo),
        Verdict::Frozen(why) => {
            differences.retain(|difference| !rollback::starts_deployment(difference));
            Some(why)
        }
    };
    if let Some(intent) = connect::intent(scene, service, &differences) {
        return Next::Remember(intent);
    }
    let change = ownership::tag_change(&desired::wanted_tags(scene.spec, scene.env), tags, &scene.memo.record.tag_keys);
    let hash = desired::desired_hash(scene.spec, &revision.arn);
    let all: Vec<Difference> = differences.iter().cloned().chain(change.differences()).collect();
    let correction = applied::correction(scene.env, scene.memo.record.applied.as_ref(), &hash, &all);
    if let Correction::Write(cause) = correction {
        if let Some(why) = cannot::changes(scene, &differences, service) {
            return Next::Rest(Outcome::stalled(why));
        }
        if let Some(next) = stages::between_deployments(scene, service, &differences) {
            return next;
        }
        let (step, why) = if differences.is_empty() {
            tag_step(service, change)
        } else {
            let why = format!("{} differs from the spec: {}", scene.what(), compare::describe(&differences));
            match request(scene, &wanted, &differences, service) {
                Ok(request) => (Step::Update(request), why),
                Err(why) => return Next::Rest(Outcome::stalled(why)),
            }
        };
        return Next::Write(Write::new(step, cause, why));
    }
    match frozen {
        Some(why) => Next::Rest(Outcome::stalled(why)),
        None => ready::rest(scene, service, correction.synced()),
    }
}

/// Where AWS differs from what is wanted, as far as it is the spec's to say.
fn differences(scene: &Scene<'_>, service: &ecs::Service, wanted: &Value) -> Vec<Difference> {
    if bitten(Defect::SyncedWithoutReading) && scene.memo.record.applied.is_some() {
        return Vec::new();
    }
    let mut observed = desired::observed(service, scene.facts.service_revision.known());
    connect::spell(scene, &mut observed);
    let mut differences = compare::differences(wanted, &observed, RULES);
    differences.retain(|difference| !left_open(scene, difference));
    differences.extend(count_difference(scene, service));
    differences
}

/// The tags that the spec sets now go on record before they go to AWS, so that they can be removed later.
fn intent(scene: &Scene<'_>) -> Option<Memo> {
    let intent = scene.on_record();
    (intent != *scene.memo).then_some(intent)
}

/// Members that only DescribeServiceRevisions describes are read where the spec sets them, or set them before.
fn unread_revision(scene: &Scene<'_>, service: &ecs::Service) -> Option<Query> {
    if scene.facts.service_revision != Seen::Unread {
        return None;
    }
    let set = desired::set_members(scene.spec);
    let matters =
        |members: &[String]| members.iter().any(|member| desired::REVISION_MEMBERS.contains(&member.as_str()));
    if !matters(&set) && !matters(&scene.memo.set_members) {
        return None;
    }
    let current = service.current_service_revisions.as_ref()?.first()?.arn.clone()?;
    Some(Query::ServiceRevision { arn: current })
}

/// What the spec leaves open, AWS chose at creation, and nobody set since.
fn left_open(scene: &Scene<'_>, difference: &Difference) -> bool {
    let member = difference.member();
    let memo = scene.memo;
    let set_before = |name: &str| memo.set_members.iter().any(|known| known == name);
    let placement = ["launchType", "capacityProviderStrategy"];
    if placement.contains(&member) {
        let spec = &scene.spec.service;
        // The launch type is described beside a strategy that overrides it, and the reverse is compared by the strategy alone.
        if spec.capacity_provider_strategy.is_some() {
            return member == "launchType";
        }
        let placed = spec.launch_type.is_some();
        return !placed && !memo.fixed.contains_key(member) && !placement.iter().any(|name| set_before(name));
    }
    member == "availabilityZoneRebalancing"
        && scene.spec.service.availability_zone_rebalancing.is_none()
        && !memo.fixed.contains_key(member)
        && !set_before(member)
}

/// The count, where it is ours to keep.
fn count_difference(scene: &Scene<'_>, service: &ecs::Service) -> Option<Difference> {
    if scene.spec.desired_count_policy == DesiredCountPolicy::External || desired::is_daemon(scene.spec) {
        return None;
    }
    let wanted = scene.spec.service.desired_count.unwrap_or(1);
    let observed = service.desired_count.unwrap_or(0);
    (wanted != observed).then(|| Difference {
        path: "desiredCount".to_owned(),
        desired: Some(json!(wanted)),
        observed: Some(json!(observed)),
    })
}

/// One UpdateService for all that differs. What is omitted AWS keeps.
fn request(
    scene: &Scene<'_>,
    wanted: &Value,
    differences: &[Difference],
    service: &ecs::Service,
) -> Result<Box<ecs::UpdateServiceRequest>, Why> {
    let mut value = Map::new();
    value.insert("cluster".to_owned(), json!(scene.cluster));
    value.insert("service".to_owned(), json!(service.service_arn.as_deref().unwrap_or(scene.name)));
    for member in compare::members(differences) {
        let given = wanted.get(&member).filter(|given| !given.is_null()).cloned();
        match member.as_str() {
            "desiredCount" => {
                value.insert(member, json!(scene.spec.service.desired_count.unwrap_or(1)));
            }
            // A service leaves a strategy for its launch type by the empty list.
            "launchType" => {
                value.insert("capacityProviderStrategy".to_owned(), json!([]));
            }
            "deploymentConfiguration" => {
                let full =
                    desired::full_deployment_configuration(&given.unwrap_or_default(), desired::is_daemon(scene.spec));
                value.insert(member, full);
            }
            _ => {
                let cleared = || desired::reset(&member).filter(|_| !bitten(Defect::OmitsInsteadOfClearing));
                if let Some(set) = given.or_else(cleared) {
                    value.insert(member, set);
                }
            }
        }
    }
    if value.contains_key("capacityProviderStrategy") && !bitten(Defect::ForgetsForceNewDeployment) {
        value.insert("forceNewDeployment".to_owned(), json!(true));
    }
    common::request("UpdateService", Value::Object(value))
}

fn tag_step(service: &ecs::Service, change: TagChange) -> (Step, String) {
    let arn = service.service_arn.clone().unwrap_or_default();
    let (tagging, why) = change.write(arn);
    (tagging.into(), why)
}
