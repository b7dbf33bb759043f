//! Every field of a pod template: what it becomes in the task definition, and how. docs/translate.md shows the same table.

use serde_json::Value;

use super::{
    containers, environment, host, identity, metadata,
    path::{Unit, units},
    placement, probes,
    report::Verdict::{self, Approximated, Ignored, Refused},
    resources,
    run::Run,
    security, volumes,
};

/// One field, or several that are read together.
pub struct Row {
    /// From the template on, or from the container on: members, `[]` for each item of a list, `{}` for each entry of a map. What lies under it
    /// belongs to it.
    pub field: &'static str,
    /// The member of the task definition that it becomes, where there is one.
    pub becomes: &'static str,
    /// For people. Of a field that always means the same, it is the report's line.
    pub how: &'static str,
    act: Act,
}

enum Act {
    /// The same whatever stands there.
    Always(Verdict),
    Pod(fn(&mut Run, &Unit)),
    Container(fn(&mut Run, &Unit, usize)),
}

impl Row {
    /// The verdict of a field that always has the same.
    pub fn always(&self) -> Option<Verdict> {
        match self.act {
            Act::Always(verdict) => Some(verdict),
            Act::Pod(_) | Act::Container(_) => None,
        }
    }
}

const fn always(verdict: Verdict, field: &'static str, how: &'static str) -> Row {
    Row { field, becomes: "", how, act: Act::Always(verdict) }
}

const fn pod(field: &'static str, becomes: &'static str, how: &'static str, act: fn(&mut Run, &Unit)) -> Row {
    Row { field, becomes, how, act: Act::Pod(act) }
}

const fn container(
    field: &'static str,
    becomes: &'static str,
    how: &'static str,
    act: fn(&mut Run, &Unit, usize),
) -> Row {
    Row { field, becomes, how, act: Act::Container(act) }
}

/// Goes over the template: first each container, then the pod, each row in its turn.
pub fn walk(run: &mut Run, template: &Value) {
    for index in 0..run.containers.len() {
        let at = run.containers[index].at.clone();
        let value = container_at(template, index);
        for row in CONTAINER {
            for unit in units(value, &at, row.field) {
                act(run, row, &unit, index);
            }
        }
    }
    let at = run.at.clone();
    for row in POD {
        for unit in units(template, &at, row.field) {
            act(run, row, &unit, 0);
        }
    }
}

/// A container by its place in the order in which they start.
fn container_at(template: &Value, index: usize) -> &Value {
    let list = |name: &str| template["spec"][name].as_array().map_or(&[][..], Vec::as_slice);
    list("initContainers").iter().chain(list("containers")).nth(index).unwrap_or(&Value::Null)
}

fn act(run: &mut Run, row: &Row, unit: &Unit, index: usize) {
    match row.act {
        Act::Always(verdict) => run.ledger.say(&unit.at, verdict, row.how),
        Act::Pod(act) => act(run, unit),
        Act::Container(act) => act(run, unit, index),
    }
}

