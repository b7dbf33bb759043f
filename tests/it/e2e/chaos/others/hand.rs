//! Somebody else's hand on the thing that an object has in AWS: how it is found, tagged, deleted, and made by others under the same name.

use std::collections::BTreeMap;

use aws_sim::Api;
use ecs_bridge::engine::ownership;
use serde_json::{Map, Value, json};

use super::super::{
    super::{cloud_map, lab::Lab, manifests},
    life::{Life, arn, without_own},
};
use crate::{alive::values, plan::dump::steady};

/// Whether AWS took it; else why not.
pub type Done = Result<(), String>;

pub type Tags = BTreeMap<String, String>;

pub struct Hand<'a> {
    pub lab: &'a Lab,
    pub life: &'a Life,
    /// Of the object.
    pub name: String,
}

/// How a service of AWS writes tags.
struct Tagging {
    api: Api,
    resource: &'static str,
    tags: &'static str,
    keys: &'static str,
    pair: Option<(&'static str, &'static str)>,
}

fn tagging(kind: &str) -> Tagging {
    let lower = Some(("key", "value"));
    let upper = Some(("Key", "Value"));
    let (api, resource, tags, keys, pair) = match kind {
        "EcrRepository" => (Api::Ecr, "resourceArn", "tags", "tagKeys", upper),
        "SecretsManagerSecret" => (Api::SecretsManager, "SecretId", "Tags", "TagKeys", upper),
        "EksFargateProfile" => (Api::Eks, "resourceArn", "tags", "tagKeys", None),
        "CloudMapService" => (Api::ServiceDiscovery, "ResourceARN", "Tags", "TagKeys", upper),
        _ => (Api::Ecs, "resourceArn", "tags", "tagKeys", lower),
    };
    Tagging { api, resource, tags, keys, pair }
}

impl Tagging {
    fn read(&self, thing: &Value) -> Tags {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some((key, value)) = self.pair {
            let tags = thing[self.tags].as_array().into_iter().flatten();
            return tags.map(|tag| (text(&tag[key]), text(&tag[value]))).collect();
        }
        let tags = thing[self.tags].as_object().into_iter().flatten();
        tags.map(|(key, value)| (key.clone(), text(value))).collect()
    }

    fn written(&self, tags: &Tags) -> Value {
        match self.pair {
            Some((key, value)) => tags.iter().map(|(of, is)| json!({ key: of, value: is })).collect(),
            None => json!(tags),
        }
    }
}

