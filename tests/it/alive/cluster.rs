//! What goes together in a cluster and in a repository.

use serde_json::{Value, json};

use super::rules::{chosen, drop_members, fill, refer, replace, retain, strategy, texts, unique};

pub fn settle_cluster(spec: &mut Value) {
    // A default strategy is of providers that the cluster has (PutClusterCapacityProviders, Amazon ECS API Reference).
    let mut providers: Vec<String> = serde_json::from_value(spec["capacityProviders"].clone()).unwrap_or_default();
    providers.sort();
    providers.dedup();
    refer(spec, "capacityProviders", "", &providers);
    strategy(spec, "defaultCapacityProviderStrategy");
    let of_strategy =
        texts(spec["defaultCapacityProviderStrategy"].as_array().map_or(&[], Vec::as_slice), "capacityProvider");
    if !of_strategy.iter().all(|name| providers.contains(name)) {
        refer(spec, "defaultCapacityProviderStrategy", "capacityProvider", &providers);
        strategy(spec, "defaultCapacityProviderStrategy");
    }
    if let Some(execute) = spec.pointer_mut("/configuration/executeCommandConfiguration") {
        // ExecuteCommandConfiguration: a log configuration is what OVERRIDE means.
        if execute.get("logConfiguration").is_some() {
            execute["logging"] = json!("OVERRIDE");
            let log = &mut execute["logConfiguration"];
            fill(log, "cloudWatchLogGroupName", json!("exec"));
            if log.get("s3BucketName").is_none() {
                drop_members(log, &["s3EncryptionEnabled", "s3KeyPrefix"]);
            }
        } else if execute["logging"] == "OVERRIDE" {
            execute["logging"] = json!("NONE");
        }
    }
    unique(spec, "settings", "name");
}

pub fn settle_repository(spec: &mut Value) {
    // EncryptionConfiguration, Amazon ECR API Reference: a key is for KMS.
    if spec["encryptionConfiguration"]["encryptionType"] == "AES256" {
        drop_members(&mut spec["encryptionConfiguration"], &["kmsKey"]);
    }
    // ImageTagMutabilityExclusionFilter: filters go with a mutability that has exclusions.
    unique(spec, "imageTagMutabilityExclusionFilters", "filter");
    let has_filters = spec.get("imageTagMutabilityExclusionFilters").is_some();
    let with = ["IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"];
    if has_filters {
        let mutability = spec["imageTagMutability"].as_str().filter(|given| with.contains(given)).map(str::to_owned);
        spec["imageTagMutability"] = json!(mutability.unwrap_or_else(|| chosen(spec, &with).to_owned()));
    } else if with.iter().any(|with| spec["imageTagMutability"] == *with) {
        replace(spec, "imageTagMutability", json!("IMMUTABLE"));
    }
    // A filter has at most two wildcards.
    retain(spec, "imageTagMutabilityExclusionFilters", |item| {
        let filter = item["filter"].as_str().unwrap_or_default().replace('*', "x");
        item["filter"] = json!(format!("{filter}*").chars().skip(filter.len().saturating_sub(100)).collect::<String>());
        true
    });
}
