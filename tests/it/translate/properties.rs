//! What must be true of any pod template.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use ecs_bridge::bridge::translate::{Context, Settings, Target, Verdict, translate};
use proptest::prelude::*;
use serde_json::json;

use super::{generate::Schema, holds, objects::context, paths};
use crate::{
    cases::{cases, random},
    tally,
};

static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::new);

fn targets() -> impl Strategy<Value = Target> {
    prop::sample::select(vec![Target::Fargate, Target::Ec2])
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_template_is_a_definition_that_aws_takes_or_is_refused_by_a_path_and_every_field_has_one_line(
        bytes in prop::collection::vec(any::<u8>(), 0..4000),
        target in targets(),
        strict in prop::bool::weighted(0.1),
        role in prop::bool::weighted(0.8),
        config in prop::sample::select(vec!["short".to_owned(), "long ".repeat(20_000)]),
        settings in prop::sample::select(vec![Settings::Flags, Settings::Fields]),
    ) {
        let template = SCHEMA.template(&bytes);
        let context = Context { settings, ..context(target, strict, role, &config) };
        if let Err(why) = holds(&template, &context) {
            return Err(TestCaseError::fail(format!("{template}\n{why}")));
        }
    }
}

/// Parts of texts of which none, and no two side by side, name a Service as a host: they only look like it.
fn without_hosts() -> impl Strategy<Value = String> {
    let parts = [
        "redis-x",
        "xredis",
        "redis_",
        "my.redis.x",
        "redis.shop.",
        "éredis",
        "redisé",
        "rediss",
        "cart-redis",
        " ",
        ",",
        "://",
        "//",
        "/",
        ":",
        ":80",
        "80",
        "@",
        "=",
        "-",
        "_",
        "日",
        "$",
        "%",
        "\n",
        "\"",
        "localhost",
        "EX",
        ".",
    ];
    let joined = prop::collection::vec(prop::sample::select(parts.to_vec()), 0..12).prop_map(|parts| parts.concat());
    joined.prop_filter("it names a Service", |text| {
        let is_of_host = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        !text.split(|c: char| !is_of_host(c)).any(|host| ["redis", "redis.shop", "redis.shop."].contains(&host))
    })
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_text_without_a_host_that_is_a_service_is_left_byte_for_byte(text in without_hosts()) {
        let container = json!({"name": "web", "image": "nginx", "env": [{"name": "A", "value": text}]});
        let template = json!({"spec": {"containers": [container]}});
        let translation = translate(&template, &context(Target::Fargate, false, true, "x"));
        let made = translation.definition.expect("a definition");
        let environment = made.container_definitions.iter().flat_map(|container| container.environment.iter().flatten());
        let values: Vec<Option<&str>> = environment.map(|variable| variable.value.as_deref()).collect();
        // `$$` is one sign, as Kubernetes has it.
        let expanded = text.replace("$$", "$");
        prop_assert_eq!(values, [Some(expanded.as_str())]);
    }
}

/// The property would hold if nothing were ever translated, or if nothing were ever set.
#[test]
fn random_templates_reach_far() {
    let (schema, mut set, mut translated, mut refused) = (&SCHEMA, BTreeSet::new(), 0, 0);
    let mut verdicts = BTreeMap::<Verdict, usize>::new();
    let mut runner = proptest::test_runner::TestRunner::new(random(1));
    let bytes = prop::collection::vec(any::<u8>(), 0..4000);
    for _ in 0..1500 {
        let tree = bytes.new_tree(&mut runner).expect("bytes");
        let template = schema.template(&proptest::strategy::ValueTree::current(&tree));
        let translation = holds(&template, &context(Target::Fargate, false, true, "x"))
            .unwrap_or_else(|why| panic!("{template}\n{why}"));
        let without_places = |path: &String| path.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        set.extend(paths(&template).iter().map(without_places));
        for line in &translation.report.lines {
            *verdicts.entry(line.verdict).or_default() += 1;
        }
        if translation.definition.is_some() { translated += 1 } else { refused += 1 }
    }
    tally::swept("translate", "random templates", translated + refused);
    assert!(set.len() > 500, "only {} different fields were set", set.len());
    assert!(translated > 20 && refused > 20, "{translated} translated, {refused} refused");
    assert_eq!(verdicts.len(), 4, "{verdicts:?}");
}
