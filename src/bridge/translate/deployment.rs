//! A Deployment as an EcsService with its own task definition.

use std::collections::BTreeMap;

use k8s_openapi::{
    api::apps::v1::{Deployment, DeploymentStrategy},
    apimachinery::pkg::util::intstr::IntOrString,
};
use serde_json::{Map, Value, json};

use super::{
    context::{Context, Target},
    path::{Path, Unit, units},
    report::{Ledger, Report, Verdict},
    schema::Schema,
    template_at,
};
use crate::model::ecs;

/// The annotation that holds the operator back (docs/operations.md).
const PAUSED: &str = "ecs-bridge.dev/paused";

/// Where the service is to run: what no Deployment says.
#[derive(Clone, Debug, Default)]
pub struct Placement {
    /// A cluster by its name or ARN.
    pub cluster: Option<String>,
    /// An EcsCluster of the namespace.
    pub cluster_ref: Option<String>,
    pub subnets: Vec<String>,
    pub security_groups: Vec<String>,
    pub assign_public_ip: bool,
    /// Instead of the launch type that the target is.
    pub capacity_providers: Vec<ecs::CapacityProviderStrategyItem>,
}

/// The service while it is made.
struct Made {
    ledger: Ledger,
    metadata: Map<String, Value>,
    spec: Map<String, Value>,
    replicas: i32,
}

/// One field of a Deployment; docs/translate.md shows the same table.
pub struct Row {
    pub field: &'static str,
    /// The member of the EcsService that it becomes, where there is one.
    pub becomes: &'static str,
    pub how: &'static str,
    act: fn(&mut Made, &Unit),
}

const fn row(field: &'static str, becomes: &'static str, how: &'static str, act: fn(&mut Made, &Unit)) -> Row {
    Row { field, becomes, how, act }
}

pub const DEPLOYMENT: &[Row] = &[
    row("apiVersion", "apiVersion", "an EcsService", |made, unit| made.say(unit, Verdict::Translated, "an EcsService")),
    row("kind", "kind", "an EcsService", |made, unit| made.say(unit, Verdict::Translated, "an EcsService")),
    row("metadata.name", "metadata.name", "as it is", |made, unit| made.keep(unit, "name")),
    row("metadata.namespace", "metadata.namespace", "as it is", |made, unit| made.keep(unit, "namespace")),
    row("metadata.labels{}", "metadata.labels", "as it is", label),
    row("metadata.annotations{}", "", "Ignored: for controllers of the cluster", |made, unit| {
        made.say(unit, Verdict::Ignored, "for controllers of the cluster");
    }),
    row("metadata", "", "Ignored: the API server's own", |made, unit| {
        made.say(unit, Verdict::Ignored, "the API server's own");
    }),
    row("spec.replicas", "spec.desiredCount", "as it is", replicas),
    row("spec.selector", "", "Ignored: ECS knows the tasks of a service", |made, unit| {
        made.say(unit, Verdict::Ignored, "ECS knows the tasks of a service");
    }),
    row(
        "spec.strategy",
        "spec.deploymentConfiguration.maximumPercent, minimumHealthyPercent",
        "in percent of replicas",
        strategy,
    ),
    row("spec.minReadySeconds", "", "Approximated: a task counts when it runs and is healthy", |made, unit| {
        made.say(
            unit,
            Verdict::Approximated,
            "a task counts when it runs and is healthy: give it a health check that says so",
        );
    }),
    row("spec.revisionHistoryLimit", "spec.revisionHistoryLimit", "0 to 100", history),
    row(
        "spec.progressDeadlineSeconds",
        "spec.deploymentConfiguration.deploymentCircuitBreaker",
        "Approximated: the circuit breaker counts failed tasks, not seconds",
        deadline,
    ),
    row(
        "spec.paused",
        "metadata.annotations",
        "true is `ecs-bridge.dev/paused`, Approximated: it holds scaling back too",
        paused,
    ),
    row("status", "", "Ignored: what the cluster says of it", |made, unit| {
        made.say(unit, Verdict::Ignored, "what the cluster says of it");
    }),
];

impl Made {
    fn say(&mut self, unit: &Unit, verdict: Verdict, says: &str) {
        self.ledger.say(&unit.at, verdict, says);
    }

    fn keep(&mut self, unit: &Unit, member: &str) {
        self.metadata.insert(member.into(), unit.value.clone());
        self.say(unit, Verdict::Translated, "as it is");
    }

