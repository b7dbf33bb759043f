//! Copies of the Secrets that the workload reads, where ECS can fetch them: a SecretsManagerSecret for each, which belongs to the bridge. The
//! bridge sees the names of keys and the versions that those report, and no Secret.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde_json::{Map, Value, json};

use super::{
    facts::{Query, SECRETS_MANAGER_SECRET},
    give_back::being_deleted,
    owned::{self, Comparison, Made, Whose},
    scene::{First, Scene, first},
    sides::{condition, is_observed, is_settled},
    spec::{Memo, SecretSource},
};
use crate::{
    bridge::{
        copies::{self, Copy, Part},
        translate::SecretSources,
    },
    engine::{
        Adoption, Cause, Next, Outcome, Recheck, Why,
        kubernetes::{Named, is_deleting},
        names, reason,
    },
};

const UNNEEDED: &str = "no task needs it any more";

/// So long may the name of an object be.
const NAME: usize = 253;

/// What stands for the workload's Secrets on ECS.
#[derive(Clone, Debug, Default)]
pub struct Held {
    pub sources: SecretSources,
    /// The copies that there are to be, where that can be told.
    wanted: Option<Wanted>,
    /// The names of the keys, by Secret, of those that are copied.
    pub keys: BTreeMap<String, BTreeSet<String>>,
    /// What keeps the workload from being translated.
    pub obstacle: Option<Obstacle>,
    /// A copy that does not follow its Secret, and that there is an earlier version of.
    pub behind: Option<Why>,
}

/// Why nothing can be made of the workload.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// A person has to do something.
    Refused(Why),
    /// It has to wait.
    Awaits(Why),
}

impl Obstacle {
    pub fn why(&self) -> &Why {
        match self {
            Obstacle::Refused(why) | Obstacle::Awaits(why) => why,
        }
    }

    pub fn outcome(&self) -> Outcome {
        match self {
            Obstacle::Refused(why) => Outcome::stalled(why.clone()),
            // Its change wakes the bridge: a look from time to time is enough.
            Obstacle::Awaits(why) => Outcome::waiting(why.clone(), Recheck::After(Duration::from_mins(5))),
        }
    }
}

/// What the spec says.
fn given(sources: &[SecretSource]) -> Result<SecretSources, Why> {
    let mapping = |source: &SecretSource| match &source.key {
        Some(key) => format!("{}/{key}={}", source.name, source.value_from),
        None => format!("{}={}", source.name, source.value_from),
    };
    let mappings: Vec<String> = sources.iter().map(mapping).collect();
    SecretSources::parse(&mappings).map_err(|_| {
        let is_bad = |mapping| SecretSources::parse(std::slice::from_ref(mapping)).is_err();
        let at = mappings.iter().position(is_bad).unwrap_or_default();
        // The mistake is told without the value.
        let why = format!(
            "spec.secrets.sources[{at}].valueFrom is not the ARN of a secret of Secrets Manager or of a parameter of the Parameter Store \
             (which wants a key): write it right"
        );
        Why::new(reason::INVALID_SPEC, why)
    })
}

/// The copies that there are to be, by the names of their objects.
type Wanted = BTreeMap<String, Copy>;

/// What the spec says, and what has to be copied beside.
fn needed(scene: &Scene<'_>, deployment: &Value) -> Result<(SecretSources, Wanted), Why> {
    let given = given(&scene.spec.secrets.sources)?;
    let found =
        if scene.spec.secrets.sync { copies::copies(&deployment["spec"]["template"], &given) } else { Vec::new() };
    let wanted = found.into_iter().map(|copy| (name(scene, &copy), copy)).collect();
    Ok((given, wanted))
}

/// `web.db`, after the bridge and the Secret; with a hash in place of what is too long for a name.
fn name(scene: &Scene<'_>, copy: &Copy) -> String {
    let plain = match &copy.part {
        Part::Keys { .. } => format!("{}.{}", scene.env.identity.name, copy.secret),
        // A port has a colon before it, which no name has.
        Part::Registry(registry) => {
            format!("{}.{}.{}", scene.env.identity.name, copy.secret, registry.replace(':', "-").to_lowercase())
        }
    };
    names::shortened(&plain, NAME)
}

fn named(scene: &Scene<'_>, name: &str) -> Named {
    scene.named(&SECRETS_MANAGER_SECRET, name)
}

fn spec_of(copy: &Copy) -> Map<String, Value> {
    let mut reference = json!({ "name": copy.secret });
    match &copy.part {
        Part::Keys { all: true, .. } => {}
        Part::Keys { needed, .. } => reference["keys"] = json!(needed),
        Part::Registry(registry) => reference["registry"] = json!(registry),
    }
    Map::from_iter([("secretRef".to_owned(), reference)])
}

