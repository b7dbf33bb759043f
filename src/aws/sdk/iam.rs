//! The operations of AWS Identity and Access Management, sent by the AWS SDK.
//!
//! IAM answers in XML, so here the SDK's structures stand between. (The crate builds in a minute on two cores, all that it needs included: a
//! request of our own, signed and read by hand, would save no more than that.)

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::RequestId;
use serde_json::{Value, json};

use super::{Failure, Success};
use crate::model::iam::Operation;

/// Sends `operation`; of a role, it gives what a trust policy is found by.
pub async fn invoke(client: &Client, operation: Operation, input: &Value) -> Result<Success, Failure> {
    match operation {
        Operation::GetRole => {
            let name = input["RoleName"].as_str().unwrap_or_default();
            let answer = client.get_role().role_name(name).send().await;
            let answer = answer.map_err(|error| Failure::from_sdk(&error))?;
            let request_id = answer.request_id().map(str::to_owned);
            let role = answer.role.map(|role| {
                json!({
                    "Path": role.path,
                    "RoleName": role.role_name,
                    "RoleId": role.role_id,
                    "Arn": role.arn,
                    "CreateDate": role.create_date.as_secs_f64(),
                    "AssumeRolePolicyDocument": role.assume_role_policy_document,
                })
            });
            Ok(Success { output: json!({ "Role": role }), request_id })
        }
    }
}