    /// A member of `deploymentConfiguration`.
    fn configure(&mut self, member: &str, value: Value) {
        self.spec.entry("deploymentConfiguration").or_insert_with(|| json!({}))[member] = value;
    }
}

fn label(made: &mut Made, unit: &Unit) {
    made.metadata.entry("labels").or_insert_with(|| json!({}))[unit.at.last()] = unit.value.clone();
    made.say(unit, Verdict::Translated, "a label of the EcsService");
}

fn replicas(made: &mut Made, unit: &Unit) {
    if made.replicas < 0 {
        return made.say(unit, Verdict::Refused, "a number of replicas is not below 0");
    }
    made.spec.insert("desiredCount".into(), json!(made.replicas));
    made.say(unit, Verdict::Translated, "desiredCount");
}

fn history(made: &mut Made, unit: &Unit) {
    let asked = unit.value.as_i64().unwrap_or_default();
    let kept = asked.clamp(0, 100);
    made.spec.insert("revisionHistoryLimit".into(), json!(kept));
    let verdict = if kept == asked { Verdict::Translated } else { Verdict::Approximated };
    made.say(unit, verdict, &format!("revisionHistoryLimit {kept}"));
}

fn deadline(made: &mut Made, unit: &Unit) {
    made.configure("deploymentCircuitBreaker", json!({"enable": true, "rollback": false}));
    made.say(unit, Verdict::Approximated, "the circuit breaker: it counts tasks that fail, not seconds");
}

fn paused(made: &mut Made, unit: &Unit) {
    if !unit.is_true() {
        return made.say(unit, Verdict::Ignored, "nothing is paused unless it is said");
    }
    made.metadata.insert("annotations".into(), json!({ (PAUSED): "true" }));
    made.say(unit, Verdict::Approximated, "the annotation ecs-bridge.dev/paused, which holds scaling back too");
}

fn strategy(made: &mut Made, unit: &Unit) {
    let strategy: DeploymentStrategy = unit.read();
    let kind = unit.at.to("type");
    match strategy.type_.as_deref() {
        Some("Recreate") => {
            made.configure("maximumPercent", json!(100));
            made.configure("minimumHealthyPercent", json!(0));
            made.ledger.say(&kind, Verdict::Translated, "maximumPercent 100, minimumHealthyPercent 0");
            return made.say(unit, Verdict::Refused, "Recreate has no rollingUpdate: take it out");
        }
        None | Some("" | "RollingUpdate") => made.ledger.say(&kind, Verdict::Translated, "a rolling deployment"),
        Some(_) => return made.say(unit, Verdict::Refused, "RollingUpdate or Recreate: write one"),
    }
    let Some(rolling) = strategy.rolling_update else { return };
    let at = unit.at.to("rollingUpdate");
    let count = i64::from(made.replicas.max(1));
    let surge = share(rolling.max_surge.as_ref(), count, up);
    let unavailable = share(rolling.max_unavailable.as_ref(), count, down);
    let (Some(surge), Some(unavailable)) = (surge, unavailable) else {
        return made.ledger.say(&at, Verdict::Refused, "a number, or a number of percent: write one");
    };
    if surge == 0 && unavailable == 0 {
        return made.ledger.say(&at, Verdict::Refused, "both are 0, and no task could be replaced: raise one");
    }
    let most = up((count + surge) * 100, count);
    let least = down((count - unavailable).max(0) * 100, count);
    made.configure("maximumPercent", json!(most.min(i64::from(i32::MAX))));
    made.configure("minimumHealthyPercent", json!(least));
    let exactly = |percent: i64| percent * count % 100 == 0;
    for (member, becomes, percent) in
        [("maxSurge", "maximumPercent", most), ("maxUnavailable", "minimumHealthyPercent", least)]
    {
        let verdict = if exactly(percent) { Verdict::Translated } else { Verdict::Approximated };
        made.ledger.say(&at.to(member), verdict, format!("{becomes} {percent}, which is as much of {count} replicas"));
    }
}

fn up(number: i64, divisor: i64) -> i64 {
    (number + divisor - 1).div_euclid(divisor)
}

fn down(number: i64, divisor: i64) -> i64 {
    number.div_euclid(divisor)
}

