//! Alive, not declared: a member that the CRD declares reaches AWS, and comes back from there. Random specs, made from each CRD's schema,
//! are created and changed; every leaf that a spec sets has to be in what AWS received, and in what it describes next.
//!
//! (What no write has to say, since AWS has it already, is found in the description alone.)
//!
//! Here are the specs and the oracle, tried without a socket; tests/it/e2e/alive.rs sends them through a real API server and the real binary.

mod capacity_provider;
mod cloud_map;
mod cluster;
mod definition;
pub mod described;
pub mod edits;
mod generate;
pub mod oracle;
mod rules;
mod service;
mod stages;
pub mod values;

use std::collections::BTreeSet;

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::{Value, json};

use self::oracle::Spelt;
use crate::{
    cases,
    walk::{
        self, edit, is_under,
        schema::{self, Leaf},
    },
};

pub use self::service::theirs;

/// What a kind has of its own.
pub struct Table {
    pub kind: &'static str,
    /// Makes of a random spec one that AWS takes.
    settle: fn(&mut Value),
    /// What a change leaves as it is: what the CRD holds fast, and what AWS has no way to take back (tests/it/walk).
    kept: &'static [&'static str],
    /// What else the first spec of an object leaves to the second.
    follow: fn(&Value, &mut Value),
    /// What AWS gives back in other words.
    pub spelt: &'static [Spelt],
}

const NAMESPACE: &str =
    "ServiceConnectService and ClusterServiceConnectDefaults, Amazon ECS API Reference: described by its ARN";

pub const TABLES: &[Table] = &[
    Table {
        kind: "EcsCluster",
        settle: cluster::settle_cluster,
        kept: &["clusterName", "configuration.managedStorageConfiguration"],
        follow: |_, _| {},
        spelt: &[
            Spelt {
                path: "configuration.executeCommandConfiguration.logging",
                as_one: |logging| json!(logging.as_str().unwrap_or("DEFAULT")),
                page: "ExecuteCommandConfiguration, Amazon ECS API Reference: DEFAULT is what it is where nothing is said",
            },
            Spelt { path: "serviceConnectDefaults.namespace", as_one: |name| json!(name.is_string()), page: NAMESPACE },
        ],
    },
    Table {
        kind: "EcsCapacityProvider",
        settle: capacity_provider::settle,
        kept: &["name", "cluster"],
        follow: capacity_provider::follow,
        spelt: &[Spelt {
            path: "cluster",
            as_one: oracle::name,
            page: "CapacityProvider, Amazon ECS API Reference: described by its ARN",
        }],
    },
    Table {
        kind: "EcsService",
        settle: service::settle,
        kept: &["role", "schedulingStrategy", "serviceName", "cluster", "launchType", "capacityProviderStrategy"],
        follow: service::follow,
        spelt: &[
            Spelt {
                path: "taskDefinition.cpu",
                as_one: oracle::size,
                page: "RegisterTaskDefinition, Amazon ECS API Reference",
            },
            Spelt {
                path: "taskDefinition.memory",
                as_one: oracle::size,
                page: "RegisterTaskDefinition, Amazon ECS API Reference",
            },
            Spelt {
                path: "serviceConnectConfiguration.namespace",
                as_one: |name| json!(name.is_string()),
                page: NAMESPACE,
            },
            Spelt {
                path: "serviceConnectConfiguration.enabled",
                as_one: |enabled| json!(enabled == true),
                page: "ServiceConnectConfiguration, Amazon ECS API Reference: what is off is not configured, and not described",
            },
            Spelt {
                path: "cluster",
                as_one: oracle::name,
                page: "Service, Amazon ECS API Reference: described by its ARN",
            },
            Spelt {
                path: "taskDefinitionArn",
                as_one: oracle::name,
                page: "Service, Amazon ECS API Reference: described by its ARN",
            },
        ],
    },
    Table {
        kind: "EcsTaskDefinition",
        settle: definition::settle_alone,
        kept: &["family"],
        follow: |_, _| {},
        spelt: &[
            Spelt { path: "cpu", as_one: oracle::size, page: "RegisterTaskDefinition, Amazon ECS API Reference" },
            Spelt { path: "memory", as_one: oracle::size, page: "RegisterTaskDefinition, Amazon ECS API Reference" },
        ],
    },
    Table {
        kind: "EcrRepository",
        settle: cluster::settle_repository,
        kept: &["encryptionConfiguration", "repositoryName"],
        follow: |_, _| {},
        spelt: &[
            Spelt {
                path: "policyText",
                as_one: oracle::document,
                page: "GetRepositoryPolicy, Amazon ECR API Reference: JSON, in AWS's spacing",
            },
            Spelt {
                path: "lifecyclePolicyText",
                as_one: oracle::document,
                page: "GetLifecyclePolicy, Amazon ECR API Reference: JSON, in AWS's spacing",
            },
        ],
    },
    Table { kind: "SecretsManagerSecret", settle: |_| {}, kept: &["Name"], follow: |_, _| {}, spelt: &[] },
    Table {
        kind: "CloudMapService",
        settle: cloud_map::settle,
        // Of the records AWS changes the TTLs alone, as tests/it/walk/cloud_map.rs does.
        kept: &["Name", "NamespaceId", "Type", "HealthCheckCustomConfig", "DnsConfig"],
        follow: |_, _| {},
        spelt: &[Spelt {
            path: "HealthCheckCustomConfig.FailureThreshold",
            as_one: |threshold| json!(threshold.is_number()),
            page: "HealthCheckCustomConfig, AWS Cloud Map API Reference: no longer heeded, and always 1",
        }],
    },
];

