//! `SecretsManagerSecret`: a secret in AWS Secrets Manager, with the values of a Kubernetes Secret.

mod desired;
mod facts;
mod import;
mod plan;
mod spec;

use jiff::Timestamp;
use kube::CustomResourceExt;
use serde_json::{Value, json};

pub use self::{
    desired::RULES,
    facts::{Facts, Query, Step},
    spec::{Memo, Report, SecretReference, SecretsManagerSecret as Resource, SecretsManagerSecretSpec},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Operation, Outcome, Seen,
        import::{Import, Listing, Shape, Thing},
        kind::Neighbour,
        kubernetes::{self, Allowed, Permission, SECRET},
        ownership,
    },
    kinds::crd::{Column, Definition, Printed, Rule, immutable, tags},
    model::secretsmanager,
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct SecretsManagerSecret;

impl Kind for SecretsManagerSecret {
    const KIND: &'static str = "SecretsManagerSecret";
    const SELECTED_BY: Option<&'static str> = Some("secret");
    const OPERATIONS: &'static [Operation] = &[
        Operation::SecretsManager(secretsmanager::Operation::CreateSecret),
        Operation::SecretsManager(secretsmanager::Operation::DeleteSecret),
        Operation::SecretsManager(secretsmanager::Operation::DescribeSecret),
        Operation::SecretsManager(secretsmanager::Operation::PutSecretValue),
        Operation::SecretsManager(secretsmanager::Operation::RestoreSecret),
        Operation::SecretsManager(secretsmanager::Operation::TagResource),
        Operation::SecretsManager(secretsmanager::Operation::UntagResource),
        Operation::SecretsManager(secretsmanager::Operation::UpdateSecret),
        Operation::Kubernetes(kubernetes::Operation::GetSecret),
    ];

    const WATCHES: &'static [kubernetes::Resource] = &[SECRET];

    type Spec = SecretsManagerSecretSpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = Query;
    type Step = Step;

    /// Those that hold what is copied.
    fn permissions(allowed: Allowed<'_>) -> Vec<Permission> {
        let verbs: &[&'static str] = if allowed.reads_secrets { &["get", "list", "watch"] } else { &[] };
        verbs.iter().map(|verb| Permission::watched(verb, "", "secrets")).collect()
    }

    fn role_paths() -> Vec<String> {
        secretsmanager::SecretSpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).collect()
    }

    fn management(spec: &SecretsManagerSecretSpec) -> &Management {
        &spec.management
    }

    fn references(_: &SecretsManagerSecretSpec) -> Vec<ObjectKey> {
        Vec::new()
    }

    fn watches(_: &str, spec: &SecretsManagerSecretSpec, _: &Value) -> Vec<Neighbour> {
        spec.secret_ref.iter().map(|reference| Neighbour::new(&SECRET.kind, &reference.name)).collect()
    }

    fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
        import::list(selected, pages)
    }

    fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<Self> {
        import::import(thing, facts, shape)
    }

    fn plan(
        goal: Goal<'_, SecretsManagerSecretSpec>,
        env: &Env,
        facts: &Facts,
        memo: &Memo,
        _: Timestamp,
    ) -> Next<Self> {
        plan::plan(goal, env, facts, memo)
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(
        goal: Goal<'_, SecretsManagerSecretSpec>,
        env: &Env,
        facts: &Facts,
        memo: &Memo,
        previous: &Report,
    ) -> Report {
        match &facts.secret {
            Seen::Known(secret) if ownership::is_ours(&desired::tags(secret), env) => {
                let version_id = desired::current(secret).cloned();
                let (spec, source) = (goal.spec(), facts.source.known());
                let put = desired::version(spec, env, source, memo).filter(|put| Some(&put.id) == version_id.as_ref());
                // They belong to that version: one that was not looked at in this pass has those of before.
                let keys = match (put, &spec.secret_ref, source) {
                    (Some(_), Some(reference), Some(source)) => desired::keys(reference, source),
                    _ if version_id == previous.version_id => previous.keys.clone(),
                    _ => Vec::new(),
                };
                Report { arn: secret.arn.clone(), version_id, keys }
            }
            Seen::Unread => previous.clone(),
            // There is none, or it is another's.
            Seen::Known(_) | Seen::Absent => Report::default(),
        }
    }

    fn read(query: &Query) -> Call {
        facts::read(query)
    }

    fn write(step: &Step) -> Call {
        facts::write(step)
    }

    /// A Secret is watched in the cluster.
    fn sweeps(query: &Query) -> bool {
        matches!(query, Query::Secret { .. })
    }

    fn settle(
        goal: Goal<'_, SecretsManagerSecretSpec>,
        env: &Env,
        facts: &Facts,
        memo: &Memo,
        outcome: &Outcome,
    ) -> Memo {
        plan::settle(goal, env, facts, memo, outcome)
    }

    /// What a task definition names: the secret, and which version of it.
    fn exports(status: &Value) -> Value {
        json!({ "arn": status.get("arn"), "versionId": status.get("versionId") })
    }
}

/// What the API server checks beyond the schema.
fn rules() -> Vec<Rule> {
    let mut rules = immutable("spec", secretsmanager::SecretSpec::IMMUTABLE);
    rules.extend(tags("spec.Tags", "Key", 5));
    rules.push(Rule::new(
        "spec.secretRef",
        "!(has(self.keys) && has(self.registry))",
        "either keys or registry: the credentials of a registry stand under one key",
    ));
    rules.push(Rule::new(
        "spec.Name",
        "self.matches('^[A-Za-z0-9/_+=.@-]+$')",
        "letters, digits and the characters /_+=.@- only (CreateSecret, AWS Secrets Manager API Reference)",
    ));
    rules.push(Rule::new(
        "spec",
        "!(has(self.recoveryWindowInDays) && has(self.forceDeleteWithoutRecovery) && self.forceDeleteWithoutRecovery)",
        "recoveryWindowInDays or forceDeleteWithoutRecovery: AWS takes no more than one of them",
    ));
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "ARN", path: ".status.arn", printed: Printed::Always },
    Column { name: "Version", path: ".status.versionId", printed: Printed::Wide },
    Column { name: "Name", path: ".status.memo.name", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    // Server-side apply that takes the last field out leaves null, which the default makes an empty spec again.
    let defaults = vec![("spec", json!({}))];
    Definition { derived: Resource::crd(), rules: rules(), columns: COLUMNS, defaults }
}
