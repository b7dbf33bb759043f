//! The variables of a container.
//!
//! As the kubelet makes them: those of `envFrom` first, then those of `env` in their order, each of which may refer to what came before it. What
//! came last counts.

use k8s_openapi::api::core::v1::{ConfigMap, EnvFromSource, EnvVar, EnvVarSource};

use super::{
    containers::hidden,
    context::Context,
    expand::{Meaning, expand},
    metadata,
    path::{Path, Unit},
    report::Verdict,
    resources,
    run::Run,
    services::{self, Place},
    settings::Settings,
};
use crate::model::ecs;

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    Text(String),
    /// What is said of the pod itself: no name of a Service, whatever it reads like.
    OfPod(String),
    /// What `valueFrom` of an ECS secret is.
    Secret(String),
    /// Refused: it is there, and nobody knows what it holds.
    Unknown,
}

/// Variables in the order in which they were first given.
#[derive(Clone, Debug, Default)]
pub struct Variables(Vec<(String, Held)>);

impl Variables {
    pub fn set(&mut self, name: &str, held: Held) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = held,
            None => self.0.push((name.to_owned(), held)),
        }
    }

    /// What a reference to this name stands for.
    pub fn meaning(&self, name: &str) -> Meaning<'_> {
        match self.0.iter().find(|(known, _)| known == name) {
            Some((_, Held::Text(text) | Held::OfPod(text))) => Meaning::Text(text),
            Some((_, Held::Secret(_) | Held::Unknown)) => Meaning::Hidden,
            None => Meaning::Nothing,
        }
    }

    /// What a task is given: hosts are looked for at the end, in texts that are whole.
    pub fn environment(&self, context: &Context) -> Option<Vec<ecs::KeyValuePair>> {
        let texts = self.0.iter().filter_map(|(name, held)| {
            let value = match held {
                Held::Text(text) => services::for_task(text, Place::Variable, context).text,
                Held::OfPod(text) => text.clone(),
                Held::Secret(_) | Held::Unknown => return None,
            };
            Some(ecs::KeyValuePair { name: name.clone(), value: Some(value) })
        });
        Some(texts.collect::<Vec<_>>()).filter(|texts| !texts.is_empty())
    }

    pub fn secrets(&self) -> Option<Vec<ecs::Secret>> {
        let secrets = self.0.iter().filter_map(|(name, held)| match held {
            Held::Secret(from) => Some(ecs::Secret { name: name.clone(), value_from: from.clone() }),
            Held::Text(_) | Held::OfPod(_) | Held::Unknown => None,
        });
        Some(secrets.collect::<Vec<_>>()).filter(|secrets| !secrets.is_empty())
    }
}

/// Kubernetes takes any printable ASCII but `=` in a name, and leaves out what has another.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| (byte == b' ' || byte.is_ascii_graphic()) && byte != b'=')
}

pub fn from(run: &mut Run, unit: &Unit, index: usize) {
    let source: EnvFromSource = unit.read();
    if source.config_map_ref.is_none() && source.secret_ref.is_none() {
        return run.refused(&unit.at, "names neither a ConfigMap nor a Secret: take it out");
    }
    let prefix = source.prefix.unwrap_or_default();
    if let Some(reference) = source.config_map_ref {
        let at = unit.at.to("configMapRef");
        match run.context.config_map(&reference.name) {
            Some(map) => {
                let named = map.data.iter().flatten().map(|(key, value)| (format!("{prefix}{key}"), value));
                let (good, bad): (Vec<_>, Vec<_>) = named.partition(|(name, _)| is_name(name));
                let (good_count, bad_count) = (good.len(), bad.len());
                let told =
                    good.iter().filter_map(|(_, value)| services::for_task(value, Place::Variable, run.context).says);
                let finding = services::worst(told.collect());
                for (name, value) in good {
                    run.containers[index].variables.set(&name, Held::Text(value.clone()));
                }
                match (finding, bad_count) {
                    (Some((verdict, finding)), _) => {
                        run.ledger.say(&at, verdict, format!("{good_count} variables, one of which {finding}"));
                    }
                    (None, 0) => run.translated(&at, format!("{good_count} variables, as the ConfigMap has them now")),
                    (None, _) => {
                        run.translated(&at, format!("{good_count} variables; {bad_count} keys are no names, and Kubernetes leaves them out too"));
                    }
                }
            }
            None => absent(run, &at, "ConfigMap", &reference.name, reference.optional),
        }
    }
    if let Some(reference) = source.secret_ref {
        let at = unit.at.to("secretRef");
        match keys_of_secret(run, &reference.name) {
            Ok(keys) => {
                let count = keys.len();
                for (key, value_from) in keys {
                    let name = format!("{prefix}{key}");
                    if is_name(&name) {
                        run.containers[index].variables.set(&name, Held::Secret(value_from));
                    }
                }
                secret_line(run, &at, &format!("{count} secrets of ECS"));
            }
            Err(None) => absent(run, &at, "Secret", &reference.name, reference.optional),
            Err(Some(says)) => run.refused(&at, says),
        }
    }
    run.translated(&unit.at.to("prefix"), "before each name");
}

