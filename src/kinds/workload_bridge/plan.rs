//! What to do next for a bridge: the EcsService as the workload has it, then the replicas of each side.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    WorkloadBridge,
    copies::{self, Held},
    endpoints::{self, Behind},
    facts::{CONFIG_MAP, Facts, Query},
    give_back,
    manifest::{self, Translated},
    owned::{self, Comparison, Made, Whose},
    owners, roles,
    scene::{First, Scene, Sides, first, stalled},
    sides,
    spec::{Memo, Scaled, WorkloadBridgeSpec},
};
use crate::{
    bridge::split::{self, Counts, Division, Health, Side, Split},
    engine::{
        Adoption, Cause, Drift, Env, Goal, Next, Outcome, Recheck, Refusal, Synced, Why,
        applied::Applied,
        hash,
        kubernetes::{Named, is_deleting},
        outcome::State,
        reason,
    },
};

pub fn plan(
    goal: Goal<'_, WorkloadBridgeSpec>,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    now: Timestamp,
) -> Next<WorkloadBridge> {
    let spec = goal.spec();
    if let Some(refusal) = &facts.refused {
        return Next::Rest(Outcome::stalled(declined(refusal)));
    }
    if let Some(refusal) = &facts.changed {
        let why = format!("{}; it is looked at again", refusal.to_string().trim_end_matches('.'));
        return Next::Rest(Outcome::waiting(Why::new(reason::UPDATING, why), Recheck::Tick));
    }
    let scene = Scene { spec, env, facts, memo, now };
    let ended = scene.first_look().and_then(|()| endpoints::behind(&scene)).and_then(|behind| match goal {
        Goal::Present(_) => present(&scene, &behind),
        Goal::Absent(_) => give_back::absent(&scene, behind.reached),
    });
    ended.unwrap_or_else(|first| *first)
}

fn declined(refusal: &Refusal) -> Why {
    let words = refusal.to_string();
    let remedy = "change the spec, or the workload; it is tried again from time to time";
    Why::new(reason::REFUSED_BY_KUBERNETES, format!("{}; {remedy}", words.trim_end_matches('.')))
}

fn present(scene: &Scene<'_>, behind: &Behind) -> Result<Next<WorkloadBridge>, First> {
    let Scene { spec, env, facts, memo, .. } = scene;
    let workload = &spec.workload_ref;
    if workload.kind != "Deployment" || workload.api_version.as_ref().is_some_and(|version| version != "apps/v1") {
        let why = format!(
            "spec.workloadRef names a {}: only a Deployment of apps/v1 is bridged. {}",
            workload.kind,
            instead(&workload.kind)
        );
        return stalled(Why::new(reason::UNSUPPORTED_WORKLOAD, why));
    }
    let Some(deployment) = facts.object(&scene.workload()).known() else {
        let why = format!(
            "{}, which spec.workloadRef names, does not exist in this namespace: create it, or name another",
            scene.workload()
        );
        let recheck = Recheck::After(std::time::Duration::from_mins(5));
        return Ok(Next::Rest(Outcome::waiting(Why::new(reason::REFERENCE_NOT_FOUND, why), recheck)));
    };
    let service = facts.object(&scene.service()).known();
    if let Some(service) = service {
        match (owned::whose(service, env), env.management.adoption) {
            (Whose::Ours, _) | (Whose::Nobodys, Adoption::Adopt) => {}
            (Whose::Nobodys, Adoption::Never) => {
                let why = format!(
                    "{} exists, and is not this bridge's: name the bridge otherwise, or set spec.management.adoption to Adopt",
                    scene.service()
                );
                return stalled(Why::new(reason::CONFLICT, why));
            }
            (Whose::Anothers, _) => {
                let why = format!("{} is controlled by another object: name the bridge otherwise", scene.service());
                return stalled(Why::new(reason::CONFLICT, why));
            }
        }
    }
    let autoscalers = facts.list(&scene.autoscalers()).map(Vec::as_slice).unwrap_or_default();
    let name = &env.identity.name;
    if let Some(why) =
        owners::autoscaled(autoscalers, workload, name).or_else(|| owners::unsupported(autoscalers, name))
    {
        return stalled(why);
    }
    // What others have set since counts once.
    let replicas = asked_for(deployment);
    if memo.scaled.is_some_and(|scaled| scaled.confirmed && i64::from(scaled.to) != replicas) {
        let put_back = Some(owners::put_back(memo.put_back.as_ref(), scene.retry(), deployment, scene.now));
        return Ok(Next::Remember(Memo { scaled: None, put_back, ..(*memo).clone() }));
    }
    if let Some(service) = service.filter(|service| is_deleting(service)) {
        return give_back::end_of_service(scene, deployment, service, behind.reached);
    }
    let held = copies::bring(scene, deployment)?;
    let translated = translate(scene, deployment, &held)?;
    bridged(scene, deployment, service, &translated, &held, behind)
}

