//! What runs in tasks, as far as a client can tell: something that takes connections at a task's address from when its container runs until that
//! has ended. Addresses of tasks are of 10.0.0.0/8 (no EndpointSlice takes one of the loopback network); here 127.0.0.0/8 stands for that.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use ecs_bridge_harness::free_port;
use serde_json::Value;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};

use super::lab::ok;

/// How long a client waits for a connection on its own machine.
const PATIENCE: Duration = Duration::from_secs(1);

pub struct Containers {
    port: u16,
    /// By the address of the task.
    running: BTreeMap<String, JoinHandle<()>>,
}

impl Containers {
    pub fn new() -> Self {
        Containers { port: ok(free_port()), running: BTreeMap::new() }
    }

    /// Those run that AWS says run.
    pub async fn follow(&mut self, tasks: &[Value]) {
        for task in tasks {
            let container = &task["containers"][0];
            let Some(address) = address(task) else { continue };
            match (container["lastStatus"] == "RUNNING", self.running.contains_key(address)) {
                (true, false) => {
                    let listener = TcpListener::bind((on_this_machine(address), self.port)).await;
                    let listener = listener.unwrap_or_else(|error| panic!("a container at {address}: {error}"));
                    let takes = tokio::spawn(async move { while listener.accept().await.is_ok() {} });
                    self.running.insert(address.to_owned(), takes);
                }
                (false, true) => {
                    let ends = self.running.remove(address).expect("it runs");
                    ends.abort();
                    // It takes connections until it is dropped.
                    drop(ends.await);
                }
                _ => {}
            }
        }
    }

    /// Which of these a client gets through to.
    pub async fn answering(&self, addresses: &BTreeSet<String>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for address in addresses {
            let connects = timeout(PATIENCE, TcpStream::connect((on_this_machine(address), self.port))).await;
            if matches!(connects, Ok(Ok(_))) {
                found.insert(address.clone());
            }
        }
        found
    }
}

impl Drop for Containers {
    fn drop(&mut self) {
        self.running.values().for_each(JoinHandle::abort);
    }
}

pub fn address(task: &Value) -> Option<&str> {
    task["containers"][0]["networkInterfaces"][0]["privateIpv4Address"].as_str()
}

fn on_this_machine(address: &str) -> String {
    let host = address.strip_prefix("10.").unwrap_or_else(|| panic!("{address} is no address of aws-sim's subnets"));
    format!("127.{host}")
}
