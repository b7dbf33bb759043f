//! The object that stands for a Fargate profile that is there.

use serde_json::{Value, json};

use super::{
    EksFargateProfile,
    desired::{self, RULES},
    facts::{Facts, Query},
    plan::status,
};
use crate::{
    engine::{
        Call, Malformed, Seen,
        import::{self, Draft, Import, Listing, Shape, Thing},
    },
    model::eks::{self, Operation},
};

/// `CLUSTER/NAME`, or all of a cluster.
pub fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
    let Some(selected) = selected else { return Ok(Listing::All(Vec::new())) };
    let Some((cluster, name)) = selected.split_once('/') else {
        let ask = |next_token| {
            let cluster_name = selected.to_owned();
            let request = eks::ListFargateProfilesRequest { cluster_name, next_token, ..Default::default() };
            Call::new(Operation::ListFargateProfiles, &request)
        };
        return Listing::of(pages, ask, |page: eks::ListFargateProfilesResponse| {
            let names = page.fargate_profile_names.into_iter().flatten();
            (names.map(|name| Thing::new(selected, &name)).collect(), page.next_token)
        });
    };
    Ok(Listing::one(Thing::new(cluster, name)))
}

pub fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<EksFargateProfile> {
    if let Some(refusal) = &facts.refused {
        return Import::Not(refusal.to_string());
    }
    let profile = match facts.profiles.get(&thing.name) {
        None | Some(Seen::Unread) => {
            return Import::Read(vec![Query::Profile { cluster: thing.place.clone(), name: thing.name.clone() }]);
        }
        Some(Seen::Absent) => return Import::Not("there is no such Fargate profile".to_owned()),
        Some(Seen::Known(profile)) => profile,
    };
    if status(profile) != "ACTIVE" {
        return Import::Not(format!("it is {}", status(profile)));
    }
    let tags = desired::tags(profile);
    if let Some(why) = import::owned(&tags) {
        return Import::Not(why);
    }
    if thing.name.len() > desired::NAMES.max_length {
        let most = desired::NAMES.max_length;
        return Import::Not(format!(
            "its name has more than {most} letters: those that replace it have a hash behind it"
        ));
    }
    let mut described = serde_json::to_value(profile).unwrap_or_default();
    if let Some(members) = described.as_object_mut() {
        members.retain(|member, _| desired::MEMBERS.contains(&member.as_str()));
    }
    let draft = Draft::new(shape.without_defaults(&described, RULES, ""))
        .with("clusterName", json!(thing.place))
        .with("fargateProfileName", json!(thing.name))
        .with("tags", json!(import::settable(&tags)));
    Import::Made(draft)
}
