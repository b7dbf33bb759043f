//! The external metrics of a cluster, which its HorizontalPodAutoscalers go by: one number for each name, as it is set.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::error::{Error, Result};
use crate::kubernetes::Kubernetes;

const GROUP: &str = "external.metrics.k8s.io";
const VERSION: &str = "v1beta1";

type Values = Arc<Mutex<BTreeMap<String, i64>>>;

/// Serves `external.metrics.k8s.io/v1beta1` to the API server, as its aggregation layer asks for it, until it is dropped.
#[derive(Debug)]
pub struct ExternalMetrics {
    values: Values,
    task: JoinHandle<()>,
}

impl ExternalMetrics {
    /// `certificate` and `key`: files in PEM. Nobody checks them: that this machine's loopback leads to it is enough.
    pub async fn serve(kubernetes: &Kubernetes, certificate: &Path, key: &Path) -> Result<Self> {
        let acceptor = acceptor(certificate, key)?;
        let nowhere = |source| Error::Spawn { program: "a listener on loopback".to_owned(), source };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(nowhere)?;
        let port = listener.local_addr().map_err(nowhere)?.port();
        let values = Values::default();
        let served = values.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, values) = (acceptor.clone(), served.clone());
                // Who goes away in between asks again.
                tokio::spawn(async move { exchange(acceptor, stream, &values).await.ok() });
            }
        });
        kubernetes.apply("kube-system", &registration(port).to_string()).await?;
        let service = format!("apiservice/{VERSION}.{GROUP}");
        kubernetes.kubectl(&["wait", "--for=condition=Available", &service, "--timeout=20s"]).await?;
        Ok(Self { values, task })
    }

    /// What autoscalers read from now on.
    pub fn set(&self, metric: &str, value: i64) {
        self.values.lock().unwrap_or_else(PoisonError::into_inner).insert(metric.to_owned(), value);
    }
}

impl Drop for ExternalMetrics {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor> {
    let malformed = |path: &Path, why: &dyn std::fmt::Display| Error::malformed(&path.display().to_string(), &why);
    let chain: std::result::Result<Vec<_>, _> =
        CertificateDer::pem_file_iter(certificate).map_err(|why| malformed(certificate, &why))?.collect();
    let chain = chain.map_err(|why| malformed(certificate, &why))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|why| malformed(key, &why))?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().map_err(|why| malformed(key, &why))?;
    let config = config.with_no_client_auth().with_single_cert(chain, secret).map_err(|why| malformed(key, &why))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Where the API server finds it: a Service of its own would be an address of a pod network that is not there.
fn registration(port: u16) -> Value {
    let service = json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": { "name": "external-metrics" },
        "spec": { "type": "ExternalName", "externalName": "localhost" },
    });
    let api = json!({
        "apiVersion": "apiregistration.k8s.io/v1",
        "kind": "APIService",
        "metadata": { "name": format!("{VERSION}.{GROUP}") },
        "spec": {
            "group": GROUP,
            "version": VERSION,
            "groupPriorityMinimum": 100,
            "versionPriority": 100,
            "insecureSkipTLSVerify": true,
            "service": { "name": "external-metrics", "namespace": "kube-system", "port": port },
        },
    });
    json!({ "apiVersion": "v1", "kind": "List", "items": [service, api] })
}

/// One request a connection.
async fn exchange(acceptor: TlsAcceptor, stream: TcpStream, values: &Values) -> std::io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).await? == 0 {
            return Ok(());
        }
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let answer = answer(path, &values.lock().unwrap_or_else(PoisonError::into_inner).clone());
    let status = if answer.is_some() { "200 OK" } else { "404 Not Found" };
    let body = answer.unwrap_or_else(|| json!({ "kind": "Status", "apiVersion": "v1", "code": 404 })).to_string();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes()).await?;
    stream.shutdown().await
}

/// What stands at a path; nothing: it is of another API, or of a metric that has not been set.
fn answer(path: &str, values: &BTreeMap<String, i64>) -> Option<Value> {
    let path = path.split('?').next()?;
    let below = path.strip_prefix(&format!("/apis/{GROUP}/{VERSION}"))?;
    let version = format!("{GROUP}/{VERSION}");
    if below.is_empty() {
        return Some(
            json!({ "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version, "resources": [] }),
        );
    }
    let ["", "namespaces", _, metric] = below.split('/').collect::<Vec<_>>()[..] else { return None };
    let value = values.get(metric)?;
    let item = json!({
        "metricName": metric,
        "metricLabels": {},
        "timestamp": jiff::Timestamp::now().to_string(),
        "value": value.to_string(),
    });
    Some(json!({ "kind": "ExternalMetricValueList", "apiVersion": version, "metadata": {}, "items": [item] }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_is_what_it_was_set_to() {
        let values = BTreeMap::from([("queue".to_owned(), 7)]);
        let root = "/apis/external.metrics.k8s.io/v1beta1";
        for (path, expected) in [
            (root.to_owned(), Some(Value::Null)),
            (format!("{root}/namespaces/shop/queue?labelSelector="), Some(json!("7"))),
            (format!("{root}/namespaces/shop/other"), None),
            ("/openapi/v3".to_owned(), None),
        ] {
            let value = answer(&path, &values).map(|answer| answer["items"][0]["value"].clone());
            assert_eq!(value, expected, "{path}");
        }
    }
}
