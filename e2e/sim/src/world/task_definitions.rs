//! Task definitions: families and their revisions.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::scope::Api;
use crate::time::Time;

use super::blueprint::Blueprint;
use super::params::Params;
use super::tags::{self, Tags};
use super::task_definition_form as form;
use super::{Answer, Env, Region, paging, task_definition_rules};

#[derive(Default, Clone)]
pub(crate) struct Family {
    /// Numbers are never given twice, not even after the last revision is gone.
    last: u32,
    revisions: BTreeMap<u32, Revision>,
}

#[derive(Clone)]
pub(crate) struct Revision {
    pub(super) arn: String,
    /// As it is described, but for its state.
    body: Map<String, Value>,
    pub(super) status: Status,
    registered_at: Time,
    deregistered_at: Option<Time>,
    delete_requested_at: Option<Time>,
    pub(super) tags: Tags,
    pub(super) blueprint: Arc<Blueprint>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Status {
    Active,
    Inactive,
    DeleteInProgress,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Inactive => "INACTIVE",
            Self::DeleteInProgress => "DELETE_IN_PROGRESS",
        }
    }
}

impl Revision {
    fn describe(&self) -> Value {
        let mut body = self.body.clone();
        body.insert("status".into(), json!(self.status.name()));
        body.insert("registeredAt".into(), self.registered_at.to_json());
        let times = [("deregisteredAt", self.deregistered_at), ("deleteRequestedAt", self.delete_requested_at)];
        for (name, time) in times {
            if let Some(time) = time {
                body.insert(name.into(), time.to_json());
            }
        }
        Value::Object(body)
    }
}

/// `family`, `family:revision` or an ARN.
struct Name<'a> {
    family: &'a str,
    revision: Option<u32>,
}

impl<'a> Name<'a> {
    fn parse(region: &Region, name: &'a str) -> Option<Self> {
        let resource = if name.starts_with("arn:") {
            region.scope.resource("ecs", name)?.strip_prefix("task-definition/")?
        } else {
            name
        };
        match resource.split_once(':') {
            Some((family, revision)) => Some(Self { family, revision: Some(revision.parse().ok()?) }),
            None => Some(Self { family: resource, revision: None }),
        }
    }
}

impl Region {
    /// The revision that the name means: the newest active one when it gives no number.
    pub(super) fn task_definition(&self, name: &str) -> Option<&Revision> {
        let Name { family, revision } = Name::parse(self, name)?;
        let family = self.families.get(family)?;
        match revision {
            Some(revision) => family.revisions.get(&revision),
            None => family.revisions.values().rev().find(|revision| revision.status == Status::Active),
        }
    }

    fn task_definition_mut(&mut self, name: &str) -> Option<&mut Revision> {
        let Name { family, revision } = Name::parse(self, name)?;
        let (family, revision) = (family.to_owned(), revision?);
        self.families.get_mut(&family)?.revisions.get_mut(&revision)
    }

    pub(super) fn task_definition_tags(&mut self, arn: &str) -> Option<&mut Tags> {
        self.task_definition_mut(arn).map(|revision| &mut revision.tags)
    }
}

pub(super) fn register(env: &Env<'_>, region: &mut Region, request: &Value) -> Answer {
    let size = task_definition_rules::check(request)?;
    let params = Params::new(request);
    let tags = tags::parse(Api::Ecs, params.list("tags"))?;
    let name = params.required("family");
    let scope = region.scope.clone();
    let family = region.families.entry(name.to_owned()).or_default();
    family.last += 1;

    let mut body = form::described(params, size);
    let arn = scope.arn("ecs", &format!("task-definition/{name}:{}", family.last));
    body.insert("taskDefinitionArn".into(), json!(arn));
    body.insert("revision".into(), json!(family.last));
    body.insert("registeredBy".into(), json!(format!("arn:aws:iam::{}:user/aws-sim", scope.account)));
    let revision = Revision {
        blueprint: Arc::new(Blueprint::new(&arn, Params::of(&body))),
        arn,
        body,
        status: Status::Active,
        registered_at: env.now,
        deregistered_at: None,
        delete_requested_at: None,
        tags,
    };
    let mut answer = json!({"taskDefinition": revision.describe()});
    if !revision.tags.is_empty() {
        answer["tags"] = tags::to_json(Api::Ecs, &revision.tags);
    }
    family.revisions.insert(family.last, revision);
    Ok(answer)
}

