//! What refers to something: variables, files, volumes, roles, secrets; and what is made of several fields together.

use ecs_bridge::bridge::translate::{Context, Target, Translation};
use serde_json::{Value, json};

use super::{
    fields::{CONTAINER, POD, hold},
    holds, line, made,
    objects::{SECRET, context, shop},
    template,
};

#[test]
fn variables() {
    let table = r#"
        {"env": [{"name": "A", "value": "x"}]} | env[0].value | environment = [{"name": "A", "value": "x"}] | Translated
        {"env": [{"name": "A"}]} | env[0].name | environment = [{"name": "A", "value": ""}] | Translated
        {"env": [{"name": "A", "value": "1"}, {"name": "B", "value": "$(A)$(NONE)$$(A)"}]} | env[1].value | environment/1/value = "1$(NONE)$(A)" | Translated
        {"env": [{"name": "B", "value": "$(A)"}, {"name": "A", "value": "1"}]} | env[0].value | environment/0/value = "$(A)" | Translated
        {"env": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]} | env[0].name | environment = [{"name": "A", "value": "2"}] | Translated: a variable; given more than once
        {"env": [{"name": "A", "value": "1"}], "command": ["x", "$(A)"]} | command | entryPoint = ["x", "1"] | Translated
        {"env": [{"name": "A", "value": "1"}], "args": ["$(A)"]} | args | command = ["1"] | Translated
        {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "app", "key": "FROM"}}}]} | env[0].valueFrom.configMapKeyRef.key | environment/0/value = "from" | Translated
        {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "app", "key": "none"}}}]} | env[0].valueFrom.configMapKeyRef.key | | Refused
        {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "app", "key": "none", "optional": true}}}]} | env[0].valueFrom.configMapKeyRef.key | environment = null | Translated
        {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "none", "key": "x"}}}]} | env[0].valueFrom.configMapKeyRef.name | | Refused: the ConfigMap none is not among the manifests
        {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "none", "key": "x", "optional": true}}}]} | env[0].valueFrom.configMapKeyRef.name | environment = null | Approximated
        {"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}}]} | env[0].valueFrom.fieldRef.fieldPath | environment/0/value = "shop" | Translated
        {"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "spec.serviceAccountName"}}}]} | env[0].valueFrom.fieldRef.fieldPath | environment/0/value = "default" | Translated
        {"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}]} | env[0].valueFrom.fieldRef.fieldPath | | Refused: status.podIP is known to the running task only
        {"env": [{"name": "A", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory", "divisor": "1Mi"}}}], "resources": {"limits": {"memory": "65Mi"}}} | env[0].valueFrom.resourceFieldRef.divisor | environment/0/value = "65" | Translated
        {"env": [{"name": "A", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}], "resources": {"limits": {"cpu": "1500m"}}} | env[0].valueFrom.resourceFieldRef.resource | environment/0/value = "2" | Translated
        {"env": [{"name": "A", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}]} | env[0].valueFrom.resourceFieldRef.resource | | Refused
        {"env": [{"name": "A", "valueFrom": {"fileKeyRef": {"key": "k", "path": "p", "volumeName": "v"}}}]} | env[0].valueFrom.fileKeyRef.key | | Refused
        {"env": [{"name": "A", "value": "x", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}}]} | env[0].value | | Refused: value and valueFrom exclude each other
        {"env": [{"name": "a=b", "value": "x"}]} | env[0].name | | Refused
        {"envFrom": [{"configMapRef": {"name": "two"}, "prefix": "P_"}]} | envFrom[0].prefix | environment = [{"name": "P_A", "value": "1"}, {"name": "P_B", "value": "it's"}] | Translated
        {"envFrom": [{"configMapRef": {"name": "two"}}], "env": [{"name": "A", "value": "own"}, {"name": "C", "value": "$(A)$(B)"}]} | envFrom[0].configMapRef.name | environment = [{"name": "A", "value": "own"}, {"name": "B", "value": "it's"}, {"name": "C", "value": "ownit's"}] | Translated: 2 variables
        {"envFrom": [{"configMapRef": {"name": "app"}}]} | envFrom[0].configMapRef.name | environment/1/name = "KEY" | Approximated: 3 variables, one of which names port 80 of the Service cart
        {"envFrom": [{"configMapRef": {"name": "none"}}]} | envFrom[0].configMapRef.name | | Refused
        {"envFrom": [{"prefix": "x"}]} | envFrom[0].prefix | | Refused: names neither
        {"env": [{"name": "A", "value": "cart:80"}]} | env[0].value | environment/0/value = "cart:80" | Approximated: names port 80 of the Service cart (port 8080 of its pods)
        {"env": [{"name": "A", "value": "other:80"}]} | env[0].value | environment/0/value = "other:80" | Approximated: reads like the name and the port of a Service
        {"args": ["--to=cart:80"]} | args | command = ["--to=cart:80"] | Approximated: names port 80
    "#;
    hold(&shop(), &CONTAINER, table);
}

/// A Service that has a name in AWS Cloud Map is called by it.
#[test]
fn names_in_cloud_map() {
    let table = r#"
        {"env": [{"name": "A", "value": "redis:80"}]} | env[0].value | environment/0/value = "redis.shop.internal:8080" | Translated: the variable's value, with the name of the Service redis in AWS Cloud Map, and port 8080 of its pods
        {"env": [{"name": "A", "value": "redis"}]} | env[0].value | environment/0/value = "redis.shop.internal" | Approximated: with the name of the Service redis in AWS Cloud Map, and without a port: port 80 of the Service is port 8080 of its pods
        {"env": [{"name": "A", "value": "redis:81"}]} | env[0].value | environment/0/value = "redis:81" | Approximated: names port 81 of the Service redis (port admin of its pods), whose number is not known
        {"env": [{"name": "H", "value": "redis"}, {"name": "A", "value": "http://$(H):80/"}]} | env[1].value | environment/1/value = "http://redis.shop.internal:8080/" | Translated
        {"env": [{"name": "A", "value": "redis:80"}], "args": ["--to=$(A)"]} | args | command = ["--to=redis.shop.internal:8080"] | Translated: the command, with the name
        {"command": ["redis"]} | command | entryPoint = ["redis"] | Translated: the entry point
        {"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "hosts", "key": "REDIS"}}}]} | env[0].valueFrom.configMapKeyRef.key | environment/0/value = "redis.shop.internal:8080" | Translated
        {"envFrom": [{"configMapRef": {"name": "hosts"}}]} | envFrom[0].configMapRef.name | environment/0/value = "redis.shop.internal:8080" | Translated: 1 variables, one of which with the name of the Service redis
    "#;
    hold(&shop(), &CONTAINER, table);
    // What the pod is called is no host, whatever else is called so.
    let labelled = json!({"metadata": {"labels": {"app": "redis"}}});
    let variable = json!({"env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}}]});
    let translation = translated(&shop(), labelled, variable);
    assert_eq!(made(&translation)["containerDefinitions"][0]["environment"][0]["value"], "redis");
}

#[test]
fn secrets_are_named_and_never_held() {
    let value_from = |path: &str, given: &str| {
        let secrets = format!(r#"[{{"name": "A", "valueFrom": "{SECRET}"}}]"#);
        format!("{given} | {path} | secrets = {secrets} | Translated")
    };
    let password = r#"{"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}]}"#;
    hold(&shop(), &CONTAINER, &value_from("env[0].valueFrom.secretKeyRef.key", password));
    let table = r#"
        {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "none"}}}]} | env[0].valueFrom.secretKeyRef.key | | Refused: nothing says what holds the key none of the Secret db
        {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "none", "optional": true}}}]} | env[0].valueFrom.secretKeyRef.key | secrets = null | Translated
        {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "none", "key": "x"}}}]} | env[0].valueFrom.secretKeyRef.name | | Refused
        {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}, {"name": "B", "value": "$(A)"}]} | env[1].value | | Refused: $(A) is known to the running task only
        {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}], "command": ["$(A)"]} | command | | Refused: $(A) is known to the running task only
        {"envFrom": [{"secretRef": {"name": "db"}}]} | envFrom[0].secretRef.name | secrets/1/name = "user" | Translated: 2 secrets
        {"envFrom": [{"secretRef": {"name": "none"}}]} | envFrom[0].secretRef.name | | Refused: nothing is known of the Secret none
        {"envFrom": [{"secretRef": {"name": "none", "optional": true}}]} | envFrom[0].secretRef.name | secrets = null | Approximated
    "#;
    hold(&shop(), &CONTAINER, table);
    let without_role = context(Target::Fargate, false, false, "x");
    let table = format!(
        "{password} | env[0].valueFrom.secretKeyRef.key | | Refused: ECS fetches secrets with an execution role"
    );
    hold(&without_role, &CONTAINER, &table);
}

