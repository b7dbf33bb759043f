//! Whether the operator may do what it has to do, asked of the API server before it is needed: a Role that lacks a verb is named by
//! `/readyz`, and not found out in the middle of a pass.

use std::time::Duration;

use k8s_openapi::api::authorization::v1::{ResourceAttributes, SelfSubjectAccessReview, SelfSubjectAccessReviewSpec};
use kube::{Api, Client, api::PostParams};
use tracing::warn;

use super::{
    readiness::Readiness,
    settings::Settings,
    shared::{ApiError, Shared, timely},
    watched::{Watched, place},
};
use crate::engine::kubernetes::{Allowed, Reach};

/// How often it is asked again while something is lacking.
const AGAIN: Duration = Duration::from_secs(10);

/// One verb on one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Need {
    verb: &'static str,
    group: &'static str,
    /// With its subresource, as in `ecsservices/status`.
    resource: String,
    /// `None`: all namespaces.
    namespace: Option<String>,
    /// Of the one object that it is needed on; `None`: all.
    name: Option<String>,
}

impl Need {
    fn told(&self) -> String {
        let group = if self.group.is_empty() { String::new() } else { format!(".{}", self.group) };
        let (resource, sub) = self.resource.split_once('/').unwrap_or((&self.resource, ""));
        let sub = if sub.is_empty() { String::new() } else { format!("/{sub}") };
        let name = self.name.as_ref().map_or(String::new(), |name| format!(" {name}"));
        format!(
            "permission: this ServiceAccount may not {} {resource}{group}{sub}{name} in {}: allow it in its Role or ClusterRole",
            self.verb,
            place(self.namespace.as_deref())
        )
    }
}

/// Asks until nothing is lacking.
pub async fn check(shared: &Shared, lease: Option<(String, String)>) {
    let plurals = || shared.dependents.kinds.iter().map(|(shell, _)| shell.resource.plural.as_str());
    let watched = Watched::new(&shared.settings.watch_namespaces, |namespace| needs(plurals(), namespace));
    let mut needs: Vec<Need> = watched.each().flat_map(|(_, needs)| needs).cloned().collect();
    let Settings { eks_cluster_name, sync_secrets, annotations, .. } = &shared.settings;
    let allowed = Allowed {
        eks_cluster_name: eks_cluster_name.as_deref(),
        reads_secrets: *sync_secrets,
        annotations: *annotations,
    };
    let beside = shared.dependents.kinds.iter().flat_map(|(shell, _)| (shell.permissions)(allowed));
    for permission in beside {
        let need = |namespace: Option<&str>| Need {
            verb: permission.verb,
            group: permission.group,
            resource: permission.resource.to_owned(),
            namespace: namespace.map(str::to_owned),
            name: None,
        };
        match permission.reach {
            Reach::AllNamespaces => needs.push(need(None)),
            Reach::Watched => needs.extend(watched.each().map(|(namespace, _)| need(namespace))),
        }
    }
    needs.extend(shared.dependents.kinds.iter().map(|(shell, _)| Need {
        verb: "get",
        group: "apiextensions.k8s.io",
        resource: "customresourcedefinitions".to_owned(),
        namespace: None,
        name: Some(shell.crd_name.clone()),
    }));
    if let Some((namespace, name)) = lease {
        needs.extend(["get", "create", "patch"].map(|verb| Need {
            verb,
            group: "coordination.k8s.io",
            resource: "leases".to_owned(),
            namespace: Some(namespace.clone()),
            // What is not there yet has no name to RBAC.
            name: Some(name.clone()).filter(|_| verb != "create"),
        }));
    }
    while !needs.is_empty() {
        needs = lacking(&shared.client, &shared.readiness, needs).await;
        if !needs.is_empty() {
            tokio::time::sleep(AGAIN).await;
        }
    }
}

/// What it does with its own kinds, and with Events.
fn needs<'a>(plurals: impl Iterator<Item = &'a str>, namespace: Option<&str>) -> Vec<Need> {
    let namespace = namespace.map(str::to_owned);
    let need = |verb, group, resource: String| Need { verb, group, resource, namespace: namespace.clone(), name: None };
    let mut needs: Vec<Need> = plurals
        .flat_map(|plural| {
            let verbs = ["get", "list", "watch", "patch"].map(|verb| (verb, plural.to_owned()));
            verbs.into_iter().chain([("patch", format!("{plural}/status"))])
        })
        .map(|(verb, resource)| need(verb, "ecs-bridge.dev", resource))
        .collect();
    needs.extend(["create", "patch"].map(|verb| need(verb, "events.k8s.io", "events".to_owned())));
    needs
}

/// Those of them that are not allowed, or that could not be asked for.
async fn lacking(client: &Client, readiness: &Readiness, needs: Vec<Need>) -> Vec<Need> {
    let mut lacking = Vec::new();
    for need in needs {
        let told = need.told();
        match is_allowed(client, &need).await {
            Ok(true) => {
                readiness.lacks(&told, None);
            }
            Ok(false) => {
                if readiness.lacks(&told, Some(&told)) {
                    warn!("{told}");
                }
                lacking.push(need);
            }
            // Where it can't be asked, what fails for it says so.
            Err(error) => {
                warn!(%error, "the API server does not say whether this ServiceAccount has its permissions");
                lacking.push(need);
                return lacking;
            }
        }
    }
    lacking
}

async fn is_allowed(client: &Client, need: &Need) -> Result<bool, ApiError> {
    let reviews: Api<SelfSubjectAccessReview> = Api::all(client.clone());
    let (resource, subresource) = need.resource.split_once('/').unwrap_or((&need.resource, ""));
    let attributes = ResourceAttributes {
        verb: Some(need.verb.to_owned()),
        group: Some(need.group.to_owned()),
        resource: Some(resource.to_owned()),
        subresource: Some(subresource.to_owned()).filter(|name| !name.is_empty()),
        namespace: need.namespace.clone(),
        name: need.name.clone(),
        ..ResourceAttributes::default()
    };
    let spec = SelfSubjectAccessReviewSpec { resource_attributes: Some(attributes), ..Default::default() };
    let review = SelfSubjectAccessReview { spec, ..Default::default() };
    let answer = timely(reviews.create(&PostParams::default(), &review)).await?;
    Ok(answer.status.is_some_and(|status| status.allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_told_as_an_rbac_rule_would_have_it() {
        let needs = needs(["ecsservices"].into_iter(), Some("shop"));
        let told: Vec<String> = needs.iter().map(Need::told).collect();
        for part in [
            "may not list ecsservices.ecs-bridge.dev in namespace shop",
            "may not patch ecsservices.ecs-bridge.dev/status in namespace shop",
            "may not create events.events.k8s.io in namespace shop",
        ] {
            assert!(told.iter().any(|line| line.contains(part)), "nothing says {part:?}: {told:#?}");
        }
        assert_eq!(told.len(), 7, "{told:#?}");
    }
}
