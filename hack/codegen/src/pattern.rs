//! AWS's patterns as Kubernetes can use them.

/// The pattern for the whole text; none where Kubernetes' RE2 cannot compile it.
///
/// A schema's pattern matches anywhere in the text, AWS's the whole of it.
pub fn anchored(pattern: &str) -> Option<String> {
    if !is_re2(pattern) {
        return None;
    }
    let inner = match pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')) {
        // `^a|b$` is not a whole that is anchored.
        Some(inner) if !inner.contains('|') && !inner.ends_with('\\') => inner,
        _ => pattern,
    };
    Some(format!("^(?:{inner})$"))
}

/// Whether RE2 knows what the pattern uses: no looking around, no references back, no Java escapes, no large counts.
fn is_re2(pattern: &str) -> bool {
    let foreign = ["(?=", "(?!", "(?<=", "(?<!", "\\u", "\\p{Is", "*+", "++", "?+"];
    if foreign.iter().any(|foreign| pattern.contains(foreign)) {
        return false;
    }
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' && letters.next().is_some_and(|next| ('1'..='9').contains(&next)) {
            return false;
        }
    }
    // RE2 repeats at most a thousand times.
    pattern
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .flat_map(|(counts, _)| counts.split(','))
        .filter_map(|count| count.parse::<u32>().ok())
        .all(|count| count <= 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_anchored_or_left_out() {
        for (aws, ours) in [
            ("[0-9]{12}", Some("^(?:[0-9]{12})$")),
            ("^[a-z._*-]{1,128}$", Some("^(?:[a-z._*-]{1,128})$")),
            ("^a|b$", Some("^(?:^a|b$)$")),
            ("a|b", Some("^(?:a|b)$")),
            (r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)", Some(r"^(?:([\p{L}\p{Z}\p{N}_.:/=+\-@]*))$")),
            ("(?!aws:).*", None),
            (r"(a)\1", None),
            ("[a-z]{1,2048}", None),
            (r"[\u0020-\u007E]+", None),
        ] {
            assert_eq!(anchored(aws).as_deref(), ours, "the pattern {aws}");
        }
    }
}
