//! The walk of one leaf: created with it, changed, removed. AWS follows at that place and at no other.

use std::collections::BTreeSet;

use ecs_bridge::engine::{
    Kind, Outcome, Synced,
    compare::{self, Rule},
    outcome::State,
};
use serde_json::{Value, json};

use super::{edit, schema::Leaf};
use crate::plan::{Aws, Object, steady};

/// What is particular about a leaf.
#[derive(Clone, Debug, Default)]
pub struct Particular {
    /// The value that it changes to.
    pub to: Option<Value>,
    /// What is taken out with it: AWS wants the leaf wherever this is.
    pub whole: Option<&'static str>,
    /// AWS describes the value in other words, or in another form.
    pub spelt: bool,
    /// It changes to what it means where it is unset: the removal after it changes nothing.
    pub off: bool,
    /// AWS can't change it.
    pub no_change: Option<Cannot>,
    /// AWS can't take it off, or refuses what is left.
    pub no_removal: Option<Cannot>,
}

/// A change that ends Stalled, and leaves AWS as it is.
#[derive(Clone, Copy, Debug)]
pub struct Cannot {
    pub reason: &'static str,
    /// AWS's page.
    pub page: &'static str,
}

/// What the walk needs of a kind beside the kind.
pub trait Walk: Kind {
    /// What AWS spells out in one case and leaves out in another.
    const DEFAULTS: &'static [Rule];

    fn aws() -> Aws;

    /// The thing in AWS, out of everything that AWS has; it is taken out of there.
    fn take(dump: &mut Value, report: &Self::Report) -> Value;

    /// Where AWS describes what the spec says at a path: the spec's own place, if nothing else is said.
    fn places(path: &str) -> Vec<String> {
        vec![path.to_owned()]
    }

    /// How many deployments there have been.
    fn deployments(_: &Aws) -> usize {
        0
    }

    /// Whether a change at the path registers a revision, unless there is one already that defines the same.
    fn registers(_: &str) -> bool {
        false
    }

    /// Whether a change at the path starts a deployment.
    fn deploys(_: &str) -> bool {
        false
    }
}

/// AWS at one moment of the walk.
struct Moment {
    thing: Value,
    others: Value,
    revisions: usize,
    deployments: usize,
}

fn look<K: Walk>(object: &Object<K>, aws: &Aws) -> Moment {
    let mut dump = aws.dump();
    let revisions = dump["revisions"].as_array().map_or(0, Vec::len);
    let thing = settled(K::take(&mut dump, &object.report));
    dump["revisions"] = Value::Null;
    Moment { thing, others: dump, revisions, deployments: K::deployments(aws) }
}

/// Without what follows from the rest: the hash that the operator keeps in a revision's tags, and what AWS makes of the definition.
fn settled(mut thing: Value) -> Value {
    for derived in ["compatibilities", "requiresAttributes"] {
        if let Some(definition) = thing["taskDefinition"].as_object_mut() {
            definition.remove(derived);
        }
    }
    if let Some(tags) = thing.pointer_mut("/taskDefinition/tags").and_then(Value::as_array_mut) {
        tags.retain(|tag| tag["key"] != "ecs-bridge.dev:hash");
    }
    thing
}

/// Walks the leaf from a spec that sets it. The text says what broke.
pub fn walk<K: Walk>(leaf: &Leaf, base: &Value, particular: &Particular) -> Result<(), String> {
    let aws = K::aws();
    let mut object = Object::<K>::new(base.clone());
    rest(&mut object, &aws)?;
    let mut before = look(&object, &aws);
    has(&before, base, leaf, particular, &K::places(&leaf.path))?;
    let mut defined = BTreeSet::from([before.thing["taskDefinition"].to_string()]);
    let changed = edit::changed(base, leaf, particular.to.as_ref());
    let (removed, whole) = edit::removed(base, leaf, particular.whole);
    for (step, spec, path, refused) in
        [("changed", &changed, &leaf.path, particular.no_change), ("removed", &removed, &whole, particular.no_removal)]
    {
        let said = |problem: String| format!("{step}: {problem}");
        object.apply(spec.clone());
        if let Some(expected) = refused {
            refuses(&mut object, &aws, expected.reason, &before).map_err(said)?;
            continue;
        }
        rest(&mut object, &aws).map_err(said)?;
        let after = look(&object, &aws);
        let places = K::places(path);
        if step == "removed" && particular.off {
            if after.thing != before.thing {
                return Err(said("AWS changed, and it should mean the same".to_owned()));
            }
        } else {
            follows::<K>(&before, &after, path, &places).map_err(said)?;
        }
        let new = defined.insert(after.thing["taskDefinition"].to_string()) && K::registers(path);
        let registered = after.revisions - before.revisions;
        if registered != usize::from(new) {
            return Err(said(format!("{registered} revisions were registered")));
        }
        if step == "changed" {
            has(&after, spec, leaf, particular, &places).map_err(said)?;
        }
        as_new(&object, &aws, spec).map_err(said)?;
        before = after;
    }
    Ok(())
}

/// It becomes Ready and in sync, and another pass writes nothing.
fn rest<K: Walk>(object: &mut Object<K>, aws: &Aws) -> Result<(), String> {
    let outcome = object.carry(aws);
    if !is_ready(&outcome) {
        return Err(format!("it does not become Ready: {outcome:?}"));
    }
    aws.take_calls();
    let again = object.carry(aws);
    let writes = aws.take_writes();
    if !is_ready(&again) || !writes.is_empty() {
        return Err(format!("the pass after it wrote {writes:?} and ended {again:?}"));
    }
    Ok(())
}

