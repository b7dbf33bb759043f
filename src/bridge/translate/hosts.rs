//! What in a text may be a host: where it stands, and nothing of what it means.

use crate::engine::names;

/// What may be a host, with its port.
pub struct Word<'t> {
    text: &'t str,
    /// Where it begins, in bytes.
    pub start: usize,
    pub is: &'t str,
}

/// What stands between what URLs and lists have around it.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '_');
    let mut at = 0;
    text.split(move |c: char| !is_of_word(c)).filter_map(move |run| {
        // The run is a part of the text, and what splits it is one character.
        let start = at;
        at += run.len() + text[start + run.len()..].chars().next().map_or(0, char::len_utf8);
        // The colon of a scheme, as in `http://`.
        let is = run.trim_matches(':');
        let lead = run.len() - run.trim_start_matches(':').len();
        (!is.is_empty()).then_some(Word { text, start: start + lead, is })
    })
}

impl<'t> Word<'t> {
    fn before(&self) -> &'t str {
        &self.text[..self.start]
    }

    fn after(&self) -> &'t str {
        &self.text[self.start + self.is.len()..]
    }

    /// A host stands neither in a path nor before an `@`.
    pub fn may_be_host(&self) -> bool {
        let is_in_path = self.before().ends_with('/') && !self.is_after_scheme();
        !is_in_path && !self.after().starts_with('@')
    }

    fn is_after_scheme(&self) -> bool {
        self.before().ends_with("//") && !self.before().ends_with("///")
    }

    /// It is a URL's host.
    pub fn is_in_url(&self) -> bool {
        let is_after_user = self.before().ends_with('@') && self.before().contains("//");
        self.is_after_scheme() || is_after_user
    }

    /// Nothing else is in the text.
    pub fn is_all(&self) -> bool {
        self.is == self.text
    }

    /// The port that the URL's scheme stands for.
    pub fn port_of_scheme(&self) -> Option<u16> {
        let (before, _) = self.before().rsplit_once("//")?;
        let ports = [("http:", 80), ("ws:", 80), ("https:", 443), ("wss:", 443)];
        let is_scheme = |scheme: &str| {
            let rest = before.strip_suffix(scheme);
            rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || "+-.".contains(c)))
        };
        ports.into_iter().find(|(scheme, _)| is_scheme(scheme)).map(|(_, port)| port)
    }
}

/// Nothing but a Service of a cluster has such a name.
pub fn is_long(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.rsplit_once('.').is_some_and(|(_, last)| last == "svc") || host.ends_with(".svc.cluster.local")
}

/// A name and a namespace that a Service could have.
pub fn name_and_namespace(host: &str) -> Option<(&str, &str)> {
    let (name, namespace) = host.split_once('.')?;
    let is_label = |text: &str| names::is_label(text) && text.starts_with(|c: char| c.is_ascii_lowercase());
    (is_label(name) && is_label(namespace)).then_some((name, namespace))
}

/// The top-level domains that hosts with two labels are seen in, beside those of countries, which have two letters.
const DOMAINS: &[&str] = &[
    "app",
    "arpa",
    "biz",
    "cloud",
    "com",
    "corp",
    "dev",
    "edu",
    "example",
    "gov",
    "home",
    "info",
    "int",
    "internal",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "mil",
    "name",
    "net",
    "online",
    "org",
    "page",
    "pro",
    "run",
    "shop",
    "site",
    "store",
    "systems",
    "tech",
    "test",
    "xyz",
];

/// Whether people have hosts under it: what looks like a namespace may be one all the same.
pub fn is_domain(label: &str) -> bool {
    label.len() == 2 || DOMAINS.contains(&label)
}

/// A name that a Service could have.
pub fn reads_like_a_service(host: &str) -> bool {
    let is_label =
        !host.contains(['.', '_']) && host != "localhost" && host.starts_with(|c: char| c.is_ascii_lowercase());
    (is_label && host.len() > 1) || is_long(host)
}
