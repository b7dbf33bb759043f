//! `WorkloadBridge`: a workload of the cluster that runs on Amazon ECS too, wholly or in part. It has nothing in AWS of its own: it makes an
//! EcsService, and divides the replicas between that and the Deployment.

mod copies;
mod endpoints;
mod facts;
mod give_back;
mod manifest;
mod owned;
mod owners;
mod permissions;
mod plan;
mod report;
mod roles;
mod scene;
mod sides;
mod spec;

use jiff::Timestamp;
use kube::CustomResourceExt;
use serde_json::Value;

pub use self::{
    facts::{Facts, Query, Step},
    owned::HOLD,
    spec::{Memo, Report, WorkloadBridge as Resource, WorkloadBridgeSpec},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Operation, Outcome,
        kind::Neighbour,
        kubernetes::{self, Allowed, Permission},
    },
    kinds::crd::{Column, Definition, Printed, Rule, immutable},
    model::{ecs, eks, iam},
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkloadBridge;

impl Kind for WorkloadBridge {
    const KIND: &'static str = "WorkloadBridge";
    const OPERATIONS: &'static [Operation] = &[
        Operation::Ecs(ecs::Operation::DescribeTaskDefinition),
        Operation::Ecs(ecs::Operation::DescribeTasks),
        Operation::Ecs(ecs::Operation::ListTasks),
        Operation::Eks(eks::Operation::DescribePodIdentityAssociation),
        Operation::Eks(eks::Operation::ListPodIdentityAssociations),
        Operation::Iam(iam::Operation::GetRole),
        Operation::Kubernetes(kubernetes::Operation::ApplyObject),
        Operation::Kubernetes(kubernetes::Operation::DeleteObject),
        Operation::Kubernetes(kubernetes::Operation::GetObject),
        Operation::Kubernetes(kubernetes::Operation::ListObjects),
        Operation::Kubernetes(kubernetes::Operation::PatchMetadata),
        Operation::Kubernetes(kubernetes::Operation::ScaleObject),
        Operation::ServiceTasks,
    ];
    const WATCHES: &'static [kubernetes::Resource] = &[
        kubernetes::AUTOSCALER,
        facts::CONFIG_MAP,
        facts::DEPLOYMENT,
        kubernetes::ENDPOINT_SLICE,
        kubernetes::SERVICE,
    ];

    const HOLD: Option<&'static str> = Some(HOLD);

    type Spec = WorkloadBridgeSpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = Query;
    type Step = Step;

    fn permissions(allowed: Allowed<'_>) -> Vec<Permission> {
        let of_copies = permissions::OF_COPIES.iter().filter(|_| allowed.reads_secrets);
        permissions::ALL.iter().chain(of_copies).copied().collect()
    }

    /// Those of the override are looked at in the EcsService.
    fn role_paths() -> Vec<String> {
        ["ecs.executionRoleArn", "ecs.taskRoleArn"].map(str::to_owned).to_vec()
    }

    fn management(spec: &WorkloadBridgeSpec) -> &Management {
        &spec.management
    }

    /// The EcsService refers to what it needs.
    fn references(_: &WorkloadBridgeSpec) -> Vec<ObjectKey> {
        Vec::new()
    }

    fn watches(name: &str, spec: &WorkloadBridgeSpec, status: &Value) -> Vec<Neighbour> {
        let maps = status.pointer("/memo/configMaps").and_then(Value::as_array).into_iter().flatten();
        let maps = maps.filter_map(Value::as_str).map(|name| Neighbour::new(&facts::CONFIG_MAP.kind, name));
        let copies = status.pointer("/memo/copies").and_then(Value::as_array).into_iter().flatten();
        let copies =
            copies.filter_map(Value::as_str).map(|name| Neighbour::new(&facts::SECRETS_MANAGER_SECRET.kind, name));
        let slices = status.pointer("/endpoints/slices").and_then(Value::as_array).into_iter().flatten();
        let slices =
            slices.filter_map(Value::as_str).map(|name| Neighbour::new(&kubernetes::ENDPOINT_SLICE.kind, name));
        let behind = spec.service.iter().map(|name| Neighbour::new(&kubernetes::SERVICE.kind, name));
        let workload = Neighbour::new(&facts::DEPLOYMENT.kind, &spec.workload_ref.name);
        let others =
            [workload, Neighbour::new(&facts::ECS_SERVICE.kind, name), Neighbour::any(&facts::CLOUD_MAP_SERVICE.kind)];
        maps.chain(copies).chain(slices).chain(behind).chain(others).collect()
    }

    fn plan(goal: Goal<'_, WorkloadBridgeSpec>, env: &Env, facts: &Facts, memo: &Memo, now: Timestamp) -> Next<Self> {
        plan::plan(goal, env, facts, memo, now)
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(goal: Goal<'_, WorkloadBridgeSpec>, env: &Env, facts: &Facts, memo: &Memo, previous: &Report) -> Report {
        report::report(goal, env, facts, memo, previous)
    }

    fn read(query: &Query) -> Call {
        facts::read(query)
    }

    fn write(step: &Step) -> Call {
        facts::write(step)
    }

    /// Tasks are followed; what Kubernetes has is watched.
    fn sweeps(query: &Query) -> bool {
        matches!(query, Query::Tasks(_))
    }

    fn settle(goal: Goal<'_, WorkloadBridgeSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
        plan::settle(goal, env, facts, memo, outcome)
    }
}

/// What the API server checks beyond the schema.
fn rules() -> Vec<Rule> {
    let ordered =
        |path| Rule::new(path, "!has(self.min) || !has(self.max) || self.min <= self.max", "min is not above max");
    let mut rules = immutable("spec.ecs", &["cluster", "clusterRef"]);
    rules.extend([
        Rule::new(
            "spec.workloadRef",
            "self.kind == oldSelf.kind && self.name == oldSelf.name",
            "another workload can't take the place of this one, whose replicas would come back nowhere: make a WorkloadBridge for the other, and \
             delete this one, which gives the replicas back",
        ),
        Rule::new("spec.ecs", "has(self.cluster) != has(self.clusterRef)", "exactly one of cluster and clusterRef"),
        Rule::new(
            "spec.ecs",
            "!(has(self.launchType) && has(self.capacityProviderStrategy))",
            "either launchType or capacityProviderStrategy",
        ),
        Rule::new("spec.ecs.launchType", "self in ['FARGATE', 'EC2']", "FARGATE or EC2"),
        ordered("spec.split.cluster"),
        ordered("spec.split.ecs"),
    ]);
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "Replicas", path: ".status.replicas", printed: Printed::Always },
    Column { name: "Cluster", path: ".status.cluster.runningCount", printed: Printed::Always },
    Column { name: "ECS", path: ".status.ecs.runningCount", printed: Printed::Always },
    Column { name: "Endpoints", path: ".status.endpoints.readyCount", printed: Printed::Wide },
    Column { name: "Workload", path: ".status.cluster.object", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    Definition { derived: Resource::crd(), rules: rules(), columns: COLUMNS, defaults: Vec::new() }
}
