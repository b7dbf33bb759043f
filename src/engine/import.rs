//! Objects for what is in AWS already (`ecs-bridge import`): what a kind asks to find it, and what it makes of the answers.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{
    Call, Kind, Malformed, call,
    compare::{self, Rule},
    hash,
    ownership::{self, Tags},
};

/// A thing in AWS that an object can stand for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    /// The name of the cluster that it is in; empty where its own name is enough.
    pub place: String,
    pub name: String,
}

impl Thing {
    pub fn new(place: &str, name: &str) -> Self {
        Thing { place: place.to_owned(), name: name.to_owned() }
    }
}

/// For people: `prod/web`.
impl std::fmt::Display for Thing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Thing { place, name } = self;
        if place.is_empty() { f.write_str(name) } else { write!(f, "{place}/{name}") }
    }
}

/// How far the search for things has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Listing {
    /// The next page.
    Ask(Call),
    All(Vec<Thing>),
}

impl Listing {
    pub fn one(thing: Thing) -> Self {
        Listing::All(vec![thing])
    }

    /// A list in pages: what is asked for the next, and what an answer has, with where the list goes on.
    pub fn of<T: DeserializeOwned>(
        pages: &[Value],
        ask: impl Fn(Option<String>) -> Call,
        read: impl Fn(T) -> (Vec<Thing>, Option<String>),
    ) -> Result<Self, Malformed> {
        let (mut things, mut next) = (Vec::new(), None);
        for page in pages {
            let (found, token) = read(call::parse(page.clone())?);
            things.extend(found);
            next = token.filter(|token| !token.is_empty());
        }
        things.sort();
        Ok(if pages.is_empty() || next.is_some() { Listing::Ask(ask(next)) } else { Listing::All(things) })
    }
}

/// How far the reading of one thing has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Import<K: Kind> {
    Read(Vec<K::Query>),
    Made(Draft),
    /// No object is made of it, and why.
    Not(String),
}

/// The spec of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub spec: Map<String, Value>,
    pub reference: Option<Reference>,
}

/// A member that names a thing in AWS. Where that thing has an object beside this one, the object is named instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    pub member: &'static str,
    pub kind: &'static str,
    /// The member that names the object.
    pub by: &'static str,
}

impl Draft {
    /// A spec that takes over what is there.
    pub fn new(spec: Map<String, Value>) -> Self {
        let mut draft = Draft { spec, reference: None };
        draft.set("management", json!({ "adoption": "Adopt" }));
        draft
    }

    /// Sets a member, where there is something to say.
    pub fn set(&mut self, member: &str, value: Value) {
        let is_empty = match &value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => false,
        };
        if !is_empty {
            self.spec.insert(member.to_owned(), value);
        }
    }

    #[must_use]
    pub fn with(mut self, member: &str, value: Value) -> Self {
        self.set(member, value);
        self
    }
}

/// What of a kind's schema the specs go by.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// The paths of members that may not be left out of what they are in, as `taskDefinition.containerDefinitions[].name`.
    pub required: &'a BTreeSet<String>,
}

impl Shape<'_> {
    /// What AWS describes, without what its table says is AWS's default. `at`: where in the spec it stands; empty for the whole.
    pub fn without_defaults(&self, value: &Value, rules: &[Rule], at: &str) -> Map<String, Value> {
        let is_required = |path: &str| match at {
            "" => self.required.contains(path),
            at => self.required.contains(&format!("{at}.{path}")),
        };
        match compare::without_defaults(value, rules, &is_required) {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }
}

/// Why no object is made of a thing with these tags; `None`: nobody owns it.
pub fn owned(tags: &Tags) -> Option<String> {
    let tag = |key: &str| tags.get(key).map_or("", String::as_str);
    tags.contains_key(ownership::OWNER).then(|| {
        format!(
            "it belongs to {} {}/{} (owner id {}) already",
            tag(ownership::KIND),
            tag(ownership::NAMESPACE),
            tag(ownership::NAME),
            tag(ownership::OWNER)
        )
    })
}

