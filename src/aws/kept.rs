//! Answers that hold for a while: those of reads that many objects make alike, and from which nothing but advice follows.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    engine::{Call, Operation, reconcile::CallResult},
    model::{eks, iam},
};

use super::Scope;

/// A change in AWS is seen so much later.
const HOLDS: Duration = Duration::from_mins(5);

/// Reads of which nothing but advice follows.
pub(super) const fn is_optional(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::Iam(iam::Operation::GetRole)
            | Operation::Eks(
                eks::Operation::DescribePodIdentityAssociation | eks::Operation::ListPodIdentityAssociations
            )
    )
}

type Key = (Scope, String);

/// What AWS has answered of late.
#[derive(Default)]
pub(super) struct Kept(Mutex<HashMap<Key, (Instant, CallResult)>>);

fn key(scope: &Scope, call: &Call) -> Key {
    (scope.clone(), format!("{} {}", call.operation, call.input))
}

impl Kept {
    pub(super) fn get(&self, scope: &Scope, call: &Call, now: Instant) -> Option<CallResult> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, result) = kept.get(&key(scope, call))?;
        (now.duration_since(*at) < HOLDS).then(|| result.clone())
    }

    /// No answer is not kept.
    pub(super) fn keep(&self, scope: &Scope, call: &Call, result: &CallResult, now: Instant) {
        if result.is_ok() {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.retain(|_, (at, _)| now.duration_since(*at) < HOLDS);
            kept.insert(key(scope, call), (now, result.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        engine::{Class, Failure},
        model::iam::Operation as Iam,
    };

    #[test]
    fn an_answer_holds_for_a_while_and_no_answer_does_not() {
        let call = |name: &str| Call::new(Iam::GetRole, &json!({ "RoleName": name }));
        let (kept, scope, now) = (Kept::default(), Scope::new("eu-west-1"), Instant::now());
        let answer: CallResult = Ok(Ok(json!({ "Role": {} })));
        kept.keep(&scope, &call("web"), &answer, now);
        assert_eq!(kept.get(&scope, &call("web"), now + HOLDS / 2), Some(answer));
        assert_eq!(kept.get(&scope, &call("other"), now), None, "another role");
        assert_eq!(kept.get(&Scope::new("us-east-1"), &call("web"), now), None, "another region");
        assert_eq!(kept.get(&scope, &call("web"), now + HOLDS), None, "it is old");
        let failure = Failure {
            class: Class::Throttled,
            operation: Iam::GetRole.into(),
            code: None,
            message: String::new(),
            request_id: None,
            retry_after: None,
        };
        kept.keep(&scope, &call("late"), &Err(failure), now);
        assert_eq!(kept.get(&scope, &call("late"), now), None);
    }
}
