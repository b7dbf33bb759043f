//! The reviewed tables beside this crate: what is wanted, and what AWS's models do not say.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::Error;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The reference that documents the service, by its title.
    pub title: String,
    pub operations: Vec<String>,
    /// Shapes whose values are secret: no structure has a member of them.
    #[serde(default)]
    pub sealed: Vec<String>,
    #[serde(default)]
    pub specs: BTreeMap<String, Spec>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    pub create: String,
    #[serde(default)]
    pub update: Vec<String>,
    #[serde(default)]
    pub omit: Vec<String>,
    #[serde(default)]
    pub required: Vec<String>,
    #[serde(default)]
    pub immutable: Vec<String>,
    #[serde(default)]
    pub mutable: Mutable,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Mutable {
    Members(Vec<String>),
    /// `mutable = "all"`: every change makes a new thing in AWS.
    All(All),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum All {
    All,
}

impl Default for Mutable {
    fn default() -> Self {
        Self::Members(Vec::new())
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    list_keys: BTreeMap<String, String>,
    roles: BTreeMap<String, Vec<String>>,
    not_roles: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    defaults: Defaults,
    limits: BTreeMap<String, Limit>,
}

/// What holds for a text that has no bound of its own.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    pub text: u64,
    pub value: u64,
}

/// A bound that AWS documents outside its model, or ours where it documents none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    pub max_items: Option<u64>,
    pub max_length: Option<u64>,
    pub max_properties: Option<u64>,
    /// The page of AWS's documentation that says so; never empty, so that none is invented in passing.
    pub page: String,
}

/// The tables, with a note of which lines were used: one that matches nothing is out of date.
#[derive(Debug)]
pub struct Tables {
    pub services: BTreeMap<String, Service>,
    pub list_keys: BTreeMap<String, String>,
    pub roles: BTreeSet<String>,
    pub not_roles: BTreeSet<String>,
    pub limits: BTreeMap<String, Limit>,
    pub defaults: Defaults,
}

impl Tables {
    /// The tables that were compiled in: the generator and its tables are one version.
    pub fn read() -> Result<Self, Error> {
        Self::parse(include_str!("../operations.toml"), include_str!("../tables.toml"), include_str!("../limits.toml"))
    }

    /// Fails on lines that matched nothing.
    pub fn all_used(&self, used: &BTreeSet<String>) -> Result<(), Error> {
        let lines = self.list_keys.keys().map(|line| format!("list-keys.{line}"));
        let lines = lines.chain(self.roles.iter().map(|line| format!("roles.{line}")));
        let lines = lines.chain(self.not_roles.iter().map(|line| format!("not-roles.{line}")));
        let lines = lines.chain(self.limits.keys().map(|line| format!("limits.{line}")));
        let unused: Vec<String> = lines.filter(|line| !used.contains(line)).collect();
        if unused.is_empty() {
            return Ok(());
        }
        Err(Error::Unused(unused))
    }

    /// Tables from texts.
    pub fn parse(operations: &str, tables: &str, limits: &str) -> Result<Self, Error> {
        let table = |file: &'static str| move |source| Error::Table { file, source };
        let services = toml::from_str(operations).map_err(table("operations.toml"))?;
        let file: File = toml::from_str(tables).map_err(table("tables.toml"))?;
        let limits: Limits = toml::from_str(limits).map_err(table("limits.toml"))?;
        let pageless = limits.limits.iter().find(|(_, limit)| limit.page.is_empty());
        if let Some((line, _)) = pageless {
            return Err(Error::Pageless(line.clone()));
        }
        Ok(Self {
            services,
            list_keys: file.list_keys,
            roles: qualified(&file.roles),
            not_roles: qualified(&file.not_roles),
            limits: limits.limits,
            defaults: limits.defaults,
        })
    }
}

fn qualified(table: &BTreeMap<String, Vec<String>>) -> BTreeSet<String> {
    table
        .iter()
        .flat_map(|(service, members)| members.iter().map(move |member| format!("{service}.{member}")))
        .collect()
}
