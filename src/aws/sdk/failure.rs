//! A call that failed, as data: told apart by code and kind, not by the SDK's type for each operation.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// Where a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// AWS answered with an error.
    Service,
    /// No answer came in time; whether AWS acted is not known.
    Timeout,
    /// The request did not get out, or the connection broke; whether AWS acted is not known.
    Dispatch,
    /// No credentials were to be had; nothing was sent.
    Credentials,
    /// The request could not be made from its input; nothing was sent.
    Construction,
    /// AWS answered with something that is not a response; whether it acted is not known.
    Response,
}

/// A call that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default())]
pub struct Failure {
    pub kind: Kind,
    /// AWS's error code, such as `ClusterNotFoundException`.
    pub code: Option<String>,
    pub message: String,
    /// By which AWS's support finds the call.
    pub request_id: Option<String>,
    pub http_status: Option<u16>,
}

impl Failure {
    /// The request of `operation` can't be written.
    pub(in crate::aws) fn request(operation: &str, cause: &dyn std::fmt::Display) -> Self {
        Self {
            kind: Kind::Construction,
            code: None,
            message: format!("the request of {operation} cannot be written: {cause}"),
            request_id: None,
            http_status: None,
        }
    }

    /// The operator's shell asks Kubernetes itself: a call that comes here was not meant for AWS.
    pub(in crate::aws) fn not_aws(operation: &str) -> Self {
        Self::request(operation, &"it is no operation of AWS")
    }

    /// What only the operator's shell can put into the request is not there: a defect, and nothing is sent in part.
    pub(in crate::aws) fn sealed(operation: &str) -> Self {
        Self::request(operation, &"it lacks the values of a Secret")
    }

    /// AWS's answer to `operation` has not the form that AWS documents.
    pub(in crate::aws) fn response(operation: &str, cause: &dyn std::fmt::Display) -> Self {
        Self {
            kind: Kind::Response,
            code: None,
            message: format!("AWS's answer to {operation} cannot be read: {cause}"),
            request_id: None,
            http_status: None,
        }
    }

    pub(in crate::aws) fn from_sdk<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let metadata = error.as_service_error().map(ProvideErrorMetadata::meta);
        let code = metadata.and_then(|metadata| metadata.code()).map(str::to_owned);
        let message = metadata.and_then(|metadata| metadata.message()).map(str::to_owned);
        let response = error.raw_response();
        Self {
            kind: kind(error),
            // An error without a message still has its code; anything else is told with all its causes.
            message: message.unwrap_or_else(|| match &code {
                Some(_) => "AWS gives no message".to_owned(),
                None => with_causes(error),
            }),
            code,
            request_id: response.and_then(request_id),
            http_status: response.map(|response| response.status().as_u16()),
        }
    }
}

/// The error and what caused it, each in its own words.
fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        let text = cause.to_string();
        // Some errors repeat what caused them.
        if !texts.iter().any(|known| known.contains(&text)) {
            texts.push(text);
        }
        next = cause.source();
    }
    texts.join(": ")
}

fn kind<E>(error: &SdkError<E, HttpResponse>) -> Kind
where
    E: Error + 'static,
{
    if has_cause::<CredentialsError>(error) {
        return Kind::Credentials;
    }
    match error {
        SdkError::ConstructionFailure(_) => Kind::Construction,
        SdkError::TimeoutError(_) => Kind::Timeout,
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Kind::Timeout,
        SdkError::ResponseError(_) => Kind::Response,
        SdkError::ServiceError(_) => Kind::Service,
        _ => Kind::Dispatch,
    }
}

fn has_cause<C: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<C>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// From the response's headers: not every error is parsed so far that it knows its own.
fn request_id(response: &HttpResponse) -> Option<String> {
    let headers = response.headers();
    ["x-amzn-requestid", "x-amz-request-id"].iter().find_map(|name| headers.get(name)).map(str::to_owned)
}
