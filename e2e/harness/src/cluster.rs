//! A Kubernetes control plane on loopback: etcd, kube-apiserver and, where wanted, kube-controller-manager.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use k8s_openapi::api::core::v1::Namespace;
use kube::Api;
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::assets::program;
use crate::audit::{self, AuditEvent, AuditTail};
use crate::error::{Error, Result};
use crate::external_metrics::ExternalMetrics;
use crate::keys;
use crate::kubernetes::Kubernetes;
use crate::process::{self, Lifetime, Process, write_private};
use crate::server;

const LOOPBACK: &str = "127.0.0.1";

#[derive(Debug, Clone, Default)]
pub struct ClusterOptions {
    /// Where data, keys and logs are; a temporary folder unless given.
    pub folder: Option<PathBuf>,
    /// With kube-controller-manager, namespaces end and owner references are collected.
    pub controller_manager: bool,
    pub lifetime: Lifetime,
}

/// A running cluster; it ends with its drop or with this process, unless its lifetime says otherwise.
#[derive(Debug)]
pub struct Cluster {
    // In the order in which they are to end.
    controller_manager: Option<Process>,
    apiserver: Process,
    etcd: Process,
    kubernetes: Kubernetes,
    paths: Paths,
    ports: Ports,
    lifetime: Lifetime,
    _temporary: Option<TempDir>,
}

#[derive(Debug, Clone)]
struct Paths {
    folder: PathBuf,
    kubeconfig: PathBuf,
    audit_log: PathBuf,
    audit_policy: PathBuf,
    certificates: PathBuf,
    data: PathBuf,
    signing_key: PathBuf,
    checking_key: PathBuf,
    tokens: PathBuf,
}

#[derive(Debug, Clone, Copy)]
struct Ports {
    etcd: u16,
    peer: u16,
    apiserver: u16,
}

