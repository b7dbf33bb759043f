//! EKS's Fargate profiles: immutable, slow to come and to go, and one at a time.

use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;
use crate::scope::Scope;
use crate::time::Time;

use super::agenda::Due;
use super::eks::{Cluster, in_use, read_tags, texts};
use super::params::Params;
use super::tags::Tags;
use super::{Answer, Env, Region, paging};

/// "A minute or two", as users see it.
const CREATING: Duration = Duration::from_mins(1);
const DELETING: Duration = Duration::from_secs(90);

const MAX_PROFILES: usize = 10;
const MAX_SELECTORS: usize = 5;
const MAX_LABELS: usize = 5;

#[derive(Clone)]
pub(crate) struct Profile {
    name: String,
    pub(super) id: String,
    created_at: Time,
    role: String,
    subnets: Vec<String>,
    selectors: Value,
    pub(super) tags: Tags,
    status: Status,
    /// When it leaves its status by itself.
    pub(super) next_at: Option<Time>,
    /// Why its creation or its deletion is going to fail, or has failed.
    issue: Option<Issue>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Status {
    Creating,
    Active,
    Deleting,
    CreateFailed,
    DeleteFailed,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Creating => "CREATING",
            Self::Active => "ACTIVE",
            Self::Deleting => "DELETING",
            Self::CreateFailed => "CREATE_FAILED",
            Self::DeleteFailed => "DELETE_FAILED",
        }
    }
}

/// One of `FargateProfileHealth.issues`.
#[derive(Debug, Clone)]
pub struct Issue {
    /// As in `PodExecutionRoleAlreadyInUse`.
    pub code: String,
    pub message: String,
}

/// The next creation (or else deletion) of a profile in a cluster fails.
#[derive(Debug, Clone)]
pub struct Failing {
    pub is_creation: bool,
    pub issue: Issue,
}

impl Profile {
    fn arn(&self, scope: &Scope, cluster: &str) -> String {
        scope.arn("eks", &format!("fargateprofile/{cluster}/{}/{}", self.name, self.id))
    }

    fn describe(&self, scope: &Scope, cluster: &str) -> Value {
        let failed = matches!(self.status, Status::CreateFailed | Status::DeleteFailed);
        let issues: Vec<Value> = self
            .issue
            .iter()
            .filter(|_| failed)
            .map(|issue| json!({"code": issue.code, "message": issue.message, "resourceIds": [self.role]}))
            .collect();
        json!({
            "fargateProfileName": self.name,
            "fargateProfileArn": self.arn(scope, cluster),
            "clusterName": cluster,
            "createdAt": self.created_at.to_json(),
            "podExecutionRoleArn": self.role,
            "subnets": self.subnets,
            "selectors": self.selectors,
            "status": self.status.name(),
            "tags": self.tags,
            "health": {"issues": issues},
        })
    }

    /// Its time has come: whether it is gone.
    pub(super) fn turn(&mut self) -> bool {
        self.next_at = None;
        self.status = match (self.status, &self.issue) {
            (Status::Creating, None) => Status::Active,
            (Status::Creating, Some(_)) => Status::CreateFailed,
            (Status::Deleting, None) => return true,
            (Status::Deleting, Some(_)) => Status::DeleteFailed,
            (status, _) => status,
        };
        false
    }
}

pub(super) fn create(env: &mut Env<'_>, region: &mut Region, request: &Value) -> Answer {
    let params = Params::new(request);
    let (scope, name) = (region.scope.clone(), params.required("fargateProfileName"));
    let cluster = region.eks_cluster(params.required("clusterName"))?;
    if let Some((asked, made)) = params.text("clientRequestToken").and_then(|token| cluster.tokens.get(token)) {
        if asked != request {
            return Err(Error::invalid("The client request token was used with other parameters."));
        }
        // As it was made, whatever became of it.
        return Ok(made.clone());
    }
    if !cluster.is_active(env.now) {
        let message = format!("Cluster '{}' is not in ACTIVE status", cluster.name);
        return Err(Error::new("InvalidRequestException", message));
    }
    check_form(env, params)?;
    if cluster.profiles.contains_key(name) {
        return Err(in_use("A Fargate Profile already exists with this name in this cluster.".to_owned()));
    }
    one_at_a_time(cluster, "create", name)?;
    if cluster.profiles.len() >= MAX_PROFILES {
        let message = format!("The cluster has {MAX_PROFILES} Fargate profiles already, as many as its quota allows.");
        return Err(Error::new("ResourceLimitExceededException", message));
    }
    let next_at = env.now + env.random.about(CREATING);
    let profile = Profile {
        name: name.to_owned(),
        id: env.random.uuid(),
        created_at: env.now,
        role: params.required("podExecutionRoleArn").to_owned(),
        subnets: subnets(env, cluster, params)?,
        selectors: params.get("selectors").cloned().unwrap_or_else(|| json!([])),
        tags: read_tags(params, &Tags::new())?,
        status: Status::Creating,
        next_at: Some(next_at),
        issue: cluster.failing.take_if(|failing| failing.is_creation).map(|failing| failing.issue),
    };
    let answer = json!({"fargateProfile": profile.describe(&scope, &cluster.name)});
    if let Some(token) = params.text("clientRequestToken") {
        cluster.tokens.insert(token.to_owned(), (request.clone(), answer.clone()));
    }
    cluster.profiles.insert(name.to_owned(), profile);
    env.agenda.add(next_at, &scope, Due::FargateProfile { cluster: cluster.name.clone(), name: name.to_owned() });
    Ok(answer)
}

