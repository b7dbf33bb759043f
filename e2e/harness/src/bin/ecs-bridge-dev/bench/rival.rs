//! Somebody else in the account, who takes half of the quota.

use std::time::Duration;

use ecs_bridge_harness::Sim;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// By its access key the journal tells it from the operator; both are of one account.
const ACCESS_KEY: &str = "rival";

/// Calls UpdateService at this many calls a second, until it is dropped.
pub(super) struct Rival(JoinHandle<()>);

impl Rival {
    pub(super) fn begin(sim: &Sim, a_second: f64) -> Self {
        let address = sim.url().trim_start_matches("http://").to_owned();
        let mut ticks = tokio::time::interval(Duration::from_secs_f64(1.0 / a_second));
        Rival(tokio::spawn(async move {
            loop {
                ticks.tick().await;
                // What becomes of it, the journal has.
                tokio::spawn(call(address.clone()));
            }
        }))
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// For a service that is not there: the quota counts it all the same.
async fn call(address: String) -> std::io::Result<()> {
    let body = r#"{"cluster": "rival", "service": "rival", "desiredCount": 1}"#;
    let request = format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\
         X-Amz-Target: AmazonEC2ContainerServiceV20141113.UpdateService\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/20260101/us-east-1/ecs/aws4_request\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(&address).await?;
    stream.write_all(request.as_bytes()).await?;
    stream.read_to_end(&mut Vec::new()).await.map(drop)
}
