//! What stops an object before its kind plans anything. Pure, and the same for every kind.

use serde_json::Value;

use crate::engine::{
    Env, Outcome, Recheck, Synced, Why,
    outcome::{Interruption, State},
    reason,
};

/// Why an object that is to be there goes no further; `None` lets it through.
pub fn present(spec: &Value, env: &Env, role_paths: &[String], paused: bool) -> Option<Outcome> {
    if paused {
        return Some(pause());
    }
    env.allowed_roles.check(spec, role_paths, "spec").err().map(Outcome::stalled)
}

/// Why an object that is to go waits; `None` lets it through.
pub fn absent(env: &Env, paused: bool) -> Option<Outcome> {
    if paused {
        return Some(pause());
    }
    if !env.holds.is_empty() {
        let why = Why::new(
            reason::DELETION_HELD,
            format!(
                "deletion in AWS is held back by the finalizers {}: whoever set them takes them off",
                env.holds.join(", ")
            ),
        );
        return Some(Outcome::converging(why, Recheck::Tick));
    }
    // Those that wait for this object themselves don't hold it up.
    let children = env.children.iter().flatten().filter(|(_, offer)| !offer.withdrawn);
    let names = children.map(|(key, _)| key.to_string()).collect::<Vec<_>>().join(", ");
    if !names.is_empty() {
        let why = Why::new(
            reason::WAITING_FOR_CHILDREN,
            format!("waits until these are deleted, which refer to it: {names}"),
        );
        return Some(Outcome::converging(why, Recheck::Tick));
    }
    None
}

fn pause() -> Outcome {
    let why = Why::new(
        reason::PAUSED,
        format!("nothing is done while the annotation {} is set", super::object::annotation::PAUSED),
    );
    Outcome::new(
        State::Interrupted { why: why.clone(), mode: Interruption::Paused, blind: false },
        Synced::Unknown(why),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::{ObjectKey, Offer, env::testing};

    fn reason_of(outcome: Option<Outcome>) -> Option<&'static str> {
        outcome.map(|outcome| match outcome.state {
            State::Ready(why)
            | State::Progressing { why, .. }
            | State::Stalled { why, .. }
            | State::Interrupted { why, .. } => why.reason,
            State::Gone => "Gone",
        })
    }

    #[test]
    fn the_gate_names_what_stands_in_the_way() {
        let env = testing::env("EcsCluster", "shop", "main");
        let held = Env { holds: vec!["hold.ecs-bridge.dev/bridge".to_owned()], ..env.clone() };
        let with_child = |withdrawn: bool| {
            let child = ObjectKey { kind: "EcsService", name: "web".to_owned() };
            let offer = Offer { withdrawn, ..Offer::default() };
            Env { children: Some([(child, offer)].into()), ..env.clone() }
        };
        let paths = ["role".to_owned()];
        let role = json!({"role": "arn:aws:iam::1:role/r"});
        for (name, outcome, expected) in [
            ("nothing", present(&json!({}), &env, &paths, false), None),
            ("paused", present(&json!({}), &env, &paths, true), Some(reason::PAUSED)),
            ("a role", present(&role, &env, &paths, false), Some(reason::ROLE_NOT_ALLOWED)),
            ("deletion", absent(&env, false), None),
            ("paused deletion", absent(&env, true), Some(reason::PAUSED)),
            ("held", absent(&held, false), Some(reason::DELETION_HELD)),
            ("children", absent(&with_child(false), false), Some(reason::WAITING_FOR_CHILDREN)),
            ("children that wait for it", absent(&with_child(true), false), None),
        ] {
            assert_eq!(reason_of(outcome), expected, "{name}");
        }
    }
}
