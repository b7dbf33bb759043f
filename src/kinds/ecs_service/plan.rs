//! What to do next for a service: the order of things. What to create, what to change and when it works are in files of their own.

use super::{
    EcsService, cannot, collect, create, desired,
    facts::{Facts, Query, Step},
    spec::{EcsServiceSpec, Memo},
    update,
};
use crate::{
    engine::{
        Cause, Deletion, Env, Goal, Next, Outcome, Recheck, Refusal, Seen, Why, Write,
        bite::{Defect, bitten},
        ownership::{self, Claim},
        reason, tagging,
    },
    kinds::common::{
        self, ecs_tags,
        reference::{LocalReference, exported},
        task_definition::{Described, Found, Revision, RevisionQuery, RevisionStep, Wanted, register_request},
    },
    model::ecs,
};

/// What every part of the plan needs.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub spec: &'a EcsServiceSpec,
    pub env: &'a Env,
    pub facts: &'a Facts,
    pub memo: &'a Memo,
    pub now: jiff::Timestamp,
    pub name: &'a str,
    /// The cluster's ARN or name.
    pub cluster: &'a str,
}

impl Scene<'_> {
    /// For people: `ECS service shop_web`.
    pub fn what(&self) -> String {
        format!("ECS service {}", self.name)
    }

    /// The family of the inline task definition.
    pub fn family(&self) -> Option<String> {
        let definition = self.spec.task_definition.as_ref()?;
        Some(desired::family(definition, self.env, self.memo))
    }

    /// The memo with what has to be on record before anything is written: the names, the cluster, and the keys of the spec's tags.
    pub fn on_record(&self) -> Memo {
        let unnamed = self.spec.task_definition.as_ref().is_some_and(|definition| definition.family.is_none());
        Memo {
            record: self.memo.record.before_write(self.name, &desired::spec_tags(self.spec)),
            family: if unnamed { Some(desired::default_family(self.env, self.memo)) } else { self.memo.family.clone() },
            cluster: Some(self.cluster.to_owned()),
            ..self.memo.clone()
        }
    }
}

pub fn plan(
    goal: Goal<'_, EcsServiceSpec>,
    env: &Env,
    facts: &Facts,
    memo: &Memo,
    now: jiff::Timestamp,
) -> Next<EcsService> {
    let spec = goal.spec();
    if let Some(refusal) = &facts.refused {
        return Next::Rest(Outcome::stalled(common::refused(refusal, None)));
    }
    if let Some(refusal) = &facts.busy {
        return Next::Rest(busy(refusal));
    }
    let name = desired::name(spec, env, memo.record.name.as_ref());
    let cluster = match (cluster(spec, env, memo), goal) {
        (Ok(cluster), _) => cluster,
        // Without a cluster there was never a service.
        (Err(_), Goal::Absent(_)) => return Next::Rest(Outcome::gone()),
        (Err(outcome), Goal::Present(_)) => return Next::Rest(*outcome),
    };
    let scene = Scene { spec, env, facts, memo, now, name: &name, cluster: &cluster };
    match goal {
        Goal::Present(_) => present(&scene),
        Goal::Absent(_) => absent(&scene),
    }
}

/// Something in AWS has to end first.
fn busy(refusal: &Refusal) -> Outcome {
    let reason = if refusal.message.contains("Draining") { reason::DRAINING } else { reason::UPDATING };
    Outcome::waiting(Why::new(reason, format!("{refusal}; it is tried again as soon as that has ended")), Recheck::Tick)
}

/// The cluster of the service: what `clusterRef` has become, or what the spec names.
fn cluster(spec: &EcsServiceSpec, env: &Env, memo: &Memo) -> Result<String, Box<Outcome>> {
    let Some(reference) = &spec.cluster_ref else {
        return Ok(spec.cluster.clone().unwrap_or_else(|| "default".to_owned()));
    };
    let arn = exported(env, &reference.to("EcsCluster"), "arn", "spec.clusterRef");
    // A service stays in the cluster that it was made in.
    arn.or_else(|outcome| memo.cluster.clone().ok_or(outcome))
}

