//! From a good spec to any that its schema lets one write, and back: each member taken out or set, each value at its bounds and beyond, each
//! list emptied, filled, turned around (tests/it/alive/edits.rs). Whatever comes of it is told; and the way back leads to where it began.

mod bases;
mod subject;

use std::collections::BTreeMap;

use aws_sim::Config;
use futures::{StreamExt, stream};
use serde_json::json;

use self::{
    bases::Base,
    subject::{Lived, Subject},
};
use super::super::{bridge, cloud_map, lab::Lab, secrets};
use crate::{
    alive::{
        edits::{self, Edit},
        theirs, values,
    },
    tally,
};

/// Objects of a kind that share its edits out, each with a spec of its own.
const OBJECTS: usize = 4;
const ALL_OBJECTS: usize = 16;

/// Of the edits of each kind, `make test` tries so many.
const SAMPLE: usize = 12;

/// Objects at once.
const AT_ONCE: usize = 32;

async fn lab() -> Lab {
    let world = Config {
        quota_multiple: 50,
        container_instances: 2,
        eks_clusters: (0..ALL_OBJECTS).map(bases::name).chain(["main".to_owned()]).collect(),
        ..cloud_map::world()
    };
    let lab = secrets::setup("transitions").world(world).argument("--quota-multiple=50");
    let lab = lab.value("aws.eksClusterName", "main").argument("--eks-cluster-name=main").start().await;
    let providers = json!(["FARGATE", "FARGATE_SPOT", "container-instances"]);
    lab.ecs(
        "CreateCluster",
        json!({ "clusterName": values::CLUSTER, "capacityProviders": providers, "tags": values::owner() }),
    );
    for image in ["nginx", "httpd"] {
        lab.ecs("RegisterTaskDefinition", theirs(image));
    }
    // With the Service that a CloudMapService is of.
    bridge::deploy(&lab).await;
    lab
}

/// Each edit of a kind that one of the specs allows, once: for the object that has least to do.
fn shared_out(bases: &[Base]) -> Vec<Vec<Edit>> {
    let mut all: BTreeMap<(String, String), Vec<(usize, Edit)>> = BTreeMap::new();
    for (at, base) in bases.iter().enumerate() {
        for edit in edits::of(base.kind, &base.spec) {
            all.entry((edit.path.clone(), edit.what.clone())).or_default().push((at, edit));
        }
    }
    let every = if tally::is_full() { 1 } else { all.len().div_ceil(SAMPLE) };
    let mut shares = vec![Vec::new(); bases.len()];
    for candidates in all.into_values().step_by(every) {
        let least = candidates.into_iter().min_by_key(|(at, _)| shares[*at].len());
        let (at, edit) = least.expect("a spec that allows it");
        shares[at].push(edit);
    }
    shares
}

#[tokio::test]
async fn the_way_back_from_any_spec_leads_to_where_it_began() {
    let lab = lab().await;
    let number = if tally::is_full() { ALL_OBJECTS } else { OBJECTS };
    let only = std::env::var("CHAOS_KIND").unwrap_or_default();
    let mut subjects = Vec::new();
    for kind in bases::KINDS.iter().filter(|kind| kind.contains(&only)) {
        let bases = bases::of(kind, number, &lab);
        let shares = shared_out(&bases);
        println!("{kind}: {} edits of {} specs", shares.iter().map(Vec::len).sum::<usize>(), bases.len());
        let shares = bases.into_iter().zip(shares).filter(|(_, edits)| !edits.is_empty());
        subjects.extend(shares.map(|(base, edits)| (Subject { lab: &lab, base }, edits)));
    }
    let total: usize = subjects.iter().map(|(_, edits)| edits.len()).sum();
    println!("{total} transitions of {} objects", subjects.len());
    let living = subjects.iter().map(async |(subject, edits)| subject.lives(edits).await);
    let mut living = stream::iter(living).buffer_unordered(AT_ONCE);
    let (mut ended, mut came_to, mut failed, mut cannot) = (0, BTreeMap::new(), Vec::new(), Vec::new());
    while let Some(lived) = living.next().await {
        let Lived { ended: outcomes, failed: why, cannot: kept } = lived;
        ended += outcomes.len();
        println!("{ended} of {total} transitions");
        for outcome in outcomes {
            *came_to.entry(outcome).or_insert(0) += 1;
        }
        failed.extend(why);
        cannot.extend(kept);
    }
    drop(living);
    for (outcome, times) in &came_to {
        println!("  {times:>5} {outcome}");
    }
    cannot.sort();
    cannot.dedup();
    println!("AWS can't take back, and the condition says so: {cannot:?}");
    tally::swept("chaos: transitions", "transitions", ended);
    assert!(failed.is_empty(), "{} transitions:\n{}", failed.len(), failed.join("\n"));
    subject::nothing_is_left(&lab);
}
