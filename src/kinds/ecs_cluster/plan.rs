//! What to do next for a cluster.

use std::{collections::BTreeSet, time::Duration};

use super::{
    EcsCluster,
    desired::{self, RULES},
    facts::{Facts, Query, Step},
    providers::{self, Providers},
    spec::{EcsClusterSpec, Memo},
};
use crate::{
    engine::{
        Cause, Env, Goal, Next, Outcome, Recheck, Seen, Synced, Why, Write,
        applied::{self, Correction},
        compare,
        ownership::{self, Claim, TagChange, Tags},
        reason, tagging,
    },
    kinds::common::{self, ecs_tags, strategy},
    model::ecs,
};

/// What is in use is tried again after this long.
const IN_USE: Duration = Duration::from_secs(30);

pub fn plan(goal: Goal<'_, EcsClusterSpec>, env: &Env, facts: &Facts, memo: &Memo) -> Next<EcsCluster> {
    let spec = goal.spec();
    let name = desired::name(spec, env, memo.record.name.as_ref());
    if let Some(refusal) = &facts.in_use {
        let why = format!(
            "{}; it is tried again until no service and no task uses the capacity provider that is to go: move them, or put it back into the spec",
            refusal.to_string().trim_end_matches('.')
        );
        return Next::Rest(Outcome::waiting(Why::new(reason::IN_USE, why), Recheck::After(IN_USE)));
    }
    if let Some(refusal) = &facts.refused {
        return Next::Rest(Outcome::stalled(common::refused(refusal, None)));
    }
    if let Some(refusal) = &facts.not_empty {
        let why = format!(
            "{refusal}; it is tried again until the cluster is empty, or set spec.management.deletion to Retain"
        );
        return Next::Rest(Outcome::waiting(Why::new(reason::NOT_EMPTY, why), Recheck::After(Duration::from_secs(30))));
    }
    if let Some(refusal) = &facts.busy {
        let why = format!("{refusal}; it is tried again as soon as that has ended");
        return Next::Rest(Outcome::waiting(Why::new(reason::UPDATING, why), Recheck::Tick));
    }
    let cluster = match (&facts.cluster, goal) {
        (Seen::Unread, _) => {
            let mut queries = vec![Query::Cluster { name }];
            if matches!(goal, Goal::Present(_)) && !desired::sets_insights(spec) && facts.account_insights.is_unread() {
                queries.push(Query::AccountInsights);
            }
            return Next::Read(queries);
        }
        (Seen::Absent, Goal::Absent(_)) => return Next::Rest(Outcome::gone()),
        (Seen::Absent, Goal::Present(_)) => return create(spec, env, facts, memo, &name),
        (Seen::Known(cluster), _) => cluster,
    };
    let what = format!("ECS cluster {name}");
    let arn = cluster.cluster_arn.clone().unwrap_or_default();
    let tags = ecs_tags::from_list(cluster.tags.iter().flatten());
    match (ownership::claim(&tags, env, &what), goal) {
        (Claim::Ours, Goal::Absent(_)) => remove(env, cluster, &tags, &what, arn),
        // Not ours: nothing of it is changed, and the object may go.
        (_, Goal::Absent(_)) => Next::Rest(Outcome::gone()),
        (Claim::Conflict(why), _) => Next::Rest(Outcome::stalled(why)),
        (Claim::Adopt, _) => Next::Write(tagging::adopt(env, arn, &tags, &what)),
        (Claim::Ours, Goal::Present(_)) => update(spec, env, facts, memo, cluster, &tags),
    }
}

fn create(spec: &EcsClusterSpec, env: &Env, facts: &Facts, memo: &Memo, name: &str) -> Next<EcsCluster> {
    if facts.created {
        let why = Why::new(reason::CREATING, format!("AWS has made ECS cluster {name} and does not describe it yet"));
        return Next::Rest(Outcome::waiting(why, Recheck::Tick));
    }
    let applied = memo.record.applied.as_ref();
    let cause = match applied::creation(
        env,
        applied,
        &desired::desired_hash(spec, memo.brought.as_ref()),
        &format!("ECS cluster {name}"),
    ) {
        Ok(cause) => cause,
        Err(outcome) => return Next::Rest(*outcome),
    };
    if let Some(intent) = intent(spec, memo, name) {
        return Next::Remember(intent);
    }
    let spec_members = &spec.cluster;
    // What objects bring is attached once the cluster is there.
    let by_name = strategy::references(spec_members.default_capacity_provider_strategy.as_ref()).is_empty();
    let request = ecs::CreateClusterRequest {
        cluster_name: Some(name.to_owned()),
        capacity_providers: spec_members.capacity_providers.clone(),
        configuration: spec_members.configuration.clone(),
        default_capacity_provider_strategy: spec_members.default_capacity_provider_strategy.clone().filter(|_| by_name),
        service_connect_defaults: spec_members.service_connect_defaults.clone(),
        settings: spec_members.settings.clone(),
        tags: Some(ecs_tags::to_list(&desired::wanted_tags(spec, env))),
    };
    Next::Write(Write::new(Step::Create(request), cause, format!("ECS cluster {name} does not exist")))
}

