//! Requests (and, in debug builds, answers) checked as raw JSON against botocore's shapes.

use serde_json::{Map, Value};

use crate::error::Error;
use crate::scope::Api;
use crate::shapes::{Kind, Model, Shape, model};

/// Checks a request as AWS does before it looks at anything.
pub(crate) fn request(api: Api, operation: &str, body: &Value) -> Result<(), Error> {
    let model = model(api);
    let Some(known) = model.operations.get(operation) else {
        return Err(Error::new("UnknownOperationException", format!("{api} has no operation {operation}")));
    };
    let Some(input) = &known.input else {
        return Ok(());
    };
    Checker { api, model, answer: false }.check("", &input.shape, body)
}

/// Checks our own answer: what AWS's model does not have must not be made up.
pub(crate) fn answer(api: Api, operation: &str, body: &Value) -> Result<(), Error> {
    let model = model(api);
    let Some(output) = model.operations.get(operation).and_then(|known| known.output.as_ref()) else {
        return Ok(());
    };
    Checker { api, model, answer: true }.check("", &output.shape, body).map_err(|error| {
        Error::new(
            "InternalFailure",
            format!("aws-sim's own answer to {operation} is not of AWS's shape: {}", error.message),
        )
        .with_status(500)
    })
}

struct Checker {
    api: Api,
    model: &'static Model,
    answer: bool,
}

impl Checker {
    fn check(&self, path: &str, shape: &str, value: &Value) -> Result<(), Error> {
        let Some(shape) = self.model.shapes.get(shape) else {
            return Err(Error::unimplemented(&format!("the shape {shape} at {path}")));
        };
        match (shape.kind, value) {
            (Kind::Structure, Value::Object(members)) => self.structure(path, shape, members),
            (Kind::List, Value::Array(items)) => {
                self.bounds(path, shape, items.len())?;
                let Some(member) = &shape.member else { return Ok(()) };
                (1..)
                    .zip(items)
                    .try_for_each(|(n, item)| self.check(&format!("{path}.{n}.member"), &member.shape, item))
            }
            (Kind::Map, Value::Object(entries)) => {
                self.bounds(path, shape, entries.len())?;
                let (Some(name), Some(member)) = (&shape.key, &shape.value) else { return Ok(()) };
                entries.iter().try_for_each(|(key, item)| {
                    let path = format!("{path}.{key}");
                    self.check(&path, &name.shape, &Value::String(key.clone()))?;
                    self.check(&path, &member.shape, item)
                })
            }
            (Kind::String, Value::String(text)) => self.string(path, shape, text),
            (Kind::Blob, Value::String(_)) | (Kind::Boolean, Value::Bool(_)) => Ok(()),
            (Kind::Integer | Kind::Long, Value::Number(number)) => match number.as_i64() {
                Some(_) if shape.kind == Kind::Long => self.range(path, shape, number),
                Some(n) if i32::try_from(n).is_ok() => self.range(path, shape, number),
                _ => Err(serialization(path, "the number is not of the member's integer type")),
            },
            (Kind::Double | Kind::Float | Kind::Timestamp, Value::Number(number)) => self.range(path, shape, number),
            _ => Err(serialization(path, &format!("{} can not be converted to {}", token(value), target(shape.kind)))),
        }
    }

    fn structure(&self, path: &str, shape: &Shape, members: &Map<String, Value>) -> Result<(), Error> {
        if shape.document {
            return Ok(());
        }
        if let Some(unknown) = members.keys().find(|name| !shape.members.contains_key(*name)) {
            return Err(serialization(&join(path, unknown), "the API has no such member"));
        }
        // AWS reads null as absent.
        let given = |name: &str| members.get(name).is_some_and(|value| !value.is_null());
        if let Some(missing) = shape.required.iter().find(|name| !given(name)) {
            return Err(self.constraint(&join(path, missing), None, "Member must not be null"));
        }
        if shape.union && members.values().filter(|value| !value.is_null()).count() != 1 {
            return Err(serialization(path, "exactly one member of a union must be set"));
        }
        members.iter().filter(|(_, value)| !value.is_null()).try_for_each(|(name, value)| {
            match shape.members.get(name) {
                Some(member) => self.check(&join(path, name), &member.shape, value),
                None => Ok(()),
            }
        })
    }

    fn string(&self, path: &str, shape: &Shape, text: &str) -> Result<(), Error> {
        if !shape.values.is_empty() && !shape.values.iter().any(|value| value == text) {
            let values = shape.values.join(", ");
            return Err(self.constraint(path, Some(text), &format!("Member must satisfy enum value set: [{values}]")));
        }
        self.bounds(path, shape, text.chars().count())?;
        match &shape.pattern {
            Some((pattern, regex)) if !self.answer && !regex.is_match(text) => Err(self.constraint(
                path,
                Some(text),
                &format!("Member must satisfy regular expression pattern: {pattern}"),
            )),
            _ => Ok(()),
        }
    }

    #[allow(clippy::cast_precision_loss)] // Lengths are small.
    fn bounds(&self, path: &str, shape: &Shape, length: usize) -> Result<(), Error> {
        // Limits of answers are not ours to hold: AWS's own answers break them (a lifecycle policy under 100 characters,
        // tags of EKS that are none).
        if self.answer {
            return Ok(());
        }
        let length = length as f64;
        match (shape.min, shape.max) {
            (Some(min), _) if length < min => {
                Err(self.constraint(path, None, &format!("Member must have length greater than or equal to {min}")))
            }
            (_, Some(max)) if length > max => {
                Err(self.constraint(path, None, &format!("Member must have length less than or equal to {max}")))
            }
            _ => Ok(()),
        }
    }

