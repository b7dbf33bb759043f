//! What to do next for a repository.

use std::collections::BTreeSet;

use super::{
    EcrRepository,
    desired::{self, RULES},
    facts::{self, Facts, Query, Step},
    spec::{EcrRepositorySpec, Memo},
};
use crate::{
    engine::{
        Env, Goal, Next, Outcome, Recheck, Seen, Why, Write,
        applied::{self, Correction},
        compare,
        ownership::{self, Claim, TagChange, Tags},
        reason, tagging,
    },
    model::ecr,
};

pub fn plan(goal: Goal<'_, EcrRepositorySpec>, env: &Env, facts: &Facts, memo: &Memo) -> Next<EcrRepository> {
    let spec = goal.spec();
    let name = desired::name(spec, env, memo.record.name.as_ref());
    if let Some(refusal) = &facts.refused {
        let why = if refusal.code == "RepositoryNotEmptyException" {
            let remedy = "delete its images, or set spec.forceDelete to true";
            Why { reason: reason::NOT_EMPTY, ..crate::kinds::common::refused(refusal, Some(remedy)) }
        } else {
            crate::kinds::common::refused(refusal, None)
        };
        return Next::Rest(Outcome::stalled(why));
    }
    let repository = match (&facts.repository, goal) {
        (Seen::Unread, _) => return Next::Read(vec![Query::Repository { name }]),
        (Seen::Absent, Goal::Absent(_)) => return Next::Rest(Outcome::gone()),
        (Seen::Absent, Goal::Present(_)) => return create(spec, env, facts, memo, name),
        (Seen::Known(repository), _) => repository,
    };
    let arn = repository.repository_arn.clone().unwrap_or_default();
    let Some(tags) = facts.tags.known() else {
        if facts.tags == Seen::Absent {
            return gone_meanwhile();
        }
        let mut queries = vec![Query::Tags { arn }];
        if matches!(goal, Goal::Present(_)) {
            queries.extend([Query::Lifecycle { name: name.clone() }, Query::Policy { name }]);
        }
        return Next::Read(queries);
    };
    let what = format!("ECR repository {name}");
    match (ownership::claim(tags, env, &what), goal) {
        (Claim::Ours, Goal::Absent(_)) => {
            let delete = Step::Delete { name, force: spec.force_delete.unwrap_or(false) };
            Next::Write(tagging::remove(env, arn, tags, &what, delete))
        }
        // Not ours: nothing of it is changed, and the object may go.
        (_, Goal::Absent(_)) => Next::Rest(Outcome::gone()),
        (Claim::Conflict(why), _) => Next::Rest(Outcome::stalled(why)),
        (Claim::Adopt, _) => Next::Write(tagging::adopt(env, arn, tags, &what)),
        (Claim::Ours, Goal::Present(_)) => update(spec, env, facts, memo, repository, tags),
    }
}

fn create(spec: &EcrRepositorySpec, env: &Env, facts: &Facts, memo: &Memo, name: String) -> Next<EcrRepository> {
    if facts.exists {
        return gone_meanwhile();
    }
    let applied = memo.record.applied.as_ref();
    let cause = match applied::creation(env, applied, &desired::desired_hash(spec), &format!("ECR repository {name}")) {
        Ok(cause) => cause,
        Err(outcome) => return Next::Rest(*outcome),
    };
    if let Some(intent) = intent(spec, memo, &name) {
        return Next::Remember(intent);
    }
    let why = format!("ECR repository {name} does not exist");
    let request = facts::create_request(spec, name, &desired::wanted_tags(spec, env));
    Next::Write(Write::new(Step::Create(request), cause, why))
}

/// AWS tells two stories about the same name; the next look will tell which one lasts.
fn gone_meanwhile() -> Next<EcrRepository> {
    let why = Why::new(
        reason::RETRYING,
        "AWS says both that the repository exists and that it does not: it is looked at again",
    );
    Next::Rest(Outcome::waiting(why, Recheck::Tick))
}

/// The memo that has to be on record before AWS is given this name and these tags; `None` where it is already.
fn intent(spec: &EcrRepositorySpec, memo: &Memo, name: &str) -> Option<Memo> {
    let intent = Memo { record: memo.record.before_write(name, &desired::spec_tags(spec)) };
    (intent != *memo).then_some(intent)
}

