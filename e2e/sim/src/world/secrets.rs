//! Secrets of AWS Secrets Manager: versions, their labels, and deletion with a window in which it can be undone. Nothing is encrypted.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::params::Params;
use super::tags::{self, Tags};
use super::{Answer, Env, Region, dispatch, paging};

const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";
/// The key that AWS keeps for the account; it is not described.
const OWN_KEY: &str = "alias/aws/secretsmanager";
const DAY: Duration = Duration::from_hours(24);

#[derive(Clone)]
pub(crate) struct Secret {
    name: String,
    arn: String,
    description: String,
    /// Empty: AWS's own.
    key: String,
    tags: Tags,
    created_at: Time,
    changed_at: Time,
    /// The end of the recovery window.
    deleted_at: Option<Time>,
    /// By id. Without a label AWS may delete one, which this one never does.
    versions: BTreeMap<String, Version>,
}

#[derive(Clone)]
struct Version {
    value: Held,
    created_at: Time,
    labels: BTreeSet<String>,
}

#[derive(Clone, PartialEq)]
enum Held {
    Text(String),
    Binary(String),
}

impl Secret {
    /// Its name, unless it is scheduled for deletion.
    pub(super) fn standing(&self) -> Option<&str> {
        self.deleted_at.is_none().then_some(self.name.as_str())
    }

    /// AWS returns members that have a value only.
    fn describe(&self, versions: &str) -> Value {
        let mut secret = json!({
            "ARN": self.arn,
            "Name": self.name,
            "CreatedDate": self.created_at.to_json(),
            "LastChangedDate": self.changed_at.to_json(),
        });
        for (member, text) in [("Description", &self.description), ("KmsKeyId", &self.key)] {
            if !text.is_empty() {
                secret[member] = json!(text);
            }
        }
        if !self.tags.is_empty() {
            secret["Tags"] = tags::to_json(Api::SecretsManager, &self.tags);
        }
        if let Some(at) = self.deleted_at {
            secret["DeletedDate"] = at.to_json();
        }
        let labelled = self.versions.iter().filter(|(_, version)| !version.labels.is_empty());
        let labels: BTreeMap<&String, &BTreeSet<String>> =
            labelled.map(|(id, version)| (id, &version.labels)).collect();
        if !labels.is_empty() {
            secret[versions] = json!(labels);
        }
        secret
    }

    /// The version of this id and label; the current one where neither is given.
    fn version(&self, id: Option<&str>, label: Option<&str>) -> Result<(&String, &Version), Error> {
        let wanted = label.or(id.is_none().then_some(CURRENT));
        let mut versions = self.versions.iter();
        let found = versions.find(|(of, version)| {
            id.is_none_or(|id| *of == id) && wanted.is_none_or(|label| version.labels.contains(label))
        });
        found.ok_or_else(|| {
            let what = match (id, wanted) {
                (Some(id), _) => format!("VersionId: {id}"),
                (None, label) => format!("staging label: {}", label.unwrap_or_default()),
            };
            let message = format!("Secrets Manager can't find the specified secret value for {what}");
            Error::new("ResourceNotFoundException", message)
        })
    }

    /// Moves the labels to a version, and from the one that had AWSCURRENT the label of the one before.
    fn label(&mut self, id: &str, labels: &[&str]) {
        let had = self.versions.iter().find(|(_, version)| version.labels.contains(CURRENT)).map(|(id, _)| id.clone());
        for version in self.versions.values_mut() {
            version.labels.retain(|label| !labels.contains(&label.as_str()));
        }
        if labels.contains(&CURRENT)
            && let Some(had) = had.filter(|had| had != id)
        {
            for version in self.versions.values_mut() {
                version.labels.remove(PREVIOUS);
            }
            if let Some(before) = self.versions.get_mut(&had) {
                before.labels.insert(PREVIOUS.to_owned());
            }
        }
        if let Some(version) = self.versions.get_mut(id) {
            version.labels.extend(labels.iter().map(|label| (*label).to_owned()));
        }
    }
}

