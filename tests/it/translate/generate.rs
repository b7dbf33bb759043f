//! Random pod templates: any members that Kubernetes' own schema has, from a string of random bytes. A byte of zero leaves a member out, so that
//! what fails shrinks to the few members that it takes.

use k8s_openapi::api::core::v1::PodTemplateSpec;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

/// What a value looks like where any would say little: by the end of its path. Names come from few, so that they meet.
const VALUES: &[(&str, &[&str])] = &[
    ("containers[].name", &["web", "side", "db", "cron", "Bad Name", ""]),
    ("initContainers[].name", &["first", "second", "web", "third"]),
    ("image", &["nginx", "busybox:1", "redis:alpine", "123456789012.dkr.ecr.us-east-1.amazonaws.com/x", ""]),
    ("initContainers[].restartPolicy", &["Always", "Never"]),
    ("cpu", &["100m", "2", "1500m", "0", "64", "-1", "many"]),
    ("memory", &["64Mi", "1Gi", "128974848", "129e6", "1.5G", "0", "900Gi", "1Ki", "x"]),
    ("ephemeral-storage", &["1Gi", "50Gi", "500Gi", "0"]),
    ("nvidia.com/gpu", &["1", "2"]),
    ("sizeLimit", &["64Mi", "30Gi", "300Gi", "x"]),
    ("divisor", &["1", "1Mi", "1m", "0"]),
    ("limits", &["cpu", "memory", "ephemeral-storage", "nvidia.com/gpu", "hugepages-2Mi"]),
    ("requests", &["cpu", "memory", "ephemeral-storage", "nvidia.com/gpu", "example.com/foo"]),
    (
        "nodeSelector",
        &[
            "kubernetes.io/arch",
            "kubernetes.io/os",
            "node.kubernetes.io/windows-build",
            "topology.kubernetes.io/zone",
            "team",
        ],
    ),
    ("kubernetes.io/arch", &["amd64", "arm64", "riscv64"]),
    ("kubernetes.io/os", &["linux", "windows", "plan9"]),
    ("windows-build", &["10.0.20348", "10.0.1"]),
    ("os.name", &["linux", "windows"]),
    ("volumes[].name", &["data", "config", "cache"]),
    ("volumeMounts[].name", &["data", "config", "cache", "none"]),
    ("mountPath", &["/data", "/etc/config", "/cache", "/a b'c", ""]),
    ("subPath", &["", "sub"]),
    ("configMap.name", &["app", "none"]),
    ("configMapRef.name", &["app", "binary", "none"]),
    ("configMapKeyRef.name", &["app", "none"]),
    ("configMapKeyRef.key", &["KEY", "none"]),
    ("secretName", &["db", "none"]),
    ("secret.name", &["db", "none"]),
    ("secretRef.name", &["db", "none"]),
    ("secretKeyRef.name", &["db", "none"]),
    ("secretKeyRef.key", &["password", "none"]),
    ("items[].key", &["KEY", "password", "file.txt", "none"]),
    ("items[].path", &["a", "b/c.txt", "d/../e", "/abs", "it's $(x)"]),
    (
        "fieldPath",
        &[
            "metadata.namespace",
            "metadata.labels['app']",
            "metadata.name",
            "status.podIP",
            "spec.serviceAccountName",
            "metadata.annotations",
        ],
    ),
    ("resourceFieldRef.resource", &["limits.cpu", "requests.memory", "limits.x", "cpu"]),
    ("claimName", &["shared", "none"]),
    ("imagePullSecrets[].name", &["pull", "none"]),
    ("serviceAccountName", &["web", "plain", "none"]),
    ("protocol", &["TCP", "UDP", "SCTP"]),
    ("ports[].name", &["http", "admin", "Bad_Name", "-x"]),
    ("env[].name", &["A", "B", "FROM", "bad=name", ""]),
    ("env[].value", &["x", "$(A)", "$(B)-$(FROM)", "$$(A)", "cart:80", "other:80", "", "äß🦀\"\\\n"]),
    ("command[]", &["sh", "-c", "$(A)", "$$", "exec $(B)", "sleep", "5"]),
    ("args[]", &["--to=cart:80", "$(FROM)", "x"]),
    ("add[]", &["SYS_PTRACE", "NET_ADMIN", "NET_BIND_SERVICE", "ALL", "CAP_CHOWN", "BPF"]),
    ("drop[]", &["ALL", "NET_RAW", "BPF"]),
    ("sysctls[].name", &["net.core.somaxconn", "kernel.shm_rmid_forced", "vm.swappiness"]),
    ("seccompProfile.type", &["RuntimeDefault", "Unconfined", "Localhost"]),
    ("medium", &["", "Memory", "HugePages"]),
    ("dnsPolicy", &["Default", "ClusterFirst", "None"]),
    ("imagePullPolicy", &["Always", "IfNotPresent", "Never"]),
    ("stopSignal", &["SIGTERM", "SIGUSR1"]),
    ("Timestamp", &["2026-01-01T00:00:00Z"]),
    ("time", &["2026-01-01T00:00:00Z"]),
];

