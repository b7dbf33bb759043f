//! What to do next for a secret.

use std::collections::BTreeSet;

use super::{
    SecretsManagerSecret,
    desired::{self, RULES, Version},
    facts::{Facts, Query, Step},
    spec::{Again, Memo, SecretsManagerSecretSpec},
};
use crate::{
    engine::{
        Env, Goal, Next, Outcome, Recheck, RefusalKind, Seen, Why, Write,
        applied::{self, Correction},
        compare::{self, Difference},
        hash,
        kubernetes::GetSecretRequest,
        ownership::{self, Claim, TagChange},
        reason, tagging,
    },
    kinds::common,
    model::secretsmanager as sm,
};

/// The member that says where the values come from.
const VALUES: &str = "secretRef";

pub fn plan(
    goal: Goal<'_, SecretsManagerSecretSpec>,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
) -> Next<SecretsManagerSecret> {
    let spec = goal.spec();
    let name = desired::name(spec, env, memo);
    if let Some(refusal) = &facts.refused {
        return Next::Rest(match refusal.kind {
            RefusalKind::Conflict | RefusalKind::Exists | RefusalKind::NotFound => {
                let why = Why::new(reason::RETRYING, format!("{refusal}: it is looked at again"));
                Outcome::waiting(why, Recheck::Tick)
            }
            RefusalKind::Refused => Outcome::stalled(common::refused(refusal, None)),
        });
    }
    match goal {
        Goal::Present(_) => present(spec, env, facts, memo, &name),
        Goal::Absent(_) => absent(spec, env, facts, &name),
    }
}

fn absent(spec: &SecretsManagerSecretSpec, env: &Env, facts: &Facts, name: &str) -> Next<SecretsManagerSecret> {
    let secret = match &facts.secret {
        Seen::Unread => return Next::Read(vec![Query::Secret { name: name.to_owned() }]),
        Seen::Absent => return Next::Rest(Outcome::gone()),
        Seen::Known(secret) => secret,
    };
    let (tags, what) = (desired::tags(secret), what(name));
    // Not ours, or on its way out: nothing of it is changed, and the object may go.
    if ownership::claim(&tags, env, &what) != Claim::Ours || secret.deleted_date.is_some() {
        return Next::Rest(Outcome::gone());
    }
    let force = spec.force_delete_without_recovery.filter(|force| *force);
    let delete = Step::Delete(sm::DeleteSecretRequest {
        secret_id: name.to_owned(),
        recovery_window_in_days: spec.recovery_window_in_days.filter(|_| force.is_none()),
        force_delete_without_recovery: force,
    });
    Next::Write(tagging::remove(env, arn(secret), &tags, &what, delete))
}

fn present(
    spec: &SecretsManagerSecretSpec,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    name: &str,
) -> Next<SecretsManagerSecret> {
    if let Some(reference) = &spec.secret_ref {
        let source = reference.name.as_str();
        if !env.reads_secrets {
            let why = "this operator may not read Secrets, which spec.secretRef wants: an administrator sets secrets.sync in the chart";
            return Next::Rest(Outcome::stalled(Why::new(reason::ACCESS_DENIED, why)));
        }
        if facts.source == Seen::Absent {
            let why = format!(
                "Secret {source}, which spec.secretRef names, does not exist in this namespace: create it, or name another"
            );
            // Its creation wakes the object: a look from time to time is enough.
            let recheck = Recheck::After(std::time::Duration::from_mins(5));
            return Next::Rest(Outcome::waiting(Why::new(reason::REFERENCE_NOT_FOUND, why), recheck));
        }
    }
    let mut unread = Vec::new();
    if let Some(reference) = spec.secret_ref.as_ref().filter(|_| facts.source.is_unread()) {
        unread.push(Query::Source(GetSecretRequest {
            namespace: env.identity.namespace.clone(),
            name: reference.name.clone(),
            lists_keys: reference.keys.is_none() && reference.registry.is_none(),
        }));
    }
    if facts.secret.is_unread() {
        unread.push(Query::Secret { name: name.to_owned() });
    }
    if !unread.is_empty() {
        return Next::Read(unread);
    }
    let version = desired::version(spec, env, facts.source.known(), memo);
    let Some(secret) = facts.secret.known() else {
        return create(spec, env, facts, memo, name, version.as_ref());
    };
    let (tags, what) = (desired::tags(secret), what(name));
    match ownership::claim(&tags, env, &what) {
        Claim::Conflict(why) => Next::Rest(Outcome::stalled(why)),
        Claim::Ours if secret.deleted_date.is_some() => restore(spec, env, memo, name, version.as_ref()),
        Claim::Adopt if secret.deleted_date.is_some() => {
            let why = format!("{what} is scheduled for deletion: restore it in AWS, and it is adopted then");
            Next::Rest(Outcome::stalled(Why::new(reason::CONFLICT, why)))
        }
        Claim::Adopt => Next::Write(tagging::adopt(env, arn(secret), &tags, &what)),
        Claim::Ours => update(spec, env, facts, memo, secret, version.as_ref()),
    }
}

