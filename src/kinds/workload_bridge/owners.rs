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

/// Who set the number of replicas last, beside the operator; nobody where managed fields don't tell.
fn managers(deployment: &Value) -> Vec<String> {
    let entries = deployment["metadata"]["managedFields"].as_array().into_iter().flatten();
    let others =
        entries.filter(|entry| entry["manager"] != MANAGER && entry["fieldsV1"]["f:spec"]["f:replicas"].is_object());
    others.filter_map(|entry| entry["manager"].as_str().map(str::to_owned)).collect()
}

/// What is on record once others have given the Deployment another number than it was given.
pub fn put_back(before: Option<&PutBack>, retry: Option<&String>, deployment: &Value, now: Timestamp) -> PutBack {
    let now = now.as_second();
    let recent = before.filter(|before| before.retry.as_ref() == retry && now.saturating_sub(before.at) < WINDOW);
    let times = recent.map_or(1, |before| before.times.saturating_add(1));
    PutBack { times, at: now, by: managers(deployment), retry: retry.cloned() }
}

/// Why the Deployment is not scaled: others have put its number back, and have not let go of it since.
pub fn owned_elsewhere(
    put_back: Option<&PutBack>,
    retry: Option<&String>,
    deployment: &Value,
    bridge: &str,
    now: Timestamp,
) -> Option<Why> {
    let put_back = put_back.filter(|put_back| put_back.times >= TIMES && put_back.retry.as_ref() == retry)?;
    let managers = managers(deployment);
    let have_let_go = managers.is_empty() && !put_back.by.is_empty();
    if have_let_go || now.as_second().saturating_sub(put_back.at) >= WINDOW {
        return None;
    }
    let (who, remedy) = if managers.is_empty() {
        let remedy = format!(
            "the API server's audit log tells who writes to deployments, or to deployments/scale, of this name; let them scale the whole \
             (kubectl scale workloadbridge/{bridge})"
        );
        ("someone whose name managed fields do not tell".to_owned(), remedy)
    } else {
        let remedy = format!(
            "take spec.replicas out of the manifest that it applies (kubectl, Flux, Helm), or out of what it compares (Argo CD: \
             ignoreDifferences with jsonPointers [/spec/replicas], and the sync option RespectIgnoreDifferences=true); who scales by hand \
             scales the whole (kubectl scale workloadbridge/{bridge})"
        );
        (managers.join(", "), remedy)
    };
    let why = format!(
        "{who} has put the replicas of Deployment/{} back {} times: {remedy}, and set the annotation {RETRY} to a new value",
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
        const ARGO: &[&str] = &["argocd"];
        let now = Timestamp::from_second(1_800_000_000).expect("a time");
        let ago = |seconds: i64, times, by: &[&str]| {
            let by = by.iter().map(|name| (*name).to_owned()).collect();
            PutBack { times, at: now.as_second() - seconds, by, retry: None }
        };
        let retry = "again".to_owned();
        let unknown = Some("someone whose name managed fields do not tell");
        for (what, before, retry, managers, counted, owner) in [
            ("never", None, None, ARGO, 1, None),
            ("once", Some(ago(60, 1, ARGO)), None, ARGO, 2, None),
            ("twice", Some(ago(60, 2, ARGO)), None, ARGO, 3, Some("argocd")),
            ("twice, by another in the end", Some(ago(60, 2, &["kubectl"])), None, ARGO, 3, Some("argocd")),
            ("long ago", Some(ago(4000, 2, ARGO)), None, ARGO, 1, None),
            ("somebody asks for another try", Some(ago(60, 2, ARGO)), Some(&retry), ARGO, 1, None),
            ("who did has let go of it", Some(ago(60, 2, ARGO)), None, &[MANAGER][..], 3, None),
            ("once, by nobody who is named", Some(ago(60, 1, &[])), None, &[], 2, None),
            ("twice, by nobody who is named", Some(ago(60, 2, &[])), None, &[], 3, unknown),
            ("where the operator alone is named", Some(ago(60, 2, &[])), None, &[MANAGER], 3, unknown),
            ("long ago, by nobody who is named", Some(ago(4000, 2, &[])), None, &[], 1, None),
            ("another try after nobody who is named", Some(ago(60, 2, &[])), Some(&retry), &[], 1, None),
            ("a name that comes later", Some(ago(60, 2, &[])), None, ARGO, 3, Some("argocd")),
        ] {
            let deployment = owned_by(managers);
            let counts = put_back(before.as_ref(), retry, &deployment, now);
            assert_eq!(counts.times, counted, "{what}");
            let owned = owned_elsewhere(before.as_ref(), retry, &deployment, "shop", now).map(|why| why.message);
            assert_eq!(owned.is_some(), owner.is_some(), "{what}: {owned:?}");
            for part in owner.into_iter().chain(owned.is_some().then_some("kubectl scale workloadbridge/shop")) {
                assert!(owned.as_ref().is_some_and(|owned| owned.contains(part)), "{what}: no {part:?} in {owned:?}");
            }
        }
    }

    #[test]
    fn who_set_the_number_goes_on_record() {
        let now = Timestamp::from_second(1_800_000_000).expect("a time");
        assert_eq!(put_back(None, None, &owned_by(&["argocd", MANAGER]), now).by, ["argocd"]);
        assert_eq!(put_back(None, None, &owned_by(&[MANAGER]), now).by, Vec::<String>::new());
    }
}
