//! Who the pod is to AWS, and who pulls its images.

use std::collections::BTreeMap;

use super::{
    path::Unit,
    run::{Part, Run},
};
use crate::{
    bridge::{copies::is_ecr, trust::STATEMENT},
    engine::registry,
    model::ecs,
};

/// The annotation of IAM roles for service accounts.
const ROLE: &str = "eks.amazonaws.com/role-arn";

pub fn service_account(run: &mut Run, unit: &Unit) {
    let name = unit.text();
    let key = run.context.key(name);
    let account = run.context.objects.service_accounts.get(&key);
    let annotations: Option<&BTreeMap<String, String>> =
        account.and_then(|account| account.metadata.annotations.as_ref());
    // Where there are both, EKS's agent comes later in the SDKs' chain than the annotation's token.
    let annotated = annotations.and_then(|annotations| annotations.get(ROLE));
    let associated = run.context.objects.pod_identities.get(&key);
    let role = run.context.task_role.as_ref().or(annotated).or(associated).cloned();
    match role {
        Some(role) if !is_role(&role) => {
            run.refused(&unit.at, format!("the service account {name} names what is no ARN of a role: write it right"));
        }
        Some(role) => {
            run.translated(&unit.at, format!("taskRoleArn {role}"));
            task_role(run, role);
        }
        None if account.is_some() => {
            run.approximated(&unit.at, format!("no task role: the service account {name} has no IAM role; and a task has no token for the API of the cluster"));
        }
        None => {
            run.approximated(
                &unit.at,
                format!(
                    "no task role: the service account {name} is not {} (unchecked; {} names a role); and a task has no token for the API of the cluster",
                    run.context.settings.among(),
                    run.context.settings.task_role()
                ),
            );
        }
    }
}

pub fn task_role(run: &mut Run, role: String) {
    let unchecked = || Some(format!("unchecked: the trust policy of {role} has to have this statement: {STATEMENT}"));
    if let Some(note) = run.context.role_notes.get(&role).cloned().unwrap_or_else(unchecked) {
        run.ledger.note(note);
    }
    run.task.task_role_arn = Some(role);
}

/// Whether AWS takes this for a role: arn:PARTITION:iam::ACCOUNT:role/NAME.
pub fn is_role(arn: &str) -> bool {
    match arn.splitn(6, ':').collect::<Vec<_>>().as_slice() {
        ["arn", partition, "iam", "", account, role] => {
            !partition.is_empty()
                && account.len() == 12
                && account.bytes().all(|byte| byte.is_ascii_digit())
                && role.strip_prefix("role/").is_some_and(|name| !name.is_empty())
        }
        _ => false,
    }
}

pub fn token(run: &mut Run, unit: &Unit) {
    if unit.is_true() {
        run.approximated(&unit.at, "a task has no token for the API of the cluster");
    } else {
        run.ignored(&unit.at, "a task has no token for the API of the cluster");
    }
}

pub fn pull_secret(run: &mut Run, unit: &Unit) {
    let reference: k8s_openapi::api::core::v1::LocalObjectReference = unit.read();
    let image = |part: &Part| part.source.image.clone().unwrap_or_default();
    let wants = |part: &Part| !is_ecr(&image(part));
    if !run.containers.iter().any(wants) {
        return run.ignored(&unit.at, "all images are ECR's, from which the execution role pulls");
    }
    if run.containers.iter().any(|part| part.made.repository_credentials.is_some()) {
        return run.approximated(&unit.at, "ECS takes one for each container: the first of the list is taken");
    }
    let sources = &run.context.secrets;
    let held = |part: &Part| sources.credentials(&reference.name, registry::of_image(&image(part)));
    if run.containers.iter().filter(|part| wants(part)).any(|part| held(part).is_none()) {
        let says = format!(
            "nothing says which Secrets Manager secret holds the credentials of {} (as {{\"username\":…,\"password\":…}}): give {}",
            reference.name,
            run.context.settings.secret(&reference.name, None)
        );
        return run.refused(&unit.at, says);
    }
    if run.context.execution_role.is_none() {
        let role = run.context.settings.execution_role();
        return run.refused(&unit.at, format!("ECS pulls with credentials by an execution role: give one ({role})"));
    }
    for part in run.containers.iter_mut().filter(|part| wants(part)) {
        let arn = sources.credentials(&reference.name, registry::of_image(&image(part))).map(str::to_owned);
        part.made.repository_credentials = arn.map(|arn| ecs::RepositoryCredentials { credentials_parameter: arn });
    }
    run.translated(&unit.at, "repositoryCredentials of each container whose image is not ECR's");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_known_by_their_arns() {
        for (arn, expected) in [
            ("arn:aws:iam::123456789012:role/web", true),
            ("arn:aws-cn:iam::123456789012:role/path/web", true),
            ("arn:aws:iam::1:role/web", false),
            ("arn:aws:iam::123456789012:role/", false),
            ("arn:aws:iam::123456789012:user/web", false),
            ("web", false),
            ("", false),
        ] {
            assert_eq!(is_role(arn), expected, "{arn}");
        }
    }
}
