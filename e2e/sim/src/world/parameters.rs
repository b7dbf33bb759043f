//! Parameters of the Parameter Store (AWS Systems Manager), as far as tasks are given them. Nothing is encrypted.

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Api;
use crate::time::Time;

use super::params::Params;
use super::{Answer, Env, Region, dispatch};

#[derive(Clone)]
pub(crate) struct Parameter {
    kind: String,
    value: String,
    version: u64,
    changed_at: Time,
}

pub(super) fn call(env: &Env<'_>, region: &mut Region, operation: &str, request: Params<'_>) -> Answer {
    match operation {
        "DeleteParameter" => {
            let name = request.required("Name");
            region.parameters.remove(name).map(|_| json!({})).ok_or_else(|| not_found(name))
        }
        "GetParameter" => {
            let name = request.required("Name");
            let found = region.parameters.get(name).ok_or_else(|| not_found(name))?;
            Ok(json!({ "Parameter": found.describe(region, name) }))
        }
        "GetParameters" => {
            let (known, unknown): (Vec<&str>, Vec<&str>) =
                request.texts("Names").into_iter().partition(|name| region.parameters.contains_key(*name));
            let found: Vec<Value> = known.iter().map(|name| region.parameters[*name].describe(region, name)).collect();
            Ok(json!({"Parameters": found, "InvalidParameters": unknown}))
        }
        "PutParameter" => put(env, region, request),
        _ => Err(dispatch::unimplemented(Api::Ssm, operation)),
    }
}

fn put(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let members = ["KeyId", "AllowedPattern", "Tags", "Tier", "Policies", "DataType"];
    if let Some(member) = members.iter().find(|member| request.get(member).is_some()) {
        return Err(Error::unimplemented(&format!("{member} of the Parameter Store")));
    }
    let name = request.required("Name");
    let before = region.parameters.get(name);
    if before.is_some() && !request.flag("Overwrite") {
        let message =
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
        return Err(Error::new("ParameterAlreadyExists", message));
    }
    let Some(kind) = request.text("Type").or(before.map(|before| before.kind.as_str())) else {
        let message = "A parameter type is required when you create a parameter.";
        return Err(Error::new("ValidationException", message));
    };
    let version = before.map_or(0, |before| before.version) + 1;
    let value = request.required("Value").to_owned();
    let made = Parameter { kind: kind.to_owned(), value, version, changed_at: env.now };
    region.parameters.insert(name.to_owned(), made);
    Ok(json!({"Version": version, "Tier": "Standard"}))
}

impl Parameter {
    fn describe(&self, region: &Region, name: &str) -> Value {
        let path = if name.starts_with('/') { name.to_owned() } else { format!("/{name}") };
        json!({
            "Name": name,
            "Type": self.kind,
            "Value": self.value,
            "Version": self.version,
            "LastModifiedDate": self.changed_at.to_json(),
            "ARN": region.scope.arn("ssm", &format!("parameter{path}")),
            "DataType": "text",
        })
    }
}

/// Whether there is a parameter of this name or ARN. In an ARN, a name has a slash before it either way.
pub(super) fn is_there(region: &Region, name: &str) -> bool {
    let Some(path) = region.scope.resource("ssm", name).and_then(|resource| resource.strip_prefix("parameter")) else {
        return region.parameters.contains_key(name);
    };
    region.parameters.contains_key(path)
        || path.strip_prefix('/').is_some_and(|name| region.parameters.contains_key(name))
}

fn not_found(name: &str) -> Error {
    Error::new("ParameterNotFound", format!("Parameter {name} not found."))
}
