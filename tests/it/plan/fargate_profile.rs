//! Random Fargate profiles.

use std::{collections::BTreeMap, time::Duration};

use aws_sim::Config;
use ecs_bridge::kinds::eks_fargate_profile::EksFargateProfile;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Aws, Object,
    sample::{Sample, Spec, members, one_of},
};

pub const ROLE: &str = "arn:aws:iam::123456789012:role/pods";

/// AWS with the EKS cluster `main`, and with a profile in it that is another's.
pub fn aws() -> Aws {
    let aws = Aws::new(Config { public_subnets: vec!["subnet-public".to_owned()], ..Config::default() });
    aws.with_eks();
    aws
}

impl Aws {
    /// Makes the EKS cluster and the other's profile.
    pub fn with_eks(&self) {
        self.eks(
            "CreateCluster",
            json!({"name": "main", "roleArn": ROLE, "resourcesVpcConfig": {"subnetIds": ["subnet-0a", "subnet-0b"]}}),
        );
        self.advance(Duration::from_mins(10));
        self.eks(
            "CreateFargateProfile",
            json!({"clusterName": "main", "fargateProfileName": "theirs", "podExecutionRoleArn": ROLE,
                "selectors": [{"namespace": "elsewhere"}], "tags": {"a": "b"}}),
        );
        self.advance(Duration::from_mins(2));
    }
}

impl Sample for EksFargateProfile {
    fn specs() -> BoxedStrategy<Spec> {
        let selectors = one_of(vec![
            json!({"selectors": [{"namespace": "shop"}]}),
            json!({"selectors": [{"namespace": "shop"}, {"namespace": "web-*", "labels": {"tier": "w?b"}}]}),
            json!({"selectors": [{"namespace": "web-*", "labels": {"tier": "w?b"}}, {"namespace": "shop", "labels": {}}]}),
        ]);
        let role = one_of(vec![
            json!({"podExecutionRoleArn": ROLE}),
            json!({"podExecutionRoleArn": "arn:aws:iam::123456789012:role/others"}),
        ]);
        let subnets = one_of(vec![
            json!({}),
            json!({"subnets": ["subnet-1", "subnet-2"]}),
            json!({"subnets": ["subnet-2", "subnet-1"]}),
            json!({"subnets": ["subnet-1"]}),
        ]);
        let tags =
            one_of(vec![json!({}), json!({"tags": {"team": "shop"}}), json!({"tags": {"team": "web", "cost": ""}})]);
        let name = one_of(vec![json!({}), json!({"fargateProfileName": "mine"})]);
        let fixed = Just(json!({"replacement": "Auto"})).boxed();
        members(vec![selectors, role, subnets, tags, name, fixed]).prop_map(Spec).boxed()
    }

    fn immutable() -> &'static [&'static str] {
        &["clusterName", "fargateProfileName"]
    }

    fn aws() -> Aws {
        aws()
    }

    /// The name is the operator's to find: it makes the profile, and somebody else's tags take the place of its own.
    fn foreign(aws: &Aws, spec: &Value, tags: &[(&str, &str)]) {
        Object::<EksFargateProfile>::new(spec.clone()).ready(aws);
        let made = the_only(aws);
        let (arn, keys) = (&made["fargateProfileArn"], made["tags"].as_object().expect("tags").keys());
        aws.eks("UntagResource", json!({"resourceArn": arn, "tagKeys": keys.collect::<Vec<_>>()}));
        if !tags.is_empty() {
            let tags: BTreeMap<_, _> = tags.iter().copied().collect();
            aws.eks("TagResource", json!({"resourceArn": arn, "tags": tags}));
        }
        aws.take_calls();
    }
}

/// The profiles of `main` but for the one that is another's, as AWS describes them.
pub fn profiles(aws: &Aws) -> Vec<Value> {
    let listed = aws.eks("ListFargateProfiles", json!({"clusterName": "main"}));
    let names = listed["fargateProfileNames"].as_array().expect("a list").iter().filter(|name| **name != "theirs");
    let describe = |name: &Value| {
        let request = json!({"clusterName": "main", "fargateProfileName": name});
        aws.eks("DescribeFargateProfile", request)["fargateProfile"].clone()
    };
    names.map(describe).collect()
}

pub fn the_only(aws: &Aws) -> Value {
    let mut profiles = profiles(aws);
    assert_eq!(profiles.len(), 1, "the object's profiles: {profiles:?}");
    profiles.remove(0)
}