pub(super) fn call(env: &mut Env<'_>, region: &mut Region, operation: &str, request: Params<'_>) -> Answer {
    // What is past its window is gone for good.
    region.secrets.retain(|_, secret| secret.deleted_at.is_none_or(|at| at > env.now));
    match operation {
        "CreateSecret" => create(env, region, request),
        "DeleteSecret" => delete(env, region, request),
        "DescribeSecret" => Ok(find(region, request)?.describe("VersionIdsToStages")),
        "GetSecretValue" => value(region, request),
        "ListSecrets" => list(region, request),
        "PutSecretValue" => put(env, region, request),
        "RestoreSecret" => restore(env, region, request),
        "TagResource" => {
            let secret = active(region, request)?;
            tags::add(Api::SecretsManager, &mut secret.tags, request.list("Tags"))?;
            Ok(json!({}))
        }
        "UntagResource" => {
            tags::remove(&mut active(region, request)?.tags, &request.texts("TagKeys"));
            Ok(json!({}))
        }
        "UpdateSecret" => update(env, region, request),
        _ => Err(dispatch::unimplemented(Api::SecretsManager, operation)),
    }
}

fn create(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    refuse(request, &["AddReplicaRegions", "CrossAccountPrimaryARN", "ForceOverwriteReplicaSecret", "Type"])?;
    let name = request.required("Name");
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+=.@-!".contains(&b)) {
        return Err(Error::new(
            "ValidationException",
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
        ));
    }
    let held = held(request)?;
    let token = token(request)?;
    match region.secrets.get(name) {
        Some(secret) if secret.deleted_at.is_some() => {
            return Err(invalid_request(
                "You can't create this secret because a secret with this name is already scheduled for deletion.",
            ));
        }
        // A retry of the same request.
        Some(secret) if held.is_some() && secret.versions.get(token).map(|version| &version.value) == held.as_ref() => {
            return Ok(json!({"ARN": secret.arn, "Name": name, "VersionId": token}));
        }
        Some(_) => {
            let message = format!("The operation failed because the secret {name} already exists.");
            return Err(Error::new("ResourceExistsException", message));
        }
        None => {}
    }
    let arn = region.scope.arn("secretsmanager", &format!("secret:{name}-{}", env.random.hex(6)));
    let mut secret = Secret {
        name: name.to_owned(),
        arn: arn.clone(),
        description: request.text("Description").unwrap_or_default().to_owned(),
        key: key(&region.scope, request.text("KmsKeyId").unwrap_or_default()),
        tags: tags::parse(Api::SecretsManager, request.list("Tags"))?,
        created_at: env.now,
        changed_at: env.now,
        deleted_at: None,
        versions: BTreeMap::new(),
    };
    let mut answer = json!({"ARN": arn, "Name": name});
    if let Some(value) = held {
        answer["VersionId"] = json!(token);
        secret.versions.insert(token.to_owned(), Version { value, created_at: env.now, labels: BTreeSet::new() });
        secret.label(token, &[CURRENT]);
    }
    region.secrets.insert(name.to_owned(), secret);
    Ok(answer)
}

/// The id or ARN of a key, or the ARN of an alias: as AWS describes it.
fn key(scope: &Scope, given: &str) -> String {
    let own = scope.arn("kms", OWN_KEY);
    match given {
        OWN_KEY => String::new(),
        given if given == own => String::new(),
        alias if alias.starts_with("alias/") => scope.arn("kms", alias),
        given => given.to_owned(),
    }
}

fn update(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    refuse(request, &["Type"])?;
    let (held, scope, now) = (held(request)?, region.scope.clone(), env.now);
    let secret = active(region, request)?;
    let mut answer = json!({"ARN": secret.arn, "Name": secret.name});
    if let Some(value) = held {
        let token = token(request)?;
        if secret.versions.contains_key(token) {
            return Err(in_use(secret, token));
        }
        secret.versions.insert(token.to_owned(), Version { value, created_at: now, labels: BTreeSet::new() });
        secret.label(token, &[CURRENT]);
        answer["VersionId"] = json!(token);
    }
    if let Some(description) = request.text("Description") {
        description.clone_into(&mut secret.description);
    }
    if let Some(given) = request.text("KmsKeyId") {
        secret.key = key(&scope, given);
    }
    secret.changed_at = now;
    Ok(answer)
}

