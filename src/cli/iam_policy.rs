//! `ecs-bridge iam-policy`

use std::io;

use crate::{
    aws::iam::{Calls, Policy, Request},
    engine::{
        Kind,
        kubernetes::Allowed,
        ownership::{self, TakesFromItself},
        roles::{BadPattern, RolePatterns},
    },
    kinds::{
        self,
        named::{self, Incomplete, UnknownKind},
    },
};

#[derive(Debug, clap::Args)]
pub struct IamPolicy {
    /// The kinds that the operator runs, separated by commas [default: all]
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = super::kind())]
    kinds: Vec<String>,

    /// The roles that objects may name, as for `run`; without it the policy lets none be passed
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    allowed_role_arns: Vec<String>,

    /// The owner id of `run`, or the UID of the namespace kube-system: only what carries it in its owner tag may be changed. Without it,
    /// what carries an owner tag
    #[arg(long, value_name = "ID", value_parser = super::owner_id)]
    owner_id: Option<String>,

    /// Let objects with `spec.management.adoption: Adopt` take over what nobody owns
    #[arg(long)]
    adoption: bool,

    /// The owner id whose things the operator takes over, as for `run`
    #[arg(long, value_name = "ID", value_parser = super::owner_id)]
    adopt_from: Option<String>,

    /// The name of the SQS queue of `run --events-queue`, which the operator may read then
    #[arg(long, value_name = "NAME", value_parser = queue)]
    events_queue: Option<String>,

    /// The partition of the ARNs
    #[arg(long, value_name = "PARTITION", default_value = "aws", value_parser = partition)]
    partition: String,

    /// The region of the ARNs
    #[arg(long, value_name = "REGION", default_value = "*", value_parser = region)]
    region: String,

    /// The account of the ARNs
    #[arg(long, value_name = "ACCOUNT", default_value = "*", value_parser = account)]
    account: String,
}