fn is_ready(outcome: &Outcome) -> bool {
    matches!(outcome.state, State::Ready(_)) && outcome.synced == Synced::Yes
}

/// It is Stalled for the reason that the table says, and AWS is as it was.
fn refuses<K: Walk>(object: &mut Object<K>, aws: &Aws, expected: &str, before: &Moment) -> Result<(), String> {
    let outcome = object.carry(aws);
    if !matches!(&outcome.state, State::Stalled { why, .. } if why.reason == expected) {
        return Err(format!("it should be Stalled, {expected}: {outcome:?}"));
    }
    let after = look(object, aws);
    if after.thing != before.thing || after.others != before.others {
        return Err("it is refused, and AWS changed all the same".to_owned());
    }
    Ok(())
}

/// AWS describes each value that the spec has at the leaf.
fn has(moment: &Moment, spec: &Value, leaf: &Leaf, particular: &Particular, places: &[String]) -> Result<(), String> {
    if particular.spelt {
        return Ok(());
    }
    let described: Vec<&Value> = places.iter().flat_map(|place| edit::values(&moment.thing, place)).collect();
    match edit::values(spec, &leaf.path).into_iter().find(|wanted| !described.contains(wanted)) {
        Some(missing) => Err(format!("AWS does not have {missing}, it has {described:?}")),
        None => Ok(()),
    }
}

/// AWS changed where the spec did and nowhere else, and began a deployment if this is what begins one.
fn follows<K: Walk>(before: &Moment, after: &Moment, path: &str, places: &[String]) -> Result<(), String> {
    let found = compare::differences(&after.thing, &before.thing, K::DEFAULTS);
    if found.is_empty() {
        return Err("nothing changed in AWS".to_owned());
    }
    let within = |place: &str, seen: &str| {
        // A list or object that came or went as a whole is found as a whole.
        [(place, seen), (seen, place)].iter().any(|(outer, inner)| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    };
    for difference in &found {
        let seen = without_indices(&difference.path);
        if !places.iter().any(|place| within(&place.replace("{}", ""), &seen)) {
            return Err(format!("{seen} changed too, from {:?} to {:?}", difference.observed, difference.desired));
        }
    }
    if after.others != before.others {
        return Err(format!("something else changed: {:?}", compare::differences(&after.others, &before.others, &[])));
    }
    let begun = after.deployments - before.deployments;
    if begun != usize::from(K::deploys(path)) {
        return Err(format!("{begun} deployments began"));
    }
    Ok(())
}

/// AWS has what an object that is made with this spec would have.
fn as_new<K: Walk>(object: &Object<K>, aws: &Aws, spec: &Value) -> Result<(), String> {
    let fresh = K::aws();
    let mut new = Object::<K>::new(spec.clone());
    let outcome = new.carry(&fresh);
    if !is_ready(&outcome) {
        return Err(format!("a new object of this spec does not become Ready: {outcome:?}"));
    }
    let thing = |aws: &Aws, object: &Object<K>| steady(&settled(K::take(&mut aws.dump(), &object.report)));
    let found = compare::differences(&thing(&fresh, &new), &thing(aws, object), K::DEFAULTS);
    if found.is_empty() { Ok(()) } else { Err(format!("a new object would have it otherwise (desired): {found:?}")) }
}

/// `a[3].b` as `a[].b`.
fn without_indices(path: &str) -> String {
    let mut inside = false;
    path.chars()
        .filter(|character| {
            inside = match character {
                '[' => true,
                ']' => false,
                _ => inside,
            };
            !inside || *character == '['
        })
        .collect()
}

/// A row of the table of particulars: it changes to this.
pub fn to(value: impl Into<Value>) -> Particular {
    Particular { to: Some(value.into()), ..Particular::default() }
}

/// A row: AWS wants it wherever `whole` is.
pub fn with(whole: &'static str) -> Particular {
    Particular { whole: Some(whole), ..Particular::default() }
}

impl Particular {
    pub fn whole(self, whole: &'static str) -> Self {
        Particular { whole: Some(whole), ..self }
    }

    pub fn spelt(self) -> Self {
        Particular { spelt: true, ..self }
    }

    pub fn off(self) -> Self {
        Particular { off: true, ..self }
    }

    pub fn no_change(self, reason: &'static str, page: &'static str) -> Self {
        Particular { no_change: Some(Cannot { reason, page }), ..self }
    }

    pub fn no_removal(self, reason: &'static str, page: &'static str) -> Self {
        Particular { no_removal: Some(Cannot { reason, page }), ..self }
    }
}

/// Members of the one spec over those of the other.
pub fn over(base: &Value, more: Value) -> Value {
    let mut base = base.clone();
    if let (Some(members), Value::Object(more)) = (base.as_object_mut(), more) {
        members.extend(more);
    }
    base
}

/// A spec with one container that has these members too.
pub fn container(mut spec: Value, more: Value) -> Value {
    let containers = &mut spec["taskDefinition"]["containerDefinitions"];
    containers[0] = over(&containers[0], more);
    spec
}

/// A spec whose task definition has these members too.
pub fn definition(mut spec: Value, more: Value) -> Value {
    spec["taskDefinition"] = over(&spec["taskDefinition"], more);
    spec
}

#[test]
fn an_index_is_no_part_of_a_place() {
    assert_eq!(without_indices("a[12].s3[0]"), "a[].s3[]");
    assert_eq!(edit::values(&json!({"a": [{"b": {"x": 1}}]}), "a[].b{}"), [&json!(1)]);
}