fn instead(kind: &str) -> &'static str {
    match kind {
        "StatefulSet" => "Tasks of an ECS service have neither names nor volumes of their own: leave it in the cluster",
        "DaemonSet" => "It runs a pod on each node, and Fargate has no nodes: leave it in the cluster",
        "ReplicaSet" | "ReplicationController" | "Pod" => "Make it a Deployment",
        _ => "Leave it in the cluster",
    }
}

/// The translation, once what it rests on has been read.
fn translate(scene: &Scene<'_>, deployment: &Value, held: &Held) -> Result<Translated, First> {
    let Scene { env, facts, .. } = scene;
    let unread = |named: &Named| facts.object(named).is_unread();
    let mut queries: Vec<Query> =
        manifest::needs(deployment, env, facts).into_iter().filter(unread).map(Query::Object).collect();
    let others =
        [manifest::services(env), manifest::names(env)].into_iter().filter(|asked| facts.list(asked).is_none());
    queries.extend(others.map(Query::List));
    if !queries.is_empty() {
        return first(Next::Read(queries));
    }
    let roles = roles::looked_up(scene, deployment)?;
    Ok(Translated { told: roles.told.clone(), ..manifest::translated(scene, deployment, held, &roles) })
}

/// Brings the EcsService and the numbers to where they belong, one write at a time.
fn bridged(
    scene: &Scene<'_>,
    deployment: &Value,
    service: Option<&Value>,
    translated: &Translated,
    held: &Held,
    behind: &Behind,
) -> Result<Next<WorkloadBridge>, First> {
    let Scene { spec, .. } = scene;
    let sides = scene.sides(deployment, service, behind.reached)?;
    let division = split::divide(&spec.split, spec.replicas, sides.cluster, sides.ecs);
    // What can't be translated leaves what runs as it is; its replicas are looked after all the same.
    let (synced, refused) = match (&translated.spec, service) {
        (Ok(made), _) => (applied(scene, &sides, made, &translated.labels, division.counts.ecs)?, None),
        (Err(obstacle), Some(_)) => (Synced::No(obstacle.why().clone()), Some(obstacle)),
        (Err(obstacle), None) => return first(Next::Rest(obstacle.outcome())),
    };
    if let Some((side, count)) = scaling(&sides, &division) {
        let owned = scene.owned_elsewhere(deployment);
        return match (side, owned, service) {
            (Side::Cluster, Some(why), _) => stalled(why),
            (Side::Ecs, _, Some(service)) => Ok(scene.scale(side, service, count, &division.why.to_string())),
            _ => Ok(scene.scale(side, deployment, count, &division.why.to_string())),
        };
    }
    if let Some(obstacle) = refused {
        return first(Next::Rest(obstacle.outcome()));
    }
    copies::swept(scene, held, service)?;
    let synced = match (behind.lacks.as_ref().or(held.behind.as_ref()), synced) {
        (Some(why), Synced::Yes) => Synced::No(why.clone()),
        (_, synced) => synced,
    };
    let notes = notes(spec, &division).into_iter().chain(behind.notes.iter().cloned());
    let notes = notes.chain(translated.told.iter().cloned());
    Ok(Next::Rest(outcome(scene, &sides, &division).with_synced(synced).with_notes(notes)))
}