    fn range(&self, path: &str, shape: &Shape, number: &serde_json::Number) -> Result<(), Error> {
        let value = number.as_f64().unwrap_or_default();
        let text = number.to_string();
        match (shape.min, shape.max) {
            (Some(min), _) if value < min => Err(self.constraint(
                path,
                Some(&text),
                &format!("Member must have value greater than or equal to {min}"),
            )),
            (_, Some(max)) if value > max => {
                Err(self.constraint(path, Some(&text), &format!("Member must have value less than or equal to {max}")))
            }
            _ => Ok(()),
        }
    }

    /// Each service words a broken constraint in its own way.
    fn constraint(&self, path: &str, value: Option<&str>, rule: &str) -> Error {
        match self.api {
            Api::Ecr => Error::invalid(format!("Invalid parameter at '{path}' failed to satisfy constraint: '{rule}'")),
            Api::Sqs if value.is_none() => {
                Error::new("MissingParameter", format!("The request must contain the parameter {path}."))
            }
            _ => {
                let value = value.map_or_else(|| "Value".to_owned(), |value| format!("Value '{value}'"));
                let code = match self.api {
                    Api::Iam | Api::Sts => "ValidationError",
                    Api::SecretsManager | Api::Ssm | Api::Events => "ValidationException",
                    Api::ServiceDiscovery => "InvalidInput",
                    Api::Sqs => "InvalidAttributeName",
                    _ => "InvalidParameterException",
                };
                Error::new(
                    code,
                    format!("1 validation error detected: {value} at '{path}' failed to satisfy constraint: {rule}"),
                )
            }
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn serialization(path: &str, problem: &str) -> Error {
    Error::new("SerializationException", format!("{path}: {problem}"))
}

fn token(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    }
}

fn target(kind: Kind) -> &'static str {
    match kind {
        Kind::Structure => "a structure",
        Kind::List => "a list",
        Kind::Map => "a map",
        Kind::String | Kind::Blob => "String",
        Kind::Integer => "Integer",
        Kind::Long => "Long",
        Kind::Double | Kind::Float => "Double",
        Kind::Boolean => "Boolean",
        Kind::Timestamp => "Timestamp",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn requests_are_checked_as_aws_does() {
        let tag = |key: &str| json!({"clusterName": "a", "tags": [{"key": key, "value": "v"}]});
        let cases = [
            (Api::Ecs, "CreateCluster", json!({"clusterName": "a"}), None),
            (Api::Ecs, "CreateCluster", json!({"clusterName": null}), None),
            (Api::Ecs, "CreateCluster", tag("team:é x"), None),
            (Api::Ecs, "CreateCluster", tag("a*b"), Some("InvalidParameterException")),
            (Api::Ecs, "CreateCluster", tag(""), Some("InvalidParameterException")),
            (Api::Ecs, "CreateCluster", json!({"clustername": "a"}), Some("SerializationException")),
            (Api::Ecs, "CreateCluster", json!({"clusterName": 1}), Some("SerializationException")),
            (Api::Ecs, "DeleteCluster", json!({}), Some("InvalidParameterException")),
            (Api::Ecs, "ListTasks", json!({"desiredStatus": "DONE"}), Some("InvalidParameterException")),
            (Api::Ecs, "ListTasks", json!({"maxResults": 1.5}), Some("SerializationException")),
            (Api::Ecs, "NoSuch", json!({}), Some("UnknownOperationException")),
            (Api::Ecr, "CreateRepository", json!({"repositoryName": "team/app"}), None),
            (Api::Ecr, "CreateRepository", json!({"repositoryName": "Team"}), Some("InvalidParameterException")),
            (Api::Ecr, "CreateRepository", json!({}), Some("InvalidParameterException")),
            (Api::Eks, "DescribeCluster", json!({"name": "main"}), None),
            (
                Api::Eks,
                "TagResource",
                json!({"resourceArn": "a", "tags": {"": "v"}}),
                Some("InvalidParameterException"),
            ),
            (Api::Eks, "TagResource", json!({"resourceArn": "a", "tags": {}}), Some("InvalidParameterException")),
            (Api::SecretsManager, "DescribeSecret", json!({"SecretId": "shop_db"}), None),
            (Api::SecretsManager, "DescribeSecret", json!({}), Some("ValidationException")),
            (Api::ServiceDiscovery, "GetService", json!({"Id": "srv-1"}), None),
            (Api::ServiceDiscovery, "GetService", json!({}), Some("InvalidInput")),
            (Api::Sqs, "ReceiveMessage", json!({}), Some("MissingParameter")),
            (
                Api::Sqs,
                "GetQueueAttributes",
                json!({"QueueUrl": "a", "AttributeNames": ["Colour"]}),
                Some("InvalidAttributeName"),
            ),
            (Api::Events, "PutRule", json!({"Name": "a b"}), Some("ValidationException")),
            (Api::Sts, "GetCallerIdentity", json!({}), None),
        ];
        for (api, operation, body, expected) in cases {
            let code = request(api, operation, &body).err().map(|error| error.code);
            assert_eq!(code.as_deref(), expected, "{api} {operation} {body}");
        }
    }
}
