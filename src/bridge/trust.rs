//! Whether the tasks of ECS may have a role, by its trust policy. Pure.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::engine::wildcards::matches;

/// Who assumes the roles of tasks ("Amazon ECS task IAM role", Amazon ECS Developer Guide).
const TASKS: &str = "ecs-tasks.amazonaws.com";

/// The statement that lets tasks have a role.
pub const STATEMENT: &str =
    r#"{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}"#;

/// What a trust policy says of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    Lets,
    /// It depends on these condition keys, of which only AWS knows what they are.
    Depends(BTreeSet<String>),
    /// No statement lets them in.
    Lacks,
    /// A statement shuts them out.
    Denies,
    /// It is no policy.
    Unreadable,
}

/// What can be said of a condition beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    Unknown(BTreeSet<String>),
}

/// Whether tasks in this account and, where it is known, region may assume a role with this trust policy, as IAM gives it: in the encoding of URLs.
pub fn trust(document: &str, account: &str, region: Option<&str>) -> Trust {
    let Ok(document) = serde_json::from_str::<Value>(&decoded(document)) else { return Trust::Unreadable };
    if !document["Statement"].is_array() && !document["Statement"].is_object() {
        return Trust::Unreadable;
    }
    // What any statement of this effect comes to.
    let any = |effect: &str| {
        let about = each(&document["Statement"]).filter(|of| of["Effect"] == effect && is_about_tasks(of));
        about.map(|of| condition(&of["Condition"], account, region)).fold(Holds::No, Holds::or)
    };
    match (any("Deny"), any("Allow")) {
        (Holds::Yes, _) => Trust::Denies,
        (_, Holds::No) => Trust::Lacks,
        (Holds::No, Holds::Yes) => Trust::Lets,
        (Holds::No, Holds::Unknown(keys)) | (Holds::Unknown(keys), Holds::Yes) => Trust::Depends(keys),
        (Holds::Unknown(one), Holds::Unknown(other)) => Trust::Depends(one.into_iter().chain(other).collect()),
    }
}

impl Holds {
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, other) => other,
            (own, Self::No) => own,
            (Self::Unknown(own), Self::Unknown(other)) => Self::Unknown(own.into_iter().chain(other).collect()),
        }
    }
}

/// One or many.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    };
    items.iter()
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    each(value).filter_map(Value::as_str)
}

fn is_about_tasks(statement: &Value) -> bool {
    let is_action =
        |actions: &Value| texts(actions).any(|action| matches(&action.to_ascii_lowercase(), "sts:assumerole"));
    let acts = if statement["NotAction"].is_null() {
        is_action(&statement["Action"])
    } else {
        !is_action(&statement["NotAction"])
    };
    let is_tasks = |principal: &Value| {
        principal == "*" || texts(&principal["Service"]).any(|service| service == TASKS || service == "*")
    };
    let is_principal = if statement["NotPrincipal"].is_null() {
        is_tasks(&statement["Principal"])
    } else {
        !is_tasks(&statement["NotPrincipal"])
    };
    acts && is_principal
}

/// What ECS says as it assumes a role: the account, and the ARN of what it does it for ("Cross-service confused deputy prevention").
fn condition(conditions: &Value, account: &str, region: Option<&str>) -> Holds {
    let mut unknown = BTreeSet::new();
    for (operator, keys) in conditions.as_object().into_iter().flatten() {
        for (key, values) in keys.as_object().into_iter().flatten() {
            let holds = match (operator.as_str(), key.to_ascii_lowercase().as_str()) {
                ("StringEquals" | "StringLike", "aws:sourceaccount") => {
                    Some(texts(values).any(|value| matches(value, account)))
                }
                ("ArnLike" | "ArnEquals" | "StringLike", "aws:sourcearn") => source_arns(values, account, region),
                _ => None,
            };
            match holds {
                Some(true) => {}
                Some(false) => return Holds::No,
                None => drop(unknown.insert(key.clone())),
            }
        }
    }
    if unknown.is_empty() { Holds::Yes } else { Holds::Unknown(unknown) }
}

