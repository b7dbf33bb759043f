//! The life of an object of each kind: made, changed, deleted; and what AWS has of it after each.

use std::collections::{BTreeMap, BTreeSet};

use aws_sim::{Api, Entry};
use serde_json::{Value, json};

use super::super::{
    cloud_map,
    lab::Lab,
    manifests::{definition, merge, network, object},
};
use crate::{
    alive::{described, values},
    plan::dump::without_volatile,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    Create,
    Change,
    Delete,
}

pub const ACTS: [Act; 3] = [Act::Create, Act::Change, Act::Delete];

/// A kind, the spec that its object is made with, and the one that it is changed to; of the object's name.
pub struct Life {
    pub kind: &'static str,
    first: fn(&str) -> Value,
    second: fn(&str) -> Value,
}

pub const LIVES: &[Life] = &[
    Life { kind: "EcsService", first: |_| service("nginx:1", 1), second: |_| service("nginx:2", 2) },
    Life {
        kind: "EcsTaskDefinition",
        first: |_| merged(definition("nginx:1"), json!({ "revisionHistoryLimit": 1 })),
        second: |_| merged(definition("nginx:2"), json!({ "revisionHistoryLimit": 1 })),
    },
    Life {
        kind: "EcsCluster",
        first: |_| json!({}),
        second: |_| {
            json!({
                "capacityProviders": ["FARGATE"],
                "settings": [{ "name": "containerInsights", "value": "enabled" }],
                "tags": [{ "key": "team", "value": "shop" }],
            })
        },
    },
    Life { kind: "EcsCapacityProvider", first: |_| provider(100), second: |_| provider(80) },
    Life {
        kind: "EcrRepository",
        first: |_| json!({}),
        second: |_| {
            json!({
                "imageTagMutability": "IMMUTABLE",
                "imageScanningConfiguration": { "scanOnPush": true },
                "lifecyclePolicyText": LIFECYCLE,
                "policyText": POLICY,
                "tags": [{ "Key": "team", "Value": "shop" }],
            })
        },
    },
    Life {
        kind: "SecretsManagerSecret",
        first: |_| json!({ "secretRef": { "name": SECRET } }),
        second: |_| {
            json!({
                "secretRef": { "name": SECRET, "keys": ["user"] },
                "Description": "of the shop",
                "Tags": [{ "Key": "team", "Value": "shop" }],
            })
        },
    },
    Life {
        kind: "EksFargateProfile",
        first: |name| profile(name, json!({ "team": "web" })),
        second: |name| profile(name, json!({ "team": "shop" })),
    },
];

/// Beside them, of whose requests not each names the object.
pub const CLOUD_MAP: Life = Life {
    kind: "CloudMapService",
    first: |_| cloud_map_service("of the shop"),
    second: |_| cloud_map_service("of the shop, which has moved"),
};

/// The Secret that is copied.
pub const SECRET: &str = "db";

const LIFECYCLE: &str = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}]}"#;
const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage"]}]}"#;

fn merged(mut spec: Value, members: Value) -> Value {
    merge(&mut spec, members);
    spec
}

fn service(image: &str, count: u32) -> Value {
    json!({
        "cluster": values::CLUSTER,
        "launchType": "FARGATE",
        "networkConfiguration": network(),
        "taskDefinition": definition(image),
        "desiredCount": count,
        "revisionHistoryLimit": 1,
    })
}

fn provider(target: u32) -> Value {
    json!({
        "autoScalingGroupProvider": {
            "autoScalingGroupArn": "workers",
            "managedScaling": { "status": "ENABLED", "targetCapacity": target },
        },
    })
}

fn cloud_map_service(description: &str) -> Value {
    json!({
        "NamespaceId": cloud_map::NAMESPACE,
        "Description": description,
        "DnsConfig": { "DnsRecords": [{ "Type": "A", "TTL": 10 }] },
        "Tags": [{ "Key": "team", "Value": "shop" }],
        "serviceRef": { "name": "web" },
    })
}

/// In an EKS cluster of its own, of the object's name: AWS makes one profile of a cluster at a time.
fn profile(name: &str, tags: Value) -> Value {
    json!({
        "clusterName": name,
        "podExecutionRoleArn": "arn:aws:iam::123456789012:role/ecs-pods",
        "selectors": [{ "namespace": "shop" }],
        "tags": tags,
    })
}

impl Life {
    /// What is applied in an act; nothing where the object is deleted.
    pub fn manifest(&self, act: Act, name: &str) -> Option<Value> {
        match act {
            Act::Create => Some(object(self.kind, name, (self.first)(name))),
            Act::Change => Some(object(self.kind, name, (self.second)(name))),
            Act::Delete => None,
        }
    }

    pub fn aws_name(&self, lab: &Lab, name: &str) -> String {
        match self.kind {
            "EcrRepository" => format!("{}/{name}", lab.namespace),
            "CloudMapService" => format!("{name}.{}", lab.namespace),
            _ => lab.aws_name(name),
        }
    }

    /// The thing as AWS describes it; null where there is none.
    pub fn described(&self, lab: &Lab, name: &str) -> Value {
        self.described_as(lab, name, &self.aws_name(lab, name))
    }

