//! What a profile's selectors match: `*` stands for any characters, `?` for one ("Define which Pods use AWS Fargate when launched",
//! Amazon EKS User Guide).

use std::collections::BTreeMap;

use crate::{engine::kubernetes::ListPodsRequest, model::eks::FargateProfileSelector};

type Labels = BTreeMap<String, String>;

/// Whether a text is what the pattern says.
pub fn matches(pattern: &str, text: &str) -> bool {
    meet(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>(), false)
}

/// Whether any text is what both patterns say.
fn overlap(one: &str, other: &str) -> bool {
    meet(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), true)
}

/// Whether the two have a text in common; `wild`: the second is a pattern too. `reach[j]`: the first so far and the second's first j meet.
fn meet(one: &[char], other: &[char], wild: bool) -> bool {
    let is_star = |letter: char| wild && letter == '*';
    let mut reach = vec![true];
    for &letter in other {
        let before = reach.last().copied().unwrap_or(false);
        reach.push(before && is_star(letter));
    }
    for &letter in one {
        let mut next = vec![reach[0] && letter == '*'];
        for (j, &against) in other.iter().enumerate() {
            let stars = letter == '*' || is_star(against);
            let single = letter == '?' || letter == against || (wild && against == '?');
            // A star takes nothing, or one more; two single letters take each other.
            next.push(if stars { next[j] || reach[j + 1] || reach[j] } else { reach[j] && single });
        }
        reach = next;
    }
    reach.last().copied().unwrap_or(false)
}

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
    fn patterns_match_whole_texts() {
        for (pattern, text, expected) in [
            ("shop", "shop", true),
            ("shop", "shops", false),
            ("sh?p", "shop", true),
            ("sh?p", "shp", false),
            ("*", "", true),
            ("shop-*", "shop-", true),
            ("shop-*", "shop-a-b", true),
            ("*-prod", "shop-prod", true),
            ("*-prod", "shop-prod-2", false),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxcyyb", false),
            ("**", "x", true),
            ("shop", "*", false),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn patterns_overlap_where_a_text_is_what_both_say() {
        for (one, other, expected) in [
            ("shop", "shop", true),
            ("shop", "web", false),
            ("shop-*", "*-prod", true),
            ("a*", "b*", false),
            ("a?c", "ab?", true),
            ("a?", "a", false),
            ("*", "anything", true),
            ("*a", "*b", false),
            ("a*b", "a*c*b", true),
        ] {
            assert_eq!(overlap(one, other), expected, "{one} and {other}");
            assert_eq!(overlap(other, one), expected, "{other} and {one}");
        }
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
