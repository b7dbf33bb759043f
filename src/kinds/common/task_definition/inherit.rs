//! A family that moves with its namespace from another owner id (`--adopt-from`): its revisions change hands. None is registered again, and
//! nothing rolls.

use super::{
    calls::RevisionStep,
    revisions::{Described, Found, RevisionFacts, RevisionQuery, describe},
};
use crate::{
    engine::{
        Cause, Env, Seen, Tagging, Why, Write, names,
        ownership::{OWNER, Tags},
        reason,
    },
    model::ecs::Operation,
};

/// So many are described at once, and taken over in one pass.
const AT_ONCE: usize = 10;

impl RevisionFacts {
    /// What comes before the search in a family of which what runs, or the newest, is still the other owner's. Those two go last: by them
    /// it is known that the others are not all taken over yet. What is remembered does not tell: where a fleet moves back, it is old.
    pub fn inherit(&self, family: &str, running: Option<&str>, env: &Env) -> Option<Found> {
        env.adopt_from.as_ref()?;
        if self.seen(family).is_unread() {
            return Some(Found::Ask(vec![describe(family)]));
        }
        let known = |name: &str| self.seen(name).known().filter(|known| self.is_to_take(known, env));
        let last: Vec<&Described> = running.into_iter().chain([family]).filter_map(known).collect();
        if last.is_empty() {
            return None;
        }
        let listed: &[String] = match &self.listed {
            Seen::Unread => return Some(Found::Ask(vec![RevisionQuery::ListActive { family: family.to_owned() }])),
            Seen::Absent => &[],
            Seen::Known(listed) => listed,
        };
        let unread = listed.iter().filter(|arn| self.seen(arn).is_unread()).take(AT_ONCE).map(|arn| describe(arn));
        let unread: Vec<RevisionQuery> = unread.collect();
        if !unread.is_empty() {
            return Some(Found::Ask(unread));
        }
        if self.taken >= AT_ONCE {
            let why = format!("the revisions of the task definition family {family} are being taken over");
            return Some(Found::Taking(Why::new(reason::UPDATING, why)));
        }
        let is_last = |arn: &&str| last.iter().any(|known| known.arn() == *arn);
        let mut others =
            listed.iter().map(String::as_str).filter(|arn| !is_last(arn)).filter(|arn| known(arn).is_some());
        // The oldest first.
        let arn = others.next_back().or_else(|| last.first().map(|known| known.arn()))?.to_owned();
        let owner = env.adopt_from.as_deref().unwrap_or_default();
        let why =
            format!("the task definition revision {} is taken over from the owner id {owner}", names::short_name(&arn));
        let tags = Tags::from([(OWNER.to_owned(), env.identity.owner_id.clone())]);
        let step = RevisionStep::Tags(Tagging::Set { arn, tags });
        Some(Found::Take(Box::new(Write::new(step, Cause::SpecChange, why))))
    }

    fn is_to_take(&self, described: &Described, env: &Env) -> bool {
        described.is_inherited(env) && !self.has_declined(Operation::TagResource, described.arn())
    }
}