fn update(
    spec: &EcrRepositorySpec,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    repository: &ecr::Repository,
    tags: &Tags,
) -> Next<EcrRepository> {
    let name = desired::name(spec, env, memo.record.name.as_ref());
    let arn = repository.repository_arn.clone().unwrap_or_default();
    let hash = desired::desired_hash(spec);
    let wanted = desired::desired(spec);
    let differences = compare::differences(
        &wanted,
        &desired::observed(repository, facts.lifecycle.known(), facts.policy.known(), spec),
        RULES,
    );
    let members = compare::members(&differences);

    if members.contains("encryptionConfiguration") {
        let why = Why::new(
            reason::CANNOT_CHANGE,
            format!(
                "AWS can't change the encryption of ECR repository {name}: put spec.encryptionConfiguration back, or move the images to a repository of another name"
            ),
        );
        return Next::Rest(Outcome::stalled(why));
    }
    // Beyond the first tags, a repository has none of ours to record before they are set.
    if let Some(intent) = intent(spec, memo, &name) {
        return Next::Remember(intent);
    }
    let change = ownership::tag_change(&desired::wanted_tags(spec, env), tags, &memo.record.tag_keys);
    let mut all = differences;
    all.extend(change.differences());
    let correction = applied::correction(env, memo.record.applied.as_ref(), &hash, &all);
    if let Correction::Write(cause) = correction {
        let (step, why) = next_step(spec, &name, arn, &members, change);
        return Next::Write(Write::new(step, cause, why));
    }
    let why = Why::new(reason::AVAILABLE, repository.repository_uri.clone().unwrap_or_default());
    Next::Rest(Outcome::ready(why).with_synced(correction.synced()))
}

/// The write that carries the first of the differing members.
fn next_step(
    spec: &EcrRepositorySpec,
    name: &str,
    arn: String,
    members: &BTreeSet<String>,
    change: TagChange,
) -> (Step, String) {
    let name = name.to_owned();
    let repository = &spec.repository;
    if members.contains("imageTagMutability") || members.contains("imageTagMutabilityExclusionFilters") {
        let request = ecr::PutImageTagMutabilityRequest {
            repository_name: name,
            image_tag_mutability: repository
                .image_tag_mutability
                .clone()
                .unwrap_or_else(|| ecr::ImageTagMutability(ecr::ImageTagMutability::MUTABLE.to_owned())),
            image_tag_mutability_exclusion_filters: repository.image_tag_mutability_exclusion_filters.clone(),
            registry_id: None,
        };
        return (Step::PutImageTagMutability(request), "tag mutability differs".to_owned());
    }
    if members.contains("imageScanningConfiguration") {
        let request = ecr::PutImageScanningConfigurationRequest {
            repository_name: name,
            image_scanning_configuration: repository
                .image_scanning_configuration
                .clone()
                .unwrap_or(ecr::ImageScanningConfiguration { scan_on_push: Some(false) }),
            registry_id: None,
        };
        return (Step::PutImageScanning(request), "image scanning differs".to_owned());
    }
    if members.contains("lifecyclePolicyText") {
        let why = "the lifecycle policy differs".to_owned();
        return match repository.lifecycle_policy_text.clone() {
            Some(text) => (Step::PutLifecyclePolicy { name, text }, why),
            None => (Step::DeleteLifecyclePolicy { name }, why),
        };
    }
    if members.contains("policyText") {
        let why = "the repository policy differs".to_owned();
        return match repository.policy_text.clone() {
            Some(text) => (Step::SetPolicy { name, text }, why),
            None => (Step::DeletePolicy { name }, why),
        };
    }
    let (tagging, why) = change.write(arn);
    (tagging.into(), why)
}

/// The memo of a pass that rested.
pub fn settle(goal: Goal<'_, EcrRepositorySpec>, env: &Env, memo: &Memo, outcome: &Outcome) -> Memo {
    let mut settled = memo.clone();
    if let Goal::Present(spec) = goal {
        settled.record.settle(outcome, &desired::desired_hash(spec), env.generation, desired::spec_tags(spec));
    }
    settled
}
