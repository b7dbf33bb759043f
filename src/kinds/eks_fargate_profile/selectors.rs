//! What a profile's selectors match: `*` stands for any characters, `?` for one ("Define which Pods use AWS Fargate when launched",
//! Amazon EKS User Guide).

use std::collections::BTreeMap;

use crate::{
    engine::{
        kubernetes::ListPodsRequest,
        wildcards::{matches, overlap},
    },
    model::eks::FargateProfileSelector,
};

type Labels = BTreeMap<String, String>;

fn is_plain(pattern: &str) -> bool {
    !pattern.contains(['*', '?'])
}

/// The pods that a selector may match, as Kubernetes can be asked for them: patterns are left to us.
pub fn query(selector: &FargateProfileSelector) -> ListPodsRequest {
    let labels = selector.labels.iter().flatten().filter(|(_, value)| is_plain(value));
    ListPodsRequest {
        namespace: selector.namespace.clone().filter(|namespace| is_plain(namespace)),
        labels: labels.map(|(key, value)| (key.clone(), value.clone())).collect(),
    }
}

/// Whether a pod in the namespace with these labels is one that the selector means.
pub fn selects(selector: &FargateProfileSelector, namespace: &str, labels: &Labels) -> bool {
    selects_namespace(selector, namespace)
        && selector
            .labels
            .iter()
            .flatten()
            .all(|(key, pattern)| labels.get(key).is_some_and(|value| matches(pattern, value)))
}

pub fn selects_namespace(selector: &FargateProfileSelector, namespace: &str) -> bool {
    selector.namespace.as_ref().is_some_and(|pattern| matches(pattern, namespace))
}

/// Whether every pod with no more labels than one of the two asks for may be meant by both. Selectors that ask for different labels
/// meet only in pods that carry all of them, which their pods alone can tell.
pub fn collide(one: &FargateProfileSelector, other: &FargateProfileSelector) -> bool {
    let (Some(one_namespace), Some(other_namespace)) = (&one.namespace, &other.namespace) else { return false };
    let (empty, none) = (Labels::new(), Labels::new());
    let (one_labels, other_labels) = (one.labels.as_ref().unwrap_or(&empty), other.labels.as_ref().unwrap_or(&none));
    let within = |inner: &Labels, outer: &Labels| inner.keys().all(|key| outer.contains_key(key));
    let compatible =
        one_labels.iter().all(|(key, value)| other_labels.get(key).is_none_or(|against| overlap(value, against)));
    overlap(one_namespace, other_namespace)
        && compatible
        && (within(one_labels, other_labels) || within(other_labels, one_labels))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selector(namespace: &str, labels: &[(&str, &str)]) -> FargateProfileSelector {
        let labels: Labels = labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        FargateProfileSelector { namespace: Some(namespace.to_owned()), labels: Some(labels) }
    }

    #[test]
    fn a_selector_asks_for_namespace_and_all_its_labels() {
        let labels: Labels = [("tier".to_owned(), "web".to_owned()), ("x".to_owned(), "y".to_owned())].into();
        for (selector, expected) in [
            (selector("shop", &[]), true),
            (selector("sh*", &[("tier", "w?b")]), true),
            (selector("shop", &[("tier", "web"), ("z", "*")]), false),
            (selector("web", &[]), false),
            (FargateProfileSelector::default(), false),
        ] {
            assert_eq!(selects(&selector, "shop", &labels), expected, "{selector:?}");
        }
    }

    #[test]
    fn selectors_collide_where_one_asks_for_no_more_than_the_other() {
        for (one, other, expected) in [
            (selector("shop", &[]), selector("shop", &[("a", "b")]), true),
            (selector("shop-*", &[("a", "b")]), selector("shop-1", &[("a", "?")]), true),
            (selector("shop", &[("a", "b")]), selector("shop", &[("a", "c")]), false),
            (selector("shop", &[("a", "b")]), selector("shop", &[("c", "d")]), false),
            (selector("shop", &[]), selector("web", &[]), false),
        ] {
            assert_eq!(collide(&one, &other), expected, "{one:?} and {other:?}");
        }
    }
}