/// The memo that has to be on record before AWS is given this name and these tags; `None` where it is already.
fn intent(spec: &EcsClusterSpec, memo: &Memo, name: &str) -> Option<Memo> {
    let intent = Memo { record: memo.record.before_write(name, &desired::spec_tags(spec)), ..memo.clone() };
    (intent != *memo).then_some(intent)
}

fn update(
    spec: &EcsClusterSpec,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    cluster: &ecs::Cluster,
    tags: &Tags,
) -> Next<EcsCluster> {
    let name = desired::name(spec, env, memo.record.name.as_ref());
    match cluster.status.as_deref() {
        Some("PROVISIONING") => {
            let why = Why::new(reason::CREATING, format!("ECS cluster {name} is PROVISIONING"));
            return Next::Rest(Outcome::waiting(why, Recheck::Tick));
        }
        Some("DEPROVISIONING") => {
            let why = Why::new(
                reason::DELETING,
                format!("ECS cluster {name} is DEPROVISIONING; it is made again after that"),
            );
            return Next::Rest(Outcome::waiting(why, Recheck::Tick));
        }
        _ => {}
    }
    if let Some(intent) = intent(spec, memo, &name) {
        return Next::Remember(intent);
    }
    let memo = &settle_namespace(spec, facts, memo);
    let providers = providers::wanted(spec, env, facts, memo, cluster);
    if !providers.unknown.is_empty() {
        return Next::Read(vec![Query::Providers { cluster: name, names: providers.unknown }]);
    }
    // On record before AWS has it: what is attached for an object is kept when the object goes and retains it.
    if !providers.attached.is_subset(&memo.attached) {
        let attached = memo.attached.union(&providers.attached).cloned().collect();
        return Next::Remember(Memo { attached, ..memo.clone() });
    }
    let mut wanted = desired::desired(spec, facts.account_insights.known().map(String::as_str));
    desired::put_providers(&mut wanted, &providers, cluster);
    let observed = desired::observed(cluster, spec, memo);
    let mut differences = compare::differences(&wanted, &observed, RULES);
    if desired::sets_insights(spec) || facts.account_insights.known().is_none() {
        // Without the account's default, what the spec leaves open can't be told from drift.
        differences.retain(|difference| difference.desired.is_some() || difference.member() != "settings");
    }
    let members = compare::members(&differences);
    let change = ownership::tag_change(&desired::wanted_tags(spec, env), tags, &memo.record.tag_keys);
    differences.extend(change.differences());
    let hash = desired::desired_hash(spec, providers.brought.as_ref());
    let correction = applied::correction(env, memo.record.applied.as_ref(), &hash, &differences);
    if let Correction::Write(cause) = correction {
        if let Some(why) = cannot(&differences) {
            return Next::Rest(Outcome::stalled(why));
        }
        let (step, why) = next_step(spec, cluster, &providers, &wanted, &members, change);
        return Next::Write(Write::new(step, cause, why));
    }
    if cluster.status.as_deref() == Some("FAILED") {
        let why =
            format!("AWS could not set up ECS cluster {name} (status FAILED): delete this object and create it again");
        return Next::Rest(Outcome::stalled(Why::new(reason::DEPLOYMENT_FAILED, why)).with_synced(correction.synced()));
    }
    if let Some(why) = providers.waits {
        // Its change wakes this object: a look from time to time is enough.
        return Next::Rest(Outcome::waiting(why, Recheck::After(Duration::from_mins(5))));
    }
    Next::Rest(attached(cluster, &name).with_synced(correction.synced()))
}

/// Whether the capacity providers that the cluster has are attached to it.
fn attached(cluster: &ecs::Cluster, name: &str) -> Outcome {
    match cluster.attachments_status.as_deref() {
        Some("UPDATE_IN_PROGRESS") => {
            let why = format!("the capacity providers of ECS cluster {name} are being attached");
            Outcome::converging(Why::new(reason::UPDATING, why), Recheck::Tick)
        }
        Some("UPDATE_FAILED") => {
            let why = format!(
                "AWS could not attach the capacity providers of ECS cluster {name} (attachmentsStatus UPDATE_FAILED): look at their Auto Scaling groups"
            );
            Outcome::stalled(Why::new(reason::DEPLOYMENT_FAILED, why))
        }
        _ => Outcome::ready(Why::new(reason::AVAILABLE, format!("ECS cluster {name} is ACTIVE"))),
    }
}

/// What AWS can't take back.
fn cannot(differences: &[compare::Difference]) -> Option<Why> {
    let storage = |difference: &&compare::Difference| {
        difference.desired.is_none()
            && (difference.path == "configuration"
                || difference.path.starts_with("configuration.managedStorageConfiguration"))
            && format!("{}{:?}", difference.path, difference.observed).contains("managedStorageConfiguration")
    };
    differences.iter().find(storage).map(|_| {
        let why = "AWS can't take configuration.managedStorageConfiguration off a cluster: put it back into the spec, or make another cluster";
        Why::new(reason::CANNOT_REMOVE, why)
    })
}

