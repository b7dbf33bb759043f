//! Lists in pages. A token names the last item given, so a list that changes meanwhile neither skips nor repeats.

use crate::error::Error;

use super::params::Params;

/// One page of `names`, which are in the list's order, and the token for the next.
pub(crate) fn page(
    request: Params<'_>,
    names: &[String],
    default: usize,
    max: usize,
) -> Result<(Vec<String>, Option<String>), Error> {
    let size = match request.int("maxResults") {
        None => default,
        Some(size) => usize::try_from(size)
            .ok()
            .filter(|size| (1..=max).contains(size))
            .ok_or_else(|| Error::invalid(format!("maxResults must be between 1 and {max}.")))?,
    };
    let start = match request.text("nextToken") {
        None => 0,
        Some(token) => {
            let token = decode(token).ok_or_else(|| Error::invalid("Invalid token"))?;
            let (stood, last) = token.split_once(' ').ok_or_else(|| Error::invalid("Invalid token"))?;
            match names.iter().position(|name| *name == last) {
                Some(at) => at + 1,
                // The item is gone: go on where it stood.
                None => stood.parse().unwrap_or(0).min(names.len()),
            }
        }
    };
    let end = names.len().min(start + size);
    let page = names[start..end].to_vec();
    let next = if end < names.len() { page.last().map(|name| encode(&format!("{} {name}", end - 1))) } else { None };
    Ok((page, next))
}

const MASK: u8 = 0x5a;

/// Opaque to callers, so that nobody comes to rely on what is in it.
pub(super) fn encode(name: &str) -> String {
    name.bytes()
        .flat_map(|byte| [(byte ^ MASK) >> 4, (byte ^ MASK) & 0xf])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

pub(super) fn decode(token: &str) -> Option<String> {
    if token.is_empty() || !token.is_ascii() || !token.len().is_multiple_of(2) {
        return None;
    }
    let bytes: Option<Vec<u8>> = (0..token.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&token[at..at + 2], 16).ok().map(|byte| byte ^ MASK))
        .collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pages_cover_a_list_that_changes() {
        let names: Vec<String> = ["a", "b", "c", "d"].map(String::from).to_vec();
        let first = json!({"maxResults": 2});
        let (page_one, token) = page(Params::new(&first), &names, 10, 100).unwrap();
        assert_eq!(page_one, ["a", "b"]);
        let without_b: Vec<String> = ["a", "c", "d"].map(String::from).to_vec();
        let second = json!({"maxResults": 2, "nextToken": token});
        let (page_two, end) = page(Params::new(&second), &without_b, 10, 100).unwrap();
        assert_eq!((page_two, end), (vec!["c".to_owned(), "d".to_owned()], None), "'b' went between the pages");
    }

    #[test]
    fn bad_paging_is_refused() {
        for request in
            [json!({"maxResults": 0}), json!({"maxResults": 101}), json!({"nextToken": "zz"}), json!({"nextToken": ""})]
        {
            assert!(page(Params::new(&request), &[], 10, 100).is_err(), "{request} was let through");
        }
    }
}