/// What AWS refuses whatever else there is.
fn check_form(env: &Env<'_>, request: Params<'_>) -> Result<(), Error> {
    let name = request.required("fargateProfileName");
    let is_name = name.len() <= 100
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    if !is_name {
        return Err(Error::invalid(format!("Fargate Profile name '{name}' is invalid")));
    }
    if name.starts_with("eks-") {
        return Err(Error::invalid("Fargate Profile names that begin with eks- are reserved"));
    }
    let role = request.required("podExecutionRoleArn");
    if !role.starts_with("arn:aws:iam::") || !role.contains(":role/") {
        return Err(Error::invalid(format!("Invalid Role Arn: '{role}'")));
    }
    if env.config.refused_roles.iter().any(|refused| refused == role) {
        return Err(Error::invalid(
            "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
        ));
    }
    let selectors = request.list("selectors");
    if selectors.is_empty() {
        return Err(Error::invalid("Fargate Profile requires at least one selector."));
    }
    if selectors.len() > MAX_SELECTORS {
        return Err(Error::invalid(format!("Request contains more than {MAX_SELECTORS} Selectors")));
    }
    for selector in selectors.iter().map(Params::new) {
        if selector.required("namespace").is_empty() {
            let message = "Fargate Profile must have at least one selector with at least one namespace value.";
            return Err(Error::invalid(message));
        }
        let labels = selector.get("labels").and_then(Value::as_object).map_or(0, serde_json::Map::len);
        if labels > MAX_LABELS {
            return Err(Error::invalid(format!("Request contains Selector with more than {MAX_LABELS} Label pairs")));
        }
    }
    Ok(())
}

/// Those of the request, or the cluster's private ones.
fn subnets(env: &Env<'_>, cluster: &Cluster, request: Params<'_>) -> Result<Vec<String>, Error> {
    let is_private = |subnet: &&String| !env.config.public_subnets.contains(*subnet);
    let given = texts(request, "subnets");
    if let Some(public) = given.iter().find(|subnet| !is_private(subnet)) {
        return Err(Error::invalid(format!("Subnet {public} provided in Fargate Profile is not a private subnet")));
    }
    if !given.is_empty() {
        return Ok(given);
    }
    let private: Vec<String> = cluster.subnets.iter().filter(is_private).cloned().collect();
    if private.is_empty() {
        return Err(Error::invalid(format!("No private subnets were found for cluster {}", cluster.name)));
    }
    Ok(private)
}

/// EKS makes and takes away one profile of a cluster at a time, and says which is in the way.
fn one_at_a_time(cluster: &Cluster, verb: &str, name: &str) -> Result<(), Error> {
    let busy = cluster.profiles.values().find(|profile| matches!(profile.status, Status::Creating | Status::Deleting));
    let Some(busy) = busy else { return Ok(()) };
    let (cluster, other, status) = (&cluster.name, &busy.name, busy.status.name());
    Err(in_use(format!(
        "Cannot {verb} Fargate Profile {name} because cluster {cluster} currently has Fargate profile {other} in status {status}"
    )))
}

pub(super) fn describe(region: &mut Region, request: Params<'_>) -> Answer {
    let scope = region.scope.clone();
    let cluster = region.eks_cluster(request.required("clusterName"))?;
    let name = request.required("fargateProfileName");
    let profile = cluster.profiles.get(name).ok_or_else(|| not_found(name))?;
    Ok(json!({"fargateProfile": profile.describe(&scope, &cluster.name)}))
}

pub(super) fn list(region: &mut Region, request: Params<'_>) -> Answer {
    let cluster = region.eks_cluster(request.required("clusterName"))?;
    let names: Vec<String> = cluster.profiles.keys().cloned().collect();
    let (names, next) = paging::page(request, &names, 100, 100)?;
    let mut answer = json!({"fargateProfileNames": names});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn delete(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let scope = region.scope.clone();
    let cluster = region.eks_cluster(request.required("clusterName"))?;
    let name = request.required("fargateProfileName");
    if !cluster.profiles.contains_key(name) {
        return Err(not_found(name));
    }
    one_at_a_time(cluster, "Delete", name)?;
    let next_at = env.now + env.random.about(DELETING);
    let profile = cluster.profiles.get_mut(name).ok_or_else(|| not_found(name))?;
    profile.status = Status::Deleting;
    profile.issue = cluster.failing.take_if(|failing| !failing.is_creation).map(|failing| failing.issue);
    profile.next_at = Some(next_at);
    env.agenda.add(next_at, &scope, Due::FargateProfile { cluster: cluster.name.clone(), name: name.to_owned() });
    Ok(json!({"fargateProfile": profile.describe(&scope, &cluster.name)}))
}

/// The next creation or deletion of a profile in this cluster fails.
pub(super) fn fail_next(region: &mut Region, cluster: &str, failing: Failing) -> Result<(), Error> {
    region.eks_cluster(cluster)?.failing = Some(failing);
    Ok(())
}

fn not_found(name: &str) -> Error {
    Error::new("ResourceNotFoundException", format!("No Fargate Profile found with name: {name}.")).with_status(404)
}
