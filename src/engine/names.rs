//! The names of things in AWS.

use super::{Identity, hash};

/// What a service allows in a name.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Between namespace and name; a character that neither may hold, so that two objects can't meet.
    pub separator: char,
    pub max_length: usize,
    pub allows: fn(&str) -> bool,
}

/// ECS: letters, digits, hyphens and underscores, up to 255 (CreateCluster, CreateService, RegisterTaskDefinition; Amazon ECS API Reference).
pub const ECS: Rules = Rules {
    separator: '_',
    max_length: 255,
    allows: |name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'),
};

/// ECR: runs of lower-case letters and digits, joined by one `.`, `_`, `-` or `/`, up to 256 (CreateRepository; Amazon ECR API Reference).
pub const ECR: Rules = Rules {
    separator: '/',
    max_length: 256,
    allows: |name| {
        name.len() >= 2
            && name
                .split(['.', '_', '-', '/'])
                .all(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
    },
};

/// The name of an object's AWS thing where the spec gives none: `<namespace><separator><name>` behind the prefix. What the service does
/// not allow is left out, and what is too long is cut; then a hash stands behind it.
pub fn default_name(identity: &Identity, prefix: &str, rules: Rules) -> String {
    let Identity { namespace, name, .. } = identity;
    allowed(format!("{prefix}{namespace}{}{name}", rules.separator), rules)
}

/// The same where the name is one in DNS: `<name><separator><namespace>`, as the cluster has it.
pub fn default_dns_name(identity: &Identity, prefix: &str, rules: Rules) -> String {
    let Identity { namespace, name, .. } = identity;
    allowed(format!("{prefix}{name}{}{namespace}", rules.separator), rules)
}

fn allowed(plain: String, rules: Rules) -> String {
    if plain.len() <= rules.max_length && (rules.allows)(&plain) {
        return plain;
    }
    let hash = &hash::of_text(&plain)[..10];
    // `_` is in no Kubernetes name: a shortened name can't be another object's plain one.
    let room = rules.max_length - hash.len() - 1;
    let mut kept = String::new();
    for c in plain.chars() {
        kept.push(if c == '.' && rules.separator == '_' { '-' } else { c });
        if kept.len() > room || (!kept.ends_with(['-', '.', '/']) && !(rules.allows)(&kept) && kept.len() > 1) {
            kept.pop();
        }
    }
    let kept = kept.trim_end_matches(['-', '.', '_', '/']);
    format!("{}_{hash}", squeeze(kept))
}

/// A name of Kubernetes, or one that is made of such: where it is too long it is cut, and gets a hash.
pub fn shortened(name: &str, longest: usize) -> String {
    if name.len() <= longest {
        return name.to_owned();
    }
    let hash = &hash::of_text(name)[..10];
    let kept: String = name.chars().take(longest - hash.len() - 1).collect();
    format!("{}-{hash}", kept.trim_end_matches(['-', '.']))
}

/// Runs of hyphens become one: ECR allows no two separators in a row.
fn squeeze(name: &str) -> String {
    let mut squeezed = String::with_capacity(name.len());
    for c in name.chars() {
        if !(c == '-' && squeezed.ends_with('-')) {
            squeezed.push(c);
        }
    }
    squeezed
}

/// Whether it is what the names of Kubernetes are made of: a label, as RFC 1123 has it.
pub fn is_label(text: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(is_known) && !text.starts_with('-') && !text.ends_with('-')
}

/// The last part of an ARN, or the name itself: `arn:aws:ecs:…:cluster/prod` and `prod` name the same cluster.
pub fn short_name(name_or_arn: &str) -> &str {
    if name_or_arn.starts_with("arn:") { name_or_arn.rsplit('/').next().unwrap_or(name_or_arn) } else { name_or_arn }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::env::testing;

    fn name(namespace: &str, name: &str, rules: Rules) -> String {
        default_name(&testing::env("Any", namespace, name).identity, "", rules)
    }

    #[test]
    fn a_name_is_namespace_and_name() {
        assert_eq!(name("shop", "web-1", ECS), "shop_web-1");
        assert_eq!(name("shop", "web.v1", ECR), "shop/web.v1");
        assert_eq!(default_name(&testing::env("Any", "shop", "web").identity, "blue-", ECS), "blue-shop_web");
    }

    #[test]
    fn every_kubernetes_name_becomes_an_allowed_one_of_its_own() {
        let long = "a".repeat(250);
        let mut seen = std::collections::BTreeSet::new();
        for rules in [ECS, ECR] {
            seen.clear();
            for (namespace, object) in [
                ("shop", "web.v1"),
                ("shop", "web-v1"),
                ("shop", "a--b"),
                ("shop", "a.-b"),
                ("a", long.as_str()),
                ("b", long.as_str()),
                ("a--b", "c"),
                ("0", "0"),
            ] {
                let made = name(namespace, object, rules);
                assert!((rules.allows)(&made) && made.len() <= rules.max_length, "{namespace}/{object} gives {made:?}");
                assert!(seen.insert(made.clone()), "{namespace}/{object} gives {made:?}, which another one has");
            }
        }
    }

    #[test]
    fn an_arn_and_a_name_mean_the_same() {
        assert_eq!(short_name("arn:aws:ecs:eu-west-1:1:cluster/prod"), "prod");
        assert_eq!(short_name("prod"), "prod");
    }
}