impl Hand<'_> {
    pub fn call(&self, api: Api, operation: &str, request: Value) -> Result<Value, String> {
        let answer = self.lab.sim().call(api, operation, &request);
        answer.map_err(|error| format!("{operation} by others: {error}"))
    }

    pub fn ecs(&self, operation: &str, request: Value) -> Done {
        self.call(Api::Ecs, operation, request).map(drop)
    }

    pub fn aws_name(&self) -> String {
        self.life.aws_name(self.lab, &self.name)
    }

    /// The thing as AWS describes it; null where there is none.
    pub fn thing(&self) -> Value {
        self.life.described(self.lab, &self.name)
    }

    pub fn arn(&self) -> Result<String, String> {
        let arn = self.thing()[arn(self.life.kind)].as_str().map(str::to_owned);
        arn.ok_or_else(|| "there is nothing".to_owned())
    }

    pub fn tags(&self) -> Tags {
        tagging(self.life.kind).read(&self.thing())
    }

    pub fn tag(&self, tags: &Tags) -> Done {
        let tagging = tagging(self.life.kind);
        let request = json!({ tagging.resource: self.arn()?, tagging.tags: tagging.written(tags) });
        self.call(tagging.api, "TagResource", request).map(drop)
    }

    pub fn untag(&self, keys: &[String]) -> Done {
        let Tagging { api, resource, keys: member, .. } = tagging(self.life.kind);
        if keys.is_empty() {
            return Err("there is no such tag".to_owned());
        }
        self.call(api, "UntagResource", json!({ resource: self.arn()?, member: keys })).map(drop)
    }

    /// What is compared to see whether somebody has touched it: without what goes on by itself, and without the revision that a service runs,
    /// which is a thing of its own.
    pub fn state(&self) -> Value {
        let thing = self.thing();
        let mut state = without_own(&thing, &self.name);
        for member in ["taskDefinition", "instances"] {
            state[member] = Value::Null;
        }
        if ["CREATING", "ACTIVE"].iter().any(|status| state["status"] == *status) {
            state["status"] = Value::Null;
        }
        json!({ "described": state, "made": thing["createdAt"], "is": thing[arn(self.life.kind)] })
    }

    /// What the operator has called its profile, which ends with a hash; a name like it where there was none.
    fn profile_name(&self) -> String {
        let calls = self.lab.calls_since(0);
        let made = calls.iter().rev().find(|entry| {
            entry.operation == "CreateFargateProfile" && entry.request["clusterName"] == self.name.as_str()
        });
        let name = made.and_then(|entry| entry.request["fargateProfileName"].as_str());
        name.map_or_else(|| self.aws_name(), str::to_owned)
    }

    /// Where AWS wants things out of it first, they go out.
    pub fn delete(&self) -> Done {
        let name = self.aws_name();
        let cluster = values::CLUSTER;
        match self.life.kind {
            "EcsService" => self.ecs("DeleteService", json!({ "cluster": cluster, "service": name, "force": true })),
            "EcsTaskDefinition" => self.deregister_all(),
            "EcsCluster" => self.ecs("DeleteCluster", json!({ "cluster": name })),
            "EcsCapacityProvider" => self.ecs("DeleteCapacityProvider", json!({ "capacityProvider": name })),
            "EcrRepository" => {
                self.call(Api::Ecr, "DeleteRepository", json!({ "repositoryName": name, "force": true })).map(drop)
            }
            "SecretsManagerSecret" => {
                let request = json!({ "SecretId": name, "ForceDeleteWithoutRecovery": true });
                self.call(Api::SecretsManager, "DeleteSecret", request).map(drop)
            }
            "EksFargateProfile" => {
                let request = json!({ "clusterName": self.name, "fargateProfileName": self.profile_name() });
                self.call(Api::Eks, "DeleteFargateProfile", request).map(drop)
            }
            _ => self.delete_cloud_map_service(),
        }
    }

    /// A family is gone with its last active revision.
    fn deregister_all(&self) -> Done {
        let request = json!({ "familyPrefix": self.aws_name() });
        let listed = self.call(Api::Ecs, "ListTaskDefinitions", request)?["taskDefinitionArns"].clone();
        let arns = listed.as_array().filter(|arns| !arns.is_empty()).ok_or("there is no active revision")?;
        arns.iter().try_for_each(|arn| self.ecs("DeregisterTaskDefinition", json!({ "taskDefinition": arn })))
    }

    /// AWS takes its time with the instances: whoever deletes it tries again.
    fn delete_cloud_map_service(&self) -> Done {
        let thing = self.thing();
        if thing.is_null() {
            return Err("there is no service".to_owned());
        }
        for instance in thing["instances"].as_object().into_iter().flatten().map(|(id, _)| id) {
            let request = json!({ "ServiceId": thing["Id"], "InstanceId": instance });
            self.call(Api::ServiceDiscovery, "DeregisterInstance", request).map(drop)?;
        }
        self.call(Api::ServiceDiscovery, "DeleteService", json!({ "Id": thing["Id"] })).map(drop)
    }

    /// A thing of others, under the name that the object's has.
    pub fn make(&self, tags: &Tags) -> Done {
        let name = self.aws_name();
        let tags = tagging(self.life.kind).written(tags);
        match self.life.kind {
            "EcsService" => self.ecs(
                "CreateService",
                json!({
                    "cluster": values::CLUSTER, "serviceName": name, "taskDefinition": "theirs", "desiredCount": 0,
                    "launchType": "FARGATE", "networkConfiguration": manifests::network(), "tags": tags,
                }),
            ),
            "EcsTaskDefinition" => {
                let mut theirs = manifests::definition("theirs:1");
                theirs["family"] = json!(name);
                theirs["tags"] = tags;
                self.ecs("RegisterTaskDefinition", theirs)
            }
            // It answers with the one that is there.
            "EcsCluster" if !self.thing().is_null() => Err("there is one".to_owned()),
            "EcsCluster" => self.ecs("CreateCluster", json!({ "clusterName": name, "tags": tags })),
            "EcsCapacityProvider" => {
                let group = json!({ "autoScalingGroupArn": "workers" });
                let request = json!({ "name": name, "autoScalingGroupProvider": group, "tags": tags });
                self.ecs("CreateCapacityProvider", request)
            }
            "EcrRepository" => {
                self.call(Api::Ecr, "CreateRepository", json!({ "repositoryName": name, "tags": tags })).map(drop)
            }
            "SecretsManagerSecret" => self.make_secret(&name, tags),
            "EksFargateProfile" => {
                let request = json!({
                    "clusterName": self.name, "fargateProfileName": self.profile_name(), "selectors": [{ "namespace": "theirs" }],
                    "podExecutionRoleArn": "arn:aws:iam::123456789012:role/ecs-theirs", "tags": tags,
                });
                self.call(Api::Eks, "CreateFargateProfile", request).map(drop)
            }
            _ => {
                let records = json!({ "DnsRecords": [{ "Type": "A", "TTL": 60 }] });
                let request = json!({ "Name": name, "NamespaceId": cloud_map::NAMESPACE, "DnsConfig": records,
                    "Tags": tags });
                self.call(Api::ServiceDiscovery, "CreateService", request).map(drop)
            }
        }
    }

    /// A name is free once the secret that is scheduled for deletion is gone for good.
    fn make_secret(&self, name: &str, tags: Value) -> Done {
        let scheduled = self.call(Api::SecretsManager, "DescribeSecret", json!({ "SecretId": name }));
        if scheduled.is_ok_and(|secret| !secret["DeletedDate"].is_null()) {
            self.delete()?;
        }
        let request = json!({ "Name": name, "SecretString": "theirs", "Tags": tags,
            "ClientRequestToken": "7".repeat(32) });
        self.call(Api::SecretsManager, "CreateSecret", request).map(drop)
    }
}