/// The tags that a spec may set: neither AWS's own nor the operator's.
pub fn settable(tags: &Tags) -> Tags {
    let kept = tags.iter().filter(|(key, _)| !key.starts_with("aws:") && !key.starts_with(ownership::PREFIX));
    kept.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The names of the objects of one kind, in the order of the things: the shortest that is no other's. What Kubernetes takes in a name is
/// lower-case letters, digits, hyphens and dots, up to 253, of which no two stand at an end ("Object Names and IDs").
pub fn object_names(things: &[Thing]) -> Vec<String> {
    let names = |thing: &Thing| {
        let long = if thing.place.is_empty() { thing.name.clone() } else { format!("{}-{}", thing.place, thing.name) };
        let hashed = format!("{}-{}", cut(&name(&long), 240), &hash::of_text(&thing.to_string())[..8]);
        let hashed = hashed.trim_start_matches('-').to_owned();
        [cut(&name(&thing.name), 253), cut(&name(&long), 253), hashed]
    };
    let candidates: Vec<[String; 3]> = things.iter().map(names).collect();
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for candidates in &candidates {
        // A thing's own candidates may be the same.
        for name in candidates.iter().map(String::as_str).collect::<BTreeSet<_>>() {
            *used.entry(name).or_default() += 1;
        }
    }
    let pick = |candidates: &[String; 3]| {
        let free = candidates.iter().find(|name| !name.is_empty() && used.get(name.as_str()) == Some(&1));
        free.unwrap_or(&candidates[2]).clone()
    };
    candidates.iter().map(pick).collect()
}

fn name(text: &str) -> String {
    let plain = text.to_lowercase().replace(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'), "-");
    // No part between two dots begins or ends with a hyphen, or is empty.
    let parts = plain.split('.').map(|part| part.trim_matches('-')).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(".")
}

fn cut(name: &str, length: usize) -> String {
    // Of letters of one byte each.
    name[..name.len().min(length)].trim_end_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_valid_and_no_others() {
        let long = "a".repeat(300);
        let things = [
            Thing::new("prod", "web"),
            Thing::new("staging", "web"),
            Thing::new("prod", "api"),
            Thing::new("", "Team/App_1"),
            Thing::new("", "team-app-1"),
            Thing::new("", "_x.-y_"),
            Thing::new("", "___"),
            Thing::new("", &long),
        ];
        let names = object_names(&things);
        assert_eq!(names[..3], ["prod-web", "staging-web", "api"]);
        assert!(names[3].starts_with("team-app-1-") && names[4].starts_with("team-app-1-"), "{names:?}");
        assert_eq!(names[5], "x.y");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), things.len(), "two have one name: {names:?}");
        for name in &names {
            let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
            let ends = !name.starts_with(['-', '.']) && !name.ends_with(['-', '.']);
            assert!(name.chars().all(is_inner) && ends && (1..=253).contains(&name.len()), "{name:?} is no name");
        }
        let mut turned = things.to_vec();
        turned.reverse();
        let mut again = object_names(&turned);
        again.reverse();
        assert_eq!(again, names, "the order of things matters");
    }

    #[test]
    fn a_list_is_read_to_its_end() {
        let read = |page: Vec<String>| {
            let (names, next) = page.split_at(1);
            (names.iter().map(|name| Thing::new("", name)).collect(), next.first().cloned())
        };
        let ask = |token: Option<String>| Call::new(crate::model::ecs::Operation::ListClusters, &token);
        let list = |pages: &[Value]| Listing::of(pages, ask, read).expect("pages");
        assert_eq!(list(&[]), Listing::Ask(ask(None)));
        assert_eq!(list(&[json!(["b", "t"])]), Listing::Ask(ask(Some("t".to_owned()))));
        assert_eq!(
            list(&[json!(["b", "t"]), json!(["a"])]),
            Listing::All(vec![Thing::new("", "a"), Thing::new("", "b")])
        );
    }
}
