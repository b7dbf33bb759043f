//! What must be true of any pod template.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use ecs_bridge::bridge::translate::{Target, Verdict};
use proptest::prelude::*;

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
    ) {
        let template = SCHEMA.template(&bytes);
        let context = context(target, strict, role, &config);
        if let Err(why) = holds(&template, &context) {
            return Err(TestCaseError::fail(format!("{template}\n{why}")));
        }
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
