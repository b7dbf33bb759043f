//! What is written, before it is text: the structures, their fields and what the tables say of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::Error;
use crate::model::{Kind, Model, Reference, Shape};
use crate::names;
use crate::pattern;
use crate::tables::{Mutable, Spec, Tables};

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
    pub response: String,
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

/// Builds one service's module; `used` collects the lines of the tables that were of use.
pub struct Builder<'a> {
    service: &'a str,
    model: &'a Model,
    tables: &'a Tables,
    used: &'a mut BTreeSet<String>,
    structs: BTreeMap<String, Struct>,
    enums: BTreeMap<String, Enum>,
}

impl<'a> Builder<'a> {
    pub fn build(
        service: &'a str,
        model: &'a Model,
        tables: &'a Tables,
        used: &'a mut BTreeSet<String>,
    ) -> Result<Module, Error> {
        let mut builder = Self { service, model, tables, used, structs: BTreeMap::new(), enums: BTreeMap::new() };
        builder.module()
    }

    fn module(&mut self) -> Result<Module, Error> {
        let service = self
            .tables
            .services
            .get(self.service)
            .ok_or_else(|| self.error("operations.toml does not name it".to_owned()))?;

        // Specs first: what they reach has a schema, and a shape is built once.
        for (name, spec) in &service.specs {
            self.spec(name, spec)?;
        }
        let mut operations = Vec::new();
        for name in &service.operations {
            let request = self.input(name)?.to_owned();
            let response = self.output(name)?.to_owned();
            self.structure(&request, false)?;
            self.structure(&response, false)?;
            operations.push(Operation { name: name.clone(), request, response });
        }
        operations.sort_by(|one, other| one.name.cmp(&other.name));
        let specs = service.specs.iter().map(|(name, spec)| self.facts(name, spec)).collect::<Result<_, _>>()?;
        Ok(Module {
            service: self.service.to_owned(),
            title: service.title.clone(),
            operations,
            structs: std::mem::take(&mut self.structs),
            enums: std::mem::take(&mut self.enums),
            specs,
        })
    }

    fn error(&self, cause: String) -> Error {
        Error::Model { service: self.service.to_owned(), cause }
    }