fn put(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    refuse(request, &["RotationToken"])?;
    let held = held(request)?;
    let Some(value) = held else {
        return Err(invalid_request("You must provide either SecretString or SecretBinary."));
    };
    let (token, now) = (token(request)?, env.now);
    let secret = active(region, request)?;
    match secret.versions.get(token) {
        Some(version) if version.value != value => return Err(in_use(secret, token)),
        // It succeeds and does nothing.
        Some(_) => {}
        None => {
            let stages = request.texts("VersionStages");
            let labels = if stages.is_empty() { vec![CURRENT] } else { stages };
            let is_first = secret.versions.is_empty();
            secret.versions.insert(token.to_owned(), Version { value, created_at: now, labels: BTreeSet::new() });
            secret.label(token, &labels);
            if is_first {
                secret.label(token, &[CURRENT]);
            }
            secret.changed_at = now;
        }
    }
    let labels = secret.versions.get(token).map(|version| &version.labels);
    Ok(json!({"ARN": secret.arn, "Name": secret.name, "VersionId": token, "VersionStages": labels}))
}

fn value(region: &mut Region, request: Params<'_>) -> Answer {
    let secret = active(region, request)?;
    let (id, version) = secret.version(request.text("VersionId"), request.text("VersionStage"))?;
    let mut answer = json!({
        "ARN": secret.arn,
        "Name": secret.name,
        "VersionId": id,
        "VersionStages": version.labels,
        "CreatedDate": version.created_at.to_json(),
    });
    match &version.value {
        Held::Text(text) => answer["SecretString"] = json!(text),
        Held::Binary(base64) => answer["SecretBinary"] = json!(base64),
    }
    Ok(answer)
}

fn delete(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let (force, window) = (request.flag("ForceDeleteWithoutRecovery"), request.int("RecoveryWindowInDays"));
    if force && window.is_some() {
        let message = "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.";
        return Err(Error::invalid(message));
    }
    let days = match window {
        None => 30,
        Some(days) => u32::try_from(days).ok().filter(|days| (7..=30).contains(days)).ok_or_else(|| {
            Error::invalid("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).")
        })?,
    };
    let found = find_mut(region, request);
    if force {
        // Of what is not there, it says the same.
        let (arn, name) = match found {
            Ok(secret) => (secret.arn.clone(), secret.name.clone()),
            Err(_) => (String::new(), request.required("SecretId").to_owned()),
        };
        region.secrets.remove(&name);
        let mut answer = json!({"Name": name, "DeletionDate": env.now.to_json()});
        if !arn.is_empty() {
            answer["ARN"] = json!(arn);
        }
        return Ok(answer);
    }
    let secret = found?;
    if secret.deleted_at.is_some() {
        return Err(marked());
    }
    let at = env.now + DAY * days;
    secret.deleted_at = Some(at);
    secret.changed_at = env.now;
    Ok(json!({"ARN": secret.arn, "Name": secret.name, "DeletionDate": at.to_json()}))
}

fn restore(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let secret = find_mut(region, request)?;
    secret.deleted_at = None;
    secret.changed_at = env.now;
    Ok(json!({"ARN": secret.arn, "Name": secret.name}))
}

fn list(region: &Region, request: Params<'_>) -> Answer {
    refuse(request, &["Filters", "SortBy", "SortOrder"])?;
    let planned = request.flag("IncludePlannedDeletion");
    let listed = region.secrets.values().filter(|secret| planned || secret.deleted_at.is_none());
    let names: Vec<String> = listed.map(|secret| secret.name.clone()).collect();
    let pages = json!({"maxResults": request.get("MaxResults"), "nextToken": request.get("NextToken")});
    let (page, next) = paging::page(Params::new(&pages), &names, 100, 100)?;
    let found: Vec<Value> = page
        .iter()
        .filter_map(|name| region.secrets.get(name))
        .map(|secret| secret.describe("SecretVersionsToStages"))
        .collect();
    let mut answer = json!({"SecretList": found});
    if let Some(next) = next {
        answer["NextToken"] = json!(next);
    }
    Ok(answer)
}

