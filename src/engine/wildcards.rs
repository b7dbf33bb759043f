//! Patterns as AWS has them: `*` stands for any run of characters, `?` for one.

/// Whether a text is what the pattern says.
pub fn matches(pattern: &str, text: &str) -> bool {
    meet(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>(), false)
}

/// Whether any text is what both patterns say.
pub fn overlap(one: &str, other: &str) -> bool {
    meet(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), true)
}

/// Whether the two have a text in common; `wild`: the second is a pattern too. `reach[j]`: the first so far and the second's first j meet.
fn meet(one: &[char], other: &[char], wild: bool) -> bool {
    let is_star = |letter: char| wild && letter == '*';
    let mut reach = vec![true];
    for &letter in other {
        let before = reach.last().copied().unwrap_or(false);
        reach.push(before && is_star(letter));
    }
    for &letter in one {
        let mut next = vec![reach[0] && letter == '*'];
        for (j, &against) in other.iter().enumerate() {
            let stars = letter == '*' || is_star(against);
            let single = letter == '?' || letter == against || (wild && against == '?');
            // A star takes nothing, or one more; two single letters take each other.
            next.push(if stars { next[j] || reach[j + 1] || reach[j] } else { reach[j] && single });
        }
        reach = next;
    }
    reach.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_texts() {
        for (pattern, text, expected) in [
            ("shop", "shop", true),
            ("shop", "shops", false),
            ("sh?p", "shop", true),
            ("sh?p", "shp", false),
            ("*", "", true),
            ("shop-*", "shop-", true),
            ("shop-*", "shop-a-b", true),
            ("*-prod", "shop-prod", true),
            ("*-prod", "shop-prod-2", false),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxcyyb", false),
            ("**", "x", true),
            ("shop", "*", false),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn patterns_overlap_where_a_text_is_what_both_say() {
        for (one, other, expected) in [
            ("shop", "shop", true),
            ("shop", "web", false),
            ("shop-*", "*-prod", true),
            ("a*", "b*", false),
            ("a?c", "ab?", true),
            ("a?", "a", false),
            ("*", "anything", true),
            ("*a", "*b", false),
            ("a*b", "a*c*b", true),
        ] {
            assert_eq!(overlap(one, other), expected, "{one} and {other}");
            assert_eq!(overlap(other, one), expected, "{other} and {one}");
        }
    }
}
