//! ECR repositories.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::{Api, Scope};
use crate::time::Time;

use super::params::Params;
use super::tags::{self, Tags};
use super::{Answer, Env, Region, paging};

#[derive(Clone)]
pub(crate) struct Repository {
    name: String,
    created_at: Time,
    mutability: String,
    exclusions: Option<Value>,
    scan_on_push: bool,
    encryption: Value,
    tags: Tags,
    images: BTreeSet<String>,
    pub(super) policy: Option<String>,
    pub(super) lifecycle_policy: Option<String>,
}

impl Repository {
    fn arn(&self, scope: &Scope) -> String {
        scope.arn("ecr", &format!("repository/{}", self.name))
    }

    fn describe(&self, scope: &Scope) -> Value {
        let Scope { account, region } = scope;
        let mut repository = json!({
            "repositoryArn": self.arn(scope),
            "registryId": account,
            "repositoryName": self.name,
            "repositoryUri": format!("{account}.dkr.ecr.{region}.amazonaws.com/{}", self.name),
            "createdAt": self.created_at.to_json(),
            "imageTagMutability": self.mutability,
            "imageScanningConfiguration": {"scanOnPush": self.scan_on_push},
            "encryptionConfiguration": self.encryption,
        });
        if let Some(filters) = &self.exclusions {
            repository["imageTagMutabilityExclusionFilters"] = filters.clone();
        }
        repository
    }
}

impl Region {
    pub(super) fn repository_tags(&self, arn: &str) -> Option<Tags> {
        let name = self.scope.resource("ecr", arn)?.strip_prefix("repository/")?;
        self.repositories.get(name).map(|repository| repository.tags.clone())
    }
}

pub(crate) fn create(env: &mut Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    check_registry(region, request)?;
    let name = request.required("repositoryName");
    if region.repositories.contains_key(name) {
        return Err(Error::new(
            "RepositoryAlreadyExistsException",
            format!(
                "The repository with name '{name}' already exists in the registry with id '{}'",
                region.scope.account
            ),
        ));
    }
    let (mutability, exclusions) = mutability(request)?;
    let repository = Repository {
        name: name.to_owned(),
        created_at: env.now,
        mutability,
        exclusions,
        scan_on_push: request.nested("imageScanningConfiguration").flag("scanOnPush"),
        encryption: encryption(env, region, request)?,
        tags: tags::parse(Api::Ecr, request.list("tags"))?,
        images: BTreeSet::new(),
        policy: None,
        lifecycle_policy: None,
    };
    let answer = json!({"repository": repository.describe(&region.scope)});
    region.repositories.insert(name.to_owned(), repository);
    Ok(answer)
}

/// AES256 unless KMS is asked for; without a key of one's own, KMS uses the one that AWS manages for ECR.
fn encryption(env: &mut Env<'_>, region: &Region, request: Params<'_>) -> Result<Value, Error> {
    let wanted = request.nested("encryptionConfiguration");
    let kind = wanted.text("encryptionType").unwrap_or("AES256");
    match (kind, wanted.text("kmsKey")) {
        ("AES256", None) => Ok(json!({"encryptionType": kind})),
        ("AES256", Some(_)) => Err(invalid("encryptionConfiguration", "kmsKey may be given with KMS encryption only")),
        (_, Some(key)) => Ok(json!({"encryptionType": kind, "kmsKey": key})),
        (_, None) => {
            let key = region.scope.arn("kms", &format!("key/{}", env.random.uuid()));
            Ok(json!({"encryptionType": kind, "kmsKey": key}))
        }
    }
}

fn mutability(request: Params<'_>) -> Result<(String, Option<Value>), Error> {
    let kind = request.text("imageTagMutability").unwrap_or("MUTABLE");
    let filters = request.get("imageTagMutabilityExclusionFilters");
    match (kind.ends_with("_WITH_EXCLUSION"), filters) {
        (true, None) => {
            Err(invalid("imageTagMutabilityExclusionFilters", &format!("{kind} wants at least one filter")))
        }
        (false, Some(_)) => Err(invalid("imageTagMutabilityExclusionFilters", &format!("{kind} takes no filters"))),
        (_, filters) => Ok((kind.to_owned(), filters.cloned())),
    }
}

