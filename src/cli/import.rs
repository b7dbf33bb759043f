//! `ecs-bridge import`

pub mod gather;

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal},
    sync::Arc,
    time::Duration,
};

use self::gather::{GatherError, Reads, Wanted, gather};
use super::aws::{AwsFlags, AwsFlagsError};
use crate::{
    aws::{Aws, Scope, Standing},
    engine::{Call, reconcile::CallResult},
};

/// A read that AWS has no time for, or did not answer, is tried again so often.
const TRIES: u32 = 8;

/// Print objects for what is in AWS already, as YAML for `kubectl apply`. Nothing is written; applied, they take over what is there, and write
/// nothing to AWS but the operator's tags. Names may have `*` for any run of characters. What is left out is told on standard error, with
/// the reason
#[derive(Debug, clap::Args)]
pub struct Import {
    /// ECS clusters with all of their services and what those run, by name or ARN; separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    cluster: Vec<String>,

    /// Capacity providers of Auto Scaling groups, and Managed Instances, by name; separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    capacity_provider: Vec<String>,

    /// Task definition families that no service brings with it; separated by commas
    #[arg(long, value_name = "FAMILY", value_delimiter = ',')]
    task_definition: Vec<String>,

    /// ECR repositories, by name; separated by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    repository: Vec<String>,

    /// Fargate profiles of an EKS cluster: all of them, or one; separated by commas
    #[arg(long, value_name = "CLUSTER[/NAME]", value_delimiter = ',')]
    fargate_profile: Vec<String>,

    /// Secrets of Secrets Manager, by name; separated by commas. Their values are neither read nor written
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    secret: Vec<String>,

    /// Services of Cloud Map, by id (srv-…); separated by commas. Their instances are neither read nor written
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    cloud_map_service: Vec<String>,

    /// All ECS clusters, capacity providers, ECR repositories, secrets and Cloud Map services of the account and region
    #[arg(long)]
    all: bool,

    /// The kinds of the objects, separated by commas [default: all]. Without EcsCluster, services name their cluster as it is called in AWS
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = super::kind())]
    kinds: Vec<String>,

    /// Write this namespace into the objects
    #[arg(long, short, value_name = "NAMESPACE")]
    namespace: Option<String>,

    #[command(flatten)]
    aws: AwsFlags,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(
        "nothing is selected: give --cluster, --capacity-provider, --repository, --task-definition, --fargate-profile, --secret, --cloud-map-service or --all"
    )]
    NothingSelected,
    #[error("nothing of what is selected can be imported")]
    Nothing,
    #[error(transparent)]
    Aws(#[from] AwsFlagsError),
    #[error(transparent)]
    Gather(#[from] GatherError),
    #[error("the objects can't be written as YAML: {0}")]
    Yaml(#[from] serde_yaml_ng::Error),
    #[error("the objects can't be written: {0}")]
    Io(#[from] io::Error),
}

impl Import {
    pub fn execute(self) -> Result<(), ImportError> {
        let selected = BTreeMap::from([
            ("cluster", self.cluster),
            ("capacity-provider", self.capacity_provider),
            ("task-definition", self.task_definition),
            ("repository", self.repository),
            ("fargate-profile", self.fargate_profile),
            ("secret", self.secret),
            ("cloud-map-service", self.cloud_map_service),
        ]);
        if !self.all && selected.values().all(Vec::is_empty) {
            return Err(ImportError::NothingSelected);
        }
        let settings = self.aws.settings(std::env::var("AWS_REGION").ok(), Duration::from_hours(1))?;
        let scope = Scope::new(settings.region.clone());
        let reads = FromAws { aws: Aws::new(settings, Arc::new(())), scope };
        let wanted = Wanted { selected, all: self.all, kinds: self.kinds };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let mut gathered = runtime.block_on(gather(&reads, &wanted, progress))?;
        for (kind, thing, why) in &gathered.left_out {
            super::tell(&format!("left out: {kind} {thing}: {why}\n"))?;
        }
        if gathered.objects.is_empty() {
            return Err(ImportError::Nothing);
        }
        for object in &mut gathered.objects {
            if let Some(namespace) = &self.namespace {
                object["metadata"]["namespace"] = namespace.as_str().into();
            }
            super::print(&format!("---\n{}", serde_yaml_ng::to_string(object)?))?;
        }
        let (made, left_out) = (gathered.objects.len(), gathered.left_out.len());
        Ok(super::tell(&format!("{made} objects; {left_out} things are left out\n"))?)
    }
}

/// How far it has come, for who waits at a terminal.
fn progress(kind: &'static str, read: usize, of: usize) {
    if io::stderr().is_terminal() && (read.is_multiple_of(50) || read == of) {
        // It is read on all the same.
        let _ = super::tell(&format!("{kind}: {read} of {of} read\n"));
    }
}

struct FromAws {
    aws: Aws,
    scope: Scope,
}

impl Reads for FromAws {
    async fn read(&self, call: &Call) -> CallResult {
        let mut tries = 1;
        loop {
            match self.aws.call(&self.scope, call, None, Standing::Running).await {
                Err(failure) if !failure.class.needs_a_person() && tries < TRIES => {
                    let pause = Duration::from_millis(250) * 2_u32.pow(tries);
                    tokio::time::sleep(failure.retry_after.unwrap_or(pause)).await;
                    tries += 1;
                }
                answer => return answer,
            }
        }
    }
}
