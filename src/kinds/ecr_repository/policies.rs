//! When two policies mean the same. AWS gives them back in another order and spacing, and writes one-item lists and accounts in its own way.

use serde_json::{Map, Value};

use crate::engine::hash::canonical_text;

/// A repository policy in one spelling (IAM User Guide, "IAM JSON policy elements reference"). A text that is no JSON is left as it is.
pub fn repository(text: &str) -> String {
    let Ok(policy) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    let Value::Object(mut members) = policy else { return text.to_owned() };
    if let Some(statements) = members.remove("Statement") {
        let statements = list(statements).into_iter().map(statement).collect();
        members.insert("Statement".to_owned(), sorted(statements));
    }
    canonical_text(&Value::Object(members))
}

fn statement(statement: Value) -> Value {
    let Value::Object(members) = statement else { return statement };
    let members = members.into_iter().map(|(name, value)| {
        let value = match name.as_str() {
            "Action" | "NotAction" | "Resource" | "NotResource" => sorted(list(value)),
            "Principal" | "NotPrincipal" => principals(value),
            "Condition" => each(value, |operator| each(operator, |values| sorted(list(values)))),
            _ => value,
        };
        (name, value)
    });
    Value::Object(members.collect())
}

/// `"*"` is every AWS principal, and an account's number is its root.
fn principals(value: Value) -> Value {
    if value == "*" {
        return principals(serde_json::json!({ "AWS": "*" }));
    }
    each(value, |of_type| {
        let named = list(of_type).into_iter().map(|principal| match principal.as_str() {
            Some(account) if account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) => {
                Value::from(format!("arn:aws:iam::{account}:root"))
            }
            _ => principal,
        });
        sorted(named.collect())
    })
}

/// A lifecycle policy in one spelling (Amazon ECR User Guide, "Lifecycle policy parameters"): rules by priority, tags in no order.
pub fn lifecycle(text: &str) -> String {
    let Ok(mut policy) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    if let Some(rules) = policy.get_mut("rules").and_then(Value::as_array_mut) {
        rules.sort_by_key(|rule| rule.get("rulePriority").and_then(Value::as_i64));
        for selection in rules.iter_mut().filter_map(|rule| rule.get_mut("selection")) {
            for tags in ["tagPrefixList", "tagPatternList"] {
                if let Some(tags) = selection.get_mut(tags) {
                    *tags = sorted(list(tags.take()));
                }
            }
        }
    }
    canonical_text(&policy)
}

/// One value is a list of it.
fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        single => vec![single],
    }
}

fn sorted(mut items: Vec<Value>) -> Value {
    items.sort_by_cached_key(canonical_text);
    Value::Array(items)
}

fn each(value: Value, change: impl Fn(Value) -> Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, change(value))).collect::<Map<_, _>>())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repository_policies_that_mean_the_same_are_the_same() {
        let written = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},
            "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Condition":{"StringEquals":{"aws:x":"y"}}}}"#;
        let described = r#"{ "Statement" : [ { "Action" : [ "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage" ], "Effect" : "Allow",
            "Principal" : { "AWS" : [ "arn:aws:iam::123456789012:root" ] }, "Condition" : { "StringEquals" : { "aws:x" : ["y"] } } } ], "Version" : "2012-10-17" }"#;
        assert_eq!(repository(written), repository(described));
        assert_eq!(
            repository(r#"{"Statement":[{"Principal":"*"}]}"#),
            repository(r#"{"Statement":[{"Principal":{"AWS":"*"}}]}"#)
        );
    }

    #[test]
    fn repository_policies_that_differ_stay_different() {
        let base = r#"{"Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage"}]}"#;
        for other in [
            r#"{"Statement":[{"Effect":"Deny","Action":"ecr:BatchGetImage"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Action":"ecr:*"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage"},{"Effect":"Deny","Action":"ecr:*"}]}"#,
            "no JSON",
        ] {
            assert_ne!(repository(base), repository(other), "{other}");
        }
    }

    #[test]
    fn lifecycle_rules_go_by_priority() {
        let rule = |priority: u32, tags: &str| {
            format!(
                r#"{{"rulePriority":{priority},"selection":{{"tagStatus":"tagged","tagPrefixList":{tags}}},"action":{{"type":"expire"}}}}"#
            )
        };
        let (one, two) = (rule(1, r#"["a","b"]"#), rule(2, r#"["c"]"#));
        let same =
            [format!(r#"{{"rules":[{one},{two}]}}"#), format!(r#"{{"rules": [{two}, {}]}}"#, rule(1, r#"["b","a"]"#))];
        assert_eq!(lifecycle(&same[0]), lifecycle(&same[1]));
        assert_ne!(lifecycle(&same[0]), lifecycle(&format!(r#"{{"rules":[{one}]}}"#)));
    }
}
