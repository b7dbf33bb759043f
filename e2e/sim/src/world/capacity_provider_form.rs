//! What capacity providers are made of: what AWS takes, what it fills in, and what a change replaces.

use serde_json::{Map, Value, json};

use crate::error::Error;

use super::params::Params;

pub(super) fn check_name(name: &str) -> Result<(), Error> {
    let lower = name.to_lowercase();
    let reserved = ["aws", "ecs", "fargate"].iter().any(|prefix| lower.starts_with(prefix));
    let valid = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if name.is_empty() || name.len() > 255 || reserved || !valid {
        return Err(Error::invalid(
            "The specified capacity provider name is invalid. Up to 255 letters, numbers, underscores and hyphens are allowed, and the \
             name cannot be prefixed with \"aws\", \"ecs\" or \"fargate\".",
        ));
    }
    Ok(())
}

/// What AWS fills in for an Auto Scaling group provider.
pub(super) fn with_defaults(given: Params<'_>) -> Map<String, Value> {
    let defaults = json!({
        "autoScalingGroupArn": given.required("autoScalingGroupArn"),
        "managedScaling": {
            "status": "DISABLED",
            "targetCapacity": 100,
            "minimumScalingStepSize": 1,
            "maximumScalingStepSize": 10000,
            "instanceWarmupPeriod": 300,
        },
        "managedTerminationProtection": "DISABLED",
        "managedDraining": "ENABLED",
    });
    let Value::Object(mut settings) = defaults else {
        return Map::new();
    };
    for name in ["managedScaling", "managedTerminationProtection", "managedDraining"] {
        if let Some(value) = given.get(name) {
            merge(&mut settings, &json!({name: value}));
        }
    }
    settings
}

/// What AWS fills in for Managed Instances.
pub(super) fn managed_with_defaults(given: &Map<String, Value>) -> Map<String, Value> {
    let mut settings = given.clone();
    settings.entry("propagateTags").or_insert(json!("NONE"));
    if let Some(template) = settings.get_mut("instanceLaunchTemplate").and_then(Value::as_object_mut) {
        template.entry("monitoring").or_insert(json!("BASIC"));
        template.entry("capacityOptionType").or_insert(json!("ON_DEMAND"));
        template.entry("instanceMetadataTagsPropagation").or_insert(json!(true));
        template.entry("fipsEnabled").or_insert(json!(false));
        template.entry("storageConfiguration").or_insert(json!({"storageSizeGiB": 80}));
    }
    settings
}

/// Members given replace members present, those of the launch template one by one.
pub(super) fn change_managed(settings: &mut Map<String, Value>, change: &Value) {
    for (name, value) in change.as_object().into_iter().flatten() {
        match (name.as_str(), settings.get_mut(name), value) {
            ("instanceLaunchTemplate", Some(Value::Object(template)), Value::Object(members)) => {
                template.extend(members.clone());
            }
            _ => drop(settings.insert(name.clone(), value.clone())),
        }
    }
}

pub(super) fn check_scaling(settings: &Map<String, Value>) -> Result<(), Error> {
    let settings = Params::of(settings);
    let protects = settings.text("managedTerminationProtection") == Some("ENABLED");
    if protects && settings.nested("managedScaling").text("status") != Some("ENABLED") {
        return Err(Error::invalid(
            "The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection \
             for a capacity provider, managed scaling must be enabled.",
        ));
    }
    Ok(())
}

/// Members given replace members present, structure by structure.
pub(super) fn merge(present: &mut Map<String, Value>, change: &Value) {
    for (name, value) in change.as_object().into_iter().flatten() {
        match (present.get_mut(name), value) {
            (Some(Value::Object(inner)), Value::Object(_)) => merge(inner, value),
            _ => {
                present.insert(name.clone(), value.clone());
            }
        }
    }
}
