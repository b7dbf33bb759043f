//! A Kubernetes cluster as its users see it: a kubeconfig, a client, kubectl.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use k8s_openapi::api::core::v1::Namespace;
use kube::api::{ApiResource, DynamicObject, GroupVersionKind, ObjectMeta, PostParams};
use kube::config::{AuthInfo, KubeConfigOptions, Kubeconfig};
use kube::{Api, Client, Config, ResourceExt as _};
use serde_json::json;

use crate::assets::program;
use crate::error::{Error, Result};
use crate::process::{describe, write_private};

/// A cluster, whoever started it, by the kubeconfig of its administrator.
#[derive(Debug, Clone)]
pub struct Kubernetes {
    kubeconfig: PathBuf,
    folder: PathBuf,
}

impl Kubernetes {
    /// `folder` is for what its users leave behind: kubectl's cache, kubeconfigs of other users.
    pub fn new(kubeconfig: &Path, folder: &Path) -> Self {
        Self { kubeconfig: kubeconfig.to_owned(), folder: folder.to_owned() }
    }

    /// The administrator's kubeconfig.
    pub fn kubeconfig(&self) -> &Path {
        &self.kubeconfig
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// An administrator's client, new for each call: a client belongs to the runtime that made it.
    pub async fn client(&self) -> Result<Client> {
        let kubeconfig = Kubeconfig::read_from(&self.kubeconfig)?;
        let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await?;
        Ok(Client::try_from(config)?)
    }

    /// One of the kinds of ecs-bridge, in a namespace.
    pub async fn api(&self, kind: &str, namespace: &str) -> Result<Api<DynamicObject>> {
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk("ecs-bridge.dev", "v1alpha1", kind));
        Ok(Api::namespaced_with(self.client().await?, namespace, &resource))
    }

    /// A new namespace, whose name begins with `prefix`.
    pub async fn namespace(&self, prefix: &str) -> Result<String> {
        let metadata = ObjectMeta { generate_name: Some(format!("{prefix}-")), ..ObjectMeta::default() };
        let namespace = Namespace { metadata, ..Namespace::default() };
        let api: Api<Namespace> = Api::all(self.client().await?);
        Ok(api.create(&PostParams::default(), &namespace).await?.name_any())
    }

    /// Runs kubectl against this cluster; its output, or an error with what it said.
    pub async fn kubectl(&self, arguments: &[&str]) -> Result<String> {
        self.kubectl_with(arguments, "").await
    }

    /// `kubectl apply --server-side --validate=strict`: what a careful user types.
    pub async fn apply(&self, namespace: &str, yaml: &str) -> Result<String> {
        let arguments = ["apply", "--server-side", "--validate=strict", "--namespace", namespace, "--filename=-"];
        self.kubectl_with(&arguments, yaml).await
    }

    /// Brings a kind of somebody else's, without its schema: whatever is in its objects is accepted.
    pub async fn define(&self, group: &str, version: &str, kind: &str) -> Result<()> {
        let (singular, plural) = (kind.to_lowercase(), format!("{}s", kind.to_lowercase()));
        let definition = json!({
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": { "name": format!("{plural}.{group}") },
            "spec": {
                "group": group,
                "scope": "Namespaced",
                "names": { "kind": kind, "plural": plural, "singular": singular },
                "versions": [{
                    "name": version,
                    "served": true,
                    "storage": true,
                    "schema": { "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } },
                }],
            },
        });
        self.kubectl_with(&["apply", "--server-side", "--filename=-"], &definition.to_string()).await?;
        let name = format!("customresourcedefinition/{plural}.{group}");
        self.kubectl(&["wait", "--for=condition=Established", &name, "--timeout=20s"]).await.map(drop)
    }

    pub async fn kubectl_with(&self, arguments: &[&str], input: &str) -> Result<String> {
        let mut command = program("kubectl")?;
        command.args(arguments).env("KUBECONFIG", &self.kubeconfig).env("KUBERC", "off");
        command.env("KUBECACHEDIR", self.folder.join("kubectl-cache"));
        output_of(command, input.to_owned()).await
    }

    /// Writes a kubeconfig for another user of this cluster, who has a bearer token.
    pub fn write_kubeconfig(&self, name: &str, token: &str) -> Result<PathBuf> {
        let mut kubeconfig = Kubeconfig::read_from(&self.kubeconfig)?;
        let auth_info = AuthInfo { token: Some(token.to_owned().into()), ..AuthInfo::default() };
        // Every user becomes that one: the file holds nobody else's credentials.
        for user in &mut kubeconfig.auth_infos {
            user.auth_info = Some(auth_info.clone());
        }
        let yaml = serde_yaml_ng::to_string(&kubeconfig).map_err(|e| Error::malformed("a kubeconfig", &e))?;
        let path = self.folder.join(format!("{name}.kubeconfig"));
        write_private(&path, &yaml)?;
        Ok(path)
    }
}

/// What the command prints, given `input`; an error with what it says where it fails.
pub(crate) async fn output_of(mut command: Command, input: String) -> Result<String> {
    let line = describe(&command);
    let spawn = {
        let line = line.clone();
        move |source| Error::Spawn { program: line, source }
    };
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let run = tokio::task::spawn_blocking(move || {
        let mut child = command.spawn()?;
        if let Some(mut pipe) = child.stdin.take() {
            // A command that fails before it reads says why on stderr.
            let _ = pipe.write_all(input.as_bytes());
        }
        child.wait_with_output()
    });
    let output = run.await.map_err(std::io::Error::from).and_then(|output| output).map_err(spawn)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Error::Command { command: line, status: output.status, stderr })
}