/// So many of the replicas; a quarter where nothing is said, as in Kubernetes.
fn share(given: Option<&IntOrString>, count: i64, rounded: fn(i64, i64) -> i64) -> Option<i64> {
    const MOST: i64 = 1_000_000;
    let percent = |percent: i64| rounded(percent.min(MOST) * count, 100);
    match given {
        None => Some(percent(25)),
        Some(IntOrString::Int(number)) => Some(i64::from(*number)).filter(|number| *number >= 0),
        Some(IntOrString::String(text)) => {
            text.strip_suffix('%')?.parse::<i64>().ok().filter(|number| *number >= 0).map(percent)
        }
    }
}

/// Translates a Deployment. None where a field is refused.
pub fn deployment(object: &Value, context: &Context, placement: &Placement) -> (Option<Value>, Report) {
    let mut ledger = Ledger::new(object);
    let readable = Schema::of::<Deployment>().readable(object, &mut ledger);
    let root = Path::default();
    let template = root.to("spec.template");
    let (definition, ledger) = template_at(&readable["spec"]["template"], &template, ledger, context);
    let replicas = readable["spec"]["replicas"].as_i64().and_then(|count| i32::try_from(count).ok()).unwrap_or(1);
    let mut made = Made { ledger, metadata: Map::new(), spec: placed(placement, context, &definition), replicas };
    for Row { field, act, .. } in DEPLOYMENT {
        for unit in units(&readable, &root, field) {
            act(&mut made, &unit);
        }
    }
    if readable["metadata"]["name"].as_str().unwrap_or_default().is_empty() {
        made.ledger.want(&root.to("metadata.name"), "a Deployment wants a name: give it one");
    }
    let selecting = services_of(&readable["spec"]["template"]["metadata"]["labels"], context);
    for service in selecting.iter().filter(|service| context.service.as_ref() != Some(*service)) {
        made.ledger.note(format!(
            "the Service {service} selects these pods, and sends nothing to the tasks by itself: name it in spec.service of a WorkloadBridge, or give the EcsService a target group (loadBalancers), or a name in AWS Cloud Map (serviceRegistries)"
        ));
    }
    made.spec.insert("taskDefinition".into(), serde_json::to_value(&definition).unwrap_or_default());
    let report = made.ledger.finish();
    let is_free = report.obstacles(context.strict).next().is_none();
    let resource = json!({
        "apiVersion": "ecs-bridge.dev/v1alpha1", "kind": "EcsService", "metadata": made.metadata, "spec": made.spec,
    });
    (Some(resource).filter(|_| is_free), report)
}

/// The Services of the namespace that select pods with these labels.
fn services_of(labels: &Value, context: &Context) -> Vec<String> {
    let selects = |selector: &BTreeMap<String, String>| {
        !selector.is_empty() && selector.iter().all(|(name, value)| labels[name] == **value)
    };
    let found = context.objects.services.iter().filter_map(|((namespace, name), service)| {
        let selector = service.spec.as_ref()?.selector.as_ref()?;
        (*namespace == context.namespace && selects(selector)).then(|| name.clone())
    });
    found.collect()
}

/// The spec with what is said by nobody but the placement.
fn placed(placement: &Placement, context: &Context, definition: &ecs::TaskDefinitionSpec) -> Map<String, Value> {
    let mut spec = Map::new();
    let mut set = |member: &str, value: Value| drop(spec.insert(member.to_owned(), value));
    if let Some(cluster) = &placement.cluster {
        set("cluster", json!(cluster));
    }
    if let Some(name) = &placement.cluster_ref {
        set("clusterRef", json!({"name": name}));
    }
    if !placement.capacity_providers.is_empty() {
        set("capacityProviderStrategy", json!(placement.capacity_providers));
    } else if context.target == Target::Fargate {
        set("launchType", json!("FARGATE"));
    } else {
        set("launchType", json!("EC2"));
    }
    if definition.network_mode.as_ref().is_some_and(|mode| mode.as_str() == ecs::NetworkMode::AWSVPC) {
        let mut vpc = json!({"subnets": placement.subnets});
        if !placement.security_groups.is_empty() {
            vpc["securityGroups"] = json!(placement.security_groups);
        }
        if placement.assign_public_ip {
            vpc["assignPublicIp"] = json!("ENABLED");
        }
        set("networkConfiguration", json!({"awsvpcConfiguration": vpc}));
    }
    spec
}
