//! Every field of `EcsCluster`.

use ecs_bridge::{
    engine::{
        compare::{self, Rule},
        reason::CANNOT_REMOVE,
    },
    kinds::ecs_cluster::EcsCluster,
};
use serde_json::{Value, json};

use super::{
    Excluded, Table,
    row::{Particular, Walk, to, with},
    walk_all,
};
use crate::plan::Aws;

impl Walk for EcsCluster {
    /// UpdateCluster is given the whole configuration, with the logging that AWS has where none is given.
    const DEFAULTS: &'static [Rule] = &[compare::text("configuration.executeCommandConfiguration.logging", "DEFAULT")];

    fn aws() -> Aws {
        Aws::with_cluster()
    }

    fn take(dump: &mut Value, _: &Self::Report) -> Value {
        dump["clusters"]["shop_web"].take()
    }
}

const STORAGE: &str = "ManagedStorageConfiguration, Amazon ECS API Reference: no value takes a key off";

#[test]
fn every_field_of_a_cluster() {
    let execute = |members: Value| json!({"configuration": {"executeCommandConfiguration": members}});
    let strategy =
        |provider: &str, base: u32, weight: u32| json!({"capacityProvider": provider, "base": base, "weight": weight});
    walk_all::<EcsCluster>(&Table {
        samples: vec![
            json!({
                "capacityProviders": ["FARGATE", "container-instances"],
                "serviceConnectDefaults": {"namespace": "internal"},
                "settings": [{"name": "containerInsights", "value": "enabled"}],
                "tags": [{"key": "team", "value": "shop"}],
            }),
            execute(json!({"logging": "DEFAULT", "kmsKeyId": "key-1"})),
            execute(json!({"logging": "OVERRIDE", "logConfiguration": {
                "cloudWatchLogGroupName": "exec", "cloudWatchEncryptionEnabled": false,
                "s3BucketName": "exec", "s3EncryptionEnabled": false, "s3KeyPrefix": "shop",
            }})),
            json!({"configuration": {"managedStorageConfiguration": {"kmsKeyId": "key-1", "fargateEphemeralStorageKmsKeyId": "key-2"}}}),
            json!({
                "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
                "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT"}],
            }),
            json!({
                "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
                "defaultCapacityProviderStrategy": [strategy("FARGATE", 1, 1), strategy("FARGATE_SPOT", 0, 1)],
            }),
        ],
        particulars: vec![
            ("capacityProviders[]", to("FARGATE_SPOT")),
            ("configuration.executeCommandConfiguration.logging", to("NONE")),
            (
                "configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId",
                Particular::default().no_removal(CANNOT_REMOVE, STORAGE),
            ),
            (
                "configuration.managedStorageConfiguration.kmsKeyId",
                Particular::default().no_removal(CANNOT_REMOVE, STORAGE),
            ),
            ("serviceConnectDefaults.namespace", to("other").spelt()),
            ("defaultCapacityProviderStrategy[].capacityProvider", to("FARGATE")),
            ("settings[].value", to("enhanced").whole("settings[]")),
            ("tags[].key", with("tags[]")),
            ("tags[].value", with("tags[]")),
        ],
        excluded: vec![Excluded(
            "settings[].name",
            "containerInsights is its only value",
            "ClusterSetting, Amazon ECS API Reference",
        )],
        immutable: vec!["clusterName"],
    });
}
