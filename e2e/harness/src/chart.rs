//! The chart, installed all but its Deployment: the operator runs as a local process under the chart's
//! `ServiceAccount`.

use std::path::PathBuf;
use std::time::Duration;

use k8s_openapi::api::authentication::v1::{TokenRequest, TokenRequestSpec};
use k8s_openapi::api::core::v1::ServiceAccount;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::Api;
use kube::api::PostParams;
use serde::Deserialize as _;
use serde_yaml_ng::Value;

use crate::assets::{program, workspace};
use crate::error::{Error, Result};
use crate::kubernetes::{Kubernetes, output_of};
use crate::wait::wait_for;

const TOKEN_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What the chart installed.
#[derive(Debug, Clone)]
pub struct Install {
    /// Has the token of the chart's `ServiceAccount`, and so exactly its permissions.
    pub kubeconfig: PathBuf,
    /// As whom the API server knows the operator, in the audit log too.
    pub user: String,
}

/// One verb on one resource, as a rule of the chart grants it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permission {
    pub group: String,
    /// With its subresource, as in `ecsservices/status`.
    pub resource: String,
    pub verb: String,
    /// Of the one object that it is granted on.
    pub name: Option<String>,
}

/// All that the chart's roles grant with these `--set` values, in order.
pub async fn permissions(namespace: &str, values: &[(&str, &str)]) -> Result<Vec<Permission>> {
    Ok(Rendered::parse(&render(namespace, values).await?, None)?.permissions)
}

/// Renders charts/ecs-bridge with `--set` values and applies it in a namespace that exists, as a release of the same
/// name: what is cluster-wide is named for the release.
pub async fn install(kubernetes: &Kubernetes, namespace: &str, values: &[(&str, &str)]) -> Result<Install> {
    install_without(kubernetes, namespace, values, None).await
}

/// The same without one of the permissions, by its place in [`permissions`].
pub async fn install_without(
    kubernetes: &Kubernetes,
    namespace: &str,
    values: &[(&str, &str)],
    without: Option<usize>,
) -> Result<Install> {
    let rendered = Rendered::parse(&render(namespace, values).await?, without)?;
    // Without a namespace: with `watchNamespaces`, the chart is for several, and it names them.
    kubernetes.kubectl_with(&["apply", "--server-side", "--validate=strict", "--filename=-"], &rendered.yaml).await?;

    let client = kubernetes.client().await?;
    let definitions: Api<CustomResourceDefinition> = Api::all(client);
    for name in &rendered.definitions {
        wait_for(&definitions, name, "established", Duration::from_secs(20), is_established).await?;
    }
    enter(kubernetes, namespace, &rendered.service_account).await
}

/// Gives the operator the identity of a chart that is installed in this namespace.
pub async fn enter(kubernetes: &Kubernetes, namespace: &str, service_account: &str) -> Result<Install> {
    let accounts: Api<ServiceAccount> = Api::namespaced(kubernetes.client().await?, namespace);
    let spec = TokenRequestSpec { expiration_seconds: Some(TOKEN_SECONDS), ..TokenRequestSpec::default() };
    let request = TokenRequest { spec: Some(spec), ..TokenRequest::default() };
    let answer = accounts.create_token_request(service_account, &PostParams::default(), &request).await?;
    let token = answer.status.and_then(|status| status.token);
    let token = token.ok_or_else(|| Error::malformed("the answer to a TokenRequest", &"it has no token"))?;
    let kubeconfig = kubernetes.write_kubeconfig(namespace, &token)?;
    let user = format!("system:serviceaccount:{namespace}:{service_account}");
    Ok(Install { kubeconfig, user })
}

/// Helm itself, with a cluster: what it installs has its Deployment, too, and nobody to run that.
pub async fn helm(kubernetes: &Kubernetes, words: &[&str]) -> Result<String> {
    let mut helm = program("helm")?;
    helm.args(words).env("KUBECONFIG", kubernetes.kubeconfig());
    for home in ["HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"] {
        helm.env(home, kubernetes.folder().join("helm"));
    }
    output_of(helm, String::new()).await
}

/// All that the chart makes with these `--set` values, as YAML.
pub async fn render(namespace: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut helm = program("helm")?;
    helm.args(["template", namespace]).arg(workspace().join("charts/ecs-bridge")).args(["--namespace", namespace]);
    for (key, value) in values {
        helm.arg("--set").arg(format!("{key}={value}"));
    }
    output_of(helm, String::new()).await
}

/// What `helm lint --strict` says of the chart.
pub async fn lint() -> Result<String> {
    let mut helm = program("helm")?;
    helm.args(["lint", "--strict"]).arg(workspace().join("charts/ecs-bridge"));
    output_of(helm, String::new()).await
}

struct Rendered {
    yaml: String,
    service_account: String,
    definitions: Vec<String>,
    permissions: Vec<Permission>,
}

