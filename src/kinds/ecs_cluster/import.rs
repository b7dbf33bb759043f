//! The object that stands for a cluster that is there.

use serde_json::{Value, json};

use super::{
    EcsCluster,
    desired::{self, RULES},
    facts::{Facts, Query},
    spec::{EcsClusterSpec, Memo},
};
use crate::{
    engine::{
        Call, Malformed, Seen,
        import::{self, Draft, Import, Listing, Shape, Thing},
        names,
    },
    kinds::common::ecs_tags,
    model::ecs::{self, Operation},
};

pub fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
    if let Some(name) = selected {
        return Ok(Listing::one(Thing::new("", names::short_name(name))));
    }
    let ask = |next_token| {
        let request = ecs::ListClustersRequest { max_results: Some(100), next_token };
        Call::new(Operation::ListClusters, &request)
    };
    Listing::of(pages, ask, |page: ecs::ListClustersResponse| {
        let arns = page.cluster_arns.into_iter().flatten();
        (arns.map(|arn| Thing::new("", names::short_name(&arn))).collect(), page.next_token)
    })
}

pub fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<EcsCluster> {
    if let Some(refusal) = &facts.refused {
        return Import::Not(refusal.to_string());
    }
    let cluster = match &facts.cluster {
        Seen::Unread => {
            return Import::Read(vec![Query::Cluster { name: thing.name.clone() }, Query::AccountInsights]);
        }
        Seen::Absent => return Import::Not("there is no such ECS cluster in this account and region".to_owned()),
        Seen::Known(cluster) => cluster,
    };
    let tags = ecs_tags::from_list(cluster.tags.iter().flatten());
    if let Some(why) = import::owned(&tags) {
        return Import::Not(why);
    }
    let mut described = desired::observed(cluster, &EcsClusterSpec::default(), &Memo::default());
    if let (Some(default), Some(settings)) =
        (facts.account_insights.known(), described.get_mut("settings").and_then(Value::as_array_mut))
    {
        settings.retain(|setting| {
            *setting != json!({"name": ecs::ClusterSettingName::CONTAINER_INSIGHTS, "value": default})
        });
    }
    let draft = Draft::new(shape.without_defaults(&described, RULES, ""))
        .with("clusterName", json!(thing.name))
        .with("tags", json!(ecs_tags::to_list(&import::settable(&tags))));
    Import::Made(draft)
}