fn present(scene: &Scene<'_>) -> Next<EcsService> {
    let service = match &scene.facts.service {
        Seen::Unread => return Next::Read(first_look(scene)),
        Seen::Known(service) => Some(service),
        Seen::Absent => None,
    };
    match service.and_then(|service| Some((service, service.status.as_deref()?))) {
        Some((service, "ACTIVE")) => {
            let tags = ecs_tags::from_list(service.tags.iter().flatten());
            match ownership::claim(&tags, scene.env, &scene.what()) {
                Claim::Ours => update::update(scene, service, &tags),
                Claim::Adopt => {
                    let arn = service.service_arn.clone().unwrap_or_default();
                    Next::Write(tagging::adopt(scene.env, arn, &tags, &scene.what()))
                }
                Claim::Conflict(why) => Next::Rest(Outcome::stalled(why)),
            }
        }
        Some((_, "DRAINING")) if !scene.facts.stale_token => {
            let why = format!("an earlier {} is still DRAINING; it is made again when that has ended", scene.what());
            Next::Rest(Outcome::waiting(Why::new(reason::DRAINING, why), Recheck::Tick))
        }
        // INACTIVE is absent: the name is free.
        gone => create::create(scene, gone.map(|(service, _)| service)),
    }
}

/// What is read at first: the service, and what will be needed beside it in any case.
fn first_look(scene: &Scene<'_>) -> Vec<Query> {
    let mut queries = vec![Query::Service { cluster: scene.cluster.to_owned(), name: scene.name.to_owned() }];
    let describe = |task_definition: String| Query::Revision(RevisionQuery::Describe { task_definition });
    match (&scene.spec.task_definition, &scene.spec.task_definition_arn) {
        (Some(definition), _) => {
            let family = desired::family(definition, scene.env, scene.memo);
            let hash = Wanted::new(definition, &family).hash;
            if !scene.memo.revisions.iter().any(|revision| revision.hash == hash) {
                queries.push(describe(family));
            }
        }
        (None, Some(referenced)) => queries.push(describe(referenced.clone())),
        (None, None) => {}
    }
    queries
}

/// The revision that the service shall run; or what comes before it is known.
pub fn revision(scene: &Scene<'_>, service: Option<&ecs::Service>) -> Result<Revision, Box<Next<EcsService>>> {
    if let Some(reference) = &scene.spec.task_definition_ref {
        return shared(scene, reference);
    }
    let Some(definition) = &scene.spec.task_definition else { return referenced(scene) };
    let family = desired::family(definition, scene.env, scene.memo);
    let wanted = Wanted::new(definition, &family);
    let running = service.and_then(|service| service.task_definition.as_deref());
    match scene.facts.revisions.find(&wanted, &scene.memo.revisions, running, scene.env) {
        Found::At(revision) => Ok(revision),
        Found::Ask(queries) => Err(Box::new(Next::Read(queries.into_iter().map(Query::Revision).collect()))),
        Found::Conflict(why) => Err(Box::new(Next::Rest(Outcome::stalled(why)))),
        Found::Take(write) => Err(Box::new(Next::Write(write.map(Step::Revision)))),
        Found::Taking(why) => Err(Box::new(Next::Rest(Outcome::waiting(why, Recheck::Tick)))),
        Found::Nowhere => {
            // What the service can't be given is not registered.
            if let Some(why) =
                service.and_then(|service| cannot::controlled(scene, service, &["taskDefinition".to_owned()]))
            {
                return Err(Box::new(Next::Rest(Outcome::stalled(why))));
            }
            let request = match register_request(&wanted, scene.env) {
                Ok(request) => request,
                Err(why) => return Err(Box::new(Next::Rest(Outcome::stalled(why)))),
            };
            let step = RevisionStep::Register { request, hash: wanted.hash.clone() };
            let why = format!("no active revision of the task definition family {family} is as the spec says");
            let write = Write::new(step, Cause::SpecChange, why);
            // AWS refuses two registrations of one family at once, and equal definitions are registered once.
            Err(Box::new(Next::Write(write.in_lane(format!("task-definition/{family}")))))
        }
    }
}