fn create(
    spec: &SecretsManagerSecretSpec,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    name: &str,
    version: Option<&Version>,
) -> Next<SecretsManagerSecret> {
    if facts.exists {
        let why = "AWS says both that the secret exists and that it does not: it is looked at again";
        return Next::Rest(Outcome::waiting(Why::new(reason::RETRYING, why), Recheck::Tick));
    }
    let hash = desired::desired_hash(spec, version);
    let cause = match applied::creation(env, memo.record.applied.as_ref(), &hash, &what(name)) {
        Ok(cause) => cause,
        Err(outcome) => return Next::Rest(*outcome),
    };
    if let Some(intent) = intent(spec, memo, name) {
        return Next::Remember(intent);
    }
    // Without values there is no version, and the token is the request's alone.
    let token = version.map_or_else(|| hash::client_token(&env.identity.uid, &hash, 0), |version| version.id.clone());
    let mut members = desired::members(spec);
    members.insert("Name".to_owned(), name.into());
    members.insert("ClientRequestToken".to_owned(), token.into());
    members.insert("Tags".to_owned(), serde_json::json!(desired::to_list(&desired::wanted_tags(spec, env))));
    let request = match common::request("CreateSecret", members.into()) {
        Ok(request) => request,
        Err(why) => return Next::Rest(Outcome::stalled(why)),
    };
    let step = Step::Create { request, values: version.map(|version| version.secret.clone()) };
    Next::Write(Write::new(step, cause, format!("{} does not exist", what(name))))
}

fn restore(
    spec: &SecretsManagerSecretSpec,
    env: &Env,
    memo: &Memo,
    name: &str,
    version: Option<&Version>,
) -> Next<SecretsManagerSecret> {
    let hash = desired::desired_hash(spec, version);
    match applied::creation(env, memo.record.applied.as_ref(), &hash, &what(name)) {
        Ok(cause) => {
            let why = format!("{} is scheduled for deletion", what(name));
            Next::Write(Write::new(Step::Restore { name: name.to_owned() }, cause, why))
        }
        Err(outcome) => Next::Rest(*outcome),
    }
}

fn update(
    spec: &SecretsManagerSecretSpec,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    secret: &sm::DescribeSecretResponse,
    version: Option<&Version>,
) -> Next<SecretsManagerSecret> {
    let name = desired::name(spec, env, memo);
    if version.is_some() && secret.rotation_enabled == Some(true) {
        let why = format!(
            "{} is rotated in AWS, and its values would be put back: take spec.secretRef out, or end the rotation",
            what(&name)
        );
        return Next::Rest(Outcome::stalled(Why::new(reason::CONFLICT, why)));
    }
    if let Some(intent) = intent(spec, memo, &name) {
        return Next::Remember(intent);
    }
    let (tags, hash) = (desired::tags(secret), desired::desired_hash(spec, version));
    let mut differences = compare::differences(&desired::desired(spec), &desired::observed(secret), RULES);
    let change = ownership::tag_change(&desired::wanted_tags(spec, env), &tags, &memo.record.tag_keys);
    differences.extend(change.differences());
    let outdated = version.filter(|version| desired::current(secret) != Some(&version.id));
    if outdated.is_some() {
        differences.push(Difference { path: VALUES.to_owned(), desired: None, observed: None });
    }
    let correction = applied::correction(env, memo.record.applied.as_ref(), &hash, &differences);
    let Correction::Write(cause) = correction else {
        let why = Why::new(reason::AVAILABLE, arn(secret));
        return Next::Rest(Outcome::ready(why).with_synced(correction.synced()));
    };
    if let Some(version) = outdated.filter(|version| was_there(version, secret, facts, memo, &hash)) {
        let again = Some(Again { source: version.source.clone(), count: version.count + 1 });
        return Next::Remember(Memo { again, ..memo.clone() });
    }
    let members = compare::members(&differences);
    let (step, why) = next_step(spec, env, secret, &members, change, outdated);
    Next::Write(Write::new(step, cause, why))
}

