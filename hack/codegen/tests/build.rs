//! The generator on a small model: what the tables add, and what it refuses.

use std::collections::BTreeSet;

use ecs_bridge_codegen::build::Builder;
use ecs_bridge_codegen::ir::{Module, Type};
use ecs_bridge_codegen::model::Model;
use ecs_bridge_codegen::rust_sdk;
use ecs_bridge_codegen::tables::Tables;
use serde_json::{Value, json};

const OPERATIONS: &str = r#"
[x]
title = "X API Reference"
operations = ["Create", "Update"]
[x.specs.Spec]
create = "Create"
update = ["Update"]
omit = ["token"]
mutable = ["tags"]
"#;

const TABLES: &str = r#"
[list-keys]
"x.Spec.items" = "id"
[roles]
x = ["Item.roleArn"]
[not-roles]
x = []
"#;

const LIMITS: &str = r#"
[defaults]
text = 100
value = 10
[limits]
"x.Spec.items" = { max_items = 5, page = "none" }
"x.Spec.tags" = { max_properties = 7, page = "Tags, X API Reference" }
"#;

fn model() -> Value {
    json!({
        "operations": {
            "Create": {"input": {"shape": "CreateRequest"}, "output": {"shape": "Empty"}},
            "Update": {"input": {"shape": "UpdateRequest"}, "output": {"shape": "Empty"}},
        },
        "shapes": {
            "CreateRequest": {"type": "structure", "members": {
                "name": {"shape": "Name"}, "items": {"shape": "Items"}, "tags": {"shape": "Tags"}, "token": {"shape": "Text"},
            }},
            "UpdateRequest": {"type": "structure", "members": {"items": {"shape": "Items"}, "kind": {"shape": "Kind"}}},
            "Items": {"type": "list", "member": {"shape": "Item"}},
            "Item": {"type": "structure", "members": {
                "id": {"shape": "Text"}, "roleArn": {"shape": "Text"}, "weight": {"shape": "Weight"}, "count": {"shape": "Boxed"},
            }},
            "Tags": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "TagValue"}},
            "TagValue": {"type": "string", "min": 1},
            "Name": {"type": "string", "min": 2, "max": 9, "pattern": "[a-z]+"},
            "Kind": {"type": "string", "enum": ["A", "b-c"]},
            "Text": {"type": "string"},
            "Weight": {"type": "integer", "min": 0, "max": 1000},
            "Boxed": {"type": "integer", "box": true},
            "Empty": {"type": "structure", "members": {}},
        },
    })
}

/// The module, or what the generator says.
fn build(model: Value, tables: &str, limits: &str) -> Result<Module, String> {
    let model: Model = serde_json::from_value(model).map_err(|error| error.to_string())?;
    let tables = Tables::parse(OPERATIONS, tables, limits).map_err(|error| error.to_string())?;
    let mut used = BTreeSet::new();
    let module = Builder::build("x", &model, &tables, &mut used).map_err(|error| error.to_string())?;
    tables.all_used(&used).map_err(|error| error.to_string())?;
    Ok(module)
}

#[test]
fn a_spec_is_the_union_of_what_its_operations_take() {
    let module = build(model(), TABLES, LIMITS).expect("the model is whole");
    let spec = &module.structs["Spec"];
    let fields: Vec<_> = spec.fields.iter().map(|field| (field.wire.as_str(), field.required)).collect();
    assert_eq!(
        fields,
        [("items", false), ("kind", false), ("name", false), ("tags", false)],
        "the members of the spec"
    );
    assert_eq!(spec.fields[1].ty, Type::Enum("Kind".to_owned()), "the type of kind");

    let schemas: Vec<_> = spec.fields.iter().map(|field| Value::Object(field.schema.clone())).collect();
    let expected = [
        json!({"maxItems": 5, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["id"]}),
        json!({"maxLength": 10}),
        json!({"minLength": 2, "maxLength": 9, "pattern": "^(?:[a-z]+)$"}),
        json!({"maxProperties": 7, "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 100}}),
    ];
    assert_eq!(schemas, expected, "the schemas of items, kind, name and tags");

    let item = &module.structs["Item"];
    let required: Vec<_> = item.fields.iter().filter(|field| field.required).map(|field| &field.wire).collect();
    assert_eq!(required, ["id"], "the key of a list is required in its items");
}

#[test]
fn facts_are_told_by_path() {
    let module = build(model(), TABLES, LIMITS).expect("the model is whole");
    let facts = &module.specs[0];
    assert_eq!(facts.immutable, ["name"], "what only Create takes, but for what the table calls mutable");
    assert_eq!(facts.role_paths, ["items[].roleArn"], "where roles stand");
    assert_eq!(facts.default_zero_paths, ["items[].weight"], "a plain number is one, a boxed one is not");
    assert_eq!(facts.list_keys, [("items".to_owned(), "id".to_owned())], "lists with a key");
}

#[test]
fn members_of_rest_requests_go_where_they_stand() {
    let located = |location: &str| {
        let mut model = model();
        model["shapes"]["UpdateRequest"]["members"]["items"]["location"] = json!(location);
        build(model, TABLES, LIMITS)
    };
    let module = located("querystring").expect("the model is whole");
    let locations: Vec<_> =
        module.operations.iter().map(|operation| (operation.elsewhere.as_slice(), operation.has_body)).collect();
    assert_eq!(locations, [(&[][..], true), (&["items".to_owned()][..], true)], "Create and Update");
    let text = rust_sdk::write(&module);
    assert!(text.contains("Wire::rest(operation.name(), input, &[\"items\"])"), "the body lacks items: {text}");
    assert!(text.contains(".set_items(bound(operation.name(), input, \"items\")?)"), "the SDK gets items: {text}");
    let refused = located("header").expect_err("a header was let through");
    assert!(refused.contains("UpdateRequest.items is a header"), "{refused}");
}

#[test]
fn what_nobody_has_looked_at_is_refused() {
    let other = |from: &str, to: &str| TABLES.replace(from, to);
    for (name, tables, limits, says) in [
        (
            "a role in neither list",
            other("\"Item.roleArn\"", ""),
            LIMITS.to_owned(),
            "x.Item.roleArn looks like a role",
        ),
        (
            "a list without bound",
            TABLES.to_owned(),
            LIMITS.replace("\"x.Spec.items\" = { max_items = 5, page = \"none\" }", ""),
            "x.Spec.items has no bound",
        ),
        ("a bound without page", TABLES.to_owned(), LIMITS.replace("\"none\"", "\"\""), "x.Spec.items names no page"),
        ("a key that is no member", other("\"id\"", "\"nothing\""), LIMITS.to_owned(), "Item has no member nothing"),
        ("a list that is none", other("x.Spec.items", "x.Spec.name"), LIMITS.to_owned(), "x.Spec.name` names no list"),
        (
            "a role that is gone",
            other("\"Item.roleArn\"", "\"Item.roleArn\", \"Item.oldRole\""),
            LIMITS.to_owned(),
            "roles.x.Item.oldRole",
        ),
    ] {
        let error = build(model(), &tables, &limits).expect_err(name);
        assert!(error.contains(says), "{name}: {error}");
    }
}

#[test]
fn the_tables_of_the_project_can_be_read() {
    let tables = Tables::read().expect("the tables are well formed");
    assert!(tables.services.contains_key("ecs"), "operations.toml names ecs");
}
