//! Whom a request is for: the API, the account and the region.

use std::fmt;

/// The AWS APIs that aws-sim knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Api {
    Ecs,
    Ecr,
    Eks,
    SecretsManager,
    ServiceDiscovery,
    Iam,
    Ssm,
    Sqs,
    Events,
    Sts,
}

impl Api {
    const ALL: [Self; 10] = [
        Self::Ecs,
        Self::Ecr,
        Self::Eks,
        Self::SecretsManager,
        Self::ServiceDiscovery,
        Self::Iam,
        Self::Ssm,
        Self::Sqs,
        Self::Events,
        Self::Sts,
    ];

    /// From the first part of `X-Amz-Target`.
    pub(crate) fn from_target_prefix(prefix: &str) -> Option<Self> {
        match prefix {
            "AmazonEC2ContainerServiceV20141113" => Some(Self::Ecs),
            "AmazonEC2ContainerRegistry_V20150921" => Some(Self::Ecr),
            "secretsmanager" => Some(Self::SecretsManager),
            "Route53AutoNaming_v20170314" => Some(Self::ServiceDiscovery),
            "AmazonSSM" => Some(Self::Ssm),
            "AmazonSQS" => Some(Self::Sqs),
            "AWSEvents" => Some(Self::Events),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Ecs => "ecs",
            Self::Ecr => "ecr",
            Self::Eks => "eks",
            Self::SecretsManager => "secretsmanager",
            Self::ServiceDiscovery => "servicediscovery",
            Self::Iam => "iam",
            Self::Ssm => "ssm",
            Self::Sqs => "sqs",
            Self::Events => "events",
            Self::Sts => "sts",
        }
    }

    /// All of them, for error messages.
    pub(crate) fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|api| api.name() == name)
    }
}

impl fmt::Display for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An account and a region: nothing in ECS, ECR, EKS, Secrets Manager and Cloud Map reaches beyond one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    pub account: String,
    pub region: String,
}

impl Scope {
    pub fn new(account: impl Into<String>, region: impl Into<String>) -> Self {
        Self { account: account.into(), region: region.into() }
    }

    /// Where a service keeps what it has: IAM's things are in no region, and its endpoint signs for this one.
    #[must_use]
    pub(crate) fn of_api(self, api: Api) -> Self {
        if api == Api::Iam { Self { region: Self::default().region, ..self } } else { self }
    }

    /// `arn:aws:<service>:<region>:<account>:<resource>`
    pub(crate) fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.region, self.account)
    }

    /// The account and region that an ARN names.
    pub(crate) fn of_arn(arn: &str) -> Option<Self> {
        let mut parts = arn.split(':').skip(3);
        let (region, account) = (parts.next()?, parts.next()?);
        Some(Self::new(account, region))
    }

    /// The resource part of an ARN of this account and region.
    pub(crate) fn resource<'a>(&self, service: &str, arn: &'a str) -> Option<&'a str> {
        arn.strip_prefix(&self.arn(service, ""))
    }
}

impl Default for Scope {
    fn default() -> Self {
        Self::new("123456789012", "us-east-1")
    }
}
