//! `EcsCapacityProvider`: an Auto Scaling group or Managed Instances, where the tasks of a cluster run.

mod desired;
mod facts;
mod import;
mod leave;
mod plan;
mod spec;

use jiff::Timestamp;
use kube::CustomResourceExt;
use serde_json::{Value, json};

pub use self::{
    desired::RULES,
    facts::{Facts, Query, Step},
    spec::{EcsCapacityProvider as Resource, EcsCapacityProviderSpec, Memo, Report},
};
use crate::{
    engine::{
        Answer, Call, Env, Goal, Kind, Malformed, Management, Next, ObjectKey, Offer, Operation, Outcome, Seen,
        import::{Import, Listing, Shape, Thing},
        names, ownership,
    },
    kinds::{
        common::{ecs_tags, strategy},
        crd::{Column, Definition, Printed, Rule, immutable, tags},
    },
    model::ecs,
};

/// The kind.
#[derive(Clone, Debug, PartialEq)]
pub struct EcsCapacityProvider;

impl Kind for EcsCapacityProvider {
    const KIND: &'static str = "EcsCapacityProvider";
    const OPERATIONS: &'static [Operation] = &[
        Operation::Ecs(ecs::Operation::CreateCapacityProvider),
        Operation::Ecs(ecs::Operation::DeleteCapacityProvider),
        Operation::Ecs(ecs::Operation::DescribeCapacityProviders),
        Operation::Ecs(ecs::Operation::DescribeClusters),
        Operation::Ecs(ecs::Operation::TagResource),
        Operation::Ecs(ecs::Operation::UntagResource),
        Operation::Ecs(ecs::Operation::UpdateCapacityProvider),
    ];

    const SELECTED_BY: Option<&'static str> = Some("capacity-provider");

    type Spec = EcsCapacityProviderSpec;
    type Facts = Facts;
    type Memo = Memo;
    type Report = Report;
    type Query = Query;
    type Step = Step;

    fn role_paths() -> Vec<String> {
        ecs::CapacityProviderSpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).collect()
    }

    fn management(spec: &EcsCapacityProviderSpec) -> &Management {
        &spec.management
    }

    fn references(spec: &EcsCapacityProviderSpec) -> Vec<ObjectKey> {
        spec.cluster_ref.iter().map(|reference| reference.to("EcsCluster")).collect()
    }

    fn list(selected: Option<&str>, pages: &[Value]) -> Result<Listing, Malformed> {
        import::list(selected, pages)
    }

    fn import(thing: &Thing, facts: &Facts, shape: Shape<'_>) -> Import<Self> {
        import::import(thing, facts, shape)
    }

    fn plan(
        goal: Goal<'_, EcsCapacityProviderSpec>,
        env: &Env,
        facts: &Facts,
        memo: &Memo,
        _: Timestamp,
    ) -> Next<Self> {
        plan::plan(goal, env, facts, memo)
    }

    fn absorb(facts: &mut Facts, answer: Answer<'_, Query, Step>) -> Result<(), Malformed> {
        facts::absorb(facts, answer)
    }

    fn report(
        _: Goal<'_, EcsCapacityProviderSpec>,
        env: &Env,
        facts: &Facts,
        memo: &Memo,
        previous: &Report,
    ) -> Report {
        let is_ours = |provider: &ecs::CapacityProvider| {
            ownership::is_ours(&ecs_tags::from_list(provider.tags.iter().flatten()), env)
        };
        let provider = match &facts.provider {
            Seen::Unread => return previous.clone(),
            Seen::Known(provider) if is_ours(provider) => provider,
            // There is none, or it is another's.
            Seen::Known(_) | Seen::Absent => return Report::default(),
        };
        let listed = |cluster: &ecs::Cluster| {
            let mut listed = cluster.capacity_providers.iter().flatten();
            listed.any(|name| memo.record.name.as_deref() == Some(names::short_name(name)))
        };
        Report {
            capacity_provider_arn: provider.capacity_provider_arn.clone(),
            capacity_provider_status: provider.status.as_ref().map(|status| status.0.clone()),
            capacity_provider_type: provider.r#type.as_ref().map(|of| of.0.clone()),
            update_status: provider.update_status.as_ref().map(|status| status.0.clone()),
            update_status_reason: provider.update_status_reason.clone(),
            attached: facts.cluster.known().map(listed),
        }
    }

    fn read(query: &Query) -> Call {
        facts::read(query)
    }

    fn write(step: &Step) -> Call {
        facts::write(step)
    }

    fn sweeps(_: &Query) -> bool {
        true
    }

    fn settle(
        goal: Goal<'_, EcsCapacityProviderSpec>,
        env: &Env,
        facts: &Facts,
        memo: &Memo,
        outcome: &Outcome,
    ) -> Memo {
        plan::settle(goal, env, facts, memo, outcome)
    }

    /// What a strategy needs of the provider, from when its cluster has it.
    fn exports(status: &Value) -> Value {
        match (status.pointer("/memo/name"), status.pointer("/memo/applied")) {
            (Some(name), Some(_)) => json!({ "name": name }),
            _ => Value::Null,
        }
    }

    fn offers(status: &Value) -> Offer {
        leave::offer(status)
    }

    /// The provider: those whose strategies name it hold it.
    fn leftovers(_: &EcsCapacityProviderSpec, status: &Value) -> Vec<String> {
        let name = status.pointer("/memo/name").and_then(Value::as_str);
        name.map(strategy::thing).into_iter().collect()
    }
}

