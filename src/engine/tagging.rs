//! The writes that every kind makes to the tags of its thing: taking it over, letting it go, and what the spec says of them.

use super::{
    Cause, Deletion, Env, Write,
    ownership::{self, TagChange, Tags},
};

/// One write to the tags of the thing with this ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagging {
    Set { arn: String, tags: Tags },
    Remove { arn: String, keys: Vec<String> },
}

impl Tagging {
    pub fn arn(&self) -> &str {
        match self {
            Tagging::Set { arn, .. } | Tagging::Remove { arn, .. } => arn,
        }
    }

    /// What the tags are once AWS has accepted it.
    pub fn apply(&self, tags: &mut Tags) {
        match self {
            Tagging::Set { tags: set, .. } => tags.extend(set.clone()),
            Tagging::Remove { keys, .. } => tags.retain(|key, _| !keys.contains(key)),
        }
    }
}

/// Takes over a thing that may be. One at a time: of two objects that may, the second finds it owned.
pub fn adopt<S: From<Tagging>>(env: &Env, arn: String, tags: &Tags, what: &str) -> Write<S> {
    let why = match tags.get(ownership::OWNER) {
        None => format!("{what} belongs to nobody and is adopted"),
        Some(owner) => format!("{what} is taken over from the owner id {owner}"),
    };
    let tags = ownership::owner_tags(&env.identity);
    Write::new(Tagging::Set { arn: arn.clone(), tags }, Cause::SpecChange, why).in_lane(arn)
}

/// What becomes of a thing whose object is deleted: it goes by `delete`, or is retained without our tags.
pub fn remove<S: From<Tagging>>(env: &Env, arn: String, tags: &Tags, what: &str, delete: S) -> Write<S> {
    match env.management.deletion {
        Deletion::Delete => Write::new(delete, Cause::SpecChange, format!("the object of {what} is deleted")),
        Deletion::Retain => retain(arn, tags, what),
    }
}

/// Lets a thing go whose object is deleted.
pub fn retain<S: From<Tagging>>(arn: String, tags: &Tags, what: &str) -> Write<S> {
    let step = Tagging::Remove { arn, keys: ownership::owner_keys(tags) };
    Write::new(step, Cause::SpecChange, format!("the object of {what} is deleted and retains it"))
}

impl TagChange {
    /// The next write of the change, and why: what is to be set goes before what is to go.
    pub fn write(self, arn: String) -> (Tagging, String) {
        let why = format!("tags differ: {}", self.describe());
        if self.set.is_empty() {
            return (Tagging::Remove { arn, keys: self.remove }, why);
        }
        (Tagging::Set { arn, tags: self.set }, why)
    }
}
