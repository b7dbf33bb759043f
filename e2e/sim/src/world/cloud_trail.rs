//! What AWS CloudTrail tells EventBridge of calls that change something, where the account has a trail.
//!
//! Source: "AWS service events delivered via AWS CloudTrail", "CloudTrail record contents for management events". Of what was answered
//! nothing is told but errors, and of secrets' values nothing.

use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::journal;
use crate::scope::{Api, Scope};

use super::Env;
use super::event_bridge::Event;

/// Nobody documents how long it takes: seconds, mostly.
const LATENCY: Duration = Duration::from_secs(5);
const SECRETS: [&str; 2] = ["SecretBinary", "SecretString"];

pub(super) fn record(
    env: &mut Env<'_>,
    scope: &Scope,
    api: Api,
    operation: &str,
    request: &Value,
    error: Option<&Error>,
) {
    let told = matches!(api, Api::Ecs | Api::Ecr | Api::Eks | Api::SecretsManager | Api::ServiceDiscovery);
    if !env.config.trail || !env.listened || !told || !journal::is_write(operation) {
        return;
    }
    let (now, event_id, request_id) = (env.now, env.random.uuid(), env.random.uuid());
    env.announce(scope, || {
        let mut parameters = request.clone();
        if let Some(members) = parameters.as_object_mut() {
            members.retain(|name, _| !SECRETS.contains(&name.as_str()));
        }
        let mut detail = json!({
            "eventVersion": "1.11",
            "userIdentity": {
                "type": "IAMUser",
                "arn": format!("arn:aws:iam::{}:user/aws-sim", scope.account),
                "accountId": scope.account,
                "userName": "aws-sim",
            },
            "eventTime": now.to_seconds_text(),
            "eventSource": format!("{api}.amazonaws.com"),
            "eventName": operation,
            "awsRegion": scope.region,
            "sourceIPAddress": "127.0.0.1",
            "requestParameters": parameters,
            "responseElements": null,
            "requestID": request_id,
            "eventID": event_id,
            "readOnly": false,
            "eventType": "AwsApiCall",
            "managementEvent": true,
            "recipientAccountId": scope.account,
            "eventCategory": "Management",
        });
        if let Some(error) = error {
            detail["errorCode"] = json!(error.code);
            detail["errorMessage"] = json!(error.message);
        }
        Event {
            source: format!("aws.{api}"),
            detail_type: "AWS API Call via CloudTrail".to_owned(),
            resources: Vec::new(),
            detail,
            after: LATENCY,
        }
    });
}
