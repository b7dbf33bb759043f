//! Roles of IAM, as far as who may assume them. IAM has no regions: what is asked in one is there in all.

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Api;
use crate::time::Time;

use super::params::Params;
use super::{Answer, Env, Region, dispatch};

#[derive(Clone)]
pub(crate) struct Role {
    id: String,
    path: String,
    trust: String,
    created_at: Time,
}

pub(super) fn call(env: &mut Env<'_>, region: &mut Region, operation: &str, request: Params<'_>) -> Answer {
    let name = request.required("RoleName").to_owned();
    match operation {
        "CreateRole" => {
            if region.roles.contains_key(&name) {
                let message = format!("Role with name {name} already exists.");
                return Err(Error::new("EntityAlreadyExists", message).with_status(409));
            }
            let trust = policy(request.required("AssumeRolePolicyDocument"))?;
            let path = request.text("Path").unwrap_or("/").to_owned();
            let id = format!("AROA{}", env.random.hex(17).to_uppercase());
            region.roles.insert(name.clone(), Role { id, path, trust, created_at: env.now });
            described(region, &name)
        }
        "DeleteRole" => region.roles.remove(&name).map(|_| json!({})).ok_or_else(|| not_found(&name)),
        "GetRole" => described(region, &name),
        "UpdateAssumeRolePolicy" => {
            let trust = policy(request.required("PolicyDocument"))?;
            region.roles.get_mut(&name).ok_or_else(|| not_found(&name))?.trust = trust;
            Ok(json!({}))
        }
        _ => Err(dispatch::unimplemented(Api::Iam, operation)),
    }
}

fn policy(document: &str) -> Result<String, Error> {
    let is_policy = serde_json::from_str::<Value>(document).is_ok_and(|document| !document["Statement"].is_null());
    let malformed = || Error::new("MalformedPolicyDocument", "This policy contains invalid Json");
    if is_policy { Ok(document.to_owned()) } else { Err(malformed()) }
}

fn described(region: &Region, name: &str) -> Answer {
    let role = region.roles.get(name).ok_or_else(|| not_found(name))?;
    Ok(json!({ "Role": {
        "Path": role.path,
        "RoleName": name,
        "RoleId": role.id,
        "Arn": arn(region, name),
        "CreateDate": role.created_at.to_json(),
        "AssumeRolePolicyDocument": encoded(&role.trust),
    }}))
}

/// That of a role, whether it is there or not.
pub(super) fn arn(region: &Region, name: &str) -> String {
    let path = region.roles.get(name).map_or("/", |role| role.path.as_str());
    format!("arn:aws:iam::{}:role{path}{name}", region.scope.account)
}

/// As RFC 3986 wants it in a URL.
fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn not_found(name: &str) -> Error {
    Error::new("NoSuchEntity", format!("The role with name {name} cannot be found.")).with_status(404)
}
