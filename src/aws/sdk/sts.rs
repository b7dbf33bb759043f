//! The operations of the AWS Security Token Service, sent by the AWS SDK.
//!
//! STS answers in XML, so here the SDK's structures stand between.

use aws_sdk_sts::Client;
use aws_sdk_sts::operation::RequestId;

use super::{Failure, Success};
use crate::model::sts::{GetCallerIdentityResponse, Operation};

/// Sends `operation`; the one there is has an empty request.
pub async fn invoke(client: &Client, operation: Operation) -> Result<Success, Failure> {
    match operation {
        Operation::GetCallerIdentity => {
            let answer = client.get_caller_identity().send().await.map_err(|error| Failure::from_sdk(&error))?;
            let request_id = answer.request_id().map(str::to_owned);
            let output =
                GetCallerIdentityResponse { account: answer.account, arn: answer.arn, user_id: answer.user_id };
            let output = serde_json::to_value(output).map_err(|error| Failure::response(operation.name(), &error))?;
            Ok(Success { output, request_id })
        }
    }
}
