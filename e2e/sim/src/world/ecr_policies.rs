//! ECR's two policies of a repository: who may use it, and what expires. AWS gives both back in another order and spacing.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::error::Error;

use super::ecr::{about, invalid, named};
use super::params::Params;
use super::{Answer, Region};

pub(crate) fn set_policy(region: &mut Region, request: Params<'_>) -> Answer {
    let refused = || invalid("PolicyText", "Invalid repository policy provided");
    let policy: Value = serde_json::from_str(request.required("policyText")).map_err(|_| refused())?;
    let statements = policy.get("Statement").and_then(Value::as_array).ok_or_else(refused)?;
    let complete = |statement: &Value| {
        let has = |name: &str| statement.get(name).is_some();
        matches!(statement.get("Effect").and_then(Value::as_str), Some("Allow" | "Deny"))
            && (has("Principal") || has("NotPrincipal"))
            && (has("Action") || has("NotAction"))
    };
    if !statements.iter().all(complete) {
        return Err(refused());
    }
    named(region, request)?.policy = Some(spaced(&policy));
    get_policy(region, request)
}

pub(crate) fn get_policy(region: &mut Region, request: Params<'_>) -> Answer {
    let policy = named(region, request)?.policy.clone();
    policy_answer(region, request, policy)
}

pub(crate) fn delete_policy(region: &mut Region, request: Params<'_>) -> Answer {
    let policy = named(region, request)?.policy.take();
    policy_answer(region, request, policy)
}

fn policy_answer(region: &Region, request: Params<'_>, policy: Option<String>) -> Answer {
    let policy =
        policy.ok_or_else(|| absent("RepositoryPolicyNotFoundException", "Repository policy", region, request))?;
    let mut answer = about(region, request);
    answer.insert("policyText".into(), json!(policy));
    Ok(Value::Object(answer))
}

pub(crate) fn put_lifecycle_policy(region: &mut Region, request: Params<'_>) -> Answer {
    let policy: Value = serde_json::from_str(request.required("lifecyclePolicyText"))
        .map_err(|error| invalid_lifecycle(&format!("the policy is not JSON: {error}")))?;
    check_lifecycle(&policy)?;
    named(region, request)?.lifecycle_policy = Some(policy.to_string());
    let mut answer = about(region, request);
    answer.insert("lifecyclePolicyText".into(), json!(policy.to_string()));
    Ok(Value::Object(answer))
}

pub(crate) fn get_lifecycle_policy(region: &mut Region, request: Params<'_>) -> Answer {
    let policy = named(region, request)?.lifecycle_policy.clone();
    lifecycle_answer(region, request, policy)
}

pub(crate) fn delete_lifecycle_policy(region: &mut Region, request: Params<'_>) -> Answer {
    let policy = named(region, request)?.lifecycle_policy.take();
    lifecycle_answer(region, request, policy)
}

fn lifecycle_answer(region: &Region, request: Params<'_>, policy: Option<String>) -> Answer {
    let policy =
        policy.ok_or_else(|| absent("LifecyclePolicyNotFoundException", "Lifecycle policy", region, request))?;
    let mut answer = about(region, request);
    answer.insert("lifecyclePolicyText".into(), json!(policy));
    Ok(Value::Object(answer))
}

/// The rules of "Lifecycle policy properties in Amazon ECR" that decide whether a policy is taken.
fn check_lifecycle(policy: &Value) -> Result<(), Error> {
    let rules = policy.get("rules").and_then(Value::as_array);
    let rules = rules
        .filter(|rules| !rules.is_empty())
        .ok_or_else(|| invalid_lifecycle("'rules' must list at least one rule"))?;
    let mut priorities = BTreeSet::new();
    for rule in rules {
        let rule = Params::new(rule);
        let selection = rule.nested("selection");
        let priority = rule.int("rulePriority").filter(|priority| *priority >= 1);
        let priority = priority.ok_or_else(|| invalid_lifecycle("every rule wants a rulePriority of at least 1"))?;
        if !priorities.insert(priority) {
            return Err(invalid_lifecycle(&format!("the rulePriority {priority} is used twice")));
        }
        let status = selection.text("tagStatus");
        if !matches!(status, Some("tagged" | "untagged" | "any")) {
            return Err(invalid_lifecycle("tagStatus must be tagged, untagged or any"));
        }
        let chosen = selection.get("tagPrefixList").is_some() || selection.get("tagPatternList").is_some();
        if (status == Some("tagged")) != chosen {
            return Err(invalid_lifecycle(
                "tagPrefixList or tagPatternList is given with tagStatus tagged, and only then",
            ));
        }
        if selection.text("countType").is_none() || selection.int("countNumber").is_none_or(|count| count < 1) {
            return Err(invalid_lifecycle("every selection wants a countType and a countNumber of at least 1"));
        }
        if rule.nested("action").text("type").is_none() {
            return Err(invalid_lifecycle("every rule wants an action with a type"));
        }
    }
    Ok(())
}

fn invalid_lifecycle(problem: &str) -> Error {
    invalid("LifecyclePolicyText", &format!("Lifecycle policy validation failure: {problem}"))
}

fn absent(code: &str, what: &str, region: &Region, request: Params<'_>) -> Error {
    let name = request.required("repositoryName");
    let message = format!(
        "{what} does not exist for the repository with name '{name}' in the registry with id '{}'",
        region.scope.account
    );
    Error::new(code, message)
}

/// AWS prints repository policies with two blanks of indentation and one before each colon.
fn spaced(policy: &Value) -> String {
    let pretty = serde_json::to_string_pretty(policy).unwrap_or_else(|_| policy.to_string());
    pretty.lines().map(|line| line.replacen("\": ", "\" : ", 1)).collect::<Vec<_>>().join("\n")
}