/// What no spec can set: AWS no longer offers it, and the CRD refuses it.
const NOT_OFFERED: &[(&str, &str)] = &[("CloudMapService", "DnsConfig.NamespaceId")];

/// Kinds without random specs here, and what proves their members instead.
const ELSEWHERE: &[(&str, &str)] = &[
    // AWS makes one profile of a cluster at a time: lives side by side are none.
    (
        "EksFargateProfile",
        "tests/it/walk/fargate_profile.rs walks each leaf, tests/it/e2e/fargate.rs sends a spec through",
    ),
    ("WorkloadBridge", "it sends nothing to AWS: tests/it/e2e/bridge.rs has what its EcsService sends"),
];

/// A spec, and another that the same object may have after it.
#[derive(Clone, Debug)]
pub struct Life {
    pub first: Value,
    pub second: Value,
}

impl Life {
    /// Which of these leaves it sets.
    pub fn sets<'a>(&self, leaves: &'a [Leaf]) -> BTreeSet<&'a str> {
        let is_set = |leaf: &&Leaf| edit::is_set(&self.first, leaf) || edit::is_set(&self.second, leaf);
        leaves.iter().filter(is_set).map(|leaf| leaf.path.as_str()).collect()
    }
}

impl Table {
    pub fn of(kind: &str) -> &'static Self {
        TABLES
            .iter()
            .find(|table| table.kind == kind)
            .unwrap_or_else(|| panic!("{kind} has no specs in tests/it/alive"))
    }

    /// Random lives of the kind's objects, the same in every run.
    pub fn lives(&self) -> impl Iterator<Item = Life> {
        let schema = schema::whole(self.kind);
        let spec = generate::of(&schema, "", walk::ours(self.kind));
        let mut runner = TestRunner::new(cases::random(1));
        std::iter::repeat_with(move || {
            let mut random = || spec.new_tree(&mut runner).expect("a spec").current();
            let (mut first, mut second) = (random(), random());
            self.finish(&mut first);
            self.keep(&mut second, &first);
            (self.follow)(&first, &mut second);
            self.finish(&mut second);
            // A rule may be one of creations alone, as that of the role.
            self.keep(&mut second, &first);
            Life { first, second }
        })
    }

    fn keep(&self, second: &mut Value, first: &Value) {
        for path in self.kept {
            let pointer = format!("/{}", path.replace('.', "/"));
            keep(second, &pointer, first.pointer(&pointer));
        }
    }

    fn finish(&self, spec: &mut Value) {
        (self.settle)(spec);
        rules::prune(spec);
    }

    /// A value of one member with all of its own members.
    pub fn value(&self, member: &str) -> Value {
        let schema = &schema::whole(self.kind)["properties"][member];
        let leaves = schema::of(self.kind).leaves.into_iter().filter(|leaf| is_under(&leaf.path, member));
        let leaves: Vec<Leaf> = leaves.collect();
        let strategy = generate::of(schema, member, &[]);
        let mut runner = TestRunner::new(cases::random(1));
        let values = std::iter::repeat_with(|| strategy.new_tree(&mut runner).expect("a value").current());
        let mut whole = values.map(|value| json!({ member: value }));
        let whole = whole.find(|spec| leaves.iter().all(|leaf| edit::is_set(spec, leaf)));
        whole.expect("as many as it takes")[member].clone()
    }

    /// So many lives that between them set as many leaves as can be: each next one sets most of what none has set yet.
    pub fn chosen(&self, number: usize, of: usize) -> Vec<Life> {
        let leaves = self.leaves();
        let mut pool: Vec<_> = self.lives().take(of).map(|life| (life.sets(&leaves), life)).collect();
        let (mut chosen, mut set) = (Vec::new(), BTreeSet::new());
        while chosen.len() < number && !pool.is_empty() {
            let new = |leaves: &BTreeSet<&str>| leaves.difference(&set).count();
            let best =
                (0..pool.len()).max_by_key(|i| (new(&pool[*i].0), pool.len() - i)).expect("the pool is not empty");
            let (leaves, life) = pool.swap_remove(best);
            set.extend(leaves);
            chosen.push(life);
        }
        chosen
    }

    /// Every leaf of the kind that a spec could set.
    pub fn leaves(&self) -> Vec<Leaf> {
        let all = schema::of(self.kind).leaves.into_iter();
        let all = all.filter(|leaf| !NOT_OFFERED.contains(&(self.kind, leaf.path.as_str())));
        all.filter(|leaf| !walk::ours(self.kind).iter().any(|prefix| is_under(&leaf.path, prefix))).collect()
    }
}

