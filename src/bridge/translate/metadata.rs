//! Labels, annotations, and what a pod can say of itself.

use super::{path::Unit, run::Run};

pub fn label(run: &mut Run, unit: &Unit) {
    let name = unit.at.last().to_owned();
    for part in &mut run.containers {
        part.made.docker_labels.get_or_insert_default().insert(name.clone(), unit.text().to_owned());
    }
    run.translated(&unit.at, "a label of each container; ECS selects nothing by it");
}

/// Annotations, by the beginning of their names, without which something is not there that the workload may count on.
const MISSED: &[(&str, &str)] = &[
    ("sidecar.istio.io/", "no mesh is injected into a task: use ECS Service Connect"),
    ("istio.io/", "no mesh is injected into a task: use ECS Service Connect"),
    ("traffic.sidecar.istio.io/", "no mesh is injected into a task: use ECS Service Connect"),
    ("linkerd.io/", "no mesh is injected into a task: use ECS Service Connect"),
    ("config.linkerd.io/", "no mesh is injected into a task: use ECS Service Connect"),
    (
        "prometheus.io/",
        "Prometheus finds no tasks by annotations: use its ECS service discovery, or a collector beside the container",
    ),
    ("vault.hashicorp.com/", "no agent is injected into a task: use `secrets` of ECS"),
    ("iam.amazonaws.com/role", "a task has the role of its service account: annotate that"),
    ("k8s.v1.cni.cncf.io/", "a task has one network interface"),
    ("instrumentation.opentelemetry.io/", "nothing is injected into a task: add the agent to the image"),
    ("admission.datadoghq.com/", "nothing is injected into a task: add the agent to the image"),
];

pub fn annotation(run: &mut Run, unit: &Unit) {
    let name = unit.at.last();
    match MISSED.iter().find(|(begin, _)| name.starts_with(begin)) {
        Some((_, says)) => run.approximated(&unit.at, *says),
        None => run.ignored(&unit.at, "for controllers of the cluster"),
    }
}

/// What a field of the downward API holds, where that is known before the task runs.
pub fn field(run: &Run, path: &str) -> Result<String, String> {
    let entry = |name: &str| path.strip_prefix(name)?.strip_prefix("['")?.strip_suffix("']");
    if let Some(key) = entry("metadata.labels") {
        return Ok(run.labels.get(key).cloned().unwrap_or_default());
    }
    if let Some(key) = entry("metadata.annotations") {
        return Ok(run.annotations.get(key).cloned().unwrap_or_default());
    }
    match path {
        "metadata.namespace" => Ok(run.context.namespace.clone()),
        "spec.serviceAccountName" => {
            let pod = &run.pod;
            let name = pod.service_account_name.clone().or_else(|| pod.service_account.clone());
            Ok(name.filter(|name| !name.is_empty()).unwrap_or_else(|| "default".into()))
        }
        "metadata.name" | "metadata.uid" | "spec.nodeName" | "status.podIP" | "status.podIPs" | "status.hostIP"
        | "status.hostIPs" => Err(format!(
            "{path} is known to the running task only: have the program ask the task metadata endpoint ($ECS_CONTAINER_METADATA_URI_V4/task), and take it out"
        )),
        _ => Err("no field of the downward API: write it right, or take it out".to_owned()),
    }
}

/// All labels or annotations, as the downward API writes them into a file.
pub fn listed(run: &Run, path: &str) -> Option<String> {
    let entries = match path {
        "metadata.labels" => &run.labels,
        "metadata.annotations" => &run.annotations,
        _ => return None,
    };
    let lines = entries.iter().map(|(key, value)| format!("{key}={}\n", serde_json::Value::from(value.as_str())));
    Some(lines.collect())
}
