//! `ecs-bridge translate`

use std::{fs, io, path::PathBuf};

use clap::ArgGroup;
use serde::Serialize;
use serde_json::json;

use super::manifests::{self, ManifestsError};
use crate::{
    bridge::translate::{
        BadClient, BadSource, Context, FILES_IMAGE, KnownClients, Logs, Outcome, Placement, Report, SecretSources,
        Target, Translated, Unreadable, Verdict, is_role, translate_all,
    },
    model::ecs,
};

/// Translate Deployments into resources, with a report of what became of each field. It needs neither a cluster nor AWS; what it can't check
/// it calls unchecked
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("where").required(true), after_help = "\
The resources go to standard output as YAML, the report to standard error. What a workload refers to (ConfigMaps, Services, ServiceAccounts, \
PersistentVolumes and their claims) has to be among the manifests; of Secrets only the names of the keys are read.

Ends with 3 where a workload is refused: the resources of the others are printed all the same.

Example: ecs-bridge translate -f shop.yaml --cluster shop --subnets subnet-0a1b2c3d --execution-role arn:aws:iam::123456789012:role/ecs")]
pub struct Translate {
    /// Manifests as YAML or JSON: a file, a folder with such (.yaml, .yml, .json), or `-` for standard input. May be given several times
    #[arg(short, long, value_name = "FILE", required = true)]
    filename: Vec<PathBuf>,

    /// Read the folders in a folder, too
    #[arg(short = 'R', long)]
    recursive: bool,

    /// The namespace of objects that name none
    #[arg(long, short, value_name = "NAMESPACE", default_value = "default")]
    namespace: String,

    /// The ECS cluster, by its name or ARN
    #[arg(long, value_name = "CLUSTER", group = "where")]
    cluster: Option<String>,

    /// The EcsCluster of the workload's namespace, instead of --cluster
    #[arg(long, value_name = "NAME", group = "where")]
    cluster_ref: Option<String>,

    /// The subnets of the tasks, separated by commas
    #[arg(long, value_name = "SUBNET", value_delimiter = ',', required = true, value_parser = subnet)]
    subnets: Vec<String>,

    /// The security groups of the tasks, separated by commas [default: the VPC's]
    #[arg(long, value_name = "GROUP", value_delimiter = ',', value_parser = security_group)]
    security_groups: Vec<String>,

    /// Give each task a public address
    #[arg(long)]
    assign_public_ip: bool,

    /// What tasks run on: FARGATE or EC2
    #[arg(long, value_name = "TYPE", default_value = "FARGATE", value_parser = ["FARGATE", "EC2"], conflicts_with = "capacity_provider")]
    launch_type: String,

    /// A capacity provider with its weight and base, as FARGATE_SPOT=3 or FARGATE=1:2, instead of a launch type. May be given several times
    #[arg(long, value_name = "NAME=WEIGHT[:BASE]")]
    capacity_provider: Vec<String>,

    /// The role by which ECS pulls images, fetches secrets and writes logs
    #[arg(long, value_name = "ARN")]
    execution_role: Option<String>,

    /// The role of the tasks, instead of the service account's
    #[arg(long, value_name = "ARN")]
    task_role: Option<String>,

    /// What holds a Secret's key: a secret of Secrets Manager or a parameter; without KEY, a secret that holds all keys as JSON, or the
    /// credentials of a registry. May be given several times
    #[arg(long, value_name = "NAME[/KEY]=ARN")]
    secret: Vec<String>,

    /// An image has this program, by which a probe can ask: curl, wget, nc or grpc_health_probe. May be given several times
    #[arg(long, value_name = "IMAGE=CLIENT")]
    probe_client: Vec<String>,

    /// The image of the init container that writes files of ConfigMaps and Secrets
    #[arg(long, value_name = "IMAGE", default_value = FILES_IMAGE)]
    files_image: String,

    /// The CloudWatch log group of what the containers write
    #[arg(long, value_name = "GROUP", requires = "log_region", requires = "execution_role")]
    log_group: Option<String>,

    /// The region of the log group
    #[arg(long, value_name = "REGION", requires = "log_group")]
    log_region: Option<String>,

    /// Refuse what ECS only comes near to, too
    #[arg(long)]
    strict: bool,

    /// Write the report into this file instead of to standard error
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// How the report is written: table or json
    #[arg(long, short, value_name = "FORMAT", default_value = "table", value_parser = ["table", "json"])]
    output: String,
}

