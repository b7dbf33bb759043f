//! What to do next for a service: the service itself, then its instances, a few at a time.

use super::{
    CloudMapService,
    desired::{self, RULES},
    facts::{self, Facts, Query, Step},
    instances::{self, Instances, MOST, Wanted},
    moves::{Moves, Pending},
    spec::{CloudMapServiceSpec, Memo},
};
use crate::{
    engine::{
        Cause, Deletion, Env, Goal, Next, Outcome, Recheck, RefusalKind, Seen, Why, Write,
        applied::{self, Correction},
        compare,
        ownership::{self, Claim, Tags},
        reason, tagging,
    },
    kinds::common,
    model::servicediscovery as sd,
};

/// A service has no more instances than these pages hold.
const MOST_PAGES: usize = 11;

/// So many pages of services are looked through for one. AWS takes a page of all services of the account, and only then leaves out those of
/// other namespaces (ListServices, AWS Cloud Map API Reference). A pass has rounds for no more.
const PAGES: usize = 30;

/// Who has the object, and what is known.
struct Scene<'a> {
    spec: &'a CloudMapServiceSpec,
    env: &'a Env,
    facts: &'a Facts,
    memo: &'a Memo,
    name: String,
}

/// What ends a pass, or comes first in it.
type First = Box<Next<CloudMapService>>;

/// A service that is this object's, as AWS has it.
struct Ours<'a> {
    service: &'a sd::Service,
    id: &'a str,
    arn: String,
    tags: &'a Tags,
}

pub fn plan(goal: Goal<'_, CloudMapServiceSpec>, env: &Env, facts: &Facts, memo: &Memo) -> Next<CloudMapService> {
    let spec = goal.spec();
    let scene = Scene { spec, env, facts, memo, name: desired::name(spec, env, memo) };
    if let Some(refusal) = &facts.refused {
        let is_passing = facts::is_awss(refusal) && refusal.kind != RefusalKind::Refused;
        return Next::Rest(if is_passing {
            let why = Why::new(reason::RETRYING, format!("{refusal}: it is looked at again"));
            Outcome::waiting(why, Recheck::Tick)
        } else {
            Outcome::stalled(common::refused(refusal, None))
        });
    }
    // Before anything else: what is read once an operation has ended shows what that did.
    let ended = scene.pending().and_then(|_| match goal {
        Goal::Present(_) => scene.present(),
        Goal::Absent(_) => scene.absent(),
    });
    ended.unwrap_or_else(|first| *first)
}

fn first<T>(next: Next<CloudMapService>) -> Result<T, First> {
    Err(Box::new(next))
}

fn rest<T>(outcome: Outcome) -> Result<T, First> {
    first(Next::Rest(outcome))
}

impl<'a> Scene<'a> {
    fn what(&self) -> String {
        format!("Cloud Map service {}", self.name)
    }

    fn present(&self) -> Result<Next<CloudMapService>, First> {
        let Scene { spec, env, facts, memo, .. } = *self;
        let service = self.look(self.surroundings())?;
        let namespace = &spec.service.namespace_id;
        if facts.namespace == Seen::Absent {
            let why = format!(
                "there is no Cloud Map namespace {namespace} in this account and region: spec.NamespaceId is the id (ns-…) or the ARN of one, as `aws servicediscovery list-namespaces` shows it"
            );
            return rest(Outcome::stalled(Why::new(reason::REFERENCE_NOT_FOUND, why)));
        }
        if let (Some(reference), Some(source)) = (&spec.service_ref, facts.source.known())
            && !instances::has_port(reference, source)
        {
            let why = format!(
                "Service {} has no port named {}: change spec.serviceRef.port",
                reference.name,
                reference.port.as_deref().unwrap_or_default()
            );
            return rest(Outcome::stalled(Why::new(reason::INVALID_SPEC, why)));
        }
        let Some(service) = service else { return self.create() };
        let ours = self.claimed(service)?;
        let fixed = compare::differences(
            &desired::fixed(&desired::desired(spec)),
            &desired::fixed(&desired::observed(ours.service)),
            RULES,
        );
        if !fixed.is_empty() {
            let why = format!(
                "AWS can't change the {} of a Cloud Map service: put it back, or make another object",
                compare::describe(&fixed)
            );
            return rest(Outcome::stalled(Why::new(reason::CANNOT_CHANGE, why)));
        }
        let registered = self.registered(&ours)?;
        let wanted = wanted(spec, facts);
        if let Some(intent) = self.intent() {
            return Ok(Next::Remember(intent));
        }
        let pending = self.pending()?;
        let hash = desired::desired_hash(spec, wanted.as_ref().map(|wanted| &wanted.instances));
        let members = compare::differences(&desired::desired(spec), &desired::observed(ours.service), RULES);
        let change = ownership::tag_change(&desired::wanted_tags(spec, env), ours.tags, &memo.record.tag_keys);
        let moves = wanted.as_ref().map(|wanted| Moves::of(&wanted.instances, registered)).unwrap_or_default();
        if let Some(id) = moves.taken.first() {
            let why = format!(
                "the instance {id} of {} was registered by others: deregister it, or name what it stands for otherwise",
                self.what()
            );
            return rest(Outcome::stalled(Why::new(reason::CONFLICT, why)));
        }
        let mut differences = members.clone();
        differences.extend(change.differences());
        differences.extend(moves.differences());
        let correction = applied::correction(env, memo.record.applied.as_ref(), &hash, &differences);
        if let Correction::Write(cause) = correction {
            if !members.is_empty() && pending.is_free("") {
                let why = format!("{} differ", compare::describe(&members));
                return Ok(Next::Write(Write::new(self.update(ours.id), cause, why)));
            }
            if !change.is_empty() {
                let (step, why) = change.write(ours.arn);
                return Ok(Next::Write(Write::new(step, cause, why)));
            }
            if let Some((step, why)) = moves.next(ours.id, &pending) {
                return Ok(Next::Write(Write::new(step, cause, why)));
            }
        }
        Ok(Next::Rest(self.outcome(&ours, wanted.as_ref(), &pending, correction)))
    }

