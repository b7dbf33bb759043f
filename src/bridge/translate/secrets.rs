//! Which entry of AWS Secrets Manager or of the Parameter Store holds a key of a Kubernetes Secret.

use std::collections::{BTreeMap, BTreeSet};

/// For Secrets by name: what holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecretSources(BTreeMap<String, Source>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Source {
    /// A Secrets Manager secret that holds a JSON object with all keys; or, of an image pull secret, AWS's form of it.
    whole: Option<String>,
    /// Which version of that; empty: the newest.
    version: String,
    keys: BTreeMap<String, String>,
    /// Of an image pull secret: AWS's form of it, by registry.
    registries: BTreeMap<String, String>,
}

/// What is no mapping.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSource {
    #[error("{0:?}: write NAME/KEY=ARN, or NAME=ARN for a secret of Secrets Manager that holds all keys as JSON")]
    Form(String),
    #[error("{0}: {1:?} is the ARN of neither a Secrets Manager secret nor a parameter of the Parameter Store")]
    Arn(String, String),
    #[error("{0}: a parameter of the Parameter Store holds one value: write {0}/KEY=ARN")]
    WholeParameter(String),
}

impl SecretSources {
    /// From `NAME/KEY=ARN` and `NAME=ARN`.
    pub fn parse(mappings: &[String]) -> Result<Self, BadSource> {
        let mut sources = Self::default();
        for mapping in mappings {
            let (secret, arn) = mapping.split_once('=').ok_or_else(|| BadSource::Form(mapping.clone()))?;
            let service = service(arn).ok_or_else(|| BadSource::Arn(secret.into(), arn.into()))?;
            let (name, key) = secret.split_once('/').map_or((secret, None), |(name, key)| (name, Some(key)));
            if name.is_empty() || key.is_some_and(str::is_empty) {
                return Err(BadSource::Form(mapping.clone()));
            }
            let source = sources.0.entry(name.to_owned()).or_default();
            match key {
                Some(key) => drop(source.keys.insert(key.to_owned(), arn.to_owned())),
                None if service == Service::Parameters => return Err(BadSource::WholeParameter(name.into())),
                None => source.whole = Some(arn.to_owned()),
            }
        }
        Ok(sources)
    }

    /// A version of a Secrets Manager secret holds the keys of a Secret that have no entry of their own.
    pub fn holds(&mut self, name: &str, arn: &str, version: &str) {
        let source = self.0.entry(name.to_owned()).or_default();
        source.whole = Some(arn.to_owned());
        version.clone_into(&mut source.version);
    }

    /// A Secrets Manager secret holds what a Secret has for a registry.
    pub fn holds_registry(&mut self, name: &str, registry: &str, arn: &str) {
        self.0.entry(name.to_owned()).or_default().registries.insert(registry.to_owned(), arn.to_owned());
    }

    /// The Secrets Manager secret that holds the credentials for a registry.
    pub fn credentials(&self, name: &str, registry: &str) -> Option<&str> {
        let source = self.0.get(name)?;
        source.registries.get(registry).or(source.whole.as_ref()).map(String::as_str)
    }

    /// What `valueFrom` of an ECS secret is for this key.
    pub fn value_from(&self, name: &str, key: &str) -> Option<String> {
        let source = self.0.get(name)?;
        let of_key = source.keys.get(key).cloned();
        // Of a JSON object: ARN:KEY:VERSION-STAGE:VERSION-ID.
        of_key.or_else(|| Some(format!("{}:{key}::{}", source.whole.as_ref()?, source.version)))
    }

    /// The Secrets Manager secret that holds all of it.
    pub fn whole(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.whole.as_deref()
    }

    /// The keys that are mapped one by one.
    pub fn keys(&self, name: &str) -> BTreeSet<String> {
        self.0.get(name).map(|source| source.keys.keys().cloned().collect()).unwrap_or_default()
    }
}

#[derive(PartialEq, Eq)]
enum Service {
    Secrets,
    Parameters,
}

fn service(arn: &str) -> Option<Service> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "secretsmanager", _, _, resource]
            if resource.len() > "secret:".len() && resource.starts_with("secret:") =>
        {
            Some(Service::Secrets)
        }
        ["arn", _, "ssm", _, _, resource]
            if resource.len() > "parameter/".len() && resource.starts_with("parameter/") =>
        {
            Some(Service::Parameters)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
    const PARAMETER: &str = "arn:aws:ssm:eu-west-1:123456789012:parameter/db/user";

    fn parse(mappings: &[String]) -> Result<SecretSources, BadSource> {
        SecretSources::parse(mappings)
    }

    #[test]
    fn a_key_has_an_entry_of_its_own_or_a_place_in_one_for_all() {
        let sources = parse(&[format!("db={SECRET}"), format!("db/user={PARAMETER}"), format!("other/x={SECRET}")]);
        let sources = sources.expect("mappings");
        assert_eq!(sources.value_from("db", "user").as_deref(), Some(PARAMETER));
        assert_eq!(sources.value_from("db", "password"), Some(format!("{SECRET}:password::")));
        assert_eq!(sources.value_from("other", "x").as_deref(), Some(SECRET));
        assert_eq!(sources.value_from("other", "y"), None);
        assert_eq!(sources.value_from("none", "y"), None);
        assert_eq!((sources.whole("db"), sources.whole("other")), (Some(SECRET), None));
        assert_eq!(sources.keys("db").into_iter().collect::<Vec<_>>(), ["user"]);
    }

    #[test]
    fn a_copy_is_named_with_its_version_and_leaves_keys_that_have_an_entry() {
        let mut sources = parse(&[format!("db/user={PARAMETER}")]).expect("a mapping");
        sources.holds("db", SECRET, "v1");
        assert_eq!(sources.value_from("db", "user").as_deref(), Some(PARAMETER));
        assert_eq!(sources.value_from("db", "password"), Some(format!("{SECRET}:password::v1")));
        sources.holds_registry("pull", "docker.io", SECRET);
        assert_eq!(sources.credentials("pull", "docker.io"), Some(SECRET));
        assert_eq!(sources.credentials("pull", "registry.example"), None);
        assert_eq!(sources.credentials("db", "docker.io"), Some(SECRET), "one that was given holds for any registry");
    }

    #[test]
    fn what_is_no_mapping_is_refused() {
        for (mapping, expected) in [
            ("db".to_owned(), "NAME/KEY=ARN"),
            (format!("={SECRET}"), "NAME/KEY=ARN"),
            (format!("db/={SECRET}"), "NAME/KEY=ARN"),
            ("db=password".into(), "neither"),
            ("db=arn:aws:s3:::bucket".into(), "neither"),
            ("db=arn:aws:ssm:eu-west-1:1:parameter/".into(), "neither"),
            (format!("db={PARAMETER}"), "db/KEY=ARN"),
        ] {
            let error = parse(std::slice::from_ref(&mapping)).expect_err(&mapping).to_string();
            assert!(error.contains(expected), "{mapping}: {error}");
        }
    }
}
