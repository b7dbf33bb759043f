//! What objects refer to in their namespace, by name.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::{Env, ObjectKey, Outcome, Recheck, Why, reason};

/// An object of the same namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LocalReference {
    #[schemars(length(min = 1, max = 253))]
    pub name: String,
}

impl LocalReference {
    pub fn to(&self, kind: &'static str) -> ObjectKey {
        ObjectKey { kind, name: self.name.clone() }
    }
}

/// The object of this kind that a text names as kubectl does, `<kind>/<name>`, where AWS has names of its own: no name in AWS has a slash,
/// and an ARN begins otherwise.
pub fn named(kind: &'static str, text: &str) -> Option<ObjectKey> {
    let name = text.strip_prefix(kind)?.strip_prefix('/')?;
    Some(ObjectKey { kind, name: name.to_owned() })
}

/// What a referenced object exports; or what is waited for.
pub fn exported(env: &Env, key: &ObjectKey, member: &str, field: &str) -> Result<String, Box<Outcome>> {
    let referent = env.references.get(key);
    let value = referent.and_then(|referent| referent.exports.get(member)).and_then(Value::as_str);
    if let Some(value) = value {
        return Ok(value.to_owned());
    }
    // Its change wakes this object: a look from time to time is enough.
    let recheck = Recheck::After(Duration::from_mins(5));
    Err(Box::new(match referent {
        None => Outcome::waiting(
            Why::new(
                reason::REFERENCE_NOT_FOUND,
                format!("{key}, which {field} names, does not exist in this namespace: create it, or name another"),
            ),
            recheck,
        ),
        Some(referent) if referent.deleting => {
            Outcome::waiting(Why::new(reason::REFERENCE_NOT_READY, format!("{key} is being deleted")), recheck)
        }
        Some(_) => Outcome::waiting(
            Why::new(reason::REFERENCE_NOT_READY, format!("waits until {key} is there in AWS")),
            recheck,
        ),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_told_from_a_name_in_aws() {
        let name = |text: &str| named("EcsCapacityProvider", text).map(|key| key.name);
        assert_eq!(name("EcsCapacityProvider/workers"), Some("workers".to_owned()));
        for text in
            ["workers", "EcsCapacityProvider", "EcsCluster/workers", "arn:aws:ecs:r:1:capacity-provider/workers"]
        {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
