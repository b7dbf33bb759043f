//! Values of a Kubernetes Secret in a request. No plan, fact or memo ever holds one: a call says which Secret they come from, and the
//! operator's shell reads them as it sends the request.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde_json::{Map, Value};

use super::{
    Call, Refusal, RefusalKind, kubernetes,
    registry::{self, DOCKER_CONFIG},
};

/// What Secrets Manager takes as one value, in bytes (PutSecretValue, AWS Secrets Manager API Reference).
const MOST: usize = 65_536;

/// A Secret as it was at one moment: of the same UID and resourceVersion, it holds the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretVersion {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    pub resource_version: String,
    /// Those of its keys that are meant; `None`: all.
    pub keys: Option<Vec<String>>,
    /// The registry whose credentials are meant, instead of keys.
    pub registry: Option<String>,
}

/// The member of a request that holds a Secret's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub member: &'static str,
    pub secret: SecretVersion,
    /// Once the request is being sent.
    value: Option<Hidden>,
}

/// A text that is shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// Why a Secret's values can't be one text. It names keys, never values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsuitable {
    #[error("Secret {secret} has no key {key:?}: add it to the Secret, or take it out of spec.secretRef.keys")]
    NoKey { secret: String, key: String },
    #[error("Secret {secret} has no keys, and Secrets Manager takes no empty value: give it one")]
    Empty { secret: String },
    #[error(
        "the value of key {key:?} of Secret {secret} is no text in UTF-8, and can't stand in JSON: name the other keys in spec.secretRef.keys"
    )]
    NoText { secret: String, key: String },
    #[error(
        "the values of Secret {secret} are {size} bytes as JSON, and Secrets Manager takes {MOST}: name fewer keys in spec.secretRef.keys"
    )]
    TooLong { secret: String, size: usize },
    #[error(
        "Secret {secret} has no user and password for the registry {registry} in its key {DOCKER_CONFIG:?}: add them, or take another Secret"
    )]
    NoCredentials { secret: String, registry: String },
}

impl SecretVersion {
    /// The values of the Secret that has this UID and resourceVersion now; or why they are not what the plan meant.
    pub fn open(&self, now: (Option<&str>, Option<&str>), data: &BTreeMap<String, Vec<u8>>) -> Result<Hidden, Refusal> {
        let refusal = |kind, code: &str, message| Refusal {
            kind,
            operation: kubernetes::Operation::GetSecret.into(),
            code: code.to_owned(),
            message,
            request_id: None,
        };
        if now != (Some(&self.uid), Some(&self.resource_version)) {
            let message = format!("Secret {} has changed meanwhile", self.name);
            return Err(refusal(RefusalKind::Conflict, "Conflict", message));
        }
        self.text(data).map_err(|unsuitable| refusal(RefusalKind::Refused, "Unsuitable", unsuitable.to_string()))
    }

    /// The values as the JSON object that Secrets Manager and ECS read keys of, in the order of the keys: the same data is the same text.
    fn text(&self, data: &BTreeMap<String, Vec<u8>>) -> Result<Hidden, Unsuitable> {
        let secret = self.name.clone();
        if let Some(registry) = &self.registry {
            let found = data.get(DOCKER_CONFIG).and_then(|config| registry::credentials(config, registry));
            let missing = || Unsuitable::NoCredentials { secret, registry: registry.clone() };
            return found.map(|credentials| Hidden(credentials.to_string())).ok_or_else(missing);
        }
        let keys: Vec<&String> = match &self.keys {
            Some(keys) => keys.iter().collect(),
            None => data.keys().collect(),
        };
        let mut members = BTreeMap::new();
        for key in keys {
            let Some(value) = data.get(key) else { return Err(Unsuitable::NoKey { secret, key: key.clone() }) };
            let Ok(value) = std::str::from_utf8(value) else {
                return Err(Unsuitable::NoText { secret, key: key.clone() });
            };
            members.insert(key.clone(), Value::from(value));
        }
        if members.is_empty() {
            return Err(Unsuitable::Empty { secret });
        }
        let text = Value::Object(members.into_iter().collect::<Map<_, _>>()).to_string();
        if text.len() > MOST { Err(Unsuitable::TooLong { secret, size: text.len() }) } else { Ok(Hidden(text)) }
    }
}

