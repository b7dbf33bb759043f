//! Pod templates as task definitions: what becomes of each field, and that none is dropped.

mod command;
mod fields;
mod generate;
mod objects;
mod properties;
mod references;
mod shop;

use aws_sim::{Api, Config, Error, Scope, Time, World};
use ecs_bridge::{
    bridge::translate::{Context, Line, Settings, Translation, translate},
    model::ecs::TaskDefinitionSpec,
};
use serde_json::{Map, Value, json};

/// The paths of all that a manifest sets, found in another way than the translation's own: what holds no object and no list of such.
fn paths(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: String, found: &mut Vec<String>) {
        let is_list_of_more = |items: &[Value]| items.iter().any(|item| item.is_object() || item.is_array());
        match value {
            Value::Null => {}
            Value::Object(members) if members.values().any(|member| *member != Value::Null) => {
                for (name, member) in members {
                    let is_plain =
                        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
                    let below = match (is_plain, at.is_empty()) {
                        (true, true) => name.clone(),
                        (true, false) => format!("{at}.{name}"),
                        (false, _) => format!("{at}[{}]", json!(name)),
                    };
                    walk(member, below, found);
                }
            }
            Value::Array(items) if is_list_of_more(items) => {
                for (i, item) in items.iter().enumerate() {
                    // Unlike a member, an item that is null has its place.
                    let below = format!("{at}[{i}]");
                    if item.is_null() { found.push(below) } else { walk(item, below, found) }
                }
            }
            _ => found.push(at),
        }
    }
    let mut found = Vec::new();
    if *value != json!({}) {
        walk(value, String::new(), &mut found);
    }
    found
}

/// Holds a translation to what must be true of any, and says what is not.
fn holds(template: &Value, context: &Context) -> Result<Translation, String> {
    let translation = translate(template, context);
    let report = &translation.report;
    let mut reported: Vec<&str> = report.lines.iter().map(|line| line.path.as_str()).collect();
    let mut set = paths(template);
    reported.sort_unstable();
    set.sort_unstable();
    if reported != set {
        let dropped: Vec<&String> = set.iter().filter(|path| !reported.contains(&path.as_str())).collect();
        return Err(format!("the fields without a line: {dropped:?}; fields: {set:?}; lines: {reported:?}"));
    }
    if let Some(line) = report.lines.iter().find(|line| line.says.trim().is_empty()) {
        return Err(format!("{}: the line says nothing", line.path));
    }
    // What people are told to set is what they can set there.
    let foreign: &[&str] = match context.settings {
        Settings::Flags => &["ecs.launchType", "ecs.executionRoleArn", "ecs.probeClients", "secrets.sources"],
        Settings::Fields => &["(--", "give --"],
    };
    let told = report.lines.iter().map(|line| &line.says).chain(&report.notes);
    if let Some(text) = told.into_iter().find(|text| foreign.iter().any(|name| text.contains(name))) {
        return Err(format!("{:?}, and people are told: {text}", context.settings));
    }
    let obstacles: Vec<&Line> = report.obstacles(context.strict).collect();
    match &translation.definition {
        Some(_) if !obstacles.is_empty() => return Err(format!("a definition, and obstacles: {obstacles:?}")),
        None if obstacles.is_empty() => return Err("neither a definition nor an obstacle".into()),
        None if obstacles.iter().any(|line| line.path.is_empty()) => return Err("a refusal without a path".into()),
        Some(definition) => register(definition).map_err(|error| format!("AWS refuses it: {}", error.message))?,
        None => {}
    }
    Ok(translation)
}

/// What AWS says to the definition, with the name and the tags that the operator gives it.
fn register(definition: &TaskDefinitionSpec) -> Result<(), Error> {
    let mut request = serde_json::to_value(definition).expect("a definition is JSON");
    request["family"] = json!("f".repeat(255));
    let tag = |n: usize| json!({"key": format!("ecs-bridge.dev:{n}"), "value": "v".repeat(200)});
    request["tags"] = (0..5).map(tag).collect();
    let mut world = World::new(Config::default(), Time(1_800_000_000_000));
    world.call(&Scope::default(), Api::Ecs, "RegisterTaskDefinition", &request).map(drop)
}

/// A template with one container, into which these members are put: `spec` for the pod, `container` for the container.
fn template(pod: Value, container: Value) -> Value {
    let mut web = json!({"name": "web", "image": "nginx"});
    merge(&mut web, container);
    let mut template = json!({"spec": {"containers": [web]}});
    merge(&mut template, pod);
    template
}

fn merge(into: &mut Value, other: Value) {
    match (into, other) {
        (Value::Object(into), Value::Object(other)) => {
            for (name, member) in other {
                merge(into.entry(name).or_insert_with(|| Value::Object(Map::new())), member);
            }
        }
        (into, other) => *into = other,
    }
}

/// What became of a field, as `Translated: …`.
fn line(translation: &Translation, path: &str) -> String {
    let found = translation.report.lines.iter().chain(&translation.report.missing).find(|line| line.path == path);
    found.map_or_else(|| format!("no line of {path}"), |line| format!("{}: {}", line.verdict, line.says))
}

/// The definition as JSON.
fn made(translation: &Translation) -> Value {
    let Some(definition) = &translation.definition else {
        let refused: Vec<&Line> = translation.report.obstacles(false).collect();
        panic!("refused: {refused:?}");
    };
    serde_json::to_value(definition).expect("a definition is JSON")
}