/// The fields of a container, an init container too.
pub const CONTAINER: &[Row] = &[
    container(
        "name",
        "containerDefinitions[].name",
        "an init container is waited for by `dependsOn` SUCCESS, a sidecar (`restartPolicy: Always`) by START, or by HEALTHY where it has a startup probe that became a health check",
        containers::name,
    ),
    container(
        "image",
        "containerDefinitions[].image",
        "as it is; one of a private ECR repository wants an execution role",
        containers::image,
    ),
    container(
        "imagePullPolicy",
        "",
        "ECS pulls for each task on Fargate; Never is refused there",
        containers::image_pull_policy,
    ),
    container(
        "restartPolicy",
        "containerDefinitions[].restartPolicy",
        "Always of an init container makes a sidecar, which ECS restarts once it has run for a minute",
        containers::restart_policy,
    ),
    always(
        Refused,
        "restartPolicyRules",
        "ECS restarts by no rules of exit codes: take them out, or use restartPolicy.ignoredExitCodes of the task definition",
    ),
    container(
        "resources.requests{}",
        "containerDefinitions[].cpu, memoryReservation",
        "counted in the size of the task; see [Sizes](#sizes)",
        resources::request,
    ),
    container(
        "resources.limits{}",
        "containerDefinitions[].memory",
        "counted in the size of the task; ECS caps the memory of a container, and the cpu of the task only",
        resources::limit,
    ),
    always(
        Refused,
        "resources.claims",
        "ECS has no dynamic resource allocation: take it out; GPUs are nvidia.com/gpu on EC2",
    ),
    always(Ignored, "resizePolicy", "ECS resizes no running container: a change starts new tasks"),
    container(
        "envFrom[]",
        "containerDefinitions[].environment, secrets",
        "each key of the ConfigMap; each key of the Secret by what `--secret` says; see [Secrets](#secrets)",
        environment::from,
    ),
    container(
        "env[]",
        "containerDefinitions[].environment, secrets",
        "`value` and `$(NAME)` in it, configMapKeyRef, secretKeyRef by `--secret`, and what of fieldRef and resourceFieldRef is known beforehand; see [Variables](#variables)",
        environment::variable,
    ),
    container("command", "containerDefinitions[].entryPoint", "with `$(NAME)` expanded", containers::command),
    container("args", "containerDefinitions[].command", "with `$(NAME)` expanded", containers::args),
    container("workingDir", "containerDefinitions[].workingDirectory", "as it is", containers::working_dir),
    container(
        "ports[]",
        "containerDefinitions[].portMappings",
        "port, protocol (not SCTP) and name; a host port only where it is the same",
        host::port,
    ),
    container("stdin", "containerDefinitions[].interactive", "as it is", containers::stdin),
    always(Ignored, "stdinOnce", "nobody attaches to a container of ECS"),
    container("tty", "containerDefinitions[].pseudoTerminal", "as it is", containers::tty),
    container(
        "livenessProbe",
        "containerDefinitions[].healthCheck",
        "exec as it is; httpGet, tcpSocket and grpc by a client in the image, where it is known to have one; see [Probes](#probes)",
        probes::liveness,
    ),
    container(
        "readinessProbe",
        "containerDefinitions[].healthCheck",
        "only where livenessProbe became none: a health check of ECS ends the task; see [Probes](#probes)",
        probes::readiness,
    ),
    container(
        "startupProbe",
        "containerDefinitions[].healthCheck.startPeriod",
        "its time is the start period; see [Probes](#probes)",
        probes::startup,
    ),
    container(
        "lifecycle",
        "",
        "ECS runs no hooks: a preStop that only sleeps is left out, since ECS takes a task off its load balancer before it stops it; others are refused",
        containers::lifecycle,
    ),
    container(
        "securityContext",
        "containerDefinitions[].user, readonlyRootFilesystem, linuxParameters.capabilities, privileged",
        "see [Security](#security)",
        security::of_container,
    ),
    container(
        "volumeMounts[]",
        "containerDefinitions[].mountPoints",
        "name, path and readOnly; files of ConfigMaps and Secrets are mounted readOnly, as in Kubernetes; a subPath is refused",
        volumes::mount,
    ),
    always(Refused, "volumeDevices", "ECS gives a container no block device: mount a file system"),
    always(
        Ignored,
        "terminationMessagePath",
        "ECS keeps no termination message; the exit code and the reason stand in the task",
    ),
    always(
        Ignored,
        "terminationMessagePolicy",
        "ECS keeps no termination message; the exit code and the reason stand in the task",
    ),
];

