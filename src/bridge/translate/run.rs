//! A translation under way.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Container, PodSpec};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    context::Context,
    environment::Variables,
    files::Files,
    path::{Path, Unit},
    report::{Ledger, Verdict},
    resources::Asked,
};
use crate::model::ecs;

pub struct Run<'c> {
    pub context: &'c Context,
    pub ledger: Ledger,
    /// Where the template stands.
    pub at: Path,
    pub pod: PodSpec,
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
    /// In the order in which they start: init containers first.
    pub containers: Vec<Part>,
    pub task: ecs::TaskDefinitionSpec,
    /// What the pod as a whole asks for.
    pub asked: Asked,
    pub files: Files,
}

/// What a container is to its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It runs before the others, and ends.
    Init,
    /// It starts before the others, and stays.
    Sidecar,
    App,
}

/// One container of the pod.
pub struct Part {
    pub at: Path,
    pub role: Role,
    pub source: Container,
    pub made: ecs::ContainerDefinition,
    pub variables: Variables,
    pub asked: Asked,
}

impl<'c> Run<'c> {
    pub fn new(template: &Value, at: &Path, ledger: Ledger, context: &'c Context) -> Self {
        let pod: PodSpec = read(&template["spec"]);
        let metadata = |name: &str| read(&template["metadata"][name]);
        let parts = |containers: &[Container], list: &str| {
            let parts = containers.iter().enumerate().map(|(i, source)| Part {
                at: at.to("spec").to(list).item(i),
                role: match source.restart_policy.as_deref() {
                    _ if list == "containers" => Role::App,
                    Some("Always") => Role::Sidecar,
                    _ => Role::Init,
                },
                source: source.clone(),
                made: ecs::ContainerDefinition::default(),
                variables: Variables::default(),
                asked: Asked::default(),
            });
            parts.collect::<Vec<_>>()
        };
        let init = parts(pod.init_containers.as_deref().unwrap_or_default(), "initContainers");
        let app = parts(&pod.containers, "containers");
        Self {
            context,
            ledger,
            at: at.clone(),
            labels: metadata("labels"),
            annotations: read(&template["metadata"]["annotations"]),
            containers: init.into_iter().chain(app).collect(),
            task: ecs::TaskDefinitionSpec::default(),
            asked: Asked::default(),
            files: Files::default(),
            pod,
        }
    }

    /// The user that a container is told to run as.
    pub fn user(&self, part: &Part) -> Option<i64> {
        let own = part.source.security_context.as_ref().and_then(|context| context.run_as_user);
        own.or_else(|| self.pod.security_context.as_ref()?.run_as_user)
    }

    pub fn translated(&mut self, at: &Path, says: impl Into<String>) {
        self.ledger.say(at, Verdict::Translated, says);
    }

    pub fn ignored(&mut self, at: &Path, says: impl Into<String>) {
        self.ledger.say(at, Verdict::Ignored, says);
    }

    pub fn approximated(&mut self, at: &Path, says: impl Into<String>) {
        self.ledger.say(at, Verdict::Approximated, says);
    }

    pub fn refused(&mut self, at: &Path, says: impl Into<String>) {
        self.ledger.say(at, Verdict::Refused, says);
    }
}

impl Unit<'_> {
    /// As its type. What Kubernetes can't read was taken out before: no field is left that does not fit.
    pub fn read<T: DeserializeOwned + Default>(&self) -> T {
        read(self.value)
    }

    pub fn text(&self) -> &str {
        self.value.as_str().unwrap_or_default()
    }

    pub fn is_true(&self) -> bool {
        self.value == true
    }
}

fn read<T: DeserializeOwned + Default>(value: &Value) -> T {
    T::deserialize(value).unwrap_or_default()
}
