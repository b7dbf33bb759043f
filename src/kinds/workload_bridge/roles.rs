//! The roles of the tasks: which one the service account has, and whether tasks may have it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    facts::{Query, SERVICE_ACCOUNT},
    scene::{First, Scene, first},
};
use crate::{
    bridge::{
        translate::is_role,
        trust::{STATEMENT, Trust, trust},
    },
    engine::{Next, Refusal, RefusalKind},
    model::{
        eks::{DescribePodIdentityAssociationRequest, ListPodIdentityAssociationsRequest},
        iam::GetRoleRequest,
    },
};

/// The annotation of IAM roles for service accounts.
const ROLE: &str = "eks.amazonaws.com/role-arn";

/// What AWS says of the roles, as far as it was read.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// The role of an EKS Pod Identity association of the service account.
    pub associated: Option<String>,
    /// What people have to know, by role; none of a role that tasks may have.
    pub notes: BTreeMap<String, Option<String>>,
    /// What of it keeps tasks from starting, or is left unchecked with the association.
    pub told: Vec<String>,
    unread: Vec<Query>,
}

/// Asks AWS for what is not read yet.
pub fn looked_up(scene: &Scene<'_>, deployment: &Value) -> Result<Roles, First> {
    let roles = known(scene, deployment);
    if roles.is_read() { Ok(roles) } else { first(Next::Read(roles.unread)) }
}

pub fn known(scene: &Scene<'_>, deployment: &Value) -> Roles {
    let mut roles = Roles::default();
    let ecs = &scene.spec.ecs;
    let own = ecs.task_role_arn.clone().or_else(|| annotated(scene, deployment));
    let task_role = own.or_else(|| {
        roles.associate(scene, &account(deployment));
        roles.associated.clone()
    });
    for role in task_role.iter().chain(&ecs.execution_role_arn).filter(|role| is_role(role)) {
        roles.check(scene, role);
    }
    roles
}

/// The service account of the pods.
pub fn account(deployment: &Value) -> String {
    let pod = &deployment["spec"]["template"]["spec"];
    let named = [&pod["serviceAccountName"], &pod["serviceAccount"]].into_iter().filter_map(Value::as_str);
    named.filter(|name| !name.is_empty()).map(str::to_owned).next().unwrap_or_else(|| "default".to_owned())
}

fn annotated(scene: &Scene<'_>, deployment: &Value) -> Option<String> {
    let account = scene.facts.object(&scene.named(&SERVICE_ACCOUNT, &account(deployment))).known()?;
    account["metadata"]["annotations"][ROLE].as_str().map(str::to_owned)
}

impl Roles {
    /// Whether nothing is left to ask.
    pub fn is_read(&self) -> bool {
        self.unread.is_empty()
    }

    /// The role that EKS Pod Identity gives the service account, where the operator is told its EKS cluster.
    fn associate(&mut self, scene: &Scene<'_>, account: &str) {
        let Some(cluster) = &scene.env.eks_cluster_name else { return };
        let request = ListPodIdentityAssociationsRequest {
            cluster_name: cluster.clone(),
            namespace: Some(scene.env.identity.namespace.clone()),
            service_account: Some(account.to_owned()),
            ..ListPodIdentityAssociationsRequest::default()
        };
        let found = match scene.facts.associations.as_ref() {
            None => return self.unread.push(Query::Associations(request)),
            Some(Err(refusal)) => return self.told.push(unasked(account, refusal)),
            Some(Ok(found)) => found,
        };
        let first = found.associations.iter().flatten().find_map(|summary| summary.association_id.clone());
        let Some(id) = first else { return };
        match scene.facts.association.as_ref() {
            None => {
                let request =
                    DescribePodIdentityAssociationRequest { cluster_name: cluster.clone(), association_id: id };
                self.unread.push(Query::Association(request));
            }
            Some(Err(refusal)) => self.told.push(unasked(account, refusal)),
            Some(Ok(found)) => {
                self.associated = found.association.as_ref().and_then(|association| association.role_arn.clone());
            }
        }
    }

    fn check(&mut self, scene: &Scene<'_>, role: &str) {
        let name = role.rsplit('/').next().unwrap_or(role).to_owned();
        let Some(found) = scene.facts.roles.get(&name) else {
            return self.unread.push(Query::Role(GetRoleRequest { role_name: name }));
        };
        let account = role.split(':').nth(4).unwrap_or_default();
        let region = scene.spec.ecs.cluster.as_ref().and_then(|cluster| cluster.split(':').nth(3));
        let (note, is_told) = match found {
            Err(refusal) if refusal.kind == RefusalKind::NotFound => {
                (Some(format!("there is no role {role}: create it, or name another")), true)
            }
            Err(refusal) => (
                Some(format!(
                    "unchecked: the trust policy of {role} has to have this statement: {STATEMENT} (AWS does not say: {})",
                    refusal.to_string().trim_end_matches('.')
                )),
                false,
            ),
            Ok(policy) => match trust(policy, account, region) {
                Trust::Lets => (None, false),
                Trust::Lacks => (
                    Some(format!(
                        "the trust policy of {role} does not let tasks have it: add this statement: {STATEMENT}"
                    )),
                    true,
                ),
                Trust::Denies => (
                    Some(format!(
                        "the trust policy of {role} denies it to ecs-tasks.amazonaws.com: take that out, or name another role"
                    )),
                    true,
                ),
                Trust::Depends(keys) => {
                    let keys = keys.into_iter().collect::<Vec<_>>().join(" and ");
                    (
                        Some(format!(
                            "unchecked: whether tasks may have {role} depends on the condition on {keys} in its trust policy"
                        )),
                        false,
                    )
                }
                Trust::Unreadable => (
                    Some(format!(
                        "unchecked: the trust policy of {role} can't be read; it has to have this statement: {STATEMENT}"
                    )),
                    false,
                ),
            },
        };
        self.told.extend(note.clone().filter(|_| is_told));
        self.notes.insert(role.to_owned(), note);
    }
}

fn unasked(account: &str, refusal: &Refusal) -> String {
    let refusal = refusal.to_string();
    let said = refusal.trim_end_matches('.');
    format!(
        "unchecked: whether EKS Pod Identity gives the service account {account} a role (AWS does not say: {said}); spec.ecs.taskRoleArn names one"
    )
}
