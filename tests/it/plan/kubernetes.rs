//! Pods, as a plan sees and evicts them: what a ReplicaSet, EKS and a disruption budget do with them, and no more. And Secrets, of which a
//! plan sees the version.

use std::collections::{BTreeMap, BTreeSet};

use ecs_bridge::engine::{
    Call, Refusal, RefusalKind,
    kubernetes::{
        EvictPodRequest, EvictPodResponse, GetSecretRequest, GetSecretResponse, ListNamespacesResponse,
        ListPodsRequest, ListPodsResponse, Operation, Pod,
    },
    sealed::{Hidden, SecretVersion},
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
    /// By namespace and name.
    secrets: BTreeMap<(String, String), Secret>,
    /// A key of a Secret that gets another value as the operator is about to send it: somebody was quicker.
    pub changes_when_opened: Option<(&'static str, &'static str)>,
}

#[derive(Clone, Default)]
struct Secret {
    uid: String,
    version: u32,
    data: BTreeMap<String, Vec<u8>>,
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

    /// `kubectl apply` of a Secret.
    pub fn put_secret(&mut self, namespace: &str, name: &str, data: &[(&str, &str)]) {
        let secret = self.secrets.entry((namespace.to_owned(), name.to_owned())).or_default();
        secret.uid = format!("uid-of-secret-{name}");
        secret.version += 1;
        secret.data = data.iter().map(|(key, value)| ((*key).to_owned(), value.as_bytes().to_vec())).collect();
    }

    /// The same under a version that it had before.
    pub fn restore_secret(&mut self, namespace: &str, name: &str, version: u32, data: &[(&str, &str)]) {
        self.put_secret(namespace, name, data);
        let secret = self.secrets.get_mut(&(namespace.to_owned(), name.to_owned())).expect("it was put");
        secret.version = version;
    }

    pub fn delete_secret(&mut self, namespace: &str, name: &str) {
        self.secrets.remove(&(namespace.to_owned(), name.to_owned()));
    }

    /// The call with what the shell puts into it as it sends it.
    pub fn fill(&mut self, call: &Call) -> Result<Call, Refusal> {
        match &call.sealed {
            Some(sealed) => Ok(call.opened(self.open(&sealed.secret)?)),
            None => Ok(call.clone()),
        }
    }

    fn open(&mut self, wanted: &SecretVersion) -> Result<Hidden, Refusal> {
        let place = (wanted.namespace.clone(), wanted.name.clone());
        let Some(secret) = self.secrets.get_mut(&place) else { return Err(no_secret(&wanted.name)) };
        if let Some((key, value)) = self.changes_when_opened.take() {
            secret.version += 1;
            secret.data.insert(key.to_owned(), value.as_bytes().to_vec());
        }
        let version = secret.version.to_string();
        wanted.open((Some(&secret.uid), Some(&version)), &secret.data)
    }

    fn secret(&self, request: GetSecretRequest) -> Result<Value, Refusal> {
        let GetSecretRequest { namespace, name, lists_keys } = request;
        let found = self.secrets.get(&(namespace, name.clone())).ok_or_else(|| no_secret(&name))?;
        let keys = found.data.keys().filter(|_| lists_keys).cloned().collect();
        Ok(json!(GetSecretResponse { uid: found.uid.clone(), resource_version: found.version.to_string(), keys }))
    }

    /// How many pods run on the profile.
    pub fn on(&self, profile: &str) -> usize {
        self.pods.iter().filter(|pod| pod.labels.get(PROFILE).is_some_and(|on| on == profile)).count()
    }

    pub fn answer(&mut self, operation: Operation, input: &Value, now: i64) -> Result<Value, Refusal> {
        match operation {
            Operation::GetSecret => self.secret(serde_json::from_value(input.clone()).expect("a request")),
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
            _ => {
                let known = self.secrets.iter().filter(|((namespace, _), _)| namespace == "shop");
                self.objects.secrets = known
                    .map(|((_, name), secret)| (name.clone(), (secret.version, secret.data.keys().cloned().collect())))
                    .collect();
                self.objects.answer(operation, input, now)
            }
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

fn no_secret(name: &str) -> Refusal {
    Refusal {
        kind: RefusalKind::NotFound,
        operation: Operation::GetSecret.into(),
        code: "NotFound".to_owned(),
        message: format!("secrets {name:?} not found"),
        request_id: None,
    }
}