impl Cluster {
    /// The one cluster that the tests of a binary share; each test has its own namespace in it.
    pub async fn shared() -> Result<&'static Self> {
        static SHARED: OnceCell<Cluster> = OnceCell::const_new();
        let options = ClusterOptions { controller_manager: true, ..ClusterOptions::default() };
        SHARED.get_or_try_init(|| Self::start(options)).await
    }

    /// Starts a cluster and waits until it serves.
    pub async fn start(options: ClusterOptions) -> Result<Self> {
        let mut attempts = 3;
        loop {
            attempts -= 1;
            match Self::start_once(&options).await {
                // Between finding a port free and taking it, another process may have taken it.
                Err(Error::Ended { tail, .. }) if attempts > 0 && tail.contains("address already in use") => {}
                result => return result,
            }
        }
    }

    async fn start_once(options: &ClusterOptions) -> Result<Self> {
        let (folder, temporary) = if let Some(folder) = &options.folder {
            (folder.clone(), None)
        } else {
            let new = tempfile::Builder::new().prefix("ecs-bridge-kube-").tempdir();
            let new = new.map_err(Error::file(&std::env::temp_dir()))?;
            process::remove_at_end(new.path());
            (new.path().to_owned(), Some(new))
        };
        let ports = Ports { etcd: free_port()?, peer: free_port()?, apiserver: free_port()? };
        let paths = Paths::prepare(&folder, ports)?;
        let etcd = start_etcd(&paths, ports, &options.lifetime)?;
        let apiserver = start_apiserver(&paths, ports, &options.lifetime)?;
        let mut cluster = Self {
            controller_manager: None,
            apiserver,
            etcd,
            kubernetes: Kubernetes::new(&paths.kubeconfig, &paths.folder),
            paths,
            ports,
            lifetime: options.lifetime.clone(),
            _temporary: temporary,
        };
        cluster.serving().await?;
        if options.controller_manager {
            cluster.controller_manager = Some(start_controller_manager(&cluster.paths, &cluster.lifetime)?);
        }
        Ok(cluster)
    }

    async fn serving(&mut self) -> Result<()> {
        let listens = async |port| server::listens(&format!("{LOOPBACK}:{port}")).await;
        self.etcd.wait_until("listen", async || listens(self.ports.etcd).await).await?;
        // The API server writes its certificate, which the clients need, before it listens; what answers earlier is not it, as where a
        // connection from an ephemeral port meets itself.
        let certificate = self.paths.certificates.join("apiserver.crt");
        let serves = async || {
            listens(self.ports.apiserver).await?;
            certificate.exists().then_some(()).ok_or_else(|| format!("{} is not there yet", certificate.display()))
        };
        self.apiserver.wait_until("listen", serves).await?;
        let client = self.kubernetes.client().await?;
        let namespaces: Api<Namespace> = Api::all(client.clone());
        let ready = async || {
            let request = http::Request::get("/readyz").body(Vec::new()).map_err(|e| e.to_string())?;
            client.request_text(request).await.map_err(|e| e.to_string())?;
            for name in ["default", "kube-system"] {
                namespaces.get(name).await.map_err(|e| e.to_string())?;
            }
            Ok(())
        };
        self.apiserver.wait_until("be ready", ready).await
    }

    pub fn url(&self) -> String {
        format!("https://{LOOPBACK}:{}", self.ports.apiserver)
    }

    /// The cluster as its users see it.
    pub fn kubernetes(&self) -> &Kubernetes {
        &self.kubernetes
    }

    pub fn audit_log(&self) -> &Path {
        &self.paths.audit_log
    }

    /// Every request so far.
    pub fn audit(&self) -> Result<Vec<AuditEvent>> {
        let log = fs::read_to_string(&self.paths.audit_log).map_err(Error::file(&self.paths.audit_log))?;
        audit::parse(&log)
    }

    /// Every request from now on, and those so far.
    pub fn audit_tail(&self) -> AuditTail {
        AuditTail::new(&self.paths.audit_log)
    }

    /// External metrics for its autoscalers, which the API server forwards to this process.
    pub async fn external_metrics(&self) -> Result<ExternalMetrics> {
        let certificate = |kind: &str| self.paths.certificates.join(format!("apiserver.{kind}"));
        ExternalMetrics::serve(&self.kubernetes, &certificate("crt"), &certificate("key")).await
    }

    /// The process ids of the components.
    pub fn pids(&self) -> Vec<u32> {
        let components = [Some(&self.etcd), Some(&self.apiserver), self.controller_manager.as_ref()];
        components.into_iter().flatten().map(Process::pid).collect()
    }

    /// Ends the API server as a crash does; etcd stays.
    pub fn kill_apiserver(&mut self) -> Result<()> {
        self.apiserver.kill().map(drop)
    }

    /// Ends etcd as a crash does.
    pub fn kill_etcd(&mut self) -> Result<()> {
        self.etcd.kill().map(drop)
    }

    /// Starts etcd again, on the same port and data. The API server stays, and finds it again.
    pub async fn restart_etcd(&mut self) -> Result<()> {
        self.kill_etcd()?;
        self.etcd = start_etcd(&self.paths, self.ports, &self.lifetime)?;
        self.serving().await
    }

    /// Starts both again.
    pub async fn restart(&mut self) -> Result<()> {
        self.kill_etcd()?;
        self.etcd = start_etcd(&self.paths, self.ports, &self.lifetime)?;
        self.restart_apiserver().await
    }

    /// Starts the API server again, on the same port and data.
    pub async fn restart_apiserver(&mut self) -> Result<()> {
        self.kill_apiserver()?;
        self.apiserver = start_apiserver(&self.paths, self.ports, &self.lifetime)?;
        self.serving().await
    }
}

impl Paths {
    /// A folder for a new cluster: nothing of an earlier one, and secrets of its own.
    fn prepare(folder: &Path, ports: Ports) -> Result<Self> {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let folder = folder.canonicalize().map_err(Error::file(folder))?;
        let paths = Self {
            kubeconfig: folder.join("kubeconfig"),
            audit_log: folder.join("audit.jsonl"),
            audit_policy: folder.join("audit-policy.yaml"),
            certificates: folder.join("certificates"),
            data: folder.join("etcd"),
            signing_key: folder.join("service-accounts.key"),
            checking_key: folder.join("service-accounts.pub"),
            tokens: folder.join("tokens.csv"),
            folder,
        };
        if paths.data.exists() {
            fs::remove_dir_all(&paths.data).map_err(Error::file(&paths.data))?;
        }
        write_private(&paths.audit_log, "")?;
        write_private(&paths.audit_policy, include_str!("../assets/audit-policy.yaml"))?;
        keys::write_signing_keys(&paths.signing_key, &paths.checking_key)?;
        let token = keys::token()?;
        write_private(&paths.tokens, &format!("{token},admin,admin,system:masters\n"))?;
        paths.write_kubeconfig(ports, &token)?;
        Ok(paths)
    }

