//! The namespace of Service Connect: a spec may give its name, its ARN, or none for the cluster's default, and AWS describes the name or
//! the ARN, whichever way it was made (DescribeServices). Which of them are the same, only AWS's answer to our own write tells; so it is
//! remembered. A change of it starts a deployment, so where nothing is remembered they are taken for the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{plan::Scene, spec::Memo};
use crate::{engine::compare::Difference, model::ecs};

/// What AWS made of the namespace that the spec gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Namespace {
    /// As the spec gives it; empty for the cluster's default. Always there: a status has no object without members.
    #[serde(default)]
    pub given: String,
    /// As AWS describes it; none while our write is on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described: Option<String>,
    /// What AWS described before our write: another one says that it took effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// Whether AWS describes the namespace that the spec gives.
fn same(given: Option<&str>, described: &str, remembered: Option<&Namespace>) -> bool {
    let is_arn = |name: &str| name.starts_with("arn:");
    if given == Some(described) {
        return true;
    }
    if given.is_some_and(|given| is_arn(given) == is_arn(described)) {
        return false;
    }
    match remembered {
        None => true,
        Some(known) if known.given != given.unwrap_or_default() => false,
        Some(Namespace { described: Some(known), .. }) => known == described,
        Some(on_its_way) => on_its_way.before.as_deref() != Some(described),
    }
}

/// Spells the described namespace as the spec does, where they are the same.
pub fn spell(scene: &Scene<'_>, observed: &mut Value) {
    let Some(connect) = observed.get_mut("serviceConnectConfiguration").and_then(Value::as_object_mut) else { return };
    let Some(wanted) = &scene.spec.service.service_connect_configuration else { return };
    let Some(described) = connect.get("namespace").and_then(Value::as_str) else { return };
    if scene.facts.connect_written || same(wanted.namespace.as_deref(), described, scene.memo.namespace.as_ref()) {
        match &wanted.namespace {
            Some(given) => connect.insert("namespace".to_owned(), Value::from(given.as_str())),
            None => connect.remove("namespace"),
        };
    }
}

/// The intent that has to be on record before a write changes the namespace; `None` where it is.
pub fn intent(scene: &Scene<'_>, service: &ecs::Service, differences: &[Difference]) -> Option<Memo> {
    let changes = differences.iter().any(|difference| {
        let (path, whole) = (difference.path.as_str(), "serviceConnectConfiguration");
        path == whole || path == "serviceConnectConfiguration.namespace"
    });
    let wanted = scene.spec.service.service_connect_configuration.as_ref().filter(|_| changes)?;
    let on_its_way =
        Namespace { given: wanted.namespace.clone().unwrap_or_default(), described: None, before: described(service) };
    let intent = Memo { namespace: Some(on_its_way), ..scene.memo.clone() };
    (intent != *scene.memo).then_some(intent)
}

/// What is remembered once AWS has what the spec says.
pub fn settled(given: Option<&ecs::ServiceConnectConfiguration>, service: &ecs::Service) -> Option<Namespace> {
    let given = given.filter(|given| given.enabled)?;
    Some(Namespace {
        given: given.namespace.clone().unwrap_or_default(),
        described: Some(described(service)?),
        before: None,
    })
}

fn described(service: &ecs::Service) -> Option<String> {
    super::desired::primary(service)?.service_connect_configuration.as_ref()?.namespace.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_arns_are_the_same_as_far_as_is_known() {
        const A: &str = "arn:aws:servicediscovery:r:1:namespace/ns-a";
        const B: &str = "arn:aws:servicediscovery:r:1:namespace/ns-b";
        let namespace = |given: Option<&str>, described: Option<&str>, before: Option<&str>| Namespace {
            given: given.unwrap_or_default().to_owned(),
            described: described.map(str::to_owned),
            before: before.map(str::to_owned),
        };
        for (why, given, described, remembered, expected) in [
            ("as it is given", Some("a"), "a", None, true),
            ("another name", Some("a"), "b", None, false),
            ("another ARN", Some(A), B, None, false),
            ("a lost memo", Some("a"), A, None, true),
            ("the default of a cluster, and a lost memo", None, A, None, true),
            ("what was remembered", Some("a"), A, Some(namespace(Some("a"), Some(A), None)), true),
            ("somebody's change", Some("a"), B, Some(namespace(Some("a"), Some(A), None)), false),
            ("a change of the spec", Some("b"), A, Some(namespace(Some("a"), Some(A), None)), false),
            ("a write that did not take effect", Some("b"), A, Some(namespace(Some("b"), None, Some(A))), false),
            ("a write that took effect", Some("b"), B, Some(namespace(Some("b"), None, Some(A))), true),
        ] {
            assert_eq!(same(given, described, remembered.as_ref()), expected, "{why}");
        }
    }
}
