//! Every field of `EksFargateProfile`.

use ecs_bridge::{engine::compare::Rule, kinds::eks_fargate_profile::EksFargateProfile};
use serde_json::{Value, json};

use super::{
    Excluded, Table,
    row::{Walk, with},
    walk_all,
};
use crate::plan::{Aws, fargate_profile};

impl Walk for EksFargateProfile {
    const DEFAULTS: &'static [Rule] = &[];

    fn aws() -> Aws {
        fargate_profile::aws()
    }

    /// Without the hash of all that it says, in its name and its tags.
    fn take(dump: &mut Value, _: &Self::Report) -> Value {
        let profiles = dump["fargateProfiles"].as_object_mut().expect("profiles");
        let ours = profiles.keys().find(|name| *name != "theirs").cloned();
        let mut profile = ours.and_then(|name| profiles.remove(&name)).unwrap_or_default();
        if let Some(members) = profile.as_object_mut() {
            members.remove("fargateProfileName");
        }
        if let Some(tags) = profile["tags"].as_object_mut() {
            tags.remove("ecs-bridge.dev:hash");
        }
        profile
    }
}

#[test]
fn every_field_of_a_fargate_profile() {
    walk_all::<EksFargateProfile>(&Table {
        samples: vec![json!({
            "podExecutionRoleArn": fargate_profile::ROLE,
            "selectors": [{"namespace": "shop", "labels": {"tier": "web"}}, {"namespace": "web"}],
            "subnets": ["subnet-1", "subnet-2"],
            "tags": {"team": "shop"},
            "replacement": "Auto",
        })],
        particulars: vec![("selectors[].namespace", with("selectors[]")), ("tags{}", with("tags"))],
        excluded: vec![Excluded(
            "podExecutionRoleArn",
            "a profile is none without; its change is one of those in tests/it/plan/fargate_profile.rs",
            "CreateFargateProfile, Amazon EKS API Reference",
        )],
        immutable: vec!["clusterName", "fargateProfileName"],
    });
}