/// Whether one of the patterns has the ARN of any task; `None`: it depends on which.
fn source_arns(patterns: &Value, account: &str, region: Option<&str>) -> Option<bool> {
    let holds = |pattern: &str| -> Option<bool> {
        let parts: Vec<&str> = pattern.splitn(6, ':').collect();
        let [_, _, service, of_region, of_account, resource] = parts.as_slice() else {
            return if pattern == "*" { Some(true) } else { None };
        };
        let is_region =
            region.map_or_else(|| (*of_region == "*").then_some(true), |region| Some(matches(of_region, region)));
        match (matches(service, "ecs") && matches(of_account, account), is_region) {
            (false, _) | (_, Some(false)) => Some(false),
            (true, Some(true)) if *resource == "*" => Some(true),
            _ => None,
        }
    };
    let found: Vec<Option<bool>> = texts(patterns).map(holds).collect();
    if found.contains(&Some(true)) {
        Some(true)
    } else if found.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// RFC 3986, as IAM encodes policies.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = (byte == b'%').then(|| after.get(..2)).flatten();
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(value) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(value);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(statements: &Value) -> Trust {
        let document = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let encoded = document.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
        trust(&encoded, "123456789012", Some("eu-west-1"))
    }

    #[test]
    fn a_trust_policy_lets_tasks_in_or_says_what_it_lacks() {
        let tasks = || json!({"Service": TASKS});
        let statement = |effect: &str, principal: Value, more: Value| {
            let mut statement = json!({"Effect": effect, "Principal": principal, "Action": "sts:AssumeRole"});
            for (name, member) in more.as_object().into_iter().flatten() {
                statement[name] = member.clone();
            }
            statement
        };
        let under = |conditions: Value| statement("Allow", tasks(), json!({ "Condition": conditions }));
        let depends = |key: &str| Trust::Depends([key.to_owned()].into());
        let federated = || {
            statement(
                "Allow",
                json!({"Federated": "arn:aws:iam::1:oidc-provider/x"}),
                json!({"Action": "sts:AssumeRoleWithWebIdentity"}),
            )
        };
        for (what, statements, expected) in [
            ("the statement itself", serde_json::from_str(STATEMENT).expect("JSON"), Trust::Lets),
            ("among others", json!([federated(), statement("Allow", tasks(), json!({}))]), Trust::Lets),
            (
                "in a list of services",
                json!([statement("Allow", json!({"Service": ["ec2.amazonaws.com", TASKS]}), json!({}))]),
                Trust::Lets,
            ),
            (
                "among actions",
                json!([statement("Allow", tasks(), json!({"Action": ["sts:TagSession", "sts:Assume*"]}))]),
                Trust::Lets,
            ),
            ("anybody", json!([statement("Allow", json!("*"), json!({}))]), Trust::Lets),
            ("for pods alone (IRSA)", json!([federated()]), Trust::Lacks),
            (
                "for pods alone (Pod Identity)",
                json!([statement(
                    "Allow",
                    json!({"Service": "pods.eks.amazonaws.com"}),
                    json!({"Action": ["sts:AssumeRole", "sts:TagSession"]})
                )]),
                Trust::Lacks,
            ),
            (
                "ECS itself, which tasks are not",
                json!([statement("Allow", json!({"Service": "ecs.amazonaws.com"}), json!({}))]),
                Trust::Lacks,
            ),
            ("another action", json!([statement("Allow", tasks(), json!({"Action": "sts:TagSession"}))]), Trust::Lacks),
            (
                "all but the action",
                json!([{"Effect": "Allow", "Principal": tasks(), "NotAction": "sts:AssumeRole"}]),
                Trust::Lacks,
            ),
            (
                "of this account",
                json!([under(json!({"StringEquals": {"aws:SourceAccount": "123456789012"}}))]),
                Trust::Lets,
            ),
            (
                "of another account",
                json!([under(json!({"StringEquals": {"aws:SourceAccount": ["210987654321"]}}))]),
                Trust::Lacks,
            ),
            (
                "AWS's example",
                json!([under(
                    json!({"ArnLike": {"aws:SourceArn": "arn:aws:ecs:eu-west-1:123456789012:*"}, "StringEquals": {"aws:SourceAccount": "123456789012"}})
                )]),
                Trust::Lets,
            ),
            (
                "another region",
                json!([under(json!({"ArnLike": {"aws:SourceArn": "arn:aws:ecs:us-east-1:123456789012:*"}}))]),
                Trust::Lacks,
            ),
            (
                "some clusters",
                json!([under(json!({"ArnLike": {"aws:SourceArn": "arn:aws:ecs:*:123456789012:task/shop/*"}}))]),
                depends("aws:SourceArn"),
            ),
            (
                "another key",
                json!([under(json!({"StringEquals": {"sts:ExternalId": "x"}}))]),
                depends("sts:ExternalId"),
            ),
            (
                "with a condition, and without",
                json!([
                    under(json!({"StringEquals": {"sts:ExternalId": "x"}})),
                    statement("Allow", tasks(), json!({}))
                ]),
                Trust::Lets,
            ),
            (
                "denied",
                json!([statement("Allow", tasks(), json!({})), statement("Deny", tasks(), json!({}))]),
                Trust::Denies,
            ),
            (
                "denied to others",
                json!([statement("Allow", tasks(), json!({})), statement("Deny", json!({"AWS": "*"}), json!({}))]),
                Trust::Lets,
            ),
            (
                "denied to all but tasks",
                json!([statement("Allow", tasks(), json!({})), {"Effect": "Deny", "NotPrincipal": tasks(), "Action": "*"}]),
                Trust::Lets,
            ),
            (
                "denied perhaps",
                json!([
                    statement("Allow", tasks(), json!({})),
                    statement("Deny", json!("*"), json!({"Condition": {"Bool": {"aws:SecureTransport": "false"}}}))
                ]),
                depends("aws:SecureTransport"),
            ),
            ("nothing", json!([]), Trust::Lacks),
            ("no statements", json!("hunter2"), Trust::Unreadable),
        ] {
            assert_eq!(of(&statements), expected, "{what}: {statements}");
        }
        assert_eq!(trust("%7B", "1", None), Trust::Unreadable);
        assert_eq!(trust("100%", "1", None), Trust::Unreadable);
    }

    #[test]
    fn where_the_region_is_not_known_what_names_one_depends_on_it() {
        let policy = |region: &str| {
            let condition = json!({"ArnLike": {"aws:SourceArn": format!("arn:aws:ecs:{region}:1:*")}});
            let statement = json!({"Effect": "Allow", "Principal": {"Service": TASKS}, "Action": "sts:AssumeRole", "Condition": condition});
            json!({ "Statement": statement }).to_string()
        };
        assert_eq!(trust(&policy("*"), "1", None), Trust::Lets);
        assert_eq!(trust(&policy("eu-west-1"), "1", None), Trust::Depends(["aws:SourceArn".to_owned()].into()));
    }
}