#[test]
fn roles_and_credentials() {
    let table = r#"
        {"serviceAccountName": "web"} | serviceAccountName | taskRoleArn = "arn:aws:iam::123456789012:role/ecsTaskExecution" | Translated
        {"serviceAccount": "web"} | serviceAccount | taskRoleArn = "arn:aws:iam::123456789012:role/ecsTaskExecution" | Translated
        {"serviceAccountName": "associated"} | serviceAccountName | taskRoleArn = "arn:aws:iam::123456789012:role/ecsTaskExecution" | Translated
        {"serviceAccountName": "plain"} | serviceAccountName | taskRoleArn = null | Approximated: no task role: the service account plain has no IAM role
        {"serviceAccountName": "none"} | serviceAccountName | taskRoleArn = null | Approximated: no task role: the service account none is not among the manifests (unchecked
        {"imagePullSecrets": [{"name": "pull"}]} | imagePullSecrets[0].name | containerDefinitions/0/repositoryCredentials = {"credentialsParameter": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"} | Translated
        {"imagePullSecrets": [{"name": "pull"}, {"name": "pull"}]} | imagePullSecrets[1].name | | Approximated
        {"imagePullSecrets": [{"name": "none"}]} | imagePullSecrets[0].name | | Refused
        {"containers": [{"name": "a", "image": "1.dkr.ecr.eu-west-1.amazonaws.com/x"}], "imagePullSecrets": [{"name": "none"}]} | imagePullSecrets[0].name | containerDefinitions/0/repositoryCredentials = null | Ignored
    "#;
    hold(&shop(), &POD, table);
    let translation = translated(&shop(), json!({"spec": {"serviceAccountName": "web"}}), json!({}));
    let notes = translation.report.notes.join("\n");
    assert!(
        notes.contains(r#""Service":"ecs-tasks.amazonaws.com""#),
        "the statement for the trust policy is not told: {notes}"
    );
}

#[test]
fn sizes() {
    let resources = |requests: Value, limits: Value| json!({"resources": {"requests": requests, "limits": limits}});
    for (requests, limits, cpu, memory) in [
        (json!({}), json!({}), "256", "512"),
        (json!({"cpu": "250m", "memory": "512Mi"}), json!({}), "256", "512"),
        (json!({"cpu": "251m"}), json!({}), "512", "1024"),
        (json!({"cpu": "100m"}), json!({"cpu": "300m"}), "512", "1024"),
        (json!({"cpu": "100m", "memory": "64Mi"}), json!({"cpu": "200m", "memory": "513Mi"}), "256", "1024"),
        (json!({"memory": "3Gi"}), json!({}), "512", "3072"),
        (json!({"cpu": 4, "memory": "8Gi"}), json!({"memory": "30Gi"}), "4096", "30720"),
        (json!({"cpu": "16", "memory": "120Gi"}), json!({}), "16384", "122880"),
    ] {
        let translation = translated(&shop(), json!({}), resources(requests.clone(), limits.clone()));
        let made = made(&translation);
        assert_eq!(
            (made["cpu"].as_str(), made["memory"].as_str()),
            (Some(cpu), Some(memory)),
            "requests {requests}, limits {limits}"
        );
    }
    let table = r#"
        {"resources": {"requests": {"cpu": "200m"}}} | resources.requests.cpu | cpu = 205 | Translated
        {"resources": {"limits": {"cpu": "200m"}}} | resources.limits.cpu | cpu = 205 | Approximated
        {"resources": {"requests": {"memory": "64Mi"}}} | resources.requests.memory | memoryReservation = 64 | Translated
        {"resources": {"limits": {"memory": "64Mi"}}} | resources.limits.memory | memory = 64 | Translated
        {"resources": {"limits": {"memory": "1Mi"}}} | resources.limits.memory | memory = 6 | Approximated
        {"resources": {"limits": {"memory": "0"}}} | resources.limits.memory | memory = null | Translated: 0 asks for nothing
        {"resources": {"requests": {"memory": "2Gi"}, "limits": {"memory": "1Gi"}}} | resources.requests.memory | | Refused: more than the limit
        {"resources": {"requests": {"cpu": "17"}}} | resources.requests.cpu | | Refused: no size of Fargate holds
        {"resources": {"requests": {"memory": "200Gi"}}} | resources.requests.memory | | Refused: no size of Fargate holds
        {"resources": {"requests": {"memory": "100E"}}} | resources.requests.memory | | Refused: more than ECS can be told
        {"resources": {"requests": {"cpu": "much"}}} | resources.requests.cpu | | Refused: no quantity
        {"resources": {"limits": {"nvidia.com/gpu": 1}}} | resources.limits["nvidia.com/gpu"] | | Refused: Fargate has no GPUs
        {"resources": {"limits": {"hugepages-2Mi": "4Mi"}}} | resources.limits.hugepages-2Mi | | Refused: ECS has no such resource
        {"resources": {"limits": {"ephemeral-storage": "10Gi"}}} | resources.limits.ephemeral-storage | | Approximated
        {"resources": {"limits": {"ephemeral-storage": "500Gi"}}} | resources.limits.ephemeral-storage | | Refused: a task of Fargate has a disk of 200 GiB
        {"resources": {"claims": [{"name": "x"}]}} | resources.claims[0].name | | Refused
        {"resizePolicy": [{"resourceName": "cpu", "restartPolicy": "NotRequired"}]} | resizePolicy[0].resourceName | | Ignored
    "#;
    hold(&shop(), &CONTAINER, table);
    let gpu = r#"{"resources": {"limits": {"nvidia.com/gpu": 1}}} | resources.limits["nvidia.com/gpu"] | resourceRequirements = [{"type": "GPU", "value": "1"}] | Translated"#;
    hold(&context(Target::Ec2, false, true, "x"), &CONTAINER, gpu);
    let disk = r#"{"volumes": [{"name": "a", "emptyDir": {"sizeLimit": "30Gi"}}]} | volumes[0].emptyDir.sizeLimit | ephemeralStorage = {"sizeInGiB": 30} | Approximated"#;
    hold(&shop(), &POD, disk);
    let of_pod = r#"{"resources": {"requests": {"cpu": "1"}}} | resources.requests.cpu | cpu = "1024" | Translated"#;
    hold(&shop(), &POD, of_pod);
}

#[test]
fn probes() {
    let table = r#"
        {"livenessProbe": {"exec": {"command": ["ok"]}}} | livenessProbe.exec.command | healthCheck = {"command": ["CMD", "ok"], "interval": 10, "timeout": 2, "retries": 3} | Translated
        {"livenessProbe": {"exec": {"command": ["ok"]}, "periodSeconds": 15, "timeoutSeconds": 3, "failureThreshold": 5, "initialDelaySeconds": 20}} | livenessProbe.periodSeconds | healthCheck = {"command": ["CMD", "ok"], "interval": 15, "timeout": 3, "retries": 5, "startPeriod": 20} | Translated
        {"livenessProbe": {"exec": {"command": ["ok"]}, "periodSeconds": 1}} | livenessProbe.periodSeconds | healthCheck/interval = 5 | Approximated
        {"livenessProbe": {"exec": {"command": ["ok"]}, "failureThreshold": 30}} | livenessProbe.failureThreshold | healthCheck/retries = 10 | Approximated
        {"readinessProbe": {"exec": {"command": ["ok"]}}} | readinessProbe.exec.command | healthCheck/command = ["CMD", "ok"] | Approximated: healthCheck.command: one that fails ends the task
        {"readinessProbe": {"exec": {"command": ["a"]}}, "livenessProbe": {"exec": {"command": ["b"]}}} | readinessProbe.exec.command | healthCheck/command = ["CMD", "b"] | Approximated: no health check: ECS has one
        {"livenessProbe": {"exec": {"command": ["a"]}}, "startupProbe": {"exec": {"command": ["b"]}, "failureThreshold": 30, "periodSeconds": 5}} | startupProbe.failureThreshold | healthCheck/startPeriod = 150 | Approximated
        {"startupProbe": {"exec": {"command": ["b"]}}} | startupProbe.exec.command | healthCheck/startPeriod = 30 | Approximated
        {"livenessProbe": {"httpGet": {"port": 80, "path": "/ok", "httpHeaders": [{"name": "A", "value": "b"}]}}} | livenessProbe.httpGet.path | healthCheck/command = ["CMD", "curl", "--fail", "--silent", "--insecure", "--output", "/dev/null", "--max-time", "2", "--header", "A: b", "http://127.0.0.1:80/ok"] | Approximated
        {"image": "busybox", "livenessProbe": {"httpGet": {"port": 80, "scheme": "HTTPS"}}} | livenessProbe.httpGet.port | healthCheck/command = ["CMD", "wget", "-q", "-T", "2", "-O", "/dev/null", "--no-check-certificate", "https://127.0.0.1:80/"] | Approximated
        {"image": "redis:alpine", "livenessProbe": {"tcpSocket": {"port": 6379}}} | livenessProbe.tcpSocket.port | healthCheck/command = ["CMD", "nc", "-z", "-w", "2", "127.0.0.1", "6379"] | Approximated
        {"image": "busybox", "ports": [{"containerPort": 81, "name": "web"}], "livenessProbe": {"tcpSocket": {"port": "web"}}} | livenessProbe.tcpSocket.port | healthCheck/command/6 = "81" | Approximated
        {"image": "busybox", "livenessProbe": {"tcpSocket": {"port": "none"}}} | livenessProbe.tcpSocket.port | healthCheck = null | Approximated: no health check: the container has no port of this name
        {"image": "other", "livenessProbe": {"httpGet": {"port": 80}}} | livenessProbe.httpGet.port | healthCheck = null | Approximated: no health check: nothing is known in the image
        {"image": "other", "livenessProbe": {"grpc": {"port": 80}}} | livenessProbe.grpc.port | healthCheck = null | Approximated: no health check: nothing is known in the image
        {"livenessProbe": {"periodSeconds": 5}} | livenessProbe.periodSeconds | | Refused: a probe wants one of
        {"livenessProbe": {"exec": {"command": ["a"]}, "tcpSocket": {"port": 1}}} | livenessProbe.tcpSocket.port | | Refused
        {"image": "other", "livenessProbe": {"httpGet": {"port": 80}}, "readinessProbe": {"exec": {"command": ["a"]}}} | readinessProbe.exec.command | healthCheck/command = ["CMD", "a"] | Approximated
    "#;
    hold(&shop(), &CONTAINER, table);
}

/// A template with its translation, which is not refused.
fn translated(context: &Context, pod: Value, container: Value) -> Translation {
    let template = template(pod, container);
    let translation = holds(&template, context).unwrap_or_else(|why| panic!("{template}\n{why}"));
    made(&translation);
    translation
}

#[test]
fn containers_wait_as_in_a_pod() {
    let check = json!({"exec": {"command": ["ok"]}});
    let pod = json!({"spec": {
        "initContainers": [
            {"name": "first", "image": "a"},
            {"name": "side", "image": "b", "restartPolicy": "Always"},
            {"name": "checked", "image": "c", "restartPolicy": "Always", "startupProbe": check},
            {"name": "last", "image": "d", "resources": {"limits": {"memory": "4Gi"}}},
        ],
    }});
    let made = made(&translated(&shop(), pod, json!({"resources": {"limits": {"memory": "1Gi"}}})));
    let waits = |index: usize| {
        let depends = made["containerDefinitions"][index]["dependsOn"].as_array().cloned().unwrap_or_default();
        let shown = depends
            .iter()
            .map(|on| format!("{}:{}", on["containerName"].as_str().unwrap(), on["condition"].as_str().unwrap()));
        shown.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(waits(0), "");
    assert_eq!(waits(1), "first:SUCCESS");
    assert_eq!(waits(3), "first:SUCCESS side:START checked:HEALTHY");
    assert_eq!(waits(4), "first:SUCCESS side:START checked:HEALTHY last:SUCCESS");
    let essential: Vec<bool> =
        made["containerDefinitions"].as_array().unwrap().iter().map(|one| one["essential"] == true).collect();
    assert_eq!(essential, [false, false, false, false, true]);
    assert_eq!(
        made["containerDefinitions"][1]["restartPolicy"]["enabled"], true,
        "a sidecar that ends is not started again"
    );
    // The init container has the task to itself.
    assert_eq!(made["memory"], "4096");
    assert_eq!(made["containerDefinitions"][3]["memory"], Value::Null);
}

#[test]
fn files_are_written_before_all_starts() {
    let pod = json!({"spec": {
        "securityContext": {"runAsUser": 1000, "fsGroup": 2000},
        "volumes": [
            {"name": "config", "configMap": {"name": "two", "items": [{"key": "B", "path": "d/b.txt", "mode": 256}]}},
            {"name": "secret", "secret": {"secretName": "db"}},
            {"name": "all", "projected": {"sources": [{"downwardAPI": {"items": [{"path": "ns", "fieldRef": {"fieldPath": "metadata.namespace"}}]}},
                {"configMap": {"name": "binary"}}]}},
            {"name": "cache", "emptyDir": {}},
        ],
    }});
    let mounts =
        json!({"volumeMounts": [{"name": "config", "mountPath": "/config"}, {"name": "cache", "mountPath": "/cache"}]});
    let made = made(&translated(&shop(), pod, mounts));
    let writer = &made["containerDefinitions"][0];
    let script = writer["command"][0].as_str().expect("a script");
    let expected = "set -e
mkdir -p \"$(dirname '/volumes/config/d/b.txt')\"
printf %s \"$FILE_0\" > '/volumes/config/d/b.txt'
chmod 0440 '/volumes/config/d/b.txt'
printf %s \"$FILE_1\" > '/volumes/secret/password'
chmod 0644 '/volumes/secret/password'
printf %s \"$FILE_2\" > '/volumes/secret/user'
chmod 0644 '/volumes/secret/user'
printf %s \"$FILE_3\" > '/volumes/all/ns'
chmod 0644 '/volumes/all/ns'
printf %s \"$FILE_4\" | base64 -d > '/volumes/all/zero'
chmod 0644 '/volumes/all/zero'
printf %s \"$FILE_5\" | base64 -d > '/volumes/all/KEY'
chmod 0644 '/volumes/all/KEY'
chmod 0777 '/volumes/cache'
chgrp -R 2000 '/volumes/config'
chmod g+s '/volumes/config'
chgrp -R 2000 '/volumes/secret'
chmod g+s '/volumes/secret'
chgrp -R 2000 '/volumes/all'
chmod g+s '/volumes/all'
chgrp -R 2000 '/volumes/cache'
chmod g+s '/volumes/cache'";
    assert_eq!(script, expected);
    assert_eq!(writer["environment"][0], json!({"name": "FILE_0", "value": "it's"}));
    assert_eq!(
        writer["secrets"],
        json!([{"name": "FILE_1", "valueFrom": SECRET}, {"name": "FILE_2", "valueFrom": SECRET}])
    );
    assert_eq!(
        made["containerDefinitions"][1]["dependsOn"][0],
        json!({"containerName": "ecs-bridge_files", "condition": "SUCCESS"})
    );
    assert_eq!(
        made["containerDefinitions"][1]["mountPoints"][0]["readOnly"], true,
        "files of a ConfigMap are read only"
    );
    assert_eq!(made["containerDefinitions"][1]["mountPoints"][1]["readOnly"], Value::Null);
}

#[test]
fn volumes() {
    let table = r#"
        {"volumes": [{"name": "a", "emptyDir": {}}]} | volumes[0].emptyDir | volumes = [{"name": "a"}] | Translated
        {"volumes": [{"name": "a"}]} | volumes[0].name | volumes = [{"name": "a"}] | Translated
        {"volumes": [{"name": "a", "emptyDir": {"medium": "Memory"}}]} | volumes[0].emptyDir.medium | | Approximated
        {"volumes": [{"name": "a", "persistentVolumeClaim": {"claimName": "shared"}}]} | volumes[0].persistentVolumeClaim.claimName | volumes/0/efsVolumeConfiguration = {"fileSystemId": "fs-0123", "transitEncryption": "ENABLED", "authorizationConfig": {"accessPointId": "fsap-4567"}} | Translated
        {"volumes": [{"name": "a", "persistentVolumeClaim": {"claimName": "disk"}}]} | volumes[0].persistentVolumeClaim.claimName | | Refused: the claim disk is bound to a volume that is not EFS's
        {"volumes": [{"name": "a", "persistentVolumeClaim": {"claimName": "none"}}]} | volumes[0].persistentVolumeClaim.claimName | | Refused
        {"volumes": [{"name": "a", "hostPath": {"path": "/x"}}]} | volumes[0].hostPath.path | | Refused: Fargate has no host
        {"volumes": [{"name": "a", "nfs": {"server": "x", "path": "/"}}]} | volumes[0].nfs.server | | Refused: ECS mounts EFS, not NFS
        {"volumes": [{"name": "a", "iscsi": {"iqn": "x"}}]} | volumes[0].iscsi.iqn | | Refused: ECS has no such volume
        {"volumes": [{"name": "a", "configMap": {"name": "none"}}]} | volumes[0].configMap.name | | Refused
        {"volumes": [{"name": "a", "configMap": {"name": "none", "optional": true}}]} | volumes[0].configMap.name | | Approximated
        {"volumes": [{"name": "a", "configMap": {"name": "two", "defaultMode": "0400"}}]} | volumes[0].configMap.defaultMode | | Translated
        {"volumes": [{"name": "a", "configMap": {"name": "two", "items": [{"key": "A", "path": "../a"}]}}]} | volumes[0].configMap.items[0].path | | Refused
        {"volumes": [{"name": "a", "projected": {"sources": [{"serviceAccountToken": {"path": "t"}}]}}]} | volumes[0].projected.sources[0].serviceAccountToken.path | | Refused
        {"volumes": [{"name": "a", "emptyDir": {}}, {"name": "a", "emptyDir": {}}]} | volumes[1].name | | Refused
    "#;
    hold(&shop(), &POD, table);
    let table = r#"
        {"volumes": [{"name": "a", "hostPath": {"path": "/x", "type": "Directory"}}]} | volumes[0].hostPath.path | volumes/0/host = {"sourcePath": "/x"} | Translated
    "#;
    hold(&context(Target::Ec2, false, true, "x"), &POD, table);
    let table = r#"
        {"volumeMounts": [{"name": "none", "mountPath": "/x"}]} | volumeMounts[0].name | | Refused: no volume of the pod has this name
    "#;
    hold(&shop(), &CONTAINER, table);
    let pod = json!({"spec": {"volumes": [{"name": "a", "emptyDir": {}}]}});
    let mounts = json!({"volumeMounts": [{"name": "a", "mountPath": "/x", "subPath": "y"}]});
    let translation = holds(&template(pod, mounts), &shop()).expect("a translation");
    let says = line(&translation, "spec.containers[0].volumeMounts[0].subPath");
    assert!(says.starts_with("Refused: ECS mounts whole volumes"), "{says}");
}

#[test]
fn what_is_too_long_for_a_task_definition_is_refused_with_its_size() {
    let long = context(Target::Fargate, false, true, &"x".repeat(70_000));
    let of_files = template(json!({"spec": {"volumes": [{"name": "a", "configMap": {"name": "app"}}]}}), json!({}));
    let says = line(&holds(&of_files, &long).expect("a translation"), "spec.volumes[0].configMap.name");
    assert!(says.starts_with("Refused: the task definition has 7") && says.contains("ECS takes 65536"), "{says}");
    let of_variables = template(json!({}), json!({"envFrom": [{"configMapRef": {"name": "app"}}]}));
    let says =
        line(&holds(&of_variables, &long).expect("a translation"), "spec.containers[0].envFrom[0].configMapRef.name");
    assert!(says.starts_with("Refused: the task definition has 7"), "{says}");
    let many: Vec<Value> = (0..11).map(|n| json!({"name": format!("c{n}"), "image": "a"})).collect();
    let says = line(
        &holds(&json!({"spec": {"containers": many}}), &shop()).expect("a translation"),
        "spec.containers[10].name",
    );
    assert!(says.starts_with("Refused: 11 containers"), "{says}");
}

#[test]
fn strict_refuses_what_differs() {
    let differs = template(json!({"spec": {"hostname": "x"}}), json!({}));
    assert!(holds(&differs, &shop()).expect("a translation").definition.is_some());
    let strict = Context { strict: true, ..shop() };
    assert!(holds(&differs, &strict).expect("a translation").definition.is_none());
    let same = template(json!({}), json!({"tty": true}));
    assert!(holds(&same, &strict).expect("a translation").definition.is_some());
}
