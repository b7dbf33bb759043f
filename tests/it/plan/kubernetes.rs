//! Pods, as a plan sees and evicts them: what a ReplicaSet, EKS and a disruption budget do with them, and no more.

use std::collections::BTreeSet;

use ecs_bridge::engine::{
    Refusal, RefusalKind,
    kubernetes::{
        EvictPodRequest, EvictPodResponse, ListNamespacesResponse, ListPodsRequest, ListPodsResponse, Operation, Pod,
    },
};
use serde_json::{Value, json};

use super::objects::Objects;

const PROFILE: &str = "eks.amazonaws.com/fargate-profile";

/// The cluster beside AWS.
#[derive(Clone, Default)]
pub struct Cluster {
    pub pods: Vec<Pod>,
    pub namespaces: Vec<String>,
    /// Names of pods that a disruption budget holds.
    pub held: BTreeSet<String>,
    /// The profile that the successor of an evicted pod gets; without one there is no successor.
    pub successors_on: Option<String>,
    made: u32,
    /// What bridges see and write.
    pub objects: Objects,
}

impl Cluster {
    /// Starts a pod on a profile.
    pub fn start(&mut self, namespace: &str, name: &str, profile: &str, now: i64) {
        self.made += 1;
        if !self.namespaces.iter().any(|known| known == namespace) {
            self.namespaces.push(namespace.to_owned());
        }
        self.pods.push(Pod {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            uid: format!("pod-{}", self.made),
            labels: [(PROFILE.to_owned(), profile.to_owned())].into(),
            created_at: now,
            terminating: false,
        });
    }

    /// How many pods run on the profile.
    pub fn on(&self, profile: &str) -> usize {
        self.pods.iter().filter(|pod| pod.labels.get(PROFILE).is_some_and(|on| on == profile)).count()
    }

    pub fn answer(&mut self, operation: Operation, input: &Value, now: i64) -> Result<Value, Refusal> {
        match operation {
            Operation::ListNamespaces => Ok(json!(ListNamespacesResponse { namespaces: self.namespaces.clone() })),
            Operation::ListPods => {
                let asked: ListPodsRequest = serde_json::from_value(input.clone()).expect("a request");
                let is_asked = |pod: &&Pod| {
                    asked.namespace.as_ref().is_none_or(|namespace| *namespace == pod.namespace)
                        && asked.labels.iter().all(|(key, value)| pod.labels.get(key) == Some(value))
                };
                Ok(json!(ListPodsResponse { pods: self.pods.iter().filter(is_asked).cloned().collect() }))
            }
            Operation::EvictPod => self.evict(serde_json::from_value(input.clone()).expect("a request"), now),
            _ => self.objects.answer(operation, input, now),
        }
    }

    fn evict(&mut self, request: EvictPodRequest, now: i64) -> Result<Value, Refusal> {
        let refuse = |kind, message: &str| Refusal {
            kind,
            operation: Operation::EvictPod.into(),
            code: String::new(),
            message: message.to_owned(),
            request_id: None,
        };
        let Some(at) = self.pods.iter().position(|pod| pod.uid == request.uid) else {
            return Err(refuse(RefusalKind::NotFound, "not found"));
        };
        if self.held.contains(&request.name) {
            let message = "Cannot evict pod as it would violate the pod's disruption budget.";
            return Err(refuse(RefusalKind::Conflict, message));
        }
        let gone = self.pods.remove(at);
        if let Some(profile) = self.successors_on.clone() {
            self.start(&gone.namespace, &format!("{}+", gone.name), &profile, now);
        }
        Ok(json!(EvictPodResponse {}))
    }
}
