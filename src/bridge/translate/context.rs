//! What a translation may know beside the workload: where it is to run, and what else is in the cluster.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::core::v1::{ConfigMap, PersistentVolume, PersistentVolumeClaim, Service, ServiceAccount};

use super::{clients::KnownClients, secrets::SecretSources, settings::Settings};

/// What writes files and opens directories before the containers start: it needs `sh`, `mkdir`, `dirname`, `chmod`, `chgrp`, `chown` and `base64`.
pub const FILES_IMAGE: &str = "public.ecr.aws/docker/library/busybox:1.37";

/// What tasks run on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    #[default]
    Fargate,
    /// Container instances of the team's own.
    Ec2,
}

impl Target {
    /// By the launch type, and by the capacity providers: those of Fargate have names of their own.
    pub fn of<'a>(launch_type: Option<&str>, mut providers: impl Iterator<Item = &'a str>) -> Self {
        let is_on_instances = launch_type == Some("EC2") || providers.any(|provider| !provider.starts_with("FARGATE"));
        if is_on_instances { Target::Ec2 } else { Target::Fargate }
    }
}

/// Where the containers' output goes, by the awslogs driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logs {
    pub group: String,
    pub region: String,
}

/// What a translation is given.
#[derive(Clone, Debug)]
pub struct Context {
    /// That of the workload.
    pub namespace: String,
    pub target: Target,
    pub execution_role: Option<String>,
    /// The role of the task, where the service account's is not to be taken.
    pub task_role: Option<String>,
    pub files_image: String,
    pub logs: Option<Logs>,
    pub secrets: SecretSources,
    /// The Service that the tasks are behind anyway.
    pub service: Option<String>,
    /// What is known of roles: what people have to do for each; none where tasks may have it.
    pub role_notes: BTreeMap<String, Option<String>>,
    pub clients: KnownClients,
    /// Refuse what ECS only comes near to.
    pub strict: bool,
    /// What people call all this.
    pub settings: Settings,
    pub objects: Objects,
}

impl Default for Context {
    fn default() -> Self {
        Self {
            namespace: "default".into(),
            target: Target::Fargate,
            execution_role: None,
            task_role: None,
            files_image: FILES_IMAGE.into(),
            logs: None,
            secrets: SecretSources::default(),
            service: None,
            role_notes: BTreeMap::new(),
            clients: KnownClients::default(),
            strict: false,
            settings: Settings::default(),
            objects: Objects::default(),
        }
    }
}

/// An object's namespace and name.
pub type Key = (String, String);

/// The objects that are known, by namespace and name.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    pub config_maps: BTreeMap<Key, ConfigMap>,
    /// The keys of Secrets. Their values never come here.
    pub secret_keys: BTreeMap<Key, BTreeSet<String>>,
    pub services: BTreeMap<Key, Service>,
    /// The names in AWS Cloud Map of those Services that have one, or are to have one.
    pub cloud_map_names: BTreeMap<Key, CloudMapName>,
    pub service_accounts: BTreeMap<Key, ServiceAccount>,
    pub claims: BTreeMap<Key, PersistentVolumeClaim>,
    /// By name: they have no namespace.
    pub volumes: BTreeMap<String, PersistentVolume>,
    /// The roles of EKS Pod Identity associations, by the service account's namespace and name.
    pub pod_identities: BTreeMap<Key, String>,
}

/// What tasks call a Service by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CloudMapName {
    /// None: there is to be one, and nobody knows it yet.
    pub name: Option<String>,
    /// The numbers of its pods' ports, by the Service's, as far as somebody has looked.
    pub ports: BTreeMap<i32, i32>,
}

impl Context {
    pub fn key(&self, name: &str) -> Key {
        (self.namespace.clone(), name.to_owned())
    }

    pub fn config_map(&self, name: &str) -> Option<&ConfigMap> {
        self.objects.config_maps.get(&self.key(name))
    }

    pub fn is_on_fargate(&self) -> bool {
        self.target == Target::Fargate
    }
}
