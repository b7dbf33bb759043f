//! The election over the API server: asks what `decide` says, and tells it what came back.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use jiff::Timestamp;
use k8s_openapi::{
    api::coordination::v1::{Lease, LeaseSpec},
    apimachinery::pkg::apis::meta::v1::MicroTime,
};
use kube::{
    Api, Client,
    api::{ObjectMeta, Patch, PatchParams, PostParams},
};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tracing::{info, warn};

use super::{
    Leadership, Settings,
    decide::{Action, Answer, Lost, Record, Terms},
    leadership::Standing,
};
use crate::operator::{
    readiness::Readiness,
    shared::{API_DEADLINE, ApiError},
};

/// One process's part in the election.
pub struct Election {
    api: Api<Lease>,
    namespace: String,
    name: String,
    standing: Arc<Mutex<Standing>>,
    readiness: Readiness,
    deadline: Duration,
}

impl Election {
    pub fn new(
        client: Client,
        settings: &Settings,
        write_deadline: Duration,
        readiness: Readiness,
    ) -> (Self, Leadership) {
        let namespace = settings.namespace.clone().unwrap_or_else(|| client.default_namespace().to_owned());
        let (leadership, standing) = Leadership::elected(Terms {
            identity: settings.identity.clone(),
            duration: settings.duration,
            retry_period: settings.retry_period,
            write_deadline,
        });
        let election = Election {
            api: Api::namespaced(client, &namespace),
            namespace,
            name: settings.name.clone(),
            standing,
            readiness,
            // So that one that hangs leaves time for others before the lease ends.
            deadline: API_DEADLINE.min(settings.duration / 6),
        };
        (election, leadership)
    }

    /// As people write it.
    pub fn lease(&self) -> String {
        format!("{}/{}", self.namespace, self.name)
    }

    /// Its namespace and name.
    pub fn names(&self) -> (String, String) {
        (self.namespace.clone(), self.name.clone())
    }

    /// Takes part until the lease is lost, or until told to release it.
    pub async fn run(self, mut release: oneshot::Receiver<()>) -> Result<(), Lost> {
        let mut led = false;
        loop {
            let action = self.standing().decide();
            match action {
                Action::Wait(until) => {
                    tokio::select! {
                        () = tokio::time::sleep_until(until.into()) => {}
                        // An error means that the sender is gone, and with it the process's main task.
                        _ = &mut release => break,
                    }
                }
                Action::End(lost) => return Err(lost),
                action => self.ask(&action).await,
            }
            if !led && self.standing().releases().is_some() {
                led = true;
                info!(lease = self.lease(), "leads: everything is looked at");
            }
        }
        self.release().await;
        Ok(())
    }

    async fn ask(&self, action: &Action) {
        let terms = self.standing().terms().clone();
        let sent = (Instant::now(), SystemTime::now());
        let answer = match tokio::time::timeout(self.deadline, self.answer(action, &terms)).await {
            Ok(answer) => answer,
            Err(_) => Err(ApiError::Late(self.deadline)),
        };
        let trouble = answer.as_ref().err().map(|error| format!("the Lease {}: {error}", self.lease()));
        if self.readiness.lacks("lease", trouble.as_deref())
            && let Some(trouble) = trouble
        {
            warn!("{trouble}: it is tried again");
        }
        self.standing().absorb(sent, answer.unwrap_or(Answer::Nothing));
    }

    async fn answer(&self, action: &Action, terms: &Terms) -> Result<Answer, ApiError> {
        let now = MicroTime(Timestamp::now());
        let seconds = i32::try_from(terms.duration.as_secs()).unwrap_or(i32::MAX);
        let written = match action {
            Action::Look => {
                let found = self.api.get_opt(&self.name).await?;
                return Ok(found.map_or(Answer::Absent, |lease| Answer::Found(record(&lease, terms))));
            }
            Action::Create => {
                let spec = LeaseSpec {
                    holder_identity: Some(terms.identity.clone()),
                    lease_duration_seconds: Some(seconds),
                    acquire_time: Some(now.clone()),
                    renew_time: Some(now),
                    lease_transitions: Some(0),
                    ..LeaseSpec::default()
                };
                let metadata = ObjectMeta { name: Some(self.name.clone()), ..ObjectMeta::default() };
                self.api.create(&PostParams::default(), &Lease { metadata, spec: Some(spec) }).await
            }
            Action::Take(over) => {
                let spec = json!({
                    "holderIdentity": terms.identity,
                    "leaseDurationSeconds": seconds,
                    "acquireTime": now,
                    "renewTime": now,
                    "leaseTransitions": over.transitions.saturating_add(1),
                });
                self.patch(over, spec).await
            }
            Action::Renew(over) => self.patch(over, json!({ "renewTime": now })).await,
            Action::Wait(_) | Action::End(_) => return Ok(Answer::Nothing),
        };
        match written {
            Ok(lease) => Ok(Answer::Written(record(&lease, terms))),
            Err(kube::Error::Api(status)) if status.code == 409 => Ok(Answer::Conflict),
            Err(kube::Error::Api(status)) if status.code == 404 && *action != Action::Create => Ok(Answer::Absent),
            Err(error) => Err(error.into()),
        }
    }

    /// Over exactly this record: another version is a conflict.
    async fn patch(&self, over: &Record, spec: Value) -> kube::Result<Lease> {
        let patch = json!({ "metadata": { "resourceVersion": over.version }, "spec": spec });
        self.api.patch(&self.name, &PatchParams::default(), &Patch::Merge(&patch)).await
    }

    /// The next need not wait for the lease's end. Where this fails, it does.
    async fn release(&self) {
        let record = self.standing().releases();
        self.standing().resign();
        let Some(record) = record else { return };
        let spec = json!({ "holderIdentity": null, "renewTime": MicroTime(Timestamp::now()) });
        match tokio::time::timeout(self.deadline, self.patch(&record, spec)).await {
            Ok(Ok(_)) => info!(lease = self.lease(), "released the lease"),
            Ok(Err(error)) => warn!(lease = self.lease(), %error, "the lease could not be released: it ends by itself"),
            Err(_) => warn!(lease = self.lease(), "the lease was not released in time: it ends by itself"),
        }
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn record(lease: &Lease, terms: &Terms) -> Record {
    let spec = lease.spec.clone().unwrap_or_default();
    let duration = spec.lease_duration_seconds.and_then(|seconds| u64::try_from(seconds).ok());
    Record {
        version: lease.metadata.resource_version.clone().unwrap_or_default(),
        holder: spec.holder_identity.filter(|holder| !holder.is_empty()),
        // A holder that does not say for how long is given as much as we would take.
        duration: duration.map_or(terms.duration, Duration::from_secs),
        transitions: spec.lease_transitions.unwrap_or(0),
    }
}