/// Makes the EcsService what the workload is on ECS; or says how far it is that.
fn applied(
    scene: &Scene<'_>,
    sides: &Sides<'_>,
    made: &Map<String, Value>,
    labels: &Value,
    count: i32,
) -> Result<Synced, First> {
    let (service, workload) = (scene.service(), scene.workload());
    let made = Made { object: service.clone(), spec: made, labels };
    let apply = |cause, why: String| {
        let mut manifest = made.manifest(scene.env);
        manifest["spec"]["desiredCount"] = json!(count);
        first(owned::apply(service.clone(), manifest, sides.service, cause, why))
    };
    let Some(known) = sides.service else {
        return apply(Cause::SpecChange, format!("{service} does not exist: it is made from {workload}"));
    };
    match made.compare(known, scene.env) {
        Comparison::Same => Ok(Synced::Yes),
        // What runs stays as it is meanwhile.
        _ if sides.deployment["spec"]["paused"] == true => {
            let why = format!("the rollout of {workload} is paused: {service} stays as it is until it is resumed");
            Ok(Synced::No(Why::new(reason::PAUSED, why)))
        }
        Comparison::Old => {
            apply(Cause::SpecChange, format!("{service} follows {workload}, what that refers to, and this bridge"))
        }
        Comparison::Changed if scene.env.management.drift == Drift::Report => {
            let why = format!("{service} was changed by others, and is left so (spec.management.drift is Report)");
            Ok(Synced::No(Why::new(reason::DRIFT_REPORTED, why)))
        }
        Comparison::Changed => {
            apply(Cause::Drift, format!("{service} was changed by others, and follows {workload} again"))
        }
    }
}

/// The side that is given another number next: one that grows goes first.
fn scaling(sides: &Sides<'_>, division: &Division) -> Option<(Side, i32)> {
    let asked = Counts { cluster: sides.cluster.asked, ecs: sides.ecs.asked };
    let mut changes: Vec<(Side, i32)> = [Side::Cluster, Side::Ecs]
        .into_iter()
        .map(|side| (side, division.counts.of(side)))
        .filter(|(side, count)| *count != asked.of(*side))
        .collect();
    changes.sort_by_key(|(side, count)| *count < asked.of(*side));
    changes.first().copied()
}

fn notes(spec: &WorkloadBridgeSpec, division: &Division) -> Option<String> {
    (division.beyond > 0).then(|| {
        format!(
            "{} of {} replicas run nowhere: spec.split.cluster.max and spec.split.ecs.max leave no place for them",
            division.beyond, spec.replicas
        )
    })
}

/// The replicas that a Deployment asks for: one, where it does not say.
fn asked_for(deployment: &Value) -> i64 {
    deployment["spec"]["replicas"].as_i64().unwrap_or(1)
}