impl Rendered {
    /// Takes the permission of that number out of its role.
    fn parse(text: &str, without: Option<usize>) -> Result<Self> {
        let malformed = |e: serde_yaml_ng::Error| Error::malformed("the rendered chart", &e);
        let mut rendered = Self {
            yaml: String::new(),
            service_account: String::new(),
            definitions: Vec::new(),
            permissions: Vec::new(),
        };
        for document in serde_yaml_ng::Deserializer::from_str(text) {
            let mut object = Value::deserialize(document).map_err(malformed)?;
            let name = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
            match object["kind"].as_str() {
                // A template that renders to nothing, and what a local process stands in for.
                None | Some("Deployment") => continue,
                Some("ServiceAccount") => rendered.service_account = name,
                Some("CustomResourceDefinition") => rendered.definitions.push(name),
                Some("Role" | "ClusterRole") => {
                    let granted = object["rules"].as_sequence().into_iter().flatten().flat_map(granted);
                    let before = rendered.permissions.len();
                    rendered.permissions.extend(granted);
                    if let Some(without) = without.and_then(|without| without.checked_sub(before)) {
                        let mut left = rendered.permissions[before..].to_vec();
                        if without < left.len() {
                            left.remove(without);
                            object["rules"] = Value::Sequence(left.iter().map(rule).collect());
                        }
                    }
                }
                Some(_) => {}
            }
            rendered.yaml.push_str("---\n");
            rendered.yaml.push_str(&serde_yaml_ng::to_string(&object).map_err(malformed)?);
        }
        if rendered.service_account.is_empty() {
            return Err(Error::malformed("the rendered chart", &"it has no ServiceAccount for the operator to run as"));
        }
        Ok(rendered)
    }
}

/// What a rule grants, one by one.
fn granted(rule: &Value) -> Vec<Permission> {
    let texts = |list: &str| -> Vec<String> {
        let items = rule[list].as_sequence().into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let names = Some(texts("resourceNames")).filter(|names| !names.is_empty());
    let names: Vec<Option<String>> = names.map_or(vec![None], |names| names.into_iter().map(Some).collect());
    let mut granted = Vec::new();
    for group in texts("apiGroups") {
        for resource in texts("resources") {
            for verb in texts("verbs") {
                granted.extend(names.iter().map(|name| Permission {
                    group: group.clone(),
                    resource: resource.clone(),
                    verb: verb.clone(),
                    name: name.clone(),
                }));
            }
        }
    }
    granted
}

/// The rule that grants that alone.
fn rule(permission: &Permission) -> Value {
    let list = |text: &String| Value::Sequence(vec![text.as_str().into()]);
    let mut rule = serde_yaml_ng::Mapping::new();
    rule.insert("apiGroups".into(), list(&permission.group));
    rule.insert("resources".into(), list(&permission.resource));
    rule.insert("verbs".into(), list(&permission.verb));
    if let Some(name) = &permission.name {
        rule.insert("resourceNames".into(), list(name));
    }
    Value::Mapping(rule)
}

fn is_established(definition: &CustomResourceDefinition) -> bool {
    let conditions = definition.status.as_ref().and_then(|status| status.conditions.as_ref());
    conditions.into_iter().flatten().any(|condition| condition.type_ == "Established" && condition.status == "True")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_the_deployment_is_applied() {
        let chart = "---\n# empty\n---\nkind: Deployment\nmetadata: {name: d}\n---\nkind: ServiceAccount\nmetadata: {name: s}\n\
                     ---\nkind: CustomResourceDefinition\nmetadata: {name: c}\n";
        let rendered = Rendered::parse(chart, None).expect("a chart");
        assert_eq!(rendered.service_account, "s");
        assert_eq!(rendered.definitions, ["c"]);
        assert!(!rendered.yaml.contains("Deployment"), "the Deployment is left out: {}", rendered.yaml);
        assert_eq!(rendered.yaml.matches("---").count(), 2, "an empty document is left out: {}", rendered.yaml);
    }

    #[test]
    fn one_permission_less_leaves_the_others() {
        let chart = "kind: ServiceAccount\nmetadata: {name: s}\n---\nkind: ClusterRole\nrules:\n- {apiGroups: [a], resources: [x, y/status], \
                     verbs: [get, list]}\n---\nkind: Role\nrules:\n- {apiGroups: [''], resources: [z], resourceNames: [n, m], verbs: [get]}\n";
        let all = Rendered::parse(chart, None).expect("a chart").permissions;
        assert_eq!(all.len(), 6, "{all:?}");
        for (at, one) in all.iter().enumerate() {
            let less = Rendered::parse(chart, Some(at)).expect("a chart");
            let left = Rendered::parse(&less.yaml, None).expect("a chart").permissions;
            let others: Vec<_> = all.iter().filter(|other| *other != one).cloned().collect();
            assert_eq!(left, others, "without {one:?}");
        }
    }
}