/// Whether AWS has had the version, and would move no label for being given it again.
fn was_there(version: &Version, secret: &sm::DescribeSecretResponse, facts: &Facts, memo: &Memo, hash: &str) -> bool {
    let was_applied = memo.record.applied.as_ref().is_some_and(|applied| applied.hash == hash);
    facts.superseded.as_ref() == Some(&version.id) || was_applied || desired::labels(secret, &version.id).is_some()
}

/// The write that carries the first of the differing members.
fn next_step(
    spec: &SecretsManagerSecretSpec,
    env: &Env,
    secret: &sm::DescribeSecretResponse,
    members: &BTreeSet<String>,
    change: TagChange,
    outdated: Option<&Version>,
) -> (Step, String) {
    let described: Vec<&str> =
        ["Description", "KmsKeyId"].into_iter().filter(|member| members.contains(*member)).collect();
    if !described.is_empty() {
        // An empty text takes either back.
        let wanted = |member: &str, value: &Option<String>| {
            described.contains(&member).then(|| value.clone().unwrap_or_default())
        };
        // Of each change its own: AWS may know the token of an earlier one.
        let at = format!("{described:?} {:?}", secret.last_changed_date);
        let request = sm::UpdateSecretRequest {
            secret_id: arn(secret),
            client_request_token: Some(hash::client_token(&env.identity.uid, &at, 0)),
            description: wanted("Description", &spec.secret.description),
            kms_key_id: wanted("KmsKeyId", &spec.secret.kms_key_id),
            ..Default::default()
        };
        return (Step::Update(Box::new(request)), format!("{} differ", described.join(" and ")));
    }
    if let Some(version) = outdated {
        let request = sm::PutSecretValueRequest {
            secret_id: arn(secret),
            client_request_token: Some(version.id.clone()),
            ..Default::default()
        };
        let why = format!("the current version is not that of Secret {}", version.secret.name);
        return (Step::Put { request, values: version.secret.clone() }, why);
    }
    let (tagging, why) = change.write(arn(secret));
    (tagging.into(), why)
}

/// The memo that has to be on record before AWS is given this name and these tags; `None` where it is already.
fn intent(spec: &SecretsManagerSecretSpec, memo: &Memo, name: &str) -> Option<Memo> {
    let record = memo.record.before_write(name, &desired::spec_tags(spec));
    let intent = Memo { record, ..memo.clone() };
    (intent != *memo).then_some(intent)
}

fn what(name: &str) -> String {
    format!("Secrets Manager secret {name}")
}

fn arn(secret: &sm::DescribeSecretResponse) -> String {
    secret.arn.clone().unwrap_or_default()
}

/// The memo of a pass that rested.
pub fn settle(
    goal: Goal<'_, SecretsManagerSecretSpec>,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    outcome: &Outcome,
) -> Memo {
    let mut settled = memo.clone();
    if let Goal::Present(spec) = goal {
        let version = desired::version(spec, env, facts.source.known(), memo);
        let hash = desired::desired_hash(spec, version.as_ref());
        settled.record.settle(outcome, &hash, env.generation, desired::spec_tags(spec));
    }
    settled
}
