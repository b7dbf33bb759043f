//! What a field's schema holds beyond its type: bounds, patterns, what Kubernetes needs to know.

use serde_json::{Map, Value, json};

use crate::Error;
use crate::build::Builder;
use crate::ir::Type;
use crate::model::Kind;
use crate::pattern;

impl Builder<'_> {
    /// The bounds that the model itself knows.
    pub(crate) fn attributes(&self, name: &str) -> Result<Map<String, Value>, Error> {
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
        // Items and values that are plain text carry their bounds in the list's or the map's own schema.
        for (key, inner) in [("items", &shape.member), ("additionalProperties", &shape.value)] {
            let Some(inner) = inner else { continue };
            let of_inner = self.shape(&inner.shape)?;
            if matches!(of_inner.kind, Kind::String) && of_inner.values.is_empty() {
                let bounds = self.attributes(&inner.shape)?;
                if !bounds.is_empty() {
                    attributes.insert(key.to_owned(), text_schema(bounds));
                }
            }
        }
        Ok(attributes)
    }

    pub(crate) fn limit(&mut self, line: &str, ty: &Type, attributes: &mut Map<String, Value>) -> Result<(), Error> {
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
