//! `EcsCluster`: an Amazon ECS cluster.

mod desired;
mod facts;
mod import;
mod plan;
mod providers;
mod spec;

use jiff::Timestamp;
use kube::CustomResourceExt;
use serde_json::{Value, json};

pub use self::{
    desired::RULES,
    facts::{Facts, Query, Step},
    spec::{EcsCluster as Resource, EcsClusterSpec, Memo, Report},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Operation, Outcome, Seen,
        import::{Import, Listing, Shape, Thing},
        ownership,
    },
    kinds::common::ecs_tags,
    kinds::crd::{Column, Definition, Printed, Rule, immutable, tags},
    model::ecs,
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct EcsCluster;

impl Kind for EcsCluster {
    const KIND: &'static str = "EcsCluster";
    const SELECTED_BY: Option<&'static str> = Some("cluster");
    const OPERATIONS: &'static [Operation] = &[
        Operation::Ecs(ecs::Operation::CreateCluster),
        Operation::Ecs(ecs::Operation::DeleteCluster),
        Operation::Ecs(ecs::Operation::DescribeCapacityProviders),
        Operation::Ecs(ecs::Operation::DescribeClusters),
        Operation::Ecs(ecs::Operation::ListAccountSettings),
        Operation::Ecs(ecs::Operation::PutClusterCapacityProviders),
        Operation::Ecs(ecs::Operation::TagResource),
        Operation::Ecs(ecs::Operation::UntagResource),
        Operation::Ecs(ecs::Operation::UpdateCluster),
    ];

    type Spec = EcsClusterSpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = Query;
    type Step = Step;

    fn role_paths() -> Vec<String> {
        ecs::ClusterSpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).collect()
    }

    fn management(spec: &EcsClusterSpec) -> &Management {
        &spec.management
    }

    fn references(_: &EcsClusterSpec) -> Vec<ObjectKey> {
        Vec::new()
    }

    fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
        import::list(selected, pages)
    }

    fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<Self> {
        import::import(thing, facts, shape)
    }

    fn plan(goal: Goal<'_, EcsClusterSpec>, env: &Env, facts: &Facts, memo: &Memo, _: Timestamp) -> Next<Self> {
        plan::plan(goal, env, facts, memo)
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(_: Goal<'_, EcsClusterSpec>, env: &Env, facts: &Facts, _: &Memo, previous: &Report) -> Report {
        let is_ours =
            |cluster: &ecs::Cluster| ownership::is_ours(&ecs_tags::from_list(cluster.tags.iter().flatten()), env);
        let cluster = match &facts.cluster {
            Seen::Unread => return previous.clone(),
            Seen::Known(cluster) if is_ours(cluster) => cluster,
            // There is none, or it is another's.
            Seen::Known(_) | Seen::Absent => return Report::default(),
        };
        Report {
            cluster_arn: cluster.cluster_arn.clone(),
            cluster_status: cluster.status.clone(),
            active_services_count: cluster.active_services_count.unwrap_or(0),
            running_tasks_count: cluster.running_tasks_count.unwrap_or(0),
            pending_tasks_count: cluster.pending_tasks_count.unwrap_or(0),
            registered_container_instances_count: cluster.registered_container_instances_count.unwrap_or(0),
        }
    }

    fn read(query: &Query) -> Call {
        facts::read(query)
    }

    fn write(step: &Step) -> Call {
        facts::write(step)
    }

    /// What sort a capacity provider is of never changes.
    fn sweeps(query: &Query) -> bool {
        !matches!(query, Query::Providers { .. })
    }

    fn settle(goal: Goal<'_, EcsClusterSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
        plan::settle(goal, env, facts, memo, outcome)
    }

    /// What a service needs of its cluster.
    fn exports(status: &Value) -> Value {
        let text = |pointer: &str| status.pointer(pointer).and_then(Value::as_str);
        match (text("/memo/name"), text("/clusterArn"), text("/clusterStatus")) {
            (Some(name), Some(arn), Some("ACTIVE")) => json!({ "name": name, "arn": arn }),
            _ => Value::Null,
        }
    }
}

/// What the API server checks beyond the schema.
fn rules() -> Vec<Rule> {
    let mut rules = immutable("spec", ecs::ClusterSpec::IMMUTABLE);
    rules.extend(tags("spec.tags", "key", 5));
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "Status", path: ".status.clusterStatus", printed: Printed::Always },
    // As of the last look at the cluster, which a sweep may be ago.
    Column { name: "Services", path: ".status.activeServicesCount", printed: Printed::Wide },
    Column { name: "Running", path: ".status.runningTasksCount", printed: Printed::Wide },
    Column { name: "Instances", path: ".status.registeredContainerInstancesCount", printed: Printed::Wide },
    Column { name: "Name", path: ".status.memo.name", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    // Server-side apply that takes the last field out leaves null, which the default makes an empty spec again.
    let defaults = vec![("spec", serde_json::json!({}))];
    Definition { derived: Resource::crd(), rules: rules(), columns: COLUMNS, defaults }
}
