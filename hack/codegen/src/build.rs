//! From AWS's model and the tables to what is written.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, json};

use crate::Error;
use crate::ir::{Enum, Field, Module, Operation, Struct, Type};
use crate::model::{Kind, Location, Model, Reference, Shape};
use crate::names;
use crate::tables::{Spec, Tables};

/// Builds one service's module; `used` collects the lines of the tables that were of use.
pub struct Builder<'a> {
    pub(crate) service: &'a str,
    pub(crate) model: &'a Model,
    pub(crate) tables: &'a Tables,
    pub(crate) used: &'a mut BTreeSet<String>,
    pub(crate) structs: BTreeMap<String, Struct>,
    pub(crate) enums: BTreeMap<String, Enum>,
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
            self.structure(&request, false)?;
            if let Some(response) = self.output(name) {
                self.structure(response, false)?;
            }
            let (elsewhere, has_body) = self.locations(&request)?;
            operations.push(Operation { name: name.clone(), request, elsewhere, has_body });
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

    pub(crate) fn error(&self, cause: String) -> Error {
        Error::Model { service: self.service.to_owned(), cause }
    }

    pub(crate) fn shape(&self, name: &str) -> Result<&'a Shape, Error> {
        let found = self.model.shapes.get(name);
        found.ok_or_else(|| self.error(format!("it has no shape {name}")))
    }

    pub(crate) fn input(&self, operation: &str) -> Result<&'a str, Error> {
        let found = self.model.operations.get(operation).and_then(|found| found.input.as_ref());
        found
            .map(|input| input.shape.as_str())
            .ok_or_else(|| self.error(format!("it has no operation {operation} with an input")))
    }

    /// What the operation answers; some answer nothing at all.
    fn output(&self, operation: &str) -> Option<&'a str> {
        let output = self.model.operations.get(operation)?.output.as_ref()?;
        Some(output.shape.as_str())
    }

    /// The members of a request that stand in its path or its query string, and whether any stands in its body.
    fn locations(&self, request: &str) -> Result<(Vec<String>, bool), Error> {
        let members = &self.shape(request)?.members;
        let (outside, inside): (Vec<_>, Vec<_>) = members.iter().partition(|(_, member)| member.location.is_some());
        for (name, member) in &outside {
            if !matches!(member.location, Some(Location::Uri | Location::Querystring)) {
                return Err(self.error(format!("{request}.{name} is a header, which no request needed so far")));
            }
        }
        Ok((outside.into_iter().map(|(name, _)| name.clone()).collect(), !inside.is_empty()))
    }

    /// Whether no structure may hold the member: it is secret, and AWS marks it so too.
    fn is_sealed(&self, reference: &Reference) -> Result<bool, Error> {
        let service = self.tables.services.get(self.service);
        let listed = service.is_some_and(|service| service.sealed.contains(&reference.shape));
        if listed && !self.shape(&reference.shape)?.sensitive {
            return Err(self.error(format!("{} is sealed, and AWS does not mark it as sensitive", reference.shape)));
        }
        Ok(listed)
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
                if spec.omit.contains(member) || self.is_sealed(reference)? {
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
        let takers = match spec.update.split_last() {
            None => format!("`{}` takes", spec.create),
            Some((last, others)) => {
                let first: Vec<String> =
                    std::iter::once(&spec.create).chain(others).map(|operation| format!("`{operation}`")).collect();
                format!("{} and `{last}` take", first.join(", "))
            }
        };
        let doc = format!("All that {takers}, in the {}.", self.title());
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
            if self.is_sealed(reference)? {
                continue;
            }
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
}
