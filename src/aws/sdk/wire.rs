//! Canonical JSON as it is, on the wire of AWS's JSON protocols.
//!
//! The SDK finds the endpoint, signs, sends, and reads errors; what is in a request and in a response passes it by. Its
//! structures would lose what is newer than they are (`aws-sdk-ecs` 1.157 knows no `trustedExecutionConfiguration`), and
//! would send a 0 or false for plain members that were never set.
//!
//! A request of EKS's REST protocol has members in its path and its query string too. Those go by the SDK's setters, since
//! the SDK is what writes URLs; everything else is the body, and ours here as well.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_ecs::operation::RequestId;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Failure, Success};

/// One call: what is sent, and what came back.
#[derive(Clone)]
pub(super) struct Wire {
    operation: &'static str,
    /// `None`: the operation has no body, and the request is sent as the SDK makes it.
    request: Option<Arc<str>>,
    response: Arc<Mutex<Vec<u8>>>,
}

/// Neither what is sent nor what came back is for a log.
impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").field("operation", &self.operation).finish_non_exhaustive()
    }
}

impl Wire {
    pub(super) fn new(operation: &'static str, input: &Value) -> Self {
        Self { operation, request: Some(input.to_string().into()), response: Arc::default() }
    }

    /// A request whose members at `elsewhere` stand in its path or its query string.
    pub(super) fn rest(operation: &'static str, input: &Value, elsewhere: &[&str]) -> Self {
        let mut body = input.clone();
        if let Some(members) = body.as_object_mut() {
            members.retain(|member, _| !elsewhere.contains(&member.as_str()));
        }
        Self::new(operation, &body)
    }

    /// A request all of whose members stand in its path or its query string.
    pub(super) fn without_body(operation: &'static str) -> Self {
        Self { operation, request: None, response: Arc::default() }
    }

    /// Waits for the call that this was given to as an interceptor.
    pub(super) async fn sent<O, E>(
        self,
        call: impl Future<Output = Result<O, SdkError<E, HttpResponse>>>,
    ) -> Result<Success, Failure>
    where
        O: RequestId,
        E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let answer = call.await.map_err(|error| Failure::from_sdk(&error))?;
        let response = self.response.lock().unwrap_or_else(PoisonError::into_inner);
        // Some operations answer with nothing at all.
        let output = if response.is_empty() {
            Value::Object(serde_json::Map::new())
        } else {
            serde_json::from_slice(&response).map_err(|error| Failure::response(self.operation, &error))?
        };
        Ok(Success { output, request_id: answer.request_id().map(str::to_owned) })
    }
}

/// A member of a REST request for the SDK to write into the URL.
pub(super) fn bound<T: DeserializeOwned>(
    operation: &'static str,
    input: &Value,
    member: &str,
) -> Result<Option<T>, Failure> {
    let value = input.get(member).filter(|value| !value.is_null());
    let read = |value: &Value| {
        T::deserialize(value).map_err(|error| Failure::request(operation, &format!("{member}: {error}")))
    };
    value.map(read).transpose()
}

impl Intercept for Wire {
    fn name(&self) -> &'static str {
        "CanonicalJson"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(body) = &self.request {
            let request = context.request_mut();
            *request.body_mut() = SdkBody::from(&**body);
            request.headers_mut().try_insert("content-length", body.len().to_string())?;
        }
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response().body().bytes().unwrap_or_default();
        *self.response.lock().unwrap_or_else(PoisonError::into_inner) = body.to_vec();
        Ok(())
    }
}