    /// How it stands when nothing is left to be begun.
    fn outcome(&self, ours: &Ours<'_>, wanted: Option<&Wanted>, pending: &Pending, correction: Correction) -> Outcome {
        let Scene { spec, facts, .. } = *self;
        if let Some(failed) = &pending.failed {
            let remedy = "the next look tries it again";
            return Outcome::stalled(Why::new(reason::REFUSED, format!("{failed}; {remedy}")));
        }
        if pending.is_under_way() {
            let why = format!("AWS has begun {} operations on {}", pending.count(), self.what());
            return Outcome::waiting(Why::new(reason::UPDATING, why), Recheck::Tick);
        }
        let source = spec.service_ref.as_ref().map(|reference| reference.name.as_str()).unwrap_or_default();
        if facts.source == Seen::Absent {
            let why = format!(
                "Service {source}, which spec.serviceRef names, does not exist in this namespace: create it, or name another"
            );
            // Its creation wakes the object: a look from time to time is enough.
            let recheck = Recheck::After(std::time::Duration::from_mins(5));
            return Outcome::waiting(Why::new(reason::REFERENCE_NOT_FOUND, why), recheck);
        }
        let Wanted { instances, lacking, beyond } = wanted.cloned().unwrap_or_default();
        if beyond > 0 {
            let why = format!(
                "Service {source} has {} ready endpoints, and {MOST} of them are registered: AWS takes 1,000 instances in a Cloud Map service, and a rolling update needs room. Give the Service an internal load balancer (type LoadBalancer, internal), and let tasks use the name of that",
                instances.len() + beyond
            );
            return Outcome::stalled(Why::new(reason::TOO_MANY, why));
        }
        let why = Why::new(reason::AVAILABLE, dns_name(spec, facts, &self.name).unwrap_or_else(|| ours.arn.clone()));
        let mut notes = Vec::new();
        if wanted.is_some() && instances.is_empty() {
            notes.push(format!("Service {source} has no ready endpoint: the name leads nowhere"));
        }
        if lacking > 0 {
            notes.push(format!(
                "{lacking} ready endpoints of Service {source} are not registered: they lack an address or a port that spec.DnsConfig.DnsRecords wants of each"
            ));
        }
        Outcome::ready(why).with_synced(correction.synced()).with_notes(notes)
    }

    /// What the object rests on beside AWS's service.
    fn surroundings(&self) -> Vec<Query> {
        let Scene { spec, env, facts, .. } = *self;
        let mut unread = Vec::new();
        if let Some(reference) = &spec.service_ref {
            let (namespace, name) = (&env.identity.namespace, &reference.name);
            if facts.source.is_unread() {
                unread.push(Query::Source { namespace: namespace.clone(), name: name.clone() });
            }
            if facts.slices.is_none() {
                unread.push(Query::Slices { namespace: namespace.clone(), service: name.clone() });
            }
        }
        if facts.namespace.is_unread() {
            unread.push(Query::Namespace { id: spec.service.namespace_id.clone() });
        }
        unread
    }