/// Whole numbers.
const NUMBERS: &[(&str, &[i64])] = &[
    ("Port", &[80, 8080, 0, 65_535, 65_536, -1]),
    ("port", &[80, 8080, 0, 70_000]),
    ("runAsUser", &[0, 1000, -1, 4_294_967_296]),
    ("runAsGroup", &[0, 1000]),
    ("fsGroup", &[0, 2000]),
    ("GracePeriodSeconds", &[0, 5, 30, 120, 3600, -1]),
    ("Mode", &[0, 0o400, 0o644, 0o777, 0o1777]),
    ("mode", &[0, 0o400, 0o644, 0o777, -1]),
];

/// How often a member is there, in 256: where one in eight would be too few or too many.
const OFTEN: &[(&str, u8)] = &[
    ("spec", 255),
    ("spec.containers", 250),
    ("containers[].name", 250),
    ("containers[].image", 250),
    ("initContainers[].name", 250),
    ("initContainers[].image", 250),
    ("initContainers", 90),
    ("ephemeralContainers", 3),
    ("affinity", 20),
    ("managedFields", 5),
    ("resources", 110),
    ("env", 90),
    ("volumes", 90),
    ("volumes[].name", 245),
    ("volumeMounts", 90),
    ("volumeMounts[].name", 250),
    ("volumeMounts[].mountPath", 250),
    ("emptyDir", 60),
    ("configMap", 60),
    ("secret", 30),
    ("projected", 40),
    ("env[].name", 245),
    ("env[].value", 120),
];

/// Random bytes, and zeros after the last.
pub struct Source<'b>(pub &'b [u8]);

impl Source<'_> {
    fn next(&mut self) -> u8 {
        let (byte, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *byte
    }

    /// Whether something of this weight in 256 is there.
    fn is_there(&mut self, weight: u8) -> bool {
        let byte = self.next();
        byte > 0 && byte <= weight
    }

    fn pick<'v, T>(&mut self, from: &'v [T]) -> &'v T {
        &from[usize::from(self.next()) % from.len()]
    }
}

/// Kubernetes' schema of a pod template.
pub struct Schema(Value);

impl Schema {
    pub fn new() -> Self {
        Self(SchemaGenerator::default().into_root_schema_for::<PodTemplateSpec>().to_value())
    }

    pub fn template(&self, bytes: &[u8]) -> Value {
        self.value(&self.0, "", &mut Source(bytes))
    }

    fn value(&self, schema: &Value, path: &str, source: &mut Source) -> Value {
        let schema = match schema["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).expect("a type of the schema"),
            None => schema,
        };
        // The API server takes no value of another type; the translation has to live with one.
        if source.is_there(1) {
            return json!(["odd", 7, {"x": null}]);
        }
        match schema["type"].as_str() {
            Some("object") if schema["properties"].is_object() => self.members(schema, path, source),
            Some("object") if schema["additionalProperties"].is_object() => {
                let known = ends(VALUES, path).unwrap_or(&["app", "example.com/x.y", "prometheus.io/scrape"]);
                let count = 1 + source.next() % 2;
                let mut entries = Map::new();
                for _ in 0..count {
                    let key = *source.pick(known);
                    let entry = self.value(&schema["additionalProperties"], &format!("{path}.{key}"), source);
                    entries.insert(key.to_owned(), entry);
                }
                Value::Object(entries)
            }
            Some("object") => json!({"f:any": {}}),
            Some("array") => {
                let count = if source.is_there(8) { 4 } else { source.next() % 3 };
                (0..count).map(|_| self.value(&schema["items"], &format!("{path}[]"), source)).collect()
            }
            Some("boolean") => json!(source.is_there(128)),
            Some("integer") => match ends(NUMBERS, path) {
                Some(numbers) => {
                    let number = *source.pick(numbers);
                    if schema["format"] == "int32" { json!(i32::try_from(number).unwrap_or(7)) } else { json!(number) }
                }
                None => json!(source.pick(&[1, 0, 3, 10, 600, -5])),
            },
            Some("number") => json!(1.5),
            Some("string") => self.text(path, source),
            _ if schema["x-kubernetes-int-or-string"] == true => match ends(VALUES, path) {
                Some(known) => json!(source.pick(known)),
                None => source.pick(&[json!(80), json!("http"), json!("1Gi"), json!("none"), json!(0)]).clone(),
            },
            other => panic!("{path}: no values of the type {other:?}"),
        }
    }

    #[allow(clippy::unused_self, reason = "beside its siblings")]
    fn text(&self, path: &str, source: &mut Source) -> Value {
        let known = ends(VALUES, path).unwrap_or(&["x", "", "Always", "a b", "ä🦀\"'\\{}$", "5"]);
        json!(source.pick(known))
    }

    fn members(&self, schema: &Value, path: &str, source: &mut Source) -> Value {
        let mut members = Map::new();
        for (name, of_member) in schema["properties"].as_object().into_iter().flatten() {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let weight = ends(OFTEN, &below).unwrap_or(16);
            if source.is_there(weight) {
                members.insert(name.clone(), self.value(of_member, &below, source));
            }
        }
        if source.is_there(1) {
            members.insert("nonesuch".into(), json!({"a": [1], "b": null}));
        }
        Value::Object(members)
    }
}

/// The entry of a table whose name a path ends with, the longest of them.
fn ends<T: Copy>(table: &[(&str, T)], path: &str) -> Option<T> {
    let ends = table.iter().filter(|(end, _)| path.ends_with(end));
    ends.max_by_key(|(end, _)| end.len()).map(|(_, value)| *value)
}
