//! The queue, and the EventBridge rules that put events into it: as data, as a CloudFormation template, and made.
//!
//! "Amazon ECS events" (Amazon ECS Developer Guide), "Events from AWS services delivered via CloudTrail" and "Amazon SQS permissions" (Amazon
//! EventBridge User Guide).

use std::collections::HashMap;

use aws_sdk_eventbridge::{
    operation::describe_rule::DescribeRuleError,
    types::{Tag, Target},
};
use aws_sdk_sqs::{operation::get_queue_url::GetQueueUrlError, types::QueueAttributeName};
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use serde_json::{Value, json};

use crate::{
    aws::{
        error::{Meaning, meaning},
        sdk::Failure,
    },
    engine::Class,
};

/// Names of queues have at most 80 characters, those of rules 64, of which the heartbeat's has ten more.
const LONGEST: usize = 54;
/// What we made carries it, with the name.
const TAG: &str = "ecs-bridge.dev:events";
/// How often something is put into the queue in any case.
const HEARTBEAT: &str = "rate(5 minutes)";
/// What is older has been found by a sweep.
const RETENTION: &str = "300";
/// By the rules' targets, of which each has one.
const TARGET: &str = "queue";

/// A queue and its two rules, by the name that they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    name: String,
}

#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error(
        "the name {0:?} can't be that of a queue and its rules: 1 to {LONGEST} letters, digits, hyphens and underscores can"
    )]
    Name(String),
    #[error(
        "{what} {name} is there, and was not made by `ecs-bridge events` under that name (it lacks the tag {TAG}={name}): choose another --name, or delete it"
    )]
    NotOurs { what: &'static str, name: String },
    #[error("{operation}: {failure}")]
    Aws { operation: &'static str, failure: Failure },
}

impl SetupError {
    /// Where AWS gave no answer: of which class that is.
    pub fn class(&self) -> Option<Class> {
        let SetupError::Aws { failure, .. } = self else { return None };
        match meaning(failure) {
            Meaning::Failed(class) => Some(class),
            Meaning::Refused(_) => None,
        }
    }
}

/// What came of a call, by its name.
fn failed<E>(operation: &'static str) -> impl FnOnce(SdkError<E, HttpResponse>) -> SetupError
where
    E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    move |error| SetupError::Aws { operation, failure: Failure::from_sdk(&error) }
}

impl Setup {
    pub fn new(name: &str) -> Result<Self, SetupError> {
        let fits = (1..=LONGEST).contains(&name.len());
        if fits && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            Ok(Setup { name: name.to_owned() })
        } else {
            Err(SetupError::Name(name.to_owned()))
        }
    }

    /// The names of the rules.
    fn rules(&self) -> [String; 2] {
        [self.name.clone(), self.heartbeat()]
    }

    fn heartbeat(&self) -> String {
        format!("{}-heartbeat", self.name)
    }

    /// What ECS tells of services and their tasks, and what anybody has asked of the services of AWS that ecs-bridge works with, where a trail
    /// of CloudTrail records it.
    fn pattern() -> Value {
        json!({
            "source": ["aws.ecs", "aws.ecr", "aws.eks", "aws.secretsmanager", "aws.servicediscovery"],
            "detail-type": [
                "ECS Task State Change", "ECS Deployment State Change", "ECS Service Action", "AWS API Call via CloudTrail",
            ],
        })
    }

    fn policy(queue: &Value, rules: &[Value]) -> Value {
        json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Sid": "Events",
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": queue,
                "Condition": {"ArnEquals": {"aws:SourceArn": rules}},
            }],
        })
    }

    /// For `aws cloudformation deploy`.
    pub fn template(&self) -> Value {
        let arn = |of: &str| json!({"Fn::GetAtt": [of, "Arn"]});
        let tags = json!([{"Key": TAG, "Value": self.name}]);
        let targets = json!([{"Id": TARGET, "Arn": arn("Queue")}]);
        json!({
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": "The queue by which ecs-bridge hears of changes in AWS",
            "Resources": {
                "Queue": {"Type": "AWS::SQS::Queue", "Properties": {
                    "QueueName": self.name,
                    "MessageRetentionPeriod": RETENTION.parse::<u32>().unwrap_or_default(),
                    "SqsManagedSseEnabled": true,
                    "Tags": tags,
                }},
                "QueuePolicy": {"Type": "AWS::SQS::QueuePolicy", "Properties": {
                    "Queues": [{"Ref": "Queue"}],
                    "PolicyDocument": Self::policy(&arn("Queue"), &[arn("Changes"), arn("Heartbeat")]),
                }},
                "Changes": {"Type": "AWS::Events::Rule", "Properties": {
                    "Name": self.name,
                    "EventPattern": Self::pattern(),
                    "Targets": targets,
                }},
                "Heartbeat": {"Type": "AWS::Events::Rule", "Properties": {
                    "Name": self.heartbeat(),
                    "ScheduleExpression": HEARTBEAT,
                    "Targets": targets,
                }},
            },
            "Outputs": {"QueueUrl": {"Description": "For ecs-bridge run --events-queue", "Value": {"Ref": "Queue"}}},
        })
    }

    pub(super) async fn make(
        &self,
        sqs: &aws_sdk_sqs::Client,
        events: &aws_sdk_eventbridge::Client,
    ) -> Result<String, SetupError> {
        for rule in self.rules() {
            self.find_rule(events, &rule).await?;
        }
        let url = match self.find_queue(sqs).await? {
            Some(url) => url,
            None => self.create_queue(sqs).await?,
        };
        let queue = arn(sqs, &url).await?;
        let changes = self.put_rule(events, &self.name, true).await?;
        let heartbeat = self.put_rule(events, &self.heartbeat(), false).await?;
        let policy = Self::policy(&json!(queue), &[json!(changes), json!(heartbeat)]).to_string();
        let attributes = HashMap::from([
            (QueueAttributeName::Policy, policy),
            (QueueAttributeName::MessageRetentionPeriod, RETENTION.to_owned()),
        ]);
        let set = sqs.set_queue_attributes().queue_url(&url).set_attributes(Some(attributes)).send().await;
        set.map_err(failed("sqs:SetQueueAttributes"))?;
        for rule in self.rules() {
            put_target(events, &rule, &queue).await?;
        }
        Ok(url)
    }

    pub(super) async fn delete(
        &self,
        sqs: &aws_sdk_sqs::Client,
        events: &aws_sdk_eventbridge::Client,
    ) -> Result<(), SetupError> {
        for rule in self.rules() {
            if self.find_rule(events, &rule).await? {
                delete_rule(events, &rule).await?;
            }
        }
        if let Some(url) = self.find_queue(sqs).await? {
            let deleted = sqs.delete_queue().queue_url(url).send().await;
            deleted.map_err(failed("sqs:DeleteQueue"))?;
        }
        Ok(())
    }

    /// The URL of the queue, where it is there and ours.
    async fn find_queue(&self, sqs: &aws_sdk_sqs::Client) -> Result<Option<String>, SetupError> {
        let url = match sqs.get_queue_url().queue_name(&self.name).send().await {
            Ok(answer) => answer.queue_url.unwrap_or_default(),
            Err(error) if error.as_service_error().is_some_and(GetQueueUrlError::is_queue_does_not_exist) => {
                return Ok(None);
            }
            Err(error) => return Err(failed("sqs:GetQueueUrl")(error)),
        };
        let answer = sqs.list_queue_tags().queue_url(&url).send().await;
        let tags = answer.map_err(failed("sqs:ListQueueTags"))?.tags;
        let is_ours = tags.is_some_and(|tags| tags.get(TAG) == Some(&self.name));
        if is_ours { Ok(Some(url)) } else { Err(SetupError::NotOurs { what: "the queue", name: self.name.clone() }) }
    }

    async fn create_queue(&self, sqs: &aws_sdk_sqs::Client) -> Result<String, SetupError> {
        let answer = sqs
            .create_queue()
            .queue_name(&self.name)
            .attributes(QueueAttributeName::MessageRetentionPeriod, RETENTION)
            .attributes(QueueAttributeName::SqsManagedSseEnabled, "true")
            .tags(TAG, &self.name)
            .send()
            .await
            .map_err(failed("sqs:CreateQueue"))?;
        Ok(answer.queue_url.unwrap_or_default())
    }

    /// Whether the rule is there; it is an error where it is not ours.
    async fn find_rule(&self, events: &aws_sdk_eventbridge::Client, rule: &str) -> Result<bool, SetupError> {
        let arn = match events.describe_rule().name(rule).send().await {
            Ok(answer) => answer.arn.unwrap_or_default(),
            Err(error) if error.as_service_error().is_some_and(DescribeRuleError::is_resource_not_found_exception) => {
                return Ok(false);
            }
            Err(error) => return Err(failed("events:DescribeRule")(error)),
        };
        let answer = events.list_tags_for_resource().resource_arn(arn).send().await;
        let tags = answer.map_err(failed("events:ListTagsForResource"))?.tags;
        if tags.unwrap_or_default().iter().any(|tag| tag.key() == TAG && tag.value() == self.name) {
            Ok(true)
        } else {
            Err(SetupError::NotOurs { what: "the rule", name: rule.to_owned() })
        }
    }

    /// Gives its ARN.
    async fn put_rule(
        &self,
        events: &aws_sdk_eventbridge::Client,
        name: &str,
        of_changes: bool,
    ) -> Result<String, SetupError> {
        let tag = Tag::builder().key(TAG).value(&self.name).build();
        let tag = tag.map_err(|error| SetupError::Aws {
            operation: "events:PutRule",
            failure: Failure::request("PutRule", &error),
        })?;
        let call = events.put_rule().name(name).tags(tag);
        let call = if of_changes {
            call.event_pattern(Self::pattern().to_string()).description("Changes, for ecs-bridge to look at")
        } else {
            call.schedule_expression(HEARTBEAT).description("By which ecs-bridge knows that it would hear of changes")
        };
        let answer = call.send().await.map_err(failed("events:PutRule"))?;
        Ok(answer.rule_arn.unwrap_or_default())
    }
}

