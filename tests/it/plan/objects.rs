//! Objects of Kubernetes, as a bridge sees and writes them: what the API server, the Deployments' controller and the operator of the
//! EcsServices do with them, and no more.

use std::collections::{BTreeMap, BTreeSet};

use ecs_bridge::engine::{
    Refusal, RefusalKind,
    kubernetes::{
        ApplyObjectRequest, DeleteObjectRequest, DeleteObjectResponse, ListObjectsRequest, ListObjectsResponse,
        MANAGER, Named, ObjectResponse, Operation, PatchMetadataRequest, ScaleObjectRequest, ScaleObjectResponse,
    },
    tasks::Task,
};
use serde_json::{Map, Value, json};

/// How long replicas take to start, in seconds.
const START: i64 = 7;

const FINALIZER: &str = "ecs-bridge.dev/finalizer";

/// By kind and name.
type Key = (String, String);

/// The objects of the namespace `shop`.
#[derive(Clone)]
pub struct Objects {
    all: BTreeMap<Key, Value>,
    /// When what an object asks for is there.
    due: BTreeMap<Key, i64>,
    changes: u64,
    made: usize,
    /// How many replicas find a place in the cluster, and on ECS.
    pub nodes: i64,
    pub tasks: i64,
    /// What ran before goes on, and what is to take its place does not come.
    pub rollouts_fail: bool,
    /// How many pods and how many tasks are seen that could be behind a Service, of those that run.
    pub pods_seen: i64,
    pub tasks_seen: i64,
    /// Of the Secrets of the cluster, the version and the names of the keys.
    pub secrets: BTreeMap<String, (u32, BTreeSet<String>)>,
}

impl Default for Objects {
    fn default() -> Self {
        let (all, due) = (BTreeMap::new(), BTreeMap::new());
        Objects {
            all,
            due,
            changes: 0,
            made: 0,
            nodes: i64::MAX,
            tasks: i64::MAX,
            rollouts_fail: false,
            pods_seen: i64::MAX,
            tasks_seen: i64::MAX,
            secrets: BTreeMap::new(),
        }
    }
}

fn key(kind: &str, name: &str) -> Key {
    (kind.to_owned(), name.to_owned())
}

impl Objects {
    /// Somebody else makes it, and it is as it will be.
    pub fn make(&mut self, kind: &str, name: &str, object: Value) {
        let mut made = object;
        made["kind"] = json!(kind);
        made["metadata"]["name"] = json!(name);
        made["metadata"]["namespace"] = json!("shop");
        self.create(&key(kind, name), made);
    }

    fn create(&mut self, key: &Key, mut object: Value) {
        self.made += 1;
        object["metadata"]["uid"] = json!(format!("made-{}", self.made));
        object["metadata"]["generation"] = json!(1);
        self.all.insert(key.clone(), object);
        self.touch(key);
    }

    /// Somebody else changes it.
    pub fn edit(&mut self, kind: &str, name: &str, change: impl FnOnce(&mut Value)) {
        let key = key(kind, name);
        let object = self.all.get_mut(&key).unwrap_or_else(|| panic!("there is no {kind}/{name}"));
        let before = object["spec"].clone();
        change(object);
        if object["spec"] != before {
            object["metadata"]["generation"] = json!(object["metadata"]["generation"].as_i64().unwrap_or(0) + 1);
        }
        self.touch(&key);
    }

    /// Somebody else gives a Deployment another number, as this manager.
    pub fn scale_as(&mut self, manager: &str, name: &str, replicas: i64) {
        self.edit("Deployment", name, |deployment| {
            deployment["spec"]["replicas"] = json!(replicas);
            deployment["metadata"]["managedFields"] = owns_replicas(manager);
        });
    }

    /// The same, and managed fields name nobody.
    pub fn scale_unnamed(&mut self, name: &str, replicas: i64) {
        self.edit("Deployment", name, |deployment| {
            deployment["spec"]["replicas"] = json!(replicas);
            deployment["metadata"]["managedFields"] = json!([]);
        });
    }

    /// The same, whether there is one or not.
    pub fn put(&mut self, kind: &str, name: &str, object: Value) {
        self.delete(kind, name);
        self.make(kind, name, object);
    }

    /// Somebody else deletes it.
    pub fn delete(&mut self, kind: &str, name: &str) {
        self.end(&key(kind, name));
    }

