//! Objects to apply.

use serde_json::{Value, json};

use super::lab::PLAIN;

/// One of the kinds, with this spec.
pub fn object(kind: &str, name: &str, spec: Value) -> Value {
    json!({ "apiVersion": "ecs-bridge.dev/v1alpha1", "kind": kind, "metadata": { "name": name }, "spec": spec })
}

/// A service that runs one nginx task on Fargate in the plain cluster, with these members merged into its spec; null takes one out.
pub fn service(name: &str, members: Value) -> Value {
    let mut spec = json!({
        "cluster": PLAIN,
        "launchType": "FARGATE",
        "networkConfiguration": network(),
        "taskDefinition": definition("nginx:1"),
    });
    merge(&mut spec, members);
    object("EcsService", name, spec)
}

pub fn network() -> Value {
    json!({ "awsvpcConfiguration": { "subnets": ["subnet-0a1b2c3d"], "securityGroups": ["sg-0a1b2c3d"] } })
}

/// A definition for Fargate that wants no role.
pub fn definition(image: &str) -> Value {
    json!({
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{ "name": "web", "image": image, "portMappings": [{ "containerPort": 80 }] }],
    })
}

/// A service in the plain cluster that runs this image on EC2.
pub fn ec2_service(name: &str, members: Value) -> Value {
    let mut spec = json!({
        "cluster": PLAIN,
        "launchType": "EC2",
        "taskDefinition": {
            "requiresCompatibilities": ["EC2"],
            "networkMode": "bridge",
            "containerDefinitions": [{ "name": "web", "image": "nginx:1", "memory": 64 }],
        },
    });
    merge(&mut spec, members);
    object("EcsService", name, spec)
}

/// JSON Merge Patch (RFC 7386).
pub fn merge(into: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *into = patch;
        return;
    };
    if !into.is_object() {
        *into = json!({});
    }
    for (name, value) in patch {
        if value.is_null() {
            if let Some(members) = into.as_object_mut() {
                members.remove(&name);
            }
        } else {
            merge(&mut into[name.as_str()], value);
        }
    }
}
