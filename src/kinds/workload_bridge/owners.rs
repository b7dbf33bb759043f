//! Who else has a say in the numbers: autoscalers, and tools that put back what their manifests say.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    facts::{DEPLOYMENT, ECS_SERVICE},
    spec::{PutBack, WorkloadReference},
};
use crate::engine::{Why, env::RETRY, kubernetes::MANAGER, reason};

/// Others who put the number back so often go on doing so.
const TIMES: i32 = 2;

/// What was longer ago, in seconds, was another matter; and is tried again.
const WINDOW: i64 = 60 * 60;

/// The autoscalers that scale this object.
fn scaling<'a>(autoscalers: &'a [Value], kind: &'a str, name: &'a str) -> impl Iterator<Item = &'a Value> {
    autoscalers.iter().filter(move |autoscaler| {
        let target = &autoscaler["spec"]["scaleTargetRef"];
        target["kind"] == kind && target["name"] == name
    })
}

fn name(object: &Value) -> &str {
    object["metadata"]["name"].as_str().unwrap_or_default()
}

/// An autoscaler that scales one side itself.
pub fn autoscaled(autoscalers: &[Value], workload: &WorkloadReference, bridge: &str) -> Option<Why> {
    let sides = [(&DEPLOYMENT, workload.name.as_str()), (&ECS_SERVICE, bridge)];
    let (autoscaler, kind, of) = sides
        .iter()
        .find_map(|(side, of)| Some((name(scaling(autoscalers, &side.kind, of).next()?), &side.kind, of)))?;
    let why = format!(
        "the HorizontalPodAutoscaler {autoscaler} scales {kind}/{of} itself: let it scale the whole, by scaleTargetRef {{apiVersion: \
         ecs-bridge.dev/v1alpha1, kind: WorkloadBridge, name: {bridge}}}, on an External metric or an Object metric with target AverageValue"
    );
    Some(Why::new(reason::REPLICAS_OWNED_ELSEWHERE, why))
}

/// An autoscaler of the bridge that goes by pods, of which ECS has none.
pub fn unsupported(autoscalers: &[Value], bridge: &str) -> Option<Why> {
    let counts_pods = |metric: &&Value| {
        let target = match metric["type"].as_str() {
            Some("External") => &metric["external"]["target"]["type"],
            Some("Object") => &metric["object"]["target"]["type"],
            _ => return true,
        };
        target != "AverageValue"
    };
    scaling(autoscalers, "WorkloadBridge", bridge).find_map(|autoscaler| {
        let metrics = autoscaler["spec"]["metrics"].as_array().map(Vec::as_slice).unwrap_or_default();
        // Where none is given, it goes by the pods' cpu.
        let found = if metrics.is_empty() { Some("Resource") } else {
            metrics.iter().find(counts_pods).map(|metric| metric["type"].as_str().unwrap_or("unknown"))
        };
        let why = format!(
            "the HorizontalPodAutoscaler {} has a metric of type {} that counts pods, and replicas on ECS are none: use an External metric, or \
             an Object metric, with target type AverageValue",
            name(autoscaler),
            found?
        );
        Some(Why::new(reason::UNSUPPORTED_METRIC, why))
    })
}

/// Who set the number of replicas last, beside the operator.
pub fn managers(deployment: &Value) -> Vec<&str> {
    let entries = deployment["metadata"]["managedFields"].as_array().into_iter().flatten();
    let others =
        entries.filter(|entry| entry["manager"] != MANAGER && entry["fieldsV1"]["f:spec"]["f:replicas"].is_object());
    others.filter_map(|entry| entry["manager"].as_str()).collect()
}

/// What is on record once others have given the Deployment another number than it was given.
pub fn put_back(before: Option<&PutBack>, retry: Option<&String>, now: Timestamp) -> PutBack {
    let now = now.as_second();
    let recent = before.filter(|before| before.retry.as_ref() == retry && now.saturating_sub(before.at) < WINDOW);
    PutBack { times: recent.map_or(1, |before| before.times.saturating_add(1)), at: now, retry: retry.cloned() }
}

/// Why the Deployment is not scaled: others have put its number back, and still own it.
pub fn owned_elsewhere(
    put_back: Option<&PutBack>,
    retry: Option<&String>,
    deployment: &Value,
    now: Timestamp,
) -> Option<Why> {
    let put_back = put_back.filter(|put_back| put_back.times >= TIMES && put_back.retry.as_ref() == retry)?;
    let managers = managers(deployment);
    if managers.is_empty() || now.as_second().saturating_sub(put_back.at) >= WINDOW {
        return None;
    }
    let why = format!(
        "{} has put the replicas of Deployment/{} back {} times: take spec.replicas out of the manifest that it applies (kubectl, Flux, Helm), \
         or out of what it compares (Argo CD: ignoreDifferences with jsonPointers [/spec/replicas], and the sync option \
         RespectIgnoreDifferences=true), and set the annotation {RETRY} to a new value",
        managers.join(", "),
        name(deployment),
        put_back.times
    );
    Some(Why::new(reason::REPLICAS_OWNED_ELSEWHERE, why))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A Deployment whose replicas these managers own.
    fn owned_by(managers: &[&str]) -> Value {
        let owns = |manager: &&str| json!({"manager": manager, "fieldsV1": {"f:spec": {"f:replicas": {}}}});
        let mut fields: Vec<Value> = managers.iter().map(owns).collect();
        fields.push(json!({"manager": "kubectl", "fieldsV1": {"f:spec": {"f:template": {}}}}));
        json!({"metadata": {"name": "web", "managedFields": fields}})
    }

    #[test]
    fn what_is_put_back_twice_within_the_hour_is_owned_elsewhere() {
        let now = Timestamp::from_second(1_800_000_000).expect("a time");
        let ago = |seconds: i64, times| PutBack { times, at: now.as_second() - seconds, retry: None };
        let retry = "again".to_owned();
        for (what, before, retry, managers, counted, is_owned) in [
            ("never", None, None, &["argocd"][..], 1, false),
            ("once", Some(ago(60, 1)), None, &["argocd"], 2, false),
            ("twice", Some(ago(60, 2)), None, &["argocd"], 3, true),
            ("long ago", Some(ago(4000, 2)), None, &["argocd"], 1, false),
            ("somebody asks for another try", Some(ago(60, 2)), Some(&retry), &["argocd"], 1, false),
            ("nobody else owns it any more", Some(ago(60, 2)), None, &[MANAGER], 3, false),
        ] {
            let deployment = owned_by(managers);
            assert_eq!(put_back(before.as_ref(), retry, now).times, counted, "{what}");
            let owned = owned_elsewhere(before.as_ref(), retry, &deployment, now);
            assert_eq!(owned.is_some(), is_owned, "{what}: {owned:?}");
        }
    }
}
