//! The operator and the AWS simulator, as the programs that they are.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::cluster::free_port;
use crate::error::{Error, Result};
use crate::process::{Lifetime, Process};

/// What every program here sees of AWS: credentials that are none, and nothing of the developer's own.
pub fn test_credentials() -> Vec<(String, String)> {
    let variables = [
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
    ];
    variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

#[derive(Debug, Clone)]
pub struct OperatorOptions {
    /// The program `ecs-bridge`; in the tests of its package, `env!("CARGO_BIN_EXE_ecs-bridge")`.
    pub binary: PathBuf,
    pub kubeconfig: PathBuf,
    /// What follows `ecs-bridge run`, but for `--listen`.
    pub arguments: Vec<String>,
    /// All that the operator sees of variables named `AWS_…` and `ECS_BRIDGE_…`.
    pub environment: Vec<(String, String)>,
    pub log: PathBuf,
    pub lifetime: Lifetime,
}

/// A running operator. When a test panics, the end of its log is printed.
#[derive(Debug)]
pub struct Operator {
    process: Process,
    address: String,
}

impl Operator {
    pub fn spawn(options: &OperatorOptions) -> Result<Self> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let mut command = clean(&options.binary, &options.environment);
        command.arg("run").args(&options.arguments).args(["--listen", &address]);
        command.env("KUBECONFIG", &options.kubeconfig);
        let process = Process::spawn("ecs-bridge", command, &options.log, options.lifetime.clone())?;
        Ok(Self { process, address })
    }

    /// Waits until it has listed what it watches: until `/readyz` answers 200.
    pub async fn wait_ready(&mut self) -> Result<()> {
        let address = &self.address;
        let ready = async || get(address, "/readyz").await.map(drop);
        self.process.wait_until("answer 200 on /readyz", ready).await
    }

    /// Waits until `/readyz` says that this is lacking.
    pub async fn wait_lacking(&mut self, what: &str) -> Result<()> {
        let address = &self.address;
        let lacking = async || match get(address, "/readyz").await {
            Err(answer) if answer.starts_with("HTTP/1.1 503") && answer.contains(what) => Ok(()),
            Ok(answer) | Err(answer) => Err(answer),
        };
        self.process.wait_until(&format!("say on /readyz that {what} is lacking"), lacking).await
    }

    /// What `/metrics` answers.
    pub async fn metrics(&self) -> Result<String> {
        let malformed = |why: String| Error::malformed("the operator's /metrics", &why);
        get(&self.address, "/metrics").await.map_err(malformed)
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    pub fn log(&self) -> &Path {
        self.process.log()
    }

    pub fn log_tail(&self, lines: usize) -> String {
        self.process.log_tail(lines)
    }

    /// Sends a signal by its name, as `STOP`.
    pub fn signal(&self, name: &str) {
        self.process.signal(name);
    }

    /// Waits until it has ended by itself.
    pub async fn wait_ended(&mut self) -> Result<ExitStatus> {
        self.process.wait_ended().await
    }

    /// SIGKILL, as a crash of the node.
    pub fn kill(&mut self) -> Result<()> {
        self.process.kill().map(drop)
    }

    /// SIGTERM, as Kubernetes does; an error unless it ends in time and says that all went well.
    pub fn terminate(&mut self) -> Result<()> {
        let status = self.process.terminate(Duration::from_secs(30))?;
        if status.success() {
            return Ok(());
        }
        let (log, tail) = (self.log().to_owned(), self.log_tail(30));
        Err(Error::Ended { program: "ecs-bridge".to_owned(), status, log, tail })
    }
}

impl Drop for Operator {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("the end of the operator's log, {}:\n{}", self.log().display(), self.log_tail(60));
        }
    }
}

#[derive(Debug, Clone)]
pub struct SimOptions {
    /// The program `aws-sim`.
    pub binary: PathBuf,
    /// All its arguments but for `--listen`.
    pub arguments: Vec<String>,
    pub log: PathBuf,
    pub lifetime: Lifetime,
}

/// A running aws-sim.
#[derive(Debug)]
pub struct Sim {
    process: Process,
    address: String,
}

impl Sim {
    /// Starts it and waits until it listens.
    pub async fn spawn(options: &SimOptions) -> Result<Self> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let mut command = clean(&options.binary, &[]);
        command.args(["--listen", &address]).args(&options.arguments);
        let mut process = Process::spawn("aws-sim", command, &options.log, options.lifetime.clone())?;
        process.wait_until("listen", async || listens(&address).await).await?;
        Ok(Self { process, address })
    }

    /// For `--aws-endpoint-url`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// What `GET /_sim/<path>` answers: `state`, or `journal?after=7`.
    pub async fn control(&self, path: &str) -> Result<String> {
        let malformed = |why: String| Error::malformed(&format!("aws-sim's /_sim/{path}"), &why);
        get(&self.address, &format!("/_sim/{path}")).await.map_err(malformed)
    }

    pub fn log_tail(&self, lines: usize) -> String {
        self.process.log_tail(lines)
    }
}

/// A command that sees nothing of the developer's own AWS or operator settings.
fn clean(program: &Path, environment: &[(String, String)]) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") || name.to_string_lossy().starts_with("ECS_BRIDGE_") {
            command.env_remove(name);
        }
    }
    command.envs(environment.iter().cloned());
    command
}

/// Whether something listens there.
pub(crate) async fn listens(address: &str) -> Result<(), String> {
    TcpStream::connect(address).await.map(drop).map_err(|e| e.to_string())
}

/// The body of an answer 200. One request a connection: enough here, and no HTTP client to build.
async fn get(address: &str, path: &str) -> Result<String, String> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    };
    let answer = tokio::time::timeout(Duration::from_secs(5), exchange);
    let answer = answer.await.map_err(|_| "no answer in 5 s".to_owned())?.map_err(|e| e.to_string())?;
    match answer.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.1 200") => Ok(body.to_owned()),
        _ => Err(answer),
    }
}
