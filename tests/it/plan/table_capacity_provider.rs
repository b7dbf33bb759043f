//! What the plan of a capacity provider does, scene by scene.

use ecs_bridge::{
    engine::{Kind, ObjectKey, Referent},
    kinds::ecs_capacity_provider::EcsCapacityProvider,
};
use serde_json::{Value, json};

use super::{
    capacity_provider::{GROUP, group, managed},
    script::{
        Says::{No, Yes},
        Scene, Script, hold, ours, owned_by,
    },
    service::with,
};

fn tags() -> Value {
    ours("EcsCapacityProvider", "key", "value")
}

/// What AWS describes of the provider of the group.
fn provider(more: Value) -> Value {
    let scaling = json!({"status": "DISABLED", "targetCapacity": 100, "minimumScalingStepSize": 1, "maximumScalingStepSize": 10000,
        "instanceWarmupPeriod": 300});
    let group = json!({"autoScalingGroupArn": GROUP, "managedScaling": scaling, "managedTerminationProtection": "DISABLED",
        "managedDraining": "ENABLED"});
    let base = json!({"capacityProviderArn": "arn:aws:ecs:us-east-1:1:capacity-provider/shop_web", "name": "shop_web",
        "status": "ACTIVE", "type": "EC2_AUTOSCALING", "updateStatus": "UPDATE_COMPLETE", "autoScalingGroupProvider": group,
        "tags": tags()});
    with(base, &more)
}

/// The same of Managed Instances, with what AWS fills in.
fn instances(template: Value, more: Value) -> Value {
    let mut configuration = managed("main", with(json!({"storageConfiguration": {"storageSizeGiB": 80}}), &template));
    let configuration = with(configuration["managedInstancesProvider"].take(), &json!({"propagateTags": "NONE"}));
    let mut described =
        provider(with(json!({"type": "MANAGED_INSTANCES", "managedInstancesProvider": configuration}), &more));
    described.as_object_mut().expect("a provider").remove("autoScalingGroupProvider");
    described
}

fn has(provider: Value) -> Script {
    vec![("DescribeCapacityProviders", Yes(json!({"capacityProviders": [provider]})))]
}

fn none() -> Script {
    vec![("DescribeCapacityProviders", Yes(json!({"failures": [{"reason": "MISSING"}]})))]
}

fn cluster(providers: Value, strategy: Value) -> (&'static str, super::script::Says) {
    let cluster = json!({"clusterName": "main", "status": "ACTIVE", "capacityProviders": providers,
        "defaultCapacityProviderStrategy": strategy});
    ("DescribeClusters", Yes(json!({"clusters": [cluster]})))
}

fn and(mut script: Script, more: Script) -> Script {
    script.extend(more);
    script
}

/// The object refers to `EcsCluster/main`, which is in AWS, if anything is said of it.
fn by_reference<K: Kind>(mut scene: Scene<K>, exports: Option<Value>) -> Scene<K> {
    let key = ObjectKey { kind: "EcsCluster", name: "main".to_owned() };
    scene.object.env.references =
        exports.map(|exports| (key, Referent { deleting: false, exports })).into_iter().collect();
    scene
}