pub(super) fn describe(region: &Region, request: Params<'_>) -> Answer {
    let revision = region
        .task_definition(request.required("taskDefinition"))
        .ok_or_else(|| Error::client("Unable to describe task definition."))?;
    let mut answer = json!({"taskDefinition": revision.describe()});
    if request.includes("TAGS") {
        answer["tags"] = tags::to_json(Api::Ecs, &revision.tags);
    }
    Ok(answer)
}

pub(super) fn list(region: &Region, request: Params<'_>) -> Answer {
    let status = request.text("status").unwrap_or("ACTIVE");
    let families = region
        .families
        .iter()
        .filter(|(name, _)| request.text("familyPrefix").is_none_or(|wanted| wanted == name.as_str()));
    let mut arns: Vec<String> = families
        .flat_map(|(_, family)| family.revisions.values())
        .filter(|revision| revision.status.name() == status)
        .map(|revision| revision.arn.clone())
        .collect();
    if request.text("sort") == Some("DESC") {
        arns.reverse();
    }
    let (page, next) = paging::page(request, &arns, 100, 100)?;
    let mut answer = json!({"taskDefinitionArns": page});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn list_families(region: &Region, request: Params<'_>) -> Answer {
    let prefix = request.text("familyPrefix").unwrap_or_default();
    let active = |family: &Family| family.revisions.values().any(|revision| revision.status == Status::Active);
    let wanted = |family: &Family| match request.text("status") {
        Some("ACTIVE") => active(family),
        Some("INACTIVE") => !active(family),
        _ => true,
    };
    let names: Vec<String> = region
        .families
        .iter()
        .filter(|(name, family)| name.starts_with(prefix) && wanted(family))
        .map(|(name, _)| name.clone())
        .collect();
    let (page, next) = paging::page(request, &names, 100, 100)?;
    let mut answer = json!({"families": page});
    if let Some(next) = next {
        answer["nextToken"] = json!(next);
    }
    Ok(answer)
}

pub(super) fn deregister(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let name = request.required("taskDefinition");
    if Name::parse(region, name).is_some_and(|name| name.revision.is_none()) {
        return Err(Error::client("Revision is missing."));
    }
    let revision = region
        .task_definition_mut(name)
        .filter(|revision| revision.status == Status::Active)
        .ok_or_else(|| Error::client("The specified task definition does not exist. Specify a valid account, family, revision and try again."))?;
    revision.status = Status::Inactive;
    revision.deregistered_at = Some(env.now);
    Ok(json!({"taskDefinition": revision.describe()}))
}

/// Deleted revisions stay `DELETE_IN_PROGRESS`, as in AWS while something may still refer to them.
pub(super) fn delete(env: &Env<'_>, region: &mut Region, request: Params<'_>) -> Answer {
    let names = request.texts("taskDefinitions");
    if names.len() > 10 {
        return Err(Error::invalid("Up to 10 task definitions can be deleted in an action."));
    }
    let (mut deleted, mut failures) = (Vec::new(), Vec::new());
    for name in names {
        let reason = match region.task_definition_mut(name) {
            Some(revision) if revision.status == Status::Active => {
                "The specified task definition is still in ACTIVE status. Please deregister the target and try again."
            }
            Some(revision) => {
                revision.status = Status::DeleteInProgress;
                revision.delete_requested_at = Some(env.now);
                deleted.push(revision.describe());
                continue;
            }
            None => {
                "The specified task definition does not exist. Specify a valid account, family, revision and try again."
            }
        };
        failures.push(json!({"arn": name, "reason": reason}));
    }
    Ok(json!({"taskDefinitions": deleted, "failures": failures}))
}
