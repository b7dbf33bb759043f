//! `ecs-bridge run`

use std::{io::IsTerminal, net::SocketAddr, time::Duration};

use clap::{Args, ValueEnum};
use tracing_subscriber::{EnvFilter, filter::ParseError};

use super::{
    aws::{AwsFlags, AwsFlagsError, OutOfRange},
    election::Election,
};
use crate::{
    aws::{self, events::Source},
    engine::{
        kubernetes::Allowed,
        ownership::{self, TakesFromItself},
        roles::{BadPattern, RolePatterns},
    },
    kinds::named::{self, Incomplete},
    operator::{self, Settings, StartError},
};

/// Every flag can be given as the environment variable beside it. Credentials come from AWS's default chain: IRSA, EKS Pod Identity,
/// `AWS_*` variables, a profile, or the instance.
#[derive(Debug, Args)]
pub struct Run {
    #[command(flatten)]
    aws: AwsFlags,

    /// Look at everything in AWS again this often, in seconds, to find what was changed behind our back
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 300.0,
        env = "ECS_BRIDGE_SWEEP_INTERVAL",
        help_heading = "AWS"
    )]
    sweep_interval: f64,

    /// The URL of the SQS queue that tells of changes (`ecs-bridge events` makes one): what it tells of is looked at at once, and sweeps are four
    /// times as long apart
    #[arg(long, value_name = "URL", env = "ECS_BRIDGE_EVENTS_QUEUE", help_heading = "AWS")]
    events_queue: Option<String>,

    /// Sweep as often as without a queue once it has been silent so long, in seconds; there is a heartbeat every five minutes
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 900.0,
        env = "ECS_BRIDGE_EVENTS_SILENCE",
        help_heading = "AWS"
    )]
    events_silence: f64,

    /// Look at what is converging again this often, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, env = "ECS_BRIDGE_POLL_INTERVAL", help_heading = "AWS")]
    poll_interval: f64,

    /// Who owns what this operator makes, by a tag in AWS. A rebuilt cluster that is given the same id takes its things up again
    /// [default: the UID of the namespace kube-system]
    #[arg(long, value_name = "ID", value_parser = super::owner_id, env = "ECS_BRIDGE_OWNER_ID", help_heading = "Ownership")]
    owner_id: Option<String>,

    /// Take over what carries this other owner id, for objects of the same kind, namespace and name: for a fleet that moves here from
    /// another cluster
    #[arg(long, value_name = "ID", value_parser = super::owner_id, env = "ECS_BRIDGE_ADOPT_FROM", help_heading = "Ownership")]
    adopt_from: Option<String>,

    /// Put this before every name in AWS that the spec does not give, for several clusters in one account
    #[arg(long, value_name = "PREFIX", default_value = "", env = "ECS_BRIDGE_NAME_PREFIX", help_heading = "Ownership")]
    name_prefix: String,

    /// The EKS cluster that this one is, for EksFargateProfile objects that name none
    #[arg(long, value_name = "NAME", env = "ECS_BRIDGE_EKS_CLUSTER_NAME", help_heading = "AWS")]
    eks_cluster_name: Option<String>,

    /// Read Secrets, for SecretsManagerSecret objects that copy one to AWS
    #[arg(long, env = "ECS_BRIDGE_SYNC_SECRETS", help_heading = "Kubernetes")]
    sync_secrets: bool,

    /// Make a CloudMapService for each Service with the annotation ecs-bridge.dev/cloud-map-namespace
    #[arg(long, env = "ECS_BRIDGE_CLOUD_MAP_ANNOTATIONS", help_heading = "Kubernetes")]
    cloud_map_annotations: bool,

    /// IAM roles that objects may name, as ARNs with * for any run of characters; separated by commas. None by default: then no
    /// object may name a role
    #[arg(
        long,
        value_name = "PATTERN",
        value_delimiter = ',',
        env = "ECS_BRIDGE_ALLOWED_ROLE_ARNS",
        help_heading = "Ownership"
    )]
    allowed_role_arns: Vec<String>,

    /// The kinds to run, separated by commas [default: all]. Objects of others are left as they are
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = super::kind(), env = "ECS_BRIDGE_KINDS", help_heading = "Kubernetes")]
    kinds: Vec<String>,

    /// The namespaces to watch, separated by commas [default: all]. It needs permissions in these alone
    #[arg(
        long,
        value_name = "NAMESPACE",
        value_delimiter = ',',
        env = "ECS_BRIDGE_WATCH_NAMESPACES",
        help_heading = "Kubernetes"
    )]
    watch_namespaces: Vec<String>,

    /// How many objects of one kind are worked on at once, with --watch-namespaces in each of them; those of one namespace take half
    /// of that at most
    #[arg(long, value_name = "N", default_value_t = 128, value_parser = clap::value_parser!(u16).range(1..), env = "ECS_BRIDGE_CONCURRENCY", help_heading = "Kubernetes")]
    concurrency: u16,

    #[command(flatten)]
    election: Election,

    /// Serve /healthz, /readyz and /metrics here
    #[arg(long, value_name = "ADDRESS", default_value = "0.0.0.0:8080", env = "ECS_BRIDGE_LISTEN")]
    listen: SocketAddr,

    /// How log lines are written
    #[arg(long, value_enum, default_value_t = LogFormat::Text, env = "ECS_BRIDGE_LOG_FORMAT", help_heading = "Logs")]
    log_format: LogFormat,

    /// What is logged, as a level or as tracing directives: `info`, `ecs_bridge=debug,info`
    #[arg(
        long,
        value_name = "FILTER",
        default_value = "info,kube_runtime=warn",
        env = "ECS_BRIDGE_LOG",
        help_heading = "Logs"
    )]
    log: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

