//! What goes together in a capacity provider.

use serde_json::{Value, json};

use super::{
    rules::{drop_members, fill, keep_one},
    values,
};

const GROUP: &str = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0123:autoScalingGroupName/workers";

/// Where the two ends of a range stand, the smaller one first.
const RANGES: &[&str] = &[
    "acceleratorCount",
    "acceleratorTotalMemoryMiB",
    "baselineEbsBandwidthMbps",
    "memoryGiBPerVCpu",
    "memoryMiB",
    "networkBandwidthGbps",
    "networkInterfaceCount",
    "totalLocalStorageGB",
    "vCpuCount",
];

pub fn settle(spec: &mut Value) {
    keep_one(spec, &["autoScalingGroupProvider", "managedInstancesProvider"]);
    let Some(managed) = spec.get_mut("managedInstancesProvider") else {
        fill(spec, "autoScalingGroupProvider", json!({"autoScalingGroupArn": GROUP}));
        drop_members(spec, &["cluster"]);
        let group = &mut spec["autoScalingGroupProvider"];
        // AutoScalingGroupProvider, Amazon ECS API Reference: protection goes with managed scaling.
        if group["managedTerminationProtection"] == "ENABLED" {
            fill(group, "managedScaling", json!({}));
            group["managedScaling"]["status"] = json!("ENABLED");
        }
        return;
    };
    let template = &mut managed["instanceLaunchTemplate"];
    // InstanceLaunchTemplate, Amazon ECS API Reference: a sandbox has no local storage.
    if template["localStorageConfiguration"]["useLocalStorage"] == true {
        drop_members(template, &["nitroEnclavesEnabled"]);
    }
    if let Some(requirements) = template.get_mut("instanceRequirements") {
        // InstanceRequirementsRequest, Amazon EC2 API Reference: types are allowed or excluded, and one price protects.
        keep_one(requirements, &["allowedInstanceTypes", "excludedInstanceTypes"]);
        keep_one(
            requirements,
            &["maxSpotPriceAsPercentageOfOptimalOnDemandPrice", "spotMaxPricePercentageOverLowestPrice"],
        );
        for range in RANGES {
            let range = &mut requirements[*range];
            if let (Some(min), Some(max)) = (range["min"].as_f64(), range["max"].as_f64())
                && min > max
            {
                let min = range["min"].take();
                range["min"] = std::mem::replace(&mut range["max"], min);
            }
        }
        let ranges = requirements.as_object_mut().expect("requirements");
        ranges.retain(|_, range| !range.is_null());
    }
    fill(spec, "cluster", json!(values::CLUSTER));
}

/// Where AWS has no default to go back to (tests/it/walk).
const KEPT: &[&str] = &[
    "/managedInstancesProvider/autoRepairConfiguration",
    "/managedInstancesProvider/infrastructureOptimization",
    "/managedInstancesProvider/instanceLaunchTemplate/capacityReservations",
    "/managedInstancesProvider/instanceLaunchTemplate/instanceRequirements",
    "/managedInstancesProvider/instanceLaunchTemplate/storageConfiguration",
];

/// A provider stays of its sort, and of its group; the rest of what the CRD holds fast, and what AWS has no way to take back.
pub fn follow(first: &Value, second: &mut Value) {
    const FAST: &[&str] = &["capacityOptionType", "fipsEnabled", "nitroEnclavesEnabled"];
    let sort = ["autoScalingGroupProvider", "managedInstancesProvider"];
    for (own, other) in [(sort[0], sort[1]), (sort[1], sort[0])] {
        if let Some(provider) = first.get(own) {
            drop_members(second, &[other]);
            fill(second, own, provider.clone());
        }
    }
    if let Some(group) = second.get_mut(sort[0]) {
        group["autoScalingGroupArn"] = first[sort[0]]["autoScalingGroupArn"].clone();
    }
    for pointer in KEPT {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        if let (Some(value), Some(parent)) = (first.pointer(pointer), second.pointer_mut(parent)) {
            // One that has no member says nothing.
            if parent.get(name).and_then(Value::as_object).is_none_or(serde_json::Map::is_empty) {
                parent[name] = value.clone();
            }
        }
    }
    if let Some(template) = second.pointer_mut("/managedInstancesProvider/instanceLaunchTemplate") {
        let before = &first[sort[1]]["instanceLaunchTemplate"];
        for member in FAST {
            drop_members(template, &[member]);
            if let Some(value) = before.get(member) {
                template[*member] = value.clone();
            }
        }
        // What a sandbox has none of.
        if template.get("nitroEnclavesEnabled").is_some() {
            drop_members(template, &["localStorageConfiguration"]);
        }
    }
}
