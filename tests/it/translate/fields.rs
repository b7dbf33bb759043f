//! Field by field: what it becomes, and what its line says.
//!
//! Each row: what is put into the container, or into the pod's spec | the field | what of the definition is this, or nothing | how the line
//! begins.

use ecs_bridge::bridge::translate::{Context, Target};
use serde_json::{Value, json};

use super::{holds, line, made, template};

fn on_ec2() -> Context {
    Context { target: Target::Ec2, ..Context::default() }
}

/// Where the rows of a table put what is given, where its fields stand, and where in the definition it is looked for.
pub struct Place {
    put: fn(Value) -> Value,
    field: &'static str,
    made: &'static str,
}

pub const CONTAINER: Place =
    Place { put: |given| template(json!({}), given), field: "spec.containers[0]", made: "/containerDefinitions/0" };

pub const POD: Place = Place { put: |given| template(json!({"spec": given}), json!({})), field: "spec", made: "" };

const TEMPLATE: Place = Place { put: |given| template(given, json!({})), field: "", made: "" };

pub fn hold(context: &Context, place: &Place, table: &str) {
    let mut rows = 0;
    for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.replace(" | | ", " | - | ").leak().split(" | ").collect();
        let [given, field, becomes, says] = cells.as_slice() else { panic!("{row}: four cells are wanted") };
        let given: Value = serde_json::from_str(given).unwrap_or_else(|error| panic!("{row}: {error}"));
        let template = (place.put)(given);
        let translation = holds(&template, context).unwrap_or_else(|why| panic!("{row}\n{why}"));
        let path = if place.field.is_empty() {
            (*field).to_owned()
        } else {
            format!("{}.{field}", place.field).replace(".[", "[")
        };
        let line = line(&translation, &path);
        assert!(line.starts_with(says), "{row}\n{path}: {line}");
        if let Some((pointer, value)) = becomes.split_once(" = ") {
            let value: Value = serde_json::from_str(value).unwrap_or_else(|error| panic!("{row}: {error}"));
            let made = made(&translation);
            let found = made.pointer(&format!("{}/{pointer}", place.made)).unwrap_or(&Value::Null);
            assert_eq!(*found, value, "{row}\nmade: {made:#}");
        }
        rows += 1;
    }
    assert!(rows > 0, "a table without rows");
}

#[test]
fn what_a_container_is_and_runs() {
    let table = r#"
        {} | name | name = "web" | Translated
        {} | image | image = "nginx" | Translated
        {} | image | essential = true | Translated
        {"command": ["a", "b"]} | command | entryPoint = ["a", "b"] | Translated
        {"args": ["a"]} | args | command = ["a"] | Translated
        {"args": []} | args | command = null | Ignored: empty
        {"workingDir": "/x"} | workingDir | workingDirectory = "/x" | Translated
        {"stdin": true} | stdin | interactive = true | Translated
        {"stdinOnce": true} | stdinOnce | interactive = null | Ignored
        {"tty": true} | tty | pseudoTerminal = true | Translated
        {"ports": [{"containerPort": 80, "name": "http"}]} | ports[0].name | portMappings = [{"containerPort": 80, "name": "http", "protocol": "tcp"}] | Translated
        {"ports": [{"containerPort": 80}, {"containerPort": 80}]} | ports[1].containerPort | portMappings = [{"containerPort": 80, "protocol": "tcp"}] | Ignored: the task has this port already
        {"ports": [{"containerPort": 80}, {"containerPort": 80, "protocol": "UDP"}]} | ports[1].protocol | portMappings/1/protocol = "udp" | Translated
        {"ports": [{"containerPort": 80, "protocol": "SCTP"}]} | ports[0].protocol | | Refused: ECS maps TCP and UDP
        {"ports": [{"containerPort": 0}]} | ports[0].containerPort | | Refused
        {"ports": [{"containerPort": 80, "hostPort": 8080}]} | ports[0].hostPort | | Refused
        {"ports": [{"containerPort": 80, "hostPort": 80}]} | ports[0].hostPort | portMappings/0/hostPort = null | Approximated
        {"ports": [{"containerPort": 80, "name": "Http"}]} | ports[0].name | portMappings/0/name = null | Approximated
        {"ports": [{"containerPort": 80, "nonesuch": 1}]} | ports[0].nonesuch | | Refused: Kubernetes 1.37 has no such field
        {"imagePullPolicy": "Always"} | imagePullPolicy | | Ignored
        {"imagePullPolicy": "Never"} | imagePullPolicy | | Refused
        {"lifecycle": {"preStop": {"exec": {"command": ["sleep", "5"]}}}} | lifecycle.preStop.exec.command | | Approximated
        {"lifecycle": {"preStop": {"sleep": {"seconds": 5}}}} | lifecycle.preStop.sleep.seconds | | Approximated
        {"lifecycle": {"preStop": {"exec": {"command": ["save"]}}}} | lifecycle.preStop.exec.command | | Refused
        {"lifecycle": {"postStart": {"exec": {"command": ["x"]}}}} | lifecycle.postStart.exec.command | | Refused
        {"lifecycle": {"stopSignal": "SIGTERM"}} | lifecycle.stopSignal | | Ignored
        {"lifecycle": {"stopSignal": "SIGINT"}} | lifecycle.stopSignal | | Refused
        {"volumeDevices": [{"name": "x", "devicePath": "/x"}]} | volumeDevices[0].name | | Refused
        {"terminationMessagePath": "/x"} | terminationMessagePath | | Ignored
        {"nonesuch": {"a": 1}} | nonesuch.a | | Refused: Kubernetes 1.37 has no such field
        {"image": ""} | image | | Refused: a container wants an image
        {"image": null} | image | | Refused: a container wants an image
        {"name": "a b"} | name | | Refused: a container wants a name
        {"image": "1.dkr.ecr.us-east-1.amazonaws.com/x"} | image | | Refused: ECS pulls from a private ECR repository with an execution role
        {"tty": "yes"} | tty | | Refused: Kubernetes wants true or false
    "#;
    hold(&Context::default(), &CONTAINER, table);
}

