//! Random task definitions, and what becomes of revisions that nothing needs.

use std::collections::BTreeSet;

use ecs_bridge::{
    engine::{Kind, ObjectKey, Referent, outcome::State, reason},
    kinds::{ecs_service::EcsService, ecs_task_definition::EcsTaskDefinition},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws, Object, object,
    sample::{Sample, Spec, tags},
    service::{definitions, ec2, fargate, on_fargate, with},
};

impl Sample for EcsTaskDefinition {
    fn specs() -> BoxedStrategy<Spec> {
        (definitions(), any::<bool>(), tags("key", "value"))
            .prop_map(|(mut container, on_fargate, tags)| {
                let mut definition = if on_fargate { fargate("") } else { ec2("") };
                let members = container.as_object_mut().expect("a container");
                if let Some(volumes) = members.remove("volumes") {
                    definition["volumes"] = volumes;
                }
                // A service's.
                members.remove("volumeConfigurations");
                definition["containerDefinitions"][0] = with(definition["containerDefinitions"][0].clone(), &container);
                Spec(with(definition, &tags))
            })
            .boxed()
    }

    fn immutable() -> &'static [&'static str] {
        &["family"]
    }

    fn aws() -> Aws {
        <EcsService as Sample>::aws()
    }

    fn foreign(aws: &Aws, _: &Value, tags: &[(&str, &str)]) {
        let tags: Vec<Value> = tags.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
        aws.ecs("RegisterTaskDefinition", with(fargate("theirs"), &json!({"family": "shop_web", "tags": tags})));
    }

    /// What the revision defines that the object names: others are there to go back to.
    fn view(aws: &Aws, object: &Object<Self>) -> Value {
        let defines = aws.definition(&json!(object.report.task_definition_arn));
        let mut defines = with(defines, &json!({"revision": null, "status": null}));
        defines["tags"].as_array_mut().expect("tags").retain(|tag| tag["key"] != "ecs-bridge.dev:hash");
        super::dump::steady(&defines)
    }
}

/// The revisions of the family that are ACTIVE, by number.
fn active(aws: &Aws, family: &str) -> Vec<String> {
    let listed = aws.ecs("ListTaskDefinitions", json!({"familyPrefix": family}))["taskDefinitionArns"].clone();
    let arns = listed.as_array().expect("a list").iter().filter_map(Value::as_str);
    arns.filter_map(|arn| arn.rsplit(':').next().map(str::to_owned)).collect()
}

/// What others hold, as the operator's shell would tell this object.
fn beside<K: Kind, O: Kind>(object: &mut Object<K>, others: &[&Object<O>]) {
    let held: BTreeSet<String> = others.iter().flat_map(|other| other.holds()).collect();
    let things = object.holds().into_iter().chain(object.leftovers());
    object.env.shared = things.filter(|thing| held.contains(thing)).map(|thing| (thing, BTreeSet::new())).collect();
}

#[test]
fn revisions_beyond_the_limit_go_and_the_others_stay() {
    let aws = Aws::with_cluster();
    let image = |image: &str| with(on_fargate(image), &json!({"revisionHistoryLimit": 2}));
    let mut web = Object::<EcsService>::new(image("nginx:1"));
    for version in 1..=6 {
        web.apply(image(&format!("nginx:{version}")));
        web.ready(&aws);
    }
    assert_eq!(active(&aws, "shop_web"), ["4", "5", "6"], "what runs, and two to go back to");
    let inactive = aws.ecs("ListTaskDefinitions", json!({"familyPrefix": "shop_web", "status": "INACTIVE"}));
    assert_eq!(inactive["taskDefinitionArns"], json!([]), "what is deregistered is deleted");

    aws.take_calls();
    web.apply(image("nginx:4"));
    web.ready(&aws);
    assert_eq!(aws.take_writes(), ["UpdateService"], "it goes back to a revision that was kept");
    web.apply(with(on_fargate("nginx:4"), &json!({"revisionHistoryLimit": 0})));
    web.ready(&aws);
    assert_eq!(active(&aws, "shop_web"), ["4"], "only what runs");
}

#[test]
fn what_aws_declines_to_tidy_up_makes_nothing_unready() {
    let aws = Aws::with_cluster();
    let image = |image: &str| with(on_fargate(image), &json!({"revisionHistoryLimit": 0}));
    let mut web = Object::<EcsService>::new(image("nginx:1"));
    web.ready(&aws);
    aws.throttle("DeregisterTaskDefinition");
    web.apply(image("nginx:2"));
    for _ in 0..60 {
        // A call without an answer ends the pass: what it knew is written all the same.
        let _ = web.pass(&aws, false);
        aws.advance(std::time::Duration::from_secs(5));
    }
    assert_eq!(active(&aws, "shop_web"), ["1", "2"], "AWS throttles it");
    aws.end_throttling();
    web.ready(&aws);
    assert_eq!(active(&aws, "shop_web"), ["2"], "it is done later");
}

