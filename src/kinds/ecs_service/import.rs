//! The object that stands for a service that is there, with the definition that it runs.

use serde_json::{Map, Value, json};

use super::{
    EcsService,
    desired::{self, RULES},
    facts::{Facts, Query},
};
use crate::{
    engine::{
        Call, Malformed, Seen,
        import::{self, Draft, Import, Listing, Reference, Shape, Thing},
        names, ownership,
    },
    kinds::common::{
        ecs_tags,
        task_definition::{Described, RevisionQuery, imported},
    },
    model::ecs::{self, Operation},
};

/// The services of the clusters that are selected.
pub fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
    let Some(cluster) = selected else { return Ok(Listing::All(Vec::new())) };
    let ask = |next_token| {
        let cluster = Some(cluster.to_owned());
        let request = ecs::ListServicesRequest { cluster, max_results: Some(100), next_token, ..Default::default() };
        Call::new(Operation::ListServices, &request)
    };
    Listing::of(pages, ask, |page: ecs::ListServicesResponse| {
        let arns = page.service_arns.into_iter().flatten();
        let thing = |arn: String| Thing::new(names::short_name(cluster), names::short_name(&arn));
        (arns.map(thing).collect(), page.next_token)
    })
}

pub fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<EcsService> {
    if let Some(refusal) = &facts.refused {
        return Import::Not(refusal.to_string());
    }
    let service = match &facts.service {
        Seen::Unread => {
            return Import::Read(vec![Query::Service { cluster: thing.place.clone(), name: thing.name.clone() }]);
        }
        Seen::Absent => return Import::Not("there is no such ECS service".to_owned()),
        Seen::Known(service) => service,
    };
    let tags = ecs_tags::from_list(service.tags.iter().flatten());
    if let Some(why) = cannot(service).or_else(|| import::owned(&tags)) {
        return Import::Not(why);
    }
    let Some(running) = &service.task_definition else {
        return Import::Not("it runs no task definition".to_owned());
    };
    let queries = unread(service, facts, running);
    if !queries.is_empty() {
        return Import::Read(queries);
    }
    let Some(described) = facts.revisions.seen(running).known() else {
        return Import::Not(format!("AWS does not describe the task definition {running} that it runs"));
    };
    let mut draft = Draft::new(members(service, facts, shape))
        .with("cluster", json!(thing.place))
        .with("serviceName", json!(thing.name))
        .with("tags", json!(ecs_tags::to_list(&import::settable(&tags))));
    draft.reference = Some(Reference { member: "cluster", kind: "EcsCluster", by: "clusterRef" });
    definition(&mut draft, described, running, shape);
    Import::Made(draft)
}

/// What no object can stand for.
fn cannot(service: &ecs::Service) -> Option<String> {
    let status = service.status.as_deref().unwrap_or_default();
    if status != "ACTIVE" {
        return Some(format!("it is {status}"));
    }
    let controller = service.deployment_controller.as_ref()?.r#type.0.as_str();
    (controller != ecs::DeploymentControllerType::ECS).then(|| {
        format!(
            "its deployment controller is {controller}, under which task definition, network and load balancers can't be changed by \
             UpdateService: give it the controller ECS first"
        )
    })
}

fn unread(service: &ecs::Service, facts: &Facts, running: &str) -> Vec<Query> {
    let mut queries = Vec::new();
    let revision = service.current_service_revisions.iter().flatten().find_map(|revision| revision.arn.clone());
    if let (Seen::Unread, Some(arn)) = (&facts.service_revision, revision) {
        queries.push(Query::ServiceRevision { arn });
    }
    if facts.revisions.seen(running).is_unread() {
        queries.push(Query::Revision(RevisionQuery::Describe { task_definition: running.to_owned() }));
    }
    queries
}

/// What the service has beside names, tags and definition.
fn members(service: &ecs::Service, facts: &Facts, shape: Shape<'_>) -> Map<String, Value> {
    let observed = desired::observed(service, facts.service_revision.known());
    let mut members = shape.without_defaults(&observed, RULES, "");
    members.remove("taskDefinition");
    // The launch type is described beside a strategy that overrides it.
    if members.contains_key("capacityProviderStrategy") {
        members.remove("launchType");
    }
    let zones = members.get("availabilityZoneRebalancing");
    if zones.is_some_and(|zones| zones == ecs::AvailabilityZoneRebalancing::ENABLED) {
        members.remove("availabilityZoneRebalancing");
    }
    if members.get("schedulingStrategy").is_some_and(|strategy| strategy == ecs::SchedulingStrategy::DAEMON) {
        desired::daemon_percents(&mut members, &observed);
    } else {
        members.insert("desiredCount".to_owned(), json!(service.desired_count.unwrap_or(0)));
    }
    // The one that AWS chose by itself is no role of the spec's.
    if let Some(role) = service.role_arn.as_ref().filter(|role| !role.contains("/aws-service-role/")) {
        members.insert("role".to_owned(), json!(role));
    }
    members
}

/// The definition that runs, to be edited in the spec; one that is another owner's is named.
fn definition(draft: &mut Draft, described: &Described, running: &str, shape: Shape<'_>) {
    if described.tags.contains_key(ownership::OWNER) {
        draft.set("taskDefinitionArn", json!(running));
    } else {
        draft.set("taskDefinition", Value::Object(imported(described, shape, "taskDefinition")));
    }
}