/// Why `run` does not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Aws(#[from] AwsFlagsError),
    #[error("--allowed-role-arns: {0}")]
    Role(#[from] BadPattern),
    #[error("--kinds: {0}")]
    Kinds(#[from] Incomplete),
    #[error(transparent)]
    TakesFromItself(#[from] TakesFromItself),
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    #[error("--name-prefix {0:?}: only letters, digits and hyphens can stand in every AWS name")]
    Prefix(String),
    #[error(
        "--events-queue {0:?} is no URL: `aws sqs get-queue-url --queue-name NAME` says it, as https://sqs.REGION.amazonaws.com/ACCOUNT/NAME"
    )]
    EventsQueue(String),
    #[error("--log: {0}")]
    Log(#[from] ParseError),
    #[error("no async runtime: {0}")]
    Runtime(#[from] std::io::Error),
    #[error(transparent)]
    Start(#[from] StartError),
}

impl Run {
    pub fn execute(self) -> Result<(), RunError> {
        let filter = filter(&self.log)?;
        let terminal = std::io::stderr().is_terminal();
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(terminal);
        match self.log_format {
            LogFormat::Text => log.with_target(false).init(),
            LogFormat::Json => log.json().flatten_event(true).init(),
        }
        let settings = self.settings(std::env::var("AWS_REGION").ok())?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        Ok(runtime.block_on(operator::run(settings))?)
    }

    fn settings(self, aws_region: Option<String>) -> Result<Settings, RunError> {
        if !self.name_prefix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(RunError::Prefix(self.name_prefix));
        }
        let adopt_from = self.adopt_from.filter(|owner| !owner.is_empty());
        ownership::takes_over(self.owner_id.as_deref(), adopt_from.as_deref())?;
        let eks_cluster_name = self.eks_cluster_name.filter(|name| !name.is_empty());
        let allowed = Allowed {
            eks_cluster_name: eks_cluster_name.as_deref(),
            reads_secrets: self.sync_secrets,
            annotations: self.cloud_map_annotations,
        };
        named::complete(&self.kinds, allowed)?;
        let allowed_roles = RolePatterns::parse(&self.allowed_role_arns)?;
        let poll_interval = seconds("--poll-interval", self.poll_interval)?;
        let sweep_interval = seconds("--sweep-interval", self.sweep_interval)?;
        let events = self.events_queue.filter(|url| !url.is_empty());
        if let Some(url) = events.as_ref().filter(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            return Err(RunError::EventsQueue(url.clone()));
        }
        let silence = seconds("--events-silence", self.events_silence)?;
        let events = events.map(|queue_url| Source { queue_url, silence });
        let election = self.election.settings(self.aws.deadline()?)?;
        // What may be missing for want of a setting elsewhere comes after what is wrong here.
        let aws = self.aws.settings(aws_region, sweep_interval)?;
        Ok(Settings {
            owner_id: self.owner_id,
            adopt_from,
            kinds: self.kinds,
            name_prefix: self.name_prefix,
            sync_secrets: self.sync_secrets,
            annotations: self.cloud_map_annotations,
            eks_cluster_name,
            allowed_roles,
            watch_namespaces: self.watch_namespaces.into_iter().filter(|name| !name.is_empty()).collect(),
            listen: self.listen,
            poll_interval,
            concurrency: self.concurrency,
            election,
            aws: aws::Settings { events, ..aws },
        })
    }
}

/// The filter that was asked for, but that the libraries below AWS's clients, which log requests with all that is in them, say no more
/// than `info`.
fn filter(asked: &str) -> Result<EnvFilter, ParseError> {
    let capped = [
        "aws_config",
        "aws_runtime",
        "aws_sdk_ecr",
        "aws_sdk_ecs",
        "aws_sdk_eks",
        "aws_sdk_secretsmanager",
        "aws_sdk_sqs",
        "aws_sdk_sts",
        "aws_smithy_http_client",
        "aws_smithy_runtime",
        "hyper",
        "hyper_util",
        "rustls",
    ];
    let mut filter = EnvFilter::try_new(asked)?;
    for target in capped {
        filter = filter.add_directive(format!("{target}=info").parse()?);
    }
    Ok(filter)
}

pub(super) fn seconds(flag: &'static str, value: f64) -> Result<Duration, OutOfRange> {
    match Duration::try_from_secs_f64(value) {
        Ok(duration) if duration >= Duration::from_millis(1) => Ok(duration),
        _ => Err(OutOfRange { flag, value, must: "at least a thousandth of a second" }),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        run: Run,
    }

    fn settings(flags: &[&str], region: Option<&str>) -> Result<Settings, RunError> {
        let line = std::iter::once("ecs-bridge").chain(flags.iter().copied());
        Line::try_parse_from(line).expect("flags parse").run.settings(region.map(str::to_owned))
    }

    #[test]
    fn what_is_dangerous_or_impossible_is_refused_at_the_start() {
        for (flags, expected) in [
            (&["--aws-endpoint-url", "http://127.0.0.1:1"][..], "--allow-insecure-endpoint"),
            (&["--aws-endpoint-url", "localhost"], "is no URL"),
            (&["--allowed-role-arns", "role/x"], "is no pattern"),
            (&["--quota-share", "1.5"], "at most 1"),
            (&["--sweep-interval", "0"], "at least"),
            (&["--name-prefix", "a_b"], "--name-prefix"),
            (&["--events-queue", "ecs-bridge"], "get-queue-url"),
            (&["--leader-elect", "--leader-elect-lease-duration=14"], "--aws-timeout"),
            (&["--aws-timeout", "0"], "--aws-timeout"),
            (&["--poll-interval", "0"], "--poll-interval"),
            (&["--owner-id", "a", "--adopt-from", "a"], "give that of the other cluster"),
            (&["--kinds", "WorkloadBridge"], "add EcsService"),
            (&["--kinds", "WorkloadBridge,EcsService", "--sync-secrets"], "add SecretsManagerSecret"),
        ] {
            // It is told where there is no region, too.
            for region in [Some("eu-west-1"), None] {
                let error = settings(flags, region).map(|_| ()).expect_err(expected).to_string();
                assert!(error.contains(expected), "{flags:?} gives {error:?} in region {region:?}");
            }
        }
    }

    #[test]
    fn without_a_region_it_does_not_start() {
        let error = settings(&[], None).map(|_| ()).expect_err("there is no region").to_string();
        assert!(error.contains("set --aws-region or AWS_REGION"), "{error}");
    }

    #[test]
    fn flags_become_settings() {
        let roles = "arn:aws:iam::1:role/a,arn:aws:iam::1:role/b-*";
        let settings = settings(&["--allowed-role-arns", roles], Some("eu-west-1")).expect("good flags");
        assert!(settings.allowed_roles.allows("arn:aws:iam::1:role/b-1"));
        assert_eq!(settings.aws.region, "eu-west-1");
        assert!(settings.election.is_none(), "no election unless asked for");
    }
}