/// Every key of a Secret with what holds it. An error is what is missing: nothing is known of the Secret, or some of its keys are held nowhere.
pub fn keys_of_secret(run: &Run, name: &str) -> Result<Vec<(String, String)>, Option<String>> {
    let sources = &run.context.secrets;
    let keys = match run.context.objects.secret_keys.get(&run.context.key(name)) {
        Some(keys) => keys.clone(),
        None => sources.keys(name),
    };
    if keys.is_empty() && sources.whole(name).is_some() {
        return Err(Some(format!(
            "the keys of the Secret {name} are not known: {}",
            run.context.settings.keys_of(name)
        )));
    }
    if keys.is_empty() && !run.context.objects.secret_keys.contains_key(&run.context.key(name)) {
        return Err(None);
    }
    keys.into_iter()
        .map(|key| match sources.value_from(name, &key) {
            Some(from) => Ok((key, from)),
            None => Err(Some(unmapped(run.context, name, &key))),
        })
        .collect()
}

pub fn unmapped(context: &Context, name: &str, key: &str) -> String {
    format!(
        "nothing says what holds the key {key} of the Secret {name}: put it into Secrets Manager or the Parameter Store, and give {}",
        context.settings.secret(name, Some(key))
    )
}

/// The line of what ECS fetches for the task: it needs an execution role for that.
pub fn secret_line(run: &mut Run, at: &Path, says: &str) {
    if run.context.execution_role.is_none() {
        let role = run.context.settings.execution_role();
        run.refused(at, format!("ECS fetches secrets with an execution role: give one ({role})"));
        return;
    }
    run.translated(at, format!("{says}; a task that runs keeps what it was started with"));
}

/// The line of what refers to an object that is not known.
pub fn absent(run: &mut Run, at: &Path, kind: &str, name: &str, optional: Option<bool>) {
    let settings = run.context.settings;
    let among = settings.among();
    if optional == Some(true) {
        run.approximated(
            at,
            format!(
                "left out, as Kubernetes does without the {kind} {name}, which is not {among}: put it there where there is one"
            ),
        );
    } else if kind == "Secret" {
        let each = match settings {
            Settings::Flags => format!(", and give {} for each key", settings.secret(name, Some("KEY"))),
            Settings::Fields => String::new(),
        };
        run.refused(at, format!("nothing is known of the Secret {name}: {}{each}", settings.keys_of(name)));
    } else {
        run.refused(at, format!("the {kind} {name} is not {among}: put it there"));
    }
}

pub fn variable(run: &mut Run, unit: &Unit, index: usize) {
    let variable: EnvVar = unit.read();
    if !is_name(&variable.name) {
        run.refused(&unit.at, "a variable wants a name, without `=`");
        return;
    }
    let held = match variable.value_from {
        Some(source) => elsewhere(run, &unit.at.to("valueFrom"), &source, index),
        None => Some(literal(run, &unit.at.to("value"), variable.value.as_deref().unwrap_or_default(), index)),
    };
    let later =
        run.containers[index].source.env.iter().flatten().filter(|other| other.name == variable.name).count() > 1;
    if let Some(held) = held {
        run.containers[index].variables.set(&variable.name, held);
    }
    let says = if later { "a variable; given more than once, and what is last counts" } else { "a variable" };
    run.translated(&unit.at.to("name"), says);
    run.refused(&unit.at.to("value"), "value and valueFrom exclude each other: take one out");
}

