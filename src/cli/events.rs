//! `ecs-bridge events`

use std::{io, time::Duration};

use clap::Args;

use super::aws::{AwsFlags, AwsFlagsError, Unanswered};
use crate::aws::{
    Aws, Scope,
    events::{Setup, SetupError},
};

/// Print what tells the operator of changes in AWS, as a CloudFormation template; or make it, or delete it
///
/// It is an SQS queue and two EventBridge rules: one of changes, and one of heartbeats, by which the operator knows that it would hear of
/// changes. The operator reads the queue with `run --events-queue URL`. Nothing else is to read it: each operator has a queue of its own.
#[derive(Debug, Args)]
pub struct Events {
    /// The name of the queue and of the rule; that of the heartbeat has `-heartbeat` behind it
    #[arg(long, value_name = "NAME", default_value = "ecs-bridge")]
    name: String,

    /// Make them, or bring them up to date, and print the queue's URL
    #[arg(long, conflicts_with = "delete")]
    make: bool,

    /// Delete them
    #[arg(long)]
    delete: bool,

    #[command(flatten)]
    aws: AwsFlags,
}

#[derive(Debug, thiserror::Error)]
pub enum EventsError {
    #[error(transparent)]
    Setup(SetupError),
    #[error(transparent)]
    Unanswered(Unanswered),
    #[error(transparent)]
    Aws(#[from] AwsFlagsError),
    #[error("the template can't be written as YAML: {0}")]
    Yaml(#[from] serde_yaml_ng::Error),
    #[error("events: {0}")]
    Io(#[from] io::Error),
}

impl From<SetupError> for EventsError {
    fn from(error: SetupError) -> Self {
        match (error.class(), &error) {
            (Some(class), SetupError::Aws { failure, .. }) => {
                let (is_of_aws, told) = (failure.code.is_some(), error.to_string());
                EventsError::Unanswered(Unanswered::new(class, is_of_aws, &failure.message, &told))
            }
            _ => EventsError::Setup(error),
        }
    }
}

impl Events {
    pub fn execute(self) -> Result<(), EventsError> {
        let setup = Setup::new(&self.name)?;
        if !self.make && !self.delete {
            return Ok(super::print(&serde_yaml_ng::to_string(&setup.template())?)?);
        }
        // Nothing is swept here.
        let settings = self.aws.settings(std::env::var("AWS_REGION").ok(), Duration::from_hours(1))?;
        let scope = Scope::new(settings.region.clone());
        let aws = Aws::new(settings, std::sync::Arc::new(()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        if self.delete {
            runtime.block_on(aws.delete_events(&scope, &setup))?;
            return Ok(super::tell(&format!(
                "the queue {0} and the rules {0} and {0}-heartbeat are deleted\n",
                self.name
            ))?);
        }
        let url = runtime.block_on(aws.make_events(&scope, &setup))?;
        super::tell("made: for `ecs-bridge run --events-queue`, or `events.queueUrl` of the chart:\n")?;
        Ok(super::print(&format!("{url}\n"))?)
    }
}
