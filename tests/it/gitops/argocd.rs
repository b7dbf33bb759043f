//! Argo CD's health: the script of gitops/argocd-cm.yaml, run by Lua 5.1 with what Argo CD gives it (argo-cd, util/lua/lua.go).

use std::{collections::BTreeMap, sync::LazyLock};

use mlua::{Lua, LuaOptions, StdLib, Table};
use serde_json::Value;

const KEY: &str = "resource.customizations.health.ecs-bridge.dev_";

/// By kind.
static SCRIPTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let patch: Value = serde_yaml_ng::from_str(include_str!("../../../gitops/argocd-cm.yaml")).expect("YAML");
    let data = patch["data"].as_object().expect("the data of a ConfigMap");
    let script = |(key, script): (&String, &Value)| {
        let kind = key.strip_prefix(KEY).unwrap_or_else(|| panic!("gitops/argocd-cm.yaml: Argo CD knows no {key}"));
        (kind.to_owned(), script.as_str().expect("a script").to_owned())
    };
    data.iter().map(script).collect()
});

#[test]
fn every_kind_has_the_health_script_and_there_is_one() {
    let kinds: Vec<String> =
        ecs_bridge::kinds::crds().expect("the CRDs").into_iter().map(|crd| crd.spec.names.kind).collect();
    for kind in &kinds {
        assert!(SCRIPTS.contains_key(kind), "gitops/argocd-cm.yaml: add the line `{KEY}{kind}: *health`");
    }
    assert_eq!(SCRIPTS.len(), kinds.len(), "gitops/argocd-cm.yaml has kinds that are no more: {:?}", SCRIPTS.keys());
    let mut scripts: Vec<&String> = SCRIPTS.values().collect();
    scripts.dedup();
    assert_eq!(scripts.len(), 1, "one script serves all kinds");
}

/// As Argo CD has it: what is being deleted is its own to judge (gitops-engine, pkg/health/health.go).
pub fn health(object: &Value) -> String {
    if object["metadata"].get("deletionTimestamp").is_some() {
        return "Progressing".to_owned();
    }
    let kind = object["kind"].as_str().expect("a kind");
    let script = SCRIPTS.get(kind).unwrap_or_else(|| panic!("gitops/argocd-cm.yaml has no {kind}"));
    let judged = judge(script, object).unwrap_or_else(|error| panic!("the health script: {error}: {object:#}"));
    let (status, message): (String, String) = judged;
    assert!(!message.is_empty() || status == "Healthy", "{status}, and no word why: {object:#}");
    status
}

fn judge(script: &str, object: &Value) -> mlua::Result<(String, String)> {
    let lua = Lua::new_with(StdLib::TABLE, LuaOptions::default())?;
    lua.globals().set("obj", value(&lua, object)?)?;
    let judged: Table = lua.load(script).eval()?;
    Ok((judged.get("status")?, judged.get::<Option<String>>("message")?.unwrap_or_default()))
}

fn value(lua: &Lua, json: &Value) -> mlua::Result<mlua::Value> {
    Ok(match json {
        Value::Null => mlua::Value::Nil,
        Value::Bool(truth) => mlua::Value::Boolean(*truth),
        Value::Number(number) => mlua::Value::Number(number.as_f64().unwrap_or_default()),
        Value::String(text) => mlua::Value::String(lua.create_string(text)?),
        Value::Array(items) => {
            let items = items.iter().map(|item| value(lua, item)).collect::<mlua::Result<Vec<_>>>()?;
            mlua::Value::Table(lua.create_sequence_from(items)?)
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| Ok((name.as_str(), value(lua, member)?)));
            mlua::Value::Table(lua.create_table_from(members.collect::<mlua::Result<Vec<_>>>()?)?)
        }
    })
}