#[test]
fn a_lost_record_is_made_up_from_aws() {
    let aws = Aws::with_cluster();
    let mut web = Object::<EcsService>::new(on_fargate("nginx:1"));
    for version in 1..=4 {
        web.apply(on_fargate(&format!("nginx:{version}")));
        web.ready(&aws);
    }
    web.memo = Value::Null;
    web.apply(with(on_fargate("nginx:4"), &json!({"revisionHistoryLimit": 1})));
    web.ready(&aws);
    assert_eq!(active(&aws, "shop_web"), ["3", "4"], "those that no record tells of were looked for");
}

/// Failure 7 of aws-semantics.md.
#[test]
fn failure_07_deleting_one_object_deregisters_no_revision_that_another_needs() {
    let aws = Aws::with_cluster();
    let in_family = |image: &str| with(fargate(image), &json!({"family": "shared"}));
    let service = |image: &str| with(on_fargate(""), &json!({"taskDefinition": in_family(image)}));
    let mut web = Object::<EcsService>::named("web", service("nginx:1"));
    let mut api = Object::<EcsService>::named("api", service("nginx:1"));
    let mut definition = Object::<EcsTaskDefinition>::named("shared", in_family("nginx:2"));
    web.ready(&aws);
    api.ready(&aws);
    definition.ready(&aws);
    web.apply(service("nginx:3"));
    web.ready(&aws);
    let registered = aws.ecs(
        "RegisterTaskDefinition",
        with(in_family("theirs"), &json!({"tags": [{"key": "team", "value": "theirs"}]})),
    );
    assert_eq!(registered["taskDefinition"]["revision"], 4, "one that somebody else registers");
    assert_eq!(active(&aws, "shared"), ["1", "2", "3", "4"]);

    beside(&mut web, &[&api]);
    web.env.shared.extend(definition.holds().into_iter().map(|thing| (thing, BTreeSet::new())));
    assert_eq!(web.delete(&aws).state, State::Gone);
    assert_eq!(active(&aws, "shared"), ["1", "2", "4"], "what web alone needed");

    beside(&mut definition, &[&api]);
    assert_eq!(definition.delete(&aws).state, State::Gone);
    assert_eq!(active(&aws, "shared"), ["1", "4"], "what the definition alone needed");
    api.ready(&aws);

    api.env.shared.clear();
    assert_eq!(api.delete(&aws).state, State::Gone);
    assert_eq!(active(&aws, "shared"), ["4"], "the last to go takes the rest of ours, and nothing of others'");
}

#[test]
fn retained_revisions_lose_our_tags() {
    let aws = Aws::with_cluster();
    let retained = with(fargate("nginx"), &json!({"management": {"deletion": "Retain"}}));
    let mut definition = Object::<EcsTaskDefinition>::new(retained);
    definition.ready(&aws);
    assert_eq!(definition.delete(&aws).state, State::Gone);
    assert_eq!(active(&aws, "shop_web"), ["1"]);
    assert_eq!(aws.definition(&json!("shop_web:1"))["tags"], json!([]), "another may adopt it");
}

#[test]
fn a_deregistered_revision_is_registered_again_or_reported() {
    for (drift, expected) in [("Correct", vec!["RegisterTaskDefinition"]), ("Report", vec![])] {
        let aws = Aws::with_cluster();
        let spec = with(fargate("nginx"), &json!({"management": {"drift": drift}}));
        let mut definition = Object::<EcsTaskDefinition>::new(spec);
        definition.ready(&aws);
        aws.ecs("DeregisterTaskDefinition", json!({"taskDefinition": "shop_web:1"}));
        aws.take_calls();
        let outcome = definition.carry(&aws);
        assert_eq!(aws.take_writes(), expected, "{drift}");
        let reported = object::reason(&outcome) == reason::DRIFT_REPORTED;
        assert_eq!(reported, drift == "Report", "{drift}: {outcome:?}");
    }
}

#[test]
fn a_change_of_a_shared_definition_rolls_the_services_that_name_it() {
    let aws = Aws::with_cluster();
    let mut definition = Object::<EcsTaskDefinition>::named("app", fargate("nginx:1"));
    let spec = with(on_fargate(""), &json!({"taskDefinition": null, "taskDefinitionRef": {"name": "app"}}));
    let key = ObjectKey { kind: "EcsTaskDefinition", name: "app".to_owned() };
    let mut web = Object::<EcsService>::new(spec);
    let outcome = web.pass(&aws, false).expect("a rest");
    assert_eq!(object::reason(&outcome), reason::REFERENCE_NOT_FOUND, "there is none yet");

    for revision in ["shop_app:1", "shop_app:2"] {
        definition.apply(fargate(&format!("nginx:{revision}")));
        definition.ready(&aws);
        let exports = EcsTaskDefinition::exports(&definition.status());
        web.env.references.insert(key.clone(), Referent { deleting: false, exports });
        web.ready(&aws);
        let running = web.report.task_definition.clone().unwrap_or_default();
        assert!(running.ends_with(revision), "{running} runs, and {revision} is wanted");
    }
    web.env.references.insert(key, Referent { deleting: true, exports: Value::Null });
    let outcome = web.pass(&aws, false).expect("a rest");
    assert_eq!(object::reason(&outcome), reason::REFERENCE_NOT_READY, "{outcome:?}");
}
