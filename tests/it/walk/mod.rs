//! The field walk: every leaf of every kind's spec, as its CRD has it, is set, changed and taken out again, by the engine's own loop on
//! aws-sim's world. AWS follows each time at that place and at no other, begins a deployment exactly where AWS begins one, ends where a
//! new object would, and the next pass writes nothing. A leaf that no row walks stands in a table with the reason, or fails the test.
//!
//! A row is a leaf of a sample: a whole spec that AWS accepts. The first sample that sets the leaf walks it; what is particular about a
//! leaf (the value that it changes to, what has to go with it, what AWS refuses) stands in the kind's table.

mod capacity_provider;
mod cloud_map;
mod cluster;
pub mod edit;
mod fargate_profile;
mod repository;
mod row;
mod samples;
pub mod schema;
mod secret;
mod service;
mod task_definition;

use std::time::Instant;

use serde_json::Value;

use self::row::{Particular, Walk};

/// Leaves that no row walks: those under the path, why, and the page that says so.
struct Excluded(&'static str, &'static str, &'static str);

/// The operator's own members, by kind: no part of AWS, and tried in tests/it/plan/failures.rs and tests/it/e2e. They are all that
/// tests/it/alive leaves out too.
const OURS: &[(&str, &[&str])] = &[
    ("CloudMapService", &["management", "serviceRef"]),
    ("EcrRepository", &["forceDelete", "management"]),
    ("EcsCapacityProvider", &["clusterRef", "management"]),
    ("EcsCluster", &["management"]),
    ("EcsService", &["clusterRef", "desiredCountPolicy", "management", "revisionHistoryLimit", "taskDefinitionRef"]),
    ("EcsTaskDefinition", &["management", "revisionHistoryLimit"]),
    ("EksFargateProfile", &["management", "replacement"]),
    ("SecretsManagerSecret", &["forceDeleteWithoutRecovery", "management", "recoveryWindowInDays", "secretRef"]),
];

pub fn ours(kind: &str) -> &'static [&'static str] {
    let members = OURS.iter().find(|(of, _)| *of == kind).map(|(_, members)| *members);
    members.unwrap_or_else(|| panic!("{kind}: say in tests/it/walk which members are the operator's own"))
}

/// What is walked of a kind, and how.
struct Table {
    samples: Vec<Value>,
    /// By path.
    particulars: Vec<(&'static str, Particular)>,
    excluded: Vec<Excluded>,
    /// Members that AWS takes at creation only: the CRD refuses their change.
    immutable: Vec<&'static str>,
}

/// Whether the path is this one, or leads into it.
pub fn is_under(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{']))
}

/// Walks every leaf of the kind, and prints how many.
fn walk_all<K: Walk>(table: &Table) {
    let began = Instant::now();
    let (schema, ours) = (schema::of(K::KIND), ours(K::KIND));
    assert_eq!(schema.immutable, table.immutable, "{}: what the CRD's rules hold fast is not what AWS does", K::KIND);
    let (mut walked, mut excluded, mut failed) = (0, 0, Vec::new());
    for leaf in &schema.leaves {
        let path = leaf.path.as_str();
        let is_ours = ours.iter().any(|member| is_under(path, member));
        if is_ours
            || table.immutable.iter().any(|member| is_under(path, member))
            || table.excluded.iter().any(|Excluded(prefix, ..)| is_under(path, prefix))
        {
            excluded += 1;
            continue;
        }
        walked += 1;
        let Some(sample) = table.samples.iter().find(|sample| edit::is_set(sample, leaf)) else {
            failed.push(format!("{path}: no sample sets it, and nothing says why"));
            continue;
        };
        let particular = table.particulars.iter().find(|(of, _)| *of == path);
        let particular = particular.map(|(_, particular)| particular.clone()).unwrap_or_default();
        if let Err(problem) = row::walk::<K>(leaf, sample, &particular) {
            failed.push(format!("{path}: {problem}"));
        }
    }
    let known = |path: &str| schema.leaves.iter().any(|leaf| is_under(&leaf.path, path));
    let tabled = table.particulars.iter().map(|(path, _)| *path);
    let tabled = tabled.chain(table.excluded.iter().map(|Excluded(path, ..)| *path)).chain(ours.iter().copied());
    for stale in tabled.filter(|path| !known(path)) {
        failed.push(format!("{stale}: stands in a table, and the CRD has no such path"));
    }
    crate::tally::swept("field walk", "paths walked", walked);
    crate::tally::swept("field walk", "paths excluded, with the reason", excluded);
    println!(
        "{}: {} paths, {walked} walked, {excluded} excluded, {} failed, in {:.1} s",
        K::KIND,
        schema.leaves.len(),
        failed.len(),
        began.elapsed().as_secs_f64()
    );
    for path in ours {
        println!("  not walked: {path}: the operator's own: tests/it/plan/failures.rs and tests/it/e2e");
    }
    for Excluded(path, why, page) in &table.excluded {
        println!("  not walked: {path}: {why} ({page})");
    }
    for (path, particular) in &table.particulars {
        for (what, cannot) in [("change", particular.no_change), ("removal", particular.no_removal)] {
            if let Some(cannot) = cannot {
                println!("  no {what}: {path}: {} ({})", cannot.reason, cannot.page);
            }
        }
    }
    assert!(failed.is_empty(), "{}: {} of the paths:\n{}", K::KIND, failed.len(), failed.join("\n"));
}
