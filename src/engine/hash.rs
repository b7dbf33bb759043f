//! Hashes of canonical JSON.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The JSON text of a value with its keys in order and no space: equal values give equal texts.
pub fn canonical_text(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut keys: Vec<&String> = members.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(&members[key], out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

/// The first 32 hexadecimal digits of the SHA-256 of a value's canonical text.
pub fn of(value: &Value) -> String {
    of_text(&canonical_text(value))
}

/// The first 32 hexadecimal digits of the SHA-256 of a text.
pub fn of_text(text: &str) -> String {
    use std::fmt::Write as _;
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The token under which AWS makes a thing once. It stays the same over retries of one incarnation and changes with the next:
/// AWS may answer an old token with a thing that is gone. 32 characters; ECS takes up to 36 (CreateService, Amazon ECS API Reference).
pub fn client_token(uid: &str, desired: &str, incarnation: i32) -> String {
    of_text(&format!("{uid}/{desired}/{incarnation}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_order_of_keys_does_not_matter_and_that_of_items_does() {
        assert_eq!(of(&json!({"a": 1, "b": {"c": 2, "d": 3}})), of(&json!({"b": {"d": 3, "c": 2}, "a": 1})));
        assert_ne!(of(&json!([1, 2])), of(&json!([2, 1])));
    }

    #[test]
    fn a_token_changes_with_the_incarnation_alone() {
        let token = client_token("uid", "hash", 1);
        assert_eq!(token, client_token("uid", "hash", 1));
        assert_ne!(token, client_token("uid", "hash", 2));
        assert!(token.len() <= 36 && token.bytes().all(|b| (33..=126).contains(&b)), "{token} is no ECS client token");
    }
}