/// The SecretsManagerSecrets of the namespace; `None`: they were not asked for.
fn found<'a>(scene: &'a Scene<'_>) -> Option<&'a Vec<Value>> {
    scene.facts.list(&scene.list(&SECRETS_MANAGER_SECRET))
}

fn named_so<'a>(found: &'a [Value], name: &str) -> Option<&'a Value> {
    found.iter().find(|object| object["metadata"]["name"] == name)
}

/// Those of the bridge.
fn ours<'a>(scene: &Scene<'_>, found: &'a [Value]) -> impl Iterator<Item = (String, &'a Value)> {
    found
        .iter()
        .filter(|object| owned::whose(object, scene.env) == Whose::Ours)
        .map(|object| (object["metadata"]["name"].as_str().unwrap_or_default().to_owned(), object))
}

/// Makes the copies that there are to be, and says what stands for each Secret by now.
pub fn bring(scene: &Scene<'_>, deployment: &Value) -> Result<Held, First> {
    let needed = needed(scene, deployment);
    if let Ok((_, wanted)) = &needed {
        let may = scene.env.reads_secrets && !wanted.is_empty();
        if may || !scene.memo.copies.is_empty() {
            let found = read(scene)?;
            if may {
                recorded(scene, wanted)?;
                for (name, copy) in wanted {
                    made(scene, name, copy, named_so(found, name))?;
                }
            }
        }
    }
    Ok(Held::of(scene, needed))
}

fn read<'a>(scene: &'a Scene<'_>) -> Result<&'a Vec<Value>, First> {
    let asked = scene.list(&SECRETS_MANAGER_SECRET);
    scene.facts.list(&asked).ok_or_else(|| Box::new(Next::Read(vec![Query::List(asked)])))
}

/// What is about to be made is on record before: it is looked for when the bridge goes.
fn recorded(scene: &Scene<'_>, wanted: &Wanted) -> Result<(), First> {
    let mut all: BTreeSet<&String> = scene.memo.copies.iter().collect();
    all.extend(wanted.keys());
    if all.len() == scene.memo.copies.len() {
        return Ok(());
    }
    first(Next::Remember(Memo { copies: all.into_iter().cloned().collect(), ..scene.memo.clone() }))
}

fn made(scene: &Scene<'_>, name: &str, copy: &Copy, there: Option<&Value>) -> Result<(), First> {
    let (object, spec) = (named(scene, name), spec_of(copy));
    let made = Made { object: object.clone(), spec: &spec, labels: &Value::Null };
    let Some(there) = there else {
        let why = format!("{object} does not exist: Secret {} is copied for {}", copy.secret, scene.workload());
        return first(owned::apply(object, made.manifest(scene.env), None, Cause::SpecChange, why));
    };
    match owned::whose(there, scene.env) {
        // It is told below.
        Whose::Anothers => return Ok(()),
        Whose::Nobodys if scene.env.management.adoption == Adoption::Never => return Ok(()),
        _ => {}
    }
    // Somebody deletes it: another takes its place, and AWS gives back what it had.
    if is_deleting(there) {
        let next = scene.end(object, there, "another is made");
        return next.map_or(Ok(()), first);
    }
    // What others add to the keys would not be copied, or too much would.
    let is_same = there["spec"]["secretRef"] == spec["secretRef"];
    let (cause, why) = match made.compare(there, scene.env) {
        Comparison::Same if is_same => return Ok(()),
        Comparison::Old => (Cause::SpecChange, format!("{object} follows what {} reads", scene.workload())),
        _ => (Cause::Drift, format!("{object} was changed by others, and follows {} again", scene.workload())),
    };
    first(owned::apply(object, made.manifest(scene.env), Some(there), cause, why))
}

/// What stands for each Secret, as far as it was read.
pub fn held(scene: &Scene<'_>, deployment: &Value) -> Held {
    Held::of(scene, needed(scene, deployment))
}

impl Held {
    fn of(scene: &Scene<'_>, needed: Result<(SecretSources, Wanted), Why>) -> Held {
        let (sources, wanted) = match needed {
            Ok(needed) => needed,
            Err(why) => return Held { obstacle: Some(Obstacle::Refused(why)), ..Held::default() },
        };
        let mut held = Held { sources, ..Held::default() };
        if !wanted.is_empty() && !scene.env.reads_secrets {
            let why = "this operator may not read Secrets, which spec.secrets.sync wants: an administrator sets secrets.sync in the chart; or say \
                       in spec.secrets.sources what stands for each";
            held.obstacle = Some(Obstacle::Refused(Why::new(reason::ACCESS_DENIED, why)));
        } else {
            let found = found(scene).map(Vec::as_slice).unwrap_or_default();
            for (name, copy) in &wanted {
                let obstacle = held.take(scene, &named(scene, name), copy, named_so(found, name));
                held.obstacle = held.obstacle.take().or(obstacle);
            }
        }
        Held { wanted: Some(wanted), ..held }
    }

