//! The object that stands for a service that is there. Its instances are left to whoever registers them: it names no Service of Kubernetes.

use serde_json::{Value, json};

use super::{
    CloudMapService,
    desired::{self, RULES},
    facts::{Facts, Query},
};
use crate::{
    engine::{
        Call, Malformed, Seen,
        import::{self, Draft, Import, Listing, Shape, Thing},
    },
    model::servicediscovery::{ListServicesRequest, ListServicesResponse, Operation},
};

/// Services are told by their ids: their names may be had in several namespaces.
pub fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
    if let Some(id) = selected {
        return Ok(Listing::one(Thing::new("", id)));
    }
    let ask = |next_token| {
        let request = ListServicesRequest { max_results: Some(100), next_token, ..Default::default() };
        Call::new(Operation::ListServices, &request)
    };
    Listing::of(pages, ask, |page: ListServicesResponse| {
        let ids = page.services.into_iter().flatten().filter_map(|service| service.id);
        (ids.map(|id| Thing::new("", &id)).collect(), page.next_token)
    })
}

pub fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<CloudMapService> {
    if let Some(refusal) = &facts.refused {
        return Import::Not(refusal.to_string());
    }
    let service = match &facts.service {
        Seen::Known(service) => service,
        _ if facts.vanished => {
            return Import::Not("there is no such service in this account and region".to_owned());
        }
        Seen::Unread | Seen::Absent => return Import::Read(vec![Query::Service { id: thing.name.clone() }]),
    };
    let arn = service.arn.clone().unwrap_or_default();
    let Some(tags) = facts.tags.known() else { return Import::Read(vec![Query::Tags { arn }]) };
    if let Some(why) = import::owned(tags) {
        return Import::Not(why);
    }
    if service.health_check_config.is_some() {
        return Import::Not("it has a health check of Route 53, which a CloudMapService has not".to_owned());
    }
    let is_for_calls = service.dns_config.is_none().then(|| json!("HTTP"));
    let draft = Draft::new(shape.without_defaults(&desired::observed(service), RULES, ""))
        .with("Name", json!(service.name))
        .with("NamespaceId", json!(service.namespace_id))
        .with("Type", json!(is_for_calls))
        .with("Tags", json!(desired::to_list(&import::settable(tags))));
    Import::Made(draft)
}
