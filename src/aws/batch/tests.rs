//! What goes together, what comes of it, and when it goes.

use serde_json::json;

use super::*;
use crate::{engine::Operation, model::ecr::Operation as Ecr};

fn services(cluster: &str, names: &[&str]) -> Call {
    let input = json!({ "cluster": cluster, "services": names, "include": ["TAGS"] });
    Call::new(Ecs::DescribeServices, &input)
}

fn part(call: &Call) -> Part {
    Part::of(call).expect("a part of a batch")
}

fn key(call: &Call) -> BatchKey {
    part(call).key(&Scope::new("eu-west-1"))
}

#[test]
fn only_what_names_its_items_can_be_a_part() {
    let eleven: Vec<String> = (0..11).map(|n| n.to_string()).collect();
    for (name, operation, input, expected) in [
        ("one service", Operation::Ecs(Ecs::DescribeServices), json!({"services": ["web"]}), true),
        ("two tasks", Operation::Ecs(Ecs::DescribeTasks), json!({"cluster": "c", "tasks": ["1", "2"]}), true),
        ("no name: AWS's default", Operation::Ecs(Ecs::DescribeClusters), json!({"include": ["TAGS"]}), false),
        ("an empty list", Operation::Ecs(Ecs::DescribeClusters), json!({"clusters": []}), false),
        ("too many", Operation::Ecs(Ecs::DescribeServices), json!({ "services": eleven }), false),
        ("one at a time", Operation::Ecs(Ecs::DescribeTaskDefinition), json!({"taskDefinition": "web"}), false),
        ("all or nothing", Operation::Ecr(Ecr::DescribeRepositories), json!({"repositoryNames": ["a"]}), false),
        ("revisions that go", Operation::Ecs(Ecs::DeleteTaskDefinitions), json!({"taskDefinitions": ["web:1"]}), true),
        ("a malformed list", Operation::Ecs(Ecs::DescribeServices), json!({"services": [1]}), false),
    ] {
        assert_eq!(Part::of(&Call::new(operation, &input)).is_some(), expected, "{name}");
    }
}

#[test]
fn only_reads_that_differ_in_their_names_alone_go_together() {
    let base = key(&services("prod", &["web"]));
    assert_eq!(key(&services("prod", &["api"])), base, "another name");
    assert_ne!(key(&services("test", &["web"])), base, "another cluster");
    let no_tags = Call::new(Ecs::DescribeServices, &json!({"cluster": "prod", "services": ["web"]}));
    assert_ne!(key(&no_tags), base, "another include");
    let elsewhere = part(&services("prod", &["web"])).key(&Scope::new("eu-west-2"));
    assert_ne!(elsewhere, base, "another region");
}

#[test]
fn each_part_gets_its_own_items_and_failures() {
    const SERVICE: &str = "arn:aws:ecs:eu-west-1:123456789012:service/prod";
    let web = json!({"serviceName": "web", "serviceArn": format!("{SERVICE}/web")});
    let api = json!({"serviceName": "api", "serviceArn": format!("{SERVICE}/api")});
    let missing = json!({"arn": format!("{SERVICE}/gone"), "reason": "MISSING"});
    let output = json!({"services": [api, web], "failures": [missing]});
    for (name, asked, expected) in [
        ("by name", vec!["web"], json!({"services": [web], "failures": []})),
        ("a part of a name is no name", vec!["eb"], json!({"services": [], "failures": []})),
        ("a missing one", vec!["gone"], json!({"services": [], "failures": [missing]})),
        ("several, as asked", vec!["web", "gone", "api"], json!({"services": [web, api], "failures": [missing]})),
        (
            "by ARN",
            vec!["arn:aws:ecs:eu-west-1:123456789012:service/prod/api"],
            json!({"services": [api], "failures": []}),
        ),
        (
            "the same by name and by ARN",
            vec!["api", "arn:aws:ecs:eu-west-1:123456789012:service/prod/api"],
            json!({"services": [api], "failures": []}),
        ),
    ] {
        assert_eq!(part(&services("prod", &asked)).share(&output), expected, "{name}");
    }
    let revision = |n: u32| format!("arn:aws:ecs:eu-west-1:123456789012:task-definition/web:{n}");
    let output = json!({"taskDefinitions": [{"taskDefinitionArn": revision(11)}], "failures": [{"arn": revision(1), "reason": "x"}]});
    for (n, expected) in [
        (11, json!({"taskDefinitions": [{"taskDefinitionArn": revision(11)}], "failures": []})),
        (1, json!({"taskDefinitions": [], "failures": [{"arn": revision(1), "reason": "x"}]})),
    ] {
        let input = json!({"taskDefinitions": [revision(n)]});
        let call = Call::new(Ecs::DeleteTaskDefinitions, &input);
        assert_eq!(part(&call).share(&output), expected, "revision {n}");
    }
    let task = json!({"taskArn": "arn:aws:ecs:eu-west-1:123456789012:task/prod/0123"});
    let call = Call::new(Ecs::DescribeTasks, &json!({"tasks": ["0123"]}));
    let share = part(&call).share(&json!({"tasks": [task]}));
    assert_eq!(share, json!({"tasks": [task], "failures": []}), "a task by its id");
    let nameless = json!({"services": [], "failures": [{"reason": "ACCESS_DENIED"}]});
    assert_eq!(part(&services("prod", &["web"])).share(&nameless), nameless, "a failure of nothing is everybody's");
}