#[derive(Debug, thiserror::Error)]
pub enum IamPolicyError {
    #[error("--kinds: {0}")]
    Kind(#[from] UnknownKind),
    #[error("--kinds: {0}")]
    Incomplete(#[from] Incomplete),
    #[error(transparent)]
    TakesFromItself(#[from] TakesFromItself),
    #[error("--allowed-role-arns: {0}")]
    Role(#[from] BadPattern),
    #[error("the kinds of this build are malformed: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the policy can't be written: {0}")]
    Io(#[from] io::Error),
}

impl IamPolicy {
    pub fn execute(self) -> Result<(), IamPolicyError> {
        let policy = self.policy()?;
        Ok(super::print(&format!("{}\n", serde_json::to_string_pretty(&policy)?))?)
    }

    fn policy(self) -> Result<Policy, IamPolicyError> {
        RolePatterns::parse(&self.allowed_role_arns)?;
        named::complete(&self.kinds, Allowed::default())?;
        ownership::takes_over(self.owner_id.as_deref(), self.adopt_from.as_deref())?;
        let request = Request {
            kinds: calls(&self.kinds)?,
            allowed_role_arns: self.allowed_role_arns,
            owner_id: self.owner_id,
            adoption: self.adoption,
            adopt_from: self.adopt_from,
            events_queue: self.events_queue,
            partition: self.partition,
            region: self.region,
            account: self.account,
        };
        Ok(request.policy())
    }
}

/// A URL or an ARN is what one has at hand: both end with the name.
fn queue(text: &str) -> Result<String, &'static str> {
    let name = text.rsplit(['/', ':']).next().unwrap_or_default();
    let is_name = (1..=80).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let is_whole = name == text || text.starts_with("https://sqs.") || text.starts_with("arn:");
    if is_name && is_whole {
        Ok(name.to_owned())
    } else {
        Err(
            "the name of an SQS queue has letters, digits, hyphens and underscores; its URL (https://sqs.…) and its ARN will do, too",
        )
    }
}

/// As AWS names them: aws, aws-cn, aws-us-gov, aws-iso, aws-eusc.
fn partition(text: &str) -> Result<String, &'static str> {
    let mut words = text.split('-');
    let fits = words.next() == Some("aws") && words.all(is_word);
    fits.then(|| text.to_owned()).ok_or("a partition of AWS is aws, aws-cn, aws-us-gov or another that begins so")
}

/// As AWS names them: eu-west-1, us-gov-west-1.
fn region(text: &str) -> Result<String, &'static str> {
    let words: Vec<&str> = text.split('-').collect();
    let is_region = words.len() > 2
        && words.split_last().is_some_and(|(number, names)| {
            !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && names.iter().all(|name| is_word(name))
        });
    if text == "*" || is_region {
        Ok(text.to_owned())
    } else {
        Err("a region of AWS is written as eu-west-1, or * for any")
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn account(text: &str) -> Result<String, &'static str> {
    let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if text == "*" || is_account { Ok(text.to_owned()) } else { Err("an AWS account is twelve digits, or * for any") }
}

/// What these kinds call; all kinds where none is named.
pub fn calls(named: &[String]) -> Result<Vec<Calls>, IamPolicyError> {
    struct Gather;
    impl kinds::Visitor for Gather {
        type Made = Calls;
        fn visit<K: Kind>(&mut self) -> Calls {
            Calls { operations: K::OPERATIONS, passes_roles: !K::role_paths().is_empty() }
        }
    }
    let all = kinds::all(&mut Gather)?;
    Ok(named::chosen(all, named)?.into_iter().map(|registered| registered.made).collect())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        policy: IamPolicy,
    }

    #[test]
    fn what_would_be_no_policy_for_an_operator_is_refused() {
        for (flags, says) in [
            (&["--account", "12"][..], "twelve digits"),
            (&["--account", "12345678901a"], "twelve digits"),
            (&["--region", "eu"], "as eu-west-1"),
            (&["--region", "EU-west-1"], "as eu-west-1"),
            (&["--region", "eu-west-"], "as eu-west-1"),
            (&["--region", "west-1"], "as eu-west-1"),
            (&["--region", ""], "as eu-west-1"),
            (&["--partition", "aws:x"], "aws-us-gov"),
            (&["--partition", "*"], "aws-us-gov"),
            (&["--partition", "aws-"], "aws-us-gov"),
            (&["--owner-id", ""], "the value of a tag"),
            (&["--owner-id", "a*"], "the value of a tag"),
            (&["--owner-id", "a,b"], "the value of a tag"),
            (&["--owner-id", " a"], "the value of a tag"),
            (&["--adopt-from", "${aws:x}"], "the value of a tag"),
            (&["--events-queue", ""], "SQS queue"),
            (&["--events-queue", "a b"], "SQS queue"),
            (&["--events-queue", "http://x"], "SQS queue"),
            (&["--kinds", "Service"], "EcsService"),
            (&["--kinds", "WorkloadBridge"], "add EcsService"),
            (&["--owner-id", "a", "--adopt-from", "a"], "give that of the other cluster"),
            (&["--allowed-role-arns", "role/x"], "is no pattern"),
        ] {
            let line = Line::try_parse_from([&["ecs-bridge"], flags].concat());
            let refused = match line {
                Ok(line) => line.policy.policy().map(|_| ()).expect_err(says).to_string(),
                Err(error) => error.to_string(),
            };
            assert!(refused.contains(says), "{flags:?}: {refused}");
        }
        for flags in [
            &["--account", "123456789012"][..],
            &["--account", "*"],
            &["--kinds", "WorkloadBridge,EcsService"],
            &["--region", "*"],
            &["--region", "ap-southeast-2"],
            &["--region", "us-gov-west-1", "--partition", "aws-us-gov"],
            &["--region", "us-isob-east-1", "--partition", "aws-iso-b"],
            &["--region", "eusc-de-east-1", "--partition", "aws-eusc"],
            &["--owner-id", "eu-prod"],
            &["--owner-id", "6f1c2a9e-3f0b-4d6c-9b51-0c2f6f7d8e90", "--adopt-from", "team/a b=c@d:e.f_g+h"],
        ] {
            let line = Line::try_parse_from([&["ecs-bridge"], flags].concat()).expect("flags");
            assert!(line.policy.policy().is_ok(), "{flags:?}");
        }
    }
}