/// The text of a version, by its label or its id, as a task is given it.
pub(super) fn read<'a>(
    region: &'a Region,
    id: &str,
    label: Option<&str>,
    version: Option<&str>,
) -> Result<Option<&'a str>, Error> {
    let name = named(region, id).ok_or_else(not_found)?;
    let secret = region.secrets.get(&name).filter(|secret| secret.deleted_at.is_none()).ok_or_else(not_found)?;
    let (_, found) = secret.version(version, label)?;
    Ok(match &found.value {
        Held::Text(text) => Some(text),
        Held::Binary(_) => None,
    })
}

/// The whole ARN of what a name or an ARN names.
pub(super) fn arn_of(region: &Region, id: &str) -> Option<String> {
    named(region, id).map(|name| region.secrets[&name].arn.clone())
}

pub(super) fn tags_of(region: &Region, arn: &str) -> Option<Tags> {
    named(region, arn).map(|name| region.secrets[&name].tags.clone())
}

/// By name or by the whole ARN. AWS takes a part of an ARN too, and says that one shouldn't.
fn named(region: &Region, id: &str) -> Option<String> {
    let mut secrets = region.secrets.values();
    secrets.find(|secret| secret.name == id || secret.arn == id).map(|secret| secret.name.clone())
}

fn find<'a>(region: &'a Region, request: Params<'_>) -> Result<&'a Secret, Error> {
    let name = named(region, request.required("SecretId")).ok_or_else(not_found)?;
    region.secrets.get(&name).ok_or_else(not_found)
}

fn find_mut<'a>(region: &'a mut Region, request: Params<'_>) -> Result<&'a mut Secret, Error> {
    let name = named(region, request.required("SecretId")).ok_or_else(not_found)?;
    region.secrets.get_mut(&name).ok_or_else(not_found)
}

/// One that is not scheduled for deletion.
fn active<'a>(region: &'a mut Region, request: Params<'_>) -> Result<&'a mut Secret, Error> {
    let secret = find_mut(region, request)?;
    if secret.deleted_at.is_some() { Err(marked()) } else { Ok(secret) }
}

fn held(request: Params<'_>) -> Result<Option<Held>, Error> {
    match (request.text("SecretString"), request.text("SecretBinary")) {
        (Some(_), Some(_)) => Err(Error::invalid("You can't specify both SecretString and SecretBinary.")),
        (Some(text), None) => Ok(Some(Held::Text(text.to_owned()))),
        (None, Some(base64)) => Ok(Some(Held::Binary(base64.to_owned()))),
        (None, None) => Ok(None),
    }
}

/// AWS's own clients make one up where none is given; a raw request has to bring it.
fn token(request: Params<'_>) -> Result<&str, Error> {
    request
        .text("ClientRequestToken")
        .ok_or_else(|| invalid_request("You must provide a ClientRequestToken value. We recommend a UUID-type value."))
}

fn refuse(request: Params<'_>, members: &[&str]) -> Result<(), Error> {
    match members.iter().find(|member| request.get(member).is_some()) {
        Some(member) => Err(Error::unimplemented(&format!("{member} of Secrets Manager"))),
        None => Ok(()),
    }
}

fn invalid_request(message: &str) -> Error {
    Error::new("InvalidRequestException", message)
}

fn marked() -> Error {
    invalid_request("You can't perform this operation on the secret because it was marked for deletion.")
}

fn not_found() -> Error {
    Error::new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
}

fn in_use(secret: &Secret, token: &str) -> Error {
    let message = format!(
        "You can't use ClientRequestToken {token} because that value is already in use for a version of secret {}.",
        secret.arn
    );
    Error::new("ResourceExistsException", message)
}