impl Call {
    /// The same call, with these values of a Secret in a member of its request.
    #[must_use]
    pub fn with_secret(self, member: &'static str, secret: SecretVersion) -> Self {
        Call { sealed: Some(Sealed { member, secret, value: None }), ..self }
    }

    /// The same call, about to be sent.
    #[must_use]
    pub fn opened(&self, value: Hidden) -> Self {
        let mut call = self.clone();
        if let Some(sealed) = &mut call.sealed {
            sealed.value = Some(value);
        }
        call
    }

    /// The whole request; `None` where it still lacks what only the shell can put in.
    pub fn body(&self) -> Option<Cow<'_, Value>> {
        let Some(sealed) = &self.sealed else { return Some(Cow::Borrowed(&self.input)) };
        let Hidden(value) = sealed.value.as_ref()?;
        let mut body = self.input.clone();
        body[sealed.member] = Value::from(value.as_str());
        Some(Cow::Owned(body))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::secretsmanager::Operation;

    fn secret(keys: Option<&[&str]>) -> SecretVersion {
        SecretVersion {
            namespace: "shop".to_owned(),
            name: "db".to_owned(),
            uid: "uid".to_owned(),
            resource_version: "7".to_owned(),
            keys: keys.map(|keys| keys.iter().map(|key| (*key).to_owned()).collect()),
            registry: None,
        }
    }

    fn data(pairs: &[(&str, &[u8])]) -> BTreeMap<String, Vec<u8>> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), value.to_vec())).collect()
    }

    #[test]
    fn the_values_are_one_json_object_in_the_order_of_the_keys() {
        let all = data(&[("user", b"shop"), ("password", b"a \"b\""), ("cert", &[0xff, 0])]);
        let text = |keys: &[&str]| secret(Some(keys)).text(&all).map(|Hidden(text)| text);
        assert_eq!(text(&["user", "password"]), Ok(r#"{"password":"a \"b\"","user":"shop"}"#.to_owned()));
        assert_eq!(text(&["password", "user"]), text(&["user", "password"]), "the order of spec.secretRef.keys counts");
        let long = data(&[("a", &vec![b'x'; MOST])]);
        for (name, keys, data, part) in [
            ("a key that is not there", Some(&["host"][..]), &all, "has no key \"host\""),
            ("bytes", None, &all, "key \"cert\" of Secret db is no text"),
            ("nothing", None, &data(&[]), "has no keys"),
            ("too much", None, &long, "65544 bytes"),
        ] {
            let error = secret(keys).text(data).expect_err(name).to_string();
            assert!(error.contains(part), "{name}: {error}");
        }
    }

    #[test]
    fn the_credentials_of_a_registry_are_as_ecs_reads_them() {
        let config = br#"{"auths": {"registry.example": {"username": "shop", "password": "hunter2"}}}"#;
        let pull = |registry: &str| SecretVersion { registry: Some(registry.to_owned()), ..secret(None) };
        let all = data(&[(DOCKER_CONFIG, config)]);
        let Hidden(text) = pull("registry.example").text(&all).expect("credentials");
        assert_eq!(text, r#"{"password":"hunter2","username":"shop"}"#);
        let error = pull("docker.io").text(&all).expect_err("another registry").to_string();
        assert!(error.contains("registry docker.io") && !error.contains("hunter2"), "{error}");
    }

    #[test]
    fn a_request_is_whole_once_it_is_opened_and_shows_its_values_to_nobody() {
        let call = Call::new(Operation::PutSecretValue, &json!({"SecretId": "shop_db"}));
        let sealed = call.clone().with_secret("SecretString", secret(None));
        assert_eq!(call.body().as_deref(), Some(&call.input), "nothing is sealed");
        assert_eq!(sealed.body(), None, "it would be sent without its values");
        let opened = sealed.opened(secret(None).text(&data(&[("password", b"hunter2")])).expect("a text"));
        let body = json!({"SecretId": "shop_db", "SecretString": r#"{"password":"hunter2"}"#});
        assert_eq!(opened.body().as_deref(), Some(&body));
        assert!(!format!("{opened:?}").contains("hunter2"), "{opened:?}");
    }
}
