//! The object that stands for a secret that is there. Its values stay as they are: they are nobody's to copy back.

use serde_json::{Value, json};

use super::{
    SecretsManagerSecret,
    desired::{self, RULES},
    facts::{Facts, Query},
};
use crate::{
    engine::{
        Call, Malformed, Seen,
        import::{self, Draft, Import, Listing, Shape, Thing},
    },
    model::secretsmanager::{ListSecretsRequest, ListSecretsResponse, Operation},
};

pub fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
    if let Some(name) = selected {
        return Ok(Listing::one(Thing::new("", name)));
    }
    let ask = |next_token| {
        let request = ListSecretsRequest { max_results: Some(100), next_token, ..Default::default() };
        Call::new(Operation::ListSecrets, &request)
    };
    Listing::of(pages, ask, |page: ListSecretsResponse| {
        let names = page.secret_list.into_iter().flatten().filter_map(|secret| secret.name);
        (names.map(|name| Thing::new("", &name)).collect(), page.next_token)
    })
}

pub fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<SecretsManagerSecret> {
    if let Some(refusal) = &facts.refused {
        return Import::Not(refusal.to_string());
    }
    let secret = match &facts.secret {
        Seen::Unread => return Import::Read(vec![Query::Secret { name: thing.name.clone() }]),
        Seen::Absent => return Import::Not("there is no such secret in this account and region".to_owned()),
        Seen::Known(secret) => secret,
    };
    let tags = desired::tags(secret);
    if let Some(why) = import::owned(&tags) {
        return Import::Not(why);
    }
    if secret.deleted_date.is_some() {
        return Import::Not("it is scheduled for deletion: restore it first".to_owned());
    }
    if let Some(service) = &secret.owning_service {
        return Import::Not(format!("{service} of AWS's manages it"));
    }
    let draft = Draft::new(shape.without_defaults(&desired::observed(secret), RULES, ""))
        .with("Name", json!(secret.name))
        .with("Tags", json!(desired::to_list(&import::settable(&tags))));
    Import::Made(draft)
}
