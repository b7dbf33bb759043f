//! Random clusters.

use ecs_bridge::kinds::ecs_cluster::EcsCluster;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws,
    sample::{Sample, Spec, members, one_of, tags},
};

impl Sample for EcsCluster {
    /// Whether AWS's ARN of a namespace is the one that the spec names is known from the write.
    const REPEATS: &'static [&'static str] = &["UpdateCluster"];

    fn specs() -> BoxedStrategy<Spec> {
        let capacity = one_of(vec![
            json!({}),
            json!({"capacityProviders": []}),
            json!({"capacityProviders": ["FARGATE"]}),
            json!({"capacityProviders": ["FARGATE_SPOT", "FARGATE"]}),
            json!({"capacityProviders": ["FARGATE", "FARGATE_SPOT"], "defaultCapacityProviderStrategy": [
                {"capacityProvider": "FARGATE", "base": 1, "weight": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 4}]}),
            json!({"capacityProviders": ["FARGATE_SPOT"], "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT"}]}),
            json!({"capacityProviders": ["container-instances"]}),
            json!({"capacityProviders": ["container-instances", "FARGATE"],
                "defaultCapacityProviderStrategy": [{"capacityProvider": "container-instances", "weight": 1}]}),
        ]);
        let insights = |value: &str| json!({"settings": [{"name": "containerInsights", "value": value}]});
        let settings = one_of(vec![
            json!({}),
            json!({"settings": []}),
            insights("enabled"),
            insights("disabled"),
            insights("enhanced"),
        ]);
        let execute = |command: Value| json!({"configuration": {"executeCommandConfiguration": command}});
        let configuration = one_of(vec![
            json!({}),
            json!({"configuration": {}}),
            execute(json!({"logging": "DEFAULT"})),
            execute(json!({"logging": "NONE"})),
            execute(json!({"logging": "DEFAULT", "kmsKeyId": "key-1"})),
            execute(json!({"logging": "OVERRIDE", "logConfiguration": {"cloudWatchLogGroupName": "exec"}})),
            execute(
                json!({"logging": "OVERRIDE", "logConfiguration": {"s3BucketName": "exec", "s3EncryptionEnabled": true}}),
            ),
            json!({"configuration": {"managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": "key-2"}}}),
        ]);
        let namespace = |name: &str| json!({"serviceConnectDefaults": {"namespace": name}});
        let connect = one_of(vec![
            json!({}),
            namespace("internal"),
            namespace("other"),
            namespace("arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-1"),
        ]);
        let name = one_of(vec![json!({}), json!({"clusterName": "production"})]);
        members(vec![capacity, settings, configuration, connect, name, tags("key", "value")]).prop_map(Spec).boxed()
    }

    fn immutable() -> &'static [&'static str] {
        &["clusterName"]
    }

    fn aws() -> Aws {
        Aws::with_cluster()
    }

    fn foreign(aws: &Aws, spec: &Value, tags: &[(&str, &str)]) {
        let name = spec["clusterName"].as_str().unwrap_or("shop_web");
        let tags: Vec<Value> = tags.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
        aws.ecs("CreateCluster", json!({"clusterName": name, "tags": tags, "capacityProviders": ["FARGATE"]}));
    }
}
