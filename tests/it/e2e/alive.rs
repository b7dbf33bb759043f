//! Every leaf that a spec sets is in the body of a request that AWS received, and in what AWS describes next: random specs of every kind
//! (tests/it/alive), created and changed on a real API server by the real binary.

use std::{collections::BTreeSet, time::Instant};

use aws_sim::{Config, Entry};
use futures::{StreamExt, future::join_all, stream};
use serde_json::{Value, json};

use super::{
    cloud_map,
    lab::{Lab, Setup},
    manifests::object,
};
use crate::{
    alive::{Life, TABLES, Table, described, oracle, theirs, values},
    tally,
};

/// How many objects of a kind, each of two specs. AWS registers one task definition a second.
const OBJECTS: usize = 12;

/// In full: enough that every leaf of every kind is set.
const ALL_OBJECTS: usize = 60;

/// At a time: AWS takes about one write a second to clusters, and each object waits for the others.
const AT_ONCE: usize = 8;

/// Out of so many random ones.
const POOL: usize = 100;

/// One object in its life.
struct Subject<'a> {
    lab: &'a Lab,
    table: &'a Table,
    object: String,
    /// What AWS calls it.
    name: String,
    /// And the families of its task definitions.
    families: Vec<String>,
}

impl<'a> Subject<'a> {
    fn new(lab: &'a Lab, table: &'a Table, number: usize, life: &Life) -> Self {
        // The same name would do for several kinds, but not for telling their requests apart.
        let object = format!("{}-{number}", table.kind.to_lowercase());
        let text = |spec: &Value, pointer: &str| spec.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let given = ["/serviceName", "/clusterName", "/repositoryName", "/family", "/name", "/Name"]
            .iter()
            .find_map(|name| text(&life.first, name));
        let namespace = &lab.namespace;
        let own = match table.kind {
            "EcrRepository" => format!("{namespace}/{object}"),
            "CloudMapService" => format!("{object}.{namespace}"),
            _ => format!("{namespace}_{object}"),
        };
        let families = [&life.first, &life.second].into_iter().filter_map(|spec| text(spec, "/taskDefinition/family"));
        let families = families.chain([own.clone()]).collect();
        Subject { lab, table, object, name: given.unwrap_or(own), families }
    }

    /// Whether a request is about it. AWS knows a service of Cloud Map by an id of its own.
    fn is_meant(&self, entry: &Entry, id: Option<&str>) -> bool {
        let of = |member: &str| entry.request[member].as_str().unwrap_or_default();
        let is_named = |member: &str| of(member) == self.name || of(member).ends_with(&format!("/{}", self.name));
        let members =
            ["serviceName", "service", "clusterName", "repositoryName", "family", "name", "resourceArn", "Name"];
        // The ARN of a secret ends with six letters of AWS's own.
        let is_secret = of("SecretId").contains(&format!(":secret:{}-", self.name));
        let is_of_id = id.is_some_and(|id| of("Id") == id || of("ResourceARN").ends_with(&format!("/{id}")));
        let named = is_secret || is_of_id || members.iter().any(|member| is_named(member));
        let is_cluster = self.table.kind == "EcsCluster";
        named
            || is_cluster && is_named("cluster")
            || self.table.kind == "EcsService" && self.families.iter().any(|family| of("family") == family)
    }

    /// Applies the spec, waits until the object says that AWS has it, and asks what AWS received and what it has. The text says what is
    /// missing; otherwise how many leaves there are, and what AWS has.
    async fn is_alive(&self, spec: &Value, before: &Value) -> Result<(usize, Value), String> {
        let Subject { lab, table, object: name, .. } = self;
        lab.apply(&object(table.kind, name, spec.clone())).await;
        lab.has(table.kind, name, "Synced", "True").await;
        let ask = |api, operation: &str, request: Value| lab.sim().call(api, operation, &request).unwrap_or_default();
        let after = described::of(&ask, table.kind, &self.name);
        let id = after["Id"].as_str();
        let journal = lab.calls_since(0);
        let writes = journal.iter().filter(|entry| entry.is_write() && entry.succeeded() && self.is_meant(entry, id));
        let writes = writes.map(|entry| (entry.operation.as_str(), &entry.request));
        let received = oracle::received(table.kind, writes);
        let (leaves, missing) = oracle::missing(spec, &received, before, &after, table.spelt);
        if missing.is_empty() {
            return Ok((leaves, after));
        }
        Err(format!(
            "{}/{name}: {}\n  the spec: {spec}\n  sent: {received}\n  described: {after}",
            table.kind,
            missing.join(", ")
        ))
    }

    async fn lives(&self, life: &Life) -> Result<usize, String> {
        let (leaves, made) = self.is_alive(&life.first, &Value::Null).await?;
        let (more, _) = self.is_alive(&life.second, &made).await?;
        Ok(leaves + more)
    }
}

#[tokio::test]
async fn every_leaf_that_is_set_reaches_aws_and_comes_back() {
    let began = Instant::now();
    let world = Config { container_instances: 2, ..cloud_map::world() };
    let lab = Setup::named("alive").world(world).argument("--quota-share=1").start().await;
    let providers = json!(["FARGATE", "FARGATE_SPOT", "container-instances"]);
    lab.ecs(
        "CreateCluster",
        json!({"clusterName": values::CLUSTER, "capacityProviders": providers, "tags": values::owner()}),
    );
    for image in ["nginx", "httpd"] {
        lab.ecs("RegisterTaskDefinition", theirs(image));
    }
    let objects = if tally::is_full() { ALL_OBJECTS } else { OBJECTS };
    let lives: Vec<(&Table, usize, Life)> = TABLES
        .iter()
        .flat_map(|table| {
            table.chosen(objects, POOL).into_iter().enumerate().map(move |(number, life)| (table, number, life))
        })
        .collect();
    println!("{} lives in {:.1} s", lives.len(), began.elapsed().as_secs_f64());
    let of_kind = |table: &'static Table| {
        let lives = lives.iter().filter(|(of, ..)| of.kind == table.kind);
        let lab = &lab;
        stream::iter(
            lives.map(async move |(_, number, life)| Subject::new(lab, table, *number, life).lives(life).await),
        )
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
    };
    let ended = join_all(TABLES.iter().map(of_kind)).await;
    let mut failed = Vec::new();
    for (table, ended) in TABLES.iter().zip(ended) {
        let specs = 2 * ended.len();
        let found: usize = ended.iter().filter_map(|found| found.as_ref().ok()).sum();
        failed.extend(ended.into_iter().filter_map(Result::err));
        let total = table.leaves();
        let set: BTreeSet<&str> =
            lives.iter().filter(|(of, ..)| of.kind == table.kind).flat_map(|(.., life)| life.sets(&total)).collect();
        let unset: Vec<&str> = total.iter().map(|leaf| leaf.path.as_str()).filter(|path| !set.contains(path)).collect();
        println!(
            "{}: {specs} specs, {} leaves found, {} of {} paths set, in {:.1} s",
            table.kind,
            found,
            set.len(),
            total.len(),
            began.elapsed().as_secs_f64()
        );
        println!("  not set: {unset:?}");
        for spelt in table.spelt {
            println!("  in AWS's words: {} ({})", spelt.path, spelt.page);
        }
        tally::swept("alive, not declared", "specs", specs);
        tally::swept("alive, not declared", "leaves found", found);
        if tally::is_full() && !unset.is_empty() {
            failed.push(format!("{}: no spec sets {unset:?}", table.kind));
        }
    }
    assert!(failed.is_empty(), "{} lives:\n{}", failed.len(), failed.join("\n"));
}