/// How the bridge stands, once nothing is left to write.
fn outcome(scene: &Scene<'_>, sides: &Sides<'_>, division: &Division) -> Outcome {
    let (cluster, ecs) = (sides.cluster, sides.ecs);
    let counts = format!("replicas that run: {} in the cluster, {} on ECS", sides::told(cluster), sides::told(ecs));
    let said = |side: Side| {
        let object = if side == Side::Cluster { Some(sides.deployment) } else { sides.service };
        let named = if side == Side::Cluster { scene.workload() } else { scene.service() };
        let said = || object.and_then(|object| sides::said(side, object)).map(|said| format!("{named}: {said}"));
        scene.unreached(sides, side).or_else(said).map_or_else(String::new, |said| format!("; {said}"))
    };
    let converging = |reason, why: String| Outcome::converging(Why::new(reason, why), Recheck::Tick);
    let shares = split::shares(&scene.spec.split, scene.spec.replicas);
    let is_given_up = sides::is_given_up(sides.deployment, scene.memo, scene.now);
    match division.why {
        split::Why::Moving { to, .. } => converging(reason::MOVING, format!("{}; {counts}{}", division.why, said(to))),
        // That is what a burst is for; as far as ECS takes them all.
        split::Why::Covering { lacking, health: Health::Unschedulable, .. }
            if ecs.health == Health::Ready && division.counts.ecs >= shares.ecs.saturating_add(lacking) =>
        {
            Outcome::ready(Why::new(reason::AVAILABLE, format!("{counts}; {}", division.why)))
        }
        split::Why::Covering { side, health: Health::Unschedulable, .. }
            if ecs.health != Health::Failing && !is_given_up =>
        {
            converging(reason::MOVING, format!("{}{}; {counts}", division.why, said(side)))
        }
        split::Why::Covering { health: Health::Unschedulable, .. } if ecs.health == Health::Failing => {
            failing(Side::Ecs, format!("{}{}; {counts}", division.why, said(Side::Ecs)))
        }
        split::Why::Covering { side, .. } => failing(side, format!("{}{}; {counts}", division.why, said(side))),
        split::Why::Split => {
            let lagging = [(Side::Ecs, ecs), (Side::Cluster, cluster)];
            match lagging.into_iter().find(|(_, seen)| seen.health != Health::Ready) {
                // As where a rollout fails and what ran before still does.
                Some((side, seen))
                    if seen.health == Health::Failing || seen.health == Health::Unschedulable && is_given_up =>
                {
                    failing(side, format!("{counts}{}", said(side)))
                }
                Some((side, _)) => converging(reason::REPLICAS_NOT_RUNNING, format!("{counts}{}", said(side))),
                None => Outcome::ready(Why::new(reason::AVAILABLE, counts)),
            }
        }
    }
}

/// A side does not get there by itself: a person has to look.
fn failing(side: Side, why: String) -> Outcome {
    let reason = if side == Side::Ecs { reason::ECS_FAILS } else { reason::CLUSTER_FAILS };
    Outcome::new(State::Stalled { why: Why::new(reason, why) }, Synced::Yes)
}

/// What the split of a bridge that goes is: everything goes back to the cluster.
pub fn all_back() -> Split {
    Split { percentage: Some(100), ..Split::default() }
}

/// The memo of a pass that rested.
pub fn settle(goal: Goal<'_, WorkloadBridgeSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
    let mut settled = memo.clone();
    let spec = goal.spec();
    let scene = Scene { spec, env, facts, memo, now: Timestamp::UNIX_EPOCH };
    if facts.list(&endpoints::slices_asked(&scene)).is_some() {
        settled.has_endpoints = spec.service.is_some() || !endpoints::slices(&scene).is_empty();
    }
    settled.copies = copies::remembered(&scene);
    let Some(deployment) = facts.object(&scene.workload()).known() else { return settled };
    if let Some(scaled) = &mut settled.scaled {
        scaled.confirmed |= deployment["spec"]["replicas"] == json!(scaled.to);
    }
    let needs = manifest::needs(deployment, env, facts);
    let maps = needs.into_iter().filter(|named| named.resource == CONFIG_MAP);
    settled.config_maps = maps.map(|named| named.name).collect();
    if outcome.synced == Synced::Yes && matches!(goal, Goal::Present(_)) {
        // A number that fits is the bridge's from then on, whoever gave it.
        settled.scaled =
            settled.scaled.or_else(|| Some(Scaled { to: i32::try_from(asked_for(deployment)).ok()?, confirmed: true }));
        let hash = hash::of(&json!(spec));
        settled.applied = Some(Applied { hash, generation: env.generation });
    }
    settled
}