    fn shape(&self, name: &str) -> Result<&'a Shape, Error> {
        let found = self.model.shapes.get(name);
        found.ok_or_else(|| self.error(format!("it has no shape {name}")))
    }

    fn input(&self, operation: &str) -> Result<&'a str, Error> {
        let found = self.model.operations.get(operation).and_then(|found| found.input.as_ref());
        found
            .map(|input| input.shape.as_str())
            .ok_or_else(|| self.error(format!("it has no operation {operation} with an input")))
    }

    fn output(&self, operation: &str) -> Result<&'a str, Error> {
        let found = self.model.operations.get(operation).and_then(|found| found.output.as_ref());
        found
            .map(|output| output.shape.as_str())
            .ok_or_else(|| self.error(format!("it has no operation {operation} with an output")))
    }

    fn is_spec(&self, name: &str) -> bool {
        let service = self.tables.services.get(self.service);
        service.is_some_and(|service| service.specs.contains_key(name))
    }

    fn title(&self) -> &'a str {
        self.tables.services.get(self.service).map_or("", |service| service.title.as_str())
    }

    /// The union of what a spec's operations take.
    fn spec(&mut self, name: &str, spec: &Spec) -> Result<(), Error> {
        let mut members: BTreeMap<&str, (&Reference, Vec<&str>)> = BTreeMap::new();
        for operation in std::iter::once(&spec.create).chain(&spec.update) {
            for (member, reference) in &self.shape(self.input(operation)?)?.members {
                if spec.omit.contains(member) {
                    continue;
                }
                let (first, operations) = members.entry(member).or_insert((reference, Vec::new()));
                let same = (&self.shape(&first.shape)?.kind, &self.shape(&reference.shape)?.kind);
                if std::mem::discriminant(same.0) != std::mem::discriminant(same.1) {
                    let cause = format!("{member} of {operation} has another type than in {}", operations.join(", "));
                    return Err(self.error(cause));
                }
                operations.push(operation);
            }
        }
        for listed in spec.required.iter().chain(&spec.immutable) {
            if !members.contains_key(listed.as_str()) {
                return Err(self.error(format!("{name} has no member {listed}, which operations.toml names")));
            }
        }
        let mut fields = Vec::new();
        for (member, (reference, operations)) in members {
            let required = spec.required.iter().any(|listed| listed == member);
            // The first that takes it tells of it best.
            let of = operations.first().map(|operation| format!("`{operation}`"));
            let of = of.unwrap_or_default();
            fields.push(self.field(name, member, reference, required, &of, true)?);
        }
        let operations: Vec<String> =
            std::iter::once(&spec.create).chain(&spec.update).map(|operation| format!("`{operation}`")).collect();
        let take = if spec.update.is_empty() { "takes" } else { "take" };
        let doc = format!("All that {} {take}, in the {}.", operations.join(", "), self.title());
        self.structs.insert(name.to_owned(), Struct { name: name.to_owned(), doc, fields, schema: true });
        Ok(())
    }

    fn structure(&mut self, name: &str, schema: bool) -> Result<(), Error> {
        if self.structs.contains_key(name) {
            return Ok(());
        }
        let shape = self.shape(name)?;
        // Before its members, so that a shape that holds itself comes to an end.
        self.structs.insert(
            name.to_owned(),
            Struct {
                name: name.to_owned(),
                doc: format!("`{name}` in the {}.", self.title()),
                fields: Vec::new(),
                schema,
            },
        );
        let mut fields = Vec::new();
        for (member, reference) in &shape.members {
            let required = shape.required.contains(member);
            fields.push(self.field(name, member, reference, required, &format!("`{name}`"), schema)?);
        }
        // A key of a list stands in the item, whatever the model says of it.
        for (line, key) in &self.tables.list_keys {
            if self.item_of(line)?.as_deref() == Some(name) {
                let field = fields.iter_mut().find(|field| field.wire == *key);
                let field =
                    field.ok_or_else(|| self.error(format!("{name} has no member {key}, the key of {line}")))?;
                field.required = true;
            }
        }
        if let Some(structure) = self.structs.get_mut(name) {
            structure.fields = fields;
        }
        Ok(())
    }

    /// The structure that the list of a line in `list-keys` holds, if the line is of this service.
    fn item_of(&self, line: &str) -> Result<Option<String>, Error> {
        let mut parts = line.splitn(3, '.');
        let (Some(service), Some(owner), Some(member)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(self.error(format!("`{line}` is not service.Structure.member")));
        };
        if service != self.service {
            return Ok(None);
        }
        let spec = self.tables.services.get(service).and_then(|service| service.specs.get(owner));
        let owners = match spec {
            Some(spec) => std::iter::once(&spec.create)
                .chain(&spec.update)
                .map(|operation| self.input(operation))
                .collect::<Result<Vec<_>, _>>()?,
            None => vec![owner],
        };
        for owner in owners {
            if let Some(reference) = self.shape(owner)?.members.get(member)
                && let Some(item) = &self.shape(&reference.shape)?.member
            {
                return Ok(Some(item.shape.clone()));
            }
        }
        Err(self.error(format!("`{line}` names no list")))
    }

    fn field(
        &mut self,
        owner: &str,
        member: &str,
        reference: &Reference,
        required: bool,
        of: &str,
        schema: bool,
    ) -> Result<Field, Error> {
        let shape = self.shape(&reference.shape)?;
        let ty = self.ty(&reference.shape, schema)?;
        let line = format!("{}.{owner}.{member}", self.service);
        let mut attributes = if schema { self.attributes(&reference.shape)? } else { Map::new() };
        if schema {
            self.limit(&line, &ty, &mut attributes)?;
        }
        let list_key = self.tables.list_keys.get(&line).cloned();
        if let Some(key) = &list_key {
            self.used.insert(format!("list-keys.{line}"));
            attributes.insert("x-kubernetes-list-type".to_owned(), json!("map"));
            attributes.insert("x-kubernetes-list-map-keys".to_owned(), json!([key]));
        }
        let number = matches!(ty, Type::Bool | Type::I32 | Type::I64 | Type::F64);
        // The SDK makes the members of a request optional, whatever the model says.
        let request = self.model.operations.values().any(|operation| {
            let input = operation.input.as_ref();
            input.is_some_and(|input| input.shape == owner)
        });
        let request = request || self.is_spec(owner);
        Ok(Field {
            wire: member.to_owned(),
            ident: names::field(member),
            default_zero: number && !request && !required && !reference.boxed && !shape.boxed,
            role: schema && self.role(&line, member, &reference.shape)?,
            doc: self.field_doc(member, &ty, of, reference.deprecated || shape.deprecated)?,
            ty,
            required,
            schema: attributes,
            list_key,
        })
    }

    fn field_doc(&self, member: &str, ty: &Type, of: &str, deprecated: bool) -> Result<String, Error> {
        let mut doc = format!("`{member}` of {of} in the {}.", self.title());
        let mut inner = ty;
        while let Type::List(item) | Type::Map(item) = inner {
            inner = item;
        }
        if let Type::Enum(name) = inner {
            let values: Vec<String> = self.shape(name)?.values.iter().map(|value| format!("`{value}`")).collect();
            doc = format!("{doc} Known values: {}.", values.join(", "));
        }
        if deprecated {
            doc.push_str(" AWS no longer offers it.");
        }
        Ok(doc)
    }

    fn ty(&mut self, name: &str, schema: bool) -> Result<Type, Error> {
        let shape = self.shape(name)?;
        let inner = |reference: &'a Option<Reference>| {
            let inner = reference.as_ref().map(|reference| reference.shape.as_str());
            inner.ok_or_else(|| Error::Model {
                service: self.service.to_owned(),
                cause: format!("{name} holds nothing"),
            })
        };
        Ok(match shape.kind {
            Kind::Boolean => Type::Bool,
            Kind::Integer => Type::I32,
            Kind::Long => Type::I64,
            Kind::Double | Kind::Float => Type::F64,
            Kind::Timestamp => Type::Timestamp,
            Kind::String if shape.values.is_empty() => Type::Text,
            Kind::String => {
                let doc =
                    format!("`{name}` in the {}; a value that is not among its constants is one too.", self.title());
                let found = self.enums.entry(name.to_owned()).or_insert_with(|| Enum {
                    name: name.to_owned(),
                    doc,
                    values: shape.values.clone(),
                    schema,
                });
                found.schema |= schema;
                Type::Enum(name.to_owned())
            }
            Kind::Structure if shape.document => Type::Document,
            Kind::Structure => {
                self.structure(name, schema)?;
                Type::Struct(name.to_owned())
            }
            Kind::List => {
                let item = inner(&shape.member)?;
                Type::List(Box::new(self.ty(item, schema)?))
            }
            Kind::Map => {
                let value = inner(&shape.value)?;
                Type::Map(Box::new(self.ty(value, schema)?))
            }
            Kind::Blob => {
                return Err(self.error(format!("{name} is a blob, which no spec or request needed so far")));
            }
        })
    }

    /// The bounds that the model itself knows.
    fn attributes(&self, name: &str) -> Result<Map<String, Value>, Error> {
        let shape = self.shape(name)?;
        let mut attributes = Map::new();
        let (min, max) = match shape.kind {
            Kind::String => ("minLength", "maxLength"),
            Kind::List => ("minItems", "maxItems"),
            Kind::Map => ("minProperties", "maxProperties"),
            _ => ("minimum", "maximum"),
        };
        for (key, bound) in [(min, shape.min), (max, shape.max)] {
            // A minimum of 0 says nothing, but for a number.
            if let Some(bound) = bound
                && (bound != 0.0 || key == "minimum")
            {
                attributes.insert(key.to_owned(), number(bound));
            }
        }
        if let Some(pattern) = shape.pattern.as_deref().and_then(pattern::anchored) {
            attributes.insert("pattern".to_owned(), json!(pattern));
        }
        if shape.document {
            attributes.insert("x-kubernetes-preserve-unknown-fields".to_owned(), json!(true));
        }
        // Items that are plain text carry their bounds in the list's own schema.
        if let Some(item) = &shape.member {
            let of_item = self.shape(&item.shape)?;
            if matches!(of_item.kind, Kind::String) && of_item.values.is_empty() {
                let bounds = self.attributes(&item.shape)?;
                if !bounds.is_empty() {
                    attributes.insert("items".to_owned(), text_schema(bounds));
                }
            }
        }
        Ok(attributes)
    }

    fn limit(&mut self, line: &str, ty: &Type, attributes: &mut Map<String, Value>) -> Result<(), Error> {
        if let Some(limit) = self.tables.limits.get(line) {
            self.used.insert(format!("limits.{line}"));
            let bounds = [
                ("maxItems", limit.max_items),
                ("maxLength", limit.max_length),
                ("maxProperties", limit.max_properties),
            ];
            for (key, bound) in bounds {
                if let Some(bound) = bound {
                    attributes.insert(key.to_owned(), json!(bound));
                }
            }
        }
        let unbounded = match ty {
            Type::List(_) => !attributes.contains_key("maxItems"),
            Type::Map(_) => !attributes.contains_key("maxProperties"),
            _ => false,
        };
        if unbounded {
            return Err(self.error(format!("{line} has no bound: give it one in hack/codegen/limits.toml")));
        }
        let text = |ty: &Type| match ty {
            Type::Text => Some(self.tables.defaults.text),
            Type::Enum(_) => Some(self.tables.defaults.value),
            _ => None,
        };
        if let Some(bound) = text(ty) {
            attributes.entry("maxLength").or_insert(json!(bound));
        }
        let inner = match ty {
            Type::List(item) => Some(("items", item)),
            Type::Map(value) => Some(("additionalProperties", value)),
            _ => None,
        };
        if let Some((key, inner)) = inner
            && let Some(bound) = text(inner)
        {
            let items = attributes.entry(key).or_insert_with(|| text_schema(Map::new()));
            if let Some(items) = items.as_object_mut() {
                items.entry("maxLength").or_insert(json!(bound));
            }
        }
        Ok(())
    }

    /// Whether a member holds an IAM role; one that looks like it must have been looked at by a person.
    fn role(&mut self, line: &str, member: &str, shape: &str) -> Result<bool, Error> {
        if self.tables.roles.contains(line) {
            self.used.insert(format!("roles.{line}"));
            return Ok(true);
        }
        if self.tables.not_roles.contains(line) {
            self.used.insert(format!("not-roles.{line}"));
            return Ok(false);
        }
        if member.to_ascii_lowercase().contains("role") || shape.to_ascii_lowercase().contains("role") {
            return Err(self.error(format!(
                "{line} looks like a role: name it in [roles] or [not-roles] of hack/codegen/tables.toml"
            )));
        }
        Ok(false)
    }

    fn facts(&self, name: &str, spec: &Spec) -> Result<SpecFacts, Error> {
        let create = &self.shape(self.input(&spec.create)?)?.members;
        let mut updated = BTreeSet::new();
        for operation in &spec.update {
            updated.extend(self.shape(self.input(operation)?)?.members.keys());
        }
        let immutable = match &spec.mutable {
            Mutable::All(_) => Vec::new(),
            Mutable::Members(mutable) => {
                if let Some(unknown) =
                    mutable.iter().find(|member| !create.contains_key(*member) || updated.contains(member))
                {
                    let cause =
                        format!("{unknown} is mutable in {name} without a line in operations.toml, or is none of it");
                    return Err(self.error(cause));
                }
                create
                    .keys()
                    .filter(|member| !spec.omit.contains(member))
                    .filter(|member| {
                        spec.immutable.contains(member) || !updated.contains(member) && !mutable.contains(member)
                    })
                    .cloned()
                    .collect()
            }
        };
        let mut facts = SpecFacts {
            name: name.to_owned(),
            immutable,
            role_paths: Vec::new(),
            default_zero_paths: Vec::new(),
            list_keys: Vec::new(),
        };
        self.walk(name, "", &mut facts);
        Ok(facts)
    }

    fn walk(&self, name: &str, path: &str, facts: &mut SpecFacts) {
        let Some(structure) = self.structs.get(name) else {
            return;
        };
        for field in &structure.fields {
            let path = format!("{path}{}", field.wire);
            if field.role {
                facts.role_paths.push(path.clone());
            }
            if field.default_zero {
                facts.default_zero_paths.push(path.clone());
            }
            if let Some(key) = &field.list_key {
                facts.list_keys.push((path.clone(), key.clone()));
            }
            if let Some((inner, steps)) = field.ty.structure() {
                self.walk(inner, &format!("{path}{steps}."), facts);
            }
        }
    }
}

fn number(bound: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "AWS's bounds are whole numbers, or are kept as they are")]
    let whole = bound as i64;
    #[expect(
        clippy::cast_precision_loss,
        reason = "only a bound that comes back unchanged is written as a whole number"
    )]
    let same = (whole as f64 - bound).abs() < f64::EPSILON;
    if same { json!(whole) } else { json!(bound) }
}

fn text_schema(mut bounds: Map<String, Value>) -> Value {
    bounds.insert("type".to_owned(), json!("string"));
    Value::Object(bounds)
}