#[test]
fn what_a_container_may() {
    let table = r#"
        {"securityContext": {"runAsUser": 1000}} | securityContext.runAsUser | user = "1000" | Translated
        {"securityContext": {"runAsUser": 1000, "runAsGroup": 2000}} | securityContext.runAsGroup | user = "1000:2000" | Translated
        {"securityContext": {"runAsGroup": 2000}} | securityContext.runAsGroup | | Refused: ECS sets a group with a user only
        {"securityContext": {"runAsUser": -1}} | securityContext.runAsUser | | Refused
        {"securityContext": {"runAsNonRoot": true, "runAsUser": 1}} | securityContext.runAsNonRoot | | Translated
        {"securityContext": {"runAsNonRoot": true}} | securityContext.runAsNonRoot | | Approximated
        {"securityContext": {"runAsNonRoot": true, "runAsUser": 0}} | securityContext.runAsNonRoot | | Refused
        {"securityContext": {"runAsNonRoot": false}} | securityContext.runAsNonRoot | user = null | Ignored
        {"securityContext": {"readOnlyRootFilesystem": true}} | securityContext.readOnlyRootFilesystem | readonlyRootFilesystem = true | Translated
        {"securityContext": {"privileged": true}} | securityContext.privileged | | Refused: Fargate runs nothing privileged
        {"securityContext": {"privileged": false}} | securityContext.privileged | privileged = null | Ignored
        {"securityContext": {"allowPrivilegeEscalation": false}} | securityContext.allowPrivilegeEscalation | dockerSecurityOptions = null | Approximated
        {"securityContext": {"allowPrivilegeEscalation": true}} | securityContext.allowPrivilegeEscalation | | Ignored
        {"securityContext": {"capabilities": {"drop": ["ALL"]}}} | securityContext.capabilities.drop | linuxParameters/capabilities = {"drop": ["ALL"]} | Translated
        {"securityContext": {"capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}}} | securityContext.capabilities.add | linuxParameters/capabilities = {"drop": ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"]} | Translated
        {"securityContext": {"capabilities": {"drop": ["NET_RAW", "BPF"], "add": ["SYS_PTRACE"]}}} | securityContext.capabilities.add | linuxParameters/capabilities = {"add": ["SYS_PTRACE"], "drop": ["NET_RAW"]} | Translated
        {"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}} | securityContext.capabilities.add | | Refused: Fargate adds SYS_PTRACE only: take NET_ADMIN out
        {"securityContext": {"capabilities": {"add": ["BPF"]}}} | securityContext.capabilities.add | | Refused: ECS knows no capability
        {"securityContext": {"capabilities": {"add": ["CAP_CHOWN"]}}} | securityContext.capabilities.add | linuxParameters = null | Translated
        {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}} | securityContext.seccompProfile.type | | Ignored
        {"securityContext": {"seccompProfile": {"type": "Unconfined"}}} | securityContext.seccompProfile.type | | Refused
        {"securityContext": {"appArmorProfile": {"type": "Localhost"}}} | securityContext.appArmorProfile.type | | Refused
        {"securityContext": {"seLinuxOptions": {"level": "s0"}}} | securityContext.seLinuxOptions.level | | Approximated
        {"securityContext": {"procMount": "Unmasked"}} | securityContext.procMount | | Refused
        {"securityContext": {"windowsOptions": {"hostProcess": true}}} | securityContext.windowsOptions.hostProcess | | Refused
        {"securityContext": {}} | securityContext | | Ignored: empty
        {"securityContext": {"capabilities": {}}} | securityContext.capabilities | linuxParameters = null | Ignored: empty
    "#;
    hold(&Context::default(), &CONTAINER, table);
    let table = r#"
        {"securityContext": {"privileged": true}} | securityContext.privileged | privileged = true | Translated
        {"securityContext": {"allowPrivilegeEscalation": false}} | securityContext.allowPrivilegeEscalation | dockerSecurityOptions = ["no-new-privileges"] | Translated
        {"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}} | securityContext.capabilities.add | linuxParameters/capabilities/add = ["NET_ADMIN"] | Translated
    "#;
    hold(&on_ec2(), &CONTAINER, table);
}

#[test]
fn what_all_containers_of_a_pod_have() {
    let table = r#"
        {"securityContext": {"runAsUser": 7, "runAsGroup": 8}} | securityContext.runAsGroup | containerDefinitions/0/user = "7:8" | Translated
        {"securityContext": {"runAsGroup": 8}} | securityContext.runAsGroup | | Refused
        {"securityContext": {"fsGroup": 8}} | securityContext.fsGroup | | Ignored: there are no volumes
        {"securityContext": {"supplementalGroups": [1]}} | securityContext.supplementalGroups | | Approximated
        {"securityContext": {"sysctls": [{"name": "net.core.somaxconn", "value": "9"}]}} | securityContext.sysctls[0].value | containerDefinitions/0/systemControls = [{"namespace": "net.core.somaxconn", "value": "9"}] | Translated
        {"securityContext": {"sysctls": [{"name": "vm.swappiness", "value": "1"}]}} | securityContext.sysctls[0].name | | Refused
        {"terminationGracePeriodSeconds": 5} | terminationGracePeriodSeconds | containerDefinitions/0/stopTimeout = 5 | Translated
        {"terminationGracePeriodSeconds": 600} | terminationGracePeriodSeconds | containerDefinitions/0/stopTimeout = 120 | Approximated
        {"terminationGracePeriodSeconds": 0} | terminationGracePeriodSeconds | containerDefinitions/0/stopTimeout = 2 | Approximated
    "#;
    hold(&Context::default(), &POD, table);
    let table = r#"
        {"metadata": {"labels": {"app.kubernetes.io/name": "web"}}} | metadata.labels["app.kubernetes.io/name"] | containerDefinitions/0/dockerLabels = {"app.kubernetes.io/name": "web"} | Translated
        {"metadata": {"annotations": {"sidecar.istio.io/inject": "true"}}} | metadata.annotations["sidecar.istio.io/inject"] | | Approximated
        {"metadata": {"annotations": {"checksum/config": "x"}}} | metadata.annotations["checksum/config"] | | Ignored
        {"metadata": {"creationTimestamp": null, "name": "x"}} | metadata.name | | Ignored
        {"nonesuch": 1} | nonesuch | | Refused
    "#;
    hold(&Context::default(), &TEMPLATE, table);
}

#[test]
fn where_a_pod_runs() {
    let table = r#"
        {"nodeSelector": {"kubernetes.io/arch": "arm64"}} | nodeSelector["kubernetes.io/arch"] | runtimePlatform = {"cpuArchitecture": "ARM64"} | Translated
        {"nodeSelector": {"kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux"}} | nodeSelector["kubernetes.io/os"] | runtimePlatform = {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"} | Translated
        {"nodeSelector": {"kubernetes.io/arch": "s390x"}} | nodeSelector["kubernetes.io/arch"] | | Refused
        {"nodeSelector": {"kubernetes.io/os": "windows", "node.kubernetes.io/windows-build": "10.0.20348"}} | nodeSelector["kubernetes.io/os"] | runtimePlatform = {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"} | Translated
        {"nodeSelector": {"kubernetes.io/os": "windows", "node.kubernetes.io/windows-build": "10.0.20348"}} | nodeSelector["node.kubernetes.io/windows-build"] | cpu = "1024" | Translated
        {"os": {"name": "windows"}} | os.name | | Refused: ECS wants the version of Windows
        {"nodeSelector": {"topology.kubernetes.io/zone": "a"}} | nodeSelector["topology.kubernetes.io/zone"] | | Approximated: the service's subnets decide
        {"nodeSelector": {"team": "a"}} | nodeSelector.team | | Approximated
        {"nodeName": "n"} | nodeName | | Refused
        {"hostNetwork": true} | hostNetwork | | Refused: Fargate has no host
        {"hostNetwork": false} | hostNetwork | networkMode = "awsvpc" | Ignored
        {"hostPID": true} | hostPID | | Refused
        {"hostIPC": true} | hostIPC | | Refused
        {"shareProcessNamespace": true} | shareProcessNamespace | pidMode = "task" | Translated
        {"hostUsers": false} | hostUsers | | Approximated
        {"dnsPolicy": "ClusterFirst"} | dnsPolicy | | Approximated
        {"dnsPolicy": "Default"} | dnsPolicy | | Translated
        {"dnsPolicy": "None"} | dnsPolicy | | Refused
        {"dnsConfig": {"nameservers": ["1.1.1.1"]}} | dnsConfig.nameservers | | Refused
        {"dnsConfig": {"options": [{"name": "ndots", "value": "2"}]}} | dnsConfig.options[0].name | | Ignored
        {"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["x"]}]} | hostAliases[0].ip | | Refused
        {"hostname": "x"} | hostname | | Approximated
        {"tolerations": [{"operator": "Exists"}]} | tolerations[0].operator | | Ignored
        {"affinity": {"podAntiAffinity": {}}} | affinity.podAntiAffinity | | Approximated
        {"topologySpreadConstraints": [{"maxSkew": 1}]} | topologySpreadConstraints[0].maxSkew | | Approximated
        {"priorityClassName": "high"} | priorityClassName | | Approximated
        {"runtimeClassName": "gvisor"} | runtimeClassName | | Approximated
        {"restartPolicy": "Always"} | restartPolicy | | Approximated
        {"restartPolicy": "Never"} | restartPolicy | | Translated
        {"enableServiceLinks": false} | enableServiceLinks | | Ignored
        {"enableServiceLinks": true} | enableServiceLinks | | Approximated
        {"automountServiceAccountToken": false} | automountServiceAccountToken | | Ignored
        {"activeDeadlineSeconds": 5} | activeDeadlineSeconds | | Approximated
        {"ephemeralContainers": [{"name": "x"}]} | ephemeralContainers[0].name | | Refused
        {"resourceClaims": [{"name": "x"}]} | resourceClaims[0].name | | Refused
        {"containers": []} | containers | | Refused: a pod wants a container
        {"containers": null} | containers | | Refused: a pod wants a container
    "#;
    hold(&Context::default(), &POD, table);
    let table = r#"
        {"hostNetwork": true} | hostNetwork | networkMode = "host" | Translated
        {"hostPID": true} | hostPID | pidMode = "host" | Translated
        {"hostIPC": true} | hostIPC | ipcMode = "host" | Translated
        {"hostPID": true, "shareProcessNamespace": true} | shareProcessNamespace | | Refused
        {} | containers[0].name | containerDefinitions/0/memoryReservation = 128 | Translated
        {} | containers[0].name | requiresCompatibilities = ["EC2"] | Translated
    "#;
    hold(&on_ec2(), &POD, table);
}