#[test]
fn the_plan_of_a_capacity_provider() {
    type S = Scene<EcsCapacityProvider>;
    let plain = || group(json!({}));
    let memo = || json!({"name": "shop_web", "applied": {"hash": "of before", "generation": 1}});
    let gone = || json!({"name": "shop_web", "leaving": true});
    let of_cluster = |spec: Value| {
        let mut spec = with(spec, &json!({"clusterRef": {"name": "main"}}));
        spec.as_object_mut().expect("a spec").remove("cluster");
        spec
    };
    let main = || Some(json!({"name": "main", "arn": "arn:aws:ecs:us-east-1:1:cluster/main"}));
    let missing = || ("DescribeClusters", Yes(json!({"clusters": []})));
    let in_main = || vec![cluster(json!([]), json!([]))];
    let updated = |provider: Value| ("UpdateCapacityProvider", Yes(json!({"capacityProvider": provider})));
    let deleted = |more: Value| ("DeleteCapacityProvider", Yes(json!({"capacityProvider": provider(more)})));
    let scenes = vec![
        S::new("nothing is there", plain(), none()),
        S::new(
            "made",
            plain(),
            and(none(), vec![("CreateCapacityProvider", Yes(json!({"capacityProvider": provider(json!({"tags": []}))})))]),
        ),
        S::new("AWS says nothing of what it made", plain(), and(none(), vec![("CreateCapacityProvider", Yes(json!({})))])),
        S::new(
            "another was quicker",
            plain(),
            vec![
                ("DescribeCapacityProviders", Yes(json!({}))),
                ("DescribeCapacityProviders", Yes(json!({"capacityProviders": [provider(json!({"tags": []}))]}))),
                ("CreateCapacityProvider", No("ClientException", "The specified capacity provider already exists. To change it, update it.")),
            ],
        ),
        S::new(
            "the group does not exist",
            plain(),
            and(none(), vec![("CreateCapacityProvider", No("ClientException", "The specified Auto Scaling group ARN is invalid."))]),
        ),
        S::new("INACTIVE is absent", plain(), has(provider(json!({"status": "INACTIVE"})))),
        S::new("in sync", plain(), has(provider(json!({})))).memo(memo()),
        S::new(
            "the defaults in words",
            group(json!({"managedScaling": {"status": "DISABLED", "targetCapacity": 100}, "managedDraining": "ENABLED"})),
            has(provider(json!({}))),
        )
        .memo(memo()),
        S::new(
            "scaling by the spec",
            group(json!({"managedScaling": {"status": "ENABLED", "targetCapacity": 90}})),
            and(has(provider(json!({}))), vec![updated(provider(json!({"updateStatus": "UPDATE_IN_PROGRESS"})))]),
        )
        .memo(memo()),
        S::new(
            "another group",
            json!({"autoScalingGroupProvider": {"autoScalingGroupArn": "others"}}),
            has(provider(json!({}))),
        )
        .memo(memo()),
        S::new("another sort", plain(), has(instances(json!({}), json!({})))).memo(memo()),
        S::new(
            "AWS could not change it",
            group(json!({"managedDraining": "DISABLED"})),
            and(
                has(provider(json!({"updateStatus": "UPDATE_FAILED", "updateStatusReason": "The group is gone."}))),
                vec![updated(provider(json!({"updateStatus": "UPDATE_IN_PROGRESS"})))],
            ),
        )
        .memo(memo()),
        S::new(
            "AWS could not make it",
            plain(),
            has(provider(json!({"updateStatus": "CREATE_FAILED", "updateStatusReason": "The role is missing."}))),
        )
        .memo(memo()),
        S::new("it is being changed", plain(), has(provider(json!({"updateStatus": "UPDATE_IN_PROGRESS"})))).memo(memo()),
        S::new("it is being made", plain(), has(provider(json!({"status": "PROVISIONING"})))).memo(memo()),
        S::new("it is being deleted by somebody", plain(), has(provider(json!({"status": "DEPROVISIONING"})))).memo(memo()),
        S::new("tags", with(plain(), &json!({"tags": [{"key": "team", "value": "shop"}]})), has(provider(json!({})))).memo(memo()),
        S::new("nobody's", plain(), has(provider(json!({"tags": []})))),
        S::new(
            "nobody's, with leave to adopt",
            with(plain(), &json!({"management": {"adoption": "Adopt"}})),
            and(has(provider(json!({"tags": []}))), vec![("TagResource", Yes(json!({})))]),
        ),
        S::new(
            "another object's, with leave to adopt",
            with(plain(), &json!({"management": {"adoption": "Adopt"}})),
            has(provider(json!({"tags": owned_by("owner-1", "EcsCapacityProvider", "shop", "other", "key", "value")}))),
        ),
        by_reference(S::new("its cluster has it", of_cluster(plain()), and(has(provider(json!({}))), vec![cluster(json!(["shop_web"]), json!([]))])).memo(memo()), main()),
        by_reference(S::new("its cluster does not have it yet", of_cluster(plain()), and(has(provider(json!({}))), in_main())).memo(memo()), main()),
        by_reference(S::new("its cluster is no object: it is made all the same", of_cluster(plain()), has(provider(json!({})))).memo(memo()), None),
        by_reference(S::new("Managed Instances wait for their cluster", of_cluster(managed("", json!({}))), none()), None),
        by_reference(S::new("Managed Instances", of_cluster(managed("", json!({}))), and(none(), in_main())), main()),
        S::new("Managed Instances in no cluster", managed("nowhere", json!({})), and(none(), vec![missing()])),
        S::new("what AWS chose at first", managed("main", json!({})), and(has(instances(json!({}), json!({}))), in_main())),
        S::new(
            "what AWS chose, and somebody changed",
            managed("main", json!({})),
            and(has(instances(json!({"storageConfiguration": {"storageSizeGiB": 90}}), json!({}))), in_main()),
        )
        .memo(with(memo(), &json!({"cluster": "main", "fixed": {"/managedInstancesProvider/instanceLaunchTemplate/storageConfiguration": {"storageSizeGiB": 80}}}))),
        S::new(
            "requirements no more",
            managed("main", json!({})),
            and(has(instances(json!({"instanceRequirements": {"vCpuCount": {"min": 2}, "memoryMiB": {"min": 4096}}}), json!({}))), in_main()),
        )
        .memo(with(memo(), &json!({"cluster": "main"}))),
        S::new("deleted: its intent", plain(), has(provider(json!({})))).deleted().memo(memo()),
        S::new("deleted", plain(), and(has(provider(json!({}))), vec![deleted(json!({"status": "INACTIVE"}))])).deleted().memo(gone()),
        S::new(
            "deleted, and AWS keeps it",
            plain(),
            and(
                has(provider(json!({}))),
                vec![deleted(json!({"updateStatus": "DELETE_FAILED", "updateStatusReason": "It is associated with cluster: theirs."}))],
            ),
        )
        .deleted()
        .memo(gone()),
        S::new(
            "deleted, and an earlier deletion failed",
            plain(),
            and(has(provider(json!({"updateStatus": "DELETE_FAILED"}))), vec![deleted(json!({"status": "INACTIVE"}))]),
        )
        .deleted()
        .memo(gone()),
        S::new("deleted, while AWS is at it", plain(), has(provider(json!({"updateStatus": "DELETE_IN_PROGRESS"})))).deleted().memo(gone()),
        S::new(
            "deleted while it is being changed",
            plain(),
            and(has(provider(json!({}))), vec![("DeleteCapacityProvider", No("UpdateInProgressException", "It is being updated."))]),
        )
        .deleted()
        .memo(gone()),
        by_reference(
            S::new("deleted, and its cluster has it", of_cluster(plain()), and(has(provider(json!({}))), vec![cluster(json!(["shop_web"]), json!([]))])).deleted().memo(gone()),
            main(),
        ),
        by_reference(
            S::new(
                "Managed Instances deleted, and in the default strategy",
                of_cluster(managed("", json!({}))),
                and(has(instances(json!({}), json!({}))), vec![cluster(json!(["shop_web"]), json!([{"capacityProvider": "shop_web"}]))]),
            )
            .deleted()
            .memo(gone()),
            main(),
        ),
        by_reference(
            S::new(
                "Managed Instances deleted, and in no strategy",
                of_cluster(managed("", json!({}))),
                and(has(instances(json!({}), json!({}))), vec![cluster(json!(["shop_web"]), json!([]))]),
            )
            .deleted()
            .memo(gone()),
            main(),
        ),
        by_reference(
            S::new("deleted, and its cluster is no object any more", of_cluster(plain()), and(has(provider(json!({}))), in_main())).deleted().memo(with(gone(), &json!({"cluster": "main"}))),
            None,
        ),
        S::new(
            "deleted and retained",
            with(plain(), &json!({"management": {"deletion": "Retain"}})),
            and(has(provider(json!({}))), vec![("UntagResource", Yes(json!({})))]),
        )
        .deleted(),
        S::new("deleted, and another's", plain(), has(provider(json!({"tags": []})))).deleted(),
        S::new("deleted, and gone before", plain(), none()).deleted(),
    ];
    hold(scenes, include_str!("golden/capacity_provider.txt"), "capacity_provider.txt");
}
