//! kstatus, by which Flux and kpt judge custom resources (sigs.k8s.io/cli-utils, pkg/kstatus/status: generic.go and status.go).

use serde_json::Value;

/// What kstatus calls it.
pub fn status(object: &Value) -> &'static str {
    if object["metadata"].get("deletionTimestamp").is_some() {
        return "Terminating";
    }
    let observed = object.pointer("/status/observedGeneration");
    if observed.is_some_and(|observed| Some(observed) != object.pointer("/metadata/generation")) {
        return "InProgress";
    }
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array);
    // In the order of the list.
    for condition in conditions.into_iter().flatten().filter(|condition| condition["status"] == "True") {
        match condition["type"].as_str() {
            Some("Reconciling") => return "InProgress",
            Some("Stalled") => return "Failed",
            _ => {}
        }
    }
    let ready = conditions.into_iter().flatten().find(|condition| condition["type"] == "Ready");
    match ready.map(|ready| ready["status"] == "True") {
        Some(true) | None => "Current",
        Some(false) => "InProgress",
    }
}
