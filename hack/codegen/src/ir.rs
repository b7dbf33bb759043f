//! What is written, before it is text: the structures, their fields and what the tables say of them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// One generated module of `src/model`.
#[derive(Debug)]
pub struct Module {
    pub service: String,
    pub title: String,
    pub operations: Vec<Operation>,
    pub structs: BTreeMap<String, Struct>,
    pub enums: BTreeMap<String, Enum>,
    pub specs: Vec<SpecFacts>,
}

#[derive(Debug)]
pub struct Operation {
    pub name: String,
    pub request: String,
    /// Members of the request that stand in the path or the query string, in REST protocols.
    pub elsewhere: Vec<String>,
    /// Whether the request has members that stand in its body.
    pub has_body: bool,
}

#[derive(Debug)]
pub struct Struct {
    pub name: String,
    pub doc: String,
    pub fields: Vec<Field>,
    /// Whether a spec reaches it, so that it needs a JSON schema.
    pub schema: bool,
}

#[derive(Debug)]
pub struct Field {
    pub wire: String,
    pub ident: String,
    pub ty: Type,
    pub required: bool,
    pub doc: String,
    /// What the schema holds beyond the type.
    pub schema: Map<String, Value>,
    /// A number or flag that the SDK cannot tell from unset when it is 0 or false.
    pub default_zero: bool,
    pub role: bool,
    pub list_key: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Text,
    Bool,
    I32,
    I64,
    F64,
    /// Seconds since the epoch.
    Timestamp,
    Document,
    Enum(String),
    Struct(String),
    List(Box<Type>),
    Map(Box<Type>),
}

impl Type {
    /// The structure at the end of lists and maps, with the steps that lead to it.
    pub fn structure(&self) -> Option<(&str, String)> {
        match self {
            Self::Struct(name) => Some((name, String::new())),
            Self::List(item) => item.structure().map(|(name, steps)| (name, format!("[]{steps}"))),
            Self::Map(value) => value.structure().map(|(name, steps)| (name, format!("{{}}{steps}"))),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub struct Enum {
    pub name: String,
    pub doc: String,
    pub values: Vec<String>,
    pub schema: bool,
}

/// What is known of a whole spec, by path.
#[derive(Debug)]
pub struct SpecFacts {
    pub name: String,
    pub immutable: Vec<String>,
    pub role_paths: Vec<String>,
    pub default_zero_paths: Vec<String>,
    pub list_keys: Vec<(String, String)>,
}
