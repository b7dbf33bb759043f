//! The binary: parse, start, wait.

// The comments of the arguments are the text of --help.
#![allow(clippy::doc_markdown)]

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use aws_sim::{Config, EventFaults, Fault, Options, Policy, Server, fault};
use clap::{Parser, ValueEnum};
use tokio::signal::unix::{SignalKind, signal};

/// A test double of Amazon ECS and of what goes with it. It is not AWS: nothing runs in it.
///
/// Real SDK clients talk to it: point AWS_ENDPOINT_URL at it and sign with any credentials. An access key of twelve digits is its own
/// account; every other key belongs to account 123456789012. GET /_sim/ lists the calls that control it.
#[derive(Debug, Parser)]
#[command(name = "aws-sim", version)]
struct Arguments {
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:4566")]
    listen: SocketAddr,

    /// Virtual seconds for each second of the wall clock; with 0, only POST /_sim/advance moves the clock
    #[arg(long, default_value_t = 1.0, value_parser = not_negative)]
    speed: f64,

    /// Milliseconds added to every answer
    #[arg(long, value_name = "MS", default_value_t = 0)]
    latency: u64,

    /// Hold callers to AWS's documented request rates, or let them all through
    #[arg(long, value_enum, default_value_t = Quotas::Documented)]
    quotas: Quotas,

    /// How many times AWS's documented rates an account has
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    quota_multiple: u32,

    /// Seconds from a task's launch until it runs and is healthy, in place of what is usual
    #[arg(long, value_name = "SECONDS")]
    task_start: Option<u64>,

    /// The seed of all identifiers and of small differences in timing
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// EC2 instances for every cluster, behind the capacity provider 'container-instances', which a cluster may associate
    #[arg(long, value_name = "N", default_value_t = 0)]
    container_instances: u32,

    /// For how many virtual seconds DescribeServices answers MISSING after CreateService
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    missing_after_create: u64,

    /// The ARN of a role that AWS is unable to assume (repeatable)
    #[arg(long = "refuse-role", value_name = "ARN")]
    refused_roles: Vec<String>,

    /// An EKS cluster that every account and region begins with (repeatable)
    #[arg(long = "eks-cluster", value_name = "NAME")]
    eks_clusters: Vec<String>,

    /// A private DNS namespace of Cloud Map that is there from the beginning, by its id and its name
    #[arg(long = "cloud-map-namespace", value_name = "ID=NAME", value_parser = namespace)]
    cloud_map_namespaces: Vec<(String, String)>,

    /// A subnet with a route to an internet gateway; all others are private (repeatable)
    #[arg(long = "public-subnet", value_name = "ID")]
    public_subnets: Vec<String>,

    /// A subnet with a range of IPv6 addresses: its tasks have an address of either family (repeatable)
    #[arg(long = "ipv6-subnet", value_name = "ID")]
    ipv6_subnets: Vec<String>,

    /// The ARN of a Lambda function that fails as a deployment's lifecycle hook; all others succeed at once (repeatable)
    #[arg(long = "fail-hook", value_name = "ARN")]
    failing_hooks: Vec<String>,

    /// Every account has a trail, by which CloudTrail tells EventBridge of calls that change something
    #[arg(long)]
    trail: bool,

    /// Of a hundred events of EventBridge so many never arrive
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=100))]
    lose_events: u8,

    /// Of a hundred events of EventBridge so many arrive twice
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=100))]
    double_events: u8,

    /// For how many virtual seconds every event of EventBridge is late
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    delay_events: u64,

    /// Each event of EventBridge is late by up to so many virtual seconds, so that they overtake each other
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    reorder_events: u64,

    /// The account of an access key (repeatable)
    #[arg(long = "account", value_name = "ACCESS_KEY=ACCOUNT_ID", value_parser = account)]
    accounts: Vec<(String, String)>,

    /// A file with the IAM policy that every request is held to, as `ecs-bridge iam-policy` prints it
    #[arg(long, value_name = "FILE", value_parser = policy)]
    policy: Option<Policy>,

    /// What goes wrong (repeatable)
    #[arg(long = "fault", value_name = "SPEC", long_help = format!("What goes wrong (repeatable):\n{}", fault::GRAMMAR))]
    faults: Vec<Fault>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Quotas {
    Documented,
    None,
}

fn not_negative(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if speed.is_finite() && speed >= 0.0 => Ok(speed),
        _ => Err(format!("'{text}' is not a number of 0 or more")),
    }
}

fn account(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, id)) if id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok((key.to_owned(), id.to_owned()))
        }
        _ => Err(format!("'{text}' is not ACCESS_KEY=ACCOUNT_ID with twelve digits")),
    }
}

fn policy(path: &str) -> Result<Policy, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    Policy::parse(&serde_json::from_str(&text).map_err(|error| error.to_string())?)
}

fn namespace(text: &str) -> Result<(String, String), String> {
    let (id, name) = text.split_once('=').ok_or("write ID=NAME")?;
    Ok((id.to_owned(), name.to_owned()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();

    let listen = arguments.listen;
    let server = match Server::start(arguments.into()) {
        Ok(server) => server,
        Err(error) => {
            tracing::error!("cannot listen on {listen}: {error}; choose another address with --listen");
            return ExitCode::FAILURE;
        }
    };
    println!("aws-sim, a test double of AWS, listens on {}", server.endpoint_url());

    if let Err(error) = stopped().await {
        tracing::error!("cannot wait for signals: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

async fn stopped() -> std::io::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminated.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

impl From<Arguments> for Options {
    fn from(arguments: Arguments) -> Self {
        Self {
            listen: arguments.listen,
            speed: arguments.speed,
            latency: Duration::from_millis(arguments.latency),
            accounts: arguments.accounts.into_iter().collect(),
            faults: arguments.faults,
            policy: arguments.policy,
            world: Config {
                seed: arguments.seed,
                quotas: matches!(arguments.quotas, Quotas::Documented),
                quota_multiple: arguments.quota_multiple,
                task_start: arguments.task_start.map(Duration::from_secs),
                container_instances: arguments.container_instances,
                missing_after_create: Duration::from_secs(arguments.missing_after_create),
                refused_roles: arguments.refused_roles,
                eks_clusters: arguments.eks_clusters,
                cloud_map_namespaces: arguments.cloud_map_namespaces,
                public_subnets: arguments.public_subnets,
                ipv6_subnets: arguments.ipv6_subnets,
                failing_hooks: arguments.failing_hooks,
                trail: arguments.trail,
                event_faults: EventFaults {
                    lose_percent: arguments.lose_events,
                    double_percent: arguments.double_events,
                    delay_seconds: arguments.delay_events,
                    reorder_seconds: arguments.reorder_events,
                    silent: false,
                },
            },
        }
    }
}