    /// What Kubernetes does with those that an object owned which is gone.
    pub fn collect(&mut self, owner: &str) {
        let is_owned = |object: &Value| {
            object["metadata"]["ownerReferences"].as_array().into_iter().flatten().any(|found| found["uid"] == owner)
        };
        let gone: Vec<Key> =
            self.all.iter().filter(|(_, object)| is_owned(object)).map(|(key, _)| key.clone()).collect();
        for key in gone {
            self.end(&key);
        }
    }

    pub fn get(&self, kind: &str, name: &str) -> Option<&Value> {
        self.all.get(&key(kind, name))
    }

    pub fn count(&self) -> usize {
        self.made
    }

    fn touch(&mut self, key: &Key) {
        self.changes += 1;
        if let Some(object) = self.all.get_mut(key) {
            object["metadata"]["resourceVersion"] = json!(self.changes.to_string());
        }
    }

    fn end(&mut self, key: &Key) {
        let Some(object) = self.all.get_mut(key) else { return };
        let has_finalizers = object["metadata"]["finalizers"].as_array().is_some_and(|all| !all.is_empty());
        if !has_finalizers {
            self.all.remove(key);
            return;
        }
        object["metadata"]["deletionTimestamp"] = json!("2027-01-12T00:00:00Z");
        self.touch(key);
    }

