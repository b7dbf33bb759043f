//! `src/model/<service>.rs`: the structures and what is known of each spec.

use std::fmt::Write;

use serde_json::Value;

use crate::ir::{Enum, Field, Module, SpecFacts, Struct, Type};
use crate::names;

pub const HEADER: &str =
    "// Written by hack/codegen (`make generate`) from AWS's service model; not edited by hand.\n\n";

pub fn write(module: &Module) -> String {
    let mut text = String::from(HEADER);
    let api = module.title.trim_end_matches(" Reference");
    let _ = writeln!(text, "//! What ecs-bridge uses of the {api}, under AWS's own wire names.\n");
    if module.structs.values().any(|structure| structure.fields.iter().any(|field| matches_map(&field.ty))) {
        text.push_str("use std::collections::BTreeMap;\n\n");
    }
    if module.structs.values().any(|structure| structure.schema) {
        text.push_str("use schemars::JsonSchema;\n");
    }
    text.push_str("use serde::{Deserialize, Serialize};\n\n");
    operations(&mut text, module);
    for facts in &module.specs {
        if let Some(structure) = module.structs.get(&facts.name) {
            write_struct(&mut text, structure);
        }
        write_facts(&mut text, facts);
    }
    for structure in module.structs.values() {
        if !module.specs.iter().any(|facts| facts.name == structure.name) {
            write_struct(&mut text, structure);
        }
    }
    for values in module.enums.values() {
        write_enum(&mut text, values);
    }
    text
}

fn matches_map(ty: &Type) -> bool {
    match ty {
        Type::Map(_) => true,
        Type::List(item) => matches_map(item),
        _ => false,
    }
}

fn operations(text: &mut String, module: &Module) {
    let names: Vec<&str> = module.operations.iter().map(|operation| operation.name.as_str()).collect();
    let api = module.title.trim_end_matches(" Reference");
    let _ = writeln!(
        text,
        "/// An operation of the {api}, as data.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Operation {{ {} }}\n",
        names.join(", ")
    );
    let mut arms = String::new();
    for name in &names {
        let _ = writeln!(arms, "Self::{name} => \"{name}\",");
    }
    let all: Vec<String> = names.iter().map(|name| format!("Self::{name}")).collect();
    let _ = writeln!(
        text,
        "impl Operation {{\n\
         /// All of them.\n\
         pub const ALL: &'static [Self] = &[{}];\n\n\
         /// AWS's name of it.\n\
         pub const fn name(self) -> &'static str {{ match self {{ {arms} }} }}\n\n\
         /// The service that it belongs to, as endpoints and IAM actions name it.\n\
         pub const fn service(self) -> &'static str {{ \"{}\" }}\n}}\n",
        all.join(", "),
        module.service
    );
}

fn write_struct(text: &mut String, structure: &Struct) {
    let schema = if structure.schema { ", JsonSchema" } else { "" };
    let _ = writeln!(
        text,
        "/// {}\n#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize{schema})]\npub struct {} {{",
        structure.doc,
        names::structure(&structure.name)
    );
    for field in &structure.fields {
        write_field(text, field, structure.schema);
    }
    text.push_str("}\n\n");
}

fn write_field(text: &mut String, field: &Field, schema: bool) {
    let ty = rust_type(&field.ty);
    let _ = writeln!(text, "/// {}", field.doc);
    let rename = if field.ident == field.wire { None } else { Some(format!("rename = \"{}\"", field.wire)) };
    let optional = (!field.required).then(|| "default, skip_serializing_if = \"Option::is_none\"".to_owned());
    let serde: Vec<String> = rename.into_iter().chain(optional).collect();
    if !serde.is_empty() {
        let _ = writeln!(text, "#[serde({})]", serde.join(", "));
    }
    if schema {
        let mut attributes = Vec::new();
        // The plain type: an optional one would be nullable, and CEL's has() is true of a null.
        if !field.required {
            attributes.push(format!("with = \"{ty}\""));
        }
        if !field.schema.is_empty() {
            let mut entries: Vec<_> = field.schema.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key:?} = {}", literal(value))).collect();
            attributes.push(format!("extend({})", entries.join(", ")));
        }
        if !attributes.is_empty() {
            let _ = writeln!(text, "#[schemars({})]", attributes.join(", "));
        }
    }
    let ty = if field.required { ty } else { format!("Option<{ty}>") };
    let _ = writeln!(text, "pub {}: {ty},", field.ident);
}

/// JSON as Rust writes it: long numbers in groups of three.
fn literal(value: &Value) -> String {
    match value {
        Value::Number(number) if number.as_i64().is_some_and(|number| number >= 10_000) => {
            let digits = number.to_string();
            let groups: Vec<&str> =
                (0..digits.len()).rev().step_by(3).map(|end| &digits[end.saturating_sub(2)..=end]).collect();
            groups.into_iter().rev().collect::<Vec<_>>().join("_")
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key:?}: {}", literal(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

pub fn rust_type(ty: &Type) -> String {
    match ty {
        Type::Text => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::F64 | Type::Timestamp => "f64".to_owned(),
        Type::Document => "serde_json::Value".to_owned(),
        Type::Enum(name) => name.clone(),
        Type::Struct(name) => names::structure(name).to_owned(),
        Type::List(item) => format!("Vec<{}>", rust_type(item)),
        Type::Map(value) => format!("BTreeMap<String, {}>", rust_type(value)),
    }
}

fn write_enum(text: &mut String, values: &Enum) {
    let schema = if values.schema { ", JsonSchema" } else { "" };
    let inline = if values.schema { "#[schemars(inline)]\n" } else { "" };
    let name = &values.name;
    let _ = writeln!(
        text,
        "/// {}\n#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize{schema})]\n\
         #[serde(transparent)]\n{inline}pub struct {name}(pub String);\n\nimpl {name} {{",
        values.doc
    );
    for value in &values.values {
        let _ = writeln!(text, "pub const {}: &'static str = {value:?};", names::constant(value));
    }
    let _ = writeln!(
        text,
        "\n/// The value as AWS writes it.\npub fn as_str(&self) -> &str {{ &self.0 }}\n}}\n\n\
         impl From<&str> for {name} {{ fn from(value: &str) -> Self {{ Self(value.to_owned()) }} }}\n"
    );
}

fn write_facts(text: &mut String, facts: &SpecFacts) {
    let list = |items: &[String]| {
        let items: Vec<String> = items.iter().map(|item| format!("{item:?}")).collect();
        items.join(", ")
    };
    let keys: Vec<String> = facts.list_keys.iter().map(|(path, key)| format!("({path:?}, {key:?})")).collect();
    let _ = writeln!(
        text,
        "impl {} {{\n\
         /// Members that AWS takes at creation only.\n\
         pub const IMMUTABLE: &'static [&'static str] = &[{}];\n\n\
         /// Where an IAM role stands.\n\
         pub const ROLE_PATHS: &'static [&'static str] = &[{}];\n\n\
         /// Numbers and flags that AWS tells as 0 or false where they are unset; see [`super::zeros`].\n\
         pub const DEFAULT_ZERO_PATHS: &'static [&'static str] = &[{}];\n\n\
         /// Lists whose items are known by a member, with that member: their order means nothing.\n\
         pub const LIST_KEYS: &'static [(&'static str, &'static str)] = &[{}];\n}}\n",
        facts.name,
        list(&facts.immutable),
        list(&facts.role_paths),
        list(&facts.default_zero_paths),
        keys.join(", ")
    );
}