/// The revision of an EcsTaskDefinition, which registers it and looks at its roles.
fn shared(scene: &Scene<'_>, reference: &LocalReference) -> Result<Revision, Box<Next<EcsService>>> {
    let revision = exported(scene.env, &reference.to("EcsTaskDefinition"), "arn", "spec.taskDefinitionRef");
    let arn = revision.map_err(|outcome| Box::new(Next::Rest(*outcome)))?;
    Ok(Revision { arn, hash: String::new() })
}

/// A revision that was registered elsewhere: described, so that it is known by its ARN and its roles can be checked.
fn referenced(scene: &Scene<'_>) -> Result<Revision, Box<Next<EcsService>>> {
    let named = scene.spec.task_definition_arn.clone().unwrap_or_default();
    let stalled = |why: Why| Err(Box::new(Next::Rest(Outcome::stalled(why))));
    let described: &Described = match scene.facts.revisions.described.get(&named).unwrap_or(&Seen::Unread) {
        Seen::Unread => {
            return Err(Box::new(Next::Read(vec![Query::Revision(RevisionQuery::Describe {
                task_definition: named,
            })])));
        }
        Seen::Absent => {
            let why = format!(
                "the task definition {named}, which spec.taskDefinitionArn names, does not exist: register it, or name another"
            );
            return stalled(Why::new(reason::REFERENCE_NOT_FOUND, why));
        }
        Seen::Known(described) => described,
    };
    let definition = serde_json::to_value(&described.definition).unwrap_or_default();
    let paths: Vec<String> = ecs::TaskDefinitionSpec::ROLE_PATHS.iter().map(|path| (*path).to_owned()).collect();
    if let Err(why) = scene.env.allowed_roles.check(&definition, &paths, &format!("task definition {named}: ")) {
        return stalled(why);
    }
    let arn = if bitten(Defect::ComparesFamilyWithArn) { &named } else { described.arn() };
    Ok(Revision { arn: arn.to_owned(), hash: String::new() })
}

fn absent(scene: &Scene<'_>) -> Next<EcsService> {
    let service = match &scene.facts.service {
        Seen::Unread => {
            return Next::Read(vec![Query::Service { cluster: scene.cluster.to_owned(), name: scene.name.to_owned() }]);
        }
        Seen::Absent => {
            return create::may_appear(scene).map_or_else(|| collect::after_the_end(scene), Next::Rest);
        }
        Seen::Known(service) => service,
    };
    let tags = ecs_tags::from_list(service.tags.iter().flatten());
    let arn = service.service_arn.clone().unwrap_or_default();
    match (service.status.as_deref(), ownership::claim(&tags, scene.env, &scene.what())) {
        // Gone, or not ours: nothing of it is changed, and the object may go.
        (Some("INACTIVE"), _) | (_, Claim::Adopt | Claim::Conflict(_)) => collect::after_the_end(scene),
        (Some("DRAINING"), Claim::Ours) if scene.env.management.deletion == Deletion::Delete => {
            let running = service.running_count.unwrap_or(0);
            let why = Why::new(reason::DRAINING, format!("{} is DRAINING: {running} tasks still run", scene.what()));
            Next::Rest(Outcome::converging(why, Recheck::Tick))
        }
        (_, Claim::Ours) => {
            // By its tags the service is known as ours: they are the last to go.
            if scene.env.management.deletion == Deletion::Retain
                && let Some(next) = collect::release(scene)
            {
                return next;
            }
            let delete = Step::Delete { cluster: scene.cluster.to_owned(), service: arn.clone() };
            Next::Write(tagging::remove(scene.env, arn, &tags, &scene.what(), delete))
        }
    }
}