    fn log(&self, component: &str) -> PathBuf {
        self.folder.join(format!("{component}.log"))
    }

    fn write_kubeconfig(&self, ports: Ports, token: &str) -> Result<()> {
        let named = "ecs-bridge";
        let kubeconfig = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": named,
            "contexts": [{"name": named, "context": {"cluster": named, "user": named}}],
            "users": [{"name": named, "user": {"token": token}}],
            "clusters": [{"name": named, "cluster": {
                "server": format!("https://{LOOPBACK}:{}", ports.apiserver),
                // The API server signs its certificate itself.
                "certificate-authority": self.certificates.join("apiserver.crt"),
            }}],
        });
        let yaml = serde_yaml_ng::to_string(&kubeconfig).map_err(|e| Error::malformed("a kubeconfig", &e))?;
        write_private(&self.kubeconfig, &yaml)
    }
}

fn start_etcd(paths: &Paths, ports: Ports, lifetime: &Lifetime) -> Result<Process> {
    let client = format!("http://{LOOPBACK}:{}", ports.etcd);
    let peer = format!("http://{LOOPBACK}:{}", ports.peer);
    let mut command = program("etcd")?;
    command.arg("--data-dir").arg(&paths.data).args([
        "--unsafe-no-fsync=true",
        "--log-level=warn",
        &format!("--listen-client-urls={client}"),
        &format!("--advertise-client-urls={client}"),
        &format!("--listen-peer-urls={peer}"),
        &format!("--initial-advertise-peer-urls={peer}"),
        &format!("--initial-cluster=default={peer}"),
    ]);
    Process::spawn("etcd", command, &paths.log("etcd"), lifetime.clone())
}

fn start_apiserver(paths: &Paths, ports: Ports, lifetime: &Lifetime) -> Result<Process> {
    let mut command = program("kube-apiserver")?;
    command.args([
        &format!("--etcd-servers=http://{LOOPBACK}:{}", ports.etcd),
        &format!("--secure-port={}", ports.apiserver),
        &format!("--bind-address={LOOPBACK}"),
        &format!("--advertise-address={LOOPBACK}"),
        &format!("--cert-dir={}", paths.certificates.display()),
        &format!("--token-auth-file={}", paths.tokens.display()),
        &format!("--service-account-key-file={}", paths.checking_key.display()),
        &format!("--service-account-signing-key-file={}", paths.signing_key.display()),
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--endpoint-reconciler-type=none",
        "--authorization-mode=RBAC",
        "--allow-privileged=true",
        &format!("--audit-policy-file={}", paths.audit_policy.display()),
        &format!("--audit-log-path={}", paths.audit_log.display()),
        "--audit-log-mode=blocking",
        "--audit-log-maxsize=1000",
    ]);
    Process::spawn("kube-apiserver", command, &paths.log("kube-apiserver"), lifetime.clone())
}

fn start_controller_manager(paths: &Paths, lifetime: &Lifetime) -> Result<Process> {
    let mut command = program("kube-controller-manager")?;
    command.args([
        &format!("--kubeconfig={}", paths.kubeconfig.display()),
        &format!("--service-account-private-key-file={}", paths.signing_key.display()),
        &format!("--root-ca-file={}", paths.certificates.join("apiserver.crt").display()),
        "--leader-elect=false",
        "--secure-port=0",
        // No kubelet says that a node lives.
        "--controllers=*,-node-lifecycle-controller",
        "--horizontal-pod-autoscaler-sync-period=1s",
    ]);
    Process::spawn("kube-controller-manager", command, &paths.log("kube-controller-manager"), lifetime.clone())
}

/// A port that is free now.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((LOOPBACK, 0));
    let port = listener.and_then(|listener| listener.local_addr()).map(|address| address.port());
    port.map_err(|source| Error::Spawn { program: "a listener on loopback".to_owned(), source })
}
