//! What people call the settings of a translation, in whatever tells them to set one: flags of `ecs-bridge translate`, or fields of a
//! `WorkloadBridge`.

use super::clients::Client;

/// Where a translation is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Settings {
    /// By `ecs-bridge translate`, which knows of the cluster what is among the manifests.
    #[default]
    Flags,
    /// By a bridge's spec, in a namespace of the cluster.
    Fields,
}

impl Settings {
    fn is(self, flag: &'static str, field: &'static str) -> &'static str {
        match self {
            Self::Flags => flag,
            Self::Fields => field,
        }
    }

    pub fn on_ec2(self) -> &'static str {
        self.is("--launch-type EC2", "ecs.launchType: EC2")
    }

    pub fn capacity_providers(self) -> &'static str {
        self.is("--capacity-provider", "ecs.capacityProviderStrategy")
    }

    pub fn execution_role(self) -> &'static str {
        self.is("--execution-role", "ecs.executionRoleArn")
    }

    pub fn task_role(self) -> &'static str {
        self.is("--task-role", "ecs.taskRoleArn")
    }

    pub fn logs(self) -> &'static str {
        self.is("--log-group", "ecs.logs")
    }

    pub fn secrets(self) -> &'static str {
        self.is("--secret", "secrets.sources")
    }

    /// What says where a key of a Secret is held; all of it without a key.
    pub fn secret(self, name: &str, key: Option<&str>) -> String {
        match (self, key) {
            (Self::Flags, Some(key)) => format!("--secret {name}/{key}=ARN"),
            (Self::Flags, None) => format!("--secret {name}=ARN"),
            (Self::Fields, Some(key)) => {
                format!("{{name: {name}, key: {key}, valueFrom: ARN}} in secrets.sources (or secrets.sync: true)")
            }
            (Self::Fields, None) => {
                format!("{{name: {name}, valueFrom: ARN}} in secrets.sources (or secrets.sync: true)")
            }
        }
    }

    /// What says that an image has a program.
    pub fn probe_client(self, client: Client) -> String {
        match self {
            Self::Flags => format!("--probe-client IMAGE={client}"),
            Self::Fields => format!("{{image: IMAGE, client: {client}}} in ecs.probeClients"),
        }
    }

    /// Where a text that was changed is put back.
    pub fn put_back(self) -> &'static str {
        self.is("in the EcsService", "by the override (ecs.override)")
    }

    /// What to do about a Secret of whose keys nothing is known.
    pub fn keys_of(self, name: &str) -> String {
        match self {
            Self::Flags => "put it among the manifests (its values are not read)".to_owned(),
            Self::Fields => format!("give {} for each key", self.secret(name, Some("KEY"))),
        }
    }

    /// What to do about a claim that leads to no volume.
    pub fn bound(self) -> &'static str {
        self.is("put both there (kubectl get pvc,pv -o yaml)", "let it be bound")
    }

    /// Where what the workload refers to is looked for.
    pub fn among(self) -> &'static str {
        self.is("among the manifests", "in the namespace")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_called_what_people_set() {
        for (settings, secret, all, client) in [
            (Settings::Flags, "--secret db/key=ARN", "--secret db=ARN", "--probe-client IMAGE=nc"),
            (
                Settings::Fields,
                "{name: db, key: key, valueFrom: ARN} in secrets.sources (or secrets.sync: true)",
                "{name: db, valueFrom: ARN} in secrets.sources (or secrets.sync: true)",
                "{image: IMAGE, client: nc} in ecs.probeClients",
            ),
        ] {
            assert_eq!(settings.secret("db", Some("key")), secret);
            assert_eq!(settings.secret("db", None), all);
            assert_eq!(settings.probe_client(Client::Nc), client);
        }
    }
}