/// The fields of the pod.
pub const POD: &[Row] = &[
    pod("metadata.labels{}", "containerDefinitions[].dockerLabels", "as it is, on every container", metadata::label),
    pod(
        "metadata.annotations{}",
        "",
        "for controllers of the cluster; what injects a service mesh or scrapes metrics is Approximated",
        metadata::annotation,
    ),
    always(Ignored, "metadata", "for the API server of the cluster"),
    pod(
        "spec.securityContext",
        "containerDefinitions[].user, systemControls",
        "for each container that says nothing else; see [Security](#security)",
        security::of_pod,
    ),
    pod(
        "spec.volumes[]",
        "volumes",
        "emptyDir, files of ConfigMaps, Secrets and the downward API, EFS by its claim, hostPath on EC2; see [Volumes](#volumes)",
        volumes::volume,
    ),
    pod(
        "spec.serviceAccountName",
        "taskRoleArn",
        "the role of the service account (the annotation `eks.amazonaws.com/role-arn`, or an EKS Pod Identity association)",
        identity::service_account,
    ),
    pod("spec.serviceAccount", "taskRoleArn", "the old name of serviceAccountName", identity::service_account),
    pod(
        "spec.automountServiceAccountToken",
        "",
        "a task has no token for the API of the cluster: true is Approximated",
        identity::token,
    ),
    pod(
        "spec.imagePullSecrets[]",
        "containerDefinitions[].repositoryCredentials",
        "the Secrets Manager secret that `--secret NAME=ARN` names; ECR needs none",
        identity::pull_secret,
    ),
    pod(
        "spec.terminationGracePeriodSeconds",
        "containerDefinitions[].stopTimeout",
        "2 to 120 seconds",
        host::grace_period,
    ),
    pod(
        "spec.nodeSelector{}",
        "runtimePlatform",
        "architecture and operating system; others are Approximated",
        placement::node_selector,
    ),
    pod(
        "spec.os.name",
        "runtimePlatform.operatingSystemFamily",
        "as the node selector kubernetes.io/os",
        placement::os,
    ),
    pod(
        "spec.resources.requests{}",
        "cpu, memory",
        "counted in the size of the task; see [Sizes](#sizes)",
        resources::pod_request,
    ),
    pod(
        "spec.resources.limits{}",
        "cpu, memory",
        "counted in the size of the task; see [Sizes](#sizes)",
        resources::pod_limit,
    ),
    always(
        Refused,
        "spec.resources.claims",
        "ECS has no dynamic resource allocation: take it out; GPUs are nvidia.com/gpu on EC2",
    ),
    pod(
        "spec.restartPolicy",
        "",
        "a container that ends ends its task, and the service starts another",
        placement::restart_policy,
    ),
    pod("spec.hostNetwork", "networkMode", "refused on Fargate; `host` on EC2", host::network),
    pod("spec.hostPID", "pidMode", "refused on Fargate; `host` on EC2", host::pid),
    pod("spec.hostIPC", "ipcMode", "refused on Fargate; `host` on EC2", host::ipc),
    pod("spec.shareProcessNamespace", "pidMode", "`task`", host::share_process_namespace),
    pod("spec.hostUsers", "", "ECS maps no users: false is Approximated", host::users),
    pod(
        "spec.dnsPolicy",
        "",
        "a task asks the resolver of its VPC: Default is that, ClusterFirst is Approximated, None refused",
        host::dns_policy,
    ),
    always(
        Refused,
        "spec.dnsConfig.nameservers",
        "a task asks the resolver of its VPC: forward by a rule of Route 53 Resolver instead, and take it out",
    ),
    always(
        Refused,
        "spec.dnsConfig.searches",
        "a task has no search domains of its own: write names in full, and take it out",
    ),
    always(
        Ignored,
        "spec.dnsConfig.options",
        "a task asks the resolver of its VPC, which has no search list to hurry past",
    ),
    always(
        Refused,
        "spec.hostAliases",
        "ECS has no such entries where a task has its own network interface: put the names into a private hosted zone",
    ),
    always(Approximated, "spec.hostname", "ECS names the host of a task itself"),
    always(Approximated, "spec.hostnameOverride", "ECS names the host of a task itself"),
    always(
        Approximated,
        "spec.subdomain",
        "tasks have no names of a headless Service; register the service in AWS Cloud Map for names",
    ),
    always(Approximated, "spec.setHostnameAsFQDN", "ECS names the host of a task itself"),
    pod("spec.enableServiceLinks", "", "ECS makes no variables of Services: true is Approximated", host::service_links),
    always(
        Approximated,
        "spec.affinity",
        "ECS has no nodes and pods to be near to: it spreads a service's tasks over the zones of its subnets; the architecture goes by nodeSelector",
    ),
    always(
        Approximated,
        "spec.topologySpreadConstraints",
        "ECS spreads a service's tasks over the zones of its subnets, and keeps no skew beyond that",
    ),
    always(Ignored, "spec.tolerations", "ECS has no taints"),
    always(Ignored, "spec.schedulerName", "ECS places tasks itself"),
    always(Refused, "spec.nodeName", "there is no node of the cluster on ECS: take it out"),
    always(Approximated, "spec.priority", "ECS has no priorities: no task is stopped for another"),
    always(Approximated, "spec.priorityClassName", "ECS has no priorities: no task is stopped for another"),
    always(Ignored, "spec.preemptionPolicy", "ECS stops no task for another"),
    always(Ignored, "spec.overhead", "what the cluster's runtime takes; a task's size is its containers'"),
    always(
        Approximated,
        "spec.runtimeClassName",
        "ECS has no choice of runtimes; on Fargate no two tasks share a kernel",
    ),
    always(
        Approximated,
        "spec.readinessGates",
        "ECS waits for health checks and target groups only: give the service a target group",
    ),
    always(
        Approximated,
        "spec.schedulingGates",
        "nothing holds a task of ECS back: set desiredCount to 0 until it may start",
    ),
    always(Approximated, "spec.schedulingGroup", "ECS starts each task by itself"),
    always(
        Refused,
        "spec.resourceClaims",
        "ECS has no dynamic resource allocation: take it out; GPUs are nvidia.com/gpu on EC2",
    ),
    always(
        Approximated,
        "spec.activeDeadlineSeconds",
        "ECS lets a task run: end it in the program, or from outside with StopTask",
    ),
    always(Ignored, "spec.evictionResponders", "nothing evicts a task of ECS"),
    always(
        Refused,
        "spec.ephemeralContainers",
        "they are for pods that run: take them out; `aws ecs execute-command` is ECS's way in",
    ),
];
