//! The comparison under every kind's table: what it must see, and what it must not.

use std::fmt;

use ecs_bridge::{
    engine::compare::{Rule, Treatment, canonical, differences},
    kinds::{
        cloud_map_service, common::task_definition, ecr_repository, ecs_capacity_provider, ecs_cluster, ecs_service,
        eks_fargate_profile, secrets_manager_secret,
    },
    model::ecs::{TaskDefinition, TaskDefinitionSpec},
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Map, Value, json};

use super::{
    config,
    values::{described, pointers, schema, table_path},
};
use crate::model_shapes::Shapes;

/// What has a table, and where its schema stands: kind and path.
const TABLES: &[(&str, &[&str], &[Rule])] = &[
    ("EcrRepository", &["spec"], ecr_repository::RULES),
    ("EcsCluster", &["spec"], ecs_cluster::RULES),
    ("EcsCapacityProvider", &["spec"], ecs_capacity_provider::RULES),
    ("EcsService", &["spec"], ecs_service::RULES),
    ("EksFargateProfile", &["spec"], eks_fargate_profile::RULES),
    ("SecretsManagerSecret", &["spec"], secrets_manager_secret::RULES),
    ("CloudMapService", &["spec"], cloud_map_service::RULES),
    ("EcsService", &["spec", "taskDefinition"], task_definition::RULES),
    ("EcsTaskDefinition", &["spec"], task_definition::RULES),
];

/// A value that is compared under a table.
struct Case {
    table: usize,
    value: Value,
}

impl Case {
    fn rules(&self) -> &'static [Rule] {
        TABLES[self.table].2
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, path, _) = TABLES[self.table];
        write!(f, "{kind} {} {}", path.join("."), self.value)
    }
}

fn cases() -> BoxedStrategy<Case> {
    let of_table = |table: usize| {
        let (kind, path, _) = TABLES[table];
        described(kind, path).prop_map(move |value| Case { table, value }).boxed()
    };
    prop::strategy::Union::new((0..TABLES.len()).map(of_table)).boxed()
}

/// A definition as AWS's own shapes have it.
fn definition(seed: u64) -> Value {
    static ECS: std::sync::LazyLock<Shapes> = std::sync::LazyLock::new(|| Shapes::read("ecs"));
    ECS.random("RegisterTaskDefinitionRequest", seed)
}

/// What a rule's member means where it is unset.
fn default(rule: &Rule) -> Option<Value> {
    match rule.treatment {
        Treatment::Text(text) => Some(json!(text)),
        Treatment::Number(number) => Some(json!(number)),
        Treatment::Flag(flag) => Some(json!(flag)),
        Treatment::Set | Treatment::Spelling(_) | Treatment::Apart => None,
    }
}

/// Whether the table leaves the path, or something above it, to others.
fn is_apart(path: &str, rules: &[Rule]) -> bool {
    let apart = |rule: &&Rule| matches!(rule.treatment, Treatment::Apart);
    rules.iter().filter(apart).any(|rule| is_within(path, rule.path))
}