    /// The service, where AWS has one; what is needed to tell is read before, and these with it.
    fn look(&self, mut unread: Vec<Query>) -> Result<Option<&'a sd::Service>, First> {
        let Scene { spec, facts, memo, .. } = *self;
        // An id that led nowhere is looked for anew.
        let known = memo.id.as_ref().filter(|_| !facts.vanished);
        let found = known.or_else(|| facts.listed.all().and_then(Option::as_ref));
        match (&facts.service, found, facts.listed.next.token()) {
            (Seen::Known(_) | Seen::Absent, ..) | (_, None, None) => {}
            (Seen::Unread, Some(id), _) => unread.push(Query::Service { id: id.clone() }),
            (Seen::Unread, None, Some(token)) => {
                let (namespace, name) = (spec.service.namespace_id.clone(), self.name.clone());
                // Without its namespace there is nothing to list.
                if facts.listed.read >= PAGES {
                    let why = format!(
                        "none of the first {} Cloud Map services that AWS lists, of all in the account, is {} of {namespace}, and there is no look-up by name: \
                         delete services that nobody needs",
                        PAGES * 100,
                        self.name
                    );
                    return rest(Outcome::stalled(Why::new(reason::TOO_MANY, why)));
                }
                if facts.namespace != Seen::Absent {
                    unread.push(Query::Services { namespace, name, token });
                }
            }
        }
        if unread.is_empty() { Ok(facts.service.known()) } else { first(Next::Read(unread)) }
    }

    /// The service as this object's; or what comes before that.
    fn claimed(&self, service: &'a sd::Service) -> Result<Ours<'a>, First> {
        let Scene { env, facts, .. } = *self;
        let arn = service.arn.clone().unwrap_or_default();
        let Some(tags) = facts.tags.known() else { return first(Next::Read(vec![Query::Tags { arn }])) };
        match ownership::claim(tags, env, &self.what()) {
            Claim::Conflict(why) => rest(Outcome::stalled(why)),
            Claim::Adopt => first(Next::Write(tagging::adopt(env, arn, tags, &self.what()))),
            Claim::Ours => Ok(Ours { service, id: service.id.as_deref().unwrap_or_default(), arn, tags }),
        }
    }

    /// All instances that AWS has of the service.
    fn registered(&self, ours: &Ours<'_>) -> Result<&'a Instances, First> {
        match self.facts.instances.next.token().filter(|_| self.facts.instances.read < MOST_PAGES) {
            None => Ok(&self.facts.instances.found),
            Some(token) => first(Next::Read(vec![Query::Instances { service: ours.id.to_owned(), token }])),
        }
    }

    fn create(&self) -> Result<Next<CloudMapService>, First> {
        let Scene { spec, env, facts, memo, .. } = *self;
        if facts.exists {
            let why = "AWS says both that the service exists and that it does not: it is looked at again";
            return rest(Outcome::waiting(Why::new(reason::RETRYING, why), Recheck::Tick));
        }
        let instances = wanted(spec, facts).map(|wanted| wanted.instances);
        let hash = desired::desired_hash(spec, instances.as_ref());
        let cause = applied::creation(env, memo.record.applied.as_ref(), &hash, &self.what())
            .or_else(|outcome| rest(*outcome))?;
        if let Some(intent) = self.intent() {
            return Ok(Next::Remember(intent));
        }
        let mut members = desired::members(spec);
        members.insert("Name".to_owned(), self.name.clone().into());
        // Its name makes it one of its kind. A token would do no more, and AWS may answer an old one with what is gone.
        members.insert("Tags".to_owned(), serde_json::json!(desired::to_list(&desired::wanted_tags(spec, env))));
        let request = common::request("CreateService", members.into()).or_else(|why| rest(Outcome::stalled(why)))?;
        let why = format!("{} does not exist", self.what());
        Ok(Next::Write(Write::new(Step::Create(request), cause, why)))
    }

    /// The description and the TTLs: what is left out of the records would be taken away.
    fn update(&self, id: &str) -> Step {
        let service = &self.spec.service;
        let records = service.dns_config.as_ref().map(|dns| dns.dns_records.clone());
        Step::Update(Box::new(sd::UpdateServiceRequest {
            id: id.to_owned(),
            service: sd::ServiceChange {
                description: Some(service.description.clone().unwrap_or_default()),
                dns_config: records.map(|dns_records| sd::DnsConfigChange { dns_records }),
                health_check_config: None,
            },
        }))
    }

    /// What AWS has begun and not ended; asked for where it is not known.
    fn pending(&self) -> Result<Pending, First> {
        Pending::of(self.facts, &self.memo.operations, &self.what()).or_else(|queries| first(Next::Read(queries)))
    }

    /// The memo that has to be on record before AWS is given this name and these tags; `None` where it is already.
    fn intent(&self) -> Option<Memo> {
        let record = self.memo.record.before_write(&self.name, &desired::spec_tags(self.spec));
        let intent = Memo { record, ..self.memo.clone() };
        (intent != *self.memo).then_some(intent)
    }

    fn absent(&self) -> Result<Next<CloudMapService>, First> {
        let Scene { env, facts, .. } = *self;
        let Some(service) = self.look(Vec::new())? else { return rest(Outcome::gone()) };
        let arn = service.arn.clone().unwrap_or_default();
        let Some(tags) = facts.tags.known() else { return first(Next::Read(vec![Query::Tags { arn }])) };
        // Not ours: nothing of it is changed, and the object may go.
        if ownership::claim(tags, env, &self.what()) != Claim::Ours {
            return rest(Outcome::gone());
        }
        if env.management.deletion == Deletion::Retain {
            return Ok(Next::Write(tagging::retain(arn, tags, &self.what())));
        }
        let ours = Ours { service, id: service.id.as_deref().unwrap_or_default(), arn, tags };
        let registered = self.registered(&ours)?;
        let pending = self.pending()?;
        if let Some((step, why)) = Moves::of(&Instances::new(), registered).next(ours.id, &pending) {
            return Ok(Next::Write(Write::new(step, Cause::SpecChange, why)));
        }
        if let Some(failed) = &pending.failed {
            return rest(Outcome::stalled(Why::new(reason::DELETION_FAILED, format!("{failed}; it is tried again"))));
        }
        if pending.is_under_way() {
            let why = format!("AWS deregisters the instances of {}", self.what());
            return rest(Outcome::waiting(Why::new(reason::DELETING, why), Recheck::Tick));
        }
        let others = registered.values().filter(|attributes| !instances::is_ours(attributes)).count();
        if others > 0 {
            let why = format!(
                "{} has {others} instances that others registered: deregister them, or set spec.management.deletion to Retain",
                self.what()
            );
            return rest(Outcome::stalled(Why::new(reason::NOT_EMPTY, why)));
        }
        let delete = Step::Delete { id: ours.id.to_owned() };
        Ok(Next::Write(tagging::remove(env, ours.arn, tags, &self.what(), delete)))
    }
}

/// The instances that there are to be; `None` where they are not this object's to register, or what they come from has not been read.
pub fn wanted(spec: &CloudMapServiceSpec, facts: &Facts) -> Option<Wanted> {
    let (reference, slices) = (spec.service_ref.as_ref()?, facts.slices.as_ref()?);
    let Some(source) = facts.source.known() else { return Some(Wanted::default()) };
    Some(instances::wanted(spec, reference, source, slices, &facts.instances.found))
}

/// The name that tasks reach the instances by, where the namespace has a zone and the service records.
pub fn dns_name(spec: &CloudMapServiceSpec, facts: &Facts, name: &str) -> Option<String> {
    let namespace = facts.namespace.known()?;
    let is_in_dns = spec.service.dns_config.is_some()
        && namespace.r#type.as_ref().is_some_and(|of| of.as_str() != sd::NamespaceType::HTTP);
    let zone = namespace.name.as_ref().filter(|_| is_in_dns)?;
    Some(format!("{name}.{zone}"))
}

/// The memo of a pass that rested.
pub fn settle(goal: Goal<'_, CloudMapServiceSpec>, env: &Env, facts: &Facts, memo: &Memo, outcome: &Outcome) -> Memo {
    let mut settled = memo.clone();
    if let Some(service) = facts.service.known() {
        settled.id.clone_from(&service.id);
    }
    // What has ended is forgotten; what has not been asked about is kept.
    settled.operations.retain(|_, id| match facts.operations.get(id) {
        None => true,
        Some(Seen::Known(operation)) => {
            let status = operation.status.as_ref().map(sd::OperationStatus::as_str);
            matches!(status, Some(sd::OperationStatus::SUBMITTED | sd::OperationStatus::PENDING))
        }
        Some(Seen::Absent | Seen::Unread) => false,
    });
    settled.operations.extend(facts.begun.clone());
    if let Goal::Present(spec) = goal {
        let instances = wanted(spec, facts).map(|wanted| wanted.instances);
        let hash = desired::desired_hash(spec, instances.as_ref());
        settled.record.settle(outcome, &hash, env.generation, desired::spec_tags(spec));
    }
    settled
}
