//! The flags of whatever calls AWS.

use std::time::Duration;

use clap::Args;

use super::run::seconds;
use crate::{aws, engine::Class};

// A comment for clap here would become the help of the command.
#[derive(Debug, Args)]
pub struct AwsFlags {
    /// The AWS region [default: AWS_REGION]
    #[arg(long, value_name = "REGION", env = "ECS_BRIDGE_AWS_REGION", help_heading = "AWS")]
    aws_region: Option<String>,

    /// Send AWS calls to this URL instead of AWS's own endpoints, as for a VPC endpoint or aws-sim
    #[arg(long, value_name = "URL", env = "ECS_BRIDGE_AWS_ENDPOINT_URL", help_heading = "AWS")]
    aws_endpoint_url: Option<String>,

    /// Allow an endpoint URL with plain http, over which credentials and definitions travel in the clear
    #[arg(long, env = "ECS_BRIDGE_ALLOW_INSECURE_ENDPOINT", help_heading = "AWS")]
    allow_insecure_endpoint: bool,

    /// How long one call to AWS may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, env = "ECS_BRIDGE_AWS_TIMEOUT", help_heading = "AWS")]
    aws_timeout: f64,

    /// The share of AWS's documented API quotas that may be used; the rest is left to others in the account
    #[arg(long, value_name = "SHARE", default_value_t = 0.8, env = "ECS_BRIDGE_QUOTA_SHARE", help_heading = "AWS")]
    quota_share: f64,

    /// How many times AWS's documented API quotas the account has, where AWS has raised them
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..), env = "ECS_BRIDGE_QUOTA_MULTIPLE", help_heading = "AWS")]
    quota_multiple: u32,
}

/// What is wrong with them.
#[derive(Debug, thiserror::Error)]
pub enum AwsFlagsError {
    #[error("no AWS region: set --aws-region or AWS_REGION")]
    NoRegion,
    #[error("--aws-endpoint-url {0} is plain http: use https, or add --allow-insecure-endpoint where that is meant")]
    Insecure(String),
    #[error("--aws-endpoint-url {0} is no URL with http or https")]
    Endpoint(String),
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

/// Why AWS did not do what it was asked for, with what to do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    #[error(
        "there are no AWS credentials. Set AWS_PROFILE to a profile of ~/.aws/config (after `aws sso login`, where it is one of IAM Identity Center), or \
         AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run it where there is an IAM role (an instance, IRSA, EKS Pod Identity). What AWS's SDK tried \
         last: {0}"
    )]
    NoCredentials(String),
    #[error("AWS does not take the credentials: {0}. Log in again, or set AWS_PROFILE or AWS_ACCESS_KEY_ID to others")]
    BadCredentials(String),
    #[error("{0}. Allow the action to the identity that this runs as")]
    AccessDenied(String),
    #[error("{0}; try again when that is mended")]
    Failed(String),
}

impl Unanswered {
    /// By the failure's class, whether it is AWS's own (it has a code), its message, and all that is told of it.
    pub fn new(class: Class, is_of_aws: bool, message: &str, told: &str) -> Self {
        // A trailing full stop of AWS's, or of the SDK's, is one too many.
        let told = told.trim_end_matches('.').to_owned();
        match class {
            Class::Credentials if !is_of_aws => Self::NoCredentials(message.trim_end_matches('.').to_owned()),
            Class::Credentials => Self::BadCredentials(told),
            Class::AccessDenied => Self::AccessDenied(told),
            _ => Self::Failed(told),
        }
    }
}

/// A number that can't be right.
#[derive(Debug, thiserror::Error)]
#[error("{flag} {value}: must be {must}")]
pub struct OutOfRange {
    pub flag: &'static str,
    pub value: f64,
    pub must: &'static str,
}

impl AwsFlags {
    /// How long one call may take.
    pub fn deadline(&self) -> Result<Duration, OutOfRange> {
        seconds("--aws-timeout", self.aws_timeout)
    }

    /// `aws_region`: what the environment says.
    pub fn settings(
        self,
        aws_region: Option<String>,
        sweep_interval: Duration,
    ) -> Result<aws::Settings, AwsFlagsError> {
        if let Some(url) = &self.aws_endpoint_url {
            if url.starts_with("http://") && !self.allow_insecure_endpoint {
                return Err(AwsFlagsError::Insecure(url.clone()));
            }
            if !url.starts_with("http://") && !url.starts_with("https://") {
                return Err(AwsFlagsError::Endpoint(url.clone()));
            }
        }
        if !(self.quota_share > 0.0 && self.quota_share <= 1.0) {
            let (flag, must) = ("--quota-share", "over 0 and at most 1");
            return Err(OutOfRange { flag, value: self.quota_share, must }.into());
        }
        let deadline = self.deadline()?;
        let region = self.aws_region.or(aws_region).filter(|region| !region.is_empty());
        Ok(aws::Settings {
            region: region.ok_or(AwsFlagsError::NoRegion)?,
            endpoint_url: self.aws_endpoint_url,
            deadline,
            quota_share: self.quota_share,
            quota_multiple: self.quota_multiple,
            sweep_interval,
            events: None,
        })
    }
}