    /// What controllers have done until now.
    fn pass(&mut self, now: i64) {
        let keys: Vec<Key> = self.all.keys().cloned().collect();
        for key in keys {
            match key.0.as_str() {
                "Deployment" => self.run(&key, now, "replicas", "availableReplicas", self.nodes),
                "EcsService" | "SecretsManagerSecret"
                    if self.all[&key]["metadata"]["deletionTimestamp"].is_string() =>
                {
                    self.drain(&key, now);
                }
                "SecretsManagerSecret" => self.copy(&key, now),
                "EcsService" => {
                    let finalizers = &mut self.all.get_mut(&key).expect("it is there")["metadata"]["finalizers"];
                    add(finalizers, json!(FINALIZER));
                    self.run(&key, now, "desiredCount", "runningCount", self.tasks);
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, key: &Key, now: i64, asked: &str, runs: &str, most: i64) {
        let object = self.all.get_mut(key).expect("it is there");
        let wanted = object["spec"][asked].as_i64().unwrap_or(1);
        let can = wanted.min(most);
        let running = object["status"][runs].as_i64().unwrap_or(0);
        let generation = object["metadata"]["generation"].clone();
        let fails = can != wanted || self.rollouts_fail && key.0 == "EcsService";
        let is = |holds: bool| if holds { "True" } else { "False" };
        let is_seen = object["status"]["observedGeneration"] == generation;
        if is_seen && running == can && object["status"]["conditions"][1]["status"] == is(fails) {
            self.due.remove(key);
            return;
        }
        let due = *self.due.entry(key.clone()).or_insert(now + START);
        // What goes, goes at once, and what fails is told at once.
        if now < due && running <= can && !(is_seen && running == can) {
            return;
        }
        self.due.remove(key);
        object["status"] = json!({
            "observedGeneration": generation,
            runs: can,
            "serviceArn": format!("arn:aws:ecs:us-east-1:123456789012:service/main/shop_{}", key.1),
            "conditions": [
                {"type": "Ready", "status": is(!fails), "reason": "Tested", "message": "as it is."},
                {"type": "Stalled", "status": is(fails), "reason": "Tested", "message": ""},
                {"type": "Synced", "status": "True", "reason": "Tested", "message": ""},
            ],
        });
        self.touch(key);
    }

    /// A SecretsManagerSecret follows its Secret.
    fn copy(&mut self, key: &Key, now: i64) {
        let object = self.all.get_mut(key).expect("it is there");
        add(&mut object["metadata"]["finalizers"], json!(FINALIZER));
        let reference = &object["spec"]["secretRef"];
        let found = self.secrets.get(reference["name"].as_str().expect("a name"));
        let asked: Option<BTreeSet<String>> = serde_json::from_value(reference["keys"].clone()).expect("keys");
        let mut status = object["status"].clone();
        status["observedGeneration"] = object["metadata"]["generation"].clone();
        let (is_synced, reason) = match (found, asked) {
            (None, _) => ("False", "ReferenceNotFound"),
            (Some((_, keys)), Some(asked)) if !asked.is_subset(keys) => ("False", "RefusedByAWS"),
            (Some((version, keys)), asked) => {
                status["arn"] =
                    json!(format!("arn:aws:secretsmanager:us-east-1:123456789012:secret:shop_{}-AbCdEf", key.1));
                status["versionId"] = json!(format!("{version}-of-{}", asked.is_some()));
                status["keys"] = json!(asked.unwrap_or_else(|| keys.clone()));
                ("True", "Tested")
            }
        };
        status["conditions"] =
            json!([{"type": "Synced", "status": is_synced, "reason": reason, "message": "as it is."}]);
        if object["status"] == status {
            self.due.remove(key);
        } else if now >= *self.due.entry(key.clone()).or_insert(now + START) {
            object["status"] = status;
            self.due.remove(key);
            self.touch(key);
        }
    }

    /// An EcsService goes once nobody holds it, and a copy of a Secret does.
    fn drain(&mut self, key: &Key, now: i64) {
        let object = self.all.get_mut(key).expect("it is there");
        if object["metadata"]["finalizers"] != json!([FINALIZER]) {
            return;
        }
        if now >= *self.due.entry(key.clone()).or_insert(now + START) {
            self.all.remove(key);
            self.due.remove(key);
        }
    }

    pub fn answer(&mut self, operation: Operation, input: &Value, now: i64) -> Result<Value, Refusal> {
        self.pass(now);
        let answer = match operation {
            Operation::GetObject => self.read(&parsed(input)),
            Operation::ListObjects => Ok(self.list(&parsed(input))),
            Operation::ApplyObject => self.apply(parsed(input)),
            Operation::ScaleObject => self.scale(&parsed(input)),
            Operation::PatchMetadata => self.patch(parsed(input)),
            Operation::DeleteObject => self.remove(&parsed(input)),
            _ => panic!("{operation:?} is not about objects"),
        };
        self.pass(now);
        answer.map_err(|(kind, message)| Refusal {
            kind,
            operation: operation.into(),
            code: String::new(),
            message: message.to_owned(),
            request_id: None,
        })
    }

    fn read(&self, named: &Named) -> Answer {
        let object = self.get(&named.resource.kind, &named.name).ok_or(NOT_FOUND)?;
        Ok(json!(ObjectResponse { object: object.clone() }))
    }

    fn list(&self, request: &ListObjectsRequest) -> Value {
        let is_asked = |(kind, _): &&Key| *kind == *request.resource.kind;
        let mut objects: Vec<Value> = self.all.keys().filter(is_asked).map(|key| self.all[key].clone()).collect();
        if request.resource.kind == "EndpointSlice" {
            objects
                .extend(self.all.keys().filter(|(kind, _)| kind == "Service").map(|(_, name)| self.pods_behind(name)));
        }
        json!(ListObjectsResponse { objects })
    }

    /// What Kubernetes makes of the pods behind a Service: here, of the Deployment of its name.
    fn pods_behind(&self, service: &str) -> Value {
        let deployment = self.get("Deployment", service);
        let available = deployment.and_then(|deployment| deployment["status"]["availableReplicas"].as_i64());
        let pod = |number: i64| {
            json!({"addresses": [format!("10.244.0.{number}")], "conditions": {"ready": true, "serving": true, "terminating": false},
                "targetRef": {"kind": "Pod", "name": format!("{service}-{number}")}})
        };
        let endpoints: Vec<Value> = (1..=available.unwrap_or(0).min(self.pods_seen)).map(pod).collect();
        json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4", "endpoints": endpoints,
            "metadata": {"name": format!("{service}-pods"), "namespace": "shop", "labels": {"kubernetes.io/service-name": service}}})
    }

    /// The tasks that the operator of the EcsServices has made of one, by its name in AWS.
    pub fn tasks_of(&self, aws_name: &str) -> Vec<Task> {
        let service = aws_name.strip_prefix("shop_").and_then(|name| self.get("EcsService", name));
        let running = service.and_then(|service| service["status"]["runningCount"].as_i64()).unwrap_or(0);
        let task = |number: i64| Task {
            arn: format!("arn:aws:ecs:us-east-1:123456789012:task/main/{number:04}"),
            last_status: "RUNNING".to_owned(),
            desired_status: "RUNNING".to_owned(),
            health: "UNKNOWN".to_owned(),
            addresses: vec![format!("10.0.0.{number}")],
            ..Task::default()
        };
        (1..=running.min(self.tasks_seen)).map(task).collect()
    }

    fn seen(&mut self, named: &Named, version: &Value) -> Result<(Key, &mut Value), (RefusalKind, &'static str)> {
        let key = key(&named.resource.kind, &named.name);
        let object = self.all.get_mut(&key).ok_or(NOT_FOUND)?;
        if version.is_string() && object["metadata"]["resourceVersion"] != *version {
            return Err((RefusalKind::Conflict, "the object has been modified"));
        }
        Ok((key, object))
    }

    fn apply(&mut self, request: ApplyObjectRequest) -> Answer {
        let (named, manifest) = (request.object, request.manifest);
        match self.seen(&named, &manifest["metadata"]["resourceVersion"]) {
            Ok((key, object)) => {
                if object["spec"] != manifest["spec"] {
                    object["metadata"]["generation"] =
                        json!(object["metadata"]["generation"].as_i64().unwrap_or(0) + 1);
                }
                let members = manifest.as_object().into_iter().flatten();
                for (member, value) in members.filter(|(member, _)| *member != "metadata") {
                    object[member] = value.clone();
                }
                for member in ["labels", "annotations", "ownerReferences"] {
                    object["metadata"][member] = manifest["metadata"][member].clone();
                }
                for finalizer in manifest["metadata"]["finalizers"].as_array().into_iter().flatten() {
                    add(&mut object["metadata"]["finalizers"], finalizer.clone());
                }
                self.touch(&key);
            }
            Err(NOT_FOUND) => self.create(&key(&named.resource.kind, &named.name), manifest),
            Err(refused) => return Err(refused),
        }
        self.read(&named)
    }

    fn scale(&mut self, request: &ScaleObjectRequest) -> Answer {
        let (key, object) = self.seen(&request.object, &json!(request.resource_version))?;
        let member = if key.0 == "EcsService" { "desiredCount" } else { "replicas" };
        object["spec"][member] = json!(request.replicas);
        object["metadata"]["generation"] = json!(object["metadata"]["generation"].as_i64().unwrap_or(0) + 1);
        if key.0 == "Deployment" {
            object["metadata"]["managedFields"] = owns_replicas(MANAGER);
        }
        self.touch(&key);
        let resource_version = self.changes.to_string();
        Ok(json!(ScaleObjectResponse { resource_version }))
    }

    fn patch(&mut self, request: PatchMetadataRequest) -> Answer {
        let (key, object) = self.seen(&request.object, &request.metadata["resourceVersion"])?;
        for (member, value) in request.metadata.as_object().into_iter().flatten() {
            object["metadata"][member] = value.clone();
        }
        let patched = object.clone();
        let is_over = patched["metadata"]["deletionTimestamp"].is_string();
        self.touch(&key);
        if is_over {
            self.end(&key);
        }
        Ok(json!(ObjectResponse { object: patched }))
    }

    fn remove(&mut self, request: &DeleteObjectRequest) -> Answer {
        let (key, object) = self.seen(&request.object, &Value::Null)?;
        if object["metadata"]["uid"] != request.uid {
            return Err((RefusalKind::Conflict, "the UID in the precondition does not match"));
        }
        self.end(&key);
        Ok(json!(DeleteObjectResponse {}))
    }

    /// What controllers say of them.
    pub fn said(&self) -> Value {
        self.all.iter().map(|((kind, name), object)| (format!("{kind}/{name}"), object["status"].clone())).collect()
    }

    /// What people have written, without what differs from one making to the next.
    pub fn dump(&self) -> Value {
        let mut found = Map::new();
        for ((kind, name), object) in &self.all {
            let mut object = object.clone();
            if let Some(members) = object.as_object_mut() {
                members.remove("status");
            }
            if let Some(metadata) = object["metadata"].as_object_mut() {
                metadata.retain(|member, _| {
                    !["uid", "resourceVersion", "generation", "managedFields"].contains(&member.as_str())
                });
            }
            found.insert(format!("{kind}/{name}"), object);
        }
        Value::Object(found)
    }
}

type Answer = Result<Value, (RefusalKind, &'static str)>;

const NOT_FOUND: (RefusalKind, &str) = (RefusalKind::NotFound, "not found");

fn parsed<T: serde::de::DeserializeOwned>(input: &Value) -> T {
    serde_json::from_value(input.clone()).expect("a request")
}

fn owns_replicas(manager: &str) -> Value {
    json!([{"manager": manager, "fieldsV1": {"f:spec": {"f:replicas": {}}}}])
}

fn add(set: &mut Value, item: Value) {
    if set.is_null() {
        *set = json!([]);
    }
    if let Some(items) = set.as_array_mut().filter(|items| !items.contains(&item)) {
        items.push(item);
    }
}
