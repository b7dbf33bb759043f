//! `TagResource`, `UntagResource` and `ListTagsForResource` of ECS, for every kind of resource that has an ARN.

use serde_json::json;

use crate::error::Error;
use crate::scope::Api;

use super::params::Params;
use super::service::Status;
use super::tags::{self, Tags};
use super::{Answer, Region};

pub(super) fn tag(region: &mut Region, request: Params<'_>) -> Answer {
    let present = find(region, request.required("resourceArn"))?;
    tags::add(Api::Ecs, present, request.list("tags"))?;
    Ok(json!({}))
}

pub(super) fn untag(region: &mut Region, request: Params<'_>) -> Answer {
    let present = find(region, request.required("resourceArn"))?;
    tags::remove(present, &request.texts("tagKeys"));
    Ok(json!({}))
}

pub(super) fn list(region: &mut Region, request: Params<'_>) -> Answer {
    let present = find(region, request.required("resourceArn"))?;
    Ok(json!({"tags": tags::to_json(Api::Ecs, present)}))
}

/// The tags of what has this ARN, as far as it exists.
pub(super) fn of(region: &mut Region, arn: &str) -> Option<Tags> {
    find(region, arn).ok().cloned()
}

fn find<'a>(region: &'a mut Region, arn: &str) -> Result<&'a mut Tags, Error> {
    let malformed =
        || Error::invalid(format!("The ARN {arn} is not that of an ECS resource of this account and region."));
    let resource = region.scope.resource("ecs", arn).ok_or_else(malformed)?.to_owned();
    let mut parts = resource.split('/');
    let missing = |what: &str| {
        Error::invalid(format!(
            "The specified {what} is inactive or does not exist. Specify an active {what} and try again."
        ))
    };
    match (parts.next(), parts.next(), parts.next()) {
        (Some("cluster"), Some(name), None) => region.cluster_mut(Some(name)).map(|cluster| &mut cluster.tags),
        (Some("service"), Some(cluster), Some(name)) => {
            let service = region.cluster_mut(Some(cluster))?.services.get_mut(name);
            let service = service.filter(|service| service.status != Status::Inactive);
            service.map(|service| &mut service.tags).ok_or_else(Error::service_not_found)
        }
        (Some("task"), Some(cluster), Some(id)) => {
            let task = region.cluster_mut(Some(cluster))?.tasks.get_mut(id);
            task.map(|task| &mut task.tags).ok_or_else(|| missing("task"))
        }
        (Some("capacity-provider"), Some(name), None) => {
            let provider = region.providers.get_mut(name);
            provider.map(|provider| &mut provider.tags).ok_or_else(|| missing("capacity provider"))
        }
        (Some("task-definition"), Some(_), None) => {
            region.task_definition_tags(arn).ok_or_else(|| missing("task definition"))
        }
        (Some(kind), ..) => Err(Error::unimplemented(&format!("tags of a {kind}"))),
        (None, ..) => Err(malformed()),
    }
}