/// The second spec has at the place what the first has there, or nothing.
fn keep(second: &mut Value, pointer: &str, first: Option<&Value>) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    match (second.pointer_mut(parent).and_then(Value::as_object_mut), first) {
        (Some(members), Some(value)) => drop(members.insert(name.to_owned(), value.clone())),
        (Some(members), None) => drop(members.remove(name)),
        (None, None) => {}
        (None, Some(value)) => {
            let (_, outer) = parent.rsplit_once('/').expect("a pointer");
            second[outer] = json!({ name: value });
        }
    }
}

#[test]
fn every_kind_has_its_specs() {
    for crd in ecs_bridge::kinds::crds().expect("the CRDs are made") {
        let kind = &crd.spec.names.kind;
        let is_known = TABLES.iter().any(|table| table.kind == kind) || ELSEWHERE.iter().any(|(of, _)| of == kind);
        assert!(is_known, "{kind} has no specs in tests/it/alive");
    }
}

#[cfg(test)]
mod without_a_socket {
    use std::time::Duration;

    use ecs_bridge::{
        engine::{Kind, Synced},
        kinds::{
            cloud_map_service::CloudMapService, ecr_repository::EcrRepository,
            ecs_capacity_provider::EcsCapacityProvider, ecs_cluster::EcsCluster, ecs_service::EcsService,
            ecs_task_definition::EcsTaskDefinition, secrets_manager_secret::SecretsManagerSecret,
        },
    };

