//! Every field of every kind that is a role passes `--allowed-role-arns` first: the fields as the CRDs have them, and as the kinds know them.

use std::collections::BTreeSet;

use ecs_bridge::{
    engine::{Kind, reason, roles::RolePatterns},
    kinds,
};
use serde_json::{Value, json};

use crate::walk::schema;

const ALLOWED: &str = "arn:aws:iam::123456789012:role/shop-web";
const FOREIGN: &str = "arn:aws:iam::123456789012:role/admin";

/// Whether AWS calls roles so.
fn is_role(path: &str) -> bool {
    let name = path.rsplit(['.', '}']).next().unwrap_or_default().trim_end_matches("[]").to_lowercase();
    ["role", "rolearn", "rolearns", "instanceprofile", "instanceprofilearn"].iter().any(|ending| name.ends_with(ending))
}

/// A spec with this at the path, in the second item of each list.
fn spec(path: &str, role: &str) -> Value {
    path.rsplit('.').fold(json!(role), |inner, part| match part.strip_suffix("[]") {
        Some(list) => json!({ list: [{}, inner] }),
        None => json!({ part: inner }),
    })
}

struct Roles;

impl kinds::Visitor for Roles {
    type Made = Vec<String>;
    fn visit<K: Kind>(&mut self) -> Vec<String> {
        K::role_paths()
    }
}

#[test]
fn each_role_in_a_spec_has_to_be_allowed() {
    let patterns = RolePatterns::parse(["arn:aws:iam::123456789012:role/shop-*"]).expect("a pattern");
    let none = RolePatterns::default();
    let mut tried = 0;
    for kind in kinds::all(&mut Roles).expect("the kinds") {
        let paths = kind.made;
        let known: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        let leaves = schema::of(kind.kind).leaves;
        let in_crd: BTreeSet<&str> =
            leaves.iter().map(|leaf| leaf.path.as_str()).filter(|path| is_role(path)).collect();
        assert_eq!(known, in_crd, "{}: the roles that it knows (left), and those of its CRD (right)", kind.kind);
        for path in &paths {
            let place = format!("spec.{}: ", path.replace("[]", "[1]"));
            for (patterns, role, allowed) in [
                (&patterns, ALLOWED, true),
                (&patterns, FOREIGN, false),
                (&patterns, "shop-web", false),
                (&none, ALLOWED, false),
            ] {
                let what = format!("{} with {role} at {path}, where '{patterns}' may be passed", kind.kind);
                let checked = patterns.check(&spec(path, role), &paths, "spec");
                assert_eq!(checked.is_ok(), allowed, "{what}: {checked:?}");
                if let Err(why) = checked {
                    assert_eq!(why.reason, reason::ROLE_NOT_ALLOWED, "{what}");
                    assert!(why.message.starts_with(&place), "{what}: it does not name the place: {}", why.message);
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 40, "only {tried} roles were tried");
}
