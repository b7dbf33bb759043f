//! ECR's policies, which AWS gives back in a spelling of its own: one meaning, one canonical form.

use ecs_bridge::{engine::compare::differences, kinds::ecr_repository::RULES};
use proptest::{prelude::*, sample::Index};
use serde_json::{Map, Value, json};

use super::{
    compare::{another, leaves},
    config,
    values::pointers,
};

const ROOT: &str = "arn:aws:iam::123456789012:root";

fn words(of: &'static [&'static str]) -> BoxedStrategy<Value> {
    prop::sample::subsequence(of, 1..=of.len()).prop_shuffle().prop_map(|words| json!(words)).boxed()
}

/// A repository policy with every list written as one.
fn repository() -> BoxedStrategy<Value> {
    let principal = prop_oneof![
        Just(json!({"AWS": ["*"]})),
        words(&[ROOT, "arn:aws:iam::123456789012:role/web"]).prop_map(|of| json!({ "AWS": of })),
        words(&["codebuild.amazonaws.com"]).prop_map(|of| json!({ "Service": of })),
    ];
    let condition =
        prop::option::of(words(&["o-1", "o-2"]).prop_map(|of| json!({"StringEquals": {"aws:PrincipalOrgID": of}})));
    let action = words(&["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:PutImage"]);
    let effect = prop::sample::select(vec!["Allow", "Deny"]);
    let statement = (effect, principal, action, condition).prop_map(|(effect, principal, action, condition)| {
        let mut statement = json!({"Effect": effect, "Principal": principal, "Action": action});
        if let Some(condition) = condition {
            statement["Condition"] = condition;
        }
        statement
    });
    prop::collection::vec(statement, 1..4)
        .prop_map(|statements| json!({"Version": "2012-10-17", "Statement": statements}))
        .boxed()
}

/// A lifecycle policy; no two rules have one priority.
fn lifecycle() -> BoxedStrategy<Value> {
    let tags = prop_oneof![
        Just(json!({"tagStatus": "untagged"})),
        words(&["v", "release", "dev"]).prop_map(|of| json!({"tagStatus": "tagged", "tagPrefixList": of})),
        words(&["v*", "*-rc"]).prop_map(|of| json!({"tagStatus": "tagged", "tagPatternList": of})),
    ];
    prop::collection::vec((tags, 1..100_i64), 1..4)
        .prop_map(|rules| {
            let rules = rules.into_iter().enumerate().map(|(i, (mut selection, count))| {
                selection["countType"] = json!("imageCountMoreThan");
                selection["countNumber"] = json!(count);
                json!({"rulePriority": i + 1, "selection": selection, "action": {"type": "expire"}})
            });
            json!({ "rules": rules.collect::<Vec<_>>() })
        })
        .boxed()
}

/// The policy in another spelling: lists the other way round, one-item lists as the item, accounts by their number.
fn respelt(value: &Value, choices: &mut impl Iterator<Item = bool>, unwraps: bool) -> Value {
    let mut chosen = || choices.next().unwrap_or_default();
    match value {
        Value::String(text) if text == ROOT && chosen() => json!("123456789012"),
        Value::Object(members) if members.len() == 1 && members.get("AWS") == Some(&json!(["*"])) && chosen() => {
            json!("*")
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, member)| (name.clone(), respelt(member, choices, unwraps && name != "rules")));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Array(items) => {
            let reversed = chosen();
            let single = unwraps && items.len() == 1 && chosen();
            let mut items: Vec<Value> = items.iter().map(|item| respelt(item, choices, unwraps)).collect();
            if reversed {
                items.reverse();
            }
            if single { items.swap_remove(0) } else { Value::Array(items) }
        }
        other => other.clone(),
    }
}

fn spec(member: &str, policy: &Value, pretty: bool) -> Value {
    let text = if pretty { serde_json::to_string_pretty(policy).expect("JSON") } else { policy.to_string() };
    json!({ member: text })
}

/// Some policy, under the member of the spec that holds it.
fn policies() -> BoxedStrategy<(&'static str, Value)> {
    prop_oneof![
        repository().prop_map(|policy| ("policyText", policy)),
        lifecycle().prop_map(|policy| ("lifecyclePolicyText", policy))
    ]
    .boxed()
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn another_spelling_is_no_difference((member, policy) in policies(), choices in prop::collection::vec(any::<bool>(), 1..16), pretty: bool) {
        let other = respelt(&policy, &mut choices.into_iter().cycle(), member == "policyText");
        let found = differences(&spec(member, &policy, false), &spec(member, &other, pretty), RULES);
        prop_assert_eq!(found, vec![], "{} against {}", policy, other);
    }

    #[test]
    fn no_change_of_a_policy_goes_unseen((member, policy) in policies(), at in any::<Index>()) {
        let leaves = leaves(&policy);
        let leaf = at.get(&leaves);
        let mut changed = policy.clone();
        let place = changed.pointer_mut(leaf).expect("the leaf");
        *place = another(place);
        let found = differences(&spec(member, &policy, false), &spec(member, &changed, false), RULES);
        let paths: Vec<&str> = found.iter().map(|found| found.path.as_str()).collect();
        prop_assert_eq!(paths, [member], "the change of {} in {}", leaf, policy);
    }

    #[test]
    fn what_is_taken_out_of_a_policy_is_seen((member, policy) in policies(), at in any::<Index>()) {
        let places: Vec<String> = pointers(&policy).into_iter().filter(|place| !place.is_empty()).collect();
        let (above, last) = at.get(&places).rsplit_once('/').expect("a place below another");
        let mut changed = policy.clone();
        match changed.pointer_mut(above).expect("a place") {
            Value::Object(members) => drop(members.remove(last)),
            Value::Array(items) => drop(items.remove(last.parse().expect("an index"))),
            _ => unreachable!("a scalar holds nothing"),
        }
        let found = differences(&spec(member, &policy, false), &spec(member, &changed, false), RULES);
        prop_assert!(!found.is_empty(), "{changed} passes for {policy}");
    }
}
