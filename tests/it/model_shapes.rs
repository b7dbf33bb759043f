//! Random requests and responses, from AWS's own shapes: what the model and the way to the SDK are held to.

use std::path::Path;

use serde_json::{Map, Value, json};

/// Members that AWS's model leaves open and ours needs: the keys of list-maps.
const KEYS: &[(&str, &str)] = &[
    ("ClusterSetting", "name"),
    ("ContainerDefinition", "name"),
    ("DnsRecord", "Type"),
    ("KeyValuePair", "name"),
    ("Tag", "key"),
    ("Tag", "Key"),
    ("Volume", "name"),
];

/// Texts that are easy to break on the way.
const TEXTS: &[&str] =
    &["", "a", "two words", "quote \" and \\", "line\nbreak", "ü ✓ 🦀", "arn:aws:iam::1:role/x", "0"];

/// The shapes of one service, as `e2e/sim/shapes` has them.
pub struct Shapes(Value);

impl Shapes {
    pub fn read(service: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("e2e/sim/shapes/{service}.json"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    /// The name of an operation's `input` or `output` shape.
    pub fn of(&self, operation: &str, side: &str) -> &str {
        let name = &self.0["operations"][operation][side]["shape"];
        name.as_str().unwrap_or_else(|| panic!("{operation} has no {side}"))
    }

    /// Whether the operation answers without a body.
    pub fn answers_nothing(&self, operation: &str) -> bool {
        self.0["operations"][operation]["output"].is_null()
    }

    pub fn shape(&self, name: &str) -> &Value {
        let shape = &self.0["shapes"][name];
        assert!(shape.is_object(), "there is no shape {name}");
        shape
    }

    /// A random value of a shape; the same for the same seed.
    pub fn random(&self, name: &str, seed: u64) -> Value {
        self.value(name, &mut Seed(seed), 0)
    }

    fn value(&self, name: &str, seed: &mut Seed, depth: u32) -> Value {
        let shape = self.shape(name);
        match shape["type"].as_str() {
            Some("structure") if shape["document"] == true => json!({"any": [seed.text(), 1, 2.5, true, {"deep": {}}]}),
            Some("structure") => self.structure(name, shape, seed, depth),
            Some("list") => {
                let item = &shape["member"]["shape"];
                let count = seed.below(3);
                (0..count).map(|_| self.value(item.as_str().unwrap_or_default(), seed, depth + 1)).collect()
            }
            Some("map") => {
                let value = &shape["value"]["shape"];
                let count = seed.below(3);
                let entries = (0..count).map(|at| {
                    let key = format!("{}{at}", seed.text());
                    (key, self.value(value.as_str().unwrap_or_default(), seed, depth + 1))
                });
                Value::Object(entries.collect())
            }
            Some("string") => match shape["enum"].as_array() {
                // Now and then one that AWS will think of later.
                Some(known) if seed.below(8) > 0 => known[seed.below(known.len())].clone(),
                Some(_) => json!("A_NEW_VALUE"),
                None => json!(seed.text()),
            },
            Some("integer") => json!([0, 1, -1, i32::MAX, i32::MIN, 512][seed.below(6)]),
            Some("long") => json!([0, 1, i64::MAX, i64::MIN][seed.below(4)]),
            Some("double" | "float") => json!([0.0, 0.5, -12.25][seed.below(3)]),
            Some("timestamp") => json!([0.0, 1_479_999_999.0, 1_700_000_000.125][seed.below(3)]),
            Some("blob") => json!(["", "YQ=="][seed.below(2)]),
            Some("boolean") => json!(seed.below(2) == 0),
            other => panic!("{name} is of the type {other:?}, which no operation needed so far"),
        }
    }

    fn structure(&self, name: &str, shape: &Value, seed: &mut Seed, depth: u32) -> Value {
        if shape["union"] == true {
            return self.one_of(shape, seed, depth);
        }
        let required = shape["required"].as_array().cloned().unwrap_or_default();
        let mut members = Map::new();
        for (member, reference) in shape["members"].as_object().into_iter().flatten() {
            let needed = required.iter().any(|required| required == member) || KEYS.contains(&(name, member));
            // Fewer of them further down, or the whole would be large and always alike.
            if needed || seed.below(depth as usize / 2 + 2) == 0 {
                let shape = reference["shape"].as_str().unwrap_or_default();
                members.insert(member.clone(), self.value(shape, seed, depth + 1));
            }
        }
        Value::Object(members)
    }

    /// A union holds one of its members, no more and no less.
    fn one_of(&self, shape: &Value, seed: &mut Seed, depth: u32) -> Value {
        let members: Vec<_> = shape["members"].as_object().into_iter().flatten().collect();
        let (member, reference) = members[seed.below(members.len())];
        let value = self.value(reference["shape"].as_str().unwrap_or_default(), seed, depth + 1);
        json!({ member.as_str(): value })
    }
}

/// Splitmix64: small, and the same everywhere.
struct Seed(u64);

impl Seed {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % bound as u64).unwrap_or_default()
    }

    fn text(&mut self) -> &'static str {
        TEXTS[self.below(TEXTS.len())]
    }
}