pub(crate) fn describe(region: &Region, request: Params<'_>) -> Answer {
    check_registry(region, request)?;
    let names = request.texts("repositoryNames");
    if !names.is_empty() {
        if request.get("maxResults").is_some() || request.get("nextToken").is_some() {
            return Err(invalid("repositoryNames", "paging cannot be used with a list of names"));
        }
        let found: Result<Vec<Value>, Error> =
            names.iter().map(|name| find(region, name).map(|repository| repository.describe(&region.scope))).collect();
        return Ok(json!({"repositories": found?}));
    }
    let names: Vec<String> = region.repositories.keys().cloned().collect();
    let (page, next) = paging::page(request, &names, 100, 1000)?;
    let found: Vec<Value> = page
        .iter()
        .filter_map(|name| region.repositories.get(name))
        .map(|repository| repository.describe(&region.scope))
        .collect();
    let mut answer = json!({"repositories": found});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

pub(crate) fn delete(region: &mut Region, request: Params<'_>) -> Answer {
    check_registry(region, request)?;
    let repository = find(region, request.required("repositoryName"))?;
    if !repository.images.is_empty() && !request.flag("force") {
        let name = &repository.name;
        let message = format!(
            "The repository with name '{name}' in registry with id '{}' cannot be deleted because it still contains images",
            region.scope.account
        );
        return Err(Error::new("RepositoryNotEmptyException", message));
    }
    let answer = json!({"repository": repository.describe(&region.scope)});
    region.repositories.remove(request.required("repositoryName"));
    Ok(answer)
}

pub(crate) fn put_image_tag_mutability(region: &mut Region, request: Params<'_>) -> Answer {
    let (kind, filters) = mutability(request)?;
    let mut answer = about(region, request);
    answer.insert("imageTagMutability".into(), json!(kind));
    if let Some(filters) = &filters {
        answer.insert("imageTagMutabilityExclusionFilters".into(), filters.clone());
    }
    let repository = named(region, request)?;
    repository.mutability = kind;
    repository.exclusions = filters;
    Ok(Value::Object(answer))
}

pub(crate) fn put_image_scanning_configuration(region: &mut Region, request: Params<'_>) -> Answer {
    let scan = request.nested("imageScanningConfiguration").flag("scanOnPush");
    named(region, request)?.scan_on_push = scan;
    let mut answer = about(region, request);
    answer.insert("imageScanningConfiguration".into(), json!({"scanOnPush": scan}));
    Ok(Value::Object(answer))
}

pub(crate) fn tag(region: &mut Region, request: Params<'_>) -> Answer {
    let repository = by_arn(region, request)?;
    tags::add(Api::Ecr, &mut repository.tags, request.list("tags"))?;
    Ok(json!({}))
}

pub(crate) fn untag(region: &mut Region, request: Params<'_>) -> Answer {
    let repository = by_arn(region, request)?;
    tags::remove(&mut repository.tags, &request.texts("tagKeys"));
    Ok(json!({}))
}

pub(crate) fn list_tags(region: &mut Region, request: Params<'_>) -> Answer {
    let repository = by_arn(region, request)?;
    Ok(json!({"tags": tags::to_json(Api::Ecr, &repository.tags)}))
}

pub(crate) fn put_image(region: &mut Region, repository: &str, tag: &str) -> Result<(), Error> {
    find_mut(region, repository)?.images.insert(tag.to_owned());
    Ok(())
}

/// The repository that the request names.
pub(super) fn named<'a>(region: &'a mut Region, request: Params<'_>) -> Result<&'a mut Repository, Error> {
    check_registry(region, request)?;
    find_mut(region, request.required("repositoryName"))
}

/// What the answers about one repository begin with.
pub(super) fn about(region: &Region, request: Params<'_>) -> Map<String, Value> {
    Map::from_iter([
        ("registryId".to_owned(), json!(region.scope.account)),
        ("repositoryName".to_owned(), json!(request.required("repositoryName"))),
    ])
}

pub(super) fn invalid(member: &str, rule: &str) -> Error {
    Error::invalid(format!("Invalid parameter at '{member}' failed to satisfy constraint: '{rule}'"))
}

fn by_arn<'a>(region: &'a mut Region, request: Params<'_>) -> Result<&'a mut Repository, Error> {
    let arn = request.required("resourceArn");
    let name = region.scope.resource("ecr", arn).and_then(|resource| resource.strip_prefix("repository/"));
    let Some(name) = name else {
        return Err(invalid("resourceArn", "it must be the ARN of a repository in this account and region"));
    };
    find_mut(region, name)
}

fn find<'a>(region: &'a Region, name: &str) -> Result<&'a Repository, Error> {
    region.repositories.get(name).ok_or_else(|| not_found(&region.scope, name))
}

fn find_mut<'a>(region: &'a mut Region, name: &str) -> Result<&'a mut Repository, Error> {
    region.repositories.get_mut(name).ok_or_else(|| not_found(&region.scope, name))
}

fn not_found(scope: &Scope, name: &str) -> Error {
    Error::new(
        "RepositoryNotFoundException",
        format!("The repository with name '{name}' does not exist in the registry with id '{}'", scope.account),
    )
}

fn check_registry(region: &Region, request: Params<'_>) -> Result<(), Error> {
    match request.text("registryId") {
        Some(id) if id != region.scope.account => Err(Error::new(
            "AccessDeniedException",
            format!(
                "The registry with id '{id}' is another account's; aws-sim does not implement cross-account access"
            ),
        )),
        _ => Ok(()),
    }
}