/// Whether a path lies at another or below it.
fn is_within(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| above.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

/// `environment[3].value` as the tables write it.
fn without_indexes(path: &str) -> String {
    let (mut plain, mut within) = (String::new(), false);
    for c in path.chars() {
        within = c == '[' || within && c != ']';
        if !within || c == '[' {
            plain.push(c);
        }
    }
    plain
}

/// Does something with every object that holds the member at a table's path, or could.
fn holders(value: &mut Value, path: &str, act: &mut impl FnMut(&mut Map<String, Value>, &str)) {
    let Some((step, rest)) = path.split_once('.') else {
        if let (Some(members), false) = (value.as_object_mut(), path.ends_with("[]")) {
            act(members, path);
        }
        return;
    };
    match step.strip_suffix("[]") {
        Some(list) => {
            let items = value.get_mut(list).and_then(Value::as_array_mut);
            items.into_iter().flatten().for_each(|item| holders(item, rest, act));
        }
        None => {
            if let Some(member) = value.get_mut(step) {
                holders(member, rest, act);
            }
        }
    }
}

/// The value with some defaults written out that it leaves open, and some left open that it writes out.
fn respelt(value: &Value, rules: &[Rule], choices: &[bool]) -> Value {
    let mut value = value.clone();
    let mut choices = choices.iter().cycle();
    for rule in rules {
        let Some(default) = default(rule) else { continue };
        holders(&mut value, rule.path, &mut |members, name| {
            let chosen = choices.next().is_some_and(|chosen| *chosen);
            if members.get(name).is_none_or(Value::is_null) && chosen {
                members.insert(name.to_owned(), default.clone());
            } else if members.get(name) == Some(&default) && chosen {
                members.remove(name);
            }
        });
    }
    value
}

/// What AWS describes of a definition that was registered so: its own members, and the ports that the network mode implies.
fn filled_in(definition: &Value, choices: &[bool]) -> Value {
    let mut described = respelt(definition, task_definition::RULES, choices);
    let mode = described["networkMode"].as_str().unwrap_or("bridge").to_owned();
    let mapped = matches!(mode.as_str(), "awsvpc" | "host");
    holders(&mut described, "containerDefinitions[].portMappings[].hostPort", &mut |port, name| {
        let implied = if mapped { port.get("containerPort").cloned() } else { Some(json!(0)) };
        if let (None, Some(implied)) = (port.get(name), implied) {
            port.insert(name.to_owned(), implied);
        }
    });
    let own = json!({"revision": 3, "status": "ACTIVE", "registeredBy": "somebody", "registeredAt": 1_800_000_000.5,
        "taskDefinitionArn": "arn:aws:ecs:r:1:task-definition/f:3", "compatibilities": ["EC2"], "requiresAttributes": [{"name": "x"}]});
    for (name, value) in own.as_object().into_iter().flatten() {
        described[name] = value.clone();
    }
    for empty in ["volumes", "placementConstraints"] {
        let members = described.as_object_mut().expect("an object");
        members.entry(empty).or_insert(json!([]));
    }
    described
}

/// Another value of the same type.
pub fn another(leaf: &Value) -> Value {
    match leaf {
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => json!(if whole == i64::MAX { 7 } else { whole + 1 }),
            None => json!(if number.as_f64() == Some(0.5) { 0.25 } else { 0.5 }),
        },
        Value::String(text) => json!(format!("another {text}")),
        other => panic!("{other} is no leaf"),
    }
}

/// The places of scalars that mean something.
pub fn leaves(value: &Value) -> Vec<String> {
    let is_leaf =
        |pointer: &String| value.pointer(pointer).is_some_and(|at| at.is_string() || at.is_number() || at.is_boolean());
    pointers(value).into_iter().filter(is_leaf).collect()
}

