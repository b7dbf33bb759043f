//! What a decision about a bridge is made of, and the writes that several decisions end in.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    WorkloadBridge,
    endpoints::Reached,
    facts::{DEPLOYMENT, ECS_SERVICE, Facts, POD, Query, Step, replicas_of},
    owners, sides,
    spec::{Memo, Scaled, WorkloadBridgeSpec},
};
use crate::{
    bridge::split::{self, Burst, Health, Side},
    engine::{
        Cause, Env, Next, Outcome, Why, Write,
        env::RETRY,
        kubernetes::{AUTOSCALER, ListObjectsRequest, Named, Resource, ScaleObjectRequest},
    },
};

/// What comes before anything else can.
pub type First = Box<Next<WorkloadBridge>>;

pub fn first<T>(next: Next<WorkloadBridge>) -> Result<T, First> {
    Err(Box::new(next))
}

pub fn stalled<T>(why: Why) -> Result<T, First> {
    first(Next::Rest(Outcome::stalled(why)))
}

/// Everything that a decision is made of.
pub struct Scene<'a> {
    pub spec: &'a WorkloadBridgeSpec,
    pub env: &'a Env,
    pub facts: &'a Facts,
    pub memo: &'a Memo,
    pub now: Timestamp,
}

/// Both sides, as they are.
pub struct Sides<'a> {
    pub deployment: &'a Value,
    pub service: Option<&'a Value>,
    pub cluster: split::Seen,
    pub ecs: split::Seen,
    pub reached: Reached,
}

impl<'a> Scene<'a> {
    pub fn named(&self, resource: &Resource, name: &str) -> Named {
        Named::new(resource, Some(&self.env.identity.namespace), name)
    }

    pub fn workload(&self) -> Named {
        self.named(&DEPLOYMENT, &self.spec.workload_ref.name)
    }

    pub fn service(&self) -> Named {
        self.named(&ECS_SERVICE, &self.env.identity.name)
    }

    pub fn list(&self, resource: &Resource) -> ListObjectsRequest {
        let namespace = self.env.identity.namespace.clone();
        ListObjectsRequest { resource: resource.clone(), namespace, ..ListObjectsRequest::default() }
    }

    pub fn autoscalers(&self) -> ListObjectsRequest {
        self.list(&AUTOSCALER)
    }

    /// The workload's pods that have no node yet.
    fn pending(&self, deployment: &Value) -> ListObjectsRequest {
        let labels = selector(&deployment["spec"]["selector"]);
        ListObjectsRequest { labels, fields: "status.phase=Pending".to_owned(), ..self.list(&POD) }
    }

    pub fn retry(&self) -> Option<&'a String> {
        self.env.annotations.get(RETRY)
    }

    /// Why the Deployment's number is left to others.
    pub fn owned_elsewhere(&self, deployment: &Value) -> Option<Why> {
        let bridge = &self.env.identity.name;
        owners::owned_elsewhere(self.memo.put_back.as_ref(), self.retry(), deployment, bridge, self.now)
    }

    /// What is read at first.
    pub fn first_look(&self) -> Result<(), First> {
        let objects = [self.workload(), self.service()].into_iter();
        let mut unread: Vec<Query> =
            objects.filter(|named| self.facts.object(named).is_unread()).map(Query::Object).collect();
        let autoscalers = self.autoscalers();
        if self.facts.list(&autoscalers).is_none() {
            unread.push(Query::List(autoscalers));
        }
        if unread.is_empty() { Ok(()) } else { first(Next::Read(unread)) }
    }

    /// How both sides do; what is needed to tell is read before.
    pub fn sides(
        &self,
        deployment: &'a Value,
        service: Option<&'a Value>,
        reached: Reached,
    ) -> Result<Sides<'a>, First> {
        let ecs = sides::ecs(service, deployment, reached, self.memo, self.now);
        let mut cluster = sides::cluster(deployment, reached, &[], self.memo, self.now);
        if self.spec.split.burst == Burst::Unschedulable && cluster.health != Health::Ready {
            let request = self.pending(deployment);
            let Some(pending) = self.facts.list(&request) else { return first(Next::Read(vec![Query::List(request)])) };
            cluster = sides::cluster(deployment, reached, pending, self.memo, self.now);
        }
        let lacking_since = sides::lacking_since(self.memo.lacking_since, cluster, ecs, self.now);
        if lacking_since != self.memo.lacking_since {
            return first(Next::Remember(Memo { lacking_since, ..self.memo.clone() }));
        }
        Ok(Sides { deployment, service, cluster, ecs, reached })
    }

    /// What runs on a side, and is not behind the Service.
    pub fn unreached(&self, sides: &Sides<'_>, side: Side) -> Option<String> {
        let object = if side == Side::Cluster { Some(sides.deployment) } else { sides.service };
        let (running, reached) = (sides::running(side, object?), sides.reached.of(side)?);
        let named = if side == Side::Cluster { self.workload() } else { self.service() };
        let behind = self.spec.service.as_deref().unwrap_or_default();
        (reached < running)
            .then(|| format!("{named} runs {running}, of which {reached} are ready behind Service/{behind}"))
    }

    /// Gives a side another number.
    pub fn scale(&self, side: Side, object: &Value, replicas: i32, why: &str) -> Next<WorkloadBridge> {
        if side == Side::Cluster && self.memo.scaled.is_none_or(|scaled| scaled.to != replicas) {
            let scaled = Some(Scaled { to: replicas, confirmed: false });
            return Next::Remember(Memo { scaled, ..self.memo.clone() });
        }
        let named = if side == Side::Cluster { self.workload() } else { self.service() };
        let before = object["spec"][replicas_of(&named)].as_i64().unwrap_or(1);
        let why = format!("{named} gets {replicas} replicas in place of {before}: {why}");
        let resource_version = object["metadata"]["resourceVersion"].as_str().unwrap_or_default().to_owned();
        let step = Step::Scale(ScaleObjectRequest { object: named, replicas, resource_version });
        Next::Write(Write::new(step, Cause::SpecChange, why))
    }
}

/// A label selector as the API takes it in a query.
fn selector(selector: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let labels = selector["matchLabels"].as_object().into_iter().flatten();
    let mut parts: Vec<String> = labels.map(|(key, value)| format!("{key}={}", text(value))).collect();
    for expression in selector["matchExpressions"].as_array().into_iter().flatten() {
        let key = text(&expression["key"]);
        let values: Vec<String> = expression["values"].as_array().into_iter().flatten().map(text).collect();
        let values = values.join(",");
        parts.push(match expression["operator"].as_str() {
            Some("In") => format!("{key} in ({values})"),
            Some("NotIn") => format!("{key} notin ({values})"),
            Some("DoesNotExist") => format!("!{key}"),
            _ => key,
        });
    }
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_selector_is_asked_for_as_the_api_takes_it() {
        let given = json!({
            "matchLabels": {"app": "web", "tier": "front"},
            "matchExpressions": [
                {"key": "a", "operator": "In", "values": ["1", "2"]},
                {"key": "b", "operator": "NotIn", "values": ["3"]},
                {"key": "c", "operator": "Exists"},
                {"key": "d", "operator": "DoesNotExist"},
            ],
        });
        assert_eq!(selector(&given), "app=web,tier=front,a in (1,2),b notin (3),c,!d");
        assert_eq!(selector(&Value::Null), "");
    }
}