#[derive(Debug, thiserror::Error)]
pub enum TranslateError {
    #[error("{}: the report says why, and what to do", refused(*.0))]
    Refused(usize),
    #[error("there is no workload in the manifests")]
    Nothing,
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Manifests(#[from] ManifestsError),
    #[error("--secret: {0}")]
    Secret(#[from] BadSource),
    #[error("--probe-client: {0}")]
    Client(#[from] BadClient),
    #[error("{0}: {1:?} is not the ARN of a role")]
    Role(&'static str, String),
    #[error("--capacity-provider: {0:?}: write NAME=WEIGHT or NAME=WEIGHT:BASE")]
    Provider(String),
    #[error("{0}: {1}")]
    Io(String, io::Error),
    #[error("the resources can't be written: {0}")]
    Write(#[from] serde_yaml_ng::Error),
    #[error("the report can't be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl TranslateError {
    /// With which the program ends.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) => 3,
            _ => 1,
        }
    }
}

/// A workload in the report as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reported<'o> {
    kind: &'o str,
    namespace: &'o str,
    name: &'o str,
    refused: bool,
    #[serde(flatten)]
    report: &'o Report,
}

fn refused(count: usize) -> String {
    if count == 1 { "1 workload is refused".to_owned() } else { format!("{count} workloads are refused") }
}

fn subnet(text: &str) -> Result<String, String> {
    id("subnet-", text)
}

fn security_group(text: &str) -> Result<String, String> {
    id("sg-", text)
}

/// As Amazon EC2 makes them: a prefix, and hexadecimal digits.
fn id(prefix: &str, text: &str) -> Result<String, String> {
    match text.strip_prefix(prefix) {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Ok(text.to_owned())
        }
        _ => Err(format!("write the id, as {prefix}0a1b2c3d4e5f60718")),
    }
}

impl Translate {
    pub fn execute(self) -> Result<(), TranslateError> {
        let documents = manifests::read(&self.filename, self.recursive)?;
        let (context, placement) = (self.context()?, self.placement()?);
        let Translated { outcomes, passed_over, repeated } = translate_all(&documents, &context, &placement)?;
        if outcomes.is_empty() {
            return Err(TranslateError::Nothing);
        }
        for resource in outcomes.iter().filter_map(|outcome| outcome.resource.as_ref()) {
            let text = format!("---\n{}", serde_yaml_ng::to_string(resource)?);
            super::print(&text).map_err(|error| TranslateError::Io("standard output".into(), error))?;
        }
        self.tell(&outcomes, &passed_over, &repeated)?;
        match outcomes.iter().filter(|outcome| outcome.resource.is_none()).count() {
            0 => Ok(()),
            refused => Err(TranslateError::Refused(refused)),
        }
    }

    fn context(&self) -> Result<Context, TranslateError> {
        for (flag, role) in [("--execution-role", &self.execution_role), ("--task-role", &self.task_role)] {
            if let Some(role) = role.as_ref().filter(|role| !is_role(role)) {
                return Err(TranslateError::Role(flag, role.clone()));
            }
        }
        let target = Target::of(Some(&self.launch_type), self.capacity_provider.iter().map(String::as_str));
        let logs = self.log_group.clone().zip(self.log_region.clone()).map(|(group, region)| Logs { group, region });
        Ok(Context {
            namespace: self.namespace.clone(),
            target,
            execution_role: self.execution_role.clone(),
            task_role: self.task_role.clone(),
            files_image: self.files_image.clone(),
            logs,
            secrets: SecretSources::parse(&self.secret)?,
            clients: KnownClients::parse(&self.probe_client)?,
            strict: self.strict,
            ..Context::default()
        })
    }

    fn placement(&self) -> Result<Placement, TranslateError> {
        let provider = |text: &String| {
            let bad = || TranslateError::Provider(text.clone());
            let (name, numbers) = text.split_once('=').ok_or_else(bad)?;
            let (weight, base) = numbers.split_once(':').map_or((numbers, None), |(weight, base)| (weight, Some(base)));
            let number = |text: &str| text.parse::<i32>().ok().filter(|number| *number >= 0).ok_or_else(bad);
            Ok::<_, TranslateError>(ecs::CapacityProviderStrategyItem {
                capacity_provider: name.to_owned(),
                weight: Some(number(weight)?),
                base: base.map(number).transpose()?,
            })
        };
        Ok(Placement {
            cluster: self.cluster.clone(),
            cluster_ref: self.cluster_ref.clone(),
            subnets: self.subnets.clone(),
            security_groups: self.security_groups.clone(),
            assign_public_ip: self.assign_public_ip,
            capacity_providers: self.capacity_provider.iter().map(provider).collect::<Result<_, _>>()?,
        })
    }

    fn tell(&self, outcomes: &[Outcome], passed_over: &[String], repeated: &[String]) -> Result<(), TranslateError> {
        let text = if self.output == "json" {
            let reported = outcomes.iter().map(|outcome| Reported {
                kind: &outcome.kind,
                namespace: &outcome.namespace,
                name: &outcome.name,
                refused: outcome.resource.is_none(),
                report: &outcome.report,
            });
            let workloads: Vec<_> = reported.collect();
            let report = json!({"workloads": workloads, "passedOver": passed_over, "repeated": repeated});
            format!("{}\n", serde_json::to_string_pretty(&report)?)
        } else {
            let passed_over = passed_over.iter().map(|object| format!("passed over: {object}\n"));
            let repeated =
                repeated.iter().map(|object| format!("given more than once, and the last stands: {object}\n"));
            outcomes.iter().map(table).chain([passed_over.chain(repeated).collect()]).collect::<Vec<_>>().join("\n")
        };
        if let Some(file) = &self.report {
            return fs::write(file, text).map_err(|error| TranslateError::Io(file.display().to_string(), error));
        }
        super::tell(&text).map_err(|error| TranslateError::Io("standard error".into(), error))
    }
}

fn table(outcome: &Outcome) -> String {
    let Outcome { kind, namespace, name, resource, report } = outcome;
    let ended = if resource.is_some() { "translated" } else { "REFUSED" };
    let counts = [Verdict::Translated, Verdict::Approximated, Verdict::Ignored, Verdict::Refused]
        .map(|verdict| format!("{} {}", report.count(verdict), verdict.to_string().to_lowercase()))
        .join(", ");
    format!("{kind} {namespace}/{name}: {ended} ({counts})\n{}", report.table())
}
