//! Whether a queue's policy lets EventBridge send for a rule.
//!
//! Source: "Amazon SQS permissions" in "Using resource-based policies for Amazon EventBridge".

use serde_json::Value;

use crate::policy::like;
use crate::scope::Scope;

const ACTION: &str = "sqs:sendmessage";
const SERVICE: &str = "events.amazonaws.com";

/// Without a policy, or by one that is not understood in full, nobody may.
pub(super) fn allows(policy: Option<&str>, queue: &str, rule: &str) -> bool {
    let Some(policy) = policy.and_then(|text| serde_json::from_str::<Value>(text).ok()) else {
        return false;
    };
    let statements: Vec<&Value> = match &policy["Statement"] {
        Value::Array(statements) => statements.iter().collect(),
        statement => vec![statement],
    };
    let speaks = |effect: &str| {
        statements.iter().any(|statement| statement["Effect"] == effect && concerns(statement, queue, rule))
    };
    speaks("Allow") && !speaks("Deny")
}

fn concerns(statement: &Value, queue: &str, rule: &str) -> bool {
    let principal = &statement["Principal"];
    let principal = principal == "*"
        || any(&principal["Service"], |name| name == SERVICE)
        || any(&principal["AWS"], |name| name == "*");
    principal
        && any(&statement["Action"], |action| like(&action.to_lowercase(), ACTION))
        && any(&statement["Resource"], |resource| like(resource, queue))
        && statement["Condition"].as_object().is_none_or(|condition| {
            condition.iter().all(|(operator, keys)| {
                keys.as_object().is_some_and(|keys| keys.iter().all(|(key, wanted)| holds(operator, key, wanted, rule)))
            })
        })
}

fn holds(operator: &str, key: &str, wanted: &Value, rule: &str) -> bool {
    let account = Scope::of_arn(rule).map(|scope| scope.account).unwrap_or_default();
    // IAM looks at neither case nor spelling of a key.
    let value = match key.to_lowercase().as_str() {
        "aws:sourcearn" => rule,
        "aws:sourceaccount" => account.as_str(),
        _ => return false,
    };
    match operator {
        "StringEquals" => any(wanted, |wanted| wanted == value),
        "ArnEquals" | "ArnLike" | "StringLike" => any(wanted, |wanted| like(wanted, value)),
        _ => false,
    }
}

/// A text or a list of them.
fn any(value: &Value, fits: impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => fits(text),
        Value::Array(items) => items.iter().filter_map(Value::as_str).any(fits),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_policy_says_which_rules_may_send() {
        let of = |service: &str, resource: &str| format!("arn:aws:{service}:us-east-1:123456789012:{resource}");
        let (queue, rule) = (of("sqs", "events"), of("events", "rule/ecs"));
        let by_account = |account: &str| json!({"StringEquals": {"aws:SourceAccount": account}});
        let cases = [
            ("/Sid", json!("as AWS documents it"), true),
            ("/Condition", Value::Null, true),
            ("/Principal/Service", json!(["sns.amazonaws.com", SERVICE]), true),
            ("/Action", json!("sqs:*"), true),
            ("/Condition", by_account("123456789012"), true),
            ("/Principal/Service", json!("sns.amazonaws.com"), false),
            ("/Action", json!("sqs:ReceiveMessage"), false),
            ("/Resource", json!(of("sqs", "other")), false),
            ("/Condition/ArnEquals/aws:SourceArn", json!(of("events", "rule/other")), false),
            ("/Condition", by_account("210987654321"), false),
            ("/Condition", json!({"Bool": {"aws:SecureTransport": "true"}}), false),
            ("/Effect", json!("Deny"), false),
        ];
        for (member, value, expected) in cases {
            let mut statement = json!({
                "Sid": "",
                "Effect": "Allow",
                "Principal": {"Service": SERVICE},
                "Action": "sqs:SendMessage",
                "Resource": queue,
                "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
            });
            *statement.pointer_mut(member).unwrap() = value.clone();
            let policy = json!({ "Statement": [statement] }).to_string();
            assert_eq!(allows(Some(&policy), &queue, &rule), expected, "{member}: {value}");
        }
        assert!(!allows(None, &queue, &rule), "a queue without a policy takes events");
    }
}