async fn arn(sqs: &aws_sdk_sqs::Client, url: &str) -> Result<String, SetupError> {
    let call = sqs.get_queue_attributes().queue_url(url).attribute_names(QueueAttributeName::QueueArn);
    let answer = call.send().await.map_err(failed("sqs:GetQueueAttributes"))?;
    Ok(answer.attributes.and_then(|mut known| known.remove(&QueueAttributeName::QueueArn)).unwrap_or_default())
}

async fn put_target(events: &aws_sdk_eventbridge::Client, rule: &str, queue: &str) -> Result<(), SetupError> {
    const OPERATION: &str = "events:PutTargets";
    let target = Target::builder().id(TARGET).arn(queue).build();
    let target = target
        .map_err(|error| SetupError::Aws { operation: OPERATION, failure: Failure::request("PutTargets", &error) })?;
    let answer = events.put_targets().rule(rule).targets(target).send().await;
    let answer = answer.map_err(failed(OPERATION))?;
    match answer.failed_entries().first() {
        None => Ok(()),
        Some(entry) => {
            let failure = Failure::response("PutTargets", &entry.error_message().unwrap_or_default());
            Err(SetupError::Aws { operation: OPERATION, failure })
        }
    }
}

async fn delete_rule(events: &aws_sdk_eventbridge::Client, rule: &str) -> Result<(), SetupError> {
    let answer = events.list_targets_by_rule().rule(rule).send().await;
    let targets = answer.map_err(failed("events:ListTargetsByRule"))?.targets;
    let ids: Vec<String> = targets.unwrap_or_default().into_iter().map(|target| target.id).collect();
    if !ids.is_empty() {
        let removed = events.remove_targets().rule(rule).set_ids(Some(ids)).send().await;
        removed.map_err(failed("events:RemoveTargets"))?;
    }
    let deleted = events.delete_rule().name(rule).send().await;
    deleted.map(|_| ()).map_err(failed("events:DeleteRule"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_to_fit_a_queue_and_two_rules() {
        assert!(Setup::new("ecs-bridge_prod-1").is_ok());
        assert!(Setup::new(&"n".repeat(LONGEST)).is_ok());
        assert_eq!(
            Setup::new(&"n".repeat(LONGEST)).expect("it fits").heartbeat().len(),
            64,
            "the longest name of a rule"
        );
        for bad in ["", "a.fifo", "a b", &"n".repeat(LONGEST + 1)] {
            let error = Setup::new(bad).expect_err(bad).to_string();
            assert!(error.contains("letters, digits"), "{error}");
        }
    }

    #[test]
    fn only_the_two_rules_may_put_something_into_the_queue() {
        let template = Setup::new("prod").expect("a good name").template();
        let resources = &template["Resources"];
        let statement = &resources["QueuePolicy"]["Properties"]["PolicyDocument"]["Statement"][0];
        let sources = &statement["Condition"]["ArnEquals"]["aws:SourceArn"];
        assert_eq!(*sources, json!([{"Fn::GetAtt": ["Changes", "Arn"]}, {"Fn::GetAtt": ["Heartbeat", "Arn"]}]));
        for rule in ["Changes", "Heartbeat"] {
            let target = &resources[rule]["Properties"]["Targets"][0]["Arn"];
            assert_eq!(*target, json!({"Fn::GetAtt": ["Queue", "Arn"]}), "{rule} has another target");
        }
    }
}