    /// The same, of what AWS calls so.
    pub fn described_as(&self, lab: &Lab, name: &str, aws_name: &str) -> Value {
        let ask = |api, operation: &str, request: Value| lab.sim().call(api, operation, &request).unwrap_or_default();
        let described = match self.kind {
            "EksFargateProfile" => described::fargate_profiles(&ask, name, aws_name).pop().unwrap_or_default(),
            "CloudMapService" => {
                let mut service = described::of(&ask, self.kind, aws_name);
                let listed = ask(Api::ServiceDiscovery, "ListInstances", json!({ "ServiceId": service["Id"] }));
                for instance in listed["Instances"].as_array().into_iter().flatten() {
                    let id = instance["Id"].as_str().unwrap_or_default();
                    service["instances"][id] = instance["Attributes"].clone();
                }
                service
            }
            "SecretsManagerSecret" => {
                let mut secret = described::of(&ask, self.kind, aws_name);
                let value = ask(Api::SecretsManager, "GetSecretValue", json!({ "SecretId": aws_name }));
                secret["SecretString"] = value["SecretString"].clone();
                secret
            }
            kind => described::of(&ask, kind, aws_name),
        };
        let is_there = described[arn(self.kind)].is_string()
            && described["status"] != "INACTIVE"
            && described["DeletedDate"].is_null();
        if is_there { described } else { Value::Null }
    }

    /// What AWS has of the object: its description, and how much of what AWS keeps of the past. Without what differs between two objects.
    pub fn in_aws(&self, lab: &Lab, name: &str) -> Value {
        let aws_name = self.aws_name(lab, name);
        let count = |api, operation: &str, request: Value, member: &str| {
            let answer = lab.sim().call(api, operation, &request).unwrap_or_default();
            json!(answer[member].as_array().map_or(0, Vec::len))
        };
        let revisions = |status: &str| {
            let request = json!({ "familyPrefix": aws_name, "status": status });
            count(Api::Ecs, "ListTaskDefinitions", request, "taskDefinitionArns")
        };
        let deployed = json!({ "cluster": values::CLUSTER, "service": aws_name });
        let past = json!({
            "active revisions": revisions("ACTIVE"),
            "inactive revisions": revisions("INACTIVE"),
            "deployments": count(Api::Ecs, "ListServiceDeployments", deployed, "serviceDeployments"),
            "versions": count(Api::SecretsManager, "ListSecretVersionIds", json!({ "SecretId": aws_name }), "Versions"),
        });
        json!({ "described": without_own(&self.described(lab, name), name), "past": past })
    }
}

/// The member of a description that names the thing, by the kind.
pub fn arn(kind: &str) -> &'static str {
    match kind {
        "EcsService" => "serviceArn",
        "EcsTaskDefinition" => "taskDefinitionArn",
        "EcsCluster" => "clusterArn",
        "EcsCapacityProvider" => "capacityProviderArn",
        "EcrRepository" => "repositoryArn",
        "SecretsManagerSecret" => "ARN",
        "EksFargateProfile" => "fargateProfileArn",
        "CloudMapService" => "Arn",
        other => panic!("{other}: say in tests/it/e2e/chaos/life.rs how AWS names its things"),
    }
}

/// What two things that were made of the same spec differ in, beside what is volatile.
const OWN: &[&str] = &[
    "Arn",
    "CreateDate",
    "CreatedDate",
    "CreatorRequestId",
    "Id",
    "LastChangedDate",
    "VersionIdsToStages",
    "capacityProviderArn",
    "clientToken",
    "deployments",
    "revision",
    "taskDefinitionArn",
];

pub fn without_own(described: &Value, name: &str) -> Value {
    let uid = ["key", "Key"].into_iter().find_map(|key| {
        let tags = described["tags"].as_array().or(described["Tags"].as_array())?;
        let tag = tags.iter().find(|tag| tag[key] == "ecs-bridge.dev:uid")?;
        tag["value"].as_str().or(tag["Value"].as_str())
    });
    let uid = uid.or(described["tags"]["ecs-bridge.dev:uid"].as_str()).unwrap_or("no uid").to_owned();
    let text = without_volatile(described).to_string().replace(name, "NAME").replace(&uid, "UID");
    let mut value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !OWN.contains(&name.as_str()));
            // The hash of a definition is that of its family, too.
            if members.get("key").is_some_and(|key| key == "ecs-bridge.dev:hash") {
                members.remove("value");
            }
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => {
            items.iter_mut().for_each(strip);
            items.sort_by_key(Value::to_string);
        }
        // A secret's ARN ends with six characters of AWS's own.
        Value::String(text) if text.starts_with("arn:aws:secretsmanager:") => text.truncate(text.len() - 6),
        _ => {}
    }
}

/// How often each write took effect, and under how many tokens it was asked for. Under one token AWS does a thing once, however often it is
/// asked.
pub fn effects(calls: &[Entry]) -> BTreeMap<String, usize> {
    let (mut found, mut tokens) = (BTreeMap::new(), BTreeSet::new());
    for entry in calls.iter().filter(|entry| entry.is_write()) {
        let token = ["clientToken", "clientRequestToken", "ClientRequestToken"];
        let token = token.iter().find_map(|member| entry.request[member].as_str());
        let counts = token.map_or(entry.took_effect, |token| tokens.insert((&entry.operation, token)));
        if counts {
            *found.entry(entry.operation.clone()).or_default() += 1;
        }
    }
    found
}
