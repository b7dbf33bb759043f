//! AWS's REST-JSON protocol, which EKS speaks: an operation is a method and a path, and members of its request stand in the
//! path, in the query string and in the body. Where each of them stands is read from the service's model.

use axum::http::{Method, Uri};
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::Api;
use crate::shapes::{Http, Kind, Model, Reference, model};
use crate::wire::decode;

/// Which operation of EKS is asked for, and with what: one object of all members, wherever they stood.
pub(crate) fn read(method: &Method, uri: &Uri, body: &[u8]) -> Result<(Api, String, Value), Error> {
    let model = model(Api::Eks);
    let labels =
        |http: &Http| (http.method == method.as_str()).then(|| labels(&http.request_uri, uri.path())).flatten();
    let found = model.operations.iter().find_map(|(name, operation)| Some((name, operation, labels(&operation.http)?)));
    let Some((name, operation, labels)) = found else {
        let message = format!("no API that aws-sim speaks for has {method} {}", uri.path());
        return Err(Error::new("UnknownOperationException", message).with_status(404));
    };
    let mut members: Map<String, Value> = if body.is_empty() {
        Map::new()
    } else {
        serde_json::from_slice(body)
            .map_err(|error| Error::new("SerializationException", format!("the request is not JSON: {error}")))?
    };
    let input = operation.input.as_ref().and_then(|input| model.shapes.get(&input.shape));
    for (member, reference) in input.iter().flat_map(|input| &input.members) {
        let wire_name = reference.location_name.as_deref().unwrap_or(member);
        let value = match reference.location.as_deref() {
            Some("uri") => labels.iter().find(|(label, _)| label == wire_name).map(|(_, value)| json!(value)),
            Some("querystring") => from_query(model, reference, uri.query().unwrap_or_default(), wire_name),
            _ => continue,
        };
        // A member has one place: what the body says of it is nothing.
        members.remove(member);
        members.extend(value.map(|value| (member.clone(), value)));
    }
    Ok((Api::Eks, name.clone(), Value::Object(members)))
}

/// What stands in a path for each `{label}` of its template; `None`: it is another's path.
fn labels(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (template, path) = (template.split('/'), path.split('/'));
    if template.clone().count() != path.clone().count() {
        return None;
    }
    let mut found = Vec::new();
    for (expected, given) in template.zip(path) {
        match expected.strip_prefix('{').and_then(|label| label.strip_suffix('}')) {
            // In a path, a plus is a plus.
            Some(label) if !given.is_empty() => found.push((label.to_owned(), decode(&given.replace('+', "%2B")))),
            None if expected == given => {}
            _ => return None,
        }
    }
    Some(found)
}

/// A member of the query string, of the type that the model gives it.
fn from_query(model: &Model, reference: &Reference, query: &str, name: &str) -> Option<Value> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let values: Vec<String> = pairs.filter(|(key, _)| decode(key) == name).map(|(_, value)| decode(value)).collect();
    let last = values.last()?;
    // What is not of its type stays a text, and is refused where the shapes are checked.
    let parsed = |value: Option<Value>| Some(value.unwrap_or_else(|| json!(last)));
    match model.shapes.get(&reference.shape)?.kind {
        Kind::List => Some(json!(values)),
        Kind::Integer | Kind::Long => parsed(last.parse::<i64>().ok().map(Value::from)),
        Kind::Boolean => parsed(last.parse::<bool>().ok().map(Value::from)),
        _ => Some(json!(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &Method, uri: &str, body: &Value) -> Result<(String, Value), String> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let read = read(method, &uri.parse().expect("a URI"), body.as_bytes());
        read.map(|(_, operation, members)| (operation, members)).map_err(|error| error.code)
    }

    #[test]
    fn members_are_read_from_where_they_stand() {
        let arn = "arn%3Aaws%3Aeks%3Aus-east-1%3A1%3Afargateprofile%2Fc%2Fp%2F1";
        for (method, uri, body, operation, members) in [
            (Method::GET, "/clusters/a+b%20c", json!(null), "DescribeCluster", json!({"name": "a+b c"})),
            (
                Method::POST,
                "/clusters/c/fargate-profiles",
                json!({"fargateProfileName": "p", "clusterName": "another"}),
                "CreateFargateProfile",
                json!({"clusterName": "c", "fargateProfileName": "p"}),
            ),
            (
                Method::GET,
                "/clusters/c/fargate-profiles?maxResults=5&nextToken=t%26",
                json!(null),
                "ListFargateProfiles",
                json!({"clusterName": "c", "maxResults": 5, "nextToken": "t&"}),
            ),
            (
                Method::DELETE,
                &format!("/tags/{arn}?tagKeys=a&tagKeys=b%3Ac"),
                json!(null),
                "UntagResource",
                json!({"resourceArn": "arn:aws:eks:us-east-1:1:fargateprofile/c/p/1", "tagKeys": ["a", "b:c"]}),
            ),
        ] {
            assert_eq!(asked(&method, uri, &body), Ok((operation.to_owned(), members)), "{uri}");
        }
    }

    #[test]
    fn what_is_no_operation_is_refused() {
        for (method, uri) in [(Method::GET, "/"), (Method::PUT, "/clusters/c"), (Method::GET, "/clusters/c/x/y/z")] {
            let refused = asked(&method, uri, &json!(null));
            assert_eq!(refused, Err("UnknownOperationException".to_owned()), "{method} {uri}");
        }
    }
}
