//! AWS's wire protocols: AWS JSON 1.1 for ECS, ECR, Secrets Manager, Cloud Map and EventBridge, 1.0 for SQS, AWS Query for IAM and STS (`rest` has EKS's), and the part of Signature Version 4 that names the caller.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

/// Who signed the request, and for which region. The signature itself is not checked.
#[derive(Debug, PartialEq)]
pub(crate) struct Signer {
    pub(crate) access_key: String,
    pub(crate) region: String,
}

impl Signer {
    /// Reads `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/ecs/aws4_request, …`.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Result<Self, Error> {
        let missing =
            || Error::new("MissingAuthenticationTokenException", "Missing Authentication Token").with_status(403);
        let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(missing)?;
        let (_, rest) = header.split_once("Credential=").ok_or_else(missing)?;
        let mut parts = rest.split(',').next().unwrap_or_default().split('/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(access_key), Some(_date), Some(region)) if !access_key.is_empty() && !region.is_empty() => {
                Ok(Self { access_key: access_key.to_owned(), region: region.to_owned() })
            }
            _ => Err(missing()),
        }
    }

    /// A listed key's account; a key of twelve digits is its own account; all else is the default account.
    pub(crate) fn scope(&self, accounts: &BTreeMap<String, String>) -> Scope {
        let digits = self.access_key.len() == 12 && self.access_key.bytes().all(|byte| byte.is_ascii_digit());
        let account = match accounts.get(&self.access_key) {
            Some(account) => account.clone(),
            None if digits => self.access_key.clone(),
            None => Scope::default().account,
        };
        Scope::new(account, self.region.clone())
    }
}

/// Which operation is asked for, and with what.
pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Result<(Api, String, Value), Error> {
    let Some(target) = headers.get("x-amz-target") else {
        return read_query(body);
    };
    let unknown = || {
        Error::new(
            "UnknownOperationException",
            "aws-sim speaks for ECS, ECR, EKS, Secrets Manager, Cloud Map, IAM, Systems Manager, SQS, EventBridge and STS only",
        )
    };
    let target = target.to_str().map_err(|_| unknown())?;
    let (prefix, operation) = target.split_once('.').ok_or_else(unknown)?;
    let api = Api::from_target_prefix(prefix).ok_or_else(unknown)?;
    let body = if body.is_empty() { b"{}" } else { body };
    let body = serde_json::from_slice(body)
        .map_err(|error| Error::new("SerializationException", format!("the request is not JSON: {error}")))?;
    Ok((api, operation.to_owned(), body))
}

fn read_query(body: &[u8]) -> Result<(Api, String, Value), Error> {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let mut members = Map::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        members.insert(decode(name), Value::String(decode(value)));
    }
    // Each of the services has one version of its API.
    let api = if members.remove("Version") == Some(Value::from("2010-05-08")) { Api::Iam } else { Api::Sts };
    match members.remove("Action") {
        Some(Value::String(action)) => Ok((api, action, Value::Object(members))),
        _ => Err(Error::new("MissingAction", "neither an X-Amz-Target header nor an Action is given")),
    }
}

/// `application/x-www-form-urlencoded`
pub(crate) fn decode(text: &str) -> String {
    let mut decoded = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => decoded.push(b' '),
            b'%' => {
                let digits = [bytes.next().unwrap_or(b'0'), bytes.next().unwrap_or(b'0')];
                let digits = std::str::from_utf8(&digits).unwrap_or("20");
                decoded.push(u8::from_str_radix(digits, 16).unwrap_or(b' '));
            }
            byte => decoded.push(byte),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// An answer in AWS Query's XML.
pub(crate) fn xml(api: Api, operation: &str, answer: &Result<Value, Error>, request_id: &str) -> String {
    let namespace = match api {
        Api::Iam => "https://iam.amazonaws.com/doc/2010-05-08/",
        _ => "https://sts.amazonaws.com/doc/2011-06-15/",
    };
    match answer {
        Ok(value) => {
            let members = elements(value);
            format!(
                "<{operation}Response xmlns=\"{namespace}\"><{operation}Result>{members}</{operation}Result>\
                 <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{operation}Response>"
            )
        }
        Err(error) => format!(
            "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>Sender</Type><Code>{}</Code><Message>{}</Message></Error>\
             <RequestId>{request_id}</RequestId></ErrorResponse>",
            escape(&error.code),
            escape(&error.message)
        ),
    }
}

/// The members of a structure. A number is a time, which is a text here.
fn elements(structure: &Value) -> String {
    let mut found = String::new();
    for (name, value) in structure.as_object().into_iter().flatten() {
        let text = match value {
            Value::Object(_) => elements(value),
            Value::Number(seconds) => Time::of_json(seconds).to_text(),
            _ => escape(value.as_str().unwrap_or_default()),
        };
        found.extend(["<", name, ">", &text, "</", name, ">"]);
    }
    found
}

pub(crate) const JSON_1_0: &str = "application/x-amz-json-1.0";

/// An error of SQS: its body, and for clients that know AWS Query's codes the header that names it by that.
///
/// Source: "Interpreting Amazon SQS AWS JSON protocol API responses".
pub(crate) fn of_sqs(error: &Error) -> (Value, String) {
    let mut body = error.body();
    body["__type"] = Value::from(format!("com.amazonaws.sqs#{}", error.code));
    let code = match error.code.as_str() {
        "QueueDoesNotExist" => "AWS.SimpleQueueService.NonExistentQueue",
        "QueueNameExists" => "QueueAlreadyExists",
        "QueueDeletedRecently" => "AWS.SimpleQueueService.QueueDeletedRecently",
        "PurgeQueueInProgress" => "AWS.SimpleQueueService.PurgeQueueInProgress",
        "MessageNotInflight" => "AWS.SimpleQueueService.MessageNotInflight",
        "EmptyBatchRequest" => "AWS.SimpleQueueService.EmptyBatchRequest",
        "TooManyEntriesInBatchRequest" => "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        "BatchEntryIdsNotDistinct" => "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
        code => code,
    };
    let fault = if error.status < 500 { "Sender" } else { "Receiver" };
    (body, format!("{code};{fault}"))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signer_is_read_from_the_credential_scope() {
        let good =
            "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=00";
        let cases =
            [(good, true), ("Bearer token", false), ("AWS4-HMAC-SHA256 Credential=AKID, SignedHeaders=host", false)];
        for (header, valid) in cases {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, header.parse().unwrap())]);
            assert_eq!(Signer::from_headers(&headers).is_ok(), valid, "{header}");
        }
        assert!(Signer::from_headers(&HeaderMap::new()).is_err(), "an unsigned request was let through");
    }

    #[test]
    fn access_keys_name_accounts() {
        let accounts = BTreeMap::from([("AKIDTEAM".to_owned(), "210987654321".to_owned())]);
        let cases = [("AKIDTEAM", "210987654321"), ("111122223333", "111122223333"), ("test", "123456789012")];
        for (access_key, account) in cases {
            let signer = Signer { access_key: access_key.into(), region: "us-east-1".into() };
            assert_eq!(signer.scope(&accounts).account, account, "{access_key}");
        }
    }

    #[test]
    fn a_query_is_decoded() {
        let (api, operation, body) =
            read(&HeaderMap::new(), b"Action=GetCallerIdentity&Version=2011-06-15&A=b+c%2Fd").unwrap();
        assert_eq!((api, operation.as_str(), body), (Api::Sts, "GetCallerIdentity", serde_json::json!({"A": "b c/d"})));
    }
}
