//! A node without a kubelet: pods that are bound to it are said to run, at an address of their own, and nothing of them does.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::pin::pin;

use futures::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use k8s_openapi::api::core::v1::{Binding, Container, Node as Registered, ObjectReference, Pod};
use kube::api::{DeleteParams, ListParams, ObjectMeta, Patch, PatchParams, PostParams, Preconditions};
use kube::runtime::{WatchStreamExt as _, watcher};
use kube::{Api, Client, ResourceExt as _};
use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinHandle};

use crate::error::Result;

/// Where the addresses of pods begin.
const NETWORK: u32 = u32::from_be_bytes([10, 244, 0, 0]);

/// A pod that finds no room is said to have found none for so long: nobody has to wait for that.
const WAITED: SignedDuration = SignedDuration::from_mins(1);

/// Runs the pods of one namespace, until it is dropped. The harness's kube-controller-manager asks no node whether it lives.
#[derive(Debug)]
pub struct Node {
    task: JoinHandle<()>,
    room: watch::Sender<usize>,
}

impl Node {
    /// A node of the namespace's name, for its pods.
    pub async fn join(client: Client, namespace: &str) -> Result<Self> {
        let (room, has) = watch::channel(usize::MAX);
        let node = Pods::new(client, namespace, has).await?;
        Ok(Self { task: tokio::spawn(async move { match node.run().await {} }), room })
    }

    /// So many pods have room from now on: no pod goes, and none beyond them comes.
    pub fn has_room_for(&self, pods: usize) {
        self.room.send_replace(pods);
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The same for a process that does nothing else.
pub async fn serve(client: Client, namespace: &str) -> Result<Infallible> {
    let (_room, has) = watch::channel(usize::MAX);
    Ok(Pods::new(client, namespace, has).await?.run().await)
}

struct Pods {
    api: Api<Pod>,
    node: String,
    /// How many addresses have been given.
    addresses: u32,
    room: watch::Receiver<usize>,
}

impl Pods {
    async fn new(client: Client, namespace: &str, room: watch::Receiver<usize>) -> Result<Self> {
        let nodes: Api<Registered> = Api::all(client.clone());
        let parameters = PatchParams::apply("node").force();
        let node = json!({ "apiVersion": "v1", "kind": "Node", "metadata": { "name": namespace } });
        nodes.patch(namespace, &parameters, &Patch::Apply(&node)).await?;
        let ready = json!({ "status": { "conditions": [condition("Ready")] } });
        nodes.patch_status(namespace, &PatchParams::default(), &Patch::Strategic(&ready)).await?;
        Ok(Self { api: Api::namespaced(client, namespace), node: namespace.to_owned(), addresses: 0, room })
    }

    async fn run(mut self) -> Infallible {
        loop {
            let changes = watcher(self.api.clone(), watcher::Config::default()).default_backoff().applied_objects();
            let mut changes = pin!(changes);
            let mut room = self.room.clone();
            room.mark_unchanged();
            loop {
                let change = tokio::select! {
                    change = changes.next() => change,
                    // All pods are looked at again; who can change it no more leaves it as it is.
                    Ok(()) = room.changed() => break,
                };
                let Some(change) = change else { break };
                // The watcher takes up again what is interrupted.
                let Ok(pod) = change else { continue };
                if let Err(error) = self.follow(&pod).await {
                    eprintln!("pod {}: {error}", pod.name_any());
                }
            }
        }
    }

    /// How many pods have a node.
    async fn bound(&self) -> kube::Result<usize> {
        let pods = self.api.list(&ListParams::default()).await?;
        Ok(pods.iter().filter(|pod| is_bound(pod)).count())
    }

    /// What the scheduler says of a pod that no node has room for.
    async fn keep_waiting(&self, pod: &Pod) -> kube::Result<()> {
        let since = (Timestamp::now() - WAITED).to_string();
        let scheduled = json!({ "type": "PodScheduled", "status": "False", "reason": "Unschedulable",
            "message": "0/1 nodes are available: 1 Too many pods.", "lastTransitionTime": since });
        let status = json!({ "status": { "conditions": [scheduled] } });
        self.api.patch_status(&pod.name_any(), &PatchParams::default(), &Patch::Strategic(&status)).await.map(drop)
    }

    /// The next thing that scheduler and kubelet do for a pod; its answer is the next change.
    async fn follow(&mut self, pod: &Pod) -> kube::Result<()> {
        let has_room = *self.room.borrow();
        let done = match (pod.metadata.deletion_timestamp.is_some(), is_bound(pod)) {
            (true, true) => {
                let uid = Preconditions { uid: pod.uid(), ..Preconditions::default() };
                let now = DeleteParams::default().grace_period(0).preconditions(uid);
                self.api.delete(&pod.name_any(), &now).await.map(drop)
            }
            (false, false) if has_room == usize::MAX || self.bound().await? < has_room => self.bind(pod).await,
            (false, false) if !is_said_to_wait(pod) => self.keep_waiting(pod).await,
            (false, true) if pod.status.as_ref().is_none_or(|status| status.pod_ip.is_none()) => self.start(pod).await,
            _ => Ok(()),
        };
        match done {
            // It is another by now, or gone.
            Err(kube::Error::Api(status)) if status.code == 404 || status.code == 409 => Ok(()),
            done => done,
        }
    }

    async fn bind(&self, pod: &Pod) -> kube::Result<()> {
        let target =
            ObjectReference { kind: Some("Node".to_owned()), name: Some(self.node.clone()), ..Default::default() };
        let metadata =
            ObjectMeta { name: pod.metadata.name.clone(), uid: pod.metadata.uid.clone(), ..Default::default() };
        let binding = Binding { metadata, target };
        let bound: kube::Result<Value> =
            self.api.create_subresource("binding", &pod.name_any(), &PostParams::default(), &binding).await;
        bound.map(drop)
    }

    async fn start(&mut self, pod: &Pod) -> kube::Result<()> {
        self.addresses += 1;
        let address = Ipv4Addr::from(NETWORK + self.addresses).to_string();
        let (spec, running) = (pod.spec.clone().unwrap_or_default(), json!({ "running": {} }));
        let ended = json!({ "terminated": { "exitCode": 0, "reason": "Completed" } });
        let of = |container: &Container, state: &Value| {
            json!({ "name": container.name, "image": container.image, "imageID": "", "ready": true, "restartCount": 0,
                "started": true, "state": state })
        };
        let inits = spec
            .init_containers
            .iter()
            .flatten()
            .map(|container| of(container, if container.restart_policy.is_some() { &running } else { &ended }));
        let status = json!({ "status": {
            "phase": "Running",
            "conditions": [condition("Initialized"), condition("ContainersReady"), condition("Ready")],
            "podIP": address,
            "podIPs": [{ "ip": address }],
            "initContainerStatuses": inits.collect::<Vec<_>>(),
            "containerStatuses": spec.containers.iter().map(|container| of(container, &running)).collect::<Vec<_>>(),
        }});
        self.api.patch_status(&pod.name_any(), &PatchParams::default(), &Patch::Strategic(&status)).await.map(drop)
    }
}

fn is_bound(pod: &Pod) -> bool {
    pod.spec.as_ref().is_some_and(|spec| spec.node_name.is_some())
}

fn is_said_to_wait(pod: &Pod) -> bool {
    let conditions = pod.status.iter().flat_map(|status| status.conditions.iter().flatten());
    conditions.into_iter().any(|condition| condition.type_ == "PodScheduled")
}

fn condition(type_: &str) -> Value {
    json!({ "type": type_, "status": "True" })
}