    use super::{Life, Table, Value, described, json, oracle, theirs, values};
    use crate::plan::{Aws, Made, Object};

    fn aws() -> Aws {
        let aws = Aws::default();
        let providers = json!(["FARGATE", "FARGATE_SPOT", "container-instances"]);
        aws.ecs(
            "CreateCluster",
            json!({"clusterName": values::CLUSTER, "capacityProviders": providers, "tags": values::owner()}),
        );
        aws.advance(Duration::from_mins(1));
        for image in ["nginx", "httpd"] {
            aws.ecs("RegisterTaskDefinition", theirs(image));
        }
        aws
    }

    /// It is in sync before long, or the text says why not.
    fn comes_into_sync<K: Kind>(object: &mut Object<K>, aws: &Aws) -> Result<(), String> {
        let mut last = String::new();
        for _ in 0..100 {
            match object.pass(aws, false) {
                Ok(outcome) if outcome.synced == Synced::Yes => return Ok(()),
                ended => last = format!("{ended:?}"),
            }
            aws.advance(Duration::from_secs(5));
        }
        Err(last)
    }

    /// Carries the object until it is in sync; the text says why it is not, or what AWS does not have. Otherwise what it has.
    fn is_alive<K: Kind>(
        object: &mut Object<K>,
        aws: &Aws,
        spec: &Value,
        received: &mut Vec<Made>,
        before: &Value,
    ) -> Result<Value, String> {
        comes_into_sync(object, aws)?;
        received.extend(aws.take_calls().into_iter().filter(|made| made.cause.is_some()));
        let table = Table::of(K::KIND);
        let sent = oracle::received(K::KIND, received.iter().map(|made| (made.operation, &made.input)));
        let given = ["serviceName", "clusterName", "repositoryName", "family", "name", "Name"]
            .iter()
            .find_map(|name| spec[name].as_str());
        let own = match K::KIND {
            "EcrRepository" => "shop/web",
            "CloudMapService" => "web.shop",
            _ => "shop_web",
        };
        let ask = |api, operation: &str, request: Value| aws.somebody(api, operation, &request).unwrap_or_default();
        let after = described::of(&ask, K::KIND, given.unwrap_or(own));
        let (_, missing) = oracle::missing(spec, &sent, before, &after, table.spelt);
        if missing.is_empty() { Ok(after) } else { Err(missing.join(", ")) }
    }

    fn are_alive<K: Kind>() {
        let mut failed = Vec::new();
        for Life { first, second } in Table::of(K::KIND).lives().take(200) {
            let aws = aws();
            let mut object = Object::<K>::new(first.clone());
            let mut received = Vec::new();
            let made = is_alive(&mut object, &aws, &first, &mut received, &Value::Null);
            let changed = made.map_err(|why| format!("{first}\n  {why}")).and_then(|made| {
                object.apply(second.clone());
                let changed = is_alive(&mut object, &aws, &second, &mut received, &made);
                changed.map_err(|why| format!("{first}\n  changed to {second}\n  {why}"))
            });
            failed.extend(changed.err());
        }
        assert!(
            failed.is_empty(),
            "{} specs of {} that are not in AWS, or not whole:\n{}",
            failed.len(),
            K::KIND,
            failed.join("\n")
        );
    }

    #[test]
    fn clusters_are_alive() {
        are_alive::<EcsCluster>();
    }

    #[test]
    fn capacity_providers_are_alive() {
        are_alive::<EcsCapacityProvider>();
    }

    #[test]
    fn services_are_alive() {
        are_alive::<EcsService>();
    }

    #[test]
    fn task_definitions_are_alive() {
        are_alive::<EcsTaskDefinition>();
    }

    #[test]
    fn secrets_are_alive() {
        are_alive::<SecretsManagerSecret>();
    }

    #[test]
    fn names_are_alive() {
        are_alive::<CloudMapService>();
    }

    #[test]
    fn repositories_are_alive() {
        are_alive::<EcrRepository>();
    }
}