/// What the API server checks beyond the schema. Amazon ECS API Reference: CreateCapacityProvider.
fn rules() -> Vec<Rule> {
    let mut rules = immutable("spec", ecs::CapacityProviderSpec::IMMUTABLE);
    rules.extend(immutable("spec", &["clusterRef", "cluster"]));
    rules.extend(immutable("spec.autoScalingGroupProvider", &["autoScalingGroupArn"]));
    rules.extend(immutable("spec.managedInstancesProvider.instanceLaunchTemplate", desired::CREATION_ONLY));
    rules.extend(tags("spec.tags", "key", 5));
    rules.push(Rule::new(
        "spec",
        "has(self.autoScalingGroupProvider) != has(self.managedInstancesProvider)",
        "exactly one of autoScalingGroupProvider and managedInstancesProvider",
    ));
    rules.push(Rule::new(
        "spec",
        "has(self.autoScalingGroupProvider) == has(oldSelf.autoScalingGroupProvider)",
        "an Auto Scaling group does not become Managed Instances, nor the reverse: make another object",
    ));
    rules.push(Rule::new(
        "spec",
        "!has(self.managedInstancesProvider) || has(self.clusterRef) != has(self.cluster)",
        "Managed Instances are made in one cluster: exactly one of clusterRef and cluster",
    ));
    rules.push(Rule::new(
        "spec",
        "!has(self.autoScalingGroupProvider) || !has(self.cluster)",
        "the provider of an Auto Scaling group is attached by the EcsCluster of clusterRef; without one, name it in the capacityProviders of a cluster",
    ));
    rules.push(Rule::new(
        "spec.name",
        "self.matches('^[A-Za-z0-9_-]{1,255}$') && !self.lowerAscii().matches('^(aws|ecs|fargate)')",
        "letters, digits, hyphens and underscores, and not aws, ecs or fargate at the beginning, which AWS keeps",
    ));
    rules
}

const COLUMNS: &[Column] = &[
    Column { name: "Status", path: ".status.capacityProviderStatus", printed: Printed::Always },
    Column { name: "Type", path: ".status.capacityProviderType", printed: Printed::Always },
    Column { name: "Attached", path: ".status.attached", printed: Printed::Wide },
    Column { name: "Update", path: ".status.updateStatus", printed: Printed::Wide },
    Column { name: "Name", path: ".status.memo.name", printed: Printed::Wide },
];

/// What makes the custom resource definition.
pub fn definition() -> Definition {
    Definition { derived: Resource::crd(), rules: rules(), columns: COLUMNS, defaults: Vec::new() }
}
