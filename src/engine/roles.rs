//! Which IAM roles may be handed to AWS: `--allowed-role-arns`, over every field that is a role.

use std::{fmt, str::FromStr};

use serde_json::Value;

use super::{Why, reason};

/// Patterns of role ARNs; `*` stands for any run of characters. None: no role at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RolePatterns(Vec<Pattern>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern(String);

/// A pattern that can match no role ARN.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no pattern of role ARNs: write it as arn:aws:iam::123456789012:role/team-*")]
pub struct BadPattern(String);

impl FromStr for Pattern {
    type Err = BadPattern;

    fn from_str(text: &str) -> Result<Self, BadPattern> {
        if text == "*" || (text.starts_with("arn:") && text.contains(":iam:")) {
            Ok(Pattern(text.to_owned()))
        } else {
            Err(BadPattern(text.to_owned()))
        }
    }
}

impl fmt::Display for RolePatterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|pattern| pattern.0.as_str()).collect::<Vec<_>>().join(","))
    }
}

impl RolePatterns {
    pub fn parse<S: AsRef<str>>(patterns: impl IntoIterator<Item = S>) -> Result<Self, BadPattern> {
        patterns.into_iter().map(|pattern| pattern.as_ref().trim().parse()).collect::<Result<_, _>>().map(RolePatterns)
    }

    pub fn allows(&self, arn: &str) -> bool {
        self.0.iter().any(|pattern| matches(pattern.0.as_bytes(), arn.as_bytes()))
    }

    /// Checks every role under `value` at one of `paths`; the error names the field and the remedy.
    pub fn check(&self, value: &Value, paths: &[String], root: &str) -> Result<(), Why> {
        for path in paths {
            for (place, role) in at(value, path) {
                let Some(role) = role.as_str() else { continue };
                let denied = |what: String| Err(Why::new(reason::ROLE_NOT_ALLOWED, format!("{root}{place}: {what}")));
                if !role.starts_with("arn:") {
                    return denied(format!(
                        "{role:?} is a role by its short name, which can't be checked: give its ARN"
                    ));
                }
                if !self.allows(role) {
                    return denied(format!(
                        "{role} is not a role that this operator may pass: an administrator can allow it by --allowed-role-arns (now: {})",
                        if self.0.is_empty() { "none".to_owned() } else { self.to_string() }
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Whether a text is what the pattern says: `*` stands for any run of characters.
pub fn matches(pattern: &[u8], text: &[u8]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((b'*', rest)) => (0..=text.len()).any(|skip| matches(rest, &text[skip..])),
        Some((byte, rest)) => text.split_first().is_some_and(|(first, text)| first == byte && matches(rest, text)),
    }
}

/// The values at a path such as `loadBalancers[].advancedConfiguration.roleArn`, each with its place.
pub fn at<'v>(value: &'v Value, path: &str) -> Vec<(String, &'v Value)> {
    let mut found = vec![(String::new(), value)];
    for part in path.split('.') {
        let (name, list) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
        found = found
            .into_iter()
            .filter_map(|(place, value)| Some((format!("{place}.{name}"), value.get(name)?)))
            .flat_map(|(place, value)| match value {
                Value::Array(items) if list => {
                    items.iter().enumerate().map(|(i, item)| (format!("{place}[{i}]"), item)).collect()
                }
                value => vec![(place, value)],
            })
            .collect();
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PATHS: &[&str] = &["role", "taskDefinition.taskRoleArn", "loadBalancers[].advancedConfiguration.roleArn"];

    fn check(patterns: &[&str], spec: &Value) -> Result<(), String> {
        let paths: Vec<String> = PATHS.iter().map(|path| (*path).to_owned()).collect();
        RolePatterns::parse(patterns).expect("good patterns").check(spec, &paths, "spec").map_err(|why| why.message)
    }

    #[test]
    fn a_role_passes_by_a_pattern_only() {
        let spec = json!({"loadBalancers": [{}, {"advancedConfiguration": {"roleArn": "arn:aws:iam::1:role/lb"}}]});
        assert!(
            check(&[], &spec)
                .expect_err("none by default")
                .starts_with("spec.loadBalancers[1].advancedConfiguration.roleArn:")
        );
        assert!(check(&["arn:aws:iam::1:role/x*"], &spec).is_err());
        assert!(check(&["arn:aws:iam::2:role/*"], &spec).is_err());
        assert_eq!(check(&["arn:aws:iam::2:role/*", "arn:aws:iam::1:role/l*"], &spec), Ok(()));
        assert_eq!(check(&["*"], &spec), Ok(()));
        assert_eq!(check(&[], &json!({"taskDefinition": {"family": "f"}})), Ok(()));
    }

    #[test]
    fn a_short_name_is_refused_whatever_the_patterns() {
        assert!(check(&["*"], &json!({"role": "ecsServiceRole"})).expect_err("short").contains("give its ARN"));
    }

    #[test]
    fn a_pattern_that_can_match_nothing_is_an_error() {
        assert_eq!(RolePatterns::parse(["role/x"]), Err(BadPattern("role/x".to_owned())));
    }
}
