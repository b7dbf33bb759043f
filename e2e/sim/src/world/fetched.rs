//! What ECS fetches before it starts the containers of a task: values from Secrets Manager and the Parameter Store, and the credentials of
//! registries. What it can't fetch keeps the task from starting ("Troubleshooting Amazon ECS ResourceInitializationError errors").

use serde_json::Value;

use super::params::Params;
use super::{Region, parameters, secrets};

const UNABLE: &str =
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed";

/// What the containers of a task definition name.
pub(super) fn named(containers: &[Value]) -> Vec<String> {
    let mut names = Vec::new();
    for container in containers.iter().map(Params::new) {
        let logs = container.nested("logConfiguration");
        let secrets = container.list("secrets").iter().chain(logs.list("secretOptions")).map(Params::new);
        names.extend(secrets.map(|secret| secret.required("valueFrom").to_owned()));
        names.extend(container.nested("repositoryCredentials").text("credentialsParameter").map(str::to_owned));
    }
    names
}

/// Why a task that needs these does not start.
pub(super) fn lacking(region: &Region, names: &[String]) -> Option<String> {
    let (secrets, parameters): (Vec<&String>, Vec<&String>) =
        names.iter().partition(|name| name.split(':').nth(2) == Some("secretsmanager"));
    if let Some(reason) = secrets.into_iter().find_map(|name| secret(region, name)) {
        return Some(format!("{UNABLE}: {reason}"));
    }
    let missing: Vec<&str> =
        parameters.into_iter().filter(|name| !parameters::is_there(region, name)).map(String::as_str).collect();
    let said = "unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters";
    (!missing.is_empty()).then(|| format!("{UNABLE}: {said}: {}", missing.join(",")))
}

/// `ARN:key:label:version`, of which all but the ARN may be empty or missing.
fn secret(region: &Region, name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split(':').collect();
    let arn = parts.iter().take(7).copied().collect::<Vec<_>>().join(":");
    let part = |at: usize| parts.get(at).copied().filter(|part| !part.is_empty());
    match secrets::read(region, &arn, part(8), part(9)) {
        Err(error) => Some(format!(
            "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {arn} from secrets manager: {error}"
        )),
        Ok(text) => {
            let key = part(7)?;
            match serde_json::from_str::<Value>(text.unwrap_or_default()) {
                Ok(Value::Object(members)) if members.contains_key(key) => None,
                Ok(_) => Some(format!("retrieved secret from Secrets Manager did not contain json key {key}")),
                Err(_) => {
                    Some(format!("unable to parse the secret {arn} as JSON, of which it was to give the key {key}"))
                }
            }
        }
    }
}