/// What one thing of others is known by.
pub fn their_tags(number: usize) -> Tags {
    let mut tags = Tags::from([("theirs".to_owned(), number.to_string())]);
    // Every other one belongs to another cluster's operator.
    if number.is_multiple_of(2) {
        let owner = [(ownership::OWNER, "another"), (ownership::KIND, "Any"), (ownership::NAMESPACE, "theirs")];
        tags.extend(owner.map(|(key, value)| (key.to_owned(), value.to_owned())));
        tags.insert(ownership::NAME.to_owned(), "theirs".to_owned());
    }
    tags
}

/// The keys by which the operator knows its own.
pub fn owner_keys(tags: &Tags) -> Vec<String> {
    tags.keys().filter(|key| key.starts_with(ownership::PREFIX)).cloned().collect()
}

/// The same with what they say.
pub fn owner_tags(tags: &Tags) -> Tags {
    let keys = owner_keys(tags);
    tags.iter().filter(|(key, _)| keys.contains(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// A description without the tags that others have put on it, and without whether the revision that a service runs is registered still: it
/// runs all the same.
pub fn without_theirs(mut described: Value) -> Value {
    if let Some(definition) = described["taskDefinition"].as_object_mut() {
        definition.retain(|member, _| !["status", "deregisteredAt"].contains(&member.as_str()));
    }
    for member in ["tags", "Tags"] {
        match &mut described[member] {
            Value::Array(tags) => tags.retain(|tag| ["key", "Key"].iter().all(|key| tag[*key] != "theirs")),
            Value::Object(tags) => drop(Map::remove(tags, "theirs")),
            _ => {}
        }
    }
    steady(&described)
}