#[test]
fn a_batch_goes_when_it_idles_when_it_is_old_and_when_it_is_full() {
    let start = Instant::now();
    let at = |millis| start + Duration::from_millis(millis);
    let key = key(&services("prod", &["web"]));

    let mut gathering = Gathering::default();
    let joined = gathering.join(&key, part(&services("prod", &["web"])), 1, start);
    let id = joined.watch.expect("the first opens a batch");
    assert!(gathering.join(&key, part(&services("prod", &["api"])), 2, at(8)).watch.is_none(), "the second joins");
    assert!(matches!(gathering.due(&key, id, at(10)), Due::At(time) if time == at(28)), "it waits for more");
    let sent = match gathering.due(&key, id, at(28)) {
        Due::Now(batch) => batch.call().map(|call| call.input),
        Due::At(_) | Due::Gone => None,
    };
    assert_eq!(sent, Some(services("prod", &["web", "api"]).input), "it idled, and did not go as one call");
    assert!(matches!(gathering.due(&key, id, at(28)), Due::Gone), "it went twice");

    let mut gathering = Gathering::default();
    let id = gathering.join(&key, part(&services("prod", &["0"])), 0, start).watch.expect("the first opens a batch");
    for n in 1..7_u64 {
        let name = n.to_string();
        gathering.join(&key, part(&services("prod", &[&name])), n, at(16 * n));
    }
    assert!(matches!(gathering.due(&key, id, at(100)), Due::Now(_)), "it never idled, and waits for ever");

    let mut gathering = Gathering::default();
    let mut full = None;
    for n in 0..10 {
        let name = n.to_string();
        full = gathering.join(&key, part(&services("prod", &[&name])), n, start).full;
        assert_eq!(full.is_some(), n == 9, "after {} reads", n + 1);
    }
    assert_eq!(full.map(|batch| batch.members.len()), Some(10), "a full batch goes with all");
}

#[test]
fn a_batch_goes_by_who_is_in_most_of_a_hurry() {
    let start = Instant::now();
    let at = |millis| start + Duration::from_millis(millis);
    let key = key(&services("prod", &["web"]));
    let mut gathering = Gathering::default();
    let new = |name: &str| part(&services("prod", &[name])).of_new();
    let id = gathering.join(&key, new("web"), 1, start).watch.expect("the first opens a batch");
    assert!(gathering.join(&key, new("api"), 2, at(50)).watch.is_none(), "another that can wait");
    assert!(matches!(gathering.due(&key, id, at(50)), Due::At(time) if time == at(150)), "new ones wait for company");
    let hurried = gathering.join(&key, part(&services("prod", &["shop"])), 3, at(60)).watch;
    assert_eq!(hurried, Some(id), "nobody watches the time that has become sooner");
    assert!(matches!(gathering.due(&key, id, at(60)), Due::At(time) if time == at(80)), "what runs waits for new ones");
    assert!(gathering.join(&key, new("cart"), 4, at(70)).watch.is_none(), "it does not make it later");
    assert!(matches!(gathering.due(&key, id, at(90)), Due::Now(batch) if batch.members.len() == 4), "it goes with all");
}

#[test]
fn a_batch_asks_for_a_name_once_and_is_never_too_large() {
    let now = Instant::now();
    let nine = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let mut batch = Batch::new(0, now);
    assert!(batch.add(part(&services("prod", &nine)), 1, now).is_ok(), "nine fit");
    assert!(batch.add(part(&services("prod", &["10", "11"])), 2, now).is_err(), "eleven were taken");
    assert!(batch.add(part(&services("prod", &["1", "9"])), 3, now).is_ok(), "names that are in it take no room");
    assert_eq!(batch.call().map(|call| call.input), Some(services("prod", &nine).input), "each name once");

    let key = key(&services("prod", &nine));
    let mut gathering = Gathering::default();
    gathering.join(&key, part(&services("prod", &nine)), 1, now);
    let joined = gathering.join(&key, part(&services("prod", &["10", "11"])), 2, now);
    assert_eq!(joined.full.map(|batch| batch.members.len()), Some(1), "what is open goes first");
    assert!(joined.watch.is_some(), "and what did not fit opens the next");
}