#[test]
fn every_rule_speaks_of_a_member_that_there_is() {
    for (kind, path, rules) in TABLES {
        for rule in *rules {
            let mut at = &schema(kind, path);
            for step in rule.path.split('.') {
                at = &at["properties"][step.trim_end_matches("[]")];
                at = if step.ends_with("[]") { &at["items"] } else { at };
            }
            let expected = match rule.treatment {
                Treatment::Set => "array",
                Treatment::Text(_) | Treatment::Spelling(_) => "string",
                Treatment::Number(_) if at["type"] == "number" => "number",
                Treatment::Number(_) => "integer",
                Treatment::Flag(_) => "boolean",
                Treatment::Apart => continue,
            };
            assert_eq!(at["type"], expected, "{kind}: the rule for {} fits no member of {path:?}", rule.path);
        }
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn a_value_is_itself(case in cases()) {
        prop_assert_eq!(differences(&case.value, &case.value, case.rules()), vec![]);
        let once = canonical(&case.value, case.rules());
        prop_assert_eq!(&canonical(&once, case.rules()), &once, "the canonical form has a canonical form of its own");
        prop_assert_eq!(differences(&case.value, &once, case.rules()), vec![], "it differs from its canonical form");
    }

    #[test]
    fn neither_side_sees_more((one, other) in (cases(), cases())) {
        let rules = one.rules();
        let mut there: Vec<String> = differences(&one.value, &other.value, rules).into_iter().map(|found| found.path).collect();
        let mut back: Vec<String> = differences(&other.value, &one.value, rules).into_iter().map(|found| found.path).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back, "the two directions see different differences");
    }

    #[test]
    fn a_default_that_is_written_out_is_no_difference(case in cases(), choices in prop::collection::vec(any::<bool>(), 1..16)) {
        let same = respelt(&case.value, case.rules(), &choices);
        prop_assert_eq!(differences(&case.value, &same, case.rules()), vec![], "{}", same);
    }

    #[test]
    fn order_counts_but_where_the_table_says_that_it_does_not(case in cases(), at in any::<Index>()) {
        let lists: Vec<String> = pointers(&case.value).into_iter().filter(|at| case.value.pointer(at).is_some_and(Value::is_array)).collect();
        if lists.is_empty() { return Ok(()); }
        let list = at.get(&lists);
        let path = table_path(&case.value, list);
        if is_apart(&path, case.rules()) { return Ok(()); }
        let with = |items: [&str; 2]| {
            let mut value = case.value.clone();
            *value.pointer_mut(list).expect("the list") = json!(items);
            value
        };
        let found = differences(&with(["first", "second"]), &with(["second", "first"]), case.rules());
        let is_set = case.rules().iter().any(|rule| rule.path == path && matches!(rule.treatment, Treatment::Set));
        prop_assert_eq!(found.is_empty(), is_set, "{} in another order: {:?}", path, found);
    }

    #[test]
    fn no_change_of_a_leaf_goes_unseen(case in cases(), at in any::<Index>()) {
        let leaves = leaves(&case.value);
        if leaves.is_empty() { return Ok(()); }
        let leaf = at.get(&leaves);
        let path = table_path(&case.value, leaf);
        if is_apart(&path, case.rules()) { return Ok(()); }
        let mut changed = case.value.clone();
        let place = changed.pointer_mut(leaf).expect("the leaf");
        *place = another(place);
        let found = differences(&case.value, &changed, case.rules());
        let seen = found.iter().any(|found| is_within(&path, &without_indexes(&found.path)));
        prop_assert!(seen, "the change of {path} is not among {found:?}");
    }

    #[test]
    fn what_aws_fills_into_a_task_definition_is_no_difference(seed: u64, choices in prop::collection::vec(any::<bool>(), 1..16)) {
        let registered = definition(seed);
        let spec: TaskDefinitionSpec = serde_json::from_value(registered.clone()).expect("a definition");
        let filled = filled_in(&registered, &choices);
        let described: TaskDefinition = serde_json::from_value(filled.clone()).expect("a described definition");
        prop_assert_eq!(task_definition::same(&spec, &described), vec![], "{}", filled);
        let respelt: TaskDefinitionSpec = serde_json::from_value(respelt(&registered, task_definition::RULES, &choices)).expect("a definition");
        prop_assert_eq!(task_definition::hash(&spec, "f"), task_definition::hash(&respelt, "f"), "the hash is another");
    }

    #[test]
    fn no_change_of_a_task_definition_goes_unseen(seed: u64, at in any::<Index>()) {
        let registered = definition(seed);
        let parsed = |value: &Value| serde_json::from_value::<TaskDefinitionSpec>(value.clone()).expect("a definition");
        let leaves: Vec<String> = leaves(&registered).into_iter().filter(|leaf| leaf != "/family").collect();
        if leaves.is_empty() { return Ok(()); }
        let leaf = at.get(&leaves);
        let mut changed = registered.clone();
        let place = changed.pointer_mut(leaf).expect("the leaf");
        *place = if place.as_i64() == Some(i64::from(i32::MAX)) { json!(7) } else { another(place) };
        let path = table_path(&registered, leaf);
        prop_assert_ne!(
            task_definition::hash(&parsed(&registered), "f"), task_definition::hash(&parsed(&changed), "f"),
            "the hash is blind to {}", path
        );
        if !is_apart(&path, task_definition::RULES) {
            let described: TaskDefinition = serde_json::from_value(changed).expect("a described definition");
            let found = task_definition::same(&parsed(&registered), &described);
            let seen = found.iter().any(|found| is_within(&path, &without_indexes(&found.path)));
            prop_assert!(seen, "the change of {path} is not among {found:?}");
        }
    }
}