    /// Takes in what a copy has.
    fn take(&mut self, scene: &Scene<'_>, object: &Named, copy: &Copy, there: Option<&Value>) -> Option<Obstacle> {
        let awaits = |why: String| Some(Obstacle::Awaits(Why::new(reason::REFERENCE_NOT_READY, why)));
        let secret = &copy.secret;
        let Some(there) = there else { return awaits(format!("{object} is about to be made")) };
        match (owned::whose(there, scene.env), scene.env.management.adoption) {
            (Whose::Ours, _) | (Whose::Nobodys, Adoption::Adopt) => {}
            (Whose::Nobodys | Whose::Anothers, _) => {
                let why = format!(
                    "{object}, which Secret {secret} would be copied by, exists, and is not this bridge's: name the bridge otherwise"
                );
                return Some(Obstacle::Refused(Why::new(reason::CONFLICT, why)));
            }
        }
        let synced = condition(there, "Synced").filter(|_| is_observed(there));
        let is_synced = synced.is_some_and(|synced| synced["status"] == "True");
        let text = |member: &str| synced.and_then(|synced| synced[member].as_str()).unwrap_or_default();
        let said = match synced {
            Some(_) => format!("{object}: {}: {}", text("reason"), text("message").trim_end_matches('.')),
            None => format!("{object} is not there in AWS yet"),
        };
        let status = &there["status"];
        let keys: BTreeSet<String> =
            status["keys"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let version = status["arn"].as_str().zip(status["versionId"].as_str()).filter(|_| is_observed(there));
        let (is_optional, missing) = match &copy.part {
            Part::Keys { all, needed } => (*all && needed.is_empty(), needed.difference(&keys).next()),
            Part::Registry(_) => (false, None),
        };
        match (version, missing) {
            (None, _) if is_optional && text("reason") == reason::REFERENCE_NOT_FOUND => {
                self.keys.insert(secret.clone(), BTreeSet::new());
                return None;
            }
            (Some(_), Some(key)) if is_synced => {
                return awaits(format!("Secret {secret} has no key {key:?}, which {} reads: add it", scene.workload()));
            }
            (None, _) | (Some(_), Some(_)) => return awaits(said),
            (Some((arn, version)), None) => match &copy.part {
                Part::Keys { .. } => {
                    self.sources.holds(secret, arn, version);
                    self.keys.insert(secret.clone(), keys);
                }
                Part::Registry(registry) => self.sources.holds_registry(secret, registry, arn),
            },
        }
        if !is_synced && self.behind.is_none() {
            self.behind = Some(Why::new(reason::REFERENCE_NOT_READY, said));
        }
        None
    }
}

/// The next of the copies that no task needs any more goes, once the service has settled without it.
pub fn swept(scene: &Scene<'_>, held: &Held, service: Option<&Value>) -> Result<(), First> {
    let (Some(found), Some(wanted)) = (found(scene), &held.wanted) else { return Ok(()) };
    if scene.memo.copies.is_empty() || !service.is_none_or(is_settled) {
        return Ok(());
    }
    let names = service.map(|service| service["spec"].to_string()).unwrap_or_default();
    let is_needed = |object: &Value| object["status"]["arn"].as_str().is_some_and(|arn| names.contains(arn));
    for (name, object) in ours(scene, found).filter(|(name, object)| !wanted.contains_key(name) && !is_needed(object)) {
        if let Some(next) = scene.end(named(scene, &name), object, UNNEEDED) {
            return first(next);
        }
    }
    Ok(())
}

/// The copies go with the bridge, once the service is gone.
pub fn end(scene: &Scene<'_>) -> Result<(), First> {
    let left = left(scene)?;
    for (name, object) in &left {
        if let Some(next) = scene.end(named(scene, name), object, UNNEEDED) {
            return first(next);
        }
    }
    left.first().map_or(Ok(()), |(name, _)| first(being_deleted(&named(scene, name))))
}

/// The copies stay, as the service does, without the bridge.
pub fn leave(scene: &Scene<'_>) -> Result<(), First> {
    let Some((name, object)) = left(scene)?.into_iter().next() else { return Ok(()) };
    let why = format!("{} stays, without the bridge", named(scene, &name));
    first(scene.let_go(named(scene, &name), &object, false, why))
}

fn left(scene: &Scene<'_>) -> Result<Vec<(String, Value)>, First> {
    if scene.memo.copies.is_empty() {
        return Ok(Vec::new());
    }
    let found = read(scene)?;
    Ok(ours(scene, found).map(|(name, object)| (name, object.clone())).collect())
}

/// The names of the copies that there are, for the memo of a pass that rested.
pub fn remembered(scene: &Scene<'_>) -> Vec<String> {
    match found(scene) {
        Some(found) => ours(scene, found).map(|(name, _)| name).collect(),
        None => scene.memo.copies.clone(),
    }
}
