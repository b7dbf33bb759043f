//! The operator's own reading of custom resources, on objects that no API server let through: as stored by another version, or edited in
//! etcd.

use ecs_bridge::{
    engine::{Kind, status::Status},
    kinds::{
        cloud_map_service::CloudMapService, ecr_repository::EcrRepository, ecs_capacity_provider::EcsCapacityProvider,
        ecs_cluster::EcsCluster, ecs_service::EcsService, secrets_manager_secret::SecretsManagerSecret,
        workload_bridge::WorkloadBridge,
    },
    operator::{Unreadable, parse},
};
use kube::core::DynamicObject;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    config,
    values::{any_json, described, disturbed, pointers},
};

/// A text that stands for what a person would not want to see in a condition.
const SECRET: &str = "hunter2, expected to stay where it is";

/// An object of this content, as a watch hands it on.
fn object(data: Value) -> DynamicObject {
    DynamicObject { types: None, metadata: serde_json::from_value(json!({"name": "web"})).expect("metadata"), data }
}

/// What is read is what serde reads of the two members; what is not is told apart by the member, with the remedy.
fn reads<K: Kind>(data: &Value) -> Result<(), TestCaseError> {
    let member = |name: &str| data.get(name).cloned().unwrap_or_default();
    let spec: Option<K::Spec> = serde_json::from_value(member("spec")).ok();
    let status: Option<Status<K::Report, K::Memo>> = serde_json::from_value(member("status")).ok();
    match parse::<K>(&object(data.clone())) {
        Ok(parsed) => {
            prop_assert_eq!(
                serde_json::to_value(&parsed.spec).expect("JSON"),
                serde_json::to_value(spec).expect("JSON"),
                "the spec is read as another"
            );
            if member("status").is_null() {
                prop_assert_eq!(parsed.status.observed_generation, -1, "a status that nobody wrote has seen something");
            } else {
                let read = serde_json::to_value(&parsed.status).expect("JSON");
                prop_assert_eq!(read, serde_json::to_value(status).expect("JSON"), "the status is read as another");
            }
        }
        Err(unreadable) => {
            let is_of_the_spec = matches!(unreadable, Unreadable::Spec(_));
            prop_assert_eq!(is_of_the_spec, spec.is_none(), "{} is said of the other member", unreadable);
            prop_assert!(is_of_the_spec || status.is_none(), "{} is said of a status that can be read", unreadable);
            let text = unreadable.to_string();
            let remedy = if is_of_the_spec { "ecs-bridge.dev/abandon" } else { "remove .status" };
            prop_assert!(text.contains(remedy), "{} names no remedy", text);
            prop_assert!(
                !text.contains("hunter2"),
                "a value of the object stands in what people and logs see: {}",
                text
            );
        }
    }
    Ok(())
}

/// Objects of a kind with now and then a piece that does not belong there, of any sort, or a secret in place of one.
fn objects(kind: &str) -> BoxedStrategy<Value> {
    let spec = disturbed(described(kind, &["spec"]));
    let status = prop_oneof![Just(Value::Null), disturbed(described(kind, &["status"]))];
    let whole = (spec, status).prop_map(|(spec, status)| json!({"spec": spec, "status": status}));
    let with_secret = (whole.clone(), any::<prop::sample::Index>()).prop_map(|(mut whole, at)| {
        let place = at.get(&pointers(&whole)).clone();
        *whole.pointer_mut(&place).expect("a place in the value") = json!(SECRET);
        whole
    });
    prop_oneof![1 => any_json(), 3 => whole, 4 => with_secret].boxed()
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn any_repository(data in objects(EcrRepository::KIND)) {
        reads::<EcrRepository>(&data)?;
    }

    #[test]
    fn any_cluster(data in objects(EcsCluster::KIND)) {
        reads::<EcsCluster>(&data)?;
    }

    #[test]
    fn any_capacity_provider(data in objects(EcsCapacityProvider::KIND)) {
        reads::<EcsCapacityProvider>(&data)?;
    }

    #[test]
    fn any_bridge(data in objects(WorkloadBridge::KIND)) {
        reads::<WorkloadBridge>(&data)?;
    }

    #[test]
    fn any_cloud_map_service(data in objects(CloudMapService::KIND)) {
        reads::<CloudMapService>(&data)?;
    }

    #[test]
    fn any_secret(data in objects(SecretsManagerSecret::KIND)) {
        reads::<SecretsManagerSecret>(&data)?;
    }

    #[test]
    fn any_service(data in objects(EcsService::KIND)) {
        reads::<EcsService>(&data)?;
    }
}