fn next_step(
    spec: &EcsClusterSpec,
    cluster: &ecs::Cluster,
    providers: &Providers,
    wanted: &serde_json::Value,
    members: &BTreeSet<String>,
    change: TagChange,
) -> (Step, String) {
    let arn = cluster.cluster_arn.clone().unwrap_or_default();
    let differ = |name: &str| members.contains(name);
    if differ("settings") || differ("configuration") || differ("serviceConnectDefaults") {
        let why = members
            .iter()
            .filter(|name| !name.to_lowercase().contains("capacity"))
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        let settings: Option<Vec<ecs::ClusterSetting>> =
            wanted.get("settings").and_then(|settings| serde_json::from_value(settings.clone()).ok());
        let request = ecs::UpdateClusterRequest {
            cluster: arn,
            settings: settings.filter(|_| differ("settings")),
            configuration: differ("configuration").then(|| reset_configuration(spec)),
            // The empty name takes Service Connect off the cluster (UpdateCluster, Amazon ECS API Reference).
            service_connect_defaults: differ("serviceConnectDefaults")
                .then(|| spec.cluster.service_connect_defaults.clone().unwrap_or_default()),
        };
        return (Step::Update(request), format!("differs from the spec: {why}"));
    }
    if differ("capacityProviders") || differ("defaultCapacityProviderStrategy") {
        return (put(cluster, providers), "the capacity providers or the default strategy differ".to_owned());
    }
    let (tagging, why) = change.write(arn);
    (tagging.into(), why)
}

/// It replaces both lists: an empty one clears.
fn put(cluster: &ecs::Cluster, providers: &Providers) -> Step {
    let (here, default) = (&cluster.capacity_providers, &cluster.default_capacity_provider_strategy);
    Step::PutCapacityProviders(ecs::PutClusterCapacityProvidersRequest {
        cluster: cluster.cluster_arn.clone().unwrap_or_default(),
        capacity_providers: providers.list.as_ref().or(here.as_ref()).cloned().unwrap_or_default(),
        default_capacity_provider_strategy: providers
            .strategy
            .as_ref()
            .or(default.as_ref())
            .cloned()
            .unwrap_or_default(),
    })
}

/// The configuration with what the spec leaves open set back to AWS's default.
fn reset_configuration(spec: &EcsClusterSpec) -> ecs::ClusterConfiguration {
    let mut configuration = spec.cluster.configuration.clone().unwrap_or_default();
    let execute = configuration.execute_command_configuration.get_or_insert_default();
    execute.logging.get_or_insert_with(|| ecs::ExecuteCommandLogging(ecs::ExecuteCommandLogging::DEFAULT.to_owned()));
    configuration
}

fn remove(env: &Env, cluster: &ecs::Cluster, tags: &Tags, what: &str, arn: String) -> Next<EcsCluster> {
    if cluster.status.as_deref() == Some("DEPROVISIONING") {
        let why = Why::new(reason::DELETING, format!("{what} is DEPROVISIONING"));
        return Next::Rest(Outcome::converging(why, Recheck::Tick));
    }
    // Its providers that are deleted wait for it.
    if let Some(providers) = providers::let_go(env, cluster) {
        let why = format!("{what} lets go of the capacity providers whose objects are deleted");
        return Next::Write(Write::new(put(cluster, &providers), Cause::SpecChange, why));
    }
    let children = env.children.iter().flatten().map(|(key, _)| key.to_string()).collect::<Vec<_>>().join(", ");
    if !children.is_empty() {
        let why = format!("waits until these are deleted, which it has let go of: {children}");
        return Next::Rest(Outcome::converging(Why::new(reason::WAITING_FOR_CHILDREN, why), Recheck::Tick));
    }
    let delete = Step::Delete { arn: arn.clone() };
    Next::Write(tagging::remove(env, arn, tags, what, delete))
}

/// The memo with the ARN that AWS describes for the namespace that was just written by its name.
fn settle_namespace(spec: &EcsClusterSpec, facts: &Facts, memo: &Memo) -> Memo {
    let mut memo = memo.clone();
    let named = spec.cluster.service_connect_defaults.as_ref().map(|defaults| &defaults.namespace);
    let described =
        facts.cluster.known().and_then(|cluster| cluster.service_connect_defaults.as_ref()?.namespace.as_ref());
    if facts.namespace_written || facts.created {
        memo.resolved.clear();
        if let (Some(named), Some(arn)) = (named, described) {
            memo.resolved.insert(named.clone(), arn.clone());
        }
    }
    memo
}

/// The memo of a pass that rested.
pub fn settle(goal: Goal<'_, EcsClusterSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
    let mut settled = settle_namespace(goal.spec(), facts, memo);
    if let Goal::Present(spec) = goal {
        if let (Some(cluster), Synced::Yes) = (facts.cluster.known(), &outcome.synced)
            && env.children.is_some()
        {
            let providers = providers::wanted(spec, env, facts, memo, cluster);
            (settled.attached, settled.brought) = (providers.attached, providers.brought);
        }
        let hash = desired::desired_hash(spec, settled.brought.as_ref());
        settled.record.settle(outcome, &hash, env.generation, desired::spec_tags(spec));
    }
    settled
}
