//! IAM policies: as much of their language as `ecs-bridge iam-policy` writes. What is not known is refused when the policy is read.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::error::Error;

/// An identity-based policy: what no statement allows is denied.
#[derive(Debug, Clone)]
pub struct Policy(Vec<Statement>);

/// One permission that a request needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Permission {
    /// As IAM writes it: `ecs:CreateService`.
    pub action: String,
    /// The ARN, or `*` where the action has no resource types.
    pub resource: String,
    /// The condition keys that the request has a value for.
    pub context: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    #[serde(default)]
    sid: String,
    effect: Effect,
    action: OneOrMany,
    resource: OneOrMany,
    #[serde(default)]
    condition: BTreeMap<Operator, BTreeMap<String, OneOrMany>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Document {
    version: String,
    statement: Vec<Statement>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
enum Effect {
    Allow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Operator {
    Null,
    StringEquals,
    StringLike,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn any(&self, fits: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::One(one) => fits(one),
            Self::Many(many) => many.iter().any(|one| fits(one)),
        }
    }
}

impl Policy {
    pub fn parse(document: &Value) -> Result<Self, String> {
        let document: Document = serde_json::from_value(document.clone())
            .map_err(|error| format!("this is no policy that aws-sim understands: {error}"))?;
        if document.version != "2012-10-17" {
            return Err(format!("the policy's Version is {:?}, and not \"2012-10-17\"", document.version));
        }
        Ok(Self(document.statement))
    }

    /// The names of the statements, in order.
    pub fn sids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|statement| statement.sid.as_str())
    }

    /// The same policy without this statement.
    #[must_use]
    pub fn without(&self, sid: &str) -> Self {
        Self(self.0.iter().filter(|statement| statement.sid != sid).cloned().collect())
    }

    pub fn allows(&self, permission: &Permission) -> bool {
        self.0.iter().any(|statement| statement.allows(permission))
    }

    /// Refuses in AWS's words what is not allowed to this account.
    pub fn check(&self, account: &str, permissions: &[Permission]) -> Result<(), Error> {
        match permissions.iter().find(|permission| !self.allows(permission)) {
            None => Ok(()),
            Some(denied) => Err(access_denied(account, &denied.action, &denied.resource)),
        }
    }
}

pub(crate) fn access_denied(account: &str, action: &str, resource: &str) -> Error {
    let user = format!("arn:aws:iam::{account}:user/aws-sim");
    Error::new(
        "AccessDeniedException",
        format!(
            "User: {user} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows \
             the {action} action"
        ),
    )
}

impl Statement {
    fn allows(&self, permission: &Permission) -> bool {
        let Permission { action, resource, context } = permission;
        self.effect == Effect::Allow
            && self.action.any(|pattern| like(&pattern.to_lowercase(), &action.to_lowercase()))
            && self.resource.any(|pattern| like(pattern, resource))
            && self
                .condition
                .iter()
                .all(|(operator, keys)| keys.iter().all(|(key, values)| operator.holds(context.get(key), values)))
    }
}

impl Operator {
    /// A key that the request has no value for fits nothing but `Null`.
    fn holds(self, value: Option<&String>, wanted: &OneOrMany) -> bool {
        match self {
            Self::Null => wanted.any(|wanted| (wanted == "true") == value.is_none()),
            Self::StringEquals => value.is_some_and(|value| wanted.any(|wanted| wanted == value)),
            Self::StringLike => value.is_some_and(|value| wanted.any(|wanted| like(wanted, value))),
        }
    }
}

/// `*` stands for any run of characters, `?` for any one.
pub(crate) fn like(pattern: &str, text: &str) -> bool {
    fn fits(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some((b'*', rest)), _) => (0..=text.len()).any(|skip| fits(rest, &text[skip..])),
            (Some((b'?', rest)), Some((_, text))) => fits(rest, text),
            (Some((byte, rest)), Some((first, text))) => byte == first && fits(rest, text),
            _ => false,
        }
    }
    fits(pattern.as_bytes(), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const CLUSTER: &str = "arn:aws:ecs:us-east-1:1:cluster/main";

    fn policy(statement: &Value) -> Policy {
        let mut statement = statement.clone();
        statement["Effect"] = json!("Allow");
        Policy::parse(&json!({"Version": "2012-10-17", "Statement": [statement]})).unwrap()
    }

    #[test]
    fn a_statement_allows_what_all_its_parts_fit() {
        let owned = json!({"StringEquals": {"aws:ResourceTag/owner": ["a", "b"]}});
        let cases = [
            ("all of it", json!({"Action": "ecs:*", "Resource": "*"}), true),
            ("another action", json!({"Action": ["ecs:CreateCluster"], "Resource": "*"}), false),
            (
                "another resource",
                json!({"Action": "ecs:UpdateCluster", "Resource": "arn:aws:ecs:*:1:service/*"}),
                false,
            ),
            (
                "a pattern of it",
                json!({"Action": "ECS:updateCluster", "Resource": "arn:aws:ecs:us-east-?:*:cluster/*"}),
                true,
            ),
            ("a tag", json!({"Action": "*", "Resource": "*", "Condition": owned}), true),
            (
                "another tag",
                json!({"Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/owner": "c"}}}),
                false,
            ),
            (
                "a missing key",
                json!({"Action": "*", "Resource": "*", "Condition": {"StringLike": {"aws:RequestTag/owner": "*"}}}),
                false,
            ),
            (
                "no such key",
                json!({"Action": "*", "Resource": "*", "Condition": {"Null": {"aws:RequestTag/owner": "true"}}}),
                true,
            ),
            (
                "a key",
                json!({"Action": "*", "Resource": "*", "Condition": {"Null": {"aws:ResourceTag/owner": "true"}}}),
                false,
            ),
        ];
        let asked = Permission {
            action: "ecs:UpdateCluster".into(),
            resource: CLUSTER.into(),
            context: BTreeMap::from([("aws:ResourceTag/owner".into(), "b".into())]),
        };
        for (what, statement, allowed) in cases {
            assert_eq!(policy(&statement).allows(&asked), allowed, "{what}: {statement}");
        }
    }

    #[test]
    fn what_has_no_resource_type_wants_all_resources() {
        let asked = Permission { action: "ecs:ListClusters".into(), resource: "*".into(), context: BTreeMap::new() };
        assert!(policy(&json!({"Action": "ecs:ListClusters", "Resource": "*"})).allows(&asked));
        assert!(
            !policy(&json!({"Action": "ecs:ListClusters", "Resource": "arn:aws:ecs:*:*:cluster/*"})).allows(&asked)
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for statement in [
            json!({"Effect": "Deny", "Action": "*", "Resource": "*"}),
            json!({"Effect": "Allow", "NotAction": "*", "Resource": "*"}),
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringNotLike": {"a": "b"}}}),
        ] {
            let read = Policy::parse(&json!({"Version": "2012-10-17", "Statement": [statement]}));
            assert!(read.is_err(), "{statement} was taken for a policy");
        }
    }
}