fn literal(run: &mut Run, at: &Path, value: &str, index: usize) -> Held {
    let variables = &run.containers[index].variables;
    match expand(value, |name| variables.meaning(name)) {
        Ok(text) => {
            text_line(run, at, &text, "the variable's value");
            Held::Text(text)
        }
        Err(name) => {
            hidden(run, at, &name);
            Held::Unknown
        }
    }
}

fn text_line(run: &mut Run, at: &Path, text: &str, says: &str) {
    match services::for_task(text, Place::Variable, run.context).says {
        Some((Verdict::Translated, finding)) => run.translated(at, format!("{says}, {finding}")),
        Some((verdict, finding)) => run.ledger.say(at, verdict, finding),
        None => run.translated(at, says),
    }
}

/// What a variable takes from elsewhere. None where it is left out.
fn elsewhere(run: &mut Run, at: &Path, source: &EnvVarSource, index: usize) -> Option<Held> {
    let held = if let Some(reference) = &source.config_map_key_ref {
        of_config_map(run, &at.to("configMapKeyRef"), reference)
    } else if let Some(reference) = &source.secret_key_ref {
        let at = at.to("secretKeyRef");
        let is_gone = run
            .context
            .objects
            .secret_keys
            .get(&run.context.key(&reference.name))
            .is_some_and(|keys| !keys.contains(&reference.key));
        match run.context.secrets.value_from(&reference.name, &reference.key) {
            _ if is_gone && reference.optional == Some(true) => {
                run.translated(&at, "left out: the Secret has no such key, and it is optional");
                None
            }
            Some(from) => {
                secret_line(run, &at, "a secret of ECS");
                Some(Held::Secret(from))
            }
            None => {
                run.refused(&at, unmapped(run.context, &reference.name, &reference.key));
                Some(Held::Unknown)
            }
        }
    } else if let Some(reference) = &source.field_ref {
        let known = metadata::field(run, &reference.field_path);
        Some(beforehand(run, &at.to("fieldRef"), known))
    } else if let Some(reference) = &source.resource_field_ref {
        let known = resources::field(run, reference, index);
        Some(beforehand(run, &at.to("resourceFieldRef"), known))
    } else {
        Some(Held::Unknown)
    };
    run.refused(&at.to("fileKeyRef"), "ECS reads no variables from files of a volume: have the program read the file");
    run.refused(at, "names nothing that a variable can be taken from: take it out");
    held
}

/// What of the downward API is known before the task runs, or why it is not.
fn beforehand(run: &mut Run, at: &Path, known: Result<String, String>) -> Held {
    match known {
        Ok(text) => {
            run.translated(at, "known beforehand: its value");
            Held::OfPod(text)
        }
        Err(says) => {
            run.refused(at, says);
            Held::Unknown
        }
    }
}

fn of_config_map(
    run: &mut Run,
    at: &Path,
    reference: &k8s_openapi::api::core::v1::ConfigMapKeySelector,
) -> Option<Held> {
    match run.context.config_map(&reference.name).map(|map| text_of(map, &reference.key)) {
        Some(Some(text)) => {
            text_line(run, at, &text, "its value, as the ConfigMap has it now");
            Some(Held::Text(text))
        }
        Some(None) if reference.optional == Some(true) => {
            run.translated(at, "left out: the ConfigMap has no such key, and it is optional");
            None
        }
        Some(None) => {
            run.refused(at, format!("the ConfigMap {} has no text under this key: put it there", reference.name));
            Some(Held::Unknown)
        }
        None => {
            absent(run, at, "ConfigMap", &reference.name, reference.optional);
            (reference.optional != Some(true)).then_some(Held::Unknown)
        }
    }
}

fn text_of(map: &ConfigMap, key: &str) -> Option<String> {
    map.data.as_ref()?.get(key).cloned()
}
